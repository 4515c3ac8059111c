//! What is done before the process exits: output that was handed over is written.

use std::{
    cell::RefCell,
    ffi::c_void,
    rc::Weak,
    sync::Once,
    thread,
    time::{Duration, Instant},
};

use super::{guard::callback, sys};

/// Something that may have output left when the process exits.
pub(crate) trait BeforeExit {
    /// Writes what the system takes now. Returns whether something is left; then it is called
    /// again.
    fn before_exit(&self) -> bool;
}

/// How long exiting waits for the system to take what is left: long enough for a slow network,
/// short enough for a person who waits for the prompt.
const MAX_WAIT: Duration = Duration::from_secs(2);

/// How long exiting sleeps between two attempts to write.
const PAUSE: Duration = Duration::from_millis(1);

thread_local! {
    static REGISTERED: RefCell<Vec<Weak<dyn BeforeExit>>> = const { RefCell::new(Vec::new()) };
}

/// Has `what` called when this thread has the process exit, if it is still there.
pub(crate) fn call_before_exit(what: Weak<dyn BeforeExit>) {
    /// Exit handlers belong to the process.
    static HANDLER: Once = Once::new();
    HANDLER.call_once(|| {
        // SAFETY: there is an interpreter, so the tables are there.
        unsafe { sys::tcl_CreateExitHandler(Some(about_to_exit), std::ptr::null_mut()) }
    });
    REGISTERED.with_borrow_mut(|registered| {
        if registered.len() == registered.capacity() {
            registered.retain(|one| one.strong_count() > 0);
        }
        registered.push(what);
    });
}

callback! {
    /// Called in the thread that exits, while its channels are still open.
    silent fn about_to_exit(_data: *mut c_void) {
        let start = Instant::now();
        let mut rest = REGISTERED.with_borrow_mut(std::mem::take);
        loop {
            // Writing may run scripts, where a script implements the channel.
            rest.retain(|one| one.upgrade().is_some_and(|one| one.before_exit()));
            if rest.is_empty() || start.elapsed() >= MAX_WAIT {
                break;
            }
            thread::sleep(PAUSE);
        }
    }
}
