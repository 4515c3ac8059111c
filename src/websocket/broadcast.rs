//! What is sent to many connections at once is encoded once: while a broadcast goes on, frames and
//! compressed messages are kept by the value that they were made of, and whoever would make the
//! same again shares them. Each message goes through the methods of its object as always.

use std::{cell::RefCell, mem};

use crate::{
    protocol::websocket::{Header, deflate::CompressorSettings},
    tcl::Value,
};

/// How much is kept: by far more than there are sorts of connections. A class that makes another
/// message for each connection finds nothing here.
const KEPT: usize = 32;

thread_local! {
    static MADE: RefCell<Option<Made>> = const { RefCell::new(None) };
}

/// What was made in the present broadcast.
#[derive(Default)]
struct Made {
    frames: Vec<(Value, Header, Value)>,
    compressed: Vec<(Value, CompressorSettings, Option<Value>)>,
}

/// A broadcast that goes on until this is dropped.
pub(crate) struct Broadcast {
    /// What was made in the one around it, whose script has begun this one.
    outer: Option<Made>,
}

impl Broadcast {
    /// Begins.
    pub(crate) fn begin() -> Self {
        Self { outer: MADE.replace(Some(Made::default())) }
    }

    /// Whether one goes on.
    pub(crate) fn is_under_way() -> bool {
        MADE.with_borrow(Option::is_some)
    }

    /// The frame with this header of this data, if it was made.
    pub(super) fn frame(header: &Header, data: &Value) -> Option<Value> {
        MADE.with_borrow(|made| {
            let mut frames = made.as_ref()?.frames.iter();
            let (.., frame) = frames.find(|(of, with, _)| of.is_same(data) && with == header)?;
            Some(frame.clone())
        })
    }

    /// Keeps a frame.
    pub(super) fn keep_frame(header: &Header, data: &Value, frame: &Value) {
        MADE.with_borrow_mut(|made| {
            if let Some(made) = made.as_mut().filter(|made| made.frames.len() < KEPT) {
                made.frames.push((data.clone(), *header, frame.clone()));
            }
        });
    }

    /// What compressors with these settings make of this data, if that is known: nothing, where it
    /// is sent as it is.
    pub(crate) fn compressed(data: &Value, settings: CompressorSettings) -> Option<Option<Value>> {
        MADE.with_borrow(|made| {
            let mut known = made.as_ref()?.compressed.iter();
            let is = |of: &Value, by| of.is_same(data) && by == settings;
            known.find(|(of, by, _)| is(of, *by)).map(|(.., compressed)| compressed.clone())
        })
    }

    /// Keeps that.
    pub(crate) fn keep_compressed(
        data: &Value,
        settings: CompressorSettings,
        compressed: Option<&Value>,
    ) {
        MADE.with_borrow_mut(|made| {
            if let Some(made) = made.as_mut().filter(|made| made.compressed.len() < KEPT) {
                made.compressed.push((data.clone(), settings, compressed.cloned()));
            }
        });
    }
}

impl Drop for Broadcast {
    fn drop(&mut self) {
        // Values are freed when nothing is borrowed.
        let made = MADE.replace(mem::take(&mut self.outer));
        drop(made);
    }
}
