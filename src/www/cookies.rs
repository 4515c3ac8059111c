//! The command `www cookies`: what servers have set, seen and changed by scripts.

use std::{
    rc::Rc,
    time::{SystemTime, UNIX_EPOCH},
};

use super::errors;
use crate::{
    context::Context,
    protocol::http::{
        cookies::Cookie,
        url::{Scheme, Url},
    },
    tcl::{Completion, Error, Interp, Value},
};

/// Cookies know no difference between HTTP and WebSockets.
const SCHEMES: &[Scheme] = &[Scheme::Http, Scheme::Https, Scheme::Ws, Scheme::Wss, Scheme::WsUnix];

type Body = fn(&Context, &Interp, &[Value]) -> Result<Value, Error>;

/// Creates the subcommands, in whose namespace the ensemble looks for them.
pub(super) fn create_commands(context: &Rc<Context>) {
    for (name, body) in [
        (c"::www::cookies::clear", clear as Body),
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

/// `www cookies clear`
fn clear(context: &Context, interp: &Interp, words: &[Value]) -> Result<Value, Error> {
    let [_] = words else { return Err(interp.wrong_arguments(words, 1, c"")) };
    context.cookies.borrow_mut().remove(|_| true);
    Ok(Value::empty())
}

/// `www cookies delete ?pattern ...?`
fn delete(context: &Context, interp: &Interp, words: &[Value]) -> Result<Value, Error> {
    let mut domains: Vec<String> = {
        let cookies = context.cookies.borrow();
        cookies.cookies().iter().map(|cookie| cookie.domain.clone()).collect()
    };
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
    context.cookies.borrow_mut().remove(|cookie| chosen.contains(&cookie.domain));
    Ok(Value::empty())
}

/// `www cookies get url`
fn get(context: &Context, interp: &Interp, words: &[Value]) -> Result<Value, Error> {
    let [_, url] = words else { return Err(interp.wrong_arguments(words, 1, c"url")) };
    let header = context.cookies.borrow_mut().header(&parse(url)?, SystemTime::now());
    Ok(Value::string(&header.unwrap_or_default()))
}

/// `www cookies list`
fn list(context: &Context, interp: &Interp, words: &[Value]) -> Result<Value, Error> {
    let [_] = words else { return Err(interp.wrong_arguments(words, 1, c"")) };
    let mut cookies = context.cookies.borrow_mut();
    cookies.evict_expired(SystemTime::now());
    let shown: Vec<Value> = cookies.cookies().iter().map(show).collect();
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
fn set(context: &Context, interp: &Interp, words: &[Value]) -> Result<Value, Error> {
    let [_, url, header] = words else {
        return Err(interp.wrong_arguments(words, 1, c"url header"));
    };
    let (url, header) = (parse(url)?, header.to_utf8().map_err(errors::lone_surrogate)?);
    let set = context.cookies.borrow_mut().set(&url, &header, SystemTime::now());
    set.map_err(errors::cookie)?;
    Ok(Value::empty())
}

fn parse(url: &Value) -> Result<Url, Error> {
    Url::parse(&url.to_utf8_lossy(), SCHEMES).map_err(errors::url)
}
