//! From where a server is to a connection: which attempts to make and when, what one is, and why
//! there is no connection. The addresses of a host race, as in "Happy Eyeballs" (RFC 8305), so that
//! one that does not answer costs a quarter of a second.
//!
//! One thing is different from the RFC: the system's resolver gives the addresses of both families
//! at once, so that connecting starts when both are there (section 3 would start with the first).
//!
//! Nothing here waits. The caller has an event loop.

use std::{
    collections::{HashSet, VecDeque},
    fmt, io, mem,
    net::SocketAddr,
    time::{Duration, Instant},
};

use rustix::io::Errno;
use socket2::{Domain, Protocol, SockAddr, Socket, Type};

use super::{hosts, resolver::ask_system};
use crate::protocol::http::{socket_path::SocketPath, url::Host};

/// How long an attempt is alone before the next address is tried as well. "One recommended value
/// for a default delay is 250 milliseconds." (RFC 8305 section 5)
const CONNECTION_ATTEMPT_DELAY: Duration = Duration::from_millis(250);

/// How long to wait before a Unix domain socket is tried again whose queue is full: no event tells
/// that there is room.
const QUEUE_CHECK: Duration = Duration::from_millis(20);

/// Where an attempt to connect goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Endpoint {
    /// By TCP.
    Address(SocketAddr),
    /// To a Unix domain socket.
    Path(SocketPath),
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => address.fmt(f),
            Self::Path(path) => String::from_utf8_lossy(path.as_bytes()).fmt(f),
        }
    }
}

/// The addresses of a host in digits, an IPv6 address of the link through the interface `zone`; or
/// of a name that the system has in a file. `None` for a name that has to be looked up.
///
/// Errors where there is no such interface, or the system cannot use what is in the file.
pub(crate) fn addresses(
    host: &Host,
    zone: Option<&str>,
    port: u16,
) -> Result<Option<Vec<SocketAddr>>, ConnectError> {
    // Neither asks a server.
    let ask = |name: String| match ask_system(&name, port) {
        Ok(addresses) => Ok(Some(addresses)),
        Err(error) => Err(ConnectError::Resolve(name, error)),
    };
    match (host, zone) {
        (Host::Domain(name), _) if hosts::has(name) => ask(name.clone()),
        (Host::Domain(_), _) => Ok(None),
        (Host::Ipv4(address), _) => Ok(Some(vec![(*address, port).into()])),
        (Host::Ipv6(address), None) => Ok(Some(vec![(*address, port).into()])),
        (Host::Ipv6(address), Some(zone)) => ask(format!("{address}%{zone}")),
    }
}

/// Why there is no connection.
#[derive(Debug)]
pub(crate) enum ConnectError {
    /// The name of the host, given here, has no address, or looking it up failed.
    Resolve(String, io::Error),
    /// Every attempt failed: all of them, in the order in which they did.
    Failed(Vec<(Endpoint, io::Error)>),
}

/// Worded as Tcl's own `socket` does: "couldn't open socket: connection refused (127.0.0.1:9)".
/// Addresses with the same error share its text.
impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("couldn't open socket: ")?;
        match self {
            Self::Resolve(name, error) => write!(f, "{} ({name})", reason(error)),
            Self::Failed(failures) => {
                let mut groups: Vec<(String, Vec<String>)> = Vec::new();
                for (endpoint, error) in failures {
                    let reason = reason(error);
                    match groups.iter_mut().find(|(other, _)| *other == reason) {
                        Some((_, endpoints)) => endpoints.push(endpoint.to_string()),
                        None => groups.push((reason, vec![endpoint.to_string()])),
                    }
                }
                let groups = groups
                    .into_iter()
                    .map(|(reason, endpoints)| format!("{reason} ({})", endpoints.join(", ")));
                f.write_str(&groups.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

impl std::error::Error for ConnectError {}

/// The system's text for an error in Tcl's manner: it starts in lower case and ends without Rust's
/// " (os error 111)"; a failed look-up's starts without Rust's words before the resolver's.
pub(super) fn reason(error: &io::Error) -> String {
    if cfg!(windows)
        && let Some(words) = known_reason(error.kind())
    {
        return words.to_owned();
    }
    let text = error.to_string();
    let text = text.strip_prefix("failed to lookup address information: ").unwrap_or(&text);
    let text = text.rsplit_once(" (os error ").map_or(text, |(text, _)| text);
    let mut characters = text.chars();
    characters
        .next()
        .map(|first| first.to_ascii_lowercase())
        .into_iter()
        .chain(characters)
        .collect()
}

/// Tcl's words for what becomes of sockets. On Windows, the system's are sentences in the language
/// of its user.
fn known_reason(kind: io::ErrorKind) -> Option<&'static str> {
    Some(match kind {
        io::ErrorKind::AddrInUse => "address already in use",
        io::ErrorKind::AddrNotAvailable => "cannot assign requested address",
        io::ErrorKind::ConnectionAborted => "software caused connection abort",
        io::ErrorKind::ConnectionRefused => "connection refused",
        io::ErrorKind::ConnectionReset => "connection reset by peer",
        io::ErrorKind::HostUnreachable => "host is unreachable",
        io::ErrorKind::NetworkDown => "network is down",
        io::ErrorKind::NetworkUnreachable => "network is unreachable",
        io::ErrorKind::PermissionDenied => "permission denied",
        io::ErrorKind::TimedOut => "connection timed out",
        io::ErrorKind::Unsupported => "operation not supported",
        _ => return None,
    })
}

/// The addresses with the two families alternating, each in its order, beginning with the family
/// that the resolver prefers (RFC 8305 section 4); duplicates are left out.
fn interleave(addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let mut seen = HashSet::new();
    let first_is_ipv6 = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (preferred, others): (VecDeque<_>, VecDeque<_>) = addresses
        .into_iter()
        .filter(|address| seen.insert(*address))
        .partition(|address| address.is_ipv6() == first_is_ipv6);
    let mut queues = [preferred, others];
    let mut interleaved = Vec::with_capacity(seen.len());
    while let Some(address) = queues[0].pop_front().or_else(|| queues[1].pop_front()) {
        interleaved.push(address);
        queues.swap(0, 1);
    }
    interleaved
}

/// Attempts to connect, of which the first to succeed wins.
pub(crate) struct Race {
    waiting: VecDeque<Endpoint>,
    /// How many attempts are under way.
    running: usize,
    failed: Vec<(Endpoint, io::Error)>,
    /// When the next one of those waiting may start; `None`: now.
    next_start: Option<Instant>,
}

/// What is to be done next.
#[derive(Debug)]
pub(crate) enum Step {
    /// [Opening](open) a socket to this.
    Start(Endpoint),
    /// Waiting for one of those that are under way, and no longer than this before asking again.
    Wait(Option<Duration>),
    /// Nothing: there is no connection to be had.
    Fail(ConnectError),
}

impl Race {
    /// One to the addresses of a host, in the order of the resolver.
    pub(crate) fn to_addresses(addresses: Vec<SocketAddr>) -> Self {
        Self::new(interleave(addresses).into_iter().map(Endpoint::Address).collect())
    }

    /// One to a Unix domain socket, which has no rivals.
    pub(crate) fn to_path(path: SocketPath) -> Self {
        Self::new([Endpoint::Path(path)].into())
    }

    fn new(waiting: VecDeque<Endpoint>) -> Self {
        Self { waiting, running: 0, failed: Vec::new(), next_start: None }
    }

    /// What to do now. What is to be started counts as under way from then on.
    pub(crate) fn step(&mut self, now: Instant) -> Step {
        let wait = self.next_start.map(|start| start.saturating_duration_since(now));
        if let Some(wait) = wait.filter(|wait| !wait.is_zero()) {
            return Step::Wait((!self.waiting.is_empty()).then_some(wait));
        }
        match self.waiting.pop_front() {
            Some(endpoint) => {
                self.running += 1;
                self.next_start = Some(now + CONNECTION_ATTEMPT_DELAY);
                Step::Start(endpoint)
            }
            None if self.running > 0 => Step::Wait(None),
            None => Step::Fail(ConnectError::Failed(mem::take(&mut self.failed))),
        }
    }

    /// One that was under way has failed. The next one need not wait.
    pub(crate) fn record_failure(&mut self, endpoint: Endpoint, error: io::Error, now: Instant) {
        self.running -= 1;
        if error.kind() == io::ErrorKind::WouldBlock {
            self.waiting.push_front(endpoint);
            self.next_start = Some(now + QUEUE_CHECK);
        } else {
            self.failed.push((endpoint, error));
            self.next_start = None;
        }
    }
}

/// A non-blocking socket that is connected or about to be. It has TCP_NODELAY set.
///
/// `WouldBlock`: the queue of the Unix domain socket is full.
pub(crate) fn open(endpoint: &Endpoint) -> io::Result<Socket> {
    let (socket, address) = match endpoint {
        Endpoint::Address(address) => {
            let domain = Domain::for_address(*address);
            let socket = Socket::new(domain, Type::STREAM, Some(Protocol::TCP))?;
            // Small messages are to go out at once.
            socket.set_tcp_nodelay(true)?;
            (socket, (*address).into())
        }
        Endpoint::Path(path) => {
            (Socket::new(Domain::UNIX, Type::STREAM, None)?, unix_address(path)?)
        }
    };
    let socket = beyond_standard(socket)?;
    socket.set_nonblocking(true)?;
    match socket.connect(&address) {
        Err(error) if !is_under_way(&error, endpoint) => Err(error),
        _ => Ok(socket),
    }
}

/// A socket whose descriptor is none of the standard ones, which a script may have closed: what is
/// written there would go to the peer.
#[cfg(unix)]
pub(super) fn beyond_standard(socket: Socket) -> io::Result<Socket> {
    use std::os::fd::AsRawFd;
    const FIRST: i32 = 3;
    if socket.as_raw_fd() >= FIRST {
        return Ok(socket);
    }
    Ok(rustix::io::fcntl_dupfd_cloexec(&socket, FIRST)?.into())
}

#[cfg(not(unix))]
pub(super) fn beyond_standard(socket: Socket) -> io::Result<Socket> {
    Ok(socket)
}

/// Whether connecting goes on, although it was not done at once.
fn is_under_way(error: &io::Error, endpoint: &Endpoint) -> bool {
    // Windows says that it would block.
    let is_windows = cfg!(windows) && matches!(endpoint, Endpoint::Address(_));
    Errno::from_io_error(error) == Some(Errno::INPROGRESS)
        || is_windows && error.kind() == io::ErrorKind::WouldBlock
}

#[cfg(unix)]
fn unix_address(path: &SocketPath) -> io::Result<SockAddr> {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    SockAddr::unix(OsStr::from_bytes(path.as_bytes()))
}

#[cfg(not(unix))]
fn unix_address(_: &SocketPath) -> io::Result<SockAddr> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use std::{
        io::Read,
        net::{Ipv4Addr, Ipv6Addr, TcpListener},
    };

    use super::*;

    /// An address where connecting is refused: bound, so that nobody else takes it, but not
    /// listening.
    fn refusing() -> (Socket, SocketAddr) {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()).unwrap();
        let address = socket.local_addr().unwrap().as_socket().unwrap();
        (socket, address)
    }

    fn v4(last: u8) -> SocketAddr {
        (Ipv4Addr::new(127, 0, 0, last), 80).into()
    }

    fn v6(last: u16) -> SocketAddr {
        (Ipv6Addr::new(0, 0, 0, 0, 0, 0, 0, last), 80).into()
    }

    #[test]
    fn families_alternate() {
        assert_eq!(
            interleave(vec![v6(1), v6(2), v6(3), v4(1), v4(2)]),
            [v6(1), v4(1), v6(2), v4(2), v6(3)]
        );
        assert_eq!(interleave(vec![v4(1), v6(1), v6(2), v6(3)]), [v4(1), v6(1), v6(2), v6(3)]);
        assert_eq!(interleave(vec![v4(2), v4(1)]), [v4(2), v4(1)]);
        assert_eq!(interleave(vec![]), []);
    }

    #[test]
    fn duplicate_addresses_are_tried_once() {
        assert_eq!(interleave(vec![v4(1), v4(1), v6(1), v4(2), v4(1)]), [v4(1), v6(1), v4(2)]);
    }

    #[test]
    fn a_socket_is_non_blocking_and_without_delay() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let socket = open(&Endpoint::Address(listener.local_addr().unwrap())).unwrap();
        assert!(socket.tcp_nodelay().unwrap());
        let _peer = listener.accept().unwrap();
        assert_eq!((&socket).read(&mut [0]).unwrap_err().kind(), io::ErrorKind::WouldBlock);
    }

    #[test]
    fn digits_need_no_look_up() {
        let found = |host, zone| addresses(&host, zone, 80).unwrap();
        assert_eq!(found(Host::Ipv4(Ipv4Addr::new(127, 0, 0, 7)), None), Some(vec![v4(7)]));
        assert_eq!(
            found(Host::Ipv6(Ipv6Addr::new(0, 0, 0, 0, 0, 0, 0, 7)), None),
            Some(vec![v6(7)])
        );
        assert_eq!(found(Host::Domain("not.listed.invalid".to_owned()), None), None);
    }

    #[test]
    fn an_interface_that_is_not_there_is_named() {
        let host = Host::Ipv6(Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 1));
        let message = addresses(&host, Some("nosuch0"), 80).unwrap_err().to_string();
        assert!(message.starts_with("couldn't open socket: "), "{message}");
        assert!(message.ends_with(" (fe80::1%nosuch0)"), "{message}");
        assert!(!message.contains("lookup address information"), "{message}");
    }

    #[test]
    fn addresses_are_grouped_by_their_error() {
        let unreachable = io::Error::other("Network is unreachable (os error 101)");
        let failed = vec![(v4(1), refused()), (v6(1), unreachable), (v4(2), refused())];
        let failed = failed.into_iter().map(|(at, why)| (Endpoint::Address(at), why)).collect();
        assert_eq!(
            ConnectError::Failed(failed).to_string(),
            "couldn't open socket: connection refused (127.0.0.1:80, 127.0.0.2:80), \
             network is unreachable ([::1]:80)"
        );
    }

    fn start(race: &mut Race, now: Instant) -> Endpoint {
        match race.step(now) {
            Step::Start(endpoint) => endpoint,
            other => panic!("{other:?}"),
        }
    }

    fn wait(race: &mut Race, now: Instant) -> Option<Duration> {
        match race.step(now) {
            Step::Wait(wait) => wait,
            other => panic!("{other:?}"),
        }
    }

    fn refused() -> io::Error {
        io::Error::from_raw_os_error(libc::ECONNREFUSED)
    }

    #[test]
    fn an_address_is_alone_for_a_while() {
        let now = Instant::now();
        let mut race = Race::to_addresses(vec![v4(1), v4(2)]);
        assert_eq!(start(&mut race, now), Endpoint::Address(v4(1)));
        assert_eq!(wait(&mut race, now), Some(CONNECTION_ATTEMPT_DELAY));
        let later = now + CONNECTION_ATTEMPT_DELAY;
        assert_eq!(start(&mut race, later), Endpoint::Address(v4(2)));
        assert_eq!(wait(&mut race, later), None);
        assert_eq!(wait(&mut race, later + CONNECTION_ATTEMPT_DELAY), None);
    }

    #[test]
    fn after_a_failure_the_next_address_is_tried_at_once() {
        let now = Instant::now();
        let mut race = Race::to_addresses(vec![v4(1), v4(2)]);
        let first = start(&mut race, now);
        race.record_failure(first, refused(), now);
        let second = start(&mut race, now);
        race.record_failure(second, refused(), now);
        let Step::Fail(error) = race.step(now) else { panic!("it goes on") };
        assert_eq!(
            error.to_string(),
            "couldn't open socket: connection refused (127.0.0.1:80, 127.0.0.2:80)"
        );
    }

    #[test]
    fn a_slow_address_is_waited_for_when_the_others_have_failed() {
        let now = Instant::now();
        let mut race = Race::to_addresses(vec![v4(1), v4(2)]);
        start(&mut race, now);
        let later = now + CONNECTION_ATTEMPT_DELAY;
        let second = start(&mut race, later);
        race.record_failure(second, refused(), later);
        assert_eq!(wait(&mut race, later), None);
    }

    #[test]
    fn no_address_is_a_failure() {
        let mut race = Race::to_addresses(Vec::new());
        assert!(matches!(race.step(Instant::now()), Step::Fail(_)));
    }

    #[test]
    fn a_refusal_has_its_reason() {
        let (_socket, address) = refusing();
        let endpoint = Endpoint::Address(address);
        // The system may tell it at once, or later.
        if let Err(error) = open(&endpoint) {
            assert_eq!(reason(&error), "connection refused");
        }
    }

    #[cfg(unix)]
    mod unix {
        use std::{
            env, fs,
            os::unix::net::UnixListener,
            path::PathBuf,
            process,
            sync::atomic::{AtomicU32, Ordering},
        };

        use super::*;

        /// A path where nothing is, or nothing any more.
        struct Place(PathBuf);

        impl Place {
            fn new() -> Self {
                static COUNT: AtomicU32 = AtomicU32::new(0);
                let number = COUNT.fetch_add(1, Ordering::Relaxed);
                let name = format!("www-websocket-socket-{}-{number}", process::id());
                Self(env::temp_dir().join(name))
            }

            fn path(&self) -> SocketPath {
                SocketPath::percent_decode(self.0.to_str().unwrap()).unwrap()
            }

            fn endpoint(&self) -> Endpoint {
                Endpoint::Path(self.path())
            }
        }

        impl Drop for Place {
            fn drop(&mut self) {
                let _ = fs::remove_file(&self.0);
            }
        }

        #[test]
        fn a_socket_is_non_blocking() {
            let place = Place::new();
            let _listener = UnixListener::bind(&place.0).unwrap();
            let socket = open(&place.endpoint()).unwrap();
            assert_eq!((&socket).read(&mut [0]).unwrap_err().kind(), io::ErrorKind::WouldBlock);
        }

        #[test]
        fn the_error_says_why_and_where() {
            let place = Place::new();
            let now = Instant::now();
            let message = || {
                let mut race = Race::to_path(place.path());
                let endpoint = start(&mut race, now);
                let error = open(&endpoint).unwrap_err();
                race.record_failure(endpoint, error, now);
                match race.step(now) {
                    Step::Fail(error) => error.to_string(),
                    other => panic!("{other:?}"),
                }
            };
            let shown = place.0.display();
            assert_eq!(
                message(),
                format!("couldn't open socket: no such file or directory ({shown})")
            );
            drop(UnixListener::bind(&place.0).unwrap());
            assert_eq!(message(), format!("couldn't open socket: connection refused ({shown})"));
        }

        // Other systems refuse where Linux lets wait.
        #[cfg(target_os = "linux")]
        #[test]
        fn room_is_waited_for() {
            let place = Place::new();
            let listener = Socket::new(Domain::UNIX, Type::STREAM, None).unwrap();
            listener.bind(&SockAddr::unix(&place.0).unwrap()).unwrap();
            listener.listen(0).unwrap();
            let _first = open(&place.endpoint()).unwrap();
            let now = Instant::now();
            let mut race = Race::to_path(place.path());
            let endpoint = start(&mut race, now);
            let error = open(&endpoint).unwrap_err();
            race.record_failure(endpoint, error, now);
            assert_eq!(wait(&mut race, now), Some(QUEUE_CHECK));
            let endpoint = start(&mut race, now + QUEUE_CHECK);
            drop(listener.accept().unwrap());
            assert!(open(&endpoint).is_ok());
        }
    }
}
