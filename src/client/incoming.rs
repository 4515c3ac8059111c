//! The content of a response on its way to who wants it: without its codings, piece by piece.

use std::mem;

use super::request::Arrived;
use crate::{
    protocol::http::{
        coding::{CodingError, Decoder, PIECE},
        headers::Headers,
    },
    tcl::ByteArray,
};

/// How many bytes without a coding are read at once to where they stay: as many as remain in the
/// processor's cache until they were taken.
const READ: u64 = 64 * 1024;

/// Content that has arrived, and was not handed on.
pub(super) struct Incoming {
    decoder: Decoder,
    /// What has no coding.
    plain: ByteArray,
    /// Whether that was handed on.
    is_handed_on: bool,
    /// What has codings.
    coded: Vec<u8>,
    /// How much of that was decoded.
    decoded: usize,
    buffer: Vec<u8>,
}

impl Incoming {
    /// The content of a response with these headers.
    pub(super) fn new(headers: &Headers) -> Self {
        let decoder = Decoder::for_headers(headers);
        let buffer = if decoder.is_identity() { Vec::new() } else { vec![0; PIECE] };
        Self {
            decoder,
            plain: ByteArray::default(),
            is_handed_on: false,
            coded: Vec::new(),
            decoded: 0,
            buffer,
        }
    }

    /// Whether it has codings.
    pub(super) fn is_coded(&self) -> bool {
        !self.decoder.is_identity()
    }

    /// Adds what comes next.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        if self.is_coded() {
            self.coded.extend_from_slice(bytes);
        } else {
            self.drop_handed_on();
            self.plain.push(bytes);
        }
    }

    /// Room for what comes next, of which `left` bytes are still to come, to be [put](Self::put)
    /// back. `None` where it cannot be left as it comes.
    pub(super) fn lend(&mut self, left: u64) -> Option<ByteArray> {
        self.drop_handed_on();
        if self.is_coded() || !self.plain.bytes().is_empty() {
            return None;
        }
        let mut array = mem::take(&mut self.plain);
        array.reserve(left.min(READ) as usize);
        Some(array)
    }

    /// Takes what came.
    pub(super) fn put(&mut self, array: ByteArray) {
        self.plain = array;
    }

    fn drop_handed_on(&mut self) {
        if mem::take(&mut self.is_handed_on) {
            self.plain.clear();
        }
    }

    /// The next piece; `None` where all is handed on that has arrived.
    ///
    /// Errors if it is not what its codings make.
    pub(super) fn next(&mut self) -> Result<Option<Arrived<'_>>, CodingError> {
        if self.decoder.is_identity() {
            self.drop_handed_on();
            self.is_handed_on = !self.plain.bytes().is_empty();
            return Ok(self.is_handed_on.then_some(Arrived::Array(&mut self.plain)));
        }
        let mut input = &self.coded[self.decoded..];
        let made = self.decoder.decode(&mut input, &mut self.buffer)?.map(<[u8]>::len);
        self.decoded = self.coded.len() - input.len();
        if made.is_none() {
            self.coded.clear();
            self.decoded = 0;
        }
        Ok(made.map(|made| Arrived::Bytes(&self.buffer[..made])))
    }

    /// Ends the content, all of which was handed on.
    ///
    /// Errors where a coding is not at its end.
    pub(super) fn finish(&self) -> Result<(), CodingError> {
        self.decoder.finish()
    }
}
