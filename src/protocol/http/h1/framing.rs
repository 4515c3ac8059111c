//! What follows a head, and where it ends (RFC 9112 section 6); and whether the connection goes on
//! behind it (section 9.3).

use super::{
    super::{
        headers::Headers,
        message::Version,
        request::ReadError,
        response::{ResponseError, ResponseHead},
        syntax,
    },
    line::excerpt,
};

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
    pub(super) fn of_response(head: &ResponseHead, method: Method) -> Result<Self, ResponseError> {
        let ResponseHead { status, headers, .. } = head;
        match (status, method) {
            // "A client MUST ignore any Content-Length or Transfer-Encoding header fields received
            // in a successful response to CONNECT." (RFC 9110 section 9.3.6)
            (101, _) | (200..=299, Method::Connect) => return Ok(Self::Switched),
            (204 | 304, _) | (_, Method::Head) => return Ok(Self::Empty),
            _ => {}
        }
        let length = content_length(headers).map_err(|value| {
            ResponseError::Header(format!(
                "invalid or contradictory Content-Length \"{value}\" in the response"
            ))
        })?;
        if headers.first("Transfer-Encoding").is_none() {
            return Ok(length.map_or(Self::UntilClose, Self::Length));
        }
        // "Such a message might indicate an attempt to perform request smuggling [...] or response
        // splitting [...] and ought to be handled as an error."
        if length.is_some() {
            let message = "both Transfer-Encoding and Content-Length in the response";
            return Err(ResponseError::Header(message.to_owned()));
        }
        let codings: Vec<_> = headers.members("Transfer-Encoding").collect();
        // "A sender MUST NOT apply the chunked transfer coding more than once to a message body"
        // (RFC 9112 section 6.1). Where something was applied to it, the end of the body could not
        // be told from the middle.
        match codings.split_last() {
            Some((_, others)) if others.iter().any(|coding| is_chunked(coding)) => {
                let message = "chunked is not the last Transfer-Encoding in the response";
                Err(ResponseError::Header(message.to_owned()))
            }
            Some((last, _)) if is_chunked(last) => Ok(Self::Chunked),
            _ => Ok(Self::UntilClose),
        }
    }

    /// What the head of a request says (RFC 9112 section 6.3).
    pub(super) fn of_request(version: Version, headers: &Headers) -> Result<Self, ReadError> {
        let invalid = |text: &str| Err(ReadError::Header(text.to_owned()));
        let length = content_length(headers).map_err(|value| {
            ReadError::Header(format!(
                "invalid or contradictory Content-Length \"{value}\" in the request"
            ))
        })?;
        if headers.first("Transfer-Encoding").is_none() {
            // "If this is a request message and none of the above are true, then the message body
            // length is zero (no message body is present)."
            return Ok(length.map_or(Self::Empty, Self::Length));
        }
        // "A server MAY reject a request that contains both Content-Length and Transfer-Encoding"
        // (RFC 9112 section 6.1)
        if length.is_some() {
            return invalid("both Transfer-Encoding and Content-Length in the request");
        }
        // "A client MUST NOT send a request containing Transfer-Encoding unless it knows the server
        // will handle HTTP/1.1 requests (or later minor revisions)" (RFC 9112 section 6.1)
        if version == Version::Http10 {
            return invalid("Transfer-Encoding in a request of HTTP/1.0");
        }
        let codings: Vec<_> = headers.members("Transfer-Encoding").collect();
        match codings.split_last() {
            // "A server that receives a request message with a transfer coding it does not
            // understand SHOULD respond with 501 (Not Implemented)." (RFC 9112 section 6.1)
            Some((last, others)) if is_chunked(last) => match others {
                [] => Ok(Self::Chunked),
                _ if others.iter().any(|coding| is_chunked(coding)) => {
                    invalid("chunked more than once in Transfer-Encoding")
                }
                [other, ..] => Err(ReadError::TransferCoding(excerpt(other.as_bytes()))),
            },
            // "If a Transfer-Encoding header field is present in a request and the chunked transfer
            // coding is not the final encoding, the message body length cannot be determined
            // reliably; the server MUST respond with the 400 (Bad Request) status code and then
            // close the connection."
            _ => invalid("chunked is not the last Transfer-Encoding in the request"),
        }
    }

    /// Whether the connection can take another request after the message (RFC 9112 section 9.3).
    pub(super) fn is_reusable(self, version: Version, headers: &Headers) -> bool {
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

fn is_chunked(coding: &str) -> bool {
    coding.eq_ignore_ascii_case("chunked")
}

/// The length that all Content-Length fields agree on (RFC 9110 section 8.6). The error shows one
/// that is invalid or another than those before it.
fn content_length(headers: &Headers) -> Result<Option<u64>, String> {
    let mut length = None;
    // An empty member is no length, so that this is not `Headers::members`.
    for value in headers.all("Content-Length").flat_map(|value| value.split(',')) {
        let value = syntax::trim(value);
        let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        match value.parse() {
            Ok(number) if digits && length.is_none_or(|other| other == number) => {
                length = Some(number);
            }
            _ => return Err(excerpt(value.as_bytes())),
        }
    }
    Ok(length)
}

#[cfg(test)]
mod tests {
    use super::{super::super::testing::*, *};

    #[test]
    fn a_101_has_no_body_whatever_it_says() {
        let (response, left) = read(b"HTTP/1.1 101 Yes\r\nContent-Length: 2\r\n\r\n\x81\x00");
        assert_eq!(response.unwrap().unwrap().body, b"");
        assert_eq!(left, 2);
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
