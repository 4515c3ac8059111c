//! SOCKS, the client's side: version 4 with names (4a) and version 5 (RFC 1928) with user and
//! password (RFC 1929). Bytes in, bytes out; from [`Progress::Connected`] on, the connection to the
//! proxy leads to the server. The proxy looks up names.

use std::{fmt, mem, net::Ipv4Addr};

use crate::protocol::http::{credentials::Credentials, url::Host};

/// The longest that a name or password can be, in bytes: its length is sent in one byte.
const MAX_LENGTH: usize = u8::MAX as usize;

const VERSION_4: u8 = 0x04;
const VERSION_5: u8 = 0x05;

/// The command that asks for a connection, in both versions.
const CONNECT: u8 = 0x01;

/// The version of a reply in version 4.
const VERSION_OF_REPLY_4: u8 = 0x00;

/// The reply of version 4 that means success.
const GRANTED_4: u8 = 0x5A;

/// The reply of version 5 that means success, and the status of authentication that does.
const SUCCEEDED: u8 = 0x00;

/// Versions of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    /// SOCKS 4a, which knows a user but no password, and no IPv6 addresses.
    V4,
    /// SOCKS 5.
    V5,
}

/// The conversation with a SOCKS proxy until it is connected to the server.
pub(crate) struct Socks {
    expected: Expected,
    output: Vec<u8>,
    /// What has arrived of the message that is expected.
    input: Vec<u8>,
    /// What is sent if authentication is asked for; empty without credentials.
    authentication: Vec<u8>,
    /// What is sent after that.
    request: Vec<u8>,
}

/// The message that is expected of the proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    /// The reply to the request of version 4.
    Reply4,
    /// The choice of a method (RFC 1928 section 3).
    Method,
    /// The outcome of authentication (RFC 1929 section 2).
    Status,
    /// The reply to the request (RFC 1928 section 6).
    Reply5,
    /// None: it is connected.
    Nothing,
}

/// How far the conversation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// Output may have to be sent, and more input is needed.
    NeedsInput,
    /// The proxy is connected to the server: from here on, all bytes are the server's.
    Connected,
}

impl Socks {
    /// Asks for a connection to `host` and `port`. Version 4 names the user to the proxy, version 5
    /// offers to authenticate with the password, too.
    pub(crate) fn new(
        version: Version,
        host: &Host,
        port: u16,
        credentials: Option<&Credentials>,
    ) -> Result<Self, SocksError> {
        let mut socks = Self {
            expected: Expected::Nothing,
            output: Vec::new(),
            input: Vec::new(),
            authentication: Vec::new(),
            request: Vec::new(),
        };
        match version {
            Version::V4 => {
                socks.output = request_4(host, port, credentials)?;
                socks.expected = Expected::Reply4;
            }
            Version::V5 => {
                // VER, NMETHODS, METHODS (RFC 1928 section 3)
                socks.output = vec![VERSION_5, 1, method::NONE];
                if let Some(credentials) = credentials {
                    socks.output = vec![VERSION_5, 2, method::NONE, method::PASSWORD];
                    socks.authentication = authentication(credentials)?;
                }
                socks.request = request_5(host, port)?;
                socks.expected = Expected::Method;
            }
        }
        Ok(socks)
    }

    /// Takes the bytes that are to be sent: some after `new`, and perhaps after each `receive`.
    pub(crate) fn take_output(&mut self) -> Vec<u8> {
        mem::take(&mut self.output)
    }

    /// Takes bytes from the front of `input`. What is left once it is connected is the server's.
    /// After an error, nothing sensible can follow.
    pub(crate) fn receive(&mut self, input: &mut &[u8]) -> Result<Progress, SocksError> {
        while self.expected != Expected::Nothing {
            let missing = self.message_length()? - self.input.len();
            if missing == 0 {
                self.act();
            } else if input.is_empty() {
                return Ok(Progress::NeedsInput);
            } else {
                let (taken, rest) = input.split_at(missing.min(input.len()));
                self.input.extend_from_slice(taken);
                *input = rest;
            }
        }
        Ok(Progress::Connected)
    }

    /// How long the expected message is, as far as what has arrived of it shows. An error as soon
    /// as that is a refusal, since some proxies send no more then.
    fn message_length(&self) -> Result<usize, SocksError> {
        match (self.expected, self.input.as_slice()) {
            (Expected::Nothing, _) => Ok(0),

            (Expected::Reply4, &[version, ..]) if version != VERSION_OF_REPLY_4 => {
                Err(SocksError::NotSocks(version))
            }
            (Expected::Reply4, &[_, reply, ..]) if reply != GRANTED_4 => {
                Err(SocksError::Refused4(reply))
            }
            (Expected::Reply4, _) => Ok(8),

            // "If the server returns a `failure' (STATUS value other than X'00') status, it MUST
            // close the connection." (RFC 1929 section 2). The version before it is often wrong.
            (Expected::Status, &[_, status]) if status != SUCCEEDED => {
                Err(SocksError::Unauthorized)
            }
            (Expected::Status, _) => Ok(2),

            (Expected::Method | Expected::Reply5, &[version, ..]) if version != VERSION_5 => {
                Err(SocksError::NotSocks(version))
            }
            (Expected::Method, &[_, method]) => self.check_method(method).map(|()| 2),
            (Expected::Method, _) => Ok(2),

            (Expected::Reply5, &[_, reply, ..]) if reply != SUCCEEDED => {
                Err(SocksError::Refused5(reply))
            }
            (Expected::Reply5, &[_, _, _, address::IPV4, ..]) => Ok(4 + 4 + 2),
            (Expected::Reply5, &[_, _, _, address::IPV6, ..]) => Ok(4 + 16 + 2),
            (Expected::Reply5, &[_, _, _, address::DOMAIN]) => Ok(5),
            (Expected::Reply5, &[_, _, _, address::DOMAIN, length, ..]) => {
                Ok(5 + usize::from(length) + 2)
            }
            (Expected::Reply5, &[_, _, _, other, ..]) => Err(SocksError::Address(other)),
            (Expected::Reply5, _) => Ok(4),
        }
    }

    fn check_method(&self, method: u8) -> Result<(), SocksError> {
        let has_credentials = !self.authentication.is_empty();
        match method {
            method::NONE => Ok(()),
            method::PASSWORD if has_credentials => Ok(()),
            method::NONE_ACCEPTABLE if has_credentials => Err(SocksError::CredentialsUnwanted),
            method::NONE_ACCEPTABLE => Err(SocksError::CredentialsRequired),
            _ => Err(SocksError::Method(method)),
        }
    }

    /// Acts on the message, which is complete and no refusal.
    fn act(&mut self) {
        let message = mem::take(&mut self.input);
        self.expected = match self.expected {
            Expected::Method if message[1] == method::PASSWORD => {
                self.output.append(&mut self.authentication);
                Expected::Status
            }
            Expected::Method | Expected::Status => {
                self.output.append(&mut self.request);
                Expected::Reply5
            }
            Expected::Reply4 | Expected::Reply5 | Expected::Nothing => Expected::Nothing,
        };
    }
}

/// Shows no bytes: they may hold the password.
impl fmt::Debug for Socks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Socks").field("expected", &self.expected).finish_non_exhaustive()
    }
}

/// RFC 1928 section 3
mod method {
    pub(super) const NONE: u8 = 0x00;
    pub(super) const PASSWORD: u8 = 0x02;
    pub(super) const NONE_ACCEPTABLE: u8 = 0xFF;
}

/// RFC 1928 section 5
mod address {
    pub(super) const IPV4: u8 = 0x01;
    pub(super) const DOMAIN: u8 = 0x03;
    pub(super) const IPV6: u8 = 0x04;
}

/// VN, CD, DSTPORT, DSTIP, USERID, NUL; for a name, an address that cannot be (0.0.0.x), and the
/// name with a NUL behind it all (SOCKS 4a).
fn request_4(
    host: &Host,
    port: u16,
    credentials: Option<&Credentials>,
) -> Result<Vec<u8>, SocksError> {
    let (address, name) = match host {
        Host::Ipv4(address) => (*address, None),
        Host::Domain(name) => (Ipv4Addr::new(0, 0, 0, 1), Some(name)),
        Host::Ipv6(_) => return Err(SocksError::Ipv6),
    };
    let mut request = vec![VERSION_4, CONNECT];
    request.extend(port.to_be_bytes());
    request.extend(address.octets());
    let user = credentials.map_or("", |credentials| &credentials.username);
    push_terminated(&mut request, user, "user name")?;
    if let Some(name) = name {
        push_terminated(&mut request, name, "host name")?;
    }
    Ok(request)
}

/// VER, CMD, RSV, ATYP, DST.ADDR, DST.PORT (RFC 1928 section 4)
fn request_5(host: &Host, port: u16) -> Result<Vec<u8>, SocksError> {
    let mut request = vec![VERSION_5, CONNECT, 0x00];
    match host {
        Host::Ipv4(ip) => {
            request.push(address::IPV4);
            request.extend(ip.octets());
        }
        Host::Ipv6(ip) => {
            request.push(address::IPV6);
            request.extend(ip.octets());
        }
        Host::Domain(name) => {
            request.push(address::DOMAIN);
            push_counted(&mut request, name, "host name")?;
        }
    }
    request.extend(port.to_be_bytes());
    Ok(request)
}

/// VER, ULEN, UNAME, PLEN, PASSWD (RFC 1929 section 2)
fn authentication(credentials: &Credentials) -> Result<Vec<u8>, SocksError> {
    let mut message = vec![0x01];
    push_counted(&mut message, &credentials.username, "user name")?;
    push_counted(&mut message, &credentials.password, "password")?;
    Ok(message)
}

fn push_counted(bytes: &mut Vec<u8>, text: &str, what: &'static str) -> Result<(), SocksError> {
    let length = u8::try_from(text.len()).map_err(|_| SocksError::TooLong(what))?;
    bytes.push(length);
    bytes.extend(text.bytes());
    Ok(())
}

fn push_terminated(bytes: &mut Vec<u8>, text: &str, what: &'static str) -> Result<(), SocksError> {
    if text.len() > MAX_LENGTH {
        return Err(SocksError::TooLong(what));
    }
    if text.contains('\0') {
        return Err(SocksError::Nul(what));
    }
    bytes.extend(text.bytes());
    bytes.push(0);
    Ok(())
}

/// Why there is no connection through the proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SocksError {
    /// This has more than 255 bytes, for which there is no room; nothing was sent.
    TooLong(&'static str),
    /// This has a NUL, which would end it; nothing was sent.
    Nul(&'static str),
    /// Version 4 cannot be asked for an IPv6 address; nothing was sent.
    Ipv6,
    /// The first byte of an answer, given here, is not that of a SOCKS proxy of this version.
    NotSocks(u8),
    /// The proxy wants credentials, and there are none.
    CredentialsRequired,
    /// The proxy wants to be authenticated to, but not with a user and a password.
    CredentialsUnwanted,
    /// The proxy chose this method of authentication, which was not offered.
    Method(u8),
    /// The proxy refused the user and the password.
    Unauthorized,
    /// A proxy of version 4 refused with this reply.
    Refused4(u8),
    /// A proxy of version 5 refused with this reply (RFC 1928 section 6).
    Refused5(u8),
    /// The proxy answered with this type of address, which does not exist.
    Address(u8),
}

impl fmt::Display for SocksError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self {
            Self::TooLong(what) => {
                return write!(f, "the {what} is too long for SOCKS: over {MAX_LENGTH} bytes");
            }
            Self::Nul(what) => return write!(f, "the {what} for SOCKS has a NUL character"),
            Self::Ipv6 => "SOCKS4 does not know IPv6 addresses",
            Self::NotSocks(byte) => {
                return write!(f, "not a SOCKS proxy of this version: it answered 0x{byte:02X}");
            }
            Self::CredentialsRequired => "the SOCKS proxy requires a user and a password",
            Self::CredentialsUnwanted => {
                "the SOCKS proxy requires other authentication than a user and a password"
            }
            Self::Method(method) => {
                return write!(
                    f,
                    "the SOCKS proxy chose an authentication that was not offered: 0x{method:02X}"
                );
            }
            Self::Unauthorized => "the SOCKS proxy refused the user or the password",
            Self::Refused4(reply) => {
                let reason = match reply {
                    0x5B => "request rejected or failed",
                    0x5C => "it cannot connect to identd on the client",
                    0x5D => "identd on the client reports another user",
                    _ => "unknown reply",
                };
                return write!(f, "the SOCKS4 proxy refused: {reason} (0x{reply:02X})");
            }
            Self::Refused5(reply) => {
                let reason = match reply {
                    0x01 => "general SOCKS server failure",
                    0x02 => "connection not allowed by ruleset",
                    0x03 => "network unreachable",
                    0x04 => "host unreachable",
                    0x05 => "connection refused",
                    0x06 => "TTL expired",
                    0x07 => "command not supported",
                    0x08 => "address type not supported",
                    _ => "unknown reply",
                };
                return write!(f, "the SOCKS5 proxy refused: {reason} (0x{reply:02X})");
            }
            Self::Address(kind) => {
                return write!(f, "the SOCKS proxy gave an unknown type of address: 0x{kind:02X}");
            }
        };
        f.write_str(reason)
    }
}

impl std::error::Error for SocksError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(text: &str) -> Host {
        Host::parse(text).unwrap()
    }

    fn joe() -> Credentials {
        Credentials::parse("joe:pw")
    }

    /// What the client sends, and the proxy's answer to it.
    type Exchange<'a> = (&'a [u8], &'a [u8]);

    /// Holds a conversation, each answer in pieces of `size`, and gives what comes of the last
    /// answer, with what is left of it.
    fn converse(
        mut socks: Socks,
        exchanges: &[Exchange<'_>],
        size: usize,
    ) -> (Result<Progress, SocksError>, Vec<u8>) {
        let mut outcome = Ok(Progress::NeedsInput);
        for (sent, answer) in exchanges {
            assert_eq!(outcome, Ok(Progress::NeedsInput));
            assert_eq!(socks.take_output(), *sent);
            for start in (0..answer.len()).step_by(size) {
                let mut input = &answer[start..answer.len().min(start + size)];
                outcome = socks.receive(&mut input);
                if outcome != Ok(Progress::NeedsInput) {
                    assert_eq!(socks.take_output(), b"");
                    return (outcome, [input, &answer[answer.len().min(start + size)..]].concat());
                }
                assert_eq!(input, b"", "input ignored");
            }
        }
        (outcome, Vec::new())
    }

    /// Holds a conversation in every chunking, and gives the outcome, after which `left` is left.
    fn talk(
        new: impl Fn() -> Socks,
        exchanges: &[Exchange<'_>],
        left: &[u8],
    ) -> Result<Progress, SocksError> {
        let whole = converse(new(), exchanges, usize::MAX);
        for size in 1..24 {
            let (outcome, rest) = converse(new(), exchanges, size);
            assert_eq!(outcome, whole.0);
            if outcome.is_ok() {
                assert_eq!(rest, left);
            }
        }
        whole.0
    }

    fn v4(to: &str, credentials: Option<Credentials>) -> impl Fn() -> Socks {
        let host = host(to);
        move || Socks::new(Version::V4, &host, 443, credentials.as_ref()).unwrap()
    }

    fn v5(to: &str, credentials: Option<Credentials>) -> impl Fn() -> Socks {
        let host = host(to);
        move || Socks::new(Version::V5, &host, 443, credentials.as_ref()).unwrap()
    }

    const REQUEST: &[u8] = b"\x05\x01\x00\x03\x01h\x01\xBB";
    const GRANTED: &[u8] = b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00";

    #[test]
    fn version_4_sends_an_address() {
        let request = b"\x04\x01\x01\xBB\x01\x02\x03\x04\x00";
        let exchanges: &[Exchange<'_>] = &[(request, b"\x00\x5A\x12\x34\x05\x06\x07\x08more")];
        assert_eq!(talk(v4("1.2.3.4", None), exchanges, b"more"), Ok(Progress::Connected));
    }

    #[test]
    fn version_4a_sends_a_name_and_a_user() {
        let request = b"\x04\x01\x01\xBB\x00\x00\x00\x01joe\x00example.com\x00";
        let exchanges: &[Exchange<'_>] = &[(request, b"\x00\x5A\x00\x00\x00\x00\x00\x00")];
        assert_eq!(talk(v4("example.com", Some(joe())), exchanges, b""), Ok(Progress::Connected));
    }

    #[test]
    fn version_4_refuses_with_a_reply() {
        let request = b"\x04\x01\x01\xBB\x00\x00\x00\x01\x00h\x00";
        for (reply, message) in [
            (0x5B, "the SOCKS4 proxy refused: request rejected or failed (0x5B)"),
            (0x5C, "the SOCKS4 proxy refused: it cannot connect to identd on the client (0x5C)"),
            (0x5D, "the SOCKS4 proxy refused: identd on the client reports another user (0x5D)"),
            (0x00, "the SOCKS4 proxy refused: unknown reply (0x00)"),
        ] {
            let error = talk(v4("h", None), &[(request, &[0x00, reply])], b"").unwrap_err();
            assert_eq!(error, SocksError::Refused4(reply));
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn version_4_has_no_ipv6() {
        let error = Socks::new(Version::V4, &host("[::1]"), 80, None).unwrap_err();
        assert_eq!(error, SocksError::Ipv6);
    }

    #[test]
    fn version_5_connects_without_authentication() {
        let answer = [GRANTED, b"more"].concat();
        let exchanges: &[Exchange<'_>] = &[(b"\x05\x01\x00", b"\x05\x00"), (REQUEST, &answer)];
        assert_eq!(talk(v5("h", None), exchanges, b"more"), Ok(Progress::Connected));
    }

    #[test]
    fn version_5_authenticates_when_it_is_asked_to() {
        let exchanges: &[Exchange<'_>] = &[
            (b"\x05\x02\x00\x02", b"\x05\x02"),
            (b"\x01\x03joe\x02pw", b"\x01\x00"),
            (REQUEST, GRANTED),
        ];
        assert_eq!(talk(v5("h", Some(joe())), exchanges, b""), Ok(Progress::Connected));
    }

    #[test]
    fn credentials_stay_here_unless_they_are_asked_for() {
        let exchanges: &[Exchange<'_>] = &[(b"\x05\x02\x00\x02", b"\x05\x00"), (REQUEST, GRANTED)];
        assert_eq!(talk(v5("h", Some(joe())), exchanges, b""), Ok(Progress::Connected));
    }

    #[test]
    fn addresses_are_sent_as_such() {
        let request = b"\x05\x01\x00\x01\x01\x02\x03\x04\x01\xBB";
        let exchanges: &[Exchange<'_>] = &[(b"\x05\x01\x00", b"\x05\x00"), (request, GRANTED)];
        assert_eq!(talk(v5("1.2.3.4", None), exchanges, b""), Ok(Progress::Connected));
        let request = b"\x05\x01\x00\x04\xFE\x80\x00\x00\x00\x00\x00\x00\
            \x00\x00\x00\x00\x00\x00\x00\x01\x01\xBB";
        let exchanges: &[Exchange<'_>] = &[(b"\x05\x01\x00", b"\x05\x00"), (request, GRANTED)];
        assert_eq!(talk(v5("[fe80::1]", None), exchanges, b""), Ok(Progress::Connected));
    }

    #[test]
    fn the_reply_may_have_any_type_of_address() {
        for address in [
            &b"\x01\x7F\x00\x00\x01"[..],
            &[&[0x04], &[0xAA; 16][..]].concat(),
            b"\x03\x00",
            b"\x03\x03abc",
        ] {
            let answer = [b"\x05\x00\x00", address, b"\x00\x50", b"HTTP"].concat();
            let exchanges: &[Exchange<'_>] = &[(b"\x05\x01\x00", b"\x05\x00"), (REQUEST, &answer)];
            assert_eq!(talk(v5("h", None), exchanges, b"HTTP"), Ok(Progress::Connected));
        }
        let exchanges: &[Exchange<'_>] =
            &[(b"\x05\x01\x00", b"\x05\x00"), (REQUEST, b"\x05\x00\x00\x02")];
        assert_eq!(talk(v5("h", None), exchanges, b""), Err(SocksError::Address(0x02)));
    }

    #[test]
    fn version_5_refuses_with_a_reply() {
        for (reply, reason) in [
            (0x01, "general SOCKS server failure (0x01)"),
            (0x02, "connection not allowed by ruleset (0x02)"),
            (0x03, "network unreachable (0x03)"),
            (0x04, "host unreachable (0x04)"),
            (0x05, "connection refused (0x05)"),
            (0x06, "TTL expired (0x06)"),
            (0x07, "command not supported (0x07)"),
            (0x08, "address type not supported (0x08)"),
            (0x09, "unknown reply (0x09)"),
        ] {
            let answer = [0x05, reply];
            let exchanges: &[Exchange<'_>] = &[(b"\x05\x01\x00", b"\x05\x00"), (REQUEST, &answer)];
            let error = talk(v5("h", None), exchanges, b"").unwrap_err();
            assert_eq!(error, SocksError::Refused5(reply));
            assert_eq!(error.to_string(), format!("the SOCKS5 proxy refused: {reason}"));
        }
    }

    #[test]
    fn wrong_credentials_are_refused() {
        let exchanges: &[Exchange<'_>] =
            &[(b"\x05\x02\x00\x02", b"\x05\x02"), (b"\x01\x03joe\x02pw", b"\x01\x01")];
        assert_eq!(talk(v5("h", Some(joe())), exchanges, b""), Err(SocksError::Unauthorized));
    }

    #[test]
    fn a_method_must_be_one_that_was_offered() {
        let alone = |method| talk(v5("h", None), &[(b"\x05\x01\x00", &[0x05, method])], b"");
        assert_eq!(alone(0xFF), Err(SocksError::CredentialsRequired));
        assert_eq!(alone(0x02), Err(SocksError::Method(0x02)));
        let exchange = |answer| [(&b"\x05\x02\x00\x02"[..], answer)];
        let with = |answer| talk(v5("h", Some(joe())), &exchange(answer), b"");
        assert_eq!(with(b"\x05\xFF"), Err(SocksError::CredentialsUnwanted));
        assert_eq!(with(b"\x05\x01"), Err(SocksError::Method(0x01)));
    }

    #[test]
    fn other_protocols_are_known_by_their_first_byte() {
        let answer = |answer| talk(v5("h", None), &[(b"\x05\x01\x00", answer)], b"");
        assert_eq!(answer(b"HTTP/1.1 400"), Err(SocksError::NotSocks(b'H')));
        assert_eq!(answer(b"\x00"), Err(SocksError::NotSocks(0x00)));
        let exchanges: &[Exchange<'_>] = &[(b"\x05\x01\x00", b"\x05\x00"), (REQUEST, b"\x04")];
        assert_eq!(talk(v5("h", None), exchanges, b""), Err(SocksError::NotSocks(0x04)));
        let exchanges: &[Exchange<'_>] = &[(b"\x04\x01\x01\xBB\x01\x02\x03\x04\x00", b"\x05")];
        let error = talk(v4("1.2.3.4", None), exchanges, b"").unwrap_err();
        assert_eq!(error.to_string(), "not a SOCKS proxy of this version: it answered 0x05");
    }

    #[test]
    fn what_does_not_fit_is_refused_before_anything_is_sent() {
        let long = "x".repeat(256);
        let fits = "x".repeat(255);
        let name = Host::Domain(long.clone());
        for version in [Version::V4, Version::V5] {
            let new = |host: &Host, user: &str, password: &str| {
                let credentials =
                    Credentials { username: user.to_owned(), password: password.to_owned() };
                Socks::new(version, host, 80, Some(&credentials)).err()
            };
            assert_eq!(new(&name, "", ""), Some(SocksError::TooLong("host name")));
            assert_eq!(new(&host("h"), &long, ""), Some(SocksError::TooLong("user name")));
            assert_eq!(new(&Host::Domain(fits.clone()), &fits, &fits), None);
            let password = (version == Version::V5).then_some(SocksError::TooLong("password"));
            assert_eq!(new(&host("h"), "", &long), password);
            let nul = (version == Version::V4).then_some(SocksError::Nul("user name"));
            assert_eq!(new(&host("h"), "a\0b", ""), nul);
        }
    }

    #[test]
    fn debug_shows_no_password() {
        let socks = v5("h", Some(Credentials::parse("joe:secret")))();
        assert_eq!(format!("{socks:?}"), "Socks { expected: Method, .. }");
    }
}
