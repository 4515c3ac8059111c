//! The header `Sec-WebSocket-Extensions` (RFC 6455 section 9.1): how extensions are offered, and
//! whether the server's answer keeps to the offer. What a parameter means is the extension's part.

use std::{collections::HashSet, fmt, str::FromStr};

use crate::protocol::http::syntax::{is_token, is_token_character, trim, unquote};

/// An extension with its parameters, as it is offered or answered. It can always be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    name: String,
    parameters: Vec<Parameter>,
}

/// A parameter of an extension. Shown, and parsed, as `name` or `name=value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    name: String,
    value: Option<String>,
}

/// Why these extensions cannot be offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfferError {
    /// The name of an extension is not a token.
    Name(String),
    /// A parameter is not `name` or `name=value`, where the name is a token and the value is one or
    /// becomes one when its quotes are removed.
    Parameter(String),
    /// The extension is a duplicate.
    Duplicate(String),
}

/// Why the server's answer cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerError {
    /// The value of a header does not follow the grammar.
    Malformed(String),
    /// The extension was not offered.
    NotOffered(String),
    /// The extension is a duplicate.
    Duplicate(String),
}

impl Extension {
    /// The extension of this name with these parameters, each `name` or `name=value`, in order.
    pub fn new(name: &str, parameters: &[impl AsRef<str>]) -> Result<Self, OfferError> {
        if !is_token(name) {
            return Err(OfferError::Name(name.to_owned()));
        }
        let parameters = parameters.iter().map(|parameter| parameter.as_ref().parse());
        Ok(Self { name: name.to_owned(), parameters: parameters.collect::<Result<_, _>>()? })
    }

    /// The registered token.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The parameters, in order.
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }
}

impl Parameter {
    /// The name, a token.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value, a token: quotes are removed.
    pub fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }
}

/// The value of the header that offers these extensions, in order of preference; `None` when there
/// are none, since then no header is sent.
pub fn offer(extensions: &[Extension]) -> Result<Option<String>, OfferError> {
    let mut seen = HashSet::new();
    if let Some(twice) = extensions.iter().find(|extension| !seen.insert(extension.name())) {
        return Err(OfferError::Duplicate(twice.name.clone()));
    }
    let elements: Vec<String> = extensions.iter().map(ToString::to_string).collect();
    Ok((!elements.is_empty()).then(|| elements.join(", ")))
}

/// The extensions that the server accepted, in its order: what the values of all its headers say,
/// which are one list. Each must be one of those `offered`, and none may come twice.
///
/// "If the response includes a |Sec-WebSocket-Extensions| header field and this header field
/// indicates the use of an extension that was not present in the client's handshake (the server has
/// indicated an extension not requested by the client), the client MUST _Fail the WebSocket
/// Connection_." (section 4.1)
pub fn accept(values: &[&str], offered: &[impl AsRef<str>]) -> Result<Vec<Extension>, AnswerError> {
    let accepted = parse(values).map_err(|Malformed(value)| AnswerError::Malformed(value))?;
    let offered: HashSet<&str> = offered.iter().map(AsRef::as_ref).collect();
    let mut seen = HashSet::new();
    for name in accepted.iter().map(Extension::name) {
        if !offered.contains(name) {
            return Err(AnswerError::NotOffered(name.to_owned()));
        }
        if !seen.insert(name) {
            return Err(AnswerError::Duplicate(name.to_owned()));
        }
    }
    Ok(accepted)
}

/// The extensions that all these values of headers name, which are one list: in an offer one of
/// them may come several times, with other parameters (section 9.1). The error has the value that
/// does not follow the grammar.
pub(super) fn parse(values: &[&str]) -> Result<Vec<Extension>, Malformed> {
    let mut extensions = Vec::new();
    for value in values {
        let parsed = Scanner(trim(value)).extension_list();
        extensions.extend(parsed.ok_or_else(|| Malformed((*value).to_owned()))?);
    }
    Ok(extensions)
}

/// The value of a header does not follow the grammar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Malformed(pub(super) String);

/// The rest of a text that is parsed; each method removes what it returns from the front, and
/// returns `None` where the text does not follow the grammar.
struct Scanner<'a>(&'a str);

impl<'a> Scanner<'a> {
    /// "extension-list = 1#extension". "A recipient MUST parse and ignore a reasonable number of
    /// empty list elements" (RFC 9110 section 5.6.1.2).
    fn extension_list(&mut self) -> Option<Vec<Extension>> {
        let mut extensions = Vec::new();
        loop {
            while self.delimiter(',') {}
            if self.0.is_empty() {
                return Some(extensions);
            }
            extensions.push(self.extension()?);
            if !self.0.is_empty() && !self.delimiter(',') {
                return None;
            }
        }
    }

    /// "extension = extension-token *( ";" extension-param )"
    fn extension(&mut self) -> Option<Extension> {
        let name = self.token()?.to_owned();
        let mut parameters = Vec::new();
        while self.delimiter(';') {
            parameters.push(self.parameter()?);
        }
        Some(Extension { name, parameters })
    }

    /// "extension-param = token [ "=" (token | quoted-string) ]"
    fn parameter(&mut self) -> Option<Parameter> {
        let name = self.token()?.to_owned();
        let value = match self.delimiter('=') {
            true if self.0.starts_with('"') => Some(self.quoted_token()?),
            true => Some(self.token()?.to_owned()),
            false => None,
        };
        Some(Parameter { name, value })
    }

    fn token(&mut self) -> Option<&'a str> {
        let end = self.0.find(|character| !is_token_character(character));
        let (token, rest) = self.0.split_at(end.unwrap_or(self.0.len()));
        self.0 = rest;
        (!token.is_empty()).then_some(token)
    }

    /// "When using the quoted-string syntax variant, the value after quoted-string unescaping MUST
    /// conform to the 'token' ABNF."
    fn quoted_token(&mut self) -> Option<String> {
        let (token, rest) = unquote(self.0)?;
        self.0 = rest;
        is_token(&token).then_some(token)
    }

    /// Removes a delimiter, if it is next, with the white space on both sides of it.
    fn delimiter(&mut self, delimiter: char) -> bool {
        match trim(self.0).strip_prefix(delimiter) {
            Some(rest) => self.0 = trim(rest),
            None => return false,
        }
        true
    }
}

impl FromStr for Parameter {
    type Err = OfferError;

    fn from_str(text: &str) -> Result<Self, OfferError> {
        let mut scanner = Scanner(text);
        let parameter = scanner.parameter().filter(|_| scanner.0.is_empty());
        parameter.ok_or_else(|| OfferError::Parameter(text.to_owned()))
    }
}

impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            None => f.write_str(&self.name),
            Some(value) => write!(f, "{}={value}", self.name),
        }
    }
}

/// As in the header: `name; name; name=value`.
impl fmt::Display for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        self.parameters.iter().try_for_each(|parameter| write!(f, "; {parameter}"))
    }
}

impl fmt::Display for OfferError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => write!(f, "bad extension name {name:?}: must be a token"),
            Self::Parameter(text) => write!(
                f,
                "bad extension parameter {text:?}: must be name or name=value, both tokens"
            ),
            Self::Duplicate(name) => write!(f, "duplicate extension {name:?}"),
        }
    }
}

impl std::error::Error for OfferError {}

impl fmt::Display for AnswerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(value) => {
                write!(f, "malformed Sec-WebSocket-Extensions {value:?}")
            }
            Self::NotOffered(name) => write!(f, "extension {name:?} was not offered"),
            Self::Duplicate(name) => write!(f, "extension {name:?} was accepted twice"),
        }
    }
}

impl std::error::Error for AnswerError {}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_PARAMETERS: [&str; 0] = [];

    fn extension(name: &str, parameters: &[&str]) -> Extension {
        Extension::new(name, parameters).unwrap()
    }

    fn parameter(name: &str, value: Option<&str>) -> Parameter {
        Parameter { name: name.to_owned(), value: value.map(str::to_owned) }
    }

    fn accept_a_b(values: &[&str]) -> Result<Vec<Extension>, AnswerError> {
        accept(values, &["a", "b"])
    }

    // Offer

    #[test]
    fn offers_extensions_and_parameters_in_order() {
        let extensions = [
            extension("permessage-deflate", &["client_max_window_bits", "x=10"]),
            extension("foo", &[]),
            extension("bar", &["z", "y", "z"]),
        ];
        assert_eq!(
            offer(&extensions).unwrap().unwrap(),
            "permessage-deflate; client_max_window_bits; x=10, foo, bar; z; y; z"
        );
    }

    #[test]
    fn sends_no_header_without_extensions() {
        assert_eq!(offer(&[]), Ok(None));
    }

    #[test]
    fn refuses_to_offer_an_extension_twice() {
        let extensions = [extension("a", &["x"]), extension("b", &[]), extension("a", &[])];
        assert_eq!(offer(&extensions), Err(OfferError::Duplicate("a".to_owned())));
    }

    #[test]
    fn refuses_names_that_are_not_tokens() {
        for name in ["", " ", "a b", "a,b", "a;b", "a=b", "\"a\"", "a\r\nX: y", "a\0", "ä"] {
            let error = Err(OfferError::Name(name.to_owned()));
            assert_eq!(Extension::new(name, &NO_PARAMETERS), error);
        }
    }

    #[test]
    fn refuses_malformed_parameters() {
        for text in [
            "",
            " ",
            "=",
            "=1",
            "x=",
            "x=1=2",
            "x=1;y",
            "x,y",
            "x y",
            "x=1 2",
            "x=\"",
            "x=\"\"",
            "x=\"1",
            "x=\"1 2\"",
            "x=\"1\"2",
            "x=\"1\\",
            "x=\"1\\\"",
            "x=1\r\nX: y",
            "x=\"1\r\n\"",
            "x=ä",
            "x\0",
            " x",
            "x ",
        ] {
            let error = Err(OfferError::Parameter(text.to_owned()));
            assert_eq!(Extension::new("a", &["y", text]), error, "{text:?}");
        }
    }

    #[test]
    fn parses_a_parameter_with_and_without_a_value() {
        assert_eq!("x".parse(), Ok(parameter("x", None)));
        assert_eq!("x=10".parse(), Ok(parameter("x", Some("10"))));
    }

    #[test]
    fn removes_quotes_and_backslashes() {
        assert_eq!(r#"x="10""#.parse(), Ok(parameter("x", Some("10"))));
        assert_eq!(r#"x="1\0""#.parse(), Ok(parameter("x", Some("10"))));
        assert_eq!(extension("a", &[r#"x="\1\0""#]).to_string(), "a; x=10");
    }

    // Answer

    #[test]
    fn accepts_what_was_offered_in_the_order_of_the_server() {
        assert_eq!(
            accept_a_b(&["b; x; y=1, a"]),
            Ok(vec![extension("b", &["x", "y=1"]), extension("a", &[])])
        );
    }

    #[test]
    fn several_headers_are_one_list() {
        let both = Ok(vec![extension("a", &["x"]), extension("b", &[])]);
        assert_eq!(accept_a_b(&["a; x", "b"]), both);
        assert_eq!(accept_a_b(&["", "a; x,", ", b"]), both);
    }

    #[test]
    fn no_header_and_an_empty_one_accept_nothing() {
        for values in [&[][..], &[""], &[" , ,\t"], &["", ""]] {
            assert_eq!(accept_a_b(values), Ok(vec![]));
        }
    }

    #[test]
    fn ignores_white_space_around_delimiters() {
        let both = Ok(vec![extension("a", &["x", "y=1"]), extension("b", &[])]);
        assert_eq!(accept_a_b(&[" a ;\tx ; y = 1 ,\t,b\t"]), both);
        assert_eq!(accept_a_b(&["a;x;y=1,b"]), both);
    }

    #[test]
    fn unquotes_values() {
        let text = r#"a; x="10"; y = "1\1" , b"#;
        let both = Ok(vec![extension("a", &["x=10", "y=11"]), extension("b", &[])]);
        assert_eq!(accept_a_b(&[text]), both);
    }

    #[test]
    fn keeps_parameters_that_come_twice_for_the_extension_to_judge() {
        assert_eq!(accept_a_b(&["a; x; x=1"]), Ok(vec![extension("a", &["x", "x=1"])]));
    }

    #[test]
    fn refuses_malformed_answers() {
        for value in [
            "a b",
            "a;",
            "a; ",
            "a;;x",
            "a; =1",
            "a; x=",
            "a; x==1",
            "a; x=1 2",
            "a; x=\"1",
            "a; x=\"1\\",
            "a; x=\"\"",
            "a; x=\"1 2\"",
            "a; x=\"1,2\"",
            "a; x=\"1\"2",
            "a; x=\"ä\"",
            "; x",
            "=",
            "a, b=1",
            "\"a\"",
            "a/b",
            "ä",
            "a\0",
        ] {
            let error = Err(AnswerError::Malformed(value.to_owned()));
            assert_eq!(accept_a_b(&["b", value]), error, "{value:?}");
        }
    }

    #[test]
    fn refuses_an_extension_that_was_not_offered() {
        let error = Err(AnswerError::NotOffered("c".to_owned()));
        assert_eq!(accept_a_b(&["a, c; x=1"]), error);
        assert_eq!(accept(&["c"], &NO_PARAMETERS), error);
    }

    #[test]
    fn names_differ_in_case() {
        assert_eq!(accept_a_b(&["A"]), Err(AnswerError::NotOffered("A".to_owned())));
    }

    #[test]
    fn refuses_an_extension_that_comes_twice() {
        let error = Err(AnswerError::Duplicate("a".to_owned()));
        assert_eq!(accept_a_b(&["a; x, b, a; y"]), error);
        assert_eq!(accept_a_b(&["a", "a"]), error);
    }

    #[test]
    fn takes_a_long_list_in_linear_time() {
        let value = ",".repeat(1 << 20) + &"a; x=\"1\";y,".repeat(1 << 16);
        assert_eq!(accept_a_b(&[&value]), Err(AnswerError::Duplicate("a".to_owned())));
    }

    // Messages

    #[test]
    fn says_what_is_wrong() {
        for (error, text) in [
            (
                OfferError::Name("a\r\n".to_owned()).to_string(),
                r#"bad extension name "a\r\n": must be a token"#,
            ),
            (
                OfferError::Parameter("x=".to_owned()).to_string(),
                r#"bad extension parameter "x=": must be name or name=value, both tokens"#,
            ),
            (OfferError::Duplicate("a".to_owned()).to_string(), r#"duplicate extension "a""#),
            (
                AnswerError::Malformed("a;".to_owned()).to_string(),
                r#"malformed Sec-WebSocket-Extensions "a;""#,
            ),
            (
                AnswerError::NotOffered("c".to_owned()).to_string(),
                r#"extension "c" was not offered"#,
            ),
            (
                AnswerError::Duplicate("a".to_owned()).to_string(),
                r#"extension "a" was accepted twice"#,
            ),
        ] {
            assert_eq!(error, text);
        }
    }
}
