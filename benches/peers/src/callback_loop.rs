//! What evaluating a callback costs at the least: a package for Tcl with one command, which does
//! that again and again with the function of Tcl's library that the callbacks of a connection are
//! evaluated with, and does nothing else.
//!
//! `callback_loop COUNT WORD ...` evaluates the command that the words are, COUNT times, at global
//! level. An error ends it.

#[allow(dead_code, unused_imports, reason = "the package needs more of Tcl")]
#[path = "../../../src/tcl/sys/mod.rs"]
mod sys;

use std::{
    ffi::{c_int, c_void},
    ptr, slice,
};

/// Tcl calls this to load the package into an interpreter.
///
/// # Safety
/// `interp` is the `Tcl_Interp` that is being loaded into, in its own thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Callbackloop_Init(interp: *mut c_void) -> c_int {
    let interp: *mut sys::Tcl_Interp = interp.cast();
    // SAFETY: the caller's promise.
    if unsafe { sys::initialize(interp) }.is_none() {
        return sys::TCL_ERROR;
    }
    // SAFETY: the tables are there now, and the command needs no data.
    unsafe {
        let name = c"callback_loop".as_ptr();
        sys::tcl_NRCreateCommand(interp, name, Some(run), None, ptr::null_mut(), None);
    }
    sys::TCL_OK
}

/// The command.
unsafe extern "C" fn run(
    _data: *mut c_void,
    interp: *mut sys::Tcl_Interp,
    count: c_int,
    words: *const *mut sys::Tcl_Obj,
) -> c_int {
    // SAFETY: Tcl passes so many words, which it keeps alive until the command returns.
    let words = unsafe { slice::from_raw_parts(words, count as usize) };
    let [_, times, callback @ ..] = words else { return sys::TCL_ERROR };
    let mut remaining = 0;
    // SAFETY: Tcl's interpreter and value.
    let code = unsafe { sys::tcl_GetWideIntFromObj(interp, *times, &raw mut remaining) };
    if code != sys::TCL_OK {
        return code;
    }
    for _ in 0..remaining {
        // SAFETY: Tcl's interpreter and values.
        let code = unsafe {
            sys::tcl_EvalObjv(interp, callback.len(), callback.as_ptr(), sys::TCL_EVAL_GLOBAL)
        };
        if code != sys::TCL_OK {
            return code;
        }
    }
    sys::TCL_OK
}
