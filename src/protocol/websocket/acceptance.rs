//! The opening handshake as a server has it (RFC 6455 section 4.2): whether a request is one for a
//! WebSocket, what it offers, why it is refused, and the headers of the 101 that accepts it. HTTP
//! itself is in `protocol/http`; what permessage-deflate makes of its parameters is in `deflate/`.

use std::{collections::HashSet, fmt};

use super::{
    extensions::{self, Extension, Malformed},
    handshake::{Key, members_of, values_of},
};
use crate::protocol::http::{headers::Headers, message::Version, request::RequestHead, syntax};

/// The version of the protocol (RFC 6455 section 4.1).
const VERSION: &str = "13";

/// What a client asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upgrade {
    /// The key, which the answer shows to have been read.
    pub key: Key,
    /// The subprotocols that it offers, in its order of preference.
    pub protocols: Vec<String>,
    /// The extensions that it offers, in its order of preference. One may come several times, with
    /// other parameters: the server takes at most one of these.
    pub extensions: Vec<Extension>,
}

/// Why a request for a WebSocket is refused. The text for a person is its `Display`. The connection
/// may take another request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The method is not GET.
    Method(String),
    /// The request has content.
    Content,
    /// `Connection` does not name `Upgrade`.
    NoConnection,
    /// This header is missing.
    Missing(&'static str),
    /// This header is there more than once.
    Several(&'static str),
    /// `Sec-WebSocket-Version` is another than 13.
    Version(String),
    /// `Sec-WebSocket-Key` is not 16 bytes in base64.
    Key(String),
    /// `Sec-WebSocket-Protocol` names this, which is not a token.
    Protocol(String),
    /// `Sec-WebSocket-Protocol` names this subprotocol more than once.
    ProtocolTwice(String),
    /// This value of `Sec-WebSocket-Extensions` does not follow the grammar.
    Extensions(String),
    /// The request is for no WebSocket, where nothing else is served.
    NotRequested,
}

/// Whether a request is one for a WebSocket: it has "An |Upgrade| header field containing the value
/// "websocket", treated as an ASCII case-insensitive value." (section 4.2.1) "A server MUST ignore
/// an Upgrade header field that is received in an HTTP/1.0 request." (RFC 9110 section 7.8)
pub fn is_requested(head: &RequestHead) -> bool {
    let is_websocket = |protocol: &str| protocol.eq_ignore_ascii_case("websocket");
    head.version == Version::Http11 && head.headers.members("Upgrade").any(is_websocket)
}

/// What a request asks for, where [`is_requested`] is true; else the error is
/// [`NotRequested`](Refusal::NotRequested).
///
/// "If the server, while reading the handshake, finds that the client did not send a handshake that
/// matches the description below [...], the server MUST stop processing the client's handshake and
/// return an HTTP response with an appropriate error code (such as 400 Bad Request)." (section
/// 4.2.1)
pub fn check(head: &RequestHead) -> Result<Upgrade, Refusal> {
    if !is_requested(head) {
        return Err(Refusal::NotRequested);
    }
    if head.method != "GET" {
        return Err(Refusal::Method(head.method.clone()));
    }
    // It would stand between the head and the first frame.
    if head.has_content {
        return Err(Refusal::Content);
    }
    // "A |Connection| header field that includes the token "Upgrade", treated as an ASCII
    // case-insensitive value."
    if !head.headers.members("Connection").any(|option| option.eq_ignore_ascii_case("upgrade")) {
        return Err(Refusal::NoConnection);
    }
    let values = |name| values_of(head.headers.iter(), name);
    // "If this version does not match a version understood by the server, the server MUST abort the
    // WebSocket handshake described in this section and instead send an appropriate HTTP error code
    // (such as 426 Upgrade Required) and a |Sec-WebSocket-Version| header field indicating the
    // version(s) the server is capable of understanding." (section 4.2.2)
    let version = only("Sec-WebSocket-Version", &values("Sec-WebSocket-Version"))?;
    if version != VERSION {
        return Err(Refusal::Version(version.to_owned()));
    }
    let key = only("Sec-WebSocket-Key", &values("Sec-WebSocket-Key"))?;
    let key = Key::parse(key).ok_or_else(|| Refusal::Key(key.to_owned()))?;
    let protocols = protocols(&values("Sec-WebSocket-Protocol"))?;
    let extensions = extensions::parse(&values("Sec-WebSocket-Extensions"))
        .map_err(|Malformed(value)| Refusal::Extensions(value))?;
    Ok(Upgrade { key, protocols, extensions })
}

/// "The |Sec-WebSocket-Key| header field MUST NOT appear more than once in an HTTP request."
/// (section 11.3.1) Nor may the version, in a request (section 11.3.5).
fn only<'a>(name: &'static str, values: &[&'a str]) -> Result<&'a str, Refusal> {
    match values {
        [] => Err(Refusal::Missing(name)),
        [value] => Ok(value),
        _ => Err(Refusal::Several(name)),
    }
}

/// "The elements that comprise this value MUST be non-empty strings with characters in the range
/// U+0021 to U+007E not including separator characters as defined in \[RFC2616\] and MUST all be
/// unique strings." (section 4.1)
fn protocols(values: &[&str]) -> Result<Vec<String>, Refusal> {
    let mut seen = HashSet::new();
    let mut protocols = Vec::new();
    for protocol in members_of(values) {
        if !syntax::is_token(protocol) {
            return Err(Refusal::Protocol(protocol.to_owned()));
        }
        if !seen.insert(protocol) {
            return Err(Refusal::ProtocolTwice(protocol.to_owned()));
        }
        protocols.push(protocol.to_owned());
    }
    Ok(protocols)
}

impl Upgrade {
    /// The first of the `supported` subprotocols that the client offers. `None` if it offers none
    /// of them: "if the server does not wish to agree to one of the suggested subprotocols, it MUST
    /// NOT send back a |Sec-WebSocket-Protocol| header field in its response." (section 4.2.2)
    pub fn choose_protocol<'a>(&self, supported: &'a [impl AsRef<str>]) -> Option<&'a str> {
        let offered: HashSet<&str> = self.protocols.iter().map(String::as_str).collect();
        supported.iter().map(AsRef::as_ref).find(|protocol| offered.contains(protocol))
    }
}

/// The headers of the 101 that accepts the key, in the order to send them (section 4.2.2).
/// `protocol` is the chosen subprotocol, `extensions` are the accepted ones with the server's
/// parameters, in the order in which the client offered them.
pub fn response_headers(key: &Key, protocol: Option<&str>, extensions: &[Extension]) -> Headers {
    let mut headers = Headers::new();
    headers.push("Upgrade", "websocket");
    headers.push("Connection", "Upgrade");
    headers.push("Sec-WebSocket-Accept", key.accept());
    if let Some(protocol) = protocol {
        headers.push("Sec-WebSocket-Protocol", protocol);
    }
    if !extensions.is_empty() {
        let elements: Vec<String> = extensions.iter().map(ToString::to_string).collect();
        headers.push("Sec-WebSocket-Extensions", elements.join(", "));
    }
    headers
}

impl Refusal {
    /// The status of the response.
    pub fn status(&self) -> u16 {
        match self {
            Self::Method(_) => 405,
            Self::Version(_) | Self::NotRequested => 426,
            _ => 400,
        }
    }

    /// The headers that belong to the status.
    pub fn headers(&self) -> Headers {
        let headers: &[_] = match self {
            // "The origin server MUST generate an Allow header field in a 405 response" (RFC 9110
            // section 15.5.6)
            Self::Method(_) => &[("Allow", "GET")],
            // "The server MUST send an Upgrade header field in a 426 response to indicate the
            // required protocol(s)" (RFC 9110 section 15.5.22)
            Self::Version(_) | Self::NotRequested => &[
                ("Upgrade", "websocket"),
                ("Connection", "Upgrade"),
                ("Sec-WebSocket-Version", VERSION),
            ],
            _ => &[],
        };
        headers.iter().copied().collect()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Method(method) => write!(f, "{method} cannot open a WebSocket, only GET"),
            Self::Content => f.write_str("a request for a WebSocket has no body"),
            Self::NoConnection => f.write_str("Connection does not name Upgrade"),
            Self::Missing(name) => write!(f, "no {name}"),
            Self::Several(name) => write!(f, "more than one {name}"),
            Self::Version(version) => {
                write!(f, "Sec-WebSocket-Version {version:?} is not supported, only {VERSION}")
            }
            Self::Key(key) => write!(f, "Sec-WebSocket-Key {key:?} is not 16 bytes in base64"),
            Self::Protocol(name) => {
                write!(f, "invalid subprotocol {name:?} in Sec-WebSocket-Protocol")
            }
            Self::ProtocolTwice(name) => {
                write!(f, "duplicate subprotocol {name:?} in Sec-WebSocket-Protocol")
            }
            Self::Extensions(value) => write!(f, "malformed Sec-WebSocket-Extensions {value:?}"),
            Self::NotRequested => f.write_str("a WebSocket is served here, and was not requested"),
        }
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::http::{
        h1::request_reader::RequestReader, message::Limits, request::Event,
    };

    const LIMITS: Limits = Limits { head: 4096, headers: 32, body: 1024 };

    /// The request of section 1.2, without Origin and what it offers.
    const REQUEST: &str = "GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\n\
        Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
        Sec-WebSocket-Version: 13\r\n";

    fn head(request: &str) -> RequestHead {
        let mut reader = RequestReader::new(LIMITS);
        match reader.receive(&mut format!("{request}\r\n").as_bytes()) {
            Ok(Some(Event::Head(head))) => head,
            other => panic!("{other:?} {request}"),
        }
    }

    fn check_text(request: &str) -> Result<Upgrade, Refusal> {
        check(&head(request))
    }

    /// The result with these lines behind the others.
    fn with(lines: &str) -> Result<Upgrade, Refusal> {
        check_text(&format!("{REQUEST}{lines}"))
    }

    /// The result where this text stands for that.
    fn replaced(text: &str, by: &str) -> Result<Upgrade, Refusal> {
        assert!(REQUEST.contains(text));
        check_text(&REQUEST.replace(text, by))
    }

    fn extension(name: &str, parameters: &[&str]) -> Extension {
        Extension::new(name, parameters).unwrap()
    }

    #[test]
    fn accepts_the_request_of_section_1_2() {
        let offered = "Origin: http://example.com\r\nSec-WebSocket-Protocol: chat, superchat\r\n";
        let upgrade = with(offered).unwrap();
        assert_eq!(upgrade.key.accept(), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assert_eq!(upgrade.protocols, ["chat", "superchat"]);
        assert_eq!(upgrade.extensions, []);
        let headers = response_headers(&upgrade.key, upgrade.choose_protocol(&["chat"]), &[]);
        assert_eq!(
            headers.iter().collect::<Vec<_>>(),
            [
                ("Upgrade", "websocket"),
                ("Connection", "Upgrade"),
                ("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
                ("Sec-WebSocket-Protocol", "chat"),
            ]
        );
    }

    #[test]
    fn a_client_accepts_the_answer() {
        use super::super::handshake::{Accepted, request_headers, verify};
        let key = Key::new(*b"the sample nonce");
        let offer = extension("permessage-deflate", &["client_max_window_bits"]);
        let mut request = "GET / HTTP/1.1\r\nHost: a\r\n".to_owned();
        for (name, value) in request_headers(&key, &["a", "b"], Some(&offer.to_string())) {
            request.extend([name, ": ", &value, "\r\n"]);
        }
        let upgrade = check_text(&request).unwrap();
        assert_eq!(upgrade.extensions, [offer]);
        let protocol = upgrade.choose_protocol(&["x", "b", "a"]);
        let answer = [extension("permessage-deflate", &["client_max_window_bits=10"])];
        let headers = response_headers(&upgrade.key, protocol, &answer);
        assert_eq!(
            verify(headers.iter().collect::<Vec<_>>(), &key, &["a", "b"], &["permessage-deflate"]),
            Ok(Accepted { protocol: Some("b".to_owned()), extensions: answer.to_vec() })
        );
    }

    #[test]
    fn names_and_tokens_are_taken_in_any_case_and_from_lists() {
        for (text, by) in [
            ("Upgrade: websocket", "UPGRADE: WebSocket"),
            ("Upgrade: websocket", "Upgrade: h2c, websocket"),
            ("Upgrade: websocket", "Upgrade: h2c\r\nUpgrade: ,websocket ,"),
            ("Connection: Upgrade", "connection: keep-alive, upgrade"),
            ("Connection: Upgrade", "Connection: keep-alive\r\nConnection: UPGRADE"),
            ("Sec-WebSocket-Version: 13", "sec-websocket-version:  13\t"),
            ("Sec-WebSocket-Key", "sec-websocket-key"),
            ("GET /chat", "GET http://server.example.com/chat"),
        ] {
            assert!(replaced(text, by).is_ok(), "{by}");
        }
        assert!(with("Content-Length: 0\r\n").is_ok());
    }

    #[test]
    fn what_does_not_name_websocket_requests_none() {
        for (text, by) in [
            ("Upgrade: websocket\r\n", ""),
            ("Upgrade: websocket", "Upgrade: h2c"),
            ("Upgrade: websocket", "Upgrade: websocket/13"),
            ("Upgrade: websocket", "Upgrade: web, socket"),
            ("HTTP/1.1", "HTTP/1.0"),
        ] {
            assert!(!is_requested(&head(&REQUEST.replace(text, by))), "{by}");
            assert_eq!(replaced(text, by), Err(Refusal::NotRequested), "{by}");
        }
        assert!(is_requested(&head(REQUEST)));
    }

    #[test]
    fn only_get_without_content_opens() {
        for method in ["POST", "HEAD", "get"] {
            assert_eq!(replaced("GET", method), Err(Refusal::Method(method.to_owned())));
        }
        assert_eq!(with("Content-Length: 1\r\n"), Err(Refusal::Content));
        assert_eq!(with("Transfer-Encoding: chunked\r\n"), Err(Refusal::Content));
    }

    #[test]
    fn connection_names_upgrade() {
        for by in ["", "Connection: keep-alive\r\n", "Connection: up, grade\r\n"] {
            assert_eq!(replaced("Connection: Upgrade\r\n", by), Err(Refusal::NoConnection));
        }
    }

    #[test]
    fn version_is_13() {
        let name = "Sec-WebSocket-Version";
        assert_eq!(replaced("Sec-WebSocket-Version: 13\r\n", ""), Err(Refusal::Missing(name)));
        assert_eq!(with("Sec-WebSocket-Version: 13\r\n"), Err(Refusal::Several(name)));
        for version in ["", "8", "12", "013", "13, 8", "0x13", "thirteen"] {
            assert_eq!(
                replaced("Version: 13", &format!("Version: {version}")),
                Err(Refusal::Version(version.to_owned()))
            );
        }
    }

    #[test]
    fn there_is_one_key_of_16_bytes() {
        let line = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        let name = "Sec-WebSocket-Key";
        assert_eq!(replaced(line, ""), Err(Refusal::Missing(name)));
        assert_eq!(with(line), Err(Refusal::Several(name)));
        for key in ["", "x", "dGhlIHNhbXBsZSBub25j", "dGhlIHNhbXBsZSBub25jZSE="] {
            assert_eq!(
                replaced("dGhlIHNhbXBsZSBub25jZQ==", key),
                Err(Refusal::Key(key.to_owned()))
            );
        }
    }

    #[test]
    fn protocols_are_unique_tokens() {
        let offered = |lines: &str| with(lines).map(|upgrade| upgrade.protocols);
        let line = "Sec-WebSocket-Protocol";
        assert_eq!(offered(""), Ok(vec![]));
        assert_eq!(offered(&format!("{line}:\r\n{line}: ,\r\n")), Ok(vec![]));
        assert_eq!(
            offered(&format!("{line}: a,B ,\r\n{line}:\tb\r\n")),
            Ok(vec!["a".to_owned(), "B".to_owned(), "b".to_owned()])
        );
        for name in ["a b", "a/b", "\"a\"", "a;b", "é"] {
            let refusal = Refusal::Protocol(name.to_owned());
            assert_eq!(offered(&format!("{line}: x, {name}\r\n")), Err(refusal));
        }
        let twice = Err(Refusal::ProtocolTwice("a".to_owned()));
        assert_eq!(offered(&format!("{line}: a, b\r\n{line}: a\r\n")), twice);
    }

    #[test]
    fn the_server_prefers() {
        let upgrade = with("Sec-WebSocket-Protocol: a, b\r\n").unwrap();
        assert_eq!(upgrade.choose_protocol(&["c", "b", "a"]), Some("b"));
        assert_eq!(upgrade.choose_protocol(&["A", "c"]), None);
        assert_eq!(upgrade.choose_protocol(&[""; 0]), None);
        assert_eq!(with("").unwrap().choose_protocol(&["a"]), None);
    }

    #[test]
    fn extensions_are_offered_in_order_and_more_than_once() {
        let lines = "Sec-WebSocket-Extensions: a; x=10, a\r\n\
                     Sec-WebSocket-Extensions: ,b;y=\"1\"; y ,\r\n";
        assert_eq!(
            with(lines).unwrap().extensions,
            [extension("a", &["x=10"]), extension("a", &[]), extension("b", &["y=1", "y"])]
        );
        for value in ["a b", "a;", "a; x=", "a; x=\"1 2\"", "=", "\"a\"", "é"] {
            let lines = format!("Sec-WebSocket-Extensions: a\r\nSec-WebSocket-Extensions: {value}");
            let refusal = Err(Refusal::Extensions(value.to_owned()));
            assert_eq!(with(&format!("{lines}\r\n")), refusal);
        }
    }

    #[test]
    fn extensions_are_answered_as_one_list() {
        let key = Key::new(*b"the sample nonce");
        let headers =
            response_headers(&key, None, &[extension("a", &["x=1"]), extension("b", &[])]);
        assert_eq!(headers.first("Sec-WebSocket-Extensions"), Some("a; x=1, b"));
        assert_eq!(headers.first("Sec-WebSocket-Protocol"), None);
    }

    #[test]
    fn a_refusal_has_its_status_its_headers_and_one_line() {
        let upgrade =
            "Upgrade: websocket, Connection: Upgrade, Sec-WebSocket-Version: 13".to_owned();
        for (refusal, status, headers, text) in [
            (
                Refusal::Method("POST".to_owned()),
                405,
                "Allow: GET".to_owned(),
                "POST cannot open a WebSocket, only GET",
            ),
            (Refusal::Content, 400, String::new(), "a request for a WebSocket has no body"),
            (Refusal::NoConnection, 400, String::new(), "Connection does not name Upgrade"),
            (Refusal::Missing("Host"), 400, String::new(), "no Host"),
            (Refusal::Several("Host"), 400, String::new(), "more than one Host"),
            (
                Refusal::Version("8".to_owned()),
                426,
                upgrade.clone(),
                "Sec-WebSocket-Version \"8\" is not supported, only 13",
            ),
            (
                Refusal::Key("x\"".to_owned()),
                400,
                String::new(),
                "Sec-WebSocket-Key \"x\\\"\" is not 16 bytes in base64",
            ),
            (
                Refusal::Protocol("a b".to_owned()),
                400,
                String::new(),
                "invalid subprotocol \"a b\" in Sec-WebSocket-Protocol",
            ),
            (
                Refusal::ProtocolTwice("a".to_owned()),
                400,
                String::new(),
                "duplicate subprotocol \"a\" in Sec-WebSocket-Protocol",
            ),
            (
                Refusal::Extensions("a;".to_owned()),
                400,
                String::new(),
                "malformed Sec-WebSocket-Extensions \"a;\"",
            ),
            (
                Refusal::NotRequested,
                426,
                upgrade,
                "a WebSocket is served here, and was not requested",
            ),
        ] {
            let fields: Vec<_> =
                refusal.headers().iter().map(|(n, v)| format!("{n}: {v}")).collect();
            assert_eq!((refusal.status(), fields.join(", ")), (status, headers));
            assert_eq!(refusal.to_string(), text);
        }
    }
}
