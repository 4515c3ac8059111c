//! The messages of a script, compressed by either side: whatever they are, and with any parameters,
//! they are decompressed the same, and the other side needs no larger window than was agreed.
//!
//! The first byte chooses the side, its window and whether that is kept, the second level and
//! threshold. Each line of the rest is a message; bars cut it into fragments.

use miniz_oxide::inflate::{
    TINFLStatus,
    core::{DecompressorOxide, decompress, inflate_flags},
};
use www_websocket::protocol::websocket::{
    Role,
    deflate::{Agreed, Compressor, Decompressor, Level, WindowBits},
};

/// What a sender removes at the end (RFC 7692 section 7.2.1).
const TAIL: [u8; 4] = [0x00, 0x00, 0xFF, 0xFF];

/// Parses `data` as settings and messages.
pub fn check(data: &[u8]) {
    let [window, level, messages @ ..] = data else { return };
    let window_bits = WindowBits::parse(&(8 + window % 8).to_string()).unwrap();
    let no_context_takeover = window & 8 != 0;
    let us = if window & 0x40 == 0 { Role::Client } else { Role::Server };
    // What the other side agreed to has no part in it.
    let agreed = match us {
        Role::Client => Agreed {
            client_no_context_takeover: no_context_takeover,
            client_max_window_bits: window_bits,
            server_no_context_takeover: !no_context_takeover,
            ..Agreed::default()
        },
        Role::Server => Agreed {
            server_no_context_takeover: no_context_takeover,
            server_max_window_bits: window_bits,
            client_no_context_takeover: !no_context_takeover,
            ..Agreed::default()
        },
    };
    let (level, threshold) = (Level::new(1 + level % 9).unwrap(), usize::from(level / 9));
    let mut compressor = Compressor::new(us, &agreed, level, threshold);
    let mut decompressor = Decompressor::new(us.peer(), &agreed);
    let mut reference = Reference::new(window_bits);

    let mut buffer = Vec::new();
    for message in messages.split(|&byte| byte == b'\n') {
        let fragments: Vec<&[u8]> = message.split(|&byte| byte == b'|').collect();
        let Some(compressed) = compress(&mut compressor, &fragments, threshold) else { continue };
        let message = fragments.concat();
        let size = Some(message.len() as u64);
        assert_eq!(decompressor.decompress(&compressed, size, &mut buffer), Ok(&message[..]));
        assert_eq!(reference.decompress(&compressed), message);
        if no_context_takeover {
            reference = Reference::new(window_bits);
        }
    }
}

/// The compressed message; `None` where it is sent as it is.
fn compress(compressor: &mut Compressor, fragments: &[&[u8]], threshold: usize) -> Option<Vec<u8>> {
    let mut buffer = Vec::new();
    if let [message] = fragments {
        let compressed = compressor.compress(message, &mut buffer)?;
        assert!(!message.is_empty() && message.len() >= threshold);
        return Some(compressed.to_vec());
    }
    let mut compressed = Vec::new();
    for (index, fragment) in fragments.iter().enumerate() {
        let fin = index + 1 == fragments.len();
        compressed.extend(compressor.compress_fragment(fragment, fin, &mut buffer));
    }
    Some(compressed)
}

/// The other side: another implementation, with a window of the size that was agreed and no more.
struct Reference {
    stream: DecompressorOxide,
    /// Written in a circle.
    window: Vec<u8>,
    position: usize,
}

impl Reference {
    fn new(window_bits: WindowBits) -> Self {
        let window = vec![0; 1 << window_bits.bits()];
        Self { stream: DecompressorOxide::new(), window, position: 0 }
    }

    fn decompress(&mut self, compressed: &[u8]) -> Vec<u8> {
        let data = [compressed, &TAIL].concat();
        let (mut rest, mut message) = (&data[..], Vec::new());
        loop {
            let Self { stream, window, position } = self;
            let flags = inflate_flags::TINFL_FLAG_HAS_MORE_INPUT;
            let (status, taken, made) = decompress(stream, rest, window, *position, flags);
            rest = &rest[taken..];
            message.extend(&window[*position..*position + made]);
            *position = (*position + made) % window.len();
            match status {
                TINFLStatus::HasMoreOutput => {}
                TINFLStatus::NeedsMoreInput => return message,
                _ => panic!("{status:?} with a window of {} bytes", window.len()),
            }
        }
    }
}
