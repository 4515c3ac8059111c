//! Interpreters: a handle that stays valid even after the interpreter's deletion, and evaluation in
//! it.

use super::{Error, Value, sys};
use smallvec::SmallVec;
use std::{
    ffi::{CStr, c_int},
    rc::Rc,
};

/// A Tcl interpreter. Clones are the same interpreter; its memory is kept until the last is gone,
/// and evaluation in one that is deleted is an error like any other.
#[derive(Clone)]
pub(crate) struct Interp(Rc<Preserved>);

struct Preserved(*mut sys::Tcl_Interp);

impl Drop for Preserved {
    fn drop(&mut self) {
        // SAFETY: undoes the call in `Interp::preserve`.
        unsafe { sys::tcl_Release(self.0.cast()) };
    }
}

/// The words of a command. Few need more room than this: a method with its arguments, a callback.
pub(super) type Words = SmallVec<[*mut sys::Tcl_Obj; 8]>;

impl Interp {
    /// # Safety
    /// `interp` is alive and of this thread.
    pub(super) unsafe fn preserve(interp: *mut sys::Tcl_Interp) -> Interp {
        // SAFETY: alive, as the caller promised.
        unsafe { sys::tcl_Preserve(interp.cast()) };
        Interp(Rc::new(Preserved(interp)))
    }

    pub(super) fn as_ptr(&self) -> *mut sys::Tcl_Interp {
        self.0.0
    }

    /// Whether the interpreter was deleted: scripts cannot run in it any more.
    pub(crate) fn is_deleted(&self) -> bool {
        // SAFETY: preserved.
        unsafe { sys::tcl_InterpDeleted(self.as_ptr()) != 0 }
    }

    /// Whether this is a safe interpreter, which may not reach the network.
    pub(crate) fn is_safe(&self) -> bool {
        // SAFETY: preserved.
        unsafe { sys::tcl_IsSafe(self.as_ptr()) != 0 }
    }

    /// Runs the command with these words at global level.
    pub(crate) fn call<'v>(
        &self,
        words: impl IntoIterator<Item = &'v Value>,
    ) -> Result<Value, Error> {
        let words: Words = words.into_iter().map(Value::as_ptr).collect();
        let flags = sys::TCL_EVAL_GLOBAL;
        // SAFETY: preserved; whoever lent the words keeps them alive for the call.
        let code = unsafe { sys::tcl_EvalObjv(self.as_ptr(), words.len(), words.as_ptr(), flags) };
        self.outcome(code)
    }

    /// Runs a script at global level.
    pub(crate) fn eval(&self, script: &str) -> Result<Value, Error> {
        let script = Value::string(script);
        // SAFETY: preserved; `script` is alive.
        let code =
            unsafe { sys::tcl_EvalObjEx(self.as_ptr(), script.as_ptr(), sys::TCL_EVAL_GLOBAL) };
        self.outcome(code)
    }

    /// What was just evaluated, given its code.
    pub(super) fn outcome(&self, code: c_int) -> Result<Value, Error> {
        if code != sys::TCL_OK {
            return Err(Error::raised(self, code));
        }
        // SAFETY: preserved; an interpreter always has a result.
        let result = unsafe { Value::share(sys::tcl_GetObjResult(self.as_ptr())) };
        Ok(result.unwrap_or_else(Value::empty))
    }

    /// The keys and values of a dict, in order. Errors, as Tcl words them, where it is none.
    pub(crate) fn dict_entries(&self, dict: &Value) -> Result<Vec<(Value, Value)>, Error> {
        let keys = self.call([&Value::string("::dict"), &Value::string("keys"), dict])?;
        let keys = keys.elements().unwrap_or_default().into_iter();
        Ok(keys.filter_map(|key| Some((key.clone(), dict.dict_entry(&key)?))).collect())
    }

    /// The full name of the class that `name` means to the script that runs now: in its namespace,
    /// or else in the global one.
    pub(crate) fn find_class(&self, name: &Value) -> Option<Value> {
        // SAFETY: preserved; Tcl says whether there is such an object and whether it is a class.
        unsafe {
            let object = sys::tcl_GetObjectFromObj(self.as_ptr(), name.as_ptr());
            if object.is_null() || sys::tcl_GetObjectAsClass(object).is_null() {
                self.reset_result();
                return None;
            }
            Value::share(sys::tcl_GetObjectName(self.as_ptr(), object))
        }
    }

    /// Forgets the result of what was evaluated last, which may be large.
    pub(crate) fn reset_result(&self) {
        // SAFETY: preserved.
        unsafe { sys::tcl_ResetResult(self.as_ptr()) };
    }

    /// The error for a command called with the wrong number of words: the first `kept` of `words`
    /// and then `usage` say how it should be called.
    pub(crate) fn wrong_arguments(&self, words: &[Value], kept: usize, usage: &CStr) -> Error {
        let kept = kept.min(words.len());
        // SAFETY: preserved; `kept` words are there.
        unsafe {
            sys::tcl_WrongNumArgs(self.as_ptr(), kept, words.as_ptr().cast(), usage.as_ptr());
        }
        Error::raised(self, sys::TCL_ERROR)
    }

    /// Tells `package` that this version is there now.
    pub(crate) fn provide_package(&self, name: &CStr, version: &CStr) -> Result<(), Error> {
        // SAFETY: preserved.
        let code = unsafe {
            let data = std::ptr::null();
            sys::tcl_PkgProvideEx(self.as_ptr(), name.as_ptr(), version.as_ptr(), data)
        };
        self.outcome(code).map(drop)
    }

    /// Marks the interpreter with `name`; whether it was marked so before. The mark goes with the
    /// interpreter.
    pub(crate) fn mark(&self, name: &CStr) -> bool {
        // SAFETY: preserved. The data is the interpreter itself, as something that is not null.
        unsafe {
            let none = std::ptr::null_mut();
            let before = sys::tcl_GetAssocData(self.as_ptr(), name.as_ptr(), none);
            let mark = self.as_ptr().cast();
            sys::tcl_SetAssocData(self.as_ptr(), name.as_ptr(), None, mark);
            !before.is_null()
        }
    }
}
