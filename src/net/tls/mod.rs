//! TLS 1.2 and 1.3, the client's side (RFC 5246, RFC 8446): bytes in, bytes out, over any
//! transport. rustls does the protocol; this room decides whom to trust, holds data back until that
//! is settled, and says in words what went wrong.
//!
//! - [`Settings`] say whom to trust and who we are; a [`Configuration`] is made of them once and
//!   shared, so that sessions resume.
//! - [`Session`] is one connection's TLS: it never touches a socket.
//! - [`TlsError`] and [`SettingsError`] are what can go wrong, each kind apart.

mod settings;
mod error;
mod session;
#[cfg(test)]
mod testing;
mod verifier;

pub use settings::{ClientIdentity, Configuration, Settings, SettingsError, Trust};
pub use error::{Alert, TlsError};
pub use session::{Info, Question, Session};
