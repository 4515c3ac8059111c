//! What is done before the process exits: output that was handed over gets its time to leave.

use std::{
    cell::RefCell,
    ffi::c_void,
    process,
    rc::Weak,
    sync::Once,
    thread,
    time::{Duration, Instant},
};

use super::{guard::callback, sys};

/// Something that may have work left when the process exits.
pub(crate) trait BeforeExit {
    /// What is left, if anything may be.
    fn before_exit(&self) -> Vec<Box<dyn Unfinished>>;
}

/// Work that is left when the process exits.
pub(crate) trait Unfinished {
    /// Goes on with it, without waiting. `None` when it is done; otherwise how far it has come, in
    /// a number that grows.
    fn go_on(&mut self, now: Instant) -> Option<u64>;
}

/// How long exiting waits where nothing comes forward: long enough for a network that is slow,
/// short enough for a person who waits for the prompt.
const MAX_STALL: Duration = Duration::from_secs(1);

/// How long exiting waits at all: a peer that takes little at a time cannot keep the process.
const MAX_WAIT: Duration = Duration::from_secs(10);

/// How long exiting sleeps between two attempts.
const PAUSE: Duration = Duration::from_millis(1);

thread_local! {
    static REGISTERED: RefCell<Vec<Registered>> = const { RefCell::new(Vec::new()) };
}

/// What is to be called, and in which process. One that was forked off has it, too, and may exit
/// while its parent goes on.
type Registered = (u32, Weak<dyn BeforeExit>);

/// Has `what` called when this thread has this process exit, if it is still there.
pub(crate) fn call_before_exit(what: Weak<dyn BeforeExit>) {
    /// Exit handlers belong to the process.
    static HANDLER: Once = Once::new();
    HANDLER.call_once(|| {
        // SAFETY: there is an interpreter, so the tables are there.
        unsafe { sys::tcl_CreateExitHandler(Some(about_to_exit), std::ptr::null_mut()) }
    });
    REGISTERED.with_borrow_mut(|registered| {
        make_room(registered);
        registered.push((process::id(), what));
    });
}

/// Drops those that are gone, before the list would grow.
fn make_room(registered: &mut Vec<Registered>) {
    if registered.len() == registered.capacity() {
        registered.retain(|(_, one)| one.strong_count() > 0);
    }
}

callback! {
    /// Called in the thread that exits, while its channels are still open.
    silent fn about_to_exit(_data: *mut c_void) {
        let registered = REGISTERED.with_borrow_mut(std::mem::take);
        let here = process::id();
        let ours = registered.iter().filter(|(process, _)| *process == here);
        let present = ours.filter_map(|(_, one)| one.upgrade());
        let unfinished = present.flat_map(|one| one.before_exit());
        finish(unfinished.collect(), Instant::now, || thread::sleep(PAUSE));
    }
}

/// Goes on with all of these until each is done, or nothing comes forward any more.
fn finish(unfinished: Vec<Box<dyn Unfinished>>, now: impl Fn() -> Instant, pause: impl Fn()) {
    let start = now();
    let mut since = start;
    let mut rest: Vec<_> = unfinished.into_iter().map(|one| (one, 0)).collect();
    loop {
        let time = now();
        rest.retain_mut(|(one, before)| {
            let Some(done) = one.go_on(time) else { return false };
            if done > *before {
                (*before, since) = (done, time);
            }
            true
        });
        if rest.is_empty() || time - since >= MAX_STALL || time - start >= MAX_WAIT {
            return;
        }
        pause();
    }
}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, rc::Rc};

    use super::*;

    /// How often it was asked to go on, and what it answers then.
    struct Work<F>(Rc<Cell<u64>>, F);

    impl<F: Fn(u64) -> Option<u64>> Unfinished for Work<F> {
        fn go_on(&mut self, _now: Instant) -> Option<u64> {
            self.0.update(|calls| calls + 1);
            self.1(self.0.get())
        }
    }

    /// How often each of these is asked to go on, which answers so, by a clock that goes on by one
    /// [`PAUSE`] in each.
    fn calls<const N: usize>(work: [fn(u64) -> Option<u64>; N]) -> [u64; N] {
        let counts = [(); N].map(|()| Rc::new(Cell::new(0)));
        let unfinished = counts
            .iter()
            .zip(work)
            .map(|(count, answer)| Box::new(Work(Rc::clone(count), answer)) as Box<dyn Unfinished>);
        let time = Cell::new(Instant::now());
        finish(unfinished.collect(), || time.get(), || time.update(|now| now + PAUSE));
        counts.map(|count| count.get())
    }

    fn pauses(time: Duration) -> u64 {
        (time.as_millis() / PAUSE.as_millis()) as u64
    }

    #[test]
    fn what_is_done_is_not_called_again() {
        assert_eq!(calls([]), []);
        assert_eq!(calls([|_| None]), [1]);
        assert_eq!(calls([|_| None, |calls| (calls < 7).then_some(0)]), [1, 7]);
    }

    #[test]
    fn what_does_not_come_forward_is_left() {
        let stalled = pauses(MAX_STALL) + 1;
        assert_eq!(calls([|_| Some(0)]), [stalled]);
        // What was done before it is first asked counts as coming forward, at the beginning.
        assert_eq!(calls([|_| Some(5)]), [stalled]);
        assert_eq!(calls([|calls| Some(calls.min(10))]), [stalled + 9]);
    }

    #[test]
    fn as_long_as_one_comes_forward_the_others_have_time() {
        let work: [fn(u64) -> Option<u64>; 2] =
            [|calls| (calls < 5000).then_some(calls / 100), |_| Some(0)];
        assert_eq!(calls(work), [5000, 4900 + pauses(MAX_STALL)]);
    }

    #[test]
    fn nothing_keeps_the_process_for_ever() {
        assert_eq!(calls([Some]), [pauses(MAX_WAIT) + 1]);
    }

    #[test]
    fn what_is_gone_makes_room() {
        struct Idle;
        impl BeforeExit for Idle {
            fn before_exit(&self) -> Vec<Box<dyn Unfinished>> {
                Vec::new()
            }
        }
        let push = |one: &Rc<dyn BeforeExit>| {
            REGISTERED.with_borrow_mut(|registered| {
                make_room(registered);
                registered.push((process::id(), Rc::downgrade(one)));
            });
        };
        let kept: Rc<dyn BeforeExit> = Rc::new(Idle);
        push(&kept);
        for _ in 0..1000 {
            push(&(Rc::new(Idle) as Rc<dyn BeforeExit>));
        }
        let (count, first) = REGISTERED.with_borrow(|all| (all.len(), all[0].1.upgrade()));
        assert!(count < 10 && first.is_some_and(|first| Rc::ptr_eq(&first, &kept)));
    }
}
