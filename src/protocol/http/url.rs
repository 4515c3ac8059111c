//! The URLs of HTTP (RFC 9110 section 4.2) and of WebSockets (RFC 6455 section 3): a text becomes a
//! [`Url`], which has what connecting and requesting need, or a [`UrlError`].
//!
//! Parsing is that of the WHATWG URL standard (crate `url`), but stricter: control characters,
//! backslashes, missing slashes, and blanks before the path are errors here. The schemes ws+unix
//! and http+unix, which no standard has, are written as the package ws of Node has the first.

use std::{borrow::Cow, fmt};

use url::{ParseError, Position};

use super::{credentials::Credentials, socket_path::SocketPath};

/// A domain in its ASCII form (punycode) or an IP address.
pub type Host = url::Host<String>;

/// The scheme of a URL that can be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// HTTP over TCP.
    Http,
    /// HTTP over TLS.
    Https,
    /// A WebSocket over TCP.
    Ws,
    /// A WebSocket over TLS.
    Wss,
    /// A WebSocket over a Unix domain socket.
    WsUnix,
    /// HTTP over a Unix domain socket.
    HttpUnix,
}

/// A scheme that a caller has defined: HTTP over what the caller makes of a TCP connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnScheme {
    /// In lower case.
    pub name: String,
    /// The port where a URL names none.
    pub port: u16,
    /// Whether it stands for a connection that is as secure as that of https.
    pub is_secure: bool,
}

impl Scheme {
    /// The schemes of HTTP over a network.
    pub const HTTP: &[Self] = &[Self::Http, Self::Https];

    /// The schemes of HTTP that a caller may name. A server may not name the last one.
    pub const REQUEST: &[Self] = &[Self::Http, Self::Https, Self::HttpUnix];

    /// The schemes of WebSockets over a network.
    pub const WEBSOCKET: &[Self] = &[Self::Ws, Self::Wss];

    /// The schemes of WebSockets that a caller may name. A server may not name the last one.
    pub const CALLER: &[Self] = &[Self::Ws, Self::Wss, Self::WsUnix];

    const UNIX: &[Self] = &[Self::WsUnix, Self::HttpUnix];

    const NETWORK: &[Self] = &[Self::Http, Self::Https, Self::Ws, Self::Wss];

    /// That of a network with this name, in any case.
    pub fn find(name: &str) -> Option<Self> {
        Self::NETWORK.iter().copied().find(|known| known.name().eq_ignore_ascii_case(name))
    }

    /// Whether there is one with this name, in any case.
    pub fn is_known(name: &str) -> bool {
        let is_named = |known: &Self| known.name().eq_ignore_ascii_case(name);
        Self::NETWORK.iter().chain(Self::UNIX).any(is_named)
    }

    /// Whether it stands for a connection over TLS.
    pub fn is_secure(self) -> bool {
        matches!(self, Self::Https | Self::Wss)
    }

    fn is_websocket(self) -> bool {
        !Self::REQUEST.contains(&self)
    }

    /// That of the WebSocket with the same security, over a network.
    fn to_websocket(self) -> Self {
        if self.is_secure() { Self::Wss } else { Self::Ws }
    }

    fn default_port(self) -> u16 {
        if self.is_secure() { 443 } else { 80 }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
            Self::Ws => "ws",
            Self::Wss => "wss",
            Self::WsUnix => "ws+unix",
            Self::HttpUnix => "http+unix",
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A URL that can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    scheme: Scheme,
    own: Option<OwnScheme>,
    socket: Option<SocketPath>,
    host: Host,
    zone: Option<String>,
    port: u16,
    host_header: String,
    request_target: String,
    credentials: Option<Credentials>,
}

impl Url {
    /// Parses an absolute URL with one of the `allowed` schemes. Where only those of WebSockets
    /// are, http stands for ws, and https for wss. A fragment is an error in the URL of a
    /// WebSocket, and left out of any other. No error quotes more of `text` than its scheme, as a
    /// URL may have a password.
    pub fn parse(text: &str, allowed: &'static [Scheme]) -> Result<Self, UrlError> {
        let mut unix = Scheme::UNIX.iter().filter(|scheme| allowed.contains(scheme));
        if let Some((name, rest)) = text.split_once(':')
            && let Some(scheme) = unix.find(|scheme| scheme.name().eq_ignore_ascii_case(name))
        {
            return Self::parse_unix(*scheme, rest);
        }
        let text = encode_blanks(text, authority_end(text))?;
        let (found, rest) =
            text.split_once("://").filter(|(scheme, _)| is_scheme(scheme)).unwrap_or_default();
        let named = Scheme::find(found);
        // "If urlRecord's scheme is "http", then set urlRecord's scheme to "ws". Otherwise, if
        // urlRecord's scheme is "https", set urlRecord's scheme to "wss"." (the WHATWG's WebSockets
        // Standard)
        let meant = named.into_iter().flat_map(|scheme| [scheme, scheme.to_websocket()]);
        let Some(scheme) = meant.into_iter().find(|scheme| allowed.contains(scheme)) else {
            return Err(UrlError::Scheme { found: found.to_owned(), allowed });
        };
        if rest.starts_with('/') {
            return Err(UrlError::HostSpec("empty host"));
        }

        let (text, zone) = split_zone(&text)?;
        let url = url::Url::parse(&text).map_err(UrlError::from_parser)?;
        // "Fragment identifiers are meaningless in the context of WebSocket URIs and MUST NOT be
        // used on these URIs." (RFC 6455 section 3)
        if url.fragment().is_some() && scheme.is_websocket() {
            return Err(UrlError::Fragment);
        }
        let port = url.port().unwrap_or(scheme.default_port());
        if port == 0 {
            return Err(UrlError::HostSpec("invalid port number"));
        }
        Ok(Self {
            scheme,
            own: None,
            socket: None,
            host: url.host().ok_or(UrlError::HostSpec("empty host"))?.to_owned(),
            zone,
            port,
            host_header: url[Position::BeforeHost..Position::AfterPort].to_owned(),
            request_target: request_target(&url),
            credentials: credentials(&url)?,
        })
    }

    /// Parses a URL whose scheme is a caller's: as one of http, but for the port where it names
    /// none.
    pub fn parse_own(text: &str, own: &OwnScheme) -> Result<Self, UrlError> {
        let (_, rest) = text.split_once("://").unwrap_or_default();
        let url = Self::parse(&format!("http://{rest}"), &[Scheme::Http])?;
        let other = Self::parse(&format!("https://{rest}"), &[Scheme::Https])?;
        // One that is not there differs in these two.
        let port = if url.port == other.port { url.port } else { own.port };
        let host_header = match port == own.port {
            true => url.host.to_string(),
            false => format!("{}:{port}", url.host),
        };
        Ok(Self { own: Some(own.clone()), port, host_header, ..url })
    }

    /// Parses what follows the scheme of a Unix domain socket and its colon: a path, and behind the
    /// first colon the resource, which may be left out. A colon in the path is percent-encoded. The
    /// two slashes of an empty authority may be left out too.
    fn parse_unix(scheme: Scheme, rest: &str) -> Result<Self, UrlError> {
        let wrong = |reason| UrlError::SocketPath { scheme, reason };
        let rest = encode_blanks(rest, 0)?;
        let (rest, fragment) = match rest.split_once('#') {
            Some((rest, fragment)) => (rest, Some(fragment)),
            None => (&rest[..], None),
        };
        if fragment.is_some() && scheme.is_websocket() {
            return Err(UrlError::Fragment);
        }
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        let (path, resource) = rest.split_at(rest.find([':', '?']).unwrap_or(rest.len()));
        let resource = resource.strip_prefix(':').unwrap_or(resource);
        let socket = SocketPath::percent_decode(path).map_err(wrong)?;
        if !resource.is_empty() && !resource.starts_with(['/', '?']) {
            return Err(wrong("what follows its colon begins with no slash"));
        }
        let url = Self::parse(&format!("ws://localhost{resource}"), Scheme::WEBSOCKET)?;
        Ok(Self { scheme, socket: Some(socket), ..url })
    }

    /// Resolves a reference that is relative to this URL (RFC 3986 section 5), or absolute. If this
    /// URL is that of a WebSocket, so is the result, as of [`parse`](Url::parse). If it is not, a
    /// reference with ws or wss is an error. One with a scheme of Unix domain sockets always is:
    /// only a relative reference stays on one. A scheme that a caller has defined leads on only
    /// from a URL that has it. Fragment, user and password of the reference are left out, and so
    /// are this URL's user and password.
    pub fn join(&self, reference: &str) -> Result<Self, UrlError> {
        let (reference, _) = reference.split_once('#').unwrap_or((reference, ""));
        let mut url = match reference.split_once(':') {
            Some((scheme, _)) if is_scheme(scheme) => self.parse_absolute(reference)?,
            _ if reference.starts_with("//") => {
                self.parse_absolute(&format!("{}:{reference}", self.scheme_name()))?
            }
            _ => {
                let reference = encode_blanks(reference, 0)?;
                let scheme = self.scheme.to_websocket();
                let base = format!("{scheme}://{}{}", self.host_header, self.request_target);
                let url = url::Url::parse(&base).and_then(|base| base.join(&reference));
                let request_target = request_target(&url.map_err(UrlError::from_parser)?);
                Self { request_target, ..self.clone() }
            }
        };
        url.credentials = None;
        Ok(url)
    }

    /// Parses an absolute reference.
    fn parse_absolute(&self, reference: &str) -> Result<Self, UrlError> {
        if let Some(own) = &self.own
            && let Some((name, _)) = reference.split_once("://")
            && name.eq_ignore_ascii_case(&own.name)
        {
            return Self::parse_own(reference, own);
        }
        let is_websocket = self.scheme.is_websocket();
        Self::parse(reference, if is_websocket { Scheme::WEBSOCKET } else { Scheme::HTTP })
    }

    /// The scheme; of one that a caller has defined, that of HTTP over TCP.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The name of the scheme.
    pub fn scheme_name(&self) -> &str {
        self.own.as_ref().map_or(self.scheme.name(), |own| &own.name)
    }

    /// Whether its scheme is one that a caller has defined.
    pub fn is_own(&self) -> bool {
        self.own.is_some()
    }

    /// Whether the connection is to be over TLS.
    pub fn uses_tls(&self) -> bool {
        self.scheme.is_secure()
    }

    /// Whether what is sent there is secret: it goes over TLS, or the caller says so.
    pub fn is_secure(&self) -> bool {
        self.own.as_ref().map_or(self.uses_tls(), |own| own.is_secure)
    }

    /// The Unix domain socket to connect to, in place of host and port, which are those of
    /// "localhost" then.
    pub fn socket(&self) -> Option<&SocketPath> {
        self.socket.as_ref()
    }

    /// The host to connect to.
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// The zone of an IPv6 address, which is the name of the network interface to connect through
    /// (RFC 6874). It has a meaning on this machine only, and is in neither Host nor authority.
    pub fn zone(&self) -> Option<&str> {
        self.zone.as_deref()
    }

    /// The port to connect to: the one in the URL, else 80, or 443 over TLS.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The value of the Host header: an IPv6 address in brackets, the port only where it is not
    /// the scheme's default (RFC 9110 section 7.2).
    pub fn host_header(&self) -> &str {
        &self.host_header
    }

    /// Host and port, the latter always present, as a CONNECT request has them (RFC 9112 section
    /// 3.2.3).
    pub fn authority(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// Path and query as they stand in the request line, in ASCII: "/" where the URL has neither,
    /// other characters as the percent-encoded bytes of their UTF-8 (RFC 9112 section 3.2.1).
    pub fn request_target(&self) -> &str {
        &self.request_target
    }

    /// The user and password that the URL names.
    pub fn credentials(&self) -> Option<&Credentials> {
        self.credentials.as_ref()
    }
}

/// The URL without fragment, user and password.
impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = match &self.zone {
            Some(zone) => &self.host_header.replacen(']', &format!("%25{zone}]"), 1),
            None => &self.host_header,
        };
        match &self.socket {
            Some(path) => write!(f, "{}://{path}:{}", self.scheme, self.request_target),
            None => write!(f, "{}://{host}{}", self.scheme_name(), self.request_target),
        }
    }
}

/// A URL without a scheme is one of HTTP.
pub fn with_scheme(text: &str) -> Cow<'_, str> {
    let is_unix = |scheme: &str| scheme.eq_ignore_ascii_case(Scheme::HttpUnix.name());
    match text.split_once(':') {
        Some((scheme, rest)) if rest.starts_with("//") && is_scheme(scheme) => Cow::Borrowed(text),
        Some((scheme, _)) if is_unix(scheme) => Cow::Borrowed(text),
        _ => Cow::Owned(format!("http://{text}")),
    }
}

/// What references lead to, each relative to the one before it (RFC 3986 section 5), the first to
/// an absolute URL of any scheme, or of HTTP if it has none. Fragments are kept, and user and
/// password unless another host is named.
pub fn resolve(base: &str, references: &[impl AsRef<str>]) -> Result<String, UrlError> {
    let base = with_scheme(base);
    let base = encode_blanks(&base, authority_end(&base))?;
    let mut url = url::Url::parse(&base).map_err(UrlError::from_parser)?;
    for reference in references {
        let reference = encode_blanks(reference.as_ref(), 0)?;
        url = url.join(&reference).map_err(UrlError::from_parser)?;
    }
    Ok(url.into())
}

/// Why a text is not a URL that can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UrlError {
    /// The scheme is none of those that are allowed.
    Scheme {
        /// The scheme; empty where `://` with a scheme before it is missing.
        found: String,
        /// The allowed ones.
        allowed: &'static [Scheme],
    },
    /// Something between the scheme and the path is invalid, or the URL has a character that is not
    /// allowed in one; the reason says what.
    HostSpec(&'static str),
    /// The path of a Unix domain socket is invalid.
    SocketPath {
        /// The scheme of the URL.
        scheme: Scheme,
        /// What is wrong.
        reason: &'static str,
    },
    /// There is a fragment (`#...`), which a WebSocket URL must not have.
    Fragment,
}

impl UrlError {
    fn from_parser(error: ParseError) -> Self {
        Self::HostSpec(match error {
            ParseError::EmptyHost => "empty host",
            ParseError::InvalidPort => "invalid port number",
            ParseError::IdnaError | ParseError::InvalidDomainCharacter => "invalid domain name",
            ParseError::InvalidIpv4Address => "invalid IPv4 address",
            ParseError::InvalidIpv6Address => "invalid IPv6 address",
            _ => "it cannot be parsed",
        })
    }
}

impl fmt::Display for UrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scheme { found, allowed } if found.is_empty() => {
                let starts: Vec<_> = taken(allowed).map(|scheme| format!("{scheme}://")).collect();
                write!(f, "URL without a scheme: must start with {}", alternatives(&starts))
            }
            Self::Scheme { found, allowed } => {
                let names: Vec<_> = taken(allowed).map(|scheme| scheme.to_string()).collect();
                write!(f, "unsupported URL scheme \"{found}\": must be {}", alternatives(&names))
            }
            Self::HostSpec(reason) => write!(f, "invalid URL: {reason}"),
            Self::SocketPath { scheme, reason } => {
                write!(f, "invalid URL: {reason} (as in {scheme}:///run/server.sock:/resource)")
            }
            Self::Fragment => {
                f.write_str("invalid URL: a WebSocket URL has no fragment (write # as %23)")
            }
        }
    }
}

impl std::error::Error for UrlError {}

/// These schemes, and those that stand for one of them.
fn taken(allowed: &[Scheme]) -> impl Iterator<Item = Scheme> {
    let others = Scheme::NETWORK.iter().filter(|scheme| !allowed.contains(scheme));
    let others = others.filter(|scheme| allowed.contains(&scheme.to_websocket()));
    allowed.iter().chain(others).copied()
}

/// "a or b", or "a, b, or c".
fn alternatives(words: &[String]) -> String {
    match words {
        [others @ .., last] if others.len() > 1 => format!("{}, or {last}", others.join(", ")),
        _ => words.join(" or "),
    }
}

/// Percent-encodes the blanks from the index `path` on, also at the end, where the URL standard
/// would drop them. Refuses blanks before that, and what the standard would drop or replace.
fn encode_blanks(text: &str, path: usize) -> Result<Cow<'_, str>, UrlError> {
    let (start, path) = text.split_at(path);
    if start.contains(' ') || text.contains(|c: char| c.is_ascii_control()) {
        return Err(UrlError::HostSpec("whitespace or control character"));
    }
    if text.contains('\\') {
        return Err(UrlError::HostSpec("backslash"));
    }
    Ok(match path.contains(' ') {
        true => Cow::Owned([start, &path.replace(' ', "%20")].concat()),
        false => Cow::Borrowed(text),
    })
}

/// Where path, query or fragment begin.
fn authority_end(text: &str) -> usize {
    let start = authority_start(text);
    text[start..].find(['/', '?', '#']).map_or(text.len(), |index| start + index)
}

fn authority_start(text: &str) -> usize {
    text.find("://").map_or(0, |index| index + "://".len())
}

fn request_target(url: &url::Url) -> String {
    url[Position::BeforePath..Position::AfterQuery].to_owned()
}

fn credentials(url: &url::Url) -> Result<Option<Credentials>, UrlError> {
    if url.username().is_empty() && url.password().is_none() {
        return Ok(None);
    }
    match Credentials::percent_decode(url.username(), url.password().unwrap_or_default()) {
        Some(credentials) => Ok(Some(credentials)),
        None => Err(UrlError::HostSpec("invalid character in the user name or password")),
    }
}

/// Takes the zone out of a URL: the `%25eth0` in `ws://[fe80::1%25eth0]/` (RFC 6874 section 2),
/// which the URL standard does not know.
fn split_zone(text: &str) -> Result<(Cow<'_, str>, Option<String>), UrlError> {
    let (authority, end) = (authority_start(text), authority_end(text));
    let host = text[authority..end].rfind('@').map_or(authority, |i| authority + i + "@".len());
    let literal = text[host..end].strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let Some((address, zone)) = literal.and_then(|(literal, _)| literal.split_once("%25")) else {
        return Ok((Cow::Borrowed(text), None));
    };
    let unreserved = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
    if zone.is_empty() || !zone.chars().all(unreserved) {
        return Err(UrlError::HostSpec("invalid zone of an IPv6 address"));
    }
    let start = host + "[".len() + address.len();
    let end = start + "%25".len() + zone.len();
    Ok((Cow::Owned([&text[..start], &text[end..]].concat()), Some(zone.to_owned())))
}

/// scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ) (RFC 3986 section 3.1)
pub(crate) fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use super::*;

    /// The URL of a WebSocket.
    fn parse(text: &str) -> Url {
        Url::parse(text, Scheme::WEBSOCKET).unwrap()
    }

    fn parse_http(text: &str) -> Url {
        Url::parse(text, Scheme::HTTP).unwrap()
    }

    fn error(text: &str) -> UrlError {
        Url::parse(text, Scheme::WEBSOCKET).unwrap_err()
    }

    fn other_scheme(found: &str, allowed: &'static [Scheme]) -> UrlError {
        UrlError::Scheme { found: found.to_owned(), allowed }
    }

    fn host_spec(text: &str) -> &'static str {
        match error(text) {
            UrlError::HostSpec(reason) => reason,
            other => panic!("{text:?}: {other:?}"),
        }
    }

    #[test]
    fn a_url_is_split_into_its_parts() {
        let url = parse("wss://joe:secret@example.com:8443/chat/room?id=7&x=a%20b");
        assert!(url.is_secure());
        assert_eq!(url.host(), &Host::Domain("example.com".to_owned()));
        assert_eq!(url.port(), 8443);
        assert_eq!(url.host_header(), "example.com:8443");
        assert_eq!(url.request_target(), "/chat/room?id=7&x=a%20b");
        let credentials = url.credentials().unwrap();
        assert_eq!(credentials.username, "joe");
        assert_eq!(credentials.password, "secret");
    }

    #[test]
    fn the_schemes_of_http_differ_in_name_only() {
        for (http, websocket, secure) in [("HTTP", "ws", false), ("https", "wss", true)] {
            let rest = "://joe:secret@[fe80::1%25eth0]/a/../b?c";
            let url = parse_http(&format!("{http}{rest}"));
            assert_eq!(url.is_secure(), secure);
            assert_eq!(url.scheme().to_string(), http.to_ascii_lowercase());
            let twin = parse(&format!("{websocket}{rest}"));
            assert_eq!(twin.scheme().to_string(), websocket);
            assert_eq!(Url { scheme: url.scheme, ..twin }, url);
        }
    }

    #[test]
    fn a_scheme_of_a_caller_is_http_with_another_port() {
        let own = OwnScheme { name: "x-y".to_owned(), port: 8443, is_secure: true };
        for (text, port, host, shown) in [
            ("x-y://h/a?b#c", 8443, "h", "x-y://h/a?b"),
            ("X-Y://h:80", 80, "h:80", "x-y://h:80/"),
            ("x-y://h:443/", 443, "h:443", "x-y://h:443/"),
            ("x-y://h:8443/", 8443, "h", "x-y://h/"),
            ("x-y://[::1]:9/", 9, "[::1]:9", "x-y://[::1]:9/"),
        ] {
            let url = Url::parse_own(text, &own).unwrap();
            assert_eq!((url.port(), url.host_header()), (port, host), "{text}");
            assert_eq!(url.to_string(), shown);
            assert!(url.is_own() && url.is_secure() && !url.uses_tls());
        }
        let url = Url::parse_own("x-y://h/a", &own).unwrap();
        for (reference, joined) in [
            ("b", "x-y://h/b"),
            ("//g:1/b", "x-y://g:1/b"),
            ("x-y://g", "x-y://g/"),
            ("https://g", "https://g/"),
        ] {
            assert_eq!(url.join(reference).unwrap().to_string(), joined);
        }
        assert!(!url.join("http://g").unwrap().is_own());
        assert!(url.join("other://g").is_err() && parse_http("http://h").join("x-y://g").is_err());
        assert!(Url::parse_own("x-y:///", &own).is_err() && Url::parse_own("x-y:h", &own).is_err());
    }

    #[test]
    fn requests_go_to_unix_domain_sockets_too() {
        for (text, path, target, shown) in [
            ("http+unix:///run/x:/a?b#c", "/run/x", "/a?b", "http+unix:///run/x:/a?b"),
            ("HTTP+unix:/run/x", "/run/x", "/", "http+unix:///run/x:/"),
            ("http+unix:///run/x?b", "/run/x", "/?b", "http+unix:///run/x:/?b"),
        ] {
            let url = Url::parse(&with_scheme(text), Scheme::REQUEST).unwrap();
            assert_eq!(url.socket().unwrap().to_string(), path, "{text}");
            assert_eq!((url.request_target(), url.host_header()), (target, "localhost"));
            assert_eq!(url.to_string(), shown);
            assert!(!url.is_secure());
            assert_eq!(url.join("/z").unwrap().socket(), url.socket());
            assert!(url.join(shown).is_err() && url.join("//h/").is_err());
            assert!(Url::parse(text, Scheme::HTTP).is_err());
        }
        assert!(Url::parse("ws+unix:///run/x", Scheme::REQUEST).is_err());
        let error = Url::parse("http+unix://run/x", Scheme::REQUEST).unwrap_err();
        assert!(error.to_string().contains("as in http+unix:///run"), "{error}");
    }

    #[test]
    fn without_a_scheme_it_is_http() {
        for (text, whole) in [
            ("example.com/x", "http://example.com/x"),
            ("h:80/?u=http://other/", "http://h:80/?u=http://other/"),
            ("", "http://"),
            ("1a://h", "http://1a://h"),
        ] {
            assert_eq!(with_scheme(text), whole);
        }
        for text in ["https://h/", "HTTP://h", "x-y://h"] {
            assert_eq!(with_scheme(text), text);
        }
    }

    #[test]
    fn references_lead_on_from_one_to_the_next() {
        let base = "http://a/b/c/d;p?q#f";
        // Most are of RFC 3986 section 5.4.
        for (references, joined) in [
            (&[][..], "http://a/b/c/d;p?q#f"),
            (&["g"], "http://a/b/c/g"),
            (&["/g"], "http://a/g"),
            (&["//g"], "http://g/"),
            (&["?y"], "http://a/b/c/d;p?y"),
            (&["#s"], "http://a/b/c/d;p?q#s"),
            (&["../../../g"], "http://a/g"),
            (&["."], "http://a/b/c/"),
            (&[""], "http://a/b/c/d;p?q"),
            (&["ftp://h/x y"], "ftp://h/x%20y"),
            (&["e/", "f", "g?h#i"], "http://a/b/c/e/g?h#i"),
        ] {
            assert_eq!(resolve(base, references).unwrap(), joined, "{references:?}");
        }
        assert_eq!(resolve("h", &["x"]).unwrap(), "http://h/x");
        assert_eq!(resolve("h", &["//["]), Err(UrlError::HostSpec("invalid IPv6 address")));
        assert!(resolve("h", &["a\n"]).is_err() && resolve("h\n", &["a"]).is_err());
    }

    #[test]
    fn those_of_http_stand_for_those_of_websockets() {
        for (text, websocket) in [
            ("http://h/a?b", "ws://h/a?b"),
            ("HTTPS://joe:secret@h:80/", "wss://joe:secret@h:80/"),
            ("https://h:443", "wss://h/"),
            ("http://h:443", "ws://h:443/"),
            ("http://[fe80::1%25eth0]/", "ws://[fe80::1%25eth0]/"),
        ] {
            assert_eq!(parse(text), parse(websocket), "{text}");
        }
        assert_eq!(error("http://h/#x"), UrlError::Fragment);
        let both = Url::parse("http://h/", &[Scheme::Ws, Scheme::Http]).unwrap();
        assert_eq!(both.scheme(), Scheme::Http);
    }

    #[test]
    fn only_allowed_schemes_are_accepted() {
        let https = Url::parse("https://h/", &[Scheme::Https]).unwrap();
        assert_eq!(https.scheme(), Scheme::Https);
        for (text, allowed) in [
            ("http://h/", &[Scheme::Https][..]),
            ("ws://h/", Scheme::HTTP),
            ("wss://h/", Scheme::HTTP),
            ("https://h/", &[Scheme::Http, Scheme::Ws]),
            ("ftp://h/", Scheme::WEBSOCKET),
            ("http://h/", &[]),
        ] {
            let (found, _) = text.split_once(':').unwrap();
            assert_eq!(Url::parse(text, allowed), Err(other_scheme(found, allowed)), "{text}");
        }
    }

    #[test]
    fn ports_default_by_scheme() {
        assert_eq!(parse_http("http://h/").port(), 80);
        assert_eq!(parse_http("https://h/").port(), 443);
        assert_eq!(parse("ws://h/").port(), 80);
        assert_eq!(parse("wss://h/").port(), 443);
        assert_eq!(parse("ws://h:/").port(), 80);
        assert_eq!(parse("ws://h:65535/").port(), 65535);
    }

    #[test]
    fn the_host_header_leaves_out_only_the_default_port() {
        assert_eq!(parse("ws://h:80/").host_header(), "h");
        assert_eq!(parse("wss://h:443/").host_header(), "h");
        assert_eq!(parse("ws://h:443/").host_header(), "h:443");
        assert_eq!(parse("wss://h:80/").host_header(), "h:80");
    }

    #[test]
    fn the_request_target_starts_with_a_slash() {
        assert_eq!(parse("ws://h").request_target(), "/");
        assert_eq!(parse("ws://h/").request_target(), "/");
        assert_eq!(parse("ws://h?x=1").request_target(), "/?x=1");
        assert_eq!(parse("ws://h/a/../b?").request_target(), "/b?");
    }

    #[test]
    fn other_characters_are_percent_encoded_utf8() {
        assert_eq!(parse("ws://h/ä?ü").request_target(), "/%C3%A4?%C3%BC");
        assert_eq!(parse("ws://h/\u{1F600}\u{2028}").request_target(), "/%F0%9F%98%80%E2%80%A8");
    }

    #[test]
    fn blanks_in_path_and_query_are_percent_encoded() {
        for (text, target) in [
            ("ws://h/a b", "/a%20b"),
            ("ws://h/a b/../ c ?d e ", "/%20c%20?d%20e%20"),
            ("ws://h? ", "/?%20"),
            ("ws://h/ ", "/%20"),
            ("ws://joe:secret@h/ @x:y", "/%20@x:y"),
            ("ws://[fe80::1%25eth0]/a b", "/a%20b"),
        ] {
            assert_eq!(parse(text).request_target(), target, "{text:?}");
        }
        assert_eq!(error("ws://h/a# "), UrlError::Fragment);
    }

    #[test]
    fn domains_are_lower_case_punycode() {
        let url = parse("WS://BÜCHER.Example/");
        assert_eq!(url.host(), &Host::Domain("xn--bcher-kva.example".to_owned()));
        assert_eq!(url.host_header(), "xn--bcher-kva.example");
        assert_eq!(parse("ws://example.com./").host_header(), "example.com.");
    }

    #[test]
    fn ip_addresses_are_recognised() {
        assert_eq!(parse("ws://127.0.0.1:9/").host(), &Host::Ipv4(Ipv4Addr::LOCALHOST));
        let url = parse("ws://[::1]:8080/");
        assert_eq!(url.host(), &Host::Ipv6(Ipv6Addr::LOCALHOST));
        assert_eq!(url.host_header(), "[::1]:8080");
        assert_eq!(parse("ws://[0:0::1]/").host_header(), "[::1]");
    }

    #[test]
    fn a_zone_is_for_connecting_only() {
        let url = parse("ws://joe:%25eth1]@[fe80::1%25eth0.1]:8080/[::1%25x]");
        assert_eq!(url.zone(), Some("eth0.1"));
        assert_eq!(url.host().to_string(), "[fe80::1]");
        assert_eq!(url.host_header(), "[fe80::1]:8080");
        assert_eq!(url.authority(), "[fe80::1]:8080");
        assert_eq!(url.request_target(), "/[::1%25x]");
        assert_eq!(url.to_string(), "ws://[fe80::1%25eth0.1]:8080/[::1%25x]");
        assert_eq!(parse("ws://[fe80::1]/?[%25x]").zone(), None);
        assert_eq!(parse("ws://h/[::1%25x]").zone(), None);
    }

    #[test]
    fn a_zone_is_the_name_of_an_interface() {
        for text in ["ws://[fe80::1%25]/", "ws://[fe80::1%25a%20]/", "ws://[fe80::1%25[]/"] {
            assert_eq!(host_spec(text), "invalid zone of an IPv6 address", "{text:?}");
        }
        assert_eq!(host_spec("ws://[1.2.3.4%25eth0]/"), "invalid IPv6 address");
    }

    #[test]
    fn the_authority_always_has_a_port() {
        assert_eq!(parse("ws://h/").authority(), "h:80");
        assert_eq!(parse("wss://[::1]/").authority(), "[::1]:443");
    }

    /// What a caller names.
    #[cfg(unix)]
    fn parse_unix(text: &str) -> Url {
        Url::parse(text, Scheme::CALLER).unwrap()
    }

    #[cfg(unix)]
    #[test]
    fn a_unix_socket_stands_in_place_of_host_and_port() {
        for (text, path, target) in [
            ("ws+unix:///run/a.sock:/chat?x=1:2", "/run/a.sock", "/chat?x=1:2"),
            ("WS+Unix:/run/a.sock:/chat", "/run/a.sock", "/chat"),
            ("ws+unix:///run/a.sock", "/run/a.sock", "/"),
            ("ws+unix:///run/a.sock:", "/run/a.sock", "/"),
            ("ws+unix:///run/a.sock:?x", "/run/a.sock", "/?x"),
            ("ws+unix:///run/a.sock?x:/y", "/run/a.sock", "/?x:/y"),
            ("ws+unix:///a:/b:/c", "/a", "/b:/c"),
            ("ws+unix:///a%3A:/b", "/a:", "/b"),
            ("ws+unix:///a b%25:/c d", "/a b%", "/c%20d"),
            ("ws+unix:///\u{e4}:/\u{e4}/../\u{fc}", "/\u{e4}", "/%C3%BC"),
            ("ws+unix:///me:/secret@h", "/me", "/secret@h"),
            ("ws+unix:////a", "//a", "/"),
        ] {
            let url = parse_unix(text);
            assert_eq!(url.socket().unwrap().as_bytes(), path.as_bytes(), "{text}");
            assert_eq!(url.request_target(), target, "{text}");
            assert_eq!((url.scheme(), url.is_secure()), (Scheme::WsUnix, false));
            assert_eq!((url.host_header(), url.credentials()), ("localhost", None));
            assert_eq!(parse_unix(&url.to_string()), url, "{text}");
        }
        let shown = parse_unix("ws+unix:/a b%3a").to_string();
        assert_eq!(shown, "ws+unix:///a%20b%3A:/");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_path_of_a_socket_is_refused() {
        use UrlError::{Fragment, HostSpec};
        let path = |reason| UrlError::SocketPath { scheme: Scheme::WsUnix, reason };
        for (text, error) in [
            ("ws+unix:", path("the path of the socket is missing")),
            ("ws+unix://", path("the path of the socket is missing")),
            ("ws+unix://:/x", path("the path of the socket is missing")),
            ("ws+unix://localhost/s", path("the path of the socket is not absolute")),
            ("ws+unix:s", path("the path of the socket is not absolute")),
            ("ws+unix:///s%00", path("a zero byte in the path of the socket")),
            ("ws+unix:///s:80/x", path("what follows its colon begins with no slash")),
            ("ws+unix:///s:/x#y", Fragment),
            ("ws+unix:///s#:/x", Fragment),
            ("ws+unix:///s\0", HostSpec("whitespace or control character")),
            ("ws+unix:///s:/\n", HostSpec("whitespace or control character")),
            ("ws+unix:///a\\b", HostSpec("backslash")),
        ] {
            assert_eq!(Url::parse(text, Scheme::CALLER), Err(error), "{text:?}");
        }
        assert_eq!(
            Url::parse("ws+unix:", Scheme::CALLER).unwrap_err().to_string(),
            "invalid URL: the path of the socket is missing \
             (as in ws+unix:///run/server.sock:/resource)"
        );
    }

    #[test]
    fn only_a_caller_may_name_a_unix_socket() {
        for allowed in [Scheme::WEBSOCKET, Scheme::HTTP] {
            for text in ["ws+unix:///s", "ws+unix://localhost/s"] {
                assert_eq!(Url::parse(text, allowed), Err(other_scheme("ws+unix", allowed)));
            }
        }
        assert_eq!(
            Url::parse("wss+unix:///s", Scheme::CALLER).unwrap_err().to_string(),
            "unsupported URL scheme \"wss+unix\": must be ws, wss, ws+unix, http, or https"
        );
    }

    #[test]
    fn references_are_resolved() {
        let base = parse("wss://h:8443/a/b?c");
        for (reference, resolved) in [
            ("/x?y", "wss://h:8443/x?y"),
            ("x/../y", "wss://h:8443/a/y"),
            ("../../x", "wss://h:8443/x"),
            ("?y=http://z", "wss://h:8443/a/b?y=http://z"),
            ("", "wss://h:8443/a/b?c"),
            ("ä", "wss://h:8443/a/%C3%A4"),
            ("./x:y", "wss://h:8443/a/x:y"),
            ("x y? z ", "wss://h:8443/a/x%20y?%20z%20"),
            ("x y:z", "wss://h:8443/a/x%20y:z"),
            ("//other/x y", "wss://other/x%20y"),
            ("https://other/x y", "wss://other/x%20y"),
            ("//other", "wss://other/"),
            ("//other:443/x", "wss://other/x"),
            ("ws://other", "ws://other/"),
            ("WSS://other/x", "wss://other/x"),
            ("http://h:8443/", "ws://h:8443/"),
            ("http://h:80/", "ws://h/"),
            ("HTTPS://h:443/x", "wss://h/x"),
            ("https://h:80", "wss://h:80/"),
            ("https://[fe80::1%25eth0]/", "wss://[fe80::1%25eth0]/"),
        ] {
            let url = base.join(reference).unwrap();
            assert_eq!(url.to_string(), resolved, "{reference}");
            assert_eq!(url, parse(resolved), "{reference}");
        }
    }

    #[test]
    fn references_to_http_urls_stay_http() {
        let base = parse_http("https://joe:secret@h:8443/a/b?c#d");
        for (reference, resolved) in [
            ("x#y", "https://h:8443/a/x"),
            ("//other", "https://other/"),
            ("HTTP://h:443/", "http://h:443/"),
            ("https://eve:x@other:443/#y", "https://other/"),
        ] {
            let url = base.join(reference).unwrap();
            assert_eq!(url.to_string(), resolved, "{reference}");
            assert_eq!(url, parse_http(resolved), "{reference}");
        }
        for scheme in ["ws", "WSS", "ftp"] {
            let error = Err(other_scheme(scheme, Scheme::HTTP));
            assert_eq!(base.join(&format!("{scheme}://h/")), error);
        }
    }

    #[test]
    fn a_relative_reference_keeps_the_zone() {
        let url = parse("ws://[fe80::1%25eth0]:81/a").join("b").unwrap();
        assert_eq!(url, parse("ws://[fe80::1%25eth0]:81/b"));
        assert_eq!(url.join("//[fe80::1]:81").unwrap().zone(), None);
    }

    #[test]
    fn neither_fragments_nor_credentials_survive_joining() {
        let base = parse("ws://joe:secret@h/a");
        for reference in ["/b#c", "//eve:x@h/b#//y", "ws://eve@h/b#", "http://eve:x@h/b"] {
            assert_eq!(base.join(reference).unwrap(), parse("ws://h/b"), "{reference}");
        }
    }

    #[test]
    fn references_are_as_strict_as_urls() {
        let base = parse("ws://h/a");
        let host_spec = UrlError::HostSpec;
        for (reference, error) in [
            ("///x", host_spec("empty host")),
            ("http:///x", host_spec("empty host")),
            ("//", host_spec("empty host")),
            ("//h:0/", host_spec("invalid port number")),
            ("/\\x", host_spec("backslash")),
            ("//a b/", host_spec("whitespace or control character")),
            ("\tx", host_spec("whitespace or control character")),
            ("http:x", other_scheme("", Scheme::WEBSOCKET)),
            ("ftp://h/", other_scheme("ftp", Scheme::WEBSOCKET)),
            ("localhost:80/x", other_scheme("", Scheme::WEBSOCKET)),
        ] {
            assert_eq!(base.join(reference), Err(error), "{reference:?}");
        }
    }

    #[test]
    fn credentials_are_percent_decoded() {
        let url = parse("ws://j%C3%B6:p%40ss%3Aw%2Frd+@h/");
        assert_eq!(url.credentials().unwrap().username, "jö");
        assert_eq!(url.credentials().unwrap().password, "p@ss:w/rd+");
        assert_eq!(url.host_header(), "h");
        assert_eq!(parse("ws://joe@h/").credentials().unwrap().password, "");
        assert_eq!(parse("ws://:secret@h/").credentials().unwrap().username, "");
        assert_eq!(parse("ws://@h/").credentials(), None);
        assert_eq!(parse("ws://h/").credentials(), None);
    }

    #[test]
    fn credentials_hold_no_control_characters_and_are_utf8() {
        let reason = "invalid character in the user name or password";
        assert_eq!(host_spec("ws://joe%0D%0AX:y@h/"), reason);
        assert_eq!(host_spec("ws://joe:%00@h/"), reason);
        assert_eq!(host_spec("ws://joe:%FF@h/"), reason);
    }

    #[test]
    fn neither_display_nor_debug_shows_credentials() {
        let url = parse("wss://joe:secret@h:8443/a?b");
        assert_eq!(url.to_string(), "wss://h:8443/a?b");
        let debug = format!("{url:?}");
        assert!(!debug.contains("secret") && !debug.contains("joe"), "{debug}");
    }

    #[test]
    fn other_schemes_are_named() {
        assert_eq!(error("ftp://h/"), other_scheme("ftp", Scheme::WEBSOCKET));
        assert_eq!(
            error("ftp://h/").to_string(),
            "unsupported URL scheme \"ftp\": must be ws, wss, http, or https"
        );
        assert_eq!(
            Url::parse("ws://h/", Scheme::HTTP).unwrap_err().to_string(),
            "unsupported URL scheme \"ws\": must be http or https"
        );
        assert_eq!(
            Url::parse("h", Scheme::CALLER).unwrap_err().to_string(),
            "URL without a scheme: must start with ws://, wss://, ws+unix://, http://, or https://"
        );
    }

    #[test]
    fn a_missing_scheme_quotes_nothing() {
        for text in ["", "h/x", "localhost:80/x", "ws:h", "ws:/h", "://h", "joe:secret@h/?u=a://b"]
        {
            assert_eq!(error(text), other_scheme("", Scheme::WEBSOCKET), "{text:?}");
        }
        assert_eq!(
            error("h/x").to_string(),
            "URL without a scheme: must start with ws://, wss://, http://, or https://"
        );
    }

    #[test]
    fn an_empty_host_is_refused() {
        for text in
            ["ws://", "ws:///", "ws:///h", "ws:////h/x", "ws://?x", "ws://:80/", "ws://joe@/"]
        {
            assert_eq!(host_spec(text), "empty host", "{text:?}");
        }
    }

    #[test]
    fn a_bad_port_is_refused() {
        for text in ["ws://h:0/", "ws://h:65536/", "ws://h:abc/", "ws://h:-1/", "ws://[::1]:x/"] {
            assert_eq!(host_spec(text), "invalid port number", "{text:?}");
        }
    }

    #[test]
    fn a_bad_host_is_refused() {
        assert_eq!(host_spec("ws://[::1/"), "invalid IPv6 address");
        assert_eq!(host_spec("ws://[fe80::1%eth0]/"), "invalid IPv6 address");
        assert_eq!(host_spec("ws://1.2.3.256/"), "invalid IPv4 address");
        assert_eq!(host_spec("ws://a<b/"), "invalid domain name");
        assert_eq!(host_spec("ws://a%0d%0ab/"), "invalid domain name");
        assert_eq!(host_spec("ws://xn--a/"), "invalid domain name");
    }

    #[test]
    fn control_characters_are_refused_everywhere_and_blanks_before_the_path() {
        for c in ['\0', '\t', '\n', '\r', ' ', '\x7f'] {
            for (text, is_path) in [
                (format!("{c}ws://h/"), false),
                (format!("w{c}s://h/"), false),
                (format!("ws:{c}//h/"), false),
                (format!("ws://h{c}/"), false),
                (format!("ws://h{c}"), false),
                (format!("ws://h:80{c}?x"), false),
                (format!("ws://joe:se{c}cret@h/"), false),
                (format!("ws://h/a{c}b"), true),
                (format!("ws://h/?a{c}"), true),
            ] {
                if c != ' ' || !is_path {
                    assert_eq!(host_spec(&text), "whitespace or control character", "{text:?}");
                }
            }
        }
    }

    #[test]
    fn backslashes_are_refused() {
        assert_eq!(host_spec("ws://good.example\\@evil.example/"), "backslash");
        assert_eq!(host_spec("ws:\\\\h/"), "backslash");
    }

    #[test]
    fn fragments_are_left_out_of_http_urls() {
        for text in ["http://h/x#y", "http://h/x#", "http://h/x#y?z#"] {
            assert_eq!(parse_http(text), parse_http("http://h/x"), "{text}");
        }
        assert_eq!(parse_http("http://h#y").to_string(), "http://h/");
    }

    #[test]
    fn fragments_are_refused_in_websocket_urls() {
        assert_eq!(error("ws://h/x#y"), UrlError::Fragment);
        assert_eq!(error("ws://h/#"), UrlError::Fragment);
        assert_eq!(parse("ws://h/x%23y").request_target(), "/x%23y");
    }

    #[test]
    fn no_error_shows_the_password() {
        for text in [
            "ws://joe:secret@h:x/",
            "ws://joe:secret@/",
            "ws://joe:secret@h/#x",
            "ws://joe:secret@[::1/",
            "ws://joe:secret @h/x",
            "ftp://joe:secret@h/",
            "joe:secret@h",
        ] {
            let message = error(text).to_string();
            assert!(!message.contains("secret"), "{message}");
        }
    }
}
