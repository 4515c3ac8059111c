//! One coding of a body, undone in pieces: where the streams of its format begin and end.

use super::{error::CodingError, formats::Format};

/// A coding that can be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Coding {
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

/// One coding of one body.
pub(in super::super) struct Layer {
    coding: Coding,
    state: State,
    has_more: bool,
}

enum State {
    /// No byte came.
    Start,
    Inside(Format),
    /// Behind a stream. Another one may begin with these bytes.
    Between(Vec<u8>),
    /// Behind the last stream.
    Behind,
    Failed(CodingError),
}

impl Coding {
    /// The coding of this name, in any case.
    pub(super) fn find(name: &str) -> Option<Self> {
        Some(match &name.to_ascii_lowercase()[..] {
            // "A recipient SHOULD consider "x-gzip" to be equivalent to "gzip"." (RFC 9110 section
            // 8.4.1.3)
            "gzip" | "x-gzip" => Self::Gzip,
            "deflate" => Self::Deflate,
            "br" => Self::Brotli,
            "zstd" => Self::Zstd,
            _ => return None,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Deflate => "deflate",
            Self::Brotli => "br",
            Self::Zstd => "zstd",
        }
    }

    /// The format of a stream with this first byte.
    fn format(self, first: u8) -> Format {
        match self {
            Self::Gzip => Format::gzip(),
            // "Some non-conformant implementations send the "deflate" compressed data without the
            // zlib wrapper." (RFC 9110 section 8.4.1.2) In its first byte, the lower half is 8 and
            // the upper one at most 7 (RFC 1950 section 2.2). As DEFLATE, that is a stored block
            // with something in its padding, which nobody writes.
            Self::Deflate => Format::deflate(first & 0x8F == 0x08),
            Self::Brotli => Format::brotli(),
            Self::Zstd => Format::zstd(),
        }
    }

    /// Whether another stream begins with these bytes. "A gzip file consists of a series of
    /// "members"." (RFC 1952 section 2.2) "Zstandard compressed data is made up of one or more
    /// frames." (RFC 8878 section 3)
    fn begins(self, bytes: &[u8]) -> Begins {
        match (self, bytes) {
            (Self::Gzip, [0x1F, rest @ ..]) => Begins::with(&[0x8B], rest),
            (Self::Zstd, [0x28, rest @ ..]) => Begins::with(&[0xB5, 0x2F, 0xFD], rest),
            // A frame to be skipped.
            (Self::Zstd, [0x50..=0x5F, rest @ ..]) => Begins::with(&[0x2A, 0x4D, 0x18], rest),
            _ => Begins::Never,
        }
    }
}

/// Whether bytes begin a stream.
enum Begins {
    Surely,
    Perhaps,
    Never,
}

impl Begins {
    fn with(magic: &[u8], bytes: &[u8]) -> Self {
        match magic.strip_prefix(bytes) {
            Some([]) => Self::Surely,
            Some(_) => Self::Perhaps,
            None => Self::Never,
        }
    }
}

impl Layer {
    /// Undoes this coding.
    pub(in super::super) fn new(coding: Coding) -> Self {
        Self { coding, state: State::Start, has_more: false }
    }

    /// Takes bytes off the front of `input`, and makes others of them, in `output`. Returns how
    /// many bytes that begins with. Where it is full, there may be more to come, also when the
    /// input is empty. Otherwise the input is used up and all was made of it, but for what is
    /// invalid: the next call returns that error.
    ///
    /// What lies behind the last stream is dropped, as browsers do: some servers add padding.
    pub(in super::super) fn decode(
        &mut self,
        input: &mut &[u8],
        output: &mut [u8],
    ) -> Result<usize, CodingError> {
        let mut made = 0;
        while made < output.len() && (self.has_more || !input.is_empty()) {
            match &mut self.state {
                State::Start => self.state = State::Inside(self.coding.format(input[0])),
                State::Inside(format) => {
                    let progress = format.run(input, &mut output[made..]);
                    let is_stuck = !input.is_empty() && progress.taken == 0 && progress.made == 0;
                    *input = &input[progress.taken..];
                    made += progress.made;
                    self.has_more = made == output.len();
                    match progress.is_ended {
                        Ok(false) if is_stuck => self.fail("stands still".to_owned()),
                        Ok(false) => {}
                        Ok(true) => {
                            self.state = State::Between(Vec::new());
                            self.has_more = false;
                        }
                        Err(reason) => self.fail(reason),
                    }
                }
                State::Between(bytes) => {
                    bytes.push(input[0]);
                    *input = &input[1..];
                    match self.coding.begins(bytes) {
                        Begins::Perhaps => {}
                        Begins::Never => self.state = State::Behind,
                        Begins::Surely => {
                            let mut format = self.coding.format(bytes[0]);
                            let progress = format.run(bytes, &mut [0]);
                            debug_assert_eq!((progress.taken, progress.made), (bytes.len(), 0));
                            self.state = State::Inside(format);
                        }
                    }
                }
                State::Behind => *input = &[],
                State::Failed(error) if made == 0 => return Err(error.clone()),
                State::Failed(_) => break,
            }
        }
        Ok(made)
    }

    /// Whether there may be more to come without input: what there was no room for, or an error.
    pub(super) fn has_more(&self) -> bool {
        self.has_more
    }

    /// Ends the body, all of which was decoded. An error where it ends too early. One without a
    /// byte was not coded.
    pub(in super::super) fn finish(&self) -> Result<(), CodingError> {
        match &self.state {
            State::Start | State::Behind => Ok(()),
            State::Between(bytes) if bytes.is_empty() => Ok(()),
            State::Inside(_) | State::Between(_) => Err(CodingError::cut(self.coding.name())),
            State::Failed(error) => Err(error.clone()),
        }
    }

    fn fail(&mut self, reason: String) {
        self.state = State::Failed(CodingError::new(self.coding.name(), reason));
        self.has_more = true;
    }
}
