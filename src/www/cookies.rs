//! The commands `www cookies`, for what servers have set, and `www cookiedb`, for where it is kept.

use std::{
    rc::{Rc, Weak},
    time::{SystemTime, UNIX_EPOCH},
};

use super::errors;
use crate::{
    context::Context,
    cookies::{CookieFile, Cookies},
    protocol::http::{
        cookies::Cookie,
        url::{Scheme, Url},
    },
    tcl::{BeforeExit, Completion, Error, Interp, Value, call_before_exit},
};

/// Cookies know no difference between HTTP and WebSockets.
const SCHEMES: &[Scheme] =
    &[Scheme::Http, Scheme::Https, Scheme::HttpUnix, Scheme::Ws, Scheme::Wss, Scheme::WsUnix];

type Body = fn(&Rc<Context>, &Interp, &[Value]) -> Result<Value, Error>;

/// Creates the commands; `www cookies` finds its subcommands in a namespace.
pub(super) fn create_commands(context: &Rc<Context>) {
    for (name, body) in [
        (c"::www::cookiedb", cookiedb as Body),
        (c"::www::cookies::clear", clear),
        (c"::www::cookies::delete", delete),
        (c"::www::cookies::get", get),
        (c"::www::cookies::list", list),
        (c"::www::cookies::set", set),
    ] {
        let context_then = Rc::clone(context);
        context.interp.create_command(name, move |interp, words| {
            Completion::Returns(body(&context_then, interp, words).map(Into::into))
        });
    }
}

/// Uses the cookies. Errors where something goes wrong with their file.
fn with<T>(context: &Context, work: impl FnOnce(&mut Cookies) -> T) -> Result<T, Error> {
    let mut cookies = context.cookies.borrow_mut();
    // That of a request.
    cookies.take_failure();
    let value = work(&mut cookies);
    cookies.take_failure().map_or(Ok(value), |failure| Err(errors::cookie_file(&failure)))
}

/// `www cookiedb file`
fn cookiedb(context: &Rc<Context>, interp: &Interp, words: &[Value]) -> Result<Value, Error> {
    let [_, name] = words else { return Err(interp.wrong_arguments(words, 1, c"file")) };
    let file = if name.is_empty() {
        None
    } else {
        let path = interp.system_path(name).map_err(|error| errors::no_cookie_file(&error.0))?;
        let file = CookieFile::open(&path, SystemTime::now());
        call_before_exit(Rc::<Context>::downgrade(context) as Weak<dyn BeforeExit>);
        Some(file.map_err(|error| errors::cookie_file(&error))?)
    };
    with(context, |cookies| cookies.keep_in(file))?;
    Ok(Value::empty())
}

/// `www cookies clear`
fn clear(context: &Rc<Context>, interp: &Interp, words: &[Value]) -> Result<Value, Error> {
    let [_] = words else { return Err(interp.wrong_arguments(words, 1, c"")) };
    with(context, |cookies| cookies.remove(|_| true))?;
    Ok(Value::empty())
}

/// `www cookies delete ?pattern ...?`
fn delete(context: &Rc<Context>, interp: &Interp, words: &[Value]) -> Result<Value, Error> {
    let mut domains: Vec<String> = with(context, |cookies| {
        cookies.list(SystemTime::now()).iter().map(|cookie| cookie.domain.clone()).collect()
    })?;
    domains.sort_unstable();
    domains.dedup();
    let mut chosen = Vec::new();
    let [string, does_match, no_case] = ["::string", "match", "-nocase"].map(Value::string);
    for domain in domains {
        for pattern in &words[1..] {
            let value = Value::string(&domain);
            let matches = interp.call([&string, &does_match, &no_case, pattern, &value])?;
            if matches.to_boolean() == Some(true) {
                chosen.push(domain);
                break;
            }
        }
    }
    with(context, |cookies| cookies.remove(|cookie| chosen.contains(&cookie.domain)))?;
    Ok(Value::empty())
}

/// `www cookies get url`
fn get(context: &Rc<Context>, interp: &Interp, words: &[Value]) -> Result<Value, Error> {
    let [_, url] = words else { return Err(interp.wrong_arguments(words, 1, c"url")) };
    let url = parse(url)?;
    let header = with(context, |cookies| cookies.header(&url, SystemTime::now()))?;
    Ok(Value::string(&header.unwrap_or_default()))
}

/// `www cookies list`
fn list(context: &Rc<Context>, interp: &Interp, words: &[Value]) -> Result<Value, Error> {
    let [_] = words else { return Err(interp.wrong_arguments(words, 1, c"")) };
    let shown: Vec<Value> =
        with(context, |cookies| cookies.list(SystemTime::now()).iter().map(show).collect())?;
    Ok(Value::list(&shown))
}

fn show(cookie: &Cookie) -> Value {
    let seconds = |time: SystemTime| time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    Value::dict([
        ("name", Value::string(&cookie.name)),
        ("value", Value::string(&cookie.value)),
        ("domain", Value::string(&cookie.domain)),
        ("path", Value::string(&cookie.path)),
        ("expires", cookie.expires.map(seconds).map_or_else(Value::empty, Value::from)),
        ("secure", Value::integer(cookie.secure.into())),
        ("httponly", Value::integer(cookie.http_only.into())),
        ("hostonly", Value::integer(cookie.host_only.into())),
    ])
}

/// `www cookies set url header`
fn set(context: &Rc<Context>, interp: &Interp, words: &[Value]) -> Result<Value, Error> {
    let [_, url, header] = words else {
        return Err(interp.wrong_arguments(words, 1, c"url header"));
    };
    let (url, header) = (parse(url)?, header.to_utf8().map_err(errors::request_text)?);
    let set = with(context, |cookies| cookies.set(&url, &header, SystemTime::now()))?;
    set.map_err(errors::cookie)?;
    Ok(Value::empty())
}

fn parse(url: &Value) -> Result<Url, Error> {
    Url::parse(&url.to_utf8_lossy(), SCHEMES).map_err(errors::url)
}
