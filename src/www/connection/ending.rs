//! The end of a connection: the closing handshake, failing, and the `close` callback.

use std::rc::Weak;

use super::Connection;
use crate::{
    protocol::{CloseMessage, CloseStatus, End, Opcode, Violation},
    tcl::{Error, Timer, Value},
    www::errors,
};

impl Connection {
    /// What the method `close` does. Where the end of the connection was kept for a callback, there
    /// is nobody to tell any more, and nothing to send.
    pub(crate) fn close(&self, message: &CloseMessage) -> Result<(), Error> {
        let kept_end = self.close_status.borrow().is_some() && !self.close_reported.get();
        if !kept_end {
            self.check_open()?;
            self.transmit_close(message)?;
        }
        self.close_called.set(true);
        self.resume_later();
        Ok(())
    }

    /// Calls `Transmit` for a close message.
    pub(super) fn transmit_close(&self, message: &CloseMessage) -> Result<(), Error> {
        self.transmit(Opcode::Close, Value::bytes(&message.encode()))
    }

    /// Sends a close message of our own accord, from an event handler.
    pub(super) fn send_close(&self, message: &CloseMessage) {
        if let Err(error) = self.transmit_close(message) {
            error.report_in_background(self.interp());
        }
    }

    /// The server's close message: answers it, if that is owed, and tells the script. What remains
    /// is for the server to drop the TCP connection: "the client SHOULD wait for the server to
    /// close the connection" (RFC 6455 section 7.1.1).
    pub(super) fn close_received(&self, message: CloseMessage) -> Result<(), Error> {
        let answer = self.closing.borrow_mut().record_received(message);
        let answered = match answer {
            Some(answer) => self.transmit_close(&answer),
            None => Ok(()),
        };
        self.start_close_timer();
        self.set_close_status(End::Ordinary);
        answered
    }

    /// Fails the connection (RFC 6455 section 7.1.7): tells the server why, processes nothing more,
    /// and ends the outgoing stream behind what was sent.
    pub(crate) fn fail(&self, violation: Violation) {
        if self.stream.borrow().is_none() || self.closing.borrow().discards_input() {
            return;
        }
        let message = self.closing.borrow_mut().fail(violation);
        if let Some(message) = message {
            self.send_close(&message);
        }
        self.start_close_timer();
        self.shut_down.set(true);
        self.flush();
        self.set_close_status(End::Ordinary);
    }

    /// An extension failed: its error goes to the background error handler, and the connection
    /// is failed.
    pub(super) fn extension_failed(&self, error: &Error) {
        error.report_in_background(self.interp());
        self.fail(Violation::internal_error("an extension failed"));
    }

    /// Gives the server its time to drop the connection, from the first reason to on; nothing that
    /// it sends puts that off.
    pub(super) fn start_close_timer(&self) {
        if self.close_timer.borrow().is_some() || self.stream.borrow().is_none() {
            return;
        }
        let this = Weak::clone(&self.this);
        let timer = Timer::after(self.interp(), self.settings.get().close_timeout, move || {
            if let Some(connection) = this.upgrade() {
                connection.connection_lost(End::Broken("timed out"));
            }
        });
        self.close_timer.replace(Some(timer));
    }

    /// The TCP connection is gone.
    pub(super) fn connection_lost(&self, end: End<'_>) {
        self.stream.take();
        self.close_timer.take();
        self.stop_heartbeat();
        self.set_close_status(end);
        self.settle_flushes();
    }

    /// Sets what the `close` callback will get, if that is not known yet, and reports it.
    pub(super) fn set_close_status(&self, end: End<'_>) {
        self.close_status.borrow_mut().get_or_insert_with(|| self.closing.borrow().status(end));
        self.report_close();
    }

    /// Does what is due at the end: the `close` callback, once and last, and then, when the TCP
    /// connection is gone, the deletion of the object.
    pub(super) fn report_close(&self) {
        let Some(status) = self.close_status.borrow().clone() else { return };
        let unreceived = !self.inbox.borrow().is_empty() && !self.close_called.get();
        if unreceived || !self.has_taker(Opcode::Close) {
            return;
        }
        if !self.close_reported.replace(true) {
            let prefix = self.callbacks.borrow().prefix("close");
            // From here on nothing fires any more.
            self.callbacks.take();
            while let Some(pending) = self.receives.next() {
                pending.settle(self.interp(), Err(errors::closed(&status)));
            }
            if let Some(prefix) = prefix {
                let CloseStatus { code, reason } = &status;
                let arguments = [Value::integer((*code).into()), Value::string(reason)];
                self.run(&prefix, &self.context.literals.close, &arguments);
            }
        }
        if self.stream.borrow().is_none() {
            self.drop_object();
        }
    }
}
