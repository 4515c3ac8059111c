//! Frames of WebSockets: those that clients send, and a reader of those that a server sends.

use crate::Result;

const TEXT: u8 = 1;
const BINARY: u8 = 2;
const CLOSE: u8 = 8;
const FIN: u8 = 0x80;
const MASKED: u8 = 0x80;

/// The same key for all, which costs the server as much as any.
const KEY: [u8; 4] = [0x1f, 0x8c, 0x53, 0xe6];

/// A frame that a client sends, masked.
pub(crate) struct Frame(Vec<u8>);

impl Frame {
    /// A message of so many bytes: blanks in angle brackets.
    pub(crate) fn message(size: usize, is_text: bool) -> Self {
        let mut payload = vec![b' '; size];
        if let [first, .., last] = &mut payload[..] {
            (*first, *last) = (b'<', b'>');
        }
        Self::new(if is_text { TEXT } else { BINARY }, &payload)
    }

    /// A close message with the code 1000.
    pub(crate) fn close() -> Self {
        Self::new(CLOSE, &1000_u16.to_be_bytes())
    }

    fn new(opcode: u8, payload: &[u8]) -> Self {
        let mut frame = vec![FIN | opcode];
        match payload.len() {
            length @ 0..126 => frame.push(MASKED | length as u8),
            length @ 126..0x1_0000 => {
                frame.push(MASKED | 126);
                frame.extend((length as u16).to_be_bytes());
            }
            length => {
                frame.push(MASKED | 127);
                frame.extend((length as u64).to_be_bytes());
            }
        }
        frame.extend(KEY);
        frame.extend(payload.iter().zip(KEY.iter().cycle()).map(|(byte, key)| byte ^ key));
        Self(frame)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// What a frame was.
pub(crate) enum Read {
    /// A message of so many bytes.
    Message(usize),
    Close,
}

/// Reads the frames of one connection, in whatever pieces they come.
#[derive(Default)]
pub(crate) struct FrameReader {
    /// What has come of the head of a frame.
    head: [u8; 10],
    filled: u8,
    /// Of the payload, when the head is complete.
    length: usize,
    missing: usize,
}

impl FrameReader {
    /// Reads on. Returns what a frame was that is complete now; the bytes are what is left then.
    pub(crate) fn read(&mut self, bytes: &mut &[u8]) -> Result<Option<Read>> {
        while self.missing == 0 {
            let Some((&byte, rest)) = bytes.split_first() else { return Ok(None) };
            *bytes = rest;
            self.head[usize::from(self.filled)] = byte;
            self.filled += 1;
            if self.take_head()? {
                if self.length == 0 {
                    return self.complete(0).map(Some);
                }
                self.missing = self.length;
            }
        }
        let taken = self.missing.min(bytes.len());
        if taken == 0 {
            return Ok(None);
        }
        let last = bytes[taken - 1];
        *bytes = &bytes[taken..];
        self.missing -= taken;
        if self.missing > 0 { Ok(None) } else { self.complete(last).map(Some) }
    }

    /// Whether the head is complete; then the length is known.
    fn take_head(&mut self) -> Result<bool> {
        let head = &self.head[..self.filled.into()];
        self.length = match *head {
            [_, length, ..] if length & MASKED != 0 => return Err("a masked frame".into()),
            [_, length @ 0..126] => length.into(),
            [_, 126, a, b] => u16::from_be_bytes([a, b]).into(),
            [_, 127, a, b, c, d, e, f, g, h] => {
                u64::from_be_bytes([a, b, c, d, e, f, g, h]).try_into()?
            }
            _ => return Ok(false),
        };
        Ok(true)
    }

    /// What the frame was, whose last byte is given.
    fn complete(&mut self, last: u8) -> Result<Read> {
        self.filled = 0;
        let first = self.head[0];
        if first == FIN | CLOSE {
            Ok(Read::Close)
        } else if (first == FIN | TEXT || first == FIN | BINARY) && last == b'>' {
            Ok(Read::Message(self.length))
        } else {
            Err(format!("another frame, which begins with {first:#x}").into())
        }
    }
}
