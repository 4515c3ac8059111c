//! The options of an open connection, and the methods `cget` and `configure` that deal with them.

use std::{rc::Rc, time::Duration};

use super::owner::WebSocket;
use crate::{
    protocol::websocket::extensions::Parameter,
    tcl::{Call, Error, Value},
    websocket::{Connection, ConnectionSettings, Count, Ends, Head},
    www::{
        errors,
        options::{
            Field::{Limit, Milliseconds, Time},
            Table, changeable, read_only,
        },
        request_dict::{Shown, request_dict},
        shown,
    },
};

/// `-closetimeout`: a server answers a close message within a round trip, or not at all.
const CLOSE_TIMEOUT: Duration = Duration::from_millis(10_000);

/// `-maxsize`: what most clients and servers allow is between 1 MiB and 100 MiB.
const MAX_SIZE: u64 = 64 * 1024 * 1024;

/// The options of a connection. Those that may change while it is open can be given when it is
/// opened, too.
pub(crate) static CONNECTION: Table<ConnectionSettings, Connection> = Table {
    unknown: errors::unknown_option,
    rows: &[
        changeable("-closetimeout", Milliseconds(|to| &mut to.close_timeout, CLOSE_TIMEOUT)),
        changeable("-heartbeat", Time(|to| &mut to.heartbeat, None)),
        changeable("-keepalive", Time(|to| &mut to.keepalive, None)),
        changeable("-maxframe", Limit(|to| &mut to.max_frame, None)),
        changeable("-maxpending", Limit(|to| &mut to.max_pending, None)),
        changeable("-maxsize", Limit(|to| &mut to.max_size, Some(MAX_SIZE))),
        read_only("-extensions", extensions),
        read_only("-peername", peer),
        read_only("-pending", |of| Value::from(of.pending() as u64)),
        read_only("-protocol", |of| Value::string(&of.agreed().terms().protocol)),
        read_only("-received", |of| count(of.received())),
        read_only("-request", request),
        read_only("-response", response),
        read_only("-sent", |of| count(of.sent())),
        read_only("-sockname", local),
        read_only("-state", |of| Value::string(of.state())),
        read_only("-tls", tls),
        read_only("-url", |of| Value::string(&of.agreed().terms().url)),
    ],
};

type Outcome = Result<Value, Error>;

/// `cget -option`
pub(super) fn cget(websocket: &Rc<WebSocket>, call: &Call<'_>) -> Outcome {
    let [option] = call.arguments() else { return Err(call.wrong_arguments(c"-option")) };
    let connection = websocket.connection();
    CONNECTION.show(connection.settings(), connection, option)
}

/// `configure ?-option? ?value -option value ...?`
pub(super) fn configure(websocket: &Rc<WebSocket>, call: &Call<'_>) -> Outcome {
    let connection = websocket.connection();
    let mut settings = connection.settings();
    match call.arguments() {
        [] => Ok(CONNECTION.show_all(settings, connection)),
        [option] => CONNECTION.show(settings, connection, option),
        pairs if pairs.len() % 2 == 0 => {
            CONNECTION.change(&mut settings, call.interp, pairs)?;
            connection.change_settings(settings);
            Ok(Value::empty())
        }
        _ => Err(call.wrong_arguments(c"?-option? ?value -option value ...?")),
    }
}

/// A dict of names and lists of parameters.
fn extensions(connection: &Connection) -> Value {
    Value::dict(connection.agreed().terms().extensions.iter().map(|extension| {
        let parameters = extension.parameters().iter().map(Parameter::to_string);
        (extension.name(), Value::strings(parameters))
    }))
}

/// What the client has asked for, a dict; empty on the client's side.
pub(crate) fn request(connection: &Connection) -> Value {
    let agreed = connection.agreed();
    let (Head::Request(head), Ends::Tcp { peer, local }) = (&agreed.head, &agreed.ends) else {
        return Value::empty();
    };
    let Some(head) = head.head() else { return Value::empty() };
    let terms = agreed.terms();
    let (protocol, tls) = (&*terms.protocol, terms.tls.as_ref());
    request_dict(&head, &Shown { peer: *peer, local: *local, protocol, tls })
}

/// What the server has answered, a dict; empty on the server's side.
fn response(connection: &Connection) -> Value {
    match &connection.agreed().head {
        Head::Response(response) => Value::dict(errors::describe_response(response)),
        Head::Request(_) => Value::empty(),
    }
}

/// A dict, empty without TLS.
fn tls(connection: &Connection) -> Value {
    shown::tls(connection.agreed().terms().tls.as_ref())
}

/// A dict.
fn count(count: Count) -> Value {
    Value::dict([("messages", count.messages.into()), ("bytes", count.bytes.into())])
}

/// The path of a Unix domain socket, or an address.
fn peer(connection: &Connection) -> Value {
    match &connection.agreed().ends {
        Ends::Unix(path) => Value::strings([String::from_utf8_lossy(path.as_bytes())]),
        Ends::Tcp { peer, .. } => shown::address(*peer),
    }
}

/// An address, empty with a Unix domain socket.
fn local(connection: &Connection) -> Value {
    match connection.agreed().ends {
        Ends::Unix(_) => Value::empty(),
        Ends::Tcp { local, .. } => shown::address(local),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(CONNECTION.is_in_order());
    }

    #[test]
    fn a_connection_begins_with_the_defaults() {
        let settings = CONNECTION.defaults();
        assert_eq!(settings.close_timeout, CLOSE_TIMEOUT);
        assert_eq!(settings.max_size, Some(MAX_SIZE));
        assert_eq!((settings.max_frame, settings.max_pending), (None, None));
        assert_eq!((settings.heartbeat, settings.keepalive), (None, None));
    }
}
