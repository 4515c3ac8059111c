//! Loading: from the pointer that Tcl hands to an entry point to an [`Interp`].

use std::ffi::{c_int, c_void};

use super::{Error, Interp, error::finish, guard, sys};

/// Prepares the interpreter that Tcl passed to an entry point and runs `install` in it, unless that
/// has succeeded before. Returns the code to give to Tcl.
///
/// # Safety
/// `interp` is what Tcl passed to the entry point, in the thread that it called.
pub(crate) unsafe fn load(
    interp: *mut c_void,
    install: impl FnOnce(&Interp) -> Result<(), Error>,
) -> c_int {
    guard::entry(|| {
        let interp: *mut sys::Tcl_Interp = interp.cast();
        // SAFETY: the caller's promise.
        if unsafe { sys::initialize(interp) }.is_none() {
            return sys::TCL_ERROR;
        }
        // SAFETY: the caller's promise, and the tables are there now.
        let interp = unsafe { Interp::of(interp) };
        guard::command(&interp, || {
            let installed = if interp.is_installed() { Ok(()) } else { install(&interp) };
            finish(&interp, installed.map(|()| interp.set_installed()))
        })
    })
}
