//! A request as a server sees it, as values: its head, the events in which it arrives, and the
//! errors.

use std::fmt;

use super::{headers::Headers, message::Version, target::Target};

/// The head of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestHead {
    /// The method, as it is spelled; not CONNECT.
    pub method: String,
    /// What it asks for.
    pub target: Target,
    /// The version in the request line; HTTP/1.1 for what is above.
    pub version: Version,
    /// The header fields, without those after chunked content.
    pub headers: Headers,
    /// Whether content follows.
    pub has_content: bool,
    /// Whether the connection can take another request after this one and its response (RFC 9112
    /// section 9.3).
    pub is_persistent: bool,
}

impl RequestHead {
    /// The host and the port that the request is for, valid as
    /// [`Authority`](super::authority::Authority): "When an origin server receives a request with
    /// an absolute-form of request-target, the origin server MUST ignore the received Host header
    /// field (if any) and instead use the host information of the request-target." (RFC 9112
    /// section 3.2.2) Empty where it names none.
    pub fn authority(&self) -> &str {
        let host = || self.headers.first("Host");
        self.target.authority().or_else(host).unwrap_or("")
    }

    /// Whether the client waits for a 100 before it sends the content: "A server that receives a
    /// 100-continue expectation in an HTTP/1.0 request MUST ignore that expectation." (RFC 9110
    /// section 10.1.1)
    pub fn expects_continue(&self) -> bool {
        self.version == Version::Http11 && self.has_content && self.expectations().next().is_some()
    }

    pub(super) fn expectations(&self) -> impl Iterator<Item = &str> {
        self.headers.members("Expect")
    }
}

/// A part of a request, in the order in which they arrive. `'a` is the lifetime of the input that
/// it was found in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// The head, once.
    Head(RequestHead),
    /// A piece of the content, without its framing and never empty; any number of them.
    Data(&'a [u8]),
    /// The end of the request, once, with the header fields that came after the content (RFC 9110
    /// section 6.5). Those that cannot be processed there are left out.
    End(Headers),
}

/// Why what the client sent is not a request, or not one that is accepted. The text for a person is
/// its `Display`. The connection takes no other request: where the next one would begin is in
/// doubt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// It is the first message of TLS.
    Tls,
    /// The first line is not a request line; the text shows it.
    Line(String),
    /// This is the version of HTTP.
    Version(String),
    /// The target is invalid; the text says what it has.
    Target(&'static str),
    /// The request is for a proxy.
    Connect,
    /// A header field is malformed or missing, or contradicts another, as the text says.
    Header(String),
    /// The content has this transfer coding.
    TransferCoding(String),
    /// There is this expectation.
    Expectation(String),
    /// The request line is longer than the limit allows.
    LongLine,
    /// There is more than the limit allows of what is named here.
    LargeHead(&'static str),
    /// The content has more bytes than the limit allows, or announces more.
    LargeContent,
    /// The chunked coding of the content is broken, as the text says.
    Content(&'static str),
    /// The connection ended inside the request.
    Incomplete,
}

impl ReadError {
    /// The status of the response (RFC 9110 section 15).
    pub fn status(&self) -> u16 {
        match self {
            Self::Tls
            | Self::Line(_)
            | Self::Target(_)
            | Self::Header(_)
            | Self::Content(_)
            | Self::Incomplete => 400,
            Self::LargeContent => 413,
            // "A server that receives a request-target longer than any URI it wishes to parse MUST
            // respond with a 414 (URI Too Long) status code." (RFC 9112 section 3)
            Self::LongLine => 414,
            Self::Expectation(_) => 417,
            Self::LargeHead(_) => 431,
            Self::Connect | Self::TransferCoding(_) => 501,
            Self::Version(_) => 505,
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tls => f.write_str("this port speaks no TLS"),
            Self::Line(line) => write!(f, "invalid request line \"{line}\""),
            Self::Version(version) => write!(f, "{version} is not supported"),
            Self::Target(what) => write!(f, "invalid request target: {what}"),
            Self::Connect => f.write_str("CONNECT is not supported"),
            Self::Header(text) => f.write_str(text),
            Self::TransferCoding(coding) => {
                write!(f, "the Transfer-Encoding \"{coding}\" is not supported")
            }
            Self::Expectation(expectation) => {
                write!(f, "the expectation \"{expectation}\" cannot be met")
            }
            Self::LongLine => f.write_str("the request line is too long"),
            Self::LargeHead(what) => write!(f, "the request has too many {what}"),
            Self::LargeContent => f.write_str("the request has too many bytes in its body"),
            Self::Content(text) => write!(f, "invalid body of the request: {text}"),
            Self::Incomplete => f.write_str("the connection ended inside the request"),
        }
    }
}

impl std::error::Error for ReadError {}
