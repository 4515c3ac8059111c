//! What a request returns: the content of the response, and what else is known as return options.

use std::rc::Rc;

use super::{errors, request_words::TextEncoding, shown};
use crate::{
    client::{Answer, Facts, MAX_BODY},
    protocol::http::{content, headers::Headers, response::ResponseHead, url::Url},
    tcl::{Error, Reply, Value},
};

/// The reply to a request whose `content` was collected, or went elsewhere and is empty.
pub(super) fn reply(answer: Answer, content: Value, encoding: TextEncoding) -> Reply {
    let result = decode(content, &answer.response.head.headers, encoding);
    Reply { result, options: options(answer) }
}

/// The error of a request that was answered with a status that is no success.
pub(super) fn failure(answer: Answer, encoding: TextEncoding) -> Error {
    let head = answer.response.head.clone();
    let body = content::bytes(&answer.response, MAX_BODY);
    let body = body.as_deref().unwrap_or(&answer.response.body);
    let message = decode(Value::bytes(body), &head.headers, encoding);
    let message = if message.is_empty() { Value::string(&head.status_line()) } else { message };
    errors::status(&head, message, options(answer))
}

/// Bytes as text in the encoding that was asked for.
fn decode(bytes: Value, headers: &Headers, encoding: TextEncoding) -> Value {
    let Some(mut decoder) = encoding.decoder(headers) else { return bytes };
    let mut text = String::new();
    let _ = bytes.with_bytes(|bytes| decoder.decode(bytes, true, &mut text));
    Value::string(&text)
}

/// What is told as options.
struct Told {
    url: Url,
    /// With the fields after a chunked body.
    head: ResponseHead,
    facts: Facts,
}

impl Told {
    fn status(&self) -> Value {
        errors::describe_status(&self.head)
    }

    fn headers(&self) -> Value {
        shown::headers(&self.head.headers)
    }

    fn url(&self) -> Value {
        Value::string(&self.url.to_string())
    }

    fn uri(&self) -> Value {
        let uri = self.url.request_target();
        Value::string(uri.split_once('?').map_or(uri, |(path, _)| path))
    }

    fn history(&self) -> Value {
        let hop = |(url, status): &(Url, u16)| {
            Value::dict([
                ("url", Value::string(&url.to_string())),
                ("status", Value::integer((*status).into())),
            ])
        };
        Value::list(&self.facts.history.iter().map(hop).collect::<Vec<_>>())
    }

    fn times(&self) -> Value {
        let milliseconds = |time: std::time::Duration| {
            Value::integer(i64::try_from(time.as_millis()).unwrap_or(i64::MAX))
        };
        let times = &self.facts.times;
        let times = [
            ("connect", times.connect.unwrap_or_default()),
            ("tls", times.tls.unwrap_or_default()),
            ("head", times.head),
            ("total", times.total),
        ];
        Value::dict(times.map(|(name, time)| (name, milliseconds(time))))
    }

    fn peername(&self) -> Value {
        shown::address(self.facts.peer)
    }

    fn tls(&self) -> Value {
        shown::tls(self.facts.tls.as_ref())
    }
}

/// The options, whose names are told with every outcome. Few scripts look at one of them.
fn options(answer: Answer) -> Vec<(&'static str, Value)> {
    let Answer { url, mut response, trailers, facts, .. } = answer;
    // "Trailer fields [...] MAY be merged [...]": here they are behind the others (RFC 9110 section
    // 6.5.1).
    trailers.iter().for_each(|(name, value)| response.head.headers.push(name, value));
    let told = Rc::new(Told { url, head: response.head, facts });
    let lazy = |name, show: fn(&Told) -> Value| {
        let told = Rc::clone(&told);
        (name, Value::lazy(move || show(&told)))
    };
    vec![
        lazy("status", Told::status),
        lazy("headers", Told::headers),
        lazy("url", Told::url),
        lazy("uri", Told::uri),
        lazy("history", Told::history),
        lazy("times", Told::times),
        lazy("peername", Told::peername),
        lazy("tls", Told::tls),
    ]
}
