//! RFC 6455, the client's side, without I/O.

pub mod close;
pub mod closing;
pub mod frame;
pub mod handshake;
pub mod mask;
pub mod receiver;
pub mod sender;
pub mod utf8;
