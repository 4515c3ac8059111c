//! Cookies (draft-ietf-httpbis-rfc6265bis, to which the numbers of sections here refer): what
//! servers set is sent with later requests that it is meant for.
//!
//! The crates `cookie` and `cookie_store` have clocks of their own, know neither limits nor the
//! order of eviction, let a server without TLS replace secure cookies, and read dates less
//! leniently. The list of public suffixes is that of the crate `psl`.

mod cookie;

use std::{cmp::Reverse, time::SystemTime};

pub use cookie::{Cookie, Refusal};

use super::{headers::Headers, url::Url};

/// Cookies with the same domain: "At least 50 cookies per domain." (section 6.1)
const MAX_PER_DOMAIN: usize = 50;

/// Cookies in a jar: "At least 3000 cookies total." (section 6.1)
const MAX_COOKIES: usize = 3000;

/// The cookies that were set.
#[derive(Clone, Debug, Default)]
pub struct Jar {
    cookies: Vec<Cookie>,
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
            let _ = self.set(url, text, now);
        }
    }

    /// Takes the cookie of one Set-Cookie field, as [`store`](Self::store) (section 5.7).
    ///
    /// Errors where it is not accepted.
    pub fn set(&mut self, url: &Url, text: &str, now: SystemTime) -> Result<(), Refusal> {
        let mut cookie = Cookie::parse(text, url, now)?;
        self.evict_expired(now);
        if !cookie.secure
            && !url.is_secure()
            && self.cookies.iter().any(|old| cookie.would_overlay(old))
        {
            return Err(Refusal::Overlay);
        }
        let known = self.cookies.iter().position(|old| old.is_same(&cookie));
        match (known, cookie.is_expired(now)) {
            (Some(index), true) => drop(self.cookies.remove(index)),
            (Some(index), false) => {
                // "Update the creation-time of the newly-created cookie to match the creation-time
                // of the old-cookie."
                cookie.created = self.cookies[index].created;
                self.cookies[index] = cookie;
            }
            (None, true) => {}
            (None, false) => {
                let domain = cookie.domain.clone();
                self.cookies.push(cookie);
                self.evict_excess(&domain);
            }
        }
        Ok(())
    }

    /// The value of the Cookie field in a request for `url`; `None` if it needs none (section
    /// 5.8.3).
    pub fn header(&mut self, url: &Url, now: SystemTime) -> Option<String> {
        self.evict_expired(now);
        let site = cookie::site(url);
        let mut cookies: Vec<_> =
            self.cookies.iter_mut().filter(|cookie| cookie.is_for(url, &site)).collect();
        // "Cookies with longer paths are listed before cookies with shorter paths. Among cookies
        // that have equal-length path fields, cookies with earlier creation-times are listed before
        // cookies with later creation-times."
        cookies.sort_by_key(|cookie| (Reverse(cookie.path.len()), cookie.created));
        let mut header = String::new();
        for cookie in cookies {
            cookie.accessed = now;
            if !header.is_empty() {
                header.push_str("; ");
            }
            if !cookie.name.is_empty() {
                header.extend([&cookie.name, "="]);
            }
            header.push_str(&cookie.value);
        }
        (!header.is_empty()).then_some(header)
    }

    /// All cookies, in the order in which they were set first.
    pub fn cookies(&self) -> &[Cookie] {
        &self.cookies
    }

    /// Drops the cookies that have expired: "The user agent MUST evict all expired cookies from the
    /// cookie store if, at any time, an expired cookie exists in the cookie store." (section 5.7)
    pub fn evict_expired(&mut self, now: SystemTime) {
        self.cookies.retain(|cookie| !cookie.is_expired(now));
    }

    /// Drops the cookies for which this is true.
    pub fn remove(&mut self, is_meant: impl Fn(&Cookie) -> bool) {
        self.cookies.retain(|cookie| !is_meant(cookie));
    }

    /// Replaces the cookies that outlast the session by these, and drops those of the session that
    /// one of them replaces.
    pub fn replace_persistent(&mut self, cookies: Vec<Cookie>) {
        // The list of public suffixes may be another one than when the cookie was set.
        let is_good =
            |cookie: &Cookie| cookie.host_only || !cookie::is_public_suffix(&cookie.domain);
        let session = std::mem::take(&mut self.cookies).into_iter().filter(|cookie| {
            cookie.expires.is_none() && !cookies.iter().any(|other| other.is_same(cookie))
        });
        let session: Vec<_> = session.collect();
        self.cookies = cookies.into_iter().filter(is_good).chain(session).collect();
        self.cookies.sort_by_key(|cookie| cookie.created);
    }

    /// Drops what is too much, after a cookie with this domain was added.
    fn evict_excess(&mut self, domain: &str) {
        // "the user agent MUST evict cookies in the following priority order: 1. Expired cookies.
        // 2. Cookies whose secure-only-flag is false, and which share a domain field with more than
        // a predetermined number of other cookies. 3. Cookies that share a domain field with more
        // than a predetermined number of other cookies. 4. All cookies. If two cookies have the
        // same removal priority, the user agent MUST evict the cookie with the earliest
        // last-access-time first." (section 5.7)
        let of_domain = |cookie: &&Cookie| cookie.domain == domain;
        while self.cookies.iter().filter(of_domain).count() > MAX_PER_DOMAIN {
            self.evict_first(|cookie| (cookie.domain != domain, cookie.secure, cookie.accessed));
        }
        while self.cookies.len() > MAX_COOKIES {
            self.evict_first(|cookie| cookie.accessed);
        }
    }

    fn evict_first<K: Ord>(&mut self, order: impl Fn(&Cookie) -> K) {
        let first = (0..self.cookies.len()).min_by_key(|&index| order(&self.cookies[index]));
        if let Some(index) = first {
            self.cookies.remove(index);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

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
        jar.header(&url(to), now())
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
        assert_eq!(jar.header(&url("ws://localhost/"), now()).unwrap(), "a=1");
        assert_eq!(jar.header(&url("ws+unix:///s"), now()).unwrap(), "a=2");
    }

    #[test]
    fn what_is_no_cookie_is_ignored() {
        for cookie in ["", "=", " = ", ";a=1"] {
            assert!(!is_sent("ws://h/", cookie, "ws://h/"), "{cookie:?}");
        }
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
    fn of_too_many_with_a_domain_the_oldest_goes() {
        let mut jar = Jar::new();
        for number in 0..=MAX_PER_DOMAIN {
            set(&mut jar, "ws://h/", &[&format!("c{number}=")]);
        }
        let header = jar.header(&url("ws://h/"), now()).unwrap();
        assert_eq!(header.split("; ").count(), MAX_PER_DOMAIN);
        assert!(header.starts_with("c1=; c2=") && header.ends_with("; c50="), "{header}");
    }

    #[test]
    fn cookies_are_collected_over_several_redirects() {
        let mut jar = Jar::new();
        set(&mut jar, "ws://a.b.c/", &["a=1", "b=2; Domain=b.c"]);
        set(&mut jar, "ws://x.b.c/", &["c=3"]);
        assert_eq!(jar.header(&url("ws://x.b.c/"), now()).unwrap(), "b=2; c=3");
        assert_eq!(jar.header(&url("ws://a.b.c/"), now()).unwrap(), "a=1; b=2");
        assert_eq!(jar.header(&url("ws://other/"), now()), None);
    }

    /// Whether, and why not, this is accepted in an empty jar.
    fn accepted(from: &str, cookie: &str) -> Result<(), Refusal> {
        Jar::new().set(&url(from), cookie, now())
    }

    fn after(seconds: u64) -> SystemTime {
        now() + Duration::from_secs(seconds)
    }

    #[test]
    fn the_name_may_be_missing() {
        assert_eq!(sent("ws://h/", &["a", "=b", "x=1"], "ws://h/").unwrap(), "b; x=1");
    }

    #[test]
    fn a_cookie_has_limits() {
        assert_eq!(accepted("ws://h/", &format!("a={}; Path=/", "x".repeat(4095))), Ok(()));
        let error = accepted("ws://h/", &format!("a={}", "x".repeat(4096)));
        assert_eq!(error, Err(Refusal::TooLong));
        for character in ["\0", "\n", "\r", "\x1f", "\x7f"] {
            for field in [format!("a{character}=1"), format!("a=1; Path=/{character}")] {
                assert_eq!(accepted("ws://h/", &field), Err(Refusal::Control), "{field:?}");
            }
        }
        assert_eq!(sent("ws://h/", &["\ta\t=\tx\ty\t"], "ws://h/").unwrap(), "a=x\ty");
    }

    #[test]
    fn attributes_that_are_too_long_are_passed_over() {
        let path = "x".repeat(1024);
        assert!(is_sent("ws://h/", &format!("a=1; Path=/{path}"), "ws://h/"));
        let fitting = &path[1..];
        assert!(!is_sent("ws://h/", &format!("a=1; Path=/{fitting}"), "ws://h/"));
        assert!(is_sent("ws://h/", &format!("a=1; Path=/{fitting}"), &format!("ws://h/{fitting}")));
        assert_eq!(accepted("ws://h/", &format!("a=1; Domain=.{path}")), Ok(()));
    }

    #[test]
    fn public_suffixes_have_no_cookies() {
        for (host, domain) in [
            ("a.example.com", "com"),
            ("a.example.co.uk", "co.uk"),
            ("a.example.co.uk", ".uk."),
            ("someone.github.io", "github.io"),
            ("a.b.kobe.jp", "b.kobe.jp"),
            ("a.example.com", "\u{e4}.com"),
        ] {
            let cookie = format!("a=1; Domain={domain}");
            let error = accepted(&format!("https://{host}/"), &cookie);
            assert_eq!(error, Err(Refusal::Domain), "{host} {domain}");
        }
        for (host, domain) in
            [("a.example.co.uk", "Example.Co.Uk"), ("a.city.kobe.jp", "city.kobe.jp")]
        {
            let cookie = format!("a=1; Domain={domain}");
            let [from, to] = ["a", "b"].map(|_| format!("https://b.{domain}/"));
            assert!(is_sent(&format!("https://{host}/"), &cookie, &to), "{from} {cookie}");
        }
        // For the very host, as without the attribute.
        assert!(is_sent("https://github.io/", "a=1; Domain=github.io", "https://github.io/"));
        assert!(!is_sent("https://github.io/", "a=1; Domain=github.io", "https://x.github.io/"));
    }

    #[test]
    fn the_case_of_a_host_makes_no_difference() {
        assert!(is_sent("http://WWW.Example.com/", "a=1", "ws://www.example.COM/"));
        assert!(!is_sent("http://h/A", "a=1; Path=/A", "http://h/a"));
    }

    #[test]
    fn without_tls_nothing_is_secure() {
        for url in ["http://h/", "ws://localhost/", "http://127.0.0.1/", "ws://[::1]/"] {
            assert_eq!(accepted(url, "a=1; Secure"), Err(Refusal::Insecure), "{url}");
        }
        let mut jar = Jar::new();
        set(&mut jar, "https://localhost/", &["a=1; Secure"]);
        assert_eq!(jar.header(&url("http://localhost/"), now()), None);
    }

    #[test]
    fn secure_cookies_are_left_alone_without_tls() {
        for (cookie, refused) in [
            ("a=2; Path=/login", true),
            ("a=2; Path=/login/en", true),
            ("a=2; Path=/login; Domain=example.com", true),
            ("a=; Path=/login; Max-Age=0", true),
            ("a=2; Path=/", false),
            ("a=2; Path=/foo", false),
            ("b=2; Path=/login", false),
        ] {
            let mut jar = Jar::new();
            set(&mut jar, "https://www.example.com/", &["a=1; Path=/login; Secure"]);
            let result = jar.set(&url("http://www.example.com/"), cookie, now());
            assert_eq!(result == Err(Refusal::Overlay), refused, "{cookie}");
            let header = jar.header(&url("https://www.example.com/login"), now()).unwrap();
            assert!(header.starts_with("a=1"), "{cookie} {header}");
            // Over TLS it may.
            assert_eq!(jar.set(&url("https://www.example.com/"), cookie, now()), Ok(()));
        }
        // Of the domain above and of a host below.
        let mut jar = Jar::new();
        set(&mut jar, "https://www.example.com/", &["a=1; Domain=example.com; Secure"]);
        assert_eq!(jar.set(&url("http://x.example.com/"), "a=2", now()), Err(Refusal::Overlay));
        assert_eq!(jar.set(&url("http://other.com/"), "a=2", now()), Ok(()));
    }

    #[test]
    fn prefixes_are_promises() {
        for (from, cookie, good) in [
            ("https://a.b.c/", "__Secure-a=1; Secure", true),
            ("https://a.b.c/", "__secure-a=1; Secure; Domain=b.c; Path=/x", true),
            ("https://a.b.c/", "__SECURE-a=1", false),
            ("https://a.b.c/", "__Host-a=1; Secure; Path=/", true),
            ("https://a.b.c/x/y", "__HOST-a=1; Secure; Path=/", true),
            ("https://a.b.c/", "__host-a=1; Secure", false),
            ("https://a.b.c/", "__Host-a=1; Path=/", false),
            ("https://a.b.c/", "__Host-a=1; Secure; Path=/x", false),
            ("https://a.b.c/", "__Host-a=1; Secure; Path=/; Domain=a.b.c", false),
            ("https://a.b.c/", "__Host-; Secure; Path=/", false),
            ("https://a.b.c/", "=__secure-a=1; Secure", false),
            ("https://a.b.c/", "__Hosta=1", true),
        ] {
            let expected = if good { Ok(()) } else { Err(Refusal::Prefix) };
            assert_eq!(accepted(from, cookie), expected, "{from} {cookie}");
        }
        assert_eq!(accepted("http://h/", "__Secure-a=1; Secure"), Err(Refusal::Insecure));
    }

    #[test]
    fn of_the_same_site_everything_is() {
        assert!(is_sent("ws://h/", "a=1; SameSite=Strict", "ws://h/"));
        assert!(is_sent("ws://h/", "a=1; SameSite=Lax", "ws://h/"));
        assert!(is_sent("wss://h/", "a=1; SameSite=none; secure", "wss://h/"));
        assert_eq!(accepted("wss://h/", "a=1; SameSite=None"), Err(Refusal::CrossSite));
        assert_eq!(accepted("wss://h/", "a=1; SameSite=None; SameSite=Lax"), Ok(()));
    }

    #[test]
    fn a_cookie_is_sent_until_it_expires() {
        let mut jar = Jar::new();
        let to = url("ws://h/");
        set(&mut jar, "ws://h/", &["a=1; Max-Age=60", "b=2", "c=3; Expires=6 Nov 1994 08:50:00"]);
        assert_eq!(jar.header(&to, after(22)).unwrap(), "a=1; b=2; c=3");
        assert_eq!(jar.header(&to, after(59)).unwrap(), "a=1; b=2");
        assert_eq!(jar.header(&to, after(60)).unwrap(), "b=2");
        assert_eq!(jar.cookies().len(), 1);
    }

    #[test]
    fn no_cookie_lives_longer_than_400_days() {
        let limit = after(400 * 24 * 60 * 60);
        for attribute in ["Max-Age=34560001", "Max-Age=9e9", "Expires=6 Nov 1996 08:49:37"] {
            let mut jar = Jar::new();
            set(&mut jar, "ws://h/", &[&format!("a=1; Max-Age=99999999999999999999; {attribute}")]);
            assert_eq!(jar.cookies()[0].expires, Some(limit), "{attribute}");
        }
        let mut jar = Jar::new();
        set(&mut jar, "ws://h/", &["a=1; Expires=6 Nov 1996 08:49:37"]);
        assert_eq!(jar.cookies()[0].expires, Some(limit));
    }

    #[test]
    fn replacing_keeps_the_time_of_creation() {
        let mut jar = Jar::new();
        let h = url("ws://h/");
        for (cookie, time) in [("a=1", 0), ("b=1", 1), ("a=2; Max-Age=60", 2)] {
            jar.set(&h, cookie, after(time)).unwrap();
        }
        assert_eq!(jar.header(&h, after(3)).unwrap(), "a=2; b=1");
        let cookie = &jar.cookies()[0];
        assert_eq!((cookie.created, cookie.accessed), (now(), after(3)));
        // A cookie of the session replaces one that is kept, and the other way round.
        jar.set(&h, "a=3", after(4)).unwrap();
        assert_eq!(jar.cookies().iter().map(|c| c.expires).collect::<Vec<_>>(), [None, None]);
        jar.set(&h, "a=; Max-Age=0", after(5)).unwrap();
        assert_eq!(jar.header(&h, after(5)).unwrap(), "b=1");
    }

    #[test]
    fn for_a_host_and_for_its_domain_there_are_two() {
        let cookies = ["a=1", "a=2; Domain=b.c", "a=3"];
        assert_eq!(sent("ws://b.c/", &cookies, "ws://b.c/").unwrap(), "a=3; a=2");
    }

    #[test]
    fn of_too_many_with_a_domain_one_goes_that_is_not_secure_and_not_used() {
        let mut jar = Jar::new();
        set(&mut jar, "https://h/", &["s=1; Secure", "a=1", "b=1; Path=/b", "x=1; Path=/x"]);
        for number in 4..MAX_PER_DOMAIN {
            set(&mut jar, "https://h/", &[&format!("{number}=; Path=/b")]);
        }
        set(&mut jar, "https://other/", &["o=1"]);
        jar.header(&url("https://h/b"), after(1)).unwrap();
        // Only x was not sent since.
        jar.set(&url("https://h/"), "new=1", after(2)).unwrap();
        assert_eq!(jar.header(&url("https://h/x"), after(3)).unwrap(), "s=1; a=1; new=1");
        for number in 0..MAX_PER_DOMAIN {
            let _ = jar.set(&url("https://h/"), &format!("n{number}=; Secure"), after(4));
        }
        let header = jar.header(&url("https://h/b"), after(5)).unwrap();
        // The last of them takes the place of a secure one.
        assert!(header.starts_with("n0=; n1=") && header.ends_with("; n49="), "{header}");
        assert_eq!(jar.header(&url("https://other/"), after(5)).unwrap(), "o=1");
    }

    #[test]
    fn of_too_many_the_oldest_goes() {
        let mut jar = Jar::new();
        for number in 0..=MAX_COOKIES {
            jar.set(&url(&format!("ws://h{number}/")), "a=1", after(number as u64)).unwrap();
        }
        assert_eq!(jar.cookies().len(), MAX_COOKIES);
        assert_eq!(jar.cookies()[0].domain, "h1");
    }

    #[test]
    fn cookies_from_elsewhere_take_the_place_of_the_persistent_ones() {
        let mut jar = Jar::new();
        set(&mut jar, "ws://h/", &["a=1", "b=2; Max-Age=60", "c=3"]);
        let mut other = Jar::new();
        let from = url("ws://h/");
        other.set(&from, "c=4; Max-Age=60", after(1)).unwrap();
        other.set(&from, "d=5; Max-Age=60", now() - Duration::from_secs(1)).unwrap();
        let mut suffix = other.cookies()[0].clone();
        suffix.domain = "com".to_owned();
        suffix.host_only = false;
        let cookies = [other.cookies(), &[suffix]].concat();
        jar.replace_persistent(cookies);
        assert_eq!(jar.header(&from, after(2)).unwrap(), "d=5; a=1; c=4");
        assert_eq!(jar.cookies().len(), 3);
        jar.remove(|cookie| cookie.name == "a");
        assert_eq!(jar.header(&from, after(2)).unwrap(), "d=5; c=4");
    }
}
