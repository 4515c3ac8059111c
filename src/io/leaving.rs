//! A stream whose process is about to exit: what was handed over gets its time to reach the peer.
//!
//! To close a socket while there is something unread makes the system send a reset. That drops
//! what this system has not sent, and may drop what the peer has not read. So nothing is closed
//! here: the output is written, our half is ended behind it, and what comes meanwhile is read and
//! dropped. No script runs, unless one implements the channel and something waits to be written.

use std::{
    rc::Rc,
    time::{Duration, Instant},
};

use super::stream::Stream;
use crate::tcl::{Discarded, Unfinished};

/// A peer that was silent for so long is taken not to be sending.
pub(crate) const QUIET: Duration = Duration::from_millis(100);

pub(crate) struct Leaving {
    stream: Rc<Stream>,
    is_output_ended: bool,
    /// When something last arrived, if it has.
    arrival: Option<Instant>,
    has_peer_ended: bool,
}

impl Leaving {
    pub(crate) fn new(stream: Rc<Stream>) -> Self {
        Self { stream, is_output_ended: false, arrival: None, has_peer_ended: false }
    }

    fn discard_input(&mut self, now: Instant) {
        match self.stream.discard_input() {
            Discarded::Nothing => {}
            Discarded::Bytes => self.arrival = Some(now),
            Discarded::End => self.has_peer_ended = true,
        }
    }

    /// Whether the peer sends nothing that would be answered by a reset.
    fn is_peer_silent(&self, now: Instant) -> bool {
        self.has_peer_ended || self.arrival.is_none_or(|arrival| now - arrival >= QUIET)
    }
}

impl Unfinished for Leaving {
    /// Done when the peer has ended its half, or its system has acknowledged everything and it is
    /// silent: at once where the connection is idle.
    fn go_on(&mut self, now: Instant) -> Option<u64> {
        let stream = Rc::clone(&self.stream);
        stream.flush().ok()?;
        self.discard_input(now);
        let progress = stream.progress();
        if !stream.has_output() {
            let is_acknowledged = progress.delivered == progress.handed_over;
            let is_done = self.has_peer_ended || is_acknowledged && self.is_peer_silent(now);
            if !self.is_output_ended {
                self.is_output_ended = stream.end_output();
            }
            if is_done {
                return None;
            }
        }
        Some(progress.delivered)
    }
}
