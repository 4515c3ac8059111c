//! Which headers may go to another server than they were meant for, and into the log.

use crate::protocol::http::headers::Headers;

/// All headers that begin so belong to the opening handshake of a WebSocket.
pub(crate) const HANDSHAKE_PREFIX: &str = "sec-websocket-";

/// Headers of which it is known that they are no secret, and concern no server in particular. All
/// others stay with the server that they were meant for.
const COMMON: [&str; 15] = [
    "accept",
    "accept-encoding",
    "accept-language",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-type",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "origin",
    "range",
    "user-agent",
];

/// What stands in place of a value that may be secret.
const REDACTED: &str = "***";

/// The lines of a request that is sent. Values are left out unless they are no secret for sure,
/// since a caller may add any header.
pub(crate) fn request_lines(head: &str) -> impl Iterator<Item = String> {
    head.lines().filter(|line| !line.is_empty()).map(|line| match line.split_once(": ") {
        Some((name, _)) if !is_harmless(name) => format!("> {name}: {REDACTED}"),
        _ => format!("> {line}"),
    })
}

/// The lines of a response that came, the first one aside.
pub(crate) fn response_lines(headers: &Headers) -> Vec<String> {
    let line = |(name, value): (&str, &str)| {
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        // A URL may have a password in front of its @.
        let secret = is("Set-Cookie") || is("Location") && value.contains('@');
        format!("< {name}: {}", if secret { REDACTED } else { value })
    };
    headers.iter().map(line).collect()
}

/// Whether the value of a header in a request is no secret for sure: it belongs to the handshake,
/// or may go to anybody.
pub(crate) fn is_harmless(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    ["host", "upgrade", "connection"].contains(&lower.as_str())
        || lower.starts_with(HANDSHAKE_PREFIX)
        || is_common(name)
}

/// Those of the caller's headers that may go to another server than they were meant for.
pub(crate) fn without_secrets(headers: &Headers) -> Headers {
    let kept = headers.iter().filter(|(name, _)| is_common(name));
    kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Headers that describe the content of a request (RFC 9110 section 8), which has none any more.
pub(crate) fn without_content(headers: &Headers) -> Headers {
    let is_about_content = |name: &str| name.to_ascii_lowercase().starts_with("content-");
    let kept = headers.iter().filter(|(name, _)| !is_about_content(name));
    kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn is_common(name: &str) -> bool {
    COMMON.iter().any(|other| name.eq_ignore_ascii_case(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_secret_in_a_request_is_redacted() {
        let head = "GET /x HTTP/1.1\r\nHost: a:1\r\nSec-WebSocket-Key: k\r\nOrigin: o\r\n\
            Authorization: Basic abc\r\nPROXY-authorization: x\r\ncookie: a=b\r\n\
            X-Token: t\r\n\r\n";
        assert_eq!(
            request_lines(head).collect::<Vec<_>>(),
            [
                "> GET /x HTTP/1.1",
                "> Host: a:1",
                "> Sec-WebSocket-Key: k",
                "> Origin: o",
                "> Authorization: ***",
                "> PROXY-authorization: ***",
                "> cookie: ***",
                "> X-Token: ***",
            ]
        );
    }

    #[test]
    fn what_may_be_secret_in_a_response_is_redacted() {
        let headers = Headers::from_iter([
            ("Upgrade", "websocket"),
            ("set-COOKIE", "a=b"),
            ("Location", "/x"),
            ("location", "ws://me:secret@host/"),
        ]);
        assert_eq!(
            response_lines(&headers),
            ["< Upgrade: websocket", "< set-COOKIE: ***", "< Location: /x", "< location: ***"]
        );
    }
}
