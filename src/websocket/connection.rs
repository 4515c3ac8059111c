//! An open connection, from the 101 response until the TCP connection is gone: its state, the way
//! out, and the end. With its two modules it joins the parts of a WebSocket, and they alone call
//! scripts and touch the stream: [`reading`] is the way in, and [`events`] does what the event loop
//! brings.
//!
//! Bytes travel one way in: readable stream, `Read`, decoder, `Receive`, callback; and one way out:
//! method, `Transmit`, encoder, `Write`, stream. The four capitalised steps are methods of the
//! [`Owner`], so that whatever overrides them takes part; what they do where nothing does are the
//! functions `base_...`.
//!
//! Scripts run inside most of these functions. They may call any method again, destroy the object
//! or delete the interpreter, so nothing is borrowed meanwhile, and every step looks anew at what
//! is left to do.

pub(super) mod events;
pub(crate) mod reading;

use std::{
    cell::{OnceCell, RefCell},
    num::NonZero,
    rc::{Rc, Weak},
    time::{Duration, Instant},
};

use super::{
    agreed::Agreed,
    count::Count,
    delivery::{DataMessage, Delivery},
    ending::Ending,
    error::Error,
    frame,
    heartbeat::Heartbeat,
    inbound::Inbound,
    keepalive::Keepalive,
    log,
    outbound::Outbound,
    owner::{Event, Owner, Wants},
    settings::ConnectionSettings,
    store::Store,
};
use crate::{
    context::Context,
    io::{Leaving, Stream},
    protocol::websocket::{
        CloseMessage, CloseStep, End, Extension, Flags, Negotiated, Opcode, Role, Violation,
        fragments::{Fragment, fragments},
    },
    tcl::{
        self, BeforeExit, BeforeWait, Interp, Pending, Readiness, Soon, Timer, Unfinished, Value,
        call_before_exit, call_before_wait, describe, max_length,
    },
};

/// An open connection.
pub(crate) struct Connection {
    context: Rc<Context>,
    this: Weak<Self>,
    /// Does what the event loop brings.
    run: fn(&Self, Task),
    owner: OnceCell<Weak<dyn Owner>>,
    agreed: Agreed,
    settings: RefCell<Rc<ConnectionSettings>>,
    /// `None` once the TCP connection is gone.
    stream: RefCell<Option<Rc<Stream>>>,
    inbound: RefCell<Inbound<Store>>,
    delivery: RefCell<Delivery<Value, Waiter>>,
    outbound: RefCell<Outbound<Value, Waiter>>,
    ending: RefCell<Ending>,
    pings: RefCell<Pings>,
    timers: RefCell<Timers>,
}

/// When pings are due of our own accord.
#[derive(Default)]
struct Pings {
    heartbeat: Heartbeat,
    keepalive: Keepalive,
}

/// A script that waits in `receive` or `flush`.
struct Waiter {
    pending: Rc<Pending>,
    /// Ends the wait when its time is up.
    _timer: Option<Timer>,
}

/// What a script waits for.
#[derive(Clone, Copy)]
enum Queue {
    /// The next messages, so many at most.
    Receive(NonZero<usize>),
    /// An empty output.
    Flush,
}

/// What will go on from the event loop.
#[derive(Default)]
struct Timers {
    /// Ends a connection that the peer does not drop.
    close: Option<Timer>,
    heartbeat: Option<Timer>,
    keepalive: Option<Timer>,
    /// Goes on with what was parked, in an iteration of the event loop of its own.
    resume: Option<Soon>,
}

/// What the event loop has a connection do: [`events::run`] does it.
#[derive(Clone, Copy)]
pub(super) enum Task {
    /// The stream can be read or written.
    Ready(Readiness),
    /// To go on with messages.
    Deliver,
    /// To go on with whatever is due.
    Resume,
    /// To see whether the peer gives signs of life.
    Beat,
    /// To give one.
    KeepAlive,
    /// To see whether the peer's time to close is over.
    CheckCloseTime,
    /// To see whether the script takes notice of the end.
    Expire,
}

impl Connection {
    /// A connection that was just opened, on this side of which we are. What came behind the 101 is
    /// in the stream's input. The event loop has `run` do the tasks.
    pub(super) fn new(
        context: &Rc<Context>,
        us: Role,
        stream: Rc<Stream>,
        settings: ConnectionSettings,
        agreed: Agreed,
        run: fn(&Self, Task),
    ) -> Rc<Self> {
        let negotiated = Negotiated::of(&agreed.terms().extensions);
        let inbound = Inbound::new(us, settings.size_limit(), negotiated, stream.input_len());
        Rc::new_cyclic(|this| Self {
            context: Rc::clone(context),
            this: Weak::clone(this),
            run,
            owner: OnceCell::new(),
            agreed,
            settings: RefCell::new(settings.share()),
            stream: RefCell::new(Some(stream)),
            inbound: RefCell::new(inbound),
            delivery: RefCell::default(),
            outbound: RefCell::new(Outbound::new(us)),
            ending: RefCell::new(Ending::new(us)),
            pings: RefCell::default(),
            timers: RefCell::default(),
        })
    }

    /// Gives the connection its owner, through whose methods everything passes from now on.
    pub(crate) fn set_owner(&self, owner: Weak<dyn Owner>) {
        // Cannot be set already: the connection is new.
        let _ = self.owner.set(owner);
        let this: Weak<dyn BeforeExit> = Weak::<Self>::clone(&self.this);
        call_before_exit(this);
        let this = Weak::clone(&self.this);
        if let Some(stream) = self.stream() {
            stream.on_ready(move |ready| {
                if let Some(connection) = this.upgrade() {
                    (connection.run)(&connection, Task::Ready(ready));
                }
            });
        }
    }

    /// These extensions were answered to the client.
    pub(super) fn settle_extensions(&self, extensions: Vec<Extension>) {
        self.inbound.borrow_mut().set_negotiated(Negotiated::of(&extensions));
        self.agreed.settle_extensions(extensions);
    }

    /// From now on the object is deleted where the connection has ended, after `-closetimeout`, if
    /// the script takes no notice of the end.
    pub(crate) fn expire(&self) {
        self.ending.borrow_mut().expire();
        self.begin_to_expire();
    }

    fn begin_to_expire(&self) {
        let is_due = self.stream.borrow().is_none() && self.ending.borrow().expires();
        if is_due && self.timers.borrow().close.is_none() {
            let timer = self.after(self.settings.borrow().close_timeout, Task::Expire);
            self.timers.borrow_mut().close = Some(timer);
        }
    }

    /// Has what is sent wait until [`release_output`](Self::release_output): a class may send while
    /// the handshake is not answered.
    pub(crate) fn hold_output(&self) {
        self.outbound.borrow_mut().hold();
    }

    /// Sends what has waited for the answer to the handshake. Errors where it is not bytes.
    pub(crate) fn release_output(&self) -> Result<(), Error> {
        let held = self.outbound.borrow_mut().release();
        held.iter().try_for_each(|bytes| self.base_write(bytes))
    }

    /// Begins to read and to deliver, from the event loop. Errors where a script has ended the
    /// connection meanwhile.
    pub(crate) fn start(&self) -> Result<(), Error> {
        if self.stream.borrow().is_none() {
            return Err(Error::Closing);
        }
        self.start_heartbeat();
        self.start_keepalive();
        self.resume_later();
        // If a callback for what is there already enters the event loop, more is read from there.
        self.watch();
        Ok(())
    }

    /// Drops everything at once, because the object is being deleted. No script runs; those that
    /// wait are told later.
    pub(crate) fn destroy(&self) {
        // What was handed over in this iteration of the event loop is still sent.
        if self.stream().is_some_and(|stream| !stream.is_inherited()) {
            self.flush();
        }
        let stream = self.stream.take();
        self.delivery.borrow_mut().clear_parked();
        self.ending.borrow_mut().forsake();
        self.timers.take();
        self.pings.take();
        self.dismiss_waiters();
        close(stream);
    }

    /// Has the owner delete the object.
    pub(crate) fn delete_owner(&self) {
        if let Some(owner) = self.owner() {
            owner.delete();
        }
    }

    // What others ask

    /// What everything in this interpreter shares.
    pub(crate) fn context(&self) -> &Rc<Context> {
        &self.context
    }

    /// On which side of the connection we are.
    pub(crate) fn role(&self) -> Role {
        self.outbound.borrow().us()
    }

    /// What the caller chose for the open connection.
    pub(crate) fn settings(&self) -> ConnectionSettings {
        **self.settings.borrow()
    }

    /// Changes what the caller chose, from now on.
    pub(crate) fn change_settings(&self, settings: ConnectionSettings) {
        let before = self.settings.replace(settings.share());
        self.inbound.borrow_mut().set_max_size(settings.size_limit());
        if self.stream.borrow().is_none() {
            return;
        }
        if settings.heartbeat != before.heartbeat {
            self.start_heartbeat();
        }
        if settings.keepalive != before.keepalive {
            self.start_keepalive();
        }
    }

    /// What was agreed on when the connection was opened.
    pub(crate) fn agreed(&self) -> &Agreed {
        &self.agreed
    }

    /// How far the connection has come: `open`, `closing`, or `closed` when there is no TCP
    /// connection any more.
    pub(crate) fn state(&self) -> &'static str {
        match (self.stream.borrow().is_some(), self.ending.borrow().is_open()) {
            (true, true) => "open",
            (true, false) => "closing",
            (false, _) => "closed",
        }
    }

    /// What has arrived.
    pub(crate) fn received(&self) -> Count {
        self.inbound.borrow().received()
    }

    /// What was sent, including what is still queued.
    pub(crate) fn sent(&self) -> Count {
        self.outbound.borrow().sent()
    }

    /// How many bytes wait to be written: frames, and on a secure connection TLS records.
    pub(crate) fn pending(&self) -> usize {
        self.stream().map_or(0, |stream| stream.output_len())
    }

    /// Refuses to send where a close message was sent or received or the connection has ended.
    pub(crate) fn check_open(&self) -> Result<(), Error> {
        if self.ending.borrow().is_open() && self.stream.borrow().is_some() {
            return Ok(());
        }
        Err(Error::Closing)
    }

    /// Refuses to send `data` where sending is over, or where more would wait to be written than
    /// `-maxpending` allows. What an extension will make of the data does not count.
    pub(crate) fn check_room(&self, opcode: Opcode, data: &Value) -> Result<(), Error> {
        self.check_open()?;
        let Some(limit) = self.settings.borrow().max_pending else { return Ok(()) };
        let length = data.with_bytes(<[u8]>::len)?;
        let size = self.settings.borrow().fragment_size();
        let frames = self.outbound.borrow().message_length(opcode, length, size);
        let fits = || self.pending().saturating_add(frames) as u64 <= limit;
        if !fits() && !self.outbound.borrow().is_blocked() {
            // What was collected need not wait.
            self.flush();
        }
        if fits() {
            return Ok(());
        }
        Err(Error::Full { sent: frames, pending: self.pending(), limit })
    }

    /// Refuses a whole text or binary message in the middle of one that is sent in parts.
    pub(crate) fn check_whole(&self) -> Result<(), Error> {
        self.outbound.borrow().parts().map_or(Ok(()), |parts| Err(Error::InParts(parts)))
    }

    /// Refuses a part of a message of this type in the middle of one of the other.
    pub(crate) fn check_part(&self, opcode: Opcode) -> Result<(), Error> {
        let parts = self.outbound.borrow().parts();
        parts.filter(|parts| *parts != opcode).map_or(Ok(()), |parts| Err(Error::InParts(parts)))
    }

    fn interp(&self) -> &Interp {
        &self.context.interp
    }

    /// The stream, while there is a TCP connection.
    fn stream(&self) -> Option<Rc<Stream>> {
        self.stream.borrow().clone()
    }

    fn owner(&self) -> Option<Rc<dyn Owner>> {
        self.owner.get().and_then(Weak::upgrade)
    }

    fn wants(&self) -> Wants {
        self.owner().map(|owner| owner.wants()).unwrap_or_default()
    }

    fn fire(&self, event: Event, arguments: &[Value]) -> bool {
        self.owner().is_some_and(|owner| owner.fire(event, arguments))
    }

    /// Reports an error that no caller is there for.
    fn report(&self, error: Error) {
        tcl::Error::from(error).report_in_background(self.interp());
    }

    // Events

    /// Watches the stream for what can be used now.
    fn watch(&self) {
        if let Some(stream) = self.stream() {
            let is_waiting = self.inbound.borrow().is_reading() || self.is_paused();
            stream.watch(!is_waiting && !self.delivery.borrow().is_too_deep());
        }
    }

    /// Whether reading has to wait for the script to take something. Where writing has failed the
    /// peer is gone, and what is left is no more than the system holds: it is read, because the end
    /// lies behind it.
    fn is_paused(&self) -> bool {
        self.delivery.borrow().is_full(|| self.inbound.borrow().gathered())
            && self.outbound.borrow().error().is_none()
    }

    /// Has the event loop run this after `delay`.
    fn after(&self, delay: Duration, task: Task) -> Timer {
        Timer::after(self.interp(), delay, self.running(task))
    }

    /// Goes on in the next iteration of the event loop with what the script may want to know now,
    /// or with what is due: no readiness event will tell of that.
    fn resume_later(&self) {
        self.resume_by(|| Soon::new(self.interp(), self.running(Task::Resume)));
    }

    /// The same with what is parked, was read already or can be read: there may be much of it.
    fn deliver_later(&self) {
        self.resume_by(|| Soon::long(self.interp(), self.running(Task::Deliver)));
    }

    fn resume_by(&self, soon: impl FnOnce() -> Soon) {
        if self.timers.borrow().resume.is_none() {
            let soon = soon();
            self.timers.borrow_mut().resume = Some(soon);
        }
    }

    fn running(&self, task: Task) -> impl FnOnce() + 'static {
        let this = Weak::clone(&self.this);
        move || {
            if let Some(connection) = this.upgrade() {
                (connection.run)(&connection, task);
            }
        }
    }

    /// Whether anybody takes a message of this kind.
    fn has_taker(&self, opcode: Opcode, wants: Wants) -> bool {
        self.ending.borrow().takes_all() || self.delivery.borrow().has_taker(opcode, wants)
    }

    /// Whether the TCP connection is gone and nothing is left to be delivered.
    fn is_over(&self) -> bool {
        self.stream.borrow().is_none() && !self.ending.borrow().is_kept()
    }

    /// Messages as `receive` returns them: a list of type, data, type, data, ...
    fn list(&self, messages: Vec<DataMessage<Value>>) -> Value {
        let mut words = Vec::with_capacity(2 * messages.len());
        for DataMessage { event, data } in messages {
            words.push(event.literal(&self.context.literals).clone());
            words.push(data);
        }
        Value::list(&words)
    }

    /// Goes on after callbacks were set or disabled.
    pub(crate) fn callbacks_changed(&self) {
        let wants = self.wants();
        if wants.data {
            self.delivery.borrow_mut().stop_receiving();
        }
        if wants.parts {
            self.delivery.borrow_mut().set_in_parts(true);
        }
        self.resume_later();
    }

    // Out

    /// Calls `Transmit` for a whole message.
    pub(crate) fn transmit(&self, opcode: Opcode, data: Value) -> Result<(), Error> {
        let Some(owner) = self.owner() else { return Err(Error::Closing) };
        Ok(owner.transmit(opcode, data)?)
    }

    /// Calls `Transmit` for a part of a message, the last one if it is `last`. Until then, no other
    /// message may be sent.
    pub(crate) fn transmit_part(
        &self,
        opcode: Opcode,
        data: Value,
        last: bool,
    ) -> Result<(), Error> {
        let Some(owner) = self.owner() else { return Err(Error::Closing) };
        let before = self.outbound.borrow_mut().begin_part(opcode);
        let sent = owner.transmit_part(opcode, data, last);
        self.outbound.borrow_mut().end_part(before, last, sent.is_ok());
        Ok(sent?)
    }

    /// What the base `Transmit` does: makes a frame, or several of them if it is longer than
    /// `-maxframe` allows, and calls `Write` with each.
    pub(crate) fn base_transmit(
        &self,
        opcode: Opcode,
        data: &Value,
        flags: Flags,
    ) -> Result<(), Error> {
        if !self.ending.borrow().allows(opcode) || self.stream.borrow().is_none() {
            return Err(Error::Closing);
        }
        if let Some(size) = self.settings.borrow().fragment_size()
            && !opcode.is_control()
            && data.with_bytes(<[u8]>::len)? > size.get()
        {
            return self.transmit_split(opcode, data, flags, size);
        }
        let before = self.outbound.borrow().in_progress();
        let (header, frame, close) = data.with_bytes(|payload| {
            let close = match opcode {
                Opcode::Close => Some(CloseMessage::parse(payload).map_err(Error::ClosePayload)?),
                _ => None,
            };
            let length = self.outbound.borrow().frame_length(payload.len());
            if length > max_length() {
                return Err(Error::TooBig);
            }
            let header = self.outbound.borrow_mut().header(opcode, flags, payload.len())?;
            Ok((header, frame::encode(&header, data, 0, payload, length), close))
        })??;
        if let Some(message) = close {
            self.ending.borrow_mut().record_sent(message);
            self.start_close_timer();
        }
        let Some(owner) = self.owner() else { return Err(Error::Closing) };
        if let Err(error) = owner.write(frame) {
            if !opcode.is_control() {
                self.outbound.borrow_mut().withdraw(before);
            }
            return Err(error.into());
        }
        self.outbound.borrow_mut().count_frame(&header);
        if self.context.log.frames().is_some() {
            let line = |payload: &[u8]| log::sent_frame(opcode, &header, payload);
            self.log('>', data.with_bytes(line).ok());
        }
        Ok(())
    }

    /// The same where there are to be fragments of `size` bytes.
    #[cold]
    fn transmit_split(
        &self,
        opcode: Opcode,
        data: &Value,
        flags: Flags,
        size: NonZero<usize>,
    ) -> Result<(), Error> {
        // Other values would be converted anew for each fragment.
        let data = if data.is_byte_array() { data.clone() } else { data.with_bytes(Value::bytes)? };
        let length = data.with_bytes(<[u8]>::len)?;
        if self.outbound.borrow().frame_length(size.get().min(length)) > max_length() {
            return Err(Error::TooBig);
        }
        let before = self.outbound.borrow().in_progress();
        let first = self.outbound.borrow_mut().begin_split(opcode)?;
        let mut lines = Vec::new();
        let mut is_begun = false;
        let outcome = fragments(flags, length, size).try_for_each(|fragment| {
            // A script may have closed the connection.
            if !self.ending.borrow().allows(opcode) || self.stream.borrow().is_none() {
                return Err(Error::Closing);
            }
            let Fragment { flags: bits, range } = fragment;
            let name = if is_begun { Opcode::Continuation } else { first };
            let header = self.outbound.borrow().fragment_header(name, bits, range.len());
            let frame_length = self.outbound.borrow().frame_length(range.len());
            let frame = data.with_bytes(|payload| {
                let part = &payload[range.clone()];
                frame::encode(&header, &data, range.start, part, frame_length)
            })?;
            let Some(owner) = self.owner() else { return Err(Error::Closing) };
            owner.write(frame)?;
            is_begun = true;
            self.outbound.borrow_mut().count_frame(&header);
            if self.context.log.frames().is_some() {
                // With reserved bits, an extension has made something else of the text.
                let shown = if flags.rsv.is_none() { opcode } else { Opcode::Binary };
                let line = |payload: &[u8]| log::sent_frame(shown, &header, &payload[range]);
                lines.extend(data.with_bytes(line).ok());
            }
            Ok(())
        });
        self.outbound.borrow_mut().end_split(flags.fin);
        if !is_begun {
            self.outbound.borrow_mut().withdraw(before);
        }
        if outcome.is_err() && is_begun && self.check_open().is_ok() {
            // An override of `Write` failed. Nothing can be sent in the middle of a message.
            self.fail(Violation::internal_error("an extension failed"));
        }
        self.log('>', lines);
        outcome
    }

    /// What the base `Write` does: writes what the system takes and keeps the rest. A connection
    /// that breaks is no error here; its end shows on reading, after what came before it.
    pub(crate) fn base_write(&self, bytes: &Value) -> Result<(), Error> {
        let Some(stream) = self.stream() else { return Ok(()) };
        if self.outbound.borrow().error().is_some() {
            return Ok(());
        }
        if self.outbound.borrow_mut().keeps(|| bytes.clone()) {
            return Ok(());
        }
        let length = stream.push(bytes.clone())?;
        self.pings.borrow_mut().keepalive.record_sent(Instant::now);
        let due = self.outbound.borrow_mut().record_push(length, stream.output_len());
        if due.register {
            let this: Weak<dyn BeforeWait> = Weak::<Self>::clone(&self.this);
            call_before_wait(this);
        }
        if due.flush {
            self.flush();
        }
        self.outbound.borrow_mut().record_backlog(stream.has_output());
        Ok(())
    }

    /// Writes what the system takes now, and has the stream tell when it takes more.
    fn flush(&self) {
        let Some(stream) = self.stream() else { return };
        if let Err(error) = stream.flush() {
            stream.drop_output();
            self.outbound.borrow_mut().fail(describe(&error));
            self.watch();
        } else if !stream.has_output() {
            self.ending.borrow_mut().record_left();
            if self.outbound.borrow_mut().take_end() {
                stream.shut_down_output();
            }
        }
        let due = self.outbound.borrow_mut().record_flush(stream.has_output());
        if due.is_drained && (!self.outbound.borrow().flushers.is_empty() || self.wants().drain) {
            self.resume_later();
        }
        if due.watch {
            self.watch();
        }
    }

    /// Does, from the event loop, what had to wait until there was room in the output: sends the
    /// pong that is owed, ends `flush`, and, when nothing waits any more, runs the `drain` callback
    /// and drops the connection if that is due.
    fn after_writing(&self) {
        let pong = self.outbound.borrow_mut().postponed_pong();
        if let Some(data) = pong
            && !self.ending.borrow().discards_input()
            && let Err(error) = self.transmit(Opcode::Pong, data)
        {
            self.report(error);
        }
        self.settle_flushes();
        let pending = self.pending();
        if self.outbound.borrow_mut().take_drained(pending) {
            self.fire(Event::Drain, &[]);
        }
        self.drop_if_done();
    }

    /// What the method `flush` does: waits until everything is written.
    pub(crate) fn wait_until_written(&self, timeout: Option<Duration>) -> Rc<Pending> {
        let pending = self.add_waiter(Queue::Flush, timeout);
        if !self.outbound.borrow().is_blocked() {
            self.flush();
        }
        self.settle_flushes();
        pending
    }

    /// Tells those in `flush` that everything is written, or never will be.
    fn settle_flushes(&self) {
        while let Some(outcome) = self.flush_outcome() {
            let next = self.outbound.borrow_mut().flushers.next();
            let Some(waiter) = next else { return };
            waiter.pending.settle(self.interp(), outcome.map(Into::into).map_err(Into::into));
        }
    }

    fn flush_outcome(&self) -> Option<Result<Value, Error>> {
        let ending = self.ending.borrow();
        let lost = self.outbound.borrow().error().map(|how| ending.status_of(End::Broken(how)));
        match (self.stream(), lost) {
            (Some(stream), None) => (!stream.has_output()).then(|| Ok(Value::empty())),
            (_, lost) => Some(Err(Error::Closed(lost.or_else(|| ending.last_status())?))),
        }
    }

    // Those who wait

    /// Adds a script that waits no longer than `timeout`.
    fn add_waiter(&self, queue: Queue, timeout: Option<Duration>) -> Rc<Pending> {
        let pending = Pending::new();
        let waiter = |id| {
            let this = Weak::clone(&self.this);
            let leave = move || {
                if let Some(connection) = this.upgrade() {
                    connection.remove_waiter(queue, id);
                }
            };
            pending.on_abandon(leave.clone());
            let timer = timeout.map(|timeout| {
                let (interp, pending) = (self.interp().clone(), Rc::clone(&pending));
                Timer::after(self.interp(), timeout, move || {
                    leave();
                    pending.settle(&interp, Err(Error::TimedOut(timeout).into()));
                })
            });
            Waiter { pending: Rc::clone(&pending), _timer: timer }
        };
        match queue {
            Queue::Receive(most) => self.delivery.borrow_mut().add_receiver(most, waiter),
            Queue::Flush => self.outbound.borrow_mut().flushers.add(waiter),
        }
        pending
    }

    fn remove_waiter(&self, queue: Queue, id: u64) -> Option<Waiter> {
        match queue {
            Queue::Receive(_) => self.delivery.borrow_mut().remove_receiver(id),
            Queue::Flush => self.outbound.borrow_mut().flushers.remove(id),
        }
    }

    /// Nobody needs to wait any more. They are told later, since no script may run now. Who waits
    /// for a batch gets what has come of it.
    fn dismiss_waiters(&self) {
        loop {
            let next = self.delivery.borrow_mut().next_received(true);
            let Some((waiter, messages)) = next else { break };
            waiter.pending.settle_later(self.interp(), Ok(self.list(messages).into()));
        }
        let status = {
            let ending = self.ending.borrow();
            let known = ending.last_status();
            known.unwrap_or_else(|| ending.status_of(End::Broken("connection destroyed")))
        };
        loop {
            let next = self.delivery.borrow_mut().next_receiver();
            let next = next.or_else(|| self.outbound.borrow_mut().flushers.next());
            let Some(waiter) = next else { return };
            let error = Error::Closed(status.clone());
            waiter.pending.settle_later(self.interp(), Err(error.into()));
        }
    }

    // Signs of life

    /// Begins with the heartbeat that is set, or ends it.
    fn start_heartbeat(&self) {
        let interval = self.settings.borrow().heartbeat;
        let first = self.pings.borrow_mut().heartbeat.start(interval, Instant::now());
        self.timers.borrow_mut().heartbeat = first.map(|delay| self.after(delay, Task::Beat));
    }

    /// Begins to keep alive, if that is set, or ends it.
    fn start_keepalive(&self) {
        let interval = self.settings.borrow().keepalive;
        let first = self.pings.borrow_mut().keepalive.start(interval, Instant::now());
        self.timers.borrow_mut().keepalive = first.map(|delay| self.after(delay, Task::KeepAlive));
    }

    fn stop_signs_of_life(&self) {
        self.pings.take();
        let mut timers = self.timers.borrow_mut();
        (timers.heartbeat, timers.keepalive) = (None, None);
    }

    // The end

    /// What the method `close` does. Where the end of the connection was kept for a callback, there
    /// is nobody to tell any more, and nothing to send.
    pub(crate) fn close(&self, message: &CloseMessage) -> Result<(), Error> {
        if !self.ending.borrow().is_kept() {
            self.check_open()?;
            self.transmit_close(message)?;
        }
        self.ending.borrow_mut().request();
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
            self.report(error);
        }
    }

    /// The peer's close message: answers it, if that is owed, and tells the script.
    fn close_received(&self, message: CloseMessage) -> Result<(), Error> {
        let answer = self.ending.borrow_mut().record_received(message);
        let answered = match answer {
            Some(answer) if self.stream.borrow().is_some() => self.transmit_close(&answer),
            _ => Ok(()),
        };
        self.take_close_step();
        self.set_close_status(End::Ordinary);
        answered
    }

    /// Answers the close message that waits behind messages which nobody has taken, since this is
    /// the last occasion: the connection has ended.
    fn answer_parked_close(&self) {
        let parked = self.delivery.borrow().parked_close().cloned();
        let message = parked.and_then(|data| data.with_bytes(CloseMessage::parse).ok()?.ok());
        if let Some(message) = message.filter(|_| self.check_open().is_ok()) {
            self.send_close(&message.without_reason());
        }
    }

    /// Fails the connection (RFC 6455 section 7.1.7): tells the peer why, processes nothing more,
    /// and ends the outgoing stream behind what was sent.
    pub(crate) fn fail(&self, violation: Violation) {
        if self.is_over() || self.ending.borrow().discards_input() {
            return;
        }
        let message = self.ending.borrow_mut().fail(violation);
        if let Some(message) = message
            && self.stream.borrow().is_some()
        {
            self.send_close(&message);
        }
        self.take_close_step();
        self.set_close_status(End::Ordinary);
    }

    /// An extension failed: its error goes to the background error handler, and the connection is
    /// failed.
    fn extension_failed(&self, error: Error) {
        self.report(error);
        self.fail(Violation::internal_error("an extension failed"));
    }

    /// Does what is due on the TCP connection now that a close message has passed.
    fn take_close_step(&self) {
        let step = self.ending.borrow().next_step();
        match step {
            CloseStep::Open => {}
            CloseStep::AwaitPeer => self.start_close_timer(),
            CloseStep::HalfClose => {
                self.start_close_timer();
                self.outbound.borrow_mut().end_after_output();
                self.flush();
            }
            CloseStep::Done => {
                self.start_close_timer();
                self.resume_later();
            }
        }
    }

    /// Drops the TCP connection if that is due and everything is written.
    fn drop_if_done(&self) {
        let is_done = self.ending.borrow().next_step() == CloseStep::Done;
        if is_done && self.stream().is_some_and(|stream| !stream.has_output()) {
            self.connection_lost(End::Ordinary);
        }
    }

    /// Gives the peer its time to drop the connection, from the first reason to on. Nothing that it
    /// sends puts that off; that it takes what was sent before does.
    fn start_close_timer(&self) {
        let Some(stream) = self.stream() else { return };
        let (timeout, progress) = (self.settings.borrow().close_timeout, || stream.progress());
        let delay = self.ending.borrow_mut().begin_wait(timeout, progress, Instant::now());
        if let Some(delay) = delay {
            self.set_close_timer(delay);
        }
    }

    fn set_close_timer(&self, delay: Duration) {
        let timer = self.after(delay, Task::CheckCloseTime);
        self.timers.borrow_mut().close = Some(timer);
    }

    fn remaining_close_time(&self, stream: &Stream) -> Option<Duration> {
        let delivered = stream.progress().delivered;
        self.ending.borrow_mut().remaining(delivered, Instant::now())
    }

    /// The TCP connection is gone.
    fn connection_lost(&self, end: End<'_>) {
        let stream = self.stream.take();
        self.timers.borrow_mut().close = None;
        self.stop_signs_of_life();
        self.ending.borrow_mut().record_loss(end);
        close(stream);
        self.report_close();
        self.settle_flushes();
    }

    /// Sets what the `close` callback gets, unless that is known already, and reports it.
    fn set_close_status(&self, end: End<'_>) {
        self.ending.borrow_mut().set_status(end);
        self.report_close();
    }

    /// Does what is due at the end: the `close` callback, once and last, and then, when the TCP
    /// connection is gone, the deletion of the object.
    fn report_close(&self) {
        self.begin_to_expire();
        if self.delivery.borrow().is_parked() && !self.ending.borrow().discards_input() {
            return;
        }
        self.ending.borrow_mut().settle_loss();
        let status = self.ending.borrow().status().cloned();
        let Some(status) = status else { return };
        let is_unreceived = self.delivery.borrow().has_unreceived()
            && (!self.ending.borrow().is_requested() || self.delivery.borrow().is_gathering());
        let Some(owner) = self.owner() else { return };
        if is_unreceived || !self.has_taker(Opcode::Close, owner.wants()) {
            return;
        }
        if self.ending.borrow_mut().begin_report() {
            owner.disable_callbacks();
            loop {
                let next = self.delivery.borrow_mut().next_receiver();
                let Some(waiter) = next else { break };
                let error = Error::Closed(status.clone());
                waiter.pending.settle(self.interp(), Err(error.into()));
            }
            owner.closed(&status);
        }
        if self.stream.borrow().is_none() {
            owner.delete();
        }
    }

    // The log

    /// Reports frames to the log, which may do anything.
    fn log(&self, direction: char, frames: impl IntoIterator<Item = String>) {
        for frame in frames {
            let name = self.owner().map(|owner| owner.name()).unwrap_or_default();
            self.context.log(|| format!("{name} {direction} {frame}"));
        }
    }
}

/// Closes the stream, if there still was one, whoever is using it.
fn close(stream: Option<Rc<Stream>>) {
    if let Some(stream) = stream {
        stream.close();
    }
}

impl BeforeWait for Connection {
    fn before_wait(&self) -> bool {
        let flush = self.outbound.borrow_mut().end_iteration();
        if flush {
            self.flush();
        }
        self.outbound.borrow_mut().stay_registered()
    }
}

impl BeforeExit for Connection {
    fn before_exit(&self) -> Vec<Box<dyn Unfinished>> {
        let stream = self.stream().into_iter();
        stream.map(|stream| Box::new(Leaving::new(stream)) as Box<dyn Unfinished>).collect()
    }
}

#[cfg(test)]
mod tests;
