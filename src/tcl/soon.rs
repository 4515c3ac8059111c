//! What is done in the next iteration of the event loop, or in one soon after that: no more of it
//! in one iteration than leaves time for other events.
//!
//! Tcl calls for what is quick by an event in its queue, which it serves before it waits: a timer
//! that is due takes a wait, and on Tcl 8.6 each of these wakes another thread. Between two waits
//! there is one such event at most. After that, and for what takes longer, there is a timer, so
//! that what goes on all the time lets Tcl look for other events.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    ffi::{c_int, c_uint, c_void},
    rc::{Rc, Weak},
    time::{Duration, Instant},
};

use super::{
    before_wait::count_waits,
    guard::{self, callback},
    interp::Interp,
    sys,
};

/// For how long tasks are begun in one iteration. After that, one long task more may run.
const BUDGET: Duration = Duration::from_millis(2);

/// Something that will be done once, soon. Dropping it prevents that.
pub(crate) struct Soon(#[expect(dead_code, reason = "the queue has a weak share")] Rc<Task>);

struct Task {
    /// Where a panic is a background error.
    interp: Option<Interp>,
    body: Cell<Option<Box<dyn FnOnce()>>>,
}

/// Tasks in the order in which they came.
#[derive(Default)]
struct Tasks {
    short: VecDeque<Weak<Task>>,
    /// Those that may take some milliseconds. They come behind all others, one after the other.
    long: VecDeque<Weak<Task>>,
    /// The timer of Tcl's, if one is set.
    timer: Option<sys::Tcl_TimerToken>,
    /// Whether an event is in Tcl's queue.
    has_event: bool,
    /// Between which waits the last event was put there.
    waits: Option<u64>,
}

thread_local! {
    static TASKS: RefCell<Tasks> = RefCell::default();
}

impl Soon {
    /// Runs `body` from the event loop, at once.
    pub(crate) fn new(interp: &Interp, body: impl FnOnce() + 'static) -> Self {
        Self::add(Some(interp), Box::new(body), |tasks| &mut tasks.short, Tasks::call_soon)
    }

    /// The same for what may take some milliseconds: it comes behind what is quicker.
    pub(crate) fn long(interp: &Interp, body: impl FnOnce() + 'static) -> Self {
        Self::add(Some(interp), Box::new(body), |tasks| &mut tasks.long, Tasks::set_timer)
    }

    /// The same for what is guarded itself.
    #[cfg(own_sockets)]
    pub(super) fn long_guarded(body: impl FnOnce() + 'static) -> Self {
        Self::add(None, Box::new(body), |tasks| &mut tasks.long, Tasks::set_timer)
    }

    fn add(
        interp: Option<&Interp>,
        body: Box<dyn FnOnce()>,
        queue: fn(&mut Tasks) -> &mut VecDeque<Weak<Task>>,
        call: fn(&mut Tasks),
    ) -> Self {
        let task = Rc::new(Task { interp: interp.cloned(), body: Cell::new(Some(body)) });
        TASKS.with_borrow_mut(|tasks| {
            queue(tasks).push_back(Rc::downgrade(&task));
            call(tasks);
        });
        Self(task)
    }
}

/// Whether Tcl will call for a task.
#[cfg(own_sockets)]
pub(super) fn has_tasks() -> bool {
    TASKS.with_borrow(|tasks| tasks.has_event || tasks.timer.is_some())
}

impl Tasks {
    /// Has Tcl call in its next iteration, before it waits if there was no event since the last
    /// wait.
    fn call_soon(&mut self) {
        let waits = Some(count_waits());
        if self.has_event {
            return;
        }
        if std::mem::replace(&mut self.waits, waits) == waits {
            return self.set_timer();
        }
        self.has_event = true;
        // SAFETY: there is an interpreter, so the tables are there.
        unsafe { queue_event() };
    }

    /// Has Tcl call in its next iteration, when it has looked for other events.
    fn set_timer(&mut self) {
        self.timer.get_or_insert_with(|| {
            // SAFETY: there is an interpreter, so the tables are there.
            unsafe { sys::tcl_CreateTimerHandler(0, Some(timer_fired), std::ptr::null_mut()) }
        });
    }

    /// Has the timer come behind all timers that are due by now. Tcl calls them in the order of
    /// their times, and it may have been set before a task that took long.
    fn postpone_timer(&mut self) {
        if let Some(timer) = self.timer.take() {
            // SAFETY: it has not fired.
            unsafe { sys::tcl_DeleteTimerHandler(timer) };
            self.set_timer();
        }
    }
}

/// # Safety
/// There is an interpreter in this thread.
unsafe fn queue_event() {
    // SAFETY: the caller's promise. The event is in memory of Tcl's, which frees it.
    unsafe {
        let event: *mut sys::Tcl_Event =
            sys::tcl_Alloc(size_of::<sys::Tcl_Event>() as c_uint).cast();
        event.write(sys::Tcl_Event { proc_: Some(event_due), nextPtr: std::ptr::null_mut() });
        sys::tcl_QueueEvent(event, sys::TCL_QUEUE_TAIL);
        // For where Tcl is about to wait, or the event loop is not its own.
        sys::tcl_SetMaxBlockTime(sys::NO_TIME.as_ptr().cast());
    }
}

callback! {
    silent fn timer_fired(_data: *mut c_void) {
        let start = Instant::now();
        let (short, long) = TASKS.with_borrow_mut(|tasks| {
            tasks.timer = None;
            (tasks.short.len(), tasks.long.len())
        });
        run(short, |tasks| &mut tasks.short, start);
        run(long, |tasks| &mut tasks.long, start);
        TASKS.with_borrow_mut(Tasks::postpone_timer);
    }
}

callback! {
    /// As with a timer, it stays in the queue where timers are not wanted.
    value fn event_due(_event: *mut sys::Tcl_Event, flags: c_int) -> c_int = 1; {
        if flags & sys::TCL_TIMER_EVENTS == 0 {
            return 0;
        }
        let short = TASKS.with_borrow_mut(|tasks| {
            tasks.has_event = false;
            tasks.short.len()
        });
        run(short, |tasks| &mut tasks.short, Instant::now());
        1
    }
}

/// Performs as many tasks of a queue as it had, one at least, as long as there is time.
fn run(count: usize, queue: fn(&mut Tasks) -> &mut VecDeque<Weak<Task>>, start: Instant) {
    // What is added meanwhile is for the next iteration.
    for _ in 0..count {
        perform(take(queue));
        if start.elapsed() >= BUDGET {
            break;
        }
    }
}

/// Takes the next task from a queue. The others are due anew: the task may enter the event loop.
fn take(queue: fn(&mut Tasks) -> &mut VecDeque<Weak<Task>>) -> Option<Weak<Task>> {
    TASKS.with_borrow_mut(|tasks| {
        let task = queue(tasks).pop_front();
        if !tasks.short.is_empty() || !tasks.long.is_empty() {
            tasks.set_timer();
        }
        task
    })
}

fn perform(task: Option<Weak<Task>>) {
    let Some(task) = task.and_then(|task| task.upgrade()) else { return };
    let Some(body) = task.body.take() else { return };
    match &task.interp {
        Some(interp) => guard::event(|| Some((interp.clone(), body))),
        None => body(),
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;
    use crate::tcl::{
        Timer,
        testing::{Tcl, run},
    };

    type Done = Rc<RefCell<Vec<u32>>>;

    fn note(tcl: &Tcl, done: &Done, number: u32) -> Soon {
        let done = Rc::clone(done);
        Soon::new(tcl.interp(), move || done.borrow_mut().push(number))
    }

    fn note_slowly(tcl: &Tcl, done: &Done, number: u32) -> Soon {
        let done = Rc::clone(done);
        Soon::long(tcl.interp(), move || {
            done.borrow_mut().push(number);
            thread::sleep(2 * BUDGET);
        })
    }

    #[test]
    fn tasks_are_done_once_in_their_order_unless_they_are_dropped() {
        run(|tcl| {
            let done = Done::default();
            let [_one, two, _three] = [1, 2, 3].map(|number| note(tcl, &done, number));
            drop(two);
            assert!(done.borrow().is_empty());
            tcl.wait_until("all are done", || done.borrow().len() == 2);
            tcl.step();
            assert_eq!(done.take(), [1, 3]);
        });
    }

    #[test]
    fn long_tasks_come_last_and_leave_time_for_others() {
        run(|tcl| {
            let done = Done::default();
            let _long = [11, 12, 13].map(|number| note_slowly(tcl, &done, number));
            let _short = note(tcl, &done, 1);
            tcl.step();
            assert_eq!(*done.borrow(), [1]);
            tcl.step();
            assert_eq!(*done.borrow(), [1, 11]);
            let _later = note(tcl, &done, 2);
            tcl.wait_until("all are done", || done.borrow().len() == 5);
            assert_eq!(done.take(), [1, 11, 2, 12, 13]);
        });
    }

    #[test]
    fn a_timer_that_is_due_after_a_long_task_comes_before_the_next_one() {
        run(|tcl| {
            let (done, next) = (Done::default(), Rc::new(RefCell::default()));
            let (own, first, fired) = (tcl.clone(), Rc::clone(&done), Rc::clone(&done));
            let keep = Rc::clone(&next);
            let _first = Soon::long(tcl.interp(), move || {
                keep.replace(Some(note_slowly(&own, &first, 3)));
                first.borrow_mut().push(1);
                thread::sleep(Duration::from_millis(20));
            });
            let delay = Duration::from_millis(10);
            let _timer = Timer::after(tcl.interp(), delay, move || fired.borrow_mut().push(2));
            tcl.wait_until("all are done", || done.borrow().len() == 3);
            assert_eq!(done.take(), [1, 2, 3]);
        });
    }

    #[test]
    fn a_task_waits_for_nothing_but_lets_others_go_on() {
        run(|tcl| {
            let (done, waits) = (Done::default(), count_waits());
            let first = note(tcl, &done, 1);
            tcl.step();
            assert_eq!((done.take(), count_waits()), (vec![1], waits));
            drop(first);
            // Goes on for ever, and the other one fires nevertheless.
            fn again(tcl: &Tcl, turns: &Rc<Cell<u32>>, next: &Rc<RefCell<Option<Soon>>>) {
                turns.update(|turns| turns + 1);
                let (own, turns, then) = (tcl.clone(), Rc::clone(turns), Rc::clone(next));
                next.replace(Some(Soon::new(tcl.interp(), move || again(&own, &turns, &then))));
            }
            let (turns, next) = (Rc::default(), Rc::default());
            again(tcl, &turns, &next);
            let fired = Rc::new(Cell::new(false));
            let flag = Rc::clone(&fired);
            let _timer =
                Timer::after(tcl.interp(), Duration::from_millis(5), move || flag.set(true));
            tcl.wait_until("the timer has fired", || fired.get());
            assert!(turns.get() > 1);
            next.take();
        });
    }

    #[test]
    fn a_task_that_enters_the_event_loop_holds_no_other_up() {
        run(|tcl| {
            let done = Done::default();
            let (own, inner) = (tcl.clone(), Rc::clone(&done));
            let _first = Soon::new(tcl.interp(), move || {
                own.wait_until("the other one is done", || !inner.borrow().is_empty());
                inner.borrow_mut().push(1);
            });
            let _second = note(tcl, &done, 2);
            tcl.wait_until("both are done", || done.borrow().len() == 2);
            assert_eq!(done.take(), [2, 1]);
        });
    }

    #[test]
    fn a_panic_is_a_background_error() {
        run(|tcl| {
            let done = Done::default();
            let _bad = Soon::new(tcl.interp(), || panic!("on purpose"));
            let _good = note(tcl, &done, 1);
            tcl.wait_until("the other one is done", || !done.borrow().is_empty());
            let errors = tcl.take_errors();
            assert!(errors.len() == 1 && errors[0].contains("on purpose"), "{errors:?}");
        });
    }
}
