//! Timers of Tcl's event loop.

use std::{
    cell::Cell,
    ffi::{c_int, c_void},
    rc::Rc,
    time::Duration,
};

use super::{guard::callback, interp::Interp, sys};

/// What one timer of Tcl's may wait, in milliseconds. Tcl 9.1.0 counts microseconds in an `int`, so
/// that longer ones fire at once.
const MAX_WAIT: u64 = 2_000_000;

/// Something that will run once, later. Dropping it prevents that.
pub(crate) struct Timer(Rc<Scheduled>);

/// What the timer and Tcl share.
struct Scheduled {
    interp: Interp,
    /// `None` once the timer has fired or was deleted.
    token: Cell<Option<sys::Tcl_TimerToken>>,
    /// What is to be waited, in milliseconds, behind what Tcl waits now.
    rest: Cell<u64>,
    body: Cell<Option<Box<dyn FnOnce()>>>,
}

impl Timer {
    /// Runs `body` from the event loop after `delay` (rounded up to whole milliseconds), or in its
    /// next iteration when that is zero.
    pub(crate) fn after(interp: &Interp, delay: Duration, body: impl FnOnce() + 'static) -> Self {
        let milliseconds = delay.as_nanos().div_ceil(1_000_000).try_into().unwrap_or(u64::MAX);
        let scheduled = Rc::new(Scheduled {
            interp: interp.clone(),
            token: Cell::new(None),
            rest: Cell::new(milliseconds),
            body: Cell::new(Some(Box::new(body))),
        });
        scheduled.wait();
        Self(scheduled)
    }
}

impl Scheduled {
    /// Has Tcl wait for the rest, or for as much of it as one timer may.
    fn wait(self: &Rc<Self>) {
        let now = self.rest.get().min(MAX_WAIT);
        self.rest.set(self.rest.get() - now);
        // SAFETY: Tcl holds a share until the timer fires or is deleted.
        let token = unsafe {
            let data = Rc::into_raw(Rc::clone(self)).cast_mut().cast();
            sys::tcl_CreateTimerHandler(now as c_int, Some(fired), data)
        };
        self.token.set(Some(token));
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(token) = self.0.token.take() {
            // SAFETY: the timer has not fired, so the token is valid and Tcl's share still held.
            unsafe {
                sys::tcl_DeleteTimerHandler(token);
                Rc::decrement_strong_count(Rc::as_ptr(&self.0));
            }
        }
    }
}

callback! {
    event fn fired(data: *mut c_void) {
        // SAFETY: the share that `wait` gave to Tcl, which does not use it any more.
        let scheduled = unsafe { Rc::from_raw(data.cast_const().cast::<Scheduled>()) };
        scheduled.token.set(None);
        if scheduled.rest.get() > 0 {
            scheduled.wait();
            return None;
        }
        Some((scheduled.interp.clone(), scheduled.body.take()?))
    }
}
