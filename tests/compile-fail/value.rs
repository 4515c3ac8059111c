//! A value stays in the thread of its interpreter, and what it lends comes back.
#![allow(dead_code, unused)]

#[path = "../../src/tcl/mod.rs"]
mod tcl;

use tcl::{Interp, Value};

fn move_to_a_helper(interp: &Interp, value: Value) {
    tcl::Job::start(interp, move || drop(value), |_| {}); //~ E0277
}

fn share_with_a_thread(value: &'static Value) {
    std::thread::spawn(move || value.is_empty()); //~ E0277
}

fn keep_the_bytes(value: &Value, kept: &mut &[u8]) {
    let _ = value.with_bytes(|bytes| *kept = bytes); //~ E0521
}

fn main() {}
