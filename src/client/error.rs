//! Why a server cannot be reached, or gives no answer.

use crate::{
    certificates,
    io::StreamError,
    net::tls::{SettingsError, TlsError},
    protocol::http::{
        coding::CodingError,
        h1::request::RequestError,
        proxy::{Proxy, ProxyError},
        redirect::RedirectError,
        response::{ResponseError, ResponseHead},
    },
    tcl,
};

/// What is told to the caller. It becomes an error of Tcl's in `www/errors.rs`, which knows the
/// `-errorcode`s.
#[derive(Debug)]
pub(crate) enum Error {
    /// There is no connection to the server, for this reason.
    Connect(String),
    /// The connection ended like this before the response did.
    Ended(String),
    /// The stream to the server has failed. Callers are told what that means.
    Stream(StreamError),
    /// The content is not what its codings make.
    Coding(CodingError),
    /// The content of a request has characters that are no bytes.
    BodyIsText,
    /// The content of a request would have to be sent again, and cannot.
    BodyCannotRepeat,
    /// `-timeout` was over before there was a connection, in this step, which is empty for looking
    /// the server up and connecting to it.
    ConnectTimedOut(String),
    /// `-timeout` was over before there was a response.
    ResponseTimedOut,
    /// The TLS session has failed.
    Tls(TlsError),
    /// A file or directory with certificates or keys cannot be read, for this reason.
    Unreadable(String),
    /// Certificates or keys that cannot be used.
    TlsSettings(SettingsError),
    /// A proxy that cannot be understood.
    ProxyEntry(ProxyError),
    /// A SOCKS proxy refuses, for this reason.
    Socks(String),
    /// An HTTP proxy refuses.
    ProxyRefused(Box<(Proxy, ResponseHead)>),
    /// A redirect that is not followed.
    Redirect(RedirectError),
    /// A request that cannot be sent.
    Request(RequestError),
    /// What came is not a response.
    Response(ResponseError),
    /// The error of a script.
    Script(tcl::Error),
}

impl From<TlsError> for Error {
    fn from(error: TlsError) -> Self {
        Self::Tls(error)
    }
}

impl From<ProxyError> for Error {
    fn from(error: ProxyError) -> Self {
        Self::ProxyEntry(error)
    }
}

impl From<RedirectError> for Error {
    fn from(error: RedirectError) -> Self {
        Self::Redirect(error)
    }
}

impl From<RequestError> for Error {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl From<ResponseError> for Error {
    fn from(error: ResponseError) -> Self {
        Self::Response(error)
    }
}

impl From<CodingError> for Error {
    fn from(error: CodingError) -> Self {
        Self::Coding(error)
    }
}

impl From<certificates::Error> for Error {
    fn from(error: certificates::Error) -> Self {
        match error {
            certificates::Error::Unreadable(reason) => Self::Unreadable(reason),
            certificates::Error::Script(error) => Self::Script(error),
        }
    }
}

impl From<tcl::Error> for Error {
    fn from(error: tcl::Error) -> Self {
        Self::Script(error)
    }
}
