//! The head of a response (RFC 9112 sections 4 and 5), read as its bytes arrive.
//!
//! Each line is parsed once, as soon as it is complete, so that time is linear in bytes however
//! they are chunked, and an error is found as early as the bytes allow. A bare LF ends a line, and
//! a folded line continues a field; in everything else parsing is strict.

use super::{
    super::{
        headers::{self, Headers},
        message::{Limits, Version},
        response::{ResponseError, ResponseHead},
    },
    fields::{FieldReader, Strictness},
    line::{LineBuffer, LineTooLong, excerpt, without_end},
};

/// The response that ends HTTP on a connection (RFC 9110 section 15.2.2).
const SWITCHING_PROTOCOLS: u16 = 101;

/// Interim responses before the final one. One or two are usual.
const MAX_INTERIM: usize = 16;

/// The response that asks for the content of the request (RFC 9110 section 15.2.1).
const CONTINUE: u16 = 100;

/// Reads the head of one final response, and the interim ones before it.
#[derive(Debug)]
pub(super) struct HeadReader {
    /// Who sends it, for messages.
    peer: &'static str,
    /// Whether the request had an Upgrade.
    upgrade: bool,
    limits: Limits,
    line: LineBuffer,
    /// How many more bytes all lines may have.
    bytes_left: usize,
    /// How many interim responses there were.
    interim: usize,
    /// The first line, once it is complete, and the fields behind it.
    head: Option<(ResponseHead, FieldReader)>,
}

/// What the head of a response tells.
#[derive(Debug)]
pub(super) enum Answer {
    /// It is a 100, and there will be another.
    Continue,
    /// It is final.
    Final(ResponseHead),
}

impl HeadReader {
    /// A reader of what `peer` sends, the word for it in messages, to a request that had an Upgrade
    /// or not.
    pub(super) fn new(peer: &'static str, upgrade: bool, limits: Limits) -> Self {
        Self {
            peer,
            upgrade,
            limits,
            line: LineBuffer::default(),
            bytes_left: limits.head,
            interim: 0,
            head: None,
        }
    }

    /// Takes bytes from the front of `input`, until a head is complete that is not skipped.
    pub(super) fn receive(&mut self, input: &mut &[u8]) -> Result<Option<Answer>, ResponseError> {
        loop {
            let line = self.line.receive(input, self.bytes_left);
            if self.head.is_none() {
                self.check_version(match &line {
                    Ok(Some(line)) => line,
                    Ok(None) | Err(LineTooLong) => self.line.bytes(),
                })?;
            }
            let line = line.map_err(|LineTooLong| ResponseError::TooLarge("bytes in its head"))?;
            let Some(line) = line else { return Ok(None) };
            self.bytes_left -= line.len();
            let Some((_, fields)) = &mut self.head else {
                let head = parse_status_line(&line)?;
                // "HTTP/1.0 did not define any 1xx status codes" (RFC 9110 section 15.2)
                if (head.version, head.status) == (Version::Http10, SWITCHING_PROTOCOLS) {
                    return Err(self.other_protocol(&line));
                }
                // "A server MUST NOT switch to a protocol that was not indicated by the client in
                // the corresponding request's Upgrade header field." (RFC 9110 section 7.8)
                if head.status == SWITCHING_PROTOCOLS && !self.upgrade {
                    let peer = self.peer;
                    return Err(ResponseError::Status(format!(
                        "the {peer} switches to another protocol, which was not requested"
                    )));
                }
                self.head =
                    Some((head, FieldReader::new(self.limits.headers, Strictness::Lenient)));
                continue;
            };
            let Some(headers) = fields.receive(&line)? else { continue };
            let Some((head, _)) = self.head.take() else { continue };
            if !is_interim(head.status) {
                return Ok(Some(Answer::Final(ResponseHead { headers, ..head })));
            }
            self.count_interim()?;
            if head.status == CONTINUE {
                return Ok(Some(Answer::Continue));
            }
        }
    }

    /// How many bytes the limit leaves for the fields after the body.
    pub(super) fn bytes_left(&self) -> usize {
        self.bytes_left
    }

    /// Why the response is none, if the connection has ended before the head was complete.
    pub(super) fn end_of_input(&self) -> ResponseError {
        let is_empty = self.head.is_none() && self.interim == 0 && self.line.bytes().is_empty();
        ResponseError::Incomplete(match is_empty {
            true => "before it sent a response",
            false => "in the middle of its response",
        })
    }

    fn count_interim(&mut self) -> Result<(), ResponseError> {
        self.interim += 1;
        match self.interim {
            ..=MAX_INTERIM => Ok(()),
            _ => Err(ResponseError::TooLarge("interim responses")),
        }
    }

    /// Refuses the start of a status line, complete or not, that cannot be one of a known version
    /// of HTTP.
    fn check_version(&self, line: &[u8]) -> Result<(), ResponseError> {
        /// The content type of a TLS alert (RFC 8446 section 5.1).
        const TLS_ALERT: u8 = 0x15;
        let fits = |version: &Version| {
            let start = version.name().bytes().chain([b' ']);
            line.iter().zip(start).all(|(byte, wanted)| *byte == wanted)
        };
        match line.first() {
            _ if Version::ALL.iter().any(fits) => Ok(()),
            Some(&TLS_ALERT) => Err(ResponseError::Tls { peer: self.peer }),
            _ => Err(self.other_protocol(line)),
        }
    }

    fn other_protocol(&self, line: &[u8]) -> ResponseError {
        ResponseError::Status(format!(
            "the {} did not answer with HTTP/1.1, but with \"{}\"",
            self.peer,
            excerpt(line)
        ))
    }
}

/// "A client MUST be able to parse one or more 1xx responses received prior to a final response"
/// (RFC 9110 section 15.2). 101 is the last one in this protocol.
fn is_interim(status: u16) -> bool {
    matches!(status, 100 | 102..=199)
}

/// status-line = HTTP-version SP status-code SP [ reason-phrase ] (RFC 9112 section 4). The second
/// space may be missing where the reason is, as many servers have it.
fn parse_status_line(line: &[u8]) -> Result<ResponseHead, ResponseError> {
    let parsed = without_end(line).and_then(|text| {
        let mut response = httparse::Response::new(&mut []);
        response.parse(line).ok()?;
        let starts = |version: &Version| line.starts_with(version.name().as_bytes());
        let version = Version::ALL.into_iter().find(starts)?;
        let status = response.code.filter(|status| *status >= 100)?;
        // httparse gives no reason that is not ASCII.
        let reason = text.get("HTTP/1.1 101".len()..)?.trim_ascii();
        let reason = headers::decode(reason).into_owned();
        Some(ResponseHead { version, status, reason, headers: Headers::new() })
    });
    parsed
        .ok_or_else(|| ResponseError::Status(format!("invalid status line \"{}\"", excerpt(line))))
}

#[cfg(test)]
mod tests {
    use super::{super::super::testing::*, *};

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
        for status in [100, 102] {
            let interim = format!("HTTP/1.1 {status}\r\n\r\n");
            let bytes = interim.repeat(MAX_INTERIM) + "HTTP/1.1 101\r\n\r\n";
            assert_eq!(complete(bytes.as_bytes()).head.status, 101);
            let bytes = interim.repeat(MAX_INTERIM + 1);
            assert_eq!(error(bytes.as_bytes()), ResponseError::TooLarge("interim responses"));
        }
    }

    #[test]
    fn other_protocols_are_known_by_their_first_wrong_byte() {
        let started = |bytes: &[u8]| from_server().receive(&mut &*bytes);
        for text in
            ["S", "HTTP/0", "HTTP/1.2", "HTTP/2", "http", "HTTP/1.1\t", "ICY 200 OK", "\r", " "]
        {
            let (start, last) = text.split_at(1.max(text.len() - 1));
            if last.is_empty() {
                assert!(matches!(started(start.as_bytes()), Err(ResponseError::Status(_))));
            }
            assert!(matches!(error(text.as_bytes()), ResponseError::Status(_)), "{text}");
        }
        assert_eq!(started(b"HTTP/1."), Ok(None));
    }

    #[test]
    fn only_a_101_has_to_be_of_http_1_1() {
        let response = complete(b"HTTP/1.0 503 Down\r\nContent-Length: 0\r\n\r\n");
        assert_eq!((response.head.version, response.head.status), (Version::Http10, 503));
        let response = complete(b"HTTP/1.0 100 Continue\r\n\r\nHTTP/1.1 101 Yes\r\n\r\n");
        assert_eq!(response.head.status, 101);
        assert_eq!(
            error(b"HTTP/1.0 101 Yes\r\n"),
            status_error("the server did not answer with HTTP/1.1, but with \"HTTP/1.0 101 Yes\"")
        );
    }

    #[test]
    fn a_status_has_three_digits_from_100_on() {
        for status in [100, 102, 199] {
            let bytes = format!("HTTP/1.1 {status} x\r\n\r\nHTTP/1.1 101 x\r\n\r\n");
            assert_eq!(complete(bytes.as_bytes()).head.status, 101);
        }
        for status in [200, 599, 600, 999] {
            let bytes = format!("HTTP/1.1 {status} x\r\nContent-Length: 0\r\n\r\n");
            assert_eq!(complete(bytes.as_bytes()).head.status, status);
        }
    }

    #[test]
    fn another_protocol_is_known_however_long_its_first_line_is() {
        let long = [b"SSH-2.0-", &[b'x'; MAX_HEAD][..]].concat();
        assert!(matches!(read_cut(&long, []).0, Err(ResponseError::Status(_))));
        assert!(matches!(read_cut(&long, [1]).0, Err(ResponseError::Status(_))));
    }

    #[test]
    fn errors_show_what_came_instead() {
        let mut reader = from_server();
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
    fn a_tls_alert_shows_that_the_server_expects_tls() {
        let error = error(b"\x15\x03\x03\x00\x02\x02\x46");
        assert_eq!(error, ResponseError::Tls { peer: "server" });
        assert_eq!(error.to_string(), "the server expects TLS");
    }

    #[test]
    fn a_bare_line_feed_ends_a_line() {
        let head = "HTTP/1.1 101 Yes\r\nA: b\r\nC:\r\n\r\n";
        let expected = complete(head.as_bytes());
        assert_eq!(complete(head.replace('\r', "").as_bytes()), expected);
        // Any of them alone.
        for (end, _) in head.match_indices('\r') {
            let head = [&head[..end], &head[end + 1..]].concat();
            assert_eq!(complete(head.as_bytes()), expected, "{head:?}");
        }
        assert_eq!(complete(b"HTTP/1.1 101\n\n").head.reason, "");
        let (response, left) = read(b"HTTP/1.1 404 No\nContent-Length: 2\n\n\n\n\n");
        assert_eq!((&response.unwrap().unwrap().body[..], left), (&b"\n\n"[..], 1));
    }

    #[test]
    fn a_status_line_is_parsed_strictly() {
        for line in [
            "HTTP/1.1 099 x\r\n",
            "HTTP/1.1 1011 x\r\n",
            "HTTP/1.1 10\r\n",
            "HTTP/1.1 -01 x\r\n",
            "HTTP/1.1  101 x\r\n",
            "HTTP/1.1 \r\n",
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
            "A: x\r\r\n",
            "A: x\ry\r\n",
            "A: x\0\r\n",
            "A\0: x\r\n",
            "Ä: x\r\n",
            "\r\r\n",
        ] {
            let head = format!("HTTP/1.1 101 Yes\r\nOk: 1\r\n{line}");
            assert!(matches!(error(head.as_bytes()), ResponseError::Header(_)), "{line:?}");
            let head = format!("HTTP/1.1 101 Yes\r\n{line}");
            assert!(matches!(error(head.as_bytes()), ResponseError::Header(_)), "{line:?}");
        }
        assert_eq!(
            error(b"HTTP/1.1 101 Yes\r\nA: b\r\nno colon\r\n"),
            header_error("invalid header line \"no colon\" in the response")
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

    #[test]
    fn a_proxy_that_speaks_something_else_is_named() {
        let outcome = read_with(from_proxy(), b"\x15\x03", []).0;
        assert_eq!(outcome, Err(ResponseError::Tls { peer: "proxy" }));
        for (bytes, message) in [
            (&b"\x05\x00"[..], "the proxy did not answer with HTTP/1.1, but with \"\\x05\\x00\""),
            (b"HTTP/2", "the proxy did not answer with HTTP/1.1, but with \"HTTP/2\""),
        ] {
            let outcome = read_with(from_proxy(), bytes, []).0;
            assert_eq!(outcome, Err(status_error(message)));
        }
    }
}
