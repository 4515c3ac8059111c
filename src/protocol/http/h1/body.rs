//! The body of a message (RFC 9112 sections 6 and 7): its content without the chunked coding, read
//! as its bytes arrive.

use std::mem;

use super::{
    super::{
        headers::{self, Headers},
        message::Limits,
    },
    fields::{FieldError, FieldReader, Strictness},
    framing::Framing,
    line::{CRLF, LineBuffer, LineTooLong},
};

/// Bytes of the line that starts a chunk. A size takes 16; extensions are hardly ever sent.
const MAX_CHUNK_LINE: usize = 4 * 1024;

/// Reads one body.
#[derive(Debug)]
pub(super) struct BodyReader {
    part: Part,
    line: LineBuffer,
    /// How many more bytes of content there may be.
    content_left: u64,
    trailer: FieldReader,
    /// The fields that were in it, once it is complete.
    trailers: Headers,
    /// How many more bytes the trailer section may have.
    trailer_left: usize,
}

/// What the next byte of a body belongs to; where there is a number, that many bytes are missing.
#[derive(Clone, Copy, Debug)]
enum Part {
    Length(u64),
    UntilClose,
    ChunkSize,
    Chunk(u64),
    /// The CRLF after the content of a chunk.
    ChunkEnd,
    Trailer,
    /// Nothing: the body is over.
    End,
}

/// Why these bytes are no body, or not one that is accepted.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum BodyError {
    /// It has more bytes of content than the limit allows, or announces more.
    TooLarge,
    /// The trailer section has more bytes than the limit allows.
    LongTrailer,
    /// The chunked coding is broken, as the text says.
    Coding(&'static str),
    /// The trailer section is broken.
    Trailer(FieldError),
}

/// What a body consists of.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// A piece of the content, which is not empty.
    Data(&'a [u8]),
    /// The end, and the fields after a chunked body.
    End(Headers),
}

impl BodyReader {
    /// A reader of a body with this framing, whose trailer section may have `max_trailer` bytes and
    /// is read so strictly; what else it may have is in `limits`.
    pub(super) fn new(
        framing: Framing,
        limits: Limits,
        max_trailer: usize,
        strictness: Strictness,
    ) -> Self {
        let part = match framing {
            Framing::Empty | Framing::Switched => Part::End,
            Framing::Length(length) => Part::Length(length),
            Framing::Chunked => Part::ChunkSize,
            Framing::UntilClose => Part::UntilClose,
        };
        Self {
            part,
            line: LineBuffer::default(),
            content_left: limits.body,
            trailer: FieldReader::new(limits.headers, strictness),
            trailers: Headers::new(),
            trailer_left: max_trailer,
        }
    }

    /// Takes bytes from the front of `input`, until there is a piece of the body. `None` if all of
    /// it was taken before that.
    pub(super) fn receive<'a>(
        &mut self,
        input: &mut &'a [u8],
    ) -> Result<Option<Piece<'a>>, BodyError> {
        loop {
            self.part = match self.part {
                Part::End => return Ok(Some(Piece::End(mem::take(&mut self.trailers)))),
                Part::Length(0) => Part::End,
                Part::Chunk(0) => Part::ChunkEnd,
                Part::Length(left) => {
                    let data = self.take_content(left, input)?;
                    self.part = Part::Length(left - data.len() as u64);
                    return Ok(some_data(data));
                }
                Part::Chunk(left) => {
                    let data = self.take_content(left, input)?;
                    self.part = Part::Chunk(left - data.len() as u64);
                    return Ok(some_data(data));
                }
                Part::UntilClose if input.is_empty() => return Ok(None),
                Part::UntilClose => return Ok(some_data(self.take_content(u64::MAX, input)?)),
                Part::ChunkSize => match self.line.receive(input, MAX_CHUNK_LINE) {
                    Err(LineTooLong) => return Err(BodyError::Coding("chunk extension too long")),
                    Ok(None) => return Ok(None),
                    Ok(Some(line)) => match parse_chunk_size(&line)? {
                        0 => Part::Trailer,
                        size => Part::Chunk(size),
                    },
                },
                Part::ChunkEnd => match self.line.receive(input, CRLF.len()) {
                    Ok(None) => return Ok(None),
                    Ok(Some(line)) if line == CRLF => Part::ChunkSize,
                    Ok(Some(_)) | Err(LineTooLong) => {
                        return Err(BodyError::Coding("chunk longer than its size"));
                    }
                },
                Part::Trailer => match self.line.receive(input, self.trailer_left) {
                    Err(LineTooLong) => return Err(BodyError::LongTrailer),
                    Ok(None) => return Ok(None),
                    Ok(Some(line)) => {
                        self.trailer_left -= line.len();
                        match self.trailer.receive(&line).map_err(BodyError::Trailer)? {
                            None => Part::Trailer,
                            Some(fields) => {
                                let kept = |(name, _): &(&str, &str)| headers::may_be_trailer(name);
                                self.trailers = fields.iter().filter(kept).collect();
                                Part::End
                            }
                        }
                    }
                },
            };
        }
    }

    /// Takes what has arrived of the `left` bytes of content that are missing. Errors if the limit
    /// allows none of them.
    fn take_content<'a>(&mut self, left: u64, input: &mut &'a [u8]) -> Result<&'a [u8], BodyError> {
        if self.content_left == 0 {
            return Err(BodyError::TooLarge);
        }
        let wanted = usize::try_from(left.min(self.content_left)).unwrap_or(usize::MAX);
        let (taken, rest) = input.split_at(input.len().min(wanted));
        self.content_left -= taken.len() as u64;
        *input = rest;
        Ok(taken)
    }

    /// How many bytes of content come next, without anything between them; 0 where that is not
    /// known yet.
    pub(super) fn content_left(&self) -> u64 {
        let left = match self.part {
            Part::Length(left) | Part::Chunk(left) => left,
            Part::UntilClose => u64::MAX,
            _ => 0,
        };
        left.min(self.content_left)
    }

    /// Whether the body is over if the connection ends here.
    pub(super) fn may_end(&self) -> bool {
        matches!(self.part, Part::End | Part::Length(0) | Part::UntilClose)
    }
}

fn some_data(data: &[u8]) -> Option<Piece<'_>> {
    (!data.is_empty()).then_some(Piece::Data(data))
}

/// chunk-size [ chunk-ext ] CRLF (RFC 9112 section 7.1)
fn parse_chunk_size(line: &[u8]) -> Result<u64, BodyError> {
    match httparse::parse_chunk_size(line) {
        Ok(httparse::Status::Complete((length, size)))
            if length == line.len() && line[0].is_ascii_hexdigit() =>
        {
            Ok(size)
        }
        _ => Err(BodyError::Coding("invalid chunk size")),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            super::{
                response::{Event, ResponseError},
                testing::*,
            },
            response::ResponseReader,
        },
        *,
    };

    #[test]
    fn what_follows_a_101_is_left() {
        let (response, left) = read(b"HTTP/1.1 101 Yes\r\nA: b\r\n\r\n\x81\x02hi\r\n\r\n");
        assert_eq!(response.unwrap().unwrap().head.status, 101);
        assert_eq!(left, 8);
    }

    #[test]
    fn a_sized_body_ends_by_its_length() {
        let (response, left) = read(b"HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nabcd");
        let response = response.unwrap().unwrap();
        assert_eq!((response.head.status, response.head.reason.as_str()), (404, "Not Found"));
        assert_eq!(response.head.class(), "4XX");
        assert_eq!(response.body, b"abc");
        assert_eq!(left, 1);
        let empty = complete(b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
        assert_eq!((empty.body.as_slice(), empty.body_truncated), (&b""[..], false));
    }

    #[test]
    fn a_chunked_body_is_put_together() {
        let (response, left) = read(
            b"HTTP/1.1 500 Oops\r\nTransfer-Encoding: Chunked\r\n\r\n\
              3\r\nabc\r\n0A;a=\"b;c\"\r\n0123\r\n5678\r\n1 ;x\r\nz\r\n\
              000\r\nTrailer: x\r\n\r\nmore",
        );
        let response = response.unwrap().unwrap();
        assert_eq!(response.body, b"abc0123\r\n5678z".as_slice());
        assert_eq!(response.head.headers.len(), 1);
        assert!(!response.body_truncated);
        assert_eq!(left, 4);
    }

    /// What is wrong with the body of these bytes.
    fn broken(bytes: &[u8]) -> ResponseError {
        let mut reader = ResponseReader::new("GET", LIMITS);
        let mut input = bytes;
        loop {
            match reader.receive(&mut input) {
                Ok(event) => {
                    assert!(event.is_some_and(|event| !matches!(event, Event::End { .. })))
                }
                Err(error) => return error,
            }
        }
    }

    #[test]
    fn broken_chunks_are_errors() {
        let head = "HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (body, reason) in [
            ("x\r\n", "invalid chunk size"),
            ("\r\n", "invalid chunk size"),
            (";x\r\n", "invalid chunk size"),
            (" 1\r\n", "invalid chunk size"),
            ("1\nx\r\n", "invalid chunk size"),
            ("0\n\r\n", "invalid chunk size"),
            ("-1\r\n", "invalid chunk size"),
            ("1\nx", "invalid chunk size"),
            ("1 2\r\n", "invalid chunk size"),
            ("1;x\ry\r\n", "invalid chunk size"),
            ("1;x\ny\r\n", "invalid chunk size"),
            ("10000000000000000\r\n", "invalid chunk size"),
            ("1\r\nxy\r\n", "chunk longer than its size"),
            ("1\r\nx\n", "chunk longer than its size"),
        ] {
            let bytes = format!("{head}{body}");
            assert_eq!(broken(bytes.as_bytes()), ResponseError::Body(reason), "{body:?}");
        }
    }

    #[test]
    fn chunk_extensions_and_trailers_are_limited() {
        let head = "HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n".to_owned();
        let extension = head.clone() + "1;" + &"x".repeat(MAX_CHUNK_LINE);
        assert_eq!(broken(extension.as_bytes()), ResponseError::Body("chunk extension too long"));
        let trailers = format!("{head}0\r\nA: {}", "x".repeat(MAX_HEAD));
        assert_eq!(broken(trailers.as_bytes()), ResponseError::TooLarge("bytes in its head"));
        let trailers = format!("{head}0\r\n{}", "A: b\r\n".repeat(MAX_HEADERS + 1));
        assert_eq!(broken(trailers.as_bytes()), ResponseError::TooLarge("header fields"));
    }
}
