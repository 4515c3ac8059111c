//! The byte stream under a connection: its channel, what was read from it and not yet decoded, and
//! what was sent and the system has not taken yet.
//!
//! Both drivers use it, one after the other, so that nothing is lost between the response and the
//! first frame.

use super::{input::Input, output::Output};
use crate::tcl::{Channel, NotBytes, Readiness, Value};
use std::{cell::RefCell, io};

pub(crate) struct Stream {
    channel: Channel,
    pub(crate) input: RefCell<Input>,
    output: Output,
}

/// What a read met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Received {
    /// Nothing there yet.
    Nothing,
    /// Bytes, which are in the input now; the flag tells whether there may be more at once.
    Bytes { more: bool },
    /// The end of the stream.
    End,
}

impl Stream {
    pub(crate) fn new(channel: Channel) -> Stream {
        Stream { channel, input: RefCell::default(), output: Output::default() }
    }

    /// Sets what is called when the stream is ready for what is [watched](Stream::watch).
    pub(crate) fn on_ready(&self, handler: impl Fn(Readiness) + 'static) {
        self.channel.on_ready(handler);
    }

    /// Watches for input if that is wanted, and for room for the output if there is any.
    pub(crate) fn watch(&self, readable: bool) {
        self.channel.watch(Readiness { readable, writable: self.has_output() });
    }

    /// Reads once, into the input, which is empty.
    pub(crate) fn read(&self) -> io::Result<Received> {
        let mut buffer = self.input.borrow_mut().take_buffer();
        let read = self.channel.read(&mut buffer);
        let length = *read.as_ref().unwrap_or(&0);
        let more = length == buffer.len();
        self.input.borrow_mut().put_buffer(buffer, length);
        match read {
            Ok(0) => Ok(Received::End),
            Ok(_) => Ok(Received::Bytes { more }),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(Received::Nothing),
            Err(error) => Err(error),
        }
    }

    /// Adds bytes to the output. Errors, adding nothing, where the value is no string of bytes.
    pub(crate) fn push(&self, bytes: Value) -> Result<(), NotBytes> {
        self.output.push(bytes)
    }

    /// How many bytes wait to be written.
    pub(crate) fn output_len(&self) -> usize {
        self.output.len()
    }

    /// Whether bytes wait to be written.
    pub(crate) fn has_output(&self) -> bool {
        self.output.len() > 0
    }

    /// Writes what the system takes now.
    pub(crate) fn flush(&self) -> io::Result<()> {
        self.output.flush(&self.channel)
    }

    /// Drops what waits to be written.
    pub(crate) fn drop_output(&self) {
        self.output.clear();
    }

    /// Ends the outgoing half, when all is written.
    pub(crate) fn shut_down_output(&self) {
        self.channel.shut_down_output();
    }
}
