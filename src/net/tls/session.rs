//! One connection's TLS, without its socket: what arrived goes in and comes out as plaintext, what
//! is to be sent goes in and comes out as records.
//!
//! It is built on rustls's buffered API: bytes that arrive are copied once more than with the
//! unbuffered one, and a session keeps a buffer of one record; that buys half the code, and a way
//! out for large data that needs no guess of its encrypted size.

use std::{
    io::{BufRead, Write},
    sync::Arc,
};

use rustls::{
    ClientConfig, ClientConnection, Connection, ProtocolVersion, ServerConnection,
    pki_types::{CertificateDer, ServerName},
};

use super::{
    error::{HandshakeContext, TlsError},
    server_config::ServerConfig,
    settings::SharedConfig,
    verifier::{Recorded, RecordingVerifier},
};

/// "handshake(22)" and "alert(21)": what the first record can be (RFC 8446 section 5.1).
const FIRST_CONTENT_TYPES: [u8; 2] = [22, 21];

/// The fatal alert bad_certificate, unencrypted (RFC 8446 sections 5.1 and 6). Where a certificate
/// is refused, nothing has been sent since the ClientHello. So a server of TLS 1.2 expects nothing
/// encrypted, and one of TLS 1.3 must allow for a client that could not read its answer.
const BAD_CERTIFICATE: [u8; 7] = [21, 3, 3, 0, 2, 2, 42];

/// How much of what is not TLS is quoted, in bytes: enough for a line like "HTTP/1.1 400 Bad
/// Request".
const MAX_QUOTED: usize = 60;

/// One side of a TLS session. A client may be [asked](Session::presented) whether to trust the
/// server; both are the same in all else.
///
/// It is fed with what arrives ([`receive`](Session::receive)) and with what is to be sent
/// ([`send`](Session::send)); after either, and at the start, [its
/// output](Session::take_output) is to be sent to the peer. It keeps no plaintext back: all that
/// can be decrypted comes out at once.
///
/// The end of the connection below it is the caller's to judge, by whether the
/// [peer has closed](Session::peer_closed) the session before.
#[derive(Debug)]
pub(crate) struct Session {
    connection: Connection,
    has_client_certificate: bool,
    /// Whether anything has arrived.
    has_received: bool,
    peer_closed: bool,
    /// Whether the server has asked for a new handshake since the last data arrived, in vain.
    renegotiation_refused: bool,
    /// There until the caller has accepted the server's certificate, if it wants to decide.
    recorder: Option<Arc<RecordingVerifier>>,
    /// What arrived while the caller had not decided.
    undecided: Vec<u8>,
    /// The alert that is still to be sent to a server that was refused.
    refusal: Vec<u8>,
    failure: Option<TlsError>,
}

/// What a server presented, for the caller to decide whether to trust it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Presented<'a> {
    /// The certificates that the server shows, in DER: its own, and then those that it says lead
    /// to an authority. None of them need be well-formed.
    pub(crate) chain: Vec<&'a [u8]>,
    /// What would have been decided without asking.
    pub(crate) verdict: Result<(), TlsError>,
}

/// What was agreed on in the handshake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Info<'a> {
    /// `TLSv1.2` or `TLSv1.3`.
    pub(crate) version: &'static str,
    /// The name in IANA's registry, such as `TLS_AES_256_GCM_SHA384`.
    pub(crate) cipher_suite: String,
    /// The one of the [offered](super::Settings::alpn) protocols that the server chose; `None` if
    /// none was offered, or the server does not know ALPN.
    pub(crate) protocol: Option<&'a [u8]>,
    /// The certificates of the server, in DER, its own first; for a resumed session, in which it
    /// presents none, those of the earlier one. On a server, those of the client.
    pub(crate) certificates: Vec<&'a [u8]>,
}

impl Session {
    /// Starts a session with the server of this name, a host name or an IP address: the certificate
    /// must be for it, and the server is sent a host name (SNI).
    ///
    /// Errors with [`TlsError::ServerName`] if it is neither.
    pub(crate) fn new(configuration: &SharedConfig, server_name: &str) -> Result<Self, TlsError> {
        let name = ServerName::try_from(server_name.to_owned())
            .map_err(|_| TlsError::ServerName(server_name.to_owned()))?;
        let mut rustls = configuration.rustls.clone();
        let recorder = configuration.ask.then(|| {
            let recorder = Arc::new(RecordingVerifier::new(configuration.verifier.clone()));
            let mut asking = ClientConfig::clone(&rustls);
            asking.dangerous().set_certificate_verifier(recorder.clone());
            rustls = Arc::new(asking);
            recorder
        });
        let connection = ClientConnection::new(rustls, name)
            .map_err(|error| TlsError::new(&error, HandshakeContext::default()))?;
        let has_client_certificate = configuration.has_client_certificate;
        Ok(Self { has_client_certificate, recorder, ..Self::over(connection.into()) })
    }

    /// Starts a session with a client that has connected.
    pub(crate) fn with_client(configuration: &ServerConfig) -> Result<Self, TlsError> {
        let context = HandshakeContext { is_server: true, ..HandshakeContext::default() };
        let connection = ServerConnection::new(configuration.rustls.clone())
            .map_err(|error| TlsError::new(&error, context))?;
        Ok(Self::over(connection.into()))
    }

    fn over(mut connection: Connection) -> Self {
        // What the caller sends waits in here until it is taken; losing some is no way to limit it.
        connection.set_buffer_limit(None);
        Self {
            connection,
            has_client_certificate: false,
            has_received: false,
            peer_closed: false,
            renegotiation_refused: false,
            recorder: None,
            undecided: Vec::new(),
            refusal: Vec::new(),
            failure: None,
        }
    }

    /// Whether it is the server's side.
    pub(crate) fn is_server(&self) -> bool {
        matches!(self.connection, Connection::Server(_))
    }

    /// An error of the peer's.
    fn of_peer(&self, error: TlsError) -> TlsError {
        if self.is_server() { TlsError::OfClient(Box::new(error)) } else { error }
    }

    /// Takes what arrived from the peer, cut anywhere, and appends it, decrypted, to `plaintext`.
    ///
    /// Errors when the session has failed, now or before; what arrived before that is in
    /// `plaintext` nevertheless, and there may be an alert to [send](Session::take_output).
    ///
    /// While a certificate is [presented](Session::presented) everything is put aside, without
    /// limit: do not read on before it is accepted.
    pub(crate) fn receive(
        &mut self,
        input: &[u8],
        plaintext: &mut Vec<u8>,
    ) -> Result<(), TlsError> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        if self.recorded().is_some() {
            self.undecided.extend_from_slice(input);
            return Ok(());
        }
        self.process(input, plaintext).inspect_err(|error| self.failure = Some(error.clone()))
    }

    fn process(&mut self, mut input: &[u8], plaintext: &mut Vec<u8>) -> Result<(), TlsError> {
        if let [first, ..] = input
            && !self.has_received
        {
            self.has_received = true;
            if !FIRST_CONTENT_TYPES.contains(first) {
                return Err(self.of_peer(TlsError::NotTls(first_line(input))));
            }
        }
        while !input.is_empty() {
            // rustls takes some kilobytes at a time, and nothing more once the peer has closed:
            // "Any data received after a closure alert has been received MUST be ignored."
            // (RFC 8446 section 6.1)
            let taken = self.connection.read_tls(&mut input);
            if taken.map_err(|error| TlsError::Protocol(error.to_string()))? == 0 {
                break;
            }
            let was_quiet = self.is_quiet();
            let received = plaintext.len();
            let processed = self.connection.process_new_packets();
            let undecided = self.recorded().is_some();
            if !undecided {
                self.drain(plaintext);
            }
            // Nothing else makes rustls answer in TLS 1.2 once the handshake is done.
            let has_answered = was_quiet && self.connection.wants_write();
            let is_silent = received == plaintext.len();
            self.renegotiation_refused = has_answered || self.renegotiation_refused && is_silent;
            let state = processed.map_err(|error| TlsError::new(&error, self.context()))?;
            self.peer_closed = state.peer_has_closed();
            if undecided {
                self.undecided.extend_from_slice(input);
                break;
            }
        }
        Ok(())
    }

    /// Whether this is a client, TLS 1.2 has been agreed on, and there is nothing to be sent.
    fn is_quiet(&self) -> bool {
        !self.is_server()
            && self.connection.protocol_version() == Some(ProtocolVersion::TLSv1_2)
            && !self.connection.is_handshaking()
            && !self.connection.wants_write()
    }

    /// Moves out all that is decrypted.
    fn drain(&mut self, plaintext: &mut Vec<u8>) {
        let mut reader = self.connection.reader();
        // An error here says only that there is nothing more for now.
        while let Ok(chunk @ [_, ..]) = reader.fill_buf() {
            plaintext.extend_from_slice(chunk);
            let length = chunk.len();
            reader.consume(length);
        }
    }

    /// Encrypts `plaintext` for the peer; until the handshake is done it waits in here. Nothing
    /// may be sent after [`close_notify`](Session::close_notify). What a failed session is
    /// given is lost.
    pub(crate) fn send(&mut self, plaintext: &[u8]) {
        // It fails only where the session has, which `receive` tells.
        let _ = self.connection.writer().write_all(plaintext);
    }

    /// Appends to `output` what is to be sent to the peer now. There may be something at the
    /// start and after any call.
    pub(crate) fn take_output(&mut self, output: &mut Vec<u8>) {
        output.append(&mut self.refusal);
        // The output of rustls takes the server as accepted: our certificate, and the request.
        if self.recorded().is_some() {
            return;
        }
        // Writing to a vector does not fail.
        while self.connection.wants_write() && self.connection.write_tls(output).is_ok() {}
    }

    /// Says that nothing more will be sent (RFC 8446 section 6.1).
    pub(crate) fn close_notify(&mut self) {
        if self.failure.is_none() {
            self.connection.send_close_notify();
        }
    }

    /// Whether the peer has said that it will send nothing more. If the connection ends before,
    /// somebody may have cut it off.
    pub(crate) fn peer_closed(&self) -> bool {
        self.peer_closed
    }

    /// What it means that the connection below ends now, where that is more than an end: the
    /// handshake was going on, or the server wanted another one.
    pub(crate) fn unexpected_end(&self) -> Option<TlsError> {
        if self.renegotiation_refused {
            return Some(TlsError::Renegotiation);
        }
        let ended = TlsError::Ended { has_answered: self.has_received };
        self.is_handshaking().then(|| self.of_peer(ended))
    }

    /// Whether the handshake is going on: the session has not failed, and nothing of what is to be
    /// sent has been encrypted.
    pub(crate) fn is_handshaking(&self) -> bool {
        self.failure.is_none() && (self.recorded().is_some() || self.connection.is_handshaking())
    }

    /// What the caller has to decide on, by [`accept`](Session::accept) or
    /// [`refuse`](Session::refuse), if the configuration says that it wants to. Until then the
    /// session sends nothing to the server and delivers nothing from it. (Whether the server has
    /// the certificate's key may show only afterwards.)
    pub(crate) fn presented(&self) -> Option<Presented<'_>> {
        let recorded = self.recorded().filter(|_| self.failure.is_none())?;
        let verdict = recorded
            .verdict
            .as_ref()
            .copied()
            .map_err(|error| TlsError::new(error, self.context()));
        Some(Presented { chain: bytes_of(&recorded.chain), verdict })
    }

    /// Accepts the [presented](Session::presented) certificate, whatever the verdict. Goes on as
    /// [`receive`](Session::receive) does, with what has arrived by now.
    pub(crate) fn accept(&mut self, plaintext: &mut Vec<u8>) -> Result<(), TlsError> {
        if self.presented().is_some() {
            self.recorder = None;
            self.drain(plaintext);
        }
        let input = std::mem::take(&mut self.undecided);
        self.receive(&input, plaintext)
    }

    /// Refuses the [presented](Session::presented) certificate: the session has failed, for the
    /// reason in the verdict, or else with [`TlsError::Refused`], and an alert tells the server.
    /// One that has failed before keeps its reason.
    pub(crate) fn refuse(&mut self) -> TlsError {
        let mut reason = TlsError::Refused;
        if let Some(presented) = self.presented() {
            reason = presented.verdict.err().unwrap_or(reason);
            self.refusal = BAD_CERTIFICATE.to_vec();
        }
        self.undecided = Vec::new();
        self.failure.get_or_insert(reason).clone()
    }

    /// What was agreed on, once the handshake is done.
    pub(crate) fn info(&self) -> Option<Info<'_>> {
        if self.connection.is_handshaking() || self.recorder.is_some() {
            return None;
        }
        let suite = self.connection.negotiated_cipher_suite()?.suite();
        Some(Info {
            version: match self.connection.protocol_version()? {
                ProtocolVersion::TLSv1_3 => "TLSv1.3",
                _ => "TLSv1.2",
            },
            // rustls puts the version into the names of the suites of TLS 1.3.
            cipher_suite: suite.as_str().unwrap_or_default().replacen("TLS13_", "TLS_", 1),
            protocol: self.connection.alpn_protocol(),
            certificates: bytes_of(self.connection.peer_certificates().unwrap_or_default()),
        })
    }

    /// Whether an earlier session was resumed.
    #[cfg(test)]
    pub(super) fn is_resumed(&self) -> bool {
        self.connection.handshake_kind() == Some(rustls::HandshakeKind::Resumed)
    }

    /// What the server has presented and the caller has not accepted.
    fn recorded(&self) -> Option<&Recorded> {
        self.recorder.as_ref()?.recorded()
    }

    fn context(&self) -> HandshakeContext {
        HandshakeContext {
            is_server: self.is_server(),
            client_certificate: self.has_client_certificate,
            server_accepted: self.connection.peer_certificates().is_some(),
            renegotiation_refused: self.renegotiation_refused,
        }
    }
}

fn bytes_of<'a>(certificates: &'a [CertificateDer<'_>]) -> Vec<&'a [u8]> {
    certificates.iter().map(|certificate| &**certificate).collect()
}

/// The start of a line of printable ASCII; nothing if it is something else.
fn first_line(input: &[u8]) -> String {
    let line = input.split(|byte| b"\r\n".contains(byte)).next().unwrap_or_default();
    let line = &line[..line.len().min(MAX_QUOTED)];
    let is_text = line.iter().all(|byte| matches!(byte, b' '..=b'~'));
    if is_text { String::from_utf8_lossy(line).into_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rcgen::{BasicConstraints, IsCa, date_time_ymd};
    use rustls::version::{TLS12, TLS13};

    use super::{
        super::{
            error::{Alert, Whose},
            settings::{HTTP_1_1, OwnIdentity, Settings, Trust},
            testing::{
                Authority, Identity, Server, ServerSetup, converse, converse_in, localhost,
                parameters, pem, self_signed, session, trusting,
            },
        },
        *,
    };

    /// An authority, a server that it vouches for as `localhost`, and settings that trust it.
    struct World {
        authority: Authority,
        identity: Identity,
        settings: Settings,
    }

    fn world() -> World {
        let (authority, identity, settings) = localhost();
        World { authority, identity, settings }
    }

    impl World {
        fn server(&self) -> Server {
            ServerSetup::new(&self.identity).server()
        }

        /// The failure of the handshake with a server that has this identity.
        fn failure_with(&self, identity: &Identity) -> TlsError {
            let mut client = session(&self.settings);
            converse(&mut client, &mut ServerSetup::new(identity).server()).unwrap_err()
        }

        /// Settings with a certificate for the client, issued by this authority.
        fn as_client(&self, issuer: &Authority) -> Settings {
            let identity = issuer.issue(parameters(&["client"]));
            let text = identity.certificate_pem + &identity.key.serialize_pem();
            let client = OwnIdentity { certificate: pem(&text), key: pem(&text), password: None };
            Settings { client: Some(client), ..self.settings.clone() }
        }
    }

    /// A megabyte in which no four bytes are repeated.
    fn megabyte() -> Vec<u8> {
        (0u32..1 << 18).flat_map(u32::to_be_bytes).collect()
    }

    // Bytes in, bytes out

    #[test]
    fn data_goes_both_ways_however_it_is_cut() {
        let world = world();
        for version in [&TLS12, &TLS13] {
            for size in [1, 2, 5, 6, 100, 4_096, usize::MAX] {
                let versions = &[version][..];
                let mut server =
                    ServerSetup { versions, ..ServerSetup::new(&world.identity) }.server();
                let mut client = session(&world.settings);
                assert!(client.is_handshaking());
                client.send(b"before the handshake");
                assert_eq!(converse_in(size, &mut client, &mut server).unwrap(), b"");
                assert!(!client.is_handshaking());
                assert_eq!(server.received, b"before the handshake");
                server.send(b"one");
                server.send(b"two");
                let answer = converse_in(size, &mut client, &mut server).unwrap();
                assert_eq!(answer, b"onetwo", "{version:?}, {size} bytes");
            }
        }
    }

    #[test]
    fn a_megabyte_goes_both_ways() {
        let world = world();
        let (mut client, mut server) = (session(&world.settings), world.server());
        client.send(&megabyte());
        converse(&mut client, &mut server).unwrap();
        assert!(server.received == megabyte());
        server.send(&megabyte());
        assert!(converse(&mut client, &mut server).unwrap() == megabyte());
    }

    #[test]
    fn many_records_in_one_read_are_all_delivered() {
        let world = world();
        let (mut client, mut server) = (session(&world.settings), world.server());
        converse(&mut client, &mut server).unwrap();
        for byte in 0..=255 {
            server.send(&[byte]);
        }
        let mut plaintext = Vec::new();
        client.receive(&server.take_output(), &mut plaintext).unwrap();
        assert_eq!(plaintext, (0..=255).collect::<Vec<u8>>());
    }

    #[test]
    fn data_that_ends_with_half_a_record_waits_for_the_rest() {
        let world = world();
        let (mut client, mut server) = (session(&world.settings), world.server());
        converse(&mut client, &mut server).unwrap();
        server.send(b"whole");
        server.send(b"half");
        let records = server.take_output();
        let (start, rest) = records.split_at(records.len() - 3);
        let mut plaintext = Vec::new();
        client.receive(start, &mut plaintext).unwrap();
        assert_eq!(plaintext, b"whole");
        client.receive(rest, &mut plaintext).unwrap();
        assert_eq!(plaintext, b"wholehalf");
    }

    #[test]
    fn new_keys_are_answered_while_reading() {
        let world = world();
        let (mut client, mut server) = (session(&world.settings), world.server());
        converse(&mut client, &mut server).unwrap();
        server.connection.refresh_traffic_keys().unwrap();
        server.send(b"under new keys");
        assert_eq!(converse(&mut client, &mut server).unwrap(), b"under new keys");
        client.send(b"under new keys too");
        converse(&mut client, &mut server).unwrap();
        assert_eq!(server.received, b"under new keys too");
    }

    // What is agreed on

    #[test]
    fn info_is_there_after_the_handshake() {
        let world = world();
        let (mut client, mut server) = (session(&world.settings), world.server());
        assert_eq!(client.info(), None);
        converse(&mut client, &mut server).unwrap();
        let info = client.info().unwrap();
        assert_eq!(info.version, "TLSv1.3");
        assert_eq!(info.cipher_suite, "TLS_AES_256_GCM_SHA384");
        assert_eq!(info.certificates, [&*world.identity.chain[0]]);
        assert_eq!(info.protocol, None);
        assert!(!client.is_resumed());
    }

    #[test]
    fn tls_1_2_will_do() {
        let world = world();
        let versions = &[&TLS12][..];
        let mut server = ServerSetup { versions, ..ServerSetup::new(&world.identity) }.server();
        let mut client = session(&world.settings);
        converse(&mut client, &mut server).unwrap();
        let info = client.info().unwrap();
        assert_eq!(info.version, "TLSv1.2");
        assert_eq!(info.cipher_suite, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
    }

    #[test]
    fn the_server_chooses_one_of_the_offered_protocols() {
        const H2: &[u8] = b"h2";
        const BOTH: &[&[u8]] = &[HTTP_1_1, H2];
        let world = world();
        for (offered, alpn, chosen) in [
            (&[HTTP_1_1][..], &[H2, HTTP_1_1][..], Some(HTTP_1_1)),
            (BOTH, &[H2, HTTP_1_1], Some(H2)),
            (BOTH, &[HTTP_1_1], Some(HTTP_1_1)),
            (BOTH, &[], None),
            (&[], BOTH, None),
        ] {
            for version in [&TLS12, &TLS13] {
                let setup = ServerSetup { alpn, ..ServerSetup::new(&world.identity) };
                let mut server = ServerSetup { versions: &[version], ..setup }.server();
                let mut client = session(&Settings { alpn: offered, ..world.settings.clone() });
                converse(&mut client, &mut server).unwrap();
                assert_eq!(client.info().unwrap().protocol, chosen, "{offered:?} {alpn:?}");
                assert_eq!(server.connection.alpn_protocol(), chosen, "{offered:?} {alpn:?}");
            }
        }
    }

    #[test]
    fn a_server_with_http_2_alone_is_incompatible() {
        let world = world();
        let alpn = &[&b"h2"[..]][..];
        let mut server = ServerSetup { alpn, ..ServerSetup::new(&world.identity) }.server();
        let settings = Settings { alpn: &[HTTP_1_1], ..world.settings };
        let error = converse(&mut session(&settings), &mut server).unwrap_err();
        assert_eq!(error.kind(), "INCOMPATIBLE");
        let message = "no version or cipher of TLS suits both sides: alert no_application_protocol";
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn the_server_is_sent_its_host_name_but_no_address() {
        let authority = Authority::new("authority");
        let identity = authority.issue(parameters(&["localhost", "127.0.0.1", "::1"]));
        let settings = trusting(&authority.certificate_pem);
        for (name, sent) in [("localhost", Some("localhost")), ("127.0.0.1", None), ("::1", None)] {
            let configuration = SharedConfig::of(&settings).unwrap();
            let mut client = Session::new(&configuration, name).unwrap();
            let mut server = ServerSetup::new(&identity).server();
            converse(&mut client, &mut server).unwrap();
            assert_eq!(server.connection.server_name(), sent);
        }
    }

    #[test]
    fn a_second_session_resumes_the_first() {
        let world = world();
        for version in [&TLS12, &TLS13] {
            let versions = &[version][..];
            let configuration =
                ServerSetup { versions, ..ServerSetup::new(&world.identity) }.configuration();
            // A client certificate makes other settings, whose sessions are none of these.
            let settings = match version.version {
                ProtocolVersion::TLSv1_2 => world.as_client(&world.authority),
                _ => world.settings.clone(),
            };
            for resumed in [false, true] {
                let (mut client, mut server) =
                    (session(&settings), Server::new(configuration.clone()));
                client.send(b"data");
                converse(&mut client, &mut server).unwrap();
                let info = client.info().unwrap();
                assert_eq!(client.is_resumed(), resumed, "{version:?}");
                assert_eq!(info.certificates, [&*world.identity.chain[0]]);
                assert_eq!(server.received, b"data");
            }
        }
    }

    // The end

    #[test]
    fn the_servers_close_notify_is_distinguished_from_silence() {
        let world = world();
        let (mut client, mut server) = (session(&world.settings), world.server());
        converse(&mut client, &mut server).unwrap();
        server.send(b"last words");
        assert_eq!(converse(&mut client, &mut server).unwrap(), b"last words");
        assert!(!client.peer_closed());
        server.send(b"very last words");
        server.connection.send_close_notify();
        assert_eq!(converse(&mut client, &mut server).unwrap(), b"very last words");
        assert!(client.peer_closed());
        client.send(b"goodbye");
        converse(&mut client, &mut server).unwrap();
        assert_eq!(server.received, b"goodbye");
    }

    #[test]
    fn an_end_in_the_handshake_is_an_error() {
        let world = world();
        let (mut client, mut server) = (session(&world.settings), world.server());
        assert_eq!(client.unexpected_end(), Some(TlsError::Ended { has_answered: false }));
        let mut hello = Vec::new();
        client.take_output(&mut hello);
        server.receive(&hello);
        let answer = server.take_output();
        client.receive(&answer[..10], &mut Vec::new()).unwrap();
        assert_eq!(client.unexpected_end(), Some(TlsError::Ended { has_answered: true }));
        client.receive(&answer[10..], &mut Vec::new()).unwrap();
        assert_eq!(client.unexpected_end(), None);
    }

    #[test]
    fn what_follows_a_close_notify_is_ignored() {
        let world = world();
        let (mut client, mut server) = (session(&world.settings), world.server());
        converse(&mut client, &mut server).unwrap();
        server.connection.send_close_notify();
        let mut records = server.take_output();
        records.extend(b"garbage");
        let mut plaintext = Vec::new();
        client.receive(&records, &mut plaintext).unwrap();
        client.receive(b"and more", &mut plaintext).unwrap();
        assert_eq!(plaintext, b"");
        assert!(client.peer_closed());
    }

    #[test]
    fn our_close_notify_reaches_the_server_after_all_data() {
        let world = world();
        let (mut client, mut server) = (session(&world.settings), world.server());
        converse(&mut client, &mut server).unwrap();
        client.send(b"last words");
        client.close_notify();
        converse(&mut client, &mut server).unwrap();
        assert_eq!(server.received, b"last words");
        assert!(server.connection.process_new_packets().unwrap().peer_has_closed());
    }

    // What goes wrong on the way

    #[test]
    fn a_plain_text_answer_is_no_tls() {
        let mut client = session(&world().settings);
        let answer = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";
        let error = client.receive(answer, &mut Vec::new()).unwrap_err();
        assert_eq!(error, TlsError::NotTls("HTTP/1.1 400 Bad Request".to_owned()));
        assert_eq!(error.kind(), "NOTTLS");
        let message = "the server does not speak TLS: it says \"HTTP/1.1 400 Bad Request\"";
        assert_eq!(error.to_string(), message);
        assert!(!client.is_handshaking());
        assert_eq!(client.receive(b"more", &mut Vec::new()), Err(error));
    }

    #[test]
    fn a_plain_text_answer_is_found_out_by_its_first_byte() {
        let mut client = session(&world().settings);
        let error = client.receive(b"H", &mut Vec::new()).unwrap_err();
        assert_eq!(error, TlsError::NotTls("H".to_owned()));
    }

    #[test]
    fn garbage_is_not_quoted() {
        let mut client = session(&world().settings);
        let error = client.receive(b"\0\xFF\x80garbage", &mut Vec::new()).unwrap_err();
        assert_eq!(error, TlsError::NotTls(String::new()));
        assert_eq!(error.to_string(), "the server does not speak TLS");
    }

    #[test]
    fn garbage_in_a_record_breaks_the_protocol() {
        let mut client = session(&world().settings);
        let error = client.receive(&[22, 3, 3, 0, 4, 99, 0, 0, 0], &mut Vec::new()).unwrap_err();
        assert_eq!(error.kind(), "PROTOCOL");
    }

    #[test]
    fn an_alert_ends_the_handshake() {
        let mut client = session(&world().settings);
        let error = client.receive(&[21, 3, 3, 0, 2, 2, 80], &mut Vec::new()).unwrap_err();
        assert_eq!(error, TlsError::Alert(Alert(80)));
        assert_eq!(error.to_string(), "the server ended TLS: alert internal_error");
    }

    #[test]
    fn a_damaged_record_fails_after_what_came_before_it() {
        let world = world();
        let (mut client, mut server) = (session(&world.settings), world.server());
        converse(&mut client, &mut server).unwrap();
        server.send(b"good");
        server.send(b"damaged");
        let mut records = server.take_output();
        *records.last_mut().unwrap() ^= 1;
        let mut plaintext = Vec::new();
        let error = client.receive(&records, &mut plaintext).unwrap_err();
        assert_eq!(error.kind(), "PROTOCOL");
        assert_eq!(plaintext, b"good");
        let mut alert = Vec::new();
        client.take_output(&mut alert);
        server.receive(&alert);
        let bad_record_mac = rustls::AlertDescription::BadRecordMac;
        assert_eq!(server.error, Some(rustls::Error::AlertReceived(bad_record_mac)));
    }

    #[test]
    fn a_server_name_must_be_one() {
        let configuration = SharedConfig::of(&world().settings).unwrap();
        let error = Session::new(&configuration, "not a name").unwrap_err();
        assert_eq!(error, TlsError::ServerName("not a name".to_owned()));
        assert_eq!(error.kind(), "SERVERNAME");
        let message = "bad server name \"not a name\": must be a host name or an IP address";
        assert_eq!(error.to_string(), message);
    }

    // The certificate of the server

    #[test]
    fn an_expired_certificate_is_refused() {
        let world = world();
        let mut expired = parameters(&["localhost"]);
        expired.not_before = date_time_ymd(2000, 1, 1);
        expired.not_after = date_time_ymd(2001, 1, 1);
        let error = world.failure_with(&world.authority.issue(expired));
        let TlsError::Expired(Whose::Peer, ago) = error else { panic!("{error}") };
        assert!(ago > Duration::from_secs(86_400));
        assert_eq!(error.kind(), "EXPIRED");
        let message = error.to_string();
        assert!(message.starts_with("the server's certificate expired "), "{message}");
        assert!(message.ends_with(" days ago"), "{message}");
    }

    #[test]
    fn an_expired_authority_behind_a_valid_certificate_is_distinguished() {
        let world = world();
        let mut expired = own_authority(&[]);
        expired.distinguished_name.push(rcgen::DnType::CommonName, "expired");
        expired.not_before = date_time_ymd(2000, 1, 1);
        expired.not_after = date_time_ymd(2001, 1, 1);
        let mut identity =
            world.authority.issue_authority(expired).issue(parameters(&["localhost"]));
        let error = world.failure_with(&identity);
        assert!(matches!(error, TlsError::Expired(Whose::Authority, _)), "{error}");
        assert_eq!(error.kind(), "EXPIRED");
        let message = error.to_string();
        let start = "an authority behind the server's certificate expired ";
        assert!(message.starts_with(start), "{message}");
        identity.chain.truncate(1);
        assert_eq!(world.failure_with(&identity), TlsError::UnknownIssuer);
    }

    #[test]
    fn a_certificate_of_the_future_is_refused() {
        let world = world();
        let mut future = parameters(&["localhost"]);
        future.not_before = date_time_ymd(4000, 1, 1);
        let error = world.failure_with(&world.authority.issue(future));
        assert!(matches!(error, TlsError::NotYetValid(Whose::Peer, _)));
        assert_eq!(error.kind(), "NOTYETVALID");
        let message = error.to_string();
        assert!(message.ends_with(" days (is the clock right?)"), "{message}");
    }

    #[test]
    fn a_certificate_for_another_name_is_refused() {
        let world = world();
        let other =
            world.authority.issue(parameters(&["example.com", "*.example.org", "10.1.2.3"]));
        let error = world.failure_with(&other);
        assert_eq!(error.kind(), "NAME");
        let message =
            "the server's certificate is for example.com, *.example.org, 10.1.2.3, not localhost";
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn an_address_must_be_in_the_certificate() {
        let world = world();
        let configuration = SharedConfig::of(&world.settings).unwrap();
        let mut client = Session::new(&configuration, "127.0.0.1").unwrap();
        let error = converse(&mut client, &mut world.server()).unwrap_err();
        let presented = vec!["localhost".to_owned()];
        assert_eq!(error, TlsError::WrongName { expected: "127.0.0.1".to_owned(), presented });
    }

    #[test]
    fn a_common_name_is_no_host_name() {
        let world = world();
        let mut parameters = parameters(&[]);
        parameters.distinguished_name.push(rcgen::DnType::CommonName, "localhost");
        let error = world.failure_with(&world.authority.issue(parameters));
        let presented = Vec::new();
        assert_eq!(error, TlsError::WrongName { expected: "localhost".to_owned(), presented });
    }

    #[test]
    fn an_unknown_issuer_is_refused_and_reported() {
        let world = world();
        let stranger = Authority::new("stranger").issue(parameters(&["localhost"]));
        let (mut client, mut server) =
            (session(&world.settings), ServerSetup::new(&stranger).server());
        let error = converse(&mut client, &mut server).unwrap_err();
        assert_eq!(error, TlsError::UnknownIssuer);
        assert_eq!(error.kind(), "ISSUER");
        let mut alert = Vec::new();
        client.take_output(&mut alert);
        server.receive(&alert);
        let unknown_ca = rustls::AlertDescription::UnknownCA;
        assert_eq!(server.error, Some(rustls::Error::AlertReceived(unknown_ca)));
    }

    #[test]
    fn a_self_signed_certificate_is_distinguished() {
        let world = world();
        let error = world.failure_with(&self_signed(parameters(&["localhost"])));
        assert_eq!(error, TlsError::SelfSigned);
        assert_eq!(error.kind(), "SELFSIGNED");
    }

    /// As `openssl req -x509` makes it.
    fn own_authority(names: &[&str]) -> rcgen::CertificateParams {
        let mut parameters = parameters(names);
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        parameters
    }

    #[test]
    fn a_self_signed_authority_is_self_signed_too() {
        let error = world().failure_with(&self_signed(own_authority(&["localhost"])));
        assert_eq!(error, TlsError::SelfSigned);
    }

    #[test]
    fn a_self_signed_certificate_may_be_trusted() {
        for parameters in [parameters(&["localhost"]), own_authority(&["localhost"])] {
            let identity = self_signed(parameters);
            let mut client = session(&trusting(&identity.certificate_pem));
            client.send(b"data");
            let mut server = ServerSetup::new(&identity).server();
            converse(&mut client, &mut server).unwrap();
            assert_eq!(server.received, b"data");
        }
    }

    #[test]
    fn a_trusted_self_signed_certificate_must_have_the_name() {
        for parameters in [parameters(&["example.com"]), own_authority(&["example.com"])] {
            let identity = self_signed(parameters);
            let mut client = session(&trusting(&identity.certificate_pem));
            let error = converse(&mut client, &mut ServerSetup::new(&identity).server());
            assert_eq!(error.unwrap_err().kind(), "NAME");
        }
    }

    #[test]
    fn a_trusted_self_signed_certificate_must_be_valid_now() {
        for mut parameters in [parameters(&["localhost"]), own_authority(&["localhost"])] {
            parameters.not_before = date_time_ymd(2000, 1, 1);
            parameters.not_after = date_time_ymd(2001, 1, 1);
            let identity = self_signed(parameters);
            let mut client = session(&trusting(&identity.certificate_pem));
            let error = converse(&mut client, &mut ServerSetup::new(&identity).server());
            assert_eq!(error.unwrap_err().kind(), "EXPIRED");
        }
    }

    #[test]
    fn insecure_accepts_every_certificate() {
        let identity = self_signed(own_authority(&["example.com"]));
        let mut client = session(&Settings { trust: Trust::Insecure, ..Settings::default() });
        client.send(b"data");
        let mut server = ServerSetup::new(&identity).server();
        converse(&mut client, &mut server).unwrap();
        assert_eq!(server.received, b"data");
    }

    #[test]
    fn insecure_still_demands_the_key_of_the_certificate() {
        let stolen = self_signed(parameters(&["localhost"]));
        let thief = Identity { key: rcgen::KeyPair::generate().unwrap(), ..stolen };
        let resolver = rustls::sign::SingleCertAndKey::from(rustls::sign::CertifiedKey::new(
            thief.chain,
            rustls::crypto::ring::sign::any_ecdsa_type(
                &rustls::pki_types::PrivatePkcs8KeyDer::from(thief.key.serialize_der()).into(),
            )
            .unwrap(),
        ));
        let server = rustls::ServerConfig::builder_with_provider(Arc::new(
            rustls::crypto::ring::default_provider(),
        ))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(resolver));
        let mut client = session(&Settings { trust: Trust::Insecure, ..Settings::default() });
        let error = converse(&mut client, &mut Server::new(Arc::new(server))).unwrap_err();
        assert_eq!(error.kind(), "CERTIFICATE");
    }

    // The certificate of the client

    #[test]
    fn a_client_certificate_lets_us_in() {
        let world = world();
        for version in [&TLS12, &TLS13] {
            let setup = ServerSetup {
                clients: Some(&world.authority),
                versions: &[version],
                ..ServerSetup::new(&world.identity)
            };
            let mut server = setup.server();
            let mut client = session(&world.as_client(&world.authority));
            client.send(b"data");
            converse(&mut client, &mut server).unwrap();
            assert_eq!(server.received, b"data");
        }
    }

    #[test]
    fn a_missing_client_certificate_is_reported() {
        let world = world();
        for version in [&TLS12, &TLS13] {
            let setup = ServerSetup {
                clients: Some(&world.authority),
                versions: &[version],
                ..ServerSetup::new(&world.identity)
            };
            let error = converse(&mut session(&world.settings), &mut setup.server()).unwrap_err();
            assert_eq!(error.kind(), "CLIENTCERT");
            let message = "the server requires a client certificate: alert certificate_required";
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn a_missing_client_certificate_may_be_a_handshake_failure_in_tls_1_2() {
        let world = world();
        let setup = ServerSetup { versions: &[&TLS12], ..ServerSetup::new(&world.identity) };
        let (mut client, mut server) = (session(&world.settings), setup.server());
        let mut hello = Vec::new();
        client.take_output(&mut hello);
        server.receive(&hello);
        client.receive(&server.take_output(), &mut Vec::new()).unwrap();
        let error = client.receive(&[21, 3, 3, 0, 2, 2, 40], &mut Vec::new()).unwrap_err();
        assert_eq!(error, TlsError::ClientCertificateRequired(Alert(40)));
    }

    #[test]
    fn a_strangers_client_certificate_is_reported() {
        let world = world();
        let setup =
            ServerSetup { clients: Some(&world.authority), ..ServerSetup::new(&world.identity) };
        let mut client = session(&world.as_client(&Authority::new("stranger")));
        let error = converse(&mut client, &mut setup.server()).unwrap_err();
        assert_eq!(error, TlsError::ClientCertificateRefused(Alert(48)));
    }

    // Decisions of the caller

    fn asking(settings: &Settings) -> Settings {
        Settings { ask: true, ..settings.clone() }
    }

    #[test]
    fn nothing_is_sent_or_delivered_before_the_decision() {
        let world = world();
        for version in [&TLS12, &TLS13] {
            for size in [1, 100, usize::MAX] {
                let setup =
                    ServerSetup { versions: &[version], ..ServerSetup::new(&world.identity) };
                let mut server = setup.server();
                let mut client = session(&asking(&world.settings));
                client.send(b"request");
                // TLS 1.3 lets a server speak as soon as it has shown its certificate.
                server.send(b"early");
                assert_eq!(client.presented(), None);
                assert_eq!(converse_in(size, &mut client, &mut server).unwrap(), b"");
                assert_eq!(server.received, b"");
                assert!(client.is_handshaking());
                assert_eq!(client.info(), None);
                let presented = client.presented().unwrap();
                assert_eq!(presented.chain, [&*world.identity.chain[0]]);
                assert_eq!(presented.verdict, Ok(()));
            }
        }
    }

    #[test]
    fn after_accepting_everything_goes_on() {
        let world = world();
        // More than rustls takes in at once.
        let early = &megabyte()[..1 << 16];
        for version in [&TLS12, &TLS13] {
            for size in [1, 100, usize::MAX] {
                let setup =
                    ServerSetup { versions: &[version], ..ServerSetup::new(&world.identity) };
                let mut server = setup.server();
                let mut client = session(&asking(&world.settings));
                client.send(b"request");
                server.send(early);
                converse_in(size, &mut client, &mut server).unwrap();
                let mut received = Vec::new();
                client.accept(&mut received).unwrap();
                assert_eq!(client.presented(), None);
                // What came early needs nothing more from the server.
                assert_eq!(received == early, version.version == ProtocolVersion::TLSv1_3);
                received.extend(converse_in(size, &mut client, &mut server).unwrap());
                assert!(received == early, "{version:?}, {size} bytes");
                assert_eq!(server.received, b"request");
                assert!(client.info().is_some());
            }
        }
    }

    #[test]
    fn an_undecided_session_that_fails_sends_and_delivers_nothing() {
        let world = world();
        let mut client = session(&asking(&world.as_client(&world.authority)));
        let mut server = world.server();
        client.send(b"request");
        server.send(b"early");
        let mut hello = Vec::new();
        client.take_output(&mut hello);
        server.receive(&hello);
        let mut answer = server.take_output();
        answer.extend([99; 100]);
        let mut plaintext = Vec::new();
        assert_eq!(client.receive(&answer, &mut plaintext).unwrap_err().kind(), "PROTOCOL");
        assert_eq!(client.presented(), None);
        assert_eq!(client.accept(&mut plaintext).unwrap_err().kind(), "PROTOCOL");
        assert_eq!(plaintext, b"");
        let mut said = Vec::new();
        client.take_output(&mut said);
        assert_eq!(said, b"");
    }

    #[test]
    fn a_bad_certificate_may_be_accepted() {
        let world = world();
        let identity = self_signed(parameters(&["example.com"]));
        let mut server = ServerSetup::new(&identity).server();
        let mut client = session(&asking(&world.settings));
        client.send(b"request");
        converse(&mut client, &mut server).unwrap();
        assert_eq!(client.presented().unwrap().verdict, Err(TlsError::SelfSigned));
        client.accept(&mut Vec::new()).unwrap();
        converse(&mut client, &mut server).unwrap();
        assert_eq!(server.received, b"request");
    }

    #[test]
    fn a_good_certificate_may_be_refused() {
        let world = world();
        for version in [&TLS12, &TLS13] {
            let setup = ServerSetup { versions: &[version], ..ServerSetup::new(&world.identity) };
            let mut server = setup.server();
            let mut client = session(&asking(&world.settings));
            client.send(b"request");
            converse(&mut client, &mut server).unwrap();
            assert_eq!(client.refuse(), TlsError::Refused);
            assert_eq!(client.presented(), None);
            assert!(!client.is_handshaking());
            assert_eq!(client.info(), None);
            let mut said = Vec::new();
            client.take_output(&mut said);
            assert_eq!(said, [21, 3, 3, 0, 2, 2, 42]);
            server.receive(&said);
            let bad_certificate = rustls::AlertDescription::BadCertificate;
            assert_eq!(server.error, Some(rustls::Error::AlertReceived(bad_certificate)));
            assert_eq!(server.received, b"");
            client.close_notify();
            client.send(b"more");
            said.clear();
            client.take_output(&mut said);
            assert_eq!(said, b"");
            assert_eq!(client.receive(b"more", &mut Vec::new()), Err(TlsError::Refused));
            assert_eq!(client.accept(&mut Vec::new()), Err(TlsError::Refused));
        }
    }

    #[test]
    fn a_refused_bad_certificate_fails_for_what_is_bad() {
        let world = world();
        let stranger = Authority::new("stranger").issue(parameters(&["localhost"]));
        let mut client = session(&asking(&world.settings));
        converse(&mut client, &mut ServerSetup::new(&stranger).server()).unwrap();
        assert_eq!(client.refuse(), TlsError::UnknownIssuer);
    }

    #[test]
    fn a_refusal_counts_even_where_nothing_is_presented() {
        let world = world();
        let mut client = session(&world.settings);
        assert_eq!(client.refuse(), TlsError::Refused);
        assert!(!client.is_handshaking());
        assert_eq!(client.receive(b"", &mut Vec::new()), Err(TlsError::Refused));
    }

    #[test]
    fn the_whole_chain_is_shown() {
        let world = world();
        let mut identity = self_signed(parameters(&["localhost"]));
        identity.chain.push(world.authority.certificate.clone());
        let mut client = session(&asking(&world.settings));
        converse(&mut client, &mut ServerSetup::new(&identity).server()).unwrap();
        let chain = client.presented().unwrap().chain;
        assert_eq!(chain, [&*identity.chain[0], &*world.authority.certificate]);
    }

    #[test]
    fn a_certificate_is_presented_in_each_session() {
        let world = world();
        let configuration = ServerSetup::new(&world.identity).configuration();
        for _ in 0..2 {
            let (mut client, mut server) =
                (session(&asking(&world.settings)), Server::new(configuration.clone()));
            converse(&mut client, &mut server).unwrap();
            assert!(client.presented().is_some());
            client.accept(&mut Vec::new()).unwrap();
            converse(&mut client, &mut server).unwrap();
            assert!(client.info().is_some());
            assert!(!client.is_resumed());
        }
    }
}
