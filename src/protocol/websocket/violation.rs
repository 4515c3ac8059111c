//! Why a connection is failed (RFC 6455 section 7.1.7), and the close codes (section 7.4.1) that
//! say so to the other side or to the user.

use std::{borrow::Cow, fmt};

/// The close codes of section 7.4.1 that we make ourselves.
pub(crate) mod code {
    /// The other side broke the protocol.
    pub(crate) const PROTOCOL_ERROR: u16 = 1002;
    /// A type of message came that the endpoint does not take.
    pub(crate) const UNSUPPORTED_DATA: u16 = 1003;
    /// For the user only: the close message had no code.
    pub(crate) const NO_STATUS_RECEIVED: u16 = 1005;
    /// For the user only: no close message came.
    pub(crate) const ABNORMAL_CLOSURE: u16 = 1006;
    /// Data came that did not fit its type, such as text that is not UTF-8.
    pub(crate) const INVALID_PAYLOAD: u16 = 1007;
    /// A message came that is too big to process.
    pub(crate) const MESSAGE_TOO_BIG: u16 = 1009;
    /// Something broke down on the side that says so.
    pub(crate) const INTERNAL_ERROR: u16 = 1011;
}

/// Why a connection is failed (section 7.1.7): what the other side did wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    code: u16,
    reason: Cow<'static, str>,
}

impl Violation {
    /// The other side broke the protocol (1002).
    #[cold]
    pub fn protocol_error(reason: impl Into<Cow<'static, str>>) -> Self {
        Self { code: code::PROTOCOL_ERROR, reason: reason.into() }
    }

    /// A type of message came that is not accepted (1003).
    #[cold]
    pub fn unsupported_data(reason: impl Into<Cow<'static, str>>) -> Self {
        Self { code: code::UNSUPPORTED_DATA, reason: reason.into() }
    }

    /// Data came that did not fit its type (1007).
    #[cold]
    pub fn invalid_payload(reason: impl Into<Cow<'static, str>>) -> Self {
        Self { code: code::INVALID_PAYLOAD, reason: reason.into() }
    }

    /// A message came that is too big to process (1009).
    #[cold]
    pub fn message_too_big(reason: impl Into<Cow<'static, str>>) -> Self {
        Self { code: code::MESSAGE_TOO_BIG, reason: reason.into() }
    }

    /// Something on this side broke down (1011).
    #[cold]
    pub fn internal_error(reason: impl Into<Cow<'static, str>>) -> Self {
        Self { code: code::INTERNAL_ERROR, reason: reason.into() }
    }

    /// The close code that goes with it.
    pub fn code(&self) -> u16 {
        self.code
    }

    /// What was wrong, in words.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

/// `1002 (reserved opcode 3)`.
impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.code, self.reason)
    }
}

impl std::error::Error for Violation {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_violation_has_its_code() {
        assert_eq!(Violation::protocol_error("a").to_string(), "1002 (a)");
        assert_eq!(Violation::unsupported_data("b").to_string(), "1003 (b)");
        assert_eq!(Violation::invalid_payload("c").to_string(), "1007 (c)");
        assert_eq!(Violation::message_too_big("d").to_string(), "1009 (d)");
        assert_eq!(Violation::internal_error("e").to_string(), "1011 (e)");
    }
}
