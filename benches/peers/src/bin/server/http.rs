//! The workloads of HTTP requests, as far as HTTP/1.1 is needed for them; `main.rs` describes them.

use std::{fs, io, path::Path};

use crate::connection::{Connection, Transport};

/// Bytes of content that are sent at a time.
const BLOCK: usize = 256 << 10;

static BLANKS: [u8; BLOCK] = [b' '; BLOCK];

/// What of a request's head matters.
struct Head {
    path: String,
    length: usize,
    expects: bool,
    closes: bool,
}

/// Whether the path is one of these.
pub(crate) fn serves(path: &str) -> bool {
    ["/content/", "/once/", "/orders", "/count"].iter().any(|start| path.starts_with(start))
}

/// Answers requests, the first of which is for this path, until the connection ends.
pub(crate) fn serve<T: Transport>(
    connection: &mut Connection<T>,
    path: &str,
    folder: &Path,
) -> io::Result<()> {
    let orders = if path == "/orders" { fs::read(folder.join("orders.json.gz"))? } else { vec![] };
    let mut path = path.to_owned();
    loop {
        let head = Head::read(connection, path)?;
        answer(connection, &head, &orders)?;
        if head.closes {
            return Ok(());
        }
        let line = connection.read_line()?;
        path = line.split(' ').nth(1).ok_or(io::ErrorKind::InvalidData)?.to_owned();
    }
}

fn answer<T: Transport>(
    connection: &mut Connection<T>,
    head: &Head,
    orders: &[u8],
) -> io::Result<()> {
    match head.path.as_str() {
        "/orders" => {
            let fields = "application/json; charset=utf-8\r\nContent-Encoding: gzip";
            queue_head(connection, head, orders.len(), fields);
            connection.queue(orders);
        }
        "/count" => {
            let counted = count(connection, head)?.to_string();
            queue_head(connection, head, counted.len(), "text/plain");
            connection.queue(counted.as_bytes());
        }
        path => {
            let size = path.rsplit('/').next().unwrap_or_default();
            let size = size.parse().map_err(io::Error::other)?;
            queue_head(connection, head, size, "application/octet-stream");
            send_content(connection, size)?;
        }
    }
    Ok(())
}

/// `fields` is the media type, with more fields behind it.
fn queue_head<T: Transport>(
    connection: &mut Connection<T>,
    head: &Head,
    length: usize,
    fields: &str,
) {
    let close = if head.closes { "Connection: close\r\n" } else { "" };
    let head = format!(
        "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nServer: bench\r\n{close}\
         Content-Type: {fields}\r\nContent-Length: {length}\r\n\r\n"
    );
    connection.queue(head.as_bytes());
}

/// Sends blanks in angle brackets.
fn send_content<T: Transport>(connection: &mut Connection<T>, size: usize) -> io::Result<()> {
    if size < 2 {
        connection.queue(&BLANKS[..size]);
        return Ok(());
    }
    connection.queue(b"<");
    let mut missing = size - 2;
    while missing > 0 {
        let block = missing.min(BLOCK);
        missing -= block;
        if missing == 0 && block < BLOCK {
            // With what is before and behind it.
            connection.queue(&BLANKS[..block]);
        } else {
            connection.send_all(&BLANKS[..block])?;
        }
    }
    connection.queue(b">");
    Ok(())
}

/// Takes the content of the request; returns its length.
fn count<T: Transport>(connection: &mut Connection<T>, head: &Head) -> io::Result<usize> {
    if head.expects {
        connection.queue(b"HTTP/1.1 100 Continue\r\n\r\n");
    }
    connection.skip(head.length)?;
    Ok(head.length)
}

impl Head {
    /// Reads the rest of the head.
    fn read<T: Transport>(connection: &mut Connection<T>, path: String) -> io::Result<Self> {
        let closes = path.starts_with("/once/");
        let mut head = Self { path, length: 0, expects: false, closes };
        while let Some((name, value)) = connection.read_line()?.split_once(':') {
            if name.eq_ignore_ascii_case("content-length") {
                head.length = value.trim().parse().map_err(io::Error::other)?;
            } else if name.eq_ignore_ascii_case("transfer-encoding") {
                return Err(io::ErrorKind::Unsupported.into());
            } else if name.eq_ignore_ascii_case("expect") {
                head.expects = true;
            } else if name.eq_ignore_ascii_case("connection") {
                head.closes |= value.trim().eq_ignore_ascii_case("close");
            }
        }
        Ok(head)
    }
}
