//! The content of a request on its way out: data, and files and channels that are read while they
//! are sent.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use super::{errors, request_words::Content};
use crate::{
    client::{self, Body, Piece},
    context::Context,
    protocol::http::form,
    tcl::{Error, Interp, Readiness, ScriptChannel, Value},
};

/// How many bytes of a file are read at once.
const READ: u64 = 64 * 1024;

/// The body of a request.
///
/// Errors where it cannot be sent.
pub(super) fn body(
    context: &Rc<Context>,
    body: form::Body<Content>,
) -> Result<Rc<dyn Body>, Error> {
    let channel = body.pieces.iter().find_map(|piece| match piece {
        form::Piece::Content(Content::Channel { name, size }) => Some((name, *size)),
        _ => None,
    });
    let channel = channel.map(|(name, size)| OpenChannel::new(&context.interp, name, size));
    Ok(Rc::new(Sending {
        interp: context.interp.clone(),
        length: body.length(Content::length),
        pieces: body.pieces,
        place: Cell::default(),
        open: RefCell::default(),
        channel: channel.transpose()?,
    }))
}

/// A body that is being sent.
struct Sending {
    interp: Interp,
    length: Option<u64>,
    pieces: Vec<form::Piece<Content>>,
    /// How many pieces were sent.
    place: Cell<usize>,
    /// The file that is being sent.
    open: RefCell<Option<OpenFile>>,
    /// The script's channel that is one of the pieces.
    channel: Option<OpenChannel>,
}

/// A file that is read.
struct OpenFile {
    interp: Interp,
    channel: Value,
    path: Value,
    /// How many bytes of it are still to be sent.
    left: u64,
}

impl OpenFile {
    fn open(interp: &Interp, path: &Value, size: u64) -> Result<Self, client::Error> {
        let channel = interp.open_to_read_all(path)?;
        Ok(Self { interp: interp.clone(), channel, path: path.clone(), left: size })
    }

    /// The next bytes; `None` at the end. A file that has become longer is sent as far as was said.
    ///
    /// Errors where it has become shorter.
    fn read(&mut self) -> Result<Option<Value>, client::Error> {
        if self.left == 0 {
            return Ok(None);
        }
        let count = i64::try_from(self.left.min(READ)).unwrap_or(i64::MAX);
        let read = [Value::string("::read"), self.channel.clone(), Value::integer(count)];
        let bytes = self.interp.call(&read)?;
        let length = bytes.with_bytes(<[u8]>::len).unwrap_or_default() as u64;
        if length == 0 {
            return Err(errors::short_file(&self.path).into());
        }
        self.left = self.left.saturating_sub(length);
        Ok(Some(bytes))
    }
}

impl Drop for OpenFile {
    fn drop(&mut self) {
        // What was read is right, even where the file cannot be closed.
        let _ = self.interp.call(&[Value::string("::close"), self.channel.clone()]);
    }
}

type More = Rc<dyn Fn()>;

/// A channel of the script's. Its bytes are read as they are, however it is set, and it stays open.
struct OpenChannel {
    channel: ScriptChannel,
    /// Where it was at the beginning; `None` where it cannot go back.
    start: Option<u64>,
    size: Option<u64>,
    /// How many bytes were read.
    length: Cell<u64>,
    is_at_end: Cell<bool>,
    /// What is called when there are more.
    more: Rc<RefCell<Option<More>>>,
}

impl OpenChannel {
    fn new(interp: &Interp, name: &Value, size: Option<u64>) -> Result<Self, Error> {
        let channel = ScriptChannel::find(interp, name)?;
        let start = channel.position();
        let (length, is_at_end, more) = (Cell::default(), Cell::default(), Rc::default());
        Ok(Self { channel, start, size, length, is_at_end, more })
    }

    /// The next bytes. What is behind the size that was said is left in the channel.
    ///
    /// Errors where it ends before that.
    fn read(&self) -> Result<Piece, client::Error> {
        let left = self.size.map(|size| size - self.length.get());
        if left == Some(0) {
            return Ok(Piece::End);
        }
        if !self.is_at_end.get() {
            let (bytes, is_at_end) = self.channel.read_bytes(left.unwrap_or(READ).min(READ))?;
            let length = bytes.with_bytes(<[u8]>::len).map_err(|_| client::Error::BodyIsText)?;
            self.length.update(|before| before + length as u64);
            // To read behind the end of a terminal would wait for more.
            self.is_at_end.set(is_at_end);
            if length > 0 {
                return Ok(Piece::Bytes(bytes));
            }
        }
        match (self.is_at_end.get(), left) {
            (false, _) => {
                let more = Rc::clone(&self.more);
                let readable = Readiness { readable: true, writable: false };
                self.channel.wait(readable, move || {
                    let more = more.borrow().clone();
                    more.iter().for_each(|more| more());
                })?;
                Ok(Piece::Later)
            }
            (true, None) => Ok(Piece::End),
            (true, Some(missing)) => Err(errors::short_channel(missing).into()),
        }
    }

    /// Goes back to where it was; tells whether it can.
    fn rewind(&self) -> Result<bool, client::Error> {
        if self.length.get() > 0 || self.is_at_end.get() {
            let Some(start) = self.start else { return Ok(false) };
            self.channel.seek(start)?;
            self.length.set(0);
            self.is_at_end.set(false);
        }
        Ok(true)
    }
}

impl Body for Sending {
    fn length(&self) -> Option<u64> {
        self.length
    }

    fn whole(&self) -> Option<Value> {
        match &self.pieces[..] {
            [] => Some(Value::empty()),
            [form::Piece::Bytes(bytes)] => Some(Value::bytes(bytes)),
            [form::Piece::Content(Content::Data(data))] => Some(data.clone()),
            _ => None,
        }
    }

    fn rewind(&self) -> Result<bool, client::Error> {
        self.open.take();
        self.place.set(0);
        self.channel.as_ref().map_or(Ok(true), OpenChannel::rewind)
    }

    fn next(&self) -> Result<Piece, client::Error> {
        loop {
            let open = self.open.take();
            if let Some(mut file) = open
                && let Some(bytes) = file.read()?
            {
                self.open.replace(Some(file));
                return Ok(Piece::Bytes(bytes));
            }
            let Some(piece) = self.pieces.get(self.place.get()) else { return Ok(Piece::End) };
            if let (form::Piece::Content(Content::Channel { .. }), Some(channel)) =
                (piece, &self.channel)
            {
                let read = channel.read()?;
                if !matches!(read, Piece::End) {
                    return Ok(read);
                }
            }
            self.place.update(|place| place + 1);
            let bytes = match piece {
                form::Piece::Bytes(bytes) => Value::bytes(bytes),
                form::Piece::Content(Content::Data(data)) => data.clone(),
                form::Piece::Content(Content::File { path, size }) => {
                    self.open.replace(Some(OpenFile::open(&self.interp, path, *size)?));
                    continue;
                }
                form::Piece::Content(Content::Channel { .. }) => continue,
            };
            if bytes.with_bytes(<[u8]>::is_empty) != Ok(true) {
                return Ok(Piece::Bytes(bytes));
            }
        }
    }

    fn on_more(&self, more: More) {
        if let Some(channel) = &self.channel {
            channel.more.replace(Some(more));
        }
    }
}
