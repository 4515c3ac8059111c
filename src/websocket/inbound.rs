//! The way in, from bytes to messages: what `Read` met, the decoder, and the log of frames.

use std::{cell::RefCell, rc::Rc, time::Instant};

use super::{budget::BUDGET, count::Count, log::FrameLog, owner::Arrived, parts::Parts};
use crate::{
    io::{Received, StreamError},
    protocol::websocket::{
        Message, Negotiated, Opcode, PartOrMessage, Receiver, Role, Violation,
        deflate::Decompressor, receiver::PayloadStore,
    },
};

/// A message that lacks this many bytes is read into directly; below that, it is better to read
/// what comes behind it in the same system call.
const DIRECT_READ: u64 = 32 * 1024;

/// What a call of the base `Read` met.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// What the stream gave.
    Received(Received),
    /// The end of the connection, and how it went.
    Failed(String),
    /// What must not come.
    Violated(Violation),
}

impl From<Result<Received, StreamError>> for Read {
    fn from(received: Result<Received, StreamError>) -> Self {
        received.map_or_else(|error| Self::Failed(error.to_string()), Self::Received)
    }
}

/// What arrives, as far as it has become messages.
pub(super) struct Inbound<S: PayloadStore> {
    receiver: Receiver<S>,
    /// The message that comes in parts.
    parts: Option<Box<Parts>>,
    /// What decompresses the next one that does.
    decompressor: Option<Rc<RefCell<Decompressor>>>,
    received: Count,
    /// Whether the stream's input is the tail of the 101: bytes behind it, which no `Read` has
    /// seen yet.
    has_tail: bool,
    /// Whether `Read` is being called.
    is_reading: bool,
    /// Since when calls of `receive` read by themselves, from the first one behind an event on:
    /// after some time a script that asks for more and more lets the event loop do something else.
    calls: Option<Instant>,
    /// What the last call of the base `Read` met.
    last_read: Option<Read>,
    /// The log of frames, if there is one.
    log: Option<Box<FrameLog>>,
}

impl<S: PayloadStore> Inbound<S> {
    /// The way in of a connection that was just opened, with the `tail` bytes behind the 101 in the
    /// stream's input. `max_size`: bytes that a message may have. `negotiated`: the extensions that
    /// process the messages.
    pub(super) fn new(
        us: Role,
        max_size: Option<u64>,
        negotiated: Negotiated,
        tail: usize,
    ) -> Self {
        let mut receiver = Receiver::new(us, max_size);
        receiver.set_negotiated(negotiated);
        let mut received = Count::default();
        received.add_bytes(tail);
        Self {
            receiver,
            parts: None,
            decompressor: None,
            received,
            has_tail: tail > 0,
            is_reading: false,
            calls: None,
            last_read: None,
            log: None,
        }
    }

    /// Sets which extensions process the messages.
    pub(super) fn set_negotiated(&mut self, negotiated: Negotiated) {
        self.receiver.set_negotiated(negotiated);
    }

    /// Sets how many bytes a message may have.
    pub(super) fn set_max_size(&mut self, max_size: Option<u64>) {
        self.receiver.set_max_size(max_size);
    }

    /// What has arrived.
    pub(super) fn received(&self) -> Count {
        self.received
    }

    // Read

    /// Whether the input is bytes that no `Read` has seen yet: they are not to be decoded.
    pub(super) fn has_tail(&self) -> bool {
        self.has_tail
    }

    /// Hands the tail of the 101 to `Read`; tells whether there was one.
    pub(super) fn take_tail(&mut self) -> bool {
        std::mem::take(&mut self.has_tail)
    }

    /// Whether `Read` may be called: it is not running already, and what was read is decoded.
    pub(super) fn may_read(&self, has_input: bool) -> bool {
        !self.is_reading && (!has_input || self.has_tail) && !self.has_more_parts()
    }

    /// Whether `Read` is running.
    pub(super) fn is_reading(&self) -> bool {
        self.is_reading
    }

    /// An event is being handled.
    pub(super) fn begin_event(&mut self) {
        self.calls = None;
    }

    /// Whether a call of `receive` has time to read by itself.
    pub(super) fn may_read_in_call(&mut self) -> bool {
        self.calls.get_or_insert_with(Instant::now).elapsed() < BUDGET
    }

    /// `Read` is about to be called.
    pub(super) fn begin_read(&mut self) {
        self.is_reading = true;
        self.last_read = None;
    }

    /// `Read` has returned: what the base `Read` met in it, if it was reached.
    pub(super) fn end_read(&mut self) -> Option<Read> {
        self.is_reading = false;
        self.last_read.take()
    }

    /// Records what the base `Read` met, and how many bytes it brought.
    pub(super) fn record_read(&mut self, read: Read, bytes: usize) {
        self.received.add_bytes(bytes);
        self.last_read = Some(read);
    }

    // The decoder

    /// Takes out the store of a message of which much is still to come, to be read into directly;
    /// see [`Receiver::take_store`].
    pub(super) fn take_store(&mut self) -> Result<Option<(S, usize)>, Violation> {
        self.receiver.take_store(DIRECT_READ)
    }

    /// Brings the store back with `added` more bytes; the message, if they complete it.
    pub(super) fn put_store(
        &mut self,
        store: S,
        added: usize,
    ) -> Result<Option<Message<'static, S>>, Violation> {
        let message = self.receiver.put_store(store, added);
        self.count(&message);
        message
    }

    /// Takes the next message off the front of `input`. With `log`, the number of the log that gets
    /// the frames, the lines for it are kept in the meantime.
    pub(super) fn decode<'a>(
        &mut self,
        input: &mut &'a [u8],
        log: Option<u64>,
    ) -> Result<Option<Message<'a, S>>, Violation> {
        let message = match log {
            Some(number) => self.decode_observed(input, number),
            None => self.receiver.receive(input),
        };
        self.count(&message);
        message
    }

    /// Sets what decompresses a message in parts that begins now, if it is compressed.
    pub(super) fn set_decompressor(&mut self, decompressor: Option<Rc<RefCell<Decompressor>>>) {
        self.decompressor = decompressor;
    }

    /// As [`decode`](Self::decode), where a message that begins now comes in parts, and none that
    /// comes whole has begun. `make` makes data of bytes.
    pub(super) fn decode_part<D>(
        &mut self,
        input: &mut &[u8],
        log: Option<u64>,
        make: impl Fn(Opcode, &[u8]) -> D,
    ) -> Result<Option<Arrived<D>>, Violation> {
        if let Some(number) = log {
            self.begin_log(number);
        }
        loop {
            if let Some(parts) = &mut self.parts
                && let Some(part) = parts.next(&make)?
            {
                return Ok(Some(self.count_part(part)));
            }
            let next = match &mut self.log {
                Some(frames) if log.is_some() => self.receiver.receive_part(input, &mut **frames),
                _ => self.receiver.receive_part(input, &mut ()),
            };
            match next {
                Ok(None) => return Ok(None),
                // A control message: no other one has begun.
                Ok(Some(PartOrMessage::Message(Message { opcode, rsv, payload }))) => {
                    let data = make(opcode, &payload);
                    return Ok(Some(Arrived { opcode, rsv, data, part: None }));
                }
                Ok(Some(PartOrMessage::Part(part))) => {
                    let decompressor = &mut self.decompressor;
                    let parts = self
                        .parts
                        .get_or_insert_with(|| Box::new(Parts::new(&part, decompressor.take())));
                    if let Some(part) = parts.push(&part.payload, part.fin, &make) {
                        return Ok(Some(self.count_part(part)));
                    }
                }
                Err(violation) => {
                    if let Some(frames) = &mut self.log {
                        frames.end();
                    }
                    return Err(violation);
                }
            }
        }
    }

    /// Counts the message that this part completes, if it does.
    fn count_part<D>(&mut self, part: Arrived<D>) -> Arrived<D> {
        if part.part == Some(true) {
            self.received.add_message();
            self.parts = None;
        }
        part
    }

    /// Whether a message that comes in parts has begun and not ended.
    pub(super) fn is_in_parts(&self) -> bool {
        self.parts.is_some() || self.receiver.is_in_parts()
    }

    /// Whether there is more to be had of a message that comes in parts before more is read.
    pub(super) fn has_more_parts(&self) -> bool {
        self.parts.as_ref().is_some_and(|parts| parts.has_more())
    }

    /// Drops what is left of a message that comes in parts: what arrives is discarded from now on.
    pub(super) fn drop_parts(&mut self) {
        self.parts = None;
    }

    /// Whether a message that comes next is to come in parts: none has begun, and the next one is
    /// not one part in any case.
    pub(super) fn may_begin_parts(&self, input: &[u8]) -> bool {
        !input.is_empty()
            && self.receiver.is_between_messages()
            && !self.receiver.has_short_message(input)
    }

    /// Apart from the way of almost all messages, which it would make longer.
    #[cold]
    fn decode_observed<'a>(
        &mut self,
        input: &mut &'a [u8],
        number: u64,
    ) -> Result<Option<Message<'a, S>>, Violation> {
        self.begin_log(number);
        let Some(frames) = &mut self.log else { return self.receiver.receive(input) };
        let message = self.receiver.receive_observed(input, &mut **frames);
        if message.is_err() {
            frames.end();
        }
        message
    }

    fn count(&mut self, message: &Result<Option<Message<'_, S>>, Violation>) {
        if let Ok(Some(message)) = message
            && !message.opcode.is_control()
        {
            self.received.add_message();
        }
    }

    /// How many bytes are there of a message that is incomplete.
    pub(super) fn gathered(&self) -> usize {
        self.receiver.gathered()
    }

    /// Whether a frame or a message is incomplete.
    pub(super) fn is_in_message(&self) -> bool {
        !self.receiver.is_idle() || self.parts.is_some()
    }

    // The log

    /// A log that was set in the middle of a message begins with the next one.
    fn begin_log(&mut self, number: u64) {
        if self.log.as_ref().is_none_or(|log| !log.is_for(number)) {
            self.log = self.receiver.is_idle().then(|| Box::new(FrameLog::new(number)));
        }
    }

    /// Takes out the lines for the log, one for each frame.
    pub(super) fn take_log_lines(&mut self) -> Vec<String> {
        self.log.as_mut().map(|log| log.take_lines()).unwrap_or_default()
    }
}
