//! Opens a connection: an exchange whose answer is a 101 that opens a WebSocket. `-timeout` counts
//! for all of it. Whatever ends it, the first end counts, and nothing is left behind: no socket, no
//! timer, no helper thread that would come back.

use std::{
    cell::{Cell, OnceCell, RefCell},
    rc::Rc,
    time::Duration,
};

use super::{
    agreed::Agreed,
    connection::{Connection, events},
    error::Error,
    settings::{ConnectionSettings, Offered},
};
use crate::{
    client::{self, Answer, ConnectSettings, Fetch, Purpose, Start},
    context::Context,
    protocol::{
        http::headers::Headers,
        websocket::{
            Role, extensions,
            handshake::{self, Key},
        },
    },
    tcl::{self, Timer, Value},
};

/// What is to be opened.
pub(crate) struct OpeningRequest {
    pub(crate) http: client::Request,
    pub(crate) connect: ConnectSettings,
    /// In order of preference.
    pub(crate) protocols: Vec<String>,
    /// In order of preference too.
    pub(crate) extensions: Vec<Offered>,
    pub(crate) settings: ConnectionSettings,
    /// How long opening may take in all; `None`: as long as it takes.
    pub(crate) timeout: Option<Duration>,
}

/// What was opened.
pub(crate) struct Opened {
    /// The name of the connection's object.
    pub(crate) name: Value,
    /// The subprotocol that the server chose, or nothing.
    pub(crate) protocol: String,
}

/// Makes the object of a new connection, and returns its name. Scripts may run meanwhile.
type CreateObject = Box<dyn Fn(&Rc<Connection>, &[Offered]) -> Result<Value, tcl::Error>>;

type Done = Box<dyn FnOnce(Result<Opened, Error>)>;

/// A connection that is being opened.
pub(crate) struct Opening {
    context: Rc<Context>,
    fetch: OnceCell<Rc<Fetch>>,
    /// That of the latest request.
    key: Rc<RefCell<Key>>,
    protocols: Vec<String>,
    extensions: Vec<Offered>,
    settings: ConnectionSettings,
    create_object: CreateObject,
    /// Ends it when its time is over.
    timeout: RefCell<Option<Timer>>,
    /// Whether it has ended, one way or the other.
    is_over: Cell<bool>,
    /// Who gets the outcome.
    done: RefCell<Option<Done>>,
}

impl Opening {
    /// One that begins when [`start`](Opening::start) is called. `create_object` makes the object
    /// of the connection, when there is one; `done` gets the outcome, from the event loop or before
    /// `start` returns.
    ///
    /// Errors where the extensions cannot be offered.
    pub(crate) fn new(
        context: &Rc<Context>,
        request: OpeningRequest,
        create_object: impl Fn(&Rc<Connection>, &[Offered]) -> Result<Value, tcl::Error> + 'static,
        done: impl FnOnce(Result<Opened, Error>) + 'static,
    ) -> Result<Rc<Self>, Error> {
        let OpeningRequest { http, connect, protocols, extensions, settings, timeout } = request;
        let offered: Vec<_> = extensions.iter().map(|one| one.extension.clone()).collect();
        let offer = extensions::offer(&offered).map_err(Error::Offer)?;
        let key = Rc::new(RefCell::new(Key::new(rand::random())));
        let opening = Rc::new(Self {
            context: Rc::clone(context),
            fetch: OnceCell::new(),
            key: Rc::clone(&key),
            protocols: protocols.clone(),
            extensions,
            settings,
            create_object: Box::new(create_object),
            timeout: RefCell::default(),
            is_over: Cell::default(),
            done: RefCell::new(Some(Box::new(done))),
        });
        // "the request MUST include a header field with the name |Sec-WebSocket-Key| [...] The
        // nonce MUST be selected randomly for each connection." (RFC 6455 section 4.1)
        let add_headers = move |head: &mut Headers| {
            key.replace(Key::new(rand::random()));
            let offer = offer.as_deref();
            for (name, value) in handshake::request_headers(&key.borrow(), &protocols, offer) {
                head.push(name, value);
            }
        };
        let purpose = Purpose::Upgrade(Box::new(add_headers));
        // Cannot be set already: the opening is new.
        let _ = opening.fetch.set(Fetch::new(context, None, connect, http, purpose));
        if let Some(timeout) = timeout {
            let this = Rc::clone(&opening);
            let timer = Timer::after(&context.interp, timeout, move || this.timed_out());
            opening.timeout.replace(Some(timer));
        }
        Ok(opening)
    }

    /// Begins.
    pub(crate) fn start(self: &Rc<Self>, when: Start) {
        let Some(fetch) = self.fetch.get() else { return };
        let this = Rc::clone(self);
        fetch.start(when, move |answer| match answer {
            Ok(answer) => this.accept(&answer),
            Err(error) => this.settle(Err(error.into())),
        });
    }

    /// Drops everything that is going on. Nobody gets an outcome.
    pub(crate) fn stop(&self) {
        self.is_over.set(true);
        self.done.take();
        if let Some(fetch) = self.fetch.get() {
            fetch.stop();
        }
        self.timeout.take();
    }

    fn timed_out(self: &Rc<Self>) {
        // What is known of a refusal is told, even if its body is not complete.
        if self.fetch.get().is_some_and(|fetch| fetch.conclude()) {
            return;
        }
        // Where the request is over, an extension deals with the response.
        let error = match self.fetch.get() {
            Some(fetch) if fetch.awaits_response() || fetch.is_over() => {
                client::Error::ResponseTimedOut
            }
            Some(fetch) => client::Error::ConnectTimedOut(fetch.connecting_step()),
            None => client::Error::ConnectTimedOut(String::new()),
        };
        self.settle(Err(error.into()));
    }

    /// Ends with this outcome.
    fn settle(&self, outcome: Result<Opened, Error>) {
        let done = self.done.take();
        self.stop();
        if let Some(done) = done {
            done(outcome);
        }
    }

    /// Makes the connection of an answer, and its object.
    fn accept(&self, answer: &Answer) {
        let opened = self.connect(answer).and_then(|connection| {
            let name = (self.create_object)(&connection, &self.extensions)?;
            if self.is_over.get() {
                // It was stopped while an extension took its time: nobody gets the object.
                connection.delete_owner();
            }
            Ok(Opened { name, protocol: connection.agreed().terms().protocol.clone() })
        });
        if let (Err(_), Some(stream)) = (&opened, &answer.stream) {
            stream.close();
        }
        self.settle(opened);
    }

    fn connect(&self, answer: &Answer) -> Result<Rc<Connection>, Error> {
        // "Any status code other than 101 indicates that the WebSocket handshake has not completed"
        // (RFC 6455 section 1.3).
        let Answer { url, response, stream, .. } = answer;
        let Some(stream) = stream else {
            return Err(Error::Refused(Box::new((url.clone(), response.clone()))));
        };
        let headers: Vec<(&str, &str)> = response.head.headers.iter().collect();
        let offered: Vec<&str> = self.extensions.iter().map(|one| one.extension.name()).collect();
        let accepted = handshake::verify(headers, &self.key.borrow(), &self.protocols, &offered)?;
        let agreed = Agreed::with_server(url, response.head.clone(), accepted, stream);
        let stream = Rc::clone(stream);
        Ok(Connection::new(&self.context, Role::Client, stream, self.settings, agreed, events::run))
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::STANDARD};

    use super::*;
    use crate::{
        client::testing::{AtEnd, Reply, Server, direct, reply},
        protocol::{http::url::Scheme, websocket::handshake::HandshakeError},
        tcl::testing::{Tcl, run},
        websocket::testing::{Recorder, settings},
    };

    type Outcome = Rc<RefCell<Option<Result<Opened, Error>>>>;

    /// A 101 that opens a WebSocket, with these lines, and `tail` behind it.
    fn accept(lines: &'static str, tail: &'static [u8]) -> Reply {
        Box::new(move |request| {
            let (_, rest) = request.split_once("Sec-WebSocket-Key: ").unwrap();
            let nonce = STANDARD.decode(rest.lines().next().unwrap()).unwrap();
            let accept = Key::new(nonce.try_into().unwrap()).accept();
            let head = format!(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                 Sec-WebSocket-Accept: {accept}\r\n{lines}\r\n"
            );
            [head.as_bytes(), tail].concat()
        })
    }

    /// An opening, its outcome, and the owner of its connection, which has all callbacks.
    struct Tested {
        opening: Rc<Opening>,
        outcome: Outcome,
        owner: Rc<RefCell<Option<Rc<Recorder>>>>,
    }

    impl Tested {
        fn start(tcl: &Tcl, server: &Server, timeout: Option<Duration>) -> Self {
            let http = client::Request {
                method: "GET".to_owned(),
                url: server.url(Scheme::Ws, "/chat"),
                headers: Headers::new(),
                body: None,
                basic: None,
                digest: None,
                server_name: None,
                max_redirects: 5,
                retries: 0,
                is_persistent: true,
                progress: None,
            };
            let request = OpeningRequest {
                http,
                connect: direct(),
                protocols: vec!["chat".to_owned(), "superchat".to_owned()],
                extensions: Vec::new(),
                settings: settings(),
                timeout,
            };
            let (outcome, owner) = (Outcome::default(), Rc::<RefCell<_>>::default());
            let (slot, made) = (Rc::clone(&outcome), Rc::clone(&owner));
            let create_object = move |connection: &Rc<Connection>, _: &[Offered]| {
                made.replace(Some(Recorder::of(connection, &["text", "close"])));
                connection.start()?;
                Ok(Value::string("::object"))
            };
            let context = Context::of(tcl);
            let opening = Opening::new(&context, request, create_object, move |opened| {
                slot.replace(Some(opened));
            });
            let opening = opening.unwrap();
            opening.start(Start::Now);
            Self { opening, outcome, owner }
        }

        fn outcome(&self, tcl: &Tcl) -> Result<Opened, Error> {
            tcl.wait_until("there is an outcome", || self.outcome.borrow().is_some());
            self.outcome.take().unwrap()
        }
    }

    /// What opening a connection to a server with this reply fails with.
    fn failure(tcl: &Tcl, reply: Reply) -> Error {
        let server = Server::with([reply]);
        let tested = Tested::start(tcl, &server, None);
        let error = tested.outcome(tcl).err().unwrap();
        assert!(tested.owner.borrow().is_none());
        drop(tested);
        server.requests();
        error
    }

    #[test]
    fn an_accepted_handshake_opens_a_connection() {
        run(|tcl| {
            let server = Server::with([accept("Sec-WebSocket-Protocol: superchat\r\n", b"")]);
            let tested = Tested::start(tcl, &server, None);
            let Opened { name, protocol } = tested.outcome(tcl).unwrap();
            assert_eq!((&*name.to_utf8_lossy(), &*protocol), ("::object", "superchat"));
            let owner = tested.owner.take().unwrap();
            assert_eq!(owner.connection().state(), "open");
            owner.connection().destroy();
            let request = &server.requests()[0];
            assert!(request.starts_with("GET /chat HTTP/1.1\r\n"), "{request}");
            assert!(
                request.contains("\r\nSec-WebSocket-Protocol: chat, superchat\r\n"),
                "{request}"
            );
        });
    }

    #[test]
    fn messages_behind_the_response_are_delivered() {
        run(|tcl| {
            let tail = b"\x81\x03one\x81\x03tw";
            let server = Server::start(vec![(vec![accept("", tail)], AtEnd::Drop)]);
            let tested = Tested::start(tcl, &server, None);
            tested.outcome(tcl).unwrap();
            let owner = tested.owner.take().unwrap();
            tcl.wait_until("the connection is over", || owner.told_count() == 3);
            let end = "end of connection in the middle of a message; no close message received";
            assert_eq!(owner.take_told(), ["text one", &format!("close 1006 {end}"), "delete"]);
            server.requests();
        });
    }

    #[test]
    fn any_other_answer_is_refused() {
        run(|tcl| {
            let text = "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone";
            let Error::Refused(refused) = failure(tcl, reply(text)) else { unreachable!() };
            let (url, response) = *refused;
            assert_eq!(url.request_target(), "/chat");
            assert_eq!((response.head.status, &*response.body), (404, &b"gone"[..]));
        });
    }

    #[test]
    fn a_101_that_answers_another_key_is_refused() {
        run(|tcl| {
            let text = "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
            let error = failure(tcl, reply(text));
            assert!(matches!(error, Error::Handshake(HandshakeError::WrongAccept(_))), "{error:?}");
        });
    }

    #[test]
    fn a_subprotocol_that_was_not_offered_is_refused() {
        run(|tcl| {
            let error = failure(tcl, accept("Sec-WebSocket-Protocol: other\r\n", b""));
            let is_expected =
                matches!(error, Error::Handshake(HandshakeError::ProtocolNotOffered(_)));
            assert!(is_expected, "{error:?}");
        });
    }

    #[test]
    fn a_server_that_does_not_answer_is_given_up() {
        run(|tcl| {
            let server = Server::with([reply("HTTP/1.1 101")]);
            let tested = Tested::start(tcl, &server, Some(Duration::from_millis(200)));
            let error = tested.outcome(tcl).err().unwrap();
            // On a very slow machine it is not even connected by then.
            let is_expected = matches!(
                error,
                Error::Client(client::Error::ResponseTimedOut | client::Error::ConnectTimedOut(_))
            );
            assert!(is_expected, "{error:?}");
        });
    }

    #[test]
    fn an_opening_that_is_stopped_has_no_outcome() {
        run(|tcl| {
            let server = Server::with([reply("HTTP/1.1 101")]);
            let tested = Tested::start(tcl, &server, None);
            let fetch = tested.opening.fetch.get().unwrap();
            tcl.wait_until("it is connected", || fetch.awaits_response());
            tested.opening.stop();
            // The connection is over.
            server.requests();
            assert!(tested.outcome.borrow().is_none() && tested.owner.borrow().is_none());
        });
    }
}
