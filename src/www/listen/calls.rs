//! Command prefixes that are called in coroutines of their own, so that they may suspend: who calls
//! is told when that has ended.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

use crate::tcl::{Completion, Error, Interp, Soon, Value};

/// How a call has ended.
pub(super) enum Outcome {
    /// It returned this.
    Returned(Value),
    /// By an error.
    Failed(Error),
    /// A script has deleted its coroutine.
    Deleted,
}

type Done = Box<dyn FnOnce(Outcome)>;

/// A call that is under way, or whose caller is not told yet.
struct Call {
    done: Done,
    outcome: Option<Outcome>,
    /// Tells the caller: not from within the coroutine. `None` while that is being started.
    telling: Option<Soon>,
    is_started: bool,
}

/// The calls of an interpreter.
pub(crate) struct Calls {
    interp: Interp,
    next_number: Cell<u64>,
    calls: RefCell<BTreeMap<u64, Call>>,
}

impl Calls {
    /// Creates the commands that it needs.
    pub(crate) fn new(interp: &Interp) -> Result<Rc<Self>, Error> {
        let (next_number, calls) = (Cell::new(1), RefCell::default());
        let calls = Rc::new(Self { interp: interp.clone(), next_number, calls });
        interp.eval(include_str!("calls.tcl"))?;
        let ended = Rc::clone(&calls);
        interp.create_command(c"::www::CallEnded", move |_, words| {
            if let [_, number, code, result, options] = words {
                let outcome = match code.to_integer() {
                    Some(0 | 2) => Outcome::Returned(result.clone()),
                    code => {
                        let (result, options) = (result.clone(), options.clone());
                        let error = Error::caught(code.unwrap_or(1), result, options);
                        Outcome::Failed(error.into_ordinary())
                    }
                };
                ended.end(number, outcome);
            }
            Completion::Returns(Ok(Value::empty().into()))
        });
        let dropped = Rc::clone(&calls);
        interp.create_command(c"::www::CallDropped", move |_, words| {
            if let Some(number) = words.get(1) {
                dropped.end(number, Outcome::Deleted);
            }
            Completion::Returns(Ok(Value::empty().into()))
        });
        Ok(calls)
    }

    /// Calls a command prefix with these arguments, at global level. `done` is told how that ends,
    /// perhaps before this returns.
    pub(super) fn call(
        self: &Rc<Self>,
        prefix: &Value,
        arguments: &[Value],
        done: impl FnOnce(Outcome) + 'static,
    ) {
        let number = self.next_number.get();
        self.next_number.set(number + 1);
        let call = Call { done: Box::new(done), outcome: None, telling: None, is_started: false };
        self.calls.borrow_mut().insert(number, call);
        let mut words = prefix.elements().unwrap_or_default();
        words.extend_from_slice(arguments);
        let name = format!("::www::call#{number}");
        let word = Value::from(number);
        let coroutine = ["::coroutine", &name, "::www::RunCall"].map(Value::string);
        let call = Value::list(&words);
        if let Err(error) = self.interp.call(coroutine.iter().chain([&word, &call])) {
            self.end(&word, Outcome::Failed(error));
        }
        self.interp.reset_result();
        let is_ended = self.calls.borrow_mut().get_mut(&number).is_some_and(|call| {
            call.is_started = true;
            call.outcome.is_some()
        });
        if is_ended {
            self.tell(number);
        }
    }

    /// Notes how a call has ended: the first time counts.
    fn end(self: &Rc<Self>, number: &Value, outcome: Outcome) {
        let mut calls = self.calls.borrow_mut();
        let number = number.to_integer().and_then(|number| u64::try_from(number).ok());
        let Some((number, call)) = number.and_then(|it| Some((it, calls.get_mut(&it)?))) else {
            return;
        };
        if call.outcome.is_some() {
            return;
        }
        call.outcome = Some(outcome);
        if call.is_started {
            let this = Rc::clone(self);
            call.telling = Some(Soon::new(&self.interp, move || this.tell(number)));
        }
    }

    /// Tells whoever has called.
    fn tell(&self, number: u64) {
        let call = self.calls.borrow_mut().remove(&number);
        if let Some(Call { done, outcome: Some(outcome), .. }) = call {
            done(outcome);
        }
    }
}
