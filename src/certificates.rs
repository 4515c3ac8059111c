//! The certificates and keys that the caller names: read through Tcl when they are needed, so that
//! they may stand in a virtual file system.

use std::cell::OnceCell;

use crate::{
    net::tls::{self, OwnIdentity, Password, Pem},
    tcl::{self, FileError, Interp, NotBytes, Value},
};

/// Why there is nothing to be had from a source.
#[derive(Debug)]
pub(crate) enum Error {
    /// A file or directory cannot be read, for this reason.
    Unreadable(String),
    /// The error of a script.
    Script(tcl::Error),
}

impl From<tcl::Error> for Error {
    fn from(error: tcl::Error) -> Self {
        Self::Script(error)
    }
}

/// Where our certificate and its key stand, which may be the same source.
#[derive(Clone)]
pub(crate) struct IdentitySource {
    pub(crate) certificate: Source,
    pub(crate) key: Source,
    /// What opens the key, if it is encrypted.
    pub(crate) password: PasswordSource,
}

/// Where the password of a key comes from.
#[derive(Clone, Default)]
pub(crate) enum PasswordSource {
    /// There is none.
    #[default]
    None,
    /// This is it.
    Given(Password),
    /// A command prefix returns it. It is called once, when it is needed.
    Asked(Value, OnceCell<Password>),
}

/// What the path of a source may be that of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SourceKind {
    /// A file.
    File,
    /// A directory, of which the files are meant.
    Directory,
    /// Either.
    FileOrDirectory,
}

/// Where certificates or a key stand in PEM: what the caller has written is a path, or the text.
#[derive(Clone)]
pub(crate) struct Source {
    /// As it was written.
    given: Value,
    /// The same, if it is a path, whatever the working directory will be.
    path: Value,
    kind: SourceKind,
    /// What it was given to, for messages.
    option: String,
}

impl IdentitySource {
    /// Reads both. Scripts may run, of virtual file systems, of commands in place of Tcl's own, and
    /// for the password.
    ///
    /// Errors where something cannot be read.
    pub(crate) fn read(&self, interp: &Interp) -> Result<OwnIdentity, Error> {
        let (certificate, key) = (self.certificate.read(interp)?, self.key.read(interp)?);
        let password = match tls::needs_password(&key) {
            true => self.password.find(interp)?,
            false => None,
        };
        Ok(OwnIdentity { certificate, key, password })
    }

    /// All of it as text, equal for those that mean the same as long as no file changes.
    pub(crate) fn key(&self) -> [String; 3] {
        let password = match &self.password {
            PasswordSource::None => String::new(),
            PasswordSource::Given(Password(password)) => format!("given {password}"),
            PasswordSource::Asked(prefix, _) => format!("asked {}", prefix.to_utf8_lossy()),
        };
        [self.certificate.key("certificate"), self.key.key("key"), password]
    }
}

impl PasswordSource {
    /// This command prefix returns it.
    pub(crate) fn asked(prefix: Value) -> Self {
        Self::Asked(prefix, OnceCell::new())
    }

    fn find(&self, interp: &Interp) -> Result<Option<Password>, Error> {
        Ok(match self {
            Self::None => None,
            Self::Given(password) => Some(password.clone()),
            Self::Asked(prefix, answer) => {
                if answer.get().is_none() {
                    let told = interp.call(&prefix.elements().unwrap_or_default())?;
                    // Another may have been told while the script ran.
                    let _ = answer.set(Password(told.to_utf8_lossy()));
                }
                answer.get().cloned()
            }
        })
    }
}

impl Source {
    /// What the caller has given to `option`. A relative path is one of now.
    pub(crate) fn new(interp: &Interp, option: &str, given: &Value, kind: SourceKind) -> Self {
        let mut source =
            Self { given: given.clone(), path: given.clone(), kind, option: option.to_owned() };
        if !source.is_text() {
            source.path = interp.absolute_path(given);
        }
        source
    }

    /// Whether this is the text itself.
    pub(crate) fn is_text(&self) -> bool {
        Pem::is_in(&self.given.to_utf8_lossy())
    }

    /// The path as it was given; nothing where the text was, which may be a key.
    pub(crate) fn shown(&self) -> Value {
        if self.is_text() { Value::empty() } else { self.given.clone() }
    }

    /// What it serves for and what it is, as text.
    pub(crate) fn key(&self, purpose: &str) -> String {
        format!("{purpose} {:?} {}", self.kind, self.path.to_utf8_lossy())
    }

    /// Reads it. Scripts may run, of virtual file systems and of commands in place of Tcl's own.
    ///
    /// Errors where it cannot be read.
    pub(crate) fn read(&self, interp: &Interp) -> Result<Pem, Error> {
        let given = self.given.to_utf8_lossy();
        if self.is_text() {
            // It may be the bytes of a file that a script has read.
            let bytes = self.given.with_bytes(<[u8]>::to_vec);
            let text = bytes.unwrap_or_else(|NotBytes| given.into_bytes());
            return Ok(Pem::new(format!("the text of {}", self.option), [text]));
        }
        match self.read_files(interp) {
            Ok(texts) => Ok(Pem::new(format!("\"{given}\""), texts)),
            // Hardly a path. It might be a key that lacks its first line, and is not shown.
            Err(_) if given.contains(char::is_control) => Err(Error::Unreadable(format!(
                "the value of {} is neither a path nor text in PEM",
                self.option
            ))),
            Err(FileError(reason)) => {
                Err(Error::Unreadable(format!("couldn't read \"{given}\": {reason}")))
            }
        }
    }

    fn read_files(&self, interp: &Interp) -> Result<Vec<Vec<u8>>, FileError> {
        let is_directory = match self.kind {
            SourceKind::Directory => true,
            SourceKind::FileOrDirectory => interp.is_directory(&self.path),
            // On some systems a directory can be opened, and is empty.
            SourceKind::File if interp.is_directory(&self.path) => {
                return Err(FileError("it is a directory".to_owned()));
            }
            SourceKind::File => false,
        };
        if !is_directory {
            return Ok(vec![interp.read_file(&self.path)?]);
        }
        let files = interp.files_in(&self.path)?;
        let (mut texts, mut failure) = (Vec::new(), None);
        for file in files {
            match interp.read_file(&file) {
                Ok(text) => texts.push(text),
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        // A directory may hold other files, some of which we may not read.
        match failure {
            Some(error) if texts.is_empty() => Err(error),
            _ => Ok(texts),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tcl::testing::run;

    #[test]
    fn keys_differ_where_a_password_is_a_command_elsewhere() {
        run(|tcl| {
            let file = Value::string("key.pem");
            let source = Source::new(tcl.interp(), "-keyfile", &file, SourceKind::File);
            let key = |password| {
                let (certificate, key) = (source.clone(), source.clone());
                IdentitySource { certificate, key, password }.key()
            };
            let given = |text: &str| PasswordSource::Given(Password(text.to_owned()));
            assert_eq!(key(given("secret")), key(given("secret")));
            assert_ne!(key(given("secret")), key(given("Secret")));
            assert_ne!(key(given("secret")), key(PasswordSource::asked(Value::string("secret"))));
            assert_ne!(key(given("")), key(PasswordSource::None));
        });
    }
}
