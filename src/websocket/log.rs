//! The lines of `www log` for frames.

use std::mem;

use crate::protocol::websocket::{
    Flags, Opcode, Role,
    frame::{Header, MAX_HEADER},
};

/// How much of a payload is told, in bytes: enough to recognise a message, and to fit on a line.
const MAX_EXCERPT: usize = 40;

/// A frame, such as `text FIN 5 bytes "hello"`. `start` has [`MAX_EXCERPT`] bytes of its payload,
/// or all; `is_text` tells whether the payload is text for sure.
fn frame(opcode: Opcode, flags: Flags, length: u64, start: &[u8], is_text: bool) -> String {
    let rsv = flags.rsv.to_string();
    let rsv = rsv.chars().zip([" RSV1", " RSV2", " RSV3"]);
    let set: String = rsv.filter(|&(bit, _)| bit == '1').map(|(_, name)| name).collect();
    let fin = if flags.fin { " FIN" } else { "" };
    let unit = if length == 1 { "byte" } else { "bytes" };
    let start = &start[..start.len().min(MAX_EXCERPT)];
    let is_cut = length > start.len() as u64;
    let payload = match (opcode, start) {
        (_, []) => String::new(),
        (Opcode::Close, &[high, low, ref reason @ ..]) => {
            let code = u16::from_be_bytes([high, low]);
            if reason.is_empty() {
                format!(" {code}")
            } else {
                format!(" {code} {}", quoted(reason, is_cut))
            }
        }
        _ if is_text || start.iter().all(|byte| matches!(byte, b' '..=b'~')) => {
            format!(" {}", quoted(start, is_cut))
        }
        _ => format!(" {}", start.iter().map(|byte| format!("{byte:02x}")).collect::<String>()),
    };
    let more = if is_cut { "..." } else { "" };
    format!("{opcode}{fin}{set} {length} {unit}{payload}{more}")
}

/// Text between quotes, with its control characters escaped. Where it was cut, perhaps in the
/// middle of a character, only what is whole.
fn quoted(text: &[u8], is_cut: bool) -> String {
    let text = String::from_utf8_lossy(text);
    let whole = if is_cut { text.trim_end_matches(char::REPLACEMENT_CHARACTER) } else { &text };
    format!("{whole:?}")
}

/// A frame that was sent with this header, as one of a message of type `message`.
pub(crate) fn sent_frame(message: Opcode, header: &Header, payload: &[u8]) -> String {
    let Header { fin, rsv, opcode, length, .. } = *header;
    let is_text = message == Opcode::Text && rsv.is_none();
    frame(opcode, Flags { fin, rsv }, length, payload, is_text)
}

/// Follows the bytes that a server sends, from the beginning of a frame on, beside the receiver,
/// which knows only messages.
#[derive(Default)]
pub(crate) struct FrameLog {
    /// For which log it does: see [`Log::frames`](crate::context::Log::frames).
    number: u64,
    /// The first bytes of a header that is not whole yet.
    header: Vec<u8>,
    /// The frame whose payload is arriving, or is due.
    frame: Option<PendingFrame>,
    /// Whether the message under way is text for sure.
    is_text: bool,
    /// Whether something came that is no frame.
    out_of_sync: bool,
    lines: Vec<String>,
}

struct PendingFrame {
    header: Header,
    missing: u64,
    start: Vec<u8>,
    reported: bool,
}

impl FrameLog {
    /// One for the log of this number.
    pub(crate) fn new(number: u64) -> Self {
        Self { number, ..Self::default() }
    }

    /// Whether it is for the log of this number.
    pub(crate) fn is_for(&self, number: u64) -> bool {
        self.number == number
    }

    /// Takes the next bytes.
    pub(crate) fn receive(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() && !self.out_of_sync {
            match self.frame.take() {
                Some(mut frame) => {
                    bytes = frame.take(bytes);
                    self.report(frame, false);
                }
                None => bytes = self.take_header(bytes),
            }
        }
    }

    /// Nothing more comes: what there is of a frame is all there will be.
    pub(crate) fn end(&mut self) {
        if let Some(frame) = self.frame.take() {
            self.report(frame, true);
        }
        self.out_of_sync = true;
    }

    /// What there is to tell.
    pub(crate) fn take_lines(&mut self) -> Vec<String> {
        mem::take(&mut self.lines)
    }

    fn take_header<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let kept = self.header.len();
        let added = bytes.len().min(MAX_HEADER - kept);
        self.header.extend_from_slice(&bytes[..added]);
        match Header::decode(&self.header, Role::Client) {
            Ok(Some((header, length))) => {
                self.header.clear();
                let start = Vec::new();
                self.report(
                    PendingFrame { header, missing: header.length, start, reported: false },
                    false,
                );
                // The kept bytes alone were no header, so it ends in these.
                &bytes[length - kept..]
            }
            Ok(None) => &bytes[added..],
            Err(_) => {
                self.out_of_sync = true;
                bytes
            }
        }
    }

    /// Tells of a frame as soon as enough of it is there, and keeps it until its end.
    fn report(&mut self, mut frame: PendingFrame, is_end: bool) {
        let Header { fin, rsv, opcode, length, .. } = frame.header;
        let is_enough = frame.missing == 0 || frame.start.len() == MAX_EXCERPT || is_end;
        if is_enough && !frame.reported {
            frame.reported = true;
            if matches!(opcode, Opcode::Text | Opcode::Binary) {
                self.is_text = opcode == Opcode::Text && rsv.is_none();
            }
            let is_text = self.is_text && !opcode.is_control();
            let flags = Flags { fin, rsv };
            self.lines.push(self::frame(opcode, flags, length, &frame.start, is_text));
        }
        if frame.missing > 0 {
            self.frame = Some(frame);
        }
    }
}

impl PendingFrame {
    /// Takes payload off the front of `bytes`; what is left belongs to the next frame.
    fn take<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let length = usize::try_from(self.missing).unwrap_or(usize::MAX).min(bytes.len());
        let (payload, rest) = bytes.split_at(length);
        let told = payload.len().min(MAX_EXCERPT - self.start.len());
        self.start.extend_from_slice(&payload[..told]);
        self.missing -= length as u64;
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watch(bytes: &[u8]) -> Vec<String> {
        let mut watcher = FrameLog::default();
        watcher.receive(bytes);
        watcher.take_lines()
    }

    fn sent_as(message: Opcode, opcode: Opcode, flags: Flags, payload: &[u8]) -> String {
        let Flags { fin, rsv } = flags;
        let header = Header { fin, rsv, opcode, mask: None, length: payload.len() as u64 };
        sent_frame(message, &header, payload)
    }

    fn sent(message: Opcode, flags: &str, payload: &[u8]) -> String {
        sent_as(message, message, Flags::parse(flags).unwrap(), payload)
    }

    #[test]
    fn frames_are_told_whole() {
        assert_eq!(watch(b"\x81\x05hello"), [r#"text FIN 5 bytes "hello""#]);
        assert_eq!(watch(b"\x82\x01\xff"), ["binary FIN 1 byte ff"]);
        assert_eq!(watch(b"\x89\x00"), ["ping FIN 0 bytes"]);
        assert_eq!(watch(b"\x8a\x02ok"), [r#"pong FIN 2 bytes "ok""#]);
        assert_eq!(watch(b"\x88\x02\x03\xe8"), ["close FIN 2 bytes 1000"]);
        assert_eq!(watch(b"\x88\x05\x03\xe9bye"), [r#"close FIN 5 bytes 1001 "bye""#]);
    }

    #[test]
    fn every_chunking_tells_the_same() {
        let bytes = b"\x01\x03a\xc3\xa4\x89\x01!\x00\x00\x80\x01z\xc2\x7e\x00\x80\
            \xcb\x00cdefghijklmnopqrstuvwxyzcdefghijklmnopqrstuvwxyz\
            cdefghijklmnopqrstuvwxyzcdefghijklmnopqrstuvwxyzcdefghijklmnopqrstuvwxyz123456\x88\x00";
        let whole = watch(bytes);
        assert_eq!(
            whole,
            [
                r#"text 3 bytes "aä""#,
                r#"ping FIN 1 byte "!""#,
                "continuation 0 bytes",
                r#"continuation FIN 1 byte "z""#,
                "binary FIN RSV1 128 bytes cb00636465666768696a6b6c6d6e6f707172737475767778\
                 797a636465666768696a6b6c6d6e6f70...",
                "close FIN 0 bytes",
            ]
        );
        for size in 1..bytes.len() {
            let mut watcher = FrameLog::default();
            bytes.chunks(size).for_each(|chunk| watcher.receive(chunk));
            assert_eq!(watcher.take_lines(), whole, "in chunks of {size}");
        }
    }

    #[test]
    fn a_long_frame_is_told_before_its_end() {
        let mut watcher = FrameLog::default();
        watcher.receive(b"\x81\x7e\x01\x00");
        assert_eq!(watcher.take_lines(), [""; 0]);
        watcher.receive(&[b'x'; 100]);
        let line = format!("text FIN 256 bytes \"{}\"...", "x".repeat(40));
        assert_eq!(watcher.take_lines(), [line]);
        watcher.receive(&[b'x'; 156]);
        watcher.receive(b"\x89\x00");
        assert_eq!(watcher.take_lines(), ["ping FIN 0 bytes"]);
    }

    #[test]
    fn what_is_no_frame_ends_it() {
        assert_eq!(watch(b"\x89\x00\x83\x00\x89\x00"), ["ping FIN 0 bytes"]);
    }

    #[test]
    fn at_the_end_what_is_there_is_told() {
        let mut watcher = FrameLog::default();
        watcher.receive(b"\x82\x7e\xff\xffabc");
        watcher.end();
        assert_eq!(watcher.take_lines(), [r#"binary FIN 65535 bytes "abc"..."#]);
        watcher.receive(b"\x89\x00");
        assert_eq!(watcher.take_lines(), [""; 0]);
    }

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(
            sent(Opcode::Text, "1", b"a\nb\0\x1b\"\\"),
            r#"text FIN 7 bytes "a\nb\0\u{1b}\"\\""#
        );
        assert_eq!(sent(Opcode::Ping, "1", b"a\n"), "ping FIN 2 bytes 610a");
    }

    #[test]
    fn text_is_cut_between_characters() {
        let text = format!("a{}", "ä".repeat(30));
        let line = format!("text FIN 61 bytes \"a{}\"...", "ä".repeat(19));
        assert_eq!(sent(Opcode::Text, "1", text.as_bytes()), line);
    }

    #[test]
    fn compressed_text_is_no_text() {
        assert_eq!(sent(Opcode::Text, "11", b"\xca\x00"), "text FIN RSV1 2 bytes ca00");
    }

    #[test]
    fn later_fragments_are_continuations() {
        let line = sent_as(Opcode::Text, Opcode::Continuation, Flags::FIN, "ä".as_bytes());
        assert_eq!(line, r#"continuation FIN 2 bytes "ä""#);
    }

    #[test]
    fn a_short_close_payload_is_told_as_it_is() {
        assert_eq!(watch(b"\x88\x01\x03"), ["close FIN 1 byte 03"]);
    }
}
