//! The option `-headers`: which headers a caller may add to a request.

use super::errors;
use crate::{
    client::headers::HANDSHAKE_PREFIX,
    protocol::http::headers::Headers,
    tcl::{Error, Value},
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

/// "A sender MUST NOT generate multiple field lines with the same name in a message [...] unless
/// that field's definition allows multiple field line values to be recombined as a comma-separated
/// list" (RFC 9110 section 5.3). These do not; of others, the caller knows.
const SINGLE: [&str; 5] = ["authorization", "cookie", "host", "origin", "user-agent"];

/// Adds the names and values of `-headers`, a dict, or a list like one in which names come more
/// than once. They keep order and capitalisation; what is there already by one of the names is
/// replaced.
///
/// Errors where one may not be set, or not be sent.
pub(crate) fn add(list: &Value, headers: &mut Headers) -> Result<(), Error> {
    let not_a_dict = || errors::header("-headers is not a dict");
    let elements = list.elements().ok_or_else(not_a_dict)?;
    let (entries, []) = elements.as_chunks() else { return Err(not_a_dict()) };
    let mut added = Headers::new();
    for [name, value] in entries {
        let name = name.to_utf8().map_err(errors::lone_surrogate)?;
        let value = value.to_utf8().map_err(errors::lone_surrogate)?;
        let lower = name.to_ascii_lowercase();
        if RESERVED.contains(&lower.as_str()) || lower.starts_with(HANDSHAKE_PREFIX) {
            return Err(errors::header(&format!("header {name} is reserved")));
        }
        if SINGLE.contains(&lower.as_str()) && added.first(&name).is_some() {
            return Err(errors::header(&format!("duplicate header {name}")));
        }
        added.push(name, value);
    }
    // Whether names are tokens and values without line ends is known where requests are made.
    crate::protocol::http::h1::request::request("GET", "/", &added)
        .map_err(|error| errors::header(&error.to_string()))?;
    *headers = headers
        .iter()
        .filter(|(name, _)| added.first(name).is_none())
        .chain(added.iter())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    Ok(())
}
