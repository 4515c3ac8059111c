//! What passes through a connection, counted.

use super::{Arrived, Connection};
use crate::{
    protocol::{Flags, Opcode, Violation},
    tcl::Value,
    www::{inspection::number, stream::Stream},
};
use std::cell::Cell;

/// What has passed so far.
#[derive(Default)]
pub(super) struct Traffic {
    pub(super) received: Count,
    pub(super) sent: Count,
}

/// What has passed one way.
#[derive(Default)]
pub(crate) struct Count {
    messages: Cell<u64>,
    bytes: Cell<u64>,
}

impl Count {
    /// Counts bytes, headers of frames included, TLS not.
    pub(super) fn add_bytes(&self, bytes: usize) {
        self.bytes.update(|all| all + bytes as u64);
    }

    /// Counts a text or binary message.
    fn add_message(&self) {
        self.messages.update(|all| all + 1);
    }

    /// As a dict.
    pub(crate) fn to_value(&self) -> Value {
        let messages = ("messages", number(self.messages.get()));
        Value::dict([messages, ("bytes", number(self.bytes.get()))])
    }
}

impl Connection {
    /// What has arrived.
    pub(crate) fn received(&self) -> &Count {
        &self.traffic.received
    }

    /// What was sent, be it still waiting to be written.
    pub(crate) fn sent(&self) -> &Count {
        &self.traffic.sent
    }

    /// Counts a frame that was sent.
    pub(super) fn note_sent(&self, message: Opcode, flags: Flags) {
        if flags.fin && !message.is_control() {
            self.traffic.sent.add_message();
        }
    }

    /// Takes the next message out of the input, and counts it.
    pub(super) fn next_arrived(&self, stream: &Stream) -> Result<Option<Arrived>, Violation> {
        let decoded = self.decode(stream)?;
        if decoded.as_ref().is_some_and(|arrived| !arrived.opcode.is_control()) {
            self.traffic.received.add_message();
        }
        Ok(decoded)
    }
}
