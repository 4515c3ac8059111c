//! The bytes of a client: they are the same requests in any pieces, each can be answered, and what
//! was read can be written and read again.

use std::{mem::discriminant, time::UNIX_EPOCH};

use www_websocket::protocol::http::{
    authority::Authority,
    collector::Collector,
    h1::{
        request,
        request_reader::RequestReader,
        response::ResponseReader,
        response_writer::{self, Answered},
    },
    headers::Headers,
    message::{Limits, Version},
    origin::Origin,
    request::{Event, ReadError, RequestHead},
    selection::{self, Representation},
};

use super::{chunkings, within};

const LIMITS: Limits = Limits { head: 64 * 1024, headers: 128, body: 1024 * 1024 };
/// Limits that are easily reached.
const SMALL_LIMITS: Limits = Limits { head: 100, headers: 3, body: 4 };

/// What was read of one request.
#[derive(Debug, PartialEq)]
struct Received {
    head: Option<RequestHead>,
    content: Vec<u8>,
    /// The trailers of a complete request.
    end: Result<Headers, ReadError>,
}

/// Parses `data` as requests.
pub fn check(data: &[u8]) {
    for limits in [LIMITS, SMALL_LIMITS] {
        check_with(limits, data);
    }
}

fn check_with(limits: Limits, data: &[u8]) {
    let [whole, others @ ..] = chunkings(data).map(|pieces| read(limits, &pieces));
    for other in others {
        assert_eq!(other.len(), whole.len());
        for (other, one) in other.iter().zip(&whole) {
            match (&other.end, &one.end) {
                // It shows as much of the line as had arrived.
                (Err(error), Err(first)) => assert_eq!(discriminant(error), discriminant(first)),
                (end, first) => assert_eq!(end, first),
            }
            assert_eq!((&other.head, &other.content), (&one.head, &one.content));
        }
    }
    // Each header line of four bytes makes two strings in a list that grows, and names and values
    // of it lie in lists while they are checked.
    within(64 * data.len() + 4096, || {
        let mut reader = RequestReader::new(limits);
        for mut piece in data.chunks(1) {
            while let Ok(Some(_)) = reader.receive(&mut piece) {}
        }
    });
    for received in &whole {
        check_received(received, limits);
    }
}

/// All requests in these pieces; the last one may be an error.
fn read(limits: Limits, pieces: &[&[u8]]) -> Vec<Received> {
    let mut reader = RequestReader::new(limits);
    let mut requests = Vec::new();
    let (mut head, mut content) = (None, Vec::new());
    for piece in pieces {
        let mut input = *piece;
        loop {
            match reader.receive(&mut input) {
                Ok(Some(Event::Head(received))) => {
                    assert!(head.is_none() && !reader.is_idle());
                    head = Some(received);
                }
                Ok(Some(Event::Data(data))) => {
                    assert!(head.is_some() && !data.is_empty());
                    content.extend(data);
                }
                Ok(Some(Event::End(trailers))) => {
                    let rest = input;
                    assert_eq!((reader.receive(&mut input), input), (Ok(None), rest));
                    assert_eq!(reader.end_of_input(), Ok(()));
                    let content = std::mem::take(&mut content);
                    requests.push(Received { head: head.take(), content, end: Ok(trailers) });
                    reader.restart();
                    assert!(reader.is_idle());
                }
                Ok(None) => break,
                Err(error) => {
                    requests.push(Received { head, content, end: Err(error) });
                    return requests;
                }
            }
        }
        assert!(input.is_empty());
    }
    if let Err(error) = reader.end_of_input() {
        assert!(!reader.is_idle());
        requests.push(Received { head, content, end: Err(error) });
    }
    requests
}

fn check_received(received: &Received, limits: Limits) {
    let Received { head, content, end } = received;
    assert!(content.len() as u64 <= limits.body);
    if let Err(error) = end {
        let text = error.to_string();
        assert!(text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{text}");
        check_answer(error.status(), &Headers::new(), text.as_bytes(), Answered::INVALID);
    }
    let Some(head) = head else {
        assert!(end.is_err() && content.is_empty());
        return;
    };
    assert!(head.has_content || content.is_empty());
    assert!(head.headers.len() <= limits.headers);
    assert!(head.target.path().starts_with('/') || head.target.path() == "*");
    assert!(Authority::parse(head.authority()).is_some());
    assert!(!head.expects_continue() || head.has_content);
    if let Ok(trailers) = end {
        assert!(trailers.len() <= limits.headers && trailers.first("Content-Length").is_none());
        check_written_again(head, content);
    }
    // What can be received can be sent.
    let mut headers = head.headers.clone();
    for own in ["Content-Length", "Transfer-Encoding", "Connection"] {
        headers.remove(own);
    }
    check_answer(200, &headers, content, Answered::by(head));
    check_origin(head);
    check_selection(head);
}

/// The request is the same when it is written in the simplest form and read again.
fn check_written_again(head: &RequestHead, content: &[u8]) {
    let mut headers = head.headers.clone();
    headers.remove("Transfer-Encoding");
    headers.set("Content-Length", content.len().to_string());
    let written = request::request(&head.method, head.target.as_str(), &headers).unwrap();
    let limits = Limits { head: 4 * LIMITS.head, headers: LIMITS.headers + 1, ..LIMITS };
    let again = read(limits, &[&written, content]);
    // HTTP/1.0 needs no Host.
    if head.version == Version::Http10 && head.headers.first("Host").is_none() {
        return;
    }
    let [Received { head: Some(again), content: read, end: Ok(_) }] = &again[..] else {
        panic!("{again:?}");
    };
    assert_eq!((&again.method, &again.target), (&head.method, &head.target));
    assert_eq!((&again.headers, &read[..]), (&headers, content));
    assert_eq!(again.has_content, !content.is_empty());
}

/// What answers it is a response, which a client reads to its end.
fn check_answer(status: u16, headers: &Headers, content: &[u8], answered: Answered) {
    let length = content.len() as u64;
    let head = response_writer::response(status, headers, length, answered, UNIX_EPOCH).unwrap();
    assert!(!head.is_persistent || answered.is_persistent);
    let body = if head.has_content { content } else { b"" };
    let bytes = [&head.bytes, body].concat();
    let method = if answered.is_head { "HEAD" } else { "GET" };
    let limits = Limits { head: 4 * LIMITS.head, headers: LIMITS.headers + 3, ..LIMITS };
    let mut collector = Collector::new(ResponseReader::new(method, limits));
    let mut input = &bytes[..];
    let response = collector.receive(&mut input).unwrap().unwrap();
    assert_eq!((response.head.status, &response.body[..], input), (status, body, &b""[..]));
    assert_eq!(response.persistent, head.is_persistent);
}

fn check_origin(head: &RequestHead) {
    let origin = Origin::of(&head.headers);
    for is_secure in [false, true] {
        let may_come = origin.is_that_of(head.authority(), is_secure);
        match &origin {
            Origin::None => assert!(may_come),
            Origin::Several => assert!(!may_come),
            Origin::One(text) => assert!(!may_come || text.starts_with("http")),
        }
    }
}

fn check_selection(head: &RequestHead) {
    for length in [0, 1, 10, u64::MAX] {
        let file = Representation { length, modified: UNIX_EPOCH };
        let selected = file.select(head.method == "GET", &head.headers, UNIX_EPOCH);
        let content = selected.content;
        assert!(content.start <= content.end && content.end <= length);
        match selected.status {
            200 => assert_eq!(content, 0..length),
            206 => assert!(!content.is_empty()),
            304 | 412 | 416 => assert!(content.is_empty()),
            other => panic!("{other}"),
        }
    }
    let _ = selection::accepts_gzip(&head.headers);
}
