//! `-heartbeat`: detects a peer that vanished without closing TCP.
//!
//! "A Ping frame may serve either as a keepalive or as a means to verify that the remote endpoint
//! is still responsive." (RFC 6455 section 5.5.2)

use std::{
    rc::Weak,
    time::{Duration, Instant},
};

use super::Connection;
use crate::{
    protocol::{End, Opcode},
    tcl::{Timer, Value},
};

/// When the server was last heard of, and what was done about its silence.
#[derive(Default)]
pub(super) struct Heartbeat {
    /// When something last arrived, be it a part of a frame.
    heard: Option<Instant>,
    /// When it was last sent a ping because of its silence.
    pinged: Option<Instant>,
    timer: Option<Timer>,
}

impl Connection {
    /// Begins with the heartbeat that is set, or ends it.
    pub(super) fn start_heartbeat(&self) {
        let interval = self.settings.get().heartbeat;
        self.heartbeat.replace(Heartbeat {
            heard: interval.map(|_| Instant::now()),
            pinged: None,
            timer: interval.map(|interval| self.beat_after(interval)),
        });
    }

    pub(super) fn stop_heartbeat(&self) {
        self.heartbeat.take();
    }

    /// Notes that something has arrived.
    pub(super) fn heard(&self) {
        if let Some(heard) = &mut self.heartbeat.borrow_mut().heard {
            *heard = Instant::now();
        }
    }

    fn beat_after(&self, delay: Duration) -> Timer {
        let this = Weak::clone(&self.this);
        Timer::after(self.interp(), delay, move || {
            if let Some(connection) = this.upgrade() {
                connection.beat();
            }
        })
    }

    /// Sends a ping when nothing was heard for the interval, and ends the connection when nothing
    /// was heard for as long again.
    fn beat(&self) {
        if self.parked.borrow().is_some() {
            // We paused reading, so silence means nothing.
            self.heard();
        } else if self.is_silent() {
            // Perhaps it is the script that kept the event loop from reading.
            self.pump();
        }
        let Some(interval) = self.settings.get().heartbeat else { return };
        if self.check_open().is_err() {
            return;
        }
        let silent = self.is_silent();
        let mut heartbeat = self.heartbeat.borrow_mut();
        let Some(heard) = heartbeat.heard else { return };
        if silent && heartbeat.pinged > Some(heard) {
            drop(heartbeat);
            let silence = 2 * interval.as_millis();
            let why = format!("nothing arrived for {silence} ms, in spite of a ping");
            return self.connection_lost(End::Broken(&why));
        }
        let delay = if silent { interval } else { interval.saturating_sub(heard.elapsed()) };
        if silent {
            heartbeat.pinged = Some(Instant::now());
        }
        heartbeat.timer = Some(self.beat_after(delay));
        drop(heartbeat);
        if silent && let Err(error) = self.transmit(Opcode::Ping, Value::empty()) {
            error.report_in_background(self.interp());
        }
    }

    /// Whether nothing was heard for the whole interval.
    fn is_silent(&self) -> bool {
        let interval = self.settings.get().heartbeat;
        let heard = self.heartbeat.borrow().heard;
        interval.zip(heard).is_some_and(|(interval, heard)| heard.elapsed() >= interval)
    }
}
