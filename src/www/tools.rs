//! Commands of `www` that ask no server: for lists of headers, and for parts of URLs.

use std::ffi::CStr;

use super::errors;
use crate::{
    protocol::http::{
        form,
        headers::Headers,
        syntax::{members_with_quotes, trim},
        url,
    },
    tcl::{Completion, Error, Interp, Value},
};

type Body = fn(&Interp, &[Value]) -> Result<Value, Error>;

const COMMANDS: &[(&CStr, Body)] = &[
    (c"::www::header::Add", header_add),
    (c"::www::header::Append", header_append),
    (c"::www::header::Replace", header_replace),
    (c"::www::header::exists", header_exists),
    (c"::www::header::get", header_get),
    (c"::www::urlencode", urlencode),
    (c"::www::urljoin", urljoin),
];

/// Creates the commands.
///
/// Errors where Tcl cannot create its part of them.
pub(crate) fn create_commands(interp: &Interp) -> Result<(), Error> {
    interp.eval(include_str!("tools.tcl"))?;
    for &(name, body) in COMMANDS {
        interp.create_command(name, move |interp, words| {
            Completion::Returns(body(interp, words).map(Into::into))
        });
    }
    Ok(())
}

/// `www header exists list name`
fn header_exists(interp: &Interp, words: &[Value]) -> Result<Value, Error> {
    let [_, list, name] = words else { return Err(interp.wrong_arguments(words, 1, c"list name")) };
    let exists = parse(list)?.first(&name.to_utf8_lossy()).is_some();
    Ok(u64::from(exists).into())
}

/// `www header get list name ??-lowercase? index?`
fn header_get(interp: &Interp, words: &[Value]) -> Result<Value, Error> {
    let (list, name, index, is_lowercase) = match words {
        [_, list, name] => (list, name, None, false),
        [_, list, name, index] => (list, name, Some(index), false),
        [_, list, name, flag, index] if flag.to_utf8_lossy() == "-lowercase" => {
            (list, name, Some(index), true)
        }
        _ => return Err(interp.wrong_arguments(words, 1, c"list name ??-lowercase? index?")),
    };
    let headers = parse(list)?;
    let name = name.to_utf8_lossy();
    let Some(index) = index else {
        return Ok(Value::string(&headers.all(&name).collect::<Vec<_>>().join(", ")));
    };
    let change = |text: &str| if is_lowercase { text.to_lowercase() } else { text.to_owned() };
    let members: Vec<String> = members(&headers, &name).map(change).collect();
    let member = match &index.to_utf8_lossy()[..] {
        "all" => return Ok(Value::strings(members)),
        "last" => members.last(),
        _ => {
            let place = index.to_integer().and_then(|number| usize::try_from(number).ok());
            let wanted = || errors::option_value("index", index, "a number, last or all");
            members.get(place.ok_or_else(wanted)?)
        }
    };
    Ok(member.map_or_else(Value::empty, |member| Value::string(member)))
}

/// `www::header::Add list name ?-nocase? ?value ...?`: the list with those values that it does not
/// have.
fn header_add(_: &Interp, words: &[Value]) -> Result<Value, Error> {
    change(words, |headers, name, values| {
        let (values, ignores_case) = match values {
            [flag, values @ ..] if flag == "-nocase" => (values, true),
            values => (values, false),
        };
        for value in values {
            let is_same = |member: &str| match ignores_case {
                true => member.to_lowercase() == value.to_lowercase(),
                false => member == value,
            };
            if !members(headers, name).any(is_same) {
                headers.append(name, value);
            }
        }
    })
}

/// `www::header::Append list name ?value ...?`: the list with these values behind those that it
/// has.
fn header_append(_: &Interp, words: &[Value]) -> Result<Value, Error> {
    change(words, |headers, name, values| {
        values.iter().for_each(|value| headers.append(name, value));
    })
}

/// `www::header::Replace list name ?value ...?`: the list with these values in place of those that
/// it has.
fn header_replace(_: &Interp, words: &[Value]) -> Result<Value, Error> {
    change(words, |headers, name, values| match values {
        [] => headers.remove(name),
        values => headers.set(name, values.join(", ")),
    })
}

/// Changes a list of headers: the words are a command, the list, a name and values.
fn change(
    words: &[Value],
    change: impl FnOnce(&mut Headers, &str, &[String]),
) -> Result<Value, Error> {
    let [_, list, name, values @ ..] = words else { return Ok(Value::empty()) };
    let mut headers = parse(list)?;
    let name = utf8(name)?;
    let values = values.iter().map(utf8).collect::<Result<Vec<_>, _>>()?;
    change(&mut headers, &name, &values);
    Ok(Value::strings(headers.iter().flat_map(<[&str; 2]>::from)))
}

fn parse(list: &Value) -> Result<Headers, Error> {
    let elements = list.elements().ok_or_else(errors::header_list)?;
    let (fields, []) = elements.as_chunks() else { return Err(errors::header_list()) };
    let fields = fields.iter().map(|[name, value]| Ok((utf8(name)?, utf8(value)?)));
    fields.collect()
}

fn utf8(value: &Value) -> Result<String, Error> {
    value.to_utf8().map_err(errors::request_text)
}

/// The members of the lists in all headers of a name. Those of cookies are no lists.
fn members<'h>(headers: &'h Headers, name: &str) -> Box<dyn Iterator<Item = &'h str> + 'h> {
    let is_list = !name.eq_ignore_ascii_case("Set-Cookie");
    let values: Vec<&str> = headers.all(name).collect();
    let values = values.into_iter();
    match is_list {
        true => Box::new(values.flat_map(members_with_quotes)),
        false => Box::new(values.map(trim)),
    }
}

/// `www urlencode string`
fn urlencode(interp: &Interp, words: &[Value]) -> Result<Value, Error> {
    let [_, text] = words else { return Err(interp.wrong_arguments(words, 1, c"string")) };
    Ok(Value::string(&form::encode(&utf8(text)?)))
}

/// `www::urljoin url ?reference ...?`
fn urljoin(interp: &Interp, words: &[Value]) -> Result<Value, Error> {
    let [_, url, references @ ..] = words else {
        return Err(interp.wrong_arguments(words, 1, c"url ?reference ...?"));
    };
    let references = references.iter().map(utf8).collect::<Result<Vec<_>, _>>()?;
    let joined = url::resolve(&utf8(url)?, &references).map_err(errors::url)?;
    Ok(Value::string(&joined))
}
