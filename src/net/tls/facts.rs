//! What is known of a session when its handshake is done, to be shown and kept.

use super::session::Session;

/// TLS with the other side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TlsFacts {
    /// `TLSv1.2` or `TLSv1.3`.
    pub(crate) version: &'static str,
    /// The name in IANA's registry, such as `TLS_AES_256_GCM_SHA384`.
    pub(crate) cipher: String,
    /// That of the other side, in DER. A client has one only where it is asked for.
    pub(crate) certificate: Option<Vec<u8>>,
}

impl TlsFacts {
    /// Those of a session, once its handshake is done.
    pub(crate) fn of(session: &Session) -> Option<Self> {
        let info = session.info()?;
        Some(Self {
            version: info.version,
            cipher: info.cipher_suite,
            certificate: info.certificates.first().map(|certificate| certificate.to_vec()),
        })
    }
}
