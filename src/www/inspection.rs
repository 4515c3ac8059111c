//! Looking inside an open connection: the methods `cget` and `configure`, and what they tell of the
//! opening.

use std::{net::SocketAddr, rc::Rc, time::Duration};

use super::{certify, connection::Connection, errors, options, stream::Stream};
use crate::{
    http::{response::Response, url::WebSocketUrl},
    protocol::{
        extensions::{Extension, Parameter},
        handshake::Accepted,
    },
    tcl::{Call, Error, Value},
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

/// What was known when the connection was open, and remains so.
pub(crate) struct Opened {
    /// Of the server that redirects led to, without user and password.
    url: String,
    protocol: String,
    /// Those that the server accepted, in its order.
    pub(crate) extensions: Vec<Extension>,
    response: Response,
    /// Where the TCP connection leads, which is to the proxy if there is one, and where from.
    peer: Option<SocketAddr>,
    local: Option<SocketAddr>,
    tls: Option<Tls>,
}

/// TLS with the server.
struct Tls {
    version: &'static str,
    cipher: String,
    /// The server's, in DER.
    certificate: Vec<u8>,
}

impl Opened {
    /// What this response, which the handshake was `accepted` with, has opened.
    pub(crate) fn new(
        url: &WebSocketUrl,
        response: Response,
        accepted: Accepted,
        stream: &Stream,
    ) -> Self {
        let (peer, local) = stream.addresses();
        // Without this, the session may be that with a proxy.
        let session = stream.session().filter(|_| url.is_secure());
        let tls = session.and_then(|session| {
            let info = session.info()?;
            Some(Tls {
                version: info.version,
                cipher: info.cipher_suite,
                certificate: info.certificates.first()?.to_vec(),
            })
        });
        let Accepted { protocol, extensions } = accepted;
        let protocol = protocol.unwrap_or_default();
        Self { url: url.to_string(), protocol, extensions, response, peer, local, tls }
    }
}

type Outcome = Result<Value, Error>;

/// `cget -option`
pub(super) fn cget(connection: &Rc<Connection>, call: &Call<'_>) -> Outcome {
    let [option] = call.arguments() else { return Err(call.wrong_arguments(c"-option")) };
    look_up(connection, &option.to_utf8_lossy())
}

/// `configure ?-option? ?value -option value ...?`
pub(super) fn configure(connection: &Rc<Connection>, call: &Call<'_>) -> Outcome {
    match call.arguments() {
        [] => {
            let entry = |option| Ok((option, look_up(connection, option)?));
            let entries = CHANGEABLE.into_iter().chain(READ_ONLY).map(entry);
            Ok(Value::dict(entries.collect::<Result<Vec<_>, Error>>()?))
        }
        [option] => look_up(connection, &option.to_utf8_lossy()),
        pairs if pairs.len() % 2 == 0 => {
            let mut settings = connection.settings();
            for pair in pairs.chunks_exact(2) {
                let option = pair[0].to_utf8_lossy();
                if READ_ONLY.contains(&option.as_str()) {
                    return Err(errors::read_only(&option));
                }
                options::change(&mut settings, &option, &pair[1])?;
            }
            connection.change_settings(settings);
            Ok(Value::empty())
        }
        _ => Err(call.wrong_arguments(c"?-option? ?value -option value ...?")),
    }
}

fn look_up(connection: &Connection, option: &str) -> Outcome {
    let (settings, opened) = (connection.settings(), connection.opened());
    Ok(match option {
        "-closetimeout" => milliseconds(settings.close_timeout),
        "-heartbeat" => milliseconds(settings.heartbeat.unwrap_or_default()),
        "-maxpending" => number(settings.max_pending.unwrap_or_default()),
        "-maxsize" => number(settings.max_size.unwrap_or_default()),
        "-extensions" => Value::dict(opened.extensions.iter().map(|extension| {
            let parameters = extension.parameters().iter().map(Parameter::to_string);
            (extension.name(), Value::strings(parameters))
        })),
        "-peername" => address(opened.peer),
        "-pending" => number(connection.pending() as u64),
        "-protocol" => Value::string(&opened.protocol),
        "-received" => connection.received().to_value(),
        "-response" => Value::dict(errors::describe_response(&opened.response)),
        "-sent" => connection.sent().to_value(),
        "-sockname" => address(opened.local),
        "-state" => Value::string(connection.state()),
        "-tls" => opened.tls.as_ref().map_or_else(Value::empty, |tls| {
            Value::dict([
                ("version", Value::string(tls.version)),
                ("cipher", Value::string(&tls.cipher)),
                ("certificate", Value::string(&certify::pem(&tls.certificate))),
            ])
        }),
        "-url" => Value::string(&opened.url),
        _ => return Err(errors::unknown_option(option)),
    })
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

pub(super) fn number(number: u64) -> Value {
    Value::integer(number.try_into().unwrap_or(i64::MAX))
}
