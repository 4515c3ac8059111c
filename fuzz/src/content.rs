//! The body of a response with any coding, and a text in any charset: both are decoded the same in
//! any pieces, in bounded memory.

use www_websocket::protocol::http::{
    charset::TextDecoder,
    coding::{Decoder, PIECE},
    headers::Headers,
};

use super::{chunkings, within};

/// How much content is decoded, so that it takes no time: enough for a window of gzip, twice.
const MAX_CONTENT: usize = 64 * 1024;

/// What inflating takes, in bytes, and a buffer between two codings.
const INFLATE: usize = 256 * 1024;
/// What Brotli takes: its largest window, the half of it that it was before, and codes.
const BROTLI: usize = 32 * 1024 * 1024;

#[derive(Debug, PartialEq)]
enum End {
    Complete,
    /// There was more than enough.
    Stopped,
    Failed,
}

/// Decodes `data` with each coding and with some charsets.
pub fn check(data: &[u8]) {
    for (codings, memory) in [
        ("gzip", INFLATE),
        ("deflate", INFLATE),
        ("br", BROTLI),
        // It comes from C, where nobody counts.
        ("zstd", INFLATE),
        ("deflate, gzip", 2 * INFLATE),
        ("br, zstd, deflate", BROTLI + INFLATE),
    ] {
        let headers = [("Content-Encoding", codings)].into_iter().collect();
        check_coding(&headers, data);
        let mut buffer = vec![0; PIECE];
        within(memory, || {
            let mut decoder = Decoder::for_headers(&headers);
            let mut input = data;
            for _ in 0..MAX_CONTENT / PIECE {
                if !matches!(decoder.decode(&mut input, &mut buffer), Ok(Some(_))) {
                    break;
                }
            }
        });
    }
    for label in ["utf-8", "windows-1252", "utf-16le", "shift_jis", "gb18030", "iso-2022-jp"] {
        check_text(label, data);
    }
}

fn check_coding(headers: &Headers, data: &[u8]) {
    let [whole, bytes, pieces] = chunkings(data);
    let (content, end) = decode(headers, &whole, PIECE);
    for (pieces, length) in [(whole, 100), (bytes, PIECE), (pieces, 1000)] {
        let (other, other_end) = decode(headers, &pieces, length);
        let common = content.len().min(other.len());
        assert_eq!(other[..common], content[..common]);
        // Before an error, there may be more or less.
        assert_eq!(other_end == End::Complete, end == End::Complete);
        assert!(end == End::Failed || other_end == End::Failed || other.len() == content.len());
    }
}

fn decode(headers: &Headers, pieces: &[&[u8]], length: usize) -> (Vec<u8>, End) {
    let mut decoder = Decoder::for_headers(headers);
    let (mut content, mut buffer) = (Vec::new(), vec![0; length]);
    for piece in pieces {
        let mut input = *piece;
        loop {
            match decoder.decode(&mut input, &mut buffer) {
                Ok(Some(made)) => content.extend_from_slice(made),
                Ok(None) => break,
                Err(error) => {
                    let text = error.to_string();
                    assert!(text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '));
                    assert_eq!(decoder.finish(), Err(error));
                    return (content, End::Failed);
                }
            }
            if content.len() >= MAX_CONTENT {
                content.truncate(MAX_CONTENT);
                return (content, End::Stopped);
            }
        }
        assert!(input.is_empty());
    }
    let end = if decoder.finish().is_ok() { End::Complete } else { End::Failed };
    (content, end)
}

fn check_text(label: &str, data: &[u8]) {
    let media_type = format!("text/plain; charset={label}");
    let headers = [("Content-Type", media_type)].into_iter().collect();
    let [whole, others @ ..] = chunkings(data).map(|pieces| {
        let mut decoder = TextDecoder::for_headers(&headers).unwrap();
        let mut text = String::new();
        for piece in pieces {
            decoder.decode(piece, false, &mut text);
        }
        decoder.decode(b"", true, &mut text);
        text
    });
    for other in others {
        assert_eq!(other, whole);
    }
    if label == "utf-8" && ![&b"\xFF\xFE"[..], b"\xFE\xFF"].contains(&&data[..data.len().min(2)]) {
        let data = data.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(data);
        assert_eq!(whole, String::from_utf8_lossy(data));
    }
}
