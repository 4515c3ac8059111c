//! The callbacks of a connection: which command prefix wants which type of message.

use std::rc::Rc;

use crate::{
    tcl::{Error, Value},
    websocket::Wants,
    www::errors,
};

/// Command prefixes by type. A type is any word: extensions define their own. There are only a few,
/// which are found faster one after the other than by a hash.
#[derive(Default)]
pub(crate) struct Callbacks {
    prefixes: Vec<(String, Prefix)>,
    /// Those for `text` and `binary` while there is one for `fragment`, which takes their place.
    replaced: Vec<(String, Prefix)>,
    /// What the parts of the present message go to.
    present: Option<Prefix>,
    /// What the types in there come to.
    wants: Wants,
}

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
        if types.is_empty() && prefix.is_empty() {
            self.prefixes.clear();
            self.replaced.clear();
        }
        self.prefixes.append(&mut self.replaced);
        for name in types {
            self.prefixes.retain(|(other, _)| *other != name);
            if !prefix.is_empty() {
                self.prefixes.push((name, Rc::clone(&prefix)));
            }
        }
        if self.prefixes.iter().any(|(name, _)| name == "fragment") {
            let is_replaced = |(name, _): &mut (String, Prefix)| name == "text" || name == "binary";
            self.replaced = self.prefixes.extract_if(.., is_replaced).collect();
        }
        let has = |is: fn(&str) -> bool| self.prefixes.iter().any(|(name, _)| is(name));
        self.wants = Wants {
            messages: has(|name| name != "drain"),
            data: has(|name| ["text", "binary", "fragment"].contains(&name)),
            parts: has(|name| name == "fragment"),
            drain: has(|name| name == "drain"),
        };
        Ok(())
    }

    /// The prefix for `name`.
    pub(crate) fn prefix(&self, name: &str) -> Option<Prefix> {
        self.prefixes.iter().find(|(other, _)| other == name).map(|(_, prefix)| Rc::clone(prefix))
    }

    /// The prefix for a part of a message, the last one if it is `last`: for all of a message it is
    /// the one for the first part.
    pub(crate) fn part_prefix(&mut self, last: bool) -> Option<Prefix> {
        let prefix = self.present.take().or_else(|| self.prefix("fragment"));
        self.present = prefix.clone().filter(|_| !last);
        prefix
    }

    /// For what there are callbacks: all types but `drain` are for something that arrives.
    pub(crate) fn wants(&self) -> Wants {
        self.wants
    }
}

fn list(value: &Value, argument: &str) -> Result<Vec<Value>, Error> {
    value.elements().ok_or_else(|| errors::not_a_list(argument))
}
