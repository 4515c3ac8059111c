//! How TLS is to be done with servers, as the caller says: the files that are named are read when a
//! connection needs them.

use crate::{
    certificates::{self, IdentitySource, Source},
    net::tls::{self, Trust},
    tcl::Interp,
};

/// How TLS is to be done with a server: [`tls::Settings`] whose files are not read yet.
#[derive(Clone, Default)]
pub(crate) struct TlsSettings {
    /// Who decides whether the server's certificate is good.
    pub(crate) trust: TrustSource,
    /// The client's certificate and its key.
    pub(crate) client: Option<IdentitySource>,
    /// As [`tls::Settings::alpn`].
    pub(crate) alpn: &'static [&'static [u8]],
    /// As [`tls::Settings::ask`].
    pub(crate) ask: bool,
}

/// Where it stands whom to trust: as [`Trust`].
#[derive(Clone, Default)]
pub(crate) enum TrustSource {
    /// The system knows.
    #[default]
    System,
    /// The authorities there.
    Authorities(Vec<Source>),
    /// Everybody is.
    Insecure,
}

impl TlsSettings {
    /// Reads what is named. Scripts may run, of virtual file systems and of commands in place of
    /// Tcl's own.
    ///
    /// Errors where something cannot be read.
    pub(super) fn read(&self, interp: &Interp) -> Result<tls::Settings, certificates::Error> {
        let trust = match &self.trust {
            TrustSource::System => Trust::System,
            TrustSource::Insecure => Trust::Insecure,
            TrustSource::Authorities(sources) => Trust::Authorities(
                sources.iter().map(|source| source.read(interp)).collect::<Result<_, _>>()?,
            ),
        };
        let client = self.client.as_ref().map(|client| client.read(interp)).transpose()?;
        Ok(tls::Settings { trust, client, alpn: self.alpn, ask: self.ask })
    }

    /// All of it as text, equal for settings that mean the same as long as no file changes.
    pub(super) fn key(&self) -> Vec<String> {
        let trust = match &self.trust {
            TrustSource::System => vec!["system".to_owned()],
            TrustSource::Insecure => vec!["insecure".to_owned()],
            TrustSource::Authorities(sources) => {
                sources.iter().map(|source| source.key("trust")).collect()
            }
        };
        let client = self.client.iter().flat_map(IdentitySource::key);
        let alpn = self.alpn.iter().map(|name| String::from_utf8_lossy(name).into_owned());
        let rest = alpn.chain([if self.ask { "ask" } else { "" }.to_owned()]);
        trust.into_iter().chain(client).chain(rest).collect()
    }
}
