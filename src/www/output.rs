//! Bytes on their way out that the system has not taken yet.

use crate::tcl::{Channel, NotBytes, Value};
use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    io,
};

/// What waits to be written, in the order in which it was handed over.
#[derive(Default)]
pub(crate) struct Output {
    queue: RefCell<VecDeque<Chunk>>,
    /// How many bytes of the first chunk are written.
    written: Cell<usize>,
    /// Whether a write is under way: a channel that a script implements may come back here.
    writing: Cell<bool>,
}

/// Bytes, shared with whoever made them and not copied.
struct Chunk {
    bytes: Value,
    length: usize,
}

impl Output {
    /// Adds bytes at the end. Errors, adding nothing, where the value is no string of bytes.
    pub(crate) fn push(&self, bytes: Value) -> Result<(), NotBytes> {
        let length = bytes.with_bytes(<[u8]>::len)?;
        if length > 0 {
            self.queue.borrow_mut().push_back(Chunk { bytes, length });
        }
        Ok(())
    }

    /// Whether everything is written.
    pub(crate) fn is_empty(&self) -> bool {
        self.queue.borrow().is_empty()
    }

    /// Drops what is left.
    pub(crate) fn clear(&self) {
        self.queue.borrow_mut().clear();
        self.written.set(0);
    }

    /// Writes until nothing is left or the channel takes no more for now.
    pub(crate) fn flush(&self, channel: &Channel) -> io::Result<()> {
        if self.writing.replace(true) {
            return Ok(());
        }
        let result = self.write_all(channel);
        self.writing.set(false);
        match result {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(()),
            result => result,
        }
    }

    fn write_all(&self, channel: &Channel) -> io::Result<()> {
        loop {
            let first = self.queue.borrow().front().map(|chunk| chunk.bytes.clone());
            let Some(bytes) = first else { return Ok(()) };
            let start = self.written.get();
            let rest = |bytes: &[u8]| channel.write(bytes.get(start..).unwrap_or_default());
            match bytes.with_bytes(rest) {
                Ok(count) => self.advance(count?),
                // `push` saw bytes, and a value does not change.
                Err(NotBytes) => self.clear(),
            }
        }
    }

    fn advance(&self, count: usize) {
        let mut queue = self.queue.borrow_mut();
        self.written.update(|written| written + count);
        if queue.front().is_none_or(|chunk| self.written.get() >= chunk.length) {
            queue.pop_front();
            self.written.set(0);
        }
    }
}
