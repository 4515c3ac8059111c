//! Whom to trust, who we are and which protocols to offer: from the settings of a connection to a
//! configuration of rustls that connections with the same settings share, read from disk once, so
//! that sessions resume.

use std::{
    env,
    ffi::OsString,
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use rustls::{
    ClientConfig, KeyLogFile, RootCertStore,
    client::{Resumption, WebPkiServerVerifier},
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, pem::PemObject},
    sign::{CertifiedKey, SingleCertAndKey},
};
use rustls_native_certs::{CertificateResult, ErrorKind};

use super::{
    keys::{self, KeyError},
    public_key::PublicKey,
    verifier::{Trusted, Verifier},
};

/// HTTP/1.1 in [`Settings::alpn`] (RFC 7301 section 6).
pub(crate) const HTTP_1_1: &[u8] = b"http/1.1";

/// How many configurations are kept: a program has few, and each holds what it read from disk, and
/// up to 32 servers' sessions.
const MAX_CONFIGURATIONS: usize = 16;

/// What of the environment makes a difference. It belongs to the settings, because a script may
/// change it between two connections.
const ENVIRONMENT: [&str; 3] = ["SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"];

/// How TLS is to be done with a server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Settings {
    /// Who decides whether the server's certificate is good.
    pub(crate) trust: Trust,
    /// Who we are, for a server that asks.
    pub(crate) client: Option<ClientIdentity>,
    /// The protocols to offer by ALPN (RFC 7301), by their identifiers in IANA's registry, in order
    /// of preference. A server that knows ALPN chooses one of them or refuses; with none, nothing
    /// is offered.
    pub(crate) alpn: &'static [&'static [u8]],
    /// Whether the session [presents](super::Session::presented) the server's certificate to the
    /// caller for a decision. Then no session is resumed, because in a resumed one the server
    /// presents no certificate.
    pub(crate) ask: bool,
}

/// Who says that a server is the one that it claims to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Trust {
    /// The authorities that the system trusts, or those in `SSL_CERT_FILE` and `SSL_CERT_DIR` where
    /// the environment names them.
    #[default]
    System,
    /// The authorities in these files and folders, in PEM, and no others. A server's own
    /// certificate may be among them.
    Authorities {
        /// Files with any number of certificates.
        files: Vec<PathBuf>,
        /// Folders with such files.
        directories: Vec<PathBuf>,
    },
    /// Nobody: every certificate is accepted, so that anyone between us and the server can read
    /// and change everything. The server still proves to have the key of the certificate that it
    /// presents, if it is one of those with which a signature can be verified.
    Insecure,
}

/// The certificate that we show to a server that asks for one, in PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClientIdentity {
    /// The file with the certificate, and after it those that lead to an authority.
    pub(crate) certificate: PathBuf,
    /// The file with its private key (PKCS #8, PKCS #1 or SEC 1), not encrypted; it may be the
    /// same.
    pub(crate) key: PathBuf,
}

/// Settings made ready for use, to be shared by connections.
#[derive(Debug)]
pub(crate) struct SharedConfig {
    pub(super) rustls: Arc<ClientConfig>,
    pub(super) verifier: Arc<Verifier>,
    pub(super) ask: bool,
    pub(super) has_client_certificate: bool,
}

impl SharedConfig {
    /// The configuration for these settings: the one that was made for them before, by any thread,
    /// if nothing has changed since, neither the files nor the environment.
    ///
    /// Reads files, for some 10 ms where it is the system's trust store for the first time, so it
    /// is for a thread that may block. Errors where a file or what is in it cannot be used.
    pub(crate) fn of(settings: &Settings) -> Result<Arc<Self>, SettingsError> {
        // What is in there is whole even if a thread panicked while it held the lock.
        CACHE.lock().unwrap_or_else(PoisonError::into_inner).configuration(settings)
    }

    fn new(settings: &Settings, authorities: Option<Authorities>) -> Result<Self, SettingsError> {
        let provider = Arc::new(ring::default_provider());
        let trusted = match authorities {
            Some(Authorities { roots, certificates }) => {
                let webpki = WebPkiServerVerifier::builder_with_provider(roots, provider.clone())
                    .build()
                    .map_err(|error| SettingsError::NobodyTrusted(error.to_string()))?;
                Trusted::Authorities { webpki, certificates }
            }
            // The caller that is asked about the certificate has to be sure whose it is.
            None => Trusted::Anyone { must_prove_key: settings.ask },
        };
        let verifier = Arc::new(Verifier::new(trusted, provider.clone()));
        let builder = ClientConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            // It fails only for a provider without ciphers for a version; ring has some for each.
            .expect("ring serves TLS 1.2 and 1.3")
            .dangerous()
            .with_custom_certificate_verifier(verifier.clone());
        let mut rustls = match &settings.client {
            Some(client) => {
                let identity = Arc::new(SingleCertAndKey::from(client.read(&provider)?));
                builder.with_client_cert_resolver(identity)
            }
            None => builder.with_no_client_auth(),
        };
        rustls.alpn_protocols = settings.alpn.iter().map(|name| name.to_vec()).collect();
        rustls.key_log = Arc::new(KeyLogFile::new());
        if settings.ask {
            rustls.resumption = Resumption::disabled();
        }
        Ok(Self {
            rustls: Arc::new(rustls),
            verifier,
            ask: settings.ask,
            has_client_certificate: settings.client.is_some(),
        })
    }
}

static CACHE: Mutex<Cache> = Mutex::new(Cache { system: None, configurations: Vec::new() });

/// The configurations that were made last, and from what.
struct Cache {
    /// The system's authorities: many, and the same for most configurations.
    system: Option<(Sources, Authorities)>,
    /// The oldest first.
    configurations: Vec<(Settings, Sources, Arc<SharedConfig>)>,
}

impl Cache {
    fn configuration(&mut self, settings: &Settings) -> Result<Arc<SharedConfig>, SettingsError> {
        let sources = Sources::now(settings);
        let known = self
            .configurations
            .iter()
            .find(|(known, known_sources, _)| known == settings && *known_sources == sources);
        if let Some((_, _, configuration)) = known {
            return Ok(configuration.clone());
        }
        let authorities = match &settings.trust {
            Trust::System => Some(self.system()?),
            Trust::Authorities { files, directories } => {
                Some(Authorities::given(files, directories)?)
            }
            Trust::Insecure => None,
        };
        let configuration = Arc::new(SharedConfig::new(settings, authorities)?);
        self.configurations.retain(|(known, _, _)| known != settings);
        if self.configurations.len() == MAX_CONFIGURATIONS {
            self.configurations.remove(0);
        }
        self.configurations.push((settings.clone(), sources, configuration.clone()));
        Ok(configuration)
    }

    fn system(&mut self) -> Result<Authorities, SettingsError> {
        let sources = Sources::now(&Settings::default());
        if let Some((known, authorities)) = &self.system
            && *known == sources
        {
            return Ok(authorities.clone());
        }
        let authorities = Authorities::of_system()?;
        self.system = Some((sources, authorities.clone()));
        Ok(authorities)
    }
}

/// What a configuration was made from, apart from its settings: while this is the same, it can be
/// used again.
#[derive(Debug, PartialEq, Eq)]
struct Sources {
    environment: [Option<OsString>; ENVIRONMENT.len()],
    /// Of the files and folders that the settings name.
    stamps: Vec<Option<Stamp>>,
}

/// What tells apart a file and its changed successor: size in bytes, when it was last changed, and
/// its [`identity`].
type Stamp = (u64, Option<SystemTime>, Option<(u64, u64)>);

impl Sources {
    fn now(settings: &Settings) -> Self {
        let environment = ENVIRONMENT.map(env::var_os);
        let mut paths: Vec<&Path> = Vec::new();
        match &settings.trust {
            // A folder list is no path, and then has no stamp.
            Trust::System => paths.extend(environment[..2].iter().flatten().map(Path::new)),
            Trust::Authorities { files, directories } => {
                paths.extend(files.iter().chain(directories).map(PathBuf::as_path));
            }
            Trust::Insecure => {}
        }
        if let Some(client) = &settings.client {
            paths.extend([client.certificate.as_path(), client.key.as_path()]);
        }
        let stamps = paths.into_iter().map(stamp).collect();
        Self { environment, stamps }
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let file = fs::metadata(path).ok()?;
    Some((file.len(), file.modified().ok(), identity(&file)))
}

/// The device and number of a file, where there are such things.
#[cfg(unix)]
fn identity(file: &fs::Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn identity(_file: &fs::Metadata) -> Option<(u64, u64)> {
    None
}

/// The authorities that are trusted.
#[derive(Clone)]
struct Authorities {
    roots: Arc<RootCertStore>,
    /// The same, whole, where they were named one by one: see the verifier.
    certificates: Vec<CertificateDer<'static>>,
}

impl Authorities {
    fn of_system() -> Result<Self, SettingsError> {
        let found = rustls_native_certs::load_native_certs();
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(found.certs);
        if roots.is_empty() {
            let reason = found.errors.first().map(ToString::to_string);
            let reason = reason.unwrap_or_else(|| "no certificates found".to_owned());
            return Err(SettingsError::NobodyTrusted(reason));
        }
        Ok(Self { roots: Arc::new(roots), certificates: Vec::new() })
    }

    /// The authorities in these files and folders. Errors where one of them has none.
    fn given(files: &[PathBuf], directories: &[PathBuf]) -> Result<Self, SettingsError> {
        let load = rustls_native_certs::load_certs_from_paths;
        let of_files = files.iter().map(|path| (path, load(Some(path), None)));
        let of_directories = directories.iter().map(|path| (path, load(None, Some(path))));
        let mut roots = RootCertStore::empty();
        let mut certificates = Vec::new();
        for (path, CertificateResult { certs, errors, .. }) in of_files.chain(of_directories) {
            let (usable, _) = roots.add_parsable_certificates(certs.iter().cloned());
            if usable == 0 {
                return Err(match errors.into_iter().next().map(|error| error.kind) {
                    Some(ErrorKind::Io { inner, path }) => SettingsError::Unreadable(path, inner),
                    _ => SettingsError::NoCertificate(path.clone()),
                });
            }
            certificates.extend(certs);
        }
        Ok(Self { roots: Arc::new(roots), certificates })
    }
}

impl ClientIdentity {
    /// Reads both. The certificate is for the server to judge: here it only has to be that of the
    /// key.
    fn read(&self, provider: &CryptoProvider) -> Result<CertifiedKey, SettingsError> {
        let read = |path: &PathBuf| {
            fs::read(path).map_err(|error| SettingsError::Unreadable(path.clone(), error))
        };
        let no_certificate = || SettingsError::NoCertificate(self.certificate.clone());
        let chain = CertificateDer::pem_slice_iter(&read(&self.certificate)?)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|_| no_certificate())?;
        let own = chain.first().ok_or_else(no_certificate)?;
        let key = keys::read(&read(&self.key)?, provider)
            .map_err(|error| SettingsError::Key(self.key.clone(), error))?;
        let public_key = PublicKey::of(own).map_err(|_| no_certificate())?.der;
        if key.public_key().is_some_and(|of_key| of_key != public_key) {
            return Err(SettingsError::KeyMismatch(self.clone()));
        }
        Ok(CertifiedKey::new(chain, key))
    }
}

/// Why settings cannot be used.
#[derive(Debug)]
pub(crate) enum SettingsError {
    /// The file or folder cannot be read.
    Unreadable(PathBuf, io::Error),
    /// The file or folder has no usable certificate in PEM.
    NoCertificate(PathBuf),
    /// The file has no private key that can be used.
    Key(PathBuf, KeyError),
    /// The private key is not that of the certificate.
    KeyMismatch(ClientIdentity),
    /// No authority was named, or the system has none.
    NobodyTrusted(String),
}

impl SettingsError {
    /// The kind in one upper-case word, for an errorcode.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Unreadable(..) => "FILE",
            Self::NoCertificate(_) => "NOCERT",
            Self::Key(..) => "NOKEY",
            Self::KeyMismatch(_) => "MISMATCH",
            Self::NobodyTrusted(_) => "NOTRUST",
        }
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(path, error) => {
                let error = error.to_string();
                let reason = error.rsplit_once(" (os error ").map_or(&*error, |(text, _)| text);
                write!(f, "couldn't read \"{}\": {reason}", path.display())
            }
            Self::NoCertificate(path) => {
                write!(f, "no usable certificate in \"{}\"", path.display())
            }
            Self::Key(path, KeyError::Unusable) => {
                write!(f, "no usable private key in \"{}\"", path.display())
            }
            Self::Key(path, KeyError::Encrypted) => {
                write!(f, "the private key in \"{}\" is encrypted", path.display())
            }
            Self::KeyMismatch(ClientIdentity { certificate, key }) => write!(
                f,
                "the private key in \"{}\" is not that of the certificate in \"{}\"",
                key.display(),
                certificate.display()
            ),
            Self::NobodyTrusted(reason) => {
                write!(f, "there is nobody to trust: {reason}")
            }
        }
    }
}

impl std::error::Error for SettingsError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable(_, error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::process;

    use super::{
        super::testing::{
            Authority, Folder, Identity, ServerSetup, converse, parameters, self_signed, session,
            trusting,
        },
        *,
    };

    fn identity() -> Identity {
        self_signed(parameters(&["client"]))
    }

    /// The settings of a client with these files.
    fn client(certificate: &Path, key: &Path) -> Settings {
        let client = ClientIdentity { certificate: certificate.to_owned(), key: key.to_owned() };
        Settings { trust: Trust::Insecure, client: Some(client), ..Settings::default() }
    }

    fn directory(path: &Path) -> Settings {
        let directories = vec![path.to_owned()];
        let trust = Trust::Authorities { files: Vec::new(), directories };
        Settings { trust, ..Settings::default() }
    }

    fn failure(settings: &Settings) -> SettingsError {
        SharedConfig::of(settings).unwrap_err()
    }

    #[test]
    fn the_same_settings_share_a_configuration() {
        let folder = Folder::new();
        let settings = trusting(&folder, &Authority::new("authority").certificate_pem);
        let first = SharedConfig::of(&settings).unwrap();
        let second = SharedConfig::of(&settings).unwrap();
        assert!(Arc::ptr_eq(&first, &second));
        for others in
            [Settings { ask: true, ..settings.clone() }, Settings { alpn: &[HTTP_1_1], ..settings }]
        {
            let other = SharedConfig::of(&others).unwrap();
            assert!(!Arc::ptr_eq(&first, &other), "{others:?}");
        }
    }

    #[test]
    fn a_changed_file_makes_another_configuration() {
        let folder = Folder::new();
        let settings = trusting(&folder, &Authority::new("authority").certificate_pem);
        let first = SharedConfig::of(&settings).unwrap();
        trusting(&folder, &Authority::new("a new authority").certificate_pem);
        let second = SharedConfig::of(&settings).unwrap();
        assert!(!Arc::ptr_eq(&first, &second));
    }

    #[test]
    fn few_configurations_are_kept() {
        let mut cache = Cache { system: None, configurations: Vec::new() };
        let folder = Folder::new();
        let file = folder.file("authority.pem", &Authority::new("authority").certificate_pem);
        for count in 1..=MAX_CONFIGURATIONS + 3 {
            let files = vec![file.clone(); count];
            let trust = Trust::Authorities { files, directories: Vec::new() };
            cache.configuration(&Settings { trust, ..Settings::default() }).unwrap();
        }
        assert_eq!(cache.configurations.len(), MAX_CONFIGURATIONS);
        let Trust::Authorities { files, .. } = &cache.configurations[0].0.trust else { panic!() };
        assert_eq!(files.len(), 4);
    }

    #[test]
    fn a_folder_of_authorities_may_hold_other_files() {
        let folder = Folder::new();
        folder.file("README", "nothing of interest");
        folder.file("first.pem", &Authority::new("first").certificate_pem);
        folder.file("second.pem", &Authority::new("second").certificate_pem);
        let Authorities { roots, certificates } =
            Authorities::given(&[], &[folder.path().to_owned()]).unwrap();
        assert_eq!((roots.len(), certificates.len()), (2, 2));
    }

    #[test]
    fn a_missing_file_is_reported() {
        let path = Folder::new().path().join("missing.pem");
        let trust = Trust::Authorities { files: vec![path.clone()], directories: Vec::new() };
        let error = failure(&Settings { trust, ..Settings::default() });
        assert_eq!(error.kind(), "FILE");
        let message = format!("couldn't read \"{}\": No such file or directory", path.display());
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn a_missing_folder_is_reported() {
        let error = failure(&directory(&Folder::new().path().join("missing")));
        assert_eq!(error.kind(), "FILE");
    }

    #[test]
    fn a_file_without_a_certificate_is_reported() {
        let folder = Folder::new();
        let error = failure(&trusting(&folder, &identity().key.serialize_pem()));
        assert_eq!(error.kind(), "NOCERT");
        let path = folder.path().join("authority.pem");
        let message = format!("no usable certificate in \"{}\"", path.display());
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn a_file_with_nonsense_for_a_certificate_is_reported() {
        let text = "-----BEGIN CERTIFICATE-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE-----\n";
        assert_eq!(failure(&trusting(&Folder::new(), text)).kind(), "NOCERT");
    }

    #[test]
    fn an_empty_folder_is_reported() {
        let folder = Folder::new();
        assert_eq!(failure(&directory(folder.path())).kind(), "NOCERT");
    }

    /// In a process of its own, because a process has one environment. That process runs the test
    /// below, which it is given by name.
    #[test]
    fn the_environment_names_authorities_and_a_log_of_keys() {
        let folder = Folder::new();
        let authorities =
            Authority::new("one").certificate_pem + &Authority::new("two").certificate_pem;
        let log = folder.path().join("keys");
        let status = process::Command::new(env::current_exe().unwrap())
            .args(["--exact", "net::tls::settings::tests::two_authorities_and_a_log_of_keys"])
            .args(["--ignored", "--quiet"])
            .env("SSL_CERT_FILE", folder.file("authorities.pem", &authorities))
            .env_remove("SSL_CERT_DIR")
            .env("SSLKEYLOGFILE", &log)
            .stdout(process::Stdio::null())
            .status();
        assert!(status.unwrap().success());
        let log = fs::read_to_string(log).unwrap();
        assert!(log.contains("CLIENT_TRAFFIC_SECRET_0 "), "{log}");
    }

    #[test]
    #[ignore = "run by the_environment_names_authorities_and_a_log_of_keys"]
    fn two_authorities_and_a_log_of_keys() {
        assert_eq!(Authorities::of_system().unwrap().roots.len(), 2);
        let settings = Settings { trust: Trust::Insecure, ..Settings::default() };
        let mut server = ServerSetup::new(&identity()).server();
        converse(&mut session(&settings), &mut server).unwrap();
    }

    #[test]
    fn no_authorities_at_all_are_reported() {
        let trust = Trust::Authorities { files: Vec::new(), directories: Vec::new() };
        let error = failure(&Settings { trust, ..Settings::default() });
        assert_eq!(error.kind(), "NOTRUST");
        let message = "there is nobody to trust: no root trust anchors were provided";
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn certificate_and_key_may_stand_in_one_file_or_in_two() {
        let identity = identity();
        let (certificate, key) = (identity.certificate_pem, identity.key.serialize_pem());
        let folder = Folder::new();
        let both = folder.file("both.pem", &(key.clone() + &certificate));
        let certificate = folder.file("certificate.pem", &certificate);
        let key = folder.file("key.pem", &key);
        for settings in [client(&both, &both), client(&certificate, &key)] {
            assert!(SharedConfig::of(&settings).unwrap().has_client_certificate);
        }
    }

    #[test]
    fn a_file_without_a_key_is_reported() {
        let folder = Folder::new();
        let path = folder.file("certificate.pem", &identity().certificate_pem);
        let error = failure(&client(&path, &path));
        assert_eq!(error.kind(), "NOKEY");
        let message = format!("no usable private key in \"{}\"", path.display());
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn a_key_of_another_certificate_is_reported() {
        let folder = Folder::new();
        let certificate = folder.file("certificate.pem", &identity().certificate_pem);
        let key = folder.file("key.pem", &identity().key.serialize_pem());
        let error = failure(&client(&certificate, &key));
        assert_eq!(error.kind(), "MISMATCH");
        let message = format!(
            "the private key in \"{}\" is not that of the certificate in \"{}\"",
            key.display(),
            certificate.display()
        );
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn a_missing_client_certificate_is_reported() {
        let path = Folder::new().path().join("missing.pem");
        assert_eq!(failure(&client(&path, &path)).kind(), "FILE");
    }
}
