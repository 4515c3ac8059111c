//! What came of a request, and what is known of the way to it.

use std::{net::SocketAddr, rc::Rc, time::Duration};

use crate::{
    io::Stream,
    net::tls::TlsFacts,
    protocol::http::{collector::Response, headers::Headers, url::Url},
};

/// What came of a request.
pub(crate) struct Answer {
    /// Of the server that redirects led to.
    pub(crate) url: Url,
    /// Its content is there only if nobody has taken it.
    pub(crate) response: Response,
    /// The fields after a chunked body.
    pub(crate) trailers: Headers,
    /// The connection, if it is another protocol's now. What came behind the response is in its
    /// input.
    pub(crate) stream: Option<Rc<Stream>>,
    pub(crate) facts: Facts,
}

/// What is known of the way to an answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// The URLs that led on, each with the status of its answer.
    pub(crate) history: Vec<(Url, u16)>,
    pub(crate) times: Times,
    /// Where the connection leads: to the proxy, if there is one.
    pub(crate) peer: Option<SocketAddr>,
    pub(crate) tls: Option<TlsFacts>,
}

/// When what was there, since the request was begun.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Times {
    /// The last connection; nothing if it was there already.
    pub(crate) connect: Option<Duration>,
    /// TLS on it.
    pub(crate) tls: Option<Duration>,
    /// The head of the response.
    pub(crate) head: Duration,
    /// All of it.
    pub(crate) total: Duration,
}

/// Whether the content of a response with this status is what was asked for: a 304 says that the
/// caller has it.
pub(crate) fn is_success(status: u16) -> bool {
    matches!(status, 200..=299 | 304)
}
