//! From bytes to messages (RFC 6455 sections 5.4 to 5.6 and 8.1): what the other side sends, in any
//! chunks, becomes whole messages or one violation. Sending the pong or close frame that answers a
//! message is the driver's part.
//!
//! A message of a server's that lies whole in the input is borrowed from there. Any other is
//! gathered in a [`PayloadStore`] of the driver's, where a client's is unmasked, and into which the
//! driver may also read directly. Messages that are not gathered but handed on as they arrive are
//! in `receiver/parts.rs`.

mod parts;

use std::{borrow::Cow, fmt, ops::Deref};

pub use parts::{MAX_PART, Part, PartOrMessage};

use super::{
    frame::{Header, MAX_CONTROL_PAYLOAD, MAX_HEADER, Opcode, Rsv},
    mask::{self, unmask},
    reserved::Negotiated,
    role::Role,
    utf8::{self, Utf8Validator},
    violation::Violation,
};

/// The space that is reserved first when a message is read into directly: so much may be allocated
/// before it has arrived. Bytes.
const DIRECT_READ: u64 = 64 * 1024;

/// Where the payload of a message is gathered, which becomes the message: a vector, or another type
/// that the driver needs in the end.
pub trait PayloadStore: Default {
    /// What has been gathered so far.
    fn bytes(&self) -> &[u8];

    /// The same, to be unmasked.
    fn bytes_mut(&mut self) -> &mut [u8];

    /// How many bytes it can have without allocating.
    fn capacity(&self) -> usize;

    /// Allocates for `capacity` bytes in all, and no more than that.
    fn reserve(&mut self, capacity: usize) -> Result<(), OutOfMemory>;

    /// Adds bytes, for which there is space.
    fn push(&mut self, bytes: &[u8]);
}

/// There is no memory for what was to be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfMemory;

impl PayloadStore for Vec<u8> {
    fn bytes(&self) -> &[u8] {
        self
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        self
    }

    fn capacity(&self) -> usize {
        self.capacity()
    }

    fn reserve(&mut self, capacity: usize) -> Result<(), OutOfMemory> {
        self.try_reserve_exact(capacity.saturating_sub(self.len())).map_err(|_| OutOfMemory)
    }

    fn push(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}

/// Is told of the frames that a [`Receiver`] takes off its input, for a log.
///
/// What it is told begins where the input does, which may be in the middle of a payload.
pub trait FrameObserver {
    /// A frame begins, which may yet be refused.
    fn header(&mut self, header: &Header);

    /// The next bytes of its payload, unmasked.
    fn payload(&mut self, bytes: &[u8]);
}

/// Observes nothing.
impl FrameObserver for () {
    #[inline]
    fn header(&mut self, _header: &Header) {}

    #[inline]
    fn payload(&mut self, _bytes: &[u8]) {}
}

/// Assembles the messages of one connection.
#[derive(Debug)]
pub struct Receiver<S = Vec<u8>> {
    us: Role,
    max_size: Option<u64>,
    negotiated: Negotiated,
    failed: bool,
    /// The first bytes of a header that is not complete yet.
    header: [u8; MAX_HEADER],
    header_length: u8,
    /// The frame whose payload is arriving.
    frame: Option<Box<PartialFrame<S>>>,
    /// The fragmented message that waits for its next frame.
    message: Option<Box<PartialMessage<S>>>,
    /// The message that comes in parts.
    parts: Option<InParts>,
}

/// A whole message, fragments put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message<'a, S: PayloadStore = Vec<u8>> {
    /// The type of the message: never `Continuation`.
    pub opcode: Opcode,
    /// The reserved bits of the first frame.
    pub rsv: Rsv,
    /// The payload of all its frames.
    pub payload: Payload<'a, S>,
}

/// The payload of a message.
#[derive(Clone)]
pub enum Payload<'a, S = Vec<u8>> {
    /// It lies whole in one frame in the input.
    Borrowed(&'a [u8]),
    /// It was gathered.
    Gathered(S),
}

impl<S: PayloadStore> Deref for Payload<'_, S> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Payload::Borrowed(bytes) => bytes,
            Payload::Gathered(store) => store.bytes(),
        }
    }
}

impl<S: PayloadStore> PartialEq for Payload<'_, S> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<S: PayloadStore> Eq for Payload<'_, S> {}

impl<S: PayloadStore> fmt::Debug for Payload<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// A frame whose payload is not complete.
#[derive(Debug)]
enum PartialFrame<S> {
    Control { opcode: Opcode, rsv: Rsv, missing: u64, mask: Mask, payload: S },
    Data(PartialData<S>),
}

/// A frame of a text or binary message.
#[derive(Debug)]
struct PartialData<S> {
    fin: bool,
    missing: u64,
    mask: Mask,
    message: PartialMessage<S>,
}

/// The masking key of a frame that has one, as it applies to the next byte.
type Mask = Option<[u8; 4]>;

/// A text or binary message as far as it has come.
#[derive(Debug)]
struct PartialMessage<S> {
    opcode: Opcode,
    rsv: Rsv,
    /// What counts towards the limit, in bytes, the announced payload of the present frame
    /// included.
    size: u64,
    payload: S,
    /// For a text, unless it only becomes one in an extension.
    text: Option<Utf8Validator>,
}

/// A message that comes in parts, and its present frame.
#[derive(Debug)]
struct InParts {
    opcode: Opcode,
    rsv: Rsv,
    fin: bool,
    missing: u64,
    mask: Mask,
}

impl<S: PayloadStore> Receiver<S> {
    /// A receiver at the start of the frames, which is after the opening handshake. A message may
    /// have `max_size` bytes; with `None` there is no limit.
    pub fn new(us: Role, max_size: Option<u64>) -> Self {
        Self {
            us,
            max_size,
            negotiated: Negotiated::Nothing,
            failed: false,
            header: [0; MAX_HEADER],
            header_length: 0,
            frame: None,
            message: None,
            parts: None,
        }
    }

    /// Sets how many bytes a message may have, from the next data frame on.
    ///
    /// A fragment counts as at least one byte unless it is the last, so that the limit bounds the
    /// number of fragments too. Control frames do not count.
    pub fn set_max_size(&mut self, max_size: Option<u64>) {
        self.max_size = max_size;
    }

    /// Sets which extensions process the messages. Then frames may have the reserved bits that
    /// these define, and texts that begin from now on are not validated here, because their bytes
    /// need not be UTF-8 before the extensions have processed them.
    pub fn set_negotiated(&mut self, negotiated: Negotiated) {
        self.negotiated = negotiated;
    }

    /// Whether everything received so far has come out as messages: no frame and no message is
    /// incomplete.
    pub fn is_idle(&self) -> bool {
        self.header_length == 0 && self.is_between_messages() && self.frame.is_none()
    }

    /// How many bytes of payload are there of messages that are incomplete.
    pub fn gathered(&self) -> usize {
        let arriving = match self.frame.as_deref() {
            Some(PartialFrame::Data(frame)) => Some(&frame.message),
            _ => None,
        };
        let messages = arriving.into_iter().chain(self.message.as_deref());
        messages.map(|message| message.payload.bytes().len()).sum()
    }

    /// Takes bytes off the front of `input` and returns the next whole message, or `None` when the
    /// input is used up.
    ///
    /// A violation is returned at the first byte that reveals it. After it all input is discarded.
    ///
    /// "An endpoint MUST be capable of handling control frames in the middle of a fragmented
    /// message." (section 5.4) They come out at once, before the message around them.
    pub fn receive<'a>(
        &mut self,
        input: &mut &'a [u8],
    ) -> Result<Option<Message<'a, S>>, Violation> {
        self.receive_observed(input, &mut ())
    }

    /// As [`receive`](Receiver::receive), and tells `observer` of the frames as they arrive: of
    /// each header as soon as it is decoded, before the frame is judged, and of its payload. Of a
    /// frame that is refused, all payload is told that is in the input. Payload that is
    /// [read directly](Receiver::take_store) is not told.
    pub fn receive_observed<'a>(
        &mut self,
        input: &mut &'a [u8],
        observer: &mut impl FrameObserver,
    ) -> Result<Option<Message<'a, S>>, Violation> {
        self.unless_failed(input, |receiver, input| receiver.advance(input, observer))
    }

    /// Takes in some input; nothing any more after a violation.
    fn unless_failed<'a, T>(
        &mut self,
        input: &mut &'a [u8],
        advance: impl FnOnce(&mut Self, &mut &'a [u8]) -> Result<Option<T>, Violation>,
    ) -> Result<Option<T>, Violation> {
        if self.failed {
            *input = &[];
            return Ok(None);
        }
        advance(self, input).inspect_err(|_| {
            self.discard_all();
            *input = &[];
        })
    }

    /// From now on all input is discarded.
    fn discard_all(&mut self) {
        *self = Self { failed: true, ..Self::new(self.us, self.max_size) };
    }

    /// Takes out the store of the message that is arriving, for the driver to read into directly,
    /// if at least `worthwhile` bytes of its present frame's payload are missing; with the number
    /// of bytes for which it has space, which all belong to this frame.
    ///
    /// The driver has to return it by [`put_store`](Receiver::put_store) before any other input.
    pub fn take_store(&mut self, worthwhile: u64) -> Result<Option<(S, usize)>, Violation> {
        let Some(PartialFrame::Data(PartialData { fin, missing, message, .. })) =
            self.frame.as_deref_mut()
        else {
            return Ok(None);
        };
        if *missing < worthwhile {
            return Ok(None);
        }
        let wanted = (*missing).min(DIRECT_READ);
        if let Err(violation) = message.reserve(wanted as usize, fin.then_some(*missing - wanted)) {
            self.discard_all();
            return Err(violation);
        }
        let store = std::mem::take(&mut message.payload);
        let space = store.capacity() - store.bytes().len();
        let space = usize::try_from(*missing).map_or(space, |missing| missing.min(space));
        Ok(Some((store, space)))
    }

    /// Returns what [`take_store`](Receiver::take_store) gave, with `added` more bytes in it, as
    /// they came. The result is the message that they complete, as [`receive`](Receiver::receive)
    /// does.
    pub fn put_store(
        &mut self,
        store: S,
        added: usize,
    ) -> Result<Option<Message<'static, S>>, Violation> {
        let Some(PartialFrame::Data(mut frame)) = self.frame.take().map(|frame| *frame) else {
            return Ok(None);
        };
        frame.message.payload = store;
        frame.missing = frame.missing.saturating_sub(added as u64);
        self.take_in(frame, added, &mut ()).inspect_err(|_| self.discard_all())
    }

    fn advance<'a>(
        &mut self,
        input: &mut &'a [u8],
        observer: &mut impl FrameObserver,
    ) -> Result<Option<Message<'a, S>>, Violation> {
        loop {
            let frame = match self.frame.take() {
                Some(frame) => *frame,
                None => {
                    let Some(header) = self.take_header(input)? else { return Ok(None) };
                    observer.header(&header);
                    if let Err(violation) = self.check(&header) {
                        observe_refused_frame(&header, input, observer);
                        return Err(violation);
                    }
                    if let Some(payload) = take_payload(&header, input) {
                        observer.payload(payload);
                        return self.whole(&header, payload).map(Some);
                    }
                    self.begin(&header)
                }
            };
            if let Some(message) = self.fill(frame, input, observer)? {
                return Ok(Some(message));
            }
            if self.frame.is_some() {
                return Ok(None);
            }
        }
    }

    /// Takes a header off `input`. What there is of an incomplete one is kept for the next call.
    fn take_header(&mut self, input: &mut &[u8]) -> Result<Option<Header>, Violation> {
        let kept = usize::from(self.header_length);
        if kept == 0
            && let Some((header, length)) = Header::decode(input, self.us)?
        {
            *input = &input[length..];
            return Ok(Some(header));
        }
        let added = input.len().min(MAX_HEADER - kept);
        self.header[kept..kept + added].copy_from_slice(&input[..added]);
        let Some((header, length)) = Header::decode(&self.header[..kept + added], self.us)? else {
            // Less than a header, so the input was shorter than the space for one.
            self.header_length = (kept + added) as u8;
            *input = &[];
            return Ok(None);
        };
        self.header_length = 0;
        // The kept bytes alone were no header, so it ends in the input.
        *input = &input[length - kept..];
        Ok(Some(header))
    }

    /// Refuses a frame that is not allowed here.
    fn check(&self, header: &Header) -> Result<(), Violation> {
        self.check_order(header)?;
        self.check_size(header)
    }

    /// Refuses a frame that may not come now.
    fn check_order(&self, header: &Header) -> Result<(), Violation> {
        let Header { rsv, opcode, .. } = *header;
        if !self.negotiated.allows(rsv, opcode) {
            return Err(Violation::protocol_error(format!(
                "reserved bits {rsv} in a {opcode} frame"
            )));
        }
        if opcode.is_control() {
            return Ok(());
        }
        match (opcode, self.in_progress()) {
            (Opcode::Continuation, None) => {
                Err(Violation::protocol_error("continuation frame without a message"))
            }
            (Opcode::Continuation, Some(_)) | (_, None) => Ok(()),
            (_, Some(in_progress)) => Err(Violation::protocol_error(format!(
                "{opcode} frame inside a fragmented {in_progress} message"
            ))),
        }
    }

    /// Refuses a frame of a message that becomes too long.
    fn check_size(&self, header: &Header) -> Result<(), Violation> {
        if !header.opcode.is_control()
            && let Some(max_size) = self.max_size
            && self.size_with(header) > max_size
        {
            return Err(too_big(format!("message of more than {max_size} bytes")));
        }
        Ok(())
    }

    /// The type of the message whose next frame is due.
    fn in_progress(&self) -> Option<Opcode> {
        let message = self.message.as_ref().map(|message| message.opcode);
        message.or_else(|| self.parts.as_ref().map(|parts| parts.opcode))
    }

    /// What counts towards the limit when this data frame is complete, in bytes.
    fn size_with(&self, header: &Header) -> u64 {
        let counted = if header.fin { header.length } else { header.length.max(1) };
        self.message.as_ref().map_or(0, |message| message.size).saturating_add(counted)
    }

    /// The message of a frame that is one by itself.
    fn whole<'a>(&self, header: &Header, payload: &'a [u8]) -> Result<Message<'a, S>, Violation> {
        let Header { opcode, rsv, .. } = *header;
        if opcode == Opcode::Text && !self.negotiated.is_extended() {
            utf8::check(payload)?;
        }
        Ok(Message { opcode, rsv, payload: Payload::Borrowed(payload) })
    }

    /// Begins a frame that is allowed here.
    fn begin(&mut self, header: &Header) -> PartialFrame<S> {
        let Header { fin, rsv, opcode, mask, length: missing } = *header;
        if opcode.is_control() {
            return PartialFrame::Control { opcode, rsv, missing, mask, payload: S::default() };
        }
        let size = self.size_with(header);
        let message = match self.message.take() {
            Some(message) => *message,
            None => PartialMessage::new(opcode, rsv, self.negotiated.is_extended()),
        };
        let message = PartialMessage { size, ..message };
        PartialFrame::Data(PartialData { fin, missing, mask, message })
    }

    /// Moves payload from `input` to `frame`. Returns the message that the frame completes; keeps
    /// the frame, or the message it is a part of, when more is missing.
    fn fill<'a>(
        &mut self,
        frame: PartialFrame<S>,
        input: &mut &'a [u8],
        observer: &mut impl FrameObserver,
    ) -> Result<Option<Message<'a, S>>, Violation> {
        match frame {
            PartialFrame::Control { opcode, rsv, mut missing, mut mask, mut payload } => {
                let chunk = take_chunk(input, &mut missing);
                if let Err(error) = payload.reserve(MAX_CONTROL_PAYLOAD) {
                    observe_refused(chunk, mask, observer);
                    return Err(no_memory(error));
                }
                payload.push(chunk);
                unmask_last(&mut payload, chunk.len(), &mut mask);
                observer.payload(last(&payload, chunk.len()));
                if missing == 0 {
                    return Ok(Some(Message { opcode, rsv, payload: Payload::Gathered(payload) }));
                }
                let frame = PartialFrame::Control { opcode, rsv, missing, mask, payload };
                self.frame = Some(Box::new(frame));
                Ok(None)
            }
            PartialFrame::Data(mut frame) => {
                let chunk = take_chunk(input, &mut frame.missing);
                if let Err(error) = frame.message.append(chunk, frame.fin.then_some(frame.missing))
                {
                    observe_refused(chunk, frame.mask, observer);
                    return Err(error);
                }
                self.take_in(frame, chunk.len(), observer)
            }
        }
    }

    /// Unmasks and validates the last `added` bytes of the message, which are in its store as they
    /// came. Returns it if they complete it; keeps it or its frame when more is missing.
    fn take_in(
        &mut self,
        mut frame: PartialData<S>,
        added: usize,
        observer: &mut impl FrameObserver,
    ) -> Result<Option<Message<'static, S>>, Violation> {
        unmask_last(&mut frame.message.payload, added, &mut frame.mask);
        observer.payload(last(&frame.message.payload, added));
        frame.message.validate_last(added)?;
        match (frame.missing, frame.fin) {
            (0, true) => return frame.message.finish().map(Some),
            (0, false) => self.message = Some(Box::new(frame.message)),
            _ => self.frame = Some(Box::new(PartialFrame::Data(frame))),
        }
        Ok(None)
    }
}

impl<S: PayloadStore> PartialMessage<S> {
    fn new(opcode: Opcode, rsv: Rsv, extended: bool) -> Self {
        let validated = opcode == Opcode::Text && !extended;
        let text = validated.then(Utf8Validator::new);
        Self { opcode, rsv, size: 0, payload: S::default(), text }
    }

    /// Validates the last `added` bytes of the payload of a text.
    fn validate_last(&mut self, added: usize) -> Result<(), Violation> {
        let Some(text) = &mut self.text else { return Ok(()) };
        Ok(text.push(last(&self.payload, added))?)
    }

    /// Adds `chunk`, after which the message ends when `missing` more bytes have come; `None` when
    /// that is not known.
    fn append(&mut self, chunk: &[u8], missing: Option<u64>) -> Result<(), Violation> {
        self.reserve(chunk.len(), missing)?;
        self.payload.push(chunk);
        Ok(())
    }

    /// Reserves space for `added` bytes, after which the message ends when `missing` more have
    /// come.
    ///
    /// The space doubles, so that a message of any number of chunks takes linear time. It is
    /// measured by what has arrived and not by what was announced, and never goes beyond the known
    /// end of the message.
    fn reserve(&mut self, added: usize, missing: Option<u64>) -> Result<(), Violation> {
        let needed = self.payload.bytes().len().saturating_add(added);
        if needed <= self.payload.capacity() {
            return Ok(());
        }
        let missing = missing.and_then(|missing| usize::try_from(missing).ok());
        let end = missing.map_or(usize::MAX, |missing| needed.saturating_add(missing));
        self.payload.reserve(needed.saturating_mul(2).min(end)).map_err(no_memory)
    }

    /// Ends the message.
    fn finish(self) -> Result<Message<'static, S>, Violation> {
        if let Some(text) = &self.text {
            text.finish()?;
        }
        let Self { opcode, rsv, payload, .. } = self;
        Ok(Message { opcode, rsv, payload: Payload::Gathered(payload) })
    }
}

/// Takes the payload off the front of `input`, if it lies there whole and is a whole message: a
/// server's, neither masked nor fragmented.
fn take_payload<'a>(header: &Header, input: &mut &'a [u8]) -> Option<&'a [u8]> {
    if !header.fin || header.opcode == Opcode::Continuation || header.mask.is_some() {
        return None;
    }
    let (payload, rest) = input.split_at_checked(usize::try_from(header.length).ok()?)?;
    *input = rest;
    Some(payload)
}

/// Takes up to `missing` bytes off the front of `input`.
fn take_chunk<'a>(input: &mut &'a [u8], missing: &mut u64) -> &'a [u8] {
    // Where the length is more than the address space, the whole input belongs to the payload.
    let length = usize::try_from(*missing).unwrap_or(usize::MAX).min(input.len());
    let (chunk, rest) = input.split_at(length);
    *input = rest;
    *missing -= length as u64;
    chunk
}

/// Tells `observer` of what there is of the payload of a frame that is refused.
fn observe_refused_frame(header: &Header, input: &mut &[u8], observer: &mut impl FrameObserver) {
    let mut missing = header.length;
    observe_refused(take_chunk(input, &mut missing), header.mask, observer);
}

/// Tells `observer` of payload that has not been unmasked, as its frame is refused.
fn observe_refused(chunk: &[u8], mask: Mask, observer: &mut impl FrameObserver) {
    match mask {
        None => observer.payload(chunk),
        Some(key) => mask::mask(key, chunk, |piece| observer.payload(piece)),
    }
}

/// The last `added` bytes of `payload`.
fn last(payload: &impl PayloadStore, added: usize) -> &[u8] {
    let bytes = payload.bytes();
    &bytes[bytes.len().saturating_sub(added)..]
}

/// Unmasks the last `added` bytes of `payload`, if they are masked.
fn unmask_last(payload: &mut impl PayloadStore, added: usize, mask: &mut Mask) {
    if let Some(key) = mask {
        let start = payload.bytes().len().saturating_sub(added);
        unmask(key, &mut payload.bytes_mut()[start..]);
    }
}

fn no_memory(OutOfMemory: OutOfMemory) -> Violation {
    too_big("no memory for a message of this size")
}

fn too_big(reason: impl Into<Cow<'static, str>>) -> Violation {
    Violation::message_too_big(reason)
}

#[cfg(test)]
mod tests {
    use Opcode::{Binary, Close, Ping, Pong, Text};

    use super::*;

    /// Everything that comes out of `chunks`, and the violation that ends it.
    fn receive(
        receiver: &mut Receiver,
        chunks: &[&[u8]],
    ) -> (Vec<Message<'static>>, Option<Violation>) {
        let mut messages = Vec::new();
        for mut input in chunks.iter().copied() {
            loop {
                match receiver.receive(&mut input) {
                    Ok(Some(Message { opcode, rsv, payload })) => {
                        let payload = Payload::Gathered(payload.to_vec());
                        messages.push(Message { opcode, rsv, payload });
                    }
                    Ok(None) => break,
                    Err(violation) => return (messages, Some(violation)),
                }
            }
            assert!(input.is_empty());
        }
        (messages, None)
    }

    fn message(opcode: Opcode, payload: &[u8]) -> Message<'static> {
        Message { opcode, rsv: Rsv::NONE, payload: Payload::Gathered(payload.to_vec()) }
    }

    /// An unmasked frame; `first` is its first byte.
    fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
        let length = payload.len() as u64;
        let header = match length {
            0..=125 => vec![first, length as u8],
            126..=0xFFFF => [&[first, 126][..], &(length as u16).to_be_bytes()].concat(),
            _ => [&[first, 127][..], &length.to_be_bytes()].concat(),
        };
        [&header, payload].concat()
    }

    /// The frames as a client sends them, each with a key of its own; the last may end anywhere.
    fn masked(mut bytes: &[u8]) -> Vec<u8> {
        let (mut out, mut key) = (Vec::new(), [0x37_u8, 0xFA, 0x21, 0x3D]);
        while !bytes.is_empty() {
            let decoded = Header::decode(bytes, Role::Client);
            let (header, rest) = bytes.split_at(match decoded {
                Ok(Some((_, length))) => length,
                _ => bytes.len(),
            });
            let start = out.len();
            out.extend_from_slice(header);
            if let Some(second) = out.get_mut(start + 1) {
                *second |= 0x80;
            }
            bytes = rest;
            if let Ok(Some((header, _))) = decoded {
                key = key.map(|byte| byte.wrapping_mul(5).wrapping_add(1));
                out.extend_from_slice(&key);
                let length = rest.len().min(header.length as usize);
                mask::mask(key, &rest[..length], |piece| out.extend_from_slice(piece));
                bytes = &rest[length..];
            }
        }
        out
    }

    /// The frames as the other side sends them to `us`.
    fn sent_to(us: Role, bytes: &[u8]) -> Vec<u8> {
        match us {
            Role::Client => bytes.to_vec(),
            Role::Server => masked(bytes),
        }
    }

    const BOTH: [Role; 2] = [Role::Client, Role::Server];

    /// Both sides receive the messages.
    fn assert_receives(bytes: &[u8], messages: &[Message]) {
        assert_receives_by(plain, bytes, messages);
    }

    fn assert_receives_by(receiver: impl Fn(Role) -> Receiver, bytes: &[u8], messages: &[Message]) {
        for us in BOTH {
            let bytes = sent_to(us, bytes);
            let received = receive(&mut receiver(us), &[&bytes]);
            assert_eq!(received, (messages.to_vec(), None), "{us:?}");
        }
    }

    /// The last byte reveals the violation to both sides and none before it, in one chunk and byte
    /// by byte.
    fn assert_violation(receiver: impl Fn(Role) -> Receiver, bytes: &[u8], code: u16, why: &str) {
        for us in BOTH {
            assert_violation_of(|| receiver(us), &sent_to(us, bytes), code, why);
        }
    }

    fn assert_violation_of(receiver: impl Fn() -> Receiver, bytes: &[u8], code: u16, why: &str) {
        let (all_but_last, last) = bytes.split_at(bytes.len() - 1);
        let mut split = receiver();
        assert_eq!(receive(&mut split, &[all_but_last]).1, None, "too early");
        let bytewise: Vec<&[u8]> = bytes.chunks(1).collect();
        for violation in [
            receive(&mut split, &[last]).1,
            receive(&mut receiver(), &[bytes]).1,
            receive(&mut receiver(), &bytewise).1,
        ] {
            let violation = violation.expect("a violation");
            assert_eq!((violation.code(), violation.reason()), (code, why));
        }
    }

    fn plain(us: Role) -> Receiver {
        Receiver::new(us, None)
    }

    fn extended(us: Role) -> Receiver {
        let mut receiver = plain(us);
        receiver.set_negotiated(Negotiated::Others);
        receiver
    }

    fn limited(max_size: u64) -> impl Fn(Role) -> Receiver {
        move |us| Receiver::new(us, Some(max_size))
    }

    // Section 5.7: examples

    #[test]
    fn receives_an_unmasked_text() {
        let bytes = [0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F];
        assert_receives(&bytes, &[message(Text, b"Hello")]);
    }

    #[test]
    fn a_server_receives_a_masked_text() {
        let bytes = [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58];
        let received = receive(&mut plain(Role::Server), &[&bytes]);
        assert_eq!(received, (vec![message(Text, b"Hello")], None));
    }

    #[test]
    fn receives_a_fragmented_text() {
        let bytes = [0x01, 0x03, 0x48, 0x65, 0x6C, 0x80, 0x02, 0x6C, 0x6F];
        assert_receives(&bytes, &[message(Text, b"Hello")]);
    }

    #[test]
    fn receives_a_ping() {
        let bytes = [0x89, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F];
        assert_receives(&bytes, &[message(Ping, b"Hello")]);
    }

    #[test]
    fn receives_256_bytes() {
        let bytes = [&[0x82, 0x7E, 0x01, 0x00], [7; 256].as_slice()].concat();
        assert_receives(&bytes, &[message(Binary, &[7; 256])]);
    }

    #[test]
    fn receives_65536_bytes() {
        let bytes = [&[0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0], [7; 65536].as_slice()].concat();
        assert_receives(&bytes, &[message(Binary, &[7; 65536])]);
    }

    // Messages

    #[test]
    fn receives_empty_messages() {
        let bytes = [0x81, 0, 0x82, 0, 0x89, 0, 0x8A, 0, 0x88, 0];
        let messages = [Text, Binary, Ping, Pong, Close].map(|opcode| message(opcode, b""));
        assert_receives(&bytes, &messages);
    }

    #[test]
    fn receives_empty_fragments() {
        let bytes = [0x01, 0, 0x00, 0, 0x00, 1, b'x', 0x00, 0, 0x80, 0];
        assert_receives(&bytes, &[message(Text, b"x")]);
        assert_receives(&[0x02, 0, 0x80, 0], &[message(Binary, b"")]);
    }

    #[test]
    fn receives_lengths_at_every_boundary() {
        for length in [0, 1, 125, 126, 127, 65535, 65536, 65537] {
            let payload = vec![b'x'; length];
            assert_receives(&frame(0x81, &payload), &[message(Text, &payload)]);
        }
    }

    #[test]
    fn receives_control_frames_between_fragments_before_the_message() {
        let bytes = [
            frame(0x01, b"Hel"),
            frame(0x89, b"ping"),
            frame(0x00, b""),
            frame(0x8A, b"pong"),
            frame(0x80, b"lo"),
            frame(0x88, b"\x03\xE8"),
        ]
        .concat();
        let expected = [
            message(Ping, b"ping"),
            message(Pong, b"pong"),
            message(Text, b"Hello"),
            message(Close, b"\x03\xE8"),
        ];
        assert_receives(&bytes, &expected);
    }

    #[test]
    fn a_ping_does_not_wait_for_the_message_around_it() {
        let bytes = [frame(0x01, b"Hel"), frame(0x89, b"")].concat();
        assert_receives(&bytes, &[message(Ping, b"")]);
    }

    #[test]
    fn a_client_borrows_a_message_that_lies_whole_in_the_input() {
        for first in [0x81, 0x82, 0x88, 0x89, 0x8A] {
            let bytes = frame(first, b"Hello");
            let received = plain(Role::Client).receive(&mut bytes.as_slice()).unwrap().unwrap();
            assert!(matches!(received.payload, Payload::Borrowed(b"Hello")), "{first:02X}");
        }
    }

    #[test]
    fn takes_one_message_at_a_time_off_the_input() {
        let bytes = [frame(0x81, b"a"), frame(0x81, b"b")].concat();
        for us in BOTH {
            let bytes = sent_to(us, &bytes);
            let mut input = bytes.as_slice();
            let mut receiver = plain(us);
            assert_eq!(receiver.receive(&mut input), Ok(Some(message(Text, b"a"))));
            assert_eq!(input, &bytes[bytes.len() / 2..]);
            assert_eq!(receiver.receive(&mut input), Ok(Some(message(Text, b"b"))));
        }
    }

    #[test]
    fn hands_over_the_reserved_bits_of_the_first_frame() {
        let bytes = [frame(0x41, b"a"), frame(0x80, b"b"), frame(0xB2, b"c")].concat();
        for us in BOTH {
            let (messages, violation) = receive(&mut extended(us), &[&sent_to(us, &bytes)]);
            let rsv: Vec<String> = messages.iter().map(|message| message.rsv.to_string()).collect();
            assert_eq!((rsv, violation), (vec!["100".to_owned(), "011".to_owned()], None));
        }
    }

    // Chunks

    /// A stream with everything that may come, and its messages.
    fn reference() -> (Vec<u8>, Vec<Message<'static>>) {
        let long = "zwölf€😀".repeat(10);
        let bytes = [
            frame(0x81, "grüß 😀".as_bytes()),
            frame(0x01, b"a\xE2"),
            frame(0x89, b"between"),
            frame(0x00, b"\x82"),
            frame(0x00, b""),
            frame(0x8A, b""),
            frame(0x80, b"\xACz"),
            frame(0x82, b""),
            frame(0x82, &[0xFF; 126]),
            frame(0x02, &[1; 125]),
            frame(0x80, &[2; 130]),
            frame(0x81, long.as_bytes()),
            frame(0x89, &[9; 125]),
            frame(0x88, b"\x03\xE8bye"),
        ]
        .concat();
        let messages = vec![
            message(Text, "grüß 😀".as_bytes()),
            message(Ping, b"between"),
            message(Pong, b""),
            message(Text, "a€z".as_bytes()),
            message(Binary, b""),
            message(Binary, &[0xFF; 126]),
            message(Binary, &[&[1; 125][..], &[2; 130]].concat()),
            message(Text, long.as_bytes()),
            message(Ping, &[9; 125]),
            message(Close, b"\x03\xE8bye"),
        ];
        (bytes, messages)
    }

    #[test]
    fn every_split_in_two_gives_the_same_messages() {
        let (bytes, messages) = reference();
        for us in BOTH {
            let bytes = sent_to(us, &bytes);
            for middle in 0..=bytes.len() {
                let (head, tail) = bytes.split_at(middle);
                let received = receive(&mut plain(us), &[head, tail]);
                assert_eq!(received, (messages.clone(), None), "{us:?}, split at {middle}");
            }
        }
    }

    #[test]
    fn chunks_of_every_size_give_the_same_messages() {
        let (bytes, messages) = reference();
        for us in BOTH {
            let bytes = sent_to(us, &bytes);
            for size in 1..=bytes.len() {
                let chunks: Vec<&[u8]> = bytes.chunks(size).collect();
                let received = receive(&mut plain(us), &chunks);
                assert_eq!(received, (messages.clone(), None), "{us:?}, chunks of {size}");
            }
        }
    }

    #[test]
    fn a_64_bit_length_may_come_in_every_split() {
        for us in BOTH {
            let bytes = sent_to(us, &frame(0x82, &[5; 65536]));
            for middle in 0..=16 {
                let (head, tail) = bytes.split_at(middle);
                let received = receive(&mut plain(us), &[head, tail]);
                assert_eq!(received, (vec![message(Binary, &[5; 65536])], None));
            }
        }
    }

    #[test]
    fn empty_input_gives_nothing_and_changes_nothing() {
        let mut receiver = plain(Role::Client);
        for chunk in [&b""[..], b"\x81", b"", b"\x01", b"", b"x"] {
            let (messages, violation) = receive(&mut receiver, &[chunk]);
            assert_eq!((messages.len(), violation), (usize::from(chunk == b"x"), None));
        }
    }

    // Order of frames: section 5.4

    #[test]
    fn refuses_continuation_without_a_message() {
        let why = "continuation frame without a message";
        assert_violation(plain, &[0x80, 0x00], 1002, why);
        assert_violation(plain, &[0x00, 0x01], 1002, why);
        assert_violation(plain, &[0x81, 0x00, 0x80, 0x00], 1002, why);
        assert_violation(plain, &[0x01, 0x00, 0x80, 0x00, 0x00, 0x00], 1002, why);
    }

    #[test]
    fn refuses_a_new_message_inside_a_fragmented_one() {
        let text = "text frame inside a fragmented text message";
        assert_violation(plain, &[0x01, 0x00, 0x81, 0x01], 1002, text);
        let binary = "binary frame inside a fragmented text message";
        assert_violation(plain, &[0x01, 0x00, 0x89, 0x00, 0x02, 0x00], 1002, binary);
    }

    #[test]
    fn refuses_headers_that_are_not_allowed() {
        assert_violation(plain, &[0x83], 1002, "reserved opcode 3");
        assert_violation(plain, &[0x01, 0x00, 0x0B], 1002, "reserved opcode 11");
        assert_violation(plain, &[0x09], 1002, "fragmented ping");
        assert_violation(plain, &[0x88, 0x7E], 1002, "close of more than 125 bytes");
    }

    // Masking: section 5.1

    #[test]
    fn a_client_refuses_masked_frames_and_a_server_those_that_are_not() {
        let us = |us| move || plain(us);
        assert_violation_of(us(Role::Client), &[0x81, 0x85], 1002, "masked frame");
        assert_violation_of(us(Role::Client), &[0x01, 0x00, 0x89, 0x80], 1002, "masked frame");
        assert_violation_of(us(Role::Server), &[0x81, 0x05], 1002, "unmasked frame");
        let second = [0x01, 0x81, 1, 2, 3, 4, 5, 0x80, 0x05];
        assert_violation_of(us(Role::Server), &second, 1002, "unmasked frame");
    }

    #[test]
    fn each_frame_is_unmasked_with_its_own_key() {
        let bytes = [
            &[0x02, 0x83, 1, 2, 3, 4, 1, 2, 3][..],
            &[0x89, 0x81, 9, 9, 9, 9, 0],
            &[0x00, 0x80, 8, 8, 8, 8],
            &[0x80, 0x86, 5, 6, 7, 8, 5, 6, 7, 8, 5, 6],
        ]
        .concat();
        let expected = vec![message(Ping, &[9]), message(Binary, &[0; 9])];
        for size in 1..=bytes.len() {
            let chunks: Vec<&[u8]> = bytes.chunks(size).collect();
            let received = receive(&mut plain(Role::Server), &chunks);
            assert_eq!(received, (expected.clone(), None), "chunks of {size}");
        }
    }

    // Reserved bits: section 5.2

    #[test]
    fn refuses_each_reserved_bit_without_an_extension() {
        let reason = |bits, opcode| format!("reserved bits {bits} in a {opcode} frame");
        assert_violation(plain, &[0xC1, 0x00], 1002, &reason("100", "text"));
        assert_violation(plain, &[0xA2, 0x00], 1002, &reason("010", "binary"));
        assert_violation(plain, &[0x99, 0x00], 1002, &reason("001", "ping"));
        assert_violation(plain, &[0x01, 0x00, 0xF0, 0x00], 1002, &reason("111", "continuation"));
    }

    #[test]
    fn refuses_reserved_bits_of_a_continuation_frame_in_spite_of_an_extension() {
        let why = "reserved bits 100 in a continuation frame";
        assert_violation(extended, &[0x41, 0x00, 0xC0, 0x00], 1002, why);
    }

    #[test]
    fn refuses_reserved_bits_that_permessage_deflate_does_not_define() {
        let deflated = |us| {
            let mut receiver = plain(us);
            receiver.set_negotiated(Negotiated::Deflate);
            receiver
        };
        for us in BOTH {
            let (messages, violation) =
                receive(&mut deflated(us), &[&sent_to(us, &frame(0xC1, b"a"))]);
            assert_eq!((messages.len(), violation), (1, None));
        }
        let reason = |bits, opcode| format!("reserved bits {bits} in a {opcode} frame");
        assert_violation(deflated, &[0xA1, 0x00], 1002, &reason("010", "text"));
        assert_violation(deflated, &[0x92, 0x00], 1002, &reason("001", "binary"));
        assert_violation(deflated, &[0xE1, 0x00], 1002, &reason("110", "text"));
        assert_violation(deflated, &[0xC9, 0x00], 1002, &reason("100", "ping"));
        assert_violation(deflated, &[0x9A, 0x00], 1002, &reason("001", "pong"));
        assert_violation(deflated, &[0xA8, 0x00], 1002, &reason("010", "close"));
    }

    // UTF-8: section 8.1

    #[test]
    fn refuses_text_that_is_not_utf8_at_its_first_bad_byte() {
        let malformed = |at| format!("text message: malformed character at byte {at}");
        assert_violation(plain, b"\x81\x05ab\xFF", 1007, &malformed(2));
        assert_violation(plain, b"\x81\x04\xF4\x90", 1007, &malformed(0));
        assert_violation(plain, b"\x81\x03\xED\xA0", 1007, &malformed(0));
        assert_violation(plain, b"\x01\x01\xE0\x80\x01\x80", 1007, &malformed(0));
        assert_violation(plain, b"\x01\x03xy\xF0\x89\x00\x00\x00\x80\x02z", 1007, &malformed(2));
    }

    #[test]
    fn refuses_text_that_ends_inside_a_character() {
        let incomplete = |at| format!("text message: incomplete character at the end, byte {at}");
        assert_violation(plain, b"\x81\x02a\xC3", 1007, &incomplete(1));
        assert_violation(plain, b"\x01\x02\xE2\x82\x80\x00", 1007, &incomplete(0));
    }

    #[test]
    fn does_not_validate_binary_messages_or_control_frames() {
        let bytes = [frame(0x82, b"\xFF"), frame(0x89, b"\xFE"), frame(0x88, b"\x03\xE8\xFF")];
        let expected =
            [message(Binary, b"\xFF"), message(Ping, b"\xFE"), message(Close, b"\x03\xE8\xFF")];
        assert_receives(&bytes.concat(), &expected);
    }

    #[test]
    fn does_not_validate_text_when_an_extension_processes_it() {
        assert_receives_by(extended, &frame(0x81, b"\xFF"), &[message(Text, b"\xFF")]);
    }

    #[test]
    fn an_extension_counts_from_the_next_message_on() {
        let mut receiver = extended(Role::Client);
        assert_eq!(receive(&mut receiver, &[b"\x01\x02\x80"]).1, None);
        receiver.set_negotiated(Negotiated::Nothing);
        let received = receive(&mut receiver, &[b"\x80\x80\x00\x81\x01\xFF"]);
        assert_eq!(received.0, [message(Text, b"\x80\x80")]);
        assert_eq!(received.1.map(|violation| violation.code()), Some(1007));
    }

    // The limit

    #[test]
    fn a_message_may_have_the_limit_and_not_a_byte_more() {
        let bytes = frame(0x82, &[0; 300]);
        assert_receives_by(limited(300), &bytes, &[message(Binary, &[0; 300])]);
        let why = "message of more than 300 bytes";
        assert_violation(limited(300), &[0x82, 0x7E, 0x01, 0x2D], 1009, why);
    }

    #[test]
    fn the_limit_holds_for_the_sum_of_the_fragments() {
        let fits = [frame(0x02, &[0; 7]), frame(0x00, &[0; 3]), frame(0x80, b"")].concat();
        assert_receives_by(limited(10), &fits, &[message(Binary, &[0; 10])]);
        let bytes = [&frame(0x02, &[0; 7])[..], &[0x80, 0x04]].concat();
        assert_violation(limited(10), &bytes, 1009, "message of more than 10 bytes");
    }

    #[test]
    fn the_limit_holds_for_each_message_anew() {
        let bytes = frame(0x82, &[0; 10]).repeat(3);
        assert_receives_by(limited(10), &bytes, &vec![message(Binary, &[0; 10]); 3]);
    }

    #[test]
    fn the_largest_announcement_does_not_overflow() {
        let huge = [0x80, 0x7F, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];
        let bytes = [&[0x02, 0x01, 0x00][..], &huge].concat();
        assert_violation(limited(1 << 20), &bytes, 1009, "message of more than 1048576 bytes");
        for us in BOTH {
            let received = receive(&mut plain(us), &[&sent_to(us, &bytes), b"data"]);
            assert_eq!(received, (vec![], None));
        }
    }

    #[test]
    fn empty_fragments_count_towards_the_limit() {
        let bytes = [&[0x02, 0x00][..], &[0x00, 0x00].repeat(10)].concat();
        assert_violation(limited(10), &bytes, 1009, "message of more than 10 bytes");
    }

    #[test]
    fn control_frames_do_not_count_towards_the_limit() {
        let bytes = [frame(0x02, &[0; 9]), frame(0x89, &[1; 125]), frame(0x80, &[0; 1])].concat();
        let expected = [message(Ping, &[1; 125]), message(Binary, &[0; 10])];
        assert_receives_by(limited(10), &bytes, &expected);
    }

    #[test]
    fn a_new_limit_holds_from_the_next_frame_on() {
        let mut receiver = plain(Role::Client);
        assert_eq!(receive(&mut receiver, &[&frame(0x02, &[0; 20])]).1, None);
        receiver.set_max_size(Some(20));
        let violation = receive(&mut receiver, &[&[0x80, 0x01]]).1;
        assert_eq!(violation, Some(Violation::message_too_big("message of more than 20 bytes")));
    }

    // After a violation

    #[test]
    fn delivers_what_came_before_a_violation_and_nothing_after_it() {
        let bytes = [frame(0x81, b"a"), vec![0x83], frame(0x81, b"b")].concat();
        for us in BOTH {
            let mut receiver = plain(us);
            let (messages, violation) = receive(&mut receiver, &[&sent_to(us, &bytes)]);
            assert_eq!(messages, [message(Text, b"a")]);
            assert_eq!(violation, Some(Violation::protocol_error("reserved opcode 3")));
            let more = sent_to(us, &frame(0x81, b"c"));
            assert_eq!(receive(&mut receiver, &[&more, &[0x83]]), (vec![], None));
            assert!(receiver.is_idle());
        }
    }

    #[test]
    fn a_violation_uses_up_the_input() {
        let mut input = &[0x83, 0x81, 0x00][..];
        assert!(plain(Role::Client).receive(&mut input).is_err());
        assert!(input.is_empty());
    }

    // Idle

    #[test]
    fn is_idle_between_messages_only() {
        let mut receiver = plain(Role::Client);
        assert!(receiver.is_idle());
        for (chunk, idle) in [
            (&b"\x01"[..], false),
            (b"\x02", false),
            (b"ab", false),
            (b"\x89\x00", false),
            (b"\x80\x01", false),
            (b"c", true),
            (b"\x89\x01", false),
            (b"x", true),
        ] {
            receive(&mut receiver, &[chunk]);
            assert_eq!(receiver.is_idle(), idle, "after {chunk:02X?}");
        }
    }

    #[test]
    fn a_server_is_not_idle_before_the_masking_key_has_come() {
        let mut receiver = plain(Role::Server);
        for byte in [0x81, 0x80, 1, 2, 3] {
            assert_eq!(receive(&mut receiver, &[&[byte]]), (vec![], None));
            assert!(!receiver.is_idle());
        }
        assert_eq!(receive(&mut receiver, &[&[4]]), (vec![message(Text, b"")], None));
        assert!(receiver.is_idle());
    }

    // Cost

    #[test]
    fn allocates_nothing_for_what_was_only_announced() {
        for us in BOTH {
            let mut receiver = plain(us);
            let bytes = sent_to(us, &[0x82, 0x7F, 0x7F, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3]);
            receive(&mut receiver, &[&bytes]);
            let Some(PartialFrame::Data(frame)) = receiver.frame.as_deref() else {
                panic!("a frame")
            };
            assert!(frame.message.payload.capacity() < 100);
        }
    }

    #[test]
    fn allocates_no_more_than_one_frame_needs() {
        for us in BOTH {
            let bytes = sent_to(us, &frame(0x82, &[0; 100_000]));
            let mut receiver = plain(us);
            for chunk in bytes.chunks(4096) {
                if let Some(message) = receiver.receive(&mut &chunk[..]).unwrap() {
                    let Payload::Gathered(payload) = message.payload else {
                        panic!("put together")
                    };
                    assert_eq!((payload.len(), payload.capacity()), (100_000, 100_000));
                }
            }
            assert!(receiver.is_idle());
        }
    }

    #[test]
    fn a_great_many_tiny_frames_and_chunks_take_linear_time() {
        // Were it quadratic in frames, fragments or chunks, this would take hours.
        let messages = frame(0x81, b"x").repeat(300_000);
        let fragments = [frame(0x02, b"x"), frame(0x00, b"x").repeat(300_000), frame(0x80, b"")];
        let big = frame(0x81, &[b'x'; 1 << 20]);
        for us in BOTH {
            let messages = sent_to(us, &messages);
            assert_eq!(receive(&mut plain(us), &[&messages]).0.len(), 300_000);

            let (messages, _) = receive(&mut plain(us), &[&sent_to(us, &fragments.concat())]);
            assert_eq!(messages, [message(Binary, &[b'x'; 300_001])]);

            let big = sent_to(us, &big);
            let (messages, _) = receive(&mut plain(us), &big.chunks(1).collect::<Vec<_>>());
            assert_eq!(messages, [message(Text, &[b'x'; 1 << 20])]);
        }
    }

    // Observing

    /// The frames that were told, each with its payload.
    #[derive(Default)]
    struct Told(Vec<(Header, Vec<u8>)>);

    impl FrameObserver for Told {
        fn header(&mut self, header: &Header) {
            self.0.push((*header, Vec::new()));
        }

        fn payload(&mut self, bytes: &[u8]) {
            self.0.last_mut().expect("a header before").1.extend_from_slice(bytes);
        }
    }

    /// What is told of `chunks`, up to a violation or the end.
    fn told(mut receiver: Receiver, chunks: &[&[u8]]) -> Vec<(Header, Vec<u8>)> {
        let mut told = Told::default();
        for mut input in chunks.iter().copied() {
            while let Ok(Some(_)) = receiver.receive_observed(&mut input, &mut told) {}
        }
        told.0
    }

    fn header(fin: bool, rsv: u8, opcode: Opcode, length: u64) -> Header {
        Header { fin, rsv: Rsv::from_bits(rsv), opcode, mask: None, length }
    }

    /// Each side is told this of the frames, however they are cut.
    fn assert_told(receiver: impl Fn(Role) -> Receiver, bytes: &[u8], frames: &[(Header, &[u8])]) {
        for us in BOTH {
            let bytes = sent_to(us, bytes);
            for size in 1..=bytes.len() {
                let chunks: Vec<&[u8]> = bytes.chunks(size).collect();
                let mut told = told(receiver(us), &chunks);
                for (header, _) in &mut told {
                    assert_eq!(header.mask.take().is_some(), us == Role::Server);
                }
                let told: Vec<(Header, &[u8])> =
                    told.iter().map(|(header, payload)| (*header, &payload[..])).collect();
                assert_eq!(told, frames, "{us:?}, chunks of {size}");
            }
        }
    }

    #[test]
    fn tells_each_frame_with_its_payload() {
        let long = [7; 200];
        let bytes = [
            frame(0x01, b"Hel"),
            frame(0x89, b"ping"),
            frame(0x00, b""),
            frame(0x80, b"lo"),
            frame(0x82, &long),
            vec![0x88, 0x05, 0x03, 0xE8],
        ]
        .concat();
        let frames = [
            (header(false, 0, Text, 3), &b"Hel"[..]),
            (header(true, 0, Ping, 4), b"ping"),
            (header(false, 0, Opcode::Continuation, 0), b""),
            (header(true, 0, Opcode::Continuation, 2), b"lo"),
            (header(true, 0, Binary, 200), &long),
            (header(true, 0, Close, 5), b"\x03\xE8"),
        ];
        assert_told(plain, &bytes, &frames);
    }

    #[test]
    fn tells_a_header_before_any_payload_has_come() {
        assert_told(plain, &[0x81, 0x05], &[(header(true, 0, Text, 5), b"")]);
        assert_told(plain, &[0x81], &[]);
    }

    #[test]
    fn tells_a_masked_payload_unmasked() {
        let bytes = [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58];
        let mask = Some([0x37, 0xFA, 0x21, 0x3D]);
        let expected = Header { mask, ..header(true, 0, Text, 5) };
        assert_eq!(told(plain(Role::Server), &[&bytes]), [(expected, b"Hello".to_vec())]);
    }

    #[test]
    fn tells_a_frame_that_it_refuses_with_what_is_there_of_it() {
        let text = header(true, 0b100, Text, 3);
        let again = header(true, 0, Opcode::Continuation, 3);
        let malformed = header(true, 0, Text, 3);
        for us in BOTH {
            for (bytes, expected) in [
                (frame(0xC1, b"abc"), (text, &b"abc"[..])),
                (vec![0xC1, 0x03, b'a'], (text, b"a")),
                (frame(0x80, b"abc"), (again, b"abc")),
                (frame(0x81, b"a\xFFc"), (malformed, b"a\xFFc")),
            ] {
                // What comes after it is not told.
                let bytes = sent_to(us, &bytes);
                let mut told = told(plain(us), &[&bytes, &[0x81, 0x00]]);
                told.iter_mut().for_each(|(header, _)| header.mask = None);
                assert_eq!(told, [(expected.0, expected.1.to_vec())], "{us:?}");
            }
            let big = sent_to(us, &frame(0x82, b"abc"));
            let mut told = told(limited(2)(us), &[&big]);
            told[0].0.mask = None;
            assert_eq!(told, [(header(true, 0, Binary, 3), b"abc".to_vec())]);
        }
    }

    /// A store for which there is no memory.
    #[derive(Debug, Default)]
    struct Full;

    impl PayloadStore for Full {
        fn bytes(&self) -> &[u8] {
            &[]
        }

        fn bytes_mut(&mut self) -> &mut [u8] {
            &mut []
        }

        fn capacity(&self) -> usize {
            0
        }

        fn reserve(&mut self, _capacity: usize) -> Result<(), OutOfMemory> {
            Err(OutOfMemory)
        }

        fn push(&mut self, _bytes: &[u8]) {
            panic!("no space");
        }
    }

    #[test]
    fn tells_a_payload_for_which_there_is_no_memory() {
        for us in BOTH {
            for first in [0x82, 0x89] {
                let bytes = sent_to(us, &frame(first, b"Hello"));
                let (mut receiver, mut told) = (Receiver::<Full>::new(us, None), Told::default());
                let mut input = &bytes[..bytes.len() - 1];
                let violation = receiver.receive_observed(&mut input, &mut told).unwrap_err();
                let why = "no memory for a message of this size";
                assert_eq!((violation.code(), violation.reason()), (1009, why));
                assert_eq!(told.0[0].1, b"Hell");
            }
        }
    }

    #[test]
    fn tells_nothing_of_what_is_no_frame() {
        for us in BOTH {
            let bytes = [sent_to(us, &frame(0x81, b"a")), vec![0x83, 0x01, b'b']].concat();
            let told = told(plain(us), &[&bytes]);
            assert_eq!(told.len(), 1);
            assert_eq!(told[0].1, b"a");
        }
    }

    #[test]
    fn tells_from_the_middle_of_a_frame_on_who_asks_then() {
        struct Tail(Vec<u8>);
        impl FrameObserver for Tail {
            fn header(&mut self, _: &Header) {
                panic!("no header");
            }

            fn payload(&mut self, bytes: &[u8]) {
                self.0.extend_from_slice(bytes);
            }
        }
        for us in BOTH {
            let bytes = sent_to(us, &frame(0x81, b"Hello"));
            let (mut start, mut end) = bytes.split_at(bytes.len() - 3);
            let (mut receiver, mut tail) = (plain(us), Tail(Vec::new()));
            assert_eq!(receiver.receive(&mut start), Ok(None));
            let received = receiver.receive_observed(&mut end, &mut tail);
            assert_eq!(received, Ok(Some(message(Text, b"Hello"))));
            assert_eq!(tail.0, b"llo");
        }
    }

    // Reading directly

    /// What comes out where everything that can be is read directly, `step` bytes at a time.
    fn receive_directly(
        us: Role,
        mut input: &[u8],
        step: usize,
    ) -> (Vec<Vec<u8>>, Option<Violation>) {
        let mut receiver = plain(us);
        let mut messages = Vec::new();
        while !input.is_empty() {
            let received = match receiver.take_store(1) {
                Ok(Some((mut store, space))) => {
                    assert!(space > 0);
                    let (chunk, rest) = input.split_at(step.min(space).min(input.len()));
                    input = rest;
                    store.extend_from_slice(chunk);
                    receiver.put_store(store, chunk.len())
                }
                Ok(None) => {
                    let (mut chunk, rest) = input.split_at(step.min(input.len()));
                    input = rest;
                    let received = receiver.receive(&mut chunk);
                    assert!(chunk.is_empty() || received != Ok(None));
                    if let Ok(Some(message)) = received {
                        messages.push(message.payload.to_vec());
                        while let Ok(Some(message)) = receiver.receive(&mut chunk) {
                            messages.push(message.payload.to_vec());
                        }
                        continue;
                    }
                    received
                }
                Err(violation) => Err(violation),
            };
            match received {
                Ok(Some(message)) => messages.push(message.payload.to_vec()),
                Ok(None) => {}
                Err(violation) => return (messages, Some(violation)),
            }
        }
        assert!(receiver.is_idle());
        (messages, None)
    }

    #[test]
    fn a_message_that_is_read_directly_is_the_same() {
        let text = "grün ".repeat(40_000);
        let bytes = [
            frame(0x81, b"before"),
            frame(0x81, text.as_bytes()),
            frame(0x02, &[1; 70_000]),
            frame(0x89, b"ping"),
            frame(0x80, &[2; 70_000]),
            frame(0x82, b""),
            frame(0x81, b"after"),
        ]
        .concat();
        let expected: Vec<Vec<u8>> = vec![
            b"before".to_vec(),
            text.into_bytes(),
            b"ping".to_vec(),
            [[1; 70_000], [2; 70_000]].concat(),
            b"".to_vec(),
            b"after".to_vec(),
        ];
        for us in BOTH {
            let bytes = sent_to(us, &bytes);
            for step in [1, 7, 1000, 65_536, 1_000_000] {
                let received = receive_directly(us, &bytes, step);
                assert_eq!(received, (expected.clone(), None), "{us:?}, {step}");
            }
        }
    }

    #[test]
    fn text_that_is_read_directly_is_checked_while_it_arrives() {
        let mut text = vec![b'x'; 100_000];
        text[50_000] = 0xFF;
        for us in BOTH {
            let bytes = sent_to(us, &frame(0x81, &text));
            let (messages, violation) = receive_directly(us, &bytes, 1000);
            assert!(messages.is_empty());
            let violation = violation.unwrap();
            let why = "text message: malformed character at byte 50000";
            assert_eq!((violation.code(), violation.reason()), (1007, why));
        }
    }

    #[test]
    fn only_what_is_far_from_complete_is_read_directly() {
        let mut receiver = plain(Role::Client);
        assert_eq!(receiver.take_store(0), Ok(None));
        let bytes = frame(0x82, &[0; 1000]);
        assert_eq!(receiver.receive(&mut &bytes[..504]), Ok(None));
        assert_eq!(receiver.take_store(501), Ok(None));
        let (store, space) = receiver.take_store(500).unwrap().unwrap();
        assert_eq!((store.len(), space), (500, 500));
    }

    #[test]
    fn reading_directly_allocates_little_before_it_has_come() {
        let mut receiver = plain(Role::Client);
        let header = [0x82, 127, 0, 0, 0, 1, 0, 0, 0, 0];
        assert_eq!(receiver.receive(&mut &header[..]), Ok(None));
        let (store, space) = receiver.take_store(1).unwrap().unwrap();
        assert_eq!((store.capacity(), space), (131_072, 131_072));
    }
}
