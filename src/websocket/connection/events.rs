//! What the event loop has a connection do: when its stream is ready, when something is to go on,
//! and in time, for signs of life and for the peer's time to close.

use std::time::{Duration, Instant};

use super::{Connection, Task, Timers, reading};
use crate::{
    protocol::websocket::{End, Opcode},
    tcl::{Readiness, Timer, Value},
    websocket::{heartbeat::Beat, keepalive::Due},
};

/// Does a task. Any script may run.
pub(in crate::websocket) fn run(connection: &Connection, task: Task) {
    match task {
        Task::Ready(what) => ready(connection, what),
        Task::Deliver => go_on_delivering(connection),
        Task::Resume => resume(connection),
        Task::Beat => beat(connection),
        Task::KeepAlive => keep_alive(connection),
        Task::CheckCloseTime => check_close_time(connection),
        Task::Expire => end_object(connection),
    }
}

fn ready(connection: &Connection, ready: Readiness) {
    connection.inbound.borrow_mut().begin_event();
    if ready.writable {
        connection.flush();
        connection.after_writing();
    }
    if ready.readable {
        reading::pump(connection);
    }
    connection.watch();
}

fn go_on_delivering(connection: &Connection) {
    // Tcl has looked for other events.
    connection.inbound.borrow_mut().begin_event();
    resume(connection);
}

fn resume(connection: &Connection) {
    connection.timers.borrow_mut().resume = None;
    connection.after_writing();
    connection.report_close();
    reading::pump(connection);
    connection.watch();
}

/// Sends a ping when nothing was sent for the interval.
fn keep_alive(connection: &Connection) {
    if connection.check_open().is_err() {
        return;
    }
    if connection.pending() > 0 {
        // A ping would wait behind what is on its way.
        connection.pings.borrow_mut().keepalive.record_sent(Instant::now);
    }
    let (delay, is_ping) = match connection.pings.borrow().keepalive.due(Instant::now()) {
        None => return,
        Some(Due::Wait(delay)) => (delay, false),
        Some(Due::Ping(delay)) => (delay, true),
    };
    go_on(connection, |timers| &mut timers.keepalive, delay, Task::KeepAlive, is_ping);
}

/// Has `task` run after `delay`, by this timer, and sends a ping now if that is due.
fn go_on(
    connection: &Connection,
    timer: fn(&mut Timers) -> &mut Option<Timer>,
    delay: Duration,
    task: Task,
    is_ping: bool,
) {
    let next = connection.after(delay, task);
    *timer(&mut connection.timers.borrow_mut()) = Some(next);
    if is_ping && let Err(error) = connection.transmit(Opcode::Ping, Value::empty()) {
        connection.report(error);
    }
}

/// Sends a ping when nothing was heard for the interval, and ends the connection when nothing
/// was heard for as long again, and nothing was delivered of what the ping waits behind.
fn beat(connection: &Connection) {
    if connection.is_paused() {
        // We paused reading, so silence means nothing.
        connection.pings.borrow_mut().heartbeat.record_arrival(Instant::now);
    } else if connection.pings.borrow().heartbeat.is_silent(Instant::now()) {
        // Perhaps it is the script that kept the event loop from reading.
        reading::pump(connection);
    }
    if connection.check_open().is_err() {
        return;
    }
    let Some(progress) = connection.stream().map(|stream| stream.progress()) else { return };
    let beat = connection.pings.borrow_mut().heartbeat.beat(Instant::now(), progress);
    let (delay, is_ping) = match beat {
        None => return,
        Some(Beat::Dead(silence)) => {
            let silence = silence.as_millis();
            let how = format!("nothing arrived for {silence} ms, in spite of a ping");
            return connection.connection_lost(End::Broken(&how));
        }
        Some(Beat::Wait(delay)) => (delay, false),
        Some(Beat::Ping(delay)) => (delay, true),
    };
    go_on(connection, |timers| &mut timers.heartbeat, delay, Task::Beat, is_ping);
}

/// Deletes the object of a connection that has ended, unless somebody takes that.
fn end_object(connection: &Connection) {
    if let Some(owner) = connection.owner().filter(|_| connection.stream.borrow().is_none())
        && !connection.has_taker(Opcode::Close, owner.wants())
    {
        owner.delete();
    }
}

/// Drops the TCP connection if the peer's time is over.
fn check_close_time(connection: &Connection) {
    let Some(stream) = connection.stream() else { return };
    if let Some(delay) = connection.remaining_close_time(&stream) {
        return connection.set_close_timer(delay);
    }
    // Perhaps it is the script that kept the event loop from reading.
    reading::pump(connection);
    let Some(stream) = connection.stream() else { return };
    match stream.output_len() {
        0 => connection.connection_lost(End::Broken("timed out")),
        unsent => {
            let how = format!("timed out with {unsent} bytes not sent");
            connection.connection_lost(End::Broken(&how));
        }
    }
}
