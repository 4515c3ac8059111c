//! The bytes of the head of a response (RFC 9112 section 4), as a server sends it. All text of
//! scripts enters one here; what could end a line or contradict the framing is refused.

use std::{fmt, time::SystemTime};

use super::{
    super::{date, headers::Headers, message::Version, request::RequestHead},
    written_fields::{FieldArgumentError, push_fields},
};

/// The response that asks for the content of a request (RFC 9110 section 15.2.1).
pub const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

/// What a response answers, as far as its head depends on that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Whether the method is HEAD, so that there is no content.
    pub is_head: bool,
    /// The version of the request.
    pub version: Version,
    /// Whether the connection is to take another request.
    pub is_persistent: bool,
}

impl Answered {
    /// What is not a request: the connection is closed behind the response.
    pub const INVALID: Self =
        Self { is_head: false, version: Version::Http11, is_persistent: false };

    /// This request.
    pub fn by(head: &RequestHead) -> Self {
        Self {
            // "The method token is case-sensitive" (RFC 9110 section 9.1).
            is_head: head.method == "HEAD",
            version: head.version,
            is_persistent: head.is_persistent,
        }
    }
}

/// The head of a response, and what has to follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenHead {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether the content follows it. Without, the response ends here.
    pub has_content: bool,
    /// Whether the connection takes another request behind the response; else it is closed.
    pub is_persistent: bool,
}

/// The head of a final response with this status and these header fields, whose content has so many
/// bytes. Content-Length, Connection and Date are added: the length where a response has one, also
/// to HEAD, and the date, `now`, where `headers` have none.
///
/// A Connection in `headers` is kept, and `close` among it closes. Refuses a status that is not 200
/// to 599; content for a status that has none; a Content-Length that is not that of the content,
/// except to HEAD without content, and any Transfer-Encoding; a name that is not a token; and a
/// value with a control character other than the tab.
pub fn response(
    status: u16,
    headers: &Headers,
    length: u64,
    answered: Answered,
    now: SystemTime,
) -> Result<WrittenHead, ResponseArgumentError> {
    if !(200..=599).contains(&status) {
        return Err(ResponseArgumentError::Status(status));
    }
    if has_no_content(status) && length > 0 {
        return Err(ResponseArgumentError::Content(status));
    }
    if headers.first("Transfer-Encoding").is_some() {
        return Err(ResponseArgumentError::TransferEncoding);
    }
    let is_last = headers.members("Connection").any(|o| o.eq_ignore_ascii_case("close"));
    let is_persistent = answered.is_persistent && !is_last;
    let mut head = status_line(status);
    let is_own = |name: &str| ["Content-Length", "Connection"].iter().any(|own| is_same(own, name));
    let others: Headers = headers.iter().filter(|(name, _)| !is_own(name)).collect();
    push_fields(&mut head, &others)?;
    let mut own = Headers::new();
    if let Some(length) = stated_length(status, headers, length, answered.is_head)? {
        own.push("Content-Length", length.to_string());
    }
    let options = headers.members("Connection").filter(|o| !is_same(o, "close"));
    // "A server that does not support persistent connections MUST send the "close" connection
    // option in every response message that does not have a 1xx (Informational) status code." (RFC
    // 9112 section 9.3) One of HTTP/1.0 persists only where both say so.
    let option = match (is_persistent, answered.version) {
        (false, _) => Some("close"),
        (true, Version::Http10) => Some("keep-alive"),
        (true, Version::Http11) => None,
    };
    let options: Vec<_> = options.chain(option).collect();
    if !options.is_empty() {
        own.push("Connection", options.join(", "));
    }
    // "An origin server with a clock MUST generate a Date header field in all 2xx (Successful), 3xx
    // (Redirection), and 4xx (Client Error) responses" (RFC 9110 section 6.6.1)
    if headers.first("Date").is_none() {
        own.push("Date", date::format(now));
    }
    push_fields(&mut head, &own)?;
    head.push_str("\r\n");
    let has_content = length > 0 && !answered.is_head;
    Ok(WrittenHead { bytes: head.into_bytes(), has_content, is_persistent })
}

/// The head of a 101 with these header fields, behind which the connection belongs to the protocol
/// that they name. Refuses names and values as [`response`] does.
pub fn switching_protocols(headers: &Headers) -> Result<Vec<u8>, ResponseArgumentError> {
    let mut head = status_line(101);
    push_fields(&mut head, headers)?;
    head.push_str("\r\n");
    Ok(head.into_bytes())
}

/// "status-line = HTTP-version SP status-code SP \[ reason-phrase \]"; the version is ours.
fn status_line(status: u16) -> String {
    format!("HTTP/1.1 {status} {}\r\n", reason(status))
}

/// What Content-Length says; `None` where there is none: "A server MUST NOT send a Content-Length
/// header field in any response with a status code of 1xx (Informational) or 204 (No Content)."
/// (RFC 9110 section 8.6) In a 304 it would have to be the length of what is not sent.
fn stated_length(
    status: u16,
    headers: &Headers,
    length: u64,
    is_head: bool,
) -> Result<Option<u64>, ResponseArgumentError> {
    let mut stated = length;
    for value in headers.all("Content-Length") {
        match value.parse() {
            Ok(number) if number == length => {}
            // It is that of the response to GET, which the caller did not make.
            Ok(number) if is_head && length == 0 => stated = number,
            _ => return Err(ResponseArgumentError::ContentLength(value.to_owned())),
        }
    }
    Ok((!matches!(status, 204 | 304)).then_some(stated))
}

/// Whether no response with this status has content (RFC 9110 sections 15.3.5, 15.3.6 and 15.4.5).
pub fn has_no_content(status: u16) -> bool {
    matches!(status, 100..=199 | 204 | 205 | 304)
}

fn is_same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// The reason phrase of a status (RFC 9110 section 15, and the registry of statuses); empty where
/// it has none: "A client SHOULD ignore the reason-phrase content" (RFC 9112 section 4).
pub fn reason(status: u16) -> &'static str {
    match status {
        101 => "Switching Protocols",
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        203 => "Non-Authoritative Information",
        204 => "No Content",
        205 => "Reset Content",
        206 => "Partial Content",
        300 => "Multiple Choices",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        407 => "Proxy Authentication Required",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        414 => "URI Too Long",
        415 => "Unsupported Media Type",
        416 => "Range Not Satisfiable",
        417 => "Expectation Failed",
        421 => "Misdirected Request",
        422 => "Unprocessable Content",
        423 => "Locked",
        425 => "Too Early",
        426 => "Upgrade Required",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        507 => "Insufficient Storage",
        511 => "Network Authentication Required",
        _ => "",
    }
}

/// Why a response cannot be sent. Values other than lengths are not quoted: they may be secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponseArgumentError {
    /// The status is not that of a final response.
    Status(u16),
    /// A response with this status has no content.
    Content(u16),
    /// Content-Length is not the length of the content.
    ContentLength(String),
    /// There is a Transfer-Encoding.
    TransferEncoding,
    /// This name of a header field is not a token.
    HeaderName(String),
    /// The value of the header field with this name has a control character.
    HeaderValue(String),
}

impl From<FieldArgumentError> for ResponseArgumentError {
    fn from(error: FieldArgumentError) -> Self {
        match error {
            FieldArgumentError::Name(name) => Self::HeaderName(name),
            FieldArgumentError::Value(name) => Self::HeaderValue(name),
        }
    }
}

impl fmt::Display for ResponseArgumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "invalid status {status}: must be 200 to 599"),
            Self::Content(status) => write!(f, "a response with status {status} has no body"),
            Self::ContentLength(value) => {
                write!(f, "Content-Length \"{}\" is not that of the body", value.escape_default())
            }
            Self::TransferEncoding => f.write_str("Transfer-Encoding cannot be set"),
            Self::HeaderName(name) => FieldArgumentError::Name(name.clone()).fmt(f),
            Self::HeaderValue(name) => FieldArgumentError::Value(name.clone()).fmt(f),
        }
    }
}

impl std::error::Error for ResponseArgumentError {}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::{super::super::testing::complete, *};

    const GET: Answered =
        Answered { is_head: false, version: Version::Http11, is_persistent: true };
    const HEAD: Answered = Answered { is_head: true, ..GET };

    /// The example of RFC 9110 section 5.6.7.
    fn now() -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(784_111_777)
    }

    fn write(
        status: u16,
        headers: &[(&str, &str)],
        length: u64,
        answered: Answered,
    ) -> Result<WrittenHead, ResponseArgumentError> {
        response(status, &headers.iter().copied().collect(), length, answered, now())
    }

    /// The lines of a head, without the one of Date, which is the last.
    fn lines(status: u16, headers: &[(&str, &str)], length: u64, answered: Answered) -> String {
        let head = write(status, headers, length, answered).unwrap();
        let text = String::from_utf8(head.bytes).unwrap();
        let date = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n";
        text.strip_suffix(date).unwrap_or_else(|| panic!("{text:?}")).to_owned()
    }

    #[test]
    fn a_head_has_the_headers_given_and_those_of_its_framing() {
        let headers = [("Content-Type", "text/plain"), ("x-Odd", ""), ("X-Odd", "é\t")];
        let head = write(200, &headers, 5, GET).unwrap();
        assert_eq!(
            String::from_utf8_lossy(&head.bytes),
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nx-Odd: \r\nX-Odd: é\t\r\n\
             Content-Length: 5\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n"
        );
        assert!(head.has_content && head.is_persistent);
    }

    #[test]
    fn a_client_reads_it() {
        let head = write(404, &[("A", "b")], 2, GET).unwrap();
        let response = complete(&[&head.bytes[..], b"no"].concat());
        assert_eq!((response.head.status, response.head.reason.as_str()), (404, "Not Found"));
        assert_eq!((response.body.as_slice(), response.persistent), (&b"no"[..], true));
    }

    #[test]
    fn the_connection_is_said_where_it_is_not_the_versions() {
        let old = Answered { version: Version::Http10, ..GET };
        let last = Answered { is_persistent: false, ..GET };
        let line = |headers: &[(&str, &str)], answered| {
            let head = lines(200, headers, 0, answered);
            let (_, line) = head.split_once("Content-Length: 0\r\n").unwrap();
            (line.to_owned(), write(200, headers, 0, answered).unwrap().is_persistent)
        };
        let close = ("Connection: close\r\n".to_owned(), false);
        assert_eq!(line(&[], GET), (String::new(), true));
        assert_eq!(line(&[], old), ("Connection: keep-alive\r\n".to_owned(), true));
        assert_eq!(line(&[], last), close);
        assert_eq!(line(&[], Answered { is_persistent: false, ..old }), close);
        assert_eq!(line(&[("connection", "Close")], GET), close);
        assert_eq!(line(&[("connection", "Close")], old), close);
        assert_eq!(
            line(&[("Connection", "Upgrade"), ("connection", "x")], last),
            ("Connection: Upgrade, x, close\r\n".to_owned(), false)
        );
        assert_eq!(Answered::INVALID, last);
    }

    #[test]
    fn head_has_the_length_and_no_content() {
        let head = write(200, &[], 5, HEAD).unwrap();
        assert!(!head.has_content && head.is_persistent);
        assert_eq!(lines(200, &[], 5, HEAD), "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n");
        let given = [("content-length", "7")];
        assert_eq!(lines(200, &given, 0, HEAD), "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n");
    }

    #[test]
    fn some_statuses_have_no_content() {
        assert_eq!(lines(204, &[], 0, GET), "HTTP/1.1 204 No Content\r\n");
        assert_eq!(lines(304, &[], 0, GET), "HTTP/1.1 304 Not Modified\r\n");
        assert_eq!(lines(205, &[], 0, GET), "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n");
        for status in [204, 205, 304] {
            assert!(!write(status, &[], 0, GET).unwrap().has_content);
            for answered in [GET, HEAD] {
                let error = Err(ResponseArgumentError::Content(status));
                assert_eq!(write(status, &[], 1, answered), error);
            }
        }
        assert!(!write(200, &[], 0, GET).unwrap().has_content);
    }

    #[test]
    fn a_status_is_final() {
        assert_eq!(lines(299, &[], 0, GET), "HTTP/1.1 299 \r\nContent-Length: 0\r\n");
        for status in [0, 99, 100, 101, 199, 600, 1000] {
            assert_eq!(write(status, &[], 0, GET), Err(ResponseArgumentError::Status(status)));
        }
    }

    #[test]
    fn a_length_is_that_of_the_content() {
        assert_eq!(
            lines(200, &[("content-length", "5")], 5, GET),
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"
        );
        for value in ["4", "x", "", "-1"] {
            let error = Err(ResponseArgumentError::ContentLength(value.to_owned()));
            assert_eq!(write(200, &[("Content-Length", value)], 5, GET), error);
            assert_eq!(write(200, &[("Content-Length", value)], 5, HEAD), error);
        }
        let headers = [("transfer-encoding", "chunked")];
        assert_eq!(write(200, &headers, 5, GET), Err(ResponseArgumentError::TransferEncoding));
    }

    #[test]
    fn a_date_that_is_given_is_kept() {
        let head = write(200, &[("date", "x")], 0, GET).unwrap();
        assert_eq!(head.bytes, b"HTTP/1.1 200 OK\r\ndate: x\r\nContent-Length: 0\r\n\r\n");
    }

    #[test]
    fn nothing_in_a_field_ends_its_line() {
        for value in ["a\r\nX: y", "a\rb", "a\n", "\0", "\x1b", "\x7f"] {
            let error = Err(ResponseArgumentError::HeaderValue("A".to_owned()));
            assert_eq!(write(200, &[("A", value)], 0, GET), error, "{value:?}");
            let error = ResponseArgumentError::HeaderValue("Connection".to_owned());
            assert_eq!(write(200, &[("Connection", value)], 0, GET), Err(error), "{value:?}");
        }
        for name in ["", "A b", "A:", "A\r\nB", "Ä"] {
            let error = ResponseArgumentError::HeaderName(name.to_owned());
            assert_eq!(write(200, &[(name, "x")], 0, GET), Err(error.clone()), "{name:?}");
            let headers = [(name, "x")].into_iter().collect();
            assert_eq!(switching_protocols(&headers), Err(error));
        }
    }

    #[test]
    fn switching_protocols_needs_no_more_headers() {
        let headers = [("Upgrade", "websocket")].into_iter().collect();
        assert_eq!(
            switching_protocols(&headers).unwrap(),
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"
        );
    }

    #[test]
    fn messages_say_what_is_wrong() {
        for (error, text) in [
            (ResponseArgumentError::Status(99), "invalid status 99: must be 200 to 599"),
            (ResponseArgumentError::Content(204), "a response with status 204 has no body"),
            (
                ResponseArgumentError::ContentLength("\n".to_owned()),
                "Content-Length \"\\n\" is not that of the body",
            ),
            (ResponseArgumentError::TransferEncoding, "Transfer-Encoding cannot be set"),
            (
                ResponseArgumentError::HeaderName("A\r\n".to_owned()),
                "invalid header name \"A\\r\\n\"",
            ),
            (
                ResponseArgumentError::HeaderValue("A".to_owned()),
                "invalid character in the value of header \"A\"",
            ),
        ] {
            assert_eq!(error.to_string(), text);
        }
    }
}
