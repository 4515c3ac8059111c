//! The kinds of keys that certificates and private keys have, and their names.

use std::fmt;

use pkcs8::{
    ObjectIdentifier,
    der::{Error as DerError, asn1::UintRef},
    spki::AlgorithmIdentifierRef,
};

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSASSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const ELLIPTIC_CURVE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// The names of those that ring does not know.
const OTHERS: [(ObjectIdentifier, &str); 7] = [
    (ObjectIdentifier::new_unwrap("1.3.132.0.35"), "P-521"),
    (ObjectIdentifier::new_unwrap("1.3.132.0.33"), "P-224"),
    (ObjectIdentifier::new_unwrap("1.3.132.0.10"), "secp256k1"),
    (ObjectIdentifier::new_unwrap("1.3.101.113"), "Ed448"),
    (ObjectIdentifier::new_unwrap("1.3.101.110"), "X25519"),
    (ObjectIdentifier::new_unwrap("1.2.840.10040.4.1"), "DSA"),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.3.1"), "Diffie-Hellman"),
];

/// The sizes of the RSA keys with which ring verifies. It counts them in whole bytes.
const VERIFIABLE_RSA_BYTES: std::ops::RangeInclusive<usize> = 2048 / 8..=8192 / 8;

/// And those with which it signs.
const SIGNING_RSA_BYTES: std::ops::RangeInclusive<usize> = 2048 / 8..=4096 / 8;

/// Of what kind a key is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KeyKind {
    /// RSA.
    Rsa {
        /// The length of the modulus.
        bits: usize,
        /// Whether it is marked for RSASSA-PSS and nothing else (RFC 4055 section 1.2).
        is_for_pss: bool,
    },
    /// One of the elliptic curves that ring has.
    Curve(&'static str),
    /// Another kind, by its name or its object identifier.
    Other(String),
}

impl KeyKind {
    /// The kind of a key with this algorithm, whose modulus can be read where it is RSA.
    ///
    /// Errors where it cannot.
    pub(super) fn of<'a>(
        algorithm: &AlgorithmIdentifierRef<'_>,
        modulus: impl FnOnce() -> Result<UintRef<'a>, DerError>,
    ) -> Result<Self, DerError> {
        let curve = || algorithm.parameters.and_then(|curve| curve.decode_as().ok());
        Ok(match algorithm.oid {
            RSA => Self::Rsa { bits: bit_length(modulus()?.as_bytes()), is_for_pss: false },
            RSASSA_PSS => Self::Rsa { bits: bit_length(modulus()?.as_bytes()), is_for_pss: true },
            ELLIPTIC_CURVE => Self::on_curve(curve()),
            ED25519 => Self::Curve("Ed25519"),
            other => Self::Other(name(other)),
        })
    }

    /// The kind of a key for RSA with this modulus.
    pub(super) fn of_rsa(modulus: UintRef<'_>) -> Self {
        Self::Rsa { bits: bit_length(modulus.as_bytes()), is_for_pss: false }
    }

    /// The kind of a key on this curve (RFC 5480 section 2.1.1), which is `None` if it has no name.
    pub(super) fn on_curve(curve: Option<ObjectIdentifier>) -> Self {
        match curve {
            Some(P256) => Self::Curve("P-256"),
            Some(P384) => Self::Curve("P-384"),
            Some(other) => Self::Other(name(other)),
            None => Self::Other("an elliptic curve without a name".to_owned()),
        }
    }

    /// Whether ring can sign with such a key.
    pub(super) fn can_sign(&self) -> bool {
        match self {
            Self::Rsa { bits, is_for_pss } => {
                SIGNING_RSA_BYTES.contains(&bits.div_ceil(8)) && !is_for_pss
            }
            Self::Curve(_) => true,
            Self::Other(_) => false,
        }
    }

    /// Whether ring can verify what such a key signs.
    pub(super) fn is_verifiable(&self) -> bool {
        match self {
            Self::Rsa { bits, .. } => VERIFIABLE_RSA_BYTES.contains(&bits.div_ceil(8)),
            Self::Curve(_) => true,
            Self::Other(_) => false,
        }
    }
}

/// The length in bits of a number, whose bytes begin with the most significant one, not 0.
fn bit_length(bytes: &[u8]) -> usize {
    let unused = bytes.first().map_or(0, |byte| byte.leading_zeros() as usize);
    bytes.len() * 8 - unused
}

fn name(identifier: ObjectIdentifier) -> String {
    let known = OTHERS.iter().find(|(other, _)| *other == identifier);
    known.map_or_else(|| identifier.to_string(), |(_, name)| (*name).to_owned())
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa { bits, is_for_pss: false } => write!(f, "RSA with {bits} bits"),
            Self::Rsa { bits, is_for_pss: true } => {
                write!(f, "RSA with {bits} bits, for RSASSA-PSS alone")
            }
            Self::Curve(name) => f.write_str(name),
            Self::Other(name) => f.write_str(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_as_many_bits_as_it_needs() {
        for (bytes, bits) in [(&[][..], 0), (&[1], 1), (&[0x80], 8), (&[1, 0], 9), (&[0x7F, 0], 15)]
        {
            assert_eq!(bit_length(bytes), bits, "{bytes:?}");
        }
    }

    #[test]
    fn ring_verifies_rsa_of_certain_sizes() {
        for (bits, is_verifiable) in
            [(1024, false), (2040, false), (2041, true), (8192, true), (8193, false)]
        {
            assert_eq!(
                KeyKind::Rsa { bits, is_for_pss: false }.is_verifiable(),
                is_verifiable,
                "{bits}"
            );
        }
    }

    #[test]
    fn curves_have_names_or_identifiers() {
        let on_curve = |curve| KeyKind::on_curve(Some(ObjectIdentifier::new_unwrap(curve)));
        assert_eq!(on_curve("1.2.840.10045.3.1.7"), KeyKind::Curve("P-256"));
        assert_eq!(on_curve("1.3.132.0.35").to_string(), "P-521");
        assert_eq!(on_curve("1.3.132.0.1").to_string(), "1.3.132.0.1");
        assert!(!KeyKind::on_curve(None).is_verifiable());
    }
}
