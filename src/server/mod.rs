//! Being a server on the event loop.
//!
//! - `listener.rs`: accepts connections, with TLS where that is wanted.
//! - `tls_sources.rs`: the certificates and keys that the caller names for it.

mod error;
mod listener;
mod tls_sources;

pub(crate) use error::Error;
pub(crate) use listener::{Accepts, ListenSettings, Listener, Place};
pub(crate) use tls_sources::TlsSources;
