//! The methods of listeners.

use std::{collections::BTreeSet, rc::Rc};

use super::{handshake::HANDSHAKE, listener::Listener, options::LISTEN};
use crate::{
    tcl::{
        Call, Class, Error, Method,
        MethodBody::{Acts, Returns},
        Value,
    },
    websocket::Broadcast,
    www::{
        errors,
        object::{CONNECTION, WebSocket, parse_message},
    },
};

/// The methods. `destroy` is inherited from `oo::object`.
pub(crate) static METHODS: &[Method<Listener>] = &[
    Method { name: "broadcast", exported: true, body: Returns(broadcast) },
    Method { name: "cget", exported: true, body: Returns(cget) },
    Method { name: "close", exported: true, body: Acts(close) },
    Method { name: "configure", exported: true, body: Returns(configure) },
    Method { name: "connections", exported: true, body: Returns(connections) },
    Method { name: "port", exported: true, body: Returns(port) },
];

type Outcome = Result<Value, Error>;

/// `broadcast text|binary data ?objects?`: the result is those that did not take it.
fn broadcast(listener: &Rc<Listener>, call: &Call<'_>) -> Outcome {
    let (kind, data, objects) = match call.arguments() {
        [kind, data] => (kind, data, None),
        [kind, data, objects] => (kind, data, Some(objects)),
        _ => return Err(call.wrong_arguments(c"type data ?objects?")),
    };
    let (opcode, data) = parse_message(kind, data)?;
    let Found { receivers, names, gone: mut passed_over } = match objects {
        None => Found { receivers: listener.websockets(), ..Found::default() },
        Some(objects) => find(listener, call, objects)?,
    };
    let broadcast = Broadcast::begin();
    for (index, websocket) in receivers.iter().enumerate() {
        let connection = websocket.connection();
        let takes = connection.check_room(opcode, &data).and_then(|()| connection.check_whole());
        let sent = takes.map(|()| connection.transmit(opcode, data.clone()));
        if !matches!(sent, Ok(Ok(()))) {
            // A class of a script's may have destroyed it meanwhile.
            let present = Some(websocket).filter(|one| one.has_object());
            let name = present.map(|one| one.object_name()).or_else(|| names.get(index).cloned());
            passed_over.extend(name);
        }
        if let Ok(Err(error)) = sent {
            // A class of a script's has failed, for which the others need not suffer.
            Error::from(error).report_in_background(call.interp);
        }
    }
    drop(broadcast);
    Ok(Value::list(&passed_over))
}

/// For whom a broadcast is.
#[derive(Default)]
struct Found {
    receivers: Vec<Rc<WebSocket>>,
    /// What each was called, where a script has named them.
    names: Vec<Value>,
    /// The names that are none's.
    gone: Vec<Value>,
}

/// The connections with these names.
fn find(listener: &Rc<Listener>, call: &Call<'_>, objects: &Value) -> Result<Found, Error> {
    let names = objects.elements().ok_or_else(|| errors::not_a_list("objects"))?;
    let class: &Class<WebSocket> = &listener.shared().websockets;
    let mut found = Found::default();
    for name in names {
        match class.state(call.interp, &name) {
            Some(websocket) => {
                found.receivers.push(websocket);
                found.names.push(name);
            }
            None => found.gone.push(name),
        }
    }
    Ok(found)
}

/// `close`
fn close(listener: &Rc<Listener>, call: &Call<'_>) -> Result<(), Error> {
    no_arguments(call)?;
    listener.close();
    Ok(())
}

/// `connections`
fn connections(listener: &Rc<Listener>, call: &Call<'_>) -> Outcome {
    no_arguments(call)?;
    let names: Vec<_> = listener.websockets().iter().map(|one| one.object_name()).collect();
    Ok(Value::list(&names))
}

/// `port`
fn port(listener: &Rc<Listener>, call: &Call<'_>) -> Outcome {
    no_arguments(call)?;
    let port = listener.socket().map_or(0, |socket| socket.port());
    Ok(Value::integer(port.into()))
}

fn no_arguments(call: &Call<'_>) -> Result<(), Error> {
    if call.arguments().is_empty() { Ok(()) } else { Err(call.wrong_arguments(c"")) }
}

/// `cget -option`
fn cget(listener: &Rc<Listener>, call: &Call<'_>) -> Outcome {
    let [option] = call.arguments() else { return Err(call.wrong_arguments(c"-option")) };
    show(listener, option)
}

fn show(listener: &Listener, option: &Value) -> Outcome {
    let option = option.to_utf8_lossy();
    let mut settings = listener.settings().clone();
    LISTEN
        .show_kept(&mut settings.own, &option)
        .or_else(|| HANDSHAKE.show_kept(&mut settings.handshake, &option))
        .or_else(|| CONNECTION.show_kept(&mut settings.connection, &option))
        .ok_or_else(|| errors::unknown_option(&option))
}

/// `configure ?-option? ?value -option value ...?`
fn configure(listener: &Rc<Listener>, call: &Call<'_>) -> Outcome {
    match call.arguments() {
        [] => {
            let mut settings = listener.settings().clone();
            let mut all = LISTEN.show_all_kept(&mut settings.own);
            all.extend(HANDSHAKE.show_all_kept(&mut settings.handshake));
            all.extend(CONNECTION.show_all_kept(&mut settings.connection));
            all.sort_by_key(|(name, _)| *name);
            Ok(Value::dict(all))
        }
        [option] => show(listener, option),
        pairs if pairs.len() % 2 == 0 => {
            change(listener, call, pairs)?;
            Ok(Value::empty())
        }
        _ => Err(call.wrong_arguments(c"?-option? ?value -option value ...?")),
    }
}

/// Changes options, all or none.
fn change(listener: &Listener, call: &Call<'_>, pairs: &[Value]) -> Result<(), Error> {
    const OF_TLS: [&str; 3] = ["-certfile", "-clientca", "-keyfile"];
    let interp = call.interp;
    let mut settings = listener.settings().clone();
    let mut names = BTreeSet::new();
    for pair in pairs.chunks_exact(2) {
        let option = pair[0].to_utf8_lossy();
        if HANDSHAKE.takes(&option) {
            HANDSHAKE.change(&mut settings.handshake, interp, pair)?;
        } else if CONNECTION.takes(&option) {
            CONNECTION.change(&mut settings.connection, interp, pair)?;
        } else {
            LISTEN.change(&mut settings.own, interp, pair)?;
        }
        names.insert(option);
    }
    let handshake = settings.handshake.parse(interp)?;
    let tls = match OF_TLS.iter().any(|option| names.contains(*option)) {
        true => {
            let sources = settings.own.tls()?;
            Some(sources.map(|sources| sources.read(interp)).transpose()?)
        }
        false => None,
    };
    if let Some(socket) = listener.socket() {
        socket.set_max_connections(settings.own.connection_limit());
        if let Some(tls) = tls {
            socket.set_tls(tls);
        }
    }
    listener.change(settings, handshake);
    Ok(())
}
