//! Sets `cfg(own_sockets)` where the system has epoll or kqueue, so that the sockets need not be
//! Tcl's (`src/tcl/socket.rs`).
//!
//! Regenerates `src/tcl/sys/tcl86.rs` and `tcl90.rs` from Tcl's headers when the feature `bindgen`
//! is on. A plain build uses the committed files, so it needs neither libclang nor the headers.
//!
//! `TCL86_INCLUDE` and `TCL90_INCLUDE` name the folders that hold `tcl.h` and `tclOO.h`.

/// The systems with epoll, and those with kqueue.
const OWN_SOCKETS: &[&str] =
    &["linux", "android", "macos", "ios", "freebsd", "netbsd", "openbsd", "dragonfly"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let system = std::env::var("CARGO_CFG_TARGET_OS").unwrap_or_default();
    if OWN_SOCKETS.contains(&system.as_str()) {
        println!("cargo::rustc-cfg=own_sockets");
    }
    #[cfg(feature = "bindgen")]
    bindings::generate();
}

#[cfg(feature = "bindgen")]
mod bindings {
    use std::{env, path::Path};

    /// What has the same layout, or the same leading fields at the same offsets, in Tcl 8.6 and 9:
    /// generated from 8.6 alone, so that one type serves both stub tables.
    const SHARED: &str = "Tcl_(Obj|ObjType|Interp|Command_?|Channel_?|TimerToken_?|ThreadId_?|\
        Event|EventProc|ObjCmdProc|NRPostProc|CmdDeleteProc|ChannelProc|TimerProc|ExitProc|\
        IdleProc|InterpDeleteProc|MethodCallProc|MethodDeleteProc|CloneProc|\
        ObjectMetadataDeleteProc|MethodType|ObjectMetadataType|Object_?|Class_?|Method_?|\
        ObjectContext_?|Namespace|NamespaceDeleteProc|CommandTraceProc|CloseProc)";

    /// `va_list` differs from processor to processor; no function that takes one is called.
    const VARIADIC: &str = "__va_list_tag|va_list|__builtin_va_list|__gnuc_va_list";

    pub(crate) fn generate() {
        let headers = |variable: &str, default: &str| {
            println!("cargo::rerun-if-env-changed={variable}");
            let include = env::var(variable).unwrap_or_else(|_| default.to_owned());
            bindgen::Builder::default()
                .header_contents("wrapper.h", "#include <tcl.h>\n#include <tclOO.h>\n")
                .clang_arg(format!("-I{include}"))
                .allowlist_type("TclStubs|TclOOStubs")
                .blocklist_type(VARIADIC)
                .raw_line("type __va_list_tag = ::std::os::raw::c_void;")
                .layout_tests(false)
                .generate_comments(false)
                .disable_header_comment()
        };
        let tcl86 = headers("TCL86_INCLUDE", "/usr/include/tcl8.6").allowlist_type(SHARED);
        let tcl90 = headers("TCL90_INCLUDE", "/usr/include/tcl9.0")
            .blocklist_type(SHARED)
            .raw_line("use super::tcl86::*;");
        for (builder, output) in [(tcl86, "tcl86.rs"), (tcl90, "tcl90.rs")] {
            builder
                .generate()
                .unwrap_or_else(|error| panic!("bindings for {output}: {error}"))
                .write_to_file(Path::new("src/tcl/sys").join(output))
                .unwrap_or_else(|error| panic!("src/tcl/sys/{output}: {error}"));
        }
    }
}
