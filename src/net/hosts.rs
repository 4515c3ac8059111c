//! Which names the system's resolver finds in a file, so that asking it does not block: `localhost`
//! and others in `/etc/hosts`, where `/etc/nsswitch.conf` has that looked at first (hosts(5),
//! nsswitch.conf(5)).

use std::{
    fs::File,
    io::{self, Read},
    net::IpAddr,
};

/// Up to this size the file is looked through at once. Some have a hundred thousand names in it.
const MAX_SIZE: u64 = 64 * 1024;

/// Whether the system finds the addresses of this name without asking a server.
pub(crate) fn has(name: &str) -> bool {
    let read = |path| read(path).unwrap_or_default();
    // Elsewhere there are other files, or these paths are somebody else's.
    cfg!(unix) && is_first(&read("/etc/nsswitch.conf")) && is_listed(name, &read("/etc/hosts"))
}

fn read(path: &str) -> io::Result<String> {
    let mut text = String::new();
    let size = File::open(path)?.take(MAX_SIZE + 1).read_to_string(&mut text)? as u64;
    if size > MAX_SIZE { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(text) }
}

/// The words of each line, without comments.
fn lines(text: &str) -> impl Iterator<Item = impl Iterator<Item = &str>> {
    text.lines().map(|line| line.split('#').next().unwrap_or_default().split_whitespace())
}

/// Whether the hosts file is asked first, and nothing else where it has an answer.
fn is_first(switch: &str) -> bool {
    lines(switch).any(|mut words| {
        let is_first = words.next() == Some("hosts:") && words.next() == Some("files");
        // Such as [SUCCESS=merge].
        is_first && !words.next().is_some_and(|next| next.starts_with('['))
    })
}

/// Whether one of the lines is about this name. The system passes over those that begin with no
/// address, and then it would ask a server.
fn is_listed(name: &str, hosts: &str) -> bool {
    lines(hosts).any(|mut words| {
        let has_address = words.next().is_some_and(|word| word.parse::<IpAddr>().is_ok());
        has_address && words.any(|listed| is_same(listed, name))
    })
}

/// Whether two names are one to the system, which with musl tells capitals from other letters.
fn is_same(listed: &str, name: &str) -> bool {
    if cfg!(target_env = "musl") { listed == name } else { listed.eq_ignore_ascii_case(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTS: &str = "# 10.0.0.1 gone\n127.0.0.1\tlocalhost box # not.this\n::1 localhost six\n\
        10.0.0.256 typo\nlocalhost other\n";

    #[test]
    fn names_and_aliases_are_listed() {
        for name in ["localhost", "LocalHost", "box", "six"] {
            assert!(is_listed(name, HOSTS), "{name}");
        }
        for name in ["gone", "not.this", "127.0.0.1", "local", "typo", "other", ""] {
            assert!(!is_listed(name, HOSTS), "{name}");
        }
    }

    #[test]
    fn the_file_has_to_be_the_first_source() {
        for (switch, expected) in [
            ("passwd: files\nhosts: files dns\n", true),
            ("hosts:\tfiles # mine", true),
            ("hosts: files", true),
            ("hosts: dns files", false),
            ("hosts: mdns4_minimal [NOTFOUND=return] files", false),
            ("hosts: files [SUCCESS=merge] dns", false),
            ("#hosts: files", false),
            ("passwd: files", false),
            ("", false),
        ] {
            assert_eq!(is_first(switch), expected, "{switch}");
        }
    }
}
