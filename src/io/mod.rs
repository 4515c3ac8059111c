//! Byte streams on the event loop: a channel, the TLS sessions on it, and what waits before and
//! behind them. Nothing here knows HTTP or WebSocket.

mod input;
mod output;
mod stream;

pub(crate) use stream::{Progress, Received, Stream, StreamError};
