//! HTTP: bytes in, values and bytes out.
//!
//! Messages:
//!
//! - [`headers`]: the header fields of requests and responses.
//! - [`message`]: what requests and responses have in common besides them.
//! - `syntax`: tokens, lists and quoted strings in their values.
//! - `date`: dates in them.
//! - [`request`]: a request as a server sees it, and the events in which it arrives.
//! - [`target`] and [`authority`]: what it asks for, and of which host.
//! - [`response`]: a response as values, and the events in which it arrives.
//! - [`collector`]: a response as a whole.
//! - [`coding`]: the content of a response without its codings, in pieces.
//! - [`charset`]: the text of a response by its charset, in pieces.
//! - [`content`]: the content of a response as text for a person.
//! - [`form`]: key/value pairs and files in a request.
//! - [`h1`]: the bytes of requests and responses in HTTP/1.1.
//!
//! What is said in them:
//!
//! - [`url`]: the addresses that can be opened, of HTTP and of WebSockets, and what connecting and
//!   requesting need of them.
//! - [`origin`]: the site whose page made a request.
//! - [`socket_path`]: the path of a Unix domain socket in them.
//! - [`credentials`]: a user and a password.
//! - [`authentication`]: the challenges of a 401 or 407, and the answers to them.
//! - [`redirect`]: where a 3XX leads, with which method, and whether secrets may be sent there.
//! - [`range`]: the rest of a content of which a part is there.
//! - [`files`]: the file that a request asks for, and its type.
//! - [`selection`]: what of it a request is answered with.
//! - [`repeat`]: which requests are sent again after which failures, and when.
//! - [`cookies`]: what servers set, and which requests it is sent with.
//! - [`proxy`]: the proxies that scripts and the environment name, and requesting a tunnel.
//!
//! The upgrade to WebSocket (RFC 6455 section 4) is in `protocol::websocket::handshake`.

pub mod authentication;
pub mod authority;
pub mod charset;
pub mod coding;
pub mod collector;
pub mod content;
pub mod cookies;
pub mod credentials;
mod date;
pub mod files;
pub mod form;
pub mod h1;
pub mod headers;
pub mod message;
pub mod origin;
pub mod proxy;
pub mod range;
pub mod redirect;
pub mod repeat;
pub mod request;
pub mod response;
pub mod selection;
pub mod socket_path;
pub(crate) mod syntax;
pub mod target;
#[cfg(test)]
mod testing;
pub mod url;
