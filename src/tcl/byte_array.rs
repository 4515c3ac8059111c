//! Byte arrays in the making: written in pieces, in order, or read into, and made values without a
//! copy.

use std::{io, mem, ptr, slice};

use super::{channel::Channel, sys, value::Value};

/// From how much space on huge pages are asked for, in bytes. So much the C library gets anew from
/// the system each time, and every page of it is a fault; what is smaller it keeps for reuse.
#[cfg(target_os = "linux")]
const HUGE: usize = 32 * 1024 * 1024;

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
        #[cfg(target_os = "linux")]
        if capacity >= HUGE {
            self.ask_for_huge_pages();
        }
    }

    /// Has the system use huge pages for what is not yet written, if it can. They too are given
    /// when they are first written to, so that no more memory is taken than one page's.
    #[cfg(target_os = "linux")]
    fn ask_for_huge_pages(&self) {
        // SAFETY: asks for a number.
        let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
        let Ok(page) = usize::try_from(page) else { return };
        // All pages of the array, since the system moves a mapping as a whole or not at all when
        // the array grows.
        let offset = self.start.addr() % page;
        let size = (offset + self.capacity).next_multiple_of(page);
        // SAFETY: changes no byte, neither of the array nor of what else is in its pages. It is
        // advice: nothing is lost where the system does not take it.
        unsafe { libc::madvise(self.start.sub(offset).cast(), size, libc::MADV_HUGEPAGE) };
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

    /// Forgets the bytes, and keeps the space.
    pub(crate) fn clear(&mut self) {
        self.length = 0;
    }

    /// The value of the bytes, which this has no longer.
    pub(crate) fn take_value(&mut self) -> Value {
        if self.is_mostly_space() {
            let value = Value::bytes(self.bytes());
            self.clear();
            return value;
        }
        mem::take(self).into_value()
    }

    /// Whether less than half of the space is used. Tcl keeps all of it in an array that is made
    /// shorter.
    fn is_mostly_space(&self) -> bool {
        self.length < self.capacity / 2
    }

    /// The value, which has at most twice the space that it needs.
    pub(crate) fn into_value(self) -> Value {
        if self.is_mostly_space() {
            return Value::bytes(self.bytes());
        }
        let Some(value) = self.value else { return Value::bytes(&[]) };
        if self.length < self.capacity {
            // SAFETY: the value is ours alone.
            unsafe { sys::tcl_SetByteArrayLength(value.as_ptr(), self.length) };
        }
        value
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fs;

    use super::*;
    use crate::tcl::testing;

    /// Whether the system was asked for huge pages at this address; `None` if it has none.
    fn is_huge(address: *const u8) -> Option<bool> {
        fs::metadata("/sys/kernel/mm/transparent_hugepage").ok()?;
        let maps = fs::read_to_string("/proc/self/smaps").unwrap();
        let mut is_inside = false;
        for line in maps.lines() {
            let first = line.split(' ').next().unwrap_or_default();
            if let Some((start, end)) = first.split_once('-') {
                let number = |text| usize::from_str_radix(text, 16).unwrap();
                is_inside = (number(start)..number(end)).contains(&address.addr());
            } else if is_inside && first == "VmFlags:" {
                return Some(line.split(' ').any(|flag| flag == "hg"));
            }
        }
        panic!("no mapping");
    }

    #[test]
    fn a_value_keeps_no_more_space_than_it_needs() {
        testing::run(|_| {
            let mut array = ByteArray::with_capacity(1000);
            array.push(b"short");
            let value = array.take_value();
            assert_eq!(value.with_bytes(<[u8]>::to_vec).unwrap(), b"short");
            // It was copied.
            assert_eq!((array.bytes(), array.capacity()), (&b""[..], 1000));
            array.push(&[b'x'; 600]);
            let start = array.start.cast_const();
            let value = array.take_value();
            value
                .with_bytes(|bytes| assert_eq!((bytes.as_ptr(), bytes.len()), (start, 600)))
                .unwrap();
            assert_eq!(array.capacity(), 0);
        });
    }

    #[test]
    fn large_arrays_have_huge_pages_also_when_they_have_grown() {
        testing::run(|_| {
            let mut array = ByteArray::with_capacity(HUGE);
            array.push(b"first");
            for capacity in [HUGE, 2 * HUGE, 5 * HUGE] {
                array.reserve(capacity);
                for place in [0, capacity / 2, capacity - 1] {
                    // SAFETY: in the array.
                    let address = unsafe { array.start.add(place) };
                    assert_ne!(is_huge(address), Some(false), "{place} of {capacity}");
                }
            }
            assert_eq!(array.bytes(), b"first");
        });
    }
}
