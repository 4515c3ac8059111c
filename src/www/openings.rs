//! The connections that are being opened in an interpreter: by their tokens, `www cancel` finds
//! them, and when the interpreter goes, they are stopped.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    rc::{Rc, Weak},
    sync::atomic::{AtomicU64, Ordering},
};

use super::errors;
use crate::{
    context::Context,
    tcl::{Error, Interp, Value},
    websocket::Opening,
};

/// What a token begins with; a number follows.
const TOKEN: &str = "www#";

/// The number of the next opening, whichever interpreter it is of: so no token is one of another
/// interpreter as well.
static NEXT_NUMBER: AtomicU64 = AtomicU64::new(1);

fn token_of(number: u64) -> String {
    format!("{TOKEN}{number}")
}

/// Shared by the commands `www websocket` and `www cancel`: the interpreter takes both along.
pub(super) struct Openings {
    context: Rc<Context>,
    all: RefCell<BTreeMap<u64, Weak<Opening>>>,
}

impl Openings {
    pub(super) fn new(context: &Rc<Context>) -> Rc<Self> {
        Rc::new(Self { context: Rc::clone(context), all: RefCell::default() })
    }

    /// Keeps in mind that a connection is being opened, and returns its token.
    pub(super) fn add(&self, opening: &Rc<Opening>) -> Value {
        let number = NEXT_NUMBER.fetch_add(1, Ordering::Relaxed);
        let mut all = self.all.borrow_mut();
        all.retain(|_, opening| opening.strong_count() > 0);
        all.insert(number, Rc::downgrade(opening));
        Value::string(&token_of(number))
    }

    /// `www cancel token`: stops what is being opened. Does nothing where that is over, or is of
    /// another interpreter; the first `named` of the words are the command.
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
        let opening = self.all.borrow_mut().remove(&number);
        if let Some(opening) = opening.and_then(|opening| opening.upgrade()) {
            opening.stop();
        }
        Ok(Value::empty())
    }
}

impl Drop for Openings {
    fn drop(&mut self) {
        if self.context.interp.is_deleted() {
            let all = self.all.take();
            all.values().filter_map(Weak::upgrade).for_each(|opening| opening.stop());
        }
    }
}
