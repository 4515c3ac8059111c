//! Values whose bytes are made only if somebody looks at them.
//!
//! What passes from one of our functions to another through a method that a script may override has
//! to be a value, but mostly nobody looks inside. To scripts such a value is a string of bytes like
//! any other.

use std::{
    ffi::{CStr, c_void},
    marker::PhantomData,
    ptr,
    rc::Rc,
};

use super::{guard::callback, sys, value::Value};

/// What a deferred value stands for.
pub(crate) trait Deferred: Sized + 'static {
    /// The type of such values. Tcl knows a type by its address, so it is one `static`.
    fn value_type() -> &'static ValueType<Self>;

    /// Its bytes, at most [`MAX_DEFERRED`] of them.
    fn bytes(&self) -> Vec<u8>;
}

/// The longest of which Tcl 8.6 can surely make a string, where a byte takes up to two.
pub(crate) const MAX_DEFERRED: usize = i32::MAX as usize / 2 - 1;

/// The type of the values that stand for a `T`: `Tcl_ObjType` as Tcl 9 has it, of version 0, which
/// goes without what comes behind. Tcl 8.6 knows the first five fields.
#[repr(C)]
pub(crate) struct ValueType<T> {
    head: sys::Tcl_ObjType,
    version: usize,
    unused: [*const c_void; 8],
    of: PhantomData<fn() -> T>,
}

// SAFETY: never written to; the pointers inside are to functions and a constant string.
unsafe impl<T> Sync for ValueType<T> {}

impl<T: Deferred> ValueType<T> {
    /// The type of this name, which `tcl::unsupported::representation` shows.
    pub(crate) const fn new(name: &'static CStr) -> Self {
        Self {
            head: sys::Tcl_ObjType {
                name: name.as_ptr(),
                freeIntRepProc: Some(freed::<T>),
                dupIntRepProc: Some(duplicated::<T>),
                updateStringProc: Some(string_wanted::<T>),
                setFromAnyProc: None,
            },
            version: 0,
            unused: [ptr::null(); 8],
            of: PhantomData,
        }
    }

    fn as_ptr(&'static self) -> *const sys::Tcl_ObjType {
        ptr::from_ref(self).cast()
    }
}

impl Value {
    /// A value that stands for the bytes of `deferred`.
    pub(crate) fn deferred<T: Deferred>(deferred: Rc<T>) -> Self {
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
        unsafe {
            let is_one = (*self.as_ptr()).typePtr == T::value_type().as_ptr();
            is_one.then(|| held(self.as_ptr()))
        }
    }
}

/// # Safety
/// `object` is alive and has no type.
unsafe fn hold<T: Deferred>(object: *mut sys::Tcl_Obj, deferred: Rc<T>) {
    // SAFETY: the caller's promise. In either version these fields lie in the same places.
    unsafe {
        (*object).internalRep.otherValuePtr = Rc::into_raw(deferred).cast_mut().cast();
        (*object).typePtr = T::value_type().as_ptr();
    }
}

/// # Safety
/// `object` is alive and of the type of `T`.
unsafe fn held<T: Deferred>(object: *mut sys::Tcl_Obj) -> Rc<T> {
    // SAFETY: the caller's promise; the value keeps its share.
    unsafe {
        let deferred = (*object).internalRep.otherValuePtr.cast_const().cast();
        Rc::increment_strong_count(deferred);
        Rc::from_raw(deferred)
    }
}

callback! {
    silent fn freed<T: Deferred>(object: *mut sys::Tcl_Obj) {
        // SAFETY: Tcl calls this once, before the value is freed or gets another type. What
        // dropping the share does comes last, since it may be anything.
        let deferred: Rc<T> = unsafe {
            (*object).typePtr = ptr::null();
            Rc::from_raw((*object).internalRep.otherValuePtr.cast_const().cast())
        };
        drop(deferred);
    }
}

callback! {
    silent fn duplicated<T: Deferred>(from: *mut sys::Tcl_Obj, to: *mut sys::Tcl_Obj) {
        // SAFETY: Tcl gives a value of this type, and a fresh one.
        unsafe { hold(to, held::<T>(from)) };
    }
}

callback! {
    /// Makes the string of the bytes.
    silent fn string_wanted<T: Deferred>(object: *mut sys::Tcl_Obj) {
        // SAFETY: Tcl gives a value of this type that has no string.
        let deferred: Rc<T> = unsafe { held(object) };
        let string = to_string(&deferred.bytes());
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
