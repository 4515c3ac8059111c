//! A WebSocket that a client asks for: whether it may be opened, and opening it, on a stream from
//! which the request was read.

use std::{cell::RefCell, rc::Rc};

use super::handshake::Handshake;
use crate::{
    context::Context,
    io::Stream,
    protocol::{
        http::{origin::Origin, request::RequestHead},
        websocket::acceptance::{self, Refusal, Upgrade},
    },
    server::Answer,
    tcl::{Class, Error, Interp, Value},
    websocket::{self, Acceptance, ConnectionSettings},
    www::object::{self, WebSocket},
};

/// A request that may be granted.
pub(super) struct Checked {
    pub(super) upgrade: Upgrade,
    /// The subprotocol that is chosen, or nothing.
    pub(super) protocol: String,
}

/// Checks a request. Errors with the answer that refuses it.
pub(super) fn check(
    interp: &Interp,
    head: &RequestHead,
    is_secure: bool,
    handshake: &Handshake,
) -> Result<Checked, Answer> {
    let upgrade = acceptance::check(head).map_err(|refusal| refuse(&refusal))?;
    if !is_origin_allowed(interp, head, is_secure, &handshake.origins) {
        return Err(Answer::text(403, "requests from this origin are refused"));
    }
    let protocol = upgrade.choose_protocol(&handshake.protocols).unwrap_or_default();
    Ok(Checked { protocol: protocol.to_owned(), upgrade })
}

/// The answer to a request that is refused.
pub(super) fn refuse(refusal: &Refusal) -> Answer {
    let answer = Answer::text(refusal.status(), &refusal.to_string());
    refusal.headers().iter().fold(answer, |answer, (name, value)| answer.with(name, value))
}

/// Whether a page of the origin that the request names, if it does, may open a WebSocket: by
/// default one of the same host and port, because a web page of a stranger must not reach a server
/// on a person's own machine.
fn is_origin_allowed(
    interp: &Interp,
    head: &RequestHead,
    is_secure: bool,
    patterns: &[Value],
) -> bool {
    let origin = Origin::of(&head.headers);
    if patterns.is_empty() {
        return origin.is_that_of(head.authority(), is_secure);
    }
    let origin = match origin {
        Origin::None => return true,
        Origin::One(origin) => Value::string(&origin),
        Origin::Several => return false,
    };
    let words = ["::string", "match"].map(Value::string);
    patterns.iter().any(|pattern| {
        let matches = interp.call(words.iter().chain([pattern, &origin]));
        matches.is_ok_and(|matches| matches.to_boolean() == Some(true))
    })
}

/// Opens it, with an object of this class.
///
/// Errors where an extension fails, or a script has ended the connection. Then the stream is
/// closed.
pub(super) fn open(
    context: &Rc<Context>,
    class: &Class<WebSocket>,
    handshake: &Handshake,
    settings: ConnectionSettings,
    stream: &Rc<Stream>,
    head: &Rc<RequestHead>,
    checked: Checked,
) -> Result<Rc<WebSocket>, Error> {
    let Checked { upgrade, protocol } = checked;
    let acceptance = Acceptance { head: Rc::clone(head), upgrade, protocol, settings };
    let made = RefCell::default();
    websocket::accept(context, stream, acceptance, |connection, upgrade| {
        let (ours, offered) = (&handshake.extensions, &upgrade.extensions);
        let (websocket, answer) = object::create_accepted(class, connection, ours, offered)?;
        made.replace(Some(websocket));
        Ok(answer)
    })?;
    // It was made, or there was an error.
    made.take().ok_or_else(|| websocket::Error::Closing.into())
}
