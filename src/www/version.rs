//! The version of the package, as Tcl and as servers are told it.

use std::ffi::CStr;

/// The version that `package require` compares: that of the crate.
pub(crate) const VERSION: &CStr =
    match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
        Ok(version) => version,
        Err(_) => unreachable!(),
    };

/// The package as a product of the header User-Agent: its name with a hyphen, since a product is a
/// token, in which no colon may stand (RFC 9110 section 10.1.5).
pub(crate) const PRODUCT: &str = concat!("www-websocket/", env!("CARGO_PKG_VERSION"));
