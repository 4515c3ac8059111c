//! The server's side of RFC 6455, as far as the workloads need it: whole messages and the closing
//! handshake, without checks.

use std::{io, ops::Range, path::Path};

use base64::{Engine, prelude::BASE64_STANDARD};
use sha1::{Digest, Sha1};

use crate::{
    connection::{Connection, Transport},
    deflate::{Deflate, Prepared},
};

const FIN: u8 = 0x80;
const RSV1: u8 = 0x40;
const OPCODE: u8 = 0x0F;
const TEXT: u8 = 0x1;
const BINARY: u8 = 0x2;
const CLOSE: u8 = 0x8;

const MASKING_KEY: usize = 4;
const MAX_HEADER: usize = 10;

/// Bytes of a payload from which on it is sent back from where it lies: there the copy that this
/// saves costs more than the system call.
const LARGE: usize = 16 << 10;

/// Bytes that a source sends at a time.
const BLOCK: usize = 64 << 10;

/// A client's frame in the input.
struct Frame {
    /// The first byte: FIN, reserved bits, opcode.
    first: u8,
    key: [u8; MASKING_KEY],
    payload: Range<usize>,
}

/// Answers the opening handshake for `path`, then holds the conversation until the close message.
/// `texts` is the file with texts to send compressed.
pub(crate) fn serve<T: Transport>(
    connection: &mut Connection<T>,
    path: &str,
    texts: &Path,
) -> io::Result<()> {
    let mut prepared = (path == "/prepared").then(|| Prepared::read(texts)).transpose()?;
    let mut deflate = accept(connection)?;
    let mut counted: u64 = 0;
    loop {
        let Frame { first, key, payload } = match Frame::parse(connection.input()) {
            Ok(frame) => frame,
            Err(length) => {
                connection.read(length)?;
                continue;
            }
        };
        let end = payload.end;
        if (path, first & OPCODE) == ("/sink", BINARY) {
            counted += 1;
            connection.consume(end);
            continue;
        }
        if let (Some(prepared), TEXT) = (&mut prepared, first & OPCODE) {
            queue(connection, FIN | RSV1 | TEXT, prepared.take());
            connection.consume(end);
            continue;
        }
        let message = &mut connection.input()[payload.clone()];
        unmask(key, message);
        match (path, first & OPCODE) {
            (_, CLOSE) => {
                echo(connection, first, payload)?;
                return Ok(());
            }
            ("/sink", TEXT) => {
                queue(connection, FIN | TEXT, counted.to_string().as_bytes());
                counted = 0;
            }
            ("/source", TEXT) => {
                let request = String::from_utf8_lossy(message).into_owned();
                send_texts(connection, &request)?;
            }
            ("/echo", TEXT | BINARY) if first & RSV1 == 0 => echo(connection, first, payload)?,
            ("/echo", TEXT | BINARY) => {
                let deflate = deflate.as_mut().ok_or(io::ErrorKind::InvalidData)?;
                let message = deflate.recompress(message)?;
                queue(connection, first, message);
            }
            _ => return Err(io::ErrorKind::InvalidData.into()),
        }
        connection.consume(end);
    }
}

/// Reads the rest of the request and answers it.
fn accept<T: Transport>(connection: &mut Connection<T>) -> io::Result<Option<Deflate>> {
    let mut key = String::new();
    let mut deflate = None;
    while let Some((name, value)) = connection.read_line()?.split_once(':') {
        match name.to_ascii_lowercase().as_str() {
            "sec-websocket-key" => value.trim().clone_into(&mut key),
            "sec-websocket-extensions" if value.contains("permessage-deflate") => {
                deflate = Some(Deflate::new());
            }
            _ => {}
        }
    }
    let digest = Sha1::digest(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11");
    let accept = BASE64_STANDARD.encode(digest);
    let extensions = match deflate {
        Some(_) => "Sec-WebSocket-Extensions: permessage-deflate\r\n",
        None => "",
    };
    let response = format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: {accept}\r\n{extensions}\r\n"
    );
    connection.queue(response.as_bytes());
    Ok(deflate)
}

/// Sends a payload of the input back.
fn echo<T: Transport>(
    connection: &mut Connection<T>,
    first: u8,
    payload: Range<usize>,
) -> io::Result<()> {
    let mut buffer = [0; MAX_HEADER];
    let header = header(first, payload.len(), &mut buffer);
    if payload.len() < LARGE {
        connection.queue(header);
        connection.queue_input(payload);
        return Ok(());
    }
    // The client's header had a masking key, so there is room for one without.
    let start = payload.start - header.len();
    connection.input()[start..payload.start].copy_from_slice(header);
    connection.send_input(start..payload.end)
}

/// Sends as many texts of as many bytes as `request` says: `COUNT SIZE`.
fn send_texts<T: Transport>(connection: &mut Connection<T>, request: &str) -> io::Result<()> {
    let invalid = |_| io::ErrorKind::InvalidData;
    let (count, size) = request.split_once(' ').ok_or(io::ErrorKind::InvalidData)?;
    let (count, size): (usize, usize) =
        (count.parse().map_err(invalid)?, size.parse().map_err(invalid)?);
    let mut buffer = [0; MAX_HEADER];
    let message = [header(FIN | TEXT, size, &mut buffer), &text(size)].concat();
    let at_a_time = (BLOCK / message.len()).clamp(1, count.max(1));
    let block = message.repeat(at_a_time);
    for _ in 0..count / at_a_time {
        connection.queue(&block);
        connection.drain()?;
    }
    connection.queue(&message.repeat(count % at_a_time));
    Ok(())
}

/// The payload that every client knows: blanks in angle brackets.
fn text(size: usize) -> Vec<u8> {
    let mut text = vec![b' '; size];
    if let [first, .., last] = &mut text[..] {
        (*first, *last) = (b'<', b'>');
    }
    text
}

fn queue<T: Transport>(connection: &mut Connection<T>, first: u8, message: &[u8]) {
    connection.queue(header(first, message.len(), &mut [0; MAX_HEADER]));
    connection.queue(message);
}

/// Writes the header of a server's frame to `buffer`.
fn header(first: u8, length: usize, buffer: &mut [u8; MAX_HEADER]) -> &[u8] {
    buffer[0] = first;
    let end = match length {
        0..126 => {
            buffer[1] = length as u8;
            2
        }
        126..=0xFFFF => {
            buffer[1] = 126;
            buffer[2..4].copy_from_slice(&(length as u16).to_be_bytes());
            4
        }
        _ => {
            buffer[1] = 127;
            buffer[2..].copy_from_slice(&(length as u64).to_be_bytes());
            MAX_HEADER
        }
    };
    &buffer[..end]
}

fn unmask(key: [u8; MASKING_KEY], payload: &mut [u8]) {
    let key: [u8; 64] = std::array::from_fn(|index| key[index % MASKING_KEY]);
    let (steps, tail) = payload.as_chunks_mut::<64>();
    for step in steps {
        *step = std::array::from_fn(|index| step[index] ^ key[index]);
    }
    for (byte, key) in tail.iter_mut().zip(key) {
        *byte ^= key;
    }
}

impl Frame {
    /// The frame at the start of the input; if it is not whole, how many bytes of input it takes to
    /// know more.
    fn parse(input: &[u8]) -> Result<Self, usize> {
        let [first, second, ..] = *input else { return Err(2) };
        let short = second & 0x7F;
        let extended = match short {
            126 => 2,
            127 => 8,
            _ => 0,
        };
        let start = 2 + extended + MASKING_KEY;
        let Some(header) = input.get(2..start) else { return Err(start) };
        let (extended, key) = header.split_at(extended);
        let length = match extended {
            [] => short.into(),
            bytes => bytes.iter().fold(0, |length, &byte| length << 8 | usize::from(byte)),
        };
        let end = start + length;
        if input.len() < end {
            return Err(end);
        }
        Ok(Self { first, key: [key[0], key[1], key[2], key[3]], payload: start..end })
    }
}
