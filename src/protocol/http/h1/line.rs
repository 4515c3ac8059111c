//! A line of a head or of the chunked coding, put together from the pieces in which it arrives.

use std::mem;

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
