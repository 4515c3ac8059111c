//! HTTP/1.1 on the wire (RFC 9112), the client's side.
//!
//! - [`request`]: the bytes of a request.
//! - [`response`]: the bytes of a response, which are of two parts: `head` and `body`, made of the
//!   lines of `line` and of content.

mod body;
mod head;
mod line;
pub mod request;
pub mod response;
