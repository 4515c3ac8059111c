//! Byte streams on the event loop: a channel, the TLS sessions on it, and what waits before and
//! behind them, and connecting. Nothing here knows HTTP or WebSocket.

mod connecting;
mod input;
mod leaving;
mod output;
mod stream;

pub(crate) use connecting::{Begun, Connecting};
pub(crate) use leaving::Leaving;
#[cfg(test)]
pub(crate) use leaving::QUIET;
pub(crate) use stream::{Counts, Progress, Received, Stream, StreamError};
