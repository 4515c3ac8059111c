//! The content of a response on its way to who wants it: without its codings, piece by piece.

use crate::protocol::http::{
    coding::{CodingError, Decoder, PIECE},
    headers::Headers,
};

/// Content that has arrived, and was not handed on.
pub(super) struct Incoming {
    decoder: Decoder,
    /// With its codings.
    arrived: Vec<u8>,
    /// How much of that was decoded.
    decoded: usize,
    buffer: Vec<u8>,
}

impl Incoming {
    /// The content of a response with these headers.
    pub(super) fn new(headers: &Headers) -> Self {
        let decoder = Decoder::for_headers(headers);
        let buffer = if decoder.is_identity() { Vec::new() } else { vec![0; PIECE] };
        Self { decoder, arrived: Vec::new(), decoded: 0, buffer }
    }

    /// Whether it has codings.
    pub(super) fn is_coded(&self) -> bool {
        !self.decoder.is_identity()
    }

    /// Adds what comes next.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.arrived.extend_from_slice(bytes);
    }

    /// The next piece; `None` where all is handed on that has arrived.
    ///
    /// Errors if it is not what its codings make.
    pub(super) fn next(&mut self) -> Result<Option<&[u8]>, CodingError> {
        if self.decoder.is_identity() {
            self.buffer.clear();
            std::mem::swap(&mut self.buffer, &mut self.arrived);
            return Ok(Some(&self.buffer[..]).filter(|piece| !piece.is_empty()));
        }
        let mut input = &self.arrived[self.decoded..];
        let made = self.decoder.decode(&mut input, &mut self.buffer)?.map(<[u8]>::len);
        self.decoded = self.arrived.len() - input.len();
        if made.is_none() {
            self.arrived.clear();
            self.decoded = 0;
        }
        Ok(made.map(|made| &self.buffer[..made]))
    }

    /// Ends the content, all of which was handed on.
    ///
    /// Errors where a coding is not at its end.
    pub(super) fn finish(&self) -> Result<(), CodingError> {
        self.decoder.finish()
    }
}
