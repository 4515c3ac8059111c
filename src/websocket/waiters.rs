//! Those who wait for the same thing, in the order in which they came.

use std::collections::VecDeque;

/// A queue that its members may leave from anywhere.
#[derive(Debug)]
pub(super) struct Waiters<W> {
    /// `None` before anybody has waited.
    queue: Option<Box<Queue<W>>>,
}

#[derive(Debug)]
struct Queue<W> {
    waiters: VecDeque<(u64, W)>,
    next_id: u64,
}

impl<W> Default for Waiters<W> {
    fn default() -> Self {
        Self { queue: None }
    }
}

impl<W> Default for Queue<W> {
    fn default() -> Self {
        Self { waiters: VecDeque::new(), next_id: 0 }
    }
}

impl<W> Waiters<W> {
    /// Adds at the end what `waiter` makes of the number under which it can leave.
    pub(super) fn add(&mut self, waiter: impl FnOnce(u64) -> W) {
        let queue = self.queue.get_or_insert_default();
        let id = queue.next_id;
        queue.next_id += 1;
        queue.waiters.push_back((id, waiter(id)));
    }

    /// Takes out the one with this number, if it still waits.
    pub(super) fn remove(&mut self, id: u64) -> Option<W> {
        let waiters = &mut self.queue.as_mut()?.waiters;
        let index = waiters.iter().position(|(other, _)| *other == id)?;
        waiters.remove(index).map(|(_, waiter)| waiter)
    }

    /// Takes out the one that has waited longest.
    pub(super) fn next(&mut self) -> Option<W> {
        self.queue.as_mut()?.waiters.pop_front().map(|(_, waiter)| waiter)
    }

    /// The one that has waited longest.
    pub(super) fn first(&self) -> Option<&W> {
        self.queue.as_ref()?.waiters.front().map(|(_, waiter)| waiter)
    }

    /// Whether nobody waits.
    pub(super) fn is_empty(&self) -> bool {
        self.queue.as_ref().is_none_or(|queue| queue.waiters.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_came_first_is_served_first() {
        let mut waiters = Waiters::default();
        ["one", "two"].into_iter().for_each(|name| waiters.add(|_| name));
        assert_eq!(waiters.first(), Some(&"one"));
        assert_eq!(
            [waiters.next(), waiters.next(), waiters.next()],
            [Some("one"), Some("two"), None]
        );
    }

    #[test]
    fn one_may_leave_from_the_middle_and_only_once() {
        let mut waiters = Waiters::default();
        (0..3).for_each(|_| waiters.add(|id| id));
        assert_eq!((waiters.remove(1), waiters.remove(1)), (Some(1), None));
        assert_eq!([waiters.next(), waiters.next()], [Some(0), Some(2)]);
        assert!(waiters.is_empty());
    }

    #[test]
    fn a_number_is_not_used_again() {
        let mut waiters = Waiters::default();
        waiters.add(|id| id);
        waiters.next();
        waiters.add(|id| id);
        assert_eq!(waiters.remove(0), None);
    }
}
