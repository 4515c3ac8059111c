//! A line of a head or of the chunked coding, put together from the pieces in which it arrives, and
//! its end.

use std::mem;

/// The end of each line, and the line that ends a section of header fields.
pub(super) const CRLF: &[u8] = b"\r\n";

/// The line without its end, which in a head may be a bare LF: "Although the line terminator for
/// the start-line and fields is the sequence CRLF, a recipient MAY recognize a single LF as a line
/// terminator and ignore any preceding CR." (RFC 9112 section 2.2) `None` if it has none.
pub(super) fn without_end(line: &[u8]) -> Option<&[u8]> {
    line.strip_suffix(CRLF).or_else(|| line.strip_suffix(b"\n"))
}

/// Whether this line of a head ends it.
pub(super) fn is_empty(line: &[u8]) -> bool {
    without_end(line) == Some(b"")
}

/// The beginning of what the server sent, for one line of an error message.
pub(super) fn excerpt(bytes: &[u8]) -> String {
    const MAX_EXCERPT: usize = 60;
    let bytes = without_end(bytes).unwrap_or(bytes);
    match bytes.get(..MAX_EXCERPT) {
        None => bytes.escape_ascii().to_string(),
        Some(start) => format!("{}...", start.escape_ascii()),
    }
}

/// What has arrived of a line that is not complete.
#[derive(Debug, Default)]
pub(super) struct LineBuffer {
    bytes: Vec<u8>,
}

/// A line has more bytes than it may have.
pub(super) struct LineTooLong;

impl LineBuffer {
    /// Takes bytes from the front of `input`, up to the first LF. Returns the line, with its end,
    /// once it is complete. It may have `limit` bytes.
    pub(super) fn receive(
        &mut self,
        input: &mut &[u8],
        limit: usize,
    ) -> Result<Option<Vec<u8>>, LineTooLong> {
        let end = input.iter().position(|byte| *byte == b'\n').map(|index| index + 1);
        let (arrived, _) = input.split_at(end.unwrap_or(input.len()));
        let (taken, rest) = input.split_at(arrived.len().min(limit - self.bytes.len()));
        self.bytes.extend_from_slice(taken);
        *input = rest;
        match end {
            _ if taken.len() < arrived.len() => Err(LineTooLong),
            Some(_) => Ok(Some(mem::take(&mut self.bytes))),
            None => Ok(None),
        }
    }

    /// What has arrived of the line, within the limit.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}
