//! `-keepalive`: lets the peer, and what lies on the way to it, know that this side is there.
//!
//! "A Ping frame may serve either as a keepalive or as a means to verify that the remote endpoint
//! is still responsive." (RFC 6455 section 5.5.2)

use std::time::{Duration, Instant};

/// When something was last sent.
#[derive(Debug, Default)]
pub(super) struct Keepalive {
    /// `None`: this side may be silent for ever.
    running: Option<Box<Running>>,
}

#[derive(Debug)]
struct Running {
    interval: Duration,
    sent: Instant,
}

/// What is due.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// Nothing, before this time has passed.
    Wait(Duration),
    /// A ping, and nothing more before this time has passed.
    Ping(Duration),
}

impl Keepalive {
    /// Begins with this interval. Tells when to look for the first time, if ever.
    pub(super) fn start(&mut self, interval: Option<Duration>, now: Instant) -> Option<Duration> {
        self.running = interval.map(|interval| Box::new(Running { interval, sent: now }));
        interval
    }

    /// Records that something was sent.
    pub(super) fn record_sent(&mut self, now: impl FnOnce() -> Instant) {
        if let Some(running) = &mut self.running {
            running.sent = now();
        }
    }

    /// What is due now; `None` where nothing is kept alive.
    pub(super) fn due(&self, now: Instant) -> Option<Due> {
        let Running { interval, sent } = **self.running.as_ref()?;
        let rest = interval.saturating_sub(now.saturating_duration_since(sent));
        Some(if rest.is_zero() { Due::Ping(interval) } else { Due::Wait(rest) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INTERVAL: Duration = Duration::from_secs(10);

    #[test]
    fn nothing_is_due_without_an_interval_or_once_it_is_stopped() {
        let now = Instant::now();
        let mut keepalive = Keepalive::default();
        assert_eq!(keepalive.start(None, now), None);
        keepalive.record_sent(|| panic!("nobody needs the time"));
        assert_eq!(keepalive.due(now + 100 * INTERVAL), None);
        keepalive.start(Some(INTERVAL), now);
        keepalive.start(None, now);
        assert_eq!(keepalive.due(now + 100 * INTERVAL), None);
    }

    #[test]
    fn a_ping_is_due_when_nothing_was_sent_for_the_interval() {
        let now = Instant::now();
        let mut keepalive = Keepalive::default();
        assert_eq!(keepalive.start(Some(INTERVAL), now), Some(INTERVAL));
        keepalive.record_sent(|| now + INTERVAL / 4);
        assert_eq!(keepalive.due(now + INTERVAL), Some(Due::Wait(INTERVAL / 4)));
        assert_eq!(keepalive.due(now + INTERVAL + INTERVAL / 4), Some(Due::Ping(INTERVAL)));
    }
}
