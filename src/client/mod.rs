//! HTTP on the event loop, the client's side: what reaching a server and asking it have in common,
//! whatever is asked for. The opening of a WebSocket is an exchange whose answer is a 101.
//!
//! - `connector.rs`: from a URL to a byte stream that leads to its server, through proxies and TLS.
//! - `tunnel.rs`: the conversation with a proxy.
//! - `tls_settings.rs`: how TLS is to be done, with the files that the caller names.
//! - `certify.rs`: the script's decision about a certificate.
//! - `pool.rs`: connections that are kept for other requests.
//! - `request.rs`: what is asked for, and the borders to who has the content.
//! - `exchange.rs`: one request and its response, over one connection.
//! - `incoming.rs`: content without its codings.
//! - `meter.rs`: how far the contents have come.
//! - `clock.rs`: how much time there is left.
//! - `fetch.rs`: a request through challenges, cookies, redirects and repeats.
//! - `target.rs`: who is asked, what is said there, and where a response leads.
//! - `answer.rs`: what came of it.
//! - `limits.rs`: how much of a response is accepted.
//! - `headers.rs`: which headers may go where, and into the log.

mod answer;
pub(crate) mod certify;
mod clock;
mod connector;
mod error;
mod exchange;
mod fetch;
pub(crate) mod headers;
mod incoming;
mod limits;
mod meter;
mod pool;
mod request;
mod target;
#[cfg(test)]
pub(crate) mod testing;
mod tls_settings;
mod tunnel;

pub(crate) use answer::{Answer, Facts, is_success};
pub(crate) use connector::{ConnectSettings, environment_route};
pub(crate) use error::Error;
pub(crate) use fetch::{Fetch, Start};
pub(crate) use limits::MAX_BODY;
pub(crate) use pool::{Pool, PoolLimits};
pub(crate) use request::{
    Arrived, Body, Content, Direction, Flow, Piece, Progress, Purpose, Request,
};
pub(crate) use tls_settings::{TlsSettings, TrustSource};
