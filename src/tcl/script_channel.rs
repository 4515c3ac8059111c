//! Channels of scripts, which stay the scripts': read, written and waited for beside them.
//!
//! What is read and written goes through the commands of the interpreter, as a script would have
//! it. The handlers are our own: what a script has set with `chan event` stays as it is.
//!
//! A script may close the channel at any moment. Its name is given up then, and it is looked after
//! that. A share of the channel is held until that is seen, so that the name cannot be that of
//! another one meanwhile. (Tcl has handlers for the end of a channel, but does not call them where
//! that is still being flushed in the background.)

use std::{
    cell::{Cell, RefCell},
    ffi::{CStr, CString, c_int, c_void},
    rc::Rc,
    time::Duration,
};

use super::{
    channel::is_watchable, error::Error, guard::callback, interp::Interp, readiness::Readiness,
    sys, timer::Timer, value::Value,
};

/// How often it is looked whether a script has closed a channel that is not used.
const LOOK: Duration = Duration::from_millis(100);

/// How a channel has to be set for its bytes to be read as they are.
const BINARY: [(&str, &[&str]); 3] =
    [("-encoding", &["binary", "iso8859-1"]), ("-translation", &["lf"]), ("-eofchar", &[""])];

const CONFIGURE: &[&str] = &["::chan", "configure"];

/// A channel of a script. Dropping this leaves it open.
pub(crate) struct ScriptChannel(Rc<Inner>);

struct Inner {
    interp: Interp,
    name: Value,
    /// `None` once the script has closed it.
    channel: Cell<Option<sys::Tcl_Channel>>,
    /// Who waits for the channel, at most one.
    waiter: Cell<Option<Waiter>>,
    /// Looks whether it is open still.
    look: RefCell<Option<Timer>>,
}

type Waiter = Box<dyn FnOnce()>;

impl ScriptChannel {
    /// The channel of this name. Errors, as Tcl words them, where there is none.
    pub(crate) fn find(interp: &Interp, name: &Value) -> Result<Self, Error> {
        let Some(channel) = lookup(interp, name) else {
            return Err(no_channel(name));
        };
        // SAFETY: the channel is open, and stays so until `release` gives this share back.
        unsafe { sys::tcl_RegisterChannel(std::ptr::null_mut(), channel) };
        let inner = Rc::new(Inner {
            interp: interp.clone(),
            name: name.clone(),
            channel: Cell::new(Some(channel)),
            waiter: Cell::default(),
            look: RefCell::default(),
        });
        inner.look_later();
        Ok(Self(inner))
    }

    /// Writes as `puts -nonewline` does.
    ///
    /// Errors as that has, also where the channel is closed.
    pub(crate) fn write(&self, data: &Value) -> Result<(), Error> {
        self.0.open()?;
        let [puts, option] = ["::puts", "-nonewline"].map(Value::string);
        self.0.interp.call([&puts, &option, &self.0.name, data]).map(drop)
    }

    /// Writes bytes as they are, whatever encoding the channel has, and past `puts`: Tcl 9 makes
    /// text of them there. For a channel that nobody else uses.
    ///
    /// Errors as `puts` has, also where the channel is closed.
    pub(crate) fn write_bytes(&self, bytes: &[u8]) -> Result<(), Error> {
        let channel = self.0.open()?;
        // SAFETY: the channel is open, and the bytes are copied or written before this returns.
        let written = unsafe { sys::tcl_Write(channel, bytes.as_ptr().cast(), bytes.len()) };
        if written >= 0 { Ok(()) } else { Err(posix_error("writing", &self.0.name)) }
    }

    /// Has all written that waits; where the channel does not block, later.
    ///
    /// Errors as `flush` has.
    pub(crate) fn flush(&self) -> Result<(), Error> {
        self.command(&["::flush"], &[]).map(drop)
    }

    /// How many bytes wait to be written.
    pub(crate) fn unwritten(&self) -> usize {
        // SAFETY: the channel is open.
        let count = self.0.open().map(|channel| unsafe { sys::tcl_OutputBuffered(channel) });
        count.map_or(0, |count| usize::try_from(count).unwrap_or_default())
    }

    /// Reads at most so many bytes, as they are, however the channel is set: fewer where there are
    /// no more, or it does not block and there are no more yet. Says also whether that met the end.
    ///
    /// Errors as `read` has, also where the channel is closed.
    pub(crate) fn read_bytes(&self, count: u64) -> Result<(Value, bool), Error> {
        let mut kept = Vec::new();
        for (option, binary) in BINARY {
            let value = self.command(CONFIGURE, &[Value::string(option)])?;
            // Of a channel that can be written too, there are two.
            let input = value.elements().and_then(|both| both.first().map(Value::to_utf8_lossy));
            if !binary.contains(&&*input.unwrap_or_default()) {
                kept.extend([Value::string(option), value]);
            }
        }
        if kept.is_empty() {
            return self.read(count);
        }
        let binary = ["-translation", "binary"].map(Value::string);
        self.command(CONFIGURE, &binary)?;
        let read = self.read(count);
        // Tcl forgets the end with this.
        let restored = self.command(CONFIGURE, &kept);
        read.and_then(|read| restored.map(|_| read))
    }

    fn read(&self, count: u64) -> Result<(Value, bool), Error> {
        let bytes = self.command(&["::read"], &[Value::from(count)])?;
        let is_at_end = self.command(&["::eof"], &[])?.to_boolean() == Some(true);
        Ok((bytes, is_at_end))
    }

    /// Where in the channel the next byte is; `None` where that cannot be told.
    pub(crate) fn position(&self) -> Option<u64> {
        self.command(&["::tell"], &[]).ok()?.to_integer()?.try_into().ok()
    }

    /// Goes back to a position. Errors as `seek` has.
    pub(crate) fn seek(&self, position: u64) -> Result<(), Error> {
        self.command(&["::seek"], &[Value::from(position)]).map(drop)
    }

    /// Closes it. Errors as `close` has.
    pub(crate) fn close(&self) -> Result<(), Error> {
        self.0.open()?;
        self.0.release();
        self.0.interp.call([&Value::string("::close"), &self.0.name]).map(drop)
    }

    /// Closes it past the commands of the interpreter: where that or a coroutine ends, none can be
    /// called.
    pub(crate) fn close_past_scripts(&self) {
        let (Some(channel), interp) = (self.0.channel.get(), self.0.interp.as_ptr()) else {
            return;
        };
        if !interp.is_null() {
            // SAFETY: this share keeps the channel, and the interpreter's memory is there. One that
            // was closed meanwhile is none of the interpreter's, and nothing is done.
            unsafe { sys::tcl_UnregisterChannel(interp, channel) };
        }
        self.0.release();
    }

    /// Has `waiter` called once, from the event loop, when the channel is ready, or is closed. Who
    /// has waited before is forgotten.
    ///
    /// Errors where the channel is closed already, or Tcl 8.6 cannot wait for it.
    pub(crate) fn wait(
        &self,
        wanted: Readiness,
        waiter: impl FnOnce() + 'static,
    ) -> Result<(), Error> {
        let channel = self.0.open()?;
        // SAFETY: the channel is open.
        if !unsafe { is_watchable(channel) } {
            return Err((self.0.interp.faults().unwatchable_channel)(&self.0.name));
        }
        self.0.waiter.set(Some(Box::new(waiter)));
        let readable = if wanted.readable { sys::TCL_READABLE } else { 0 };
        let writable = if wanted.writable { sys::TCL_WRITABLE } else { 0 };
        // SAFETY: the channel is open. The handler's data is our own struct, which outlives the
        // handler: `release` deletes it.
        unsafe {
            let mask = readable | writable;
            sys::tcl_CreateChannelHandler(channel, mask, Some(ready), self.0.data());
        }
        Ok(())
    }

    /// Calls a command with the name of the channel and these arguments.
    fn command(&self, command: &[&str], arguments: &[Value]) -> Result<Value, Error> {
        self.0.open()?;
        let command: Vec<Value> = command.iter().copied().map(Value::string).collect();
        self.0.interp.call(command.iter().chain([&self.0.name]).chain(arguments))
    }
}

impl Drop for ScriptChannel {
    fn drop(&mut self) {
        self.0.waiter.take();
        self.0.look.take();
        self.0.release();
    }
}

impl Inner {
    /// The channel. Errors, as Tcl words them, where the script has closed it.
    fn open(&self) -> Result<sys::Tcl_Channel, Error> {
        let channel = self.channel.get();
        if let Some(channel) = channel.filter(|_| lookup(&self.interp, &self.name) == channel) {
            return Ok(channel);
        }
        self.release();
        Err(no_channel(&self.name))
    }

    /// Gives the share of the channel back. One that the script has closed is closed then.
    fn release(&self) {
        let Some(channel) = self.channel.take() else { return };
        // SAFETY: the channel is open, and not used afterwards.
        unsafe {
            sys::tcl_DeleteChannelHandler(channel, Some(ready), self.data());
            sys::tcl_UnregisterChannel(std::ptr::null_mut(), channel);
        }
    }

    /// Looks, again and again, whether the channel is open still.
    fn look_later(self: &Rc<Self>) {
        let this = Rc::downgrade(self);
        let timer = Timer::after(&self.interp, LOOK, move || {
            let Some(inner) = this.upgrade() else { return };
            if inner.open().is_ok() {
                inner.look_later();
            } else if let Some(waiter) = inner.waiter.take() {
                waiter();
            }
        });
        self.look.replace(Some(timer));
    }

    /// What the channel handler gets.
    fn data(&self) -> *mut c_void {
        std::ptr::from_ref(self).cast_mut().cast()
    }
}

/// The channel of this name.
fn lookup(interp: &Interp, name: &Value) -> Option<sys::Tcl_Channel> {
    if interp.is_deleted() {
        return None;
    }
    let text = CString::new(name.to_utf8_lossy()).unwrap_or_default();
    let mut mode: c_int = 0;
    // SAFETY: the interpreter is alive.
    let channel = unsafe { sys::tcl_GetChannel(interp.as_ptr(), text.as_ptr(), &raw mut mode) };
    (!channel.is_null()).then_some(channel)
}

fn no_channel(name: &Value) -> Error {
    let name = name.to_utf8_lossy();
    let message = format!("can not find channel named {name:?}");
    Error::new(&message, ["TCL", "LOOKUP", "CHANNEL", &name])
}

/// The error of the operation that just failed, as Tcl's commands have it.
fn posix_error(doing: &str, name: &Value) -> Error {
    // SAFETY: there is an interpreter, so the tables are there; the texts are constants.
    let [id, reason] = unsafe {
        let texts = [sys::tcl_ErrnoId(), sys::tcl_ErrnoMsg(sys::tcl_GetErrno())];
        texts.map(|text| CStr::from_ptr(text).to_string_lossy())
    };
    let message = format!("error {doing} \"{}\": {reason}", name.to_utf8_lossy());
    Error::new(&message, ["POSIX", &*id, &*reason])
}

callback! {
    event fn ready(data: *mut c_void, _mask: c_int) {
        // SAFETY: `release` deletes the handler before the struct goes.
        let inner = unsafe { &*data.cast_const().cast::<Inner>() };
        if let Some(channel) = inner.channel.get() {
            // SAFETY: the channel is open.
            unsafe { sys::tcl_DeleteChannelHandler(channel, Some(ready), data) };
        }
        Some((inner.interp.clone(), inner.waiter.take()?))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::tcl::testing::{Tcl, run};

    const READABLE: Readiness = Readiness { readable: true, writable: false };

    /// The channel that a script makes.
    fn find(tcl: &Tcl, script: &str) -> ScriptChannel {
        let name = tcl.interp().eval(script).unwrap();
        ScriptChannel::find(tcl.interp(), &name).unwrap()
    }

    fn text(tcl: &Tcl, script: &str) -> String {
        tcl.interp().eval(script).unwrap().to_utf8_lossy()
    }

    const PIPE: &str = "lassign [chan pipe] in out
        chan configure $in -blocking 0
        chan configure $out -buffering none
        set in";

    #[test]
    fn bytes_are_read_as_they_are_and_the_settings_stay() {
        run(|tcl| {
            let channel = find(
                tcl,
                "set c [file tempfile name]
                chan configure $c -translation binary
                puts -nonewline $c a\\r\\n\\xc3\\xa9\\x1ab
                seek $c 0
                chan configure $c -encoding utf-8 -translation {auto crlf}
                set c",
            );
            let settings = "list [chan configure $c -encoding] [chan configure $c -translation]";
            let before = text(tcl, settings);
            assert_eq!(channel.position(), Some(0));
            let (bytes, is_at_end) = channel.read_bytes(100).unwrap();
            assert_eq!(bytes.with_bytes(<[u8]>::to_vec).unwrap(), b"a\r\n\xc3\xa9\x1ab");
            assert!(is_at_end);
            assert_eq!(text(tcl, settings), before);
            channel.seek(1).unwrap();
            assert_eq!(text(tcl, "tell $c"), "1");
            tcl.interp().eval("close $c; file delete $name").unwrap();
        });
    }

    #[test]
    fn bytes_are_written_as_they_are() {
        run(|tcl| {
            let channel = find(tcl, "set c [file tempfile name]");
            channel.write_bytes(b"a\n\xc3\xe9").unwrap();
            channel.close().unwrap();
            let bytes = tcl.interp().read_file(&tcl.interp().eval("set name").unwrap());
            assert_eq!(bytes.unwrap(), b"a\n\xc3\xe9");
            tcl.interp().eval("file delete $name").unwrap();
        });
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_cannot_be_written_is_the_error_of_puts() {
        run(|tcl| {
            let channel =
                find(tcl, "set c [open /dev/full w]; chan configure $c -buffering none; set c");
            let error = channel.write_bytes(b"x").unwrap_err();
            let message = text(tcl, "catch { puts -nonewline $c x } message; set message");
            assert_eq!(error.message(), message);
            let code = text(tcl, "catch { puts -nonewline $c x }; set errorCode");
            assert_eq!(Value::strings(error.errorcode()).to_utf8_lossy(), code);
            let _ = tcl.interp().eval("catch { close $c }");
        });
    }

    #[test]
    fn who_waits_is_called_once() {
        run(|tcl| {
            let channel = find(tcl, PIPE);
            assert_eq!(channel.position(), None);
            let calls = Rc::new(Cell::new(0));
            let counted = Rc::clone(&calls);
            channel.wait(READABLE, move || counted.set(counted.get() + 1)).unwrap();
            assert!(!tcl.handle_channel_event());
            tcl.interp().eval("puts $out x").unwrap();
            tcl.wait_until("it is readable", || calls.get() == 1);
            assert!(!tcl.handle_channel_event());
            channel.wait(READABLE, || unreachable!()).unwrap();
            drop(channel);
            assert!(!tcl.handle_channel_event());
            tcl.interp().eval("close $in; close $out").unwrap();
        });
    }

    #[test]
    fn a_channel_may_be_closed_and_its_name_is_not_used_again_yet() {
        run(|tcl| {
            let channel = find(tcl, PIPE);
            let calls = Rc::new(Cell::new(0));
            let counted = Rc::clone(&calls);
            channel.wait(READABLE, move || counted.set(counted.get() + 1)).unwrap();
            tcl.interp().eval("close $in; close $out; lassign [chan pipe] again out").unwrap();
            assert_ne!(text(tcl, "set again"), channel.0.name.to_utf8_lossy());
            assert_eq!(calls.get(), 0);
            tcl.wait_until("that is told", || calls.get() == 1);
            let error = channel.write(&Value::string("x")).unwrap_err();
            assert_eq!(error.errorcode()[..3], ["TCL", "LOOKUP", "CHANNEL"]);
            assert!(channel.read_bytes(1).is_err() && channel.wait(READABLE, || {}).is_err());
            assert_eq!(channel.unwritten(), 0);
            drop(channel);
            tcl.interp().eval("close $again; close $out").unwrap();
        });
    }

    #[test]
    fn what_waits_to_be_written_is_counted() {
        run(|tcl| {
            let channel = find(
                tcl,
                "lassign [chan pipe] in out
                chan configure $in -blocking 0
                chan configure $out -blocking 0
                set out",
            );
            while channel.unwritten() == 0 {
                channel.write(&Value::bytes(&[0; 65536])).unwrap();
            }
            let called = Rc::new(Cell::new(false));
            let noted = Rc::clone(&called);
            let writable = Readiness { readable: false, writable: true };
            channel.wait(writable, move || noted.set(true)).unwrap();
            tcl.wait_until("there is room", || {
                assert!(!called.get() || channel.unwritten() == 0);
                tcl.interp().eval("read $in").unwrap();
                called.get()
            });
            drop(channel);
            tcl.interp().eval("close $in; close $out").unwrap();
        });
    }
}
