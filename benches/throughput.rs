//! How fast certmimic answers, as a ratio to a bare hyper server that sends the same bytes; and what it costs to start
//! and to hold. Bounded in count and time, on the loopback interface only: `cargo bench --bench throughput`.
//!
//! Ratios, not rates: machines differ, and so does one machine from minute to minute. Both servers are measured in each
//! round, one right after the other, and which goes first alternates.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::cast_precision_loss, reason = "a measurement may")]
#![allow(clippy::print_stdout, reason = "it prints its figures")]

#[path = "bare/server.rs"]
mod bare;
mod support;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use bytes::Bytes;
use certmimic::Server;
use certmimic::worlds::{Bounds, Limits};
use hyper::HeaderMap;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};

const PATH: &str = "/apiportal/api/1.0/Management.svc/CertificateStoreReferences('reference_ts_1')";
const CONNECTIONS: usize = 32;
const REQUESTS_A_CONNECTION: usize = 800;
const ROUNDS: usize = 9;
const LISTS: usize = 5;
const STARTS: usize = 20;
const WORLDS: usize = 500;

fn main() {
    // `cargo test --all-targets` runs this program, too, and should not wait for it.
    if !std::env::args().any(|argument| argument == "--bench") {
        return println!("measures nothing unless run by cargo bench");
    }
    throughput();
    long_list();
    start_and_size();
}

/// One server's figures for one round.
struct Load {
    a_second: f64,
    p99: Duration,
}

fn throughput() {
    let emulator = Server::builder().start_blocking().unwrap();
    let request = request(emulator.addr(), PATH);
    let sample = once(emulator.addr(), &request);
    println!("{}", sample.lines().next().unwrap_or_default());
    assert!(sample.starts_with("HTTP/1.1 200"), "{sample}");
    let bare_runtime = bare::runtime();
    let bare = bare_runtime.block_on(bare_server(&sample));
    assert_eq!(once(bare, &request).len(), sample.len(), "both send the same number of bytes");
    paired(["certmimic", "bare"], [emulator.addr(), bare], &request, sample.len());

    let limits = Limits { journal: Bounds { records: 0, ..Bounds::default() }, ..Limits::default() };
    let forgetful = Server::builder().limits(limits).start_blocking().unwrap();
    paired(["journal", "no journal"], [emulator.addr(), forgetful.addr()], &request, sample.len());
}

/// Loads two servers in turns, and prints the first's figures as ratios to the second's.
fn paired(names: [&str; 2], addresses: [SocketAddr; 2], request: &str, answer_bytes: usize) {
    let client = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let measure = |address| load(&client, address, request, answer_bytes);
    let [first, second] = addresses;
    measure(first);
    measure(second);
    let (mut ratios, mut tails) = (Vec::new(), Vec::new());
    let [one, other] = names;
    println!("round   {one:>12}/s   {other:>12}/s   ratio   p99 {one:>12}   p99 {other:>12}");
    for round in 1..=ROUNDS {
        let (one, other) = if round % 2 == 0 {
            let one = measure(first);
            (one, measure(second))
        } else {
            let other = measure(second);
            (measure(first), other)
        };
        let ratio = one.a_second / other.a_second;
        println!(
            "{round:5}   {:14.0}   {:14.0}   {ratio:5.2}   {:16.2?}   {:16.2?}",
            one.a_second, other.a_second, one.p99, other.p99
        );
        ratios.push(ratio);
        tails.push(one.p99.as_secs_f64() / other.p99.as_secs_f64());
    }
    println!("{one} to {other}: median ratio {:.2}, of p99 {:.2}", median(&mut ratios), median(&mut tails));
}

fn request(address: SocketAddr, path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer token\r\nAccept: application/json\r\n\r\n")
}

/// The list of 6,000 keystore entries, one after the other on one connection.
fn long_list() {
    let emulator = Server::builder().scenario_text(support::scenario(6_000)).start_blocking().unwrap();
    let request = request(emulator.addr(), "/api/v1/KeystoreEntries");
    let sample = once(emulator.addr(), &request);
    assert!(sample.starts_with("HTTP/1.1 200"), "{}", sample.get(..200).unwrap_or(&sample));
    let bare_runtime = bare::runtime();
    let bare = bare_runtime.block_on(bare_server(&sample));
    let client = Builder::new_current_thread().enable_all().build().unwrap();
    let list = |address| {
        let times = client.block_on(converse(address, request.clone().into_bytes(), sample.len(), LISTS));
        median(&mut times.iter().map(Duration::as_secs_f64).collect::<Vec<_>>())
    };
    let mut ratios: Vec<f64> = (0..ROUNDS).map(|_| list(bare) / list(emulator.addr())).collect();
    println!("list of 6,000 keystore entries, {} bytes: ratio {:.2}", sample.len(), median(&mut ratios));
}

/// Runs the load against one server: every connection sends its next request when it has the answer to the last.
fn load(client: &Runtime, address: SocketAddr, request: &str, answer_bytes: usize) -> Load {
    let started = Instant::now();
    let mut latencies: Vec<Duration> = client.block_on(async {
        let converse = || converse(address, request.as_bytes().to_vec(), answer_bytes, REQUESTS_A_CONNECTION);
        let connections: Vec<_> = (0..CONNECTIONS).map(|_| tokio::spawn(converse())).collect();
        let mut all = Vec::with_capacity(CONNECTIONS * REQUESTS_A_CONNECTION);
        for connection in connections {
            all.extend(connection.await.unwrap());
        }
        all
    });
    let a_second = latencies.len() as f64 / started.elapsed().as_secs_f64();
    latencies.sort_unstable();
    let p99 = latencies.get(latencies.len() * 99 / 100).copied().unwrap_or_default();
    Load { a_second, p99 }
}

async fn converse(address: SocketAddr, request: Vec<u8>, answer_bytes: usize, requests: usize) -> Vec<Duration> {
    let stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let mut buffer = vec![0; answer_bytes];
    let mut latencies = Vec::with_capacity(requests);
    for _ in 0..requests {
        let sent = Instant::now();
        stream.writable().await.unwrap();
        assert_eq!(stream.try_write(&request).unwrap(), request.len());
        let mut received = 0;
        while received < answer_bytes {
            stream.readable().await.unwrap();
            match stream.try_read(buffer.get_mut(received..).unwrap_or_default()) {
                Ok(0) => return latencies,
                Ok(more) => received += more,
                Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::WouldBlock),
            }
        }
        assert!(buffer.starts_with(b"HTTP/1.1 200"));
        latencies.push(sent.elapsed());
    }
    latencies
}

/// A bare server that sends the sample's headers and body.
async fn bare_server(sample: &str) -> SocketAddr {
    let (head, body) = sample.split_once("\r\n\r\n").unwrap();
    let mut headers = HeaderMap::new();
    for (name, value) in head.lines().filter_map(|line| line.split_once(": ")) {
        let name: hyper::header::HeaderName = name.parse().unwrap();
        if name != hyper::header::DATE && name != hyper::header::CONTENT_LENGTH {
            headers.append(name, value.parse().unwrap());
        }
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(bare::serve(listener, headers, Bytes::from(body.to_owned())));
    address
}

fn once(address: SocketAddr, request: &str) -> String {
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let mut answer = String::new();
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    while !answer.ends_with("\r\n\r\n") {
        let start = answer.len();
        reader.read_line(&mut answer).unwrap();
        if let Some(value) = answer.get(start..).and_then(|line| line.strip_prefix("content-length: ")) {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    answer + &String::from_utf8(body).unwrap()
}

fn start_and_size() {
    let program = env!("CARGO_BIN_EXE_certmimic");
    let mut starts: Vec<f64> = (0..STARTS).map(|_| first_answer(program).0).collect();
    let worst = starts.iter().copied().fold(0.0, f64::max);
    println!("start to first answer: median of {STARTS} {:.1} ms, worst {worst:.1} ms", median(&mut starts));
    let (_, mut process, address) = first_answer(program);
    once(address, &health_request());
    match resident(process.id()) {
        Some(idle) => {
            println!("idle memory (resident): {idle} KiB");
            for world in 0..WORLDS {
                let path = format!("/w/w{world}{PATH}");
                assert!(once(address, &request(address, &path)).starts_with("HTTP/1.1 200"));
            }
            let grown = resident(process.id()).unwrap().saturating_sub(idle);
            println!("{WORLDS} more worlds, one GET in each: {:.1} KiB a world", grown as f64 / WORLDS as f64);
        }
        None => println!("memory: unknown on this system"),
    }
    process.kill().unwrap();
    process.wait().unwrap();
    let bytes = std::fs::metadata(program).unwrap().len();
    println!("program: {:.2} MB", bytes as f64 / 1e6);
}

/// Milliseconds from starting the program to the end of its first answer.
fn first_answer(program: &str) -> (f64, Running, SocketAddr) {
    let started = Instant::now();
    let mut command = Command::new(program);
    let child = command.args(["--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut process = Running(child);
    let mut ready = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut ready).unwrap();
    let address = ready.split(' ').find_map(|word| word.strip_prefix("http://")).unwrap().parse().unwrap();
    once(address, &health_request());
    (started.elapsed().as_secs_f64() * 1e3, process, address)
}

fn health_request() -> String {
    "GET /_certmimic/health HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned()
}

/// KiB of a process that are in memory.
fn resident(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// A process that does not outlive its measurement.
struct Running(Child);

impl std::ops::Deref for Running {
    type Target = Child;

    fn deref(&self) -> &Child {
        &self.0
    }
}

impl std::ops::DerefMut for Running {
    fn deref_mut(&mut self) -> &mut Child {
        &mut self.0
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ended = self.0.kill().and_then(|()| self.0.wait());
    }
}
