//! One request and its response, over one connection.
//!
//! Scripts may run in whatever is called: nothing is borrowed meanwhile, and afterwards the
//! exchange may have been stopped.

use std::{
    cell::{Cell, RefCell},
    io,
    rc::Rc,
    time::{Duration, Instant},
};

use super::{
    error::Error,
    request::{Body, Flow, Piece},
};
use crate::{
    io::{Received, Stream, StreamError},
    protocol::http::{
        h1::{chunked, response::ResponseReader},
        headers::Headers,
        response::{Event, ResponseHead},
    },
    tcl::{ByteArray, Readiness, Value},
};

/// How many bytes of a body may wait to be written before the next piece of it is taken.
const SEND_AHEAD: usize = 64 * 1024;

/// How long is read before other events are served.
const TURN: Duration = Duration::from_millis(1);

/// From how many bytes of content on, that are still to come, they are read to where they stay.
/// What is shorter is read with what comes behind it.
const LARGE: u64 = 16 * 1024;

/// After how many pieces of a body they are.
const PIECES: usize = 16;

/// Who is told what comes.
pub(super) trait Handler {
    /// The head of the response. The exchange may be stopped here.
    fn head(&self, head: ResponseHead) -> Result<(), Error>;

    /// Content. No script may run.
    fn store(&self, content: &[u8]) -> Result<(), Error>;

    /// Room for content, of which `left` bytes are still to come, to be given back by
    /// [`store_array`](Handler::store_array). `None` where it is to be stored otherwise.
    fn lend(&self, left: u64) -> Option<ByteArray>;

    /// The content, perhaps none, in the room that was lent for it.
    fn store_array(&self, array: ByteArray);

    /// Content was stored.
    fn deliver(&self) -> Result<Flow, Error>;

    /// All that has arrived was understood, and the response is not over.
    fn wait(&self);

    /// The body of the request has nothing for now, or was asked again.
    fn await_body(&self, is_awaited: bool);

    /// So many bytes of the body were handed over. The exchange may be stopped here.
    fn sent(&self, length: u64) -> Result<(), Error>;

    /// All of the body was. The exchange may be stopped here.
    fn sent_all(&self) -> Result<(), Error>;

    /// The response is over; the flag tells whether the connection can take another request. The
    /// exchange may be stopped here.
    fn end(&self, reusable: bool, trailers: Headers);

    /// The exchange has failed.
    fn fail(&self, error: Error);
}

/// A request that is being sent, and its response that is being awaited.
pub(super) struct Exchange {
    stream: Rc<Stream>,
    reader: RefCell<ResponseReader>,
    outgoing: RefCell<Outgoing>,
    /// Whether a piece of the body is being asked for.
    is_sending: Cell<bool>,
    /// Whether the body has nothing for now.
    is_starved: Cell<bool>,
    /// Why nothing more can be sent. There may be a response nevertheless, which says why.
    broken: RefCell<Option<io::Error>>,
    /// Whether what arrives has to wait: for a script, or for room.
    is_paused: Cell<bool>,
    /// Whether the stream is not watched for input meanwhile.
    is_unwatched: Cell<bool>,
    /// Whether anything of the response has arrived.
    has_heard: Cell<bool>,
    /// `None` once it is over.
    handler: RefCell<Option<Rc<dyn Handler>>>,
}

/// What is left to be sent.
enum Outgoing {
    /// The body waits for "100 (Continue)".
    Expecting(Sending),
    Body(Sending),
    Sent,
}

/// A body that is being sent.
#[derive(Clone)]
struct Sending {
    body: Rc<dyn Body>,
    /// Whether the end is told by the chunked coding.
    is_chunked: bool,
}

/// What was found in the input.
enum Met {
    Nothing,
    Head(ResponseHead),
    Content,
    Continue,
    End(bool, Headers),
}

impl Exchange {
    /// Sends a request with this head and this body, which waits for "100 (Continue)" if it
    /// `expects` that.
    pub(super) fn start(
        stream: &Rc<Stream>,
        head: &[u8],
        body: Option<Rc<dyn Body>>,
        expects: bool,
        reader: ResponseReader,
        handler: Rc<dyn Handler>,
    ) -> Rc<Self> {
        let outgoing = match body {
            None => Outgoing::Sent,
            Some(body) => {
                let sending = Sending { is_chunked: body.length().is_none(), body };
                if expects { Outgoing::Expecting(sending) } else { Outgoing::Body(sending) }
            }
        };
        let this = Rc::new(Self {
            stream: Rc::clone(stream),
            reader: RefCell::new(reader),
            outgoing: RefCell::new(outgoing),
            is_sending: Cell::default(),
            is_starved: Cell::default(),
            broken: RefCell::default(),
            is_paused: Cell::default(),
            is_unwatched: Cell::default(),
            has_heard: Cell::default(),
            handler: RefCell::new(Some(handler)),
        });
        // The stream's handler keeps the exchange, which keeps the stream, until the end of either.
        let handled = Rc::clone(&this);
        stream.on_ready(move |ready| handled.check(handled.ready(ready)));
        // Cannot fail: these are bytes.
        let _ = stream.push(Value::bytes(head));
        this
    }

    /// Sends what can be sent now.
    pub(super) fn send(self: &Rc<Self>) {
        let sent = self.send_body();
        self.check(sent);
    }

    /// Understands what came before it was asked for.
    pub(super) fn listen(self: &Rc<Self>) {
        self.check(self.catch_up());
    }

    /// Understands what is there, the end included where no event tells of it.
    fn catch_up(self: &Rc<Self>) -> Result<(), Error> {
        self.understand()?;
        let may_read = !self.is_over() && !self.is_paused.get();
        if may_read && self.stream.is_ended() { self.receive() } else { Ok(()) }
    }

    /// Ends it. Nobody is told anything any more; what becomes of the stream is the caller's.
    pub(super) fn stop(&self) -> Rc<Stream> {
        self.handler.take();
        self.outgoing.replace(Outgoing::Sent);
        self.stream.on_ready(|_| {});
        Rc::clone(&self.stream)
    }

    /// Has the body sent that waits for "100 (Continue)": "a client [...] SHOULD NOT wait for an
    /// indefinite period before sending the content" (RFC 9110 section 10.1.1).
    pub(super) fn expect_no_more(self: &Rc<Self>) {
        let sent = self.go_on_sending();
        self.check(sent);
    }

    /// Goes on with what arrives, after there was no room for it.
    pub(super) fn resume(self: &Rc<Self>) {
        if self.is_paused.replace(false) {
            let delivered = self.deliver().and_then(|()| self.catch_up());
            let went_on = if self.is_over() { Ok(()) } else { self.go_on() };
            self.check(delivered.and(went_on));
        }
    }

    /// Whether anything has arrived.
    pub(super) fn has_heard(&self) -> bool {
        self.has_heard.get()
    }

    /// Whether all of the request was handed over.
    pub(super) fn is_sent(&self) -> bool {
        matches!(*self.outgoing.borrow(), Outgoing::Sent)
    }

    fn is_over(&self) -> bool {
        self.handler.borrow().is_none()
    }

    fn handler(&self) -> Option<Rc<dyn Handler>> {
        self.handler.borrow().clone()
    }

    /// Passes an error on.
    fn check(&self, result: Result<(), Error>) {
        if let Err(error) = result
            && let Some(handler) = self.handler()
        {
            handler.fail(error);
        }
    }

    fn ready(self: &Rc<Self>, ready: Readiness) -> Result<(), Error> {
        if ready.writable && !self.is_over() {
            self.send_body()?;
        }
        if ready.readable && !self.is_over() {
            if self.is_paused.get() {
                self.watch();
            } else {
                self.receive()?;
            }
        }
        Ok(())
    }

    // Out

    fn go_on_sending(self: &Rc<Self>) -> Result<(), Error> {
        {
            let mut outgoing = self.outgoing.borrow_mut();
            let Outgoing::Expecting(sending) = &*outgoing else { return Ok(()) };
            *outgoing = Outgoing::Body(sending.clone());
        }
        self.send_body()
    }

    /// Hands over as much of the body as the stream takes without a heap of it waiting.
    fn send_body(self: &Rc<Self>) -> Result<(), Error> {
        self.flush();
        if self.is_sending.replace(true) {
            return Ok(());
        }
        let sent = self.send_pieces();
        self.is_sending.set(false);
        sent
    }

    fn send_pieces(self: &Rc<Self>) -> Result<(), Error> {
        for count in 0.. {
            // The stream tells when there is room for what waits, and so for more of the body.
            if count >= PIECES && self.stream.output_len() > 0 {
                self.watch();
                return Ok(());
            }
            if self.stream.output_len() >= SEND_AHEAD {
                self.flush();
            }
            let sending = match &*self.outgoing.borrow() {
                Outgoing::Body(sending) if self.wants_body() => sending.clone(),
                Outgoing::Body(_) => {
                    self.watch();
                    return Ok(());
                }
                _ => break,
            };
            let piece = sending.body.next()?;
            let Some(handler) = self.handler() else { return Ok(()) };
            self.is_starved.set(matches!(piece, Piece::Later));
            match piece {
                Piece::Later => {
                    handler.await_body(true);
                    let this = Rc::downgrade(self);
                    sending.body.on_more(Rc::new(move || {
                        if let Some(this) = this.upgrade()
                            && let Some(handler) = this.handler()
                        {
                            handler.await_body(false);
                            this.check(this.send_body());
                        }
                    }));
                    break;
                }
                Piece::Bytes(bytes) => {
                    let length = bytes.with_bytes(<[u8]>::len).unwrap_or_default() as u64;
                    self.send_piece(&sending, bytes)?;
                    handler.sent(length)?;
                }
                Piece::End => {
                    if sending.is_chunked {
                        self.push(Value::bytes(chunked::END))?;
                    }
                    self.outgoing.replace(Outgoing::Sent);
                    // Before a script may take its time.
                    self.flush();
                    handler.sent_all()?;
                }
            }
            if self.is_over() {
                return Ok(());
            }
        }
        self.flush();
        Ok(())
    }

    /// Writes what the system takes, and goes on with the body where nothing waits any more:
    /// reading may write, and the stream does not tell of room then.
    fn go_on(self: &Rc<Self>) -> Result<(), Error> {
        self.flush();
        let is_stuck = !self.stream.has_output() && !self.is_starved.get();
        if is_stuck { self.send_body() } else { Ok(()) }
    }

    /// Whether the stream can take more of the body.
    fn wants_body(&self) -> bool {
        self.stream.output_len() < SEND_AHEAD && self.broken.borrow().is_none()
    }

    fn send_piece(&self, sending: &Sending, bytes: Value) -> Result<(), Error> {
        if !sending.is_chunked {
            return self.push(bytes);
        }
        let length = bytes.with_bytes(<[u8]>::len).map_err(|_| Error::BodyIsText)?;
        let (before, behind) = chunked::around(length);
        self.push(Value::bytes(&before))?;
        self.push(bytes)?;
        self.push(Value::bytes(behind))
    }

    fn push(&self, bytes: Value) -> Result<(), Error> {
        self.stream.push(bytes).map(drop).map_err(|_| Error::BodyIsText)
    }

    /// Watches the stream, for input only where that can be understood now.
    fn watch(&self) {
        let is_paused = self.is_paused.get();
        self.is_unwatched.set(is_paused);
        self.stream.watch(!is_paused);
    }

    /// Writes what the system takes. Where it takes nothing any more, that shows when all that the
    /// server has said was read.
    fn flush(&self) {
        if let Err(error) = self.stream.flush() {
            self.stream.drop_output();
            self.broken.replace(Some(error));
        }
        self.watch();
    }

    // In

    /// Reads what there is. A connection that fails has perhaps brought a response before.
    fn receive(self: &Rc<Self>) -> Result<(), Error> {
        let end = Instant::now() + TURN;
        loop {
            let read = self.read_content();
            let has_content = matches!(read, Some(Ok(Received::Bytes { .. })));
            let received = read.unwrap_or_else(|| self.stream.read());
            // What TLS has to say for itself is no part of a response.
            if matches!(received, Ok(Received::Bytes { .. })) && self.stream.has_input() {
                self.has_heard.set(true);
            }
            // An alert may be due.
            self.go_on()?;
            let failure = match received {
                Ok(Received::End) => None,
                Err(error) => Some(Error::Stream(error)),
                Ok(met) => {
                    if has_content {
                        self.deliver()?;
                    }
                    self.understand()?;
                    let more = met == Received::Bytes { more: true };
                    if !more || self.is_paused.get() || self.is_over() || Instant::now() >= end {
                        return Ok(());
                    }
                    continue;
                }
            };
            return self.end_of_input(failure);
        }
    }

    /// Reads content to where it stays; `None` where it cannot be read so.
    fn read_content(&self) -> Option<Result<Received, StreamError>> {
        let left = self.reader.borrow().content_left();
        if left < LARGE || self.stream.has_input() || self.stream.is_secure() {
            return None;
        }
        let handler = self.handler()?;
        let mut array = handler.lend(left)?;
        let limit = left.min(array.capacity() as u64) as usize;
        // The channel may be one that a script implements.
        let received = self.pausing(|| self.stream.read_into(&mut array, limit));
        // Cannot fail: all of it is content.
        let _ = self.reader.borrow_mut().receive(&mut array.bytes());
        handler.store_array(array);
        Some(received)
    }

    /// The connection has ended, in this way if it should not have.
    fn end_of_input(self: &Rc<Self>, failure: Option<Error>) -> Result<(), Error> {
        self.understand()?;
        if self.is_over() {
            return Ok(());
        }
        let broken = self.broken.take().map(|error| Error::Stream(StreamError::Channel(error)));
        // Where that fails, a body that ends with the connection may be cut.
        if let Some(failure) = broken.or(failure) {
            return Err(failure);
        }
        self.reader.borrow_mut().end_of_input()?;
        self.finish(false, Headers::new());
        Ok(())
    }

    /// Passes on what has arrived.
    fn understand(self: &Rc<Self>) -> Result<(), Error> {
        loop {
            let Some(handler) = self.handler().filter(|_| !self.is_paused.get()) else {
                return Ok(());
            };
            match self.stream.parse(|input| self.parse(input, &*handler))? {
                Met::Nothing => {
                    handler.wait();
                    return Ok(());
                }
                Met::Head(head) => {
                    let is_accepted = matches!(head.status, 200..=299);
                    self.pausing(|| handler.head(head))?;
                    // It may be made of the body.
                    if is_accepted {
                        self.go_on_sending()?;
                    }
                }
                Met::Content => self.deliver()?,
                Met::Continue => self.go_on_sending()?,
                Met::End(reusable, trailers) => {
                    self.finish(reusable, trailers);
                    return Ok(());
                }
            }
        }
    }

    fn parse(&self, input: &mut &[u8], handler: &dyn Handler) -> Result<Met, Error> {
        Ok(match self.reader.borrow_mut().receive(input)? {
            None => Met::Nothing,
            Some(Event::Head(head)) => Met::Head(head),
            Some(Event::Data(content)) => {
                handler.store(content)?;
                Met::Content
            }
            Some(Event::Continue) => Met::Continue,
            Some(Event::End { reusable, trailers }) => Met::End(reusable, trailers),
        })
    }

    /// Has the content that was stored delivered.
    fn deliver(self: &Rc<Self>) -> Result<(), Error> {
        let Some(handler) = self.handler() else { return Ok(()) };
        let flow = self.pausing(|| handler.deliver())?;
        self.is_paused.set(flow == Flow::Full);
        Ok(())
    }

    /// Does what may run a script. What arrives meanwhile, if that enters the event loop, waits.
    fn pausing<R>(&self, call: impl FnOnce() -> R) -> R {
        self.is_paused.set(true);
        let result = call();
        self.is_paused.set(false);
        if self.is_unwatched.replace(false) && !self.is_over() {
            self.stream.watch(true);
        }
        result
    }

    fn finish(&self, reusable: bool, trailers: Headers) {
        let handler = self.handler.take();
        let is_sent = self.is_sent() && !self.stream.has_output();
        let reusable = reusable && is_sent && !self.stream.has_more();
        if let Some(handler) = handler {
            handler.end(reusable, trailers);
        }
    }
}
