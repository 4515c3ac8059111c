//! Which file below a folder a request asks for, so that no path leads out of it, and what type it
//! is of. Opening it, and finding out whether links lead out, is the caller's part.

use percent_encoding::percent_decode_str;

use super::{headers::Headers, request::RequestHead};

/// Where a file is, or a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The names of the folders below the root, and at the end that of the file. None is empty, `.`
    /// or `..`, or has a slash, a backslash or a control character. None at all for the root.
    pub names: Vec<String>,
    /// Whether the path ends with a slash, so that it means a folder.
    pub is_folder: bool,
}

/// Why a request is for no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileRefusal {
    /// The method is neither GET nor HEAD.
    Method,
    /// The path can name no file that is served.
    Path,
}

impl FileRefusal {
    /// The status of the response.
    pub fn status(self) -> u16 {
        match self {
            Self::Method => 405,
            Self::Path => 404,
        }
    }

    /// The headers that belong to it.
    pub fn headers(self) -> Headers {
        match self {
            Self::Method => [("Allow", "GET, HEAD")].into_iter().collect(),
            Self::Path => Headers::new(),
        }
    }
}

/// Where the file is that a request asks for.
///
/// Refuses a path whose names, percent-decoded once, are not UTF-8, or are none of a
/// [`Location`]; and one with a name that begins with a dot, which hides it, other than
/// `.well-known` at the beginning (RFC 8615).
pub fn locate(head: &RequestHead) -> Result<Location, FileRefusal> {
    if !["GET", "HEAD"].contains(&head.method.as_str()) {
        return Err(FileRefusal::Method);
    }
    locate_path(head.target.path()).ok_or(FileRefusal::Path)
}

fn locate_path(path: &str) -> Option<Location> {
    let mut parts = path.strip_prefix('/')?.split('/').peekable();
    let mut names: Vec<String> = Vec::new();
    while let Some(part) = parts.next() {
        if part.is_empty() && parts.peek().is_none() {
            return Some(Location { names, is_folder: true });
        }
        let name = percent_decode_str(part).decode_utf8().ok()?;
        let is_hidden = name.starts_with('.') && !(names.is_empty() && name == ".well-known");
        if name.is_empty() || is_hidden || name.contains(is_forbidden) {
            return None;
        }
        names.push(name.into_owned());
    }
    Some(Location { names, is_folder: false })
}

/// Whether a name may not have this character: it separates names, here or elsewhere, or a system
/// may end the name there. On Windows a colon names a drive or a stream.
fn is_forbidden(character: char) -> bool {
    matches!(character, '/' | '\\') || character.is_control() || cfg!(windows) && character == ':'
}

/// Where the folder is that a path without a slash at its end turned out to be: the value of
/// Location for a 301. It begins with one slash, so that it leads to no other host.
pub fn with_slash(head: &RequestHead) -> String {
    let (path, query) = (head.target.path(), head.target.query());
    match query {
        "" => format!("{path}/"),
        query => format!("{path}/?{query}"),
    }
}

/// The type of a file with this name (RFC 9110 section 8.3), by what follows its last dot. Text is
/// taken for UTF-8.
pub fn media_type(name: &str) -> &'static str {
    let (_, extension) = name.rsplit_once('.').unwrap_or_default();
    match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "txt" | "text" | "log" | "tcl" => "text/plain; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "xml" => "text/xml; charset=utf-8",
        // "No "charset" parameter is defined for this registration" (RFC 8259 section 11).
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xhtml" => "application/xhtml+xml",
        "atom" => "application/atom+xml",
        "rss" => "application/rss+xml",
        "pdf" => "application/pdf",
        "wasm" => "application/wasm",
        "zip" => "application/zip",
        "gz" => "application/gzip",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "bmp" => "image/bmp",
        "ico" => "image/vnd.microsoft.icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp3" => "audio/mpeg",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        "m4a" => "audio/mp4",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "ogv" => "video/ogg",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::http::{
        h1::request_reader::RequestReader, message::Limits, request::Event,
    };

    fn head(method: &str, target: &str) -> RequestHead {
        let limits = Limits { head: 4096, headers: 8, body: 0 };
        let bytes = format!("{method} {target} HTTP/1.1\r\nHost: a\r\n\r\n");
        match RequestReader::new(limits).receive(&mut bytes.as_bytes()) {
            Ok(Some(Event::Head(head))) => head,
            other => panic!("{other:?} {target}"),
        }
    }

    /// The names of a path, with a slash behind those of a folder.
    fn names(target: &str) -> Option<String> {
        let location = locate(&head("GET", target)).ok()?;
        let slash = if location.is_folder { "/" } else { "" };
        Some(location.names.join("|") + slash)
    }

    #[test]
    fn a_path_names_folders_and_a_file() {
        for (target, expected) in [
            ("/", "/"),
            ("/?x=/..", "/"),
            ("/index.html", "index.html"),
            ("/a/b%20c/d.txt?q", "a|b c|d.txt"),
            ("/a/", "a/"),
            ("/%C3%A4/%61", "ä|a"),
            ("/a..b/c.", "a..b|c."),
            ("/~a/$b;c=d,e@", "~a|$b;c=d,e@"),
            ("/%252e%252e/x", "%2e%2e|x"),
            ("/%zz/100%", "%zz|100%"),
            ("/.well-known/security.txt", ".well-known|security.txt"),
            ("/%2ewell-known/", ".well-known/"),
            ("http://a/b/c", "b|c"),
            ("http://a", "/"),
        ] {
            assert_eq!(names(target).as_deref(), Some(expected), "{target}");
        }
    }

    #[test]
    fn no_path_leads_out_or_to_what_is_hidden() {
        for target in [
            "/..",
            "/../x",
            "/a/../x",
            "/a/..",
            "/./x",
            "/.",
            "/a/.",
            "/%2e%2e/x",
            "/%2E./x",
            "/.%2e/",
            "/..%2fx",
            "/a%2Fb",
            "/a%2f..%2f..%2fx",
            "/a\\b",
            "/..\\x",
            "/a%5cb",
            "/%5C..%5cx",
            "/x%00.html",
            "/x%0a",
            "/x%7F",
            "/%C2%85",
            "/%ff",
            "/%C0%AE%C0%AE/x",
            "/%c0%af",
            "/%ed%a0%80",
            "//",
            "//x",
            "/a//b",
            "/a//",
            "//host/x",
            "/.git/config",
            "/a/.htpasswd",
            "/%2egit/config",
            "/a/.well-known/x",
            "/.well-known/.x",
            "/...",
        ] {
            assert_eq!(names(target), None, "{target}");
        }
        assert_eq!(locate(&head("OPTIONS", "*")), Err(FileRefusal::Method));
        assert_eq!(locate_path("*"), None);
    }

    #[test]
    fn only_get_and_head_are_for_files() {
        assert!(locate(&head("HEAD", "/a")).is_ok());
        for method in ["POST", "PUT", "DELETE", "get", "OPTIONS"] {
            assert_eq!(locate(&head(method, "/a")), Err(FileRefusal::Method));
        }
        assert_eq!(FileRefusal::Method.status(), 405);
        assert_eq!(FileRefusal::Method.headers().first("Allow"), Some("GET, HEAD"));
        assert_eq!((FileRefusal::Path.status(), FileRefusal::Path.headers().len()), (404, 0));
    }

    #[test]
    fn a_folder_is_found_with_a_slash() {
        for (target, expected) in
            [("/a", "/a/"), ("/a%20b?x=1", "/a%20b/?x=1"), ("http://evil/a", "/a/")]
        {
            assert_eq!(with_slash(&head("GET", target)), expected);
        }
    }

    #[test]
    fn a_type_is_that_of_the_extension() {
        for (name, expected) in [
            ("index.html", "text/html; charset=utf-8"),
            ("A.B.PNG", "image/png"),
            ("app.js", "text/javascript; charset=utf-8"),
            ("x.tar.gz", "application/gzip"),
            ("Makefile", "application/octet-stream"),
            ("html", "application/octet-stream"),
            ("x.", "application/octet-stream"),
            ("x.unknown", "application/octet-stream"),
        ] {
            assert_eq!(media_type(name), expected, "{name}");
        }
    }
}
