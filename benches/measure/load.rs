//! Puts a load on two servers in turns.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use certmimic::Server;
use certmimic::worlds::{Bounds, Limits};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

use crate::Effort;
use crate::bare;
use crate::cases::{Beside, Case, Load, State, Step};
use crate::scenario::scenario;
use crate::wire::Connection;

/// What one side took in each round, in seconds.
#[derive(Default)]
pub struct Times {
    pub means: Vec<f64>,
    pub medians: Vec<f64>,
    pub p99s: Vec<f64>,
}

/// The servers of the run, one for each state; they end with it.
pub struct Bench {
    client: Runtime,
    bare: Runtime,
    servers: HashMap<State, Server>,
    effort: Effort,
}

/// A server that is ready for a load.
struct Side {
    address: SocketAddr,
    steps: Arc<[Step]>,
    connections: usize,
}

impl Bench {
    pub fn new(effort: Effort) -> Self {
        let client = Builder::new_current_thread().enable_all().build().unwrap();
        Self { client, bare: bare::runtime(), servers: HashMap::new(), effort }
    }

    /// Measures a case and what it is held against, one right after the other in each round; which goes first alternates.
    pub fn measure(&mut self, case: &Case) -> [Times; 2] {
        let own = self.side(&case.load);
        let other = match &case.beside {
            Beside::Bare => self.bare_side(&own),
            Beside::Load(_, load) => self.side(load),
        };
        let mut times = [Times::default(), Times::default()];
        let [of_own, of_other] = &mut times;
        for round in 0..self.effort.rounds {
            if round % 2 == 0 {
                self.load(&own, of_own);
                self.load(&other, of_other);
            } else {
                self.load(&other, of_other);
                self.load(&own, of_own);
            }
        }
        times
    }

    /// Plays every step once, so that what is measured is not the first time.
    fn side(&mut self, load: &Load) -> Side {
        let server = self.servers.entry(load.state).or_insert_with(|| start(load.state));
        let variants = load.variants.max(load.connections);
        let side = Side {
            address: server.addr(),
            steps: (0..variants).map(load.step).collect(),
            connections: load.connections,
        };
        self.client.block_on(async {
            let mut connection = Connection::open(side.address).await;
            for exchange in side.steps.iter().flatten() {
                connection.exchange(exchange).await;
            }
        });
        side
    }

    /// A bare server that sends what the other side answers to its first step.
    fn bare_side(&self, own: &Side) -> Side {
        let step = own.steps.first().unwrap();
        let (answers, sizes) = self.client.block_on(async {
            let mut connection = Connection::open(own.address).await;
            let (mut answers, mut sizes) = (Vec::new(), Vec::new());
            for exchange in step {
                connection.exchange(exchange).await;
                answers.push(connection.answer());
                sizes.push(connection.size());
            }
            (answers, sizes)
        });
        let address = self.bare.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            tokio::spawn(bare::serve(listener, answers.into()));
            address
        });
        self.client.block_on(async {
            let mut connection = Connection::open(address).await;
            for (exchange, size) in step.iter().zip(sizes) {
                connection.exchange(exchange).await;
                assert_eq!(connection.size(), size, "both send the same number of bytes");
            }
        });
        Side { address, steps: Arc::clone(&own.steps), connections: own.connections }
    }

    /// One round of one side: each connection sends its next request when it has the answer to the last.
    fn load(&self, side: &Side, times: &mut Times) {
        let mut all: Vec<f64> = self.client.block_on(async {
            let mut connections = Vec::new();
            for number in 0..side.connections {
                let mut connection = Connection::open(side.address).await;
                // Windows and buffers grow with the first answers.
                play(&mut connection, &side.steps, number).await;
                connections.push(connection);
            }
            let end = Instant::now() + self.effort.slice;
            let converse = |(first, connection)| {
                tokio::spawn(converse(connection, Arc::clone(&side.steps), first, side.connections, end))
            };
            let tasks: Vec<_> = connections.into_iter().enumerate().map(converse).collect();
            let mut all = Vec::new();
            for task in tasks {
                all.extend(task.await.unwrap().iter().map(Duration::as_secs_f64));
            }
            all
        });
        times.means.push(mean(&all));
        times.medians.push(quantile(&mut all, 50));
        times.p99s.push(quantile(&mut all, 99));
    }
}

/// The times of the steps that one connection took until the end; no two connections take the same step, as long as there
/// are as many as connections.
async fn converse(
    mut connection: Connection,
    steps: Arc<[Step]>,
    first: usize,
    stride: usize,
    end: Instant,
) -> Vec<Duration> {
    let (mut times, mut next) = (Vec::new(), first);
    loop {
        times.push(play(&mut connection, &steps, next).await);
        next += stride;
        if Instant::now() >= end {
            return times;
        }
    }
}

/// The time of one step.
async fn play(connection: &mut Connection, steps: &[Step], number: usize) -> Duration {
    let mut time = Duration::ZERO;
    for exchange in steps.get(number % steps.len()).unwrap() {
        let sent = Instant::now();
        connection.exchange(exchange).await;
        time += if exchange.timed { sent.elapsed() } else { Duration::ZERO };
    }
    time
}

fn start(state: State) -> Server {
    let mut limits = Limits::default();
    if !state.journal {
        limits.journal = Bounds { records: 0, ..Bounds::default() };
    }
    Server::builder().scenario_text(scenario(state.entries)).limits(limits).start_blocking().unwrap()
}

fn mean(values: &[f64]) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "far below 2^52")]
    let count = values.len() as f64;
    values.iter().sum::<f64>() / count
}

/// The value below which so many in a hundred are; where there are too few, the largest.
pub fn quantile(values: &mut [f64], per_cent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    let place = (values.len() * per_cent / 100).min(values.len().saturating_sub(1));
    values.get(place).copied().unwrap_or_default()
}
