//! The lines behind those of a request for a WebSocket, one field a line: whatever they are, what
//! is offered can be answered, and a client takes the answer.

use www_websocket::protocol::{
    http::{
        h1::{request_reader::RequestReader, response::ResponseReader, response_writer},
        message::Limits,
        request::{Event, RequestHead},
        response,
    },
    websocket::{
        acceptance::{self, Upgrade},
        deflate::{self, Offer},
        extensions::Extension,
        handshake::{self, Accepted},
    },
};

use super::within;

const LIMITS: Limits = Limits { head: 64 * 1024, headers: 128, body: 1024 };

/// The first lines of a request, and those that can make it one for a WebSocket.
const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n";
const UPGRADE: &[u8] = b"Upgrade: websocket\r\nConnection: Upgrade\r\n\
    Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

/// Parses the lines of `data` as fields, alone and behind those that request a WebSocket.
pub fn check(data: &[u8]) {
    for start in [&[][..], UPGRADE] {
        let fields: Vec<_> = data.split(|byte| *byte == b'\n').collect();
        let bytes = [REQUEST, start, &fields.join(&b"\r\n"[..]), b"\r\n\r\n"].concat();
        if let Ok(Some(Event::Head(head))) = RequestReader::new(LIMITS).receive(&mut &bytes[..]) {
            check_head(&head, bytes.len());
        }
    }
}

fn check_head(head: &RequestHead, length: usize) {
    // Each name of two bytes makes a string in a list that grows.
    within(256 * length + 4096, || {
        let _ = acceptance::check(head);
    });
    match acceptance::check(head) {
        Ok(upgrade) => {
            assert!(acceptance::is_requested(head));
            check_upgrade(&upgrade);
        }
        Err(refusal) => {
            assert!(matches!(refusal.status(), 400 | 405 | 426));
            let text = refusal.to_string();
            assert!(!text.contains(char::is_control), "{text}");
        }
    }
}

/// Accepts all that was offered, each extension once.
fn check_upgrade(upgrade: &Upgrade) {
    let own = Offer::parse(&[]).unwrap();
    let mut answered: Vec<Extension> = Vec::new();
    for extension in &upgrade.extensions {
        let is_new = answered.iter().all(|other| other.name() != extension.name());
        if is_new && extension.name() != deflate::NAME {
            answered.push(extension.clone());
        }
    }
    if let Some((place, answer, agreed)) = deflate::answer(&upgrade.extensions, &own) {
        let offered = Offer::parse(upgrade.extensions[place].parameters()).unwrap();
        let answer = Extension::new(deflate::NAME, &answer.parameters()).unwrap();
        assert_eq!(offered.accept(answer.parameters()), Ok(agreed));
        answered.push(answer);
    }
    let last: Vec<&String> = upgrade.protocols.last().into_iter().collect();
    let protocol = upgrade.choose_protocol(&last);
    assert_eq!(protocol, last.first().map(|name| name.as_str()));

    let headers = acceptance::response_headers(&upgrade.key, protocol, &answered);
    let bytes = response_writer::switching_protocols(&headers).unwrap();
    let limits = Limits { head: 2 * LIMITS.head, ..LIMITS };
    let mut reader = ResponseReader::for_upgrade("GET", limits);
    let Ok(Some(response::Event::Head(head))) = reader.receive(&mut &bytes[..]) else {
        panic!("{bytes:?}");
    };
    assert_eq!(head.status, 101);
    let names: Vec<&str> = answered.iter().map(Extension::name).collect();
    let headers: Vec<_> = head.headers.iter().collect();
    let accepted = handshake::verify(headers, &upgrade.key, &upgrade.protocols, &names);
    let protocol = protocol.map(str::to_owned);
    assert_eq!(accepted, Ok(Accepted { protocol, extensions: answered }));
}
