//! Protocols without I/O: bytes in, values and bytes out. Nothing here knows Tcl, sockets, a clock
//! or randomness: times, nonces and masking keys are arguments.
//!
//! - [`http`]: HTTP/1.1 and what belongs to it.
//! - `socks`: the conversation with a SOCKS proxy.
//! - [`websocket`]: RFC 6455 and RFC 7692, which use HTTP for the opening handshake.

pub mod http;
pub(crate) mod socks;
pub mod websocket;
