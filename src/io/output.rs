//! Bytes on their way out that the system has not taken yet.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    io, mem,
    rc::Rc,
};

use crate::tcl::{Channel, Deferred, NotBytes, Value};

/// From this size on a chunk is written by itself; smaller ones are copied together, since a system
/// call costs more than that.
const LARGE: usize = 16 * 1024;

/// How many bytes of small chunks are written at once. It pays off up to about this size.
const GATHERED: usize = 64 * 1024;

/// How many bytes of a deferred value are made and written at once: they do not leave the
/// processor's cache. A round number has what stands before it go along.
const MADE: usize = 512 * 1024 + 64;

/// How many chunks an empty queue may have room for that is kept for the next output.
const SPARE: usize = 64;

thread_local! {
    /// Where the bytes of deferred values are made before they are written.
    static SCRATCH: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    /// An empty vector with room for the next chunk that is one.
    static CHUNK: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    /// An empty queue, which the connections of a thread share, so that an idle one holds none.
    static QUEUE: RefCell<VecDeque<Chunk>> = const { RefCell::new(VecDeque::new()) };
}

/// What waits to be written, in the order in which it was handed over.
#[derive(Default)]
pub(crate) struct Output {
    /// It has no room of its own while there is nothing in it.
    queue: RefCell<VecDeque<Chunk>>,
    /// How many bytes of the first chunk are written.
    written: Cell<usize>,
    /// How many bytes wait in all.
    length: Cell<usize>,
    /// How many bytes were ever added.
    added: Cell<u64>,
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
    Deferred(Rc<dyn Deferred>),
}

impl Bytes {
    /// Shows the bytes from `start` on to `look`, or as many of them as are written at once.
    fn with_rest<R>(&self, start: usize, look: impl FnOnce(&[u8]) -> R) -> Result<R, NotBytes> {
        match self {
            Self::Value(value) => {
                value.with_bytes(|bytes| look(bytes.get(start..).unwrap_or_default()))
            }
            Self::Vec(bytes) => Ok(look(bytes.get(start..).unwrap_or_default())),
            Self::Deferred(deferred) => Ok(with_part(&**deferred, start, MADE, look)),
        }
    }
}

/// Makes the bytes of a deferred value from `start` on, `limit` of them at most, and shows them to
/// `look`.
pub(super) fn with_part<R>(
    deferred: &dyn Deferred,
    start: usize,
    limit: usize,
    look: impl FnOnce(&[u8]) -> R,
) -> R {
    // Taken out, since writing may run a script that comes back here.
    let mut scratch = SCRATCH.take();
    let room = limit.min(deferred.length().saturating_sub(start));
    if scratch.len() < room {
        scratch.resize(room, 0);
    }
    let count = deferred.write_part(start, &mut scratch[..room]);
    let result = look(&scratch[..count]);
    SCRATCH.set(scratch);
    result
}

/// An empty vector for [`Output::push_vec`], perhaps with room from the last time.
pub(super) fn take_vec() -> Vec<u8> {
    CHUNK.take()
}

/// Keeps the room of a vector for the next one.
fn give_vec_back(mut bytes: Vec<u8>) {
    if bytes.capacity() <= MADE {
        bytes.clear();
        CHUNK.set(bytes);
    }
}

impl Output {
    /// Adds bytes at the end, and tells how many. Errors, adding nothing, where the value is no
    /// string of bytes.
    pub(crate) fn push(&self, bytes: Value) -> Result<usize, NotBytes> {
        let length = bytes.with_bytes(<[u8]>::len)?;
        self.push_chunk(Chunk { bytes: Bytes::Value(bytes), length });
        Ok(length)
    }

    /// Adds at the end what makes its bytes when they are written, and tells how many.
    pub(crate) fn push_deferred(&self, deferred: Rc<dyn Deferred>) -> usize {
        let length = deferred.length();
        self.push_chunk(Chunk { bytes: Bytes::Deferred(deferred), length });
        length
    }

    /// Adds bytes at the end.
    pub(crate) fn push_vec(&self, bytes: Vec<u8>) {
        let length = bytes.len();
        if length == 0 {
            return give_vec_back(bytes);
        }
        self.push_chunk(Chunk { bytes: Bytes::Vec(Rc::new(bytes)), length });
    }

    fn push_chunk(&self, chunk: Chunk) {
        if chunk.length > 0 {
            self.length.update(|all| all + chunk.length);
            self.added.update(|all| all + chunk.length as u64);
            let mut queue = self.queue.borrow_mut();
            if queue.is_empty() {
                *queue = QUEUE.take();
            }
            queue.push_back(chunk);
        }
    }

    /// How many bytes wait to be written.
    pub(crate) fn len(&self) -> usize {
        self.length.get()
    }

    /// How many bytes were added since the beginning.
    pub(crate) fn added(&self) -> u64 {
        self.added.get()
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
            // `push` saw bytes, and a value does not change: there is no other case.
            let Ok(count) = bytes.with_rest(self.written.get(), |rest| channel.write(rest)) else {
                break;
            };
            // Then it is this output's alone.
            drop(bytes);
            self.advance(count?);
        }
        Ok(())
    }

    /// What to write next: the first chunk, or, where that is a small one with others behind it,
    /// all of these in one.
    fn first(&self) -> Option<Bytes> {
        let mut queue = self.queue.borrow_mut();
        let small = |chunk: &&Chunk| chunk.length < LARGE;
        if queue.iter().take(2).filter(small).count() == 2 {
            let mut gathered = take_vec();
            gathered.reserve(self.length.get().min(GATHERED + LARGE));
            while gathered.len() < GATHERED
                && let Some(chunk) = queue.front().filter(small)
            {
                // As in `write_all`.
                let _ = chunk.bytes.with_rest(0, |bytes| gathered.extend_from_slice(bytes));
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
            if let Some(Chunk { bytes: Bytes::Vec(bytes), .. }) = queue.pop_front()
                && let Ok(bytes) = Rc::try_unwrap(bytes)
            {
                give_vec_back(bytes);
            }
            self.written.set(0);
            if queue.is_empty() {
                give_back(mem::take(&mut *queue));
            }
        }
    }
}

/// Keeps the room of an empty queue for the next output.
fn give_back(queue: VecDeque<Chunk>) {
    if queue.capacity() <= SPARE {
        QUEUE.set(queue);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_output_has_no_room() {
        let output = Output::default();
        for _ in 0..2 {
            output.push_vec(vec![0; 3]);
            output.push_vec(vec![0; LARGE]);
            output.advance(3);
            assert_eq!((output.len(), output.added() % (LARGE as u64 + 3)), (LARGE, 0));
            output.advance(LARGE);
            assert_eq!((output.len(), output.queue.borrow().capacity()), (0, 0));
        }
        assert!(QUEUE.take().capacity() > 0, "it is kept for the next one");
        assert!(take_vec().capacity() >= LARGE, "that of the bytes as well");
    }

    #[test]
    fn much_room_is_not_kept() {
        let output = Output::default();
        output.push_vec(vec![0; MADE + 1]);
        output.advance(MADE + 1);
        assert_eq!(take_vec().capacity(), 0);
    }
}
