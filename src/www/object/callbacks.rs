//! The callbacks of a connection: which command prefix wants which type of message.

use std::{mem, rc::Rc};

use crate::{
    tcl::{Error, Value},
    websocket::{Event, Wants},
    www::errors,
};

/// Command prefixes by type. There are only a few, which are found faster one after the other than
/// by a hash.
#[derive(Default)]
pub(crate) struct Callbacks {
    prefixes: Box<[(Type, Prefix)]>,
    /// What the parts of the present message go to.
    present: Option<Prefix>,
    /// What the types in there come to.
    wants: Wants,
}

/// The words of a command prefix.
pub(crate) type Prefix = Rc<[Value]>;

/// A type of callback.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Type {
    /// For what the connection itself tells of.
    Event(Event),
    /// For the end.
    Close,
    /// Any other word: extensions define their own.
    Other(Box<str>),
}

impl Type {
    /// The type of this name.
    pub(crate) fn of(name: &Value) -> Self {
        let name = name.to_utf8_lossy();
        match Event::ALL.into_iter().find(|event| event.name() == name) {
            Some(event) => Self::Event(event),
            None if name == "close" => Self::Close,
            None => Self::Other(name.into()),
        }
    }
}

impl Callbacks {
    /// What `callback types commandPrefix` does (manual page, OBJECT COMMAND). An empty prefix
    /// disables the types, and all of them when the list of types is empty too.
    ///
    /// Errors, changing nothing, where an argument is no list.
    pub(crate) fn set(&mut self, types: &Value, prefix: &Value) -> Result<(), Error> {
        let types: Vec<Type> = list(types, "types")?.iter().map(Type::of).collect();
        let prefix: Prefix = list(prefix, "commandPrefix")?.into();
        let mut prefixes = mem::take(&mut self.prefixes).into_vec();
        if types.is_empty() && prefix.is_empty() {
            prefixes.clear();
        }
        for kind in types {
            prefixes.retain(|(other, _)| *other != kind);
            if !prefix.is_empty() {
                prefixes.push((kind, Rc::clone(&prefix)));
            }
        }
        let has = |kind: Event| prefixes.iter().any(|(other, _)| *other == Type::Event(kind));
        let drain = has(Event::Drain);
        self.wants = Wants {
            messages: prefixes.len() > usize::from(drain),
            data: [Event::Text, Event::Binary, Event::Fragment].into_iter().any(has),
            parts: has(Event::Fragment),
            drain,
        };
        self.prefixes = prefixes.into();
        Ok(())
    }

    /// The prefix for this type. While there is one for `fragment`, it takes the place of those for
    /// `text` and `binary`.
    pub(crate) fn prefix(&self, kind: &Type) -> Option<Prefix> {
        if self.wants.parts && matches!(kind, Type::Event(Event::Text | Event::Binary)) {
            return None;
        }
        self.prefixes.iter().find(|(other, _)| other == kind).map(|(_, prefix)| Rc::clone(prefix))
    }

    /// The prefix for a part of a message, the last one if it is `last`: for all of a message it is
    /// the one for the first part.
    pub(crate) fn part_prefix(&mut self, last: bool) -> Option<Prefix> {
        let prefix = self.present.take().or_else(|| self.prefix(&Type::Event(Event::Fragment)));
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
