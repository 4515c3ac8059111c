//! The server's side of permessage-deflate: windows of 15 bits, context takeover both ways.

use std::{fs, io, path::Path};

use zlib_rs::{Deflate as Compressor, DeflateFlush, Inflate as Decompressor, InflateFlush};

/// What ends a flushed block, and is left away on the wire (RFC 7692 section 7.2.1).
const TAIL: [u8; 4] = [0x00, 0x00, 0xFF, 0xFF];

/// The fastest level: the clients' work is what is measured.
const LEVEL: i32 = 1;

const WINDOW_BITS: u8 = 15;

/// Both directions of a connection.
pub(crate) struct Deflate {
    compressor: Compressor,
    decompressor: Decompressor,
    message: Vec<u8>,
    compressed: Vec<u8>,
}

impl Deflate {
    pub(crate) fn new() -> Self {
        Self {
            compressor: Compressor::new(LEVEL, false, WINDOW_BITS),
            decompressor: Decompressor::new(false, WINDOW_BITS),
            message: Vec::new(),
            compressed: Vec::new(),
        }
    }

    /// Decompresses a message and compresses it anew.
    pub(crate) fn recompress(&mut self, payload: &[u8]) -> io::Result<&[u8]> {
        let Self { compressor, decompressor, message, compressed } = self;
        let input = [payload, &TAIL].concat();
        run(&input, message, |input, output| {
            let (taken, made) = (decompressor.total_in(), decompressor.total_out());
            decompressor
                .decompress(input, output, InflateFlush::SyncFlush)
                .map_err(|error| io::Error::other(format!("{error:?}")))?;
            Ok((decompressor.total_in() - taken, decompressor.total_out() - made))
        })?;
        compress(compressor, message, compressed)
    }
}

/// Texts that were compressed before anyone asked for them, for a connection of their own. They are
/// sent again and again, in turn.
pub(crate) struct Prepared {
    payloads: Vec<Vec<u8>>,
    next: usize,
}

impl Prepared {
    /// Compresses the lines of a file, in the order in which the clients send them: from the last
    /// to the first, which they begin with.
    ///
    /// All together they are more than the window. So each is compressed in the same way whenever
    /// its turn comes, but for the first time, when less has come before it.
    pub(crate) fn read(file: &Path) -> io::Result<Self> {
        let content = fs::read_to_string(file)?;
        let mut texts: Vec<&str> = content.lines().collect();
        texts[1..].reverse();
        let mut compressor = Compressor::new(LEVEL, false, WINDOW_BITS);
        let mut compressed = Vec::new();
        let twice = texts.iter().chain(&texts);
        let payloads = twice
            .map(|text| Ok(compress(&mut compressor, text.as_bytes(), &mut compressed)?.to_vec()))
            .collect::<io::Result<_>>()?;
        Ok(Self { payloads, next: 0 })
    }

    /// The text whose turn it is.
    pub(crate) fn take(&mut self) -> &[u8] {
        let current = self.next;
        self.next += 1;
        if self.next == self.payloads.len() {
            self.next /= 2;
        }
        &self.payloads[current]
    }
}

/// Compresses a message, with what the compressor had before as its context.
fn compress<'a>(
    compressor: &mut Compressor,
    message: &[u8],
    compressed: &'a mut Vec<u8>,
) -> io::Result<&'a [u8]> {
    run(message, compressed, |input, output| {
        let (taken, made) = (compressor.total_in(), compressor.total_out());
        compressor
            .compress(input, output, DeflateFlush::SyncFlush)
            .map_err(|error| io::Error::other(format!("{error:?}")))?;
        Ok((compressor.total_in() - taken, compressor.total_out() - made))
    })?;
    Ok(compressed.strip_suffix(&TAIL).unwrap_or(compressed))
}

/// Has `step` turn the whole input into output. A step takes from its input, writes to its output,
/// and returns how many bytes it took and wrote.
fn run(
    mut input: &[u8],
    output: &mut Vec<u8>,
    mut step: impl FnMut(&[u8], &mut [u8]) -> io::Result<(u64, u64)>,
) -> io::Result<()> {
    let mut length = 0;
    output.resize(output.capacity().max(4096), 0);
    loop {
        let (taken, made) = step(input, &mut output[length..])?;
        input = &input[taken as usize..];
        length += made as usize;
        // All that could be made of the input was written if there is room left.
        if length < output.len() {
            output.truncate(length);
            return Ok(());
        }
        output.resize(2 * length, 0);
    }
}
