//! HTTP/1.1 on the wire (RFC 9112), the client's side.
//!
//! - [`request`]: the bytes of a request.
//! - [`response`]: the bytes of a response. `head` and `body` read its two parts, and `line` the
//!   lines in both.

mod body;
mod head;
mod line;
pub mod request;
pub mod response;
