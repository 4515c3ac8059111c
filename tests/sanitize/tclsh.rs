//! A tclsh in which AddressSanitizer watches the library and Tcl's memory.
//!
//! The runtime of AddressSanitizer has to be in the program, not in a library that it loads. And
//! Tcl keeps freed memory to itself, in an allocator that no tool sees through; its three functions
//! are taken over here, so that every block is the system's. (What remains unseen are the heads of
//! Tcl's values, which it takes from blocks of a hundred.)
//!
//! tests/sanitize.sh builds this for each Tcl.

#![no_main]

use std::ffi::{c_char, c_int, c_void};

/// Tcl's type for sizes in these functions: `unsigned int` in 8.6, `size_t` in 9.
#[cfg(tcl = "8.6")]
type Size = u32;
#[cfg(tcl = "9.0")]
type Size = usize;

type AppInit = unsafe extern "C" fn(*mut c_void) -> c_int;

unsafe extern "C" {
    fn Tcl_FindExecutable(program: *const c_char) -> *const c_char;
    fn Tcl_CreateInterp() -> *mut c_void;
    fn Tcl_Init(interp: *mut c_void) -> c_int;
    fn Tcl_MainEx(count: isize, words: *mut *mut c_char, init: AppInit, interp: *mut c_void) -> !;

    fn malloc(size: usize) -> *mut c_void;
    fn realloc(block: *mut c_void, size: usize) -> *mut c_void;
    fn free(block: *mut c_void);
}

#[unsafe(no_mangle)]
unsafe extern "C" fn main(count: c_int, words: *mut *mut c_char) -> c_int {
    // SAFETY: what every tclsh does, with the words that the system gave.
    unsafe {
        Tcl_FindExecutable(*words);
        Tcl_MainEx(count as isize, words, Tcl_Init, Tcl_CreateInterp())
    }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn TclpAlloc(size: Size) -> *mut c_void {
    // SAFETY: as malloc.
    unsafe { malloc(size as usize) }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn TclpRealloc(block: *mut c_void, size: Size) -> *mut c_void {
    // SAFETY: the block is from these functions.
    unsafe { realloc(block, size as usize) }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn TclpFree(block: *mut c_void) {
    // SAFETY: as above.
    unsafe { free(block) }
}
