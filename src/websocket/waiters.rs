//! Those who wait for the same thing, in the order in which they came.

use std::collections::VecDeque;

/// A queue that its members may leave from anywhere.
#[derive(Debug)]
pub(super) struct Waiters<W> {
    queue: VecDeque<(u64, W)>,
    next_id: u64,
}

impl<W> Default for Waiters<W> {
    fn default() -> Self {
        Self { queue: VecDeque::new(), next_id: 0 }
    }
}

impl<W> Waiters<W> {
    /// Adds at the end what `waiter` makes of the number under which it can leave.
    pub(super) fn add(&mut self, waiter: impl FnOnce(u64) -> W) {
        let id = self.next_id;
        self.next_id += 1;
        self.queue.push_back((id, waiter(id)));
    }

    /// Takes out the one with this number, if it still waits.
    pub(super) fn remove(&mut self, id: u64) -> Option<W> {
        let index = self.queue.iter().position(|(other, _)| *other == id)?;
        self.queue.remove(index).map(|(_, waiter)| waiter)
    }

    /// Takes out the one that has waited longest.
    pub(super) fn next(&mut self) -> Option<W> {
        self.queue.pop_front().map(|(_, waiter)| waiter)
    }

    /// The one that has waited longest.
    pub(super) fn first(&self) -> Option<&W> {
        self.queue.front().map(|(_, waiter)| waiter)
    }

    /// Whether nobody waits.
    pub(super) fn is_empty(&self) -> bool {
        self.queue.is_empty()
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
