//! Jobs: work in another thread, whose result comes back to the interpreter's thread as an event.
//!
//! That thread touches nothing of Tcl's but the event queue: one that Tcl did not make leaks Tcl's
//! allocation cache when it allocates, so the event is made beforehand by the one that waits.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    ffi::{c_int, c_uint},
    io,
    rc::{Rc, Weak},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use super::{guard::callback, interp::Interp, sys};

/// Work in progress. It is not stopped when this is dropped, but its result is not delivered.
pub(crate) struct Job(Rc<Waiting>);

struct Waiting {
    number: u64,
    interp: Interp,
    done: Cell<Option<Box<dyn FnOnce()>>>,
}

thread_local! {
    /// Who waits in this thread, by number: an event may never be looked at, as when its thread
    /// ends, and so it owns nothing.
    static WAITING: RefCell<HashMap<u64, Weak<Waiting>>> = RefCell::default();
}

/// The number of the next job, whichever thread it is of: Tcl knows threads by what the system may
/// give to another one later, which must not take an event for one of its own.
static NEXT_NUMBER: AtomicU64 = AtomicU64::new(0);

/// The event that brings the result, in memory of Tcl's, which frees it. Only the thread that waits
/// looks at what comes after the header.
#[repr(C)]
struct Event {
    header: sys::Tcl_Event,
    number: u64,
}

/// Whoever does the work delivers its result by this. Dropped before, it delivers an error.
pub(crate) struct Delivery<T> {
    result: Arc<Mutex<Option<T>>>,
    // Posted when this is dropped.
    _post: Post,
}

impl<T> Delivery<T> {
    /// Delivers the result, once the event loop runs there.
    pub(crate) fn deliver(self, result: T) {
        *self.result.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
    }
}

/// Posts the event when it is dropped.
struct Post {
    thread: sys::Tcl_ThreadId,
    event: *mut Event,
}

// SAFETY: whoever drops it only passes both on to Tcl's queue, which is made for this.
unsafe impl Send for Post {}

impl Drop for Post {
    fn drop(&mut self) {
        // SAFETY: the event was made for this queue and is posted once.
        unsafe {
            sys::tcl_ThreadQueueEvent(self.thread, self.event.cast(), sys::TCL_QUEUE_TAIL);
            sys::tcl_ThreadAlert(self.thread);
        }
    }
}

impl Job {
    /// One that others do: `done` runs with the result that is delivered, from the event loop of
    /// this thread.
    pub(crate) fn new<T: Send + 'static>(
        interp: &Interp,
        done: impl FnOnce(io::Result<T>) + 'static,
    ) -> (Self, Delivery<T>) {
        let result = Arc::new(Mutex::new(None));
        let delivered = Arc::clone(&result);
        let number = NEXT_NUMBER.fetch_add(1, Ordering::Relaxed);
        let waiting = Rc::new(Waiting {
            number,
            interp: interp.clone(),
            done: Cell::new(Some(Box::new(move || {
                let result = delivered.lock().unwrap_or_else(PoisonError::into_inner).take();
                done(result.ok_or_else(|| io::Error::other("the helper thread panicked")));
            }))),
        });
        WAITING.with_borrow_mut(|all| all.insert(number, Rc::downgrade(&waiting)));
        // SAFETY: Tcl's memory is aligned for anything.
        let post = unsafe {
            let event: *mut Event = sys::tcl_Alloc(size_of::<Event>() as c_uint).cast();
            let header = sys::Tcl_Event { proc_: Some(arrived), nextPtr: std::ptr::null_mut() };
            event.write(Event { header, number });
            Post { thread: sys::tcl_GetCurrentThread(), event }
        };
        (Self(waiting), Delivery { result, _post: post })
    }

    /// Runs `work` in a thread of its own, then `done` with its result from the event loop of this
    /// one. A panic in it arrives as an error.
    ///
    /// Errors where the system has no thread to give.
    pub(crate) fn start<T: Send + 'static>(
        interp: &Interp,
        work: impl FnOnce() -> T + Send + 'static,
        done: impl FnOnce(io::Result<T>) + 'static,
    ) -> io::Result<Self> {
        let (job, delivery) = Self::new(interp, done);
        let helper = move || delivery.deliver(work());
        thread::Builder::new().name(env!("CARGO_PKG_NAME").to_owned()).spawn(helper)?;
        Ok(job)
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        self.0.done.set(None);
        // When the thread is ending, the table may be gone.
        let _ = WAITING.try_with(|all| all.borrow_mut().remove(&self.0.number));
    }
}

callback! {
    event fn arrived(event: *mut sys::Tcl_Event, _flags: c_int) -> c_int = 1 {
        // SAFETY: the event that `new` made.
        let number = unsafe { (*event.cast::<Event>()).number };
        let waiting = WAITING.with_borrow_mut(|all| all.remove(&number))?.upgrade()?;
        Some((waiting.interp.clone(), waiting.done.take()?))
    }
}
