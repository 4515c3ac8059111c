//! A frame on its way out, as a Tcl value.
//!
//! A large one is masked when it is written: until then it shares the payload with the script that
//! sent it, and takes no memory of its own.

use std::{ops::Range, rc::Rc};

use super::broadcast::Broadcast;
use crate::{
    protocol::websocket::{
        Header,
        frame::{self, MAX_HEADER},
        mask::mask_into,
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
    // In a broadcast, unmasked frames that begin alike are the same.
    let is_shared = Broadcast::is_under_way() && header.mask.is_none() && start == 0;
    if is_shared && let Some(frame) = Broadcast::frame(header, data) {
        return frame;
    }
    if !is_shared
        && (MIN_SHARED..=MAX_DEFERRED - MAX_HEADER).contains(&payload.len())
        && data.is_byte_array()
    {
        let range = start..start + payload.len();
        return Value::deferred(Rc::new(SharedFrame::new(header, data, range)));
    }
    let mut bytes = ByteArray::with_capacity(length);
    frame::encode(header, payload, |part| bytes.push(part));
    let frame = bytes.into_value();
    if is_shared {
        Broadcast::keep_frame(header, data, &frame);
    }
    frame
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

    fn write_part(&self, start: usize, out: &mut [u8]) -> usize {
        let header = self.header.get(start..).unwrap_or_default();
        let in_header = header.len().min(out.len());
        let (header_out, out) = out.split_at_mut(in_header);
        header_out.copy_from_slice(&header[..in_header]);
        let start = start.saturating_sub(self.header.len());
        self.data.with_byte_array(|data| {
            let payload = data.get(self.range.clone()).unwrap_or_default();
            let payload = payload.get(start..).unwrap_or_default();
            let length = payload.len().min(out.len());
            let (payload, out) = (&payload[..length], &mut out[..length]);
            match self.mask {
                Some(mut key) => {
                    key.rotate_left(start % 4);
                    mask_into(key, payload, out);
                }
                None => out.copy_from_slice(payload),
            }
            in_header + length
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        protocol::websocket::{Opcode, Rsv},
        tcl::testing,
    };

    #[test]
    fn a_shared_frame_is_made_in_pieces_of_any_size() {
        testing::run(|_| {
            let bytes: Vec<u8> = (0..=255).collect();
            let data = Value::bytes(&bytes);
            for mask in [None, Some([0x37, 0xFA, 0x21, 0x3D])] {
                let payload = &bytes[5..250];
                let length = payload.len() as u64;
                let header =
                    Header { fin: true, rsv: Rsv::NONE, opcode: Opcode::Binary, mask, length };
                let mut whole = Vec::new();
                frame::encode(&header, payload, |part| whole.extend_from_slice(part));
                let shared = SharedFrame::new(&header, &data, 5..250);
                assert_eq!(shared.length(), whole.len());
                for size in 1..=whole.len() + 1 {
                    let (mut made, mut piece) = (Vec::new(), vec![0; size]);
                    while made.len() < whole.len() {
                        let count = shared.write_part(made.len(), &mut piece);
                        assert!(count == size || made.len() + count == whole.len());
                        made.extend_from_slice(&piece[..count]);
                    }
                    assert_eq!(made, whole, "pieces of {size}");
                }
            }
        });
    }
}
