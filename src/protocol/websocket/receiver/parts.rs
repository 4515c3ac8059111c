//! Messages in parts: their payload as it arrives, which nobody gathers, so that they may have any
//! size. Text is not checked here, since an extension may have to process it first.

use super::{
    FrameObserver, InParts, Message, Payload, PayloadStore, Receiver, last, no_memory,
    observe_refused_frame, take_chunk, take_payload, unmask_last,
};
use crate::protocol::websocket::{
    frame::{Header, Opcode, Rsv},
    violation::Violation,
};

/// The most that a part may have, in bytes. Text in it may be preceded by the beginning of a
/// character, of at most 3 bytes, that came with the part before.
pub const MAX_PART: usize = 64 * 1024 - 3;

/// What [`Receiver::receive_part`] returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartOrMessage<'a, S: PayloadStore = Vec<u8>> {
    /// A part of a message.
    Part(Part<'a, S>),
    /// A control message, or a message that began to be gathered before.
    Message(Message<'a, S>),
}

/// The next bytes of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'a, S: PayloadStore = Vec<u8>> {
    /// The type of the message: never `Continuation`.
    pub opcode: Opcode,
    /// The reserved bits of the first frame.
    pub rsv: Rsv,
    /// At most [`MAX_PART`] bytes; none only in the last part.
    pub payload: Payload<'a, S>,
    /// Whether the message ends here.
    pub fin: bool,
}

impl<S: PayloadStore> Receiver<S> {
    /// As [`receive_observed`](Receiver::receive_observed), but a text or binary message that
    /// begins now comes in parts, as its payload arrives. No limit of size holds for it, and its
    /// text is not validated. Once it [has begun](Receiver::is_in_parts), the rest has to be
    /// received here, too.
    pub fn receive_part<'a>(
        &mut self,
        input: &mut &'a [u8],
        observer: &mut impl FrameObserver,
    ) -> Result<Option<PartOrMessage<'a, S>>, Violation> {
        self.unless_failed(input, |receiver, input| receiver.advance_in_parts(input, observer))
    }

    /// Whether a message that comes in parts has begun and not ended.
    pub fn is_in_parts(&self) -> bool {
        self.parts.is_some()
    }

    /// Whether the next data frame begins a message.
    pub fn is_between_messages(&self) -> bool {
        let is_in_data = matches!(self.frame.as_deref(), Some(super::PartialFrame::Data(_)));
        !is_in_data && self.message.is_none() && self.parts.is_none()
    }

    /// Whether the next message lies whole at the front of `input`, has no reserved bits, and is
    /// short enough for one part.
    pub fn has_short_message(&self, input: &[u8]) -> bool {
        let is_at_header = self.header_length == 0 && self.frame.is_none();
        let Ok(Some((header, length))) = Header::decode(input, self.us) else { return false };
        is_at_header
            && self.is_between_messages()
            && header.fin
            && header.rsv.is_none()
            && header.length <= MAX_PART as u64
            && header.length <= (input.len() - length) as u64
    }

    fn advance_in_parts<'a>(
        &mut self,
        input: &mut &'a [u8],
        observer: &mut impl FrameObserver,
    ) -> Result<Option<PartOrMessage<'a, S>>, Violation> {
        loop {
            if self.parts.as_ref().is_some_and(|parts| parts.missing > 0) {
                return Ok(self.take_part(input, observer)?.map(PartOrMessage::Part));
            }
            if self.frame.is_some() {
                return Ok(self.advance(input, observer)?.map(PartOrMessage::Message));
            }
            let Some(header) = self.take_header(input)? else { return Ok(None) };
            observer.header(&header);
            let is_gathered = header.opcode.is_control() || self.message.is_some();
            let check = if is_gathered { Self::check } else { Self::check_order };
            if let Err(violation) = check(self, &header) {
                observe_refused_frame(&header, input, observer);
                return Err(violation);
            }
            if !is_gathered {
                let Header { fin, rsv, opcode, mask, length: missing } = header;
                let (opcode, rsv) = match &self.parts {
                    Some(parts) => (parts.opcode, parts.rsv),
                    None => (opcode, rsv),
                };
                self.parts = Some(InParts { opcode, rsv, fin, missing, mask });
                if missing == 0 && fin {
                    return Ok(self.take_part(input, observer)?.map(PartOrMessage::Part));
                }
            } else if let Some(payload) = take_payload(&header, input) {
                observer.payload(payload);
                return Ok(Some(PartOrMessage::Message(self.whole(&header, payload)?)));
            } else {
                self.frame = Some(Box::new(self.begin(&header)));
            }
        }
    }

    /// Takes payload off the front of `input`; `None` where there is none.
    fn take_part<'a>(
        &mut self,
        input: &mut &'a [u8],
        observer: &mut impl FrameObserver,
    ) -> Result<Option<Part<'a, S>>, Violation> {
        let Some(parts) = &mut self.parts else { return Ok(None) };
        let mut space = parts.missing.min(MAX_PART as u64);
        let before = space;
        let chunk = take_chunk(input, &mut space);
        parts.missing -= before - space;
        let fin = parts.fin && parts.missing == 0;
        if chunk.is_empty() && !fin {
            return Ok(None);
        }
        let payload = if parts.mask.is_none() {
            Payload::Borrowed(chunk)
        } else {
            let mut store = S::default();
            store.reserve(chunk.len()).map_err(no_memory)?;
            store.push(chunk);
            unmask_last(&mut store, chunk.len(), &mut parts.mask);
            Payload::Gathered(store)
        };
        match &payload {
            Payload::Borrowed(bytes) => observer.payload(bytes),
            Payload::Gathered(store) => observer.payload(last(store, chunk.len())),
        }
        let part = Part { opcode: parts.opcode, rsv: parts.rsv, payload, fin };
        if fin {
            self.parts = None;
        }
        Ok(Some(part))
    }
}

#[cfg(test)]
mod tests {
    use Opcode::{Binary, Ping, Text};

    use super::*;
    use crate::protocol::websocket::{
        frame::{self, Flags},
        role::Role,
    };

    const MORE: Flags = Flags { fin: false, rsv: Rsv::NONE };
    const LAST: Flags = Flags::FIN;
    const CONTINUATION: Opcode = Opcode::Continuation;

    /// A frame that the other side of `us` sends.
    fn frame(us: Role, opcode: Opcode, flags: Flags, payload: &[u8]) -> Vec<u8> {
        let mask = (us == Role::Server).then_some([1, 2, 3, 4]);
        let Flags { fin, rsv } = flags;
        let header = Header { fin, rsv, opcode, mask, length: payload.len() as u64 };
        let mut bytes = Vec::new();
        frame::encode(&header, payload, |part| bytes.extend_from_slice(part));
        bytes
    }

    fn sent(opcode: Opcode, flags: Flags, payload: &[u8]) -> Vec<u8> {
        frame(Role::Client, opcode, flags, payload)
    }

    /// What comes out, in short: opcode, payload, and for a part whether it is the last.
    type Shape = (Opcode, Vec<u8>, Option<bool>);

    fn receive(receiver: &mut Receiver, chunks: &[&[u8]]) -> (Vec<Shape>, Option<Violation>) {
        let mut shapes = Vec::new();
        for mut input in chunks.iter().copied() {
            loop {
                shapes.push(match receiver.receive_part(&mut input, &mut ()) {
                    Ok(Some(PartOrMessage::Part(part))) => {
                        (part.opcode, part.payload.to_vec(), Some(part.fin))
                    }
                    Ok(Some(PartOrMessage::Message(message))) => {
                        (message.opcode, message.payload.to_vec(), None)
                    }
                    Ok(None) => break,
                    Err(violation) => return (shapes, Some(violation)),
                });
            }
            assert!(input.is_empty());
        }
        (shapes, None)
    }

    fn receiver() -> Receiver {
        Receiver::new(Role::Client, Some(3))
    }

    fn part(opcode: Opcode, payload: &[u8], fin: bool) -> Shape {
        (opcode, payload.to_vec(), Some(fin))
    }

    #[test]
    fn fragments_are_parts_whatever_their_size() {
        let bytes = [
            sent(Text, MORE, b"abcdef"),
            sent(Ping, LAST, b"p"),
            sent(CONTINUATION, MORE, b""),
            sent(CONTINUATION, LAST, b"ghi"),
            sent(Binary, LAST, b""),
        ]
        .concat();
        let expected = vec![
            part(Text, b"abcdef", false),
            (Ping, b"p".to_vec(), None),
            part(Text, b"ghi", true),
            part(Binary, b"", true),
        ];
        let mut receiver = receiver();
        assert_eq!(receive(&mut receiver, &[&bytes]), (expected, None));
        assert!(receiver.is_idle());
    }

    #[test]
    fn parts_are_as_the_payload_arrives() {
        for us in [Role::Client, Role::Server] {
            let bytes = frame(us, Binary, LAST, b"abcdef");
            let header = bytes.len() - 6;
            let chunks = [
                &bytes[..1],
                &bytes[1..header],
                &bytes[header..header + 2],
                b"",
                &bytes[header + 2..],
            ];
            let mut receiver = Receiver::new(us, None);
            let expected = vec![part(Binary, b"ab", false), part(Binary, b"cdef", true)];
            assert_eq!(receive(&mut receiver, &chunks), (expected, None));
        }
    }

    #[test]
    fn parts_have_a_limit() {
        let payload: Vec<u8> = (0..200_000).map(|index| (index % 251) as u8).collect();
        for us in [Role::Client, Role::Server] {
            let mut receiver = Receiver::new(us, None);
            let (parts, _) = receive(&mut receiver, &[&frame(us, Binary, LAST, &payload)]);
            let lengths: Vec<usize> = parts.iter().map(|(_, part, _)| part.len()).collect();
            assert_eq!(lengths, [MAX_PART, MAX_PART, MAX_PART, 200_000 - 3 * MAX_PART]);
            let whole: Vec<u8> = parts.into_iter().flat_map(|(_, part, _)| part).collect();
            assert!(whole == payload);
        }
    }

    #[test]
    fn knows_where_it_is() {
        let mut receiver = receiver();
        assert!(receiver.is_between_messages() && !receiver.is_in_parts());
        let frame = sent(Text, MORE, b"abc");
        receive(&mut receiver, &[&frame[..1]]);
        assert!(receiver.is_between_messages() && !receiver.is_idle());
        receive(&mut receiver, &[&frame[1..]]);
        assert!(receiver.is_in_parts() && !receiver.is_between_messages() && !receiver.is_idle());
        assert_eq!(receiver.gathered(), 0);
        receive(&mut receiver, &[&sent(CONTINUATION, LAST, b"")]);
        assert!(receiver.is_between_messages() && receiver.is_idle());
    }

    #[test]
    fn one_that_began_to_be_gathered_comes_whole() {
        let mut receiver = Receiver::new(Role::Client, Some(6));
        let mut input = &*sent(Text, MORE, b"abc");
        assert_eq!(receiver.receive(&mut input), Ok(None));
        assert!(!receiver.is_between_messages() && !receiver.is_in_parts());
        let bytes = [sent(CONTINUATION, LAST, b"def"), sent(Text, LAST, b"long message")].concat();
        let expected = vec![(Text, b"abcdef".to_vec(), None), part(Text, b"long message", true)];
        assert_eq!(receive(&mut receiver, &[&bytes]), (expected, None));
    }

    #[test]
    fn parts_before_a_violation_come_out() {
        for (bytes, reason) in [
            (sent(Text, LAST, b"x"), "text frame inside a fragmented binary message"),
            (sent(Ping, MORE, b"x"), "fragmented ping"),
            (
                sent(CONTINUATION, Flags { fin: true, rsv: Rsv::from_bits(0b100) }, b"x"),
                "reserved bits 100 in a continuation frame",
            ),
        ] {
            let mut receiver = receiver();
            let bytes = [sent(Binary, MORE, b"a"), bytes, sent(CONTINUATION, LAST, b"")].concat();
            let (parts, violation) = receive(&mut receiver, &[&bytes]);
            assert_eq!(parts, [part(Binary, b"a", false)]);
            assert_eq!(violation, Some(Violation::protocol_error(reason)));
            assert_eq!(receive(&mut receiver, &[&bytes]), (Vec::new(), None));
        }
        let (parts, violation) = receive(&mut receiver(), &[&sent(CONTINUATION, LAST, b"a")]);
        assert!(parts.is_empty() && violation.is_some_and(|violation| violation.code() == 1002));
    }

    #[test]
    fn tells_short_messages() {
        let receiver = receiver();
        for (bytes, is_short) in [
            (sent(Text, LAST, b""), true),
            (sent(Text, LAST, b"abcdef"), true),
            (sent(Ping, LAST, b"abcdef"), true),
            (sent(Text, MORE, b"abc"), false),
            (sent(Text, Flags { fin: true, rsv: Rsv::from_bits(0b100) }, b"abc"), false),
            (sent(Binary, LAST, &vec![0; MAX_PART]), true),
            (sent(Binary, LAST, &vec![0; MAX_PART + 1]), false),
            (sent(Text, LAST, b"abcdef")[..7].to_vec(), false),
            (vec![0x81], false),
            (Vec::new(), false),
            (vec![0xFF, 0xFF], false),
        ] {
            assert_eq!(receiver.has_short_message(&bytes), is_short, "{:?}", bytes.get(..9));
        }
    }
}
