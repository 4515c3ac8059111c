//! Interpreters: a handle that knows when its interpreter is gone, evaluation in it, and the
//! outcome of what is evaluated.

use std::{
    cell::{Cell, OnceCell},
    ffi::{CStr, c_int, c_void},
    rc::Rc,
};

use smallvec::SmallVec;

use super::{
    error::{Error, Faults, Reply},
    sys,
    value::Value,
};

/// A Tcl interpreter. Clones are the same interpreter. They do not keep it alive: in one that was
/// deleted, evaluation is an error like any other.
#[derive(Clone)]
pub(crate) struct Interp(Rc<Shared>);

/// What the clones share.
struct Shared {
    /// Null once the interpreter's memory is given back.
    interp: Cell<*mut sys::Tcl_Interp>,
    faults: &'static Faults,
    /// Whether the package was installed in it.
    installed: Cell<bool>,
    /// The words of `info coroutine`, in which Tcl keeps what it found out about the command.
    info_coroutine: OnceCell<[Value; 2]>,
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

/// The name under which an interpreter has its handle, which no other library may use.
pub(super) const HANDLE: &CStr =
    match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_NAME"), "\0").as_bytes()) {
        Ok(name) => name,
        Err(_) => unreachable!(),
    };

/// The words of a command. Few need more space than this: a method with its arguments, a callback.
pub(super) type Argv = SmallVec<[*mut sys::Tcl_Obj; 8]>;

impl Interp {
    /// A handle for an interpreter that has none.
    ///
    /// # Safety
    /// `interp` is alive and of this thread, and [`set_freed`](Interp::set_freed) is called when
    /// its memory is given back.
    pub(super) unsafe fn new(interp: *mut sys::Tcl_Interp, faults: &'static Faults) -> Self {
        Self(Rc::new(Shared {
            interp: Cell::new(interp),
            faults,
            installed: Cell::new(false),
            info_coroutine: OnceCell::new(),
        }))
    }

    /// The handle of an interpreter, where [`load`](super::load::load) has attached one.
    ///
    /// # Safety
    /// `interp` is alive and of this thread.
    pub(super) unsafe fn of(interp: *mut sys::Tcl_Interp) -> Option<Self> {
        // SAFETY: the caller's promise; what is attached under our name came from `into_raw`, and
        // remains there.
        unsafe {
            let attached = sys::tcl_GetAssocData(interp, HANDLE.as_ptr(), std::ptr::null_mut());
            if attached.is_null() {
                return None;
            }
            Rc::increment_strong_count(attached.cast_const().cast::<Shared>());
            Some(Self::from_raw(attached))
        }
    }

    /// The handle as a pointer for Tcl to keep.
    pub(super) fn into_raw(self) -> *mut c_void {
        Rc::into_raw(self.0).cast_mut().cast()
    }

    /// The handle that was made a pointer.
    ///
    /// # Safety
    /// The pointer came from [`into_raw`](Interp::into_raw), and is used in this way once.
    pub(super) unsafe fn from_raw(handle: *mut c_void) -> Self {
        // SAFETY: the caller's promise.
        Self(unsafe { Rc::from_raw(handle.cast_const().cast()) })
    }

    /// Notes that the interpreter's memory is being given back.
    pub(super) fn set_freed(&self) {
        self.0.interp.set(std::ptr::null_mut());
    }

    /// The interpreter; null once it is gone.
    pub(super) fn as_ptr(&self) -> *mut sys::Tcl_Interp {
        self.0.interp.get()
    }

    /// Whether the package was installed in this interpreter.
    pub(super) fn is_installed(&self) -> bool {
        self.0.installed.get()
    }

    /// The errors of this room.
    pub(super) fn faults(&self) -> &'static Faults {
        self.0.faults
    }

    /// Notes that the package is installed in this interpreter.
    pub(super) fn set_installed(&self) -> Value {
        self.0.installed.set(true);
        Value::empty()
    }

    /// The words of `info coroutine`, the same each time.
    pub(super) fn info_coroutine(&self) -> &[Value; 2] {
        self.0.info_coroutine.get_or_init(|| ["::info", "coroutine"].map(Value::string))
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

    /// Runs the command with these words at global level, for its result. What ends otherwise, by
    /// `break` say, is an error: there is no loop around it.
    pub(crate) fn call<'v>(
        &self,
        words: impl IntoIterator<Item = &'v Value>,
    ) -> Result<Value, Error> {
        self.run(words).map_err(Error::into_ordinary)?;
        Ok(self.result())
    }

    /// As [`call`](Interp::call), for what the command does: its result stays with the interpreter,
    /// and `break` and the like are what they are.
    pub(crate) fn run<'v>(&self, words: impl IntoIterator<Item = &'v Value>) -> Result<(), Error> {
        if self.as_ptr().is_null() {
            return Err(deleted());
        }
        let mut argv = Argv::new();
        words.into_iter().for_each(|word| argv.push(word.as_ptr()));
        let flags = sys::TCL_EVAL_GLOBAL;
        // SAFETY: not freed, and if it was deleted, Tcl says so; whoever lent the words keeps them
        // alive for the call.
        let code = unsafe { sys::tcl_EvalObjv(self.as_ptr(), argv.len(), argv.as_ptr(), flags) };
        if code == sys::TCL_OK { Ok(()) } else { Err(self.error(code)) }
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
            return Err(deleted());
        }
        Ok(())
    }

    fn result(&self) -> Value {
        // SAFETY: alive; an interpreter always has a result.
        let result = unsafe { Value::share(sys::tcl_GetObjResult(self.as_ptr())) };
        result.unwrap_or_else(Value::empty)
    }

    /// What was just evaluated, given its code.
    pub(super) fn outcome(&self, code: c_int) -> Result<Value, Error> {
        if code != sys::TCL_OK {
            return Err(self.error(code));
        }
        Ok(self.result())
    }

    /// The error, or `break` and the like, with whose `code` a script has just ended.
    pub(super) fn error(&self, code: c_int) -> Error {
        // SAFETY: alive; both calls return values, never null.
        unsafe {
            let options = Value::share(sys::tcl_GetReturnOptions(self.as_ptr(), code));
            let result = Value::share(sys::tcl_GetObjResult(self.as_ptr()));
            Error {
                result: result.unwrap_or_else(Value::empty),
                options: options.unwrap_or_else(Value::empty),
                code,
            }
        }
    }

    /// Makes `outcome` that of the command that runs; returns the code to give to Tcl.
    pub(super) fn finish(&self, outcome: Result<impl Into<Reply>, Error>) -> c_int {
        match outcome.map(Into::into) {
            Ok(reply) if reply.options.is_empty() => {
                // SAFETY: alive; it takes a share of its own.
                unsafe { sys::tcl_SetObjResult(self.as_ptr(), reply.result.as_ptr()) };
                sys::TCL_OK
            }
            Ok(reply) => {
                let (result, options) = reply.into_parts();
                self.set_outcome(&result, &options)
            }
            Err(error) => self.raise(&error),
        }
    }

    /// Makes `error` the outcome of the command that runs; returns the code to give to Tcl.
    pub(super) fn raise(&self, error: &Error) -> c_int {
        self.set_outcome(&error.result, &error.options)
    }

    fn set_outcome(&self, result: &Value, options: &Value) -> c_int {
        // SAFETY: alive; it takes shares of its own. The options must come last and hold a -level,
        // or the caller's script would end silently.
        unsafe {
            sys::tcl_SetObjResult(self.as_ptr(), result.as_ptr());
            sys::tcl_SetReturnOptions(self.as_ptr(), options.as_ptr())
        }
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
        if !self.as_ptr().is_null() {
            // SAFETY: not freed.
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
        self.error(sys::TCL_ERROR)
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

fn deleted() -> Error {
    Error::new("the interpreter was deleted", ["TCL", "IDELETE"])
}

impl Error {
    /// Hands this to the interpreter's background error handler (`interp bgerror`).
    pub(crate) fn report_in_background(&self, interp: &Interp) {
        if interp.is_deleted() {
            return;
        }
        let code = interp.raise(self);
        // SAFETY: the interpreter is alive.
        unsafe { sys::tcl_BackgroundException(interp.as_ptr(), code) };
    }
}
