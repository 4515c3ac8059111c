//! One server on the way to a WebSocket: what is known and said there, and what of it goes along
//! when a redirect leads to the next. `opening.rs` does the speaking.

use std::{collections::VecDeque, mem, sync::Arc};

use super::{errors, headers, options::Request, tunnel::Tunnel};
use crate::{
    net::tls::SharedConfig,
    protocol::{
        http::{
            authentication::{Authenticator, Challenger},
            cookies::Jar,
            headers::Headers,
            proxy::Route,
            redirect,
            request::request,
            response::ResponseReader,
            url::Url,
        },
        websocket::handshake::{self, Key},
    },
    tcl::Error,
};

/// What changes from server to server, on the way through redirects.
pub(crate) struct Hop {
    pub(crate) url: Url,
    /// The name to verify and to send, if not that in the URL.
    pub(crate) server_name: Option<String>,
    pub(crate) key: Key,
    pub(crate) headers: Headers,
    pub(crate) authenticator: Authenticator,
    pub(crate) cookies: Jar,
    pub(crate) redirects_left: u64,
    /// The ways to the server that were not tried yet.
    pub(crate) routes: VecDeque<Route>,
    /// The proxy of the present one.
    pub(crate) tunnel: Option<Tunnel>,
    /// What TLS needs, where TLS is needed.
    pub(crate) tls: Option<Arc<SharedConfig>>,
    pub(crate) reader: ResponseReader,
}

impl Hop {
    /// The server that the caller named.
    pub(crate) fn first(request: &mut Request) -> Self {
        Self {
            url: request.url.clone(),
            server_name: request.server_name.take(),
            key: Key::new(rand::random()),
            headers: mem::take(&mut request.headers),
            authenticator: Authenticator::new(
                Challenger::Server,
                request.basic.take(),
                request.digest.take(),
            ),
            cookies: Jar::new(),
            redirects_left: request.max_redirects,
            routes: VecDeque::new(),
            tunnel: None,
            tls: None,
            reader: ResponseReader::new(),
        }
    }

    /// Goes on to the URL that a redirect leads to. What was meant for one server is not told to
    /// another.
    pub(crate) fn redirect(&mut self, url: Url) {
        if !redirect::same_origin(&self.url, &url) {
            self.headers = headers::without_secrets(&self.headers);
            self.authenticator = Authenticator::new(Challenger::Server, None, None);
            self.server_name = None;
        }
        self.redirects_left -= 1;
        self.url = url;
        self.routes.clear();
        self.tunnel = None;
    }

    /// What the proxy is to be told first, if there is one.
    pub(crate) fn first_bytes(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let Some(tunnel) = &mut self.tunnel else { return Ok(None) };
        tunnel.first_bytes(&self.url, self.headers.first("User-Agent")).map(Some)
    }

    /// Begins anew with the proxy, if there is one.
    pub(crate) fn restart_tunnel(&mut self) -> Result<(), Error> {
        self.tunnel.as_mut().map_or(Ok(()), |tunnel| tunnel.restart(&self.url))
    }

    /// The head of the request, with a new key: "the request MUST include a header field with the
    /// name |Sec-WebSocket-Key| [...] The nonce MUST be selected randomly for each connection."
    /// (RFC 6455 section 4.1)
    pub(crate) fn request(
        &mut self,
        protocols: &[String],
        offer: Option<&str>,
    ) -> Result<Vec<u8>, Error> {
        self.key = Key::new(rand::random());
        self.reader = ResponseReader::new();
        let target = self.url.request_target();
        let authorization = self.authenticator.authorization("GET", target);
        let mut head = Headers::new();
        head.push("Host", self.headers.first("Host").unwrap_or(self.url.host_header()));
        for (name, value) in handshake::request_headers(&self.key, protocols, offer) {
            head.push(name, value);
        }
        let mut cookies = self.cookies.header(&self.url);
        for (name, value) in self.headers.iter() {
            let is = |other: &str| name.eq_ignore_ascii_case(other);
            if is("Host") || is("Authorization") && authorization.is_some() {
                continue;
            }
            match cookies.take_if(|_| is("Cookie")) {
                Some(cookies) => head.push(name, format!("{value}; {cookies}")),
                None => head.push(name, value),
            }
        }
        if let Some(cookies) = cookies {
            head.push("Cookie", cookies);
        }
        if let Some((name, value)) = authorization {
            head.push(name, value);
        }
        request(target, &head).map_err(|error| errors::header(&error.to_string()))
    }
}
