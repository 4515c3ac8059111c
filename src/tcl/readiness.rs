//! What a channel or socket is ready for, or is waited for.

/// Input, room for output, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Readiness {
    pub(crate) readable: bool,
    pub(crate) writable: bool,
}

impl Readiness {
    /// Neither.
    pub(super) const NONE: Self = Self { readable: false, writable: false };

    /// What is in both.
    #[cfg(own_sockets)]
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            readable: self.readable && other.readable,
            writable: self.writable && other.writable,
        }
    }
}
