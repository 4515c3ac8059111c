//! Properties of the modules `protocol` and `http`, tested with random values by proptest: what is
//! encoded is decoded the same, in chunks of any length. Of a failure proptest shows the smallest
//! value that it finds; that value becomes a unit test beside the code.

use std::{
    net::{Ipv4Addr, Ipv6Addr},
    slice::from_ref,
};

use proptest::{
    collection::{hash_set, vec},
    option,
    prelude::*,
    sample::{Index, select},
};
use www_websocket::protocol::{
    http::{
        charset::TextDecoder,
        coding::Decoder,
        collector::{Collector, Response},
        h1::response::ResponseReader,
        headers::Headers,
        message::{Limits, Version},
        response::ResponseHead,
        url::{Host, Scheme, Url},
    },
    websocket::{
        CloseMessage, CloseStep, Closing, End, Extension, Flags, FrameObserver, Header, Negotiated,
        Opcode, PartOrMessage, Receiver, Role, Rsv, Sender, TextParts, Violation,
        close::MAX_REASON,
        deflate::{self, Agreed, Compressor, Decompressor, Level, Offer, WindowBits},
        extensions,
        fragments::{Fragment, fragments as split},
        frame::{self, MAX_CONTROL_PAYLOAD, MAX_HEADER},
        mask::{mask, unmask},
        receiver::MAX_PART,
        utf8::{InvalidUtf8, Utf8Validator},
    },
};
use zlib_rs::{Deflate, DeflateFlush};

/// A token (RFC 9110 section 5.6.2).
const TOKEN: &str = "[a-zA-Z0-9!#$%&'*+.^_`|~-]{1,12}";

/// The value of a header, or a reason phrase: no white space around it.
const TEXT: &str = "([!-~äöü€]([ -~äöü€]{0,20}[!-~äöü€])?)?";

/// Cuts `data` into pieces of these lengths, in a cycle.
fn pieces<'a>(data: &'a [u8], lengths: &[usize]) -> impl Iterator<Item = &'a [u8]> {
    let (mut rest, mut lengths) = (data, lengths.iter().cycle());
    std::iter::from_fn(move || {
        let length = *lengths.next()?;
        let (piece, next) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        rest = next;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Lengths for [`pieces`].
fn lengths() -> impl Strategy<Value = Vec<usize>> {
    prop_oneof![Just(vec![1]), vec(1..20_usize, 1..8), vec(1..5000_usize, 1..3)]
}

/// Cuts `data` at these places into one fragment more than there are places.
fn fragments(data: &[u8], places: &[Index]) -> Vec<Vec<u8>> {
    let mut places: Vec<usize> = places.iter().map(|place| place.index(data.len() + 1)).collect();
    places.sort_unstable();
    let starts = [0].into_iter().chain(places.iter().copied());
    let ends = places.iter().copied().chain([data.len()]);
    starts.zip(ends).map(|(start, end)| data[start..end].to_vec()).collect()
}

// Frames and messages

/// A message as it is sent: its fragments, and the control frames before each of them.
#[derive(Clone, Debug)]
struct Sent {
    opcode: Opcode,
    rsv: Rsv,
    fragments: Vec<Vec<u8>>,
    control: Vec<(Opcode, Vec<u8>)>,
}

fn role() -> impl Strategy<Value = Role> {
    select(vec![Role::Client, Role::Server])
}

fn sent() -> impl Strategy<Value = Sent> {
    let payload = prop_oneof![
        ".{0,60}".prop_map(|text| (Opcode::Text, text.into_bytes())),
        vec(any::<u8>(), 0..300).prop_map(|bytes| (Opcode::Binary, bytes)),
        // The lengths at which a header becomes longer.
        (select(vec![125, 126, 127, 65535, 65536]), any::<u8>())
            .prop_map(|(length, byte)| (Opcode::Binary, vec![byte; length])),
    ];
    let opcode = select(vec![Opcode::Ping, Opcode::Pong, Opcode::Close]);
    let control = (opcode, vec(any::<u8>(), 0..=MAX_CONTROL_PAYLOAD));
    (payload, any::<u8>(), vec(any::<Index>(), 0..4), vec(control, 0..3)).prop_map(
        |((opcode, payload), rsv, places, control)| Sent {
            opcode,
            rsv: Rsv::from_bits(rsv),
            fragments: fragments(&payload, &places),
            control,
        },
    )
}

/// A frame as it is sent, whose header decodes on the other side.
fn frame(
    (us, sender): (Role, &mut Sender),
    opcode: Opcode,
    flags: Flags,
    key: [u8; 4],
    payload: &[u8],
) -> Vec<u8> {
    let header = sender.header(opcode, flags, payload.len(), || key).unwrap();
    let mut encoded = Vec::new();
    frame::encode(&header, payload, |bytes| encoded.extend_from_slice(bytes));
    assert_eq!(encoded.len(), sender.encoded_len(payload.len()));

    assert_eq!(header.mask, (us == Role::Client).then_some(key));
    let length = encoded.len() - payload.len();
    assert!(length <= MAX_HEADER);
    assert_eq!(Header::decode(&encoded, us.peer()), Ok(Some((header, length))));
    assert!(Header::decode(&encoded, us).is_err());
    encoded
}

type Received = Vec<(Opcode, Rsv, Vec<u8>)>;

/// The bytes of the messages, and what the receiver must return.
fn encode(us: Role, messages: &[Sent], key: [u8; 4]) -> (Vec<u8>, Received) {
    let (mut sender, mut bytes, mut expected) = (Sender::new(us), Vec::new(), Vec::new());
    for Sent { opcode, rsv, fragments, control } in messages {
        for (index, fragment) in fragments.iter().enumerate() {
            for (opcode, payload) in control {
                bytes.extend(frame((us, &mut sender), *opcode, Flags::FIN, key, payload));
                expected.push((*opcode, Rsv::NONE, payload.clone()));
            }
            let fin = index + 1 == fragments.len();
            let rsv = if index == 0 { *rsv } else { Rsv::NONE };
            bytes.extend(frame((us, &mut sender), *opcode, Flags { fin, rsv }, key, fragment));
        }
        expected.push((*opcode, *rsv, fragments.concat()));
    }
    (bytes, expected)
}

/// The frames that were told, with their payloads.
#[derive(Default)]
struct Frames(Vec<(Header, Vec<u8>)>);

impl FrameObserver for Frames {
    fn header(&mut self, header: &Header) {
        self.0.push((*header, Vec::new()));
    }

    fn payload(&mut self, bytes: &[u8]) {
        self.0.last_mut().unwrap().1.extend_from_slice(bytes);
    }
}

impl Frames {
    fn encoded(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (header, payload) in &self.0 {
            frame::encode(header, payload, |part| bytes.extend_from_slice(part));
        }
        bytes
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn messages_come_back(
        us in role(),
        messages in vec(sent(), 1..6),
        extended: bool,
        key: [u8; 4],
        lengths in lengths(),
    ) {
        let messages: Vec<Sent> = messages
            .into_iter()
            .map(|sent| Sent { rsv: if extended { sent.rsv } else { Rsv::NONE }, ..sent })
            .collect();
        let (bytes, expected) = encode(us, &messages, key);
        let mut receiver = Receiver::<Vec<u8>>::new(us.peer(), None);
        receiver.set_negotiated(match extended {
            true => Negotiated::Others,
            false => Negotiated::Nothing,
        });
        let (mut received, mut frames) = (Received::new(), Frames::default());
        for mut input in pieces(&bytes, &lengths) {
            while let Some(message) = receiver.receive_observed(&mut input, &mut frames).unwrap() {
                received.push((message.opcode, message.rsv, message.payload.to_vec()));
            }
        }
        prop_assert_eq!(received, expected);
        prop_assert!(receiver.is_idle());
        prop_assert_eq!(frames.encoded(), bytes);
    }

    #[test]
    fn parts_make_the_message(
        us in role(),
        messages in vec(sent(), 1..6),
        key: [u8; 4],
        lengths in lengths(),
    ) {
        let messages: Vec<Sent> =
            messages.into_iter().map(|sent| Sent { rsv: Rsv::NONE, ..sent }).collect();
        let (bytes, expected) = encode(us, &messages, key);
        let mut receiver = Receiver::<Vec<u8>>::new(us.peer(), Some(1));
        let (mut received, mut frames) = (Received::new(), Frames::default());
        let (mut whole, mut text) = (Vec::new(), TextParts::new());
        for mut input in pieces(&bytes, &lengths) {
            while let Some(next) = receiver.receive_part(&mut input, &mut frames).unwrap() {
                match next {
                    PartOrMessage::Message(message) => {
                        prop_assert!(message.opcode.is_control());
                        received.push((message.opcode, message.rsv, message.payload.to_vec()));
                    }
                    PartOrMessage::Part(part) => {
                        prop_assert!(part.payload.len() <= MAX_PART);
                        prop_assert!(part.fin || !part.payload.is_empty());
                        let bytes = if part.opcode == Opcode::Text {
                            let (bytes, checked) = text.cut(&part.payload, part.fin);
                            prop_assert_eq!(checked, Ok(()));
                            prop_assert!(str::from_utf8(&bytes).is_ok());
                            bytes
                        } else {
                            (&*part.payload).into()
                        };
                        whole.extend_from_slice(&bytes);
                        if part.fin {
                            received.push((part.opcode, part.rsv, std::mem::take(&mut whole)));
                            text = TextParts::new();
                        }
                    }
                }
            }
        }
        prop_assert_eq!(received, expected);
        prop_assert!(receiver.is_idle());
        prop_assert_eq!(frames.encoded(), bytes);
    }

    #[test]
    fn parts_of_what_is_nearly_text_are_judged_as_the_whole(
        text in nearly_utf8(),
        lengths in lengths(),
    ) {
        let (mut parts, mut made) = (TextParts::new(), Vec::new());
        let mut rest = text.len();
        let mut checked = if text.is_empty() { parts.cut(b"", true).1 } else { Ok(()) };
        for piece in pieces(&text, &lengths) {
            rest -= piece.len();
            let (bytes, result) = parts.cut(piece, rest == 0);
            made.extend_from_slice(&bytes);
            checked = result;
            if checked.is_err() {
                break;
            }
        }
        let valid = match str::from_utf8(&text) {
            Ok(_) => text.len(),
            Err(error) => error.valid_up_to(),
        };
        prop_assert_eq!(&made, &text[..valid]);
        prop_assert_eq!(checked.is_ok(), valid == text.len());
    }

    #[test]
    fn what_is_split_comes_back(
        us in role(),
        payload in vec(any::<u8>(), 0..300),
        size in 1..310_usize,
        rsv: u8,
        key: [u8; 4],
        lengths in lengths(),
    ) {
        let flags = Flags { fin: true, rsv: Rsv::from_bits(rsv) };
        let size = size.try_into().unwrap();
        let (mut sender, mut bytes) = (Sender::new(us), Vec::new());
        let mut opcode = sender.begin_split(Opcode::Binary).unwrap();
        for Fragment { flags, range } in split(flags, payload.len(), size) {
            let header = sender.fragment_header(opcode, flags, range.len(), || key);
            frame::encode(&header, &payload[range], |part| bytes.extend_from_slice(part));
            opcode = Opcode::Continuation;
        }
        sender.end_split(true);
        prop_assert_eq!(bytes.len(), sender.split_len(payload.len(), size));
        let mut receiver = Receiver::<Vec<u8>>::new(us.peer(), None);
        receiver.set_negotiated(Negotiated::Others);
        let mut received = Received::new();
        for mut input in pieces(&bytes, &lengths) {
            while let Some(message) = receiver.receive(&mut input).unwrap() {
                received.push((message.opcode, message.rsv, message.payload.to_vec()));
            }
        }
        prop_assert_eq!(received, [(Opcode::Binary, flags.rsv, payload)]);
        prop_assert!(receiver.is_idle());
        prop_assert!(sender.header(Opcode::Text, Flags::FIN, 0, || key).is_ok());
    }

    #[test]
    fn a_message_may_have_the_size_of_the_limit_and_no_more(
        us in role(),
        payload in vec(any::<u8>(), 1..300),
        places in vec(any::<Index>(), 0..4),
        lengths in lengths(),
    ) {
        let fragments = fragments(&payload, &places);
        // An empty fragment counts as a byte, but not the last.
        let empty = fragments.split_last().unwrap().1.iter().filter(|f| f.is_empty()).count();
        let size = (payload.len() + empty) as u64;
        let sent = Sent { opcode: Opcode::Binary, rsv: Rsv::NONE, fragments, control: Vec::new() };
        let (bytes, _) = encode(us, &[sent], [1, 2, 3, 4]);
        for (max_size, fits) in [(size, true), (size - 1, false)] {
            let mut receiver = Receiver::<Vec<u8>>::new(us.peer(), Some(max_size));
            let result = pieces(&bytes, &lengths).try_for_each(|mut input| {
                while receiver.receive(&mut input)?.is_some() {}
                Ok(())
            });
            let code = result.map_err(|violation: Violation| violation.code());
            prop_assert_eq!(code, if fits { Ok(()) } else { Err(1009) });
        }
    }

    #[test]
    fn a_mask_is_the_key_repeated(
        key: [u8; 4],
        payload in vec(any::<u8>(), 0..300),
        places in vec(any::<Index>(), 0..4),
    ) {
        let mut masked = Vec::new();
        mask(key, &payload, |bytes| masked.extend_from_slice(bytes));
        let expected: Vec<u8> =
            payload.iter().zip(key.iter().cycle()).map(|(byte, key)| byte ^ key).collect();
        prop_assert_eq!(&masked, &expected);

        let (mut key, mut plain) = (key, fragments(&masked, &places));
        plain.iter_mut().for_each(|piece| unmask(&mut key, piece));
        prop_assert_eq!(plain.concat(), payload);
    }

    // UTF-8

    #[test]
    fn utf8_is_judged_as_the_standard_library_does(text in nearly_utf8(), lengths in lengths()) {
        let mut validator = Utf8Validator::new();
        let mut end = 0;
        let mut result = Ok(());
        for piece in pieces(&text, &lengths) {
            end += piece.len();
            result = validator.push(piece);
            // It is refused at the first piece after which no text is valid.
            let start = str::from_utf8(&text[..end]);
            let malformed = start.is_err_and(|error| error.error_len().is_some());
            prop_assert_eq!(result.is_err(), malformed);
            if malformed {
                break;
            }
        }
        let expected = str::from_utf8(&text).map_err(|error| {
            let offset = error.valid_up_to() as u64;
            match error.error_len() {
                Some(_) => InvalidUtf8::Malformed { offset },
                None => InvalidUtf8::Incomplete { offset },
            }
        });
        prop_assert_eq!(result.and_then(|()| validator.finish()), expected.map(|_| ()));
    }

    // Closing

    #[test]
    fn close_messages_come_back(code in 0..6000_i64, reason in "\\PC{0,60}") {
        let allowed = matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999);
        match CloseMessage::new(Some(code), &reason) {
            Ok(message) if code == 1005 => prop_assert_eq!(message.encode(), []),
            Ok(message) => {
                prop_assert!(allowed && reason.len() <= MAX_REASON);
                prop_assert_eq!(message.code().map(i64::from), Some(code));
                prop_assert_eq!(message.reason(), &reason);
                prop_assert_eq!(CloseMessage::parse(&message.encode()), Ok(message));
            }
            Err(_) if code == 1005 => prop_assert!(!reason.is_empty()),
            Err(_) => prop_assert!(!allowed || reason.len() > MAX_REASON),
        }
    }

    #[test]
    fn a_closing_handshake_ends_on_both_sides(acts in vec((0..2_usize, act()), 0..8)) {
        let mut sides = [Role::Client, Role::Server].map(Side::new);
        // What is on its way arrives in the end, the answer to it, too.
        let arrivals = [(0, Act::Receive), (1, Act::Receive), (0, Act::Receive)];
        for (number, act) in acts.into_iter().chain(arrivals) {
            let arriving = sides[1 - number].sent.clone();
            let Side { closing, sent, failed } = &mut sides[number];
            let message = match act {
                Act::Close if !closing.is_open() => None,
                Act::Close => Some(CloseMessage::new(Some(4000 + number as i64), "bye").unwrap()),
                Act::Fail => {
                    *failed |= !closing.discards_input();
                    closing.fail(Violation::protocol_error("wrong"))
                }
                Act::Receive => arriving.and_then(|message| closing.record_received(message)),
            };
            if let Some(message) = message {
                closing.record_sent(message.clone());
                prop_assert_eq!(sent.replace(message), None, "a second close message");
            }
            prop_assert_eq!(closing.is_close_sent(), sent.is_some());
        }
        for (number, done) in [CloseStep::AwaitPeer, CloseStep::Done].into_iter().enumerate() {
            let (Side { closing, sent, failed }, other) = (&sides[number], &sides[1 - number]);
            prop_assert_eq!(sent.is_some(), other.sent.is_some());
            let step = match (sent, failed) {
                (None, _) => CloseStep::Open,
                (Some(_), true) => CloseStep::HalfClose,
                (Some(_), false) => done,
            };
            prop_assert_eq!(closing.next(), step);
            let status = closing.status(End::Ordinary);
            match &other.sent {
                Some(message) if !failed => {
                    prop_assert_eq!(Some(status.code), message.code());
                    prop_assert_eq!(status.reason, message.reason());
                }
                _ => prop_assert_eq!(status.code, 1006),
            }
        }
    }

    // Compression

    #[test]
    fn compressed_messages_come_back(
        us in role(),
        messages in vec((compressible(), vec(any::<Index>(), 0..3)), 1..6),
        agreed in agreed(),
        level in (1..=9_u8).prop_map(|level| Level::new(level).unwrap()),
        threshold in select(vec![0, 1, 64, 1000]),
        lengths in lengths(),
    ) {
        let mut compressor = Compressor::new(us, &agreed, level, threshold);
        let mut decompressor = Decompressor::new(us.peer(), &agreed);
        let mut in_parts = Decompressor::new(us.peer(), &agreed);
        let (mut buffer, mut result) = (Vec::new(), Vec::new());
        for (message, places) in &messages {
            let mut compressed = Vec::new();
            if places.is_empty() {
                match compressor.compress(message, &mut buffer) {
                    Some(whole) => compressed.extend(whole),
                    None => continue,
                }
            } else {
                let fragments = fragments(message, places);
                for (index, fragment) in fragments.iter().enumerate() {
                    let fin = index + 1 == fragments.len();
                    compressed.extend(compressor.compress_fragment(fragment, fin, &mut buffer));
                }
            }
            let (mut parts, mut piece) = (Vec::new(), [0; 100]);
            for mut chunk in pieces(&compressed, &lengths) {
                loop {
                    let made = in_parts.decompress_part(&mut chunk, &mut piece).unwrap();
                    parts.extend_from_slice(&piece[..made]);
                    if made < piece.len() {
                        break;
                    }
                }
            }
            prop_assert_eq!(in_parts.finish(), Ok(()));
            prop_assert!(parts == *message, "{} bytes in parts", message.len());
            let size = Some(message.len() as u64);
            let decompressed = decompressor.decompress(&compressed, size, &mut result);
            prop_assert!(decompressed == Ok(message), "{} bytes", message.len());
        }
    }

    // Negotiation

    #[test]
    fn extensions_come_back(
        names in hash_set(TOKEN, 0..5),
        parameters in vec(vec((TOKEN, option::of(TOKEN)), 0..4), 5),
        quoted: bool,
        separator in select(vec![",", ", ", " ,\t", ",,"]),
    ) {
        let texts = |value: fn(&str) -> String| -> Vec<Vec<String>> {
            let text = |(name, token): &(String, Option<String>)| match token {
                None => name.clone(),
                Some(token) => format!("{name}={}", value(token)),
            };
            parameters.iter().map(|parameters| parameters.iter().map(text).collect()).collect()
        };
        let extensions: Vec<Extension> = names
            .iter()
            .zip(texts(str::to_owned))
            .map(|(name, parameters)| Extension::new(name, &parameters).unwrap())
            .collect();
        let offered: Vec<&str> = names.iter().map(String::as_str).collect();

        let header = extensions::offer(&extensions).unwrap();
        let values: Vec<&str> = header.iter().map(String::as_str).collect();
        prop_assert_eq!(extensions::accept(&values, &offered), Ok(extensions.clone()));

        // A server may write it in other forms.
        let escaped = |token: &str| {
            let escaped: String = token.chars().flat_map(|character| ['\\', character]).collect();
            format!("\"{escaped}\"")
        };
        let texts = texts(if quoted { escaped } else { str::to_owned });
        let elements: Vec<String> = names
            .iter()
            .zip(&texts)
            .map(|(name, parameters)| [from_ref(name), parameters].concat().join(" ;\t"))
            .collect();
        let header = elements.join(separator);
        prop_assert_eq!(extensions::accept(&[&header], &offered), Ok(extensions.clone()));
        let values: Vec<&str> = elements.iter().map(String::as_str).collect();
        prop_assert_eq!(extensions::accept(&values, &offered), Ok(extensions));
    }

    #[test]
    fn offers_of_deflate_come_back(
        server_no_context_takeover: bool,
        client_no_context_takeover: bool,
        server_max_window_bits in option::of(window_bits()),
        client_max_window_bits in option::of(option::of(window_bits())),
    ) {
        let offer = Offer {
            server_no_context_takeover,
            client_no_context_takeover,
            server_max_window_bits,
            client_max_window_bits,
        };
        let extension = Extension::new(deflate::NAME, &offer.parameters()).unwrap();
        let header = extensions::offer(&[extension]).unwrap().unwrap();
        let accepted = extensions::accept(&[&header], &[deflate::NAME]).unwrap();
        prop_assert_eq!(Offer::parse(accepted[0].parameters()), Ok(offer));
    }

    // HTTP

    #[test]
    fn responses_come_back(
        method in select(vec!["GET", "HEAD"]),
        status in prop_oneof![Just(101), status_with_body()],
        reason in TEXT,
        headers in vec((header_name(), TEXT), 0..10),
        body in vec(any::<u8>(), 0..300),
        chunks in option::of(lengths()),
        after in vec(any::<u8>(), 0..10),
        lengths in lengths(),
    ) {
        let body = if status == 101 { Vec::new() } else { body };
        let mut headers: Headers = headers.into_iter().collect();
        let content = match (status, chunks) {
            (101, _) => Vec::new(),
            (_, None) => {
                headers.push("Content-Length", body.len().to_string());
                body.clone()
            }
            (_, Some(lengths)) => {
                headers.push("Transfer-Encoding", "chunked");
                let chunks = pieces(&body, &lengths).map(|chunk| {
                    [format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat()
                });
                chunks.chain([b"0\r\n\r\n".to_vec()]).collect::<Vec<_>>().concat()
            }
        };
        let mut head = format!("HTTP/1.1 {status} {reason}\r\n");
        for (name, value) in headers.iter() {
            head.extend([name, ": ", value, "\r\n"]);
        }
        let (content, body) = match method {
            "HEAD" => (Vec::new(), Vec::new()),
            _ => (content, body),
        };
        let bytes = [head.as_bytes(), b"\r\n", &content, &after].concat();
        let head = ResponseHead { version: Version::Http11, status, reason, headers };
        let persistent = status != 101;
        let expected = Response { head, body, body_truncated: false, persistent };

        let limits = Limits { head: 64 * 1024, headers: 128, body: 300 };
        let mut collector = Collector::new(ResponseReader::for_upgrade(method, limits));
        let mut taken = 0;
        let response = pieces(&bytes, &lengths).find_map(|piece| {
            let mut input = piece;
            let response = collector.receive(&mut input).unwrap();
            taken += piece.len() - input.len();
            response
        });
        prop_assert_eq!(response, Some(expected));
        prop_assert_eq!(&bytes[taken..], after);
    }

    #[test]
    fn content_comes_back_from_its_codings(
        content in compressible(),
        codings in vec(select(vec!["gzip", "deflate", "br", "zstd"]), 0..=4),
        lengths in lengths(),
        room in prop_oneof![Just(1), 1..100_usize, Just(64 * 1024)],
    ) {
        let body = codings.iter().fold(content.clone(), |body, coding| with_coding(coding, &body));
        let headers = [("Content-Encoding", codings.join(", "))].into_iter().collect();
        let mut decoder = Decoder::for_headers(&headers);
        let (mut decoded, mut buffer) = (Vec::new(), vec![0; room]);
        for mut piece in pieces(&body, &lengths) {
            while let Some(made) = decoder.decode(&mut piece, &mut buffer).unwrap() {
                decoded.extend_from_slice(made);
            }
            prop_assert!(piece.is_empty());
        }
        prop_assert_eq!(decoder.finish(), Ok(()));
        prop_assert_eq!(decoded, content);
    }

    #[test]
    fn texts_come_back_from_their_charsets(text in "\\PC{0,60}", lengths in lengths()) {
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (label, bytes) in [("utf-8", text.as_bytes()), ("UTF-16BE", &utf16)] {
            let media_type = format!("text/plain; charset={label}");
            let headers = [("Content-Type", media_type)].into_iter().collect();
            let mut decoder = TextDecoder::for_headers(&headers).unwrap();
            let mut decoded = String::new();
            for piece in pieces(bytes, &lengths) {
                decoder.decode(piece, false, &mut decoded);
                prop_assert!(text.starts_with(&decoded));
            }
            decoder.decode(b"", true, &mut decoded);
            prop_assert_eq!(&decoded, &text);
        }
    }

    #[test]
    fn urls_come_back(
        allowed in select(vec![Scheme::WEBSOCKET, Scheme::HTTP]),
        secure: bool,
        credentials in option::of(("\\PC{1,10}", "\\PC{0,10}")),
        host in host(),
        port in option::of(1..=u16::MAX),
        path in vec("[a-zA-Z0-9_~!$&'()*+,;=:@-]{1,10}", 0..5),
        query in option::of("[a-zA-Z0-9_~!$&()*+,;=:@/?.-]{0,20}"),
    ) {
        let scheme = allowed[usize::from(secure)];
        let default_port = if secure { 443 } else { 80 };
        let encode = |text: &str| -> String {
            text.bytes().map(|byte| format!("%{byte:02X}")).collect()
        };
        let user = credentials
            .as_ref()
            .map(|(user, password)| format!("{}:{}@", encode(user), encode(password)));
        let user = user.unwrap_or_default();
        let given_port = port.map(|port| format!(":{port}")).unwrap_or_default();
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        let target = format!("/{}{query}", path.join("/"));

        let text = format!("{scheme}://{user}{host}{given_port}{target}");
        let url = Url::parse(&text, allowed).unwrap();
        let port = port.unwrap_or(default_port);
        prop_assert_eq!(url.scheme(), scheme);
        prop_assert_eq!(url.is_secure(), secure);
        prop_assert_eq!(url.host(), &host);
        prop_assert_eq!(url.port(), port);
        prop_assert_eq!(url.authority(), format!("{host}:{port}"));
        prop_assert_eq!(url.request_target(), &target);
        let named = url.credentials().map(|c| (c.username.clone(), c.password.clone()));
        prop_assert_eq!(named, credentials);

        let shown_port = if port == default_port { String::new() } else { format!(":{port}") };
        prop_assert_eq!(url.to_string(), format!("{scheme}://{host}{shown_port}{target}"));
        let again = Url::parse(&url.to_string(), allowed).unwrap();
        prop_assert_eq!(again.credentials(), None);
        prop_assert_eq!(again, url.join(&target).unwrap());
    }
}

/// Texts of characters of all lengths, most of them with a few wrong or missing bytes.
fn nearly_utf8() -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<Index>(), option::of(any::<u8>()));
    let text = "[a-zé€\u{D7FF}\u{E000}\u{10FFFF}😀]{0,40}";
    (text, vec(change, 0..3)).prop_map(|(text, changes)| {
        let mut bytes = text.into_bytes();
        for (place, byte) in changes {
            if !bytes.is_empty() {
                let place = place.index(bytes.len());
                bytes.splice(place..=place, byte);
            }
        }
        bytes
    })
}

/// What one side does of its own accord, or because of the other.
#[derive(Clone, Copy, Debug)]
enum Act {
    Close,
    Fail,
    Receive,
}

fn act() -> impl Strategy<Value = Act> {
    select(vec![Act::Close, Act::Fail, Act::Receive])
}

/// One side of a connection, and what it has sent and done.
struct Side {
    closing: Closing,
    sent: Option<CloseMessage>,
    failed: bool,
}

impl Side {
    fn new(us: Role) -> Self {
        Self { closing: Closing::new(us), sent: None, failed: false }
    }
}

/// Messages of words, of noise, and repetitive ones that are longer than the smallest windows.
fn compressible() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        vec(select(vec!["message ", "frame ", "window ", "{\"a\": ", "}, "]), 0..100)
            .prop_map(|words| words.concat().into_bytes()),
        vec(any::<u8>(), 0..300),
        (vec(any::<u8>(), 1..700), 1..6_usize).prop_map(|(noise, times)| noise.repeat(times)),
    ]
}

fn window_bits() -> impl Strategy<Value = WindowBits> {
    (8..=15_u8).prop_map(|bits| WindowBits::parse(&bits.to_string()).unwrap())
}

fn agreed() -> impl Strategy<Value = Agreed> {
    (any::<bool>(), any::<bool>(), window_bits(), window_bits()).prop_map(
        |(
            server_no_context_takeover,
            client_no_context_takeover,
            server_max_window_bits,
            client_max_window_bits,
        )| Agreed {
            server_no_context_takeover,
            client_no_context_takeover,
            server_max_window_bits,
            client_max_window_bits,
        },
    )
}

/// The bytes with a coding.
fn with_coding(coding: &str, bytes: &[u8]) -> Vec<u8> {
    let mut result = vec![0; 2 * bytes.len() + 1000];
    let length = match coding {
        "zstd" => zstd_safe::compress(&mut result[..], bytes, 3).unwrap(),
        // Stored, behind a window of 64 KiB and metadata, and before an empty block.
        "br" => {
            result.clear();
            result.push(0b0000_1100);
            for chunk in bytes.chunks(1 << 16) {
                let header = ((chunk.len() as u32 - 1) << 3) | (1 << 19);
                result.extend_from_slice(&header.to_le_bytes()[..3]);
                result.extend_from_slice(chunk);
            }
            result.push(0b11);
            result.len()
        }
        _ => {
            // As zlib-rs has it, 16 stands for the format of gzip.
            let format = if coding == "gzip" { 16 } else { 0 };
            let mut deflate = Deflate::new(6, true, format + 15);
            deflate.compress(bytes, &mut result, DeflateFlush::Finish).unwrap();
            deflate.total_out() as usize
        }
    };
    result.truncate(length);
    result
}

fn status_with_body() -> impl Strategy<Value = u16> {
    (200..600_u16).prop_filter("has no body", |status| !matches!(status, 204 | 304))
}

/// The name of a header that does not say where the response or the connection ends.
fn header_name() -> impl Strategy<Value = String> {
    let framing = ["Connection", "Content-Length", "Transfer-Encoding"];
    TOKEN.prop_filter("says where something ends", move |name| {
        !framing.iter().any(|framing| framing.eq_ignore_ascii_case(name))
    })
}

fn host() -> impl Strategy<Value = Host> {
    prop_oneof![
        "[a-z]([a-z0-9-]{0,8}[a-z0-9])?(\\.[a-z]{2,6}){0,3}"
            .prop_filter("no punycode", |name| !name.contains("--"))
            .prop_map(Host::Domain),
        any::<Ipv4Addr>().prop_map(Host::Ipv4),
        any::<Ipv6Addr>().prop_map(Host::Ipv6),
    ]
}
