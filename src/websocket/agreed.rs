//! What the opening handshake agreed on, which remains so.

use std::net::SocketAddr;

use crate::{
    io::Stream,
    protocol::{
        http::{response::ResponseHead, socket_path::SocketPath, url::Url},
        websocket::{extensions::Extension, handshake::Accepted},
    },
};

/// What was known when the connection was open, and remains so.
pub(crate) struct Agreed {
    /// Of the server that redirects led to, without user and password.
    pub(crate) url: String,
    pub(crate) protocol: String,
    /// Those that the server accepted, in its order.
    pub(crate) extensions: Vec<Extension>,
    pub(crate) response: ResponseHead,
    /// The Unix domain socket that was connected to, in place of the addresses.
    pub(crate) socket: Option<SocketPath>,
    /// Where the TCP connection leads, which is to the proxy if there is one, and where from.
    pub(crate) peer: Option<SocketAddr>,
    pub(crate) local: Option<SocketAddr>,
    pub(crate) tls: Option<Tls>,
}

/// TLS with the server.
pub(crate) struct Tls {
    pub(crate) version: &'static str,
    pub(crate) cipher: String,
    /// The server's, in DER.
    pub(crate) certificate: Vec<u8>,
}

impl Agreed {
    /// What this response, which the handshake was `accepted` with, has opened.
    pub(crate) fn new(
        url: &Url,
        response: ResponseHead,
        accepted: Accepted,
        stream: &Stream,
    ) -> Self {
        let (peer, local) = stream.addresses();
        // Without this, the session may be that with a proxy.
        let session = stream.session().filter(|_| url.is_secure());
        let tls = session.and_then(|session| {
            let info = session.info()?;
            Some(Tls {
                version: info.version,
                cipher: info.cipher_suite,
                certificate: info.certificates.first()?.to_vec(),
            })
        });
        let Accepted { protocol, extensions } = accepted;
        let protocol = protocol.unwrap_or_default();
        let (url, socket) = (url.to_string(), url.socket().cloned());
        Self { url, protocol, extensions, response, socket, peer, local, tls }
    }
}
