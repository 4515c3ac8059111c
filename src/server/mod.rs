//! Being a server on the event loop.
//!
//! - `listener.rs`: accepts connections, with TLS where that is wanted.
//! - `tls_sources.rs`: the certificates and keys that the caller names for it.
//! - `conversation.rs`: HTTP with one client, over one connection.
//! - `answer.rs`: the answer to a request.
//! - `limits.rs`: how much of a request is accepted.

mod answer;
mod conversation;
mod error;
mod limits;
mod listener;
mod tls_sources;

pub(crate) use answer::Answer;
pub(crate) use conversation::{Conversation, Requests};
pub(crate) use error::Error;
pub(crate) use limits::LIMITS;
pub(crate) use listener::{Accepts, ListenSettings, Listener};
pub(crate) use tls_sources::TlsSources;
