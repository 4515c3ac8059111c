//! The negotiation of permessage-deflate (RFC 7692 section 7.1): what a client may offer, what a
//! server answers, and what is agreed then. The grammar of the header is in `extensions.rs`.

use std::{fmt, mem};

use super::super::{
    extensions::{Extension, Parameter},
    role::Role,
};

/// The registered name of the extension.
pub const NAME: &str = "permessage-deflate";

const SERVER_NO_CONTEXT_TAKEOVER: &str = "server_no_context_takeover";
const CLIENT_NO_CONTEXT_TAKEOVER: &str = "client_no_context_takeover";
const SERVER_MAX_WINDOW_BITS: &str = "server_max_window_bits";
const CLIENT_MAX_WINDOW_BITS: &str = "client_max_window_bits";

/// The size of an LZ77 sliding window: the base-2 logarithm of its bytes, 8 to 15.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WindowBits(u8);

/// What a client offers; and what a server is set to, which it answers offers by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The server must empty its window after each message.
    pub server_no_context_takeover: bool,
    /// The client will empty its window after each message, whatever the server answers.
    pub client_no_context_takeover: bool,
    /// The server must use a window of at most this size.
    pub server_max_window_bits: Option<WindowBits>,
    /// The server may limit the client's window. With a size, the client will not exceed it,
    /// whatever the server answers.
    pub client_max_window_bits: Option<Option<WindowBits>>,
}

/// What both sides agreed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreed {
    /// The server empties its window after each message.
    pub server_no_context_takeover: bool,
    /// The client empties its window after each message.
    pub client_no_context_takeover: bool,
    /// The server's window is not larger.
    pub server_max_window_bits: WindowBits,
    /// The client's window is not larger.
    pub client_max_window_bits: WindowBits,
}

/// Why parameters cannot be offered, or an answer cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NegotiationError {
    /// The extension has no such parameter.
    Unknown(String),
    /// The parameter is a duplicate.
    Duplicate(String),
    /// The parameter, `name` or `name=value`, has a value and may not, or has none and must, or its
    /// value is not a number from 8 to 15.
    Value(String),
    /// The server answered a parameter that it may answer only to an offer.
    NotOffered(&'static str),
    /// The server answered a larger window than was offered.
    TooLarge(&'static str),
    /// The server did not answer a parameter that it must follow.
    Missing(&'static str),
}

impl WindowBits {
    /// The largest window, 32 KiB, which is the default.
    pub const MAX: Self = Self(15);

    /// "a decimal integer value without leading zeroes between 8 to 15, inclusive" (section
    /// 7.1.2.1)
    pub fn parse(text: &str) -> Option<Self> {
        match text.as_bytes() {
            [digit @ b'8'..=b'9'] => Some(Self(digit - b'0')),
            [b'1', digit @ b'0'..=b'5'] => Some(Self(10 + digit - b'0')),
            _ => None,
        }
    }

    /// The logarithm.
    pub fn bits(self) -> u8 {
        self.0
    }
}

/// `permessage-deflate; client_max_window_bits`, which every known server takes.
impl Default for Offer {
    fn default() -> Self {
        Self { client_max_window_bits: Some(None), ..Self::EMPTY }
    }
}

/// What is agreed without parameters.
impl Default for Agreed {
    fn default() -> Self {
        Self {
            server_no_context_takeover: false,
            client_no_context_takeover: false,
            server_max_window_bits: WindowBits::MAX,
            client_max_window_bits: WindowBits::MAX,
        }
    }
}

impl Agreed {
    /// Whether this side empties its window after each message that it compresses.
    pub fn no_context_takeover(&self, sender: Role) -> bool {
        match sender {
            Role::Client => self.client_no_context_takeover,
            Role::Server => self.server_no_context_takeover,
        }
    }

    /// The size that the window of this side does not exceed.
    pub fn max_window_bits(&self, sender: Role) -> WindowBits {
        match sender {
            Role::Client => self.client_max_window_bits,
            Role::Server => self.server_max_window_bits,
        }
    }
}

impl Offer {
    /// The extension without parameters.
    pub const EMPTY: Self = Self {
        server_no_context_takeover: false,
        client_no_context_takeover: false,
        server_max_window_bits: None,
        client_max_window_bits: None,
    };

    /// The offer with these parameters.
    pub fn parse(parameters: &[Parameter]) -> Result<Self, NegotiationError> {
        let mut offer = Self::EMPTY;
        for parameter in parameters {
            let name = parameter.name();
            let illegal = || NegotiationError::Value(parameter.to_string());
            let bits = |value| WindowBits::parse(value).ok_or_else(illegal);
            let twice = match (name, parameter.value()) {
                (SERVER_NO_CONTEXT_TAKEOVER, None) => {
                    mem::replace(&mut offer.server_no_context_takeover, true)
                }
                (CLIENT_NO_CONTEXT_TAKEOVER, None) => {
                    mem::replace(&mut offer.client_no_context_takeover, true)
                }
                (SERVER_MAX_WINDOW_BITS, Some(value)) => {
                    offer.server_max_window_bits.replace(bits(value)?).is_some()
                }
                (CLIENT_MAX_WINDOW_BITS, value) => {
                    let value = value.map(bits).transpose()?;
                    offer.client_max_window_bits.replace(value).is_some()
                }
                (
                    SERVER_NO_CONTEXT_TAKEOVER
                    | CLIENT_NO_CONTEXT_TAKEOVER
                    | SERVER_MAX_WINDOW_BITS,
                    _,
                ) => return Err(illegal()),
                _ => return Err(NegotiationError::Unknown(name.to_owned())),
            };
            if twice {
                return Err(NegotiationError::Duplicate(name.to_owned()));
            }
        }
        Ok(offer)
    }

    /// The parameters of the offer, each `name` or `name=value`.
    pub fn parameters(&self) -> Vec<String> {
        let flag = |name: &str, stated: bool| stated.then(|| name.to_owned());
        let sized = |name: &str, bits: WindowBits| format!("{name}={}", bits.bits());
        let parameters = [
            flag(SERVER_NO_CONTEXT_TAKEOVER, self.server_no_context_takeover),
            flag(CLIENT_NO_CONTEXT_TAKEOVER, self.client_no_context_takeover),
            self.server_max_window_bits.map(|bits| sized(SERVER_MAX_WINDOW_BITS, bits)),
            self.client_max_window_bits.map(|bits| match bits {
                None => CLIENT_MAX_WINDOW_BITS.to_owned(),
                Some(bits) => sized(CLIENT_MAX_WINDOW_BITS, bits),
            }),
        ];
        parameters.into_iter().flatten().collect()
    }

    /// What is agreed when the server answers this offer with these parameters.
    ///
    /// | parameter                    | offered | answered | agreed |
    /// |------------------------------|---------|----------|--------|
    /// | `server_no_context_takeover` | no      | no       | no     |
    /// |                              | yes     | no       | error  |
    /// |                              | either  | yes      | yes    |
    /// | `client_no_context_takeover` | no      | no       | no     |
    /// |                              | yes     | no       | yes    |
    /// |                              | either  | yes      | yes    |
    /// | `server_max_window_bits`     | no      | no       | 15     |
    /// |                              | no      | M        | M      |
    /// |                              | N       | no       | error  |
    /// |                              | N       | M ≤ N    | M      |
    /// |                              | N       | M > N    | error  |
    /// | `client_max_window_bits`     | no      | no       | 15     |
    /// |                              | no      | M        | error  |
    /// |                              | bare    | no       | 15     |
    /// |                              | bare    | M        | M      |
    /// |                              | N       | no       | N      |
    /// |                              | N       | M ≤ N    | M      |
    /// |                              | N       | M > N    | error  |
    /// |                              | any     | bare     | error  |
    ///
    /// A parameter that is unknown, comes twice or has an illegal value is an error too (section
    /// 7).
    pub fn accept(&self, answer: &[Parameter]) -> Result<Agreed, NegotiationError> {
        let answered = Self::parse(answer)?;

        // "A server accepts an extension negotiation offer that includes the
        // "server_no_context_takeover" extension parameter by including the
        // "server_no_context_takeover" extension parameter in the corresponding extension
        // negotiation response" (section 7.1.1.1)
        if self.server_no_context_takeover && !answered.server_no_context_takeover {
            return Err(NegotiationError::Missing(SERVER_NO_CONTEXT_TAKEOVER));
        }

        // "A server accepts an extension negotiation offer with this parameter by including the
        // "server_max_window_bits" extension parameter in the extension negotiation response to
        // send back to the client with the same or smaller value as the offer." (section 7.1.2.1)
        let server_max_window_bits = match answered.server_max_window_bits {
            None if self.server_max_window_bits.is_some() => {
                return Err(NegotiationError::Missing(SERVER_MAX_WINDOW_BITS));
            }
            Some(bits) if self.server_max_window_bits.is_some_and(|offered| bits > offered) => {
                return Err(NegotiationError::TooLarge(SERVER_MAX_WINDOW_BITS));
            }
            bits => bits.unwrap_or(WindowBits::MAX),
        };

        // "If a received extension negotiation offer has the "client_max_window_bits" extension
        // parameter, the server MAY include the "client_max_window_bits" extension parameter in the
        // corresponding extension negotiation response to the offer." (section 7.1.2.2)
        let offered = self.client_max_window_bits.flatten().unwrap_or(WindowBits::MAX);
        let client_max_window_bits = match answered.client_max_window_bits {
            None => offered,
            Some(_) if self.client_max_window_bits.is_none() => {
                return Err(NegotiationError::NotOffered(CLIENT_MAX_WINDOW_BITS));
            }
            Some(None) => return Err(NegotiationError::Value(CLIENT_MAX_WINDOW_BITS.to_owned())),
            Some(Some(bits)) if bits > offered => {
                return Err(NegotiationError::TooLarge(CLIENT_MAX_WINDOW_BITS));
            }
            Some(Some(bits)) => bits,
        };

        Ok(Agreed {
            server_no_context_takeover: answered.server_no_context_takeover,
            client_no_context_takeover: self.client_no_context_takeover
                || answered.client_no_context_takeover,
            server_max_window_bits,
            client_max_window_bits,
        })
    }

    /// How a server that is set to `own` answers this offer: its parameters, which are those of the
    /// result, and what is agreed. It can answer every offer that [`parse`](Self::parse) takes.
    ///
    /// | parameter                    | offered | own     | answered  | agreed    |
    /// |------------------------------|---------|---------|-----------|-----------|
    /// | `server_no_context_takeover` | no      | no      | no        | no        |
    /// |                              | one yes | or both | yes       | yes       |
    /// | `client_no_context_takeover` | no      | no      | no        | no        |
    /// |                              | one yes | or both | yes       | yes       |
    /// | `server_max_window_bits`     | no      | no      | no        | 15        |
    /// |                              | N       | no      | N         | N         |
    /// |                              | no      | M       | M         | M         |
    /// |                              | N       | M       | smaller   | smaller   |
    /// | `client_max_window_bits`     | no      | any     | no        | 15        |
    /// |                              | bare    | no size | no        | 15        |
    /// |                              | N       | no size | N         | N         |
    /// |                              | bare    | M       | M         | M         |
    /// |                              | N       | M       | smaller   | smaller   |
    pub fn answer(&self, own: &Self) -> (Self, Agreed) {
        let smaller = |one: Option<WindowBits>, other: Option<WindowBits>| match (one, other) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        // "It is RECOMMENDED that a server supports the "server_no_context_takeover" extension
        // parameter in an extension negotiation offer. A server MAY include the
        // "server_no_context_takeover" extension parameter in an extension negotiation response
        // even if the extension negotiation offer being accepted by the extension negotiation
        // response didn't include the "server_no_context_takeover" extension parameter." (section
        // 7.1.1.1) It is the same with "client_no_context_takeover" (section 7.1.1.2) and
        // "server_max_window_bits" (section 7.1.2.1).
        let server_no_context_takeover =
            self.server_no_context_takeover || own.server_no_context_takeover;
        let client_no_context_takeover =
            self.client_no_context_takeover || own.client_no_context_takeover;
        let server_max_window_bits =
            smaller(self.server_max_window_bits, own.server_max_window_bits);
        // "If a received extension negotiation offer doesn't have the "client_max_window_bits"
        // extension parameter, the corresponding extension negotiation response to the offer MUST
        // NOT include the "client_max_window_bits" extension parameter." (section 7.1.2.2) A size
        // in it is a hint: the client does not exceed it, whatever is answered.
        let client_max_window_bits = self
            .client_max_window_bits
            .and_then(|offered| smaller(offered, own.client_max_window_bits.flatten()));
        let answer = Self {
            server_no_context_takeover,
            client_no_context_takeover,
            server_max_window_bits,
            client_max_window_bits: client_max_window_bits.map(Some),
        };
        let agreed = Agreed {
            server_no_context_takeover,
            client_no_context_takeover,
            server_max_window_bits: server_max_window_bits.unwrap_or(WindowBits::MAX),
            client_max_window_bits: client_max_window_bits.unwrap_or(WindowBits::MAX),
        };
        (answer, agreed)
    }
}

/// The first of the offers of permessage-deflate that a server can take, which are among those of
/// all extensions: its place there, and how a server that is set to `own` answers it, as
/// [`Offer::answer`]. `None` if there is none.
///
/// "A server MUST decline an extension negotiation offer for this extension if any of the following
/// conditions are met: The negotiation offer contains an extension parameter not defined for use in
/// an offer. The negotiation offer contains an extension parameter with an invalid value. The
/// negotiation offer contains multiple extension parameters with the same name. The server doesn't
/// support the offered configuration." (section 7.1)
pub fn answer(offered: &[Extension], own: &Offer) -> Option<(usize, Offer, Agreed)> {
    offered.iter().enumerate().filter(|(_, extension)| extension.name() == NAME).find_map(
        |(place, extension)| {
            let (answer, agreed) = Offer::parse(extension.parameters()).ok()?.answer(own);
            Some((place, answer, agreed))
        },
    )
}

impl fmt::Display for NegotiationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{NAME}: ")?;
        match self {
            Self::Unknown(name) => write!(f, "unknown parameter {name:?}"),
            Self::Duplicate(name) => write!(f, "duplicate parameter {name}"),
            Self::Value(parameter) => {
                write!(f, "illegal value: {parameter}")
            }
            Self::NotOffered(name) => write!(f, "parameter {name} was not offered"),
            Self::TooLarge(name) => write!(f, "{name} is larger than was offered"),
            Self::Missing(name) => write!(f, "the server did not agree to {name}"),
        }
    }
}

impl std::error::Error for NegotiationError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn bits(bits: u8) -> WindowBits {
        assert!((8..=15).contains(&bits));
        WindowBits(bits)
    }

    fn parameters(texts: &str) -> Vec<Parameter> {
        texts.split_whitespace().map(|text| text.parse().unwrap()).collect()
    }

    fn offer(texts: &str) -> Offer {
        Offer::parse(&parameters(texts)).unwrap()
    }

    fn accept(offered: &str, answered: &str) -> Result<Agreed, NegotiationError> {
        offer(offered).accept(&parameters(answered))
    }

    /// Every way to state the four parameters legally in an offer.
    fn all_offers() -> Vec<Offer> {
        let sizes = || (8..=15).map(|size| Some(bits(size)));
        let mut offers = Vec::new();
        for server_no_context_takeover in [false, true] {
            for client_no_context_takeover in [false, true] {
                for server_max_window_bits in sizes().chain([None]) {
                    for client_max_window_bits in sizes().map(Some).chain([None, Some(None)]) {
                        offers.push(Offer {
                            server_no_context_takeover,
                            client_no_context_takeover,
                            server_max_window_bits,
                            client_max_window_bits,
                        });
                    }
                }
            }
        }
        offers
    }

    // Window bits

    #[test]
    fn takes_window_bits_from_8_to_15() {
        for size in 8..=15 {
            assert_eq!(WindowBits::parse(&size.to_string()), Some(bits(size)));
            assert_eq!(bits(size).bits(), size);
        }
    }

    #[test]
    fn refuses_window_bits_that_are_not_such_a_number() {
        for text in ["", "0", "7", "16", "08", "015", "+9", "-9", " 9", "9 ", "1", "1x", "x", "150"]
        {
            assert_eq!(WindowBits::parse(text), None, "{text:?}");
        }
    }

    // Offer

    #[test]
    fn offers_by_default_what_every_known_server_takes() {
        assert_eq!(Offer::default().parameters(), ["client_max_window_bits"]);
        assert!(Offer::EMPTY.parameters().is_empty());
    }

    #[test]
    fn parses_what_a_script_offers() {
        assert_eq!(
            offer("client_max_window_bits server_max_window_bits=10"),
            Offer {
                server_max_window_bits: Some(bits(10)),
                client_max_window_bits: Some(None),
                ..Offer::EMPTY
            }
        );
        assert_eq!(
            offer("client_no_context_takeover client_max_window_bits=\"8\""),
            Offer {
                client_no_context_takeover: true,
                client_max_window_bits: Some(Some(bits(8))),
                ..Offer::EMPTY
            }
        );
    }

    #[test]
    fn every_offer_is_parsed_from_what_it_says() {
        let offers = all_offers();
        assert_eq!(offers.len(), 2 * 2 * 9 * 10);
        for offer in offers {
            let stated = offer.parameters().join(" ");
            assert_eq!(Offer::parse(&parameters(&stated)), Ok(offer));
        }
    }

    #[test]
    fn refuses_unknown_parameters() {
        for name in ["x", "SERVER_MAX_WINDOW_BITS", "level"] {
            let error = Err(NegotiationError::Unknown(name.to_owned()));
            assert_eq!(Offer::parse(&parameters(name)), error);
            assert_eq!(Offer::parse(&parameters(&format!("{name}=10"))), error);
        }
    }

    #[test]
    fn refuses_parameters_that_come_twice() {
        for name in ["server_no_context_takeover", "client_no_context_takeover"] {
            let error = Err(NegotiationError::Duplicate(name.to_owned()));
            assert_eq!(Offer::parse(&parameters(&format!("{name} {name}"))), error);
        }
        for name in ["server_max_window_bits", "client_max_window_bits"] {
            let error = Err(NegotiationError::Duplicate(name.to_owned()));
            assert_eq!(Offer::parse(&parameters(&format!("{name}=10 {name}=10"))), error);
        }
        let error = Err(NegotiationError::Duplicate("client_max_window_bits".to_owned()));
        let twice = "client_max_window_bits client_max_window_bits=9";
        assert_eq!(Offer::parse(&parameters(twice)), error);
    }

    #[test]
    fn refuses_illegal_values() {
        for text in [
            "server_no_context_takeover=1",
            "client_no_context_takeover=true",
            "server_max_window_bits",
            "server_max_window_bits=7",
            "server_max_window_bits=08",
            "server_max_window_bits=16",
            "client_max_window_bits=7",
            "client_max_window_bits=09",
            "client_max_window_bits=16",
            "client_max_window_bits=x",
        ] {
            let error = Err(NegotiationError::Value(text.to_owned()));
            assert_eq!(Offer::parse(&parameters(text)), error);
        }
    }

    // Both sides

    #[test]
    fn each_side_has_its_own_parameters() {
        let agreed = Agreed {
            server_no_context_takeover: true,
            client_no_context_takeover: false,
            server_max_window_bits: bits(9),
            client_max_window_bits: bits(10),
        };
        assert!(agreed.no_context_takeover(Role::Server));
        assert!(!agreed.no_context_takeover(Role::Client));
        assert_eq!(agreed.max_window_bits(Role::Server), bits(9));
        assert_eq!(agreed.max_window_bits(Role::Client), bits(10));
    }

    // Answer

    #[test]
    fn agrees_on_the_defaults_without_parameters() {
        assert_eq!(accept("", ""), Ok(Agreed::default()));
        assert_eq!(accept("client_max_window_bits", ""), Ok(Agreed::default()));
    }

    #[test]
    fn the_server_may_empty_its_window_unasked() {
        let agreed = Agreed { server_no_context_takeover: true, ..Agreed::default() };
        let name = "server_no_context_takeover";
        assert_eq!(accept("", name), Ok(agreed.clone()));
        assert_eq!(accept(name, name), Ok(agreed));
    }

    #[test]
    fn the_server_must_empty_its_window_when_asked() {
        let error = Err(NegotiationError::Missing("server_no_context_takeover"));
        assert_eq!(accept("server_no_context_takeover", ""), error);
        assert_eq!(accept("server_no_context_takeover", "client_no_context_takeover"), error);
    }

    #[test]
    fn the_client_empties_its_window_when_either_side_said_so() {
        let agreed = Agreed { client_no_context_takeover: true, ..Agreed::default() };
        let name = "client_no_context_takeover";
        for (offered, answered) in [(name, ""), ("", name), (name, name)] {
            assert_eq!(accept(offered, answered), Ok(agreed.clone()));
        }
    }

    #[test]
    fn the_server_may_limit_its_window_unasked() {
        for size in 8..=15 {
            let agreed = Agreed { server_max_window_bits: bits(size), ..Agreed::default() };
            assert_eq!(accept("", &format!("server_max_window_bits={size}")), Ok(agreed));
        }
    }

    #[test]
    fn the_server_keeps_to_the_limit_or_goes_below() {
        for offered in 8..=15 {
            for answered in 8..=15 {
                let result = accept(
                    &format!("server_max_window_bits={offered}"),
                    &format!("server_max_window_bits={answered}"),
                );
                let expected = if answered <= offered {
                    Ok(Agreed { server_max_window_bits: bits(answered), ..Agreed::default() })
                } else {
                    Err(NegotiationError::TooLarge("server_max_window_bits"))
                };
                assert_eq!(result, expected);
            }
        }
    }

    #[test]
    fn the_server_must_answer_a_limit_of_its_window() {
        let error = Err(NegotiationError::Missing("server_max_window_bits"));
        assert_eq!(accept("server_max_window_bits=15", ""), error);
    }

    #[test]
    fn the_server_may_limit_the_window_of_the_client_when_offered() {
        for size in 8..=15 {
            let agreed = Agreed { client_max_window_bits: bits(size), ..Agreed::default() };
            let answered = format!("client_max_window_bits={size}");
            assert_eq!(accept("client_max_window_bits", &answered), Ok(agreed));
        }
    }

    #[test]
    fn the_server_may_not_limit_the_window_of_the_client_unasked() {
        let error = Err(NegotiationError::NotOffered("client_max_window_bits"));
        assert_eq!(accept("", "client_max_window_bits=15"), error);
        assert_eq!(accept("", "client_max_window_bits"), error);
    }

    #[test]
    fn the_client_keeps_to_its_own_limit_or_goes_below() {
        for offered in 8..=15 {
            let offer = format!("client_max_window_bits={offered}");
            let agreed = Agreed { client_max_window_bits: bits(offered), ..Agreed::default() };
            assert_eq!(accept(&offer, ""), Ok(agreed));
            for answered in 8..=15 {
                let expected = if answered <= offered {
                    Ok(Agreed { client_max_window_bits: bits(answered), ..Agreed::default() })
                } else {
                    Err(NegotiationError::TooLarge("client_max_window_bits"))
                };
                assert_eq!(accept(&offer, &format!("client_max_window_bits={answered}")), expected);
            }
        }
    }

    #[test]
    fn an_answer_limits_the_window_of_the_client_by_a_number() {
        let error = Err(NegotiationError::Value("client_max_window_bits".to_owned()));
        assert_eq!(accept("client_max_window_bits", "client_max_window_bits"), error);
        assert_eq!(accept("client_max_window_bits=10", "client_max_window_bits"), error);
    }

    #[test]
    fn refuses_answers_as_it_refuses_offers() {
        let unknown = Err(NegotiationError::Unknown("x".to_owned()));
        assert_eq!(accept("client_max_window_bits", "x"), unknown);
        let illegal = Err(NegotiationError::Value("server_max_window_bits=08".to_owned()));
        assert_eq!(accept("server_max_window_bits=8", "server_max_window_bits=08"), illegal);
        let twice = Err(NegotiationError::Duplicate("server_no_context_takeover".to_owned()));
        let answered = "server_no_context_takeover server_no_context_takeover";
        assert_eq!(accept("server_no_context_takeover", answered), twice);
    }

    /// The table of [`Offer::accept`] again, written differently, over all offers and answers.
    #[test]
    fn every_offer_meets_every_answer() {
        let allows = |limit: Option<WindowBits>, size| limit.is_none() || size <= limit;
        let answers = all_offers().into_iter().map(|answered| {
            let stated = parameters(&answered.parameters().join(" "));
            (answered, stated)
        });
        let answers: Vec<_> = answers.collect();
        for offered in all_offers() {
            for (answered, stated) in &answers {
                let agreeable = (!offered.server_no_context_takeover
                    || answered.server_no_context_takeover)
                    && (offered.server_max_window_bits.is_none()
                        || answered.server_max_window_bits.is_some()
                            && allows(
                                offered.server_max_window_bits,
                                answered.server_max_window_bits,
                            ))
                    && match (offered.client_max_window_bits, answered.client_max_window_bits) {
                        (_, None) => true,
                        (None, Some(_)) | (_, Some(None)) => false,
                        (Some(limit), Some(size)) => allows(limit, size),
                    };
                let result = offered.accept(stated);
                assert_eq!(result.is_ok(), agreeable, "{offered:?} {answered:?}");
            }
        }
    }

    // The server's answer

    /// What a server that is set to `own` answers, and what is agreed.
    fn answer_to(offered: &str, own: &str) -> (String, Agreed) {
        let (answer, agreed) = offer(offered).answer(&offer(own));
        (answer.parameters().join(" "), agreed)
    }

    #[test]
    fn a_server_answers_what_either_side_wants() {
        for (offered, own, answered) in [
            ("", "", ""),
            ("client_max_window_bits", "", ""),
            ("client_max_window_bits", "client_max_window_bits", ""),
            ("server_no_context_takeover", "", "server_no_context_takeover"),
            ("", "server_no_context_takeover", "server_no_context_takeover"),
            ("client_no_context_takeover", "", "client_no_context_takeover"),
            ("", "client_no_context_takeover", "client_no_context_takeover"),
            ("server_max_window_bits=10", "", "server_max_window_bits=10"),
            ("", "server_max_window_bits=9", "server_max_window_bits=9"),
            ("server_max_window_bits=10", "server_max_window_bits=9", "server_max_window_bits=9"),
            ("server_max_window_bits=8", "server_max_window_bits=9", "server_max_window_bits=8"),
            ("client_max_window_bits", "client_max_window_bits=9", "client_max_window_bits=9"),
            ("client_max_window_bits=10", "", "client_max_window_bits=10"),
            ("client_max_window_bits=10", "client_max_window_bits=12", "client_max_window_bits=10"),
            ("client_max_window_bits=10", "client_max_window_bits=9", "client_max_window_bits=9"),
            // It cannot be asked for unoffered.
            ("", "client_max_window_bits=9", ""),
        ] {
            assert_eq!(answer_to(offered, own).0, answered, "{offered:?} {own:?}");
        }
    }

    #[test]
    fn both_sides_agree_on_the_same_whatever_is_offered() {
        for offered in all_offers() {
            for own in all_offers() {
                let (answer, agreed) = offered.answer(&own);
                let stated = parameters(&answer.parameters().join(" "));
                assert_eq!(offered.accept(&stated), Ok(agreed.clone()), "{offered:?} {own:?}");
                assert!(agreed.server_no_context_takeover || !own.server_no_context_takeover);
                assert!(agreed.client_no_context_takeover || !own.client_no_context_takeover);
                let limit = own.server_max_window_bits.unwrap_or(WindowBits::MAX);
                assert!(agreed.server_max_window_bits <= limit);
                let limit = own.client_max_window_bits.flatten().unwrap_or(WindowBits::MAX);
                assert!(
                    agreed.client_max_window_bits <= limit
                        || offered.client_max_window_bits.is_none()
                );
            }
        }
    }

    #[test]
    fn what_is_invalid_is_declined_and_the_next_offer_looked_at() {
        let extension = |name: &str, texts: &str| {
            let parameters: Vec<_> = texts.split_whitespace().collect();
            Extension::new(name, &parameters).unwrap()
        };
        let answer_to = |offered: &[Extension]| {
            answer(offered, &Offer::EMPTY).map(|(place, answer, _)| (place, answer.parameters()))
        };
        let good = || extension(NAME, "server_max_window_bits=10");
        for texts in [
            "x",
            "server_max_window_bits",
            "server_max_window_bits=7",
            "server_max_window_bits=16",
            "client_max_window_bits=08",
            "server_no_context_takeover=1",
            "client_no_context_takeover client_no_context_takeover",
        ] {
            let bad = || extension(NAME, texts);
            assert_eq!(answer_to(&[bad()]), None, "{texts}");
            let expected = Some((2, vec!["server_max_window_bits=10".to_owned()]));
            assert_eq!(answer_to(&[extension("x", ""), bad(), good(), bad()]), expected);
        }
        assert_eq!(answer_to(&[extension("PERMESSAGE-DEFLATE", "")]), None);
        assert_eq!(answer_to(&[extension(NAME, ""), good()]), Some((0, vec![])));
    }

    // Messages

    #[test]
    fn says_what_is_wrong() {
        for (error, text) in [
            (NegotiationError::Unknown("x".to_owned()), "unknown parameter \"x\""),
            (NegotiationError::Duplicate("x".to_owned()), "duplicate parameter x"),
            (NegotiationError::Value("x=08".to_owned()), "illegal value: x=08"),
            (NegotiationError::NotOffered("x"), "parameter x was not offered"),
            (NegotiationError::TooLarge("x"), "x is larger than was offered"),
            (NegotiationError::Missing("x"), "the server did not agree to x"),
        ] {
            assert_eq!(error.to_string(), format!("permessage-deflate: {text}"));
        }
    }
}
