//! A socket that is being connected: the event loop tells of the outcome.

use std::{
    cell::{Cell, RefCell},
    io,
    rc::Rc,
};

use socket2::Socket;

#[cfg(own_sockets)]
use super::readiness::Readiness;
#[cfg(not(own_sockets))]
use super::timer::Timer;
use super::{channel::Channel, interp::Interp};

/// A socket that is being connected. Dropping it closes that.
pub(crate) struct PendingSocket(#[expect(dead_code, reason = "dropping it closes")] Rc<Pending>);

/// How far connecting a socket has come.
pub(crate) enum Connect {
    /// It is connected.
    Done(Channel),
    /// It goes on.
    Pending(PendingSocket),
}

type Done = Box<dyn FnOnce(io::Result<Channel>)>;

struct Pending {
    /// `None` when there is an outcome.
    waiting: RefCell<Option<Waiting>>,
    done: Cell<Option<Done>>,
}

impl PendingSocket {
    /// Looks at a non-blocking socket that is connected, as one to the same machine is at once, or
    /// about to be. For that it waits, and calls `done` from the event loop.
    ///
    /// Errors as [`Channel::from_socket`].
    pub(crate) fn connect(
        interp: &Interp,
        socket: Socket,
        done: impl FnOnce(io::Result<Channel>) + 'static,
    ) -> io::Result<Connect> {
        if socket.peer_addr().is_ok() {
            return Channel::from_socket(interp, socket).map(Connect::Done);
        }
        let done: Done = Box::new(done);
        let pending = Rc::new(Pending { waiting: RefCell::default(), done: Cell::new(Some(done)) });
        pending.wait(interp, socket)?;
        Ok(Connect::Pending(Self(pending)))
    }
}

/// Whether the socket is connected; not yet, if it is not. Errors where that has failed.
fn is_connected(socket: &Socket) -> io::Result<bool> {
    if socket.peer_addr().is_ok() {
        return Ok(true);
    }
    socket.take_error()?.map_or(Ok(false), Err)
}

/// There is room for output as soon as it is connected.
#[cfg(own_sockets)]
type Waiting = Channel;

#[cfg(own_sockets)]
impl Pending {
    fn wait(self: &Rc<Self>, interp: &Interp, socket: Socket) -> io::Result<()> {
        let channel = Channel::from_socket(interp, socket)?;
        let this = Rc::downgrade(self);
        channel.on_ready(move |_| {
            if let Some(pending) = this.upgrade() {
                pending.check();
            }
        });
        channel.watch(Readiness { readable: false, writable: true });
        self.waiting.replace(Some(channel));
        Ok(())
    }

    fn check(&self) {
        let state = self
            .waiting
            .borrow()
            .as_ref()
            .and_then(|channel| channel.with_socket(|socket| is_connected(&socket)));
        let Some(outcome) = state.filter(|state| !matches!(state, Ok(false))) else { return };
        if let (Some(channel), Some(done)) = (self.waiting.take(), self.done.take()) {
            channel.watch(Readiness::NONE);
            done(outcome.map(|_| channel));
        }
    }
}

/// Tcl makes no event of a socket that was not connected when it got it, not on every system.
#[cfg(not(own_sockets))]
type Waiting = (Socket, Timer);

#[cfg(not(own_sockets))]
impl Pending {
    fn wait(self: &Rc<Self>, interp: &Interp, socket: Socket) -> io::Result<()> {
        /// Short for a person, and little work.
        const INTERVAL: std::time::Duration = std::time::Duration::from_millis(5);
        let (this, own) = (Rc::downgrade(self), interp.clone());
        let timer = Timer::after(interp, INTERVAL, move || {
            if let Some(pending) = this.upgrade() {
                pending.check(&own);
            }
        });
        self.waiting.replace(Some((socket, timer)));
        Ok(())
    }

    fn check(self: &Rc<Self>, interp: &Interp) {
        let Some((socket, _)) = self.waiting.take() else { return };
        let connected = is_connected(&socket);
        if matches!(connected, Ok(false)) {
            // It never fails.
            let _ = self.wait(interp, socket);
        } else if let Some(done) = self.done.take() {
            done(connected.and_then(|_| Channel::from_socket(interp, socket)));
        }
    }
}
