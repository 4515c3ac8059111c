//! A request over HTTP/1.1 (RFC 9112), read as its bytes arrive: bytes in, the events of its head,
//! its content and its end out.
//!
//! Each line is parsed once, as soon as it is complete, so that time is linear in bytes however
//! they are chunked. Parsing is strict, since a server may stand behind a proxy: what the two could
//! read in two ways is an error.

use super::{
    super::{
        authority::Authority,
        headers::Headers,
        message::{Limits, Version},
        request::{Event, ReadError, RequestHead},
        syntax::{is_token, is_token_character},
        target::Target,
    },
    body::{BodyError, BodyReader, Piece},
    fields::{FieldError, FieldReader, Strictness},
    framing::Framing,
    line::{CRLF, LineBuffer, LineTooLong, excerpt},
};

/// Reads one request. It allocates for its head alone: content is returned as it lies in the input.
/// After an error it must not be used.
#[derive(Debug)]
pub struct RequestReader {
    limits: Limits,
    state: State,
}

#[derive(Debug)]
enum State {
    Head(HeadReader),
    Body(BodyReader),
    Over,
}

impl RequestReader {
    /// A reader that expects the first byte of a request.
    pub fn new(limits: Limits) -> Self {
        Self { limits, state: State::Head(HeadReader::new(limits)) }
    }

    /// Expects the first byte of another request.
    pub fn restart(&mut self) {
        *self = Self::new(self.limits);
    }

    /// Whether nothing of the request has arrived, but for empty lines.
    pub fn is_idle(&self) -> bool {
        match &self.state {
            State::Head(reader) => {
                reader.line_and_fields.is_none() && reader.line.bytes().is_empty()
            }
            State::Body(_) | State::Over => false,
        }
    }

    /// Takes bytes from the front of `input`, up to the next event. `None` if there is none in it;
    /// then all of it was taken, unless the request is over. What follows the request stays in
    /// `input`; so does everything behind the head, until this is called again. The end of a
    /// request may need no more bytes than what came before it, so call this until it returns
    /// `None`, also when `input` is empty.
    pub fn receive<'a>(&mut self, input: &mut &'a [u8]) -> Result<Option<Event<'a>>, ReadError> {
        match &mut self.state {
            State::Head(reader) => {
                let Some((head, framing)) = reader.receive(input)? else { return Ok(None) };
                // It is known before the content comes, which a client may hold back until it is
                // asked for.
                if matches!(framing, Framing::Length(length) if length > self.limits.body) {
                    return Err(ReadError::LargeContent);
                }
                let left = reader.bytes_left;
                let reader = BodyReader::new(framing, self.limits, left, Strictness::Strict);
                self.state = State::Body(reader);
                Ok(Some(Event::Head(head)))
            }
            State::Body(reader) => match reader.receive(input)? {
                None => Ok(None),
                Some(Piece::Data(data)) => Ok(Some(Event::Data(data))),
                Some(Piece::End(trailers)) => {
                    self.state = State::Over;
                    Ok(Some(Event::End(trailers)))
                }
            },
            State::Over => Ok(None),
        }
    }

    /// The connection has ended, after all of its bytes were received. Errors if a request had
    /// begun and was not complete.
    pub fn end_of_input(&self) -> Result<(), ReadError> {
        match &self.state {
            State::Over => Ok(()),
            State::Body(reader) if reader.may_end() => Ok(()),
            State::Head(_) if self.is_idle() => Ok(()),
            State::Head(_) | State::Body(_) => Err(ReadError::Incomplete),
        }
    }
}

/// Reads a head.
#[derive(Debug)]
struct HeadReader {
    max_fields: usize,
    line: LineBuffer,
    /// How many more bytes all lines may have.
    bytes_left: usize,
    /// The first line, once it is complete, and the fields behind it.
    line_and_fields: Option<(RequestLine, FieldReader)>,
}

/// request-line = method SP request-target SP HTTP-version (RFC 9112 section 3)
#[derive(Debug)]
struct RequestLine {
    method: String,
    target: Target,
    version: Version,
}

impl HeadReader {
    fn new(limits: Limits) -> Self {
        Self {
            max_fields: limits.headers,
            line: LineBuffer::default(),
            bytes_left: limits.head,
            line_and_fields: None,
        }
    }

    /// Takes bytes from the front of `input`, until the head is complete.
    fn receive(&mut self, input: &mut &[u8]) -> Result<Option<(RequestHead, Framing)>, ReadError> {
        loop {
            let line = self.line.receive(input, self.bytes_left);
            if self.line_and_fields.is_none() {
                check_start(match &line {
                    Ok(Some(line)) => line,
                    Ok(None) | Err(LineTooLong) => self.line.bytes(),
                })?;
            }
            let line = line.map_err(|LineTooLong| match self.line_and_fields {
                None => ReadError::LongLine,
                Some(_) => ReadError::LargeHead("bytes in its head"),
            })?;
            let Some(line) = line else { return Ok(None) };
            self.bytes_left -= line.len();
            match &mut self.line_and_fields {
                // "a server that is expecting to receive and parse a request-line SHOULD ignore at
                // least one empty line (CRLF) received prior to the request-line." (RFC 9112
                // section 2.2)
                None if line == CRLF => {}
                None => {
                    let fields = FieldReader::new(self.max_fields, Strictness::Strict);
                    self.line_and_fields = Some((parse_request_line(&line)?, fields));
                }
                Some((_, fields)) => {
                    let Some(headers) = fields.receive(&line)? else { continue };
                    let Some((line, _)) = self.line_and_fields.take() else { continue };
                    return finish(line, headers).map(Some);
                }
            }
        }
    }
}

/// Refuses the start of a request line, complete or not, that cannot be one.
fn check_start(line: &[u8]) -> Result<(), ReadError> {
    /// The content type of a TLS handshake (RFC 8446 section 5.1).
    const TLS_HANDSHAKE: u8 = 0x16;
    match line.first() {
        None | Some(b'\r') => Ok(()),
        Some(byte) if is_token_character(char::from(*byte)) => Ok(()),
        Some(&TLS_HANDSHAKE) => Err(ReadError::Tls),
        Some(_) => Err(ReadError::Line(excerpt(line))),
    }
}

fn parse_request_line(line: &[u8]) -> Result<RequestLine, ReadError> {
    let invalid = || ReadError::Line(excerpt(line));
    // What is not UTF-8 has a byte that must not be in a target.
    let text = line.strip_suffix(CRLF).and_then(|line| str::from_utf8(line).ok());
    let mut words = text.ok_or_else(invalid)?.split(' ');
    let (Some(method), Some(target), Some(version), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(invalid());
    };
    if !is_token(method) {
        return Err(invalid());
    }
    let version = match *version.as_bytes() {
        [b'H', b'T', b'T', b'P', b'/', b'1', b'.', b'0'] => Version::Http10,
        // "the recipient SHOULD process the message as if it was in the highest minor version
        // within that major version to which the recipient is conformant." (RFC 9110 section 2.5)
        [b'H', b'T', b'T', b'P', b'/', b'1', b'.', b'1'..=b'9'] => Version::Http11,
        [b'H', b'T', b'T', b'P', b'/', b'0'..=b'9', b'.', b'0'..=b'9'] => {
            return Err(ReadError::Version(version.to_owned()));
        }
        _ => return Err(invalid()),
    };
    // "most origin servers do not implement CONNECT" (RFC 9110 section 9.3.6).
    if method == "CONNECT" {
        return Err(ReadError::Connect);
    }
    let target = Target::parse(target.to_owned(), method).map_err(ReadError::Target)?;
    Ok(RequestLine { method: method.to_owned(), target, version })
}

/// The head of these parts, and what follows it.
fn finish(line: RequestLine, headers: Headers) -> Result<(RequestHead, Framing), ReadError> {
    let RequestLine { method, target, version } = line;
    check_host(version, &headers)?;
    let framing = Framing::of_request(version, &headers)?;
    let head = RequestHead {
        is_persistent: framing.is_reusable(version, &headers),
        has_content: !matches!(framing, Framing::Empty | Framing::Length(0)),
        method,
        target,
        version,
        headers,
    };
    // "A server that receives an Expect field value containing a member other than 100-continue MAY
    // respond with a 417 (Expectation Failed) status code to indicate that the unexpected
    // expectation cannot be met." (RFC 9110 section 10.1.1)
    let is_other = |expectation: &&str| !expectation.eq_ignore_ascii_case("100-continue");
    if let Some(other) = head.expectations().find(is_other) {
        return Err(ReadError::Expectation(excerpt(other.as_bytes())));
    }
    Ok((head, framing))
}

/// "A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request message that
/// lacks a Host header field and to any request message that contains more than one Host header
/// field line or a Host header field with an invalid field value." (RFC 9112 section 3.2)
fn check_host(version: Version, headers: &Headers) -> Result<(), ReadError> {
    let hosts: Vec<_> = headers.all("Host").collect();
    match hosts[..] {
        [] if version == Version::Http10 => Ok(()),
        [] => Err(ReadError::Header("no Host in the request".to_owned())),
        [host] if Authority::parse(host).is_some() => Ok(()),
        [host] => {
            let host = excerpt(host.as_bytes());
            Err(ReadError::Header(format!("invalid Host \"{host}\" in the request")))
        }
        _ => Err(ReadError::Header("more than one Host in the request".to_owned())),
    }
}

impl From<FieldError> for ReadError {
    fn from(error: FieldError) -> Self {
        match error {
            FieldError::Invalid(line) => {
                Self::Header(format!("invalid header line \"{line}\" in the request"))
            }
            FieldError::TooMany => Self::LargeHead("header fields"),
        }
    }
}

impl From<BodyError> for ReadError {
    fn from(error: BodyError) -> Self {
        match error {
            BodyError::TooLarge => Self::LargeContent,
            BodyError::LongTrailer => Self::LargeHead("bytes in its head"),
            BodyError::Coding(text) => Self::Content(text),
            BodyError::Trailer(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { head: 4096, headers: 16, body: 1024 };

    /// What some bytes become.
    #[derive(Debug, PartialEq)]
    struct Read {
        head: Option<RequestHead>,
        content: Vec<u8>,
        trailers: Option<Headers>,
        error: Option<ReadError>,
        /// How many bytes follow the request.
        left: usize,
    }

    fn read_cut(limits: Limits, bytes: &[u8], cuts: &[usize]) -> Read {
        let mut reader = RequestReader::new(limits);
        let (mut head, mut content) = (None, Vec::new());
        let mut start = 0;
        for &end in cuts.iter().chain([&bytes.len()]) {
            let mut input = &bytes[start..end];
            loop {
                let left = input.len() + bytes.len() - end;
                match reader.receive(&mut input) {
                    Ok(Some(Event::Head(received))) => head = Some(received),
                    Ok(Some(Event::Data(data))) => content.extend(data),
                    Ok(Some(Event::End(trailers))) => {
                        assert_eq!(reader.end_of_input(), Ok(()));
                        let (trailers, left) = (Some(trailers), input.len() + bytes.len() - end);
                        return Read { head, content, trailers, error: None, left };
                    }
                    Ok(None) => break,
                    Err(error) => {
                        return Read { head, content, trailers: None, error: Some(error), left };
                    }
                }
            }
            assert_eq!(input, b"");
            start = end;
        }
        Read { head, content, trailers: None, error: reader.end_of_input().err(), left: 0 }
    }

    /// Passes `bytes` at once, in two pieces of every size, and one by one, which must make no
    /// difference but to the excerpt in an error and to what is left then.
    fn read_within(limits: Limits, bytes: &[u8]) -> Read {
        let whole = read_cut(limits, bytes, &[]);
        let one_by_one: Vec<usize> = (1..bytes.len()).collect();
        for cuts in one_by_one.iter().map(std::slice::from_ref).chain([&one_by_one[..]]) {
            let other = read_cut(limits, bytes, cuts);
            match (&other.error, &whole.error) {
                (Some(error), Some(expected)) => {
                    assert_eq!(error.status(), expected.status(), "{bytes:?}");
                }
                _ => assert_eq!(other, whole),
            }
            assert_eq!((&other.head, &other.content), (&whole.head, &whole.content));
        }
        whole
    }

    fn read(bytes: &[u8]) -> Read {
        read_within(LIMITS, bytes)
    }

    /// The head of bytes that have nothing behind the request.
    fn head(bytes: &str) -> RequestHead {
        let read = read(bytes.as_bytes());
        assert_eq!((read.error, read.left), (None, 0), "{bytes:?}");
        assert!(read.trailers.is_some(), "{bytes:?}");
        read.head.unwrap()
    }

    /// The status and the text for bytes that are an error.
    fn error(bytes: &str) -> (u16, String) {
        let error = read(bytes.as_bytes()).error.unwrap_or_else(|| panic!("{bytes:?}"));
        let text = error.to_string();
        assert!(text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{text}");
        (error.status(), text)
    }

    fn with_fields(lines: &str) -> String {
        format!("POST / HTTP/1.1\r\nHost: a\r\n{lines}\r\n")
    }

    // Head

    #[test]
    fn a_head_is_read_to_its_last_byte() {
        let bytes = b"GET /chat?x=1 HTTP/1.1\r\nHost: a:80\r\nx-Odd:\t y \r\n\r\n\x81\x80";
        let read = read(bytes);
        let head = read.head.unwrap();
        assert_eq!((head.method.as_str(), head.target.as_str()), ("GET", "/chat?x=1"));
        assert_eq!((head.version, head.authority()), (Version::Http11, "a:80"));
        let fields: Vec<_> = head.headers.iter().collect();
        assert_eq!(fields, [("Host", "a:80"), ("x-Odd", "y")]);
        assert!(!head.has_content && head.is_persistent && !head.expects_continue());
        assert_eq!((read.error, read.left), (None, 2));
    }

    #[test]
    fn what_follows_a_head_is_left_until_it_is_asked_for() {
        let mut reader = RequestReader::new(LIMITS);
        let mut input = &b"GET / HTTP/1.1\r\nHost: a\r\n\r\n\x81\x80"[..];
        assert!(matches!(reader.receive(&mut input), Ok(Some(Event::Head(_)))));
        assert_eq!(input, b"\x81\x80");
    }

    #[test]
    fn empty_lines_before_it_are_ignored() {
        assert_eq!(head("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n").method, "GET");
        assert_eq!(error("\nGET / HTTP/1.1\r\n").0, 400);
        assert_eq!(error("\r\r\nGET / HTTP/1.1\r\n").0, 400);
        assert_eq!(error(" \r\n").0, 400);
        let many = "\r\n".repeat(LIMITS.head);
        assert_eq!(read_cut(LIMITS, many.as_bytes(), &[]).error.unwrap().status(), 414);
    }

    #[test]
    fn versions_above_1_1_of_1_are_1_1() {
        assert_eq!(head("GET / HTTP/1.0\r\n\r\n").version, Version::Http10);
        assert_eq!(head("GET / HTTP/1.2\r\nHost: a\r\n\r\n").version, Version::Http11);
        for version in ["HTTP/2.0", "HTTP/0.9", "HTTP/3.1"] {
            let error = error(&format!("GET / {version}\r\n"));
            assert_eq!(error, (505, format!("{version} is not supported")));
        }
        assert_eq!(error("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").0, 505);
    }

    #[test]
    fn a_request_line_is_parsed_strictly() {
        for line in [
            "GET",
            "GET /",
            "GET / ",
            "GET  / HTTP/1.1",
            "GET / HTTP/1.1 ",
            "GET /  HTTP/1.1",
            "GET\t/ HTTP/1.1",
            "GET /a b HTTP/1.1",
            "GET / http/1.1",
            "GET / HTTP/1",
            "GET / HTTP/1.10",
            "GET / HTTP/11.1",
            "GET / HTTP/a.b",
            "GET / HTTP/1.1\r",
            "GET /\r HTTP/1.1\rx",
            " GET / HTTP/1.1",
            "G(T / HTTP/1.1",
            "GET: / HTTP/1.1",
            "SSH-2.0-OpenSSH_9.2",
            "\0",
            "\u{E9}",
        ] {
            assert_eq!(error(&format!("{line}\r\nHost: a\r\n\r\n")).0, 400, "{line:?}");
        }
        assert_eq!(read(b"GET /\xFF HTTP/1.1\r\n").error.unwrap().status(), 400);
        assert_eq!(
            error("GET /a b HTTP/1.1\r\n"),
            (400, "invalid request line \"GET /a b HTTP/1.1\"".to_owned())
        );
    }

    #[test]
    fn a_bare_line_feed_ends_no_line() {
        let head = "GET / HTTP/1.1\r\nHost: a\r\nB: c\r\n\r\n";
        assert_eq!(read(head.as_bytes()).error, None);
        for (end, _) in head.match_indices('\r') {
            let head = [&head[..end], &head[end + 1..]].concat();
            assert_eq!(error(&head).0, 400, "{head:?}");
        }
    }

    #[test]
    fn tls_is_known_by_its_first_byte() {
        let mut reader = RequestReader::new(LIMITS);
        assert_eq!(reader.receive(&mut &b"\x16"[..]), Err(ReadError::Tls));
        let mut reader = RequestReader::new(LIMITS);
        assert!(reader.receive(&mut &b"\x80"[..]).is_err());
    }

    #[test]
    fn methods_are_tokens_as_they_are_spelled() {
        for method in ["get", "M-SEARCH", "!#$%&'*+-.^_`|~", "connect", "PRI"] {
            let head = head(&format!("{method} / HTTP/1.1\r\nHost: a\r\n\r\n"));
            assert_eq!(head.method, method);
        }
    }

    #[test]
    fn tunnels_are_for_proxies() {
        assert_eq!(error("CONNECT a:443 HTTP/1.1\r\n").0, 501);
        assert_eq!(error("GET a:443 HTTP/1.1\r\n").0, 400);
    }

    #[test]
    fn the_host_is_that_of_the_target_if_it_has_one() {
        let host = |target: &str| {
            head(&format!("GET {target} HTTP/1.1\r\nHost: b\r\n\r\n")).authority().to_owned()
        };
        assert_eq!((host("http://a:81/"), host("/")), ("a:81".to_owned(), "b".to_owned()));
        let options = head("OPTIONS * HTTP/1.1\r\nHost: b\r\n\r\n");
        assert_eq!((options.target.path(), options.authority()), ("*", "b"));
    }

    #[test]
    fn http_1_1_has_one_host() {
        for (lines, text) in [
            ("", "no Host in the request"),
            ("Host: a\r\nHost: a\r\n", "more than one Host in the request"),
            ("Host: a\r\nhost: b\r\n", "more than one Host in the request"),
            ("Host: a, b\r\n", "invalid Host \"a, b\" in the request"),
            ("Host: a/b\r\n", "invalid Host \"a/b\" in the request"),
            ("Host: u@a\r\n", "invalid Host \"u@a\" in the request"),
            ("Host: \u{E9}\r\n", "invalid Host \"\\xc3\\xa9\" in the request"),
        ] {
            let expected = (400, text.to_owned());
            assert_eq!(error(&format!("GET / HTTP/1.1\r\n{lines}\r\n")), expected);
            // The target has one, but that does not mend it.
            assert_eq!(error(&format!("GET http://a/ HTTP/1.1\r\n{lines}\r\n")), expected);
        }
        assert_eq!(head("GET / HTTP/1.1\r\nHost:\r\n\r\n").authority(), "");
        assert_eq!(head("GET / HTTP/1.0\r\n\r\n").authority(), "");
        assert_eq!(error("GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n").0, 400);
        assert_eq!(error("GET / HTTP/1.0\r\nHost: a b\r\n\r\n").0, 400);
    }

    #[test]
    fn a_header_line_is_parsed_strictly() {
        for line in [
            "no colon\r\n",
            ": x\r\n",
            "A : x\r\n",
            "A b: x\r\n",
            "(A): x\r\n",
            "A: x\r\r\n",
            "A: x\ry\r\n",
            "A: x\0\r\n",
            "A: x\n",
            "Ä: x\r\n",
            "\n",
            " folded\r\n",
            "\tfolded\r\n",
            " \r\n",
        ] {
            assert_eq!(error(&with_fields(line)).0, 400, "{line:?}");
            assert_eq!(error(&format!("GET / HTTP/1.1\r\n{line}")).0, 400, "{line:?}");
        }
        assert_eq!(
            error(&with_fields("A: b\r\n c\r\n")),
            (400, "invalid header line \" c\" in the request".to_owned())
        );
    }

    #[test]
    fn text_in_values_is_utf8_or_latin_1() {
        let read = read(b"GET / HTTP/1.1\r\nHost: a\r\nB: \xC3\xA9\r\nC: \xE9\r\n\r\n");
        let head = read.head.unwrap();
        assert_eq!((head.headers.first("B"), head.headers.first("C")), (Some("é"), Some("é")));
    }

    #[test]
    fn a_head_is_limited() {
        let line = |bytes| format!("GET /{} HTTP/1.1\r\n", "x".repeat(bytes));
        let around = line(0).len();
        let limits = Limits { head: 100, headers: 2, body: 4 };
        let status =
            |bytes: &str| read_within(limits, bytes.as_bytes()).error.map(|error| error.status());
        assert_eq!(status(&format!("{}Host: a\r\n\r\n", line(100 - around - 11))), None);
        assert_eq!(status(&format!("{}Host: a\r\n\r\n", line(100 - around - 10))), Some(431));
        assert_eq!(status(&line(100 - around + 1)), Some(414));
        assert_eq!(status(&"x".repeat(101)), Some(414));
        assert_eq!(status("GET / HTTP/1.1\r\nHost: a\r\nB: c\r\nD: e\r\n\r\n"), Some(431));
        assert_eq!(status("GET / HTTP/1.1\r\nHost: a\r\nB: c\r\n\r\n"), None);
    }

    // Content

    #[test]
    fn content_ends_by_its_length() {
        let read = read(&[with_fields("Content-Length: 3\r\n").as_bytes(), b"abcGET"].concat());
        let head = read.head.unwrap();
        assert!(head.has_content && head.is_persistent);
        assert_eq!((&read.content[..], read.left, read.error), (&b"abc"[..], 3, None));
        assert_eq!(read.trailers, Some(Headers::new()));
        assert!(!head_of("Content-Length: 0\r\n").has_content);
    }

    fn head_of(lines: &str) -> RequestHead {
        head(&with_fields(lines))
    }

    #[test]
    fn content_may_be_chunked() {
        let head = with_fields("Transfer-Encoding: Chunked\r\n");
        let body = "3;x=\"y\"\r\nabc\r\n01\r\nd\r\n0\r\nX: y\r\nContent-Length: 9\r\n\r\nGET";
        let read = read(format!("{head}{body}").as_bytes());
        assert!(read.head.unwrap().has_content);
        assert_eq!((&read.content[..], read.left, read.error), (&b"abcd"[..], 3, None));
        assert_eq!(read.trailers, Some([("X", "y")].into_iter().collect()));
    }

    #[test]
    fn without_a_length_there_is_no_content() {
        let read = read(b"POST / HTTP/1.0\r\n\r\nabc");
        assert!(!read.head.unwrap().has_content);
        assert_eq!((&read.content[..], read.left, read.error), (&b""[..], 3, None));
    }

    #[test]
    fn broken_chunks_are_errors() {
        let head = with_fields("Transfer-Encoding: chunked\r\n");
        for (body, status) in [
            ("x\r\n", 400),
            ("1\n", 400),
            ("0x1\r\n", 400),
            ("10000000000000000\r\n", 400),
            ("1\r\nab\r\n", 400),
            ("1\r\na\n", 400),
            ("0\r\nA: b\n\r\n", 400),
            ("0\r\nA: b\r\n c\r\n\r\n", 400),
            ("0\r\n\n", 400),
            ("0\r\n", 400),
            ("400\r\n", 400),
        ] {
            assert_eq!(error(&format!("{head}{body}")).0, status, "{body:?}");
        }
        let many = format!("{head}0\r\n{}\r\n", "A: b\r\n".repeat(17));
        assert_eq!(read_cut(LIMITS, many.as_bytes(), &[]).error.unwrap().status(), 431);
        let long = format!("{head}1;{}", "x".repeat(5000));
        assert_eq!(read_cut(LIMITS, long.as_bytes(), &[]).error.unwrap().status(), 400);
    }

    #[test]
    fn lengths_are_numbers_that_agree() {
        for value in ["", "x", "-1", "+1", "0x1", "1 2", "1,", "1, 2", "1\r\nContent-Length: 2"] {
            assert_eq!(error(&with_fields(&format!("Content-Length: {value}\r\n"))).0, 400);
        }
        assert_eq!(
            error(&with_fields("Content-Length: x\r\n")).1,
            "invalid or contradictory Content-Length \"x\" in the request"
        );
        let agreed = with_fields("Content-Length: 1, 1\r\ncontent-length: 1\r\n") + "a";
        assert_eq!(read(agreed.as_bytes()).content, b"a");
    }

    #[test]
    fn only_chunked_is_known_and_once() {
        for (coding, status) in [
            ("gzip, chunked", 501),
            ("identity, chunked", 501),
            ("gzip\r\nTransfer-Encoding: chunked", 501),
            ("gzip", 400),
            ("", 400),
            (",", 400),
            ("identity", 400),
            ("xchunked", 400),
            ("chunked;q=1", 400),
            ("\"chunked\"", 400),
            ("chunked, gzip", 400),
            ("chunked, chunked", 400),
            ("chunked\r\nTransfer-Encoding: chunked", 400),
            ("chunked\r\nContent-Length: 1", 400),
            ("gzip\r\nContent-Length: 1", 400),
        ] {
            let lines = format!("Transfer-Encoding: {coding}\r\n");
            assert_eq!(error(&with_fields(&lines)).0, status, "{coding}");
        }
        assert_eq!(error("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n").0, 400);
        assert_eq!(
            error(&with_fields("Transfer-Encoding: gzip, chunked\r\n")).1,
            "the Transfer-Encoding \"gzip\" is not supported"
        );
    }

    #[test]
    fn content_is_limited() {
        let limits = Limits { body: 3, ..LIMITS };
        let read = |lines: &str, body: &str| {
            let bytes = format!("{}{body}", with_fields(lines));
            let read = read_within(limits, bytes.as_bytes());
            (read.head.is_some(), read.content, read.error.map(|error| error.status()))
        };
        assert_eq!(read("Content-Length: 3\r\n", "abc"), (true, b"abc".to_vec(), None));
        // It is known before any of it comes.
        assert_eq!(read("Content-Length: 4\r\n", "abcd"), (false, Vec::new(), Some(413)));
        let huge = "Content-Length: 18446744073709551615\r\n";
        assert_eq!(read(huge, ""), (false, Vec::new(), Some(413)));
        let chunked = "Transfer-Encoding: chunked\r\n";
        assert_eq!(read(chunked, "3\r\nabc\r\n0\r\n\r\n"), (true, b"abc".to_vec(), None));
        assert_eq!(read(chunked, "3\r\nabc\r\n1\r\n"), (true, b"abc".to_vec(), Some(413)));
    }

    #[test]
    fn a_client_may_wait_for_a_100() {
        let expects = |text: &str| {
            let mut reader = RequestReader::new(LIMITS);
            match reader.receive(&mut text.as_bytes()) {
                Ok(Some(Event::Head(head))) => head.expects_continue(),
                other => panic!("{other:?}"),
            }
        };
        let length = "Content-Length: 1\r\n";
        assert!(expects(&with_fields(&format!("Expect: 100-Continue\r\n{length}"))));
        assert!(!expects(&with_fields("Expect: 100-continue\r\n")));
        assert!(!expects(&with_fields(length)));
        assert!(!expects(&format!("POST / HTTP/1.0\r\nExpect: 100-continue\r\n{length}\r\n")));
        assert_eq!(
            error(&with_fields("Expect: 100-continue, x=\"y\"\r\n")),
            (417, "the expectation \"x=\\\"y\\\"\" cannot be met".to_owned())
        );
    }

    // Persistence

    #[test]
    fn a_connection_persists_by_version_and_connection_header() {
        let persists = |version: &str, lines: &str| {
            head(&format!("GET / {version}\r\nHost: a\r\n{lines}\r\n")).is_persistent
        };
        assert!(persists("HTTP/1.1", ""));
        assert!(persists("HTTP/1.1", "Connection: x\r\n"));
        assert!(!persists("HTTP/1.1", "Connection: x, Close\r\n"));
        assert!(!persists("HTTP/1.0", ""));
        assert!(persists("HTTP/1.0", "Connection: Keep-Alive\r\n"));
        assert!(!persists("HTTP/1.0", "Connection: keep-alive, close\r\n"));
    }

    #[test]
    fn one_request_follows_another() {
        let mut reader = RequestReader::new(LIMITS);
        let mut input =
            &b"GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n"[..];
        for path in ["/1", "/2"] {
            assert!(reader.is_idle());
            let Ok(Some(Event::Head(head))) = reader.receive(&mut input) else { panic!() };
            assert_eq!(head.target.path(), path);
            assert!(!reader.is_idle());
            assert_eq!(reader.receive(&mut input), Ok(Some(Event::End(Headers::new()))));
            assert_eq!(reader.receive(&mut input), Ok(None));
            reader.restart();
        }
        assert_eq!(input, b"");
    }

    #[test]
    fn the_end_inside_a_request_is_an_error() {
        let bytes = with_fields("Content-Length: 2\r\n") + "ab";
        assert_eq!(read(b"").error, None);
        assert_eq!(read(b"\r\n").error, None);
        for end in 1..bytes.len() {
            assert_eq!(read(&bytes.as_bytes()[..end]).error, Some(ReadError::Incomplete));
        }
        let mut reader = RequestReader::new(LIMITS);
        assert_eq!(reader.receive(&mut &b"\r\nG"[..]), Ok(None));
        assert!(!reader.is_idle());
    }

    #[test]
    fn nothing_is_allocated_for_an_announced_length() {
        let limits = Limits { body: u64::MAX, ..LIMITS };
        let mut reader = RequestReader::new(limits);
        let bytes = with_fields("Content-Length: 18446744073709551615\r\n");
        let mut input = bytes.as_bytes();
        assert!(matches!(reader.receive(&mut input), Ok(Some(Event::Head(_)))));
        assert_eq!(reader.receive(&mut input), Ok(None));
        let mut input = &b"abc"[..];
        assert_eq!(reader.receive(&mut input), Ok(Some(Event::Data(b"abc"))));
    }
}
