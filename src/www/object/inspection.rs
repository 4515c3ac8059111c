//! Looking inside an open connection: the methods `cget` and `configure`.

use std::{net::SocketAddr, rc::Rc, time::Duration};

use super::owner::WebSocket;
use crate::{
    client::certify,
    protocol::websocket::extensions::Parameter,
    tcl::{Call, Error, Value},
    websocket::{Connection, Count},
    www::{errors, options},
};

/// The options that may change while the connection is open.
const CHANGEABLE: [&str; 4] = ["-closetimeout", "-heartbeat", "-maxpending", "-maxsize"];

/// The options that can only be read.
const READ_ONLY: [&str; 11] = [
    "-extensions",
    "-peername",
    "-pending",
    "-protocol",
    "-received",
    "-response",
    "-sent",
    "-sockname",
    "-state",
    "-tls",
    "-url",
];

type Outcome = Result<Value, Error>;

/// `cget -option`
pub(super) fn cget(websocket: &Rc<WebSocket>, call: &Call<'_>) -> Outcome {
    let [option] = call.arguments() else { return Err(call.wrong_arguments(c"-option")) };
    look_up(websocket.connection(), &option.to_utf8_lossy())
}

/// `configure ?-option? ?value -option value ...?`
pub(super) fn configure(websocket: &Rc<WebSocket>, call: &Call<'_>) -> Outcome {
    match call.arguments() {
        [] => {
            let entry = |option| Ok((option, look_up(websocket.connection(), option)?));
            let entries = CHANGEABLE.into_iter().chain(READ_ONLY).map(entry);
            Ok(Value::dict(entries.collect::<Result<Vec<_>, Error>>()?))
        }
        [option] => look_up(websocket.connection(), &option.to_utf8_lossy()),
        pairs if pairs.len() % 2 == 0 => {
            let mut settings = websocket.connection().settings();
            for pair in pairs.chunks_exact(2) {
                let option = pair[0].to_utf8_lossy();
                if READ_ONLY.contains(&option.as_str()) {
                    return Err(errors::read_only(&option));
                }
                options::change(&mut settings, &option, &pair[1])?;
            }
            websocket.connection().change_settings(settings);
            Ok(Value::empty())
        }
        _ => Err(call.wrong_arguments(c"?-option? ?value -option value ...?")),
    }
}

fn look_up(connection: &Connection, option: &str) -> Outcome {
    let (settings, agreed) = (connection.settings(), connection.agreed());
    Ok(match option {
        "-closetimeout" => milliseconds(settings.close_timeout),
        "-heartbeat" => milliseconds(settings.heartbeat.unwrap_or_default()),
        "-maxpending" => Value::from(settings.max_pending.unwrap_or_default()),
        "-maxsize" => Value::from(settings.max_size.unwrap_or_default()),
        "-extensions" => Value::dict(agreed.extensions.iter().map(|extension| {
            let parameters = extension.parameters().iter().map(Parameter::to_string);
            (extension.name(), Value::strings(parameters))
        })),
        "-peername" => address(agreed.peer),
        "-pending" => Value::from(connection.pending() as u64),
        "-protocol" => Value::string(&agreed.protocol),
        "-received" => count(connection.received()),
        "-response" => Value::dict(errors::describe_response(&agreed.response)),
        "-sent" => count(connection.sent()),
        "-sockname" => address(agreed.local),
        "-state" => Value::string(connection.state()),
        "-tls" => agreed.tls.as_ref().map_or_else(Value::empty, |tls| {
            Value::dict([
                ("version", Value::string(tls.version)),
                ("cipher", Value::string(&tls.cipher)),
                ("certificate", Value::string(&certify::pem(&tls.certificate))),
            ])
        }),
        "-url" => Value::string(&agreed.url),
        _ => return Err(errors::unknown_option(option)),
    })
}

/// A dict.
fn count(count: Count) -> Value {
    Value::dict([("messages", count.messages.into()), ("bytes", count.bytes.into())])
}

/// An address as Tcl's sockets have it, with the address in place of the name, for which a name
/// server would have to be asked and waited for.
fn address(address: Option<SocketAddr>) -> Value {
    address.map_or_else(Value::empty, |address| {
        let host = address.ip().to_string();
        Value::strings([&host, &host, &address.port().to_string()])
    })
}

fn milliseconds(time: Duration) -> Value {
    Value::integer(time.as_millis().try_into().unwrap_or(i64::MAX))
}
