//! The path `/chat`: a room in which every message goes to everyone, its sender included.

use std::{
    io::{self, Read, Write},
    net::{Shutdown, TcpStream},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tungstenite::{Error, Message, WebSocket, protocol::Role};

/// A member that takes nothing for so long is disconnected, so that the others need not wait.
const WRITE_TIMEOUT: Duration = Duration::from_secs(2);

/// The members, each as a WebSocket that is only written to.
pub(crate) struct Room(Mutex<Vec<WebSocket<Member>>>);

impl Room {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// Has a client in the room until its connection has ended, which is always an error.
    pub(crate) fn host(&self, websocket: WebSocket<TcpStream>) -> Result<(), Error> {
        let member = Member::new(websocket.into_inner())?;
        self.members().push(member.websocket());
        let mut websocket = member.websocket();
        let error = loop {
            match websocket.read() {
                Ok(message @ (Message::Text(_) | Message::Binary(_))) => self.say(&message),
                // The next `read` answers it, and behind that answer nothing may be sent.
                Ok(Message::Close(_)) => self.leave(&member),
                Ok(_) => {}
                Err(error) => break error,
            }
        };
        self.leave(&member);
        Err(error)
    }

    fn say(&self, message: &Message) {
        self.members().retain_mut(|member| {
            let sent = member.send(message.clone()).is_ok();
            if !sent {
                member.get_ref().disconnect();
            }
            sent
        });
    }

    fn leave(&self, member: &Member) {
        self.members().retain(|other| !other.get_ref().is_same(member));
    }

    fn members(&self) -> MutexGuard<'_, Vec<WebSocket<Member>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that one thread reads from and all write to. What is given to `write`, which is
/// whole frames, is written in one piece, so that the frames of two threads do not mix.
#[derive(Clone)]
struct Member(Arc<(TcpStream, Mutex<()>)>);

impl Member {
    fn new(stream: TcpStream) -> io::Result<Self> {
        stream.set_write_timeout(Some(WRITE_TIMEOUT))?;
        Ok(Self(Arc::new((stream, Mutex::new(())))))
    }

    fn websocket(&self) -> WebSocket<Self> {
        WebSocket::from_raw_socket(self.clone(), Role::Server, None)
    }

    fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    fn disconnect(&self) {
        let _ = self.0.0.shutdown(Shutdown::Both);
    }
}

impl Read for Member {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        (&self.0.0).read(buffer)
    }
}

impl Write for Member {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let (stream, turn) = &*self.0;
        let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut stream = stream;
        stream.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
