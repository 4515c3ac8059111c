//! What goes wrong, in Tcl's terms: the `-errorcode` of each error of the rooms below.

use std::fmt::Display;

use super::shown;
use crate::{
    certificates, client,
    cookies::FileError,
    protocol::{
        http::{
            collector::Response,
            content,
            cookies::Refusal,
            h1::request::RequestError,
            proxy::{Proxy, ProxyError},
            redirect::RedirectError,
            response::{ResponseError, ResponseHead},
            url::{Url, UrlError},
        },
        websocket::{
            CloseArgumentError, CloseStatus, SendError, close::ALLOWED_CODES,
            handshake::HandshakeError,
        },
    },
    server,
    tcl::{Error, Faults, LoneSurrogate, NotBytes, Value, describe},
    websocket,
};

/// `WWW WEBSOCKET KIND`.
fn websocket(kind: &str, message: &str) -> Error {
    Error::new(message, ["WWW", "WEBSOCKET", kind])
}

/// A wrong argument of the command or of a private method.
pub(crate) fn argument(message: &str) -> Error {
    websocket("ARGS", message)
}

const NOT_BYTES: &str = "data is not a string of bytes: it has a character above U+00FF";

/// Data that ought to be bytes is not.
pub(crate) fn not_bytes(NotBytes: NotBytes) -> Error {
    websocket("BYTES", NOT_BYTES)
}

/// Refuses data that is no string of bytes.
pub(crate) fn check_bytes(data: &Value) -> Result<(), Error> {
    data.with_bytes(|_| ()).map_err(not_bytes)
}

/// An argument that ought to be a list is not.
pub(crate) fn not_a_list(argument: &str) -> Error {
    Error::new(&format!("{argument} is not a list"), ["TCL", "VALUE", "LIST"])
}

const LONE_SURROGATE: &str = "string has half of a surrogate pair, which UTF-8 cannot encode";

/// A string that has no UTF-8 encoding.
pub(crate) fn lone_surrogate(LoneSurrogate: LoneSurrogate) -> Error {
    websocket("TEXT", LONE_SURROGATE)
}

/// The same, in a request that opens no WebSocket, or for one of the tools.
pub(crate) fn request_text(LoneSurrogate: LoneSurrogate) -> Error {
    Error::new(LONE_SURROGATE, ["WWW", "TEXT"])
}

/// What a part of a message is part of is no type of message.
pub(crate) fn message_type(name: &str) -> Error {
    argument(&format!("bad type {name:?}: must be text or binary"))
}

/// An argument that ought to be a boolean is not.
pub(crate) fn not_a_boolean(argument_name: &str, value: &Value) -> Error {
    let value = value.to_utf8_lossy();
    argument(&format!("bad value {value:?} for {argument_name}: must be a boolean"))
}

/// The code of `close` is no number.
pub(crate) fn no_close_code(code: &Value) -> Error {
    let message = format!("bad close code {:?}: must be {ALLOWED_CODES}", code.to_utf8_lossy());
    websocket("CODE", &message)
}

/// Code or reason of `close` may not be sent.
pub(crate) fn close_argument(error: CloseArgumentError) -> Error {
    let kind = match error {
        CloseArgumentError::Code(_) => "CODE",
        CloseArgumentError::ReasonTooLong(_) | CloseArgumentError::ReasonWithoutCode => "REASON",
    };
    websocket(kind, &error.to_string())
}

impl From<websocket::Error> for Error {
    fn from(error: websocket::Error) -> Self {
        use websocket::Error as E;
        match error {
            E::Closing => websocket("CLOSING", "connection is closing"),
            E::Closed(CloseStatus { code, reason }) => {
                let message = format!("connection closed: {code} {reason}");
                let code = code.to_string();
                Self::new(message.trim_end(), ["WWW", "WEBSOCKET", "CLOSED", &code, &reason])
            }
            E::InParts(opcode) => {
                let message = format!("a {opcode} message is being sent in parts");
                websocket("FRAGMENT", &message)
            }
            E::Full { sent, pending, limit } => websocket(
                "FULL",
                &format!(
                    "{sent} bytes to send, while {pending} wait to be written: \
                     -maxpending allows {limit}"
                ),
            ),
            E::TimedOut(time) => {
                websocket("TIMEOUT", &format!("timed out after {} ms", time.as_millis()))
            }
            E::HasCallback => {
                websocket("CALLBACK", "messages go to the text, binary or fragment callback")
            }
            E::TooBig => websocket("TOOBIG", "message does not fit into a Tcl value"),
            E::NotBytes(error) => not_bytes(error),
            E::Send(error @ SendError::ControlTooLong { .. }) => {
                websocket("TOOBIG", &error.to_string())
            }
            E::Send(error) => argument(&error.to_string()),
            E::ClosePayload(violation) => websocket("CODE", violation.reason()),
            E::Continuation => argument("opcode 0 is no message"),
            E::Offer(error) => extension(&error.to_string()),
            E::Client(error) => error.into(),
            E::Refused(refusal) => refused(&refusal.0, &refusal.1),
            E::Handshake(error) => handshake(&error),
            E::Script(error) => error,
        }
    }
}

// Arguments of the command

/// The wrong number of words.
pub(crate) fn usage() -> Error {
    argument(
        "wrong # args: should be \"www websocket ?option value ...? url ?protocols? ?extensions?\"",
    )
}

/// There is no such option.
pub(crate) fn unknown_option(option: &str) -> Error {
    Error::new(&format!("unknown option: {option}"), ["WWW", "GETOPT", "OPTION"])
}

/// The last word is an option.
pub(crate) fn option_argument(option: &str) -> Error {
    let message = format!("option requires an argument: {option}");
    Error::new(&message, ["WWW", "GETOPT", "ARGUMENT"])
}

/// Options of a request that do not go together.
pub(crate) fn options(message: &str) -> Error {
    Error::new(message, ["WWW", "GETOPT", "ARGUMENT"])
}

/// An option means nothing without another one.
pub(crate) fn option_alone(option: &str, other: &str) -> Error {
    options(&format!("{option} needs {other}"))
}

/// The value of an option is not what it takes.
pub(crate) fn option_value(option: &str, value: &Value, wanted: &str) -> Error {
    let message = format!("bad value {:?} for {option}: must be {wanted}", value.to_utf8_lossy());
    Error::new(&message, ["WWW", "GETOPT", "ARGUMENT"])
}

/// As [`option_value`], where the value is not to be shown.
pub(crate) fn option_format(option: &str, wanted: &str) -> Error {
    let message = format!("bad value for {option}: must be {wanted}");
    Error::new(&message, ["WWW", "GETOPT", "ARGUMENT"])
}

/// The list of protocols is malformed.
pub(crate) fn protocol(message: &str) -> Error {
    websocket("PROTOCOL", message)
}

/// The extensions are malformed, or the server's answer to them is.
pub(crate) fn extension(message: &str) -> Error {
    websocket("EXTENSION", message)
}

/// The URL cannot be opened.
pub(crate) fn url(error: UrlError) -> Error {
    let kind = match error {
        UrlError::Scheme { .. } => "SCHEME",
        UrlError::HostSpec(_) => "HOSTSPEC",
        UrlError::SocketPath { .. } => "SOCKETPATH",
        UrlError::Fragment => "FRAGMENT",
    };
    Error::new(&error.to_string(), ["WWW", "URL", kind])
}

/// A header that may not be sent.
pub(crate) fn header(message: &str) -> Error {
    websocket("HEADER", message)
}

/// As [`header`], in a request that opens no WebSocket.
pub(crate) fn request_header(message: &str) -> Error {
    Error::new(message, ["WWW", "HEADER"])
}

/// What is to be a list of headers is none.
pub(crate) fn header_list() -> Error {
    request_header("headers are not a list of names and values")
}

/// No URL has such a scheme.
pub(crate) fn scheme(scheme: &str) -> Error {
    Error::new(&format!("invalid scheme {scheme:?}"), ["WWW", "URL", "SCHEME"])
}

/// No request has such a method.
pub(crate) fn method(method: &str) -> Error {
    Error::new(&format!("invalid method {method:?}"), ["WWW", "METHOD"])
}

/// What is to be the content of a request is not bytes.
pub(crate) fn request_bytes(NotBytes: NotBytes) -> Error {
    Error::new(NOT_BYTES, ["WWW", "BYTES"])
}

/// A key has no value.
pub(crate) fn pairs() -> Error {
    Error::new("expected key/value pairs", ["WWW", "ARGS"])
}

/// No connection can become one of this protocol.
pub(crate) fn upgrade(protocol: &str) -> Error {
    Error::new(&format!("protocol not supported: {protocol}"), ["WWW", "UPGRADE"])
}

/// Options that mean the opposite of each other.
pub(crate) fn exclusive_options(one: &str, other: &str) -> Error {
    options(&format!("{one} and {other} exclude each other"))
}

/// The option tells something that cannot be changed.
pub(crate) fn read_only(option: &str) -> Error {
    websocket("READONLY", &format!("option {option} can only be read"))
}

/// There is no such setting, but only the `known` ones.
pub(crate) fn unknown_setting(option: &str, known: &[&str]) -> Error {
    let (last, others) = known.split_last().unwrap_or((&"", &[]));
    let message = format!("unknown option {option:?}: must be {}, or {last}", others.join(", "));
    Error::new(&message, ["WWW", "CONFIGURE", "UNKNOWN"])
}

/// What `www cancel` was given is no token.
pub(crate) fn no_token(token: &str) -> Error {
    let message = format!("bad token {token:?}: must be what a command with -command returned");
    Error::new(&message, ["WWW", "CANCEL", "TOKEN"])
}

/// Refuses a command prefix that is not a list.
pub(crate) fn check_prefix(prefix: &Value) -> Result<(), Error> {
    prefix.elements().map(drop).ok_or_else(|| not_a_list("command prefix"))
}

/// A proxy that cannot be understood.
pub(crate) fn proxy_entry(error: ProxyError) -> Error {
    Error::new(&error.to_string(), ["WWW", "PROXY", "ENTRY"])
}

/// A cookie that is not accepted.
pub(crate) fn cookie(refusal: Refusal) -> Error {
    Error::new(&format!("the cookie is not accepted: {refusal}"), ["WWW", "COOKIES", "REFUSED"])
}

/// There is no file of this name that could have cookies.
pub(crate) fn no_cookie_file(reason: &str) -> Error {
    Error::new(&format!("cookies: {reason}"), ["WWW", "COOKIES", "DB", "ACCESS"])
}

/// A file of cookies that cannot be used.
pub(crate) fn cookie_file(error: &FileError) -> Error {
    let kind = if error.is_foreign() { "FOREIGN" } else { "ACCESS" };
    Error::new(&error.to_string(), ["WWW", "COOKIES", "DB", kind])
}

// Opening

impl From<client::Error> for Error {
    fn from(error: client::Error) -> Self {
        use client::Error as E;
        match error {
            E::Connect(message) => connect(&message),
            E::Ended(how) => data("EOF", &how),
            E::Stream(error) => data("EOF", &error.to_string()),
            E::Coding(error) => data("CODING", &error.to_string()),
            E::BodyIsText => bytes("the body has characters that are no bytes"),
            E::BodyCannotRepeat => {
                let message = "the body would have to be sent again, and cannot be read again";
                Self::new(message, ["WWW", "BODY", "REPEAT"])
            }
            E::ConnectTimedOut(step) => {
                let message = format!("couldn't open socket: connection timed out {step}");
                connect(message.trim_end())
            }
            E::ResponseTimedOut => data("TIMEOUT", "timeout waiting for a response"),
            E::Tls(error) => tls(error.kind(), &error),
            E::Unreadable(message) => tls("FILE", &message),
            E::TlsSettings(error) => tls(error.kind(), &error),
            E::ProxyEntry(error) => proxy_entry(error),
            E::Socks(message) => Self::new(&message, ["WWW", "PROXY", "SOCKS", &message]),
            E::ProxyRefused(refusal) => proxy_refused(&refusal.0, &refusal.1),
            E::Redirect(error) => redirect(&error),
            E::Request(RequestError::Method(name)) => method(&name),
            E::Request(error) => header(&error.to_string()),
            E::Response(error) => response(&error),
            E::Script(error) => error,
        }
    }
}

fn connect(message: &str) -> Error {
    Error::new(message, ["WWW", "CONNECT", message])
}

fn bytes(message: &str) -> Error {
    Error::new(message, ["WWW", "BYTES"])
}

/// The content of a response is larger than `-maxsize` allows.
pub(crate) fn too_big(limit: u64) -> Error {
    data("TOOBIG", &format!("the response has more than {limit} bytes of content"))
}

/// What came is not the rest of the content of which a part is there.
pub(crate) fn wrong_range() -> Error {
    data("RANGE", "the server sent another part of the content than was asked for")
}

/// Not all of the rest came.
pub(crate) fn short_range(length: u64, complete: u64) -> Error {
    data("EOF", &format!("only {length} of {complete} bytes of the content have come"))
}

/// A file that is being sent has become shorter.
pub(crate) fn short_file(path: &Value) -> Error {
    let message = format!("{path:?} has become shorter", path = path.to_utf8_lossy());
    Error::new(&message, ["WWW", "BODY", "SHORT"])
}

/// A channel that is being sent has ended early.
pub(crate) fn short_channel(missing: u64) -> Error {
    let message = format!("the channel ended {missing} bytes before -bodysize");
    Error::new(&message, ["WWW", "BODY", "SHORT"])
}

fn data(kind: &str, message: &str) -> Error {
    Error::new(message, ["WWW", "DATA", kind])
}

fn tls(kind: &str, error: &dyn Display) -> Error {
    Error::new(&error.to_string(), ["WWW", "TLS", kind])
}

fn proxy_refused(proxy: &Proxy, response: &ResponseHead) -> Error {
    let (code, reason) = (response.status.to_string(), response.reason.as_str());
    let message = format!("{proxy}: it refuses with {code} {reason}").trim_end().to_owned();
    let options = describe_response(response);
    Error::with_options(&message, ["WWW", "PROXY", &code, reason], options)
}

fn redirect(error: &RedirectError) -> Error {
    let kind = match error {
        RedirectError::Insecure { .. } => "INSECURE",
        _ => "LOCATION",
    };
    Error::new(&error.to_string(), ["WWW", "REDIRECT", kind])
}

fn response(error: &ResponseError) -> Error {
    let kind = match error {
        ResponseError::Tls { .. } => return data("STATUS", &format!("{error}: use https or wss")),
        ResponseError::Status(_) => "STATUS",
        ResponseError::Header(_) | ResponseError::TooLarge(_) => "HEAD",
        // What is wrong with a body alone is no error where responses are collected.
        ResponseError::Body(_) => "CHUNK",
        ResponseError::BodyTooLarge => "TOOBIG",
        ResponseError::Incomplete(_) => "EOF",
    };
    data(kind, &error.to_string())
}

/// A response other than 101: the message is its body, as the `www` package has it, or the status
/// where there is none that can be shown.
fn refused(url: &Url, response: &Response) -> Error {
    let head = &response.head;
    let code = head.status.to_string();
    let reason = head.reason.as_str();
    let line = head.status_line();
    let body = content::text(response, client::MAX_BODY).unwrap_or_default();
    let message = if body.is_empty() { &line[..] } else { &body[..] };
    let url = ("url", Value::string(&url.to_string()));
    let options = describe_response(head).into_iter().chain([url]);
    Error::with_options(message, ["WWW", "CODE", &head.class(), &code, reason], options)
}

/// The status of a response is no success: the message is its content.
pub(crate) fn status(
    head: &ResponseHead,
    message: Value,
    options: Vec<(&'static str, Value)>,
) -> Error {
    let code = head.status.to_string();
    let errorcode = ["WWW", "CODE", &head.class(), &code, &head.reason];
    Error::with_options("", errorcode, options).with_message(message)
}

/// The head of a response as scripts see it: `status`, a dict of its first line and what that says,
/// and `headers`, a list of names in lower case and values, in their order.
pub(crate) fn describe_response(response: &ResponseHead) -> [(&'static str, Value); 2] {
    [("status", describe_status(response)), ("headers", shown::headers(&response.headers))]
}

/// As in [`describe_response`].
pub(crate) fn describe_status(response: &ResponseHead) -> Value {
    Value::dict([
        ("line", Value::string(&response.status_line())),
        ("version", Value::string(&response.version.to_string())),
        ("code", Value::integer(response.status.into())),
        ("reason", Value::string(&response.reason)),
    ])
}

/// A 101 response that does not open a WebSocket.
fn handshake(error: &HandshakeError) -> Error {
    let kind = match error {
        HandshakeError::NoUpgrade
        | HandshakeError::OtherUpgrade(_)
        | HandshakeError::SeveralUpgrades(_)
        | HandshakeError::NoConnection
        | HandshakeError::NotUpgraded(_) => "UPGRADE",
        HandshakeError::NoAccept
        | HandshakeError::WrongAccept(_)
        | HandshakeError::SeveralAccepts => "ACCEPT",
        HandshakeError::ProtocolNotOffered(_) | HandshakeError::SeveralProtocols(_) => "PROTOCOL",
        HandshakeError::Extensions(_) => "EXTENSION",
    };
    websocket(kind, &error.to_string())
}

// The server's side

/// A request for a WebSocket is refused.
pub(crate) fn refused_request(status: u16, message: &str) -> Error {
    Error::new(message, ["WWW", "WEBSOCKET", "REQUEST", &status.to_string()])
}

/// A directory whose files cannot be served, or one of them.
pub(crate) fn files(message: &str) -> Error {
    Error::new(message, ["WWW", "FILES"])
}

/// What a script has returned is no answer to a request.
pub(crate) fn answer(message: &str) -> Error {
    Error::new(&format!("bad answer to a request: {message}"), ["WWW", "ANSWER"])
}

impl From<server::Error> for Error {
    fn from(error: server::Error) -> Self {
        use server::Error as E;
        let listen = |message: &str| Self::new(message, ["WWW", "LISTEN", message]);
        match error {
            E::Listen(error) => listen(&error.to_string()),
            E::Sockets(error) => listen(&format!("couldn't open socket: {}", describe(&error))),
            E::Certificates(certificates::Error::Unreadable(message)) => tls("FILE", &message),
            E::Certificates(certificates::Error::Script(error)) => error,
            E::TlsSettings(error) => tls(error.kind(), &error),
        }
    }
}

// The package

/// The interpreter is a safe one.
pub(crate) fn safe() -> Error {
    websocket("SAFE", "www::websocket is not available in a safe interpreter")
}

/// What goes wrong in `tcl`.
pub(crate) static FAULTS: Faults = Faults {
    panic: |message| websocket("PANIC", &format!("internal error in www::websocket: {message}")),
    class_deleted: |class| websocket("CLASS", &format!("the class {class} is gone")),
    no_state: || argument("this object is not an open connection"),
    copied: || websocket("COPY", "a connection cannot be copied"),
    one_way_channel: |channel| {
        let message = format!("channel {channel:?} is not open for reading and writing");
        websocket("CHANNEL", &message)
    },
    unwatchable_channel: |channel| {
        let message = format!(
            "too many open files: Tcl 8.6 can wait only for the first 1024, not for {channel:?}"
        );
        websocket("CHANNEL", &message)
    },
};
