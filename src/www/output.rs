//! Bytes on their way out that the system has not taken yet.

use crate::tcl::{Channel, NotBytes, Value};
use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    io,
    rc::Rc,
};

/// From this size on a chunk is written by itself; smaller ones are copied together, since a system
/// call costs more than that.
const LARGE: usize = 16 * 1024;

/// How many bytes of small chunks are written at once. It pays off up to about this size.
const GATHERED: usize = 64 * 1024;

/// What waits to be written, in the order in which it was handed over.
#[derive(Default)]
pub(crate) struct Output {
    queue: RefCell<VecDeque<Chunk>>,
    /// How many bytes of the first chunk are written.
    written: Cell<usize>,
    /// How many bytes wait in all.
    length: Cell<usize>,
    /// Whether a write is under way: a channel that a script implements may come back here.
    writing: Cell<bool>,
}

/// Bytes, shared with whoever made them and not copied.
struct Chunk {
    bytes: Bytes,
    length: usize,
}

#[derive(Clone)]
enum Bytes {
    Value(Value),
    Vec(Rc<Vec<u8>>),
}

impl Bytes {
    fn with<R>(&self, look: impl FnOnce(&[u8]) -> R) -> Result<R, NotBytes> {
        match self {
            Bytes::Value(value) => value.with_bytes(look),
            Bytes::Vec(bytes) => Ok(look(bytes)),
        }
    }
}

impl Output {
    /// Adds bytes at the end. Errors, adding nothing, where the value is no string of bytes.
    pub(crate) fn push(&self, bytes: Value) -> Result<(), NotBytes> {
        let length = bytes.with_bytes(<[u8]>::len)?;
        self.push_chunk(Chunk { bytes: Bytes::Value(bytes), length });
        Ok(())
    }

    /// Adds bytes at the end.
    pub(crate) fn push_vec(&self, bytes: Vec<u8>) {
        let length = bytes.len();
        self.push_chunk(Chunk { bytes: Bytes::Vec(Rc::new(bytes)), length });
    }

    fn push_chunk(&self, chunk: Chunk) {
        if chunk.length > 0 {
            self.length.update(|all| all + chunk.length);
            self.queue.borrow_mut().push_back(chunk);
        }
    }

    /// How many bytes wait to be written.
    pub(crate) fn len(&self) -> usize {
        self.length.get()
    }

    /// Drops what is left.
    pub(crate) fn clear(&self) {
        self.queue.take();
        self.written.set(0);
        self.length.set(0);
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
        while let Some(bytes) = self.first() {
            let start = self.written.get();
            let rest = |bytes: &[u8]| channel.write(bytes.get(start..).unwrap_or_default());
            // `push` saw bytes, and a value does not change: there is no other case.
            let Ok(count) = bytes.with(rest) else { break };
            self.advance(count?);
        }
        Ok(())
    }

    /// What to write next: the first chunk, or, where that is a small one with others behind it, all
    /// of these in one.
    fn first(&self) -> Option<Bytes> {
        let mut queue = self.queue.borrow_mut();
        let small = |chunk: &&Chunk| chunk.length < LARGE;
        if queue.iter().take(2).filter(small).count() == 2 {
            let mut gathered = Vec::with_capacity(self.length.get().min(GATHERED + LARGE));
            while gathered.len() < GATHERED
                && let Some(chunk) = queue.front().filter(small)
            {
                // As in `write_all`.
                let _ = chunk.bytes.with(|bytes| gathered.extend_from_slice(bytes));
                queue.pop_front();
            }
            gathered.drain(..self.written.take());
            let length = gathered.len();
            queue.push_front(Chunk { bytes: Bytes::Vec(Rc::new(gathered)), length });
        }
        queue.front().map(|chunk| chunk.bytes.clone())
    }

    fn advance(&self, count: usize) {
        let mut queue = self.queue.borrow_mut();
        let Some(first) = queue.front() else { return };
        self.length.update(|all| all - count);
        self.written.update(|written| written + count);
        if self.written.get() >= first.length {
            queue.pop_front();
            self.written.set(0);
        }
    }
}
