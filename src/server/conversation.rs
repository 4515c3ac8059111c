//! HTTP with one client, over one connection: a request is read, answered, and then the next one,
//! until a side has enough, or the connection becomes something else.
//!
//! Scripts may run in whatever is called: nothing is borrowed meanwhile, and afterwards the
//! conversation may be over.

use std::{
    cell::{Cell, OnceCell, RefCell},
    net::SocketAddr,
    rc::Rc,
    time::{Duration, Instant},
};

use super::{
    answer::{Answer, BadAnswer},
    limits::LIMITS,
};
use crate::{
    context::Context,
    io::{Leaving, Received, Stream},
    protocol::http::{
        h1::{request_reader::RequestReader, response_writer::CONTINUE},
        request::{Event, ReadError, RequestHead},
    },
    tcl::{Deferred, Readiness, Soon, Timer, Unfinished, Value},
};

/// After how many reads other events are served.
const READS: usize = 16;

/// How many bytes of a file are handed over at once.
const PIECE: usize = 64 * 1024;

/// After how many of these other events are served: a client on this system may take them as fast
/// as they come.
const PIECES: usize = 16;

/// How long what a client still sends is read after the last answer: to close a connection while
/// there is something unread makes the system send a reset, by which the answer may be lost.
const LINGER: Duration = Duration::from_secs(2);

/// Who decides on requests. Each function may run scripts, and may end the conversation.
pub(crate) trait Requests {
    /// The head of a request has come. It is to be [collected](Conversation::collect) or
    /// [answered](Conversation::answer), or the stream [handed over](Conversation::hand_over), now
    /// or later.
    fn head(&self, conversation: &Rc<Conversation>, head: &Rc<RequestHead>);

    /// Its content too, which was to be collected. It is to be answered.
    fn request(&self, conversation: &Rc<Conversation>, head: &Rc<RequestHead>, content: Value);

    /// Whether the connection may go on after this request.
    fn persists(&self) -> bool;
}

/// A connection on which HTTP is spoken.
pub(crate) struct Conversation {
    context: Rc<Context>,
    stream: Rc<Stream>,
    addresses: OnceCell<(Option<SocketAddr>, Option<SocketAddr>)>,
    timeout: Option<Duration>,
    reader: RefCell<RequestReader>,
    phase: RefCell<Phase>,
    /// Ends the wait for the client.
    timer: RefCell<Option<Timer>>,
    /// Goes on with what no event tells of.
    resuming: RefCell<Option<Soon>>,
    /// Whether the input is being understood.
    is_busy: Cell<bool>,
    /// `None` once it is over.
    requests: RefCell<Option<Rc<dyn Requests>>>,
}

/// What is awaited.
enum Phase {
    /// The head of a request.
    Head,
    /// A decision on the request, of which all was read or not.
    Decision { head: Rc<RequestHead>, is_read: bool },
    /// Content, of which this has come.
    Content(Rc<RequestHead>, Vec<u8>),
    /// That the client takes the answer, of which it had so much at the last look. Then the next
    /// request, if the connection persists.
    Delivery { persists: bool, delivered: u64, rest: Option<Rest> },
    /// The end. What comes is dropped.
    End,
}

/// What of an answer was not handed over.
struct Rest {
    body: Rc<dyn Deferred>,
    place: usize,
}

/// What was found in the input.
enum Met {
    Nothing,
    Head(RequestHead),
    Content,
    End,
}

impl Conversation {
    /// One on this stream, from which nothing was read. A head or content may take as long as
    /// `timeout`.
    pub(crate) fn new(
        context: &Rc<Context>,
        stream: Rc<Stream>,
        requests: Rc<dyn Requests>,
        timeout: Option<Duration>,
    ) -> Rc<Self> {
        Rc::new(Self {
            context: Rc::clone(context),
            stream,
            addresses: OnceCell::new(),
            timeout,
            reader: RefCell::new(RequestReader::new(LIMITS)),
            phase: RefCell::new(Phase::Head),
            timer: RefCell::default(),
            resuming: RefCell::default(),
            is_busy: Cell::default(),
            requests: RefCell::new(Some(requests)),
        })
    }

    /// Begins to read.
    pub(crate) fn start(self: &Rc<Self>) {
        // The stream's handler keeps the conversation, which keeps the stream, until the end of
        // either.
        let this = Rc::clone(self);
        self.stream.on_ready(move |ready| this.ready(ready));
        self.set_timer(self.timeout);
        self.receive();
        self.watch();
    }

    /// The connection.
    pub(crate) fn stream(&self) -> &Stream {
        &self.stream
    }

    /// The addresses of the client and of this side, for which the system is asked once.
    pub(crate) fn addresses(&self) -> (Option<SocketAddr>, Option<SocketAddr>) {
        *self.addresses.get_or_init(|| self.stream.addresses())
    }

    /// Has the content of the request collected, on whose head was to be decided.
    pub(crate) fn collect(self: &Rc<Self>) {
        let Some((head, _)) = self.undecided() else { return };
        if head.expects_continue() && !self.stream.has_input() {
            self.push(Value::bytes(CONTINUE));
        }
        self.phase.replace(Phase::Content(head, Vec::new()));
        self.set_timer(self.timeout);
        self.understand();
        self.watch();
    }

    /// Answers the request on which was to be decided; does nothing where there is none.
    ///
    /// Errors, and it is still to be answered, where the answer cannot be sent.
    pub(crate) fn answer(self: &Rc<Self>, answer: &Answer) -> Result<(), BadAnswer> {
        let Some((head, is_read)) = self.undecided() else { return Ok(()) };
        let persists = head.is_persistent
            && is_read
            && self.requests.borrow().as_ref().is_some_and(|requests| requests.persists());
        self.send(Some(&head), answer, persists)
    }

    /// Ends the conversation, since the connection becomes something else: gives the stream, with
    /// what came behind the head in its input. `None` where it is over.
    pub(crate) fn hand_over(&self) -> Option<Rc<Stream>> {
        self.undecided()?;
        self.forget();
        self.stream.on_ready(|_| {});
        Some(Rc::clone(&self.stream))
    }

    /// Drops the connection.
    pub(crate) fn stop(&self) {
        if self.requests.borrow().is_some() {
            self.forget();
            self.stream.close();
        }
    }

    /// Drops the connection where no request is under way.
    pub(crate) fn stop_if_idle(&self) {
        if matches!(*self.phase.borrow(), Phase::Head) && self.reader.borrow().is_idle() {
            self.stop();
        }
    }

    /// What is left of it when the process exits: an answer gets its time to reach the client.
    /// `None` where it is over.
    pub(crate) fn before_exit(self: &Rc<Self>) -> Option<Box<dyn Unfinished>> {
        let leaving = Leaving::new(Rc::clone(&self.stream));
        (!self.is_over()).then(|| Box::new(LastAnswer { of: Rc::clone(self), leaving }) as Box<_>)
    }

    fn forget(&self) {
        self.requests.take();
        self.timer.take();
        self.resuming.take();
        self.phase.replace(Phase::End);
    }

    /// Whether it is over, so that nothing can be answered.
    pub(crate) fn is_over(&self) -> bool {
        self.requests.borrow().is_none()
    }

    /// The head of the request on which is to be decided, and whether all of it was read.
    fn undecided(&self) -> Option<(Rc<RequestHead>, bool)> {
        match &*self.phase.borrow() {
            Phase::Decision { head, is_read } => Some((Rc::clone(head), *is_read)),
            _ => None,
        }
    }

    // Events

    fn ready(self: &Rc<Self>, ready: Readiness) {
        if ready.writable && !self.is_over() {
            self.flush();
        }
        if ready.readable && self.may_read() {
            self.receive();
        }
        self.watch();
    }

    /// Whether something of the client's is awaited.
    fn reads(&self) -> bool {
        let is_awaited =
            matches!(*self.phase.borrow(), Phase::Head | Phase::Content(..) | Phase::End);
        is_awaited && !self.is_over()
    }

    /// Whether to read: what was read before is understood.
    fn may_read(&self) -> bool {
        self.reads() && !self.stream.has_input()
    }

    fn watch(&self) {
        if !self.is_over() {
            self.stream.watch(self.may_read());
        }
    }

    /// Goes on, when other events were served, with what no event tells of.
    fn resume_later(self: &Rc<Self>) {
        let this = Rc::clone(self);
        let soon = Soon::long(&self.context.interp, move || {
            this.resuming.take();
            if matches!(*this.phase.borrow(), Phase::Delivery { .. }) {
                this.flush();
            }
            this.understand();
            if this.may_read() && this.stream.has_more() {
                this.receive();
            }
            this.watch();
        });
        self.resuming.replace(Some(soon));
    }

    fn set_timer(self: &Rc<Self>, delay: Option<Duration>) {
        let timer = delay.map(|delay| {
            let this = Rc::clone(self);
            Timer::after(&self.context.interp, delay, move || this.timed_out())
        });
        self.timer.replace(timer);
    }

    fn timed_out(self: &Rc<Self>) {
        let delivered = self.stream.progress().delivered;
        let is_request_due = match &mut *self.phase.borrow_mut() {
            Phase::Head => !self.reader.borrow().is_idle(),
            Phase::Content(..) => true,
            // A slow client takes the answer, though not all of it yet.
            Phase::Delivery { delivered: before, .. } if *before < delivered => {
                *before = delivered;
                return self.set_timer(self.timeout);
            }
            Phase::Decision { .. } | Phase::Delivery { .. } | Phase::End => false,
        };
        if is_request_due {
            // "the server did not receive a complete request message within the time that it was
            // prepared to wait" (RFC 9110 section 15.5.9)
            self.refuse(&Answer::text(408, "the request has taken too long"));
            self.watch();
        } else {
            self.stop();
        }
    }

    // In

    /// Reads what there is, and does what it asks for.
    fn receive(self: &Rc<Self>) {
        for _ in 0..READS {
            let received = self.stream.read();
            // The handshake of TLS, or an alert.
            self.flush();
            if self.is_over() {
                return;
            }
            let is_end = !matches!(received, Ok(Received::Bytes { .. } | Received::Nothing));
            if let Err(error) = &received {
                self.context.log(|| format!("a client's connection failed: {error}"));
            }
            self.understand();
            match received {
                // Who has ended its half may wait for the answer.
                _ if !self.may_read() => return,
                _ if is_end => return self.stop(),
                Ok(Received::Bytes { more: true }) => {}
                _ => return,
            }
        }
        self.resume_later();
    }

    /// Does what the input asks for, one request at most: then other events are served.
    fn understand(self: &Rc<Self>) {
        if self.is_busy.replace(true) {
            // A script runs inside, and who has called it goes on.
            return;
        }
        let mut requests = 0;
        while self.reads() {
            if matches!(*self.phase.borrow(), Phase::End) {
                self.stream.clear_input();
                break;
            }
            if requests > 0 && matches!(*self.phase.borrow(), Phase::Head) {
                if self.stream.has_more() {
                    self.resume_later();
                }
                break;
            }
            match self.stream.parse(|input| self.parse(input)) {
                Ok(Met::Nothing) => break,
                Ok(Met::Content) => {}
                Ok(Met::Head(head)) => {
                    requests += 1;
                    self.decide(Rc::new(head), None);
                }
                Ok(Met::End) => {
                    if let Phase::Content(head, content) = self.phase.replace(Phase::Head) {
                        self.decide(head, Some(content));
                    }
                }
                Err(error) => {
                    self.context.log(|| format!("a request is refused: {error}"));
                    match error {
                        // It would not understand.
                        ReadError::Tls => self.stop(),
                        _ => self.refuse(&Answer::text(error.status(), &error.to_string())),
                    }
                }
            }
        }
        self.is_busy.set(false);
        if matches!(*self.phase.borrow(), Phase::Decision { .. }) {
            // It may take long.
            self.stream.compact_input();
        }
    }

    fn parse(&self, input: &mut &[u8]) -> Result<Met, ReadError> {
        Ok(match self.reader.borrow_mut().receive(input)? {
            None => Met::Nothing,
            Some(Event::Head(head)) => Met::Head(head),
            Some(Event::Data(piece)) => {
                if let Phase::Content(_, content) = &mut *self.phase.borrow_mut() {
                    content.extend_from_slice(piece);
                }
                Met::Content
            }
            Some(Event::End(_)) => Met::End,
        })
    }

    /// Has it decided what becomes of a request, of which there is the head, or the content too.
    fn decide(self: &Rc<Self>, head: Rc<RequestHead>, content: Option<Vec<u8>>) {
        self.timer.take();
        let is_read = content.is_some() || !head.has_content;
        self.phase.replace(Phase::Decision { head: Rc::clone(&head), is_read });
        let Some(requests) = self.requests.borrow().clone() else { return };
        match content {
            None => {
                let target = head.target.as_str();
                self.context.log(|| format!("request {} {target}", head.method));
                if !self.is_over() {
                    requests.head(self, &head);
                }
            }
            Some(content) => requests.request(self, &head, Value::bytes(&content)),
        }
    }

    // Out

    /// Answers what is no request, and ends.
    fn refuse(self: &Rc<Self>, answer: &Answer) {
        // It is our own, and right.
        let _ = self.send(None, answer, false);
    }

    fn send(
        self: &Rc<Self>,
        head: Option<&RequestHead>,
        answer: &Answer,
        persists: bool,
    ) -> Result<(), BadAnswer> {
        let written = answer.encode(head, persists)?;
        self.context.log(|| format!("answer {}", answer.status));
        if self.is_over() {
            return Ok(());
        }
        self.push(Value::bytes(&written.bytes));
        let deferred = answer.body.as_deferred().filter(|_| written.has_content);
        if written.has_content && deferred.is_none() {
            self.push(answer.body.clone());
        }
        let rest = deferred.map(|body| Rest { body, place: 0 });
        let persists = written.is_persistent;
        let delivered = self.stream.progress().delivered;
        self.phase.replace(Phase::Delivery { persists, delivered, rest });
        self.set_timer(self.timeout);
        self.flush();
        self.watch();
        Ok(())
    }

    /// Makes the next piece of what was not handed over; `None` where there is none. An empty one:
    /// it cannot be made.
    fn next_piece(&self) -> Option<Vec<u8>> {
        let mut phase = self.phase.borrow_mut();
        let Phase::Delivery { rest, .. } = &mut *phase else { return None };
        let Rest { body, place } = rest.as_mut()?;
        let left = body.length().saturating_sub(*place);
        if left == 0 {
            *rest = None;
            return None;
        }
        let mut piece = vec![0; left.min(PIECE)];
        let length = body.write_part(*place, &mut piece);
        piece.truncate(length);
        *place += length;
        Some(piece)
    }

    fn push(&self, bytes: Value) {
        // Cannot fail: these are bytes.
        let _ = self.stream.push(bytes);
    }

    /// Writes what the system takes, or as much as may be written at once. When it has all of an
    /// answer, what comes next is done.
    fn flush(self: &Rc<Self>) {
        for pieces in 0.. {
            if self.stream.flush().is_err() {
                return self.stop();
            }
            if self.stream.has_output() {
                return;
            }
            if pieces == PIECES {
                return self.resume_later();
            }
            match self.next_piece() {
                Some(piece) if piece.is_empty() => {
                    // A file has become shorter, say. What is missing must not seem to be there.
                    return self.stop();
                }
                Some(piece) => self.push(Value::bytes(&piece)),
                None => break,
            }
        }
        let persists = match *self.phase.borrow() {
            Phase::Delivery { persists, .. } => persists,
            _ => return,
        };
        if !persists {
            // "the server [...] closes the write side of the connection first, and then reads until
            // it receives a corresponding close by the client, or until the server is reasonably
            // certain that its own TCP stack has received the client's acknowledgement" (RFC 9112
            // section 9.6)
            self.phase.replace(Phase::End);
            self.stream.shut_down_output();
            return self.set_timer(Some(LINGER));
        }
        self.phase.replace(Phase::Head);
        self.reader.borrow_mut().restart();
        self.set_timer(self.timeout);
        if self.stream.has_more() && !self.is_busy.get() {
            self.resume_later();
        }
    }
}

/// An answer that is on its way when the process exits.
struct LastAnswer {
    of: Rc<Conversation>,
    leaving: Leaving,
}

impl Unfinished for LastAnswer {
    fn go_on(&mut self, now: Instant) -> Option<u64> {
        let stream = &self.of.stream;
        for _ in 0..PIECES {
            stream.flush().ok()?;
            if stream.has_output() {
                break;
            }
            match self.of.next_piece() {
                Some(piece) if piece.is_empty() => return None,
                Some(piece) => self.of.push(Value::bytes(&piece)),
                None => return self.leaving.go_on(now),
            }
        }
        Some(stream.progress().delivered)
    }
}

#[cfg(test)]
mod tests;
