//! What tests of the client need: a server that follows a script, in a thread of its own.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    thread::{self, JoinHandle},
};

use super::{connector::ConnectSettings, tls_settings::TlsSettings};
use crate::{
    protocol::http::url::{Scheme, Url},
    tcl::Value,
};

/// How servers are reached without a proxy, whatever the environment says.
pub(crate) fn direct() -> ConnectSettings {
    ConnectSettings {
        proxy: Value::strings(["::apply", "args {return DIRECT}"]),
        socket_command: Value::empty(),
        transformation: Value::empty(),
        verify: Value::empty(),
        tls: TlsSettings::default(),
        user_agent: None,
    }
}

/// What a server sends when it has read a request, given its head.
pub(crate) type Reply = Box<dyn FnOnce(&str) -> Vec<u8> + Send>;

/// A reply that does not depend on the request.
pub(crate) fn reply(text: impl Into<Vec<u8>>) -> Reply {
    let bytes = text.into();
    Box::new(|_| bytes)
}

/// A server on the loopback interface.
pub(crate) struct Server {
    port: u16,
    thread: JoinHandle<Vec<String>>,
}

impl Server {
    /// One that takes a connection for each list, on which it sends the replies, each to a request
    /// of its own, and then waits for the client to end it, or ends it itself.
    pub(crate) fn start(script: Vec<(Vec<Reply>, AtEnd)>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let serve = move || {
            let mut requests = Vec::new();
            for (replies, at_end) in script {
                let (mut socket, _) = listener.accept().unwrap();
                for reply in replies {
                    let head = read_head(&mut socket);
                    // The client may have gone.
                    let _ = socket.write_all(&reply(&head));
                    requests.push(head);
                }
                if at_end == AtEnd::Wait {
                    let _ = socket.read_to_end(&mut Vec::new());
                }
            }
            requests
        };
        Self { port, thread: thread::spawn(serve) }
    }

    /// One with a single connection, which the client ends.
    pub(crate) fn with(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self::start(vec![(replies.into_iter().collect(), AtEnd::Wait)])
    }

    /// A URL of the server's.
    pub(crate) fn url(&self, scheme: Scheme, path: &str) -> Url {
        let text = format!("{scheme}://127.0.0.1:{}{path}", self.port);
        Url::parse(&text, &[Scheme::Http, Scheme::Ws]).unwrap()
    }

    /// The heads of the requests, when all connections are over.
    pub(crate) fn requests(self) -> Vec<String> {
        self.thread.join().unwrap()
    }
}

/// What a server does behind its last reply on a connection.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum AtEnd {
    /// Waits for the end.
    Wait,
    /// Ends the connection.
    Drop,
}

/// What there is of the head of a request, up to its empty line.
fn read_head(socket: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && socket.read(&mut byte).is_ok_and(|count| count == 1) {
        head.push(byte[0]);
    }
    String::from_utf8(head).unwrap()
}
