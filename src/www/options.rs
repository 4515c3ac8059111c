//! The words of `www websocket ?option value ...? url ?protocols? ?extensions?`, checked before
//! anything is sent.

use super::{
    connection::Settings,
    deflate::{self, Effort},
    errors,
    extensions::{self, Offered},
};
use crate::{
    http::url::WebSocketUrl,
    protocol::handshake,
    tcl::{Error, Interp, Value},
};
use std::time::Duration;

/// `-timeout`: long enough for a slow server behind a slow name server, short enough for a person
/// to wait for.
const TIMEOUT: Duration = Duration::from_millis(30_000);

/// `-maxsize`: what most clients and servers allow is between 1 MiB and 100 MiB.
const MAX_SIZE: u64 = 64 * 1024 * 1024;

/// `-closetimeout`: a server answers a close message within a round trip, or not at all.
const CLOSE_TIMEOUT: Duration = Duration::from_millis(10_000);

/// What the caller asks for.
pub(crate) struct Request {
    pub(crate) url: WebSocketUrl,
    /// In order of preference.
    pub(crate) protocols: Vec<String>,
    /// In order of preference too.
    pub(crate) extensions: Vec<Offered>,
    /// `user:password` for Basic authentication.
    pub(crate) credentials: Option<String>,
    /// How long opening may take in all; `None`: as long as it takes.
    pub(crate) timeout: Option<Duration>,
    pub(crate) settings: Settings,
}

/// Takes the words after the name of the command.
pub(crate) fn parse(interp: &Interp, words: &[Value]) -> Result<Request, Error> {
    let mut timeout = Some(TIMEOUT);
    let mut credentials = None;
    let mut compress = None;
    let mut settings = Settings {
        max_size: Some(MAX_SIZE),
        close_timeout: CLOSE_TIMEOUT,
        effort: Effort::default(),
    };
    let mut words = words;
    while let [word, rest @ ..] = words {
        let option = word.to_utf8_lossy();
        if !option.starts_with('-') {
            break;
        }
        words = rest;
        if option == "--" {
            break;
        }
        if !OPTIONS.contains(&option.as_str()) {
            return Err(errors::unknown_option(&option));
        }
        let [value, rest @ ..] = words else { return Err(errors::option_argument(&option)) };
        words = rest;
        match option.as_str() {
            "-auth" => credentials = Some(utf8(value)?),
            "-closetimeout" => settings.close_timeout = milliseconds(&option, value)?,
            "-compress" => compress = deflate::parse_option(interp, value)?,
            "-maxsize" => {
                settings.max_size = Some(natural(&option, value)?).filter(|&size| size > 0)
            }
            "-timeout" => {
                timeout = Some(milliseconds(&option, value)?).filter(|time| !time.is_zero())
            }
            _ => return Err(errors::unsupported(&option)),
        }
    }
    let (url, protocols, extensions) = match words {
        [url] => (url, None, None),
        [url, protocols] => (url, Some(protocols), None),
        [url, protocols, extensions] => (url, Some(protocols), Some(extensions)),
        _ => return Err(errors::usage()),
    };
    let url = WebSocketUrl::parse(&utf8(url)?).map_err(errors::url)?;
    if url.is_secure() {
        return Err(errors::unsupported("wss"));
    }
    let protocols = protocols.map_or(Ok(Vec::new()), parse_protocols)?;
    let mut extensions =
        extensions.map_or(Ok(Vec::new()), |extensions| extensions::parse(interp, extensions))?;
    if let Some((offered, effort)) = compress {
        extensions.push(offered);
        settings.effort = effort;
    }
    let credentials = credentials
        .or_else(|| url.credentials().map(|url| format!("{}:{}", url.username, url.password)));
    Ok(Request { url, protocols, extensions, credentials, timeout, settings })
}

/// All options, those included that are not carried out yet.
const OPTIONS: [&str; 7] =
    ["-auth", "-closetimeout", "-compress", "-digest", "-maxredir", "-maxsize", "-timeout"];

fn parse_protocols(list: &Value) -> Result<Vec<String>, Error> {
    let elements = list.elements().ok_or_else(|| errors::protocol("protocols is not a list"))?;
    let protocols = elements.iter().map(utf8).collect::<Result<Vec<_>, _>>()?;
    handshake::check_protocols(&protocols).map_err(|error| errors::protocol(&error.to_string()))?;
    Ok(protocols)
}

fn utf8(value: &Value) -> Result<String, Error> {
    value.to_utf8().map_err(errors::lone_surrogate)
}

/// A number of milliseconds that fits one of Tcl's timers.
fn milliseconds(option: &str, value: &Value) -> Result<Duration, Error> {
    let number = natural(option, value)?;
    if number > i32::MAX as u64 {
        return Err(errors::option_value(option, value, "at most 2147483647 milliseconds"));
    }
    Ok(Duration::from_millis(number))
}

fn natural(option: &str, value: &Value) -> Result<u64, Error> {
    let number = value.to_integer().and_then(|number| u64::try_from(number).ok());
    number.ok_or_else(|| errors::option_value(option, value, "an integer of at least 0"))
}
