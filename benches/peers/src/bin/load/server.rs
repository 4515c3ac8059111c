//! The server that is measured: a program of its own.
//!
//! It is started with the words `certificate FILE key FILE` for TLS, or with none, listens on a
//! free port of 127.0.0.1, prints that, and ends when its standard input does. With the word
//! `versions` it prints what it is instead. What it does with a WebSocket depends on the path:
//!
//! | path         |                                          |
//! |--------------|------------------------------------------|
//! | `/echo`      | returns every message                    |
//! | `/broadcast` | sends every message to all at this path  |

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Child, Command, ExitCode, Stdio},
    time::Duration,
};

use crate::Result;

/// Ticks a second in /proc on Linux.
const TICKS: u64 = 100;

pub(crate) struct Server {
    process: Child,
    port: u16,
}

impl Server {
    pub(crate) fn start(command: &[String], words: &[&String]) -> Result<Self> {
        let mut process =
            program(command)?.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        let output = process.stdout.take().ok_or("no output")?;
        BufReader::new(output).read_line(&mut line)?;
        let port = line.trim().parse().map_err(|_| format!("no port, but {line:?}"))?;
        Ok(Self { process, port })
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The processor time that it has taken.
    pub(crate) fn cpu(&self) -> Result<Duration> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id()))?;
        // The fields behind the program's name, which may have blanks.
        let (_, fields) = stat.rsplit_once(')').ok_or("no name")?;
        let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
        let ticks = ticks.sum::<std::result::Result<u64, _>>()?;
        Ok(Duration::from_millis(ticks * 1000 / TICKS))
    }

    /// KiB of memory: VmRSS, what is in use, or VmHWM, the most that was.
    pub(crate) fn memory(&self, name: &str) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(name)).ok_or("no such line")?;
        Ok(line.split_whitespace().nth(1).ok_or("no number")?.parse()?)
    }
}

impl Drop for Server {
    /// Ends it, and waits for it, so that its processor time is known to who has started this.
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub(crate) fn print_versions(command: &[String]) -> Result<ExitCode> {
    let status = program(command)?.arg("versions").status()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn program(command: &[String]) -> Result<Command> {
    let [name, words @ ..] = command else { return Err("no command".into()) };
    let mut program = Command::new(name);
    program.args(words);
    Ok(program)
}
