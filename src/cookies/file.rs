//! The file of cookies: an SQLite database, which is read again when another process has changed
//! it, and written within a transaction.
//!
//! Opening it with another copy of SQLite in the same process, as that of the Tcl package sqlite3,
//! could damage it: the system has one set of locks for a process.

use std::{
    collections::{HashMap, HashSet},
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use rusqlite::{
    Connection, ErrorCode, MAIN_DB, OpenFlags, Row, Transaction, TransactionBehavior,
    config::DbConfig, params,
};

use crate::protocol::http::cookies::{Cookie, Jar};

/// How long another process is waited for that writes, which takes it some milliseconds: not long,
/// as all events wait meanwhile.
const BUSY: Duration = Duration::from_millis(500);

/// `PRAGMA application_id` of our files: "wwwC".
const APPLICATION: i32 = 0x7777_7743;

/// `PRAGMA user_version` of files with this [`SCHEMA`].
const VERSION: i32 = 1;

const NO_DATABASE: &str = "the file is no SQLite database";

/// Times are microseconds since 1970, but for `expires`, which is in seconds.
const SCHEMA: &str = "
    CREATE TABLE cookies (
        domain TEXT NOT NULL,
        host_only INTEGER NOT NULL,
        path TEXT NOT NULL,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        expires INTEGER NOT NULL,
        created INTEGER NOT NULL,
        accessed INTEGER NOT NULL,
        secure INTEGER NOT NULL,
        http_only INTEGER NOT NULL,
        PRIMARY KEY (domain, host_only, path, name)
    ) STRICT";

/// A row stays where it is when it is replaced, as the order of rows is that of cookies which were
/// created at once.
const PUT: &str = "
    INSERT INTO cookies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET value = excluded.value, expires = excluded.expires,
        created = excluded.created, accessed = excluded.accessed, secure = excluded.secure,
        http_only = excluded.http_only";

const DELETE: &str =
    "DELETE FROM cookies WHERE domain = ? AND host_only = ? AND path = ? AND name = ?";

const SELECT: &str = "SELECT * FROM cookies ORDER BY created, rowid";

/// Why a file cannot be used.
#[derive(Debug)]
pub(crate) struct FileError {
    path: PathBuf,
    reason: Reason,
}

#[derive(Debug)]
enum Reason {
    /// It is something else, which is not to be overwritten.
    Foreign(&'static str),
    /// It cannot be opened, read or written.
    Access(String),
}

impl FileError {
    fn new(path: &Path, error: rusqlite::Error) -> Self {
        Self { path: path.to_owned(), reason: error.into() }
    }

    /// Whether the file is something else.
    pub(crate) fn is_foreign(&self) -> bool {
        matches!(self.reason, Reason::Foreign(_))
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.to_string_lossy();
        // As Tcl shows it.
        let path = if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() };
        write!(f, "cookies in {path:?}: ")?;
        match &self.reason {
            Reason::Foreign(what) => f.write_str(what),
            Reason::Access(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for FileError {}

impl From<rusqlite::Error> for Reason {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::Foreign(NO_DATABASE),
            _ => Self::Access(error.to_string()),
        }
    }
}

/// An open file.
pub(crate) struct CookieFile {
    path: PathBuf,
    connection: Connection,
    content: Content,
}

/// What the file had when it was read or written last.
#[derive(Default)]
struct Content {
    known: HashMap<Key, Cookie>,
    /// As [`data_version`]; `None` where it has not been read yet.
    version: Option<i64>,
}

/// That of [`Cookie::key`].
type Key = (String, bool, String, String);

fn key(cookie: &Cookie) -> Key {
    let (domain, host_only, path, name) = cookie.key();
    (domain.to_owned(), host_only, path.to_owned(), name.to_owned())
}

impl CookieFile {
    /// Opens a file, which is made if there is none or it is empty, and deletes what has expired.
    ///
    /// Errors where it is something else, or cannot be read and written.
    pub(crate) fn open(path: &Path, now: SystemTime) -> Result<Self, FileError> {
        match open(path, now) {
            Ok(connection) => {
                Ok(Self { path: path.to_owned(), connection, content: Content::default() })
            }
            Err(reason) => Err(FileError { path: path.to_owned(), reason }),
        }
    }

    /// Brings the jar up to date, where another process has changed the file since the last time.
    pub(crate) fn read(&mut self, jar: &mut Jar) -> Result<(), FileError> {
        let Self { path, connection, content } = self;
        let mut read = || -> rusqlite::Result<()> {
            if content.version != Some(data_version(connection)?) {
                let transaction = connection.transaction()?;
                content.refresh(&transaction, jar)?;
                transaction.commit()?;
            }
            Ok(())
        };
        read().map_err(|error| FileError::new(path, error))
    }

    /// Has `change` change the jar while no other process changes the file, and writes what is
    /// different then. Where that fails, the jar is changed nevertheless.
    pub(crate) fn update<T>(
        &mut self,
        jar: &mut Jar,
        change: impl FnOnce(&mut Jar) -> T,
    ) -> (T, Result<(), FileError>) {
        let Self { path, connection, content } = self;
        let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let begun = begun.and_then(|transaction| {
            content.refresh(&transaction, jar)?;
            Ok(transaction)
        });
        let value = change(jar);
        let written = begun.and_then(|transaction| content.write(transaction, jar));
        (value, written.map_err(|error| FileError::new(path, error)))
    }
}

impl Content {
    /// Reads the file, if another process has changed it.
    fn refresh(&mut self, transaction: &Transaction<'_>, jar: &mut Jar) -> rusqlite::Result<()> {
        let version = Some(data_version(transaction)?);
        if self.version != version {
            let mut statement = transaction.prepare(SELECT)?;
            let cookies = statement.query_map([], cookie)?.collect::<Result<Vec<_>, _>>()?;
            self.known = cookies.iter().map(|cookie| (key(cookie), cookie.clone())).collect();
            self.version = version;
            jar.replace_persistent(cookies);
        }
        Ok(())
    }

    /// Writes what is different in the jar, with all that belongs to it or not at all.
    fn write(&mut self, transaction: Transaction<'_>, jar: &Jar) -> rusqlite::Result<()> {
        let persistent = jar.cookies().iter().filter(|cookie| cookie.expires.is_some());
        let kept: Vec<(Key, &Cookie)> = persistent.map(|cookie| (key(cookie), cookie)).collect();
        let keys: HashSet<&Key> = kept.iter().map(|(key, _)| key).collect();
        let gone: Vec<Key> = self.known.keys().filter(|key| !keys.contains(key)).cloned().collect();
        let changed = kept.iter().filter(|(key, cookie)| self.known.get(key) != Some(*cookie));
        let changed: Vec<_> = changed.map(|(key, cookie)| (key.clone(), *cookie)).collect();
        for (domain, host_only, path, name) in &gone {
            transaction.execute(DELETE, params![domain, host_only, path, name])?;
        }
        for (_, cookie) in &changed {
            put(&transaction, cookie)?;
        }
        transaction.commit()?;
        self.known.retain(|key, _| !gone.contains(key));
        self.known.extend(changed.into_iter().map(|(key, cookie)| (key, cookie.clone())));
        Ok(())
    }
}

/// A number that changes when another connection has changed the file.
fn data_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA data_version", [], |row| row.get(0))
}

fn put(connection: &Connection, it: &Cookie) -> rusqlite::Result<usize> {
    let expires = it.expires.map_or(0, |time| since_1970(time).as_secs());
    let [created, accessed] = [it.created, it.accessed].map(|time| since_1970(time).as_micros());
    let number = |number| i64::try_from(number).unwrap_or(i64::MAX);
    let (created, accessed) = (number(created), number(accessed));
    let expires = number(expires.into());
    connection.execute(
        PUT,
        params![
            it.domain,
            it.host_only,
            it.path,
            it.name,
            it.value,
            expires,
            created,
            accessed,
            it.secure,
            it.http_only
        ],
    )
}

fn cookie(row: &Row<'_>) -> rusqlite::Result<Cookie> {
    let time = |column, unit: fn(u64) -> Duration| -> rusqlite::Result<SystemTime> {
        let number: i64 = row.get(column)?;
        let distance = unit(number.try_into().unwrap_or(0));
        // What is no time has expired.
        Ok(UNIX_EPOCH.checked_add(distance).unwrap_or(UNIX_EPOCH))
    };
    Ok(Cookie {
        domain: row.get("domain")?,
        host_only: row.get("host_only")?,
        path: row.get("path")?,
        name: row.get("name")?,
        value: row.get("value")?,
        expires: Some(time("expires", Duration::from_secs)?),
        created: time("created", Duration::from_micros)?,
        accessed: time("accessed", Duration::from_micros)?,
        secure: row.get("secure")?,
        http_only: row.get("http_only")?,
    })
}

fn since_1970(time: SystemTime) -> Duration {
    time.duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// Opens a file that is ours, or makes it so if it is empty.
fn open(path: &Path, now: SystemTime) -> Result<Connection, Reason> {
    /// When a file is closed that was made, this process would lose the locks that it has on it.
    static OPENING: Mutex<()> = Mutex::new(());
    let opening = OPENING.lock().unwrap_or_else(PoisonError::into_inner);
    match path.metadata() {
        Ok(it) if it.is_dir() => return Err(Reason::Access("it is a directory".to_owned())),
        // SQLite takes a file of one byte for an empty one.
        Ok(it) if it.len() == 1 => return Err(Reason::Foreign(NO_DATABASE)),
        Ok(_) => {}
        Err(_) => create(path)?,
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    drop(opening);
    connection.busy_timeout(BUSY)?;
    // In a file of another program, nothing is moved from the log to the database.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let is_empty = check(&connection)?;
    if connection.is_readonly(MAIN_DB)? {
        return Err(Reason::Access("it may not be written".to_owned()));
    }
    if is_empty {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have been faster.
        if check(&transaction)? {
            transaction.execute_batch(SCHEMA)?;
            transaction.pragma_update(None, "application_id", APPLICATION)?;
            transaction.pragma_update(None, "user_version", VERSION)?;
        }
        transaction.commit()?;
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    // With a log that is written ahead, nobody waits for a disk. Where the file system cannot have
    // one, it works without.
    let _ = connection.execute_batch("PRAGMA journal_mode = WAL");
    connection.execute_batch("PRAGMA synchronous = NORMAL")?;
    let now = i64::try_from(since_1970(now).as_secs()).unwrap_or(i64::MAX);
    connection.execute("DELETE FROM cookies WHERE expires <= ?", [now])?;
    Ok(connection)
}

/// Makes an empty file, which nobody else may read: cookies are as good as passwords.
fn create(path: &Path) -> Result<(), Reason> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            let text = error.to_string();
            let (reason, _) = text.split_once(" (os error").unwrap_or((&text, ""));
            Err(Reason::Access(reason.to_owned()))
        }
        _ => Ok(()),
    }
}

/// Whether a file is empty. Errors where it is neither that nor ours.
fn check(connection: &Connection) -> Result<bool, Reason> {
    let number = |sql| connection.query_row(sql, [], |row| row.get::<_, i32>(0));
    let application = number("PRAGMA application_id")?;
    let version = number("PRAGMA user_version")?;
    let things = number("SELECT count(*) FROM sqlite_schema")?;
    match (application, version, things) {
        (APPLICATION, VERSION, _) => Ok(false),
        (APPLICATION, ..) => Err(Reason::Foreign("it is of another version of this package")),
        (0, 0, 0) => Ok(true),
        _ => Err(Reason::Foreign("it is the SQLite database of another program")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::http::url::{Scheme, Url};

    /// A path in a folder of its own, which is deleted with this.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let folder = format!("www-cookies-{}-{name}", std::process::id());
            let folder = std::env::temp_dir().join(folder);
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir(&folder).unwrap();
            Self(folder)
        }

        fn path(&self) -> PathBuf {
            self.0.join("cookies.db")
        }

        fn open(&self) -> CookieFile {
            CookieFile::open(&self.path(), now()).unwrap()
        }

        /// Makes the file with this SQL.
        fn make(&self, sql: &str) {
            Connection::open(self.path()).unwrap().execute_batch(sql).unwrap();
        }

        /// Why it cannot be opened; it is as it was then.
        fn refusal(&self) -> FileError {
            let before = fs::read(self.path()).unwrap();
            let error = CookieFile::open(&self.path(), now()).err().unwrap();
            assert!(fs::read(self.path()).unwrap() == before);
            error
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn now() -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(784_111_777)
    }

    fn after(seconds: u64) -> SystemTime {
        now() + Duration::from_secs(seconds)
    }

    fn url() -> Url {
        Url::parse("https://www.example.com/", Scheme::HTTP).unwrap()
    }

    /// A file, and the jar of a process that uses it.
    struct Process(CookieFile, Jar);

    impl Process {
        fn of(scratch: &Scratch) -> Self {
            Self(scratch.open(), Jar::new())
        }

        fn set(&mut self, text: &str, now: SystemTime) {
            let Self(file, jar) = self;
            let (set, written) = file.update(jar, |jar| jar.set(&url(), text, now));
            set.unwrap();
            written.unwrap();
        }

        fn header(&mut self, now: SystemTime) -> String {
            self.0.read(&mut self.1).unwrap();
            self.1.header(&url(), now).unwrap_or_default()
        }
    }

    #[test]
    fn persistent_cookies_are_there_again() {
        let scratch = Scratch::new("again");
        let mut one = Process::of(&scratch);
        for cookie in ["b=1; Max-Age=100; HttpOnly", "a=2", "c=\u{e4}; Max-Age=9; Secure; Path=/"] {
            one.set(cookie, now());
        }
        one.set("d=4; Max-Age=50; Domain=example.com", after(1));
        assert_eq!(one.header(after(2)), "b=1; a=2; c=\u{e4}; d=4");
        let before = one.1.clone();
        drop(one);
        let mut other = Process::of(&scratch);
        assert_eq!(other.header(after(3)), "b=1; c=\u{e4}; d=4");
        other.1.remove(|cookie| cookie.name == "a");
        for (cookie, old) in other.1.cookies().iter().zip([0, 2, 3].map(|i| &before.cookies()[i])) {
            // What was only sent is not worth writing.
            let accessed = cookie.accessed;
            assert_eq!(cookie, &Cookie { accessed, ..old.clone() });
        }
    }

    #[test]
    fn what_has_expired_is_deleted() {
        let scratch = Scratch::new("expired");
        let mut one = Process::of(&scratch);
        one.set("a=1; Max-Age=5", now());
        one.set("b=1; Max-Age=500", now());
        drop(one);
        let file = CookieFile::open(&scratch.path(), after(5)).unwrap();
        let count = "SELECT count(*) FROM cookies";
        let count: i64 = file.connection.query_row(count, [], |row| row.get(0)).unwrap();
        assert_eq!(count, 1);
    }

    #[test]
    fn two_share_a_file() {
        let scratch = Scratch::new("share");
        let (mut one, mut other) = (Process::of(&scratch), Process::of(&scratch));
        one.set("a=1; Max-Age=100", now());
        one.set("mine=1", now());
        assert_eq!(other.header(now()), "a=1");
        other.set("a=2; Max-Age=100", after(1));
        other.set("b=2; Max-Age=100", after(1));
        assert_eq!(one.header(after(1)), "a=2; mine=1; b=2");
        one.set("a=; Max-Age=0", after(2));
        one.set("b=3", after(2));
        assert_eq!(other.header(after(2)), "");
        assert_eq!(one.header(after(2)), "mine=1; b=3");
        // Each within a transaction: neither undoes what the other did.
        for number in 0..10 {
            one.set(&format!("one{number}=1; Max-Age=100"), after(3 + number));
            other.set(&format!("other{number}=1; Max-Age=100"), after(3 + number));
        }
        assert_eq!(other.header(after(20)).split("; ").count(), 20);
    }

    #[test]
    fn nothing_is_written_while_another_writes() {
        let scratch = Scratch::new("locked");
        let (mut one, other) = (Process::of(&scratch), scratch.open());
        assert_eq!(one.header(now()), "");
        other.connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        let Process(file, jar) = &mut one;
        let (set, written) = file.update(jar, |jar| jar.set(&url(), "a=1; Max-Age=9", now()));
        assert_eq!(set, Ok(()));
        let error = written.unwrap_err();
        assert!(!error.is_foreign() && error.to_string().ends_with("database is locked"));
        assert_eq!(one.header(now()), "a=1");
        other.connection.execute_batch("ROLLBACK").unwrap();
        // With the next change it is.
        one.set("b=2; Max-Age=9", now());
        assert_eq!(Process::of(&scratch).header(now()), "a=1; b=2");
    }

    #[test]
    fn what_is_something_else_is_refused() {
        let scratch = Scratch::new("foreign");
        for content in [&b"x"[..], b"SQLite", &[b'x'; 5000]] {
            fs::write(scratch.path(), content).unwrap();
            assert!(scratch.refusal().is_foreign());
        }
        for sql in [
            "CREATE TABLE x(y)",
            "CREATE TABLE cookies(domain)",
            "PRAGMA application_id = 5",
            "PRAGMA user_version = 1",
            "PRAGMA application_id = 0x77777743; PRAGMA user_version = 2",
            "PRAGMA journal_mode = WAL; CREATE TABLE x(y)",
        ] {
            fs::remove_file(scratch.path()).unwrap();
            scratch.make(sql);
            assert!(scratch.refusal().is_foreign(), "{sql}");
        }
        fs::remove_file(scratch.path()).unwrap();
        scratch.make("PRAGMA application_id = 0x77777743; PRAGMA user_version = 1");
        let error = CookieFile::open(&scratch.path(), now()).err().unwrap();
        assert!(error.to_string().contains("no such table"), "{error}");
    }

    #[test]
    fn what_cannot_be_opened_is_an_error() {
        let scratch = Scratch::new("access");
        for (path, reason) in [
            (scratch.0.clone(), "it is a directory"),
            (scratch.0.join("no/such"), "No such file or directory"),
        ] {
            let error = CookieFile::open(&path, now()).err().unwrap();
            assert_eq!(error.to_string(), format!("cookies in {path:?}: {reason}"));
        }
        // An empty file is taken.
        fs::write(scratch.path(), "").unwrap();
        scratch.open();
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_the_file() {
        use std::os::unix::fs::PermissionsExt;
        let scratch = Scratch::new("mode");
        let mut one = Process::of(&scratch);
        one.set("a=1; Max-Age=9", now());
        for file in fs::read_dir(&scratch.0).unwrap() {
            let mode = file.unwrap().metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        drop(one);
        assert_eq!(fs::read_dir(&scratch.0).unwrap().count(), 1);
    }
}
