//! Reaching a server: host names, TCP and TLS. Hosts are as the parser of URLs gives them; nothing
//! here sends HTTP, or knows Tcl or WebSocket.
//!
//! - [`resolver`]: the addresses of a name, from threads of its own.
//! - [`connect`]: from addresses to a TCP connection. It blocks, so it is for a helper thread
//!   beside the one with the event loop; what it returns does not block.
//! - [`unix`]: from the path of a Unix domain socket to a connection, for a helper thread as well.
//! - [`tls`]: the TLS session: bytes in, bytes out, over any transport.

pub(crate) mod connect;
pub(crate) mod resolver;
pub(crate) mod tls;
pub(crate) mod unix;
