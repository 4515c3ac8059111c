//! Values whose bytes are made only if somebody looks at them.
//!
//! What passes from one of our functions to another through a method that a script may override has
//! to be a value, but mostly nobody looks inside. To scripts such a value is a string of bytes like
//! any other.

use std::{ffi::c_void, ptr, rc::Rc};

use super::{guard::callback, sys, value::Value};

/// What a deferred value stands for.
pub(crate) trait Deferred {
    /// How many bytes there are, at most [`MAX_DEFERRED`].
    fn length(&self) -> usize;

    /// Writes the bytes from `start` on to `out`, as many as there are and as fit. Tells how many.
    fn write_part(&self, start: usize, out: &mut [u8]) -> usize;
}

/// The longest of which Tcl 8.6 can surely make a string, where a byte takes up to two.
pub(crate) const MAX_DEFERRED: usize = i32::MAX as usize / 2 - 1;

/// `Tcl_ObjType` as Tcl 9 has it, of version 0, which goes without what comes behind. Tcl 8.6 knows
/// the first five fields.
#[repr(C)]
pub(super) struct ValueType {
    pub(super) head: sys::Tcl_ObjType,
    pub(super) version: usize,
    pub(super) unused: [*const c_void; 8],
}

// SAFETY: never written to; the pointers inside are to functions and a constant string.
unsafe impl Sync for ValueType {}

/// The type of deferred values. Tcl knows a type by its address.
static TYPE: ValueType = ValueType {
    head: sys::Tcl_ObjType {
        name: c"deferred bytes".as_ptr(),
        freeIntRepProc: Some(freed),
        dupIntRepProc: Some(duplicated),
        updateStringProc: Some(string_wanted),
        setFromAnyProc: None,
    },
    version: 0,
    unused: [ptr::null(); 8],
};

/// What Tcl keeps in the value, where there is space for one pointer only.
struct Held(Rc<dyn Deferred>);

impl Value {
    /// A value that stands for the bytes of `deferred`.
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

    /// What this value stands for, if it is deferred.
    pub(crate) fn as_deferred(&self) -> Option<Rc<dyn Deferred>> {
        // SAFETY: alive; the type tells what it holds.
        unsafe {
            let is_deferred = (*self.as_ptr()).typePtr == (&raw const TYPE).cast();
            is_deferred.then(|| held(self.as_ptr()))
        }
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
unsafe fn held(object: *mut sys::Tcl_Obj) -> Rc<dyn Deferred> {
    // SAFETY: the caller's promise; the value keeps its share.
    unsafe { Rc::clone(&(*(*object).internalRep.otherValuePtr.cast::<Held>()).0) }
}

callback! {
    silent fn freed(object: *mut sys::Tcl_Obj) {
        // SAFETY: Tcl calls this once, before the value is freed or gets another type. What
        // dropping the share does comes last, since it may be anything.
        let held = unsafe {
            (*object).typePtr = ptr::null();
            Box::from_raw((*object).internalRep.otherValuePtr.cast::<Held>())
        };
        drop(held);
    }
}

callback! {
    silent fn duplicated(from: *mut sys::Tcl_Obj, to: *mut sys::Tcl_Obj) {
        // SAFETY: Tcl gives a value of this type, and a fresh one.
        unsafe { hold(to, held(from)) };
    }
}

callback! {
    /// Makes the string of the bytes.
    silent fn string_wanted(object: *mut sys::Tcl_Obj) {
        // SAFETY: Tcl gives a value of this type that has no string.
        let deferred = unsafe { held(object) };
        let mut bytes = vec![0; deferred.length()];
        deferred.write_part(0, &mut bytes);
        let string = to_string(&bytes);
        // SAFETY: the string is Tcl's memory from now on, and ends with NUL.
        unsafe { sys::set_string(object, &string) };
    }
}

/// A character from U+0000 to U+00FF for each byte, in Tcl's variant of UTF-8, and a NUL.
fn to_string(bytes: &[u8]) -> Vec<u8> {
    let two = |byte: u8| byte == 0 || byte >= 0x80;
    let length = bytes.len() + bytes.iter().filter(|&&byte| two(byte)).count();
    let mut string = Vec::with_capacity(length + 1);
    for &byte in bytes {
        if two(byte) {
            string.extend([0xC0 | byte >> 6, 0x80 | byte & 0x3F]);
        } else {
            string.push(byte);
        }
    }
    string.push(0);
    string
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_has_a_character_for_each_byte() {
        assert_eq!(to_string(b""), b"\0");
        assert_eq!(to_string(b"a\x7F"), b"a\x7F\0");
        assert_eq!(to_string(b"\0\x80\xBF\xC0\xFF"), b"\xC0\x80\xC2\x80\xC2\xBF\xC3\x80\xC3\xBF\0");
    }
}
