//! From the addresses of a host to a TCP connection: races them, as "Happy Eyeballs" (RFC 8305)
//! does, so that an address that does not answer costs a quarter of a second.
//!
//! One thing is different from the RFC: the system's resolver gives the addresses of both families
//! at once, so that connecting starts when both are there (section 3 would start with the first).
//!
//! What ends the wait for a connection of any kind, and why there is none, is here too.

use std::{
    collections::{HashSet, VecDeque},
    fmt, io, mem,
    net::SocketAddr,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
};
use socket2::{Domain, Protocol, Socket, Type};

use super::resolver::ask_system;
use crate::protocol::http::url::Host;

/// How long an attempt is alone before the next address is tried as well. "One recommended value
/// for a default delay is 250 milliseconds." (RFC 8305 section 5)
const CONNECTION_ATTEMPT_DELAY: Duration = Duration::from_millis(250);

/// How often the flag of cancellation is looked at: a tenth of a second is short for a person, and
/// ten looks a second cost nothing.
const CANCELLATION_CHECK: Duration = Duration::from_millis(100);

/// The addresses of a host in digits, an IPv6 address of the link through the interface `zone`.
/// `None` for a name, which has to be looked up.
///
/// Errors where there is no such interface.
pub(crate) fn addresses(
    host: &Host,
    zone: Option<&str>,
    port: u16,
) -> Result<Option<Vec<SocketAddr>>, ConnectError> {
    match (host, zone) {
        (Host::Domain(_), _) => Ok(None),
        (Host::Ipv4(address), _) => Ok(Some(vec![(*address, port).into()])),
        (Host::Ipv6(address), None) => Ok(Some(vec![(*address, port).into()])),
        (Host::Ipv6(address), Some(zone)) => {
            // The resolver knows the interfaces by name, and asks nobody else for them.
            let name = format!("{address}%{zone}");
            ask_system(&name, port).map(Some).map_err(|error| ConnectError::Resolve(name, error))
        }
    }
}

/// Connects to one of these addresses. The connection is non-blocking, with TCP_NODELAY set.
///
/// Blocks until it is there, every address has failed, `deadline` has passed or `cancelled` has
/// become true, which it notices within 100 ms.
pub(crate) fn connect(
    addresses: Vec<SocketAddr>,
    deadline: Option<Instant>,
    cancelled: &AtomicBool,
) -> Result<Socket, ConnectError> {
    Race::new(interleave(addresses)).run(&WaitLimit { deadline, cancelled })
}

/// Why there is no connection.
#[derive(Debug)]
pub(crate) enum ConnectError {
    /// The name of the host, given here, has no address, or looking it up failed.
    Resolve(String, io::Error),
    /// Every address failed: all of them, in the order in which they did.
    Failed(Vec<(SocketAddr, io::Error)>),
    /// The Unix domain socket at this path failed.
    Path(String, io::Error),
    /// The deadline passed.
    TimedOut,
    /// The caller cancelled it.
    Cancelled,
}

/// Worded as Tcl's own `socket` does: "couldn't open socket: connection refused (127.0.0.1:9)".
/// Addresses with the same error share its text.
impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("couldn't open socket: ")?;
        match self {
            Self::Resolve(name, error) | Self::Path(name, error) => {
                write!(f, "{} ({name})", reason(error))
            }
            Self::Failed(failures) => {
                let mut groups: Vec<(String, Vec<String>)> = Vec::new();
                for (address, error) in failures {
                    let reason = reason(error);
                    match groups.iter_mut().find(|(other, _)| *other == reason) {
                        Some((_, addresses)) => addresses.push(address.to_string()),
                        None => groups.push((reason, vec![address.to_string()])),
                    }
                }
                let groups = groups
                    .into_iter()
                    .map(|(reason, addresses)| format!("{reason} ({})", addresses.join(", ")));
                f.write_str(&groups.collect::<Vec<_>>().join(", "))
            }
            Self::TimedOut => f.write_str("connection timed out"),
            Self::Cancelled => f.write_str("cancelled"),
        }
    }
}

impl std::error::Error for ConnectError {}

/// The system's text for an error in Tcl's manner: it starts in lower case and ends without Rust's
/// " (os error 111)"; a failed look-up's starts without Rust's words before the resolver's.
fn reason(error: &io::Error) -> String {
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

/// What ends the caller's wait early.
pub(super) struct WaitLimit<'a> {
    pub(super) deadline: Option<Instant>,
    pub(super) cancelled: &'a AtomicBool,
}

impl WaitLimit<'_> {
    /// How long to wait before asking again; an error if there is no more waiting.
    pub(super) fn left(&self) -> Result<Duration, ConnectError> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(ConnectError::Cancelled);
        }
        let Some(deadline) = self.deadline else { return Ok(CANCELLATION_CHECK) };
        match deadline.saturating_duration_since(Instant::now()) {
            Duration::ZERO => Err(ConnectError::TimedOut),
            left => Ok(left.min(CANCELLATION_CHECK)),
        }
    }
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

/// Attempts to connect to several addresses, of which the first to succeed wins. The others are
/// closed when the race is dropped.
struct Race {
    waiting: VecDeque<SocketAddr>,
    running: Vec<Attempt>,
    failed: Vec<(SocketAddr, io::Error)>,
    /// When the next one of those waiting may start.
    next_start: Instant,
}

struct Attempt {
    address: SocketAddr,
    socket: Socket,
}

impl Race {
    fn new(addresses: Vec<SocketAddr>) -> Self {
        Self {
            waiting: addresses.into(),
            running: Vec::new(),
            failed: Vec::new(),
            next_start: Instant::now(),
        }
    }

    fn run(mut self, limit: &WaitLimit<'_>) -> Result<Socket, ConnectError> {
        loop {
            let mut wait = limit.left()?;
            let now = Instant::now();
            if now >= self.next_start
                && let Some(address) = self.waiting.pop_front()
            {
                self.next_start = now + CONNECTION_ATTEMPT_DELAY;
                self.start(address);
            } else if self.running.is_empty() && self.waiting.is_empty() {
                return Err(ConnectError::Failed(self.failed));
            }
            if !self.waiting.is_empty() {
                wait = wait.min(self.next_start.saturating_duration_since(now));
            }
            if let Some(socket) = self.poll(wait) {
                return Ok(socket);
            }
        }
    }

    fn start(&mut self, address: SocketAddr) {
        match open(&address) {
            Ok(socket) => self.running.push(Attempt { address, socket }),
            Err(error) => self.fail(address, error),
        }
    }

    /// Records the error, and lets the next attempt start without delay.
    fn fail(&mut self, address: SocketAddr, error: io::Error) {
        self.failed.push((address, error));
        self.next_start = Instant::now();
    }

    /// Waits at most so long for the running attempts; gives the socket of one that succeeded.
    fn poll(&mut self, wait: Duration) -> Option<Socket> {
        let mut polled: Vec<_> = self
            .running
            .iter()
            .map(|attempt| PollFd::new(&attempt.socket, PollFlags::OUT))
            .collect();
        if polled.is_empty() {
            return None;
        }
        // At most CANCELLATION_CHECK, so the conversion cannot fail.
        let timeout = Timespec::try_from(wait).unwrap_or_default();
        let outcome = poll(&mut polled, Some(&timeout));
        let ready: Vec<bool> = polled.iter().map(|entry| !entry.revents().is_empty()).collect();
        for (Attempt { address, socket }, ready) in
            mem::take(&mut self.running).into_iter().zip(ready)
        {
            match outcome {
                Err(error) if error != Errno::INTR => self.fail(address, error.into()),
                Ok(_) if ready => match socket.take_error() {
                    Ok(None) => return Some(socket),
                    Ok(Some(error)) | Err(error) => self.fail(address, error),
                },
                _ => self.running.push(Attempt { address, socket }),
            }
        }
        None
    }
}

/// A non-blocking socket that is connected or about to be.
fn open(address: &SocketAddr) -> io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(*address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_nonblocking(true)?;
    // Small messages are to go out at once.
    socket.set_tcp_nodelay(true)?;
    match socket.connect(&(*address).into()) {
        // Windows says that it would block.
        Err(error) if error.kind() != io::ErrorKind::WouldBlock => {
            match Errno::from_io_error(&error) {
                Some(Errno::INPROGRESS) => Ok(socket),
                _ => Err(error),
            }
        }
        _ => Ok(socket),
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::Read,
        net::{Ipv4Addr, Ipv6Addr, TcpListener, TcpStream},
        thread,
    };

    use super::*;

    static NOT_CANCELLED: AtomicBool = AtomicBool::new(false);

    fn listener() -> (TcpListener, SocketAddr) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        (listener, address)
    }

    /// An address where connecting is refused: bound, so that nobody else takes it, but not
    /// listening.
    fn refusing() -> (Socket, SocketAddr) {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()).unwrap();
        let address = socket.local_addr().unwrap().as_socket().unwrap();
        (socket, address)
    }

    /// An address where connecting hangs: nobody accepts, and the backlog is full.
    fn hanging() -> (Vec<Socket>, SocketAddr) {
        let (listener, address) = refusing();
        listener.listen(0).unwrap();
        let mut sockets = vec![listener];
        loop {
            let socket = open(&address).unwrap();
            thread::sleep(Duration::from_millis(20));
            let connected = socket.peer_addr().is_ok();
            sockets.push(socket);
            if !connected {
                return (sockets, address);
            }
            assert!(sockets.len() < 100, "the backlog does not fill");
        }
    }

    fn race(
        addresses: impl Into<Vec<SocketAddr>>,
        deadline: Option<Instant>,
        cancelled: &AtomicBool,
    ) -> Result<TcpStream, ConnectError> {
        Race::new(addresses.into()).run(&WaitLimit { deadline, cancelled }).map(TcpStream::from)
    }

    fn in_milliseconds(milliseconds: u64) -> Option<Instant> {
        Some(Instant::now() + Duration::from_millis(milliseconds))
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
    fn a_connection_is_non_blocking_and_without_delay() {
        let (_listener, address) = listener();
        let mut stream = TcpStream::from(connect(vec![address], None, &NOT_CANCELLED).unwrap());
        assert_eq!(stream.peer_addr().unwrap(), address);
        assert!(stream.nodelay().unwrap());
        assert_eq!(stream.read(&mut [0]).unwrap_err().kind(), io::ErrorKind::WouldBlock);
    }

    #[test]
    fn digits_need_no_look_up() {
        let found = |host, zone| addresses(&host, zone, 80).unwrap();
        assert_eq!(found(Host::Ipv4(Ipv4Addr::new(127, 0, 0, 7)), None), Some(vec![v4(7)]));
        assert_eq!(
            found(Host::Ipv6(Ipv6Addr::new(0, 0, 0, 0, 0, 0, 0, 7)), None),
            Some(vec![v6(7)])
        );
        assert_eq!(found(Host::Domain("localhost".to_owned()), None), None);
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
    fn a_refusal_says_where() {
        let (_socket, address) = refusing();
        let error = connect(vec![address], None, &NOT_CANCELLED).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("couldn't open socket: connection refused ({address})")
        );
    }

    #[test]
    fn every_failed_address_is_in_the_message() {
        let (_one, first) = refusing();
        let (_other, second) = refusing();
        let error = race([first, second], None, &NOT_CANCELLED).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("couldn't open socket: connection refused ({first}, {second})")
        );
    }

    #[test]
    fn addresses_are_grouped_by_their_error() {
        let refused = || io::Error::from_raw_os_error(libc::ECONNREFUSED);
        let unreachable = io::Error::other("Network is unreachable (os error 101)");
        let failed = vec![(v4(1), refused()), (v6(1), unreachable), (v4(2), refused())];
        assert_eq!(
            ConnectError::Failed(failed).to_string(),
            "couldn't open socket: connection refused (127.0.0.1:80, 127.0.0.2:80), \
             network is unreachable ([::1]:80)"
        );
    }

    #[test]
    fn after_a_failure_the_next_address_is_tried_at_once() {
        let (_socket, refused) = refusing();
        let (_listener, live) = listener();
        let mut addresses = vec![refused; 20];
        addresses.push(live);
        let start = Instant::now();
        let stream = race(addresses, None, &NOT_CANCELLED).unwrap();
        assert_eq!(stream.peer_addr().unwrap(), live);
        assert!(start.elapsed() < 4 * CONNECTION_ATTEMPT_DELAY);
    }

    #[test]
    fn a_dead_address_costs_one_delay() {
        let (_sockets, dead) = hanging();
        let (_listener, live) = listener();
        let start = Instant::now();
        let stream = race([dead, live], None, &NOT_CANCELLED).unwrap();
        assert_eq!(stream.peer_addr().unwrap(), live);
        assert!(start.elapsed() >= CONNECTION_ATTEMPT_DELAY);
        assert!(start.elapsed() < 4 * CONNECTION_ATTEMPT_DELAY);
    }

    #[test]
    fn a_slow_address_still_wins_when_the_others_fail() {
        let (mut sockets, slow) = hanging();
        let (_socket, refused) = refusing();
        let over = AtomicBool::new(false);
        let connected = thread::scope(|scope| {
            scope.spawn(|| {
                thread::sleep(2 * CONNECTION_ATTEMPT_DELAY);
                // Makes room in the backlog, so that the client's next SYN is accepted.
                let listener = TcpListener::from(sockets.remove(0));
                listener.set_nonblocking(true).unwrap();
                while !over.load(Ordering::Relaxed) {
                    sockets.extend(listener.accept().map(|(stream, _)| stream.into()));
                    thread::sleep(Duration::from_millis(10));
                }
            });
            let outcome = race([slow, refused], in_milliseconds(10_000), &NOT_CANCELLED);
            let connected = outcome.map(|stream| stream.peer_addr());
            over.store(true, Ordering::Relaxed);
            connected
        });
        assert_eq!(connected.unwrap().unwrap(), slow);
    }

    #[test]
    fn the_deadline_ends_waiting() {
        let (_sockets, dead) = hanging();
        let start = Instant::now();
        let error = race([dead], in_milliseconds(150), &NOT_CANCELLED).unwrap_err();
        assert!(matches!(error, ConnectError::TimedOut), "{error:?}");
        assert_eq!(error.to_string(), "couldn't open socket: connection timed out");
        assert!(start.elapsed() >= Duration::from_millis(150));
        assert!(start.elapsed() < 10 * CANCELLATION_CHECK);
    }

    #[test]
    fn a_deadline_in_the_past_tries_nothing() {
        let (listener, address) = listener();
        listener.set_nonblocking(true).unwrap();
        let error = race([address], Some(Instant::now()), &NOT_CANCELLED).unwrap_err();
        assert!(matches!(error, ConnectError::TimedOut), "{error:?}");
        assert_eq!(listener.accept().unwrap_err().kind(), io::ErrorKind::WouldBlock);
    }

    #[test]
    fn what_is_cancelled_tries_nothing() {
        let (_listener, address) = listener();
        let error = connect(vec![address], None, &AtomicBool::new(true)).unwrap_err();
        assert!(matches!(error, ConnectError::Cancelled), "{error:?}");
        assert_eq!(error.to_string(), "couldn't open socket: cancelled");
    }

    #[test]
    fn cancellation_ends_waiting() {
        let (_sockets, dead) = hanging();
        let cancelled = AtomicBool::new(false);
        let start = Instant::now();
        let error = thread::scope(|scope| {
            let race = scope.spawn(|| race([dead], None, &cancelled));
            thread::sleep(Duration::from_millis(50));
            cancelled.store(true, Ordering::Relaxed);
            race.join().unwrap().unwrap_err()
        });
        assert!(matches!(error, ConnectError::Cancelled), "{error:?}");
        assert!(start.elapsed() < 10 * CANCELLATION_CHECK);
    }

    #[cfg(unix)]
    #[test]
    fn losers_are_closed() {
        use std::{
            fs,
            os::{fd::AsRawFd, unix::fs::MetadataExt},
        };

        let (_sockets, dead) = hanging();
        let (_listener, live) = listener();
        let mut race = Race::new(vec![live]);
        race.start(dead);
        // What the descriptor is of; another test may be given its number.
        let path = format!("/dev/fd/{}", race.running[0].socket.as_raw_fd());
        let identity = || fs::metadata(&path).map(|socket| (socket.dev(), socket.ino())).ok();
        let loser = identity();
        assert!(loser.is_some());
        race.run(&WaitLimit { deadline: None, cancelled: &NOT_CANCELLED }).unwrap();
        assert_ne!(identity(), loser);
    }
}
