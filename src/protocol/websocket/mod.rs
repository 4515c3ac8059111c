//! RFC 6455 and RFC 7692 without I/O: bytes in, messages out. No Tcl, no sockets, no clock and no
//! randomness in here: nonces and masking keys are arguments. Each side has its own half of the
//! opening handshake; everything after it is for either [`Role`].
//!
//! | file                | reason to exist                                                        |
//! |---------------------|------------------------------------------------------------------------|
//! | `handshake.rs`      | the headers of the opening handshake: sending and checking them        |
//! | `acceptance.rs`     | the server's half of it: checking a request, and accepting it          |
//! | `extensions.rs`     | the header that negotiates extensions: offer and answer                |
//! | `deflate/`          | permessage-deflate (RFC 7692): negotiation, compression, decompression |
//! | `reserved.rs`       | which reserved bits the negotiated extensions define                   |
//! | `role.rs`           | which side of the connection we are                                    |
//! | `violation.rs`      | why a connection is failed, and with which close code                  |
//! | `frame.rs`          | a frame: decoding the header of the other side's, encoding ours        |
//! | `mask.rs`           | masking and unmasking a payload                                        |
//! | `utf8.rs`           | UTF-8 checked while it arrives                                         |
//! | `receiver.rs`       | bytes from the other side become whole messages                        |
//! | `receiver/parts.rs` | or parts of messages, which nobody gathers                             |
//! | `text_parts.rs`     | a text cut at the borders of characters, and checked                   |
//! | `sender.rs`         | which frames may go out in which order                                 |
//! | `fragments.rs`      | where a message is split into fragments of a size                      |
//! | `close.rs`          | the close message and the codes that it may carry                      |
//! | `closing.rs`        | the closing handshake: what both sides said, what is due, how it ended |
//!
//! # The contract with the driver
//!
//! **Opening.** A client sends [`handshake::request_headers`], and gives the headers of the 101 to
//! [`handshake::verify`], and what the server's parameters of permessage-deflate are to
//! [`deflate::Offer::accept`]. A server gives the request to [`acceptance::check`], and answers a
//! 101 with [`acceptance::response_headers`]. The bytes behind the head of the other side are the
//! first ones for the receiver. [`deflate::answer`] takes one of the offers of permessage-deflate.
//!
//! [`Receiver`], [`Sender`], [`Closing`] and the two of deflate are each told which side we are.
//!
//! **In.** Give what was read to [`Receiver::receive`] until it returns `Ok(None)`; it keeps what
//! it still needs. Control frames come out as messages, and the driver sends the replies: a pong
//! for a ping, and for a close what [`CloseMessage::parse`] and then [`Closing::record_received`]
//! return. Once [`Closing::discards_input`], nothing more is given to the receiver. Of a large
//! message the driver may read directly into the store, between [`Receiver::take_store`] and
//! [`Receiver::put_store`]. [`Receiver::receive_part`] gives a message in parts instead; those of a
//! text go to [`TextParts`], behind the decompressor if there is one. For a log,
//! [`Receiver::receive_observed`] tells a [`FrameObserver`] of each frame.
//!
//! **Out.** [`Sender::header`] allows a frame and makes its header; for a client it asks for a
//! masking key, which has to come fresh from a cryptographic generator. [`frame::encode`] writes
//! the frame into [`Sender::encoded_len`] bytes. A close frame that was sent is reported to
//! [`Closing::record_sent`]. To split a message, send what [`fragments::fragments`] says, between
//! [`Sender::begin_split`] and [`Sender::end_split`], with headers of [`Sender::fragment_header`].
//!
//! **Deflate.** When it was agreed, [`deflate::Compressor`] gets each text and binary message
//! before it is sent, and [`deflate::Decompressor`] those that arrive with RSV1, whole or in parts.
//!
//! **The end.** A [`Violation`] from any of these fails the connection: hand it to
//! [`Closing::fail`], and send what that returns. When a close message has passed, either way, or
//! the connection was failed, [`Closing::next`] says what is due on the TCP connection once the
//! output is written. When that connection is gone, [`Closing::status`] returns the code and the
//! reason for the user.
//!
//! Nothing here panics on what a peer sends, allocates from a length that was only announced, or
//! takes more than linear time.

pub mod acceptance;
pub mod close;
pub mod closing;
pub mod deflate;
pub mod extensions;
pub mod fragments;
pub mod frame;
pub mod handshake;
pub mod mask;
pub mod receiver;
pub mod reserved;
pub mod role;
pub mod sender;
pub mod text_parts;
pub mod utf8;
pub mod violation;

pub use close::{CloseArgumentError, CloseMessage, CloseStatus};
pub use closing::{CloseStep, Closing, End};
pub use extensions::{Extension, Parameter};
pub use frame::{Flags, Header, Opcode, Rsv};
pub use receiver::{FrameObserver, Message, Part, PartOrMessage, Receiver};
pub use reserved::Negotiated;
pub use role::Role;
pub use sender::{SendError, Sender};
pub use text_parts::TextParts;
pub use violation::Violation;
