//! The response of a server to the opening handshake, or of a proxy to a CONNECT: any bytes have
//! the same result in any pieces, a response or an error, and a response can be written and read
//! again.

use std::mem::discriminant;

use www_websocket::protocol::{
    http::{
        h1::request,
        response::{Response, ResponseError, ResponseReader, Version},
    },
    websocket::handshake::{self, Key},
};

use super::{chunkings, within};

/// The key of RFC 6455 section 1.3, whose answer is in the corpus.
const NONCE: [u8; 16] = *b"the sample nonce";
const PROTOCOLS: [&str; 2] = ["chat", "superchat"];
const EXTENSIONS: [&str; 2] = ["permessage-deflate", "foo"];

/// A response, and how many bytes follow it; `None` where it ended with the connection.
type Outcome = Result<(Response, Option<usize>), ResponseError>;

/// Parses `data` as a response.
pub fn check(data: &[u8]) {
    for new in [ResponseReader::new, ResponseReader::for_connect] {
        let [whole, others @ ..] = chunkings(data).map(|pieces| read(&mut new(), &pieces));
        for other in others {
            match (&other, &whole) {
                // It shows as much of the first line as had arrived.
                (Err(error @ ResponseError::Status(_)), Err(first)) => {
                    assert_eq!(discriminant(error), discriminant(first));
                }
                _ => assert_eq!(other, whole),
            }
        }
        // Each header line of four bytes makes two strings in a list that grows.
        within(64 * data.len() + 4096, || {
            let mut reader = new();
            for mut piece in data.chunks(1) {
                if !matches!(reader.receive(&mut piece), Ok(None)) {
                    break;
                }
            }
        });
        match whole {
            Ok((response, left)) => {
                check_response(&response, left);
                check_written_again(&response);
                if let Some(left) = left {
                    check_reader_starts_over(new, data, left);
                }
                check_handshake(&response);
            }
            Err(error) => {
                let text = error.to_string();
                assert!(text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{text}");
            }
        }
    }
}

fn read(reader: &mut ResponseReader, pieces: &[&[u8]]) -> Outcome {
    let total: usize = pieces.iter().map(|piece| piece.len()).sum();
    let mut taken = 0;
    for piece in pieces {
        let mut input = *piece;
        let response = reader.receive(&mut input)?;
        taken += piece.len() - input.len();
        if let Some(response) = response {
            return Ok((response, Some(total - taken)));
        }
        assert!(input.is_empty());
    }
    Ok((reader.end_of_input()?, None))
}

fn check_response(response: &Response, left: Option<usize>) {
    let is_text = |text: &str| !text.contains(|c: char| c.is_ascii_control() && c != '\t');
    assert!(matches!(response.head.status, 101 | 200..=599));
    assert!(is_text(&response.head.reason));
    // What can be received can be sent.
    request::request("/", &response.head.headers).unwrap();
    if matches!(response.head.status, 101 | 204 | 304) {
        assert!(response.body.is_empty() && !response.body_truncated);
    }
    assert!(left.is_some() || !response.persistent);
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

    let (read, left) = read(&mut ResponseReader::new(), &[&written]).unwrap();
    assert_eq!(left, Some(0));
    assert_eq!(Response { persistent: expected.persistent, ..read }, expected);
}

/// A reader that has returned a response has the same state as a new one.
fn check_reader_starts_over(new: fn() -> ResponseReader, data: &[u8], left: usize) {
    let mut reader = new();
    reader.receive(&mut &*data).unwrap().unwrap();
    let rest = &data[data.len() - left..];
    assert_eq!(read(&mut reader, &[rest]), read(&mut new(), &[rest]));
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
