//! An interpreter stays in its thread.
#![allow(dead_code, unused)]

#[path = "../../src/tcl/mod.rs"]
mod tcl;

use tcl::Interp;

fn move_to_a_helper(interp: &Interp) {
    let same = interp.clone();
    tcl::Job::start(interp, move || drop(same), |_| {}); //~ E0277
}

fn share_with_a_thread(interp: &'static Interp) {
    std::thread::spawn(move || interp.is_safe()); //~ E0277
}

fn main() {}
