//! The versions of the packages in the library, as Tcl and as servers are told them.

use std::ffi::CStr;

/// The packages, and the versions that `package require` compares. `pkgIndex.tcl` has the same.
/// The last three have nothing of their own: what they are for in pure Tcl is in the first.
pub(crate) const PACKAGES: [(&CStr, &CStr); 5] = [
    (c"www", c"2.8.0"),
    (WEBSOCKET_NAME, WEBSOCKET),
    (c"www::digest", c"2.1.0"),
    (c"www::socks", c"1.1.0"),
    (c"www::http2", c"1.1.0"),
];

/// The package that is there also where the command `www` is that of another package.
pub(crate) const WEBSOCKET_NAME: &CStr = c"www::websocket";

/// That of the crate.
const WEBSOCKET: &CStr =
    match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
        Ok(version) => version,
        Err(_) => unreachable!(),
    };

/// The package as a product of the header User-Agent: its name with a hyphen, since a product is a
/// token, in which no colon may stand (RFC 9110 section 10.1.5).
pub(crate) const PRODUCT: &str = concat!("www-websocket/", env!("CARGO_PKG_VERSION"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_has_the_same_packages() {
        let index = include_str!("../../pkgIndex.tcl");
        let (_, list) = index.rsplit_once('{').unwrap();
        let (list, _) = list.split_once('}').unwrap();
        let words: Vec<&str> = list.split_whitespace().collect();
        let packages =
            PACKAGES.map(|(name, version)| [name, version].map(|it| it.to_str().unwrap()));
        assert_eq!(words, packages.as_flattened());
    }
}
