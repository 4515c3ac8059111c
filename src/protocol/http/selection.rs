//! What of a representation a request is answered with: preconditions (RFC 9110 section 13) and
//! ranges (section 14), as a server has them.

use std::{
    ops::Range,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::{
    date,
    headers::Headers,
    range::{PARTIAL_CONTENT, RANGE_NOT_SATISFIABLE},
    syntax,
};

/// What can be sent: a file, or another one beside it with a coding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Representation {
    /// How many bytes it has.
    pub length: u64,
    /// When it was changed.
    pub modified: SystemTime,
}

/// What a request is answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// 200, 206, 304, 412 or 416.
    pub status: u16,
    /// The headers that follow from the selection. Those that tell what the content is are others.
    pub headers: Headers,
    /// The bytes that are the content; empty where the status has none.
    pub content: Range<u64>,
}

impl Representation {
    /// Answers a request for this with the method GET, or else HEAD.
    pub fn select(&self, is_get: bool, request: &Headers, now: SystemTime) -> Selection {
        let selection = |status, content| {
            let mut headers = Headers::new();
            headers.push("ETag", self.tag(now));
            headers.push("Last-Modified", date::format(self.modified));
            headers.push("Accept-Ranges", "bytes");
            Selection { status, headers, content }
        };
        if let Some(status) = self.precondition(request, now) {
            return selection(status, 0..0);
        }
        // "A server MUST ignore a Range header field received with a request method that is
        // unrecognized or for which range handling is not defined. For this specification, GET is
        // the only method for which range handling is defined." (section 14.2)
        let range = match is_get && self.may_be_continued(request, now) {
            true => range(request, self.length),
            false => Requested::Whole,
        };
        match range {
            Requested::Whole => selection(200, 0..self.length),
            Requested::Part(range) => {
                let Range { start, end } = range;
                let mut selection = selection(PARTIAL_CONTENT, range);
                let value = format!("bytes {start}-{}/{}", end - 1, self.length);
                selection.headers.push("Content-Range", value);
                selection
            }
            Requested::Nothing => {
                let mut selection = selection(RANGE_NOT_SATISFIABLE, 0..0);
                let value = format!("bytes */{}", self.length);
                selection.headers.push("Content-Range", value);
                selection
            }
        }
    }

    /// The entity tag, of length and time. It is weak while another change could have the same
    /// time.
    fn tag(&self, now: SystemTime) -> String {
        let weak = if self.is_settled(now) { "" } else { "W/" };
        format!("{weak}{}", self.opaque_tag())
    }

    fn opaque_tag(&self) -> String {
        let since = self.modified.duration_since(UNIX_EPOCH).unwrap_or_default();
        format!("\"{:x}-{:x}-{:x}\"", since.as_secs(), since.subsec_nanos(), self.length)
    }

    /// Whether the time of the last change is a strong validator: "the associated Date value is at
    /// least one second after the Last-Modified value" (section 8.8.2.2), or the like.
    fn is_settled(&self, now: SystemTime) -> bool {
        now.duration_since(self.modified).is_ok_and(|age| age >= Duration::from_secs(1))
    }

    /// The status that the preconditions of a request with GET or HEAD lead to, in the order of
    /// section 13.2.2; `None` where the method is performed.
    fn precondition(&self, request: &Headers, now: SystemTime) -> Option<u16> {
        const NOT_MODIFIED: u16 = 304;
        const PRECONDITION_FAILED: u16 = 412;
        let own = self.opaque_tag();
        let date = |name| only(request, name).and_then(date::parse);
        let is_after = |date| whole_seconds(self.modified) > date;
        if request.first("If-Match").is_some() {
            // "An origin server MUST use the strong comparison function when comparing entity tags
            // for If-Match" (section 13.1.1)
            let is_own = |tag: &str| tag == "*" || self.is_settled(now) && tag == own;
            if !tags(request, "If-Match").any(is_own) {
                return Some(PRECONDITION_FAILED);
            }
        } else if date("If-Unmodified-Since").is_some_and(is_after) {
            return Some(PRECONDITION_FAILED);
        }
        if request.first("If-None-Match").is_some() {
            // "A recipient MUST use the weak comparison function when comparing entity tags for
            // If-None-Match" (section 13.1.2)
            let is_own = |tag: &str| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == own;
            tags(request, "If-None-Match").any(is_own).then_some(NOT_MODIFIED)
        } else {
            // "If the selected representation's last modification date is earlier or equal to the
            // date provided in the field value, the condition is false." (section 13.1.3)
            date("If-Modified-Since").filter(|date| !is_after(*date)).map(|_| NOT_MODIFIED)
        }
    }

    /// Whether If-Range, if there is one, lets Range be processed: its validator matches, by strong
    /// comparison (section 13.1.5).
    fn may_be_continued(&self, request: &Headers, now: SystemTime) -> bool {
        if request.first("If-Range").is_none() {
            return true;
        }
        let Some(validator) = only(request, "If-Range") else { return false };
        self.is_settled(now)
            && match validator.starts_with('"') || validator.starts_with("W/") {
                true => validator == self.opaque_tag(),
                false => date::parse(validator) == Some(whole_seconds(self.modified)),
            }
    }
}

/// What Range asks for.
#[derive(Debug, PartialEq, Eq)]
enum Requested {
    /// Everything, as without Range.
    Whole,
    /// These bytes, of which there is at least one.
    Part(Range<u64>),
    /// Only bytes that there are not.
    Nothing,
}

/// What of so many bytes the request asks for. Several ranges are all of it: "A server MAY ignore
/// the Range header field." (section 14.2) So is what is invalid.
fn range(request: &Headers, length: u64) -> Requested {
    let Some((first, last)) = only(request, "Range").and_then(parse_range) else {
        return Requested::Whole;
    };
    match (first, last) {
        // "If the selected representation is shorter than the specified suffix-length, the entire
        // representation is used." (section 14.1.2)
        (None, 0) => Requested::Nothing,
        (None, _) if length == 0 => Requested::Whole,
        (None, suffix) => Requested::Part(length.saturating_sub(suffix)..length),
        // "An int-range is satisfiable if it has a first-pos that is less than the current length"
        // (section 14.1.2)
        (Some(first), _) if first >= length => Requested::Nothing,
        (Some(first), last) => Requested::Part(first..last.min(length - 1) + 1),
    }
}

/// The first and the last place of the only range of bytes; without the first, the second is how
/// many bytes at the end. "int-range = first-pos "-" \[ last-pos \]", "suffix-range = "-"
/// suffix-length" (section 14.1.1)
fn parse_range(value: &str) -> Option<(Option<u64>, u64)> {
    let (unit, ranges) = value.split_once('=')?;
    if !syntax::trim(unit).eq_ignore_ascii_case("bytes") {
        return None;
    }
    let mut ranges = syntax::members(ranges);
    let (Some(range), None) = (ranges.next(), ranges.next()) else { return None };
    match range.split_once('-')? {
        ("", suffix) => Some((None, parse_number(suffix)?)),
        (first, "") => Some((Some(parse_number(first)?), u64::MAX)),
        (first, last) => {
            let (first, last) = (parse_number(first)?, parse_number(last)?);
            // "An int-range is invalid if the last-pos value is present and less than first-pos."
            (first <= last).then_some((Some(first), last))
        }
    }
}

/// The number of these digits, or the largest that there is.
fn parse_number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

/// The value of the only field with this name.
fn only<'a>(headers: &'a Headers, name: &str) -> Option<&'a str> {
    let mut values = headers.all(name).map(syntax::trim);
    values.next().filter(|_| values.next().is_none())
}

/// The entity tags that fields with this name list.
fn tags<'a>(headers: &'a Headers, name: &str) -> impl Iterator<Item = &'a str> {
    // The tags given here have no commas, so that those in quotes do not matter.
    headers.all(name).flat_map(syntax::members)
}

/// The time without parts of a second, as a date of HTTP tells it.
fn whole_seconds(time: SystemTime) -> SystemTime {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    UNIX_EPOCH + Duration::from_secs(since.as_secs())
}

/// Whether the client takes the content in gzip (section 12.5.3).
pub fn accepts_gzip(request: &Headers) -> bool {
    let weight = |name: &str| {
        request.members("Accept-Encoding").find_map(|member| {
            let mut parts = member.split(';').map(syntax::trim);
            let coding = parts.next().unwrap_or("");
            let is_named = coding.eq_ignore_ascii_case(name)
                || name == "gzip" && coding.eq_ignore_ascii_case("x-gzip");
            let weight =
                parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
            is_named.then(|| !weight.is_some_and(is_zero))
        })
    };
    weight("gzip").or_else(|| weight("*")).unwrap_or(false)
}

/// "A sender of qvalue MUST NOT generate more than three digits after the decimal point" and "a
/// value of 0 means "not acceptable"" (section 12.4.2).
fn is_zero(weight: &str) -> bool {
    weight.starts_with('0') && weight.bytes().all(|byte| matches!(byte, b'0' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sun, 06 Nov 1994 08:49:37.5 GMT
    const MODIFIED: Duration = Duration::from_millis(784_111_777_500);
    const TAG: &str = "\"2ebc98a1-1dcd6500-a\"";
    const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
    const BEFORE: &str = "Sun, 06 Nov 1994 08:49:36 GMT";
    const AFTER: &str = "Sun, 06 Nov 1994 08:49:38 GMT";

    /// Ten bytes.
    fn representation() -> Representation {
        Representation { length: 10, modified: UNIX_EPOCH + MODIFIED }
    }

    fn now() -> SystemTime {
        UNIX_EPOCH + MODIFIED + Duration::from_secs(3600)
    }

    fn select(request: &[(&str, &str)]) -> Selection {
        representation().select(true, &request.iter().copied().collect(), now())
    }

    fn status(request: &[(&str, &str)]) -> u16 {
        select(request).status
    }

    /// What is asked for by Range: the status, the bytes, and Content-Range.
    fn ranged(value: &str) -> (u16, Range<u64>, Option<String>) {
        let selection = select(&[("Range", value)]);
        let range = selection.headers.first("Content-Range").map(str::to_owned);
        (selection.status, selection.content, range)
    }

    #[test]
    fn without_conditions_all_of_it_is_sent() {
        let selection = select(&[]);
        assert_eq!((selection.status, selection.content), (200, 0..10));
        assert_eq!(
            selection.headers.iter().collect::<Vec<_>>(),
            [("ETag", TAG), ("Last-Modified", DATE), ("Accept-Ranges", "bytes")]
        );
    }

    #[test]
    fn a_tag_is_weak_while_a_change_may_go_unseen() {
        let tag = |age| {
            let now = UNIX_EPOCH + MODIFIED + Duration::from_millis(age);
            let selection = representation().select(true, &Headers::new(), now);
            selection.headers.first("ETag").unwrap().to_owned()
        };
        assert_eq!((tag(999), tag(1000)), (format!("W/{TAG}"), TAG.to_owned()));
        let early = UNIX_EPOCH;
        let selection = representation().select(true, &Headers::new(), early);
        assert_eq!(selection.headers.first("ETag"), Some(format!("W/{TAG}").as_str()));
    }

    #[test]
    fn if_none_match_compares_weakly() {
        for value in [TAG, "*", &format!("W/{TAG}"), &format!("\"x\", {TAG}")] {
            assert_eq!(status(&[("If-None-Match", value)]), 304, "{value}");
        }
        for value in ["\"x\"", "", "x", "2ebc98a1-1dcd6500-a", "w/\"x\""] {
            assert_eq!(status(&[("If-None-Match", value)]), 200, "{value}");
        }
        assert_eq!(status(&[("If-None-Match", "\"x\""), ("if-none-match", TAG)]), 304);
        let selection = select(&[("If-None-Match", TAG)]);
        assert_eq!((selection.content, selection.headers.first("ETag")), (0..0, Some(TAG)));
    }

    #[test]
    fn if_modified_since_counts_without_if_none_match() {
        assert_eq!(status(&[("If-Modified-Since", DATE)]), 304);
        assert_eq!(status(&[("If-Modified-Since", AFTER)]), 304);
        assert_eq!(status(&[("If-Modified-Since", BEFORE)]), 200);
        assert_eq!(status(&[("If-Modified-Since", "yesterday")]), 200);
        assert_eq!(status(&[("If-Modified-Since", DATE), ("If-Modified-Since", DATE)]), 200);
        assert_eq!(status(&[("If-Modified-Since", DATE), ("If-None-Match", "\"x\"")]), 200);
        assert_eq!(status(&[("If-Modified-Since", BEFORE), ("If-None-Match", TAG)]), 304);
    }

    #[test]
    fn what_has_to_be_unchanged_is_412_where_it_is_not() {
        assert_eq!(status(&[("If-Match", TAG)]), 200);
        assert_eq!(status(&[("If-Match", "*")]), 200);
        assert_eq!(status(&[("If-Match", &format!("W/{TAG}"))]), 412);
        assert_eq!(status(&[("If-Match", "\"x\"")]), 412);
        assert_eq!(status(&[("If-Unmodified-Since", DATE)]), 200);
        assert_eq!(status(&[("If-Unmodified-Since", BEFORE)]), 412);
        assert_eq!(status(&[("If-Unmodified-Since", "x")]), 200);
        assert_eq!(status(&[("If-Unmodified-Since", BEFORE), ("If-Match", TAG)]), 200);
        assert_eq!(status(&[("If-Match", "\"x\""), ("If-None-Match", TAG)]), 412);
    }

    #[test]
    fn one_range_is_a_part() {
        for (value, content, range) in [
            ("bytes=0-0", 0..1, "bytes 0-0/10"),
            ("bytes=2-4", 2..5, "bytes 2-4/10"),
            ("BYTES = 2-4 ,", 2..5, "bytes 2-4/10"),
            ("bytes=2-", 2..10, "bytes 2-9/10"),
            ("bytes=9-", 9..10, "bytes 9-9/10"),
            ("bytes=2-99999999999999999999", 2..10, "bytes 2-9/10"),
            ("bytes=0-9", 0..10, "bytes 0-9/10"),
            ("bytes=-1", 9..10, "bytes 9-9/10"),
            ("bytes=-99", 0..10, "bytes 0-9/10"),
        ] {
            assert_eq!(ranged(value), (206, content, Some(range.to_owned())), "{value}");
        }
    }

    #[test]
    fn a_range_beyond_the_end_is_416() {
        for value in ["bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999-"] {
            assert_eq!(ranged(value), (416, 0..0, Some("bytes */10".to_owned())), "{value}");
        }
    }

    #[test]
    fn any_other_range_is_all() {
        for value in [
            "",
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=x-",
            "bytes=4-2",
            "bytes=+1-2",
            "bytes=1 -2",
            "bytes=0-1,3-4",
            "lines=1-2",
            "bytes=1--2",
            "bytes=1-2-3",
            "bytes=0x1-2",
        ] {
            assert_eq!(ranged(value), (200, 0..10, None), "{value}");
        }
        assert_eq!(status(&[("Range", "bytes=0-1"), ("Range", "bytes=0-1")]), 200);
        let request = [("Range", "bytes=0-1")].into_iter().collect();
        assert_eq!(representation().select(false, &request, now()).status, 200);
    }

    #[test]
    fn of_nothing_there_is_no_part() {
        let empty = Representation { length: 0, ..representation() };
        let select = |value: &str| {
            let selection = empty.select(true, &[("Range", value)].into_iter().collect(), now());
            (selection.status, selection.content)
        };
        assert_eq!(select("bytes=0-"), (416, 0..0));
        assert_eq!(select("bytes=-5"), (200, 0..0));
    }

    #[test]
    fn if_range_has_to_match_strongly() {
        let status = |value: &str| status(&[("Range", "bytes=1-2"), ("If-Range", value)]);
        for value in [TAG, DATE] {
            assert_eq!(status(value), 206, "{value}");
        }
        for value in ["\"x\"", &format!("W/{TAG}"), BEFORE, AFTER, "", "x"] {
            assert_eq!(status(value), 200, "{value}");
        }
        let request = [("Range", "bytes=1-2"), ("If-Range", TAG)].into_iter().collect();
        let early = UNIX_EPOCH + MODIFIED;
        assert_eq!(representation().select(true, &request, early).status, 200);
    }

    #[test]
    fn a_date_may_be_a_wednesday() {
        let modified = UNIX_EPOCH + Duration::from_secs(6 * 24 * 60 * 60);
        let old = Representation { length: 10, modified };
        let date = "Wed, 07 Jan 1970 00:00:00 GMT";
        let request = [("Range", "bytes=1-2"), ("If-Range", date)].into_iter().collect();
        assert_eq!(old.select(true, &request, now()).status, 206);
    }

    #[test]
    fn gzip_is_taken_where_it_is_named_and_not_refused() {
        let accepts =
            |value: &str| accepts_gzip(&[("accept-encoding", value)].into_iter().collect());
        for value in ["gzip", "deflate, GZIP;q=0.5", "x-gzip", "*", "br;q=1, *;q=0.1", "gzip; q=1"]
        {
            assert!(accepts(value), "{value}");
        }
        for value in ["", "br", "gzip;q=0", "gzip;q=0.000", "*;q=0", "gzip;q=0, *", "identity"] {
            assert!(!accepts(value), "{value}");
        }
        assert!(!accepts_gzip(&Headers::new()));
    }
}
