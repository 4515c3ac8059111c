//! The workloads without WebSocket, which show what a socket alone can do; `main.rs` describes
//! them.

use std::io;

use crate::connection::{Connection, Transport};

/// Bytes that are sent or consumed at a time.
const BLOCK: usize = 64 << 10;

/// Does as the first line said, until the client ends the connection.
pub(crate) fn serve<T: Transport>(
    connection: &mut Connection<T>,
    action: &str,
    size: usize,
) -> io::Result<()> {
    match action {
        "echo" => loop {
            let there = connection.input().len();
            let whole = there - there % size;
            connection.send_input(0..whole)?;
            connection.consume(whole);
            connection.read(size)?;
        },
        "source" => loop {
            connection.read_line()?;
            let block = [b' '; BLOCK];
            for sent in (0..size).step_by(BLOCK) {
                connection.queue(&block[..BLOCK.min(size - sent)]);
                connection.drain()?;
            }
        },
        "sink" => loop {
            connection.skip(size)?;
            connection.queue(b".");
        },
        _ => Err(io::ErrorKind::InvalidInput.into()),
    }
}
