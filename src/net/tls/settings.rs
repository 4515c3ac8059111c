//! Whom to trust, who we are and which protocols to offer: from the settings of a connection to a
//! configuration of rustls that connections with the same settings share, so that sessions resume.

use std::{
    collections::HashSet,
    env,
    ffi::OsString,
    fmt, fs,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use rustls::{
    ClientConfig, KeyLogFile, RootCertStore,
    client::{Resumption, WebPkiServerVerifier},
    crypto::{CryptoProvider, ring},
    pki_types::CertificateDer,
    sign::{CertifiedKey, SingleCertAndKey},
};

use super::{
    keys::{self, KeyError, Password},
    pem::Pem,
    public_key::PublicKey,
    verifier::{Trusted, Verifier},
};

/// HTTP/1.1 in [`Settings::alpn`] (RFC 7301 section 6).
pub(crate) const HTTP_1_1: &[u8] = b"http/1.1";

/// How many configurations are kept: a program has few, and each holds the certificates that it was
/// made of, and up to 32 servers' sessions.
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
    pub(crate) client: Option<OwnIdentity>,
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
    /// These authorities, and no others: any number in each, but not none. A server's own
    /// certificate may be among them.
    Authorities(Vec<Pem>),
    /// Nobody: every certificate is accepted, so that anyone between us and the server can read
    /// and change everything. The server still proves to have the key of the certificate that it
    /// presents, if it is one of those with which a signature can be verified.
    Insecure,
}

/// The certificate that we show: to clients, or to a server that asks for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnIdentity {
    /// The certificate, and after it those that lead to an authority.
    pub(crate) certificate: Pem,
    /// Its private key: PKCS #8, PKCS #1 or SEC 1. It may stand beside the certificate.
    pub(crate) key: Pem,
    /// With what it is decrypted, if it is PKCS #8 and encrypted.
    pub(crate) password: Option<Password>,
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
    /// if the environment has not changed since.
    ///
    /// Reads the system's trust store the first time, for some 10 ms, so it is for a thread that
    /// may block. Errors where certificates or keys cannot be used.
    pub(crate) fn of(settings: &Settings) -> Result<Arc<Self>, SettingsError> {
        // What is in there is whole even if a thread panicked while it held the lock.
        CACHE.lock().unwrap_or_else(PoisonError::into_inner).configuration(settings)
    }

    /// The same, if it was made before and the environment has not changed since. Does not block.
    pub(crate) fn known(settings: &Settings) -> Option<Arc<Self>> {
        // A thread that holds the lock makes one, which takes its time.
        CACHE.try_lock().ok()?.known(settings, &Sources::now(&settings.trust))
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
    fn known(&self, settings: &Settings, sources: &Sources) -> Option<Arc<SharedConfig>> {
        let mut all = self.configurations.iter();
        let known = all.find(|(known, of, _)| known == settings && of == sources);
        known.map(|(_, _, configuration)| Arc::clone(configuration))
    }

    fn configuration(&mut self, settings: &Settings) -> Result<Arc<SharedConfig>, SettingsError> {
        let sources = Sources::now(&settings.trust);
        if let Some(configuration) = self.known(settings, &sources) {
            return Ok(configuration);
        }
        let authorities = match &settings.trust {
            Trust::System => Some(self.system()?),
            Trust::Authorities(given) => Some(Authorities::given(given)?),
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
        let sources = Sources::now(&Trust::System);
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
    /// Of the files and folders that the environment names.
    stamps: Vec<Option<Stamp>>,
}

/// What tells apart a file and its changed successor: size in bytes, when it was last changed, and
/// its [`identity`].
type Stamp = (u64, Option<SystemTime>, Option<(u64, u64)>);

impl Sources {
    fn now(trust: &Trust) -> Self {
        let environment = ENVIRONMENT.map(env::var_os);
        let stamps = match trust {
            // A folder list is no path, and then has no stamp.
            Trust::System => environment[..2].iter().flatten().map(stamp).collect(),
            Trust::Authorities(_) | Trust::Insecure => Vec::new(),
        };
        Self { environment, stamps }
    }
}

fn stamp(path: impl AsRef<Path>) -> Option<Stamp> {
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
pub(super) struct Authorities {
    pub(super) roots: Arc<RootCertStore>,
    /// The same, whole, where they were named one by one: see the verifier.
    pub(super) certificates: Vec<CertificateDer<'static>>,
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

    /// These authorities, each once. Errors where one of the places has none.
    pub(super) fn given(places: &[Pem]) -> Result<Self, SettingsError> {
        let mut roots = RootCertStore::empty();
        let mut certificates = Vec::new();
        let mut known = HashSet::new();
        for place in places {
            let found: Vec<_> = place.certificates().flatten().collect();
            let mut usable = 0;
            for certificate in found {
                if known.contains(&certificate) || roots.add(certificate.clone()).is_ok() {
                    usable += 1;
                }
                if known.insert(certificate.clone()) {
                    certificates.push(certificate);
                }
            }
            if usable == 0 {
                return Err(SettingsError::NoCertificate(place.to_string()));
            }
        }
        Ok(Self { roots: Arc::new(roots), certificates })
    }
}

impl OwnIdentity {
    /// Reads both. The certificate is for the other side to judge: here it only has to be that of
    /// the key.
    pub(super) fn read(&self, provider: &CryptoProvider) -> Result<CertifiedKey, SettingsError> {
        let no_certificate = || SettingsError::NoCertificate(self.certificate.to_string());
        let chain = self
            .certificate
            .certificates()
            .collect::<Result<Vec<_>, _>>()
            .map_err(|_| no_certificate())?;
        let own = chain.first().ok_or_else(no_certificate)?;
        let key = keys::read(&self.key.text(), self.password.as_ref(), provider)
            .map_err(|error| SettingsError::Key(self.key.to_string(), error))?;
        let public_key = PublicKey::of(own).map_err(|_| no_certificate())?.der;
        if key.public_key().is_some_and(|of_key| of_key != public_key) {
            return Err(SettingsError::KeyMismatch {
                certificate: self.certificate.to_string(),
                key: self.key.to_string(),
            });
        }
        Ok(CertifiedKey::new(chain, key))
    }
}

/// Why settings cannot be used. Where certificates or keys come from is as [`Pem`] shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SettingsError {
    /// There is no usable certificate in PEM.
    NoCertificate(String),
    /// There is no private key that can be used.
    Key(String, KeyError),
    /// The private key is not that of the certificate.
    KeyMismatch {
        /// Where the certificate comes from.
        certificate: String,
        /// Where the key does.
        key: String,
    },
    /// No authority was named, or the system has none.
    NobodyTrusted(String),
}

impl SettingsError {
    /// The kind in one upper-case word, for an errorcode.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::NoCertificate(_) => "NOCERT",
            Self::Key(_, error) => error.kind(),
            Self::KeyMismatch { .. } => "MISMATCH",
            Self::NobodyTrusted(_) => "NOTRUST",
        }
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCertificate(place) => write!(f, "no usable certificate in {place}"),
            Self::Key(place, error) => f.write_str(&error.message(place)),
            Self::KeyMismatch { certificate, key } => {
                write!(
                    f,
                    "the private key in {key} is not that of the certificate in {certificate}"
                )
            }
            Self::NobodyTrusted(reason) => {
                write!(f, "there is nobody to trust: {reason}")
            }
        }
    }
}

impl std::error::Error for SettingsError {}

#[cfg(test)]
mod tests {
    use std::process;

    use super::{
        super::testing::{
            Authority, Folder, Identity, ServerSetup, converse, parameters, pem, self_signed,
            session, trusting,
        },
        *,
    };

    fn identity() -> Identity {
        self_signed(parameters(&["client"]))
    }

    /// The settings of a client with this certificate and key.
    fn client(certificate: &str, key: &str) -> Settings {
        let client = OwnIdentity { certificate: pem(certificate), key: pem(key), password: None };
        Settings { trust: Trust::Insecure, client: Some(client), ..Settings::default() }
    }

    fn failure(settings: &Settings) -> (&'static str, String) {
        let error = SharedConfig::of(settings).unwrap_err();
        (error.kind(), error.to_string())
    }

    #[test]
    fn the_same_settings_share_a_configuration() {
        let authority = Authority::new("authority").certificate_pem;
        let first = SharedConfig::of(&trusting(&authority)).unwrap();
        let settings = trusting(&authority);
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
        let first = SharedConfig::of(&trusting(&Authority::new("one").certificate_pem)).unwrap();
        let second = SharedConfig::of(&trusting(&Authority::new("two").certificate_pem)).unwrap();
        assert!(!Arc::ptr_eq(&first, &second));
    }

    #[test]
    fn few_configurations_are_kept() {
        let mut cache = Cache { system: None, configurations: Vec::new() };
        let authority = pem(&Authority::new("authority").certificate_pem);
        for count in 1..=MAX_CONFIGURATIONS + 3 {
            let trust = Trust::Authorities(vec![authority.clone(); count]);
            cache.configuration(&Settings { trust, ..Settings::default() }).unwrap();
        }
        assert_eq!(cache.configurations.len(), MAX_CONFIGURATIONS);
        let Trust::Authorities(given) = &cache.configurations[0].0.trust else { panic!() };
        assert_eq!(given.len(), 4);
    }

    #[test]
    fn each_authority_of_many_files_is_there_once() {
        let [first, second] = ["first", "second"].map(|name| Authority::new(name).certificate_pem);
        let texts = ["nothing of interest", &first, &second, &first].map(|text| text.into());
        let places = [Pem::new("\"folder\"".to_owned(), texts), pem(&first)];
        let Authorities { roots, certificates } = Authorities::given(&places).unwrap();
        assert_eq!((roots.len(), certificates.len()), (2, 2));
    }

    #[test]
    fn a_text_without_a_certificate_is_reported() {
        let nonsense = "-----BEGIN CERTIFICATE-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE-----\n";
        for text in [&*identity().key.serialize_pem(), nonsense, "nothing", ""] {
            let error = failure(&trusting(text));
            assert_eq!(error, ("NOCERT", "no usable certificate in \"it.pem\"".to_owned()));
        }
    }

    #[test]
    fn a_place_without_files_is_reported() {
        let nothing = Pem::new("\"folder\"".to_owned(), []);
        let trust = Trust::Authorities(vec![nothing]);
        let error = failure(&Settings { trust, ..Settings::default() });
        assert_eq!(error, ("NOCERT", "no usable certificate in \"folder\"".to_owned()));
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
        let trust = Trust::Authorities(Vec::new());
        let message = "there is nobody to trust: no root trust anchors were provided".to_owned();
        assert_eq!(failure(&Settings { trust, ..Settings::default() }), ("NOTRUST", message));
    }

    #[test]
    fn certificate_and_key_may_stand_in_one_text_or_in_two() {
        let identity = identity();
        let (certificate, key) = (identity.certificate_pem, identity.key.serialize_pem());
        let both = key.clone() + &certificate;
        for settings in [client(&both, &both), client(&certificate, &key)] {
            assert!(SharedConfig::of(&settings).unwrap().has_client_certificate);
        }
    }

    #[test]
    fn a_text_without_a_key_is_reported() {
        let certificate = identity().certificate_pem;
        let message = "no usable private key in \"it.pem\"".to_owned();
        assert_eq!(failure(&client(&certificate, &certificate)), ("NOKEY", message));
    }

    #[test]
    fn a_key_of_another_certificate_is_reported() {
        let error = failure(&client(&identity().certificate_pem, &identity().key.serialize_pem()));
        let message =
            "the private key in \"it.pem\" is not that of the certificate in \"it.pem\"".to_owned();
        assert_eq!(error, ("MISMATCH", message));
    }

    #[test]
    fn a_chain_with_a_damaged_certificate_is_not_used() {
        let Identity { certificate_pem, key, .. } = identity();
        let chain = certificate_pem.clone() + &certificate_pem.replacen("\nM", "\n*", 1);
        assert_eq!(failure(&client(&chain, &key.serialize_pem())).0, "NOCERT");
    }
}
