//! The header fields of a request or a response (RFC 9110 section 5): a list that keeps order,
//! duplicates and spelling. They are parsed in `h1/head.rs` and written in `h1/request.rs`.

use std::borrow::Cow;

use super::syntax;

/// Header fields in their order, names spelled as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers {
    /// All names and values, one behind the other, since they may be kept for long.
    text: String,
    /// Where the name and the value of each field end in there.
    ends: Vec<(usize, usize)>,
}

impl Headers {
    /// No fields.
    pub const fn new() -> Self {
        Self { text: String::new(), ends: Vec::new() }
    }

    /// None, with room for so many fields, and for so many bytes of names and values.
    pub fn with_capacity(fields: usize, bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ends: Vec::with_capacity(fields) }
    }

    /// How many bytes all names and values have.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Adds a field after all others, of the same name or not. Nothing is checked here:
    /// `h1/request.rs` refuses what must not be sent.
    pub fn push(&mut self, name: impl AsRef<str>, value: impl AsRef<str>) {
        self.text.push_str(name.as_ref());
        let end_of_name = self.text.len();
        self.text.push_str(value.as_ref());
        self.ends.push((end_of_name, self.text.len()));
    }

    /// Puts a field where the first one called `name` is, in any case, in place of all of these; at
    /// the end where there is none.
    pub fn set(&mut self, name: impl AsRef<str>, value: impl AsRef<str>) {
        let (name, mut value) = (name.as_ref(), Some(value));
        let mut headers = Self::new();
        for (key, other) in self.iter() {
            if !key.eq_ignore_ascii_case(name) {
                headers.push(key, other);
            } else if let Some(value) = value.take() {
                headers.push(name, value);
            }
        }
        if let Some(value) = value {
            headers.push(name, value);
        }
        *self = headers;
    }

    /// As [`set`](Self::set), with `value` behind those that were there, as one list: "A recipient
    /// MAY combine multiple field lines within a field section that have the same field name into
    /// one field line, without changing the semantics of the message, by appending each subsequent
    /// field line value to the initial field line value in order, separated by a comma (",") and
    /// optional whitespace" (RFC 9110 section 5.3)
    pub fn append(&mut self, name: &str, value: &str) {
        let values: Vec<_> = self.all(name).chain([value]).collect();
        self.set(name, values.join(", "));
    }

    /// Removes all fields called `name`, in any case.
    pub fn remove(&mut self, name: &str) {
        *self = self.iter().filter(|(key, _)| !key.eq_ignore_ascii_case(name)).collect();
    }

    /// The value of the first field called `name`, in any case.
    pub fn first(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// The values of all fields called `name`, in any case.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// The members of all comma-separated lists in the fields called `name`, without the whitespace
    /// around them; empty members are left out (RFC 9110 section 5.6.1). Not for fields whose
    /// members may have quoted strings.
    pub fn members(&self, name: &str) -> impl Iterator<Item = &str> {
        self.all(name).flat_map(syntax::members)
    }

    /// All fields, name and value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut start = 0;
        self.ends.iter().map(move |&(end_of_name, end)| {
            let field = (&self.text[start..end_of_name], &self.text[end_of_name..end]);
            start = end;
            field
        })
    }

    /// How many fields there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no field.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

impl<N: AsRef<str>, V: AsRef<str>> FromIterator<(N, V)> for Headers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(fields: I) -> Self {
        let mut headers = Self::new();
        for (name, value) in fields {
            headers.push(name, value);
        }
        headers
    }
}

/// Whether a field with this name may stand behind the content: "Many fields cannot be processed
/// outside the header section because their evaluation is necessary prior to receiving the content,
/// such as those that describe message framing, routing, authentication, request modifiers,
/// response controls, or content format." (RFC 9110 section 6.5.1)
pub(super) fn may_be_trailer(name: &str) -> bool {
    const FRAMING: &str =
        "connection content-length keep-alive te trailer transfer-encoding upgrade";
    const ROUTING: &str = "host max-forwards via";
    const AUTHENTICATION: &str = "authorization cookie proxy-authenticate proxy-authorization \
        set-cookie www-authenticate";
    const REQUEST_MODIFIERS: &str = "cache-control expect if-match if-modified-since \
        if-none-match if-range if-unmodified-since pragma range";
    const RESPONSE_CONTROLS: &str = "age date expires location retry-after vary warning";
    const CONTENT_FORMAT: &str = "content-encoding content-range content-type";
    [FRAMING, ROUTING, AUTHENTICATION, REQUEST_MODIFIERS, RESPONSE_CONTROLS, CONTENT_FORMAT]
        .iter()
        .flat_map(|names| names.split_ascii_whitespace())
        .all(|other| !name.eq_ignore_ascii_case(other))
}

/// The text of a field value or reason phrase: UTF-8 where it is valid, else ISO 8859-1, which
/// gives every byte a character. (RFC 9110 section 5.5: "Historically, HTTP allowed field content
/// with text in the ISO-8859-1 charset")
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().copied().map(char::from).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cookies() -> Headers {
        [("Set-Cookie", "a=1"), ("server", "x"), ("SET-COOKIE", "b=2")].into_iter().collect()
    }

    #[test]
    fn order_duplicates_and_spelling_are_kept() {
        let headers = cookies();
        let fields: Vec<_> = headers.iter().collect();
        assert_eq!(fields, [("Set-Cookie", "a=1"), ("server", "x"), ("SET-COOKIE", "b=2")]);
        assert_eq!(headers.len(), 3);
    }

    #[test]
    fn look_up_ignores_case() {
        assert_eq!(cookies().first("Server"), Some("x"));
        assert_eq!(cookies().first("set-cookie"), Some("a=1"));
        assert_eq!(cookies().all("set-cookie").collect::<Vec<_>>(), ["a=1", "b=2"]);
    }

    #[test]
    fn a_value_may_be_empty() {
        let mut headers = Headers::new();
        headers.push("A", "");
        headers.push("B", "b");
        assert_eq!(headers.iter().collect::<Vec<_>>(), [("A", ""), ("B", "b")]);
    }

    #[test]
    fn what_is_missing_is_none() {
        assert_eq!(cookies().first("Cookie"), None);
        assert_eq!(cookies().all("Set-Cookie2").count(), 0);
        assert!(Headers::new().is_empty());
    }

    #[test]
    fn a_field_is_set_where_the_first_one_was() {
        let mut headers = cookies();
        headers.set("SET-cookie", "c");
        headers.set("X", "1");
        let fields: Vec<_> = headers.iter().collect();
        assert_eq!(fields, [("SET-cookie", "c"), ("server", "x"), ("X", "1")]);
    }

    #[test]
    fn what_is_appended_makes_one_list() {
        let mut headers = cookies();
        headers.append("set-cookie", "c");
        headers.append("X", "1");
        let fields: Vec<_> = headers.iter().collect();
        assert_eq!(fields, [("set-cookie", "a=1, b=2, c"), ("server", "x"), ("X", "1")]);
        headers.remove("Set-Cookie");
        assert_eq!(headers.len(), 2);
    }

    #[test]
    fn members_of_several_lists_are_one_list() {
        let mut headers = Headers::new();
        headers.push("Connection", "keep-alive,\t Upgrade ,, ");
        headers.push("connection", "");
        headers.push("CONNECTION", "close");
        let members: Vec<_> = headers.members("Connection").collect();
        assert_eq!(members, ["keep-alive", "Upgrade", "close"]);
    }

    #[test]
    fn what_must_be_known_before_the_content_is_no_trailer() {
        for name in [
            "Transfer-Encoding",
            "content-length",
            "HOST",
            "Set-Cookie",
            "WWW-Authenticate",
            "Location",
            "Content-Type",
        ] {
            assert!(!may_be_trailer(name), "{name}");
        }
        for name in ["Server-Timing", "Digest", "ETag", "X-Content-Length", ""] {
            assert!(may_be_trailer(name), "{name}");
        }
    }

    #[test]
    fn text_is_utf8_or_else_latin_1() {
        assert_eq!(decode(b"caf\xC3\xA9"), "café");
        assert_eq!(decode(b"caf\xE9"), "café");
        assert_eq!(decode(b"\xC3\xA9\xFF"), "Ã©ÿ");
    }
}
