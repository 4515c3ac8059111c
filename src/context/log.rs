//! Who is told what is going on: the command prefix of `www log`.

use std::cell::{Cell, RefCell};

use crate::tcl::Value;

/// The log that `www log` sets.
#[derive(Default)]
pub(crate) struct Log {
    /// A command prefix. Empty: none.
    prefix: RefCell<Value>,
    /// How often it was set.
    count: Cell<u64>,
    /// Whether it gets the frames too.
    has_frames: Cell<bool>,
}

impl Log {
    /// Sets the command prefix, an empty one for none, and whether it gets the frames too.
    pub(crate) fn set(&self, prefix: &Value, has_frames: bool) {
        self.count.update(|count| count + 1);
        self.has_frames.set(has_frames && !prefix.is_empty());
        self.prefix.replace(prefix.clone());
    }

    /// The command prefix.
    pub(crate) fn prefix(&self) -> Value {
        self.prefix.borrow().clone()
    }

    /// Whether there is a command prefix.
    pub(crate) fn is_on(&self) -> bool {
        !self.prefix.borrow().is_empty()
    }

    /// The number of the log that gets the frames, a new one each time that the log is set; `None`
    /// where none does.
    pub(crate) fn frames(&self) -> Option<u64> {
        self.has_frames.get().then(|| self.count.get())
    }
}
