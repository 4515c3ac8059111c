//! The URL of a script, in the first line, and the reference of a server's redirect, in the second:
//! whatever they are, a URL that is accepted can be connected to, requested and shown.

use www_websocket::protocol::http::{
    h1::request,
    headers::Headers,
    url::{Scheme, Url, UrlError},
};

use super::within;

/// Parses the lines of `data` as a URL, of a WebSocket and of HTTP, and a reference.
pub fn check(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let (text, reference) = text.split_once('\n').unwrap_or((text, ""));
    check_with(Scheme::WEBSOCKET, text, reference);
    check_with(Scheme::HTTP, text, reference);
    check_with(Scheme::CALLER, text, reference);
    check_twin(text);
}

fn check_with(allowed: &'static [Scheme], text: &str, reference: &str) {
    // Domains are decoded and encoded through lists of characters.
    within(64 * text.len() + 4096, || {
        let _ = Url::parse(text, allowed);
    });
    match Url::parse(text, allowed) {
        Ok(url) => {
            check_url(&url, allowed);
            if let Ok(joined) = url.join(reference) {
                check_url(&joined, allowed);
                assert_eq!(joined.credentials(), None);
                if joined.socket().is_none() {
                    assert_eq!(url.join(&joined.to_string()), Ok(joined));
                } else {
                    // A server cannot name a socket.
                    assert_eq!(joined.socket(), url.socket());
                    assert!(url.join(&joined.to_string()).is_err());
                }
            }
        }
        Err(UrlError::Scheme { found, .. }) => {
            assert!(found.is_empty() || text.starts_with(&format!("{found}://")));
            assert!(!allowed.iter().any(|known| known.to_string().eq_ignore_ascii_case(&found)));
        }
        Err(UrlError::HostSpec(_)) => {}
        Err(UrlError::SocketPath { .. }) => assert_eq!(allowed, Scheme::CALLER),
        Err(UrlError::Fragment) => {
            assert!(text.contains('#'));
            assert_ne!(allowed, Scheme::HTTP);
        }
    }
}

/// A URL of HTTP is that of a WebSocket with another scheme.
fn check_twin(text: &str) {
    let Ok(url) = Url::parse(text, Scheme::HTTP) else { return };
    let base = Url::parse("ws://example.com/", Scheme::WEBSOCKET).unwrap();
    let twin = base.join(text).unwrap();
    if let Ok(parsed) = Url::parse(text, Scheme::WEBSOCKET) {
        assert_eq!(parsed.to_string(), twin.to_string());
    }
    assert_eq!(twin.is_secure(), url.is_secure());
    assert_eq!((twin.host(), twin.zone(), twin.port()), (url.host(), url.zone(), url.port()));
    assert_eq!(twin.host_header(), url.host_header());
    assert_eq!(twin.request_target(), url.request_target());
}

fn check_url(url: &Url, allowed: &'static [Scheme]) {
    assert!(allowed.contains(&url.scheme()));
    assert_eq!(url.socket().is_some(), url.scheme() == Scheme::WsUnix);
    // The same again, without user and password.
    assert_eq!(Url::parse(&url.to_string(), allowed), url.join(""));

    assert_ne!(url.port(), 0);
    assert!(url.request_target().starts_with('/'));
    assert!(url.host_header().bytes().all(|byte| byte.is_ascii_graphic()));
    assert!(url.authority().starts_with(url.host_header()));
    assert!(url.authority().ends_with(&format!(":{}", url.port())));
    let headers = Headers::from_iter([("Host", url.host_header())]);
    request::request("GET", url.request_target(), &headers).unwrap();
    request::connect(&url.authority(), &headers).unwrap();

    if let Some(credentials) = url.credentials() {
        assert!(!credentials.username.contains(char::is_control));
        assert!(!credentials.password.contains(char::is_control));
    }
}
