//! What compressing and decompressing have in common: how a flush ends, and how long a buffer for
//! results is at first.

/// The end of what a flush makes: an empty stored block, without the bits of its header. It is not
/// sent: a sender is to "remove 4 octets (that are 0x00 0x00 0xff 0xff) from the tail end" and a
/// receiver to append them (sections 7.2.1 and 7.2.2).
pub(super) const TAIL: [u8; 4] = [0x00, 0x00, 0xFF, 0xFF];

/// The length that an empty buffer is given first, in bytes: most messages are shorter.
pub(super) const FIRST_LENGTH: usize = 4096;
