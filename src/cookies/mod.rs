//! The cookies of an interpreter: in memory, and where a script says so, those that outlast the
//! session in a file, which several processes may share. Without Tcl.

mod file;

use std::time::SystemTime;

pub(crate) use file::{CookieFile, FileError};

use crate::protocol::http::{
    cookies::{Cookie, Jar, Refusal},
    headers::Headers,
    url::Url,
};

/// All cookies, wherever they are kept.
#[derive(Default)]
pub(crate) struct Cookies {
    /// Those of the file, too.
    jar: Jar,
    file: Option<CookieFile>,
    failure: Option<FileError>,
}

impl Cookies {
    /// The value of the Cookie field in a request for `url`, as [`Jar::header`].
    pub(crate) fn header(&mut self, url: &Url, now: SystemTime) -> Option<String> {
        self.read();
        self.jar.header(url, now)
    }

    /// Takes the cookies of a response, as [`Jar::store`].
    pub(crate) fn store(&mut self, url: &Url, headers: &Headers, now: SystemTime) {
        if headers.first("Set-Cookie").is_some() {
            self.change(|jar| jar.store(url, headers, now));
        }
    }

    /// Takes the cookie of one Set-Cookie field, as [`Jar::set`].
    pub(crate) fn set(&mut self, url: &Url, text: &str, now: SystemTime) -> Result<(), Refusal> {
        self.change(|jar| jar.set(url, text, now))
    }

    /// Those that have not expired, in the order in which they were set first.
    pub(crate) fn list(&mut self, now: SystemTime) -> &[Cookie] {
        self.read();
        self.jar.evict_expired(now);
        self.jar.cookies()
    }

    /// Drops those for which this is true.
    pub(crate) fn remove(&mut self, is_meant: impl Fn(&Cookie) -> bool) {
        self.change(|jar| jar.remove(is_meant));
    }

    /// Keeps those that outlast the session in this file from now on, or in memory only. Where they
    /// were kept before, they are left behind; so is the memory's.
    pub(crate) fn keep_in(&mut self, file: Option<CookieFile>) {
        self.jar.replace_persistent(Vec::new());
        self.file = file;
        self.read();
    }

    /// What has gone wrong with the file since this was asked last. What could not be read or
    /// written then is as it was when the file was read last, with the changes of this process.
    pub(crate) fn take_failure(&mut self) -> Option<FileError> {
        self.failure.take()
    }

    fn read(&mut self) {
        if let Some(file) = &mut self.file {
            self.failure = file.read(&mut self.jar).err().or(self.failure.take());
        }
    }

    fn change<T>(&mut self, change: impl FnOnce(&mut Jar) -> T) -> T {
        let Some(file) = &mut self.file else { return change(&mut self.jar) };
        let (value, written) = file.update(&mut self.jar, change);
        self.failure = written.err().or(self.failure.take());
        value
    }
}
