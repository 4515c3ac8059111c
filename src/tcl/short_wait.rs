//! Whether to wait a moment for more events where some were handled, rather than return to Tcl.
//!
//! A peer that is near answers within microseconds. Tcl's own wait takes longer than that: on Tcl
//! 8.6 it wakes another thread, on Tcl 9 it looks twice. So what was sent while events were handled
//! is a reason to wait here. Where that was in vain, it is tried again only after twice as many
//! occasions each time, so that it costs next to nothing where peers are far or silent.

use std::{os::fd::RawFd, time::Duration};

/// How long to wait. The system counts milliseconds.
pub(super) const SHORT: Duration = Duration::from_millis(1);

/// The occasions that are passed over at most: 2 to the power of this number.
const MAX_FAILURES: u32 = 10;

/// What is known of answers.
#[derive(Debug, Default)]
pub(super) struct ShortWait {
    /// The socket by which something was sent last, since the last look.
    sender: Option<RawFd>,
    /// How many occasions are still passed over.
    to_skip: u32,
    /// How often in a row no answer came.
    failures: u32,
}

impl ShortWait {
    /// Something is sent by this socket, which may have an answer.
    pub(super) fn sent(&mut self, socket: RawFd) {
        self.sender = Some(socket);
    }

    /// This socket is closed: what was sent by it has no answer any more.
    pub(super) fn closed(&mut self, socket: RawFd) {
        self.sender.take_if(|sender| *sender == socket);
    }

    /// Events are handled from now on: what was sent before is no reason.
    pub(super) fn begin(&mut self) {
        self.sender = None;
    }

    /// Whether to wait now.
    pub(super) fn is_worthwhile(&mut self) -> bool {
        if self.sender.take().is_none() {
            return false;
        }
        let is_due = self.to_skip == 0;
        self.to_skip = self.to_skip.saturating_sub(1);
        is_due
    }

    /// It is over, and something has come meanwhile or nothing.
    pub(super) fn end(&mut self, has_come: bool) {
        self.sender = None;
        if has_come {
            self.failures = 0;
        } else {
            self.failures = (self.failures + 1).min(MAX_FAILURES);
            self.to_skip = 1 << self.failures;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOCKET: RawFd = 3;

    /// Of so many occasions, those on which was waited, always in vain.
    fn in_vain(wait: &mut ShortWait, occasions: usize) -> Vec<usize> {
        let waited = (0..occasions).filter(|_| {
            wait.sent(SOCKET);
            let is_worthwhile = wait.is_worthwhile();
            if is_worthwhile {
                wait.end(false);
            }
            is_worthwhile
        });
        waited.collect()
    }

    #[test]
    fn what_is_sent_is_a_reason_once() {
        let mut wait = ShortWait::default();
        assert!(!wait.is_worthwhile());
        wait.sent(SOCKET);
        assert!(wait.is_worthwhile() && !wait.is_worthwhile());
        wait.sent(SOCKET);
        wait.begin();
        assert!(!wait.is_worthwhile());
    }

    #[test]
    fn what_was_sent_by_a_socket_that_is_closed_is_no_reason() {
        let mut wait = ShortWait::default();
        wait.sent(SOCKET);
        wait.closed(SOCKET);
        assert!(!wait.is_worthwhile());
        wait.sent(SOCKET);
        wait.closed(SOCKET + 1);
        assert!(wait.is_worthwhile());
    }

    #[test]
    fn what_is_written_before_the_wait_is_no_reason_for_the_next() {
        let mut wait = ShortWait::default();
        wait.sent(SOCKET);
        assert!(wait.is_worthwhile());
        wait.sent(SOCKET);
        wait.end(true);
        assert!(!wait.is_worthwhile());
    }

    #[test]
    fn in_vain_it_is_done_ever_more_rarely() {
        let mut wait = ShortWait::default();
        assert_eq!(in_vain(&mut wait, 40), [0, 3, 8, 17, 34]);
        assert!(in_vain(&mut wait, 100_000).len() < 110);
    }

    #[test]
    fn an_answer_makes_up_for_those_that_did_not_come() {
        let mut wait = ShortWait::default();
        in_vain(&mut wait, 3);
        wait.sent(SOCKET);
        while !wait.is_worthwhile() {
            wait.sent(SOCKET);
        }
        wait.end(true);
        assert_eq!(in_vain(&mut wait, 4), [0, 3]);
    }
}
