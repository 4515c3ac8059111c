//! `-heartbeat`: detects a peer that vanished without closing TCP.
//!
//! "A Ping frame may serve either as a keepalive or as a means to verify that the remote endpoint
//! is still responsive." (RFC 6455 section 5.5.2)

use std::time::{Duration, Instant};

use crate::io::Progress;

/// When the peer was last heard of, and what was done about its silence.
#[derive(Debug, Default)]
pub(super) struct Heartbeat {
    /// `None`: the peer may be silent for ever.
    running: Option<Box<Running>>,
}

#[derive(Debug)]
struct Running {
    interval: Duration,
    /// When something last arrived, even a part of a frame.
    heard: Instant,
    /// The ping that was sent because of its silence.
    ping: Option<Ping>,
}

/// A ping that nothing has followed yet.
#[derive(Debug)]
struct Ping {
    /// How much was handed over before it: as long as not all of that is delivered, the peer cannot
    /// have seen the ping.
    behind: u64,
    /// How much was delivered when that was last looked at.
    delivered: u64,
    /// How many intervals of silence there are when the one that runs is over.
    intervals: u32,
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
        self.running =
            interval.map(|interval| Box::new(Running { interval, heard: now, ping: None }));
        interval
    }

    /// Records that something has arrived.
    pub(super) fn record_arrival(&mut self, now: impl FnOnce() -> Instant) {
        if let Some(running) = &mut self.running {
            running.heard = now();
            running.ping = None;
        }
    }

    /// Whether nothing was heard for the whole interval.
    pub(super) fn is_silent(&self, now: Instant) -> bool {
        self.running.as_ref().is_some_and(|running| running.silence(now) >= running.interval)
    }

    /// What is due now, where the output has come so far; `None` where there is no heartbeat.
    ///
    /// The ping waits behind what was sent before it, and an upload may take many intervals. What
    /// is delivered of that is a sign of life, as what arrives is. Behind the ping it proves
    /// nothing: a system takes bytes for a program that hangs.
    pub(super) fn beat(&mut self, now: Instant, progress: Progress) -> Option<Beat> {
        let running = self.running.as_mut()?;
        let (interval, silence) = (running.interval, running.silence(now));
        if silence < interval {
            return Some(Beat::Wait(interval - silence));
        }
        let Progress { handed_over, delivered } = progress;
        let Some(ping) = &mut running.ping else {
            running.ping = Some(Ping { behind: handed_over, delivered, intervals: 2 });
            return Some(Beat::Ping(interval));
        };
        if ping.delivered < ping.behind && ping.delivered < delivered {
            ping.delivered = delivered;
            ping.intervals = ping.intervals.saturating_add(1);
            return Some(Beat::Wait(interval));
        }
        Some(Beat::Dead(interval.saturating_mul(ping.intervals)))
    }
}

impl Running {
    /// For how long nothing was heard.
    fn silence(&self, now: Instant) -> Duration {
        now.saturating_duration_since(self.heard)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INTERVAL: Duration = Duration::from_secs(10);

    /// Nothing is under way.
    const IDLE: Progress = upload(7, 7);

    const fn upload(handed_over: u64, delivered: u64) -> Progress {
        Progress { handed_over, delivered }
    }

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
        assert_eq!(heartbeat.beat(now + 100 * INTERVAL, IDLE), None);
        assert!(!heartbeat.is_silent(now + 100 * INTERVAL));
    }

    #[test]
    fn a_peer_that_was_heard_has_the_rest_of_its_interval() {
        let now = Instant::now();
        let mut heartbeat = started(now);
        heartbeat.record_arrival(|| now + INTERVAL / 4);
        assert_eq!(heartbeat.beat(now + INTERVAL, IDLE), Some(Beat::Wait(INTERVAL / 4)));
    }

    #[test]
    fn silence_is_met_with_one_ping_and_then_the_end() {
        let now = Instant::now();
        let mut heartbeat = started(now);
        assert_eq!(heartbeat.beat(now + INTERVAL, IDLE), Some(Beat::Ping(INTERVAL)));
        assert_eq!(heartbeat.beat(now + 2 * INTERVAL, IDLE), Some(Beat::Dead(2 * INTERVAL)));
    }

    #[test]
    fn an_answer_to_the_ping_begins_a_new_interval() {
        let now = Instant::now();
        let mut heartbeat = started(now);
        assert_eq!(heartbeat.beat(now + INTERVAL, IDLE), Some(Beat::Ping(INTERVAL)));
        heartbeat.record_arrival(|| now + INTERVAL + INTERVAL / 10);
        assert_eq!(heartbeat.beat(now + 2 * INTERVAL, IDLE), Some(Beat::Wait(INTERVAL / 10)));
        assert_eq!(
            heartbeat.beat(now + 2 * INTERVAL + INTERVAL / 10, IDLE),
            Some(Beat::Ping(INTERVAL)),
        );
    }

    #[test]
    fn an_upload_that_goes_on_is_a_sign_of_life_until_the_ping_is_delivered() {
        let now = Instant::now();
        let mut heartbeat = started(now);
        let mut beat = |intervals, progress| heartbeat.beat(now + intervals * INTERVAL, progress);
        assert_eq!(beat(1, upload(1000, 300)), Some(Beat::Ping(INTERVAL)));
        assert_eq!(beat(2, upload(1006, 301)), Some(Beat::Wait(INTERVAL)));
        assert_eq!(beat(3, upload(9000, 1006)), Some(Beat::Wait(INTERVAL)));
        assert_eq!(beat(4, upload(9000, 5000)), Some(Beat::Dead(4 * INTERVAL)));
    }

    #[test]
    fn an_upload_that_stands_still_is_none() {
        let now = Instant::now();
        let mut heartbeat = started(now);
        let mut beat = |intervals, progress| heartbeat.beat(now + intervals * INTERVAL, progress);
        assert_eq!(beat(1, upload(1000, 300)), Some(Beat::Ping(INTERVAL)));
        assert_eq!(beat(2, upload(1006, 400)), Some(Beat::Wait(INTERVAL)));
        assert_eq!(beat(3, upload(2000, 400)), Some(Beat::Dead(3 * INTERVAL)));
    }

    #[test]
    fn what_arrives_during_an_upload_makes_the_ping_a_thing_of_the_past() {
        let now = Instant::now();
        let mut heartbeat = started(now);
        assert_eq!(heartbeat.beat(now + INTERVAL, upload(9, 0)), Some(Beat::Ping(INTERVAL)));
        heartbeat.record_arrival(|| now + 2 * INTERVAL);
        assert_eq!(heartbeat.beat(now + 3 * INTERVAL, upload(9, 0)), Some(Beat::Ping(INTERVAL)));
    }

    #[test]
    fn a_stopped_heartbeat_is_over() {
        let now = Instant::now();
        let mut heartbeat = started(now);
        assert_eq!(heartbeat.start(None, now), None);
        heartbeat.record_arrival(|| now);
        assert_eq!(heartbeat.beat(now + 2 * INTERVAL, IDLE), None);
    }
}
