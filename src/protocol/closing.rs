//! The closing handshake (RFC 6455 section 7) as a record of the close messages of both sides: what
//! has to be sent, what may still be done, and what the end of the connection means. No clock and
//! no sockets: how long to wait and when to drop the connection is the driver's part.

use std::fmt;

use super::{
    close::{CloseMessage, CloseStatus},
    violation::{Violation, code},
};

/// How the TCP connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End<'a> {
    /// The other side ended it in the ordinary way.
    Ordinary,
    /// It broke, or was given up: an error or a time-out, in words.
    Broken(&'a str),
}

/// How far a connection is closed. Each of the three is recorded once, the first time.
#[derive(Debug, Default)]
pub struct Closing {
    sent: Option<CloseMessage>,
    received: Option<CloseMessage>,
    failed: Option<Violation>,
}

impl Closing {
    /// A connection that nobody has begun to close.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether no close message was sent or received and the connection was not failed: messages
    /// may be sent.
    pub fn is_open(&self) -> bool {
        self.sent.is_none() && !self.is_over()
    }

    /// Whether what arrives now is to be discarded, unprocessed: "after receiving a control frame
    /// indicating the connection should be closed, a peer discards any further data received"
    /// (section 1.4), and one that fails the connection "MUST NOT continue to attempt to process
    /// data (including a responding Close frame) from the remote endpoint" (section 7.1.7). While a
    /// close message was only sent, messages may still come.
    pub fn is_over(&self) -> bool {
        self.received.is_some() || self.failed.is_some()
    }

    /// Whether a close message was sent.
    pub fn close_sent(&self) -> bool {
        self.sent.is_some()
    }

    /// Records that a close message was sent: the first one, an answer, or that of
    /// [`Closing::fail`]. "The application MUST NOT send any more data frames after sending a Close
    /// frame." (section 5.5.1)
    pub fn sent(&mut self, message: CloseMessage) {
        self.sent.get_or_insert(message);
    }

    /// Records the close message of the server and returns the answer to send, if any.
    ///
    /// "If an endpoint receives a Close frame and did not previously send a Close frame, the
    /// endpoint MUST send a Close frame in response. (When sending a Close frame in response, the
    /// endpoint typically echos the status code it received.)" (section 5.5.1) What comes when the
    /// connection [is over](Closing::is_over) is ignored.
    pub fn received(&mut self, message: CloseMessage) -> Option<CloseMessage> {
        if self.is_over() {
            return None;
        }
        let answer = self.sent.is_none().then(|| message.without_reason());
        self.received = Some(message);
        answer
    }

    /// Fails the connection (section 7.1.7) and returns the close message to send, if one may still
    /// be sent. What the server did after its close message is no reason to fail.
    pub fn fail(&mut self, violation: Violation) -> Option<CloseMessage> {
        if self.is_over() {
            return None;
        }
        let message = self.sent.is_none().then(|| CloseMessage::from(&violation));
        self.failed = Some(violation);
        message
    }

    /// Code and reason for the user, now that the TCP connection has ended; `end` says how.
    ///
    /// | received  | sent    | failed | code, reason                                         |
    /// |-----------|---------|--------|------------------------------------------------------|
    /// | code, why | any     | any    | code, `why`                                          |
    /// | empty     | any     | any    | 1005, nothing                                        |
    /// | –         | –       | –      | 1006, `END; NONE`                                    |
    /// | –         | message | –      | 1006, `sent MESSAGE; END; NONE`                      |
    /// | –         | for it  | 1002   | 1006, `sent 1002 (…); END; NONE`                     |
    /// | –         | before  | 1002   | 1006, `sent MESSAGE; failed with 1002 (…); END; NONE`|
    /// | –         | –       | 1002   | 1006, `failed with 1002 (…); END; NONE`              |
    ///
    /// `NONE` is "no close message received".
    ///
    /// `END` is left out if it is the ordinary one and somebody was closing.
    pub fn status(&self, end: End<'_>) -> CloseStatus {
        if let Some(message) = &self.received {
            let code = message.code().unwrap_or(code::NO_STATUS_RECEIVED);
            return CloseStatus { code, reason: message.reason().to_owned() };
        }
        let mut parts = Vec::new();
        if let Some(message) = &self.sent {
            parts.push(format!("sent {message}"));
        }
        if let Some(violation) = &self.failed
            && self.sent.as_ref() != Some(&violation.into())
        {
            parts.push(format!("failed with {violation}"));
        }
        if self.is_open() || end != End::Ordinary {
            parts.push(end.to_string());
        }
        parts.push("no close message received".to_owned());
        CloseStatus { code: code::ABNORMAL_CLOSURE, reason: parts.join("; ") }
    }
}

/// `end of connection`, or the words for what broke it.
impl fmt::Display for End<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ordinary => "end of connection",
            Self::Broken(how) => how,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(code: i64, reason: &str) -> CloseMessage {
        CloseMessage::new(Some(code), reason).unwrap()
    }

    fn empty() -> CloseMessage {
        CloseMessage::default()
    }

    fn violation() -> Violation {
        Violation::protocol_error("reserved opcode 3")
    }

    fn status(code: u16, reason: &str) -> CloseStatus {
        CloseStatus { code, reason: reason.to_owned() }
    }

    fn abnormal(reason: &str) -> CloseStatus {
        status(1006, reason)
    }

    // What has to be sent

    #[test]
    fn is_open_at_first() {
        let closing = Closing::new();
        assert!(closing.is_open() && !closing.is_over());
        assert!(!closing.close_sent() && closing.received.is_none() && closing.failed.is_none());
    }

    #[test]
    fn after_sending_a_close_messages_may_still_come() {
        let mut closing = Closing::new();
        closing.sent(message(1000, ""));
        assert!(closing.close_sent() && !closing.is_open() && !closing.is_over());
    }

    #[test]
    fn the_first_close_sent_is_the_one_that_counts() {
        let mut closing = Closing::new();
        closing.sent(message(1000, "first"));
        closing.sent(message(1001, "second"));
        let expected = abnormal("sent 1000 (first); no close message received");
        assert_eq!(closing.status(End::Ordinary), expected);
    }

    #[test]
    fn answers_a_close_with_its_code_alone() {
        let mut closing = Closing::new();
        assert_eq!(closing.received(message(1001, "going")), Some(message(1001, "")));
        assert!(closing.received.is_some() && !closing.is_open() && closing.is_over());
    }

    #[test]
    fn answers_an_empty_close_with_an_empty_one() {
        assert_eq!(Closing::new().received(empty()), Some(empty()));
    }

    #[test]
    fn does_not_answer_the_answer() {
        let mut closing = Closing::new();
        closing.sent(message(1000, "bye"));
        assert_eq!(closing.received(message(1000, "")), None);
        assert!(closing.is_over());
    }

    #[test]
    fn ignores_a_second_close() {
        let mut closing = Closing::new();
        closing.received(message(1001, "first"));
        assert_eq!(closing.received(message(1000, "second")), None);
        assert_eq!(closing.status(End::Ordinary), status(1001, "first"));
    }

    #[test]
    fn failing_sends_what_was_wrong() {
        let mut closing = Closing::new();
        assert_eq!(closing.fail(violation()), Some(message(1002, "reserved opcode 3")));
        assert!(closing.failed.is_some() && !closing.is_open() && closing.is_over());
    }

    #[test]
    fn failing_sends_no_second_close() {
        let mut closing = Closing::new();
        closing.sent(message(1000, ""));
        assert_eq!(closing.fail(violation()), None);
        assert!(closing.failed.is_some() && closing.is_over());
    }

    #[test]
    fn fails_once() {
        let mut closing = Closing::new();
        let first = closing.fail(violation()).unwrap();
        closing.sent(first);
        assert_eq!(closing.fail(Violation::message_too_big("another")), None);
        let expected = abnormal("sent 1002 (reserved opcode 3); no close message received");
        assert_eq!(closing.status(End::Ordinary), expected);
    }

    #[test]
    fn does_not_fail_after_a_close_was_received() {
        let mut closing = Closing::new();
        closing.received(message(1000, "bye"));
        assert_eq!(closing.fail(violation()), None);
        assert!(closing.failed.is_none());
    }

    #[test]
    fn a_close_after_failing_does_not_count() {
        let mut closing = Closing::new();
        closing.fail(violation());
        assert_eq!(closing.received(message(1000, "bye")), None);
        assert!(closing.received.is_none());
        assert_eq!(closing.status(End::Ordinary).code, 1006);
    }

    // The status, in the order of its table

    #[test]
    fn the_status_is_the_close_message_received() {
        let mut closing = Closing::new();
        closing.received(message(4000, "why"));
        assert_eq!(closing.status(End::Broken("connection reset by peer")), status(4000, "why"));
    }

    #[test]
    fn the_status_is_that_of_the_other_side_also_when_we_closed_first() {
        let mut closing = Closing::new();
        closing.sent(message(1000, "ours"));
        closing.received(message(1001, "theirs"));
        assert_eq!(closing.status(End::Ordinary), status(1001, "theirs"));
    }

    #[test]
    fn the_status_on_an_empty_close_is_1005() {
        let mut closing = Closing::new();
        closing.received(empty());
        assert_eq!(closing.status(End::Ordinary), status(1005, ""));
    }

    #[test]
    fn the_status_on_a_connection_that_just_ended_says_how() {
        let closing = Closing::new();
        assert_eq!(
            closing.status(End::Broken("connection reset by peer")),
            abnormal("connection reset by peer; no close message received")
        );
        assert_eq!(
            closing.status(End::Ordinary),
            abnormal("end of connection; no close message received")
        );
    }

    #[test]
    fn the_status_says_what_we_sent() {
        let mut closing = Closing::new();
        closing.sent(message(1000, "bye"));
        assert_eq!(
            closing.status(End::Ordinary),
            abnormal("sent 1000 (bye); no close message received")
        );
        assert_eq!(
            closing.status(End::Broken("no end of connection within 10000 ms")),
            abnormal(
                "sent 1000 (bye); no end of connection within 10000 ms; no close message received"
            )
        );
    }

    #[test]
    fn the_status_says_that_we_sent_an_empty_close() {
        let mut closing = Closing::new();
        closing.sent(empty());
        assert_eq!(
            closing.status(End::Ordinary),
            abnormal("sent an empty close message; no close message received")
        );
    }

    #[test]
    fn the_status_on_a_failed_connection_says_once_what_was_wrong() {
        let mut closing = Closing::new();
        let message = closing.fail(violation()).unwrap();
        closing.sent(message);
        assert_eq!(
            closing.status(End::Ordinary),
            abnormal("sent 1002 (reserved opcode 3); no close message received")
        );
        assert_eq!(
            closing.status(End::Broken("broken pipe")),
            abnormal("sent 1002 (reserved opcode 3); broken pipe; no close message received")
        );
    }

    #[test]
    fn the_status_on_a_connection_failed_while_closing_says_both() {
        let mut closing = Closing::new();
        closing.sent(message(1000, "bye"));
        closing.fail(violation());
        assert_eq!(
            closing.status(End::Ordinary),
            abnormal(
                "sent 1000 (bye); failed with 1002 (reserved opcode 3); no close message received"
            )
        );
    }

    #[test]
    fn the_status_on_a_failure_that_could_not_be_sent_says_so() {
        let mut closing = Closing::new();
        closing.fail(violation());
        assert_eq!(
            closing.status(End::Broken("broken pipe")),
            abnormal(
                "failed with 1002 (reserved opcode 3); broken pipe; no close message received"
            )
        );
    }
}
