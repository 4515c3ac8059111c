//! Values that are made only if somebody looks at them: what is told with every outcome, and hardly
//! ever asked for. To scripts such a value is like any other.

use std::{ffi::c_void, ptr, rc::Rc};

use super::{deferred::ValueType, guard::callback, sys, value::Value};

/// Makes the value, the same each time.
type Make = dyn Fn() -> Value;

/// The type of such values. Tcl knows a type by its address.
static TYPE: ValueType = ValueType {
    head: sys::Tcl_ObjType {
        name: c"lazy value".as_ptr(),
        freeIntRepProc: Some(freed),
        dupIntRepProc: Some(duplicated),
        updateStringProc: Some(string_wanted),
        setFromAnyProc: None,
    },
    version: 0,
    unused: [ptr::null(); 8],
};

/// What Tcl keeps in the value, where there is space for one pointer only.
struct Held(Rc<Make>);

impl Value {
    /// The value that `make` returns, the same each time, as a string: it is called if somebody
    /// looks at that.
    pub(crate) fn lazy(make: impl Fn() -> Self + 'static) -> Self {
        let value = Self::empty();
        // SAFETY: the value is fresh. It has its type and what belongs to it before it loses its
        // string.
        unsafe {
            hold(value.as_ptr(), Rc::new(make));
            sys::tcl_InvalidateStringRep(value.as_ptr());
        }
        value
    }
}

/// # Safety
/// `object` is alive and has no type.
unsafe fn hold(object: *mut sys::Tcl_Obj, make: Rc<Make>) {
    // SAFETY: the caller's promise. In either version these fields lie in the same places.
    unsafe {
        (*object).internalRep.otherValuePtr = Box::into_raw(Box::new(Held(make))).cast::<c_void>();
        (*object).typePtr = (&raw const TYPE).cast();
    }
}

/// # Safety
/// `object` is alive and of our type.
unsafe fn held(object: *mut sys::Tcl_Obj) -> Rc<Make> {
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
    silent fn string_wanted(object: *mut sys::Tcl_Obj) {
        // SAFETY: Tcl gives a value of this type that has no string.
        let make = unsafe { held(object) };
        let mut string = make().with_string(<[u8]>::to_vec);
        string.push(0);
        // SAFETY: the string is Tcl's memory from now on, and ends with NUL.
        unsafe { sys::set_string(object, &string) };
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::tcl::testing::run;

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
