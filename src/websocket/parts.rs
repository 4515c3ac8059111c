//! A message in parts on its way from the decoder to the script: decompressed piece by piece if it
//! is compressed, and a text cut where a character ends. At most one part is held.

use std::{borrow::Cow, cell::RefCell, fmt, rc::Rc};

use super::owner::Arrived;
use crate::protocol::websocket::{
    Opcode, Part, Rsv, TextParts, Violation,
    deflate::Decompressor,
    receiver::{MAX_PART, PayloadStore},
};

thread_local! {
    /// Where compressed messages are decompressed to.
    static SCRATCH: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// A message in parts.
pub(super) struct Parts {
    opcode: Opcode,
    rsv: Rsv,
    /// For a text.
    text: Option<TextParts>,
    /// For a compressed message.
    compressed: Option<Compressed>,
    /// What came behind the parts that were made, and fails the connection.
    violation: Option<Violation>,
}

/// What is left of the latest part of a compressed message.
struct Compressed {
    decompressor: Rc<RefCell<Decompressor>>,
    part: Vec<u8>,
    /// How many bytes of the part are decompressed.
    start: usize,
    /// Whether there may be more to be had.
    has_more: bool,
    /// Whether the message ends with the part.
    fin: bool,
}

impl Parts {
    /// The message that begins with this part, and is decompressed if it has RSV1 and there is a
    /// decompressor.
    pub(super) fn new<S: PayloadStore>(
        part: &Part<'_, S>,
        decompressor: Option<Rc<RefCell<Decompressor>>>,
    ) -> Self {
        let decompressor = decompressor.filter(|_| part.rsv.rsv1());
        let compressed = decompressor.map(|decompressor| Compressed {
            decompressor,
            part: Vec::new(),
            start: 0,
            has_more: false,
            fin: false,
        });
        Self {
            opcode: part.opcode,
            rsv: part.rsv,
            text: (part.opcode == Opcode::Text).then(TextParts::new),
            compressed,
            violation: None,
        }
    }

    /// Whether there is more to be had without another part of the frames.
    pub(super) fn has_more(&self) -> bool {
        self.violation.is_some() || self.compressed.as_ref().is_some_and(|part| part.has_more)
    }

    /// Takes the next part of the frames, when there is [no more](Self::has_more) of those before.
    /// `make` makes data of bytes. `None`: nothing can be made of it, or not yet.
    pub(super) fn push<D>(
        &mut self,
        payload: &[u8],
        fin: bool,
        make: impl FnOnce(Opcode, &[u8]) -> D,
    ) -> Option<Arrived<D>> {
        if let Some(compressed) = &mut self.compressed {
            compressed.part = payload.to_vec();
            (compressed.start, compressed.has_more, compressed.fin) = (0, true, fin);
            return None;
        }
        self.cut(payload, fin, make)
    }

    /// The next part for the script. `None` when the next part of the frames is needed.
    pub(super) fn next<D>(
        &mut self,
        make: impl Fn(Opcode, &[u8]) -> D,
    ) -> Result<Option<Arrived<D>>, Violation> {
        while self.has_more() {
            if let Some(violation) = self.violation.take() {
                return Err(violation);
            }
            let mut scratch = SCRATCH.take();
            scratch.resize(MAX_PART, 0);
            let part = self
                .decompress(&mut scratch)
                .map(|(made, fin)| self.cut(&scratch[..made], fin, &make));
            SCRATCH.set(scratch);
            if let Some(part) = part? {
                return Ok(Some(part));
            }
        }
        Ok(None)
    }

    /// Decompresses into the buffer. Returns how many bytes that begins with, and whether the
    /// message ends with them.
    fn decompress(&mut self, buffer: &mut [u8]) -> Result<(usize, bool), Violation> {
        let Some(compressed) = &mut self.compressed else { return Ok((0, false)) };
        let mut decompressor = compressed.decompressor.borrow_mut();
        let mut rest = &compressed.part[compressed.start..];
        let made = decompressor.decompress_part(&mut rest, buffer)?;
        compressed.start = compressed.part.len() - rest.len();
        compressed.has_more = made == buffer.len();
        let fin = compressed.fin && !compressed.has_more;
        if !compressed.has_more {
            compressed.part = Vec::new();
            compressed.start = 0;
        }
        if fin {
            decompressor.finish()?;
        }
        Ok((made, fin))
    }

    /// A part for the script, of these bytes. Of a message that goes on, there is none without any.
    fn cut<D>(
        &mut self,
        bytes: &[u8],
        fin: bool,
        make: impl FnOnce(Opcode, &[u8]) -> D,
    ) -> Option<Arrived<D>> {
        let (bytes, checked) = match &mut self.text {
            Some(text) => text.cut(bytes, fin),
            None => (Cow::Borrowed(bytes), Ok(())),
        };
        let fin = fin && checked.is_ok();
        self.violation = checked.err().map(Violation::from);
        let data = (fin || !bytes.is_empty()).then(|| make(self.opcode, &bytes))?;
        Some(Arrived { opcode: self.opcode, rsv: self.rsv, data, part: Some(fin) })
    }
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parts").field("opcode", &self.opcode).finish_non_exhaustive()
    }
}
