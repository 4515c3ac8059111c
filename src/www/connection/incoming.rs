//! The way in: readable channel, `Read`, decoder, `Receive`, callback.
//!
//! Scripts run inside most of these functions, and may do anything: every step looks anew at what
//! is left to do.

use std::{
    cell::Cell,
    slice,
    time::{Duration, Instant},
};

use super::{Arrived, Connection, Message, Read};
use crate::{
    protocol::{
        self, CloseMessage, End, Opcode, Violation,
        receiver::{self, OutOfMemory, Payload},
    },
    tcl::{ByteArray, Error, Value},
    www::{
        errors,
        stream::{Received, Stream},
    },
};

/// How long messages are read and delivered in one iteration of the event loop, before timers and
/// other channels are served: enough to keep a fast sender busy, too little for a person to notice.
const SLICE: Duration = Duration::from_millis(4);

/// After how many messages to look at the clock, which takes a part of the time of a small one.
const LOOK_AFTER: u32 = 8;

/// A message that lacks this many bytes is read into directly; below that, it is better to read
/// what comes behind it in the same system call.
const DIRECT_READ: u64 = 32 * 1024;

/// How deep callbacks that enter the event loop may be nested in each other on one connection: more
/// than a script does on purpose, and well below the limit of Tcl's own.
const MAX_NESTING: usize = 50;

/// Where messages are gathered: in what becomes a value.
#[derive(Default)]
pub(super) struct Store(ByteArray);

impl receiver::PayloadStore for Store {
    fn bytes(&self) -> &[u8] {
        self.0.bytes()
    }

    fn capacity(&self) -> usize {
        self.0.capacity()
    }

    fn reserve(&mut self, capacity: usize) -> Result<(), OutOfMemory> {
        // Tcl aborts when memory runs out: probe with Rust's allocator.
        Vec::<u8>::new().try_reserve_exact(capacity).map_err(|_| OutOfMemory)?;
        self.0.reserve(capacity);
        Ok(())
    }

    fn push(&mut self, bytes: &[u8]) {
        self.0.push(bytes);
    }
}

/// The time that one iteration of the event loop may take here.
pub(super) struct TimeSlice {
    end: Option<Instant>,
    messages: Cell<u32>,
}

impl TimeSlice {
    pub(super) fn begin() -> Self {
        Self { end: Some(Instant::now() + SLICE), messages: Cell::default() }
    }

    fn unlimited() -> Self {
        Self { end: None, messages: Cell::default() }
    }

    fn is_over(&self) -> bool {
        self.end.is_some_and(|end| Instant::now() >= end)
    }

    fn is_over_after_message(&self) -> bool {
        self.messages.update(|count| count + 1);
        self.messages.get().is_multiple_of(LOOK_AFTER) && self.is_over()
    }
}

impl Connection {
    /// Whether anybody takes a message of this kind. Before a callback is set, and after all were
    /// disabled, nobody does, and a script that uses `receive` takes one at a time; `close` ends
    /// that.
    pub(super) fn has_taker(&self, opcode: Opcode) -> bool {
        let is_data = matches!(opcode, Opcode::Text | Opcode::Binary);
        self.close_called.get()
            || self.close_reported.get()
            || !self.receives.is_empty()
            || self.callbacks.borrow().take_messages() && !(is_data && self.receiving.get())
    }

    /// Delivers what is there, reads, and delivers again, until nothing is there for now or the
    /// time is up.
    pub(super) fn pump(&self) {
        if self.nesting.get() >= MAX_NESTING {
            // The callers go on with it.
            return;
        }
        let slice = TimeSlice::begin();
        self.deliver(&slice);
        while let Some(stream) = self.stream().filter(|stream| self.may_read(stream)) {
            let more = match self.read(&stream) {
                Some(Read::Received(Received::Bytes { more })) => more,
                Some(Read::Received(Received::End)) => {
                    return self.stream_ended(End::Ordinary);
                }
                Some(Read::Failed(how)) => {
                    // TLS may have failed behind something that is good.
                    self.deliver(&TimeSlice::unlimited());
                    return self.stream_ended(End::Broken(&how));
                }
                Some(Read::Violated(violation)) => return self.fail(violation),
                Some(Read::Received(Received::Nothing)) | None => break,
            };
            self.deliver(&slice);
            if !more || slice.is_over() {
                break;
            }
        }
    }

    /// Whether there is nothing to do before something more is read. While a message is kept, the
    /// system's buffer fills up instead of ours.
    fn may_read(&self, stream: &Stream) -> bool {
        let waiting = !stream.input.borrow().is_empty() && !self.tail.get();
        self.parked.borrow().is_none() && !waiting && !self.reading.get()
    }

    /// Calls `Read`, and leaves what it returned in the input. `None` where nothing was read.
    fn read(&self, stream: &Stream) -> Option<Read> {
        self.reading.set(true);
        let read = self.call_read(stream);
        self.reading.set(false);
        read
    }

    fn call_read(&self, stream: &Stream) -> Option<Read> {
        self.last_read.take();
        if self.closing.borrow().discards_input() {
            // Only the end is of interest now, and no extension may hide it.
            self.base_read(true);
            return self.last_read.take();
        }
        let data = self.my(&self.context.literals.read, &[]);
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
                self.extension_failed(&error);
                None
            }
        }
    }

    /// What the base `Read` does: reads from the socket. The bytes stay in the input when the
    /// driver called it directly; where a class overrides `Read`, they are returned to that.
    pub(crate) fn base_read(&self, direct: bool) -> Value {
        let Some(stream) = self.stream() else { return Value::empty() };
        if self.tail.take() {
            self.last_read.set(Some(Read::Received(Received::Bytes { more: true })));
        } else if !direct && !stream.input.borrow().is_empty() {
            // Called in between: there is something to be delivered first.
            return Value::empty();
        } else {
            let message = if direct { self.read_message(&stream) } else { None };
            let read = message.unwrap_or_else(|| {
                let received = stream.read();
                self.counters.received.add_bytes(stream.input.borrow().bytes().len());
                Read::from(received)
            });
            if matches!(read, Read::Received(Received::Bytes { .. })) {
                self.heard();
            }
            self.last_read.set(Some(read));
        }
        if direct {
            return Value::empty();
        }
        let mut input = stream.input.borrow_mut();
        let data = Value::bytes(input.bytes());
        input.clear();
        data
    }

    /// Reads straight into the message that is arriving, which is then never copied. `None` where
    /// little of it is still to come, or it has to be decrypted first.
    fn read_message(&self, stream: &Stream) -> Option<Read> {
        // What is logged is taken from the input.
        let is_logged = self.context.log.frames().is_some();
        if is_logged || stream.is_secure() || self.closing.borrow().discards_input() {
            return None;
        }
        let taken = self.receiver.borrow_mut().take_store(DIRECT_READ);
        let (mut store, room) = match taken {
            Ok(taken) => taken?,
            Err(violation) => return Some(Read::Violated(violation)),
        };
        let before = store.0.bytes().len();
        // Nothing is borrowed meanwhile: the channel may be one that a script implements.
        let received = stream.read_into(&mut store.0, room);
        let added = store.0.bytes().len() - before;
        self.counters.received.add_bytes(added);
        let put = self.receiver.borrow_mut().put_store(store, added);
        match put {
            Ok(Some(message)) => drop(self.parked.replace(Some(self.arrived(message)))),
            Ok(None) => {}
            Err(violation) => return Some(Read::Violated(violation)),
        }
        Some(Read::from(received))
    }

    /// Reading met the end of the connection. Why writing failed, if it did, says more than that.
    fn stream_ended(&self, end: End<'_>) {
        let write_error = self.write_error.borrow().clone();
        let end = write_error.as_deref().map_or(end, End::Broken);
        if self.closing.borrow().discards_input() || self.receiver.borrow().is_idle() {
            return self.connection_lost(end);
        }
        self.connection_lost(End::Broken(&format!("{end} in the middle of a message")));
    }

    /// Hands the messages in the input to `Receive`, one after the other, as long as there is time.
    pub(super) fn deliver(&self, slice: &TimeSlice) {
        while !self.receiving.get()
            && let Some(message) = self.next_unreceived()
        {
            self.deliver_message(message);
        }
        while let Some(stream) = self.stream().filter(|_| !self.tail.get()) {
            if self.closing.borrow().discards_input() {
                stream.input.borrow_mut().clear();
                self.parked.take();
                return;
            }
            let parked = self.parked.take();
            let was_parked = parked.is_some();
            let arrived = match parked
                .map_or_else(|| self.next_arrived(&stream), |parked| Ok(Some(parked)))
            {
                Ok(Some(arrived)) => arrived,
                Ok(None) => return,
                Err(violation) => return self.fail(violation),
            };
            let answered_anyway = matches!(arrived.opcode, Opcode::Ping | Opcode::Pong);
            if !answered_anyway && !self.has_taker(arrived.opcode) {
                self.parked.replace(Some(arrived));
                return;
            }
            // If the script enters the event loop, or there is no more time, the next message has
            // to find its way from there.
            if !stream.input.borrow().is_empty() {
                self.resume_later();
            }
            if was_parked {
                self.watch();
            }
            let arguments =
                [self.context.literals.opcode(arrived.opcode), arrived.data, arrived.flags];
            self.nesting.update(|depth| depth + 1);
            let received = self.my(&self.context.literals.receive, &arguments);
            self.nesting.update(|depth| depth - 1);
            if let Err(error) = received {
                self.extension_failed(&error);
            }
            if slice.is_over_after_message() {
                return;
            }
        }
    }

    /// The next message in the input.
    pub(super) fn decode(&self, stream: &Stream) -> Result<Option<Arrived>, Violation> {
        stream.input.borrow_mut().parse(|bytes| {
            let mut receiver = self.receiver.borrow_mut();
            let (there, was_idle) = (*bytes, receiver.is_idle());
            let message = receiver.receive(bytes);
            self.watch_frames(&there[..there.len() - bytes.len()], was_idle);
            Ok(message?.map(|message| self.arrived(message)))
        })
    }

    /// A message as `Receive` gets it.
    fn arrived(&self, message: protocol::Message<'_, Store>) -> Arrived {
        let protocol::Message { opcode, rsv, payload } = message;
        if !opcode.is_control() {
            self.counters.received.add_message();
        }
        // A text that is ASCII needs one value all the way; see `base_receive`.
        let text = if opcode == Opcode::Text { Value::ascii(&payload) } else { None };
        let data = text.unwrap_or_else(|| match payload {
            Payload::Borrowed(bytes) => Value::bytes(bytes),
            Payload::Gathered(store) => store.0.into_value(),
        });
        let words = &self.context.literals;
        let flags =
            if rsv.is_none() { words.no_rsv.clone() } else { Value::string(&rsv.to_string()) };
        Arrived { opcode, data, flags }
    }

    /// What the base `Receive` does with a message: callback or automatic answer.
    pub(crate) fn base_receive(&self, opcode: Opcode, data: &Value) -> Result<(), Error> {
        if self.stream.borrow().is_none() || self.closing.borrow().discards_input() {
            return Ok(());
        }
        let words = &self.context.literals;
        match opcode {
            Opcode::Text => match data.decoded().map_err(errors::not_bytes)? {
                Some(text) => {
                    self.deliver_message(Message {
                        name: "text",
                        word: words.text.clone(),
                        data: text,
                    });
                }
                None => self.fail(Violation::invalid_payload("text that is not UTF-8")),
            },
            Opcode::Binary => {
                errors::check_bytes(data)?;
                let (word, data) = (words.binary.clone(), data.clone());
                self.deliver_message(Message { name: "binary", word, data });
            }
            Opcode::Ping => {
                if !self.fire("ping", &words.ping, slice::from_ref(data))
                    && !self.closing.borrow().discards_input()
                {
                    self.answer_ping(data)?;
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
    fn deliver_message(&self, message: Message) {
        if !self.receives.is_empty() {
            return self.keep_for_receive(message);
        }
        if self.receiving.get() {
            // Once the connection is closing, what nobody waits for is not wanted any more.
            if self.closing.borrow().is_open() {
                self.keep_for_receive(message);
            }
            return;
        }
        let Message { name, word, data } = message;
        if !self.fire(name, &word, &[data]) && self.closing.borrow().is_open() {
            let message = Violation::unsupported_data(format!("no handler for {name} messages"));
            self.send_close(&CloseMessage::from(&message));
        }
    }

    /// Runs the callback for `name`, if there is one; tells whether there is.
    pub(super) fn fire(&self, name: &str, word: &Value, arguments: &[Value]) -> bool {
        let prefix = self.callbacks.borrow().prefix(name);
        if let Some(prefix) = &prefix {
            self.run(prefix, word, arguments);
        }
        prefix.is_some()
    }

    /// Runs a callback. Its errors are the script's affair and leave the connection alone.
    pub(super) fn run(&self, prefix: &[Value], word: &Value, arguments: &[Value]) {
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
        if self.callbacks.borrow().take_data() {
            self.receiving.set(false);
        }
        self.resume_later();
        Ok(())
    }
}
