//! `www websocket ?option value ...? url ?protocols? ?extensions?`: checks its words before
//! anything is sent, and opens a connection, while its caller waits or goes on.

use std::rc::Rc;

use super::{
    configuration::Configuration,
    errors, headers,
    object::{self, CONNECTION, WebSocket, deflate},
    options::{
        self,
        Field::{Own, Prefix},
        Table, given,
    },
    request::{REQUEST, RequestOptions},
    running::{Caller, Running},
};
use crate::{
    context::Context,
    protocol::{
        http::url::{Scheme, Url},
        websocket::handshake,
    },
    tcl::{Class, Completion, Error, Interp, Reply, Value},
    websocket::{self, CompressionSettings, Offered, Opened, Opening, OpeningRequest},
};

/// The headers of the opening handshake.
static HEADERS: Table<RequestOptions> = Table {
    unknown: errors::unknown_option,
    rows: &[given("-headers", Own(|to, _, value| headers::replace(value, &mut to.headers)))],
};

/// The options that only the opening of a WebSocket has, beside those of the request and those that
/// the connection keeps.
static OPENING: Table<OpeningOptions> = Table {
    unknown: errors::unknown_option,
    rows: &[
        given("-command", Prefix(|to| &mut to.command)),
        given("-compress", Own(read_compress)),
    ],
};

#[derive(Default)]
struct OpeningOptions {
    /// The command prefix that is told the outcome. Empty: the caller waits.
    command: Value,
    /// What is offered because of `-compress`.
    compress: Option<(Offered, CompressionSettings)>,
}

fn read_compress(to: &mut OpeningOptions, interp: &Interp, value: &Value) -> Result<(), Error> {
    to.compress = deflate::parse_option(interp, value)?;
    Ok(())
}

/// What the caller asks for.
pub(super) struct Request {
    opening: OpeningRequest,
    /// As [`OpeningOptions::command`].
    command: Value,
}

/// Takes the words after the name of the command.
pub(super) fn parse(
    configuration: &Configuration,
    interp: &Interp,
    words: &[Value],
) -> Result<Request, Error> {
    let (given, words) = options::split(words, takes)?;
    let (url, protocols, extensions) = match words {
        [url] => (url, None, None),
        [url, protocols] => (url, Some(protocols), None),
        [url, protocols, extensions] => (url, Some(protocols), Some(extensions)),
        _ => return Err(errors::usage()),
    };
    let url = Url::parse(&utf8(url)?, Scheme::CALLER).map_err(errors::url)?;
    let mut request = RequestOptions::new(configuration, interp)?;
    let protocols = protocols.map_or(Ok(Vec::new()), parse_protocols)?;
    let mut extensions = match extensions {
        Some(extensions) => object::parse_extensions(interp, extensions)?,
        None => Vec::new(),
    };
    extensions.iter().try_for_each(deflate::check_offer)?;
    let (mut opening, mut settings) = (OPENING.defaults(), CONNECTION.defaults());
    for (option, value) in given {
        // One of them takes it.
        REQUEST
            .read(&mut request, interp, &option, value)
            .or_else(|| HEADERS.read(&mut request, interp, &option, value))
            .or_else(|| OPENING.read(&mut opening, interp, &option, value))
            .or_else(|| CONNECTION.read(&mut settings, interp, &option, value))
            .unwrap_or(Ok(()))?;
    }
    if let Some((offered, compression)) = opening.compress {
        extensions.push(offered);
        settings.compression = compression;
    }
    let timeout = request.timeout;
    let (http, connect) = request.into_request(url, errors::argument)?;
    let command = opening.command;
    let opening = OpeningRequest { http, connect, protocols, extensions, settings, timeout };
    Ok(Request { opening, command })
}

fn takes(option: &str) -> bool {
    REQUEST.takes(option)
        || HEADERS.takes(option)
        || OPENING.takes(option)
        || CONNECTION.takes(option)
}

fn utf8(value: &Value) -> Result<String, Error> {
    value.to_utf8().map_err(errors::lone_surrogate)
}

fn parse_protocols(list: &Value) -> Result<Vec<String>, Error> {
    let elements = list.elements().ok_or_else(|| errors::protocol("protocols is not a list"))?;
    let protocols = elements.iter().map(utf8).collect::<Result<Vec<_>, _>>()?;
    handshake::check_protocols(&protocols).map_err(|error| errors::protocol(&error.to_string()))?;
    Ok(protocols)
}

/// Begins to open a connection. The outcome is the name of the object, with the chosen protocol in
/// the return option `protocol`.
///
/// Errors where the request cannot be made.
pub(super) fn open(
    context: &Rc<Context>,
    class: &Rc<Class<WebSocket>>,
    running: &Running,
    request: Request,
) -> Result<Completion, Error> {
    let Request { opening: request, command } = request;
    let class = Rc::clone(class);
    let create = move |connection: &_, offered: &_| object::create(&class, connection, offered);
    let caller = Caller::new(&context.interp, &command);
    let tell = caller.teller(&context.interp);
    let opening = Opening::new(context, request, create, move |outcome| tell(reply(outcome)))?;
    Ok(running.begin(caller, &opening, |when| opening.start(when)))
}

fn reply(outcome: Result<Opened, websocket::Error>) -> Result<Reply, Error> {
    let Opened { name, protocol } = outcome?;
    Ok(Reply { result: name, options: vec![("protocol", Value::string(&protocol))] })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_tables_are_in_order_and_no_option_is_in_two() {
        assert!(OPENING.is_in_order());
        let names =
            [REQUEST.names(), HEADERS.names(), OPENING.names(), CONNECTION.names()].concat();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    }

    #[test]
    fn options_of_all_tables_are_taken_but_not_those_that_can_only_be_read() {
        for option in ["-timeout", "-headers", "-compress", "-maxsize"] {
            assert!(takes(option), "{option}");
        }
        for option in ["-state", "-url", "-useragent", "-x"] {
            assert!(!takes(option), "{option}");
        }
    }
}
