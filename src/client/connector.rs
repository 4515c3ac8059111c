//! From a URL to a byte stream that leads to its server: the route, a connection that is kept or a
//! new one, the proxy's conversation and the TLS handshake.
//!
//! Scripts may run while this goes on (proxies, socket command, certificates, virtual files, log):
//! nothing is borrowed meanwhile, and afterwards it may have been stopped.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    env, io,
    rc::Rc,
    sync::Arc,
    time::Instant,
};

use super::{
    certify::Question,
    error::Error,
    headers,
    pool::{Grant, Lease, Origin, Pool, Waiting},
    tls_settings::TlsSettings,
    tunnel::{Step, Tunnel},
};
use crate::{
    context::Context,
    io::{Begun, Connecting, Received, Stream, StreamError},
    net::{
        connect::{ConnectError, Race, addresses},
        resolver::{LookUp, look_up},
        tls::{self, Session, SettingsError, SharedConfig},
    },
    protocol::http::{
        proxy::{Kind, Proxy, ProxyError, Route},
        socket_path::SocketPath,
        url::{Host, Scheme, Url},
    },
    tcl::{Channel, Interp, Job, Readiness, Soon, Value, describe},
};

/// How the caller wants servers to be reached.
pub(crate) struct ConnectSettings {
    /// A command prefix that names the proxies. Empty: those of the environment.
    pub(crate) proxy: Value,
    /// A command prefix that opens channels. Empty: our own sockets.
    pub(crate) socket_command: Value,
    /// A command prefix that makes the way to the server of a channel, where the scheme of the URL
    /// is one that the caller has defined. Empty: none.
    pub(crate) transformation: Value,
    /// A command prefix that is asked about certificates. Empty: none.
    pub(crate) verify: Value,
    pub(crate) tls: TlsSettings,
    /// The User-Agent for proxies.
    pub(crate) user_agent: Option<String>,
}

impl ConnectSettings {
    /// Whether it is a script that opens the channel to the server of this URL, or to its proxy.
    pub(super) fn uses_socket_command(&self, url: &Url) -> bool {
        url.socket().is_none() && !self.socket_command.is_empty()
    }

    /// What of it matters to a connection, equal for settings that mean the same.
    fn key(&self) -> impl Iterator<Item = String> {
        let texts = [&self.socket_command, &self.transformation, &self.verify];
        texts.map(Value::to_utf8_lossy).into_iter().chain(self.tls.key())
    }
}

/// The proxies that the environment names for a URL.
pub(crate) fn environment_route(url: &Url) -> Result<Route, ProxyError> {
    Route::from_environment(url, |name| env::var(name).ok())
}

/// A stream that leads to the server.
pub(super) struct Connected {
    pub(super) stream: Rc<Stream>,
    /// Where there is a pool.
    pub(super) lease: Option<Lease>,
    /// Whether it served other requests before.
    pub(super) is_reused: bool,
    /// The proxy that passes requests on: their target is the whole URL then.
    pub(super) forwarder: Option<Proxy>,
    pub(super) since: Since,
}

/// When a new connection came how far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Since {
    pub(super) connected: Option<Instant>,
    pub(super) secure: Option<Instant>,
}

/// Connects to the server of one URL, again and again if need be.
pub(crate) struct Connector {
    context: Rc<Context>,
    settings: Rc<ConnectSettings>,
    /// Where connections are kept, if they are.
    pool: Option<Rc<Pool>>,
    url: Url,
    /// The name to verify and to send, if not that in the URL.
    server_name: Option<String>,
    /// The routes to the server that were not tried yet.
    routes: RefCell<VecDeque<Route>>,
    /// The present route, and the conversation with its proxy.
    route: RefCell<Option<Route>>,
    tunnel: RefCell<Option<Tunnel>>,
    /// The place in the pool.
    lease: RefCell<Option<Lease>>,
    since: Cell<Since>,
    phase: RefCell<Phase>,
    /// Whether only a new connection will do.
    wants_new: Cell<bool>,
    /// Whether a script runs that the stream has to wait for.
    is_paused: Cell<bool>,
    /// Whether anything has arrived.
    has_heard: Cell<bool>,
    /// Who gets the outcome; `None` when there is one, or it is not wanted any more.
    done: RefCell<Option<Done>>,
}

/// Gets the stream, over which the server can be asked at once.
pub(super) type Done = Box<dyn FnOnce(Result<Connected, Error>)>;

enum Phase {
    /// Not connected.
    Idle,
    /// Waiting for another request to end.
    Queued(#[expect(dead_code, reason = "dropping it cancels it")] Waiting),
    /// Making ready what TLS needs.
    Preparing(#[expect(dead_code, reason = "dropping it cancels it")] Job),
    /// Looking the host up.
    LookingUp(#[expect(dead_code, reason = "dropping them cancels it")] (Job, LookUp)),
    /// Connecting to it.
    Connecting(#[expect(dead_code, reason = "dropping it cancels it")] Connecting),
    /// A script has opened a channel. The next step is taken by the event loop.
    Opened(#[expect(dead_code, reason = "dropping it cancels it")] Soon),
    /// Speaking to the proxy.
    Tunnelling(Rc<Stream>, TlsConfig),
    /// Waiting for the end of the TLS handshake with the server.
    Handshaking(Rc<Stream>),
}

/// What TLS needs, where TLS is needed.
type TlsConfig = Option<Arc<SharedConfig>>;

/// Where to connect to.
enum Destination {
    /// A host, a port, and the interface where the host needs one.
    Host(Host, u16, Option<String>),
    /// A Unix domain socket.
    Path(SocketPath),
    /// There is a channel.
    Channel(Channel),
}

impl Connector {
    /// One for the server of this URL.
    pub(super) fn new(
        context: &Rc<Context>,
        settings: &Rc<ConnectSettings>,
        pool: Option<&Rc<Pool>>,
        url: Url,
        server_name: Option<String>,
    ) -> Rc<Self> {
        Rc::new(Self {
            context: Rc::clone(context),
            settings: Rc::clone(settings),
            pool: pool.map(Rc::clone),
            url,
            server_name,
            routes: RefCell::default(),
            route: RefCell::default(),
            tunnel: RefCell::default(),
            lease: RefCell::default(),
            since: Cell::default(),
            wants_new: Cell::default(),
            phase: RefCell::new(Phase::Idle),
            is_paused: Cell::default(),
            has_heard: Cell::default(),
            done: RefCell::default(),
        })
    }

    /// Connects by the first route that works; `wants_new` refuses a connection that served others.
    pub(super) fn connect(self: &Rc<Self>, wants_new: bool, done: Done) {
        self.done.replace(Some(done));
        self.wants_new.set(wants_new);
        let routes = self.find_routes();
        if self.is_stopped() {
            return;
        }
        match routes {
            Ok(routes) => {
                self.routes.replace(routes);
                self.try_next_route(None);
            }
            Err(error) => self.finish(Err(error)),
        }
    }

    /// Connects once more, anew, by the route that has worked.
    pub(super) fn reconnect(self: &Rc<Self>, done: Done) {
        self.done.replace(Some(done));
        self.wants_new.set(true);
        if let Err(error) = self.restart_tunnel() {
            return self.finish(Err(error));
        }
        self.find_place();
    }

    /// Drops everything that is going on. Nobody gets an outcome.
    pub(super) fn stop(&self) {
        self.done.take();
        self.drop_stream();
        self.lease.take();
    }

    /// Whether anything has arrived, from whatever was connected to.
    pub(super) fn has_heard(&self) -> bool {
        self.has_heard.get()
    }

    /// What is being waited for, to stand behind "timed out"; empty while the server is looked up
    /// and connected to.
    pub(super) fn step(&self) -> String {
        let tunnel = self.tunnel.borrow();
        let proxy = tunnel.as_ref().map(|tunnel| format!("the proxy {}", tunnel.proxy));
        match (&*self.phase.borrow(), proxy) {
            (Phase::Queued(_), _) => "waiting for another request to end".to_owned(),
            (Phase::Handshaking(_), _) => match self.forwarder() {
                Some(proxy) => format!("in the TLS handshake with the proxy {proxy}"),
                None => format!("in the TLS handshake with {}", self.url.host()),
            },
            (Phase::Tunnelling(stream, _), Some(proxy)) if stream.is_handshaking() => {
                format!("in the TLS handshake with {proxy}")
            }
            (Phase::Tunnelling(..), Some(proxy)) => format!("waiting for the answer of {proxy}"),
            (_, Some(proxy)) => format!("connecting to {proxy}"),
            (_, None) => String::new(),
        }
    }

    fn is_stopped(&self) -> bool {
        self.done.borrow().is_none()
    }

    fn finish(&self, outcome: Result<Rc<Stream>, Error>) {
        self.end(outcome, false);
    }

    fn end(&self, outcome: Result<Rc<Stream>, Error>, is_reused: bool) {
        let done = self.done.take();
        if outcome.is_ok() {
            // It is the caller's now.
            self.phase.replace(Phase::Idle);
        } else {
            self.drop_stream();
        }
        let (lease, since) = (self.lease.take(), self.since.take());
        let connected = outcome.map(|stream| {
            let forwarder = self.forwarder();
            Connected { stream, lease, is_reused, forwarder, since }
        });
        if let Some(done) = done {
            done(connected);
        }
    }

    fn interp(&self) -> &Interp {
        &self.context.interp
    }

    // The route

    fn find_routes(&self) -> Result<VecDeque<Route>, Error> {
        // No proxy leads to it.
        if self.url.socket().is_some() {
            return Ok([Route::Direct].into());
        }
        let prefix = self.settings.proxy.elements().unwrap_or_default();
        if prefix.is_empty() {
            return Ok([environment_route(&self.url)?].into());
        }
        let host = self.url.host_header();
        // What a proxy makes a tunnel for is no concern of those who choose it.
        let url = match self.url.uses_tls() || self.url.is_own() {
            true => format!("{}://{host}/", self.url.scheme_name()),
            false => self.url.to_string(),
        };
        let arguments = [&url, host].map(Value::string);
        let entries = self.interp().call(prefix.iter().chain(&arguments))?;
        let entries = entries.elements().ok_or(ProxyError::Entry)?;
        let routes = entries.iter().map(|entry| Route::parse(&entry.to_utf8_lossy()));
        let routes = routes.collect::<Result<VecDeque<_>, _>>()?;
        Ok(if routes.is_empty() { [Route::Direct].into() } else { routes })
    }

    /// Takes the next route to the server. Where there is none left, connecting has failed for the
    /// reason that the last one did.
    fn try_next_route(self: &Rc<Self>, failure: Option<Error>) {
        if self.is_stopped() {
            return;
        }
        let next = self.routes.borrow_mut().pop_front();
        let Some(route) = next else {
            let none = || Error::Connect("no way to the server".to_owned());
            return self.finish(Err(failure.unwrap_or_else(none)));
        };
        self.route.replace(Some(route.clone()));
        let tunnel = match route {
            Route::Through(proxy) if self.forwarder().is_none() => {
                Tunnel::new(proxy, &self.url).map(Some)
            }
            _ => Ok(None),
        };
        match tunnel {
            Ok(tunnel) => {
                self.tunnel.replace(tunnel);
                self.find_place();
            }
            Err(error) => self.finish(Err(error)),
        }
    }

    /// The proxy of the present route, if it is one that passes requests on: "A client [...] MUST
    /// send the target URI in "absolute-form" as the request-target" (RFC 9112 section 3.2.2). All
    /// others only make a tunnel.
    fn forwarder(&self) -> Option<Proxy> {
        match &*self.route.borrow() {
            Some(Route::Through(proxy))
                if self.url.scheme() == Scheme::Http
                    && !self.url.is_own()
                    && matches!(proxy.kind, Kind::Http | Kind::Https) =>
            {
                Some(proxy.clone())
            }
            _ => None,
        }
    }

    /// Takes a connection of the pool, or a place in it for a new one.
    fn find_place(self: &Rc<Self>) {
        self.drop_stream();
        self.lease.take();
        let Some(pool) = self.pool.clone() else { return self.start_connecting() };
        let route = self.route.borrow().as_ref().map(Route::to_entry);
        let way = [route, self.server_name.clone()].map(Option::unwrap_or_default);
        let way = way.into_iter().chain(self.settings.key()).collect();
        let this = Rc::downgrade(self);
        let granted = move |grant| {
            if let Some(this) = this.upgrade() {
                this.use_grant(grant);
            }
        };
        match pool.ask(Origin::new(&self.url, way), self.wants_new.get(), granted) {
            Ok(grant) => self.use_grant(grant),
            Err(waiting) => {
                self.phase.replace(Phase::Queued(waiting));
            }
        }
    }

    fn use_grant(self: &Rc<Self>, grant: Grant) {
        match grant {
            Grant::New(lease) => {
                self.lease.replace(Some(lease));
                self.start_connecting();
            }
            Grant::Used(lease, stream) => {
                self.lease.replace(Some(lease));
                self.end(Ok(stream), true);
            }
        }
    }

    /// Begins anew with the proxy, if there is one.
    fn restart_tunnel(&self) -> Result<(), Error> {
        self.tunnel.borrow_mut().as_mut().map_or(Ok(()), |tunnel| tunnel.restart(&self.url))
    }

    // The connection

    fn start_connecting(self: &Rc<Self>) {
        self.drop_stream();
        let proxy = self.tunnel.borrow().as_ref().map(|tunnel| tunnel.proxy.clone());
        let proxy = proxy.or_else(|| self.forwarder());
        let (host, port, zone) = match &proxy {
            Some(proxy) => (proxy.host.clone(), proxy.port, None),
            None => (self.url.host().clone(), self.url.port(), self.url.zone().map(str::to_owned)),
        };
        let is_secure =
            self.url.uses_tls() || proxy.as_ref().is_some_and(|proxy| proxy.kind == Kind::Https);
        let through = proxy.map(|proxy| format!(" through {proxy}")).unwrap_or_default();
        self.context.log(|| format!("connecting to {}{through}", self.url));
        let tls = is_secure.then(|| self.settings.tls.read(self.interp())).transpose();
        if self.is_stopped() {
            return;
        }
        let tls = match tls {
            Ok(tls) => tls,
            Err(error) => return self.finish(Err(error.into())),
        };
        let destination = match self.url.socket() {
            Some(path) => Destination::Path(path.clone()),
            None => match self.open_channel(&host, port) {
                Ok(Some(channel)) => Destination::Channel(channel),
                Ok(None) => Destination::Host(host, port, zone),
                Err(error) => return self.try_next_route(Some(error)),
            },
        };
        if self.is_stopped() {
            return;
        }
        let is_channel = matches!(destination, Destination::Channel(_));
        if let Some(error) = Channel::check_sockets().err().filter(|_| !is_channel) {
            return self.finish(Err(not_open(&describe(&error))));
        }
        self.prepare_tls(destination, tls);
    }

    /// Makes ready what TLS needs, if it is, and goes on to the destination. What is not at hand is
    /// made in a helper thread: reading the system's certificates or decrypting a key takes time.
    fn prepare_tls(self: &Rc<Self>, destination: Destination, tls: Option<tls::Settings>) {
        let Some(settings) = tls else { return self.reach(destination, None) };
        if let Some(config) = SharedConfig::known(&settings) {
            return self.reach(destination, Some(config));
        }
        let this = Rc::clone(self);
        let done = move |result: io::Result<Result<_, SettingsError>>| match result {
            Ok(Ok(config)) => this.reach(destination, Some(config)),
            Ok(Err(error)) => this.finish(Err(Error::TlsSettings(error))),
            Err(error) => this.finish(Err(Error::Connect(error.to_string()))),
        };
        match Job::start(self.interp(), move || SharedConfig::of(&settings), done) {
            Ok(job) => {
                self.phase.replace(Phase::Preparing(job));
            }
            Err(error) => {
                let message = format!("couldn't start a thread: {}", describe(&error));
                self.finish(Err(Error::Connect(message)));
            }
        }
    }

    /// Goes to the destination.
    fn reach(self: &Rc<Self>, destination: Destination, tls: TlsConfig) {
        match destination {
            Destination::Channel(channel) => self.go_on_with(channel, tls),
            Destination::Path(path) => self.race(Race::to_path(path), tls),
            Destination::Host(host, port, zone) => match addresses(&host, zone.as_deref(), port) {
                Ok(Some(addresses)) => self.race(Race::to_addresses(addresses), tls),
                Ok(None) => self.look_up(host.to_string(), port, tls),
                Err(error) => self.try_next_route(Some(not_connected(&error))),
            },
        }
    }

    /// Goes on with the channel that a script has opened, from the event loop.
    fn go_on_with(self: &Rc<Self>, channel: Channel, tls: TlsConfig) {
        let this = Rc::clone(self);
        let soon = Soon::new(self.interp(), move || {
            let begun = this.begin(channel, tls);
            this.check(begun);
        });
        self.phase.replace(Phase::Opened(soon));
    }

    /// Looks the host up, and goes on with its addresses.
    fn look_up(self: &Rc<Self>, name: String, port: u16, tls: TlsConfig) {
        let this = Rc::clone(self);
        let own_name = name.clone();
        let (job, delivery) =
            Job::new(self.interp(), move |answer| match answer.and_then(|answer| answer) {
                Ok(addresses) => this.race(Race::to_addresses(addresses), tls),
                Err(error) => {
                    let error = ConnectError::Resolve(own_name, error);
                    this.try_next_route(Some(not_connected(&error)));
                }
            });
        let look_up = look_up(&name, port, move |answer| delivery.deliver(answer));
        self.phase.replace(Phase::LookingUp((job, look_up)));
    }

    /// Connects, and begins to speak.
    fn race(self: &Rc<Self>, race: Race, tls: TlsConfig) {
        let (this, own_tls) = (Rc::clone(self), tls.clone());
        let begun = Connecting::start(self.interp(), race, move |outcome| {
            this.connected(outcome, own_tls);
        });
        match begun {
            Ok(Begun::Connecting(connecting)) => {
                self.phase.replace(Phase::Connecting(connecting));
            }
            Ok(Begun::Connected(channel)) => self.connected(Ok(channel), tls),
            Err(error) => self.connected(Err(error), tls),
        }
    }

    fn connected(self: &Rc<Self>, outcome: Result<Channel, ConnectError>, tls: TlsConfig) {
        match outcome {
            Ok(channel) => {
                let begun = self.begin(channel, tls);
                self.check(begun);
            }
            Err(error) => self.try_next_route(Some(not_connected(&error))),
        }
    }

    /// The channel that `-socketcmd` opens, if that is set. The prefix is called as that of the
    /// `www` package.
    fn open_channel(&self, host: &Host, port: u16) -> Result<Option<Channel>, Error> {
        let prefix = self.settings.socket_command.elements().unwrap_or_default();
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
        let channel = channel.map_err(|error| Error::Connect(error.message()))?;
        Ok(Some(Channel::take_over(self.interp(), &channel)?))
    }

    /// Begins to speak: with the proxy, if there is one, otherwise with the server.
    fn begin(self: &Rc<Self>, channel: Channel, tls: TlsConfig) -> Result<(), Error> {
        self.since.set(Since { connected: Some(Instant::now()), secure: None });
        let stream = Rc::new(Stream::new(channel));
        // The handler keeps the connector, whose phase keeps the stream, until the end of either.
        let this = Rc::clone(self);
        let watched = Rc::downgrade(&stream);
        stream.on_ready(move |ready| {
            if let Some(stream) = watched.upgrade() {
                let result = this.ready(&stream, ready);
                this.check(result);
            }
        });
        if self.tunnel.borrow().is_none() {
            return self.reach_server(&stream, tls);
        }
        self.start_tunnel(&stream, tls)
    }

    /// Passes an error on.
    fn check(&self, result: Result<(), Error>) {
        if let Err(error) = result {
            self.finish(Err(error));
        }
    }

    /// Closes the connection that there was, if any, and ends what leads to one.
    fn drop_stream(&self) {
        if let Phase::Tunnelling(stream, _) | Phase::Handshaking(stream) =
            self.phase.replace(Phase::Idle)
        {
            stream.close();
        }
    }

    // Speaking

    fn ready(self: &Rc<Self>, stream: &Rc<Stream>, ready: Readiness) -> Result<(), Error> {
        if ready.writable {
            flush(stream)?;
        }
        let mut more = ready.readable;
        while more && self.reads_from(stream) {
            more = self.read(stream)?;
        }
        Ok(())
    }

    /// Whether what the stream has is wanted now.
    fn reads_from(&self, stream: &Rc<Stream>) -> bool {
        let is_current = match &*self.phase.borrow() {
            Phase::Tunnelling(own, _) | Phase::Handshaking(own) => Rc::ptr_eq(own, stream),
            _ => false,
        };
        is_current && !self.is_stopped() && !self.is_paused.get()
    }

    /// Reads once. Tells whether there may be more at once, of which no event will tell: the end of
    /// a TLS session lies in the same bytes as what comes before it.
    fn read(self: &Rc<Self>, stream: &Rc<Stream>) -> Result<bool, Error> {
        let received = stream.read();
        let is_handshaking = matches!(*self.phase.borrow(), Phase::Handshaking(_));
        let is_done = is_handshaking && received.is_ok() && !stream.is_handshaking();
        // An alert may be due. The last flight of the handshake leaves together with the request.
        let flushed = if is_done { Ok(()) } else { flush(stream) };
        if matches!(received, Ok(Received::Bytes { .. })) {
            self.has_heard.set(true);
        }
        let more = matches!(received, Ok(Received::Bytes { more: true }));
        let received = received.map_err(stream_error);
        let received = received.and_then(|received| flushed.map(|()| received));
        if received.is_ok() && !self.check_trust(stream)? {
            return Ok(false);
        }
        let tls = match &*self.phase.borrow() {
            Phase::Tunnelling(_, tls) => Some(tls.clone()),
            _ => None,
        };
        match tls {
            Some(tls) => self.read_tunnel(stream, tls, received)?,
            None => received.and_then(|_| self.check_handshake(stream))?,
        }
        Ok(more || stream.is_ended())
    }

    /// Answers the question of a TLS session whether to trust the server, if there is one. Tells
    /// whether to go on.
    fn check_trust(&self, stream: &Stream) -> Result<bool, Error> {
        let question = stream
            .session()
            .and_then(|session| session.presented().map(|presented| Question::new(&presented)));
        let Some(question) = question else { return Ok(true) };
        // The script may enter the event loop, where the stream has to wait.
        stream.watch(false);
        self.is_paused.set(true);
        let trusted = question.ask(self.interp(), &self.settings.verify);
        self.is_paused.set(false);
        if self.is_stopped() {
            return Ok(false);
        }
        let decided = stream.decide(trusted);
        let flushed = flush(stream);
        decided.map_err(stream_error)?;
        flushed?;
        Ok(true)
    }

    // The proxy

    /// Begins the conversation with the proxy; over TLS, where that is its kind.
    fn start_tunnel(&self, stream: &Rc<Stream>, tls: TlsConfig) -> Result<(), Error> {
        let host = match self.tunnel.borrow().as_ref().map(|tunnel| &tunnel.proxy) {
            Some(Proxy { kind: Kind::Https, host, .. }) => Some(host.to_string()),
            _ => None,
        };
        if let Some(host) = host {
            start_tls(stream, tls.as_deref(), &host)?;
        }
        self.phase.replace(Phase::Tunnelling(Rc::clone(stream), tls));
        self.send_first_bytes(stream)
    }

    fn send_first_bytes(&self, stream: &Stream) -> Result<(), Error> {
        let (bytes, is_http) = {
            let mut tunnel = self.tunnel.borrow_mut();
            let Some(tunnel) = tunnel.as_mut() else { return Ok(()) };
            let user_agent = self.settings.user_agent.as_deref();
            (tunnel.first_bytes(&self.url, user_agent)?, tunnel.is_http())
        };
        send(stream, &bytes)?;
        if is_http && self.context.log.is_on() {
            for line in headers::request_lines(&String::from_utf8_lossy(&bytes)) {
                if self.is_stopped() {
                    break;
                }
                self.context.log(|| line);
            }
        }
        Ok(())
    }

    fn read_tunnel(
        self: &Rc<Self>,
        stream: &Rc<Stream>,
        tls: TlsConfig,
        received: Result<Received, Error>,
    ) -> Result<(), Error> {
        let is_end = !matches!(received, Ok(Received::Bytes { .. } | Received::Nothing));
        let step = {
            let mut tunnel = self.tunnel.borrow_mut();
            let Some(tunnel) = tunnel.as_mut() else { return Ok(()) };
            match (stream.parse(|bytes| tunnel.receive(bytes, rand::random()))?, received) {
                // A refusal or a challenge that came before is one.
                (Step::Unfinished(_) | Step::Connected, Err(failure)) => return Err(failure),
                (Step::Unfinished(_), Ok(Received::End)) => tunnel.end(rand::random())?,
                (step, _) => step,
            }
        };
        match step {
            Step::Unfinished(bytes) => send(stream, &bytes),
            Step::Connected => {
                if (self.url.uses_tls() || self.is_transformed()) && stream.has_input() {
                    let message = "the proxy lets through something before TLS";
                    return Err(Error::Connect(message.to_owned()));
                }
                self.reach_server(stream, tls)
            }
            Step::Again { reconnect } => {
                self.restart_tunnel()?;
                if reconnect || is_end {
                    self.start_connecting();
                    return Ok(());
                }
                // It is TLS already, where it has to be.
                self.send_first_bytes(stream)
            }
        }
    }

    // The server

    /// Makes the stream, which leads to the server, secure if the URL says so, or if its proxy is
    /// spoken to over TLS.
    fn reach_server(self: &Rc<Self>, stream: &Rc<Stream>, tls: TlsConfig) -> Result<(), Error> {
        if self.is_transformed() {
            return self.transform(stream);
        }
        let name = match self.forwarder() {
            Some(proxy) => (proxy.kind == Kind::Https).then(|| proxy.host.to_string()),
            None if !self.url.uses_tls() => None,
            None => Some(self.server_name.clone().unwrap_or_else(|| self.url.host().to_string())),
        };
        let Some(name) = name else {
            self.finish(Ok(Rc::clone(stream)));
            return Ok(());
        };
        start_tls(stream, tls.as_deref(), &name)?;
        self.phase.replace(Phase::Handshaking(Rc::clone(stream)));
        flush(stream)
    }

    /// Whether a script makes the way to the server of a connection.
    fn is_transformed(&self) -> bool {
        self.url.is_own() && !self.settings.transformation.is_empty()
    }

    /// Has a script make the way to the server of a connection, TLS say, and hands that over.
    fn transform(&self, stream: &Stream) -> Result<(), Error> {
        if stream.is_secure() {
            let message = "a scheme of www register cannot go through a proxy over TLS";
            return Err(Error::Connect(message.to_owned()));
        }
        let lent = stream.lend(self.interp()).map_err(|error| not_open(&describe(&error)))?;
        // It is closed.
        self.phase.replace(Phase::Idle);
        let host = self.url.host().to_string();
        let host = Value::string(without_brackets(&host));
        let prefix = self.settings.transformation.elements().unwrap_or_default();
        let made = self.interp().call(prefix.iter().chain([&lent, &host]));
        let made = made.map_err(|error| match error.errorcode().first() {
            Some(first) if first == "WWW" => Error::Script(error),
            _ => Error::Connect(error.message()),
        });
        let made = made.and_then(|made| {
            let name = if made.is_empty() { &lent } else { &made };
            Ok(Channel::take_over(self.interp(), name)?)
        });
        match made {
            Ok(channel) if !self.is_stopped() => {
                self.since.set(Since { secure: Some(Instant::now()), ..self.since.get() });
                self.finish(Ok(Rc::new(Stream::new(channel))));
                Ok(())
            }
            Ok(_) => Ok(()),
            Err(error) => {
                // It is nobody's, unless the script has closed it.
                drop(Channel::take_over(self.interp(), &lent));
                Err(error)
            }
        }
    }

    /// Hands the stream over when the TLS handshake is done.
    fn check_handshake(&self, stream: &Rc<Stream>) -> Result<(), Error> {
        if !stream.is_handshaking() {
            self.since.set(Since { secure: Some(Instant::now()), ..self.since.get() });
            self.finish(Ok(Rc::clone(stream)));
        }
        Ok(())
    }
}

/// Puts TLS on a stream, for a host of this name.
fn start_tls(stream: &Stream, tls: Option<&SharedConfig>, name: &str) -> Result<(), Error> {
    let Some(config) = tls else {
        return Err(Error::Connect("no TLS configuration".to_owned()));
    };
    stream.secure(Session::new(config, without_brackets(name))?);
    Ok(())
}

fn not_connected(error: &ConnectError) -> Error {
    Error::Connect(error.to_string())
}

fn send(stream: &Stream, bytes: &[u8]) -> Result<(), Error> {
    // Cannot fail: these are bytes.
    let _ = stream.push(Value::bytes(bytes));
    flush(stream)
}

fn flush(stream: &Stream) -> Result<(), Error> {
    stream.flush().map_err(|error| match stream.tls_end() {
        Some(end) => end.into(),
        None => not_open(&describe(&error)),
    })?;
    stream.watch(true);
    Ok(())
}

/// The error for a stream that broke before it led to the server.
fn stream_error(error: StreamError) -> Error {
    match error {
        StreamError::Tls(error) => error.into(),
        StreamError::Channel(error) => not_open(&describe(&error)),
    }
}

fn not_open(how: &str) -> Error {
    Error::Connect(format!("couldn't open socket: {how}"))
}

/// The address alone, of an IPv6 host as it stands in a URL.
fn without_brackets(host: &str) -> &str {
    host.trim_start_matches('[').trim_end_matches(']')
}
