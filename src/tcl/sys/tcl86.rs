type __va_list_tag = ::std::os::raw::c_void;

pub type ClientData = *mut ::std::os::raw::c_void;
pub type Tcl_WideInt = ::std::os::raw::c_longlong;
pub type Tcl_WideUInt = ::std::os::raw::c_ulonglong;
#[repr(C)]
#[derive(Debug)]
pub struct stat {
    _unused: [u8; 0],
}
pub type Tcl_StatBuf = stat;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_Interp {
    pub resultDontUse: *mut ::std::os::raw::c_char,
    pub freeProcDontUse:
        ::std::option::Option<unsafe extern "C" fn(arg1: *mut ::std::os::raw::c_char)>,
    pub errorLineDontUse: ::std::os::raw::c_int,
}
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_AsyncHandler_ {
    _unused: [u8; 0],
}
pub type Tcl_AsyncHandler = *mut Tcl_AsyncHandler_;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_Channel_ {
    _unused: [u8; 0],
}
pub type Tcl_Channel = *mut Tcl_Channel_;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_ChannelTypeVersion_ {
    _unused: [u8; 0],
}
pub type Tcl_ChannelTypeVersion = *mut Tcl_ChannelTypeVersion_;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_Command_ {
    _unused: [u8; 0],
}
pub type Tcl_Command = *mut Tcl_Command_;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_Condition_ {
    _unused: [u8; 0],
}
pub type Tcl_Condition = *mut Tcl_Condition_;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_Dict_ {
    _unused: [u8; 0],
}
pub type Tcl_Dict = *mut Tcl_Dict_;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_EncodingState_ {
    _unused: [u8; 0],
}
pub type Tcl_EncodingState = *mut Tcl_EncodingState_;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_Encoding_ {
    _unused: [u8; 0],
}
pub type Tcl_Encoding = *mut Tcl_Encoding_;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_InterpState_ {
    _unused: [u8; 0],
}
pub type Tcl_InterpState = *mut Tcl_InterpState_;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_LoadHandle_ {
    _unused: [u8; 0],
}
pub type Tcl_LoadHandle = *mut Tcl_LoadHandle_;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_Mutex_ {
    _unused: [u8; 0],
}
pub type Tcl_Mutex = *mut Tcl_Mutex_;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_Pid_ {
    _unused: [u8; 0],
}
pub type Tcl_Pid = *mut Tcl_Pid_;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_RegExp_ {
    _unused: [u8; 0],
}
pub type Tcl_RegExp = *mut Tcl_RegExp_;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_ThreadDataKey_ {
    _unused: [u8; 0],
}
pub type Tcl_ThreadDataKey = *mut Tcl_ThreadDataKey_;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_ThreadId_ {
    _unused: [u8; 0],
}
pub type Tcl_ThreadId = *mut Tcl_ThreadId_;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_TimerToken_ {
    _unused: [u8; 0],
}
pub type Tcl_TimerToken = *mut Tcl_TimerToken_;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_Trace_ {
    _unused: [u8; 0],
}
pub type Tcl_Trace = *mut Tcl_Trace_;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_ZLibStream_ {
    _unused: [u8; 0],
}
pub type Tcl_ZlibStream = *mut Tcl_ZLibStream_;
pub type Tcl_ThreadCreateProc = ::std::option::Option<unsafe extern "C" fn(clientData: ClientData)>;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_RegExpIndices {
    pub start: ::std::os::raw::c_long,
    pub end: ::std::os::raw::c_long,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_RegExpInfo {
    pub nsubs: ::std::os::raw::c_int,
    pub matches: *mut Tcl_RegExpIndices,
    pub extendStart: ::std::os::raw::c_long,
    pub reserved: ::std::os::raw::c_long,
}
pub const Tcl_ValueType_TCL_INT: Tcl_ValueType = 0;
pub const Tcl_ValueType_TCL_DOUBLE: Tcl_ValueType = 1;
pub const Tcl_ValueType_TCL_EITHER: Tcl_ValueType = 2;
pub const Tcl_ValueType_TCL_WIDE_INT: Tcl_ValueType = 3;
pub type Tcl_ValueType = ::std::os::raw::c_uint;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_Value {
    pub type_: Tcl_ValueType,
    pub intValue: ::std::os::raw::c_long,
    pub doubleValue: f64,
    pub wideValue: Tcl_WideInt,
}
pub type Tcl_AsyncProc = ::std::option::Option<
    unsafe extern "C" fn(
        clientData: ClientData,
        interp: *mut Tcl_Interp,
        code: ::std::os::raw::c_int,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_ChannelProc = ::std::option::Option<
    unsafe extern "C" fn(clientData: ClientData, mask: ::std::os::raw::c_int),
>;
pub type Tcl_CloseProc = ::std::option::Option<unsafe extern "C" fn(data: ClientData)>;
pub type Tcl_CmdDeleteProc = ::std::option::Option<unsafe extern "C" fn(clientData: ClientData)>;
pub type Tcl_CmdProc = ::std::option::Option<
    unsafe extern "C" fn(
        clientData: ClientData,
        interp: *mut Tcl_Interp,
        argc: ::std::os::raw::c_int,
        argv: *mut *const ::std::os::raw::c_char,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_CmdTraceProc = ::std::option::Option<
    unsafe extern "C" fn(
        clientData: ClientData,
        interp: *mut Tcl_Interp,
        level: ::std::os::raw::c_int,
        command: *mut ::std::os::raw::c_char,
        proc_: Tcl_CmdProc,
        cmdClientData: ClientData,
        argc: ::std::os::raw::c_int,
        argv: *mut *const ::std::os::raw::c_char,
    ),
>;
pub type Tcl_CmdObjTraceProc = ::std::option::Option<
    unsafe extern "C" fn(
        clientData: ClientData,
        interp: *mut Tcl_Interp,
        level: ::std::os::raw::c_int,
        command: *const ::std::os::raw::c_char,
        commandInfo: Tcl_Command,
        objc: ::std::os::raw::c_int,
        objv: *const *mut Tcl_Obj,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_CmdObjTraceDeleteProc =
    ::std::option::Option<unsafe extern "C" fn(clientData: ClientData)>;
pub type Tcl_DupInternalRepProc =
    ::std::option::Option<unsafe extern "C" fn(srcPtr: *mut Tcl_Obj, dupPtr: *mut Tcl_Obj)>;
pub type Tcl_EncodingConvertProc = ::std::option::Option<
    unsafe extern "C" fn(
        clientData: ClientData,
        src: *const ::std::os::raw::c_char,
        srcLen: ::std::os::raw::c_int,
        flags: ::std::os::raw::c_int,
        statePtr: *mut Tcl_EncodingState,
        dst: *mut ::std::os::raw::c_char,
        dstLen: ::std::os::raw::c_int,
        srcReadPtr: *mut ::std::os::raw::c_int,
        dstWrotePtr: *mut ::std::os::raw::c_int,
        dstCharsPtr: *mut ::std::os::raw::c_int,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_EncodingFreeProc = ::std::option::Option<unsafe extern "C" fn(clientData: ClientData)>;
pub type Tcl_EventProc = ::std::option::Option<
    unsafe extern "C" fn(
        evPtr: *mut Tcl_Event,
        flags: ::std::os::raw::c_int,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_EventCheckProc = ::std::option::Option<
    unsafe extern "C" fn(clientData: ClientData, flags: ::std::os::raw::c_int),
>;
pub type Tcl_EventDeleteProc = ::std::option::Option<
    unsafe extern "C" fn(evPtr: *mut Tcl_Event, clientData: ClientData) -> ::std::os::raw::c_int,
>;
pub type Tcl_EventSetupProc = ::std::option::Option<
    unsafe extern "C" fn(clientData: ClientData, flags: ::std::os::raw::c_int),
>;
pub type Tcl_ExitProc = ::std::option::Option<unsafe extern "C" fn(clientData: ClientData)>;
pub type Tcl_FileProc = ::std::option::Option<
    unsafe extern "C" fn(clientData: ClientData, mask: ::std::os::raw::c_int),
>;
pub type Tcl_FreeInternalRepProc =
    ::std::option::Option<unsafe extern "C" fn(objPtr: *mut Tcl_Obj)>;
pub type Tcl_FreeProc =
    ::std::option::Option<unsafe extern "C" fn(blockPtr: *mut ::std::os::raw::c_char)>;
pub type Tcl_IdleProc = ::std::option::Option<unsafe extern "C" fn(clientData: ClientData)>;
pub type Tcl_InterpDeleteProc =
    ::std::option::Option<unsafe extern "C" fn(clientData: ClientData, interp: *mut Tcl_Interp)>;
pub type Tcl_MathProc = ::std::option::Option<
    unsafe extern "C" fn(
        clientData: ClientData,
        interp: *mut Tcl_Interp,
        args: *mut Tcl_Value,
        resultPtr: *mut Tcl_Value,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_NamespaceDeleteProc =
    ::std::option::Option<unsafe extern "C" fn(clientData: ClientData)>;
pub type Tcl_ObjCmdProc = ::std::option::Option<
    unsafe extern "C" fn(
        clientData: ClientData,
        interp: *mut Tcl_Interp,
        objc: ::std::os::raw::c_int,
        objv: *const *mut Tcl_Obj,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_PackageInitProc =
    ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp) -> ::std::os::raw::c_int>;
pub type Tcl_PanicProc =
    ::std::option::Option<unsafe extern "C" fn(format: *const ::std::os::raw::c_char, ...)>;
pub type Tcl_TcpAcceptProc = ::std::option::Option<
    unsafe extern "C" fn(
        callbackData: ClientData,
        chan: Tcl_Channel,
        address: *mut ::std::os::raw::c_char,
        port: ::std::os::raw::c_int,
    ),
>;
pub type Tcl_TimerProc = ::std::option::Option<unsafe extern "C" fn(clientData: ClientData)>;
pub type Tcl_SetFromAnyProc = ::std::option::Option<
    unsafe extern "C" fn(interp: *mut Tcl_Interp, objPtr: *mut Tcl_Obj) -> ::std::os::raw::c_int,
>;
pub type Tcl_UpdateStringProc = ::std::option::Option<unsafe extern "C" fn(objPtr: *mut Tcl_Obj)>;
pub type Tcl_VarTraceProc = ::std::option::Option<
    unsafe extern "C" fn(
        clientData: ClientData,
        interp: *mut Tcl_Interp,
        part1: *const ::std::os::raw::c_char,
        part2: *const ::std::os::raw::c_char,
        flags: ::std::os::raw::c_int,
    ) -> *mut ::std::os::raw::c_char,
>;
pub type Tcl_CommandTraceProc = ::std::option::Option<
    unsafe extern "C" fn(
        clientData: ClientData,
        interp: *mut Tcl_Interp,
        oldName: *const ::std::os::raw::c_char,
        newName: *const ::std::os::raw::c_char,
        flags: ::std::os::raw::c_int,
    ),
>;
pub type Tcl_CreateFileHandlerProc = ::std::option::Option<
    unsafe extern "C" fn(
        fd: ::std::os::raw::c_int,
        mask: ::std::os::raw::c_int,
        proc_: Tcl_FileProc,
        clientData: ClientData,
    ),
>;
pub type Tcl_DeleteFileHandlerProc =
    ::std::option::Option<unsafe extern "C" fn(fd: ::std::os::raw::c_int)>;
pub type Tcl_AlertNotifierProc =
    ::std::option::Option<unsafe extern "C" fn(clientData: ClientData)>;
pub type Tcl_ServiceModeHookProc =
    ::std::option::Option<unsafe extern "C" fn(mode: ::std::os::raw::c_int)>;
pub type Tcl_InitNotifierProc = ::std::option::Option<unsafe extern "C" fn() -> ClientData>;
pub type Tcl_FinalizeNotifierProc =
    ::std::option::Option<unsafe extern "C" fn(clientData: ClientData)>;
pub type Tcl_MainLoopProc = ::std::option::Option<unsafe extern "C" fn()>;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_ObjType {
    pub name: *const ::std::os::raw::c_char,
    pub freeIntRepProc: Tcl_FreeInternalRepProc,
    pub dupIntRepProc: Tcl_DupInternalRepProc,
    pub updateStringProc: Tcl_UpdateStringProc,
    pub setFromAnyProc: Tcl_SetFromAnyProc,
}
#[repr(C)]
#[derive(Copy, Clone)]
pub struct Tcl_Obj {
    pub refCount: ::std::os::raw::c_int,
    pub bytes: *mut ::std::os::raw::c_char,
    pub length: ::std::os::raw::c_int,
    pub typePtr: *const Tcl_ObjType,
    pub internalRep: Tcl_Obj__bindgen_ty_1,
}
#[repr(C)]
#[derive(Copy, Clone)]
pub union Tcl_Obj__bindgen_ty_1 {
    pub longValue: ::std::os::raw::c_long,
    pub doubleValue: f64,
    pub otherValuePtr: *mut ::std::os::raw::c_void,
    pub wideValue: Tcl_WideInt,
    pub twoPtrValue: Tcl_Obj__bindgen_ty_1__bindgen_ty_1,
    pub ptrAndLongRep: Tcl_Obj__bindgen_ty_1__bindgen_ty_2,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_Obj__bindgen_ty_1__bindgen_ty_1 {
    pub ptr1: *mut ::std::os::raw::c_void,
    pub ptr2: *mut ::std::os::raw::c_void,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_Obj__bindgen_ty_1__bindgen_ty_2 {
    pub ptr: *mut ::std::os::raw::c_void,
    pub value: ::std::os::raw::c_ulong,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_SavedResult {
    pub result: *mut ::std::os::raw::c_char,
    pub freeProc: Tcl_FreeProc,
    pub objResultPtr: *mut Tcl_Obj,
    pub appendResult: *mut ::std::os::raw::c_char,
    pub appendAvl: ::std::os::raw::c_int,
    pub appendUsed: ::std::os::raw::c_int,
    pub resultSpace: [::std::os::raw::c_char; 201usize],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_Namespace {
    pub name: *mut ::std::os::raw::c_char,
    pub fullName: *mut ::std::os::raw::c_char,
    pub clientData: ClientData,
    pub deleteProc: Tcl_NamespaceDeleteProc,
    pub parentPtr: *mut Tcl_Namespace,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_CmdInfo {
    pub isNativeObjectProc: ::std::os::raw::c_int,
    pub objProc: Tcl_ObjCmdProc,
    pub objClientData: ClientData,
    pub proc_: Tcl_CmdProc,
    pub clientData: ClientData,
    pub deleteProc: Tcl_CmdDeleteProc,
    pub deleteData: ClientData,
    pub namespacePtr: *mut Tcl_Namespace,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_DString {
    pub string: *mut ::std::os::raw::c_char,
    pub length: ::std::os::raw::c_int,
    pub spaceAvl: ::std::os::raw::c_int,
    pub staticSpace: [::std::os::raw::c_char; 200usize],
}
pub type Tcl_HashKeyProc = ::std::option::Option<
    unsafe extern "C" fn(
        tablePtr: *mut Tcl_HashTable,
        keyPtr: *mut ::std::os::raw::c_void,
    ) -> ::std::os::raw::c_uint,
>;
pub type Tcl_CompareHashKeysProc = ::std::option::Option<
    unsafe extern "C" fn(
        keyPtr: *mut ::std::os::raw::c_void,
        hPtr: *mut Tcl_HashEntry,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_AllocHashEntryProc = ::std::option::Option<
    unsafe extern "C" fn(
        tablePtr: *mut Tcl_HashTable,
        keyPtr: *mut ::std::os::raw::c_void,
    ) -> *mut Tcl_HashEntry,
>;
pub type Tcl_FreeHashEntryProc =
    ::std::option::Option<unsafe extern "C" fn(hPtr: *mut Tcl_HashEntry)>;
#[repr(C)]
#[derive(Copy, Clone)]
pub struct Tcl_HashEntry {
    pub nextPtr: *mut Tcl_HashEntry,
    pub tablePtr: *mut Tcl_HashTable,
    pub hash: *mut ::std::os::raw::c_void,
    pub clientData: ClientData,
    pub key: Tcl_HashEntry__bindgen_ty_1,
}
#[repr(C)]
#[derive(Copy, Clone)]
pub union Tcl_HashEntry__bindgen_ty_1 {
    pub oneWordValue: *mut ::std::os::raw::c_char,
    pub objPtr: *mut Tcl_Obj,
    pub words: [::std::os::raw::c_int; 1usize],
    pub string: [::std::os::raw::c_char; 1usize],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_HashKeyType {
    pub version: ::std::os::raw::c_int,
    pub flags: ::std::os::raw::c_int,
    pub hashKeyProc: Tcl_HashKeyProc,
    pub compareKeysProc: Tcl_CompareHashKeysProc,
    pub allocEntryProc: Tcl_AllocHashEntryProc,
    pub freeEntryProc: Tcl_FreeHashEntryProc,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_HashTable {
    pub buckets: *mut *mut Tcl_HashEntry,
    pub staticBuckets: [*mut Tcl_HashEntry; 4usize],
    pub numBuckets: ::std::os::raw::c_int,
    pub numEntries: ::std::os::raw::c_int,
    pub rebuildSize: ::std::os::raw::c_int,
    pub downShift: ::std::os::raw::c_int,
    pub mask: ::std::os::raw::c_int,
    pub keyType: ::std::os::raw::c_int,
    pub findProc: ::std::option::Option<
        unsafe extern "C" fn(
            tablePtr: *mut Tcl_HashTable,
            key: *const ::std::os::raw::c_char,
        ) -> *mut Tcl_HashEntry,
    >,
    pub createProc: ::std::option::Option<
        unsafe extern "C" fn(
            tablePtr: *mut Tcl_HashTable,
            key: *const ::std::os::raw::c_char,
            newPtr: *mut ::std::os::raw::c_int,
        ) -> *mut Tcl_HashEntry,
    >,
    pub typePtr: *const Tcl_HashKeyType,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_HashSearch {
    pub tablePtr: *mut Tcl_HashTable,
    pub nextIndex: ::std::os::raw::c_int,
    pub nextEntryPtr: *mut Tcl_HashEntry,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_DictSearch {
    pub next: *mut ::std::os::raw::c_void,
    pub epoch: ::std::os::raw::c_int,
    pub dictionaryPtr: Tcl_Dict,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_Event {
    pub proc_: Tcl_EventProc,
    pub nextPtr: *mut Tcl_Event,
}
pub const Tcl_QueuePosition_TCL_QUEUE_TAIL: Tcl_QueuePosition = 0;
pub const Tcl_QueuePosition_TCL_QUEUE_HEAD: Tcl_QueuePosition = 1;
pub const Tcl_QueuePosition_TCL_QUEUE_MARK: Tcl_QueuePosition = 2;
pub type Tcl_QueuePosition = ::std::os::raw::c_uint;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_Time {
    pub sec: ::std::os::raw::c_long,
    pub usec: ::std::os::raw::c_long,
}
pub type Tcl_SetTimerProc = ::std::option::Option<unsafe extern "C" fn(timePtr: *const Tcl_Time)>;
pub type Tcl_WaitForEventProc =
    ::std::option::Option<unsafe extern "C" fn(timePtr: *const Tcl_Time) -> ::std::os::raw::c_int>;
pub type Tcl_GetTimeProc =
    ::std::option::Option<unsafe extern "C" fn(timebuf: *mut Tcl_Time, clientData: ClientData)>;
pub type Tcl_ScaleTimeProc =
    ::std::option::Option<unsafe extern "C" fn(timebuf: *mut Tcl_Time, clientData: ClientData)>;
pub type Tcl_DriverBlockModeProc = ::std::option::Option<
    unsafe extern "C" fn(
        instanceData: ClientData,
        mode: ::std::os::raw::c_int,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_DriverCloseProc = ::std::option::Option<
    unsafe extern "C" fn(
        instanceData: ClientData,
        interp: *mut Tcl_Interp,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_DriverClose2Proc = ::std::option::Option<
    unsafe extern "C" fn(
        instanceData: ClientData,
        interp: *mut Tcl_Interp,
        flags: ::std::os::raw::c_int,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_DriverInputProc = ::std::option::Option<
    unsafe extern "C" fn(
        instanceData: ClientData,
        buf: *mut ::std::os::raw::c_char,
        toRead: ::std::os::raw::c_int,
        errorCodePtr: *mut ::std::os::raw::c_int,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_DriverOutputProc = ::std::option::Option<
    unsafe extern "C" fn(
        instanceData: ClientData,
        buf: *const ::std::os::raw::c_char,
        toWrite: ::std::os::raw::c_int,
        errorCodePtr: *mut ::std::os::raw::c_int,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_DriverSeekProc = ::std::option::Option<
    unsafe extern "C" fn(
        instanceData: ClientData,
        offset: ::std::os::raw::c_long,
        mode: ::std::os::raw::c_int,
        errorCodePtr: *mut ::std::os::raw::c_int,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_DriverSetOptionProc = ::std::option::Option<
    unsafe extern "C" fn(
        instanceData: ClientData,
        interp: *mut Tcl_Interp,
        optionName: *const ::std::os::raw::c_char,
        value: *const ::std::os::raw::c_char,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_DriverGetOptionProc = ::std::option::Option<
    unsafe extern "C" fn(
        instanceData: ClientData,
        interp: *mut Tcl_Interp,
        optionName: *const ::std::os::raw::c_char,
        dsPtr: *mut Tcl_DString,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_DriverWatchProc = ::std::option::Option<
    unsafe extern "C" fn(instanceData: ClientData, mask: ::std::os::raw::c_int),
>;
pub type Tcl_DriverGetHandleProc = ::std::option::Option<
    unsafe extern "C" fn(
        instanceData: ClientData,
        direction: ::std::os::raw::c_int,
        handlePtr: *mut ClientData,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_DriverFlushProc =
    ::std::option::Option<unsafe extern "C" fn(instanceData: ClientData) -> ::std::os::raw::c_int>;
pub type Tcl_DriverHandlerProc = ::std::option::Option<
    unsafe extern "C" fn(
        instanceData: ClientData,
        interestMask: ::std::os::raw::c_int,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_DriverWideSeekProc = ::std::option::Option<
    unsafe extern "C" fn(
        instanceData: ClientData,
        offset: Tcl_WideInt,
        mode: ::std::os::raw::c_int,
        errorCodePtr: *mut ::std::os::raw::c_int,
    ) -> Tcl_WideInt,
>;
pub type Tcl_DriverThreadActionProc = ::std::option::Option<
    unsafe extern "C" fn(instanceData: ClientData, action: ::std::os::raw::c_int),
>;
pub type Tcl_DriverTruncateProc = ::std::option::Option<
    unsafe extern "C" fn(instanceData: ClientData, length: Tcl_WideInt) -> ::std::os::raw::c_int,
>;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_ChannelType {
    pub typeName: *const ::std::os::raw::c_char,
    pub version: Tcl_ChannelTypeVersion,
    pub closeProc: Tcl_DriverCloseProc,
    pub inputProc: Tcl_DriverInputProc,
    pub outputProc: Tcl_DriverOutputProc,
    pub seekProc: Tcl_DriverSeekProc,
    pub setOptionProc: Tcl_DriverSetOptionProc,
    pub getOptionProc: Tcl_DriverGetOptionProc,
    pub watchProc: Tcl_DriverWatchProc,
    pub getHandleProc: Tcl_DriverGetHandleProc,
    pub close2Proc: Tcl_DriverClose2Proc,
    pub blockModeProc: Tcl_DriverBlockModeProc,
    pub flushProc: Tcl_DriverFlushProc,
    pub handlerProc: Tcl_DriverHandlerProc,
    pub wideSeekProc: Tcl_DriverWideSeekProc,
    pub threadActionProc: Tcl_DriverThreadActionProc,
    pub truncateProc: Tcl_DriverTruncateProc,
}
pub const Tcl_PathType_TCL_PATH_ABSOLUTE: Tcl_PathType = 0;
pub const Tcl_PathType_TCL_PATH_RELATIVE: Tcl_PathType = 1;
pub const Tcl_PathType_TCL_PATH_VOLUME_RELATIVE: Tcl_PathType = 2;
pub type Tcl_PathType = ::std::os::raw::c_uint;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_GlobTypeData {
    pub type_: ::std::os::raw::c_int,
    pub perm: ::std::os::raw::c_int,
    pub macType: *mut Tcl_Obj,
    pub macCreator: *mut Tcl_Obj,
}
pub type Tcl_FSStatProc = ::std::option::Option<
    unsafe extern "C" fn(pathPtr: *mut Tcl_Obj, buf: *mut Tcl_StatBuf) -> ::std::os::raw::c_int,
>;
pub type Tcl_FSAccessProc = ::std::option::Option<
    unsafe extern "C" fn(
        pathPtr: *mut Tcl_Obj,
        mode: ::std::os::raw::c_int,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_FSOpenFileChannelProc = ::std::option::Option<
    unsafe extern "C" fn(
        interp: *mut Tcl_Interp,
        pathPtr: *mut Tcl_Obj,
        mode: ::std::os::raw::c_int,
        permissions: ::std::os::raw::c_int,
    ) -> Tcl_Channel,
>;
pub type Tcl_FSMatchInDirectoryProc = ::std::option::Option<
    unsafe extern "C" fn(
        interp: *mut Tcl_Interp,
        result: *mut Tcl_Obj,
        pathPtr: *mut Tcl_Obj,
        pattern: *const ::std::os::raw::c_char,
        types: *mut Tcl_GlobTypeData,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_FSGetCwdProc =
    ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp) -> *mut Tcl_Obj>;
pub type Tcl_FSChdirProc =
    ::std::option::Option<unsafe extern "C" fn(pathPtr: *mut Tcl_Obj) -> ::std::os::raw::c_int>;
pub type Tcl_FSLstatProc = ::std::option::Option<
    unsafe extern "C" fn(pathPtr: *mut Tcl_Obj, buf: *mut Tcl_StatBuf) -> ::std::os::raw::c_int,
>;
pub type Tcl_FSCreateDirectoryProc =
    ::std::option::Option<unsafe extern "C" fn(pathPtr: *mut Tcl_Obj) -> ::std::os::raw::c_int>;
pub type Tcl_FSDeleteFileProc =
    ::std::option::Option<unsafe extern "C" fn(pathPtr: *mut Tcl_Obj) -> ::std::os::raw::c_int>;
pub type Tcl_FSCopyDirectoryProc = ::std::option::Option<
    unsafe extern "C" fn(
        srcPathPtr: *mut Tcl_Obj,
        destPathPtr: *mut Tcl_Obj,
        errorPtr: *mut *mut Tcl_Obj,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_FSCopyFileProc = ::std::option::Option<
    unsafe extern "C" fn(
        srcPathPtr: *mut Tcl_Obj,
        destPathPtr: *mut Tcl_Obj,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_FSRemoveDirectoryProc = ::std::option::Option<
    unsafe extern "C" fn(
        pathPtr: *mut Tcl_Obj,
        recursive: ::std::os::raw::c_int,
        errorPtr: *mut *mut Tcl_Obj,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_FSRenameFileProc = ::std::option::Option<
    unsafe extern "C" fn(
        srcPathPtr: *mut Tcl_Obj,
        destPathPtr: *mut Tcl_Obj,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_FSUnloadFileProc =
    ::std::option::Option<unsafe extern "C" fn(loadHandle: Tcl_LoadHandle)>;
pub type Tcl_FSListVolumesProc = ::std::option::Option<unsafe extern "C" fn() -> *mut Tcl_Obj>;
#[repr(C)]
#[derive(Debug)]
pub struct utimbuf {
    _unused: [u8; 0],
}
pub type Tcl_FSUtimeProc = ::std::option::Option<
    unsafe extern "C" fn(pathPtr: *mut Tcl_Obj, tval: *mut utimbuf) -> ::std::os::raw::c_int,
>;
pub type Tcl_FSNormalizePathProc = ::std::option::Option<
    unsafe extern "C" fn(
        interp: *mut Tcl_Interp,
        pathPtr: *mut Tcl_Obj,
        nextCheckpoint: ::std::os::raw::c_int,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_FSFileAttrsGetProc = ::std::option::Option<
    unsafe extern "C" fn(
        interp: *mut Tcl_Interp,
        index: ::std::os::raw::c_int,
        pathPtr: *mut Tcl_Obj,
        objPtrRef: *mut *mut Tcl_Obj,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_FSFileAttrStringsProc = ::std::option::Option<
    unsafe extern "C" fn(
        pathPtr: *mut Tcl_Obj,
        objPtrRef: *mut *mut Tcl_Obj,
    ) -> *const *const ::std::os::raw::c_char,
>;
pub type Tcl_FSFileAttrsSetProc = ::std::option::Option<
    unsafe extern "C" fn(
        interp: *mut Tcl_Interp,
        index: ::std::os::raw::c_int,
        pathPtr: *mut Tcl_Obj,
        objPtr: *mut Tcl_Obj,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_FSLinkProc = ::std::option::Option<
    unsafe extern "C" fn(
        pathPtr: *mut Tcl_Obj,
        toPtr: *mut Tcl_Obj,
        linkType: ::std::os::raw::c_int,
    ) -> *mut Tcl_Obj,
>;
pub type Tcl_FSLoadFileProc = ::std::option::Option<
    unsafe extern "C" fn(
        interp: *mut Tcl_Interp,
        pathPtr: *mut Tcl_Obj,
        handlePtr: *mut Tcl_LoadHandle,
        unloadProcPtr: *mut Tcl_FSUnloadFileProc,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_FSPathInFilesystemProc = ::std::option::Option<
    unsafe extern "C" fn(
        pathPtr: *mut Tcl_Obj,
        clientDataPtr: *mut ClientData,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_FSFilesystemPathTypeProc =
    ::std::option::Option<unsafe extern "C" fn(pathPtr: *mut Tcl_Obj) -> *mut Tcl_Obj>;
pub type Tcl_FSFilesystemSeparatorProc =
    ::std::option::Option<unsafe extern "C" fn(pathPtr: *mut Tcl_Obj) -> *mut Tcl_Obj>;
pub type Tcl_FSFreeInternalRepProc =
    ::std::option::Option<unsafe extern "C" fn(clientData: ClientData)>;
pub type Tcl_FSDupInternalRepProc =
    ::std::option::Option<unsafe extern "C" fn(clientData: ClientData) -> ClientData>;
pub type Tcl_FSInternalToNormalizedProc =
    ::std::option::Option<unsafe extern "C" fn(clientData: ClientData) -> *mut Tcl_Obj>;
pub type Tcl_FSCreateInternalRepProc =
    ::std::option::Option<unsafe extern "C" fn(pathPtr: *mut Tcl_Obj) -> ClientData>;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_FSVersion_ {
    _unused: [u8; 0],
}
pub type Tcl_FSVersion = *mut Tcl_FSVersion_;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_Filesystem {
    pub typeName: *const ::std::os::raw::c_char,
    pub structureLength: ::std::os::raw::c_int,
    pub version: Tcl_FSVersion,
    pub pathInFilesystemProc: Tcl_FSPathInFilesystemProc,
    pub dupInternalRepProc: Tcl_FSDupInternalRepProc,
    pub freeInternalRepProc: Tcl_FSFreeInternalRepProc,
    pub internalToNormalizedProc: Tcl_FSInternalToNormalizedProc,
    pub createInternalRepProc: Tcl_FSCreateInternalRepProc,
    pub normalizePathProc: Tcl_FSNormalizePathProc,
    pub filesystemPathTypeProc: Tcl_FSFilesystemPathTypeProc,
    pub filesystemSeparatorProc: Tcl_FSFilesystemSeparatorProc,
    pub statProc: Tcl_FSStatProc,
    pub accessProc: Tcl_FSAccessProc,
    pub openFileChannelProc: Tcl_FSOpenFileChannelProc,
    pub matchInDirectoryProc: Tcl_FSMatchInDirectoryProc,
    pub utimeProc: Tcl_FSUtimeProc,
    pub linkProc: Tcl_FSLinkProc,
    pub listVolumesProc: Tcl_FSListVolumesProc,
    pub fileAttrStringsProc: Tcl_FSFileAttrStringsProc,
    pub fileAttrsGetProc: Tcl_FSFileAttrsGetProc,
    pub fileAttrsSetProc: Tcl_FSFileAttrsSetProc,
    pub createDirectoryProc: Tcl_FSCreateDirectoryProc,
    pub removeDirectoryProc: Tcl_FSRemoveDirectoryProc,
    pub deleteFileProc: Tcl_FSDeleteFileProc,
    pub copyFileProc: Tcl_FSCopyFileProc,
    pub renameFileProc: Tcl_FSRenameFileProc,
    pub copyDirectoryProc: Tcl_FSCopyDirectoryProc,
    pub lstatProc: Tcl_FSLstatProc,
    pub loadFileProc: Tcl_FSLoadFileProc,
    pub getCwdProc: Tcl_FSGetCwdProc,
    pub chdirProc: Tcl_FSChdirProc,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_NotifierProcs {
    pub setTimerProc: Tcl_SetTimerProc,
    pub waitForEventProc: Tcl_WaitForEventProc,
    pub createFileHandlerProc: Tcl_CreateFileHandlerProc,
    pub deleteFileHandlerProc: Tcl_DeleteFileHandlerProc,
    pub initNotifierProc: Tcl_InitNotifierProc,
    pub finalizeNotifierProc: Tcl_FinalizeNotifierProc,
    pub alertNotifierProc: Tcl_AlertNotifierProc,
    pub serviceModeHookProc: Tcl_ServiceModeHookProc,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_Token {
    pub type_: ::std::os::raw::c_int,
    pub start: *const ::std::os::raw::c_char,
    pub size: ::std::os::raw::c_int,
    pub numComponents: ::std::os::raw::c_int,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_Parse {
    pub commentStart: *const ::std::os::raw::c_char,
    pub commentSize: ::std::os::raw::c_int,
    pub commandStart: *const ::std::os::raw::c_char,
    pub commandSize: ::std::os::raw::c_int,
    pub numWords: ::std::os::raw::c_int,
    pub tokenPtr: *mut Tcl_Token,
    pub numTokens: ::std::os::raw::c_int,
    pub tokensAvailable: ::std::os::raw::c_int,
    pub errorType: ::std::os::raw::c_int,
    pub string: *const ::std::os::raw::c_char,
    pub end: *const ::std::os::raw::c_char,
    pub interp: *mut Tcl_Interp,
    pub term: *const ::std::os::raw::c_char,
    pub incomplete: ::std::os::raw::c_int,
    pub staticTokens: [Tcl_Token; 20usize],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_EncodingType {
    pub encodingName: *const ::std::os::raw::c_char,
    pub toUtfProc: Tcl_EncodingConvertProc,
    pub fromUtfProc: Tcl_EncodingConvertProc,
    pub freeProc: Tcl_EncodingFreeProc,
    pub clientData: ClientData,
    pub nullSize: ::std::os::raw::c_int,
}
pub type Tcl_UniChar = ::std::os::raw::c_ushort;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_Config {
    pub key: *const ::std::os::raw::c_char,
    pub value: *const ::std::os::raw::c_char,
}
pub type Tcl_LimitHandlerProc =
    ::std::option::Option<unsafe extern "C" fn(clientData: ClientData, interp: *mut Tcl_Interp)>;
pub type Tcl_LimitHandlerDeleteProc =
    ::std::option::Option<unsafe extern "C" fn(clientData: ClientData)>;
#[repr(C)]
#[derive(Debug)]
pub struct mp_int {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_ArgvInfo {
    pub type_: ::std::os::raw::c_int,
    pub keyStr: *const ::std::os::raw::c_char,
    pub srcPtr: *mut ::std::os::raw::c_void,
    pub dstPtr: *mut ::std::os::raw::c_void,
    pub helpStr: *const ::std::os::raw::c_char,
    pub clientData: ClientData,
}
pub type Tcl_NRPostProc = ::std::option::Option<
    unsafe extern "C" fn(
        data: *mut ClientData,
        interp: *mut Tcl_Interp,
        result: ::std::os::raw::c_int,
    ) -> ::std::os::raw::c_int,
>;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct TclStubHooks {
    pub tclPlatStubs: *const TclPlatStubs,
    pub tclIntStubs: *mut TclIntStubs,
    pub tclIntPlatStubs: *mut TclIntPlatStubs,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct TclStubs {
    pub magic: ::std::os::raw::c_int,
    pub hooks: *const TclStubHooks,
    pub tcl_PkgProvideEx: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
            version: *const ::std::os::raw::c_char,
            clientData: *const ::std::os::raw::c_void,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_PkgRequireEx: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
            version: *const ::std::os::raw::c_char,
            exact: ::std::os::raw::c_int,
            clientDataPtr: *mut ::std::os::raw::c_void,
        ) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_Panic:
        ::std::option::Option<unsafe extern "C" fn(format: *const ::std::os::raw::c_char, ...)>,
    pub tcl_Alloc: ::std::option::Option<
        unsafe extern "C" fn(size: ::std::os::raw::c_uint) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_Free: ::std::option::Option<unsafe extern "C" fn(ptr: *mut ::std::os::raw::c_char)>,
    pub tcl_Realloc: ::std::option::Option<
        unsafe extern "C" fn(
            ptr: *mut ::std::os::raw::c_char,
            size: ::std::os::raw::c_uint,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_DbCkalloc: ::std::option::Option<
        unsafe extern "C" fn(
            size: ::std::os::raw::c_uint,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_DbCkfree: ::std::option::Option<
        unsafe extern "C" fn(
            ptr: *mut ::std::os::raw::c_char,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ),
    >,
    pub tcl_DbCkrealloc: ::std::option::Option<
        unsafe extern "C" fn(
            ptr: *mut ::std::os::raw::c_char,
            size: ::std::os::raw::c_uint,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_CreateFileHandler: ::std::option::Option<
        unsafe extern "C" fn(
            fd: ::std::os::raw::c_int,
            mask: ::std::os::raw::c_int,
            proc_: Tcl_FileProc,
            clientData: ClientData,
        ),
    >,
    pub tcl_DeleteFileHandler:
        ::std::option::Option<unsafe extern "C" fn(fd: ::std::os::raw::c_int)>,
    pub tcl_SetTimer: ::std::option::Option<unsafe extern "C" fn(timePtr: *const Tcl_Time)>,
    pub tcl_Sleep: ::std::option::Option<unsafe extern "C" fn(ms: ::std::os::raw::c_int)>,
    pub tcl_WaitForEvent: ::std::option::Option<
        unsafe extern "C" fn(timePtr: *const Tcl_Time) -> ::std::os::raw::c_int,
    >,
    pub tcl_AppendAllObjTypes: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_AppendStringsToObj:
        ::std::option::Option<unsafe extern "C" fn(objPtr: *mut Tcl_Obj, ...)>,
    pub tcl_AppendToObj: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            bytes: *const ::std::os::raw::c_char,
            length: ::std::os::raw::c_int,
        ),
    >,
    pub tcl_ConcatObj: ::std::option::Option<
        unsafe extern "C" fn(
            objc: ::std::os::raw::c_int,
            objv: *const *mut Tcl_Obj,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_ConvertToType: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            typePtr: *const Tcl_ObjType,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_DbDecrRefCount: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ),
    >,
    pub tcl_DbIncrRefCount: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ),
    >,
    pub tcl_DbIsShared: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_DbNewBooleanObj: ::std::option::Option<
        unsafe extern "C" fn(
            intValue: ::std::os::raw::c_int,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_DbNewByteArrayObj: ::std::option::Option<
        unsafe extern "C" fn(
            bytes: *const ::std::os::raw::c_uchar,
            length: ::std::os::raw::c_int,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_DbNewDoubleObj: ::std::option::Option<
        unsafe extern "C" fn(
            doubleValue: f64,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_DbNewListObj: ::std::option::Option<
        unsafe extern "C" fn(
            objc: ::std::os::raw::c_int,
            objv: *const *mut Tcl_Obj,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_DbNewLongObj: ::std::option::Option<
        unsafe extern "C" fn(
            longValue: ::std::os::raw::c_long,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_DbNewObj: ::std::option::Option<
        unsafe extern "C" fn(
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_DbNewStringObj: ::std::option::Option<
        unsafe extern "C" fn(
            bytes: *const ::std::os::raw::c_char,
            length: ::std::os::raw::c_int,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_DuplicateObj:
        ::std::option::Option<unsafe extern "C" fn(objPtr: *mut Tcl_Obj) -> *mut Tcl_Obj>,
    pub tclFreeObj: ::std::option::Option<unsafe extern "C" fn(objPtr: *mut Tcl_Obj)>,
    pub tcl_GetBoolean: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            src: *const ::std::os::raw::c_char,
            intPtr: *mut ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetBooleanFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            intPtr: *mut ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetByteArrayFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            lengthPtr: *mut ::std::os::raw::c_int,
        ) -> *mut ::std::os::raw::c_uchar,
    >,
    pub tcl_GetDouble: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            src: *const ::std::os::raw::c_char,
            doublePtr: *mut f64,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetDoubleFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            doublePtr: *mut f64,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetIndexFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            tablePtr: *const *const ::std::os::raw::c_char,
            msg: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
            indexPtr: *mut ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetInt: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            src: *const ::std::os::raw::c_char,
            intPtr: *mut ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetIntFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            intPtr: *mut ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetLongFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            longPtr: *mut ::std::os::raw::c_long,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetObjType: ::std::option::Option<
        unsafe extern "C" fn(typeName: *const ::std::os::raw::c_char) -> *const Tcl_ObjType,
    >,
    pub tcl_GetStringFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            lengthPtr: *mut ::std::os::raw::c_int,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_InvalidateStringRep: ::std::option::Option<unsafe extern "C" fn(objPtr: *mut Tcl_Obj)>,
    pub tcl_ListObjAppendList: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            listPtr: *mut Tcl_Obj,
            elemListPtr: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ListObjAppendElement: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            listPtr: *mut Tcl_Obj,
            objPtr: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ListObjGetElements: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            listPtr: *mut Tcl_Obj,
            objcPtr: *mut ::std::os::raw::c_int,
            objvPtr: *mut *mut *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ListObjIndex: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            listPtr: *mut Tcl_Obj,
            index: ::std::os::raw::c_int,
            objPtrPtr: *mut *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ListObjLength: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            listPtr: *mut Tcl_Obj,
            lengthPtr: *mut ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ListObjReplace: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            listPtr: *mut Tcl_Obj,
            first: ::std::os::raw::c_int,
            count: ::std::os::raw::c_int,
            objc: ::std::os::raw::c_int,
            objv: *const *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_NewBooleanObj: ::std::option::Option<
        unsafe extern "C" fn(intValue: ::std::os::raw::c_int) -> *mut Tcl_Obj,
    >,
    pub tcl_NewByteArrayObj: ::std::option::Option<
        unsafe extern "C" fn(
            bytes: *const ::std::os::raw::c_uchar,
            length: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_NewDoubleObj:
        ::std::option::Option<unsafe extern "C" fn(doubleValue: f64) -> *mut Tcl_Obj>,
    pub tcl_NewIntObj: ::std::option::Option<
        unsafe extern "C" fn(intValue: ::std::os::raw::c_int) -> *mut Tcl_Obj,
    >,
    pub tcl_NewListObj: ::std::option::Option<
        unsafe extern "C" fn(
            objc: ::std::os::raw::c_int,
            objv: *const *mut Tcl_Obj,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_NewLongObj: ::std::option::Option<
        unsafe extern "C" fn(longValue: ::std::os::raw::c_long) -> *mut Tcl_Obj,
    >,
    pub tcl_NewObj: ::std::option::Option<unsafe extern "C" fn() -> *mut Tcl_Obj>,
    pub tcl_NewStringObj: ::std::option::Option<
        unsafe extern "C" fn(
            bytes: *const ::std::os::raw::c_char,
            length: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_SetBooleanObj: ::std::option::Option<
        unsafe extern "C" fn(objPtr: *mut Tcl_Obj, intValue: ::std::os::raw::c_int),
    >,
    pub tcl_SetByteArrayLength: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            numBytes: ::std::os::raw::c_int,
        ) -> *mut ::std::os::raw::c_uchar,
    >,
    pub tcl_SetByteArrayObj: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            bytes: *const ::std::os::raw::c_uchar,
            numBytes: ::std::os::raw::c_int,
        ),
    >,
    pub tcl_SetDoubleObj:
        ::std::option::Option<unsafe extern "C" fn(objPtr: *mut Tcl_Obj, doubleValue: f64)>,
    pub tcl_SetIntObj: ::std::option::Option<
        unsafe extern "C" fn(objPtr: *mut Tcl_Obj, intValue: ::std::os::raw::c_int),
    >,
    pub tcl_SetListObj: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            objc: ::std::os::raw::c_int,
            objv: *const *mut Tcl_Obj,
        ),
    >,
    pub tcl_SetLongObj: ::std::option::Option<
        unsafe extern "C" fn(objPtr: *mut Tcl_Obj, longValue: ::std::os::raw::c_long),
    >,
    pub tcl_SetObjLength: ::std::option::Option<
        unsafe extern "C" fn(objPtr: *mut Tcl_Obj, length: ::std::os::raw::c_int),
    >,
    pub tcl_SetStringObj: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            bytes: *const ::std::os::raw::c_char,
            length: ::std::os::raw::c_int,
        ),
    >,
    pub tcl_AddErrorInfo: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, message: *const ::std::os::raw::c_char),
    >,
    pub tcl_AddObjErrorInfo: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            message: *const ::std::os::raw::c_char,
            length: ::std::os::raw::c_int,
        ),
    >,
    pub tcl_AllowExceptions: ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp)>,
    pub tcl_AppendElement: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, element: *const ::std::os::raw::c_char),
    >,
    pub tcl_AppendResult: ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp, ...)>,
    pub tcl_AsyncCreate: ::std::option::Option<
        unsafe extern "C" fn(proc_: Tcl_AsyncProc, clientData: ClientData) -> Tcl_AsyncHandler,
    >,
    pub tcl_AsyncDelete: ::std::option::Option<unsafe extern "C" fn(async_: Tcl_AsyncHandler)>,
    pub tcl_AsyncInvoke: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            code: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_AsyncMark: ::std::option::Option<unsafe extern "C" fn(async_: Tcl_AsyncHandler)>,
    pub tcl_AsyncReady: ::std::option::Option<unsafe extern "C" fn() -> ::std::os::raw::c_int>,
    pub tcl_BackgroundError: ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp)>,
    pub tcl_Backslash: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            readPtr: *mut ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_char,
    >,
    pub tcl_BadChannelOption: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            optionName: *const ::std::os::raw::c_char,
            optionList: *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_CallWhenDeleted: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            proc_: Tcl_InterpDeleteProc,
            clientData: ClientData,
        ),
    >,
    pub tcl_CancelIdleCall:
        ::std::option::Option<unsafe extern "C" fn(idleProc: Tcl_IdleProc, clientData: ClientData)>,
    pub tcl_Close: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, chan: Tcl_Channel) -> ::std::os::raw::c_int,
    >,
    pub tcl_CommandComplete: ::std::option::Option<
        unsafe extern "C" fn(cmd: *const ::std::os::raw::c_char) -> ::std::os::raw::c_int,
    >,
    pub tcl_Concat: ::std::option::Option<
        unsafe extern "C" fn(
            argc: ::std::os::raw::c_int,
            argv: *const *const ::std::os::raw::c_char,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_ConvertElement: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            dst: *mut ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ConvertCountedElement: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            length: ::std::os::raw::c_int,
            dst: *mut ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_CreateAlias: ::std::option::Option<
        unsafe extern "C" fn(
            childInterp: *mut Tcl_Interp,
            childCmd: *const ::std::os::raw::c_char,
            target: *mut Tcl_Interp,
            targetCmd: *const ::std::os::raw::c_char,
            argc: ::std::os::raw::c_int,
            argv: *const *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_CreateAliasObj: ::std::option::Option<
        unsafe extern "C" fn(
            childInterp: *mut Tcl_Interp,
            childCmd: *const ::std::os::raw::c_char,
            target: *mut Tcl_Interp,
            targetCmd: *const ::std::os::raw::c_char,
            objc: ::std::os::raw::c_int,
            objv: *const *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_CreateChannel: ::std::option::Option<
        unsafe extern "C" fn(
            typePtr: *const Tcl_ChannelType,
            chanName: *const ::std::os::raw::c_char,
            instanceData: ClientData,
            mask: ::std::os::raw::c_int,
        ) -> Tcl_Channel,
    >,
    pub tcl_CreateChannelHandler: ::std::option::Option<
        unsafe extern "C" fn(
            chan: Tcl_Channel,
            mask: ::std::os::raw::c_int,
            proc_: Tcl_ChannelProc,
            clientData: ClientData,
        ),
    >,
    pub tcl_CreateCloseHandler: ::std::option::Option<
        unsafe extern "C" fn(chan: Tcl_Channel, proc_: Tcl_CloseProc, clientData: ClientData),
    >,
    pub tcl_CreateCommand: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            cmdName: *const ::std::os::raw::c_char,
            proc_: Tcl_CmdProc,
            clientData: ClientData,
            deleteProc: Tcl_CmdDeleteProc,
        ) -> Tcl_Command,
    >,
    pub tcl_CreateEventSource: ::std::option::Option<
        unsafe extern "C" fn(
            setupProc: Tcl_EventSetupProc,
            checkProc: Tcl_EventCheckProc,
            clientData: ClientData,
        ),
    >,
    pub tcl_CreateExitHandler:
        ::std::option::Option<unsafe extern "C" fn(proc_: Tcl_ExitProc, clientData: ClientData)>,
    pub tcl_CreateInterp: ::std::option::Option<unsafe extern "C" fn() -> *mut Tcl_Interp>,
    pub tcl_CreateMathFunc: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
            numArgs: ::std::os::raw::c_int,
            argTypes: *mut Tcl_ValueType,
            proc_: Tcl_MathProc,
            clientData: ClientData,
        ),
    >,
    pub tcl_CreateObjCommand: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            cmdName: *const ::std::os::raw::c_char,
            proc_: Tcl_ObjCmdProc,
            clientData: ClientData,
            deleteProc: Tcl_CmdDeleteProc,
        ) -> Tcl_Command,
    >,
    pub tcl_CreateSlave: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
            isSafe: ::std::os::raw::c_int,
        ) -> *mut Tcl_Interp,
    >,
    pub tcl_CreateTimerHandler: ::std::option::Option<
        unsafe extern "C" fn(
            milliseconds: ::std::os::raw::c_int,
            proc_: Tcl_TimerProc,
            clientData: ClientData,
        ) -> Tcl_TimerToken,
    >,
    pub tcl_CreateTrace: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            level: ::std::os::raw::c_int,
            proc_: Tcl_CmdTraceProc,
            clientData: ClientData,
        ) -> Tcl_Trace,
    >,
    pub tcl_DeleteAssocData: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, name: *const ::std::os::raw::c_char),
    >,
    pub tcl_DeleteChannelHandler: ::std::option::Option<
        unsafe extern "C" fn(chan: Tcl_Channel, proc_: Tcl_ChannelProc, clientData: ClientData),
    >,
    pub tcl_DeleteCloseHandler: ::std::option::Option<
        unsafe extern "C" fn(chan: Tcl_Channel, proc_: Tcl_CloseProc, clientData: ClientData),
    >,
    pub tcl_DeleteCommand: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            cmdName: *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_DeleteCommandFromToken: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            command: Tcl_Command,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_DeleteEvents: ::std::option::Option<
        unsafe extern "C" fn(proc_: Tcl_EventDeleteProc, clientData: ClientData),
    >,
    pub tcl_DeleteEventSource: ::std::option::Option<
        unsafe extern "C" fn(
            setupProc: Tcl_EventSetupProc,
            checkProc: Tcl_EventCheckProc,
            clientData: ClientData,
        ),
    >,
    pub tcl_DeleteExitHandler:
        ::std::option::Option<unsafe extern "C" fn(proc_: Tcl_ExitProc, clientData: ClientData)>,
    pub tcl_DeleteHashEntry:
        ::std::option::Option<unsafe extern "C" fn(entryPtr: *mut Tcl_HashEntry)>,
    pub tcl_DeleteHashTable:
        ::std::option::Option<unsafe extern "C" fn(tablePtr: *mut Tcl_HashTable)>,
    pub tcl_DeleteInterp: ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp)>,
    pub tcl_DetachPids: ::std::option::Option<
        unsafe extern "C" fn(numPids: ::std::os::raw::c_int, pidPtr: *mut Tcl_Pid),
    >,
    pub tcl_DeleteTimerHandler: ::std::option::Option<unsafe extern "C" fn(token: Tcl_TimerToken)>,
    pub tcl_DeleteTrace:
        ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp, trace: Tcl_Trace)>,
    pub tcl_DontCallWhenDeleted: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            proc_: Tcl_InterpDeleteProc,
            clientData: ClientData,
        ),
    >,
    pub tcl_DoOneEvent: ::std::option::Option<
        unsafe extern "C" fn(flags: ::std::os::raw::c_int) -> ::std::os::raw::c_int,
    >,
    pub tcl_DoWhenIdle:
        ::std::option::Option<unsafe extern "C" fn(proc_: Tcl_IdleProc, clientData: ClientData)>,
    pub tcl_DStringAppend: ::std::option::Option<
        unsafe extern "C" fn(
            dsPtr: *mut Tcl_DString,
            bytes: *const ::std::os::raw::c_char,
            length: ::std::os::raw::c_int,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_DStringAppendElement: ::std::option::Option<
        unsafe extern "C" fn(
            dsPtr: *mut Tcl_DString,
            element: *const ::std::os::raw::c_char,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_DStringEndSublist: ::std::option::Option<unsafe extern "C" fn(dsPtr: *mut Tcl_DString)>,
    pub tcl_DStringFree: ::std::option::Option<unsafe extern "C" fn(dsPtr: *mut Tcl_DString)>,
    pub tcl_DStringGetResult: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, dsPtr: *mut Tcl_DString),
    >,
    pub tcl_DStringInit: ::std::option::Option<unsafe extern "C" fn(dsPtr: *mut Tcl_DString)>,
    pub tcl_DStringResult: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, dsPtr: *mut Tcl_DString),
    >,
    pub tcl_DStringSetLength: ::std::option::Option<
        unsafe extern "C" fn(dsPtr: *mut Tcl_DString, length: ::std::os::raw::c_int),
    >,
    pub tcl_DStringStartSublist:
        ::std::option::Option<unsafe extern "C" fn(dsPtr: *mut Tcl_DString)>,
    pub tcl_Eof:
        ::std::option::Option<unsafe extern "C" fn(chan: Tcl_Channel) -> ::std::os::raw::c_int>,
    pub tcl_ErrnoId: ::std::option::Option<unsafe extern "C" fn() -> *const ::std::os::raw::c_char>,
    pub tcl_ErrnoMsg: ::std::option::Option<
        unsafe extern "C" fn(err: ::std::os::raw::c_int) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_Eval: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            script: *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_EvalFile: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            fileName: *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_EvalObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_EventuallyFree:
        ::std::option::Option<unsafe extern "C" fn(clientData: ClientData, freeProc: Tcl_FreeProc)>,
    pub tcl_Exit: ::std::option::Option<unsafe extern "C" fn(status: ::std::os::raw::c_int)>,
    pub tcl_ExposeCommand: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            hiddenCmdToken: *const ::std::os::raw::c_char,
            cmdName: *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ExprBoolean: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            expr: *const ::std::os::raw::c_char,
            ptr: *mut ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ExprBooleanObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            ptr: *mut ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ExprDouble: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            expr: *const ::std::os::raw::c_char,
            ptr: *mut f64,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ExprDoubleObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            ptr: *mut f64,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ExprLong: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            expr: *const ::std::os::raw::c_char,
            ptr: *mut ::std::os::raw::c_long,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ExprLongObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            ptr: *mut ::std::os::raw::c_long,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ExprObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            resultPtrPtr: *mut *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ExprString: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            expr: *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_Finalize: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_FindExecutable:
        ::std::option::Option<unsafe extern "C" fn(argv0: *const ::std::os::raw::c_char)>,
    pub tcl_FirstHashEntry: ::std::option::Option<
        unsafe extern "C" fn(
            tablePtr: *mut Tcl_HashTable,
            searchPtr: *mut Tcl_HashSearch,
        ) -> *mut Tcl_HashEntry,
    >,
    pub tcl_Flush:
        ::std::option::Option<unsafe extern "C" fn(chan: Tcl_Channel) -> ::std::os::raw::c_int>,
    pub tcl_FreeResult: ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp)>,
    pub tcl_GetAlias: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            childCmd: *const ::std::os::raw::c_char,
            targetInterpPtr: *mut *mut Tcl_Interp,
            targetCmdPtr: *mut *const ::std::os::raw::c_char,
            argcPtr: *mut ::std::os::raw::c_int,
            argvPtr: *mut *mut *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetAliasObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            childCmd: *const ::std::os::raw::c_char,
            targetInterpPtr: *mut *mut Tcl_Interp,
            targetCmdPtr: *mut *const ::std::os::raw::c_char,
            objcPtr: *mut ::std::os::raw::c_int,
            objv: *mut *mut *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetAssocData: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
            procPtr: *mut Tcl_InterpDeleteProc,
        ) -> ClientData,
    >,
    pub tcl_GetChannel: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            chanName: *const ::std::os::raw::c_char,
            modePtr: *mut ::std::os::raw::c_int,
        ) -> Tcl_Channel,
    >,
    pub tcl_GetChannelBufferSize:
        ::std::option::Option<unsafe extern "C" fn(chan: Tcl_Channel) -> ::std::os::raw::c_int>,
    pub tcl_GetChannelHandle: ::std::option::Option<
        unsafe extern "C" fn(
            chan: Tcl_Channel,
            direction: ::std::os::raw::c_int,
            handlePtr: *mut ClientData,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetChannelInstanceData:
        ::std::option::Option<unsafe extern "C" fn(chan: Tcl_Channel) -> ClientData>,
    pub tcl_GetChannelMode:
        ::std::option::Option<unsafe extern "C" fn(chan: Tcl_Channel) -> ::std::os::raw::c_int>,
    pub tcl_GetChannelName: ::std::option::Option<
        unsafe extern "C" fn(chan: Tcl_Channel) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_GetChannelOption: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            chan: Tcl_Channel,
            optionName: *const ::std::os::raw::c_char,
            dsPtr: *mut Tcl_DString,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetChannelType:
        ::std::option::Option<unsafe extern "C" fn(chan: Tcl_Channel) -> *const Tcl_ChannelType>,
    pub tcl_GetCommandInfo: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            cmdName: *const ::std::os::raw::c_char,
            infoPtr: *mut Tcl_CmdInfo,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetCommandName: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            command: Tcl_Command,
        ) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_GetErrno: ::std::option::Option<unsafe extern "C" fn() -> ::std::os::raw::c_int>,
    pub tcl_GetHostName:
        ::std::option::Option<unsafe extern "C" fn() -> *const ::std::os::raw::c_char>,
    pub tcl_GetInterpPath: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            childInterp: *mut Tcl_Interp,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetMaster:
        ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp) -> *mut Tcl_Interp>,
    pub tcl_GetNameOfExecutable:
        ::std::option::Option<unsafe extern "C" fn() -> *const ::std::os::raw::c_char>,
    pub tcl_GetObjResult:
        ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp) -> *mut Tcl_Obj>,
    pub tcl_GetOpenFile: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            chanID: *const ::std::os::raw::c_char,
            forWriting: ::std::os::raw::c_int,
            checkUsage: ::std::os::raw::c_int,
            filePtr: *mut ClientData,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetPathType: ::std::option::Option<
        unsafe extern "C" fn(path: *const ::std::os::raw::c_char) -> Tcl_PathType,
    >,
    pub tcl_Gets: ::std::option::Option<
        unsafe extern "C" fn(chan: Tcl_Channel, dsPtr: *mut Tcl_DString) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetsObj: ::std::option::Option<
        unsafe extern "C" fn(chan: Tcl_Channel, objPtr: *mut Tcl_Obj) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetServiceMode: ::std::option::Option<unsafe extern "C" fn() -> ::std::os::raw::c_int>,
    pub tcl_GetSlave: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
        ) -> *mut Tcl_Interp,
    >,
    pub tcl_GetStdChannel:
        ::std::option::Option<unsafe extern "C" fn(type_: ::std::os::raw::c_int) -> Tcl_Channel>,
    pub tcl_GetStringResult: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_GetVar: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            varName: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
        ) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_GetVar2: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            part1: *const ::std::os::raw::c_char,
            part2: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
        ) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_GlobalEval: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            command: *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GlobalEvalObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_HideCommand: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            cmdName: *const ::std::os::raw::c_char,
            hiddenCmdToken: *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_Init: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp) -> ::std::os::raw::c_int,
    >,
    pub tcl_InitHashTable: ::std::option::Option<
        unsafe extern "C" fn(tablePtr: *mut Tcl_HashTable, keyType: ::std::os::raw::c_int),
    >,
    pub tcl_InputBlocked:
        ::std::option::Option<unsafe extern "C" fn(chan: Tcl_Channel) -> ::std::os::raw::c_int>,
    pub tcl_InputBuffered:
        ::std::option::Option<unsafe extern "C" fn(chan: Tcl_Channel) -> ::std::os::raw::c_int>,
    pub tcl_InterpDeleted: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp) -> ::std::os::raw::c_int,
    >,
    pub tcl_IsSafe: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp) -> ::std::os::raw::c_int,
    >,
    pub tcl_JoinPath: ::std::option::Option<
        unsafe extern "C" fn(
            argc: ::std::os::raw::c_int,
            argv: *const *const ::std::os::raw::c_char,
            resultPtr: *mut Tcl_DString,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_LinkVar: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            varName: *const ::std::os::raw::c_char,
            addr: *mut ::std::os::raw::c_char,
            type_: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub reserved188: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_MakeFileChannel: ::std::option::Option<
        unsafe extern "C" fn(handle: ClientData, mode: ::std::os::raw::c_int) -> Tcl_Channel,
    >,
    pub tcl_MakeSafe: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp) -> ::std::os::raw::c_int,
    >,
    pub tcl_MakeTcpClientChannel:
        ::std::option::Option<unsafe extern "C" fn(tcpSocket: ClientData) -> Tcl_Channel>,
    pub tcl_Merge: ::std::option::Option<
        unsafe extern "C" fn(
            argc: ::std::os::raw::c_int,
            argv: *const *const ::std::os::raw::c_char,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_NextHashEntry: ::std::option::Option<
        unsafe extern "C" fn(searchPtr: *mut Tcl_HashSearch) -> *mut Tcl_HashEntry,
    >,
    pub tcl_NotifyChannel: ::std::option::Option<
        unsafe extern "C" fn(channel: Tcl_Channel, mask: ::std::os::raw::c_int),
    >,
    pub tcl_ObjGetVar2: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            part1Ptr: *mut Tcl_Obj,
            part2Ptr: *mut Tcl_Obj,
            flags: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_ObjSetVar2: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            part1Ptr: *mut Tcl_Obj,
            part2Ptr: *mut Tcl_Obj,
            newValuePtr: *mut Tcl_Obj,
            flags: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_OpenCommandChannel: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            argc: ::std::os::raw::c_int,
            argv: *mut *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
        ) -> Tcl_Channel,
    >,
    pub tcl_OpenFileChannel: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            fileName: *const ::std::os::raw::c_char,
            modeString: *const ::std::os::raw::c_char,
            permissions: ::std::os::raw::c_int,
        ) -> Tcl_Channel,
    >,
    pub tcl_OpenTcpClient: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            port: ::std::os::raw::c_int,
            address: *const ::std::os::raw::c_char,
            myaddr: *const ::std::os::raw::c_char,
            myport: ::std::os::raw::c_int,
            flags: ::std::os::raw::c_int,
        ) -> Tcl_Channel,
    >,
    pub tcl_OpenTcpServer: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            port: ::std::os::raw::c_int,
            host: *const ::std::os::raw::c_char,
            acceptProc: Tcl_TcpAcceptProc,
            callbackData: ClientData,
        ) -> Tcl_Channel,
    >,
    pub tcl_Preserve: ::std::option::Option<unsafe extern "C" fn(data: ClientData)>,
    pub tcl_PrintDouble: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, value: f64, dst: *mut ::std::os::raw::c_char),
    >,
    pub tcl_PutEnv: ::std::option::Option<
        unsafe extern "C" fn(assignment: *const ::std::os::raw::c_char) -> ::std::os::raw::c_int,
    >,
    pub tcl_PosixError: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_QueueEvent: ::std::option::Option<
        unsafe extern "C" fn(evPtr: *mut Tcl_Event, position: Tcl_QueuePosition),
    >,
    pub tcl_Read: ::std::option::Option<
        unsafe extern "C" fn(
            chan: Tcl_Channel,
            bufPtr: *mut ::std::os::raw::c_char,
            toRead: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ReapDetachedProcs: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_RecordAndEval: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            cmd: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_RecordAndEvalObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            cmdPtr: *mut Tcl_Obj,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_RegisterChannel:
        ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp, chan: Tcl_Channel)>,
    pub tcl_RegisterObjType:
        ::std::option::Option<unsafe extern "C" fn(typePtr: *const Tcl_ObjType)>,
    pub tcl_RegExpCompile: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            pattern: *const ::std::os::raw::c_char,
        ) -> Tcl_RegExp,
    >,
    pub tcl_RegExpExec: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            regexp: Tcl_RegExp,
            text: *const ::std::os::raw::c_char,
            start: *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_RegExpMatch: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            text: *const ::std::os::raw::c_char,
            pattern: *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_RegExpRange: ::std::option::Option<
        unsafe extern "C" fn(
            regexp: Tcl_RegExp,
            index: ::std::os::raw::c_int,
            startPtr: *mut *const ::std::os::raw::c_char,
            endPtr: *mut *const ::std::os::raw::c_char,
        ),
    >,
    pub tcl_Release: ::std::option::Option<unsafe extern "C" fn(clientData: ClientData)>,
    pub tcl_ResetResult: ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp)>,
    pub tcl_ScanElement: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            flagPtr: *mut ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ScanCountedElement: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            length: ::std::os::raw::c_int,
            flagPtr: *mut ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_SeekOld: ::std::option::Option<
        unsafe extern "C" fn(
            chan: Tcl_Channel,
            offset: ::std::os::raw::c_int,
            mode: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ServiceAll: ::std::option::Option<unsafe extern "C" fn() -> ::std::os::raw::c_int>,
    pub tcl_ServiceEvent: ::std::option::Option<
        unsafe extern "C" fn(flags: ::std::os::raw::c_int) -> ::std::os::raw::c_int,
    >,
    pub tcl_SetAssocData: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
            proc_: Tcl_InterpDeleteProc,
            clientData: ClientData,
        ),
    >,
    pub tcl_SetChannelBufferSize:
        ::std::option::Option<unsafe extern "C" fn(chan: Tcl_Channel, sz: ::std::os::raw::c_int)>,
    pub tcl_SetChannelOption: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            chan: Tcl_Channel,
            optionName: *const ::std::os::raw::c_char,
            newValue: *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_SetCommandInfo: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            cmdName: *const ::std::os::raw::c_char,
            infoPtr: *const Tcl_CmdInfo,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_SetErrno: ::std::option::Option<unsafe extern "C" fn(err: ::std::os::raw::c_int)>,
    pub tcl_SetErrorCode: ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp, ...)>,
    pub tcl_SetMaxBlockTime: ::std::option::Option<unsafe extern "C" fn(timePtr: *const Tcl_Time)>,
    pub tcl_SetPanicProc: ::std::option::Option<unsafe extern "C" fn(panicProc: Tcl_PanicProc)>,
    pub tcl_SetRecursionLimit: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            depth: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_SetResult: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            result: *mut ::std::os::raw::c_char,
            freeProc: Tcl_FreeProc,
        ),
    >,
    pub tcl_SetServiceMode: ::std::option::Option<
        unsafe extern "C" fn(mode: ::std::os::raw::c_int) -> ::std::os::raw::c_int,
    >,
    pub tcl_SetObjErrorCode: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, errorObjPtr: *mut Tcl_Obj),
    >,
    pub tcl_SetObjResult: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, resultObjPtr: *mut Tcl_Obj),
    >,
    pub tcl_SetStdChannel: ::std::option::Option<
        unsafe extern "C" fn(channel: Tcl_Channel, type_: ::std::os::raw::c_int),
    >,
    pub tcl_SetVar: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            varName: *const ::std::os::raw::c_char,
            newValue: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
        ) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_SetVar2: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            part1: *const ::std::os::raw::c_char,
            part2: *const ::std::os::raw::c_char,
            newValue: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
        ) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_SignalId: ::std::option::Option<
        unsafe extern "C" fn(sig: ::std::os::raw::c_int) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_SignalMsg: ::std::option::Option<
        unsafe extern "C" fn(sig: ::std::os::raw::c_int) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_SourceRCFile: ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp)>,
    pub tcl_SplitList: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            listStr: *const ::std::os::raw::c_char,
            argcPtr: *mut ::std::os::raw::c_int,
            argvPtr: *mut *mut *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_SplitPath: ::std::option::Option<
        unsafe extern "C" fn(
            path: *const ::std::os::raw::c_char,
            argcPtr: *mut ::std::os::raw::c_int,
            argvPtr: *mut *mut *const ::std::os::raw::c_char,
        ),
    >,
    pub tcl_StaticPackage: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            prefix: *const ::std::os::raw::c_char,
            initProc: Tcl_PackageInitProc,
            safeInitProc: Tcl_PackageInitProc,
        ),
    >,
    pub tcl_StringMatch: ::std::option::Option<
        unsafe extern "C" fn(
            str_: *const ::std::os::raw::c_char,
            pattern: *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_TellOld:
        ::std::option::Option<unsafe extern "C" fn(chan: Tcl_Channel) -> ::std::os::raw::c_int>,
    pub tcl_TraceVar: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            varName: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
            proc_: Tcl_VarTraceProc,
            clientData: ClientData,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_TraceVar2: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            part1: *const ::std::os::raw::c_char,
            part2: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
            proc_: Tcl_VarTraceProc,
            clientData: ClientData,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_TranslateFileName: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
            bufferPtr: *mut Tcl_DString,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_Ungets: ::std::option::Option<
        unsafe extern "C" fn(
            chan: Tcl_Channel,
            str_: *const ::std::os::raw::c_char,
            len: ::std::os::raw::c_int,
            atHead: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UnlinkVar: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, varName: *const ::std::os::raw::c_char),
    >,
    pub tcl_UnregisterChannel: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, chan: Tcl_Channel) -> ::std::os::raw::c_int,
    >,
    pub tcl_UnsetVar: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            varName: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UnsetVar2: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            part1: *const ::std::os::raw::c_char,
            part2: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UntraceVar: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            varName: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
            proc_: Tcl_VarTraceProc,
            clientData: ClientData,
        ),
    >,
    pub tcl_UntraceVar2: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            part1: *const ::std::os::raw::c_char,
            part2: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
            proc_: Tcl_VarTraceProc,
            clientData: ClientData,
        ),
    >,
    pub tcl_UpdateLinkedVar: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, varName: *const ::std::os::raw::c_char),
    >,
    pub tcl_UpVar: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            frameName: *const ::std::os::raw::c_char,
            varName: *const ::std::os::raw::c_char,
            localName: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UpVar2: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            frameName: *const ::std::os::raw::c_char,
            part1: *const ::std::os::raw::c_char,
            part2: *const ::std::os::raw::c_char,
            localName: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_VarEval: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, ...) -> ::std::os::raw::c_int,
    >,
    pub tcl_VarTraceInfo: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            varName: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
            procPtr: Tcl_VarTraceProc,
            prevClientData: ClientData,
        ) -> ClientData,
    >,
    pub tcl_VarTraceInfo2: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            part1: *const ::std::os::raw::c_char,
            part2: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
            procPtr: Tcl_VarTraceProc,
            prevClientData: ClientData,
        ) -> ClientData,
    >,
    pub tcl_Write: ::std::option::Option<
        unsafe extern "C" fn(
            chan: Tcl_Channel,
            s: *const ::std::os::raw::c_char,
            slen: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_WrongNumArgs: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objc: ::std::os::raw::c_int,
            objv: *const *mut Tcl_Obj,
            message: *const ::std::os::raw::c_char,
        ),
    >,
    pub tcl_DumpActiveMemory: ::std::option::Option<
        unsafe extern "C" fn(fileName: *const ::std::os::raw::c_char) -> ::std::os::raw::c_int,
    >,
    pub tcl_ValidateAllMemory: ::std::option::Option<
        unsafe extern "C" fn(file: *const ::std::os::raw::c_char, line: ::std::os::raw::c_int),
    >,
    pub tcl_AppendResultVA: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, argList: *mut __va_list_tag),
    >,
    pub tcl_AppendStringsToObjVA: ::std::option::Option<
        unsafe extern "C" fn(objPtr: *mut Tcl_Obj, argList: *mut __va_list_tag),
    >,
    pub tcl_HashStats: ::std::option::Option<
        unsafe extern "C" fn(tablePtr: *mut Tcl_HashTable) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_ParseVar: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            start: *const ::std::os::raw::c_char,
            termPtr: *mut *const ::std::os::raw::c_char,
        ) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_PkgPresent: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
            version: *const ::std::os::raw::c_char,
            exact: ::std::os::raw::c_int,
        ) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_PkgPresentEx: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
            version: *const ::std::os::raw::c_char,
            exact: ::std::os::raw::c_int,
            clientDataPtr: *mut ::std::os::raw::c_void,
        ) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_PkgProvide: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
            version: *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_PkgRequire: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
            version: *const ::std::os::raw::c_char,
            exact: ::std::os::raw::c_int,
        ) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_SetErrorCodeVA: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, argList: *mut __va_list_tag),
    >,
    pub tcl_VarEvalVA: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            argList: *mut __va_list_tag,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_WaitPid: ::std::option::Option<
        unsafe extern "C" fn(
            pid: Tcl_Pid,
            statPtr: *mut ::std::os::raw::c_int,
            options: ::std::os::raw::c_int,
        ) -> Tcl_Pid,
    >,
    pub tcl_PanicVA: ::std::option::Option<
        unsafe extern "C" fn(format: *const ::std::os::raw::c_char, argList: *mut __va_list_tag),
    >,
    pub tcl_GetVersion: ::std::option::Option<
        unsafe extern "C" fn(
            major: *mut ::std::os::raw::c_int,
            minor: *mut ::std::os::raw::c_int,
            patchLevel: *mut ::std::os::raw::c_int,
            type_: *mut ::std::os::raw::c_int,
        ),
    >,
    pub tcl_InitMemory: ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp)>,
    pub tcl_StackChannel: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            typePtr: *const Tcl_ChannelType,
            instanceData: ClientData,
            mask: ::std::os::raw::c_int,
            prevChan: Tcl_Channel,
        ) -> Tcl_Channel,
    >,
    pub tcl_UnstackChannel: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, chan: Tcl_Channel) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetStackedChannel:
        ::std::option::Option<unsafe extern "C" fn(chan: Tcl_Channel) -> Tcl_Channel>,
    pub tcl_SetMainLoop: ::std::option::Option<unsafe extern "C" fn(proc_: Tcl_MainLoopProc)>,
    pub reserved285: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_AppendObjToObj: ::std::option::Option<
        unsafe extern "C" fn(objPtr: *mut Tcl_Obj, appendObjPtr: *mut Tcl_Obj),
    >,
    pub tcl_CreateEncoding: ::std::option::Option<
        unsafe extern "C" fn(typePtr: *const Tcl_EncodingType) -> Tcl_Encoding,
    >,
    pub tcl_CreateThreadExitHandler:
        ::std::option::Option<unsafe extern "C" fn(proc_: Tcl_ExitProc, clientData: ClientData)>,
    pub tcl_DeleteThreadExitHandler:
        ::std::option::Option<unsafe extern "C" fn(proc_: Tcl_ExitProc, clientData: ClientData)>,
    pub tcl_DiscardResult:
        ::std::option::Option<unsafe extern "C" fn(statePtr: *mut Tcl_SavedResult)>,
    pub tcl_EvalEx: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            script: *const ::std::os::raw::c_char,
            numBytes: ::std::os::raw::c_int,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_EvalObjv: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objc: ::std::os::raw::c_int,
            objv: *const *mut Tcl_Obj,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_EvalObjEx: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ExitThread: ::std::option::Option<unsafe extern "C" fn(status: ::std::os::raw::c_int)>,
    pub tcl_ExternalToUtf: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            encoding: Tcl_Encoding,
            src: *const ::std::os::raw::c_char,
            srcLen: ::std::os::raw::c_int,
            flags: ::std::os::raw::c_int,
            statePtr: *mut Tcl_EncodingState,
            dst: *mut ::std::os::raw::c_char,
            dstLen: ::std::os::raw::c_int,
            srcReadPtr: *mut ::std::os::raw::c_int,
            dstWrotePtr: *mut ::std::os::raw::c_int,
            dstCharsPtr: *mut ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ExternalToUtfDString: ::std::option::Option<
        unsafe extern "C" fn(
            encoding: Tcl_Encoding,
            src: *const ::std::os::raw::c_char,
            srcLen: ::std::os::raw::c_int,
            dsPtr: *mut Tcl_DString,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_FinalizeThread: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_FinalizeNotifier: ::std::option::Option<unsafe extern "C" fn(clientData: ClientData)>,
    pub tcl_FreeEncoding: ::std::option::Option<unsafe extern "C" fn(encoding: Tcl_Encoding)>,
    pub tcl_GetCurrentThread: ::std::option::Option<unsafe extern "C" fn() -> Tcl_ThreadId>,
    pub tcl_GetEncoding: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
        ) -> Tcl_Encoding,
    >,
    pub tcl_GetEncodingName: ::std::option::Option<
        unsafe extern "C" fn(encoding: Tcl_Encoding) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_GetEncodingNames: ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp)>,
    pub tcl_GetIndexFromObjStruct: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            tablePtr: *const ::std::os::raw::c_void,
            offset: ::std::os::raw::c_int,
            msg: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
            indexPtr: *mut ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetThreadData: ::std::option::Option<
        unsafe extern "C" fn(
            keyPtr: *mut Tcl_ThreadDataKey,
            size: ::std::os::raw::c_int,
        ) -> *mut ::std::os::raw::c_void,
    >,
    pub tcl_GetVar2Ex: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            part1: *const ::std::os::raw::c_char,
            part2: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_InitNotifier: ::std::option::Option<unsafe extern "C" fn() -> ClientData>,
    pub tcl_MutexLock: ::std::option::Option<unsafe extern "C" fn(mutexPtr: *mut Tcl_Mutex)>,
    pub tcl_MutexUnlock: ::std::option::Option<unsafe extern "C" fn(mutexPtr: *mut Tcl_Mutex)>,
    pub tcl_ConditionNotify:
        ::std::option::Option<unsafe extern "C" fn(condPtr: *mut Tcl_Condition)>,
    pub tcl_ConditionWait: ::std::option::Option<
        unsafe extern "C" fn(
            condPtr: *mut Tcl_Condition,
            mutexPtr: *mut Tcl_Mutex,
            timePtr: *const Tcl_Time,
        ),
    >,
    pub tcl_NumUtfChars: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            length: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ReadChars: ::std::option::Option<
        unsafe extern "C" fn(
            channel: Tcl_Channel,
            objPtr: *mut Tcl_Obj,
            charsToRead: ::std::os::raw::c_int,
            appendFlag: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_RestoreResult: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, statePtr: *mut Tcl_SavedResult),
    >,
    pub tcl_SaveResult: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, statePtr: *mut Tcl_SavedResult),
    >,
    pub tcl_SetSystemEncoding: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_SetVar2Ex: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            part1: *const ::std::os::raw::c_char,
            part2: *const ::std::os::raw::c_char,
            newValuePtr: *mut Tcl_Obj,
            flags: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_ThreadAlert: ::std::option::Option<unsafe extern "C" fn(threadId: Tcl_ThreadId)>,
    pub tcl_ThreadQueueEvent: ::std::option::Option<
        unsafe extern "C" fn(
            threadId: Tcl_ThreadId,
            evPtr: *mut Tcl_Event,
            position: Tcl_QueuePosition,
        ),
    >,
    pub tcl_UniCharAtIndex: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            index: ::std::os::raw::c_int,
        ) -> Tcl_UniChar,
    >,
    pub tcl_UniCharToLower:
        ::std::option::Option<unsafe extern "C" fn(ch: ::std::os::raw::c_int) -> Tcl_UniChar>,
    pub tcl_UniCharToTitle:
        ::std::option::Option<unsafe extern "C" fn(ch: ::std::os::raw::c_int) -> Tcl_UniChar>,
    pub tcl_UniCharToUpper:
        ::std::option::Option<unsafe extern "C" fn(ch: ::std::os::raw::c_int) -> Tcl_UniChar>,
    pub tcl_UniCharToUtf: ::std::option::Option<
        unsafe extern "C" fn(
            ch: ::std::os::raw::c_int,
            buf: *mut ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UtfAtIndex: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            index: ::std::os::raw::c_int,
        ) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_UtfCharComplete: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            length: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UtfBackslash: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            readPtr: *mut ::std::os::raw::c_int,
            dst: *mut ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UtfFindFirst: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            ch: ::std::os::raw::c_int,
        ) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_UtfFindLast: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            ch: ::std::os::raw::c_int,
        ) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_UtfNext: ::std::option::Option<
        unsafe extern "C" fn(src: *const ::std::os::raw::c_char) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_UtfPrev: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            start: *const ::std::os::raw::c_char,
        ) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_UtfToExternal: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            encoding: Tcl_Encoding,
            src: *const ::std::os::raw::c_char,
            srcLen: ::std::os::raw::c_int,
            flags: ::std::os::raw::c_int,
            statePtr: *mut Tcl_EncodingState,
            dst: *mut ::std::os::raw::c_char,
            dstLen: ::std::os::raw::c_int,
            srcReadPtr: *mut ::std::os::raw::c_int,
            dstWrotePtr: *mut ::std::os::raw::c_int,
            dstCharsPtr: *mut ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UtfToExternalDString: ::std::option::Option<
        unsafe extern "C" fn(
            encoding: Tcl_Encoding,
            src: *const ::std::os::raw::c_char,
            srcLen: ::std::os::raw::c_int,
            dsPtr: *mut Tcl_DString,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_UtfToLower: ::std::option::Option<
        unsafe extern "C" fn(src: *mut ::std::os::raw::c_char) -> ::std::os::raw::c_int,
    >,
    pub tcl_UtfToTitle: ::std::option::Option<
        unsafe extern "C" fn(src: *mut ::std::os::raw::c_char) -> ::std::os::raw::c_int,
    >,
    pub tcl_UtfToUniChar: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            chPtr: *mut Tcl_UniChar,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UtfToUpper: ::std::option::Option<
        unsafe extern "C" fn(src: *mut ::std::os::raw::c_char) -> ::std::os::raw::c_int,
    >,
    pub tcl_WriteChars: ::std::option::Option<
        unsafe extern "C" fn(
            chan: Tcl_Channel,
            src: *const ::std::os::raw::c_char,
            srcLen: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_WriteObj: ::std::option::Option<
        unsafe extern "C" fn(chan: Tcl_Channel, objPtr: *mut Tcl_Obj) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetString: ::std::option::Option<
        unsafe extern "C" fn(objPtr: *mut Tcl_Obj) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_GetDefaultEncodingDir:
        ::std::option::Option<unsafe extern "C" fn() -> *const ::std::os::raw::c_char>,
    pub tcl_SetDefaultEncodingDir:
        ::std::option::Option<unsafe extern "C" fn(path: *const ::std::os::raw::c_char)>,
    pub tcl_AlertNotifier: ::std::option::Option<unsafe extern "C" fn(clientData: ClientData)>,
    pub tcl_ServiceModeHook:
        ::std::option::Option<unsafe extern "C" fn(mode: ::std::os::raw::c_int)>,
    pub tcl_UniCharIsAlnum: ::std::option::Option<
        unsafe extern "C" fn(ch: ::std::os::raw::c_int) -> ::std::os::raw::c_int,
    >,
    pub tcl_UniCharIsAlpha: ::std::option::Option<
        unsafe extern "C" fn(ch: ::std::os::raw::c_int) -> ::std::os::raw::c_int,
    >,
    pub tcl_UniCharIsDigit: ::std::option::Option<
        unsafe extern "C" fn(ch: ::std::os::raw::c_int) -> ::std::os::raw::c_int,
    >,
    pub tcl_UniCharIsLower: ::std::option::Option<
        unsafe extern "C" fn(ch: ::std::os::raw::c_int) -> ::std::os::raw::c_int,
    >,
    pub tcl_UniCharIsSpace: ::std::option::Option<
        unsafe extern "C" fn(ch: ::std::os::raw::c_int) -> ::std::os::raw::c_int,
    >,
    pub tcl_UniCharIsUpper: ::std::option::Option<
        unsafe extern "C" fn(ch: ::std::os::raw::c_int) -> ::std::os::raw::c_int,
    >,
    pub tcl_UniCharIsWordChar: ::std::option::Option<
        unsafe extern "C" fn(ch: ::std::os::raw::c_int) -> ::std::os::raw::c_int,
    >,
    pub tcl_UniCharLen: ::std::option::Option<
        unsafe extern "C" fn(uniStr: *const Tcl_UniChar) -> ::std::os::raw::c_int,
    >,
    pub tcl_UniCharNcmp: ::std::option::Option<
        unsafe extern "C" fn(
            ucs: *const Tcl_UniChar,
            uct: *const Tcl_UniChar,
            numChars: ::std::os::raw::c_ulong,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UniCharToUtfDString: ::std::option::Option<
        unsafe extern "C" fn(
            uniStr: *const Tcl_UniChar,
            uniLength: ::std::os::raw::c_int,
            dsPtr: *mut Tcl_DString,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_UtfToUniCharDString: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            length: ::std::os::raw::c_int,
            dsPtr: *mut Tcl_DString,
        ) -> *mut Tcl_UniChar,
    >,
    pub tcl_GetRegExpFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            patObj: *mut Tcl_Obj,
            flags: ::std::os::raw::c_int,
        ) -> Tcl_RegExp,
    >,
    pub tcl_EvalTokens: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            tokenPtr: *mut Tcl_Token,
            count: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_FreeParse: ::std::option::Option<unsafe extern "C" fn(parsePtr: *mut Tcl_Parse)>,
    pub tcl_LogCommandInfo: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            script: *const ::std::os::raw::c_char,
            command: *const ::std::os::raw::c_char,
            length: ::std::os::raw::c_int,
        ),
    >,
    pub tcl_ParseBraces: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            start: *const ::std::os::raw::c_char,
            numBytes: ::std::os::raw::c_int,
            parsePtr: *mut Tcl_Parse,
            append: ::std::os::raw::c_int,
            termPtr: *mut *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ParseCommand: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            start: *const ::std::os::raw::c_char,
            numBytes: ::std::os::raw::c_int,
            nested: ::std::os::raw::c_int,
            parsePtr: *mut Tcl_Parse,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ParseExpr: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            start: *const ::std::os::raw::c_char,
            numBytes: ::std::os::raw::c_int,
            parsePtr: *mut Tcl_Parse,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ParseQuotedString: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            start: *const ::std::os::raw::c_char,
            numBytes: ::std::os::raw::c_int,
            parsePtr: *mut Tcl_Parse,
            append: ::std::os::raw::c_int,
            termPtr: *mut *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ParseVarName: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            start: *const ::std::os::raw::c_char,
            numBytes: ::std::os::raw::c_int,
            parsePtr: *mut Tcl_Parse,
            append: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetCwd: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            cwdPtr: *mut Tcl_DString,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_Chdir: ::std::option::Option<
        unsafe extern "C" fn(dirName: *const ::std::os::raw::c_char) -> ::std::os::raw::c_int,
    >,
    pub tcl_Access: ::std::option::Option<
        unsafe extern "C" fn(
            path: *const ::std::os::raw::c_char,
            mode: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_Stat: ::std::option::Option<
        unsafe extern "C" fn(
            path: *const ::std::os::raw::c_char,
            bufPtr: *mut stat,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UtfNcmp: ::std::option::Option<
        unsafe extern "C" fn(
            s1: *const ::std::os::raw::c_char,
            s2: *const ::std::os::raw::c_char,
            n: ::std::os::raw::c_ulong,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UtfNcasecmp: ::std::option::Option<
        unsafe extern "C" fn(
            s1: *const ::std::os::raw::c_char,
            s2: *const ::std::os::raw::c_char,
            n: ::std::os::raw::c_ulong,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_StringCaseMatch: ::std::option::Option<
        unsafe extern "C" fn(
            str_: *const ::std::os::raw::c_char,
            pattern: *const ::std::os::raw::c_char,
            nocase: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UniCharIsControl: ::std::option::Option<
        unsafe extern "C" fn(ch: ::std::os::raw::c_int) -> ::std::os::raw::c_int,
    >,
    pub tcl_UniCharIsGraph: ::std::option::Option<
        unsafe extern "C" fn(ch: ::std::os::raw::c_int) -> ::std::os::raw::c_int,
    >,
    pub tcl_UniCharIsPrint: ::std::option::Option<
        unsafe extern "C" fn(ch: ::std::os::raw::c_int) -> ::std::os::raw::c_int,
    >,
    pub tcl_UniCharIsPunct: ::std::option::Option<
        unsafe extern "C" fn(ch: ::std::os::raw::c_int) -> ::std::os::raw::c_int,
    >,
    pub tcl_RegExpExecObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            regexp: Tcl_RegExp,
            textObj: *mut Tcl_Obj,
            offset: ::std::os::raw::c_int,
            nmatches: ::std::os::raw::c_int,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_RegExpGetInfo: ::std::option::Option<
        unsafe extern "C" fn(regexp: Tcl_RegExp, infoPtr: *mut Tcl_RegExpInfo),
    >,
    pub tcl_NewUnicodeObj: ::std::option::Option<
        unsafe extern "C" fn(
            unicode: *const Tcl_UniChar,
            numChars: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_SetUnicodeObj: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            unicode: *const Tcl_UniChar,
            numChars: ::std::os::raw::c_int,
        ),
    >,
    pub tcl_GetCharLength:
        ::std::option::Option<unsafe extern "C" fn(objPtr: *mut Tcl_Obj) -> ::std::os::raw::c_int>,
    pub tcl_GetUniChar: ::std::option::Option<
        unsafe extern "C" fn(objPtr: *mut Tcl_Obj, index: ::std::os::raw::c_int) -> Tcl_UniChar,
    >,
    pub tcl_GetUnicode:
        ::std::option::Option<unsafe extern "C" fn(objPtr: *mut Tcl_Obj) -> *mut Tcl_UniChar>,
    pub tcl_GetRange: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            first: ::std::os::raw::c_int,
            last: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_AppendUnicodeToObj: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            unicode: *const Tcl_UniChar,
            length: ::std::os::raw::c_int,
        ),
    >,
    pub tcl_RegExpMatchObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            textObj: *mut Tcl_Obj,
            patternObj: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_SetNotifier:
        ::std::option::Option<unsafe extern "C" fn(notifierProcPtr: *mut Tcl_NotifierProcs)>,
    pub tcl_GetAllocMutex: ::std::option::Option<unsafe extern "C" fn() -> *mut Tcl_Mutex>,
    pub tcl_GetChannelNames: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetChannelNamesEx: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            pattern: *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ProcObjCmd: ::std::option::Option<
        unsafe extern "C" fn(
            clientData: ClientData,
            interp: *mut Tcl_Interp,
            objc: ::std::os::raw::c_int,
            objv: *const *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ConditionFinalize:
        ::std::option::Option<unsafe extern "C" fn(condPtr: *mut Tcl_Condition)>,
    pub tcl_MutexFinalize: ::std::option::Option<unsafe extern "C" fn(mutex: *mut Tcl_Mutex)>,
    pub tcl_CreateThread: ::std::option::Option<
        unsafe extern "C" fn(
            idPtr: *mut Tcl_ThreadId,
            proc_: Tcl_ThreadCreateProc,
            clientData: ClientData,
            stackSize: ::std::os::raw::c_int,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ReadRaw: ::std::option::Option<
        unsafe extern "C" fn(
            chan: Tcl_Channel,
            dst: *mut ::std::os::raw::c_char,
            bytesToRead: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_WriteRaw: ::std::option::Option<
        unsafe extern "C" fn(
            chan: Tcl_Channel,
            src: *const ::std::os::raw::c_char,
            srcLen: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetTopChannel:
        ::std::option::Option<unsafe extern "C" fn(chan: Tcl_Channel) -> Tcl_Channel>,
    pub tcl_ChannelBuffered:
        ::std::option::Option<unsafe extern "C" fn(chan: Tcl_Channel) -> ::std::os::raw::c_int>,
    pub tcl_ChannelName: ::std::option::Option<
        unsafe extern "C" fn(chanTypePtr: *const Tcl_ChannelType) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_ChannelVersion: ::std::option::Option<
        unsafe extern "C" fn(chanTypePtr: *const Tcl_ChannelType) -> Tcl_ChannelTypeVersion,
    >,
    pub tcl_ChannelBlockModeProc: ::std::option::Option<
        unsafe extern "C" fn(chanTypePtr: *const Tcl_ChannelType) -> Tcl_DriverBlockModeProc,
    >,
    pub tcl_ChannelCloseProc: ::std::option::Option<
        unsafe extern "C" fn(chanTypePtr: *const Tcl_ChannelType) -> Tcl_DriverCloseProc,
    >,
    pub tcl_ChannelClose2Proc: ::std::option::Option<
        unsafe extern "C" fn(chanTypePtr: *const Tcl_ChannelType) -> Tcl_DriverClose2Proc,
    >,
    pub tcl_ChannelInputProc: ::std::option::Option<
        unsafe extern "C" fn(chanTypePtr: *const Tcl_ChannelType) -> Tcl_DriverInputProc,
    >,
    pub tcl_ChannelOutputProc: ::std::option::Option<
        unsafe extern "C" fn(chanTypePtr: *const Tcl_ChannelType) -> Tcl_DriverOutputProc,
    >,
    pub tcl_ChannelSeekProc: ::std::option::Option<
        unsafe extern "C" fn(chanTypePtr: *const Tcl_ChannelType) -> Tcl_DriverSeekProc,
    >,
    pub tcl_ChannelSetOptionProc: ::std::option::Option<
        unsafe extern "C" fn(chanTypePtr: *const Tcl_ChannelType) -> Tcl_DriverSetOptionProc,
    >,
    pub tcl_ChannelGetOptionProc: ::std::option::Option<
        unsafe extern "C" fn(chanTypePtr: *const Tcl_ChannelType) -> Tcl_DriverGetOptionProc,
    >,
    pub tcl_ChannelWatchProc: ::std::option::Option<
        unsafe extern "C" fn(chanTypePtr: *const Tcl_ChannelType) -> Tcl_DriverWatchProc,
    >,
    pub tcl_ChannelGetHandleProc: ::std::option::Option<
        unsafe extern "C" fn(chanTypePtr: *const Tcl_ChannelType) -> Tcl_DriverGetHandleProc,
    >,
    pub tcl_ChannelFlushProc: ::std::option::Option<
        unsafe extern "C" fn(chanTypePtr: *const Tcl_ChannelType) -> Tcl_DriverFlushProc,
    >,
    pub tcl_ChannelHandlerProc: ::std::option::Option<
        unsafe extern "C" fn(chanTypePtr: *const Tcl_ChannelType) -> Tcl_DriverHandlerProc,
    >,
    pub tcl_JoinThread: ::std::option::Option<
        unsafe extern "C" fn(
            threadId: Tcl_ThreadId,
            result: *mut ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_IsChannelShared:
        ::std::option::Option<unsafe extern "C" fn(channel: Tcl_Channel) -> ::std::os::raw::c_int>,
    pub tcl_IsChannelRegistered: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            channel: Tcl_Channel,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_CutChannel: ::std::option::Option<unsafe extern "C" fn(channel: Tcl_Channel)>,
    pub tcl_SpliceChannel: ::std::option::Option<unsafe extern "C" fn(channel: Tcl_Channel)>,
    pub tcl_ClearChannelHandlers: ::std::option::Option<unsafe extern "C" fn(channel: Tcl_Channel)>,
    pub tcl_IsChannelExisting: ::std::option::Option<
        unsafe extern "C" fn(channelName: *const ::std::os::raw::c_char) -> ::std::os::raw::c_int,
    >,
    pub tcl_UniCharNcasecmp: ::std::option::Option<
        unsafe extern "C" fn(
            ucs: *const Tcl_UniChar,
            uct: *const Tcl_UniChar,
            numChars: ::std::os::raw::c_ulong,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UniCharCaseMatch: ::std::option::Option<
        unsafe extern "C" fn(
            uniStr: *const Tcl_UniChar,
            uniPattern: *const Tcl_UniChar,
            nocase: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_FindHashEntry: ::std::option::Option<
        unsafe extern "C" fn(
            tablePtr: *mut Tcl_HashTable,
            key: *const ::std::os::raw::c_void,
        ) -> *mut Tcl_HashEntry,
    >,
    pub tcl_CreateHashEntry: ::std::option::Option<
        unsafe extern "C" fn(
            tablePtr: *mut Tcl_HashTable,
            key: *const ::std::os::raw::c_void,
            newPtr: *mut ::std::os::raw::c_int,
        ) -> *mut Tcl_HashEntry,
    >,
    pub tcl_InitCustomHashTable: ::std::option::Option<
        unsafe extern "C" fn(
            tablePtr: *mut Tcl_HashTable,
            keyType: ::std::os::raw::c_int,
            typePtr: *const Tcl_HashKeyType,
        ),
    >,
    pub tcl_InitObjHashTable:
        ::std::option::Option<unsafe extern "C" fn(tablePtr: *mut Tcl_HashTable)>,
    pub tcl_CommandTraceInfo: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            varName: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
            procPtr: Tcl_CommandTraceProc,
            prevClientData: ClientData,
        ) -> ClientData,
    >,
    pub tcl_TraceCommand: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            varName: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
            proc_: Tcl_CommandTraceProc,
            clientData: ClientData,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UntraceCommand: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            varName: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
            proc_: Tcl_CommandTraceProc,
            clientData: ClientData,
        ),
    >,
    pub tcl_AttemptAlloc: ::std::option::Option<
        unsafe extern "C" fn(size: ::std::os::raw::c_uint) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_AttemptDbCkalloc: ::std::option::Option<
        unsafe extern "C" fn(
            size: ::std::os::raw::c_uint,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_AttemptRealloc: ::std::option::Option<
        unsafe extern "C" fn(
            ptr: *mut ::std::os::raw::c_char,
            size: ::std::os::raw::c_uint,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_AttemptDbCkrealloc: ::std::option::Option<
        unsafe extern "C" fn(
            ptr: *mut ::std::os::raw::c_char,
            size: ::std::os::raw::c_uint,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_AttemptSetObjLength: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            length: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetChannelThread:
        ::std::option::Option<unsafe extern "C" fn(channel: Tcl_Channel) -> Tcl_ThreadId>,
    pub tcl_GetUnicodeFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            lengthPtr: *mut ::std::os::raw::c_int,
        ) -> *mut Tcl_UniChar,
    >,
    pub tcl_GetMathFuncInfo: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
            numArgsPtr: *mut ::std::os::raw::c_int,
            argTypesPtr: *mut *mut Tcl_ValueType,
            procPtr: *mut Tcl_MathProc,
            clientDataPtr: *mut ClientData,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ListMathFuncs: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            pattern: *const ::std::os::raw::c_char,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_SubstObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            flags: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_DetachChannel: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            channel: Tcl_Channel,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_IsStandardChannel:
        ::std::option::Option<unsafe extern "C" fn(channel: Tcl_Channel) -> ::std::os::raw::c_int>,
    pub tcl_FSCopyFile: ::std::option::Option<
        unsafe extern "C" fn(
            srcPathPtr: *mut Tcl_Obj,
            destPathPtr: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_FSCopyDirectory: ::std::option::Option<
        unsafe extern "C" fn(
            srcPathPtr: *mut Tcl_Obj,
            destPathPtr: *mut Tcl_Obj,
            errorPtr: *mut *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_FSCreateDirectory:
        ::std::option::Option<unsafe extern "C" fn(pathPtr: *mut Tcl_Obj) -> ::std::os::raw::c_int>,
    pub tcl_FSDeleteFile:
        ::std::option::Option<unsafe extern "C" fn(pathPtr: *mut Tcl_Obj) -> ::std::os::raw::c_int>,
    pub tcl_FSLoadFile: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            pathPtr: *mut Tcl_Obj,
            sym1: *const ::std::os::raw::c_char,
            sym2: *const ::std::os::raw::c_char,
            proc1Ptr: *mut Tcl_PackageInitProc,
            proc2Ptr: *mut Tcl_PackageInitProc,
            handlePtr: *mut Tcl_LoadHandle,
            unloadProcPtr: *mut Tcl_FSUnloadFileProc,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_FSMatchInDirectory: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            result: *mut Tcl_Obj,
            pathPtr: *mut Tcl_Obj,
            pattern: *const ::std::os::raw::c_char,
            types: *mut Tcl_GlobTypeData,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_FSLink: ::std::option::Option<
        unsafe extern "C" fn(
            pathPtr: *mut Tcl_Obj,
            toPtr: *mut Tcl_Obj,
            linkAction: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_FSRemoveDirectory: ::std::option::Option<
        unsafe extern "C" fn(
            pathPtr: *mut Tcl_Obj,
            recursive: ::std::os::raw::c_int,
            errorPtr: *mut *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_FSRenameFile: ::std::option::Option<
        unsafe extern "C" fn(
            srcPathPtr: *mut Tcl_Obj,
            destPathPtr: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_FSLstat: ::std::option::Option<
        unsafe extern "C" fn(pathPtr: *mut Tcl_Obj, buf: *mut Tcl_StatBuf) -> ::std::os::raw::c_int,
    >,
    pub tcl_FSUtime: ::std::option::Option<
        unsafe extern "C" fn(pathPtr: *mut Tcl_Obj, tval: *mut utimbuf) -> ::std::os::raw::c_int,
    >,
    pub tcl_FSFileAttrsGet: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            index: ::std::os::raw::c_int,
            pathPtr: *mut Tcl_Obj,
            objPtrRef: *mut *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_FSFileAttrsSet: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            index: ::std::os::raw::c_int,
            pathPtr: *mut Tcl_Obj,
            objPtr: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_FSFileAttrStrings: ::std::option::Option<
        unsafe extern "C" fn(
            pathPtr: *mut Tcl_Obj,
            objPtrRef: *mut *mut Tcl_Obj,
        ) -> *const *const ::std::os::raw::c_char,
    >,
    pub tcl_FSStat: ::std::option::Option<
        unsafe extern "C" fn(pathPtr: *mut Tcl_Obj, buf: *mut Tcl_StatBuf) -> ::std::os::raw::c_int,
    >,
    pub tcl_FSAccess: ::std::option::Option<
        unsafe extern "C" fn(
            pathPtr: *mut Tcl_Obj,
            mode: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_FSOpenFileChannel: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            pathPtr: *mut Tcl_Obj,
            modeString: *const ::std::os::raw::c_char,
            permissions: ::std::os::raw::c_int,
        ) -> Tcl_Channel,
    >,
    pub tcl_FSGetCwd:
        ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp) -> *mut Tcl_Obj>,
    pub tcl_FSChdir:
        ::std::option::Option<unsafe extern "C" fn(pathPtr: *mut Tcl_Obj) -> ::std::os::raw::c_int>,
    pub tcl_FSConvertToPathType: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            pathPtr: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_FSJoinPath: ::std::option::Option<
        unsafe extern "C" fn(
            listObj: *mut Tcl_Obj,
            elements: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_FSSplitPath: ::std::option::Option<
        unsafe extern "C" fn(
            pathPtr: *mut Tcl_Obj,
            lenPtr: *mut ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_FSEqualPaths: ::std::option::Option<
        unsafe extern "C" fn(
            firstPtr: *mut Tcl_Obj,
            secondPtr: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_FSGetNormalizedPath: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, pathPtr: *mut Tcl_Obj) -> *mut Tcl_Obj,
    >,
    pub tcl_FSJoinToPath: ::std::option::Option<
        unsafe extern "C" fn(
            pathPtr: *mut Tcl_Obj,
            objc: ::std::os::raw::c_int,
            objv: *const *mut Tcl_Obj,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_FSGetInternalRep: ::std::option::Option<
        unsafe extern "C" fn(pathPtr: *mut Tcl_Obj, fsPtr: *const Tcl_Filesystem) -> ClientData,
    >,
    pub tcl_FSGetTranslatedPath: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, pathPtr: *mut Tcl_Obj) -> *mut Tcl_Obj,
    >,
    pub tcl_FSEvalFile: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            fileName: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_FSNewNativePath: ::std::option::Option<
        unsafe extern "C" fn(
            fromFilesystem: *const Tcl_Filesystem,
            clientData: ClientData,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_FSGetNativePath: ::std::option::Option<
        unsafe extern "C" fn(pathPtr: *mut Tcl_Obj) -> *const ::std::os::raw::c_void,
    >,
    pub tcl_FSFileSystemInfo:
        ::std::option::Option<unsafe extern "C" fn(pathPtr: *mut Tcl_Obj) -> *mut Tcl_Obj>,
    pub tcl_FSPathSeparator:
        ::std::option::Option<unsafe extern "C" fn(pathPtr: *mut Tcl_Obj) -> *mut Tcl_Obj>,
    pub tcl_FSListVolumes: ::std::option::Option<unsafe extern "C" fn() -> *mut Tcl_Obj>,
    pub tcl_FSRegister: ::std::option::Option<
        unsafe extern "C" fn(
            clientData: ClientData,
            fsPtr: *const Tcl_Filesystem,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_FSUnregister: ::std::option::Option<
        unsafe extern "C" fn(fsPtr: *const Tcl_Filesystem) -> ::std::os::raw::c_int,
    >,
    pub tcl_FSData:
        ::std::option::Option<unsafe extern "C" fn(fsPtr: *const Tcl_Filesystem) -> ClientData>,
    pub tcl_FSGetTranslatedStringPath: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            pathPtr: *mut Tcl_Obj,
        ) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_FSGetFileSystemForPath:
        ::std::option::Option<unsafe extern "C" fn(pathPtr: *mut Tcl_Obj) -> *const Tcl_Filesystem>,
    pub tcl_FSGetPathType:
        ::std::option::Option<unsafe extern "C" fn(pathPtr: *mut Tcl_Obj) -> Tcl_PathType>,
    pub tcl_OutputBuffered:
        ::std::option::Option<unsafe extern "C" fn(chan: Tcl_Channel) -> ::std::os::raw::c_int>,
    pub tcl_FSMountsChanged:
        ::std::option::Option<unsafe extern "C" fn(fsPtr: *const Tcl_Filesystem)>,
    pub tcl_EvalTokensStandard: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            tokenPtr: *mut Tcl_Token,
            count: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetTime: ::std::option::Option<unsafe extern "C" fn(timeBuf: *mut Tcl_Time)>,
    pub tcl_CreateObjTrace: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            level: ::std::os::raw::c_int,
            flags: ::std::os::raw::c_int,
            objProc: Tcl_CmdObjTraceProc,
            clientData: ClientData,
            delProc: Tcl_CmdObjTraceDeleteProc,
        ) -> Tcl_Trace,
    >,
    pub tcl_GetCommandInfoFromToken: ::std::option::Option<
        unsafe extern "C" fn(
            token: Tcl_Command,
            infoPtr: *mut Tcl_CmdInfo,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_SetCommandInfoFromToken: ::std::option::Option<
        unsafe extern "C" fn(
            token: Tcl_Command,
            infoPtr: *const Tcl_CmdInfo,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_DbNewWideIntObj: ::std::option::Option<
        unsafe extern "C" fn(
            wideValue: Tcl_WideInt,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_GetWideIntFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            widePtr: *mut Tcl_WideInt,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_NewWideIntObj:
        ::std::option::Option<unsafe extern "C" fn(wideValue: Tcl_WideInt) -> *mut Tcl_Obj>,
    pub tcl_SetWideIntObj:
        ::std::option::Option<unsafe extern "C" fn(objPtr: *mut Tcl_Obj, wideValue: Tcl_WideInt)>,
    pub tcl_AllocStatBuf: ::std::option::Option<unsafe extern "C" fn() -> *mut Tcl_StatBuf>,
    pub tcl_Seek: ::std::option::Option<
        unsafe extern "C" fn(
            chan: Tcl_Channel,
            offset: Tcl_WideInt,
            mode: ::std::os::raw::c_int,
        ) -> Tcl_WideInt,
    >,
    pub tcl_Tell: ::std::option::Option<unsafe extern "C" fn(chan: Tcl_Channel) -> Tcl_WideInt>,
    pub tcl_ChannelWideSeekProc: ::std::option::Option<
        unsafe extern "C" fn(chanTypePtr: *const Tcl_ChannelType) -> Tcl_DriverWideSeekProc,
    >,
    pub tcl_DictObjPut: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            dictPtr: *mut Tcl_Obj,
            keyPtr: *mut Tcl_Obj,
            valuePtr: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_DictObjGet: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            dictPtr: *mut Tcl_Obj,
            keyPtr: *mut Tcl_Obj,
            valuePtrPtr: *mut *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_DictObjRemove: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            dictPtr: *mut Tcl_Obj,
            keyPtr: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_DictObjSize: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            dictPtr: *mut Tcl_Obj,
            sizePtr: *mut ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_DictObjFirst: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            dictPtr: *mut Tcl_Obj,
            searchPtr: *mut Tcl_DictSearch,
            keyPtrPtr: *mut *mut Tcl_Obj,
            valuePtrPtr: *mut *mut Tcl_Obj,
            donePtr: *mut ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_DictObjNext: ::std::option::Option<
        unsafe extern "C" fn(
            searchPtr: *mut Tcl_DictSearch,
            keyPtrPtr: *mut *mut Tcl_Obj,
            valuePtrPtr: *mut *mut Tcl_Obj,
            donePtr: *mut ::std::os::raw::c_int,
        ),
    >,
    pub tcl_DictObjDone:
        ::std::option::Option<unsafe extern "C" fn(searchPtr: *mut Tcl_DictSearch)>,
    pub tcl_DictObjPutKeyList: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            dictPtr: *mut Tcl_Obj,
            keyc: ::std::os::raw::c_int,
            keyv: *const *mut Tcl_Obj,
            valuePtr: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_DictObjRemoveKeyList: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            dictPtr: *mut Tcl_Obj,
            keyc: ::std::os::raw::c_int,
            keyv: *const *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_NewDictObj: ::std::option::Option<unsafe extern "C" fn() -> *mut Tcl_Obj>,
    pub tcl_DbNewDictObj: ::std::option::Option<
        unsafe extern "C" fn(
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_RegisterConfig: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            pkgName: *const ::std::os::raw::c_char,
            configuration: *const Tcl_Config,
            valEncoding: *const ::std::os::raw::c_char,
        ),
    >,
    pub tcl_CreateNamespace: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
            clientData: ClientData,
            deleteProc: Tcl_NamespaceDeleteProc,
        ) -> *mut Tcl_Namespace,
    >,
    pub tcl_DeleteNamespace: ::std::option::Option<unsafe extern "C" fn(nsPtr: *mut Tcl_Namespace)>,
    pub tcl_AppendExportList: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            nsPtr: *mut Tcl_Namespace,
            objPtr: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_Export: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            nsPtr: *mut Tcl_Namespace,
            pattern: *const ::std::os::raw::c_char,
            resetListFirst: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_Import: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            nsPtr: *mut Tcl_Namespace,
            pattern: *const ::std::os::raw::c_char,
            allowOverwrite: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ForgetImport: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            nsPtr: *mut Tcl_Namespace,
            pattern: *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetCurrentNamespace:
        ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp) -> *mut Tcl_Namespace>,
    pub tcl_GetGlobalNamespace:
        ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp) -> *mut Tcl_Namespace>,
    pub tcl_FindNamespace: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
            contextNsPtr: *mut Tcl_Namespace,
            flags: ::std::os::raw::c_int,
        ) -> *mut Tcl_Namespace,
    >,
    pub tcl_FindCommand: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
            contextNsPtr: *mut Tcl_Namespace,
            flags: ::std::os::raw::c_int,
        ) -> Tcl_Command,
    >,
    pub tcl_GetCommandFromObj: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, objPtr: *mut Tcl_Obj) -> Tcl_Command,
    >,
    pub tcl_GetCommandFullName: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, command: Tcl_Command, objPtr: *mut Tcl_Obj),
    >,
    pub tcl_FSEvalFileEx: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            fileName: *mut Tcl_Obj,
            encodingName: *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_SetExitProc:
        ::std::option::Option<unsafe extern "C" fn(proc_: Tcl_ExitProc) -> Tcl_ExitProc>,
    pub tcl_LimitAddHandler: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            type_: ::std::os::raw::c_int,
            handlerProc: Tcl_LimitHandlerProc,
            clientData: ClientData,
            deleteProc: Tcl_LimitHandlerDeleteProc,
        ),
    >,
    pub tcl_LimitRemoveHandler: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            type_: ::std::os::raw::c_int,
            handlerProc: Tcl_LimitHandlerProc,
            clientData: ClientData,
        ),
    >,
    pub tcl_LimitReady: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp) -> ::std::os::raw::c_int,
    >,
    pub tcl_LimitCheck: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp) -> ::std::os::raw::c_int,
    >,
    pub tcl_LimitExceeded: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp) -> ::std::os::raw::c_int,
    >,
    pub tcl_LimitSetCommands: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, commandLimit: ::std::os::raw::c_int),
    >,
    pub tcl_LimitSetTime: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, timeLimitPtr: *mut Tcl_Time),
    >,
    pub tcl_LimitSetGranularity: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            type_: ::std::os::raw::c_int,
            granularity: ::std::os::raw::c_int,
        ),
    >,
    pub tcl_LimitTypeEnabled: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            type_: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_LimitTypeExceeded: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            type_: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_LimitTypeSet: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, type_: ::std::os::raw::c_int),
    >,
    pub tcl_LimitTypeReset: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, type_: ::std::os::raw::c_int),
    >,
    pub tcl_LimitGetCommands: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp) -> ::std::os::raw::c_int,
    >,
    pub tcl_LimitGetTime: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, timeLimitPtr: *mut Tcl_Time),
    >,
    pub tcl_LimitGetGranularity: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            type_: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_SaveInterpState: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            status: ::std::os::raw::c_int,
        ) -> Tcl_InterpState,
    >,
    pub tcl_RestoreInterpState: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            state: Tcl_InterpState,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_DiscardInterpState: ::std::option::Option<unsafe extern "C" fn(state: Tcl_InterpState)>,
    pub tcl_SetReturnOptions: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            options: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetReturnOptions: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            result: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_IsEnsemble:
        ::std::option::Option<unsafe extern "C" fn(token: Tcl_Command) -> ::std::os::raw::c_int>,
    pub tcl_CreateEnsemble: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
            namespacePtr: *mut Tcl_Namespace,
            flags: ::std::os::raw::c_int,
        ) -> Tcl_Command,
    >,
    pub tcl_FindEnsemble: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            cmdNameObj: *mut Tcl_Obj,
            flags: ::std::os::raw::c_int,
        ) -> Tcl_Command,
    >,
    pub tcl_SetEnsembleSubcommandList: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            token: Tcl_Command,
            subcmdList: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_SetEnsembleMappingDict: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            token: Tcl_Command,
            mapDict: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_SetEnsembleUnknownHandler: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            token: Tcl_Command,
            unknownList: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_SetEnsembleFlags: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            token: Tcl_Command,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetEnsembleSubcommandList: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            token: Tcl_Command,
            subcmdListPtr: *mut *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetEnsembleMappingDict: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            token: Tcl_Command,
            mapDictPtr: *mut *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetEnsembleUnknownHandler: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            token: Tcl_Command,
            unknownListPtr: *mut *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetEnsembleFlags: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            token: Tcl_Command,
            flagsPtr: *mut ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetEnsembleNamespace: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            token: Tcl_Command,
            namespacePtrPtr: *mut *mut Tcl_Namespace,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_SetTimeProc: ::std::option::Option<
        unsafe extern "C" fn(
            getProc: Tcl_GetTimeProc,
            scaleProc: Tcl_ScaleTimeProc,
            clientData: ClientData,
        ),
    >,
    pub tcl_QueryTimeProc: ::std::option::Option<
        unsafe extern "C" fn(
            getProc: *mut Tcl_GetTimeProc,
            scaleProc: *mut Tcl_ScaleTimeProc,
            clientData: *mut ClientData,
        ),
    >,
    pub tcl_ChannelThreadActionProc: ::std::option::Option<
        unsafe extern "C" fn(chanTypePtr: *const Tcl_ChannelType) -> Tcl_DriverThreadActionProc,
    >,
    pub tcl_NewBignumObj:
        ::std::option::Option<unsafe extern "C" fn(value: *mut mp_int) -> *mut Tcl_Obj>,
    pub tcl_DbNewBignumObj: ::std::option::Option<
        unsafe extern "C" fn(
            value: *mut mp_int,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_SetBignumObj:
        ::std::option::Option<unsafe extern "C" fn(obj: *mut Tcl_Obj, value: *mut mp_int)>,
    pub tcl_GetBignumFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            obj: *mut Tcl_Obj,
            value: *mut mp_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_TakeBignumFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            obj: *mut Tcl_Obj,
            value: *mut mp_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_TruncateChannel: ::std::option::Option<
        unsafe extern "C" fn(chan: Tcl_Channel, length: Tcl_WideInt) -> ::std::os::raw::c_int,
    >,
    pub tcl_ChannelTruncateProc: ::std::option::Option<
        unsafe extern "C" fn(chanTypePtr: *const Tcl_ChannelType) -> Tcl_DriverTruncateProc,
    >,
    pub tcl_SetChannelErrorInterp:
        ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp, msg: *mut Tcl_Obj)>,
    pub tcl_GetChannelErrorInterp: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, msg: *mut *mut Tcl_Obj),
    >,
    pub tcl_SetChannelError:
        ::std::option::Option<unsafe extern "C" fn(chan: Tcl_Channel, msg: *mut Tcl_Obj)>,
    pub tcl_GetChannelError:
        ::std::option::Option<unsafe extern "C" fn(chan: Tcl_Channel, msg: *mut *mut Tcl_Obj)>,
    pub tcl_InitBignumFromDouble: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            initval: f64,
            toInit: *mut mp_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetNamespaceUnknownHandler: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, nsPtr: *mut Tcl_Namespace) -> *mut Tcl_Obj,
    >,
    pub tcl_SetNamespaceUnknownHandler: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            nsPtr: *mut Tcl_Namespace,
            handlerPtr: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetEncodingFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            encodingPtr: *mut Tcl_Encoding,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetEncodingSearchPath: ::std::option::Option<unsafe extern "C" fn() -> *mut Tcl_Obj>,
    pub tcl_SetEncodingSearchPath: ::std::option::Option<
        unsafe extern "C" fn(searchPath: *mut Tcl_Obj) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetEncodingNameFromEnvironment: ::std::option::Option<
        unsafe extern "C" fn(bufPtr: *mut Tcl_DString) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_PkgRequireProc: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
            objc: ::std::os::raw::c_int,
            objv: *const *mut Tcl_Obj,
            clientDataPtr: *mut ::std::os::raw::c_void,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_AppendObjToErrorInfo:
        ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp, objPtr: *mut Tcl_Obj)>,
    pub tcl_AppendLimitedToObj: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            bytes: *const ::std::os::raw::c_char,
            length: ::std::os::raw::c_int,
            limit: ::std::os::raw::c_int,
            ellipsis: *const ::std::os::raw::c_char,
        ),
    >,
    pub tcl_Format: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            format: *const ::std::os::raw::c_char,
            objc: ::std::os::raw::c_int,
            objv: *const *mut Tcl_Obj,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_AppendFormatToObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            format: *const ::std::os::raw::c_char,
            objc: ::std::os::raw::c_int,
            objv: *const *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ObjPrintf: ::std::option::Option<
        unsafe extern "C" fn(format: *const ::std::os::raw::c_char, ...) -> *mut Tcl_Obj,
    >,
    pub tcl_AppendPrintfToObj: ::std::option::Option<
        unsafe extern "C" fn(objPtr: *mut Tcl_Obj, format: *const ::std::os::raw::c_char, ...),
    >,
    pub tcl_CancelEval: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            resultObjPtr: *mut Tcl_Obj,
            clientData: ClientData,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_Canceled: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_CreatePipe: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            rchan: *mut Tcl_Channel,
            wchan: *mut Tcl_Channel,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_NRCreateCommand: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            cmdName: *const ::std::os::raw::c_char,
            proc_: Tcl_ObjCmdProc,
            nreProc: Tcl_ObjCmdProc,
            clientData: ClientData,
            deleteProc: Tcl_CmdDeleteProc,
        ) -> Tcl_Command,
    >,
    pub tcl_NREvalObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_NREvalObjv: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objc: ::std::os::raw::c_int,
            objv: *const *mut Tcl_Obj,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_NRCmdSwap: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            cmd: Tcl_Command,
            objc: ::std::os::raw::c_int,
            objv: *const *mut Tcl_Obj,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_NRAddCallback: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            postProcPtr: Tcl_NRPostProc,
            data0: ClientData,
            data1: ClientData,
            data2: ClientData,
            data3: ClientData,
        ),
    >,
    pub tcl_NRCallObjProc: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objProc: Tcl_ObjCmdProc,
            clientData: ClientData,
            objc: ::std::os::raw::c_int,
            objv: *const *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetFSDeviceFromStat: ::std::option::Option<
        unsafe extern "C" fn(statPtr: *const Tcl_StatBuf) -> ::std::os::raw::c_uint,
    >,
    pub tcl_GetFSInodeFromStat: ::std::option::Option<
        unsafe extern "C" fn(statPtr: *const Tcl_StatBuf) -> ::std::os::raw::c_uint,
    >,
    pub tcl_GetModeFromStat: ::std::option::Option<
        unsafe extern "C" fn(statPtr: *const Tcl_StatBuf) -> ::std::os::raw::c_uint,
    >,
    pub tcl_GetLinkCountFromStat: ::std::option::Option<
        unsafe extern "C" fn(statPtr: *const Tcl_StatBuf) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetUserIdFromStat: ::std::option::Option<
        unsafe extern "C" fn(statPtr: *const Tcl_StatBuf) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetGroupIdFromStat: ::std::option::Option<
        unsafe extern "C" fn(statPtr: *const Tcl_StatBuf) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetDeviceTypeFromStat: ::std::option::Option<
        unsafe extern "C" fn(statPtr: *const Tcl_StatBuf) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetAccessTimeFromStat:
        ::std::option::Option<unsafe extern "C" fn(statPtr: *const Tcl_StatBuf) -> Tcl_WideInt>,
    pub tcl_GetModificationTimeFromStat:
        ::std::option::Option<unsafe extern "C" fn(statPtr: *const Tcl_StatBuf) -> Tcl_WideInt>,
    pub tcl_GetChangeTimeFromStat:
        ::std::option::Option<unsafe extern "C" fn(statPtr: *const Tcl_StatBuf) -> Tcl_WideInt>,
    pub tcl_GetSizeFromStat:
        ::std::option::Option<unsafe extern "C" fn(statPtr: *const Tcl_StatBuf) -> Tcl_WideUInt>,
    pub tcl_GetBlocksFromStat:
        ::std::option::Option<unsafe extern "C" fn(statPtr: *const Tcl_StatBuf) -> Tcl_WideUInt>,
    pub tcl_GetBlockSizeFromStat: ::std::option::Option<
        unsafe extern "C" fn(statPtr: *const Tcl_StatBuf) -> ::std::os::raw::c_uint,
    >,
    pub tcl_SetEnsembleParameterList: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            token: Tcl_Command,
            paramList: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetEnsembleParameterList: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            token: Tcl_Command,
            paramListPtr: *mut *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ParseArgsObjv: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            argTable: *const Tcl_ArgvInfo,
            objcPtr: *mut ::std::os::raw::c_int,
            objv: *const *mut Tcl_Obj,
            remObjv: *mut *mut *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetErrorLine: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp) -> ::std::os::raw::c_int,
    >,
    pub tcl_SetErrorLine: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, lineNum: ::std::os::raw::c_int),
    >,
    pub tcl_TransferResult: ::std::option::Option<
        unsafe extern "C" fn(
            sourceInterp: *mut Tcl_Interp,
            code: ::std::os::raw::c_int,
            targetInterp: *mut Tcl_Interp,
        ),
    >,
    pub tcl_InterpActive: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp) -> ::std::os::raw::c_int,
    >,
    pub tcl_BackgroundException: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, code: ::std::os::raw::c_int),
    >,
    pub tcl_ZlibDeflate: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            format: ::std::os::raw::c_int,
            data: *mut Tcl_Obj,
            level: ::std::os::raw::c_int,
            gzipHeaderDictObj: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ZlibInflate: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            format: ::std::os::raw::c_int,
            data: *mut Tcl_Obj,
            buffersize: ::std::os::raw::c_int,
            gzipHeaderDictObj: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ZlibCRC32: ::std::option::Option<
        unsafe extern "C" fn(
            crc: ::std::os::raw::c_uint,
            buf: *const ::std::os::raw::c_uchar,
            len: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_uint,
    >,
    pub tcl_ZlibAdler32: ::std::option::Option<
        unsafe extern "C" fn(
            adler: ::std::os::raw::c_uint,
            buf: *const ::std::os::raw::c_uchar,
            len: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_uint,
    >,
    pub tcl_ZlibStreamInit: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            mode: ::std::os::raw::c_int,
            format: ::std::os::raw::c_int,
            level: ::std::os::raw::c_int,
            dictObj: *mut Tcl_Obj,
            zshandle: *mut Tcl_ZlibStream,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ZlibStreamGetCommandName:
        ::std::option::Option<unsafe extern "C" fn(zshandle: Tcl_ZlibStream) -> *mut Tcl_Obj>,
    pub tcl_ZlibStreamEof: ::std::option::Option<
        unsafe extern "C" fn(zshandle: Tcl_ZlibStream) -> ::std::os::raw::c_int,
    >,
    pub tcl_ZlibStreamChecksum: ::std::option::Option<
        unsafe extern "C" fn(zshandle: Tcl_ZlibStream) -> ::std::os::raw::c_int,
    >,
    pub tcl_ZlibStreamPut: ::std::option::Option<
        unsafe extern "C" fn(
            zshandle: Tcl_ZlibStream,
            data: *mut Tcl_Obj,
            flush: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ZlibStreamGet: ::std::option::Option<
        unsafe extern "C" fn(
            zshandle: Tcl_ZlibStream,
            data: *mut Tcl_Obj,
            count: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ZlibStreamClose: ::std::option::Option<
        unsafe extern "C" fn(zshandle: Tcl_ZlibStream) -> ::std::os::raw::c_int,
    >,
    pub tcl_ZlibStreamReset: ::std::option::Option<
        unsafe extern "C" fn(zshandle: Tcl_ZlibStream) -> ::std::os::raw::c_int,
    >,
    pub tcl_SetStartupScript: ::std::option::Option<
        unsafe extern "C" fn(path: *mut Tcl_Obj, encoding: *const ::std::os::raw::c_char),
    >,
    pub tcl_GetStartupScript: ::std::option::Option<
        unsafe extern "C" fn(encodingPtr: *mut *const ::std::os::raw::c_char) -> *mut Tcl_Obj,
    >,
    pub tcl_CloseEx: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            chan: Tcl_Channel,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_NRExprObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            resultPtr: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_NRSubstObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_LoadFile: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            pathPtr: *mut Tcl_Obj,
            symv: *const *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
            procPtrs: *mut ::std::os::raw::c_void,
            handlePtr: *mut Tcl_LoadHandle,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_FindSymbol: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            handle: Tcl_LoadHandle,
            symbol: *const ::std::os::raw::c_char,
        ) -> *mut ::std::os::raw::c_void,
    >,
    pub tcl_FSUnloadFile: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            handlePtr: Tcl_LoadHandle,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ZlibStreamSetCompressionDictionary: ::std::option::Option<
        unsafe extern "C" fn(zhandle: Tcl_ZlibStream, compressionDictionaryObj: *mut Tcl_Obj),
    >,
    pub reserved631: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved632: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved633: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved634: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved635: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved636: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved637: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved638: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved639: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved640: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved641: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved642: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved643: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved644: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved645: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved646: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved647: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved648: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved649: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved650: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved651: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved652: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved653: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved654: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved655: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved656: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved657: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved658: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved659: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved660: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved661: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved662: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved663: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved664: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved665: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved666: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved667: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved668: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved669: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved670: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved671: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved672: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved673: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved674: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved675: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved676: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved677: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved678: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved679: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved680: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved681: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved682: ::std::option::Option<unsafe extern "C" fn()>,
    pub tclUnusedStubEntry: ::std::option::Option<unsafe extern "C" fn()>,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct TclPlatStubs {
    pub magic: ::std::os::raw::c_int,
    pub hooks: *mut ::std::os::raw::c_void,
}
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_Class_ {
    _unused: [u8; 0],
}
pub type Tcl_Class = *mut Tcl_Class_;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_Method_ {
    _unused: [u8; 0],
}
pub type Tcl_Method = *mut Tcl_Method_;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_Object_ {
    _unused: [u8; 0],
}
pub type Tcl_Object = *mut Tcl_Object_;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_ObjectContext_ {
    _unused: [u8; 0],
}
pub type Tcl_ObjectContext = *mut Tcl_ObjectContext_;
pub type Tcl_MethodCallProc = ::std::option::Option<
    unsafe extern "C" fn(
        clientData: *mut ::std::os::raw::c_void,
        interp: *mut Tcl_Interp,
        objectContext: Tcl_ObjectContext,
        objc: ::std::os::raw::c_int,
        objv: *const *mut Tcl_Obj,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_MethodDeleteProc =
    ::std::option::Option<unsafe extern "C" fn(clientData: *mut ::std::os::raw::c_void)>;
pub type Tcl_CloneProc = ::std::option::Option<
    unsafe extern "C" fn(
        interp: *mut Tcl_Interp,
        oldClientData: *mut ::std::os::raw::c_void,
        newClientData: *mut *mut ::std::os::raw::c_void,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_ObjectMetadataDeleteProc =
    ::std::option::Option<unsafe extern "C" fn(clientData: *mut ::std::os::raw::c_void)>;
pub type Tcl_ObjectMapMethodNameProc = ::std::option::Option<
    unsafe extern "C" fn(
        interp: *mut Tcl_Interp,
        object: Tcl_Object,
        startClsPtr: *mut Tcl_Class,
        methodNameObj: *mut Tcl_Obj,
    ) -> ::std::os::raw::c_int,
>;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_MethodType {
    pub version: ::std::os::raw::c_int,
    pub name: *const ::std::os::raw::c_char,
    pub callProc: Tcl_MethodCallProc,
    pub deleteProc: Tcl_MethodDeleteProc,
    pub cloneProc: Tcl_CloneProc,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_ObjectMetadataType {
    pub version: ::std::os::raw::c_int,
    pub name: *const ::std::os::raw::c_char,
    pub deleteProc: Tcl_ObjectMetadataDeleteProc,
    pub cloneProc: Tcl_CloneProc,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct TclOOStubHooks {
    pub tclOOIntStubs: *mut TclOOIntStubs,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct TclOOStubs {
    pub magic: ::std::os::raw::c_int,
    pub hooks: *const TclOOStubHooks,
    pub tcl_CopyObjectInstance: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            sourceObject: Tcl_Object,
            targetName: *const ::std::os::raw::c_char,
            targetNamespaceName: *const ::std::os::raw::c_char,
        ) -> Tcl_Object,
    >,
    pub tcl_GetClassAsObject:
        ::std::option::Option<unsafe extern "C" fn(clazz: Tcl_Class) -> Tcl_Object>,
    pub tcl_GetObjectAsClass:
        ::std::option::Option<unsafe extern "C" fn(object: Tcl_Object) -> Tcl_Class>,
    pub tcl_GetObjectCommand:
        ::std::option::Option<unsafe extern "C" fn(object: Tcl_Object) -> Tcl_Command>,
    pub tcl_GetObjectFromObj: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, objPtr: *mut Tcl_Obj) -> Tcl_Object,
    >,
    pub tcl_GetObjectNamespace:
        ::std::option::Option<unsafe extern "C" fn(object: Tcl_Object) -> *mut Tcl_Namespace>,
    pub tcl_MethodDeclarerClass:
        ::std::option::Option<unsafe extern "C" fn(method: Tcl_Method) -> Tcl_Class>,
    pub tcl_MethodDeclarerObject:
        ::std::option::Option<unsafe extern "C" fn(method: Tcl_Method) -> Tcl_Object>,
    pub tcl_MethodIsPublic:
        ::std::option::Option<unsafe extern "C" fn(method: Tcl_Method) -> ::std::os::raw::c_int>,
    pub tcl_MethodIsType: ::std::option::Option<
        unsafe extern "C" fn(
            method: Tcl_Method,
            typePtr: *const Tcl_MethodType,
            clientDataPtr: *mut *mut ::std::os::raw::c_void,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_MethodName:
        ::std::option::Option<unsafe extern "C" fn(method: Tcl_Method) -> *mut Tcl_Obj>,
    pub tcl_NewInstanceMethod: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            object: Tcl_Object,
            nameObj: *mut Tcl_Obj,
            isPublic: ::std::os::raw::c_int,
            typePtr: *const Tcl_MethodType,
            clientData: *mut ::std::os::raw::c_void,
        ) -> Tcl_Method,
    >,
    pub tcl_NewMethod: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            cls: Tcl_Class,
            nameObj: *mut Tcl_Obj,
            isPublic: ::std::os::raw::c_int,
            typePtr: *const Tcl_MethodType,
            clientData: *mut ::std::os::raw::c_void,
        ) -> Tcl_Method,
    >,
    pub tcl_NewObjectInstance: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            cls: Tcl_Class,
            nameStr: *const ::std::os::raw::c_char,
            nsNameStr: *const ::std::os::raw::c_char,
            objc: ::std::os::raw::c_int,
            objv: *const *mut Tcl_Obj,
            skip: ::std::os::raw::c_int,
        ) -> Tcl_Object,
    >,
    pub tcl_ObjectDeleted:
        ::std::option::Option<unsafe extern "C" fn(object: Tcl_Object) -> ::std::os::raw::c_int>,
    pub tcl_ObjectContextIsFiltering: ::std::option::Option<
        unsafe extern "C" fn(context: Tcl_ObjectContext) -> ::std::os::raw::c_int,
    >,
    pub tcl_ObjectContextMethod:
        ::std::option::Option<unsafe extern "C" fn(context: Tcl_ObjectContext) -> Tcl_Method>,
    pub tcl_ObjectContextObject:
        ::std::option::Option<unsafe extern "C" fn(context: Tcl_ObjectContext) -> Tcl_Object>,
    pub tcl_ObjectContextSkippedArgs: ::std::option::Option<
        unsafe extern "C" fn(context: Tcl_ObjectContext) -> ::std::os::raw::c_int,
    >,
    pub tcl_ClassGetMetadata: ::std::option::Option<
        unsafe extern "C" fn(
            clazz: Tcl_Class,
            typePtr: *const Tcl_ObjectMetadataType,
        ) -> *mut ::std::os::raw::c_void,
    >,
    pub tcl_ClassSetMetadata: ::std::option::Option<
        unsafe extern "C" fn(
            clazz: Tcl_Class,
            typePtr: *const Tcl_ObjectMetadataType,
            metadata: *mut ::std::os::raw::c_void,
        ),
    >,
    pub tcl_ObjectGetMetadata: ::std::option::Option<
        unsafe extern "C" fn(
            object: Tcl_Object,
            typePtr: *const Tcl_ObjectMetadataType,
        ) -> *mut ::std::os::raw::c_void,
    >,
    pub tcl_ObjectSetMetadata: ::std::option::Option<
        unsafe extern "C" fn(
            object: Tcl_Object,
            typePtr: *const Tcl_ObjectMetadataType,
            metadata: *mut ::std::os::raw::c_void,
        ),
    >,
    pub tcl_ObjectContextInvokeNext: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            context: Tcl_ObjectContext,
            objc: ::std::os::raw::c_int,
            objv: *const *mut Tcl_Obj,
            skip: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ObjectGetMethodNameMapper: ::std::option::Option<
        unsafe extern "C" fn(object: Tcl_Object) -> Tcl_ObjectMapMethodNameProc,
    >,
    pub tcl_ObjectSetMethodNameMapper: ::std::option::Option<
        unsafe extern "C" fn(object: Tcl_Object, mapMethodNameProc: Tcl_ObjectMapMethodNameProc),
    >,
    pub tcl_ClassSetConstructor: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, clazz: Tcl_Class, method: Tcl_Method),
    >,
    pub tcl_ClassSetDestructor: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, clazz: Tcl_Class, method: Tcl_Method),
    >,
    pub tcl_GetObjectName: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, object: Tcl_Object) -> *mut Tcl_Obj,
    >,
    pub reserved29: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved30: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved31: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved32: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved33: ::std::option::Option<unsafe extern "C" fn()>,
    pub tclOOUnusedStubEntry: ::std::option::Option<unsafe extern "C" fn()>,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct TclIntStubs {
    pub _address: u8,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct TclIntPlatStubs {
    pub _address: u8,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct TclOOIntStubs {
    pub _address: u8,
}
