//! Tcl values made once for each interpreter, so that TclOO's method cache works.

use crate::{protocol::websocket::Opcode, tcl::Value};

/// Whether anything could come between the private method `Receive` of an object and that of its
/// class, which is the package's: `info object call` does not tell that of a private method. It is
/// enough that there is a mixin or a filter.
const OVERRIDES_RECEIVE: &str = r#"object {
    set class [::info object class $object]
    expr {
        [::info class methodtype $class Receive] ne "www::websocket method"
            || "Receive" in [::info object methods $object -private]
            || [::info object mixins $object] ne "" || [::info object filters $object] ne ""
            || [::info class mixins $class] ne "" || [::info class filters $class] ne ""
            || [::info class superclasses $class] ne "::oo::object"
            || [::info class filters ::oo::object] ne ""
    }
}"#;

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
    pub(crate) apply: Value,
    /// A function of an object's name, for `apply`: whether anything overrides its `Receive`.
    pub(crate) overrides_receive: Value,
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
            apply: Value::string("::apply"),
            overrides_receive: Value::string(OVERRIDES_RECEIVE),
            opcodes: std::array::from_fn(|opcode| Value::integer(opcode as i64)),
            no_rsv: Value::string("000"),
        }
    }

    pub(crate) fn opcode(&self, opcode: Opcode) -> &Value {
        &self.opcodes[usize::from(opcode.bits())]
    }
}
