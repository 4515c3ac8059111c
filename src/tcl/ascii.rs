//! Tells ASCII strings from others, many bytes at a time: every text passes here more than once.

/// How many bytes are looked at together.
const LANES: usize = size_of::<u64>();

/// The lowest and the highest bit of so many bytes.
const LOW_BITS: u64 = u64::from_ne_bytes([0x01; LANES]);
const HIGH_BITS: u64 = u64::from_ne_bytes([0x80; LANES]);

/// How many bytes are looked at before it is decided whether to go on.
const BLOCK: usize = 4096;

/// Whether all bytes are ASCII and none is NUL, which in a string of Tcl's no byte is. The standard
/// library's way looks at the end of a short string byte by byte.
#[inline(never)]
pub(super) fn is_ascii_without_nul(bytes: &[u8]) -> bool {
    let add = |union: u64, chunk: &[u8; LANES]| {
        let word = u64::from_ne_bytes(*chunk);
        // The subtraction gives a zero the highest bit, and others only beside a zero.
        union | word | word.wrapping_sub(LOW_BITS)
    };
    // There is no way out in the middle of a block, so that the compiler can use vectors.
    bytes.chunks(BLOCK).all(|block| {
        let Some(last) = block.last_chunk() else {
            return block.iter().all(|byte| matches!(byte, 0x01..0x80));
        };
        // The last bytes are looked at as a whole chunk as well.
        let (chunks, _) = block.as_chunks();
        chunks.iter().fold(add(0, last), add) & HIGH_BITS == 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One byte among ASCII, at every place of strings of many lengths.
    fn with_byte(byte: u8) -> impl Iterator<Item = Vec<u8>> {
        let lengths = (1..70).chain([BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 17]);
        lengths.flat_map(move |length| {
            let places = (0..length).filter(move |place| length < 70 || place + 40 > length);
            places.map(move |place| {
                let mut bytes = vec![0x7F; length];
                bytes[place] = byte;
                bytes
            })
        })
    }

    #[test]
    fn ascii_is_ascii() {
        assert!(is_ascii_without_nul(b""));
        for bytes in with_byte(1) {
            assert!(is_ascii_without_nul(&bytes), "{} bytes", bytes.len());
        }
    }

    #[test]
    fn what_is_none_is_found_wherever_it_is() {
        for byte in [0x00, 0x80, 0xFF] {
            for bytes in with_byte(byte) {
                assert!(!is_ascii_without_nul(&bytes), "{byte} in {} bytes", bytes.len());
            }
        }
    }
}
