//! The headers of a request: those that the caller adds, and what of them may go to another server.

use super::errors;
use crate::{
    protocol::http::headers::Headers,
    tcl::{Error, Interp, Value},
};

/// Headers that the handshake or the framing of HTTP is made of. The caller may not set them.
const RESERVED: [&str; 11] = [
    "connection",
    "content-length",
    "expect",
    "http2-settings",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// All that begins so belongs to the handshake too.
const RESERVED_PREFIX: &str = "sec-websocket-";

/// Headers of which it is known that they are no secret, and concern no server in particular. All
/// others stay with the server that they were meant for.
const COMMON: [&str; 5] = ["accept", "accept-encoding", "accept-language", "origin", "user-agent"];

/// Adds the entries of `-headers`, a dict. They keep order and capitalisation; one that is there
/// already is replaced.
///
/// Errors where one may not be set, or not be sent.
pub(crate) fn add(interp: &Interp, dict: &Value, headers: &mut Headers) -> Result<(), Error> {
    let entries =
        interp.dict_entries(dict).map_err(|_| errors::header("-headers is not a dict"))?;
    let mut added = Headers::new();
    for (name, value) in entries {
        let name = name.to_utf8().map_err(errors::lone_surrogate)?;
        let value = value.to_utf8().map_err(errors::lone_surrogate)?;
        let lower = name.to_ascii_lowercase();
        if RESERVED.contains(&lower.as_str()) || lower.starts_with(RESERVED_PREFIX) {
            return Err(errors::header(&format!("header {name} is reserved")));
        }
        if added.first(&name).is_some() {
            return Err(errors::header(&format!("duplicate header {name}")));
        }
        added.push(name, value);
    }
    // Whether names are tokens and values without line ends is known where requests are made.
    crate::protocol::http::request::request("/", &added)
        .map_err(|error| errors::header(&error.to_string()))?;
    *headers = headers
        .iter()
        .filter(|(name, _)| added.first(name).is_none())
        .chain(added.iter())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    Ok(())
}

/// Whether the value of a header in a request is no secret for sure: it belongs to the handshake,
/// or may go to anybody.
pub(crate) fn is_harmless(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    ["host", "upgrade", "connection"].contains(&lower.as_str())
        || lower.starts_with(RESERVED_PREFIX)
        || is_common(name)
}

/// Those of the caller's headers that may go to another server than they were meant for.
pub(crate) fn without_secrets(headers: &Headers) -> Headers {
    let kept = headers.iter().filter(|(name, _)| is_common(name));
    kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn is_common(name: &str) -> bool {
    COMMON.iter().any(|other| name.eq_ignore_ascii_case(other))
}
