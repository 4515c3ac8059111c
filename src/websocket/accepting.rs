//! Opens a WebSocket that a client has asked for: the object is made first, since its classes say
//! what is answered, and then the 101 is sent.

use std::rc::Rc;

use super::{
    agreed::Agreed,
    connection::{Connection, events},
    error::Error,
    settings::ConnectionSettings,
};
use crate::{
    context::Context,
    io::Stream,
    protocol::{
        http::{h1::response_writer::switching_protocols, request::RequestHead},
        websocket::{
            Extension, Role,
            acceptance::{self, Upgrade},
        },
    },
    tcl::{self, Value},
};

/// What is to be opened.
pub(crate) struct Acceptance {
    pub(crate) head: Rc<RequestHead>,
    pub(crate) upgrade: Upgrade,
    /// The subprotocol that was chosen, or nothing.
    pub(crate) protocol: String,
    pub(crate) settings: ConnectionSettings,
}

/// Opens it. `create_object` makes the object of the connection, and returns the extensions to
/// answer; scripts may run meanwhile. What came behind the request is in the stream's input.
///
/// Errors where it fails, or a script has ended the connection. Then the stream is closed.
pub(crate) fn accept(
    context: &Rc<Context>,
    stream: &Rc<Stream>,
    acceptance: Acceptance,
    create_object: impl FnOnce(&Rc<Connection>, &Upgrade) -> Result<Vec<Extension>, tcl::Error>,
) -> Result<Rc<Connection>, Error> {
    let Acceptance { head, upgrade, protocol, settings } = acceptance;
    let agreed = Agreed::with_client(&head, protocol.clone(), stream);
    let connection =
        Connection::new(context, Role::Server, Rc::clone(stream), settings, agreed, events::run);
    connection.hold_output();
    let opened = create_object(&connection, &upgrade).map_err(Error::from).and_then(|extensions| {
        connection.check_open()?;
        let chosen = Some(&*protocol).filter(|protocol| !protocol.is_empty());
        let headers = acceptance::response_headers(&upgrade.key, chosen, &extensions);
        // Cannot fail: all in there are tokens.
        let response = switching_protocols(&headers).map_err(|_| Error::Closing)?;
        // Cannot fail: these are bytes.
        let _ = stream.push(Value::bytes(&response));
        // Where that fails, reading shows it.
        let _ = stream.flush();
        connection.settle_extensions(extensions);
        connection.release_output()?;
        connection.start()
    });
    if let Err(error) = opened {
        connection.delete_owner();
        stream.close();
        return Err(error);
    }
    Ok(connection)
}
