//! Counts what passes through a connection, and reports its frames to the prefix of `www log`.

use std::cell::{Cell, RefCell};

use super::{Arrived, Connection};
use crate::{
    protocol::{Flags, Opcode, Violation},
    tcl::Value,
    www::{log, stream::Stream},
};

/// What has passed so far.
#[derive(Default)]
pub(super) struct Counters {
    pub(super) received: Count,
    pub(super) sent: Count,
    /// Whether the last data frame sent was not the last one of its message.
    is_in_message: Cell<bool>,
    /// Follows what arrives while frames are logged.
    watcher: RefCell<Option<Box<log::Watcher>>>,
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
    pub(super) fn add_message(&self) {
        self.messages.update(|all| all + 1);
    }

    /// As a dict.
    pub(crate) fn to_value(&self) -> Value {
        let messages = ("messages", Value::from(self.messages.get()));
        Value::dict([messages, ("bytes", Value::from(self.bytes.get()))])
    }
}

impl Connection {
    /// What has arrived.
    pub(crate) fn received(&self) -> &Count {
        &self.counters.received
    }

    /// What was sent, including what is still queued.
    pub(crate) fn sent(&self) -> &Count {
        &self.counters.sent
    }

    /// Counts a frame that was sent, and tells the log.
    pub(super) fn count_sent(&self, message: Opcode, data: &Value, flags: Flags) {
        let counters = &self.counters;
        let mut continued = false;
        if !message.is_control() {
            continued = counters.is_in_message.replace(!flags.fin);
            if flags.fin {
                counters.sent.add_message();
            }
        }
        if self.context.log.frames().is_some() {
            let frame = |payload: &[u8]| log::sent_frame(message, continued, flags, payload);
            self.log('>', data.with_bytes(frame).ok());
        }
    }

    /// Takes the next message out of the input, and tells the log of the frames. That may do
    /// anything, so the message is kept meanwhile, like one that waits for a callback. Whoever
    /// takes it from there has delivered it.
    pub(super) fn next_arrived(&self, stream: &Stream) -> Result<Option<Arrived>, Violation> {
        let decoded = self.decode(stream);
        if self.context.log.frames().is_none() {
            return decoded;
        }
        let frames = self.counters.watcher.borrow_mut().as_mut().map(|watcher| {
            if decoded.is_err() {
                watcher.end();
            }
            watcher.take_lines()
        });
        let kept = decoded.map(|arrived| drop(self.parked.replace(arrived)));
        self.log('<', frames.unwrap_or_default());
        let decoded = kept.map(|()| self.parked.take());
        // If it entered the event loop, that may have found something kept.
        self.watch();
        decoded
    }

    /// Follows what the receiver has just taken, if frames are logged. A log that was set in the
    /// middle of a frame begins with the next message.
    pub(super) fn watch_frames(&self, bytes: &[u8], was_idle: bool) {
        let Some(number) = self.context.log.frames() else { return };
        let mut watcher = self.counters.watcher.borrow_mut();
        if watcher.as_ref().is_none_or(|watcher| !watcher.is_for(number)) {
            *watcher = was_idle.then(|| Box::new(log::Watcher::new(number)));
        }
        if let Some(watcher) = &mut *watcher {
            watcher.receive(bytes);
        }
    }

    fn log(&self, direction: char, frames: impl IntoIterator<Item = String>) {
        for frame in frames {
            let name = self.name().to_utf8_lossy();
            let line = || format!("{name} {direction} {frame}");
            self.context.log(line);
        }
    }
}
