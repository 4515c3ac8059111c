//! Why there is no server.

use std::io;

use crate::{
    certificates,
    net::{listen::ListenError, tls::SettingsError},
};

/// What is told to the caller. It becomes an error of Tcl's in `www/errors.rs`, which knows the
/// `-errorcode`s.
#[derive(Debug)]
pub(crate) enum Error {
    /// Nothing listens.
    Listen(ListenError),
    /// The event loop can wait for no more sockets.
    Sockets(io::Error),
    /// Certificates or keys that cannot be read.
    Certificates(certificates::Error),
    /// Certificates or keys that cannot be used.
    TlsSettings(SettingsError),
}

impl From<ListenError> for Error {
    fn from(error: ListenError) -> Self {
        Self::Listen(error)
    }
}

impl From<certificates::Error> for Error {
    fn from(error: certificates::Error) -> Self {
        Self::Certificates(error)
    }
}

impl From<SettingsError> for Error {
    fn from(error: SettingsError) -> Self {
        Self::TlsSettings(error)
    }
}
