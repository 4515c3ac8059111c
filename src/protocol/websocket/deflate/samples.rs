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
