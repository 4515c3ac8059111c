//! What the opening handshake agreed on, which remains so.

use std::{net::SocketAddr, rc::Rc};

use super::shared::Latest;
use crate::{
    client::TlsFacts,
    io::Stream,
    protocol::{
        http::{response::ResponseHead, socket_path::SocketPath, url::Url},
        websocket::{extensions::Extension, handshake::Accepted},
    },
};

/// What was known when the connection was open, and remains so.
pub(crate) struct Agreed {
    /// Of the server that redirects led to, without user and password.
    pub(crate) url: Box<str>,
    pub(crate) protocol: Box<str>,
    /// Those that the server accepted, in its order.
    pub(crate) extensions: Box<[Extension]>,
    pub(crate) response: ResponseHead,
    pub(crate) ends: Ends,
    pub(crate) tls: Option<Rc<TlsFacts>>,
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
    static TLS: Latest<TlsFacts> = const { Latest::new() };
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
        let tls = if url.is_secure() { TlsFacts::of(stream) } else { None };
        // It is the same for many connections with one server.
        let tls = tls.map(|tls| TLS.with(|latest| latest.share(tls)));
        let Accepted { protocol, extensions } = accepted;
        let ends = match url.socket() {
            Some(path) => Ends::Unix(path.clone()),
            None => {
                let (peer, local) = stream.addresses();
                Ends::Tcp { peer, local }
            }
        };
        let (url, protocol) = (url.to_string().into(), protocol.unwrap_or_default().into());
        Self { url, protocol, extensions: extensions.into(), response, ends, tls }
    }
}
