//! A frame on its way out, as a Tcl value.
//!
//! A large one is masked when it is written: until then it shares the payload with the script that
//! sent it, and takes no memory of its own.

use std::{ops::Range, rc::Rc};

use crate::{
    protocol::websocket::{
        Header,
        frame::{self, MAX_HEADER},
        mask::mask,
    },
    tcl::{ByteArray, Deferred, MAX_DEFERRED, Value},
};

/// From this payload on, in bytes, sharing is worth the trouble.
const MIN_SHARED: usize = 16 * 1024;

/// The frame with this header, of `length` bytes in all, whose `payload` is the bytes of `data`
/// from `start` on.
pub(super) fn encode(
    header: &Header,
    data: &Value,
    start: usize,
    payload: &[u8],
    length: usize,
) -> Value {
    if (MIN_SHARED..=MAX_DEFERRED - MAX_HEADER).contains(&payload.len()) && data.is_byte_array() {
        let range = start..start + payload.len();
        return Value::deferred(Rc::new(SharedFrame::new(header, data, range)));
    }
    let mut bytes = ByteArray::with_capacity(length);
    frame::encode(header, payload, |part| bytes.push(part));
    bytes.into_value()
}

/// A large frame.
struct SharedFrame {
    /// What stands before the payload, the masking key last.
    header: Vec<u8>,
    mask: Option<[u8; 4]>,
    /// What the payload is a part of, and which.
    data: Value,
    range: Range<usize>,
}

impl SharedFrame {
    fn new(header: &Header, data: &Value, range: Range<usize>) -> Self {
        let mut bytes = Vec::new();
        header.encode(|part| bytes.extend_from_slice(part));
        Self { header: bytes, mask: header.mask, data: data.clone(), range }
    }
}

impl Deferred for SharedFrame {
    fn length(&self) -> usize {
        self.header.len() + self.range.len()
    }

    fn append_part(&self, start: usize, limit: usize, out: &mut Vec<u8>) {
        out.extend_from_slice(self.header.get(start..).unwrap_or_default());
        let start = start.saturating_sub(self.header.len());
        let end = start.saturating_add(limit);
        self.data.with_byte_array(|data| {
            let payload = data.get(self.range.clone()).unwrap_or_default();
            let payload = payload.get(start..end.min(payload.len())).unwrap_or_default();
            match self.mask {
                Some(mut key) => {
                    key.rotate_left(start % 4);
                    mask(key, payload, |masked| out.extend_from_slice(masked));
                }
                None => out.extend_from_slice(payload),
            }
        });
    }
}
