//! The callbacks of a connection: which command prefix wants which type of message.

use super::errors;
use crate::tcl::{Error, Value};
use std::{collections::HashMap, rc::Rc};

/// Command prefixes by type. A type is any word: extensions define their own.
#[derive(Default)]
pub(crate) struct Callbacks(HashMap<String, Prefix>);

/// The words of a command prefix.
pub(crate) type Prefix = Rc<[Value]>;

impl Callbacks {
    /// What `callback types commandPrefix` does (manual page, OBJECT COMMAND). An empty prefix
    /// disables the types, and all of them when the list of types is empty too.
    ///
    /// Errors, changing nothing, where an argument is no list.
    pub(crate) fn set(&mut self, types: &Value, prefix: &Value) -> Result<(), Error> {
        let types: Vec<String> = list(types, "types")?.iter().map(Value::to_utf8_lossy).collect();
        let prefix: Prefix = list(prefix, "commandPrefix")?.into();
        if !prefix.is_empty() {
            self.0.extend(types.into_iter().map(|name| (name, Rc::clone(&prefix))));
        } else if types.is_empty() {
            self.0.clear();
        } else {
            self.0.retain(|name, _| !types.contains(name));
        }
        Ok(())
    }

    /// The prefix for `name`.
    pub(crate) fn prefix(&self, name: &str) -> Option<Prefix> {
        self.0.get(name).map(Rc::clone)
    }

    /// Whether there is a callback for text or binary messages.
    pub(crate) fn take_data(&self) -> bool {
        self.0.contains_key("text") || self.0.contains_key("binary")
    }

    /// Whether there is a callback for anything that arrives, which all types are but `drain`.
    pub(crate) fn take_messages(&self) -> bool {
        self.0.keys().any(|name| name != "drain")
    }
}

fn list(value: &Value, argument: &str) -> Result<Vec<Value>, Error> {
    value.elements().ok_or_else(|| errors::not_a_list(argument))
}
