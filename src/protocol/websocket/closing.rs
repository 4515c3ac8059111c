//! The closing handshake (RFC 6455 section 7) as a record of the close messages of both sides: what
//! has to be sent, what may still be done, what is due on the TCP connection, and what its end
//! means. No clock and no sockets: how long to wait is the driver's part.

use std::fmt;

use super::{
    close::{CloseMessage, CloseStatus},
    role::Role,
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

/// What is due on the TCP connection once all output is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseStep {
    /// Nothing: nobody is closing.
    Open,
    /// To wait for the other side, which is to send its close message or to drop the connection.
    /// The driver chooses how long; when that time is up, it drops the connection itself.
    AwaitPeer,
    /// To end the outgoing stream, once, and then to wait in the same way.
    HalfClose,
    /// To drop the connection.
    Done,
}

/// How far a connection is closed. What was sent, received, and wrong is recorded once, the first
/// time.
#[derive(Debug)]
pub struct Closing {
    us: Role,
    sent: Option<CloseMessage>,
    /// Whether the one that was sent has left: until then other output is before it.
    has_left: bool,
    received: Option<CloseMessage>,
    failed: Option<Violation>,
}

impl Closing {
    /// A connection that nobody has begun to close.
    pub fn new(us: Role) -> Self {
        Self { us, sent: None, has_left: false, received: None, failed: None }
    }

    /// Whether no close message was sent or received and the connection was not failed: messages
    /// may be sent.
    pub fn is_open(&self) -> bool {
        self.sent.is_none() && !self.discards_input()
    }

    /// Whether what arrives now is to be discarded, unprocessed: "after receiving a control frame
    /// indicating the connection should be closed, a peer discards any further data received"
    /// (section 1.4), and one that fails the connection "MUST NOT continue to attempt to process
    /// data (including a responding Close frame) from the remote endpoint" (section 7.1.7). While a
    /// close message was only sent, messages may still come.
    pub fn discards_input(&self) -> bool {
        self.received.is_some() || self.failed.is_some()
    }

    /// Whether a close message was sent.
    pub fn is_close_sent(&self) -> bool {
        self.sent.is_some()
    }

    /// Records that a close message was sent: the first one, an answer, or that of
    /// [`fail`](Closing::fail). "The application MUST NOT send any more data frames after sending a
    /// Close frame." (section 5.5.1)
    pub fn record_sent(&mut self, message: CloseMessage) {
        self.sent.get_or_insert(message);
    }

    /// Records that everything that was sent has left, a close message too.
    pub fn record_left(&mut self) {
        self.has_left |= self.sent.is_some();
    }

    /// Records the close message of the other side and returns the answer to send, if any.
    ///
    /// "If an endpoint receives a Close frame and did not previously send a Close frame, the
    /// endpoint MUST send a Close frame in response. (When sending a Close frame in response, the
    /// endpoint typically echos the status code it received.)" (section 5.5.1) What comes when
    /// [input is discarded](Closing::discards_input) is ignored.
    pub fn record_received(&mut self, message: CloseMessage) -> Option<CloseMessage> {
        if self.discards_input() {
            return None;
        }
        let answer = self.sent.is_none().then(|| message.without_reason());
        self.received = Some(message);
        answer
    }

    /// Fails the connection (section 7.1.7) and returns the close message to send, if one may still
    /// be sent. What the other side did after its close message is no reason to fail.
    pub fn fail(&mut self, violation: Violation) -> Option<CloseMessage> {
        if self.discards_input() {
            return None;
        }
        let message = self.sent.is_none().then(|| CloseMessage::from(&violation));
        self.failed = Some(violation);
        message
    }

    /// What is due on the TCP connection once all output is written.
    ///
    /// | sent | received | failed | a client    | a server    |
    /// |------|----------|--------|-------------|-------------|
    /// | –    | –        | –      | `Open`      | `Open`      |
    /// | yes  | –        | –      | `AwaitPeer` | `AwaitPeer` |
    /// | –    | yes      | –      | `AwaitPeer` | `AwaitPeer` |
    /// | yes  | yes      | –      | `AwaitPeer` | `Done`      |
    /// | any  | –        | yes    | `HalfClose` | `HalfClose` |
    ///
    /// "The server MUST close the underlying TCP connection immediately; the client SHOULD wait for
    /// the server to close the connection" (section 5.5.1), but not before the answer to a close
    /// message is sent.
    ///
    /// Where the connection was failed, the other side may be sending still. To drop it at once
    /// would answer that by a TCP reset, which can destroy our close message before it is read. So
    /// both sides close it "cleanly", as section 7.1.1 has it: they "call shutdown() with SHUT_WR
    /// on the socket, call recv() until obtaining a return value of 0 indicating that the peer has
    /// also performed an orderly shutdown, and finally call close()". That is also how a server
    /// "SHOULD initiate a TCP Close immediately", and a client "SHOULD wait for a TCP Close from
    /// the server" (the same section).
    pub fn next(&self) -> CloseStep {
        match (&self.sent, &self.received, &self.failed) {
            (_, _, Some(_)) => CloseStep::HalfClose,
            (None, None, None) => CloseStep::Open,
            (Some(_), Some(_), None) if self.us == Role::Server => CloseStep::Done,
            _ => CloseStep::AwaitPeer,
        }
    }

    /// Code and reason for the user, now that the TCP connection has ended; `end` says how.
    ///
    /// | received  | sent    | failed | code, reason                                         |
    /// |-----------|---------|--------|------------------------------------------------------|
    /// | code, why | any     | any    | code, `why`                                          |
    /// | empty     | any     | any    | 1005, nothing                                        |
    /// | –         | –       | –      | 1006, `END; NONE`                                    |
    /// | –         | message | –      | 1006, `sent MESSAGE; END; NONE`                      |
    /// | –         | not yet | –      | 1006, `MESSAGE not sent; END; NONE`                  |
    /// | –         | for it  | 1002   | 1006, `sent 1002 (…); END; NONE`                     |
    /// | –         | before  | 1002   | 1006, `sent MESSAGE; failed with 1002 (…); END; NONE`|
    /// | –         | –       | 1002   | 1006, `failed with 1002 (…); END; NONE`              |
    /// | –         | not yet | 1002   | the same                                             |
    ///
    /// `NONE` is "no close message received"; `not yet`: the message [has not
    /// left](Closing::record_left).
    ///
    /// `END` is left out if it is the ordinary one and somebody was closing.
    pub fn status(&self, end: End<'_>) -> CloseStatus {
        if let Some(message) = &self.received {
            let code = message.code().unwrap_or(code::NO_STATUS_RECEIVED);
            return CloseStatus { code, reason: message.reason().to_owned() };
        }
        let mut parts = Vec::new();
        match (&self.sent, &self.failed) {
            // What was wrong is shown whole, though the message may have had no room for it.
            (Some(message), Some(violation)) if *message == violation.into() => {
                let what = if self.has_left { "sent" } else { "failed with" };
                parts.push(format!("{what} {violation}"));
            }
            (sent, failed) => {
                parts.extend(sent.as_ref().map(|message| match self.has_left {
                    true => format!("sent {message}"),
                    false => format!("{message} not sent"),
                }));
                parts.extend(failed.as_ref().map(|violation| format!("failed with {violation}")));
            }
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

    fn client() -> Closing {
        Closing::new(Role::Client)
    }

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
        let closing = client();
        assert!(closing.is_open() && !closing.discards_input());
        assert!(!closing.is_close_sent() && closing.received.is_none() && closing.failed.is_none());
    }

    #[test]
    fn after_sending_a_close_messages_may_still_come() {
        let mut closing = client();
        closing.record_sent(message(1000, ""));
        assert!(closing.is_close_sent() && !closing.is_open() && !closing.discards_input());
    }

    #[test]
    fn the_first_close_sent_is_the_one_that_counts() {
        let mut closing = client();
        closing.record_sent(message(1000, "first"));
        closing.record_sent(message(1001, "second"));
        closing.record_left();
        let expected = abnormal("sent 1000 (first); no close message received");
        assert_eq!(closing.status(End::Ordinary), expected);
    }

    #[test]
    fn answers_a_close_with_its_code_alone() {
        let mut closing = client();
        assert_eq!(closing.record_received(message(1001, "going")), Some(message(1001, "")));
        assert!(closing.received.is_some() && !closing.is_open() && closing.discards_input());
    }

    #[test]
    fn answers_an_empty_close_with_an_empty_one() {
        assert_eq!(client().record_received(empty()), Some(empty()));
    }

    #[test]
    fn does_not_answer_the_answer() {
        let mut closing = client();
        closing.record_sent(message(1000, "bye"));
        assert_eq!(closing.record_received(message(1000, "")), None);
        assert!(closing.discards_input());
    }

    #[test]
    fn ignores_a_second_close() {
        let mut closing = client();
        closing.record_received(message(1001, "first"));
        assert_eq!(closing.record_received(message(1000, "second")), None);
        assert_eq!(closing.status(End::Ordinary), status(1001, "first"));
    }

    #[test]
    fn failing_sends_what_was_wrong() {
        let mut closing = client();
        assert_eq!(closing.fail(violation()), Some(message(1002, "reserved opcode 3")));
        assert!(closing.failed.is_some() && !closing.is_open() && closing.discards_input());
    }

    #[test]
    fn failing_sends_no_second_close() {
        let mut closing = client();
        closing.record_sent(message(1000, ""));
        assert_eq!(closing.fail(violation()), None);
        assert!(closing.failed.is_some() && closing.discards_input());
    }

    #[test]
    fn fails_once() {
        let mut closing = client();
        let first = closing.fail(violation()).unwrap();
        closing.record_sent(first);
        closing.record_left();
        assert_eq!(closing.fail(Violation::message_too_big("another")), None);
        let expected = abnormal("sent 1002 (reserved opcode 3); no close message received");
        assert_eq!(closing.status(End::Ordinary), expected);
    }

    #[test]
    fn does_not_fail_after_a_close_was_received() {
        let mut closing = client();
        closing.record_received(message(1000, "bye"));
        assert_eq!(closing.fail(violation()), None);
        assert!(closing.failed.is_none());
    }

    #[test]
    fn a_close_after_failing_does_not_count() {
        let mut closing = client();
        closing.fail(violation());
        assert_eq!(closing.record_received(message(1000, "bye")), None);
        assert!(closing.received.is_none());
        assert_eq!(closing.status(End::Ordinary).code, 1006);
    }

    // What is due, in the order of its table

    /// What is due for a client and for a server after the same.
    fn next(happens: impl Fn(&mut Closing)) -> [CloseStep; 2] {
        [Role::Client, Role::Server].map(|us| {
            let mut closing = Closing::new(us);
            happens(&mut closing);
            closing.next()
        })
    }

    #[test]
    fn nothing_is_due_while_nobody_is_closing() {
        assert_eq!(next(|_| {}), [CloseStep::Open; 2]);
    }

    #[test]
    fn who_has_sent_a_close_waits() {
        let sends = |closing: &mut Closing| closing.record_sent(message(1000, ""));
        assert_eq!(next(sends), [CloseStep::AwaitPeer; 2]);
    }

    #[test]
    fn nobody_drops_the_connection_before_the_answer_is_sent() {
        let receives = |closing: &mut Closing| drop(closing.record_received(message(1000, "")));
        assert_eq!(next(receives), [CloseStep::AwaitPeer; 2]);
    }

    #[test]
    fn the_server_drops_the_connection_after_both_close_messages() {
        let answers = |closing: &mut Closing| {
            let answer = closing.record_received(message(1000, "")).unwrap();
            closing.record_sent(answer);
        };
        assert_eq!(next(answers), [CloseStep::AwaitPeer, CloseStep::Done]);
        let is_answered = |closing: &mut Closing| {
            closing.record_sent(message(1000, ""));
            closing.record_received(message(1000, ""));
        };
        assert_eq!(next(is_answered), [CloseStep::AwaitPeer, CloseStep::Done]);
    }

    #[test]
    fn a_failed_connection_is_closed_cleanly_by_both() {
        let fails = |closing: &mut Closing| drop(closing.fail(violation()));
        assert_eq!(next(fails), [CloseStep::HalfClose; 2]);
        let fails_and_says_so = |closing: &mut Closing| {
            let message = closing.fail(violation()).unwrap();
            closing.record_sent(message);
        };
        assert_eq!(next(fails_and_says_so), [CloseStep::HalfClose; 2]);
        let fails_while_closing = |closing: &mut Closing| {
            closing.record_sent(message(1000, ""));
            closing.fail(violation());
            closing.record_received(message(1000, ""));
        };
        assert_eq!(next(fails_while_closing), [CloseStep::HalfClose; 2]);
    }

    // The status, in the order of its table

    #[test]
    fn the_status_is_the_close_message_received() {
        let mut closing = client();
        closing.record_received(message(4000, "why"));
        assert_eq!(closing.status(End::Broken("connection reset by peer")), status(4000, "why"));
    }

    #[test]
    fn the_status_is_that_of_the_other_side_also_when_we_closed_first() {
        let mut closing = client();
        closing.record_sent(message(1000, "ours"));
        closing.record_received(message(1001, "theirs"));
        assert_eq!(closing.status(End::Ordinary), status(1001, "theirs"));
    }

    #[test]
    fn the_status_on_an_empty_close_is_1005() {
        let mut closing = client();
        closing.record_received(empty());
        assert_eq!(closing.status(End::Ordinary), status(1005, ""));
    }

    #[test]
    fn the_status_on_a_connection_that_just_ended_says_how() {
        let closing = client();
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
        let mut closing = client();
        closing.record_sent(message(1000, "bye"));
        closing.record_left();
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
    fn the_status_says_what_has_not_left() {
        let mut closing = client();
        closing.record_left();
        closing.record_sent(message(1000, "bye"));
        assert_eq!(
            closing.status(End::Broken("timed out")),
            abnormal("1000 (bye) not sent; timed out; no close message received")
        );
        closing.fail(violation());
        assert_eq!(
            closing.status(End::Ordinary),
            abnormal(
                "1000 (bye) not sent; failed with 1002 (reserved opcode 3); no close message \
                 received"
            )
        );
        let mut closing = client();
        let message = closing.fail(violation()).unwrap();
        closing.record_sent(message);
        assert_eq!(
            closing.status(End::Ordinary),
            abnormal("failed with 1002 (reserved opcode 3); no close message received")
        );
    }

    #[test]
    fn the_status_says_that_we_sent_an_empty_close() {
        let mut closing = client();
        closing.record_sent(empty());
        closing.record_left();
        assert_eq!(
            closing.status(End::Ordinary),
            abnormal("sent an empty close message; no close message received")
        );
    }

    #[test]
    fn the_status_on_a_failed_connection_says_once_what_was_wrong() {
        let mut closing = client();
        let message = closing.fail(violation()).unwrap();
        closing.record_sent(message);
        closing.record_left();
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
    fn the_status_shows_whole_what_was_wrong() {
        let mut closing = client();
        let long = "x".repeat(200);
        let message = closing.fail(Violation::protocol_error(long.clone())).unwrap();
        closing.record_sent(message);
        closing.record_left();
        assert_eq!(
            closing.status(End::Ordinary),
            abnormal(&format!("sent 1002 ({long}); no close message received"))
        );
    }

    #[test]
    fn the_status_on_a_connection_failed_while_closing_says_both() {
        let mut closing = client();
        closing.record_sent(message(1000, "bye"));
        closing.record_left();
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
        let mut closing = client();
        closing.fail(violation());
        assert_eq!(
            closing.status(End::Broken("broken pipe")),
            abnormal(
                "failed with 1002 (reserved opcode 3); broken pipe; no close message received"
            )
        );
    }
}
