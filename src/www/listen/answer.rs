//! The answer that a script gives to a request: a list of status, headers and body.

use std::rc::Rc;

use crate::{
    protocol::http::headers::Headers,
    server::{Answer, Conversation},
    tcl::{Error, Value},
    www::errors,
};

/// Whether a script has returned an empty value. The string of an answer is not asked for: it would
/// be that of its body, which may be a large file.
pub(super) fn is_none(value: &Value) -> bool {
    value.elements().is_some_and(|elements| elements.is_empty())
}

/// What a script has returned.
///
/// Errors where it is no answer.
pub(super) fn parse(value: &Value) -> Result<Answer, Error> {
    let elements = value.elements().unwrap_or_default();
    let [status, headers, body] = &elements[..] else {
        return Err(errors::answer("it is not a list of three: status, headers, and body"));
    };
    let number = status.to_integer().and_then(|status| u16::try_from(status).ok());
    let number = number.ok_or_else(|| errors::answer("its status is not a number"))?;
    let not_pairs = || errors::answer("its headers are not a list of names and values");
    let words = headers.elements().ok_or_else(not_pairs)?;
    let (pairs, []) = words.as_chunks() else { return Err(not_pairs()) };
    let text = |word: &Value| {
        word.to_utf8().map_err(|_| errors::answer("its headers have half of a surrogate pair"))
    };
    let mut headers = Headers::new();
    for [name, value] in pairs {
        headers.push(text(name)?, text(value)?);
    }
    Ok(Answer { status: number, headers, body: body.clone() })
}

/// Gives it.
///
/// Errors where it cannot be sent.
pub(super) fn give(conversation: &Rc<Conversation>, answer: &Answer) -> Result<(), Error> {
    conversation.answer(answer).map_err(|error| errors::answer(&error.to_string()))
}
