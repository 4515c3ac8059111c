//! Values that are made only if somebody looks at them. To scripts they are like any others.
//!
//! What passes from one of our functions to another through a method that a script may override has
//! to be a value, but mostly nobody looks inside: it stands for bytes. What is told with every
//! outcome is hardly ever asked for: it stands for another value.

use std::{ffi::c_void, ptr, rc::Rc};

use super::{guard::callback, sys, value::Value};

/// The bytes that a deferred value stands for.
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
struct ValueType {
    head: sys::Tcl_ObjType,
    version: usize,
    unused: [*const c_void; 8],
}

// SAFETY: never written to; the pointers inside are to functions and a constant string.
unsafe impl Sync for ValueType {}

/// The type of deferred values. Tcl knows a type by its address.
static TYPE: ValueType = ValueType {
    head: sys::Tcl_ObjType {
        name: c"deferred".as_ptr(),
        freeIntRepProc: Some(freed),
        dupIntRepProc: Some(duplicated),
        updateStringProc: Some(string_wanted),
        setFromAnyProc: None,
    },
    version: 0,
    unused: [ptr::null(); 8],
};

/// What a value stands for. Tcl keeps it in the value, where there is space for one pointer only.
#[derive(Clone)]
enum Held {
    /// These bytes.
    Bytes(Rc<dyn Deferred>),
    /// The value that this makes, the same each time.
    Value(Rc<dyn Fn() -> Value>),
}

impl Value {
    /// A value that stands for the bytes of `deferred`.
    pub(crate) fn deferred(deferred: Rc<dyn Deferred>) -> Self {
        Self::holding(Held::Bytes(deferred))
    }

    /// The value that `make` returns, the same each time, as a string: it is called if somebody
    /// looks at that.
    pub(crate) fn lazy(make: impl Fn() -> Self + 'static) -> Self {
        Self::holding(Held::Value(Rc::new(make)))
    }

    fn holding(held: Held) -> Self {
        let value = Self::empty();
        // SAFETY: the value is fresh. It has its type and what belongs to it before it loses its
        // string.
        unsafe {
            hold(value.as_ptr(), held);
            sys::tcl_InvalidateStringRep(value.as_ptr());
        }
        value
    }

    /// The bytes that this value stands for, if it does.
    pub(crate) fn as_deferred(&self) -> Option<Rc<dyn Deferred>> {
        // SAFETY: alive; the type tells what it holds.
        let held = unsafe {
            let is_deferred = (*self.as_ptr()).typePtr == (&raw const TYPE).cast();
            is_deferred.then(|| held(self.as_ptr()))
        };
        match held? {
            Held::Bytes(deferred) => Some(deferred),
            Held::Value(_) => None,
        }
    }
}

/// # Safety
/// `object` is alive and has no type.
unsafe fn hold(object: *mut sys::Tcl_Obj, held: Held) {
    // SAFETY: the caller's promise. In either version these fields lie in the same places.
    unsafe {
        (*object).internalRep.otherValuePtr = Box::into_raw(Box::new(held)).cast();
        (*object).typePtr = (&raw const TYPE).cast();
    }
}

/// # Safety
/// `object` is alive and of our type.
unsafe fn held(object: *mut sys::Tcl_Obj) -> Held {
    // SAFETY: the caller's promise; the value keeps its share.
    unsafe { (*(*object).internalRep.otherValuePtr.cast::<Held>()).clone() }
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
    silent fn string_wanted(object: *mut sys::Tcl_Obj) {
        // SAFETY: Tcl gives a value of this type that has no string.
        let string = match unsafe { held(object) } {
            Held::Bytes(deferred) => {
                let mut bytes = vec![0; deferred.length()];
                deferred.write_part(0, &mut bytes);
                to_string(&bytes)
            }
            Held::Value(make) => {
                let mut string = make().with_string(<[u8]>::to_vec);
                string.push(0);
                string
            }
        };
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
    use std::cell::Cell;

    use super::*;
    use crate::tcl::testing::run;

    #[test]
    fn a_string_has_a_character_for_each_byte() {
        assert_eq!(to_string(b""), b"\0");
        assert_eq!(to_string(b"a\x7F"), b"a\x7F\0");
        assert_eq!(to_string(b"\0\x80\xBF\xC0\xFF"), b"\xC0\x80\xC2\x80\xC2\xBF\xC3\x80\xC3\xBF\0");
    }
    #[test]
    fn a_value_is_made_when_it_is_looked_at_and_then_is_like_any_other() {
        run(|tcl| {
            let made = Rc::new(Cell::new(0));
            let count = Rc::clone(&made);
            let value = Value::lazy(move || {
                count.set(count.get() + 1);
                Value::dict([("grün", Value::integer(1)), ("€", Value::string("a b"))])
            });
            let held = value.clone();
            assert_eq!((made.get(), Rc::strong_count(&made)), (0, 2));
            let words = ["dict", "get"].map(Value::string);
            let found = tcl.interp().call(words.iter().chain([&value, &Value::string("€")]));
            assert_eq!(found.unwrap().to_utf8_lossy(), "a b");
            assert_eq!(held.to_utf8_lossy(), "grün 1 € {a b}");
            // It is a dict now.
            assert_eq!((made.get(), Rc::strong_count(&made)), (1, 1));
        });
    }

    #[test]
    fn a_value_that_nobody_looks_at_is_not_made() {
        run(|tcl| {
            let share = Rc::new(());
            let kept = Rc::clone(&share);
            let value = Value::lazy(move || unreachable!("{kept:?}"));
            let list = tcl.interp().call(&[Value::string("list"), value]).unwrap();
            assert_eq!(list.elements().unwrap().len(), 1);
            tcl.interp().reset_result();
            drop(list);
            assert_eq!(Rc::strong_count(&share), 1);
        });
    }
}
