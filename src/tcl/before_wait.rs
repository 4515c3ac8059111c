//! The end of a turn of the event loop: the moment before Tcl waits for events again, or exits.
//!
//! Whoever writes often collects what he has in a turn and is told here when to write it.

use std::{
    cell::{Cell, RefCell},
    ffi::{c_int, c_void},
    rc::Weak,
    sync::Once,
    thread,
    time::{Duration, Instant},
};

use super::{guard, sys};

/// Something with output that may have to wait.
pub(crate) trait Unwritten {
    /// The turn is over: writes what was held back. Tells whether something is left that waits for
    /// room in the system's buffer.
    fn turn_ended(&self) -> bool;

    /// The process is about to exit: as [`turn_ended`](Unwritten::turn_ended), again and again.
    fn exiting(&self) -> bool;
}

/// How long exiting waits for the system to take what is left: long enough for a slow network,
/// short enough for a person who waits for the prompt.
const EXIT_PATIENCE: Duration = Duration::from_secs(2);

/// How long exiting sleeps between two attempts to write.
const EXIT_PAUSE: Duration = Duration::from_millis(1);

thread_local! {
    static UNWRITTEN: RefCell<Vec<Weak<dyn Unwritten>>> = const { RefCell::new(Vec::new()) };
    static WATCHED: Cell<bool> = const { Cell::new(false) };
}

/// Has `what` told when this turn ends. It is told at the end of each turn, and at exit, as long as
/// it says that something is left.
pub(crate) fn at_end_of_turn(what: Weak<dyn Unwritten>) {
    /// Exit handlers belong to the process.
    static EXIT_HANDLER: Once = Once::new();
    if !WATCHED.replace(true) {
        // SAFETY: there is an interpreter, so the tables are there. The source belongs to the
        // thread and lives as long as it.
        unsafe {
            let null = std::ptr::null_mut();
            sys::tcl_CreateEventSource(Some(about_to_wait), Some(after_wait), null);
            sys::tcl_CreateThreadExitHandler(Some(thread_ends), null);
        }
    }
    EXIT_HANDLER.call_once(|| {
        // SAFETY: as above.
        unsafe { sys::tcl_CreateExitHandler(Some(about_to_exit), std::ptr::null_mut()) }
    });
    UNWRITTEN.with_borrow_mut(|unwritten| unwritten.push(what));
}

unsafe extern "C" fn about_to_wait(_data: *mut c_void, _flags: c_int) {
    guard::deletion(|| {
        tell_all(|unwritten| unwritten.turn_ended());
    });
}

unsafe extern "C" fn thread_ends(data: *mut c_void) {
    // SAFETY: undoes the call in `at_end_of_turn`.
    unsafe { sys::tcl_DeleteEventSource(Some(about_to_wait), Some(after_wait), data) };
    WATCHED.set(false);
}

unsafe extern "C" fn after_wait(_data: *mut c_void, _flags: c_int) {}

/// Called in the thread that exits, while its channels are still open.
unsafe extern "C" fn about_to_exit(_data: *mut c_void) {
    guard::deletion(|| {
        let start = Instant::now();
        while tell_all(|unwritten| unwritten.exiting()) && start.elapsed() < EXIT_PATIENCE {
            thread::sleep(EXIT_PAUSE);
        }
    });
}

/// Tells each, and keeps those that have something left; whether there are any.
fn tell_all(tell: impl Fn(&dyn Unwritten) -> bool) -> bool {
    // Writing may run scripts, where the channel is made of one, and they may write.
    let mut told = UNWRITTEN.with_borrow_mut(std::mem::take);
    if told.is_empty() {
        return false;
    }
    told.retain(|unwritten| unwritten.upgrade().is_some_and(|unwritten| tell(&*unwritten)));
    UNWRITTEN.with_borrow_mut(|unwritten| {
        told.append(unwritten);
        *unwritten = told;
        !unwritten.is_empty()
    })
}
