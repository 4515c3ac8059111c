//! Reaching a server, and being reached: host names, TCP and TLS. Hosts are as the parser of URLs
//! gives them; nothing here sends HTTP, or knows Tcl or WebSocket.
//!
//! - [`resolver`]: the addresses of a name, from threads of its own; [`hosts`] tells where none is
//!   needed.
//! - [`connect`]: which attempts to connect to make and when, and what one is; the waiting is left
//!   to the event loop.
//! - [`listen`]: sockets that listen, and what they accept.
//! - [`tls`]: the TLS session: bytes in, bytes out, over any transport.

pub(crate) mod connect;
pub(crate) mod hosts;
pub(crate) mod listen;
pub(crate) mod resolver;
pub(crate) mod tls;
