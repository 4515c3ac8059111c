//! The one wall between Rust and Tcl: everything that Tcl calls runs inside [`catch`], so that no
//! panic unwinds into C, where it would end the process.

use std::{
    any::Any,
    ffi::c_int,
    panic::{AssertUnwindSafe, catch_unwind},
};

use super::{Error, Interp, sys};

/// Runs `body`; a panic becomes its message.
fn catch<R>(body: impl FnOnce() -> R) -> Result<R, String> {
    // Unwind safety: state lives in cells whose borrows the unwinding gives back.
    catch_unwind(AssertUnwindSafe(body)).map_err(|payload: Box<dyn Any + Send>| {
        let text = payload.downcast_ref::<&str>().copied();
        let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        text.unwrap_or("unknown").to_owned()
    })
}

fn internal_error(message: &str) -> Error {
    let message = format!("internal error in www::websocket: {message}");
    Error::new(&message, ["WWW", "WEBSOCKET", "PANIC"])
}

/// For commands and methods: a panic becomes an error `{WWW WEBSOCKET PANIC}`.
pub(super) fn command(interp: &Interp, body: impl FnOnce() -> c_int) -> c_int {
    catch(body).unwrap_or_else(|message| internal_error(&message).raise(interp))
}

/// For event handlers: a panic becomes a background error.
pub(super) fn event(interp: &Interp, body: impl FnOnce()) {
    let _preserved = interp.preserve();
    if let Err(message) = catch(body) {
        internal_error(&message).report_in_background(interp);
    }
}

/// For deletions, which cannot report to anyone: a panic has been printed by Rust, and ends here.
pub(super) fn deletion(body: impl FnOnce()) {
    let _ = catch(body);
}

/// For entry points, which have no `Interp` yet.
pub(super) fn entry(body: impl FnOnce() -> c_int) -> c_int {
    catch(body).unwrap_or(sys::TCL_ERROR)
}
