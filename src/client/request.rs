//! What is asked for.

use std::rc::Rc;

use super::error::Error;
use crate::{
    protocol::http::{
        credentials::Credentials, headers::Headers, response::ResponseHead, url::Url,
    },
    tcl::{ByteArray, Value},
};

/// A request, as the caller means it.
pub(crate) struct Request {
    /// The method: a token.
    pub(crate) method: String,
    pub(crate) url: Url,
    /// What the request says beside what belongs to HTTP.
    pub(crate) headers: Headers,
    pub(crate) body: Option<Rc<dyn Body>>,
    /// For Basic and for Digest authentication.
    pub(crate) basic: Option<Credentials>,
    pub(crate) digest: Option<Credentials>,
    /// The name to verify and to send, if not that in the URL.
    pub(crate) server_name: Option<String>,
    pub(crate) max_redirects: u64,
    /// How often the request is repeated where that may help and does no harm.
    pub(crate) retries: u32,
    /// Whether the connection may serve other requests, before and after.
    pub(crate) is_persistent: bool,
    pub(crate) progress: Option<Rc<dyn Progress>>,
}

/// What an answer is good for.
pub(crate) enum Purpose {
    /// It opens another protocol, by a 101. This adds the headers that ask for that; each request
    /// gets fresh ones.
    Upgrade(Box<dyn Fn(&mut Headers)>),
    /// It has content.
    Content {
        content: Rc<dyn Content>,
        /// Whether that of any answer is wanted, not only of a success.
        wants_all: bool,
        /// Whether the content is handed on as it comes.
        is_streamed: bool,
    },
}

/// The content of a request. It may be sent several times: where a redirect or a challenge asks for
/// that, or the connection was lost.
pub(crate) trait Body {
    /// How many bytes it has, where that is known before it is sent.
    fn length(&self) -> Option<u64>;

    /// All of it, if it is at hand.
    fn whole(&self) -> Option<Value>;

    /// Goes back to its beginning. Tells whether it can.
    fn rewind(&self) -> Result<bool, Error>;

    /// The next piece. Scripts may run. Errors where it cannot be had, or is not as long as was
    /// said.
    fn next(&self) -> Result<Piece, Error>;

    /// Sets what is called when there is more, after a piece that was [`Piece::Later`].
    fn on_more(&self, more: Rc<dyn Fn()>);
}

/// What comes next of a body.
pub(crate) enum Piece {
    /// These bytes, never none.
    Bytes(Value),
    /// Nothing yet.
    Later,
    /// Its end.
    End,
}

/// Who takes the content of a response.
pub(crate) trait Content {
    /// A response with this head has content that is wanted: so many bytes without the codings, if
    /// the head says that. What was taken of a response before was of no use.
    fn begin(&self, head: &ResponseHead, length: Option<u64>) -> Result<(), Error>;

    /// Takes a piece, without the codings that it had. Scripts may run. Errors end the request.
    fn take(&self, piece: Arrived<'_>) -> Result<Flow, Error>;

    /// All was taken.
    fn end(&self) -> Result<(), Error>;

    /// Sets what is called when there is room again, after a piece with [`Flow::Full`].
    fn on_room(&self, room: Rc<dyn Fn()>);

    /// Nothing more comes. What was taken is of no use unless it was ended.
    fn abandon(&self);
}

/// A piece of the content of a response, never empty.
pub(crate) enum Arrived<'a> {
    /// Bytes where the next ones will be.
    Bytes(&'a [u8]),
    /// Bytes that may be taken out.
    Array(&'a mut ByteArray),
}

impl Arrived<'_> {
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Array(array) => array.bytes(),
        }
    }

    /// The bytes as a value, if possible without a copy.
    pub(crate) fn into_value(self) -> Value {
        match self {
            Self::Bytes(bytes) => Value::bytes(bytes),
            Self::Array(array) => array.take_value(),
        }
    }
}

/// Which way content goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// To the server.
    Up,
    /// From it.
    Down,
}

/// Who is told how far the contents have come.
pub(crate) trait Progress {
    /// So many bytes have gone this way, with the codings that they have there, of so many in all
    /// if that is known. Scripts may run. Errors end the request.
    fn tell(&self, way: Direction, bytes: u64, total: Option<u64>) -> Result<(), Error>;
}

/// Whether more is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    /// It is.
    Open,
    /// Not before there is room.
    Full,
}
