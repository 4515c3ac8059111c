//! The extension permessage-deflate (RFC 7692): messages compressed with DEFLATE.
//!
//! | file              | reason to exist                                                |
//! |-------------------|----------------------------------------------------------------|
//! | `negotiation.rs`  | the four parameters: offered, answered, agreed                 |
//! | `compressor.rs`   | compressing what is sent, and which messages are compressed    |
//! | `decompressor.rs` | decompressing what arrives, within a limit                     |
//! | `stream.rs`       | what both have in common: the end of a flush, the first buffer |
//! | `samples.rs`      | payloads for the tests of both                                 |
//!
//! Results are slices of a buffer of the caller's. It is made longer when it is too short, and
//! never shorter: if the same one is passed every time, its memory is allocated and cleared only
//! once.

mod compressor;
mod decompressor;
mod negotiation;
#[cfg(test)]
mod samples;
mod stream;

pub use compressor::{Compressor, CompressorSettings, Level};
pub use decompressor::Decompressor;
pub use negotiation::{Agreed, NAME, NegotiationError, Offer, WindowBits, answer};
