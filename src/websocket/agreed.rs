//! What the opening handshake agreed on, which remains so.

use std::{net::SocketAddr, rc::Rc};

use super::shared::Latest;
use crate::{
    io::Stream,
    net::tls::TlsFacts,
    protocol::{
        http::{response::ResponseHead, socket_path::SocketPath, url::Url},
        websocket::{extensions::Extension, handshake::Accepted},
    },
};

/// What was known when the connection was open, and remains so.
pub(crate) struct Agreed {
    pub(crate) terms: Rc<Terms>,
    pub(crate) response: ResponseHead,
    pub(crate) ends: Ends,
}

/// What is the same for many connections with one server.
#[derive(Default, PartialEq, Eq)]
pub(crate) struct Terms {
    /// Of the server that redirects led to, without user and password.
    pub(crate) url: String,
    pub(crate) protocol: String,
    /// Those that the server accepted, in its order.
    pub(crate) extensions: Vec<Extension>,
    pub(crate) tls: Option<TlsFacts>,
}

/// Where a connection leads.
pub(crate) enum Ends {
    /// To this Unix domain socket.
    Unix(SocketPath),
    /// To this address, which is the proxy's if there is one, and from that one; `None` where the
    /// channel does not have them.
    Tcp { peer: Option<SocketAddr>, local: Option<SocketAddr> },
}

thread_local! {
    static TERMS: Latest<Terms> = const { Latest::new() };
}

impl Agreed {
    /// What this response, which the handshake was `accepted` with, has opened.
    pub(crate) fn new(
        url: &Url,
        response: ResponseHead,
        accepted: Accepted,
        stream: &Stream,
    ) -> Self {
        // Without this, the session may be that with a proxy.
        let tls = if url.is_secure() { stream.tls_facts() } else { None };
        let Accepted { protocol, extensions } = accepted;
        let ends = match url.socket() {
            Some(path) => Ends::Unix(path.clone()),
            None => {
                let (peer, local) = stream.addresses();
                Ends::Tcp { peer, local }
            }
        };
        let (url, protocol) = (url.to_string(), protocol.unwrap_or_default());
        let terms = Terms { url, protocol, extensions, tls };
        Self { terms: TERMS.with(|latest| latest.share(terms)), response, ends }
    }
}
