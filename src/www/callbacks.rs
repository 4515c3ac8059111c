//! The callbacks of a connection: which command prefix wants which type of message.

use crate::tcl::{Error, Value};
use std::collections::HashMap;

/// Command prefixes by type. A type is any word: extensions define their own.
#[derive(Default)]
pub(crate) struct Callbacks(HashMap<String, Vec<Value>>);

impl Callbacks {
    /// What `callback types commandPrefix` does (manual page, OBJECT COMMAND). An empty prefix
    /// disables the types, and all of them when the list of types is empty too.
    ///
    /// Errors, changing nothing, where an argument is no list.
    pub(crate) fn set(&mut self, types: &Value, prefix: &Value) -> Result<(), Error> {
        let types: Vec<String> = list(types, "types")?.iter().map(Value::to_utf8_lossy).collect();
        let prefix = list(prefix, "commandPrefix")?;
        if !prefix.is_empty() {
            self.0.extend(types.into_iter().map(|name| (name, prefix.clone())));
        } else if types.is_empty() {
            self.0.clear();
        } else {
            self.0.retain(|name, _| !types.contains(name));
        }
        Ok(())
    }

    /// The words of the prefix for `name`, with room for the arguments.
    pub(crate) fn prefix(&self, name: &str) -> Option<Vec<Value>> {
        /// The type and at most two arguments, which every type of our own gets by with.
        const ARGUMENTS: usize = 3;
        let prefix = self.0.get(name)?;
        let mut words = Vec::with_capacity(prefix.len() + ARGUMENTS);
        words.extend_from_slice(prefix);
        Some(words)
    }

    /// Whether no type has a callback.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn list(value: &Value, argument: &str) -> Result<Vec<Value>, Error> {
    value
        .elements()
        .ok_or_else(|| Error::new(&format!("{argument} is not a list"), ["TCL", "VALUE", "LIST"]))
}
