//! `-heartbeat`: detects a peer that vanished without closing TCP.
//!
//! "A Ping frame may serve either as a keepalive or as a means to verify that the remote endpoint
//! is still responsive." (RFC 6455 section 5.5.2)

use std::time::{Duration, Instant};

/// When the peer was last heard of, and what was done about its silence.
#[derive(Debug, Default)]
pub(super) struct Heartbeat {
    /// `None`: the peer may be silent for ever.
    interval: Option<Duration>,
    /// When something last arrived, even a part of a frame.
    heard: Option<Instant>,
    /// When a ping was last sent because of its silence.
    pinged: Option<Instant>,
}

/// What is due.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Beat {
    /// Nothing, before this time has passed.
    Wait(Duration),
    /// A ping, and nothing more before this time has passed.
    Ping(Duration),
    /// The end of the connection: nothing has arrived for this time.
    Dead(Duration),
}

impl Heartbeat {
    /// Begins with this interval. Tells when to look for the first time, if ever.
    pub(super) fn start(&mut self, interval: Option<Duration>, now: Instant) -> Option<Duration> {
        *self = Self { interval, heard: interval.map(|_| now), pinged: None };
        interval
    }

    /// Looks no more.
    pub(super) fn stop(&mut self) {
        *self = Self::default();
    }

    /// Records that something has arrived.
    pub(super) fn record_arrival(&mut self, now: impl FnOnce() -> Instant) {
        if let Some(heard) = &mut self.heard {
            *heard = now();
        }
    }

    /// Whether nothing was heard for the whole interval.
    pub(super) fn is_silent(&self, now: Instant) -> bool {
        let silence = self.heard.map(|heard| now.saturating_duration_since(heard));
        self.interval.zip(silence).is_some_and(|(interval, silence)| silence >= interval)
    }

    /// What is due now; `None` where there is no heartbeat.
    pub(super) fn beat(&mut self, now: Instant) -> Option<Beat> {
        let (interval, heard) = (self.interval?, self.heard?);
        if !self.is_silent(now) {
            return Some(Beat::Wait(interval.saturating_sub(now.saturating_duration_since(heard))));
        }
        if self.pinged > Some(heard) {
            return Some(Beat::Dead(2 * interval));
        }
        self.pinged = Some(now);
        Some(Beat::Ping(interval))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INTERVAL: Duration = Duration::from_secs(10);

    fn started(now: Instant) -> Heartbeat {
        let mut heartbeat = Heartbeat::default();
        assert_eq!(heartbeat.start(Some(INTERVAL), now), Some(INTERVAL));
        heartbeat
    }

    #[test]
    fn nothing_is_due_without_an_interval() {
        let now = Instant::now();
        let mut heartbeat = Heartbeat::default();
        assert_eq!(heartbeat.start(None, now), None);
        assert_eq!(heartbeat.beat(now + 100 * INTERVAL), None);
        assert!(!heartbeat.is_silent(now + 100 * INTERVAL));
    }

    #[test]
    fn a_peer_that_was_heard_has_the_rest_of_its_interval() {
        let now = Instant::now();
        let mut heartbeat = started(now);
        heartbeat.record_arrival(|| now + INTERVAL / 4);
        assert_eq!(heartbeat.beat(now + INTERVAL), Some(Beat::Wait(INTERVAL / 4)));
    }

    #[test]
    fn silence_is_met_with_one_ping_and_then_the_end() {
        let now = Instant::now();
        let mut heartbeat = started(now);
        assert_eq!(heartbeat.beat(now + INTERVAL), Some(Beat::Ping(INTERVAL)));
        assert_eq!(heartbeat.beat(now + 2 * INTERVAL), Some(Beat::Dead(2 * INTERVAL)));
    }

    #[test]
    fn an_answer_to_the_ping_begins_a_new_interval() {
        let now = Instant::now();
        let mut heartbeat = started(now);
        assert_eq!(heartbeat.beat(now + INTERVAL), Some(Beat::Ping(INTERVAL)));
        heartbeat.record_arrival(|| now + INTERVAL + INTERVAL / 10);
        assert_eq!(heartbeat.beat(now + 2 * INTERVAL), Some(Beat::Wait(INTERVAL / 10)));
        assert_eq!(heartbeat.beat(now + 2 * INTERVAL + INTERVAL / 10), Some(Beat::Ping(INTERVAL)),);
    }

    #[test]
    fn a_stopped_heartbeat_is_over() {
        let now = Instant::now();
        let mut heartbeat = started(now);
        heartbeat.stop();
        heartbeat.record_arrival(|| now);
        assert_eq!(heartbeat.beat(now + 2 * INTERVAL), None);
    }
}
