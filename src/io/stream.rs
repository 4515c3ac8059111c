//! The byte stream under a connection: its channel, the TLS sessions on it, what was read and not
//! yet decoded, and what was sent and the system has not taken yet.
//!
//! The HTTP exchange and the WebSocket use it one after the other, so that nothing is lost between
//! the response and the first frame. Everything above it deals in plaintext.

use std::{
    cell::{Cell, OnceCell, Ref, RefCell},
    fmt, io, mem,
    net::SocketAddr,
    rc::Weak,
};

use super::{
    input::{self, Input},
    output::{self, Output, with_part},
};
use crate::{
    net::tls::{Session, TlsError, TlsFacts},
    tcl::{ByteArray, Channel, Discarded, Interp, NotBytes, Readiness, Value, describe},
};

/// How many bytes are encrypted at once: what fits into the largest record of TLS (RFC 8446 section
/// 5.1).
const RECORD: usize = 1 << 14;

/// How many bytes of a deferred value are encrypted before they wait to be written: some records,
/// and what stands before a round number of bytes.
const PART: usize = 4 * RECORD + 64;

pub(crate) struct Stream {
    channel: Channel,
    /// What lies between the channel and us, in the order in which arriving bytes pass it: none
    /// for ws, one for wss, one more where the proxy is spoken to over TLS.
    sessions: RefCell<Vec<Session>>,
    input: RefCell<Input>,
    output: Output,
    /// The other end, once somebody has asked.
    peer: OnceCell<Box<SocketAddr>>,
    /// Whether a TLS session has ended or failed: no event tells of that.
    is_over: Cell<bool>,
    /// How many calls of the channel are under way, each inside a script of the one before, which
    /// implements the channel.
    calls: Cell<u32>,
    life: Cell<Life>,
    /// Who is told when the stream is closed.
    counts: Cell<Option<Weak<dyn Counts>>>,
}

/// Who counts streams that are open.
pub(crate) trait Counts {
    /// One of them is closed.
    fn stream_closed(&self);
}

/// Whether a stream can be used.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Life {
    Open,
    /// Closed, but for the channel, which is being called.
    Ending,
    Closed,
}

/// What a read met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Received {
    /// Nothing there yet.
    Nothing,
    /// Bytes, which are in the input now, unless they were all TLS's own; the flag tells whether
    /// there may be more at once.
    Bytes { more: bool },
    /// The end of the stream.
    End,
}

/// How far the outgoing bytes have come, counted from the beginning as the channel has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Progress {
    /// All that were handed over.
    pub(crate) handed_over: u64,
    /// Those that the system at the other end has. Where this system does not know: those that it
    /// has taken.
    pub(crate) delivered: u64,
}

/// Why a stream is broken.
#[derive(Debug)]
pub(crate) enum StreamError {
    /// The channel failed.
    Channel(io::Error),
    /// A TLS session failed.
    Tls(TlsError),
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Channel(error) => f.write_str(&describe(error)),
            Self::Tls(error) => error.fmt(f),
        }
    }
}

impl Stream {
    pub(crate) fn new(channel: Channel) -> Self {
        Self {
            channel,
            sessions: RefCell::default(),
            input: RefCell::default(),
            output: Output::default(),
            peer: OnceCell::new(),
            is_over: Cell::default(),
            calls: Cell::default(),
            life: Cell::new(Life::Open),
            counts: Cell::default(),
        }
    }

    /// Sets who is told when the stream is closed.
    pub(crate) fn is_counted_by(&self, counts: Weak<dyn Counts>) {
        self.counts.set(Some(counts));
    }

    /// Sets what is called when the stream is ready for what is [watched](Stream::watch).
    pub(crate) fn on_ready(&self, handler: impl Fn(Readiness) + 'static) {
        self.channel.on_ready(handler);
    }

    /// Watches for input if that is wanted, and for room for the output if there is any.
    pub(crate) fn watch(&self, readable: bool) {
        if self.life.get() == Life::Open {
            let wanted = Readiness { readable, writable: self.has_output() };
            self.call(|channel| channel.watch(wanted));
        }
    }

    /// Calls the channel. Where a script implements that, it may close the stream, which is then
    /// closed afterwards.
    fn call<R>(&self, call: impl FnOnce(&Channel) -> R) -> R {
        self.calls.update(|calls| calls + 1);
        let result = call(&self.channel);
        self.calls.update(|calls| calls - 1);
        if self.life.get() == Life::Ending {
            self.end();
        }
        result
    }

    /// The addresses of the other end and of this one, where the channel has them.
    pub(crate) fn addresses(&self) -> (Option<SocketAddr>, Option<SocketAddr>) {
        self.channel.addresses()
    }

    /// The address of the other end, where the channel has one. The system is asked once.
    pub(crate) fn peer(&self) -> Option<SocketAddr> {
        if let Some(peer) = self.peer.get() {
            return Some(**peer);
        }
        let peer = self.channel.addresses().0?;
        Some(**self.peer.get_or_init(|| Box::new(peer)))
    }

    /// Makes its channel one of the scripts, and closes this. Returns the name.
    ///
    /// Errors where the system has no more file descriptors or memory.
    pub(crate) fn lend(&self, interp: &Interp) -> io::Result<Value> {
        let name = self.channel.lend(interp)?;
        self.close();
        Ok(name)
    }

    // TLS

    /// Puts a TLS session on top of what is there. It begins with the next [flush](Stream::flush).
    pub(crate) fn secure(&self, session: Session) {
        self.sessions.borrow_mut().push(session);
        self.push_records();
    }

    /// Whether there is a TLS session on it.
    pub(crate) fn is_secure(&self) -> bool {
        !self.sessions.borrow().is_empty()
    }

    /// Whether a TLS handshake is under way.
    pub(crate) fn is_handshaking(&self) -> bool {
        self.sessions.borrow().iter().any(Session::is_handshaking)
    }

    /// What is known of TLS, once its handshake is done. `None` where there is no TLS.
    pub(crate) fn tls_facts(&self) -> Option<TlsFacts> {
        TlsFacts::of(&*self.session()?)
    }

    /// The TLS session with the peer, a server (or with the proxy, as long as only that is there).
    pub(crate) fn session(&self) -> Option<Ref<'_, Session>> {
        Ref::filter_map(self.sessions.borrow(), |sessions| sessions.last()).ok()
    }

    /// Answers the question of the TLS session whether to trust the server. What it has already
    /// sent is in the input then.
    pub(crate) fn decide(&self, trusted: bool) -> Result<(), StreamError> {
        let mut plaintext = input::take_plaintext();
        let decided = match self.sessions.borrow_mut().last_mut() {
            Some(session) if trusted => session.accept(&mut plaintext),
            Some(session) => Err(session.refuse()),
            None => Ok(()),
        };
        self.input.borrow_mut().append_vec(plaintext);
        self.is_over.set(decided.is_err() || self.is_ended());
        self.push_records();
        decided.map_err(StreamError::Tls)
    }

    /// Moves what the sessions have to say down to the channel's output.
    fn push_records(&self) {
        let mut records = output::take_vec();
        self.take_records(&mut records);
        self.output.push_vec(records);
    }

    /// Appends to `records` what the sessions have to say.
    fn take_records(&self, records: &mut Vec<u8>) {
        let mut sessions = self.sessions.borrow_mut();
        let Some((lowest, others)) = sessions.split_first_mut() else { return };
        let mut inner = Vec::new();
        for session in others.iter_mut().rev() {
            session.send(&mem::take(&mut inner));
            session.take_output(&mut inner);
        }
        lowest.send(&inner);
        lowest.take_output(records);
    }

    /// Encrypts bytes into the output, and tells how many they are. One record after the other, so
    /// that the memory for one serves all.
    fn encrypt(&self, bytes: &[u8]) -> usize {
        let mut records = output::take_vec();
        for record in bytes.chunks(RECORD) {
            if let Some(session) = self.sessions.borrow_mut().last_mut() {
                session.send(record);
            }
            self.take_records(&mut records);
        }
        self.output.push_vec(records);
        bytes.len()
    }

    // In

    /// Reads once, into the input, which is empty.
    pub(crate) fn read(&self) -> Result<Received, StreamError> {
        if self.life.get() != Life::Open {
            return Ok(Received::End);
        }
        if self.is_over.get() {
            return self.read_end();
        }
        let mut buffer = input::take_buffer();
        let read = self.call(|channel| channel.read(&mut buffer));
        let length = *read.as_ref().unwrap_or(&0);
        let more = length == buffer.len();
        let understood = if self.sessions.borrow().is_empty() {
            self.input.borrow_mut().put_buffer(buffer, length);
            Ok(more)
        } else {
            let understood = self.decrypt(&buffer[..length]);
            input::give_back(buffer);
            understood.map(|closed| more || closed)
        };
        match (outcome(read, understood), self.tls_end()) {
            (Ok(Received::End) | Err(StreamError::Channel(_)), Some(error)) => {
                Err(StreamError::Tls(error))
            }
            (outcome, _) => outcome,
        }
    }

    /// What a read meets when a TLS session has ended or failed.
    #[cold]
    fn read_end(&self) -> Result<Received, StreamError> {
        if self.is_ended() {
            return self.tls_end().map_or(Ok(Received::End), |error| Err(StreamError::Tls(error)));
        }
        // It fails again.
        self.decrypt(&[]).map_or_else(|error| Err(StreamError::Tls(error)), |_| Ok(Received::End))
    }

    /// Whether there is something to be had that no event tells of: input, or the end of TLS.
    pub(crate) fn has_more(&self) -> bool {
        self.has_input() || self.is_over.get()
    }

    /// Whether a TLS session has ended. Reading tells that too, but no event does.
    pub(crate) fn is_ended(&self) -> bool {
        self.sessions.borrow().iter().any(Session::peer_closed)
    }

    /// What it means for TLS that the channel has ended or failed, if anything.
    pub(crate) fn tls_end(&self) -> Option<TlsError> {
        self.sessions.borrow().iter().find_map(Session::unexpected_end)
    }

    /// Reads once, into `bytes`, at most `limit` of them, on a stream that is not secure.
    pub(crate) fn read_into(
        &self,
        bytes: &mut ByteArray,
        limit: usize,
    ) -> Result<Received, StreamError> {
        let read = self.call(|channel| bytes.read_from(channel, limit));
        let more = matches!(read, Ok(count) if count == limit);
        outcome(read, Ok(more))
    }

    /// Passes what was read through the sessions, into the input. Tells whether one of them has
    /// reached its end.
    fn decrypt(&self, read: &[u8]) -> Result<bool, TlsError> {
        let mut plaintext = input::take_plaintext();
        let mut result: Result<bool, TlsError> = Ok(false);
        let was_handshaking = self.is_handshaking();
        for (level, session) in self.sessions.borrow_mut().iter_mut().enumerate() {
            let below = mem::take(&mut plaintext);
            let arrived = if level == 0 { read } else { &below };
            match session.receive(arrived, &mut plaintext) {
                Ok(()) => result = result.map(|closed| closed || session.peer_closed()),
                // Plaintext before the error is still delivered.
                Err(error) => result = Err(error),
            }
        }
        self.input.borrow_mut().append_vec(plaintext);
        if !matches!(result, Ok(false)) {
            self.is_over.set(true);
        }
        self.push_records();
        // The last flight of a handshake leaves together with what has waited for its end. On a
        // server that is the answer to a request, which has arrived then.
        let is_server = self.session().is_some_and(|session| session.is_server());
        let is_last_flight = was_handshaking
            && !self.is_handshaking()
            && result.is_ok()
            && (self.has_input() || !is_server);
        if !is_last_flight {
            // An alert, an answer in the handshake, a new key: the reading side has no other
            // occasion. If the channel fails, that shows on reading.
            let _ = self.flush();
        }
        result
    }

    /// Shows what was read to `parser`, which takes from its front what it has understood.
    pub(crate) fn parse<R>(&self, parser: impl FnOnce(&mut &[u8]) -> R) -> R {
        self.input.borrow_mut().parse(parser)
    }

    /// How many bytes were read and not yet taken.
    pub(crate) fn input_len(&self) -> usize {
        self.input.borrow().bytes().len()
    }

    /// Whether something was read and not yet taken.
    pub(crate) fn has_input(&self) -> bool {
        self.input_len() > 0
    }

    /// Puts bytes behind those that were read.
    pub(crate) fn append_input(&self, bytes: &[u8]) {
        if !bytes.is_empty() {
            self.input.borrow_mut().append(bytes);
        }
    }

    /// Gives back the room that what was read and not yet taken does not need, since it may stay
    /// for a while.
    pub(crate) fn compact_input(&self) {
        self.input.borrow_mut().compact();
    }

    /// Drops what was read and not yet taken.
    pub(crate) fn clear_input(&self) {
        self.input.borrow_mut().clear();
    }

    /// Reads what the system has and drops it, undecrypted: nothing can be read from the stream
    /// afterwards.
    pub(crate) fn discard_input(&self) -> Discarded {
        let mut buffer = input::take_buffer();
        let met = self.channel.discard_input(&mut buffer);
        input::give_back(buffer);
        met
    }

    // Out

    /// Adds bytes to the output, and tells how many, before they are encrypted. Errors, adding
    /// nothing, where the value is no string of bytes.
    pub(crate) fn push(&self, bytes: Value) -> Result<usize, NotBytes> {
        let deferred = bytes.as_deferred();
        if self.sessions.borrow().is_empty() {
            return match deferred {
                Some(deferred) => Ok(self.output.push_deferred(deferred)),
                None => self.output.push(bytes),
            };
        }
        let Some(deferred) = deferred else {
            return bytes.with_bytes(|bytes| self.encrypt(bytes));
        };
        let mut start = 0;
        while start < deferred.length() {
            start += with_part(&*deferred, start, PART, |bytes| self.encrypt(bytes));
        }
        Ok(deferred.length())
    }

    /// How many bytes wait to be written.
    pub(crate) fn output_len(&self) -> usize {
        self.output.len()
    }

    /// Whether bytes wait to be written.
    pub(crate) fn has_output(&self) -> bool {
        self.output.len() > 0
    }

    /// How far what was handed over has come.
    pub(crate) fn progress(&self) -> Progress {
        let handed_over = self.output.added();
        let under_way = self.output.len() + self.channel.unacknowledged();
        Progress { handed_over, delivered: handed_over.saturating_sub(under_way as u64) }
    }

    /// Writes what the system takes now.
    pub(crate) fn flush(&self) -> io::Result<()> {
        self.call(|channel| self.output.flush(channel))
    }

    /// Whether this process was forked off, and its parent goes on with the stream.
    pub(crate) fn is_inherited(&self) -> bool {
        self.channel.is_inherited()
    }

    /// Drops what waits to be written.
    pub(crate) fn drop_output(&self) {
        self.output.clear();
    }

    /// Ends the outgoing half, when all is written.
    pub(crate) fn shut_down_output(&self) {
        self.close_sessions();
        let _ = self.flush();
        self.call(Channel::shut_down_output);
    }

    /// Ends the outgoing half, which has no output, where the channel is a socket alone. Tells
    /// whether that is done: otherwise what TLS has to say first waits to be written.
    pub(crate) fn end_output(&self) -> bool {
        if !self.channel.is_plain_socket() {
            return true;
        }
        self.close_sessions();
        let _ = self.flush();
        if !self.has_output() {
            self.call(Channel::shut_down_output);
        }
        !self.has_output()
    }

    /// Says at each session that nothing more will be sent (RFC 8446 section 6.1).
    fn close_sessions(&self) {
        let sessions = self.sessions.borrow().len();
        for level in (0..sessions).rev() {
            self.sessions.borrow_mut()[level].close_notify();
            self.push_records();
        }
    }

    // The end

    /// Closes it, whoever still has a share: hands what waits to be written to the system, as far
    /// as that takes it, and closes the channel. No event comes any more, a read meets the end, and
    /// what is sent goes nowhere. Where the parent process goes on with the stream, nothing is
    /// written or read.
    pub(crate) fn close(&self) {
        if self.life.get() == Life::Open {
            self.life.set(Life::Ending);
            self.call(Channel::silence);
        }
    }

    /// Closes the channel, unless it is being called.
    #[cold]
    fn end(&self) {
        if self.calls.get() > 0 {
            return;
        }
        self.life.set(Life::Closed);
        let is_own = !self.channel.is_inherited();
        if is_own {
            self.close_sessions();
            let _ = self.flush();
        }
        self.output.clear();
        if is_own {
            // To close a socket while there is something unread makes the system send a reset, and
            // drop what it has not sent.
            self.discard_input();
        }
        self.channel.close();
        if let Some(counts) = self.counts.take().and_then(|counts| counts.upgrade()) {
            counts.stream_closed();
        }
    }
}

/// What one read gave; `more` tells whether there may be more at once, or why the bytes could not
/// be understood.
fn outcome(read: io::Result<usize>, more: Result<bool, TlsError>) -> Result<Received, StreamError> {
    match read {
        Ok(0) => Ok(Received::End),
        Ok(_) => more.map(|more| Received::Bytes { more }).map_err(StreamError::Tls),
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(Received::Nothing),
        Err(error) => Err(StreamError::Channel(error)),
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.close();
    }
}
