//! What the opening handshake agreed on, which remains so.

use std::{cell::Cell, net::SocketAddr, rc::Rc};

use super::shared::Latest;
use crate::{
    io::Stream,
    net::tls::TlsFacts,
    protocol::{
        http::{
            h1::request_reader::RequestReader,
            message::Limits,
            request::{Event, RequestHead},
            response::ResponseHead,
            socket_path::SocketPath,
            url::Url,
        },
        websocket::{extensions::Extension, handshake::Accepted},
    },
};

/// What was known when the connection was open, and remains so.
pub(crate) struct Agreed {
    /// Always there.
    terms: Cell<Option<Rc<Terms>>>,
    pub(crate) head: Head,
    pub(crate) ends: Ends,
}

/// What the peer said.
pub(crate) enum Head {
    /// A server, that opened the connection.
    Response(ResponseHead),
    /// A client, that asked for it.
    Request(RequestText),
}

/// The head of a request as text, which takes little memory: it is kept for long, and seldom looked
/// at.
pub(crate) struct RequestText(Box<str>);

impl RequestText {
    fn new(head: &RequestHead) -> Self {
        let mut text = format!("{} {} HTTP/1.1\r\n", head.method, head.target.as_str());
        for (name, value) in head.headers.iter() {
            text.extend([name, ": ", value, "\r\n"]);
        }
        text.push_str("\r\n");
        Self(text.into())
    }

    /// The head. `None` does not occur: it was one.
    pub(crate) fn head(&self) -> Option<RequestHead> {
        let limits = Limits { head: usize::MAX, headers: usize::MAX, body: 0 };
        match RequestReader::new(limits).receive(&mut self.0.as_bytes()) {
            Ok(Some(Event::Head(head))) => Some(head),
            _ => None,
        }
    }
}

/// What is the same for many connections with one server.
#[derive(Default, PartialEq, Eq)]
pub(crate) struct Terms {
    /// Of the server that redirects led to, without user and password. Nothing where we are the
    /// server.
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
    pub(crate) fn with_server(
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
        let agreed = Self { terms: Cell::default(), head: Head::Response(response), ends };
        agreed.settle(Terms { url, protocol, extensions, tls });
        agreed
    }

    /// What this request, for which a `protocol` was chosen, if any, is to open. The extensions are
    /// [settled](Self::settle_extensions) later.
    pub(crate) fn with_client(head: &RequestHead, protocol: String, stream: &Stream) -> Self {
        let (peer, local) = stream.addresses();
        let (url, extensions, tls) = (String::new(), Vec::new(), stream.tls_facts());
        let terms = Rc::new(Terms { url, protocol, extensions, tls });
        let ends = Ends::Tcp { peer, local };
        Self { terms: Cell::new(Some(terms)), head: Head::Request(RequestText::new(head)), ends }
    }

    /// What is the same for many connections.
    pub(crate) fn terms(&self) -> Rc<Terms> {
        let terms = self.terms.take().unwrap_or_default();
        self.terms.set(Some(Rc::clone(&terms)));
        terms
    }

    /// These extensions are answered to a client.
    pub(super) fn settle_extensions(&self, extensions: Vec<Extension>) {
        let terms = self.terms();
        let (protocol, tls) = (terms.protocol.clone(), terms.tls.clone());
        self.settle(Terms { url: String::new(), protocol, extensions, tls });
    }

    fn settle(&self, terms: Terms) {
        self.terms.set(Some(TERMS.with(|latest| latest.share(terms))));
    }
}
