//! The network below HTTP: names, addresses, TCP, and what may lie between. Nothing here knows Tcl
//! or WebSocket.
//!
//! - [`connect`]: from a host and port to a TCP connection. It blocks, so it is for a thread that
//!   helps the one with the event loop; what it returns does not block.
//! - [`socks`]: what is said to a SOCKS proxy between connecting and HTTP: bytes in, bytes out.
//! - [`tls`]: the TLS session: bytes in, bytes out, over any transport.

pub mod connect;
pub mod socks;
pub mod tls;
