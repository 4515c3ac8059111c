//! The cookies of a server, in fields `Set-Cookie`, one a line, behind the URL that was requested:
//! whatever they are, what is kept of them is bounded, can be sent, and goes where it may go.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use www_websocket::protocol::http::{
    cookies::{Cookie, Jar},
    h1::request,
    headers::Headers,
    url::{Scheme, Url},
};

use super::within;

/// Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110 section 5.6.7.
const NOW: Duration = Duration::from_secs(784_111_777);
const MAX_AGE: Duration = Duration::from_secs(400 * 24 * 60 * 60);

/// Takes the first line of `data` as a URL, and the others as fields of a response.
pub fn check(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    let (url, fields) = text.split_once('\n').unwrap_or((text, ""));
    let Ok(url) = Url::parse(url, &[Scheme::Http, Scheme::Https, Scheme::Ws, Scheme::WsUnix])
    else {
        return;
    };
    let now = UNIX_EPOCH + NOW;
    let mut jar = Jar::new();
    for field in fields.split('\n') {
        // Domains are decoded and encoded through lists of characters.
        within(64 * field.len() + 64 * 1024, || {
            let _ = Cookie::parse(field, &url, now);
        });
        let Ok(cookie) = Cookie::parse(field, &url, now) else { continue };
        check_cookie(&cookie, &url, now);
        let _ = jar.set(&url, field, now);
        let known = jar.cookies().iter().filter(|other| other.is_same(&cookie)).count();
        assert!(known <= usize::from(!cookie.is_expired(now)));
    }
    // 50 of the host, and of each domain above it.
    let domains = 1 + url.host().to_string().split('.').count();
    assert!(jar.cookies().len() <= 50 * domains);
    check_requests(&mut jar, &url, now);
}

fn check_cookie(cookie: &Cookie, url: &Url, now: SystemTime) {
    assert!(cookie.name.len() + cookie.value.len() <= 4096);
    assert!(!cookie.name.contains(['=', ';']) && !cookie.value.contains(';'));
    assert!(cookie.path.starts_with('/') && cookie.path.len() <= 1024.max(url.to_string().len()));
    assert!(cookie.expires.is_none_or(|expires| expires <= now + MAX_AGE));
    assert!(url.is_secure() || !cookie.secure);
    let host = url.host().to_string();
    match url.socket() {
        Some(path) => assert_eq!(cookie.domain, path.to_string()),
        None => assert!(host == cookie.domain || host.ends_with(&format!(".{}", cookie.domain))),
    }
}

/// What is sent to the server, and to others.
fn check_requests(jar: &mut Jar, url: &Url, now: SystemTime) {
    let before = jar.clone();
    let header = jar.header(url, now);
    if let Some(header) = &header {
        assert!(!header.is_empty());
        let headers = Headers::from_iter([("Cookie", header)]);
        request::request("GET", url.request_target(), &headers).expect("cookies that can be sent");
    }
    assert_eq!(jar.header(url, now), header);
    assert_eq!(before.cookies().len(), jar.cookies().len());
    for other in ["https://elsewhere.invalid/", "https://com/", "https://1.2.3.4.5.invalid/"] {
        let other = Url::parse(other, Scheme::HTTP).unwrap();
        let shares = jar.cookies().iter().any(|cookie| {
            let host = other.host().to_string();
            host == cookie.domain || host.ends_with(&format!(".{}", cookie.domain))
        });
        assert!(shares || jar.header(&other, now).is_none());
    }
    // What is left then is that of the session.
    jar.header(url, now + MAX_AGE);
    let mut session = before;
    session.remove(|cookie| cookie.expires.is_some());
    assert_eq!(jar.cookies().len(), session.cookies().len());
}
