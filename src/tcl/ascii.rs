//! Tells ASCII strings from others, many bytes at a time: every text passes here more than once.

/// How many bytes are looked at together.
const LANES: usize = 16;

/// How many bytes are looked at before it is decided whether to go on.
const BLOCK: usize = 4096;

/// Whether all bytes are ASCII. The standard library's way looks at the end of a short string byte
/// by byte.
pub(super) fn is_ascii(bytes: &[u8]) -> bool {
    has_no_high_bit(bytes, |byte| byte)
}

/// Whether all bytes are ASCII and none is NUL.
pub(super) fn is_ascii_without_nul(bytes: &[u8]) -> bool {
    // A zero turns into a byte with the highest bit.
    has_no_high_bit(bytes, |byte| byte | byte.wrapping_sub(1))
}

/// Whether `map` gives no byte with the highest bit.
fn has_no_high_bit(bytes: &[u8], map: impl Fn(u8) -> u8 + Copy) -> bool {
    // There is no way out in the middle of a block, so that the compiler can use vectors.
    let union = |bytes: &[u8]| bytes.iter().fold(0, |all, &byte| all | map(byte));
    bytes.chunks(BLOCK).all(|block| {
        let (chunks, rest) = block.as_chunks::<LANES>();
        // The last bytes are looked at as a whole chunk as well, if there are enough.
        let last = block.last_chunk::<LANES>().map_or(rest, |last| last);
        (union(chunks.as_flattened()) | union(last)) < 0x80
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
        assert!(is_ascii(b"") && is_ascii_without_nul(b""));
        for bytes in with_byte(1) {
            assert!(is_ascii(&bytes) && is_ascii_without_nul(&bytes), "{} bytes", bytes.len());
        }
    }

    #[test]
    fn a_byte_from_0x80_on_is_found_wherever_it_is() {
        for byte in [0x80, 0xFF] {
            for bytes in with_byte(byte) {
                assert!(!is_ascii(&bytes) && !is_ascii_without_nul(&bytes), "{}", bytes.len());
            }
        }
    }

    #[test]
    fn nul_is_ascii_unless_it_is_not_wanted() {
        for bytes in with_byte(0) {
            assert!(is_ascii(&bytes) && !is_ascii_without_nul(&bytes), "{} bytes", bytes.len());
        }
    }
}
