//! The opening handshake (RFC 6455 section 4), the WebSocket part of it, as a client has it: the
//! headers that request the upgrade, and whether those of a 101 response accept it. HTTP itself is
//! in `protocol/http`: request line, status, and how headers are written and parsed. The grammar of
//! extensions is in `extensions.rs`, the server's side in `acceptance.rs`.

use std::{collections::HashSet, fmt};

use base64::engine::{Engine, general_purpose::STANDARD};
use sha1::{Digest, Sha1};

use super::extensions::{self, AnswerError, Extension};
use crate::protocol::http::syntax::{is_token, members, trim};

/// What a server appends to the key to show that it speaks WebSocket (section 1.3).
const GUID: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// The key of one handshake: the value of `Sec-WebSocket-Key`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(String);

/// What the server accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The subprotocol that the server chose; `None` when it chose none, which it may.
    pub protocol: Option<String>,
    /// The extensions that the server accepted, in its order.
    pub extensions: Vec<Extension>,
}

/// Why these subprotocols cannot be offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProtocolArgumentError {
    /// The name is not a token (RFC 9110 section 5.6.2): it is empty, or has a space, a separator,
    /// a control character or one outside ASCII.
    NotAToken(String),
    /// The name is a duplicate.
    Duplicate(String),
}

/// Why a 101 response does not open a WebSocket. Texts are what the server sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandshakeError {
    /// There is no `Upgrade`.
    NoUpgrade,
    /// `Upgrade` names another protocol than WebSocket.
    OtherUpgrade(String),
    /// `Upgrade` names more than one protocol.
    SeveralUpgrades(String),
    /// There is no `Connection`.
    NoConnection,
    /// `Connection` does not say that the connection is upgraded.
    NotUpgraded(String),
    /// There is no `Sec-WebSocket-Accept`.
    NoAccept,
    /// `Sec-WebSocket-Accept` does not answer the key of this request.
    WrongAccept(String),
    /// `Sec-WebSocket-Accept` is there more than once.
    SeveralAccepts,
    /// `Sec-WebSocket-Protocol` names a subprotocol that was not offered.
    ProtocolNotOffered(String),
    /// `Sec-WebSocket-Protocol` names more than one subprotocol.
    SeveralProtocols(String),
    /// `Sec-WebSocket-Extensions` cannot be accepted.
    Extensions(AnswerError),
}

impl Key {
    /// The key of a nonce: "a randomly selected 16-byte value that has been base64-encoded". "The
    /// nonce MUST be selected randomly for each connection." (section 4.1)
    pub fn new(nonce: [u8; 16]) -> Self {
        Self(STANDARD.encode(nonce))
    }

    /// The key that a client sent: "a base64-encoded value that, when decoded, is 16 bytes in
    /// length" (section 4.2.1). `None` if it is not that. Bits that do not belong to the 16 bytes
    /// may have any value: "Implementations MAY chose to reject the encoding if the pad bits have
    /// not been set to zero" (RFC 4648 section 3.5).
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_suffix("==")?;
        let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
        (digits.len() == 22 && digits.bytes().all(is_digit)).then(|| Self(text.to_owned()))
    }

    /// The 24 characters of the key.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The `Sec-WebSocket-Accept` that answers the key: "the base64-encoded SHA-1 of the
    /// concatenation of the |Sec-WebSocket-Key| (as a string, not base64-decoded) with the string
    /// "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"" (section 4.1)
    pub fn accept(&self) -> String {
        STANDARD.encode(Sha1::new().chain_update(&self.0).chain_update(GUID).finalize())
    }
}

/// Checks the subprotocols that a script wants to offer. "The elements that comprise this value
/// MUST be non-empty strings with characters in the range U+0021 to U+007E not including separator
/// characters as defined in \[RFC2616\] and MUST all be unique strings." (section 4.1)
pub fn check_protocols(protocols: &[impl AsRef<str>]) -> Result<(), ProtocolArgumentError> {
    let mut seen = HashSet::new();
    for protocol in protocols.iter().map(AsRef::as_ref) {
        if !is_token(protocol) {
            return Err(ProtocolArgumentError::NotAToken(protocol.to_owned()));
        }
        if !seen.insert(protocol) {
            return Err(ProtocolArgumentError::Duplicate(protocol.to_owned()));
        }
    }
    Ok(())
}

/// The headers that ask for a WebSocket, in the order to send them (section 4.1). `protocols` are
/// in order of preference and have passed [`check_protocols`]; `extensions` is what
/// [`extensions::offer`] made.
pub fn request_headers(
    key: &Key,
    protocols: &[impl AsRef<str>],
    extensions: Option<&str>,
) -> Vec<(&'static str, String)> {
    let mut headers = vec![
        ("Upgrade", "websocket".to_owned()),
        ("Connection", "Upgrade".to_owned()),
        ("Sec-WebSocket-Key", key.as_str().to_owned()),
        ("Sec-WebSocket-Version", "13".to_owned()),
    ];
    if !protocols.is_empty() {
        let names: Vec<&str> = protocols.iter().map(AsRef::as_ref).collect();
        headers.push(("Sec-WebSocket-Protocol", names.join(", ")));
    }
    if let Some(extensions) = extensions {
        headers.push(("Sec-WebSocket-Extensions", extensions.to_owned()));
    }
    headers
}

/// Checks the headers of a 101 response, names and values as they came, several of a name in their
/// order. The response must answer `key`, and may choose one of `offered_protocols` and any of
/// `offered_extensions`, which are names.
pub fn verify<'a>(
    headers: impl IntoIterator<Item = (&'a str, &'a str)> + Clone,
    key: &Key,
    offered_protocols: &[impl AsRef<str>],
    offered_extensions: &[impl AsRef<str>],
) -> Result<Accepted, HandshakeError> {
    let values = |name| values_of(headers.clone(), name);
    verify_upgrade(&values("Upgrade"), &values("Connection"))?;
    verify_accept(&values("Sec-WebSocket-Accept"), key)?;
    let extensions = extensions::accept(&values("Sec-WebSocket-Extensions"), offered_extensions)?;
    let protocol = verify_protocol(&values("Sec-WebSocket-Protocol"), offered_protocols)?;
    Ok(Accepted { protocol, extensions })
}

/// "If the response lacks an |Upgrade| header field or the |Upgrade| header field contains a value
/// that is not an ASCII case-insensitive match for the value "websocket", the client MUST _Fail the
/// WebSocket Connection_. If the response lacks a |Connection| header field or the |Connection|
/// header field doesn't contain a token that is an ASCII case-insensitive match for the value
/// "Upgrade", the client MUST _Fail the WebSocket Connection_." (section 4.1)
fn verify_upgrade(upgrade: &[&str], connection: &[&str]) -> Result<(), HandshakeError> {
    match members_of(upgrade).collect::<Vec<_>>()[..] {
        [] => return Err(HandshakeError::NoUpgrade),
        [value] if value.eq_ignore_ascii_case("websocket") => {}
        [value] => return Err(HandshakeError::OtherUpgrade(value.to_owned())),
        _ => return Err(HandshakeError::SeveralUpgrades(upgrade.join(", "))),
    }
    if connection.is_empty() {
        return Err(HandshakeError::NoConnection);
    }
    if !members_of(connection).any(|token| token.eq_ignore_ascii_case("upgrade")) {
        return Err(HandshakeError::NotUpgraded(connection.join(", ")));
    }
    Ok(())
}

/// "If the response lacks a |Sec-WebSocket-Accept| header field or the |Sec-WebSocket-Accept|
/// contains a value other than [that of the key] but ignoring any leading and trailing whitespace,
/// the client MUST _Fail the WebSocket Connection_." (section 4.1)
fn verify_accept(accept: &[&str], key: &Key) -> Result<(), HandshakeError> {
    match accept {
        [] => Err(HandshakeError::NoAccept),
        [value] if *value == key.accept() => Ok(()),
        [value] => Err(HandshakeError::WrongAccept((*value).to_owned())),
        _ => Err(HandshakeError::SeveralAccepts),
    }
}

/// "If the response includes a |Sec-WebSocket-Protocol| header field and this header field
/// indicates the use of a subprotocol that was not present in the client's handshake (the server
/// has indicated a subprotocol not requested by the client), the client MUST _Fail the WebSocket
/// Connection_." (section 4.1) No field, or an empty one, indicates none.
fn verify_protocol(
    chosen: &[&str],
    offered: &[impl AsRef<str>],
) -> Result<Option<String>, HandshakeError> {
    match members_of(chosen).collect::<Vec<_>>()[..] {
        [] => Ok(None),
        [value] if offered.iter().any(|protocol| protocol.as_ref() == value) => {
            Ok(Some(value.to_owned()))
        }
        [value] => Err(HandshakeError::ProtocolNotOffered(value.to_owned())),
        _ => Err(HandshakeError::SeveralProtocols(chosen.join(", "))),
    }
}

/// The values of all headers of a name, in any case, without white space around them.
pub(super) fn values_of<'a>(
    headers: impl IntoIterator<Item = (&'a str, &'a str)>,
    name: &str,
) -> Vec<&'a str> {
    let named = headers.into_iter().filter(|(other, _)| other.eq_ignore_ascii_case(name));
    named.map(|(_, value)| trim(value)).collect()
}

/// The members of a list that may go over several headers.
pub(super) fn members_of<'a>(values: &[&'a str]) -> impl Iterator<Item = &'a str> {
    values.iter().copied().flat_map(members)
}

impl fmt::Display for ProtocolArgumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAToken(name) => {
                write!(f, "bad subprotocol name {name:?}: must be a token")
            }
            Self::Duplicate(name) => write!(f, "duplicate subprotocol {name:?}"),
        }
    }
}

impl std::error::Error for ProtocolArgumentError {}

impl fmt::Display for HandshakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoUpgrade => f.write_str("no Upgrade header"),
            Self::OtherUpgrade(value) => write!(f, "Upgrade to {value:?} instead of websocket"),
            Self::SeveralUpgrades(list) => write!(f, "Upgrade to more than websocket: {list:?}"),
            Self::NoConnection => f.write_str("no Connection header"),
            Self::NotUpgraded(list) => write!(f, "Connection {list:?} instead of Upgrade"),
            Self::NoAccept => f.write_str("no Sec-WebSocket-Accept header"),
            Self::WrongAccept(value) => write!(f, "wrong Sec-WebSocket-Accept {value:?}"),
            Self::SeveralAccepts => f.write_str("more than one Sec-WebSocket-Accept header"),
            Self::ProtocolNotOffered(name) => write!(f, "subprotocol {name:?} was not offered"),
            Self::SeveralProtocols(list) => write!(f, "more than one subprotocol: {list:?}"),
            Self::Extensions(error) => error.fmt(f),
        }
    }
}

impl From<AnswerError> for HandshakeError {
    fn from(error: AnswerError) -> Self {
        Self::Extensions(error)
    }
}

impl std::error::Error for HandshakeError {}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_PROTOCOLS: [&str; 0] = [];
    const NO_EXTENSIONS: [&str; 0] = [];

    /// The key of the RFC's example, section 1.3.
    fn key() -> Key {
        Key::new(*b"the sample nonce")
    }

    const UPGRADE: (&str, &str) = ("Upgrade", "websocket");
    const CONNECTION: (&str, &str) = ("Connection", "Upgrade");
    const ACCEPT: (&str, &str) = ("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");

    /// The result for the headers that every response needs, with others after them.
    fn verify_with(more: &[(&str, &str)], offered: &[&str]) -> Result<Accepted, HandshakeError> {
        let headers = [&[UPGRADE, CONNECTION, ACCEPT], more].concat();
        verify(headers, &key(), offered, &NO_EXTENSIONS)
    }

    fn verify_these(headers: &[(&str, &str)]) -> Result<Accepted, HandshakeError> {
        verify(headers.iter().copied(), &key(), &NO_PROTOCOLS, &NO_EXTENSIONS)
    }

    fn chosen(protocol: &str) -> Result<Accepted, HandshakeError> {
        Ok(Accepted { protocol: Some(protocol.to_owned()), extensions: Vec::new() })
    }

    const NONE_CHOSEN: Result<Accepted, HandshakeError> =
        Ok(Accepted { protocol: None, extensions: Vec::new() });

    // Key

    #[test]
    fn answers_the_key_of_section_1_3() {
        assert_eq!(key().as_str(), "dGhlIHNhbXBsZSBub25jZQ==");
        assert_eq!(key().accept(), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    #[test]
    fn encodes_the_nonce_of_section_4_1() {
        let nonce = std::array::from_fn(|index| index as u8 + 1);
        assert_eq!(Key::new(nonce).as_str(), "AQIDBAUGBwgJCgsMDQ4PEA==");
    }

    #[test]
    fn a_key_is_16_bytes_in_base64() {
        for text in
            ["dGhlIHNhbXBsZSBub25jZQ==", "AAAAAAAAAAAAAAAAAAAAAA==", "/+09azAZ/+09azAZ/+09aA=="]
        {
            assert_eq!(Key::parse(text).unwrap().as_str(), text);
        }
        assert_eq!(Key::parse("dGhlIHNhbXBsZSBub25jZQ=="), Some(key()));
        for text in [
            "",
            "==",
            "dGhlIHNhbXBsZSBub25jZQ",
            "dGhlIHNhbXBsZSBub25jZQ=",
            "dGhlIHNhbXBsZSBub25jZ===",
            "dGhlIHNhbXBsZSBub25jZT0=",
            "dGhlIHNhbXBsZSBub25j",
            "dGhlIHNhbXBsZSBub25jZUE5",
            "dGhlIHNhbXBsZSBub25j ZQ==",
            "dGhlIHNhbXBsZSBub25j_Q==",
            "dGhlIHNhbXBsZSBub25jZQ==, x",
            "dGhlIHNhbXBsZSBub25jé==",
        ] {
            assert_eq!(Key::parse(text), None, "{text:?}");
        }
    }

    // Request

    #[test]
    fn requests_a_websocket() {
        assert_eq!(
            request_headers(&key(), &NO_PROTOCOLS, None),
            [
                ("Upgrade", "websocket".to_owned()),
                ("Connection", "Upgrade".to_owned()),
                ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==".to_owned()),
                ("Sec-WebSocket-Version", "13".to_owned()),
            ]
        );
    }

    #[test]
    fn offers_protocols_in_order_and_extensions() {
        let headers = request_headers(&key(), &["soap", "mqtt"], Some("permessage-deflate"));
        assert_eq!(
            headers[4..],
            [
                ("Sec-WebSocket-Protocol", "soap, mqtt".to_owned()),
                ("Sec-WebSocket-Extensions", "permessage-deflate".to_owned()),
            ]
        );
    }

    #[test]
    fn takes_unique_tokens_as_protocols() {
        assert_eq!(check_protocols(&NO_PROTOCOLS), Ok(()));
        assert_eq!(check_protocols(&["soap", "SOAP", "v10.stomp", "!#$%&'*+-.^_`|~"]), Ok(()));
    }

    #[test]
    fn refuses_protocols_that_are_not_tokens() {
        for name in ["", " ", "a b", "a,b", "a\r\nX: y", "a\0", "a/b", "(a)", "\"a\"", "a=b", "ä"]
        {
            assert_eq!(
                check_protocols(&["soap", name]),
                Err(ProtocolArgumentError::NotAToken(name.to_owned()))
            );
        }
    }

    #[test]
    fn every_separator_of_rfc_2616_is_no_token() {
        for separator in "()<>@,;:\\\"/[]?={} \t\x7F".chars() {
            assert!(check_protocols(&[separator.to_string()]).is_err(), "{separator:?}");
        }
    }

    #[test]
    fn refuses_a_protocol_twice() {
        assert_eq!(
            check_protocols(&["a", "b", "a"]),
            Err(ProtocolArgumentError::Duplicate("a".to_owned()))
        );
    }

    #[test]
    fn says_what_is_wrong_with_a_protocol() {
        let error = ProtocolArgumentError::NotAToken("a\r\nb".to_owned());
        assert_eq!(error.to_string(), "bad subprotocol name \"a\\r\\nb\": must be a token");
        let error = ProtocolArgumentError::Duplicate("a".to_owned());
        assert_eq!(error.to_string(), "duplicate subprotocol \"a\"");
    }

    // Upgrade and Connection

    #[test]
    fn accepts_the_response_of_section_1_3() {
        assert_eq!(verify_these(&[UPGRADE, CONNECTION, ACCEPT]), NONE_CHOSEN);
    }

    #[test]
    fn takes_names_and_tokens_in_any_case() {
        let headers = [
            ("UPGRADE", "WebSocket"),
            ("connection", "upgrade"),
            ("sec-websocket-accept", ACCEPT.1),
        ];
        assert_eq!(verify_these(&headers), NONE_CHOSEN);
    }

    #[test]
    fn takes_connection_as_a_list() {
        for value in ["keep-alive, Upgrade", "upgrade,keep-alive", " ,\tkeep-alive ,\tUPGRADE\t,"] {
            assert_eq!(verify_these(&[UPGRADE, ("Connection", value), ACCEPT]), NONE_CHOSEN);
        }
    }

    #[test]
    fn takes_several_connection_headers_as_one_list() {
        let headers = [("Connection", "keep-alive"), UPGRADE, CONNECTION, ACCEPT];
        assert_eq!(verify_these(&headers), NONE_CHOSEN);
    }

    #[test]
    fn ignores_white_space_and_empty_elements() {
        let headers = [
            ("Upgrade", "\t websocket ,"),
            ("Connection", " Upgrade\t"),
            (ACCEPT.0, " s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\t"),
        ];
        assert_eq!(verify_these(&headers), NONE_CHOSEN);
    }

    #[test]
    fn refuses_a_response_without_upgrade() {
        let error = Err(HandshakeError::NoUpgrade);
        assert_eq!(verify_these(&[CONNECTION, ACCEPT]), error);
        assert_eq!(verify_these(&[("Upgrade", " "), CONNECTION, ACCEPT]), error);
    }

    #[test]
    fn refuses_an_upgrade_to_something_else() {
        assert_eq!(
            verify_these(&[("Upgrade", "h2c"), CONNECTION, ACCEPT]),
            Err(HandshakeError::OtherUpgrade("h2c".to_owned()))
        );
    }

    #[test]
    fn refuses_an_upgrade_to_more() {
        let error = Err(HandshakeError::SeveralUpgrades("websocket, h2c".to_owned()));
        assert_eq!(verify_these(&[("Upgrade", "websocket, h2c"), CONNECTION, ACCEPT]), error);
        assert_eq!(verify_these(&[UPGRADE, ("Upgrade", "h2c"), CONNECTION, ACCEPT]), error);
    }

    #[test]
    fn refuses_a_response_without_connection() {
        assert_eq!(verify_these(&[UPGRADE, ACCEPT]), Err(HandshakeError::NoConnection));
    }

    #[test]
    fn refuses_a_connection_that_is_not_upgraded() {
        for value in ["", "keep-alive", "Upgraded, no-upgrade"] {
            assert_eq!(
                verify_these(&[UPGRADE, ("Connection", value), ACCEPT]),
                Err(HandshakeError::NotUpgraded(value.to_owned()))
            );
        }
    }

    // Sec-WebSocket-Accept

    #[test]
    fn refuses_a_response_without_accept() {
        assert_eq!(verify_these(&[UPGRADE, CONNECTION]), Err(HandshakeError::NoAccept));
    }

    #[test]
    fn refuses_an_accept_that_differs_in_case_alone() {
        let value = "S3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
        assert_eq!(
            verify_these(&[UPGRADE, CONNECTION, (ACCEPT.0, value)]),
            Err(HandshakeError::WrongAccept(value.to_owned()))
        );
    }

    #[test]
    fn refuses_the_key_or_nothing_as_accept() {
        for value in [key().as_str(), ""] {
            assert_eq!(
                verify_these(&[UPGRADE, CONNECTION, (ACCEPT.0, value)]),
                Err(HandshakeError::WrongAccept(value.to_owned()))
            );
        }
    }

    #[test]
    fn refuses_two_accepts_even_if_equal() {
        assert_eq!(
            verify_these(&[UPGRADE, CONNECTION, ACCEPT, ACCEPT]),
            Err(HandshakeError::SeveralAccepts)
        );
    }

    // Sec-WebSocket-Protocol

    #[test]
    fn returns_the_protocol_that_was_chosen() {
        let header = ("Sec-WebSocket-Protocol", "\tmqtt ");
        assert_eq!(verify_with(&[header], &["soap", "mqtt"]), chosen("mqtt"));
    }

    #[test]
    fn lets_the_server_choose_no_protocol() {
        assert_eq!(verify_with(&[], &["soap", "mqtt"]), NONE_CHOSEN);
        assert_eq!(verify_with(&[("Sec-WebSocket-Protocol", "")], &["soap"]), NONE_CHOSEN);
    }

    #[test]
    fn refuses_a_protocol_that_was_not_offered() {
        let error = Err(HandshakeError::ProtocolNotOffered("mqtt".to_owned()));
        let header = ("Sec-WebSocket-Protocol", "mqtt");
        assert_eq!(verify_with(&[header], &[]), error);
        assert_eq!(verify_with(&[header], &["soap", "MQTT"]), error);
    }

    #[test]
    fn refuses_more_than_one_protocol() {
        let error = Err(HandshakeError::SeveralProtocols("soap, mqtt".to_owned()));
        let offered = ["soap", "mqtt"];
        assert_eq!(verify_with(&[("Sec-WebSocket-Protocol", "soap, mqtt")], &offered), error);
        let two = [("Sec-WebSocket-Protocol", "soap"), ("Sec-WebSocket-Protocol", "mqtt")];
        assert_eq!(verify_with(&two, &offered), error);
    }

    // Sec-WebSocket-Extensions

    /// The result for these values of the header, when `a` and `b` were offered.
    fn verify_extensions(values: &[&str]) -> Result<Vec<Extension>, HandshakeError> {
        let extensions = values.iter().map(|value| ("sec-websocket-extensions", *value));
        let headers: Vec<_> = [UPGRADE, CONNECTION, ACCEPT].into_iter().chain(extensions).collect();
        verify(headers, &key(), &NO_PROTOCOLS, &["a", "b"]).map(|accepted| accepted.extensions)
    }

    #[test]
    fn returns_the_extensions_that_were_accepted_in_all_headers() {
        let [a, b] = ["a", "b"].map(|name| Extension::new(name, &["x=1"]).unwrap());
        assert_eq!(verify_extensions(&["b; x=1", " a; x=\"1\""]), Ok(vec![b, a]));
    }

    #[test]
    fn lets_the_server_use_no_extension() {
        assert_eq!(verify_extensions(&[]), Ok(vec![]));
        assert_eq!(verify_extensions(&[""]), Ok(vec![]));
    }

    #[test]
    fn refuses_a_malformed_or_unexpected_extension() {
        for (value, error) in [
            ("a; x=", AnswerError::Malformed("a; x=".to_owned())),
            ("a; x, c; y=10", AnswerError::NotOffered("c".to_owned())),
            ("a, b, a", AnswerError::Duplicate("a".to_owned())),
        ] {
            assert_eq!(verify_extensions(&[value]), Err(HandshakeError::Extensions(error)));
        }
    }

    // Messages

    #[test]
    fn says_what_is_wrong_with_a_response() {
        for (error, text) in [
            (HandshakeError::NoUpgrade, "no Upgrade header"),
            (
                HandshakeError::OtherUpgrade("h2c".to_owned()),
                r#"Upgrade to "h2c" instead of websocket"#,
            ),
            (
                HandshakeError::SeveralUpgrades("websocket, h2c".to_owned()),
                r#"Upgrade to more than websocket: "websocket, h2c""#,
            ),
            (HandshakeError::NoConnection, "no Connection header"),
            (
                HandshakeError::NotUpgraded("close, x".to_owned()),
                r#"Connection "close, x" instead of Upgrade"#,
            ),
            (HandshakeError::NoAccept, "no Sec-WebSocket-Accept header"),
            (
                HandshakeError::WrongAccept("a\r\n".to_owned()),
                r#"wrong Sec-WebSocket-Accept "a\r\n""#,
            ),
            (HandshakeError::SeveralAccepts, "more than one Sec-WebSocket-Accept header"),
            (
                HandshakeError::ProtocolNotOffered("mqtt".to_owned()),
                r#"subprotocol "mqtt" was not offered"#,
            ),
            (
                HandshakeError::SeveralProtocols("soap, mqtt".to_owned()),
                r#"more than one subprotocol: "soap, mqtt""#,
            ),
            (
                AnswerError::Malformed("a; x=".to_owned()).into(),
                r#"malformed Sec-WebSocket-Extensions "a; x=""#,
            ),
        ] {
            assert_eq!(error.to_string(), text);
        }
    }
}
