//! Bytes that were read and not yet decoded.

use std::{cell::RefCell, mem};

/// How much one read asks for, in bytes: a message of up to this size can come in one read, and be
/// copied once. With more, the buffer would no longer stay in the processor's cache.
const READ_SIZE: usize = 256 * 1024;

thread_local! {
    /// The buffers that the connections of a thread share, so that an idle one holds none: one to
    /// read into, [`READ_SIZE`] long, and one for decrypted bytes to be appended to, which is
    /// empty.
    static TO_READ: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static PLAINTEXT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// A buffer to read into.
pub(crate) fn take_buffer() -> Vec<u8> {
    let mut buffer = TO_READ.take();
    buffer.resize(READ_SIZE, 0);
    buffer
}

/// A buffer to append decrypted bytes to.
pub(crate) fn take_plaintext() -> Vec<u8> {
    PLAINTEXT.take()
}

/// Takes a buffer back.
pub(crate) fn give_back(mut buffer: Vec<u8>) {
    if buffer.len() == READ_SIZE {
        TO_READ.set(buffer);
    } else if buffer.capacity() <= 2 * READ_SIZE {
        buffer.clear();
        PLAINTEXT.set(buffer);
    }
}

/// The input of one connection. It has a buffer only while there is something in it.
#[derive(Default)]
pub(crate) struct Input {
    buffer: Vec<u8>,
    /// Where the bytes that are not yet taken begin and end.
    start: usize,
    end: usize,
}

impl Input {
    /// What is not yet taken.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Shows the bytes to `parser`, which takes from their front what it has understood.
    pub(crate) fn parse<R>(&mut self, parser: impl FnOnce(&mut &[u8]) -> R) -> R {
        let mut bytes = self.bytes();
        let result = parser(&mut bytes);
        let rest = bytes.len();
        self.leave(rest);
        result
    }

    /// Takes bytes off the front until `rest` of them are left. Gives the buffer back after the
    /// last one.
    fn leave(&mut self, rest: usize) {
        self.start = self.end - rest.min(self.end - self.start);
        if self.start == self.end {
            self.clear();
        }
    }

    /// Whether nothing is left to take.
    pub(crate) fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Drops what is left.
    pub(crate) fn clear(&mut self) {
        (self.start, self.end) = (0, 0);
        let buffer = mem::take(&mut self.buffer);
        if buffer.capacity() > 0 {
            give_back(buffer);
        }
    }

    /// Puts in a buffer whose first `length` bytes were read, in place of what there was.
    pub(crate) fn put_buffer(&mut self, buffer: Vec<u8>, length: usize) {
        self.buffer = buffer;
        (self.start, self.end) = (0, length);
        self.leave(length);
    }

    /// Moves what is left into a buffer of its size.
    pub(crate) fn compact(&mut self) {
        if self.buffer.capacity() > 2 * self.bytes().len() {
            let rest = self.bytes().to_vec();
            self.clear();
            (self.start, self.end) = (0, rest.len());
            self.buffer = rest;
        }
    }

    /// Puts in bytes, after those that are there.
    pub(crate) fn append_vec(&mut self, bytes: Vec<u8>) {
        if self.is_empty() {
            self.clear();
            let length = bytes.len();
            self.put_buffer(bytes, length);
        } else {
            self.append(&bytes);
        }
    }

    /// Puts in bytes that came from elsewhere, after those that are there.
    pub(crate) fn append(&mut self, bytes: &[u8]) {
        self.buffer.truncate(self.end);
        self.buffer.drain(..self.start);
        self.buffer.extend_from_slice(bytes);
        (self.start, self.end) = (0, self.buffer.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(bytes: &[u8]) -> Input {
        let mut input = Input::default();
        let mut buffer = take_buffer();
        buffer[..bytes.len()].copy_from_slice(bytes);
        input.put_buffer(buffer, bytes.len());
        input
    }

    #[test]
    fn bytes_are_taken_from_the_front() {
        let mut input = input(b"abcdef");
        input.leave(4);
        assert_eq!(input.bytes(), b"cdef");
        input.append(b"gh");
        assert_eq!(input.bytes(), b"cdefgh");
    }

    #[test]
    fn an_empty_input_holds_no_buffer() {
        let mut input = input(b"abc");
        assert_eq!(input.buffer.len(), READ_SIZE);
        input.leave(0);
        assert!(input.is_empty());
        assert_eq!(input.buffer.capacity(), 0);
    }

    #[test]
    fn a_read_of_nothing_holds_no_buffer() {
        assert_eq!(input(b"").buffer.capacity(), 0);
    }
}
