//! The order of outgoing frames (RFC 6455 section 5.4): what may be sent now, and the header it
//! gets. Encoding is in `frame.rs`; whether the connection still takes frames is known by
//! `closing.rs`.

use std::{fmt, num::NonZero};

use super::{
    fragments,
    frame::{self, Flags, Header, MAX_CONTROL_PAYLOAD, Opcode},
    role::Role,
};

/// Knows whether a fragmented message is being sent.
#[derive(Debug)]
pub struct Sender {
    us: Role,
    /// Type of the message whose last fragment has not been sent yet.
    in_progress: Option<Opcode>,
    /// Whether that message, or a fragment of it, is being split.
    is_splitting: bool,
}

/// Why a frame may not be sent now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendError {
    /// A continuation frame, but no message to continue.
    NothingToContinue,
    /// A frame of another type than the message in progress: finish that one first.
    AnotherMessage {
        /// Type of the message in progress.
        in_progress: Opcode,
        /// Type of the frame that was to be sent.
        opcode: Opcode,
    },
    /// A control frame without FIN.
    FragmentedControl(Opcode),
    /// A control frame with a payload of more than [`MAX_CONTROL_PAYLOAD`] bytes.
    ControlTooLong {
        /// Type of the frame.
        opcode: Opcode,
        /// Bytes of its payload.
        length: usize,
    },
}

impl Sender {
    /// A sender with no message in progress.
    pub fn new(us: Role) -> Self {
        Self { us, in_progress: None, is_splitting: false }
    }

    /// On which side of the connection it is.
    pub fn us(&self) -> Role {
        self.us
    }

    /// The number of bytes of a frame with a payload of `payload_len` bytes.
    pub fn encoded_len(&self, payload_len: usize) -> usize {
        frame::encoded_len(self.us, payload_len)
    }

    /// The number of bytes of the frames of a message with `length` bytes, in fragments of `size`.
    pub fn split_len(&self, length: usize, size: NonZero<usize>) -> usize {
        fragments::encoded_len(self.us, length, size)
    }

    /// The header of the next frame, with a payload of `payload_len` bytes; the frame counts as
    /// sent. An error changes nothing.
    ///
    /// "a client MUST mask all frames that it sends to the server", "A server MUST NOT mask any
    /// frames that it sends to the client" (section 5.1), and "The masking key needs to be
    /// unpredictable" (section 5.3): `key` makes a fresh one for each frame of a client.
    ///
    /// The frames of a fragmented message have FIN 0 except the last. The first names the type;
    /// those after it may name it again or be `Continuation`, which is what is sent. Control frames
    /// may come between them. RSV bits are sent as they are given.
    pub fn header(
        &mut self,
        opcode: Opcode,
        flags: Flags,
        payload_len: usize,
        key: impl FnOnce() -> [u8; 4],
    ) -> Result<Header, SendError> {
        let opcode = if opcode.is_control() {
            check_control(opcode, flags.fin, payload_len)?;
            opcode
        } else {
            self.advance(opcode, flags.fin)?
        };
        Ok(self.fragment_header(opcode, flags, payload_len, key))
    }

    /// Begins to split a message, or a fragment of one, into fragments. Returns the opcode of the
    /// first one; that of the others is `Continuation`. Until [`end_split`](Self::end_split), the
    /// headers of these come from [`fragment_header`](Self::fragment_header), and other frames may
    /// only be control frames. An error changes nothing.
    pub fn begin_split(&mut self, opcode: Opcode) -> Result<Opcode, SendError> {
        let first = self.advance(opcode, false)?;
        self.is_splitting = true;
        Ok(first)
    }

    /// The header of a fragment with a payload of `payload_len` bytes, with a key as for
    /// [`header`](Self::header).
    pub fn fragment_header(
        &self,
        opcode: Opcode,
        flags: Flags,
        payload_len: usize,
        key: impl FnOnce() -> [u8; 4],
    ) -> Header {
        let mask = match self.us {
            Role::Client => Some(key()),
            Role::Server => None,
        };
        Header { fin: flags.fin, rsv: flags.rsv, opcode, mask, length: payload_len as u64 }
    }

    /// The type of the message that lacks its last fragment.
    pub fn in_progress(&self) -> Option<Opcode> {
        self.in_progress
    }

    /// Takes back a frame that was not sent after all: `before` is what
    /// [`in_progress`](Self::in_progress) was.
    pub fn withdraw(&mut self, before: Option<Opcode>) {
        self.in_progress = before;
    }

    /// All fragments are sent; `fin` tells whether the message ends with them.
    pub fn end_split(&mut self, fin: bool) {
        self.is_splitting = false;
        self.in_progress = self.in_progress.filter(|_| !fin);
    }

    /// Takes a data frame into account and returns the opcode that it gets on the wire.
    fn advance(&mut self, opcode: Opcode, fin: bool) -> Result<Opcode, SendError> {
        // "A fragmented message consists of a single frame with the FIN bit clear and an opcode
        // other than 0, followed by zero or more frames with the FIN bit clear and the opcode set
        // to 0, and terminated by a single frame with the FIN bit set and an opcode of 0."
        // (section 5.4)
        let (message, sent) = match (self.in_progress, opcode) {
            (None, Opcode::Continuation) => return Err(SendError::NothingToContinue),
            (None, _) => (opcode, opcode),
            (Some(in_progress), _)
                if !self.is_splitting
                    && (opcode == Opcode::Continuation || opcode == in_progress) =>
            {
                (in_progress, Opcode::Continuation)
            }
            (Some(in_progress), _) => {
                return Err(SendError::AnotherMessage { in_progress, opcode });
            }
        };
        self.in_progress = (!fin).then_some(message);
        Ok(sent)
    }
}

/// "All control frames MUST have a payload length of 125 bytes or less and MUST NOT be fragmented."
/// (section 5.5)
fn check_control(opcode: Opcode, fin: bool, length: usize) -> Result<(), SendError> {
    if !fin {
        return Err(SendError::FragmentedControl(opcode));
    }
    if length > MAX_CONTROL_PAYLOAD {
        return Err(SendError::ControlTooLong { opcode, length });
    }
    Ok(())
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NothingToContinue => {
                f.write_str("continuation without a fragmented message to continue")
            }
            Self::AnotherMessage { in_progress, opcode } => {
                write!(f, "{opcode} message inside a fragmented {in_progress} message")
            }
            Self::FragmentedControl(opcode) => {
                write!(f, "{opcode} message cannot be fragmented")
            }
            Self::ControlTooLong { opcode, length } => write!(
                f,
                "{opcode} message of {length} bytes: must be at most {MAX_CONTROL_PAYLOAD} bytes"
            ),
        }
    }
}

impl std::error::Error for SendError {}

#[cfg(test)]
mod tests {
    use Opcode::{Binary, Close, Continuation, Ping, Pong, Text};

    use super::*;
    use crate::protocol::websocket::frame::Rsv;

    const MORE: Flags = Flags { fin: false, rsv: Rsv::NONE };
    const LAST: Flags = Flags::FIN;

    /// A server's, which takes no key.
    struct Unmasked(Sender);

    impl Unmasked {
        fn new() -> Self {
            Self(Sender::new(Role::Server))
        }

        fn header(
            &mut self,
            opcode: Opcode,
            flags: Flags,
            payload_len: usize,
        ) -> Result<Header, SendError> {
            self.0.header(opcode, flags, payload_len, || panic!("a key for a server"))
        }
    }

    fn sent(fin: bool, opcode: Opcode, length: u64) -> Result<Header, SendError> {
        Ok(Header { fin, rsv: Rsv::NONE, opcode, mask: None, length })
    }

    #[test]
    fn sends_whole_messages_of_every_type() {
        let mut sender = Unmasked::new();
        for opcode in [Text, Binary, Close, Ping, Pong, Text] {
            assert_eq!(sender.header(opcode, LAST, 5), sent(true, opcode, 5));
        }
    }

    #[test]
    fn turns_a_repeated_opcode_into_continuation() {
        let mut sender = Unmasked::new();
        assert_eq!(sender.header(Text, MORE, 1), sent(false, Text, 1));
        assert_eq!(sender.header(Text, MORE, 2), sent(false, Continuation, 2));
        assert_eq!(sender.header(Text, LAST, 3), sent(true, Continuation, 3));
        assert_eq!(sender.header(Text, LAST, 4), sent(true, Text, 4));
    }

    #[test]
    fn takes_explicit_continuation_too() {
        let mut sender = Unmasked::new();
        assert_eq!(sender.header(Binary, MORE, 1), sent(false, Binary, 1));
        assert_eq!(sender.header(Continuation, MORE, 0), sent(false, Continuation, 0));
        assert_eq!(sender.header(Binary, MORE, 0), sent(false, Continuation, 0));
        assert_eq!(sender.header(Continuation, LAST, 0), sent(true, Continuation, 0));
        assert_eq!(sender.header(Text, LAST, 1), sent(true, Text, 1));
    }

    #[test]
    fn sends_control_frames_between_fragments() {
        let mut sender = Unmasked::new();
        sender.header(Text, MORE, 1).unwrap();
        assert_eq!(sender.header(Ping, LAST, 0), sent(true, Ping, 0));
        assert_eq!(sender.header(Pong, LAST, 0), sent(true, Pong, 0));
        assert_eq!(sender.header(Text, LAST, 1), sent(true, Continuation, 1));
    }

    #[test]
    fn refuses_continuation_without_a_message() {
        let mut sender = Unmasked::new();
        assert_eq!(sender.header(Continuation, LAST, 1), Err(SendError::NothingToContinue));
        sender.header(Text, LAST, 1).unwrap();
        assert_eq!(sender.header(Continuation, MORE, 1), Err(SendError::NothingToContinue));
    }

    #[test]
    fn refuses_another_message_meanwhile_and_continues_the_first() {
        let mut sender = Unmasked::new();
        sender.header(Text, MORE, 1).unwrap();
        for flags in [MORE, LAST] {
            assert_eq!(
                sender.header(Binary, flags, 1),
                Err(SendError::AnotherMessage { in_progress: Text, opcode: Binary })
            );
        }
        assert_eq!(sender.header(Text, LAST, 1), sent(true, Continuation, 1));
    }

    #[test]
    fn splits_a_message() {
        let mut sender = Unmasked::new();
        assert_eq!(sender.0.begin_split(Text), Ok(Text));
        let header = sender.0.fragment_header(Text, MORE, 3, || panic!("a key for a server"));
        assert_eq!(Ok(header), sent(false, Text, 3));
        sender.0.end_split(true);
        assert_eq!(sender.header(Binary, LAST, 1), sent(true, Binary, 1));
    }

    #[test]
    fn splits_the_fragments_of_a_message() {
        let mut sender = Unmasked::new();
        assert_eq!(sender.0.begin_split(Text), Ok(Text));
        sender.0.end_split(false);
        for opcode in [Text, Continuation] {
            assert_eq!(sender.0.begin_split(opcode), Ok(Continuation));
            sender.0.end_split(false);
        }
        assert_eq!(sender.header(Text, LAST, 1), sent(true, Continuation, 1));
    }

    #[test]
    fn lets_only_control_frames_between_what_is_split() {
        let mut sender = Unmasked::new();
        sender.0.begin_split(Text).unwrap();
        for opcode in [Text, Binary, Continuation] {
            let refused = SendError::AnotherMessage { in_progress: Text, opcode };
            assert_eq!(sender.header(opcode, LAST, 1), Err(refused));
            assert_eq!(sender.0.begin_split(opcode), Err(refused));
        }
        assert_eq!(sender.header(Ping, LAST, 0), sent(true, Ping, 0));
        sender.0.end_split(true);
        assert_eq!(sender.0.begin_split(Continuation), Err(SendError::NothingToContinue));
        assert_eq!(sender.header(Text, LAST, 1), sent(true, Text, 1));
    }

    #[test]
    fn what_was_not_sent_does_not_count() {
        let mut sender = Unmasked::new();
        assert_eq!(sender.0.in_progress(), None);
        sender.header(Text, MORE, 1).unwrap();
        sender.0.withdraw(None);
        assert_eq!(sender.header(Text, MORE, 1), sent(false, Text, 1));
        let before = sender.0.in_progress();
        assert_eq!(before, Some(Text));
        sender.header(Text, LAST, 1).unwrap();
        sender.0.withdraw(before);
        assert_eq!(sender.header(Text, LAST, 1), sent(true, Continuation, 1));
    }

    #[test]
    fn refuses_fragmented_control_frames() {
        for opcode in [Close, Ping, Pong] {
            let refused = Unmasked::new().header(opcode, MORE, 0);
            assert_eq!(refused, Err(SendError::FragmentedControl(opcode)));
        }
    }

    #[test]
    fn refuses_control_frames_over_125_bytes() {
        for opcode in [Close, Ping, Pong] {
            let mut sender = Unmasked::new();
            assert_eq!(sender.header(opcode, LAST, 125), sent(true, opcode, 125));
            assert_eq!(
                sender.header(opcode, LAST, 126),
                Err(SendError::ControlTooLong { opcode, length: 126 })
            );
        }
    }

    #[test]
    fn keeps_the_reserved_bits() {
        let rsv = Rsv::from_bits(0b100);
        let header = Unmasked::new().header(Text, Flags { fin: false, rsv }, 7);
        assert_eq!(header, Ok(Header { fin: false, rsv, opcode: Text, mask: None, length: 7 }));
    }

    #[test]
    fn masks_each_frame_of_a_client_with_a_key_of_its_own() {
        let mut sender = Sender::new(Role::Client);
        for (opcode, flags, key) in
            [(Text, MORE, [1; 4]), (Ping, LAST, [2; 4]), (Continuation, LAST, [3; 4])]
        {
            let header = sender.header(opcode, flags, 1, || key).unwrap();
            assert_eq!(header.mask, Some(key));
        }
        let refused = sender.header(Continuation, LAST, 1, || panic!("a key for no frame"));
        assert_eq!(refused, Err(SendError::NothingToContinue));
    }

    #[test]
    fn knows_how_long_frames_become() {
        for (payload_len, header) in [(0, 2), (125, 2), (126, 4), (65535, 4), (65536, 10)] {
            let server = Sender::new(Role::Server).encoded_len(payload_len);
            let client = Sender::new(Role::Client).encoded_len(payload_len);
            assert_eq!((server, client), (header + payload_len, header + 4 + payload_len));
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let texts = [
            (SendError::NothingToContinue, "continuation without a fragmented message to continue"),
            (
                SendError::AnotherMessage { in_progress: Text, opcode: Binary },
                "binary message inside a fragmented text message",
            ),
            (SendError::FragmentedControl(Ping), "ping message cannot be fragmented"),
            (
                SendError::ControlTooLong { opcode: Ping, length: 126 },
                "ping message of 126 bytes: must be at most 125 bytes",
            ),
        ];
        for (error, text) in texts {
            assert_eq!(error.to_string(), text);
        }
    }
}
