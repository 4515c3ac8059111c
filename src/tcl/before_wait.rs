//! What is done before Tcl waits: output that was collected during one iteration of the event loop
//! is written, and then the system is told what is waited for.

use std::{
    cell::{Cell, RefCell},
    ffi::{c_int, c_void},
    rc::Weak,
};

use super::{guard::callback, sys};

/// Something that collects output.
pub(crate) trait BeforeWait {
    /// Tcl is about to wait: writes what was collected. Returns whether something is left, for
    /// which there is no space in the system's buffer.
    fn before_wait(&self) -> bool;
}

thread_local! {
    static REGISTERED: RefCell<Vec<Weak<dyn BeforeWait>>> = const { RefCell::new(Vec::new()) };
    static HAS_SOURCE: Cell<bool> = const { Cell::new(false) };
    static WAITS: Cell<u64> = const { Cell::new(0) };
    /// What is called behind all of these.
    #[cfg(own_sockets)]
    static LAST: Cell<fn()> = const { Cell::new(|| {}) };
}

/// Has `what` called before Tcl waits next. It is called before each wait, as long as it returns
/// that something is left.
pub(crate) fn call_before_wait(what: Weak<dyn BeforeWait>) {
    make_source();
    REGISTERED.with_borrow_mut(|registered| registered.push(what));
}

/// Has `last` called before each wait, when output was written.
#[cfg(own_sockets)]
pub(super) fn call_last_before_wait(last: fn()) {
    make_source();
    LAST.set(last);
}

/// A number that grows each time that Tcl waits, or looks what is ready.
pub(super) fn count_waits() -> u64 {
    make_source();
    WAITS.get()
}

/// Makes the event source of this thread, if there is none yet.
fn make_source() {
    if !HAS_SOURCE.replace(true) {
        // SAFETY: there is an interpreter, so the tables are there. The source belongs to the
        // thread and lives as long as it.
        unsafe {
            let null = std::ptr::null_mut();
            sys::tcl_CreateEventSource(Some(about_to_wait), Some(after_wait), null);
            sys::tcl_CreateThreadExitHandler(Some(thread_ends), null);
        }
    }
}

callback! {
    silent fn about_to_wait(_data: *mut c_void, _flags: c_int) {
        call();
    }
}

/// Does what is to be done before a wait.
pub(super) fn call() {
    WAITS.set(WAITS.get() + 1);
    call_all(|one| one.before_wait());
    #[cfg(own_sockets)]
    LAST.get()();
}

callback! {
    /// An event source has two functions; there is nothing to do in this one.
    silent fn after_wait(_data: *mut c_void, _flags: c_int) {}
}

callback! {
    silent fn thread_ends(data: *mut c_void) {
        // SAFETY: undoes the call in `make_source`.
        unsafe { sys::tcl_DeleteEventSource(Some(about_to_wait), Some(after_wait), data) };
        HAS_SOURCE.set(false);
    }
}

/// Calls each, and keeps those that have something left; returns whether there are any.
fn call_all(call: impl Fn(&dyn BeforeWait) -> bool) -> bool {
    // Writing may run scripts, where a script implements the channel, and they may write.
    let mut all = REGISTERED.with_borrow_mut(std::mem::take);
    if all.is_empty() {
        return false;
    }
    all.retain(|one| one.upgrade().is_some_and(|one| call(&*one)));
    REGISTERED.with_borrow_mut(|registered| {
        all.append(registered);
        *registered = all;
        !registered.is_empty()
    })
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;

    /// Has something left for so many calls.
    struct Counted(Cell<usize>);

    impl BeforeWait for Counted {
        fn before_wait(&self) -> bool {
            self.0.set(self.0.get() - 1);
            self.0.get() > 0
        }
    }

    fn register(count: usize) -> Rc<Counted> {
        let one = Rc::new(Counted(Cell::new(count)));
        let weak: Weak<dyn BeforeWait> = Rc::<Counted>::downgrade(&one);
        REGISTERED.with_borrow_mut(|registered| registered.push(weak));
        one
    }

    #[test]
    fn what_has_something_left_is_called_again() {
        let (once, twice) = (register(1), register(2));
        assert!(call_all(|one| one.before_wait()));
        assert_eq!((once.0.get(), twice.0.get()), (0, 1));
        assert!(!call_all(|one| one.before_wait()));
        assert_eq!((once.0.get(), twice.0.get()), (0, 0));
        assert!(!call_all(|one| one.before_wait()));
    }

    #[test]
    fn what_is_gone_is_not_called() {
        drop(register(1));
        assert!(!call_all(|_| unreachable!()));
    }

    #[test]
    fn what_registers_during_a_call_is_called_in_the_next() {
        let _first = register(1);
        let late = RefCell::new(None);
        assert!(call_all(|one| {
            late.replace(Some(register(1)));
            one.before_wait()
        }));
        assert_eq!(late.borrow().as_ref().unwrap().0.get(), 1);
        assert!(!call_all(|one| one.before_wait()));
    }
}
