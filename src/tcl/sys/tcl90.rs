type __va_list_tag = ::std::os::raw::c_void;
use super::tcl86::*;

pub type Tcl_WideInt = ::std::os::raw::c_longlong;
pub type Tcl_WideUInt = ::std::os::raw::c_ulonglong;
pub type Tcl_Size = isize;
#[repr(C)]
#[derive(Debug)]
pub struct stat {
    _unused: [u8; 0],
}
pub type Tcl_StatBuf = stat;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_AsyncHandler_ {
    _unused: [u8; 0],
}
pub type Tcl_AsyncHandler = *mut Tcl_AsyncHandler_;
#[repr(C)]
#[derive(Debug)]
pub struct Tcl_ChannelTypeVersion_ {
    _unused: [u8; 0],
}
pub type Tcl_ChannelTypeVersion = *mut Tcl_ChannelTypeVersion_;
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
pub type Tcl_ThreadCreateProc =
    ::std::option::Option<unsafe extern "C" fn(clientData: *mut ::std::os::raw::c_void)>;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_RegExpIndices {
    pub start: Tcl_Size,
    pub end: Tcl_Size,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_RegExpInfo {
    pub nsubs: Tcl_Size,
    pub matches: *mut Tcl_RegExpIndices,
    pub extendStart: Tcl_Size,
}
pub type Tcl_AsyncProc = ::std::option::Option<
    unsafe extern "C" fn(
        clientData: *mut ::std::os::raw::c_void,
        interp: *mut Tcl_Interp,
        code: ::std::os::raw::c_int,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_CmdProc = ::std::option::Option<
    unsafe extern "C" fn(
        clientData: *mut ::std::os::raw::c_void,
        interp: *mut Tcl_Interp,
        argc: ::std::os::raw::c_int,
        argv: *mut *const ::std::os::raw::c_char,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_CmdTraceProc = ::std::option::Option<
    unsafe extern "C" fn(
        clientData: *mut ::std::os::raw::c_void,
        interp: *mut Tcl_Interp,
        level: ::std::os::raw::c_int,
        command: *mut ::std::os::raw::c_char,
        proc_: Tcl_CmdProc,
        cmdClientData: *mut ::std::os::raw::c_void,
        argc: ::std::os::raw::c_int,
        argv: *mut *const ::std::os::raw::c_char,
    ),
>;
pub type Tcl_CmdObjTraceProc = ::std::option::Option<
    unsafe extern "C" fn(
        clientData: *mut ::std::os::raw::c_void,
        interp: *mut Tcl_Interp,
        level: ::std::os::raw::c_int,
        command: *const ::std::os::raw::c_char,
        commandInfo: Tcl_Command,
        objc: ::std::os::raw::c_int,
        objv: *const *mut Tcl_Obj,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_CmdObjTraceDeleteProc =
    ::std::option::Option<unsafe extern "C" fn(clientData: *mut ::std::os::raw::c_void)>;
pub type Tcl_DupInternalRepProc =
    ::std::option::Option<unsafe extern "C" fn(srcPtr: *mut Tcl_Obj, dupPtr: *mut Tcl_Obj)>;
pub type Tcl_EncodingConvertProc = ::std::option::Option<
    unsafe extern "C" fn(
        clientData: *mut ::std::os::raw::c_void,
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
pub type Tcl_EventCheckProc = ::std::option::Option<
    unsafe extern "C" fn(clientData: *mut ::std::os::raw::c_void, flags: ::std::os::raw::c_int),
>;
pub type Tcl_EventDeleteProc = ::std::option::Option<
    unsafe extern "C" fn(
        evPtr: *mut Tcl_Event,
        clientData: *mut ::std::os::raw::c_void,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_EventSetupProc = ::std::option::Option<
    unsafe extern "C" fn(clientData: *mut ::std::os::raw::c_void, flags: ::std::os::raw::c_int),
>;
pub type Tcl_FileProc = ::std::option::Option<
    unsafe extern "C" fn(clientData: *mut ::std::os::raw::c_void, mask: ::std::os::raw::c_int),
>;
pub type Tcl_FreeInternalRepProc =
    ::std::option::Option<unsafe extern "C" fn(objPtr: *mut Tcl_Obj)>;
pub type Tcl_ObjCmdProc2 = ::std::option::Option<
    unsafe extern "C" fn(
        clientData: *mut ::std::os::raw::c_void,
        interp: *mut Tcl_Interp,
        objc: Tcl_Size,
        objv: *const *mut Tcl_Obj,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_CmdObjTraceProc2 = ::std::option::Option<
    unsafe extern "C" fn(
        clientData: *mut ::std::os::raw::c_void,
        interp: *mut Tcl_Interp,
        level: Tcl_Size,
        command: *const ::std::os::raw::c_char,
        commandInfo: Tcl_Command,
        objc: Tcl_Size,
        objv: *const *mut Tcl_Obj,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_FreeProc =
    ::std::option::Option<unsafe extern "C" fn(blockPtr: *mut ::std::os::raw::c_void)>;
pub type Tcl_LibraryInitProc =
    ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp) -> ::std::os::raw::c_int>;
pub type Tcl_TcpAcceptProc = ::std::option::Option<
    unsafe extern "C" fn(
        callbackData: *mut ::std::os::raw::c_void,
        chan: Tcl_Channel,
        address: *mut ::std::os::raw::c_char,
        port: ::std::os::raw::c_int,
    ),
>;
pub type Tcl_SetFromAnyProc = ::std::option::Option<
    unsafe extern "C" fn(interp: *mut Tcl_Interp, objPtr: *mut Tcl_Obj) -> ::std::os::raw::c_int,
>;
pub type Tcl_UpdateStringProc = ::std::option::Option<unsafe extern "C" fn(objPtr: *mut Tcl_Obj)>;
pub type Tcl_VarTraceProc = ::std::option::Option<
    unsafe extern "C" fn(
        clientData: *mut ::std::os::raw::c_void,
        interp: *mut Tcl_Interp,
        part1: *const ::std::os::raw::c_char,
        part2: *const ::std::os::raw::c_char,
        flags: ::std::os::raw::c_int,
    ) -> *mut ::std::os::raw::c_char,
>;
pub type Tcl_CreateFileHandlerProc = ::std::option::Option<
    unsafe extern "C" fn(
        fd: ::std::os::raw::c_int,
        mask: ::std::os::raw::c_int,
        proc_: Tcl_FileProc,
        clientData: *mut ::std::os::raw::c_void,
    ),
>;
pub type Tcl_DeleteFileHandlerProc =
    ::std::option::Option<unsafe extern "C" fn(fd: ::std::os::raw::c_int)>;
pub type Tcl_AlertNotifierProc =
    ::std::option::Option<unsafe extern "C" fn(clientData: *mut ::std::os::raw::c_void)>;
pub type Tcl_ServiceModeHookProc =
    ::std::option::Option<unsafe extern "C" fn(mode: ::std::os::raw::c_int)>;
pub type Tcl_InitNotifierProc =
    ::std::option::Option<unsafe extern "C" fn() -> *mut ::std::os::raw::c_void>;
pub type Tcl_FinalizeNotifierProc =
    ::std::option::Option<unsafe extern "C" fn(clientData: *mut ::std::os::raw::c_void)>;
pub type Tcl_MainLoopProc = ::std::option::Option<unsafe extern "C" fn()>;
pub type Tcl_ObjTypeLengthProc =
    ::std::option::Option<unsafe extern "C" fn(listPtr: *mut Tcl_Obj) -> Tcl_Size>;
pub type Tcl_ObjTypeIndexProc = ::std::option::Option<
    unsafe extern "C" fn(
        interp: *mut Tcl_Interp,
        listPtr: *mut Tcl_Obj,
        index: Tcl_Size,
        elemObj: *mut *mut Tcl_Obj,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_ObjTypeSliceProc = ::std::option::Option<
    unsafe extern "C" fn(
        interp: *mut Tcl_Interp,
        listPtr: *mut Tcl_Obj,
        fromIdx: Tcl_Size,
        toIdx: Tcl_Size,
        newObjPtr: *mut *mut Tcl_Obj,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_ObjTypeReverseProc = ::std::option::Option<
    unsafe extern "C" fn(
        interp: *mut Tcl_Interp,
        listPtr: *mut Tcl_Obj,
        newObjPtr: *mut *mut Tcl_Obj,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_ObjTypeGetElements = ::std::option::Option<
    unsafe extern "C" fn(
        interp: *mut Tcl_Interp,
        listPtr: *mut Tcl_Obj,
        objcptr: *mut Tcl_Size,
        objvptr: *mut *mut *mut Tcl_Obj,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_ObjTypeSetElement = ::std::option::Option<
    unsafe extern "C" fn(
        interp: *mut Tcl_Interp,
        listPtr: *mut Tcl_Obj,
        indexCount: Tcl_Size,
        indexArray: *const *mut Tcl_Obj,
        valueObj: *mut Tcl_Obj,
    ) -> *mut Tcl_Obj,
>;
pub type Tcl_ObjTypeReplaceProc = ::std::option::Option<
    unsafe extern "C" fn(
        interp: *mut Tcl_Interp,
        listObj: *mut Tcl_Obj,
        first: Tcl_Size,
        numToDelete: Tcl_Size,
        numToInsert: Tcl_Size,
        insertObjs: *const *mut Tcl_Obj,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_ObjTypeInOperatorProc = ::std::option::Option<
    unsafe extern "C" fn(
        interp: *mut Tcl_Interp,
        valueObj: *mut Tcl_Obj,
        listObj: *mut Tcl_Obj,
        boolResult: *mut ::std::os::raw::c_int,
    ) -> ::std::os::raw::c_int,
>;
#[repr(C)]
#[derive(Copy, Clone)]
pub union Tcl_ObjInternalRep {
    pub longValue: ::std::os::raw::c_long,
    pub doubleValue: f64,
    pub otherValuePtr: *mut ::std::os::raw::c_void,
    pub wideValue: Tcl_WideInt,
    pub twoPtrValue: Tcl_ObjInternalRep__bindgen_ty_1,
    pub ptrAndLongRep: Tcl_ObjInternalRep__bindgen_ty_2,
    pub ptrAndSize: Tcl_ObjInternalRep__bindgen_ty_3,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_ObjInternalRep__bindgen_ty_1 {
    pub ptr1: *mut ::std::os::raw::c_void,
    pub ptr2: *mut ::std::os::raw::c_void,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_ObjInternalRep__bindgen_ty_2 {
    pub ptr: *mut ::std::os::raw::c_void,
    pub value: ::std::os::raw::c_ulong,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_ObjInternalRep__bindgen_ty_3 {
    pub ptr: *mut ::std::os::raw::c_void,
    pub size: Tcl_Size,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_CmdInfo {
    pub isNativeObjectProc: ::std::os::raw::c_int,
    pub objProc: Tcl_ObjCmdProc,
    pub objClientData: *mut ::std::os::raw::c_void,
    pub proc_: Tcl_CmdProc,
    pub clientData: *mut ::std::os::raw::c_void,
    pub deleteProc: Tcl_CmdDeleteProc,
    pub deleteData: *mut ::std::os::raw::c_void,
    pub namespacePtr: *mut Tcl_Namespace,
    pub objProc2: Tcl_ObjCmdProc2,
    pub objClientData2: *mut ::std::os::raw::c_void,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_DString {
    pub string: *mut ::std::os::raw::c_char,
    pub length: Tcl_Size,
    pub spaceAvl: Tcl_Size,
    pub staticSpace: [::std::os::raw::c_char; 200usize],
}
pub type Tcl_HashKeyProc = ::std::option::Option<
    unsafe extern "C" fn(
        tablePtr: *mut Tcl_HashTable,
        keyPtr: *mut ::std::os::raw::c_void,
    ) -> usize,
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
    pub hash: usize,
    pub clientData: *mut ::std::os::raw::c_void,
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
    pub numBuckets: Tcl_Size,
    pub numEntries: Tcl_Size,
    pub rebuildSize: Tcl_Size,
    pub mask: usize,
    pub downShift: ::std::os::raw::c_int,
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
    pub nextIndex: Tcl_Size,
    pub nextEntryPtr: *mut Tcl_HashEntry,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_DictSearch {
    pub next: *mut ::std::os::raw::c_void,
    pub epoch: usize,
    pub dictionaryPtr: Tcl_Dict,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_Time {
    pub sec: ::std::os::raw::c_longlong,
    pub usec: ::std::os::raw::c_long,
}
pub type Tcl_SetTimerProc = ::std::option::Option<unsafe extern "C" fn(timePtr: *const Tcl_Time)>;
pub type Tcl_WaitForEventProc =
    ::std::option::Option<unsafe extern "C" fn(timePtr: *const Tcl_Time) -> ::std::os::raw::c_int>;
pub type Tcl_GetTimeProc = ::std::option::Option<
    unsafe extern "C" fn(timebuf: *mut Tcl_Time, clientData: *mut ::std::os::raw::c_void),
>;
pub type Tcl_ScaleTimeProc = ::std::option::Option<
    unsafe extern "C" fn(timebuf: *mut Tcl_Time, clientData: *mut ::std::os::raw::c_void),
>;
pub type Tcl_DriverBlockModeProc = ::std::option::Option<
    unsafe extern "C" fn(
        instanceData: *mut ::std::os::raw::c_void,
        mode: ::std::os::raw::c_int,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_DriverClose2Proc = ::std::option::Option<
    unsafe extern "C" fn(
        instanceData: *mut ::std::os::raw::c_void,
        interp: *mut Tcl_Interp,
        flags: ::std::os::raw::c_int,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_DriverInputProc = ::std::option::Option<
    unsafe extern "C" fn(
        instanceData: *mut ::std::os::raw::c_void,
        buf: *mut ::std::os::raw::c_char,
        toRead: ::std::os::raw::c_int,
        errorCodePtr: *mut ::std::os::raw::c_int,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_DriverOutputProc = ::std::option::Option<
    unsafe extern "C" fn(
        instanceData: *mut ::std::os::raw::c_void,
        buf: *const ::std::os::raw::c_char,
        toWrite: ::std::os::raw::c_int,
        errorCodePtr: *mut ::std::os::raw::c_int,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_DriverSetOptionProc = ::std::option::Option<
    unsafe extern "C" fn(
        instanceData: *mut ::std::os::raw::c_void,
        interp: *mut Tcl_Interp,
        optionName: *const ::std::os::raw::c_char,
        value: *const ::std::os::raw::c_char,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_DriverGetOptionProc = ::std::option::Option<
    unsafe extern "C" fn(
        instanceData: *mut ::std::os::raw::c_void,
        interp: *mut Tcl_Interp,
        optionName: *const ::std::os::raw::c_char,
        dsPtr: *mut Tcl_DString,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_DriverWatchProc = ::std::option::Option<
    unsafe extern "C" fn(instanceData: *mut ::std::os::raw::c_void, mask: ::std::os::raw::c_int),
>;
pub type Tcl_DriverGetHandleProc = ::std::option::Option<
    unsafe extern "C" fn(
        instanceData: *mut ::std::os::raw::c_void,
        direction: ::std::os::raw::c_int,
        handlePtr: *mut *mut ::std::os::raw::c_void,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_DriverFlushProc = ::std::option::Option<
    unsafe extern "C" fn(instanceData: *mut ::std::os::raw::c_void) -> ::std::os::raw::c_int,
>;
pub type Tcl_DriverHandlerProc = ::std::option::Option<
    unsafe extern "C" fn(
        instanceData: *mut ::std::os::raw::c_void,
        interestMask: ::std::os::raw::c_int,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_DriverWideSeekProc = ::std::option::Option<
    unsafe extern "C" fn(
        instanceData: *mut ::std::os::raw::c_void,
        offset: ::std::os::raw::c_longlong,
        mode: ::std::os::raw::c_int,
        errorCodePtr: *mut ::std::os::raw::c_int,
    ) -> ::std::os::raw::c_longlong,
>;
pub type Tcl_DriverThreadActionProc = ::std::option::Option<
    unsafe extern "C" fn(instanceData: *mut ::std::os::raw::c_void, action: ::std::os::raw::c_int),
>;
pub type Tcl_DriverTruncateProc = ::std::option::Option<
    unsafe extern "C" fn(
        instanceData: *mut ::std::os::raw::c_void,
        length: ::std::os::raw::c_longlong,
    ) -> ::std::os::raw::c_int,
>;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_ChannelType {
    pub typeName: *const ::std::os::raw::c_char,
    pub version: Tcl_ChannelTypeVersion,
    pub closeProc: *mut ::std::os::raw::c_void,
    pub inputProc: Tcl_DriverInputProc,
    pub outputProc: Tcl_DriverOutputProc,
    pub seekProc: *mut ::std::os::raw::c_void,
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
        clientDataPtr: *mut *mut ::std::os::raw::c_void,
    ) -> ::std::os::raw::c_int,
>;
pub type Tcl_FSFilesystemPathTypeProc =
    ::std::option::Option<unsafe extern "C" fn(pathPtr: *mut Tcl_Obj) -> *mut Tcl_Obj>;
pub type Tcl_FSFilesystemSeparatorProc =
    ::std::option::Option<unsafe extern "C" fn(pathPtr: *mut Tcl_Obj) -> *mut Tcl_Obj>;
pub type Tcl_FSDupInternalRepProc = ::std::option::Option<
    unsafe extern "C" fn(clientData: *mut ::std::os::raw::c_void) -> *mut ::std::os::raw::c_void,
>;
pub type Tcl_FSInternalToNormalizedProc = ::std::option::Option<
    unsafe extern "C" fn(clientData: *mut ::std::os::raw::c_void) -> *mut Tcl_Obj,
>;
pub type Tcl_FSCreateInternalRepProc = ::std::option::Option<
    unsafe extern "C" fn(pathPtr: *mut Tcl_Obj) -> *mut ::std::os::raw::c_void,
>;
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
    pub structureLength: Tcl_Size,
    pub version: Tcl_FSVersion,
    pub pathInFilesystemProc: Tcl_FSPathInFilesystemProc,
    pub dupInternalRepProc: Tcl_FSDupInternalRepProc,
    pub freeInternalRepProc: Tcl_FreeProc,
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
    pub size: Tcl_Size,
    pub numComponents: Tcl_Size,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_Parse {
    pub commentStart: *const ::std::os::raw::c_char,
    pub commentSize: Tcl_Size,
    pub commandStart: *const ::std::os::raw::c_char,
    pub commandSize: Tcl_Size,
    pub numWords: Tcl_Size,
    pub tokenPtr: *mut Tcl_Token,
    pub numTokens: Tcl_Size,
    pub tokensAvailable: Tcl_Size,
    pub errorType: ::std::os::raw::c_int,
    pub incomplete: ::std::os::raw::c_int,
    pub string: *const ::std::os::raw::c_char,
    pub end: *const ::std::os::raw::c_char,
    pub interp: *mut Tcl_Interp,
    pub term: *const ::std::os::raw::c_char,
    pub staticTokens: [Tcl_Token; 20usize],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_EncodingType {
    pub encodingName: *const ::std::os::raw::c_char,
    pub toUtfProc: Tcl_EncodingConvertProc,
    pub fromUtfProc: Tcl_EncodingConvertProc,
    pub freeProc: Tcl_FreeProc,
    pub clientData: *mut ::std::os::raw::c_void,
    pub nullSize: Tcl_Size,
}
pub type Tcl_UniChar = ::std::os::raw::c_int;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_Config {
    pub key: *const ::std::os::raw::c_char,
    pub value: *const ::std::os::raw::c_char,
}
pub type Tcl_LimitHandlerProc = ::std::option::Option<
    unsafe extern "C" fn(clientData: *mut ::std::os::raw::c_void, interp: *mut Tcl_Interp),
>;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct Tcl_ArgvInfo {
    pub type_: ::std::os::raw::c_int,
    pub keyStr: *const ::std::os::raw::c_char,
    pub srcPtr: *mut ::std::os::raw::c_void,
    pub dstPtr: *mut ::std::os::raw::c_void,
    pub helpStr: *const ::std::os::raw::c_char,
    pub clientData: *mut ::std::os::raw::c_void,
}
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
    pub tcl_Panic: ::std::option::Option<
        unsafe extern "C" fn(format: *const ::std::os::raw::c_char, ...) -> !,
    >,
    pub tcl_Alloc:
        ::std::option::Option<unsafe extern "C" fn(size: usize) -> *mut ::std::os::raw::c_void>,
    pub tcl_Free: ::std::option::Option<unsafe extern "C" fn(ptr: *mut ::std::os::raw::c_void)>,
    pub tcl_Realloc: ::std::option::Option<
        unsafe extern "C" fn(
            ptr: *mut ::std::os::raw::c_void,
            size: usize,
        ) -> *mut ::std::os::raw::c_void,
    >,
    pub tcl_DbCkalloc: ::std::option::Option<
        unsafe extern "C" fn(
            size: usize,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ) -> *mut ::std::os::raw::c_void,
    >,
    pub tcl_DbCkfree: ::std::option::Option<
        unsafe extern "C" fn(
            ptr: *mut ::std::os::raw::c_void,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ),
    >,
    pub tcl_DbCkrealloc: ::std::option::Option<
        unsafe extern "C" fn(
            ptr: *mut ::std::os::raw::c_void,
            size: usize,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ) -> *mut ::std::os::raw::c_void,
    >,
    pub tcl_CreateFileHandler: ::std::option::Option<
        unsafe extern "C" fn(
            fd: ::std::os::raw::c_int,
            mask: ::std::os::raw::c_int,
            proc_: Tcl_FileProc,
            clientData: *mut ::std::os::raw::c_void,
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
            length: Tcl_Size,
        ),
    >,
    pub tcl_ConcatObj: ::std::option::Option<
        unsafe extern "C" fn(objc: Tcl_Size, objv: *const *mut Tcl_Obj) -> *mut Tcl_Obj,
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
    pub reserved22: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_DbNewByteArrayObj: ::std::option::Option<
        unsafe extern "C" fn(
            bytes: *const ::std::os::raw::c_uchar,
            numBytes: Tcl_Size,
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
            objc: Tcl_Size,
            objv: *const *mut Tcl_Obj,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub reserved26: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_DbNewObj: ::std::option::Option<
        unsafe extern "C" fn(
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_DbNewStringObj: ::std::option::Option<
        unsafe extern "C" fn(
            bytes: *const ::std::os::raw::c_char,
            length: Tcl_Size,
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
            numBytesPtr: *mut Tcl_Size,
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
    pub reserved36: ::std::option::Option<unsafe extern "C" fn()>,
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
    pub tclGetStringFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            lengthPtr: *mut ::std::os::raw::c_void,
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
    pub tclListObjGetElements: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            listPtr: *mut Tcl_Obj,
            objcPtr: *mut ::std::os::raw::c_void,
            objvPtr: *mut *mut *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ListObjIndex: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            listPtr: *mut Tcl_Obj,
            index: Tcl_Size,
            objPtrPtr: *mut *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tclListObjLength: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            listPtr: *mut Tcl_Obj,
            lengthPtr: *mut ::std::os::raw::c_void,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ListObjReplace: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            listPtr: *mut Tcl_Obj,
            first: Tcl_Size,
            count: Tcl_Size,
            objc: Tcl_Size,
            objv: *const *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub reserved49: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_NewByteArrayObj: ::std::option::Option<
        unsafe extern "C" fn(
            bytes: *const ::std::os::raw::c_uchar,
            numBytes: Tcl_Size,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_NewDoubleObj:
        ::std::option::Option<unsafe extern "C" fn(doubleValue: f64) -> *mut Tcl_Obj>,
    pub reserved52: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_NewListObj: ::std::option::Option<
        unsafe extern "C" fn(objc: Tcl_Size, objv: *const *mut Tcl_Obj) -> *mut Tcl_Obj,
    >,
    pub reserved54: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_NewObj: ::std::option::Option<unsafe extern "C" fn() -> *mut Tcl_Obj>,
    pub tcl_NewStringObj: ::std::option::Option<
        unsafe extern "C" fn(
            bytes: *const ::std::os::raw::c_char,
            length: Tcl_Size,
        ) -> *mut Tcl_Obj,
    >,
    pub reserved57: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_SetByteArrayLength: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            numBytes: Tcl_Size,
        ) -> *mut ::std::os::raw::c_uchar,
    >,
    pub tcl_SetByteArrayObj: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            bytes: *const ::std::os::raw::c_uchar,
            numBytes: Tcl_Size,
        ),
    >,
    pub tcl_SetDoubleObj:
        ::std::option::Option<unsafe extern "C" fn(objPtr: *mut Tcl_Obj, doubleValue: f64)>,
    pub reserved61: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_SetListObj: ::std::option::Option<
        unsafe extern "C" fn(objPtr: *mut Tcl_Obj, objc: Tcl_Size, objv: *const *mut Tcl_Obj),
    >,
    pub reserved63: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_SetObjLength:
        ::std::option::Option<unsafe extern "C" fn(objPtr: *mut Tcl_Obj, length: Tcl_Size)>,
    pub tcl_SetStringObj: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            bytes: *const ::std::os::raw::c_char,
            length: Tcl_Size,
        ),
    >,
    pub reserved66: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved67: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_AllowExceptions: ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp)>,
    pub tcl_AppendElement: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, element: *const ::std::os::raw::c_char),
    >,
    pub tcl_AppendResult: ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp, ...)>,
    pub tcl_AsyncCreate: ::std::option::Option<
        unsafe extern "C" fn(
            proc_: Tcl_AsyncProc,
            clientData: *mut ::std::os::raw::c_void,
        ) -> Tcl_AsyncHandler,
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
    pub reserved76: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved77: ::std::option::Option<unsafe extern "C" fn()>,
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
            clientData: *mut ::std::os::raw::c_void,
        ),
    >,
    pub tcl_CancelIdleCall: ::std::option::Option<
        unsafe extern "C" fn(idleProc: Tcl_IdleProc, clientData: *mut ::std::os::raw::c_void),
    >,
    pub tcl_Close: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, chan: Tcl_Channel) -> ::std::os::raw::c_int,
    >,
    pub tcl_CommandComplete: ::std::option::Option<
        unsafe extern "C" fn(cmd: *const ::std::os::raw::c_char) -> ::std::os::raw::c_int,
    >,
    pub tcl_Concat: ::std::option::Option<
        unsafe extern "C" fn(
            argc: Tcl_Size,
            argv: *const *const ::std::os::raw::c_char,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_ConvertElement: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            dst: *mut ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
        ) -> Tcl_Size,
    >,
    pub tcl_ConvertCountedElement: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            length: Tcl_Size,
            dst: *mut ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
        ) -> Tcl_Size,
    >,
    pub tcl_CreateAlias: ::std::option::Option<
        unsafe extern "C" fn(
            childInterp: *mut Tcl_Interp,
            childCmd: *const ::std::os::raw::c_char,
            target: *mut Tcl_Interp,
            targetCmd: *const ::std::os::raw::c_char,
            argc: Tcl_Size,
            argv: *const *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_CreateAliasObj: ::std::option::Option<
        unsafe extern "C" fn(
            childInterp: *mut Tcl_Interp,
            childCmd: *const ::std::os::raw::c_char,
            target: *mut Tcl_Interp,
            targetCmd: *const ::std::os::raw::c_char,
            objc: Tcl_Size,
            objv: *const *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_CreateChannel: ::std::option::Option<
        unsafe extern "C" fn(
            typePtr: *const Tcl_ChannelType,
            chanName: *const ::std::os::raw::c_char,
            instanceData: *mut ::std::os::raw::c_void,
            mask: ::std::os::raw::c_int,
        ) -> Tcl_Channel,
    >,
    pub tcl_CreateChannelHandler: ::std::option::Option<
        unsafe extern "C" fn(
            chan: Tcl_Channel,
            mask: ::std::os::raw::c_int,
            proc_: Tcl_ChannelProc,
            clientData: *mut ::std::os::raw::c_void,
        ),
    >,
    pub tcl_CreateCloseHandler: ::std::option::Option<
        unsafe extern "C" fn(
            chan: Tcl_Channel,
            proc_: Tcl_CloseProc,
            clientData: *mut ::std::os::raw::c_void,
        ),
    >,
    pub tcl_CreateCommand: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            cmdName: *const ::std::os::raw::c_char,
            proc_: Tcl_CmdProc,
            clientData: *mut ::std::os::raw::c_void,
            deleteProc: Tcl_CmdDeleteProc,
        ) -> Tcl_Command,
    >,
    pub tcl_CreateEventSource: ::std::option::Option<
        unsafe extern "C" fn(
            setupProc: Tcl_EventSetupProc,
            checkProc: Tcl_EventCheckProc,
            clientData: *mut ::std::os::raw::c_void,
        ),
    >,
    pub tcl_CreateExitHandler: ::std::option::Option<
        unsafe extern "C" fn(proc_: Tcl_FreeProc, clientData: *mut ::std::os::raw::c_void),
    >,
    pub tcl_CreateInterp: ::std::option::Option<unsafe extern "C" fn() -> *mut Tcl_Interp>,
    pub reserved95: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_CreateObjCommand: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            cmdName: *const ::std::os::raw::c_char,
            proc_: Tcl_ObjCmdProc,
            clientData: *mut ::std::os::raw::c_void,
            deleteProc: Tcl_CmdDeleteProc,
        ) -> Tcl_Command,
    >,
    pub tcl_CreateChild: ::std::option::Option<
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
            clientData: *mut ::std::os::raw::c_void,
        ) -> Tcl_TimerToken,
    >,
    pub tcl_CreateTrace: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            level: Tcl_Size,
            proc_: Tcl_CmdTraceProc,
            clientData: *mut ::std::os::raw::c_void,
        ) -> Tcl_Trace,
    >,
    pub tcl_DeleteAssocData: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, name: *const ::std::os::raw::c_char),
    >,
    pub tcl_DeleteChannelHandler: ::std::option::Option<
        unsafe extern "C" fn(
            chan: Tcl_Channel,
            proc_: Tcl_ChannelProc,
            clientData: *mut ::std::os::raw::c_void,
        ),
    >,
    pub tcl_DeleteCloseHandler: ::std::option::Option<
        unsafe extern "C" fn(
            chan: Tcl_Channel,
            proc_: Tcl_CloseProc,
            clientData: *mut ::std::os::raw::c_void,
        ),
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
        unsafe extern "C" fn(proc_: Tcl_EventDeleteProc, clientData: *mut ::std::os::raw::c_void),
    >,
    pub tcl_DeleteEventSource: ::std::option::Option<
        unsafe extern "C" fn(
            setupProc: Tcl_EventSetupProc,
            checkProc: Tcl_EventCheckProc,
            clientData: *mut ::std::os::raw::c_void,
        ),
    >,
    pub tcl_DeleteExitHandler: ::std::option::Option<
        unsafe extern "C" fn(proc_: Tcl_FreeProc, clientData: *mut ::std::os::raw::c_void),
    >,
    pub tcl_DeleteHashEntry:
        ::std::option::Option<unsafe extern "C" fn(entryPtr: *mut Tcl_HashEntry)>,
    pub tcl_DeleteHashTable:
        ::std::option::Option<unsafe extern "C" fn(tablePtr: *mut Tcl_HashTable)>,
    pub tcl_DeleteInterp: ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp)>,
    pub tcl_DetachPids:
        ::std::option::Option<unsafe extern "C" fn(numPids: Tcl_Size, pidPtr: *mut Tcl_Pid)>,
    pub tcl_DeleteTimerHandler: ::std::option::Option<unsafe extern "C" fn(token: Tcl_TimerToken)>,
    pub tcl_DeleteTrace:
        ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp, trace: Tcl_Trace)>,
    pub tcl_DontCallWhenDeleted: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            proc_: Tcl_InterpDeleteProc,
            clientData: *mut ::std::os::raw::c_void,
        ),
    >,
    pub tcl_DoOneEvent: ::std::option::Option<
        unsafe extern "C" fn(flags: ::std::os::raw::c_int) -> ::std::os::raw::c_int,
    >,
    pub tcl_DoWhenIdle: ::std::option::Option<
        unsafe extern "C" fn(proc_: Tcl_IdleProc, clientData: *mut ::std::os::raw::c_void),
    >,
    pub tcl_DStringAppend: ::std::option::Option<
        unsafe extern "C" fn(
            dsPtr: *mut Tcl_DString,
            bytes: *const ::std::os::raw::c_char,
            length: Tcl_Size,
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
    pub tcl_DStringSetLength:
        ::std::option::Option<unsafe extern "C" fn(dsPtr: *mut Tcl_DString, length: Tcl_Size)>,
    pub tcl_DStringStartSublist:
        ::std::option::Option<unsafe extern "C" fn(dsPtr: *mut Tcl_DString)>,
    pub tcl_Eof:
        ::std::option::Option<unsafe extern "C" fn(chan: Tcl_Channel) -> ::std::os::raw::c_int>,
    pub tcl_ErrnoId: ::std::option::Option<unsafe extern "C" fn() -> *const ::std::os::raw::c_char>,
    pub tcl_ErrnoMsg: ::std::option::Option<
        unsafe extern "C" fn(err: ::std::os::raw::c_int) -> *const ::std::os::raw::c_char,
    >,
    pub reserved129: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_EvalFile: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            fileName: *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub reserved131: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_EventuallyFree: ::std::option::Option<
        unsafe extern "C" fn(clientData: *mut ::std::os::raw::c_void, freeProc: Tcl_FreeProc),
    >,
    pub tcl_Exit: ::std::option::Option<unsafe extern "C" fn(status: ::std::os::raw::c_int) -> !>,
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
    pub reserved144: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_FirstHashEntry: ::std::option::Option<
        unsafe extern "C" fn(
            tablePtr: *mut Tcl_HashTable,
            searchPtr: *mut Tcl_HashSearch,
        ) -> *mut Tcl_HashEntry,
    >,
    pub tcl_Flush:
        ::std::option::Option<unsafe extern "C" fn(chan: Tcl_Channel) -> ::std::os::raw::c_int>,
    pub reserved147: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved148: ::std::option::Option<unsafe extern "C" fn()>,
    pub tclGetAliasObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            childCmd: *const ::std::os::raw::c_char,
            targetInterpPtr: *mut *mut Tcl_Interp,
            targetCmdPtr: *mut *const ::std::os::raw::c_char,
            objcPtr: *mut ::std::os::raw::c_int,
            objvPtr: *mut *mut *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetAssocData: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
            procPtr: *mut Tcl_InterpDeleteProc,
        ) -> *mut ::std::os::raw::c_void,
    >,
    pub tcl_GetChannel: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            chanName: *const ::std::os::raw::c_char,
            modePtr: *mut ::std::os::raw::c_int,
        ) -> Tcl_Channel,
    >,
    pub tcl_GetChannelBufferSize:
        ::std::option::Option<unsafe extern "C" fn(chan: Tcl_Channel) -> Tcl_Size>,
    pub tcl_GetChannelHandle: ::std::option::Option<
        unsafe extern "C" fn(
            chan: Tcl_Channel,
            direction: ::std::os::raw::c_int,
            handlePtr: *mut *mut ::std::os::raw::c_void,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetChannelInstanceData: ::std::option::Option<
        unsafe extern "C" fn(chan: Tcl_Channel) -> *mut ::std::os::raw::c_void,
    >,
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
    pub tcl_GetParent:
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
            filePtr: *mut *mut ::std::os::raw::c_void,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetPathType: ::std::option::Option<
        unsafe extern "C" fn(path: *const ::std::os::raw::c_char) -> Tcl_PathType,
    >,
    pub tcl_Gets: ::std::option::Option<
        unsafe extern "C" fn(chan: Tcl_Channel, dsPtr: *mut Tcl_DString) -> Tcl_Size,
    >,
    pub tcl_GetsObj: ::std::option::Option<
        unsafe extern "C" fn(chan: Tcl_Channel, objPtr: *mut Tcl_Obj) -> Tcl_Size,
    >,
    pub tcl_GetServiceMode: ::std::option::Option<unsafe extern "C" fn() -> ::std::os::raw::c_int>,
    pub tcl_GetChild: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
        ) -> *mut Tcl_Interp,
    >,
    pub tcl_GetStdChannel:
        ::std::option::Option<unsafe extern "C" fn(type_: ::std::os::raw::c_int) -> Tcl_Channel>,
    pub reserved174: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved175: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_GetVar2: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            part1: *const ::std::os::raw::c_char,
            part2: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
        ) -> *const ::std::os::raw::c_char,
    >,
    pub reserved177: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved178: ::std::option::Option<unsafe extern "C" fn()>,
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
            argc: Tcl_Size,
            argv: *const *const ::std::os::raw::c_char,
            resultPtr: *mut Tcl_DString,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_LinkVar: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            varName: *const ::std::os::raw::c_char,
            addr: *mut ::std::os::raw::c_void,
            type_: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub reserved188: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_MakeFileChannel: ::std::option::Option<
        unsafe extern "C" fn(
            handle: *mut ::std::os::raw::c_void,
            mode: ::std::os::raw::c_int,
        ) -> Tcl_Channel,
    >,
    pub reserved190: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_MakeTcpClientChannel: ::std::option::Option<
        unsafe extern "C" fn(tcpSocket: *mut ::std::os::raw::c_void) -> Tcl_Channel,
    >,
    pub tcl_Merge: ::std::option::Option<
        unsafe extern "C" fn(
            argc: Tcl_Size,
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
            argc: Tcl_Size,
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
            callbackData: *mut ::std::os::raw::c_void,
        ) -> Tcl_Channel,
    >,
    pub tcl_Preserve:
        ::std::option::Option<unsafe extern "C" fn(data: *mut ::std::os::raw::c_void)>,
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
        unsafe extern "C" fn(evPtr: *mut Tcl_Event, position: ::std::os::raw::c_int),
    >,
    pub tcl_Read: ::std::option::Option<
        unsafe extern "C" fn(
            chan: Tcl_Channel,
            bufPtr: *mut ::std::os::raw::c_char,
            toRead: Tcl_Size,
        ) -> Tcl_Size,
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
            index: Tcl_Size,
            startPtr: *mut *const ::std::os::raw::c_char,
            endPtr: *mut *const ::std::os::raw::c_char,
        ),
    >,
    pub tcl_Release:
        ::std::option::Option<unsafe extern "C" fn(clientData: *mut ::std::os::raw::c_void)>,
    pub tcl_ResetResult: ::std::option::Option<unsafe extern "C" fn(interp: *mut Tcl_Interp)>,
    pub tcl_ScanElement: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            flagPtr: *mut ::std::os::raw::c_int,
        ) -> Tcl_Size,
    >,
    pub tcl_ScanCountedElement: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            length: Tcl_Size,
            flagPtr: *mut ::std::os::raw::c_int,
        ) -> Tcl_Size,
    >,
    pub reserved220: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_ServiceAll: ::std::option::Option<unsafe extern "C" fn() -> ::std::os::raw::c_int>,
    pub tcl_ServiceEvent: ::std::option::Option<
        unsafe extern "C" fn(flags: ::std::os::raw::c_int) -> ::std::os::raw::c_int,
    >,
    pub tcl_SetAssocData: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
            proc_: Tcl_InterpDeleteProc,
            clientData: *mut ::std::os::raw::c_void,
        ),
    >,
    pub tcl_SetChannelBufferSize:
        ::std::option::Option<unsafe extern "C" fn(chan: Tcl_Channel, sz: Tcl_Size)>,
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
    pub reserved230: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_SetRecursionLimit: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, depth: Tcl_Size) -> Tcl_Size,
    >,
    pub reserved232: ::std::option::Option<unsafe extern "C" fn()>,
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
    pub reserved237: ::std::option::Option<unsafe extern "C" fn()>,
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
    pub tclSplitList: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            listStr: *const ::std::os::raw::c_char,
            argcPtr: *mut ::std::os::raw::c_void,
            argvPtr: *mut *mut *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tclSplitPath: ::std::option::Option<
        unsafe extern "C" fn(
            path: *const ::std::os::raw::c_char,
            argcPtr: *mut ::std::os::raw::c_void,
            argvPtr: *mut *mut *const ::std::os::raw::c_char,
        ),
    >,
    pub reserved244: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved245: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved246: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved247: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_TraceVar2: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            part1: *const ::std::os::raw::c_char,
            part2: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
            proc_: Tcl_VarTraceProc,
            clientData: *mut ::std::os::raw::c_void,
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
            len: Tcl_Size,
            atHead: ::std::os::raw::c_int,
        ) -> Tcl_Size,
    >,
    pub tcl_UnlinkVar: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, varName: *const ::std::os::raw::c_char),
    >,
    pub tcl_UnregisterChannel: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, chan: Tcl_Channel) -> ::std::os::raw::c_int,
    >,
    pub reserved253: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_UnsetVar2: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            part1: *const ::std::os::raw::c_char,
            part2: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub reserved255: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_UntraceVar2: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            part1: *const ::std::os::raw::c_char,
            part2: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
            proc_: Tcl_VarTraceProc,
            clientData: *mut ::std::os::raw::c_void,
        ),
    >,
    pub tcl_UpdateLinkedVar: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, varName: *const ::std::os::raw::c_char),
    >,
    pub reserved258: ::std::option::Option<unsafe extern "C" fn()>,
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
    pub reserved261: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_VarTraceInfo2: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            part1: *const ::std::os::raw::c_char,
            part2: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
            procPtr: Tcl_VarTraceProc,
            prevClientData: *mut ::std::os::raw::c_void,
        ) -> *mut ::std::os::raw::c_void,
    >,
    pub tcl_Write: ::std::option::Option<
        unsafe extern "C" fn(
            chan: Tcl_Channel,
            s: *const ::std::os::raw::c_char,
            slen: Tcl_Size,
        ) -> Tcl_Size,
    >,
    pub tcl_WrongNumArgs: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objc: Tcl_Size,
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
    pub reserved267: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved268: ::std::option::Option<unsafe extern "C" fn()>,
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
    pub reserved271: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_PkgPresentEx: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            name: *const ::std::os::raw::c_char,
            version: *const ::std::os::raw::c_char,
            exact: ::std::os::raw::c_int,
            clientDataPtr: *mut ::std::os::raw::c_void,
        ) -> *const ::std::os::raw::c_char,
    >,
    pub reserved273: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved274: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved275: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved276: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_WaitPid: ::std::option::Option<
        unsafe extern "C" fn(
            pid: Tcl_Pid,
            statPtr: *mut ::std::os::raw::c_int,
            options: ::std::os::raw::c_int,
        ) -> Tcl_Pid,
    >,
    pub reserved278: ::std::option::Option<unsafe extern "C" fn()>,
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
            instanceData: *mut ::std::os::raw::c_void,
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
    pub tcl_GetAliasObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            childCmd: *const ::std::os::raw::c_char,
            targetInterpPtr: *mut *mut Tcl_Interp,
            targetCmdPtr: *mut *const ::std::os::raw::c_char,
            objcPtr: *mut Tcl_Size,
            objvPtr: *mut *mut *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_AppendObjToObj: ::std::option::Option<
        unsafe extern "C" fn(objPtr: *mut Tcl_Obj, appendObjPtr: *mut Tcl_Obj),
    >,
    pub tcl_CreateEncoding: ::std::option::Option<
        unsafe extern "C" fn(typePtr: *const Tcl_EncodingType) -> Tcl_Encoding,
    >,
    pub tcl_CreateThreadExitHandler: ::std::option::Option<
        unsafe extern "C" fn(proc_: Tcl_FreeProc, clientData: *mut ::std::os::raw::c_void),
    >,
    pub tcl_DeleteThreadExitHandler: ::std::option::Option<
        unsafe extern "C" fn(proc_: Tcl_FreeProc, clientData: *mut ::std::os::raw::c_void),
    >,
    pub reserved290: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_EvalEx: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            script: *const ::std::os::raw::c_char,
            numBytes: Tcl_Size,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_EvalObjv: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objc: Tcl_Size,
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
    pub tcl_ExitThread:
        ::std::option::Option<unsafe extern "C" fn(status: ::std::os::raw::c_int) -> !>,
    pub tcl_ExternalToUtf: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            encoding: Tcl_Encoding,
            src: *const ::std::os::raw::c_char,
            srcLen: Tcl_Size,
            flags: ::std::os::raw::c_int,
            statePtr: *mut Tcl_EncodingState,
            dst: *mut ::std::os::raw::c_char,
            dstLen: Tcl_Size,
            srcReadPtr: *mut ::std::os::raw::c_int,
            dstWrotePtr: *mut ::std::os::raw::c_int,
            dstCharsPtr: *mut ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ExternalToUtfDString: ::std::option::Option<
        unsafe extern "C" fn(
            encoding: Tcl_Encoding,
            src: *const ::std::os::raw::c_char,
            srcLen: Tcl_Size,
            dsPtr: *mut Tcl_DString,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_FinalizeThread: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_FinalizeNotifier:
        ::std::option::Option<unsafe extern "C" fn(clientData: *mut ::std::os::raw::c_void)>,
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
            offset: Tcl_Size,
            msg: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
            indexPtr: *mut ::std::os::raw::c_void,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetThreadData: ::std::option::Option<
        unsafe extern "C" fn(
            keyPtr: *mut Tcl_ThreadDataKey,
            size: Tcl_Size,
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
    pub tcl_InitNotifier:
        ::std::option::Option<unsafe extern "C" fn() -> *mut ::std::os::raw::c_void>,
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
    pub tclNumUtfChars: ::std::option::Option<
        unsafe extern "C" fn(src: *const ::std::os::raw::c_char, length: Tcl_Size) -> Tcl_Size,
    >,
    pub tcl_ReadChars: ::std::option::Option<
        unsafe extern "C" fn(
            channel: Tcl_Channel,
            objPtr: *mut Tcl_Obj,
            charsToRead: Tcl_Size,
            appendFlag: ::std::os::raw::c_int,
        ) -> Tcl_Size,
    >,
    pub reserved314: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved315: ::std::option::Option<unsafe extern "C" fn()>,
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
            position: ::std::os::raw::c_int,
        ),
    >,
    pub tcl_UniCharAtIndex: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            index: Tcl_Size,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UniCharToLower: ::std::option::Option<
        unsafe extern "C" fn(ch: ::std::os::raw::c_int) -> ::std::os::raw::c_int,
    >,
    pub tcl_UniCharToTitle: ::std::option::Option<
        unsafe extern "C" fn(ch: ::std::os::raw::c_int) -> ::std::os::raw::c_int,
    >,
    pub tcl_UniCharToUpper: ::std::option::Option<
        unsafe extern "C" fn(ch: ::std::os::raw::c_int) -> ::std::os::raw::c_int,
    >,
    pub tcl_UniCharToUtf: ::std::option::Option<
        unsafe extern "C" fn(
            ch: ::std::os::raw::c_int,
            buf: *mut ::std::os::raw::c_char,
        ) -> Tcl_Size,
    >,
    pub tclUtfAtIndex: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            index: Tcl_Size,
        ) -> *const ::std::os::raw::c_char,
    >,
    pub tclUtfCharComplete: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            length: Tcl_Size,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UtfBackslash: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            readPtr: *mut ::std::os::raw::c_int,
            dst: *mut ::std::os::raw::c_char,
        ) -> Tcl_Size,
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
    pub tclUtfNext: ::std::option::Option<
        unsafe extern "C" fn(src: *const ::std::os::raw::c_char) -> *const ::std::os::raw::c_char,
    >,
    pub tclUtfPrev: ::std::option::Option<
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
            srcLen: Tcl_Size,
            flags: ::std::os::raw::c_int,
            statePtr: *mut Tcl_EncodingState,
            dst: *mut ::std::os::raw::c_char,
            dstLen: Tcl_Size,
            srcReadPtr: *mut ::std::os::raw::c_int,
            dstWrotePtr: *mut ::std::os::raw::c_int,
            dstCharsPtr: *mut ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UtfToExternalDString: ::std::option::Option<
        unsafe extern "C" fn(
            encoding: Tcl_Encoding,
            src: *const ::std::os::raw::c_char,
            srcLen: Tcl_Size,
            dsPtr: *mut Tcl_DString,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_UtfToLower:
        ::std::option::Option<unsafe extern "C" fn(src: *mut ::std::os::raw::c_char) -> Tcl_Size>,
    pub tcl_UtfToTitle:
        ::std::option::Option<unsafe extern "C" fn(src: *mut ::std::os::raw::c_char) -> Tcl_Size>,
    pub tcl_UtfToChar16: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            chPtr: *mut ::std::os::raw::c_ushort,
        ) -> Tcl_Size,
    >,
    pub tcl_UtfToUpper:
        ::std::option::Option<unsafe extern "C" fn(src: *mut ::std::os::raw::c_char) -> Tcl_Size>,
    pub tcl_WriteChars: ::std::option::Option<
        unsafe extern "C" fn(
            chan: Tcl_Channel,
            src: *const ::std::os::raw::c_char,
            srcLen: Tcl_Size,
        ) -> Tcl_Size,
    >,
    pub tcl_WriteObj: ::std::option::Option<
        unsafe extern "C" fn(chan: Tcl_Channel, objPtr: *mut Tcl_Obj) -> Tcl_Size,
    >,
    pub tcl_GetString: ::std::option::Option<
        unsafe extern "C" fn(objPtr: *mut Tcl_Obj) -> *mut ::std::os::raw::c_char,
    >,
    pub reserved341: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved342: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_AlertNotifier:
        ::std::option::Option<unsafe extern "C" fn(clientData: *mut ::std::os::raw::c_void)>,
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
    pub tcl_Char16Len: ::std::option::Option<
        unsafe extern "C" fn(uniStr: *const ::std::os::raw::c_ushort) -> Tcl_Size,
    >,
    pub reserved353: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_Char16ToUtfDString: ::std::option::Option<
        unsafe extern "C" fn(
            uniStr: *const ::std::os::raw::c_ushort,
            uniLength: Tcl_Size,
            dsPtr: *mut Tcl_DString,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_UtfToChar16DString: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            length: Tcl_Size,
            dsPtr: *mut Tcl_DString,
        ) -> *mut ::std::os::raw::c_ushort,
    >,
    pub tcl_GetRegExpFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            patObj: *mut Tcl_Obj,
            flags: ::std::os::raw::c_int,
        ) -> Tcl_RegExp,
    >,
    pub reserved357: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_FreeParse: ::std::option::Option<unsafe extern "C" fn(parsePtr: *mut Tcl_Parse)>,
    pub tcl_LogCommandInfo: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            script: *const ::std::os::raw::c_char,
            command: *const ::std::os::raw::c_char,
            length: Tcl_Size,
        ),
    >,
    pub tcl_ParseBraces: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            start: *const ::std::os::raw::c_char,
            numBytes: Tcl_Size,
            parsePtr: *mut Tcl_Parse,
            append: ::std::os::raw::c_int,
            termPtr: *mut *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ParseCommand: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            start: *const ::std::os::raw::c_char,
            numBytes: Tcl_Size,
            nested: ::std::os::raw::c_int,
            parsePtr: *mut Tcl_Parse,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ParseExpr: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            start: *const ::std::os::raw::c_char,
            numBytes: Tcl_Size,
            parsePtr: *mut Tcl_Parse,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ParseQuotedString: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            start: *const ::std::os::raw::c_char,
            numBytes: Tcl_Size,
            parsePtr: *mut Tcl_Parse,
            append: ::std::os::raw::c_int,
            termPtr: *mut *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ParseVarName: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            start: *const ::std::os::raw::c_char,
            numBytes: Tcl_Size,
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
    pub tclUtfNcmp: ::std::option::Option<
        unsafe extern "C" fn(
            s1: *const ::std::os::raw::c_char,
            s2: *const ::std::os::raw::c_char,
            n: usize,
        ) -> ::std::os::raw::c_int,
    >,
    pub tclUtfNcasecmp: ::std::option::Option<
        unsafe extern "C" fn(
            s1: *const ::std::os::raw::c_char,
            s2: *const ::std::os::raw::c_char,
            n: usize,
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
            offset: Tcl_Size,
            nmatches: Tcl_Size,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_RegExpGetInfo: ::std::option::Option<
        unsafe extern "C" fn(regexp: Tcl_RegExp, infoPtr: *mut Tcl_RegExpInfo),
    >,
    pub tcl_NewUnicodeObj: ::std::option::Option<
        unsafe extern "C" fn(unicode: *const Tcl_UniChar, numChars: Tcl_Size) -> *mut Tcl_Obj,
    >,
    pub tcl_SetUnicodeObj: ::std::option::Option<
        unsafe extern "C" fn(objPtr: *mut Tcl_Obj, unicode: *const Tcl_UniChar, numChars: Tcl_Size),
    >,
    pub tclGetCharLength:
        ::std::option::Option<unsafe extern "C" fn(objPtr: *mut Tcl_Obj) -> Tcl_Size>,
    pub tclGetUniChar: ::std::option::Option<
        unsafe extern "C" fn(objPtr: *mut Tcl_Obj, index: Tcl_Size) -> ::std::os::raw::c_int,
    >,
    pub reserved382: ::std::option::Option<unsafe extern "C" fn()>,
    pub tclGetRange: ::std::option::Option<
        unsafe extern "C" fn(objPtr: *mut Tcl_Obj, first: Tcl_Size, last: Tcl_Size) -> *mut Tcl_Obj,
    >,
    pub tcl_AppendUnicodeToObj: ::std::option::Option<
        unsafe extern "C" fn(objPtr: *mut Tcl_Obj, unicode: *const Tcl_UniChar, length: Tcl_Size),
    >,
    pub tcl_RegExpMatchObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            textObj: *mut Tcl_Obj,
            patternObj: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_SetNotifier:
        ::std::option::Option<unsafe extern "C" fn(notifierProcPtr: *const Tcl_NotifierProcs)>,
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
            clientData: *mut ::std::os::raw::c_void,
            interp: *mut Tcl_Interp,
            objc: Tcl_Size,
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
            clientData: *mut ::std::os::raw::c_void,
            stackSize: usize,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ReadRaw: ::std::option::Option<
        unsafe extern "C" fn(
            chan: Tcl_Channel,
            dst: *mut ::std::os::raw::c_char,
            bytesToRead: Tcl_Size,
        ) -> Tcl_Size,
    >,
    pub tcl_WriteRaw: ::std::option::Option<
        unsafe extern "C" fn(
            chan: Tcl_Channel,
            src: *const ::std::os::raw::c_char,
            srcLen: Tcl_Size,
        ) -> Tcl_Size,
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
    pub reserved401: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_ChannelClose2Proc: ::std::option::Option<
        unsafe extern "C" fn(chanTypePtr: *const Tcl_ChannelType) -> Tcl_DriverClose2Proc,
    >,
    pub tcl_ChannelInputProc: ::std::option::Option<
        unsafe extern "C" fn(chanTypePtr: *const Tcl_ChannelType) -> Tcl_DriverInputProc,
    >,
    pub tcl_ChannelOutputProc: ::std::option::Option<
        unsafe extern "C" fn(chanTypePtr: *const Tcl_ChannelType) -> Tcl_DriverOutputProc,
    >,
    pub reserved405: ::std::option::Option<unsafe extern "C" fn()>,
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
    pub reserved419: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved420: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved421: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved422: ::std::option::Option<unsafe extern "C" fn()>,
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
            prevClientData: *mut ::std::os::raw::c_void,
        ) -> *mut ::std::os::raw::c_void,
    >,
    pub tcl_TraceCommand: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            varName: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
            proc_: Tcl_CommandTraceProc,
            clientData: *mut ::std::os::raw::c_void,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UntraceCommand: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            varName: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
            proc_: Tcl_CommandTraceProc,
            clientData: *mut ::std::os::raw::c_void,
        ),
    >,
    pub tcl_AttemptAlloc:
        ::std::option::Option<unsafe extern "C" fn(size: usize) -> *mut ::std::os::raw::c_void>,
    pub tcl_AttemptDbCkalloc: ::std::option::Option<
        unsafe extern "C" fn(
            size: usize,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ) -> *mut ::std::os::raw::c_void,
    >,
    pub tcl_AttemptRealloc: ::std::option::Option<
        unsafe extern "C" fn(
            ptr: *mut ::std::os::raw::c_void,
            size: usize,
        ) -> *mut ::std::os::raw::c_void,
    >,
    pub tcl_AttemptDbCkrealloc: ::std::option::Option<
        unsafe extern "C" fn(
            ptr: *mut ::std::os::raw::c_void,
            size: usize,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ) -> *mut ::std::os::raw::c_void,
    >,
    pub tcl_AttemptSetObjLength: ::std::option::Option<
        unsafe extern "C" fn(objPtr: *mut Tcl_Obj, length: Tcl_Size) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetChannelThread:
        ::std::option::Option<unsafe extern "C" fn(channel: Tcl_Channel) -> Tcl_ThreadId>,
    pub tclGetUnicodeFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            lengthPtr: *mut ::std::os::raw::c_void,
        ) -> *mut Tcl_UniChar,
    >,
    pub reserved435: ::std::option::Option<unsafe extern "C" fn()>,
    pub reserved436: ::std::option::Option<unsafe extern "C" fn()>,
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
            proc1Ptr: *mut Tcl_LibraryInitProc,
            proc2Ptr: *mut Tcl_LibraryInitProc,
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
        unsafe extern "C" fn(listObj: *mut Tcl_Obj, elements: Tcl_Size) -> *mut Tcl_Obj,
    >,
    pub tclFSSplitPath: ::std::option::Option<
        unsafe extern "C" fn(
            pathPtr: *mut Tcl_Obj,
            lenPtr: *mut ::std::os::raw::c_void,
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
            objc: Tcl_Size,
            objv: *const *mut Tcl_Obj,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_FSGetInternalRep: ::std::option::Option<
        unsafe extern "C" fn(
            pathPtr: *mut Tcl_Obj,
            fsPtr: *const Tcl_Filesystem,
        ) -> *mut ::std::os::raw::c_void,
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
            clientData: *mut ::std::os::raw::c_void,
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
            clientData: *mut ::std::os::raw::c_void,
            fsPtr: *const Tcl_Filesystem,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_FSUnregister: ::std::option::Option<
        unsafe extern "C" fn(fsPtr: *const Tcl_Filesystem) -> ::std::os::raw::c_int,
    >,
    pub tcl_FSData: ::std::option::Option<
        unsafe extern "C" fn(fsPtr: *const Tcl_Filesystem) -> *mut ::std::os::raw::c_void,
    >,
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
            count: Tcl_Size,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetTime: ::std::option::Option<unsafe extern "C" fn(timeBuf: *mut Tcl_Time)>,
    pub tcl_CreateObjTrace: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            level: Tcl_Size,
            flags: ::std::os::raw::c_int,
            objProc: Tcl_CmdObjTraceProc,
            clientData: *mut ::std::os::raw::c_void,
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
            offset: ::std::os::raw::c_longlong,
            mode: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_longlong,
    >,
    pub tcl_Tell: ::std::option::Option<
        unsafe extern "C" fn(chan: Tcl_Channel) -> ::std::os::raw::c_longlong,
    >,
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
    pub tclDictObjSize: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            dictPtr: *mut Tcl_Obj,
            sizePtr: *mut ::std::os::raw::c_void,
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
            keyc: Tcl_Size,
            keyv: *const *mut Tcl_Obj,
            valuePtr: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_DictObjRemoveKeyList: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            dictPtr: *mut Tcl_Obj,
            keyc: Tcl_Size,
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
            clientData: *mut ::std::os::raw::c_void,
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
    pub reserved519: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_LimitAddHandler: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            type_: ::std::os::raw::c_int,
            handlerProc: Tcl_LimitHandlerProc,
            clientData: *mut ::std::os::raw::c_void,
            deleteProc: Tcl_FreeProc,
        ),
    >,
    pub tcl_LimitRemoveHandler: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            type_: ::std::os::raw::c_int,
            handlerProc: Tcl_LimitHandlerProc,
            clientData: *mut ::std::os::raw::c_void,
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
        unsafe extern "C" fn(interp: *mut Tcl_Interp, commandLimit: Tcl_Size),
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
            clientData: *mut ::std::os::raw::c_void,
        ),
    >,
    pub tcl_QueryTimeProc: ::std::option::Option<
        unsafe extern "C" fn(
            getProc: *mut Tcl_GetTimeProc,
            scaleProc: *mut Tcl_ScaleTimeProc,
            clientData: *mut *mut ::std::os::raw::c_void,
        ),
    >,
    pub tcl_ChannelThreadActionProc: ::std::option::Option<
        unsafe extern "C" fn(chanTypePtr: *const Tcl_ChannelType) -> Tcl_DriverThreadActionProc,
    >,
    pub tcl_NewBignumObj: ::std::option::Option<
        unsafe extern "C" fn(value: *mut ::std::os::raw::c_void) -> *mut Tcl_Obj,
    >,
    pub tcl_DbNewBignumObj: ::std::option::Option<
        unsafe extern "C" fn(
            value: *mut ::std::os::raw::c_void,
            file: *const ::std::os::raw::c_char,
            line: ::std::os::raw::c_int,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_SetBignumObj: ::std::option::Option<
        unsafe extern "C" fn(obj: *mut Tcl_Obj, value: *mut ::std::os::raw::c_void),
    >,
    pub tcl_GetBignumFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            obj: *mut Tcl_Obj,
            value: *mut ::std::os::raw::c_void,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_TakeBignumFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            obj: *mut Tcl_Obj,
            value: *mut ::std::os::raw::c_void,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_TruncateChannel: ::std::option::Option<
        unsafe extern "C" fn(
            chan: Tcl_Channel,
            length: ::std::os::raw::c_longlong,
        ) -> ::std::os::raw::c_int,
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
            toInit: *mut ::std::os::raw::c_void,
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
            objc: Tcl_Size,
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
            length: Tcl_Size,
            limit: Tcl_Size,
            ellipsis: *const ::std::os::raw::c_char,
        ),
    >,
    pub tcl_Format: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            format: *const ::std::os::raw::c_char,
            objc: Tcl_Size,
            objv: *const *mut Tcl_Obj,
        ) -> *mut Tcl_Obj,
    >,
    pub tcl_AppendFormatToObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            format: *const ::std::os::raw::c_char,
            objc: Tcl_Size,
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
            clientData: *mut ::std::os::raw::c_void,
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
            clientData: *mut ::std::os::raw::c_void,
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
            objc: Tcl_Size,
            objv: *const *mut Tcl_Obj,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_NRCmdSwap: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            cmd: Tcl_Command,
            objc: Tcl_Size,
            objv: *const *mut Tcl_Obj,
            flags: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_NRAddCallback: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            postProcPtr: Tcl_NRPostProc,
            data0: *mut ::std::os::raw::c_void,
            data1: *mut ::std::os::raw::c_void,
            data2: *mut ::std::os::raw::c_void,
            data3: *mut ::std::os::raw::c_void,
        ),
    >,
    pub tcl_NRCallObjProc: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objProc: Tcl_ObjCmdProc,
            clientData: *mut ::std::os::raw::c_void,
            objc: Tcl_Size,
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
    pub tcl_GetAccessTimeFromStat: ::std::option::Option<
        unsafe extern "C" fn(statPtr: *const Tcl_StatBuf) -> ::std::os::raw::c_longlong,
    >,
    pub tcl_GetModificationTimeFromStat: ::std::option::Option<
        unsafe extern "C" fn(statPtr: *const Tcl_StatBuf) -> ::std::os::raw::c_longlong,
    >,
    pub tcl_GetChangeTimeFromStat: ::std::option::Option<
        unsafe extern "C" fn(statPtr: *const Tcl_StatBuf) -> ::std::os::raw::c_longlong,
    >,
    pub tcl_GetSizeFromStat: ::std::option::Option<
        unsafe extern "C" fn(statPtr: *const Tcl_StatBuf) -> ::std::os::raw::c_ulonglong,
    >,
    pub tcl_GetBlocksFromStat: ::std::option::Option<
        unsafe extern "C" fn(statPtr: *const Tcl_StatBuf) -> ::std::os::raw::c_ulonglong,
    >,
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
    pub tclParseArgsObjv: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            argTable: *const Tcl_ArgvInfo,
            objcPtr: *mut ::std::os::raw::c_void,
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
            buffersize: Tcl_Size,
            gzipHeaderDictObj: *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ZlibCRC32: ::std::option::Option<
        unsafe extern "C" fn(
            crc: ::std::os::raw::c_uint,
            buf: *const ::std::os::raw::c_uchar,
            len: Tcl_Size,
        ) -> ::std::os::raw::c_uint,
    >,
    pub tcl_ZlibAdler32: ::std::option::Option<
        unsafe extern "C" fn(
            adler: ::std::os::raw::c_uint,
            buf: *const ::std::os::raw::c_uchar,
            len: Tcl_Size,
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
            count: Tcl_Size,
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
    pub tcl_OpenTcpServerEx: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            service: *const ::std::os::raw::c_char,
            host: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_uint,
            backlog: ::std::os::raw::c_int,
            acceptProc: Tcl_TcpAcceptProc,
            callbackData: *mut ::std::os::raw::c_void,
        ) -> Tcl_Channel,
    >,
    pub tclZipfs_Mount: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            zipname: *const ::std::os::raw::c_char,
            mountPoint: *const ::std::os::raw::c_char,
            passwd: *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tclZipfs_Unmount: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            mountPoint: *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tclZipfs_TclLibrary: ::std::option::Option<unsafe extern "C" fn() -> *mut Tcl_Obj>,
    pub tclZipfs_MountBuffer: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            data: *const ::std::os::raw::c_void,
            datalen: usize,
            mountPoint: *const ::std::os::raw::c_char,
            copy: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_FreeInternalRep: ::std::option::Option<unsafe extern "C" fn(objPtr: *mut Tcl_Obj)>,
    pub tcl_InitStringRep: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            bytes: *const ::std::os::raw::c_char,
            numBytes: usize,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_FetchInternalRep: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            typePtr: *const Tcl_ObjType,
        ) -> *mut Tcl_ObjInternalRep,
    >,
    pub tcl_StoreInternalRep: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            typePtr: *const Tcl_ObjType,
            irPtr: *const Tcl_ObjInternalRep,
        ),
    >,
    pub tcl_HasStringRep:
        ::std::option::Option<unsafe extern "C" fn(objPtr: *mut Tcl_Obj) -> ::std::os::raw::c_int>,
    pub tcl_IncrRefCount: ::std::option::Option<unsafe extern "C" fn(objPtr: *mut Tcl_Obj)>,
    pub tcl_DecrRefCount: ::std::option::Option<unsafe extern "C" fn(objPtr: *mut Tcl_Obj)>,
    pub tcl_IsShared:
        ::std::option::Option<unsafe extern "C" fn(objPtr: *mut Tcl_Obj) -> ::std::os::raw::c_int>,
    pub tcl_LinkArray: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            varName: *const ::std::os::raw::c_char,
            addr: *mut ::std::os::raw::c_void,
            type_: ::std::os::raw::c_int,
            size: Tcl_Size,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetIntForIndex: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            endValue: Tcl_Size,
            indexPtr: *mut Tcl_Size,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UtfToUniChar: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            chPtr: *mut ::std::os::raw::c_int,
        ) -> Tcl_Size,
    >,
    pub tcl_UniCharToUtfDString: ::std::option::Option<
        unsafe extern "C" fn(
            uniStr: *const ::std::os::raw::c_int,
            uniLength: Tcl_Size,
            dsPtr: *mut Tcl_DString,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_UtfToUniCharDString: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            length: Tcl_Size,
            dsPtr: *mut Tcl_DString,
        ) -> *mut ::std::os::raw::c_int,
    >,
    pub tclGetBytesFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            numBytesPtr: *mut ::std::os::raw::c_void,
        ) -> *mut ::std::os::raw::c_uchar,
    >,
    pub tcl_GetBytesFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            numBytesPtr: *mut Tcl_Size,
        ) -> *mut ::std::os::raw::c_uchar,
    >,
    pub tcl_GetStringFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            objPtr: *mut Tcl_Obj,
            lengthPtr: *mut Tcl_Size,
        ) -> *mut ::std::os::raw::c_char,
    >,
    pub tcl_GetUnicodeFromObj: ::std::option::Option<
        unsafe extern "C" fn(objPtr: *mut Tcl_Obj, lengthPtr: *mut Tcl_Size) -> *mut Tcl_UniChar,
    >,
    pub tcl_GetSizeIntFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            sizePtr: *mut Tcl_Size,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UtfCharComplete: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            length: Tcl_Size,
        ) -> ::std::os::raw::c_int,
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
    pub tcl_FSTildeExpand: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            path: *const ::std::os::raw::c_char,
            dsPtr: *mut Tcl_DString,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ExternalToUtfDStringEx: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            encoding: Tcl_Encoding,
            src: *const ::std::os::raw::c_char,
            srcLen: Tcl_Size,
            flags: ::std::os::raw::c_int,
            dsPtr: *mut Tcl_DString,
            errorLocationPtr: *mut Tcl_Size,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UtfToExternalDStringEx: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            encoding: Tcl_Encoding,
            src: *const ::std::os::raw::c_char,
            srcLen: Tcl_Size,
            flags: ::std::os::raw::c_int,
            dsPtr: *mut Tcl_DString,
            errorLocationPtr: *mut Tcl_Size,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_AsyncMarkFromSignal: ::std::option::Option<
        unsafe extern "C" fn(
            async_: Tcl_AsyncHandler,
            sigNumber: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ListObjGetElements: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            listPtr: *mut Tcl_Obj,
            objcPtr: *mut Tcl_Size,
            objvPtr: *mut *mut *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_ListObjLength: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            listPtr: *mut Tcl_Obj,
            lengthPtr: *mut Tcl_Size,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_DictObjSize: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            dictPtr: *mut Tcl_Obj,
            sizePtr: *mut Tcl_Size,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_SplitList: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            listStr: *const ::std::os::raw::c_char,
            argcPtr: *mut Tcl_Size,
            argvPtr: *mut *mut *const ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_SplitPath: ::std::option::Option<
        unsafe extern "C" fn(
            path: *const ::std::os::raw::c_char,
            argcPtr: *mut Tcl_Size,
            argvPtr: *mut *mut *const ::std::os::raw::c_char,
        ),
    >,
    pub tcl_FSSplitPath: ::std::option::Option<
        unsafe extern "C" fn(pathPtr: *mut Tcl_Obj, lenPtr: *mut Tcl_Size) -> *mut Tcl_Obj,
    >,
    pub tcl_ParseArgsObjv: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            argTable: *const Tcl_ArgvInfo,
            objcPtr: *mut Tcl_Size,
            objv: *const *mut Tcl_Obj,
            remObjv: *mut *mut *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UniCharLen: ::std::option::Option<
        unsafe extern "C" fn(uniStr: *const ::std::os::raw::c_int) -> Tcl_Size,
    >,
    pub tcl_NumUtfChars: ::std::option::Option<
        unsafe extern "C" fn(src: *const ::std::os::raw::c_char, length: Tcl_Size) -> Tcl_Size,
    >,
    pub tcl_GetCharLength:
        ::std::option::Option<unsafe extern "C" fn(objPtr: *mut Tcl_Obj) -> Tcl_Size>,
    pub tcl_UtfAtIndex: ::std::option::Option<
        unsafe extern "C" fn(
            src: *const ::std::os::raw::c_char,
            index: Tcl_Size,
        ) -> *const ::std::os::raw::c_char,
    >,
    pub tcl_GetRange: ::std::option::Option<
        unsafe extern "C" fn(objPtr: *mut Tcl_Obj, first: Tcl_Size, last: Tcl_Size) -> *mut Tcl_Obj,
    >,
    pub tcl_GetUniChar: ::std::option::Option<
        unsafe extern "C" fn(objPtr: *mut Tcl_Obj, index: Tcl_Size) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetBool: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            src: *const ::std::os::raw::c_char,
            flags: ::std::os::raw::c_int,
            charPtr: *mut ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetBoolFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            flags: ::std::os::raw::c_int,
            charPtr: *mut ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_CreateObjCommand2: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            cmdName: *const ::std::os::raw::c_char,
            proc2: Tcl_ObjCmdProc2,
            clientData: *mut ::std::os::raw::c_void,
            deleteProc: Tcl_CmdDeleteProc,
        ) -> Tcl_Command,
    >,
    pub tcl_CreateObjTrace2: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            level: Tcl_Size,
            flags: ::std::os::raw::c_int,
            objProc2: Tcl_CmdObjTraceProc2,
            clientData: *mut ::std::os::raw::c_void,
            delProc: Tcl_CmdObjTraceDeleteProc,
        ) -> Tcl_Trace,
    >,
    pub tcl_NRCreateCommand2: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            cmdName: *const ::std::os::raw::c_char,
            proc_: Tcl_ObjCmdProc2,
            nreProc2: Tcl_ObjCmdProc2,
            clientData: *mut ::std::os::raw::c_void,
            deleteProc: Tcl_CmdDeleteProc,
        ) -> Tcl_Command,
    >,
    pub tcl_NRCallObjProc2: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objProc2: Tcl_ObjCmdProc2,
            clientData: *mut ::std::os::raw::c_void,
            objc: Tcl_Size,
            objv: *const *mut Tcl_Obj,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetNumberFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            clientDataPtr: *mut *mut ::std::os::raw::c_void,
            typePtr: *mut ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetNumber: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            bytes: *const ::std::os::raw::c_char,
            numBytes: Tcl_Size,
            clientDataPtr: *mut *mut ::std::os::raw::c_void,
            typePtr: *mut ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_RemoveChannelMode: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            chan: Tcl_Channel,
            mode: ::std::os::raw::c_int,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_GetEncodingNulLength:
        ::std::option::Option<unsafe extern "C" fn(encoding: Tcl_Encoding) -> Tcl_Size>,
    pub tcl_GetWideUIntFromObj: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            objPtr: *mut Tcl_Obj,
            uwidePtr: *mut Tcl_WideUInt,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_DStringToObj:
        ::std::option::Option<unsafe extern "C" fn(dsPtr: *mut Tcl_DString) -> *mut Tcl_Obj>,
    pub tcl_UtfNcmp: ::std::option::Option<
        unsafe extern "C" fn(
            s1: *const ::std::os::raw::c_char,
            s2: *const ::std::os::raw::c_char,
            n: usize,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_UtfNcasecmp: ::std::option::Option<
        unsafe extern "C" fn(
            s1: *const ::std::os::raw::c_char,
            s2: *const ::std::os::raw::c_char,
            n: usize,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_NewWideUIntObj:
        ::std::option::Option<unsafe extern "C" fn(wideValue: Tcl_WideUInt) -> *mut Tcl_Obj>,
    pub tcl_SetWideUIntObj:
        ::std::option::Option<unsafe extern "C" fn(objPtr: *mut Tcl_Obj, uwideValue: Tcl_WideUInt)>,
    pub tclUnusedStubEntry: ::std::option::Option<unsafe extern "C" fn()>,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct TclPlatStubs {
    pub magic: ::std::os::raw::c_int,
    pub hooks: *mut ::std::os::raw::c_void,
    pub reserved0: ::std::option::Option<unsafe extern "C" fn()>,
    pub tcl_MacOSXOpenVersionedBundleResources: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            bundleName: *const ::std::os::raw::c_char,
            bundleVersion: *const ::std::os::raw::c_char,
            hasResourceFile: ::std::os::raw::c_int,
            maxPathLen: Tcl_Size,
            libraryPath: *mut ::std::os::raw::c_char,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_MacOSXNotifierAddRunLoopMode:
        ::std::option::Option<unsafe extern "C" fn(runLoopMode: *const ::std::os::raw::c_void)>,
    pub tcl_WinConvertError:
        ::std::option::Option<unsafe extern "C" fn(errCode: ::std::os::raw::c_uint)>,
}
pub type Tcl_MethodCallProc2 = ::std::option::Option<
    unsafe extern "C" fn(
        clientData: *mut ::std::os::raw::c_void,
        interp: *mut Tcl_Interp,
        objectContext: Tcl_ObjectContext,
        objc: Tcl_Size,
        objv: *const *mut Tcl_Obj,
    ) -> ::std::os::raw::c_int,
>;
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
pub struct Tcl_MethodType2 {
    pub version: ::std::os::raw::c_int,
    pub name: *const ::std::os::raw::c_char,
    pub callProc: Tcl_MethodCallProc2,
    pub deleteProc: Tcl_MethodDeleteProc,
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
            flags: ::std::os::raw::c_int,
            typePtr: *const Tcl_MethodType,
            clientData: *mut ::std::os::raw::c_void,
        ) -> Tcl_Method,
    >,
    pub tcl_NewMethod: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            cls: Tcl_Class,
            nameObj: *mut Tcl_Obj,
            flags: ::std::os::raw::c_int,
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
            objc: Tcl_Size,
            objv: *const *mut Tcl_Obj,
            skip: Tcl_Size,
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
    pub tcl_ObjectContextSkippedArgs:
        ::std::option::Option<unsafe extern "C" fn(context: Tcl_ObjectContext) -> Tcl_Size>,
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
            objc: Tcl_Size,
            objv: *const *mut Tcl_Obj,
            skip: Tcl_Size,
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
    pub tcl_MethodIsPrivate:
        ::std::option::Option<unsafe extern "C" fn(method: Tcl_Method) -> ::std::os::raw::c_int>,
    pub tcl_GetClassOfObject:
        ::std::option::Option<unsafe extern "C" fn(object: Tcl_Object) -> Tcl_Class>,
    pub tcl_GetObjectClassName: ::std::option::Option<
        unsafe extern "C" fn(interp: *mut Tcl_Interp, object: Tcl_Object) -> *mut Tcl_Obj,
    >,
    pub tcl_MethodIsType2: ::std::option::Option<
        unsafe extern "C" fn(
            method: Tcl_Method,
            typePtr: *const Tcl_MethodType2,
            clientDataPtr: *mut *mut ::std::os::raw::c_void,
        ) -> ::std::os::raw::c_int,
    >,
    pub tcl_NewInstanceMethod2: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            object: Tcl_Object,
            nameObj: *mut Tcl_Obj,
            flags: ::std::os::raw::c_int,
            typePtr: *const Tcl_MethodType2,
            clientData: *mut ::std::os::raw::c_void,
        ) -> Tcl_Method,
    >,
    pub tcl_NewMethod2: ::std::option::Option<
        unsafe extern "C" fn(
            interp: *mut Tcl_Interp,
            cls: Tcl_Class,
            nameObj: *mut Tcl_Obj,
            flags: ::std::os::raw::c_int,
            typePtr: *const Tcl_MethodType2,
            clientData: *mut ::std::os::raw::c_void,
        ) -> Tcl_Method,
    >,
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
