//! The settings of the package in an interpreter: the commands `www configure`, `www cget`,
//! `www certify` and `www log`, with the meanings that the `www` package gives them.
//!
//! Where a package `www` is installed, these commands are that package's. Then its settings are
//! looked up with its `cget`, and `ensemble.tcl` has its `certify`, `log` and, for what its `cget`
//! does not know, `configure` tell us what they were called with. `www websocket log` is ours in
//! any case.

use std::{cell::RefCell, collections::BTreeMap, ffi::CStr, rc::Rc, time::Duration};

use super::{
    errors, headers,
    options::{
        self,
        Field::{Any, Boolean, Limit, List, Prefix, Time},
        Table, changeable,
    },
    version::PRODUCT,
};
use crate::{
    certificates::{Source, SourceKind},
    client::{PoolLimits, TrustSource, environment_route},
    context::{Context, Log},
    protocol::http::{
        syntax::is_field_value,
        url::{OwnScheme, Scheme, Url, is_scheme},
    },
    tcl::{Completion, Error, Interp, Value},
};

/// `-idletimeout`: about as long as servers keep a connection.
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);

/// `-maxconnections`: as browsers have it.
const MAX_CONNECTIONS: u64 = 6;

/// The options of `www configure`.
static SETTINGS: Table<Settings> = Table {
    unknown: |option| errors::unknown_setting(option, &SETTINGS.names()),
    rows: &[
        changeable("-accept", List(|to| &mut to.accept)),
        changeable("-idletimeout", Time(|to| &mut to.idle_timeout, Some(IDLE_TIMEOUT))),
        changeable("-maxconnections", Limit(|to| &mut to.max_connections, Some(MAX_CONNECTIONS))),
        changeable("-pipeline", Boolean(|to| &mut to.pipelines)),
        changeable("-proxy", Prefix(|to| &mut to.proxy)),
        changeable("-socketcmd", Prefix(|to| &mut to.socket_command)),
        changeable("-useragent", Any(|to| &mut to.user_agent)),
    ],
};

/// What the options of `www configure` say.
#[derive(Clone, Default)]
struct Settings {
    /// Media types for the header Accept, beside any.
    accept: Value,
    /// How long a connection is kept that no request uses; `None`: as long as its server keeps it.
    idle_timeout: Option<Duration>,
    /// How many there may be to one origin; `None`: as many as requests.
    max_connections: Option<u64>,
    /// Changes nothing: requests are sent beside each other.
    pipelines: bool,
    /// A command prefix that is called with URL and host and returns a list of proxies. Empty:
    /// those that the environment names.
    proxy: Value,
    /// A command prefix that opens channels. Empty: none.
    socket_command: Value,
    /// The value of the header, at first [`default_user_agent`]. Empty: no header.
    user_agent: Value,
}

/// A scheme of URLs that a script has registered: HTTP over what its command makes of a channel.
#[derive(Clone)]
pub(crate) struct RegisteredScheme {
    pub(crate) scheme: OwnScheme,
    /// A command prefix that is called with a connected channel and the host. Empty: none.
    pub(crate) command: Value,
}

/// What is set for all connections to come.
#[derive(Default)]
pub(crate) struct Configuration {
    /// Whether the `www` command is that of another package.
    is_guest: bool,
    settings: RefCell<Settings>,
    /// `www register`, by their names in lower case.
    schemes: RefCell<BTreeMap<String, RegisteredScheme>>,
    /// `www certify`: whom to trust, and a command prefix that may overrule. Empty: none.
    trust: RefCell<TrustSource>,
    verify: RefCell<Value>,
}

impl Configuration {
    /// The defaults; `is_guest` where the `www` command is that of another package.
    pub(crate) fn new(interp: &Interp, is_guest: bool) -> Self {
        let settings = Settings { user_agent: default_user_agent(interp), ..SETTINGS.defaults() };
        Self { is_guest, settings: RefCell::new(settings), ..Self::default() }
    }

    /// Errors where another package does not tell its setting: no connection is to go past a proxy
    /// that is set.
    pub(crate) fn proxy(&self, interp: &Interp) -> Result<Value, Error> {
        let prefix = self.setting(interp, "-proxy", |settings| &settings.proxy)?;
        errors::check_prefix(&prefix)?;
        Ok(prefix)
    }

    /// Errors as [`proxy`](Self::proxy).
    pub(crate) fn socket_command(&self, interp: &Interp) -> Result<Value, Error> {
        let prefix = self.setting(interp, "-socketcmd", |settings| &settings.socket_command)?;
        errors::check_prefix(&prefix)?;
        // The default of the package www, which we do better.
        Ok(if prefix.to_utf8_lossy() == "socket" { Value::empty() } else { prefix })
    }

    /// Errors where another package's setting cannot be sent.
    pub(crate) fn user_agent(&self, interp: &Interp) -> Result<String, Error> {
        let told = self.setting(interp, "-useragent", |settings| &settings.user_agent);
        // Where it is not told, that does no harm.
        check_user_agent(&told.unwrap_or_else(|_| self.settings.borrow().user_agent.clone()))
    }

    /// The value of the header Accept.
    pub(crate) fn accept(&self) -> String {
        headers::accept(&self.settings.borrow().accept)
    }

    /// The scheme of this URL, in any case, if a script has registered it.
    pub(crate) fn scheme_of(&self, url: &str) -> Option<RegisteredScheme> {
        let (name, _) = url.split_once("://")?;
        self.schemes.borrow().get(&name.to_ascii_lowercase()).cloned()
    }

    /// How many connections there may be to one origin, and how long one is kept that no request
    /// uses.
    pub(crate) fn pool_limits(&self) -> PoolLimits {
        let settings = self.settings.borrow();
        PoolLimits { connections: settings.max_connections, idle: settings.idle_timeout }
    }

    pub(crate) fn trust(&self) -> TrustSource {
        self.trust.borrow().clone()
    }

    pub(crate) fn verify(&self) -> Value {
        self.verify.borrow().clone()
    }

    /// The value of a setting. What another package does not have is our own.
    fn setting(
        &self,
        interp: &Interp,
        option: &str,
        own: fn(&Settings) -> &Value,
    ) -> Result<Value, Error> {
        let own = || own(&self.settings.borrow()).clone();
        if !self.is_guest {
            return Ok(own());
        }
        // Version 2.2 of the package has the procedure, but no such subcommand.
        let call = |words: &[&str]| {
            let words: Vec<Value> = words.iter().copied().map(Value::string).collect();
            interp.call(&words)
        };
        let told = match call(&["::www::cget", option]) {
            Err(error) if error.errorcode() == ["TCL", "LOOKUP", "COMMAND", "::www::cget"] => {
                call(&["::www", "cget", option])
            }
            told => told,
        };
        told.or_else(|error| if is_no_setting(&error) { Ok(own()) } else { Err(error) })
    }
}

/// Whether this error of another package's `cget` says that it does not have the setting.
fn is_no_setting(error: &Error) -> bool {
    let code = error.errorcode();
    let code: Vec<&str> = code.iter().map(String::as_str).collect();
    match code[..] {
        ["WWW", "CONFIGURE", "UNKNOWN", ..] => true,
        // There is no such subcommand either.
        ["TCL", "LOOKUP", "SUBCOMMAND", "cget"] => true,
        // How versions up to 2.3 write `return` there.
        ["TCL", "LOOKUP", "COMMAND", "retrun"] => true,
        _ => false,
    }
}

/// The value of `-useragent`, if it can be that of a header.
fn check_user_agent(value: &Value) -> Result<String, Error> {
    let text = value.to_utf8_lossy();
    if text.is_ascii() && is_field_value(&text) {
        return Ok(text);
    }
    Err(errors::option_value("-useragent", value, "ASCII without control characters"))
}

/// "A user agent SHOULD send a User-Agent header field in each request unless specifically
/// configured not to do so." Its value names products: "product = token ["/" product-version]" (RFC
/// 9110 section 10.1.5).
fn default_user_agent(interp: &Interp) -> Value {
    // What is not there is left out.
    let tcl = interp.eval("package provide Tcl").unwrap_or_default().to_utf8_lossy();
    let tcl = if tcl.is_empty() { tcl } else { format!("Tcl/{tcl} ") };
    Value::string(&format!("{tcl}{PRODUCT}"))
}

type Body = fn(&Configuration, &Interp, &[Value]) -> Result<Value, Error>;

/// Creates the commands. Those that belong to another package's `www` are left out.
pub(crate) fn create_commands(context: &Rc<Context>, configuration: &Rc<Configuration>) {
    let own: &[(&CStr, Body)] = &[
        (c"::www::configure", configure),
        (c"::www::cget", cget),
        (c"::www::certify", certify),
        (c"::www::register", register),
    ];
    // What `ensemble.tcl` calls when commands of the host were called.
    let guest: &[(&CStr, Body)] =
        &[(c"::www::Certified", certify), (c"::www::Configured", configured)];
    let is_guest = configuration.is_guest;
    let always: &[(&CStr, Body)] = &[(c"::www::EnvironmentProxy", environment_proxy)];
    for &(name, body) in (if is_guest { guest } else { own }).iter().chain(always) {
        let configuration = Rc::clone(configuration);
        context.interp.create_command(name, move |interp, words| {
            Completion::Returns(body(&configuration, interp, words).map(Into::into))
        });
    }
    let context_then = Rc::clone(context);
    let log_name = if is_guest { c"::www::Logged" } else { c"::www::SetLog" };
    context.interp.create_command(log_name, move |interp, words| {
        Completion::Returns(log(&context_then.log, interp, words, 1).map(Into::into))
    });
    if !is_guest {
        let context_then = Rc::clone(context);
        context.interp.create_command(c"::www::log", move |interp, words| {
            Completion::Returns(log_message(&context_then, interp, words).map(Into::into))
        });
    }
}

/// `www configure ?-option? ?value -option value ...?`
fn configure(
    configuration: &Configuration,
    interp: &Interp,
    words: &[Value],
) -> Result<Value, Error> {
    let mut settings = configuration.settings.borrow().clone();
    match &words[1..] {
        [] => Ok(SETTINGS.show_all(settings, &())),
        [option] => SETTINGS.show(settings, &(), option),
        pairs if pairs.len() % 2 == 0 => {
            SETTINGS.change(&mut settings, interp, pairs)?;
            headers::check_accept(&settings.accept)?;
            check_user_agent(&settings.user_agent)?;
            configuration.settings.replace(settings);
            Ok(Value::empty())
        }
        _ => Err(interp.wrong_arguments(words, 1, c"?-option? ?value -option value ...?")),
    }
}

/// `www::Configured ?-option value ...?`: what another package's `www configure` was called with.
fn configured(
    configuration: &Configuration,
    interp: &Interp,
    words: &[Value],
) -> Result<Value, Error> {
    let mut settings = configuration.settings.borrow().clone();
    for pair in words[1..].chunks_exact(2) {
        // It has options that mean nothing here.
        let _ = SETTINGS.change(&mut settings, interp, pair);
    }
    configuration.settings.replace(settings);
    Ok(Value::empty())
}

/// `www cget -option`
fn cget(configuration: &Configuration, interp: &Interp, words: &[Value]) -> Result<Value, Error> {
    let [_, option] = words else { return Err(interp.wrong_arguments(words, 1, c"-option")) };
    SETTINGS.show(configuration.settings.borrow().clone(), &(), option)
}

/// `www certify file|directory|pem ?prefix?`
fn certify(
    configuration: &Configuration,
    interp: &Interp,
    words: &[Value],
) -> Result<Value, Error> {
    let (place, prefix) = match words {
        [_, place] => (place, Value::empty()),
        [_, place, prefix] => (place, prefix.clone()),
        _ => return Err(interp.wrong_arguments(words, 1, c"file|directory|pem ?prefix?")),
    };
    errors::check_prefix(&prefix)?;
    configuration.trust.replace(if place.to_utf8_lossy().is_empty() {
        TrustSource::System
    } else {
        let source = Source::new(interp, "www certify", place, SourceKind::FileOrDirectory);
        TrustSource::Authorities(vec![source])
    });
    configuration.verify.replace(prefix);
    Ok(Value::empty())
}

/// `www log ?prefix? ?level?`; the first `named` of the words are the command.
pub(crate) fn log(
    log: &Log,
    interp: &Interp,
    words: &[Value],
    named: usize,
) -> Result<Value, Error> {
    let (prefix, has_frames) = match words.get(named..).unwrap_or_default() {
        [] => return Ok(log.prefix()),
        [prefix] => (prefix, false),
        [prefix, level] => match level.to_utf8_lossy().as_str() {
            "handshake" => (prefix, false),
            "frames" => (prefix, true),
            _ => return Err(errors::option_value("level", level, "handshake or frames")),
        },
        _ => return Err(interp.wrong_arguments(words, named, c"?prefix? ?level?")),
    };
    errors::check_prefix(prefix)?;
    log.set(prefix, has_frames);
    Ok(Value::empty())
}

/// `www::log message`, for other packages.
fn log_message(context: &Context, interp: &Interp, words: &[Value]) -> Result<Value, Error> {
    let [_, message] = words else { return Err(interp.wrong_arguments(words, 1, c"message")) };
    context.log(|| message.to_utf8_lossy());
    Ok(Value::empty())
}

/// `www register scheme port ?command? ?secure?`. What is built in stays as it is.
fn register(
    configuration: &Configuration,
    interp: &Interp,
    words: &[Value],
) -> Result<Value, Error> {
    let (name, port, command, is_secure) = match words {
        [_, name, port] => (name, port, Value::empty(), false),
        [_, name, port, command] => (name, port, command.clone(), false),
        [_, name, port, command, secure] => {
            (name, port, command.clone(), options::boolean("secure", secure)?)
        }
        _ => return Err(interp.wrong_arguments(words, 1, c"scheme port ?command? ?secure?")),
    };
    let name = name.to_utf8_lossy().to_ascii_lowercase();
    if !is_scheme(&name) {
        return Err(errors::scheme(&name));
    }
    let number = port.to_integer().and_then(|port| u16::try_from(port).ok());
    let port = number
        .filter(|port| *port > 0)
        .ok_or_else(|| errors::option_value("port", port, "an integer from 1 to 65535"))?;
    errors::check_prefix(&command)?;
    if !Scheme::is_known(&name) {
        let scheme = OwnScheme { name: name.clone(), port, is_secure };
        configuration.schemes.borrow_mut().insert(name, RegisteredScheme { scheme, command });
    }
    Ok(Value::empty())
}

/// `www::EnvironmentProxy url`: what `www::defaultproxy` returns.
fn environment_proxy(
    configuration: &Configuration,
    interp: &Interp,
    words: &[Value],
) -> Result<Value, Error> {
    let [_, url] = words else { return Err(interp.wrong_arguments(words, 1, c"url")) };
    let text = url.to_utf8_lossy();
    let url = match configuration.scheme_of(&text) {
        Some(own) => Url::parse_own(&text, &own.scheme),
        None => Url::parse(&text, Scheme::CALLER),
    };
    let url = url.map_err(errors::url)?;
    Ok(Value::strings([environment_route(&url).map_err(errors::proxy_entry)?.to_entry()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(SETTINGS.is_in_order());
    }
}
