//! What everything in one interpreter shares. It knows nobody above it.

mod literals;
mod log;

use std::{cell::RefCell, rc::Rc};

pub(crate) use literals::Literals;
pub(crate) use log::Log;

#[cfg(test)]
use crate::tcl::testing::Tcl;
use crate::{
    cookies::Cookies,
    tcl::{BeforeExit, Interp, Unfinished, Value},
};

/// What the package keeps for an interpreter, below its commands and connections.
pub(crate) struct Context {
    pub(crate) interp: Interp,
    pub(crate) literals: Literals,
    pub(crate) log: Log,
    /// Those of all requests, also of those that open WebSockets.
    pub(crate) cookies: RefCell<Cookies>,
}

impl Context {
    /// That of an interpreter, at first without a log and without cookies.
    pub(crate) fn new(interp: &Interp) -> Rc<Self> {
        let literals = Literals::new();
        let (log, cookies) = (Log::default(), RefCell::default());
        Rc::new(Self { interp: interp.clone(), literals, log, cookies })
    }

    /// That of a test.
    #[cfg(test)]
    pub(crate) fn of(tcl: &Tcl) -> Rc<Self> {
        Self::new(tcl.interp())
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

impl BeforeExit for Context {
    /// Closes the file of the cookies, which Tcl does not come to: it takes no interpreter apart
    /// when it exits.
    fn before_exit(&self) -> Vec<Box<dyn Unfinished>> {
        if let Ok(mut cookies) = self.cookies.try_borrow_mut() {
            cookies.keep_in(None);
        }
        Vec::new()
    }
}
