//! Where a message is split into fragments of a size (RFC 6455 section 5.4), and how many bytes
//! their frames have. The headers are made by `sender.rs`.

use std::{num::NonZero, ops::Range};

use super::{
    frame::{self, Flags, Rsv},
    role::Role,
};

/// A fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// The bits of its frame.
    pub flags: Flags,
    /// Which bytes of the message it has.
    pub range: Range<usize>,
}

/// The fragments of `size` bytes, the last one perhaps shorter, of a message with `length` bytes
/// that would go with these flags in one frame. Without FIN that frame is a fragment itself, and so
/// are all of these.
///
/// "A fragmented message consists of a single frame with the FIN bit clear and an opcode other than
/// 0, followed by zero or more frames with the FIN bit clear and the opcode set to 0, and
/// terminated by a single frame with the FIN bit set and an opcode of 0." (section 5.4)
///
/// Reserved bits go with the first fragment: "An endpoint MUST NOT set the 'Per-Message Compressed'
/// bit of control frames and non-first fragments of a data message." (RFC 7692 section 6)
pub fn fragments(
    flags: Flags,
    length: usize,
    size: NonZero<usize>,
) -> impl Iterator<Item = Fragment> {
    (0..length.max(1)).step_by(size.get()).map(move |start| {
        let end = start.saturating_add(size.get()).min(length);
        let fin = flags.fin && end == length;
        let rsv = if start == 0 { flags.rsv } else { Rsv::NONE };
        Fragment { flags: Flags { fin, rsv }, range: start..end }
    })
}

/// How many bytes the frames of these fragments have in all.
pub fn encoded_len(us: Role, length: usize, size: NonZero<usize>) -> usize {
    let size = size.get().min(length.max(1));
    let whole = length.saturating_sub(1) / size;
    let last = length - whole * size;
    let whole_frames = frame::encoded_len(us, size).saturating_mul(whole);
    whole_frames.saturating_add(frame::encoded_len(us, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(bytes: usize) -> NonZero<usize> {
        NonZero::new(bytes).unwrap()
    }

    /// Bits and ranges, in short.
    fn split(flags: &str, length: usize, bytes: usize) -> Vec<(String, Range<usize>)> {
        let flags = Flags::parse(flags).unwrap();
        fragments(flags, length, size(bytes))
            .map(|Fragment { flags, range }| (flags.to_string(), range))
            .collect()
    }

    #[test]
    fn all_but_the_last_have_the_size_and_no_fin() {
        let bits = |text: &str| text.to_owned();
        assert_eq!(
            split("1", 10, 4),
            [(bits("0000"), 0..4), (bits("0000"), 4..8), (bits("1000"), 8..10)]
        );
        assert_eq!(split("1", 8, 4), [(bits("0000"), 0..4), (bits("1000"), 4..8)]);
        assert_eq!(split("1", 2, 1), [(bits("0000"), 0..1), (bits("1000"), 1..2)]);
    }

    #[test]
    fn what_fits_is_one() {
        for (length, bytes) in [(0, 1), (1, 1), (4, 4), (3, 4), (3, usize::MAX)] {
            assert_eq!(split("1101", length, bytes), [("1101".to_owned(), 0..length)]);
        }
    }

    #[test]
    fn reserved_bits_are_in_the_first() {
        let bits: Vec<String> = split("1111", 5, 2).into_iter().map(|(bits, _)| bits).collect();
        assert_eq!(bits, ["0111", "0000", "1000"]);
    }

    #[test]
    fn a_fragment_stays_without_fin() {
        let bits: Vec<String> = split("0100", 5, 2).into_iter().map(|(bits, _)| bits).collect();
        assert_eq!(bits, ["0100", "0000", "0000"]);
    }

    #[test]
    fn knows_how_long_the_frames_become() {
        for us in [Role::Client, Role::Server] {
            for length in [0, 1, 124, 125, 126, 250, 251, 1000, 65535, 65536, 65537, 200_000] {
                for bytes in [1, 2, 125, 126, 65535, 65536, 100_000, usize::MAX] {
                    let lengths = fragments(Flags::FIN, length, size(bytes))
                        .map(|fragment| frame::encoded_len(us, fragment.range.len()));
                    let expected: usize = lengths.sum();
                    assert_eq!(encoded_len(us, length, size(bytes)), expected, "{length} {bytes}");
                }
            }
        }
    }
}
