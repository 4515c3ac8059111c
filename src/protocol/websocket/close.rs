//! The close message (RFC 6455 section 5.5.1), which codes it may carry (section 7.4), and the code
//! and reason that the user gets in the end. The closing handshake is in `closing.rs`.

use std::fmt;

use super::{
    frame::MAX_CONTROL_PAYLOAD,
    utf8,
    violation::{Violation, code},
};

/// The longest reason: what a control frame leaves beside the code. Bytes of UTF-8.
pub const MAX_REASON: usize = MAX_CONTROL_PAYLOAD - 2;

/// Whether a close message may carry the code, whoever sends it: those of section 7.4.1 and of its
/// registry except the ones that "MUST NOT be set as a status code in a Close control frame", and
/// 3000 to 4999, which are for libraries, applications and private use.
pub fn is_allowed_in_frame(code: u16) -> bool {
    matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999)
}

/// The content of a close frame. It can always be sent: a code that is allowed or none, a reason of
/// at most [`MAX_REASON`] bytes, and none without a code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CloseMessage {
    code: Option<u16>,
    reason: String,
}

/// The codes that a close message may be sent with.
pub const ALLOWED_CODES: &str = "1000-1003, 1005, 1007-1014 or 3000-4999";

/// Why a close message cannot be made from these arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CloseArgumentError {
    /// The code is none that may be sent.
    Code(i64),
    /// The reason has this many bytes, more than [`MAX_REASON`].
    ReasonTooLong(usize),
    /// There is a reason, but no code.
    ReasonWithoutCode,
}

/// How a connection was closed, for the user: the code (section 7.1.5) and the reason (section
/// 7.1.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseStatus {
    /// That of the close message of the other side; 1005 if it had none, and 1006 if none came.
    pub code: u16,
    /// That of the close message; with 1006, what happened instead.
    pub reason: String,
}

impl CloseMessage {
    /// The message that a script asks for. No code, or 1005, makes an empty one.
    pub fn new(code: Option<i64>, reason: &str) -> Result<Self, CloseArgumentError> {
        let code = match code {
            None => None,
            Some(code) if code == i64::from(code::NO_STATUS_RECEIVED) => None,
            Some(number) => Some(
                u16::try_from(number)
                    .ok()
                    .filter(|&code| is_allowed_in_frame(code))
                    .ok_or(CloseArgumentError::Code(number))?,
            ),
        };
        if code.is_none() && !reason.is_empty() {
            return Err(CloseArgumentError::ReasonWithoutCode);
        }
        if reason.len() > MAX_REASON {
            return Err(CloseArgumentError::ReasonTooLong(reason.len()));
        }
        Ok(Self { code, reason: reason.to_owned() })
    }

    /// Reads the payload of a close frame that came. A protocol error (1002) for a payload of one
    /// byte or a code that may not be sent, invalid data (1007) for a reason that is not UTF-8.
    pub fn parse(payload: &[u8]) -> Result<Self, Violation> {
        // "If there is a body, the first two bytes of the body MUST be a 2-byte unsigned integer"
        // (section 5.5.1)
        let (code, reason) = match payload {
            [] => return Ok(Self::default()),
            [_] => return Err(Violation::protocol_error("close message of one byte")),
            [high, low, reason @ ..] => (u16::from_be_bytes([*high, *low]), reason),
        };
        if !is_allowed_in_frame(code) {
            // The text says what the other side meant by it.
            let reason = utf8::validate(reason).unwrap_or_default();
            let shown = shown(Some(code), reason);
            return Err(Violation::protocol_error(format!("close code {shown} is not allowed")));
        }
        let reason = utf8::validate(reason)
            .map_err(|error| Violation::invalid_payload(format!("close reason: {error}")))?;
        Ok(Self { code: Some(code), reason: up_to_max_reason(reason).to_owned() })
    }

    /// The code; none when the message is empty.
    pub fn code(&self) -> Option<u16> {
        self.code
    }

    /// The reason; empty when there is none.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The same code without its reason, which is how a close message is answered.
    pub fn without_reason(&self) -> Self {
        Self { code: self.code, reason: String::new() }
    }

    /// The payload of the close frame.
    pub fn encode(&self) -> Vec<u8> {
        match self.code {
            None => Vec::new(),
            Some(code) => [&code.to_be_bytes(), self.reason.as_bytes()].concat(),
        }
    }
}

/// The message that tells the other side; the reason is cut to what fits.
impl From<&Violation> for CloseMessage {
    fn from(violation: &Violation) -> Self {
        let reason = up_to_max_reason(violation.reason()).to_owned();
        Self { code: Some(violation.code()), reason }
    }
}

/// `1000 (bye)`, `1000`, or `an empty close message`.
impl fmt::Display for CloseMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown(self.code, &self.reason))
    }
}

impl fmt::Display for CloseArgumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => {
                write!(f, "bad close code {code}: must be {ALLOWED_CODES}")
            }
            Self::ReasonTooLong(length) => write!(
                f,
                "close reason of {length} bytes: must be at most {MAX_REASON} bytes of UTF-8"
            ),
            Self::ReasonWithoutCode => {
                f.write_str("close reason without a close code to stand beside")
            }
        }
    }
}

impl std::error::Error for CloseArgumentError {}

/// `1000 (bye)`, `1000`, or `an empty close message`.
fn shown(code: Option<u16>, reason: &str) -> String {
    match (code, reason) {
        (None, _) => "an empty close message".to_owned(),
        (Some(code), "") => code.to_string(),
        (Some(code), reason) => format!("{code} ({reason})"),
    }
}

/// The start of `reason` that fits a close message, cut between two characters.
fn up_to_max_reason(reason: &str) -> &str {
    let mut end = reason.len().min(MAX_REASON);
    while !reason.is_char_boundary(end) {
        end -= 1;
    }
    &reason[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(code: u16, reason: &str) -> CloseMessage {
        CloseMessage { code: Some(code), reason: reason.to_owned() }
    }

    fn assert_refused(payload: &[u8], code: u16, reason: &str) {
        let violation = CloseMessage::parse(payload).unwrap_err();
        assert_eq!((violation.code(), violation.reason()), (code, reason));
    }

    #[test]
    fn allows_the_codes_of_the_rfc_and_its_registry() {
        let allowed: Vec<u16> = (0..=u16::MAX).filter(|&code| is_allowed_in_frame(code)).collect();
        let expected: Vec<u16> = (1000..=1003).chain(1007..=1014).chain(3000..=4999).collect();
        assert_eq!(allowed, expected);
    }

    #[test]
    fn makes_a_message_of_code_and_reason() {
        let made = CloseMessage::new(Some(4999), "bye").unwrap();
        assert_eq!((made.code(), made.reason()), (Some(4999), "bye"));
    }

    #[test]
    fn makes_an_empty_message_of_no_code_and_of_1005() {
        assert_eq!(CloseMessage::new(None, ""), Ok(CloseMessage::default()));
        assert_eq!(CloseMessage::new(Some(1005), ""), Ok(CloseMessage::default()));
    }

    #[test]
    fn refuses_codes_that_may_not_be_sent() {
        // The last is 1000 when cut to 16 bits.
        for code in [i64::MIN, -1, 0, 999, 1004, 1006, 1015, 1016, 2999, 5000, 65536 + 1000] {
            assert_eq!(CloseMessage::new(Some(code), ""), Err(CloseArgumentError::Code(code)));
        }
    }

    #[test]
    fn refuses_a_reason_over_123_bytes() {
        assert!(CloseMessage::new(Some(1000), &"x".repeat(123)).is_ok());
        assert_eq!(
            CloseMessage::new(Some(1000), &"x".repeat(124)),
            Err(CloseArgumentError::ReasonTooLong(124))
        );
        assert_eq!(
            CloseMessage::new(Some(1000), &"é".repeat(62)),
            Err(CloseArgumentError::ReasonTooLong(124))
        );
    }

    #[test]
    fn refuses_a_reason_beside_no_code() {
        for code in [None, Some(1005)] {
            assert_eq!(CloseMessage::new(code, "x"), Err(CloseArgumentError::ReasonWithoutCode));
        }
    }

    #[test]
    fn says_what_is_wrong_with_an_argument() {
        assert_eq!(
            CloseArgumentError::Code(1006).to_string(),
            "bad close code 1006: must be 1000-1003, 1005, 1007-1014 or 3000-4999"
        );
        assert_eq!(
            CloseArgumentError::ReasonTooLong(124).to_string(),
            "close reason of 124 bytes: must be at most 123 bytes of UTF-8"
        );
        assert_eq!(
            CloseArgumentError::ReasonWithoutCode.to_string(),
            "close reason without a close code to stand beside"
        );
    }

    #[test]
    fn parses_what_it_encodes() {
        for message in [CloseMessage::default(), message(1000, ""), message(3000, "grüß 😀")] {
            assert_eq!(CloseMessage::parse(&message.encode()), Ok(message));
        }
    }

    #[test]
    fn encodes_code_and_reason() {
        assert_eq!(message(1000, "bye").encode(), b"\x03\xE8bye");
        assert_eq!(message(1001, "").encode(), b"\x03\xE9");
        assert_eq!(CloseMessage::default().encode(), b"");
    }

    #[test]
    fn refuses_a_payload_of_one_byte() {
        assert_refused(b"\x03", 1002, "close message of one byte");
    }

    #[test]
    fn refuses_every_code_that_is_not_allowed() {
        for code in [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535] {
            let reason = format!("close code {code} is not allowed");
            assert_refused(&u16::to_be_bytes(code), 1002, &reason);
        }
    }

    #[test]
    fn shows_the_text_beside_a_code_that_is_not_allowed() {
        let text = "x".repeat(123);
        let payload = [&[0x03, 0xEE], text.as_bytes()].concat();
        assert_refused(&payload, 1002, &format!("close code 1006 ({text}) is not allowed"));
        assert_refused(b"\x03\xEE\xFF", 1002, "close code 1006 is not allowed");
    }

    #[test]
    fn refuses_a_reason_that_is_not_utf8() {
        assert_refused(b"\x03\xE8ab\xFF", 1007, "close reason: malformed character at byte 2");
        assert_refused(
            b"\x03\xE8ab\xC3",
            1007,
            "close reason: incomplete character at the end, byte 2",
        );
    }

    #[test]
    fn parses_the_longest_payload() {
        let payload = [&[0x03, 0xE8], [b'x'; 123].as_slice()].concat();
        assert_eq!(CloseMessage::parse(&payload), Ok(message(1000, &"x".repeat(123))));
    }

    #[test]
    fn cuts_the_reason_of_a_longer_payload() {
        // No frame holds it, but an extension may make a payload longer.
        let payload = [&[0x03, 0xE8], "é".repeat(100).as_bytes()].concat();
        assert_eq!(CloseMessage::parse(&payload), Ok(message(1000, &"é".repeat(61))));
    }

    #[test]
    fn answers_with_the_code_alone() {
        assert_eq!(message(1000, "bye").without_reason(), message(1000, ""));
        assert_eq!(CloseMessage::default().without_reason(), CloseMessage::default());
    }

    #[test]
    fn a_violation_becomes_a_close_message() {
        let violation = Violation::protocol_error("reserved opcode 3");
        assert_eq!(CloseMessage::from(&violation), message(1002, "reserved opcode 3"));
    }

    #[test]
    fn a_long_violation_is_cut_between_two_characters() {
        let violation = Violation::protocol_error(format!("x{}", "€".repeat(50)));
        assert_eq!(CloseMessage::from(&violation), message(1002, &format!("x{}", "€".repeat(40))));
        assert_eq!(violation.reason().len(), 151);
    }

    #[test]
    fn shows_code_and_reason() {
        assert_eq!(message(1000, "bye").to_string(), "1000 (bye)");
        assert_eq!(message(1000, "").to_string(), "1000");
        assert_eq!(CloseMessage::default().to_string(), "an empty close message");
    }
}
