//! The response to a GET or CONNECT request, read as its bytes arrive (RFC 9112): its head to the
//! last byte, and as much of its body as an error message needs.
//!
//! Each line is parsed once, as soon as it is complete, so that time is linear in bytes however
//! they are chunked, and an error is found as early as the bytes allow. A head is parsed strictly:
//! another version than HTTP/1.1, a line that ends with a bare LF, a folded line or a space before
//! a colon is rejected. HTTP/1.0 is accepted from proxies, many of which send it.

use std::{fmt, mem};

use super::{
    headers::{self, Headers},
    syntax,
};

/// Bytes of all heads up to the final one, the fields after a chunked body included. Servers
/// commonly limit the other direction to 8 to 32 KiB.
const MAX_HEAD: usize = 64 * 1024;

/// Header fields in one head. Servers commonly limit the other direction to 100.
const MAX_HEADERS: usize = 128;

/// Interim responses before the final one. One or two are usual.
const MAX_INTERIM: usize = 16;

/// Bytes of the body that are stored: it is only shown to a person, as an error message.
const MAX_BODY: usize = 1024 * 1024;

/// Bytes of the line that starts a chunk. A size takes 16; extensions are hardly ever sent.
const MAX_CHUNK_LINE: usize = 4 * 1024;

/// A version of HTTP.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Version {
    /// HTTP/1.0 (RFC 1945).
    Http10,
    /// HTTP/1.1 (RFC 9112).
    #[default]
    Http11,
}

impl Version {
    fn name(self) -> &'static str {
        match self {
            Self::Http10 => "HTTP/1.0",
            Self::Http11 => "HTTP/1.1",
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The head of a final response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResponseHead {
    /// The version in the status line.
    pub version: Version,
    /// 101, or 200 to 599.
    pub status: u16,
    /// The reason phrase; often empty.
    pub reason: String,
    /// The header fields, without those after a chunked body.
    pub headers: Headers,
}

impl ResponseHead {
    /// The class of the status: "4XX" for 404.
    pub fn class(&self) -> String {
        format!("{}XX", self.status / 100)
    }

    /// The first line, without a blank at its end where there is no reason phrase.
    pub fn status_line(&self) -> String {
        format!("{} {} {}", self.version, self.status, self.reason).trim_end().to_owned()
    }
}

/// A final response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// Its head.
    pub head: ResponseHead,
    /// The content without its chunking, at most 1 MiB of it; empty for 101, 204, 304, and for a
    /// tunnel.
    pub body: Vec<u8>,
    /// Whether the server sent or announced more than `body` holds: it was over the limit, or the
    /// connection ended too early. The connection is of no use for another request then.
    pub body_truncated: bool,
    /// Whether the connection can take another request (RFC 9112 section 9.3).
    pub persistent: bool,
}

/// Reads one final response, skipping the interim ones before it. When it has returned a response,
/// it is ready for the next one; when it has returned an error, it must not be used.
#[derive(Debug)]
pub struct ResponseReader {
    /// What the next byte belongs to.
    part: Part,
    /// Whether the request is a CONNECT.
    connect: bool,
    /// The bytes of a line that is not complete yet.
    line: Vec<u8>,
    /// How many more bytes lines of the head may have.
    head_left: usize,
    /// How many interim responses there were.
    interim: usize,
    /// How many bytes of the body, or of its current chunk, are missing.
    body_left: u64,
    response: Response,
}

/// A part of a response.
#[derive(Clone, Copy, Debug)]
enum Part {
    StatusLine,
    HeaderLine,
    /// A body with a Content-Length.
    SizedBody,
    /// A body that ends with the connection.
    EndlessBody,
    ChunkSize,
    ChunkData,
    /// The CRLF after the data of a chunk.
    ChunkEnd,
    TrailerLine,
}

enum Step {
    Next(Part),
    NeedsInput,
    Finished,
}

impl Default for ResponseReader {
    fn default() -> Self {
        Self {
            part: Part::StatusLine,
            connect: false,
            line: Vec::new(),
            head_left: MAX_HEAD,
            interim: 0,
            body_left: 0,
            response: Response::default(),
        }
    }
}

impl ResponseReader {
    /// A reader that expects the first byte of a response to a GET request.
    pub fn new() -> Self {
        Self::default()
    }

    /// A reader that expects the first byte of a proxy's response to a CONNECT request: the version
    /// may be HTTP/1.0, and a 2XX has no body.
    pub fn for_connect() -> Self {
        Self { connect: true, ..Self::default() }
    }

    /// Takes bytes from the front of `input`. Returns the response when it is complete: what is
    /// left in `input` then came after it, and belongs to the new protocol if the status is 101,
    /// and to the tunnel if this is a 2XX to a CONNECT. As long as the response is incomplete, all
    /// of `input` is taken.
    pub fn receive(&mut self, input: &mut &[u8]) -> Result<Option<Response>, ResponseError> {
        loop {
            match self.step(input)? {
                Step::Next(part) => self.part = part,
                Step::NeedsInput => return Ok(None),
                Step::Finished => return Ok(Some(self.finish())),
            }
        }
    }

    /// The response, when the server has ended the connection before it was complete: with as much
    /// of the body as has arrived. An error if its head is incomplete.
    pub fn end_of_input(&mut self) -> Result<Response, ResponseError> {
        match self.part {
            Part::StatusLine if self.line.is_empty() && self.interim == 0 => {
                return Err(ResponseError::Incomplete("before it sent a response"));
            }
            Part::StatusLine | Part::HeaderLine => {
                return Err(ResponseError::Incomplete("in the middle of its response"));
            }
            Part::EndlessBody => {}
            // "A client that receives an incomplete response message [...] MUST record the message
            // as incomplete." (RFC 9112 section 8)
            _ => self.response.body_truncated = true,
        }
        self.response.persistent = false;
        Ok(self.finish())
    }

    /// Returns the response, and starts over.
    fn finish(&mut self) -> Response {
        let next = Self { connect: self.connect, ..Self::default() };
        mem::replace(self, next).response
    }

    fn step(&mut self, input: &mut &[u8]) -> Result<Step, ResponseError> {
        match self.part {
            Part::StatusLine => {
                let line = self.head_line(input)?;
                self.check_version(line.as_deref().unwrap_or(&self.line))?;
                let Some(line) = line else { return Ok(Step::NeedsInput) };
                let (status, reason) = parse_status_line(&line)?;
                let version = match line.starts_with(Version::Http11.name().as_bytes()) {
                    true => Version::Http11,
                    false => Version::Http10,
                };
                let head = ResponseHead { version, status, reason, headers: Headers::new() };
                self.response = Response { head, ..Response::default() };
                Ok(Step::Next(Part::HeaderLine))
            }
            Part::HeaderLine => match self.head_line(input)?.as_deref() {
                None => Ok(Step::NeedsInput),
                Some(b"\r\n") => self.end_of_head(),
                Some(_) if self.response.head.headers.len() == MAX_HEADERS => {
                    Err(ResponseError::TooLarge("header fields"))
                }
                Some(line) => {
                    let (name, value) = parse_header_line(line)?;
                    self.response.head.headers.push(name, value);
                    Ok(Step::Next(Part::HeaderLine))
                }
            },
            Part::SizedBody => {
                self.take_body(input);
                match self.body_left {
                    0 => Ok(Step::Finished),
                    _ => Ok(self.unless_full()),
                }
            }
            Part::EndlessBody => {
                self.body_left = u64::MAX;
                self.take_body(input);
                match input.len() {
                    0 => Ok(Step::NeedsInput),
                    _ => Ok(self.unless_full()),
                }
            }
            Part::ChunkSize => match read_line(&mut self.line, input, MAX_CHUNK_LINE) {
                Err(LineTooLong) => Err(ResponseError::TooLarge("chunk extensions")),
                Ok(None) => Ok(Step::NeedsInput),
                Ok(Some(line)) => match parse_chunk_size(&line)? {
                    0 => Ok(Step::Next(Part::TrailerLine)),
                    size => {
                        self.body_left = size;
                        Ok(Step::Next(Part::ChunkData))
                    }
                },
            },
            Part::ChunkData => {
                self.take_body(input);
                match self.body_left {
                    0 => Ok(Step::Next(Part::ChunkEnd)),
                    _ => Ok(self.unless_full()),
                }
            }
            Part::ChunkEnd => match read_line(&mut self.line, input, b"\r\n".len()) {
                Ok(None) => Ok(Step::NeedsInput),
                Ok(Some(line)) if line == b"\r\n" => Ok(Step::Next(Part::ChunkSize)),
                Ok(Some(_)) | Err(LineTooLong) => {
                    Err(ResponseError::Body("chunk longer than its size"))
                }
            },
            // "A recipient that removes the chunked coding from a message MAY selectively retain or
            // discard the received trailer fields." (RFC 9112 section 7.1.2)
            Part::TrailerLine => match self.head_line(input)?.as_deref() {
                None => Ok(Step::NeedsInput),
                Some(b"\r\n") => Ok(Step::Finished),
                Some(line) => parse_header_line(line).map(|_| Step::Next(Part::TrailerLine)),
            },
        }
    }

    /// What follows a head: another one, a body or nothing (RFC 9112 section 6.3).
    fn end_of_head(&mut self) -> Result<Step, ResponseError> {
        let Response { head, persistent, .. } = &mut self.response;
        let ResponseHead { version, status, headers, .. } = head;
        // "A client MUST be able to parse one or more 1xx responses received prior to a final
        // response" (RFC 9110 section 15.2). 101 is the last one in this protocol.
        if matches!(status, 100 | 102..=199) {
            self.interim += 1;
            return match self.interim {
                ..=MAX_INTERIM => Ok(Step::Next(Part::StatusLine)),
                _ => Err(ResponseError::TooLarge("interim responses")),
            };
        }
        let option = |name| headers.members("Connection").any(|o| o.eq_ignore_ascii_case(name));
        *persistent = !option("close") && (*version == Version::Http11 || option("keep-alive"));
        // "A client MUST ignore any Content-Length or Transfer-Encoding header fields received in a
        // successful response to CONNECT." (RFC 9110 section 9.3.6)
        if matches!(status, 101 | 204 | 304) || self.connect && matches!(status, 200..=299) {
            return Ok(Step::Finished);
        }
        let length = content_length(headers)?;
        match (headers.members("Transfer-Encoding").last(), length) {
            // "Such a message might indicate an attempt to perform request smuggling [...] or
            // response splitting [...] and ought to be handled as an error."
            (Some(_), Some(_)) => Err(ResponseError::Header(
                "both Transfer-Encoding and Content-Length in the response".to_owned(),
            )),
            (Some(coding), None) if coding.eq_ignore_ascii_case("chunked") => {
                Ok(Step::Next(Part::ChunkSize))
            }
            (None, Some(length)) => {
                self.body_left = length;
                Ok(Step::Next(Part::SizedBody))
            }
            (_, None) => {
                *persistent = false;
                Ok(Step::Next(Part::EndlessBody))
            }
        }
    }

    /// Refuses the start of a status line, complete or not, that cannot be HTTP/1.1.
    fn check_version(&self, line: &[u8]) -> Result<(), ResponseError> {
        let fits = |version: Version| {
            let start = version.name().bytes().chain([b' ']);
            line.iter().zip(start).all(|(byte, wanted)| *byte == wanted)
        };
        if fits(Version::Http11) || self.connect && fits(Version::Http10) {
            return Ok(());
        }
        /// The content type of a TLS alert (RFC 8446 section 5.1).
        const TLS_ALERT: u8 = 0x15;
        Err(ResponseError::Status(match line.first() {
            Some(&TLS_ALERT) if self.connect => "the proxy expects TLS".to_owned(),
            Some(&TLS_ALERT) => "the server expects TLS: use wss".to_owned(),
            _ => {
                let peer = if self.connect { "proxy" } else { "server" };
                format!("the {peer} did not answer with HTTP/1.1, but with \"{}\"", excerpt(line))
            }
        }))
    }

    /// Takes what has arrived of the next line of the head; returns the line once it is complete.
    fn head_line(&mut self, input: &mut &[u8]) -> Result<Option<Vec<u8>>, ResponseError> {
        let line = read_line(&mut self.line, input, self.head_left)
            .map_err(|LineTooLong| ResponseError::TooLarge("bytes in its head"))?;
        self.head_left -= line.as_ref().map_or(0, Vec::len);
        Ok(line)
    }

    /// Takes what has arrived of the `body_left` bytes, but none over the limit.
    fn take_body(&mut self, input: &mut &[u8]) {
        let space = MAX_BODY - self.response.body.len();
        let wanted = usize::try_from(self.body_left).unwrap_or(usize::MAX);
        let (taken, rest) = input.split_at(input.len().min(space).min(wanted));
        self.response.body.extend_from_slice(taken);
        self.body_left -= taken.len() as u64;
        *input = rest;
    }

    /// Waits for the rest of the body, or ends the response if the body has reached the limit.
    fn unless_full(&mut self) -> Step {
        if self.response.body.len() < MAX_BODY {
            return Step::NeedsInput;
        }
        self.response.body_truncated = true;
        self.response.persistent = false;
        Step::Finished
    }
}

/// Why what the server sent is not a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponseError {
    /// The first line is not a status line of HTTP/1.1. The text says what came instead.
    Status(String),
    /// A header field is malformed or contradicts another; the text shows it.
    Header(String),
    /// There is more than the limit allows of what is named here.
    TooLarge(&'static str),
    /// The chunked coding of the body is broken, as the text says.
    Body(&'static str),
    /// The connection ended before the head of the response did; the text says when.
    Incomplete(&'static str),
}

impl fmt::Display for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(text) | Self::Header(text) => f.write_str(text),
            Self::TooLarge(what) => write!(f, "the response has too many {what}"),
            Self::Body(text) => write!(f, "invalid body of the response: {text}"),
            Self::Incomplete(when) => {
                write!(f, "the server closed the connection {when}")
            }
        }
    }
}

impl std::error::Error for ResponseError {}

struct LineTooLong;

/// Moves bytes from `input` to `line`, up to the first LF. Returns the line, with its end, once it
/// is complete. It may have `limit` bytes.
fn read_line(
    line: &mut Vec<u8>,
    input: &mut &[u8],
    limit: usize,
) -> Result<Option<Vec<u8>>, LineTooLong> {
    let end = input.iter().position(|byte| *byte == b'\n').map(|index| index + 1);
    let (taken, rest) = input.split_at(end.unwrap_or(input.len()));
    if taken.len() > limit - line.len() {
        return Err(LineTooLong);
    }
    line.extend_from_slice(taken);
    *input = rest;
    Ok(end.map(|_| mem::take(line)))
}

/// status-line = HTTP-version SP status-code SP [ reason-phrase ] (RFC 9112 section 4). The second
/// space may be missing where the reason is, as many servers have it.
fn parse_status_line(line: &[u8]) -> Result<(u16, String), ResponseError> {
    let parsed = line.strip_suffix(b"\r\n").and_then(|text| {
        let mut response = httparse::Response::new(&mut []);
        response.parse(line).ok()?;
        let status = response.code.filter(|status| (100..=599).contains(status))?;
        // httparse gives no reason that is not ASCII.
        let reason = text.get("HTTP/1.1 101".len()..)?.trim_ascii();
        Some((status, headers::decode(reason)))
    });
    parsed
        .ok_or_else(|| ResponseError::Status(format!("invalid status line \"{}\"", excerpt(line))))
}

/// field-line = field-name ":" OWS field-value OWS (RFC 9112 section 5)
fn parse_header_line(line: &[u8]) -> Result<(String, String), ResponseError> {
    let parsed = line.strip_suffix(b"\r\n").and_then(|text| {
        let section = [text, b"\r\n\r\n"].concat();
        let mut fields = [httparse::EMPTY_HEADER];
        match httparse::parse_headers(&section, &mut fields) {
            Ok(httparse::Status::Complete((_, [field]))) => {
                Some((field.name.to_owned(), headers::decode(field.value.trim_ascii())))
            }
            _ => None,
        }
    });
    parsed.ok_or_else(|| {
        ResponseError::Header(format!("invalid header line \"{}\" in the response", excerpt(line)))
    })
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

/// The beginning of what the server sent, for one line of an error message.
fn excerpt(bytes: &[u8]) -> String {
    const MAX_EXCERPT: usize = 60;
    let bytes = bytes.strip_suffix(b"\r\n").unwrap_or(bytes);
    match bytes.get(..MAX_EXCERPT) {
        None => bytes.escape_ascii().to_string(),
        Some(start) => format!("{}...", start.escape_ascii()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The result for some bytes, and how many were left over.
    type Outcome = (Result<Option<Response>, ResponseError>, usize);

    /// Passes `bytes` in the pieces that end at `cuts`.
    fn read_cut(bytes: &[u8], cuts: impl IntoIterator<Item = usize>) -> Outcome {
        read_with(ResponseReader::new(), bytes, cuts)
    }

    fn read_with(
        mut reader: ResponseReader,
        bytes: &[u8],
        cuts: impl IntoIterator<Item = usize>,
    ) -> Outcome {
        let mut start = 0;
        for end in cuts.into_iter().chain([bytes.len()]) {
            let mut input = &bytes[start..end];
            match reader.receive(&mut input) {
                Ok(None) => assert!(input.is_empty(), "input ignored"),
                outcome => return (outcome, input.len() + bytes.len() - end),
            }
            start = end;
        }
        (Ok(None), 0)
    }

    /// Passes `bytes` at once, in two pieces of every size, and one by one, which must make no
    /// difference but to the excerpt in an error and what is left then.
    fn read(bytes: &[u8]) -> Outcome {
        let whole = read_cut(bytes, []);
        let one_by_one = read_cut(bytes, 1..bytes.len());
        for outcome in (1..bytes.len()).map(|cut| read_cut(bytes, [cut])).chain([one_by_one]) {
            match (&outcome, &whole) {
                ((Err(error), _), (Err(expected), _)) => {
                    assert_eq!(mem::discriminant(error), mem::discriminant(expected));
                }
                _ => assert_eq!(outcome, whole),
            }
        }
        whole
    }

    fn complete(bytes: &[u8]) -> Response {
        match read(bytes) {
            (Ok(Some(response)), 0) => response,
            other => panic!("{other:?}"),
        }
    }

    fn error(bytes: &[u8]) -> ResponseError {
        read(bytes).0.unwrap_err()
    }

    fn status_error(text: &str) -> ResponseError {
        ResponseError::Status(text.to_owned())
    }

    fn header_error(text: &str) -> ResponseError {
        ResponseError::Header(text.to_owned())
    }

    /// The result when the connection ends after `bytes`.
    fn ended(bytes: &[u8]) -> Result<Response, ResponseError> {
        let mut reader = ResponseReader::new();
        assert_eq!(reader.receive(&mut &*bytes), Ok(None));
        reader.end_of_input()
    }

    #[test]
    fn a_101_is_read_to_its_last_byte() {
        let head = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\
            Connection:Upgrade\r\nsec-websocket-accept: \t x= \t\r\n\r\n";
        let response = complete(head);
        assert_eq!(response.head.status, 101);
        assert_eq!(response.head.reason, "Switching Protocols");
        let headers: Vec<_> = response.head.headers.iter().collect();
        assert_eq!(
            headers,
            [("Upgrade", "websocket"), ("Connection", "Upgrade"), ("sec-websocket-accept", "x=")]
        );
        assert_eq!(response.body, b"");
        assert!(!response.body_truncated);
    }

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
    fn the_reason_may_be_empty_or_missing() {
        assert_eq!(complete(b"HTTP/1.1 101 \r\n\r\n").head.reason, "");
        assert_eq!(complete(b"HTTP/1.1 101\r\n\r\n").head.reason, "");
    }

    #[test]
    fn text_is_utf8_or_latin_1() {
        let response = complete(b"HTTP/1.1 101 D\xE9j\xE0\r\nA: \xC3\xA9\r\nB: \xE9\r\n\r\n");
        assert_eq!(response.head.reason, "Déjà");
        assert_eq!(response.head.headers.first("A"), Some("é"));
        assert_eq!(response.head.headers.first("B"), Some("é"));
    }

    #[test]
    fn values_may_be_empty_and_fields_repeated() {
        let response = complete(b"HTTP/1.1 101 Yes\r\nA:\r\na: 1\r\nA: 1\r\n\r\n");
        assert_eq!(
            response.head.headers.iter().collect::<Vec<_>>(),
            [("A", ""), ("a", "1"), ("A", "1")]
        );
    }

    #[test]
    fn interim_responses_are_skipped() {
        let response = complete(
            b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n\
              HTTP/1.1 101 Yes\r\nA: b\r\n\r\n",
        );
        assert_eq!(response.head.status, 101);
        assert_eq!(response.head.headers.iter().collect::<Vec<_>>(), [("A", "b")]);
    }

    #[test]
    fn interim_responses_are_counted() {
        let mut bytes = b"HTTP/1.1 102\r\n\r\n".repeat(MAX_INTERIM);
        bytes.extend(b"HTTP/1.1 101\r\n\r\n");
        assert_eq!(complete(&bytes).head.status, 101);
        let bytes = b"HTTP/1.1 102\r\n\r\n".repeat(MAX_INTERIM + 1);
        assert_eq!(error(&bytes), ResponseError::TooLarge("interim responses"));
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

    #[test]
    fn broken_chunks_are_errors() {
        let head = "HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (body, reason) in [
            ("x\r\n", "invalid chunk size"),
            ("\r\n", "invalid chunk size"),
            (";x\r\n", "invalid chunk size"),
            (" 1\r\n", "invalid chunk size"),
            ("-1\r\n", "invalid chunk size"),
            ("1\nx", "invalid chunk size"),
            ("1 2\r\n", "invalid chunk size"),
            ("1;x\ry\r\n", "invalid chunk size"),
            ("1;x\ny\r\n", "invalid chunk size"),
            ("10000000000000000\r\n", "invalid chunk size"),
            ("1\r\nxy\r\n", "chunk longer than its size"),
            ("1\r\nx\n", "chunk longer than its size"),
        ] {
            let outcome = error(format!("{head}{body}").as_bytes());
            assert_eq!(outcome, ResponseError::Body(reason), "{body:?}");
        }
    }

    #[test]
    fn chunk_extensions_and_trailers_are_limited() {
        let head = "HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n".to_owned();
        let extension = head.clone() + "1;" + &"x".repeat(MAX_CHUNK_LINE);
        assert_eq!(
            read_cut(extension.as_bytes(), []).0,
            Err(ResponseError::TooLarge("chunk extensions"))
        );
        let trailers = head + "0\r\n" + &"A: b\r\n".repeat(MAX_HEAD / 6);
        assert_eq!(
            read_cut(trailers.as_bytes(), []).0,
            Err(ResponseError::TooLarge("bytes in its head"))
        );
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
    fn a_body_that_ends_too_early_is_kept() {
        for bytes in [
            &b"HTTP/1.1 404 No\r\nContent-Length: 9\r\n\r\nabc"[..],
            b"HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc",
            b"HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc",
            b"HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1",
            b"HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n",
        ] {
            let response = ended(bytes).unwrap();
            assert_eq!((response.head.status, response.body.as_slice()), (404, &b"abc"[..]));
            assert!(response.body_truncated);
        }
    }

    #[test]
    fn a_body_over_the_limit_is_cut_off() {
        let body = vec![b'x'; MAX_BODY + 1];
        let size = body.len();
        for head in [
            "HTTP/1.1 500 Oops\r\n\r\n".to_owned(),
            format!("HTTP/1.1 500 Oops\r\nContent-Length: {size}\r\n\r\n"),
            format!("HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n{size:x}\r\n"),
        ] {
            let bytes = [head.as_bytes(), &body].concat();
            for outcome in [read_cut(&bytes, []), read_cut(&bytes, (1000..size).step_by(4096))] {
                let response = outcome.0.unwrap().unwrap();
                assert!(response.body == body[1..], "{head}");
                assert!(response.body_truncated, "{head}");
            }
        }
    }

    #[test]
    fn a_body_of_the_limit_is_whole() {
        let body = vec![b'x'; MAX_BODY];
        let head = format!("HTTP/1.1 500 Oops\r\nContent-Length: {MAX_BODY}\r\n\r\n");
        let response = read_cut(&[head.as_bytes(), &body].concat(), []).0.unwrap().unwrap();
        assert_eq!((response.body.len(), response.body_truncated), (MAX_BODY, false));
        let response = ended(&[b"HTTP/1.1 500 Oops\r\n\r\n", &body[..]].concat()).unwrap();
        assert_eq!((response.body.len(), response.body_truncated), (MAX_BODY, false));
        let head = b"HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n100000\r\n";
        let bytes = [head, &body[..], b"\r\n0\r\n\r\n"].concat();
        let response = read_cut(&bytes, []).0.unwrap().unwrap();
        assert_eq!((response.body.len(), response.body_truncated), (MAX_BODY, false));
    }

    #[test]
    fn nothing_is_allocated_for_an_announced_length() {
        let mut reader = ResponseReader::new();
        let mut head = &b"HTTP/1.1 500 Oops\r\nContent-Length: 18446744073709551615\r\n\r\n"[..];
        assert_eq!(reader.receive(&mut head), Ok(None));
        assert_eq!(reader.response.body.capacity(), 0);
    }

    #[test]
    fn other_protocols_are_known_by_their_first_wrong_byte() {
        let started = |bytes: &[u8]| ResponseReader::new().receive(&mut &*bytes);
        for text in ["S", "HTTP/1.0", "HTTP/2", "http", "HTTP/1.1\t", "ICY 200 OK", "\r", " "] {
            let (start, last) = text.split_at(1.max(text.len() - 1));
            if last.is_empty() {
                assert!(matches!(started(start.as_bytes()), Err(ResponseError::Status(_))));
            }
            assert!(matches!(error(text.as_bytes()), ResponseError::Status(_)), "{text}");
        }
        assert_eq!(started(b"HTTP/1."), Ok(None));
        assert!(started(b"HTTP/1.0").is_err());
    }

    #[test]
    fn errors_show_what_came_instead() {
        let mut reader = ResponseReader::new();
        assert_eq!(
            reader.receive(&mut &b"SSH-2.0-OpenSSH_9.2\r\nx"[..]),
            Err(status_error(
                "the server did not answer with HTTP/1.1, but with \"SSH-2.0-OpenSSH_9.2\""
            ))
        );
        assert_eq!(
            error(b"HTTP/1.1 1x1 \xFF\r\n"),
            status_error(r#"invalid status line "HTTP/1.1 1x1 \xff""#)
        );
        let long = [b"HTTP/1.1 ", &[b'x'; 200][..], b"\r\n"].concat();
        let expected = format!("invalid status line \"HTTP/1.1 {}...\"", "x".repeat(51));
        assert_eq!(read_cut(&long, []).0, Err(ResponseError::Status(expected)));
    }

    #[test]
    fn a_tls_alert_asks_for_wss() {
        let error = error(b"\x15\x03\x03\x00\x02\x02\x46");
        assert_eq!(error.to_string(), "the server expects TLS: use wss");
    }

    #[test]
    fn a_status_line_is_parsed_strictly() {
        for line in [
            "HTTP/1.1 099 x\r\n",
            "HTTP/1.1 600 x\r\n",
            "HTTP/1.1 1011 x\r\n",
            "HTTP/1.1 10\r\n",
            "HTTP/1.1 -01 x\r\n",
            "HTTP/1.1  101 x\r\n",
            "HTTP/1.1 \r\n",
            "HTTP/1.1 101 x\n",
            "HTTP/1.1 101\n",
            "HTTP/1.1 101 x\ry\r\n",
            "HTTP/1.1 101 x\r\r\n",
            "HTTP/1.1 101 \0\r\n",
        ] {
            assert!(matches!(error(line.as_bytes()), ResponseError::Status(_)), "{line:?}");
        }
    }

    #[test]
    fn a_header_line_is_parsed_strictly() {
        for line in [
            "no colon\r\n",
            "nocolon\r\n",
            ": x\r\n",
            "A : x\r\n",
            "A b: x\r\n",
            "A/b: x\r\n",
            "(A): x\r\n",
            "A\x7f: x\r\n",
            "A: x\n",
            "\n",
            "A: x\r\r\n",
            "A: x\ry\r\n",
            "A: x\0\r\n",
            "A\0: x\r\n",
            " A: x\r\n",
            "Ä: x\r\n",
            "\r\r\n",
        ] {
            let head = format!("HTTP/1.1 101 Yes\r\nOk: 1\r\n{line}");
            assert!(matches!(error(head.as_bytes()), ResponseError::Header(_)), "{line:?}");
            let head = format!("HTTP/1.1 101 Yes\r\n{line}");
            assert!(matches!(error(head.as_bytes()), ResponseError::Header(_)), "{line:?}");
        }
        assert_eq!(
            error(b"HTTP/1.1 101 Yes\r\nA: b\r\n folded\r\n"),
            header_error("invalid header line \" folded\" in the response")
        );
    }

    #[test]
    fn header_fields_are_counted() {
        let head = |count| format!("HTTP/1.1 101 Yes\r\n{}\r\n", "A: b\r\n".repeat(count));
        assert_eq!(complete(head(MAX_HEADERS).as_bytes()).head.headers.len(), MAX_HEADERS);
        let error = error(head(MAX_HEADERS + 1).as_bytes());
        assert_eq!(error, ResponseError::TooLarge("header fields"));
        assert_eq!(error.to_string(), "the response has too many header fields");
    }

    #[test]
    fn a_head_is_limited_to_the_byte() {
        let around = "HTTP/1.1 101 Yes\r\nA: \r\n\r\n".len();
        let head = |value| format!("HTTP/1.1 101 Yes\r\nA: {}\r\n\r\n", "x".repeat(value));
        let fits = head(MAX_HEAD - around);
        assert_eq!(read_cut(fits.as_bytes(), []).0.unwrap().unwrap().head.status, 101);
        let over = head(MAX_HEAD - around + 1);
        assert_eq!(
            read_cut(over.as_bytes(), []).0,
            Err(ResponseError::TooLarge("bytes in its head"))
        );
    }

    #[test]
    fn interim_heads_count_towards_the_limit() {
        let interim = format!("HTTP/1.1 103 Hints\r\nLink: {}\r\n\r\n", "x".repeat(MAX_HEAD / 8));
        let outcome = read_cut(interim.repeat(8).as_bytes(), []).0;
        assert_eq!(outcome, Err(ResponseError::TooLarge("bytes in its head")));
    }

    #[test]
    fn a_line_without_end_is_an_error_at_the_limit() {
        for start in ["HTTP/1.1 ", "HTTP/1.1 101 Yes\r\nA: "] {
            let fits = [start.as_bytes(), &vec![b'x'; MAX_HEAD - start.len()]].concat();
            assert_eq!(read_cut(&fits, 1..fits.len()).0, Ok(None));
            let over = [&fits[..], b"x"].concat();
            assert_eq!(
                read_cut(&over, 1..over.len()).0,
                Err(ResponseError::TooLarge("bytes in its head"))
            );
        }
    }

    #[test]
    fn the_end_in_the_head_is_an_error() {
        let head = b"HTTP/1.1 101 Yes\r\nA: b\r\n\r\n";
        assert_eq!(ended(b""), Err(ResponseError::Incomplete("before it sent a response")));
        for end in 1..head.len() {
            assert_eq!(
                ended(&head[..end]),
                Err(ResponseError::Incomplete("in the middle of its response"))
            );
        }
        assert_eq!(
            ended(b"HTTP/1.1 100 Continue\r\n\r\n").unwrap_err().to_string(),
            "the server closed the connection in the middle of its response"
        );
    }

    /// Reads a proxy's response, at once and byte by byte.
    fn read_from_proxy(bytes: &[u8]) -> Outcome {
        let whole = read_with(ResponseReader::for_connect(), bytes, []);
        assert_eq!(read_with(ResponseReader::for_connect(), bytes, 1..bytes.len()), whole);
        whole
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
        let mut reader = ResponseReader::for_connect();
        let mut input =
            &b"HTTP/1.0 407 No\r\nContent-Length: 2\r\n\r\nnoHTTP/1.0 200 OK\r\n\r\nx"[..];
        let response = reader.receive(&mut input).unwrap().unwrap();
        assert_eq!((response.head.status, response.body.as_slice()), (407, &b"no"[..]));
        assert_eq!(reader.receive(&mut input).unwrap().unwrap().head.status, 200);
        assert_eq!(input, b"x");
    }

    #[test]
    fn a_proxy_that_speaks_something_else_is_named() {
        for (bytes, message) in [
            (&b"\x15\x03"[..], "the proxy expects TLS"),
            (b"\x05\x00", "the proxy did not answer with HTTP/1.1, but with \"\\x05\\x00\""),
            (b"HTTP/2", "the proxy did not answer with HTTP/1.1, but with \"HTTP/2\""),
        ] {
            let outcome = read_with(ResponseReader::for_connect(), bytes, []).0;
            assert_eq!(outcome, Err(status_error(message)));
        }
    }

    #[test]
    fn a_connection_persists_by_version_connection_header_and_body() {
        let persistent = |text: &str| {
            let (response, _) = read_with(ResponseReader::for_connect(), text.as_bytes(), []);
            response.unwrap().unwrap().persistent
        };
        assert!(persistent("HTTP/1.1 407 x\r\nContent-Length: 0\r\n\r\n"));
        assert!(persistent("HTTP/1.1 407 x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
        assert!(persistent(
            "HTTP/1.0 407 x\r\nConnection: x, Keep-Alive\r\nContent-Length: 0\r\n\r\n"
        ));
        assert!(!persistent("HTTP/1.0 407 x\r\nContent-Length: 0\r\n\r\n"));
        assert!(!persistent("HTTP/1.1 407 x\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n"));
        assert!(!ended(b"HTTP/1.1 401 x\r\n\r\nabc").unwrap().persistent);
        assert!(!ended(b"HTTP/1.1 401 x\r\nContent-Length: 2\r\n\r\na").unwrap().persistent);
        let long =
            format!("HTTP/1.1 401 x\r\nContent-Length: 9999999\r\n\r\n{}", "x".repeat(MAX_BODY));
        assert!(!persistent(&long));
    }

    #[test]
    fn the_reader_is_ready_for_the_next_response() {
        let mut reader = ResponseReader::new();
        let mut input =
            &b"HTTP/1.1 401 No\r\nContent-Length: 2\r\n\r\nnoHTTP/1.1 101 Yes\r\n\r\n\x81"[..];
        assert_eq!(reader.receive(&mut input).unwrap().unwrap().body, b"no");
        assert_eq!(reader.receive(&mut input).unwrap().unwrap().head.status, 101);
        assert_eq!(input, b"\x81");
    }
}
