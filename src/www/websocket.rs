//! `www websocket`: opens a connection, while its caller waits or goes on.

use std::rc::Rc;

use super::{
    object::{self, WebSocket},
    options::Request,
};
use crate::{
    context::Context,
    tcl::{Class, Error, Pending, Reply, Value},
    websocket::{self, Opened, Opening},
};

/// Begins to open a connection. What its caller has to wait for is the name of the object, with the
/// chosen protocol in the return option `protocol`; it is nothing where `-command` was given.
///
/// Errors where the request cannot be made.
pub(super) fn open(
    context: &Rc<Context>,
    class: &Rc<Class<WebSocket>>,
    request: Request,
) -> Result<(Rc<Opening>, Option<Rc<Pending>>), Error> {
    let (request, command) = request.into_parts();
    let class = Rc::clone(class);
    let create = move |connection: &_, offered: &_| object::create(&class, connection, offered);
    let interp = context.interp.clone();
    if let Some(command) = command {
        let prefix = command.elements().unwrap_or_default();
        let opening = Opening::new(context, request, create, move |outcome| {
            let (result, options) = match reply(outcome) {
                Ok(reply) => reply.into_parts(),
                Err(error) => error.into_parts(),
            };
            if let Err(error) = interp.call(prefix.iter().chain(&[result, options])) {
                error.report_in_background(&interp);
            }
        })?;
        // The prefix must not run before the command has returned.
        opening.start_later();
        return Ok((opening, None));
    }
    let pending = Pending::new();
    let waiter = Rc::downgrade(&pending);
    let opening = Opening::new(context, request, create, move |outcome| {
        if let Some(pending) = waiter.upgrade() {
            pending.settle(&interp, reply(outcome));
        }
    })?;
    let abandoned = Rc::clone(&opening);
    pending.on_abandon(move || abandoned.stop());
    opening.start();
    Ok((opening, Some(pending)))
}

fn reply(outcome: Result<Opened, websocket::Error>) -> Result<Reply, Error> {
    let Opened { name, protocol } = outcome?;
    Ok(Reply { result: name, options: vec![("protocol", Value::string(&protocol))] })
}
