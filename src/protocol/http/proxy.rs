//! Proxies: which one leads to a URL, as a script or the environment says, and how a tunnel is
//! requested from an HTTP proxy. SOCKS is in `protocol::socks`.

use std::{fmt, net::IpAddr};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{
    credentials::Credentials,
    h1::request::{self, RequestError},
    headers::Headers,
    url::{Host, Scheme, Url, is_scheme},
};

/// The default port of an HTTP proxy in an entry of a list, that of the `www` package.
const ENTRY_HTTP_PORT: u16 = 8080;

/// The default port of an HTTP proxy in a URL, curl's.
const URL_HTTP_PORT: u16 = 1080;

/// The default port of an HTTP proxy over TLS in a URL, curl's.
const URL_HTTPS_PORT: u16 = 443;

/// The default port of a SOCKS proxy (RFC 1928 section 3).
const SOCKS_PORT: u16 = 1080;

/// A route to a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Without a proxy.
    Direct,
    /// Through this one.
    Through(Proxy),
}

/// A proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proxy {
    /// The protocol it speaks.
    pub kind: Kind,
    /// Its host.
    pub host: Host,
    /// Its port.
    pub port: u16,
    /// The credentials for it, and for nobody else.
    pub credentials: Option<Credentials>,
}

/// The protocol that a proxy speaks. With each, the proxy looks up host names itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// HTTP, with the method CONNECT.
    Http,
    /// The same over TLS.
    Https,
    /// SOCKS 4a.
    Socks4,
    /// SOCKS 5.
    Socks5,
}

impl Route {
    /// Parses an entry of a list of proxies, as the `www` package has it: `DIRECT`, or one of
    /// `PROXY`, `HTTP`, `HTTPS`, `SOCKS` (which is `SOCKS4`), `SOCKS4` and `SOCKS5` with
    /// `host:port` or `user:password@host:port` after it, user and password percent-encoded. The
    /// port may be left out where it is 8080, or 1080 for SOCKS.
    pub fn parse(entry: &str) -> Result<Self, ProxyError> {
        let mut words = entry.split_ascii_whitespace();
        let keyword = words.next().unwrap_or_default();
        let (kind, port) = match keyword.to_ascii_uppercase().as_str() {
            "DIRECT" if words.next().is_none() => return Ok(Self::Direct),
            "PROXY" | "HTTP" => (Kind::Http, ENTRY_HTTP_PORT),
            "HTTPS" => (Kind::Https, ENTRY_HTTP_PORT),
            "SOCKS" | "SOCKS4" => (Kind::Socks4, SOCKS_PORT),
            "SOCKS5" => (Kind::Socks5, SOCKS_PORT),
            _ => return Err(ProxyError::Entry),
        };
        match (words.next(), words.next()) {
            (Some(address), None) => Proxy::at(address, kind, port).map(Route::Through),
            _ => Err(ProxyError::Entry),
        }
    }

    /// The route to `url` that the environment names. `variable` looks up an environment variable.
    /// As in curl:
    ///
    /// - The proxy for wss is the first of `wss_proxy`, `https_proxy` and `all_proxy`, that for ws
    ///   of `ws_proxy`, `http_proxy` and `all_proxy`; for https and http, the first of these does
    ///   not count. Each may be in upper case if it is missing in lower case, except `HTTP_PROXY`:
    ///   in a CGI program, that is a header field of some client.
    /// - `no_proxy` lists, separated by commas or blanks, what is reached directly: domains, with
    ///   all that is below them; IP addresses; networks such as `10.0.0.0/8`; `*` for everything.
    ///   Each may have a port (unlike in curl). Nothing is exempt that is not listed, not even the
    ///   local host.
    /// - An empty variable is the same as none.
    pub fn from_environment(
        url: &Url,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ProxyError> {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let either = |name: &str| set(name).or_else(|| set(&name.to_ascii_uppercase()));
        let proxy = match url.scheme() {
            Scheme::WsUnix | Scheme::HttpUnix => return Ok(Self::Direct),
            _ if url.is_own() => either(&format!("{}_proxy", url.scheme_name())),
            Scheme::Wss => either("wss_proxy").or_else(|| either("https_proxy")),
            Scheme::Https => either("https_proxy"),
            Scheme::Ws => either("ws_proxy").or_else(|| set("http_proxy")),
            Scheme::Http => set("http_proxy"),
        };
        let Some(proxy) = proxy.or_else(|| either("all_proxy")) else { return Ok(Self::Direct) };
        if either("no_proxy").is_some_and(|list| is_exempt(url, &list)) {
            return Ok(Self::Direct);
        }
        Proxy::parse_url(&proxy).map(Route::Through)
    }

    /// The entry of a list of proxies that [`Route::parse`] parses, with the credentials.
    pub fn to_entry(&self) -> String {
        match self {
            Self::Direct => "DIRECT".to_owned(),
            Self::Through(proxy) => {
                let Proxy { kind, host, port, credentials } = proxy;
                let encode = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
                let userinfo = credentials.as_ref().map(|Credentials { username, password }| {
                    format!("{}:{}@", encode(username), encode(password))
                });
                format!("{} {}{host}:{port}", kind.keyword(), userinfo.unwrap_or_default())
            }
        }
    }
}

impl Proxy {
    /// Parses the URL of a proxy as it stands in an environment variable:
    /// `scheme://user:password@host:port`. The scheme is http (also where none is given), https,
    /// socks4, socks4a, socks5, socks5h, or socks, which means SOCKS 5 as it does for GNOME and
    /// browsers; the port may be left out where it is 1080, or 443 for https. What follows it is
    /// ignored.
    pub fn parse_url(text: &str) -> Result<Self, ProxyError> {
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) if is_scheme(scheme) => (scheme.to_ascii_lowercase(), rest),
            _ => ("http".to_owned(), text),
        };
        let (kind, port) = match scheme.as_str() {
            "http" => (Kind::Http, URL_HTTP_PORT),
            "https" => (Kind::Https, URL_HTTPS_PORT),
            "socks4" | "socks4a" => (Kind::Socks4, SOCKS_PORT),
            "socks" | "socks5" | "socks5h" => (Kind::Socks5, SOCKS_PORT),
            _ => return Err(ProxyError::Scheme(scheme)),
        };
        let (address, _) = rest.split_once(['/', '?', '#']).unwrap_or((rest, ""));
        Self::at(address, kind, port)
    }

    /// The proxy at `[user[:password]@]host[:port]`.
    fn at(address: &str, kind: Kind, default_port: u16) -> Result<Self, ProxyError> {
        let (userinfo, host_port) = match address.rsplit_once('@') {
            Some((userinfo, host_port)) => (Some(userinfo), host_port),
            None => (None, address),
        };
        let credentials = match userinfo.filter(|userinfo| !userinfo.is_empty()) {
            Some(userinfo) => {
                let (username, password) = userinfo.split_once(':').unwrap_or((userinfo, ""));
                let credentials = Credentials::percent_decode(username, password);
                Some(credentials.ok_or(ProxyError::Credentials)?)
            }
            None => None,
        };
        // The colons of an IPv6 address are in brackets.
        let (host, port) = match host_port.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, port),
            _ => (host_port, ""),
        };
        let host = Host::parse(host).map_err(|_| ProxyError::Host)?;
        let digits = port.bytes().all(|byte| byte.is_ascii_digit());
        let port = match port {
            "" => default_port,
            port => port.parse().ok().filter(|p| digits && *p != 0).ok_or(ProxyError::Port)?,
        };
        Ok(Self { kind, host, port, credentials })
    }
}

/// The proxy without its credentials, for messages: `SOCKS5 localhost:1080`.
impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}:{}", self.kind.keyword(), self.host, self.port)
    }
}

impl Kind {
    fn keyword(self) -> &'static str {
        match self {
            Self::Http => "HTTP",
            Self::Https => "HTTPS",
            Self::Socks4 => "SOCKS4",
            Self::Socks5 => "SOCKS5",
        }
    }
}

/// Why a text does not name a proxy. Nothing of it is quoted but the scheme: it may have a
/// password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProxyError {
    /// An entry of a list is not a keyword with an address.
    Entry,
    /// There are no proxies with this scheme.
    Scheme(String),
    /// User or password have an invalid character.
    Credentials,
    /// The host is missing or invalid.
    Host,
    /// The port is invalid.
    Port,
}

impl fmt::Display for ProxyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry => f.write_str(
                "invalid proxy: must be DIRECT, or one of PROXY, HTTP, HTTPS, SOCKS, SOCKS4, \
                 SOCKS5 and host:port",
            ),
            Self::Scheme(scheme) => write!(
                f,
                "unsupported proxy scheme \"{scheme}\": must be http, https, socks, socks4, \
                 socks4a, socks5 or socks5h"
            ),
            Self::Credentials => {
                f.write_str("invalid proxy: invalid character in the user name or password")
            }
            Self::Host => f.write_str("invalid proxy: invalid host"),
            Self::Port => f.write_str("invalid proxy: invalid port number"),
        }
    }
}

impl std::error::Error for ProxyError {}

/// The bytes of the request for a tunnel to the server of `url`. `authorization` is the name and
/// the value of the field for it, as an [`Authenticator`](super::authentication::Authenticator)
/// gives them for the method `CONNECT` and the target [`Url::authority`].
pub fn connect_request(
    url: &Url,
    authorization: Option<(&str, String)>,
    user_agent: Option<&str>,
) -> Result<Vec<u8>, RequestError> {
    let authority = url.authority();
    let mut headers = Headers::new();
    headers.push("Host", &authority);
    if let Some(user_agent) = user_agent {
        headers.push("User-Agent", user_agent);
    }
    if let Some((name, value)) = authorization {
        headers.push(name, value);
    }
    request::connect(&authority, &headers)
}

/// Whether `no_proxy` lists the server of `url`.
fn is_exempt(url: &Url, no_proxy: &str) -> bool {
    no_proxy
        .split([',', ' ', '\t'])
        .filter(|pattern| !pattern.is_empty())
        .any(|pattern| matches(pattern, url.host(), url.port()))
}

fn matches(pattern: &str, host: &Host, port: u16) -> bool {
    let (pattern, only_port) = split_port(pattern);
    if only_port.is_some_and(|only| only != port) {
        return false;
    }
    match host {
        _ if pattern == "*" => true,
        Host::Domain(name) => is_below(name, pattern),
        Host::Ipv4(address) => is_in_network((*address).into(), pattern),
        Host::Ipv6(address) => is_in_network((*address).into(), pattern),
    }
}

/// Splits the port off a pattern. The colons of an IPv6 address are not taken for one's.
fn split_port(pattern: &str) -> (&str, Option<u16>) {
    let (host, port) = match pattern.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, "")) => return (address, None),
        Some((address, rest)) => (address, rest.strip_prefix(':')),
        None => match pattern.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => return (pattern, None),
        },
    };
    match port.and_then(|port| port.parse().ok()) {
        Some(port) => (host, Some(port)),
        None => (pattern, None),
    }
}

/// Whether `name` is the domain that `pattern` names, or below it. One dot (or `*.`) before the
/// pattern and one after either make no difference.
fn is_below(name: &str, pattern: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let domain = pattern.strip_prefix('*').unwrap_or(pattern);
    let domain = domain.strip_prefix('.').unwrap_or(domain);
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    // A name that was parsed is in its ASCII form, and so must be what it is compared with.
    let Ok(Host::Domain(domain)) = Host::parse(domain) else { return false };
    name.strip_suffix(domain.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Whether `pattern` is `address`, or a network that it is in, such as `10.0.0.0/8`.
fn is_in_network(address: IpAddr, pattern: &str) -> bool {
    let (network, length) = match pattern.split_once('/') {
        Some((network, length)) => (network, Some(length)),
        None => (pattern, None),
    };
    let (network, bits, width) = match (network.parse(), address) {
        (Ok(IpAddr::V4(network)), IpAddr::V4(address)) => {
            (network.to_bits().into(), address.to_bits().into(), 32)
        }
        (Ok(IpAddr::V6(network)), IpAddr::V6(address)) => {
            (network.to_bits(), address.to_bits(), 128)
        }
        _ => return false,
    };
    let length: u32 = match length.map(str::parse) {
        None => width,
        Some(Ok(length)) if length <= width => length,
        Some(_) => return false,
    };
    let difference: u128 = network ^ bits;
    // A shift by the whole width leaves 0.
    difference.checked_shr(width - length).unwrap_or(0) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        let is_http = text.starts_with("http");
        Url::parse(text, if is_http { Scheme::HTTP } else { Scheme::WEBSOCKET }).unwrap()
    }

    fn through(kind: Kind, host: &str, port: u16) -> Route {
        let host = Host::parse(host).unwrap();
        Route::Through(Proxy { kind, host, port, credentials: None })
    }

    fn from_environment(to: &str, variables: &[(&str, &str)]) -> Result<Route, ProxyError> {
        Route::from_environment(&url(to), |name| {
            let found = variables.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    /// The host of the proxy on the route to `to`, which is empty if there is none.
    fn proxy_for(to: &str, variables: &[(&str, &str)]) -> String {
        match from_environment(to, variables).unwrap() {
            Route::Direct => String::new(),
            Route::Through(proxy) => proxy.host.to_string(),
        }
    }

    fn exempt(to: &str, no_proxy: &str) -> bool {
        proxy_for(to, &[("all_proxy", "proxy"), ("no_proxy", no_proxy)]).is_empty()
    }

    #[test]
    fn entries_name_kind_host_and_port() {
        for (entry, route) in [
            ("DIRECT", Route::Direct),
            (" direct ", Route::Direct),
            ("PROXY h:1", through(Kind::Http, "h", 1)),
            ("HTTP h", through(Kind::Http, "h", 8080)),
            ("http h:", through(Kind::Http, "h", 8080)),
            ("HTTPS h", through(Kind::Https, "h", 8080)),
            ("SOCKS h", through(Kind::Socks4, "h", 1080)),
            ("SOCKS4  1.2.3.4:9", through(Kind::Socks4, "1.2.3.4", 9)),
            ("SOCKS5 [::1]", through(Kind::Socks5, "[::1]", 1080)),
            ("SOCKS5\t[::1]:65535", through(Kind::Socks5, "[::1]", 65535)),
        ] {
            assert_eq!(Route::parse(entry), Ok(route), "{entry}");
        }
    }

    #[test]
    fn credentials_are_percent_decoded() {
        let Ok(Route::Through(proxy)) = Route::parse("HTTP j%C3%B6:p%40s:s@h:1") else { panic!() };
        assert_eq!(proxy.credentials, Some(Credentials::parse("jö:p@s:s")));
        let proxy = Proxy::parse_url("socks5://joe:a@b@h").unwrap();
        assert_eq!(proxy.credentials, Some(Credentials::parse("joe:a@b")));
        assert_eq!(
            Proxy::parse_url("joe@h").unwrap().credentials,
            Some(Credentials::parse("joe:"))
        );
        assert_eq!(Proxy::parse_url("@h").unwrap().credentials, None);
        assert_eq!(Route::parse("HTTP a:%0D%0A@h"), Err(ProxyError::Credentials));
        assert_eq!(Route::parse("HTTP a:%FF@h"), Err(ProxyError::Credentials));
    }

    #[test]
    fn an_entry_can_be_written_and_parsed_again() {
        for entry in ["DIRECT", "HTTP h:8080", "SOCKS5 j%C3%B6:p%40s%3As%25@[::1]:1"] {
            assert_eq!(Route::parse(entry).unwrap().to_entry(), entry);
        }
    }

    #[test]
    fn bad_entries_are_refused() {
        for entry in ["", "h:80", "HTTP", "SOCKS6 h", "DIRECT h", "HTTP h 80", "FTP h"] {
            assert_eq!(Route::parse(entry), Err(ProxyError::Entry), "{entry}");
        }
        for entry in ["HTTP :80", "HTTP a/b:1", "HTTP ::1", "HTTP [::1", "HTTP u:p@", "HTTP [h]"] {
            assert_eq!(Route::parse(entry), Err(ProxyError::Host), "{entry}");
        }
        for entry in ["HTTP h:0", "HTTP h:65536", "HTTP h:x", "HTTP h:+1", "HTTP [::1]:-1"] {
            assert_eq!(Route::parse(entry), Err(ProxyError::Port), "{entry}");
        }
    }

    #[test]
    fn urls_name_kind_host_and_port() {
        for (text, kind, port) in [
            ("h", Kind::Http, 1080),
            ("h:3128", Kind::Http, 3128),
            ("http://h", Kind::Http, 1080),
            ("HTTP://h:80/", Kind::Http, 80),
            ("https://h/x?y", Kind::Https, 443),
            ("socks4://h", Kind::Socks4, 1080),
            ("socks4a://h:9", Kind::Socks4, 9),
            ("socks5://h", Kind::Socks5, 1080),
            ("socks5h://h#x", Kind::Socks5, 1080),
            ("socks://h", Kind::Socks5, 1080),
            ("SOCKS://h:9/", Kind::Socks5, 9),
        ] {
            let Route::Through(proxy) = through(kind, "h", port) else { panic!() };
            assert_eq!(Proxy::parse_url(text), Ok(proxy), "{text}");
        }
        assert_eq!(Proxy::parse_url("ftp://h"), Err(ProxyError::Scheme("ftp".to_owned())));
        assert_eq!(Proxy::parse_url("http://"), Err(ProxyError::Host));
        assert_eq!(Proxy::parse_url("a b"), Err(ProxyError::Host));
    }

    #[test]
    fn no_message_shows_the_password() {
        for text in ["joe:secret@h:x", "joe:secret@", "joe:secret%00@h", "ftp://joe:secret@h"] {
            let messages = [Proxy::parse_url(text).unwrap_err(), Route::parse(text).unwrap_err()];
            for message in messages.map(|error| error.to_string()) {
                assert!(!message.contains("secret"), "{message}");
            }
        }
        let proxy = Proxy::parse_url("socks5://joe:secret@h:1").unwrap();
        assert_eq!(proxy.to_string(), "SOCKS5 h:1");
        assert!(!format!("{proxy:?}").contains("secret"));
    }

    #[test]
    fn the_variables_are_looked_up_in_order() {
        let secure = [
            ("wss_proxy", "a"),
            ("WSS_PROXY", "b"),
            ("https_proxy", "c"),
            ("HTTPS_PROXY", "d"),
            ("all_proxy", "e"),
            ("ALL_PROXY", "f"),
        ];
        let plain = [
            ("ws_proxy", "a"),
            ("WS_PROXY", "b"),
            ("http_proxy", "c"),
            ("all_proxy", "d"),
            ("ALL_PROXY", "e"),
        ];
        for (to, variables) in [
            ("wss://h/", &secure[..]),
            ("https://h/", &secure[2..]),
            ("ws://h/", &plain),
            ("http://h/", &plain[2..]),
        ] {
            for first in 0..variables.len() {
                assert_eq!(proxy_for(to, &variables[first..]), variables[first].1);
            }
        }
    }

    #[test]
    fn other_variables_do_not_count() {
        assert_eq!(proxy_for("ws://h/", &[]), "");
        let variables = [("HTTP_PROXY", "p"), ("https_proxy", "p"), ("wss_proxy", "p")];
        assert_eq!(proxy_for("ws://h/", &variables), "");
        assert_eq!(proxy_for("http://h/", &[("ws_proxy", "p"), ("HTTP_PROXY", "p")]), "");
        assert_eq!(proxy_for("wss://h/", &[("http_proxy", "p"), ("ws_proxy", "p")]), "");
        assert_eq!(proxy_for("https://h/", &[("http_proxy", "p"), ("wss_proxy", "p")]), "");
    }

    #[test]
    fn an_empty_variable_is_none() {
        assert_eq!(proxy_for("ws://h/", &[("ws_proxy", ""), ("http_proxy", "p")]), "p");
        let variables = [("all_proxy", "p"), ("no_proxy", ""), ("NO_PROXY", "h")];
        assert_eq!(proxy_for("ws://h/", &variables), "");
    }

    #[test]
    fn a_bad_variable_is_an_error_unless_it_is_not_needed() {
        let variables = [("all_proxy", "p:x"), ("no_proxy", "h")];
        assert_eq!(from_environment("ws://i/", &variables), Err(ProxyError::Port));
        assert_eq!(from_environment("ws://h/", &variables), Ok(Route::Direct));
    }

    #[test]
    fn domains_are_exempt_with_all_below_them() {
        for (to, no_proxy, expected) in [
            ("ws://example.com/", "example.com", true),
            ("ws://www.example.com/", "example.com", true),
            ("ws://www.example.com/", ".example.com", true),
            ("ws://example.com/", ".example.com", true),
            ("ws://www.example.com/", "*.example.com", true),
            ("ws://www.example.com./", "example.com", true),
            ("ws://www.example.com/", "EXAMPLE.com.", true),
            ("ws://xexample.com/", "example.com", false),
            ("ws://example.com/", "www.example.com", false),
            ("ws://example.com/", "com.", true),
            ("ws://BÜCHER.example/", "bücher.example", true),
            ("ws://example.com/", "example.*", false),
            ("ws://localhost/", "127.0.0.1", false),
            ("ws://localhost/", "localhost", true),
            ("ws://localhost/", "x", false),
        ] {
            assert_eq!(exempt(to, no_proxy), expected, "{to} {no_proxy}");
        }
    }

    #[test]
    fn the_list_is_separated_by_commas_and_blanks() {
        for no_proxy in ["a,h", "a, h", "a h", " ,, h,", "a\th ,b", "*", "a,*"] {
            assert!(exempt("ws://h/", no_proxy), "{no_proxy}");
        }
        for no_proxy in [" ", ",", "a;h", "."] {
            assert!(!exempt("ws://h/", no_proxy), "{no_proxy}");
        }
    }

    #[test]
    fn addresses_and_networks_are_exempt() {
        for (to, no_proxy, expected) in [
            ("ws://192.168.1.1/", "192.168.1.1", true),
            ("ws://192.168.1.1/", "192.168.1", false),
            ("ws://192.168.1.1/", "192.168.0.0/16", true),
            ("ws://192.168.1.1/", "192.168.0.0/23", true),
            ("ws://192.168.1.1/", "192.168.0.0/24", false),
            ("ws://192.168.1.1/", "0.0.0.0/0", true),
            ("ws://192.168.1.1/", "192.168.1.1/32", true),
            ("ws://192.168.1.1/", "192.168.1.1/33", false),
            ("ws://192.168.1.1/", "192.168.1.1/", false),
            ("ws://192.168.1.1/", "192.168.1.1/x", false),
            ("ws://192.168.1.1/", "::/0", false),
            ("ws://[::1]/", "::1", true),
            ("ws://[::1]/", "0:0::1", true),
            ("ws://[::1]/", "[::1]", true),
            ("ws://[fe80::1]/", "fe80::/10", true),
            ("ws://[fe80::1]/", "[fe80::/10]", true),
            ("ws://[fe80::1]/", "fe80::/128", false),
            ("ws://[fe80::1]/", "::/0", true),
            ("ws://[::1]/", "0.0.0.0/0", false),
            ("ws://[::1]/", "::1/129", false),
        ] {
            assert_eq!(exempt(to, no_proxy), expected, "{to} {no_proxy}");
        }
    }

    #[test]
    fn an_exemption_may_be_for_one_port() {
        for (to, no_proxy, expected) in [
            ("ws://h:81/", "h:81", true),
            ("ws://www.h:81/", ".h:81", true),
            ("ws://h/", "h:80", true),
            ("wss://h/", "h:80", false),
            ("ws://h/", "h:x", false),
            ("ws://h/", "*:80", true),
            ("ws://1.2.3.4:81/", "1.2.3.0/24:81", true),
            ("ws://1.2.3.4:81/", "1.2.3.4:82", false),
            ("ws://[::1]:81/", "[::1]:81", true),
            ("ws://[::1]:81/", "[::1]:82", false),
            ("ws://[::1]:81/", "[::1]x", false),
        ] {
            assert_eq!(exempt(to, no_proxy), expected, "{to} {no_proxy}");
        }
    }

    #[test]
    fn a_tunnel_is_requested_with_host_and_port() {
        assert_eq!(
            connect_request(&url("ws://joe:secret@h/x"), None, None).unwrap(),
            b"CONNECT h:80 HTTP/1.1\r\nHost: h:80\r\n\r\n"
        );
        let authorization = Some(("Proxy-Authorization", "Basic x".to_owned()));
        assert_eq!(
            connect_request(&url("wss://[fe80::1%25a]/"), authorization, Some("tcl")).unwrap(),
            b"CONNECT [fe80::1]:443 HTTP/1.1\r\nHost: [fe80::1]:443\r\nUser-Agent: tcl\r\n\
              Proxy-Authorization: Basic x\r\n\r\n"
        );
        assert_eq!(
            connect_request(&url("ws://h/"), None, Some("a\r\nb")),
            Err(RequestError::HeaderValue("User-Agent".to_owned()))
        );
    }
}
