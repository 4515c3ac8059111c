//! How headers, addresses and TLS are shown to scripts.

use std::net::SocketAddr;

use crate::{client::certify, net::tls::TlsFacts, protocol::http::headers::Headers, tcl::Value};

/// A list of names in lower case and values, in their order.
pub(super) fn headers(headers: &Headers) -> Value {
    let words = |(name, value): (&str, &str)| [name.to_ascii_lowercase(), value.to_owned()];
    Value::strings(headers.iter().flat_map(words))
}

/// An address as Tcl's sockets have it, with the address in place of the name, for which a name
/// server would have to be asked and waited for. Empty for none.
pub(super) fn address(address: Option<SocketAddr>) -> Value {
    address.map_or_else(Value::empty, |address| {
        let host = Value::string(&address.ip().to_string());
        Value::list(&[host.clone(), host, Value::integer(address.port().into())])
    })
}

/// A dict of what is known of TLS, the certificate empty for none. Empty for no TLS.
pub(super) fn tls(tls: Option<&TlsFacts>) -> Value {
    let pem =
        |certificate: Option<&Vec<u8>>| certificate.map(|certificate| certify::pem(certificate));
    tls.map_or_else(Value::empty, |tls| {
        Value::dict([
            ("version", Value::string(tls.version)),
            ("cipher", Value::string(&tls.cipher)),
            ("certificate", Value::string(&pem(tls.certificate.as_ref()).unwrap_or_default())),
        ])
    })
}
