//! The state behind an object of `::www::Listener`: what listens, what it was told, and what came
//! of its connections.

use std::{
    cell::{Cell, OnceCell, Ref, RefCell},
    rc::{Rc, Weak},
};

use super::{
    calls::Calls,
    handshake::{Handshake, HandshakeOptions},
    options::ListenOptions,
};
use crate::{
    context::Context,
    server::{self, Accepts, Conversation},
    tcl::{
        BeforeExit, Class, Error, Object, ObjectState, StateTypes, Unfinished, Value,
        call_before_exit,
    },
    websocket::ConnectionSettings,
    www::object::WebSocket,
};

/// What all listeners of an interpreter share.
pub(crate) struct Shared {
    pub(crate) context: Rc<Context>,
    pub(crate) websockets: Rc<Class<WebSocket>>,
    pub(crate) listeners: Class<Listener>,
    pub(crate) calls: Rc<Calls>,
}

/// What the options of a listener say.
#[derive(Clone)]
pub(super) struct Settings {
    pub(super) own: ListenOptions,
    pub(super) handshake: HandshakeOptions,
    pub(super) connection: ConnectionSettings,
}

/// An object that listens.
pub(crate) struct Listener {
    shared: Rc<Shared>,
    object: OnceCell<Object>,
    socket: OnceCell<Rc<server::Listener>>,
    /// The command prefix that gets each WebSocket.
    prefix: Value,
    settings: RefCell<Settings>,
    handshake: RefCell<Rc<Handshake>>,
    is_deleted: Cell<bool>,
    /// Connections on which HTTP is spoken, and WebSockets, in the order in which they came. Those
    /// that are gone are taken out now and then.
    conversations: RefCell<Members<Conversation>>,
    websockets: RefCell<Members<WebSocket>>,
}

/// Those of which there may be some left.
struct Members<T> {
    all: Vec<Weak<T>>,
    /// With how many to look which are left.
    full: usize,
}

impl<T> Default for Members<T> {
    fn default() -> Self {
        Self { all: Vec::new(), full: Self::LEAST }
    }
}

impl<T> Members<T> {
    const LEAST: usize = 16;

    fn add(&mut self, member: &Rc<T>) {
        if self.all.len() >= self.full {
            self.all.retain(|member| member.strong_count() > 0);
            self.full = (2 * self.all.len()).max(Self::LEAST);
        }
        self.all.push(Rc::downgrade(member));
    }

    fn all(&self) -> Vec<Rc<T>> {
        self.all.iter().filter_map(Weak::upgrade).collect()
    }
}

impl Listener {
    /// The state of a listener that does not listen yet.
    pub(super) fn new(
        shared: &Rc<Shared>,
        prefix: Value,
        settings: Settings,
        handshake: Handshake,
    ) -> Rc<Self> {
        Rc::new(Self {
            shared: Rc::clone(shared),
            object: OnceCell::new(),
            socket: OnceCell::new(),
            prefix,
            settings: RefCell::new(settings),
            handshake: RefCell::new(Rc::new(handshake)),
            is_deleted: Cell::default(),
            conversations: RefCell::default(),
            websockets: RefCell::default(),
        })
    }

    /// Begins to listen, and makes the object. Its name is the result. `accepts` takes the
    /// connections.
    pub(super) fn open(
        self: &Rc<Self>,
        settings: server::ListenSettings,
        accepts: Rc<dyn Accepts>,
    ) -> Result<Value, Error> {
        let interp = &self.shared.context.interp;
        let socket = server::Listener::open(&self.shared.context, settings, accepts)?;
        let object = self.shared.listeners.instantiate(interp, Rc::clone(self));
        if object.is_err() {
            socket.close();
        }
        let name = object.as_ref().map(Object::name).unwrap_or_default();
        // Cannot be set already: the state is new.
        let _ = (self.object.set(object?), self.socket.set(socket));
        call_before_exit(Rc::<Self>::downgrade(self) as Weak<dyn BeforeExit>);
        Ok(name)
    }

    pub(super) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// What listens.
    pub(super) fn socket(&self) -> Option<&Rc<server::Listener>> {
        self.socket.get()
    }

    /// The command prefix that gets each WebSocket.
    pub(super) fn prefix(&self) -> &Value {
        &self.prefix
    }

    /// To be let go of before a script runs.
    pub(super) fn settings(&self) -> Ref<'_, Settings> {
        self.settings.borrow()
    }

    /// What WebSockets may agree on.
    pub(super) fn handshake(&self) -> Rc<Handshake> {
        Rc::clone(&self.handshake.borrow())
    }

    /// What WebSockets to come begin with.
    pub(super) fn connection_settings(&self) -> ConnectionSettings {
        let connection = self.settings.borrow().connection;
        ConnectionSettings { compression: self.handshake.borrow().compression, ..connection }
    }

    /// Changes what holds for connections to come.
    pub(super) fn change(&self, settings: Settings, handshake: Handshake) {
        self.settings.replace(settings);
        self.handshake.replace(Rc::new(handshake));
    }

    /// Whether connections may go on after a request.
    pub(super) fn is_open(&self) -> bool {
        self.socket.get().is_some_and(|socket| socket.is_open())
    }

    pub(super) fn is_deleted(&self) -> bool {
        self.is_deleted.get()
    }

    /// What the method `close` does: no connection is accepted any more, and none on which HTTP is
    /// spoken goes on after the present request.
    pub(super) fn close(&self) {
        if let Some(socket) = self.socket.get() {
            socket.close();
        }
        let conversations = self.conversations.borrow().all();
        conversations.iter().for_each(|conversation| conversation.stop_if_idle());
    }

    /// Adds a connection on which HTTP is spoken.
    pub(super) fn add_conversation(&self, conversation: &Rc<Conversation>) {
        self.conversations.borrow_mut().add(conversation);
    }

    /// Adds a WebSocket.
    pub(super) fn add(&self, websocket: &Rc<WebSocket>) {
        self.websockets.borrow_mut().add(websocket);
    }

    /// The WebSockets whose objects exist, in the order in which they were opened.
    pub(super) fn websockets(&self) -> Vec<Rc<WebSocket>> {
        let mut websockets = self.websockets.borrow().all();
        websockets.retain(|websocket| websocket.has_object());
        websockets
    }
}

impl BeforeExit for Listener {
    /// The answers that are on their way. WebSockets have their own.
    fn before_exit(&self) -> Vec<Box<dyn Unfinished>> {
        let conversations = self.conversations.borrow().all();
        conversations.iter().filter_map(|conversation| conversation.before_exit()).collect()
    }
}

impl ObjectState for Listener {
    fn types() -> &'static StateTypes<Self> {
        static TYPES: StateTypes<Listener> = StateTypes::new(c"www listen method");
        &TYPES
    }

    fn deleted(&self) {
        self.is_deleted.set(true);
        if let Some(object) = self.object.get() {
            object.forget();
        }
        if let Some(socket) = self.socket.get() {
            socket.close();
        }
        let conversations = self.conversations.borrow().all();
        conversations.iter().for_each(|conversation| conversation.stop());
        let websockets = self.websockets.borrow().all();
        websockets.iter().for_each(|websocket| websocket.connection().delete_owner());
    }
}
