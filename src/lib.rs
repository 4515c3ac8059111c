//! www::websocket: WebSockets for Tcl. This file holds the entry points that Tcl's `load` looks
//! for, and nothing else.

mod certificates;
mod client;
mod context;
mod cookies;
mod io;
mod net;
pub mod protocol;
mod server;
mod tcl;
mod websocket;
mod www;

use std::ffi::{c_int, c_void};

/// Tcl calls this to load the package into an interpreter.
///
/// # Safety
/// `interp` is the `Tcl_Interp` that is being loaded into, in its own thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Wwwwebsocket_Init(interp: *mut c_void) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { tcl::load(interp, &www::FAULTS, www::install) }
}

/// Tcl calls this to load the package into a safe interpreter, where it refuses with an error.
///
/// # Safety
/// As for [`Wwwwebsocket_Init`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Wwwwebsocket_SafeInit(interp: *mut c_void) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { tcl::load(interp, &www::FAULTS, www::install) }
}
