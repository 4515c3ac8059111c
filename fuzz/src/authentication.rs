//! The challenges of a server, in fields `WWW-Authenticate`, one a line: whatever they are, the
//! answer can be sent, answers the challenge, and is not repeated for ever.

use www_websocket::protocol::http::{
    authentication::{Authenticator, Challenger, EntityBody},
    collector::Collector,
    credentials::Credentials,
    h1::{request, response::ResponseReader},
    headers::Headers,
    message::Limits,
    response::ResponseHead,
};

use super::within;

const CNONCE: [u8; 16] = *b"any sixteen byte";
const TARGET: &str = "/chat?room=\"1\"";
const BODY: EntityBody<'_> = EntityBody::Bytes(b"any content");
/// A challenge with the strongest algorithm.
const STRONGEST: &str = "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-512-256";

/// Parses the lines of `data` as challenges.
pub fn check(data: &[u8]) {
    let Some(response) = challenge(data) else { return };

    let mut authenticator = authenticator();
    let mut answered = false;
    // Each parameter of four bytes makes an entry in a list that grows.
    within(64 * data.len() + 4096, || {
        answered = authenticator.should_retry(&response, CNONCE);
    });
    if answered {
        let answer = answer(&mut authenticator);
        // The answer has the form of a challenge, with all its parameters.
        let echo = challenge(answer.as_bytes()).expect("an answer that can be sent");
        assert_eq!(first_answer(&echo).as_ref(), Some(&answer));
    } else {
        assert_eq!(authenticator.authorization("GET", TARGET, BODY), None);
    }
    check_streamed(&response, answered);
    // One more time if it is stale.
    if answered && authenticator.should_retry(&response, CNONCE) {
        assert!(!authenticator.should_retry(&response, CNONCE));
    }

    // No other field keeps the strongest challenge from being found.
    let mut stronger = response;
    stronger.headers.push("WWW-Authenticate", STRONGEST);
    let answer = first_answer(&stronger).expect("an answer to what is well-formed");
    assert!(answer.to_ascii_uppercase().contains("ALGORITHM=SHA-512-256"), "{answer}");
}

/// What is answered for a content that is not known does not protect it.
fn check_streamed(response: &ResponseHead, answered: bool) {
    if let Some(answer) = streamed_answer(response) {
        assert!(answered);
        let echo = challenge(answer.as_bytes()).expect("an answer that can be sent");
        assert!(streamed_answer(&echo).is_some(), "{answer}");
    }
}

fn streamed_answer(response: &ResponseHead) -> Option<String> {
    let mut authenticator = authenticator();
    authenticator.authorization("PUT", TARGET, EntityBody::Streamed);
    authenticator.should_retry(response, CNONCE).then(|| {
        let answer = authenticator.authorization("PUT", TARGET, EntityBody::Streamed);
        answer.expect("an answer to what is to be answered").1
    })
}

/// The 401 with these fields, if a server can send them.
fn challenge(fields: &[u8]) -> Option<ResponseHead> {
    let mut head = b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n".to_vec();
    for field in fields.split(|&byte| byte == b'\n') {
        head.extend([b"WWW-Authenticate: ", field, b"\r\n"].concat());
    }
    head.extend(b"\r\n");
    let limits = Limits { head: 64 * 1024, headers: 128, body: 0 };
    let mut collector = Collector::new(ResponseReader::new("GET", limits));
    collector.receive(&mut &head[..]).ok().flatten().map(|response| response.head)
}

/// With credentials that need escapes.
fn authenticator() -> Authenticator {
    let credentials = Credentials::parse(r#""Zoë", \o/:p:"\"#);
    Authenticator::new(Challenger::Server, None, Some(credentials))
}

fn first_answer(response: &ResponseHead) -> Option<String> {
    let mut authenticator = authenticator();
    authenticator.should_retry(response, CNONCE).then(|| answer(&mut authenticator))
}

fn answer(authenticator: &mut Authenticator) -> String {
    let (name, value) = authenticator.authorization("GET", TARGET, BODY).unwrap();
    let headers = Headers::from_iter([(name, value.clone())]);
    request::request("GET", "/", &headers).expect("an answer that can be sent");
    value
}
