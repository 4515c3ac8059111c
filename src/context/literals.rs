//! Tcl values made once for each interpreter, so that TclOO's method cache works.

use crate::{protocol::websocket::Opcode, tcl::Value};

/// How many methods are between a call of the private method `Receive` and what it does, where all
/// of them are the package's: that of its class and that of `::www::PermessageDeflate`. 0 where
/// a script's is among them, or a filter may be. (`info object call` does not tell of private
/// methods.)
const OURS_OF_RECEIVE: &str = r#"object {
    if {[::info object filters $object] ne ""
        || "Receive" in [::info object methods $object -private]} {
        return 0
    }
    set ours 0
    set classes [list {*}[::info object mixins $object] [::info object class $object]]
    for {set index 0} {$index < [llength $classes]} {incr index} {
        set class [lindex $classes $index]
        if {$class in [lrange $classes 0 $index-1]} continue
        if {[::info class filters $class] ne ""} { return 0 }
        if {"Receive" in [::info class methods $class -private]
            && ![catch {::info class methodtype $class Receive} type]} {
            if {$type ne "www::websocket method"} { return 0 }
            incr ours
        }
        lappend classes {*}[::info class mixins $class] {*}[::info class superclasses $class]
    }
    return $ours
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
    pub(crate) fragment: Value,
    pub(crate) ping: Value,
    pub(crate) pong: Value,
    pub(crate) close: Value,
    pub(crate) drain: Value,
    pub(crate) apply: Value,
    /// A function of an object's name, for `apply`.
    pub(crate) ours_of_receive: Value,
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
            fragment: Value::string("fragment"),
            ping: Value::string("ping"),
            pong: Value::string("pong"),
            close: Value::string("close"),
            drain: Value::string("drain"),
            apply: Value::string("::apply"),
            ours_of_receive: Value::string(OURS_OF_RECEIVE),
            opcodes: std::array::from_fn(|opcode| Value::integer(opcode as i64)),
            no_rsv: Value::string("000"),
        }
    }

    pub(crate) fn opcode(&self, opcode: Opcode) -> &Value {
        &self.opcodes[usize::from(opcode.bits())]
    }
}
