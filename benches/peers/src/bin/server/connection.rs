//! A connection with its buffers: input that grows to what is asked for, and output that waits
//! without limit, so that a client that sends everything before it reads is served as well.

use std::{
    io::{self, Read, Write},
    net::{Shutdown, TcpStream},
    ops::Range,
};

use rustix::{
    event::{PollFd, PollFlags, poll},
    net::{SendFlags, send},
};
use rustls::{ServerConnection, StreamOwned};

/// Bytes of input for which there is room at first, and the least that a read may bring.
const ROOM: usize = 64 << 10;

/// What carries the bytes: TCP or TLS.
pub(crate) trait Transport {
    /// Waits for bytes.
    fn receive(&mut self, buffer: &mut [u8]) -> io::Result<usize>;

    /// Sends as many of the bytes as go without waiting for the client.
    fn send(&mut self, bytes: &[u8]) -> io::Result<usize>;

    /// Waits for one of the events, and returns which there are.
    fn wait(&self, events: PollFlags) -> io::Result<PollFlags>;

    /// Ends the stream in order.
    fn finish(&mut self) -> io::Result<()>;
}

impl Transport for TcpStream {
    fn receive(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.read(buffer)
    }

    fn send(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match send(self, bytes, SendFlags::DONTWAIT | SendFlags::NOSIGNAL) {
            Err(rustix::io::Errno::AGAIN) => Ok(0),
            result => Ok(result?),
        }
    }

    fn wait(&self, events: PollFlags) -> io::Result<PollFlags> {
        let mut descriptors = [PollFd::new(self, events)];
        poll(&mut descriptors, None)?;
        Ok(descriptors[0].revents())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.shutdown(Shutdown::Write)
    }
}

/// All is sent at once: no workload over TLS sends much before it reads.
impl Transport for StreamOwned<ServerConnection, TcpStream> {
    fn receive(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.read(buffer)
    }

    fn send(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        self.flush()?;
        Ok(bytes.len())
    }

    fn wait(&self, events: PollFlags) -> io::Result<PollFlags> {
        Ok(events)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.conn.send_close_notify();
        self.flush()?;
        self.sock.shutdown(Shutdown::Write)
    }
}

/// A transport and the bytes on their way.
pub(crate) struct Connection<T> {
    transport: T,
    buffer: Vec<u8>,
    /// The part of the buffer that was read and not consumed.
    unread: Range<usize>,
    /// What is to be sent.
    output: Vec<u8>,
    /// How much of it was.
    sent: usize,
}

impl<T: Transport> Connection<T> {
    pub(crate) fn new(transport: T) -> Self {
        Self { transport, buffer: vec![0; ROOM], unread: 0..0, output: Vec::new(), sent: 0 }
    }

    /// What was read and not consumed. It may be changed, to be sent again from its place.
    pub(crate) fn input(&mut self) -> &mut [u8] {
        &mut self.buffer[self.unread.clone()]
    }

    /// Consumes the first bytes of the input.
    pub(crate) fn consume(&mut self, length: usize) {
        self.unread.start += length;
        if self.unread.is_empty() {
            self.unread = 0..0;
        }
    }

    /// Reads and consumes so many bytes.
    pub(crate) fn skip(&mut self, length: usize) -> io::Result<()> {
        let mut missing = length;
        while missing > 0 {
            if self.input().is_empty() {
                self.read(1)?;
            }
            let consumed = missing.min(self.input().len());
            self.consume(consumed);
            missing -= consumed;
        }
        Ok(())
    }

    /// Sends what waits and reads more input, until there are at least `length` bytes of it; if
    /// there are, until there are more.
    pub(crate) fn read(&mut self, length: usize) -> io::Result<()> {
        let length = length.max(self.unread.len() + 1);
        self.make_room(length);
        while self.unread.len() < length {
            self.push()?;
            if !self.output.is_empty()
                && self.transport.wait(PollFlags::IN | PollFlags::OUT)? == PollFlags::OUT
            {
                continue;
            }
            match self.transport.receive(&mut self.buffer[self.unread.end..])? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                received => self.unread.end += received,
            }
        }
        Ok(())
    }

    /// Reads and consumes a line; returns it without its end.
    pub(crate) fn read_line(&mut self) -> io::Result<String> {
        loop {
            if let Some(end) = self.input().iter().position(|&byte| byte == b'\n') {
                let line = String::from_utf8_lossy(&self.input()[..end]).trim_end().to_owned();
                self.consume(end + 1);
                return Ok(line);
            }
            self.read(0)?;
        }
    }

    /// Puts bytes into the queue, to be sent with the next read or `drain`.
    pub(crate) fn queue(&mut self, bytes: &[u8]) {
        self.output.extend_from_slice(bytes);
    }

    /// Puts a part of the input into the queue.
    pub(crate) fn queue_input(&mut self, part: Range<usize>) {
        self.output.extend_from_slice(&self.buffer[self.unread.clone()][part]);
    }

    /// Sends a part of the input, without a copy if it can go at once.
    pub(crate) fn send_input(&mut self, part: Range<usize>) -> io::Result<()> {
        self.push()?;
        let bytes = &self.buffer[self.unread.clone()][part];
        let sent = if self.output.is_empty() { self.transport.send(bytes)? } else { 0 };
        self.output.extend_from_slice(&bytes[sent..]);
        Ok(())
    }

    /// Sends bytes behind everything that waits, without a copy, however long the client takes.
    pub(crate) fn send_all(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        self.drain()?;
        while !bytes.is_empty() {
            match self.transport.send(bytes)? {
                0 => drop(self.transport.wait(PollFlags::OUT)?),
                sent => bytes = &bytes[sent..],
            }
        }
        Ok(())
    }

    /// Sends everything, however long the client takes.
    pub(crate) fn drain(&mut self) -> io::Result<()> {
        self.push()?;
        while !self.output.is_empty() {
            self.transport.wait(PollFlags::OUT)?;
            self.push()?;
        }
        Ok(())
    }

    /// Sends everything and ends the stream.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        self.drain()?;
        self.transport.finish()
    }

    fn push(&mut self) -> io::Result<()> {
        while self.sent < self.output.len() {
            match self.transport.send(&self.output[self.sent..])? {
                0 => return Ok(()),
                sent => self.sent += sent,
            }
        }
        self.output.clear();
        self.sent = 0;
        Ok(())
    }

    /// Makes room for `length` bytes of input in all, and for a good read.
    fn make_room(&mut self, length: usize) {
        let needed = length.max(self.unread.len() + ROOM / 2);
        if self.unread.start + needed > self.buffer.len() {
            self.buffer.copy_within(self.unread.clone(), 0);
            self.unread = 0..self.unread.len();
        }
        if needed > self.buffer.len() {
            self.buffer.resize(needed.max(length + ROOM), 0);
        }
    }
}
