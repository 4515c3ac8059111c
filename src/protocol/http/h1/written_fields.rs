//! Header fields as they are written, in requests and responses alike (RFC 9112 section 5).

use std::fmt;

use super::super::{
    headers::Headers,
    syntax::{is_field_value, is_token},
};

/// Why a header field cannot be sent. Values are not quoted: they may be secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FieldArgumentError {
    /// This name is not a token.
    Name(String),
    /// The value of the field with this name has a control character other than the tab.
    Value(String),
}

/// Writes the fields behind what there is of the head, names and values as given.
pub(super) fn push_fields(head: &mut String, headers: &Headers) -> Result<(), FieldArgumentError> {
    for (name, value) in headers.iter() {
        if !is_token(name) {
            return Err(FieldArgumentError::Name(name.to_owned()));
        }
        if !is_field_value(value) {
            return Err(FieldArgumentError::Value(name.to_owned()));
        }
        head.extend([name, ": ", value, "\r\n"]);
    }
    Ok(())
}

impl fmt::Display for FieldArgumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => write!(f, "invalid header name \"{}\"", name.escape_default()),
            Self::Value(name) => write!(f, "invalid character in the value of header \"{name}\""),
        }
    }
}
