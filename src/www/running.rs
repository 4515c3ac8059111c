//! What goes on, in the background or while its caller waits: requests, and connections that are
//! being opened. `www cancel` ends one by its token; all end with their interpreter.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::{Rc, Weak},
    sync::atomic::{AtomicU64, Ordering},
};

use super::errors;
use crate::{
    client::{Fetch, Start},
    context::Context,
    tcl::{Completion, Error, Interp, Pending, Reply, Value},
    websocket::Opening,
};

/// What a token begins with; a number follows.
const TOKEN: &str = "www#";

/// Among how many it is not worth while to look for those that are over.
const FEW: usize = 8;

/// The number of the next token, whichever interpreter it is of: so no token is one of another
/// interpreter as well.
static NEXT_NUMBER: AtomicU64 = AtomicU64::new(1);

fn token_of(number: u64) -> String {
    format!("{TOKEN}{number}")
}

/// What can be stopped, so that nobody gets an outcome.
pub(super) trait Stop {
    fn stop(&self);
}

impl Stop for Opening {
    fn stop(&self) {
        Self::stop(self);
    }
}

impl Stop for Fetch {
    fn stop(&self) {
        Self::stop(self);
    }
}

/// Shared by the commands: the interpreter takes it along.
pub(super) struct Running {
    context: Rc<Context>,
    all: RefCell<BTreeMap<u64, Weak<dyn Stop>>>,
    /// From how many on those that are over are forgotten: twice as many as went on then, so that
    /// this costs each one the same, however many there are.
    limit: Cell<usize>,
}

impl Running {
    pub(super) fn new(context: &Rc<Context>) -> Rc<Self> {
        let context = Rc::clone(context);
        Rc::new(Self { context, all: RefCell::default(), limit: Cell::new(FEW) })
    }

    /// Has this begin by `start`, and keeps it in mind. The command waits for the outcome, or
    /// returns the token.
    pub(super) fn begin(
        &self,
        caller: Caller,
        it: &Rc<impl Stop + 'static>,
        start: impl FnOnce(Start),
    ) -> Completion {
        let number = self.add(it);
        match caller {
            Caller::Told(_) => {
                // The prefix must not run before the command has returned.
                start(Start::Later);
                Completion::Returns(Ok(Value::string(&token_of(number)).into()))
            }
            Caller::Waiting(pending) => {
                let abandoned = Rc::clone(it);
                pending.on_abandon(move || abandoned.stop());
                start(Start::Now);
                Completion::Waits(pending)
            }
        }
    }

    /// Keeps in mind what goes on, and returns the number in its token.
    fn add(&self, it: &Rc<impl Stop + 'static>) -> u64 {
        let number = NEXT_NUMBER.fetch_add(1, Ordering::Relaxed);
        let it: Weak<dyn Stop> = Rc::downgrade(it) as _;
        let mut all = self.all.borrow_mut();
        if all.len() >= self.limit.get() {
            all.retain(|_, it| it.strong_count() > 0);
            self.limit.set(FEW.max(2 * all.len()));
        }
        all.insert(number, it);
        number
    }

    /// `www cancel token`: stops what goes on. Does nothing where that is over, or is of another
    /// interpreter; the first `named` of the words are the command.
    pub(super) fn cancel(
        &self,
        interp: &Interp,
        words: &[Value],
        named: usize,
    ) -> Result<Value, Error> {
        let Some([token]) = words.get(named..) else {
            return Err(interp.wrong_arguments(words, named, c"token"));
        };
        let text = token.to_utf8_lossy();
        let number = text.strip_prefix(TOKEN).and_then(|number| number.parse().ok());
        // As it was returned: a number has other spellings.
        let number = number.filter(|number| text == token_of(*number));
        let number = number.ok_or_else(|| errors::no_token(&text))?;
        let it = self.all.borrow_mut().remove(&number);
        if let Some(it) = it.and_then(|it| it.upgrade()) {
            it.stop();
        }
        Ok(Value::empty())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.context.interp.is_deleted() {
            let all = self.all.take();
            all.values().filter_map(Weak::upgrade).for_each(|it| it.stop());
        }
    }
}

/// Who is told the outcome of what goes on.
pub(super) enum Caller {
    /// The command, which waits for it.
    Waiting(Rc<Pending>),
    /// A command prefix.
    Told(Vec<Value>),
}

impl Caller {
    /// The command itself, if this prefix is empty.
    pub(super) fn new(interp: &Interp, prefix: &Value) -> Self {
        match prefix.is_empty() {
            true => Self::Waiting(Pending::before_scripts(interp)),
            false => Self::Told(prefix.elements().unwrap_or_default()),
        }
    }

    /// What tells it.
    pub(super) fn teller(&self, interp: &Interp) -> impl FnOnce(Result<Reply, Error>) + 'static {
        let interp = interp.clone();
        let (waiter, prefix) = match self {
            Self::Waiting(pending) => (Some(Rc::downgrade(pending)), Vec::new()),
            Self::Told(prefix) => (None, prefix.clone()),
        };
        move |outcome| {
            if let Some(waiter) = waiter {
                if let Some(pending) = waiter.upgrade() {
                    pending.settle(&interp, outcome);
                }
                return;
            }
            let (result, options) = match outcome {
                Ok(reply) => reply.into_parts(),
                Err(error) => error.into_parts(),
            };
            if let Err(error) = interp.call(prefix.iter().chain(&[result, options])) {
                error.report_in_background(&interp);
            }
        }
    }
}
