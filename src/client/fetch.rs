//! A request and what becomes of it: through challenges, cookies, redirects and repeats, to the
//! response that is the caller's.
//!
//! The log, handlers of content and sources of bodies may run scripts: nothing is borrowed
//! meanwhile, and afterwards it may have been stopped.

use std::{
    cell::{Cell, RefCell},
    iter, mem,
    rc::{Rc, Weak},
    time::{Duration, Instant, SystemTime},
};

use super::{
    answer::{Answer, Facts, is_success},
    clock::{Clock, Halt},
    connector::{ConnectSettings, Connected, Connector, Since},
    error::Error,
    exchange::{Exchange, Handler},
    headers::{request_lines, response_lines},
    incoming::Incoming,
    limits::{LIMITS, MAX_BODY},
    meter::Meter,
    pool::{Lease, Pool},
    request::{Body, Direction, Flow, Purpose, Request},
    target::{Next, Target},
};
use crate::{
    context::Context,
    io::{Stream, StreamError},
    protocol::http::{
        collector::Response,
        h1::response::ResponseReader,
        headers::Headers,
        message::Limits,
        response::{ResponseError, ResponseHead},
    },
    tcl::{ByteArray, Soon, Timer, describe},
};

/// How long the body of a response that is no success is waited for once its head is there, where
/// a WebSocket is opened. It is only a message for a person, and some servers never end it.
const BODY_WAIT: Duration = Duration::from_secs(1);

/// For how long it waits.
const EXPECT_WAIT: Duration = Duration::from_secs(1);

/// The limits for a response whose content is wanted: that is limited by who takes it.
const UNBOUNDED: Limits = Limits { body: u64::MAX, ..LIMITS };

/// Another protocol begins (RFC 9110 section 15.2.2).
const SWITCHING_PROTOCOLS: u16 = 101;

/// When a request begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// At once.
    Now,
    /// In the next iteration of the event loop.
    Later,
}

/// A request, until it has its outcome.
pub(crate) struct Fetch {
    /// Itself.
    this: Weak<Self>,
    context: Rc<Context>,
    settings: Rc<ConnectSettings>,
    /// Where connections are kept, if they are.
    pool: Option<Rc<Pool>>,
    purpose: Purpose,
    target: RefCell<Target>,
    connector: RefCell<Rc<Connector>>,
    running: RefCell<Option<Running>>,
    taking: RefCell<Taking>,
    /// Whether anything has ever arrived.
    has_heard: Cell<bool>,
    /// Whether content was handed on to who cannot give it back.
    is_content_begun: Cell<bool>,
    begun: Instant,
    facts: RefCell<Facts>,
    /// Begins, where that is not done at once.
    beginning: RefCell<Option<Soon>>,
    /// What ends a wait: for a body, for agreement, for the next try.
    timer: RefCell<Option<Timer>>,
    /// What ends the request.
    time_limit: RefCell<Option<Timer>>,
    clock: RefCell<Clock>,
    meter: Option<Meter>,
    /// Who gets the outcome; `None` when there is one, or it is not wanted any more.
    done: RefCell<Option<Done>>,
}

type Done = Box<dyn FnOnce(Result<Answer, Error>)>;

/// An exchange and its connection.
struct Running {
    exchange: Rc<Exchange>,
    lease: Option<Lease>,
    is_reused: bool,
}

/// What is to be sent, and what reads the response.
struct Prepared {
    head: Vec<u8>,
    body: Option<Rc<dyn Body>>,
    /// Whether the body waits for the server to agree.
    expects: bool,
    reader: ResponseReader,
}

/// A connection that can take another request.
struct Free {
    stream: Rc<Stream>,
    lease: Option<Lease>,
}

/// What is done with the response that is arriving.
enum Taking {
    /// Its head is awaited.
    Head,
    /// It leads to another request: its content is of no use.
    Discard(ResponseHead),
    /// It is the caller's, and no success: its content is a message.
    Collect { head: ResponseHead, body: Vec<u8>, is_cut: bool },
    /// Its content is wanted.
    Content { head: ResponseHead, incoming: Box<Incoming> },
    /// Another protocol begins behind it.
    Switch(ResponseHead),
}

impl Fetch {
    /// One that has not begun.
    pub(crate) fn new(
        context: &Rc<Context>,
        pool: Option<&Rc<Pool>>,
        settings: ConnectSettings,
        request: Request,
        purpose: Purpose,
    ) -> Rc<Self> {
        let settings = Rc::new(settings);
        let (url, server_name) = (request.url.clone(), request.server_name.clone());
        let (meter, now) = (request.progress.clone().map(Meter::new), Instant::now());
        Rc::new_cyclic(|this| Self {
            this: this.clone(),
            context: Rc::clone(context),
            connector: RefCell::new(Connector::new(context, &settings, pool, url, server_name)),
            settings,
            pool: pool.map(Rc::clone),
            purpose,
            target: RefCell::new(Target::new(request)),
            running: RefCell::default(),
            taking: RefCell::new(Taking::Head),
            has_heard: Cell::default(),
            is_content_begun: Cell::default(),
            begun: now,
            facts: RefCell::default(),
            beginning: RefCell::default(),
            timer: RefCell::default(),
            time_limit: RefCell::default(),
            clock: RefCell::new(Clock::new(now)),
            meter,
            done: RefCell::default(),
        })
    }

    /// Begins. `done` gets the outcome, unless the request is stopped before; it may be called
    /// before this returns, where it is begun at once.
    pub(crate) fn start(&self, when: Start, done: impl FnOnce(Result<Answer, Error>) + 'static) {
        self.done.replace(Some(Box::new(done)));
        if let Purpose::Content { content, .. } = &self.purpose {
            let this = self.this.clone();
            content.on_room(Rc::new(move || this.upgrade().iter().for_each(|this| this.resume())));
        }
        match when {
            Start::Now => self.connect(),
            Start::Later => {
                // Nobody else may hold it until then.
                let this = self.this.upgrade();
                let connect = move || this.iter().for_each(|this| this.connect());
                self.beginning.replace(Some(Soon::new(&self.context.interp, connect)));
            }
        }
    }

    /// Limits the time from now on to the outcome. Where the content is handed on as it comes, it
    /// is the time to the head, and from then on that between two pieces. It stands still while a
    /// script is waited for.
    pub(crate) fn limit_time(&self, timeout: Duration) {
        self.clock.borrow_mut().limit(timeout);
        self.end_after(timeout);
    }

    /// Drops everything that is going on. Nobody gets an outcome.
    pub(crate) fn stop(&self) {
        self.done.take();
        self.connector.borrow().stop();
        self.drop_connection();
        self.taking.replace(Taking::Head);
        self.beginning.take();
        self.timer.take();
        self.time_limit.take();
        if let Purpose::Content { content, .. } = &self.purpose {
            content.abandon();
        }
    }

    /// Whether there is a connection to the server, TLS included, and its response is awaited.
    pub(crate) fn awaits_response(&self) -> bool {
        self.running.borrow().is_some()
    }

    /// What is being waited for where there is no connection yet, as [`Connector::step`] says it.
    pub(crate) fn connecting_step(&self) -> String {
        self.connector.borrow().step()
    }

    /// Ends with as much of the response as there is, if its head is there and its content is no
    /// more than a message. Tells whether it is.
    pub(crate) fn conclude(&self) -> bool {
        let taken = self.taking.replace(Taking::Head);
        match taken {
            Taking::Collect { head, body, .. } => {
                self.drop_connection();
                self.collected(head, body, true);
                true
            }
            other => {
                self.taking.replace(other);
                false
            }
        }
    }

    /// Goes on with what arrives, after there was no room for its content.
    fn resume(&self) {
        if let Some(exchange) = self.exchange() {
            exchange.resume();
        }
    }

    fn exchange(&self) -> Option<Rc<Exchange>> {
        self.running.borrow().as_ref().map(|running| Rc::clone(&running.exchange))
    }

    /// Whether there is an outcome, or it was stopped.
    pub(crate) fn is_over(&self) -> bool {
        self.done.borrow().is_none()
    }

    fn finish(&self, outcome: Result<Answer, Error>) {
        let done = self.done.take();
        self.stop();
        if let Some(done) = done {
            done(outcome);
        }
    }

    /// Passes an error on.
    fn check(&self, result: Result<(), Error>) {
        if let Err(error) = result {
            self.finish(Err(error));
        }
    }

    // Time

    fn end_after(&self, delay: Duration) {
        self.time_limit.replace(Some(self.after(delay, Self::check_time)));
    }

    fn after(&self, delay: Duration, step: fn(&Self)) -> Timer {
        // Nobody else may hold it until there is an outcome.
        let this = self.this.upgrade();
        Timer::after(&self.context.interp, delay, move || this.iter().for_each(|this| step(this)))
    }

    /// The time is over, unless content came meanwhile, or it stood still.
    fn check_time(&self) {
        let left = {
            let clock = self.clock.borrow();
            if clock.is_halted() {
                self.time_limit.take();
                return;
            }
            clock.left(Instant::now()).unwrap_or_default()
        };
        if !left.is_zero() {
            return self.end_after(left);
        }
        // What is known of a refusal is told, even if its body is not complete.
        if !self.conclude() {
            self.finish(Err(match self.awaits_response() {
                true => Error::ResponseTimedOut,
                false => Error::ConnectTimedOut(self.connecting_step()),
            }));
        }
    }

    /// Has the time stand still.
    fn halt_time(&self, halt: Halt) {
        self.clock.borrow_mut().halt(halt, Instant::now());
    }

    /// Has it go on.
    fn let_time_go_on(&self, halt: Halt) {
        let now = Instant::now();
        let left = {
            let mut clock = self.clock.borrow_mut();
            clock.go_on(halt, now);
            clock.left(now).filter(|_| !clock.is_halted())
        };
        let is_timed = self.time_limit.borrow().is_some();
        if let Some(left) = left.filter(|_| !is_timed && !self.is_over()) {
            self.end_after(left);
        }
    }

    /// How much time is left.
    fn time_left(&self) -> Duration {
        self.clock.borrow().left(Instant::now()).unwrap_or(Duration::MAX)
    }

    // Connecting

    fn connect(&self) {
        let wants_new = !self.target.borrow().is_persistent;
        let connector = Rc::clone(&self.connector.borrow());
        connector.connect(wants_new, self.when_connected());
    }

    /// Asks once more, over this connection if there is one.
    fn again(&self, free: Option<Free>) {
        if let Some(free) = free {
            let begun = self.begin(free, true, Since::default());
            return self.check(begun);
        }
        let connector = Rc::clone(&self.connector.borrow());
        connector.reconnect(self.when_connected());
    }

    fn when_connected(&self) -> super::connector::Done {
        let this = self.this.upgrade();
        Box::new(move |connected| {
            let Some(this) = this else { return };
            match connected {
                Ok(Connected { stream, lease, is_reused, forwarder, since }) => {
                    this.target.borrow_mut().pass_through(forwarder);
                    let free = Free { stream, lease };
                    let begun = this.begin(free, is_reused, since);
                    this.check(begun);
                }
                Err(error) => this.fail(error),
            }
        })
    }

    /// Closes the connection that there was, if any.
    fn drop_connection(&self) {
        if let Some(running) = self.running.take() {
            // Perhaps not a whole head.
            if running.exchange.has_heard() {
                self.has_heard.set(true);
            }
            running.exchange.stop().close();
        }
    }

    /// Takes the connection from the exchange on it. `None` where that is not over.
    fn take_connection(&self, reusable: bool) -> Option<Free> {
        let Running { exchange, lease, .. } = self.running.take()?;
        let stream = exchange.stop();
        if !reusable {
            stream.close();
            return None;
        }
        Some(Free { stream, lease })
    }

    // Speaking

    /// Sends the request, and awaits its response.
    fn begin(&self, free: Free, is_reused: bool, since: Since) -> Result<(), Error> {
        let prepared = self.prepare(&free.stream, since);
        let this = self.this.upgrade().filter(|_| !self.is_over());
        let (this, prepared) = match (this, prepared) {
            (Some(this), Ok(prepared)) => (this, prepared),
            (_, other) => {
                // Nothing was sent on it.
                self.release(Some(free));
                return other.map(drop);
            }
        };
        let Prepared { head, body, expects, reader } = prepared;
        let Free { stream, lease } = free;
        if let Some(lease) = &lease {
            lease.count_request();
        }
        self.taking.replace(Taking::Head);
        self.clock.borrow_mut().count_all(Instant::now());
        if let (Some(meter), Some(body)) = (&self.meter, &body) {
            meter.begin(Direction::Up, body.length());
        }
        let exchange = Exchange::start(&stream, &head, body, expects, reader, this);
        let running = Running { exchange: Rc::clone(&exchange), lease, is_reused };
        self.running.replace(Some(running));
        if expects {
            self.timer.replace(Some(self.after(EXPECT_WAIT, Self::expect_no_more)));
        }
        exchange.send();
        if self.context.log.is_on() {
            self.log_lines(request_lines(&String::from_utf8_lossy(&head)));
        }
        exchange.listen();
        Ok(())
    }

    /// What is to be sent on this connection. The body may be a channel that a script implements.
    fn prepare(&self, stream: &Stream, since: Since) -> Result<Prepared, Error> {
        if self.connector.borrow().has_heard() {
            self.has_heard.set(true);
        }
        self.note_connection(stream, since);
        let cookies = {
            let (target, mut cookies) = (self.target.borrow(), self.context.cookies.borrow_mut());
            cookies.header(&target.url, SystemTime::now())
        };
        let (head, body, expects, reader) = {
            let mut target = self.target.borrow_mut();
            let head = target.head(&self.purpose, cookies)?;
            let reader = match self.purpose {
                Purpose::Upgrade(_) => ResponseReader::for_upgrade(&target.method, LIMITS),
                Purpose::Content { .. } => ResponseReader::new(&target.method, UNBOUNDED),
            };
            (head, target.body.clone(), target.expects(), reader)
        };
        let is_begun = mem::replace(&mut self.target.borrow_mut().is_body_begun, true);
        if let Some(body) = body.as_ref().filter(|_| is_begun)
            && !body.rewind()?
        {
            return Err(Error::BodyCannotRepeat);
        }
        Ok(Prepared { head, body, expects, reader })
    }

    fn expect_no_more(&self) {
        if let Some(exchange) = self.exchange() {
            exchange.expect_no_more();
        }
    }

    fn note_connection(&self, stream: &Stream, since: Since) {
        let elapsed = |instant: Instant| instant.duration_since(self.begun);
        let mut facts = self.facts.borrow_mut();
        facts.times.connect = since.connected.map(elapsed);
        facts.times.tls = since.secure.map(elapsed);
        facts.peer = stream.peer();
        // Without this, the session may be that with a proxy.
        let is_secure = self.target.borrow().url.uses_tls();
        facts.tls = if is_secure { stream.tls_facts() } else { None };
    }

    /// Tells the log, also what goes wrong with the file of the cookies.
    fn log_lines(&self, lines: impl IntoIterator<Item = String>) {
        let failure = self.context.cookies.borrow_mut().take_failure();
        for line in lines.into_iter().chain(failure.map(|failure| failure.to_string())) {
            if self.is_over() {
                return;
            }
            self.context.log(|| line);
        }
    }

    // The response

    /// What is to be done with the content of a response.
    fn decide(&self, head: ResponseHead) -> Taking {
        let target = self.target.borrow();
        match &self.purpose {
            Purpose::Upgrade(_) if head.status == SWITCHING_PROTOCOLS => Taking::Switch(head),
            _ if target.leads_on(&head, || self.time_left()) => Taking::Discard(head),
            Purpose::Content { wants_all, .. } if *wants_all || is_success(head.status) => {
                Taking::Content { incoming: Box::new(Incoming::new(&head.headers)), head }
            }
            _ => Taking::Collect { head, body: Vec::new(), is_cut: false },
        }
    }

    /// Goes on to where a response with this head leads.
    fn follow(&self, head: &ResponseHead, free: Option<Free>) -> Result<(), Error> {
        let next = self.target.borrow_mut().follow(head, || self.time_left())?;
        match next {
            Next::Again => self.again(free),
            Next::Redirected(left) => {
                self.facts.borrow_mut().history.push((left, head.status));
                self.release(free);
                let connector = {
                    let target = self.target.borrow();
                    let (url, server_name) = (target.url.clone(), target.server_name.clone());
                    let pool = self.pool.as_ref();
                    Connector::new(&self.context, &self.settings, pool, url, server_name)
                };
                self.connector.replace(connector);
                self.connect();
            }
            Next::Later(pause) => {
                self.release(free);
                self.retry_after(pause);
            }
        }
        Ok(())
    }

    /// Keeps a connection for other requests.
    fn release(&self, free: Option<Free>) {
        if let Some(Free { stream, lease, .. }) = free {
            match lease.filter(|_| self.target.borrow().is_persistent) {
                Some(lease) => lease.keep(stream),
                None => stream.close(),
            }
        }
    }

    /// Has the request sent again after this time.
    fn retry_after(&self, pause: Duration) {
        self.target.borrow_mut().retries += 1;
        self.context.log(|| format!("the request is repeated in {} ms", pause.as_millis()));
        if !self.is_over() {
            self.timer.replace(Some(self.after(pause, Self::connect)));
        }
    }

    /// Ends with this response.
    fn answer(&self, response: Response, trailers: Headers, stream: Option<Rc<Stream>>) {
        let mut facts = self.facts.take();
        facts.times.total = self.begun.elapsed();
        let url = self.target.borrow().url.clone();
        self.finish(Ok(Answer { url, response, trailers, stream, facts }));
    }

    /// Ends with a response that is no success, as far as its content came.
    fn collected(&self, head: ResponseHead, body: Vec<u8>, is_cut: bool) {
        let response = Response { head, body, body_truncated: is_cut, persistent: false };
        self.answer(response, Headers::new(), None);
    }

    /// Hands on what was stored.
    fn hand_on(&self) -> Result<Flow, Error> {
        let Purpose::Content { content, is_streamed, .. } = &self.purpose else {
            return Ok(Flow::Open);
        };
        let mut taking = self.taking.replace(Taking::Head);
        let flow = match &mut taking {
            Taking::Content { incoming, .. } => loop {
                match incoming.next() {
                    Err(error) => break Err(Error::Coding(error)),
                    Ok(None) => break Ok(Flow::Open),
                    Ok(Some(piece)) => {
                        self.is_content_begun.set(*is_streamed);
                        let flow = content.take(piece);
                        if self.is_over() || !matches!(flow, Ok(Flow::Open)) {
                            break flow;
                        }
                    }
                }
            },
            _ => Ok(Flow::Open),
        };
        if !self.is_over() {
            self.taking.replace(taking);
        }
        flow
    }

    /// All of the content that is wanted has arrived.
    fn end_content(&self, head: ResponseHead, incoming: &Incoming, trailers: Headers) {
        let Purpose::Content { content, .. } = &self.purpose else { return };
        let told = self.meter.as_ref().map_or(Ok(()), |meter| meter.finish(Direction::Down));
        if self.is_over() {
            return;
        }
        let ended = told
            .and_then(|()| incoming.finish().map_err(Error::Coding))
            .and_then(|()| content.end());
        match ended {
            Ok(()) if self.is_over() => {}
            Ok(()) => {
                let response = Response { head, persistent: true, ..Response::default() };
                self.answer(response, trailers, None);
            }
            Err(error) => self.finish(Err(error)),
        }
    }

    /// How many bytes the content of a response with this head has, with its codings.
    fn length_of(&self, head: &ResponseHead) -> Option<u64> {
        let has_none = self.target.borrow().method == "HEAD" || matches!(head.status, 204 | 304);
        match has_none {
            true => Some(0),
            false if head.headers.first("Transfer-Encoding").is_some() => None,
            false => head.headers.first("Content-Length")?.parse().ok(),
        }
    }

    /// The error for a connection that broke before the response was there. A channel that a script
    /// opened may never have been connected.
    fn explain(&self, error: Error) -> Error {
        let Error::Stream(error) = error else { return error };
        match error {
            StreamError::Tls(error) => error.into(),
            StreamError::Channel(error) => {
                let how = describe(&error);
                let target = self.target.borrow();
                if self.has_heard.get() || !self.settings.uses_socket_command(&target.url) {
                    return Error::Ended(how);
                }
                Error::Connect(format!("couldn't open socket: {how}"))
            }
        }
    }

    /// Whether the request can be sent again by itself: "A user agent MAY automatically retry [...]
    /// when [...] the underlying transport connection closed before the first byte of the response
    /// [...] was received" on a connection that was kept (RFC 9112 section 9.3.1).
    fn may_repeat(&self, error: &Error) -> bool {
        let is_lost =
            matches!(error, Error::Stream(_) | Error::Response(ResponseError::Incomplete(_)));
        let running = self.running.borrow();
        is_lost
            && !self.target.borrow().is_repeated
            && running.as_ref().is_some_and(|own| own.is_reused && !own.exchange.has_heard())
    }
}

impl Handler for Fetch {
    fn head(&self, head: ResponseHead) -> Result<(), Error> {
        self.timer.take();
        self.has_heard.set(true);
        self.facts.borrow_mut().times.head = self.begun.elapsed();
        {
            let (target, mut cookies) = (self.target.borrow(), self.context.cookies.borrow_mut());
            cookies.store(&target.url, &head.headers, SystemTime::now());
        }
        if self.context.log.is_on() {
            let first = format!("the server answers {} {}", head.status, head.reason);
            self.log_lines(iter::once(first).chain(response_lines(&head.headers)));
        }
        if self.is_over() {
            return Ok(());
        }
        let taking = self.decide(head);
        let begun = match (&taking, &self.purpose) {
            (Taking::Content { head, incoming }, Purpose::Content { content, is_streamed, .. }) => {
                if *is_streamed {
                    self.clock.borrow_mut().count_by_piece(Instant::now());
                }
                let length = self.length_of(head);
                if let Some(meter) = &self.meter {
                    meter.begin(Direction::Down, length);
                }
                content.begin(head, length.filter(|_| !incoming.is_coded()))
            }
            _ => Ok(()),
        };
        self.taking.replace(taking);
        begun
    }

    fn store(&self, content: &[u8]) -> Result<(), Error> {
        self.clock.borrow_mut().note_content(Instant::now());
        match &mut *self.taking.borrow_mut() {
            Taking::Head | Taking::Discard(_) | Taking::Switch(_) => {}
            Taking::Content { incoming, .. } => {
                if let Some(meter) = &self.meter {
                    meter.add(Direction::Down, content.len() as u64);
                }
                incoming.push(content);
            }
            Taking::Collect { body, is_cut, .. } => {
                let (taken, rest) = content.split_at(content.len().min(MAX_BODY - body.len()));
                body.extend_from_slice(taken);
                *is_cut = !rest.is_empty();
            }
        }
        Ok(())
    }

    fn lend(&self, left: u64) -> Option<ByteArray> {
        match &mut *self.taking.borrow_mut() {
            Taking::Content { incoming, .. } => incoming.lend(left),
            _ => None,
        }
    }

    fn store_array(&self, array: ByteArray) {
        self.clock.borrow_mut().note_content(Instant::now());
        if let Taking::Content { incoming, .. } = &mut *self.taking.borrow_mut() {
            if let Some(meter) = &self.meter {
                meter.add(Direction::Down, array.bytes().len() as u64);
            }
            incoming.put(array);
        }
    }

    fn deliver(&self) -> Result<Flow, Error> {
        if matches!(*self.taking.borrow(), Taking::Content { .. }) {
            self.halt_time(Halt::Content);
            let flow = self.hand_on();
            let told = self.meter.as_ref().filter(|_| flow.is_ok() && !self.is_over());
            let told = told.map_or(Ok(()), |meter| meter.tell(Direction::Down));
            // Where there is no room, the script is waited for still.
            if !matches!(flow, Ok(Flow::Full)) {
                self.let_time_go_on(Halt::Content);
            }
            return told.and(flow);
        }
        if matches!(*self.taking.borrow(), Taking::Collect { is_cut: true, .. }) {
            self.conclude();
        }
        Ok(Flow::Open)
    }

    fn await_body(&self, is_awaited: bool) {
        match is_awaited {
            true => self.halt_time(Halt::Body),
            false => self.let_time_go_on(Halt::Body),
        }
    }

    fn sent(&self, length: u64) -> Result<(), Error> {
        let Some(meter) = &self.meter else { return Ok(()) };
        meter.add(Direction::Up, length);
        meter.tell(Direction::Up)
    }

    fn sent_all(&self) -> Result<(), Error> {
        self.meter.as_ref().map_or(Ok(()), |meter| meter.finish(Direction::Up))
    }

    fn wait(&self) {
        let taking = self.taking.replace(Taking::Head);
        match taking {
            // Nobody waits for the rest of it.
            Taking::Discard(head) => {
                self.drop_connection();
                self.check(self.follow(&head, None));
            }
            Taking::Collect { .. } if matches!(self.purpose, Purpose::Upgrade(_)) => {
                self.taking.replace(taking);
                let mut timer = self.timer.borrow_mut();
                if timer.is_none() {
                    *timer = Some(self.after(BODY_WAIT, |this| {
                        this.conclude();
                    }));
                }
            }
            other => {
                self.taking.replace(other);
            }
        }
    }

    fn end(&self, reusable: bool, trailers: Headers) {
        match self.taking.replace(Taking::Head) {
            Taking::Head => {}
            Taking::Switch(head) => {
                let connection = self.take_connection(true);
                let response = Response { head, ..Response::default() };
                self.answer(response, trailers, connection.map(|free| free.stream));
            }
            Taking::Discard(head) => {
                let free = self.take_connection(reusable);
                self.check(self.follow(&head, free));
            }
            Taking::Collect { head, body, is_cut } => {
                self.release(self.take_connection(reusable));
                self.collected(head, body, is_cut);
            }
            Taking::Content { head, incoming } => {
                self.release(self.take_connection(reusable));
                self.end_content(head, &incoming, trailers);
            }
        }
    }

    fn fail(&self, error: Error) {
        if self.is_over() || self.conclude() {
            return;
        }
        // Where an answer leads on, it does not matter how it ends.
        if let Taking::Discard(head) = self.taking.replace(Taking::Head) {
            self.drop_connection();
            return self.check(self.follow(&head, None));
        }
        if self.may_repeat(&error) {
            self.drop_connection();
            self.target.borrow_mut().is_repeated = true;
            return self.again(None);
        }
        let may_help = matches!(
            error,
            Error::Connect(_) | Error::Stream(_) | Error::Response(ResponseError::Incomplete(_))
        );
        let pause = match may_help && !self.is_content_begun.get() {
            true => self.target.borrow().pause_before_retry(None, || self.time_left()),
            false => None,
        };
        self.drop_connection();
        match pause {
            Some(pause) => self.retry_after(pause),
            None => self.finish(Err(self.explain(error))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        client::{
            pool::PoolLimits,
            request::{Arrived, Content, Piece},
            testing::{AtEnd, Server, direct, reply},
        },
        protocol::http::{
            credentials::Credentials,
            url::{Scheme, Url},
        },
        tcl::{
            Value,
            testing::{Tcl, run},
        },
    };

    const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    const CHALLENGE: &str = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"r\", \
        nonce=\"n\", qop=\"auth\"\r\nContent-Length: 0\r\n";

    type Outcome = Rc<RefCell<Option<Result<Answer, Error>>>>;

    fn get(url: Url) -> Request {
        Request {
            method: "GET".to_owned(),
            url,
            headers: Headers::from_iter([("X-Secret", "s"), ("Accept-Language", "tlh")]),
            body: None,
            basic: None,
            digest: Some(Credentials::parse("me:secret")),
            server_name: None,
            max_redirects: 5,
            retries: 0,
            is_persistent: true,
            progress: None,
        }
    }

    fn start(tcl: &Tcl, request: Request) -> (Rc<Fetch>, Outcome) {
        let add = |head: &mut Headers| head.push("X-Added", "a");
        let purpose = Purpose::Upgrade(Box::new(add));
        let fetch = Fetch::new(&Context::of(tcl), None, direct(), request, purpose);
        let outcome = Outcome::default();
        let slot = Rc::clone(&outcome);
        fetch.start(Start::Now, move |answer| {
            slot.replace(Some(answer));
        });
        (fetch, outcome)
    }

    /// The outcome of this request. When this returns, the connection is over.
    fn ask(tcl: &Tcl, request: Request) -> Result<Answer, Error> {
        let (fetch, outcome) = start(tcl, request);
        tcl.wait_until("there is an outcome", || outcome.borrow().is_some());
        fetch.stop();
        outcome.take().unwrap()
    }

    /// Status and body of the answer to a request.
    fn response(tcl: &Tcl, request: Request) -> (u16, String) {
        let Answer { response, .. } = ask(tcl, request).unwrap();
        (response.head.status, String::from_utf8(response.body).unwrap())
    }

    fn ok() -> (u16, String) {
        (200, "hello".to_owned())
    }

    /// Which of these names a request has headers with.
    fn named<'n>(request: &str, names: &[&'n str]) -> Vec<&'n str> {
        let has = |name: &&&str| request.contains(&format!("\r\n{name}: "));
        names.iter().filter(has).copied().collect()
    }

    #[test]
    fn a_request_gets_its_response() {
        run(|tcl| {
            let server = Server::with([reply(OK)]);
            let url = server.url(Scheme::Http, "/path?query");
            let host = url.host_header().to_owned();
            assert_eq!(response(tcl, get(url)), ok());
            assert_eq!(
                server.requests(),
                [format!(
                    "GET /path?query HTTP/1.1\r\nHost: {host}\r\nX-Added: a\r\nX-Secret: s\r\n\
                     Accept-Language: tlh\r\n\r\n"
                )]
            );
        });
    }

    #[test]
    fn what_comes_behind_the_response_is_left_to_the_caller() {
        run(|tcl| {
            let response = "HTTP/1.1 101 X\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nmore";
            let server = Server::with([reply(response)]);
            let answer = ask(tcl, get(server.url(Scheme::Http, "/"))).unwrap();
            assert_eq!(answer.response.head.status, 101);
            assert_eq!(answer.stream.as_ref().unwrap().parse(|input| input.to_vec()), b"more");
            drop(answer);
            server.requests();
        });
    }

    #[test]
    fn a_challenge_is_answered_on_the_same_connection() {
        run(|tcl| {
            let server = Server::with([reply(format!("{CHALLENGE}\r\n")), reply(OK)]);
            assert_eq!(response(tcl, get(server.url(Scheme::Http, "/"))), ok());
            let [first, second] = <[_; 2]>::try_from(server.requests()).unwrap();
            assert!(named(&first, &["Authorization"]).is_empty(), "{first}");
            assert!(second.contains("\r\nAuthorization: Digest username=\"me\""), "{second}");
        });
    }

    #[test]
    fn a_challenge_is_answered_on_a_new_connection_where_the_old_one_ends() {
        run(|tcl| {
            let challenge = reply(format!("{CHALLENGE}Connection: close\r\n\r\n"));
            let script = [challenge, reply(OK)].map(|reply| (vec![reply], AtEnd::Wait));
            let server = Server::start(script.into());
            assert_eq!(response(tcl, get(server.url(Scheme::Http, "/"))), ok());
            assert_eq!(named(&server.requests()[1], &["Authorization"]), ["Authorization"]);
        });
    }

    #[test]
    fn what_one_server_was_told_is_not_told_to_another() {
        const NAMES: &[&str] = &["Authorization", "Accept-Language", "X-Secret", "X-Added"];
        run(|tcl| {
            let target = Server::with([reply(OK)]);
            let location = target.url(Scheme::Http, "/there");
            let redirect =
                format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
            let challenge = reply(format!("{CHALLENGE}\r\n"));
            let server = Server::with([challenge, reply(redirect)]);
            let answer = ask(tcl, get(server.url(Scheme::Http, "/here"))).unwrap();
            assert_eq!(answer.url.to_string(), location.to_string());
            drop(answer);
            assert_eq!(named(&server.requests()[1], NAMES), NAMES);
            let requests = target.requests();
            assert!(requests[0].starts_with("GET /there "), "{}", requests[0]);
            assert_eq!(named(&requests[0], NAMES), ["Accept-Language", "X-Added"]);
        });
    }

    #[test]
    fn a_redirect_on_the_same_server_keeps_what_it_was_told() {
        const NAMES: &[&str] = &["X-Secret", "Cookie"];
        run(|tcl| {
            let redirect = reply(
                "HTTP/1.1 307 X\r\nLocation: /there\r\nSet-Cookie: a=b\r\n\
                 Content-Length: 0\r\n\r\n",
            );
            let script = [redirect, reply(OK)].map(|reply| (vec![reply], AtEnd::Wait));
            let server = Server::start(script.into());
            assert_eq!(response(tcl, get(server.url(Scheme::Http, "/"))), ok());
            assert_eq!(named(&server.requests()[1], NAMES), NAMES);
        });
    }

    #[test]
    fn a_redirect_too_many_is_the_answer() {
        run(|tcl| {
            let redirect = "HTTP/1.1 302 X\r\nLocation: /\r\nContent-Length: 0\r\n\r\n";
            let server = Server::with([reply(redirect)]);
            let request = Request { max_redirects: 0, ..get(server.url(Scheme::Http, "/")) };
            assert_eq!(response(tcl, request), (302, String::new()));
            server.requests();
        });
    }

    #[test]
    fn a_challenge_and_a_redirect_need_no_body() {
        run(|tcl| {
            let challenge = reply(CHALLENGE.replace("Content-Length: 0", "X: y") + "\r\nbody");
            let redirect =
                reply("HTTP/1.0 302 Found\r\nLocation: /x\r\nContent-Length: 9\r\n\r\nbody");
            let script =
                [challenge, redirect, reply(OK)].map(|reply| (vec![reply], AtEnd::Wait)).into();
            let server = Server::start(script);
            assert_eq!(response(tcl, get(server.url(Scheme::Http, "/"))), ok());
            server.requests();
        });
    }

    #[test]
    fn a_body_that_does_not_end_is_not_waited_for() {
        run(|tcl| {
            let server = Server::with([reply("HTTP/1.1 403 No\r\n\r\nno entry")]);
            let refused = response(tcl, get(server.url(Scheme::Http, "/")));
            assert_eq!(refused, (403, "no entry".to_owned()));
            server.requests();
        });
    }

    #[test]
    fn what_has_arrived_of_a_response_may_conclude() {
        run(|tcl| {
            let server = Server::with([reply("HTTP/1.1 403 No\r\nContent-Length: 9\r\n\r\nno")]);
            let (fetch, outcome) = start(tcl, get(server.url(Scheme::Http, "/")));
            assert!(!fetch.conclude());
            tcl.wait_until("the head is there", || fetch.timer.borrow().is_some());
            assert!(fetch.conclude() && !fetch.conclude());
            let answer = outcome.take().unwrap().unwrap();
            assert_eq!((answer.response.head.status, &*answer.response.body), (403, &b"no"[..]));
            assert!(fetch.timer.borrow().is_none());
            drop(answer);
            fetch.stop();
            server.requests();
        });
    }

    #[test]
    fn a_connection_that_ends_in_the_head_is_an_error() {
        run(|tcl| {
            let script = vec![(vec![reply("HTTP/1.1 200 OK\r\nContent-")], AtEnd::Drop)];
            let server = Server::start(script);
            let error = ask(tcl, get(server.url(Scheme::Http, "/"))).err().unwrap();
            assert!(matches!(error, Error::Response(ResponseError::Incomplete(_))), "{error:?}");
            server.requests();
        });
    }

    #[test]
    fn an_exchange_that_is_stopped_has_no_outcome() {
        run(|tcl| {
            let server = Server::with([reply("HTTP/1.1 ")]);
            let (fetch, outcome) = start(tcl, get(server.url(Scheme::Http, "/")));
            tcl.wait_until("it is connected", || fetch.awaits_response());
            tcl.wait_until("something has arrived", || {
                fetch.running.borrow().as_ref().unwrap().exchange.has_heard()
            });
            fetch.stop();
            // The connection is over.
            server.requests();
            assert!(outcome.borrow().is_none() && !fetch.awaits_response());
        });
    }

    /// Takes content, a piece at a time.
    #[derive(Default)]
    struct Taken {
        content: RefCell<Vec<u8>>,
        is_ended: Cell<bool>,
    }

    impl Content for Taken {
        fn begin(&self, _: &ResponseHead, _: Option<u64>) -> Result<(), Error> {
            Ok(())
        }

        fn take(&self, piece: Arrived<'_>) -> Result<Flow, Error> {
            self.content.borrow_mut().extend_from_slice(piece.bytes());
            Ok(Flow::Open)
        }

        fn end(&self) -> Result<(), Error> {
            self.is_ended.set(true);
            Ok(())
        }

        fn on_room(&self, _: Rc<dyn Fn()>) {}

        fn abandon(&self) {}
    }

    /// Sends these bytes, again and again if need be.
    struct Bytes(&'static [u8], Cell<bool>);

    impl Body for Bytes {
        fn whole(&self) -> Option<Value> {
            Some(Value::bytes(self.0))
        }

        fn length(&self) -> Option<u64> {
            Some(self.0.len() as u64)
        }

        fn rewind(&self) -> Result<bool, Error> {
            self.1.set(false);
            Ok(true)
        }

        fn next(&self) -> Result<Piece, Error> {
            let is_sent = self.1.replace(true);
            Ok(if is_sent { Piece::End } else { Piece::Bytes(Value::bytes(self.0)) })
        }

        fn on_more(&self, _: Rc<dyn Fn()>) {}
    }

    fn post(url: Url) -> Request {
        let body: Rc<dyn Body> = Rc::new(Bytes(b"a=b", Cell::default()));
        Request { method: "POST".to_owned(), body: Some(body), ..get(url) }
    }

    /// A pool, and the outcome of requests whose connections it keeps.
    struct Client<'t> {
        tcl: &'t Tcl,
        context: Rc<Context>,
        pool: Rc<Pool>,
    }

    impl<'t> Client<'t> {
        fn new(tcl: &'t Tcl) -> Self {
            let context = Context::of(tcl);
            let pool = Pool::new(&context.interp);
            Self { tcl, context, pool }
        }

        /// Status and content of the answer.
        fn ask(&self, request: Request) -> Result<(u16, String), Error> {
            let content = Rc::new(Taken::default());
            let purpose = Purpose::Content {
                content: Rc::clone(&content) as Rc<dyn Content>,
                wants_all: false,
                is_streamed: false,
            };
            let pool = Some(&self.pool);
            let fetch = Fetch::new(&self.context, pool, direct(), request, purpose);
            let outcome = Outcome::default();
            let slot = Rc::clone(&outcome);
            fetch.start(Start::Now, move |answer| {
                slot.replace(Some(answer));
            });
            self.tcl.wait_until("there is an outcome", || outcome.borrow().is_some());
            let Answer { response, .. } = outcome.take().unwrap()?;
            let taken = content.content.take();
            let body = if content.is_ended.get() { taken } else { response.body };
            Ok((response.head.status, String::from_utf8(body).unwrap()))
        }
    }

    #[test]
    fn a_connection_serves_several_requests() {
        run(|tcl| {
            let server = Server::with([reply(OK), reply(OK), reply(OK)]);
            let client = Client::new(tcl);
            for _ in 0..3 {
                assert_eq!(client.ask(get(server.url(Scheme::Http, "/"))).unwrap(), ok());
            }
            let shown = client.pool.shown();
            assert_eq!((shown.len(), shown[0].requests), (1, 3));
            drop(client);
            assert_eq!(server.requests().len(), 3);
        });
    }

    #[test]
    fn a_request_is_sent_again_where_a_kept_connection_has_ended() {
        run(|tcl| {
            // The second request meets the end of the first connection, or finds it closed.
            let script = vec![(vec![reply(OK)], AtEnd::Drop), (vec![reply(OK)], AtEnd::Wait)];
            let server = Server::start(script);
            let client = Client::new(tcl);
            for _ in 0..2 {
                assert_eq!(client.ask(post(server.url(Scheme::Http, "/"))).unwrap(), ok());
            }
            drop(client);
            assert_eq!(server.requests().len(), 2);
        });
    }

    #[test]
    fn a_post_becomes_a_get_where_a_redirect_says_so() {
        run(|tcl| {
            let found = "HTTP/1.1 302 X\r\nLocation: /there\r\nConnection: close\r\n\r\n";
            let script = [reply(found), reply(OK)].map(|reply| (vec![reply], AtEnd::Wait));
            let server = Server::start(script.into());
            let client = Client::new(tcl);
            let mut request = post(server.url(Scheme::Http, "/"));
            request.headers.push("Content-Type", "text/plain");
            assert_eq!(client.ask(request).unwrap(), ok());
            drop(client);
            let requests = server.requests();
            assert!(requests[0].contains("\r\nContent-Length: 3\r\n"), "{}", requests[0]);
            assert!(requests[1].starts_with("GET /there "), "{}", requests[1]);
            assert!(!requests[1].contains("Content-"), "{}", requests[1]);
        });
    }

    #[test]
    fn long_content_arrives_whole_whatever_its_framing() {
        run(|tcl| {
            let content: String = (0..100_000).map(|number| format!("{number:08}")).collect();
            let (first, second) = content.split_at(500_000);
            let chunk = |chunk: &str| format!("{:x}\r\n{chunk}\r\n", chunk.len());
            let chunked = [first, "short", second, ""].map(chunk).concat();
            let expected = [first, "short", second].concat();
            for (rest, expected) in [
                (format!("Content-Length: 800000\r\n\r\n{content}"), &content),
                (format!("Transfer-Encoding: chunked\r\n\r\n{chunked}"), &expected),
                (format!("\r\n{content}"), &content),
            ] {
                let response = format!("HTTP/1.1 200 OK\r\n{rest}");
                let server = Server::start(vec![(vec![reply(response)], AtEnd::Drop)]);
                let client = Client::new(tcl);
                let (status, taken) = client.ask(get(server.url(Scheme::Http, "/"))).unwrap();
                assert!(status == 200 && taken == *expected, "{} bytes", taken.len());
                drop(client);
                server.requests();
            }
        });
    }

    #[test]
    fn long_content_that_was_cut_is_an_error() {
        run(|tcl| {
            let head = "HTTP/1.1 200 OK\r\nContent-Length: 800000\r\n\r\n";
            let cut = format!("{head}{}", "x".repeat(500_000));
            let server = Server::start(vec![(vec![reply(cut)], AtEnd::Drop)]);
            let client = Client::new(tcl);
            let error = client.ask(get(server.url(Scheme::Http, "/"))).unwrap_err();
            assert!(matches!(error, Error::Response(ResponseError::Incomplete(_))), "{error:?}");
            server.requests();
        });
    }

    #[test]
    fn content_that_was_cut_is_an_error() {
        run(|tcl| {
            let cut = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello";
            let server = Server::start(vec![(vec![reply(cut)], AtEnd::Drop)]);
            let client = Client::new(tcl);
            let error = client.ask(get(server.url(Scheme::Http, "/"))).unwrap_err();
            assert!(matches!(error, Error::Response(ResponseError::Incomplete(_))), "{error:?}");
            assert!(client.pool.shown().is_empty());
            server.requests();
        });
    }

    #[test]
    fn one_more_request_than_connections_waits() {
        run(|tcl| {
            let server = Server::with([reply(OK), reply(OK)]);
            let client = Client::new(tcl);
            client.pool.limit(PoolLimits { connections: Some(1), idle: None });
            let outcomes: Vec<_> = (0..2)
                .map(|_| {
                    let purpose = Purpose::Content {
                        content: Rc::new(Taken::default()),
                        wants_all: false,
                        is_streamed: false,
                    };
                    let (pool, request) = (Some(&client.pool), get(server.url(Scheme::Http, "/")));
                    let fetch = Fetch::new(&client.context, pool, direct(), request, purpose);
                    let outcome = Outcome::default();
                    let slot = Rc::clone(&outcome);
                    fetch.start(Start::Now, move |answer| {
                        slot.replace(Some(answer));
                    });
                    (fetch, outcome)
                })
                .collect();
            assert_eq!(outcomes[1].0.connecting_step(), "waiting for another request to end");
            tcl.wait_until("both are over", || {
                outcomes.iter().all(|(_, outcome)| outcome.borrow().is_some())
            });
            assert_eq!(client.pool.shown()[0].requests, 2);
            drop((client, outcomes));
            server.requests();
        });
    }
}
