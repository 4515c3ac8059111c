//! How much time a request has left.
//!
//! The time is a limit for the server and the way to it. It stands still while a script is waited
//! for, which may take as long as it likes: a handler of content that runs, a channel that has no
//! room for content, or one that has nothing of the request's for now.

use std::time::{Duration, Instant};

/// What is waited for while the time stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Halt {
    /// That the script takes the content of the response.
    Content,
    /// That the script has more of the content of the request.
    Body,
}

impl Halt {
    fn bit(self) -> u8 {
        match self {
            Self::Content => 1,
            Self::Body => 2,
        }
    }
}

/// The time of a request.
#[derive(Debug)]
pub(super) struct Clock {
    begun: Instant,
    /// How much there is; `None`: as much as it takes.
    limit: Option<Duration>,
    /// Since when it is counted, and how long it had stood still then.
    since: (Instant, Duration),
    /// Whether that is when content has last come.
    is_by_piece: bool,
    /// How long it has stood still in all, until it did so last.
    stood: Duration,
    /// What is waited for, one bit each, and since when.
    halts: u8,
    halted: Instant,
}

impl Clock {
    /// One without a limit.
    pub(super) fn new(now: Instant) -> Self {
        let since = (now, Duration::ZERO);
        Self {
            begun: now,
            limit: None,
            since,
            is_by_piece: false,
            stood: Duration::ZERO,
            halts: 0,
            halted: now,
        }
    }

    pub(super) fn limit(&mut self, limit: Duration) {
        self.limit = Some(limit);
    }

    /// Counts from the beginning, and stands still no more.
    pub(super) fn count_all(&mut self, now: Instant) {
        self.is_by_piece = false;
        self.since = (self.begun, Duration::ZERO);
        self.stood = self.stood(now);
        self.halts = 0;
    }

    /// Counts from each piece of content to the next one, from now on.
    pub(super) fn count_by_piece(&mut self, now: Instant) {
        self.is_by_piece = true;
        self.note_content(now);
    }

    /// Content has come.
    pub(super) fn note_content(&mut self, now: Instant) {
        if self.is_by_piece {
            self.since = (now, self.stood(now));
        }
    }

    /// Has it stand still.
    pub(super) fn halt(&mut self, halt: Halt, now: Instant) {
        if self.halts == 0 {
            self.halted = now;
        }
        self.halts |= halt.bit();
    }

    /// Has it go on, unless something else is waited for, too.
    pub(super) fn go_on(&mut self, halt: Halt, now: Instant) {
        let halts = self.halts & !halt.bit();
        if halts == 0 {
            self.stood = self.stood(now);
        }
        self.halts = halts;
    }

    /// Whether it stands still.
    pub(super) fn is_halted(&self) -> bool {
        self.halts != 0
    }

    /// How much is left; `None` where there is no limit.
    pub(super) fn left(&self, now: Instant) -> Option<Duration> {
        let (since, stood) = self.since;
        let counted = now.duration_since(since).saturating_sub(self.stood(now) - stood);
        self.limit.map(|limit| limit.saturating_sub(counted))
    }

    fn stood(&self, now: Instant) -> Duration {
        let standing =
            if self.is_halted() { now.duration_since(self.halted) } else { Duration::ZERO };
        self.stood + standing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// A clock with a limit of ten seconds, and when it began.
    fn clock() -> (Clock, Instant) {
        let begun = Instant::now();
        let mut clock = Clock::new(begun);
        assert_eq!(clock.left(begun), None);
        clock.limit(10 * SECOND);
        (clock, begun)
    }

    #[test]
    fn the_time_runs_from_the_beginning_or_from_the_last_content() {
        let (mut clock, begun) = clock();
        assert_eq!(clock.left(begun + 3 * SECOND), Some(7 * SECOND));
        assert_eq!(clock.left(begun + 11 * SECOND), Some(Duration::ZERO));
        clock.note_content(begun + 8 * SECOND);
        clock.count_by_piece(begun + 9 * SECOND);
        assert_eq!(clock.left(begun + 12 * SECOND), Some(7 * SECOND));
        clock.note_content(begun + 12 * SECOND);
        assert_eq!(clock.left(begun + 12 * SECOND), Some(10 * SECOND));
        clock.count_all(begun + 12 * SECOND);
        clock.note_content(begun + 12 * SECOND);
        assert_eq!(clock.left(begun + 9 * SECOND), Some(SECOND));
    }

    #[test]
    fn the_time_stands_still_while_a_script_is_waited_for() {
        let (mut clock, begun) = clock();
        clock.halt(Halt::Content, begun + SECOND);
        assert!(clock.is_halted());
        assert_eq!(clock.left(begun + 100 * SECOND), Some(9 * SECOND));
        clock.halt(Halt::Body, begun + 100 * SECOND);
        clock.go_on(Halt::Content, begun + 200 * SECOND);
        assert!(clock.is_halted());
        clock.go_on(Halt::Body, begun + 301 * SECOND);
        // It does not stand still twice.
        clock.go_on(Halt::Body, begun + 302 * SECOND);
        assert!(!clock.is_halted());
        assert_eq!(clock.left(begun + 303 * SECOND), Some(7 * SECOND));
    }

    #[test]
    fn what_it_stood_still_before_does_not_count_later() {
        let (mut clock, begun) = clock();
        clock.halt(Halt::Content, begun);
        clock.go_on(Halt::Content, begun + 5 * SECOND);
        clock.count_by_piece(begun + 6 * SECOND);
        clock.halt(Halt::Content, begun + 7 * SECOND);
        clock.go_on(Halt::Content, begun + 9 * SECOND);
        assert_eq!(clock.left(begun + 10 * SECOND), Some(8 * SECOND));
    }
}
