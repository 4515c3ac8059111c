//! A client of an echo server, on the same library: what came back, a line for each step.
//!
//! Usage: echo-client URL, such as ws://127.0.0.1:8080/

use std::{env, error::Error, net::TcpStream};

use tungstenite::{
    Message, client,
    client::IntoClientRequest,
    http::HeaderValue,
    protocol::{CloseFrame, frame::coding::CloseCode},
};

fn main() -> Result<(), Box<dyn Error>> {
    let url = env::args().nth(1).ok_or("usage: echo-client URL")?;
    let mut request = url.into_client_request()?;
    let authority = request.uri().authority().ok_or("no host")?.to_string();
    request.headers_mut().insert("Sec-WebSocket-Protocol", HeaderValue::from_static("soap, chat"));
    let (mut websocket, response) = client(request, TcpStream::connect(authority)?)?;
    let protocol = response.headers().get("Sec-WebSocket-Protocol").ok_or("no subprotocol")?;
    println!("subprotocol {}", protocol.to_str()?);
    for size in [0, 1, 125, 126, 65_535, 65_536, 1 << 20] {
        for message in [Message::text("é".repeat(size)), Message::binary(vec![0xff; size])] {
            websocket.send(message.clone())?;
            if websocket.read()? != message {
                return Err(format!("not echoed: {size}").into());
            }
        }
    }
    println!("echoed");
    websocket.send(Message::Ping("hello".into()))?;
    let Message::Pong(pong) = websocket.read()? else { return Err("no pong".into()) };
    println!("pong {}", String::from_utf8_lossy(&pong));
    websocket.close(Some(CloseFrame { code: CloseCode::from(4000), reason: "bye".into() }))?;
    let Message::Close(Some(close)) = websocket.read()? else { return Err("not closed".into()) };
    println!("closed {}", close.code);
    println!("{}", websocket.read().err().ok_or("no end")?);
    Ok(())
}
