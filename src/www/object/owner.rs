//! The state behind an object of `::www::WebSocket`, which is the owner of its connection: it calls
//! the object's methods and the script's callbacks.

use std::{
    cell::{Cell, OnceCell, RefCell},
    rc::{Rc, Weak},
};

use super::callbacks::{Callbacks, Prefix, Type};
use crate::{
    context::Context,
    protocol::websocket::{CloseStatus, Extension, Opcode, deflate::Decompressor},
    tcl::{Class, Error, Object, ObjectState, StateTypes, Value},
    websocket::{Arrived, Coming, Connection, Event, Offered, Owner, Wants},
};

/// An object and its connection.
pub(crate) struct WebSocket {
    connection: Rc<Connection>,
    /// What was offered to the server; where we are the server, what the client may have.
    offered: Box<[Extension]>,
    object: OnceCell<Object>,
    callbacks: RefCell<Callbacks>,
    /// What decompresses messages, where permessage-deflate was agreed upon.
    decompressor: Cell<Option<Rc<RefCell<Decompressor>>>>,
    /// The callback for the end of the connection, once all others are disabled.
    close_callback: Cell<Option<Prefix>>,
}

impl WebSocket {
    /// Makes the object of a connection.
    pub(super) fn create(
        class: &Class<Self>,
        connection: &Rc<Connection>,
        offered: &[Offered],
    ) -> Result<Rc<Self>, Error> {
        let websocket = Rc::new(Self {
            connection: Rc::clone(connection),
            offered: offered.iter().map(|offered| offered.extension.clone()).collect(),
            object: OnceCell::new(),
            callbacks: RefCell::default(),
            decompressor: Cell::default(),
            close_callback: Cell::default(),
        });
        let object = class.instantiate(&connection.context().interp, Rc::clone(&websocket))?;
        // Cannot be set already: the state is new.
        let _ = websocket.object.set(object);
        let owner: Weak<dyn Owner> = Rc::downgrade(&websocket) as _;
        connection.set_owner(owner);
        Ok(websocket)
    }

    /// The connection.
    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// What everything in this interpreter shares.
    pub(super) fn context(&self) -> &Context {
        self.connection.context()
    }

    /// The extension of this name as it was offered to the server, or may be had by the client.
    pub(super) fn offered(&self, name: &str) -> Option<&Extension> {
        self.offered.iter().find(|extension| extension.name() == name)
    }

    /// Sets what decompresses messages that come in parts.
    pub(super) fn set_decompressor(&self, decompressor: &Rc<RefCell<Decompressor>>) {
        self.decompressor.set(Some(Rc::clone(decompressor)));
    }

    /// The object's present name.
    pub(crate) fn object_name(&self) -> Value {
        self.object.get().map_or_else(Value::empty, Object::name)
    }

    /// Whether there is an object: a script may have destroyed it while this is in use.
    pub(crate) fn has_object(&self) -> bool {
        self.object.get().is_some_and(Object::exists)
    }

    /// The full name of the object's `my` command.
    pub(super) fn my_name(&self) -> Option<&Value> {
        self.object.get().map(Object::my)
    }

    /// Calls a private method of the object, the outermost override first, for what it does.
    pub(super) fn my<const N: usize>(
        &self,
        method: &Value,
        arguments: [&Value; N],
    ) -> Result<(), Error> {
        let Some(my) = self.my_name() else { return Ok(()) };
        let words = [my, method].into_iter().chain(arguments);
        self.context().interp.run(words).map_err(Error::into_ordinary)
    }

    /// The same for what the method returns.
    pub(super) fn my_result<const N: usize>(
        &self,
        method: &Value,
        arguments: [&Value; N],
    ) -> Result<Value, Error> {
        let Some(my) = self.my_name() else { return Ok(Value::empty()) };
        self.context().interp.call([my, method].into_iter().chain(arguments))
    }

    /// Makes these classes the mixins of the object, the first one outermost.
    pub(super) fn mix_in(&self, classes: &[Value]) -> Result<(), Error> {
        let name = self.object_name();
        let words = ["::oo::objdefine", "mixin"].map(Value::string);
        let words = [&words[0], &name, &words[1]];
        self.context().interp.call(words.into_iter().chain(classes)).map(drop)
    }

    /// What the method `callback` does: sets or disables callbacks.
    pub(super) fn set_callbacks(&self, types: &Value, prefix: &Value) -> Result<(), Error> {
        self.callbacks.borrow_mut().set(types, prefix)?;
        self.connection.callbacks_changed();
        Ok(())
    }

    /// What the private method `Callback` does: fires a type that an extension defines, or one of
    /// ours. Tells whether there is a callback for it.
    pub(super) fn callback(&self, name: &Value, arguments: &[Value]) -> bool {
        self.fire_type(&Type::of(name), name, arguments)
    }

    fn fire_type(&self, kind: &Type, word: &Value, arguments: &[Value]) -> bool {
        let prefix = self.callbacks.borrow().prefix(kind);
        if let Some(prefix) = &prefix {
            self.run(prefix, word, arguments);
        }
        prefix.is_some()
    }

    /// How many methods are behind `Receive`, if all of them are the package's.
    fn ours_of_receive(&self) -> Option<i64> {
        let literals = &self.context().literals;
        let words = [&literals.apply, &literals.ours_of_receive, &self.object_name()];
        // Where that is an error, somebody has been at the class.
        self.context().interp.call(words).ok()?.to_integer()
    }

    /// Calls the callback for a part of a message.
    #[cold]
    fn fire_part(&self, message: Arrived, last: bool) {
        let prefix = self.callbacks.borrow_mut().part_prefix(last);
        let Some(prefix) = prefix else { return };
        let literals = &self.context().literals;
        let event = if message.opcode == Opcode::Text { Event::Text } else { Event::Binary };
        let kind = event.literal(literals).clone();
        self.run(&prefix, &literals.fragment, &[kind, message.data, Value::integer(last.into())]);
    }

    /// Runs a callback. Its errors are the script's affair and leave the connection alone.
    fn run(&self, prefix: &[Value], word: &Value, arguments: &[Value]) {
        let interp = &self.context().interp;
        match interp.run(prefix.iter().chain([word]).chain(arguments)) {
            // What it returned may be large, and nobody asks for it.
            Ok(()) => interp.reset_result(),
            Err(error) => error.report_in_background(interp),
        }
    }
}

impl Owner for WebSocket {
    fn read(&self) -> Result<Value, Error> {
        let Some(my) = self.my_name() else { return Ok(Value::empty()) };
        self.context().interp.call([my, &self.context().literals.read])
    }

    fn receive(&self, message: Arrived) -> Result<(), Error> {
        if let Some(last) = message.part {
            self.fire_part(message, last);
            return Ok(());
        }
        let literals = &self.context().literals;
        let Arrived { opcode, rsv, data, .. } = &message;
        let with_rsv;
        let flags = match rsv.is_none() {
            true => &literals.no_rsv,
            false => {
                with_rsv = Value::string(&rsv.to_string());
                &with_rsv
            }
        };
        self.my(&literals.receive, [literals.opcode(*opcode), data, flags])
    }

    fn overrides_receive(&self) -> bool {
        self.ours_of_receive() != Some(1)
    }

    fn coming(&self) -> Coming {
        match self.ours_of_receive() {
            Some(1) => Coming::InParts(None),
            Some(2) => {
                let decompressor = self.decompressor.take();
                self.decompressor.set(decompressor.clone());
                Coming::InParts(decompressor)
            }
            _ => Coming::Whole,
        }
    }

    fn transmit(&self, opcode: Opcode, data: Value) -> Result<(), Error> {
        let literals = &self.context().literals;
        self.my(&literals.transmit, [literals.opcode(opcode), &data])
    }

    fn transmit_part(&self, opcode: Opcode, data: Value, last: bool) -> Result<(), Error> {
        let literals = &self.context().literals;
        let flags = Value::integer(last.into());
        self.my(&literals.transmit, [literals.opcode(opcode), &data, &flags])
    }

    fn write(&self, bytes: Value) -> Result<(), Error> {
        self.my(&self.context().literals.write, [&bytes])
    }

    fn wants(&self) -> Wants {
        self.callbacks.borrow().wants()
    }

    fn fire(&self, event: Event, arguments: &[Value]) -> bool {
        self.fire_type(&Type::Event(event), event.literal(&self.context().literals), arguments)
    }

    fn disable_callbacks(&self) {
        let callbacks = self.callbacks.take();
        self.close_callback.set(callbacks.prefix(&Type::Close));
    }

    fn closed(&self, status: &CloseStatus) {
        if let Some(prefix) = self.close_callback.take() {
            let arguments = [Value::integer(status.code.into()), Value::string(&status.reason)];
            self.run(&prefix, &self.context().literals.close, &arguments);
        }
    }

    fn delete(&self) {
        if let Some(object) = self.object.get() {
            object.delete();
        }
    }

    fn name(&self) -> String {
        self.object_name().to_utf8_lossy()
    }
}

impl ObjectState for WebSocket {
    fn types() -> &'static StateTypes<Self> {
        static TYPES: StateTypes<WebSocket> = StateTypes::new(c"www::websocket method");
        &TYPES
    }

    fn deleted(&self) {
        if let Some(object) = self.object.get() {
            object.forget();
        }
        self.callbacks.take();
        self.connection.destroy();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As for [`Connection`].
    #[cfg(target_pointer_width = "64")]
    #[test]
    fn an_object_is_small() {
        assert!(size_of::<WebSocket>() <= 120, "{} bytes", size_of::<WebSocket>());
    }
}
