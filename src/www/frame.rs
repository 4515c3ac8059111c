//! A large frame on its way out, which is masked when it is written: until then it shares the
//! payload with the script that sent it, and takes no memory of its own.

use crate::{
    protocol::{Header, frame::MAX_HEADER, mask::mask},
    tcl::{Deferred, MAX_DEFERRED, Value, ValueType},
};

/// From this payload on, in bytes, sharing is worth the trouble.
const MIN_PAYLOAD: usize = 16 * 1024;

/// A frame whose payload is not copied.
pub(crate) struct Frame {
    /// What stands before the payload, the masking key last.
    header: Vec<u8>,
    mask: Option<[u8; 4]>,
    payload: Value,
    payload_length: usize,
}

impl Frame {
    /// A frame with this payload; `None` where it is better copied: it is small, or its bytes are
    /// not at hand.
    pub(crate) fn new(header: &Header, payload: &Value) -> Option<Self> {
        let payload_length = usize::try_from(header.length).ok()?;
        let limit = MAX_DEFERRED - MAX_HEADER;
        if !(MIN_PAYLOAD..=limit).contains(&payload_length) || !payload.is_byte_array() {
            return None;
        }
        let mut bytes = Vec::new();
        header.encode(|part| bytes.extend_from_slice(part));
        Some(Self { header: bytes, mask: header.mask, payload: payload.clone(), payload_length })
    }

    /// How many bytes it has in all.
    pub(crate) fn length(&self) -> usize {
        self.header.len() + self.payload_length
    }

    /// Hands the bytes from `start` on to `push`, about `limit` of them.
    pub(crate) fn encode(&self, start: usize, limit: usize, mut push: impl FnMut(&[u8])) {
        push(self.header.get(start..).unwrap_or_default());
        let start = start.saturating_sub(self.header.len());
        let end = start.saturating_add(limit).min(self.payload_length);
        self.payload.with_byte_array(|payload| {
            let payload = payload.get(start..end).unwrap_or_default();
            match self.mask {
                Some(mut key) => {
                    key.rotate_left(start % 4);
                    mask(key, payload, push);
                }
                None => push(payload),
            }
        });
    }
}

impl Deferred for Frame {
    fn value_type() -> &'static ValueType<Self> {
        static TYPE: ValueType<Frame> = ValueType::new(c"www::websocket deferred bytes");
        &TYPE
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.length());
        self.encode(0, usize::MAX, |part| bytes.extend_from_slice(part));
        bytes
    }
}
