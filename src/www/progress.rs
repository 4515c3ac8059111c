//! The option `-progress`: a command prefix that is told how far the contents have come.

use std::rc::Rc;

use crate::{
    client::{self, Direction, Progress},
    context::Context,
    tcl::Value,
};

/// A command prefix that is told.
pub(super) struct Told {
    context: Rc<Context>,
    prefix: Vec<Value>,
}

impl Told {
    /// The one of this prefix; `None` where that is empty.
    pub(super) fn find(context: &Rc<Context>, prefix: &Value) -> Option<Rc<dyn Progress>> {
        let prefix = prefix.elements().filter(|words| !words.is_empty())?;
        Some(Rc::new(Self { context: Rc::clone(context), prefix }))
    }
}

impl Progress for Told {
    fn tell(&self, way: Direction, bytes: u64, total: Option<u64>) -> Result<(), client::Error> {
        let way = match way {
            Direction::Up => "up",
            Direction::Down => "down",
        };
        let total = total.map_or_else(Value::empty, Value::from);
        let words = [Value::string(way), Value::from(bytes), total];
        self.context.interp.call(self.prefix.iter().chain(&words))?;
        Ok(())
    }
}
