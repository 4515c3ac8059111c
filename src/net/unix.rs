//! From the path of a Unix domain socket to a connection.

use std::{
    io,
    sync::atomic::AtomicBool,
    time::{Duration, Instant},
};

use socket2::{Domain, SockAddr, Socket, Type};

use super::connect::{ConnectError, WaitLimit};
use crate::protocol::http::socket_path::SocketPath;

/// The shortest wait that the system is asked for: none would be one without an end.
const SHORTEST_WAIT: Duration = Duration::from_millis(1);

/// Connects to the socket at this path. The connection is non-blocking.
///
/// Blocks where too many others wait to be accepted, until there is room, `deadline` has passed or
/// `cancelled` has become true, which it notices within 100 ms.
pub(crate) fn connect(
    path: &SocketPath,
    deadline: Option<Instant>,
    cancelled: &AtomicBool,
) -> Result<Socket, ConnectError> {
    let limit = WaitLimit { deadline, cancelled };
    let failed = |error| {
        let path = String::from_utf8_lossy(path.as_bytes()).into_owned();
        ConnectError::Path(path, error)
    };
    let address = address(path).map_err(failed)?;
    let socket = Socket::new(Domain::UNIX, Type::STREAM, None).map_err(failed)?;
    loop {
        // How long to send is also how long to wait for room (unix(7)). A non-blocking socket would
        // not tell when there is some.
        let wait = limit.left()?.max(SHORTEST_WAIT);
        let connected =
            socket.set_write_timeout(Some(wait)).and_then(|()| socket.connect(&address));
        match connected {
            Err(error) if is_passing(&error) => {}
            Err(error) => return Err(failed(error)),
            Ok(()) => break,
        }
    }
    socket
        .set_write_timeout(None)
        .and_then(|()| socket.set_nonblocking(true))
        .map(|()| socket)
        .map_err(failed)
}

/// Whether connecting may succeed the next time.
fn is_passing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted)
}

#[cfg(unix)]
fn address(path: &SocketPath) -> io::Result<SockAddr> {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    SockAddr::unix(OsStr::from_bytes(path.as_bytes()))
}

#[cfg(not(unix))]
fn address(_: &SocketPath) -> io::Result<SockAddr> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(all(test, unix))]
mod tests {
    use std::{
        env, fs,
        io::Read,
        os::unix::net::UnixListener,
        path::PathBuf,
        process,
        sync::atomic::{AtomicU32, Ordering},
        thread,
    };

    use super::*;

    static NOT_CANCELLED: AtomicBool = AtomicBool::new(false);

    /// A path where nothing is, or nothing any more.
    struct Place(PathBuf);

    impl Place {
        fn new() -> Self {
            static COUNT: AtomicU32 = AtomicU32::new(0);
            let number = COUNT.fetch_add(1, Ordering::Relaxed);
            Self(env::temp_dir().join(format!("www-websocket-socket-{}-{number}", process::id())))
        }

        fn path(&self) -> SocketPath {
            SocketPath::percent_decode(self.0.to_str().unwrap()).unwrap()
        }

        /// A listener with room for one that waits to be accepted.
        fn listen(&self) -> Socket {
            let listener = Socket::new(Domain::UNIX, Type::STREAM, None).unwrap();
            listener.bind(&SockAddr::unix(&self.0).unwrap()).unwrap();
            listener.listen(0).unwrap();
            listener
        }
    }

    impl Drop for Place {
        fn drop(&mut self) {
            let _ = fs::remove_file(&self.0);
        }
    }

    fn message(path: &SocketPath) -> String {
        connect(path, None, &NOT_CANCELLED).unwrap_err().to_string()
    }

    #[test]
    fn a_connection_is_non_blocking() {
        let place = Place::new();
        let listener = UnixListener::bind(&place.0).unwrap();
        let mut socket = connect(&place.path(), None, &NOT_CANCELLED).unwrap();
        assert_eq!(socket.read(&mut [0]).unwrap_err().kind(), io::ErrorKind::WouldBlock);
        assert_eq!(socket.write_timeout().unwrap(), None);
        drop(listener.accept().unwrap());
    }

    #[test]
    fn the_error_says_why_and_where() {
        let place = Place::new();
        let shown = place.0.display();
        assert_eq!(
            message(&place.path()),
            format!("couldn't open socket: no such file or directory ({shown})")
        );
        drop(UnixListener::bind(&place.0).unwrap());
        assert_eq!(
            message(&place.path()),
            format!("couldn't open socket: connection refused ({shown})")
        );
    }

    // Other systems refuse where Linux lets wait.
    #[cfg(target_os = "linux")]
    #[test]
    fn room_is_waited_for() {
        let place = Place::new();
        let listener = place.listen();
        let first = connect(&place.path(), None, &NOT_CANCELLED).unwrap();
        let deadline = Some(Instant::now() + Duration::from_millis(150));
        let error = connect(&place.path(), deadline, &NOT_CANCELLED).unwrap_err();
        assert!(matches!(error, ConnectError::TimedOut), "{error:?}");
        let second = thread::scope(|scope| {
            let second = scope.spawn(|| connect(&place.path(), None, &NOT_CANCELLED).unwrap());
            thread::sleep(Duration::from_millis(250));
            drop(listener.accept().unwrap());
            second.join().unwrap()
        });
        drop((first, second));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn cancellation_ends_waiting() {
        let place = Place::new();
        let _listener = place.listen();
        let _first = connect(&place.path(), None, &NOT_CANCELLED).unwrap();
        let cancelled = AtomicBool::new(false);
        let error = thread::scope(|scope| {
            let second = scope.spawn(|| connect(&place.path(), None, &cancelled));
            thread::sleep(Duration::from_millis(50));
            cancelled.store(true, Ordering::Relaxed);
            second.join().unwrap().unwrap_err()
        });
        assert!(matches!(error, ConnectError::Cancelled), "{error:?}");
    }
}
