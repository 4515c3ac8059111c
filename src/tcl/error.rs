//! Errors and replies: a result together with Tcl's return options, on its way into an interpreter
//! or out of one.

use std::ffi::c_int;

use super::{sys, value::Value};

/// What a command or method ends with when it does not succeed: the result and the return options,
/// `-errorcode` among them. Also `break`, `return` and the like, when a script ended so.
#[derive(Debug, Clone)]
pub(crate) struct Error {
    pub(super) result: Value,
    pub(super) options: Value,
    /// The code that the script ended with.
    pub(super) code: c_int,
}

/// The errors that arise in this room, as the package words them.
pub(crate) struct Faults {
    /// The library panicked with this message.
    pub(crate) panic: fn(&str) -> Error,
    /// A script has deleted the class of this name.
    pub(crate) class_deleted: fn(&str) -> Error,
    /// A method was called on an object that [`Class`](super::class::Class) did not make.
    pub(crate) no_state: fn() -> Error,
    /// `oo::copy` of an object, which cannot share its state.
    pub(crate) copied: fn() -> Error,
    /// The channel of this name is not open for reading and writing.
    pub(crate) one_way_channel: fn(&Value) -> Error,
    /// Tcl cannot wait for the channel of this name.
    pub(crate) unwatchable_channel: fn(&Value) -> Error,
}

impl Error {
    /// An error with a message for people and an `-errorcode` for scripts.
    pub(crate) fn new<S: AsRef<str>>(
        message: &str,
        errorcode: impl IntoIterator<Item = S>,
    ) -> Self {
        Self::with_options(message, errorcode, [])
    }

    /// As [`new`](Error::new), with more return options.
    pub(crate) fn with_options<'k, S: AsRef<str>>(
        message: &str,
        errorcode: impl IntoIterator<Item = S>,
        options: impl IntoIterator<Item = (&'k str, Value)>,
    ) -> Self {
        let standard = [
            ("-code", Value::integer(sys::TCL_ERROR.into())),
            ("-level", Value::integer(0)),
            ("-errorcode", Value::strings(errorcode)),
        ];
        Self {
            result: Value::string(message),
            options: Value::dict(standard.into_iter().chain(options)),
            code: sys::TCL_ERROR,
        }
    }

    /// What `catch` has shown of a script: its code, its result and its return options.
    pub(crate) fn caught(code: i64, result: Value, options: Value) -> Self {
        Self { result, options, code: code.try_into().unwrap_or(sys::TCL_ERROR) }
    }

    /// The same with this message.
    pub(crate) fn with_message(self, message: Value) -> Self {
        Self { result: message, ..self }
    }

    /// The same, unless it is `break`, `return` or the like: then the error that Tcl makes of that
    /// where nothing takes it.
    pub(crate) fn into_ordinary(self) -> Self {
        let message = match self.code {
            sys::TCL_ERROR => return self,
            sys::TCL_BREAK => "invoked \"break\" outside of a loop".to_owned(),
            sys::TCL_CONTINUE => "invoked \"continue\" outside of a loop".to_owned(),
            code => format!("command returned bad code: {code}"),
        };
        Self::new(&message, ["TCL", "UNEXPECTED_RESULT_CODE", &self.code.to_string()])
    }

    /// The words of the `-errorcode`.
    pub(crate) fn errorcode(&self) -> Vec<String> {
        let words =
            self.options.dict_entry(&Value::string("-errorcode")).and_then(|code| code.elements());
        words.unwrap_or_default().iter().map(Value::to_utf8_lossy).collect()
    }

    /// The message.
    pub(crate) fn message(&self) -> String {
        self.result.to_utf8_lossy()
    }

    /// The result and the return options, as `catch` would show them.
    pub(crate) fn into_parts(self) -> (Value, Value) {
        (self.result, self.options)
    }
}

/// What a command succeeds with: the result, and return options of its own that `try ... on ok`
/// and `catch` show to the caller.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) result: Value,
    pub(crate) options: Vec<(&'static str, Value)>,
}

impl Reply {
    /// The result and the return options, as `catch` would show them.
    pub(crate) fn into_parts(self) -> (Value, Value) {
        let standard = [("-code", Value::integer(0)), ("-level", Value::integer(0))];
        (self.result, Value::dict(standard.into_iter().chain(self.options)))
    }
}

impl From<Value> for Reply {
    fn from(result: Value) -> Self {
        Self { result, options: Vec::new() }
    }
}
