//! Heads and framing that no good server sends, among them what smuggles requests and splits
//! responses (RFC 9112 sections 11.1 and 11.2): what each becomes. Whatever could be read in two
//! ways is an error, or the connection takes no other request.

use www_websocket::protocol::http::{
    h1::response::ResponseReader, message::Limits, response::Event,
};

const LIMITS: Limits = Limits { head: 64 * 1024, headers: 128, body: 1024 };

/// What some bytes become: the status, the content, whether the connection is reusable, and what is
/// left of the bytes; or the error.
fn outcome(bytes: &[u8]) -> String {
    let mut reader = ResponseReader::new("GET", LIMITS);
    let (mut input, mut text) = (bytes, String::new());
    loop {
        match reader.receive(&mut input) {
            Ok(Some(Event::Continue)) => text.push_str("100 "),
            Ok(Some(Event::Head(head))) => text.push_str(&head.status.to_string()),
            Ok(Some(Event::Data(data))) => {
                text.extend([" ", &data.escape_ascii().to_string()]);
            }
            Ok(Some(Event::End { reusable, .. })) => {
                text.push_str(if reusable { ", reusable" } else { ", not reusable" });
                if !input.is_empty() {
                    text.extend([", left ", &input.escape_ascii().to_string()]);
                }
                return text;
            }
            Ok(None) => {
                text.push_str(match reader.end_of_input() {
                    Ok(()) => ", until close",
                    Err(_) => ", cut",
                });
                return text;
            }
            Err(error) => return format!("{text} error: {error}").trim_start().to_owned(),
        }
    }
}

fn check(cases: &[(&str, &str)]) {
    for (head, expected) in cases {
        assert_eq!(outcome(head.as_bytes()), *expected, "{head:?}");
    }
}

/// A response with these lines behind its status line, and this body.
fn response(lines: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\n{lines}\r\n\r\n{body}").into_bytes()
}

fn check_fields(cases: &[(&str, &str, &str)]) {
    for (lines, body, expected) in cases {
        assert_eq!(outcome(&response(lines, body)), *expected, "{lines:?} {body:?}");
    }
}

#[test]
fn lengths() {
    const DIFFER: &str = "error: invalid or contradictory Content-Length \"@\" in the response";
    let differ = |shown: &str| DIFFER.replace('@', shown);
    for (value, shown) in [
        ("5\r\nContent-Length: 6", "6"),
        ("5, 6", "6"),
        ("5,\r\n 6", "6"),
        ("5 6", "5 6"),
        ("5\r\n 6", "5 6"),
        ("5,", ""),
        ("", ""),
        ("+5", "+5"),
        ("-5", "-5"),
        ("5.0", "5.0"),
        ("0x5", "0x5"),
        ("5;x", "5;x"),
        ("\u{665}", "\\xd9\\xa5"),
        ("18446744073709551616", "18446744073709551616"),
    ] {
        let bytes = response(&format!("Content-Length: {value}"), "abcde");
        assert_eq!(outcome(&bytes), differ(shown), "{value:?}");
    }
    check_fields(&[
        ("Content-Length: 5, 5", "abcdeHTTP", "200 abcde, reusable, left HTTP"),
        ("Content-Length: 5\r\ncontent-length:05", "abcde", "200 abcde, reusable"),
        ("Content-Length:\r\n 5", "abcdef", "200 abcde, reusable, left f"),
        ("Content-Length: 5", "abcd", "200 abcd, cut"),
        // Other names.
        ("Content_Length: 5", "abcde", "200 abcde, until close"),
        ("X-Content-Length: 5", "abcde", "200 abcde, until close"),
        ("Content-Length: 18446744073709551615", "a", "200 a, cut"),
    ]);
}

#[test]
fn transfer_codings() {
    const BOTH: &str = "error: both Transfer-Encoding and Content-Length in the response";
    const ORDER: &str = "error: chunked is not the last Transfer-Encoding in the response";
    let body = "1\r\na\r\n0\r\n\r\nHTTP";
    let read = "200 a, reusable, left HTTP";
    let raw = "200 1\\r\\na\\r\\n0\\r\\n\\r\\nHTTP, until close";
    check_fields(&[
        ("Transfer-Encoding: chunked\r\nContent-Length: 3", body, BOTH),
        ("Content-Length: 3\r\nTransfer-Encoding: chunked", body, BOTH),
        ("Content-Length: 3\r\nTransfer-Encoding: identity", body, BOTH),
        ("Content-Length: 3\r\nTransfer-Encoding: xchunked", body, BOTH),
        ("Content-Length: 3\r\nTransfer-Encoding:", body, BOTH),
        ("Content-Length: 3\r\nTransfer-Encoding:\r\n chunked", body, BOTH),
        ("Transfer-Encoding: chunked, gzip", body, ORDER),
        ("Transfer-Encoding: chunked, chunked", body, ORDER),
        ("Transfer-Encoding: chunked, identity", body, ORDER),
        ("Transfer-Encoding: chunked\r\nTransfer-Encoding: x", body, ORDER),
        ("Transfer-Encoding: cHuNkEd", body, read),
        ("transfer-encoding:\tchunked\t", body, read),
        ("Transfer-Encoding: x\r\nTransfer-Encoding: chunked", body, read),
        ("Transfer-Encoding:\n chunked", body, read),
        ("Transfer-Encoding: ,chunked,", body, read),
        ("Transfer-Encoding: xchunked", body, raw),
        ("Transfer-Encoding: \"chunked\"", body, raw),
        ("Transfer-Encoding: chunked;a=b", body, raw),
        ("Transfer-Encoding: chun\r\n ked", body, raw),
        ("Transfer_Encoding: chunked", body, raw),
        ("X: y Transfer-Encoding: chunked", body, raw),
    ]);
}

#[test]
fn chunks() {
    let chunked = |body: &str| outcome(&response("Transfer-Encoding: chunked", body));
    const SIZE: &str = "200 error: invalid body of the response: invalid chunk size";
    for line in [
        "",
        "\n",
        "5\n",
        "0\n",
        " 5",
        "+5",
        "-5",
        "0x5",
        "5,",
        "5 5",
        "5\r",
        "5;a\rb",
        "5;a\nb",
        "5\0",
        "\u{665}",
        "10000000000000005",
        "g",
        ";a",
    ] {
        let body = format!("{line}\r\nabcde\r\n0\r\n\r\n");
        assert_eq!(chunked(&body), SIZE, "{line:?}");
    }
    for body in ["5\r\nabcdef\r\n", "5\r\nabcde\n0\r\n\r\n", "5\r\nabcde0\r\n\r\n"] {
        let expected = "200 abcde error: invalid body of the response: chunk longer than its size";
        assert_eq!(chunked(body), expected, "{body:?}");
    }
    for (body, expected) in [
        ("5\r\nabcde\r\n", "200 abcde, cut"),
        ("5\r\nabcde\r\n0\r\n", "200 abcde, cut"),
        ("005 \t;a=\"b\"\r\nabcde\r\n00\r\n\r\n", "200 abcde, reusable"),
        ("0\r\nX: y\n\r\nHTTP", "200, reusable, left HTTP"),
        ("0\r\n X: y\r\n\r\n", "200 error: invalid header line \" X: y\" in the response"),
        ("0\r\nX\r\n\r\n", "200 error: invalid header line \"X\" in the response"),
        ("0\r\nX : y\r\n\r\n", "200 error: invalid header line \"X : y\" in the response"),
        ("0\r\nContent-Length: 9\r\nTransfer-Encoding: x\r\n\r\n", "200, reusable"),
    ] {
        assert_eq!(chunked(body), expected, "{body:?}");
    }
    let long = format!("5;{}\r\n", "x".repeat(4096));
    assert_eq!(chunked(&long), "200 error: invalid body of the response: chunk extension too long");
}

#[test]
fn lines() {
    let invalid = |shown: &str| format!("error: invalid header line \"{shown}\" in the response");
    for (line, shown) in [
        ("Content-Length : 5", "Content-Length : 5"),
        ("Content-Length\t: 5", "Content-Length\\t: 5"),
        (" Content-Length: 5", " Content-Length: 5"),
        ("\tContent-Length: 5", "\\tContent-Length: 5"),
        ("Content-Length", "Content-Length"),
        (": 5", ": 5"),
        ("Content Length: 5", "Content Length: 5"),
        ("Content-Length\0: 5", "Content-Length\\x00: 5"),
        ("\0Content-Length: 5", "\\x00Content-Length: 5"),
        ("Content-Length: 5\0", "Content-Length: 5\\x00"),
        ("Content-Length: \x0B5", "Content-Length: \\x0b5"),
        ("Content-Length: 5\x7F", "Content-Length: 5\\x7f"),
        ("X: y\rContent-Length: 5", "X: y\\rContent-Length: 5"),
        ("X: y\r\r", "X: y\\r\\r"),
        ("X: y\r\n z\rContent-Length: 5", " z\\rContent-Length: 5"),
        ("X: y\r\n z\0", " z\\x00"),
        ("\u{FEFF}Content-Length: 5", "\\xef\\xbb\\xbfContent-Length: 5"),
        ("HTTP/1.1 200 OK", "HTTP/1.1 200 OK"),
    ] {
        assert_eq!(outcome(&response(line, "abcde")), invalid(shown), "{line:?}");
    }
    check_fields(&[
        // What only looks like a field.
        ("X: y\r\n Content-Length: 5", "abcdef", "200 abcdef, until close"),
        ("X: y\r\n\t\r\n \r\nContent-Length: 5", "abcdef", "200 abcde, reusable, left f"),
        // A bare LF ends a line, and so the head.
        ("X: y\nContent-Length: 5", "abcdef", "200 abcde, reusable, left f"),
        ("X: y\n\nContent-Length: 5", "", "200 Content-Length: 5\\r\\n\\r\\n, until close"),
    ]);
}

#[test]
fn first_lines() {
    check(&[
        ("HTTP/1.1 200 OK\n\nabc", "200 abc, until close"),
        ("HTTP/1.1 200 OK\r\r\n\r\n", "error: invalid status line \"HTTP/1.1 200 OK\\r\""),
        ("HTTP/1.1 200 OK\rX: y\r\n\r\n", "error: invalid status line \"HTTP/1.1 200 OK\\rX: y\""),
        ("HTTP/1.1 200 O\0K\r\n\r\n", "error: invalid status line \"HTTP/1.1 200 O\\x00K\""),
        ("HTTP/1.1 099 x\r\n\r\n", "error: invalid status line \"HTTP/1.1 099 x\""),
        ("HTTP/1.1 2000 x\r\n\r\n", "error: invalid status line \"HTTP/1.1 2000 x\""),
        ("HTTP/1.1 20\r\n\r\n", "error: invalid status line \"HTTP/1.1 20\""),
        (
            "HTTP/2.0 200 OK\r\n\r\n",
            "error: the server did not answer with HTTP/1.1, but with \"HTTP/2.0 200 OK\"",
        ),
        (
            "\r\nHTTP/1.1 200 OK\r\n\r\n",
            "error: the server did not answer with HTTP/1.1, but with \"\"",
        ),
        (
            "HTTP/0.9 200 OK\r\n\r\n",
            "error: the server did not answer with HTTP/1.1, but with \"HTTP/0.9 200 OK\"",
        ),
        (
            "HTTP/1.1 101 x\r\nUpgrade: websocket\r\n\r\n",
            "error: the server switches to another protocol, which was not requested",
        ),
        // Of no use for another request.
        (
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n\
             0\r\n\r\n",
            "200, not reusable",
        ),
        (
            "HTTP/1.1 200 OK\r\nConnection: x, CLOSE\r\nContent-Length: 0\r\n\r\n",
            "200, not reusable",
        ),
        // A second response is left for whoever asked.
        (
            "HTTP/1.1 204 x\r\nContent-Length: 3\r\n\r\nHTTP/1.1 200",
            "204, reusable, left HTTP/1.1 200",
        ),
        (
            "HTTP/1.1 100 x\r\nContent-Length: 3\r\n\r\nHTTP/1.1 304 x\r\n\r\nabc",
            "100 304, reusable, left abc",
        ),
    ]);
}

#[test]
fn sizes() {
    let head = |lines: &str| outcome(&response(&format!("Content-Length: 0{lines}"), ""));
    let bytes = "error: the response has too many bytes in its head";
    assert_eq!(head(&"\r\nA: b".repeat(127)), "200, reusable");
    assert_eq!(head(&"\r\nA: b".repeat(128)), "error: the response has too many header fields");
    assert_eq!(head(&format!("\r\nA: {}", "b".repeat(65_000))), "200, reusable");
    assert_eq!(head(&format!("\r\nA: {}", "b".repeat(65_536))), bytes);
    assert_eq!(head(&format!("\r\n{}: b", "A".repeat(65_536))), bytes);
    // Folded lines are no fields, and the bytes of their ends count.
    let folded = |count| head(&format!("\r\nA: b{}", "\r\n ".repeat(count)));
    assert_eq!(folded(21_000), "200, reusable");
    assert_eq!(folded(22_000), bytes);
    let interim = |count| "HTTP/1.1 103 x\r\nA: b\r\n\r\n".repeat(count) + "HTTP/1.1 204 x\r\n\r\n";
    assert_eq!(outcome(interim(16).as_bytes()), "204, reusable");
    assert_eq!(
        outcome(interim(17).as_bytes()),
        "error: the response has too many interim responses"
    );
}
