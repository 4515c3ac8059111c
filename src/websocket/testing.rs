//! What tests of a connection need: an [`Owner`] in Rust in place of the object in Tcl, and the
//! other end of the TCP connection.
//!
//! A [`Conversation`] has both ends in one thread. What the owner was told and what the peer has
//! received are two lists of words such as `text hello` or `close 1000 bye`, which a test compares
//! from their beginning, step by step. Nothing may be left in them at the end.

use std::{
    cell::{Cell, RefCell},
    fmt,
    io::{self, Read, Write},
    net::{Ipv4Addr, Shutdown, TcpListener, TcpStream},
    rc::{Rc, Weak},
    thread,
    time::Duration,
};

use socket2::{Domain, SockRef, Socket, Type};

use super::{
    agreed::Agreed,
    connection::{Connection, events, reading},
    error::Error,
    owner::{Arrived, Coming, Event, Owner, Wants},
    settings::{CompressionSettings, ConnectionSettings},
};
use crate::{
    context::Context,
    io::Stream,
    protocol::{
        http::{self, h1::request_reader::RequestReader, message::Limits, request::RequestHead},
        websocket::{CloseMessage, CloseStatus, Flags, Header, Opcode, Role, frame, mask::mask},
    },
    tcl::{self, Channel, Value, testing::Tcl},
};

/// The masking key of the peer, where it is the client.
const KEY: [u8; 4] = [0x37, 0xFA, 0x21, 0x3D];

/// The payload of each message that [`block`](Conversation::block) sends.
pub(super) const BLOCK: &[u8] = &[b'x'; 65536];

const LIMITS: Limits = Limits { head: 1024, headers: 16, body: 0 };

/// What a caller has who chooses nothing, but for the time to close, which never ends in a test.
pub(super) fn settings() -> ConnectionSettings {
    ConnectionSettings {
        max_size: None,
        max_frame: None,
        max_pending: None,
        heartbeat: None,
        keepalive: None,
        close_timeout: Duration::from_secs(3600),
        compression: CompressionSettings::default(),
    }
}

// The owner

/// What is done in place of a callback's script.
type Reaction = Box<dyn FnOnce(&Recorder)>;

/// An owner whose methods nothing overrides, which records what its callbacks are called with.
pub(super) struct Recorder {
    connection: Rc<Connection>,
    /// The types that have a callback.
    types: RefCell<Vec<&'static str>>,
    /// Whether the callback for the end is still due once all callbacks are disabled.
    has_close: Cell<bool>,
    is_deleted: Cell<bool>,
    told: RefCell<Vec<String>>,
    /// The data of the latest callback.
    data: RefCell<Value>,
    /// The private methods that were called, but for `Read`: it depends on the system how often.
    steps: RefCell<Vec<&'static str>>,
    reaction: RefCell<Option<Reaction>>,
    /// Whether a class overrides `Read`, which passes on what it gets.
    pub(super) overrides_read: Cell<bool>,
    /// Whether a class overrides `Receive`, which passes on what it gets.
    pub(super) overrides_receive: Cell<bool>,
    /// The error of an override of `Receive`.
    pub(super) receive_error: RefCell<Option<tcl::Error>>,
}

impl Recorder {
    /// The owner of a new connection, with callbacks for these types.
    pub(super) fn of(connection: &Rc<Connection>, types: &[&'static str]) -> Rc<Self> {
        let owner = Rc::new(Self {
            connection: Rc::clone(connection),
            types: RefCell::new(types.to_vec()),
            has_close: Cell::default(),
            is_deleted: Cell::default(),
            told: RefCell::default(),
            data: RefCell::default(),
            steps: RefCell::default(),
            reaction: RefCell::default(),
            overrides_read: Cell::default(),
            overrides_receive: Cell::default(),
            receive_error: RefCell::default(),
        });
        let weak: Weak<dyn Owner> = Rc::<Self>::downgrade(&owner);
        connection.set_owner(weak);
        connection.callbacks_changed();
        owner
    }

    /// The connection.
    pub(super) fn connection(&self) -> &Rc<Connection> {
        &self.connection
    }

    /// What the method `callback` does: from now on, these types have a callback.
    pub(super) fn set_callbacks(&self, types: &[&'static str]) {
        self.types.replace(types.to_vec());
        self.connection().callbacks_changed();
    }

    /// Has the next callback do this.
    pub(super) fn react(&self, reaction: impl FnOnce(&Self) + 'static) {
        self.reaction.replace(Some(Box::new(reaction)));
    }

    /// Adds to what the owner was told.
    pub(super) fn tell(&self, words: impl Into<String>) {
        self.told.borrow_mut().push(words.into());
    }

    /// Takes out what the owner was told.
    pub(super) fn take_told(&self) -> Vec<String> {
        self.told.take()
    }

    /// How many times the owner was told something since that was last compared.
    pub(super) fn told_count(&self) -> usize {
        self.told.borrow().len()
    }

    /// The bytes that the latest callback got.
    pub(super) fn last_bytes(&self) -> Vec<u8> {
        self.data.borrow().with_bytes(<[u8]>::to_vec).unwrap()
    }

    /// The private methods that were called since this was last asked.
    pub(super) fn take_steps(&self) -> Vec<&'static str> {
        self.steps.take()
    }

    fn call(&self, words: String) {
        self.tell(words);
        let reaction = self.reaction.take();
        if let Some(reaction) = reaction {
            reaction(self);
        }
    }
}

impl Owner for Recorder {
    fn read(&self) -> Result<Value, tcl::Error> {
        Ok(reading::base_read(self.connection(), !self.overrides_read.get()))
    }

    fn receive(&self, message: Arrived) -> Result<(), tcl::Error> {
        if let Some(last) = message.part {
            let mut text = format!("fragment {} {last} ", message.opcode);
            text.push_str(&match message.opcode {
                Opcode::Text => message.data.to_utf8_lossy(),
                _ => message.data.with_bytes(shown).unwrap(),
            });
            self.data.replace(message.data);
            self.call(text.trim_end().to_owned());
            return Ok(());
        }
        self.steps.borrow_mut().push("Receive");
        let error = self.receive_error.take();
        error.map_or(Ok(()), Err)?;
        Ok(reading::base_receive(self.connection(), message.opcode, &message.data)?)
    }

    fn overrides_receive(&self) -> bool {
        self.steps.borrow_mut().push("overrides_receive");
        self.overrides_receive.get()
    }

    fn coming(&self) -> Coming {
        match self.overrides_receive.get() {
            true => Coming::Whole,
            false => Coming::InParts(None),
        }
    }

    fn transmit(&self, opcode: Opcode, data: Value) -> Result<(), tcl::Error> {
        self.steps.borrow_mut().push("Transmit");
        Ok(self.connection().base_transmit(opcode, &data, Flags::FIN)?)
    }

    fn transmit_part(&self, opcode: Opcode, data: Value, last: bool) -> Result<(), tcl::Error> {
        self.steps.borrow_mut().push("Transmit");
        let flags = Flags { fin: last, ..Flags::FIN };
        Ok(self.connection().base_transmit(opcode, &data, flags)?)
    }

    fn write(&self, bytes: Value) -> Result<(), tcl::Error> {
        self.steps.borrow_mut().push("Write");
        Ok(self.connection().base_write(&bytes)?)
    }

    fn wants(&self) -> Wants {
        let types = self.types.borrow();
        Wants {
            messages: types.iter().any(|name| *name != "drain"),
            data: types.iter().any(|name| ["text", "binary", "fragment"].contains(name)),
            parts: types.contains(&"fragment"),
            drain: types.contains(&"drain"),
        }
    }

    fn fire(&self, event: Event, arguments: &[Value]) -> bool {
        let has_callback = self.types.borrow().contains(&event.name());
        if has_callback {
            let data = arguments.first().cloned().unwrap_or_default();
            let text = match event {
                Event::Text => data.to_utf8_lossy(),
                _ => data.with_bytes(shown).unwrap(),
            };
            self.data.replace(data);
            self.call(format!("{} {text}", event.name()).trim_end().to_owned());
        }
        has_callback
    }

    fn disable_callbacks(&self) {
        self.has_close.set(self.types.take().contains(&"close"));
    }

    fn closed(&self, status: &CloseStatus) {
        if self.has_close.take() {
            self.call(format!("close {} {}", status.code, status.reason).trim_end().to_owned());
        }
    }

    /// An object is deleted once.
    fn delete(&self) {
        if !self.is_deleted.replace(true) {
            self.tell("delete");
            self.connection().destroy();
        }
    }

    fn name(&self) -> String {
        "::recorder".to_owned()
    }
}

/// A payload for people, and for comparison with a literal: only the length, where it is long.
fn shown(payload: &[u8]) -> String {
    match payload.len() {
        0..=125 => String::from_utf8_lossy(payload).into_owned(),
        length => format!("{length} bytes"),
    }
}

// The peer

/// A frame that the peer has received.
pub(super) struct Received {
    pub(super) header: Header,
    pub(super) payload: Vec<u8>,
}

impl fmt::Display for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Header { opcode, fin, .. } = self.header;
        let more = if fin { "" } else { "..." };
        if opcode == Opcode::Close {
            let message = CloseMessage::parse(&self.payload).unwrap();
            let code = message.code().map(|code| code.to_string()).unwrap_or_default();
            return f.write_str(format!("close {code} {}", message.reason()).trim_end());
        }
        f.write_str(format!("{opcode} {}{more}", shown(&self.payload)).trim_end())
    }
}

/// The other end of the TCP connection. It does nothing of its own accord.
pub(super) struct Peer {
    role: Role,
    socket: TcpStream,
    /// What was read and is not a whole frame.
    input: Vec<u8>,
    received: Vec<Received>,
    /// How the connection ended: `end` or `reset`.
    end: Option<&'static str>,
    is_end_heard: bool,
}

impl Peer {
    /// A frame of the peer's.
    pub(super) fn encode(&self, opcode: Opcode, fin: bool, payload: &[u8]) -> Vec<u8> {
        let mask = (self.role == Role::Client).then_some(KEY);
        let length = payload.len() as u64;
        let header = Header { fin, rsv: Default::default(), opcode, mask, length };
        let mut bytes = Vec::new();
        frame::encode(&header, payload, |part| bytes.extend_from_slice(part));
        bytes
    }

    /// Breaks the connection: the next use of it meets an error.
    pub(super) fn reset(&mut self) {
        SockRef::from(&self.socket).set_linger(Some(Duration::ZERO)).unwrap();
        // One that is not connected takes its place, so that it is closed.
        self.socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap().into();
    }

    /// Reads what is there.
    fn read(&mut self) {
        let mut buffer = [0; 64 * 1024];
        while self.end.is_none() {
            match self.socket.read(&mut buffer) {
                Ok(0) => self.end = Some("end"),
                Ok(length) => self.input.extend_from_slice(&buffer[..length]),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(_) => self.end = Some("reset"),
            }
        }
        let mut rest = &*self.input;
        while let Some((header, start)) = Header::decode(rest, self.role).unwrap() {
            let end = start + header.length as usize;
            let Some(bytes) = rest.get(start..end) else { break };
            let mut payload = Vec::new();
            mask(header.mask.unwrap_or_default(), bytes, |part| payload.extend_from_slice(part));
            self.received.push(Received { header, payload });
            rest = &rest[end..];
        }
        self.input = rest.to_vec();
    }
}

// Both

/// A connection that is open, with its owner and its peer.
pub(super) struct Conversation {
    pub(super) tcl: Tcl,
    pub(super) connection: Rc<Connection>,
    pub(super) owner: Rc<Recorder>,
    pub(super) peer: RefCell<Peer>,
}

impl Conversation {
    /// A client's connection with callbacks for these types.
    pub(super) fn new(tcl: &Tcl, types: &[&'static str]) -> Self {
        Self::with(tcl, Role::Client, settings(), types, b"")
    }

    /// One whose side we are, and where `tail` came behind the opening handshake.
    pub(super) fn with(
        tcl: &Tcl,
        us: Role,
        settings: ConnectionSettings,
        types: &[&'static str],
        tail: &[u8],
    ) -> Self {
        let (ours, theirs) = sockets();
        theirs.set_nonblocking(true).unwrap();
        let peer = Peer {
            role: us.peer(),
            socket: theirs,
            input: Vec::new(),
            received: Vec::new(),
            end: None,
            is_end_heard: false,
        };
        let context = Context::of(tcl);
        ours.set_nonblocking(true).unwrap();
        let stream = Rc::new(Stream::new(Channel::from_socket(tcl.interp(), ours).unwrap()));
        stream.append_input(tail);
        let agreed = Agreed::with_client(&request(), String::new(), &stream);
        let connection = Connection::new(&context, us, stream, settings, agreed, events::run);
        let owner = Recorder::of(&connection, types);
        connection.start().unwrap();
        Self { tcl: tcl.clone(), connection, owner, peer: RefCell::new(peer) }
    }

    /// Has the peer send bytes.
    #[track_caller]
    pub(super) fn send(&self, mut bytes: &[u8]) {
        self.tcl.wait_until("the peer has sent its bytes", || {
            match self.peer.borrow_mut().socket.write(bytes) {
                Ok(count) => bytes = &bytes[count..],
                Err(error) => assert_eq!(error.kind(), io::ErrorKind::WouldBlock),
            }
            bytes.is_empty()
        });
    }

    /// Has the peer send a whole message.
    #[track_caller]
    pub(super) fn send_message(&self, opcode: Opcode, payload: &[u8]) {
        let frame = self.encode(opcode, payload);
        self.send(&frame);
    }

    /// Has the peer send a close message.
    #[track_caller]
    pub(super) fn send_close(&self, code: i64, reason: &str) {
        let message = CloseMessage::new(Some(code), reason).unwrap();
        self.send_message(Opcode::Close, &message.encode());
    }

    /// A whole message of the peer's.
    pub(super) fn encode(&self, opcode: Opcode, payload: &[u8]) -> Vec<u8> {
        self.peer.borrow().encode(opcode, true, payload)
    }

    /// What a callback can have the peer send bytes with.
    pub(super) fn sender(&self) -> impl Fn(&[u8]) + 'static {
        let socket = self.peer.borrow().socket.try_clone().unwrap();
        move |bytes| (&socket).write_all(bytes).unwrap()
    }

    /// What a callback can have the peer read with: it drops all that is there.
    pub(super) fn dropper(&self) -> impl Fn() + 'static {
        let socket = self.peer.borrow().socket.try_clone().unwrap();
        move || while (&socket).read(&mut [0; 64 * 1024]).is_ok_and(|count| count > 0) {}
    }

    /// Has the peer end its outgoing stream.
    pub(super) fn end(&self) {
        self.peer.borrow().socket.shutdown(Shutdown::Write).unwrap();
    }

    /// Waits until the owner was told so much, and compares.
    #[track_caller]
    pub(super) fn told(&self, expected: &[&str]) {
        let what = format!("the owner is told {expected:?}");
        self.tcl.wait_until(&what, || self.owner.told_count() >= expected.len());
        let told: Vec<_> = self.owner.told.borrow_mut().drain(..expected.len()).collect();
        assert_eq!(told, expected);
    }

    /// Waits until the owner is told of the end with this code, for whatever reason.
    #[track_caller]
    pub(super) fn told_code(&self, code: u16) {
        self.tcl.wait_until("the owner is told of the end", || self.owner.told_count() > 0);
        let told = self.owner.told.borrow_mut().remove(0);
        assert!(told.starts_with(&format!("close {code} ")), "{told}");
    }

    /// Drops what the peer has received and not compared.
    pub(super) fn ignore_what_was_sent(&self) {
        let mut peer = self.peer.borrow_mut();
        peer.read();
        peer.received.clear();
    }

    /// Waits until the peer has received so much, the end of the stream included, and compares.
    #[track_caller]
    pub(super) fn heard(&self, expected: &[&str]) {
        let mut heard = Vec::new();
        self.tcl.wait_until(&format!("the peer has received {expected:?}"), || {
            heard.extend(self.take_heard(expected.len() - heard.len()));
            heard.len() == expected.len()
        });
        assert_eq!(heard, expected);
    }

    /// At most `count` frames that the peer has received, and how the stream has ended.
    pub(super) fn take_heard(&self, count: usize) -> Vec<String> {
        let mut peer = self.peer.borrow_mut();
        peer.read();
        let frames = count.min(peer.received.len());
        let frames = peer.received.drain(..frames);
        let mut heard: Vec<_> = frames.map(|frame| frame.to_string()).collect();
        if heard.len() < count && !peer.is_end_heard {
            heard.extend(peer.end.map(str::to_owned));
            peer.is_end_heard = peer.end.is_some();
        }
        heard
    }

    /// Waits for the next frame that the peer receives.
    #[track_caller]
    pub(super) fn next_frame(&self) -> Received {
        self.tcl.wait_until("the peer has received a frame", || {
            let mut peer = self.peer.borrow_mut();
            peer.read();
            !peer.received.is_empty()
        });
        self.peer.borrow_mut().received.remove(0)
    }

    /// Waits until so many bytes have arrived.
    #[track_caller]
    pub(super) fn wait_for_bytes(&self, bytes: usize) {
        let what = format!("{bytes} bytes have arrived");
        self.tcl.wait_until(&what, || self.connection.received().bytes == bytes as u64);
    }

    /// What the method `text` does.
    pub(super) fn text(&self, text: &str) -> Result<(), Error> {
        self.connection.transmit(Opcode::Text, Value::string(text).encoded().unwrap())
    }

    /// Sends messages that the peer does not read, until some of them wait in the output. Tells how
    /// many.
    pub(super) fn block(&self) -> usize {
        let mut count = 0;
        while self.connection.pending() < 2 * BLOCK.len() {
            self.connection.transmit(Opcode::Binary, Value::bytes(BLOCK)).unwrap();
            count += 1;
            assert!(count < 10_000, "the system's buffers do not fill");
        }
        count
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        if !thread::panicking() {
            assert_eq!(*self.owner.told.borrow(), [""; 0], "the owner was told more");
            let peer = self.peer.get_mut();
            peer.read();
            let rest: Vec<_> = peer.received.iter().map(ToString::to_string).collect();
            assert_eq!(rest, [""; 0], "the peer has received more");
        }
    }
}

/// A request for a WebSocket.
fn request() -> RequestHead {
    let mut reader = RequestReader::new(LIMITS);
    match reader.receive(&mut &b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"[..]) {
        Ok(Some(http::request::Event::Head(head))) => head,
        other => panic!("{other:?}"),
    }
}

/// Both ends of a TCP connection.
fn sockets() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let ours = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (theirs, _) = listener.accept().unwrap();
    // Each piece that a test sends is to go by itself.
    theirs.set_nodelay(true).unwrap();
    ours.set_nodelay(true).unwrap();
    (ours, theirs)
}
