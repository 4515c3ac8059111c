//! The words of `www websocket ?option value ...? url ?protocols? ?extensions?`, checked before
//! anything is sent.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use super::{
    configuration::Configuration,
    errors, headers,
    object::{deflate, parse_extensions},
};
use crate::{
    client::{self, ConnectSettings},
    net::tls::{self, ClientIdentity, Trust},
    protocol::{
        http::{
            credentials::Credentials,
            headers::Headers,
            url::{Scheme, Url},
        },
        websocket::handshake,
    },
    tcl::{Error, Interp, Value},
    websocket::{CompressionSettings, Offered, OpeningRequest, Settings},
};

/// `-timeout`: long enough for a slow server behind a slow name server, short enough for a person
/// to wait for.
const TIMEOUT: Duration = Duration::from_millis(30_000);

/// `-maxsize`: what most clients and servers allow is between 1 MiB and 100 MiB.
const MAX_SIZE: u64 = 64 * 1024 * 1024;

/// `-closetimeout`: a server answers a close message within a round trip, or not at all.
const CLOSE_TIMEOUT: Duration = Duration::from_millis(10_000);

/// `-maxredir`: what browsers follow.
const MAX_REDIRECTS: u64 = 20;

/// What the caller asks for.
pub(crate) struct Request {
    pub(crate) url: Url,
    /// In order of preference.
    pub(crate) protocols: Vec<String>,
    /// In order of preference too.
    pub(crate) extensions: Vec<Offered>,
    /// For Basic and for Digest authentication.
    pub(crate) basic: Option<Credentials>,
    pub(crate) digest: Option<Credentials>,
    pub(crate) max_redirects: u64,
    /// What the request says beside the headers of the handshake.
    pub(crate) headers: Headers,
    pub(crate) tls: tls::Settings,
    /// The name to verify and to send, if not that in the URL.
    pub(crate) server_name: Option<String>,
    /// Command prefixes: who has the last word on certificates, names the proxies, opens channels,
    /// and is told the outcome. Empty: nobody.
    pub(crate) verify: Value,
    pub(crate) proxy: Value,
    pub(crate) socket_command: Value,
    pub(crate) command: Option<Value>,
    /// How long opening may take in all; `None`: as long as it takes.
    pub(crate) timeout: Option<Duration>,
    pub(crate) settings: Settings,
}

impl Request {
    /// A request without options, with what is configured.
    fn new(configuration: &Configuration, interp: &Interp, url: Url) -> Self {
        let mut headers = Headers::new();
        let user_agent = configuration.user_agent(interp).to_utf8_lossy();
        if !user_agent.is_empty() {
            headers.push("User-Agent", user_agent);
        }
        Self {
            url,
            protocols: Vec::new(),
            extensions: Vec::new(),
            basic: None,
            digest: None,
            max_redirects: MAX_REDIRECTS,
            headers,
            tls: tls::Settings {
                trust: configuration.trust(),
                // A server that chose HTTP/2 would not understand the request.
                alpn: &[tls::HTTP_1_1],
                ..tls::Settings::default()
            },
            server_name: None,
            verify: configuration.verify(),
            proxy: configuration.proxy(interp),
            socket_command: configuration.socket_command(interp),
            command: None,
            timeout: Some(TIMEOUT),
            settings: Settings {
                max_size: Some(MAX_SIZE),
                max_pending: None,
                heartbeat: None,
                close_timeout: CLOSE_TIMEOUT,
                compression: CompressionSettings::default(),
            },
        }
    }
}

impl Request {
    /// What is to be opened, and the prefix of `-command`, if there is one.
    pub(crate) fn into_parts(self) -> (OpeningRequest, Option<Value>) {
        let connect = ConnectSettings {
            user_agent: self.headers.first("User-Agent").map(str::to_owned),
            proxy: self.proxy,
            socket_command: self.socket_command,
            verify: self.verify,
            tls: self.tls,
            deadline: self.timeout.and_then(|timeout| Instant::now().checked_add(timeout)),
        };
        let http = client::Request {
            url: self.url,
            headers: self.headers,
            basic: self.basic,
            digest: self.digest,
            server_name: self.server_name,
            max_redirects: self.max_redirects,
        };
        let Self { protocols, extensions, settings, timeout, .. } = self;
        let request = OpeningRequest { http, connect, protocols, extensions, settings, timeout };
        (request, self.command)
    }
}

/// Takes the words after the name of the command.
pub(crate) fn parse(
    configuration: &Configuration,
    interp: &Interp,
    words: &[Value],
) -> Result<Request, Error> {
    let (options, words) = split(words)?;
    let (url, protocols, extensions) = match words {
        [url] => (url, None, None),
        [url, protocols] => (url, Some(protocols), None),
        [url, protocols, extensions] => (url, Some(protocols), Some(extensions)),
        _ => return Err(errors::usage()),
    };
    let url = Url::parse(&utf8(url)?, Scheme::WEBSOCKET).map_err(errors::url)?;
    let mut request = Request::new(configuration, interp, url);
    request.protocols = protocols.map_or(Ok(Vec::new()), parse_protocols)?;
    if let Some(extensions) = extensions {
        request.extensions = parse_extensions(interp, extensions)?;
        request.extensions.iter().try_for_each(deflate::check_offer)?;
    }
    let mut combined = Combined::default();
    for (option, value) in options {
        set(&mut request, &mut combined, interp, &option, value)?;
    }
    if request.basic.is_none() && request.digest.is_none() {
        request.basic = request.url.credentials().cloned();
        request.digest = request.basic.clone();
    }
    combined.apply(&mut request)?;
    request.tls.ask = !request.verify.is_empty();
    Ok(request)
}

const OPTIONS: [&str; 19] = [
    "-auth",
    "-cadir",
    "-cafile",
    "-certfile",
    "-closetimeout",
    "-command",
    "-compress",
    "-digest",
    "-headers",
    "-heartbeat",
    "-insecure",
    "-keyfile",
    "-maxpending",
    "-maxredir",
    "-maxsize",
    "-proxy",
    "-servername",
    "-socketcmd",
    "-timeout",
];

/// Options with their values, and the words behind them.
type Split<'a> = (Vec<(String, &'a Value)>, &'a [Value]);

fn split(mut words: &[Value]) -> Result<Split<'_>, Error> {
    let mut options = Vec::new();
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
        options.push((option, value));
    }
    Ok((options, words))
}

fn set(
    request: &mut Request,
    combined: &mut Combined,
    interp: &Interp,
    option: &str,
    value: &Value,
) -> Result<(), Error> {
    match option {
        "-auth" => request.basic = Some(credentials(option, value)?),
        "-cadir" => combined.directory = Some(path(value)),
        "-cafile" => combined.file = Some(path(value)),
        "-certfile" => combined.certificate = Some(path(value)),
        "-command" => request.command = Some(prefix(value)?).filter(|prefix| !prefix.is_empty()),
        "-compress" => combined.compress = deflate::parse_option(interp, value)?,
        "-digest" => request.digest = Some(credentials(option, value)?),
        "-headers" => headers::add(interp, value, &mut request.headers)?,
        "-insecure" => combined.insecure = boolean(option, value)?,
        "-keyfile" => combined.key = Some(path(value)),
        "-maxredir" => request.max_redirects = natural(option, value)?,
        "-proxy" => request.proxy = prefix(value)?,
        "-servername" => request.server_name = Some(utf8(value)?),
        "-socketcmd" => request.socket_command = prefix(value)?,
        "-timeout" => request.timeout = time(option, value)?,
        _ => change(&mut request.settings, option, value)?,
    }
    Ok(())
}

/// Sets an option that may be changed while the connection is open.
pub(crate) fn change(settings: &mut Settings, option: &str, value: &Value) -> Result<(), Error> {
    match option {
        "-closetimeout" => settings.close_timeout = milliseconds(option, value)?,
        "-heartbeat" => settings.heartbeat = time(option, value)?,
        "-maxpending" => settings.max_pending = limit(option, value)?,
        "-maxsize" => settings.max_size = limit(option, value)?,
        _ => return Err(errors::unknown_option(option)),
    }
    Ok(())
}

/// Options that are carried out when all are known.
#[derive(Default)]
struct Combined {
    compress: Option<(Offered, CompressionSettings)>,
    file: Option<PathBuf>,
    directory: Option<PathBuf>,
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
    insecure: bool,
}

impl Combined {
    fn apply(self, request: &mut Request) -> Result<(), Error> {
        if let Some((offered, compression)) = self.compress {
            request.extensions.push(offered);
            request.settings.compression = compression;
        }
        let settings = &mut request.tls;
        if self.insecure {
            settings.trust = Trust::Insecure;
        } else if self.file.is_some() || self.directory.is_some() {
            settings.trust = Trust::Authorities {
                files: self.file.into_iter().collect(),
                directories: self.directory.into_iter().collect(),
            };
        }
        settings.client = match (self.certificate, self.key) {
            (None, None) => None,
            // Both may be in one file.
            (Some(certificate), None) => {
                Some(ClientIdentity { key: certificate.clone(), certificate })
            }
            (Some(certificate), Some(key)) => Some(ClientIdentity { certificate, key }),
            (None, Some(_)) => return Err(errors::argument("-keyfile needs -certfile")),
        };
        Ok(())
    }
}

fn parse_protocols(list: &Value) -> Result<Vec<String>, Error> {
    let elements = list.elements().ok_or_else(|| errors::protocol("protocols is not a list"))?;
    let protocols = elements.iter().map(utf8).collect::<Result<Vec<_>, _>>()?;
    handshake::check_protocols(&protocols).map_err(|error| errors::protocol(&error.to_string()))?;
    Ok(protocols)
}

/// `user:password`. "The user-id and password MUST NOT contain any control characters" (RFC 7617
/// section 2).
fn credentials(option: &str, value: &Value) -> Result<Credentials, Error> {
    let text = utf8(value)?;
    if text.contains(':') && !text.contains(char::is_control) {
        return Ok(Credentials::parse(&text));
    }
    // Not with the value, which is secret.
    Err(errors::option_format(option, "user:password, without control characters"))
}

fn prefix(value: &Value) -> Result<Value, Error> {
    errors::check_prefix(value)?;
    Ok(value.clone())
}

fn path(value: &Value) -> PathBuf {
    PathBuf::from(value.to_utf8_lossy())
}

fn utf8(value: &Value) -> Result<String, Error> {
    value.to_utf8().map_err(errors::lone_surrogate)
}

fn boolean(option: &str, value: &Value) -> Result<bool, Error> {
    value.to_boolean().ok_or_else(|| errors::option_value(option, value, "a boolean"))
}

/// A time in milliseconds, of which 0 means none.
pub(crate) fn time(option: &str, value: &Value) -> Result<Option<Duration>, Error> {
    Ok(Some(milliseconds(option, value)?).filter(|time| !time.is_zero()))
}

/// A number of milliseconds that fits one of Tcl's timers.
fn milliseconds(option: &str, value: &Value) -> Result<Duration, Error> {
    let number = natural(option, value)?;
    if number > i32::MAX as u64 {
        return Err(errors::option_value(option, value, "at most 2147483647 milliseconds"));
    }
    Ok(Duration::from_millis(number))
}

/// A number of bytes, of which 0 means that there is no limit.
fn limit(option: &str, value: &Value) -> Result<Option<u64>, Error> {
    Ok(Some(natural(option, value)?).filter(|&size| size > 0))
}

fn natural(option: &str, value: &Value) -> Result<u64, Error> {
    let number = value.to_integer().and_then(|number| u64::try_from(number).ok());
    number.ok_or_else(|| errors::option_value(option, value, "an integer of at least 0"))
}
