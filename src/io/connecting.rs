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
    tcl::{Channel, Interp, PendingSocket, Timer},
};

/// Attempts that are under way. Dropping this closes their sockets, and nobody is told.
pub(crate) struct Connecting(Rc<Inner>);

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
    /// Begins. `done` gets the outcome from the event loop.
    ///
    /// Errors where all attempts have failed at once.
    pub(crate) fn start(
        interp: &Interp,
        race: Race,
        done: impl FnOnce(Result<Channel, ConnectError>) + 'static,
    ) -> Result<Self, ConnectError> {
        let inner = Rc::new(Inner {
            interp: interp.clone(),
            race: RefCell::new(race),
            attempts: RefCell::default(),
            next_number: Cell::default(),
            timer: RefCell::default(),
            done: RefCell::new(Some(Box::new(done))),
        });
        inner.go_on()?;
        Ok(Self(inner))
    }
}

impl Drop for Connecting {
    fn drop(&mut self) {
        self.0.done.take();
        self.0.stop();
    }
}

impl Inner {
    /// Makes the attempts that are due.
    fn go_on(self: &Rc<Self>) -> Result<(), ConnectError> {
        loop {
            let step = self.race.borrow_mut().step(Instant::now());
            let wait = match step {
                Step::Start(endpoint) => {
                    self.attempt(endpoint);
                    continue;
                }
                Step::Wait(wait) => wait,
                Step::Fail(error) => return Err(error),
            };
            let this = Rc::downgrade(self);
            let timer = wait.map(|wait| {
                Timer::after(&self.interp, wait, move || {
                    if let Some(connecting) = this.upgrade() {
                        connecting.go_on_or_fail();
                    }
                })
            });
            self.timer.replace(timer);
            return Ok(());
        }
    }

    fn go_on_or_fail(self: &Rc<Self>) {
        if let Err(error) = self.go_on() {
            self.settle(Err(error));
        }
    }

    fn attempt(self: &Rc<Self>, endpoint: Endpoint) {
        let number = self.next_number.replace(self.next_number.get() + 1);
        let (this, own) = (Rc::downgrade(self), endpoint.clone());
        let begun = open(&endpoint).and_then(|socket| {
            PendingSocket::new(&self.interp, socket, move |outcome| {
                if let Some(connecting) = this.upgrade() {
                    connecting.attempt_ended(number, own, outcome);
                }
            })
        });
        match begun {
            Ok(attempt) => {
                self.attempts.borrow_mut().insert(number, attempt);
            }
            Err(error) => self.record_failure(endpoint, error),
        }
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
                self.go_on_or_fail();
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

    fn start(tcl: &Tcl, addresses: &[SocketAddr]) -> (Result<Connecting, ConnectError>, Outcome) {
        let outcome = Outcome::default();
        let told = Rc::clone(&outcome);
        let race = Race::to_addresses(addresses.to_vec());
        let connecting = Connecting::start(tcl.interp(), race, move |outcome| {
            told.replace(Some(outcome));
        });
        (connecting, outcome)
    }

    fn connect(tcl: &Tcl, addresses: &[SocketAddr]) -> Result<SocketAddr, ConnectError> {
        let (connecting, outcome) = start(tcl, addresses);
        let connecting = connecting?;
        tcl.wait_until("there is an outcome", || outcome.borrow().is_some());
        drop(connecting);
        let channel = outcome.take().unwrap()?;
        Ok(channel.addresses().0.unwrap())
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
            let (connecting, outcome) = start(tcl, &[slow, refused]);
            let attempts = connecting.as_ref().unwrap().0.clone();
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
            let (connecting, outcome) = start(tcl, &[dead, live]);
            let attempts = connecting.as_ref().unwrap().0.clone();
            assert_eq!(attempts.attempts.borrow().len(), 1);
            tcl.wait_until("there is an outcome", || outcome.borrow().is_some());
            assert!(attempts.attempts.borrow().is_empty());
            assert!(outcome.take().unwrap().is_ok());
        });
    }

    #[test]
    fn nobody_is_told_when_it_is_dropped() {
        run(|tcl| {
            let (listener, address) = listener();
            let (connecting, outcome) = start(tcl, &[address]);
            let attempts = Rc::downgrade(&connecting.as_ref().unwrap().0);
            drop(connecting);
            assert!(attempts.upgrade().is_none());
            // What was connected to is closed.
            let (mut peer, _) = listener.accept().unwrap();
            assert_eq!(io::Read::read(&mut peer, &mut [0]).unwrap(), 0);
            assert!(!tcl.handle_channel_event());
            assert!(outcome.borrow().is_none());
        });
    }
}
