//! What opening a WebSocket needs of HTTP/1.1, the client's side: bytes in, values out. WebSocket
//! frames are in `protocol::websocket`.
//!
//! - [`url`]: the addresses that may be opened, of HTTP and of WebSockets, and what connecting and
//!   requesting need of them.
//! - `syntax`: tokens, lists and quoted strings in the values of header fields.
//! - [`headers`]: the header fields of requests and responses.
//! - [`response`]: a response as values, and the events in which it arrives.
//! - [`h1`]: the bytes of requests and responses in HTTP/1.1.
//! - [`collector`]: a response as a whole.
//! - [`credentials`]: a user and a password.
//! - [`authentication`]: the challenges of a 401 or 407, and the answers to them.
//! - [`redirect`]: where a 3XX leads, and whether secrets may be sent there.
//! - [`cookies`]: those that are set by redirects.
//! - [`proxy`]: the proxies that scripts and the environment name, and requesting a tunnel.
//!
//! The upgrade to WebSocket (RFC 6455 section 4) is in `protocol::websocket::handshake`.

pub mod authentication;
pub mod collector;
pub mod cookies;
pub mod credentials;
pub mod h1;
pub mod headers;
pub mod proxy;
pub mod redirect;
pub mod response;
pub(crate) mod syntax;
#[cfg(test)]
mod testing;
pub mod url;
