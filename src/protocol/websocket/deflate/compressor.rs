//! Compressing what is sent (RFC 7692 section 7.2.1), and deciding which messages to compress.

use zlib_rs::{Deflate, DeflateFlush};

use super::{
    super::role::Role,
    negotiation::Agreed,
    stream::{FIRST_LENGTH, TAIL},
};

/// The smallest window that zlib compresses with: the base-2 logarithm of its bytes. No match is
/// farther back than the window less 262 bytes, which are 250 here. So it also serves where 8 bits,
/// 256 bytes, were agreed.
const MIN_WINDOW_BITS: u8 = 9;

/// Compresses the messages of one connection, in the order in which they are sent.
pub struct Compressor {
    no_context_takeover: bool,
    window_bits: u8,
    level: Level,
    threshold: usize,
    /// Allocated with the first message; kept between messages only for its window.
    deflate: Option<Deflate>,
}

/// What two compressors have in common that make the same of a message by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompressorSettings(u8, Level, usize);

/// The level of compression: from 1, the fastest, to 9, the smallest result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level(u8);

impl Level {
    /// The level, if it is one: 1 to 9.
    pub fn new(level: u8) -> Option<Self> {
        (1..=9).contains(&level).then_some(Self(level))
    }
}

/// 3: on JSON it is twice as fast as 6, the usual choice, and the result is 2 % longer.
impl Default for Level {
    fn default() -> Self {
        Self(3)
    }
}

impl Compressor {
    /// Bytes that a message should have to be compressed, unless the user says otherwise. Below, at
    /// most some tens of bytes can be saved, of a packet that has as many bytes of headers.
    pub const DEFAULT_THRESHOLD: usize = 64;

    /// A compressor for what we send, which respects what was `agreed`. Messages of less than
    /// `threshold` bytes are not compressed.
    pub fn new(us: Role, agreed: &Agreed, level: Level, threshold: usize) -> Self {
        Self {
            no_context_takeover: agreed.no_context_takeover(us),
            window_bits: agreed.max_window_bits(us).bits().max(MIN_WINDOW_BITS),
            level,
            threshold,
            deflate: None,
        }
    }

    /// Empties the window, because the other side has not been sent what is in it. What is
    /// compressed from now on refers to nothing before.
    pub fn forget(&mut self) {
        self.deflate = None;
    }

    /// Compresses a whole message into `buffer` (see [`super`]), to be sent with RSV1. `None` when
    /// it is to be sent as it is, without RSV1: because it is empty or shorter than the
    /// threshold, or because compressing did not make it shorter.
    ///
    /// A message that went through the compressor and is sent as it is would leave the compressor
    /// with a window that the other side lacks, so the window must be emptied. That costs
    /// nothing where it is emptied after each message, or where this message filled it. Otherwise
    /// the window is worth more than the few bytes by which the message grew, and it is returned
    /// compressed nevertheless.
    pub fn compress<'a>(&mut self, payload: &[u8], buffer: &'a mut Vec<u8>) -> Option<&'a [u8]> {
        if payload.is_empty() || payload.len() < self.threshold {
            return None;
        }
        let fills_window = payload.len() >= 1 << self.window_bits;
        let compressed = self.compress_fragment(payload, true, buffer);
        if compressed.len() >= payload.len() && (self.no_context_takeover || fills_window) {
            self.deflate = None;
            return None;
        }
        Some(compressed)
    }

    /// What the result of [`compress_alone`](Self::compress_alone) depends on beside the message.
    pub fn settings(&self) -> CompressorSettings {
        CompressorSettings(self.window_bits, self.level, self.threshold)
    }

    /// As [`compress`](Self::compress), for a message that refers to nothing before and to which
    /// nothing refers: all compressors with equal [settings](Self::settings) make the same of it.
    pub fn compress_alone<'a>(
        &mut self,
        payload: &[u8],
        buffer: &'a mut Vec<u8>,
    ) -> Option<&'a [u8]> {
        let mut alone = Self { no_context_takeover: true, deflate: None, ..*self };
        let compressed = alone.compress(payload, buffer);
        if compressed.is_some() {
            // The other side's window has this message now, and ours does not.
            self.forget();
        }
        compressed
    }

    /// Compresses a fragment of a message into `buffer` (see [`super`]). Once a message has begun
    /// so, with RSV1 in its first frame, all its fragments must; the last has `fin`.
    pub fn compress_fragment<'a>(
        &mut self,
        payload: &[u8],
        fin: bool,
        buffer: &'a mut Vec<u8>,
    ) -> &'a [u8] {
        let flushed = if payload.is_empty() { 0 } else { self.deflate(payload, buffer) };
        let length = match (fin, flushed) {
            (false, _) => flushed,
            // A sender may "append an empty DEFLATE block with no compression" (section 7.2.1): its
            // header is what remains of it.
            (true, 0) => {
                buffer.resize(buffer.len().max(1), 0);
                buffer[0] = 0x00;
                1
            }
            (true, _) => {
                debug_assert!(buffer[..flushed].ends_with(&TAIL));
                flushed - TAIL.len()
            }
        };
        if fin && self.no_context_takeover {
            self.deflate = None;
        }
        &buffer[..length]
    }

    /// Deflates `payload`, which is not empty, and flushes. Returns how many bytes `buffer` begins
    /// with.
    fn deflate(&mut self, payload: &[u8], buffer: &mut Vec<u8>) -> usize {
        let deflate = self
            .deflate
            .get_or_insert_with(|| Deflate::new(self.level.0.into(), false, self.window_bits));
        let (mut rest, mut length) = (payload, 0);
        loop {
            if length == buffer.len() {
                buffer.resize((2 * length).max(FIRST_LENGTH), 0);
            }
            let (total_in, total_out) = (deflate.total_in(), deflate.total_out());
            // It only fails on null pointers and after the end of a stream, which a flush is not.
            deflate
                .compress(rest, &mut buffer[length..], DeflateFlush::SyncFlush)
                .expect("deflating goes on until the stream is ended");
            // Neither exceeds the length of its slice.
            rest = &rest[(deflate.total_in() - total_in) as usize..];
            length += (deflate.total_out() - total_out) as usize;
            // The flush is complete when it left space.
            if rest.is_empty() && length < buffer.len() {
                return length;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            decompressor::Decompressor,
            negotiation::WindowBits,
            samples::{noise, text},
        },
        *,
    };

    /// 7.2.3.1: "Hello" in one block.
    const HELLO: [u8; 7] = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00];

    const WITHOUT_TAKEOVER: Agreed = Agreed {
        server_no_context_takeover: true,
        client_no_context_takeover: true,
        server_max_window_bits: WindowBits::MAX,
        client_max_window_bits: WindowBits::MAX,
    };

    /// A compressor of everything.
    fn compressor(agreed: &Agreed) -> Compressor {
        Compressor::new(Role::Client, agreed, Level::default(), 0)
    }

    fn compress(compressor: &mut Compressor, payload: &[u8]) -> Option<Vec<u8>> {
        compressor.compress(payload, &mut Vec::new()).map(<[u8]>::to_vec)
    }

    fn compress_fragment(compressor: &mut Compressor, payload: &[u8], fin: bool) -> Vec<u8> {
        compressor.compress_fragment(payload, fin, &mut Vec::new()).to_vec()
    }

    /// The other side's decompressor, which has the same window.
    fn decompressor() -> Decompressor {
        Decompressor::new(Role::Server, &Agreed::default())
    }

    fn assert_decompresses(decompressor: &mut Decompressor, compressed: &[u8], payload: &[u8]) {
        let mut buffer = Vec::new();
        let decompressed = decompressor.decompress(compressed, None, &mut buffer).unwrap();
        assert!(decompressed == payload, "{} bytes", payload.len());
    }

    #[test]
    fn a_message_alone_refers_to_nothing_and_nothing_refers_to_it() {
        let mut compressor = compressor(&Agreed::default());
        let mut decompressor = decompressor();
        let (first, payload) = (text(1, 1000), text(2, 1000));
        let compressed = compress(&mut compressor, &first).unwrap();
        assert_decompresses(&mut decompressor, &compressed, &first);
        let mut buffer = Vec::new();
        let alone = compressor.compress_alone(&payload, &mut buffer).unwrap().to_vec();
        assert_decompresses(&mut decompressor, &alone, &payload);
        // One that has seen nothing makes the same, and understands it.
        let mut fresh = self::compressor(&Agreed::default());
        assert_eq!(compressor.settings(), fresh.settings());
        assert_eq!(fresh.compress_alone(&payload, &mut buffer).unwrap(), alone);
        assert_decompresses(&mut self::decompressor(), &alone, &payload);
        for payload in [first, payload] {
            let compressed = compress(&mut compressor, &payload).unwrap();
            assert_decompresses(&mut decompressor, &compressed, &payload);
        }
    }

    // The examples of section 7.2.3

    #[test]
    fn compresses_the_hello_of_section_7_2_3_1() {
        let mut compressor = compressor(&Agreed::default());
        assert_eq!(compress_fragment(&mut compressor, b"Hello", true), HELLO);
    }

    #[test]
    fn shares_the_window_with_the_message_before() {
        let mut compressor = compressor(&Agreed::default());
        let first = compress_fragment(&mut compressor, b"Hello, Hello", true);
        let second = compress_fragment(&mut compressor, b"Hello, Hello", true);
        assert!(second.len() < first.len());
        let mut decompressor = decompressor();
        assert_decompresses(&mut decompressor, &first, b"Hello, Hello");
        assert_decompresses(&mut decompressor, &second, b"Hello, Hello");
    }

    #[test]
    fn forgets_the_window_without_context_takeover() {
        let mut compressor = compressor(&WITHOUT_TAKEOVER);
        assert_eq!(compress_fragment(&mut compressor, b"Hello", true), HELLO);
        assert_eq!(compress_fragment(&mut compressor, b"Hello", true), HELLO);
    }

    #[test]
    fn ends_a_message_with_the_empty_fragment_of_section_7_2_3_6() {
        let mut compressor = compressor(&Agreed::default());
        assert_eq!(compress_fragment(&mut compressor, b"", true), [0x00]);
        let fragments = [
            compress_fragment(&mut compressor, b"Hello", false),
            compress_fragment(&mut compressor, b"", true),
        ];
        assert_eq!(fragments, [[&HELLO[..], &TAIL].concat(), vec![0x00]]);
    }

    // Roles

    #[test]
    fn each_side_keeps_to_its_own_parameters() {
        let of_server = Agreed { server_no_context_takeover: true, ..Agreed::default() };
        let of_client = Agreed { client_no_context_takeover: true, ..Agreed::default() };
        for (us, ours, theirs) in
            [(Role::Client, &of_client, &of_server), (Role::Server, &of_server, &of_client)]
        {
            for (agreed, keeps) in [(ours, false), (theirs, true)] {
                let mut compressor = Compressor::new(us, agreed, Level::default(), 0);
                compress(&mut compressor, &text(1, 100));
                assert_eq!(compressor.deflate.is_some(), keeps, "{us:?}");
            }
        }
    }

    #[test]
    fn each_side_keeps_within_its_own_window() {
        let small = window(9);
        let of_server = Agreed { server_max_window_bits: small, ..Agreed::default() };
        let of_client = Agreed { client_max_window_bits: small, ..Agreed::default() };
        let payload = noise(1, 1000).repeat(2);
        for (us, ours, theirs) in
            [(Role::Client, &of_client, &of_server), (Role::Server, &of_server, &of_client)]
        {
            for (agreed, fits) in [(ours, false), (theirs, true)] {
                let mut compressor = Compressor::new(us, agreed, Level::default(), 0);
                let compressed = compress_fragment(&mut compressor, &payload, true);
                assert_eq!(compressed.len() < 1100, fits, "{us:?}");
            }
        }
    }

    // Fragments

    #[test]
    fn an_empty_fragment_in_the_middle_is_empty() {
        let mut compressor = compressor(&Agreed::default());
        assert_eq!(compress_fragment(&mut compressor, b"", false), []);
        assert_eq!(compress_fragment(&mut compressor, b"Hello", true), HELLO);
    }

    #[test]
    fn fragments_make_one_message_however_it_is_cut() {
        let payload = text(1, 200);
        for agreed in [Agreed::default(), WITHOUT_TAKEOVER] {
            for size in 1..=payload.len() {
                let (mut compressor, mut decompressor) = (compressor(&agreed), decompressor());
                for _ in 0..2 {
                    let mut message = Vec::new();
                    for fragment in payload.chunks(size) {
                        message.extend(compress_fragment(&mut compressor, fragment, false));
                    }
                    message.extend(compress_fragment(&mut compressor, b"", true));
                    assert_decompresses(&mut decompressor, &message, &payload);
                }
            }
        }
    }

    // What is sent as it is

    #[test]
    fn compresses_no_message_below_the_threshold() {
        let mut compressor =
            Compressor::new(Role::Client, &Agreed::default(), Level::default(), 100);
        assert_eq!(compress(&mut compressor, &[b'a'; 99]), None);
        assert!(compressor.deflate.is_none());
        assert!(compress(&mut compressor, &[b'a'; 100]).is_some());
    }

    #[test]
    fn compresses_no_empty_message() {
        assert_eq!(compress(&mut compressor(&Agreed::default()), b""), None);
    }

    #[test]
    fn returns_no_message_that_became_longer_without_context_takeover() {
        let mut compressor = compressor(&WITHOUT_TAKEOVER);
        assert_eq!(compress(&mut compressor, &noise(1, 1000)), None);
        let compressed = compress(&mut compressor, &text(1, 1000)).unwrap();
        assert_decompresses(&mut decompressor(), &compressed, &text(1, 1000));
    }

    #[test]
    fn returns_a_message_that_became_longer_to_keep_the_window() {
        let (mut compressor, mut decompressor) = (compressor(&Agreed::default()), decompressor());
        for payload in [text(1, 1000), noise(1, 1000), text(1, 1000), noise(1, 1000)] {
            let compressed = compress(&mut compressor, &payload).unwrap();
            assert!(compressed.len() < payload.len() + 10);
            assert_decompresses(&mut decompressor, &compressed, &payload);
        }
        assert!(compress(&mut compressor, &noise(1, 1000)).unwrap().len() < 50);
    }

    #[test]
    fn forgets_the_window_when_a_message_that_filled_it_became_longer() {
        let (mut compressor, mut decompressor) = (compressor(&Agreed::default()), decompressor());
        for length in [1000, 1 << 15, 40_000, 100_000] {
            let payload = noise(length as u64, length);
            match compress(&mut compressor, &payload) {
                Some(compressed) => {
                    assert!(length < 1 << 15, "{length} bytes became {}", compressed.len());
                    assert_decompresses(&mut decompressor, &compressed, &payload);
                }
                None => assert!(length >= 1 << 15),
            }
            // What refers back must not refer to what the other side has not seen.
            for seed in 0..3 {
                let payload = [text(seed, 1000), payload[..1000].to_vec()].concat();
                let compressed = compress(&mut compressor, &payload).unwrap();
                assert_decompresses(&mut decompressor, &compressed, &payload);
            }
        }
    }

    // Round trips

    #[test]
    fn messages_of_all_sizes_come_back() {
        for agreed in [Agreed::default(), WITHOUT_TAKEOVER] {
            let mut compressor = compressor(&agreed);
            let mut decompressor = Decompressor::new(Role::Server, &agreed);
            let (mut compressed, mut decompressed) = (Vec::new(), Vec::new());
            for length in (1..300).chain([4095, 4096, 4097, 32767, 32768, 65536, 1 << 20]) {
                let seed = length as u64;
                for payload in [text(seed, length), noise(seed, length), vec![0; length]] {
                    let sent = compressor.compress(&payload, &mut compressed);
                    let Some(sent) = sent else { continue };
                    let limit = Some(length as u64);
                    let came = decompressor.decompress(sent, limit, &mut decompressed).unwrap();
                    assert!(came == payload, "{length} bytes");
                }
            }
        }
    }

    #[test]
    fn messages_of_random_sizes_come_back_at_every_level_and_window() {
        for level in 1..=9 {
            for bits in 8..=15 {
                let agreed = Agreed { client_max_window_bits: window(bits), ..Agreed::default() };
                let mut compressor =
                    Compressor::new(Role::Client, &agreed, Level::new(level).unwrap(), 0);
                let mut decompressor = decompressor();
                let seed = u64::from(level) << 8 | u64::from(bits);
                for size in noise(seed, 8).chunks(2) {
                    let payload = text(seed, usize::from(size[0]) << (size[1] % 8));
                    if let Some(compressed) = compress(&mut compressor, &payload) {
                        assert_decompresses(&mut decompressor, &compressed, &payload);
                    }
                }
            }
        }
    }

    #[test]
    fn the_length_of_the_buffer_does_not_matter() {
        let payload = noise(1, 300);
        for length in 0..400 {
            let (mut compressor, mut buffer) = (compressor(&Agreed::default()), vec![0xAA; length]);
            let compressed = compressor.compress_fragment(&payload, true, &mut buffer);
            assert_decompresses(&mut decompressor(), compressed, &payload);
            assert!(buffer.len() >= length);
        }
    }

    // Memory

    #[test]
    fn allocates_with_the_first_message_and_keeps_memory_for_the_window_only() {
        for (agreed, keeps) in [(Agreed::default(), true), (WITHOUT_TAKEOVER, false)] {
            let mut compressor = compressor(&agreed);
            assert!(compressor.deflate.is_none());
            assert_eq!(compress_fragment(&mut compressor, b"", true), [0x00]);
            assert!(compressor.deflate.is_none());
            compress(&mut compressor, &text(1, 100));
            assert_eq!(compressor.deflate.is_some(), keeps);
        }
    }

    #[test]
    fn levels_are_1_to_9() {
        assert!((1..=9).all(|level| Level::new(level) == Some(Level(level))));
        assert_eq!([0, 10, 255].map(Level::new), [None; 3]);
    }

    // Windows

    fn window(bits: u8) -> WindowBits {
        WindowBits::parse(&bits.to_string()).unwrap()
    }

    #[test]
    fn never_refers_back_beyond_the_window() {
        // Of four different bytes in a random order, so that there are matches at every distance,
        // and of noise that repeats at a distance just around the size of the window.
        for bits in 8..=15 {
            let size = 1 << bits;
            let letters: Vec<u8> = noise(2, 2 * size).iter().map(|byte| byte % 4).collect();
            let mut messages = vec![letters];
            let limit = size.max(512) - 262;
            for period in [limit, limit + 1, size + 1] {
                messages.push(noise(period as u64, period).repeat(2));
            }
            for level in 1..=9 {
                let agreed = Agreed { client_max_window_bits: window(bits), ..Agreed::default() };
                let mut compressor =
                    Compressor::new(Role::Client, &agreed, Level::new(level).unwrap(), 0);
                let mut stream = Vec::new();
                for payload in &messages {
                    stream.extend(compress_fragment(&mut compressor, payload, true));
                    stream.extend(TAIL);
                }
                let (decoded, farthest) = inflate::decode(&stream);
                assert!(decoded == messages.concat());
                assert!(
                    (limit - 1..=limit).contains(&farthest),
                    "{farthest}, {bits} bits, level {level}"
                );
            }
        }
    }

    /// Another decoder of DEFLATE (RFC 1951), slow and simple, that returns the farthest distance.
    mod inflate {
        struct Bits<'a> {
            data: &'a [u8],
            position: usize,
        }

        impl Bits<'_> {
            fn take(&mut self, count: usize) -> usize {
                (0..count).fold(0, |value, index| {
                    let bit = self.data[self.position / 8] >> (self.position % 8) & 1;
                    self.position += 1;
                    value | usize::from(bit) << index
                })
            }
        }

        /// A Huffman code: how many symbols have each length, and the symbols in order.
        struct Code {
            counts: [usize; 16],
            symbols: Vec<usize>,
        }

        impl Code {
            fn new(lengths: &[usize]) -> Self {
                let mut counts = [0; 16];
                lengths.iter().for_each(|&length| counts[length] += 1);
                counts[0] = 0;
                let mut symbols: Vec<usize> = (0..lengths.len()).collect();
                symbols.retain(|&symbol| lengths[symbol] > 0);
                symbols.sort_by_key(|&symbol| lengths[symbol]);
                Self { counts, symbols }
            }

            fn take(&self, bits: &mut Bits) -> usize {
                let (mut code, mut first, mut index) = (0, 0, 0);
                for count in self.counts.iter().skip(1) {
                    code = code << 1 | bits.take(1);
                    first <<= 1;
                    if code - first < *count {
                        return self.symbols[index + code - first];
                    }
                    index += count;
                    first += count;
                }
                panic!("no such code");
            }
        }

        /// Extra bits, and what is added to them, of the symbols from 257 and of those of
        /// distances.
        fn base(symbol: usize, step: usize, first: usize) -> (usize, usize) {
            let extra = (symbol / step).saturating_sub(1);
            let bases = (0..symbol).map(|symbol| 1 << (symbol / step).saturating_sub(1));
            (extra, first + bases.sum::<usize>())
        }

        fn dynamic(bits: &mut Bits) -> (Code, Code) {
            const ORDER: [usize; 19] =
                [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
            let (literals, distances) = (bits.take(5) + 257, bits.take(5) + 1);
            let mut lengths = [0; 19];
            for index in 0..bits.take(4) + 4 {
                lengths[ORDER[index]] = bits.take(3);
            }
            let code = Code::new(&lengths);
            let mut lengths = Vec::new();
            while lengths.len() < literals + distances {
                let (length, count) = match code.take(bits) {
                    16 => (lengths[lengths.len() - 1], bits.take(2) + 3),
                    17 => (0, bits.take(3) + 3),
                    18 => (0, bits.take(7) + 11),
                    length => (length, 1),
                };
                lengths.extend(std::iter::repeat_n(length, count));
            }
            (Code::new(&lengths[..literals]), Code::new(&lengths[literals..]))
        }

        fn fixed() -> (Code, Code) {
            let lengths = [vec![8; 144], vec![9; 112], vec![7; 24], vec![8; 8]].concat();
            (Code::new(&lengths), Code::new(&[5; 30]))
        }

        /// What the blocks say, and the farthest distance in them.
        pub(super) fn decode(data: &[u8]) -> (Vec<u8>, usize) {
            let mut bits = Bits { data, position: 0 };
            let (mut output, mut farthest) = (Vec::new(), 0);
            while bits.position.div_ceil(8) < data.len() {
                assert_eq!(bits.take(1), 0, "BFINAL");
                let (literals, distances) = match bits.take(2) {
                    0 => {
                        bits.position = bits.position.next_multiple_of(8);
                        let length = bits.take(16);
                        assert_eq!(bits.take(16), length ^ 0xFFFF);
                        output.extend((0..length).map(|_| bits.take(8) as u8));
                        continue;
                    }
                    1 => fixed(),
                    2 => dynamic(&mut bits),
                    _ => panic!("block type"),
                };
                loop {
                    let length = match literals.take(&mut bits) {
                        byte @ 0..=255 => {
                            output.push(byte as u8);
                            continue;
                        }
                        256 => break,
                        285 => 258,
                        symbol => {
                            let (extra, base) = base(symbol - 257, 4, 3);
                            base + bits.take(extra)
                        }
                    };
                    let (extra, base) = base(distances.take(&mut bits), 2, 1);
                    let distance = base + bits.take(extra);
                    farthest = farthest.max(distance);
                    for _ in 0..length {
                        output.push(output[output.len() - distance]);
                    }
                }
            }
            (output, farthest)
        }
    }
}
