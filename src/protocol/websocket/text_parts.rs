//! A text in parts, each of which ends where a character does.

use std::borrow::Cow;

use super::utf8::{InvalidUtf8, Utf8Validator};

/// Cuts a text that comes in any pieces, and checks it.
#[derive(Debug, Default)]
pub struct TextParts {
    validator: Utf8Validator,
}

impl TextParts {
    /// At the start of a text.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes of the text, the last ones if it is `last`. Returns all whole
    /// characters that there are by now, and why what follows them is no text, if it is not: after
    /// that no more may be taken.
    pub fn cut<'a>(
        &mut self,
        bytes: &'a [u8],
        last: bool,
    ) -> (Cow<'a, [u8]>, Result<(), InvalidUtf8>) {
        let carried = self.validator.pending().to_vec();
        let before = self.validator.valid();
        let checked = self.validator.push(bytes);
        let checked = if last { checked.and_then(|()| self.validator.finish()) } else { checked };
        // No more than there are bytes.
        let length = (self.validator.valid() - before) as usize;
        let text = match carried.is_empty() {
            true => Cow::Borrowed(&bytes[..length]),
            false if length == 0 => Cow::Borrowed(&[][..]),
            false => Cow::Owned([&carried, &bytes[..length - carried.len()]].concat()),
        };
        (text, checked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of these pieces, the last of which ends the text.
    fn cut(pieces: &[&[u8]]) -> Vec<(Vec<u8>, Result<(), InvalidUtf8>)> {
        let mut parts = TextParts::new();
        let pieces = pieces.iter().enumerate().map(|(index, piece)| {
            let (text, checked) = parts.cut(piece, index + 1 == pieces.len());
            (text.into_owned(), checked)
        });
        pieces.collect()
    }

    fn texts(texts: &[&str]) -> Vec<(Vec<u8>, Result<(), InvalidUtf8>)> {
        texts.iter().map(|text| (text.as_bytes().to_vec(), Ok(()))).collect()
    }

    #[test]
    fn cuts_in_every_place() {
        let text = "a\u{e9}\u{20ac}\u{1f600}z";
        let bytes = text.as_bytes();
        for first in 0..=bytes.len() {
            for second in first..=bytes.len() {
                let (mut whole, mut parts) = (String::new(), TextParts::new());
                let pieces = [&bytes[..first], &bytes[first..second], &bytes[second..]];
                for (index, piece) in pieces.into_iter().enumerate() {
                    let (part, checked) = parts.cut(piece, index == 2);
                    assert_eq!(checked, Ok(()));
                    whole.push_str(str::from_utf8(&part).unwrap());
                }
                assert_eq!(whole, text);
            }
        }
    }

    #[test]
    fn gives_all_whole_characters_at_once() {
        assert_eq!(cut(&[b"ab\xE2", b"\x82", b"\xACc", b""]), texts(&["ab", "", "\u{20ac}c", ""]));
    }

    #[test]
    fn gives_what_is_before_a_bad_byte() {
        let malformed = |offset| Err(InvalidUtf8::Malformed { offset });
        assert_eq!(cut(&[b"ab\xFFc"]), [(b"ab".to_vec(), malformed(2))]);
        let broken = cut(&[b"ab\xE2", b"\x82z"]);
        assert_eq!(broken, [(b"ab".to_vec(), Ok(())), (Vec::new(), malformed(2))]);
        let broken = cut(&[b"ab\xE2", b"\x82\xACz\x80"]);
        assert_eq!(broken[1], ("\u{20ac}z".as_bytes().to_vec(), malformed(6)));
    }

    #[test]
    fn refuses_a_text_that_ends_inside_a_character() {
        let incomplete = Err(InvalidUtf8::Incomplete { offset: 1 });
        assert_eq!(cut(&[b"a\xE2"]), [(b"a".to_vec(), incomplete)]);
        assert_eq!(cut(&[b"a\xE2", b"\x82"])[1], (Vec::new(), incomplete));
    }
}
