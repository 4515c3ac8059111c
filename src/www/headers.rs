//! Headers that a caller may add to a request: the options `-headers` and `-accept`.

use super::errors;
use crate::{
    client::headers::HANDSHAKE_PREFIX,
    protocol::http::{headers::Headers, syntax::is_field_value},
    tcl::{Error, LoneSurrogate, Value},
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

/// For how many bytes of headers that are not the caller's there is room at first.
const ROOM: usize = 256;

/// Puts the names and values of `-headers` of a WebSocket among other headers. They keep order and
/// capitalisation; what is there already by one of the names is replaced.
///
/// Errors where one may not be set, or not be sent.
pub(crate) fn replace(list: &Value, headers: &mut Headers) -> Result<(), Error> {
    let added = read(list, errors::header, errors::lone_surrogate)?;
    *headers = headers
        .iter()
        .filter(|(name, _)| added.first(name).is_none())
        .chain(added.iter())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    Ok(())
}

/// Adds the names and values of `-headers` of another request to those of earlier ones, each to
/// the value that is there by its name, which gets its capitalisation.
///
/// Errors as [`replace`].
pub(crate) fn append(list: &Value, headers: &mut Headers) -> Result<(), Error> {
    let not_text = |_| errors::request_header("header has half of a surrogate pair");
    for (name, value) in read(list, errors::request_header, not_text)?.iter() {
        // What it would be in there, servers do not agree on.
        if !value.is_ascii() {
            let message = format!("header {name} has characters that are not ASCII");
            return Err(errors::request_header(&message));
        }
        if SINGLE.contains(&&name.to_ascii_lowercase()[..]) {
            headers.set(name, value);
        } else {
            headers.append(name, value);
        }
    }
    Ok(())
}

/// The headers that are sent where a caller has these: each default that is not empty, or what the
/// caller has in its place, and what else the caller has.
pub(crate) fn with_defaults<'d>(
    given: &Headers,
    defaults: impl IntoIterator<Item = (&'d str, &'d str)>,
) -> Headers {
    let mut all = Headers::with_capacity(given.len() + 8, given.bytes() + ROOM);
    for (name, value) in defaults {
        let own = given.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        let (name, value) = own.unwrap_or((name, value));
        if own.is_some() || !value.is_empty() {
            all.push(name, value);
        }
    }
    for (name, value) in given.iter() {
        if all.first(name).is_none() {
            all.push(name, value);
        }
    }
    all
}

/// Refuses what is no list of media types.
pub(crate) fn check_accept(types: &Value) -> Result<(), Error> {
    let is_type = |word: &Value| !word.is_empty() && is_type_text(&word.to_utf8_lossy());
    match types.elements() {
        Some(words) if words.iter().all(is_type) => Ok(()),
        _ => Err(errors::option_value("-accept", types, "a list of media types")),
    }
}

fn is_type_text(word: &str) -> bool {
    word.is_ascii() && is_field_value(word)
}

/// The value of the header Accept: any type is accepted, and these are told beside that.
pub(crate) fn accept(types: &Value) -> String {
    let types = types.elements().unwrap_or_default();
    let words = types.iter().map(Value::to_utf8_lossy);
    ["*/*".to_owned()].into_iter().chain(words).collect::<Vec<_>>().join(", ")
}

/// Reads a dict, or a list like one in which names come more than once.
fn read(
    list: &Value,
    error: fn(&str) -> Error,
    not_text: fn(LoneSurrogate) -> Error,
) -> Result<Headers, Error> {
    let not_pairs = || error("-headers is not a list of names and values");
    let elements = list.elements().ok_or_else(not_pairs)?;
    let (entries, []) = elements.as_chunks() else { return Err(not_pairs()) };
    let mut added = Headers::new();
    for [name, value] in entries {
        let name = name.to_utf8().map_err(not_text)?;
        let value = value.to_utf8().map_err(not_text)?;
        let lower = name.to_ascii_lowercase();
        if RESERVED.contains(&lower.as_str()) || lower.starts_with(HANDSHAKE_PREFIX) {
            return Err(error(&format!("header {name} is reserved")));
        }
        if SINGLE.contains(&lower.as_str()) && added.first(&name).is_some() {
            return Err(error(&format!("duplicate header {name}")));
        }
        added.push(name, value);
    }
    // Whether names are tokens and values without line ends is known where requests are made.
    crate::protocol::http::h1::request::request("GET", "/", &added)
        .map_err(|refusal| error(&refusal.to_string()))?;
    Ok(added)
}
