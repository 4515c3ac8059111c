//! The arguments that several methods of connection objects take.

use crate::{
    protocol::websocket::{Flags, Opcode},
    tcl::{Call, Error, Value},
    www::errors,
};

/// The arguments of a `Transmit`.
pub(crate) fn parse_transmit<'a>(call: &'a Call<'_>) -> Result<(Opcode, &'a Value, Flags), Error> {
    match call.arguments() {
        [opcode, data] => Ok((parse_opcode(opcode)?, data, Flags::FIN)),
        [opcode, data, flags] => Ok((parse_opcode(opcode)?, data, parse_flags(flags)?)),
        _ => Err(call.wrong_arguments(c"opcode data ?flags?")),
    }
}

/// An opcode, as the private methods take it.
pub(crate) fn parse_opcode(word: &Value) -> Result<Opcode, Error> {
    let bits = word.to_integer().and_then(|number| u8::try_from(number).ok());
    bits.and_then(Opcode::from_bits).ok_or_else(|| {
        let word = word.to_utf8_lossy();
        errors::argument(&format!("bad opcode {word:?}: must be 0, 1, 2, 8, 9, or 10"))
    })
}

fn parse_flags(word: &Value) -> Result<Flags, Error> {
    let word = word.to_utf8_lossy();
    Flags::parse(&word).ok_or_else(|| {
        errors::argument(&format!(
            "bad flags {word:?}: must be up to four bits, FIN RSV1 RSV2 RSV3"
        ))
    })
}
