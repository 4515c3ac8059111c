//! The path of a Unix domain socket, as it stands in a URL and as the system takes it.

use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, percent_encode};

/// The most bytes that the system takes: `sun_path` without the zero at its end.
const MAX_BYTES: usize =
    if cfg!(any(target_os = "linux", target_os = "android")) { 107 } else { 103 };

/// What is percent-encoded in a URL: what may not stand in one, and what would end the path or be
/// decoded there.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b':')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// An absolute path that a socket can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SocketPath(Vec<u8>);

impl SocketPath {
    /// Decodes what stands in a URL. What is no percent-encoding stays as it is.
    ///
    /// Errors, with the reason, where the system could not connect to such a path.
    pub fn percent_decode(text: &str) -> Result<Self, &'static str> {
        let path: Vec<u8> = percent_decode_str(text).collect();
        if !cfg!(unix) {
            return Err("there are no Unix domain sockets on this system");
        }
        if path.is_empty() {
            return Err("the path of the socket is missing");
        }
        if path[0] != b'/' {
            return Err("the path of the socket is not absolute");
        }
        if path.contains(&0) {
            return Err("a zero byte in the path of the socket");
        }
        if path.len() > MAX_BYTES {
            return Err("the path of the socket is too long for the system");
        }
        Ok(Self(path))
    }

    /// The path, in the bytes of the file system.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// As it stands in a URL, in ASCII.
impl fmt::Display for SocketPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        percent_encode(&self.0, ENCODED).fmt(f)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_percent_decoded_and_encoded() {
        for (text, path, shown) in [
            ("/run/a.sock", &b"/run/a.sock"[..], "/run/a.sock"),
            ("/a%20b", b"/a b", "/a%20b"),
            ("/a%3Ab%3fc%23d%25", b"/a:b?c#d%", "/a%3Ab%3Fc%23d%25"),
            ("/\u{e4}", b"/\xc3\xa4", "/%C3%A4"),
            ("/%ff%0a", b"/\xff\n", "/%FF%0A"),
            ("/%zz%", b"/%zz%", "/%25zz%25"),
            ("%2Fa", b"/a", "/a"),
            ("//a/../b", b"//a/../b", "//a/../b"),
        ] {
            let decoded = SocketPath::percent_decode(text).unwrap();
            assert_eq!(decoded.as_bytes(), path, "{text}");
            assert_eq!(decoded.to_string(), shown, "{text}");
            assert_eq!(SocketPath::percent_decode(shown), Ok(decoded), "{text}");
        }
    }

    #[test]
    fn what_the_system_does_not_take_is_refused() {
        for (text, reason) in [
            ("", "the path of the socket is missing"),
            ("run/a", "the path of the socket is not absolute"),
            ("%00abstract", "the path of the socket is not absolute"),
            ("/a%00b", "a zero byte in the path of the socket"),
        ] {
            assert_eq!(SocketPath::percent_decode(text), Err(reason), "{text:?}");
        }
    }

    #[test]
    fn the_length_is_that_of_the_decoded_bytes() {
        let path = |bytes: usize| format!("/{}", "%41".repeat(bytes - 1));
        assert!(SocketPath::percent_decode(&path(MAX_BYTES)).is_ok());
        let too_long = Err("the path of the socket is too long for the system");
        assert_eq!(SocketPath::percent_decode(&path(MAX_BYTES + 1)), too_long);
    }
}
