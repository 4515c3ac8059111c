//! Tables of options: a row says everything about one option, and whatever deals with options reads
//! it there. The rows are beside the struct that keeps their values: `request.rs`, `websocket.rs`,
//! `object/inspection.rs`, and `configuration.rs` for `www configure`.

use std::{num::NonZero, time::Duration};

use super::errors;
use crate::{
    certificates::{Source, SourceKind},
    protocol::http::credentials::Credentials,
    tcl::{Error, Interp, Value},
};

/// Options whose values a `T` keeps, and those that are only told of an `S`.
pub(crate) struct Table<T: 'static, S: 'static = ()> {
    /// In the order in which `configure` shows them.
    pub(crate) rows: &'static [OptionSpec<T, S>],
    /// The error for an option that there is not.
    pub(crate) unknown: fn(&str) -> Error,
}

/// A row: one option.
pub(crate) struct OptionSpec<T, S = ()> {
    /// With its dash. Options are not abbreviated.
    name: &'static str,
    access: Access<T, S>,
}

/// What a script may do with an option.
enum Access<T, S> {
    /// Give it to a command.
    Given(Field<T>),
    /// Give it to a command, and look at it.
    Fixed(Field<T>),
    /// Give it to a command, look at it, and set it with `configure`.
    Changeable(Field<T>),
    /// Look at it.
    ReadOnly(fn(&S) -> Value),
}

/// Where a `T` keeps a value.
type Place<T, V> = fn(&mut T) -> &mut V;

/// How the value of an option is read and shown, and where it is kept. The second part of some is
/// their default; that of all others is the `Default` of what is kept.
pub(crate) enum Field<T> {
    /// Any value.
    Any(Place<T, Value>),
    /// A directory with files in PEM.
    AuthoritiesDirectory(Place<T, Option<Source>>),
    /// A boolean.
    Boolean(Place<T, bool>),
    /// An integer of at least 0.
    Count(Place<T, u64>, u64),
    /// A user and a password: `user:password`.
    Credentials(Place<T, Option<Credentials>>),
    /// A list.
    List(Place<T, Value>),
    /// A number, of which 0 means that there is no limit.
    Limit(Place<T, Option<u64>>, Option<u64>),
    /// A time in milliseconds.
    Milliseconds(Place<T, Duration>, Duration),
    /// A file in PEM, or its text.
    Pem(Place<T, Option<Source>>),
    /// A command prefix.
    Prefix(Place<T, Value>),
    /// A string.
    Text(Place<T, Option<String>>),
    /// A time in milliseconds, of which 0 means none.
    Time(Place<T, Option<Duration>>, Option<Duration>),
    /// What only this option takes.
    Own(fn(&mut T, &Interp, &Value) -> Result<(), Error>),
}

/// The row of an option that is given to a command, and not seen afterwards.
pub(crate) const fn given<T, S>(name: &'static str, field: Field<T>) -> OptionSpec<T, S> {
    OptionSpec { name, access: Access::Given(field) }
}

/// The row of an option that can be given to a command and looked at afterwards, but not changed.
/// It does not compile with a field that cannot be shown.
pub(crate) const fn fixed<T, S>(name: &'static str, field: Field<T>) -> OptionSpec<T, S> {
    assert!(field.can_be_shown());
    OptionSpec { name, access: Access::Fixed(field) }
}

/// The row of an option that can be given to a command, and looked at and changed afterwards. It
/// does not compile with a field that cannot be shown.
pub(crate) const fn changeable<T, S>(name: &'static str, field: Field<T>) -> OptionSpec<T, S> {
    assert!(field.can_be_shown());
    OptionSpec { name, access: Access::Changeable(field) }
}

/// The row of an option that can only be looked at.
pub(crate) const fn read_only<T, S>(name: &'static str, show: fn(&S) -> Value) -> OptionSpec<T, S> {
    OptionSpec { name, access: Access::ReadOnly(show) }
}

impl<T, S> Table<T, S> {
    /// The names of the options, in their order.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.rows.iter().map(|row| row.name).collect()
    }

    /// What holds without options.
    pub(crate) fn defaults(&self) -> T
    where
        T: Default,
    {
        let mut kept = T::default();
        let fields = self.rows.iter().filter_map(OptionSpec::field);
        fields.for_each(|field| field.set_default(&mut kept));
        kept
    }

    /// Whether a command takes this option.
    pub(crate) fn takes(&self, option: &str) -> bool {
        self.find(option).and_then(OptionSpec::field).is_some()
    }

    /// Reads the value of an option that is given to a command; `None` where there is no such
    /// option here.
    ///
    /// Errors where the value is wrong.
    pub(crate) fn read(
        &self,
        to: &mut T,
        interp: &Interp,
        option: &str,
        value: &Value,
    ) -> Option<Result<(), Error>> {
        let field = self.find(option)?.field()?;
        Some(field.read(to, interp, option, value))
    }

    /// Changes options, which `configure` gets in pairs with their values.
    ///
    /// Errors where one is wrong: then some may be changed in `to`, and it is to be thrown away.
    pub(crate) fn change(&self, to: &mut T, interp: &Interp, pairs: &[Value]) -> Result<(), Error> {
        for pair in pairs.chunks_exact(2) {
            let option = pair[0].to_utf8_lossy();
            match self.find(&option).map(|row| &row.access) {
                Some(Access::Changeable(field)) => field.read(to, interp, &option, &pair[1])?,
                Some(Access::Fixed(_) | Access::ReadOnly(_)) => {
                    return Err(errors::read_only(&option));
                }
                Some(Access::Given(_)) | None => return Err((self.unknown)(&option)),
            }
        }
        Ok(())
    }

    /// The value of one option.
    ///
    /// Errors where there is none that can be looked at.
    pub(crate) fn show(&self, mut kept: T, of: &S, option: &Value) -> Result<Value, Error> {
        let option = option.to_utf8_lossy();
        let shown = self.find(&option).and_then(|row| row.show(&mut kept, of));
        shown.ok_or_else(|| (self.unknown)(&option))
    }

    /// As [`show`](Self::show), of an option that a command takes; `None` where there is none.
    pub(crate) fn show_kept(&self, kept: &mut T, option: &str) -> Option<Value> {
        self.find(option)?.show_kept(kept)
    }

    /// All options that a command takes and that can be looked at.
    pub(crate) fn show_all_kept(&self, kept: &mut T) -> Vec<(&'static str, Value)> {
        let shown = |row: &OptionSpec<T, S>| Some((row.name, row.show_kept(kept)?));
        self.rows.iter().filter_map(shown).collect()
    }

    /// A dict of all options that can be looked at.
    pub(crate) fn show_all(&self, mut kept: T, of: &S) -> Value {
        let shown = |row: &OptionSpec<T, S>| Some((row.name, row.show(&mut kept, of)?));
        Value::dict(self.rows.iter().filter_map(shown))
    }

    fn find(&self, option: &str) -> Option<&OptionSpec<T, S>> {
        self.rows.iter().find(|row| row.name == option)
    }
}

impl<T, S> OptionSpec<T, S> {
    fn field(&self) -> Option<&Field<T>> {
        match &self.access {
            Access::Given(field) | Access::Fixed(field) | Access::Changeable(field) => Some(field),
            Access::ReadOnly(_) => None,
        }
    }

    fn show(&self, kept: &mut T, of: &S) -> Option<Value> {
        match &self.access {
            Access::ReadOnly(show) => Some(show(of)),
            _ => self.show_kept(kept),
        }
    }

    fn show_kept(&self, kept: &mut T) -> Option<Value> {
        match &self.access {
            Access::Fixed(field) | Access::Changeable(field) => field.show(kept),
            Access::Given(_) | Access::ReadOnly(_) => None,
        }
    }
}

impl<T> Field<T> {
    fn set_default(&self, to: &mut T) {
        match *self {
            Self::Count(place, default) => *place(to) = default,
            Self::Limit(place, default) => *place(to) = default,
            Self::Milliseconds(place, default) => *place(to) = default,
            Self::Time(place, default) => *place(to) = default,
            Self::Any(_)
            | Self::AuthoritiesDirectory(_)
            | Self::Boolean(_)
            | Self::Credentials(_)
            | Self::List(_)
            | Self::Pem(_)
            | Self::Prefix(_)
            | Self::Text(_)
            | Self::Own(_) => {}
        }
    }

    fn read(&self, to: &mut T, interp: &Interp, option: &str, value: &Value) -> Result<(), Error> {
        match *self {
            Self::Any(place) => *place(to) = value.clone(),
            Self::AuthoritiesDirectory(place) => {
                *place(to) = Some(directory(interp, option, value)?);
            }
            Self::Boolean(place) => *place(to) = boolean(option, value)?,
            Self::Count(place, _) => *place(to) = natural(option, value)?,
            Self::Credentials(place) => *place(to) = Some(credentials(option, value)?),
            Self::Limit(place, _) => *place(to) = limit(option, value)?,
            Self::List(place) => *place(to) = list(option, value)?,
            Self::Milliseconds(place, _) => *place(to) = milliseconds(option, value)?,
            Self::Pem(place) => {
                *place(to) = Some(Source::new(interp, option, value, SourceKind::File));
            }
            Self::Prefix(place) => *place(to) = prefix(value)?,
            Self::Text(place) => *place(to) = Some(text(option, value)?),
            Self::Time(place, _) => *place(to) = time(option, value)?,
            Self::Own(read) => read(to, interp, value)?,
        }
        Ok(())
    }

    /// What can be read back. What need not be, above all passwords, cannot.
    const fn can_be_shown(&self) -> bool {
        matches!(
            self,
            Self::Any(_)
                | Self::Boolean(_)
                | Self::Count(..)
                | Self::Limit(..)
                | Self::List(_)
                | Self::Milliseconds(..)
                | Self::Pem(_)
                | Self::Prefix(_)
                | Self::Time(..)
        )
    }

    /// The value as it would be given. Nothing is changed.
    fn show(&self, kept: &mut T) -> Option<Value> {
        match *self {
            Self::Any(place) | Self::List(place) | Self::Prefix(place) => Some(place(kept).clone()),
            Self::Boolean(place) => Some(u64::from(*place(kept)).into()),
            Self::Count(place, _) => Some((*place(kept)).into()),
            Self::Pem(place) => Some(place(kept).as_ref().map_or_else(Value::empty, Source::shown)),
            Self::Limit(place, _) => Some(place(kept).unwrap_or_default().into()),
            Self::Milliseconds(place, _) => Some(show_time(*place(kept))),
            Self::Time(place, _) => Some(show_time(place(kept).unwrap_or_default())),
            Self::AuthoritiesDirectory(_) | Self::Credentials(_) | Self::Text(_) | Self::Own(_) => {
                None
            }
        }
    }
}

/// Options with their values, and the words behind them.
type Split<'a> = (Vec<(String, &'a Value)>, &'a [Value]);

/// Splits the words of a command: `?option value ...? ?--? ?word ...?`.
///
/// Errors at an option that the command does not take, and at one without a value.
pub(crate) fn split(mut words: &[Value], takes: impl Fn(&str) -> bool) -> Result<Split<'_>, Error> {
    let mut options = Vec::new();
    while let [word, rest @ ..] = words {
        let option = word.to_utf8_lossy();
        if !option.starts_with('-') || option == "-" {
            break;
        }
        words = rest;
        if option == "--" {
            break;
        }
        if !takes(&option) {
            return Err(errors::unknown_option(&option));
        }
        let [value, rest @ ..] = words else { return Err(errors::option_argument(&option)) };
        words = rest;
        options.push((option, value));
    }
    Ok((options, words))
}

/// A time in milliseconds, of which 0 means none.
pub(crate) fn time(option: &str, value: &Value) -> Result<Option<Duration>, Error> {
    Ok(Some(milliseconds(option, value)?).filter(|time| !time.is_zero()))
}

/// The text that is the value of an option. It may be secret.
pub(crate) fn text(option: &str, value: &Value) -> Result<String, Error> {
    value.to_utf8().map_err(|_| errors::option_format(option, "text that UTF-8 can encode"))
}

/// A boolean.
pub(crate) fn boolean(option: &str, value: &Value) -> Result<bool, Error> {
    value.to_boolean().ok_or_else(|| errors::option_value(option, value, "a boolean"))
}

/// "The user-id and password MUST NOT contain any control characters" (RFC 7617 section 2).
fn credentials(option: &str, value: &Value) -> Result<Credentials, Error> {
    let text = text(option, value)?;
    if text.contains(':') && !text.contains(char::is_control) {
        return Ok(Credentials::parse(&text));
    }
    // Not with the value, which is secret.
    Err(errors::option_format(option, "user:password, without control characters"))
}

fn list(option: &str, value: &Value) -> Result<Value, Error> {
    let is_list = value.elements().is_some();
    let not_one = || errors::option_value(option, value, "a list");
    is_list.then(|| value.clone()).ok_or_else(not_one)
}

/// A number, of which 0 means that there is no limit.
fn limit(option: &str, value: &Value) -> Result<Option<u64>, Error> {
    Ok(Some(natural(option, value)?).filter(|&size| size > 0))
}

/// A number of milliseconds that fits one of Tcl's timers.
fn milliseconds(option: &str, value: &Value) -> Result<Duration, Error> {
    Ok(Duration::from_millis(integer(option, value, 0, i32::MAX.into())?))
}

/// A directory that a path names.
fn directory(interp: &Interp, option: &str, value: &Value) -> Result<Source, Error> {
    let source = Source::new(interp, option, value, SourceKind::Directory);
    if source.is_text() {
        return Err(errors::option_format(option, "a directory, not text in PEM"));
    }
    Ok(source)
}

fn show_time(time: Duration) -> Value {
    Value::integer(time.as_millis().try_into().unwrap_or(i64::MAX))
}

/// An integer of at least 0.
pub(crate) fn natural(option: &str, value: &Value) -> Result<u64, Error> {
    integer(option, value, 0, i64::MAX)
}

/// An integer from `least`, which is not negative, to `most`.
fn integer(option: &str, value: &Value, least: i64, most: i64) -> Result<u64, Error> {
    let number = value.to_integer().filter(|number| (least..=most).contains(number));
    let number = number.and_then(|number| u64::try_from(number).ok());
    number.ok_or_else(|| {
        errors::option_value(option, value, &format!("an integer from {least} to {most}"))
    })
}

/// A number of at least 1.
pub(crate) fn positive(option: &str, value: &Value) -> Result<NonZero<usize>, Error> {
    let number = integer(option, value, 1, isize::MAX as i64)?;
    // Fits: it was checked to.
    Ok(usize::try_from(number).ok().and_then(NonZero::new).unwrap_or(NonZero::<usize>::MAX))
}

fn prefix(value: &Value) -> Result<Value, Error> {
    errors::check_prefix(value)?;
    Ok(value.clone())
}

#[cfg(test)]
impl<T, S> Table<T, S> {
    /// Whether the names are well formed, each is there once, and those that can only be looked at
    /// come after all others, both in the order of the alphabet.
    pub(crate) fn is_in_order(&self) -> bool {
        let is_name = |name: &str| {
            name.strip_prefix('-').is_some_and(|word| {
                !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase())
            })
        };
        let keys = self.rows.iter().map(|row| (row.field().is_none(), row.name));
        self.names().into_iter().all(is_name) && keys.is_sorted_by(|one, next| one < next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, PartialEq)]
    struct Kept {
        count: u64,
        limit: Option<u64>,
        pause: Duration,
        time: Option<Duration>,
        text: Option<String>,
        flag: bool,
    }

    const PAUSE: Duration = Duration::from_millis(5);
    const TIME: Duration = Duration::from_millis(6);

    static TABLE: Table<Kept> = Table {
        unknown: errors::unknown_option,
        rows: &[
            given("-count", Field::Count(|kept| &mut kept.count, 3)),
            given("-flag", Field::Boolean(|kept| &mut kept.flag)),
            changeable("-limit", Field::Limit(|kept| &mut kept.limit, Some(4))),
            given("-pause", Field::Milliseconds(|kept| &mut kept.pause, PAUSE)),
            given("-text", Field::Text(|kept| &mut kept.text)),
            given("-time", Field::Time(|kept| &mut kept.time, Some(TIME))),
            read_only("-age", show),
        ],
    };

    fn show(_: &()) -> Value {
        Value::empty()
    }

    fn is_in_order(rows: impl Into<Vec<OptionSpec<Kept>>>) -> bool {
        Table { unknown: errors::unknown_option, rows: rows.into().leak() }.is_in_order()
    }

    #[test]
    fn each_default_goes_to_its_place() {
        let expected = Kept {
            count: 3,
            limit: Some(4),
            pause: PAUSE,
            time: Some(TIME),
            text: None,
            flag: false,
        };
        assert_eq!(TABLE.defaults(), expected);
    }

    #[test]
    fn a_command_takes_what_can_be_given_in_full_and_in_its_case() {
        assert!(TABLE.takes("-count") && TABLE.takes("-limit"));
        for option in ["-age", "-c", "-Count", "count", "-counts", ""] {
            assert!(!TABLE.takes(option), "{option}");
        }
    }

    #[test]
    fn what_is_only_given_is_not_shown() {
        let is_shown =
            |option| TABLE.find(option).unwrap().show(&mut Kept::default(), &()).is_some();
        for option in ["-count", "-flag", "-pause", "-text", "-time"] {
            assert!(!is_shown(option), "{option}");
        }
    }

    #[test]
    fn a_table_in_disorder_is_found() {
        assert!(TABLE.is_in_order());
        let flag = || given("-b", Field::Boolean(|kept: &mut Kept| &mut kept.flag));
        assert!(!is_in_order([flag(), flag()]));
        assert!(!is_in_order([read_only("-b", show), read_only("-a", show)]));
        assert!(!is_in_order([read_only("-a", show), flag()]));
        for name in ["a", "-", "-A", "-a b", "--a"] {
            assert!(!is_in_order([read_only(name, show)]), "{name}");
        }
    }
}
