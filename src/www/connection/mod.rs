//! The driver of an open connection: from the 101 response until the TCP connection is gone.
//!
//! Bytes travel one way in: readable channel, `Read`, decoder, `Receive`, callback; and one way
//! out: method, `Transmit`, encoder, `Write`, channel. The four capitalised steps are TclOO
//! methods, always called through the object's `my`, so that a class mixed in at any moment takes
//! part. What they do where nothing overrides them stands in `incoming.rs` and `outgoing.rs`, what
//! leads to the end in `ending.rs`, what scripts wait for in `waiting.rs`, what is counted and
//! logged in `counters.rs`; here is what they share, and the events. `methods.rs` has the methods'
//! arguments.
//!
//! Scripts run inside most of these functions. They may call any method again, destroy the object
//! or delete the interpreter, so no cell is borrowed meanwhile and every step looks anew at what
//! is left to do.

mod agreed;
mod counters;
mod ending;
mod heartbeat;
mod incoming;
mod outgoing;
mod settings;
mod waiting;

use std::{
    cell::{Cell, OnceCell, RefCell},
    collections::VecDeque,
    rc::{Rc, Weak},
    time::Duration,
};

pub(crate) use agreed::Agreed;
use counters::Counters;
use heartbeat::Heartbeat;
pub(crate) use settings::{CompressionSettings, Offered, Settings};
use waiting::Waiters;

use super::{
    callbacks::Callbacks,
    context::Context,
    deflate::Deflate,
    errors,
    stream::{Received, Stream, StreamError},
};
use crate::{
    protocol::{
        CloseStatus, Closing, Opcode, Receiver, Role, Sender, Violation, deflate,
        extensions::Parameter,
    },
    tcl::{Error, Interp, Object, ObjectState, Readiness, StateTypes, Timer, Value},
};

/// An open connection: the state behind the object that `www websocket` returned.
pub(crate) struct Connection {
    context: Rc<Context>,
    this: Weak<Self>,
    object: OnceCell<Object>,
    settings: Cell<Settings>,
    agreed: Agreed,
    counters: Counters,
    /// What permessage-deflate was offered with.
    deflate_offer: Vec<Parameter>,
    deflate: RefCell<Option<Deflate>>,
    /// Whether the stream's input is the tail of the 101: bytes behind it, which no `Read` has seen
    /// yet.
    tail: Cell<bool>,
    /// `None` once the TCP connection is gone.
    stream: RefCell<Option<Rc<Stream>>>,
    receiver: RefCell<Receiver<incoming::Store>>,
    sender: RefCell<Sender>,
    closing: RefCell<Closing>,
    callbacks: RefCell<Callbacks>,
    /// The message that was read ahead of a reader: it waits for a callback.
    parked: RefCell<Option<Arrived>>,
    /// Whether the script takes messages with `receive`.
    receiving: Cell<bool>,
    /// Who waits in `receive`.
    receives: Rc<Waiters>,
    /// Messages for `receive` that came when nobody waited there: an extension may make several of
    /// one.
    inbox: RefCell<VecDeque<Message>>,
    /// How many messages are being delivered, each from an event loop inside the one before.
    nesting: Cell<usize>,
    /// Whether `Read` is being called.
    reading: Cell<bool>,
    /// What the last call of the base `Read` met.
    last_read: Cell<Option<Read>>,
    /// Why writing failed, if it did: then the end of the connection is due to show on reading.
    write_error: RefCell<Option<String>>,
    /// Whether something was written in this iteration of the event loop, and more is collected.
    collecting: Cell<bool>,
    /// Whether the end of this iteration of the event loop will be reported.
    unwritten: Cell<bool>,
    /// Whether the output waits for the channel to take more.
    blocked: Cell<bool>,
    /// Whether something has been waiting to be written since the output was last empty.
    backlog: Cell<bool>,
    /// Whether the output has become empty, which `flush` and `drain` do not know yet.
    drained: Cell<bool>,
    /// Who waits in `flush`.
    flushes: Rc<Waiters>,
    /// The payload of the last ping that is not answered, because the output was full.
    unanswered_ping: RefCell<Option<Value>>,
    heartbeat: RefCell<Heartbeat>,
    /// Whether the script called `close`: it wants the end, whatever the callbacks are.
    close_called: Cell<bool>,
    /// What the `close` callback will get, once that is known.
    close_status: RefCell<Option<CloseStatus>>,
    /// Whether it was called.
    close_reported: Cell<bool>,
    /// Whether the outgoing stream is to end after what is in the output.
    shut_down: Cell<bool>,
    close_timer: RefCell<Option<Timer>>,
    /// Goes on with what was parked, in an iteration of the event loop of its own.
    resume_timer: RefCell<Option<Timer>>,
}

/// A message on its way to `Receive`.
struct Arrived {
    opcode: Opcode,
    data: Value,
    flags: Value,
}

/// A text or binary message for the script.
struct Message {
    /// The type of its callback, and the same as a value.
    name: &'static str,
    word: Value,
    data: Value,
}

/// What a call of the base `Read` met.
enum Read {
    Received(Received),
    /// The end of the connection, and how it went.
    Failed(String),
    /// What must not come.
    Violated(Violation),
}

impl From<Result<Received, StreamError>> for Read {
    fn from(received: Result<Received, StreamError>) -> Self {
        received.map_or_else(|error| Self::Failed(error.to_string()), Read::Received)
    }
}

impl Connection {
    /// A connection that was just opened. What came behind the 101 is in the stream's input.
    pub(crate) fn new(
        context: &Rc<Context>,
        stream: Rc<Stream>,
        settings: Settings,
        offered: &[Offered],
        agreed: Agreed,
    ) -> Rc<Self> {
        let mut receiver = Receiver::new(settings.size_limit());
        receiver.set_extended(!agreed.extensions.is_empty());
        let deflate_offer = offered.iter().find(|one| one.extension.name() == deflate::NAME);
        let connection = Rc::new_cyclic(|this| Self {
            context: Rc::clone(context),
            this: Weak::clone(this),
            object: OnceCell::new(),
            settings: Cell::new(settings),
            agreed,
            counters: Counters::default(),
            deflate_offer: deflate_offer
                .map_or(Vec::new(), |one| one.extension.parameters().to_vec()),
            deflate: RefCell::default(),
            tail: Cell::new(!stream.input.borrow().is_empty()),
            stream: RefCell::new(Some(Rc::clone(&stream))),
            receiver: RefCell::new(receiver),
            sender: RefCell::new(Sender::new(Role::Client)),
            closing: RefCell::new(Closing::new(Role::Client)),
            callbacks: RefCell::default(),
            parked: RefCell::default(),
            receiving: Cell::default(),
            receives: Rc::default(),
            inbox: RefCell::default(),
            nesting: Cell::default(),
            reading: Cell::default(),
            last_read: Cell::default(),
            write_error: RefCell::default(),
            collecting: Cell::default(),
            unwritten: Cell::default(),
            blocked: Cell::default(),
            backlog: Cell::default(),
            drained: Cell::default(),
            flushes: Rc::default(),
            unanswered_ping: RefCell::default(),
            heartbeat: RefCell::default(),
            close_called: Cell::default(),
            close_status: RefCell::default(),
            close_reported: Cell::default(),
            shut_down: Cell::default(),
            close_timer: RefCell::default(),
            resume_timer: RefCell::default(),
        });
        connection.counters.received.add_bytes(stream.input.borrow().bytes().len());
        connection
    }

    /// Gives the connection its object, through whose methods everything passes from now on.
    pub(crate) fn set_object(&self, object: Object) {
        // Cannot be set already: the connection is new.
        let _ = self.object.set(object);
        let this = Weak::clone(&self.this);
        if let Some(stream) = self.stream() {
            stream.on_ready(move |ready| {
                if let Some(connection) = this.upgrade() {
                    connection.ready(ready);
                }
            });
        }
    }

    /// Begins to read and to deliver, from the event loop. Errors where a script has ended the
    /// connection meanwhile.
    pub(crate) fn start(&self) -> Result<(), Error> {
        if self.stream.borrow().is_none() {
            return Err(errors::closing());
        }
        self.start_heartbeat();
        self.resume_later();
        Ok(())
    }

    /// Makes these classes the mixins of the object, the first one outermost.
    pub(crate) fn mix_in(&self, classes: &[Value]) -> Result<(), Error> {
        let name = self.name();
        let words = ["::oo::objdefine", "mixin"].map(Value::string);
        self.interp().call([&words[0], &name, &words[1]].into_iter().chain(classes)).map(drop)
    }

    /// Deletes the object, unless it is gone already.
    pub(crate) fn drop_object(&self) {
        if let Some(object) = self.object.get() {
            object.delete();
        }
    }

    /// The state of permessage-deflate, if it was agreed upon.
    pub(crate) fn deflate(&self) -> &RefCell<Option<Deflate>> {
        &self.deflate
    }

    /// The parameters that permessage-deflate was offered with.
    pub(crate) fn deflate_offer(&self) -> &[Parameter] {
        &self.deflate_offer
    }

    /// What the caller chose for the open connection.
    pub(crate) fn settings(&self) -> Settings {
        self.settings.get()
    }

    /// Changes what the caller chose, from now on.
    pub(crate) fn change_settings(&self, settings: Settings) {
        let before = self.settings.replace(settings);
        self.receiver.borrow_mut().set_max_size(settings.size_limit());
        if settings.heartbeat != before.heartbeat && self.stream.borrow().is_some() {
            self.start_heartbeat();
        }
    }

    /// What was agreed on when the connection was opened.
    pub(crate) fn agreed(&self) -> &Agreed {
        &self.agreed
    }

    /// How far the connection has come: `open`, `closing`, or `closed` when there is no TCP
    /// connection any more.
    pub(crate) fn state(&self) -> &'static str {
        match (self.stream.borrow().is_some(), self.closing.borrow().is_open()) {
            (true, true) => "open",
            (true, false) => "closing",
            (false, _) => "closed",
        }
    }

    fn interp(&self) -> &Interp {
        &self.context.interp
    }

    /// The stream, while there is a TCP connection.
    fn stream(&self) -> Option<Rc<Stream>> {
        self.stream.borrow().clone()
    }

    /// Calls a private method of the object, the outermost override first.
    pub(crate) fn my(&self, method: &Value, arguments: &[Value]) -> Result<Value, Error> {
        let Some(object) = self.object.get() else { return Ok(Value::empty()) };
        self.interp().call([object.my(), method].into_iter().chain(arguments))
    }

    /// The full name of the object's `my` command.
    pub(crate) fn my_name(&self) -> Option<&Value> {
        self.object.get().map(Object::my)
    }

    /// The object's present name.
    pub(crate) fn name(&self) -> Value {
        self.object.get().map_or_else(Value::empty, Object::name)
    }

    pub(crate) fn context(&self) -> &Context {
        &self.context
    }

    // Events

    fn ready(&self, ready: Readiness) {
        if ready.writable {
            self.flush();
            self.after_writing();
        }
        if ready.readable {
            self.pump();
        }
        self.watch();
    }

    /// Watches the stream for what can be used now.
    fn watch(&self) {
        if let Some(stream) = self.stream() {
            stream.watch(self.parked.borrow().is_none());
        }
    }

    /// Goes on in the next iteration of the event loop with what is parked or was read already: no
    /// readiness event will tell of that.
    fn resume_later(&self) {
        if self.resume_timer.borrow().is_some() {
            return;
        }
        let this = Weak::clone(&self.this);
        let timer = Timer::after(self.interp(), Duration::ZERO, move || {
            if let Some(connection) = this.upgrade() {
                connection.resume_timer.take();
                connection.after_writing();
                connection.report_close();
                connection.pump();
                connection.watch();
            }
        });
        self.resume_timer.replace(Some(timer));
    }
}

impl ObjectState for Connection {
    fn types() -> &'static StateTypes<Self> {
        static TYPES: StateTypes<Connection> = StateTypes::new(c"www::websocket method");
        &TYPES
    }

    fn deleted(&self) {
        if let Some(object) = self.object.get() {
            object.forget();
        }
        // What was handed over in this iteration of the event loop is still sent.
        self.flush();
        self.stream.take();
        self.callbacks.take();
        self.parked.take();
        self.close_timer.take();
        self.resume_timer.take();
        self.stop_heartbeat();
        self.dismiss_waiters();
    }
}
