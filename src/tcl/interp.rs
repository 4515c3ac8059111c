//! Interpreters: a handle that knows when its interpreter is gone, and evaluation in it.

use std::{
    cell::Cell,
    ffi::{CStr, c_int, c_void},
    rc::Rc,
};

use smallvec::SmallVec;

use super::{Error, Value, sys};

/// A Tcl interpreter. Clones are the same interpreter. They do not keep it alive: in one that was
/// deleted, evaluation is an error like any other.
#[derive(Clone)]
pub(crate) struct Interp(Rc<Shared>);

/// What the clones share.
struct Shared {
    /// Null once the interpreter's memory is given back.
    interp: Cell<*mut sys::Tcl_Interp>,
    /// Whether the package was installed in it.
    installed: Cell<bool>,
}

/// Keeps the memory of an interpreter while this is held.
pub(super) struct Preserved(*mut sys::Tcl_Interp);

impl Drop for Preserved {
    fn drop(&mut self) {
        if !self.0.is_null() {
            // SAFETY: undoes the call in `Interp::preserve`.
            unsafe { sys::tcl_Release(self.0.cast()) };
        }
    }
}

/// The name under which an interpreter has its handle.
const HANDLE: &CStr = c"www::websocket";

unsafe extern "C" fn freed(data: *mut c_void, _interp: *mut sys::Tcl_Interp) {
    // SAFETY: the share that `Interp::of` gave to the interpreter.
    let shared = unsafe { Rc::from_raw(data.cast_const().cast::<Shared>()) };
    shared.interp.set(std::ptr::null_mut());
}

/// The words of a command. Few need more space than this: a method with its arguments, a callback.
pub(super) type Argv = SmallVec<[*mut sys::Tcl_Obj; 8]>;

impl Interp {
    /// The handle of an interpreter.
    ///
    /// # Safety
    /// `interp` is alive and of this thread.
    pub(super) unsafe fn of(interp: *mut sys::Tcl_Interp) -> Self {
        // SAFETY: alive, as the caller promised; what is attached under our name is a share of a
        // `Shared`, which `freed` gives back.
        unsafe {
            let attached = sys::tcl_GetAssocData(interp, HANDLE.as_ptr(), std::ptr::null_mut());
            if !attached.is_null() {
                let shared = attached.cast_const().cast::<Shared>();
                Rc::increment_strong_count(shared);
                return Self(Rc::from_raw(shared));
            }
            let shared = Rc::new(Shared { interp: Cell::new(interp), installed: Cell::new(false) });
            let attached = Rc::into_raw(Rc::clone(&shared)).cast_mut().cast();
            sys::tcl_SetAssocData(interp, HANDLE.as_ptr(), Some(freed), attached);
            Self(shared)
        }
    }

    /// The interpreter; null once it is gone.
    pub(super) fn as_ptr(&self) -> *mut sys::Tcl_Interp {
        self.0.interp.get()
    }

    /// Whether the package was installed in this interpreter.
    pub(super) fn is_installed(&self) -> bool {
        self.0.installed.get()
    }

    /// Notes that the package is installed in this interpreter.
    pub(super) fn set_installed(&self) -> Value {
        self.0.installed.set(true);
        Value::empty()
    }

    /// Keeps the interpreter's memory, whatever the scripts do that run meanwhile. Whoever runs
    /// scripts from the event loop has to; those that a script calls are covered by its caller.
    pub(super) fn preserve(&self) -> Preserved {
        if !self.as_ptr().is_null() {
            // SAFETY: alive.
            unsafe { sys::tcl_Preserve(self.as_ptr().cast()) };
        }
        Preserved(self.as_ptr())
    }

    /// Whether the interpreter was deleted: scripts cannot run in it any more.
    pub(crate) fn is_deleted(&self) -> bool {
        // SAFETY: alive where it is not null.
        self.as_ptr().is_null() || unsafe { sys::tcl_InterpDeleted(self.as_ptr()) != 0 }
    }

    /// Whether this is a safe interpreter, which may not reach the network.
    pub(crate) fn is_safe(&self) -> bool {
        // SAFETY: alive.
        unsafe { sys::tcl_IsSafe(self.as_ptr()) != 0 }
    }

    /// Runs the command with these words at global level.
    pub(crate) fn call<'v>(
        &self,
        words: impl IntoIterator<Item = &'v Value>,
    ) -> Result<Value, Error> {
        self.check()?;
        let words: Argv = words.into_iter().map(Value::as_ptr).collect();
        let flags = sys::TCL_EVAL_GLOBAL;
        // SAFETY: alive; whoever lent the words keeps them so for the call.
        let code = unsafe { sys::tcl_EvalObjv(self.as_ptr(), words.len(), words.as_ptr(), flags) };
        self.outcome(code)
    }

    /// Runs a script at global level.
    pub(crate) fn eval(&self, script: &str) -> Result<Value, Error> {
        self.check()?;
        let script = Value::string(script);
        // SAFETY: alive; `script` is alive.
        let code =
            unsafe { sys::tcl_EvalObjEx(self.as_ptr(), script.as_ptr(), sys::TCL_EVAL_GLOBAL) };
        self.outcome(code)
    }

    fn check(&self) -> Result<(), Error> {
        if self.is_deleted() {
            return Err(Error::new("the interpreter was deleted", ["TCL", "IDELETE"]));
        }
        Ok(())
    }

    /// What was just evaluated, given its code.
    pub(super) fn outcome(&self, code: c_int) -> Result<Value, Error> {
        if code != sys::TCL_OK {
            return Err(Error::raised(self, code));
        }
        // SAFETY: alive; an interpreter always has a result.
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
        self.check().ok()?;
        // SAFETY: alive; Tcl says whether there is such an object and whether it is a class.
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
        if !self.is_deleted() {
            // SAFETY: alive.
            unsafe { sys::tcl_ResetResult(self.as_ptr()) };
        }
    }

    /// The error for a command called with the wrong number of words: the first `kept` of `words`
    /// and then `usage` say how it should be called.
    pub(crate) fn wrong_arguments(&self, words: &[Value], kept: usize, usage: &CStr) -> Error {
        let kept = kept.min(words.len());
        let usage = if usage.is_empty() { std::ptr::null() } else { usage.as_ptr() };
        // SAFETY: alive; `kept` words are there. Without a usage there is no blank for it.
        unsafe { sys::tcl_WrongNumArgs(self.as_ptr(), kept, words.as_ptr().cast(), usage) };
        Error::raised(self, sys::TCL_ERROR)
    }

    /// Tells `package` that this version is there now.
    pub(crate) fn provide_package(&self, name: &CStr, version: &CStr) -> Result<(), Error> {
        // SAFETY: alive.
        let code = unsafe {
            let data = std::ptr::null();
            sys::tcl_PkgProvideEx(self.as_ptr(), name.as_ptr(), version.as_ptr(), data)
        };
        self.outcome(code).map(drop)
    }
}
