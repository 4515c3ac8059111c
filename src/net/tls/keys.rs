//! Private keys in PEM: from a file's text to a key that rustls can use.

use std::sync::Arc;

use rustls::{
    crypto::CryptoProvider,
    pki_types::{
        PrivateKeyDer,
        pem::{self, PemObject},
    },
    sign::SigningKey,
};

/// Reads the first private key in `text` (PKCS #8, PKCS #1 or SEC 1).
pub(super) fn read(
    text: &[u8],
    provider: &CryptoProvider,
) -> Result<Arc<dyn SigningKey>, KeyError> {
    let key = PrivateKeyDer::from_pem_slice(text).map_err(|error| match error {
        pem::Error::NoItemsFound if is_encrypted(text) => KeyError::Encrypted,
        _ => KeyError::Unusable,
    })?;
    provider.key_provider.load_private_key(key).map_err(|_| KeyError::Unusable)
}

/// Whether the text, which has no plain key, has an encrypted one (RFC 7468 section 11, RFC 1421).
fn is_encrypted(text: &[u8]) -> bool {
    let mark = b"ENCRYPTED";
    text.windows(mark.len()).any(|window| window == mark)
}

/// Why a text has no private key for us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyError {
    /// There is none in PEM that is of use.
    Unusable,
    /// It is encrypted.
    Encrypted,
}

#[cfg(test)]
mod tests {
    use rcgen::PublicKeyData;
    use rustls::crypto::ring;

    use super::*;

    fn failure(text: &str) -> KeyError {
        read(text.as_bytes(), &ring::default_provider()).unwrap_err()
    }

    #[test]
    fn a_key_may_follow_something_else() {
        let key = rcgen::KeyPair::generate().unwrap();
        let text =
            format!("-----BEGIN NOTHING-----\n-----END NOTHING-----\n{}", key.serialize_pem());
        let read = read(text.as_bytes(), &ring::default_provider()).unwrap();
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
    fn an_encrypted_key_is_distinguished() {
        let text =
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----";
        assert_eq!(failure(text), KeyError::Encrypted);
    }
}
