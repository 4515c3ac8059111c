//! Reaching a server: host names, TCP, SOCKS proxies and TLS. Hosts and credentials are as the
//! parsers of URLs in `http` give them; nothing here sends HTTP, or knows Tcl or WebSocket.
//!
//! - [`connect`]: from a host and port to a TCP connection. It blocks, so it is for a helper thread
//!   beside the one with the event loop; what it returns does not block.
//! - [`socks`]: the conversation with a SOCKS proxy: bytes in, bytes out.
//! - [`tls`]: the TLS session: bytes in, bytes out, over any transport.

pub(crate) mod connect;
pub(crate) mod socks;
pub(crate) mod tls;
