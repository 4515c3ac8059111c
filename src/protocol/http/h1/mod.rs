//! HTTP/1.1 on the wire (RFC 9112), the client's side.
//!
//! - [`request`]: the bytes of a request.

pub mod request;
