//! Sockets that listen: from an address and a port to sockets, and from these to connections.
//!
//! Each address has a socket of its own, so that those for IPv6 take no IPv4: then the addresses of
//! clients are what they are, and it works alike on all systems. Nothing here waits for a client.

use std::{
    fmt, io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
};

use rustix::io::Errno;
use socket2::{Domain, Protocol, Socket, Type};

use super::{
    connect::{beyond_standard, reason},
    resolver::ask_system,
};

/// How many connections may wait to be accepted. The system takes less where its own limit is
/// lower.
pub(crate) const DEFAULT_BACKLOG: i32 = 4096;

/// How often other ports are tried, where the system chooses one for one address which is in use
/// for another.
const MAX_PORTS: usize = 16;

/// Where to listen, and how.
#[derive(Debug, Clone)]
pub(crate) struct Binding {
    /// In digits, or a name. `None`: all addresses of this system.
    pub(crate) address: Option<String>,
    /// 0: one that is free, the same for all addresses.
    pub(crate) port: u16,
    /// How many connections may wait to be accepted.
    pub(crate) backlog: i32,
    /// Whether other sockets may listen there too, which all say so. The system gives each
    /// connection to one of them.
    pub(crate) reuse_port: bool,
}

/// Why nothing listens.
#[derive(Debug)]
pub(crate) enum ListenError {
    /// The name of an address, given here, is none of this system, or looking it up failed.
    Resolve(String, io::Error),
    /// There can be no socket for this address.
    Failed(SocketAddr, io::Error),
}

/// Worded as Tcl's own `socket` does: `couldn't open socket: address already in use ([::]:80)`.
impl fmt::Display for ListenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("couldn't open socket: ")?;
        match self {
            Self::Resolve(name, error) => write!(f, "{} ({name})", reason(error)),
            Self::Failed(address, error) => write!(f, "{} ({address})", reason(error)),
        }
    }
}

impl std::error::Error for ListenError {}

/// Non-blocking sockets that listen, at least one, all on the same port. Of several addresses,
/// those are left out that the system does not have, such as all of IPv6. Looking up a name blocks.
///
/// Errors where one of the others cannot be had, or there are none.
pub(crate) fn listen(binding: &Binding) -> Result<Vec<Socket>, ListenError> {
    let addresses = addresses(binding)?;
    let mut ports = if binding.port == 0 { MAX_PORTS } else { 1 };
    loop {
        ports -= 1;
        match listen_on(&addresses, binding) {
            Err(ListenError::Failed(_, error)) if ports > 0 && is_in_use(&error) => {}
            outcome => return outcome,
        }
    }
}

fn addresses(binding: &Binding) -> Result<Vec<SocketAddr>, ListenError> {
    let port = binding.port;
    let Some(name) = &binding.address else {
        return Ok(vec![
            (Ipv6Addr::UNSPECIFIED, port).into(),
            (Ipv4Addr::UNSPECIFIED, port).into(),
        ]);
    };
    let failed = |error| ListenError::Resolve(name.clone(), error);
    let mut addresses = ask_system(name, port).map_err(failed)?;
    addresses.sort_unstable();
    addresses.dedup();
    Ok(addresses)
}

fn listen_on(addresses: &[SocketAddr], binding: &Binding) -> Result<Vec<Socket>, ListenError> {
    let mut port = binding.port;
    let mut sockets = Vec::with_capacity(addresses.len());
    let mut missing = None;
    for address in addresses {
        let mut address = *address;
        address.set_port(port);
        match open(address, binding) {
            Ok((socket, own_port)) => {
                port = own_port;
                sockets.push(socket);
            }
            Err(error) if is_missing(&error) => missing = Some((address, error)),
            Err(error) => return Err(ListenError::Failed(address, error)),
        }
    }
    match missing {
        Some((address, error)) if sockets.is_empty() => Err(ListenError::Failed(address, error)),
        _ => Ok(sockets),
    }
}

/// A socket that listens, and its port.
fn open(address: SocketAddr, binding: &Binding) -> io::Result<(Socket, u16)> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    let socket = beyond_standard(socket)?;
    socket.set_nonblocking(true)?;
    if address.is_ipv6() {
        socket.set_only_v6(true)?;
    }
    // Otherwise the connections of a program that has ended keep its port for minutes. On Windows
    // it would let two programs listen at once.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    if binding.reuse_port {
        share_port(&socket)?;
    }
    // Small messages are to go out at once. On Linux, what is accepted has it from here.
    socket.set_tcp_nodelay(true)?;
    socket.bind(&address.into())?;
    socket.listen(binding.backlog)?;
    let own = socket.local_addr()?.as_socket();
    Ok((socket, own.map_or(address.port(), |own| own.port())))
}

#[cfg(unix)]
fn share_port(socket: &Socket) -> io::Result<()> {
    Ok(rustix::net::sockopt::set_socket_reuseport(socket, true)?)
}

#[cfg(not(unix))]
fn share_port(_: &Socket) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

fn is_in_use(error: &io::Error) -> bool {
    Errno::from_io_error(error) == Some(Errno::ADDRINUSE)
}

/// Whether the system does not have the address, or its family.
fn is_missing(error: &io::Error) -> bool {
    let missing = [Errno::ADDRNOTAVAIL, Errno::AFNOSUPPORT, Errno::PROTONOSUPPORT];
    Errno::from_io_error(error).is_some_and(|errno| missing.contains(&errno))
}

/// What a socket that listens had when it was asked for a connection.
#[derive(Debug)]
pub(crate) enum Accepted {
    /// One, non-blocking and with TCP_NODELAY set.
    Connection(Socket),
    /// None.
    Nothing,
    /// One that has ended meanwhile: there may be others behind it.
    Lost,
    /// It cannot be had now, for this reason: descriptors or memory are used up.
    Failed(io::Error),
}

/// Takes the connection that has waited longest.
pub(crate) fn accept(listening: &Socket) -> Accepted {
    match accept_one(listening) {
        Ok(socket) => Accepted::Connection(socket),
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Accepted::Nothing,
        Err(error) if is_of_connection(&error) => Accepted::Lost,
        Err(error) => Accepted::Failed(error),
    }
}

#[cfg(target_os = "linux")]
fn accept_one(listening: &Socket) -> io::Result<Socket> {
    use rustix::net::{SocketFlags, accept_with};
    // One call of the system's does it all.
    let descriptor = accept_with(listening, SocketFlags::CLOEXEC | SocketFlags::NONBLOCK)?;
    beyond_standard(descriptor.into())
}

#[cfg(not(target_os = "linux"))]
fn accept_one(listening: &Socket) -> io::Result<Socket> {
    let socket = beyond_standard(listening.accept()?.0)?;
    socket.set_nonblocking(true)?;
    // Some systems fail here where the client has gone.
    socket.set_tcp_nodelay(true).map_err(|_| Errno::CONNABORTED)?;
    Ok(socket)
}

/// Whether the error is one of the connection's, and not of the socket that listens: "Linux
/// accept() (and accept4()) passes already-pending network errors on the new socket as an error
/// code from accept()" (accept(2)).
fn is_of_connection(error: &io::Error) -> bool {
    const OF_CONNECTION: &[Errno] = &[
        Errno::CONNABORTED,
        Errno::CONNRESET,
        Errno::INTR,
        Errno::HOSTDOWN,
        Errno::HOSTUNREACH,
        Errno::NETDOWN,
        Errno::NETUNREACH,
        Errno::NOPROTOOPT,
        Errno::OPNOTSUPP,
        Errno::TIMEDOUT,
        #[cfg(unix)]
        Errno::PROTO,
        // A firewall has objected.
        #[cfg(unix)]
        Errno::PERM,
    ];
    Errno::from_io_error(error).is_some_and(|errno| OF_CONNECTION.contains(&errno))
}

#[cfg(test)]
mod tests {
    use std::{
        io::Read,
        net::{TcpListener, TcpStream},
        time::{Duration, Instant},
    };

    use super::*;

    fn at(address: Option<&str>, port: u16) -> Binding {
        let address = address.map(str::to_owned);
        Binding { address, port, backlog: DEFAULT_BACKLOG, reuse_port: false }
    }

    fn own(socket: &Socket) -> SocketAddr {
        socket.local_addr().unwrap().as_socket().unwrap()
    }

    /// Asks until there is an answer.
    fn accept_soon(listening: &Socket) -> Socket {
        let start = Instant::now();
        loop {
            match accept(listening) {
                Accepted::Connection(socket) => return socket,
                Accepted::Failed(error) => panic!("{error}"),
                _ => assert!(start.elapsed() < Duration::from_secs(30)),
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    #[test]
    fn all_addresses_have_the_same_port() {
        let sockets = listen(&at(None, 0)).unwrap();
        let port = own(&sockets[0]).port();
        assert_ne!(port, 0);
        assert!(sockets.iter().all(|socket| own(socket).port() == port));
        // There is IPv4 everywhere, but not IPv6.
        assert!(sockets.iter().any(|socket| own(socket).is_ipv4()));
        let client = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        let listening = sockets.iter().find(|socket| own(socket).is_ipv4()).unwrap();
        let peer = accept_soon(listening).peer_addr().unwrap().as_socket();
        assert_eq!(peer, client.local_addr().ok());
    }

    #[test]
    fn a_connection_is_non_blocking_and_without_delay() {
        let sockets = listen(&at(Some("127.0.0.1"), 0)).unwrap();
        assert!(matches!(accept(&sockets[0]), Accepted::Nothing));
        let _client = TcpStream::connect(own(&sockets[0])).unwrap();
        let socket = accept_soon(&sockets[0]);
        assert!(socket.tcp_nodelay().unwrap());
        assert_eq!((&socket).read(&mut [0]).unwrap_err().kind(), io::ErrorKind::WouldBlock);
    }

    #[test]
    fn a_name_has_its_addresses() {
        let sockets = listen(&at(Some("localhost"), 0)).unwrap();
        assert!(sockets.iter().all(|socket| own(socket).ip().is_loopback()));
    }

    #[test]
    fn a_port_can_be_had_again_at_once() {
        let sockets = listen(&at(Some("127.0.0.1"), 0)).unwrap();
        let address = own(&sockets[0]);
        let client = TcpStream::connect(address).unwrap();
        let mut socket = accept_soon(&sockets[0]);
        // This side ends the connection first, so that it is remembered here.
        socket.shutdown(std::net::Shutdown::Both).unwrap();
        drop(client);
        socket.set_nonblocking(false).unwrap();
        socket.read_to_end(&mut Vec::new()).unwrap();
        drop((socket, sockets));
        listen(&at(Some("127.0.0.1"), address.port())).unwrap();
    }

    #[test]
    fn a_port_in_use_is_reported() {
        let other = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = other.local_addr().unwrap();
        for myaddr in [Some("127.0.0.1"), None] {
            let error = listen(&at(myaddr, address.port())).unwrap_err();
            let shown = if myaddr.is_some() { address.ip() } else { Ipv4Addr::UNSPECIFIED.into() };
            let message = format!(
                "couldn't open socket: address already in use ({shown}:{})",
                address.port()
            );
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn a_port_is_shared_by_those_that_all_say_so() {
        let shared = |port| Binding { reuse_port: true, ..at(Some("127.0.0.1"), port) };
        let first = listen(&shared(0)).unwrap();
        let port = own(&first[0]).port();
        listen(&shared(port)).unwrap();
        assert!(listen(&at(Some("127.0.0.1"), port)).is_err());
    }

    #[test]
    fn an_address_of_another_system_is_reported() {
        // Of TEST-NET-1, which nobody has (RFC 5737).
        let error = listen(&at(Some("192.0.2.1"), 0)).unwrap_err();
        let message = "couldn't open socket: cannot assign requested address (192.0.2.1:0)";
        assert_eq!(error.to_string(), message);
        let error = listen(&at(Some("no such.invalid"), 0)).unwrap_err().to_string();
        assert!(error.starts_with("couldn't open socket: "), "{error}");
        assert!(error.ends_with(" (no such.invalid)"), "{error}");
    }
}
