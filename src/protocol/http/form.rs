//! Key/value pairs and files in a request: percent-encoding, queries, and bodies of the types
//! application/x-www-form-urlencoded and multipart/*.
//!
//! A body is a list of pieces. The content of a part stands in it as the caller has it, whatever
//! that is, so that a file can be read while it is sent.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The type of a body or part of which nothing else is said.
pub const DEFAULT_TYPE: &str = "application/octet-stream";

const URL_ENCODED: &str = "application/x-www-form-urlencoded";

/// The name of a part of a form that has none.
const DEFAULT_NAME: &str = "value";

/// "unreserved = ALPHA / DIGIT / "-" / "." / "_" / "~"" (RFC 3986 section 2.3)
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A key and its value, as text.
pub type Pair = (String, String);

/// One part of what a request has beside its pairs. `C` is what the caller has for its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<C> {
    /// The name of the field in a form.
    pub name: Option<String>,
    /// The media type.
    pub media_type: Option<String>,
    /// The content.
    pub content: C,
    /// Of a file: its name, without folders.
    pub file_name: Option<String>,
}

/// A piece of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<C> {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The content of a part.
    Content(C),
}

/// A body and its media type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body<C> {
    /// What it consists of, in order.
    pub pieces: Vec<Piece<C>>,
    /// The value of Content-Type.
    pub media_type: String,
}

/// Which body a method has where the caller does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MethodKind {
    /// None: GET, HEAD and the like. There are no parts.
    Get,
    /// A form.
    Post,
    /// The parts: PUT, DELETE, PATCH and all others.
    Put,
}

/// What the caller says about the kind of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Multipart {
    /// multipart/form-data
    FormData,
    /// multipart/* with this subtype, which is a token.
    Other(String),
    /// One part as it is, or none.
    None,
}

impl<C> Body<C> {
    /// How many bytes it has, where `length` knows that of each content.
    pub fn length(&self, length: impl Fn(&C) -> Option<u64>) -> Option<u64> {
        let lengths = self.pieces.iter().map(|piece| match piece {
            Piece::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Piece::Content(content) => length(content),
        });
        lengths.sum()
    }
}

/// Percent-encodes the UTF-8 of a text, but for letters, digits and `-._~`.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Pairs as a query or a form has them: `key=value&key=value`.
pub fn encode_pairs(pairs: &[Pair]) -> String {
    let encoded = pairs.iter().map(|(key, value)| format!("{}={}", encode(key), encode(value)));
    encoded.collect::<Vec<_>>().join("&")
}

/// Adds pairs to the query of a URL, which is before its fragment and may be missing.
pub fn add_query(url: &str, pairs: &[Pair]) -> String {
    if pairs.is_empty() {
        return url.to_owned();
    }
    let (start, fragment) = url.split_at(url.find('#').unwrap_or(url.len()));
    let separator = match start.split_once('?') {
        None => "?",
        Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
        Some(_) => "&",
    };
    [start, separator, &encode_pairs(pairs), fragment].concat()
}

/// The body that a request has, if any, and the pairs that go to the query. Where there are several
/// parts, what is between them is a token that `boundary` makes by a cryptographic generator, so
/// that it is in no part.
pub fn compose<C>(
    method: MethodKind,
    multipart: Option<Multipart>,
    mut parts: Vec<Part<C>>,
    pairs: Vec<Pair>,
    boundary: impl FnOnce() -> String,
) -> (Option<Body<C>>, Vec<Pair>) {
    let form = || Body {
        pieces: vec![Piece::Bytes(encode_pairs(&pairs).into_bytes())],
        media_type: URL_ENCODED.to_owned(),
    };
    let multipart = match (multipart, method, parts.len()) {
        (Some(multipart), ..) => multipart,
        (None, MethodKind::Post, 0) => return (Some(form()), Vec::new()),
        (None, MethodKind::Post, 1) if pairs.is_empty() => Multipart::None,
        (None, MethodKind::Post, _) => Multipart::FormData,
        (None, MethodKind::Put, 2..) => Multipart::Other("mixed".to_owned()),
        (None, ..) => Multipart::None,
    };
    match multipart {
        Multipart::FormData => (Some(form_data(parts, pairs, &boundary())), Vec::new()),
        Multipart::Other(subtype) => (Some(multipart_of(parts, &subtype, &boundary())), pairs),
        Multipart::None => {
            parts.truncate(1);
            (parts.pop().map(alone), pairs)
        }
    }
}

/// The body that is this part.
fn alone<C>(part: Part<C>) -> Body<C> {
    let media_type = part.media_type.unwrap_or_else(|| DEFAULT_TYPE.to_owned());
    Body { pieces: vec![Piece::Content(part.content)], media_type }
}

/// The body of a form with files (RFC 7578): the parts, and then the pairs.
fn form_data<C>(parts: Vec<Part<C>>, pairs: Vec<Pair>, boundary: &str) -> Body<C> {
    let mut writer = Writer::new(boundary);
    for part in parts {
        let name = part.name.as_deref().unwrap_or(DEFAULT_NAME);
        let mut head = disposition(name);
        // Values have no type, as in browsers.
        if let Some(file_name) = &part.file_name {
            let media_type = part.media_type.as_deref().unwrap_or(DEFAULT_TYPE);
            head += &format!("; filename=\"{}\"\r\n", escape(file_name));
            head += &content_type(media_type);
        }
        writer.begin(&head);
        writer.content(part.content);
    }
    for (key, value) in pairs {
        writer.begin(&disposition(&key));
        writer.text.push_str(&value);
    }
    writer.end("form-data")
}

/// The body with these parts and nothing that names them (RFC 2046 section 5.1).
fn multipart_of<C>(parts: Vec<Part<C>>, subtype: &str, boundary: &str) -> Body<C> {
    let mut writer = Writer::new(boundary);
    for part in parts {
        writer.begin(&content_type(part.media_type.as_deref().unwrap_or(DEFAULT_TYPE)));
        writer.content(part.content);
    }
    writer.end(subtype)
}

fn disposition(name: &str) -> String {
    format!("Content-Disposition: form-data; name=\"{}\"", escape(name))
}

fn content_type(media_type: &str) -> String {
    format!("Content-Type: {media_type}")
}

/// "For field names and filenames for file fields, the result of the encoding in the previous
/// bullet point must be escaped by replacing any 0x0A (LF) bytes with the byte sequence `%0A`, 0x0D
/// (CR) with `%0D` and 0x22 (") with `%22`." (the WHATWG's HTML Standard, section 4.10.21.8)
fn escape(name: &str) -> String {
    name.replace('\n', "%0A").replace('\r', "%0D").replace('"', "%22")
}

/// Writes a multipart body. Text is gathered until a content follows it.
struct Writer<'b, C> {
    boundary: &'b str,
    pieces: Vec<Piece<C>>,
    text: String,
}

impl<'b, C> Writer<'b, C> {
    fn new(boundary: &'b str) -> Self {
        Self { boundary, pieces: Vec::new(), text: String::new() }
    }

    /// The delimiter, and the head of a part: "The boundary delimiter MUST occur at the beginning
    /// of a line, i.e., following a CRLF, and the initial CRLF is considered to be attached to the
    /// boundary delimiter line rather than part of the preceding part." (RFC 2046 section 5.1.1)
    fn begin(&mut self, head: &str) {
        self.delimit();
        self.text += &format!("\r\n{head}\r\n\r\n");
    }

    fn content(&mut self, content: C) {
        self.flush();
        self.pieces.push(Piece::Content(content));
    }

    fn delimit(&mut self) {
        if !self.pieces.is_empty() || !self.text.is_empty() {
            self.text += "\r\n";
        }
        self.text += &format!("--{}", self.boundary);
    }

    fn flush(&mut self) {
        self.pieces.push(Piece::Bytes(std::mem::take(&mut self.text).into_bytes()));
    }

    fn end(mut self, subtype: &str) -> Body<C> {
        self.delimit();
        self.text += "--";
        self.flush();
        let media_type = format!("multipart/{subtype}; boundary={}", self.boundary);
        Body { pieces: self.pieces, media_type }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDARY: &str = "B";

    fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> Vec<Pair> {
        pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).into()
    }

    /// A part that is a value.
    fn value(content: &str) -> Part<&str> {
        Part { name: None, media_type: None, content, file_name: None }
    }

    fn file<'c>(file_name: &str, content: &'c str) -> Part<&'c str> {
        Part { file_name: Some(file_name.to_owned()), ..value(content) }
    }

    /// Type and bytes of the body, and the query.
    fn composed<const N: usize>(
        method: MethodKind,
        multipart: Option<&str>,
        parts: [Part<&str>; N],
        pairs: Vec<Pair>,
    ) -> (Option<(String, String)>, String) {
        let multipart = multipart.map(|word| match word {
            "" => Multipart::None,
            "formdata" => Multipart::FormData,
            other => Multipart::Other(other.to_owned()),
        });
        let (body, query) = compose(method, multipart, parts.into(), pairs, || BOUNDARY.to_owned());
        let body = body.map(|body| {
            let bytes = body.pieces.iter().map(|piece| match piece {
                Piece::Bytes(bytes) => str::from_utf8(bytes).unwrap(),
                Piece::Content(content) => content,
            });
            let text: String = bytes.collect();
            let length = body.length(|content| u64::try_from(content.len()).ok());
            assert_eq!(length, u64::try_from(text.len()).ok());
            (body.media_type, text)
        });
        (body, encode_pairs(&query))
    }

    fn body(media_type: &str, text: &str) -> Option<(String, String)> {
        Some((media_type.to_owned(), text.to_owned()))
    }

    #[test]
    fn letters_digits_and_four_other_characters_are_not_encoded() {
        let kept: String = (0..128_u8)
            .map(|byte| char::from(byte).to_string())
            .filter(|text| encode(text) == *text)
            .collect();
        assert_eq!(kept, "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~");
    }

    #[test]
    fn text_is_encoded_as_utf8() {
        for (text, encoded) in [
            ("", ""),
            ("a b\n", "a%20b%0A"),
            ("\0\u{7f}", "%00%7F"),
            ("é", "%C3%A9"),
            ("\u{100}€", "%C4%80%E2%82%AC"),
            ("😀", "%F0%9F%98%80"),
            ("a+b/c?d&e=f", "a%2Bb%2Fc%3Fd%26e%3Df"),
        ] {
            assert_eq!(encode(text), encoded);
        }
    }

    #[test]
    fn pairs_keep_their_order_and_may_be_empty() {
        assert_eq!(
            encode_pairs(&pairs([("b", "1"), ("a", ""), ("", "2"), ("b", "3")])),
            "b=1&a=&=2&b=3"
        );
        assert_eq!(encode_pairs(&pairs([("a&b", "c=d")])), "a%26b=c%3Dd");
        assert_eq!(encode_pairs(&[]), "");
    }

    #[test]
    fn pairs_go_behind_the_query_and_before_the_fragment() {
        for (url, expected) in [
            ("http://h/a", "http://h/a?k=v"),
            ("http://h", "http://h?k=v"),
            ("http://h/a?", "http://h/a?k=v"),
            ("http://h/a?b=c", "http://h/a?b=c&k=v"),
            ("http://h/a?b&", "http://h/a?b&k=v"),
            ("http://h/a#f", "http://h/a?k=v#f"),
            ("http://h/a?b#f?g", "http://h/a?b&k=v#f?g"),
            ("http://h/a#f?g", "http://h/a?k=v#f?g"),
        ] {
            assert_eq!(add_query(url, &pairs([("k", "v")])), expected);
            assert_eq!(add_query(url, &[]), url);
        }
    }

    #[test]
    fn get_has_no_body() {
        assert_eq!(
            composed(MethodKind::Get, None, [], pairs([("k", "v")])),
            (None, "k=v".to_owned())
        );
    }

    #[test]
    fn post_without_parts_is_a_form() {
        let form = |text| (body("application/x-www-form-urlencoded", text), String::new());
        assert_eq!(composed(MethodKind::Post, None, [], vec![]), form(""));
        assert_eq!(
            composed(MethodKind::Post, None, [], pairs([("a b", "c"), ("d", "é")])),
            form("a%20b=c&d=%C3%A9")
        );
    }

    #[test]
    fn post_of_one_part_alone_is_that_part() {
        let outcome = composed(MethodKind::Post, None, [value("data")], vec![]);
        assert_eq!(outcome, (body("application/octet-stream", "data"), String::new()));
        let json = Part { media_type: Some("application/json".to_owned()), ..file("a.json", "{}") };
        let outcome = composed(MethodKind::Post, None, [json], vec![]);
        assert_eq!(outcome, (body("application/json", "{}"), String::new()));
    }

    #[test]
    fn post_of_parts_with_pairs_or_of_several_is_form_data() {
        let named = Part { name: Some("log".to_owned()), ..file("a.gz", "GZ") };
        let outcome = composed(MethodKind::Post, None, [named], pairs([("k", "vé"), ("l", "")]));
        let text = "--B\r\nContent-Disposition: form-data; name=\"log\"; filename=\"a.gz\"\r\n\
            Content-Type: application/octet-stream\r\n\r\nGZ\r\n\
            --B\r\nContent-Disposition: form-data; name=\"k\"\r\n\r\nvé\r\n\
            --B\r\nContent-Disposition: form-data; name=\"l\"\r\n\r\n\r\n--B--";
        assert_eq!(outcome, (body("multipart/form-data; boundary=B", text), String::new()));

        let outcome = composed(MethodKind::Post, None, [value("1"), value("2")], vec![]);
        let text = "--B\r\nContent-Disposition: form-data; name=\"value\"\r\n\r\n1\r\n\
            --B\r\nContent-Disposition: form-data; name=\"value\"\r\n\r\n2\r\n--B--";
        assert_eq!(outcome, (body("multipart/form-data; boundary=B", text), String::new()));
    }

    #[test]
    fn form_data_can_be_asked_for() {
        for method in [MethodKind::Post, MethodKind::Put] {
            let outcome = composed(method, Some("formdata"), [], pairs([("k", "v")]));
            let text = "--B\r\nContent-Disposition: form-data; name=\"k\"\r\n\r\nv\r\n--B--";
            assert_eq!(outcome, (body("multipart/form-data; boundary=B", text), String::new()));
            let outcome = composed(method, Some("formdata"), [], vec![]);
            assert_eq!(outcome, (body("multipart/form-data; boundary=B", "--B--"), String::new()));
        }
    }

    #[test]
    fn another_multipart_has_the_parts_and_leaves_pairs_to_the_query() {
        let html = Part { media_type: Some("text/html".to_owned()), ..value("<p>") };
        let text = "--B\r\nContent-Type: text/html\r\n\r\n<p>\r\n\
            --B\r\nContent-Type: application/octet-stream\r\n\r\nx\r\n--B--";
        for method in [MethodKind::Post, MethodKind::Put] {
            let parts = [html.clone(), file("n", "x")];
            let outcome = composed(method, Some("related"), parts, pairs([("k", "v")]));
            assert_eq!(outcome, (body("multipart/related; boundary=B", text), "k=v".to_owned()));
        }
    }

    #[test]
    fn without_multipart_there_is_one_part_or_none() {
        for method in [MethodKind::Post, MethodKind::Put] {
            let outcome = composed(method, Some(""), [], pairs([("k", "v")]));
            assert_eq!(outcome, (None, "k=v".to_owned()));
            let outcome = composed(method, Some(""), [value("1"), value("2")], pairs([("k", "v")]));
            assert_eq!(outcome, (body("application/octet-stream", "1"), "k=v".to_owned()));
        }
    }

    #[test]
    fn put_sends_its_parts_and_has_pairs_in_the_query() {
        let query = || pairs([("k", "v")]);
        assert_eq!(composed(MethodKind::Put, None, [], query()), (None, "k=v".to_owned()));
        let outcome = composed(MethodKind::Put, None, [value("1")], query());
        assert_eq!(outcome, (body("application/octet-stream", "1"), "k=v".to_owned()));
        let (mixed, pairs) = composed(MethodKind::Put, None, [value("1"), value("2")], query());
        assert_eq!(pairs, "k=v");
        assert_eq!(mixed.unwrap().0, "multipart/mixed; boundary=B");
    }

    #[test]
    fn nothing_in_a_name_ends_it_or_its_line() {
        let odd = "a\"b\r\nc\\é%";
        let part = Part { name: Some(odd.to_owned()), ..file(odd, "x") };
        let (found, _) = composed(MethodKind::Post, None, [part], pairs([(odd, "v")]));
        let text = found.unwrap().1;
        let escaped = "a%22b%0D%0Ac\\é%";
        assert!(
            text.contains(&format!("name=\"{escaped}\"; filename=\"{escaped}\"\r\n")),
            "{text}"
        );
        assert!(text.contains(&format!("form-data; name=\"{escaped}\"\r\n\r\nv\r\n")), "{text}");
    }

    #[test]
    fn the_type_of_a_value_in_a_form_is_not_sent() {
        let typed = Part { media_type: Some("text/plain".to_owned()), ..value("x") };
        let (found, _) = composed(MethodKind::Post, Some("formdata"), [typed], vec![]);
        assert!(!found.unwrap().1.contains("Content-Type"));
    }

    #[test]
    fn contents_stay_apart_and_one_of_unknown_length_makes_the_whole_so() {
        let parts = vec![file("a", "1"), file("b", "23")];
        let (found, _) = compose(MethodKind::Post, None, parts, vec![], || BOUNDARY.to_owned());
        let found = found.unwrap();
        let contents = found.pieces.iter().map(|piece| match piece {
            Piece::Content(content) => content,
            Piece::Bytes(_) => "-",
        });
        assert_eq!(contents.collect::<Vec<_>>(), ["-", "1", "-", "23", "-"]);
        assert_eq!(found.length(|content| (*content != "23").then_some(1)), None);
    }
}
