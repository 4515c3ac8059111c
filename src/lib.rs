//! www::websocket: WebSockets for Tcl. This file holds the entry points that Tcl's `load` looks
//! for, and nothing else.

pub mod http;
pub mod net;
pub mod protocol;
