//! The driver that opens a connection: from the checked arguments to the 101 response, or to the
//! error that the caller gets.
//!
//! connecting (a helper thread) → sending the request → reading the response → [`Connection`].
//! `-timeout` runs over all of it. Whatever ends it, the first end counts, and nothing is left
//! behind: no socket, no timer, no helper that would come back.

use super::{
    Package,
    connection::Connection,
    errors,
    options::Request,
    stream::{Received, Stream},
};
use crate::{
    http::{
        headers::Headers,
        request::request,
        response::{Response, ResponseReader},
    },
    net::connect::{ConnectError, connect},
    protocol::{
        extensions,
        handshake::{self, Key},
    },
    tcl::{Channel, Error, Job, Pending, Readiness, Reply, Timer, Value, describe},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::{
    cell::RefCell,
    io,
    net::TcpStream,
    rc::{Rc, Weak},
    time::Instant,
};

/// One attempt to open a connection.
struct Opening {
    package: Rc<Package>,
    pending: Weak<Pending>,
    request: Request,
    key: Key,
    /// The value of the header that offers the extensions.
    extension_offer: Option<String>,
    reader: RefCell<ResponseReader>,
    phase: RefCell<Phase>,
    deadline: RefCell<Option<Timer>>,
}

enum Phase {
    /// Looking up the host and connecting to it.
    Connecting(#[expect(dead_code, reason = "held to be cancelled when it is dropped")] Job),
    /// Connected: the request is on its way, then the response is.
    Exchanging(Rc<Stream>),
    /// Opened, failed or abandoned.
    Over,
}

/// Starts to open a connection. The outcome is the name of the object, with the chosen protocol in
/// the return option `protocol`.
pub(crate) fn open(package: &Rc<Package>, request: Request) -> Result<Rc<Pending>, Error> {
    let offered: Vec<_> = request.extensions.iter().map(|one| one.extension.clone()).collect();
    let extension_offer =
        extensions::offer(&offered).map_err(|error| errors::extension(&error.to_string()))?;
    let pending = Pending::new();
    let timeout = request.timeout;
    let opening = Rc::new(Opening {
        package: Rc::clone(package),
        pending: Rc::downgrade(&pending),
        request,
        key: Key::new(rand::random()),
        extension_offer,
        reader: RefCell::default(),
        phase: RefCell::new(Phase::Over),
        deadline: RefCell::default(),
    });
    if let Some(timeout) = timeout {
        let this = Rc::clone(&opening);
        let timer = Timer::after(&package.interp, timeout, move || this.timed_out());
        opening.deadline.replace(Some(timer));
    }
    let abandoned = Rc::clone(&opening);
    pending.on_abandon(move || abandoned.stop());
    opening.start_connecting(timeout.and_then(|timeout| Instant::now().checked_add(timeout)))?;
    Ok(pending)
}

impl Opening {
    fn start_connecting(self: &Rc<Self>, deadline: Option<Instant>) -> Result<(), Error> {
        let host = self.request.url.host().clone();
        let port = self.request.url.port();
        let this = Rc::clone(self);
        let job = Job::start(
            &self.package.interp,
            move |cancelled| connect(&host, port, deadline, cancelled),
            move |result| this.connected(result),
        );
        match job {
            Ok(job) => {
                self.phase.replace(Phase::Connecting(job));
                Ok(())
            }
            Err(error) => {
                self.stop();
                Err(errors::connect(&format!("couldn't start a thread: {}", describe(&error))))
            }
        }
    }

    fn connected(self: &Rc<Self>, result: io::Result<Result<TcpStream, ConnectError>>) {
        let channel = match result {
            Ok(Ok(socket)) => Channel::from_socket(&self.package.interp, socket)
                .map_err(|error| errors::connect(&format!("couldn't open socket: {error}"))),
            Ok(Err(error)) => Err(errors::connect(&error.to_string())),
            Err(error) => Err(errors::connect(&error.to_string())),
        };
        if let Err(error) = channel.and_then(|channel| self.start_exchange(channel)) {
            self.settle(Err(error));
        }
    }

    fn start_exchange(self: &Rc<Self>, channel: Channel) -> Result<(), Error> {
        let head = request(self.request.url.request_target(), &self.headers());
        let head = head.map_err(|error| errors::argument(&error.to_string()))?;
        let stream = Rc::new(Stream::new(channel));
        stream.push(Value::bytes(&head)).map_err(errors::not_bytes)?;
        let this = Rc::clone(self);
        stream.on_ready(move |ready| this.ready(ready));
        self.phase.replace(Phase::Exchanging(Rc::clone(&stream)));
        self.write(&stream)
    }

    fn headers(&self) -> Headers {
        let mut headers = Headers::new();
        headers.push("Host", self.request.url.host_header());
        let offer = self.extension_offer.as_deref();
        for (name, value) in handshake::request_headers(&self.key, &self.request.protocols, offer) {
            headers.push(name, value);
        }
        if let Some(credentials) = &self.request.credentials {
            // Basic authentication (RFC 7617 section 2).
            headers.push("Authorization", format!("Basic {}", STANDARD.encode(credentials)));
        }
        headers
    }

    fn stream(&self) -> Option<Rc<Stream>> {
        match &*self.phase.borrow() {
            Phase::Exchanging(stream) => Some(Rc::clone(stream)),
            _ => None,
        }
    }

    fn ready(&self, ready: Readiness) {
        let Some(stream) = self.stream() else { return };
        let written = if ready.writable { self.write(&stream) } else { Ok(()) };
        let response =
            written.and_then(|()| if ready.readable { self.read(&stream) } else { Ok(None) });
        if let Some(outcome) = response.transpose() {
            self.settle(outcome.and_then(|response| self.judge(&response, &stream)));
        }
    }

    fn write(&self, stream: &Stream) -> Result<(), Error> {
        stream.flush().map_err(|error| errors::data("EOF", &describe(&error)))?;
        stream.watch(true);
        Ok(())
    }

    /// Reads what there is of the response; gives it when it is complete.
    fn read(&self, stream: &Stream) -> Result<Option<Response>, Error> {
        let received = stream.read().map_err(|error| errors::data("EOF", &describe(&error)))?;
        let mut reader = self.reader.borrow_mut();
        if received == Received::End {
            return reader.end_of_input().map(Some).map_err(errors::response);
        }
        let mut input = stream.input.borrow_mut();
        let mut bytes = input.bytes();
        let response = reader.receive(&mut bytes).map_err(errors::response);
        let rest = bytes.len();
        input.leave(rest);
        response
    }

    /// Decides what the response means: a connection, or an error.
    fn judge(&self, response: &Response, stream: &Rc<Stream>) -> Result<Reply, Error> {
        /// "Any status code other than 101 indicates that the WebSocket handshake has not
        /// completed" (RFC 6455 section 1.3).
        const SWITCHING_PROTOCOLS: u16 = 101;
        if response.status != SWITCHING_PROTOCOLS {
            return Err(errors::refused(response, &self.request.url));
        }
        let headers: Vec<(&str, &str)> = response.headers.iter().collect();
        let request = &self.request;
        let offered: Vec<&str> =
            request.extensions.iter().map(|one| one.extension.name()).collect();
        let accepted = handshake::verify(headers, &self.key, &request.protocols, &offered)
            .map_err(errors::handshake)?;
        let name = Connection::open(
            &self.package,
            Rc::clone(stream),
            request.settings,
            &request.extensions,
            &accepted.extensions,
        )?;
        let protocol = accepted.protocol.unwrap_or_default();
        Ok(Reply { result: name, options: vec![("protocol", Value::string(&protocol))] })
    }

    fn timed_out(&self) {
        let error = match &*self.phase.borrow() {
            Phase::Connecting(_) => errors::connect("couldn't open socket: connection timed out"),
            Phase::Exchanging(_) => errors::data("TIMEOUT", "timeout waiting for a response"),
            Phase::Over => return,
        };
        self.settle(Err(error));
    }

    /// Ends the attempt with its outcome.
    fn settle(&self, outcome: Result<Reply, Error>) {
        self.stop();
        if let Some(pending) = self.pending.upgrade() {
            pending.settle(&self.package.interp, outcome);
        }
    }

    /// Drops everything that is under way.
    fn stop(&self) {
        drop(self.phase.replace(Phase::Over));
        self.deadline.take();
    }
}
