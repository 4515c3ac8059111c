//! Cookies (RFC 6265) for the seconds that opening takes: what a server sets while it redirects is
//! sent with those of the next requests that it is meant for. A cookie that has expired when it
//! comes is deleted; one that would expire before the opening ends is still sent.

use std::{
    ops::RangeInclusive,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use url::Host;

use super::{headers::Headers, socket_path::SocketPath, url::Url};

/// Cookies in one jar. "At least 50 cookies per domain" (RFC 6265 section 6.1) is for browsers; a
/// chain of redirects sets a few. A new one replaces the oldest.
const MAX_COOKIES: usize = 50;

/// Bytes of a Set-Cookie field. "At least 4096 bytes per cookie" (RFC 6265 section 6.1)
const MAX_COOKIE: usize = 4096;

/// The cookies that were set.
#[derive(Clone, Debug, Default)]
pub struct Jar {
    /// In the order of creation.
    cookies: Vec<Cookie>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Cookie {
    name: String,
    value: String,
    /// The Unix domain socket that it came from, which no other server shares it with.
    socket: Option<SocketPath>,
    domain: Host,
    /// Whether the domain must be the very host, as without a Domain attribute.
    host_only: bool,
    path: String,
    secure: bool,
}

impl Jar {
    /// An empty jar.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the cookies that a response with these headers sets, or deletes, for `url`, which was
    /// requested; `now` is the time at which it came. What is malformed or not for that server to
    /// set is ignored.
    pub fn store(&mut self, url: &Url, headers: &Headers, now: SystemTime) {
        for text in headers.all("Set-Cookie") {
            let Some((cookie, expired)) = parse(text, url, now) else { continue };
            let known = self.cookies.iter().position(|old| old.is_replaced_by(&cookie));
            match (known, expired) {
                (Some(index), true) => drop(self.cookies.remove(index)),
                (Some(index), false) => self.cookies[index] = cookie,
                (None, true) => {}
                (None, false) => {
                    if self.cookies.len() == MAX_COOKIES {
                        self.cookies.remove(0);
                    }
                    self.cookies.push(cookie);
                }
            }
        }
    }

    /// The value of the Cookie field in a request for `url`; `None` if it needs none.
    pub fn header(&self, url: &Url) -> Option<String> {
        let mut cookies: Vec<_> = self.cookies.iter().filter(|c| c.is_for(url)).collect();
        // "Cookies with longer paths are listed before cookies with shorter paths." (RFC 6265
        // section 5.4)
        cookies.sort_by_key(|cookie| std::cmp::Reverse(cookie.path.len()));
        let pairs: Vec<_> = cookies.iter().map(|c| format!("{}={}", c.name, c.value)).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }
}

impl Cookie {
    /// Whether `new` has the same name, domain and path (RFC 6265 section 5.3).
    fn is_replaced_by(&self, new: &Self) -> bool {
        (&self.name, &self.socket, &self.domain, &self.path)
            == (&new.name, &new.socket, &new.domain, &new.path)
    }

    fn is_for(&self, url: &Url) -> bool {
        let host_fits = match self.host_only {
            true => *url.host() == self.domain,
            false => domain_matches(url.host(), &self.domain),
        };
        let socket_fits = url.socket() == self.socket.as_ref();
        socket_fits
            && host_fits
            && path_matches(path(url), &self.path)
            && (url.is_secure() || !self.secure)
    }
}

/// Parses a Set-Cookie field (RFC 6265 section 5.2) of a response to the request for `url`. Says
/// also whether the cookie has expired, and is to be deleted.
fn parse(text: &str, url: &Url, now: SystemTime) -> Option<(Cookie, bool)> {
    if text.len() > MAX_COOKIE {
        return None;
    }
    let mut parts = text.split(';');
    let (name, value) =
        parts.next()?.split_once('=').filter(|(name, _)| !name.trim().is_empty())?;
    let mut cookie = Cookie {
        name: name.trim().to_owned(),
        value: value.trim().to_owned(),
        socket: url.socket().cloned(),
        domain: url.host().clone(),
        host_only: true,
        path: default_path(url).to_owned(),
        secure: false,
    };
    let (mut domain_attribute, mut max_age, mut expires) = (None, None, None);
    // Of several attributes with the same name, the last one counts.
    for attribute in parts {
        let (name, value) = attribute.split_once('=').unwrap_or((attribute, ""));
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "domain" => domain_attribute = Some(value.strip_prefix('.').unwrap_or(value)),
            "path" => {
                let path = if value.starts_with('/') { value } else { default_path(url) };
                cookie.path = path.to_owned();
            }
            "secure" => cookie.secure = true,
            "max-age" => max_age = expires_at_once(value).or(max_age),
            "expires" => expires = parse_date(value).map(|date| date <= now).or(expires),
            _ => {}
        }
    }
    if let Some(attribute) = domain_attribute.filter(|attribute| !attribute.is_empty()) {
        (cookie.domain, cookie.host_only) = domain(attribute, url.host())?;
    }
    // Without TLS, anyone on the way could set a cookie that is sent over TLS.
    if cookie.secure && !url.is_secure() {
        return None;
    }
    // "If a cookie has both the Max-Age and the Expires attribute, the Max-Age attribute has
    // precedence" (RFC 6265 section 4.1.2.2)
    Some((cookie, max_age.or(expires).unwrap_or(false)))
}

/// The domain of a cookie that `host` sets with this Domain attribute, and whether it is for that
/// host only; `None` if it may not set it (RFC 6265 section 5.3). No list of public suffixes is
/// consulted: only domains of one label are taken for one.
fn domain(attribute: &str, host: &Host) -> Option<(Host, bool)> {
    let domain = Host::parse(attribute).ok()?;
    if has_dot(&domain) {
        domain_matches(host, &domain).then_some((domain, false))
    } else {
        (domain == *host).then_some((domain, true))
    }
}

/// Whether there is a dot in it: addresses have none.
fn has_dot(host: &Host) -> bool {
    matches!(host, Host::Domain(name) if name.trim_end_matches('.').contains('.'))
}

/// RFC 6265 section 5.1.3
fn domain_matches(host: &Host, domain: &Host) -> bool {
    match (host, domain) {
        (Host::Domain(host), Host::Domain(domain)) => host
            .strip_suffix(domain.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.')),
        _ => host == domain,
    }
}

/// RFC 6265 section 5.1.4
fn path_matches(request: &str, path: &str) -> bool {
    request
        .strip_prefix(path)
        .is_some_and(|rest| rest.is_empty() || path.ends_with('/') || rest.starts_with('/'))
}

/// The request's path without its last segment (RFC 6265 section 5.1.4).
fn default_path(url: &Url) -> &str {
    match path(url).rsplit_once('/') {
        Some((directory, _)) if !directory.is_empty() => directory,
        _ => "/",
    }
}

fn path(url: &Url) -> &str {
    let target = url.request_target();
    target.split_once('?').map_or(target, |(path, _)| path)
}

/// Whether a cookie with this Max-Age has expired when it comes: "If delta-seconds is less than or
/// equal to zero (0), let expiry-time be the earliest representable date and time." (RFC 6265
/// section 5.2.2) `None` if it is malformed.
fn expires_at_once(value: &str) -> Option<bool> {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let valid = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    valid.then(|| value.starts_with('-') || digits.bytes().all(|byte| byte == b'0'))
}

/// The time that an Expires attribute names (RFC 6265 section 5.1.1): of the words in it, the first
/// of each form is the time of day, the day of the month, the month and the year. `None` if one is
/// missing, or if there is no such time.
fn parse_date(text: &str) -> Option<SystemTime> {
    let (mut time, mut day, mut month, mut year) = (None, None, None, None);
    for word in text.split(|c: char| !c.is_ascii_alphanumeric() && c != ':') {
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
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = word.get(..3)?;
    MONTHS.iter().position(|month| month.eq_ignore_ascii_case(start))
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
    use super::{super::url::Scheme, *};

    fn url(text: &str) -> Url {
        let is_http = text.starts_with("http");
        Url::parse(text, if is_http { Scheme::HTTP } else { Scheme::CALLER }).unwrap()
    }

    /// Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110 section 5.6.7.
    fn now() -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(784_111_777)
    }

    fn set(jar: &mut Jar, from: &str, cookies: &[&str]) {
        let headers = cookies.iter().map(|cookie| ("set-cookie", *cookie)).collect();
        jar.store(&url(from), &headers, now());
    }

    /// What is sent to `to` of the cookies that `from` has set.
    fn sent(from: &str, cookies: &[&str], to: &str) -> Option<String> {
        let mut jar = Jar::new();
        set(&mut jar, from, cookies);
        jar.header(&url(to))
    }

    fn is_sent(from: &str, cookie: &str, to: &str) -> bool {
        sent(from, &[cookie], to).is_some()
    }

    #[test]
    fn cookies_go_back_to_their_host() {
        let cookies = ["a=1; HttpOnly", " b = x=y ", "c="];
        assert_eq!(sent("ws://h/", &cookies, "ws://h/chat").unwrap(), "a=1; b=x=y; c=");
        assert_eq!(sent("ws://h/", &cookies, "ws://www.h/"), None);
        assert_eq!(sent("ws://h/", &[], "ws://h/"), None);
    }

    #[test]
    fn a_port_or_a_safer_scheme_makes_no_difference() {
        assert!(is_sent("http://h/", "a=1", "ws://h/"));
        assert!(is_sent("ws://h/", "a=1", "https://h/"));
        assert!(is_sent("ws://h/", "a=1", "ws://h:81/"));
        assert!(is_sent("ws://h/", "a=1", "wss://h/"));
    }

    #[cfg(unix)]
    #[test]
    fn cookies_of_a_unix_socket_stay_there() {
        for cookie in ["a=1", "a=1; Domain=localhost"] {
            assert!(is_sent("ws+unix:///s:/x", cookie, "ws+unix:///s:/y"));
            assert!(!is_sent("ws+unix:///s", cookie, "ws+unix:///t"));
            assert!(!is_sent("ws+unix:///s", cookie, "ws://localhost/"));
            assert!(!is_sent("ws://localhost/", cookie, "ws+unix:///s"));
        }
        let mut jar = Jar::new();
        set(&mut jar, "ws://localhost/", &["a=1"]);
        set(&mut jar, "ws+unix:///s", &["a=2"]);
        assert_eq!(jar.header(&url("ws://localhost/")).unwrap(), "a=1");
        assert_eq!(jar.header(&url("ws+unix:///s")).unwrap(), "a=2");
    }

    #[test]
    fn what_is_no_cookie_is_ignored() {
        for cookie in ["", "a", "=1", " =1", ";a=1"] {
            assert!(!is_sent("ws://h/", cookie, "ws://h/"), "{cookie:?}");
        }
        assert!(is_sent("ws://h/", &format!("a={}", "x".repeat(MAX_COOKIE - 2)), "ws://h/"));
        assert!(!is_sent("ws://h/", &format!("a={}", "x".repeat(MAX_COOKIE - 1)), "ws://h/"));
    }

    #[test]
    fn a_domain_covers_the_hosts_below_it() {
        for cookie in ["a=1; Domain=b.c", "a=1; domain=.B.C", "a=1; Domain=x; Domain = b.c"] {
            for to in ["ws://a.b.c/", "ws://x.y.b.c/", "ws://b.c/"] {
                assert!(is_sent("ws://a.b.c/", cookie, to), "{cookie} {to}");
            }
            for to in ["ws://xb.c/", "ws://c/", "ws://b.c.d/"] {
                assert!(!is_sent("ws://a.b.c/", cookie, to), "{cookie} {to}");
            }
        }
    }

    #[test]
    fn a_server_sets_cookies_for_its_own_domain_only() {
        for domain in ["other.c", "x.a.b.c", "c", ".c", "c.", "%00", "1.2.3.4"] {
            let cookie = format!("a=1; Domain={domain}");
            assert!(!is_sent("ws://a.b.c/", &cookie, "ws://a.b.c/"), "{domain}");
        }
    }

    #[test]
    fn a_host_of_one_label_keeps_its_cookies_to_itself() {
        let cookie = "a=1; Domain=localhost";
        assert!(is_sent("ws://localhost/", cookie, "ws://localhost/"));
        assert!(!is_sent("ws://localhost/", cookie, "ws://x.localhost/"));
    }

    #[test]
    fn addresses_are_not_domains() {
        assert!(is_sent("ws://1.2.3.4/", "a=1", "ws://1.2.3.4/"));
        assert!(is_sent("ws://1.2.3.4/", "a=1; Domain=1.2.3.4", "ws://1.2.3.4/"));
        assert!(!is_sent("ws://1.2.3.4/", "a=1; Domain=3.4", "ws://1.2.3.4/"));
        assert!(is_sent("ws://[::1]/", "a=1; Domain=[::1]", "ws://[::1]/"));
    }

    #[test]
    fn a_path_covers_what_is_below_it() {
        for (from, cookie, to, expected) in [
            ("ws://h/a/b?c/d", "x=1", "ws://h/a", true),
            ("ws://h/a/b", "x=1", "ws://h/a/c?d", true),
            ("ws://h/a/b", "x=1", "ws://h/ab", false),
            ("ws://h/a", "x=1", "ws://h/b/c", true),
            ("ws://h/a/b", "x=1; Path=/", "ws://h/", true),
            ("ws://h/", "x=1; path=/a/", "ws://h/a/b", true),
            ("ws://h/", "x=1; path=/a/", "ws://h/a", false),
            ("ws://h/a/b", "x=1; Path=rel", "ws://h/", false),
            ("ws://h/a/b", "x=1; Path=/c; Path=", "ws://h/a", true),
        ] {
            assert_eq!(is_sent(from, cookie, to), expected, "{from} {cookie} {to}");
        }
    }

    #[test]
    fn secure_cookies_stay_on_tls() {
        assert!(is_sent("wss://h/", "a=1; Secure", "wss://h/"));
        assert!(is_sent("https://h/", "a=1; Secure", "wss://h/"));
        assert!(!is_sent("https://h/", "a=1; Secure", "http://h/"));
        assert!(!is_sent("wss://h/", "a=1; secure", "ws://h/"));
        assert!(!is_sent("ws://h/", "a=1; Secure", "wss://h/"));
    }

    #[test]
    fn longer_paths_come_first_then_older_cookies() {
        let cookies = ["a=1; Path=/", "b=2; Path=/x/y", "c=3; Path=/", "d=4; Path=/x"];
        assert_eq!(sent("ws://h/", &cookies, "ws://h/x/y").unwrap(), "b=2; d=4; a=1; c=3");
    }

    #[test]
    fn the_same_name_domain_and_path_replace_in_place() {
        let cookies = ["a=1", "b=2", "a=3", "a=4; Path=/x", "A=5"];
        assert_eq!(sent("ws://h/", &cookies, "ws://h/").unwrap(), "a=3; b=2; A=5");
    }

    #[test]
    fn cookies_are_deleted_by_age_or_date() {
        for (attributes, deleted) in [
            ("Max-Age=0", true),
            ("max-age=-1", true),
            ("Max-Age=00", true),
            ("Max-Age=1", false),
            ("Max-Age=99999999999999999999", false),
            ("Max-Age=x", false),
            ("Max-Age=", false),
            ("Expires=Thu, 01 Jan 1970 00:00:00 GMT", true),
            ("Expires=Thu, 01-Jan-70 00:00:01 GMT", true),
            ("Expires=Thu Jan  1 00:00:00 1970", true),
            ("Expires=Sun, 06 Nov 1994 08:49:37 GMT", true),
            ("Expires=Sun, 06 Nov 1994 08:49:38 GMT", false),
            ("Expires=Sun, 06 Nov 2994 08:49:37 GMT", false),
            ("Expires=Sunday, 06-Nov-50 08:49:37 GMT", false),
            ("Expires=0", false),
            ("Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", false),
            ("Expires=Sun, 06 Nov 2994 08:49:37 GMT; Max-Age=0", true),
            ("Max-Age=0; Max-Age=60", false),
        ] {
            let left = sent("ws://h/", &["a=1", "b=2", &format!("a=x; {attributes}")], "ws://h/");
            let expected = if deleted { "b=2" } else { "a=x; b=2" };
            assert_eq!(left.unwrap(), expected, "{attributes}");
        }
    }

    #[test]
    fn dates_are_read_in_every_form() {
        for text in [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "6 NOVEMBER 1994 8:49:37",
            "1994/nov/06/08:49:37z",
            "08:49:37x 6th November1 94 7 Dec 95 9:00:00",
        ] {
            assert_eq!(parse_date(text), Some(now()), "{text}");
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
            assert_eq!(parse_date(&format!("{date} 00:00:00")), Some(time), "{date}");
        }
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
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }

    #[test]
    fn a_full_jar_drops_the_oldest() {
        let mut jar = Jar::new();
        for number in 0..=MAX_COOKIES {
            set(&mut jar, "ws://h/", &[&format!("c{number}=")]);
        }
        let header = jar.header(&url("ws://h/")).unwrap();
        assert_eq!(header.split("; ").count(), MAX_COOKIES);
        assert!(header.starts_with("c1=; c2=") && header.ends_with("; c50="), "{header}");
    }

    #[test]
    fn cookies_are_collected_over_several_redirects() {
        let mut jar = Jar::new();
        set(&mut jar, "ws://a.b.c/", &["a=1", "b=2; Domain=b.c"]);
        set(&mut jar, "ws://x.b.c/", &["c=3"]);
        assert_eq!(jar.header(&url("ws://x.b.c/")).unwrap(), "b=2; c=3");
        assert_eq!(jar.header(&url("ws://a.b.c/")).unwrap(), "a=1; b=2");
        assert_eq!(jar.header(&url("ws://other/")), None);
    }
}
