//! The WebSocket server that the demo and the tests talk to. It stands on an independent library,
//! so that our client is never measured against our own reading of RFC 6455.
//!
//! It echoes, and has two paths more for `examples/`. Servers that misbehave on purpose live in
//! `tests/servers` and `tests/support/raw.tcl`.

mod room;
mod ticks;

use std::{
    env,
    io::{self, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    process::{self, ExitCode},
    thread,
};

use tungstenite::{
    Error, WebSocket, accept_hdr_with_config,
    handshake::server::{ErrorResponse, Request, Response},
    http::HeaderValue,
    protocol::WebSocketConfig,
};

use crate::{room::Room, ticks::ticks};

const USAGE: &str = "\
Usage: echo-server [--serve] [PORT]

Echoes every text and binary message on 127.0.0.1. PORT 0, the default, takes a free port.
Prints its address, a line like ws://127.0.0.1:8080/, once it listens.
/chat sends a message to everyone who is connected there, /ticks sends prices by itself.
Of the subprotocols offered it picks the first that is mqtt, soap or echo.

  --serve  keep going when standard input ends; without it the server ends with its parent
  --help   print this text";

const PROTOCOLS: [&str; 3] = ["mqtt", "soap", "echo"];

static ROOM: Room = Room::new();

fn main() -> ExitCode {
    let command = match Command::parse(env::args().skip(1)) {
        Ok(command) => command,
        Err(message) => {
            eprintln!("echo-server: {message}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let result = match command {
        Command::Help => writeln!(io::stdout(), "{USAGE}"),
        Command::Serve { port, forever } => serve(port, forever),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("echo-server: {error}");
            ExitCode::FAILURE
        }
    }
}

#[derive(Debug, PartialEq)]
enum Command {
    Help,
    Serve { port: u16, forever: bool },
}

impl Command {
    fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut port, mut forever) = (None, false);
        for argument in arguments {
            match argument.as_str() {
                "--help" | "-h" => return Ok(Self::Help),
                "--serve" => forever = true,
                other => match other.parse() {
                    Ok(number) if port.is_none() => port = Some(number),
                    _ => return Err(format!("not understood: {other}")),
                },
            }
        }
        Ok(Self::Serve { port: port.unwrap_or(0), forever })
    }
}

fn serve(port: u16, forever: bool) -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    let mut stdout = io::stdout();
    writeln!(stdout, "ws://{}/", listener.local_addr()?)?;
    stdout.flush()?;
    if !forever {
        thread::spawn(end_with_standard_input);
    }
    loop {
        // A connection that its client gave up before it was accepted is no reason to end.
        if let Ok((stream, _)) = listener.accept() {
            thread::spawn(move || converse(stream));
        }
    }
}

/// Ends the process when the parent has closed our standard input, or died, which closes it too.
fn end_with_standard_input() {
    let _ = io::copy(&mut io::stdin(), &mut io::sink());
    process::exit(0);
}

/// Holds one conversation. Errors end it silently: the client is the one being tested.
fn converse(stream: TcpStream) {
    // Without this, small replies wait for the client's delayed acknowledgements.
    let _ = stream.set_nodelay(true);
    // Clients are trusted here, and some tests send more than the library's 64 MiB.
    let config = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
    let mut path = String::new();
    #[allow(clippy::result_large_err, reason = "the signature is the library's")]
    let answer = |request: &Request, response: Response| {
        request.uri().path().clone_into(&mut path);
        choose_protocol(request, response)
    };
    if let Ok(websocket) = accept_hdr_with_config(stream, answer, Some(config)) {
        let _ = match path.as_str() {
            "/chat" => ROOM.host(websocket),
            "/ticks" => ticks(websocket),
            _ => echo(websocket),
        };
    }
}

#[allow(clippy::result_large_err, reason = "the signature is the library's")]
fn choose_protocol(request: &Request, mut response: Response) -> Result<Response, ErrorResponse> {
    let mut offered = request
        .headers()
        .get_all("Sec-WebSocket-Protocol")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .map(str::trim);
    if let Some(chosen) = offered.find_map(|name| PROTOCOLS.into_iter().find(|it| *it == name)) {
        let value = HeaderValue::from_static(chosen);
        response.headers_mut().insert("Sec-WebSocket-Protocol", value);
    }
    Ok(response)
}

/// Echoes messages until the connection has ended, which is always an error: `ConnectionClosed`
/// after a closing handshake. The library answers pings and close messages while reading.
fn echo(mut websocket: WebSocket<TcpStream>) -> Result<(), Error> {
    loop {
        let message = websocket.read()?;
        if message.is_text() || message.is_binary() {
            websocket.send(message)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{io::Read, net::Shutdown};

    use tungstenite::{
        Message, client,
        client::IntoClientRequest,
        protocol::{CloseFrame, frame::coding::CloseCode},
    };

    use super::*;

    fn parse(arguments: &[&str]) -> Result<Command, String> {
        Command::parse(arguments.iter().map(|it| (*it).to_owned()))
    }

    /// A client of one conversation on a listener of its own, and the subprotocol it was given.
    fn connect(offered: Option<&str>) -> (WebSocket<TcpStream>, Option<String>) {
        visit("/", offered)
    }

    /// The same at a path.
    fn visit(path: &str, offered: Option<&str>) -> (WebSocket<TcpStream>, Option<String>) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || converse(listener.accept().unwrap().0));
        let mut request = format!("ws://{address}{path}").into_client_request().unwrap();
        if let Some(offered) = offered {
            let value = HeaderValue::from_str(offered).unwrap();
            request.headers_mut().insert("Sec-WebSocket-Protocol", value);
        }
        let stream = TcpStream::connect(address).unwrap();
        let (websocket, response) = client(request, stream).unwrap();
        let chosen = response.headers().get("Sec-WebSocket-Protocol");
        (websocket, chosen.map(|value| value.to_str().unwrap().to_owned()))
    }

    #[test]
    fn takes_a_free_port_unless_one_is_named() {
        assert_eq!(parse(&[]), Ok(Command::Serve { port: 0, forever: false }));
        assert_eq!(parse(&["8080", "--serve"]), Ok(Command::Serve { port: 8080, forever: true }));
    }

    #[test]
    fn prints_help_where_asked() {
        assert_eq!(parse(&["--help"]), Ok(Command::Help));
    }

    #[test]
    fn refuses_what_it_does_not_understand() {
        assert_eq!(parse(&["--sevre"]), Err("not understood: --sevre".to_owned()));
        assert_eq!(parse(&["65536"]), Err("not understood: 65536".to_owned()));
        assert_eq!(parse(&["80", "81"]), Err("not understood: 81".to_owned()));
    }

    #[test]
    fn echoes_text_and_binary() {
        let (mut websocket, _) = connect(None);
        for message in
            [Message::text("grüß dich"), Message::binary(vec![0, 255]), Message::text("")]
        {
            websocket.send(message.clone()).unwrap();
            assert_eq!(websocket.read().unwrap(), message);
        }
    }

    #[test]
    fn answers_a_ping() {
        let (mut websocket, _) = connect(None);
        websocket.send(Message::Ping("here?".into())).unwrap();
        assert_eq!(websocket.read().unwrap(), Message::Pong("here?".into()));
    }

    #[test]
    fn returns_the_close_code_and_drops_the_connection() {
        let (mut websocket, _) = connect(None);
        let frame = CloseFrame { code: CloseCode::from(3000), reason: "".into() };
        websocket.close(Some(frame.clone())).unwrap();
        assert_eq!(websocket.read().unwrap(), Message::Close(Some(frame)));
        assert!(matches!(websocket.read(), Err(Error::ConnectionClosed)));
    }

    #[test]
    fn ends_the_conversation_when_the_client_is_gone() {
        let (websocket, _) = connect(None);
        let mut stream = websocket.get_ref();
        stream.shutdown(Shutdown::Write).unwrap();
        assert_eq!(stream.read(&mut [0]).unwrap(), 0);
    }

    #[test]
    fn picks_the_first_protocol_it_knows() {
        assert_eq!(connect(Some("chat, echo, mqtt")).1.as_deref(), Some("echo"));
        assert_eq!(connect(Some("mqtt")).1.as_deref(), Some("mqtt"));
    }

    #[test]
    fn everyone_in_the_room_hears_a_message() {
        let mut members = Vec::new();
        for text in ["first", "second", "third"] {
            members.push(visit("/chat", None).0);
            members.last_mut().unwrap().send(Message::text(text)).unwrap();
            for member in &mut members {
                assert_eq!(member.read().unwrap(), Message::text(text));
            }
        }
        let mut gone = members.pop().unwrap();
        gone.close(None).unwrap();
        assert_eq!(gone.read().unwrap(), Message::Close(None));
        assert!(matches!(gone.read(), Err(Error::ConnectionClosed)));
        members[0].send(Message::binary(vec![7])).unwrap();
        for member in &mut members {
            assert_eq!(member.read().unwrap(), Message::binary(vec![7]));
        }
    }

    #[test]
    fn prices_come_by_themselves() {
        let (mut websocket, _) = visit("/ticks", None);
        let first = websocket.read().unwrap();
        let second = websocket.read().unwrap();
        assert!(first.to_text().unwrap().starts_with("{\"cocoa\":8"), "{first}");
        assert_ne!(first, second);
        websocket.close(None).unwrap();
        while !websocket.read().unwrap().is_close() {}
        assert!(matches!(websocket.read(), Err(Error::ConnectionClosed)));
    }
}
