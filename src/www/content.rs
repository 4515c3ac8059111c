//! Where the content of a response goes.

use std::{cell::RefCell, mem, rc::Rc};

use super::{
    download::Download,
    errors,
    request_words::{Output, TextEncoding},
    taker::Taker,
};
use crate::{
    client::{self, Arrived, Flow},
    context::Context,
    protocol::http::{charset::TextDecoder, response::ResponseHead, url::Url},
    tcl::{ByteArray, Error, Readiness, ScriptChannel, Value},
};

/// How many bytes may wait in a channel before no more are written to it.
const MAX_UNWRITTEN: usize = 64 * 1024;

/// Takes it to where the options say. Part of what is at this URL may be there, if it is known by
/// one.
///
/// Errors where it cannot go there.
pub(super) fn taker(
    context: &Rc<Context>,
    output: Output,
    encoding: TextEncoding,
    url: Option<&Url>,
) -> Result<Rc<dyn Taker>, Error> {
    Ok(match output {
        Output::Result(limit) => Rc::new(Collected { bytes: RefCell::default(), limit }),
        Output::Handler(prefix) => Rc::new(Handled {
            context: Rc::clone(context),
            prefix: prefix.elements().unwrap_or_default(),
            pieces: Pieces::new(encoding),
        }),
        Output::Channel(name) => Rc::new(Written {
            channel: ScriptChannel::find(&context.interp, &name)?,
            pieces: Pieces::new(encoding),
            room: RefCell::default(),
        }),
        Output::File { path, resumes } => {
            let url = url.filter(|_| resumes).map(Url::to_string);
            Rc::new(Download::new(&context.interp, path, url)?)
        }
    })
}

/// Into the result.
struct Collected {
    bytes: RefCell<ByteArray>,
    /// How many bytes there may be; `None`: as many as there are.
    limit: Option<u64>,
}

impl Collected {
    /// Refuses more bytes than there may be.
    fn check(&self, length: u64) -> Result<(), client::Error> {
        match self.limit {
            Some(limit) if length > limit => Err(errors::too_big(limit).into()),
            _ => Ok(()),
        }
    }
}

impl client::Content for Collected {
    fn begin(&self, _: &ResponseHead, length: Option<u64>) -> Result<(), client::Error> {
        self.bytes.take();
        self.check(length.unwrap_or_default())
    }

    fn take(&self, piece: Arrived<'_>) -> Result<Flow, client::Error> {
        let mut bytes = self.bytes.borrow_mut();
        self.check((bytes.bytes().len() + piece.bytes().len()) as u64)?;
        match piece {
            Arrived::Array(array) if bytes.bytes().is_empty() => mem::swap(&mut *bytes, array),
            piece => bytes.push(piece.bytes()),
        }
        Ok(Flow::Open)
    }

    fn end(&self) -> Result<(), client::Error> {
        Ok(())
    }

    fn on_room(&self, _: Rc<dyn Fn()>) {}

    fn abandon(&self) {}
}

impl Taker for Collected {
    fn result(&self) -> Value {
        self.bytes.take().into_value()
    }
}

/// Content as scripts get it in pieces: bytes, or text if that is wanted, never cut inside a
/// character.
struct Pieces {
    encoding: TextEncoding,
    decoder: RefCell<Option<TextDecoder>>,
}

impl Pieces {
    fn new(encoding: TextEncoding) -> Self {
        Self { encoding, decoder: RefCell::default() }
    }

    fn begin(&self, head: &ResponseHead) {
        self.decoder.replace(self.encoding.decoder(&head.headers));
    }

    /// A piece, unless it is half a character.
    fn piece(&self, piece: Arrived<'_>) -> Option<Value> {
        match &mut *self.decoder.borrow_mut() {
            Some(decoder) => text(decoder, piece.bytes(), false),
            None => Some(piece.into_value()),
        }
    }

    /// What is left at the end, if anything.
    fn rest(&self) -> Option<Value> {
        text(self.decoder.borrow_mut().as_mut()?, b"", true)
    }
}

/// The characters that are complete with these bytes, if any.
fn text(decoder: &mut TextDecoder, bytes: &[u8], is_last: bool) -> Option<Value> {
    let mut text = String::new();
    decoder.decode(bytes, is_last, &mut text);
    (!text.is_empty()).then(|| Value::string(&text))
}

/// Piece by piece to a command prefix.
struct Handled {
    context: Rc<Context>,
    prefix: Vec<Value>,
    pieces: Pieces,
}

impl Handled {
    fn call(&self, piece: Option<Value>) -> Result<(), client::Error> {
        let Some(piece) = piece else { return Ok(()) };
        let called = self.context.interp.run(self.prefix.iter().chain([&piece]));
        Ok(called.map_err(Error::into_ordinary)?)
    }
}

impl client::Content for Handled {
    fn begin(&self, head: &ResponseHead, _: Option<u64>) -> Result<(), client::Error> {
        self.pieces.begin(head);
        Ok(())
    }

    fn take(&self, piece: Arrived<'_>) -> Result<Flow, client::Error> {
        self.call(self.pieces.piece(piece))?;
        Ok(Flow::Open)
    }

    fn end(&self) -> Result<(), client::Error> {
        self.call(self.pieces.rest())
    }

    fn on_room(&self, _: Rc<dyn Fn()>) {}

    fn abandon(&self) {}
}

impl Taker for Handled {}

/// To a channel of the script's, as it is set. It stays open.
struct Written {
    channel: ScriptChannel,
    pieces: Pieces,
    /// What is called when there is room.
    room: RefCell<Option<Rc<dyn Fn()>>>,
}

impl Written {
    fn write(&self, piece: Option<Value>) -> Result<(), client::Error> {
        Ok(piece.map_or(Ok(()), |piece| self.channel.write(&piece))?)
    }
}

impl client::Content for Written {
    fn begin(&self, head: &ResponseHead, _: Option<u64>) -> Result<(), client::Error> {
        self.pieces.begin(head);
        Ok(())
    }

    fn take(&self, piece: Arrived<'_>) -> Result<Flow, client::Error> {
        self.write(self.pieces.piece(piece))?;
        if self.channel.unwritten() <= MAX_UNWRITTEN {
            return Ok(Flow::Open);
        }
        let room = self.room.borrow().clone();
        let writable = Readiness { readable: false, writable: true };
        self.channel.wait(writable, move || room.iter().for_each(|room| room()))?;
        Ok(Flow::Full)
    }

    /// What a script does not see yet, because the channel has a buffer, may still go wrong.
    fn end(&self) -> Result<(), client::Error> {
        self.write(self.pieces.rest())?;
        Ok(self.channel.flush()?)
    }

    fn on_room(&self, room: Rc<dyn Fn()>) {
        self.room.replace(Some(room));
    }

    fn abandon(&self) {}
}

impl Taker for Written {}
