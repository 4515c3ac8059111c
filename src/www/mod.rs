//! What Tcl sees of the package: the command `www websocket`, the class of its objects, and the two
//! drivers that move bytes, [`opening`] until the 101 response and [`connection`] after it.
//!
//! The way of a call: `options` checks the words, `opening` connects, sends the request and reads the
//! response, and hands the `stream` to a `connection`, which `methods` gives its face in Tcl. All that
//! is against the rules becomes an error in `errors`.

mod callbacks;
mod connection;
mod deflate;
mod errors;
mod extensions;
mod input;
mod methods;
mod opening;
mod options;
mod output;
mod stream;
mod words;

use crate::tcl::{Answer, Class, Error, Interp, Pending, Value};
use connection::Connection;
use std::{ffi::CStr, rc::Rc};
use words::Words;

/// The version that `package require` compares: that of the crate.
const VERSION: &CStr =
    match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
        Ok(version) => version,
        Err(_) => unreachable!(),
    };

/// What the package keeps for an interpreter.
pub(crate) struct Package {
    interp: Interp,
    class: Class<Connection>,
    words: Words,
}

/// Makes the package available in an interpreter.
///
/// Errors in a safe interpreter, which may not reach the network, and where the subcommand cannot be
/// added to `www`.
pub(crate) fn install(interp: &Interp) -> Result<(), Error> {
    if interp.is_safe() {
        return Err(errors::safe());
    }
    // First of all, since it may refuse.
    interp.eval(include_str!("ensemble.tcl"))?;
    let class = Class::create(
        interp,
        "::www::WebSocket",
        methods::METHODS,
        "a connection is opened by \"www websocket\"",
    )?;
    Class::create(
        interp,
        deflate::CLASS,
        deflate::METHODS,
        "this class is an extension, to be named in \"www websocket\"",
    )?;
    let package = Rc::new(Package { interp: interp.clone(), class, words: Words::new() });
    interp.create_command(c"::www::websocket", move |interp, words| {
        match open(&package, interp, words.get(1..).unwrap_or_default()) {
            Ok(pending) => Answer::Later(pending),
            Err(error) => Answer::Now(Err(error)),
        }
    });
    interp.eval("::www::JoinEnsemble")?;
    interp.provide_package(c"www::websocket", VERSION)
}

fn open(package: &Rc<Package>, interp: &Interp, words: &[Value]) -> Result<Rc<Pending>, Error> {
    let request = options::parse(interp, words)?;
    package.class.check(interp)?;
    opening::open(package, request)
}
