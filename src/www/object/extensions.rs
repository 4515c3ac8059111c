//! The extensions argument of `www websocket` (manual page, EXTENSIONS): which classes are offered,
//! and how those that the server accepted become part of the connection's object. The same for the
//! option `-extensions` of a server, and for what a client offers.

use super::{deflate, owner::WebSocket};
use crate::{
    protocol::websocket::extensions::{Extension, Parameter},
    tcl::{Error, Interp, Value},
    websocket::Offered,
    www::errors,
};

/// Takes the extensions argument: a dict keyed on the extension's name, each value a dict with the
/// key `implementation` and perhaps `parameters`.
///
/// Errors where anything in it is malformed, or an implementation is not a class with a method
/// `parameters`.
pub(crate) fn parse(interp: &Interp, extensions: &Value) -> Result<Vec<Offered>, Error> {
    let entries =
        interp.dict_entries(extensions).map_err(|_| malformed("extensions: not a dict"))?;
    entries.iter().map(|(name, settings)| parse_one(interp, name, settings)).collect()
}

fn parse_one(interp: &Interp, name: &Value, settings: &Value) -> Result<Offered, Error> {
    let name = name.to_utf8_lossy();
    let malformed = |what: &str| malformed(&format!("extension {name}: {what}"));
    let settings =
        interp.dict_entries(settings).map_err(|_| malformed("its settings are not a dict"))?;
    let (mut class, mut parameters) = (None, Vec::new());
    for (key, value) in settings {
        match key.to_utf8_lossy().as_str() {
            "implementation" => class = Some(value),
            "parameters" => {
                let list = value.elements();
                parameters = list.ok_or_else(|| malformed("its parameters are not a list"))?;
            }
            key => {
                let message = format!("bad key {key:?}: must be implementation or parameters");
                return Err(malformed(&message));
            }
        }
    }
    let class = class.ok_or_else(|| malformed("it has no implementation"))?;
    let class = find_class(interp, &class).map_err(|what| malformed(&what))?;
    let parameters: Vec<String> = parameters.iter().map(Value::to_utf8_lossy).collect();
    let extension =
        Extension::new(&name, &parameters).map_err(|error| malformed(&error.to_string()))?;
    Ok(Offered { extension, class })
}

/// The full name of the class, if it can be an implementation.
fn find_class(interp: &Interp, name: &Value) -> Result<Value, String> {
    let class = interp.find_class(name);
    let class = class.ok_or_else(|| format!("there is no class {}", name.to_utf8_lossy()))?;
    let words = ["::info", "class", "methods"].map(Value::string);
    let all = ["-all", "-private"].map(Value::string);
    let methods = interp.call(words.iter().chain([&class]).chain(&all));
    let methods = methods.ok().and_then(|methods| methods.elements()).unwrap_or_default();
    if methods.iter().any(|method| method.to_utf8_lossy() == "parameters") {
        return Ok(class);
    }
    Err(format!("the class {} has no method parameters", class.to_utf8_lossy()))
}

/// The error for an argument that is wrong.
fn malformed(message: &str) -> Error {
    errors::extension(message)
}

/// Mixes the classes of the accepted extensions into the object, the last one outermost: "the order
/// of extensions is significant" (RFC 6455 section 9.1), what the server lists last it applied
/// last. Each class is told its parameters while it is the outermost.
///
/// Errors where a class refuses its parameters, or is to carry out two extensions: an object has a
/// class only once.
pub(crate) fn join(
    websocket: &WebSocket,
    offered: &[Offered],
    accepted: &[Extension],
) -> Result<(), Error> {
    let mut mixins: Vec<Value> = Vec::new();
    for extension in accepted {
        let name = extension.name();
        // The handshake has checked that every accepted extension was offered.
        let Some(offered) = offered.iter().find(|offered| offered.extension.name() == name) else {
            continue;
        };
        check_class(&mixins, name, &offered.class)?;
        mixins.insert(0, offered.class.clone());
        let parameters = Value::strings(extension.parameters().iter().map(Parameter::to_string));
        websocket.mix_in(&mixins)?;
        websocket.my(&Value::string("parameters"), [&parameters])?;
    }
    Ok(())
}

/// The same on the server's side: of the extensions that the client `offered`, in its order, those
/// of which there is one of ours are accepted, each once. What the method `parameters` returns for
/// the client's is answered, or else what was said with the class; the result is the answer.
///
/// Errors as [`join`], and where what is returned cannot be answered.
pub(crate) fn accept(
    websocket: &WebSocket,
    ours: &[Offered],
    offered: &[Extension],
) -> Result<Vec<Extension>, Error> {
    let mut answer: Vec<Extension> = Vec::new();
    let mut mixins: Vec<Value> = Vec::new();
    for extension in offered {
        let name = extension.name();
        let own = ours.iter().find(|own| own.extension.name() == name);
        let is_accepted = answer.iter().any(|accepted| accepted.name() == name);
        let Some(own) = own.filter(|_| !is_accepted) else { continue };
        let is_ours = own.class.to_utf8_lossy() == deflate::CLASS;
        // "A server MUST decline an extension negotiation offer for this extension if any of the
        // following conditions are met" (RFC 7692 section 7): the next one may do.
        if is_ours && deflate::answer(&own.extension, extension).is_none() {
            continue;
        }
        check_class(&mixins, name, &own.class)?;
        mixins.insert(0, own.class.clone());
        let parameters = Value::strings(extension.parameters().iter().map(Parameter::to_string));
        websocket.mix_in(&mixins)?;
        let returned = websocket.my_result(&Value::string("parameters"), [&parameters])?;
        let not_a_list = || malformed(&format!("extension {name}: parameters returned no list"));
        let returned = returned.elements().ok_or_else(not_a_list)?;
        let returned: Vec<String> = returned.iter().map(Value::to_utf8_lossy).collect();
        answer.push(match returned.is_empty() && !is_ours {
            true => own.extension.clone(),
            false => Extension::new(name, &returned)
                .map_err(|error| malformed(&format!("extension {name}: {error}")))?,
        });
    }
    Ok(answer)
}

/// Refuses a class that carries out another extension of the object.
fn check_class(mixins: &[Value], name: &str, class: &Value) -> Result<(), Error> {
    let class = class.to_utf8_lossy();
    if mixins.iter().any(|mixin| mixin.to_utf8_lossy() == class) {
        return Err(malformed(&format!(
            "extension {name}: class {class} carries out another extension already"
        )));
    }
    Ok(())
}
