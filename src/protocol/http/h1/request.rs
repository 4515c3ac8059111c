//! The bytes of the head of a request (RFC 9112 section 3). All text of scripts enters one here;
//! what could end a line is refused.

use std::fmt;

use super::{
    super::{headers::Headers, syntax::is_token},
    written_fields::{FieldArgumentError, push_fields},
};

/// The method that requests a tunnel (RFC 9110 section 9.3.6).
const CONNECT: &str = "CONNECT";

/// The head of a request for `target` with this method and these header fields; method, names and
/// values are written as given.
///
/// Refuses a method that is not a token, and CONNECT, whose target is of another form; a target
/// that is empty or has anything but visible ASCII; a name that is not a token; and a value with a
/// control character other than the tab.
pub fn request(method: &str, target: &str, headers: &Headers) -> Result<Vec<u8>, RequestError> {
    if !is_token(method) || method == CONNECT {
        return Err(RequestError::Method(method.to_owned()));
    }
    write(method, target, headers)
}

/// A CONNECT request, which requests a tunnel from a proxy to `authority`, a host and a port.
/// Refuses the same as [`request`].
pub fn connect(authority: &str, headers: &Headers) -> Result<Vec<u8>, RequestError> {
    write(CONNECT, authority, headers)
}

fn write(method: &str, target: &str, headers: &Headers) -> Result<Vec<u8>, RequestError> {
    if target.is_empty() || !target.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(RequestError::Target);
    }
    // With a colon, a blank and a line end for each field.
    let room = method.len() + target.len() + 16 + headers.bytes() + 4 * headers.len();
    let mut head = String::with_capacity(room);
    head.extend([method, " ", target, " HTTP/1.1\r\n"]);
    push_fields(&mut head, headers)?;
    head.push_str("\r\n");
    Ok(head.into_bytes())
}

/// Why a request cannot be sent. Values are not quoted: they may be secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestError {
    /// This method is not a token, or it is CONNECT.
    Method(String),
    /// The target is empty or has a character that cannot be in a request line.
    Target,
    /// This name of a header field is not a token.
    HeaderName(String),
    /// The value of the header field with this name has a control character.
    HeaderValue(String),
}

impl From<FieldArgumentError> for RequestError {
    fn from(error: FieldArgumentError) -> Self {
        match error {
            FieldArgumentError::Name(name) => Self::HeaderName(name),
            FieldArgumentError::Value(name) => Self::HeaderValue(name),
        }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Method(method) => write!(f, "invalid method \"{}\"", method.escape_default()),
            Self::Target => f.write_str("invalid character in the request target"),
            Self::HeaderName(name) => FieldArgumentError::Name(name.clone()).fmt(f),
            Self::HeaderValue(name) => FieldArgumentError::Value(name.clone()).fmt(f),
        }
    }
}

impl std::error::Error for RequestError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_header(name: &str, value: &str) -> Result<Vec<u8>, RequestError> {
        request("GET", "/", &[(name, value)].into_iter().collect())
    }

    #[test]
    fn a_request_is_its_line_its_headers_and_an_empty_line() {
        let headers = [("Host", "h:8080"), ("x-Odd-CASE", "1"), ("X-Odd-Case", "")];
        assert_eq!(
            request("GET", "/chat?x=1", &headers.into_iter().collect()).unwrap(),
            b"GET /chat?x=1 HTTP/1.1\r\nHost: h:8080\r\nx-Odd-CASE: 1\r\nX-Odd-Case: \r\n\r\n"
        );
        assert_eq!(request("GET", "/", &Headers::new()).unwrap(), b"GET / HTTP/1.1\r\n\r\n");
    }

    #[test]
    fn a_method_is_any_token_as_it_is_spelled() {
        for method in ["GET", "get", "Patch", "connect", "M-SEARCH", "!#$%&'*+-.^_`|~"] {
            let bytes = request(method, "/", &Headers::new()).unwrap();
            assert_eq!(bytes, format!("{method} / HTTP/1.1\r\n\r\n").into_bytes());
        }
        for method in ["", "G T", "GET ", "GET\r\n", "GET\0", "G:T", "(G)", "GÉT", "CONNECT"] {
            let error = Err(RequestError::Method(method.to_owned()));
            assert_eq!(request(method, "/", &Headers::new()), error);
        }
    }

    #[test]
    fn a_tunnel_is_requested_by_authority() {
        let headers = [("Host", "[::1]:443")].into_iter().collect();
        assert_eq!(
            connect("[::1]:443", &headers).unwrap(),
            b"CONNECT [::1]:443 HTTP/1.1\r\nHost: [::1]:443\r\n\r\n"
        );
        assert_eq!(connect("h:80\r\n", &headers), Err(RequestError::Target));
    }

    #[test]
    fn values_may_hold_tabs_and_are_written_as_utf8() {
        let bytes = with_header("A", "x\ty é").unwrap();
        assert_eq!(bytes, b"GET / HTTP/1.1\r\nA: x\ty \xC3\xA9\r\n\r\n");
    }

    #[test]
    fn nothing_in_a_target_ends_it() {
        for target in ["", "/a b", "/\r\nX: y", "/\n", "/\0", "/\t", "/ä", "/\x7f"] {
            assert_eq!(
                request("GET", target, &Headers::new()),
                Err(RequestError::Target),
                "{target:?}"
            );
        }
    }

    #[test]
    fn nothing_in_a_value_ends_its_line() {
        for value in ["a\r\nX: y", "a\rb", "a\n", "\0", "\x1b", "\x7f"] {
            assert_eq!(
                with_header("A", value),
                Err(RequestError::HeaderValue("A".to_owned())),
                "{value:?}"
            );
        }
    }

    #[test]
    fn names_are_tokens() {
        for name in ["", "A b", "A:", "A\r\nB", "Ä", "A\0", "(A)", "A\t"] {
            let error = RequestError::HeaderName(name.to_owned());
            assert_eq!(with_header(name, "x"), Err(error), "{name:?}");
        }
        assert!(with_header("!#$%&'*+-.^_`|~09azAZ", "x").is_ok());
    }

    #[test]
    fn messages_stay_on_one_line_and_show_no_secrets() {
        let error = with_header("A\r\nB", "x").unwrap_err();
        assert_eq!(error.to_string(), "invalid header name \"A\\r\\nB\"");
        let error = with_header("Authorization", "secret\r\n").unwrap_err();
        assert_eq!(error.to_string(), "invalid character in the value of header \"Authorization\"");
        let error = request("GET", "/ ", &Headers::new()).unwrap_err();
        assert_eq!(error.to_string(), "invalid character in the request target");
        let error = request("A\r\nB", "/", &Headers::new()).unwrap_err();
        assert_eq!(error.to_string(), "invalid method \"A\\r\\nB\"");
    }
}
