//! The server's side as scripts see it: `www listen` and the class of its objects, and
//! `www websocket accept`.

mod accept;
mod answer;
mod calls;
mod files;
mod handshake;
mod listener;
mod methods;
mod opening;
mod options;
mod serving;

use std::rc::Rc;

pub(super) use accept::accept;
pub(super) use calls::Calls;
pub(super) use files::create_command as create_files_command;
use handshake::HANDSHAKE;
use listener::Settings;
pub(super) use listener::{Listener, Shared};
pub(super) use methods::METHODS;
use options::LISTEN;
use serving::Acceptor;

use super::{errors, object::CONNECTION, options::split};
use crate::{
    net::listen::Binding,
    server::ListenSettings,
    tcl::{Error, Interp, Value},
};

/// `www listen ?option value ...? port prefix`: the result is the name of the listener.
pub(super) fn listen(
    shared: &Rc<Shared>,
    interp: &Interp,
    words: &[Value],
) -> Result<Value, Error> {
    let takes =
        |option: &str| LISTEN.takes(option) || HANDSHAKE.takes(option) || CONNECTION.takes(option);
    let (given, words) = split(words.get(1..).unwrap_or_default(), takes)?;
    let [port, prefix] = words else {
        return Err(errors::argument(
            "wrong # args: should be \"www listen ?option value ...? port prefix\"",
        ));
    };
    let number = port.to_integer().and_then(|port| u16::try_from(port).ok());
    let number =
        number.ok_or_else(|| errors::option_value("port", port, "an integer from 0 to 65535"))?;
    errors::check_prefix(prefix)?;
    if prefix.is_empty() {
        return Err(errors::argument("the command prefix is empty"));
    }
    let mut settings = Settings {
        own: LISTEN.defaults(),
        handshake: HANDSHAKE.defaults(),
        connection: CONNECTION.defaults(),
    };
    for (option, value) in given {
        // One of them takes it.
        LISTEN
            .read(&mut settings.own, interp, &option, value)
            .or_else(|| HANDSHAKE.read(&mut settings.handshake, interp, &option, value))
            .or_else(|| CONNECTION.read(&mut settings.connection, interp, &option, value))
            .unwrap_or(Ok(()))?;
    }
    let handshake = settings.handshake.parse(interp)?;
    let sources = settings.own.tls()?;
    let tls = sources.map(|sources| sources.read(interp)).transpose()?;
    let binding = Binding {
        address: settings.own.address()?,
        port: number,
        backlog: settings.own.backlog(),
        reuse_port: settings.own.reuse_port,
    };
    let max_connections = settings.own.connection_limit();
    let listener = Listener::new(shared, prefix.clone(), settings, handshake);
    let settings = ListenSettings { binding, tls, max_connections };
    listener.open(settings, Acceptor::new(&listener))
}
