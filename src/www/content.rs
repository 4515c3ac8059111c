//! Where the content of a response goes.

use std::{cell::RefCell, rc::Rc};

use super::{
    errors,
    request_words::{Output, TextEncoding},
};
use crate::{
    client::{self, Flow},
    context::Context,
    protocol::http::{charset::TextDecoder, response::ResponseHead},
    tcl::{ByteArray, Error, Value},
};

/// Who takes the content.
pub(super) trait Taker: client::Content {
    /// The result of the command.
    fn result(&self) -> Value;
}

/// Takes it to where the options say.
///
/// Errors where it cannot go there.
pub(super) fn taker(
    context: &Rc<Context>,
    output: Output,
    encoding: TextEncoding,
) -> Result<Rc<dyn Taker>, Error> {
    Ok(match output {
        Output::Result(limit) => Rc::new(Collected { bytes: RefCell::default(), limit }),
        Output::Handler(prefix) => Rc::new(Handled {
            context: Rc::clone(context),
            prefix: prefix.elements().unwrap_or_default(),
            encoding,
            decoder: RefCell::default(),
        }),
        Output::Channel(_) => return Err(errors::not_yet("-channel")),
        Output::File { .. } => return Err(errors::not_yet("-tofile")),
    })
}

/// Into the result.
struct Collected {
    bytes: RefCell<ByteArray>,
    /// How many bytes there may be; `None`: as many as there are.
    limit: Option<u64>,
}

impl client::Content for Collected {
    fn begin(&self, _: &ResponseHead) -> Result<(), client::Error> {
        self.bytes.take();
        Ok(())
    }

    fn take(&self, piece: &[u8]) -> Result<Flow, client::Error> {
        let mut bytes = self.bytes.borrow_mut();
        let length = (bytes.bytes().len() + piece.len()) as u64;
        match self.limit {
            Some(limit) if length > limit => Err(errors::too_big(limit).into()),
            _ => {
                bytes.push(piece);
                Ok(Flow::Open)
            }
        }
    }

    fn end(&self) -> Result<(), client::Error> {
        Ok(())
    }

    fn on_room(&self, _: Rc<dyn Fn()>) {}
}

impl Taker for Collected {
    fn result(&self) -> Value {
        self.bytes.take().into_value()
    }
}

/// Piece by piece to a command prefix.
struct Handled {
    context: Rc<Context>,
    prefix: Vec<Value>,
    encoding: TextEncoding,
    /// What makes text of it, if that is wanted.
    decoder: RefCell<Option<TextDecoder>>,
}

impl Handled {
    fn call(&self, piece: Value) -> Result<(), client::Error> {
        Ok(self.context.interp.run(self.prefix.iter().chain([&piece]))?)
    }
}

impl client::Content for Handled {
    fn begin(&self, head: &ResponseHead) -> Result<(), client::Error> {
        self.decoder.replace(self.encoding.decoder(&head.headers));
        Ok(())
    }

    fn take(&self, piece: &[u8]) -> Result<Flow, client::Error> {
        let text = self.decoder.borrow_mut().as_mut().map(|decoder| {
            let mut text = String::new();
            decoder.decode(piece, &mut text);
            text
        });
        match text {
            None => self.call(Value::bytes(piece))?,
            // Half a character.
            Some(text) if text.is_empty() => {}
            Some(text) => self.call(Value::string(&text))?,
        }
        Ok(Flow::Open)
    }

    fn end(&self) -> Result<(), client::Error> {
        let mut text = String::new();
        if let Some(decoder) = self.decoder.borrow_mut().as_mut() {
            decoder.finish(&mut text);
        }
        if text.is_empty() { Ok(()) } else { self.call(Value::string(&text)) }
    }

    fn on_room(&self, _: Rc<dyn Fn()>) {}
}

impl Taker for Handled {
    fn result(&self) -> Value {
        Value::empty()
    }
}
