//! The rest of a content of which a part is there (RFC 9110 section 14): what is asked for, and
//! whether that is what came.

use std::time::Duration;

use super::{date, headers::Headers, response::ResponseHead, syntax::is_field_value};

/// What of a content is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// How many bytes, from the beginning on; not 0.
    pub length: u64,
    /// What the server said by which it is known again.
    pub validator: String,
}

impl Part {
    /// The headers that ask for the rest, or for all where that has changed: "If the validator
    /// given in the If-Range header field matches the current validator for the selected
    /// representation of the target resource, then process the Range header field as requested. If
    /// the validator does not match, ignore the Range header field." (RFC 9110 section 13.1.5)
    pub fn headers(&self) -> [(&'static str, String); 2] {
        [("Range", format!("bytes={}-", self.length)), ("If-Range", self.validator.clone())]
    }

    /// Whether the content of a 206 with this head continues the part; then how many bytes there
    /// are in all, if that is known.
    ///
    /// Errors where it does not.
    pub fn continued_by(&self, head: &ResponseHead) -> Result<Option<u64>, RangeError> {
        let headers = &head.headers;
        // "a sender that is generating a 206 response with an If-Range SHOULD NOT generate other
        // representation header fields", but those that tell it apart have to be the same.
        let is_same = |name: &str| {
            headers
                .first(name)
                .is_none_or(|value| !is_kind(name, &self.validator) || value == self.validator)
        };
        match content_range(headers) {
            Some(ContentRange::Bytes { first, last, complete })
                if first == self.length
                    && complete.is_none_or(|complete| last < complete)
                    && is_plain(headers)
                    && is_same("ETag")
                    && is_same("Last-Modified") =>
            {
                Ok(complete)
            }
            _ => Err(RangeError),
        }
    }

    /// Whether a 416 with this head says that the part is all there is.
    pub fn is_whole_by(&self, head: &ResponseHead) -> bool {
        head.status == RANGE_NOT_SATISFIABLE
            && content_range(&head.headers) == Some(ContentRange::Unsatisfied(self.length))
    }
}

/// "416 Range Not Satisfiable" (RFC 9110 section 15.5.17).
pub const RANGE_NOT_SATISFIABLE: u16 = 416;

/// "206 Partial Content" (RFC 9110 section 15.3.7).
pub const PARTIAL_CONTENT: u16 = 206;

/// What came is not the rest of what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RangeError;

/// Whether a validator is of the kind that this header has.
fn is_kind(name: &str, validator: &str) -> bool {
    (name == "ETag") == validator.starts_with('"')
}

/// By what the content of a response with these headers is known again for sure; `None` where
/// nothing does, or it has a coding, which the server may do otherwise next time.
pub fn validator(headers: &Headers) -> Option<String> {
    if !is_plain(headers) {
        return None;
    }
    // "A client MUST NOT generate an If-Range header field containing an entity tag that is marked
    // as weak." (RFC 9110 section 13.1.5)
    if let Some(tag) = headers.first("ETag") {
        let is_strong = tag.len() >= 2 && tag.starts_with('"') && tag.ends_with('"');
        return (is_strong && is_sendable(tag)).then(|| tag.to_owned());
    }
    // "A client MUST NOT generate an If-Range header field containing an HTTP-date unless [...] the
    // client has no entity tag for the corresponding representation and the date is a strong
    // validator": it was a second old when the server sent it (section 8.8.2.2).
    let text = headers.first("Last-Modified")?;
    let (modified, now) = (date::parse(text)?, date::parse(headers.first("Date")?)?);
    let is_strong = now.duration_since(modified).is_ok_and(|age| age >= Duration::from_secs(1));
    (is_strong && is_sendable(text)).then(|| text.to_owned())
}

fn is_sendable(value: &str) -> bool {
    value.is_ascii() && is_field_value(value)
}

/// Whether content with these headers has no coding.
fn is_plain(headers: &Headers) -> bool {
    headers.members("Content-Encoding").all(|coding| coding.eq_ignore_ascii_case("identity"))
}

/// What a Content-Range says (RFC 9110 section 14.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ContentRange {
    /// These bytes follow; both places are among them.
    Bytes { first: u64, last: u64, complete: Option<u64> },
    /// There are so many bytes in all, and none that were asked for.
    Unsatisfied(u64),
}

/// "Content-Range = range-unit SP ( range-resp / unsatisfied-range )"
fn content_range(headers: &Headers) -> Option<ContentRange> {
    let mut values = headers.all("Content-Range");
    let (Some(value), None) = (values.next(), values.next()) else { return None };
    let (unit, range) = value.split_once(' ')?;
    if !unit.eq_ignore_ascii_case("bytes") {
        return None;
    }
    let number = |text: &str| {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse().ok()).flatten()
    };
    let (range, complete) = range.trim_start().split_once('/')?;
    if range == "*" {
        return number(complete).map(ContentRange::Unsatisfied);
    }
    let (first, last) = range.split_once('-')?;
    let (first, last) = (number(first)?, number(last)?);
    let complete = if complete == "*" { None } else { Some(number(complete)?) };
    (first <= last).then_some(ContentRange::Bytes { first, last, complete })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(status: u16, headers: &[(&str, &str)]) -> ResponseHead {
        let headers = headers.iter().copied().collect();
        ResponseHead { status, headers, ..ResponseHead::default() }
    }

    fn part() -> Part {
        Part { length: 5, validator: "\"a\"".to_owned() }
    }

    #[test]
    fn the_rest_is_asked_for() {
        let headers = part().headers().map(|(name, value)| format!("{name}: {value}"));
        assert_eq!(headers, ["Range: bytes=5-", "If-Range: \"a\""]);
    }

    #[test]
    fn a_validator_is_strong() {
        for (headers, expected) in [
            (&[("ETag", "\"a\"")][..], Some("\"a\"")),
            (&[("etag", "\"a\""), ("Content-Encoding", "identity")], Some("\"a\"")),
            (&[("ETag", "\"a\""), ("Content-Encoding", "gzip")], None),
            (&[("ETag", "W/\"a\"")], None),
            (&[("ETag", "a")], None),
            (&[("ETag", "\"é\"")], None),
            (&[("ETag", "\"")], None),
            (&[("Last-Modified", "Sat, 28 Nov 2026 12:00:00 GMT")], None),
            (
                &[
                    ("Last-Modified", "Sat, 28 Nov 2026 12:00:00 GMT"),
                    ("Date", "Sat, 28 Nov 2026 12:00:01 GMT"),
                ],
                Some("Sat, 28 Nov 2026 12:00:00 GMT"),
            ),
            (
                &[
                    ("Last-Modified", "Sat, 28 Nov 2026 12:00:00 GMT"),
                    ("Date", "Sat, 28 Nov 2026 12:00:00 GMT"),
                ],
                None,
            ),
            // A tag that is weak says that dates do not tell enough.
            (
                &[
                    ("ETag", "W/\"a\""),
                    ("Last-Modified", "Sat, 28 Nov 2026 12:00:00 GMT"),
                    ("Date", "Sat, 28 Nov 2026 12:00:01 GMT"),
                ],
                None,
            ),
            (&[], None),
        ] {
            let found = validator(&headers.iter().copied().collect());
            assert_eq!(found.as_deref(), expected, "{headers:?}");
        }
    }

    #[test]
    fn only_what_begins_where_the_part_ends_continues_it() {
        for (headers, expected) in [
            (&[("Content-Range", "bytes 5-9/10")][..], Ok(Some(10))),
            (&[("Content-Range", "BYTES 5-9/*")], Ok(None)),
            (&[("Content-Range", "bytes 5-7/10"), ("ETag", "\"a\"")], Ok(Some(10))),
            (&[("Content-Range", "bytes 5-9/10"), ("Last-Modified", "whenever")], Ok(Some(10))),
            (&[("Content-Range", "bytes 5-9/10"), ("ETag", "\"b\"")], Err(RangeError)),
            (&[("Content-Range", "bytes 5-9/10"), ("Content-Encoding", "br")], Err(RangeError)),
            (&[("Content-Range", "bytes 4-9/10")], Err(RangeError)),
            (&[("Content-Range", "bytes 0-9/10")], Err(RangeError)),
            (&[("Content-Range", "bytes 5-10/10")], Err(RangeError)),
            (&[("Content-Range", "bytes 5-4/10")], Err(RangeError)),
            (&[("Content-Range", "bytes 5-9")], Err(RangeError)),
            (&[("Content-Range", "bytes +5-9/10")], Err(RangeError)),
            (&[("Content-Range", "bytes 5-99999999999999999999/*")], Err(RangeError)),
            (&[("Content-Range", "lines 5-9/10")], Err(RangeError)),
            (
                &[("Content-Range", "bytes 5-9/10"), ("Content-Range", "bytes 5-9/10")],
                Err(RangeError),
            ),
            // multipart/byteranges
            (&[], Err(RangeError)),
        ] {
            assert_eq!(part().continued_by(&head(206, headers)), expected, "{headers:?}");
        }
    }

    #[test]
    fn a_part_may_be_all_there_is() {
        let is_whole =
            |status, range| part().is_whole_by(&head(status, &[("Content-Range", range)]));
        assert!(is_whole(416, "bytes */5"));
        assert!(!is_whole(416, "bytes */6") && !is_whole(416, "bytes 0-4/5"));
        assert!(!is_whole(404, "bytes */5"));
        assert!(!part().is_whole_by(&head(416, &[])));
    }
}
