//! What a listener does with connections and their requests: a WebSocket is opened, unless
//! `-accept` refuses it, and anything else is answered by `-request`.

use std::rc::{Rc, Weak};

use super::{
    answer,
    calls::Outcome,
    listener::Listener,
    opening::{Checked, check, open, refuse},
};
use crate::{
    io::Stream,
    protocol::{
        http::request::RequestHead,
        websocket::acceptance::{self, Refusal},
    },
    server::{Accepts, Answer, Conversation, Requests},
    tcl::{Error, Value},
    www::{
        errors, object,
        request_dict::{Shown, request_dict},
    },
};

/// Has a listener take connections, as long as it is there.
pub(super) struct Acceptor(Weak<Listener>);

impl Acceptor {
    pub(super) fn new(listener: &Rc<Listener>) -> Rc<Self> {
        Rc::new(Self(Rc::downgrade(listener)))
    }
}

impl Accepts for Acceptor {
    fn accepted(&self, stream: Rc<Stream>) {
        let Some(listener) = self.0.upgrade() else { return };
        let context = Rc::clone(&listener.shared().context);
        let serving = Rc::new(Serving(Rc::downgrade(&listener)));
        let timeout = listener.settings().own.timeout;
        let conversation = Conversation::new(&context, stream, serving, timeout);
        listener.add_conversation(&conversation);
        conversation.start();
    }
}

/// What the requests of one connection come to.
struct Serving(Weak<Listener>);

impl Serving {
    /// Calls a command prefix of the listener's. What it returns is an answer, or nothing, for
    /// which `otherwise` is called.
    fn ask(
        listener: &Rc<Listener>,
        conversation: &Rc<Conversation>,
        prefix: &Value,
        arguments: &[Value],
        otherwise: impl FnOnce(&Rc<Listener>, &Rc<Conversation>) -> Result<(), Error> + 'static,
    ) {
        let (weak, conversation) = (Rc::downgrade(listener), Rc::clone(conversation));
        let interp = listener.shared().context.interp.clone();
        listener.shared().calls.call(prefix, arguments, move |outcome| {
            let done = match (outcome, weak.upgrade()) {
                (Outcome::Failed(error), _) => Err(error),
                // A script has ended it meanwhile.
                (_, None) => Ok(()),
                _ if conversation.is_over() => Ok(()),
                (Outcome::Deleted, _) => {
                    conversation.stop();
                    Ok(())
                }
                (Outcome::Returned(value), Some(listener)) if answer::is_none(&value) => {
                    otherwise(&listener, &conversation)
                }
                (Outcome::Returned(value), _) => {
                    answer::parse(&value).and_then(|answer| answer::give(&conversation, &answer))
                }
            };
            if let Err(error) = done {
                // It is our own, and right.
                let _ = conversation.answer(&Answer::text(500, "the server has failed"));
                error.report_in_background(&interp);
            }
        });
    }
}

impl Requests for Serving {
    fn head(&self, conversation: &Rc<Conversation>, head: &Rc<RequestHead>) {
        let Some(listener) = self.0.upgrade() else { return conversation.stop() };
        if !acceptance::is_requested(head) {
            let is_refused = listener.settings().own.request.is_empty();
            match is_refused {
                true => drop(conversation.answer(&refuse(&Refusal::NotRequested))),
                false => conversation.collect(),
            }
            return;
        }
        let interp = &listener.shared().context.interp;
        let is_secure = conversation.stream().is_secure();
        let checked = match check(interp, head, is_secure, &listener.handshake()) {
            Ok(checked) => checked,
            Err(answer) => return drop(conversation.answer(&answer)),
        };
        let prefix = listener.settings().own.accept.clone();
        if prefix.is_empty() {
            return go_on(&listener, conversation, head, checked);
        }
        let dict = dict(conversation, head, &checked.protocol);
        let head = Rc::clone(head);
        Self::ask(&listener, conversation, &prefix, &[dict], move |listener, conversation| {
            go_on(listener, conversation, &head, checked);
            Ok(())
        });
    }

    fn request(&self, conversation: &Rc<Conversation>, head: &Rc<RequestHead>, content: Value) {
        let Some(listener) = self.0.upgrade() else { return conversation.stop() };
        let prefix = listener.settings().own.request.clone();
        if prefix.is_empty() {
            // It was taken away while the content came.
            return drop(conversation.answer(&refuse(&Refusal::NotRequested)));
        }
        let dict = dict(conversation, head, "");
        Self::ask(&listener, conversation, &prefix, &[dict, content], |_, _| {
            Err(errors::answer("it is empty"))
        });
    }

    fn persists(&self) -> bool {
        self.0.upgrade().is_some_and(|listener| listener.is_open())
    }
}

/// A request as scripts see it before there is a WebSocket.
fn dict(conversation: &Conversation, head: &RequestHead, protocol: &str) -> Value {
    let (peer, local) = conversation.addresses();
    let tls = conversation.stream().tls_facts();
    request_dict(head, &Shown { peer, local, protocol, tls: tls.as_ref() })
}

/// Opens the WebSocket, and hands it to the script.
fn go_on(
    listener: &Rc<Listener>,
    conversation: &Rc<Conversation>,
    head: &Rc<RequestHead>,
    checked: Checked,
) {
    let Some(stream) = conversation.hand_over() else { return };
    let (shared, interp) = (listener.shared(), &listener.shared().context.interp);
    let settings = listener.connection_settings();
    let (context, class) = (&shared.context, &shared.websockets);
    let opened = open(context, class, &listener.handshake(), settings, &stream, head, checked);
    let websocket = match opened {
        Ok(websocket) => websocket,
        Err(_) if listener.is_deleted() => return,
        Err(error) => return error.report_in_background(interp),
    };
    if listener.is_deleted() {
        return websocket.connection().delete_owner();
    }
    listener.add(&websocket);
    let dict = object::request(websocket.connection());
    let prefix = listener.prefix().elements().unwrap_or_default();
    let words = [websocket.object_name(), dict];
    match interp.run(prefix.iter().chain(&words)) {
        Ok(()) => interp.reset_result(),
        Err(error) => error.report_in_background(interp),
    }
    websocket.connection().expire();
}
