//! The driver of an open connection: from the 101 response until the TCP connection is gone.
//!
//! Bytes travel one way in: readable channel, `Read`, decoder, `Receive`, callback; and one way out:
//! method, `Transmit`, encoder, `Write`, channel. The four capitalised steps are TclOO methods, always
//! called through the object's `my`, so that a class mixed in at any moment takes part. What they do
//! where nothing overrides them stands here; `methods.rs` has their arguments.
//!
//! Scripts run inside most of these functions. They may call any method again, destroy the object
//! or delete the interpreter, so no cell is borrowed meanwhile and every step looks anew at what
//! is left to do.

use super::{
    Package,
    callbacks::Callbacks,
    deflate::{Deflate, Effort},
    errors,
    extensions::{self, Offered},
    stream::{Received, Stream},
};
use crate::{
    protocol::{
        CloseMessage, Closing, Flags, Message, Opcode, Receiver, Sender, Violation,
        closing::END_OF_CONNECTION,
        deflate,
        extensions::{Extension, Parameter},
        frame,
    },
    tcl::{
        Error, Interp, Object, Readiness, State, Timer, Unwritten, Value, at_end_of_turn, describe,
        max_length,
    },
};
use std::{
    cell::{Cell, OnceCell, RefCell},
    rc::{Rc, Weak},
    slice,
    time::Duration,
};

/// Reads for one readiness event: enough for a fast sender to keep us busy, few enough for the
/// rest of the event loop to have its turn.
const MAX_READS: usize = 16;

/// How deep callbacks that enter the event loop may be nested in each other on one connection: more
/// than a script does on purpose, and well below the limit of Tcl's own.
const MAX_NESTING: usize = 50;

/// How many bytes are collected in a turn before they are written: as much as one system call takes
/// to advantage.
const COLLECTED: usize = 64 * 1024;

/// What the caller of `www websocket` chose for the open connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    /// Bytes that a message may have; `None`: as many as Tcl can hold.
    pub(crate) max_size: Option<u64>,
    /// How long the server may take to drop the connection once it is being closed.
    pub(crate) close_timeout: Duration,
    /// How hard permessage-deflate compresses, if it is agreed upon.
    pub(crate) effort: Effort,
}

/// An open connection: the state behind the object that `www websocket` returned.
pub(crate) struct Connection {
    package: Rc<Package>,
    this: Weak<Connection>,
    object: OnceCell<Object>,
    settings: Settings,
    /// What permessage-deflate was offered with.
    deflate_offer: Vec<Parameter>,
    deflate: RefCell<Option<Deflate>>,
    /// Whether the stream's input is what came behind the 101, which no `Read` has seen yet.
    early: Cell<bool>,
    /// `None` once the TCP connection is gone.
    stream: RefCell<Option<Rc<Stream>>>,
    receiver: RefCell<Receiver>,
    sender: RefCell<Sender>,
    closing: RefCell<Closing>,
    callbacks: RefCell<Callbacks>,
    /// The message that waits for a callback.
    held: RefCell<Option<Arrived>>,
    /// How many messages are being delivered, each from an event loop inside the one before.
    nesting: Cell<usize>,
    /// What the last call of the base `Read` met.
    last_read: Cell<Option<Read>>,
    /// Why writing failed, if it did: then the end of the connection is due to show on reading.
    write_error: RefCell<Option<String>>,
    /// Whether something was written in this turn of the event loop, and more is collected.
    collecting: Cell<bool>,
    /// Whether the end of the turn will be told.
    unwritten: Cell<bool>,
    /// Whether the output waits for the channel to take more.
    blocked: Cell<bool>,
    /// Whether the script called `close`: it wants the end, whatever the callbacks are.
    close_called: Cell<bool>,
    /// What the `close` callback is to be told, once that is decided.
    verdict: RefCell<Option<(u16, String)>>,
    /// Whether it was told.
    told: Cell<bool>,
    /// Whether the outgoing stream is to end after what is in the output.
    shut_down: Cell<bool>,
    close_timer: RefCell<Option<Timer>>,
    /// Goes on with what was kept, in a turn of the event loop of its own.
    resume_timer: RefCell<Option<Timer>>,
}

/// A message on its way to `Receive`.
struct Arrived {
    opcode: Opcode,
    data: Value,
    flags: Value,
}

/// What a call of the base `Read` met.
enum Read {
    Received(Received),
    /// The end of the connection, and how it went.
    Failed(String),
}

impl Connection {
    /// Makes the object of a connection that was just opened. What came behind the 101 is in the
    /// stream's input.
    pub(crate) fn open(
        package: &Rc<Package>,
        stream: Rc<Stream>,
        mut settings: Settings,
        offered: &[Offered],
        accepted: &[Extension],
    ) -> Result<Value, Error> {
        // A NUL takes two bytes in a Tcl string, so only half of what one holds is sure to fit.
        let limit = settings.max_size.unwrap_or(u64::MAX).min(max_length() as u64 / 2);
        settings.max_size = Some(limit);
        let mut receiver = Receiver::new(settings.max_size);
        receiver.set_extended(!accepted.is_empty());
        let deflate_offer = offered.iter().find(|one| one.extension.name() == deflate::NAME);
        let connection = Rc::new_cyclic(|this| Connection {
            package: Rc::clone(package),
            this: Weak::clone(this),
            object: OnceCell::new(),
            settings,
            deflate_offer: deflate_offer
                .map_or(Vec::new(), |one| one.extension.parameters().to_vec()),
            deflate: RefCell::default(),
            early: Cell::new(!stream.input.borrow().is_empty()),
            stream: RefCell::new(Some(Rc::clone(&stream))),
            receiver: RefCell::new(receiver),
            sender: RefCell::default(),
            closing: RefCell::default(),
            callbacks: RefCell::default(),
            held: RefCell::default(),
            nesting: Cell::default(),
            last_read: Cell::default(),
            write_error: RefCell::default(),
            collecting: Cell::default(),
            unwritten: Cell::default(),
            blocked: Cell::default(),
            close_called: Cell::default(),
            verdict: RefCell::default(),
            told: Cell::default(),
            shut_down: Cell::default(),
            close_timer: RefCell::default(),
            resume_timer: RefCell::default(),
        });
        let object = package.class.instantiate(&package.interp, Rc::clone(&connection))?;
        let name = object.name();
        // Cannot be set already: the connection is new.
        let _ = connection.object.set(object);
        let this = Weak::clone(&connection.this);
        stream.on_ready(move |ready| {
            if let Some(connection) = this.upgrade() {
                connection.ready(ready);
            }
        });
        let joined = extensions::join(&connection, offered, accepted);
        if joined.is_err() || connection.stream.borrow().is_none() {
            connection.drop_object();
            return joined.and_then(|()| Err(errors::closing()));
        }
        connection.resume_later();
        Ok(name)
    }

    /// Makes these classes the mixins of the object, the first one outermost.
    pub(crate) fn mix_in(&self, classes: &[Value]) -> Result<(), Error> {
        let name = self.object.get().map_or_else(Value::empty, Object::name);
        let words = ["::oo::objdefine", "mixin"].map(Value::string);
        self.interp().call([&words[0], &name, &words[1]].into_iter().chain(classes)).map(drop)
    }

    /// Deletes the object, unless it is gone already.
    fn drop_object(&self) {
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
    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    fn interp(&self) -> &Interp {
        &self.package.interp
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

    pub(crate) fn package(&self) -> &Package {
        &self.package
    }

    // Events

    fn ready(&self, ready: Readiness) {
        if ready.writable {
            self.flush();
        }
        if ready.readable {
            self.pump();
        }
        self.watch();
    }

    /// Watches the stream for what can be used now.
    fn watch(&self) {
        if let Some(stream) = self.stream() {
            stream.watch(self.held.borrow().is_none());
        }
    }

    /// Goes on in the next turn of the event loop with what is kept or was read already: no
    /// readiness event will tell of that.
    fn resume_later(&self) {
        if self.resume_timer.borrow().is_some() {
            return;
        }
        let this = Weak::clone(&self.this);
        let timer = Timer::after(self.interp(), Duration::ZERO, move || {
            if let Some(connection) = this.upgrade() {
                connection.resume_timer.take();
                connection.conclude();
                connection.pump();
                connection.watch();
            }
        });
        self.resume_timer.replace(Some(timer));
    }

    // In

    /// Whether anybody takes what arrives. Before a callback is set, and after all were disabled,
    /// the first message is kept; `close` ends that.
    fn has_taker(&self) -> bool {
        self.close_called.get() || self.told.get() || !self.callbacks.borrow().is_empty()
    }

    /// Delivers what is there, reads, and delivers again, until nothing is there for now.
    fn pump(&self) {
        if self.nesting.get() >= MAX_NESTING {
            // The callers go on with it.
            return;
        }
        self.deliver();
        for _ in 0..MAX_READS {
            // While a message is kept, the system's buffer fills up instead of ours.
            let kept = self.held.borrow().is_some();
            let Some(stream) = self.stream().filter(|_| !kept) else { break };
            let more = match self.read(&stream) {
                Some(Read::Received(Received::Bytes { more })) => more,
                Some(Read::Received(Received::End)) => {
                    return self.end(&self.describe_end(END_OF_CONNECTION));
                }
                Some(Read::Failed(how)) => {
                    // TLS may have failed behind something that is good.
                    self.deliver();
                    return self.end(&self.describe_end(&how));
                }
                Some(Read::Received(Received::Nothing)) | None => break,
            };
            self.deliver();
            if !more {
                break;
            }
        }
    }

    /// Calls `Read`, and leaves what it returned in the input. `None` where nothing was read.
    fn read(&self, stream: &Stream) -> Option<Read> {
        self.last_read.take();
        if self.closing.borrow().is_over() {
            // Only the end is of interest now, and no extension may hide it.
            self.base_read(true);
            return self.last_read.take();
        }
        let data = self.my(&self.package.words.read, &[]);
        let last = self.last_read.take();
        // Nothing where the base method ran alone: then the bytes are in the input already.
        let append = |bytes: &[u8]| {
            if !bytes.is_empty() {
                stream.input.borrow_mut().append(bytes);
            }
            bytes.len()
        };
        match data.and_then(|data| data.with_bytes(append).map_err(errors::not_bytes)) {
            Ok(0) => last,
            // An override may have bytes where the socket had none, or its end; that shows again.
            Ok(_) => {
                let more = matches!(last, Some(Read::Received(Received::Bytes { more: true })));
                Some(Read::Received(Received::Bytes { more }))
            }
            Err(error) => {
                self.break_down(&error);
                None
            }
        }
    }

    /// What the base `Read` does: reads from the socket. The bytes stay in the input when the
    /// driver called it directly; where a class overrides `Read`, they are returned to that.
    pub(crate) fn base_read(&self, direct: bool) -> Value {
        let Some(stream) = self.stream() else { return Value::empty() };
        if self.early.take() {
            self.last_read.set(Some(Read::Received(Received::Bytes { more: true })));
        } else if !direct && !stream.input.borrow().is_empty() {
            // Called out of turn: there is something to be delivered first.
            return Value::empty();
        } else {
            self.last_read.set(Some(match stream.read() {
                Ok(received) => Read::Received(received),
                Err(error) => Read::Failed(error.to_string()),
            }));
        }
        if direct {
            return Value::empty();
        }
        let mut input = stream.input.borrow_mut();
        let data = Value::bytes(input.bytes());
        input.clear();
        data
    }

    /// How the connection ended, for a person: why writing failed, if it did, says more than what
    /// reading met afterwards.
    fn describe_end(&self, how: &str) -> String {
        let how = self.write_error.borrow().clone().unwrap_or_else(|| how.to_owned());
        if self.closing.borrow().is_over() || self.receiver.borrow().is_idle() {
            return how;
        }
        format!("{how} in the middle of a message")
    }

    /// Hands the messages in the input to `Receive`, one after the other.
    fn deliver(&self) {
        while let Some(stream) = self.stream().filter(|_| !self.early.get()) {
            if self.closing.borrow().is_over() {
                stream.input.borrow_mut().clear();
                self.held.take();
                return;
            }
            let held = self.held.take();
            let was_held = held.is_some();
            let arrived = match held.map_or_else(|| self.decode(&stream), |held| Ok(Some(held))) {
                Ok(Some(arrived)) => arrived,
                Ok(None) => return,
                Err(violation) => return self.fail(violation),
            };
            let answered_anyway = matches!(arrived.opcode, Opcode::Ping | Opcode::Pong);
            if !answered_anyway && !self.has_taker() {
                self.held.replace(Some(arrived));
                return;
            }
            // If the script enters the event loop, the next message has to find its way there.
            if !stream.input.borrow().is_empty() {
                self.resume_later();
            }
            if was_held {
                self.watch();
            }
            let arguments =
                [self.package.words.opcode(arrived.opcode), arrived.data, arrived.flags];
            self.nesting.update(|depth| depth + 1);
            let received = self.my(&self.package.words.receive, &arguments);
            self.nesting.update(|depth| depth - 1);
            if let Err(error) = received {
                self.break_down(&error);
            }
        }
    }

    /// The next message in the input.
    fn decode(&self, stream: &Stream) -> Result<Option<Arrived>, Violation> {
        stream.input.borrow_mut().parse(|bytes| {
            let message = self.receiver.borrow_mut().receive(bytes)?;
            Ok(message.map(|Message { opcode, rsv, payload }| {
                // A text that is ASCII needs one value all the way; see `base_receive`.
                let text = if opcode == Opcode::Text { Value::ascii(&payload) } else { None };
                let words = &self.package.words;
                Arrived {
                    opcode,
                    data: text.unwrap_or_else(|| Value::bytes(&payload)),
                    flags: if rsv.is_none() {
                        words.no_rsv.clone()
                    } else {
                        Value::string(&rsv.to_string())
                    },
                }
            }))
        })
    }

    /// What the base `Receive` does with a message: callback or automatic answer.
    pub(crate) fn base_receive(&self, opcode: Opcode, data: &Value) -> Result<(), Error> {
        if self.stream.borrow().is_none() || self.closing.borrow().is_over() {
            return Ok(());
        }
        let words = &self.package.words;
        match opcode {
            Opcode::Text => match data.decoded().map_err(errors::not_bytes)? {
                Some(text) => self.offer(&words.text, "text", text),
                None => self.fail(Violation::invalid_payload("text that is not UTF-8")),
            },
            Opcode::Binary => {
                errors::check_bytes(data)?;
                self.offer(&words.binary, "binary", data.clone());
            }
            Opcode::Ping => {
                if !self.fire("ping", &words.ping, slice::from_ref(data))
                    && !self.closing.borrow().is_over()
                {
                    self.transmit(Opcode::Pong, data.clone())?;
                }
            }
            Opcode::Pong => {
                self.fire("pong", &words.pong, slice::from_ref(data));
            }
            Opcode::Close => {
                let message = data.with_bytes(CloseMessage::parse).map_err(errors::not_bytes)?;
                match message {
                    Ok(message) => self.close_received(message)?,
                    Err(violation) => self.fail(violation),
                }
            }
            Opcode::Continuation => return Err(errors::argument("opcode 0 is no message")),
        }
        Ok(())
    }

    /// Hands a text or binary message to its callback. "In the absence of a handler, it is
    /// considered an error to receive a message. If that happens, the websocket connection is
    /// terminated with code 1003 (unacceptable data type)." (manual page)
    fn offer(&self, word: &Value, name: &'static str, data: Value) {
        if !self.fire(name, word, &[data]) && self.closing.borrow().is_open() {
            let message = Violation::unsupported_data(format!("no handler for {name} messages"));
            self.send_close(&message.close_message());
        }
    }

    /// Runs the callback for `name`, if there is one; tells whether there is.
    fn fire(&self, name: &str, word: &Value, arguments: &[Value]) -> bool {
        let prefix = self.callbacks.borrow().prefix(name);
        if let Some(prefix) = &prefix {
            self.run(prefix, word, arguments);
        }
        prefix.is_some()
    }

    /// Runs a callback. Its errors are the script's affair and leave the connection alone.
    fn run(&self, prefix: &[Value], word: &Value, arguments: &[Value]) {
        match self.interp().call(prefix.iter().chain([word]).chain(arguments)) {
            // What it returned may be large, and nobody asks for it.
            Ok(_) => self.interp().reset_result(),
            Err(error) => error.report_in_background(self.interp()),
        }
    }

    /// What the private method `Callback` does: fires a type that an extension defines, or one of
    /// ours.
    pub(crate) fn callback(&self, name: &Value, arguments: &[Value]) -> bool {
        self.fire(&name.to_utf8_lossy(), name, arguments)
    }

    /// What the method `callback` does: sets or disables callbacks.
    pub(crate) fn set_callbacks(&self, types: &Value, prefix: &Value) -> Result<(), Error> {
        self.callbacks.borrow_mut().set(types, prefix)?;
        self.resume_later();
        Ok(())
    }

    // Out

    /// Refuses to send where a close message was sent or received or the connection has ended.
    pub(crate) fn check_open(&self) -> Result<(), Error> {
        if self.closing.borrow().is_open() && self.stream.borrow().is_some() {
            return Ok(());
        }
        Err(errors::closing())
    }

    /// Calls `Transmit` for a whole message.
    pub(crate) fn transmit(&self, opcode: Opcode, data: Value) -> Result<(), Error> {
        let words = &self.package.words;
        self.my(&words.transmit, &[words.opcode(opcode), data]).map(drop)
    }

    /// What the base `Transmit` does: makes a frame and calls `Write` with it.
    ///
    /// "The application MUST NOT send any more data frames after sending a Close frame." (RFC 6455
    /// section 5.5.1) A pong is owed until the server's close message has come (section 5.5.2).
    pub(crate) fn base_transmit(
        &self,
        opcode: Opcode,
        data: &Value,
        flags: Flags,
    ) -> Result<(), Error> {
        let allowed = match opcode {
            Opcode::Close => !self.closing.borrow().close_sent(),
            Opcode::Pong => !self.closing.borrow().is_over(),
            _ => self.closing.borrow().is_open(),
        };
        if !allowed || self.stream.borrow().is_none() {
            return Err(errors::closing());
        }
        let (frame, close) = data
            .with_bytes(|payload| {
                let close = match opcode {
                    Opcode::Close => {
                        Some(CloseMessage::parse(payload).map_err(errors::close_payload)?)
                    }
                    _ => None,
                };
                let length = frame::encoded_len(payload.len());
                if length > max_length() {
                    return Err(errors::too_big("message does not fit into a Tcl value"));
                }
                let header = self.sender.borrow_mut().header(opcode, flags, payload.len());
                let header = header.map_err(errors::send)?;
                // "The masking key is a 32-bit value chosen at random by the client [...] derived
                // from a strong source of entropy" (section 5.3): `rand::random` uses a
                // cryptographic generator seeded by the system.
                let key = rand::random();
                let encode = |out: &mut [u8]| frame::encode(header, key, payload, out);
                Ok((Value::bytes_with(length, encode), close))
            })
            .map_err(errors::not_bytes)??;
        if let Some(message) = close {
            self.closing.borrow_mut().sent(message);
            self.start_close_timer();
        }
        self.my(&self.package.words.write, &[frame]).map(drop)
    }

    /// What the base `Write` does: writes what the system takes and keeps the rest. A connection
    /// that breaks is no error here; its end shows on reading, after what came before it.
    ///
    /// The first write in a turn of the event loop goes out at once. Those after it are collected
    /// until there is enough for a system call, or the turn ends.
    pub(crate) fn base_write(&self, bytes: &Value) -> Result<(), Error> {
        let Some(stream) = self.stream() else { return Ok(()) };
        if self.write_error.borrow().is_some() {
            return Ok(());
        }
        stream.push(bytes.clone()).map_err(errors::not_bytes)?;
        let first = !self.collecting.replace(true);
        if first && !self.unwritten.replace(true) {
            let this: Weak<dyn Unwritten> = Weak::<Connection>::clone(&self.this);
            at_end_of_turn(this);
        }
        if (first || stream.output_len() >= COLLECTED) && !self.blocked.get() {
            self.flush();
        }
        Ok(())
    }

    /// Writes what the system takes now, and has the channel tell when it takes more.
    fn flush(&self) {
        let Some(stream) = self.stream() else { return };
        if let Err(error) = stream.flush() {
            stream.drop_output();
            self.write_error.replace(Some(describe(&error)));
        } else if !stream.has_output() && self.shut_down.take() {
            stream.shut_down_output();
        }
        if self.blocked.replace(stream.has_output()) != stream.has_output() {
            self.watch();
        }
    }

    // The end

    /// What the method `close` does. Where the end of the connection was kept for a callback, there
    /// is nobody to tell any more, and nothing to send.
    pub(crate) fn close(&self, message: &CloseMessage) -> Result<(), Error> {
        let kept_end = self.verdict.borrow().is_some() && !self.told.get();
        if !kept_end {
            self.check_open()?;
            self.transmit_close(message)?;
        }
        self.close_called.set(true);
        self.resume_later();
        Ok(())
    }

    /// Calls `Transmit` for a close message.
    fn transmit_close(&self, message: &CloseMessage) -> Result<(), Error> {
        self.transmit(Opcode::Close, Value::bytes(&message.encode()))
    }

    /// Sends a close message of our own accord, from an event handler.
    fn send_close(&self, message: &CloseMessage) {
        if let Err(error) = self.transmit_close(message) {
            error.report_in_background(self.interp());
        }
    }

    /// The server's close message: answers it, if that is owed, and tells the script. What remains
    /// is for the server to drop the TCP connection: "the client SHOULD wait for the server to
    /// close the connection" (RFC 6455 section 7.1.1).
    fn close_received(&self, message: CloseMessage) -> Result<(), Error> {
        let answer = self.closing.borrow_mut().received(message);
        let answered = match answer {
            Some(answer) => self.transmit_close(&answer),
            None => Ok(()),
        };
        self.start_close_timer();
        self.decide(END_OF_CONNECTION);
        answered
    }

    /// Fails the connection (RFC 6455 section 7.1.7): tells the server why, processes nothing more,
    /// and ends the outgoing stream behind what was sent.
    pub(crate) fn fail(&self, violation: Violation) {
        if self.stream.borrow().is_none() || self.closing.borrow().is_over() {
            return;
        }
        let message = self.closing.borrow_mut().fail(violation);
        if let Some(message) = message {
            self.send_close(&message);
        }
        self.start_close_timer();
        self.shut_down.set(true);
        self.flush();
        self.decide(END_OF_CONNECTION);
    }

    /// An extension broke down: its error goes to the background error handler, and the connection
    /// is failed.
    fn break_down(&self, error: &Error) {
        error.report_in_background(self.interp());
        self.fail(Violation::internal_error("an extension failed"));
    }

    /// Gives the server its time to drop the connection, from the first reason to on; nothing that
    /// it sends puts that off.
    fn start_close_timer(&self) {
        if self.close_timer.borrow().is_some() || self.stream.borrow().is_none() {
            return;
        }
        let this = Weak::clone(&self.this);
        let timer = Timer::after(self.interp(), self.settings.close_timeout, move || {
            if let Some(connection) = this.upgrade() {
                connection.end("timed out");
            }
        });
        self.close_timer.replace(Some(timer));
    }

    /// The TCP connection is gone; `how` says how it went.
    fn end(&self, how: &str) {
        self.stream.take();
        self.close_timer.take();
        self.decide(how);
    }

    /// Decides what the `close` callback is told, if that is not decided yet.
    fn decide(&self, how: &str) {
        self.verdict.borrow_mut().get_or_insert_with(|| self.closing.borrow().verdict(how));
        self.conclude();
    }

    /// Does what is due at the end: the `close` callback, once and last, and then, when the TCP
    /// connection is gone, the deletion of the object.
    fn conclude(&self) {
        let Some((code, reason)) = self.verdict.borrow().clone() else { return };
        if !self.has_taker() {
            return;
        }
        if !self.told.replace(true) {
            let prefix = self.callbacks.borrow().prefix("close");
            // From here on nothing fires any more.
            self.callbacks.take();
            if let Some(prefix) = prefix {
                let arguments = [Value::integer(code.into()), Value::string(&reason)];
                self.run(&prefix, &self.package.words.close, &arguments);
            }
        }
        if self.stream.borrow().is_none() {
            self.drop_object();
        }
    }
}

impl Unwritten for Connection {
    fn turn_ended(&self) -> bool {
        self.collecting.set(false);
        if !self.blocked.get() {
            self.flush();
        }
        self.unwritten.set(self.blocked.get());
        self.unwritten.get()
    }

    fn exiting(&self) -> bool {
        self.blocked.set(false);
        self.turn_ended()
    }
}

impl State for Connection {
    fn deleted(&self) {
        if let Some(object) = self.object.get() {
            object.forget();
        }
        // What was sent in this turn was sent.
        self.flush();
        self.stream.take();
        self.callbacks.take();
        self.held.take();
        self.close_timer.take();
        self.resume_timer.take();
    }
}
