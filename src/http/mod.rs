//! HTTP/1.1, the client's side, as far as opening a WebSocket needs it: bytes in, values out.
//! Nothing here knows Tcl, sockets, clocks or WebSocket frames.
//!
//! - [`url`]: the addresses that may be opened, and what connecting and requesting need of them.
//! - `syntax`: tokens, lists and quoted strings in the values of header fields.
//! - [`headers`]: the header fields of requests and responses.
//! - [`request`]: the bytes of a request.
//! - [`response`]: the bytes of a response, as they come in.
//! - [`authentication`]: the challenges of a 401 or 407, and the answers to them.
//! - [`redirect`]: where a 3XX leads, and whether secrets may go along.
//! - [`cookies`]: those that are set on the way through redirects.
//! - [`proxy`]: the proxies that scripts and the environment name, and how to ask one for a tunnel.
//!
//! The upgrade to WebSocket, RFC 6455 section 4, is not HTTP's: see `protocol`.

pub mod authentication;
pub mod cookies;
pub mod headers;
pub mod proxy;
pub mod redirect;
pub mod request;
pub mod response;
pub(crate) mod syntax;
pub mod url;
