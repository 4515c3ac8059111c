//! The load on servers: it starts one, has many clients speak with it in one thread, and measures
//! the server.
//!
//! Usage: `load COMMAND WORD ... -- OPERATION NAME VALUE ...`. The command starts the server, as
//! `server.rs` says. The operations:
//!
//! | operation   |                                                                           |
//! |-------------|---------------------------------------------------------------------------|
//! | `echo`      | each client sends a message, waits for its echo, and so on                |
//! | `echo_many` | the same; a server that cannot take so many is not asked for it          |
//! | `broadcast` | one client sends a message, which all get, then the next one              |
//! | `open`      | each client opens a connection, closes it, and opens the next one         |
//! | `idle`      | opens COUNT connections beside a first one, and leaves them alone         |
//! | `versions`  | prints what the server is, and measures nothing                           |
//!
//! The options are those of the clients, see `../../../clients/measure.tcl`, as far as they mean
//! something here, and
//!
//! | option        |                                                             |
//! |---------------|-------------------------------------------------------------|
//! | `path`        | that of the URL: what the server does                       |
//! | `connections` | how many clients there are at a time                        |
//! | `certificate` | the file with the certificate that the server shows, for TLS |
//! | `key`         | the file with its key                                       |
//!
//! It prints what clients print, the processor time and the memory being the server's. An operation
//! is an echo, a message that has arrived at one client, or a connection.

mod connection;
mod frames;
mod server;

use std::{
    collections::HashMap,
    env,
    error::Error,
    net::{Ipv4Addr, SocketAddr},
    process::ExitCode,
    time::{Duration, Instant},
};

use connection::{Clients, Step};
use frames::Frame;
use server::Server;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// How many connections are being opened at a time: fewer than any server lets wait.
const OPENING: usize = 64;

/// How long nothing may happen before this gives up.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long a server may have to itself before its memory is looked at.
const SETTLING: Duration = Duration::from_millis(300);

fn main() -> Result<ExitCode> {
    let words: Vec<String> = env::args().skip(1).collect();
    let mut halves = words.splitn(2, |word| word == "--");
    let (Some(command), Some([operation, options @ ..])) = (halves.next(), halves.next()) else {
        return Err("usage: load COMMAND WORD ... -- OPERATION NAME VALUE ...".into());
    };
    if operation == "versions" {
        return server::print_versions(command);
    }
    let options = options.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone()));
    let load = Load::start(command, options.collect())?;
    match operation.as_str() {
        "echo" | "echo_many" => load.echo(),
        "broadcast" => load.broadcast(),
        "open" => load.open(),
        "idle" => load.idle(),
        _ => Err(format!("no such operation: {operation}").into()),
    }?;
    Ok(ExitCode::SUCCESS)
}

struct Load {
    options: HashMap<String, String>,
    server: Server,
    clients: Clients,
}

impl Load {
    fn start(command: &[String], options: HashMap<String, String>) -> Result<Self> {
        let tls = ["certificate", "key"].map(|name| options.get_key_value(name));
        let words: Vec<_> =
            tls.into_iter().flatten().flat_map(|(name, file)| [name, file]).collect();
        let server = Server::start(command, &words)?;
        let path = options.get("path").map_or("/", |path| path);
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, server.port()));
        let clients = Clients::new(address, path, !words.is_empty())?;
        Ok(Self { options, server, clients })
    }

    fn option(&self, name: &str) -> Result<&str> {
        Ok(self.options.get(name).ok_or_else(|| format!("option missing: {name}"))?)
    }

    fn number(&self, name: &str) -> Result<usize> {
        Ok(self.option(name)?.parse()?)
    }

    fn duration(&self, name: &str) -> Result<Duration> {
        Ok(Duration::from_secs_f64(self.option(name)?.parse()?))
    }

    fn message(&self) -> Result<Frame> {
        Ok(Frame::message(self.number("size")?, self.option("kind")? == "text"))
    }

    /// Opens so many connections, and returns their numbers.
    fn connect(&mut self, count: usize) -> Result<Vec<usize>> {
        let mut open = Vec::with_capacity(count);
        let mut missing = count;
        for _ in 0..count.min(OPENING) {
            self.clients.open()?;
            missing -= 1;
        }
        while open.len() < count {
            self.clients.wait(PATIENCE, |clients, number, step| {
                match step {
                    Step::Opened => open.push(number),
                    Step::Message(_) => return Err("a message that nobody has sent".into()),
                    Step::Ended => return Err("the server has dropped a connection".into()),
                }
                if missing > 0 {
                    missing -= 1;
                    clients.open()?;
                }
                Ok(())
            })?;
        }
        Ok(open)
    }

    fn echo(mut self) -> Result<()> {
        let message = self.message()?;
        let size = self.number("size")?;
        let all = self.connect(self.number("connections")?)?;
        for number in all {
            self.clients.send(number, &message)?;
        }
        self.measure(|clients, number, step| {
            expect_message(&step, size)?;
            clients.send(number, &message)?;
            Ok(1)
        })
    }

    fn broadcast(mut self) -> Result<()> {
        let message = self.message()?;
        let size = self.number("size")?;
        let all = self.connect(self.number("connections")?)?;
        let (first, count) = (all[0], all.len());
        let mut missing = count;
        self.clients.send(first, &message)?;
        self.measure(|clients, _, step| {
            expect_message(&step, size)?;
            missing -= 1;
            if missing == 0 {
                missing = count;
                clients.send(first, &message)?;
            }
            Ok(1)
        })
    }

    fn open(mut self) -> Result<()> {
        let close = Frame::close();
        for _ in 0..self.number("connections")? {
            self.clients.open()?;
        }
        self.measure(|clients, number, step| match step {
            Step::Opened => {
                clients.send(number, &close)?;
                Ok(0)
            }
            Step::Message(_) => Err("a message that nobody has sent".into()),
            Step::Ended => {
                clients.open()?;
                Ok(1)
            }
        })
    }

    fn idle(mut self) -> Result<()> {
        let count = self.number("count")?;
        // The first connection takes what all share.
        self.connect(1)?;
        std::thread::sleep(SETTLING);
        let start = self.server.memory("VmRSS")?;
        self.connect(count)?;
        std::thread::sleep(SETTLING);
        self.report(count, Duration::ZERO, Duration::ZERO, start)
    }

    /// Has the clients go on until the time is over, first to warm up, and reports what was done
    /// behind that. `act` returns how many operations a step has completed.
    fn measure(
        mut self,
        mut act: impl FnMut(&mut Clients, usize, Step) -> Result<usize>,
    ) -> Result<()> {
        let count = self.number("count")?;
        let memory = self.server.memory("VmRSS")?;
        let mut run = |clients: &mut Clients, least: usize, limit: Duration| -> Result<usize> {
            let start = Instant::now();
            let mut operations = 0;
            while operations < least || start.elapsed() < limit {
                clients.wait(PATIENCE, |clients, number, step| {
                    operations += act(clients, number, step)?;
                    Ok(())
                })?;
            }
            Ok(operations)
        };
        let warmup = self.duration("warmup")?;
        if !warmup.is_zero() {
            run(&mut self.clients, 0, warmup)?;
        }
        let (cpu, start) = (self.server.cpu()?, Instant::now());
        let limit = Duration::from_secs_f64(self.options["seconds"].parse()?);
        let operations = run(&mut self.clients, count, limit)?;
        self.report(operations, start.elapsed(), self.server.cpu()? - cpu, memory)
    }

    fn report(&self, operations: usize, wall: Duration, cpu: Duration, start: u64) -> Result<()> {
        let times = format!(r#""wall": {}, "cpu": {}"#, wall.as_secs_f64(), cpu.as_secs_f64());
        let [now, peak] = [self.server.memory("VmRSS")?, self.server.memory("VmHWM")?];
        let memory = format!(r#""start": {start}, "now": {now}, "peak": {peak}"#);
        println!(r#"{{"operations": {operations}, {times}, {memory}}}"#);
        Ok(())
    }
}

fn expect_message(step: &Step, size: usize) -> Result<()> {
    match step {
        Step::Message(length) if *length == size => Ok(()),
        Step::Message(length) => Err(format!("another message came, of {length} bytes").into()),
        Step::Opened => Err("a connection that nobody has opened".into()),
        Step::Ended => Err("the server has dropped a connection".into()),
    }
}
