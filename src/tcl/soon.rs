//! What is done in the next iteration of the event loop, or in one soon after that: no more of it
//! in one iteration than leaves time for other events.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    ffi::c_void,
    rc::{Rc, Weak},
    time::{Duration, Instant},
};

use super::{
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
    /// Whether a timer of Tcl's is set.
    is_due: bool,
}

thread_local! {
    static TASKS: RefCell<Tasks> = RefCell::default();
}

impl Soon {
    /// Runs `body` from the event loop, at once.
    pub(crate) fn new(interp: &Interp, body: impl FnOnce() + 'static) -> Self {
        Self::add(Some(interp), Box::new(body), |tasks| &mut tasks.short)
    }

    /// The same for what may take some milliseconds: it comes behind what is quicker.
    pub(crate) fn long(interp: &Interp, body: impl FnOnce() + 'static) -> Self {
        Self::add(Some(interp), Box::new(body), |tasks| &mut tasks.long)
    }

    /// The same for what is guarded itself.
    #[cfg(own_sockets)]
    pub(super) fn long_guarded(body: impl FnOnce() + 'static) -> Self {
        Self::add(None, Box::new(body), |tasks| &mut tasks.long)
    }

    fn add(
        interp: Option<&Interp>,
        body: Box<dyn FnOnce()>,
        queue: fn(&mut Tasks) -> &mut VecDeque<Weak<Task>>,
    ) -> Self {
        let task = Rc::new(Task { interp: interp.cloned(), body: Cell::new(Some(body)) });
        TASKS.with_borrow_mut(|tasks| {
            queue(tasks).push_back(Rc::downgrade(&task));
            tasks.set_timer();
        });
        Self(task)
    }
}

impl Tasks {
    /// Has Tcl call in its next iteration.
    fn set_timer(&mut self) {
        if !std::mem::replace(&mut self.is_due, true) {
            // SAFETY: there is an interpreter, so the tables are there.
            unsafe { sys::tcl_CreateTimerHandler(0, Some(run), std::ptr::null_mut()) };
        }
    }
}

callback! {
    silent fn run(_data: *mut c_void) {
        let start = Instant::now();
        let is_over = || start.elapsed() >= BUDGET;
        let (short, long) = TASKS.with_borrow_mut(|tasks| {
            tasks.is_due = false;
            (tasks.short.len(), tasks.long.len())
        });
        // What is added meanwhile is for the next iteration.
        for _ in 0..short {
            perform(take(|tasks| &mut tasks.short));
            if is_over() {
                break;
            }
        }
        for _ in 0..long {
            perform(take(|tasks| &mut tasks.long));
            if is_over() {
                break;
            }
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
    use crate::tcl::testing::{Tcl, run};

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
            assert_eq!(done.borrow()[..2], [1, 11]);
            assert_eq!(done.borrow().len(), 2);
            let _later = note(tcl, &done, 2);
            tcl.wait_until("all are done", || done.borrow().len() == 5);
            assert_eq!(done.take(), [1, 11, 2, 12, 13]);
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
