//! The response of a server, or of a proxy to a CONNECT: any bytes have the same events in any
//! pieces, what is collected of them is the same response or error, and a response can be written
//! and read again.

use std::{mem::discriminant, time::SystemTime};

use www_websocket::protocol::{
    http::{
        collector::{Collector, Response},
        content,
        h1::{request, response::ResponseReader},
        headers::Headers,
        message::{Limits, Version},
        repeat,
        response::{Event, ResponseError, ResponseHead},
    },
    websocket::handshake::{self, Key},
};

use super::{chunkings, within};

/// The key of RFC 6455 section 1.3, whose answer is in the corpus.
const NONCE: [u8; 16] = *b"the sample nonce";
const PROTOCOLS: [&str; 2] = ["chat", "superchat"];
const EXTENSIONS: [&str; 2] = ["permessage-deflate", "foo"];

const LIMITS: Limits = Limits { head: 64 * 1024, headers: 128, body: 1024 * 1024 };
/// Limits that are easily reached.
const SMALL_LIMITS: Limits = Limits { head: 100, headers: 3, body: 4 };

/// What was read.
#[derive(Debug, PartialEq)]
struct Received {
    /// How many interim responses told that the content of the request is wanted.
    continues: usize,
    head: Option<ResponseHead>,
    content: Vec<u8>,
    end: End,
}

#[derive(Debug, PartialEq)]
enum End {
    /// The response was followed by so many bytes.
    Complete {
        reusable: bool,
        trailers: Headers,
        left: usize,
    },
    /// It was complete with the end of the connection.
    Closed,
    Failed(ResponseError),
}

/// Parses `data` as a response.
pub fn check(data: &[u8]) {
    for method in ["GET", "HEAD", "CONNECT"] {
        check_with(|| ResponseReader::for_upgrade(method, LIMITS), LIMITS, data);
    }
    check_with(|| ResponseReader::new("GET", SMALL_LIMITS), SMALL_LIMITS, data);
    check_without_upgrade(data);
    for method in ["GET", "CONNECT"] {
        if let Ok((response, _)) = collect(ResponseReader::for_upgrade(method, LIMITS), &[data]) {
            check_written_again(&response);
            check_handshake(&response);
            check_text(&response);
            check_retry_after(&response);
        }
    }
}

/// Only a 101 makes a difference, at once.
fn check_without_upgrade(data: &[u8]) {
    let received = read(&mut ResponseReader::new("GET", LIMITS), &[data]);
    let upgraded = read(&mut ResponseReader::for_upgrade("GET", LIMITS), &[data]);
    match &received.end {
        End::Failed(ResponseError::Status(text)) if text.ends_with(" was not requested") => {
            assert!(received.head.is_none());
            assert!(upgraded.head.is_none_or(|head| head.status == 101));
        }
        _ => {
            assert_eq!(received, upgraded);
            assert!(received.head.is_none_or(|head| head.status != 101));
        }
    }
}

fn check_with(new: impl Fn() -> ResponseReader, limits: Limits, data: &[u8]) {
    let [whole, others @ ..] = chunkings(data).map(|pieces| read(&mut new(), &pieces));
    for other in others {
        match (&other.end, &whole.end) {
            // It shows as much of the first line as had arrived.
            (End::Failed(error @ ResponseError::Status(_)), End::Failed(first)) => {
                assert_eq!(discriminant(error), discriminant(first));
            }
            _ => assert_eq!(other, whole),
        }
    }
    check_received(&whole, limits);
    // Each header line of four bytes makes two strings in a list that grows.
    within(64 * data.len() + 4096, || {
        let mut collector = Collector::new(new());
        for mut piece in data.chunks(1) {
            if !matches!(collector.receive(&mut piece), Ok(None)) {
                break;
            }
        }
    });
    for pieces in chunkings(data) {
        check_collected(&whole, collect(new(), &pieces));
    }
    if let End::Complete { left, .. } = whole.end {
        let rest = &data[data.len() - left..];
        let mut reader = new();
        read(&mut reader, &[data]);
        reader.restart();
        assert_eq!(read(&mut reader, &[rest]), read(&mut new(), &[rest]));
    }
}

fn read(reader: &mut ResponseReader, pieces: &[&[u8]]) -> Received {
    let mut left: usize = pieces.iter().map(|piece| piece.len()).sum();
    let (mut continues, mut head, mut content) = (0, None, Vec::new());
    for piece in pieces {
        let mut input = *piece;
        let end = loop {
            match reader.receive(&mut input) {
                Ok(Some(Event::Continue)) => {
                    assert!(head.is_none());
                    continues += 1;
                }
                Ok(Some(Event::Head(received))) => {
                    assert!(head.is_none() && content.is_empty());
                    head = Some(received);
                }
                Ok(Some(Event::Data(data))) => {
                    assert!(head.is_some() && !data.is_empty());
                    content.extend(data);
                }
                Ok(Some(Event::End { reusable, trailers })) => {
                    let left = left - (piece.len() - input.len());
                    break Some(End::Complete { reusable, trailers, left });
                }
                Ok(None) => break None,
                Err(error) => break Some(End::Failed(error)),
            }
        };
        if let Some(end) = end {
            if matches!(end, End::Complete { .. }) {
                let rest = input;
                assert_eq!((reader.receive(&mut input), input), (Ok(None), rest));
            }
            return Received { continues, head, content, end };
        }
        assert!(input.is_empty());
        left -= piece.len();
    }
    let end = reader.end_of_input().map_or_else(End::Failed, |()| End::Closed);
    Received { continues, head, content, end }
}

fn check_received(received: &Received, limits: Limits) {
    let Received { head, content, end, .. } = received;
    assert!(content.len() as u64 <= limits.body);
    if let End::Failed(error) = end {
        let text = error.to_string();
        assert!(text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{text}");
        if *error == ResponseError::BodyTooLarge {
            assert_eq!(content.len() as u64, limits.body);
        }
    }
    let Some(head) = head else {
        assert!(matches!(end, End::Failed(_)));
        return;
    };
    let is_text = |text: &str| !text.contains(|c: char| c.is_ascii_control() && c != '\t');
    assert!(matches!(head.status, 101 | 200..=999));
    assert!(is_text(&head.reason));
    assert!(head.headers.len() <= limits.headers);
    // What can be received can be sent.
    request::request("GET", "/", &head.headers).unwrap();
    if let End::Complete { trailers, .. } = end {
        assert!(trailers.len() <= limits.headers);
        assert!(trailers.first("Content-Length").is_none());
        request::request("GET", "/", trailers).unwrap();
    }
    if matches!(head.status, 101 | 204 | 304) {
        assert!(content.is_empty() && matches!(end, End::Complete { .. }));
    }
}

/// The response, and how many bytes follow it; `None` where it ended with the connection.
type Outcome = Result<(Response, Option<usize>), ResponseError>;

fn collect(reader: ResponseReader, pieces: &[&[u8]]) -> Outcome {
    let mut collector = Collector::new(reader);
    let mut left: usize = pieces.iter().map(|piece| piece.len()).sum();
    for piece in pieces {
        let mut input = *piece;
        let response = collector.receive(&mut input)?;
        left -= piece.len() - input.len();
        if let Some(response) = response {
            return Ok((response, Some(left)));
        }
        assert!(input.is_empty());
    }
    Ok((collector.end_of_input()?, None))
}

/// What was collected consists of what was received.
fn check_collected(received: &Received, collected: Outcome) {
    let Received { head, content, end, .. } = received;
    let (response, left) = match (collected, end) {
        (Ok(collected), _) => collected,
        (Err(error), End::Failed(expected)) => {
            assert_eq!(discriminant(&error), discriminant(expected));
            return;
        }
        (Err(error), _) => panic!("{error}"),
    };
    assert_eq!((Some(&response.head), &response.body), (head.as_ref(), content));
    assert_eq!(response.body_truncated, matches!(end, End::Failed(_)));
    match *end {
        End::Complete { reusable, left: expected, .. } => {
            assert_eq!((response.persistent, left), (reusable, Some(expected)));
        }
        End::Closed => assert!(!response.persistent && left.is_none()),
        End::Failed(_) => assert!(!response.persistent),
    }
}

/// Status, headers and body are the same when they are written in the simplest form and read again.
fn check_written_again(response: &Response) {
    let framing = ["Content-Length", "Transfer-Encoding"];
    let kept = |(name, _): &(&str, &str)| !framing.iter().any(|f| f.eq_ignore_ascii_case(name));
    let mut expected = Response { body_truncated: false, ..response.clone() };
    expected.head.version = Version::Http11;
    expected.head.headers = response.head.headers.iter().filter(kept).collect();
    expected.head.headers.push("Content-Length", response.body.len().to_string());
    let mut written = format!("HTTP/1.1 {} {}\r\n", response.head.status, response.head.reason);
    for (name, value) in expected.head.headers.iter() {
        written.extend([name, ":", value, "\r\n"]);
    }
    let written = [written.as_bytes(), b"\r\n", &response.body].concat();

    // What was taken for UTF-8 may be longer than what came.
    let limits = Limits { head: 2 * LIMITS.head, headers: LIMITS.headers + 1, ..LIMITS };
    let (read, left) = collect(ResponseReader::for_upgrade("GET", limits), &[&written]).unwrap();
    assert_eq!(left, Some(0));
    assert_eq!(Response { persistent: expected.persistent, ..read }, expected);
}

fn check_text(response: &Response) {
    const LIMIT: usize = 1000;
    let is_plain = ["Content-Encoding", "Transfer-Encoding"]
        .iter()
        .all(|name| response.head.headers.first(name).is_none());
    let text = content::text(response, LIMIT);
    assert!(text.is_some() || !is_plain);
    // No character takes more than three times the bytes of its charset.
    let limit = 3 * LIMIT.max(response.body.len());
    assert!(text.is_none_or(|text| text.len() <= limit));
}

fn check_retry_after(response: &Response) {
    let header = response.head.headers.first("Retry-After");
    let wait = repeat::retry_after(&response.head.headers, SystemTime::UNIX_EPOCH);
    let is_number = |text: &str| text.parse::<u32>().is_ok() && !text.starts_with('+');
    assert!(wait.is_some() || !header.is_some_and(is_number));
    assert!(wait.is_none() || header.is_some());
}

fn check_handshake(response: &Response) {
    let key = Key::new(NONCE);
    let headers: Vec<_> = response.head.headers.iter().collect();
    if let Ok(accepted) = handshake::verify(headers, &key, &PROTOCOLS, &EXTENSIONS) {
        assert_eq!(
            response.head.headers.first("Sec-WebSocket-Accept"),
            Some(key.accept().as_str())
        );
        assert!(accepted.protocol.is_none_or(|name| PROTOCOLS.contains(&name.as_str())));
        assert!(accepted.extensions.iter().all(|e| EXTENSIONS.contains(&e.name())));
    }
}
