//! A message that either side sends as compressed: whatever the bytes are, they are decompressed as
//! by another implementation, and never exceed the limit.

use miniz_oxide::inflate::{
    TINFLStatus,
    core::{DecompressorOxide, decompress, inflate_flags},
};
use www_websocket::protocol::websocket::{
    Role, Violation,
    deflate::{Agreed, Decompressor},
};

use super::within;

/// How long a result may be: enough to fill a window twice, and not so long that it takes time.
/// Bytes.
const MAX_SIZE: u64 = 64 * 1024;

/// A message of RFC 7692 section 7.2.3.1.
const HELLO: [u8; 7] = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00];

/// What a sender removes at the end (RFC 7692 section 7.2.1).
const TAIL: [u8; 4] = [0x00, 0x00, 0xFF, 0xFF];

/// Decompresses `data` as the payload of a message with RSV1.
pub fn check(data: &[u8]) {
    let result = decompress_within(data, MAX_SIZE);
    if let Ok(message) = &result {
        let size = message.len() as u64;
        assert!(size <= MAX_SIZE);
        assert_eq!(*message, reference(data, message.len()));
        assert_eq!(decompress_within(data, size).as_ref(), Ok(message));
        if size > 0 {
            assert_eq!(decompress_within(data, size - 1).unwrap_err().code(), 1009);
        }
    }
    for max_size in [0, 1, 1000] {
        match decompress_within(data, max_size) {
            Ok(message) => assert_eq!(result.as_ref(), Ok(&message)),
            // Errors after that are not seen.
            Err(violation) if violation.code() == 1009 => {
                assert!(result.as_ref().map_or(true, |message| message.len() as u64 > max_size));
            }
            // The text may differ, as zlib-rs's depends on the space in the buffer.
            Err(violation) => assert_eq!(result.as_ref().unwrap_err().code(), violation.code()),
        }
    }
    for (size, space) in [(1, 1), (7, 100), (data.len().max(1), 1000)] {
        let parts = decompress_parts(data, size, space);
        match (&result, parts) {
            (Ok(message), parts) => assert_eq!(parts.as_ref(), Ok(message)),
            (Err(violation), Err(other)) => assert_eq!(violation.code(), other.code()),
            (Err(violation), Ok(_)) => panic!("{violation}"),
        }
    }
    check_memory(data, result.as_ref().map_or(MAX_SIZE as usize, Vec::len));
    check_no_takeover(data, &result);
}

fn decompress_within(data: &[u8], max_size: u64) -> Result<Vec<u8>, Violation> {
    let mut buffer = Vec::new();
    let result = Decompressor::new(Role::Client, &Agreed::default())
        .decompress(data, Some(max_size), &mut buffer)
        .map(<[u8]>::to_vec);
    assert!(buffer.len() as u64 <= max_size + 1);
    if let Err(violation) = &result {
        assert!(matches!(violation.code(), 1007 | 1009), "{violation}");
    }
    result
}

/// The same from chunks of `size` bytes in pieces of `space` bytes. What exceeds the limit is an
/// error as above.
fn decompress_parts(data: &[u8], size: usize, space: usize) -> Result<Vec<u8>, Violation> {
    let mut decompressor = Decompressor::new(Role::Client, &Agreed::default());
    let (mut message, mut buffer) = (Vec::new(), vec![0; space]);
    for mut chunk in data.chunks(size) {
        loop {
            let made = decompressor.decompress_part(&mut chunk, &mut buffer)?;
            message.extend_from_slice(&buffer[..made]);
            if message.len() as u64 > MAX_SIZE {
                return Err(Violation::message_too_big("fuzzed"));
            }
            if made < space {
                break;
            }
        }
        assert!(chunk.is_empty());
    }
    decompressor.finish().map(|()| message)
}

/// Memory is in proportion to the result, with little more than a window of 32 KiB.
fn check_memory(data: &[u8], size: usize) {
    within(3 * size + 96 * 1024, || {
        let mut decompressor = Decompressor::new(Role::Client, &Agreed::default());
        let _ = decompressor.decompress(data, Some(MAX_SIZE), &mut Vec::new());
    });
}

/// Without context takeover, a message does not depend on those before it.
fn check_no_takeover(data: &[u8], alone: &Result<Vec<u8>, Violation>) {
    let of_server = Agreed { server_no_context_takeover: true, ..Agreed::default() };
    let of_client = Agreed { client_no_context_takeover: true, ..Agreed::default() };
    for (us, agreed) in [(Role::Client, of_server), (Role::Server, of_client)] {
        let mut decompressor = Decompressor::new(us, &agreed);
        let mut buffer = Vec::new();
        assert_eq!(decompressor.decompress(&HELLO, None, &mut buffer), Ok(&b"Hello"[..]));
        let again = decompressor.decompress(data, Some(MAX_SIZE), &mut buffer);
        match alone {
            Ok(message) => assert_eq!(again, Ok(&message[..])),
            Err(violation) => assert_eq!(again.unwrap_err().code(), violation.code()),
        }
    }
}

/// The result of miniz, up to `size` bytes and one more: one stream after the other, each of which
/// begins with an empty window.
fn reference(data: &[u8], size: usize) -> Vec<u8> {
    let flags = inflate_flags::TINFL_FLAG_HAS_MORE_INPUT
        | inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let data = [data, &TAIL].concat();
    let (mut rest, mut output, mut length) = (&data[..], vec![0; size + 1], 0);
    while rest.len() > TAIL.len() {
        let mut stream = DecompressorOxide::new();
        let (status, taken, made) = decompress(&mut stream, rest, &mut output[length..], 0, flags);
        rest = &rest[taken..];
        length += made;
        if status != TINFLStatus::Done {
            break;
        }
    }
    output.truncate(length);
    output
}
