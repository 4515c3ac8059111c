//! TLS 1.2 and 1.3 (RFC 5246, RFC 8446), in the role of either side: bytes in, bytes out, over any
//! transport. rustls does the protocol; this room decides whom to trust, holds data back until that
//! is decided, and words what went wrong.
//!
//! - [`Settings`] say whom a client trusts, who we are and which protocols to offer; a
//!   [`SharedConfig`] is made of them once and shared, so that sessions resume. Certificates and
//!   keys are [`Pem`].
//! - [`ServerSettings`] and a [`ServerConfig`] are the same for a server.
//! - [`Session`] is one connection's TLS: it never touches a socket. [`TlsFacts`] are what is kept
//!   of it.
//! - [`TlsError`] and [`SettingsError`] are what can go wrong, each kind apart.

mod client_verifier;
mod error;
mod facts;
mod key_kind;
mod keys;
mod pem;
mod public_key;
mod server_config;
mod session;
mod settings;
#[cfg(test)]
mod testing;
mod verifier;

pub(crate) use error::TlsError;
pub(crate) use facts::TlsFacts;
pub(crate) use keys::{Password, needs_password};
pub(crate) use pem::Pem;
pub(crate) use server_config::{ServerConfig, ServerSettings};
pub(crate) use session::{Presented, Session};
pub(crate) use settings::{HTTP_1_1, OwnIdentity, Settings, SettingsError, SharedConfig, Trust};
