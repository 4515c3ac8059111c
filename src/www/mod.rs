//! What scripts see of the package: the commands of the ensemble `www`, and the class of connection
//! objects.
//!
//! The way of a call: `websocket` checks the words of `www websocket` by the tables of options
//! (`options`), and has the connection opened; `object` makes its object. All errors get their
//! `-errorcode` in `errors`.

mod configuration;
mod errors;
mod headers;
mod object;
mod options;
mod request;
mod websocket;

use std::{
    cell::RefCell,
    ffi::CStr,
    rc::{Rc, Weak},
};

use configuration::Configuration;
pub(crate) use errors::FAULTS;
use object::WebSocket;

use crate::{
    context::{Context, Literals, Log},
    tcl::{Class, Completion, Error, Interp, Value},
    websocket::Opening,
};

/// The version that `package require` compares: that of the crate.
const VERSION: &CStr =
    match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
        Ok(version) => version,
        Err(_) => unreachable!(),
    };

/// What the package keeps for an interpreter.
///
/// Held by the command `www websocket`: when the interpreter goes, so does what is being opened.
struct Package {
    context: Rc<Context>,
    configuration: Rc<Configuration>,
    class: Rc<Class<WebSocket>>,
    openings: RefCell<Vec<Weak<Opening>>>,
}

impl Package {
    /// Keeps in mind that a connection is being opened.
    fn add_opening(&self, opening: &Rc<Opening>) {
        let mut openings = self.openings.borrow_mut();
        openings.retain(|opening| opening.strong_count() > 0);
        openings.push(Rc::downgrade(opening));
    }
}

impl Drop for Package {
    fn drop(&mut self) {
        if self.context.interp.is_deleted() {
            let openings = self.openings.take();
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
        object::METHODS,
        &errors::argument("a connection is opened by \"www websocket\""),
    )?;
    Class::create(
        interp,
        object::deflate::CLASS,
        object::deflate::METHODS,
        &errors::argument("this class is an extension, to be named in \"www websocket\""),
    )?;
    let context =
        Rc::new(Context { interp: interp.clone(), literals: Literals::new(), log: Log::default() });
    let configuration = Rc::new(Configuration::new(is_guest));
    configuration::create_commands(&context, &configuration);
    let class = Rc::new(class);
    let package = Package { context, configuration, class, openings: RefCell::default() };
    interp.create_command(c"::www::websocket", move |interp, words| {
        call(&package, interp, words).unwrap_or_else(|error| Completion::Returns(Err(error)))
    });
    interp.eval("::www::JoinEnsemble")?;
    interp.provide_package(c"www::websocket", VERSION)
}

/// `www websocket` with all its words. Those that are no URL are subcommands.
fn call(package: &Package, interp: &Interp, words: &[Value]) -> Result<Completion, Error> {
    let rest = words.get(1..).unwrap_or_default();
    let subcommand = rest.first().map(Value::to_utf8_lossy).unwrap_or_default();
    let reply = match (subcommand.as_str(), rest.len()) {
        ("names", 1) => package.class.instances(interp)?,
        ("log", _) => configuration::log(&package.context.log, interp, words, 2)?,
        _ => {
            let request = websocket::parse(&package.configuration, interp, rest)?;
            package.class.check(interp)?;
            let (opening, pending) = websocket::open(&package.context, &package.class, request)?;
            package.add_opening(&opening);
            match pending {
                Some(pending) => return Ok(Completion::Waits(pending)),
                None => Value::empty(),
            }
        }
    };
    Ok(Completion::Returns(Ok(reply.into())))
}
