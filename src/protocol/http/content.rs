//! The content of a response as text for a person, such as the body of a refusal: what cannot be
//! decoded to the end is shown as far as it can.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::{
    charset::TextDecoder,
    coding::{self, Coding, Layer},
    collector::Response,
};

/// By how much a result grows at least, in bytes.
const STEP: usize = 16 * 1024;

/// The body of a response as text, made of at most `limit` bytes without codings. Without a known
/// charset, it is UTF-8 where it is valid, and otherwise Windows-1252, which has all letters of
/// Latin-1. `None` if it has a coding that is not known.
pub fn text(response: &Response, limit: usize) -> Option<String> {
    let headers = &response.head.headers;
    let bytes = &bytes(response, limit)?[..];
    let is_cut = response.body_truncated || bytes.len() == limit;
    let decoder = TextDecoder::for_headers(headers);
    let mut decoder = decoder.unwrap_or_else(|| TextDecoder::new(guess(bytes, is_cut)));
    let mut text = String::new();
    // Where it is cut, half a character is left out.
    decoder.decode(bytes, !is_cut, &mut text);
    Some(text)
}

/// The body of a response without its codings, made of at most `limit` bytes at each of them.
/// `None` if it has a coding that is not known.
pub fn bytes(response: &Response, limit: usize) -> Option<Cow<'_, [u8]>> {
    let mut bytes = Cow::Borrowed(&response.body[..]);
    for coding in coding::codings(&response.head.headers).ok()?.into_iter().rev() {
        // Some servers name a coding and do not use it.
        if let Some(decoded) = undo(coding, &bytes, limit) {
            bytes = Cow::Owned(decoded);
        }
    }
    Some(bytes)
}

/// What there was before the coding, at most `limit` bytes of it. `None` if this is something else.
fn undo(coding: Coding, mut bytes: &[u8], limit: usize) -> Option<Vec<u8>> {
    let (mut layer, mut result) = (Layer::new(coding), Vec::new());
    loop {
        let length = result.len();
        result.resize(limit.min(length + STEP), 0);
        match layer.decode(&mut bytes, &mut result[length..]) {
            Ok(made) => result.truncate(length + made),
            Err(_) if length == 0 => return None,
            Err(_) => {
                result.truncate(length);
                return Some(result);
            }
        }
        if result.len() == length || result.len() == limit {
            return Some(result);
        }
    }
}

fn guess(bytes: &[u8], is_cut: bool) -> &'static Encoding {
    match str::from_utf8(bytes) {
        Ok(_) => UTF_8,
        // Only its last character is incomplete.
        Err(error) if is_cut && error.error_len().is_none() => UTF_8,
        Err(_) => WINDOWS_1252,
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{coding::samples::*, response::ResponseHead},
        *,
    };

    const LIMIT: usize = 100_000;

    fn response(headers: &[(&str, &str)], body: &[u8]) -> Response {
        let headers = headers.iter().copied().collect();
        let head = ResponseHead { headers, ..ResponseHead::default() };
        Response { head, body: body.to_owned(), ..Response::default() }
    }

    fn shown(headers: &[(&str, &str)], body: &[u8]) -> String {
        text(&response(headers, body), LIMIT).unwrap()
    }

    #[test]
    fn all_members_of_gzip_count() {
        let members = |texts: &[&str]| -> Vec<u8> {
            texts.iter().flat_map(|text| gzip(text.as_bytes())).collect()
        };
        let shown = |body: &[u8]| shown(&[("Content-Encoding", "gzip")], body);
        assert_eq!(shown(&members(&["not ", "", "here"])), "not here");
        assert_eq!(shown(&[members(&["sorry"]), b"behind it".to_vec()].concat()), "sorry");
        assert_eq!(shown(&members(&["x"; 1000])), "x".repeat(1000));
        let body = members(&["not ", "here"]);
        let response = response(&[("Content-Encoding", "gzip")], &body);
        assert_eq!(text(&response, 6).unwrap(), "not he");
    }

    #[test]
    fn the_charset_of_the_media_type_counts() {
        for (media_type, bytes, text) in [
            ("text/html; charset=iso-8859-1", &b"caf\xE9"[..], "café"),
            ("text/html;charset=ISO-8859-1", b"\xC3\xA9", "Ã©"),
            ("text/html; format=\"a;charset=x\"; Charset=\"latin1\"", b"\xE9", "é"),
            ("text/plain; charset=utf-8", b"caf\xC3\xA9\xFF!", "café\u{FFFD}!"),
            ("text/plain; charset=windows-1251", b"\xCD\xE5\xF2", "Нет"),
            ("text/plain; charset=Shift_JIS", b"\x82\xA0", "あ"),
            ("text/plain; charset=utf-16le", b"a\0b\0", "ab"),
        ] {
            assert_eq!(shown(&[("content-type", media_type)], bytes), text, "{media_type}");
        }
    }

    #[test]
    fn without_a_known_one_it_is_utf8_or_else_windows_1252() {
        for headers in [
            &[][..],
            &[("Content-Type", "text/html")],
            &[("Content-Type", "text/html; charset=")],
            &[("Content-Type", "text/html; charset=unheard-of")],
            &[("Content-Type", "text/html; charset=iso-2022-kr")],
            &[("Content-Type", "charset=latin1")],
        ] {
            assert_eq!(shown(headers, b"caf\xC3\xA9"), "café", "{headers:?}");
            assert_eq!(shown(headers, b"5 \x80 caf\xE9"), "5 € café", "{headers:?}");
        }
        assert_eq!(shown(&[], b"\xEF\xBB\xBFa"), "a");
        assert_eq!(shown(&[("Content-Type", "a/b; charset=latin1")], b"\xEF\xBB\xBFa"), "a");
    }

    #[test]
    fn a_character_that_was_cut_off_is_left_out() {
        let mut response = response(&[], b"pap\xC3");
        response.body_truncated = true;
        assert_eq!(text(&response, LIMIT).unwrap(), "pap");
        response.body_truncated = false;
        assert_eq!(text(&response, LIMIT).unwrap(), "papÃ");
        assert_eq!(text(&response, response.body.len()).unwrap(), "pap");
    }

    #[test]
    fn codings_are_undone_last_one_first() {
        let text = "café ".repeat(3000);
        let gzipped = || gzip("café".as_bytes());
        for (headers, body) in [
            (&[("Content-Encoding", "gzip")][..], gzipped()),
            (&[("content-encoding", "X-GZip")], gzipped()),
            (&[("Transfer-Encoding", "gzip, chunked")], gzipped()),
            (&[("Content-Encoding", "identity, gzip")], gzipped()),
            (&[("Content-Encoding", "deflate")], zlib("café".as_bytes())),
            (&[("Content-Encoding", "deflate")], raw("café".as_bytes())),
            (&[("Content-Encoding", "gzip, deflate")], zlib(&gzipped())),
            (&[("Content-Encoding", "gzip"), ("Content-Encoding", "deflate")], zlib(&gzipped())),
            (&[("Transfer-Encoding", "deflate"), ("Content-Encoding", "gzip")], zlib(&gzipped())),
        ] {
            assert_eq!(shown(headers, &body), "café", "{headers:?}");
        }
        assert_eq!(shown(&[("Content-Encoding", "deflate")], &zlib(text.as_bytes())), text);
    }

    #[test]
    fn what_was_compressed_has_a_charset_too() {
        let headers =
            [("Content-Encoding", "deflate"), ("Content-Type", "text/html; charset=latin1")];
        assert_eq!(shown(&headers, &zlib(b"caf\xE9")), "café");
    }

    #[test]
    fn what_is_broken_is_shown_as_far_as_it_goes() {
        let body = zlib("not to be found".repeat(1000).as_bytes());
        for end in [body.len() / 2, body.len() - 1] {
            let text = shown(&[("Content-Encoding", "deflate")], &body[..end]);
            assert!(text.starts_with("not to be found"), "{end}");
        }
        let mut wrong_checksum = gzip("café".as_bytes());
        *wrong_checksum.last_mut().unwrap() ^= 1;
        assert_eq!(shown(&[("Content-Encoding", "gzip")], &wrong_checksum), "café");
        // Nothing of it is there yet.
        assert_eq!(shown(&[("Content-Encoding", "gzip")], &wrong_checksum[..5]), "");
        assert_eq!(shown(&[("Content-Encoding", "gzip")], b""), "");
    }

    #[test]
    fn a_coding_that_was_not_applied_is_none() {
        for coding in ["gzip", "deflate", "gzip, deflate"] {
            assert_eq!(shown(&[("Content-Encoding", coding)], b"~ sorry"), "~ sorry", "{coding}");
        }
        assert_eq!(shown(&[("Content-Encoding", "deflate, gzip")], &zlib(b"sorry")), "sorry");
    }

    #[test]
    fn an_unknown_coding_hides_the_text() {
        for coding in ["compress", "gzip, none", "gzip, gzip, gzip, gzip, gzip"] {
            let response = response(&[("Content-Encoding", coding)], &gzip(b"x"));
            assert_eq!(text(&response, LIMIT), None, "{coding}");
        }
    }

    #[test]
    fn what_comes_out_is_limited() {
        let bomb = zlib(&zlib(&vec![b'x'; 50_000_000]));
        assert!(bomb.len() < 1000, "{}", bomb.len());
        let headers = [("Content-Encoding", "deflate, deflate")];
        for limit in [0, 1, STEP - 1, STEP, STEP + 1, LIMIT] {
            let text = text(&response(&headers, &bomb), limit).unwrap();
            assert!(text.len() <= limit, "{limit}");
        }
        let text = text(&response(&[("Content-Encoding", "deflate")], &zlib(&[b'x'; 99])), 98);
        assert_eq!(text, Some("x".repeat(98)));
    }
}
