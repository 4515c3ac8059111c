//! The answer to a request, as whoever decides on requests gives it.

use std::{fmt, time::SystemTime};

use crate::{
    protocol::http::{
        h1::response_writer::{self, Answered, ResponseArgumentError, WrittenHead},
        headers::Headers,
        request::RequestHead,
    },
    tcl::{NotBytes, Value},
};

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Headers,
    /// The content: bytes.
    pub(crate) body: Value,
}

/// Why an answer cannot be sent.
#[derive(Debug)]
pub(crate) enum BadAnswer {
    /// Its content is not bytes.
    NotBytes(NotBytes),
    /// Its head is wrong.
    Head(ResponseArgumentError),
}

impl fmt::Display for BadAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotBytes(NotBytes) => {
                f.write_str("the body is not a string of bytes: it has a character above U+00FF")
            }
            Self::Head(error) => error.fmt(f),
        }
    }
}

impl Answer {
    /// One that says something to a person, in a line.
    pub(crate) fn text(status: u16, text: &str) -> Self {
        let headers = [("Content-Type", "text/plain; charset=utf-8")].into_iter().collect();
        Self { status, headers, body: Value::bytes(format!("{text}\n").as_bytes()) }
    }

    /// The same with one more header field.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push(name, value);
        self
    }

    /// What it says to a person.
    pub(crate) fn message(&self) -> String {
        self.body.to_utf8_lossy().trim_end().to_owned()
    }

    /// Its head, and what follows that, where there is a request: else the connection is closed
    /// behind it. The connection persists only where that is wanted.
    ///
    /// Errors where the answer cannot be sent.
    pub(crate) fn encode(
        &self,
        request: Option<&RequestHead>,
        persists: bool,
    ) -> Result<WrittenHead, BadAnswer> {
        let length = match self.body.as_deferred() {
            Some(deferred) => deferred.length(),
            None => self.body.with_bytes(<[u8]>::len).map_err(BadAnswer::NotBytes)?,
        };
        let mut answered = request.map_or(Answered::INVALID, Answered::by);
        answered.is_persistent &= persists;
        let (status, now) = (self.status, SystemTime::now());
        response_writer::response(status, &self.headers, length as u64, answered, now)
            .map_err(BadAnswer::Head)
    }
}
