//! Tcl inside `cargo test`, so that what stands above this room can be tested on a real event loop,
//! without a tclsh.
//!
//! [`run`] loads Tcl's shared library, once for the process, in which there is one pair of stub
//! tables: that of Tcl 8.6, or the one that the environment variable `LIBTCL` names. Each test gets
//! a thread and an interpreter of its own, which is prepared as [`load`] prepares that of a tclsh.
//! It is without Tcl's script library, since nothing here needs that.
//!
//! Tests wait for what has to happen ([`Tcl::wait_until`]), not for a time. A background error that
//! a test does not [take](Tcl::take_errors) fails it, and so does a panic in an event handler,
//! which becomes one.
//!
//! Where there is no such library the tests are skipped, with a message. If `CI` is `true`, they
//! fail instead.

use std::{
    cell::{Cell, RefCell},
    env,
    ffi::CString,
    io::{self, Write},
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    rc::Rc,
    sync::OnceLock,
    thread,
    time::Duration,
};

use super::{
    command::{self, Completion, Pending},
    error::Error,
    interp::Interp,
    load::load,
    sys,
    timer::Timer,
    value::Value,
};
use crate::www::FAULTS;

/// The names of the library, which the system finds where it has libraries.
const NAMES: &[&str] =
    &["libtcl8.6.so", "libtcl8.6.so.0", "libtcl8.6.dylib", "tcl86t.dll", "tcl86.dll"];

/// A test that has waited this long has failed: far longer than any of them takes.
const MAX_WAIT: Duration = Duration::from_secs(30);

/// How often a test that waits looks whether it may go on: what the other end of a socket does is
/// no event of Tcl's.
const LOOK: Duration = Duration::from_millis(1);

/// Runs a test, in a thread and an interpreter of its own. Everything of Tcl's has to be dropped
/// when it returns.
pub(crate) fn run(test: impl FnOnce(&Tcl) + Send) {
    let name = thread::current().name().unwrap_or_default().to_owned();
    let outcome = thread::scope(|scope| {
        let thread = thread::Builder::new().name(name);
        thread.spawn_scoped(scope, || run_here(test)).unwrap().join().flatten()
    });
    outcome.unwrap_or_else(|payload| resume_unwind(payload));
}

/// Runs a test in this thread, which may have nothing to do with Tcl before or afterwards: Tcl
/// knows threads by numbers that the system gives out again.
fn run_here(test: impl FnOnce(&Tcl)) -> thread::Result<()> {
    let Some(library) = library() else { return catch_unwind(skip) };
    // SAFETY: nothing is left of the interpreter when it is deleted, and nothing of Tcl's in the
    // thread when that is finalised.
    unsafe {
        let pointer = function(library, "Tcl_CreateInterp", |stubs| stubs.tcl_CreateInterp)();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let tcl = Tcl::attach(pointer);
            test(&tcl);
            assert_eq!(tcl.take_errors(), [""; 0], "background errors");
        }));
        function(library, "Tcl_DeleteInterp", |stubs| stubs.tcl_DeleteInterp)(pointer);
        function(library, "Tcl_FinalizeThread", |stubs| stubs.tcl_FinalizeThread)();
        outcome
    }
}

/// Tcl's library, or `None` where there is none. It is never unloaded.
fn library() -> Option<&'static libloading::Library> {
    static LIBRARY: OnceLock<Option<libloading::Library>> = OnceLock::new();
    let find = || {
        // SAFETY: what runs when Tcl is loaded does no harm.
        let open = |name: &str| unsafe { libloading::Library::new(name) };
        let library = match env::var("LIBTCL") {
            Ok(name) => open(&name).unwrap_or_else(|error| panic!("LIBTCL={name}: {error}")),
            Err(_) => NAMES.iter().find_map(|name| open(name).ok())?,
        };
        let program = CString::new(env::args().next().unwrap_or_default()).unwrap_or_default();
        // SAFETY: this has to be called before all else, to prepare the library.
        unsafe {
            let find_executable =
                function(&library, "Tcl_FindExecutable", |stubs| stubs.tcl_FindExecutable);
            find_executable(program.as_ptr());
        }
        Some(library)
    };
    LIBRARY.get_or_init(find).as_ref()
}

/// A function of Tcl's, for where there is no interpreter that has stub tables. It has the type of
/// its slot there.
///
/// # Safety
/// `slot` is that of the function with this name.
unsafe fn function<F: Copy>(
    library: &libloading::Library,
    name: &str,
    _slot: fn(&sys::Stubs) -> Option<F>,
) -> F {
    // SAFETY: the caller's promise.
    let symbol = unsafe { library.get::<F>(name.as_bytes()) };
    *symbol.unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Says that there is no Tcl, on the real stderr: `cargo test` shows the output of failures only.
fn skip() {
    let message = format!("no Tcl was found: {}", NAMES.join(", "));
    assert_ne!(env::var("CI").as_deref(), Ok("true"), "{message}");
    let name = thread::current().name().unwrap_or_default().to_owned();
    let _ = writeln!(io::stderr(), "{name}: skipped, as {message}");
}

/// The interpreter of a test and its event loop.
#[derive(Clone)]
pub(crate) struct Tcl {
    interp: Interp,
    errors: Rc<RefCell<Vec<String>>>,
}

impl Tcl {
    /// # Safety
    /// `pointer` is a new interpreter of this thread.
    unsafe fn attach(pointer: *mut sys::Tcl_Interp) -> Self {
        let mut attached = None;
        let install = |interp: &Interp| {
            attached = Some(interp.clone());
            Ok(())
        };
        // SAFETY: the caller's promise.
        let code = unsafe { load(pointer.cast(), &FAULTS, install) };
        assert_eq!(code, sys::TCL_OK, "this Tcl cannot be used");
        let interp = attached.unwrap();
        let errors = Rc::new(RefCell::new(Vec::new()));
        let caught = Rc::clone(&errors);
        interp.create_command(c"::background_error", move |_, words| {
            caught.borrow_mut().push(words[1].to_utf8_lossy());
            Completion::Returns(Ok(Value::empty().into()))
        });
        interp.eval("::interp bgerror {} ::background_error").unwrap();
        Self { interp, errors }
    }

    /// The interpreter.
    pub(crate) fn interp(&self) -> &Interp {
        &self.interp
    }

    /// Runs the event loop until it is over: when `is_over` says so.
    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, mut is_over: impl FnMut() -> bool) {
        let is_late = Rc::new(Cell::new(false));
        let flag = Rc::clone(&is_late);
        let _patience = Timer::after(&self.interp, MAX_WAIT, move || flag.set(true));
        while !is_over() {
            assert!(!is_late.get(), "waited in vain until {what}");
            self.step();
        }
    }

    /// Runs one iteration of the event loop, or a few where nothing happens for a moment.
    pub(crate) fn step(&self) {
        let _look = Timer::after(&self.interp, LOOK, || {});
        // SAFETY: runs handlers, which guard themselves.
        unsafe { sys::tcl_DoOneEvent(sys::TCL_ALL_EVENTS) };
    }

    /// What a script gets that waits for this: the result, or the error.
    #[track_caller]
    pub(crate) fn outcome(&self, pending: Rc<Pending>) -> Result<Value, Error> {
        self.wait_until("the command that waits has an outcome", || pending.is_settled());
        self.interp.outcome(command::wait(&self.interp, pending))
    }

    /// Handles an event of a channel, if there is one now; tells whether there was.
    pub(crate) fn handle_channel_event(&self) -> bool {
        // SAFETY: as in `step`.
        unsafe { sys::tcl_DoOneEvent(sys::TCL_FILE_EVENTS | sys::TCL_DONT_WAIT) != 0 }
    }

    /// The messages of the background errors since they were last taken. They are reported from the
    /// event loop, after what has caused them.
    pub(crate) fn take_errors(&self) -> Vec<String> {
        // SAFETY: as in `step`.
        while unsafe { sys::tcl_DoOneEvent(sys::TCL_IDLE_EVENTS | sys::TCL_DONT_WAIT) } != 0 {}
        self.errors.take()
    }
}

mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[test]
    fn a_panic_in_an_event_handler_is_a_background_error() {
        run(|tcl| {
            let fired = Rc::new(Cell::new(false));
            let flag = Rc::clone(&fired);
            let _timer = Timer::after(tcl.interp(), Duration::ZERO, move || {
                flag.set(true);
                panic!("on purpose");
            });
            tcl.wait_until("the timer fires", || fired.get());
            let errors = tcl.take_errors();
            assert!(errors.len() == 1 && errors[0].contains("on purpose"), "{errors:?}");
        });
    }

    #[test]
    fn a_failed_assertion_fails_the_test() {
        let has_run = AtomicBool::new(false);
        let failed = catch_unwind(|| {
            run(|_| {
                has_run.store(true, Ordering::Relaxed);
                panic!("on purpose");
            });
        });
        // Otherwise there is no Tcl.
        if has_run.load(Ordering::Relaxed) {
            assert_eq!(*failed.unwrap_err().downcast::<&str>().unwrap(), "on purpose");
        }
    }

    #[test]
    fn a_background_error_that_nobody_takes_fails_the_test() {
        let has_run = AtomicBool::new(false);
        let failed = catch_unwind(|| {
            run(|tcl| {
                has_run.store(true, Ordering::Relaxed);
                Error::new("not taken", ["X"]).report_in_background(tcl.interp());
            });
        });
        assert_eq!(failed.is_err(), has_run.load(Ordering::Relaxed));
    }

    #[test]
    fn evaluation_has_results_and_errors() {
        run(|tcl| {
            let result = tcl.interp().eval("expr {6 * 7}").unwrap();
            assert_eq!(result.to_integer(), Some(42));
            let error = tcl.interp().eval("error wrong {} {A B}").unwrap_err();
            assert_eq!(
                (error.message(), error.errorcode()),
                ("wrong".to_owned(), vec!["A".to_owned(), "B".to_owned()])
            );
        });
    }
}
