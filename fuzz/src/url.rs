//! The URL of a script, in the first line, and the reference of a server's redirect, in the second:
//! whatever they are, a URL that is accepted can be connected to, requested and shown.

use www_websocket::protocol::http::{
    headers::Headers,
    request,
    url::{UrlError, WebSocketUrl},
};

use super::within;

/// Parses the lines of `data` as a URL and a reference.
pub fn check(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let (text, reference) = text.split_once('\n').unwrap_or((text, ""));
    // Domains are decoded and encoded through lists of characters.
    within(64 * text.len() + 4096, || {
        let _ = WebSocketUrl::parse(text);
    });
    match WebSocketUrl::parse(text) {
        Ok(url) => {
            check_url(&url);
            if let Ok(joined) = url.join(reference) {
                check_url(&joined);
                assert_eq!(joined.credentials(), None);
                assert_eq!(url.join(&joined.to_string()), Ok(joined));
            }
        }
        Err(UrlError::Scheme(scheme)) => {
            assert!(scheme.is_empty() || text.starts_with(&format!("{scheme}://")));
            assert!(!["ws", "wss"].iter().any(|known| known.eq_ignore_ascii_case(&scheme)));
        }
        Err(UrlError::HostSpec(_)) => {}
        Err(UrlError::Fragment) => assert!(text.contains('#')),
    }
}

fn check_url(url: &WebSocketUrl) {
    // The same again, without user and password.
    assert_eq!(WebSocketUrl::parse(&url.to_string()), url.join(""));

    assert_ne!(url.port(), 0);
    assert!(url.request_target().starts_with('/'));
    assert!(url.host_header().bytes().all(|byte| byte.is_ascii_graphic()));
    assert!(url.authority().starts_with(url.host_header()));
    assert!(url.authority().ends_with(&format!(":{}", url.port())));
    let headers = Headers::from_iter([("Host", url.host_header())]);
    request::request(url.request_target(), &headers).unwrap();
    request::connect(&url.authority(), &headers).unwrap();

    if let Some(credentials) = url.credentials() {
        assert!(!credentials.username.contains(char::is_control));
        assert!(!credentials.password.contains(char::is_control));
    }
}
