//! `::www::PermessageDeflate`: the class that carries out permessage-deflate (RFC 7692), and the
//! option `-compress` that offers it. It is an ordinary extension class, whose methods happen to be
//! written in Rust.

use std::{cell::RefCell, rc::Rc};

use super::{arguments, owner::WebSocket};
use crate::{
    protocol::websocket::{
        Flags, Opcode, Role, Violation,
        deflate::{Agreed, Compressor, Decompressor, Level, NAME, Offer, WindowBits},
        extensions::{Extension, Parameter},
    },
    tcl::{Call, Error, Interp, Method, MethodBody, NotBytes, ObjectState, StateTypes, Value},
    websocket::{Broadcast, CompressionSettings, Offered},
    www::{errors, options},
};

/// The name of the class.
pub(crate) const CLASS: &str = "::www::PermessageDeflate";

/// The methods of the class.
pub(crate) static METHODS: &[Method<WebSocket>] = &[
    Method { name: "parameters", exported: true, body: MethodBody::Returns(parameters) },
    Method { name: "Receive", exported: false, body: MethodBody::Returns(receive) },
    Method { name: "Transmit", exported: false, body: MethodBody::Returns(transmit) },
];

/// What the class keeps with an object.
struct State(RefCell<Deflate>);

impl ObjectState for State {
    fn types() -> &'static StateTypes<Self> {
        static TYPES: StateTypes<State> = StateTypes::new(c"www::websocket method");
        &TYPES
    }

    fn deleted(&self) {}
}

/// permessage-deflate on one connection.
struct Deflate {
    compressor: Compressor,
    /// Messages that come in parts go through it, too, but not through `Receive`.
    decompressor: Rc<RefCell<Decompressor>>,
    /// Whether a fragmented message is being sent, and whether it is compressed.
    in_progress: Option<bool>,
}

thread_local! {
    /// Where results are made, before they become Tcl values.
    static SCRATCH: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// The scratch buffer is given back to the system when a message has made it larger than this, in
/// bytes.
const SCRATCH_KEPT: usize = 256 * 1024;

fn with_scratch<R>(work: impl FnOnce(&mut Vec<u8>) -> R) -> R {
    SCRATCH.with_borrow_mut(|scratch| {
        let result = work(scratch);
        if scratch.len() > SCRATCH_KEPT {
            *scratch = Vec::new();
        }
        result
    })
}

// The offer

/// Refuses an offer with parameters that this class could not keep to.
pub(crate) fn check_offer(offered: &Offered) -> Result<(), Error> {
    if offered.class.to_utf8_lossy() == CLASS {
        Offer::parse(offered.extension.parameters())
            .map_err(|error| errors::extension(&error.to_string()))?;
    }
    Ok(())
}

/// Takes the value of `-compress`: a boolean, or a dict of the RFC's parameters and `level` and
/// `threshold`. `None`: do not compress.
pub(crate) fn parse_option(
    interp: &Interp,
    value: &Value,
) -> Result<Option<(Offered, CompressionSettings)>, Error> {
    // `permessage-deflate; client_max_window_bits`: what every known server takes.
    let mut offer = Offer::default();
    let mut compression = CompressionSettings::default();
    match value.to_boolean() {
        Some(false) => return Ok(None),
        Some(true) => {}
        None => {
            let wanted = "a boolean or a dict";
            let entries = interp
                .dict_entries(value)
                .map_err(|_| errors::option_value("-compress", value, wanted))?;
            for (key, value) in entries {
                parse_setting(&key.to_utf8_lossy(), &value, &mut offer, &mut compression)?;
            }
        }
    }
    let extension = Extension::new(NAME, &offer.parameters());
    let extension = extension.map_err(|error| errors::extension(&error.to_string()))?;
    Ok(Some((Offered { extension, class: Value::string(CLASS) }, compression)))
}

fn parse_setting(
    key: &str,
    value: &Value,
    offer: &mut Offer,
    compression: &mut CompressionSettings,
) -> Result<(), Error> {
    let bad = |wanted| errors::option_value(&format!("{key} of -compress"), value, wanted);
    let flag = || value.to_boolean().ok_or_else(|| bad("a boolean"));
    let bits = || WindowBits::parse(&value.to_utf8_lossy());
    match key {
        "client_no_context_takeover" => offer.client_no_context_takeover = flag()?,
        "server_no_context_takeover" => offer.server_no_context_takeover = flag()?,
        "server_max_window_bits" => {
            offer.server_max_window_bits = Some(bits().ok_or_else(|| bad("from 8 to 15"))?);
        }
        "client_max_window_bits" => {
            offer.client_max_window_bits = match (bits(), value.to_boolean()) {
                (Some(bits), _) => Some(Some(bits)),
                // To Tcl any number is a boolean.
                (None, Some(offered)) if matches!(value.to_integer(), None | Some(0 | 1)) => {
                    offered.then_some(None)
                }
                (None, _) => return Err(bad("from 8 to 15, or a boolean")),
            };
        }
        "level" => {
            let level = value.to_integer().and_then(|level| u8::try_from(level).ok());
            compression.level = level.and_then(Level::new).ok_or_else(|| bad("from 1 to 9"))?;
        }
        "threshold" => {
            let threshold = options::natural(&format!("{key} of -compress"), value)?;
            compression.threshold = usize::try_from(threshold).unwrap_or(usize::MAX);
        }
        _ => {
            return Err(errors::option_value(
                "-compress",
                &Value::string(key),
                "client_max_window_bits, client_no_context_takeover, level, \
                 server_max_window_bits, server_no_context_takeover, or threshold",
            ));
        }
    }
    Ok(())
}

// The methods

type Outcome = Result<Value, Error>;

/// What we answer, as the server, to what a client offers, where `own` says what we want; with what
/// is agreed then. `None` where it cannot be accepted.
pub(crate) fn answer(own: &Extension, offered: &Extension) -> Option<(Vec<String>, Agreed)> {
    let own = Offer::parse(own.parameters()).ok()?;
    let (answer, agreed) = Offer::parse(offered.parameters()).ok()?.answer(&own);
    Some((answer.parameters(), agreed))
}

/// `parameters params`: what the server answered to the offer; where we are the server, what the
/// client offers, and the result is the answer.
fn parameters(websocket: &Rc<WebSocket>, call: &Call<'_>) -> Outcome {
    let [parameters] = call.arguments() else { return Err(call.wrong_arguments(c"params")) };
    let parameters =
        parameters.elements().ok_or_else(|| errors::extension("params: not a list"))?;
    let told: Vec<String> = parameters.iter().map(Value::to_utf8_lossy).collect();
    let own = websocket.offered(NAME);
    let (answered, agreed) = match websocket.connection().role() {
        Role::Client => {
            let offered = own.map_or(&[][..], Extension::parameters);
            let agreed = negotiate(offered, &told).map_err(|what| {
                errors::extension(&format!("the server's answer to {NAME} is wrong: {what}"))
            })?;
            (Vec::new(), agreed)
        }
        Role::Server => {
            let offered = Extension::new(NAME, &told);
            let accepted = own.zip(offered.ok()).and_then(|(own, offered)| answer(own, &offered));
            let wrong = || errors::extension(&format!("the client's offer of {NAME} is wrong"));
            accepted.ok_or_else(wrong)?
        }
    };
    let (us, settings) = (websocket.connection().role(), websocket.connection().settings());
    let CompressionSettings { level, threshold } = settings.compression;
    let decompressor = Rc::new(RefCell::new(Decompressor::new(us, &agreed)));
    websocket.set_decompressor(&decompressor);
    call.attach(Rc::new(State(RefCell::new(Deflate {
        compressor: Compressor::new(us, &agreed, level, threshold),
        decompressor,
        in_progress: None,
    }))));
    Ok(Value::strings(answered))
}

fn negotiate(offered: &[Parameter], answer: &[String]) -> Result<Agreed, String> {
    let offer = Offer::parse(offered).map_err(|error| error.to_string())?;
    let answer = Extension::new(NAME, answer).map_err(|error| error.to_string())?;
    offer.accept(answer.parameters()).map_err(|error| error.to_string())
}

/// `Transmit opcode data ?flags?`: compresses data, marked by RSV1 in the first frame of a message.
fn transmit(_websocket: &Rc<WebSocket>, call: &Call<'_>) -> Outcome {
    let (opcode, data, flags) = arguments::parse_transmit(call)?;
    if opcode.is_control() || flags.rsv.rsv1() {
        return call.next(call.arguments());
    }
    let Some(state) = call.attached::<State>() else { return call.next(call.arguments()) };
    let before = state.0.borrow().in_progress;
    let compressed = match flags.fin && before.is_none() && Broadcast::is_under_way() {
        true => state.0.borrow_mut().compress_for_all(data),
        false => data.with_bytes(|payload| state.0.borrow_mut().compress(payload, flags.fin)),
    };
    let compressed = compressed.map_err(errors::not_bytes)?;
    let Some((data, first)) = compressed else { return call.next(call.arguments()) };
    let rsv = if first { flags.rsv.with_rsv1() } else { flags.rsv };
    let flags = Value::string(&Flags { fin: flags.fin, rsv }.to_string());
    let sent = call.next([&call.arguments()[0], &data, &flags]);
    if sent.is_err() {
        // The peer will not see what the compressor's window holds now.
        let mut deflate = state.0.borrow_mut();
        deflate.compressor.forget();
        deflate.in_progress = before;
    }
    sent
}

impl Deflate {
    /// Compresses a message of a broadcast, as [`compress`](Self::compress), once for all
    /// connections where the same comes of it.
    fn compress_for_all(&mut self, data: &Value) -> Result<Option<(Value, bool)>, NotBytes> {
        let settings = self.compressor.settings();
        let compressed = match Broadcast::compressed(data, settings) {
            Some(known) => {
                if known.is_some() {
                    // As in `compress_alone`.
                    self.compressor.forget();
                }
                known
            }
            None => {
                let made = data.with_bytes(|payload| {
                    with_scratch(|scratch| {
                        self.compressor.compress_alone(payload, scratch).map(Value::bytes)
                    })
                })?;
                Broadcast::keep_compressed(data, settings, made.as_ref());
                made
            }
        };
        Ok(compressed.map(|compressed| (compressed, true)))
    }

    /// Compresses a message or a fragment of one. Gives it with whether it is the first of its
    /// message, or nothing where it is to be sent as it is.
    fn compress(&mut self, payload: &[u8], fin: bool) -> Option<(Value, bool)> {
        let before = self.in_progress;
        if before == Some(false) {
            self.in_progress = before.filter(|_| !fin);
            return None;
        }
        with_scratch(|scratch| {
            let compressed = match (before, fin) {
                (None, true) => self.compressor.compress(payload, scratch)?,
                _ => self.compressor.compress_fragment(payload, fin, scratch),
            };
            self.in_progress = (!fin).then_some(true);
            Some((Value::bytes(compressed), before.is_none()))
        })
    }
}

/// `Receive opcode data flags`: decompresses what has RSV1.
fn receive(websocket: &Rc<WebSocket>, call: &Call<'_>) -> Outcome {
    let [opcode_word, data, flags] = call.arguments() else {
        return Err(call.wrong_arguments(c"opcode data flags"));
    };
    let opcode = arguments::parse_opcode(opcode_word)?;
    let flags = flags.to_utf8_lossy();
    let Some(rest) = flags.strip_prefix('1') else { return call.next(call.arguments()) };
    if opcode.is_control() {
        // "An endpoint MUST NOT set the 'Per-Message Compressed' bit of control frames" (RFC 7692
        // section 6.1).
        websocket
            .connection()
            .fail(Violation::protocol_error(format!("compressed {opcode} message")));
        return Ok(Value::empty());
    }
    let Some(state) = call.attached::<State>() else { return call.next(call.arguments()) };
    let max_size = websocket.connection().settings().size_limit();
    let decompressed = data.with_bytes(|payload| {
        with_scratch(|scratch| {
            let deflate = state.0.borrow();
            let mut decompressor = deflate.decompressor.borrow_mut();
            let message = decompressor.decompress(payload, max_size, scratch)?;
            let text = if opcode == Opcode::Text { Value::ascii(message) } else { None };
            Ok(text.unwrap_or_else(|| Value::bytes(message)))
        })
    });
    match decompressed.map_err(errors::not_bytes)? {
        Ok(message) => call.next([opcode_word, &message, &Value::string(&format!("0{rest}"))]),
        Err(violation) => {
            websocket.connection().fail(violation);
            Ok(Value::empty())
        }
    }
}
