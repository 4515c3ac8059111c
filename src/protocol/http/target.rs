//! The target of a request (RFC 9112 section 3.2), as a server understands it: which path and query
//! it means, and which host.

use super::authority::Authority;

/// What a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    text: String,
    /// Where the path begins and ends in the text.
    path: (usize, usize),
    /// Where host and port do, if they are in there.
    authority: Option<(usize, usize)>,
}

impl Target {
    /// Parses the target of a request with this method, which is not CONNECT: the form with a path
    /// alone, the one with a whole URL, or for OPTIONS the asterisk.
    ///
    /// Errors say what is wrong.
    pub fn parse(text: String, method: &str) -> Result<Self, &'static str> {
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("a character that has to be percent-encoded");
        }
        // The grammar has no fragment: "The request-target identifies the target resource upon
        // which to apply the request", and a client removes it (RFC 9110 section 7.1).
        if text.contains('#') {
            return Err("a fragment");
        }
        if text == "*" {
            // "The "asterisk-form" of request-target is only used for a server-wide OPTIONS
            // request" (RFC 9112 section 3.2.4)
            return match method {
                "OPTIONS" => Ok(Self { path: (0, 1), authority: None, text }),
                _ => Err("an asterisk, which only OPTIONS has"),
            };
        }
        if text.starts_with('/') {
            let end = text.find('?').unwrap_or(text.len());
            return Ok(Self { path: (0, end), authority: None, text });
        }
        // "a server MUST accept the absolute-form in requests, even though most HTTP/1.1 clients
        // will only send the absolute-form to a proxy" (RFC 9112 section 3.2.2)
        let Some((scheme, rest)) = text.split_once("://") else {
            return Err("neither a path nor a URL");
        };
        if !["http", "https"].iter().any(|known| known.eq_ignore_ascii_case(scheme)) {
            return Err("a URL that is not of HTTP");
        }
        let start = scheme.len() + "://".len();
        let length = rest.find(['/', '?']).unwrap_or(rest.len());
        // "A sender MUST NOT generate an "http" URI with an empty host identifier. A recipient that
        // processes such a URI reference MUST reject it as invalid." (RFC 9110 section 4.2.1)
        if Authority::parse(&rest[..length]).is_none_or(|authority| authority.is_empty()) {
            return Err("a URL without a valid host");
        }
        let path = start + length;
        let end = text[path..].find('?').map_or(text.len(), |length| path + length);
        Ok(Self { path: (path, end), authority: Some((start, path)), text })
    }

    /// The target as it came.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The path as it came, not decoded: `/` where a URL has none, and `*` for an asterisk. Else it
    /// begins with a slash.
    pub fn path(&self) -> &str {
        match &self.text[self.path.0..self.path.1] {
            "" => "/",
            path => path,
        }
    }

    /// What follows the question mark, as it came; empty where there is none.
    pub fn query(&self) -> &str {
        self.text[self.path.1..].strip_prefix('?').unwrap_or("")
    }

    /// Host and port of a target that is a URL.
    pub fn authority(&self) -> Option<&str> {
        self.authority.map(|(start, end)| &self.text[start..end])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str, method: &str) -> Result<Target, &'static str> {
        Target::parse(text.to_owned(), method)
    }

    #[test]
    fn path_and_query_are_as_sent() {
        for (text, path, query, authority) in [
            ("/", "/", "", None),
            ("/a%20b/../c", "/a%20b/../c", "", None),
            ("/a?x=1&y=%32?/", "/a", "x=1&y=%32?/", None),
            ("/?", "/", "", None),
            ("//host/x", "//host/x", "", None),
            ("/http://a/", "/http://a/", "", None),
            ("/\\{}|^\"<>`", "/\\{}|^\"<>`", "", None),
            ("http://a", "/", "", Some("a")),
            ("http://a?x", "/", "x", Some("a")),
            ("HTTPS://a:443/b?x", "/b", "x", Some("a:443")),
            ("http://[::1]:80//b", "//b", "", Some("[::1]:80")),
        ] {
            let target = parse(text, "GET").unwrap();
            assert_eq!((target.path(), target.query()), (path, query), "{text}");
            assert_eq!((target.authority(), target.as_str()), (authority, text), "{text}");
        }
    }

    #[test]
    fn the_asterisk_is_for_options() {
        assert_eq!(parse("*", "OPTIONS").unwrap().path(), "*");
        assert!(parse("*", "GET").is_err());
        assert!(parse("*", "options").is_err());
        assert!(parse("*?", "OPTIONS").is_err());
    }

    #[test]
    fn what_is_no_target_is_an_error() {
        for text in [
            "",
            "a",
            "a/b",
            "?x",
            "example.com:80",
            "http:/a",
            "http://",
            "http:///a",
            "http://?",
            "http://:80/",
            "http://u@a/",
            "http://a:b/",
            "ws://a/",
            "://a/",
            "ftp://a/",
            "/#",
            "/a#b",
            "http://a#b",
            "/ä",
            "/a b",
            "/\0",
            "/\x7f",
            "/\t",
        ] {
            assert!(parse(text, "GET").is_err(), "{text:?}");
        }
    }
}
