//! The content of a request on its way out: data, and files that are read while they are sent.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use super::{errors, request_words::Content};
use crate::{
    client::{self, Body, Piece},
    context::Context,
    protocol::http::form,
    tcl::{Error, Interp, Value},
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
    let is_channel = |piece: &_| matches!(piece, form::Piece::Content(Content::Channel { .. }));
    if body.pieces.iter().any(is_channel) {
        return Err(errors::not_yet("-bodychannel"));
    }
    Ok(Rc::new(Sending {
        interp: context.interp.clone(),
        length: body.length(Content::length),
        pieces: body.pieces,
        place: Cell::default(),
        open: RefCell::default(),
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
        let channel = interp.open_to_read(path)?;
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
        Ok(true)
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

    fn on_more(&self, _: Rc<dyn Fn()>) {}
}
