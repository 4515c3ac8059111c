//! Accepts connections on the event loop, puts TLS on them where that is wanted, and hands them on.
//!
//! Many that come at once are accepted in portions, so that other events are served between them.
//! Where there is no room for more, they wait in the system's queue.

use std::{
    cell::{Cell, RefCell},
    io,
    net::SocketAddr,
    rc::{Rc, Weak},
    sync::Arc,
    time::{Duration, Instant},
};

use socket2::Socket;

use super::error::Error;
use crate::{
    context::Context,
    io::{Counts, Stream},
    net::{
        listen::{Accepted, Binding, accept, listen},
        tls::{ServerConfig, Session},
    },
    tcl::{Channel, ListeningSocket, Timer, describe},
};

/// How many connections are accepted at most before other events are served.
const MAX_AT_ONCE: usize = 64;

/// For how long.
const BUDGET: Duration = Duration::from_millis(2);

/// How long nothing is accepted when descriptors or memory are used up: no event tells when there
/// are some again, and the system would go on telling that connections wait.
const PAUSE: Duration = Duration::from_millis(100);

/// Where to listen, and for whom.
pub(crate) struct ListenSettings {
    pub(crate) binding: Binding,
    /// `None`: no TLS.
    pub(crate) tls: Option<Arc<ServerConfig>>,
    /// How many connections there may be. 0: any number.
    pub(crate) max_connections: usize,
}

/// The border to who has the connections.
pub(crate) trait Accepts {
    /// A connection was accepted. Nothing was read from it, not even what TLS begins with, and
    /// nothing is watched. It may do anything, close the listener too.
    fn accepted(&self, stream: Rc<Stream>);
}

/// Sockets that listen, until it is [closed](Listener::close) or dropped.
pub(crate) struct Listener {
    context: Rc<Context>,
    /// `None` once it is closed.
    accepts: RefCell<Option<Rc<dyn Accepts>>>,
    sockets: RefCell<Vec<ListeningSocket>>,
    addresses: Vec<SocketAddr>,
    tls: RefCell<Option<Arc<ServerConfig>>>,
    max_connections: Cell<usize>,
    connections: Cell<usize>,
    is_watched: Cell<bool>,
    /// Ends a pause.
    pause: RefCell<Option<Timer>>,
    /// Whether it was logged that there are pauses.
    is_pause_known: Cell<bool>,
}

impl Listener {
    /// Listens from now on. The connections are accepted by the event loop, and given to `accepts`,
    /// which is kept until the listener is closed.
    ///
    /// Errors where nothing can listen there, or the event loop can wait for no more sockets.
    pub(crate) fn open(
        context: &Rc<Context>,
        settings: ListenSettings,
        accepts: Rc<dyn Accepts>,
    ) -> Result<Rc<Self>, Error> {
        let sockets = listen(&settings.binding)?;
        let own = |socket: &Socket| socket.local_addr().ok().and_then(|own| own.as_socket());
        let listener = Rc::new(Self {
            context: Rc::clone(context),
            accepts: RefCell::new(Some(accepts)),
            sockets: RefCell::default(),
            addresses: sockets.iter().filter_map(own).collect(),
            tls: RefCell::new(settings.tls),
            max_connections: Cell::new(settings.max_connections),
            connections: Cell::default(),
            is_watched: Cell::new(true),
            pause: RefCell::default(),
            is_pause_known: Cell::default(),
        });
        for (index, socket) in sockets.into_iter().enumerate() {
            let this = Rc::downgrade(&listener);
            let ready = move || {
                if let Some(listener) = this.upgrade() {
                    listener.accept_some(index);
                }
            };
            let socket =
                ListeningSocket::new(&context.interp, socket, ready).map_err(Error::Sockets)?;
            listener.sockets.borrow_mut().push(socket);
        }
        Ok(listener)
    }

    /// Listens no more. The connections that there are stay; those that wait to be accepted are
    /// reset by the system.
    pub(crate) fn close(&self) {
        self.sockets.take();
        self.pause.take();
        // It may be what keeps this.
        drop(self.accepts.take());
    }

    /// Whether it listens.
    pub(crate) fn is_open(&self) -> bool {
        self.accepts.borrow().is_some()
    }

    /// The addresses where it listens, or has listened. They have the same port.
    #[cfg(test)]
    pub(crate) fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// The port.
    pub(crate) fn port(&self) -> u16 {
        self.addresses.first().map_or(0, SocketAddr::port)
    }

    /// How many connections there are.
    #[cfg(test)]
    pub(crate) fn connections(&self) -> usize {
        self.connections.get()
    }

    /// Sets how many connections there may be; 0 is any number. Those that there are stay.
    pub(crate) fn set_max_connections(&self, max_connections: usize) {
        self.max_connections.set(max_connections);
        self.watch();
    }

    /// Sets how TLS is done with the clients that come from now on, if it is.
    pub(crate) fn set_tls(&self, tls: Option<Arc<ServerConfig>>) {
        self.tls.replace(tls);
    }

    /// Whether a connection is wanted now.
    fn has_room(&self) -> bool {
        let max = self.max_connections.get();
        self.is_open()
            && self.pause.borrow().is_none()
            && (max == 0 || self.connections.get() < max)
    }

    /// Watches for connections as long as they are wanted.
    fn watch(&self) {
        let wanted = self.has_room();
        if self.is_watched.replace(wanted) != wanted {
            self.sockets.borrow().iter().for_each(|socket| socket.watch(wanted));
        }
    }

    /// Accepts what waits at one of the sockets, as long as there are room and time.
    fn accept_some(self: &Rc<Self>, index: usize) {
        let start = Instant::now();
        for _ in 0..MAX_AT_ONCE {
            if !self.has_room() || start.elapsed() >= BUDGET {
                break;
            }
            let accepted = self.sockets.borrow().get(index).map(|own| accept(own.socket()));
            match accepted {
                Some(Accepted::Connection(socket)) => self.hand_on(socket),
                Some(Accepted::Lost) => {}
                Some(Accepted::Failed(error)) => self.pause(&error),
                Some(Accepted::Nothing) => {
                    self.is_pause_known.set(false);
                    break;
                }
                None => break,
            }
        }
        self.watch();
    }

    fn hand_on(self: &Rc<Self>, socket: Socket) {
        let channel = match Channel::from_socket(&self.context.interp, socket) {
            Ok(channel) => channel,
            Err(error) => return self.pause(&error),
        };
        let stream = Rc::new(Stream::new(channel));
        let tls = self.tls.borrow().as_deref().map(Session::with_client).transpose();
        match tls {
            Ok(session) => session.into_iter().for_each(|session| stream.secure(session)),
            Err(error) => return self.context.log(|| format!("no TLS with a client: {error}")),
        }
        let accepts = self.accepts.borrow().clone();
        if let Some(accepts) = accepts {
            self.connections.update(|connections| connections + 1);
            let this: Weak<dyn Counts> = Rc::<Self>::downgrade(self);
            stream.is_counted_by(this);
            accepts.accepted(stream);
        }
    }

    /// Accepts nothing for a while.
    fn pause(self: &Rc<Self>, error: &io::Error) {
        let this = Rc::downgrade(self);
        let timer = Timer::after(&self.context.interp, PAUSE, move || {
            if let Some(listener) = this.upgrade() {
                listener.pause.take();
                listener.watch();
            }
        });
        self.pause.replace(Some(timer));
        if !self.is_pause_known.replace(true) {
            let reason = describe(error);
            self.context.log(|| format!("no connection can be accepted for now: {reason}"));
        }
    }
}

impl Counts for Listener {
    fn stream_closed(&self) {
        self.connections.update(|connections| connections - 1);
        self.watch();
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::{
        env,
        fs::File,
        io::{Read, Write},
        net::{Ipv4Addr, TcpStream},
        process, thread,
    };

    use super::*;
    use crate::{
        io::Received,
        net::{
            listen::DEFAULT_BACKLOG,
            tls::{OwnIdentity, Pem, ServerSettings, Settings, SharedConfig, Trust},
        },
        tcl::{
            Value,
            testing::{Tcl, run},
        },
    };

    /// Keeps what is accepted.
    #[derive(Default)]
    struct Taker {
        taken: RefCell<Vec<Rc<Stream>>>,
        /// Closed with the first connection.
        listener: RefCell<Option<Rc<Listener>>>,
    }

    impl Accepts for Taker {
        fn accepted(&self, stream: Rc<Stream>) {
            self.taken.borrow_mut().push(stream);
            if let Some(listener) = self.listener.take() {
                listener.close();
            }
        }
    }

    impl Taker {
        fn count(&self) -> usize {
            self.taken.borrow().len()
        }
    }

    fn settings(max_connections: usize) -> ListenSettings {
        let address = Some("127.0.0.1".to_owned());
        let binding = Binding { address, port: 0, backlog: DEFAULT_BACKLOG, reuse_port: false };
        ListenSettings { binding, tls: None, max_connections }
    }

    fn open(tcl: &Tcl, settings: ListenSettings) -> (Rc<Listener>, Rc<Taker>) {
        let taker = Rc::new(Taker::default());
        let accepts: Rc<dyn Accepts> = taker.clone();
        (Listener::open(&Context::of(tcl), settings, accepts).unwrap(), taker)
    }

    fn connect(listener: &Listener) -> TcpStream {
        TcpStream::connect((Ipv4Addr::LOCALHOST, listener.port())).unwrap()
    }

    #[test]
    fn connections_are_handed_on() {
        run(|tcl| {
            let (listener, taker) = open(tcl, settings(0));
            let own = SocketAddr::from((Ipv4Addr::LOCALHOST, listener.port()));
            assert_eq!(listener.addresses(), [own]);
            let mut client = connect(&listener);
            client.write_all(b"request").unwrap();
            tcl.wait_until("it is accepted", || taker.count() == 1);
            let taken = taker.taken.borrow();
            let stream = &taken[0];
            assert_eq!(stream.addresses(), (client.local_addr().ok(), Some(own)));
            assert!(matches!(stream.read(), Ok(Received::Bytes { .. })));
            assert_eq!(stream.parse(|bytes| bytes.to_vec()), b"request");
        });
    }

    #[test]
    fn many_are_accepted_in_portions() {
        run(|tcl| {
            let (listener, taker) = open(tcl, settings(0));
            let clients: Vec<_> = (0..200).map(|_| connect(&listener)).collect();
            let before = Cell::new(0);
            tcl.wait_until("all are accepted", || {
                let accepted = taker.count() - before.replace(taker.count());
                assert!(accepted <= MAX_AT_ONCE, "{accepted}");
                taker.count() == clients.len()
            });
            assert_eq!(listener.connections(), clients.len());
        });
    }

    #[test]
    fn there_are_no_more_connections_than_may_be() {
        run(|tcl| {
            let (listener, taker) = open(tcl, settings(2));
            let _clients = [(); 4].map(|()| connect(&listener));
            tcl.wait_until("there are two", || taker.count() == 2);
            assert!(!tcl.handle_channel_event());
            assert_eq!(listener.connections(), 2);
            taker.taken.borrow_mut().remove(0);
            assert_eq!(listener.connections(), 1);
            tcl.wait_until("there are two again", || taker.count() == 2);
            assert!(!tcl.handle_channel_event());
            listener.set_max_connections(0);
            tcl.wait_until("there are all", || taker.count() == 3);
            listener.set_max_connections(1);
            taker.taken.borrow_mut().truncate(1);
            let _another = connect(&listener);
            assert!(!tcl.handle_channel_event());
            taker.taken.take();
            tcl.wait_until("there is the last one", || taker.count() == 1);
        });
    }

    #[test]
    fn it_may_be_closed_when_a_connection_comes() {
        run(|tcl| {
            let (listener, taker) = open(tcl, settings(0));
            let port = listener.port();
            let mut clients = [(); 2].map(|()| connect(&listener));
            taker.listener.replace(Some(Rc::clone(&listener)));
            tcl.wait_until("one is accepted", || taker.count() == 1);
            assert!(!tcl.handle_channel_event());
            assert!(!listener.is_open() && listener.port() == port && listener.connections() == 1);
            assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
            // The other one is reset.
            assert!(clients[1].read(&mut [0]).is_err());
            assert_eq!(Rc::strong_count(&taker), 1);
            listener.close();
            drop(listener);
            taker.taken.take();
        });
    }

    #[test]
    fn a_listener_that_is_dropped_listens_no_more() {
        run(|tcl| {
            let (listener, taker) = open(tcl, settings(0));
            let port = listener.port();
            drop(listener);
            assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
            assert_eq!(Rc::strong_count(&taker), 1);
        });
    }

    #[test]
    fn a_port_in_use_is_an_error() {
        run(|tcl| {
            let (listener, taker) = open(tcl, settings(0));
            let mut settings = settings(0);
            settings.binding.port = listener.port();
            let error = Listener::open(&Context::of(tcl), settings, taker).err();
            assert!(matches!(error, Some(Error::Listen(_))), "{error:?}");
        });
    }

    // TLS

    fn tls() -> Arc<ServerConfig> {
        let key = rcgen::KeyPair::generate().unwrap();
        let parameters = rcgen::CertificateParams::new(["localhost".to_owned()]).unwrap();
        let text = parameters.self_signed(&key).unwrap().pem() + &key.serialize_pem();
        let pem = Pem::new("it".to_owned(), [text.into_bytes()]);
        let identity = OwnIdentity { certificate: pem.clone(), key: pem, password: None };
        ServerConfig::new(&ServerSettings { identity, client_authorities: None }).unwrap()
    }

    /// Sends this over TLS, and returns what comes back.
    fn ask(mut socket: TcpStream, request: &[u8]) -> Vec<u8> {
        let settings = Settings { trust: Trust::Insecure, ..Settings::default() };
        let config = SharedConfig::of(&settings).unwrap();
        let mut session = Session::new(&config, "localhost").unwrap();
        session.send(request);
        let (mut plaintext, mut buffer) = (Vec::new(), [0; 4096]);
        while plaintext.is_empty() {
            let mut output = Vec::new();
            session.take_output(&mut output);
            socket.write_all(&output).unwrap();
            let count = socket.read(&mut buffer).unwrap();
            assert_ne!(count, 0);
            session.receive(&buffer[..count], &mut plaintext).unwrap();
        }
        plaintext
    }

    #[test]
    fn there_is_tls_on_a_connection_where_that_is_wanted() {
        run(|tcl| {
            let (listener, taker) = open(tcl, ListenSettings { tls: Some(tls()), ..settings(0) });
            let socket = connect(&listener);
            let client = thread::spawn(move || ask(socket, b"request"));
            tcl.wait_until("it is accepted", || taker.count() == 1);
            let stream = Rc::clone(&taker.taken.borrow()[0]);
            assert!(stream.is_secure() && stream.is_handshaking());
            let own = Rc::downgrade(&stream);
            stream.on_ready(move |_| {
                if let Some(stream) = own.upgrade() {
                    stream.read().unwrap();
                    stream.watch(true);
                }
            });
            stream.watch(true);
            tcl.wait_until("the request is there", || stream.has_input());
            assert!(!stream.is_handshaking());
            assert_eq!(stream.tls_facts().unwrap().certificate, None);
            assert_eq!(stream.parse(|bytes| bytes.to_vec()), b"request");
            stream.push(Value::bytes(b"answer")).unwrap();
            stream.flush().unwrap();
            assert_eq!(client.join().unwrap(), b"answer");
            listener.set_tls(None);
            let _plain = connect(&listener);
            tcl.wait_until("there is another one", || taker.count() == 2);
            assert!(!taker.taken.borrow()[1].is_secure());
        });
    }

    // Descriptors

    /// In a process of its own, because a process has one limit. That process runs the test below,
    /// which it is given by name.
    #[test]
    fn connections_wait_while_there_are_no_descriptors() {
        let name = "server::listener::tests::descriptors_are_used_up_and_come_back";
        let mut command = process::Command::new("sh");
        command.args(["-c", "ulimit -n 100; exec \"$@\"", "sh"]);
        if env::var_os("LIBTCL").is_some() {
            // Another Tcl may need the loader that runs this process, too.
            command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/with-tcl9.sh"));
        }
        let output = command
            .arg(env::args_os().next().unwrap())
            .args(["--exact", name, "--ignored", "--quiet", "--nocapture"])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    #[test]
    #[ignore = "run by connections_wait_while_there_are_no_descriptors"]
    fn descriptors_are_used_up_and_come_back() {
        run(|tcl| {
            let context = Context::of(tcl);
            tcl.interp().eval("set log {}; proc note message {lappend ::log $message}").unwrap();
            context.log.set(&Value::string("note"), false);
            let taker = Rc::new(Taker::default());
            let accepts: Rc<dyn Accepts> = taker.clone();
            let listener = Listener::open(&context, settings(0), accepts).unwrap();
            let clients = [(); 3].map(|()| connect(&listener));
            let mut files = Vec::new();
            files.extend(std::iter::from_fn(|| File::open("/dev/null").ok()));
            let messages = || tcl.interp().eval("set log").unwrap().elements().unwrap();
            tcl.wait_until("it is logged", || !messages().is_empty());
            // It is not told again and again that connections wait.
            tcl.handle_channel_event();
            assert!(!tcl.handle_channel_event());
            let start = Instant::now();
            tcl.wait_until("there were some pauses", || start.elapsed() > 5 * PAUSE);
            let message = "no connection can be accepted for now: too many open files";
            assert_eq!(messages().len(), 1);
            assert_eq!(messages()[0].to_utf8_lossy(), message);
            assert_eq!(taker.count(), 0);
            files.truncate(files.len() - 1);
            tcl.wait_until("one is accepted", || taker.count() == 1);
            drop(files);
            tcl.wait_until("all are accepted", || taker.count() == clients.len());
            assert_eq!(messages().len(), 1);
        });
    }
}
