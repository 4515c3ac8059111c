//! A socket that listens: the event loop tells when connections wait to be accepted.
//!
//! Accepting them is not the affair of this room. Where there is no reactor, they are looked for
//! from time to time.

#[cfg(own_sockets)]
use std::os::fd::AsFd;
use std::{io, rc::Rc};

use socket2::Socket;

use super::interp::Interp;
#[cfg(own_sockets)]
use super::{
    guard,
    reactor::{Reactor, Registration, Target},
    readiness::Readiness,
};

/// A socket that listens. Dropping it closes that.
pub(crate) struct ListeningSocket {
    socket: Socket,
    watching: Watching,
}

impl ListeningSocket {
    /// Watches a socket, and has `ready` called, from the event loop, while connections wait.
    ///
    /// Errors as [`Channel::from_socket`](super::Channel::from_socket).
    pub(crate) fn new(
        interp: &Interp,
        socket: Socket,
        ready: impl Fn() + 'static,
    ) -> io::Result<Self> {
        let watching = Watching::new(interp, &socket, Rc::new(ready))?;
        watching.watch(true);
        Ok(Self { socket, watching })
    }

    pub(crate) fn socket(&self) -> &Socket {
        &self.socket
    }

    /// Whether it is watched from now on.
    pub(crate) fn watch(&self, is_watched: bool) {
        self.watching.watch(is_watched);
    }
}

#[cfg(own_sockets)]
impl Drop for ListeningSocket {
    fn drop(&mut self) {
        self.watching.0.end(self.socket.as_fd(), false);
    }
}

#[cfg(own_sockets)]
struct Watching(Registration);

#[cfg(own_sockets)]
impl Watching {
    fn new(interp: &Interp, socket: &Socket, ready: Rc<dyn Fn()>) -> io::Result<Self> {
        let interp = interp.clone();
        let function = move || guard::event(|| Some((interp.clone(), || ready())));
        let target = Target::Function(Rc::new(function));
        Ok(Self(Reactor::of_thread()?.register(socket.as_fd(), target)?))
    }

    fn watch(&self, readable: bool) {
        self.0.watch(Readiness { readable, writable: false });
    }
}

#[cfg(not(own_sockets))]
struct Watching(Rc<Polling>);

#[cfg(not(own_sockets))]
struct Polling {
    interp: Interp,
    ready: Rc<dyn Fn()>,
    timer: std::cell::RefCell<Option<super::timer::Timer>>,
}

#[cfg(not(own_sockets))]
impl Watching {
    fn new(interp: &Interp, _: &Socket, ready: Rc<dyn Fn()>) -> io::Result<Self> {
        let (interp, timer) = (interp.clone(), Default::default());
        Ok(Self(Rc::new(Polling { interp, ready, timer })))
    }

    fn watch(&self, is_watched: bool) {
        self.0.timer.replace(is_watched.then(|| self.0.look_later()));
    }
}

#[cfg(not(own_sockets))]
impl Polling {
    fn look_later(self: &Rc<Self>) -> super::timer::Timer {
        /// Short for a person, and little work.
        const INTERVAL: std::time::Duration = std::time::Duration::from_millis(5);
        let this = Rc::downgrade(self);
        super::timer::Timer::after(&self.interp, INTERVAL, move || {
            let Some(polling) = this.upgrade() else { return };
            // Set before the function runs, which may enter the event loop or end it.
            polling.timer.replace(Some(polling.look_later()));
            (polling.ready)();
        })
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::{
        cell::{Cell, RefCell},
        net::{Ipv4Addr, TcpListener, TcpStream},
    };

    use super::*;
    use crate::tcl::testing::{Tcl, run};

    /// A socket with a connection that waits, which `ready` is told of.
    fn waiting(tcl: &Tcl, ready: impl Fn() + 'static) -> (ListeningSocket, TcpStream) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        (ListeningSocket::new(tcl.interp(), listener.into(), ready).unwrap(), client)
    }

    #[test]
    fn a_connection_is_told_of_until_it_is_accepted() {
        run(|tcl| {
            let count = Rc::new(Cell::new(0));
            let counted = Rc::clone(&count);
            let (listening, _client) = waiting(tcl, move || counted.update(|count| count + 1));
            assert!(tcl.handle_channel_event() && tcl.handle_channel_event());
            assert_eq!(count.get(), 2);
            listening.watch(false);
            // The system may tell of it once.
            tcl.handle_channel_event();
            assert!(!tcl.handle_channel_event());
            listening.watch(true);
            assert!(tcl.handle_channel_event());
            assert_eq!(count.get(), 3);
            listening.socket().accept().unwrap();
            assert!(!tcl.handle_channel_event());
        });
    }

    #[test]
    fn it_can_be_closed_where_it_is_told_of() {
        run(|tcl| {
            let slot: Rc<RefCell<Option<ListeningSocket>>> = Rc::default();
            let own = Rc::clone(&slot);
            let (listening, _client) = waiting(tcl, move || drop(own.take()));
            slot.replace(Some(listening));
            assert!(tcl.handle_channel_event());
            assert!(slot.borrow().is_none() && !tcl.handle_channel_event());
            assert_eq!(Rc::strong_count(&slot), 1);
        });
    }

    #[test]
    fn a_panic_is_a_background_error() {
        run(|tcl| {
            let (_listening, _client) = waiting(tcl, || panic!("on purpose"));
            assert!(tcl.handle_channel_event());
            let errors = tcl.take_errors();
            assert!(errors.len() == 1 && errors[0].contains("on purpose"), "{errors:?}");
        });
    }
}
