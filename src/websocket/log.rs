//! The lines of `www log` for frames.

use std::mem;

use crate::protocol::websocket::{Flags, FrameObserver, Header, Opcode};

/// How much of a payload is shown, in bytes: enough to recognise a message, and to fit on a line.
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

/// The lines for the frames that a receiver takes, for one log.
#[derive(Default)]
pub(crate) struct FrameLog {
    /// Which log it is for: see [`Log::frames`](crate::context::Log::frames).
    number: u64,
    /// The frame whose payload is arriving.
    frame: Option<PendingFrame>,
    /// Whether the message in progress is text for sure.
    is_text: bool,
    lines: Vec<String>,
}

struct PendingFrame {
    header: Header,
    missing: u64,
    /// The first bytes of the payload, at most [`MAX_EXCERPT`].
    start: Vec<u8>,
    is_reported: bool,
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

    /// Nothing more comes: what there is of a frame is all there will be.
    pub(crate) fn end(&mut self) {
        if let Some(mut frame) = self.frame.take() {
            self.report(&mut frame);
        }
    }

    /// Takes out the lines that there are.
    pub(crate) fn take_lines(&mut self) -> Vec<String> {
        mem::take(&mut self.lines)
    }

    /// Reports a frame, unless that was done.
    fn report(&mut self, frame: &mut PendingFrame) {
        if mem::replace(&mut frame.is_reported, true) {
            return;
        }
        let Header { fin, rsv, opcode, length, .. } = frame.header;
        if matches!(opcode, Opcode::Text | Opcode::Binary) {
            self.is_text = opcode == Opcode::Text && rsv.is_none();
        }
        let is_text = self.is_text && !opcode.is_control();
        self.lines.push(self::frame(opcode, Flags { fin, rsv }, length, &frame.start, is_text));
    }
}

/// A frame is reported as soon as enough of it is there.
impl FrameObserver for FrameLog {
    fn header(&mut self, header: &Header) {
        let missing = header.length;
        let frame = PendingFrame { header: *header, missing, start: vec![], is_reported: false };
        self.frame = Some(frame);
        self.payload(&[]);
    }

    fn payload(&mut self, bytes: &[u8]) {
        let Some(mut frame) = self.frame.take() else { return };
        let excerpt = bytes.len().min(MAX_EXCERPT - frame.start.len());
        frame.start.extend_from_slice(&bytes[..excerpt]);
        frame.missing = frame.missing.saturating_sub(bytes.len() as u64);
        if frame.missing == 0 || frame.start.len() == MAX_EXCERPT {
            self.report(&mut frame);
        }
        if frame.missing > 0 {
            self.frame = Some(frame);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::websocket::{Negotiated, Receiver, Role};

    /// A receiver, and the log of what it takes.
    struct Logged {
        receiver: Receiver,
        log: FrameLog,
    }

    impl Logged {
        fn new() -> Self {
            let mut receiver = Receiver::new(Role::Client, None);
            receiver.set_negotiated(Negotiated::Others);
            Self { receiver, log: FrameLog::default() }
        }

        fn receive(&mut self, mut bytes: &[u8]) {
            while let Ok(Some(_)) = self.receiver.receive_observed(&mut bytes, &mut self.log) {}
        }
    }

    fn lines(bytes: &[u8]) -> Vec<String> {
        let mut logged = Logged::new();
        logged.receive(bytes);
        logged.log.take_lines()
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
    fn frames_are_reported_whole() {
        assert_eq!(lines(b"\x81\x05hello"), [r#"text FIN 5 bytes "hello""#]);
        assert_eq!(lines(b"\x82\x01\xff"), ["binary FIN 1 byte ff"]);
        assert_eq!(lines(b"\x89\x00"), ["ping FIN 0 bytes"]);
        assert_eq!(lines(b"\x8a\x02ok"), [r#"pong FIN 2 bytes "ok""#]);
        assert_eq!(lines(b"\x88\x02\x03\xe8"), ["close FIN 2 bytes 1000"]);
        assert_eq!(lines(b"\x88\x05\x03\xe9bye"), [r#"close FIN 5 bytes 1001 "bye""#]);
    }

    #[test]
    fn every_chunking_gives_the_same_lines() {
        let bytes = b"\x01\x03a\xc3\xa4\x89\x01!\x00\x00\x80\x01z\xc2\x7e\x00\x80\
            \xcb\x00cdefghijklmnopqrstuvwxyzcdefghijklmnopqrstuvwxyz\
            cdefghijklmnopqrstuvwxyzcdefghijklmnopqrstuvwxyzcdefghijklmnopqrstuvwxyz123456\x88\x00";
        let whole = lines(bytes);
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
            let mut logged = Logged::new();
            bytes.chunks(size).for_each(|chunk| logged.receive(chunk));
            assert_eq!(logged.log.take_lines(), whole, "in chunks of {size}");
        }
    }

    #[test]
    fn a_long_frame_is_reported_before_its_end() {
        let mut logged = Logged::new();
        logged.receive(b"\x81\x7e\x01\x00");
        assert_eq!(logged.log.take_lines(), [""; 0]);
        logged.receive(&[b'x'; 100]);
        let line = format!("text FIN 256 bytes \"{}\"...", "x".repeat(40));
        assert_eq!(logged.log.take_lines(), [line]);
        logged.receive(&[b'x'; 156]);
        logged.receive(b"\x89\x00");
        assert_eq!(logged.log.take_lines(), ["ping FIN 0 bytes"]);
    }

    #[test]
    fn what_is_no_frame_ends_it() {
        assert_eq!(lines(b"\x89\x00\x83\x00\x89\x00"), ["ping FIN 0 bytes"]);
    }

    #[test]
    fn at_the_end_what_is_there_is_reported() {
        let mut logged = Logged::new();
        logged.receive(b"\x82\x7e\xff\xffabc");
        logged.log.end();
        assert_eq!(logged.log.take_lines(), [r#"binary FIN 65535 bytes "abc"..."#]);
        logged.log.end();
        assert_eq!(logged.log.take_lines(), [""; 0]);
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
    fn a_short_close_payload_is_shown_as_it_is() {
        assert_eq!(lines(b"\x88\x01\x03"), ["close FIN 1 byte 03"]);
    }
}
