//! Counts what has passed through a connection one way.

/// How much has passed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Text and binary messages.
    pub(crate) messages: u64,
    /// Bytes of frames, headers included, TLS not.
    pub(crate) bytes: u64,
}

impl Count {
    /// Counts bytes.
    pub(super) fn add_bytes(&mut self, bytes: usize) {
        self.bytes += bytes as u64;
    }

    /// Counts a text or binary message.
    pub(super) fn add_message(&mut self) {
        self.messages += 1;
    }
}
