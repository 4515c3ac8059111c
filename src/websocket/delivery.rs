//! The way from a message to the script: callbacks, `receive`, and what waits for either.

use std::{collections::VecDeque, num::NonZero};

use super::{
    owner::{Arrived, Event, Wants},
    waiters::Waiters,
};
use crate::protocol::websocket::{Opcode, Violation};

/// How deep callbacks that enter the event loop may be nested in each other on one connection: more
/// than a script does on purpose, and well below the limit of Tcl's own.
const MAX_NESTING: usize = 50;

/// How many messages are read ahead of the script, so that pings and the end of the connection
/// behind them are noticed.
const MAX_PARKED: usize = 100;

/// How many bytes are read ahead, but for the message that goes beyond: what is above that waits
/// with the system, which has the peer wait.
const MAX_PARKED_BYTES: usize = 64 * 1024;

/// A text or binary message for the script.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct DataMessage<D> {
    /// [`Event::Text`] or [`Event::Binary`].
    pub(super) event: Event,
    pub(super) data: D,
}

/// What has arrived and is not yet with the script, and who waits for it.
#[derive(Debug)]
pub(super) struct Delivery<D, W> {
    /// The message that was just decoded, while its frames are logged.
    arrived: Option<Arrived<D>>,
    /// Whether messages may come in parts.
    is_in_parts: bool,
    /// What was read ahead of the script: nobody takes the first of it now. `None` before there
    /// was any.
    parked: Option<Box<Parked<D>>>,
    /// Whether the script takes messages with `receive`.
    is_receiving: bool,
    /// Who waits in `receive`.
    receivers: Waiters<Receiver<W>>,
    /// Messages for `receive`: of a batch that is being gathered for the first who waits, or that
    /// came when nobody waited, since an extension may make several of one.
    inbox: VecDeque<DataMessage<D>>,
    /// Whether the messages of a batch may go past the method `Receive`, because nothing overrides
    /// it. `None` where that has to be asked, because a script may have run since it was.
    is_direct: Option<bool>,
    /// How many messages are being delivered, each from an event loop inside the one before.
    nesting: usize,
}

/// What was read ahead.
#[derive(Debug)]
struct Parked<D> {
    /// With their lengths.
    messages: VecDeque<(Arrived<D>, usize)>,
    bytes: usize,
    /// What came behind the messages and fails the connection when they are delivered.
    violation: Option<Violation>,
}

/// One who waits in `receive`.
#[derive(Debug)]
struct Receiver<W> {
    /// How many messages it takes at most. It gets so many, or what has come when nothing more is
    /// there for now.
    most: NonZero<usize>,
    waiter: W,
}

impl<D, W> Default for Delivery<D, W> {
    fn default() -> Self {
        Self {
            arrived: None,
            is_in_parts: false,
            parked: None,
            is_receiving: false,
            receivers: Waiters::default(),
            inbox: VecDeque::new(),
            is_direct: None,
            nesting: 0,
        }
    }
}

impl<D> Default for Parked<D> {
    fn default() -> Self {
        Self { messages: VecDeque::new(), bytes: 0, violation: None }
    }
}

impl<D, W> Delivery<D, W> {
    // Between the decoder and `Receive`

    /// Keeps the message that was just decoded.
    pub(super) fn keep_arrived(&mut self, message: Arrived<D>) {
        self.arrived = Some(message);
    }

    /// Takes out the message that was just decoded.
    pub(super) fn take_arrived(&mut self) -> Option<Arrived<D>> {
        self.arrived.take()
    }

    /// Whether the next message is the next one in the input, and comes whole.
    pub(super) fn is_plain(&self) -> bool {
        !self.is_in_parts && self.arrived.is_none() && !self.is_parked()
    }

    /// Whether messages may come in parts.
    pub(super) fn is_in_parts(&self) -> bool {
        self.is_in_parts
    }

    /// Sets whether messages may come in parts.
    pub(super) fn set_in_parts(&mut self, is_in_parts: bool) {
        self.is_in_parts = is_in_parts;
    }

    /// Whether anything is parked.
    pub(super) fn is_parked(&self) -> bool {
        let is_there =
            |parked: &Parked<D>| !parked.messages.is_empty() || parked.violation.is_some();
        self.parked.as_deref().is_some_and(is_there)
    }

    /// The kind of the first message that is parked.
    pub(super) fn first_parked(&self) -> Option<Opcode> {
        self.parked.as_ref()?.messages.front().map(|(message, _)| message.opcode)
    }

    /// Keeps a message of `length` bytes, behind those that are parked, until somebody takes it.
    pub(super) fn park(&mut self, message: Arrived<D>, length: usize) {
        let parked = self.parked.get_or_insert_default();
        parked.bytes += length;
        parked.messages.push_back((message, length));
    }

    /// Takes out the first message that is parked.
    pub(super) fn unpark(&mut self) -> Option<Arrived<D>> {
        let parked = self.parked.as_mut()?;
        let (message, length) = parked.messages.pop_front()?;
        parked.bytes -= length;
        Some(message)
    }

    /// Keeps a violation until the messages before it are delivered.
    pub(super) fn park_violation(&mut self, violation: Violation) {
        self.parked.get_or_insert_default().violation = Some(violation);
    }

    /// Takes out the violation that is parked, if no message is before it.
    pub(super) fn unpark_violation(&mut self) -> Option<Violation> {
        let parked = self.parked.as_mut()?;
        if parked.messages.is_empty() { parked.violation.take() } else { None }
    }

    /// The close message that is parked. Nothing that comes behind it counts.
    pub(super) fn parked_close(&self) -> Option<&D> {
        let (message, _) = self.parked.as_ref()?.messages.back()?;
        (message.opcode == Opcode::Close).then_some(&message.data)
    }

    /// Whether what comes behind the parked messages is thrown away.
    pub(super) fn is_at_end(&self) -> bool {
        let is_violated = self.parked.as_ref().is_some_and(|parked| parked.violation.is_some());
        is_violated || self.parked_close().is_some()
    }

    /// Whether enough is read ahead: nothing more is read then. `gathered` bytes are there of the
    /// next message.
    pub(super) fn is_full(&self, gathered: impl FnOnce() -> usize) -> bool {
        let is_full = |parked: &Parked<D>| {
            parked.messages.len() >= MAX_PARKED || parked.bytes + gathered() >= MAX_PARKED_BYTES
        };
        self.arrived.is_some()
            || self.is_parked() && !self.is_at_end() && self.parked.as_deref().is_some_and(is_full)
    }

    /// Drops what the script did not take.
    pub(super) fn clear_parked(&mut self) {
        self.arrived = None;
        self.parked = None;
    }

    /// Whether anybody takes a message of this kind. Before a callback is set, and after all were
    /// disabled, nobody does, and a script that uses `receive` takes one at a time.
    pub(super) fn has_taker(&self, opcode: Opcode, wants: Wants) -> bool {
        let is_data = matches!(opcode, Opcode::Text | Opcode::Binary);
        !self.receivers.is_empty() || wants.messages && !(is_data && self.is_receiving)
    }

    /// Whether callbacks have entered the event loop too often in each other to deliver more.
    pub(super) fn is_too_deep(&self) -> bool {
        self.nesting >= MAX_NESTING
    }

    /// Begins to deliver a message.
    pub(super) fn enter(&mut self) {
        self.nesting += 1;
    }

    /// Has delivered it. Tells whether the script [has](Self::is_served) what it asked for now.
    pub(super) fn leave(&mut self) -> bool {
        self.nesting -= 1;
        self.is_served()
    }

    // Between `Receive` and the script

    /// Begins to take messages with `receive`.
    pub(super) fn start_receiving(&mut self) {
        self.is_receiving = true;
    }

    /// Leaves messages to callbacks again.
    pub(super) fn stop_receiving(&mut self) {
        self.is_receiving = false;
    }

    /// Adds one who waits for messages, `most` of them at most, as in [`Waiters::add`].
    pub(super) fn add_receiver(&mut self, most: NonZero<usize>, waiter: impl FnOnce(u64) -> W) {
        self.receivers.add(|id| Receiver { most, waiter: waiter(id) });
    }

    /// Takes out the one with this number, if it still waits.
    pub(super) fn remove_receiver(&mut self, id: u64) -> Option<W> {
        self.receivers.remove(id).map(|receiver| receiver.waiter)
    }

    /// Takes out the one that has waited longest, who gets nothing.
    pub(super) fn next_receiver(&mut self) -> Option<W> {
        self.receivers.next().map(|receiver| receiver.waiter)
    }

    /// Begins to deliver what is there for now; tells whether it is gathered for one who takes
    /// several messages.
    pub(super) fn begin_round(&mut self) -> bool {
        self.is_direct = None;
        self.receivers.first().is_some_and(|receiver| receiver.most.get() > 1)
    }

    /// Whether one waits for more messages to come with those that have.
    pub(super) fn is_gathering(&self) -> bool {
        !self.inbox.is_empty() && !self.receivers.is_empty()
    }

    /// Whether messages may go past the method `Receive`, where that is known.
    pub(super) fn is_direct(&self) -> Option<bool> {
        self.is_direct
    }

    /// Records whether they may.
    pub(super) fn set_direct(&mut self, is_direct: bool) {
        self.is_direct = Some(is_direct);
    }

    /// A script may have run: what may go past `Receive` may not do so for ever. That something
    /// overrides it is good to the end of the round, since any message may go through it.
    pub(super) fn forget_direct(&mut self) {
        self.is_direct = self.is_direct.filter(|is_direct| !is_direct);
    }

    /// Whether the script takes messages with `receive`, and has all that it asked for: it will ask
    /// for more.
    pub(super) fn is_served(&self) -> bool {
        self.is_receiving && self.receivers.is_empty()
    }

    /// Takes a message on its way to the script. It comes back where a callback has to take it, and
    /// otherwise is kept for `receive`; but once the connection is closing (`is_open` says no),
    /// what nobody waits for is not wanted any more.
    pub(super) fn accept(
        &mut self,
        message: DataMessage<D>,
        is_open: impl FnOnce() -> bool,
    ) -> Option<DataMessage<D>> {
        if self.receivers.is_empty() {
            if !self.is_receiving {
                return Some(message);
            }
            if !is_open() {
                return None;
            }
        }
        self.inbox.push_back(message);
        None
    }

    /// Takes out messages together with the one in `receive` who gets them: as many as it takes,
    /// or, when the round `is_over`, those that have come.
    pub(super) fn next_received(&mut self, is_over: bool) -> Option<(W, Vec<DataMessage<D>>)> {
        let most = self.receivers.first()?.most.get();
        let count = self.inbox.len().min(most);
        if count < if is_over { 1 } else { most } {
            return None;
        }
        // The one who gets them may be a script.
        self.forget_direct();
        let waiter = self.next_receiver()?;
        Some((waiter, self.inbox.drain(..count).collect()))
    }

    /// Takes out a message that was kept for `receive` and now goes to a callback.
    pub(super) fn next_for_callback(&mut self) -> Option<DataMessage<D>> {
        let is_kept = self.is_receiving || !self.receivers.is_empty();
        if is_kept { None } else { self.inbox.pop_front() }
    }

    /// Drops the messages that were kept for `receive`.
    pub(super) fn drop_unreceived(&mut self) {
        self.inbox.clear();
    }

    /// Whether messages are kept for `receive`.
    pub(super) fn has_unreceived(&self) -> bool {
        !self.inbox.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Tested = Delivery<&'static str, &'static str>;

    const ALL: Wants = Wants { messages: true, data: true, parts: false, drain: false };
    const NONE: Wants = Wants { messages: false, data: false, parts: false, drain: false };

    const ONE: NonZero<usize> = NonZero::<usize>::MIN;

    fn most(count: usize) -> NonZero<usize> {
        NonZero::new(count).unwrap()
    }

    fn text(data: &'static str) -> DataMessage<&'static str> {
        DataMessage { event: Event::Text, data }
    }

    fn texts(words: &'static str) -> Vec<DataMessage<&'static str>> {
        words.split(' ').map(text).collect()
    }

    fn receiving() -> Tested {
        let mut delivery = Tested::default();
        delivery.start_receiving();
        delivery
    }

    #[test]
    fn nobody_takes_a_message_before_there_is_a_callback() {
        let delivery = Tested::default();
        assert!(
            !delivery.has_taker(Opcode::Text, NONE) && !delivery.has_taker(Opcode::Close, NONE)
        );
        assert!(delivery.has_taker(Opcode::Text, ALL) && delivery.has_taker(Opcode::Close, ALL));
    }

    #[test]
    fn a_script_that_receives_takes_data_only_while_it_waits() {
        let mut delivery = receiving();
        assert!(!delivery.has_taker(Opcode::Binary, ALL) && delivery.has_taker(Opcode::Close, ALL));
        delivery.add_receiver(ONE, |_| "waiter");
        assert!(delivery.has_taker(Opcode::Binary, NONE));
    }

    fn message(opcode: Opcode, data: &'static str) -> Arrived<&'static str> {
        Arrived { opcode, rsv: Default::default(), data, part: None }
    }

    #[test]
    fn parked_messages_are_taken_once_and_in_order() {
        let mut delivery = Tested::default();
        delivery.park(message(Opcode::Text, "a"), 1);
        delivery.park(message(Opcode::Binary, "b"), 1);
        assert_eq!(delivery.first_parked(), Some(Opcode::Text));
        assert_eq!(delivery.unpark(), Some(message(Opcode::Text, "a")));
        assert_eq!(delivery.unpark(), Some(message(Opcode::Binary, "b")));
        assert!(delivery.unpark().is_none() && !delivery.is_parked());
    }

    #[test]
    fn so_many_messages_are_read_ahead() {
        let mut delivery = Tested::default();
        assert!(!delivery.is_full(|| MAX_PARKED_BYTES), "nothing is before what is arriving");
        (0..MAX_PARKED).for_each(|_| {
            assert!(!delivery.is_full(|| 0));
            delivery.park(message(Opcode::Text, ""), 0);
        });
        assert!(delivery.is_full(|| 0));
        delivery.unpark();
        assert!(!delivery.is_full(|| 0));
    }

    #[test]
    fn so_many_bytes_are_read_ahead() {
        let mut delivery = Tested::default();
        delivery.park(message(Opcode::Text, ""), MAX_PARKED_BYTES - 10);
        assert!(!delivery.is_full(|| 9) && delivery.is_full(|| 10));
        delivery.park(message(Opcode::Text, ""), 10);
        assert!(delivery.is_full(|| 0));
        delivery.unpark();
        assert!(!delivery.is_full(|| 0));
    }

    #[test]
    fn behind_a_close_message_or_a_violation_only_the_end_is_read() {
        let mut delivery = Tested::default();
        delivery.park(message(Opcode::Text, ""), MAX_PARKED_BYTES);
        assert!(delivery.is_full(|| 0) && !delivery.is_at_end());
        delivery.park(message(Opcode::Close, "bye"), 5);
        assert_eq!(delivery.parked_close(), Some(&"bye"));
        assert!(!delivery.is_full(|| 0) && delivery.is_at_end());
        delivery.clear_parked();
        delivery.park(message(Opcode::Text, ""), MAX_PARKED_BYTES);
        delivery.park_violation(Violation::protocol_error("bad"));
        assert!(!delivery.is_full(|| 0) && delivery.is_at_end());
        assert_eq!(delivery.unpark_violation(), None);
        delivery.unpark();
        assert!(delivery.unpark_violation().is_some() && !delivery.is_at_end());
    }

    #[test]
    fn a_callback_gets_the_message_where_nobody_receives() {
        assert_eq!(Tested::default().accept(text("a"), || true), Some(text("a")));
        assert_eq!(Tested::default().accept(text("a"), || false), Some(text("a")));
    }

    #[test]
    fn who_waits_longest_gets_the_oldest_message() {
        let mut delivery = receiving();
        ["one", "two"].into_iter().for_each(|name| delivery.add_receiver(ONE, |_| name));
        assert_eq!(
            (delivery.accept(text("a"), || true), delivery.accept(text("b"), || true)),
            (None, None)
        );
        assert_eq!(delivery.next_received(false), Some(("one", texts("a"))));
        assert_eq!(delivery.next_received(false), Some(("two", texts("b"))));
        assert_eq!(delivery.next_received(true), None);
    }

    #[test]
    fn what_nobody_waits_for_is_kept_until_the_connection_closes() {
        let mut delivery = receiving();
        assert_eq!(delivery.accept(text("a"), || true), None);
        assert_eq!(delivery.accept(text("late"), || false), None);
        delivery.add_receiver(ONE, |_| "waiter");
        assert_eq!(delivery.accept(text("awaited"), || false), None);
        assert_eq!(delivery.next_received(false), Some(("waiter", texts("a"))));
        assert!(delivery.has_unreceived());
    }

    #[test]
    fn kept_messages_go_to_callbacks_when_the_script_receives_no_more() {
        let mut delivery = receiving();
        delivery.accept(text("a"), || true);
        assert_eq!(delivery.next_for_callback(), None);
        delivery.stop_receiving();
        assert_eq!(delivery.next_for_callback(), Some(text("a")));
        assert!(!delivery.has_unreceived());
    }

    #[test]
    fn a_message_for_nobody_is_not_lost() {
        let mut delivery = receiving();
        delivery.accept(text("a"), || true);
        assert_eq!(delivery.next_received(true), None);
        assert!(delivery.has_unreceived() && !delivery.is_gathering());
    }

    fn accept(delivery: &mut Tested, words: &'static str) {
        for word in words.split(' ') {
            assert_eq!(delivery.accept(text(word), || true), None);
        }
    }

    #[test]
    fn a_batch_is_whole_when_the_round_is_over_or_it_has_as_many_as_it_takes() {
        let mut delivery = receiving();
        delivery.add_receiver(most(3), |_| "one");
        assert!(delivery.begin_round() && !delivery.is_served());
        accept(&mut delivery, "a b");
        assert!(delivery.next_received(false).is_none() && delivery.is_gathering());
        assert_eq!(delivery.next_received(true), Some(("one", texts("a b"))));
        assert!(delivery.is_served());
        delivery.add_receiver(most(3), |_| "two");
        assert!(delivery.next_received(true).is_none() && !delivery.is_gathering());
        accept(&mut delivery, "c d e f");
        assert_eq!(delivery.next_received(false), Some(("two", texts("c d e"))));
        assert!(delivery.has_unreceived() && !delivery.is_gathering());
    }

    #[test]
    fn who_takes_one_message_and_who_takes_several_take_turns() {
        let mut delivery = receiving();
        delivery.add_receiver(ONE, |_| "one");
        assert!(!delivery.begin_round());
        [("two", 2), ("three", 9), ("four", 9)].into_iter().for_each(|(name, count)| {
            delivery.add_receiver(most(count), |_| name);
        });
        accept(&mut delivery, "a b c d");
        assert_eq!(delivery.next_received(false), Some(("one", texts("a"))));
        assert_eq!(delivery.next_received(false), Some(("two", texts("b c"))));
        assert_eq!(delivery.next_received(false), None);
        assert_eq!(delivery.next_received(true), Some(("three", texts("d"))));
        assert_eq!(delivery.next_received(true), None);
        assert_eq!((delivery.next_receiver(), delivery.next_receiver()), (Some("four"), None));
    }

    #[test]
    fn what_is_gathered_goes_to_no_callback_while_one_waits_for_it() {
        let mut delivery = receiving();
        delivery.add_receiver(most(9), |id| {
            assert_eq!(id, 0);
            "waiter"
        });
        accept(&mut delivery, "a b");
        delivery.stop_receiving();
        assert_eq!(delivery.next_for_callback(), None);
        assert_eq!(delivery.remove_receiver(0), Some("waiter"));
        assert_eq!(delivery.next_for_callback(), Some(text("a")));
    }

    #[test]
    fn after_each_script_it_is_asked_again_whether_messages_may_go_past_receive() {
        let mut delivery = receiving();
        delivery.set_direct(true);
        assert_eq!(delivery.is_direct(), Some(true));
        delivery.forget_direct();
        assert_eq!(delivery.is_direct(), None);
        delivery.set_direct(true);
        delivery.add_receiver(most(2), |_| "waiter");
        accept(&mut delivery, "a b");
        assert_eq!(delivery.is_direct(), Some(true));
        delivery.next_received(false).unwrap();
        assert_eq!(delivery.is_direct(), None);
        // They may go through it in any case.
        delivery.set_direct(false);
        delivery.forget_direct();
        assert_eq!(delivery.is_direct(), Some(false));
        delivery.begin_round();
        assert_eq!(delivery.is_direct(), None);
    }

    #[test]
    fn nesting_has_a_limit() {
        let mut delivery = Tested::default();
        (0..MAX_NESTING).for_each(|_| delivery.enter());
        assert!(delivery.is_too_deep());
        delivery.leave();
        assert!(!delivery.is_too_deep());
    }
}
