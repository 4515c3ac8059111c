//! What Tcl sees of the package: the command `www websocket`, the class of its objects, and the two
//! drivers that move bytes, [`opening`] until the 101 response and [`connection`] after it.
//!
//! The way of a call: `options` checks the words, `opening` connects, sends the request and reads
//! the response, and hands the `stream` to a `connection`, which `methods` exposes as a TclOO
//! object. All that is against the rules becomes an error in `errors`.

mod callbacks;
mod certify;
mod configuration;
mod connection;
mod deflate;
mod errors;
mod extensions;
mod frame;
mod headers;
mod hop;
mod input;
mod inspection;
mod literals;
mod log;
mod methods;
mod opening;
mod options;
mod output;
mod stream;
mod tunnel;

use std::{
    cell::RefCell,
    ffi::CStr,
    rc::{Rc, Weak},
};

use configuration::Configuration;
use connection::Connection;
pub(crate) use errors::FAULTS;
use literals::Literals;
use opening::Opening;

use crate::tcl::{Class, Completion, Error, Interp, Value};

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
    literals: Literals,
    configuration: Configuration,
    openings: Openings,
}

/// The connections that are being opened.
#[derive(Default)]
struct Openings(RefCell<Vec<Weak<Opening>>>);

impl Openings {
    fn add(&self, opening: &Rc<Opening>) {
        let mut openings = self.0.borrow_mut();
        openings.retain(|opening| opening.strong_count() > 0);
        openings.push(Rc::downgrade(opening));
    }
}

/// Held by the command `www websocket`: when the interpreter goes, so does what is being opened.
struct Installed(Rc<Package>);

impl Drop for Installed {
    fn drop(&mut self) {
        if self.0.interp.is_deleted() {
            let openings = self.0.openings.0.take();
            openings.iter().filter_map(Weak::upgrade).for_each(|opening| opening.stop());
        }
    }
}

/// Makes the package available in an interpreter.
///
/// Errors in a safe interpreter, which may not reach the network, and where the subcommand cannot
/// be added to `www`.
pub(crate) fn install(interp: &Interp) -> Result<(), Error> {
    if interp.is_safe() {
        return Err(errors::safe());
    }
    // First of all, since it may refuse.
    let is_guest = interp.eval(include_str!("ensemble.tcl"))?.to_boolean() == Some(true);
    let class = Class::create(
        interp,
        "::www::WebSocket",
        methods::METHODS,
        &errors::argument("a connection is opened by \"www websocket\""),
    )?;
    Class::create(
        interp,
        deflate::CLASS,
        deflate::METHODS,
        &errors::argument("this class is an extension, to be named in \"www websocket\""),
    )?;
    let package = Rc::new(Package {
        interp: interp.clone(),
        class,
        literals: Literals::new(),
        configuration: Configuration::new(is_guest),
        openings: Openings::default(),
    });
    configuration::create_commands(&package);
    let installed = Installed(package);
    interp.create_command(c"::www::websocket", move |interp, words| {
        call(&installed.0, interp, words).unwrap_or_else(|error| Completion::Returns(Err(error)))
    });
    interp.eval("::www::JoinEnsemble")?;
    interp.provide_package(c"www::websocket", VERSION)
}

/// `www websocket` with all its words. Those that are no URL are subcommands.
fn call(package: &Rc<Package>, interp: &Interp, words: &[Value]) -> Result<Completion, Error> {
    let rest = words.get(1..).unwrap_or_default();
    let subcommand = rest.first().map(Value::to_utf8_lossy).unwrap_or_default();
    let reply = match (subcommand.as_str(), rest.len()) {
        ("names", 1) => package.class.instances(interp)?,
        ("log", _) => package.configuration.set_log(interp, words, 2)?,
        _ => {
            let request = options::parse(package, interp, rest)?;
            package.class.check(interp)?;
            match opening::open(package, request)? {
                Some(pending) => return Ok(Completion::Waits(pending)),
                None => Value::empty(),
            }
        }
    };
    Ok(Completion::Returns(Ok(reply.into())))
}
