//! The network below HTTP: names, addresses, TCP. Nothing here knows Tcl or WebSocket.
//!
//! - [`connect`]: from a host and port to a TCP connection. It blocks, so it is for a thread that
//!   helps the one with the event loop; what it returns does not block.
//! - [`tls`]: the TLS session: bytes in, bytes out, over any transport.
//!
//! What else belongs here: SOCKS (what is said to such a proxy between connecting and HTTP).

pub mod connect;
pub mod tls;
