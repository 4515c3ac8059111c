//! Sockets as Tcl channels of a type of our own, which the [reactor](super::reactor) watches.
//! Unlike Tcl's, they watch for what is wanted and nothing else, and tell a reset from an end.
//!
//! A script gets the name of one only to put a transformation on it. There are no options that it
//! could ask for.

use std::{
    cell::Cell,
    ffi::{CStr, CString, c_char, c_int, c_void},
    io,
    mem::MaybeUninit,
    net::Shutdown,
    os::fd::{AsFd, AsRawFd},
    ptr,
    sync::atomic::{AtomicU64, Ordering},
};

use socket2::Socket;

use super::{
    guard::callback,
    reactor::{Reactor, Registration, Target},
    readiness::Readiness,
    sys,
};

/// The name of the type and of all such channels but those with a name of their own.
const NAME: &CStr = c"socket";

/// What a channel of this type has, which it owns until it is closed.
struct Driver {
    socket: Socket,
    registration: Registration,
    is_blocking: Cell<bool>,
    /// Whether another channel has the socket too.
    is_shared: Cell<bool>,
}

/// Makes a channel of a non-blocking socket. It is not registered anywhere.
///
/// Errors where there is no reactor to be had, or the system watches no more sockets.
pub(super) fn make_channel(socket: Socket) -> io::Result<sys::Tcl_Channel> {
    make(socket, NAME)
}

/// Another channel for the socket of one of this type, which is of no use any more. It has a name
/// that no other has, so that it can be registered in an interpreter.
///
/// Errors as [`make_channel`], and where the system has no more file descriptors.
///
/// # Safety
/// `channel` is of this type and open, with nothing stacked on it.
pub(super) unsafe fn make_twin(channel: sys::Tcl_Channel) -> io::Result<sys::Tcl_Channel> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    // SAFETY: the caller's promise.
    let driver = unsafe { driver(sys::tcl_GetChannelInstanceData(channel)) };
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = CString::new(format!("wwwsock{number}")).unwrap_or_default();
    let twin = make(driver.socket.try_clone()?, &name)?;
    driver.is_shared.set(true);
    Ok(twin)
}

fn make(socket: Socket, name: &CStr) -> io::Result<sys::Tcl_Channel> {
    let target = Target::Channel(ptr::null_mut());
    let registration = Reactor::of_thread()?.register(socket.as_fd(), target)?;
    let (is_blocking, is_shared) = Default::default();
    let driver = Box::into_raw(Box::new(Driver { socket, registration, is_blocking, is_shared }));
    // SAFETY: there is a reactor, so there is an interpreter and the tables are there. Tcl copies
    // the name. `close_all` ends the registration and frees the driver.
    unsafe {
        let mode = sys::TCL_READABLE | sys::TCL_WRITABLE;
        let channel = sys::tcl_CreateChannel(&raw const TYPE.0, name.as_ptr(), driver.cast(), mode);
        (*driver).registration.set_channel(channel);
        Ok(channel)
    }
}

/// The functions of the type.
struct ChannelType(sys::Tcl_ChannelType);

// SAFETY: never written to; the pointers inside are to functions and constant strings.
unsafe impl Sync for ChannelType {}

static TYPE: ChannelType = ChannelType(sys::Tcl_ChannelType {
    typeName: NAME.as_ptr(),
    version: sys::TCL_CHANNEL_VERSION_5,
    closeProc: Some(close),
    inputProc: Some(input),
    outputProc: Some(output),
    seekProc: None,
    setOptionProc: None,
    getOptionProc: None,
    watchProc: Some(watch),
    getHandleProc: Some(handle),
    close2Proc: Some(close2),
    blockModeProc: Some(block_mode),
    flushProc: None,
    handlerProc: None,
    wideSeekProc: None,
    threadActionProc: None,
    truncateProc: None,
});

/// The driver of a channel that Tcl calls one of the functions for.
///
/// # Safety
/// It is the instance data of an open channel, which stays open while the result is used.
unsafe fn driver<'a>(data: *mut c_void) -> &'a Driver {
    // SAFETY: the caller's promise.
    unsafe { &*data.cast_const().cast() }
}

/// The number of an error of the system's.
fn number(error: &io::Error) -> c_int {
    error.raw_os_error().unwrap_or(libc::EIO)
}

/// What Tcl gets: a count, or -1 with the number of the error.
///
/// # Safety
/// `code` may be written to.
unsafe fn count(result: io::Result<usize>, code: *mut c_int) -> c_int {
    match result {
        // No more than was asked for, which is an `int`.
        Ok(count) => count as c_int,
        Err(error) => {
            // SAFETY: the caller's promise.
            unsafe { *code = number(&error) };
            -1
        }
    }
}

callback! {
    value fn input(data: *mut c_void, bytes: *mut c_char, room: c_int, code: *mut c_int)
        -> c_int = -1;
    {
        let room = usize::try_from(room).unwrap_or_default();
        // SAFETY: Tcl lends so many bytes to be written to, and a place for the error.
        unsafe {
            let buffer = std::slice::from_raw_parts_mut(bytes.cast::<MaybeUninit<u8>>(), room);
            count(driver(data).socket.recv(buffer), code)
        }
    }
}

callback! {
    value fn output(data: *mut c_void, bytes: *const c_char, length: c_int, code: *mut c_int)
        -> c_int = -1;
    {
        let length = usize::try_from(length).unwrap_or_default();
        // SAFETY: Tcl lends so many bytes, and a place for the error.
        unsafe {
            let bytes = std::slice::from_raw_parts(bytes.cast::<u8>(), length);
            let driver = driver(data);
            driver.registration.sends();
            count(driver.socket.send(bytes), code)
        }
    }
}

callback! {
    silent fn watch(data: *mut c_void, mask: c_int) {
        let readable = mask & sys::TCL_READABLE != 0;
        let writable = mask & sys::TCL_WRITABLE != 0;
        // SAFETY: the channel is open.
        let registration = unsafe { &driver(data).registration };
        registration.watch(Readiness { readable, writable });
    }
}

callback! {
    value fn handle(data: *mut c_void, _direction: c_int, handle: *mut *mut c_void)
        -> c_int = sys::TCL_ERROR;
    {
        // SAFETY: the channel is open, and the place may be written to.
        unsafe { *handle = driver(data).socket.as_raw_fd() as isize as *mut c_void };
        sys::TCL_OK
    }
}

callback! {
    value fn block_mode(data: *mut c_void, mode: c_int) -> c_int = libc::EIO; {
        // SAFETY: the channel is open.
        let Driver { socket, is_blocking, .. } = unsafe { driver(data) };
        let wanted = mode != sys::TCL_MODE_NONBLOCKING;
        if is_blocking.replace(wanted) == wanted {
            return 0;
        }
        socket.set_nonblocking(!wanted).map_or_else(|error| number(&error), |()| 0)
    }
}

callback! {
    /// Closes one half, or, as Tcl 9 does it, all. Before that, it closes the half for reading,
    /// which says nothing to the peer, but would end a connection that another process has, too.
    value fn close2(data: *mut c_void, _interp: *mut sys::Tcl_Interp, flags: c_int)
        -> c_int = libc::EIO;
    {
        // SAFETY: the channel is open.
        let socket = unsafe { &driver(data).socket };
        let closed = match (flags & sys::TCL_CLOSE_READ != 0, flags & sys::TCL_CLOSE_WRITE != 0) {
            (true, false) => Ok(()),
            (false, true) => socket.shutdown(Shutdown::Write),
            _ => {
                // SAFETY: Tcl does not use the instance data any more.
                unsafe { close_all(data) };
                Ok(())
            }
        };
        closed.map_or_else(|error| number(&error), |()| 0)
    }
}

callback! {
    /// Closes all, as Tcl 8.6 does it.
    value fn close(data: *mut c_void, _interp: *mut sys::Tcl_Interp) -> c_int = libc::EIO; {
        // SAFETY: Tcl does not use the instance data any more.
        unsafe { close_all(data) };
        0
    }
}

/// # Safety
/// It is the instance data of a channel, and is not used any more.
unsafe fn close_all(data: *mut c_void) {
    // SAFETY: the caller's promise; `make_channel` made it of a box.
    let driver = *unsafe { Box::from_raw(data.cast::<Driver>()) };
    driver.registration.end(driver.socket.as_fd(), driver.is_shared.get());
}
