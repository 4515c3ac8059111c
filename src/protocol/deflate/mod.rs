//! The extension permessage-deflate (RFC 7692): messages compressed with DEFLATE.
//!
//! | file              | reason to exist                                                |
//! |-------------------|----------------------------------------------------------------|
//! | `negotiation.rs`  | the four parameters: offering them, and what an answer settles |
//! | `compressor.rs`   | what goes out: which messages are compressed, and compressing  |
//! | `decompressor.rs` | what comes in: decompressing, and never beyond a limit         |
//! | `stream.rs`       | what both have in common: the end of a flush, the first buffer |
//! | `samples.rs`      | payloads for the tests of both                                 |
//!
//! Results are slices of a buffer that the caller lends. It is made longer when it is too short,
//! and never shorter: lend the same one every time, to any of them, and its memory is taken and
//! cleared only once.

mod compressor;
mod decompressor;
mod negotiation;
#[cfg(test)]
mod samples;
mod stream;

pub use compressor::{Compressor, Level};
pub use decompressor::Decompressor;
pub use negotiation::{Agreed, NAME, NegotiationError, Offer, WindowBits};
