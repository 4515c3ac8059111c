//! What requests and responses have in common besides their header fields: the version of HTTP, and
//! the limits of what is accepted.

use std::fmt;

/// A version of HTTP.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// HTTP/1.0 (RFC 1945).
    Http10,
    /// HTTP/1.1 (RFC 9112).
    #[default]
    Http11,
}

impl Version {
    pub(super) const ALL: [Self; 2] = [Self::Http10, Self::Http11];

    pub(super) fn name(self) -> &'static str {
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

/// How much of a message is accepted. More is an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of all heads up to the final one, the fields after a chunked body included.
    pub head: usize,
    /// Header fields in one head, and as many after a chunked body.
    pub headers: usize,
    /// Bytes of content, without its framing.
    pub body: u64,
}
