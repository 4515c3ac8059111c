//! Certificates and keys in PEM (RFC 7468), as people keep it: with other text around them, any
//! line ends, and blanks before the lines, as where it stands in a script.

use std::{fmt, sync::Arc};

use rustls::pki_types::{
    CertificateDer,
    pem::{self, PemObject},
};

/// What begins each section of PEM.
const BEGIN: &str = "-----BEGIN ";

/// What a file holds, or the files of a directory. Shown, it is the name of that, for it may have a
/// secret in it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Pem {
    name: String,
    /// Of each file, in lines that neither begin nor end with a blank.
    texts: Arc<[Vec<u8>]>,
}

impl Pem {
    /// These texts; `name` is what messages say for them, in quotation marks where it is a path.
    pub(crate) fn new(name: String, texts: impl IntoIterator<Item = Vec<u8>>) -> Self {
        Self { name, texts: texts.into_iter().map(|text| trimmed(&text)).collect() }
    }

    /// Whether this is PEM, and no path.
    pub(crate) fn is_in(text: &str) -> bool {
        text.contains(BEGIN)
    }

    /// The certificates, in their order; an error for each section that is damaged.
    pub(super) fn certificates(
        &self,
    ) -> impl Iterator<Item = Result<CertificateDer<'static>, pem::Error>> {
        self.texts.iter().flat_map(|text| CertificateDer::pem_slice_iter(text))
    }

    /// All of it.
    pub(super) fn text(&self) -> Vec<u8> {
        self.texts.join(&b'\n')
    }
}

impl fmt::Display for Pem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl fmt::Debug for Pem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pem").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Without blanks at the ends of lines, and without the mark that some editors put at the beginning
/// of UTF-8, which would hide the first section from the parser.
fn trimmed(text: &[u8]) -> Vec<u8> {
    let text = text.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(text);
    let lines: Vec<&[u8]> =
        text.split(|&byte| byte == b'\n' || byte == b'\r').map(<[u8]>::trim_ascii).collect();
    lines.join(&b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The content of the certificates; an empty one for each that is damaged.
    fn certificates(texts: &[&str]) -> Vec<Vec<u8>> {
        let texts = texts.iter().map(|text| text.as_bytes().to_vec());
        let found = Pem::new("it".to_owned(), texts);
        found.certificates().map(|found| found.map_or(vec![], |it| it.to_vec())).collect()
    }

    const ONE: &str = "-----BEGIN CERTIFICATE-----\nAAAA\nAAAA\n-----END CERTIFICATE-----";

    #[test]
    fn any_line_ends_will_do() {
        for end in ["\n", "\r\n", "\r", "  \r\n", "\n\n"] {
            assert_eq!(certificates(&[&ONE.replace('\n', end)]), [[0; 6]], "{end:?}");
        }
    }

    #[test]
    fn text_may_stand_around_it_and_blanks_before_its_lines() {
        for text in [
            format!("subject=CN = x\n\n{ONE}\nthe end"),
            format!("\n\t{}\n  ", ONE.replace('\n', "\n\t    ")),
            format!("\u{FEFF}{ONE}"),
        ] {
            assert!(Pem::is_in(&text));
            assert_eq!(certificates(&[&text]), [[0; 6]], "{text:?}");
        }
    }

    #[test]
    fn a_damaged_section_does_not_hide_others() {
        let damaged = ONE.replace("AAAA\n", "A*A\n");
        assert_eq!(certificates(&[&format!("{damaged}\n{ONE}")]), [vec![], vec![0; 6]]);
        let open = ONE.replace("-----END", "-----STOP");
        assert_eq!(certificates(&[&open, ONE]), [vec![], vec![0; 6]]);
    }

    #[test]
    fn its_secrets_are_not_shown() {
        let pem = Pem::new("\"key.pem\"".to_owned(), [b"secret".to_vec()]);
        assert_eq!(pem.to_string(), "\"key.pem\"");
        assert_eq!(format!("{pem:?}"), "Pem { name: \"\\\"key.pem\\\"\", .. }");
    }
}
