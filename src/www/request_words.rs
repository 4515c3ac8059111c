//! The words of `www get` and its siblings: which options there are, what is refused before
//! anything is sent, and what the request is then.

use std::{cell::RefCell, ffi::CStr};

use encoding_rs::Encoding;

use super::{
    configuration::{Configuration, RegisteredScheme},
    errors, headers,
    options::{
        self,
        Field::{Boolean, Count, Limit, Own, Prefix},
        Table, given,
    },
    request::{REQUEST, RequestOptions},
};
use crate::{
    protocol::http::{
        charset::TextDecoder,
        coding::ACCEPT_ENCODING,
        form::{self, Body, MethodKind, Multipart, Pair, Part},
        headers::Headers,
        syntax::{hexadecimal, is_field_value, is_token},
        url::{self, Scheme, Url, UrlError},
    },
    tcl::{Error, Interp, Value},
};

/// `-maxsize`: far more than most pages and documents, and what a computer of today has at hand.
const MAX_SIZE: u64 = 256 * 1024 * 1024;

/// The options of all requests, beside those in `REQUEST`.
pub(crate) static TRANSFER: Table<TransferOptions> = Table {
    unknown: errors::unknown_option,
    rows: &[
        given("-accept", Own(read_accept)),
        given("-channel", Own(read_channel)),
        given("-command", Prefix(|to| &mut to.command)),
        given("-encoding", Own(read_encoding)),
        given("-errors", Boolean(|to| &mut to.raises)),
        given("-handler", Prefix(|to| &mut to.handler)),
        given("-headers", Own(|to, _, value| headers::append(value, &mut to.headers))),
        given("-maxsize", Limit(|to| &mut to.max_size, Some(MAX_SIZE))),
        given("-persistent", Boolean(|to| &mut to.is_persistent)),
        given("-progress", Prefix(|to| &mut to.progress)),
        given("-resume", Boolean(|to| &mut to.resumes)),
        given("-retry", Count(|to| &mut to.retries, 0)),
        given(
            "-tofile",
            Own(|to, interp, value| {
                to.file = interp.absolute_path(value);
                Ok(())
            }),
        ),
        given("-upgrade", Own(refuse_upgrade)),
    ],
};

/// The options of requests that may have a body.
pub(crate) static BODY: Table<BodyOptions> = Table {
    unknown: errors::unknown_option,
    rows: &[
        given("-bodychannel", Own(read_body_channel)),
        given(
            "-bodysize",
            Own(|to, _, value| {
                to.size = Some(options::natural("-bodysize", value)?);
                Ok(())
            }),
        ),
        given("-file", Own(add_file)),
        given("-multipart", Own(read_multipart)),
        given(
            "-name",
            Own(|to, _, value| {
                to.name = Some(options::text("-name", value)?);
                Ok(())
            }),
        ),
        given("-type", Own(read_type)),
        given(
            "-value",
            Own(|to, _, value| {
                let content = data(value)?;
                to.add(content, None);
                Ok(())
            }),
        ),
    ],
};

/// What the options in [`TRANSFER`] say. A value that is empty says nothing.
pub(crate) struct TransferOptions {
    accept: Option<Value>,
    channel: Value,
    command: Value,
    encoding: TextEncoding,
    raises: bool,
    handler: Value,
    headers: Headers,
    max_size: Option<u64>,
    is_persistent: bool,
    progress: Value,
    resumes: bool,
    retries: u64,
    file: Value,
}

impl Default for TransferOptions {
    fn default() -> Self {
        Self {
            accept: None,
            channel: Value::empty(),
            command: Value::empty(),
            encoding: TextEncoding::default(),
            raises: true,
            handler: Value::empty(),
            headers: Headers::new(),
            max_size: None,
            is_persistent: true,
            progress: Value::empty(),
            resumes: false,
            retries: 0,
            file: Value::empty(),
        }
    }
}

/// What the options in [`BODY`] say.
#[derive(Default)]
pub(crate) struct BodyOptions {
    /// Of the parts that follow.
    name: Option<String>,
    media_type: Option<String>,
    parts: Vec<Part<Content>>,
    multipart: Option<Multipart>,
    channel: Option<Value>,
    size: Option<u64>,
}

impl BodyOptions {
    fn add(&mut self, content: Content, file_name: Option<String>) {
        let (name, media_type) = (self.name.clone(), self.media_type.clone());
        self.parts.push(Part { name, media_type, content, file_name });
    }
}

/// A request, as its words say it.
pub(crate) struct RequestWords {
    /// A token.
    pub(crate) method: String,
    /// With the pairs that belong there.
    pub(crate) url: Url,
    /// How its server is reached. Its headers are complete, but for what belongs to HTTP, cookies
    /// and credentials.
    pub(crate) options: RequestOptions,
    /// The content, whose type is among the headers.
    pub(crate) body: Option<Body<Content>>,
    /// Whether the connection may serve other requests, before and after.
    pub(crate) is_persistent: bool,
    /// `-retry`
    pub(crate) retries: u64,
    /// Where the content of a success goes.
    pub(crate) output: Output,
    /// How content becomes text.
    pub(crate) encoding: TextEncoding,
    /// `-errors`: whether a status can be an error.
    pub(crate) raises: bool,
    /// The command prefix that is told of the progress. Empty: none.
    pub(crate) progress: Value,
    /// The command prefix that is told the outcome. Empty: the caller waits.
    pub(crate) command: Value,
}

/// The content of a part of a request.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// A string of bytes.
    Data(Value),
    /// What is in a file, of which this was the size when it was looked at.
    File { path: Value, size: u64 },
    /// What can be read from a channel: as much as this, or until its end.
    Channel { name: Value, size: Option<u64> },
}

impl Content {
    /// How many bytes it has, where that is known.
    pub(crate) fn length(&self) -> Option<u64> {
        match self {
            Self::Data(data) => {
                let length = data.with_bytes(<[u8]>::len).ok()?;
                u64::try_from(length).ok()
            }
            Self::File { size, .. } => Some(*size),
            Self::Channel { size, .. } => *size,
        }
    }
}

/// Where the content of a response goes.
#[derive(Debug)]
pub(crate) enum Output {
    /// To the result, of which there may be this many bytes.
    Result(Option<u64>),
    /// Piece by piece to a command prefix.
    Handler(Value),
    /// To a channel.
    Channel(Value),
    /// To a file, behind what is there of it if that is to be resumed.
    File { path: Value, resumes: bool },
}

/// How the content of a response becomes text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TextEncoding {
    /// It stays bytes.
    #[default]
    Binary,
    /// By the charset that the response names.
    Auto,
    /// By this one.
    Named(&'static Encoding),
}

impl TextEncoding {
    /// What makes text of the content of a response with these headers; `None` where it stays
    /// bytes.
    pub(crate) fn decoder(self, headers: &Headers) -> Option<TextDecoder> {
        match self {
            Self::Binary => None,
            Self::Auto => TextDecoder::for_headers(headers),
            Self::Named(encoding) => Some(TextDecoder::new(encoding)),
        }
    }
}

/// The URL that was asked for last: scripts often ask for one again and again.
#[derive(Default)]
pub(crate) struct LastUrl(RefCell<Option<(String, Url)>>);

impl LastUrl {
    /// How long the text of one is at most that is kept, in bytes.
    const MAX: usize = 2048;

    /// Parses a URL, unless it is that.
    fn parse(&self, text: &str) -> Result<Url, UrlError> {
        if let Some((last, url)) = &*self.0.borrow()
            && last == text
        {
            return Ok(url.clone());
        }
        let url = Url::parse(text, Scheme::REQUEST)?;
        if text.len() <= Self::MAX && url.credentials().is_none() {
            self.0.replace(Some((text.to_owned(), url.clone())));
        }
        Ok(url)
    }
}

/// Takes the words of `www get` and the like, of which the first `named` name the command, or of
/// `www request METHOD`.
///
/// Errors where the request cannot be made.
pub(crate) fn parse(
    configuration: &Configuration,
    last_url: &LastUrl,
    interp: &Interp,
    method: &str,
    all: &[Value],
    named: usize,
) -> Result<RequestWords, Error> {
    // A tunnel is no resource (RFC 9110 section 9.3.6).
    if !is_token(method) || method == "CONNECT" {
        return Err(errors::method(method));
    }
    let kind = method_kind(method);
    let takes = |option: &str| {
        REQUEST.takes(option)
            || TRANSFER.takes(option)
            || (kind != MethodKind::Get && BODY.takes(option))
    };
    let (mut given, words) = options::split(all.get(named..).unwrap_or_default(), takes)?;
    let [url, words @ ..] = words else {
        return Err(interp.wrong_arguments(all, named, usage(kind)));
    };
    let url = utf8(url)?;
    let (more, words) = options::split(words, takes)?;
    given.extend(more);
    let (words, data) = match words {
        [words @ .., data] if words.len() % 2 == 0 => match kind {
            MethodKind::Get => return Err(errors::pairs()),
            MethodKind::Post | MethodKind::Put => (words, Some(data)),
        },
        _ => (words, None),
    };

    let mut request = RequestOptions::new(configuration, interp)?;
    let (mut transfer, mut body) = (TRANSFER.defaults(), BODY.defaults());
    for (option, value) in given {
        // One of them takes it.
        REQUEST
            .read(&mut request, interp, &option, value)
            .or_else(|| TRANSFER.read(&mut transfer, interp, &option, value))
            .or_else(|| BODY.read(&mut body, interp, &option, value))
            .unwrap_or(Ok(()))?;
    }
    if let Some(data) = data {
        body.add(self::data(data)?, None);
    }
    add_channel(&mut body)?;
    let pairs = words.as_chunks().0.iter().map(|[key, value]| Ok((utf8(key)?, utf8(value)?)));
    let pairs = pairs.collect::<Result<Vec<Pair>, Error>>()?;
    let boundary = || hexadecimal(&rand::random::<[u8; 16]>());
    let (body, query) = form::compose(kind, body.multipart, body.parts, pairs, boundary);
    let url = form::add_query(&url::with_scheme(&url), &query);
    let url = match configuration.scheme_of(&url) {
        Some(RegisteredScheme { scheme, command }) => {
            request.transformation = command;
            Url::parse_own(&url, &scheme)
        }
        None => last_url.parse(&url),
    };
    let url = url.map_err(errors::url)?;

    let accept = transfer.accept.as_ref().map_or_else(|| configuration.accept(), headers::accept);
    // Part of what has a coding cannot be decoded.
    let is_part = transfer.headers.first("Range").is_some();
    let codings = if is_part { "identity" } else { ACCEPT_ENCODING };
    let more = [("Accept", &accept[..]), ("Accept-Encoding", codings)];
    let defaults = request.headers.iter().chain(more);
    let mut all = headers::with_defaults(&transfer.headers, defaults);
    if let Some(body) = &body {
        all.remove("Content-Type");
        all.push("Content-Type", &body.media_type);
    }
    request.headers = all;
    Ok(RequestWords {
        method: method.to_owned(),
        url,
        options: request,
        body,
        is_persistent: transfer.is_persistent,
        retries: transfer.retries,
        output: output(&transfer)?,
        encoding: transfer.encoding,
        raises: transfer.raises,
        progress: transfer.progress,
        command: transfer.command,
    })
}

/// Which body a method has. That of others than these is what the caller gives.
fn method_kind(method: &str) -> MethodKind {
    match method {
        // "A client MUST NOT send content in a TRACE request." (RFC 9110 section 9.3.8)
        "GET" | "HEAD" | "OPTIONS" | "TRACE" => MethodKind::Get,
        "POST" => MethodKind::Post,
        _ => MethodKind::Put,
    }
}

/// What is behind the command.
const fn usage(kind: MethodKind) -> &'static CStr {
    match kind {
        MethodKind::Get => c"?option value ...? url ?option value ...? ?key value ...?",
        MethodKind::Post | MethodKind::Put => {
            c"?option value ...? url ?option value ...? ?key value ...? ?data?"
        }
    }
}

/// Where the content goes. Errors where more than one place was given.
fn output(options: &TransferOptions) -> Result<Output, Error> {
    let mut outputs = [
        ("-handler", &options.handler),
        ("-channel", &options.channel),
        ("-tofile", &options.file),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty());
    let output = outputs.next();
    if let (Some((one, _)), Some((other, _))) = (output, outputs.next()) {
        return Err(errors::exclusive_options(one, other));
    }
    let output = match output {
        Some(("-handler", prefix)) => Output::Handler(prefix.clone()),
        Some(("-channel", name)) => Output::Channel(name.clone()),
        Some((_, path)) => Output::File { path: path.clone(), resumes: options.resumes },
        None => Output::Result(options.max_size),
    };
    match output {
        Output::File { .. } => Ok(output),
        _ if options.resumes => Err(errors::option_alone("-resume", "-tofile")),
        _ => Ok(output),
    }
}

/// What can be read from the channel is the only part then.
fn add_channel(body: &mut BodyOptions) -> Result<(), Error> {
    match body.channel.take() {
        Some(_) if !body.parts.is_empty() => {
            Err(errors::exclusive_options("-bodychannel", "data, -file or -value"))
        }
        Some(name) => {
            body.add(Content::Channel { name, size: body.size }, None);
            Ok(())
        }
        None if body.size.is_some() => Err(errors::option_alone("-bodysize", "-bodychannel")),
        None => Ok(()),
    }
}

fn utf8(value: &Value) -> Result<String, Error> {
    value.to_utf8().map_err(errors::request_text)
}

fn data(value: &Value) -> Result<Content, Error> {
    value.with_bytes(|_| ()).map_err(errors::request_bytes)?;
    Ok(Content::Data(value.clone()))
}

fn read_accept(to: &mut TransferOptions, _: &Interp, value: &Value) -> Result<(), Error> {
    headers::check_accept(value)?;
    to.accept = Some(value.clone());
    Ok(())
}

fn read_channel(to: &mut TransferOptions, interp: &Interp, value: &Value) -> Result<(), Error> {
    if !value.is_empty() && !interp.is_channel_open(value, "output") {
        let wanted = "a channel that is open for writing";
        return Err(errors::option_value("-channel", value, wanted));
    }
    to.channel = value.clone();
    Ok(())
}

fn read_body_channel(to: &mut BodyOptions, interp: &Interp, value: &Value) -> Result<(), Error> {
    if !value.is_empty() && !interp.is_channel_open(value, "input") {
        let wanted = "a channel that is open for reading";
        return Err(errors::option_value("-bodychannel", value, wanted));
    }
    to.channel = Some(value.clone()).filter(|value| !value.is_empty());
    Ok(())
}

fn read_encoding(to: &mut TransferOptions, _: &Interp, value: &Value) -> Result<(), Error> {
    to.encoding = match &value.to_utf8_lossy()[..] {
        "binary" => TextEncoding::Binary,
        "auto" => TextEncoding::Auto,
        name => TextEncoding::Named(find_encoding(name).ok_or_else(|| {
            errors::option_value("-encoding", value, "binary, auto, or the name of an encoding")
        })?),
    };
    Ok(())
}

/// The encoding of this name, which the web or Tcl has for it.
fn find_encoding(name: &str) -> Option<&'static Encoding> {
    let label = match &name.to_ascii_lowercase()[..] {
        "cp874" => "windows-874",
        "cp932" | "shiftjis" => "shift_jis",
        "cp936" => "gbk",
        "cp949" => "euc-kr",
        "cp950" => "big5",
        "euc-cn" => "gb2312",
        "iso2022-jp" => "iso-2022-jp",
        "maccyrillic" => "x-mac-cyrillic",
        "macroman" => "macintosh",
        _ => name,
    };
    Encoding::for_label_no_replacement(label.as_bytes())
}

/// The package in pure Tcl has TclOO classes take the connection over, by parts of its own that
/// are not here.
fn refuse_upgrade(_: &mut TransferOptions, _: &Interp, value: &Value) -> Result<(), Error> {
    match value.elements() {
        Some(words) if words.is_empty() => Ok(()),
        Some(words) if words.len() % 2 == 0 => Err(errors::upgrade(&words[0].to_utf8_lossy())),
        _ => Err(errors::option_value("-upgrade", value, "a dict")),
    }
}

fn add_file(to: &mut BodyOptions, interp: &Interp, value: &Value) -> Result<(), Error> {
    let Some(size) = interp.readable_size(value)? else {
        let wanted = "a regular file; others can be given to -bodychannel";
        return Err(errors::option_value("-file", value, wanted));
    };
    let name = options::text("-file", &interp.file_tail(value)?)?;
    to.add(Content::File { path: interp.absolute_path(value), size }, Some(name));
    Ok(())
}

fn read_multipart(to: &mut BodyOptions, _: &Interp, value: &Value) -> Result<(), Error> {
    let word = value.to_utf8_lossy();
    to.multipart = Some(match &word[..] {
        "" => Multipart::None,
        "formdata" => Multipart::FormData,
        subtype if is_token(subtype) => Multipart::Other(word),
        _ => {
            let wanted = "formdata, the subtype of another multipart type, or empty";
            return Err(errors::option_value("-multipart", value, wanted));
        }
    });
    Ok(())
}

/// "media-type = type "/" subtype parameters" (RFC 9110 section 8.3.1)
fn read_type(to: &mut BodyOptions, _: &Interp, value: &Value) -> Result<(), Error> {
    let word = value.to_utf8_lossy();
    let (essence, _) = word.split_once(';').unwrap_or((&word, ""));
    let is_type = essence
        .trim_end()
        .split_once('/')
        .is_some_and(|(one, other)| is_token(one) && is_token(other));
    if !(word.is_empty() || is_type && word.is_ascii() && is_field_value(&word)) {
        return Err(errors::option_value("-type", value, "a media type, such as text/plain"));
    }
    to.media_type = Some(word).filter(|word| !word.is_empty());
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{
        protocol::http::form::Piece,
        tcl::testing::{Tcl, run},
    };

    /// The outcome for a command in Tcl, such as `get -timeout 5 http://h/`.
    fn words(tcl: &Tcl, command: &str) -> Result<RequestWords, Error> {
        let interp = tcl.interp();
        let words = interp.eval(&format!("list {command}")).unwrap().elements().unwrap();
        let configuration = Configuration::new(interp, false);
        let method = words[0].to_utf8().unwrap();
        // A method of its own is spelled as it is sent.
        let upper = method.to_ascii_uppercase();
        let is_known = ["get", "head", "post", "put", "delete"].contains(&&method[..]);
        let method = if is_known { &upper } else { &method };
        parse(&configuration, &LastUrl::default(), interp, method, &words, 1)
    }

    fn parsed(tcl: &Tcl, command: &str) -> RequestWords {
        words(tcl, command).unwrap_or_else(|error| panic!("{command}: {}", error.message()))
    }

    const CODINGS: &str = "Accept-Encoding: gzip, deflate, br, zstd";

    /// Errorcode and message.
    fn refusal(tcl: &Tcl, command: &str) -> (String, String) {
        let error = words(tcl, command).map(|_| ()).expect_err(command);
        (error.errorcode().join(" "), error.message())
    }

    /// The content, with what stands for each part that is no text.
    fn content(request: &RequestWords) -> String {
        let pieces = request.body.iter().flat_map(|body| &body.pieces);
        let shown = pieces.map(|piece| match piece {
            Piece::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            Piece::Content(Content::Data(data)) => data.to_utf8_lossy(),
            Piece::Content(Content::File { path, size }) => {
                format!("<{} {size}>", path.to_utf8_lossy())
            }
            Piece::Content(Content::Channel { name, size }) => {
                format!("<{} {size:?}>", name.to_utf8_lossy())
            }
        });
        shown.collect()
    }

    /// The headers but for User-Agent, as lines.
    fn header_lines(request: &RequestWords) -> Vec<String> {
        let fields = request.options.headers.iter();
        let others = fields.filter(|(name, _)| *name != "User-Agent");
        others.map(|(name, value)| format!("{name}: {value}")).collect()
    }

    #[test]
    fn the_last_url_is_kept_unless_it_has_a_password() {
        let last = LastUrl::default();
        let kept = || last.0.borrow().as_ref().map(|(text, _)| text.clone());
        for _ in 0..2 {
            assert_eq!(last.parse("http://a/b").unwrap(), parse_url("http://a/b"));
        }
        assert_eq!(last.parse("http://me:secret@a/b").unwrap(), parse_url("http://me:secret@a/b"));
        assert_eq!(kept().as_deref(), Some("http://a/b"));
        assert_eq!(last.parse("http://a/c").unwrap().request_target(), "/c");
        assert_eq!(kept().as_deref(), Some("http://a/c"));
        assert!(last.parse("ftp://a/").is_err());
    }

    fn parse_url(text: &str) -> Url {
        Url::parse(text, Scheme::REQUEST).unwrap()
    }

    #[test]
    fn the_tables_are_in_order_and_no_option_is_in_two() {
        assert!(TRANSFER.is_in_order() && BODY.is_in_order());
        let names = [REQUEST.names(), TRANSFER.names(), BODY.names()].concat();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    }

    #[test]
    fn options_stand_before_and_behind_the_url() {
        run(|tcl| {
            for command in [
                "get -errors 0 -retry 3 http://h/?a=b",
                "get -errors 0 http://h/ -retry 3 a b",
                "get http://h/ -errors 0 -retry 3 -- a b",
                "get -errors 1 -- http://h/ -errors 0 -retry 3 a b",
            ] {
                let request = parsed(tcl, command);
                assert_eq!(request.url.to_string(), "http://h/?a=b", "{command}");
                assert_eq!((request.raises, request.retries), (false, 3), "{command}");
            }
        });
    }

    #[test]
    fn a_word_with_a_dash_needs_two_before_it() {
        run(|tcl| {
            let request = parsed(tcl, "get http://h/ -- -k -v");
            assert_eq!(request.url.to_string(), "http://h/?-k=-v");
            assert_eq!(content(&parsed(tcl, "post http://h/ -- -data")), "-data");
            // A lone one is no option.
            assert_eq!(content(&parsed(tcl, "post http://h/ -")), "-");
            let unknown = ("WWW GETOPT OPTION".to_owned(), "unknown option: -data".to_owned());
            assert_eq!(refusal(tcl, "post http://h/ -data"), unknown);
        });
    }

    #[test]
    fn what_is_wrong_with_options_and_pairs_is_told() {
        run(|tcl| {
            for (command, code, message) in [
                ("get -x 1 u", "WWW GETOPT OPTION", "unknown option: -x"),
                ("get -time 1 u", "WWW GETOPT OPTION", "unknown option: -time"),
                // What has no body.
                ("get -file x u", "WWW GETOPT OPTION", "unknown option: -file"),
                ("HEAD -value x u", "WWW GETOPT OPTION", "unknown option: -value"),
                ("OPTIONS -name x u", "WWW GETOPT OPTION", "unknown option: -name"),
                ("get -compress 1 u", "WWW GETOPT OPTION", "unknown option: -compress"),
                ("get u -timeout", "WWW GETOPT ARGUMENT", "option requires an argument: -timeout"),
                ("get u k", "WWW ARGS", "expected key/value pairs"),
                ("head u k v l", "WWW ARGS", "expected key/value pairs"),
                ("OPTIONS u k", "WWW ARGS", "expected key/value pairs"),
            ] {
                let expected = (code.to_owned(), message.to_owned());
                assert_eq!(refusal(tcl, command), expected, "{command}");
            }
        });
    }

    #[test]
    fn values_are_checked() {
        run(|tcl| {
            for options in [
                "-timeout abc",
                "-maxredir -1",
                "-maxredir abc",
                "-persistent foo",
                "-errors 2x",
                "-retry x",
                "-retry -1",
                "-maxsize 1.5",
                "-resume maybe",
                "-encoding nonsense",
                "-auth nocolon",
                "-digest nocolon",
                "-accept [list a\\nb]",
                "-accept \\{",
                "-accept é/x",
                "-servername a\\ud800",
                "-auth a:\\ud800",
                "-channel nochannel",
                "-upgrade a",
                "-handler x -channel stdout",
                "-handler x -tofile y",
                "-channel stdout -tofile y",
            ] {
                let (code, message) = refusal(tcl, &format!("get {options} http://h/"));
                assert_eq!(code, "WWW GETOPT ARGUMENT", "{options}: {message}");
            }
            for options in [
                "-type plain",
                "-type a/b/c",
                "-type [list a/b\\r\\nc]",
                "-type é/x",
                "-multipart {a b}",
                "-name a\\ud800",
                "-bodychannel nochannel",
                "-bodychannel stdout",
                "-bodychannel stdin -bodysize x",
                "-bodychannel stdin -value x",
                "-file /dev/null",
            ] {
                let (code, message) = refusal(tcl, &format!("post {options} http://h/"));
                assert_eq!(code, "WWW GETOPT ARGUMENT", "{options}: {message}");
            }
            let (code, _) = refusal(tcl, "post -bodychannel stdin http://h/ data");
            assert_eq!(code, "WWW GETOPT ARGUMENT");
            for command in ["get -resume 1 http://h/", "post -bodysize 1 http://h/"] {
                assert_eq!(refusal(tcl, command).0, "WWW GETOPT ARGUMENT");
            }
            let upgrade =
                ("WWW UPGRADE".to_owned(), "protocol not supported: websocket".to_owned());
            assert_eq!(refusal(tcl, "get -upgrade {websocket ::C} http://h/"), upgrade);
            parsed(tcl, "get -upgrade {} http://h/");
        });
    }

    #[test]
    fn methods_are_tokens_but_no_tunnels() {
        run(|tcl| {
            for method in ["{}", "{A B}", "A\\r\\n", "É", "CONNECT"] {
                assert_eq!(refusal(tcl, &format!("{method} http://h/")).0, "WWW METHOD");
            }
            for method in ["PROPFIND", "M-SEARCH", "Get"] {
                assert_eq!(parsed(tcl, &format!("{method} http://h/ data")).method, method);
            }
        });
    }

    #[test]
    fn a_url_needs_no_scheme_but_has_one_of_http() {
        run(|tcl| {
            assert_eq!(parsed(tcl, "get h:1/x").url.to_string(), "http://h:1/x");
            assert_eq!(parsed(tcl, "get https://h#f a b").url.to_string(), "https://h/?a=b");
            assert_eq!(refusal(tcl, "get").0, "TCL WRONGARGS");
            assert_eq!(refusal(tcl, "get {}").0, "WWW URL HOSTSPEC");
            assert_eq!(refusal(tcl, "get ftp://h/").0, "WWW URL SCHEME");
            assert_eq!(refusal(tcl, "get ws://h/").0, "WWW URL SCHEME");
        });
    }

    #[test]
    fn bodies_follow_method_and_words() {
        run(|tcl| {
            for (command, query, media_type, content_) in [
                ("get http://h/ k v", "?k=v", None, ""),
                ("post http://h/", "", Some("application/x-www-form-urlencoded"), ""),
                ("post http://h/ k é", "", Some("application/x-www-form-urlencoded"), "k=%C3%A9"),
                ("post http://h/ data", "", Some("application/octet-stream"), "data"),
                ("post -type application/json http://h/ {{}}", "", Some("application/json"), "{}"),
                (
                    "post -multipart {} http://h/ k v data",
                    "?k=v",
                    Some("application/octet-stream"),
                    "data",
                ),
                ("put http://h/ k v", "?k=v", None, ""),
                ("PATCH -type {a/b;c=d} http://h/ k v data", "?k=v", Some("a/b;c=d"), "data"),
                ("delete http://h/", "", None, ""),
                ("REPORT http://h/ data", "", Some("application/octet-stream"), "data"),
                (
                    "put -bodychannel stdin http://h/",
                    "",
                    Some("application/octet-stream"),
                    "<stdin None>",
                ),
                (
                    "put -bodychannel stdin -bodysize 7 http://h/",
                    "",
                    Some("application/octet-stream"),
                    "<stdin Some(7)>",
                ),
            ] {
                let request = parsed(tcl, command);
                assert_eq!(request.url.to_string(), format!("http://h/{query}"), "{command}");
                assert_eq!(request.options.headers.first("Content-Type"), media_type, "{command}");
                assert_eq!(request.body.is_some(), media_type.is_some(), "{command}");
                assert_eq!(content(&request), content_, "{command}");
            }
        });
    }

    #[test]
    fn name_and_type_hold_until_given_again() {
        run(|tcl| {
            let request = parsed(
                tcl,
                "put -type a/b -value 1 -value 2 -type {} -value 3 -type c/d http://h/ data",
            );
            let content_ = content(&request);
            let types: Vec<_> = content_.lines().filter(|line| line.contains("Type")).collect();
            assert_eq!(
                types,
                [
                    "Content-Type: a/b",
                    "Content-Type: a/b",
                    "Content-Type: application/octet-stream",
                    "Content-Type: c/d"
                ]
            );
            let request =
                parsed(tcl, "post -value 0 -name a -value 1 -value 2 http://h/ -name b data");
            let content_ = content(&request);
            let names: Vec<_> = content_.split("name=").skip(1).map(|text| &text[..3]).collect();
            assert_eq!(names, ["\"va", "\"a\"", "\"a\"", "\"b\""]);
        });
    }

    #[test]
    fn a_file_is_looked_at_and_not_read() {
        run(|tcl| {
            let script = "
                set channel [file tempfile name /tmp/log.gz]
                puts -nonewline $channel hello
                close $channel
                set name";
            let path = tcl.interp().eval(script).unwrap().to_utf8_lossy();
            let command =
                format!("post -name logfile -type application/gzip -file {path} http://h/ k v");
            let request = parsed(tcl, &command);
            tcl.interp().eval("file delete $name").unwrap();
            let text = content(&request);
            let name = path.rsplit('/').next().unwrap();
            let head = format!(
                "Content-Disposition: form-data; name=\"logfile\"; filename=\"{name}\"\r\n\
                 Content-Type: application/gzip\r\n\r\n<{path} 5>\r\n"
            );
            assert!(text.contains(&head), "{text}");
            let length = request.body.unwrap().length(Content::length).unwrap();
            assert_eq!(length, (text.len() - path.len() - "< 5>".len() + "hello".len()) as u64);
            assert_eq!(
                refusal(tcl, &command),
                (
                    "POSIX ENOENT no such file or directory".to_owned(),
                    format!("couldn't open \"{path}\": no such file or directory")
                )
            );
        });
    }

    #[test]
    fn boundaries_differ() {
        run(|tcl| {
            let boundary = || {
                let request = parsed(tcl, "post -multipart formdata http://h/");
                let value = request.options.headers.first("Content-Type").unwrap().to_owned();
                assert_eq!(value.len(), "multipart/form-data; boundary=".len() + 32);
                value
            };
            assert_ne!(boundary(), boundary());
        });
    }

    #[test]
    fn data_is_bytes() {
        run(|tcl| {
            for command in ["post http://h/ \\u0100", "post -value \\u20ac http://h/"] {
                assert_eq!(refusal(tcl, command).0, "WWW BYTES", "{command}");
            }
            parsed(tcl, "post http://h/ \\u00ff");
        });
    }

    #[test]
    fn text_can_be_encoded() {
        run(|tcl| {
            for command in ["get http://h/\\ud800", "get h \\ud800 x", "post h x \\udc00"] {
                assert_eq!(refusal(tcl, command).0, "WWW TEXT", "{command}");
            }
        });
    }

    #[test]
    fn headers_take_the_place_of_defaults_and_others_follow() {
        run(|tcl| {
            for (options, lines) in [
                ("", &["Accept: */*", CODINGS][..]),
                ("-accept {text/html a/b}", &["Accept: */*, text/html, a/b", CODINGS]),
                (
                    "-headers {X a accept text/plain x b} -headers {X c}",
                    &["accept: text/plain", CODINGS, "X: a, b, c"],
                ),
                ("-headers {accept-encoding br}", &["Accept: */*", "accept-encoding: br"]),
                (
                    "-headers {range bytes=5-}",
                    &["Accept: */*", "Accept-Encoding: identity", "range: bytes=5-"],
                ),
                (
                    "-headers {Authorization a} -headers {authorization b}",
                    &["Accept: */*", CODINGS, "authorization: b"],
                ),
            ] {
                let request = parsed(tcl, &format!("get {options} http://h/"));
                assert_eq!(header_lines(&request), lines, "{options}");
            }
            let request = parsed(tcl, "get -headers {USER-agent me} http://h/");
            let first = request.options.headers.iter().next();
            assert_eq!(first, Some(("USER-agent", "me")));
            let request = parsed(tcl, "post -headers {content-type a/b X y} http://h/ data");
            let lines = ["Accept: */*", CODINGS, "X: y", "Content-Type: application/octet-stream"];
            assert_eq!(header_lines(&request), lines);
        });
    }

    #[test]
    fn headers_that_cannot_be_sent_are_refused() {
        run(|tcl| {
            for list in [
                "a",
                "{a b c}",
                "{{A B} c}",
                "[list A b\\r\\nC:d]",
                "[list A \\0]",
                "{Content-Length 5}",
                "{Transfer-Encoding chunked}",
                "{Host a host b}",
                "{X é}",
                "[list X a\\ud800]",
                "[list a\\ud800 X]",
            ] {
                let (code, _) = refusal(tcl, &format!("get -headers {list} http://h/"));
                assert_eq!(code, "WWW HEADER", "{list}");
            }
        });
    }

    #[test]
    fn content_goes_to_one_place() {
        run(|tcl| {
            let output = |options| parsed(tcl, &format!("get {options} http://h/")).output;
            assert!(matches!(output(""), Output::Result(Some(MAX_SIZE))));
            assert!(matches!(output("-maxsize 0 -handler {}"), Output::Result(None)));
            assert!(matches!(output("-handler {a b}"), Output::Handler(_)));
            assert!(matches!(output("-channel stdout"), Output::Channel(_)));
            let Output::File { path, resumes: true } = output("-resume 1 -tofile x") else {
                panic!("no file")
            };
            assert!(path.to_utf8_lossy().ends_with("/x"));
        });
    }

    #[test]
    fn encodings_have_the_names_of_the_web_and_of_tcl() {
        run(|tcl| {
            let encoding = |name: &str| parsed(tcl, &format!("get -encoding {name} h")).encoding;
            assert_eq!(encoding("binary"), TextEncoding::Binary);
            assert_eq!(encoding("auto"), TextEncoding::Auto);
            for name in [
                "utf-8",
                "iso8859-1",
                "cp1252",
                "euc-jp",
                "koi8-r",
                "Shift_JIS",
                "ascii",
                "shiftjis",
                "cp932",
                "macRoman",
                "unicode",
            ] {
                assert!(matches!(encoding(name), TextEncoding::Named(_)), "{name}");
            }
        });
    }
}
