//! Connecting, on the event loop: makes the attempts of a [`Race`] until one succeeds.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    io,
    rc::Rc,
    time::Instant,
};

use crate::{
    net::connect::{ConnectError, Endpoint, Race, Step, open},
    tcl::{Channel, Connect, Interp, PendingSocket, Timer},
};

/// Attempts that are under way. Dropping this closes their sockets, and nobody is told.
pub(crate) struct Connecting(Rc<Inner>);

/// How far connecting has come when it has begun.
pub(crate) enum Begun {
    /// There is a connection.
    Connected(Channel),
    /// Attempts are under way.
    Connecting(Connecting),
}

type Done = Box<dyn FnOnce(Result<Channel, ConnectError>)>;

struct Inner {
    interp: Interp,
    race: RefCell<Race>,
    attempts: RefCell<HashMap<u32, PendingSocket>>,
    next_number: Cell<u32>,
    /// Goes on with the next attempt.
    timer: RefCell<Option<Timer>>,
    done: RefCell<Option<Done>>,
}

impl Connecting {
    /// Begins. Where attempts are under way then, `done` gets the outcome from the event loop.
    ///
    /// Errors where all attempts have failed at once.
    pub(crate) fn start(
        interp: &Interp,
        race: Race,
        done: impl FnOnce(Result<Channel, ConnectError>) + 'static,
    ) -> Result<Begun, ConnectError> {
        let inner = Rc::new(Inner {
            interp: interp.clone(),
            race: RefCell::new(race),
            attempts: RefCell::default(),
            next_number: Cell::default(),
            timer: RefCell::default(),
            done: RefCell::new(Some(Box::new(done))),
        });
        Ok(match inner.go_on()? {
            Some(channel) => Begun::Connected(channel),
            None => Begun::Connecting(Self(inner)),
        })
    }
}

impl Drop for Connecting {
    fn drop(&mut self) {
        self.0.done.take();
        self.0.stop();
    }
}

impl Inner {
    /// Makes the attempts that are due. Returns the channel where one of them is done at once, and
    /// closes the others then.
    fn go_on(self: &Rc<Self>) -> Result<Option<Channel>, ConnectError> {
        loop {
            let step = self.race.borrow_mut().step(Instant::now());
            let wait = match step {
                Step::Start(endpoint) => {
                    if let Some(channel) = self.attempt(endpoint) {
                        self.stop();
                        return Ok(Some(channel));
                    }
                    continue;
                }
                Step::Wait(wait) => wait,
                Step::Fail(error) => return Err(error),
            };
            let this = Rc::downgrade(self);
            let timer = wait.map(|wait| {
                Timer::after(&self.interp, wait, move || {
                    if let Some(connecting) = this.upgrade() {
                        connecting.go_on_or_settle();
                    }
                })
            });
            self.timer.replace(timer);
            return Ok(None);
        }
    }

    fn go_on_or_settle(self: &Rc<Self>) {
        if let Some(outcome) = self.go_on().transpose() {
            self.settle(outcome);
        }
    }

    /// Begins an attempt. Returns the channel where that is connected at once.
    fn attempt(self: &Rc<Self>, endpoint: Endpoint) -> Option<Channel> {
        let number = self.next_number.replace(self.next_number.get() + 1);
        let (this, own) = (Rc::downgrade(self), endpoint.clone());
        let begun = open(&endpoint).and_then(|socket| {
            PendingSocket::connect(&self.interp, socket, move |outcome| {
                if let Some(connecting) = this.upgrade() {
                    connecting.attempt_ended(number, own, outcome);
                }
            })
        });
        match begun {
            Ok(Connect::Done(channel)) => return Some(channel),
            Ok(Connect::Pending(attempt)) => {
                self.attempts.borrow_mut().insert(number, attempt);
            }
            Err(error) => self.record_failure(endpoint, error),
        }
        None
    }

    fn attempt_ended(
        self: &Rc<Self>,
        number: u32,
        endpoint: Endpoint,
        outcome: io::Result<Channel>,
    ) {
        self.attempts.borrow_mut().remove(&number);
        match outcome {
            Ok(channel) => self.settle(Ok(channel)),
            Err(error) => {
                self.record_failure(endpoint, error);
                self.go_on_or_settle();
            }
        }
    }

    fn record_failure(&self, endpoint: Endpoint, error: io::Error) {
        self.race.borrow_mut().record_failure(endpoint, error, Instant::now());
    }

    fn settle(&self, outcome: Result<Channel, ConnectError>) {
        self.stop();
        let done = self.done.take();
        if let Some(done) = done {
            done(outcome);
        }
    }

    /// Closes what is under way.
    fn stop(&self) {
        self.timer.take();
        self.attempts.take();
    }
}

#[cfg(test)]
mod tests {
    use std::{
        net::{Ipv4Addr, SocketAddr, TcpListener},
        time::Duration,
    };

    use socket2::{Domain, Socket, Type};

    use super::*;
    use crate::tcl::testing::{Tcl, run};

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
            let socket = open(&Endpoint::Address(address)).unwrap();
            std::thread::sleep(Duration::from_millis(20));
            let connected = socket.peer_addr().is_ok();
            sockets.push(socket);
            if !connected {
                return (sockets, address);
            }
            assert!(sockets.len() < 100, "the backlog does not fill");
        }
    }

    type Outcome = Rc<RefCell<Option<Result<Channel, ConnectError>>>>;

    fn start(tcl: &Tcl, race: Race) -> (Result<Begun, ConnectError>, Outcome) {
        let outcome = Outcome::default();
        let told = Rc::clone(&outcome);
        let begun = Connecting::start(tcl.interp(), race, move |outcome| {
            told.replace(Some(outcome));
        });
        (begun, outcome)
    }

    /// One where the first attempt is not done at once.
    fn start_slowly(tcl: &Tcl, addresses: &[SocketAddr]) -> (Connecting, Outcome) {
        match start(tcl, Race::to_addresses(addresses.to_vec())) {
            (Ok(Begun::Connecting(connecting)), outcome) => (connecting, outcome),
            _ => panic!("it is done"),
        }
    }

    fn connect(tcl: &Tcl, addresses: &[SocketAddr]) -> Result<SocketAddr, ConnectError> {
        let (begun, outcome) = start(tcl, Race::to_addresses(addresses.to_vec()));
        let channel = match begun? {
            Begun::Connected(channel) => channel,
            Begun::Connecting(_connecting) => {
                tcl.wait_until("there is an outcome", || outcome.borrow().is_some());
                outcome.take().unwrap()?
            }
        };
        Ok(channel.addresses().0.unwrap())
    }

    #[test]
    #[cfg(unix)]
    fn what_is_connected_at_once_does_not_wait_for_the_event_loop() {
        use std::os::unix::net::UnixListener;

        use crate::protocol::http::socket_path::SocketPath;

        run(|tcl| {
            let name = format!("www-connecting-{}", std::process::id());
            let path = std::env::temp_dir().join(name);
            let _listener = UnixListener::bind(&path).unwrap();
            let race = Race::to_path(SocketPath::percent_decode(path.to_str().unwrap()).unwrap());
            let (begun, outcome) = start(tcl, race);
            std::fs::remove_file(path).unwrap();
            assert!(matches!(begun, Ok(Begun::Connected(_))));
            tcl.step();
            assert!(outcome.borrow().is_none());
        });
    }

    #[test]
    fn the_outcome_is_a_channel() {
        run(|tcl| {
            let (_listener, address) = listener();
            assert_eq!(connect(tcl, &[address]).unwrap(), address);
        });
    }

    #[test]
    fn every_failed_address_is_in_the_message() {
        run(|tcl| {
            let (_one, first) = refusing();
            let (_other, second) = refusing();
            let error = connect(tcl, &[first, second]).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("couldn't open socket: connection refused ({first}, {second})")
            );
        });
    }

    #[test]
    fn the_next_address_is_tried_after_a_failure_or_a_delay() {
        run(|tcl| {
            let (_socket, refused) = refusing();
            let (_sockets, dead) = hanging();
            let (_listener, live) = listener();
            assert_eq!(connect(tcl, &[refused, dead, live]).unwrap(), live);
        });
    }

    #[test]
    fn a_slow_address_still_wins_when_the_others_fail() {
        run(|tcl| {
            let (mut sockets, slow) = hanging();
            let (_socket, refused) = refusing();
            let (connecting, outcome) = start_slowly(tcl, &[slow, refused]);
            let attempts = connecting.0.clone();
            tcl.wait_until("the other one has failed", || {
                attempts.next_number.get() == 2 && attempts.attempts.borrow().len() == 1
            });
            // Makes room in the backlog, so that the client's next SYN is accepted.
            let listener = TcpListener::from(sockets.remove(0));
            listener.set_nonblocking(true).unwrap();
            tcl.wait_until("there is an outcome", || {
                sockets.extend(listener.accept().map(|(stream, _)| stream.into()));
                outcome.borrow().is_some()
            });
            let channel = outcome.take().unwrap().unwrap();
            assert_eq!(channel.addresses().0, Some(slow));
        });
    }

    #[test]
    fn losers_are_closed() {
        run(|tcl| {
            let (_sockets, dead) = hanging();
            let (_listener, live) = listener();
            let (connecting, outcome) = start_slowly(tcl, &[dead, live]);
            let attempts = connecting.0.clone();
            assert_eq!(attempts.attempts.borrow().len(), 1);
            tcl.wait_until("there is an outcome", || outcome.borrow().is_some());
            assert!(attempts.attempts.borrow().is_empty());
            assert!(outcome.take().unwrap().is_ok());
        });
    }

    #[test]
    fn nobody_is_told_when_it_is_dropped() {
        run(|tcl| {
            let (_sockets, address) = hanging();
            let (connecting, outcome) = start_slowly(tcl, &[address]);
            let attempts = Rc::downgrade(&connecting.0);
            drop(connecting);
            assert!(attempts.upgrade().is_none());
            assert!(!tcl.handle_channel_event());
            assert!(outcome.borrow().is_none());
        });
    }
}
