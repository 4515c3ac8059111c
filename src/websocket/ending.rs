//! The end of a connection: what both sides said about it, how long to wait for the peer, and what
//! the script was told.

use std::time::{Duration, Instant};

use crate::{
    io::Progress,
    protocol::websocket::{
        CloseMessage, CloseStatus, CloseStep, Closing, End, Opcode, Role, Violation,
    },
};

/// How far the connection is on its way to the end.
#[derive(Debug)]
pub(super) struct Ending {
    us: Role,
    /// Whether the object is to be deleted where the script takes no notice of the end.
    expires: bool,
    /// `None` as long as nobody has begun to end it.
    begun: Option<Box<Begun>>,
}

/// What is known of an end that has begun.
#[derive(Debug)]
struct Begun {
    closing: Closing,
    /// Whether the script called `close`: it wants the end, whatever the callbacks are.
    is_requested: bool,
    /// How the TCP connection ended, once it has: the error, if it was one.
    loss: Option<Option<String>>,
    /// The wait for the peer to drop the connection, once there is a reason to.
    wait: Option<Wait>,
    /// What the `close` callback gets, once that is known.
    status: Option<CloseStatus>,
    /// Whether the end was reported to the script.
    is_reported: bool,
}

/// A wait for the peer.
#[derive(Debug)]
struct Wait {
    /// How long it may take.
    timeout: Duration,
    /// When it began, or when the peer was last seen to take something.
    since: Instant,
    /// How many bytes had been handed over when it began.
    handed_over: u64,
    /// How many of them the peer had taken at the last look.
    delivered: u64,
}

/// How soon to see whether a peer takes what is on its way: no event tells.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

impl Ending {
    /// A connection that nobody has begun to close.
    pub(super) fn new(us: Role) -> Self {
        Self { us, expires: false, begun: None }
    }

    /// Has the object deleted where the script takes no notice of the end.
    pub(super) fn expire(&mut self) {
        self.expires = true;
    }

    /// Whether that is so, and the script was not told of the end.
    pub(super) fn expires(&self) -> bool {
        self.expires && !self.is(|begun| begun.is_reported)
    }

    /// To record something of the end.
    fn begin(&mut self) -> &mut Begun {
        self.begun.get_or_insert_with(|| {
            Box::new(Begun {
                closing: Closing::new(self.us),
                is_requested: false,
                loss: None,
                wait: None,
                status: None,
                is_reported: false,
            })
        })
    }

    /// Whether this is known of the end.
    fn is(&self, known: impl FnOnce(&Begun) -> bool) -> bool {
        self.begun.as_deref().is_some_and(known)
    }

    /// Whether messages may be sent, as far as the closing handshake is concerned.
    pub(super) fn is_open(&self) -> bool {
        !self.is(|begun| !begun.closing.is_open())
    }

    /// Whether what arrives now is thrown away.
    pub(super) fn discards_input(&self) -> bool {
        self.is(|begun| begun.closing.discards_input())
    }

    /// Whether a frame of this kind may be sent.
    ///
    /// "The application MUST NOT send any more data frames after sending a Close frame." (RFC 6455
    /// section 5.5.1) A pong is owed until the peer's close message has come (section 5.5.2).
    pub(super) fn allows(&self, opcode: Opcode) -> bool {
        match opcode {
            Opcode::Close => !self.is(|begun| begun.closing.is_close_sent()),
            Opcode::Pong => !self.discards_input(),
            _ => self.is_open(),
        }
    }

    /// Records that the script called `close`.
    pub(super) fn request(&mut self) {
        self.begin().is_requested = true;
    }

    /// Whether the script called `close`.
    pub(super) fn is_requested(&self) -> bool {
        self.is(|begun| begun.is_requested)
    }

    /// Whether the script takes whatever arrives, since it wants the end or was told of it.
    pub(super) fn takes_all(&self) -> bool {
        self.is(|begun| begun.is_requested || begun.is_reported)
    }

    /// Whether the end has come and is kept until the script wants to know of it.
    pub(super) fn is_kept(&self) -> bool {
        self.is(|begun| (begun.status.is_some() || begun.loss.is_some()) && !begun.is_reported)
    }

    /// Records that a close message was handed over to be sent.
    pub(super) fn record_sent(&mut self, message: CloseMessage) {
        self.begin().closing.record_sent(message);
    }

    /// Takes the close message of the peer, and returns the answer that is owed, if any.
    pub(super) fn record_received(&mut self, message: CloseMessage) -> Option<CloseMessage> {
        self.begin().closing.record_received(message)
    }

    /// Fails the connection, and returns the close message to send, if one may still be sent.
    pub(super) fn fail(&mut self, violation: Violation) -> Option<CloseMessage> {
        self.begin().closing.fail(violation)
    }

    /// What is due on the TCP connection once all output is written.
    pub(super) fn next_step(&self) -> CloseStep {
        self.begun.as_ref().map_or(CloseStep::Open, |begun| begun.closing.next())
    }

    /// Begins to wait for the peer to drop the connection, for as long as `timeout`. Returns how
    /// long to wait before looking; `None` where it waits already.
    pub(super) fn begin_wait(
        &mut self,
        timeout: Duration,
        progress: impl FnOnce() -> Progress,
        now: Instant,
    ) -> Option<Duration> {
        let wait = &mut self.begin().wait;
        if wait.is_some() {
            return None;
        }
        let Progress { handed_over, delivered } = progress();
        *wait = Some(Wait { timeout, since: now, handed_over, delivered });
        Some(self.remaining(delivered, now).unwrap_or_default())
    }

    /// How long to wait before looking again; `None` when the peer's time is over. It begins anew
    /// whenever the peer has taken more of what was sent before; what is sent meanwhile, such as
    /// pongs, does not count.
    pub(super) fn remaining(&mut self, delivered: u64, now: Instant) -> Option<Duration> {
        let wait = self.begun.as_mut()?.wait.as_mut()?;
        if wait.delivered < delivered.min(wait.handed_over) {
            wait.delivered = delivered;
            wait.since = now;
        }
        let waited = now.saturating_duration_since(wait.since);
        let remaining = wait.timeout.checked_sub(waited).filter(|rest| !rest.is_zero())?;
        let look_again = LOOK_AGAIN.min(wait.timeout / 4);
        let is_underway = wait.delivered < wait.handed_over;
        Some(if is_underway { remaining.min(look_again) } else { remaining })
    }

    /// Records that the output is empty.
    pub(super) fn record_left(&mut self) {
        if let Some(begun) = &mut self.begun {
            begun.closing.record_left();
        }
    }

    /// What an end that goes like this means, for a person.
    pub(super) fn status_of(&self, end: End<'_>) -> CloseStatus {
        match &self.begun {
            Some(begun) => begun.closing.status(end),
            None => Closing::new(self.us).status(end),
        }
    }

    /// Sets what the `close` callback gets, unless that is known already.
    pub(super) fn set_status(&mut self, end: End<'_>) {
        let Begun { closing, status, .. } = self.begin();
        status.get_or_insert_with(|| closing.status(end));
    }

    /// What the `close` callback gets, once that is known.
    pub(super) fn status(&self) -> Option<&CloseStatus> {
        self.begun.as_ref()?.status.as_ref()
    }

    /// Records that the TCP connection is gone, which is the status unless something that came
    /// before and waits says more.
    pub(super) fn record_loss(&mut self, end: End<'_>) {
        self.begin().loss.get_or_insert_with(|| match end {
            End::Ordinary => None,
            End::Broken(how) => Some(how.to_owned()),
        });
    }

    /// Sets what the `close` callback gets, if the TCP connection is gone and nothing was said
    /// before.
    pub(super) fn settle_loss(&mut self) {
        if self.is(|begun| begun.loss.is_some()) {
            self.begin().status = self.last_status();
        }
    }

    /// What there is to say of the end so far: the status, or how the TCP connection ended.
    pub(super) fn last_status(&self) -> Option<CloseStatus> {
        let Begun { closing, loss, status, .. } = self.begun.as_deref()?;
        let of_loss = |how: &Option<String>| {
            closing.status(how.as_deref().map_or(End::Ordinary, End::Broken))
        };
        status.clone().or_else(|| loss.as_ref().map(of_loss))
    }

    /// Tells the script nothing any more.
    pub(super) fn forsake(&mut self) {
        self.begin().is_reported = true;
    }

    /// Takes the right to report the end to the script, which is done once.
    pub(super) fn begin_report(&mut self) -> bool {
        !std::mem::replace(&mut self.begin().is_reported, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(code: i64) -> CloseMessage {
        CloseMessage::new(Some(code), "").unwrap()
    }

    fn violation() -> Violation {
        Violation::protocol_error("reserved opcode 3")
    }

    #[test]
    fn everything_may_be_sent_while_nobody_closes() {
        let ending = Ending::new(Role::Client);
        let all = [Opcode::Text, Opcode::Binary, Opcode::Ping, Opcode::Pong, Opcode::Close];
        assert!(all.into_iter().all(|opcode| ending.allows(opcode)));
    }

    const TIMEOUT: Duration = Duration::from_secs(10);

    fn waiting(handed_over: u64, delivered: u64, now: Instant) -> Ending {
        let mut ending = Ending::new(Role::Client);
        assert_eq!(ending.remaining(delivered, now), None);
        let first = if delivered < handed_over { LOOK_AGAIN } else { TIMEOUT };
        let progress = || Progress { handed_over, delivered };
        assert_eq!(ending.begin_wait(TIMEOUT, progress, now), Some(first));
        ending
    }

    #[test]
    fn a_peer_that_has_taken_everything_has_its_time_once() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut ending = waiting(100, 100, start);
        let again = Progress { handed_over: 200, delivered: 100 };
        assert_eq!(ending.begin_wait(2 * TIMEOUT, || again, at(1)), None);
        assert_eq!(ending.remaining(100, at(4)), Some(Duration::from_secs(6)));
        // The close message itself, and pongs.
        assert_eq!(ending.remaining(120, at(5)), Some(Duration::from_secs(5)));
        assert_eq!(ending.remaining(140, at(10)), None);
    }

    #[test]
    fn the_peers_time_begins_anew_as_long_as_it_takes_something() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut ending = waiting(100, 0, start);
        assert_eq!(ending.remaining(1, at(9)), Some(LOOK_AGAIN));
        assert_eq!(ending.remaining(2, at(18)), Some(LOOK_AGAIN));
        assert_eq!(ending.remaining(108, at(27)), Some(TIMEOUT));
        assert_eq!(ending.remaining(116, at(36)), Some(Duration::from_secs(1)));
        assert_eq!(ending.remaining(124, at(37)), None);
    }

    #[test]
    fn a_peer_that_takes_nothing_has_its_time_once() {
        let start = Instant::now();
        assert_eq!(waiting(100, 0, start).remaining(0, start + TIMEOUT), None);
    }

    #[test]
    fn after_our_close_message_only_pongs_may_be_sent() {
        let mut ending = Ending::new(Role::Client);
        ending.record_sent(message(1000));
        let none = [Opcode::Text, Opcode::Binary, Opcode::Ping, Opcode::Close];
        assert!(none.into_iter().all(|opcode| !ending.allows(opcode)));
        assert!(ending.allows(Opcode::Pong) && !ending.discards_input());
    }

    #[test]
    fn after_the_peers_close_message_only_the_answer_may_be_sent() {
        let mut ending = Ending::new(Role::Client);
        assert_eq!(ending.record_received(message(1001)), Some(message(1001)));
        assert!(ending.allows(Opcode::Close) && !ending.allows(Opcode::Pong));
        assert!(ending.discards_input());
    }

    #[test]
    fn the_first_status_counts() {
        let mut ending = Ending::new(Role::Client);
        ending.set_status(End::Ordinary);
        let first = ending.status().cloned();
        ending.fail(violation());
        ending.set_status(End::Broken("timed out"));
        assert_eq!(ending.status().cloned(), first);
    }

    #[test]
    fn an_end_is_kept_until_it_is_reported_and_that_is_done_once() {
        let mut ending = Ending::new(Role::Client);
        assert!(!ending.is_kept());
        ending.set_status(End::Ordinary);
        assert!(ending.is_kept() && !ending.takes_all());
        assert!(ending.begin_report() && !ending.begin_report());
        assert!(!ending.is_kept() && ending.takes_all());
    }

    #[test]
    fn a_loss_is_the_status_where_nothing_was_said_before() {
        let mut ending = Ending::new(Role::Client);
        ending.settle_loss();
        assert!(!ending.is_kept() && ending.status().is_none());
        ending.record_loss(End::Broken("reset"));
        ending.record_loss(End::Ordinary);
        assert!(ending.is_kept() && ending.status().is_none());
        let expected = Some(ending.status_of(End::Broken("reset")));
        assert_eq!(ending.last_status(), expected);
        ending.settle_loss();
        assert_eq!(ending.status().cloned(), expected);
        assert!(ending.is_kept() && ending.begin_report() && !ending.is_kept());
    }

    #[test]
    fn what_was_said_before_a_loss_counts() {
        let mut ending = Ending::new(Role::Client);
        ending.record_loss(End::Ordinary);
        ending.record_received(message(1001));
        ending.settle_loss();
        assert_eq!(ending.status().map(|status| status.code), Some(1001));
    }

    #[test]
    fn who_closes_takes_whatever_arrives() {
        let mut ending = Ending::new(Role::Client);
        ending.request();
        assert!(ending.takes_all() && ending.is_requested());
    }
}
