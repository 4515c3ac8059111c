//! Tcl channels as byte streams: raw reads and writes that never block, and readiness events.

use std::{
    cell::{Cell, RefCell},
    ffi::{CStr, CString, c_int, c_void},
    io::{self, Read},
    net::SocketAddr,
    rc::Rc,
    time::Duration,
};

use socket2::{SockRef, Socket};

use super::{
    error::Error, guard::callback, interp::Interp, readiness::Readiness, sys, timer::Timer,
    value::Value,
};
#[cfg(own_sockets)]
use super::{reactor, socket};

/// What was there where input was discarded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Discarded {
    /// Nothing.
    Nothing,
    /// Some bytes.
    Bytes,
    /// The end, or an error behind which nothing can come.
    End,
}

/// How many reads discard what is there. A peer that sends all the time does not keep us longer.
const MAX_DISCARDING_READS: usize = 64;

/// How often writing is tried on a channel that a script opened, where nothing is read meanwhile:
/// Tcl's TCP driver watches for input too wherever it has to watch for room (its ticket
/// 1758a0b603), so that the event loop would spin as long as there is something unread.
const WRITE_INTERVAL: Duration = Duration::from_millis(20);

/// A channel, open until it is [closed](Channel::close) or this is dropped. On a closed one, a read
/// meets the end, and nothing else does anything.
pub(crate) struct Channel(Rc<Inner>);

struct Inner {
    interp: Interp,
    /// `None` once it is closed.
    channel: Cell<Option<sys::Tcl_Channel>>,
    /// Whether it watches for what is wanted and nothing else.
    is_exact: bool,
    watched: Cell<Readiness>,
    is_output_shut: Cell<bool>,
    /// Whether a read has met the end of a socket of ours.
    is_at_end: Cell<bool>,
    handler: RefCell<Option<Rc<Handler>>>,
    /// Stands in for the event that there is room for writing.
    write_timer: RefCell<Option<Timer>>,
}

type Handler = dyn Fn(Readiness);

impl Channel {
    /// Makes sure that [`from_socket`](Channel::from_socket) can make a channel, and Tcl can wait.
    ///
    /// Errors where file descriptors are used up: all of them, or those below 1024, which are the
    /// only ones that Tcl 8.6 can wait for.
    pub(crate) fn check_sockets() -> io::Result<()> {
        #[cfg(own_sockets)]
        reactor::Reactor::of_thread()?;
        Ok(())
    }

    /// Makes a channel of a non-blocking socket.
    ///
    /// Errors where the system has no more memory to watch it, or as
    /// [`check_sockets`](Channel::check_sockets).
    pub(crate) fn from_socket(interp: &Interp, socket: impl Into<Socket>) -> io::Result<Self> {
        let socket = socket.into();
        #[cfg(own_sockets)]
        let channel = socket::make_channel(socket)?;
        #[cfg(not(own_sockets))]
        let channel = tcl_socket(socket)?;
        // SAFETY: it was just opened.
        Ok(unsafe { Self::keep(interp, channel, cfg!(own_sockets)) })
    }

    /// Takes over the channel of this name, which the script then has no longer: of whatever type,
    /// with transformations stacked on it or not.
    ///
    /// Errors, as Tcl words them, where there is no such channel, or it is not open for reading and
    /// writing, or Tcl 8.6 cannot wait for it.
    pub(crate) fn take_over(interp: &Interp, name: &Value) -> Result<Self, Error> {
        // SAFETY: the interpreter is alive. The channel is registered anew before the script's
        // registration ends.
        unsafe {
            let channel = find(interp, name)?;
            let kept = Self::keep(interp, sys::tcl_GetTopChannel(channel), false);
            sys::tcl_UnregisterChannel(interp.as_ptr(), channel);
            Ok(kept)
        }
    }

    /// Gives a script the channel, which it has until it is [taken over](Channel::take_over) again,
    /// and returns its name. This one is of no use any more, but is not closed.
    ///
    /// Errors as [`from_socket`](Channel::from_socket).
    pub(crate) fn lend(&self, interp: &Interp) -> io::Result<Value> {
        let Some(channel) = self.0.channel.get() else {
            return Err(io::ErrorKind::NotConnected.into());
        };
        self.watch(Readiness::NONE);
        #[cfg(own_sockets)]
        let channel = match self.0.is_exact {
            // All others of ours have one name.
            // SAFETY: it is one of ours, open, and has never been a script's.
            true => unsafe { socket::make_twin(channel)? },
            false => channel,
        };
        // SAFETY: the channel is open, and the interpreter alive, since somebody holds a request in
        // it.
        unsafe {
            sys::tcl_RegisterChannel(interp.as_ptr(), channel);
            for (option, value) in [(c"-blocking", c"0"), (c"-translation", c"binary")] {
                let interp = std::ptr::null_mut();
                sys::tcl_SetChannelOption(interp, channel, option.as_ptr(), value.as_ptr());
            }
            let name = sys::tcl_GetChannelName(channel);
            Ok(Value::string(&CStr::from_ptr(name).to_string_lossy()))
        }
    }

    /// The same with what Tcl has read of it and no script has, as bytes. What was to be written
    /// goes first.
    ///
    /// Errors as [`take_over`](Channel::take_over).
    pub(crate) fn take_over_with_input(
        interp: &Interp,
        name: &Value,
    ) -> Result<(Self, Vec<u8>), Error> {
        find(interp, name)?;
        let input = Self::take_input(interp, name)?;
        Ok((Self::take_over(interp, name)?, input))
    }

    fn take_input(interp: &Interp, name: &Value) -> Result<Vec<u8>, Error> {
        let call = |words: &[&str], behind: &[Value]| {
            let words: Vec<Value> = words.iter().copied().map(Value::string).collect();
            interp.call(words.iter().chain([name]).chain(behind))
        };
        let binary = ["-blocking", "0", "-translation", "binary"].map(Value::string);
        call(&["::chan", "configure"], &binary)?;
        call(&["::flush"], &[])?;
        let count = call(&["::chan", "pending", "input"], &[])?;
        // -1 where it is not open for reading.
        if count.to_integer().is_none_or(|count| count <= 0) {
            return Ok(Vec::new());
        }
        let bytes = call(&["::read"], &[count])?;
        Ok(bytes.with_bytes(<[u8]>::to_vec).unwrap_or_default())
    }

    /// # Safety
    /// `channel` is open. It stays so until this is dropped.
    unsafe fn keep(interp: &Interp, channel: sys::Tcl_Channel, is_exact: bool) -> Self {
        // SAFETY: the caller's promise; a channel registered without an interpreter is closed when
        // it is unregistered, in `close`.
        unsafe {
            sys::tcl_RegisterChannel(std::ptr::null_mut(), channel);
            leave_standard(channel);
            for (option, value) in [(c"-blocking", c"0"), (c"-translation", c"binary")] {
                let interp = std::ptr::null_mut();
                sys::tcl_SetChannelOption(interp, channel, option.as_ptr(), value.as_ptr());
            }
        }
        Self(Rc::new(Inner {
            interp: interp.clone(),
            channel: Cell::new(Some(channel)),
            is_exact,
            watched: Cell::default(),
            is_output_shut: Cell::default(),
            is_at_end: Cell::default(),
            handler: RefCell::default(),
            write_timer: RefCell::default(),
        }))
    }

    /// Reads what is there. `Ok(0)` is the end of the stream; `WouldBlock`: nothing there yet.
    pub(crate) fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        // SAFETY: the buffer has so many bytes.
        unsafe { self.read_into(buffer.as_mut_ptr(), buffer.len()) }
    }

    /// As [`read`](Channel::read), into memory that need not be initialised.
    ///
    /// # Safety
    /// From `start` on, `size` bytes may be written.
    pub(super) unsafe fn read_into(&self, start: *mut u8, size: usize) -> io::Result<usize> {
        let Some(channel) = self.0.channel.get() else { return Ok(0) };
        // SAFETY: the channel is open, and Tcl writes at most `size` bytes.
        let count = unsafe { sys::tcl_ReadRaw(channel, start.cast(), size) };
        if count == 0 && self.0.is_exact {
            self.0.is_at_end.set(true);
        }
        usize::try_from(count).map_err(|_| last_error())
    }

    /// Writes what the system takes at once. `WouldBlock`: nothing for now.
    pub(crate) fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        let Some(channel) = self.0.channel.get() else { return Ok(bytes.len()) };
        // SAFETY: the channel is open.
        let count = unsafe { sys::tcl_WriteRaw(channel, bytes.as_ptr().cast(), bytes.len()) };
        usize::try_from(count).map_err(|_| last_error())
    }

    /// Ends the outgoing stream; the other side reads the end, and can go on sending.
    pub(crate) fn shut_down_output(&self) {
        let Some(channel) = self.0.channel.get() else { return };
        if self.0.is_output_shut.replace(true) {
            // Tcl would want an interpreter, to say that this is wrong.
            return;
        }
        // SAFETY: the channel is open. There is nothing left to do about an error: the reading
        // side shows what became of the connection.
        unsafe {
            sys::tcl_CloseEx(std::ptr::null_mut(), channel, sys::TCL_CLOSE_WRITE);
        }
    }

    /// Has no handler called any more.
    pub(crate) fn silence(&self) {
        self.watch(Readiness::NONE);
        self.0.handler.take();
    }

    /// Closes it, also inside its handler. None of the other functions is under way: they may run
    /// scripts where one implements the channel.
    pub(crate) fn close(&self) {
        self.0.write_timer.take();
        let Some(channel) = self.0.channel.take() else { return };
        let handler = self.0.handler.take();
        // SAFETY: the channel was open, and nothing uses it afterwards.
        unsafe {
            let data = Rc::as_ptr(&self.0).cast_mut().cast();
            sys::tcl_DeleteChannelHandler(channel, Some(ready), data);
            sys::tcl_UnregisterChannel(std::ptr::null_mut(), channel);
        }
        drop(handler);
    }

    /// The addresses of the other end and of this one; `None` where the channel is no socket, or a
    /// Unix domain socket. Asks the system, as Tcl's own `-peername` does, but no name server.
    pub(crate) fn addresses(&self) -> (Option<SocketAddr>, Option<SocketAddr>) {
        let address = |address: io::Result<socket2::SockAddr>| address.ok()?.as_socket();
        let addresses =
            |socket: SockRef<'_>| (address(socket.peer_addr()), address(socket.local_addr()));
        self.with_socket(addresses).unwrap_or_default()
    }

    /// Whether this process was forked off and has not run the event loop: the parent goes on with
    /// the channel.
    pub(crate) fn is_inherited(&self) -> bool {
        #[cfg(own_sockets)]
        return reactor::is_inherited();
        #[cfg(not(own_sockets))]
        false
    }

    /// Whether the channel is a socket, and nothing is stacked on it.
    pub(crate) fn is_plain_socket(&self) -> bool {
        let Some(channel) = self.0.channel.get() else { return false };
        // SAFETY: the channel is open.
        let below = unsafe { sys::tcl_GetStackedChannel(channel) };
        below.is_null() && self.is_socket()
    }

    /// Reads what the system has, past Tcl, and drops it. Runs no script, whatever is stacked on
    /// the channel; where no socket is at its bottom, there is nothing.
    pub(crate) fn discard_input(&self, buffer: &mut [u8]) -> Discarded {
        let discard = |socket: SockRef<'_>| {
            let mut met = Discarded::Nothing;
            for _ in 0..MAX_DISCARDING_READS {
                match (&*socket).read(buffer) {
                    Ok(0) => return Discarded::End,
                    Ok(_) => met = Discarded::Bytes,
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => return met,
                    Err(_) => return Discarded::End,
                }
            }
            met
        };
        if self.0.is_at_end.get() {
            return Discarded::End;
        }
        if !self.0.is_exact && !self.is_socket() {
            return Discarded::Nothing;
        }
        self.with_socket(discard).unwrap_or(Discarded::Nothing)
    }

    /// Whether a socket is at the bottom of the channel.
    fn is_socket(&self) -> bool {
        self.with_socket(|socket| socket.local_addr().is_ok()).unwrap_or(false)
    }

    /// How many bytes the system has taken and the other end's has not acknowledged. 0 where the
    /// channel is no socket, both ends are in this system, or it does not tell.
    pub(crate) fn unacknowledged(&self) -> usize {
        #[cfg(target_os = "linux")]
        if let Some(handle) = self.handle() {
            let mut count: c_int = 0;
            // SAFETY: the channel owns the handle and stays open; the system writes one `int`.
            let code =
                unsafe { libc::ioctl(handle as isize as c_int, libc::TIOCOUTQ, &raw mut count) };
            if code == 0 && count > 0 && !self.is_within_system() {
                // The end of the output counts as a byte.
                let end = c_int::from(self.0.is_output_shut.get());
                return usize::try_from(count - end).unwrap_or_default();
            }
        }
        0
    }

    /// Whether it is a Unix domain socket.
    #[cfg(target_os = "linux")]
    fn is_within_system(&self) -> bool {
        let is_unix = |socket: SockRef<'_>| socket.local_addr().is_ok_and(|own| own.is_unix());
        self.with_socket(is_unix).unwrap_or(false)
    }

    /// Lends the system's handle as that of a socket. If it is that of something else, the system
    /// says so in each call.
    pub(super) fn with_socket<R>(&self, call: impl FnOnce(SockRef<'_>) -> R) -> Option<R> {
        let handle = self.handle()?;
        // SAFETY: the channel owns the handle and stays open.
        #[cfg(unix)]
        let socket = unsafe { std::os::fd::BorrowedFd::borrow_raw(handle as isize as c_int) };
        // SAFETY: as above.
        #[cfg(windows)]
        let socket = unsafe { std::os::windows::io::BorrowedSocket::borrow_raw(handle as _) };
        Some(call(SockRef::from(&socket)))
    }

    /// The system's handle, which the channel owns; `None` where it has none.
    fn handle(&self) -> Option<*mut c_void> {
        let channel = self.0.channel.get()?;
        let mut handle: *mut c_void = std::ptr::null_mut();
        // SAFETY: the channel is open.
        let code =
            unsafe { sys::tcl_GetChannelHandle(channel, sys::TCL_READABLE, &raw mut handle) };
        (code == sys::TCL_OK).then_some(handle)
    }

    /// Sets what is called, from the event loop, when the channel is ready for what is watched.
    pub(crate) fn on_ready(&self, handler: impl Fn(Readiness) + 'static) {
        if self.0.channel.get().is_some() {
            self.0.handler.replace(Some(Rc::new(handler)));
        }
    }

    /// Watches for this from now on. A channel at its end is readable for ever, one with space
    /// in the system's buffer writable: watch only for what will be used. Where only room is
    /// watched for, on a channel that a script opened, the handler is called every 20 ms, whether
    /// there is room or not.
    pub(crate) fn watch(&self, wanted: Readiness) {
        let Some(channel) = self.0.channel.get() else { return };
        if self.0.watched.replace(wanted) == wanted {
            return;
        }
        let is_timed = wanted.writable && !wanted.readable && !self.0.is_exact;
        self.0.write_timer.replace(is_timed.then(|| self.0.try_later()));
        let readable = if wanted.readable { sys::TCL_READABLE } else { 0 };
        let writable = if wanted.writable && !is_timed { sys::TCL_WRITABLE } else { 0 };
        let mask = readable | writable;
        // SAFETY: the channel is open. The handler's data is the channel's own struct, which
        // outlives the handler: `close` deletes it.
        unsafe {
            let data = Rc::as_ptr(&self.0).cast_mut().cast();
            if mask == 0 {
                sys::tcl_DeleteChannelHandler(channel, Some(ready), data);
            } else {
                sys::tcl_CreateChannelHandler(channel, mask, Some(ready), data);
            }
        }
    }
}

/// The channel of this name. Errors as [`take_over`](Channel::take_over).
fn find(interp: &Interp, name: &Value) -> Result<sys::Tcl_Channel, Error> {
    if interp.is_deleted() {
        return Err(Error::new("the interpreter is gone", ["TCL", "LOOKUP", "CHANNEL"]));
    }
    let text = CString::new(name.to_utf8_lossy()).unwrap_or_default();
    let mut mode: c_int = 0;
    // SAFETY: the interpreter is alive.
    let channel = unsafe { sys::tcl_GetChannel(interp.as_ptr(), text.as_ptr(), &raw mut mode) };
    if channel.is_null() {
        return Err(interp.error(sys::TCL_ERROR));
    }
    if mode & sys::TCL_READABLE == 0 || mode & sys::TCL_WRITABLE == 0 {
        return Err((interp.faults().one_way_channel)(name));
    }
    // SAFETY: the channel is open.
    if !unsafe { is_watchable(channel) } {
        return Err((interp.faults().unwatchable_channel)(name));
    }
    Ok(channel)
}

impl Inner {
    fn try_later(self: &Rc<Self>) -> Timer {
        let this = Rc::downgrade(self);
        Timer::after(&self.interp, WRITE_INTERVAL, move || {
            let Some(inner) = this.upgrade() else { return };
            let handler = inner.handler.borrow().clone();
            // Set before the handler runs, which may enter the event loop or watch for less.
            inner.write_timer.replace(Some(inner.try_later()));
            if let Some(handler) = handler {
                handler(Readiness { readable: false, writable: true });
            }
        })
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.close();
    }
}

callback! {
    event fn ready(data: *mut c_void, mask: c_int) {
        // SAFETY: `close` deletes this handler, so the struct is alive, and it lives in an Rc. A
        // share of it is held while the handler runs, which may drop the channel.
        let inner = unsafe {
            let inner: *const Inner = data.cast_const().cast();
            Rc::increment_strong_count(inner);
            Rc::from_raw(inner)
        };
        let handler = inner.handler.borrow().clone()?;
        Some((inner.interp.clone(), move || {
            let watched = inner.watched.get();
            handler(Readiness {
                readable: watched.readable && mask & sys::TCL_READABLE != 0,
                writable: watched.writable && mask & sys::TCL_WRITABLE != 0,
            });
        }))
    }
}

/// Whether Tcl's notifier can wait for the channel. That of Tcl 8.6 does so with select(2), and
/// would abort the process. A handle that is no descriptor is the affair of the channel's type.
///
/// # Safety
/// The channel is open.
#[cfg(unix)]
pub(super) unsafe fn is_watchable(channel: sys::Tcl_Channel) -> bool {
    /// FD_SETSIZE.
    const MAX_DESCRIPTORS: c_int = 1024;
    let is_low = |direction| {
        let mut handle: *mut c_void = std::ptr::null_mut();
        // SAFETY: the caller's promise.
        let code = unsafe { sys::tcl_GetChannelHandle(channel, direction, &raw mut handle) };
        let descriptor = c_int::try_from(handle as isize).unwrap_or_default();
        // SAFETY: the system says whether that is a descriptor.
        let is_open = || unsafe { libc::fcntl(descriptor, libc::F_GETFD) } >= 0;
        code != sys::TCL_OK || descriptor < MAX_DESCRIPTORS || !is_open()
    };
    // SAFETY: there is an interpreter, so the tables are there.
    unsafe { sys::is_tcl9() || is_low(sys::TCL_READABLE) && is_low(sys::TCL_WRITABLE) }
}

#[cfg(not(unix))]
pub(super) unsafe fn is_watchable(_channel: sys::Tcl_Channel) -> bool {
    true
}

/// Has the channel be no standard channel. A channel that is made after a script has closed one of
/// these takes its place, and what is written there would go to the peer.
///
/// # Safety
/// The channel is open, and registered without an interpreter.
unsafe fn leave_standard(channel: sys::Tcl_Channel) {
    // SAFETY: the caller's promise. A standard channel is registered for that, too.
    unsafe {
        let r#type = match CStr::from_ptr(sys::tcl_GetChannelName(channel)).to_bytes() {
            b"stdin" => sys::TCL_STDIN,
            b"stdout" => sys::TCL_STDOUT,
            b"stderr" => sys::TCL_STDERR,
            _ => return,
        };
        let standard = sys::tcl_GetStdChannel(r#type);
        if !standard.is_null()
            && sys::tcl_GetTopChannel(standard) == sys::tcl_GetTopChannel(channel)
        {
            sys::tcl_SetStdChannel(std::ptr::null_mut(), r#type);
            sys::tcl_UnregisterChannel(std::ptr::null_mut(), channel);
        }
    }
}

/// Makes a channel of Tcl's own type.
#[cfg(not(own_sockets))]
fn tcl_socket(socket: Socket) -> io::Result<sys::Tcl_Channel> {
    #[cfg(unix)]
    let handle = {
        let descriptor = std::os::fd::AsRawFd::as_raw_fd(&socket);
        // SAFETY: there is an interpreter, so the tables are there.
        if unsafe { !sys::is_tcl9() } && descriptor >= 1024 {
            // Its notifier waits with select(2), and would abort the process.
            let message = "too many open files: Tcl 8.6 cannot wait for more than 1024";
            return Err(io::Error::other(message));
        }
        descriptor as isize
    };
    #[cfg(windows)]
    let handle = std::os::windows::io::AsRawSocket::as_raw_socket(&socket) as isize;
    // SAFETY: there is an interpreter, so the tables are there.
    let channel = unsafe { sys::tcl_MakeTcpClientChannel(handle as *mut c_void) };
    if channel.is_null() {
        // On Windows, Tcl has sockets where it can make a window.
        return Err(io::Error::other("sockets are not available on this system"));
    }
    // The channel has taken it over.
    std::mem::forget(socket);
    Ok(channel)
}

/// The error of the channel operation that just failed, in Tcl's words.
fn last_error() -> io::Error {
    // SAFETY: there is an interpreter, so the tables are there.
    let errno = unsafe { sys::tcl_GetErrno() };
    if cfg!(not(windows)) {
        return io::Error::from_raw_os_error(errno);
    }
    // There it is one of the C library, whose numbers are not those of the system's errors.
    match errno {
        _ if [libc::EAGAIN, libc::EWOULDBLOCK].contains(&errno) => io::ErrorKind::WouldBlock.into(),
        _ => io::Error::other(words(errno)),
    }
}

/// What went wrong, in Tcl's words, such as `connection reset by peer`.
pub(crate) fn describe(error: &io::Error) -> String {
    match error.raw_os_error() {
        // Tcl does not know the others.
        Some(errno) if cfg!(not(windows)) => words(errno),
        _ => error.to_string(),
    }
}

/// Tcl's words for an error of the C library.
fn words(errno: c_int) -> String {
    // SAFETY: there is an interpreter, so the tables are there; the text is a constant.
    unsafe { CStr::from_ptr(sys::tcl_ErrnoMsg(errno)).to_string_lossy().into_owned() }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::{
        io::Write,
        os::{fd::OwnedFd, unix::net::UnixStream},
        thread,
    };

    use super::*;
    use crate::tcl::testing::{Tcl, run};

    const READABLE: Readiness = Readiness { readable: true, writable: false };
    const WRITABLE: Readiness = Readiness { readable: false, writable: true };

    /// A channel and its other end.
    fn pair(tcl: &Tcl) -> (Channel, UnixStream) {
        let (ours, theirs) = UnixStream::pair().unwrap();
        ours.set_nonblocking(true).unwrap();
        (Channel::from_socket(tcl.interp(), OwnedFd::from(ours)).unwrap(), theirs)
    }

    /// What the handlers of some channels were called with.
    type Events = Rc<RefCell<Vec<(usize, Readiness)>>>;

    fn note(channel: &Channel, name: usize, events: &Events) {
        let events = Rc::clone(events);
        channel.on_ready(move |ready| events.borrow_mut().push((name, ready)));
    }

    #[test]
    fn a_socket_is_watched_for_what_is_wanted_alone() {
        run(|tcl| {
            let (channel, mut peer) = pair(tcl);
            let events = Events::default();
            note(&channel, 0, &events);
            peer.write_all(b"input").unwrap();
            assert!(!tcl.handle_channel_event());
            channel.watch(WRITABLE);
            assert!(tcl.handle_channel_event());
            while channel.write(&[0; 65536]).is_ok() {}
            assert!(!tcl.handle_channel_event());
            channel.watch(READABLE);
            assert!(tcl.handle_channel_event() && tcl.handle_channel_event());
            channel.watch(Readiness::NONE);
            assert!(!tcl.handle_channel_event());
            let one = (0, READABLE);
            assert_eq!(events.take(), [(0, WRITABLE), one, one]);
        });
    }

    #[test]
    #[cfg(own_sockets)]
    fn an_answer_to_what_a_handler_sends_is_handled_with_it() {
        run(|tcl| {
            let (channel, peer) = pair(tcl);
            let (channel, events) = (Rc::new(channel), Rc::new(Cell::new(0)));
            let (own, count) = (Rc::downgrade(&channel), Rc::clone(&events));
            (&peer).write_all(b"first").unwrap();
            let theirs = peer.try_clone().unwrap();
            channel.on_ready(move |_| {
                let channel = own.upgrade().unwrap();
                let mut bytes = [0; 8];
                while channel.read(&mut bytes).is_ok() {}
                count.set(count.get() + 1);
                if count.get() < 4 {
                    channel.write(b"question").unwrap();
                    (&theirs).write_all(b"answer").unwrap();
                }
            });
            channel.watch(READABLE);
            assert!(tcl.handle_channel_event());
            assert_eq!(events.get(), 4);
            // Nothing was sent before this one.
            (&peer).write_all(b"last").unwrap();
            assert!(tcl.handle_channel_event() && !tcl.handle_channel_event());
            assert_eq!(events.get(), 5);
        });
    }

    #[test]
    fn an_end_that_is_not_watched_for_is_no_event() {
        run(|tcl| {
            let (channel, peer) = pair(tcl);
            drop(peer);
            // The system may tell of it once.
            tcl.handle_channel_event();
            assert!(!tcl.handle_channel_event());
            let events = Events::default();
            note(&channel, 0, &events);
            channel.watch(READABLE);
            assert!(tcl.handle_channel_event());
            assert_eq!(events.take(), [(0, READABLE)]);
            assert_eq!(channel.read(&mut [0]).unwrap(), 0);
        });
    }

    /// Channels that have room for output all the time, with handlers that take so long.
    fn busy(tcl: &Tcl, times: &[u64], events: &Events) -> Vec<(Channel, UnixStream)> {
        let channels: Vec<_> = times.iter().map(|_| pair(tcl)).collect();
        for (name, ((channel, _), time)) in channels.iter().zip(times).enumerate() {
            let (events, time) = (Rc::clone(events), Duration::from_millis(*time));
            channel.on_ready(move |ready| {
                events.borrow_mut().push((name, ready));
                thread::sleep(time);
            });
            channel.watch(WRITABLE);
        }
        channels
    }

    #[test]
    fn handlers_that_take_their_time_let_the_event_loop_go_on_and_have_turns() {
        run(|tcl| {
            let events = Events::default();
            let _channels = busy(tcl, &[10, 10, 10], &events);
            // Until it is known of all.
            tcl.wait_until("each has had some turns", || events.borrow().len() >= 12);
            events.take();
            tcl.wait_until("each has had two more turns", || {
                let handled = events.borrow().len();
                tcl.step();
                assert!(events.borrow().len() <= handled + 1);
                handled >= 6
            });
            let names: Vec<_> = events.take().into_iter().map(|(name, _)| name).collect();
            assert_eq!(names[..3], names[3..6]);
            assert!((0..3).all(|name| names[..3].contains(&name)));
        });
    }

    #[test]
    fn handlers_that_take_their_time_hold_no_other_up() {
        run(|tcl| {
            let events = Events::default();
            let _channels = busy(tcl, &[10, 10, 10, 0], &events);
            tcl.wait_until("there were some", || events.borrow().len() >= 40);
            // One in four would be its share otherwise.
            let quick = events.borrow().iter().filter(|(name, _)| *name == 3).count();
            assert!(quick >= 15, "{events:?}");
        });
    }

    #[test]
    fn a_channel_that_a_handler_closes_has_no_event() {
        run(|tcl| {
            let events = Events::default();
            let channels: Vec<_> = (0..2).map(|_| pair(tcl)).collect();
            let channels = Rc::new(RefCell::new(channels));
            for (name, (channel, _)) in channels.borrow().iter().enumerate() {
                let (all, events) = (Rc::clone(&channels), Rc::clone(&events));
                channel.on_ready(move |ready| {
                    events.borrow_mut().push((name, ready));
                    all.take();
                });
                channel.watch(WRITABLE);
            }
            assert!(tcl.handle_channel_event());
            assert!(!tcl.handle_channel_event());
            assert_eq!(events.take().len(), 1);
        });
    }

    #[test]
    fn a_handler_can_close_its_channel() {
        run(|tcl| {
            let (channel, peer) = pair(tcl);
            let channel = Rc::new(channel);
            let (own, events) = (Rc::clone(&channel), Events::default());
            let told = Rc::clone(&events);
            channel.on_ready(move |ready| {
                told.borrow_mut().push((0, ready));
                own.close();
                // The other end knows at once.
                assert_eq!((&peer).read(&mut [0]).unwrap(), 0);
            });
            channel.watch(WRITABLE);
            assert!(tcl.handle_channel_event());
            assert_eq!(events.take(), [(0, WRITABLE)]);
            // Nothing is left of it, and it does nothing.
            channel.close();
            channel.watch(READABLE);
            channel.on_ready(|_| unreachable!());
            channel.shut_down_output();
            assert!(!tcl.handle_channel_event());
            assert_eq!(Rc::strong_count(&channel), 1);
            assert_eq!(channel.read(&mut [0]).unwrap(), 0);
            assert_eq!(channel.write(b"late").unwrap(), 4);
            assert_eq!(channel.discard_input(&mut [0]), Discarded::Nothing);
            assert_eq!(channel.addresses(), (None, None));
        });
    }

    #[test]
    fn a_unix_socket_has_all_that_the_system_took() {
        run(|tcl| {
            let (channel, theirs) = pair(tcl);
            assert_eq!(channel.write(b"hello").unwrap(), 5);
            assert_eq!(channel.unacknowledged(), 0);
            assert_eq!(channel.addresses(), (None, None));
            channel.shut_down_output();
            assert_eq!(io::read_to_string(theirs).unwrap(), "hello");
        });
    }
}
