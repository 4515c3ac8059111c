//! The class `::www::WebSocket`: what scripts see of an open connection.

mod arguments;
mod callbacks;
pub(super) mod deflate;
mod extensions;
mod inspection;
mod methods;
mod owner;

use std::rc::Rc;

pub(super) use arguments::parse_message;
pub(super) use extensions::parse as parse_extensions;
pub(super) use inspection::{CONNECTION, request};
pub(super) use methods::METHODS;
pub(super) use owner::WebSocket;

use crate::{
    protocol::websocket::Extension,
    tcl::{Class, Error, Value},
    websocket::{Connection, Offered, Owner},
};

/// Makes the object of a connection that a client asked for, which has not started, of the classes
/// that carry out the extensions that it `offered` and that are among `ours`. What is to be
/// answered comes with it.
///
/// Errors where an extension fails. Then there is no object.
pub(super) fn create_accepted(
    class: &Class<WebSocket>,
    connection: &Rc<Connection>,
    ours: &[Offered],
    offered: &[Extension],
) -> Result<(Rc<WebSocket>, Vec<Extension>), Error> {
    let websocket = WebSocket::create(class, connection, ours)?;
    match extensions::accept(&websocket, ours, offered) {
        Ok(answer) => Ok((websocket, answer)),
        Err(error) => {
            websocket.delete();
            Err(error)
        }
    }
}

/// Makes the object of a new connection, of the classes that carry out its extensions too, and has
/// the connection start. The result is the object's name.
///
/// Errors where an extension refuses, or a script has ended the connection meanwhile. Then there
/// is no object.
pub(super) fn create(
    class: &Class<WebSocket>,
    connection: &Rc<Connection>,
    offered: &[Offered],
) -> Result<Value, Error> {
    let websocket = WebSocket::create(class, connection, offered)?;
    let joined = extensions::join(&websocket, offered, &connection.agreed().terms().extensions);
    if let Err(error) = joined.and_then(|()| connection.start().map_err(Error::from)) {
        websocket.delete();
        return Err(error);
    }
    // Only now: the extensions may have renamed it.
    Ok(websocket.object_name())
}
