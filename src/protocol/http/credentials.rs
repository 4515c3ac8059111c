//! A user and a password: of a script's option, of a URL, or for a proxy. Which protocol sends
//! them, and to whom, is decided elsewhere.

use std::fmt;

use percent_encoding::percent_decode_str;

/// A user and a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The user's name.
    pub username: String,
    /// The password; empty where there is none.
    pub password: String,
}

impl Credentials {
    /// Parses `user:password`. The first colon is the one that separates.
    pub fn parse(text: &str) -> Self {
        let (username, password) = text.split_once(':').unwrap_or((text, ""));
        Self { username: username.to_owned(), password: password.to_owned() }
    }

    /// The user and password of a URL, where they are percent-encoded (RFC 3986 section 3.2.1).
    /// `None` if that yields a control character, or anything but UTF-8.
    pub fn percent_decode(username: &str, password: &str) -> Option<Self> {
        let decode = |text| {
            // "The user-id and password MUST NOT contain any control characters" (RFC 7617
            // section 2)
            let decoded = percent_decode_str(text).decode_utf8().ok()?;
            (!decoded.contains(char::is_control)).then(|| decoded.into_owned())
        };
        Some(Self { username: decode(username)?, password: decode(password)? })
    }
}

/// Shows neither the user nor the password, so that no log does.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_colon_separates_user_and_password() {
        let credentials = Credentials::parse("joe:a:b");
        assert_eq!((credentials.username.as_str(), credentials.password.as_str()), ("joe", "a:b"));
        assert_eq!(Credentials::parse("joe").password, "");
    }

    #[test]
    fn debug_shows_neither() {
        let credentials = Credentials::parse("joe:secret");
        assert_eq!(format!("{credentials:?}"), "Credentials(..)");
    }
}
