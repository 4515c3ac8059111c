//! The content of a response without its codings (RFC 9110 section 8.4), made in pieces, whatever
//! the pieces are in which it arrives: gzip, deflate, br (RFC 7932) and zstd (RFC 8878), also
//! several, one in the other.
//!
//! Memory does not depend on how much is made: the caller takes one piece, and decides when to ask
//! for the next one. A coding takes at most its window (gzip and deflate 32 KiB, zstd 8 MiB, br
//! 16 MiB) and as much again while that grows.

mod error;
mod formats;
mod layer;
#[cfg(test)]
pub(super) mod samples;

use std::ops::Range;

pub use error::CodingError;
pub(super) use layer::{Coding, Layer};

use super::headers::Headers;

/// The value of `Accept-Encoding` that names all codings that are undone here.
pub const ACCEPT_ENCODING: &str = "gzip, deflate, br, zstd";

/// The length of a buffer for pieces of content that suits all codings, in bytes.
pub const PIECE: usize = 64 * 1024;

/// How many codings are undone. One is usual.
const MAX_CODINGS: usize = 4;

/// The length of the buffers between codings, in bytes.
const BETWEEN: usize = 16 * 1024;

/// How many bytes are made between codings in one call that makes nothing of them in the end: few
/// bytes may become very many that are compressed again, and say nothing.
const MAX_IN_VAIN: usize = 1024 * 1024;

/// Makes the content of one response out of its body.
pub struct Decoder {
    /// From the last coding that was applied to the first one.
    links: Vec<Link>,
    /// What cannot be undone.
    unknown: Option<String>,
    failed: Option<CodingError>,
}

/// A coding, and what it is undone of where that is made by the link before it.
struct Link {
    layer: Layer,
    /// Empty until it is needed.
    buffer: Vec<u8>,
    /// The part of the buffer that is not used up.
    pending: Range<usize>,
}

impl Decoder {
    /// A decoder for the body of a response with these headers. Where a coding is not known, or
    /// where there are too many, nothing is decoded: the content is the body as it is.
    pub fn for_headers(headers: &Headers) -> Self {
        let (codings, unknown) = match codings(headers) {
            Ok(codings) => (codings, None),
            Err(unknown) => (Vec::new(), Some(unknown)),
        };
        let link = |coding| Link { layer: Layer::new(coding), buffer: Vec::new(), pending: 0..0 };
        Self { links: codings.into_iter().rev().map(link).collect(), unknown, failed: None }
    }

    /// The coding that is not known, or all of them if they are too many.
    pub fn unknown(&self) -> Option<&str> {
        self.unknown.as_deref()
    }

    /// Whether the content is the body as it is.
    pub fn is_identity(&self) -> bool {
        self.links.is_empty()
    }

    /// The next piece of content, for which bytes are taken off the front of `input`; `None` where
    /// all of it is taken and all that can be made of it was. A piece has at most the length of
    /// `buffer`, which must not be empty, and now and then no byte at all, where there is still
    /// work to do: the caller may go on later. After the last bytes comes [`finish`](Self::finish).
    ///
    /// An error if the body is not what its codings make. Then there is no more content.
    pub fn decode<'piece, 'input: 'piece>(
        &mut self,
        input: &mut &'input [u8],
        buffer: &'piece mut [u8],
    ) -> Result<Option<&'piece [u8]>, CodingError> {
        if self.is_identity() {
            let (piece, rest) = input.split_at(input.len().min(buffer.len()));
            *input = rest;
            return Ok((!piece.is_empty()).then_some(piece));
        }
        let mut in_vain = 0;
        let (made, is_dry) = run(&mut self.links, input, buffer, &mut in_vain)
            .inspect_err(|error| self.failed = Some(error.clone()))?;
        Ok((made > 0 || !is_dry).then_some(&buffer[..made]))
    }

    /// Ends the body, all of which was decoded. An error if it ends too early. A body without a
    /// byte has no coding, whatever the headers say.
    pub fn finish(&self) -> Result<(), CodingError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        self.links.iter().try_for_each(|link| link.layer.finish())
    }
}

/// Has the last link make bytes, in `output`, of what the others make of `input`. Returns how many,
/// and whether that is all that can be made.
fn run(
    links: &mut [Link],
    input: &mut &[u8],
    output: &mut [u8],
    in_vain: &mut usize,
) -> Result<(usize, bool), CodingError> {
    let Some((link, before)) = links.split_last_mut() else { return Ok((0, true)) };
    if before.is_empty() {
        let made = link.layer.decode(input, output)?;
        return Ok((made, made < output.len() && !link.layer.has_more()));
    }
    link.buffer.resize(BETWEEN, 0);
    let (mut made, mut is_dry) = (0, false);
    loop {
        let mut rest = &link.buffer[link.pending.clone()];
        match link.layer.decode(&mut rest, &mut output[made..]) {
            Ok(more) => made += more,
            // It comes again.
            Err(_) if made > 0 => return Ok((made, false)),
            Err(error) => return Err(error),
        }
        link.pending.start = link.pending.end - rest.len();
        if made == output.len() || *in_vain > MAX_IN_VAIN {
            return Ok((made, false));
        }
        if is_dry {
            return Ok((made, !link.layer.has_more()));
        }
        let filled;
        (filled, is_dry) = match run(before, input, &mut link.buffer, in_vain) {
            Err(_) if made > 0 => return Ok((made, false)),
            result => result?,
        };
        link.pending = 0..filled;
        *in_vain += filled;
    }
}

/// The codings, in the order in which they were applied; or the one that is not known, or all if
/// they are too many.
pub(super) fn codings(headers: &Headers) -> Result<Vec<Coding>, String> {
    let names = headers.members("Content-Encoding").chain(headers.members("Transfer-Encoding"));
    // The latter is undone where the response is read.
    let is_coding =
        |name: &&str| !["identity", "chunked"].iter().any(|n| n.eq_ignore_ascii_case(name));
    let names: Vec<_> = names.filter(is_coding).collect();
    if names.len() > MAX_CODINGS {
        return Err(names.join(", "));
    }
    names.into_iter().map(|name| Coding::find(name).ok_or_else(|| name.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use zlib_rs::{Deflate, DeflateFlush};
    use zstd_safe::{CCtx, InBuffer, OutBuffer};

    use super::{samples::*, *};

    fn headers(codings: &str) -> Headers {
        [("Content-Encoding", codings)].into_iter().collect()
    }

    /// What comes out, and how it ends.
    type Outcome = (Vec<u8>, Result<(), CodingError>);

    /// Decodes a body that arrives in these pieces, into buffers of this length.
    fn decode<'a>(
        codings: &str,
        pieces: impl IntoIterator<Item = &'a [u8]>,
        length: usize,
    ) -> Outcome {
        let mut decoder = Decoder::for_headers(&headers(codings));
        let (mut content, mut buffer) = (Vec::new(), vec![0; length]);
        for mut piece in pieces {
            loop {
                match decoder.decode(&mut piece, &mut buffer) {
                    Ok(Some(made)) => content.extend_from_slice(made),
                    Ok(None) => break,
                    Err(error) => {
                        assert_eq!(decoder.finish(), Err(error.clone()));
                        return (content, Err(error));
                    }
                }
            }
            assert!(piece.is_empty());
        }
        let end = decoder.finish();
        (content, end)
    }

    fn decode_whole(codings: &str, body: &[u8]) -> Outcome {
        decode(codings, [body], PIECE)
    }

    fn reason(codings: &str, body: &[u8]) -> String {
        decode_whole(codings, body).1.unwrap_err().to_string()
    }

    type Encode = fn(&[u8]) -> Vec<u8>;

    /// [`TEXT`] with each coding.
    fn samples() -> [(&'static str, Vec<u8>); 8] {
        let text = TEXT.as_bytes();
        [
            ("gzip", GZIP.to_vec()),
            ("gzip", gzip(text)),
            ("deflate", zlib(text)),
            ("deflate", raw(text)),
            ("br", BROTLI.to_vec()),
            ("br", brotli(text)),
            ("zstd", ZSTD.to_vec()),
            ("zstd", zstd(text)),
        ]
    }

    #[test]
    fn content_is_the_same_in_all_pieces() {
        for (coding, body) in samples() {
            for length in [1, 2, 7, TEXT.len(), PIECE] {
                let check = |outcome| assert_eq!(outcome, (TEXT.into(), Ok(())), "{coding}");
                check(decode(coding, body.chunks(1), length));
                for place in 0..=body.len() {
                    let (first, second) = body.split_at(place);
                    check(decode(coding, [first, second], length));
                }
            }
        }
    }

    #[test]
    fn a_body_that_was_cut_is_an_error_behind_its_content() {
        for (coding, body) in samples() {
            for place in 1..body.len() {
                let (content, end) = decode_whole(coding, &body[..place]);
                assert!(TEXT.as_bytes().starts_with(&content), "{coding} {place}");
                let text = format!("invalid body of the response: {coding}: ends too early");
                assert_eq!(end.unwrap_err().to_string(), text, "{place}");
            }
        }
    }

    #[test]
    fn a_body_without_a_byte_has_no_coding() {
        for coding in ["gzip", "deflate", "br", "zstd", "gzip, br"] {
            assert_eq!(decode_whole(coding, b""), (Vec::new(), Ok(())), "{coding}");
        }
        for (coding, body) in [("gzip", gzip(b"")), ("deflate", raw(b"")), ("br", brotli(b""))] {
            assert_eq!(decode_whole(coding, &body), (Vec::new(), Ok(())), "{coding}");
        }
        assert_eq!(decode_whole("br", &[0x06]), (Vec::new(), Ok(())));
        assert_eq!(decode_whole("br", &[0x3B]), (Vec::new(), Ok(())));
        assert_eq!(decode_whole("zstd", &zstd(b"")), (Vec::new(), Ok(())));
        assert_eq!(decode_whole("zstd, gzip", &gzip(b"")), (Vec::new(), Ok(())));
    }

    #[test]
    fn names_have_any_case_and_identity_is_none() {
        for (codings, body) in [
            ("GZip", GZIP),
            ("X-GZIP", GZIP),
            ("identity, gzip, Identity", GZIP),
            ("BR", BROTLI),
            ("ZStd", ZSTD),
            ("identity", TEXT.as_bytes()),
            ("", TEXT.as_bytes()),
        ] {
            assert_eq!(decode_whole(codings, body), (TEXT.into(), Ok(())), "{codings}");
        }
        let headers = [("transfer-encoding", "gzip, Chunked"), ("content-encoding", "br")];
        let mut decoder = Decoder::for_headers(&headers.into_iter().collect());
        let (mut buffer, body) = ([0; 100], gzip(BROTLI));
        let content = decoder.decode(&mut &body[..], &mut buffer).unwrap();
        assert_eq!(content, Some(TEXT.as_bytes()));
    }

    #[test]
    fn what_is_not_known_is_left_as_it_is() {
        for (codings, unknown) in [
            ("compress", "compress"),
            ("gzip, SDCH", "SDCH"),
            ("none, br", "none"),
            ("gzip,gzip,gzip,gzip,br", "gzip, gzip, gzip, gzip, br"),
        ] {
            let mut decoder = Decoder::for_headers(&headers(codings));
            assert!(decoder.is_identity());
            assert_eq!(decoder.unknown(), Some(unknown));
            let (mut input, mut buffer) = (GZIP, [0; 50]);
            assert_eq!(decoder.decode(&mut input, &mut buffer), Ok(Some(&GZIP[..50])));
            assert_eq!(decoder.decode(&mut input, &mut buffer), Ok(Some(&GZIP[50..])));
            assert_eq!(decoder.decode(&mut input, &mut buffer), Ok(None));
            assert_eq!(decoder.finish(), Ok(()));
        }
        for codings in ["", "gzip", "identity"] {
            let decoder = Decoder::for_headers(&headers(codings));
            assert_eq!(decoder.unknown(), None);
            assert_eq!(decoder.is_identity(), codings != "gzip");
        }
    }

    #[test]
    fn the_names_that_are_sent_are_known() {
        let headers = [("Content-Encoding", ACCEPT_ENCODING)].into_iter().collect();
        assert_eq!(Decoder::for_headers(&headers).unknown(), None);
    }

    #[test]
    fn the_last_coding_is_undone_first() {
        let encode: [(&str, Encode); 5] =
            [("gzip", gzip), ("deflate", zlib), ("deflate", raw), ("br", brotli), ("zstd", zstd)];
        for (inner, make_inner) in encode {
            for (outer, make_outer) in encode {
                let body = make_outer(&make_inner(TEXT.as_bytes()));
                let codings = format!("{inner}, {outer}");
                for length in [1, 50, PIECE] {
                    let outcome = decode(&codings, body.chunks(1), length);
                    assert_eq!(outcome, (TEXT.into(), Ok(())), "{codings}");
                    assert_eq!(decode(&codings, [&body[..]], length), outcome, "{codings}");
                }
                for place in 1..body.len() {
                    assert!(decode_whole(&codings, &body[..place]).1.is_err(), "{codings}");
                }
            }
        }
        let body = gzip(&brotli(&zstd(&zlib(TEXT.as_bytes()))));
        let outcome = decode_whole("deflate, zstd, br, gzip", &body);
        assert_eq!(outcome, (TEXT.into(), Ok(())));
    }

    #[test]
    fn all_members_and_frames_count() {
        let skipped = b"\x5A\x2A\x4D\x18\x03\x00\x00\x00abc";
        for (coding, streams) in [
            ("gzip", [GZIP, &gzip(b""), GZIP]),
            ("zstd", [ZSTD, &zstd(b""), ZSTD]),
            ("zstd", [ZSTD, skipped, ZSTD]),
        ] {
            let body = streams.concat();
            for outcome in [decode_whole(coding, &body), decode(coding, body.chunks(1), 1)] {
                assert_eq!(outcome, (TEXT.repeat(2).into(), Ok(())), "{coding}");
            }
            let first = streams[0].len();
            for place in 1..body.len() {
                let end = decode_whole(coding, &body[..place]).1;
                let is_whole = place == first || place == first + streams[1].len();
                assert_eq!(end.is_ok(), is_whole, "{coding} {place}");
            }
        }
        let body = [skipped, ZSTD].concat();
        assert_eq!(decode_whole("zstd", &body), (TEXT.into(), Ok(())));
        let many = gzip(b"x").repeat(10_000);
        assert_eq!(decode_whole("gzip", &many), (vec![b'x'; 10_000], Ok(())));
    }

    #[test]
    fn what_lies_behind_the_last_one_is_dropped() {
        for (coding, body) in samples() {
            for behind in [&b"\0\0\0"[..], b"\n", b"~ more", b"\x1F\x8A", b"\x28\xB5\0"] {
                let body = [&body, behind].concat();
                for outcome in [decode_whole(coding, &body), decode(coding, body.chunks(1), 9)] {
                    assert_eq!(outcome, (TEXT.into(), Ok(())), "{coding}");
                }
            }
        }
        let broken = [GZIP, b"\x1F\x8B\xFF\x00"].concat();
        let (content, end) = decode_whole("gzip", &broken);
        assert_eq!(content, TEXT.as_bytes());
        assert!(end.unwrap_err().to_string().ends_with("gzip: unknown compression method"));
    }

    #[test]
    fn checksums_are_checked_behind_the_content() {
        let text = TEXT.as_bytes();
        for (coding, body, back, expected) in [
            ("gzip", gzip(text), 8, "gzip: incorrect data check"),
            ("gzip", gzip(text), 1, "gzip: incorrect length check"),
            ("deflate", zlib(text), 1, "deflate: incorrect data check"),
            ("zstd", ZSTD.to_vec(), 1, "zstd: restored data doesn't match checksum"),
        ] {
            let mut body = body;
            let place = body.len() - back;
            body[place] ^= 1;
            for outcome in [decode_whole(coding, &body), decode(coding, body.chunks(1), 9)] {
                assert_eq!(outcome.0, text, "{coding}");
                let text = outcome.1.unwrap_err().to_string();
                assert_eq!(text, format!("invalid body of the response: {expected}"));
            }
        }
    }

    #[test]
    fn an_error_between_codings_is_not_put_off() {
        // The outer coding fails behind bytes of which the inner one makes nothing yet.
        let stored = [&[0x00, 0x05, 0x00, 0xFA, 0xFF][..], &GZIP[..5], &[0xFF]].concat();
        let mut decoder = Decoder::for_headers(&headers("gzip, deflate"));
        let (mut input, mut buffer) = (&[&stored[..], b"more"].concat()[..], [0; 100]);
        let error = decoder.decode(&mut input, &mut buffer).unwrap_err();
        assert!(error.to_string().ends_with("deflate: invalid block type"), "{error}");
        assert_eq!(decoder.finish(), Err(error));
    }

    #[test]
    fn what_was_not_coded_is_an_error() {
        for (coding, body, expected) in [
            ("gzip", &b"<html>"[..], "gzip: incorrect header check"),
            ("deflate", b"~ text", "deflate: invalid block type"),
            ("deflate", b"x<html>", "deflate: incorrect header check"),
            ("br", b"\x11<html>", "br: invalid data (window bits)"),
            ("zstd", b"<html>", "zstd: unknown frame descriptor"),
            ("gzip, br", BROTLI, "gzip: incorrect header check"),
        ] {
            let text = reason(coding, body);
            assert_eq!(text, format!("invalid body of the response: {expected}"));
        }
    }

    #[test]
    fn a_window_of_zstd_has_at_most_8_mib() {
        let frame = |window: u8| {
            [&[0x28, 0xB5, 0x2F, 0xFD, 0x00, window][..], &[0x09, 0x00, 0x00, b'x']].concat()
        };
        assert_eq!(decode_whole("zstd", &frame(13 << 3)), (b"x".to_vec(), Ok(())));
        let text = reason("zstd", &frame((13 << 3) + 1));
        assert!(text.ends_with("zstd: needs a window of more than 8 MiB"), "{text}");
        // The large windows that are no part of RFC 7932.
        assert!(reason("br", &[0x11, 0x1E, 0x00]).contains("br: invalid data"));
    }

    #[test]
    fn what_was_flushed_arrives() {
        let text = TEXT.as_bytes();
        let gzipped = |mut deflate: Deflate| {
            let mut body = vec![0; 200];
            deflate.compress(text, &mut body, DeflateFlush::SyncFlush).unwrap();
            body.truncate(deflate.total_out() as usize);
            body
        };
        let mut frame = vec![0; 200];
        let mut output = OutBuffer::around(&mut frame[..]);
        let mut context = CCtx::create();
        context.compress_stream(&mut output, &mut InBuffer::around(text)).unwrap();
        assert_eq!(context.flush_stream(&mut output), Ok(0));
        let length = output.pos();
        frame.truncate(length);
        for (coding, body) in [
            ("gzip", gzipped(Deflate::new(9, true, 16 + 15))),
            ("deflate", gzipped(Deflate::new(9, true, 15))),
            ("deflate", gzipped(Deflate::new(9, false, 15))),
            ("br", brotli(text).split_last().unwrap().1.to_vec()),
            ("zstd", frame),
        ] {
            let (content, end) = decode_whole(coding, &body);
            assert_eq!(content, text, "{coding}");
            assert!(end.is_err());
        }
    }

    /// Zeros with each coding.
    fn bombs() -> [(&'static str, Vec<u8>); 5] {
        let zeros = vec![0; BOMB];
        let twice = gzip(&zlib(&zeros));
        assert!(twice.len() < 1000);
        [
            ("gzip", gzip(&zeros)),
            ("deflate", zlib(&zeros)),
            ("deflate, gzip", twice),
            ("br", BROTLI_BOMB.to_vec()),
            ("zstd", zstd(&zeros)),
        ]
    }

    #[test]
    fn a_bomb_costs_pieces_and_no_memory() {
        let (zeros, mut buffer) = (vec![0; PIECE], vec![1; PIECE]);
        for (codings, body) in bombs() {
            let mut length = 0;
            let memory = allocation_counter::measure(|| {
                let mut decoder = Decoder::for_headers(&headers(codings));
                let mut input = &body[..];
                while let Some(piece) = decoder.decode(&mut input, &mut buffer).unwrap() {
                    assert!(piece == &zeros[..piece.len()]);
                    length += piece.len();
                }
                assert_eq!(decoder.finish(), Ok(()));
            });
            assert_eq!(length, BOMB, "{codings}");
            // A window of 16 MiB, and the half of it that it was before.
            let limit = if codings == "br" { 25 << 20 } else { 256 << 10 };
            assert!(memory.bytes_max < limit, "{codings}: {}", memory.bytes_max);
        }
    }

    #[test]
    fn a_caller_may_stop_between_pieces() {
        for (codings, body) in bombs() {
            let mut decoder = Decoder::for_headers(&headers(codings));
            let (mut input, mut buffer) = (&body[..], vec![0; PIECE]);
            let piece = decoder.decode(&mut input, &mut buffer).unwrap().unwrap();
            assert_eq!(piece.len(), PIECE, "{codings}");
            assert!(!input.is_empty() || body.len() < 1000, "{codings}");
            let mut length = PIECE;
            while let Some(piece) = decoder.decode(&mut input, &mut buffer).unwrap() {
                length += piece.len();
            }
            assert_eq!((length, decoder.finish()), (BOMB, Ok(())), "{codings}");
        }
    }

    #[test]
    fn work_that_makes_nothing_is_interrupted() {
        let skipped = [&[0x50, 0x2A, 0x4D, 0x18, 0, 0, 0x40, 0][..], &[0; 4 << 20]].concat();
        for (codings, body, least) in [
            ("zstd, gzip", gzip(&skipped), 3),
            ("zstd, gzip, gzip", gzip(&gzip(&skipped)), 3),
            ("gzip, deflate", zlib(&gzip(b"").repeat(60_000)), 1),
        ] {
            let mut decoder = Decoder::for_headers(&headers(codings));
            let (mut input, mut buffer) = (&body[..], vec![0; 100]);
            let mut empty = 0;
            while let Some(piece) = decoder.decode(&mut input, &mut buffer).unwrap() {
                assert_eq!(piece, b"");
                empty += 1;
            }
            assert!(empty >= least, "{codings}: {empty}");
            assert_eq!((input, decoder.finish()), (&b""[..], Ok(())));
        }
    }
}
