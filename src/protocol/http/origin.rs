//! The origin of a request (RFC 6454): the site whose page made it, and whether that is the site
//! that it was made to. A browser says it, whatever the page wants.

use super::{authority::Authority, headers::Headers, syntax};

/// What a request says in Origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nothing: it comes from no browser, or from a page of this site.
    None,
    /// This, in lower case: scheme, host and port of a site, or `null`.
    One(String),
    /// Several, of which no browser sends more than one.
    Several,
}

impl Origin {
    /// That of the request with these headers.
    pub fn of(headers: &Headers) -> Self {
        let mut values = headers.all("Origin").map(syntax::trim);
        match (values.next(), values.next()) {
            (None, _) => Self::None,
            (Some(value), None) => Self::One(value.to_ascii_lowercase()),
            (Some(_), Some(_)) => Self::Several,
        }
    }

    /// Whether a request may come from there to this host, with its port if one is named, over TLS
    /// or not: there is no Origin, or host and port are the same. `null`, which many things are
    /// called, is not.
    ///
    /// A port that is not named is the default of the scheme. What comes without TLS may have come
    /// with it to a proxy in front, so that the scheme is that of the origin then.
    pub fn is_that_of(&self, host: &str, is_secure: bool) -> bool {
        let origin = match self {
            Self::None => return true,
            Self::One(origin) => origin,
            Self::Several => return false,
        };
        // "serialized-origin = scheme "://" host [ ":" port ]" (RFC 6454 section 7.1)
        let Some((scheme, authority)) = origin.split_once("://") else { return false };
        let Some(default) = default_port(scheme) else { return false };
        let (Some(origin), Some(host)) = (Authority::parse(authority), Authority::parse(host))
        else {
            return false;
        };
        let own_default = if is_secure { 443 } else { default };
        !origin.is_empty()
            && origin.has_host_of(&host)
            && origin.port().unwrap_or(default) == host.port().unwrap_or(own_default)
    }
}

/// The port of a scheme that pages are loaded by (RFC 9110 section 4.2).
fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[&str]) -> Origin {
        Origin::of(&values.iter().map(|value| ("origin", *value)).collect())
    }

    fn is_that_of(origin: &str, host: &str, is_secure: bool) -> bool {
        of(&[origin]).is_that_of(host, is_secure)
    }

    #[test]
    fn an_origin_is_what_one_header_says_in_lower_case() {
        assert_eq!(of(&[]), Origin::None);
        assert_eq!(of(&["HTTP://A.example:80"]), Origin::One("http://a.example:80".to_owned()));
        assert_eq!(of(&["null"]), Origin::One("null".to_owned()));
        assert_eq!(of(&[""]), Origin::One(String::new()));
        assert_eq!(of(&["http://a", "http://a"]), Origin::Several);
    }

    #[test]
    fn a_request_without_origin_may_come() {
        for host in ["a", "", "a b"] {
            assert!(Origin::None.is_that_of(host, false));
        }
        assert!(!of(&["http://a", "http://a"]).is_that_of("a", false));
    }

    #[test]
    fn host_and_port_have_to_be_the_same() {
        for (origin, host) in [
            ("http://example.com", "example.com"),
            ("http://Example.COM", "example.com:80"),
            ("http://example.com:80", "EXAMPLE.com"),
            ("http://example.com:8080", "example.com:8080"),
            ("http://[::1]:8080", "[0:0:0:0:0:0:0:1]:8080"),
            ("http://127.0.0.1", "127.0.0.1"),
            // TLS ends at a proxy.
            ("https://example.com", "example.com"),
            ("https://example.com", "example.com:443"),
            ("https://example.com:8443", "example.com:8443"),
        ] {
            assert!(is_that_of(origin, host, false), "{origin} {host}");
        }
        for (origin, host) in [
            ("http://example.com", "example.com:8080"),
            ("http://example.com:8080", "example.com"),
            ("http://example.com:8080", "example.com:8081"),
            ("http://example.com", "example.com:443"),
            ("https://example.com", "example.com:80"),
            ("http://example.com", "www.example.com"),
            ("http://www.example.com", "example.com"),
            ("http://example.com.evil.net", "example.com"),
            ("http://localhost", "127.0.0.1"),
            ("http://[::1]", "[::2]"),
            ("null", "null"),
            ("null", ""),
            ("", ""),
            ("http://", ""),
            ("http://:80", ":80"),
            ("file://", ""),
            ("file://a", "a"),
            ("ws://a", "a"),
            ("chrome-extension://a", "a"),
            ("http:a", "a"),
            ("http://a/", "a"),
            ("http://u@a", "a"),
            ("http://a http://b", "a"),
            ("http://a, http://a", "a"),
            ("http://a:99999", "a:99999"),
            ("http://a", ""),
            ("http://a", "a b"),
            ("://a", "a"),
        ] {
            assert!(!is_that_of(origin, host, false), "{origin} {host}");
        }
    }

    #[test]
    fn over_tls_the_port_is_443() {
        assert!(is_that_of("https://a", "a", true));
        assert!(is_that_of("https://a", "a:443", true));
        assert!(is_that_of("http://a:443", "a", true));
        assert!(!is_that_of("http://a", "a", true));
        assert!(is_that_of("http://a", "a:80", true));
    }
}
