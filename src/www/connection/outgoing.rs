//! The way out: method, `Transmit`, encoder, `Write`, channel.

use std::rc::{Rc, Weak};

use super::Connection;
use crate::{
    protocol::{CloseMessage, Flags, Opcode, frame},
    tcl::{BeforeWait, ByteArray, Error, Value, call_before_wait, describe, max_length},
    www::{errors, frame::Frame},
};

/// How many bytes are collected in one iteration of the event loop before they are written: with
/// more, a system call gains nothing.
const COLLECTED: usize = 64 * 1024;

impl Connection {
    /// Refuses to send where a close message was sent or received or the connection has ended.
    pub(crate) fn check_open(&self) -> Result<(), Error> {
        if self.closing.borrow().is_open() && self.stream.borrow().is_some() {
            return Ok(());
        }
        Err(errors::closing())
    }

    /// Refuses to send `data` where sending is over, or where more would wait to be written than
    /// `-maxpending` allows. What an extension will make of the data does not count.
    pub(crate) fn check_room(&self, data: &Value) -> Result<(), Error> {
        self.check_open()?;
        let Some(limit) = self.settings.get().max_pending else { return Ok(()) };
        let length = data.with_bytes(<[u8]>::len).map_err(errors::not_bytes)?;
        let frame = self.sender.borrow().encoded_len(length);
        let fits = || (self.pending() + frame) as u64 <= limit;
        if !fits() && !self.blocked.get() {
            // What was collected need not wait.
            self.flush();
        }
        if fits() { Ok(()) } else { Err(errors::full(self.pending(), limit)) }
    }

    /// How many bytes wait to be written: frames, and on a secure connection TLS records.
    pub(crate) fn pending(&self) -> usize {
        self.stream().map_or(0, |stream| stream.output_len())
    }

    /// Answers a ping. While the server takes nothing, only the last one: "If an endpoint receives
    /// a Ping frame and has not yet sent Pong frame(s) in response to previous Ping frame(s),
    /// the endpoint MAY elect to send a Pong frame for only the most recently processed Ping
    /// frame." (RFC 6455 section 5.5.3)
    pub(super) fn answer_ping(&self, data: &Value) -> Result<(), Error> {
        if self.blocked.get() && self.pending() >= COLLECTED {
            self.unanswered_ping.replace(Some(data.clone()));
            return Ok(());
        }
        self.transmit(Opcode::Pong, data.clone())
    }

    /// Calls `Transmit` for a whole message.
    pub(crate) fn transmit(&self, opcode: Opcode, data: Value) -> Result<(), Error> {
        let words = &self.context.literals;
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
            Opcode::Close => !self.closing.borrow().is_close_sent(),
            Opcode::Pong => !self.closing.borrow().discards_input(),
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
                let length = self.sender.borrow().encoded_len(payload.len());
                if length > max_length() {
                    return Err(errors::too_big("message does not fit into a Tcl value"));
                }
                // "The masking key is a 32-bit value chosen at random by the client [...] derived
                // from a strong source of entropy" (section 5.3): `rand::random` uses a
                // cryptographic generator seeded by the system.
                let header =
                    self.sender.borrow_mut().header(opcode, flags, payload.len(), rand::random);
                let header = header.map_err(errors::send)?;
                let frame = Frame::new(&header, data).map_or_else(
                    || {
                        let mut frame = ByteArray::with_capacity(length);
                        frame::encode(&header, payload, |bytes| frame.push(bytes));
                        frame.into_value()
                    },
                    |frame| Value::deferred(Rc::new(frame)),
                );
                Ok((frame, close))
            })
            .map_err(errors::not_bytes)??;
        if let Some(message) = close {
            self.closing.borrow_mut().record_sent(message);
            self.start_close_timer();
        }
        self.my(&self.context.literals.write, &[frame])?;
        self.count_sent(opcode, data, flags);
        Ok(())
    }

    /// What the base `Write` does: writes what the system takes and keeps the rest. A connection
    /// that breaks is no error here; its end shows on reading, after what came before it.
    ///
    /// The first write in an iteration of the event loop goes out at once. Those after it are
    /// collected until there is enough for a system call, or Tcl is about to wait.
    pub(crate) fn base_write(&self, bytes: &Value) -> Result<(), Error> {
        let Some(stream) = self.stream() else { return Ok(()) };
        if self.write_error.borrow().is_some() {
            return Ok(());
        }
        let length = stream.push(bytes.clone()).map_err(errors::not_bytes)?;
        self.counters.sent.add_bytes(length);
        let first = !self.collecting.replace(true);
        if first && !self.unwritten.replace(true) {
            let this: Weak<dyn BeforeWait> = Weak::<Self>::clone(&self.this);
            call_before_wait(this);
        }
        if (first || stream.output_len() >= COLLECTED) && !self.blocked.get() {
            self.flush();
        }
        if stream.has_output() {
            self.backlog.set(true);
        }
        Ok(())
    }

    /// Does, from the event loop, what had to wait until there was room in the output: sends the
    /// pong that is owed, ends `flush`, and runs the `drain` callback when nothing waits any
    /// more.
    pub(super) fn after_writing(&self) {
        if !self.blocked.get()
            && let Some(data) = self.unanswered_ping.take()
            && !self.closing.borrow().discards_input()
            && let Err(error) = self.transmit(Opcode::Pong, data)
        {
            error.report_in_background(self.interp());
        }
        self.settle_flushes();
        if self.drained.take() && self.pending() == 0 && self.write_error.borrow().is_none() {
            self.fire("drain", &self.context.literals.drain, &[]);
        }
    }

    /// Writes what the system takes now, and has the channel tell when it takes more.
    pub(super) fn flush(&self) {
        let Some(stream) = self.stream() else { return };
        if let Err(error) = stream.flush() {
            stream.drop_output();
            self.write_error.replace(Some(describe(&error)));
        } else if !stream.has_output() && self.shut_down.take() {
            stream.shut_down_output();
        }
        if !stream.has_output() && self.backlog.take() {
            self.drained.set(true);
            if !self.flushes.is_empty() || self.callbacks.borrow().prefix("drain").is_some() {
                self.resume_later();
            }
        }
        if self.blocked.replace(stream.has_output()) != stream.has_output() {
            self.watch();
        }
    }
}

impl BeforeWait for Connection {
    fn before_wait(&self) -> bool {
        self.collecting.set(false);
        if !self.blocked.get() {
            self.flush();
        }
        self.unwritten.set(self.blocked.get());
        self.unwritten.get()
    }

    fn before_exit(&self) -> bool {
        self.blocked.set(false);
        self.before_wait()
    }
}
