//! A request and its response: through challenges, cookies and redirects, to the response that is
//! the caller's.
//!
//! The log may run scripts: nothing is borrowed meanwhile, and afterwards it may have been stopped.

use std::{
    cell::{Cell, RefCell},
    iter,
    rc::Rc,
    time::{Duration, SystemTime},
};

use super::{
    connector::{ConnectSettings, Connector},
    error::Error,
    headers::{self, request_lines, response_lines},
    limits::LIMITS,
};
use crate::{
    context::Context,
    io::{Received, Stream, StreamError},
    protocol::http::{
        authentication::{Authenticator, Challenger, EntityBody},
        collector::{Collector, Response},
        credentials::Credentials,
        h1::{request::request, response::ResponseReader},
        headers::Headers,
        redirect,
        response::ResponseHead,
        url::Url,
    },
    tcl::{Readiness, Timer, Value, describe},
};

/// How long the body of a response is waited for once its head is there. It is only a message for a
/// person, and some servers never end it.
const BODY_WAIT: Duration = Duration::from_secs(1);

/// What is asked for.
pub(crate) struct Request {
    pub(crate) url: Url,
    /// What the request says beside what belongs to HTTP.
    pub(crate) headers: Headers,
    /// For Basic and for Digest authentication.
    pub(crate) basic: Option<Credentials>,
    pub(crate) digest: Option<Credentials>,
    /// The name to verify and to send, if not that in the URL.
    pub(crate) server_name: Option<String>,
    pub(crate) max_redirects: u64,
}

/// What came of it.
pub(crate) struct Answer {
    /// Of the server that redirects led to.
    pub(crate) url: Url,
    pub(crate) response: Response,
    /// What came behind the response is in its input.
    pub(crate) stream: Rc<Stream>,
}

/// One request, until it has its outcome.
pub(crate) struct Exchange {
    context: Rc<Context>,
    settings: Rc<ConnectSettings>,
    target: RefCell<Target>,
    connector: RefCell<Rc<Connector>>,
    /// The connection to the server, while its response is awaited.
    stream: RefCell<Option<Rc<Stream>>>,
    /// Adds the headers of the protocol that is asked for. Each request gets fresh ones.
    add_headers: AddHeaders,
    /// Runs while the body of a response is waited for.
    body_timer: RefCell<Option<Timer>>,
    /// Whether anything has ever arrived.
    has_heard: Cell<bool>,
    /// Whether a script runs that the stream has to wait for.
    is_paused: Cell<bool>,
    /// Who gets the outcome; `None` when there is one, or it is not wanted any more.
    done: RefCell<Option<Done>>,
}

type AddHeaders = Box<dyn Fn(&mut Headers)>;

type Done = Box<dyn FnOnce(Result<Answer, Error>)>;

/// Who is asked, and what is known and said there. It changes with each redirect.
struct Target {
    url: Url,
    server_name: Option<String>,
    headers: Headers,
    authenticator: Authenticator,
    redirects_left: u64,
    collector: Collector,
}

impl Target {
    fn new(request: Request) -> Self {
        let Request { url, headers, basic, digest, server_name, max_redirects } = request;
        Self {
            url,
            server_name,
            headers,
            authenticator: Authenticator::new(Challenger::Server, basic, digest),
            redirects_left: max_redirects,
            collector: collector(),
        }
    }

    /// Goes on to the URL that a redirect leads to. What was meant for one server is not told to
    /// another.
    fn redirect(&mut self, url: Url) {
        if !redirect::same_origin(&self.url, &url) {
            self.headers = headers::without_secrets(&self.headers);
            self.authenticator = Authenticator::new(Challenger::Server, None, None);
            self.server_name = None;
        }
        self.redirects_left -= 1;
        self.url = url;
    }

    /// Whether a response with this head leads to another request, so that its body is of no use.
    fn goes_on(&self, head: &ResponseHead) -> bool {
        self.authenticator.would_retry(head) || self.is_followed(head)
    }

    /// Whether a response with this head is a redirect that is followed.
    fn is_followed(&self, head: &ResponseHead) -> bool {
        redirect::is_redirect(head.status) && self.redirects_left > 0
    }

    /// The head of the next request, with these cookies.
    fn request(
        &mut self,
        add_headers: &AddHeaders,
        mut cookies: Option<String>,
    ) -> Result<Vec<u8>, Error> {
        self.collector = collector();
        let target = self.url.request_target();
        let authorization = self.authenticator.authorization("GET", target, EntityBody::Bytes(b""));
        let mut head = Headers::new();
        head.push("Host", self.headers.first("Host").unwrap_or(self.url.host_header()));
        add_headers(&mut head);
        for (name, value) in self.headers.iter() {
            let is = |other: &str| name.eq_ignore_ascii_case(other);
            if is("Host") || is("Authorization") && authorization.is_some() {
                continue;
            }
            match cookies.take_if(|_| is("Cookie")) {
                Some(cookies) => head.push(name, format!("{value}; {cookies}")),
                None => head.push(name, value),
            }
        }
        if let Some(cookies) = cookies {
            head.push("Cookie", cookies);
        }
        if let Some((name, value)) = authorization {
            head.push(name, value);
        }
        Ok(request("GET", target, &head)?)
    }
}

/// Takes one response.
fn collector() -> Collector {
    Collector::new(ResponseReader::for_upgrade("GET", LIMITS))
}

impl Exchange {
    /// One that has not begun.
    pub(crate) fn new(
        context: &Rc<Context>,
        settings: ConnectSettings,
        request: Request,
        add_headers: impl Fn(&mut Headers) + 'static,
    ) -> Rc<Self> {
        let settings = Rc::new(settings);
        let (url, server_name) = (request.url.clone(), request.server_name.clone());
        Rc::new(Self {
            context: Rc::clone(context),
            connector: RefCell::new(Connector::new(context, &settings, url, server_name)),
            settings,
            target: RefCell::new(Target::new(request)),
            stream: RefCell::default(),
            body_timer: RefCell::default(),
            add_headers: Box::new(add_headers),
            has_heard: Cell::default(),
            is_paused: Cell::default(),
            done: RefCell::default(),
        })
    }

    /// Begins. `done` gets the outcome, unless the exchange is stopped before; it may be called
    /// before this returns.
    pub(crate) fn start(self: &Rc<Self>, done: impl FnOnce(Result<Answer, Error>) + 'static) {
        self.done.replace(Some(Box::new(done)));
        self.connect();
    }

    /// Drops everything that is going on. Nobody gets an outcome.
    pub(crate) fn stop(&self) {
        self.done.take();
        self.connector.borrow().stop();
        self.drop_stream();
        self.body_timer.take();
    }

    /// Whether there is a connection to the server, TLS included, and its response is awaited.
    pub(crate) fn awaits_response(&self) -> bool {
        self.stream.borrow().is_some()
    }

    /// What is being waited for where there is no connection yet, as [`Connector::step`] says it.
    pub(crate) fn connecting_step(&self) -> String {
        self.connector.borrow().step()
    }

    /// Ends with as much of the response as there is, if its head is there. Tells whether it is.
    pub(crate) fn conclude(self: &Rc<Self>) -> bool {
        let response = self.target.borrow_mut().collector.give_up();
        let stream = self.stream.borrow().clone();
        let (Some(response), Some(stream)) = (response, stream) else { return false };
        let result = self.handle_response(response, &stream, true);
        self.check(result);
        true
    }

    /// Whether there is an outcome, or it was stopped.
    pub(crate) fn is_over(&self) -> bool {
        self.done.borrow().is_none()
    }

    fn finish(&self, outcome: Result<Answer, Error>) {
        let done = self.done.take();
        if outcome.is_ok() {
            // It is the caller's now.
            self.stream.take();
        } else {
            self.drop_stream();
        }
        if let Some(done) = done {
            done(outcome);
        }
    }

    // Connecting

    fn connect(self: &Rc<Self>) {
        let connector = Rc::clone(&self.connector.borrow());
        connector.connect(self.when_connected());
    }

    fn reconnect(self: &Rc<Self>) {
        self.drop_stream();
        let connector = Rc::clone(&self.connector.borrow());
        connector.reconnect(self.when_connected());
    }

    fn when_connected(self: &Rc<Self>) -> super::connector::Done {
        let this = Rc::clone(self);
        Box::new(move |stream| {
            let begun = stream.and_then(|stream| this.begin(&stream));
            this.check(begun);
        })
    }

    /// Begins to speak with the server.
    fn begin(self: &Rc<Self>, stream: &Rc<Stream>) -> Result<(), Error> {
        if self.connector.borrow().has_heard() {
            self.has_heard.set(true);
        }
        // The handler keeps the exchange, which keeps the stream, until the end of either.
        let this = Rc::clone(self);
        let watched = Rc::downgrade(stream);
        stream.on_ready(move |ready| {
            if let Some(stream) = watched.upgrade() {
                let result = this.ready(&stream, ready);
                this.check(result);
            }
        });
        self.stream.replace(Some(Rc::clone(stream)));
        self.send_request(stream)?;
        // A server that speaks before it was asked; the reader says what is wrong with it.
        if stream.has_input() && !self.is_over() {
            self.read_response(stream, false)?;
        }
        if stream.is_ended() && self.reads_from(stream) {
            self.read(stream)?;
        }
        Ok(())
    }

    /// Passes an error on.
    fn check(&self, result: Result<(), Error>) {
        if let Err(error) = result {
            self.finish(Err(error));
        }
    }

    /// Closes the connection that there was, if any.
    fn drop_stream(&self) {
        if let Some(stream) = self.stream.take() {
            stream.close();
        }
    }

    // Speaking

    fn ready(self: &Rc<Self>, stream: &Rc<Stream>, ready: Readiness) -> Result<(), Error> {
        if ready.writable {
            self.flush(stream)?;
        }
        let mut more = ready.readable;
        while more && self.reads_from(stream) {
            more = self.read(stream)?;
        }
        Ok(())
    }

    /// Whether what the stream has is wanted now.
    fn reads_from(&self, stream: &Rc<Stream>) -> bool {
        let is_current = self.stream.borrow().as_ref().is_some_and(|own| Rc::ptr_eq(own, stream));
        is_current && !self.is_over() && !self.is_paused.get()
    }

    /// Reads once. Tells whether there may be more at once, of which no event will tell: the end of
    /// a TLS session lies in the same bytes as what comes before it.
    fn read(self: &Rc<Self>, stream: &Rc<Stream>) -> Result<bool, Error> {
        let received = stream.read();
        // An alert may be due.
        let flushed = self.flush(stream);
        if matches!(received, Ok(Received::Bytes { .. })) {
            self.has_heard.set(true);
        }
        let more = matches!(received, Ok(Received::Bytes { more: true }));
        let received = received.map_err(|error| self.stream_error(error));
        match received.and_then(|received| flushed.map(|()| received)) {
            Ok(received) => self.read_response(stream, received == Received::End)?,
            // A response that came before is one.
            Err(failure) => self.read_response(stream, true).map_err(|_| failure)?,
        }
        Ok(more)
    }

    fn flush(&self, stream: &Stream) -> Result<(), Error> {
        stream.flush().map_err(|error| self.stream_error(StreamError::Channel(error)))?;
        stream.watch(!self.is_paused.get());
        Ok(())
    }

    /// The error for a connection that broke before the response was there. A channel that a script
    /// opened may never have been connected.
    fn stream_error(&self, error: StreamError) -> Error {
        match error {
            StreamError::Tls(error) => error.into(),
            StreamError::Channel(error) => {
                let how = describe(&error);
                let target = self.target.borrow();
                if self.has_heard.get() || !self.settings.uses_socket_command(&target.url) {
                    return Error::Ended(how);
                }
                Error::Connect(format!("couldn't open socket: {how}"))
            }
        }
    }

    /// Sends the request, and then tells the log.
    fn send_request(&self, stream: &Stream) -> Result<(), Error> {
        let cookies = {
            let (target, mut cookies) = (self.target.borrow(), self.context.cookies.borrow_mut());
            cookies.header(&target.url, SystemTime::now())
        };
        let head = self.target.borrow_mut().request(&self.add_headers, cookies)?;
        // Cannot fail: these are bytes.
        let _ = stream.push(Value::bytes(&head));
        self.flush(stream)?;
        if self.context.log.is_on() {
            self.log_lines(request_lines(&String::from_utf8_lossy(&head)));
        }
        Ok(())
    }

    /// Tells the log, also what goes wrong with the file of the cookies.
    fn log_lines(&self, lines: impl IntoIterator<Item = String>) {
        let failure = self.context.cookies.borrow_mut().take_failure();
        for line in lines.into_iter().chain(failure.map(|failure| failure.to_string())) {
            if self.is_over() {
                return;
            }
            self.context.log(|| line);
        }
    }

    fn read_response(self: &Rc<Self>, stream: &Rc<Stream>, is_end: bool) -> Result<(), Error> {
        let response = {
            let mut target = self.target.borrow_mut();
            match stream.parse(|bytes| target.collector.receive(bytes))? {
                None if is_end => Some(target.collector.end_of_input()?),
                None if target.collector.head().is_some_and(|head| target.goes_on(head)) => {
                    target.collector.give_up()
                }
                response => response,
            }
        };
        match response {
            Some(response) => self.handle_response(response, stream, is_end),
            None => {
                self.limit_wait();
                Ok(())
            }
        }
    }

    /// Has the body of a response waited for no longer than [`BODY_WAIT`], if its head is there.
    fn limit_wait(self: &Rc<Self>) {
        let mut timer = self.body_timer.borrow_mut();
        if timer.is_none() && self.target.borrow().collector.head().is_some() {
            let this = Rc::clone(self);
            *timer = Some(Timer::after(&self.context.interp, BODY_WAIT, move || {
                this.conclude();
            }));
        }
    }

    /// Decides what the response means: another attempt, or the outcome.
    fn handle_response(
        self: &Rc<Self>,
        response: Response,
        stream: &Rc<Stream>,
        is_end: bool,
    ) -> Result<(), Error> {
        /// The response of a server that takes up the protocol that it was asked for (RFC 9110
        /// section 15.2.2).
        const SWITCHING_PROTOCOLS: u16 = 101;
        self.body_timer.take();
        let url = self.target.borrow().url.clone();
        let headers = &response.head.headers;
        self.context.cookies.borrow_mut().store(&url, headers, SystemTime::now());
        if self.context.log.is_on() {
            let first =
                format!("the server answers {} {}", response.head.status, response.head.reason);
            let lines = iter::once(first).chain(response_lines(&response.head.headers));
            // The script may enter the event loop, where the stream has to wait.
            stream.watch(false);
            self.is_paused.set(true);
            self.log_lines(lines);
            self.is_paused.set(false);
        }
        if self.is_over() {
            return Ok(());
        }
        if response.head.status != SWITCHING_PROTOCOLS {
            let mut target = self.target.borrow_mut();
            if target.authenticator.should_retry(&response.head, rand::random()) {
                drop(target);
                if response.persistent && !is_end {
                    return self.send_request(stream);
                }
                self.reconnect();
                return Ok(());
            }
            if target.is_followed(&response.head) {
                target.redirect(redirect::follow(&url, &response.head.headers)?);
                let (url, server_name) = (target.url.clone(), target.server_name.clone());
                drop(target);
                self.drop_stream();
                let connector = Connector::new(&self.context, &self.settings, url, server_name);
                self.connector.replace(connector);
                self.connect();
                return Ok(());
            }
        }
        let stream = Rc::clone(stream);
        self.finish(Ok(Answer { url, response, stream }));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        client::testing::{AtEnd, Server, direct, reply},
        protocol::http::{response::ResponseError, url::Scheme},
        tcl::testing::{Tcl, run},
    };

    const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    const CHALLENGE: &str = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"r\", \
        nonce=\"n\", qop=\"auth\"\r\nContent-Length: 0\r\n";

    type Outcome = Rc<RefCell<Option<Result<Answer, Error>>>>;

    fn get(url: Url) -> Request {
        Request {
            url,
            headers: Headers::from_iter([("X-Secret", "s"), ("Accept-Language", "tlh")]),
            basic: None,
            digest: Some(Credentials::parse("me:secret")),
            server_name: None,
            max_redirects: 5,
        }
    }

    fn start(tcl: &Tcl, request: Request) -> (Rc<Exchange>, Outcome) {
        let exchange = Exchange::new(&Context::of(tcl), direct(), request, |head| {
            head.push("X-Added", "a");
        });
        let outcome = Outcome::default();
        let slot = Rc::clone(&outcome);
        exchange.start(move |answer| {
            slot.replace(Some(answer));
        });
        (exchange, outcome)
    }

    /// The outcome of this request. When this returns, the connection is over.
    fn ask(tcl: &Tcl, request: Request) -> Result<Answer, Error> {
        let (exchange, outcome) = start(tcl, request);
        tcl.wait_until("there is an outcome", || outcome.borrow().is_some());
        exchange.stop();
        outcome.take().unwrap()
    }

    /// Status and body of the answer to a request.
    fn response(tcl: &Tcl, request: Request) -> (u16, String) {
        let Answer { response, .. } = ask(tcl, request).unwrap();
        (response.head.status, String::from_utf8(response.body).unwrap())
    }

    fn ok() -> (u16, String) {
        (200, "hello".to_owned())
    }

    /// Which of these names a request has headers with.
    fn named<'n>(request: &str, names: &[&'n str]) -> Vec<&'n str> {
        let has = |name: &&&str| request.contains(&format!("\r\n{name}: "));
        names.iter().filter(has).copied().collect()
    }

    #[test]
    fn a_request_gets_its_response() {
        run(|tcl| {
            let server = Server::with([reply(OK)]);
            let url = server.url(Scheme::Http, "/path?query");
            let host = url.host_header().to_owned();
            assert_eq!(response(tcl, get(url)), ok());
            assert_eq!(
                server.requests(),
                [format!(
                    "GET /path?query HTTP/1.1\r\nHost: {host}\r\nX-Added: a\r\nX-Secret: s\r\n\
                     Accept-Language: tlh\r\n\r\n"
                )]
            );
        });
    }

    #[test]
    fn what_comes_behind_the_response_is_left_to_the_caller() {
        run(|tcl| {
            let response = "HTTP/1.1 101 X\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nmore";
            let server = Server::with([reply(response)]);
            let answer = ask(tcl, get(server.url(Scheme::Http, "/"))).unwrap();
            assert_eq!(answer.response.head.status, 101);
            assert_eq!(answer.stream.parse(|input| input.to_vec()), b"more");
            drop(answer);
            server.requests();
        });
    }

    #[test]
    fn a_challenge_is_answered_on_the_same_connection() {
        run(|tcl| {
            let server = Server::with([reply(format!("{CHALLENGE}\r\n")), reply(OK)]);
            assert_eq!(response(tcl, get(server.url(Scheme::Http, "/"))), ok());
            let [first, second] = <[_; 2]>::try_from(server.requests()).unwrap();
            assert!(named(&first, &["Authorization"]).is_empty(), "{first}");
            assert!(second.contains("\r\nAuthorization: Digest username=\"me\""), "{second}");
        });
    }

    #[test]
    fn a_challenge_is_answered_on_a_new_connection_where_the_old_one_ends() {
        run(|tcl| {
            let challenge = reply(format!("{CHALLENGE}Connection: close\r\n\r\n"));
            let script = [challenge, reply(OK)].map(|reply| (vec![reply], AtEnd::Wait));
            let server = Server::start(script.into());
            assert_eq!(response(tcl, get(server.url(Scheme::Http, "/"))), ok());
            assert_eq!(named(&server.requests()[1], &["Authorization"]), ["Authorization"]);
        });
    }

    #[test]
    fn what_one_server_was_told_is_not_told_to_another() {
        const NAMES: &[&str] = &["Authorization", "Accept-Language", "X-Secret", "X-Added"];
        run(|tcl| {
            let target = Server::with([reply(OK)]);
            let location = target.url(Scheme::Http, "/there");
            let redirect =
                format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
            let challenge = reply(format!("{CHALLENGE}\r\n"));
            let server = Server::with([challenge, reply(redirect)]);
            let answer = ask(tcl, get(server.url(Scheme::Http, "/here"))).unwrap();
            assert_eq!(answer.url.to_string(), location.to_string());
            drop(answer);
            assert_eq!(named(&server.requests()[1], NAMES), NAMES);
            let requests = target.requests();
            assert!(requests[0].starts_with("GET /there "), "{}", requests[0]);
            assert_eq!(named(&requests[0], NAMES), ["Accept-Language", "X-Added"]);
        });
    }

    #[test]
    fn a_redirect_on_the_same_server_keeps_what_it_was_told() {
        const NAMES: &[&str] = &["X-Secret", "Cookie"];
        run(|tcl| {
            let redirect = reply(
                "HTTP/1.1 307 X\r\nLocation: /there\r\nSet-Cookie: a=b\r\n\
                 Content-Length: 0\r\n\r\n",
            );
            let script = [redirect, reply(OK)].map(|reply| (vec![reply], AtEnd::Wait));
            let server = Server::start(script.into());
            assert_eq!(response(tcl, get(server.url(Scheme::Http, "/"))), ok());
            assert_eq!(named(&server.requests()[1], NAMES), NAMES);
        });
    }

    #[test]
    fn a_redirect_too_many_is_the_answer() {
        run(|tcl| {
            let redirect = "HTTP/1.1 302 X\r\nLocation: /\r\nContent-Length: 0\r\n\r\n";
            let server = Server::with([reply(redirect)]);
            let request = Request { max_redirects: 0, ..get(server.url(Scheme::Http, "/")) };
            assert_eq!(response(tcl, request), (302, String::new()));
            server.requests();
        });
    }

    #[test]
    fn a_challenge_and_a_redirect_need_no_body() {
        run(|tcl| {
            let challenge = reply(CHALLENGE.replace("Content-Length: 0", "X: y") + "\r\nbody");
            let redirect =
                reply("HTTP/1.0 302 Found\r\nLocation: /x\r\nContent-Length: 9\r\n\r\nbody");
            let script =
                [challenge, redirect, reply(OK)].map(|reply| (vec![reply], AtEnd::Wait)).into();
            let server = Server::start(script);
            assert_eq!(response(tcl, get(server.url(Scheme::Http, "/"))), ok());
            server.requests();
        });
    }

    #[test]
    fn a_body_that_does_not_end_is_not_waited_for() {
        run(|tcl| {
            let server = Server::with([reply("HTTP/1.1 403 No\r\n\r\nno entry")]);
            let refused = response(tcl, get(server.url(Scheme::Http, "/")));
            assert_eq!(refused, (403, "no entry".to_owned()));
            server.requests();
        });
    }

    #[test]
    fn what_has_arrived_of_a_response_may_conclude() {
        run(|tcl| {
            let server = Server::with([reply("HTTP/1.1 403 No\r\nContent-Length: 9\r\n\r\nno")]);
            let (exchange, outcome) = start(tcl, get(server.url(Scheme::Http, "/")));
            assert!(!exchange.conclude());
            tcl.wait_until("the head is there", || exchange.body_timer.borrow().is_some());
            assert!(exchange.conclude() && !exchange.conclude());
            let answer = outcome.take().unwrap().unwrap();
            assert_eq!((answer.response.head.status, &*answer.response.body), (403, &b"no"[..]));
            assert!(exchange.body_timer.borrow().is_none());
            drop(answer);
            exchange.stop();
            server.requests();
        });
    }

    #[test]
    fn a_connection_that_ends_in_the_head_is_an_error() {
        run(|tcl| {
            let script = vec![(vec![reply("HTTP/1.1 200 OK\r\nContent-")], AtEnd::Drop)];
            let server = Server::start(script);
            let error = ask(tcl, get(server.url(Scheme::Http, "/"))).err().unwrap();
            assert!(matches!(error, Error::Response(ResponseError::Incomplete(_))), "{error:?}");
            server.requests();
        });
    }

    #[test]
    fn an_exchange_that_is_stopped_has_no_outcome() {
        run(|tcl| {
            let server = Server::with([reply("HTTP/1.1 ")]);
            let (exchange, outcome) = start(tcl, get(server.url(Scheme::Http, "/")));
            tcl.wait_until("it is connected", || exchange.awaits_response());
            tcl.wait_until("something has arrived", || exchange.has_heard.get());
            exchange.stop();
            // The connection is over.
            server.requests();
            assert!(outcome.borrow().is_none() && !exchange.awaits_response());
        });
    }
}
