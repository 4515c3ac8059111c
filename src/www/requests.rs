//! `www get` and its siblings: what their words say is done, and its outcome told.

use std::{ffi::CStr, rc::Rc};

use super::{
    answer,
    configuration::Configuration,
    content, errors,
    progress::Told,
    request_words::{self, LastUrl, Output, RequestWords},
    running::{Caller, Running},
    sending,
};
use crate::{
    client::{self, Content, Fetch, Pool, Purpose},
    context::Context,
    tcl::{Completion, Error, Interp, Value},
};

/// The commands, and their methods.
const COMMANDS: [(&CStr, &str); 7] = [
    (c"::www::delete", "DELETE"),
    (c"::www::get", "GET"),
    (c"::www::head", "HEAD"),
    (c"::www::options", "OPTIONS"),
    (c"::www::patch", "PATCH"),
    (c"::www::post", "POST"),
    (c"::www::put", "PUT"),
];

/// What the commands share.
struct Requests {
    context: Rc<Context>,
    configuration: Rc<Configuration>,
    pool: Rc<Pool>,
    running: Rc<Running>,
    last_url: LastUrl,
}

/// Creates the commands.
pub(super) fn create_commands(
    context: &Rc<Context>,
    configuration: &Rc<Configuration>,
    running: &Rc<Running>,
) {
    let shared = Rc::new(Requests {
        context: Rc::clone(context),
        configuration: Rc::clone(configuration),
        pool: Pool::new(&context.interp),
        running: Rc::clone(running),
        last_url: LastUrl::default(),
    });
    for (name, method) in COMMANDS {
        let shared = Rc::clone(&shared);
        context.interp.create_command(name, move |interp, words| {
            complete(shared.call(interp, method, words, 1))
        });
    }
    let any = Rc::clone(&shared);
    context.interp.create_command(c"::www::request", move |interp, words| {
        let Some(method) = words.get(1) else {
            let usage = c"method ?option value ...? url ?option value ...? ?key value ...? ?data?";
            return Completion::Returns(Err(interp.wrong_arguments(words, 1, usage)));
        };
        complete(any.call(interp, &method.to_utf8_lossy(), words, 2))
    });
    context.interp.create_command(c"::www::connections", move |interp, words| {
        Completion::Returns(match words {
            [_] => {
                // What is configured holds from now on, if no request has come since.
                shared.pool.limit(shared.configuration.pool_limits());
                Ok(connections(&shared.pool).into())
            }
            _ => Err(interp.wrong_arguments(words, 1, c"")),
        })
    });
}

fn complete(called: Result<Completion, Error>) -> Completion {
    called.unwrap_or_else(|error| Completion::Returns(Err(error)))
}

impl Requests {
    /// A request with this method, of which the first `named` words name the command.
    fn call(
        &self,
        interp: &Interp,
        method: &str,
        words: &[Value],
        named: usize,
    ) -> Result<Completion, Error> {
        let configuration = &self.configuration;
        let words =
            request_words::parse(configuration, &self.last_url, interp, method, words, named)?;
        self.pool.limit(configuration.pool_limits());
        begin(&self.context, &self.pool, &self.running, words)
    }
}

/// `www connections`: a list of dicts.
fn connections(pool: &Pool) -> Value {
    let shown = pool.shown();
    let shown = shown.iter().map(|connection| {
        let state = if connection.idle.is_some() { "idle" } else { "used" };
        let idle = connection.idle.unwrap_or_default().as_millis();
        let requests = i64::try_from(connection.requests).unwrap_or(i64::MAX);
        Value::dict([
            ("scheme", Value::string(&connection.origin.scheme)),
            ("host", Value::string(&connection.origin.host)),
            ("port", Value::integer(connection.origin.port.into())),
            ("state", Value::string(state)),
            ("protocol", Value::string("HTTP/1.1")),
            ("requests", Value::integer(requests)),
            ("idle", Value::integer(i64::try_from(idle).unwrap_or(i64::MAX))),
        ])
    });
    Value::list(&shown.collect::<Vec<_>>())
}

/// Begins a request.
///
/// Errors where the request cannot be made.
fn begin(
    context: &Rc<Context>,
    pool: &Rc<Pool>,
    running: &Running,
    words: RequestWords,
) -> Result<Completion, Error> {
    let RequestWords { method, url, options, body, output, encoding, raises, command, .. } = words;
    let timeout = options.timeout;
    let (mut request, connect) = options.into_request(url, errors::options)?;
    request.body = body.map(|body| sending::body(context, body)).transpose()?;
    request.is_persistent = words.is_persistent;
    request.retries = u32::try_from(words.retries).unwrap_or(u32::MAX);
    // "The HEAD method is identical to GET except that the server MUST NOT send content in the
    // response." (RFC 9110 section 9.3.2)
    request.method = method;
    request.progress = Told::find(context, &words.progress);
    let is_streamed = !matches!(output, Output::Result(_));
    // Only the whole of what is at a URL can be continued.
    let is_whole = request.method == "GET" && request.headers.first("Range").is_none();
    let taker = content::taker(context, output, encoding, Some(&request.url).filter(|_| is_whole))?;
    for (name, value) in taker.headers() {
        request.headers.set(name, value);
    }
    let purpose = Purpose::Content {
        content: Rc::clone(&taker) as Rc<dyn Content>,
        wants_all: !raises,
        is_streamed,
    };
    let fetch = Fetch::new(context, Some(pool), connect, request, purpose);
    if let Some(timeout) = timeout {
        fetch.limit_time(timeout);
    }
    let caller = Caller::new(&context.interp, &command);
    let tell = caller.teller(&context.interp);
    let done = move |outcome: Result<client::Answer, client::Error>| {
        tell(outcome.map_err(Error::from).and_then(|answer| {
            let head = &answer.response.head;
            let is_success = !raises || client::is_success(head.status) || taker.settles(head)?;
            match is_success {
                true => Ok(answer::reply(answer, taker.result(), encoding)),
                false => Err(answer::failure(answer, encoding)),
            }
        }));
    };
    Ok(running.begin(caller, &fetch, |when| fetch.start(when, done)))
}
