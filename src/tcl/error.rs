//! Errors and replies: a result together with Tcl's return options, on its way into an interpreter
//! or out of one.

use std::ffi::c_int;

use super::{Interp, Value, sys};

/// What a command or method ends with when it does not succeed: the result and the return options,
/// `-errorcode` among them. Also `break`, `return` and the like, when a script ended so.
#[derive(Debug, Clone)]
pub(crate) struct Error {
    result: Value,
    options: Value,
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
        }
    }

    /// The outcome of a script that just ended with `code` in `interp`.
    pub(super) fn raised(interp: &Interp, code: c_int) -> Self {
        // SAFETY: the interpreter is alive; both calls return values, never null.
        unsafe {
            let options = Value::share(sys::tcl_GetReturnOptions(interp.as_ptr(), code));
            let result = Value::share(sys::tcl_GetObjResult(interp.as_ptr()));
            Self {
                result: result.unwrap_or_else(Value::empty),
                options: options.unwrap_or_else(Value::empty),
            }
        }
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

    /// Makes this the outcome of what runs in `interp`; returns the code to give to Tcl.
    pub(super) fn raise(&self, interp: &Interp) -> c_int {
        // SAFETY: the interpreter is alive; it takes shares of its own. The options must come last
        // and hold a -level, or the caller's script would end silently.
        unsafe {
            sys::tcl_SetObjResult(interp.as_ptr(), self.result.as_ptr());
            sys::tcl_SetReturnOptions(interp.as_ptr(), self.options.as_ptr())
        }
    }

    /// Hands this to the interpreter's background error handler (`interp bgerror`).
    pub(crate) fn report_in_background(&self, interp: &Interp) {
        if interp.is_deleted() {
            return;
        }
        let code = self.raise(interp);
        // SAFETY: the interpreter is alive.
        unsafe { sys::tcl_BackgroundException(interp.as_ptr(), code) };
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
    /// Makes this the outcome of what runs in `interp`; returns the code to give to Tcl.
    pub(super) fn give(self, interp: &Interp) -> c_int {
        // SAFETY: as in `Error::raise`.
        unsafe {
            sys::tcl_SetObjResult(interp.as_ptr(), self.result.as_ptr());
            if self.options.is_empty() {
                return sys::TCL_OK;
            }
            let (_, options) = self.into_parts();
            sys::tcl_SetReturnOptions(interp.as_ptr(), options.as_ptr())
        }
    }

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

/// Makes `outcome` that of what runs in `interp`; returns the code to give to Tcl.
pub(super) fn finish(interp: &Interp, outcome: Result<impl Into<Reply>, Error>) -> c_int {
    match outcome {
        Ok(reply) => reply.into().give(interp),
        Err(error) => error.raise(interp),
    }
}
