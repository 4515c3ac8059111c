//! Tests of a conversation: what is decided is written here, and the client is the other end of a
//! TCP connection in the same thread.

use std::{
    cell::RefCell,
    io::{self, Read, Write},
    net::{Ipv4Addr, Shutdown, TcpListener, TcpStream},
};

use super::*;
use crate::tcl::{
    Channel,
    testing::{Tcl, run},
};

const GET: &str = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
const POST: &str = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n";

/// More than the system takes at once.
const LARGE: usize = 32 << 20;

/// What is done when there is the head of a request.
type Decision = fn(&Rc<Conversation>);

/// Decides, and records on what.
struct Decider {
    decision: Cell<Decision>,
    persists: Cell<bool>,
    asked: RefCell<Vec<String>>,
}

impl Requests for Decider {
    fn head(&self, conversation: &Rc<Conversation>, head: &Rc<RequestHead>) {
        self.asked.borrow_mut().push(format!("head {} {}", head.method, head.target.as_str()));
        (self.decision.get())(conversation);
    }

    fn request(&self, conversation: &Rc<Conversation>, _: &Rc<RequestHead>, content: Value) {
        let content = content.to_utf8_lossy();
        self.asked.borrow_mut().push(format!("content {content}").trim_end().to_owned());
        conversation.answer(&Answer::text(200, &content)).unwrap();
    }

    fn persists(&self) -> bool {
        self.persists.get()
    }
}

fn answer(conversation: &Rc<Conversation>) {
    conversation.answer(&Answer::text(200, "ok")).unwrap();
}

fn collect(conversation: &Rc<Conversation>) {
    conversation.collect();
}

/// The test decides.
fn later(_: &Rc<Conversation>) {}

/// A conversation, and its client.
struct World {
    tcl: Tcl,
    conversation: Rc<Conversation>,
    decider: Rc<Decider>,
    client: TcpStream,
    /// What the client has received and the test has not compared.
    received: RefCell<Vec<u8>>,
}

impl World {
    /// One where this is done with a request.
    fn new(tcl: &Tcl, decision: Decision) -> Self {
        Self::with_timeout(tcl, decision, None)
    }

    fn with_timeout(tcl: &Tcl, decision: Decision, timeout: Option<Duration>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        client.set_nodelay(true).unwrap();
        let (socket, _) = listener.accept().unwrap();
        client.set_nonblocking(true).unwrap();
        socket.set_nonblocking(true).unwrap();
        let stream = Rc::new(Stream::new(Channel::from_socket(tcl.interp(), socket).unwrap()));
        let (asked, persists) = (RefCell::default(), Cell::new(true));
        let decider = Rc::new(Decider { decision: Cell::new(decision), persists, asked });
        let requests: Rc<dyn Requests> = decider.clone();
        let conversation = Conversation::new(&Context::of(tcl), stream, requests, timeout);
        conversation.start();
        Self { tcl: tcl.clone(), conversation, decider, client, received: RefCell::default() }
    }

    /// Has the client send this, which the system takes at once.
    fn send(&self, text: &str) {
        (&self.client).write_all(text.as_bytes()).unwrap();
    }

    /// Has the client read what has come; tells whether that was the end.
    fn read(&self) -> bool {
        let mut buffer = [0; 65536];
        loop {
            match (&self.client).read(&mut buffer) {
                Ok(0) => return true,
                Ok(count) => self.received.borrow_mut().extend_from_slice(&buffer[..count]),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return false,
                Err(error) => panic!("{error}"),
            }
        }
    }

    /// Waits until so much was decided on, and compares.
    #[track_caller]
    fn asked(&self, expected: &[&str]) {
        let asked = &self.decider.asked;
        let what = format!("it is asked {expected:?}");
        self.tcl.wait_until(&what, || asked.borrow().len() >= expected.len());
        assert_eq!(asked.take(), expected);
    }

    /// Waits for an answer, and compares its status, whether the connection is closed behind it,
    /// and its content.
    #[track_caller]
    fn answered(&self, expected: &str) {
        let mut answer = None;
        self.tcl.wait_until(&format!("there is the answer {expected}"), || {
            self.read();
            answer = take_answer(&mut self.received.borrow_mut());
            answer.is_some()
        });
        assert_eq!(answer.unwrap(), expected);
    }

    /// Waits until the client meets the end, with nothing before it.
    #[track_caller]
    fn ended(&self) {
        self.tcl.wait_until("the client meets the end", || self.read());
        assert_eq!(String::from_utf8_lossy(&self.received.borrow()), "");
    }

    #[track_caller]
    fn wait_until_over(&self) {
        self.tcl.wait_until("the conversation is over", || self.conversation.is_over());
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.conversation.stop();
        if !std::thread::panicking() {
            // Its handler is gone, which had the other share.
            assert_eq!(Rc::strong_count(&self.conversation), 1);
            assert_eq!(self.decider.asked.take(), [""; 0], "it was asked more");
        }
    }
}

/// Takes an answer off the front: `200 close text`, say.
fn take_answer(received: &mut Vec<u8>) -> Option<String> {
    let text = String::from_utf8(received.clone()).unwrap();
    let (head, rest) = text.split_once("\r\n\r\n")?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?;
    let length = lines.clone().find_map(|line| line.strip_prefix("Content-Length: "));
    let content = rest.get(..length.map_or(0, |length| length.parse().unwrap()))?;
    let close = if lines.any(|line| line == "Connection: close") { "close" } else { "" };
    let answer = [status, close, content.trim_end()];
    received.drain(..head.len() + 4 + content.len());
    Some(answer.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

// Requests and answers

#[test]
fn requests_are_answered_on_one_connection() {
    run(|tcl| {
        let world = World::new(tcl, answer);
        for _ in 0..2 {
            world.send(GET);
            world.asked(&["head GET /a"]);
            world.answered("200 ok");
        }
        world.client.shutdown(Shutdown::Write).unwrap();
        world.ended();
        assert!(world.conversation.is_over());
    });
}

#[test]
fn a_request_waits_for_the_answer_to_the_one_before() {
    run(|tcl| {
        let world = World::new(tcl, later);
        world.send(&GET.repeat(2));
        world.asked(&["head GET /a"]);
        world.send(&GET.replace("/a", "/b"));
        assert!(!tcl.handle_channel_event(), "what comes meanwhile is not read");
        answer(&world.conversation);
        world.answered("200 ok");
        world.asked(&["head GET /a"]);
        answer(&world.conversation);
        world.answered("200 ok");
        world.asked(&["head GET /b"]);
    });
}

#[test]
fn content_is_collected_if_that_is_wanted() {
    run(|tcl| {
        let world = World::new(tcl, collect);
        world.send(&format!("{POST}he"));
        world.asked(&["head POST /a"]);
        world.send("llo");
        world.asked(&["content hello"]);
        world.answered("200 hello");
        let chunked = POST.replace("Content-Length: 5", "Transfer-Encoding: chunked");
        world.send(&format!("{chunked}2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"));
        world.asked(&["head POST /a", "content hello"]);
        world.answered("200 hello");
        world.send(GET);
        world.asked(&["head GET /a", "content"]);
        world.answered("200");
    });
}

#[test]
fn a_client_that_waits_with_its_content_is_told_to_send_it() {
    run(|tcl| {
        let world = World::new(tcl, collect);
        let expecting = POST.replace("Host", "Expect: 100-continue\r\nHost");
        world.send(&expecting);
        world.asked(&["head POST /a"]);
        world.answered("100");
        world.send("hello");
        world.asked(&["content hello"]);
        world.answered("200 hello");
        // Not one that does not wait.
        world.send(&format!("{expecting}hello"));
        world.asked(&["head POST /a", "content hello"]);
        world.answered("200 hello");
    });
}

#[test]
fn nothing_can_be_decided_where_no_decision_is_due() {
    run(|tcl| {
        let world = World::new(tcl, collect);
        let nothing = || {
            answer(&world.conversation);
            collect(&world.conversation);
            assert!(world.conversation.hand_over().is_none());
            assert!(!world.read() && world.received.borrow().is_empty());
        };
        nothing();
        world.send(&format!("{POST}he"));
        world.asked(&["head POST /a"]);
        nothing();
        world.send("llo");
        world.asked(&["content hello"]);
        world.answered("200 hello");
        nothing();
    });
}

#[test]
fn an_answer_that_cannot_be_sent_may_be_replaced() {
    run(|tcl| {
        let world = World::new(tcl, later);
        world.send(GET);
        world.asked(&["head GET /a"]);
        let bad = Answer { body: Value::string("\u{20AC}"), ..Answer::text(200, "") };
        assert!(matches!(world.conversation.answer(&bad), Err(BadAnswer::NotBytes(_))));
        let bad = Answer::text(200, "").with("a b", "c");
        assert!(matches!(world.conversation.answer(&bad), Err(BadAnswer::Head(_))));
        answer(&world.conversation);
        world.answered("200 ok");
    });
}

// The end

#[test]
fn the_connection_is_closed_behind_an_answer_where_a_side_wants_that() {
    run(|tcl| {
        let world = World::new(tcl, answer);
        world.send(&GET.replace("Host", "Connection: close\r\nHost"));
        world.answered("200 close ok");
        world.asked(&["head GET /a"]);
        world.ended();
        // What the client still sends is dropped.
        world.send(GET);
        assert!(tcl.handle_channel_event() && !world.conversation.is_over());
        assert!(!world.conversation.stream().has_input());
        world.client.shutdown(Shutdown::Write).unwrap();
        world.wait_until_over();

        let world = World::new(tcl, answer);
        world.decider.persists.set(false);
        world.send(GET);
        world.answered("200 close ok");
        world.asked(&["head GET /a"]);
        world.ended();
    });
}

#[test]
fn the_connection_is_closed_where_content_was_not_read() {
    run(|tcl| {
        let world = World::new(tcl, answer);
        world.send(POST);
        world.answered("200 close ok");
        world.asked(&["head POST /a"]);
        world.ended();
    });
}

#[test]
fn what_is_no_request_is_refused() {
    run(|tcl| {
        let too_large = POST.replace(": 5", ": 1048577");
        for (sent, status) in
            [("nonsense\r\n", 400), ("GET / HTTP/1.1\r\n\r\n", 400), (&too_large, 413)]
        {
            let world = World::new(tcl, answer);
            world.send(sent);
            tcl.wait_until("it is refused", || {
                world.read();
                world.received.borrow().ends_with(b"\n")
            });
            let text = take_answer(&mut world.received.borrow_mut()).unwrap();
            assert!(text.starts_with(&format!("{status} close ")), "{text}");
            world.ended();
        }
        // It would not understand.
        let world = World::new(tcl, answer);
        world.send("\x16\x03\x01");
        world.ended();
        assert!(world.conversation.is_over());
    });
}

#[test]
fn content_that_is_broken_is_refused() {
    run(|tcl| {
        let world = World::new(tcl, collect);
        let chunked = POST.replace("Content-Length: 5", "Transfer-Encoding: chunked");
        world.send(&format!("{chunked}x\r\n"));
        world.asked(&["head POST /a"]);
        world.answered("400 close invalid body of the request: invalid chunk size");
        world.ended();
    });
}

#[test]
fn a_client_that_has_ended_its_half_gets_its_answer() {
    run(|tcl| {
        let world = World::new(tcl, later);
        world.send(GET);
        world.asked(&["head GET /a"]);
        world.client.shutdown(Shutdown::Write).unwrap();
        assert!(!tcl.handle_channel_event());
        answer(&world.conversation);
        world.answered("200 ok");
        world.ended();
        assert!(world.conversation.is_over());
    });
}

#[test]
fn a_request_that_is_cut_off_is_not_answered() {
    run(|tcl| {
        for sent in [&GET[..10], &format!("{POST}he")] {
            let world = World::new(tcl, collect);
            world.send(sent);
            world.client.shutdown(Shutdown::Write).unwrap();
            world.ended();
            world.decider.asked.take();
            assert!(world.conversation.is_over());
        }
    });
}

#[test]
fn it_may_be_stopped_at_any_time() {
    run(|tcl| {
        // While it decides.
        let world = World::new(tcl, |conversation| conversation.stop());
        world.send(&GET.repeat(2));
        world.asked(&["head GET /a"]);
        world.ended();
        answer(&world.conversation);
        assert!(world.conversation.is_over() && world.conversation.hand_over().is_none());
        // While an answer is being taken.
        let world = World::new(tcl, later);
        world.send(GET);
        world.asked(&["head GET /a"]);
        world.conversation.answer(&large()).unwrap();
        assert!(world.conversation.stream().progress().handed_over < LARGE as u64);
        world.conversation.stop();
        assert!(world.conversation.is_over());
    });
}

#[test]
fn only_an_idle_connection_is_dropped_where_no_more_are_wanted() {
    run(|tcl| {
        let world = World::new(tcl, later);
        world.send(&GET[..10]);
        assert!(tcl.handle_channel_event());
        world.conversation.stop_if_idle();
        world.send(&GET[10..]);
        world.asked(&["head GET /a"]);
        world.conversation.stop_if_idle();
        answer(&world.conversation);
        world.answered("200 ok");
        assert!(!world.conversation.is_over());
        world.conversation.stop_if_idle();
        world.ended();
    });
}

#[test]
fn the_stream_is_handed_over_with_what_came_behind_the_head() {
    run(|tcl| {
        let world = World::new(tcl, later);
        world.send(&format!("{GET}behind"));
        world.asked(&["head GET /a"]);
        let stream = world.conversation.hand_over().unwrap();
        assert!(world.conversation.is_over());
        assert_eq!(stream.parse(|bytes| bytes.to_vec()), b"behind");
        world.conversation.stop();
        stream.push(Value::bytes(b"mine")).unwrap();
        stream.flush().unwrap();
        tcl.wait_until("it comes", || {
            assert!(!world.read());
            *world.received.borrow() == b"mine"
        });
    });
}

// Time

#[test]
fn a_silent_client_is_dropped_and_a_slow_one_refused() {
    let timeout = Some(Duration::from_millis(10));
    run(|tcl| {
        let world = World::with_timeout(tcl, collect, timeout);
        world.ended();
        assert!(world.conversation.is_over());
        let late = "408 close the request has taken too long";
        let world = World::with_timeout(tcl, collect, timeout);
        world.send(&GET[..10]);
        world.answered(late);
        world.ended();
        let world = World::with_timeout(tcl, collect, timeout);
        world.send(POST);
        world.answered(late);
        world.asked(&["head POST /a"]);
        world.ended();
    });
}

#[test]
fn a_decision_may_take_as_long_as_it_takes() {
    run(|tcl| {
        let timeout = Duration::from_millis(10);
        let world = World::with_timeout(tcl, later, Some(timeout));
        world.send(GET);
        world.asked(&["head GET /a"]);
        let is_late = Rc::new(Cell::new(false));
        let flag = Rc::clone(&is_late);
        let _timer = Timer::after(tcl.interp(), 3 * timeout, move || flag.set(true));
        tcl.wait_until("it takes long", || is_late.get());
        answer(&world.conversation);
        world.answered("200 ok");
    });
}

#[test]
fn a_client_that_takes_nothing_of_its_answer_is_dropped() {
    run(|tcl| {
        // The timer is this test's.
        let world = World::new(tcl, later);
        world.send(GET);
        world.asked(&["head GET /a"]);
        world.conversation.answer(&large()).unwrap();
        let delivered = || world.conversation.stream().progress().delivered;
        for _ in 0..3 {
            let before = delivered();
            tcl.wait_until("some of it is there", || {
                world.read();
                delivered() > before
            });
            world.conversation.timed_out();
            assert!(!world.conversation.is_over());
        }
        let before = Cell::new(0);
        tcl.wait_until("no more of it can be had", || before.replace(delivered()) == delivered());
        world.conversation.timed_out();
        world.conversation.timed_out();
        assert!(world.conversation.is_over());
    });
}

// Content that is made when it is sent

/// So many bytes, of which there are fewer by then.
struct Made {
    announced: usize,
    there: usize,
}

impl Deferred for Made {
    fn length(&self) -> usize {
        self.announced
    }

    fn write_part(&self, start: usize, out: &mut [u8]) -> usize {
        let count = out.len().min(self.there.saturating_sub(start));
        out[..count].fill(b'~');
        count
    }
}

fn large() -> Answer {
    made(LARGE, LARGE)
}

fn made(announced: usize, there: usize) -> Answer {
    Answer { body: Value::deferred(Rc::new(Made { announced, there })), ..Answer::text(200, "") }
}

#[test]
fn a_large_answer_is_handed_over_as_it_is_taken() {
    run(|tcl| {
        let world = World::new(tcl, later);
        world.send(&GET.repeat(2));
        world.asked(&["head GET /a"]);
        world.conversation.answer(&large()).unwrap();
        let mut count = 0;
        tcl.wait_until("all of it is there", || {
            assert!(world.conversation.stream().output_len() <= PIECE, "{PIECE} at a time");
            assert!(!world.read());
            count += world.received.take().iter().filter(|byte| **byte == b'~').count();
            count == LARGE
        });
        // Then the next request has its turn.
        world.asked(&["head GET /a"]);
    });
}

#[test]
fn what_has_become_shorter_does_not_seem_complete() {
    run(|tcl| {
        let world = World::new(tcl, later);
        world.send(GET);
        world.asked(&["head GET /a"]);
        world.conversation.answer(&made(200_000, 100_000)).unwrap();
        tcl.wait_until("the connection is closed", || world.read());
        let received = world.received.take();
        assert_eq!(received.iter().filter(|byte| **byte == b'~').count(), 100_000);
        assert!(world.conversation.is_over());
    });
}
