//! The system's way to wait for any number of sockets by one descriptor: epoll, or kqueue.
//!
//! Events are level-triggered: what is ready is told again and again until it is used or not
//! watched any more. A socket with an error, or whose connection has ended, is ready for all that
//! is watched.

use std::{
    io,
    os::fd::{AsRawFd, BorrowedFd, OwnedFd, RawFd},
    time::Duration,
};

use rustix::{
    event::Timespec,
    io::{FdFlags, dup2, fcntl_dupfd_cloexec, fcntl_setfd},
};

use super::readiness::Readiness;

/// The lowest number that the descriptor may have: those below are the standard channels'.
const FIRST_DESCRIPTOR: RawFd = 3;

/// A set of sockets and what is watched on each.
pub(super) struct Poller(OwnedFd);

/// What happened to the socket with this descriptor.
pub(super) type Event = (RawFd, Readiness);

impl Poller {
    /// An empty set. Its descriptor has the lowest number that is free, from 3 on.
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self(fcntl_dupfd_cloexec(system::create()?, FIRST_DESCRIPTOR)?))
    }

    /// Becomes an empty set, whose descriptor has the same number. The set that it was is left to
    /// other processes that have it.
    pub(super) fn renew(&mut self) -> io::Result<()> {
        dup2(system::create()?, &mut self.0)?;
        Ok(fcntl_setfd(&self.0, FdFlags::CLOEXEC)?)
    }

    /// The number of the descriptor, which is readable while there are events.
    pub(super) fn descriptor(&self) -> RawFd {
        self.0.as_raw_fd()
    }

    /// Two further descriptors that are open now, for an estimate of what the next numbers are.
    pub(super) fn next_descriptors(&self) -> io::Result<[RawFd; 2]> {
        let copies = [fcntl_dupfd_cloexec(&self.0, 0)?, fcntl_dupfd_cloexec(&self.0, 0)?];
        Ok(copies.each_ref().map(AsRawFd::as_raw_fd))
    }

    /// Takes a socket into the set, of which this is watched.
    pub(super) fn add(&self, socket: BorrowedFd<'_>, watched: Readiness) -> io::Result<()> {
        system::add(&self.0, socket, watched)
    }

    /// Changes what is watched of a socket in the set.
    pub(super) fn watch(
        &self,
        socket: BorrowedFd<'_>,
        before: Readiness,
        now: Readiness,
    ) -> io::Result<()> {
        system::watch(&self.0, socket, before, now)
    }

    /// Takes a socket out of the set. Closing it does that too, unless another process has it.
    pub(super) fn remove(&self, socket: BorrowedFd<'_>, watched: Readiness) -> io::Result<()> {
        system::remove(&self.0, socket, watched)
    }

    /// Appends what happened, at most `count` events, and waits for the first one as long as that,
    /// less than a second. Of those that are ready, each has its turn.
    pub(super) fn poll(
        &self,
        count: usize,
        wait: Duration,
        mut push: impl FnMut(Event),
    ) -> io::Result<()> {
        let wait = Timespec { tv_sec: 0, tv_nsec: wait.subsec_nanos().into() };
        system::poll(&self.0, count, &wait, &mut push)
    }
}

#[cfg(any(target_os = "linux", target_os = "android"))]
mod system {
    use std::os::fd::AsRawFd;

    use rustix::{
        buffer::spare_capacity,
        event::epoll::{self, CreateFlags, EventData, EventFlags},
    };

    use super::{BorrowedFd, Event, OwnedFd, RawFd, Readiness, Timespec, io};

    pub(super) fn create() -> io::Result<OwnedFd> {
        Ok(epoll::create(CreateFlags::CLOEXEC)?)
    }

    /// Errors and the end of the connection are told whatever is watched: again and again, but for
    /// the edge-triggered.
    fn flags(watched: Readiness) -> EventFlags {
        let mut flags = EventFlags::empty();
        flags.set(EventFlags::IN | EventFlags::RDHUP, watched.readable);
        flags.set(EventFlags::OUT, watched.writable);
        flags.set(EventFlags::ET, watched == Readiness::NONE);
        flags
    }

    fn data(socket: BorrowedFd<'_>) -> EventData {
        EventData::new_u64(socket.as_raw_fd() as u64)
    }

    pub(super) fn add(
        poller: &OwnedFd,
        socket: BorrowedFd<'_>,
        watched: Readiness,
    ) -> io::Result<()> {
        Ok(epoll::add(poller, socket, data(socket), flags(watched))?)
    }

    pub(super) fn watch(
        poller: &OwnedFd,
        socket: BorrowedFd<'_>,
        _before: Readiness,
        now: Readiness,
    ) -> io::Result<()> {
        Ok(epoll::modify(poller, socket, data(socket), flags(now))?)
    }

    pub(super) fn remove(
        poller: &OwnedFd,
        socket: BorrowedFd<'_>,
        _watched: Readiness,
    ) -> io::Result<()> {
        Ok(epoll::delete(poller, socket)?)
    }

    pub(super) fn poll(
        poller: &OwnedFd,
        count: usize,
        wait: &Timespec,
        push: &mut dyn FnMut(Event),
    ) -> io::Result<()> {
        let mut events = Vec::with_capacity(count);
        epoll::wait(poller, spare_capacity(&mut events), Some(wait))?;
        for event in events {
            let (flags, data) = (event.flags, event.data);
            let any = flags.intersects(EventFlags::HUP | EventFlags::ERR);
            let readable = any || flags.intersects(EventFlags::IN | EventFlags::RDHUP);
            let writable = any || flags.contains(EventFlags::OUT);
            push((data.u64() as RawFd, Readiness { readable, writable }));
        }
        Ok(())
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
mod system {
    use std::{os::fd::AsRawFd, ptr};

    use rustix::{
        buffer::spare_capacity,
        event::kqueue::{self, EventFilter, EventFlags, kevent_timespec, kqueue},
    };

    use super::{BorrowedFd, Event, OwnedFd, Readiness, Timespec, io};

    pub(super) fn create() -> io::Result<OwnedFd> {
        Ok(kqueue()?)
    }

    pub(super) fn add(
        poller: &OwnedFd,
        socket: BorrowedFd<'_>,
        watched: Readiness,
    ) -> io::Result<()> {
        watch(poller, socket, Readiness::NONE, watched)
    }

    pub(super) fn watch(
        poller: &OwnedFd,
        socket: BorrowedFd<'_>,
        before: Readiness,
        now: Readiness,
    ) -> io::Result<()> {
        let socket = socket.as_raw_fd();
        let mut changes = Vec::with_capacity(2);
        let mut change = |filter, before, now| {
            if before != now {
                let flags = if now { EventFlags::ADD } else { EventFlags::DELETE };
                changes.push(kqueue::Event::new(filter, flags, ptr::null_mut()));
            }
        };
        change(EventFilter::Read(socket), before.readable, now.readable);
        change(EventFilter::Write(socket), before.writable, now.writable);
        let mut none: [kqueue::Event; 0] = [];
        let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
        // SAFETY: the system forgets a socket when it is closed.
        unsafe { kevent_timespec(poller, &changes, &mut none[..], Some(&at_once)) }?;
        Ok(())
    }

    pub(super) fn remove(
        poller: &OwnedFd,
        socket: BorrowedFd<'_>,
        watched: Readiness,
    ) -> io::Result<()> {
        watch(poller, socket, watched, Readiness::NONE)
    }

    pub(super) fn poll(
        poller: &OwnedFd,
        count: usize,
        wait: &Timespec,
        push: &mut dyn FnMut(Event),
    ) -> io::Result<()> {
        let mut events = Vec::with_capacity(count);
        let buffer = spare_capacity(&mut events);
        // SAFETY: nothing is changed.
        unsafe { kevent_timespec(poller, &[], buffer, Some(wait)) }?;
        for event in events {
            match event.filter() {
                EventFilter::Read(socket) => {
                    push((socket, Readiness { readable: true, writable: false }))
                }
                EventFilter::Write(socket) => {
                    push((socket, Readiness { readable: false, writable: true }))
                }
                _ => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::Write,
        os::{fd::AsFd, unix::net::UnixStream},
    };

    use super::*;

    const READABLE: Readiness = Readiness { readable: true, writable: false };
    const WRITABLE: Readiness = Readiness { readable: false, writable: true };

    fn poll(poller: &Poller) -> Vec<Event> {
        let mut events = Vec::new();
        poller.poll(8, Duration::ZERO, |event| events.push(event)).unwrap();
        events
    }

    #[test]
    fn what_is_watched_is_told_until_it_is_used() {
        let poller = Poller::new().unwrap();
        let (socket, mut peer) = UnixStream::pair().unwrap();
        poller.add(socket.as_fd(), READABLE).unwrap();
        assert_eq!(poll(&poller), []);
        peer.write_all(b"x").unwrap();
        assert_eq!(poll(&poller), [(socket.as_raw_fd(), READABLE)]);
        assert_eq!(poll(&poller), [(socket.as_raw_fd(), READABLE)]);
        poller.watch(socket.as_fd(), READABLE, WRITABLE).unwrap();
        assert_eq!(poll(&poller), [(socket.as_raw_fd(), WRITABLE)]);
        poller.remove(socket.as_fd(), WRITABLE).unwrap();
        assert_eq!(poll(&poller), []);
    }

    #[test]
    fn an_end_that_nobody_watches_for_is_not_told_for_ever() {
        let poller = Poller::new().unwrap();
        let (socket, peer) = UnixStream::pair().unwrap();
        poller.add(socket.as_fd(), Readiness::NONE).unwrap();
        drop(peer);
        poll(&poller);
        assert_eq!(poll(&poller), []);
        poller.watch(socket.as_fd(), Readiness::NONE, READABLE).unwrap();
        assert_eq!(poll(&poller).len(), 1);
        poller.watch(socket.as_fd(), READABLE, Readiness::NONE).unwrap();
        poll(&poller);
        assert_eq!(poll(&poller), []);
    }

    #[test]
    fn each_has_its_turn() {
        let poller = Poller::new().unwrap();
        let pairs = [(); 5].map(|()| UnixStream::pair().unwrap());
        for (socket, _) in &pairs {
            poller.add(socket.as_fd(), WRITABLE).unwrap();
        }
        let mut told = Vec::new();
        for _ in 0..5 {
            poller.poll(1, Duration::ZERO, |(socket, _)| told.push(socket)).unwrap();
        }
        told.sort_unstable();
        let mut all = pairs.each_ref().map(|(socket, _)| socket.as_raw_fd());
        all.sort_unstable();
        assert_eq!(told, all);
    }

    #[test]
    fn a_new_set_has_the_same_number() {
        let mut poller = Poller::new().unwrap();
        let descriptor = poller.descriptor();
        assert!(descriptor >= FIRST_DESCRIPTOR);
        let (socket, _peer) = UnixStream::pair().unwrap();
        poller.add(socket.as_fd(), WRITABLE).unwrap();
        poller.renew().unwrap();
        assert_eq!((poller.descriptor(), poll(&poller)), (descriptor, vec![]));
    }
}
