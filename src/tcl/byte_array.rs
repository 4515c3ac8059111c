//! Byte arrays in the making: written in pieces, in order, or read into, and made values without a
//! copy.

use std::{io, ptr, slice};

use super::{channel::Channel, sys, value::Value};

/// Bytes in a Tcl value that nobody else has yet. With a capacity of 0 it holds no value.
#[derive(Default)]
pub(crate) struct ByteArray {
    value: Option<Value>,
    /// The bytes of the value, of which the first `length` are written; null without one.
    start: *mut u8,
    length: usize,
    capacity: usize,
}

impl ByteArray {
    /// One with space for `capacity` bytes.
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        let mut array = Self::default();
        array.reserve(capacity);
        array
    }

    /// The bytes that are written.
    pub(crate) fn bytes(&self) -> &[u8] {
        if self.length == 0 {
            return &[];
        }
        // SAFETY: so many bytes of the value, which is alive and ours alone, are written.
        unsafe { slice::from_raw_parts(self.start, self.length) }
    }

    /// The same, to be changed.
    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        if self.length == 0 {
            return &mut [];
        }
        // SAFETY: so many bytes of the value, which is alive and ours alone, are written.
        unsafe { slice::from_raw_parts_mut(self.start, self.length) }
    }

    /// For how many bytes there is space in all.
    pub(crate) fn capacity(&self) -> usize {
        self.capacity
    }

    /// Makes space for `capacity` bytes in all.
    pub(crate) fn reserve(&mut self, capacity: usize) {
        if capacity <= self.capacity {
            return;
        }
        // SAFETY: the value is fresh, so nobody else looks at its bytes; Tcl leaves those that are
        // added uninitialised, and they are written before they are read.
        unsafe {
            let value = self.value.get_or_insert_with(|| Value::uninitialised_bytes(capacity));
            self.start = sys::tcl_SetByteArrayLength(value.as_ptr(), capacity);
        }
        self.capacity = capacity;
    }

    /// Adds bytes.
    #[inline]
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        let length = self.length + bytes.len();
        if length > self.capacity {
            self.reserve(length.max(2 * self.capacity));
        }
        // SAFETY: there is space for so many more bytes, which lie elsewhere.
        unsafe {
            ptr::copy_nonoverlapping(bytes.as_ptr(), self.start.add(self.length), bytes.len())
        };
        self.length = length;
    }

    /// Reads what is there on the channel, as [`Channel::read`] does: at most `limit` bytes, and no
    /// more than there is space for.
    pub(crate) fn read_from(&mut self, channel: &Channel, limit: usize) -> io::Result<usize> {
        let size = limit.min(self.capacity - self.length);
        // SAFETY: there is space for so many more bytes.
        let count = unsafe { channel.read_into(self.start.add(self.length), size)? };
        self.length += count;
        Ok(count)
    }

    /// The value, which has no space to spare.
    pub(crate) fn into_value(self) -> Value {
        let Some(value) = self.value else { return Value::bytes(&[]) };
        if self.length < self.capacity {
            // SAFETY: the value is ours alone.
            unsafe { sys::tcl_SetByteArrayLength(value.as_ptr(), self.length) };
        }
        value
    }
}
