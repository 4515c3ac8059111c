//! Tcl's C functions, raw: one set of names over the stub tables of Tcl 8.6 and Tcl 9.
//!
//! `tcl86.rs` and `tcl90.rs` are bindgen's output (see `build.rs`) and are not edited by hand. This
//! file says which functions are used, with one signature each, and calls them in whichever table
//! the interpreter handed over at load time. Everything safe is built on top, in `super`.

#[allow(
    clippy::use_self,
    dead_code,
    missing_docs,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    unreachable_pub,
    clippy::all,
    clippy::undocumented_unsafe_blocks
)]
#[rustfmt::skip]
mod tcl86;
#[allow(
    clippy::use_self,
    dead_code,
    missing_docs,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    unreachable_pub,
    unused_imports,
    clippy::all,
    clippy::undocumented_unsafe_blocks
)]
#[rustfmt::skip]
mod tcl90;

use std::{
    ffi::{CStr, c_char, c_int, c_uint, c_void},
    ptr,
    sync::OnceLock,
};

#[cfg(own_sockets)]
pub(super) use tcl86::Tcl_ChannelType;
pub(super) use tcl86::{
    Tcl_Channel, Tcl_Class, Tcl_Command, Tcl_Event, Tcl_Interp, Tcl_Method, Tcl_MethodType,
    Tcl_Obj, Tcl_ObjType, Tcl_Object, Tcl_ObjectContext, Tcl_ObjectMetadataType, Tcl_ThreadId,
    Tcl_TimerToken,
};
use tcl86::{
    Tcl_ChannelProc, Tcl_CmdDeleteProc, Tcl_EventCheckProc, Tcl_EventSetupProc, Tcl_ExitProc,
    Tcl_InterpDeleteProc, Tcl_NRPostProc, Tcl_ObjCmdProc, Tcl_Time, Tcl_TimerProc,
};
#[cfg(own_sockets)]
use tcl86::{Tcl_ChannelTypeVersion, Tcl_FileProc};

/// The functions of either version that are called by name in tests have the same types in both.
#[cfg(test)]
pub(super) type Stubs = tcl86::TclStubs;

pub(super) const TCL_OK: c_int = 0;
pub(super) const TCL_ERROR: c_int = 1;
pub(super) const TCL_BREAK: c_int = 3;
pub(super) const TCL_CONTINUE: c_int = 4;
pub(super) const TCL_EVAL_GLOBAL: c_int = 0x20000;
pub(super) const TCL_ALL_EVENTS: c_int = !TCL_DONT_WAIT;
pub(super) const TCL_DONT_WAIT: c_int = 1 << 1;
#[cfg(test)]
pub(super) const TCL_FILE_EVENTS: c_int = 1 << 3;
#[cfg(test)]
pub(super) const TCL_IDLE_EVENTS: c_int = 1 << 5;
pub(super) const TCL_LEAVE_ERR_MSG: c_int = 0x200;
pub(super) const TCL_TIMER_EVENTS: c_int = 1 << 4;
pub(super) const TCL_READABLE: c_int = 1 << 1;
pub(super) const TCL_WRITABLE: c_int = 1 << 2;
pub(super) const TCL_STDIN: c_int = 1 << 1;
pub(super) const TCL_STDOUT: c_int = 1 << 2;
pub(super) const TCL_STDERR: c_int = 1 << 3;
pub(super) const TCL_QUEUE_TAIL: c_uint = 0;
#[cfg(own_sockets)]
pub(super) const TCL_CLOSE_READ: c_int = 1 << 1;
pub(super) const TCL_CLOSE_WRITE: c_int = 1 << 2;
#[cfg(own_sockets)]
pub(super) const TCL_MODE_NONBLOCKING: c_int = 1;
#[cfg(own_sockets)]
pub(super) const TCL_CHANNEL_VERSION_5: Tcl_ChannelTypeVersion = ptr::without_provenance_mut(5);
pub(super) const TCL_OO_METHOD_VERSION_CURRENT: c_int = 1;
pub(super) const TCL_OO_METADATA_VERSION_CURRENT: c_int = 1;

/// A `Tcl_Time` of nothing, which has fields of other sizes under other Tcls.
pub(super) const NO_TIME: [u64; 2] = [0; 2];

/// The magic number at the head of a stub table: Tcl 8's, and Tcl 9's on this word size.
const TCL8_STUB_MAGIC: c_int = 0xFCA3_BACF_u32 as c_int;
const TCL9_STUB_MAGIC: c_int = 0xFCA3_BACB_u32 as c_int + size_of::<*const c_void>() as c_int;

#[derive(Clone, Copy)]
enum Tables {
    Tcl86(&'static tcl86::TclStubs, &'static tcl86::TclOOStubs),
    Tcl90(&'static tcl90::TclStubs, &'static tcl90::TclOOStubs),
}

// SAFETY: the tables are constants of the Tcl library, which is never unloaded.
unsafe impl Send for Tables {}
// SAFETY: as above.
unsafe impl Sync for Tables {}

/// The tables of the Tcl library in this process: there is only one, whatever the number of
/// interpreters and threads.
static TABLES: OnceLock<Tables> = OnceLock::new();

/// # Safety
/// Undefined before [`initialize`] succeeded.
unsafe fn tables() -> Tables {
    // SAFETY: nothing in this room runs before `initialize` filled the cell.
    unsafe { *TABLES.get().unwrap_unchecked() }
}

/// Whether the process runs Tcl 9 (false: Tcl 8.6).
///
/// # Safety
/// As every function of this file: only after [`initialize`] succeeded.
pub(super) unsafe fn is_tcl9() -> bool {
    // SAFETY: the caller's promise.
    matches!(unsafe { tables() }, Tables::Tcl90(..))
}

/// The head of the struct behind a `Tcl_Interp` pointer, which Tcl promises not to move: the
/// stub table is the fourth word.
#[repr(C)]
struct InterpHead {
    /// A result for who has no functions to set one.
    result: *const c_char,
    /// What frees it; null where it is a constant.
    free: *mut c_void,
    _error_line: c_int,
    stubs: *const tcl86::TclStubs,
}

/// Finds the stub tables of the interpreter's Tcl library. What `Tcl_InitStubs` and
/// `Tcl_OOInitStubs` do in C; those live in static libraries of which each version of Tcl has
/// its own. `None` where this Tcl cannot be used; the interpreter's result says why.
///
/// # Safety
/// `interp` is the interpreter that Tcl handed to the package's entry point.
pub(super) unsafe fn initialize(interp: *mut Tcl_Interp) -> Option<()> {
    if TABLES.get().is_some() {
        return Some(());
    }
    // SAFETY: the head of an interpreter is as `InterpHead` says in every Tcl since 8.1, and the
    // first slots of the tables agree, so Tcl 8.6's type may be used to ask for the version.
    unsafe {
        let head = interp.cast::<InterpHead>();
        let stubs = (*head)
            .stubs
            .as_ref()
            .filter(|stubs| [TCL8_STUB_MAGIC, TCL9_STUB_MAGIC].contains(&stubs.magic));
        let Some((stubs, require)) = stubs.and_then(|stubs| Some((stubs, stubs.tcl_PkgRequireEx?)))
        else {
            (*head).result = c"the functions of this Tcl are not those of Tcl 8.6 or 9".as_ptr();
            (*head).free = ptr::null_mut();
            return None;
        };
        // Another major version may have other functions. Tcl says which it is, where it is none
        // of these.
        let version = require(interp, c"Tcl".as_ptr(), c"8.6-10".as_ptr(), 0, ptr::null_mut());
        let mut oo: *mut c_void = ptr::null_mut();
        if version.is_null()
            || require(interp, c"TclOO".as_ptr(), c"1.0".as_ptr(), 0, (&raw mut oo).cast())
                .is_null()
        {
            return None;
        }
        let version = CStr::from_ptr(version);
        let tables = match *version.to_bytes() {
            [b'8', ..] => Tables::Tcl86(stubs, &*oo.cast()),
            _ => Tables::Tcl90(&*ptr::from_ref(stubs).cast(), &*oo.cast()),
        };
        check(interp, version, tables)?;
        // A second thread may have been quicker; it found the same tables.
        let _ = TABLES.set(tables);
    }
    Some(())
}

/// Refuses a Tcl that lacks a function in use.
///
/// # Safety
/// As for [`initialize`]; the tables are those of this Tcl.
unsafe fn check(interp: *mut Tcl_Interp, version: &CStr, tables: Tables) -> Option<()> {
    let Some(field) = missing(tables) else { return Some(()) };
    let (version, function) = (version.to_string_lossy(), field.replacen("tcl", "Tcl", 1));
    let message = format!("Tcl {version} has no function {function}, which is needed");
    // SAFETY: the caller's promise.
    unsafe { refuse(interp, tables, &message) };
    None
}

/// Checks this Tcl as if it lacked a function.
///
/// # Safety
/// As every function of this file.
#[cfg(test)]
pub(super) unsafe fn check_lacking(interp: *mut Tcl_Interp, version: &CStr) -> Option<()> {
    fn changed<T: Copy>(table: &T, change: impl FnOnce(&mut T)) -> &'static T {
        let mut copy = *table;
        change(&mut copy);
        Box::leak(Box::new(copy))
    }
    // SAFETY: the caller's promise; what lacks the function does not call it.
    unsafe {
        let lacking = match tables() {
            Tables::Tcl86(tcl, oo) => {
                Tables::Tcl86(changed(tcl, |tcl| tcl.tcl_EvalObjv = None), oo)
            }
            Tables::Tcl90(tcl, oo) => {
                Tables::Tcl90(changed(tcl, |tcl| tcl.tcl_EvalObjv = None), oo)
            }
        };
        check(interp, version, lacking)
    }
}

/// Leaves a message in the interpreter, as far as these tables allow.
///
/// # Safety
/// As for [`initialize`]; the tables are those of this Tcl.
unsafe fn refuse(interp: *mut Tcl_Interp, tables: Tables, message: &str) {
    let start = message.as_ptr().cast();
    // SAFETY: the caller's promise.
    unsafe {
        match tables {
            Tables::Tcl86(tcl, _) => {
                if let (Some(new), Some(set)) = (tcl.tcl_NewStringObj, tcl.tcl_SetObjResult) {
                    set(interp, new(start, message.len() as c_int));
                }
            }
            Tables::Tcl90(tcl, _) => {
                if let (Some(new), Some(set)) = (tcl.tcl_NewStringObj, tcl.tcl_SetObjResult) {
                    set(interp.cast(), new(start, message.len() as isize));
                }
            }
        }
    }
}

/// Declares the functions in use. Each gets the signature given here; lengths and results are
/// narrowed to the `int` of Tcl 8.6 or widened to the `Tcl_Size` of Tcl 9 in the call.
macro_rules! functions {
    ($(
        $(#[$attribute:meta])*
        $table:ident $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?;
    )*) => {
        $(
            $(#[$attribute])*
            #[allow(non_snake_case)]
            pub(super) unsafe fn $name($($argument: $type),*) $(-> $result)? {
                // SAFETY: `initialize` found the slot filled; the arguments are the caller's duty.
                #[allow(clippy::unnecessary_cast, trivial_casts)]
                unsafe {
                    match tables() {
                        Tables::Tcl86(tcl, oo) => {
                            functions!(@table $table tcl oo).$name.unwrap_unchecked()(
                                $($argument as _),*) $(as $result)?
                        }
                        Tables::Tcl90(tcl, oo) => {
                            functions!(@table $table tcl oo).$name.unwrap_unchecked()(
                                $($argument as _),*) $(as $result)?
                        }
                    }
                }
            }
        )*

        /// A function in use that the tables do not have. Calling one that is not there would jump
        /// to address zero, and versions of Tcl 9 have emptied slots that were filled before.
        fn missing(tables: Tables) -> Option<&'static str> {
            match tables {
                Tables::Tcl86(tcl, oo) => {
                    $(
                        $(#[$attribute])*
                        if functions!(@table $table tcl oo).$name.is_none() {
                            return Some(stringify!($name));
                        }
                    )*
                    functions!(@missing tcl tcl_GetStringFromObj);
                    functions!(@missing tcl tcl_GetByteArrayFromObj);
                    functions!(@missing tcl tcl_GetBooleanFromObj);
                    functions!(@missing tcl tcl_ListObjGetElements);
                    functions!(@missing oo tcl_GetObjectNamespace);
                }
                Tables::Tcl90(tcl, oo) => {
                    $(
                        $(#[$attribute])*
                        if functions!(@table $table tcl oo).$name.is_none() {
                            return Some(stringify!($name));
                        }
                    )*
                    functions!(@missing tcl tcl_GetStringFromObj);
                    functions!(@missing tcl tcl_GetBytesFromObj);
                    functions!(@missing tcl tcl_GetBoolFromObj);
                    functions!(@missing tcl tcl_ListObjGetElements);
                    functions!(@missing oo tcl_GetObjectNamespace);
                }
            }
            None
        }
    };
    (@missing $stubs:ident $name:ident) => {
        if $stubs.$name.is_none() {
            return Some(stringify!($name));
        }
    };
    (@table tcl $tcl:ident $oo:ident) => {{
        let _ = $oo;
        $tcl
    }};
    (@table oo $tcl:ident $oo:ident) => {{
        let _ = $tcl;
        $oo
    }};
}

functions! {
    // Packages and interpreters
    tcl tcl_PkgProvideEx(interp: *mut Tcl_Interp, name: *const c_char, version: *const c_char,
        data: *const c_void) -> c_int;
    tcl tcl_IsSafe(interp: *mut Tcl_Interp) -> c_int;
    tcl tcl_Preserve(data: *mut c_void);
    tcl tcl_Release(data: *mut c_void);
    tcl tcl_InterpDeleted(interp: *mut Tcl_Interp) -> c_int;
    tcl tcl_GetAssocData(interp: *mut Tcl_Interp, name: *const c_char,
        delete: *mut Tcl_InterpDeleteProc) -> *mut c_void;
    tcl tcl_SetAssocData(interp: *mut Tcl_Interp, name: *const c_char,
        delete: Tcl_InterpDeleteProc, data: *mut c_void);
    // Evaluation, results, errors
    tcl tcl_EvalObjv(interp: *mut Tcl_Interp, count: usize, words: *const *mut Tcl_Obj,
        flags: c_int) -> c_int;
    tcl tcl_EvalObjEx(interp: *mut Tcl_Interp, script: *mut Tcl_Obj, flags: c_int) -> c_int;
    tcl tcl_GetObjResult(interp: *mut Tcl_Interp) -> *mut Tcl_Obj;
    tcl tcl_SetObjResult(interp: *mut Tcl_Interp, result: *mut Tcl_Obj);
    tcl tcl_ResetResult(interp: *mut Tcl_Interp);
    tcl tcl_GetReturnOptions(interp: *mut Tcl_Interp, code: c_int) -> *mut Tcl_Obj;
    tcl tcl_SetReturnOptions(interp: *mut Tcl_Interp, options: *mut Tcl_Obj) -> c_int;
    tcl tcl_BackgroundException(interp: *mut Tcl_Interp, code: c_int);
    tcl tcl_WrongNumArgs(interp: *mut Tcl_Interp, count: usize, words: *const *mut Tcl_Obj,
        message: *const c_char);
    tcl tcl_Canceled(interp: *mut Tcl_Interp, flags: c_int) -> c_int;
    tcl tcl_LimitExceeded(interp: *mut Tcl_Interp) -> c_int;
    // Values
    tcl tcl_DbIncrRefCount(object: *mut Tcl_Obj, file: *const c_char, line: c_int);
    tcl tcl_DbDecrRefCount(object: *mut Tcl_Obj, file: *const c_char, line: c_int);
    tcl tcl_NewObj() -> *mut Tcl_Obj;
    tcl tcl_NewStringObj(bytes: *const c_char, length: usize) -> *mut Tcl_Obj;
    tcl tcl_NewByteArrayObj(bytes: *const u8, length: usize) -> *mut Tcl_Obj;
    tcl tcl_SetByteArrayLength(object: *mut Tcl_Obj, length: usize) -> *mut u8;
    tcl tcl_InvalidateStringRep(object: *mut Tcl_Obj);
    tcl tcl_NewWideIntObj(value: i64) -> *mut Tcl_Obj;
    tcl tcl_GetWideIntFromObj(interp: *mut Tcl_Interp, object: *mut Tcl_Obj,
        value: *mut i64) -> c_int;
    tcl tcl_NewListObj(count: usize, elements: *const *mut Tcl_Obj) -> *mut Tcl_Obj;
    tcl tcl_DictObjGet(interp: *mut Tcl_Interp, dict: *mut Tcl_Obj, key: *mut Tcl_Obj,
        value: *mut *mut Tcl_Obj) -> c_int;
    // Commands and coroutines
    tcl tcl_NRCreateCommand(interp: *mut Tcl_Interp, name: *const c_char, plain: Tcl_ObjCmdProc,
        nre: Tcl_ObjCmdProc, data: *mut c_void, delete: Tcl_CmdDeleteProc) -> Tcl_Command;
    tcl tcl_NRCallObjProc(interp: *mut Tcl_Interp, nre: Tcl_ObjCmdProc, data: *mut c_void,
        count: c_int, words: *const *mut Tcl_Obj) -> c_int;
    tcl tcl_NREvalObj(interp: *mut Tcl_Interp, script: *mut Tcl_Obj, flags: c_int) -> c_int;
    tcl tcl_NRAddCallback(interp: *mut Tcl_Interp, post: Tcl_NRPostProc, data0: *mut c_void,
        data1: *mut c_void, data2: *mut c_void, data3: *mut c_void);
    tcl tcl_GetCommandFromObj(interp: *mut Tcl_Interp, name: *mut Tcl_Obj) -> Tcl_Command;
    tcl tcl_GetCommandFullName(interp: *mut Tcl_Interp, command: Tcl_Command,
        name: *mut Tcl_Obj);
    tcl tcl_DeleteCommandFromToken(interp: *mut Tcl_Interp, command: Tcl_Command) -> c_int;
    // The event loop
    tcl tcl_DoOneEvent(flags: c_int) -> c_int;
    tcl tcl_CreateEventSource(setup: Tcl_EventSetupProc, check: Tcl_EventCheckProc,
        data: *mut c_void);
    tcl tcl_DeleteEventSource(setup: Tcl_EventSetupProc, check: Tcl_EventCheckProc,
        data: *mut c_void);
    #[cfg(own_sockets)]
    tcl tcl_WaitForEvent(time: *const Tcl_Time) -> c_int;
    #[cfg(own_sockets)]
    tcl tcl_CreateFileHandler(descriptor: c_int, mask: c_int, ready: Tcl_FileProc,
        data: *mut c_void);
    #[cfg(own_sockets)]
    tcl tcl_DeleteFileHandler(descriptor: c_int);
    tcl tcl_CreateExitHandler(exit: Tcl_ExitProc, data: *mut c_void);
    tcl tcl_CreateThreadExitHandler(exit: Tcl_ExitProc, data: *mut c_void);
    tcl tcl_CreateTimerHandler(milliseconds: c_int, fire: Tcl_TimerProc,
        data: *mut c_void) -> Tcl_TimerToken;
    tcl tcl_DeleteTimerHandler(timer: Tcl_TimerToken);
    tcl tcl_GetCurrentThread() -> Tcl_ThreadId;
    tcl tcl_ThreadQueueEvent(thread: Tcl_ThreadId, event: *mut Tcl_Event, position: c_uint);
    tcl tcl_ThreadAlert(thread: Tcl_ThreadId);
    tcl tcl_QueueEvent(event: *mut Tcl_Event, position: c_uint);
    tcl tcl_SetMaxBlockTime(time: *const Tcl_Time);
    tcl tcl_Alloc(size: c_uint) -> *mut c_void;
    // Channels
    #[cfg(own_sockets)]
    tcl tcl_CreateChannel(r#type: *const Tcl_ChannelType, name: *const c_char,
        data: *mut c_void, mode: c_int) -> Tcl_Channel;
    #[cfg(own_sockets)]
    tcl tcl_NotifyChannel(channel: Tcl_Channel, mask: c_int);
    #[cfg(not(own_sockets))]
    tcl tcl_MakeTcpClientChannel(socket: *mut c_void) -> Tcl_Channel;
    tcl tcl_GetChannel(interp: *mut Tcl_Interp, name: *const c_char,
        mode: *mut c_int) -> Tcl_Channel;
    tcl tcl_GetChannelHandle(channel: Tcl_Channel, direction: c_int,
        handle: *mut *mut c_void) -> c_int;
    #[cfg(own_sockets)]
    tcl tcl_GetChannelInstanceData(channel: Tcl_Channel) -> *mut c_void;
    tcl tcl_GetChannelName(channel: Tcl_Channel) -> *const c_char;
    tcl tcl_GetStdChannel(r#type: c_int) -> Tcl_Channel;
    tcl tcl_SetStdChannel(channel: Tcl_Channel, r#type: c_int);
    tcl tcl_GetTopChannel(channel: Tcl_Channel) -> Tcl_Channel;
    tcl tcl_GetStackedChannel(channel: Tcl_Channel) -> Tcl_Channel;
    tcl tcl_RegisterChannel(interp: *mut Tcl_Interp, channel: Tcl_Channel);
    tcl tcl_UnregisterChannel(interp: *mut Tcl_Interp, channel: Tcl_Channel) -> c_int;
    tcl tcl_SetChannelOption(interp: *mut Tcl_Interp, channel: Tcl_Channel,
        option: *const c_char, value: *const c_char) -> c_int;
    tcl tcl_CreateChannelHandler(channel: Tcl_Channel, mask: c_int, ready: Tcl_ChannelProc,
        data: *mut c_void);
    tcl tcl_DeleteChannelHandler(channel: Tcl_Channel, ready: Tcl_ChannelProc,
        data: *mut c_void);
    tcl tcl_OutputBuffered(channel: Tcl_Channel) -> c_int;
    tcl tcl_ReadRaw(channel: Tcl_Channel, bytes: *mut c_char, room: usize) -> isize;
    tcl tcl_Write(channel: Tcl_Channel, bytes: *const c_char, length: usize) -> isize;
    tcl tcl_WriteRaw(channel: Tcl_Channel, bytes: *const c_char, length: usize) -> isize;
    tcl tcl_CloseEx(interp: *mut Tcl_Interp, channel: Tcl_Channel, flags: c_int) -> c_int;
    tcl tcl_GetErrno() -> c_int;
    tcl tcl_ErrnoId() -> *const c_char;
    tcl tcl_ErrnoMsg(errno: c_int) -> *const c_char;
    // TclOO
    oo tcl_GetObjectFromObj(interp: *mut Tcl_Interp, name: *mut Tcl_Obj) -> Tcl_Object;
    oo tcl_GetObjectAsClass(object: Tcl_Object) -> Tcl_Class;
    oo tcl_GetObjectCommand(object: Tcl_Object) -> Tcl_Command;
    oo tcl_NewMethod(interp: *mut Tcl_Interp, class: Tcl_Class, name: *mut Tcl_Obj,
        exported: c_int, r#type: *const Tcl_MethodType, data: *mut c_void) -> Tcl_Method;
    oo tcl_NewObjectInstance(interp: *mut Tcl_Interp, class: Tcl_Class, name: *const c_char,
        namespace: *const c_char, count: isize, words: *const *mut Tcl_Obj,
        skip: usize) -> Tcl_Object;
    oo tcl_ObjectContextObject(context: Tcl_ObjectContext) -> Tcl_Object;
    oo tcl_ObjectContextInvokeNext(interp: *mut Tcl_Interp, context: Tcl_ObjectContext,
        count: usize, words: *const *mut Tcl_Obj, skip: usize) -> c_int;
    oo tcl_ObjectContextSkippedArgs(context: Tcl_ObjectContext) -> usize;
    oo tcl_ObjectGetMetadata(object: Tcl_Object,
        r#type: *const Tcl_ObjectMetadataType) -> *mut c_void;
    oo tcl_ObjectSetMetadata(object: Tcl_Object, r#type: *const Tcl_ObjectMetadataType,
        data: *mut c_void);
    oo tcl_GetObjectName(interp: *mut Tcl_Interp, object: Tcl_Object) -> *mut Tcl_Obj;
}

/// A slice from what Tcl returned, whose pointer may be anything when the length is zero.
unsafe fn slice<'a, T>(start: *const T, length: isize) -> &'a [T] {
    match usize::try_from(length) {
        // SAFETY: Tcl says that so many elements lie there.
        Ok(length) if length > 0 => unsafe { std::slice::from_raw_parts(start, length) },
        _ => &[],
    }
}

/// Gives a value that has no string one: these bytes, of which the last is NUL, in memory of Tcl's.
///
/// # Safety
/// The value is alive and has no string.
pub(super) unsafe fn set_string(object: *mut Tcl_Obj, string: &[u8]) {
    // SAFETY: the caller's promise; Tcl returns as much memory as it is asked for, or ends the
    // process. The length is wider in Tcl 9, in the same place, with room for it in either.
    unsafe {
        let start = tcl_Alloc(string.len() as c_uint).cast::<u8>();
        ptr::copy_nonoverlapping(string.as_ptr(), start, string.len());
        (*object).bytes = start.cast();
        let length = string.len() - 1;
        match tables() {
            Tables::Tcl86(..) => (*object).length = length as c_int,
            Tables::Tcl90(..) => *(&raw mut (*object).length).cast::<isize>() = length as isize,
        }
    }
}

/// The string representation, in Tcl's own variant of UTF-8; made when there is none.
///
/// # Safety
/// `object` is alive, and the slice is not used after Tcl changed or freed it.
pub(super) unsafe fn string<'a>(object: *mut Tcl_Obj) -> &'a [u8] {
    // SAFETY: the slot was found by its name in the version's own table.
    unsafe {
        match tables() {
            Tables::Tcl86(tcl, _) => {
                let mut length: c_int = 0;
                let start = tcl.tcl_GetStringFromObj.unwrap_unchecked()(object, &raw mut length);
                slice(start.cast(), length as isize)
            }
            Tables::Tcl90(tcl, _) => {
                let mut length: isize = 0;
                let start = tcl.tcl_GetStringFromObj.unwrap_unchecked()(object, &raw mut length);
                slice(start.cast(), length)
            }
        }
    }
}

/// The value's bytes, converting it to a byte array. `None` under Tcl 9 where it is no byte
/// string; Tcl 8.6 cuts characters above U+00FF instead, so ask before.
///
/// # Safety
/// As for [`string`].
pub(super) unsafe fn byte_array<'a>(object: *mut Tcl_Obj) -> Option<&'a [u8]> {
    // SAFETY: as in `string`. Slot 33 of Tcl 9 is not the old function any more, hence the two.
    unsafe {
        match tables() {
            Tables::Tcl86(tcl, _) => {
                let mut length: c_int = 0;
                let get = tcl.tcl_GetByteArrayFromObj.unwrap_unchecked();
                let start = get(object, &raw mut length);
                Some(slice(start, length as isize))
            }
            Tables::Tcl90(tcl, _) => {
                let mut length: isize = 0;
                let get = tcl.tcl_GetBytesFromObj.unwrap_unchecked();
                let start = get(ptr::null_mut(), object, &raw mut length);
                (!start.is_null()).then(|| slice(start, length))
            }
        }
    }
}

/// The truth value that this is one of the forms of.
///
/// # Safety
/// `object` is alive.
pub(super) unsafe fn boolean(object: *mut Tcl_Obj) -> Option<bool> {
    // SAFETY: as in `string`. Tcl 9.1 has emptied the slot of the old function.
    unsafe {
        match tables() {
            Tables::Tcl86(tcl, _) => {
                let mut truth: c_int = 0;
                let get = tcl.tcl_GetBooleanFromObj.unwrap_unchecked();
                (get(ptr::null_mut(), object, &raw mut truth) == TCL_OK).then_some(truth != 0)
            }
            Tables::Tcl90(tcl, _) => {
                let mut truth: c_char = 0;
                let get = tcl.tcl_GetBoolFromObj.unwrap_unchecked();
                (get(ptr::null_mut(), object, 0, &raw mut truth) == TCL_OK).then_some(truth != 0)
            }
        }
    }
}

/// The elements of a list, or `None` where it is none.
///
/// # Safety
/// As for [`string`].
pub(super) unsafe fn list_elements<'a>(object: *mut Tcl_Obj) -> Option<&'a [*mut Tcl_Obj]> {
    let mut elements: *mut *mut Tcl_Obj = ptr::null_mut();
    // SAFETY: as in `string`.
    unsafe {
        match tables() {
            Tables::Tcl86(tcl, _) => {
                let mut count: c_int = 0;
                let get = tcl.tcl_ListObjGetElements.unwrap_unchecked();
                let code = get(ptr::null_mut(), object, &raw mut count, &raw mut elements);
                (code == TCL_OK).then(|| slice(elements, count as isize))
            }
            Tables::Tcl90(tcl, _) => {
                let mut count: isize = 0;
                let get = tcl.tcl_ListObjGetElements.unwrap_unchecked();
                let code = get(ptr::null_mut(), object, &raw mut count, &raw mut elements);
                (code == TCL_OK).then(|| slice(elements, count))
            }
        }
    }
}

/// The full name of an object's namespace, such as `::oo::Obj12`.
///
/// # Safety
/// `object` is alive.
pub(super) unsafe fn object_namespace<'a>(object: Tcl_Object) -> &'a CStr {
    // SAFETY: the head of Tcl_Namespace (name, full name) is the same in both.
    unsafe {
        match tables() {
            Tables::Tcl86(_, oo) => {
                let namespace = oo.tcl_GetObjectNamespace.unwrap_unchecked()(object);
                CStr::from_ptr((*namespace).fullName)
            }
            Tables::Tcl90(_, oo) => {
                let namespace = oo.tcl_GetObjectNamespace.unwrap_unchecked()(object);
                CStr::from_ptr((*namespace).fullName)
            }
        }
    }
}
