//! Files as the scripts of an interpreter have them: with virtual file systems, and through its own
//! commands, so that one that is hidden or replaced is not passed by.

use std::path::PathBuf;

use super::{error::Error, interp::Interp, script_channel::ScriptChannel, value::Value};

/// Why a file or directory cannot be read, in Tcl's words: `no such file or directory`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FileError(pub(crate) String);

/// The most that is read of a file: far more than what a script names by a path needs, and little
/// enough that one without an end does no harm.
const MAX_SIZE: usize = 16 * 1024 * 1024;

/// How many symbolic links are followed, as Linux has it.
const MAX_LINKS: usize = 40;

/// `-buffersize` of a file that is read or written in pieces, in bytes. Each buffer is one system
/// call, and stays in the processor's cache.
const BUFFER: &str = "65536";

impl Interp {
    /// The path that means the same after the working directory has changed. What cannot be made
    /// one is left as it is.
    pub(crate) fn absolute_path(&self, path: &Value) -> Value {
        let is_relative = self
            .file_command("pathtype", [path])
            .is_ok_and(|kind| kind.to_utf8_lossy() == "relative");
        // Joined to a directory, the empty path would become that.
        if !is_relative || path.to_utf8_lossy().is_empty() {
            return path.clone();
        }
        let joined = self
            .call([&Value::string("::pwd")])
            .and_then(|directory| self.file_command("join", [&directory, path]));
        joined.unwrap_or_else(|_| path.clone())
    }

    /// The path as the system takes it, absolute; a tilde at its beginning is what this Tcl takes
    /// it for.
    pub(crate) fn system_path(&self, path: &Value) -> Result<PathBuf, FileError> {
        let normal = self.file_command("normalize", [path])?;
        Ok(self.file_command("nativename", [&normal])?.to_utf8_lossy().into())
    }

    /// Whether there is a directory of this path.
    pub(crate) fn is_directory(&self, path: &Value) -> bool {
        self.is_file("isdirectory", path)
    }

    /// The last component of a path.
    pub(crate) fn file_tail(&self, path: &Value) -> Result<Value, Error> {
        self.file_command("tail", [path])
    }

    /// How many bytes are in a file; `None` if it is no regular one, such as a pipe.
    ///
    /// Errors, as Tcl words them, where it cannot be read.
    pub(crate) fn readable_size(&self, path: &Value) -> Result<Option<u64>, Error> {
        let is = |what| self.is_file(what, path);
        if is("isdirectory") {
            // Tcl 8.6 opens it, and names only the channel when that cannot be read.
            const REASON: &str = "illegal operation on a directory";
            let message = format!("couldn't open \"{}\": {REASON}", path.to_utf8_lossy());
            return Err(Error::new(&message, ["POSIX", "EISDIR", REASON]));
        }
        // To open a pipe would wait for its other end.
        if is("exists") && !is("isfile") {
            return Ok(None);
        }
        let channel = self.open_to_read(path)?;
        self.call([&Value::string("::close"), &channel])?;
        let size = self.file_command("size", [path])?;
        Ok(size.to_integer().and_then(|size| size.try_into().ok()))
    }

    /// What is in a file, of which there may be 16 MiB.
    pub(crate) fn read_file(&self, path: &Value) -> Result<Vec<u8>, FileError> {
        let [read, close] = ["::read", "::close"].map(Value::string);
        let channel = self.open_to_read(path)?;
        let size = Value::integer(i64::try_from(MAX_SIZE + 1).unwrap_or(i64::MAX));
        let content = self.call([&read, &channel, &size]);
        // What was read is right, even where the file cannot be closed.
        let _ = self.call([&close, &channel]);
        let content = content?.with_bytes(<[u8]>::to_vec);
        match content {
            Ok(content) if content.len() <= MAX_SIZE => Ok(content),
            Ok(_) => Err(FileError("file too large".to_owned())),
            Err(_) => Err(FileError("it was not read as bytes".to_owned())),
        }
    }

    /// Opens a file for reading, and returns the name of its channel.
    pub(crate) fn open_to_read(&self, path: &Value) -> Result<Value, Error> {
        self.open(path, "rb")
    }

    /// The same, for a file that is read in large pieces.
    pub(crate) fn open_to_read_all(&self, path: &Value) -> Result<Value, Error> {
        let channel = self.open_to_read(path)?;
        self.configure_channel(&channel, ["-buffersize", BUFFER])?;
        Ok(channel)
    }

    /// Opens a file that is not there yet, for writing.
    pub(crate) fn create_file(&self, path: &Value) -> Result<ScriptChannel, Error> {
        self.open_to_write(path, "WRONLY CREAT EXCL")
    }

    /// Opens a file for writing behind what is in it.
    pub(crate) fn append_to_file(&self, path: &Value) -> Result<ScriptChannel, Error> {
        self.open_to_write(path, "a")
    }

    fn open_to_write(&self, path: &Value, access: &str) -> Result<ScriptChannel, Error> {
        let name = self.open(path, access)?;
        self.configure_channel(&name, ["-translation", "binary", "-buffersize", BUFFER])?;
        ScriptChannel::find(self, &name)
    }

    fn configure_channel<const N: usize>(
        &self,
        channel: &Value,
        options: [&str; N],
    ) -> Result<(), Error> {
        let configure = ["::chan", "configure"].map(Value::string);
        let options = options.map(Value::string);
        self.call(configure.iter().chain([channel]).chain(&options)).map(drop)
    }

    fn open(&self, path: &Value, access: &str) -> Result<Value, Error> {
        let text = path.to_utf8_lossy();
        // Here `open` would start a program.
        let path = if text.starts_with('|') { &Value::string(&format!("./{text}")) } else { path };
        let [open, access] = ["::open", access].map(Value::string);
        self.call([&open, path, &access])
    }

    /// How many bytes are in a file.
    pub(crate) fn file_size(&self, path: &Value) -> Result<u64, Error> {
        let size = self.file_command("size", [path])?;
        Ok(size.to_integer().and_then(|size| size.try_into().ok()).unwrap_or_default())
    }

    /// Whether there is a file of this path: `isfile`, `isdirectory`, or any by `exists`.
    pub(crate) fn is_file(&self, what: &str, path: &Value) -> bool {
        self.file_command(what, [path]).is_ok_and(|it| it.to_boolean() == Some(true))
    }

    /// The directory that a path is in.
    pub(crate) fn file_directory(&self, path: &Value) -> Result<Value, Error> {
        self.file_command("dirname", [path])
    }

    /// Gives a file another path, in place of the file that may be there.
    pub(crate) fn rename_file(&self, from: &Value, to: &Value) -> Result<(), Error> {
        let [force, end] = ["-force", "--"].map(Value::string);
        self.file_command("rename", [&force, &end, from, to]).map(drop)
    }

    /// The path that a file is at, of which this path is perhaps a symbolic link; `None` where the
    /// links lead to no end.
    pub(crate) fn link_target(&self, path: &Value) -> Result<Option<Value>, Error> {
        let mut path = path.clone();
        for _ in 0..MAX_LINKS {
            // What is not there is no link.
            let kind = self.file_command("type", [&path]).unwrap_or_default();
            if kind.to_utf8_lossy() != "link" {
                return Ok(Some(path));
            }
            let target = self.file_command("readlink", [&path])?;
            let directory = self.file_directory(&path)?;
            path = self.file_command("join", [&directory, &target])?;
        }
        Ok(None)
    }

    /// Who may do what with a file; `None` where it is not there, or the file system has no such
    /// thing.
    pub(crate) fn permissions(&self, path: &Value) -> Option<Value> {
        self.file_command("attributes", [path, &Value::string("-permissions")]).ok()
    }

    /// Sets what [`permissions`](Self::permissions) tells, or changes it, as in `u+w`, where that
    /// can be done.
    pub(crate) fn set_permissions(&self, path: &Value, permissions: &Value) {
        let option = Value::string("-permissions");
        let _ = self.file_command("attributes", [path, &option, permissions]);
    }

    /// Deletes a file, if it is there.
    pub(crate) fn delete_file(&self, path: &Value) -> Result<(), Error> {
        self.file_command("delete", [&Value::string("--"), path]).map(drop)
    }

    /// The paths of the files in a directory, in the order of their names. Those whose names begin
    /// with a dot are left out.
    pub(crate) fn files_in(&self, directory: &Value) -> Result<Vec<Value>, FileError> {
        if !self.is_directory(directory) {
            // It fails for what is not there, and says why.
            self.file_command("mtime", [directory])?;
            return Err(FileError("not a directory".to_owned()));
        }
        let [glob, no_complaint, files, kind, within, all] =
            ["::glob", "-nocomplain", "-types", "f", "-directory", "*"].map(Value::string);
        let found = self.call([&glob, &no_complaint, &files, &kind, &within, directory, &all])?;
        let mut found = found.elements().unwrap_or_default();
        found.sort_by_cached_key(Value::to_utf8_lossy);
        Ok(found)
    }

    /// Whether there is a channel of this name that is open for `input` or `output`.
    pub(crate) fn is_channel_open(&self, name: &Value, mode: &str) -> bool {
        let command = ["::chan", "pending", mode].map(Value::string);
        let pending = self.call(command.iter().chain([name]));
        // -1 where it is not.
        pending.is_ok_and(|count| count.to_integer().is_some_and(|count| count >= 0))
    }

    fn file_command<const N: usize>(
        &self,
        subcommand: &str,
        arguments: [&Value; N],
    ) -> Result<Value, Error> {
        let command = ["::file", subcommand].map(Value::string);
        self.call(command.iter().chain(arguments))
    }
}

/// The reason alone, where Tcl says it: its message names the path in a form that need not be that
/// of the caller.
impl From<Error> for FileError {
    fn from(error: Error) -> Self {
        match &error.errorcode()[..] {
            [kind, _, reason] if kind == "POSIX" => Self(reason.clone()),
            _ => Self(error.message()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::testing, *};

    fn path(text: &str) -> Value {
        Value::string(text)
    }

    fn missing() -> FileError {
        FileError("no such file or directory".to_owned())
    }

    #[test]
    fn a_file_is_read_as_bytes() {
        testing::run(|tcl| {
            let interp = tcl.interp();
            let script = "
                set channel [file tempfile name]
                fconfigure $channel -translation binary
                puts -nonewline $channel a\\r\\nb\\0\\xff\\x1a
                close $channel
                set name";
            let name = interp.eval(script).unwrap();
            assert_eq!(interp.read_file(&name).unwrap(), b"a\r\nb\0\xff\x1a");
            interp.eval("file delete $name").unwrap();
            assert_eq!(interp.read_file(&name), Err(missing()));
            assert_eq!(interp.eval("chan names").unwrap().to_utf8_lossy().find("file"), None);
        });
    }

    #[test]
    fn a_pipe_starts_no_program() {
        testing::run(|tcl| {
            assert_eq!(tcl.interp().read_file(&path("|echo x")), Err(missing()));
        });
    }

    #[test]
    fn a_file_without_an_end_is_too_large() {
        testing::run(|tcl| {
            let error = tcl.interp().read_file(&path("/dev/zero")).unwrap_err();
            assert_eq!(error.0, "file too large");
        });
    }

    #[test]
    fn a_hidden_command_is_not_passed_by() {
        testing::run(|tcl| {
            let interp = tcl.interp();
            interp.eval("interp hide {} open; interp hide {} glob").unwrap();
            let error = FileError("invalid command name \"::open\"".to_owned());
            assert_eq!(interp.read_file(&path("/dev/null")), Err(error));
            let error = FileError("invalid command name \"::glob\"".to_owned());
            assert_eq!(interp.files_in(&path("/")).unwrap_err(), error);
            interp.eval("interp hide {} file").unwrap();
            assert!(!interp.is_directory(&path("/")));
            assert_eq!(interp.absolute_path(&path("a")).to_utf8_lossy(), "a");
        });
    }

    #[test]
    fn only_regular_files_that_can_be_read_have_a_size() {
        testing::run(|tcl| {
            let interp = tcl.interp();
            let name = interp.eval("close [file tempfile name]; set name").unwrap();
            assert_eq!(interp.readable_size(&name).unwrap(), Some(0));
            interp.eval("set c [open $name w]; puts -nonewline $c hello; close $c").unwrap();
            assert_eq!(interp.readable_size(&name).unwrap(), Some(5));
            interp.eval("file delete $name").unwrap();
            let code = |path: &Value| interp.readable_size(path).unwrap_err().errorcode();
            assert_eq!(code(&name), ["POSIX", "ENOENT", "no such file or directory"]);
            assert_eq!(code(&path("/")), ["POSIX", "EISDIR", "illegal operation on a directory"]);
            assert_eq!(interp.readable_size(&path("/dev/null")).unwrap(), None);
        });
    }

    #[test]
    fn channels_are_open_for_one_or_both() {
        testing::run(|tcl| {
            let interp = tcl.interp();
            let open = |script, mode| {
                let name = interp.eval(script).unwrap();
                let is_open = interp.is_channel_open(&name, mode);
                interp.eval("catch {close $channel}").unwrap();
                is_open
            };
            let read = "set channel [open /dev/null r]";
            let write = "set channel [open /dev/null w]";
            assert!(open(read, "input") && !open(read, "output"));
            assert!(open(write, "output") && !open(write, "input"));
            assert!(!open("set channel file999", "input"));
        });
    }

    #[test]
    fn relative_paths_become_absolute_and_others_stay() {
        testing::run(|tcl| {
            let interp = tcl.interp();
            let absolute = |text| interp.absolute_path(&path(text)).to_utf8_lossy();
            interp.eval("cd /").unwrap();
            assert_eq!(absolute("a/b"), "/a/b");
            assert_eq!(absolute("|a"), "/|a");
            assert_eq!(absolute("/a//b"), "/a//b");
            assert_eq!(absolute(""), "");
        });
    }

    #[test]
    fn the_system_takes_a_path_without_names_of_its_own() {
        testing::run(|tcl| {
            let interp = tcl.interp();
            interp.eval("cd /").unwrap();
            for (text, expected) in [("a/../b", "/b"), ("./~a", "/~a"), ("/x//y", "/x/y")] {
                assert_eq!(interp.system_path(&path(text)), Ok(expected.into()), "{text}");
            }
            interp.eval("interp hide {} file").unwrap();
            let error = FileError("invalid command name \"::file\"".to_owned());
            assert_eq!(interp.system_path(&path("a")), Err(error));
        });
    }

    #[test]
    fn what_is_no_directory_has_no_files() {
        testing::run(|tcl| {
            let interp = tcl.interp();
            assert_eq!(interp.files_in(&path("/no/such")).unwrap_err(), missing());
            let error = FileError("not a directory".to_owned());
            assert_eq!(interp.files_in(&path("/dev/null")).unwrap_err(), error);
        });
    }
}
