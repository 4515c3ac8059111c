//! Whether a request may be sent again after a failure, and when. How often, and whether there is
//! time left for it, is decided elsewhere.

use std::time::{Duration, SystemTime};

use super::{date, headers::Headers};

/// The pause before the first repetition. Each one after that is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(500);

/// How often it is doubled: a server that is not back by then, after a minute, needs no haste.
const MAX_DOUBLINGS: u32 = 7;

/// Whether a request with this method may be sent again although the server may have processed it:
/// "the intended effect on the server of multiple identical requests with that method is the same
/// as the effect for a single such request" (RFC 9110 section 9.2.2).
pub fn is_idempotent(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "OPTIONS" | "TRACE" | "PUT" | "DELETE")
}

/// Whether this status says that the same request may succeed later: 429 (RFC 6585 section 4), 502,
/// 503 and 504 (RFC 9110 section 15.6).
pub fn is_temporary(status: u16) -> bool {
    matches!(status, 429 | 502 | 503 | 504)
}

/// How long to wait before a request is sent again that was sent again so often before: from half a
/// second on, doubled each time. `random`, from its whole range, adds up to half of that, so that
/// clients that failed together do not come back together.
pub fn pause(repetitions: u32, random: u32) -> Duration {
    let pause = FIRST_PAUSE * 2_u32.pow(repetitions.min(MAX_DOUBLINGS));
    pause + (pause / 2).mul_f64(f64::from(random) / f64::from(u32::MAX))
}

/// How long the server asks to wait (RFC 9110 section 10.2.3), at `now`; `None` if it does not say
/// so. Where that is longer than there is time, the response is final.
pub fn retry_after(headers: &Headers, now: SystemTime) -> Option<Duration> {
    let value = headers.first("Retry-After")?;
    // "The Retry-After field value can be either an HTTP-date or a number of seconds to delay after
    // receiving the response."
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(value.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    date::parse(value).map(|date| date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    #[test]
    fn six_methods_are_idempotent() {
        for method in ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"] {
            assert!(is_idempotent(method), "{method}");
        }
        for method in ["POST", "PATCH", "CONNECT", "get", "LOCK", ""] {
            assert!(!is_idempotent(method), "{method}");
        }
    }

    #[test]
    fn four_statuses_are_temporary() {
        let statuses: Vec<u16> = (100..1000).filter(|status| is_temporary(*status)).collect();
        assert_eq!(statuses, [429, 502, 503, 504]);
    }

    #[test]
    fn pauses_are_doubled() {
        let pauses = [0, 1, 2, 3, 7, 8, u32::MAX].map(|n| pause(n, 0).as_millis());
        assert_eq!(pauses, [500, 1000, 2000, 4000, 64_000, 64_000, 64_000]);
    }

    #[test]
    fn chance_makes_pauses_up_to_half_longer() {
        assert_eq!(pause(0, u32::MAX).as_millis(), 750);
        assert_eq!(pause(3, u32::MAX / 2).as_millis(), 5000);
        assert_eq!(pause(u32::MAX, u32::MAX).as_millis(), 96_000);
    }

    #[test]
    fn the_server_asks_for_seconds_or_names_a_date() {
        let now = UNIX_EPOCH + Duration::from_secs(784_111_777);
        for (value, seconds) in [
            ("0", Some(0)),
            ("120", Some(120)),
            ("007", Some(7)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(0)),
            ("Sun, 06 Nov 1994 08:50:37 GMT", Some(60)),
            ("Sunday, 06-Nov-94 09:49:37 GMT", Some(3600)),
            ("Sun Nov  6 08:49:38 1994", Some(1)),
            // It was meant for earlier, or a clock is wrong.
            ("Sat, 05 Nov 1994 08:49:37 GMT", Some(0)),
            ("", None),
            ("-1", None),
            ("+1", None),
            ("1.5", None),
            ("1 s", None),
            ("soon", None),
            ("Sun, 06 Nov 1994", None),
        ] {
            let headers = [("retry-after", value)].into_iter().collect();
            let expected = seconds.map(Duration::from_secs);
            assert_eq!(retry_after(&headers, now), expected, "{value}");
        }
        assert_eq!(retry_after(&Headers::new(), now), None);
        let headers = [("Retry-After", "99999999999999999999")].into_iter().collect();
        assert_eq!(retry_after(&headers, now), Some(Duration::MAX));
    }
}
