//! A response as a whole, collected from its events: for the answers to an opening handshake or a
//! CONNECT, whose body is an error message.

use std::mem;

use super::{
    h1::response::ResponseReader,
    response::{Event, ResponseError, ResponseHead},
};

/// A final response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// Its head.
    pub head: ResponseHead,
    /// The content without its framing, as much of it as the limit allows; empty for 101, 204, 304,
    /// for a tunnel, and in response to HEAD.
    pub body: Vec<u8>,
    /// Whether `body` may not be all of it: it was over the limit or malformed, the connection
    /// ended too early, or nobody waited for the rest. The connection is of no use for another
    /// request then.
    pub body_truncated: bool,
    /// Whether the connection can take another request (RFC 9112 section 9.3).
    pub persistent: bool,
}

/// Collects one final response. When it has returned a response, it is ready for the next one, to a
/// request with the same method; when it has returned an error, it must not be used.
#[derive(Debug)]
pub struct Collector {
    reader: ResponseReader,
    /// What is there of the response, once its head is.
    head: Option<ResponseHead>,
    body: Vec<u8>,
}

impl Collector {
    /// Collects what this reader reads. Its limit for the body is where the body is cut off.
    pub fn new(reader: ResponseReader) -> Self {
        Self { reader, head: None, body: Vec::new() }
    }

    /// Takes bytes from the front of `input`. Returns the response when it is complete, or when its
    /// body has reached the limit or is malformed: what is left in `input` then came after it, and
    /// belongs to the new protocol if the status is 101, and to the tunnel if this is a 2XX to a
    /// CONNECT. As long as the response is incomplete, all of `input` is taken.
    pub fn receive(&mut self, input: &mut &[u8]) -> Result<Option<Response>, ResponseError> {
        loop {
            match self.reader.receive(input) {
                Ok(None) => return Ok(None),
                // Nobody waits for it: these requests have no content.
                Ok(Some(Event::Continue)) => {}
                Ok(Some(Event::Head(head))) => self.head = Some(head),
                Ok(Some(Event::Data(data))) => self.body.extend_from_slice(data),
                Ok(Some(Event::End { reusable, .. })) => {
                    return Ok(Some(self.finish(false, reusable)));
                }
                // "A client that receives an incomplete response message, which can occur when
                // [...] decoding a supposedly chunked transfer coding fails, MUST record the
                // message as incomplete." (RFC 9112 section 8)
                Err(_) if self.head.is_some() => return Ok(Some(self.finish(true, false))),
                Err(error) => return Err(error),
            }
        }
    }

    /// The head of the response whose body is incomplete.
    pub fn head(&self) -> Option<&ResponseHead> {
        self.head.as_ref()
    }

    /// The response, with as much of its body as has arrived, where nobody waits for the rest.
    /// `None` if its head is incomplete.
    pub fn give_up(&mut self) -> Option<Response> {
        self.head.is_some().then(|| self.finish(true, false))
    }

    /// The response, when the server has ended the connection before it was complete: with as much
    /// of the body as has arrived. An error if its head is incomplete.
    pub fn end_of_input(&mut self) -> Result<Response, ResponseError> {
        match self.reader.end_of_input() {
            Ok(()) => Ok(self.finish(false, false)),
            Err(error) => self.give_up().ok_or(error),
        }
    }

    /// Returns the response, and starts over.
    fn finish(&mut self, body_truncated: bool, persistent: bool) -> Response {
        self.reader.restart();
        let head = self.head.take().unwrap_or_default();
        let body = mem::take(&mut self.body);
        Response { head, body, body_truncated, persistent }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;

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
    fn a_body_is_kept_up_to_what_is_malformed() {
        let head = "HTTP/1.1 503 Down\r\nRetry-After: 5\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (chunks, body) in
            [("zz\r\n", ""), ("3\r\nabcd\r\n", "abc"), ("3\r\nabc\r\n0\r\nno trailer\r\n", "abc")]
        {
            let (response, _) = read_cut(format!("{head}{chunks}").as_bytes(), []);
            let response = response.unwrap().unwrap();
            assert_eq!((response.head.status, &*response.body), (503, body.as_bytes()), "{chunks}");
            assert!(response.body_truncated && !response.persistent, "{chunks}");
            assert_eq!(response.head.headers.first("Retry-After"), Some("5"));
        }
    }

    #[test]
    fn what_has_arrived_is_there_for_whoever_waits_no_longer() {
        for framing in ["", "Content-Length: 9\r\n", "Transfer-Encoding: chunked\r\n"] {
            let mut reader = from_server();
            let head = format!("HTTP/1.1 403 No\r\n{framing}");
            assert_eq!(reader.receive(&mut head.as_bytes()), Ok(None));
            assert_eq!((reader.give_up(), reader.head()), (None, None));
            assert_eq!(reader.receive(&mut &b"\r\n"[..]), Ok(None));
            assert_eq!(reader.head().unwrap().status, 403);
            let body = if framing.starts_with('T') { "3\r\nabc" } else { "abc" };
            assert_eq!(reader.receive(&mut body.as_bytes()), Ok(None));
            let response = reader.give_up().unwrap();
            assert_eq!((response.head.status, &*response.body), (403, &b"abc"[..]));
            assert!(response.body_truncated && !response.persistent);
            assert_eq!((reader.give_up(), reader.head()), (None, None));
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
        let mut reader = from_server();
        let mut head = &b"HTTP/1.1 500 Oops\r\nContent-Length: 18446744073709551615\r\n\r\n"[..];
        assert_eq!(reader.receive(&mut head), Ok(None));
        assert_eq!(reader.body.capacity(), 0);
    }

    #[test]
    fn the_reader_is_ready_for_the_next_response() {
        let mut reader = from_server();
        let mut input =
            &b"HTTP/1.1 401 No\r\nContent-Length: 2\r\n\r\nnoHTTP/1.1 101 Yes\r\n\r\n\x81"[..];
        assert_eq!(reader.receive(&mut input).unwrap().unwrap().body, b"no");
        assert_eq!(reader.receive(&mut input).unwrap().unwrap().head.status, 101);
        assert_eq!(input, b"\x81");
    }
}
