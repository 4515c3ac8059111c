//! A call of a method stays in its thread, and neither it nor its arguments are kept beyond it.
#![allow(dead_code, unused)]

#[path = "../../src/tcl/mod.rs"]
mod tcl;

use std::{cell::Cell, rc::Rc};

use tcl::{Call, Error, MethodBody, Value};

struct Keeper {
    call: Cell<Option<&'static Call<'static>>>,
    arguments: Cell<&'static [Value]>,
}

const BODIES: [MethodBody<Keeper>; 2] =
    [MethodBody::Returns(keep_the_call), MethodBody::Returns(keep_the_arguments)];

fn keep_the_call(keeper: &Rc<Keeper>, call: &Call<'_>) -> Result<Value, Error> {
    keeper.call.set(Some(call)); //~ E0521
    Ok(Value::empty())
}

fn keep_the_arguments(keeper: &Rc<Keeper>, call: &Call<'_>) -> Result<Value, Error> {
    keeper.arguments.set(call.arguments()); //~ E0521
    Ok(Value::empty())
}

fn share_with_a_thread(call: &'static Call<'static>) {
    std::thread::spawn(move || call.arguments().len()); //~ E0277
}

fn main() {}
