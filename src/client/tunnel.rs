//! The conversation with a proxy, from the connection to it until that leads to the server.

use super::{error::Error, limits::LIMITS};
use crate::protocol::{
    http::{
        authentication::{Authenticator, Challenger, EntityBody},
        collector::{Collector, Response},
        h1::response::ResponseReader,
        proxy::{Kind, Proxy, connect_request},
        url::Url,
    },
    socks::{Progress, Socks, Version},
};

/// A proxy, and the conversation with it.
pub(crate) struct Tunnel {
    pub(crate) proxy: Proxy,
    authenticator: Authenticator,
    protocol: Protocol,
}

enum Protocol {
    Connect(Box<Collector>),
    Socks(Socks),
}

/// What to do after the proxy has said something.
pub(crate) enum Step {
    /// More is needed, and this is to be sent.
    Unfinished(Vec<u8>),
    /// From here on, all bytes are the server's.
    Connected,
    /// It wants the request again, with credentials, on this connection or, as the flag says, on a
    /// new one.
    Again { reconnect: bool },
}

impl Tunnel {
    /// A tunnel that nothing has been said for.
    pub(crate) fn new(proxy: Proxy, url: &Url) -> Result<Self, Error> {
        let credentials = proxy.credentials.clone();
        let authenticator = Authenticator::new(Challenger::Proxy, credentials.clone(), credentials);
        let protocol = Protocol::new(&proxy, url)?;
        Ok(Self { proxy, authenticator, protocol })
    }

    /// Begins on a new connection to the same proxy, which may have challenged before.
    pub(crate) fn restart(&mut self, url: &Url) -> Result<(), Error> {
        self.protocol = Protocol::new(&self.proxy, url)?;
        Ok(())
    }

    /// Whether the proxy is asked with HTTP.
    pub(crate) fn is_http(&self) -> bool {
        matches!(self.protocol, Protocol::Connect(_))
    }

    /// What is to be said first.
    pub(crate) fn first_bytes(
        &mut self,
        url: &Url,
        user_agent: Option<&str>,
    ) -> Result<Vec<u8>, Error> {
        match &mut self.protocol {
            Protocol::Socks(socks) => Ok(socks.take_output()),
            Protocol::Connect(_) => {
                let (authority, body) = (url.authority(), EntityBody::Bytes(b""));
                let authorization = self.authenticator.authorization("CONNECT", &authority, body);
                Ok(connect_request(url, authorization, user_agent)?)
            }
        }
    }

    /// Takes what the proxy says from the front of `input`; `cnonce` is fresh from a cryptographic
    /// generator.
    ///
    /// Errors where it refuses, or says what it should not.
    pub(crate) fn receive(&mut self, input: &mut &[u8], cnonce: [u8; 16]) -> Result<Step, Error> {
        match &mut self.protocol {
            Protocol::Socks(socks) => match socks.receive(input) {
                Ok(Progress::Connected) => Ok(Step::Connected),
                Ok(Progress::NeedsInput) => Ok(Step::Unfinished(socks.take_output())),
                Err(error) => Err(Error::Socks(format!("{}: {error}", self.proxy))),
            },
            Protocol::Connect(reader) => match reader.receive(input) {
                Ok(Some(response)) => self.handle_response(response, cnonce),
                // The body of a refusal is of no use.
                Ok(None) => match reader.give_up() {
                    Some(response) => self.handle_response(response, cnonce),
                    None => Ok(Step::Unfinished(Vec::new())),
                },
                Err(error) => Err(Error::Connect(format!("{}: {error}", self.proxy))),
            },
        }
    }

    /// The proxy has closed the connection.
    pub(crate) fn end(&mut self, cnonce: [u8; 16]) -> Result<Step, Error> {
        let Protocol::Connect(reader) = &mut self.protocol else {
            let message = format!("{}: it closed the connection", self.proxy);
            return Err(Error::Connect(message));
        };
        match reader.end_of_input() {
            Ok(response) => self.handle_response(response, cnonce),
            Err(error) => Err(Error::Connect(format!("{}: {error}", self.proxy))),
        }
    }

    fn handle_response(&mut self, response: Response, cnonce: [u8; 16]) -> Result<Step, Error> {
        if (200..300).contains(&response.head.status) {
            return Ok(Step::Connected);
        }
        if self.authenticator.should_retry(&response.head, cnonce) {
            return Ok(Step::Again { reconnect: !response.persistent });
        }
        Err(Error::ProxyRefused(Box::new((self.proxy.clone(), response.head))))
    }
}

impl Protocol {
    fn new(proxy: &Proxy, url: &Url) -> Result<Self, Error> {
        let version = match proxy.kind {
            Kind::Http | Kind::Https => {
                let reader = ResponseReader::new("CONNECT", LIMITS);
                return Ok(Self::Connect(Box::new(Collector::new(reader))));
            }
            Kind::Socks4 => Version::V4,
            Kind::Socks5 => Version::V5,
        };
        let socks = Socks::new(version, url.host(), url.port(), proxy.credentials.as_ref());
        socks.map(Protocol::Socks).map_err(|error| Error::Socks(format!("{proxy}: {error}")))
    }
}
