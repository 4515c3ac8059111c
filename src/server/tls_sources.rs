//! How TLS is to be done with clients, as the caller says.

use std::sync::Arc;

use super::error::Error;
use crate::{
    certificates::{IdentitySource, Source},
    net::tls::{ServerConfig, ServerSettings},
    tcl::Interp,
};

/// [`ServerSettings`] whose files are not read yet.
#[derive(Clone)]
pub(crate) struct TlsSources {
    /// Who we are.
    pub(crate) identity: IdentitySource,
    /// Who has to have issued a client's certificate, if one is demanded.
    pub(crate) client_authorities: Option<Source>,
}

impl TlsSources {
    /// Reads what is named now, for connections that come from now on. Scripts may run, of virtual
    /// file systems, of commands in place of Tcl's own, and for the password of the key.
    ///
    /// Errors where something cannot be read or used.
    pub(crate) fn read(&self, interp: &Interp) -> Result<Arc<ServerConfig>, Error> {
        let identity = self.identity.read(interp)?;
        let authorities = self.client_authorities.as_ref();
        let client_authorities = authorities.map(|source| source.read(interp)).transpose()?;
        Ok(ServerConfig::new(&ServerSettings { identity, client_authorities })?)
    }
}
