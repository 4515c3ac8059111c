//! TclOO classes whose methods are Rust functions and whose objects hold Rust state.

use std::{
    cell::Cell,
    ffi::{CStr, c_int, c_void},
    marker::PhantomData,
    ptr::null_mut,
    rc::Rc,
};

use super::{
    command::{self, Pending},
    error::Error,
    guard::callback,
    interp::{Argv, Interp},
    sys,
    value::Value,
};

/// The state behind an object.
pub(crate) trait ObjectState: Sized + 'static {
    /// How Tcl knows such state. It tells types apart by their addresses, so this is one `static`.
    fn types() -> &'static StateTypes<Self>;

    /// The object is being deleted, for whatever reason: stop everything. No method is called and
    /// no script may run for this object any more.
    fn deleted(&self);
}

/// Tcl's types for the methods of objects that hold an `S`, and for the `S` itself.
pub(crate) struct StateTypes<S> {
    method: sys::Tcl_MethodType,
    metadata: sys::Tcl_ObjectMetadataType,
    of: PhantomData<fn() -> S>,
}

// SAFETY: never written to; the pointers inside are to functions and constant strings.
unsafe impl<S> Sync for StateTypes<S> {}

impl<S: ObjectState> StateTypes<S> {
    /// The types; `method` is what `info class methodtype` tells of the methods.
    pub(crate) const fn new(method: &'static CStr) -> Self {
        Self {
            method: sys::Tcl_MethodType {
                version: sys::TCL_OO_METHOD_VERSION_CURRENT,
                name: method.as_ptr(),
                callProc: Some(called::<S>),
                deleteProc: Some(freed::<S>),
                cloneProc: Some(cloned::<S>),
            },
            metadata: sys::Tcl_ObjectMetadataType {
                version: sys::TCL_OO_METADATA_VERSION_CURRENT,
                name: c"state".as_ptr(),
                deleteProc: Some(metadata_deleted::<S>),
                // Without a function here, `oo::copy` would share the pointer and free it twice.
                cloneProc: Some(metadata_cloned),
            },
            of: PhantomData,
        }
    }
}

/// A method of a class whose objects hold an `S`.
pub(crate) struct Method<S> {
    /// The method's name.
    pub(crate) name: &'static str,
    /// Whether scripts may call it from outside; where not, `my` reaches it.
    pub(crate) exported: bool,
    /// What it does.
    pub(crate) body: MethodBody<S>,
}

/// What a method does, by how it completes.
pub(crate) enum MethodBody<S> {
    /// Acts, and its result is empty.
    Acts(fn(&Rc<S>, &Call<'_>) -> Result<(), Error>),
    /// Returns its result.
    Returns(fn(&Rc<S>, &Call<'_>) -> Result<Value, Error>),
    /// Returns what its caller has to wait for.
    Waits(fn(&Rc<S>, &Call<'_>) -> Result<Rc<Pending>, Error>),
}

/// One call of a method.
pub(crate) struct Call<'a> {
    /// Where it runs.
    pub(crate) interp: &'a Interp,
    context: sys::Tcl_ObjectContext,
    words: &'a [Value],
    skipped: usize,
}

impl Call<'_> {
    /// The arguments, after the words that name object and method.
    pub(crate) fn arguments(&self) -> &[Value] {
        &self.words[self.skipped.min(self.words.len())..]
    }

    /// Whether these very values, not merely equal ones, are the words that name object and
    /// method. It tells a call that the owner of the values made from one through `next`.
    pub(crate) fn is_by(&self, object: &Value, method: &Value) -> bool {
        matches!(self.words, [first, second, ..]
            if self.skipped == 2 && first.is_same(object) && second.is_same(method))
    }

    /// Calls what this method overrides, as `next` does in a script.
    pub(crate) fn next<'v>(
        &self,
        arguments: impl IntoIterator<Item = &'v Value>,
    ) -> Result<Value, Error> {
        let (named, _) = self.words.split_at(self.skipped.min(self.words.len()));
        let arguments = arguments.into_iter().map(Value::as_ptr);
        let words: Argv = named.iter().map(Value::as_ptr).chain(arguments).collect();
        // SAFETY: the context is that of the method that runs now, since `Call` does not outlive
        // it; whoever lent the words keeps them alive.
        let code = unsafe {
            sys::tcl_ObjectContextInvokeNext(
                self.interp.as_ptr(),
                self.context,
                words.len(),
                words.as_ptr(),
                named.len(),
            )
        };
        self.interp.outcome(code)
    }

    /// Attaches more state to the object, in place of such state that there was. It goes with the
    /// object.
    pub(crate) fn attach<T: ObjectState>(&self, state: Rc<T>) {
        // SAFETY: the object is alive while one of its methods runs.
        unsafe { attach(sys::tcl_ObjectContextObject(self.context), state) };
    }

    /// State of this type that is attached to the object.
    pub(crate) fn attached<T: ObjectState>(&self) -> Option<Rc<T>> {
        // SAFETY: the object is alive while one of its methods runs; the metadata is null or what
        // `attach` made of a share. Another share keeps the state if the object goes.
        unsafe { state_of(sys::tcl_ObjectContextObject(self.context)) }
    }

    /// The error for a call with the wrong number of arguments.
    pub(crate) fn wrong_arguments(&self, usage: &CStr) -> Error {
        self.interp.wrong_arguments(self.words, self.skipped, usage)
    }
}

/// A class that makes objects with an `S` inside. It is found again by its name whenever it is
/// needed, since a script may delete it.
pub(crate) struct Class<S> {
    name: Value,
    state: PhantomData<S>,
}

/// What Tcl keeps for each method.
struct MethodData<S: 'static> {
    interp: Interp,
    method: &'static Method<S>,
}

impl<S: ObjectState> Class<S> {
    /// Creates the class `name` with these methods. Its objects are made by
    /// [`instantiate`](Class::instantiate) alone; `refusal` is the error of `new` and `create`.
    pub(crate) fn create(
        interp: &Interp,
        name: &str,
        methods: &'static [Method<S>],
        refusal: &Error,
    ) -> Result<Self, Error> {
        let errorcode = Value::strings(refusal.errorcode()).to_utf8_lossy();
        let constructor = Value::strings(["error", &refusal.message(), "", &errorcode]);
        let constructor = constructor.to_utf8_lossy();
        interp
            .eval(&format!("::oo::class create {name} {{constructor args {{{constructor}}}}}"))?;
        let class = Self { name: Value::string(name), state: PhantomData };
        let token = class.find(interp)?;
        for method in methods {
            let data = Box::new(MethodData { interp: interp.clone(), method });
            let name = Value::string(method.name);
            // SAFETY: the class was just found. Tcl owns the data, which `freed` frees.
            unsafe {
                sys::tcl_NewMethod(
                    interp.as_ptr(),
                    token,
                    name.as_ptr(),
                    method.exported.into(),
                    &raw const S::types().method,
                    Box::into_raw(data).cast(),
                );
            }
        }
        Ok(class)
    }

    /// Errors where a script has deleted the class, so that there can be no more objects.
    pub(crate) fn check(&self, interp: &Interp) -> Result<(), Error> {
        self.find(interp).map(drop)
    }

    /// The present names of its objects, sorted, numbers in them as numbers.
    pub(crate) fn instances(&self, interp: &Interp) -> Result<Value, Error> {
        self.find(interp)?;
        let words = ["::info", "class", "instances"].map(Value::string);
        let names = interp.call(words.iter().chain([&self.name]))?;
        interp.call(["::lsort", "-dictionary"].map(Value::string).iter().chain([&names]))
    }

    fn find(&self, interp: &Interp) -> Result<sys::Tcl_Class, Error> {
        // SAFETY: the name is alive; Tcl says whether there is such an object and class.
        let class = unsafe {
            let object = sys::tcl_GetObjectFromObj(interp.as_ptr(), self.name.as_ptr());
            if object.is_null() { null_mut() } else { sys::tcl_GetObjectAsClass(object) }
        };
        if class.is_null() {
            return Err((interp.faults().class_deleted)(&self.name.to_utf8_lossy()));
        }
        Ok(class)
    }

    /// The state of the object of this name, if it has such a state.
    pub(crate) fn state(&self, interp: &Interp, name: &Value) -> Option<Rc<S>> {
        if interp.is_deleted() {
            return None;
        }
        // SAFETY: the interpreter and the name are alive; Tcl says whether there is such an object.
        unsafe {
            let object = sys::tcl_GetObjectFromObj(interp.as_ptr(), name.as_ptr());
            if object.is_null() {
                interp.reset_result();
                return None;
            }
            state_of(object)
        }
    }

    /// Makes an object with `state` inside. The class's constructor is not called.
    pub(crate) fn instantiate(&self, interp: &Interp, state: Rc<S>) -> Result<Object, Error> {
        let class = self.find(interp)?;
        // SAFETY: the class was just found. A count of -1 makes Tcl leave the constructor out.
        unsafe {
            let null = std::ptr::null();
            let object = sys::tcl_NewObjectInstance(
                interp.as_ptr(),
                class,
                null,
                null,
                -1,
                std::ptr::null(),
                0,
            );
            if object.is_null() {
                return Err(interp.error(sys::TCL_ERROR));
            }
            attach(object, state);
            let namespace = Value::from(sys::object_namespace(object)).to_utf8_lossy();
            Ok(Object {
                interp: interp.clone(),
                object: Cell::new(object),
                my: Value::string(&format!("{namespace}::my")),
            })
        }
    }
}

/// The state that is attached to an object.
///
/// # Safety
/// `object` is alive.
unsafe fn state_of<T: ObjectState>(object: sys::Tcl_Object) -> Option<Rc<T>> {
    // SAFETY: the caller's promise; the metadata is null or what `attach` made of a share.
    unsafe {
        let state = sys::tcl_ObjectGetMetadata(object, &raw const T::types().metadata);
        if state.is_null() {
            return None;
        }
        let state = state.cast_const().cast();
        Rc::increment_strong_count(state);
        Some(Rc::from_raw(state))
    }
}

/// # Safety
/// `object` is alive.
unsafe fn attach<T: ObjectState>(object: sys::Tcl_Object, state: Rc<T>) {
    // SAFETY: the caller's promise. The metadata is a share of the state, which `metadata_deleted`
    // gives back.
    unsafe {
        let metadata = Rc::into_raw(state).cast_mut().cast();
        sys::tcl_ObjectSetMetadata(object, &raw const T::types().metadata, metadata);
    }
}

/// An object, as its own state knows it. [`ObjectState::deleted`] has to call [`Object::forget`].
pub(crate) struct Object {
    interp: Interp,
    /// Null once the object is gone.
    object: Cell<sys::Tcl_Object>,
    my: Value,
}

impl Object {
    /// The full name of the object's `my` command, through which its private methods are called.
    pub(crate) fn my(&self) -> &Value {
        &self.my
    }

    /// The object's present name.
    pub(crate) fn name(&self) -> Value {
        if self.object.get().is_null() {
            return Value::empty();
        }
        // SAFETY: the object is alive, since nobody has called `forget`.
        let name = unsafe {
            Value::share(sys::tcl_GetObjectName(self.interp.as_ptr(), self.object.get()))
        };
        name.unwrap_or_else(Value::empty)
    }

    /// Whether Tcl has not deleted it.
    pub(crate) fn exists(&self) -> bool {
        !self.object.get().is_null()
    }

    /// Notes that Tcl has deleted the object.
    pub(crate) fn forget(&self) {
        self.object.set(null_mut());
    }

    /// Deletes the object, destructors included, unless it is gone already.
    pub(crate) fn delete(&self) {
        let object = self.object.get();
        if !object.is_null() {
            // SAFETY: the object is alive, since nobody has called `forget`.
            unsafe {
                let command = sys::tcl_GetObjectCommand(object);
                sys::tcl_DeleteCommandFromToken(self.interp.as_ptr(), command);
            }
        }
    }
}

callback! {
    command(interp) fn called<S: ObjectState>(
        data: *mut c_void,
        interp: *mut sys::Tcl_Interp,
        context: sys::Tcl_ObjectContext,
        count: c_int,
        words: *const *mut sys::Tcl_Obj,
    ) {
        // SAFETY: the box that `create` or `cloned` made; the words live as long as the call. The
        // body may delete the class and so the box, so what is needed is taken out first.
        let (interp, method, words, skipped) = unsafe {
            let data = &*data.cast::<MethodData<S>>();
            let words = Value::words(words, usize::try_from(count).unwrap_or(0));
            let skipped = sys::tcl_ObjectContextSkippedArgs(context);
            (data.interp.clone(), data.method, words, skipped)
        };
        let call = Call { interp: &interp, context, words, skipped };
        let Some(state) = call.attached::<S>() else {
            return interp.raise(&(interp.faults().no_state)());
        };
        match method.body {
            MethodBody::Acts(body) => match body(&state, &call) {
                Ok(()) => {
                    interp.reset_result();
                    sys::TCL_OK
                }
                Err(error) => interp.raise(&error),
            },
            MethodBody::Returns(body) => interp.finish(body(&state, &call)),
            MethodBody::Waits(body) => match body(&state, &call) {
                Ok(pending) => command::wait(&interp, pending),
                Err(error) => interp.raise(&error),
            },
        }
    }
}

callback! {
    silent fn freed<S: ObjectState>(data: *mut c_void) {
        // SAFETY: Tcl calls this once, when nothing uses the method any more.
        drop(unsafe { Box::from_raw(data.cast::<MethodData<S>>()) });
    }
}

callback! {
    /// `oo::copy` of the class: the new method gets data of its own.
    command(interp) fn cloned<S: ObjectState>(
        interp: *mut sys::Tcl_Interp,
        data: *mut c_void,
        copy: *mut *mut c_void,
    ) {
        // SAFETY: the box of the method that is copied; `copy` takes the result.
        unsafe {
            let data = &*data.cast::<MethodData<S>>();
            let data = Box::new(MethodData { interp: data.interp.clone(), method: data.method });
            *copy = Box::into_raw(data).cast();
        }
        sys::TCL_OK
    }
}

callback! {
    silent fn metadata_deleted<S: ObjectState>(data: *mut c_void) {
        // SAFETY: Tcl calls this once, for the share that `attach` made metadata of.
        unsafe { Rc::from_raw(data.cast_const().cast::<S>()) }.deleted();
    }
}

callback! {
    command(interp) fn metadata_cloned(
        interp: *mut sys::Tcl_Interp,
        _data: *mut c_void,
        _copy: *mut *mut c_void,
    ) {
        // SAFETY: `oo::copy` runs in this interpreter.
        let interp = unsafe { Interp::of(interp) };
        interp.map_or(sys::TCL_ERROR, |interp| interp.raise(&(interp.faults().copied)()))
    }
}
