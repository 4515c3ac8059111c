//! Why there is no TLS with a server or a client: rustls's errors sorted into kinds that a script
//! can match, each with a sentence that a person understands.

use std::{fmt, net::IpAddr, time::Duration};

use rustls::{
    AlertDescription, CertificateError, Error, PeerIncompatible, PeerMisbehaved,
    pki_types::UnixTime,
};

use super::verifier::{OfAuthority, SelfSigned};

/// How many of a certificate's names are shown: some have a hundred.
const MAX_NAMES_SHOWN: usize = 3;

/// What a server may want that ends the handshake without another word.
const NOT_SUPPORTED: &str = "not supported are key exchange with RSA or DHE, ciphers with CBC, and \
                             certificates with keys for P-521, Ed448 or RSASSA-PSS alone";

/// Why a TLS session could not be set up, or broke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TlsError {
    /// The certificate expired this long ago.
    Expired(Whose, Duration),
    /// The certificate becomes valid in this time from now.
    NotYetValid(Whose, Duration),
    /// The certificate is for other names (possibly for none) than the one that was expected.
    WrongName {
        /// The host name or IP address that the certificate ought to have.
        expected: String,
        /// The host names and IP addresses that it has, and how they are meant where that could be
        /// mistaken.
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
    /// The connection ended in the handshake.
    Ended {
        /// Whether the server has said anything before.
        has_answered: bool,
    },
    /// The server wanted another handshake (RFC 5246 section 7.4.1.1), and not to go on without.
    Renegotiation,
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
    /// The client shows no certificate, which is demanded.
    NoCertificate,
    /// One of these, of a client in place of a server.
    OfClient(Box<Self>),
}

/// Whose certificate it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// The other side's own.
    Peer,
    /// That of an authority between it and one that is trusted.
    Authority,
}

/// The number of an alert, from the registry "TLS Alerts" of RFC 8446 section 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Alert(pub(crate) u8);

/// What the session knows of its handshake when an error arises. An alert means different things
/// in different contexts.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct HandshakeContext {
    /// Whether this side is the server. Nothing else matters then.
    pub(super) is_server: bool,
    /// Whether there is a client certificate to give.
    pub(super) client_certificate: bool,
    /// Whether the server's certificate was accepted, so that ours was next.
    pub(super) server_accepted: bool,
    /// Whether the server wanted another handshake in vain.
    pub(super) renegotiation_refused: bool,
}

impl TlsError {
    /// The kind in one upper-case word, for an errorcode.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Expired(..) => "EXPIRED",
            Self::NotYetValid(..) => "NOTYETVALID",
            Self::WrongName { .. } => "NAME",
            Self::UnknownIssuer => "ISSUER",
            Self::SelfSigned => "SELFSIGNED",
            Self::BadCertificate(_) => "CERTIFICATE",
            Self::Refused => "REFUSED",
            Self::NotTls(_) => "NOTTLS",
            Self::Ended { .. } => "EOF",
            Self::Alert(_) => "ALERT",
            Self::ClientCertificateRequired(_) | Self::ClientCertificateRefused(_) => "CLIENTCERT",
            Self::Incompatible(_) | Self::Renegotiation => "INCOMPATIBLE",
            Self::ServerName(_) => "SERVERNAME",
            Self::Protocol(_) => "PROTOCOL",
            Self::NoCertificate => "CLIENTCERT",
            Self::OfClient(error) => error.kind(),
        }
    }

    /// What rustls's `error` means in this context.
    pub(super) fn new(error: &Error, context: HandshakeContext) -> Self {
        match context.is_server {
            true => Self::OfClient(Box::new(Self::of_client(error))),
            false => Self::of_server(error, context),
        }
    }

    fn of_client(error: &Error) -> Self {
        match error {
            Error::AlertReceived(alert) => Self::Alert(Alert((*alert).into())),
            Error::NoCertificatesPresented => Self::NoCertificate,
            Error::NoApplicationProtocol => {
                Self::Incompatible("the client wants another protocol than HTTP/1.1".to_owned())
            }
            Error::PeerIncompatible(
                PeerIncompatible::Tls12NotOffered
                | PeerIncompatible::SupportedVersionsExtensionRequired,
            ) => Self::Incompatible("the client has only TLS 1.1 or older".to_owned()),
            error => Self::of_server(error, HandshakeContext::default()),
        }
    }

    fn of_server(error: &Error, context: HandshakeContext) -> Self {
        match error {
            Error::InvalidCertificate(error) => Self::certificate(error, Whose::Peer),
            Error::PeerMisbehaved(PeerMisbehaved::TooManyRenegotiationRequests) => {
                Self::Renegotiation
            }
            Error::AlertReceived(_) if context.renegotiation_refused => Self::Renegotiation,
            Error::AlertReceived(alert) => Self::alert(*alert, context),
            Error::PeerIncompatible(PeerIncompatible::ServerDoesNotSupportTls12Or13) => {
                Self::Incompatible("the server has only TLS 1.1 or older".to_owned())
            }
            Error::PeerIncompatible(detail) => Self::Incompatible(format!("{detail:?}")),
            error => Self::Protocol(error.to_string()),
        }
    }

    fn certificate(error: &CertificateError, whose: Whose) -> Self {
        let between = |later: &UnixTime, earlier: &UnixTime| {
            Duration::from_secs(later.as_secs().saturating_sub(earlier.as_secs()))
        };
        match error {
            CertificateError::ExpiredContext { time, not_after } => {
                Self::Expired(whose, between(time, not_after))
            }
            CertificateError::NotValidYetContext { time, not_before } => {
                Self::NotYetValid(whose, between(not_before, time))
            }
            CertificateError::NotValidForNameContext { expected, presented } => Self::WrongName {
                expected: expected.to_str().into_owned(),
                presented: presented.iter().filter_map(|name| bare_name(name)).collect(),
            },
            CertificateError::UnknownIssuer => Self::UnknownIssuer,
            CertificateError::Other(other) if other.0.is::<SelfSigned>() => Self::SelfSigned,
            CertificateError::Other(other) => {
                if let Some(OfAuthority(error)) = other.0.downcast_ref() {
                    return Self::certificate(error, Whose::Authority);
                }
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
            // "the sender was unable to negotiate an acceptable set of security parameters given
            // the options available" (RFC 8446 section 6.2)
            A::HandshakeFailure | A::InsufficientSecurity => {
                Self::Incompatible(format!("{number} ({NOT_SUPPORTED})"))
            }
            A::ProtocolVersion | A::NoApplicationProtocol => Self::Incompatible(number.to_string()),
            _ => Self::Alert(number),
        }
    }
}

/// The name in webpki's description of it, such as `DnsName("example.com")`, if it is one that a
/// server can have. An address that is there as a host name does not count: "the iPAddress
/// subjectAltName must be present in the certificate" (RFC 2818 section 3.1).
fn bare_name(described: &str) -> Option<String> {
    let (kind, name) = described.strip_suffix(')')?.split_once('(')?;
    let name = name.trim_matches('"');
    match kind {
        "DnsName" if name.parse::<IpAddr>().is_ok() => {
            Some(format!("{name} (as a DNS name, not as an IP address)"))
        }
        "DnsName" | "IpAddress" => Some(name.to_owned()),
        _ => None,
    }
}

impl fmt::Display for TlsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OfClient(error) => error.describe("client", f),
            error => error.describe("server", f),
        }
    }
}

impl std::error::Error for TlsError {}

impl TlsError {
    /// Writes what is wrong with `peer`.
    fn describe(&self, peer: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let certificate = format!("the {peer}'s certificate");
        let of = |whose: &Whose| match whose {
            Whose::Peer => certificate.clone(),
            Whose::Authority => format!("an authority behind {certificate}"),
        };
        match self {
            Self::Expired(whose, ago) => write!(f, "{} expired {} ago", of(whose), Span(*ago)),
            Self::NotYetValid(whose, ahead) => write!(
                f,
                "{} is not valid yet: it will be in {} (is the clock right?)",
                of(whose),
                Span(*ahead)
            ),
            Self::WrongName { expected, presented } if presented.is_empty() => {
                write!(f, "{certificate} has no host name or address, so not {expected}")
            }
            Self::WrongName { expected, presented } => {
                let shown = presented.len().min(MAX_NAMES_SHOWN);
                let names = presented[..shown].join(", ");
                write!(f, "{certificate} is for {names}")?;
                if shown < presented.len() {
                    write!(f, " and {} more", presented.len() - shown)?;
                }
                write!(f, ", not {expected}")
            }
            Self::UnknownIssuer => {
                write!(f, "{certificate} was issued by nobody who is trusted")
            }
            Self::SelfSigned => {
                write!(f, "{certificate} is self-signed, and not one that is trusted")
            }
            Self::BadCertificate(detail) => write!(f, "{certificate} is unusable: {detail}"),
            Self::NoCertificate => write!(f, "the {peer} shows no certificate"),
            Self::Refused => write!(f, "{certificate} was refused"),
            Self::NotTls(line) if line.is_empty() => write!(f, "the {peer} does not speak TLS"),
            Self::NotTls(line) => write!(f, "the {peer} does not speak TLS: it says {line:?}"),
            Self::Ended { has_answered: false } => write!(
                f,
                "the connection ended in the TLS handshake, without an answer: \
                 the {peer} may not speak TLS",
            ),
            Self::Ended { has_answered: true } => {
                f.write_str("the connection ended in the TLS handshake")
            }
            Self::Renegotiation => write!(
                f,
                "the {peer} wants a new TLS handshake, perhaps for a client certificate: \
                 renegotiation is not supported",
            ),
            Self::Alert(alert) => write!(f, "the {peer} ended TLS: {alert}"),
            Self::ClientCertificateRequired(alert) => {
                write!(f, "the {peer} requires a client certificate: {alert}")
            }
            Self::ClientCertificateRefused(alert) => {
                write!(f, "the {peer} does not accept the client certificate: {alert}")
            }
            Self::Incompatible(detail) => {
                write!(f, "no version or cipher of TLS suits both sides: {detail}")
            }
            Self::ServerName(name) => {
                write!(f, "bad server name {name:?}: must be a host name or an IP address")
            }
            Self::Protocol(detail) => write!(f, "TLS failed: {detail}"),
            Self::OfClient(error) => error.describe("client", f),
        }
    }
}

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

    const START: HandshakeContext = HandshakeContext {
        is_server: false,
        client_certificate: false,
        server_accepted: false,
        renegotiation_refused: false,
    };

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
        let given = HandshakeContext { client_certificate: true, server_accepted: true, ..START };
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
        assert_eq!(early.kind(), "INCOMPATIBLE");
        assert!(early.to_string().contains("alert handshake_failure (not supported are "));
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
    fn after_a_refused_renegotiation_every_alert_is_about_it() {
        let refused = HandshakeContext { renegotiation_refused: true, ..START };
        let error = received(AlertDescription::HandshakeFailure, refused);
        assert_eq!(error, TlsError::Renegotiation);
        assert_eq!(error.kind(), "INCOMPATIBLE");
        let again = Error::PeerMisbehaved(PeerMisbehaved::TooManyRenegotiationRequests);
        assert_eq!(TlsError::new(&again, START), TlsError::Renegotiation);
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
        for address in ["127.0.0.1", "::1"] {
            let shown = format!("{address} (as a DNS name, not as an IP address)");
            assert_eq!(bare_name(&format!("DnsName(\"{address}\")")), Some(shown));
        }
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
