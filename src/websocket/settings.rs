//! What the caller of `www websocket` chose for the connection, and which extensions it offers.

use std::{num::NonZero, rc::Rc, time::Duration};

use super::shared::Latest;
use crate::{
    protocol::websocket::{
        deflate::{Compressor, Level},
        extensions::Extension,
    },
    tcl::{Value, max_length},
};

/// What the caller of `www websocket` chose for the open connection. Where it chooses nothing, the
/// table of options says what holds, not `Default`: that is no limits, and no time to close.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ConnectionSettings {
    /// Bytes that a message may have; `None`: any number. See
    /// [`size_limit`](ConnectionSettings::size_limit).
    pub(crate) max_size: Option<u64>,
    /// Bytes that a frame of ours may have beside its header, for a text or binary message to be
    /// split; `None`: any number.
    pub(crate) max_frame: Option<u64>,
    /// Bytes that may wait to be written; `None`: any number.
    pub(crate) max_pending: Option<u64>,
    /// How long the server may be silent before it is sent a ping; `None`: for ever.
    pub(crate) heartbeat: Option<Duration>,
    /// How long nothing may be sent before the server is sent a ping; `None`: for ever.
    pub(crate) keepalive: Option<Duration>,
    /// How long the server may take to drop the connection once it is being closed.
    pub(crate) close_timeout: Duration,
    /// How hard permessage-deflate compresses, if it is agreed upon.
    pub(crate) compression: CompressionSettings,
}

thread_local! {
    static SETTINGS: Latest<ConnectionSettings> = const { Latest::new() };
}

impl ConnectionSettings {
    /// The same for a connection to keep.
    pub(super) fn share(self) -> Rc<Self> {
        SETTINGS.with(|latest| latest.share(self))
    }

    /// How many bytes a message may have for the script to get it.
    pub(crate) fn size_limit(&self) -> Option<u64> {
        // A NUL takes two bytes in a Tcl string, so only half of what one holds is sure to fit.
        let limit = max_length() as u64 / 2;
        Some(self.max_size.map_or(limit, |max_size| max_size.min(limit)))
    }

    /// Of how many bytes the fragments are into which a longer message is split.
    pub(crate) fn fragment_size(&self) -> Option<NonZero<usize>> {
        NonZero::new(usize::try_from(self.max_frame?).unwrap_or(usize::MAX))
    }
}

/// How hard permessage-deflate compresses what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CompressionSettings {
    pub(crate) level: Level,
    /// Messages with fewer bytes are sent as they are.
    pub(crate) threshold: usize,
}

impl Default for CompressionSettings {
    fn default() -> Self {
        Self { level: Level::default(), threshold: Compressor::DEFAULT_THRESHOLD }
    }
}

/// An extension that is offered, and the class that carries it out.
pub(crate) struct Offered {
    pub(crate) extension: Extension,
    /// The full name of a TclOO class.
    pub(crate) class: Value,
}
