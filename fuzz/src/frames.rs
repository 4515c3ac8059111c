//! What either side sends after the opening handshake: any bytes, in any pieces, become the
//! messages that RFC 6455 demands and at most one violation, and take memory in proportion to what
//! has arrived.

use www_websocket::protocol::websocket::{
    CloseMessage, FrameObserver, Header, Message, Negotiated, Opcode, Part, PartOrMessage,
    Receiver, Role, Rsv, Violation,
};

use super::{chunkings, within};

/// Small enough to be exceeded by libFuzzer's inputs. Bytes.
const MAX_SIZE: u64 = 100;

/// The result for a stream of frames: the messages, the violation, and whether nothing is
/// incomplete.
type Outcome<V> = (Vec<(Opcode, Rsv, Vec<u8>)>, Option<V>, bool);

/// The frames that were told, each with as much of its payload as there is.
#[derive(Debug, Default, PartialEq)]
struct Frames(Vec<(Header, Vec<u8>)>);

#[derive(Clone, Copy)]
struct Settings {
    us: Role,
    negotiated: Negotiated,
    max_size: Option<u64>,
}

/// Parses `data` as frames.
pub fn check(data: &[u8]) {
    for us in [Role::Client, Role::Server] {
        for negotiated in [Negotiated::Nothing, Negotiated::Deflate, Negotiated::Others] {
            for max_size in [None, Some(MAX_SIZE)] {
                check_with(Settings { us, negotiated, max_size }, data);
            }
        }
    }
}

fn check_with(settings: Settings, data: &[u8]) {
    let [(whole, frames), others @ ..] = chunkings(data).map(|pieces| receive(settings, &pieces));
    let mut expected_frames = Frames::default();
    let expected = expected(settings, data, &mut expected_frames);
    assert_eq!(frames, expected_frames);
    for (other, told) in others {
        assert_eq!(other, whole);
        check_told_in_pieces(&told, &frames, whole.1.is_some());
    }

    for step in [1, 7, data.len().max(1)] {
        assert_eq!(receive_directly(settings, data, step), whole);
    }

    // Parts are checked neither for UTF-8 nor for the size.
    if settings.negotiated == Negotiated::Others && settings.max_size.is_none() {
        for pieces in chunkings(data) {
            let (parts, told) = receive_parts(settings, &pieces);
            assert_eq!(parts, whole);
            check_told_in_pieces(&told, &frames, whole.1.is_some());
        }
        within(4096, || {
            let mut receiver = settings.receiver();
            for mut piece in data.chunks(1) {
                while let Ok(Some(_)) = receiver.receive_part(&mut piece, &mut ()) {}
            }
        });
    }

    let (messages, violation, idle) = whole;
    for (opcode, _, payload) in &messages {
        if *opcode == Opcode::Close
            && let Ok(message) = CloseMessage::parse(payload)
        {
            assert_eq!(message.encode(), *payload);
        }
    }
    let code = violation.as_ref().map(Violation::code);
    assert_eq!((messages, code, idle), expected);

    // A payload that grows exists twice for a moment, once with space for as much again.
    within(3 * data.len() + 1024, || {
        let mut receiver = settings.receiver();
        for mut piece in data.chunks(1) {
            while let Ok(Some(_)) = receiver.receive(&mut piece) {}
        }
    });
}

/// In pieces the same frames are told, except that less of the payload of a refused one has arrived
/// when it is refused.
fn check_told_in_pieces(told: &Frames, frames: &Frames, is_refused: bool) {
    assert_eq!(told.0.len(), frames.0.len());
    for (index, (told, frame)) in told.0.iter().zip(&frames.0).enumerate() {
        assert_eq!(told.0, frame.0);
        if is_refused && index + 1 == frames.0.len() {
            assert!(frame.1.starts_with(&told.1));
        } else {
            assert_eq!(told.1, frame.1);
        }
    }
}

impl FrameObserver for Frames {
    fn header(&mut self, header: &Header) {
        self.0.push((*header, Vec::new()));
    }

    fn payload(&mut self, bytes: &[u8]) {
        let (_, payload) = self.0.last_mut().expect("a header before its payload");
        payload.extend_from_slice(bytes);
    }
}

impl Settings {
    fn receiver(self) -> Receiver {
        let mut receiver = Receiver::new(self.us, self.max_size);
        receiver.set_negotiated(self.negotiated);
        receiver
    }
}

fn receive(settings: Settings, pieces: &[&[u8]]) -> (Outcome<Violation>, Frames) {
    let (mut receiver, mut frames) = (settings.receiver(), Frames::default());
    let (mut messages, mut violation) = (Vec::new(), None);
    for piece in pieces {
        // A receiver that is idle has the same state as a new one.
        if receiver.is_idle() && violation.is_none() {
            receiver = settings.receiver();
        }
        let mut input = *piece;
        loop {
            match receiver.receive_observed(&mut input, &mut frames) {
                Ok(Some(Message { opcode, rsv, payload })) => {
                    assert_eq!(violation, None, "a message after a violation");
                    messages.push((opcode, rsv, payload.to_vec()));
                }
                Ok(None) => break,
                Err(error) => assert_eq!(violation.replace(error), None, "a second violation"),
            }
        }
        assert!(input.is_empty());
    }
    ((messages, violation, receiver.is_idle()), frames)
}

/// As [`receive`], from parts.
fn receive_parts(settings: Settings, pieces: &[&[u8]]) -> (Outcome<Violation>, Frames) {
    let (mut receiver, mut frames) = (settings.receiver(), Frames::default());
    let (mut messages, mut violation, mut message) = (Vec::new(), None, Vec::new());
    for piece in pieces {
        let mut input = *piece;
        loop {
            match receiver.receive_part(&mut input, &mut frames) {
                Ok(Some(PartOrMessage::Message(Message { opcode, rsv, payload }))) => {
                    messages.push((opcode, rsv, payload.to_vec()));
                }
                Ok(Some(PartOrMessage::Part(Part { opcode, rsv, payload, fin }))) => {
                    message.extend_from_slice(&payload);
                    if fin {
                        messages.push((opcode, rsv, std::mem::take(&mut message)));
                    }
                }
                Ok(None) => break,
                Err(error) => assert_eq!(violation.replace(error), None, "a second violation"),
            }
        }
        assert!(input.is_empty());
    }
    ((messages, violation, receiver.is_idle()), frames)
}

/// As [`receive`], `step` bytes at a time, which are read into the message itself where one is
/// arriving.
fn receive_directly(settings: Settings, mut data: &[u8], step: usize) -> Outcome<Violation> {
    let mut receiver = settings.receiver();
    let (mut messages, mut violation) = (Vec::new(), None);
    while !data.is_empty() {
        let received = match receiver.take_store(1) {
            Ok(Some((mut store, space))) => {
                let (chunk, rest) = data.split_at(step.min(space).min(data.len()));
                data = rest;
                store.extend_from_slice(chunk);
                receiver.put_store(store, chunk.len())
            }
            Ok(None) => {
                let (chunk, rest) = data.split_at(step.min(data.len()));
                let mut input = chunk;
                let received = receiver.receive(&mut input);
                // What follows a message is passed again.
                data = &data[data.len() - rest.len() - input.len()..];
                received
            }
            Err(error) => Err(error),
        };
        match received {
            Ok(Some(Message { opcode, rsv, payload })) => {
                messages.push((opcode, rsv, payload.to_vec()));
            }
            Ok(None) => {}
            Err(error) => assert_eq!(violation.replace(error), None, "a second violation"),
        }
    }
    (messages, violation, receiver.is_idle())
}

/// What must be received, with the code of the violation, and what must be told into `frames`:
/// section 5 of the RFC implemented again, without regard to speed, memory or chunks.
fn expected(
    Settings { us, negotiated, max_size }: Settings,
    mut data: &[u8],
    frames: &mut Frames,
) -> Outcome<u16> {
    let (mask, key_length) = match us {
        Role::Client => (0, 0),
        Role::Server => (0x80, 4),
    };
    let mut messages = Vec::new();
    let mut fragments: Option<(Opcode, Rsv, Vec<u8>)> = None;
    let mut size = 0;
    while !data.is_empty() {
        // The missing bytes of a header are replaced by ones that break no rule.
        let byte =
            |index: usize| data.get(index).copied().unwrap_or([0, mask, 0x7F, 0xFF][index.min(3)]);
        let number = |end| (2..end).fold(0, |number, index| number << 8 | u64::from(byte(index)));
        let (plain, length, shortest) = match byte(1) & 0x7F {
            126 => (4, number(4), 126),
            127 => (10, number(10), 0x1_0000),
            length => (2, length.into(), 0),
        };
        let fin = byte(0) & 0x80 != 0;
        let control = byte(0) & 0x08 != 0;
        let rsv = Rsv::from_bits(byte(0) >> 4);
        let Some(opcode) = Opcode::from_bits(byte(0) & 0x0F) else {
            return (messages, Some(1002), true);
        };
        if byte(1) & 0x80 != mask
            || !(shortest..1 << 63).contains(&length)
            || control && (!fin || byte(1) & 0x7F > 125)
        {
            return (messages, Some(1002), true);
        }
        let header = plain + key_length;
        if data.len() < header {
            return (messages, None, false);
        }
        let end = usize::try_from(length).unwrap_or(usize::MAX).saturating_add(header);
        let complete = end <= data.len();
        let key = &data[plain..header];
        let mut payload = data[header..end.min(data.len())].to_vec();
        payload.iter_mut().zip(key.iter().cycle()).for_each(|(byte, key)| *byte ^= key);
        let mask = key.try_into().ok();
        frames.0.push((Header { fin, rsv, opcode, mask, length }, payload.clone()));
        let first = !control && opcode != Opcode::Continuation;
        let allowed = match negotiated {
            Negotiated::Nothing => false,
            Negotiated::Deflate => first && rsv == Rsv::from_bits(0b100),
            Negotiated::Others => first || control,
        };
        if !rsv.is_none() && !allowed || !control && first == fragments.is_some() {
            return (messages, Some(1002), true);
        }
        if control {
            if complete {
                messages.push((opcode, rsv, payload));
            }
        } else {
            let mut message = fragments.take().unwrap_or((opcode, rsv, Vec::new()));
            size = if first { 0 } else { size } + length.max(u64::from(!fin));
            if max_size.is_some_and(|max_size| size > max_size) {
                return (messages, Some(1009), true);
            }
            message.2.extend(payload);
            if message.0 == Opcode::Text
                && negotiated == Negotiated::Nothing
                && let Err(error) = str::from_utf8(&message.2)
                && (error.error_len().is_some() || fin && complete)
            {
                return (messages, Some(1007), true);
            }
            if fin && complete {
                messages.push(message);
            } else {
                fragments = Some(message);
            }
        }
        if !complete {
            return (messages, None, false);
        }
        data = &data[end..];
    }
    (messages, None, fragments.is_none())
}
