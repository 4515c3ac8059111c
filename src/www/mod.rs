//! What scripts see of the package: the commands of the ensemble `www`, and the class of connection
//! objects.
//!
//! The way of a call: `websocket` checks the words of `www websocket` by the tables of options
//! (`options`), and has the connection opened; `running` keeps it in mind meanwhile, and `object`
//! makes its object. `request_words` checks those of `www get` and its siblings, and `requests` has
//! them done, with what `sending` reads and `content` takes (into files, `download`); `progress`
//! tells how far that is, and `answer` makes the result. All errors get their `-errorcode` in
//! `errors`.

mod answer;
mod configuration;
mod content;
mod cookies;
mod download;
mod errors;
mod headers;
mod listen;
mod object;
mod options;
mod progress;
mod request;
mod request_dict;
mod request_words;
mod requests;
mod running;
mod sending;
mod shown;
mod taker;
mod tools;
mod version;
mod websocket;

use std::rc::Rc;

use configuration::Configuration;
pub(crate) use errors::FAULTS;
use listen::{Calls, Shared};
use object::WebSocket;
use running::Running;
use version::{PACKAGES, WEBSOCKET_NAME};

use crate::{
    context::Context,
    tcl::{Class, Completion, Error, Interp, Value},
};

/// What the command `www websocket` keeps.
struct Package {
    context: Rc<Context>,
    configuration: Rc<Configuration>,
    class: Rc<Class<WebSocket>>,
    running: Rc<Running>,
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
    let running = Running::new(&context);
    if !is_guest {
        cookies::create_commands(&context);
        tools::create_commands(interp)?;
        requests::create_commands(&context, &configuration, &running);
        let running = Rc::clone(&running);
        interp.create_command(c"::www::cancel", move |interp, words| {
            Completion::Returns(running.cancel(interp, words, 1).map(Into::into))
        });
    }
    let class = Rc::new(class);
    let servers = servers(&context, &class)?;
    interp.create_command(c"::www::listen", move |interp, words| {
        Completion::Returns(listen::listen(&servers, interp, words).map(Into::into))
    });
    let package = Package { context, configuration, class, running };
    interp.create_command(c"::www::websocket", move |interp, words| {
        call(&package, interp, words).unwrap_or_else(|error| Completion::Returns(Err(error)))
    });
    interp.eval("::www::JoinEnsemble")?;
    for (name, version) in PACKAGES {
        let is_theirs = is_guest && name != WEBSOCKET_NAME;
        let provided = ["::package", "provide", &name.to_string_lossy()].map(Value::string);
        if !is_theirs && interp.call(&provided)?.is_empty() {
            interp.provide_package(name, version)?;
        }
    }
    Ok(())
}

/// What the commands of servers need.
fn servers(context: &Rc<Context>, websockets: &Rc<Class<WebSocket>>) -> Result<Rc<Shared>, Error> {
    let listeners = Class::create(
        &context.interp,
        "::www::Listener",
        listen::METHODS,
        &errors::argument("a listener is made by \"www listen\""),
    )?;
    let calls = Calls::new(&context.interp)?;
    listen::create_files_command(&context.interp);
    let (context, websockets) = (Rc::clone(context), Rc::clone(websockets));
    Ok(Rc::new(Shared { context, websockets, listeners, calls }))
}

/// `www websocket` with all its words. Those that are no URL are subcommands.
fn call(package: &Package, interp: &Interp, words: &[Value]) -> Result<Completion, Error> {
    let rest = words.get(1..).unwrap_or_default();
    let subcommand = rest.first().map(Value::to_utf8_lossy).unwrap_or_default();
    let reply = match (subcommand.as_str(), rest.len()) {
        ("accept", _) => {
            let accepted = listen::accept(&package.context, &package.class, &rest[1..]);
            return Ok(Completion::Returns(accepted));
        }
        ("cancel", _) => package.running.cancel(interp, words, 2)?,
        ("names", 1) => package.class.instances(interp)?,
        ("log", _) => configuration::log(&package.context.log, interp, words, 2)?,
        _ => {
            let request = websocket::parse(&package.configuration, interp, rest)?;
            package.class.check(interp)?;
            let Package { context, class, running, .. } = package;
            return websocket::open(context, class, running, request);
        }
    };
    Ok(Completion::Returns(Ok(reply.into())))
}
