//! How much of a request is accepted.

use crate::protocol::http::message::Limits;

/// A head as of a response; and content as it comes from forms, which is collected.
pub(crate) const LIMITS: Limits = Limits { head: 64 * 1024, headers: 128, body: 1024 * 1024 };
