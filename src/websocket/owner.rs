//! The border to the scripts: what a connection needs of the object that it belongs to.

use std::{cell::RefCell, rc::Rc};

use crate::{
    context::Literals,
    protocol::websocket::{CloseStatus, Opcode, Rsv, deflate::Decompressor},
    tcl::{self, Value},
};

/// A message on its way to `Receive`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Arrived<D = Value> {
    pub(crate) opcode: Opcode,
    pub(crate) rsv: Rsv,
    pub(crate) data: D,
    /// For a part of a message, which goes to the callback at once and not to `Receive`: whether
    /// the message ends with it.
    pub(crate) part: Option<bool>,
}

/// How a message that begins now comes.
pub(crate) enum Coming {
    /// Whole, to `Receive`.
    Whole,
    /// In parts; one that permessage-deflate has compressed through this decompressor.
    InParts(Option<Rc<RefCell<Decompressor>>>),
}

/// What a callback is called for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// A text message.
    Text,
    /// A binary message.
    Binary,
    /// A part of a text or binary message.
    Fragment,
    /// A ping.
    Ping,
    /// A pong.
    Pong,
    /// The output has become empty.
    Drain,
}

impl Event {
    pub(crate) const ALL: [Self; 6] =
        [Self::Text, Self::Binary, Self::Fragment, Self::Ping, Self::Pong, Self::Drain];

    /// The type of the callback.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Binary => "binary",
            Self::Fragment => "fragment",
            Self::Ping => "ping",
            Self::Pong => "pong",
            Self::Drain => "drain",
        }
    }

    /// The same as a value.
    pub(crate) fn literal(self, literals: &Literals) -> &Value {
        match self {
            Self::Text => &literals.text,
            Self::Binary => &literals.binary,
            Self::Fragment => &literals.fragment,
            Self::Ping => &literals.ping,
            Self::Pong => &literals.pong,
            Self::Drain => &literals.drain,
        }
    }
}

/// For what there are callbacks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Wants {
    /// For anything that arrives.
    pub(crate) messages: bool,
    /// For text or binary messages.
    pub(crate) data: bool,
    /// For these in parts.
    pub(crate) parts: bool,
    /// For the output that has become empty.
    pub(crate) drain: bool,
}

/// The object of a connection. Each function that calls a method or a callback may run any script,
/// which may call any method of the connection again, or end it.
pub(crate) trait Owner {
    /// Calls the method `Read`. Where nothing overrides it, that comes back as
    /// [`base_read`](super::reading::base_read), and the result is empty.
    fn read(&self) -> Result<Value, tcl::Error>;

    /// Calls the method `Receive`, which comes back as
    /// [`base_receive`](super::reading::base_receive). A part of a message goes to
    /// its callback at once.
    fn receive(&self, message: Arrived) -> Result<(), tcl::Error>;

    /// Whether anything might come between the method `Receive` and
    /// [`base_receive`](super::reading::base_receive), as far as can be told without
    /// running a script.
    fn overrides_receive(&self) -> bool;

    /// How a message that begins now comes, where there is a callback for parts: whole if the class
    /// of a script overrides `Receive`. No script runs here.
    fn coming(&self) -> Coming;

    /// Calls the method `Transmit` for a whole message, which comes back as
    /// [`Connection::base_transmit`](super::Connection::base_transmit).
    fn transmit(&self, opcode: Opcode, data: Value) -> Result<(), tcl::Error>;

    /// Calls the method `Transmit` for a part of a message, the last one if it is `last`.
    fn transmit_part(&self, opcode: Opcode, data: Value, last: bool) -> Result<(), tcl::Error>;

    /// Calls the method `Write`, which comes back as
    /// [`Connection::base_write`](super::Connection::base_write).
    fn write(&self, bytes: Value) -> Result<(), tcl::Error>;

    /// For what there are callbacks now.
    fn wants(&self) -> Wants;

    /// Calls the callback, if there is one; tells whether there was.
    fn fire(&self, event: Event, arguments: &[Value]) -> bool;

    /// Disables all callbacks. The one for the end, if there was one, is still called by
    /// [`closed`](Owner::closed).
    fn disable_callbacks(&self);

    /// Calls the callback for the end of the connection, once.
    fn closed(&self, status: &CloseStatus);

    /// Deletes the object.
    fn delete(&self);

    /// The object's present name.
    fn name(&self) -> String;
}
