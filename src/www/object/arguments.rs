//! The arguments of methods of connection objects that take more than a few, or share them.

use std::{num::NonZero, time::Duration};

use crate::{
    protocol::websocket::{Flags, Opcode},
    tcl::{Call, Error, Value},
    www::{errors, options},
};

/// What a `receive` asks for.
pub(crate) enum Amount {
    /// The next message.
    Message,
    /// All messages that have arrived, so many at most.
    All { most: NonZero<usize> },
}

/// The arguments of a `receive`, options in any order: how much it asks for, and how long it waits.
pub(crate) fn parse_receive(call: &Call<'_>) -> Result<(Amount, Option<Duration>), Error> {
    let (mut is_all, mut max, mut timeout) = (false, None, None);
    let mut words = call.arguments();
    while let [word, rest @ ..] = words {
        let option = word.to_utf8_lossy();
        let value = || rest.first().ok_or_else(|| errors::option_argument(&option));
        words = match option.as_str() {
            "-all" => {
                is_all = true;
                rest
            }
            "-max" => {
                max = Some(options::positive(&option, value()?)?);
                &rest[1..]
            }
            "-timeout" => {
                timeout = options::time(&option, value()?)?;
                &rest[1..]
            }
            _ if option.starts_with('-') => return Err(errors::unknown_option(&option)),
            _ => return Err(call.wrong_arguments(c"?-all? ?-max count? ?-timeout ms?")),
        };
    }
    match (is_all, max) {
        (true, max) => Ok((Amount::All { most: max.unwrap_or(NonZero::<usize>::MAX) }, timeout)),
        (false, Some(_)) => Err(errors::option_alone("-max", "-all")),
        (false, None) => Ok((Amount::Message, timeout)),
    }
}

/// A message of the type `text` or `binary`, and its data as a value that has its bytes at hand.
pub(crate) fn parse_message(kind: &Value, data: &Value) -> Result<(Opcode, Value), Error> {
    match kind.to_utf8_lossy().as_str() {
        "text" => Ok((Opcode::Text, data.encoded().map_err(errors::lone_surrogate)?)),
        "binary" if data.is_byte_array() => Ok((Opcode::Binary, data.clone())),
        "binary" => {
            let bytes = data.with_bytes(Value::bytes).map_err(errors::not_bytes)?;
            Ok((Opcode::Binary, bytes))
        }
        kind => Err(errors::message_type(kind)),
    }
}

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
