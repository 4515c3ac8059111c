//! The host and the port that a request names (RFC 9110 section 7.2): in Host, in an absolute
//! target, and in Origin.

use std::net::Ipv6Addr;

/// "Host = uri-host \[ ":" port \]"
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Authority<'a> {
    /// A name, which may be empty, or an address; one of IPv6 without its brackets.
    host: &'a str,
    ipv6: Option<Ipv6Addr>,
    port: Option<u16>,
}

impl<'a> Authority<'a> {
    /// Parses a host, with a port or not. An empty port is none (RFC 3986 section 3.2.3). `None`
    /// for anything else, user and password among it.
    pub fn parse(text: &'a str) -> Option<Self> {
        let (host, ipv6, port) = match text.strip_prefix('[') {
            Some(rest) => {
                let (address, port) = rest.split_once(']')?;
                (address, Some(address.parse().ok()?), port)
            }
            None => {
                let (host, port) = text.split_at(text.find(':').unwrap_or(text.len()));
                (host, None, port)
            }
        };
        if ipv6.is_none() && !is_registered_name(host) {
            return None;
        }
        let port = match port.strip_prefix(':') {
            None if port.is_empty() => None,
            Some("") => None,
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                Some(digits.parse().ok()?)
            }
            _ => return None,
        };
        Some(Self { host, ipv6, port })
    }

    /// The port, where one is named.
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// Whether it names no host.
    pub fn is_empty(&self) -> bool {
        self.host.is_empty()
    }

    /// Whether both name the same host: "the host name \[is\] case-insensitive" (RFC 9110 section
    /// 4.2.3), and an address of IPv6 has many forms.
    pub fn has_host_of(&self, other: &Authority<'_>) -> bool {
        match (self.ipv6, other.ipv6) {
            (None, None) => self.host.eq_ignore_ascii_case(other.host),
            (one, other) => one == other,
        }
    }
}

/// "reg-name = *( unreserved / pct-encoded / sub-delims )" (RFC 3986 section 3.2.2), of which an
/// address of IPv4 is one.
fn is_registered_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let is_valid = match byte {
            b'%' => [bytes.next(), bytes.next()]
                .iter()
                .all(|digit| digit.is_some_and(|digit| digit.is_ascii_hexdigit())),
            byte => byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=".contains(&byte),
        };
        if !is_valid {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_may_be_missing() {
        for (text, host, port) in [
            ("example.com", "example.com", None),
            ("example.com:8080", "example.com", Some(8080)),
            ("example.com:", "example.com", None),
            ("a_b:00080", "a_b", Some(80)),
            ("127.0.0.1:0", "127.0.0.1", Some(0)),
            ("[::1]", "::1", None),
            ("[::1]:65535", "::1", Some(65535)),
            ("", "", None),
            (":80", "", Some(80)),
            ("x%2Fy", "x%2Fy", None),
        ] {
            let authority = Authority::parse(text).unwrap();
            assert_eq!((authority.host, authority.port()), (host, port), "{text}");
            assert_eq!(authority.is_empty(), host.is_empty());
        }
    }

    #[test]
    fn what_is_no_host_is_none() {
        for text in [
            "a b",
            "a/b",
            "a?b",
            "a#b",
            "a@b",
            "a:b",
            "a:80:80",
            "a:65536",
            "a:+80",
            "a:-1",
            "a:8 ",
            "::1",
            "[::1",
            "[::1]80",
            "[::1%25lo]",
            "[::1%lo]",
            "[]",
            "[a]",
            "[127.0.0.1]",
            "[v1.a]",
            "a]",
            "ä",
            "a\\b",
            "a%",
            "a%4",
            "a%zz",
            "a\"",
            "<a>",
            "a\t",
            "a\0",
        ] {
            assert_eq!(Authority::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn hosts_are_the_same_in_any_case_and_form() {
        let same = |one: &str, other: &str| {
            let (one, other) = (Authority::parse(one).unwrap(), Authority::parse(other).unwrap());
            assert_eq!(one.has_host_of(&other), other.has_host_of(&one));
            one.has_host_of(&other)
        };
        assert!(same("Example.COM", "example.com:80"));
        assert!(same("[::1]", "[0:0::0:1]:80"));
        assert!(same("[::FFFF]", "[::ffff]"));
        assert!(!same("example.com", "example.com."));
        assert!(!same("example.com", "sub.example.com"));
        assert!(!same("[::1]", "[::2]"));
        assert!(!same("[::1]", "localhost"));
        assert!(!same("127.0.0.1", "[::ffff:127.0.0.1]"));
    }
}
