//! Loading: from the pointer that Tcl hands to an entry point to an [`Interp`].

use std::ffi::{c_int, c_void};

use super::{
    channel::Channel,
    error::{Error, Faults},
    guard::{self, callback},
    interp::{HANDLE, Interp},
    sys,
};

/// Prepares the interpreter that Tcl passed to an entry point and runs `install` in it, unless that
/// has succeeded before. Returns the code to give to Tcl. From then on `faults` words what goes
/// wrong in this room.
///
/// # Safety
/// `interp` is what Tcl passed to the entry point, in the thread that it called.
pub(crate) unsafe fn load(
    interp: *mut c_void,
    faults: &'static Faults,
    install: impl FnOnce(&Interp) -> Result<(), Error>,
) -> c_int {
    let pointer: *mut sys::Tcl_Interp = interp.cast();
    guard::entry(|| {
        // SAFETY: the caller's promise.
        if unsafe { sys::initialize(pointer) }.is_none() {
            return sys::TCL_ERROR;
        }
        // Where that fails, it is tried again when a socket is needed.
        let _ = Channel::check_sockets();
        let run = || {
            // SAFETY: the caller's promise, and the tables are there now.
            let interp = unsafe { Interp::of(pointer).unwrap_or_else(|| attach(pointer, faults)) };
            let installed = if interp.is_installed() { Ok(()) } else { install(&interp) };
            interp.finish(installed.map(|()| interp.set_installed()))
        };
        // SAFETY: the caller's promise.
        unsafe { guard::command(pointer, run) }
    })
}

/// Attaches a handle to an interpreter that has none.
///
/// # Safety
/// `pointer` is alive and of this thread.
unsafe fn attach(pointer: *mut sys::Tcl_Interp, faults: &'static Faults) -> Interp {
    // SAFETY: the caller's promise. `freed` gives back the clone.
    unsafe {
        let interp = Interp::new(pointer, faults);
        sys::tcl_SetAssocData(pointer, HANDLE.as_ptr(), Some(freed), interp.clone().into_raw());
        interp
    }
}

callback! {
    silent fn freed(data: *mut c_void, _interp: *mut sys::Tcl_Interp) {
        // SAFETY: the clone that `attach` gave to the interpreter.
        unsafe { Interp::from_raw(data) }.set_freed();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcl::{Value, testing::run};

    #[test]
    fn a_tcl_that_lacks_a_function_is_refused_with_its_name() {
        run(|tcl| {
            let interp = tcl.interp().as_ptr();
            // SAFETY: Tcl is loaded, and the interpreter alive.
            let result = unsafe {
                assert_eq!(sys::check_lacking(interp, c"9.9.9"), None);
                Value::share(sys::tcl_GetObjResult(interp)).unwrap()
            };
            let message = "Tcl 9.9.9 has no function Tcl_EvalObjv, which is needed";
            assert_eq!(result.to_utf8_lossy(), message);
        });
    }
}
