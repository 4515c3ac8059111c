//! A connection on Tcl's event loop, between an owner in Rust and a peer.

use std::thread;

use super::*;
use crate::{
    io::QUIET,
    tcl::testing::{Tcl, run},
    websocket::testing::{BLOCK, Conversation, settings},
};

/// The types that an echoing script has callbacks for.
const ALL: &[&str] = &["text", "binary", "close"];

const TEXT: Opcode = Opcode::Text;
const BINARY: Opcode = Opcode::Binary;
const PING: Opcode = Opcode::Ping;

/// Runs a test of a client's connection with callbacks for these types.
fn client(types: &'static [&'static str], test: impl FnOnce(&Conversation) + Send) {
    run(|tcl| test(&Conversation::new(tcl, types)));
}

/// Runs a test of a server's connection.
fn server(test: impl FnOnce(&Conversation) + Send) {
    run(|tcl| test(&Conversation::with(tcl, Role::Server, settings(), ALL, b"")));
}

/// One with other settings.
fn with_settings(tcl: &Tcl, types: &[&'static str], settings: ConnectionSettings) -> Conversation {
    Conversation::with(tcl, Role::Client, settings, types, b"")
}

fn message(code: i64, reason: &str) -> CloseMessage {
    CloseMessage::new(Some(code), reason).unwrap()
}

/// Waits until the connection does nothing of its own accord any more.
fn settle(it: &Conversation) {
    let timers = &it.connection.timers;
    it.tcl.wait_until("nothing is to be resumed", || timers.borrow().resume.is_none());
}

/// Type and data of what `receive` returns.
fn words(received: &Value) -> Vec<String> {
    received.elements().unwrap().iter().map(Value::to_utf8_lossy).collect()
}

/// Bytes of which no two runs are the same.
fn pattern(length: usize) -> Vec<u8> {
    (0..length).map(|index| (index % 251) as u8 ^ (index / 251) as u8).collect()
}

// In

#[test]
fn a_message_goes_through_receive_to_its_callback() {
    client(ALL, |it| {
        it.send_message(TEXT, b"hello");
        it.told(&["text hello"]);
        it.send_message(BINARY, b"\0\x01");
        it.told(&["binary \0\x01"]);
        assert_eq!(it.owner.take_steps(), ["Receive", "Receive"]);
        assert_eq!(it.connection.received(), Count { messages: 2, bytes: 7 + 4 });
    });
}

#[test]
fn a_message_arrives_in_pieces() {
    client(ALL, |it| {
        let frame = it.encode(TEXT, "grüß".as_bytes());
        for (index, byte) in frame.iter().enumerate() {
            assert_eq!(it.owner.told_count(), 0);
            it.send(&[*byte]);
            it.wait_for_bytes(index + 1);
        }
        it.told(&["text grüß"]);
    });
}

#[test]
fn messages_of_one_read_arrive_in_order() {
    client(ALL, |it| {
        let frames =
            [it.encode(TEXT, b"one"), it.encode(BINARY, b"two"), it.encode(TEXT, b"three")];
        it.send(&frames.concat());
        it.told(&["text one", "binary two", "text three"]);
    });
}

#[test]
fn what_came_behind_the_handshake_is_the_first_message() {
    run(|tcl| {
        let it = Conversation::with(tcl, Role::Client, settings(), ALL, b"\x81\x03one");
        it.send_message(TEXT, b"two");
        it.told(&["text one", "text two"]);
        assert_eq!(it.connection.received(), Count { messages: 2, bytes: 10 });
    });
}

#[test]
fn a_class_that_overrides_read_may_pass_the_bytes_on() {
    run(|tcl| {
        let it = Conversation::with(tcl, Role::Client, settings(), ALL, b"\x81\x03one");
        it.owner.overrides_read.set(true);
        it.told(&["text one"]);
        it.send_message(TEXT, b"two");
        it.told(&["text two"]);
        it.end();
        it.told(&["close 1006 end of connection; no close message received", "delete"]);
    });
}

/// Fragments of one message, and a ping between them.
fn fragments_with_a_ping(it: &Conversation) -> Vec<u8> {
    let peer = it.peer.borrow();
    let frames = [
        peer.encode(TEXT, false, b"one \xE2\x82"),
        peer.encode(PING, true, b"now"),
        peer.encode(Opcode::Continuation, false, b"\xAC two"),
        peer.encode(Opcode::Continuation, true, b""),
    ];
    frames.concat()
}

#[test]
fn parts_go_to_their_callback_and_not_through_receive() {
    for us in [Role::Client, Role::Server] {
        run(|tcl| {
            let it = Conversation::with(tcl, us, settings(), &["fragment", "close"], b"");
            it.send(&fragments_with_a_ping(&it));
            it.told(&[
                "fragment text false one",
                "fragment text false € two",
                "fragment text true",
            ]);
            it.heard(&["pong now"]);
            assert_eq!(it.owner.take_steps(), ["Receive", "Transmit", "Write"]);
            assert_eq!(it.connection.received().messages, 1);
            it.end();
            it.told(&["close 1006 end of connection; no close message received", "delete"]);
        });
    }
}

#[test]
fn each_message_is_one_part_where_a_class_overrides_receive() {
    run(|tcl| {
        let it = Conversation::new(tcl, &["fragment"]);
        it.owner.overrides_receive.set(true);
        it.send(&fragments_with_a_ping(&it));
        it.told(&["fragment text"]);
        it.heard(&["pong now"]);
        assert_eq!(it.connection.received().messages, 1);
    });
}

#[test]
fn many_parts_let_the_event_loop_go_on() {
    run(|tcl| {
        let it = Conversation::new(tcl, &["fragment"]);
        let frame = it.encode(BINARY, &pattern(1_000_000));
        it.send(&frame);
        it.tcl.wait_until("all is delivered", || it.connection.received().messages == 1);
        let told = it.owner.take_told();
        assert!(told.len() > 10 && told.last().unwrap().starts_with("fragment binary true"));
    });
}

#[test]
fn a_part_may_end_the_connection() {
    run(|tcl| {
        let it = Conversation::new(tcl, &["fragment", "close"]);
        it.owner.react(|owner| owner.connection().destroy());
        it.send(&fragments_with_a_ping(&it));
        it.told(&["fragment text false one"]);
        settle(&it);
        it.told(&[]);
    });
}

#[test]
fn the_rest_of_a_message_in_parts_comes_when_nobody_wants_parts_any_more() {
    run(|tcl| {
        let it = Conversation::new(tcl, &["fragment"]);
        it.owner.react(|owner| owner.set_callbacks(&["text"]));
        it.send(&fragments_with_a_ping(&it));
        it.send_message(TEXT, b"next");
        it.told(&[
            "fragment text false one",
            "fragment text false € two",
            "fragment text true",
            "text next",
        ]);
        it.heard(&["pong now"]);
    });
}

#[test]
fn fragments_become_one_message_and_pings_between_them_are_answered() {
    client(ALL, |it| {
        let peer = it.peer.borrow();
        let frames = [
            peer.encode(TEXT, false, b"one "),
            peer.encode(PING, true, b"now"),
            peer.encode(Opcode::Continuation, false, b"message"),
            peer.encode(Opcode::Continuation, true, b""),
        ];
        drop(peer);
        it.send(&frames.concat());
        it.told(&["text one message"]);
        it.heard(&["pong now"]);
    });
}

#[test]
fn a_large_message_is_read_into_its_value() {
    client(ALL, |it| {
        let payload = pattern(300_000);
        it.send_message(BINARY, &payload);
        it.told(&["binary 300000 bytes"]);
        assert!(it.owner.last_bytes() == payload);
    });
}

#[test]
fn a_message_waits_while_nobody_wants_it_but_pings_are_answered() {
    client(&[], |it| {
        let frames = [it.encode(PING, b"1"), it.encode(TEXT, b"hello")];
        it.send(&frames.concat());
        it.heard(&["pong 1"]);
        assert!(it.connection.delivery.borrow().is_parked());
        it.send_message(PING, b"2");
        it.heard(&["pong 2"]);
        it.owner.set_callbacks(ALL);
        it.told(&["text hello"]);
    });
}

#[test]
fn when_enough_is_parked_nothing_is_watched_for() {
    client(&[], |it| {
        it.send_message(BINARY, BLOCK);
        it.tcl.wait_until("it is paused", || it.connection.is_paused());
        let arrived = it.connection.received();
        it.send_message(PING, b"1");
        (0..5).for_each(|_| it.tcl.step());
        assert!(!it.tcl.handle_channel_event(), "nothing is watched for");
        assert_eq!(it.connection.received(), arrived);
        it.owner.set_callbacks(ALL);
        it.told(&["binary 65536 bytes"]);
        it.heard(&["pong 1"]);
    });
}

#[test]
fn while_enough_is_parked_the_output_is_written_without_watching() {
    client(&[], |it| {
        it.send_message(BINARY, BLOCK);
        it.tcl.wait_until("it is paused", || it.connection.is_paused());
        it.send_message(TEXT, b"unread");
        let count = it.block();
        (0..5).for_each(|_| it.tcl.step());
        assert!(!it.tcl.handle_channel_event(), "nothing is watched for");
        it.heard(&vec!["binary 65536 bytes"; count]);
        assert_eq!(it.connection.pending(), 0);
        it.owner.set_callbacks(ALL);
        it.told(&["binary 65536 bytes", "text unread"]);
    });
}

#[test]
fn parked_messages_come_before_the_end_that_is_known_already() {
    client(&[], |it| {
        it.send(&[it.encode(TEXT, b"one"), it.encode(BINARY, b"two")].concat());
        it.end();
        it.tcl.wait_until("it is closed", || it.connection.state() == "closed");
        assert!(it.text("late").is_err());
        it.owner.set_callbacks(ALL);
        let end = "close 1006 end of connection; no close message received";
        it.told(&["text one", "binary two", end, "delete"]);
        it.heard(&["end"]);
    });
}

#[test]
fn parked_messages_can_be_received_after_the_end() {
    client(&[], |it| {
        it.send(&[it.encode(TEXT, b"one"), it.encode(TEXT, b"two")].concat());
        it.send_close(1001, "bye");
        it.end();
        it.tcl.wait_until("it is closed", || it.connection.state() == "closed");
        for expected in ["one", "two"] {
            let pending = reading::receive(&it.connection, None).unwrap();
            assert_eq!(words(&it.tcl.outcome(pending).unwrap()), ["text", expected]);
        }
        let pending = reading::receive(&it.connection, None).unwrap();
        let error = it.tcl.outcome(pending).unwrap_err();
        assert_eq!(error.errorcode()[2..], ["CLOSED", "1001", "bye"]);
        it.told(&["delete"]);
        it.heard(&["close 1001", "end"]);
    });
}

#[test]
fn a_violation_behind_parked_messages_does_not_lose_them() {
    client(&[], |it| {
        it.send(&[it.encode(TEXT, b"one"), b"\x83\0".to_vec()].concat());
        it.tcl.wait_until("it waits", || it.connection.delivery.borrow().is_at_end());
        it.owner.set_callbacks(ALL);
        let reason = "sent 1002 (reserved opcode 3); no close message received";
        it.told(&["text one", &format!("close 1006 {reason}")]);
        it.heard(&["close 1002 reserved opcode 3", "end"]);
        it.end();
        it.told(&["delete"]);
    });
}

#[test]
fn a_violation_behind_parked_messages_is_told_after_the_end_too() {
    client(&[], |it| {
        it.send(&[it.encode(TEXT, b"one"), b"\x83\0".to_vec()].concat());
        it.end();
        it.tcl.wait_until("it is closed", || it.connection.state() == "closed");
        it.owner.set_callbacks(ALL);
        let reason = "failed with 1002 (reserved opcode 3); no close message received";
        it.told(&["text one", &format!("close 1006 {reason}"), "delete"]);
        it.heard(&["end"]);
    });
}

#[test]
fn who_closes_after_the_end_does_not_wait_for_what_is_parked() {
    client(&[], |it| {
        it.send_message(TEXT, b"nobody wants this");
        it.end();
        it.tcl.wait_until("it is closed", || it.connection.state() == "closed");
        it.connection.close(&CloseMessage::default()).unwrap();
        it.told(&["delete"]);
        it.heard(&["end"]);
    });
}

#[test]
fn who_flushes_is_told_of_the_end_before_what_is_parked_is_taken() {
    client(&[], |it| {
        it.send_message(TEXT, b"kept");
        it.tcl.wait_until("it waits", || it.connection.delivery.borrow().is_parked());
        it.block();
        let pending = it.connection.wait_until_written(None);
        it.end();
        let error = it.tcl.outcome(pending).unwrap_err();
        assert_eq!(error.errorcode()[2..4], ["CLOSED", "1006"]);
        it.ignore_what_was_sent();
        it.connection.destroy();
    });
}

#[test]
fn a_ping_with_a_callback_is_left_to_it() {
    client(&["text", "ping", "pong"], |it| {
        it.send_message(PING, b"one");
        it.send_message(Opcode::Pong, b"two");
        it.told(&["ping one", "pong two"]);
        it.text("no pong").unwrap();
        it.heard(&["text no pong"]);
    });
}

#[test]
fn a_ping_is_answered_through_transmit_and_write() {
    client(ALL, |it| {
        it.send_message(PING, b"abc");
        it.heard(&["pong abc"]);
        assert_eq!(it.owner.take_steps(), ["Receive", "Transmit", "Write"]);
    });
}

#[test]
fn the_end_in_the_middle_of_a_message_is_told() {
    client(ALL, |it| {
        it.send(b"\x81\x05hel");
        it.end();
        it.told(&[
            "close 1006 end of connection in the middle of a message; no close message received",
            "delete",
        ]);
        assert_eq!(it.connection.state(), "closed");
    });
}

// Callbacks that do something

#[test]
fn a_callback_may_destroy_the_connection() {
    client(ALL, |it| {
        it.owner.react(|owner| owner.connection().destroy());
        it.send(&[it.encode(TEXT, b"one"), it.encode(TEXT, b"two")].concat());
        it.told(&["text one"]);
        it.heard(&["end"]);
        assert_eq!(it.connection.state(), "closed");
    });
}

#[test]
fn a_callback_that_enters_the_event_loop_gets_the_next_message_there() {
    client(ALL, |it| {
        settle(it);
        let tcl = it.tcl.clone();
        it.owner.react(move |owner| {
            tcl.wait_until("the next message is there", || owner.told_count() >= 2);
            owner.tell("done with one");
        });
        it.send(&[it.encode(TEXT, b"one"), it.encode(TEXT, b"two")].concat());
        it.told(&["text one", "text two", "done with one"]);
        it.send_message(TEXT, b"three");
        it.told(&["text three"]);
    });
}

#[test]
fn a_callback_that_enters_the_event_loop_gets_what_arrives_meanwhile() {
    client(ALL, |it| {
        let (tcl, send, two) = (it.tcl.clone(), it.sender(), it.encode(TEXT, b"two"));
        it.owner.react(move |owner| {
            send(&two);
            tcl.wait_until("the next message is there", || owner.told_count() >= 2);
            owner.tell("done with one");
        });
        it.send_message(TEXT, b"one");
        it.told(&["text one", "text two", "done with one"]);
        it.send_message(TEXT, b"three");
        it.told(&["text three"]);
    });
}

#[test]
fn a_callback_that_enters_the_event_loop_for_a_message_that_waited_gets_what_arrives_meanwhile() {
    client(&[], |it| {
        it.send_message(TEXT, b"one");
        it.tcl.wait_until("it waits", || it.connection.delivery.borrow().is_parked());
        settle(it);
        let (tcl, send, two) = (it.tcl.clone(), it.sender(), it.encode(TEXT, b"two"));
        it.owner.react(move |owner| {
            send(&two);
            tcl.wait_until("the next message is there", || owner.told_count() >= 2);
            owner.tell("done with one");
        });
        it.owner.set_callbacks(ALL);
        it.told(&["text one", "text two", "done with one"]);
    });
}

#[test]
fn an_extension_that_fails_fails_the_connection() {
    client(ALL, |it| {
        it.owner.receive_error.replace(Some(tcl::Error::new("no such codec", ["X"])));
        it.send_message(TEXT, b"one");
        it.heard(&["close 1011 an extension failed", "end"]);
        it.told(&["close 1006 sent 1011 (an extension failed); no close message received"]);
        assert_eq!(it.tcl.take_errors(), ["no such codec"]);
        it.end();
        it.told(&["delete"]);
    });
}

// Out

#[test]
fn a_message_is_sent_through_transmit_and_write() {
    client(ALL, |it| {
        it.text("hello").unwrap();
        it.heard(&["text hello"]);
        assert_eq!(it.owner.take_steps(), ["Transmit", "Write"]);
        assert_eq!(it.connection.sent(), Count { messages: 1, bytes: 6 + 5 });
    });
}

#[test]
fn fragments_are_sent_in_their_order() {
    client(ALL, |it| {
        let more = Flags { fin: false, ..Flags::FIN };
        let send =
            |opcode, data, flags| it.connection.base_transmit(opcode, &Value::string(data), flags);
        send(TEXT, "one ", more).unwrap();
        it.connection.transmit(PING, Value::string("now")).unwrap();
        assert!(matches!(send(BINARY, "", Flags::FIN), Err(Error::Send(_))));
        send(TEXT, "mess", more).unwrap();
        send(Opcode::Continuation, "age", Flags::FIN).unwrap();
        it.heard(&["text one ...", "ping now", "continuation mess...", "continuation age"]);
        assert_eq!(it.connection.sent().messages, 1);
    });
}

#[test]
fn what_is_sent_in_one_iteration_arrives_in_order() {
    client(ALL, |it| {
        for number in 0..100 {
            it.text(&number.to_string()).unwrap();
        }
        let expected: Vec<_> = (0..100).map(|number| format!("text {number}")).collect();
        it.heard(&expected.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(it.connection.pending(), 0);
    });
}

#[test]
fn large_messages_are_masked_when_they_are_written() {
    client(ALL, |it| {
        // In several parts, from the last one on.
        for length in [16_384, 65_536, 65_537, 300_001] {
            let payload = pattern(length);
            it.connection.transmit(BINARY, Value::bytes(&payload)).unwrap();
            let frame = it.next_frame();
            assert!(frame.header.mask.is_some() && frame.payload == payload, "{length} bytes");
        }
    });
}

#[test]
fn a_longer_message_is_sent_in_fragments() {
    let sizes = [20_000, 16_384, 700];
    for us in [Role::Client, Role::Server] {
        run(|tcl| {
            let settings = ConnectionSettings { max_frame: Some(100), ..settings() };
            let it = Conversation::with(tcl, us, settings, ALL, b"");
            for size in sizes {
                it.connection.change_settings(ConnectionSettings {
                    max_frame: Some(size as u64),
                    ..it.connection.settings()
                });
                let payload = pattern(50_000);
                it.connection.transmit(BINARY, Value::bytes(&payload)).unwrap();
                let count = payload.len().div_ceil(size);
                let mut steps = vec!["Write"; count];
                steps.insert(0, "Transmit");
                assert_eq!(it.owner.take_steps(), steps);
                let frames: Vec<_> = (0..count).map(|_| it.next_frame()).collect();
                let fins = frames.iter().filter(|frame| frame.header.fin).count();
                assert!(frames[0].header.opcode == BINARY && fins == 1, "{us:?} {size}");
                assert!(frames[count - 1].header.fin, "{us:?} {size}");
                let whole: Vec<u8> = frames.into_iter().flat_map(|frame| frame.payload).collect();
                assert!(whole == payload, "{us:?} {size}");
            }
            assert_eq!(it.connection.sent().messages, sizes.len() as u64);
        });
    }
}

#[test]
fn the_headers_of_all_fragments_need_room() {
    run(|tcl| {
        let limits = ConnectionSettings {
            max_frame: Some(10),
            max_pending: Some(100 + 10 * 6),
            ..settings()
        };
        let it = with_settings(tcl, ALL, limits);
        let room =
            |opcode, length| it.connection.check_room(opcode, &Value::bytes(&vec![0; length]));
        room(BINARY, 100).unwrap();
        assert!(matches!(room(BINARY, 101), Err(Error::Full { .. })));
        assert!(matches!(room(TEXT, 101), Err(Error::Full { .. })));
        room(PING, 125).unwrap();
    });
}

#[test]
fn a_message_that_has_to_wait_too_is_refused_where_too_much_would() {
    run(|tcl| {
        let settings = ConnectionSettings { max_pending: Some(200_000), ..settings() };
        let it = with_settings(tcl, ALL, settings);
        let room = |length| it.connection.check_room(BINARY, &Value::bytes(&vec![b'x'; length]));
        room(199_000).unwrap();
        let error = room(200_000).unwrap_err();
        assert!(
            matches!(error, Error::Full { sent: 200_014, pending: 0, limit: 200_000 }),
            "{error:?}"
        );
        let count = it.block();
        let waiting = it.connection.pending();
        let error = room(200_000 - waiting).unwrap_err();
        assert!(matches!(error, Error::Full { pending, .. } if pending == waiting), "{error:?}");
        it.heard(&vec!["binary 65536 bytes"; count]);
        room(199_000).unwrap();
    });
}

#[test]
fn the_output_drains_once_the_peer_reads() {
    client(&["text", "drain"], |it| {
        let count = it.block();
        assert!(it.connection.outbound.borrow().is_blocked());
        let flushed = it.connection.wait_until_written(None);
        assert!(!flushed.is_settled());
        for _ in 0..count {
            assert!(it.next_frame().payload == BLOCK);
        }
        it.told(&["drain"]);
        assert!(it.tcl.outcome(flushed).unwrap().is_empty());
        assert_eq!(it.connection.pending(), 0);
        // What need not wait does not drain.
        it.text("more").unwrap();
        it.heard(&["text more"]);
        assert!(it.connection.wait_until_written(None).is_settled());
    });
}

#[test]
fn output_that_was_written_while_reading_is_noticed() {
    client(&["text", "drain"], |it| {
        it.block();
        let flushed = it.connection.wait_until_written(None);
        let (stream, drop_all) = (it.connection.stream().unwrap(), it.dropper());
        // As TLS does where it has to answer what it reads.
        it.owner.react(move |_| {
            while stream.progress().delivered < stream.progress().handed_over {
                drop_all();
                stream.flush().unwrap();
            }
            drop_all();
        });
        it.send_message(TEXT, b"one");
        it.told(&["text one", "drain"]);
        assert!(it.tcl.outcome(flushed).unwrap().is_empty());
        // In an iteration of the event loop where nothing was written before.
        it.tcl.step();
        it.text("two").unwrap();
        it.heard(&["text two"]);
    });
}

#[test]
fn of_the_pings_that_come_while_the_output_is_blocked_the_last_one_is_answered() {
    client(ALL, |it| {
        let count = it.block();
        it.send(&[it.encode(PING, b"1"), it.encode(PING, b"2"), it.encode(TEXT, b"x")].concat());
        it.told(&["text x"]);
        it.heard(&vec!["binary 65536 bytes"; count]);
        it.heard(&["pong 2"]);
    });
}

// Waiting

#[test]
fn who_waits_longest_gets_the_next_message() {
    client(&[], |it| {
        let first = reading::receive(&it.connection, None).unwrap();
        let second = reading::receive(&it.connection, None).unwrap();
        it.send(&[it.encode(TEXT, b"one"), it.encode(BINARY, b"two")].concat());
        assert_eq!(words(&it.tcl.outcome(first).unwrap()), ["text", "one"]);
        assert_eq!(words(&it.tcl.outcome(second).unwrap()), ["binary", "two"]);
        it.send_message(TEXT, b"three");
        let third = reading::receive(&it.connection, None).unwrap();
        assert_eq!(words(&it.tcl.outcome(third).unwrap()), ["text", "three"]);
    });
}

#[test]
fn messages_are_received_one_at_a_time() {
    client(&[], |it| {
        let first = reading::receive(&it.connection, None).unwrap();
        it.send(&[it.encode(TEXT, b"one"), it.encode(TEXT, b"two")].concat());
        assert_eq!(words(&it.tcl.outcome(first).unwrap()), ["text", "one"]);
        // The other one is taken at once, or when the event loop has parked it.
        it.tcl.wait_until("a message waits", || it.connection.delivery.borrow().is_parked());
        let second = reading::receive(&it.connection, None).unwrap();
        assert!(second.is_settled());
        assert_eq!(words(&it.tcl.outcome(second).unwrap()), ["text", "two"]);
    });
}

/// More messages than come in a test.
const ANY: NonZero<usize> = NonZero::<usize>::MAX;

#[test]
fn a_batch_is_what_one_read_brought_and_the_first_message_alone_goes_through_receive() {
    client(&[], |it| {
        let batch = reading::receive_all(&it.connection, ANY, None).unwrap();
        let frames =
            [it.encode(TEXT, b"one"), it.encode(BINARY, b"two"), it.encode(TEXT, b"three")];
        it.send(&frames.concat());
        let expected = ["text", "one", "binary", "two", "text", "three"];
        assert_eq!(words(&it.tcl.outcome(batch).unwrap()), expected);
        assert_eq!(it.owner.take_steps(), ["Receive", "overrides_receive"]);
        assert_eq!(it.connection.received().messages, 3);
    });
}

#[test]
fn where_receive_is_overridden_the_messages_of_a_batch_go_through_it() {
    client(&[], |it| {
        it.owner.overrides_receive.set(true);
        let batch = reading::receive_all(&it.connection, ANY, None).unwrap();
        it.send(&it.encode(TEXT, b"x").repeat(4));
        assert_eq!(words(&it.tcl.outcome(batch).unwrap()), ["text", "x"].repeat(4));
        let receive = "Receive";
        let expected = [receive, "overrides_receive", receive, receive, receive];
        assert_eq!(it.owner.take_steps(), expected);
    });
}

#[test]
fn control_messages_in_a_batch_go_through_receive_and_may_override_it() {
    client(&["ping"], |it| {
        let batch = reading::receive_all(&it.connection, ANY, None).unwrap();
        it.owner.react(|owner| owner.overrides_receive.set(true));
        let text = it.encode(TEXT, b"x").repeat(3);
        it.send(&[&text[..], &it.encode(PING, b"now"), &text].concat());
        assert_eq!(words(&it.tcl.outcome(batch).unwrap()), ["text", "x"].repeat(6));
        it.told(&["ping now"]);
        let (receive, asked) = ("Receive", "overrides_receive");
        let expected = [receive, asked, receive, asked, receive, receive, receive];
        assert_eq!(it.owner.take_steps(), expected);
    });
}

#[test]
fn a_batch_has_so_many_messages_and_the_rest_is_for_the_next() {
    client(&[], |it| {
        let two = NonZero::new(2).unwrap();
        let first = reading::receive_all(&it.connection, two, None).unwrap();
        let second = reading::receive(&it.connection, None).unwrap();
        it.send(&[b"a", b"b", b"c", b"d"].map(|text| it.encode(TEXT, text)).concat());
        assert_eq!(words(&it.tcl.outcome(first).unwrap()), ["text", "a", "text", "b"]);
        assert_eq!(words(&it.tcl.outcome(second).unwrap()), ["text", "c"]);
        let third = reading::receive_all(&it.connection, two, None).unwrap();
        assert_eq!(words(&it.tcl.outcome(third).unwrap()), ["text", "d"]);
    });
}

#[test]
fn what_has_arrived_is_read_for_a_time_until_the_next_event() {
    client(&[], |it| {
        it.send_message(TEXT, b"one");
        it.tcl.wait_until("a message waits", || it.connection.delivery.borrow().is_parked());
        settle(it);
        it.send_message(TEXT, b"two");
        let batch = reading::receive_all(&it.connection, ANY, None).unwrap();
        assert!(batch.is_settled());
        assert_eq!(words(&it.tcl.outcome(batch).unwrap()), ["text", "one", "text", "two"]);
        thread::sleep(Duration::from_millis(10));
        it.send_message(TEXT, b"three");
        let batch = reading::receive_all(&it.connection, ANY, None).unwrap();
        assert!(!batch.is_settled(), "other events have their turn");
        assert_eq!(words(&it.tcl.outcome(batch).unwrap()), ["text", "three"]);
    });
}

#[test]
fn a_close_message_behind_a_batch_is_told_afterwards() {
    client(&[], |it| {
        let batch = reading::receive_all(&it.connection, ANY, None).unwrap();
        let close = it.encode(Opcode::Close, &message(4001, "bye").encode());
        it.send(&[&it.encode(TEXT, b"x").repeat(2), &close[..]].concat());
        assert_eq!(words(&it.tcl.outcome(batch).unwrap()), ["text", "x"].repeat(2));
        it.heard(&["close 4001"]);
        let next = reading::receive_all(&it.connection, ANY, None).unwrap();
        let error = it.tcl.outcome(next).unwrap_err();
        assert_eq!(error.errorcode(), ["WWW", "WEBSOCKET", "CLOSED", "4001", "bye"]);
        it.end();
        it.told(&["delete"]);
    });
}

#[test]
fn a_batch_is_not_lost_where_the_connection_is_destroyed_in_its_middle() {
    client(&["ping"], |it| {
        let batch = reading::receive_all(&it.connection, ANY, None).unwrap();
        it.owner.react(|owner| owner.connection().destroy());
        it.send(&[it.encode(TEXT, b"x"), it.encode(PING, b""), it.encode(TEXT, b"y")].concat());
        assert_eq!(words(&it.tcl.outcome(batch).unwrap()), ["text", "x"]);
        it.told(&["ping"]);
    });
}

#[test]
fn a_wait_may_time_out_and_the_message_is_for_the_next() {
    client(&[], |it| {
        let pending = reading::receive(&it.connection, Some(Duration::from_millis(1))).unwrap();
        let error = it.tcl.outcome(pending).unwrap_err();
        assert_eq!(error.errorcode(), ["WWW", "WEBSOCKET", "TIMEOUT"]);
        it.send_message(TEXT, b"late");
        let next = reading::receive(&it.connection, None).unwrap();
        assert_eq!(words(&it.tcl.outcome(next).unwrap()), ["text", "late"]);
    });
}

#[test]
fn messages_are_not_received_where_they_have_a_callback() {
    client(ALL, |it| {
        assert!(matches!(reading::receive(&it.connection, None), Err(Error::HasCallback)));
    });
}

#[test]
fn who_waits_is_told_of_the_end() {
    client(&[], |it| {
        let first = reading::receive(&it.connection, None).unwrap();
        let second = reading::receive(&it.connection, None).unwrap();
        it.send_close(1001, "going");
        for pending in [first, second] {
            let error = it.tcl.outcome(pending).unwrap_err();
            assert_eq!(error.errorcode(), ["WWW", "WEBSOCKET", "CLOSED", "1001", "going"]);
        }
        it.heard(&["close 1001"]);
        it.end();
        it.told(&["delete"]);
    });
}

#[test]
fn who_waits_is_told_later_that_the_connection_was_destroyed() {
    client(&[], |it| {
        it.block();
        let waiting = [
            reading::receive(&it.connection, None).unwrap(),
            it.connection.wait_until_written(None),
        ];
        it.connection.destroy();
        assert!(!waiting.iter().any(|pending| pending.is_settled()), "no script may run now");
        for pending in waiting {
            let error = it.tcl.outcome(pending).unwrap_err();
            let reason = "connection destroyed; no close message received";
            assert_eq!(error.errorcode(), ["WWW", "WEBSOCKET", "CLOSED", "1006", reason]);
        }
        it.ignore_what_was_sent();
    });
}

// The end

#[test]
fn a_close_message_of_the_peer_is_answered_and_told() {
    client(ALL, |it| {
        it.send_close(1000, "bye");
        it.told(&["close 1000 bye"]);
        it.heard(&["close 1000"]);
        assert_eq!(it.connection.state(), "closing");
        assert!(matches!(it.connection.check_open(), Err(Error::Closing)));
        it.end();
        it.told(&["delete"]);
        it.heard(&["end"]);
    });
}

#[test]
fn we_close_and_the_peer_answers() {
    client(ALL, |it| {
        it.connection.close(&message(1000, "bye")).unwrap();
        it.heard(&["close 1000 bye"]);
        // What was on its way still arrives.
        it.send_message(TEXT, b"one more");
        it.send_message(PING, b"1");
        it.told(&["text one more"]);
        it.heard(&["pong 1"]);
        it.send_close(1000, "");
        it.told(&["close 1000"]);
        it.end();
        it.told(&["delete"]);
    });
}

#[test]
fn a_connection_that_we_close_ends_without_any_callback() {
    client(&[], |it| {
        it.send_message(TEXT, b"nobody wants this");
        it.tcl.wait_until("it waits", || it.connection.delivery.borrow().is_parked());
        it.connection.close(&CloseMessage::default()).unwrap();
        it.heard(&["close"]);
        it.send_close(1000, "");
        it.end();
        it.told(&["delete"]);
    });
}

#[test]
fn nothing_is_sent_behind_a_close_message() {
    client(ALL, |it| {
        it.connection.close(&message(1000, "")).unwrap();
        assert!(matches!(it.connection.close(&message(1001, "")), Err(Error::Closing)));
        let error = it.text("late").unwrap_err();
        assert!(matches!(&error, Error::Script(error) if error.errorcode()[2] == "CLOSING"));
        it.heard(&["close 1000"]);
        it.end();
        it.told(&["close 1006 sent 1000; no close message received", "delete"]);
    });
}

#[test]
fn the_end_is_kept_until_there_is_a_callback() {
    client(&[], |it| {
        it.send_message(TEXT, b"one");
        it.send_close(1000, "bye");
        it.end();
        it.tcl.wait_until("it waits", || it.connection.delivery.borrow().is_parked());
        it.owner.set_callbacks(ALL);
        it.told(&["text one", "close 1000 bye", "delete"]);
        it.heard(&["close 1000", "end"]);
    });
}

#[test]
fn a_violation_fails_the_connection() {
    client(ALL, |it| {
        it.send(b"\x81\x03one\x83\x00\x81\x03two");
        it.told(&[
            "text one",
            "close 1006 sent 1002 (reserved opcode 3); no close message received",
        ]);
        it.heard(&["close 1002 reserved opcode 3", "end"]);
        // Discarded, a close message too.
        it.send_message(TEXT, b"three");
        it.send_close(1000, "");
        it.end();
        it.told(&["delete"]);
    });
}

#[test]
fn a_message_without_its_callback_closes_the_connection() {
    client(&["text", "close"], |it| {
        it.send_message(BINARY, b"data");
        it.heard(&["close 1003 no handler for binary messages", "end"]);
        it.told(&[
            "close 1006 sent 1003 (no handler for binary messages); no close message received",
        ]);
        it.send_message(TEXT, b"text");
        it.send_close(1003, "");
        it.end();
        it.told(&["delete"]);
    });
}

#[test]
fn text_that_is_no_utf8_fails_the_connection() {
    client(ALL, |it| {
        it.send_message(TEXT, b"ab\xFF");
        let frame = it.next_frame();
        assert_eq!(frame.payload[..2], 1007_u16.to_be_bytes());
        it.end();
        it.told_code(1006);
        it.told(&["delete"]);
        it.heard(&["end"]);
    });
}

#[test]
fn a_peer_that_is_silent_is_sent_a_ping_and_then_given_up() {
    run(|tcl| {
        let heartbeat = Some(Duration::from_millis(10));
        let it = with_settings(tcl, ALL, ConnectionSettings { heartbeat, ..settings() });
        it.heard(&["ping"]);
        it.told(&[
            "close 1006 nothing arrived for 20 ms, in spite of a ping; \
             no close message received",
            "delete",
        ]);
        it.heard(&["end"]);
    });
}

#[test]
fn a_peer_that_does_not_drop_the_connection_is_given_up() {
    run(|tcl| {
        let close_timeout = Duration::from_millis(10);
        let it = with_settings(tcl, ALL, ConnectionSettings { close_timeout, ..settings() });
        it.connection.close(&message(1000, "")).unwrap();
        it.heard(&["close 1000"]);
        it.told(&["close 1006 sent 1000; timed out; no close message received", "delete"]);
        it.heard(&["end"]);
    });
}

#[test]
fn destroying_sends_what_was_handed_over() {
    client(ALL, |it| {
        ["one", "two"].into_iter().for_each(|text| it.text(text).unwrap());
        it.connection.destroy();
        it.heard(&["text one", "text two", "end"]);
    });
}

#[test]
fn destroying_resets_nothing_where_something_is_unread() {
    client(ALL, |it| {
        let count = it.block();
        it.send_message(TEXT, b"unread");
        let sent = it.connection.sent().bytes - it.connection.pending() as u64;
        it.connection.destroy();
        let mut heard = Vec::new();
        it.tcl.wait_until("the peer has read to the end", || {
            heard.extend(it.take_heard(count + 1));
            heard.last().is_some_and(|last| last == "end" || last == "reset")
        });
        assert_eq!(heard.pop().unwrap(), "end");
        assert!(heard.len() as u64 >= sent / (BLOCK.len() as u64 + 14));
    });
}

#[test]
fn a_reset_is_told_from_an_end() {
    client(ALL, |it| {
        it.peer.borrow_mut().reset();
        it.told(&["close 1006 connection reset by peer; no close message received", "delete"]);
    });
}

#[test]
fn why_writing_failed_is_told_behind_what_came_before_it() {
    client(ALL, |it| {
        it.send_message(TEXT, b"one");
        it.peer.borrow_mut().reset();
        it.text("lost").unwrap();
        let flushed = it.connection.wait_until_written(None);
        let error = it.tcl.outcome(flushed).unwrap_err();
        let reason = "connection reset by peer; no close message received";
        assert_eq!(error.errorcode(), ["WWW", "WEBSOCKET", "CLOSED", "1006", reason]);
        it.told(&["text one", &format!("close 1006 {reason}"), "delete"]);
    });
}

// The server's role

#[test]
fn a_server_takes_masked_frames_and_sends_others() {
    server(|it| {
        it.send_message(TEXT, b"hello");
        it.told(&["text hello"]);
        let payload = pattern(300_000);
        it.send_message(BINARY, &payload);
        it.told(&["binary 300000 bytes"]);
        assert!(it.owner.last_bytes() == payload);
        it.connection.transmit(BINARY, Value::bytes(&payload)).unwrap();
        let frame = it.next_frame();
        assert!(frame.header.mask.is_none() && frame.payload == payload);
    });
}

#[test]
fn a_server_refuses_unmasked_frames() {
    server(|it| {
        it.send(b"\x81\x03one");
        it.told(&["close 1006 sent 1002 (unmasked frame); no close message received"]);
        it.heard(&["close 1002 unmasked frame", "end"]);
        it.end();
        it.told(&["delete"]);
    });
}

#[test]
fn a_server_drops_the_connection_when_it_has_answered_the_close_message() {
    server(|it| {
        it.send_close(1000, "bye");
        it.heard(&["close 1000", "end"]);
        it.told(&["close 1000 bye", "delete"]);
    });
}

#[test]
fn a_server_drops_the_connection_when_its_close_message_was_answered() {
    server(|it| {
        it.connection.close(&message(1001, "going")).unwrap();
        it.heard(&["close 1001 going"]);
        it.send_close(1001, "");
        it.told(&["close 1001", "delete"]);
        it.heard(&["end"]);
    });
}

#[test]
fn a_server_sends_everything_before_it_drops_the_connection() {
    server(|it| {
        let count = it.block();
        it.send_close(1000, "");
        it.told(&["close 1000"]);
        // It would be dropped by now if it did not have to wait.
        settle(it);
        assert_eq!(it.connection.state(), "closing");
        it.heard(&vec!["binary 65536 bytes"; count]);
        it.heard(&["close 1000", "end"]);
        it.told(&["delete"]);
    });
}

// The process exits

/// Goes on with what is left before the process exits, by this time, until it is done. Tells how
/// far it had come each time before.
#[track_caller]
fn leave(it: &Conversation, now: Instant, mut meanwhile: impl FnMut(u64)) -> Vec<u64> {
    let mut work = it.connection.before_exit().pop().unwrap();
    let mut progress = Vec::new();
    while let Some(done) = work.go_on(now) {
        assert!(progress.len() < 10_000, "there is no end");
        progress.push(done);
        meanwhile(done);
        thread::sleep(Duration::from_millis(1));
    }
    progress
}

#[test]
fn an_idle_connection_does_not_make_exiting_wait() {
    client(ALL, |it| {
        it.text("one").unwrap();
        it.heard(&["text one"]);
        assert_eq!(leave(it, Instant::now(), |_| {}), [0; 0]);
        it.heard(&["end"]);
    });
}

#[test]
fn exiting_waits_for_a_peer_that_reads_and_tells_how_far_it_has() {
    client(ALL, |it| {
        let count = it.block();
        it.send_message(TEXT, b"unread");
        let mut heard = Vec::new();
        let mut calls = 0;
        let progress = leave(it, Instant::now(), |_| {
            calls += 1;
            if calls > 20 {
                heard.extend(it.take_heard(count + 1 - heard.len()));
            }
            if heard.last().is_some_and(|last| last == "end") {
                it.end();
            }
        });
        assert!(progress.is_sorted() && progress[19] < *progress.last().unwrap());
        let mut expected = vec!["binary 65536 bytes"; count];
        expected.push("end");
        assert_eq!(heard, expected);
    });
}

#[test]
fn exiting_waits_for_the_end_of_a_peer_that_is_sending() {
    client(ALL, |it| {
        let mut calls = 0;
        let now = Instant::now();
        it.send_message(TEXT, b"unread");
        let progress = leave(it, now, |_| {
            calls += 1;
            match calls {
                1..10 => it.send_message(TEXT, b"more"),
                10 => it.end(),
                _ => {}
            }
        });
        assert!((10..20).contains(&progress.len()), "{progress:?}");
        it.heard(&["end"]);
    });
}

#[test]
fn exiting_does_not_wait_for_the_end_of_a_peer_that_has_stopped_sending() {
    client(ALL, |it| {
        it.send_message(TEXT, b"unread");
        let mut work = it.connection.before_exit().pop().unwrap();
        let start = Instant::now();
        assert!(work.go_on(start).is_some());
        it.tcl.wait_until("all is acknowledged", || work.go_on(start + QUIET).is_none());
        it.heard(&["end"]);
    });
}

#[test]
fn exiting_may_follow_a_failure() {
    client(ALL, |it| {
        it.send(&[0x83, 0]);
        it.told(&["close 1006 sent 1002 (reserved opcode 3); no close message received"]);
        it.heard(&["close 1002 reserved opcode 3", "end"]);
        assert_eq!(leave(it, Instant::now(), |_| {}), [0; 0]);
    });
}

#[test]
fn exiting_does_not_wait_for_a_peer_that_is_gone() {
    client(ALL, |it| {
        it.block();
        it.peer.borrow_mut().reset();
        let progress = leave(it, Instant::now(), |_| {});
        assert!(progress.len() < 100, "{progress:?}");
        it.connection.destroy();
        assert!(it.connection.before_exit().is_empty());
    });
}

/// Scripts have thousands of connections that do nothing. What only some of them need, or all for
/// some of their time, is boxed.
#[cfg(target_pointer_width = "64")]
#[test]
fn a_connection_is_small() {
    assert!(size_of::<Connection>() <= 648, "{} bytes", size_of::<Connection>());
}
