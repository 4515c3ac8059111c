//! Tcl's C API made safe: the only room with `unsafe` against Tcl.
//!
//! What the rooms above use is safe Rust: [`Interp`], [`Value`], [`ByteArray`] and [`Deferred`],
//! [`Channel`], [`PendingSocket`], [`ListeningSocket`], [`Timer`] and [`Soon`] for the event loop,
//! [`ScriptChannel`] for channels that stay the script's, [`BeforeWait`] for output that is
//! collected and [`BeforeExit`] for what is left of it, [`Job`] for work in another thread, files
//! as the interpreter has them ([`FileError`], [`Temporary`]), [`Class`] for TclOO, commands that
//! may wait ([`Completion`], [`Pending`]), and [`Error`] with Tcl's return options. Nothing here
//! knows what a WebSocket is: names and `-errorcode`s that scripts see are handed in ([`Faults`]).
//! `sys` has the raw functions; those that Tcl calls are defined by the macro in `guard`.
//!
//! Everything belongs to the thread of its interpreter; the types are not `Send`. No borrow of a
//! `RefCell` may be held while a script runs, since scripts may call anything again.

mod ascii;
mod before_exit;
mod before_wait;
mod byte_array;
mod channel;
mod class;
mod command;
mod deferred;
mod error;
mod files;
#[cfg(own_sockets)]
mod fork;
mod guard;
mod interp;
mod job;
mod listening_socket;
mod load;
mod pending_socket;
#[cfg(own_sockets)]
mod poller;
#[cfg(own_sockets)]
mod reactor;
mod readiness;
mod script_channel;
#[cfg(own_sockets)]
mod short_wait;
#[cfg(own_sockets)]
mod socket;
mod soon;
mod sys;
mod temporary;
#[cfg(test)]
pub(crate) mod testing;
mod timer;
mod value;

pub(crate) use before_exit::{BeforeExit, Unfinished, call_before_exit};
pub(crate) use before_wait::{BeforeWait, call_before_wait};
pub(crate) use byte_array::ByteArray;
pub(crate) use channel::{Channel, Discarded, describe};
pub(crate) use class::{Call, Class, Method, MethodBody, Object, ObjectState, StateTypes};
pub(crate) use command::{Completion, Pending};
pub(crate) use deferred::{Deferred, MAX_DEFERRED};
pub(crate) use error::{Error, Faults, Reply};
pub(crate) use files::FileError;
pub(crate) use interp::Interp;
pub(crate) use job::Job;
pub(crate) use listening_socket::ListeningSocket;
pub(crate) use load::load;
pub(crate) use pending_socket::{Connect, PendingSocket};
pub(crate) use readiness::Readiness;
pub(crate) use script_channel::ScriptChannel;
pub(crate) use soon::Soon;
pub(crate) use temporary::Temporary;
pub(crate) use timer::Timer;
pub(crate) use value::{LoneSurrogate, NotBytes, Value, max_length};
