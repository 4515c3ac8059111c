//! What everything in one interpreter shares. It knows nobody above it.

mod literals;
mod log;

#[cfg(test)]
use std::rc::Rc;

pub(crate) use literals::Literals;
pub(crate) use log::Log;

#[cfg(test)]
use crate::tcl::testing::Tcl;
use crate::tcl::{Interp, Value};

/// What the package keeps for an interpreter, below its commands and connections.
pub(crate) struct Context {
    pub(crate) interp: Interp,
    pub(crate) literals: Literals,
    pub(crate) log: Log,
}

impl Context {
    /// That of a test.
    #[cfg(test)]
    pub(crate) fn of(tcl: &Tcl) -> Rc<Self> {
        let interp = tcl.interp().clone();
        Rc::new(Self { interp, literals: Literals::new(), log: Log::default() })
    }

    /// Calls the prefix of `www log`, if there is one, with a message.
    pub(crate) fn log(&self, message: impl FnOnce() -> String) {
        let prefix = self.log.prefix().elements().unwrap_or_default();
        if !prefix.is_empty()
            && let Err(error) = self.interp.call(prefix.iter().chain([&Value::string(&message())]))
        {
            error.report_in_background(&self.interp);
        }
    }
}
