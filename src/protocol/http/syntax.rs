//! The syntax that the values of many header fields share (RFC 9110 section 5.6): tokens, optional
//! white space, lists and quoted strings; and bytes as hexadecimal digits.

/// Whether this is a token: "token = 1*tchar" (RFC 9110 section 5.6.2)
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_token_character)
}

/// Whether a token may have this character: "tchar" of RFC 9110 section 5.6.2.
pub(crate) fn is_token_character(character: char) -> bool {
    matches!(character, '!' | '#'..='\'' | '*' | '+' | '-' | '.' | '^'..='`' | '|' | '~')
        || character.is_ascii_alphanumeric()
}

/// Whether a header field may have this value: "Field values containing CR, LF, or NUL characters
/// are invalid and dangerous", and other control characters but the tab are invalid too (RFC 9110
/// section 5.5).
pub(crate) fn is_field_value(text: &str) -> bool {
    // No byte of a character that is not ASCII is a control character.
    text.bytes().all(|byte| byte == b'\t' || !byte.is_ascii_control())
}

/// Removes optional white space on both sides: "OWS = *( SP / HTAB )" (RFC 9110 section 5.6.3)
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

/// The members of a comma-separated list, without the white space around them. "A recipient MUST
/// parse and ignore a reasonable number of empty list elements" (RFC 9110 section 5.6.1.2). Not for
/// lists whose members may have quoted strings.
pub(crate) fn members(list: &str) -> impl Iterator<Item = &str> {
    split(list, |character| character == ',')
}

/// As [`members`], for lists whose members may have quoted strings: a comma in one separates
/// nothing.
pub(crate) fn members_with_quotes(list: &str) -> impl Iterator<Item = &str> {
    split_outside_quotes(list, ',')
}

/// A value and its parameters, which semicolons separate, without the white space around them:
/// "parameters = *( OWS ";" OWS \[ parameter \] )" (RFC 9110 section 5.6.6)
pub(crate) fn parts_with_quotes(value: &str) -> impl Iterator<Item = &str> {
    split_outside_quotes(value, ';')
}

fn split_outside_quotes(list: &str, separator: char) -> impl Iterator<Item = &str> {
    let (mut in_quotes, mut escaped) = (false, false);
    split(list, move |character| {
        match character {
            _ if escaped => escaped = false,
            '\\' if in_quotes => escaped = true,
            '"' => in_quotes = !in_quotes,
            _ => return character == separator && !in_quotes,
        }
        false
    })
}

fn split(list: &str, separates: impl FnMut(char) -> bool) -> impl Iterator<Item = &str> {
    list.split(separates).map(trim).filter(|member| !member.is_empty())
}

/// The value of the quoted string at the start of `text`, without quotes and escapes, and what
/// follows it; `None` if there is none or it has no end. "quoted-string = DQUOTE *( qdtext /
/// quoted-pair ) DQUOTE" (RFC 9110 section 5.6.4)
pub(crate) fn unquote(text: &str) -> Option<(String, &str)> {
    let mut characters = text.strip_prefix('"')?.chars();
    let mut value = String::new();
    loop {
        match characters.next()? {
            '"' => return Some((value, characters.as_str())),
            '\\' => value.push(characters.next()?),
            character => value.push(character),
        }
    }
}

/// The quoted string with this value (RFC 9110 section 5.6.4).
pub(crate) fn quote(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Two small hexadecimal digits for each byte.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xF]);
    digits.map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_have_letters_digits_and_fifteen_other_characters() {
        let characters: String =
            (0..=255_u8).map(char::from).filter(|c| is_token(&c.to_string())).collect();
        assert_eq!(
            characters,
            "!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~"
        );
        assert!(is_token(&characters));
        for text in ["", "a b", " a", "a,", "a\r\n", "a\0", "ä", "a€"] {
            assert!(!is_token(text), "{text:?}");
        }
    }

    #[test]
    fn only_spaces_and_tabs_are_trimmed() {
        assert_eq!(trim(" \t a\tb \t"), "a\tb");
        assert_eq!(trim(" \t "), "");
        assert_eq!(trim("\na\u{A0}"), "\na\u{A0}");
    }

    #[test]
    fn members_are_trimmed_and_empty_ones_left_out() {
        for (list, expected) in [
            ("a,b", &["a", "b"][..]),
            (" ,\ta b\t,, c , ", &["a b", "c"]),
            ("", &[]),
            (" , ,", &[]),
            ("\"a,b\"", &["\"a", "b\""]),
        ] {
            assert_eq!(members(list).collect::<Vec<_>>(), expected, "{list:?}");
        }
    }

    #[test]
    fn a_comma_in_a_quoted_string_separates_nothing() {
        for (list, expected) in [
            (r#"a="1,2", b"#, &[r#"a="1,2""#, "b"][..]),
            (r#"a="\",", b"#, &[r#"a="\",""#, "b"]),
            (r#"a="\\", b"#, &[r#"a="\\""#, "b"]),
            (r#"a=\", b", c"#, &[r#"a=\", b""#, "c"]),
            (r#"a=", b"#, &[r#"a=", b"#]),
            (" ,a,,", &["a"]),
        ] {
            assert_eq!(members_with_quotes(list).collect::<Vec<_>>(), expected, "{list:?}");
        }
    }

    #[test]
    fn parameters_stand_between_semicolons() {
        let parts: Vec<_> = parts_with_quotes(r#"text/html ;;  a="1;\";2" ; b=3,4"#).collect();
        assert_eq!(parts, ["text/html", r#"a="1;\";2""#, "b=3,4"]);
    }

    #[test]
    fn a_quoted_string_loses_quotes_and_escapes() {
        for (text, expected) in [
            (r#""""#, Some(("", ""))),
            (r#""a, b" c"#, Some(("a, b", " c"))),
            (r#""a\"\\\b"""#, Some(("a\"\\b", "\""))),
            ("a", None),
            ("", None),
            ("\"", None),
            (r#""a"#, None),
            (r#""a\""#, None),
            (r#""a\"#, None),
        ] {
            let unquoted = unquote(text);
            let unquoted = unquoted.as_ref().map(|(value, rest)| (value.as_str(), *rest));
            assert_eq!(unquoted, expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_quoted_is_unquoted_the_same() {
        for value in ["", "a", "a \"b\" \\c\\", "\\\"", "ä"] {
            assert_eq!(unquote(&quote(value)), Some((value.to_owned(), "")), "{value:?}");
        }
        assert_eq!(quote(r#"a"\"#), r#""a\"\\""#);
    }

    #[test]
    fn hexadecimal_has_two_digits_for_each_byte() {
        assert_eq!(hexadecimal(&[]), "");
        assert_eq!(hexadecimal(&[0x00, 0x0A, 0xFF]), "000aff");
    }
}
