//! Commands, and commands that wait: in a coroutine they suspend it, elsewhere they run the event
//! loop until the outcome is known.

use std::{
    cell::{Cell, RefCell},
    ffi::{CStr, c_int, c_void},
    rc::Rc,
};

use super::{
    error::{Error, Reply},
    guard::callback,
    interp::Interp,
    soon::Soon,
    sys,
    value::Value,
};

/// How a command completes.
pub(crate) enum Completion {
    /// It returns this outcome.
    Returns(Result<Reply, Error>),
    /// It waits until [`Pending::settle`].
    Waits(Rc<Pending>),
}

/// What a command does, given all its words, its own name first.
type CommandBody = dyn Fn(&Interp, &[Value]) -> Completion;

struct Command {
    interp: Interp,
    body: Rc<CommandBody>,
}

impl Interp {
    /// Creates the command `name`, a fully qualified one, in place of what had this name.
    pub(crate) fn create_command(
        &self,
        name: &CStr,
        body: impl Fn(&Self, &[Value]) -> Completion + 'static,
    ) {
        let command = Box::new(Command { interp: self.clone(), body: Rc::new(body) });
        // SAFETY: the command owns the box; `deleted` frees it.
        unsafe {
            sys::tcl_NRCreateCommand(
                self.as_ptr(),
                name.as_ptr(),
                Some(call),
                Some(call_nre),
                Box::into_raw(command).cast(),
                Some(deleted),
            );
        }
    }
}

callback! {
    /// Called where Tcl cannot suspend: from C code that waits for the result.
    command(interp) fn call(
        data: *mut c_void,
        interp: *mut sys::Tcl_Interp,
        count: c_int,
        words: *const *mut sys::Tcl_Obj,
    ) {
        // SAFETY: passes on what Tcl gave.
        unsafe { sys::tcl_NRCallObjProc(interp, Some(call_nre), data, count, words) }
    }
}

callback! {
    command(interp) fn call_nre(
        data: *mut c_void,
        interp: *mut sys::Tcl_Interp,
        count: c_int,
        words: *const *mut sys::Tcl_Obj,
    ) {
        // SAFETY: the box that `create_command` made; the words live as long as the call. The body
        // may delete the command and so the box, so what is needed is taken out first.
        let (interp, body, words) = unsafe {
            let command = &*data.cast::<Command>();
            let words = Value::words(words, usize::try_from(count).unwrap_or(0));
            (command.interp.clone(), Rc::clone(&command.body), words)
        };
        match body(&interp, words) {
            Completion::Returns(outcome) => interp.finish(outcome),
            Completion::Waits(pending) => wait(&interp, pending),
        }
    }
}

callback! {
    silent fn deleted(data: *mut c_void) {
        // SAFETY: Tcl calls this once, when nothing uses the command any more.
        drop(unsafe { Box::from_raw(data.cast::<Command>()) });
    }
}

/// The outcome of a command that waits, once it is known.
pub(crate) struct Pending {
    outcome: RefCell<Option<Result<Reply, Error>>>,
    /// The suspended coroutine. Tcl resumes the command when it deletes the coroutine, so a token
    /// that stands here is valid.
    coroutine: Cell<Option<sys::Tcl_Command>>,
    /// Whether the command was called in a coroutine, which may have been deleted since; `None`
    /// where that was not asked.
    is_in_coroutine: Cell<Option<bool>>,
    /// What to do when nobody waits any more: the coroutine or the interpreter was deleted, or the
    /// script was cancelled.
    abandon: Cell<Option<Box<dyn FnOnce()>>>,
    /// Settles it later.
    later: Cell<Option<Soon>>,
}

impl Pending {
    pub(crate) fn new() -> Rc<Self> {
        Rc::new(Self {
            outcome: RefCell::default(),
            coroutine: Cell::default(),
            is_in_coroutine: Cell::default(),
            abandon: Cell::default(),
            later: Cell::default(),
        })
    }

    /// That of a command in which scripts run before it waits.
    pub(crate) fn before_scripts(interp: &Interp) -> Rc<Self> {
        let pending = Self::new();
        pending.is_in_coroutine.set(Some(current_coroutine(interp).is_some()));
        pending
    }

    /// Sets what is called if the wait ends before there is an outcome.
    pub(crate) fn on_abandon(&self, abandon: impl FnOnce() + 'static) {
        self.abandon.set(Some(Box::new(abandon)));
    }

    /// Ends the wait, from an event handler: the first outcome counts. In a coroutine this runs
    /// the script on, so that anything may have changed when it returns.
    pub(crate) fn settle(&self, interp: &Interp, outcome: Result<Reply, Error>) {
        if self.outcome.borrow().is_some() {
            return;
        }
        *self.outcome.borrow_mut() = Some(outcome);
        self.abandon.set(None);
        if let Some(coroutine) = self.coroutine.take() {
            let name = Value::empty();
            // SAFETY: the token is valid (see the field); `name` is fresh and unshared.
            unsafe { sys::tcl_GetCommandFullName(interp.as_ptr(), coroutine, name.as_ptr()) };
            if let Err(error) = interp.call([&name]) {
                error.report_in_background(interp);
            }
        }
    }

    /// As [`settle`](Pending::settle), in the next iteration of the event loop: for where no script
    /// may run.
    pub(crate) fn settle_later(self: &Rc<Self>, interp: &Interp, outcome: Result<Reply, Error>) {
        let (interp_then, pending) = (interp.clone(), Rc::clone(self));
        self.later.set(Some(Soon::new(interp, move || {
            pending.later.take();
            pending.settle(&interp_then, outcome);
        })));
    }

    /// Whether there is an outcome.
    pub(crate) fn is_settled(&self) -> bool {
        self.outcome.borrow().is_some()
    }

    fn give_up(&self) {
        self.coroutine.set(None);
        if let Some(abandon) = self.abandon.take() {
            abandon();
        }
    }

    fn finish(&self, interp: &Interp) -> Option<c_int> {
        let outcome = self.outcome.borrow_mut().take()?;
        Some(interp.finish(outcome))
    }
}

/// Suspends the running coroutine until `pending` is settled; where there is none, runs the event
/// loop.
pub(super) fn wait(interp: &Interp, pending: Rc<Pending>) -> c_int {
    if let Some(code) = pending.finish(interp) {
        return code;
    }
    let was_in_coroutine = pending.is_in_coroutine.get();
    if was_in_coroutine == Some(false) {
        return run_event_loop(interp, &pending);
    }
    match current_coroutine(interp) {
        None if was_in_coroutine.is_none() => run_event_loop(interp, &pending),
        // One that a script has deleted while it runs is unwound when it yields.
        coroutine => suspend(interp, pending, coroutine),
    }
}

/// The coroutine that runs now. Only a script can ask.
fn current_coroutine(interp: &Interp) -> Option<sys::Tcl_Command> {
    let name = interp.call(interp.info_coroutine()).ok()?;
    if name.with_bytes(<[u8]>::is_empty) == Ok(true) {
        return None;
    }
    // SAFETY: both are alive.
    let token = unsafe { sys::tcl_GetCommandFromObj(interp.as_ptr(), name.as_ptr()) };
    (!token.is_null()).then_some(token)
}

struct Suspended {
    interp: Interp,
    pending: Rc<Pending>,
    coroutine: Option<sys::Tcl_Command>,
}

fn suspend(interp: &Interp, pending: Rc<Pending>, coroutine: Option<sys::Tcl_Command>) -> c_int {
    pending.coroutine.set(coroutine);
    let suspended = Box::new(Suspended { interp: interp.clone(), pending, coroutine });
    let script = Value::string("::yield");
    // SAFETY: `resumed` is called exactly once and frees the box. Tcl keeps a share of the script.
    unsafe {
        let data = Box::into_raw(suspended).cast();
        let null = std::ptr::null_mut();
        sys::tcl_NRAddCallback(interp.as_ptr(), Some(resumed), data, null, null, null);
        sys::tcl_NREvalObj(interp.as_ptr(), script.as_ptr(), 0)
    }
}

callback! {
    /// Called when `yield` has ended: somebody resumed the coroutine, or it is being deleted.
    command(interp) fn resumed(data: *mut *mut c_void, interp: *mut sys::Tcl_Interp, code: c_int) {
        // SAFETY: the box that `suspend` made, as the first of four words.
        let suspended = unsafe { Box::from_raw((*data).cast::<Suspended>()) };
        let Suspended { interp, pending, coroutine } = *suspended;
        if code != sys::TCL_OK {
            pending.coroutine.set(None);
            if cannot_yield(&interp, code) {
                // C code between the coroutine and us waits for the result, `lsort -command` say.
                return run_event_loop(&interp, &pending);
            }
            // The coroutine is being unwound: it must not be suspended again.
            pending.give_up();
            return code;
        }
        match pending.finish(&interp) {
            Some(code) => code,
            // Somebody else resumed the coroutine: the outcome is still to come.
            None => suspend(&interp, Rc::clone(&pending), coroutine),
        }
    }
}

fn cannot_yield(interp: &Interp, code: c_int) -> bool {
    !interp.is_deleted() && interp.error(code).errorcode() == ["TCL", "COROUTINE", "CANT_YIELD"]
}

/// Runs the event loop, as `vwait` does, until `pending` is settled or the script may not go on:
/// it was cancelled, its time is up, or its interpreter was deleted.
fn run_event_loop(interp: &Interp, pending: &Rc<Pending>) -> c_int {
    let _preserved = interp.preserve();
    while !pending.is_settled() {
        // SAFETY: preserved.
        let stopped = unsafe {
            sys::tcl_Canceled(interp.as_ptr(), sys::TCL_LEAVE_ERR_MSG) != sys::TCL_OK
                || sys::tcl_LimitExceeded(interp.as_ptr()) != 0
                || interp.is_deleted()
        };
        if stopped {
            pending.give_up();
            return stopped_code(interp);
        }
        #[cfg(own_sockets)]
        if super::reactor::handle_answers() {
            continue;
        }
        // SAFETY: runs handlers, which guard themselves.
        unsafe { sys::tcl_DoOneEvent(sys::TCL_ALL_EVENTS) };
    }
    pending.finish(interp).unwrap_or(sys::TCL_ERROR)
}

/// The error of a wait that was ended from outside, unless Tcl has set one.
fn stopped_code(interp: &Interp) -> c_int {
    // SAFETY: preserved.
    if unsafe { sys::tcl_LimitExceeded(interp.as_ptr()) } != 0 {
        return interp.raise(&Error::new("limit exceeded", ["TCL", "LIMIT"]));
    }
    sys::TCL_ERROR
}
