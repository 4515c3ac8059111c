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
        let (taken, rest) = input.split_at(end.unwrap_or(input.len()));
        if taken.len() > limit.saturating_sub(self.bytes.len()) {
            return Err(LineTooLong);
        }
        self.bytes.extend_from_slice(taken);
        *input = rest;
        Ok(end.map(|_| mem::take(&mut self.bytes)))
    }

    /// What has arrived of the line.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}
