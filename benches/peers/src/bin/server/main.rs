//! The server that `make bench` measures all clients against. It is as fast as possible, so that
//! the clients are what is measured, and it trusts them: what they send wrongly ends the
//! connection.
//!
//! Usage: `server FOLDER`. It writes its certificate, its key and its authority to the folder
//! (`certificate.pem`, `key.pem`, `ca.pem`), and prints the port for plain connections and the one
//! for TLS. It ends when its standard input does.
//! In the folder it finds `messages.json`, a text in each line, and `orders.json.gz`, when a
//! connection asks for these.
//!
//! A connection that begins with an HTTP request for one of these paths serves such requests, and
//! is kept alive. The content is blanks in angle brackets where nothing else is said.
//!
//! | path            |                                                                |
//! |-----------------|----------------------------------------------------------------|
//! | `/content/SIZE` | content of so many bytes                                       |
//! | `/once/SIZE`    | the same, and the end of the connection                        |
//! | `/orders`       | `orders.json.gz`, as JSON with the content coding gzip         |
//! | `/count`        | the length of the request's content, which its head has to say |
//!
//! With any other path it is a WebSocket; the path chooses what it does. permessage-deflate is
//! accepted where it is offered.
//!
//! | path        |                                                                    |
//! |-------------|--------------------------------------------------------------------|
//! | `/echo`     | returns every message                                              |
//! | `/source`   | for each text `COUNT SIZE` sends so many texts of so many bytes    |
//! | `/sink`     | counts binary messages, and answers each text with their number    |
//! | `/prepared` | answers each text with one of `messages.json`, compressed before   |
//!
//! Any other connection is bare, for what a socket alone can do. Its first line says what it does:
//!
//! | line         |                                                                   |
//! |--------------|-------------------------------------------------------------------|
//! | `echo SIZE`  | returns what comes, in portions of so many bytes                  |
//! | `source SIZE`| for each further line sends so many bytes                         |
//! | `sink SIZE`  | answers each portion of so many bytes with one byte               |

mod bare;
mod connection;
mod deflate;
mod http;
mod websocket;

use std::{
    env,
    error::Error,
    fs,
    io::{self, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use connection::{Connection, Transport};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
};
use rustls::{ServerConfig, ServerConnection, StreamOwned, pki_types::PrivatePkcs8KeyDer};

/// Bytes of stack of a connection's thread: small, because there are a thousand.
const STACK: usize = 256 << 10;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args_os().nth(1).ok_or("usage: server FOLDER")?);
    let configuration = Arc::new(configure_tls(&folder)?);
    let folder: Arc<Path> = folder.into();
    let plain = {
        let folder = folder.clone();
        listen(move |stream| converse(stream, &folder))?
    };
    let tls = listen(move |stream| {
        let session = ServerConnection::new(configuration.clone()).map_err(io::Error::other)?;
        converse(StreamOwned::new(session, stream), &folder)
    })?;
    let mut stdout = io::stdout();
    writeln!(stdout, "{plain} {tls}")?;
    stdout.flush()?;
    io::copy(&mut io::stdin(), &mut io::sink())?;
    Ok(())
}

/// Makes an authority and a certificate for 127.0.0.1. Sessions may be resumed.
fn configure_tls(folder: &Path) -> Result<ServerConfig, Box<dyn Error>> {
    let authority_key = KeyPair::generate()?;
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.distinguished_name.push(DnType::CommonName, "bench authority");
    let authority_certificate = authority.self_signed(&authority_key)?;
    fs::write(folder.join("ca.pem"), authority_certificate.pem())?;

    let key = KeyPair::generate()?;
    let mut server = CertificateParams::new([Ipv4Addr::LOCALHOST.to_string()])?;
    server.distinguished_name.push(DnType::CommonName, "bench server");
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    server.use_authority_key_identifier_extension = true;
    let certificate = server.signed_by(&key, &Issuer::from_params(&authority, &authority_key))?;

    fs::write(folder.join("certificate.pem"), certificate.pem())?;
    fs::write(folder.join("key.pem"), key.serialize_pem())?;

    let key = PrivatePkcs8KeyDer::from(key.serialize_der()).into();
    let mut configuration = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)?;
    configuration.ticketer = rustls::crypto::ring::Ticketer::new()?;
    Ok(configuration)
}

/// Takes connections at a free port, which it returns, and holds each conversation in a thread.
fn listen<Converse>(converse: Converse) -> io::Result<u16>
where
    Converse: Fn(TcpStream) -> io::Result<()> + Send + Sync + 'static,
{
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = listener.local_addr()?.port();
    let converse = Arc::new(converse);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let converse = converse.clone();
            // Errors end the conversation silently: clients say themselves what went wrong.
            let conversation =
                move || drop(stream.set_nodelay(true).and_then(|()| converse(stream)));
            thread::Builder::new().stack_size(STACK).spawn(conversation).expect("a thread");
        }
    });
    Ok(port)
}

fn converse<T: Transport>(transport: T, folder: &Path) -> io::Result<()> {
    let mut connection = Connection::new(transport);
    let line = connection.read_line()?;
    match line.split(' ').collect::<Vec<_>>()[..] {
        [_, path, _] if http::serves(path) => http::serve(&mut connection, path, folder)?,
        ["GET", path, _] => {
            websocket::serve(&mut connection, path, &folder.join("messages.json"))?;
        }
        [action, size] => {
            bare::serve(&mut connection, action, size.parse().map_err(io::Error::other)?)?;
        }
        _ => return Err(io::ErrorKind::InvalidInput.into()),
    }
    connection.finish()
}
