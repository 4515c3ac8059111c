//! The request of a client as scripts see it.

use std::net::SocketAddr;

use super::shown;
use crate::{net::tls::TlsFacts, protocol::http::request::RequestHead, tcl::Value};

/// What is shown beside the head.
pub(super) struct Shown<'a> {
    pub(super) peer: Option<SocketAddr>,
    pub(super) local: Option<SocketAddr>,
    /// The subprotocol that was chosen, or nothing.
    pub(super) protocol: &'a str,
    pub(super) tls: Option<&'a TlsFacts>,
}

/// A dict.
pub(super) fn request_dict(head: &RequestHead, shown: &Shown<'_>) -> Value {
    let offered = head.headers.members("Sec-WebSocket-Protocol");
    Value::dict([
        ("method", Value::string(&head.method)),
        ("target", Value::string(head.target.as_str())),
        ("path", Value::string(head.target.path())),
        ("query", Value::string(head.target.query())),
        ("headers", shown::headers(&head.headers)),
        ("peername", shown::address(shown.peer)),
        ("sockname", shown::address(shown.local)),
        ("protocols", Value::strings(offered)),
        ("protocol", Value::string(shown.protocol)),
        ("tls", shown::tls(shown.tls)),
    ])
}
