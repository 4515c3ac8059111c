//! The extension permessage-deflate (RFC 7692): messages compressed with DEFLATE.
//!
//! | file              | reason to exist                                                |
//! |-------------------|----------------------------------------------------------------|
//! | `negotiation.rs`  | the four parameters: offering them, and what an answer settles |
//! | `compressor.rs`   | what goes out: which messages are compressed, and compressing  |
//! | `decompressor.rs` | what comes in: decompressing, and never beyond a limit         |
//!
//! Results are slices of a buffer that the caller lends. It is made longer when it is too short,
//! and never shorter: lend the same one every time, to any of them, and its memory is taken and
//! cleared only once.

mod compressor;
mod decompressor;
mod negotiation;

pub use compressor::{Compressor, Level};
pub use decompressor::Decompressor;
pub use negotiation::{Agreed, NAME, NegotiationError, Offer, WindowBits};

/// The empty stored block, less the bits of its header, that ends what a flush makes. It is not
/// sent: a sender is to "remove 4 octets (that are 0x00 0x00 0xff 0xff) from the tail end" and a
/// receiver to append them (sections 7.2.1 and 7.2.2).
const TAIL: [u8; 4] = [0x00, 0x00, 0xFF, 0xFF];

/// The first length of an empty buffer, in bytes: most messages are shorter.
const FIRST_LENGTH: usize = 4096;

#[cfg(test)]
mod samples {
    //! Payloads for tests: the same ones in each run.

    /// Bytes that cannot be compressed.
    pub(super) fn noise(seed: u64, length: usize) -> Vec<u8> {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 56) as u8
        };
        std::iter::repeat_with(next).take(length).collect()
    }

    /// Words, which can.
    pub(super) fn text(seed: u64, length: usize) -> Vec<u8> {
        const WORDS: [&str; 8] =
            ["message ", "frame ", "the ", "of ", "window ", "{\"price\": ", "}, ", "server "];
        let words = noise(seed, length).into_iter().flat_map(|byte| {
            let number = format!("{byte} ");
            let word = if byte < 64 { &number } else { WORDS[usize::from(byte % 8)] };
            word.as_bytes().to_vec()
        });
        words.take(length).collect()
    }
}
