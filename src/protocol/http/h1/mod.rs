//! HTTP/1.1 on the wire (RFC 9112).
//!
//! - [`request`]: the head of a request.
//! - [`request_reader`]: the bytes of a request, read by a server.
//! - [`chunked`]: what stands between the pieces of its content.
//! - [`response`]: the bytes of a response. `head` and `body` read its two parts; `framing` says
//!   what follows a head, `fields` reads the header fields in both, and `line` the lines.
//! - [`response_writer`]: the head of a response, written by a server. `written_fields` writes the
//!   header fields of both sides.

mod body;
pub mod chunked;
mod fields;
mod framing;
mod head;
mod line;
pub mod request;
pub mod request_reader;
pub mod response;
pub mod response_writer;
mod written_fields;
