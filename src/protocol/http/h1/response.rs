//! The response to a request over HTTP/1.1 (RFC 9112), read as its bytes arrive: bytes in, the
//! events of its head, its content and its end out.

use super::{
    super::{
        message::Limits,
        response::{Event, ResponseError},
    },
    body::{BodyError, BodyReader, Piece},
    fields::{FieldError, Strictness},
    framing::{Framing, Method},
    head::{Answer, HeadReader},
};

/// Reads one final response. Of the interim ones before it, only a 100 is told. It allocates for
/// header fields alone: content is returned as it lies in the input. After an error it must not be
/// used.
#[derive(Debug)]
pub struct ResponseReader {
    method: Method,
    upgrade: bool,
    limits: Limits,
    state: State,
}

#[derive(Debug)]
enum State {
    Head(HeadReader),
    Body { reader: BodyReader, reusable: bool },
    Over,
}

impl ResponseReader {
    /// A reader that expects the first byte of the response to a request with this method. To a
    /// CONNECT a proxy responds, else a server. A 101 is an error.
    pub fn new(method: &str, limits: Limits) -> Self {
        Self::expecting(Method::parse(method), false, limits)
    }

    /// The same for a request that has an Upgrade: a 101 is a final response.
    pub fn for_upgrade(method: &str, limits: Limits) -> Self {
        Self::expecting(Method::parse(method), true, limits)
    }

    fn expecting(method: Method, upgrade: bool, limits: Limits) -> Self {
        let peer = if method == Method::Connect { "proxy" } else { "server" };
        let state = State::Head(HeadReader::new(peer, upgrade, limits));
        Self { method, upgrade, limits, state }
    }

    /// Expects the first byte of another response, to a request with the same method that has an
    /// Upgrade or not as the one before.
    pub fn restart(&mut self) {
        *self = Self::expecting(self.method, self.upgrade, self.limits);
    }

    /// Takes bytes from the front of `input`, up to the next event. `None` if there is none in it;
    /// then all of it was taken, unless the response is over. What follows the response stays in
    /// `input`: after a 101 it belongs to the new protocol, and after a 2XX to a CONNECT to the
    /// tunnel. The end of a response may need no more bytes than what came before it, so call this
    /// until it returns `None`, also when `input` is empty.
    pub fn receive<'a>(
        &mut self,
        input: &mut &'a [u8],
    ) -> Result<Option<Event<'a>>, ResponseError> {
        match &mut self.state {
            State::Head(reader) => {
                let head = match reader.receive(input)? {
                    None => return Ok(None),
                    Some(Answer::Continue) => return Ok(Some(Event::Continue)),
                    Some(Answer::Final(head)) => head,
                };
                let framing = Framing::of_response(&head, self.method)?;
                let reusable = framing.is_reusable(head.version, &head.headers);
                let left = reader.bytes_left();
                let reader = BodyReader::new(framing, self.limits, left, Strictness::Lenient);
                self.state = State::Body { reader, reusable };
                Ok(Some(Event::Head(head)))
            }
            State::Body { reader, reusable } => match reader.receive(input)? {
                None => Ok(None),
                Some(Piece::Data(data)) => Ok(Some(Event::Data(data))),
                Some(Piece::End(trailers)) => {
                    let reusable = *reusable;
                    self.state = State::Over;
                    Ok(Some(Event::End { reusable, trailers }))
                }
            },
            State::Over => Ok(None),
        }
    }

    /// How many of the next bytes are surely content, and [received](Self::receive) as such.
    pub fn content_left(&self) -> u64 {
        match &self.state {
            State::Body { reader, .. } => reader.content_left(),
            State::Head(_) | State::Over => 0,
        }
    }

    /// The connection has ended, after all of its bytes were received: with that the response is
    /// over, and [`Event::End`] will not come. Errors if it was not complete.
    pub fn end_of_input(&mut self) -> Result<(), ResponseError> {
        let result = match &self.state {
            State::Head(reader) => Err(reader.end_of_input()),
            State::Body { reader, .. } if reader.may_end() => Ok(()),
            State::Body { .. } => Err(ResponseError::Incomplete("in the middle of its response")),
            State::Over => Ok(()),
        };
        self.state = State::Over;
        result
    }
}

impl From<FieldError> for ResponseError {
    fn from(error: FieldError) -> Self {
        match error {
            FieldError::Invalid(line) => {
                Self::Header(format!("invalid header line \"{line}\" in the response"))
            }
            FieldError::TooMany => Self::TooLarge("header fields"),
        }
    }
}

impl From<BodyError> for ResponseError {
    fn from(error: BodyError) -> Self {
        match error {
            BodyError::TooLarge => Self::BodyTooLarge,
            BodyError::LongTrailer => Self::TooLarge("bytes in its head"),
            BodyError::Coding(text) => Self::Body(text),
            BodyError::Trailer(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::super::{headers::Headers, message::Version, response::ResponseHead, testing::*},
        *,
    };

    /// The end of a response without trailers.
    const END: Event<'_> = Event::End { reusable: true, trailers: Headers::new() };

    /// The events in some bytes, all content as one, and how many bytes were left.
    #[derive(Debug, PartialEq)]
    struct Read {
        continues: usize,
        head: Option<ResponseHead>,
        content: Vec<u8>,
        reusable: Option<bool>,
        trailers: Headers,
        error: Option<ResponseError>,
        left: usize,
    }

    fn read_cut(new: &dyn Fn() -> ResponseReader, bytes: &[u8], cuts: &[usize]) -> Read {
        let mut reader = new();
        let mut continues = 0;
        let (mut head, mut content, mut reusable) = (None, Vec::new(), None);
        let mut trailers = Headers::new();
        let mut start = 0;
        for &end in cuts.iter().chain([&bytes.len()]) {
            let mut input = &bytes[start..end];
            let error = loop {
                match reader.receive(&mut input) {
                    Ok(Some(Event::Continue)) => {
                        assert_eq!(head, None);
                        continues += 1;
                    }
                    Ok(Some(Event::Head(received))) => head = Some(received),
                    Ok(Some(Event::Data(data))) => content.extend(data),
                    Ok(Some(Event::End { reusable: flag, trailers: fields })) => {
                        (reusable, trailers) = (Some(flag), fields);
                    }
                    Ok(None) => break None,
                    Err(error) => break Some(error),
                }
            };
            if reusable.is_some() || error.is_some() {
                let left = input.len() + bytes.len() - end;
                return Read { continues, head, content, reusable, trailers, error, left };
            }
            assert_eq!(input, b"");
            start = end;
        }
        Read { continues, head, content, reusable, trailers, error: None, left: 0 }
    }

    /// Passes `bytes` at once, in two pieces of every size, and one by one, which must make no
    /// difference.
    fn read(method: &str, limits: Limits, bytes: &[u8]) -> Read {
        read_with(&|| ResponseReader::new(method, limits), bytes)
    }

    fn read_with(new: &dyn Fn() -> ResponseReader, bytes: &[u8]) -> Read {
        let whole = read_cut(new, bytes, &[]);
        let one_by_one: Vec<usize> = (1..bytes.len()).collect();
        for cuts in one_by_one.iter().map(std::slice::from_ref).chain([&one_by_one[..]]) {
            let other = read_cut(new, bytes, cuts);
            assert_eq!(other.error, whole.error);
            if other.error.is_none() {
                assert_eq!(other, whole);
            } else {
                assert_eq!((&other.head, &other.content), (&whole.head, &whole.content));
            }
        }
        whole
    }

    #[test]
    fn a_response_arrives_as_events() {
        let mut reader = ResponseReader::new("GET", LIMITS);
        let mut input = &b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc"[..];
        let headers = [("Content-Length", "5")].into_iter().collect();
        let head = ResponseHead {
            version: Version::Http11,
            status: 200,
            reason: "OK".to_owned(),
            headers,
        };
        assert_eq!(reader.receive(&mut input), Ok(Some(Event::Head(head))));
        assert_eq!(reader.receive(&mut input), Ok(Some(Event::Data(b"abc"))));
        assert_eq!(reader.receive(&mut input), Ok(None));
        let mut input = &b"deHTTP/1.1"[..];
        assert_eq!(reader.receive(&mut input), Ok(Some(Event::Data(b"de"))));
        assert_eq!(reader.receive(&mut input), Ok(Some(END)));
        assert_eq!(reader.receive(&mut input), Ok(None));
        assert_eq!(input, b"HTTP/1.1");
    }

    #[test]
    fn how_much_content_is_left_is_known_where_nothing_is_in_between() {
        for (parts, left) in [
            (&["Content-Length: 5\r\n\r", "\n", "ab", "cde"][..], &[0, 5, 3, 0][..]),
            (&["A: b\r\n\r\n", "ab"], &[u64::MAX, u64::MAX - 2]),
            (
                &["Transfer-Encoding: chunked\r\n\r\n", "5\r\nab", "cde", "\r\n", "A\r\n"],
                &[0, 3, 0, 0, 10],
            ),
        ] {
            let mut reader = ResponseReader::new("GET", Limits { body: u64::MAX, ..LIMITS });
            assert_eq!(reader.receive(&mut &b"HTTP/1.1 200 OK\r\n"[..]), Ok(None));
            let told = parts.iter().map(|part| {
                let mut input = part.as_bytes();
                while reader.receive(&mut input).unwrap().is_some_and(|event| event != END) {}
                reader.content_left()
            });
            assert_eq!(told.collect::<Vec<_>>(), left, "{parts:?}");
        }
        let limits = Limits { body: 4, ..LIMITS };
        let mut reader = ResponseReader::new("GET", limits);
        assert!(reader.receive(&mut &b"HTTP/1.1 200 OK\r\n\r\nabc"[..]).unwrap().is_some());
        assert_eq!(reader.content_left(), 4);
    }

    #[test]
    fn the_end_needs_no_bytes_of_its_own() {
        for bytes in [
            &b"HTTP/1.1 204 No Content\r\n\r\n"[..],
            b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        ] {
            let mut reader = ResponseReader::new("GET", LIMITS);
            let mut input = bytes;
            assert!(matches!(reader.receive(&mut input), Ok(Some(Event::Head(_)))));
            assert_eq!(input, b"");
            assert_eq!(reader.receive(&mut input), Ok(Some(END)));
        }
    }

    #[test]
    fn content_and_end_are_the_same_in_any_pieces() {
        let chunked = "Transfer-Encoding: chunked\r\n\r\n";
        for (rest, content, reusable, left) in [
            ("Content-Length: 3\r\n\r\nabcHTTP".to_owned(), "abc", Some(true), 4),
            (
                format!("{chunked}1\r\na\r\n2;x\r\nbc\r\n0\r\nA: b\r\n\r\nHTTP"),
                "abc",
                Some(true),
                4,
            ),
            (format!("Connection: close\r\n{chunked}0\r\n\r\n"), "", Some(false), 0),
            ("\r\nuntil\r\n\r\nthe end".to_owned(), "until\r\n\r\nthe end", None, 0),
        ] {
            let bytes = format!("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\n{rest}");
            let read = read("GET", LIMITS, bytes.as_bytes());
            assert_eq!((read.continues, read.head.unwrap().status), (1, 404));
            assert_eq!(read.content, content.as_bytes(), "{rest}");
            assert_eq!((read.reusable, read.error, read.left), (reusable, None, left), "{rest}");
        }
    }

    #[test]
    fn trailers_are_told_at_the_end() {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nA: a\r\n\r\n";
        let trailers = "A: b\r\nX: 1,\r\n 2\r\nx: 3\r\nContent-Length: 9\r\nSet-Cookie: a=b\r\n";
        let bytes = format!("{head}1\r\na\r\n0\r\n{trailers}\r\nHTTP");
        let read = read("GET", LIMITS, bytes.as_bytes());
        assert_eq!((read.content, read.reusable, read.left), (b"a".to_vec(), Some(true), 4));
        let trailers = [("A", "b"), ("X", "1, 2"), ("x", "3")].into_iter().collect();
        assert_eq!(read.trailers, trailers);
        assert_eq!(read.head.unwrap().headers.len(), 2);
    }

    #[test]
    fn a_response_to_head_has_no_content() {
        for fields in
            ["Content-Length: 5", "Transfer-Encoding: chunked", "Content-Length: x", "A: b"]
        {
            let bytes = format!("HTTP/1.1 200 OK\r\n{fields}\r\n\r\nHTTP/1.1 ");
            let read = read("HEAD", LIMITS, bytes.as_bytes());
            assert_eq!(read.head.unwrap().headers.len(), 1);
            assert_eq!(
                (read.content, read.reusable, read.left),
                (vec![], Some(true), 9),
                "{fields}"
            );
        }
    }

    #[test]
    fn methods_are_case_sensitive() {
        let bytes = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx";
        assert_eq!(read("head", LIMITS, bytes).content, b"x");
        assert_eq!(read("connect", LIMITS, bytes).content, b"x");
    }

    #[test]
    fn no_connection_is_reusable_for_http_that_belongs_to_another_protocol() {
        for (method, status) in [("GET", 101), ("HEAD", 101), ("CONNECT", 200), ("CONNECT", 204)] {
            let bytes = format!("HTTP/1.1 {status} x\r\nContent-Length: 2\r\n\r\nab");
            let new = || ResponseReader::for_upgrade(method, LIMITS);
            let read = read_with(&new, bytes.as_bytes());
            assert_eq!((read.reusable, read.left), (Some(false), 2), "{method} {status}");
        }
    }

    #[test]
    fn no_server_switches_by_itself() {
        for (method, peer) in [("GET", "server"), ("POST", "server"), ("CONNECT", "proxy")] {
            let read = read(method, LIMITS, b"HTTP/1.1 101 x\r\nUpgrade: h2c\r\n\r\nab");
            let message =
                format!("the {peer} switches to another protocol, which was not requested");
            assert_eq!((read.head, read.error), (None, Some(status_error(&message))));
        }
    }

    #[test]
    fn a_100_is_told_when_it_comes() {
        let mut reader = ResponseReader::new("POST", LIMITS);
        let mut input = &b"HTTP/1.1 102 x\r\n\r\nHTTP/1.1 100 Continue\r\nA: b\r\n\r"[..];
        assert_eq!(reader.receive(&mut input), Ok(None));
        let mut input = &b"\nHTTP/1.1 100\r\n\r\nHTTP/1.1 103 x\r\n\r\nHTTP/1.1 204\r\n\r\n"[..];
        assert_eq!(reader.receive(&mut input), Ok(Some(Event::Continue)));
        assert_eq!(reader.receive(&mut input), Ok(Some(Event::Continue)));
        let Ok(Some(Event::Head(head))) = reader.receive(&mut input) else { panic!() };
        assert_eq!((head.status, head.headers.len()), (204, 0));
        assert_eq!(reader.receive(&mut input), Ok(Some(END)));
        assert_eq!(reader.receive(&mut input), Ok(None));
        // One that comes later belongs to no request.
        let mut input = &b"HTTP/1.1 100 Continue\r\n\r\n"[..];
        assert_eq!(reader.receive(&mut input), Ok(None));
        assert!(!input.is_empty());
    }

    #[test]
    fn limits_are_the_callers() {
        let limits = Limits { head: 39, headers: 1, body: 2 };
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";
        assert_eq!(head.len(), limits.head - 1);
        let error = |bytes: &str| read("GET", limits, bytes.as_bytes()).error;
        assert_eq!(error(&format!("{head}ab")), None);
        assert_eq!(
            error(&head.replace("OK", "Okay")),
            Some(ResponseError::TooLarge("bytes in its head"))
        );
        let two = "HTTP/1.1 200 OK\r\nA: b\r\nC: d\r\n\r\n";
        assert_eq!(error(two), Some(ResponseError::TooLarge("header fields")));
    }

    #[test]
    fn content_is_delivered_up_to_the_limit() {
        let limits = Limits { body: 3, ..LIMITS };
        let chunked = "Transfer-Encoding: chunked\r\n\r\n";
        let too_large = Some(ResponseError::BodyTooLarge);
        for (rest, error) in [
            ("Content-Length: 3\r\n\r\nabc".to_owned(), None),
            // It is known before the next byte comes.
            ("Content-Length: 4\r\n\r\nabc".to_owned(), too_large.clone()),
            ("\r\nabc".to_owned(), None),
            ("\r\nabcd".to_owned(), too_large.clone()),
            (format!("{chunked}3\r\nabc\r\n0\r\n\r\n"), None),
            (format!("{chunked}4\r\nabc"), too_large.clone()),
            (format!("{chunked}3\r\nabc\r\n1\r\n"), too_large),
        ] {
            let read = read("GET", limits, format!("HTTP/1.1 200 OK\r\n{rest}").as_bytes());
            assert_eq!((read.content, read.error), (b"abc".to_vec(), error), "{rest}");
        }
        let nothing = Limits { body: 0, ..LIMITS };
        let bytes = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n";
        let read = read("GET", nothing, bytes);
        assert!(read.head.is_some());
        assert_eq!(read.error, Some(ResponseError::BodyTooLarge));
    }

    #[test]
    fn the_end_of_the_connection_may_be_that_of_the_response() {
        let early = |when| Err(ResponseError::Incomplete(when));
        let middle = || early("in the middle of its response");
        for (bytes, result) in [
            ("", early("before it sent a response")),
            ("HTTP/1.1 200", middle()),
            ("HTTP/1.1 200 OK\r\nA: b\r\n", middle()),
            ("HTTP/1.1 100 Continue\r\n\r\n", middle()),
            ("HTTP/1.1 200 OK\r\n\r\n", Ok(())),
            ("HTTP/1.1 200 OK\r\n\r\nabc", Ok(())),
            ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab", middle()),
            ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", Ok(())),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", middle()),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na", middle()),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", middle()),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", Ok(())),
        ] {
            let mut reader = ResponseReader::new("GET", LIMITS);
            let mut input = bytes.as_bytes();
            while let Ok(Some(_)) = reader.receive(&mut input) {}
            assert_eq!(reader.end_of_input(), result, "{bytes:?}");
        }
    }

    #[test]
    fn a_reader_may_be_restarted() {
        let bytes = &b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"[..];
        let mut reader = ResponseReader::new("HEAD", LIMITS);
        for _ in 0..2 {
            let mut input = bytes;
            assert!(matches!(reader.receive(&mut input), Ok(Some(Event::Head(_)))));
            assert_eq!(reader.receive(&mut input), Ok(Some(END)));
            reader.restart();
        }
    }
}
