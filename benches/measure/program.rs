//! What the program costs to start and to hold.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use tokio::runtime::{Builder, Runtime};

use crate::Effort;
use crate::requests;
use crate::table::{self, Goal, Line};
use crate::wire::{Connection, Exchange};

const PROGRAM: &str = env!("CARGO_BIN_EXE_certmimic");
const WORLDS: usize = 500;

/// A quantity, and how it is found: some values, or none where the system does not tell.
pub struct Quantity {
    pub what: &'static str,
    values: fn(Effort) -> Vec<f64>,
    shown: fn(f64) -> String,
    goals: &'static [Goal],
}

pub const QUANTITIES: &[Quantity] = &[
    Quantity {
        what: "start to the first answer",
        values: |effort| (0..2 * effort.rounds).map(|_| Running::start().1).collect(),
        shown: table::seconds,
        goals: &[Goal::Within(0.010)],
    },
    Quantity {
        what: "memory, idle",
        values: |_| resident(&Running::start().0).into_iter().collect(),
        shown: table::bytes,
        goals: &[Goal::Bytes(8e6)],
    },
    Quantity {
        what: "memory of each of 500 worlds, idle",
        values: |_| a_world().into_iter().collect(),
        shown: table::bytes,
        goals: &[Goal::Bytes(65_536.0)],
    },
    Quantity {
        what: "the program",
        values: |_| std::fs::metadata(PROGRAM).into_iter().map(|file| small(file.len())).collect(),
        shown: table::bytes,
        goals: &[],
    },
];

impl Quantity {
    /// Its line, and whether a goal was missed.
    pub fn measure(&self, effort: Effort) -> (Line, bool) {
        let mut values = (self.values)(effort);
        if values.is_empty() {
            let line = Line { what: self.what.to_owned(), median: "unknown".to_owned(), ..Line::default() };
            return (line, false);
        }
        Line::alone(self.what, &mut values, self.shown, self.goals)
    }
}

fn a_world() -> Option<f64> {
    let (running, _) = Running::start();
    let idle = resident(&running)?;
    running.ask((0..WORLDS).flat_map(requests::references_in_a_world));
    #[allow(clippy::cast_precision_loss, reason = "far below 2^52")]
    let worlds = WORLDS as f64;
    Some((resident(&running)? - idle).max(0.0) / worlds)
}

/// Bytes of a process that are in memory.
fn resident(running: &Running) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", running.process.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? * 1024.0)
}

#[allow(clippy::cast_precision_loss, reason = "far below 2^52")]
fn small(bytes: u64) -> f64 {
    bytes as f64
}

/// A process that does not outlive its measurement.
struct Running {
    process: Child,
    address: std::net::SocketAddr,
    client: Runtime,
}

impl Running {
    /// The program, and the seconds from its start to the end of its first answer.
    fn start() -> (Self, f64) {
        let client = Builder::new_current_thread().enable_all().build().unwrap();
        let started = Instant::now();
        let mut command = Command::new(PROGRAM);
        command.args(["--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().unwrap();
        let mut ready = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut ready).unwrap();
        let address = ready.split(' ').find_map(|word| word.strip_prefix("http://")).unwrap().parse().unwrap();
        let running = Self { process, address, client };
        running.ask([Exchange::new("GET", "/_certmimic/health", &[], b"")]);
        (running, started.elapsed().as_secs_f64())
    }

    fn ask(&self, exchanges: impl IntoIterator<Item = Exchange>) {
        self.client.block_on(async {
            let mut connection = Connection::open(self.address).await;
            for exchange in exchanges {
                connection.exchange(&exchange).await;
            }
        });
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ended = self.process.kill().and_then(|()| self.process.wait());
    }
}
