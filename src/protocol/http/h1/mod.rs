//! HTTP/1.1 on the wire (RFC 9112), the client's side.
//!
//! - [`request`]: the head of a request.
//! - [`chunked`]: what stands between the pieces of its content.
//! - [`response`]: the bytes of a response. `head` and `body` read its two parts; `framing` says
//!   what follows a head, `fields` reads the header fields in both, and `line` the lines.

mod body;
pub mod chunked;
mod fields;
mod framing;
mod head;
mod line;
pub mod request;
pub mod response;
