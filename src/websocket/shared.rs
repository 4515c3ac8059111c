//! Values that many connections have alike, each kept once.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

/// The latest value of a thread that was shared, for as long as somebody has it.
pub(super) struct Latest<T>(RefCell<Weak<T>>);

impl<T: PartialEq> Latest<T> {
    pub(super) const fn new() -> Self {
        Self(RefCell::new(Weak::new()))
    }

    /// A share of the latest value where that is equal, otherwise of this one, which is the latest
    /// then.
    pub(super) fn share(&self, value: T) -> Rc<T> {
        let latest = self.0.borrow().upgrade().filter(|latest| **latest == value);
        latest.unwrap_or_else(|| {
            let value = Rc::new(value);
            self.0.replace(Rc::downgrade(&value));
            value
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_that_follow_each_other_are_one() {
        let latest = Latest::new();
        let one = latest.share("one".to_owned());
        assert!(Rc::ptr_eq(&one, &latest.share("one".to_owned())));
        let other = latest.share("other".to_owned());
        assert_eq!((&*one, &*other), (&"one".to_owned(), &"other".to_owned()));
        assert!(Rc::ptr_eq(&other, &latest.share("other".to_owned())));
    }

    #[test]
    fn a_value_that_nobody_has_is_gone() {
        let latest = Latest::new();
        let weak = Rc::downgrade(&latest.share(1));
        assert!(weak.upgrade().is_none());
        assert_eq!(*latest.share(1), 1);
    }
}
