//! Many connections in one thread.

use std::{
    io::{self, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    os::fd::OwnedFd,
    sync::Arc,
    time::Duration,
};

use rustix::{
    event::epoll::{self, CreateFlags, Event, EventData, EventFlags},
    time::Timespec,
};
use rustls::{
    ClientConfig, ClientConnection, DigitallySignedStruct, SignatureScheme, StreamOwned,
    client::{
        Resumption,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::ring::default_provider,
    pki_types::{CertificateDer, ServerName, UnixTime},
};

use crate::{
    Result,
    frames::{Frame, FrameReader, Read},
};

/// What has happened at a connection.
pub(crate) enum Step {
    /// The server has accepted it.
    Opened,
    /// A message of so many bytes has come.
    Message(usize),
    /// It was closed on both sides, and the server has ended the TCP connection.
    Ended,
}

/// All connections, by their numbers, which are used again.
pub(crate) struct Clients {
    address: SocketAddr,
    request: Vec<u8>,
    tls: Option<Arc<ClientConfig>>,
    epoll: OwnedFd,
    events: Vec<Event>,
    buffer: Vec<u8>,
    connections: Vec<Option<Connection>>,
    free: Vec<usize>,
}

impl Clients {
    pub(crate) fn new(address: SocketAddr, path: &str, is_tls: bool) -> Result<Self> {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\n\
             Upgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        );
        Ok(Self {
            address,
            request: request.into_bytes(),
            tls: is_tls.then(configure_tls).transpose()?,
            epoll: epoll::create(CreateFlags::CLOEXEC)?,
            events: Vec::with_capacity(1024),
            buffer: vec![0; 256 << 10],
            connections: Vec::new(),
            free: Vec::new(),
        })
    }

    /// Begins to open a connection.
    pub(crate) fn open(&mut self) -> Result<()> {
        // At once, over the loopback interface.
        let socket = TcpStream::connect(self.address)?;
        socket.set_nodelay(true)?;
        socket.set_nonblocking(true)?;
        let number = self.free.pop().unwrap_or_else(|| {
            self.connections.push(None);
            self.connections.len() - 1
        });
        let flags = EventFlags::IN | EventFlags::OUT | EventFlags::RDHUP | EventFlags::ET;
        epoll::add(&self.epoll, &socket, EventData::new_u64(number as u64), flags)?;
        let stream = match &self.tls {
            None => Stream::Plain(socket),
            Some(configuration) => {
                let name = ServerName::from(self.address.ip());
                let session = ClientConnection::new(configuration.clone(), name)?;
                Stream::Tls(Box::new(StreamOwned::new(session, socket)))
            }
        };
        let mut connection = Connection {
            stream,
            state: State::Opening(Vec::new()),
            frames: FrameReader::default(),
            unsent: Vec::new(),
        };
        connection.send(&self.request)?;
        self.connections[number] = Some(connection);
        Ok(())
    }

    /// Sends a frame.
    pub(crate) fn send(&mut self, number: usize, frame: &Frame) -> Result<()> {
        let connection = self.connections[number].as_mut().ok_or("no such connection")?;
        connection.send(frame.bytes())?;
        Ok(())
    }

    /// Waits until something happens, and has `act` told about it.
    pub(crate) fn wait(
        &mut self,
        limit: Duration,
        mut act: impl FnMut(&mut Self, usize, Step) -> Result<()>,
    ) -> Result<()> {
        let limit = Timespec { tv_sec: limit.as_secs() as i64, tv_nsec: 0 };
        let mut events = std::mem::take(&mut self.events);
        let spare = rustix::buffer::spare_capacity(&mut events);
        if epoll::wait(&self.epoll, spare, Some(&limit))? == 0 {
            return Err("nothing happens any more".into());
        }
        for event in events.drain(..) {
            // Copied, as the fields of an event need not be aligned.
            let (number, flags) = (event.data.u64() as usize, event.flags);
            self.go_on(number, flags.contains(EventFlags::RDHUP), &mut act)?;
        }
        self.events = events;
        Ok(())
    }

    /// Reads what has come.
    fn go_on(
        &mut self,
        number: usize,
        has_ended: bool,
        act: &mut impl FnMut(&mut Self, usize, Step) -> Result<()>,
    ) -> Result<()> {
        let mut buffer = std::mem::take(&mut self.buffer);
        while let Some(connection) = &mut self.connections[number] {
            connection.flush()?;
            let count = match connection.stream.read(&mut buffer) {
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                // The end of TLS need not be announced behind the close messages.
                Err(_) if matches!(connection.state, State::Closed) => 0,
                Err(error) => return Err(error.into()),
            };
            if count == 0 {
                if !matches!(connection.state, State::Closed) {
                    return Err("the server has dropped a connection".into());
                }
                self.connections[number] = None;
                self.free.push(number);
                act(self, number, Step::Ended)?;
                break;
            }
            // Spares a read. Events come once, so that the end has to be read, where there is one.
            let is_all = count < buffer.len() && matches!(connection.stream, Stream::Plain(_));
            self.take(number, &buffer[..count], act)?;
            if is_all && !has_ended {
                break;
            }
        }
        self.buffer = buffer;
        Ok(())
    }

    /// Takes bytes that have come.
    fn take(
        &mut self,
        number: usize,
        mut bytes: &[u8],
        act: &mut impl FnMut(&mut Self, usize, Step) -> Result<()>,
    ) -> Result<()> {
        while let Some(connection) = &mut self.connections[number]
            && let Some(step) = connection.take(&mut bytes)?
        {
            act(self, number, step)?;
        }
        Ok(())
    }
}

/// One connection.
struct Connection {
    stream: Stream,
    state: State,
    frames: FrameReader,
    /// What the socket has not taken yet.
    unsent: Vec<u8>,
}

enum State {
    /// With what has come of the answer to the request.
    Opening(Vec<u8>),
    Open,
    /// The server's close message has come.
    Closed,
}

impl Connection {
    /// Sends bytes, as far as the socket takes them; the rest waits.
    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        if !self.unsent.is_empty() {
            self.unsent.extend_from_slice(bytes);
            return self.flush();
        }
        let sent = write(&mut self.stream, bytes)?;
        self.unsent.extend_from_slice(&bytes[sent..]);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.unsent.is_empty() {
            let sent = write(&mut self.stream, &self.unsent)?;
            self.unsent.drain(..sent);
        }
        Ok(())
    }

    /// Takes bytes that have come, up to the next step.
    fn take(&mut self, bytes: &mut &[u8]) -> Result<Option<Step>> {
        if let State::Opening(head) = &mut self.state {
            const END: &[u8] = b"\r\n\r\n";
            let known = head.len();
            head.extend_from_slice(bytes);
            let Some(end) = head.windows(END.len()).position(|window| window == END) else {
                *bytes = &[];
                return Ok(None);
            };
            if !head.starts_with(b"HTTP/1.1 101 ") {
                return Err(String::from_utf8_lossy(head).into());
            }
            *bytes = &bytes[end + END.len() - known..];
            self.state = State::Open;
            return Ok(Some(Step::Opened));
        }
        while !bytes.is_empty() {
            match self.frames.read(bytes)? {
                Some(Read::Message(length)) => return Ok(Some(Step::Message(length))),
                Some(Read::Close) => self.state = State::Closed,
                None => {}
            }
        }
        Ok(None)
    }
}

/// Writes as much as the stream takes.
fn write(stream: &mut Stream, bytes: &[u8]) -> io::Result<usize> {
    let mut sent = 0;
    while sent < bytes.len() {
        match stream.write(&bytes[sent..]) {
            Ok(count) => sent += count,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
            Err(error) => return Err(error),
        }
    }
    Ok(sent)
}

/// TCP or TLS.
enum Stream {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ClientConnection, TcpStream>>),
}

impl Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.read(buffer),
            Self::Tls(stream) => stream.read(buffer),
        }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.write(bytes),
            Self::Tls(stream) => stream.write(bytes),
        }
    }
}

/// For clients that come for the first time. They look at no certificate: that would take longer
/// than all that the server does, and it is the server that is measured.
fn configure_tls() -> Result<Arc<ClientConfig>> {
    let mut configuration = ClientConfig::builder()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(NoVerifier))
        .with_no_client_auth();
    configuration.resumption = Resumption::disabled();
    Ok(Arc::new(configuration))
}

#[derive(Debug)]
struct NoVerifier;

impl ServerCertVerifier for NoVerifier {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> std::result::Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        default_provider().signature_verification_algorithms.supported_schemes()
    }
}
