//! Which reserved bits have a meaning: those that the negotiated extensions define.

use super::{
    deflate,
    extensions::Extension,
    frame::{Opcode, Rsv},
};

/// The extensions of a connection, as far as its [`Receiver`](super::receiver::Receiver) has to
/// know them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Negotiated {
    /// None.
    #[default]
    Nothing,
    /// permessage-deflate, and no other.
    Deflate,
    /// Others, which may define any bit.
    Others,
}

impl Negotiated {
    /// These extensions were accepted.
    pub fn of(extensions: &[Extension]) -> Self {
        match extensions {
            [] => Self::Nothing,
            [extension] if extension.name() == deflate::NAME => Self::Deflate,
            _ => Self::Others,
        }
    }

    /// Whether an extension processes the messages.
    pub(super) fn is_extended(self) -> bool {
        self != Self::Nothing
    }

    /// Whether each of these bits may be set in a frame of this type.
    ///
    /// RSV1, RSV2, RSV3 "MUST be 0 unless an extension is negotiated that defines meanings for
    /// non-zero values" (RFC 6455 section 5.2); none does so for the later fragments of a message.
    /// permessage-deflate defines RSV1 of a message's first frame: "An endpoint MUST NOT set the
    /// 'Per-Message Compressed' bit of control frames and non-first fragments of a data message."
    /// (RFC 7692 section 6.1)
    pub(super) fn allows(self, rsv: Rsv, opcode: Opcode) -> bool {
        let is_allowed = match self {
            Self::Nothing => false,
            Self::Deflate => rsv == Rsv::NONE.with_rsv1() && !opcode.is_control(),
            Self::Others => true,
        };
        rsv.is_none() || is_allowed && opcode != Opcode::Continuation
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn negotiated(names: &[&str]) -> Negotiated {
        let extensions = names.iter().map(|name| Extension::new(name, &[""; 0]).expect("a token"));
        Negotiated::of(&extensions.collect::<Vec<_>>())
    }

    #[test]
    fn only_permessage_deflate_alone_is_known() {
        assert_eq!(negotiated(&[]), Negotiated::Nothing);
        assert_eq!(negotiated(&["permessage-deflate"]), Negotiated::Deflate);
        assert_eq!(negotiated(&["x"]), Negotiated::Others);
        assert_eq!(negotiated(&["permessage-deflate", "x"]), Negotiated::Others);
        assert_eq!(negotiated(&["x", "permessage-deflate"]), Negotiated::Others);
    }

    #[test]
    fn the_bits_of_each_frame() {
        let opcodes = [0x0, 0x1, 0x2, 0x8, 0x9, 0xA].map(Opcode::from_bits).map(Option::unwrap);
        for negotiated in [Negotiated::Nothing, Negotiated::Deflate, Negotiated::Others] {
            for opcode in opcodes {
                let is_first = matches!(opcode, Opcode::Text | Opcode::Binary);
                for bits in 0..8 {
                    let expected = bits == 0
                        || match negotiated {
                            Negotiated::Nothing => false,
                            Negotiated::Deflate => bits == 0b100 && is_first,
                            Negotiated::Others => opcode != Opcode::Continuation,
                        };
                    let is_allowed = negotiated.allows(Rsv::from_bits(bits), opcode);
                    assert_eq!(is_allowed, expected, "{negotiated:?} {opcode} {bits:03b}");
                }
            }
        }
    }
}
