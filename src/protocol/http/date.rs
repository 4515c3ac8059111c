//! Dates: those of cookies are read (RFC 6265bis section 5.1.1), which servers write in many ways.
//! The three forms of RFC 9110 section 5.6.7 are among them, which are all that the crates know
//! that read dates of HTTP. The preferred one of them is written.

use std::{
    ops::RangeInclusive,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

const MONTH_NAMES: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The time that this text names: of the words in it, the first of each form is the time of day,
/// the day of the month, the month and the year. `None` if one is missing, or if there is no such
/// time.
pub(super) fn parse(text: &str) -> Option<SystemTime> {
    let (mut time, mut day, mut month, mut year) = (None, None, None, None);
    for word in text.split(is_delimiter) {
        let _ = set_first(&mut time, parse_time(word))
            || set_first(&mut day, parse_number(word, 1..=2))
            || set_first(&mut month, parse_month(word))
            || set_first(&mut year, parse_number(word, 2..=4));
    }
    let year = match year? {
        year @ 70..=99 => year + 1900,
        year @ 0..=69 => year + 2000,
        year => year,
    };
    let (month, day) = (month?, day?);
    let days = days_of_months(year);
    if year < 1601 || !(1..=days[month]).contains(&day) {
        return None;
    }
    let days = days_before(year) + days[..month].iter().sum::<i64>() + day - 1;
    let seconds = days * 24 * 60 * 60 + time?;
    let distance = Duration::from_secs(seconds.unsigned_abs());
    match seconds {
        0.. => UNIX_EPOCH.checked_add(distance),
        _ => UNIX_EPOCH.checked_sub(distance),
    }
}

/// "An example of the preferred format is: Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7).
/// Parts of seconds are left out; a time before 1970 is its beginning, and one after 9999 its end.
pub(super) fn format(time: SystemTime) -> String {
    /// The last second of 9999, whose year has the last four digits.
    const LAST: u64 = 253_402_300_799;
    // It was a Thursday.
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()).min(LAST);
    let (days, second) = ((seconds / (24 * 60 * 60)) as i64, seconds % (24 * 60 * 60));
    let weekday = DAYS[(days % 7) as usize];
    // Not too late, since no year has more days.
    let mut year = 1970 + days / 366;
    while days_before(year + 1) <= days {
        year += 1;
    }
    let (mut day, mut month) = (days - days_before(year), 0);
    let lengths = days_of_months(year);
    while day >= lengths[month] {
        day -= lengths[month];
        month += 1;
    }
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    let month = MONTH_NAMES[month];
    format!("{weekday}, {:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT", day + 1)
}

/// "delimiter = %x09 / %x20-2F / %x3B-40 / %x5B-60 / %x7B-7E"
fn is_delimiter(c: char) -> bool {
    matches!(c, '\t' | ' '..='/' | ';'..='@' | '['..='`' | '{'..='~')
}

/// Sets what has no value yet, if there is one; says whether there is.
fn set_first<T>(slot: &mut Option<T>, found: Option<T>) -> bool {
    let is_first = slot.is_none() && found.is_some();
    if is_first {
        *slot = found;
    }
    is_first
}

/// The seconds of a time of day: hour, minute and second, each of one or two digits.
fn parse_time(word: &str) -> Option<i64> {
    let (hour, rest) = word.split_once(':')?;
    let (minute, second) = rest.split_once(':')?;
    if ![hour, minute].iter().all(|text| text.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let number = |text, limit| parse_number(text, 1..=2).filter(|number| *number < limit);
    Some((number(hour, 24)? * 60 + number(minute, 60)?) * 60 + number(second, 60)?)
}

/// The month, from 0, whose name starts with the first three letters of `word`, in any case.
fn parse_month(word: &str) -> Option<usize> {
    let start = word.get(..3)?;
    MONTH_NAMES.iter().position(|month| month.eq_ignore_ascii_case(start))
}

/// The number at the start of `word`, if it has so many digits.
fn parse_number(word: &str, lengths: RangeInclusive<usize>) -> Option<i64> {
    let length = word.bytes().take_while(u8::is_ascii_digit).count();
    if !lengths.contains(&length) {
        return None;
    }
    word[..length].parse().ok()
}

/// The days from the first of January 1970 to that of `year`.
fn days_before(year: i64) -> i64 {
    (year - 1970) * 365 + leap_days(year - 1) - leap_days(1969)
}

/// The leap days of the years from 1 to `year`.
fn leap_days(year: i64) -> i64 {
    year / 4 - year / 100 + year / 400
}

fn days_of_months(year: i64) -> [i64; 12] {
    let february = 28 + leap_days(year) - leap_days(year - 1);
    [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_every_form() {
        // The example of RFC 9110 section 5.6.7.
        let example = UNIX_EPOCH + Duration::from_secs(784_111_777);
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "6 NOVEMBER 1994 8:49:37",
            "1994/nov/06/08:49:37z",
            "08:49:37x 6th November1 94 7 Dec 95 9:00:00",
            "Sun,\t06[Nov]94 {08:49:37}",
        ] {
            assert_eq!(parse(text), Some(example), "{text}");
        }
    }

    #[test]
    fn dates_count_leap_days() {
        for (date, seconds) in [
            ("1 Jan 1970", 0_i64),
            ("31 Dec 1969", -86_400),
            ("1 Jan 1601", -11_644_473_600),
            ("29 Feb 2000", 951_782_400),
            ("1 Mar 1900", -2_203_891_200),
            ("28 Feb 2100", 4_107_456_000),
            ("1 Mar 2100", 4_107_542_400),
            ("31 Dec 9999", 253_402_214_400),
        ] {
            let distance = Duration::from_secs(seconds.unsigned_abs());
            let time = if seconds < 0 { UNIX_EPOCH - distance } else { UNIX_EPOCH + distance };
            assert_eq!(parse(&format!("{date} 00:00:00")), Some(time), "{date}");
        }
    }

    #[test]
    fn what_is_written_is_in_the_preferred_form() {
        for (seconds, text) in [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (951_782_399, "Mon, 28 Feb 2000 23:59:59 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (978_307_199, "Sun, 31 Dec 2000 23:59:59 GMT"),
            (978_307_200, "Mon, 01 Jan 2001 00:00:00 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
            (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
        ] {
            let time = UNIX_EPOCH + Duration::from_secs(seconds);
            assert_eq!(format(time + Duration::from_millis(999)), text);
            assert_eq!(parse(text), Some(time), "{text}");
        }
        assert_eq!(format(UNIX_EPOCH - Duration::from_secs(1)), "Thu, 01 Jan 1970 00:00:00 GMT");
        let late = UNIX_EPOCH + Duration::from_secs(253_402_300_800);
        assert_eq!(format(late), "Fri, 31 Dec 9999 23:59:59 GMT");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "0",
            "6 Nov 1994",
            "Nov 1994 08:49:37",
            "6 1994 08:49:37",
            "6 Nov 08:49:37",
            "6 Nov 1600 08:49:37",
            "6 Nov 11994 08:49:37",
            "0 Nov 1994 08:49:37",
            "31 Nov 1994 08:49:37",
            "29 Feb 2100 08:49:37",
            "6 Nov 1994 24:00:00",
            "6 Nov 1994 08:60:00",
            "6 Nov 1994 08:49:60",
            "6 Nov 1994 08:49",
            "6 Nov 1994 008:49:37",
            "6 Nov 1994 8a:49:37",
            "6 Növ 1994 08:49:37",
            "6 Nov\u{a0}1994 08:49:37",
            "6\x7fNov 1994 08:49:37",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
