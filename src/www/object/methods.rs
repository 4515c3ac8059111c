//! The methods of a connection object: their arguments, checked before anything happens. What they
//! do is in `websocket/connection.rs` and `websocket/connection/reading.rs`.

use std::{rc::Rc, time::Duration};

use super::{
    arguments::{self, Amount},
    inspection,
    owner::WebSocket,
};
use crate::{
    protocol::websocket::{CloseMessage, Opcode},
    tcl::{
        Call, Error, Method,
        MethodBody::{Acts, Returns, Waits},
        Pending, Value,
    },
    websocket::reading,
    www::{errors, options},
};

/// The public methods (manual page, OBJECT COMMAND) and the private ones (EXTENSIONS). `destroy`
/// is inherited from `oo::object`.
pub(crate) static METHODS: &[Method<WebSocket>] = &[
    Method { name: "binary", exported: true, body: Acts(binary) },
    Method { name: "callback", exported: true, body: Acts(callback) },
    Method { name: "cget", exported: true, body: Returns(inspection::cget) },
    Method { name: "close", exported: true, body: Acts(close) },
    Method { name: "configure", exported: true, body: Returns(inspection::configure) },
    Method { name: "flush", exported: true, body: Waits(flush) },
    Method { name: "fragment", exported: true, body: Acts(fragment) },
    Method { name: "pending", exported: true, body: Returns(pending) },
    Method { name: "ping", exported: true, body: Acts(ping) },
    Method { name: "pong", exported: true, body: Acts(pong) },
    Method { name: "receive", exported: true, body: Waits(receive) },
    Method { name: "text", exported: true, body: Acts(text) },
    Method { name: "Callback", exported: false, body: Returns(fire_callback) },
    Method { name: "Read", exported: false, body: Returns(base_read) },
    Method { name: "Receive", exported: false, body: Acts(base_receive) },
    Method { name: "Transmit", exported: false, body: Acts(base_transmit) },
    Method { name: "Write", exported: false, body: Acts(base_write) },
];

type Outcome = Result<Value, Error>;

/// `binary data`
fn binary(websocket: &Rc<WebSocket>, call: &Call<'_>) -> Result<(), Error> {
    let [data] = call.arguments() else { return Err(call.wrong_arguments(c"data")) };
    errors::check_bytes(data)?;
    websocket.connection().check_room(Opcode::Binary, data)?;
    websocket.connection().check_whole()?;
    websocket.connection().transmit(Opcode::Binary, data.clone())?;
    Ok(())
}

/// `callback types commandPrefix`
fn callback(websocket: &Rc<WebSocket>, call: &Call<'_>) -> Result<(), Error> {
    let [types, prefix] = call.arguments() else {
        return Err(call.wrong_arguments(c"types commandPrefix"));
    };
    websocket.set_callbacks(types, prefix)?;
    Ok(())
}

/// `close ?code? ?reason?`
fn close(websocket: &Rc<WebSocket>, call: &Call<'_>) -> Result<(), Error> {
    let (code, reason) = match call.arguments() {
        [] => (None, String::new()),
        [code] => (Some(code), String::new()),
        [code, reason] => (Some(code), reason.to_utf8().map_err(errors::lone_surrogate)?),
        _ => return Err(call.wrong_arguments(c"?code? ?reason?")),
    };
    let code = match code {
        Some(code) => Some(code.to_integer().ok_or_else(|| errors::no_close_code(code))?),
        None => None,
    };
    let message = CloseMessage::new(code, &reason).map_err(errors::close_argument)?;
    websocket.connection().close(&message)?;
    Ok(())
}

/// `flush ?-timeout ms?`
fn flush(websocket: &Rc<WebSocket>, call: &Call<'_>) -> Result<Rc<Pending>, Error> {
    Ok(websocket.connection().wait_until_written(timeout(call)?))
}

/// `fragment type data ?final?`
fn fragment(websocket: &Rc<WebSocket>, call: &Call<'_>) -> Result<(), Error> {
    let (kind, data, last) = match call.arguments() {
        [kind, data] => (kind, data, true),
        [kind, data, last] => {
            (kind, data, last.to_boolean().ok_or_else(|| errors::not_a_boolean("final", last))?)
        }
        _ => return Err(call.wrong_arguments(c"type data ?final?")),
    };
    let (opcode, data) = arguments::parse_message(kind, data)?;
    websocket.connection().check_open()?;
    websocket.connection().check_part(opcode)?;
    websocket.connection().check_room(opcode, &data)?;
    websocket.connection().transmit_part(opcode, data, last)?;
    Ok(())
}

/// `pending`
fn pending(websocket: &Rc<WebSocket>, call: &Call<'_>) -> Outcome {
    if !call.arguments().is_empty() {
        return Err(call.wrong_arguments(c""));
    }
    Ok(Value::integer(websocket.connection().pending().try_into().unwrap_or(i64::MAX)))
}

/// `receive ?-all? ?-max count? ?-timeout ms?`
fn receive(websocket: &Rc<WebSocket>, call: &Call<'_>) -> Result<Rc<Pending>, Error> {
    let connection = websocket.connection();
    match arguments::parse_receive(call)? {
        (Amount::Message, timeout) => Ok(reading::receive(connection, timeout)?),
        (Amount::All { most }, timeout) => Ok(reading::receive_all(connection, most, timeout)?),
    }
}

/// The argument `?-timeout ms?`; 0 milliseconds: no matter how long.
fn timeout(call: &Call<'_>) -> Result<Option<Duration>, Error> {
    match call.arguments() {
        [] => Ok(None),
        [option, value] => match option.to_utf8_lossy().as_str() {
            "-timeout" => options::time("-timeout", value),
            option => Err(errors::unknown_option(option)),
        },
        _ => Err(call.wrong_arguments(c"?-timeout ms?")),
    }
}

/// `ping ?data?`
fn ping(websocket: &Rc<WebSocket>, call: &Call<'_>) -> Result<(), Error> {
    control(websocket, call, Opcode::Ping)
}

/// `pong ?data?`
fn pong(websocket: &Rc<WebSocket>, call: &Call<'_>) -> Result<(), Error> {
    control(websocket, call, Opcode::Pong)
}

fn control(websocket: &WebSocket, call: &Call<'_>, opcode: Opcode) -> Result<(), Error> {
    let data = match call.arguments() {
        [] => Value::empty(),
        [data] => data.clone(),
        _ => return Err(call.wrong_arguments(c"?data?")),
    };
    errors::check_bytes(&data)?;
    websocket.connection().check_room(opcode, &data)?;
    websocket.connection().transmit(opcode, data)?;
    Ok(())
}

/// `text string`
fn text(websocket: &Rc<WebSocket>, call: &Call<'_>) -> Result<(), Error> {
    let [string] = call.arguments() else { return Err(call.wrong_arguments(c"string")) };
    let data = string.encoded().map_err(errors::lone_surrogate)?;
    websocket.connection().check_room(Opcode::Text, &data)?;
    websocket.connection().check_whole()?;
    websocket.connection().transmit(Opcode::Text, data)?;
    Ok(())
}

/// `Callback type ?arg ...?`: fires a callback, and tells whether there was one. For extensions
/// that define types of their own.
fn fire_callback(websocket: &Rc<WebSocket>, call: &Call<'_>) -> Outcome {
    let [name, arguments @ ..] = call.arguments() else {
        return Err(call.wrong_arguments(c"type ?arg ...?"));
    };
    Ok(Value::integer(websocket.callback(name, arguments).into()))
}

/// `Read`
fn base_read(websocket: &Rc<WebSocket>, call: &Call<'_>) -> Outcome {
    if !call.arguments().is_empty() {
        return Err(call.wrong_arguments(c""));
    }
    let word = &websocket.context().literals.read;
    let direct = websocket.my_name().is_some_and(|my| call.is_by(my, word));
    Ok(reading::base_read(websocket.connection(), direct))
}

/// `Receive opcode data flags`: the flags mean something to extensions only.
fn base_receive(websocket: &Rc<WebSocket>, call: &Call<'_>) -> Result<(), Error> {
    let [opcode, data, _flags] = call.arguments() else {
        return Err(call.wrong_arguments(c"opcode data flags"));
    };
    reading::base_receive(websocket.connection(), arguments::parse_opcode(opcode)?, data)?;
    Ok(())
}

/// `Transmit opcode data ?flags?`
fn base_transmit(websocket: &Rc<WebSocket>, call: &Call<'_>) -> Result<(), Error> {
    let (opcode, data, flags) = arguments::parse_transmit(call)?;
    websocket.connection().base_transmit(opcode, data, flags)?;
    Ok(())
}

/// `Write data`
fn base_write(websocket: &Rc<WebSocket>, call: &Call<'_>) -> Result<(), Error> {
    let [data] = call.arguments() else { return Err(call.wrong_arguments(c"data")) };
    websocket.connection().base_write(data)?;
    Ok(())
}
