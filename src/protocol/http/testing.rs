//! What the tests of this room share: reading whole responses, cut into pieces.

use std::mem;

use super::{
    collector::{Collector, Response},
    h1::response::ResponseReader,
    message::Limits,
    response::ResponseError,
};

pub(super) const MAX_HEAD: usize = 64 * 1024;
pub(super) const MAX_HEADERS: usize = 128;
pub(super) const MAX_BODY: usize = 1024 * 1024;

pub(super) const LIMITS: Limits =
    Limits { head: MAX_HEAD, headers: MAX_HEADERS, body: MAX_BODY as u64 };

/// The result for some bytes, and how many were left over.
pub(super) type Outcome = (Result<Option<Response>, ResponseError>, usize);

/// Expects the response of a server to an opening handshake.
pub(super) fn from_server() -> Collector {
    Collector::new(ResponseReader::for_upgrade("GET", LIMITS))
}

/// Expects the response of a proxy to a CONNECT.
pub(super) fn from_proxy() -> Collector {
    Collector::new(ResponseReader::new("CONNECT", LIMITS))
}

/// Passes `bytes` in the pieces that end at `cuts`.
pub(super) fn read_cut(bytes: &[u8], cuts: impl IntoIterator<Item = usize>) -> Outcome {
    read_with(from_server(), bytes, cuts)
}

pub(super) fn read_with(
    mut reader: Collector,
    bytes: &[u8],
    cuts: impl IntoIterator<Item = usize>,
) -> Outcome {
    let mut start = 0;
    for end in cuts.into_iter().chain([bytes.len()]) {
        let mut input = &bytes[start..end];
        match reader.receive(&mut input) {
            Ok(None) => assert!(input.is_empty(), "input ignored"),
            outcome => return (outcome, input.len() + bytes.len() - end),
        }
        start = end;
    }
    (Ok(None), 0)
}

/// Passes `bytes` at once, in two pieces of every size, and one by one, which must make no
/// difference but to the excerpt in an error and what is left then.
pub(super) fn read(bytes: &[u8]) -> Outcome {
    let whole = read_cut(bytes, []);
    let one_by_one = read_cut(bytes, 1..bytes.len());
    for outcome in (1..bytes.len()).map(|cut| read_cut(bytes, [cut])).chain([one_by_one]) {
        match (&outcome, &whole) {
            ((Err(error), _), (Err(expected), _)) => {
                assert_eq!(mem::discriminant(error), mem::discriminant(expected));
            }
            _ => assert_eq!(outcome, whole),
        }
    }
    whole
}

pub(super) fn complete(bytes: &[u8]) -> Response {
    match read(bytes) {
        (Ok(Some(response)), 0) => response,
        other => panic!("{other:?}"),
    }
}

pub(super) fn error(bytes: &[u8]) -> ResponseError {
    read(bytes).0.unwrap_err()
}

pub(super) fn status_error(text: &str) -> ResponseError {
    ResponseError::Status(text.to_owned())
}

pub(super) fn header_error(text: &str) -> ResponseError {
    ResponseError::Header(text.to_owned())
}

/// The result when the connection ends after `bytes`.
pub(super) fn ended(bytes: &[u8]) -> Result<Response, ResponseError> {
    let mut reader = from_server();
    assert_eq!(reader.receive(&mut &*bytes), Ok(None));
    reader.end_of_input()
}

/// Reads a proxy's response, at once and byte by byte.
pub(super) fn read_from_proxy(bytes: &[u8]) -> Outcome {
    let whole = read_with(from_proxy(), bytes, []);
    assert_eq!(read_with(from_proxy(), bytes, 1..bytes.len()), whole);
    whole
}
