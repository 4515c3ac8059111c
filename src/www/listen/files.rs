//! `www::files directory request body`: a prefix for `-request` that answers with the files of a
//! directory, and with nothing outside of it.

use std::{
    fs::{self, File, Metadata, OpenOptions},
    io,
    path::{Path, PathBuf},
    rc::Rc,
    time::{SystemTime, UNIX_EPOCH},
};

use crate::{
    protocol::http::{
        files::{self, FileRefusal, Location},
        headers::Headers,
        message::Version,
        request::RequestHead,
        selection::{Representation, accepts_gzip},
        target::Target,
    },
    tcl::{Completion, Deferred, Error, Interp, MAX_DEFERRED, Value},
    www::errors,
};

/// What a folder is answered with.
const INDEX: &str = "index.html";

/// Creates the command.
pub(crate) fn create_command(interp: &Interp) {
    interp.create_command(c"::www::files", |interp, words| {
        Completion::Returns(answer(interp, words).map(Into::into))
    });
}

/// An answer, as `-request` wants it.
fn answer(interp: &Interp, words: &[Value]) -> Result<Value, Error> {
    let [_, directory, request, _body] = words else {
        return Err(interp.wrong_arguments(words, 1, c"directory request body"));
    };
    let head = parse(request).ok_or_else(|| errors::argument("request: not a request"))?;
    let root = interp.system_path(directory).ok().and_then(|root| fs::canonicalize(root).ok());
    let root = root.ok_or_else(|| {
        errors::files(&format!("there is no directory {:?}", directory.to_utf8_lossy()))
    })?;
    let location = match files::locate(&head) {
        Ok(location) => location,
        Err(refusal) => return Ok(refused(refusal)),
    };
    let Location { names, is_folder } = location;
    let path = names.iter().fold(root.clone(), |path, name| path.join(name));
    if !is_folder && within(&root, &path).is_some_and(|path| path.is_dir()) {
        let headers = [("Location", files::with_slash(&head))].into_iter().collect();
        return Ok(text(301, headers, "the folder has a slash at its end"));
    }
    let path = if is_folder { path.join(INDEX) } else { path };
    match open(&root, &path) {
        Some(file) => send(&head, &root, &path, file),
        None => Ok(refused(FileRefusal::Path)),
    }
}

/// The head of a request, of what a script has of it.
fn parse(request: &Value) -> Option<RequestHead> {
    let entry = |key| request.dict_entry(&Value::string(key));
    let method = entry("method")?.to_utf8().ok()?;
    let target = Target::parse(entry("target")?.to_utf8().ok()?, &method).ok()?;
    let words = entry("headers")?.elements()?;
    let (pairs, []) = words.as_chunks() else { return None };
    let mut headers = Headers::new();
    for [name, value] in pairs {
        headers.push(name.to_utf8().ok()?, value.to_utf8().ok()?);
    }
    let version = Version::Http11;
    Some(RequestHead { method, target, version, headers, has_content: false, is_persistent: true })
}

/// A file that is open.
struct Opened {
    file: File,
    facts: Metadata,
}

/// The path without links, if it lies in this folder.
fn within(root: &Path, path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok().filter(|path| path.starts_with(root))
}

/// Opens a regular file in this folder. A link is followed, as long as it does not leave it.
fn open(root: &Path, path: &Path) -> Option<Opened> {
    let path = within(root, path)?;
    let mut options = OpenOptions::new();
    options.read(true);
    // To open a pipe would wait for its other end.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        libc::O_NOFOLLOW | libc::O_NONBLOCK,
    );
    let file = options.open(path).ok()?;
    let facts = file.metadata().ok().filter(Metadata::is_file)?;
    Some(Opened { file, facts })
}

/// The answer with a file, or with the one that has it compressed beside it.
fn send(head: &RequestHead, root: &Path, path: &Path, file: Opened) -> Result<Value, Error> {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let compressed = open(root, &path.with_file_name(format!("{name}.gz")));
    let mut described = Headers::new();
    described.push("Content-Type", files::media_type(&name));
    if compressed.is_some() {
        described.push("Vary", "Accept-Encoding");
    }
    let chosen = match compressed.filter(|_| accepts_gzip(&head.headers)) {
        Some(compressed) => {
            described.push("Content-Encoding", "gzip");
            compressed
        }
        None => file,
    };
    let modified = chosen.facts.modified().unwrap_or(UNIX_EPOCH);
    let representation = Representation { length: chosen.facts.len(), modified };
    let is_get = head.method == "GET";
    let selection = representation.select(is_get, &head.headers, SystemTime::now());
    let mut headers = selection.headers;
    if matches!(selection.status, 200 | 206 | 304) {
        described.iter().for_each(|(name, value)| headers.push(name, value));
    }
    let length = selection.content.end - selection.content.start;
    let too_large = || errors::files(&format!("{name:?} is too large"));
    let size = usize::try_from(length).ok().filter(|size| *size <= MAX_DEFERRED);
    let size = size.ok_or_else(too_large)?;
    if !is_get {
        headers.push("Content-Length", length.to_string());
        return Ok(list(selection.status, &headers, Value::empty()));
    }
    let part = Part { file: chosen.file, start: selection.content.start, size };
    let body = if size == 0 { Value::empty() } else { Value::deferred(Rc::new(part)) };
    Ok(list(selection.status, &headers, body))
}

fn refused(refusal: FileRefusal) -> Value {
    let words = match refusal {
        FileRefusal::Method => "there are only files here",
        FileRefusal::Path => "there is no such file",
    };
    text(refusal.status(), refusal.headers(), words)
}

/// An answer for a person.
fn text(status: u16, mut headers: Headers, words: &str) -> Value {
    headers.push("Content-Type", "text/plain; charset=utf-8");
    list(status, &headers, Value::bytes(format!("{words}\n").as_bytes()))
}

fn list(status: u16, headers: &Headers, body: Value) -> Value {
    let headers = headers.iter().flat_map(|(name, value)| [name, value]);
    Value::list(&[Value::integer(status.into()), Value::strings(headers), body])
}

/// A part of a file, which is read when it is sent.
struct Part {
    file: File,
    start: u64,
    size: usize,
}

impl Deferred for Part {
    fn length(&self) -> usize {
        self.size
    }

    /// Writes less, perhaps nothing, where the file has become shorter or cannot be read.
    fn write_part(&self, start: usize, out: &mut [u8]) -> usize {
        let length = out.len().min(self.size.saturating_sub(start));
        let mut written = 0;
        while written < length {
            let at = self.start + (start + written) as u64;
            match read_at(&self.file, &mut out[written..length], at) {
                Ok(0) => break,
                Ok(count) => written += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => break,
            }
        }
        written
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, at)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, at)
}
