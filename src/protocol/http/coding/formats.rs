//! The formats of compressed data behind one interface: what each library makes of bytes, until one
//! stream of its format ends.

use brotli_decompressor::{
    Allocator, BrotliDecompressStream, BrotliResult, BrotliState, SliceWrapper, SliceWrapperMut,
};
use zlib_rs::{Inflate, InflateFlush, Status};
use zstd_safe::{DCtx, DParameter, InBuffer, OutBuffer, zstd_sys::ZSTD_ErrorCode};

/// "Decoders [...] MUST support Window_Size of up to 8 MB" and encoders must not need more of them
/// (RFC 9659 section 3): the binary logarithm.
const MAX_ZSTD_WINDOW: u32 = 23;

/// One stream of a format while it is decompressed: a member of gzip, a frame of Zstandard.
pub(super) enum Format {
    /// gzip, zlib or raw DEFLATE.
    Inflate(Inflate),
    /// RFC 7932, whose windows have at most 16 MiB.
    Brotli(Box<Brotli>),
    /// RFC 8878, and how many bytes it asks for next.
    Zstd(DCtx<'static>, usize),
}

/// What came of some bytes.
#[derive(Debug)]
pub(super) struct Progress {
    /// How many were taken.
    pub(super) taken: usize,
    /// How many were made.
    pub(super) made: usize,
    /// Whether the stream is over, or why it cannot go on.
    pub(super) is_ended: Result<bool, String>,
}

impl Format {
    /// RFC 1952: one member.
    pub(super) fn gzip() -> Self {
        // As zlib-rs has it, 16 stands for the format of gzip.
        Self::Inflate(Inflate::new(true, 16 + 15))
    }

    /// RFC 1950 or, not wrapped, RFC 1951.
    pub(super) fn deflate(is_wrapped: bool) -> Self {
        Self::Inflate(Inflate::new(is_wrapped, 15))
    }

    /// RFC 7932.
    pub(super) fn brotli() -> Self {
        Self::Brotli(Box::new(BrotliState::new_strict(Heap, Heap, Heap)))
    }

    /// RFC 8878: one frame.
    pub(super) fn zstd() -> Self {
        let mut context = DCtx::create();
        let set = context.set_parameter(DParameter::WindowLogMax(MAX_ZSTD_WINDOW));
        debug_assert!(set.is_ok());
        // Enough for the first answer.
        Self::Zstd(context, 1)
    }

    /// Decompresses `input` into `output`, which has room. Where that is left unfilled, the stream
    /// is over or all of the input is taken.
    pub(super) fn run(&mut self, input: &[u8], output: &mut [u8]) -> Progress {
        match self {
            Self::Inflate(inflate) => run_inflate(inflate, input, output),
            Self::Brotli(state) => run_brotli(state, input, output),
            Self::Zstd(context, hint) => run_zstd(context, hint, input, output),
        }
    }
}

fn run_inflate(inflate: &mut Inflate, input: &[u8], output: &mut [u8]) -> Progress {
    let (total_in, total_out) = (inflate.total_in(), inflate.total_out());
    let status = inflate.decompress(input, output, InflateFlush::NoFlush);
    Progress {
        // Neither exceeds the length of its slice.
        taken: (inflate.total_in() - total_in) as usize,
        made: (inflate.total_out() - total_out) as usize,
        is_ended: match status {
            Ok(status) => Ok(status == Status::StreamEnd),
            Err(_) => Err(inflate.error_message().unwrap_or("invalid data").to_owned()),
        },
    }
}

type Brotli = BrotliState<Heap, Heap, Heap>;

fn run_brotli(state: &mut Brotli, input: &[u8], output: &mut [u8]) -> Progress {
    let (mut taken, mut made) = (0, 0);
    let result = BrotliDecompressStream(
        &mut input.len(),
        &mut taken,
        input,
        &mut output.len(),
        &mut made,
        output,
        &mut 0,
        state,
    );
    let is_ended = match result {
        BrotliResult::ResultSuccess => Ok(true),
        BrotliResult::NeedsMoreInput | BrotliResult::NeedsMoreOutput => Ok(false),
        BrotliResult::ResultFailure => {
            // Such as BROTLI_DECODER_ERROR_FORMAT_CONTEXT_MAP_REPEAT.
            let code = format!("{:?}", state.error_code);
            let words = code.trim_start_matches("BROTLI_DECODER_ERROR_");
            let words = words.trim_start_matches("FORMAT_").replace('_', " ");
            Err(format!("invalid data ({})", words.to_ascii_lowercase()))
        }
    };
    Progress { taken, made, is_ended }
}

fn run_zstd(
    context: &mut DCtx<'static>,
    hint: &mut usize,
    input: &[u8],
    output: &mut [u8],
) -> Progress {
    let (mut taken, mut made) = (0_usize, 0);
    let is_ended = loop {
        // Of what is given in one call that fails, nothing is made. So each gets a block at most.
        let end = input.len().min(taken.saturating_add(*hint));
        let mut source = InBuffer::around(&input[taken..end]);
        let mut target = OutBuffer::around(&mut output[made..]);
        let result = context.decompress_stream(&mut target, &mut source);
        let filled = target.pos();
        taken += source.pos;
        made += filled;
        match result {
            Ok(0) => break Ok(true),
            Ok(wanted) => *hint = wanted,
            Err(code) => break Err(zstd_error(code)),
        }
        if made == output.len() || taken == input.len() {
            break Ok(false);
        }
    };
    Progress { taken, made, is_ended }
}

fn zstd_error(code: zstd_safe::ErrorCode) -> String {
    if zstd_safe::is_error_kind(code, ZSTD_ErrorCode::ZSTD_error_frameParameter_windowTooLarge) {
        return "needs a window of more than 8 MiB".to_owned();
    }
    let name = zstd_safe::get_error_name(code);
    let (first, rest) = name.split_at_checked(1).unwrap_or_default();
    first.to_ascii_lowercase() + rest
}

/// Where the library for Brotli gets its memory.
pub(super) struct Heap;

/// Memory of [`Heap`].
pub(super) struct Memory<T>(Box<[T]>);

impl<T: Clone + Default> Allocator<T> for Heap {
    type AllocatedMemory = Memory<T>;

    fn alloc_cell(&mut self, length: usize) -> Memory<T> {
        Memory(vec![T::default(); length].into_boxed_slice())
    }

    fn free_cell(&mut self, _memory: Memory<T>) {}
}

impl<T> Default for Memory<T> {
    fn default() -> Self {
        Self(Box::default())
    }
}

impl<T> SliceWrapper<T> for Memory<T> {
    fn slice(&self) -> &[T] {
        &self.0
    }
}

impl<T> SliceWrapperMut<T> for Memory<T> {
    fn slice_mut(&mut self) -> &mut [T] {
        &mut self.0
    }
}

#[cfg(test)]
mod tests {
    use super::{super::samples::zstd, *};

    #[test]
    fn a_frame_of_zstd_takes_little_more_than_its_window() {
        let mut format = Format::zstd();
        let (frame, mut buffer) = (zstd(&vec![0; 20 << 20]), vec![0; 1 << 16]);
        let mut rest = &frame[..];
        loop {
            let progress = format.run(rest, &mut buffer);
            rest = &rest[progress.taken..];
            if progress.is_ended == Ok(true) {
                break;
            }
        }
        // Of this memory, the test of bombs knows nothing.
        let Format::Zstd(context, _) = format else { unreachable!() };
        assert!(context.sizeof() < 9 << 20, "{}", context.sizeof());
    }
}
