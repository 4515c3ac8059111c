//! What a server shows to its clients and whom it lets in: from the settings of a listener to a
//! configuration of rustls that its connections share.

use std::sync::Arc;

use rustls::{
    KeyLogFile,
    crypto::ring::{self, Ticketer},
    server::NoServerSessionStorage,
    sign::SingleCertAndKey,
};

use super::{
    client_verifier::ClientVerifier,
    pem::Pem,
    settings::{Authorities, HTTP_1_1, OwnIdentity, SettingsError},
};

/// How TLS is to be done with clients.
#[derive(Debug, Clone)]
pub(crate) struct ServerSettings {
    /// Who we are.
    pub(crate) identity: OwnIdentity,
    /// Who has to have issued a client's certificate, or that certificate itself. `None`: clients
    /// are not asked for one.
    pub(crate) client_authorities: Option<Pem>,
}

/// Settings made ready for use, to be shared by connections.
#[derive(Debug)]
pub(crate) struct ServerConfig {
    pub(super) rustls: Arc<rustls::ServerConfig>,
}

impl ServerConfig {
    /// Reads a key, which takes its time where that is encrypted. Errors where certificates or keys
    /// cannot be used.
    ///
    /// Sessions resume by tickets (RFC 8446 section 2.2, RFC 5077), so that nothing is kept here.
    /// They are good for this configuration alone: whoever is in one was let in by it.
    pub(crate) fn new(settings: &ServerSettings) -> Result<Arc<Self>, SettingsError> {
        let provider = Arc::new(ring::default_provider());
        let builder = rustls::ServerConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            // It fails only for a provider without ciphers for a version; ring has some for each.
            .expect("ring serves TLS 1.2 and 1.3");
        let builder = match &settings.client_authorities {
            Some(place) => {
                let Authorities { roots, certificates } =
                    Authorities::given(std::slice::from_ref(place))?;
                let verifier = ClientVerifier::new(roots, certificates, provider.clone())?;
                builder.with_client_cert_verifier(Arc::new(verifier))
            }
            None => builder.with_no_client_auth(),
        };
        let identity = SingleCertAndKey::from(settings.identity.read(&provider)?);
        let mut rustls = builder.with_cert_resolver(Arc::new(identity));
        rustls.alpn_protocols = vec![HTTP_1_1.to_vec()];
        rustls.key_log = Arc::new(KeyLogFile::new());
        rustls.session_storage = Arc::new(NoServerSessionStorage {});
        // Without random numbers for them there are none; the handshake says what is wrong.
        if let Ok(ticketer) = Ticketer::new() {
            rustls.ticketer = ticketer;
        }
        Ok(Arc::new(Self { rustls: Arc::new(rustls) }))
    }
}

#[cfg(test)]
mod tests {
    use rcgen::date_time_ymd;

    use super::{
        super::{
            error::{Alert, TlsError},
            facts::TlsFacts,
            session::Session,
            settings::{Settings, SharedConfig},
            testing::{
                Authority, Identity, localhost, parameters, pem, self_signed, session, trusting,
            },
        },
        *,
    };

    /// A certificate for `localhost`, and settings of a client that trusts who has issued it.
    struct World {
        identity: Identity,
        settings: Settings,
    }

    fn world() -> World {
        let (_, identity, settings) = localhost();
        World { identity, settings }
    }

    fn own(identity: &Identity) -> OwnIdentity {
        let text = identity.key.serialize_pem() + &identity.certificate_pem;
        OwnIdentity { certificate: pem(&text), key: pem(&text), password: None }
    }

    impl World {
        fn config(&self, clients: Option<&str>) -> Arc<ServerConfig> {
            let client_authorities = clients.map(pem);
            let identity = own(&self.identity);
            ServerConfig::new(&ServerSettings { identity, client_authorities }).unwrap()
        }

        fn server(&self) -> Session {
            Session::with_client(&self.config(None)).unwrap()
        }

        /// A client with this certificate.
        fn client_as(&self, identity: &Identity) -> Session {
            session(&Settings { client: Some(own(identity)), ..self.settings.clone() })
        }

        /// Why a server that demands certificates of these authorities does not let a client in.
        fn refusal(&self, clients: &str, mut client: Session) -> TlsError {
            let mut server = Session::with_client(&self.config(Some(clients))).unwrap();
            let (_, at_server) = talk(usize::MAX, &mut client, &mut server);
            at_server.unwrap_err()
        }
    }

    /// Lets both talk until neither has anything to say, in pieces of `size` bytes. Returns what
    /// the client and the server have received.
    fn talk(
        size: usize,
        client: &mut Session,
        server: &mut Session,
    ) -> (Result<Vec<u8>, TlsError>, Result<Vec<u8>, TlsError>) {
        fn hear(from: &mut Session, size: usize, to: &mut Session, at: &mut Vec<u8>) -> usize {
            let mut said = Vec::new();
            from.take_output(&mut said);
            for piece in said.chunks(size) {
                // It says so again.
                let _ = to.receive(piece, at);
            }
            said.len()
        }
        let (mut at_client, mut at_server) = (Vec::new(), Vec::new());
        while hear(client, size, server, &mut at_server) > 0
            || hear(server, size, client, &mut at_client) > 0
        {}
        let outcome =
            |side: &mut Session, received| side.receive(b"", &mut Vec::new()).map(|()| received);
        (outcome(client, at_client), outcome(server, at_server))
    }

    /// Lets both talk, where they are to have nothing for each other but TLS.
    fn shake_hands(client: &mut Session, server: &mut Session) {
        assert_eq!(talk(usize::MAX, client, server), (Ok(vec![]), Ok(vec![])));
    }

    #[test]
    fn data_goes_both_ways_however_it_is_cut() {
        let world = world();
        for size in [1, 2, 5, 6, 100, 4_096, usize::MAX] {
            let (mut client, mut server) = (session(&world.settings), world.server());
            assert!(server.is_handshaking());
            client.send(b"request");
            let received = talk(size, &mut client, &mut server);
            assert_eq!(received, (Ok(vec![]), Ok(b"request".to_vec())));
            assert!(!server.is_handshaking());
            server.send(b"one");
            server.send(b"two");
            server.close_notify();
            assert_eq!(talk(size, &mut client, &mut server).0.unwrap(), b"onetwo");
            assert!(client.peer_closed() && !server.peer_closed());
            client.close_notify();
            shake_hands(&mut client, &mut server);
            assert!(server.peer_closed());
            assert_eq!(server.unexpected_end(), None);
        }
    }

    #[test]
    fn what_was_agreed_on_is_known() {
        let world = world();
        let settings = Settings { alpn: &[HTTP_1_1], ..world.settings.clone() };
        let (mut client, mut server) = (session(&settings), world.server());
        assert_eq!(TlsFacts::of(&server), None);
        shake_hands(&mut client, &mut server);
        let info = server.info().unwrap();
        assert_eq!((info.version, info.protocol), ("TLSv1.3", Some(HTTP_1_1)));
        let facts = TlsFacts::of(&server).unwrap();
        assert_eq!((facts.version, facts.certificate), ("TLSv1.3", None));
    }

    #[test]
    fn a_client_that_wants_another_protocol_is_refused() {
        let world = world();
        let mut client = session(&Settings { alpn: &[b"h2"], ..world.settings.clone() });
        let mut server = world.server();
        let (at_client, at_server) = talk(usize::MAX, &mut client, &mut server);
        assert_eq!(at_client.unwrap_err().kind(), "INCOMPATIBLE");
        let message = "no version or cipher of TLS suits both sides: \
                       the client wants another protocol than HTTP/1.1";
        assert_eq!(at_server.unwrap_err().to_string(), message);
    }

    #[test]
    fn a_session_is_resumed_as_long_as_the_configuration_is_the_same() {
        let world = world();
        let config = world.config(None);
        let client_config = SharedConfig::of(&world.settings).unwrap();
        let is_resumed = |config: &ServerConfig| {
            let mut client = Session::new(&client_config, "localhost").unwrap();
            let mut server = Session::with_client(config).unwrap();
            talk(usize::MAX, &mut client, &mut server).1.unwrap();
            server.is_resumed()
        };
        assert!(!is_resumed(&config));
        assert!(is_resumed(&config));
        assert!(!is_resumed(&world.config(None)));
    }

    // Who is let in

    #[test]
    fn the_certificate_of_a_client_is_known() {
        let world = world();
        let clients = Authority::new("clients");
        let identity = clients.issue(parameters(&["client"]));
        let config = world.config(Some(&clients.certificate_pem));
        let client_config =
            SharedConfig::of(&Settings { client: Some(own(&identity)), ..world.settings });
        let client_config = client_config.unwrap();
        // The second session is resumed.
        for _ in 0..2 {
            let mut client = Session::new(&client_config, "localhost").unwrap();
            let mut server = Session::with_client(&config).unwrap();
            client.send(b"request");
            assert_eq!(talk(usize::MAX, &mut client, &mut server).1.unwrap(), b"request");
            let certificate = TlsFacts::of(&server).unwrap().certificate;
            assert_eq!(certificate.as_deref(), Some(&*identity.chain[0]));
        }
    }

    #[test]
    fn a_certificate_that_is_listed_itself_lets_in() {
        let world = world();
        let mut authority = parameters(&["client"]);
        authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        for identity in [self_signed(authority), self_signed(parameters(&["client"]))] {
            let config = world.config(Some(&identity.certificate_pem));
            let mut client = world.client_as(&identity);
            let mut server = Session::with_client(&config).unwrap();
            client.send(b"request");
            assert_eq!(talk(usize::MAX, &mut client, &mut server).1.unwrap(), b"request");
        }
    }

    #[test]
    fn a_client_without_a_good_certificate_is_not_let_in() {
        let world = world();
        let clients = Authority::new("clients");
        let refusal = |client| world.refusal(&clients.certificate_pem, client);
        let of_client = |error| TlsError::OfClient(Box::new(error));
        let error = refusal(session(&world.settings));
        assert_eq!(error, of_client(TlsError::NoCertificate));
        assert_eq!(error.to_string(), "the client shows no certificate");
        let error = refusal(world.client_as(&world.identity));
        assert_eq!(error, of_client(TlsError::UnknownIssuer));
        let message = "the client's certificate was issued by nobody who is trusted";
        assert_eq!(error.to_string(), message);
        let mut expired = parameters(&["client"]);
        expired.not_before = date_time_ymd(2000, 1, 1);
        expired.not_after = date_time_ymd(2001, 1, 1);
        let message = refusal(world.client_as(&clients.issue(expired))).to_string();
        assert!(message.starts_with("the client's certificate expired "), "{message}");
    }

    // What goes wrong

    #[test]
    fn a_client_that_does_not_trust_the_certificate_says_so() {
        let world = world();
        let stranger = Authority::new("stranger").certificate_pem;
        let (mut client, mut server) = (session(&trusting(&stranger)), world.server());
        let (at_client, at_server) = talk(usize::MAX, &mut client, &mut server);
        assert_eq!(at_client, Err(TlsError::UnknownIssuer));
        let error = at_server.unwrap_err();
        assert_eq!(error, TlsError::OfClient(Box::new(TlsError::Alert(Alert(48)))));
        assert_eq!(error.to_string(), "the client ended TLS: alert unknown_ca");
    }

    #[test]
    fn a_client_that_does_not_speak_tls_is_shown() {
        let mut server = world().server();
        let request = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
        let error = server.receive(request, &mut Vec::new()).unwrap_err();
        let message = "the client does not speak TLS: it says \"GET / HTTP/1.1\"";
        assert_eq!(error.to_string(), message);
        assert_eq!(server.receive(b"more", &mut Vec::new()), Err(error));
        let mut said = Vec::new();
        server.take_output(&mut said);
        assert_eq!(said, b"");
    }

    #[test]
    fn an_end_in_the_handshake_is_no_good_end() {
        let world = world();
        let mut server = world.server();
        let message = "the connection ended in the TLS handshake, without an answer: \
                       the client may not speak TLS";
        assert_eq!(server.unexpected_end().unwrap().to_string(), message);
        let mut hello = Vec::new();
        session(&world.settings).take_output(&mut hello);
        server.receive(&hello, &mut Vec::new()).unwrap();
        let message = "the connection ended in the TLS handshake";
        assert_eq!(server.unexpected_end().unwrap().to_string(), message);
    }

    #[test]
    fn damaged_records_end_the_session() {
        let world = world();
        let (mut client, mut server) = (session(&world.settings), world.server());
        shake_hands(&mut client, &mut server);
        client.send(b"request");
        let mut record = Vec::new();
        client.take_output(&mut record);
        *record.last_mut().unwrap() ^= 1;
        let error = server.receive(&record, &mut Vec::new()).unwrap_err();
        assert_eq!(
            (error.kind(), error.to_string().as_str()),
            ("PROTOCOL", "TLS failed: cannot decrypt peer's message")
        );
        let (at_client, _) = talk(usize::MAX, &mut client, &mut server);
        assert_eq!(at_client, Err(TlsError::Alert(Alert(20))));
    }

    // The settings

    fn failure(certificate: &str, key: &str, clients: Option<&str>) -> (&'static str, String) {
        let identity = OwnIdentity { certificate: pem(certificate), key: pem(key), password: None };
        let client_authorities = clients.map(pem);
        let error = ServerConfig::new(&ServerSettings { identity, client_authorities });
        let error = error.unwrap_err();
        (error.kind(), error.to_string())
    }

    #[test]
    fn what_cannot_be_used_is_reported() {
        let identity = self_signed(parameters(&["localhost"]));
        let other = self_signed(parameters(&["localhost"]));
        let (certificate, key) = (identity.certificate_pem, identity.key.serialize_pem());
        let mismatch =
            "the private key in \"it.pem\" is not that of the certificate in \"it.pem\"".to_owned();
        assert_eq!(failure(&other.certificate_pem, &key, None), ("MISMATCH", mismatch));
        let no_certificate = ("NOCERT", "no usable certificate in \"it.pem\"".to_owned());
        assert_eq!(failure(&key, &key, None), no_certificate);
        assert_eq!(failure(&certificate, &key, Some("nothing")), no_certificate);
        assert_eq!(failure(&certificate, &certificate, None).0, "NOKEY");
    }
}
