//! What must hold for any bytes: a module for each fuzz target, whose function `check` panics if it
//! does not hold. The programs in `fuzz_targets/` call it with libFuzzer's inputs, and
//! `tests/corpus.rs`, which includes this file, with the files in `corpus/`.

pub mod acceptance;
pub mod authentication;
pub mod compress;
pub mod content;
pub mod cookies;
pub mod decompress;
pub mod extensions;
pub mod files;
pub mod frames;
pub mod request;
pub mod response;
pub mod url;

use std::hash::{DefaultHasher, Hasher};

/// `data` in chunks: at once, byte by byte, and in pieces whose lengths depend on the data.
fn chunkings(data: &[u8]) -> [Vec<&[u8]>; 3] {
    const LONGEST: u64 = 40;
    let mut lengths = DefaultHasher::new();
    lengths.write(data);
    let (mut pieces, mut rest) = (Vec::new(), data);
    while !rest.is_empty() {
        lengths.write_u8(0);
        let length = (lengths.finish() % LONGEST) as usize;
        let (piece, next) = rest.split_at(length.min(rest.len()));
        pieces.push(piece);
        rest = next;
    }
    [vec![data], data.chunks(1).collect(), pieces]
}

/// Does the work, which must never have more than `limit` bytes of memory allocated.
fn within(limit: usize, work: impl FnOnce()) {
    let held = allocation_counter::measure(work).bytes_max;
    assert!(held <= limit as u64, "{held} bytes of memory, more than {limit}");
}
