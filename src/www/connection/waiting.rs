//! Scripts that wait: in `receive` for the next message, in `flush` until everything is written.

use std::{cell::RefCell, collections::VecDeque, ptr, rc::Rc, time::Duration};

use super::{Connection, Message, incoming::TimeSlice};
use crate::{
    protocol::End,
    tcl::{Error, Interp, Pending, Timer, Value},
    www::errors,
};

/// Those who wait for the same, the one who has waited longest first.
#[derive(Default)]
pub(super) struct Waiters(RefCell<VecDeque<Waiter>>);

struct Waiter {
    pending: Rc<Pending>,
    /// Ends the wait when its time is up.
    _timer: Option<Timer>,
}

impl Waiters {
    /// Adds one, who waits no longer than `timeout`.
    fn add(self: &Rc<Self>, interp: &Interp, timeout: Option<Duration>) -> Rc<Pending> {
        let pending = Pending::new();
        let (waiters, waiter) = (Rc::downgrade(self), Rc::downgrade(&pending));
        let leave = move || {
            if let Some(waiters) = waiters.upgrade() {
                let mut waiters = waiters.0.borrow_mut();
                waiters.retain(|other| !ptr::eq(Rc::as_ptr(&other.pending), waiter.as_ptr()));
            }
        };
        pending.on_abandon(leave.clone());
        let timer = timeout.map(|timeout| {
            let (interp_then, pending) = (interp.clone(), Rc::clone(&pending));
            Timer::after(interp, timeout, move || {
                leave();
                pending.settle(&interp_then, Err(errors::wait_timed_out(timeout)));
            })
        });
        self.0.borrow_mut().push_back(Waiter { pending: Rc::clone(&pending), _timer: timer });
        pending
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// Takes out who has waited longest.
    pub(super) fn next(&self) -> Option<Rc<Pending>> {
        self.0.borrow_mut().pop_front().map(|waiter| waiter.pending)
    }
}

impl Connection {
    /// What the method `receive` does: waits for the next text or binary message, which the outcome
    /// is: a list of type and data. Errors where a callback takes the messages.
    pub(crate) fn receive(&self, timeout: Option<Duration>) -> Result<Rc<Pending>, Error> {
        if self.callbacks.borrow().take_data() {
            return Err(errors::has_callback());
        }
        self.receiving.set(true);
        let pending = self.receives.add(self.interp(), timeout);
        self.hand_over();
        if !pending.is_settled() {
            // Perhaps it is here already, or the end is.
            self.deliver(&TimeSlice::begin());
            self.report_close();
            self.watch();
        }
        Ok(pending)
    }

    /// Takes a message for `receive`, now or later.
    pub(super) fn keep_for_receive(&self, message: Message) {
        self.inbox.borrow_mut().push_back(message);
        self.hand_over();
    }

    /// The next message that nobody took with `receive`.
    pub(super) fn next_unreceived(&self) -> Option<Message> {
        self.inbox.borrow_mut().pop_front()
    }

    /// Gives the messages that were kept to those who wait for one.
    fn hand_over(&self) {
        while !self.receives.is_empty()
            && let Some(Message { word, data, .. }) = self.next_unreceived()
        {
            if let Some(pending) = self.receives.next() {
                pending.settle(self.interp(), Ok(Value::list(&[word, data]).into()));
            }
        }
    }

    /// What the method `flush` does: waits until everything is written.
    pub(crate) fn wait_until_written(&self, timeout: Option<Duration>) -> Rc<Pending> {
        let pending = self.flushes.add(self.interp(), timeout);
        if !self.blocked.get() {
            self.flush();
        }
        self.settle_flushes();
        pending
    }

    /// Tells those in `flush` that everything is written, or never will be.
    pub(super) fn settle_flushes(&self) {
        while let Some(outcome) = self.flush_outcome()
            && let Some(pending) = self.flushes.next()
        {
            pending.settle(self.interp(), outcome.map(Into::into));
        }
    }

    fn flush_outcome(&self) -> Option<Result<Value, Error>> {
        let write_error = self.write_error.borrow().clone();
        let lost = write_error.map(|how| self.closing.borrow().status(End::Broken(&how)));
        match self.stream() {
            Some(stream) if lost.is_none() && stream.has_output() => None,
            Some(_) if lost.is_none() => Some(Ok(Value::empty())),
            _ => {
                let status = lost.or_else(|| self.close_status.borrow().clone())?;
                Some(Err(errors::closed(&status)))
            }
        }
    }

    /// The object is being deleted: nobody needs to wait any more. They are told later, since no
    /// script may run now.
    pub(super) fn dismiss_waiters(&self) {
        let end = End::Broken("connection destroyed");
        let status = self.close_status.borrow().clone();
        let status = status.unwrap_or_else(|| self.closing.borrow().status(end));
        for waiters in [&self.receives, &self.flushes] {
            while let Some(pending) = waiters.next() {
                pending.settle_later(self.interp(), Err(errors::closed(&status)));
            }
        }
    }
}
