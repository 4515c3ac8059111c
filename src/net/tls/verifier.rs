//! Whether the certificate that a server presents is to be trusted. webpki checks it (RFC 5280, RFC
//! 6125); around that stand what `-cafile` and `-insecure` promise, and the [`RecordingVerifier`],
//! which lets the caller decide instead.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use rustls::{
    CertificateError, DigitallySignedStruct, Error, OtherError, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        verify_server_name,
    },
    crypto::{CryptoProvider, WebPkiSupportedAlgorithms},
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
};

use super::{
    key_kind::KeyKind,
    public_key::{PublicKey, all_schemes},
};

/// Checks certificates as the settings say.
#[derive(Debug)]
pub(super) struct Verifier {
    trusted: Trusted,
    provider: Arc<CryptoProvider>,
}

#[derive(Debug)]
pub(super) enum Trusted {
    /// What these issued, and these certificates themselves.
    Authorities { webpki: Arc<WebPkiServerVerifier>, certificates: Vec<CertificateDer<'static>> },
    /// Everything: no certificate is checked.
    Anyone {
        /// Whether the server has to prove that it has the key of its certificate even where only
        /// a key of another kind could be verified. Otherwise such a key is taken as it is.
        must_prove_key: bool,
    },
}

/// Verifies a signature in the handshake.
type Verify = fn(
    &PublicKey<'_>,
    &[u8],
    &DigitallySignedStruct,
    &WebPkiSupportedAlgorithms,
) -> Result<HandshakeSignatureValid, Error>;

impl Verifier {
    pub(super) fn new(trusted: Trusted, provider: Arc<CryptoProvider>) -> Self {
        Self { trusted, provider }
    }

    fn takes_any_key(&self) -> bool {
        matches!(self.trusted, Trusted::Anyone { must_prove_key: false })
    }

    /// Verifies that the server has the key of this certificate; `usual` does it for a scheme of
    /// rustls. Nothing else of the certificate matters here: whether it is good was decided before.
    fn verify_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
        usual: Verify,
    ) -> Result<HandshakeSignatureValid, Error> {
        let key = PublicKey::of(certificate)?;
        if key.kind().is_verifiable() {
            let more = || key.verify_more(message, signature);
            let algorithms = &self.provider.signature_verification_algorithms;
            return (self.takes_any_key().then(more).flatten())
                .unwrap_or_else(|| usual(&key, message, signature, algorithms));
        }
        // The kind of the key decides, not that of the signature: who has the certificate of
        // another server could choose the latter.
        match self.takes_any_key() {
            true => Ok(HandshakeSignatureValid::assertion()),
            false => {
                let kind = UnverifiableKey(key.kind().clone());
                Err(CertificateError::Other(OtherError(Arc::new(kind))).into())
            }
        }
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let Trusted::Authorities { webpki, certificates } = &self.trusted else {
            return Ok(ServerCertVerified::assertion());
        };
        let verdict =
            webpki.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        match verdict {
            // A certificate made for testing is often its own authority, as `openssl req -x509`
            // makes it. webpki wants no authority for a server, but has found it valid by then;
            // whoever lists this very certificate as trusted means it.
            Err(error) if is_authority(&error) && certificates.contains(end_entity) => {
                verify_server_name(&ParsedCertificate::try_from(end_entity)?, server_name)?;
                Ok(ServerCertVerified::assertion())
            }
            Err(error)
                if (is_authority(&error) || is_not_issued(&error))
                    && is_self_issued(end_entity) =>
            {
                Err(CertificateError::Other(OtherError(Arc::new(SelfSigned))).into())
            }
            // webpki does not tell whose time is over. Without the authorities it can only be the
            // server's own.
            Err(error) if is_untimely(&error) => {
                let alone =
                    webpki.verify_server_cert(end_entity, &[], server_name, ocsp_response, now);
                match (alone, error) {
                    (Err(alone), _) if is_untimely(&alone) => Err(alone),
                    (_, Error::InvalidCertificate(error)) => {
                        let of_authority = OtherError(Arc::new(OfAuthority(error)));
                        Err(CertificateError::Other(of_authority).into())
                    }
                    (_, error) => Err(error),
                }
            }
            verdict => verdict,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verify_signature(message, certificate, signature, |key, message, signature, known| {
            key.verify_tls12(message, signature, known)
        })
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verify_signature(message, certificate, signature, |key, message, signature, known| {
            key.verify_tls13(message, signature, known)
        })
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let algorithms = &self.provider.signature_verification_algorithms;
        match self.takes_any_key() {
            true => all_schemes(algorithms),
            false => algorithms.supported_schemes(),
        }
    }
}

/// Whether no authority has issued the certificate: there is none of the issuer's name, or one
/// whose key has not made the signature. Many certificates are for "localhost" alone.
fn is_not_issued(error: &Error) -> bool {
    use CertificateError as E;
    let Error::InvalidCertificate(error) = error else { return false };
    matches!(
        error,
        E::UnknownIssuer
            | E::BadSignature
            | E::UnsupportedSignatureAlgorithmForPublicKeyContext { .. }
    )
}

/// Whether a certificate has expired or is not valid yet.
fn is_untimely(error: &Error) -> bool {
    use CertificateError as E;
    let Error::InvalidCertificate(error) = error else { return false };
    matches!(error, E::ExpiredContext { .. } | E::NotValidYetContext { .. })
}

/// Whether the only objection is that the server's certificate is that of an authority.
pub(super) fn is_authority(error: &Error) -> bool {
    let Error::InvalidCertificate(CertificateError::Other(other)) = error else { return false };
    other.0.downcast_ref() == Some(&webpki::Error::CaUsedAsEndEntity)
}

fn is_self_issued(certificate: &CertificateDer<'_>) -> bool {
    webpki::EndEntityCert::try_from(certificate)
        .is_ok_and(|certificate| certificate.issuer() == certificate.subject())
}

/// What rustls carries out of the verifier where a certificate is its own issuer.
#[derive(Debug)]
pub(super) struct SelfSigned;

impl fmt::Display for SelfSigned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("self-signed certificate")
    }
}

impl std::error::Error for SelfSigned {}

/// What rustls carries out of the verifier where it is not the server's certificate that is wrong,
/// but that of an authority which the server sends with it.
#[derive(Debug)]
pub(super) struct OfAuthority(pub(super) CertificateError);

impl fmt::Display for OfAuthority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for OfAuthority {}

/// What rustls carries out of the verifier where the key of a certificate is of a kind with which
/// no signature can be verified.
#[derive(Debug)]
struct UnverifiableKey(KeyKind);

impl fmt::Display for UnverifiableKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no signature of its key can be verified: {}", self.0)
    }
}

impl std::error::Error for UnverifiableKey {}

/// Records what a server presents and the verifier's verdict on it, and lets the handshake go on:
/// the session holds everything back until the caller has decided. It serves one connection.
#[derive(Debug)]
pub(super) struct RecordingVerifier {
    verifier: Arc<Verifier>,
    recorded: OnceLock<Recorded>,
}

/// What a [`RecordingVerifier`] recorded.
#[derive(Debug)]
pub(super) struct Recorded {
    /// The server's own certificate, and then those that it says lead to an authority.
    pub(super) chain: Vec<CertificateDer<'static>>,
    /// The verifier's verdict.
    pub(super) verdict: Result<(), Error>,
}

impl RecordingVerifier {
    pub(super) fn new(verifier: Arc<Verifier>) -> Self {
        Self { verifier, recorded: OnceLock::new() }
    }

    /// What was recorded, once the server has presented its certificate.
    pub(super) fn recorded(&self) -> Option<&Recorded> {
        self.recorded.get()
    }
}

impl ServerCertVerifier for RecordingVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verdict = self
            .verifier
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
            .map(|_| ());
        let chain = std::iter::once(end_entity).chain(intermediates);
        let chain = chain.map(|certificate| certificate.clone().into_owned()).collect();
        match self.recorded.set(Recorded { chain, verdict }) {
            Ok(()) => Ok(ServerCertVerified::assertion()),
            // What was decided about the first certificate says nothing about a second.
            Err(_) => Err(CertificateError::ApplicationVerificationFailure.into()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}
