//! Private keys in PEM: from a file's text to a key that rustls can use.

use std::{fmt, sync::Arc};

use pkcs8::{
    EncryptedPrivateKeyInfoRef, Error, ObjectIdentifier, PrivateKeyInfoRef,
    der::{
        AnyRef, Decode, Error as DerError, Reader, SliceReader, TagNumber,
        asn1::{ContextSpecific, UintRef},
    },
    pkcs5::Error::DecryptFailed,
};
use rustls::{
    crypto::CryptoProvider,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer, pem::PemObject},
    sign::SigningKey,
};

use super::{key_kind::KeyKind, pem::Pem};

/// The label of an encrypted key (RFC 7468 section 11).
const ENCRYPTED: &str = "ENCRYPTED PRIVATE KEY-----";

/// What stands before a key of PKCS #1 or SEC 1 that is encrypted (RFC 1421 section 4.6.1.1).
const ENCRYPTED_BEFORE: &str = "Proc-Type: 4,ENCRYPTED";

/// The format that ssh-keygen has of its own.
const OPENSSH: &str = "BEGIN OPENSSH PRIVATE KEY";

/// A password, which is not shown.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Password(pub(crate) String);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(..)")
    }
}

/// Whether a password is needed to read the first private key.
pub(crate) fn needs_password(pem: &Pem) -> bool {
    let text = pem.text();
    PrivateKeyDer::from_pem_slice(&text).is_err()
        && String::from_utf8_lossy(&text).contains(ENCRYPTED)
}

/// Reads the first private key in `text`: PKCS #8, PKCS #1 or SEC 1, or, if there is no such, PKCS
/// #8 that is encrypted with this password.
pub(super) fn read(
    text: &[u8],
    password: Option<&Password>,
    provider: &CryptoProvider,
) -> Result<Arc<dyn SigningKey>, KeyError> {
    let key = match PrivateKeyDer::from_pem_slice(text) {
        Ok(key) => key,
        Err(_) => decrypt(&String::from_utf8_lossy(text), password)?,
    };
    let loaded = provider.key_provider.load_private_key(key.clone_key());
    loaded.map_err(|_| match kind_of(&key) {
        Ok(kind) if !kind.can_sign() => KeyError::Kind(kind),
        _ => KeyError::Unusable,
    })
}

fn decrypt(text: &str, password: Option<&Password>) -> Result<PrivateKeyDer<'static>, KeyError> {
    if text.contains(ENCRYPTED_BEFORE) {
        return Err(KeyError::EncryptedBefore);
    }
    if text.contains(OPENSSH) {
        return Err(KeyError::OpenSsh);
    }
    if !text.contains(ENCRYPTED) {
        return Err(KeyError::Unusable);
    }
    let Password(password) = password.ok_or(KeyError::NoPassword)?;
    // The parser passes over sections whose label it does not know.
    let labelled = text.replace(ENCRYPTED, "PRIVATE KEY-----");
    let encrypted =
        PrivatePkcs8KeyDer::from_pem_slice(labelled.as_bytes()).map_err(|_| KeyError::Unusable)?;
    let encrypted = EncryptedPrivateKeyInfoRef::try_from(encrypted.secret_pkcs8_der())
        .map_err(|_| KeyError::Cipher)?;
    let key = encrypted.decrypt(password).map_err(|error| match error {
        // What another password yields may have a padding by chance.
        Error::EncryptedPrivateKey(DecryptFailed) | Error::Asn1(_) => KeyError::WrongPassword,
        _ => KeyError::Cipher,
    })?;
    Ok(PrivatePkcs8KeyDer::from(key.as_bytes().to_vec()).into())
}

/// Of what kind a key is.
fn kind_of(key: &PrivateKeyDer<'_>) -> Result<KeyKind, DerError> {
    match key {
        PrivateKeyDer::Pkcs1(key) => Ok(KeyKind::of_rsa(modulus(key.secret_pkcs1_der())?)),
        PrivateKeyDer::Sec1(key) => Ok(KeyKind::on_curve(curve(key.secret_sec1_der())?)),
        key => {
            let key = PrivateKeyInfoRef::from_der(key.secret_der())?;
            KeyKind::of(&key.algorithm, || modulus(key.private_key.as_bytes()))
        }
    }
}

/// The modulus of a key for RSA: RSAPrivateKey ::= SEQUENCE { version, modulus INTEGER, ... }
/// (RFC 8017 appendix A.1.2).
fn modulus(key: &[u8]) -> Result<UintRef<'_>, DerError> {
    SliceReader::new(key)?.sequence(|reader| {
        UintRef::decode(reader)?;
        let modulus = UintRef::decode(reader)?;
        reader.read_slice(reader.remaining_len())?;
        Ok(modulus)
    })
}

/// The name of the curve of a key: ECPrivateKey ::= SEQUENCE { version, privateKey OCTET STRING,
/// parameters \[0\] OPTIONAL, ... } (RFC 5915 section 3).
fn curve(key: &[u8]) -> Result<Option<ObjectIdentifier>, DerError> {
    SliceReader::new(key)?.sequence(|reader| {
        AnyRef::decode(reader)?;
        AnyRef::decode(reader)?;
        let parameters = ContextSpecific::<AnyRef<'_>>::decode_explicit(reader, TagNumber(0))?;
        reader.read_slice(reader.remaining_len())?;
        Ok(parameters.and_then(|parameters| parameters.value.decode_as().ok()))
    })
}

/// Why a text has no private key for us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KeyError {
    /// There is none in PEM, or it is damaged.
    Unusable,
    /// It is encrypted, and there is no password.
    NoPassword,
    /// It is encrypted with another password.
    WrongPassword,
    /// It is encrypted with a cipher that is not known.
    Cipher,
    /// It is encrypted as it was before PKCS #8.
    EncryptedBefore,
    /// It has OpenSSH's own format.
    OpenSsh,
    /// It is of this kind, with which ring does not sign.
    Kind(KeyKind),
}

impl KeyError {
    /// The kind in one upper-case word, for an errorcode.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::NoPassword | Self::WrongPassword => "KEYPASSWORD",
            _ => "NOKEY",
        }
    }

    /// What is wrong with the key in this place.
    pub(super) fn message(&self, place: &str) -> String {
        let what = match self {
            Self::Unusable => return format!("no usable private key in {place}"),
            Self::NoPassword => "is encrypted: -keypassword is needed",
            Self::WrongPassword => "has another password",
            Self::Cipher => "is encrypted with something else than PBES2 and AES or 3DES",
            Self::EncryptedBefore => {
                "is encrypted, but not as PKCS #8: \"openssl pkcs8 -topk8\" converts it"
            }
            Self::OpenSsh => "has OpenSSH's format: \"ssh-keygen -p -m pkcs8 -f\" converts a file",
            Self::Kind(kind) => return format!("the private key in {place} is of no use: {kind}"),
        };
        format!("the private key in {place} {what}")
    }
}

#[cfg(test)]
mod tests {
    use rcgen::PublicKeyData;
    use rustls::crypto::ring;

    use super::*;

    fn failure(text: &str) -> KeyError {
        read(text.as_bytes(), None, &ring::default_provider()).unwrap_err()
    }

    #[test]
    fn a_key_may_follow_something_else() {
        let key = rcgen::KeyPair::generate().unwrap();
        let text =
            format!("-----BEGIN NOTHING-----\n-----END NOTHING-----\n{}", key.serialize_pem());
        let read = read(text.as_bytes(), None, &ring::default_provider()).unwrap();
        let public = read.public_key().unwrap();
        assert_eq!(*public, *key.subject_public_key_info());
    }

    #[test]
    fn a_text_without_a_key_is_of_no_use() {
        assert_eq!(failure("nothing"), KeyError::Unusable);
    }

    #[test]
    fn nonsense_for_a_key_is_of_no_use() {
        let text = "-----BEGIN PRIVATE KEY-----\nbm9uc2Vuc2U=\n-----END PRIVATE KEY-----\n";
        assert_eq!(failure(text), KeyError::Unusable);
    }

    #[test]
    fn half_a_key_is_of_no_use() {
        let whole = rcgen::KeyPair::generate().unwrap().serialize_der();
        for length in 0..whole.len() {
            let half = PrivatePkcs8KeyDer::from(&whole[..length]).into();
            assert!(kind_of(&half).is_err(), "{length} of {} bytes", whole.len());
        }
    }

    #[test]
    fn a_password_is_not_shown() {
        assert_eq!(format!("{:?}", Password("secret".to_owned())), "Password(..)");
    }

    #[test]
    fn an_encrypted_key_is_distinguished() {
        let text =
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----";
        assert_eq!(failure(text), KeyError::NoPassword);
    }
}
