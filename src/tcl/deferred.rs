//! Values whose bytes are made only if somebody looks at them.
//!
//! What passes from one place of ours through a method that a script may override has to be a
//! value, but mostly nobody looks inside. To scripts such a value is a string of bytes like any
//! other.

use std::{
    any::Any,
    ffi::{CStr, c_char, c_void},
    ptr,
    rc::Rc,
};

use super::{Value, guard, sys};

/// What a deferred value stands for.
pub(crate) trait Deferred: Any {
    /// Its bytes.
    fn bytes(&self) -> Vec<u8>;
}

/// What Tcl keeps in the value.
struct Held(Rc<dyn Deferred>);

/// The longest of which Tcl 8.6 can surely make a string, where a byte takes up to two.
pub(crate) const MAX_DEFERRED: usize = i32::MAX as usize / 2 - 1;

/// `Tcl_ObjType` as Tcl 9 has it, of version 0, which goes without what comes behind. Tcl 8.6 knows
/// the first five fields.
#[repr(C)]
struct Type {
    name: *const c_char,
    free: unsafe extern "C" fn(*mut sys::Tcl_Obj),
    duplicate: unsafe extern "C" fn(*mut sys::Tcl_Obj, *mut sys::Tcl_Obj),
    update_string: unsafe extern "C" fn(*mut sys::Tcl_Obj),
    set_from_any: *const c_void,
    version: usize,
    unused: [*const c_void; 8],
}

// SAFETY: never written to; the pointers inside are to functions and a constant string.
unsafe impl Sync for Type {}

const NAME: &CStr = c"www::websocket deferred bytes";

static TYPE: Type = Type {
    name: NAME.as_ptr(),
    free: freed,
    duplicate: duplicated,
    update_string: string_wanted,
    set_from_any: ptr::null(),
    version: 0,
    unused: [ptr::null(); 8],
};

impl Value {
    /// A value that stands for the bytes of `deferred`, at most [`MAX_DEFERRED`] of them.
    pub(crate) fn deferred(deferred: Rc<dyn Deferred>) -> Self {
        let value = Self::empty();
        // SAFETY: the value is fresh. It has its type and what belongs to it before it loses its
        // string.
        unsafe {
            hold(value.as_ptr(), deferred);
            sys::tcl_InvalidateStringRep(value.as_ptr());
        }
        value
    }

    /// What this value stands for, if it is deferred and a `T`.
    pub(crate) fn as_deferred<T: Deferred>(&self) -> Option<Rc<T>> {
        // SAFETY: alive; the type tells what it holds.
        let deferred = unsafe {
            if (*self.as_ptr()).typePtr.cast() != &raw const TYPE {
                return None;
            }
            Rc::clone(&held(self.as_ptr()).0)
        };
        (deferred as Rc<dyn Any>).downcast().ok()
    }
}

/// # Safety
/// `object` is alive and has no type.
unsafe fn hold(object: *mut sys::Tcl_Obj, deferred: Rc<dyn Deferred>) {
    // SAFETY: the caller's promise. In either version these fields lie in the same places.
    unsafe {
        (*object).internalRep.otherValuePtr = Box::into_raw(Box::new(Held(deferred))).cast();
        (*object).typePtr = (&raw const TYPE).cast();
    }
}

/// # Safety
/// `object` is alive and of our type.
unsafe fn held<'a>(object: *mut sys::Tcl_Obj) -> &'a Held {
    // SAFETY: the caller's promise.
    unsafe { &*(*object).internalRep.otherValuePtr.cast::<Held>() }
}

unsafe extern "C" fn freed(object: *mut sys::Tcl_Obj) {
    guard::deletion(|| {
        // SAFETY: Tcl calls this once, before the value is freed or gets another type.
        unsafe {
            drop(Box::from_raw((*object).internalRep.otherValuePtr.cast::<Held>()));
            (*object).typePtr = ptr::null();
        }
    });
}

unsafe extern "C" fn duplicated(from: *mut sys::Tcl_Obj, to: *mut sys::Tcl_Obj) {
    // SAFETY: Tcl gives a value of our type, and a fresh one.
    guard::deletion(|| unsafe { hold(to, Rc::clone(&held(from).0)) });
}

/// Makes the string: a character from U+0000 to U+00FF for each byte, in Tcl's variant of UTF-8.
unsafe extern "C" fn string_wanted(object: *mut sys::Tcl_Obj) {
    guard::deletion(|| {
        // SAFETY: Tcl gives a value of our type that has no string.
        let bytes = unsafe { held(object) }.0.bytes();
        let two = |byte: u8| byte == 0 || byte >= 0x80;
        let length = bytes.len() + bytes.iter().filter(|&&byte| two(byte)).count();
        let mut string = Vec::with_capacity(length + 1);
        for byte in bytes {
            if two(byte) {
                string.extend([0xC0 | byte >> 6, 0x80 | byte & 0x3F]);
            } else {
                string.push(byte);
            }
        }
        string.push(0);
        // SAFETY: the string is Tcl's memory from now on, and ends with NUL.
        unsafe { sys::set_string(object, &string) };
    });
}
