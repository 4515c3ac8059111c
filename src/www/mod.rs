//! What scripts see of the package: the commands of the ensemble `www`, and the class of connection
//! objects.
//!
//! The way of a call: `websocket` checks the words of `www websocket` by the tables of options
//! (`options`), and has the connection opened; `openings` keeps it in mind meanwhile, and `object`
//! makes its object. All errors get their `-errorcode` in `errors`.

mod configuration;
mod cookies;
mod errors;
mod headers;
mod object;
mod openings;
mod options;
mod request;
#[allow(dead_code, reason = "no command takes them yet")]
mod request_words;
mod tools;
mod version;
mod websocket;

use std::rc::Rc;

use configuration::Configuration;
pub(crate) use errors::FAULTS;
use object::WebSocket;
use openings::Openings;
use version::PACKAGES;

use crate::{
    context::Context,
    tcl::{Class, Completion, Error, Interp, Value},
};

/// What the command `www websocket` keeps.
struct Package {
    context: Rc<Context>,
    configuration: Rc<Configuration>,
    class: Rc<Class<WebSocket>>,
    openings: Rc<Openings>,
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
    let context = Context::new(interp);
    let configuration = Rc::new(Configuration::new(interp, is_guest));
    configuration::create_commands(&context, &configuration);
    let openings = Openings::new(&context);
    if !is_guest {
        cookies::create_commands(&context);
        tools::create_commands(interp)?;
        let openings = Rc::clone(&openings);
        interp.create_command(c"::www::cancel", move |interp, words| {
            Completion::Returns(openings.cancel(interp, words, 1).map(Into::into))
        });
    }
    let package = Package { context, configuration, class: Rc::new(class), openings };
    interp.create_command(c"::www::websocket", move |interp, words| {
        call(&package, interp, words).unwrap_or_else(|error| Completion::Returns(Err(error)))
    });
    interp.eval("::www::JoinEnsemble")?;
    PACKAGES.iter().try_for_each(|(name, version)| interp.provide_package(name, version))
}

/// `www websocket` with all its words. Those that are no URL are subcommands.
fn call(package: &Package, interp: &Interp, words: &[Value]) -> Result<Completion, Error> {
    let rest = words.get(1..).unwrap_or_default();
    let subcommand = rest.first().map(Value::to_utf8_lossy).unwrap_or_default();
    let reply = match (subcommand.as_str(), rest.len()) {
        ("cancel", _) => package.openings.cancel(interp, words, 2)?,
        ("names", 1) => package.class.instances(interp)?,
        ("log", _) => configuration::log(&package.context.log, interp, words, 2)?,
        _ => {
            let request = websocket::parse(&package.configuration, interp, rest)?;
            package.class.check(interp)?;
            let (opening, pending) = websocket::open(&package.context, &package.class, request)?;
            let token = package.openings.add(&opening);
            match pending {
                Some(pending) => return Ok(Completion::Waits(pending)),
                None => token,
            }
        }
    };
    Ok(Completion::Returns(Ok(reply.into())))
}
