//! How much of a response is accepted, of a server's as of a proxy's.

use crate::protocol::http::message::Limits;

pub(super) const LIMITS: Limits =
    Limits { head: MAX_HEAD, headers: MAX_HEADERS, body: MAX_BODY as u64 };

/// Servers commonly limit the other direction to 8 to 32 KiB.
const MAX_HEAD: usize = 64 * 1024;

/// Servers commonly limit the other direction to 100.
const MAX_HEADERS: usize = 128;

/// A body is only shown to a person, as an error message, and cut off where it is longer, with its
/// codings or without.
pub(crate) const MAX_BODY: usize = 1024 * 1024;
