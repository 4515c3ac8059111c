//! What a request returns: the content of the response, and what else is known as return options.

use super::{errors, request_words::TextEncoding, shown};
use crate::{
    client::{Answer, Facts, MAX_BODY},
    protocol::http::{content, headers::Headers, url::Url},
    tcl::{Error, Reply, Value},
};

/// The reply to a request whose `content` was collected, or went elsewhere and is empty.
pub(super) fn reply(answer: &Answer, content: Value, encoding: TextEncoding) -> Reply {
    let result = decode(content, &answer.response.head.headers, encoding);
    Reply { result, options: options(answer) }
}

/// The error of a request that was answered with a status that is no success.
pub(super) fn failure(answer: &Answer, encoding: TextEncoding) -> Error {
    let head = &answer.response.head;
    let body = content::bytes(&answer.response, MAX_BODY);
    let body = body.as_deref().unwrap_or(&answer.response.body);
    let message = decode(Value::bytes(body), &head.headers, encoding);
    let message = if message.is_empty() { Value::string(&head.status_line()) } else { message };
    errors::status(head, message, options(answer))
}

/// Bytes as text in the encoding that was asked for.
fn decode(bytes: Value, headers: &Headers, encoding: TextEncoding) -> Value {
    let Some(mut decoder) = encoding.decoder(headers) else { return bytes };
    let mut text = String::new();
    let _ = bytes.with_bytes(|bytes| decoder.decode(bytes, true, &mut text));
    Value::string(&text)
}

fn options(answer: &Answer) -> Vec<(&'static str, Value)> {
    let Facts { history, times, peer, tls } = &answer.facts;
    let mut head = answer.response.head.clone();
    // "Trailer fields [...] MAY be merged [...]": here they are behind the others (RFC 9110 section
    // 6.5.1).
    answer.trailers.iter().for_each(|(name, value)| head.headers.push(name, value));
    let uri = answer.url.request_target();
    let uri = uri.split_once('?').map_or(uri, |(path, _)| path);
    let hop = |(url, status): &(Url, u16)| {
        Value::dict([
            ("url", Value::string(&url.to_string())),
            ("status", Value::integer((*status).into())),
        ])
    };
    let milliseconds = |time: std::time::Duration| {
        Value::integer(i64::try_from(time.as_millis()).unwrap_or(i64::MAX))
    };
    let times = [
        ("connect", times.connect.unwrap_or_default()),
        ("tls", times.tls.unwrap_or_default()),
        ("head", times.head),
        ("total", times.total),
    ];
    let times = Value::dict(times.map(|(name, time)| (name, milliseconds(time))));
    let described = errors::describe_response(&head);
    let rest = [
        ("url", Value::string(&answer.url.to_string())),
        ("uri", Value::string(uri)),
        ("history", Value::list(&history.iter().map(hop).collect::<Vec<_>>())),
        ("times", times),
        ("peername", shown::address(*peer)),
        ("tls", shown::tls(tls.as_ref())),
    ];
    described.into_iter().chain(rest).collect()
}
