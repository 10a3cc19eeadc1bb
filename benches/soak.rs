//! A server under mixed load for a while: reads, writes, batches, faults, worlds that come and go, clocks that move, resets, with
//! its journal on. At the end memory, descriptors and threads are as they were, and the answers are still right:
//! `cargo bench --bench soak`, ten minutes; `cargo bench --bench soak -- --seconds 90`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a measurement may")]
#![allow(clippy::print_stdout, clippy::indexing_slicing, reason = "it prints its figures")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const CLIENTS: u64 = 8;
const USUAL_SECONDS: u64 = 600;
const SAMPLE: Duration = Duration::from_secs(1);
const REFERENCES: &str = "/apiportal/api/1.0/Management.svc/CertificateStoreReferences";
const USERS: &str = "/api/v1/UserCredentials";
const SCENARIO: &str = "certmimic: 1\nclock: { now: 2026-01-15T08:00:00Z, mode: frozen }\nbehaviour: { sap_cloud_integration: { csrf: \"off\" } }\n";

fn main() {
    // `cargo test --all-targets` runs this program, too, and should not wait for it.
    if !std::env::args().any(|argument| argument == "--bench") {
        return println!("measures nothing unless run by cargo bench");
    }
    let lasting = Duration::from_secs(seconds());
    let (mut server, fresh) = (Served::start(), Served::start());
    let expected = fresh.export();
    let (over, requests) = (AtomicBool::new(false), AtomicU64::new(0));
    let samples = thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (over, requests) = (&over, &requests);
            let address = server.address;
            scope.spawn(move || Client::new(address, client).live(over, requests));
        }
        let samples = server.watch(lasting);
        over.store(true, Ordering::Relaxed);
        samples
    });
    println!("{} requests in {} s", requests.into_inner(), lasting.as_secs());
    judge(&samples);
    assert_eq!(server.ask("POST", "/_certmimic/reset", "").0, 200);
    assert_eq!(server.export(), expected, "the world is as that of a server that was asked nothing");
    let health = server.ask("GET", "/_certmimic/health", "").1;
    assert!(health.contains("\"defects\": 0"), "{health}");
    server.end();
    println!("the answers are still right");
}

fn seconds() -> u64 {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--seconds").skip(1);
    arguments
        .next()
        .map_or(USUAL_SECONDS, |text| text.parse().unwrap_or_else(|_| panic!("--seconds {text} is no number")))
}

/// What the server takes at one moment, where the system tells.
#[derive(Debug, Clone, Copy)]
struct Sample {
    kibibytes: u64,
    descriptors: usize,
    threads: u64,
}

/// The first half is for the journals to fill; of the second, the end takes no more than the beginning.
fn judge(samples: &[Sample]) {
    if samples.len() < 8 {
        return println!("nothing is known of memory, descriptors and threads: too short, or not told here");
    }
    let quarter = samples.len() / 4;
    let most = |part: &[Sample]| Sample {
        kibibytes: part.iter().map(|sample| sample.kibibytes).max().unwrap_or_default(),
        descriptors: part.iter().map(|sample| sample.descriptors).max().unwrap_or_default(),
        threads: part.iter().map(|sample| sample.threads).max().unwrap_or_default(),
    };
    let (before, after) = (most(&samples[quarter * 2..quarter * 3]), most(&samples[quarter * 3..]));
    println!("third quarter at most {before:?}\nlast quarter at most  {after:?}");
    assert!(after.kibibytes <= before.kibibytes + before.kibibytes / 10 + 4 * 1024, "memory grows");
    assert!(after.descriptors <= before.descriptors + 16, "descriptors are not given back");
    assert!(after.threads <= before.threads + 16, "threads do not end");
}

/// The program, as a process of its own; killed when dropped.
struct Served {
    child: Child,
    address: SocketAddr,
}

impl Served {
    fn start() -> Self {
        let file = std::env::temp_dir().join(format!("certmimic-soak-{}.yaml", std::process::id()));
        std::fs::write(&file, SCENARIO).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_certmimic"));
        command.args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--journal",
            "1000",
            "--scenario",
            "quickstart",
            "--scenario",
        ]);
        let mut child = command.arg(&file).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut ready = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut ready).unwrap();
        std::fs::remove_file(file).unwrap();
        let url = ready.split(' ').find_map(|word| word.strip_prefix("http://"));
        Self { child, address: url.unwrap_or_else(|| panic!("no ready line, but {ready:?}")).parse().unwrap() }
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> (u16, String) {
        Client::new(self.address, 0)
            .ask(method, path, body)
            .unwrap_or_else(|| panic!("{method} {path} is not answered"))
    }

    /// The default world.
    fn export(&self) -> String {
        self.ask("GET", "/_certmimic/state", "").1
    }

    /// Looks at it from time to time.
    fn watch(&mut self, lasting: Duration) -> Vec<Sample> {
        let (start, mut samples) = (Instant::now(), Vec::new());
        while start.elapsed() < lasting {
            thread::sleep(SAMPLE.min(lasting));
            assert!(self.child.try_wait().unwrap().is_none(), "the server has ended");
            samples.extend(self.sample());
        }
        samples
    }

    fn sample(&self) -> Option<Sample> {
        let process = format!("/proc/{}", self.child.id());
        let status = std::fs::read_to_string(format!("{process}/status")).ok()?;
        let number = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().next()?.parse().ok()
        };
        let descriptors = std::fs::read_dir(format!("{process}/fd")).ok()?.count();
        Some(Sample { kibibytes: number("VmRSS:")?, descriptors, threads: number("Threads:")? })
    }

    /// Asks it to end, and sees that it does so in order.
    fn end(&mut self) {
        let told = Command::new("sh").args(["-c", &format!("kill -TERM {}", self.child.id())]).status().unwrap();
        assert!(told.success() && self.child.wait().unwrap().success(), "it did not end in order");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended already.
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}

/// A client with a world of its own, which it makes and drops over and over.
struct Client {
    address: SocketAddr,
    connection: Option<BufReader<TcpStream>>,
    number: u64,
    drawn: u64,
}

impl Client {
    fn new(address: SocketAddr, number: u64) -> Self {
        Self { address, connection: None, number, drawn: number + 1 }
    }

    /// The next number below a bound (xorshift): every run does the same.
    fn draw(&mut self, below: u64) -> u64 {
        self.drawn ^= self.drawn << 13;
        self.drawn ^= self.drawn >> 7;
        self.drawn ^= self.drawn << 17;
        self.drawn % below
    }

    fn live(mut self, over: &AtomicBool, requests: &AtomicU64) {
        for generation in 0_u64.. {
            let world = format!("/w/soak-{}-{generation}", self.number);
            for step in 0..40 + self.draw(200) {
                if over.load(Ordering::Relaxed) {
                    return;
                }
                self.act(&world, step);
                requests.fetch_add(1, Ordering::Relaxed);
            }
            // Back to what the scenario says, with nothing that was done above.
            self.done("POST", &format!("{world}/_certmimic/reset"), "");
            let list = self.done("GET", &format!("{world}{REFERENCES}/$count"), "");
            assert_eq!(list, "1", "the quickstart has one reference");
            self.done("DELETE", &format!("/_certmimic/worlds/soak-{}-{generation}", self.number), "");
        }
    }

    /// One thing of many. What a fault or an earlier step may refuse need not succeed.
    fn act(&mut self, world: &str, step: u64) {
        let name = format!("r{}", self.draw(30));
        let control = |call: &str| format!("{world}/_certmimic/{call}");
        match self.draw(14) {
            0 | 1 => self.maybe("POST", &format!("{world}{REFERENCES}"), &format!("{{\"name\":\"{name}\",\"certificateStoreName\":\"ts\"}}")),
            2 => self.maybe("DELETE", &format!("{world}{REFERENCES}('{name}')"), ""),
            3 => self.maybe("POST", &format!("{world}{USERS}"), &format!("{{\"Name\":\"{name}\",\"Kind\":\"default\",\"Description\":\"\",\"User\":\"u\",\"Password\":\"p\"}}")),
            4 => self.maybe("GET", &format!("{world}/api/v1/KeystoreEntries"), ""),
            5 => self.maybe("GET", &format!("{world}/apiops/projects/MyProject/certificates/"), ""),
            6 => self.maybe("POST", &format!("{world}/apiops/projects/MyProject/jwks/generate"), &format!("{{\"name\":\"{name}\",\"type\":\"OCT\",\"oct\":{{\"keySize\":128}}}}")),
            7 => _ = self.done("POST", &control("clock/advance"), "{\"by\":\"1h\"}"),
            8 => _ = self.done("POST", &control("faults"), "{\"on\":{\"path\":\"/api/v1/**\"},\"times\":1,\"drop\":\"mid_response\"}"),
            9 => _ = self.done("POST", &control("faults"), "{\"on\":{\"operation\":\"apim.*\"},\"times\":2,\"delay\":\"1ms\"}"),
            10 => _ = self.done("PUT", &control(&format!("snapshots/s{}", step % 4)), ""),
            11 => _ = self.done("GET", &control("requests?limit=20"), ""),
            12 => _ = self.done("GET", &control("state"), ""),
            _ => self.maybe("GET", &format!("{REFERENCES}('reference_ts_1')"), ""),
        }
    }

    fn done(&mut self, method: &str, path: &str, body: &str) -> String {
        let answer = self.ask(method, path, body);
        let (status, body) = answer.unwrap_or_else(|| panic!("{method} {path} is not answered"));
        assert!((200..300).contains(&status), "{method} {path}: {status} {body}");
        body
    }

    fn maybe(&mut self, method: &str, path: &str, body: &str) {
        match self.ask(method, path, body) {
            Some((status, body)) => assert!(status < 500, "{method} {path}: {status} {body}"),
            // Faults that close connections are armed for nothing else.
            None => assert!(path.contains("/api/v1/"), "{method} {path} was not answered"),
        }
    }

    /// Status and body of an answer; nothing where a fault has closed the connection, which is opened anew for the next.
    fn ask(&mut self, method: &str, path: &str, body: &str) -> Option<(u16, String)> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => BufReader::new(TcpStream::connect(self.address).unwrap()),
        };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\nAccept: application/json\r\n"
        );
        let request = format!("{head}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        connection.get_mut().write_all(request.as_bytes()).ok()?;
        let mut line = String::new();
        connection.read_line(&mut line).ok()?;
        let status = line.split(' ').nth(1)?.parse().ok()?;
        let mut length = 0;
        loop {
            let mut header = String::new();
            connection.read_line(&mut header).ok()?;
            if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().ok()?;
            }
            if header.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        connection.read_exact(&mut body).ok()?;
        self.connection = Some(connection);
        Some((status, String::from_utf8_lossy(&body).into_owned()))
    }
}
