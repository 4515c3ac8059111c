//! The content of a response on its way into a file, which is there whole or not at all.
//!
//! It is written to another file beside that, which is renamed at the end. After a failure, or when
//! the process exits, this is deleted, unless it is to be continued: then it is called `NAME.part`,
//! and `NAME.part.info` has a list of the URL and of what the server calls the content, which tells
//! whether that is the same still. All is done by the commands of the interpreter.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use super::{errors, taker::Taker};
use crate::{
    client::{self, Arrived, Flow},
    protocol::http::{
        range::{self, PARTIAL_CONTENT, Part, RANGE_NOT_SATISFIABLE},
        response::ResponseHead,
        syntax::hexadecimal,
    },
    tcl::{Error, Interp, ScriptChannel, Temporary, Value},
};

const OK: u16 = 200;
const NOT_MODIFIED: u16 = 304;

/// A file that is made of content.
pub(super) struct Download {
    interp: Interp,
    /// No symbolic link.
    path: Value,
    /// What is needed to continue it, if that is wanted.
    resumption: Option<Resumption>,
    /// What is being written.
    file: RefCell<Option<Rc<Unfinished>>>,
    /// Whether the part that is there turned out to be all.
    is_whole: Cell<bool>,
}

/// What is needed to continue a file.
struct Resumption {
    part: Value,
    info: Value,
    url: String,
    /// What is there.
    found: Option<Part>,
}

impl Download {
    /// One into this file. The content of a URL can be continued.
    ///
    /// Errors where the file cannot be made.
    pub(super) fn new(interp: &Interp, path: Value, url: Option<String>) -> Result<Self, Error> {
        if interp.is_file("exists", &path) && !interp.is_file("isfile", &path) {
            let wanted = "a regular file; others can be given to -channel";
            return Err(errors::option_value("-tofile", &path, wanted));
        }
        let Some(path) = interp.link_target(&path)? else {
            let wanted = "a file to which symbolic links lead";
            return Err(errors::option_value("-tofile", &path, wanted));
        };
        if !interp.is_directory(&interp.file_directory(&path)?) {
            let wanted = "a file in a directory that is there";
            return Err(errors::option_value("-tofile", &path, wanted));
        }
        let resumption = url.map(|url| Resumption::find(interp, &path, url));
        Ok(Self {
            interp: interp.clone(),
            path,
            resumption,
            file: RefCell::default(),
            is_whole: Cell::default(),
        })
    }

    /// Opens what the content of a response with this head is written to.
    fn open(&self, head: &ResponseHead) -> Result<Unfinished, Error> {
        let Some(resumption) = &self.resumption else { return self.create() };
        match (head.status, &resumption.found) {
            (PARTIAL_CONTENT, Some(found)) => {
                let complete = found.continued_by(head);
                let channel = self.interp.append_to_file(&resumption.part)?;
                let file = self.unfinished(channel, &resumption.part, None);
                file.length.set(found.length);
                file.is_kept.set(true);
                // It may have changed since.
                let is_same = self.interp.file_size(&resumption.part)? == found.length;
                let Some(complete) = complete.ok().filter(|_| is_same) else {
                    file.is_kept.set(false);
                    self.interp.delete_file(&resumption.info)?;
                    return Err(errors::wrong_range());
                };
                file.complete.set(complete);
                Ok(file)
            }
            // Nobody has asked for it.
            (PARTIAL_CONTENT, None) => Err(errors::wrong_range()),
            (OK, _) => match range::validator(&head.headers) {
                Some(validator) => self.begin_anew(resumption, &validator),
                None => self.create(),
            },
            _ => self.create(),
        }
    }

    /// A file that is of no use unless it is whole.
    fn create(&self) -> Result<Unfinished, Error> {
        let random = hexadecimal(&rand::random::<[u8; 8]>());
        let path = beside(&self.path, &format!(".{random}.part"));
        // Known before it is there, since another thread may end the process at any time.
        let temporary = self.interp.system_path(&path).ok().map(Temporary::new);
        let channel = self.interp.create_file(&path)?;
        temporary.iter().for_each(Temporary::delete_if_exiting);
        Ok(self.unfinished(channel, &path, temporary))
    }

    /// A file that is open. Who may read the one that it is to replace may read this one.
    fn unfinished(
        &self,
        channel: ScriptChannel,
        path: &Value,
        temporary: Option<Temporary>,
    ) -> Unfinished {
        let permissions = self.interp.permissions(&self.path);
        if let Some(permissions) = &permissions {
            self.interp.set_permissions(path, permissions);
            // It may have to be opened again.
            self.interp.set_permissions(path, &Value::string("u+rw"));
        }
        Unfinished {
            interp: self.interp.clone(),
            channel,
            path: path.clone(),
            temporary,
            permissions,
            length: Cell::default(),
            complete: Cell::default(),
            is_kept: Cell::default(),
            is_finished: Cell::default(),
        }
    }

    /// A file that can be continued.
    fn begin_anew(&self, resumption: &Resumption, validator: &str) -> Result<Unfinished, Error> {
        let Resumption { part, info, url, .. } = resumption;
        self.interp.delete_file(info)?;
        self.interp.delete_file(part)?;
        let file = self.unfinished(self.interp.create_file(part)?, part, None);
        // Without this, the part is not taken for one of this content.
        let note = self.interp.create_file(info)?;
        note.write(&Value::strings([url, validator]))?;
        note.close()?;
        file.is_kept.set(true);
        Ok(file)
    }

    /// The part that was there is all there is.
    fn finish_part(&self) -> Result<(), Error> {
        let Some(resumption) = &self.resumption else { return Ok(()) };
        if let Some(permissions) = self.interp.permissions(&self.path) {
            self.interp.set_permissions(&resumption.part, &permissions);
        }
        self.interp.rename_file(&resumption.part, &self.path)?;
        self.interp.delete_file(&resumption.info)
    }
}

impl Resumption {
    /// What is there of a file.
    fn find(interp: &Interp, path: &Value, url: String) -> Self {
        let (part, info) = (beside(path, ".part"), beside(path, ".part.info"));
        let found = || {
            let length = interp.file_size(&part).ok().filter(|length| *length > 0)?;
            let note = Value::bytes(&interp.read_file(&info).ok()?).elements()?;
            let [its_url, validator] = &note[..] else { return None };
            let is_its = its_url.to_utf8_lossy() == url;
            is_its.then(|| Part { length, validator: validator.to_utf8_lossy() })
        };
        let found = found();
        Self { part, info, url, found }
    }
}

/// The path of another file in the same directory.
fn beside(path: &Value, end: &str) -> Value {
    Value::string(&format!("{}{end}", path.to_utf8_lossy()))
}

impl client::Content for Download {
    fn begin(&self, head: &ResponseHead, _: Option<u64>) -> Result<(), client::Error> {
        self.file.take();
        let found = self.resumption.as_ref().and_then(|resumption| resumption.found.as_ref());
        self.is_whole.set(found.is_some_and(|found| found.is_whole_by(head)));
        // The content of a 304 is what the caller has.
        if head.status != NOT_MODIFIED && !self.is_whole.get() {
            let file = self.open(head)?;
            self.file.replace(Some(Rc::new(file)));
        }
        Ok(())
    }

    fn take(&self, piece: Arrived<'_>) -> Result<Flow, client::Error> {
        let piece = piece.bytes();
        let file = self.file.borrow().clone();
        if let Some(file) = file {
            file.channel.write_bytes(piece)?;
            file.length.update(|length| length + piece.len() as u64);
        }
        Ok(Flow::Open)
    }

    fn end(&self) -> Result<(), client::Error> {
        if self.is_whole.get() {
            return Ok(self.finish_part()?);
        }
        let Some(file) = self.file.take() else { return Ok(()) };
        file.finish(&self.path)?;
        if let Some(resumption) = self.resumption.as_ref().filter(|_| file.is_kept.get()) {
            self.interp.delete_file(&resumption.info)?;
        }
        Ok(())
    }

    fn on_room(&self, _: Rc<dyn Fn()>) {}

    fn abandon(&self) {
        self.file.take();
    }
}

impl Taker for Download {
    fn headers(&self) -> Vec<(&'static str, String)> {
        let Some(resumption) = &self.resumption else { return Vec::new() };
        // What is continued has to be the same bytes.
        let identity = ("Accept-Encoding", "identity".to_owned());
        let rest = resumption.found.as_ref().map(Part::headers);
        [identity].into_iter().chain(rest.into_iter().flatten()).collect()
    }

    fn settles(&self, head: &ResponseHead) -> Result<bool, Error> {
        let Some(resumption) = &self.resumption else { return Ok(false) };
        let Some(found) = &resumption.found else { return Ok(false) };
        if found.is_whole_by(head) {
            self.finish_part()?;
            return Ok(true);
        }
        if head.status == RANGE_NOT_SATISFIABLE {
            // The part cannot be one of what the server has.
            self.interp.delete_file(&resumption.part)?;
            self.interp.delete_file(&resumption.info)?;
        }
        Ok(false)
    }
}

/// A file that is being written. Dropping it deletes it, unless it is kept or finished.
struct Unfinished {
    interp: Interp,
    channel: ScriptChannel,
    path: Value,
    /// If it is of no use later.
    temporary: Option<Temporary>,
    /// Those of the file that it is to replace, if there is one.
    permissions: Option<Value>,
    /// How many bytes are in it, and are to be, if that is known.
    length: Cell<u64>,
    complete: Cell<Option<u64>>,
    /// Whether it is of use as it is.
    is_kept: Cell<bool>,
    is_finished: Cell<bool>,
}

impl Unfinished {
    /// Gives it its name. Errors where it cannot be written, or is not whole.
    fn finish(&self, name: &Value) -> Result<(), Error> {
        if let Some(complete) = self.complete.get().filter(|it| *it != self.length.get()) {
            return Err(errors::short_range(self.length.get(), complete));
        }
        self.channel.close()?;
        if let Some(permissions) = &self.permissions {
            self.interp.set_permissions(&self.path, permissions);
        }
        self.interp.rename_file(&self.path, name)?;
        self.is_finished.set(true);
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.is_finished.get() {
            // Where a coroutine or the interpreter ends, no command would do it.
            self.channel.close_past_scripts();
            if !self.is_kept.get() && self.interp.delete_file(&self.path).is_err() {
                // The interpreter is gone, perhaps.
                self.temporary.iter().for_each(Temporary::delete);
            }
        }
    }
}
