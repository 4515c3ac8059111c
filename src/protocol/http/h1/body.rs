//! The body of a response (RFC 9112 sections 6 and 7): where it ends, and its content without the
//! chunked coding, read as its bytes arrive.

use std::mem;

use super::{
    super::{
        headers::{self, Headers},
        message::{Limits, Version},
        response::{ResponseError, ResponseHead},
        syntax,
    },
    fields::FieldReader,
    line::{CRLF, LineBuffer, LineTooLong, excerpt},
};

/// Bytes of the line that starts a chunk. A size takes 16; extensions are hardly ever sent.
const MAX_CHUNK_LINE: usize = 4 * 1024;

/// What the method of a request says of the body of its response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// HEAD: there is none.
    Head,
    /// CONNECT: there is none if it succeeds.
    Connect,
    /// Any other: the response says it.
    Other,
}

impl Method {
    /// "The method token is case-sensitive" (RFC 9110 section 9.1).
    pub(super) fn parse(name: &str) -> Self {
        match name {
            "HEAD" => Self::Head,
            "CONNECT" => Self::Connect,
            _ => Self::Other,
        }
    }
}

/// What follows a head, and where it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Framing {
    /// No body.
    Empty,
    /// No body, and then another protocol.
    Switched,
    /// A body of so many bytes.
    Length(u64),
    /// A body in the chunked coding.
    Chunked,
    /// A body that ends with the connection.
    UntilClose,
}

impl Framing {
    /// What the head of the response to a request with this method says (RFC 9112 section 6.3).
    pub(super) fn of(head: &ResponseHead, method: Method) -> Result<Self, ResponseError> {
        let ResponseHead { status, headers, .. } = head;
        match (status, method) {
            // "A client MUST ignore any Content-Length or Transfer-Encoding header fields received
            // in a successful response to CONNECT." (RFC 9110 section 9.3.6)
            (101, _) | (200..=299, Method::Connect) => return Ok(Self::Switched),
            (204 | 304, _) | (_, Method::Head) => return Ok(Self::Empty),
            _ => {}
        }
        let length = content_length(headers)?;
        if headers.first("Transfer-Encoding").is_none() {
            return Ok(length.map_or(Self::UntilClose, Self::Length));
        }
        // "Such a message might indicate an attempt to perform request smuggling [...] or response
        // splitting [...] and ought to be handled as an error."
        if length.is_some() {
            let message = "both Transfer-Encoding and Content-Length in the response";
            return Err(ResponseError::Header(message.to_owned()));
        }
        let is_chunked = |coding: &&str| coding.eq_ignore_ascii_case("chunked");
        let codings: Vec<_> = headers.members("Transfer-Encoding").collect();
        // "A sender MUST NOT apply the chunked transfer coding more than once to a message body"
        // (RFC 9112 section 6.1). Where something was applied to it, the end of the body could not
        // be told from the middle.
        match codings.split_last() {
            Some((_, others)) if others.iter().any(is_chunked) => {
                let message = "chunked is not the last Transfer-Encoding in the response";
                Err(ResponseError::Header(message.to_owned()))
            }
            Some((last, _)) if is_chunked(last) => Ok(Self::Chunked),
            _ => Ok(Self::UntilClose),
        }
    }

    /// Whether the connection can take another request after the response (RFC 9112 section 9.3).
    pub(super) fn is_reusable(self, head: &ResponseHead) -> bool {
        let ResponseHead { version, headers, .. } = head;
        let option = |name| headers.members("Connection").any(|o| o.eq_ignore_ascii_case(name));
        let persists = match version {
            // "A server or client that receives an HTTP/1.0 message containing a Transfer-Encoding
            // header field MUST treat the message as if the framing is faulty [...] and close the
            // connection after processing the message." (RFC 9112 section 6.1)
            Version::Http10 => option("keep-alive") && headers.first("Transfer-Encoding").is_none(),
            Version::Http11 => true,
        };
        match self {
            Self::Switched | Self::UntilClose => false,
            Self::Empty | Self::Length(_) | Self::Chunked => persists && !option("close"),
        }
    }
}

/// The length that all Content-Length fields agree on (RFC 9110 section 8.6).
fn content_length(headers: &Headers) -> Result<Option<u64>, ResponseError> {
    let mut length = None;
    // An empty member is no length, so that this is not `Headers::members`.
    for value in headers.all("Content-Length").flat_map(|value| value.split(',')) {
        let value = syntax::trim(value);
        let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        match value.parse() {
            Ok(number) if digits && length.is_none_or(|other| other == number) => {
                length = Some(number);
            }
            _ => {
                let text = excerpt(value.as_bytes());
                return Err(ResponseError::Header(format!(
                    "invalid or contradictory Content-Length \"{text}\" in the response"
                )));
            }
        }
    }
    Ok(length)
}

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

/// What a body consists of.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// A piece of the content, which is not empty.
    Data(&'a [u8]),
    /// The end, and the fields after a chunked body.
    End(Headers),
}

impl BodyReader {
    /// A reader of a body with this framing, whose trailer section may have `max_trailer` bytes;
    /// what else it may have is in `limits`.
    pub(super) fn new(framing: Framing, limits: Limits, max_trailer: usize) -> Self {
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
            trailer: FieldReader::new(limits.headers),
            trailers: Headers::new(),
            trailer_left: max_trailer,
        }
    }

    /// Takes bytes from the front of `input`, until there is a piece of the body. `None` if all of
    /// it was taken before that.
    pub(super) fn receive<'a>(
        &mut self,
        input: &mut &'a [u8],
    ) -> Result<Option<Piece<'a>>, ResponseError> {
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
                    Err(LineTooLong) => {
                        return Err(ResponseError::Body("chunk extension too long"));
                    }
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
                        return Err(ResponseError::Body("chunk longer than its size"));
                    }
                },
                Part::Trailer => match self.line.receive(input, self.trailer_left) {
                    Err(LineTooLong) => return Err(ResponseError::TooLarge("bytes in its head")),
                    Ok(None) => return Ok(None),
                    Ok(Some(line)) => {
                        self.trailer_left -= line.len();
                        match self.trailer.receive(&line)? {
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
    fn take_content<'a>(
        &mut self,
        left: u64,
        input: &mut &'a [u8],
    ) -> Result<&'a [u8], ResponseError> {
        if self.content_left == 0 {
            return Err(ResponseError::BodyTooLarge);
        }
        let wanted = usize::try_from(left.min(self.content_left)).unwrap_or(usize::MAX);
        let (taken, rest) = input.split_at(input.len().min(wanted));
        self.content_left -= taken.len() as u64;
        *input = rest;
        Ok(taken)
    }

    /// The connection has ended. Errors if the body had not.
    pub(super) fn end_of_input(&self) -> Result<(), ResponseError> {
        match self.part {
            Part::End | Part::Length(0) | Part::UntilClose => Ok(()),
            _ => Err(ResponseError::Incomplete("in the middle of its response")),
        }
    }
}

fn some_data(data: &[u8]) -> Option<Piece<'_>> {
    (!data.is_empty()).then_some(Piece::Data(data))
}

/// chunk-size [ chunk-ext ] CRLF (RFC 9112 section 7.1)
fn parse_chunk_size(line: &[u8]) -> Result<u64, ResponseError> {
    match httparse::parse_chunk_size(line) {
        Ok(httparse::Status::Complete((length, size)))
            if length == line.len() && line[0].is_ascii_hexdigit() =>
        {
            Ok(size)
        }
        _ => Err(ResponseError::Body("invalid chunk size")),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            super::{response::Event, testing::*},
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
    fn a_101_has_no_body_whatever_it_says() {
        let (response, left) = read(b"HTTP/1.1 101 Yes\r\nContent-Length: 2\r\n\r\n\x81\x00");
        assert_eq!(response.unwrap().unwrap().body, b"");
        assert_eq!(left, 2);
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
    fn repeated_lengths_must_agree() {
        let response =
            complete(b"HTTP/1.1 404 No\r\nContent-Length: 2, 2\r\ncontent-length: 02\r\n\r\nab");
        assert_eq!(response.body, b"ab");
        assert_eq!(
            error(b"HTTP/1.1 404 No\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc"),
            header_error("invalid or contradictory Content-Length \"3\" in the response")
        );
    }

    #[test]
    fn lengths_are_numbers() {
        for value in ["", "x", "-1", "+1", "0x1", "1 2", "1,", "18446744073709551616"] {
            let head = format!("HTTP/1.1 404 No\r\nContent-Length: {value}\r\n\r\n");
            assert!(matches!(error(head.as_bytes()), ResponseError::Header(_)), "{value}");
        }
    }

    #[test]
    fn length_and_transfer_encoding_contradict_each_other() {
        assert_eq!(
            error(
                b"HTTP/1.1 404 No\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n\
                  0\r\n\r\n"
            ),
            header_error("both Transfer-Encoding and Content-Length in the response")
        );
    }

    #[test]
    fn a_transfer_coding_has_no_length_beside_it() {
        for coding in ["", ",", "identity", "gzip", "gzip, chunked", "x\r\nTransfer-Encoding: y"] {
            let head = format!("HTTP/1.1 404 No\r\nTransfer-Encoding: {coding}\r\n");
            assert_eq!(
                error(format!("{head}Content-Length: 0\r\n\r\n").as_bytes()),
                header_error("both Transfer-Encoding and Content-Length in the response"),
                "{coding}"
            );
        }
    }

    #[test]
    fn the_last_transfer_coding_decides() {
        let encoded = |fields: &str| format!("HTTP/1.1 404 No\r\n{fields}\r\n\r\n");
        for fields in [
            "Transfer-Encoding: gzip, CHUNKED",
            "Transfer-Encoding: gzip\r\nX: y\r\nTransfer-Encoding: , chunked ,",
            "Transfer-Encoding: gzip,\r\n chunked",
        ] {
            let response = complete(format!("{}1\r\na\r\n0\r\n\r\n", encoded(fields)).as_bytes());
            assert!(response.body == b"a" && response.persistent, "{fields}");
        }
        for coding in ["gzip", "", "identity", "xchunked", "chunked;q=1", "\"chunked\""] {
            let head = encoded(&format!("Transfer-Encoding: {coding}"));
            let response = ended(format!("{head}1\r\na").as_bytes()).unwrap();
            assert_eq!((&response.body[..], response.persistent), (&b"1\r\na"[..], false));
            // It is for others to undo.
            assert_eq!(response.head.headers.first("Transfer-Encoding"), Some(coding));
        }
        for coding in ["chunked, gzip", "chunked, chunked", "Chunked\r\nTransfer-Encoding: chunked"]
        {
            assert_eq!(
                error(encoded(&format!("Transfer-Encoding: {coding}")).as_bytes()),
                header_error("chunked is not the last Transfer-Encoding in the response"),
                "{coding}"
            );
        }
    }

    #[test]
    fn ranges_without_length_end_with_the_connection() {
        let head = "HTTP/1.1 206 x\r\nContent-Type: multipart/byteranges; boundary=b\r\n\r\n";
        let body = "--b\r\n\r\na\r\n--b--\r\n";
        let response = ended(format!("{head}{body}more").as_bytes()).unwrap();
        assert_eq!(response.body, format!("{body}more").into_bytes());
        assert!(!response.persistent);
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

    #[test]
    fn a_body_without_length_ends_with_the_connection() {
        for head in
            ["HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n"]
        {
            let response = ended(format!("{head}some\r\n\r\nbody").as_bytes()).unwrap();
            assert_eq!(response.body, b"some\r\n\r\nbody");
            assert!(!response.body_truncated);
        }
        assert_eq!(ended(b"HTTP/1.1 200 OK\r\n\r\n").unwrap().body, b"");
    }

    #[test]
    fn no_content_and_not_modified_have_no_body() {
        for status in [204, 304] {
            let head = format!("HTTP/1.1 {status} x\r\nContent-Length: 5\r\n\r\n");
            assert_eq!(complete(head.as_bytes()).body, b"");
        }
    }

    #[test]
    fn what_follows_the_head_of_a_2xx_to_connect_is_the_tunnel() {
        for head in [
            "HTTP/1.1 200 OK\r\n\r\n",
            "HTTP/1.0 200 Connection established\r\n\r\n",
            "HTTP/1.1 204 x\r\nContent-Length: 2\r\n\r\n",
            "HTTP/1.1 299 x\r\nTransfer-Encoding: chunked\r\nContent-Length: x\r\n\r\n",
            "HTTP/1.0 100 Continue\r\n\r\nHTTP/1.0 200 OK\r\n\r\n",
        ] {
            let (response, left) = read_from_proxy(format!("{head}\x16\x03\x01").as_bytes());
            let response = response.unwrap().unwrap();
            assert_eq!(
                (response.head.status / 100, response.body.as_slice()),
                (2, &b""[..]),
                "{head}"
            );
            assert_eq!(left, 3, "{head}");
        }
    }

    #[test]
    fn the_refusal_of_a_tunnel_has_a_body() {
        let mut reader = from_proxy();
        let mut input =
            &b"HTTP/1.0 407 No\r\nContent-Length: 2\r\n\r\nnoHTTP/1.0 200 OK\r\n\r\nx"[..];
        let response = reader.receive(&mut input).unwrap().unwrap();
        assert_eq!((response.head.status, response.body.as_slice()), (407, &b"no"[..]));
        assert_eq!(reader.receive(&mut input).unwrap().unwrap().head.status, 200);
        assert_eq!(input, b"x");
    }

    #[test]
    fn a_connection_persists_by_version_connection_header_and_body() {
        let persistent = |text: &str| {
            let (response, _) = read_with(from_proxy(), text.as_bytes(), []);
            response.unwrap().unwrap().persistent
        };
        assert!(persistent("HTTP/1.1 407 x\r\nContent-Length: 0\r\n\r\n"));
        assert!(persistent("HTTP/1.1 407 x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
        assert!(persistent(
            "HTTP/1.0 407 x\r\nConnection: x, Keep-Alive\r\nContent-Length: 0\r\n\r\n"
        ));
        assert!(!persistent("HTTP/1.0 407 x\r\nContent-Length: 0\r\n\r\n"));
        assert!(!persistent(
            "HTTP/1.0 407 x\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n\
             0\r\n\r\n"
        ));
        assert!(!persistent("HTTP/1.1 407 x\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n"));
        assert!(!ended(b"HTTP/1.1 401 x\r\n\r\nabc").unwrap().persistent);
        assert!(!ended(b"HTTP/1.1 401 x\r\nContent-Length: 2\r\n\r\na").unwrap().persistent);
        let long =
            format!("HTTP/1.1 401 x\r\nContent-Length: 9999999\r\n\r\n{}", "x".repeat(MAX_BODY));
        assert!(!persistent(&long));
    }
}
