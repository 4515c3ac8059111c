//! Decompressing what arrives (RFC 7692 section 7.2.2). The length of a result is limited while it
//! is made, so that a small message that becomes a huge one costs no more than the limit.

use zlib_rs::{Inflate, InflateFlush, Status};

use super::{
    super::{role::Role, violation::Violation},
    negotiation::{Agreed, WindowBits},
    stream::{FIRST_LENGTH, TAIL},
};

/// Decompresses the messages of one connection, in the order in which they come.
pub struct Decompressor {
    no_context_takeover: bool,
    /// Allocated with the first message; kept between messages only for its window.
    inflate: Option<Inflate>,
    /// Whether bytes of the present message came that no final block has ended.
    is_in_block: bool,
}

/// The beginning of a result, in a buffer that may be longer.
struct Output<'a> {
    buffer: &'a mut Vec<u8>,
    length: usize,
    max_size: usize,
}

impl Decompressor {
    /// A decompressor for what the other side sends. It accepts any window, whatever was agreed.
    pub fn new(us: Role, agreed: &Agreed) -> Self {
        Self {
            no_context_takeover: agreed.no_context_takeover(us.peer()),
            inflate: None,
            is_in_block: false,
        }
    }

    /// Decompresses a message that had RSV1, its fragments put together, into `buffer` (see
    /// [`super`]). The result may have `max_size` bytes; with `None` there is no limit.
    ///
    /// A violation fails the connection: invalid payload (1007) when the message is not compressed
    /// data, or ends too early; message too big (1009) above the limit, or when memory runs out.
    pub fn decompress<'a>(
        &mut self,
        payload: &[u8],
        max_size: Option<u64>,
        buffer: &'a mut Vec<u8>,
    ) -> Result<&'a [u8], Violation> {
        // More than the address space is no limit; one less leaves space for the byte that exceeds
        // it.
        let max_size = max_size.and_then(|max_size| usize::try_from(max_size).ok());
        let max_size = max_size.unwrap_or(usize::MAX).min(usize::MAX - 1);
        let mut output = Output { buffer, length: 0, max_size };
        let mut rest = payload;
        loop {
            let spare = output.spare()?;
            let space = spare.len();
            let made = self.decompress_part(&mut rest, spare)?;
            output.length += made;
            if output.length > max_size {
                return Err(too_big(max_size));
            }
            if made < space {
                break;
            }
        }
        self.finish()?;
        Ok(&output.buffer[..output.length])
    }

    /// Decompresses the next bytes of a message that had RSV1, which are taken off the front of
    /// `input`, into `buffer`. Returns how many bytes that begins with. Where it is full, there may
    /// be more to come, also when the input is empty. Otherwise the input is used up, and all that
    /// can be made of it was. After the last bytes comes [`finish`](Self::finish).
    ///
    /// A violation is invalid payload (1007); the connection is to be failed.
    pub fn decompress_part(
        &mut self,
        input: &mut &[u8],
        buffer: &mut [u8],
    ) -> Result<usize, Violation> {
        let mut made = 0;
        loop {
            self.is_in_block |= !input.is_empty();
            let status = self.inflate(input, buffer, &mut made, InflateFlush::NoFlush)?;
            if status == Status::StreamEnd {
                // "An endpoint MAY use both DEFLATE blocks with the "BFINAL" bit set to 0 and
                // DEFLATE blocks with the "BFINAL" bit set to 1." (section 7.2.1) To DEFLATE what
                // comes after such a block is another stream, with an empty window.
                self.inflater().reset(false);
                self.is_in_block = false;
            }
            if made == buffer.len() || input.is_empty() {
                return Ok(made);
            }
        }
    }

    /// Ends a message, all of whose bytes were decompressed.
    ///
    /// A violation is invalid payload (1007), where it ends too early.
    pub fn finish(&mut self) -> Result<(), Violation> {
        let is_whole = if std::mem::take(&mut self.is_in_block) { self.end_block()? } else { true };
        if self.no_context_takeover {
            self.inflate = None;
        }
        if is_whole { Ok(()) } else { Err(invalid("ends too early")) }
    }

    /// "Append 4 octets of 0x00 0x00 0xff 0xff to the tail end of the payload of the message."
    /// (section 7.2.2) They end an empty block, and inflating stops there, before the byte that is
    /// put after them; where a message was cut off they are taken for something else.
    fn end_block(&mut self) -> Result<bool, Violation> {
        const AFTER: [u8; 1] = [0x00];
        let end = [&TAIL[..], &AFTER].concat();
        let (mut rest, mut made) = (&end[..], 0);
        self.inflate(&mut rest, &mut [0], &mut made, InflateFlush::Block)?;
        Ok(rest == AFTER && made == 0)
    }

    /// Inflates `input` into `buffer`, which begins with what was `made` before.
    fn inflate(
        &mut self,
        input: &mut &[u8],
        buffer: &mut [u8],
        made: &mut usize,
        flush: InflateFlush,
    ) -> Result<Status, Violation> {
        let inflate = self.inflater();
        let (total_in, total_out) = (inflate.total_in(), inflate.total_out());
        let Ok(status) = inflate.decompress(input, &mut buffer[*made..], flush) else {
            return Err(invalid(inflate.error_message().unwrap_or("invalid data")));
        };
        // Neither exceeds the length of its slice.
        *input = &input[(inflate.total_in() - total_in) as usize..];
        *made += (inflate.total_out() - total_out) as usize;
        Ok(status)
    }

    fn inflater(&mut self) -> &mut Inflate {
        self.inflate.get_or_insert_with(|| Inflate::new(false, WindowBits::MAX.bits()))
    }
}

impl Output<'_> {
    /// The part of the buffer after the output, at least one byte. The buffer doubles when it is
    /// used up, to at most one byte above the limit, which shows that the limit is exceeded.
    fn spare(&mut self) -> Result<&mut [u8], Violation> {
        let end = self.max_size + 1;
        let length = self.buffer.len();
        if self.length == length {
            let longer = length.saturating_mul(2).max(FIRST_LENGTH).min(end);
            self.buffer
                .try_reserve_exact(longer - length)
                .map_err(|_| Violation::message_too_big("no memory for a message of this size"))?;
            self.buffer.resize(longer, 0);
        }
        let end = end.min(self.buffer.len());
        Ok(&mut self.buffer[self.length..end])
    }
}

fn invalid(reason: &str) -> Violation {
    Violation::invalid_payload(format!("compressed message: {reason}"))
}

fn too_big(max_size: usize) -> Violation {
    Violation::message_too_big(format!("message of more than {max_size} bytes"))
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            compressor::{Compressor, Level},
            samples::{noise, text},
        },
        *,
    };

    /// 7.2.3.1: "Hello" in one block.
    const HELLO: [u8; 7] = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00];
    /// 7.2.3.2: "Hello" again, by reference to the first.
    const HELLO_AGAIN: [u8; 5] = [0xF2, 0x00, 0x11, 0x00, 0x00];

    fn decompressor() -> Decompressor {
        Decompressor::new(Role::Client, &Agreed::default())
    }

    fn without_takeover() -> Decompressor {
        let agreed = Agreed { server_no_context_takeover: true, ..Agreed::default() };
        Decompressor::new(Role::Client, &agreed)
    }

    fn decompress(decompressor: &mut Decompressor, payload: &[u8]) -> Result<Vec<u8>, Violation> {
        decompressor.decompress(payload, None, &mut Vec::new()).map(<[u8]>::to_vec)
    }

    fn compress(payload: &[u8]) -> Vec<u8> {
        let mut compressor = Compressor::new(Role::Server, &Agreed::default(), Level::default(), 0);
        compressor.compress_fragment(payload, true, &mut Vec::new()).to_vec()
    }

    fn assert_hello(payload: &[u8]) {
        assert_eq!(decompress(&mut decompressor(), payload), Ok(b"Hello".to_vec()));
        assert_eq!(decompress(&mut without_takeover(), payload), Ok(b"Hello".to_vec()));
    }

    fn invalid_payload<T>(reason: &str) -> Result<T, Violation> {
        Err(Violation::invalid_payload(format!("compressed message: {reason}")))
    }

    fn too_big<T>(max_size: u64) -> Result<T, Violation> {
        Err(Violation::message_too_big(format!("message of more than {max_size} bytes")))
    }

    // The examples of section 7.2.3

    #[test]
    fn decompresses_one_block() {
        assert_hello(&HELLO);
    }

    #[test]
    fn decompresses_what_shares_the_window() {
        let mut decompressor = decompressor();
        assert_eq!(decompress(&mut decompressor, &HELLO), Ok(b"Hello".to_vec()));
        assert_eq!(decompress(&mut decompressor, &HELLO_AGAIN), Ok(b"Hello".to_vec()));
    }

    #[test]
    fn decompresses_a_block_without_compression() {
        assert_hello(&[0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00]);
    }

    #[test]
    fn decompresses_a_final_block() {
        assert_hello(&[0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00]);
    }

    #[test]
    fn decompresses_two_blocks() {
        assert_hello(&[
            0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00,
        ]);
    }

    #[test]
    fn decompresses_the_empty_fragment() {
        let mut decompressor = decompressor();
        for payload in [&[0x00][..], &[0x00], &HELLO, &[0x00], &HELLO_AGAIN] {
            let expected = if payload.len() == 1 { &b""[..] } else { b"Hello" };
            assert_eq!(decompress(&mut decompressor, payload), Ok(expected.to_vec()));
        }
    }

    // Parts

    /// The message, made of chunks of the input of `size` bytes in pieces of `space` bytes.
    fn decompress_parts(
        decompressor: &mut Decompressor,
        payload: &[u8],
        size: usize,
        space: usize,
    ) -> Result<Vec<u8>, Violation> {
        let (mut message, mut buffer) = (Vec::new(), vec![0; space]);
        for mut chunk in payload.chunks(size) {
            loop {
                let made = decompressor.decompress_part(&mut chunk, &mut buffer)?;
                message.extend_from_slice(&buffer[..made]);
                if made < space {
                    break;
                }
            }
            assert!(chunk.is_empty());
        }
        decompressor.finish().map(|()| message)
    }

    #[test]
    fn parts_make_the_same_message() {
        const FINAL: [u8; 7] = [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00];
        let messages = [
            compress(&text(1, 3000)),
            Vec::new(),
            [&FINAL[..], &FINAL, &HELLO].concat(),
            FINAL.to_vec(),
            vec![0x00],
            compress(&vec![0; 10_000]),
            compress(&noise(1, 3000)),
        ];
        for make in [decompressor, without_takeover] {
            let mut whole = make();
            let expected = messages.each_ref().map(|message| decompress(&mut whole, message));
            for (size, space) in [(1, 1), (1, 100), (7, 3), (100, 1), (5000, 64), (5000, 5000)] {
                let mut parts = make();
                let made = messages
                    .each_ref()
                    .map(|message| decompress_parts(&mut parts, message, size, space));
                assert!(made == expected, "{size} {space}");
            }
        }
    }

    #[test]
    fn parts_are_refused_as_the_message_is() {
        let compressed = compress(&text(1, 300));
        for payload in [&[0xFF][..], b"{\"not\": \"compressed\"}", &HELLO_AGAIN, &compressed[..99]]
        {
            let expected = decompress(&mut decompressor(), payload);
            assert!(expected.is_err());
            for (size, space) in [(1, 1), (1, 100), (7, 3), (100, 100)] {
                let refused = decompress_parts(&mut decompressor(), payload, size, space);
                assert_eq!(refused, expected);
            }
        }
    }

    // Windows

    #[test]
    fn forgets_the_window_without_context_takeover() {
        let mut decompressor = without_takeover();
        assert_eq!(decompress(&mut decompressor, &HELLO), Ok(b"Hello".to_vec()));
        let error = invalid_payload("invalid distance too far back");
        assert_eq!(decompress(&mut decompressor, &HELLO_AGAIN), error);
    }

    #[test]
    fn the_other_side_says_whether_it_keeps_its_window() {
        let of_server = Agreed { server_no_context_takeover: true, ..Agreed::default() };
        let of_client = Agreed { client_no_context_takeover: true, ..Agreed::default() };
        for (us, agreed, keeps) in [
            (Role::Client, &of_server, false),
            (Role::Client, &of_client, true),
            (Role::Server, &of_client, false),
            (Role::Server, &of_server, true),
        ] {
            let mut decompressor = Decompressor::new(us, agreed);
            assert_eq!(decompress(&mut decompressor, &HELLO), Ok(b"Hello".to_vec()));
            assert_eq!(decompress(&mut decompressor, &HELLO_AGAIN).is_ok(), keeps, "{us:?}");
        }
    }

    #[test]
    fn goes_on_after_a_final_block() {
        const FINAL: [u8; 7] = [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00];
        let mut decompressor = decompressor();
        for (payload, expected) in [
            ([&FINAL[..], &FINAL, &HELLO].concat(), &b"HelloHelloHello"[..]),
            (HELLO_AGAIN.to_vec(), b"Hello"),
            ([&HELLO[..], &TAIL, &FINAL, &[0x00]].concat(), b"HelloHello"),
            (HELLO.to_vec(), b"Hello"),
        ] {
            assert_eq!(decompress(&mut decompressor, &payload), Ok(expected.to_vec()));
        }
    }

    #[test]
    fn nothing_need_follow_a_final_block_or_be_in_an_empty_message() {
        let mut decompressor = decompressor();
        for payload in [&[][..], &[0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00], &[], &HELLO] {
            let expected = if payload.is_empty() { &b""[..] } else { b"Hello" };
            assert_eq!(decompress(&mut decompressor, payload), Ok(expected.to_vec()));
        }
    }

    #[test]
    fn refers_back_over_the_whole_window() {
        let mut decompressor = decompressor();
        let payload = noise(1, 1 << 15);
        assert_eq!(decompress(&mut decompressor, &compress(&payload)), Ok(payload.clone()));
        // A fixed block: length 258, distance 32768, end of block; an empty stored block.
        let back = [0x1A, 0xBD, 0xFF, 0x1F, 0x00];
        assert_eq!(decompress(&mut decompressor, &back), Ok(payload[..258].to_vec()));
    }

    // Limits

    #[test]
    fn a_message_may_be_as_long_as_the_limit_and_no_longer() {
        for length in [0, 1, 5, 4095, 4096, 4097, 100_000] {
            for payload in [text(1, length as usize), vec![0; length as usize]] {
                let compressed = compress(&payload);
                let mut buffer = Vec::new();
                let result = decompressor().decompress(&compressed, Some(length), &mut buffer);
                assert!(result.unwrap() == payload);
                if let Some(limit) = length.checked_sub(1) {
                    let result = decompressor().decompress(&compressed, Some(limit), &mut buffer);
                    assert_eq!(result, too_big(limit));
                }
            }
        }
    }

    #[test]
    fn the_limit_holds_in_a_buffer_that_is_longer() {
        let compressed = compress(&[0; 1000]);
        let mut buffer = vec![0; 10_000];
        assert_eq!(decompressor().decompress(&compressed, Some(999), &mut buffer), too_big(999));
        let result = decompressor().decompress(&compressed, Some(1000), &mut buffer);
        assert_eq!(result, Ok(&[0; 1000][..]));
    }

    #[test]
    fn a_bomb_costs_no_more_than_the_limit() {
        // 1 GiB of zeros from 1 MiB.
        let mebibyte = [&compress(&vec![0; 1 << 20])[..], &TAIL].concat();
        let bomb = mebibyte.repeat(1 << 10);
        for limit in [0, 1, 1000, 1 << 20] {
            let mut buffer = Vec::new();
            assert_eq!(decompressor().decompress(&bomb, Some(limit), &mut buffer), too_big(limit));
            assert!(buffer.capacity() <= limit as usize + 1);
        }
    }

    #[test]
    fn more_than_the_address_space_is_no_limit() {
        let mut buffer = Vec::new();
        let result = decompressor().decompress(&HELLO, Some(u64::MAX), &mut buffer);
        assert_eq!(result, Ok(&b"Hello"[..]));
    }

    #[test]
    fn allocates_by_the_length_of_the_result() {
        let mut buffer = Vec::new();
        let payload = vec![0; 1 << 20];
        decompressor().decompress(&compress(&payload), None, &mut buffer).unwrap();
        assert!(buffer.capacity() <= 2 << 20);
    }

    // What is not a compressed message

    #[test]
    fn refuses_garbage() {
        for (payload, reason) in [
            (&[0xFF][..], "invalid block type"),
            (&[0x00, 0x05, 0x00, 0xFA, 0xFE, 0x48], "invalid stored block lengths"),
            (b"{\"not\": \"compressed\"}", "ends too early"),
            (&HELLO_AGAIN, "invalid distance too far back"),
        ] {
            assert_eq!(decompress(&mut decompressor(), payload), invalid_payload(reason));
        }
    }

    #[test]
    fn refuses_a_message_cut_anywhere() {
        // The noise is stored as it is, and the first byte of that is a whole message, an empty
        // one.
        for (payload, first) in [(text(1, 300), 1), (vec![0; 300], 1), (noise(1, 300), 2)] {
            let compressed = compress(&payload);
            for length in first..compressed.len() {
                let result = decompress(&mut decompressor(), &compressed[..length]);
                assert_eq!(result.unwrap_err().code(), 1007, "{length} bytes");
            }
        }
        let error = invalid_payload("ends too early");
        assert_eq!(decompress(&mut decompressor(), &HELLO[..4]), error);
    }

    #[test]
    fn noise_stays_within_the_limit() {
        for seed in 0..2000 {
            let payload = noise(seed, 1 + seed as usize % 50);
            let mut buffer = Vec::new();
            let _ = decompressor().decompress(&payload, Some(10_000), &mut buffer);
            assert!(buffer.len() <= 10_001);
        }
    }

    // Memory

    #[test]
    fn allocates_with_the_first_message_and_keeps_memory_for_the_window_only() {
        for (mut decompressor, keeps) in [(decompressor(), true), (without_takeover(), false)] {
            assert!(decompressor.inflate.is_none());
            decompress(&mut decompressor, &HELLO).unwrap();
            assert_eq!(decompressor.inflate.is_some(), keeps);
        }
    }

    #[test]
    fn the_length_of_the_buffer_does_not_matter() {
        let payload = text(1, 300);
        let compressed = compress(&payload);
        for length in 0..400 {
            let mut buffer = vec![0xAA; length];
            let result = decompressor().decompress(&compressed, None, &mut buffer);
            assert_eq!(result, Ok(&payload[..]));
            assert!(buffer.len() >= length);
        }
    }
}
