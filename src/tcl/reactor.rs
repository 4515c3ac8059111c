//! The reactor of a thread: watches all its sockets by one descriptor, which is all that Tcl's
//! notifier knows of them. So their number has no limit but the system's, and an event costs the
//! same however many there are.
//!
//! Tcl 8.6 waits with select(2), and aborts the process where that has to wait for a descriptor of
//! FD_SETSIZE or more, even one of Tcl's own. So the descriptor is made, and the notifier started,
//! when the package is loaded, while numbers are low.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    ffi::{c_int, c_void},
    io, mem,
    os::fd::{AsRawFd, BorrowedFd, RawFd},
    ptr,
    rc::Rc,
    time::{Duration, Instant},
};

use super::{
    before_wait::{self, call_last_before_wait},
    fork,
    guard::callback,
    poller::{Event, Poller},
    readiness::Readiness,
    short_wait::{SHORT, ShortWait},
    soon::{self, Soon},
    sys,
};

/// FD_SETSIZE.
const MAX_DESCRIPTORS_TCL86: RawFd = 1024;

/// How many events are taken from the system at once.
const BATCH: usize = 64;

/// How long events are handled in one iteration of the event loop, before timers and other channels
/// are served.
const BUDGET: Duration = Duration::from_millis(2);

/// A socket whose handler has taken so long is a [long task](Soon::long) the next time.
const SLOW: Duration = BUDGET;

thread_local! {
    static OF_THREAD: RefCell<Option<Rc<Reactor>>> = const { RefCell::new(None) };
}

/// The reactor of one thread.
pub(super) struct Reactor {
    poller: RefCell<Poller>,
    /// Of the process whose set of sockets it is: a child gets this struct, but shares the set.
    generation: Cell<u32>,
    /// Of the process that has waited for events last.
    waited: Cell<u32>,
    sockets: RefCell<Sockets>,
    /// The sockets of which something else may be watched now than the system knows; as below.
    changed: RefCell<Vec<RawFd>>,
    /// The sockets that are ready, but for those whose handlers took long. One that was closed may
    /// still be in it, and another have its descriptor.
    ready: RefCell<VecDeque<RawFd>>,
    short_wait: RefCell<ShortWait>,
}

/// The sockets by their descriptors, which the system gives out from the lowest one on.
#[derive(Default)]
struct Sockets(Vec<Option<Watched>>);

struct Watched {
    target: Target,
    watched: Readiness,
    /// What the system knows that is watched. It learns of changes [before Tcl waits](tell_system),
    /// so that those which are undone by then, or by the end of the socket, cost nothing.
    told: Readiness,
    /// Whether it is in the list of those that have changed.
    is_changed: bool,
    /// What it is ready for; it is in a queue then.
    ready: Readiness,
    is_slow: bool,
    /// Its place in the queue of long tasks.
    turn: Option<Soon>,
}

/// Who is told when a socket is ready.
#[derive(Clone)]
pub(super) enum Target {
    /// A channel, open until the registration ends; null as long as there is none.
    Channel(sys::Tcl_Channel),
    /// A function that is guarded itself.
    Function(Rc<dyn Fn()>),
}

/// A socket in its reactor, which may be no longer that of the thread.
pub(super) struct Registration {
    reactor: Rc<Reactor>,
    /// Open until the registration ends.
    descriptor: RawFd,
}

impl Sockets {
    fn insert(&mut self, descriptor: RawFd, watched: Watched) {
        let index = descriptor as usize;
        if self.0.len() <= index {
            self.0.resize_with(index + 1, || None);
        }
        self.0[index] = Some(watched);
    }

    fn get_mut(&mut self, descriptor: RawFd) -> Option<&mut Watched> {
        self.0.get_mut(descriptor as usize)?.as_mut()
    }

    fn remove(&mut self, descriptor: RawFd) -> Option<Watched> {
        self.0.get_mut(descriptor as usize)?.take()
    }

    fn iter(&self) -> impl Iterator<Item = (RawFd, &Watched)> {
        let watched = |(index, watched)| Some((index as RawFd, Option::as_ref(watched)?));
        self.0.iter().enumerate().filter_map(watched)
    }
}

impl Reactor {
    /// That of this thread, which is made if there is none yet.
    ///
    /// Errors where descriptors are used up: all of them, or those that Tcl can wait for.
    pub(super) fn of_thread() -> io::Result<Rc<Self>> {
        if let Some(reactor) = current() {
            return Ok(reactor);
        }
        fork::notice()?;
        let poller = Poller::new()?;
        let descriptor = poller.descriptor();
        // SAFETY: there is an interpreter, so the tables are there. What is created lives as long
        // as the thread: see `thread_ends`.
        unsafe {
            if !sys::is_tcl9() {
                start_notifier(&poller)?;
            }
            let data = ptr::null_mut();
            sys::tcl_CreateFileHandler(descriptor, sys::TCL_READABLE, Some(ready), data);
            sys::tcl_CreateThreadExitHandler(Some(thread_ends), data);
        }
        let reactor = Rc::new(Self {
            poller: RefCell::new(poller),
            generation: Cell::new(fork::generation()),
            waited: Cell::new(fork::generation()),
            sockets: RefCell::default(),
            changed: RefCell::default(),
            ready: RefCell::default(),
            short_wait: RefCell::default(),
        });
        OF_THREAD.set(Some(Rc::clone(&reactor)));
        call_last_before_wait(tell_system);
        Ok(reactor)
    }

    /// Takes in a socket, of which nothing is watched yet.
    pub(super) fn register(
        self: &Rc<Self>,
        socket: BorrowedFd<'_>,
        target: Target,
    ) -> io::Result<Registration> {
        self.notice_fork()?;
        let descriptor = socket.as_raw_fd();
        // Most are watched for this before Tcl waits.
        let told = Readiness { readable: true, writable: false };
        self.poller.borrow().add(socket, told)?;
        let watched = Watched {
            target,
            watched: Readiness::NONE,
            told,
            is_changed: true,
            ready: Readiness::NONE,
            is_slow: false,
            turn: None,
        };
        self.sockets.borrow_mut().insert(descriptor, watched);
        self.changed.borrow_mut().push(descriptor);
        Ok(Registration { reactor: Rc::clone(self), descriptor })
    }

    /// A process that was forked off shares the set with its parent. It leaves that alone, and
    /// makes one for itself.
    ///
    /// Errors where descriptors are used up: then nothing is changed in the set.
    fn notice_fork(&self) -> io::Result<()> {
        let generation = fork::generation();
        if self.generation.get() == generation {
            return Ok(());
        }
        let mut poller = self.poller.borrow_mut();
        poller.renew()?;
        self.generation.set(generation);
        for (descriptor, socket) in self.sockets.borrow().iter() {
            // SAFETY: open until the registration ends.
            let borrowed = unsafe { BorrowedFd::borrow_raw(descriptor) };
            // What the system does not watch stays silent. There is nobody to tell.
            let _ = poller.add(borrowed, socket.told);
        }
        Ok(())
    }

    /// Whether the sockets are those of the parent, in a process that was forked off and has not
    /// run the event loop.
    fn is_inherited(&self) -> bool {
        self.waited.get() != fork::generation()
    }

    /// Tells the system what is watched now.
    fn tell(&self) {
        let poller = self.poller.borrow();
        for descriptor in self.changed.borrow_mut().drain(..) {
            if let Some(socket) = self.sockets.borrow_mut().get_mut(descriptor) {
                socket.is_changed = false;
                let before = mem::replace(&mut socket.told, socket.watched);
                if before != socket.watched {
                    // SAFETY: open until the registration ends.
                    let borrowed = unsafe { BorrowedFd::borrow_raw(descriptor) };
                    // It is in the set, so that there is nothing that could fail.
                    let _ = poller.watch(borrowed, before, socket.watched);
                }
            }
        }
    }

    /// Handles what has happened, and what comes upon that at once, as long as there is time. Those
    /// that are left are still ready, so that Tcl calls again.
    fn handle_events(&self) {
        self.take_events(Duration::ZERO);
        self.short_wait.borrow_mut().begin();
        self.handle_taken();
    }

    /// Handles the events that were taken, and what comes upon them at once.
    fn handle_taken(&self) {
        let end = Instant::now() + BUDGET;
        while self.handle_until(end) && self.wait_shortly() {}
    }

    /// Waits a moment for events, if that is [worthwhile](ShortWait); tells whether there are any.
    fn wait_shortly(&self) -> bool {
        // What is to be done soon is done by Tcl's event loop.
        if !self.short_wait.borrow_mut().is_worthwhile() || soon::has_tasks() {
            return false;
        }
        before_wait::call();
        self.take_events(SHORT);
        let has_come = !self.ready.borrow().is_empty();
        self.short_wait.borrow_mut().end(has_come);
        has_come
    }

    fn take_events(&self, wait: Duration) {
        // It fails for nothing that could be mended here.
        let _ = self.poller.borrow().poll(BATCH, wait, |event| self.take(event));
    }

    /// Handles the events that were taken; tells whether it was done with all by this time.
    fn handle_until(&self, end: Instant) -> bool {
        loop {
            // A handler may enter the event loop, and come here again.
            let next = self.ready.borrow_mut().pop_front();
            let Some(descriptor) = next else { return true };
            if self.handle(descriptor) >= end {
                return false;
            }
        }
    }

    fn take(&self, (descriptor, ready): Event) {
        if let Some(socket) = self.sockets.borrow_mut().get_mut(descriptor)
            && mem::replace(&mut socket.ready, ready) == Readiness::NONE
        {
            if socket.is_slow {
                socket.turn = Some(Soon::long_guarded(move || {
                    if let Some(reactor) = current() {
                        reactor.handle(descriptor);
                    }
                }));
            } else {
                self.ready.borrow_mut().push_back(descriptor);
            }
        }
    }

    /// Tells what a socket is ready for. Returns the time afterwards.
    fn handle(&self, descriptor: RawFd) -> Instant {
        let start = Instant::now();
        let (target, ready) = match self.sockets.borrow_mut().get_mut(descriptor) {
            Some(socket) => {
                socket.turn = None;
                (socket.target.clone(), mem::take(&mut socket.ready).and(socket.watched))
            }
            None => return start,
        };
        let readable = if ready.readable { sys::TCL_READABLE } else { 0 };
        let writable = if ready.writable { sys::TCL_WRITABLE } else { 0 };
        match target {
            _ if readable | writable == 0 => return start,
            Target::Channel(channel) if channel.is_null() => return start,
            // SAFETY: open until the registration ends.
            Target::Channel(channel) => unsafe {
                sys::tcl_NotifyChannel(channel, readable | writable)
            },
            Target::Function(function) => function(),
        }
        let end = Instant::now();
        if let Some(socket) = self.sockets.borrow_mut().get_mut(descriptor) {
            socket.is_slow = end - start >= SLOW;
        }
        end
    }
}

impl Registration {
    /// The channel that is told when the socket is ready.
    ///
    /// # Safety
    /// It is open until the [end](Registration::end).
    pub(super) unsafe fn set_channel(&self, channel: sys::Tcl_Channel) {
        if let Some(socket) = self.reactor.sockets.borrow_mut().get_mut(self.descriptor) {
            socket.target = Target::Channel(channel);
        }
    }

    /// Something is sent by the socket.
    pub(super) fn sends(&self) {
        self.reactor.short_wait.borrow_mut().sent(self.descriptor);
    }

    /// Watches the socket for this from now on. The system learns of it before Tcl waits.
    pub(super) fn watch(&self, wanted: Readiness) {
        let Self { reactor, descriptor } = self;
        if let Some(entry) = reactor.sockets.borrow_mut().get_mut(*descriptor) {
            entry.watched = wanted;
            if entry.told != wanted && !mem::replace(&mut entry.is_changed, true) {
                reactor.changed.borrow_mut().push(*descriptor);
            }
        }
    }

    /// Forgets the socket, which is about to be closed. Where it `is_shared`, it goes on by another
    /// descriptor.
    pub(super) fn end(&self, socket: BorrowedFd<'_>, is_shared: bool) {
        let Self { reactor, descriptor } = self;
        reactor.short_wait.borrow_mut().closed(*descriptor);
        let is_own = reactor.notice_fork().is_ok();
        let entry = reactor.sockets.borrow_mut().remove(*descriptor);
        if let Some(entry) = entry.filter(|_| is_own && (is_shared || fork::has_forked())) {
            // It is in the set.
            let _ = reactor.poller.borrow().remove(socket, entry.told);
        }
    }
}

/// Handles events as Tcl's event loop does, if something was sent and is answered at once; tells
/// whether there were any. For who would run the event loop now.
pub(super) fn handle_answers() -> bool {
    let Some(reactor) = current() else { return false };
    let has_come = reactor.wait_shortly();
    if has_come {
        reactor.handle_taken();
    }
    has_come
}

/// Whether the sockets of this thread are those of the parent process, which goes on with them.
pub(super) fn is_inherited() -> bool {
    current().is_some_and(|reactor| reactor.is_inherited())
}

/// The reactor of this thread, if there is one.
fn current() -> Option<Rc<Reactor>> {
    // When the thread is ending, its variables may be gone.
    OF_THREAD.try_with(|reactor| reactor.borrow().clone()).ok().flatten()
}

/// Tcl is about to wait: the system learns for what.
fn tell_system() {
    if let Some(reactor) = current() {
        reactor.waited.set(fork::generation());
        // Where that fails, it is tried again the next time.
        if reactor.notice_fork().is_ok() {
            reactor.tell();
        }
    }
}

/// Starts the notifier of Tcl 8.6, which has a thread that makes a pipe for itself.
///
/// # Safety
/// There is an interpreter in this thread, and Tcl is of this version.
unsafe fn start_notifier(poller: &Poller) -> io::Result<()> {
    let [one, other] = poller.next_descriptors()?;
    if one.max(other).max(poller.descriptor()) >= MAX_DESCRIPTORS_TCL86 {
        let message = "too many open files: Tcl 8.6 can wait only for the first 1024";
        return Err(io::Error::other(message));
    }
    // The first wait starts it. This one only looks what is ready; no handler runs.
    // SAFETY: the caller's promise.
    unsafe { sys::tcl_WaitForEvent(sys::NO_TIME.as_ptr().cast()) };
    Ok(())
}

callback! {
    silent fn ready(_data: *mut c_void, _mask: c_int) {
        if let Some(reactor) = current() {
            reactor.handle_events();
        }
    }
}

callback! {
    silent fn thread_ends(_data: *mut c_void) {
        let Some(reactor) = OF_THREAD.take() else { return };
        // SAFETY: undoes the calls in `of_thread`.
        unsafe {
            sys::tcl_DeleteFileHandler(reactor.poller.borrow().descriptor());
        }
    }
}
