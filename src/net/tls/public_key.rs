//! The public key in a certificate, whatever else stands in it: of what kind it is, and whether a
//! server has proved in the handshake that it has the private key.

use pkcs8::{
    der::{Decode, Error as DerError, Reader, SliceReader, asn1::UintRef},
    spki::SubjectPublicKeyInfoRef,
};
use ring::signature::{
    RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, RSA_PSS_2048_8192_SHA256,
    RSA_PSS_2048_8192_SHA384, RSA_PSS_2048_8192_SHA512, RsaParameters, UnparsedPublicKey,
};
use rustls::{
    CertificateError, DigitallySignedStruct, Error, PeerMisbehaved, SignatureScheme,
    client::danger::HandshakeSignatureValid,
    crypto::{WebPkiSupportedAlgorithms, verify_tls13_signature_with_raw_key},
    pki_types::{CertificateDer, SubjectPublicKeyInfoDer},
};

use super::key_kind::KeyKind;

/// Schemes that ring can verify and rustls does not offer (RFC 8446 section 4.2.3): RSASSA-PSS
/// where the key is marked for nothing else, and SHA-1, which only servers use that know no better.
const MORE_SCHEMES: [(SignatureScheme, &RsaParameters); 4] = [
    (SignatureScheme::Unknown(0x0809), &RSA_PSS_2048_8192_SHA256),
    (SignatureScheme::Unknown(0x080A), &RSA_PSS_2048_8192_SHA384),
    (SignatureScheme::Unknown(0x080B), &RSA_PSS_2048_8192_SHA512),
    (SignatureScheme::RSA_PKCS1_SHA1, &RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY),
];

/// Schemes that ring cannot verify: P-521, Ed448, and the curves of Brainpool (RFC 8734).
const UNVERIFIABLE_SCHEMES: [SignatureScheme; 5] = [
    SignatureScheme::ECDSA_NISTP521_SHA512,
    SignatureScheme::ED448,
    SignatureScheme::Unknown(0x081A),
    SignatureScheme::Unknown(0x081B),
    SignatureScheme::Unknown(0x081C),
];

/// The schemes for a server whose certificate may have any key, the best first.
pub(super) fn all_schemes(algorithms: &WebPkiSupportedAlgorithms) -> Vec<SignatureScheme> {
    let more = MORE_SCHEMES.iter().map(|(scheme, _)| *scheme);
    algorithms.supported_schemes().into_iter().chain(UNVERIFIABLE_SCHEMES).chain(more).collect()
}

/// The public key of a certificate.
pub(super) struct PublicKey<'a> {
    /// The SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7).
    pub(super) der: SubjectPublicKeyInfoDer<'a>,
    /// The content of its bit string.
    bits: &'a [u8],
    kind: KeyKind,
}

impl<'a> PublicKey<'a> {
    /// Reads no more of the certificate than where the key is. Errors where there is none.
    pub(super) fn of(certificate: &'a CertificateDer<'_>) -> Result<Self, Error> {
        Self::read(certificate).map_err(|_| CertificateError::BadEncoding.into())
    }

    fn read(certificate: &'a [u8]) -> Result<Self, DerError> {
        let der = subject_public_key_info(certificate)?;
        let info = SubjectPublicKeyInfoRef::from_der(der)?;
        let bits = info.subject_public_key.raw_bytes();
        // RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }
        // (RFC 8017 appendix A.1.1)
        let modulus = || {
            SliceReader::new(bits)?.sequence(|reader| {
                let modulus = UintRef::decode(reader)?;
                UintRef::decode(reader)?;
                Ok::<_, DerError>(modulus)
            })
        };
        Ok(Self {
            der: SubjectPublicKeyInfoDer::from(der),
            bits,
            kind: KeyKind::of(&info.algorithm, modulus)?,
        })
    }

    /// Of what kind the key is.
    pub(super) fn kind(&self) -> &KeyKind {
        &self.kind
    }

    /// Verifies a signature of TLS 1.2.
    pub(super) fn verify_tls12(
        &self,
        message: &[u8],
        signature: &DigitallySignedStruct,
        algorithms: &WebPkiSupportedAlgorithms,
    ) -> Result<HandshakeSignatureValid, Error> {
        let scheme = algorithms.mapping.iter().find(|(scheme, _)| *scheme == signature.scheme);
        let (_, candidates) =
            scheme.ok_or(PeerMisbehaved::SignedHandshakeWithUnadvertisedSigScheme)?;
        let key = webpki::RawPublicKeyEntity::try_from(&self.der)
            .map_err(|_| CertificateError::BadEncoding)?;
        // In TLS 1.2 a scheme does not say which curve the key is on.
        let is_valid = candidates.iter().any(|algorithm| {
            key.verify_signature(*algorithm, message, signature.signature()).is_ok()
        });
        valid_if(is_valid)
    }

    /// Verifies a signature of TLS 1.3.
    pub(super) fn verify_tls13(
        &self,
        message: &[u8],
        signature: &DigitallySignedStruct,
        algorithms: &WebPkiSupportedAlgorithms,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature_with_raw_key(message, &self.der, signature, algorithms)
    }

    /// Verifies a signature of a scheme that is only among [all schemes](all_schemes); `None` if it
    /// is another one.
    pub(super) fn verify_more(
        &self,
        message: &[u8],
        signature: &DigitallySignedStruct,
    ) -> Option<Result<HandshakeSignatureValid, Error>> {
        let (_, parameters) =
            MORE_SCHEMES.iter().find(|(scheme, _)| *scheme == signature.scheme)?;
        let key = UnparsedPublicKey::new(*parameters, self.bits);
        let is_rsa = matches!(self.kind, KeyKind::Rsa { .. });
        Some(valid_if(is_rsa && key.verify(message, signature.signature()).is_ok()))
    }
}

fn valid_if(is_valid: bool) -> Result<HandshakeSignatureValid, Error> {
    match is_valid {
        true => Ok(HandshakeSignatureValid::assertion()),
        false => Err(CertificateError::BadSignature.into()),
    }
}

/// Where it is in a certificate, of any version and with any extensions (RFC 5280 section 4.1):
///
/// ```text
/// Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue }
/// TBSCertificate ::= SEQUENCE {
///     version [0] DEFAULT v1, serialNumber, signature, issuer, validity, subject,
///     subjectPublicKeyInfo, ... }
/// ```
fn subject_public_key_info(certificate: &[u8]) -> Result<&[u8], DerError> {
    const VERSION: u8 = 0xA0;
    const FIELDS_BEFORE: usize = 5;
    let mut reader = SliceReader::new(certificate)?;
    let mut reader = SliceReader::new(content(reader.tlv_bytes()?)?)?;
    let mut reader = SliceReader::new(content(reader.tlv_bytes()?)?)?;
    if reader.peek_byte() == Some(VERSION) {
        reader.tlv_bytes()?;
    }
    for _ in 0..FIELDS_BEFORE {
        reader.tlv_bytes()?;
    }
    reader.tlv_bytes()
}

/// What is in a SEQUENCE.
fn content(sequence: &[u8]) -> Result<&[u8], DerError> {
    SliceReader::new(sequence)?.sequence(|reader| reader.read_slice(reader.remaining_len()))
}

#[cfg(test)]
mod tests {
    use rcgen::PublicKeyData;

    use super::{
        super::testing::{parameters, self_signed},
        *,
    };

    #[test]
    fn the_key_is_found() {
        let identity = self_signed(parameters(&["localhost"]));
        let key = PublicKey::of(&identity.chain[0]).unwrap();
        assert_eq!(*key.der, *identity.key.subject_public_key_info());
        assert_eq!(*key.kind(), KeyKind::Curve("P-256"));
    }

    #[test]
    fn half_a_certificate_has_no_key() {
        let whole = self_signed(parameters(&["localhost"])).chain.remove(0);
        for length in 0..whole.len() {
            let half = CertificateDer::from(&whole[..length]);
            assert!(PublicKey::of(&half).is_err(), "{length} of {} bytes", whole.len());
        }
    }

    #[test]
    fn nonsense_is_no_certificate() {
        for nonsense in [&b"nonsense"[..], &[0x30, 0], &[0x30, 2, 0x30, 0], &[0x30, 0x80, 0, 0]] {
            assert!(PublicKey::of(&CertificateDer::from(nonsense)).is_err(), "{nonsense:?}");
        }
    }

    #[test]
    fn the_best_schemes_come_first() {
        let algorithms = rustls::crypto::ring::default_provider().signature_verification_algorithms;
        let schemes = all_schemes(&algorithms);
        assert!(schemes.starts_with(&algorithms.supported_schemes()));
        assert_eq!(schemes.last(), Some(&SignatureScheme::RSA_PKCS1_SHA1));
    }
}
