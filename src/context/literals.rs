//! Tcl values made once for each interpreter, so that TclOO's method cache works.

use crate::{protocol::websocket::Opcode, tcl::Value};

/// Names of the private methods and of the types of callback, opcodes, and flags. TclOO keeps what
/// it found out about a method in the value that names it, so the same value is used each time.
pub(crate) struct Literals {
    pub(crate) read: Value,
    pub(crate) write: Value,
    pub(crate) receive: Value,
    pub(crate) transmit: Value,
    pub(crate) text: Value,
    pub(crate) binary: Value,
    pub(crate) ping: Value,
    pub(crate) pong: Value,
    pub(crate) close: Value,
    pub(crate) drain: Value,
    opcodes: [Value; 16],
    /// RSV1 RSV2 RSV3, all 0.
    pub(crate) no_rsv: Value,
}

impl Literals {
    pub(crate) fn new() -> Self {
        Self {
            read: Value::string("Read"),
            write: Value::string("Write"),
            receive: Value::string("Receive"),
            transmit: Value::string("Transmit"),
            text: Value::string("text"),
            binary: Value::string("binary"),
            ping: Value::string("ping"),
            pong: Value::string("pong"),
            close: Value::string("close"),
            drain: Value::string("drain"),
            opcodes: std::array::from_fn(|opcode| Value::integer(opcode as i64)),
            no_rsv: Value::string("000"),
        }
    }

    pub(crate) fn opcode(&self, opcode: Opcode) -> &Value {
        &self.opcodes[usize::from(opcode.bits())]
    }
}
