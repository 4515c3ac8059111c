//! The frame (RFC 6455 section 5.2): its header as a value, decoding the header of a frame from the
//! other side, encoding a whole frame. Which frames may follow each other is known by `receiver.rs`
//! and `sender.rs`.
//!
//! ```text
//!  0                   1                   2                   3
//!  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//! +-+-+-+-+-------+-+-------------+-------------------------------+
//! |F|R|R|R| opcode|M| Payload len |    Extended payload length    |
//! |I|S|S|S|  (4)  |A|     (7)     |             (16/64)           |
//! |N|V|V|V|       |S|             |   (if payload len==126/127)   |
//! | |1|2|3|       |K|             |                               |
//! +-+-+-+-+-------+-+-------------+ - - - - - - - - - - - - - - - +
//! |     Extended payload length continued, if payload len == 127  |
//! + - - - - - - - - - - - - - - - +-------------------------------+
//! |                               |Masking-key, if MASK set to 1  |
//! +-------------------------------+-------------------------------+
//! | Masking-key (continued)       |          Payload Data         |
//! +-------------------------------- - - - - - - - - - - - - - - - +
//! ```

use std::fmt;

use super::{mask::mask, role::Role, violation::Violation};

/// "All control frames MUST have a payload length of 125 bytes or less" (section 5.5). Bytes.
pub const MAX_CONTROL_PAYLOAD: usize = 125;

/// The longest header, with the masking key. Bytes.
pub const MAX_HEADER: usize = 10 + MASKING_KEY;

const MASKING_KEY: usize = 4;

const FIN: u8 = 0x80;
const OPCODE: u8 = 0x0F;
const MASK: u8 = 0x80;
const LENGTH: u8 = 0x7F;
/// The seven bits that announce a length of 16 bits.
const LENGTH_16: u8 = 126;
/// The seven bits that announce a length of 64 bits.
const LENGTH_64: u8 = 127;

/// The type of a frame (section 5.2), without the opcodes that the RFC reserves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Opcode {
    /// A further fragment of a text or binary message.
    Continuation = 0x0,
    /// A text message, or its first fragment.
    Text = 0x1,
    /// A binary message, or its first fragment.
    Binary = 0x2,
    /// The close message.
    Close = 0x8,
    /// A request for a pong, to see whether the other side is alive.
    Ping = 0x9,
    /// The answer to a ping, or an unsolicited heartbeat.
    Pong = 0xA,
}

/// The three reserved bits of a frame, which only an extension gives a meaning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rsv(u8);

/// The bits of a frame beside its opcode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flags {
    /// The frame is the last one of its message.
    pub fin: bool,
    /// The reserved bits.
    pub rsv: Rsv,
}

/// The header of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The frame is the last one of its message.
    pub fin: bool,
    /// The reserved bits.
    pub rsv: Rsv,
    /// The type of the frame.
    pub opcode: Opcode,
    /// The masking key, in the frames of a client and in no others.
    pub mask: Option<[u8; 4]>,
    /// Length of the payload in bytes.
    pub length: u64,
}

/// The number of bytes of a frame that we send: header and payload.
pub fn encoded_len(us: Role, payload_len: usize) -> usize {
    let header = match payload_len {
        0..=125 => 2,
        126..=0xFFFF => 4,
        _ => 10,
    };
    let key = match us {
        Role::Client => MASKING_KEY,
        Role::Server => 0,
    };
    header + key + payload_len
}

/// Passes a frame to `push`, in pieces and in order: `header` and `payload`, which is masked if the
/// header has a key; [`encoded_len`] bytes in all.
///
/// # Panics
///
/// When `header` announces another length than that of `payload`.
pub fn encode(header: &Header, payload: &[u8], mut push: impl FnMut(&[u8])) {
    assert_eq!(header.length, payload.len() as u64, "the header of this payload");
    header.encode(&mut push);
    match header.mask {
        Some(key) => mask(key, payload, push),
        None => push(payload),
    }
}

impl Header {
    /// Passes the header to `push`, in pieces and in order: at most [`MAX_HEADER`] bytes.
    pub fn encode(&self, mut push: impl FnMut(&[u8])) {
        let first = u8::from(self.fin) << 7 | self.rsv.0 << 4 | self.opcode.bits();
        let mask = if self.mask.is_some() { MASK } else { 0 };
        match self.length {
            0..=125 => push(&[first, mask | self.length as u8]),
            126..=0xFFFF => {
                let [high, low] = (self.length as u16).to_be_bytes();
                push(&[first, mask | LENGTH_16, high, low]);
            }
            _ => {
                push(&[first, mask | LENGTH_64]);
                push(&self.length.to_be_bytes());
            }
        }
        if let Some(key) = &self.mask {
            push(key);
        }
    }

    /// Decodes the header at the start of `bytes`, which the other side sent to `us`. Returns it
    /// with its own length in bytes, at most [`MAX_HEADER`]; `None` when it is not complete.
    ///
    /// A violation is found at the first byte that reveals it. All are protocol errors (1002).
    pub fn decode(bytes: &[u8], us: Role) -> Result<Option<(Self, usize)>, Violation> {
        let [first, rest @ ..] = bytes else { return Ok(None) };
        let fin = first & FIN != 0;
        let rsv = Rsv::from_bits(first >> 4);
        // "If an unknown opcode is received, the receiving endpoint MUST _Fail the WebSocket
        // Connection_." (section 5.2)
        let Some(opcode) = Opcode::from_bits(first & OPCODE) else {
            return Err(Violation::protocol_error(format!("reserved opcode {}", first & OPCODE)));
        };
        // "All control frames MUST have a payload length of 125 bytes or less and MUST NOT be
        // fragmented." (section 5.5)
        if opcode.is_control() && !fin {
            return Err(Violation::protocol_error(format!("fragmented {opcode}")));
        }
        let [second, rest @ ..] = rest else { return Ok(None) };
        match (us, second & MASK != 0) {
            // "A client MUST close a connection if it detects a masked frame." (section 5.1)
            (Role::Client, true) => return Err(Violation::protocol_error("masked frame")),
            // "The server MUST close the connection upon receiving a frame that is not masked."
            // (section 5.1)
            (Role::Server, false) => return Err(Violation::protocol_error("unmasked frame")),
            (Role::Client, false) | (Role::Server, true) => {}
        }
        let short = second & LENGTH;
        if opcode.is_control() && usize::from(short) > MAX_CONTROL_PAYLOAD {
            return Err(Violation::protocol_error(format!("{opcode} of more than 125 bytes")));
        }
        // "the minimal number of bytes MUST be used to encode the length" and, of 64 bits, "the
        // most significant bit MUST be 0" (section 5.2)
        let (length, end) = match (short, rest) {
            (LENGTH_16, [0, 0..=125, ..]) | (LENGTH_64, [0, 0, 0, 0, 0, 0, ..]) => {
                return Err(Violation::protocol_error("length not in the minimal number of bytes"));
            }
            (LENGTH_64, [0x80..=0xFF, ..]) => {
                return Err(Violation::protocol_error("length of more than 63 bits"));
            }
            (LENGTH_16, &[a, b, ..]) => (u16::from_be_bytes([a, b]).into(), 4),
            (LENGTH_64, &[a, b, c, d, e, f, g, h, ..]) => {
                (u64::from_be_bytes([a, b, c, d, e, f, g, h]), 10)
            }
            (LENGTH_16 | LENGTH_64, _) => return Ok(None),
            (short, _) => (short.into(), 2),
        };
        let (mask, end) = match us {
            Role::Client => (None, end),
            Role::Server => match bytes[end..].first_chunk() {
                Some(&key) => (Some(key), end + MASKING_KEY),
                None => return Ok(None),
            },
        };
        Ok(Some((Self { fin, rsv, opcode, mask, length }, end)))
    }
}

impl Opcode {
    /// The opcode with these four bits; `None` for a reserved one and for more than four bits.
    pub fn from_bits(bits: u8) -> Option<Self> {
        match bits {
            0x0 => Some(Self::Continuation),
            0x1 => Some(Self::Text),
            0x2 => Some(Self::Binary),
            0x8 => Some(Self::Close),
            0x9 => Some(Self::Ping),
            0xA => Some(Self::Pong),
            _ => None,
        }
    }

    /// The four bits of the opcode.
    pub fn bits(self) -> u8 {
        self as u8
    }

    /// Whether this is close, ping or pong. "Control frames are identified by opcodes where the
    /// most significant bit of the opcode is 1." (section 5.5)
    pub fn is_control(self) -> bool {
        self.bits() & 0x8 != 0
    }
}

/// The RFC's word for it: `text`, `close`, `continuation`.
impl fmt::Display for Opcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Continuation => "continuation",
            Self::Text => "text",
            Self::Binary => "binary",
            Self::Close => "close",
            Self::Ping => "ping",
            Self::Pong => "pong",
        })
    }
}

impl Rsv {
    /// No bit is set.
    pub const NONE: Self = Self(0);

    /// The lowest three of `bits`; the highest of them is RSV1.
    pub fn from_bits(bits: u8) -> Self {
        Self(bits & 0b111)
    }

    /// Whether no bit is set.
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// Whether RSV1 is set.
    pub fn rsv1(self) -> bool {
        self.0 & 0b100 != 0
    }

    /// The same bits and RSV1.
    pub fn with_rsv1(self) -> Self {
        Self(self.0 | 0b100)
    }
}

/// Three digits, RSV1 RSV2 RSV3: `000` to `111`.
impl fmt::Display for Rsv {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03b}", self.0)
    }
}

impl Flags {
    /// A whole message, without an extension's bits.
    pub const FIN: Self = Self { fin: true, rsv: Rsv::NONE };

    /// Reads up to four digits 0 or 1, from left to right FIN RSV1 RSV2 RSV3; those that are
    /// missing are 0. `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 4 || !text.bytes().all(|digit| matches!(digit, b'0' | b'1')) {
            return None;
        }
        let bit = |index| text.as_bytes().get(index) == Some(&b'1');
        let rsv = u8::from(bit(1)) << 2 | u8::from(bit(2)) << 1 | u8::from(bit(3));
        Some(Self { fin: bit(0), rsv: Rsv(rsv) })
    }
}

/// Four digits, FIN RSV1 RSV2 RSV3, as [`Flags::parse`] reads them.
impl fmt::Display for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", u8::from(self.fin), self.rsv)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::websocket::violation::code;

    const KEY: [u8; 4] = [0x37, 0xFA, 0x21, 0x3D];

    /// A server's header.
    fn header(fin: bool, rsv: u8, opcode: Opcode, length: u64) -> Header {
        Header { fin, rsv: Rsv(rsv), opcode, mask: None, length }
    }

    /// The same of a client's frame.
    fn masked(header: Header) -> Header {
        Header { mask: Some(KEY), ..header }
    }

    fn encoded(header: Header, payload: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        encode(&header, payload, |bytes| out.extend_from_slice(bytes));
        let us = if header.mask.is_some() { Role::Client } else { Role::Server };
        assert_eq!(out.len(), encoded_len(us, payload.len()));
        out
    }

    /// The bytes with the bit MASK.
    fn with_mask_bit(bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        if let Some(second) = bytes.get_mut(1) {
            *second |= 0x80;
        }
        bytes
    }

    /// A client decodes `header` from every prefix: nothing before it is complete, then the header,
    /// whatever follows. A server does so with a masking key behind it.
    fn assert_decodes(bytes: &[u8], header: Header) {
        assert_decodes_for(Role::Client, bytes, header);
        let bytes = [&with_mask_bit(bytes)[..], &KEY].concat();
        assert_decodes_for(Role::Server, &bytes, masked(header));
    }

    fn assert_decodes_for(us: Role, bytes: &[u8], header: Header) {
        for end in 0..bytes.len() {
            assert_eq!(Header::decode(&bytes[..end], us), Ok(None), "{:02X?}", &bytes[..end]);
        }
        assert_eq!(Header::decode(bytes, us), Ok(Some((header, bytes.len()))));
        let more = [bytes, &[0xFF; 20]].concat();
        assert_eq!(Header::decode(&more, us), Ok(Some((header, bytes.len()))));
    }

    /// The last byte reveals the violation to either side and none before it; the bytes after it do
    /// not matter.
    fn assert_refused_at_last_byte(bytes: &[u8], reason: &str) {
        assert_refused_by(Role::Client, bytes, reason);
        assert_refused_by(Role::Server, &with_mask_bit(bytes), reason);
    }

    fn assert_refused_by(us: Role, bytes: &[u8], reason: &str) {
        for end in 0..bytes.len() {
            assert_eq!(Header::decode(&bytes[..end], us), Ok(None), "{:02X?}", &bytes[..end]);
        }
        for tail in [&[][..], &[0; 20], &[0xFF; 20]] {
            let violation = Header::decode(&[bytes, tail].concat(), us).unwrap_err();
            assert_eq!((violation.code(), violation.reason()), (code::PROTOCOL_ERROR, reason));
        }
    }

    #[test]
    fn decodes_the_unmasked_examples_of_section_5_7() {
        assert_decodes(&[0x81, 0x05], header(true, 0, Opcode::Text, 5));
        assert_decodes(&[0x01, 0x03], header(false, 0, Opcode::Text, 3));
        assert_decodes(&[0x80, 0x02], header(true, 0, Opcode::Continuation, 2));
        assert_decodes(&[0x89, 0x05], header(true, 0, Opcode::Ping, 5));
        assert_decodes(&[0x82, 0x7E, 0x01, 0x00], header(true, 0, Opcode::Binary, 256));
        assert_decodes(
            &[0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0],
            header(true, 0, Opcode::Binary, 65536),
        );
    }

    #[test]
    fn decodes_the_masked_examples_of_section_5_7() {
        for (first, opcode) in [(0x81, Opcode::Text), (0x8A, Opcode::Pong)] {
            let bytes = [first, 0x85, 0x37, 0xFA, 0x21, 0x3D];
            assert_decodes_for(Role::Server, &bytes, masked(header(true, 0, opcode, 5)));
        }
    }

    #[test]
    fn encodes_the_unmasked_examples_of_section_5_7() {
        assert_eq!(
            encoded(header(true, 0, Opcode::Text, 5), b"Hello"),
            [0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F]
        );
        assert_eq!(encoded(header(false, 0, Opcode::Text, 3), b"Hel"), b"\x01\x03Hel");
        assert_eq!(encoded(header(true, 0, Opcode::Continuation, 2), b"lo"), b"\x80\x02lo");
        let bytes = encoded(header(true, 0, Opcode::Binary, 256), &[7; 256]);
        assert_eq!(bytes, [&[0x82, 0x7E, 0x01, 0x00], [7; 256].as_slice()].concat());
    }

    #[test]
    fn encodes_the_masked_examples_of_section_5_7() {
        assert_eq!(
            encoded(masked(header(true, 0, Opcode::Text, 5)), b"Hello"),
            [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58]
        );
        assert_eq!(
            encoded(masked(header(true, 0, Opcode::Pong, 5)), b"Hello"),
            [0x8A, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58]
        );
    }

    #[test]
    fn decodes_every_opcode() {
        assert_decodes(&[0x00, 0x00], header(false, 0, Opcode::Continuation, 0));
        assert_decodes(&[0x02, 0x00], header(false, 0, Opcode::Binary, 0));
        assert_decodes(&[0x88, 0x7D], header(true, 0, Opcode::Close, 125));
        assert_decodes(&[0x8A, 0x00], header(true, 0, Opcode::Pong, 0));
    }

    #[test]
    fn decodes_each_reserved_bit() {
        assert_decodes(&[0xC1, 0x00], header(true, 0b100, Opcode::Text, 0));
        assert_decodes(&[0xA1, 0x00], header(true, 0b010, Opcode::Text, 0));
        assert_decodes(&[0x91, 0x00], header(true, 0b001, Opcode::Text, 0));
    }

    #[test]
    fn decodes_lengths_at_every_boundary() {
        let binary = |length| header(true, 0, Opcode::Binary, length);
        assert_decodes(&[0x82, 0x00], binary(0));
        assert_decodes(&[0x82, 0x7D], binary(125));
        assert_decodes(&[0x82, 0x7E, 0x00, 0x7E], binary(126));
        assert_decodes(&[0x82, 0x7E, 0x00, 0xFF], binary(255));
        assert_decodes(&[0x82, 0x7E, 0xFF, 0xFF], binary(65535));
        assert_decodes(&[0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0], binary(65536));
        let longest = [0x82, 0x7F, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];
        assert_decodes(&longest, binary(u64::MAX >> 1));
    }

    #[test]
    fn refuses_reserved_opcodes_at_the_first_byte() {
        for opcode in [0x3, 0x4, 0x5, 0x6, 0x7, 0xB, 0xC, 0xD, 0xE, 0xF] {
            assert_refused_at_last_byte(&[0x80 | opcode], &format!("reserved opcode {opcode}"));
        }
    }

    #[test]
    fn refuses_fragmented_control_frames_at_the_first_byte() {
        assert_refused_at_last_byte(&[0x08], "fragmented close");
        assert_refused_at_last_byte(&[0x09], "fragmented ping");
        assert_refused_at_last_byte(&[0x0A], "fragmented pong");
    }

    #[test]
    fn a_client_refuses_a_masked_frame_at_the_second_byte() {
        assert_refused_by(Role::Client, &[0x81, 0x80], "masked frame");
    }

    #[test]
    fn a_server_refuses_an_unmasked_frame_at_the_second_byte() {
        assert_refused_by(Role::Server, &[0x81, 0x00], "unmasked frame");
        assert_refused_by(Role::Server, &[0x82, 0x7F], "unmasked frame");
    }

    #[test]
    fn refuses_long_control_frames_at_the_second_byte() {
        assert_refused_at_last_byte(&[0x88, 0x7E], "close of more than 125 bytes");
        assert_refused_at_last_byte(&[0x89, 0x7F], "ping of more than 125 bytes");
        assert_refused_at_last_byte(&[0x8A, 0x7E], "pong of more than 125 bytes");
    }

    #[test]
    fn refuses_lengths_that_are_not_minimal_as_soon_as_it_is_certain() {
        let reason = "length not in the minimal number of bytes";
        assert_refused_at_last_byte(&[0x82, 0x7E, 0, 0], reason);
        assert_refused_at_last_byte(&[0x82, 0x7E, 0, 125], reason);
        assert_refused_at_last_byte(&[0x82, 0x7F, 0, 0, 0, 0, 0, 0], reason);
    }

    #[test]
    fn refuses_a_length_with_the_top_bit_at_its_first_byte() {
        assert_refused_at_last_byte(&[0x82, 0x7F, 0x80], "length of more than 63 bits");
        assert_refused_at_last_byte(&[0x82, 0x7F, 0xFF], "length of more than 63 bits");
    }

    #[test]
    fn encodes_lengths_at_every_boundary() {
        let cases: [(usize, &[u8]); 6] = [
            (0, &[0x82, 0x00]),
            (125, &[0x82, 0x7D]),
            (126, &[0x82, 0x7E, 0x00, 0x7E]),
            (65535, &[0x82, 0x7E, 0xFF, 0xFF]),
            (65536, &[0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0]),
            (70000, &[0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0x11, 0x70]),
        ];
        for (length, start) in cases {
            let payload = vec![0; length];
            let header = header(true, 0, Opcode::Binary, length as u64);
            assert_eq!(encoded(header, &payload), [start, &payload].concat());
            let frame = encoded(masked(header), &payload);
            assert_eq!(frame.len(), start.len() + 4 + length);
            assert_eq!(frame[..start.len()], with_mask_bit(start));
            assert_eq!(frame[start.len()..][..4], KEY);
            assert!(frame[start.len() + 4..].chunks(4).all(|chunk| *chunk == KEY[..chunk.len()]));
        }
    }

    #[test]
    fn encodes_fin_and_each_reserved_bit() {
        let first = |fin, rsv, opcode| encoded(header(fin, rsv, opcode, 0), b"")[0];
        assert_eq!(first(false, 0, Opcode::Continuation), 0x00);
        assert_eq!(first(true, 0b100, Opcode::Text), 0xC1);
        assert_eq!(first(true, 0b010, Opcode::Binary), 0xA2);
        assert_eq!(first(false, 0b001, Opcode::Text), 0x11);
        assert_eq!(first(true, 0, Opcode::Close), 0x88);
    }

    #[test]
    #[should_panic(expected = "the header of this payload")]
    fn does_not_encode_a_payload_under_the_header_of_another() {
        encoded(header(true, 0, Opcode::Text, 4), b"Hello");
    }

    #[test]
    fn knows_all_opcodes_and_no_other() {
        let known: Vec<u8> = (0..=255).filter(|&bits| Opcode::from_bits(bits).is_some()).collect();
        assert_eq!(known, [0, 1, 2, 8, 9, 10]);
        for bits in known {
            let opcode = Opcode::from_bits(bits).unwrap();
            assert_eq!(opcode.bits(), bits);
            assert_eq!(opcode.is_control(), bits >= 8);
        }
    }

    #[test]
    fn shows_reserved_bits_as_three_digits() {
        assert_eq!(Rsv::NONE.to_string(), "000");
        assert_eq!(Rsv::from_bits(0b100).to_string(), "100");
        assert_eq!(Rsv::from_bits(0b1111_0011).to_string(), "011");
        assert!(Rsv::NONE.is_none() && !Rsv::from_bits(1).is_none());
    }

    #[test]
    fn parses_flags_from_left_to_right() {
        let flags = |fin, rsv| Some(Flags { fin, rsv: Rsv(rsv) });
        assert_eq!(Flags::parse(""), flags(false, 0));
        assert_eq!(Flags::parse("0"), flags(false, 0));
        assert_eq!(Flags::parse("1"), Some(Flags::FIN));
        assert_eq!(Flags::parse("01"), flags(false, 0b100));
        assert_eq!(Flags::parse("11"), flags(true, 0b100));
        assert_eq!(Flags::parse("101"), flags(true, 0b010));
        assert_eq!(Flags::parse("1001"), flags(true, 0b001));
        assert_eq!(Flags::parse("1111"), flags(true, 0b111));
    }

    #[test]
    fn refuses_flags_that_are_not_up_to_four_bits() {
        for text in ["10000", "2", " 1", "1 ", "true", "-1", "é", "١"] {
            assert_eq!(Flags::parse(text), None, "{text:?}");
        }
    }
}
