//! The panic boundary between Tcl and Rust: every function that Tcl calls is defined by
//! [`callback`], so that no panic unwinds into C, where it would end the process.

use std::{
    any::Any,
    ffi::c_int,
    panic::{AssertUnwindSafe, catch_unwind},
};

use super::{interp::Interp, sys};

/// Defines a function for Tcl to call. All of its body runs inside the boundary; the word before
/// `fn` says what becomes of a panic.
///
/// - `silent`: nothing more than Rust's own message on stderr. For where nobody can be told: a
///   deletion, a copy, a request for a string, the event loop.
/// - `event`: a background error. The body returns in which interpreter that is and what to do
///   there, or `None` if there is nothing to do. Tcl gets the value after `=`.
/// - `command(interp)`: the error [`Faults::panic`](super::error::Faults::panic) in `interp`, an
///   argument of the function. The body returns the code for Tcl.
///
/// - `value`: as `silent`. Tcl gets what the body returns, and after a panic the value after `=`.
///
/// What Tcl promises about the arguments is the reason for each `unsafe` in the body.
macro_rules! callback {
    ($(#[$attribute:meta])* silent fn $name:ident $(<$parameter:ident: $bound:ident>)?
        ($($argument:ident: $type:ty),* $(,)?) $body:block
    ) => {
        $(#[$attribute])*
        unsafe extern "C" fn $name $(<$parameter: $bound>)? ($($argument: $type),*) {
            $crate::tcl::guard::silently(|| $body);
        }
    };
    ($(#[$attribute:meta])* event fn $name:ident
        ($($argument:ident: $type:ty),* $(,)?) $(-> $result:ty = $code:literal)? $body:block
    ) => {
        $(#[$attribute])*
        unsafe extern "C" fn $name($($argument: $type),*) $(-> $result)? {
            $crate::tcl::guard::event(|| $body);
            $($code)?
        }
    };
    ($(#[$attribute:meta])* value fn $name:ident
        ($($argument:ident: $type:ty),* $(,)?) -> $result:ty = $code:expr; $body:block
    ) => {
        $(#[$attribute])*
        unsafe extern "C" fn $name($($argument: $type),*) -> $result {
            $crate::tcl::guard::value(|| $body, $code)
        }
    };
    ($(#[$attribute:meta])* command($interp:ident) fn $name:ident
        $(<$parameter:ident: $bound:ident>)? ($($argument:ident: $type:ty),* $(,)?) $body:block
    ) => {
        $(#[$attribute])*
        unsafe extern "C" fn $name $(<$parameter: $bound>)? ($($argument: $type),*)
            -> std::ffi::c_int
        {
            let body = || $body;
            // SAFETY: Tcl calls this in an interpreter that is alive and of this thread.
            unsafe { $crate::tcl::guard::command($interp, body) }
        }
    };
}
pub(super) use callback;

/// Runs `body`; a panic becomes its message.
fn catch<R>(body: impl FnOnce() -> R) -> Result<R, String> {
    // Unwind safety: state lives in cells whose borrows the unwinding gives back.
    catch_unwind(AssertUnwindSafe(body)).map_err(|payload: Box<dyn Any + Send>| {
        let text = payload.downcast_ref::<&str>().copied();
        let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        text.unwrap_or("unknown").to_owned()
    })
}

/// What a `silent` [`callback`] does.
pub(super) fn silently(body: impl FnOnce()) {
    let _ = catch(body);
}

/// What a `value` [`callback`] does.
pub(super) fn value<R>(body: impl FnOnce() -> R, after_panic: R) -> R {
    catch(body).unwrap_or(after_panic)
}

/// What an `event` [`callback`] does. The memory of the interpreter is kept meanwhile.
pub(super) fn event<F: FnOnce()>(body: impl FnOnce() -> Option<(Interp, F)>) {
    let mut kept = None;
    let result = catch(|| {
        if let Some((interp, run)) = body() {
            kept = Some((interp.preserve(), interp));
            run();
        }
    });
    if let Err(message) = result
        && let Some((_, interp)) = kept
    {
        (interp.faults().panic)(&message).report_in_background(&interp);
    }
}

/// What a `command` [`callback`] does.
///
/// # Safety
/// `interp` is alive and of this thread.
pub(super) unsafe fn command(interp: *mut sys::Tcl_Interp, body: impl FnOnce() -> c_int) -> c_int {
    catch(body).unwrap_or_else(|message| {
        // SAFETY: the caller's promise.
        let interp = unsafe { Interp::of(interp) };
        interp.map_or(sys::TCL_ERROR, |interp| interp.raise(&(interp.faults().panic)(&message)))
    })
}

/// For the entry points of the library: a panic becomes an error without a message, since there may
/// be no [`Interp`] yet.
pub(super) fn entry(body: impl FnOnce() -> c_int) -> c_int {
    catch(body).unwrap_or(sys::TCL_ERROR)
}

#[cfg(test)]
mod tests {
    use std::{fs, panic, path::Path};

    use super::*;

    callback! {
        silent fn panics(reached: *mut bool) {
            // SAFETY: the test gives a live flag.
            unsafe { *reached = true };
            panic!("caught");
        }
    }

    #[test]
    fn a_panic_in_a_callback_goes_no_further() {
        let mut reached = false;
        // SAFETY: the flag lives as long as the call.
        unsafe { panics(&raw mut reached) };
        assert!(reached);
    }

    #[test]
    fn a_panic_becomes_its_message() {
        assert_eq!(catch(|| 1), Ok(1));
        assert_eq!(catch(|| panic!("constant")), Err::<(), _>("constant".to_owned()));
        assert_eq!(catch(|| panic!("number {}", 1)), Err::<(), _>("number 1".to_owned()));
        let other = catch(|| panic::resume_unwind(Box::new(1)));
        assert_eq!(other, Err::<(), _>("unknown".to_owned()));
    }

    #[test]
    fn an_entry_point_that_panics_fails() {
        assert_eq!(entry(|| sys::TCL_OK), sys::TCL_OK);
        assert_eq!(entry(|| panic!("caught")), sys::TCL_ERROR);
    }

    /// What Tcl calls is defined by [`callback`] and nowhere else. (`sys` only declares what Tcl
    /// defines.)
    #[test]
    fn no_other_file_defines_a_function_for_c() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tcl");
        let mut callbacks = 0;
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "rs")
                || path.ends_with("guard.rs")
            {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            assert!(!text.contains("extern"), "{} has a function for C", path.display());
            callbacks += text.matches("callback! {").count();
        }
        assert!(callbacks > 10, "only {callbacks} callbacks found");
    }
}
