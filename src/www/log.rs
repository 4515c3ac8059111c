//! The lines of `www log` for heads of requests and responses, without what may be secret in them.

use super::headers;
use crate::protocol::http::headers::Headers;

/// What stands in place of a value that may be secret.
const REDACTED: &str = "***";

/// The lines of a request that is sent. Only those headers are told whose values are no secret for
/// sure, since a caller may add any.
pub(crate) fn request_lines(head: &str) -> impl Iterator<Item = String> {
    head.lines().filter(|line| !line.is_empty()).map(|line| match line.split_once(": ") {
        Some((name, _)) if !headers::is_harmless(name) => format!("> {name}: {REDACTED}"),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_secret_in_a_request_is_blanked() {
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
    fn what_may_be_secret_in_a_response_is_blanked() {
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
