//! Asks the prefix of `www certify` about a certificate, and shows certificates to scripts.

use base64::{Engine, engine::general_purpose::STANDARD};
use sha1::Digest;

use crate::{
    net::tls,
    tcl::{Interp, Value},
};

/// What a TLS session asks, taken out of it, so that the script may do anything meanwhile.
pub(crate) struct Question {
    /// In DER; the server's own first.
    chain: Vec<Vec<u8>>,
    /// The kind of error, if there would be one.
    objection: Option<(&'static str, String)>,
}

impl Question {
    pub(crate) fn new(presented: &tls::Presented<'_>) -> Self {
        Self {
            chain: presented.chain.iter().map(|certificate| certificate.to_vec()).collect(),
            objection: presented
                .verdict
                .as_ref()
                .err()
                .map(|error| (error.kind(), error.to_string())),
        }
    }

    /// Calls `prefix` with depth and certificate, from the last of the chain to the server's own,
    /// whose depth is 0. A boolean overrules, and an error means no; anything else leaves the
    /// verdict as it is.
    pub(crate) fn ask(&self, interp: &Interp, prefix: &Value) -> bool {
        let prefix = prefix.elements().unwrap_or_default();
        let mut trusted = self.objection.is_none();
        for (depth, certificate) in self.chain.iter().enumerate().rev() {
            let depth = i64::try_from(depth).unwrap_or(i64::MAX);
            let arguments = [Value::integer(depth), self.describe(certificate)];
            match interp.call(prefix.iter().chain(&arguments)).map(|answer| answer.to_boolean()) {
                Ok(Some(true)) => trusted = true,
                Ok(Some(false)) => return false,
                Ok(None) => {}
                Err(error) => {
                    error.report_in_background(interp);
                    return false;
                }
            }
        }
        trusted
    }

    /// A certificate as a dict: `certificate` in PEM, `sha1_hash` and `sha256_hash` of its DER in
    /// hexadecimal, and `error` and `message` of the verdict on the chain, empty where it is good.
    fn describe(&self, certificate: &[u8]) -> Value {
        let hexadecimal = |hash: &[u8]| hash.iter().map(|byte| format!("{byte:02x}")).collect();
        let sha1: String = hexadecimal(&sha1::Sha1::digest(certificate));
        let sha256: String = hexadecimal(&sha2::Sha256::digest(certificate));
        let (error, message) = match &self.objection {
            Some((kind, message)) => (*kind, message.as_str()),
            None => ("", ""),
        };
        Value::dict([
            ("certificate", Value::string(&pem(certificate))),
            ("sha1_hash", Value::string(&sha1)),
            ("sha256_hash", Value::string(&sha256)),
            ("error", Value::string(error)),
            ("message", Value::string(message)),
        ])
    }
}

/// A certificate in PEM (RFC 7468), given its DER.
pub(crate) fn pem(certificate: &[u8]) -> String {
    let base64 = STANDARD.encode(certificate);
    let lines: Vec<&str> = base64
        .as_bytes()
        .chunks(64)
        .map(|line| std::str::from_utf8(line).unwrap_or_default())
        .collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}
