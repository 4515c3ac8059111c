//! A response as values, whichever version of HTTP carries it: its head, the events in which it
//! arrives, and the errors.

use std::fmt;

use super::{headers::Headers, message::Version};

/// The head of a final response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResponseHead {
    /// The version in the status line.
    pub version: Version,
    /// 101, or 200 to 999.
    pub status: u16,
    /// The reason phrase; often empty.
    pub reason: String,
    /// The header fields, without those after a chunked body.
    pub headers: Headers,
}

impl ResponseHead {
    /// The class of the status: "4XX" for 404.
    pub fn class(&self) -> String {
        // "Values outside the range 100..599 are invalid. [...] A client that receives a response
        // with an invalid status code SHOULD process the response as if it had a 5xx (Server
        // Error) status code." (RFC 9110 section 15)
        format!("{}XX", (self.status / 100).min(5))
    }

    /// The first line, without a blank at its end where there is no reason phrase.
    pub fn status_line(&self) -> String {
        format!("{} {} {}", self.version, self.status, self.reason).trim_end().to_owned()
    }
}

/// A part of a response, in the order in which they arrive. `'a` is the lifetime of the input
/// that it was found in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// The server waits for the content of the request: a 100, before the head. Any number of them,
    /// also where the request did not expect one (RFC 9110 section 15.2.1).
    Continue,
    /// The head of the final response, once.
    Head(ResponseHead),
    /// A piece of the content, without its framing and never empty; any number of them.
    Data(&'a [u8]),
    /// The end of the response, once.
    End {
        /// Whether the connection can take another request (RFC 9112 section 9.3). It cannot where
        /// it belongs to another protocol from here on: after a 101, or a 2XX to a CONNECT.
        reusable: bool,
        /// The header fields that came after the content (RFC 9110 section 6.5). Those that cannot
        /// be processed there, such as Content-Length and Set-Cookie, are left out.
        trailers: Headers,
    },
}

/// Why what the server sent is not a response, or not one that is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponseError {
    /// It is a TLS alert: the peer expects TLS.
    Tls {
        /// Who sent it: `server` or `proxy`.
        peer: &'static str,
    },
    /// The first line is not a status line of a version that is accepted. The text says what came
    /// instead.
    Status(String),
    /// A header field is malformed or contradicts another; the text shows it.
    Header(String),
    /// There is more than the limit allows of what is named here.
    TooLarge(&'static str),
    /// The content has more bytes than the limit allows, or announces more; as many as it allows
    /// have been delivered.
    BodyTooLarge,
    /// The chunked coding of the body is broken, as the text says.
    Body(&'static str),
    /// The connection ended before the response did; the text says when.
    Incomplete(&'static str),
}

impl fmt::Display for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tls { peer } => write!(f, "the {peer} expects TLS"),
            Self::Status(text) | Self::Header(text) => f.write_str(text),
            Self::TooLarge(what) => write!(f, "the response has too many {what}"),
            Self::BodyTooLarge => f.write_str("the response has too many bytes in its body"),
            Self::Body(text) => write!(f, "invalid body of the response: {text}"),
            Self::Incomplete(when) => {
                write!(f, "the server closed the connection {when}")
            }
        }
    }
}

impl std::error::Error for ResponseError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_line_ends_with_what_there_is() {
        let mut head = ResponseHead { status: 404, ..ResponseHead::default() };
        assert_eq!(head.status_line(), "HTTP/1.1 404");
        head.reason = "Not Found".to_owned();
        assert_eq!(head.status_line(), "HTTP/1.1 404 Not Found");
        head.version = Version::Http10;
        assert_eq!(head.status_line(), "HTTP/1.0 404 Not Found");
    }

    #[test]
    fn a_status_beyond_the_classes_counts_as_5xx() {
        for (status, class) in
            [(101, "1XX"), (404, "4XX"), (599, "5XX"), (600, "5XX"), (999, "5XX")]
        {
            let head = ResponseHead { status, ..ResponseHead::default() };
            assert_eq!(head.class(), class);
        }
    }
}
