//! How addresses and TLS are shown to scripts.

use std::net::SocketAddr;

use crate::{
    client::{TlsFacts, certify},
    tcl::Value,
};

/// An address as Tcl's sockets have it, with the address in place of the name, for which a name
/// server would have to be asked and waited for. Empty for none.
pub(super) fn address(address: Option<SocketAddr>) -> Value {
    address.map_or_else(Value::empty, |address| {
        let host = address.ip().to_string();
        Value::strings([&host, &host, &address.port().to_string()])
    })
}

/// A dict of what is known of TLS. Empty for none.
pub(super) fn tls(tls: Option<&TlsFacts>) -> Value {
    tls.map_or_else(Value::empty, |tls| {
        Value::dict([
            ("version", Value::string(tls.version)),
            ("cipher", Value::string(&tls.cipher)),
            ("certificate", Value::string(&certify::pem(&tls.certificate))),
        ])
    })
}
