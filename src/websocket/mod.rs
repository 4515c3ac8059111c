//! A WebSocket on the event loop, from the opening handshake until the TCP connection is gone. It
//! knows nothing of scripts but its [`Owner`], through which all of them are called.
//!
//! [`Connection`] has four parts, each a plain struct that decides and neither runs a script nor
//! touches the stream: `inbound` (bytes to messages), `delivery` (who gets them), `outbound`
//! (messages to bytes) and `ending`. `connection.rs` and its two modules do what they decide.

mod accepting;
mod agreed;
mod broadcast;
mod budget;
mod connection;
mod count;
mod delivery;
mod ending;
mod error;
mod frame;
mod heartbeat;
mod inbound;
mod keepalive;
mod log;
mod opening;
mod outbound;
mod owner;
mod parts;
mod settings;
mod shared;
mod store;
#[cfg(test)]
mod testing;
mod waiters;

pub(crate) use accepting::{Acceptance, accept};
pub(crate) use agreed::{Ends, Head};
pub(crate) use broadcast::Broadcast;
pub(crate) use connection::{Connection, reading};
pub(crate) use count::Count;
pub(crate) use error::Error;
pub(crate) use opening::{Opened, Opening, OpeningRequest};
pub(crate) use owner::{Arrived, Coming, Event, Owner, Wants};
pub(crate) use settings::{CompressionSettings, ConnectionSettings, Offered};
