//! UTF-8 checked while it arrives: a validator that is given a text in any pieces and refuses it at
//! the first byte that no valid text can have there. It does not store the text.

use std::fmt;

use simdutf8::compat::from_utf8;

use super::violation::Violation;

/// A character has at most this many bytes in UTF-8 (RFC 3629 section 3).
const MAX_CHARACTER: usize = 4;

/// Up to this length, in bytes, a text is short.
const SHORT: usize = 256;

/// Checks a text that comes in pieces. Remembers at most the first three bytes of one character.
#[derive(Debug, Default)]
pub struct Utf8Validator {
    /// Bytes of whole characters so far.
    valid: u64,
    /// The start of a character whose end has not come yet.
    pending: [u8; MAX_CHARACTER - 1],
    pending_length: usize,
}

/// Why a text is not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidUtf8 {
    /// These bytes are no character.
    Malformed {
        /// Where they begin, in bytes from the start of the text.
        offset: u64,
    },
    /// The text ends before its last character does.
    Incomplete {
        /// Where that character begins, in bytes from the start of the text.
        offset: u64,
    },
}

/// Checks a whole text.
pub fn check(text: &[u8]) -> Result<(), InvalidUtf8> {
    // Most short texts are ASCII, for which this is faster.
    if text.len() <= SHORT && text.is_ascii() { Ok(()) } else { check_all(text) }
}

#[inline(never)]
fn check_all(text: &[u8]) -> Result<(), InvalidUtf8> {
    let mut validator = Utf8Validator::new();
    validator.push(text)?;
    validator.finish()
}

impl Utf8Validator {
    /// A validator at the start of a text.
    pub fn new() -> Self {
        Self::default()
    }

    /// Checks the next bytes of the text. Fails at the first byte that cannot continue valid UTF-8;
    /// after that the validator must not be used.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), InvalidUtf8> {
        let rest = self.complete_pending(bytes)?;
        let Err(error) = from_utf8(rest) else {
            self.valid += rest.len() as u64;
            return Ok(());
        };
        self.valid += error.valid_up_to() as u64;
        if error.error_len().is_some() {
            return Err(self.malformed());
        }
        let start = &rest[error.valid_up_to()..];
        self.pending[..start.len()].copy_from_slice(start);
        self.pending_length = start.len();
        Ok(())
    }

    /// How many bytes of whole characters there have been so far.
    pub fn valid(&self) -> u64 {
        self.valid
    }

    /// The start of a character whose end has not come yet: at most three bytes.
    pub fn pending(&self) -> &[u8] {
        &self.pending[..self.pending_length]
    }

    /// Ends the text. Fails when a character is left incomplete.
    pub fn finish(&self) -> Result<(), InvalidUtf8> {
        match self.pending_length {
            0 => Ok(()),
            _ => Err(InvalidUtf8::Incomplete { offset: self.valid }),
        }
    }

    /// Takes from `bytes` what the pending character lacks, one byte at a time, and returns the
    /// rest: nothing, when the character is still incomplete.
    fn complete_pending<'a>(&mut self, bytes: &'a [u8]) -> Result<&'a [u8], InvalidUtf8> {
        if self.pending_length == 0 {
            return Ok(bytes);
        }
        let mut character = [0; MAX_CHARACTER];
        character[..self.pending_length].copy_from_slice(&self.pending[..self.pending_length]);
        for (index, &byte) in bytes.iter().enumerate() {
            character[self.pending_length] = byte;
            match from_utf8(&character[..=self.pending_length]) {
                Ok(character) => {
                    self.valid += character.len() as u64;
                    self.pending_length = 0;
                    return Ok(&bytes[index + 1..]);
                }
                Err(error) if error.error_len().is_some() => return Err(self.malformed()),
                // Incomplete, so at most three bytes: there is space for this one.
                Err(_) => {
                    self.pending[self.pending_length] = byte;
                    self.pending_length += 1;
                }
            }
        }
        Ok(&[])
    }

    fn malformed(&self) -> InvalidUtf8 {
        InvalidUtf8::Malformed { offset: self.valid }
    }
}

/// Checks a whole text.
pub fn validate(text: &[u8]) -> Result<&str, InvalidUtf8> {
    from_utf8(text).map_err(|error| {
        let offset = error.valid_up_to() as u64;
        match error.error_len() {
            Some(_) => InvalidUtf8::Malformed { offset },
            None => InvalidUtf8::Incomplete { offset },
        }
    })
}

impl fmt::Display for InvalidUtf8 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { offset } => write!(f, "malformed character at byte {offset}"),
            Self::Incomplete { offset } => {
                write!(f, "incomplete character at the end, byte {offset}")
            }
        }
    }
}

impl std::error::Error for InvalidUtf8 {}

/// "When an endpoint is to interpret a byte stream as UTF-8 but finds that the byte stream is not,
/// in fact, a valid UTF-8 stream, that endpoint MUST _Fail the WebSocket Connection_."
/// (section 8.1)
impl From<InvalidUtf8> for Violation {
    fn from(error: InvalidUtf8) -> Self {
        Self::invalid_payload(format!("text message: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn malformed(offset: u64) -> Result<(), InvalidUtf8> {
        Err(InvalidUtf8::Malformed { offset })
    }

    fn incomplete(offset: u64) -> Result<(), InvalidUtf8> {
        Err(InvalidUtf8::Incomplete { offset })
    }

    /// The validator's result for these pieces, with the number of the piece that was refused.
    fn check(pieces: &[&[u8]]) -> (usize, Result<(), InvalidUtf8>) {
        let mut validator = Utf8Validator::new();
        for (number, piece) in pieces.iter().enumerate() {
            if let Err(error) = validator.push(piece) {
                return (number, Err(error));
            }
        }
        (pieces.len(), validator.finish())
    }

    fn check_byte_by_byte(bytes: &[u8]) -> (usize, Result<(), InvalidUtf8>) {
        check(&bytes.iter().map(std::slice::from_ref).collect::<Vec<_>>())
    }

    /// The same from the standard library: the first prefix that nothing can complete, and why.
    fn oracle(bytes: &[u8]) -> (usize, Result<(), InvalidUtf8>) {
        for end in 1..=bytes.len() {
            if let Err(error) = std::str::from_utf8(&bytes[..end])
                && error.error_len().is_some()
            {
                return (end - 1, malformed(error.valid_up_to() as u64));
            }
        }
        let whole = match std::str::from_utf8(bytes) {
            Ok(_) => Ok(()),
            Err(error) => incomplete(error.valid_up_to() as u64),
        };
        (bytes.len(), whole)
    }

    #[test]
    fn accepts_text_of_all_character_lengths_in_every_split() {
        let text = "aé€😀\0\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}".as_bytes();
        for first in 0..=text.len() {
            for second in first..=text.len() {
                let pieces = [&text[..first], &text[first..second], &text[second..]];
                assert_eq!(check(&pieces), (3, Ok(())), "split at {first} and {second}");
            }
        }
    }

    #[test]
    fn refuses_each_bad_sequence_at_its_first_bad_byte() {
        let cases: [(&[u8], usize); 10] = [
            (b"\x80", 0),
            (b"\xC0", 0),
            (b"\xC1", 0),
            (b"\xF5", 0),
            (b"\xFF", 0),
            (b"\xE0\x80", 1),
            (b"\xED\xA0", 1),
            (b"\xF0\x8F", 1),
            (b"\xF4\x90", 1),
            (b"\xF0\x9F\x98a", 3),
        ];
        for (bytes, at) in cases {
            assert_eq!(check_byte_by_byte(bytes), (at, malformed(0)), "{bytes:02X?}");
            assert_eq!(check(&[bytes]), (0, malformed(0)), "{bytes:02X?}");
        }
    }

    /// Bytes on both sides of every border that RFC 3629 section 4 draws for a byte after the
    /// first.
    const BORDERS: [u8; 13] =
        [0x00, 0x41, 0x7F, 0x80, 0x81, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xED];

    fn assert_agreement(bytes: &[u8]) {
        assert_eq!(check_byte_by_byte(bytes), oracle(bytes), "{bytes:02X?}");
    }

    #[test]
    fn agrees_with_the_standard_library_on_all_one_and_two_bytes() {
        for first in 0..=255 {
            assert_agreement(&[first]);
            for second in 0..=255 {
                assert_agreement(&[first, second]);
            }
        }
    }

    #[test]
    fn agrees_with_the_standard_library_on_three_bytes_at_every_border() {
        for first in 0..=255 {
            for second in 0..=255 {
                for third in BORDERS {
                    assert_agreement(&[first, second, third]);
                }
            }
        }
    }

    #[test]
    fn agrees_with_the_standard_library_on_four_bytes_at_every_border() {
        for first in 0xE0..=0xFF {
            for second in BORDERS {
                for third in BORDERS {
                    for fourth in BORDERS {
                        assert_agreement(&[first, second, third, fourth]);
                    }
                }
            }
        }
    }

    #[test]
    fn refuses_a_text_that_ends_inside_a_character() {
        assert_eq!(check(&[b"a\xC3"]), (1, incomplete(1)));
        assert_eq!(check(&[b"ab\xE2", b"\x82"]), (2, incomplete(2)));
        assert_eq!(check(&[b"\xF0", b"\x9F", b"\x98"]), (3, incomplete(0)));
    }

    #[test]
    fn counts_the_offset_across_pieces() {
        assert_eq!(check(&["é€".as_bytes(), b"ab\xE2", b"\x82\xACz\xFF"]), (2, malformed(11)));
    }

    #[test]
    fn finds_one_bad_byte_anywhere_in_a_long_text() {
        for at in 0..200 {
            let mut bytes = [b'x'; 200];
            bytes[at] = 0xFF;
            assert_eq!(check(&[&bytes]), (0, malformed(at as u64)));
        }
    }

    #[test]
    fn accepts_an_empty_text() {
        assert_eq!(check(&[]), (0, Ok(())));
        assert_eq!(check(&[b"", b""]), (2, Ok(())));
    }

    #[test]
    fn validates_a_whole_text() {
        assert_eq!(validate("grüß".as_bytes()), Ok("grüß"));
        assert_eq!(validate(b"ab\xFF"), Err(InvalidUtf8::Malformed { offset: 2 }));
        assert_eq!(validate(b"ab\xE2\x82"), Err(InvalidUtf8::Incomplete { offset: 2 }));
    }

    #[test]
    fn says_where_and_why() {
        assert_eq!(
            InvalidUtf8::Malformed { offset: 7 }.to_string(),
            "malformed character at byte 7"
        );
        assert_eq!(
            InvalidUtf8::Incomplete { offset: 7 }.to_string(),
            "incomplete character at the end, byte 7"
        );
    }
}
