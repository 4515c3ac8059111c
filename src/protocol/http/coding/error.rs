//! Why a coding cannot be undone.

use std::{borrow::Cow, fmt};

/// A body that is not what its coding makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodingError {
    coding: &'static str,
    reason: Cow<'static, str>,
}

impl CodingError {
    pub(super) fn new(coding: &'static str, reason: impl Into<Cow<'static, str>>) -> Self {
        Self { coding, reason: reason.into() }
    }

    pub(super) fn cut(coding: &'static str) -> Self {
        Self::new(coding, "ends too early")
    }
}

impl fmt::Display for CodingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid body of the response: {}: {}", self.coding, self.reason)
    }
}

impl std::error::Error for CodingError {}
