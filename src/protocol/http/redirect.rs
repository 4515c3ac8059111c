//! Redirects (RFC 9110 section 15.4): which responses are one, where it leads, with which method,
//! and whether secrets may be sent there. How many are followed is not decided here.

use std::fmt;

use super::{
    headers::Headers,
    url::{Url, UrlError},
};

/// Whether a response with this status sends the client elsewhere. 300, which offers a choice, and
/// 304 do not.
pub fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// The method of the request that a redirect with this status leads to, from one with this method.
/// The content goes along where the method stays; where it changes, neither content goes along nor
/// header fields that describe it.
pub fn next_method(status: u16, method: &str) -> &str {
    match (status, method) {
        // "For historical reasons, a user agent MAY change the request method from POST to GET for
        // the subsequent request." (RFC 9110 sections 15.4.2 and 15.4.3) Browsers and curl do, so
        // servers rely on it.
        (301 | 302, "POST") => "GET",
        // "A user agent can perform a retrieval request targeting that URI (a GET or HEAD request
        // if using HTTP)" (section 15.4.4)
        (303, "HEAD") => "HEAD",
        (303, _) => "GET",
        // "The user agent MUST NOT change the request method" (sections 15.4.8 and 15.4.9)
        _ => method,
    }
}

/// Where a response with these headers to the request for `url` leads: to the URL in Location,
/// which may be relative. From the URL of a WebSocket, http leads to ws and https to wss. User,
/// password and fragment in it are removed: a server must not choose the credentials of this
/// client.
pub fn follow(url: &Url, headers: &Headers) -> Result<Url, RedirectError> {
    let mut locations = headers.all("Location");
    let location = locations.next().unwrap_or_default();
    if location.is_empty() {
        return Err(RedirectError::Missing);
    }
    if locations.any(|other| other != location) {
        return Err(RedirectError::Ambiguous);
    }
    let next = url.join(location).map_err(RedirectError::Invalid)?;
    if url.is_secure() && !next.is_secure() {
        return Err(RedirectError::Insecure {
            from: url.scheme_name().to_owned(),
            to: next.scheme_name().to_owned(),
        });
    }
    Ok(next)
}

/// Whether security, host and port are the same, or the Unix domain socket is: secrets for the one
/// may be sent to the other. The schemes ws and http are alike in this, and so are wss and https,
/// but one that a caller has defined is like no other.
pub fn same_origin(one: &Url, other: &Url) -> bool {
    let origin = |url: &Url| {
        let zone = url.zone().map(str::to_owned);
        let own = url.is_own().then(|| url.scheme_name().to_owned());
        (url.is_secure(), own, url.socket().cloned(), url.host().clone(), zone, url.port())
    };
    origin(one) == origin(other)
}

/// Why a redirect cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RedirectError {
    /// There is no Location, or an empty one.
    Missing,
    /// Several Locations differ.
    Ambiguous,
    /// The Location is not a URL that can be opened, for this reason.
    Invalid(UrlError),
    /// It leads to a scheme that is not encrypted, from one that is.
    Insecure {
        /// The scheme of the URL that was requested.
        from: String,
        /// The scheme of the URL that it leads to.
        to: String,
    },
}

impl fmt::Display for RedirectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the server redirects ")?;
        match self {
            Self::Missing => f.write_str("without saying where to"),
            Self::Ambiguous => f.write_str("to several places at once"),
            Self::Invalid(UrlError::Scheme { found, .. }) if !found.is_empty() => {
                write!(f, "to a URL with the scheme \"{found}\"")
            }
            Self::Invalid(UrlError::HostSpec(reason)) => {
                write!(f, "to an invalid URL: {reason}")
            }
            Self::Invalid(_) => f.write_str("to an invalid URL"),
            Self::Insecure { from, to } => {
                write!(f, "from {from} to {to}, which is not secure")
            }
        }
    }
}

impl std::error::Error for RedirectError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::http::url::Scheme;

    fn url(text: &str) -> Url {
        let is_http = text.to_ascii_lowercase().starts_with("http");
        Url::parse(text, if is_http { Scheme::HTTP } else { Scheme::CALLER }).unwrap()
    }

    fn redirect(from: &str, locations: &[&str]) -> Result<String, RedirectError> {
        let headers = locations.iter().map(|location| ("location", *location)).collect();
        follow(&url(from), &headers).map(|url| url.to_string())
    }

    #[test]
    fn five_statuses_are_redirects() {
        let redirects: Vec<u16> = (100..600).filter(|status| is_redirect(*status)).collect();
        assert_eq!(redirects, [301, 302, 303, 307, 308]);
    }

    #[test]
    fn the_method_changes_where_browsers_change_it() {
        let methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "post"];
        for (status, expected) in [
            (301, ["GET", "HEAD", "GET", "PUT", "DELETE", "post"]),
            (302, ["GET", "HEAD", "GET", "PUT", "DELETE", "post"]),
            (303, ["GET", "HEAD", "GET", "GET", "GET", "GET"]),
            (307, methods),
            (308, methods),
        ] {
            assert_eq!(methods.map(|method| next_method(status, method)), expected, "{status}");
        }
    }

    #[test]
    fn the_location_is_relative_or_absolute() {
        for (location, to) in [
            ("/b", "ws://h:81/b"),
            ("b?c", "ws://h:81/x/b?c"),
            ("//i/b", "ws://i/b"),
            ("wss://h/", "wss://h/"),
            ("https://h:81/b#c", "wss://h:81/b"),
            ("http://joe:secret@h/", "ws://h/"),
        ] {
            assert_eq!(redirect("ws://h:81/x/a", &[location]).unwrap(), to, "{location}");
        }
        for (location, to) in [
            ("c", "http://h/x/c"),
            ("?d", "http://h/x/a?d"),
            ("../c/./d", "http://h/c/d"),
            ("//i", "http://i/"),
            ("#e", "http://h/x/a?b"),
            ("c#e", "http://h/x/c"),
            ("https://joe:secret@i/#e", "https://i/"),
        ] {
            assert_eq!(redirect("http://h/x/a?b#f", &[location]).unwrap(), to, "{location}");
        }
    }

    #[test]
    fn there_is_one_location() {
        assert_eq!(redirect("ws://h/", &[]), Err(RedirectError::Missing));
        assert_eq!(redirect("ws://h/", &[""]), Err(RedirectError::Missing));
        assert_eq!(redirect("ws://h/", &["/a", "/b"]), Err(RedirectError::Ambiguous));
        assert_eq!(redirect("ws://h/", &["/a", "/a"]).unwrap(), "ws://h/a");
    }

    #[test]
    fn secure_stays_secure() {
        for location in ["ws://h/", "http://h:443/", "WS://h", "HTTP://other/"] {
            let insecure = RedirectError::Insecure { from: "wss".to_owned(), to: "ws".to_owned() };
            assert_eq!(redirect("wss://h/", &[location]), Err(insecure));
        }
        let insecure = RedirectError::Insecure { from: "https".to_owned(), to: "http".to_owned() };
        assert_eq!(redirect("https://h/", &["http://h/"]), Err(insecure));
        assert_eq!(redirect("https://h/", &["//i/"]).unwrap(), "https://i/");
        assert_eq!(redirect("http://h/", &["https://h/"]).unwrap(), "https://h/");
        assert_eq!(redirect("wss://h/", &["//i/"]).unwrap(), "wss://i/");
        assert_eq!(redirect("wss://h/", &["https://i/"]).unwrap(), "wss://i/");
    }

    #[cfg(unix)]
    #[test]
    fn only_a_relative_location_stays_on_a_unix_socket() {
        for (location, to) in [
            ("/b", "ws+unix:///s:/b"),
            ("b?c", "ws+unix:///s:/x/b?c"),
            ("ws://localhost/", "ws://localhost/"),
            ("https://h/b", "wss://h/b"),
        ] {
            assert_eq!(redirect("ws+unix:///s:/x/a", &[location]).unwrap(), to, "{location}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn no_location_leads_to_a_unix_socket() {
        for from in ["ws://h/", "wss://h/", "http://h/", "ws+unix:///s"] {
            for location in
                ["ws+unix:///s", "WS+Unix:///s:/b", "ws+unix:/s", "ws+unix://localhost/s"]
            {
                let error = redirect(from, &[location]).unwrap_err();
                let is_expected = matches!(error, RedirectError::Invalid(UrlError::Scheme { .. }));
                assert!(is_expected, "{from} {location} {error}");
            }
        }
        let error = redirect("ws+unix:///s", &["//h/b"]).unwrap_err();
        let message = "the server redirects to a URL with the scheme \"ws+unix\"";
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn http_does_not_lead_to_a_websocket() {
        for location in ["ws://h/", "wss://h/"] {
            let error = redirect("http://h/", &[location]).unwrap_err();
            assert!(matches!(error, RedirectError::Invalid(UrlError::Scheme { .. })), "{error}");
        }
    }

    #[test]
    fn errors_say_what_is_wrong_and_show_no_password() {
        for (location, message) in [
            ("ftp://joe:secret@h/", "the server redirects to a URL with the scheme \"ftp\""),
            ("mailto:joe", "the server redirects to an invalid URL"),
            (
                "http://joe:secret@h:x/",
                "the server redirects to an invalid URL: invalid port number",
            ),
            ("ws://h/", "the server redirects from wss to ws, which is not secure"),
            ("", "the server redirects without saying where to"),
        ] {
            assert_eq!(redirect("wss://h/", &[location]).unwrap_err().to_string(), message);
        }
        assert_eq!(
            redirect("https://h/", &["http://h/"]).unwrap_err().to_string(),
            "the server redirects from https to http, which is not secure"
        );
    }

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        let same = |one, other| same_origin(&url(one), &url(other));
        assert!(same("ws://h/a", "WS://joe:x@H:80/b?c"));
        assert!(same("wss://[::1]/", "wss://[0::1]:443/"));
        assert!(same("ws://h/", "http://h/") && same("https://h/", "wss://h/"));
        assert!(!same("http://h/", "https://h/"));
        assert!(!same("ws://h/", "wss://h:80/"));
        assert!(!same("ws://h/", "ws://h:81/"));
        assert!(!same("ws://h/", "ws://www.h/"));
        assert!(!same("ws://h/", "ws://h./"));
        assert!(!same("ws://[fe80::1%25a]/", "ws://[fe80::1%25b]/"));
    }

    #[cfg(unix)]
    #[test]
    fn a_unix_socket_is_an_origin() {
        let same = |one, other| same_origin(&url(one), &url(other));
        assert!(same("ws+unix:///s:/a", "ws+unix:/%73:/b"));
        assert!(!same("ws+unix:///s", "ws+unix:///t"));
        assert!(!same("ws+unix:///s", "ws://localhost/"));
    }
}
