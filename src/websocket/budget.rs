//! How long one iteration of the event loop may be spent on one connection.

use std::time::{Duration, Instant};

/// How long messages are read and delivered in one iteration of the event loop, before timers and
/// other channels are served: enough to keep a fast sender busy, too little for a person to notice.
pub(super) const BUDGET: Duration = Duration::from_millis(4);

/// After how many messages to look at the clock, which takes a part of the time of a small one.
const MESSAGES_PER_LOOK: u32 = 8;

/// The time that is left of an iteration.
#[derive(Clone, Copy)]
pub(super) struct Budget {
    end: Option<Instant>,
    messages: u32,
}

impl Budget {
    /// The time of an iteration that begins now.
    pub(super) fn begin() -> Self {
        Self { end: Some(Instant::now() + BUDGET), messages: 0 }
    }

    /// As much time as it takes.
    pub(super) fn unlimited() -> Self {
        Self { end: None, messages: 0 }
    }

    /// Whether the time is up.
    pub(super) fn is_over(&self) -> bool {
        self.end.is_some_and(|end| Instant::now() >= end)
    }

    /// Whether the time is up, after one more message.
    pub(super) fn is_over_after_message(&mut self) -> bool {
        self.messages += 1;
        self.messages.is_multiple_of(MESSAGES_PER_LOOK) && self.is_over()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_is_looked_at_after_a_number_of_messages() {
        let mut budget = Budget { end: Some(Instant::now()), messages: 0 };
        assert!(budget.is_over());
        let looks = (0..2 * MESSAGES_PER_LOOK).filter(|_| budget.is_over_after_message()).count();
        assert_eq!(looks, 2);
    }

    #[test]
    fn unlimited_time_is_never_over() {
        let mut budget = Budget::unlimited();
        assert!(!budget.is_over());
        assert!((0..2 * MESSAGES_PER_LOOK).all(|_| !budget.is_over_after_message()));
    }
}
