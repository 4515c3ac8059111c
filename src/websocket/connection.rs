//! An open connection, from the 101 response until the TCP connection is gone: it joins the parts
//! of a WebSocket, and alone calls scripts and touches the stream.
//!
//! Bytes travel one way in: readable stream, `Read`, decoder, `Receive`, callback; and one way out:
//! method, `Transmit`, encoder, `Write`, stream. The four capitalised steps are methods of the
//! [`Owner`], so that whatever overrides them takes part; what they do where nothing does are the
//! functions `base_...` here.
//!
//! Scripts run inside most of these functions. They may call any method again, destroy the object
//! or delete the interpreter, so nothing is borrowed meanwhile, and every step looks anew at what
//! is left to do.

use std::{
    cell::{OnceCell, RefCell},
    num::NonZero,
    rc::{Rc, Weak},
    slice,
    time::{Duration, Instant},
};

use super::{
    agreed::Agreed,
    budget::Budget,
    count::Count,
    delivery::{DataMessage, Delivery},
    ending::Ending,
    error::Error,
    frame,
    heartbeat::{Beat, Heartbeat},
    inbound::{Inbound, Read},
    keepalive::{Due, Keepalive},
    log,
    outbound::Outbound,
    owner::{Arrived, Coming, Event, Owner, Wants},
    settings::ConnectionSettings,
    store::{Store, payload_value},
};
use crate::{
    context::Context,
    io::{Leaving, Received, Stream},
    protocol::websocket::{
        self as protocol, CloseMessage, CloseStep, End, Flags, Negotiated, Opcode, Role, Violation,
        fragments::{Fragment, fragments},
        receiver::Payload,
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

/// What the event loop has a connection do.
#[derive(Clone, Copy)]
enum Task {
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
}

impl Connection {
    /// A connection that was just opened, on this side of which we are. What came behind the 101 is
    /// in the stream's input.
    pub(crate) fn new(
        context: &Rc<Context>,
        us: Role,
        stream: Rc<Stream>,
        settings: ConnectionSettings,
        agreed: Agreed,
    ) -> Rc<Self> {
        let negotiated = Negotiated::of(&agreed.terms.extensions);
        let inbound = Inbound::new(us, settings.size_limit(), negotiated, stream.input_len());
        Rc::new_cyclic(|this| Self {
            context: Rc::clone(context),
            this: Weak::clone(this),
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
                    connection.run(Task::Ready(ready));
                }
            });
        }
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

    fn run(&self, task: Task) {
        match task {
            Task::Ready(ready) => self.ready(ready),
            Task::Deliver => self.go_on_delivering(),
            Task::Resume => self.resume(),
            Task::Beat => self.beat(),
            Task::KeepAlive => self.keep_alive(),
            Task::CheckCloseTime => self.check_close_time(),
        }
    }

    fn ready(&self, ready: Readiness) {
        self.inbound.borrow_mut().begin_event();
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
                connection.run(task);
            }
        }
    }

    fn go_on_delivering(&self) {
        // Tcl has looked for other events.
        self.inbound.borrow_mut().begin_event();
        self.resume();
    }

    fn resume(&self) {
        self.timers.borrow_mut().resume = None;
        self.after_writing();
        self.report_close();
        self.pump();
        self.watch();
    }

    // In, to the message

    /// Reads and delivers what is there.
    fn pump(&self) {
        self.read_and_deliver();
        if self.flush_after_reading() {
            self.after_writing();
        }
    }

    /// TLS writes when it reads, if it has to: tells whether what waited to be written has gone
    /// with that.
    fn flush_after_reading(&self) -> bool {
        let was_blocked = self.outbound.borrow().is_blocked();
        let has_gone = was_blocked && self.stream().is_some_and(|stream| !stream.has_output());
        if has_gone {
            self.flush();
        }
        has_gone
    }

    /// Delivers what is there, reads, and delivers again, until nothing is there for now or the
    /// time is up.
    fn read_and_deliver(&self) {
        if self.delivery.borrow().is_too_deep() {
            // The callers go on with it.
            return;
        }
        let mut budget = Budget::begin();
        self.deliver(&mut budget);
        while self.read_once(&mut budget) {}
    }

    /// Reads once, if that may be done now, and delivers what came; tells whether to go on, because
    /// there is more to read, and time for it, and not only what the script will ask for.
    fn read_once(&self, budget: &mut Budget) -> bool {
        let Some(stream) = self.stream().filter(|stream| self.may_read(stream)) else {
            return false;
        };
        match self.read(&stream) {
            Some(Read::Received(Received::Bytes { more })) => {
                self.deliver(budget);
                let goes_on = !budget.is_over() && !self.delivery.borrow().is_served();
                if more && !goes_on {
                    // The end of a TLS session may be there already: no event will tell of that.
                    self.deliver_later();
                }
                return more && goes_on;
            }
            Some(Read::Received(Received::End)) => self.stream_ended(End::Ordinary),
            Some(Read::Failed(how)) => {
                // TLS may have failed behind something that is good.
                self.deliver(&mut Budget::unlimited());
                self.stream_ended(End::Broken(&how));
            }
            Some(Read::Violated(violation)) => self.fail(violation),
            Some(Read::Received(Received::Nothing)) | None => {}
        }
        false
    }

    /// Whether there is nothing to do before something more is read. When enough is parked, the
    /// system's buffer fills up instead of ours.
    fn may_read(&self, stream: &Stream) -> bool {
        !self.is_paused() && self.inbound.borrow().may_read(stream.has_input())
    }

    /// Calls `Read`, and leaves what it returned in the input. `None` where nothing was read.
    fn read(&self, stream: &Stream) -> Option<Read> {
        self.inbound.borrow_mut().begin_read();
        if self.ending.borrow().discards_input() {
            // Only the end is of interest now, and no extension may hide it.
            self.base_read(true);
            return self.inbound.borrow_mut().end_read();
        }
        let data = self.owner().map_or_else(|| Ok(Value::empty()), |owner| owner.read());
        let last = self.inbound.borrow_mut().end_read();
        // If it entered the event loop, that did not read.
        self.watch();
        // Nothing where the base method ran alone: then the bytes are in the input already.
        let append = |bytes: &[u8]| {
            stream.append_input(bytes);
            bytes.len()
        };
        match data.map_err(Error::from).and_then(|data| Ok(data.with_bytes(append)?)) {
            Ok(0) => last,
            // An override may have bytes where the socket had none, or its end; that shows again.
            Ok(_) => {
                let more = matches!(last, Some(Read::Received(Received::Bytes { more: true })));
                Some(Read::Received(Received::Bytes { more }))
            }
            Err(error) => {
                self.extension_failed(error);
                None
            }
        }
    }

    /// What the base `Read` does: reads from the socket. The bytes stay in the input when the
    /// driver called it directly; where a class overrides `Read`, they are returned to that.
    pub(crate) fn base_read(&self, direct: bool) -> Value {
        let Some(stream) = self.stream() else { return Value::empty() };
        if self.inbound.borrow_mut().take_tail() {
            let read = Read::Received(Received::Bytes { more: true });
            self.inbound.borrow_mut().record_read(read, 0);
        } else if !direct && stream.has_input() {
            // Called in between: there is something to be delivered first.
            return Value::empty();
        } else {
            let read = if direct { self.read_message(&stream) } else { None };
            let (read, bytes) = read.unwrap_or_else(|| {
                let received = stream.read();
                (Read::from(received), stream.input_len())
            });
            if matches!(read, Read::Received(Received::Bytes { .. })) {
                self.pings.borrow_mut().heartbeat.record_arrival(Instant::now);
            }
            self.inbound.borrow_mut().record_read(read, bytes);
        }
        if direct {
            return Value::empty();
        }
        stream.parse(|input| Value::bytes(std::mem::take(input)))
    }

    /// Reads straight into the message that is arriving, which is then never copied; tells how many
    /// bytes too. `None` where little of it is still to come, it has to be decrypted first, or it
    /// would be read ahead as a whole.
    fn read_message(&self, stream: &Stream) -> Option<(Read, usize)> {
        // What is logged is taken from the input.
        let is_logged = self.context.log.frames().is_some();
        let is_ahead = self.delivery.borrow().is_parked();
        if is_logged || is_ahead || stream.is_secure() || self.ending.borrow().discards_input() {
            return None;
        }
        let taken = self.inbound.borrow_mut().take_store();
        let (Store(mut array), room) = match taken {
            Ok(taken) => taken?,
            Err(violation) => return Some((Read::Violated(violation), 0)),
        };
        let before = array.bytes().len();
        // Nothing is borrowed meanwhile: the channel may be one that a script implements.
        let received = stream.read_into(&mut array, room);
        let added = array.bytes().len() - before;
        let put = self.inbound.borrow_mut().put_store(Store(array), added);
        match put {
            Ok(Some(message)) => self.delivery.borrow_mut().keep_arrived(arrived(message)),
            Ok(None) => {}
            Err(violation) => return Some((Read::Violated(violation), added)),
        }
        Some((Read::from(received), added))
    }

    /// Reading met the end of the connection. Why writing failed, if it did, says more than that.
    fn stream_ended(&self, end: End<'_>) {
        self.answer_parked_close();
        if !self.outbound.borrow().is_blocked() {
            // What was sent in this iteration of the event loop has its try.
            self.flush();
        }
        let write_error = self.outbound.borrow().error().map(str::to_owned);
        let end = write_error.as_deref().map_or(end, End::Broken);
        let is_cut = self.inbound.borrow().is_in_message();
        if self.ending.borrow().discards_input() || !is_cut {
            return self.connection_lost(end);
        }
        self.connection_lost(End::Broken(&format!("{end} in the middle of a message")));
    }

    /// Takes the next message out of the input, and reports its frames to the log. That may do
    /// anything, so the message is kept meanwhile; whoever takes it from there has delivered it.
    fn next_arrived(&self, stream: &Stream) -> Result<Option<Arrived>, Violation> {
        let log = self.context.log.frames();
        let is_in_parts = self.delivery.borrow().is_in_parts();
        let decoded = match is_in_parts {
            true => self.decode_part(stream, log),
            false => self.decode(stream, log),
        };
        if log.is_none() {
            return decoded;
        }
        let lines = self.inbound.borrow_mut().take_log_lines();
        let kept = decoded.map(|message| {
            if let Some(message) = message {
                self.delivery.borrow_mut().keep_arrived(message);
            }
        });
        self.log('<', lines);
        let message = kept.map(|()| self.delivery.borrow_mut().take_arrived());
        // If it entered the event loop, that did not read.
        self.watch();
        self.delivery.borrow_mut().forget_direct();
        message
    }

    /// Decodes the next message in the input. With `log`, the number of the log that gets its
    /// frames.
    fn decode(&self, stream: &Stream, log: Option<u64>) -> Result<Option<Arrived>, Violation> {
        stream.parse(|input| Ok(self.inbound.borrow_mut().decode(input, log)?.map(arrived)))
    }

    /// The same where the next message may come in parts.
    fn decode_part(&self, stream: &Stream, log: Option<u64>) -> Result<Option<Arrived>, Violation> {
        if !self.inbound.borrow().is_in_parts() {
            let owner = self.owner().filter(|owner| owner.wants().parts);
            self.delivery.borrow_mut().set_in_parts(owner.is_some());
            let begins = |input: &mut &[u8]| self.inbound.borrow().may_begin_parts(input);
            match owner.filter(|_| stream.parse(begins)).map(|owner| owner.coming()) {
                Some(Coming::InParts(decompressor)) => {
                    self.inbound.borrow_mut().set_decompressor(decompressor);
                }
                Some(Coming::Whole) | None => return self.decode(stream, log),
            }
        }
        let decode =
            |input: &mut &[u8]| self.inbound.borrow_mut().decode_part(input, log, part_value);
        let decoded = stream.parse(decode);
        if self.inbound.borrow().has_more_parts() {
            // No event tells of what is neither in the input nor with the system.
            self.deliver_later();
        }
        decoded
    }

    // In, from the message to the script

    /// Delivers the messages that are parked or in the input, as long as there is time. Who waits
    /// for a batch gets it then.
    fn deliver(&self, budget: &mut Budget) {
        self.deliver_messages(budget);
        self.end_batch();
    }

    /// Hands the messages that are parked or in the input to `Receive`, one after the other, as
    /// long as there is time.
    fn deliver_messages(&self, budget: &mut Budget) {
        let Some(owner) = self.owner() else { return };
        self.deliver_unreceived();
        let is_batch = self.delivery.borrow_mut().begin_round();
        let was_served = self.delivery.borrow().is_served();
        while !self.ending.borrow().discards_input() {
            let message = match self.next_taken(&*owner) {
                Ok(Some(message)) => message,
                Ok(None) => {
                    if self.stream.borrow().is_none() {
                        self.report_close();
                    }
                    return;
                }
                Err(violation) => return self.fail(violation),
            };
            // If the script enters the event loop, or there is no more time, the next message has
            // to find its way from there.
            let is_last = self.stream.borrow().as_ref().is_some_and(|stream| !stream.has_more());
            if !is_last || self.delivery.borrow().is_parked() {
                self.deliver_later();
            }
            self.delivery.borrow_mut().enter();
            let received = match is_batch {
                true => self.gather(&*owner, message),
                false => owner.receive(message),
            };
            let is_served = self.delivery.borrow_mut().leave();
            if let Err(error) = received {
                self.extension_failed(error.into());
            }
            if is_served && !was_served {
                // The script goes on when `receive` has returned, and what comes behind the message
                // is for later: no callback may overtake it.
                return self.deliver_later();
            }
            if budget.is_over_after_message() {
                return;
            }
        }
        if let Some(stream) = self.stream() {
            stream.clear_input();
        }
        self.inbound.borrow_mut().drop_parts();
        self.delivery.borrow_mut().clear_parked();
    }

    /// Hands a message of a round with a batch to `Receive`. Where nothing overrides that, nothing
    /// comes between and the base method is called at once. It is asked when there is a second
    /// message, and again whenever a script may have run.
    #[inline(never)]
    fn gather(&self, owner: &dyn Owner, message: Arrived) -> Result<(), tcl::Error> {
        let is_gathering = self.delivery.borrow().is_gathering();
        let is_whole_data =
            matches!(message.opcode, Opcode::Text | Opcode::Binary) && message.part.is_none();
        if is_gathering && is_whole_data {
            let known = self.delivery.borrow().is_direct();
            let is_direct = known.unwrap_or_else(|| {
                let is_direct = !owner.overrides_receive();
                self.delivery.borrow_mut().set_direct(is_direct);
                is_direct
            });
            if is_direct {
                return Ok(self.base_receive(message.opcode, &message.data)?);
            }
        }
        self.delivery.borrow_mut().forget_direct();
        owner.receive(message)
    }

    /// Gives those who wait for a batch what has come, since nothing more is there for now, and
    /// then tells of the end, if that has come behind it.
    fn end_batch(&self) {
        if self.delivery.borrow().is_gathering() {
            self.serve_receivers(true);
            self.report_close_behind();
        }
    }

    /// Tells of the end what is due, but only after a `receive` that has its message.
    fn report_close_behind(&self) {
        if self.delivery.borrow().is_served() {
            self.deliver_later();
        } else {
            self.report_close();
        }
    }

    /// The next message that somebody takes. Almost always that is the next one in the input.
    fn next_taken(&self, owner: &dyn Owner) -> Result<Option<Arrived>, Violation> {
        if !self.delivery.borrow().is_plain() || self.context.log.frames().is_some() {
            return self.next_ahead(owner);
        }
        let decoded = match &*self.stream.borrow() {
            Some(stream) if !self.inbound.borrow().has_tail() => self.decode(stream, None)?,
            _ => return Ok(None),
        };
        let Some(message) = decoded else { return Ok(None) };
        if message.opcode == Opcode::Ping || self.is_taken(message.opcode, owner) {
            return Ok(Some(message));
        }
        self.park(message);
        self.next_ahead(owner)
    }

    /// The same where not all that arrived was taken: what nobody takes is parked, as far as there
    /// is room. Pings, whose answers are owed, go before these.
    #[cold]
    fn next_ahead(&self, owner: &dyn Owner) -> Result<Option<Arrived>, Violation> {
        loop {
            let is_ahead = self.delivery.borrow().is_parked();
            let takes = |opcode| self.is_taken(opcode, owner);
            if is_ahead {
                let first = self.delivery.borrow().first_parked();
                if first.is_some_and(takes) {
                    let was_paused = self.is_paused();
                    let message = self.delivery.borrow_mut().unpark();
                    if was_paused {
                        self.watch();
                        // The channel may be one that a script implements.
                        self.delivery.borrow_mut().forget_direct();
                    }
                    return Ok(message);
                }
                let violation = self.delivery.borrow_mut().unpark_violation();
                if let Some(violation) = violation {
                    return Err(violation);
                }
            }
            let Some(stream) = self.stream() else { return Ok(None) };
            if is_ahead && self.delivery.borrow().is_at_end() {
                stream.clear_input();
                return Ok(None);
            }
            let arrived = self.delivery.borrow_mut().take_arrived();
            let next = match arrived {
                Some(message) => Ok(Some(message)),
                None if self.inbound.borrow().has_tail() || is_ahead && self.is_paused() => {
                    Ok(None)
                }
                None => self.next_arrived(&stream),
            };
            let message = match next {
                Ok(Some(message)) => message,
                Ok(None) => return Ok(None),
                Err(violation) if self.delivery.borrow().is_parked() => {
                    self.delivery.borrow_mut().park_violation(violation);
                    continue;
                }
                Err(violation) => return Err(violation),
            };
            let is_first = !self.delivery.borrow().is_parked();
            let is_owed = message.opcode == Opcode::Ping || message.part.is_some();
            if is_owed || is_first && takes(message.opcode) {
                return Ok(Some(message));
            }
            self.park(message);
        }
    }

    /// Keeps a message that nobody takes now.
    fn park(&self, message: Arrived) {
        // Data that is no string of bytes does not come from the decoder.
        let length = message.data.with_bytes(<[u8]>::len).unwrap_or_default();
        self.delivery.borrow_mut().park(message, length);
    }

    /// Whether a message of this kind goes to `Receive` now.
    fn is_taken(&self, opcode: Opcode, owner: &dyn Owner) -> bool {
        opcode == Opcode::Pong || self.has_taker(opcode, owner.wants())
    }

    /// Whether anybody takes a message of this kind.
    fn has_taker(&self, opcode: Opcode, wants: Wants) -> bool {
        self.ending.borrow().takes_all() || self.delivery.borrow().has_taker(opcode, wants)
    }

    /// Whether the TCP connection is gone and nothing is left to be delivered.
    fn is_over(&self) -> bool {
        self.stream.borrow().is_none() && !self.ending.borrow().is_kept()
    }

    /// What the base `Receive` does with a message: callback or automatic answer.
    pub(crate) fn base_receive(&self, opcode: Opcode, data: &Value) -> Result<(), Error> {
        if self.is_over() || self.ending.borrow().discards_input() {
            return Ok(());
        }
        match opcode {
            Opcode::Text => match data.decoded()? {
                Some(data) => self.deliver_message(DataMessage { event: Event::Text, data }),
                None => self.fail(Violation::invalid_payload("text that is not UTF-8")),
            },
            Opcode::Binary => {
                data.with_bytes(|_| ())?;
                self.deliver_message(DataMessage { event: Event::Binary, data: data.clone() });
            }
            Opcode::Ping => {
                if !self.fire(Event::Ping, slice::from_ref(data))
                    && !self.ending.borrow().discards_input()
                {
                    self.answer_ping(data)?;
                }
            }
            Opcode::Pong => {
                self.fire(Event::Pong, slice::from_ref(data));
            }
            Opcode::Close => match data.with_bytes(CloseMessage::parse)? {
                Ok(message) => self.close_received(message)?,
                Err(violation) => self.fail(violation),
            },
            Opcode::Continuation => return Err(Error::Continuation),
        }
        Ok(())
    }

    /// Hands a text or binary message to its callback or to `receive`. "In the absence of a
    /// handler, it is considered an error to receive a message. If that happens, the websocket
    /// connection is terminated with code 1003 (unacceptable data type)." (manual page)
    fn deliver_message(&self, message: DataMessage<Value>) {
        let is_open = || self.ending.borrow().is_open();
        let for_callback = self.delivery.borrow_mut().accept(message, is_open);
        let Some(DataMessage { event, data }) = for_callback else {
            return self.serve_receivers(false);
        };
        // Once the script wants the end, what it does not take is dropped.
        let is_refused = || {
            let ending = self.ending.borrow();
            ending.is_open() && !ending.is_requested()
        };
        let arguments = [data];
        if !self.fire(event, &arguments) && !self.fire_whole(event, arguments) && is_refused() {
            self.delivery.borrow_mut().drop_unreceived();
            let message = format!("no handler for {} messages", event.name());
            self.fail(Violation::unsupported_data(message));
        }
    }

    /// Calls the callback for parts with a whole message, if there is one; tells whether there was.
    #[cold]
    fn fire_whole(&self, event: Event, [data]: [Value; 1]) -> bool {
        let kind = event.literal(&self.context.literals).clone();
        self.fire(Event::Fragment, &[kind, data, Value::integer(1)])
    }

    /// Hands messages to callbacks that were kept for `receive`.
    fn deliver_unreceived(&self) {
        loop {
            let next = self.delivery.borrow_mut().next_for_callback();
            let Some(message) = next else { return };
            self.deliver_message(message);
        }
    }

    /// Gives the messages that were kept to those who wait for so many, or when the round `is_over`
    /// for any.
    fn serve_receivers(&self, is_over: bool) {
        loop {
            let next = self.delivery.borrow_mut().next_received(is_over);
            let Some((waiter, messages)) = next else { return };
            waiter.pending.settle(self.interp(), Ok(self.list(messages).into()));
        }
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

    /// What the method `receive` does: waits for the next text or binary message, which the outcome
    /// is: a list of type and data. Errors where a callback takes the messages.
    pub(crate) fn receive(&self, timeout: Option<Duration>) -> Result<Rc<Pending>, Error> {
        let pending = self.add_receiver(NonZero::<usize>::MIN, timeout)?;
        if !pending.is_settled() {
            // Perhaps it is here already, or the end is.
            self.deliver(&mut Budget::begin());
            self.report_close_behind();
            self.watch();
        }
        Ok(pending)
    }

    /// The same with `-all`: the outcome is a list of all text and binary messages that have
    /// arrived, `most` of them at most. It waits for one where there is none, one read included.
    pub(crate) fn receive_all(
        &self,
        most: NonZero<usize>,
        timeout: Option<Duration>,
    ) -> Result<Rc<Pending>, Error> {
        let pending = self.add_receiver(most, timeout)?;
        if !pending.is_settled() {
            let mut budget = Budget::begin();
            self.deliver_messages(&mut budget);
            let may_read = !pending.is_settled()
                && !budget.is_over()
                && !self.delivery.borrow().is_too_deep()
                && self.inbound.borrow_mut().may_read_in_call();
            if may_read {
                self.read_once(&mut budget);
                if self.flush_after_reading() {
                    self.resume_later();
                }
            }
            self.end_batch();
            self.report_close_behind();
            self.watch();
        }
        Ok(pending)
    }

    /// Adds a script that waits for messages. Those that were kept it gets, if they are enough.
    fn add_receiver(
        &self,
        most: NonZero<usize>,
        timeout: Option<Duration>,
    ) -> Result<Rc<Pending>, Error> {
        if self.wants().data {
            return Err(Error::HasCallback);
        }
        self.delivery.borrow_mut().start_receiving();
        let pending = self.add_waiter(Queue::Receive(most), timeout);
        self.serve_receivers(false);
        Ok(pending)
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

    /// Answers a ping.
    fn answer_ping(&self, data: &Value) -> Result<(), Error> {
        let pending = self.pending();
        if self.outbound.borrow_mut().postpones_pong(pending, || data.clone()) {
            return Ok(());
        }
        self.transmit(Opcode::Pong, data.clone())
    }

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

    /// Sends a ping when nothing was sent for the interval.
    fn keep_alive(&self) {
        if self.check_open().is_err() {
            return;
        }
        if self.pending() > 0 {
            // A ping would wait behind what is on its way.
            self.pings.borrow_mut().keepalive.record_sent(Instant::now);
        }
        let (delay, is_ping) = match self.pings.borrow().keepalive.due(Instant::now()) {
            None => return,
            Some(Due::Wait(delay)) => (delay, false),
            Some(Due::Ping(delay)) => (delay, true),
        };
        self.go_on(|timers| &mut timers.keepalive, delay, Task::KeepAlive, is_ping);
    }

    /// Has `task` run after `delay`, by this timer, and sends a ping now if that is due.
    fn go_on(
        &self,
        timer: fn(&mut Timers) -> &mut Option<Timer>,
        delay: Duration,
        task: Task,
        is_ping: bool,
    ) {
        let next = self.after(delay, task);
        *timer(&mut self.timers.borrow_mut()) = Some(next);
        if is_ping && let Err(error) = self.transmit(Opcode::Ping, Value::empty()) {
            self.report(error);
        }
    }

    /// Sends a ping when nothing was heard for the interval, and ends the connection when nothing
    /// was heard for as long again, and nothing was delivered of what the ping waits behind.
    fn beat(&self) {
        if self.is_paused() {
            // We paused reading, so silence means nothing.
            self.pings.borrow_mut().heartbeat.record_arrival(Instant::now);
        } else if self.pings.borrow().heartbeat.is_silent(Instant::now()) {
            // Perhaps it is the script that kept the event loop from reading.
            self.pump();
        }
        if self.check_open().is_err() {
            return;
        }
        let Some(progress) = self.stream().map(|stream| stream.progress()) else { return };
        let beat = self.pings.borrow_mut().heartbeat.beat(Instant::now(), progress);
        let (delay, is_ping) = match beat {
            None => return,
            Some(Beat::Dead(silence)) => {
                let silence = silence.as_millis();
                let how = format!("nothing arrived for {silence} ms, in spite of a ping");
                return self.connection_lost(End::Broken(&how));
            }
            Some(Beat::Wait(delay)) => (delay, false),
            Some(Beat::Ping(delay)) => (delay, true),
        };
        self.go_on(|timers| &mut timers.heartbeat, delay, Task::Beat, is_ping);
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

    /// Drops the TCP connection if the peer's time is over.
    fn check_close_time(&self) {
        let Some(stream) = self.stream() else { return };
        if let Some(delay) = self.remaining_close_time(&stream) {
            return self.set_close_timer(delay);
        }
        // Perhaps it is the script that kept the event loop from reading.
        self.pump();
        let Some(stream) = self.stream() else { return };
        match stream.output_len() {
            0 => self.connection_lost(End::Broken("timed out")),
            unsent => {
                let how = format!("timed out with {unsent} bytes not sent");
                self.connection_lost(End::Broken(&how));
            }
        }
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

/// A message as `Receive` gets it.
fn arrived(message: protocol::Message<'_, Store>) -> Arrived {
    let protocol::Message { opcode, rsv, payload } = message;
    Arrived { opcode, rsv, data: payload_value(opcode, payload), part: None }
}

/// The data of a part of a message as its callback gets it, or of a control message.
fn part_value(opcode: Opcode, bytes: &[u8]) -> Value {
    let data = payload_value(opcode, Payload::Borrowed(bytes));
    match opcode {
        // It was checked.
        Opcode::Text => data.decoded().ok().flatten().unwrap_or(data),
        _ => data,
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
    fn before_exit(&self) -> Option<Box<dyn Unfinished>> {
        Some(Box::new(Leaving::new(self.stream()?)))
    }
}

#[cfg(test)]
mod tests;
