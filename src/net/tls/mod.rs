//! TLS 1.2 and 1.3, the client's side (RFC 5246, RFC 8446): bytes in, bytes out, over any
//! transport. rustls does the protocol; this room decides whom to trust, holds data back until that
//! is decided, and words what went wrong.
//!
//! - [`Settings`] say whom to trust, who we are and which protocols to offer; a [`SharedConfig`] is
//!   made of them once and shared, so that sessions resume. Certificates and keys are [`Pem`].
//! - [`Session`] is one connection's TLS: it never touches a socket.
//! - [`TlsError`] and [`SettingsError`] are what can go wrong, each kind apart.

mod error;
mod key_kind;
mod keys;
mod pem;
mod public_key;
mod session;
mod settings;
#[cfg(test)]
mod testing;
mod verifier;

pub(crate) use error::TlsError;
pub(crate) use keys::{Password, needs_password};
pub(crate) use pem::Pem;
pub(crate) use session::{Presented, Session};
pub(crate) use settings::{ClientIdentity, HTTP_1_1, Settings, SettingsError, SharedConfig, Trust};
