//! Why a connection cannot be opened, or something cannot be done with it.

use std::time::Duration;

use crate::{
    client,
    protocol::{
        http::{collector::Response, url::Url},
        websocket::{
            CloseStatus, Opcode, SendError, Violation, extensions::OfferError,
            handshake::HandshakeError,
        },
    },
    tcl::{self, NotBytes},
};

/// What is told to the caller. It becomes an error of Tcl's in `www/errors.rs`, which knows the
/// `-errorcode`s.
#[derive(Debug)]
pub(crate) enum Error {
    /// A close message was sent or received, or the connection has ended: nothing can be sent.
    Closing,
    /// The connection has ended, so that waiting is of no use.
    Closed(CloseStatus),
    /// A message of this type is being sent in parts, so that nothing else may be sent but its next
    /// part and control messages.
    InParts(Opcode),
    /// More would wait to be written than `-maxpending` allows.
    Full {
        /// How many bytes were to be sent, with the headers of their frames.
        sent: usize,
        /// How many bytes wait.
        pending: usize,
        /// How many may.
        limit: u64,
    },
    /// `receive` or `flush` has waited this long.
    TimedOut(Duration),
    /// `receive`, but callbacks take the messages.
    HasCallback,
    /// A message that does not fit into a Tcl value.
    TooBig,
    /// Data that is not a string of bytes.
    NotBytes(NotBytes),
    /// A frame that may not be sent now.
    Send(SendError),
    /// A close message with this payload may not be sent.
    ClosePayload(Violation),
    /// A message with the opcode of a continuation frame.
    Continuation,
    /// The extensions cannot be offered.
    Offer(OfferError),
    /// The server cannot be reached, or gives no answer.
    Client(client::Error),
    /// An answer other than 101.
    Refused(Box<(Url, Response)>),
    /// A 101 that does not open a WebSocket.
    Handshake(HandshakeError),
    /// The error of a script.
    Script(tcl::Error),
}

impl From<NotBytes> for Error {
    fn from(error: NotBytes) -> Self {
        Self::NotBytes(error)
    }
}

impl From<SendError> for Error {
    fn from(error: SendError) -> Self {
        Self::Send(error)
    }
}

impl From<tcl::Error> for Error {
    fn from(error: tcl::Error) -> Self {
        Self::Script(error)
    }
}

impl From<client::Error> for Error {
    fn from(error: client::Error) -> Self {
        Self::Client(error)
    }
}

impl From<HandshakeError> for Error {
    fn from(error: HandshakeError) -> Self {
        Self::Handshake(error)
    }
}
