//! The methods of a connection object: their arguments, checked before anything happens. What they
//! do is in `connection.rs`.

use std::{rc::Rc, time::Duration};

use super::{arguments, connection::Connection, errors, inspection, options};
use crate::{
    protocol::{CloseMessage, Opcode},
    tcl::{
        Call, Error, Method,
        MethodBody::{Returns, Waits},
        Pending, Value,
    },
};

/// The public methods (manual page, OBJECT COMMAND) and the private ones (EXTENSIONS). `destroy`
/// is inherited from `oo::object`.
pub(crate) static METHODS: &[Method<Connection>] = &[
    Method { name: "binary", exported: true, body: Returns(binary) },
    Method { name: "callback", exported: true, body: Returns(callback) },
    Method { name: "cget", exported: true, body: Returns(inspection::cget) },
    Method { name: "close", exported: true, body: Returns(close) },
    Method { name: "configure", exported: true, body: Returns(inspection::configure) },
    Method { name: "flush", exported: true, body: Waits(flush) },
    Method { name: "pending", exported: true, body: Returns(pending) },
    Method { name: "ping", exported: true, body: Returns(ping) },
    Method { name: "pong", exported: true, body: Returns(pong) },
    Method { name: "receive", exported: true, body: Waits(receive_message) },
    Method { name: "text", exported: true, body: Returns(text) },
    Method { name: "Callback", exported: false, body: Returns(fire_callback) },
    Method { name: "Read", exported: false, body: Returns(read) },
    Method { name: "Receive", exported: false, body: Returns(receive) },
    Method { name: "Transmit", exported: false, body: Returns(transmit) },
    Method { name: "Write", exported: false, body: Returns(write) },
];

type Outcome = Result<Value, Error>;

/// `binary data`
fn binary(connection: &Rc<Connection>, call: &Call<'_>) -> Outcome {
    let [data] = call.arguments() else { return Err(call.wrong_arguments(c"data")) };
    errors::check_bytes(data)?;
    connection.check_room(data)?;
    connection.transmit(Opcode::Binary, data.clone())?;
    Ok(Value::empty())
}

/// `callback types commandPrefix`
fn callback(connection: &Rc<Connection>, call: &Call<'_>) -> Outcome {
    let [types, prefix] = call.arguments() else {
        return Err(call.wrong_arguments(c"types commandPrefix"));
    };
    connection.set_callbacks(types, prefix)?;
    Ok(Value::empty())
}

/// `close ?code? ?reason?`
fn close(connection: &Rc<Connection>, call: &Call<'_>) -> Outcome {
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
    connection.close(&message)?;
    Ok(Value::empty())
}

/// `flush ?-timeout ms?`
fn flush(connection: &Rc<Connection>, call: &Call<'_>) -> Result<Rc<Pending>, Error> {
    Ok(connection.wait_until_written(timeout(call)?))
}

/// `pending`
fn pending(connection: &Rc<Connection>, call: &Call<'_>) -> Outcome {
    if !call.arguments().is_empty() {
        return Err(call.wrong_arguments(c""));
    }
    Ok(Value::integer(connection.pending().try_into().unwrap_or(i64::MAX)))
}

/// `receive ?-timeout ms?`
fn receive_message(connection: &Rc<Connection>, call: &Call<'_>) -> Result<Rc<Pending>, Error> {
    connection.receive(timeout(call)?)
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
fn ping(connection: &Rc<Connection>, call: &Call<'_>) -> Outcome {
    control(connection, call, Opcode::Ping)
}

/// `pong ?data?`
fn pong(connection: &Rc<Connection>, call: &Call<'_>) -> Outcome {
    control(connection, call, Opcode::Pong)
}

fn control(connection: &Connection, call: &Call<'_>, opcode: Opcode) -> Outcome {
    let data = match call.arguments() {
        [] => Value::empty(),
        [data] => data.clone(),
        _ => return Err(call.wrong_arguments(c"?data?")),
    };
    errors::check_bytes(&data)?;
    connection.check_room(&data)?;
    connection.transmit(opcode, data)?;
    Ok(Value::empty())
}

/// `text string`
fn text(connection: &Rc<Connection>, call: &Call<'_>) -> Outcome {
    let [string] = call.arguments() else { return Err(call.wrong_arguments(c"string")) };
    let data = string.encoded().map_err(errors::lone_surrogate)?;
    connection.check_room(&data)?;
    connection.transmit(Opcode::Text, data)?;
    Ok(Value::empty())
}

/// `Callback type ?arg ...?`: fires a callback, and tells whether there was one. For extensions
/// that define types of their own.
fn fire_callback(connection: &Rc<Connection>, call: &Call<'_>) -> Outcome {
    let [name, arguments @ ..] = call.arguments() else {
        return Err(call.wrong_arguments(c"type ?arg ...?"));
    };
    Ok(Value::integer(connection.callback(name, arguments).into()))
}

/// `Read`
fn read(connection: &Rc<Connection>, call: &Call<'_>) -> Outcome {
    if !call.arguments().is_empty() {
        return Err(call.wrong_arguments(c""));
    }
    let word = &connection.context().literals.read;
    let direct = connection.my_name().is_some_and(|my| call.is_by(my, word));
    Ok(connection.base_read(direct))
}

/// `Receive opcode data flags`: the flags mean something to extensions only.
fn receive(connection: &Rc<Connection>, call: &Call<'_>) -> Outcome {
    let [opcode, data, _flags] = call.arguments() else {
        return Err(call.wrong_arguments(c"opcode data flags"));
    };
    connection.base_receive(arguments::parse_opcode(opcode)?, data)?;
    Ok(Value::empty())
}

/// `Transmit opcode data ?flags?`
fn transmit(connection: &Rc<Connection>, call: &Call<'_>) -> Outcome {
    let (opcode, data, flags) = arguments::parse_transmit(call)?;
    connection.base_transmit(opcode, data, flags)?;
    Ok(Value::empty())
}

/// `Write data`
fn write(connection: &Rc<Connection>, call: &Call<'_>) -> Outcome {
    let [data] = call.arguments() else { return Err(call.wrong_arguments(c"data")) };
    connection.base_write(data)?;
    Ok(Value::empty())
}
