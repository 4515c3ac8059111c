//! The class `::www::WebSocket`: what scripts see of an open connection.

mod arguments;
mod callbacks;
pub(super) mod deflate;
mod extensions;
mod inspection;
mod methods;
mod owner;

use std::rc::Rc;

pub(super) use extensions::parse as parse_extensions;
pub(super) use inspection::CONNECTION;
pub(super) use methods::METHODS;
pub(super) use owner::WebSocket;

use crate::{
    tcl::{Class, Error, Value},
    websocket::{Connection, Offered, Owner},
};

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
    let joined = extensions::join(&websocket, offered, &connection.agreed().terms.extensions);
    if let Err(error) = joined.and_then(|()| connection.start().map_err(Error::from)) {
        websocket.delete();
        return Err(error);
    }
    // Only now: the extensions may have renamed it.
    Ok(websocket.object_name())
}
