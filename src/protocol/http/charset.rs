//! The text of a response by its charset (RFC 9110 section 8.3.2), in pieces. The names are the
//! labels of the WHATWG's Encoding Standard.

use encoding_rs::{CoderResult, Decoder, Encoding};

use super::{headers::Headers, syntax};

/// Makes text of the content of one response. Bytes that are invalid become U+FFFD. A byte order
/// mark at the start is left out and, where it is that of another encoding, that one holds ("BOM
/// sniff" and "decode" of the Encoding Standard).
pub struct TextDecoder {
    decoder: Decoder,
}

impl TextDecoder {
    /// A decoder for the charset that the media type names. `None` if it names none, or one that is
    /// not known: then the content is bytes.
    pub fn for_headers(headers: &Headers) -> Option<Self> {
        let label = charset(headers)?;
        Encoding::for_label_no_replacement(label.as_bytes()).map(Self::new)
    }

    /// A decoder for this encoding.
    pub fn new(encoding: &'static Encoding) -> Self {
        Self { decoder: encoding.new_decoder() }
    }

    /// Appends the characters that are complete with the next bytes. With the last ones, it appends
    /// U+FFFD if the last character is incomplete, and must not be used any more.
    pub fn decode(&mut self, mut bytes: &[u8], is_last: bool, text: &mut String) {
        loop {
            // What would exceed the address space exceeds the memory.
            let needed = self.decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(usize::MAX);
            text.reserve(needed);
            let (result, read, _) = self.decoder.decode_to_string(bytes, text, is_last);
            bytes = &bytes[read..];
            if result == CoderResult::InputEmpty {
                return;
            }
        }
    }
}

/// The parameter `charset` of the media type: "Charset names ought to be registered in the IANA
/// "Character Sets" registry" (RFC 9110 section 8.3.2).
fn charset(headers: &Headers) -> Option<String> {
    syntax::parts_with_quotes(headers.first("Content-Type")?).skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_charset = name.eq_ignore_ascii_case("charset");
        let value = syntax::unquote(value).map_or(value.to_owned(), |(unquoted, _)| unquoted);
        is_charset.then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoder(media_type: &str) -> Option<TextDecoder> {
        TextDecoder::for_headers(&[("content-type", media_type)].into_iter().collect())
    }

    fn decode<'a>(charset: &str, pieces: impl IntoIterator<Item = &'a [u8]>) -> String {
        let mut decoder = decoder(&format!("text/plain; charset={charset}")).unwrap();
        let mut text = String::new();
        for piece in pieces {
            decoder.decode(piece, false, &mut text);
        }
        decoder.decode(b"", true, &mut text);
        text
    }

    #[test]
    fn a_text_is_the_same_in_all_pieces() {
        for (charset, bytes, text) in [
            ("utf-8", &b"caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80"[..], "café € 😀"),
            ("UTF8", b"\xEF\xBB\xBFa\xEF\xBB\xBF", "a\u{FEFF}"),
            ("latin1", b"5 \x80 caf\xE9", "5 € café"),
            ("Windows-1251", b"\xCD\xE5\xF2", "Нет"),
            ("shift_jis", b"\x82\xA0a\x82\xA2", "あaい"),
            ("gb18030", b"\x94\x39\xDA\x33", "💩"),
            ("iso-2022-jp", b"\x1B$B$\x22\x1B(B!", "あ!"),
            ("utf-16le", b"\x3D\xD8\x00\xDEa\0", "😀a"),
            ("utf-16be", b"\xD8\x3D\xDE\x00\0a", "😀a"),
            ("utf-8", b"a\xFFb\xC3c\xE2\x82", "a\u{FFFD}b\u{FFFD}c\u{FFFD}"),
            ("utf-16le", b"a\0\x00\xD8b", "a\u{FFFD}"),
            ("utf-8", b"", ""),
        ] {
            assert_eq!(decode(charset, bytes.chunks(1)), text, "{charset}");
            for place in 0..=bytes.len() {
                let (first, second) = bytes.split_at(place);
                assert_eq!(decode(charset, [first, second]), text, "{charset} {place}");
            }
        }
    }

    #[test]
    fn a_byte_order_mark_decides() {
        for (charset, bytes) in [
            ("utf-8", &b"\xEF\xBB\xBF\xC3\xA9"[..]),
            ("latin1", b"\xEF\xBB\xBF\xC3\xA9"),
            ("utf-8", b"\xFF\xFE\xE9\0"),
            ("utf-16", b"\xFE\xFF\0\xE9"),
            ("shift_jis", b"\xFF\xFE\xE9\0"),
        ] {
            assert_eq!(decode(charset, [bytes]), "é", "{charset}");
            assert_eq!(decode(charset, bytes.chunks(1)), "é", "{charset}");
        }
        // Not a whole one.
        assert_eq!(decode("latin1", [&b"\xEF"[..], b"\xBB"]), "ï»");
    }

    #[test]
    fn no_character_comes_before_it_is_complete() {
        let mut decoder = decoder("text/plain; charset=utf-8").unwrap();
        let mut text = String::new();
        for (bytes, expected) in [(&b"a\xE2"[..], "a"), (b"\x82", "a"), (b"\xACb\xC3", "a€b")] {
            decoder.decode(bytes, false, &mut text);
            assert_eq!(text, expected);
        }
        decoder.decode(b"", true, &mut text);
        assert_eq!(text, "a€b\u{FFFD}");
    }

    #[test]
    fn without_a_known_charset_there_is_no_text() {
        assert!(TextDecoder::for_headers(&Headers::new()).is_none());
        for media_type in [
            "",
            "text/html",
            "text/html; charset",
            "text/html; charset=",
            "text/html; charset=unheard-of",
            "text/html; charset=iso-2022-kr",
            "text/html; charset=replacement",
            "charset=latin1",
        ] {
            assert!(decoder(media_type).is_none(), "{media_type}");
        }
        for media_type in [
            "text/html;charset=utf-8",
            "text/html; a=\"charset=x;\" ; CHARSET=\"Latin1\"",
            "application/json; charset= utf-8",
        ] {
            assert!(decoder(media_type).is_some(), "{media_type}");
        }
    }
}
