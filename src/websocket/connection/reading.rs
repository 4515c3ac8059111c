//! The way in of a connection: bytes from the stream, through `Read`, to messages, and these
//! through `Receive` to callbacks and to the script that waits in `receive`.

use std::{
    num::NonZero,
    rc::Rc,
    slice,
    time::{Duration, Instant},
};

use super::{Connection, Queue};
use crate::{
    io::{Received, Stream},
    protocol::websocket::{
        self as protocol, CloseMessage, End, Opcode, Violation, receiver::Payload,
    },
    tcl::{self, Pending, Value},
    websocket::{
        budget::Budget,
        delivery::DataMessage,
        error::Error,
        inbound::Read,
        owner::{Arrived, Coming, Event, Owner},
        store::{Store, payload_value},
    },
};

// In, to the message

/// Reads and delivers what is there.
pub(super) fn pump(connection: &Connection) {
    read_and_deliver(connection);
    if flush_after_reading(connection) {
        connection.after_writing();
    }
}

/// TLS writes when it reads, if it has to: tells whether what waited to be written has gone
/// with that.
fn flush_after_reading(connection: &Connection) -> bool {
    let was_blocked = connection.outbound.borrow().is_blocked();
    let has_gone = was_blocked && connection.stream().is_some_and(|stream| !stream.has_output());
    if has_gone {
        connection.flush();
    }
    has_gone
}

/// Delivers what is there, reads, and delivers again, until nothing is there for now or the
/// time is up.
fn read_and_deliver(connection: &Connection) {
    if connection.delivery.borrow().is_too_deep() {
        // The callers go on with it.
        return;
    }
    let mut budget = Budget::begin();
    deliver(connection, &mut budget);
    while read_once(connection, &mut budget) {}
}

/// Reads once, if that may be done now, and delivers what came; tells whether to go on, because
/// there is more to read, and time for it, and not only what the script will ask for.
fn read_once(connection: &Connection, budget: &mut Budget) -> bool {
    let Some(stream) = connection.stream().filter(|stream| may_read(connection, stream)) else {
        return false;
    };
    match read(connection, &stream) {
        Some(Read::Received(Received::Bytes { more })) => {
            deliver(connection, budget);
            let goes_on = !budget.is_over() && !connection.delivery.borrow().is_served();
            if more && !goes_on {
                // The end of a TLS session may be there already: no event will tell of that.
                connection.deliver_later();
            }
            return more && goes_on;
        }
        Some(Read::Received(Received::End)) => stream_ended(connection, End::Ordinary),
        Some(Read::Failed(how)) => {
            // TLS may have failed behind something that is good.
            deliver(connection, &mut Budget::unlimited());
            stream_ended(connection, End::Broken(&how));
        }
        Some(Read::Violated(violation)) => connection.fail(violation),
        Some(Read::Received(Received::Nothing)) | None => {}
    }
    false
}

/// Whether there is nothing to do before something more is read. When enough is parked, the
/// system's buffer fills up instead of ours.
fn may_read(connection: &Connection, stream: &Stream) -> bool {
    !connection.is_paused() && connection.inbound.borrow().may_read(stream.has_input())
}

/// Calls `Read`, and leaves what it returned in the input. `None` where nothing was read.
fn read(connection: &Connection, stream: &Stream) -> Option<Read> {
    connection.inbound.borrow_mut().begin_read();
    if connection.ending.borrow().discards_input() {
        // Only the end is of interest now, and no extension may hide it.
        base_read(connection, true);
        return connection.inbound.borrow_mut().end_read();
    }
    let data = connection.owner().map_or_else(|| Ok(Value::empty()), |owner| owner.read());
    let last = connection.inbound.borrow_mut().end_read();
    // If it entered the event loop, that did not read.
    connection.watch();
    // Nothing where the base method ran alone: then the bytes are in the input already.
    let append = |bytes: &[u8]| {
        stream.append_input(bytes);
        bytes.len()
    };
    match data.map_err(Error::from).and_then(|data| Ok(data.with_bytes(append)?)) {
        Ok(0) => last,
        // An override may have bytes where the socket had none, or its end; that shows again.
        Ok(_) => {
            let more = matches!(last, Some(Read::Received(Received::Bytes { more: true })));
            Some(Read::Received(Received::Bytes { more }))
        }
        Err(error) => {
            connection.extension_failed(error);
            None
        }
    }
}

/// What the base `Read` does: reads from the socket. The bytes stay in the input when the
/// driver called it directly; where a class overrides `Read`, they are returned to that.
pub(crate) fn base_read(connection: &Connection, direct: bool) -> Value {
    let Some(stream) = connection.stream() else { return Value::empty() };
    if connection.inbound.borrow_mut().take_tail() {
        let read = Read::Received(Received::Bytes { more: true });
        connection.inbound.borrow_mut().record_read(read, 0);
    } else if !direct && stream.has_input() {
        // Called in between: there is something to be delivered first.
        return Value::empty();
    } else {
        let read = if direct { read_message(connection, &stream) } else { None };
        let (read, bytes) = read.unwrap_or_else(|| {
            let received = stream.read();
            (Read::from(received), stream.input_len())
        });
        if matches!(read, Read::Received(Received::Bytes { .. })) {
            connection.pings.borrow_mut().heartbeat.record_arrival(Instant::now);
        }
        connection.inbound.borrow_mut().record_read(read, bytes);
    }
    if direct {
        return Value::empty();
    }
    stream.parse(|input| Value::bytes(std::mem::take(input)))
}

/// Reads straight into the message that is arriving, which is then never copied; tells how many
/// bytes too. `None` where little of it is still to come, it has to be decrypted first, or it
/// would be read ahead as a whole.
fn read_message(connection: &Connection, stream: &Stream) -> Option<(Read, usize)> {
    // What is logged is taken from the input.
    let is_logged = connection.context.log.frames().is_some();
    let is_ahead = connection.delivery.borrow().is_parked();
    if is_logged || is_ahead || stream.is_secure() || connection.ending.borrow().discards_input() {
        return None;
    }
    let taken = connection.inbound.borrow_mut().take_store();
    let (Store(mut array), room) = match taken {
        Ok(taken) => taken?,
        Err(violation) => return Some((Read::Violated(violation), 0)),
    };
    let before = array.bytes().len();
    // Nothing is borrowed meanwhile: the channel may be one that a script implements.
    let received = stream.read_into(&mut array, room);
    let added = array.bytes().len() - before;
    let put = connection.inbound.borrow_mut().put_store(Store(array), added);
    match put {
        Ok(Some(message)) => connection.delivery.borrow_mut().keep_arrived(arrived(message)),
        Ok(None) => {}
        Err(violation) => return Some((Read::Violated(violation), added)),
    }
    Some((Read::from(received), added))
}

/// Reading met the end of the connection. Why writing failed, if it did, says more than that.
fn stream_ended(connection: &Connection, end: End<'_>) {
    connection.answer_parked_close();
    if !connection.outbound.borrow().is_blocked() {
        // What was sent in this iteration of the event loop has its try.
        connection.flush();
    }
    let write_error = connection.outbound.borrow().error().map(str::to_owned);
    let end = write_error.as_deref().map_or(end, End::Broken);
    let is_cut = connection.inbound.borrow().is_in_message();
    if connection.ending.borrow().discards_input() || !is_cut {
        return connection.connection_lost(end);
    }
    connection.connection_lost(End::Broken(&format!("{end} in the middle of a message")));
}

/// Takes the next message out of the input, and reports its frames to the log. That may do
/// anything, so the message is kept meanwhile; whoever takes it from there has delivered it.
fn next_arrived(connection: &Connection, stream: &Stream) -> Result<Option<Arrived>, Violation> {
    let log = connection.context.log.frames();
    let is_in_parts = connection.delivery.borrow().is_in_parts();
    let decoded = match is_in_parts {
        true => decode_part(connection, stream, log),
        false => decode(connection, stream, log),
    };
    if log.is_none() {
        return decoded;
    }
    let lines = connection.inbound.borrow_mut().take_log_lines();
    let kept = decoded.map(|message| {
        if let Some(message) = message {
            connection.delivery.borrow_mut().keep_arrived(message);
        }
    });
    connection.log('<', lines);
    let message = kept.map(|()| connection.delivery.borrow_mut().take_arrived());
    // If it entered the event loop, that did not read.
    connection.watch();
    connection.delivery.borrow_mut().forget_direct();
    message
}

/// Decodes the next message in the input. With `log`, the number of the log that gets its
/// frames.
fn decode(
    connection: &Connection,
    stream: &Stream,
    log: Option<u64>,
) -> Result<Option<Arrived>, Violation> {
    stream.parse(|input| Ok(connection.inbound.borrow_mut().decode(input, log)?.map(arrived)))
}

/// The same where the next message may come in parts.
fn decode_part(
    connection: &Connection,
    stream: &Stream,
    log: Option<u64>,
) -> Result<Option<Arrived>, Violation> {
    if !connection.inbound.borrow().is_in_parts() {
        let owner = connection.owner().filter(|owner| owner.wants().parts);
        connection.delivery.borrow_mut().set_in_parts(owner.is_some());
        let begins = |input: &mut &[u8]| connection.inbound.borrow().may_begin_parts(input);
        match owner.filter(|_| stream.parse(begins)).map(|owner| owner.coming()) {
            Some(Coming::InParts(decompressor)) => {
                connection.inbound.borrow_mut().set_decompressor(decompressor);
            }
            Some(Coming::Whole) | None => return decode(connection, stream, log),
        }
    }
    let decode =
        |input: &mut &[u8]| connection.inbound.borrow_mut().decode_part(input, log, part_value);
    let decoded = stream.parse(decode);
    if connection.inbound.borrow().has_more_parts() {
        // No event tells of what is neither in the input nor with the system.
        connection.deliver_later();
    }
    decoded
}

// In, from the message to the script

/// Delivers the messages that are parked or in the input, as long as there is time. Who waits
/// for a batch gets it then.
fn deliver(connection: &Connection, budget: &mut Budget) {
    deliver_messages(connection, budget);
    end_batch(connection);
}

/// Hands the messages that are parked or in the input to `Receive`, one after the other, as
/// long as there is time.
fn deliver_messages(connection: &Connection, budget: &mut Budget) {
    let Some(owner) = connection.owner() else { return };
    deliver_unreceived(connection);
    let is_batch = connection.delivery.borrow_mut().begin_round();
    let was_served = connection.delivery.borrow().is_served();
    while !connection.ending.borrow().discards_input() {
        let message = match next_taken(connection, &*owner) {
            Ok(Some(message)) => message,
            Ok(None) => {
                if connection.stream.borrow().is_none() {
                    connection.report_close();
                }
                return;
            }
            Err(violation) => return connection.fail(violation),
        };
        // If the script enters the event loop, or there is no more time, the next message has
        // to find its way from there.
        let is_last = connection.stream.borrow().as_ref().is_some_and(|stream| !stream.has_more());
        if !is_last || connection.delivery.borrow().is_parked() {
            connection.deliver_later();
        }
        connection.delivery.borrow_mut().enter();
        let received = match is_batch {
            true => gather(connection, &*owner, message),
            false => owner.receive(message),
        };
        let is_served = connection.delivery.borrow_mut().leave();
        if let Err(error) = received {
            connection.extension_failed(error.into());
        }
        if is_served && !was_served {
            // The script goes on when `receive` has returned, and what comes behind the message
            // is for later: no callback may overtake it.
            return connection.deliver_later();
        }
        if budget.is_over_after_message() {
            return;
        }
    }
    if let Some(stream) = connection.stream() {
        stream.clear_input();
    }
    connection.inbound.borrow_mut().drop_parts();
    connection.delivery.borrow_mut().clear_parked();
}

/// Hands a message of a round with a batch to `Receive`. Where nothing overrides that, nothing
/// comes between and the base method is called at once. It is asked when there is a second
/// message, and again whenever a script may have run.
#[inline(never)]
fn gather(connection: &Connection, owner: &dyn Owner, message: Arrived) -> Result<(), tcl::Error> {
    let is_gathering = connection.delivery.borrow().is_gathering();
    let is_whole_data =
        matches!(message.opcode, Opcode::Text | Opcode::Binary) && message.part.is_none();
    if is_gathering && is_whole_data {
        let known = connection.delivery.borrow().is_direct();
        let is_direct = known.unwrap_or_else(|| {
            let is_direct = !owner.overrides_receive();
            connection.delivery.borrow_mut().set_direct(is_direct);
            is_direct
        });
        if is_direct {
            return Ok(base_receive(connection, message.opcode, &message.data)?);
        }
    }
    connection.delivery.borrow_mut().forget_direct();
    owner.receive(message)
}

/// Gives those who wait for a batch what has come, since nothing more is there for now, and
/// then tells of the end, if that has come behind it.
fn end_batch(connection: &Connection) {
    if connection.delivery.borrow().is_gathering() {
        serve_receivers(connection, true);
        report_close_behind(connection);
    }
}

/// Tells of the end what is due, but only after a `receive` that has its message.
fn report_close_behind(connection: &Connection) {
    if connection.delivery.borrow().is_served() {
        connection.deliver_later();
    } else {
        connection.report_close();
    }
}

/// The next message that somebody takes. Almost always that is the next one in the input.
fn next_taken(connection: &Connection, owner: &dyn Owner) -> Result<Option<Arrived>, Violation> {
    if !connection.delivery.borrow().is_plain() || connection.context.log.frames().is_some() {
        return next_ahead(connection, owner);
    }
    let decoded = match &*connection.stream.borrow() {
        Some(stream) if !connection.inbound.borrow().has_tail() => {
            decode(connection, stream, None)?
        }
        _ => return Ok(None),
    };
    let Some(message) = decoded else { return Ok(None) };
    if message.opcode == Opcode::Ping || is_taken(connection, message.opcode, owner) {
        return Ok(Some(message));
    }
    park(connection, message);
    next_ahead(connection, owner)
}

/// The same where not all that arrived was taken: what nobody takes is parked, as far as there
/// is room. Pings, whose answers are owed, go before these.
#[cold]
fn next_ahead(connection: &Connection, owner: &dyn Owner) -> Result<Option<Arrived>, Violation> {
    loop {
        let is_ahead = connection.delivery.borrow().is_parked();
        let takes = |opcode| is_taken(connection, opcode, owner);
        if is_ahead {
            let first = connection.delivery.borrow().first_parked();
            if first.is_some_and(takes) {
                let was_paused = connection.is_paused();
                let message = connection.delivery.borrow_mut().unpark();
                if was_paused {
                    connection.watch();
                    // The channel may be one that a script implements.
                    connection.delivery.borrow_mut().forget_direct();
                }
                return Ok(message);
            }
            let violation = connection.delivery.borrow_mut().unpark_violation();
            if let Some(violation) = violation {
                return Err(violation);
            }
        }
        let Some(stream) = connection.stream() else { return Ok(None) };
        if is_ahead && connection.delivery.borrow().is_at_end() {
            stream.clear_input();
            return Ok(None);
        }
        let arrived = connection.delivery.borrow_mut().take_arrived();
        let next = match arrived {
            Some(message) => Ok(Some(message)),
            None if connection.inbound.borrow().has_tail()
                || is_ahead && connection.is_paused() =>
            {
                Ok(None)
            }
            None => next_arrived(connection, &stream),
        };
        let message = match next {
            Ok(Some(message)) => message,
            Ok(None) => return Ok(None),
            Err(violation) if connection.delivery.borrow().is_parked() => {
                connection.delivery.borrow_mut().park_violation(violation);
                continue;
            }
            Err(violation) => return Err(violation),
        };
        let is_first = !connection.delivery.borrow().is_parked();
        let is_owed = message.opcode == Opcode::Ping || message.part.is_some();
        if is_owed || is_first && takes(message.opcode) {
            return Ok(Some(message));
        }
        park(connection, message);
    }
}

/// Keeps a message that nobody takes now.
fn park(connection: &Connection, message: Arrived) {
    // Data that is no string of bytes does not come from the decoder.
    let length = message.data.with_bytes(<[u8]>::len).unwrap_or_default();
    connection.delivery.borrow_mut().park(message, length);
}

/// Whether a message of this kind goes to `Receive` now.
fn is_taken(connection: &Connection, opcode: Opcode, owner: &dyn Owner) -> bool {
    opcode == Opcode::Pong || connection.has_taker(opcode, owner.wants())
}

/// What the base `Receive` does with a message: callback or automatic answer.
pub(crate) fn base_receive(
    connection: &Connection,
    opcode: Opcode,
    data: &Value,
) -> Result<(), Error> {
    if connection.is_over() || connection.ending.borrow().discards_input() {
        return Ok(());
    }
    match opcode {
        Opcode::Text => match data.decoded()? {
            Some(data) => deliver_message(connection, DataMessage { event: Event::Text, data }),
            None => connection.fail(Violation::invalid_payload("text that is not UTF-8")),
        },
        Opcode::Binary => {
            data.with_bytes(|_| ())?;
            deliver_message(connection, DataMessage { event: Event::Binary, data: data.clone() });
        }
        Opcode::Ping => {
            if !connection.fire(Event::Ping, slice::from_ref(data))
                && !connection.ending.borrow().discards_input()
            {
                answer_ping(connection, data)?;
            }
        }
        Opcode::Pong => {
            connection.fire(Event::Pong, slice::from_ref(data));
        }
        Opcode::Close => match data.with_bytes(CloseMessage::parse)? {
            Ok(message) => connection.close_received(message)?,
            Err(violation) => connection.fail(violation),
        },
        Opcode::Continuation => return Err(Error::Continuation),
    }
    Ok(())
}

/// Answers a ping.
fn answer_ping(connection: &Connection, data: &Value) -> Result<(), Error> {
    let pending = connection.pending();
    if connection.outbound.borrow_mut().postpones_pong(pending, || data.clone()) {
        return Ok(());
    }
    connection.transmit(Opcode::Pong, data.clone())
}

/// Hands a text or binary message to its callback or to `receive`. "In the absence of a
/// handler, it is considered an error to receive a message. If that happens, the websocket
/// connection is terminated with code 1003 (unacceptable data type)." (manual page)
fn deliver_message(connection: &Connection, message: DataMessage<Value>) {
    let is_open = || connection.ending.borrow().is_open();
    let for_callback = connection.delivery.borrow_mut().accept(message, is_open);
    let Some(DataMessage { event, data }) = for_callback else {
        return serve_receivers(connection, false);
    };
    // Once the script wants the end, what it does not take is dropped.
    let is_refused = || {
        let ending = connection.ending.borrow();
        ending.is_open() && !ending.is_requested()
    };
    let arguments = [data];
    if !connection.fire(event, &arguments)
        && !fire_whole(connection, event, arguments)
        && is_refused()
    {
        connection.delivery.borrow_mut().drop_unreceived();
        let message = format!("no handler for {} messages", event.name());
        connection.fail(Violation::unsupported_data(message));
    }
}

/// Calls the callback for parts with a whole message, if there is one; tells whether there was.
#[cold]
fn fire_whole(connection: &Connection, event: Event, [data]: [Value; 1]) -> bool {
    let kind = event.literal(&connection.context.literals).clone();
    connection.fire(Event::Fragment, &[kind, data, Value::integer(1)])
}

/// Hands messages to callbacks that were kept for `receive`.
fn deliver_unreceived(connection: &Connection) {
    loop {
        let next = connection.delivery.borrow_mut().next_for_callback();
        let Some(message) = next else { return };
        deliver_message(connection, message);
    }
}

/// Gives the messages that were kept to those who wait for so many, or when the round `is_over`
/// for any.
fn serve_receivers(connection: &Connection, is_over: bool) {
    loop {
        let next = connection.delivery.borrow_mut().next_received(is_over);
        let Some((waiter, messages)) = next else { return };
        waiter.pending.settle(connection.interp(), Ok(connection.list(messages).into()));
    }
}

/// What the method `receive` does: waits for the next text or binary message, which the outcome
/// is: a list of type and data. Errors where a callback takes the messages.
pub(crate) fn receive(
    connection: &Connection,
    timeout: Option<Duration>,
) -> Result<Rc<Pending>, Error> {
    let pending = add_receiver(connection, NonZero::<usize>::MIN, timeout)?;
    if !pending.is_settled() {
        // Perhaps it is here already, or the end is.
        deliver(connection, &mut Budget::begin());
        report_close_behind(connection);
        connection.watch();
    }
    Ok(pending)
}

/// The same with `-all`: the outcome is a list of all text and binary messages that have
/// arrived, `most` of them at most. It waits for one where there is none, one read included.
pub(crate) fn receive_all(
    connection: &Connection,
    most: NonZero<usize>,
    timeout: Option<Duration>,
) -> Result<Rc<Pending>, Error> {
    let pending = add_receiver(connection, most, timeout)?;
    if !pending.is_settled() {
        let mut budget = Budget::begin();
        deliver_messages(connection, &mut budget);
        let may_read = !pending.is_settled()
            && !budget.is_over()
            && !connection.delivery.borrow().is_too_deep()
            && connection.inbound.borrow_mut().may_read_in_call();
        if may_read {
            read_once(connection, &mut budget);
            if flush_after_reading(connection) {
                connection.resume_later();
            }
        }
        end_batch(connection);
        report_close_behind(connection);
        connection.watch();
    }
    Ok(pending)
}

/// Adds a script that waits for messages. Those that were kept it gets, if they are enough.
fn add_receiver(
    connection: &Connection,
    most: NonZero<usize>,
    timeout: Option<Duration>,
) -> Result<Rc<Pending>, Error> {
    if connection.wants().data {
        return Err(Error::HasCallback);
    }
    connection.delivery.borrow_mut().start_receiving();
    let pending = connection.add_waiter(Queue::Receive(most), timeout);
    serve_receivers(connection, false);
    Ok(pending)
}

/// A message as `Receive` gets it.
fn arrived(message: protocol::Message<'_, Store>) -> Arrived {
    let protocol::Message { opcode, rsv, payload } = message;
    Arrived { opcode, rsv, data: payload_value(opcode, payload), part: None }
}

/// The data of a part of a message as its callback gets it, or of a control message.
fn part_value(opcode: Opcode, bytes: &[u8]) -> Value {
    let data = payload_value(opcode, Payload::Borrowed(bytes));
    match opcode {
        // It was checked.
        Opcode::Text => data.decoded().ok().flatten().unwrap_or(data),
        _ => data,
    }
}
