//! A section of header fields (RFC 9112 section 5), read line by line: those of a head, or those
//! after a chunked body (section 7.1.2).

use std::mem;

use super::{
    super::{
        headers::{self, Headers},
        syntax::is_field_value,
    },
    line::{CRLF, excerpt, is_empty, without_end},
};

/// For how many fields, and bytes of names and values, there is room at first: most heads have no
/// more.
const FIELDS: usize = 8;
const BYTES: usize = 256;

/// How strictly lines are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strictness {
    /// A bare LF ends a line, and a folded line continues a field: servers of many ages send them.
    Lenient,
    /// Neither is accepted: what one recipient takes for a line and another does not smuggles
    /// requests.
    Strict,
}

/// Why a section is not accepted.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum FieldError {
    /// This line is no field.
    Invalid(String),
    /// There are more fields than the limit allows.
    TooMany,
}

/// Takes the lines of one section.
#[derive(Debug)]
pub(super) struct FieldReader {
    max_fields: usize,
    strictness: Strictness,
    fields: Headers,
    /// The last field, whose value may go on in the next line: its name and its value.
    last: Option<(String, Vec<u8>)>,
    /// The line that is parsed, as a section of its own.
    section: Vec<u8>,
}

impl FieldReader {
    /// A reader of at most `max_fields` fields. How many bytes they have is limited by its user.
    pub(super) fn new(max_fields: usize, strictness: Strictness) -> Self {
        Self { max_fields, strictness, fields: Headers::new(), last: None, section: Vec::new() }
    }

    /// Takes a line, with its end. Returns all fields if it is the one that ends the section.
    pub(super) fn receive(&mut self, line: &[u8]) -> Result<Option<Headers>, FieldError> {
        let invalid = || FieldError::Invalid(excerpt(line));
        let is_folded = line.starts_with(b" ") || line.starts_with(b"\t");
        // "A server that receives an obs-fold in a request message that is not within a
        // "message/http" container MUST either reject the message by sending a 400 (Bad Request)
        // [...] or replace each received obs-fold with one or more SP octets" (RFC 9112 section
        // 5.2)
        if self.strictness == Strictness::Strict && (is_folded || !line.ends_with(CRLF)) {
            return Err(invalid());
        }
        if is_empty(line) {
            self.finish_last();
            return Ok(Some(mem::take(&mut self.fields)));
        }
        if is_folded {
            // "A recipient that receives whitespace between the start-line and the first header
            // field MUST either reject the message as invalid or consume each whitespace-preceded
            // line without further processing of it" (RFC 9112 section 2.2)
            let (_, value) = self.last.as_mut().ok_or_else(invalid)?;
            let more = parse_fold(line).ok_or_else(invalid)?;
            // "A user agent that receives an obs-fold in a response message that is not within a
            // "message/http" container MUST replace each received obs-fold with one or more SP
            // octets prior to interpreting the field value." (RFC 9112 section 5.2)
            if !value.is_empty() && !more.is_empty() {
                value.push(b' ');
            }
            value.extend_from_slice(more);
        } else {
            self.finish_last();
            if self.fields.len() == self.max_fields {
                return Err(FieldError::TooMany);
            }
            self.last = Some(parse_field(line, &mut self.section).ok_or_else(invalid)?);
        }
        Ok(None)
    }

    fn finish_last(&mut self) {
        if let Some((name, value)) = self.last.take() {
            if self.fields.is_empty() {
                self.fields = Headers::with_capacity(FIELDS, BYTES);
            }
            self.fields.push(name, headers::decode(&value));
        }
    }
}

/// field-line = field-name ":" OWS field-value OWS (RFC 9112 section 5)
fn parse_field(line: &[u8], section: &mut Vec<u8>) -> Option<(String, Vec<u8>)> {
    section.clear();
    section.extend_from_slice(without_end(line)?);
    section.extend_from_slice(b"\r\n\r\n");
    let mut fields = [httparse::EMPTY_HEADER];
    match httparse::parse_headers(section, &mut fields) {
        Ok(httparse::Status::Complete((_, [field]))) => {
            Some((field.name.to_owned(), field.value.trim_ascii().to_vec()))
        }
        _ => None,
    }
}

/// What a folded line adds to a value: "obs-fold = OWS CRLF RWS" (RFC 9112 section 5.2)
fn parse_fold(line: &[u8]) -> Option<&[u8]> {
    let text = without_end(line)?;
    // No byte of a character that is not ASCII is a control character.
    is_field_value(&String::from_utf8_lossy(text)).then(|| text.trim_ascii())
}

#[cfg(test)]
mod tests {
    use super::{
        super::super::testing::{complete, error, header_error},
        *,
    };

    /// The value of the field A, whose lines these are.
    fn value(lines: &str) -> String {
        let response = complete(format!("HTTP/1.1 101 x\r\n{lines}\r\nB: c\r\n\r\n").as_bytes());
        assert_eq!(response.head.headers.len(), 2, "{lines:?}");
        assert_eq!(response.head.headers.first("B"), Some("c"));
        response.head.headers.first("A").unwrap().to_owned()
    }

    #[test]
    fn a_fold_becomes_one_blank() {
        for (lines, expected) in [
            ("A: a\r\n b", "a b"),
            ("A: a  \t\r\n\t  b \t", "a b"),
            ("A: a\n b\n\tc", "a b c"),
            ("A:\r\n a", "a"),
            ("A: a\r\n ", "a"),
            ("A: a\r\n \r\n\t\r\n b", "a b"),
            ("A: a\r\n B: b", "a B: b"),
            ("A: a\r\n : b", "a : b"),
            // One character in the encoding of either line.
            ("A: \u{E9}\r\n \u{E9}", "\u{E9} \u{E9}"),
        ] {
            assert_eq!(value(lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn a_folded_value_is_decoded_as_a_whole() {
        let response = complete(b"HTTP/1.1 101 x\r\nA: \xC3\xA9\r\n \xE9\r\n\r\n");
        assert_eq!(response.head.headers.first("A"), Some("Ã© é"));
    }

    #[test]
    fn a_fold_continues_a_field_and_has_no_control_characters() {
        for (lines, shown) in [
            (" A: b\r\n", " A: b"),
            ("\tA: b\r\n", "\\tA: b"),
            (" \r\n", " "),
            ("A: b\r\n c\0\r\n", " c\\x00"),
            ("A: b\r\n c\rd\r\n", " c\\rd"),
            ("A: b\r\n c\r\r\n", " c\\r"),
            ("A: b\r\n \x7F\r\n", " \\x7f"),
            ("A: b\r\n \x0B\r\n", " \\x0b"),
        ] {
            assert_eq!(
                error(format!("HTTP/1.1 101 x\r\n{lines}").as_bytes()),
                header_error(&format!("invalid header line \"{shown}\" in the response")),
            );
        }
    }

    #[test]
    fn lines_are_no_fields() {
        let head = |count| format!("HTTP/1.1 101 x\r\nA: b\r\n{}\r\n", " c\r\n".repeat(count));
        let response = complete(head(200).as_bytes());
        assert_eq!(response.head.headers.first("A").unwrap().len(), 1 + 2 * 200);
    }

    #[test]
    fn folds_in_a_row_take_time_in_proportion() {
        let mut reader = FieldReader::new(1, Strictness::Lenient);
        assert_eq!(reader.receive(b"A: b\n"), Ok(None));
        for _ in 0..1_000_000 {
            assert_eq!(reader.receive(b" c\n"), Ok(None));
        }
        let fields = reader.receive(b"\n").unwrap().unwrap();
        assert_eq!(fields.first("A").unwrap().len(), 2_000_001);
    }
}
