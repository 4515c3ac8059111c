//! Where messages are gathered: in what becomes a Tcl value, without a copy.

use crate::{
    protocol::websocket::{
        Opcode,
        receiver::{OutOfMemory, Payload, PayloadStore},
    },
    tcl::{ByteArray, Value},
};

/// The byte array of a message that is arriving.
#[derive(Default)]
pub(super) struct Store(pub(super) ByteArray);

impl PayloadStore for Store {
    fn bytes(&self) -> &[u8] {
        self.0.bytes()
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        self.0.bytes_mut()
    }

    fn capacity(&self) -> usize {
        self.0.capacity()
    }

    fn reserve(&mut self, capacity: usize) -> Result<(), OutOfMemory> {
        // Tcl aborts when memory runs out: probe with Rust's allocator.
        Vec::<u8>::new().try_reserve_exact(capacity).map_err(|_| OutOfMemory)?;
        self.0.reserve(capacity);
        Ok(())
    }

    fn push(&mut self, bytes: &[u8]) {
        self.0.push(bytes);
    }
}

/// The payload of a message as `Receive` gets it. A text that is ASCII needs one value all the way:
/// it serves as bytes there and as text for the callback.
pub(super) fn payload_value(opcode: Opcode, payload: Payload<'_, Store>) -> Value {
    let text = if opcode == Opcode::Text { Value::ascii(&payload) } else { None };
    text.unwrap_or_else(|| match payload {
        Payload::Borrowed(bytes) => Value::bytes(bytes),
        Payload::Gathered(store) => store.0.into_value(),
    })
}
