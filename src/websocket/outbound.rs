//! The way out, from a frame to the stream: in which order frames go, when to write, and what
//! waits until there is room.

use std::num::NonZero;

use super::{count::Count, waiters::Waiters};
use crate::protocol::websocket::{Flags, Header, Opcode, Role, SendError, Sender};

/// How many bytes are collected in one iteration of the event loop before they are written: with
/// more, a system call gains nothing.
const COLLECTED: usize = 64 * 1024;

/// What has been sent and what has not.
#[derive(Debug)]
pub(super) struct Outbound<D, W> {
    sender: Sender,
    /// The type of the message that the script sends in parts, until it has sent the last one. A
    /// class that overrides `Transmit` may make other frames of it.
    parts: Option<Opcode>,
    sent: Count,
    /// Whether something was written in this iteration of the event loop, and more is collected.
    is_collecting: bool,
    /// Whether the end of this iteration will be reported.
    is_registered: bool,
    /// Whether the output waits for the stream to take more.
    is_blocked: bool,
    /// Whether something has been waiting to be written since the output was last empty.
    has_backlog: bool,
    /// Whether the output has become empty, which `flush` and `drain` do not know yet.
    is_drained: bool,
    /// Whether the outgoing stream is to end after what is in the output.
    ends_after_output: bool,
    /// Who waits in `flush`.
    pub(super) flushers: Waiters<W>,
    /// The payload of the last ping that is not answered, because the output was full.
    unanswered_ping: Option<D>,
    /// In a box, since there hardly ever is something.
    instead: Option<Box<Instead<D>>>,
}

/// What becomes of bytes that are not handed to the stream.
#[derive(Debug)]
enum Instead<D> {
    /// They wait: the handshake is not answered yet.
    Wait(Vec<D>),
    /// They are dropped: writing has failed for this reason. The end of the connection is due to
    /// show on reading.
    Fail(Box<str>),
}

/// What is due after bytes were handed to the stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pushed {
    /// Ask for the end of this iteration of the event loop.
    pub(super) register: bool,
    /// Write now.
    pub(super) flush: bool,
}

/// What is due after the stream has written what it could.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Flushed {
    /// The output has become empty.
    pub(super) is_drained: bool,
    /// Watch the stream anew: whether it has to take more has changed.
    pub(super) watch: bool,
}

/// Which message was being sent before a part of one.
#[derive(Debug, Clone, Copy)]
pub(super) struct PartsBefore {
    parts: Option<Opcode>,
    sender: Option<Opcode>,
}

impl<D, W> Outbound<D, W> {
    /// The way out of a connection on which nothing was sent.
    pub(super) fn new(us: Role) -> Self {
        Self {
            sender: Sender::new(us),
            parts: None,
            sent: Count::default(),
            is_collecting: false,
            is_registered: false,
            is_blocked: false,
            has_backlog: false,
            is_drained: false,
            ends_after_output: false,
            flushers: Waiters::default(),
            unanswered_ping: None,
            instead: None,
        }
    }

    /// Has what is sent wait until [`release`](Self::release), since the handshake is not answered.
    pub(super) fn hold(&mut self) {
        self.instead = Some(Box::new(Instead::Wait(Vec::new())));
    }

    /// Takes bytes that have to wait; `false` where they need not.
    pub(super) fn keeps(&mut self, bytes: impl FnOnce() -> D) -> bool {
        match self.instead.as_deref_mut() {
            Some(Instead::Wait(held)) => {
                held.push(bytes());
                true
            }
            _ => false,
        }
    }

    /// Ends the waiting, and returns what has waited.
    pub(super) fn release(&mut self) -> Vec<D> {
        match self.instead.take().map(|instead| *instead) {
            Some(Instead::Wait(held)) => held,
            other => {
                self.instead = other.map(Box::new);
                Vec::new()
            }
        }
    }

    /// On which side of the connection we are.
    pub(super) fn us(&self) -> Role {
        self.sender.us()
    }

    // Frames

    /// How many bytes a frame with a payload of `length` bytes has.
    pub(super) fn frame_length(&self, length: usize) -> usize {
        self.sender.encoded_len(length)
    }

    /// The header of the next frame, which counts as sent.
    pub(super) fn header(
        &mut self,
        opcode: Opcode,
        flags: Flags,
        length: usize,
    ) -> Result<Header, SendError> {
        self.sender.header(opcode, flags, length, masking_key)
    }

    /// How many bytes the frames of a message with `length` bytes have, which is split where it has
    /// more than `size`.
    pub(super) fn message_length(
        &self,
        opcode: Opcode,
        length: usize,
        size: Option<NonZero<usize>>,
    ) -> usize {
        match size {
            Some(size) if !opcode.is_control() => self.sender.split_len(length, size),
            _ => self.frame_length(length),
        }
    }

    /// Begins to split a message: see [`Sender::begin_split`].
    pub(super) fn begin_split(&mut self, opcode: Opcode) -> Result<Opcode, SendError> {
        self.sender.begin_split(opcode)
    }

    /// The header of a fragment, with a fresh key.
    pub(super) fn fragment_header(&self, opcode: Opcode, flags: Flags, length: usize) -> Header {
        self.sender.fragment_header(opcode, flags, length, masking_key)
    }

    /// Ends what [`begin_split`](Self::begin_split) began.
    pub(super) fn end_split(&mut self, fin: bool) {
        self.sender.end_split(fin);
    }

    /// Which message lacks its last frame, so that a frame that is not sent after all can be
    /// [withdrawn](Self::withdraw).
    pub(super) fn in_progress(&self) -> Option<Opcode> {
        self.sender.in_progress()
    }

    /// Takes back the latest data frame, which was not sent.
    pub(super) fn withdraw(&mut self, before: Option<Opcode>) {
        self.sender.withdraw(before);
    }

    /// The type of the message that the script sends in parts.
    pub(super) fn parts(&self) -> Option<Opcode> {
        self.parts
    }

    /// Begins to send a part of a message of this type. Returns what [`end_part`](Self::end_part)
    /// needs.
    pub(super) fn begin_part(&mut self, opcode: Opcode) -> PartsBefore {
        let sender = self.sender.in_progress();
        PartsBefore { parts: self.parts.replace(opcode), sender }
    }

    /// A part was sent, the last one if it is `last`, or that has failed. A class may have sent its
    /// frame before it failed, or other parts inside.
    pub(super) fn end_part(&mut self, before: PartsBefore, last: bool, is_sent: bool) {
        let sender = self.sender.in_progress();
        if is_sent {
            self.parts = self.parts.filter(|_| !last);
        } else if sender == before.sender {
            self.parts = before.parts;
        } else {
            self.parts = sender;
        }
    }

    /// Counts the message that this frame completes, if it does.
    pub(super) fn count_frame(&mut self, header: &Header) {
        if header.fin && !header.opcode.is_control() {
            self.sent.add_message();
        }
    }

    /// What was sent, including what is still queued.
    pub(super) fn sent(&self) -> Count {
        self.sent
    }

    /// Whether a pong has to wait while `pending` bytes do; then its payload is kept. Of several,
    /// only the last one is: "If an endpoint receives a Ping frame and has not yet sent Pong
    /// frame(s) in response to previous Ping frame(s), the endpoint MAY elect to send a Pong frame
    /// for only the most recently processed Ping frame." (RFC 6455 section 5.5.3)
    pub(super) fn postpones_pong(&mut self, pending: usize, payload: impl FnOnce() -> D) -> bool {
        let postpones = self.is_blocked && pending >= COLLECTED;
        if postpones {
            self.unanswered_ping = Some(payload());
        }
        postpones
    }

    /// Takes out the payload of the pong that was postponed, when there is room for it.
    pub(super) fn postponed_pong(&mut self) -> Option<D> {
        if self.is_blocked { None } else { self.unanswered_ping.take() }
    }

    // Bytes

    /// Records that `length` bytes were handed to the stream, where `pending` wait now.
    ///
    /// The first write in an iteration of the event loop goes out at once. Those after it are
    /// collected until there is enough for a system call, or Tcl is about to wait.
    pub(super) fn record_push(&mut self, length: usize, pending: usize) -> Pushed {
        self.sent.add_bytes(length);
        let is_first = !std::mem::replace(&mut self.is_collecting, true);
        let register = is_first && !std::mem::replace(&mut self.is_registered, true);
        Pushed { register, flush: (is_first || pending >= COLLECTED) && !self.is_blocked }
    }

    /// Records whether something of what was just handed over still waits.
    pub(super) fn record_backlog(&mut self, has_output: bool) {
        self.has_backlog |= has_output;
    }

    /// Records what is left after the stream has written what it could.
    pub(super) fn record_flush(&mut self, has_output: bool) -> Flushed {
        let is_drained = !has_output && std::mem::take(&mut self.has_backlog);
        self.is_drained |= is_drained;
        let watch = std::mem::replace(&mut self.is_blocked, has_output) != has_output;
        Flushed { is_drained, watch }
    }

    /// Records why writing failed.
    pub(super) fn fail(&mut self, error: String) {
        self.instead = Some(Box::new(Instead::Fail(error.into())));
    }

    /// Why writing failed, if it did.
    pub(super) fn error(&self) -> Option<&str> {
        match self.instead.as_deref() {
            Some(Instead::Fail(error)) => Some(error),
            _ => None,
        }
    }

    /// Ends the outgoing stream after what is in the output.
    pub(super) fn end_after_output(&mut self) {
        self.ends_after_output = true;
    }

    /// Takes the right to end the outgoing stream, now that the output is empty.
    pub(super) fn take_end(&mut self) -> bool {
        std::mem::take(&mut self.ends_after_output)
    }

    /// Whether the stream has to take more before anything can be written.
    pub(super) fn is_blocked(&self) -> bool {
        self.is_blocked
    }

    /// Tcl is about to wait: what was collected is written now, if the result says so.
    pub(super) fn end_iteration(&mut self) -> bool {
        self.is_collecting = false;
        !self.is_blocked
    }

    /// Whether the end of the next iteration is to be reported too: something waits.
    pub(super) fn stay_registered(&mut self) -> bool {
        self.is_registered = self.is_blocked;
        self.is_registered
    }

    // Those who wait

    /// Whether `drain` is due: everything is written, though `pending` bytes may wait by now.
    pub(super) fn take_drained(&mut self, pending: usize) -> bool {
        std::mem::take(&mut self.is_drained) && pending == 0 && self.error().is_none()
    }
}

/// "The masking key is a 32-bit value chosen at random by the client [...] derived from a strong
/// source of entropy" (RFC 6455 section 5.3): `rand::random` uses a cryptographic generator seeded
/// by the system.
fn masking_key() -> [u8; 4] {
    // All at once: for an array the generator is called for each byte.
    rand::random::<u32>().to_ne_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    type Tested = Outbound<&'static str, &'static str>;

    fn new() -> Tested {
        Tested::new(Role::Client)
    }

    /// One whose output the stream does not take.
    fn blocked() -> Tested {
        let mut outbound = new();
        outbound.record_push(10, 10);
        outbound.record_backlog(true);
        assert_eq!(outbound.record_flush(true), Flushed { is_drained: false, watch: true });
        outbound
    }

    #[test]
    fn the_first_write_of_an_iteration_goes_out_at_once() {
        let mut outbound = new();
        assert_eq!(outbound.record_push(5, 5), Pushed { register: true, flush: true });
        assert_eq!(outbound.record_push(5, 5), Pushed { register: false, flush: false });
        assert!(outbound.end_iteration());
        assert!(!outbound.stay_registered());
        assert_eq!(outbound.record_push(5, 10), Pushed { register: true, flush: true });
    }

    #[test]
    fn much_is_written_before_the_iteration_ends() {
        let mut outbound = new();
        outbound.record_push(5, 5);
        assert!(!outbound.record_push(5, COLLECTED - 1).flush);
        assert!(outbound.record_push(5, COLLECTED).flush);
    }

    #[test]
    fn nothing_is_written_while_the_stream_takes_nothing() {
        let mut outbound = blocked();
        assert!(!outbound.record_push(5, COLLECTED).flush);
        assert!(!outbound.end_iteration() && outbound.stay_registered());
        assert!(!outbound.record_push(5, COLLECTED).register);
    }

    #[test]
    fn the_stream_is_watched_anew_only_when_that_makes_a_difference() {
        let mut outbound = blocked();
        assert!(!outbound.record_flush(true).watch);
        assert!(outbound.record_flush(false).watch);
        assert!(!outbound.record_flush(false).watch);
    }

    #[test]
    fn the_output_is_drained_once_after_something_waited() {
        let mut outbound = new();
        outbound.record_push(5, 5);
        assert!(!outbound.record_flush(false).is_drained, "nothing had to wait");
        let mut outbound = blocked();
        assert!(outbound.record_flush(false).is_drained);
        assert!(outbound.take_drained(0) && !outbound.take_drained(0));
    }

    #[test]
    fn it_is_not_drained_if_more_waits_by_now_or_writing_failed() {
        let mut outbound = blocked();
        outbound.record_flush(false);
        assert!(!outbound.take_drained(1));
        let mut outbound = blocked();
        outbound.fail("broken pipe".to_owned());
        outbound.record_flush(false);
        assert!(!outbound.take_drained(0));
    }

    #[test]
    fn of_several_pongs_only_the_last_one_is_owed() {
        let mut outbound = blocked();
        assert!(!outbound.postpones_pong(COLLECTED - 1, || "small"));
        assert!(outbound.postpones_pong(COLLECTED, || "one"));
        assert!(outbound.postpones_pong(COLLECTED, || "two"));
        assert_eq!(outbound.postponed_pong(), None);
        outbound.record_flush(false);
        assert_eq!((outbound.postponed_pong(), outbound.postponed_pong()), (Some("two"), None));
    }

    #[test]
    fn a_pong_is_sent_at_once_where_there_is_room() {
        assert!(!new().postpones_pong(COLLECTED, || "ping"));
    }

    #[test]
    fn messages_are_counted_at_their_last_frame() {
        let mut outbound = new();
        let more = Flags { fin: false, rsv: Default::default() };
        for (opcode, flags) in [(Opcode::Text, more), (Opcode::Ping, Flags::FIN)] {
            let header = outbound.header(opcode, flags, 1).unwrap();
            outbound.count_frame(&header);
            assert_eq!(outbound.sent().messages, 0);
        }
        let header = outbound.header(Opcode::Continuation, Flags::FIN, 1).unwrap();
        outbound.count_frame(&header);
        assert_eq!(outbound.sent().messages, 1);
    }

    #[test]
    fn the_outgoing_stream_ends_once() {
        let mut outbound = new();
        assert!(!outbound.take_end());
        outbound.end_after_output();
        assert!(outbound.take_end() && !outbound.take_end());
    }
}
