//! Why there is no TLS with a server: rustls's errors sorted into kinds that a script can match,
//! each with a sentence that a person understands.

use std::{fmt, time::Duration};

use rustls::{AlertDescription, CertificateError, Error, pki_types::UnixTime};

use super::verifier::SelfSigned;

/// How many of a certificate's names are shown: some have a hundred.
const MAX_NAMES_SHOWN: usize = 3;

/// Why a TLS session could not be set up, or broke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TlsError {
    /// The certificate, or one that it rests on, expired this long ago.
    Expired(Duration),
    /// The certificate, or one that it rests on, becomes valid in this time from now.
    NotYetValid(Duration),
    /// The certificate is for other names (possibly for none) than the one that was expected.
    WrongName {
        /// The host name or IP address that the certificate ought to have.
        expected: String,
        /// The host names and IP addresses that it has.
        presented: Vec<String>,
    },
    /// Nobody who is trusted issued the certificate.
    UnknownIssuer,
    /// The certificate was issued by its own owner, who is not trusted.
    SelfSigned,
    /// Something else is wrong with the certificate.
    BadCertificate(String),
    /// The certificate was [refused](super::Session::refuse) though nothing is wrong with it.
    Refused,
    /// The server's first bytes are not TLS. Holds the start of its first line, if it is text.
    NotTls(String),
    /// The server ended the session with this alert (RFC 8446 section 6).
    Alert(Alert),
    /// The server requires a certificate of the client.
    ClientCertificateRequired(Alert),
    /// The server does not accept the certificate of the client.
    ClientCertificateRefused(Alert),
    /// No version of TLS, cipher suite or application protocol suits both sides.
    Incompatible(String),
    /// What was given as the name of the server is neither a host name nor an IP address.
    ServerName(String),
    /// The server broke the rules of TLS, or what it sent was damaged on the way.
    Protocol(String),
}

/// The number of an alert, from the registry "TLS Alerts" of RFC 8446 section 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Alert(pub(crate) u8);

/// What the session knows of its handshake when an error arises. An alert means different things
/// in different contexts.
#[derive(Debug, Clone, Copy)]
pub(super) struct HandshakeContext {
    /// Whether there is a client certificate to give.
    pub(super) client_certificate: bool,
    /// Whether the server's certificate was accepted, so that ours was next.
    pub(super) server_accepted: bool,
}

impl TlsError {
    /// The kind in one upper-case word, for an errorcode.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Expired(_) => "EXPIRED",
            Self::NotYetValid(_) => "NOTYETVALID",
            Self::WrongName { .. } => "NAME",
            Self::UnknownIssuer => "ISSUER",
            Self::SelfSigned => "SELFSIGNED",
            Self::BadCertificate(_) => "CERTIFICATE",
            Self::Refused => "REFUSED",
            Self::NotTls(_) => "NOTTLS",
            Self::Alert(_) => "ALERT",
            Self::ClientCertificateRequired(_) | Self::ClientCertificateRefused(_) => "CLIENTCERT",
            Self::Incompatible(_) => "INCOMPATIBLE",
            Self::ServerName(_) => "SERVERNAME",
            Self::Protocol(_) => "PROTOCOL",
        }
    }

    /// What rustls's `error` means in this context.
    pub(super) fn new(error: &Error, context: HandshakeContext) -> Self {
        match error {
            Error::InvalidCertificate(error) => Self::certificate(error),
            Error::AlertReceived(alert) => Self::alert(*alert, context),
            Error::PeerIncompatible(detail) => Self::Incompatible(format!("{detail:?}")),
            error => Self::Protocol(error.to_string()),
        }
    }

    /// What is wrong with the certificate of the server.
    pub(super) fn certificate(error: &CertificateError) -> Self {
        let between = |later: &UnixTime, earlier: &UnixTime| {
            Duration::from_secs(later.as_secs().saturating_sub(earlier.as_secs()))
        };
        match error {
            CertificateError::ExpiredContext { time, not_after } => {
                Self::Expired(between(time, not_after))
            }
            CertificateError::NotValidYetContext { time, not_before } => {
                Self::NotYetValid(between(not_before, time))
            }
            CertificateError::NotValidForNameContext { expected, presented } => Self::WrongName {
                expected: expected.to_str().into_owned(),
                presented: presented.iter().filter_map(|name| bare_name(name)).collect(),
            },
            CertificateError::UnknownIssuer => Self::UnknownIssuer,
            CertificateError::Other(other) if other.0.is::<SelfSigned>() => Self::SelfSigned,
            CertificateError::Other(other) => {
                Self::BadCertificate(match other.0.downcast_ref::<webpki::Error>() {
                    Some(webpki::Error::UnsupportedCertVersion) => {
                        "it is not of X.509 version 3".to_owned()
                    }
                    Some(webpki::Error::UnsupportedCriticalExtension) => {
                        "it has an unknown critical extension".to_owned()
                    }
                    _ => other.0.to_string(),
                })
            }
            error => Self::BadCertificate(error.to_string()),
        }
    }

    fn alert(alert: AlertDescription, context: HandshakeContext) -> Self {
        use AlertDescription as A;
        let about_client_certificate = |alert| match context.client_certificate {
            true => Self::ClientCertificateRefused(alert),
            false => Self::ClientCertificateRequired(alert),
        };
        let number = Alert(alert.into());
        match alert {
            // A server has no other certificate to say this about than the client's.
            A::NoCertificate
            | A::BadCertificate
            | A::UnsupportedCertificate
            | A::CertificateRevoked
            | A::CertificateExpired
            | A::CertificateUnknown
            | A::UnknownCA
            | A::AccessDenied
            | A::CertificateRequired => about_client_certificate(number),
            // "If the client does not send any certificates, the server MAY at its discretion
            // either continue the handshake without client authentication, or respond
            // with a fatal handshake_failure alert." (RFC 5246 section 7.4.6)
            A::HandshakeFailure if context.server_accepted => about_client_certificate(number),
            A::ProtocolVersion | A::InsufficientSecurity | A::NoApplicationProtocol => {
                Self::Incompatible(number.to_string())
            }
            _ => Self::Alert(number),
        }
    }
}

/// The name in webpki's description of it, such as `DnsName("example.com")`, if it is one that a
/// server can have.
fn bare_name(described: &str) -> Option<String> {
    let (kind, name) = described.strip_suffix(')')?.split_once('(')?;
    let named = matches!(kind, "DnsName" | "IpAddress");
    named.then(|| name.trim_matches('"').to_owned())
}

impl fmt::Display for TlsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expired(ago) => {
                write!(f, "the server's certificate expired {} ago", Span(*ago))
            }
            Self::NotYetValid(ahead) => write!(
                f,
                "the server's certificate is not valid yet: it will be in {} (is the clock right?)",
                Span(*ahead)
            ),
            Self::WrongName { expected, presented } if presented.is_empty() => {
                write!(f, "the server's certificate has no host name or address, so not {expected}")
            }
            Self::WrongName { expected, presented } => {
                let shown = presented.len().min(MAX_NAMES_SHOWN);
                let names = presented[..shown].join(", ");
                write!(f, "the server's certificate is for {names}")?;
                if shown < presented.len() {
                    write!(f, " and {} more", presented.len() - shown)?;
                }
                write!(f, ", not {expected}")
            }
            Self::UnknownIssuer => {
                f.write_str("the server's certificate was issued by nobody who is trusted")
            }
            Self::SelfSigned => {
                f.write_str("the server's certificate is self-signed, and not one that is trusted")
            }
            Self::BadCertificate(detail) => {
                write!(f, "the server's certificate is unusable: {detail}")
            }
            Self::Refused => f.write_str("the server's certificate was refused"),
            Self::NotTls(line) if line.is_empty() => f.write_str("the server does not speak TLS"),
            Self::NotTls(line) => write!(f, "the server does not speak TLS: it says {line:?}"),
            Self::Alert(alert) => write!(f, "the server ended TLS: {alert}"),
            Self::ClientCertificateRequired(alert) => {
                write!(f, "the server requires a client certificate: {alert}")
            }
            Self::ClientCertificateRefused(alert) => {
                write!(f, "the server does not accept the client certificate: {alert}")
            }
            Self::Incompatible(detail) => {
                write!(f, "no version or cipher of TLS suits both sides: {detail}")
            }
            Self::ServerName(name) => {
                write!(f, "bad server name {name:?}: must be a host name or an IP address")
            }
            Self::Protocol(detail) => write!(f, "TLS failed: {detail}"),
        }
    }
}

impl std::error::Error for TlsError {}

/// As the RFCs spell it, `alert unknown_ca`; unknown ones by number.
impl fmt::Display for Alert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.0 {
            0 => "close_notify",
            10 => "unexpected_message",
            20 => "bad_record_mac",
            21 => "decryption_failed",
            22 => "record_overflow",
            30 => "decompression_failure",
            40 => "handshake_failure",
            41 => "no_certificate",
            42 => "bad_certificate",
            43 => "unsupported_certificate",
            44 => "certificate_revoked",
            45 => "certificate_expired",
            46 => "certificate_unknown",
            47 => "illegal_parameter",
            48 => "unknown_ca",
            49 => "access_denied",
            50 => "decode_error",
            51 => "decrypt_error",
            70 => "protocol_version",
            71 => "insufficient_security",
            80 => "internal_error",
            86 => "inappropriate_fallback",
            90 => "user_canceled",
            100 => "no_renegotiation",
            109 => "missing_extension",
            110 => "unsupported_extension",
            112 => "unrecognized_name",
            113 => "bad_certificate_status_response",
            115 => "unknown_psk_identity",
            116 => "certificate_required",
            120 => "no_application_protocol",
            number => return write!(f, "alert {number}"),
        };
        write!(f, "alert {name}")
    }
}

/// A length of time in its largest unit: "3 days".
struct Span(Duration);

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [(u64, &str); 3] = [(86_400, "day"), (3_600, "hour"), (60, "minute")];
        let seconds = self.0.as_secs();
        let (length, unit) =
            UNITS.into_iter().find(|(length, _)| seconds >= *length).unwrap_or((1, "second"));
        let count = seconds / length;
        write!(f, "{count} {unit}{}", if count == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: HandshakeContext =
        HandshakeContext { client_certificate: false, server_accepted: false };

    fn received(alert: AlertDescription, context: HandshakeContext) -> TlsError {
        TlsError::new(&Error::AlertReceived(alert), context)
    }

    #[test]
    fn an_alert_is_shown_by_its_name() {
        let error = received(AlertDescription::InternalError, START);
        assert_eq!(error, TlsError::Alert(Alert(80)));
        assert_eq!(error.kind(), "ALERT");
        assert_eq!(error.to_string(), "the server ended TLS: alert internal_error");
    }

    #[test]
    fn an_alert_without_a_name_is_shown_by_its_number() {
        let error = received(AlertDescription::Unknown(200), START);
        assert_eq!(error.to_string(), "the server ended TLS: alert 200");
    }

    #[test]
    fn an_alert_about_a_certificate_is_about_the_clients() {
        let given = HandshakeContext { client_certificate: true, server_accepted: true };
        let error = received(AlertDescription::UnknownCA, given);
        assert_eq!(error, TlsError::ClientCertificateRefused(Alert(48)));
        assert_eq!(error.kind(), "CLIENTCERT");
        let message = "the server does not accept the client certificate: alert unknown_ca";
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn without_a_client_certificate_it_is_missing() {
        let error = received(AlertDescription::BadCertificate, START);
        assert_eq!(error, TlsError::ClientCertificateRequired(Alert(42)));
        assert_eq!(error.kind(), "CLIENTCERT");
    }

    #[test]
    fn a_handshake_failure_is_about_the_client_certificate_only_after_the_servers() {
        let early = received(AlertDescription::HandshakeFailure, START);
        assert_eq!(early, TlsError::Alert(Alert(40)));
        let after = HandshakeContext { server_accepted: true, ..START };
        let late = received(AlertDescription::HandshakeFailure, after);
        assert_eq!(late, TlsError::ClientCertificateRequired(Alert(40)));
    }

    #[test]
    fn an_alert_about_versions_is_an_incompatibility() {
        let error = received(AlertDescription::ProtocolVersion, START);
        assert_eq!(error.kind(), "INCOMPATIBLE");
        let message = "no version or cipher of TLS suits both sides: alert protocol_version";
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn few_of_many_names_are_shown() {
        let presented = ["a", "b", "c", "d", "e"].map(String::from).to_vec();
        let error = TlsError::WrongName { expected: "z".to_owned(), presented };
        let message = "the server's certificate is for a, b, c and 2 more, not z";
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn no_names_are_shown_as_none() {
        let error = TlsError::WrongName { expected: "z".to_owned(), presented: Vec::new() };
        let message = "the server's certificate has no host name or address, so not z";
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn only_names_of_servers_are_taken_from_webpkis_descriptions() {
        assert_eq!(bare_name("DnsName(\"a.example\")").as_deref(), Some("a.example"));
        assert_eq!(bare_name("IpAddress(127.0.0.1)").as_deref(), Some("127.0.0.1"));
        assert_eq!(bare_name("UniformResourceIdentifier(\"urn:a\")"), None);
        assert_eq!(bare_name("DirectoryName"), None);
    }

    #[test]
    fn spans_are_shown_in_their_largest_unit() {
        let text = |seconds| Span(Duration::from_secs(seconds)).to_string();
        assert_eq!(text(0), "0 seconds");
        assert_eq!(text(1), "1 second");
        assert_eq!(text(3_599), "59 minutes");
        assert_eq!(text(3_600), "1 hour");
        assert_eq!(text(86_400 * 400), "400 days");
    }
}
