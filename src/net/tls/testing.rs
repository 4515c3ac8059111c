//! What the tests of this room share: certificates made on the spot, folders for them, and a server
//! in memory.

use std::{
    env, fs,
    io::{Read, Write},
    path::{Path, PathBuf},
    process,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::{
    RootCertStore, ServerConfig, ServerConnection, SupportedProtocolVersion,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer},
    server::WebPkiClientVerifier,
};

use super::{
    error::TlsError,
    pem::Pem,
    session::Session,
    settings::{Settings, SharedConfig, Trust},
};

/// Certificates and their key.
pub(super) struct Identity {
    /// The owner's first.
    pub(super) chain: Vec<CertificateDer<'static>>,
    pub(super) certificate_pem: String,
    pub(super) key: KeyPair,
}

/// Who issues certificates.
pub(super) struct Authority {
    pub(super) certificate: CertificateDer<'static>,
    pub(super) certificate_pem: String,
    /// What a server has to show beside its own certificate.
    behind: Vec<CertificateDer<'static>>,
    issuer: Issuer<'static, KeyPair>,
}

/// What a certificate for these host names and addresses says.
pub(super) fn parameters(names: &[&str]) -> CertificateParams {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let mut parameters = CertificateParams::new(names).unwrap();
    parameters.distinguished_name.push(DnType::CommonName, "test");
    parameters
}

/// A certificate that is its own issuer.
pub(super) fn self_signed(parameters: CertificateParams) -> Identity {
    let key = KeyPair::generate().unwrap();
    let certificate = parameters.self_signed(&key).unwrap();
    Identity { chain: vec![certificate.der().clone()], certificate_pem: certificate.pem(), key }
}

/// An authority, a certificate for `localhost` that it issued, and settings that trust it.
pub(super) fn localhost() -> (Authority, Identity, Settings) {
    let authority = Authority::new("authority");
    let identity = authority.issue(parameters(&["localhost"]));
    let settings = trusting(&authority.certificate_pem);
    (authority, identity, settings)
}

impl Authority {
    pub(super) fn new(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut parameters = CertificateParams::default();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        parameters.distinguished_name.push(DnType::CommonName, name);
        let certificate = parameters.self_signed(&key).unwrap();
        Self {
            certificate: certificate.der().clone(),
            certificate_pem: certificate.pem(),
            behind: Vec::new(),
            issuer: Issuer::new(parameters, key),
        }
    }

    /// An authority that this one vouches for.
    pub(super) fn issue_authority(&self, parameters: CertificateParams) -> Self {
        let key = KeyPair::generate().unwrap();
        let certificate = parameters.signed_by(&key, &self.issuer).unwrap();
        Self {
            certificate: certificate.der().clone(),
            certificate_pem: certificate.pem(),
            behind: vec![certificate.der().clone()],
            issuer: Issuer::new(parameters, key),
        }
    }

    pub(super) fn issue(&self, parameters: CertificateParams) -> Identity {
        let key = KeyPair::generate().unwrap();
        let certificate = parameters.signed_by(&key, &self.issuer).unwrap();
        let mut chain = vec![certificate.der().clone()];
        chain.extend_from_slice(&self.behind);
        Identity { chain, certificate_pem: certificate.pem(), key }
    }
}

/// A folder of its own, gone with this value.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("www-websocket-{}-{count}", process::id()));
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// The path of a new file with this content.
    pub(super) fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, content).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What a file with this text holds.
pub(super) fn pem(text: &str) -> Pem {
    Pem::new("\"it.pem\"".to_owned(), [text.as_bytes().to_vec()])
}

/// Settings that trust this authority alone.
pub(super) fn trusting(certificate_pem: &str) -> Settings {
    let trust = Trust::Authorities(vec![pem(certificate_pem)]);
    Settings { trust, ..Settings::default() }
}

/// A session with `localhost`.
pub(super) fn session(settings: &Settings) -> Session {
    Session::new(&SharedConfig::of(settings).unwrap(), "localhost").unwrap()
}

/// How a server is set up.
pub(super) struct ServerSetup<'a> {
    pub(super) identity: &'a Identity,
    pub(super) versions: &'a [&'static SupportedProtocolVersion],
    pub(super) alpn: &'a [&'a [u8]],
    /// Who has to have issued the client's certificate, where one is demanded.
    pub(super) clients: Option<&'a Authority>,
}

impl<'a> ServerSetup<'a> {
    pub(super) fn new(identity: &'a Identity) -> Self {
        ServerSetup { identity, versions: rustls::ALL_VERSIONS, alpn: &[], clients: None }
    }

    pub(super) fn configuration(&self) -> Arc<ServerConfig> {
        let provider = Arc::new(ring::default_provider());
        let builder = ServerConfig::builder_with_provider(provider.clone())
            .with_protocol_versions(self.versions)
            .unwrap();
        let builder = match self.clients {
            Some(authority) => {
                let mut roots = RootCertStore::empty();
                roots.add(authority.certificate.clone()).unwrap();
                let verifier =
                    WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
                        .build()
                        .unwrap();
                builder.with_client_cert_verifier(verifier)
            }
            None => builder.with_no_client_auth(),
        };
        let key = PrivateKeyDer::try_from(self.identity.key.serialize_der()).unwrap();
        let mut configuration = builder.with_single_cert(self.identity.chain.clone(), key).unwrap();
        configuration.send_half_rtt_data = true;
        configuration.alpn_protocols = self.alpn.iter().map(|name| name.to_vec()).collect();
        Arc::new(configuration)
    }

    pub(super) fn server(&self) -> Server {
        Server::new(self.configuration())
    }
}

/// The other side.
pub(super) struct Server {
    pub(super) connection: ServerConnection,
    pub(super) received: Vec<u8>,
    pub(super) error: Option<rustls::Error>,
}

impl Server {
    pub(super) fn new(configuration: Arc<ServerConfig>) -> Self {
        let mut connection = ServerConnection::new(configuration).unwrap();
        connection.set_buffer_limit(None);
        Self { connection, received: Vec::new(), error: None }
    }

    pub(super) fn send(&mut self, plaintext: &[u8]) {
        self.connection.writer().write_all(plaintext).unwrap();
    }

    pub(super) fn receive(&mut self, mut input: &[u8]) {
        while !input.is_empty() && self.error.is_none() {
            if self.connection.read_tls(&mut input).unwrap() == 0 {
                break;
            }
            self.error = self.connection.process_new_packets().err();
            // It ends with the error that there is nothing more for now.
            let _ = self.connection.reader().read_to_end(&mut self.received);
        }
    }

    pub(super) fn take_output(&mut self) -> Vec<u8> {
        let mut output = Vec::new();
        while self.connection.wants_write() {
            self.connection.write_tls(&mut output).unwrap();
        }
        output
    }
}

/// Lets both talk until neither has anything to say, what the server says cut into pieces of `size`
/// bytes. Returns what the client has received.
pub(super) fn converse_in(
    size: usize,
    client: &mut Session,
    server: &mut Server,
) -> Result<Vec<u8>, TlsError> {
    let mut received = Vec::new();
    loop {
        let mut said = Vec::new();
        client.take_output(&mut said);
        server.receive(&said);
        let answer = server.take_output();
        for piece in answer.chunks(size) {
            client.receive(piece, &mut received)?;
        }
        if said.is_empty() && answer.is_empty() {
            return Ok(received);
        }
    }
}

/// The same with what the server says in one piece.
pub(super) fn converse(client: &mut Session, server: &mut Server) -> Result<Vec<u8>, TlsError> {
    converse_in(usize::MAX, client, server)
}
