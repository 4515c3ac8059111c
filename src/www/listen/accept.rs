//! `www websocket accept ?option value ...? channel head`: a WebSocket on a channel from which
//! another program has read the request.

use std::rc::Rc;

use super::{
    handshake::HANDSHAKE,
    opening::{check, open},
};
use crate::{
    context::Context,
    io::Stream,
    protocol::http::{
        h1::request_reader::RequestReader,
        request::{Event, RequestHead},
    },
    server::{Answer, LIMITS},
    tcl::{Channel, Class, Error, Reply, Value},
    websocket::ConnectionSettings,
    www::{
        errors,
        object::{CONNECTION, WebSocket},
        options,
    },
};

/// Takes the words behind `accept`. What is returned is the name of the object, with the chosen
/// subprotocol in the return option `protocol`.
///
/// Errors where the request is refused, which the client is told, or an extension fails: then the
/// channel is closed.
pub(crate) fn accept(
    context: &Rc<Context>,
    class: &Class<WebSocket>,
    words: &[Value],
) -> Result<Reply, Error> {
    let interp = &context.interp;
    let takes = |option: &str| HANDSHAKE.takes(option) || CONNECTION.takes(option);
    let (given, words) = options::split(words, takes)?;
    let [channel, head] = words else {
        return Err(errors::argument(
            "wrong # args: should be \"www websocket accept ?option value ...? channel head\"",
        ));
    };
    let (mut handshake, mut settings) = (HANDSHAKE.defaults(), CONNECTION.defaults());
    for (option, value) in given {
        // One of them takes it.
        HANDSHAKE
            .read(&mut handshake, interp, &option, value)
            .or_else(|| CONNECTION.read(&mut settings, interp, &option, value))
            .unwrap_or(Ok(()))?;
    }
    let handshake = handshake.parse(interp)?;
    let settings = ConnectionSettings { compression: handshake.compression, ..settings };
    let head = head.with_bytes(<[u8]>::to_vec).map_err(errors::not_bytes)?;
    class.check(interp)?;
    let (channel, buffered) = Channel::take_over_with_input(interp, channel)?;
    let stream = Rc::new(Stream::new(channel));
    let mut rest = &head[..];
    let checked = parse(&mut rest).and_then(|head| {
        let checked = check(interp, &head, false, &handshake)?;
        Ok((Rc::new(head), checked))
    });
    let (head, checked) = match checked {
        Ok(checked) => checked,
        Err(answer) => return Err(refuse(&stream, &answer)),
    };
    stream.append_input(rest);
    stream.append_input(&buffered);
    let protocol = checked.protocol.clone();
    let websocket = open(context, class, &handshake, settings, &stream, &head, checked)?;
    let options = vec![("protocol", Value::string(&protocol))];
    Ok(Reply { result: websocket.object_name(), options })
}

/// The head, which is taken from the bytes. Errors with the answer to what is none.
fn parse(bytes: &mut &[u8]) -> Result<RequestHead, Answer> {
    let mut reader = RequestReader::new(LIMITS);
    let text = match reader.receive(bytes) {
        Ok(Some(Event::Head(head))) => return Ok(head),
        Ok(_) => Answer::text(400, "the head of the request is not complete"),
        Err(error) => Answer::text(error.status(), &error.to_string()),
    };
    Err(text)
}

/// Tells the client, and closes the channel. Returns the error for the script.
fn refuse(stream: &Stream, answer: &Answer) -> Error {
    // It is our own, and right.
    if let Ok(written) = answer.encode(None, false) {
        for bytes in [Value::bytes(&written.bytes), answer.body.clone()] {
            // Cannot fail: these are bytes.
            let _ = stream.push(bytes);
        }
    }
    stream.close();
    errors::refused_request(answer.status, &answer.message())
}
