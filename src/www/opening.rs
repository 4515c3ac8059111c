//! The driver that opens a connection: from the checked arguments to the 101 response, or to the
//! error that the caller gets.
//!
//! connecting (a helper thread) → the proxy's conversation, if there is one → TLS, if the URL says
//! so → request and response → [`Connection`], or all of it again where a redirect leads.
//! `-timeout` runs over all of it. Whatever ends it, the first end counts, and nothing is left
//! behind: no socket, no timer, no helper that would come back.
//!
//! Scripts may run while this goes on (proxy, socket command, certificates, log): nothing is
//! borrowed meanwhile, and afterwards the attempt may be over.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    io, iter,
    net::TcpStream,
    rc::{Rc, Weak},
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use super::{
    certify,
    configuration::environment_route,
    errors,
    hop::Hop,
    log,
    options::Request,
    tunnel::{self, Tunnel},
};
use crate::{
    context::Context,
    io::{Received, Stream, StreamError},
    net::{
        connect::connect,
        tls::{Session, SettingsError, SharedConfig},
    },
    protocol::{
        http::{
            proxy::{Kind, Proxy, ProxyError, Route},
            redirect,
            response::Response,
            url::{Host, Url},
        },
        websocket::{Role, extensions, handshake},
    },
    tcl::{Channel, Error, Interp, Job, Pending, Readiness, Reply, Timer, Value, describe},
    websocket::{Agreed, Connection, Offered},
};

/// One call of `www websocket`, until it has its outcome.
pub(crate) struct Opening {
    context: Rc<Context>,
    create_object: CreateObject,
    waiter: Waiter,
    request: Request,
    /// The value of the header that offers the extensions.
    extension_offer: Option<String>,
    hop: RefCell<Hop>,
    phase: RefCell<Phase>,
    /// When `-timeout` is over.
    deadline: Option<Instant>,
    timers: RefCell<Vec<Timer>>,
    /// Whether anything has ever arrived.
    heard: Cell<bool>,
    /// Whether it has ended, one way or the other.
    over: Cell<bool>,
    /// Whether a script runs that the stream has to wait for.
    paused: Cell<bool>,
}

/// Makes the object of a new connection, and returns its name. Scripts may run meanwhile.
type CreateObject = Box<dyn Fn(&Rc<Connection>, &[Offered]) -> Result<Value, Error>>;

/// Who gets the outcome.
enum Waiter {
    /// The command that waits.
    Command(Weak<Pending>),
    /// The prefix of `-command`.
    Callback(Vec<Value>),
}

enum Phase {
    /// Looking up the host and connecting to it.
    Connecting(#[expect(dead_code, reason = "dropping it cancels it")] Job),
    /// Speaking to the proxy.
    Tunnelling(Rc<Stream>),
    /// The request is on its way, then the response is. Before that TLS may be.
    Exchanging(Rc<Stream>),
    /// Between two connections, or over.
    Idle,
}

/// What a helper thread comes back with.
type Connected = Result<(Option<TcpStream>, Option<Arc<SharedConfig>>), NotConnected>;

enum NotConnected {
    Connect(String),
    Settings(SettingsError),
}

/// Starts to open a connection. The outcome is the name of the object, with the chosen protocol in
/// the return option `protocol`. Nobody waits for it where `-command` was given.
pub(crate) fn open(
    context: &Rc<Context>,
    mut request: Request,
    create_object: CreateObject,
) -> Result<(Rc<Opening>, Option<Rc<Pending>>), Error> {
    let offered: Vec<_> = request.extensions.iter().map(|one| one.extension.clone()).collect();
    let extension_offer =
        extensions::offer(&offered).map_err(|error| errors::extension(&error.to_string()))?;
    let pending = Pending::new();
    let command = request.command.take();
    let waiter = match &command {
        Some(prefix) => Waiter::Callback(prefix.elements().unwrap_or_default()),
        None => Waiter::Command(Rc::downgrade(&pending)),
    };
    let opening = Rc::new(Opening {
        context: Rc::clone(context),
        create_object,
        waiter,
        extension_offer,
        hop: RefCell::new(Hop::first(&mut request)),
        phase: RefCell::new(Phase::Idle),
        deadline: request.timeout.and_then(|timeout| Instant::now().checked_add(timeout)),
        request,
        timers: RefCell::default(),
        heard: Cell::default(),
        over: Cell::default(),
        paused: Cell::default(),
    });
    if let Some(timeout) = opening.request.timeout {
        opening.later(timeout, Opening::timed_out);
    }
    if command.is_some() {
        // The prefix must not run before the command has returned.
        opening.later(Duration::ZERO, Opening::find_routes);
        return Ok((opening, None));
    }
    let abandoned = Rc::clone(&opening);
    pending.on_abandon(move || abandoned.stop());
    opening.find_routes();
    Ok((opening, Some(pending)))
}

impl Opening {
    fn interp(&self) -> &Interp {
        &self.context.interp
    }

    fn log(&self, message: impl FnOnce() -> String) {
        self.context.log(message);
    }

    /// Has `step` done from the event loop, unless it is all over by then.
    fn later(self: &Rc<Self>, delay: Duration, step: fn(&Rc<Self>)) {
        let this = Rc::clone(self);
        let timer = Timer::after(self.interp(), delay, move || step(&this));
        self.timers.borrow_mut().push(timer);
    }

    // Connecting

    /// Finds out how the server can be reached, and takes the first way.
    fn find_routes(self: &Rc<Self>) {
        let url = self.hop.borrow().url.clone();
        match self.routes(&url) {
            _ if self.over.get() => {}
            Ok(routes) => {
                self.hop.borrow_mut().routes = routes;
                self.try_next_route(None);
            }
            Err(error) => self.settle(Err(error)),
        }
    }

    fn routes(&self, url: &Url) -> Result<VecDeque<Route>, Error> {
        let prefix = self.request.proxy.elements().unwrap_or_default();
        if prefix.is_empty() {
            return Ok([environment_route(url)?].into());
        }
        let arguments = [url.to_string(), url.host().to_string()].map(|text| Value::string(&text));
        let entries = self.interp().call(prefix.iter().chain(&arguments))?;
        let entries = entries.elements().ok_or_else(|| errors::proxy_entry(ProxyError::Entry))?;
        let routes = entries.iter().map(|entry| Route::parse(&entry.to_utf8_lossy()));
        let routes = routes.collect::<Result<VecDeque<_>, _>>().map_err(errors::proxy_entry)?;
        Ok(if routes.is_empty() { [Route::Direct].into() } else { routes })
    }

    /// Takes the next way to the server. Where there is none left, the attempt has failed for the
    /// reason that the last one did.
    fn try_next_route(self: &Rc<Self>, failure: Option<Error>) {
        let mut hop = self.hop.borrow_mut();
        let next = hop.routes.pop_front();
        let begun = match (next, failure) {
            (Some(Route::Direct), _) => {
                hop.tunnel = None;
                Ok(())
            }
            (Some(Route::Through(proxy)), _) => {
                Tunnel::new(proxy, &hop.url).map(|tunnel| hop.tunnel = Some(tunnel))
            }
            (None, failure) => {
                Err(failure.unwrap_or_else(|| errors::connect("no way to the server")))
            }
        };
        drop(hop);
        match begun {
            Ok(()) => self.start_connecting(),
            Err(error) => self.settle(Err(error)),
        }
    }

    fn start_connecting(self: &Rc<Self>) {
        self.drop_stream();
        let hop = self.hop.borrow();
        let tunnel = hop.tunnel.as_ref().map(|tunnel| &tunnel.proxy);
        let (host, port, zone) = match tunnel {
            Some(proxy) => (proxy.host.clone(), proxy.port, None),
            None => (hop.url.host().clone(), hop.url.port(), hop.url.zone().map(str::to_owned)),
        };
        let is_secure =
            hop.url.is_secure() || tunnel.is_some_and(|proxy| proxy.kind == Kind::Https);
        let tls = is_secure.then(|| self.request.tls.clone());
        let through = tunnel.map(|proxy| format!(" through {proxy}")).unwrap_or_default();
        let url = hop.url.to_string();
        drop(hop);
        self.log(|| format!("connecting to {url}{through}"));
        let channel = match self.open_channel(&host, port) {
            Ok(channel) => channel,
            Err(error) => return self.try_next_route(Some(error)),
        };
        if self.over.get() {
            return;
        }
        let has_channel = channel.is_some();
        let deadline = self.deadline;
        let work = move |cancelled: &_| -> Connected {
            // The system's certificates take a while to read.
            let tls = tls.map(|settings| SharedConfig::of(&settings));
            let tls = tls.transpose().map_err(NotConnected::Settings)?;
            if has_channel {
                return Ok((None, tls));
            }
            let socket = connect(&host, zone.as_deref(), port, deadline, cancelled);
            let socket = socket.map_err(|error| NotConnected::Connect(error.to_string()))?;
            Ok((Some(socket), tls))
        };
        let this = Rc::clone(self);
        let job = Job::start(self.interp(), work, move |result| this.connected(channel, result));
        match job {
            Ok(job) => {
                self.phase.replace(Phase::Connecting(job));
            }
            Err(error) => {
                let message = format!("couldn't start a thread: {}", describe(&error));
                self.settle(Err(errors::connect(&message)));
            }
        }
    }

    /// The channel that `-socketcmd` opens, if that is set. The prefix is called as that of the
    /// `www` package.
    fn open_channel(&self, host: &Host, port: u16) -> Result<Option<Channel>, Error> {
        let prefix = self.request.socket_command.elements().unwrap_or_default();
        if prefix.is_empty() {
            return Ok(None);
        }
        let host = host.to_string();
        let arguments = [
            Value::string("-async"),
            Value::string(without_brackets(&host)),
            Value::integer(port.into()),
        ];
        let channel = self.interp().call(prefix.iter().chain(&arguments));
        let channel = channel.map_err(|error| errors::connect(&error.message()))?;
        Channel::take_over(self.interp(), &channel).map(Some)
    }

    fn connected(self: &Rc<Self>, channel: Option<Channel>, result: io::Result<Connected>) {
        if self.interp().is_deleted() {
            return self.stop();
        }
        let (socket, tls) = match result {
            Ok(Ok(connected)) => connected,
            Ok(Err(NotConnected::Connect(message))) => {
                return self.try_next_route(Some(errors::connect(&message)));
            }
            Ok(Err(NotConnected::Settings(error))) => {
                return self.settle(Err(errors::tls_settings(&error)));
            }
            Err(error) => return self.settle(Err(errors::connect(&error.to_string()))),
        };
        let socket = socket.map(|socket| Channel::from_socket(self.interp(), socket)).transpose();
        let begun = match socket.map(|socket| socket.or(channel)) {
            Ok(Some(channel)) => self.begin(channel, tls),
            Ok(None) => Err(errors::connect("couldn't open socket")),
            Err(error) => Err(errors::connect(&format!("couldn't open socket: {error}"))),
        };
        if let Err(error) = begun {
            self.settle(Err(error));
        }
    }

    /// Begins to speak: with the proxy, if there is one, otherwise with the server.
    fn begin(
        self: &Rc<Self>,
        channel: Channel,
        tls: Option<Arc<SharedConfig>>,
    ) -> Result<(), Error> {
        let stream = Rc::new(Stream::new(channel));
        // The handler keeps the attempt, whose phase keeps the stream, until the end of either.
        let this = Rc::clone(self);
        let watched = Rc::downgrade(&stream);
        stream.on_ready(move |ready| {
            if let Some(stream) = watched.upgrade() {
                this.ready(&stream, ready);
            }
        });
        self.hop.borrow_mut().tls = tls;
        let first_bytes = self.start_tunnel(&stream)?;
        match first_bytes {
            None => self.send_request(&stream, true),
            Some(first_bytes) => {
                self.phase.replace(Phase::Tunnelling(Rc::clone(&stream)));
                self.send_first_bytes(&stream, &first_bytes)
            }
        }
    }

    /// What the proxy is to be told first, if there is one; over TLS, where that is its kind.
    fn start_tunnel(&self, stream: &Stream) -> Result<Option<Vec<u8>>, Error> {
        let mut hop = self.hop.borrow_mut();
        let proxy = hop.tunnel.as_ref().map(|tunnel| &tunnel.proxy);
        if let Some(Proxy { kind: Kind::Https, host, .. }) = proxy {
            start_tls(stream, hop.tls.as_deref(), &host.to_string())?;
        }
        hop.first_bytes()
    }

    /// Leaves the connection that there was, if any. Scripts may enter the event loop before it is
    /// closed, and are not to hear of it.
    fn drop_stream(&self) {
        if let Phase::Tunnelling(stream) | Phase::Exchanging(stream) =
            self.phase.replace(Phase::Idle)
        {
            stream.drop_output();
            stream.watch(false);
        }
    }

    // Speaking

    fn ready(self: &Rc<Self>, stream: &Rc<Stream>, ready: Readiness) {
        if self.interp().is_deleted() {
            return self.stop();
        }
        let result = (|| {
            if ready.writable {
                self.flush(stream)?;
            }
            if ready.readable && !self.paused.get() { self.read(stream) } else { Ok(()) }
        })();
        if let Err(error) = result {
            self.settle(Err(error));
        }
    }

    fn send(&self, stream: &Stream, bytes: &[u8]) -> Result<(), Error> {
        stream.push(Value::bytes(bytes)).map_err(errors::not_bytes)?;
        self.flush(stream)
    }

    fn flush(&self, stream: &Stream) -> Result<(), Error> {
        stream.flush().map_err(|error| self.stream_error(&StreamError::Channel(error)))?;
        stream.watch(true);
        Ok(())
    }

    /// The error for a stream that broke in this phase.
    fn stream_error(&self, error: &StreamError) -> Error {
        match error {
            StreamError::Tls(error) => errors::tls(error),
            StreamError::Channel(error) => self.eof_error(&describe(error)),
        }
    }

    /// The error for a connection that ended in this phase. A channel that a script opened may
    /// never have been connected.
    fn eof_error(&self, how: &str) -> Error {
        let heard = self.heard.get() || self.request.socket_command.is_empty();
        if heard && self.awaits_response() {
            return errors::data("EOF", how);
        }
        errors::connect(&format!("couldn't open socket: {how}"))
    }

    /// Whether there is a connection to the server, TLS included, and its answer is waited for.
    fn awaits_response(&self) -> bool {
        matches!(&*self.phase.borrow(), Phase::Exchanging(stream) if !stream.is_handshaking())
    }

    fn read(self: &Rc<Self>, stream: &Rc<Stream>) -> Result<(), Error> {
        let received = stream.read();
        // An alert may be due.
        let flushed = self.flush(stream);
        let received = received.map_err(|error| self.stream_error(&error))?;
        flushed?;
        if matches!(received, Received::Bytes { .. }) {
            self.heard.set(true);
        }
        if !self.check_trust(stream)? {
            return Ok(());
        }
        let is_end = received == Received::End;
        if is_end && stream.is_handshaking() {
            return Err(self.eof_error("the connection ended in the TLS handshake"));
        }
        let tunnelling = matches!(*self.phase.borrow(), Phase::Tunnelling(_));
        let exchanging = matches!(*self.phase.borrow(), Phase::Exchanging(_));
        if tunnelling {
            self.read_tunnel(stream, is_end)
        } else if exchanging {
            self.read_response(stream, is_end)
        } else {
            Ok(())
        }
    }

    /// Answers the question of a TLS session whether to trust the server, if there is one. Tells
    /// whether to go on.
    fn check_trust(&self, stream: &Stream) -> Result<bool, Error> {
        let question = stream.session().and_then(|session| {
            session.presented().map(|presented| certify::Question::new(&presented))
        });
        let Some(question) = question else { return Ok(true) };
        let trusted = self.pause(stream, || question.ask(self.interp(), &self.request.verify));
        if self.over.get() {
            return Ok(false);
        }
        let decided = stream.decide(trusted);
        let flushed = self.flush(stream);
        decided.map_err(|error| self.stream_error(&error))?;
        flushed?;
        Ok(true)
    }

    /// Has a script run that may enter the event loop, where the stream has to wait meanwhile. It
    /// is watched again after the next [flush](Opening::flush).
    fn pause<R>(&self, stream: &Stream, script: impl FnOnce() -> R) -> R {
        stream.watch(false);
        self.paused.set(true);
        let result = script();
        self.paused.set(false);
        result
    }

    fn read_tunnel(self: &Rc<Self>, stream: &Rc<Stream>, is_end: bool) -> Result<(), Error> {
        let answer = {
            let mut hop = self.hop.borrow_mut();
            let Some(tunnel) = &mut hop.tunnel else { return Ok(()) };
            match is_end {
                true => tunnel.end(rand::random()),
                false => stream.parse(|bytes| tunnel.receive(bytes, rand::random())),
            }?
        };
        match answer {
            tunnel::Answer::Unfinished(bytes) => self.send(stream, &bytes),
            tunnel::Answer::Connected => {
                let secure = self.hop.borrow().url.is_secure();
                let is_early = stream.has_input();
                if secure && is_early {
                    return Err(errors::connect("the proxy lets through something before TLS"));
                }
                self.send_request(stream, true)?;
                // A server that speaks before it was asked; the reader says what is wrong with it.
                let goes_on = is_early && !self.over.get();
                if goes_on { self.read_response(stream, is_end) } else { Ok(()) }
            }
            tunnel::Answer::Again { reconnect } => {
                self.hop.borrow_mut().restart_tunnel()?;
                if reconnect || is_end {
                    self.start_connecting();
                    return Ok(());
                }
                // It is TLS already, where it has to be.
                let first_bytes = self.hop.borrow_mut().first_bytes()?;
                self.send_first_bytes(stream, &first_bytes.unwrap_or_default())
            }
        }
    }

    /// Sends the request, on a stream that leads to the server. A new one is made secure first, if
    /// the URL says so.
    fn send_request(&self, stream: &Rc<Stream>, is_new: bool) -> Result<(), Error> {
        let head = {
            let mut hop = self.hop.borrow_mut();
            if is_new && hop.url.is_secure() {
                let name = match &hop.server_name {
                    Some(name) => name.clone(),
                    None => hop.url.host().to_string(),
                };
                start_tls(stream, hop.tls.as_deref(), &name)?;
            }
            hop.request(&self.request.protocols, self.extension_offer.as_deref())?
        };
        self.phase.replace(Phase::Exchanging(Rc::clone(stream)));
        self.send_head(stream, &head)
    }

    /// Sends what the proxy is to be told first.
    fn send_first_bytes(&self, stream: &Stream, first_bytes: &[u8]) -> Result<(), Error> {
        let is_http = self.hop.borrow().tunnel.as_ref().is_some_and(|tunnel| tunnel.is_http());
        if is_http { self.send_head(stream, first_bytes) } else { self.send(stream, first_bytes) }
    }

    /// Sends the head of a request, and then tells the log, which may do anything.
    fn send_head(&self, stream: &Stream, head: &[u8]) -> Result<(), Error> {
        self.send(stream, head)?;
        if self.context.log.is_on() {
            self.log_lines(log::request_lines(&String::from_utf8_lossy(head)));
        }
        Ok(())
    }

    fn log_lines(&self, lines: impl IntoIterator<Item = String>) {
        for line in lines {
            if self.over.get() {
                return;
            }
            self.log(|| line);
        }
    }

    fn read_response(self: &Rc<Self>, stream: &Rc<Stream>, is_end: bool) -> Result<(), Error> {
        let response = {
            let reader = &mut self.hop.borrow_mut().reader;
            let response = match is_end {
                true => reader.end_of_input().map(Some),
                false => stream.parse(|bytes| reader.receive(bytes)),
            };
            response.map_err(errors::response)?
        };
        match response {
            Some(response) => self.handle_response(&response, stream, is_end),
            None => Ok(()),
        }
    }

    // Judging

    /// Decides what the response means: a connection, another attempt, or an error.
    fn handle_response(
        self: &Rc<Self>,
        response: &Response,
        stream: &Rc<Stream>,
        is_end: bool,
    ) -> Result<(), Error> {
        /// "Any status code other than 101 indicates that the WebSocket handshake has not
        /// completed" (RFC 6455 section 1.3).
        const SWITCHING_PROTOCOLS: u16 = 101;
        if self.context.log.is_on() {
            let answer =
                format!("the server answers {} {}", response.head.status, response.head.reason);
            let lines = iter::once(answer).chain(log::response_lines(&response.head.headers));
            self.pause(stream, || self.log_lines(lines));
        }
        if self.over.get() {
            return Ok(());
        }
        if response.head.status == SWITCHING_PROTOCOLS {
            let connection = self.accept(response, stream)?;
            let name = (self.create_object)(&connection, &self.request.extensions)?;
            if self.over.get() {
                // It ended while an extension took its time: nobody will hear of the object.
                connection.delete_owner();
                return Ok(());
            }
            let protocol = Value::string(&connection.agreed().protocol);
            self.settle(Ok(Reply { result: name, options: vec![("protocol", protocol)] }));
            return Ok(());
        }
        let url = self.hop.borrow().url.clone();
        self.hop.borrow_mut().cookies.store(&url, &response.head.headers, SystemTime::now());
        if self.hop.borrow_mut().authenticator.should_retry(&response.head, rand::random()) {
            if response.persistent && !is_end {
                return self.send_request(stream, false);
            }
            self.hop.borrow_mut().restart_tunnel()?;
            self.start_connecting();
            return Ok(());
        }
        if redirect::is_redirect(response.head.status) && self.hop.borrow().redirects_left > 0 {
            let next = redirect::follow(&url, &response.head.headers);
            self.hop.borrow_mut().redirect(next.map_err(|error| errors::redirect(&error))?);
            self.drop_stream();
            self.find_routes();
            return Ok(());
        }
        Err(errors::refused(response, &url))
    }

    /// Makes the connection of a 101 response.
    fn accept(&self, response: &Response, stream: &Rc<Stream>) -> Result<Rc<Connection>, Error> {
        let request = &self.request;
        let headers: Vec<(&str, &str)> = response.head.headers.iter().collect();
        let offered: Vec<&str> =
            request.extensions.iter().map(|one| one.extension.name()).collect();
        let accepted =
            handshake::verify(headers, &self.hop.borrow().key, &request.protocols, &offered)
                .map_err(errors::handshake)?;
        let agreed = Agreed::new(&self.hop.borrow().url, response.head.clone(), accepted, stream);
        Ok(Connection::new(
            &self.context,
            Role::Client,
            Rc::clone(stream),
            request.settings,
            agreed,
        ))
    }

    // The end

    fn timed_out(self: &Rc<Self>) {
        let error = match self.awaits_response() {
            true => errors::data("TIMEOUT", "timeout waiting for a response"),
            false => errors::connect("couldn't open socket: connection timed out"),
        };
        self.settle(Err(error));
    }

    /// Ends the attempt with its outcome.
    fn settle(&self, outcome: Result<Reply, Error>) {
        if self.over.get() {
            return;
        }
        self.stop();
        match &self.waiter {
            Waiter::Command(pending) => {
                if let Some(pending) = pending.upgrade() {
                    pending.settle(self.interp(), outcome);
                }
            }
            Waiter::Callback(prefix) => {
                let (result, options) = match outcome {
                    Ok(reply) => reply.into_parts(),
                    Err(error) => error.into_parts(),
                };
                if let Err(error) = self.interp().call(prefix.iter().chain(&[result, options])) {
                    error.report_in_background(self.interp());
                }
            }
        }
    }

    /// Drops everything that is under way.
    pub(crate) fn stop(&self) {
        self.over.set(true);
        drop(self.phase.replace(Phase::Idle));
        self.timers.take();
    }
}

/// Puts TLS on a stream, for a host of this name.
fn start_tls(stream: &Stream, tls: Option<&SharedConfig>, name: &str) -> Result<(), Error> {
    let Some(configuration) = tls else {
        return Err(errors::connect("no TLS configuration"));
    };
    let session =
        Session::new(configuration, without_brackets(name)).map_err(|error| errors::tls(&error))?;
    stream.secure(session);
    Ok(())
}

/// The address alone, of an IPv6 host as it stands in a URL.
fn without_brackets(host: &str) -> &str {
    host.trim_start_matches('[').trim_end_matches(']')
}
