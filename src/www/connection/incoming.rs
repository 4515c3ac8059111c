//! The way in: readable channel, `Read`, decoder, `Receive`, callback.
//!
//! Scripts run inside most of these functions, and may do anything: every step looks anew at what is
//! left to do.

use super::{Arrived, Connection, Message, Read};
use crate::{
    protocol::{self, CloseMessage, Opcode, Violation, closing::END_OF_CONNECTION},
    tcl::{Error, Value},
    www::{
        errors,
        stream::{Received, Stream},
    },
};
use std::slice;

/// Reads for one readiness event: enough for a fast sender to keep us busy, few enough for the
/// rest of the event loop to have its turn.
const MAX_READS: usize = 16;

/// How deep callbacks that enter the event loop may be nested in each other on one connection: more
/// than a script does on purpose, and well below the limit of Tcl's own.
const MAX_NESTING: usize = 50;

impl Connection {
    /// Whether anybody takes a message of this kind. Before a callback is set, and after all were
    /// disabled, nobody does, and a script that uses `receive` takes one at a time; `close` ends that.
    pub(super) fn has_taker(&self, opcode: Opcode) -> bool {
        let is_data = matches!(opcode, Opcode::Text | Opcode::Binary);
        self.close_called.get()
            || self.told.get()
            || !self.receives.is_empty()
            || self.callbacks.borrow().take_messages() && !(is_data && self.receiving.get())
    }

    /// Delivers what is there, reads, and delivers again, until nothing is there for now.
    pub(super) fn pump(&self) {
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
    pub(super) fn read(&self, stream: &Stream) -> Option<Read> {
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
                Ok(received) => {
                    if matches!(received, Received::Bytes { .. }) {
                        self.heard();
                    }
                    Read::Received(received)
                }
                Err(error) => Read::Failed(error.to_string()),
            }));
            self.traffic.received.add_bytes(stream.input.borrow().bytes().len());
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
    pub(super) fn describe_end(&self, how: &str) -> String {
        let how = self.write_error.borrow().clone().unwrap_or_else(|| how.to_owned());
        if self.closing.borrow().is_over() || self.receiver.borrow().is_idle() {
            return how;
        }
        format!("{how} in the middle of a message")
    }

    /// Hands the messages in the input to `Receive`, one after the other.
    pub(super) fn deliver(&self) {
        while !self.receiving.get()
            && let Some(message) = self.next_unreceived()
        {
            self.offer(message);
        }
        while let Some(stream) = self.stream().filter(|_| !self.early.get()) {
            if self.closing.borrow().is_over() {
                stream.input.borrow_mut().clear();
                self.held.take();
                return;
            }
            let held = self.held.take();
            let was_held = held.is_some();
            let arrived =
                match held.map_or_else(|| self.next_arrived(&stream), |held| Ok(Some(held))) {
                    Ok(Some(arrived)) => arrived,
                    Ok(None) => return,
                    Err(violation) => return self.fail(violation),
                };
            let answered_anyway = matches!(arrived.opcode, Opcode::Ping | Opcode::Pong);
            if !answered_anyway && !self.has_taker(arrived.opcode) {
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
    pub(super) fn decode(&self, stream: &Stream) -> Result<Option<Arrived>, Violation> {
        stream.input.borrow_mut().parse(|bytes| {
            let mut receiver = self.receiver.borrow_mut();
            let (there, was_idle) = (*bytes, receiver.is_idle());
            let message = receiver.receive(bytes);
            self.watch_frames(&there[..there.len() - bytes.len()], was_idle);
            let message = message?;
            Ok(message.map(|protocol::Message { opcode, rsv, payload }| {
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
                Some(text) => {
                    self.offer(Message { name: "text", word: words.text.clone(), data: text });
                }
                None => self.fail(Violation::invalid_payload("text that is not UTF-8")),
            },
            Opcode::Binary => {
                errors::check_bytes(data)?;
                let (word, data) = (words.binary.clone(), data.clone());
                self.offer(Message { name: "binary", word, data });
            }
            Opcode::Ping => {
                if !self.fire("ping", &words.ping, slice::from_ref(data))
                    && !self.closing.borrow().is_over()
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
    fn offer(&self, message: Message) {
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
            self.send_close(&message.close_message());
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
