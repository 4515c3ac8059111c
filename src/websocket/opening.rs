//! Opens a connection: an exchange whose answer is a 101 that opens a WebSocket. `-timeout` counts
//! for all of it. Whatever ends it, the first end counts, and nothing is left behind: no socket, no
//! timer, no helper thread that would come back.

use std::{
    cell::{Cell, OnceCell, RefCell},
    rc::Rc,
    time::Duration,
};

use super::{
    agreed::Agreed,
    connection::Connection,
    error::Error,
    settings::{Offered, Settings},
};
use crate::{
    client::{self, Answer, ConnectSettings, Exchange},
    context::Context,
    protocol::websocket::{
        Role, extensions,
        handshake::{self, Key},
    },
    tcl::{self, Timer, Value},
};

/// What is to be opened.
pub(crate) struct OpeningRequest {
    pub(crate) http: client::Request,
    pub(crate) connect: ConnectSettings,
    /// In order of preference.
    pub(crate) protocols: Vec<String>,
    /// In order of preference too.
    pub(crate) extensions: Vec<Offered>,
    pub(crate) settings: Settings,
    /// How long opening may take in all; `None`: as long as it takes.
    pub(crate) timeout: Option<Duration>,
}

/// What was opened.
pub(crate) struct Opened {
    /// The name of the connection's object.
    pub(crate) name: Value,
    /// The subprotocol that the server chose, or nothing.
    pub(crate) protocol: String,
}

/// Makes the object of a new connection, and returns its name. Scripts may run meanwhile.
type CreateObject = Box<dyn Fn(&Rc<Connection>, &[Offered]) -> Result<Value, tcl::Error>>;

type Done = Box<dyn FnOnce(Result<Opened, Error>)>;

/// A connection that is being opened.
pub(crate) struct Opening {
    context: Rc<Context>,
    exchange: OnceCell<Rc<Exchange>>,
    /// That of the latest request.
    key: Rc<RefCell<Key>>,
    protocols: Vec<String>,
    extensions: Vec<Offered>,
    settings: Settings,
    create_object: CreateObject,
    timers: RefCell<Vec<Timer>>,
    /// Whether it has ended, one way or the other.
    is_over: Cell<bool>,
    /// Who gets the outcome.
    done: RefCell<Option<Done>>,
}

impl Opening {
    /// One that begins when [`start`](Opening::start) is called. `create_object` makes the object
    /// of the connection, when there is one; `done` gets the outcome, from the event loop or before
    /// `start` returns.
    ///
    /// Errors where the extensions cannot be offered.
    pub(crate) fn new(
        context: &Rc<Context>,
        request: OpeningRequest,
        create_object: impl Fn(&Rc<Connection>, &[Offered]) -> Result<Value, tcl::Error> + 'static,
        done: impl FnOnce(Result<Opened, Error>) + 'static,
    ) -> Result<Rc<Self>, Error> {
        let OpeningRequest { http, connect, protocols, extensions, settings, timeout } = request;
        let offered: Vec<_> = extensions.iter().map(|one| one.extension.clone()).collect();
        let offer = extensions::offer(&offered).map_err(Error::Offer)?;
        let key = Rc::new(RefCell::new(Key::new(rand::random())));
        let opening = Rc::new(Self {
            context: Rc::clone(context),
            exchange: OnceCell::new(),
            key: Rc::clone(&key),
            protocols: protocols.clone(),
            extensions,
            settings,
            create_object: Box::new(create_object),
            timers: RefCell::default(),
            is_over: Cell::default(),
            done: RefCell::new(Some(Box::new(done))),
        });
        // "the request MUST include a header field with the name |Sec-WebSocket-Key| [...] The
        // nonce MUST be selected randomly for each connection." (RFC 6455 section 4.1)
        let exchange = Exchange::new(context, connect, http, move |head| {
            key.replace(Key::new(rand::random()));
            let offer = offer.as_deref();
            for (name, value) in handshake::request_headers(&key.borrow(), &protocols, offer) {
                head.push(name, value);
            }
        });
        // Cannot be set already: the opening is new.
        let _ = opening.exchange.set(exchange);
        if let Some(timeout) = timeout {
            opening.later(timeout, Self::timed_out);
        }
        Ok(opening)
    }

    /// Begins.
    pub(crate) fn start(self: &Rc<Self>) {
        let Some(exchange) = self.exchange.get().filter(|_| !self.is_over.get()) else { return };
        let this = Rc::clone(self);
        exchange.start(move |answer| match answer {
            Ok(answer) => this.accept(&answer),
            Err(error) => this.settle(Err(error.into())),
        });
    }

    /// Begins from the event loop.
    pub(crate) fn start_later(self: &Rc<Self>) {
        self.later(Duration::ZERO, Self::start);
    }

    /// Drops everything that is going on. Nobody gets an outcome.
    pub(crate) fn stop(&self) {
        self.is_over.set(true);
        self.done.take();
        if let Some(exchange) = self.exchange.get() {
            exchange.stop();
        }
        self.timers.take();
    }

    /// Has `step` done from the event loop, unless it is all over by then.
    fn later(self: &Rc<Self>, delay: Duration, step: fn(&Rc<Self>)) {
        let this = Rc::clone(self);
        let timer = Timer::after(&self.context.interp, delay, move || step(&this));
        self.timers.borrow_mut().push(timer);
    }

    fn timed_out(self: &Rc<Self>) {
        let is_connected = self.exchange.get().is_some_and(|exchange| exchange.awaits_response());
        let error = match is_connected {
            true => client::Error::ResponseTimedOut,
            false => client::Error::ConnectTimedOut,
        };
        self.settle(Err(error.into()));
    }

    /// Ends with this outcome.
    fn settle(&self, outcome: Result<Opened, Error>) {
        let done = self.done.take();
        self.stop();
        if let Some(done) = done {
            done(outcome);
        }
    }

    /// Makes the connection of an answer, and its object.
    fn accept(&self, answer: &Answer) {
        let opened = self.connect(answer).and_then(|connection| {
            let name = (self.create_object)(&connection, &self.extensions)?;
            if self.is_over.get() {
                // It was stopped while an extension took its time: nobody gets the object.
                connection.delete_owner();
            }
            Ok(Opened { name, protocol: connection.agreed().protocol.clone() })
        });
        self.settle(opened);
    }

    fn connect(&self, answer: &Answer) -> Result<Rc<Connection>, Error> {
        /// "Any status code other than 101 indicates that the WebSocket handshake has not
        /// completed" (RFC 6455 section 1.3).
        const SWITCHING_PROTOCOLS: u16 = 101;
        let Answer { url, response, stream } = answer;
        if response.head.status != SWITCHING_PROTOCOLS {
            return Err(Error::Refused(Box::new((url.clone(), response.clone()))));
        }
        let headers: Vec<(&str, &str)> = response.head.headers.iter().collect();
        let offered: Vec<&str> = self.extensions.iter().map(|one| one.extension.name()).collect();
        let accepted = handshake::verify(headers, &self.key.borrow(), &self.protocols, &offered)?;
        let agreed = Agreed::new(url, response.head.clone(), accepted, stream);
        let stream = Rc::clone(stream);
        Ok(Connection::new(&self.context, Role::Client, stream, self.settings, agreed))
    }
}
