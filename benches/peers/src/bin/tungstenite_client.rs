//! The client on tungstenite, blocking: what Rust can do without an event loop. It takes the same
//! words as the clients in `../../clients`, see `measure.tcl` there, and measures the same way.

use std::{
    collections::HashMap,
    env,
    error::Error,
    fs,
    io::{self, Read, Write},
    net::TcpStream,
    sync::Arc,
    time::{Duration, Instant},
};

use rustix::time::{ClockId, clock_gettime};
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use tungstenite::{Message, WebSocket, client::client_with_config, protocol::WebSocketConfig};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let mut words = env::args().skip(1);
    let operation = words.next().ok_or("usage: tungstenite_client OPERATION NAME VALUE ...")?;
    let mut options = HashMap::new();
    while let (Some(name), Some(value)) = (words.next(), words.next()) {
        options.insert(name, value);
    }
    let client = Client::new(options)?;
    match operation.as_str() {
        "pingpong" => client.pingpong(),
        "pipeline" => client.pipeline(),
        "receive" => client.receive(),
        "send" => client.send(),
        "connect" => client.connect(),
        "idle" => client.idle(),
        _ => Err(format!("no such operation: {operation}").into()),
    }
}

struct Client {
    options: HashMap<String, String>,
    tls: Option<Arc<ClientConfig>>,
    /// KiB in memory at the start.
    start: u64,
}

impl Client {
    fn new(options: HashMap<String, String>) -> Result<Self> {
        let tls = options.get("ca").map(|file| configure_tls(file)).transpose()?;
        Ok(Self { options, tls, start: memory("VmRSS")? })
    }

    fn option(&self, name: &str) -> Result<&str> {
        Ok(self.options.get(name).ok_or_else(|| format!("option missing: {name}"))?)
    }

    fn number(&self, name: &str) -> Result<usize> {
        Ok(self.option(name)?.parse()?)
    }

    fn open(&self) -> Result<WebSocket<Stream>> {
        let url = self.option("url")?;
        let authority = url.split('/').nth(2).ok_or("no host in the URL")?;
        let stream = TcpStream::connect(authority)?;
        stream.set_nodelay(true)?;
        let stream = match &self.tls {
            None => Stream::Plain(stream),
            Some(configuration) => {
                let host = authority.split(':').next().unwrap_or(authority).to_owned();
                let session =
                    ClientConnection::new(configuration.clone(), ServerName::try_from(host)?)?;
                Stream::Tls(Box::new(StreamOwned::new(session, stream)))
            }
        };
        let configuration = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
        let opened = client_with_config(url, stream, Some(configuration));
        Ok(opened.map_err(|error| error.to_string())?.0)
    }

    fn message(&self) -> Result<Message> {
        let size = self.number("size")?;
        let mut payload = vec![b' '; size];
        if let [first, .., last] = &mut payload[..] {
            (*first, *last) = (b'<', b'>');
        }
        match self.option("kind")? {
            "text" => Ok(Message::text(String::from_utf8(payload)?)),
            _ => Ok(Message::binary(payload)),
        }
    }

    fn pingpong(&self) -> Result<()> {
        let message = self.message()?;
        let mut websocket = self.open()?;
        self.measure(|count| {
            for _ in 0..count {
                websocket.send(message.clone())?;
                check(&websocket.read()?, &message)?;
            }
            Ok(())
        })
    }

    fn pipeline(&self) -> Result<()> {
        let message = self.message()?;
        let mut websocket = self.open()?;
        self.measure(|count| {
            for _ in 0..count {
                websocket.write(message.clone())?;
            }
            websocket.flush()?;
            for _ in 0..count {
                check(&websocket.read()?, &message)?;
            }
            Ok(())
        })
    }

    fn receive(&self) -> Result<()> {
        let message = self.message()?;
        let mut websocket = self.open()?;
        self.measure(|count| {
            websocket.send(Message::text(format!("{count} {}", message.len())))?;
            for _ in 0..count {
                check(&websocket.read()?, &message)?;
            }
            Ok(())
        })
    }

    fn send(&self) -> Result<()> {
        let message = self.message()?;
        let mut websocket = self.open()?;
        self.measure(|count| {
            for _ in 0..count {
                websocket.send(message.clone())?;
            }
            websocket.send(Message::text("end"))?;
            let answer = websocket.read()?;
            if answer.to_text()? == count.to_string() {
                Ok(())
            } else {
                Err(answer.to_string().into())
            }
        })
    }

    fn connect(&self) -> Result<()> {
        self.measure(|count| {
            for _ in 0..count {
                let mut websocket = self.open()?;
                websocket.close(None)?;
                let end = loop {
                    if let Err(error) = websocket.read() {
                        break error;
                    }
                };
                if !matches!(end, tungstenite::Error::ConnectionClosed) {
                    return Err(end.into());
                }
            }
            Ok(())
        })
    }

    fn idle(mut self) -> Result<()> {
        let _first = self.open()?;
        self.start = memory("VmRSS")?;
        let count = self.number("count")?;
        let connections = (0..count).map(|_| self.open()).collect::<Result<Vec<_>>>()?;
        self.report(count, Duration::ZERO, Duration::ZERO)?;
        drop(connections);
        Ok(())
    }

    /// Runs batches of operations for as long as the options say, first to warm up.
    fn measure(&self, mut batch: impl FnMut(usize) -> Result<()>) -> Result<()> {
        let count = self.number("count")?;
        let mut run = |limit: Duration| -> Result<usize> {
            let start = Instant::now();
            let mut operations = 0;
            while operations == 0 || start.elapsed() < limit {
                batch(count)?;
                operations += count;
            }
            Ok(operations)
        };
        let warmup = Duration::from_secs_f64(self.option("warmup")?.parse()?);
        if !warmup.is_zero() {
            run(warmup)?;
        }
        let (cpu, start) = (cpu_time(), Instant::now());
        let operations = run(Duration::from_secs_f64(self.option("seconds")?.parse()?))?;
        self.report(operations, start.elapsed(), cpu_time() - cpu)
    }

    fn report(&self, operations: usize, wall: Duration, cpu: Duration) -> Result<()> {
        let times = format!(r#""wall": {}, "cpu": {}"#, wall.as_secs_f64(), cpu.as_secs_f64());
        let memory = format!(
            r#""start": {}, "now": {}, "peak": {}"#,
            self.start,
            memory("VmRSS")?,
            memory("VmHWM")?
        );
        println!(r#"{{"operations": {operations}, {times}, {memory}}}"#);
        Ok(())
    }
}

/// Checks what came back: its length and its ends.
fn check(echo: &Message, message: &Message) -> Result<()> {
    let ends = |message: &Message| {
        let bytes: &[u8] = match message {
            Message::Text(text) => text.as_bytes(),
            Message::Binary(bytes) => bytes,
            _ => &[],
        };
        (bytes.len(), bytes.first().copied(), bytes.last().copied())
    };
    if ends(echo) == ends(message) { Ok(()) } else { Err("another message came back".into()) }
}

fn cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

/// A line of /proc/self/status, in KiB.
fn memory(name: &str) -> Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)).ok_or("no such line")?;
    Ok(line.split_whitespace().nth(1).ok_or("no number")?.parse()?)
}

fn configure_tls(authority: &str) -> Result<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(authority)?)?;
    Ok(Arc::new(ClientConfig::builder().with_root_certificates(roots).with_no_client_auth()))
}

/// TCP or TLS.
enum Stream {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ClientConnection, TcpStream>>),
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.read(buffer),
            Self::Tls(stream) => stream.read(buffer),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.write(bytes),
            Self::Tls(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(stream) => stream.flush(),
            Self::Tls(stream) => stream.flush(),
        }
    }
}
