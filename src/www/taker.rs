//! Who takes the content of a response, as the command that asked for it knows them.

use crate::{
    client,
    protocol::http::response::ResponseHead,
    tcl::{Error, Value},
};

/// Who takes the content.
pub(super) trait Taker: client::Content {
    /// The result of the command.
    fn result(&self) -> Value {
        Value::empty()
    }

    /// What the request has to say, in place of what it says else.
    fn headers(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// Whether a response with this head, which is no success, says that all is there; then it is
    /// ended.
    fn settles(&self, _head: &ResponseHead) -> Result<bool, Error> {
        Ok(false)
    }
}
