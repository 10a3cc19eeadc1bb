//! What must not stop a server, nor lose what it has accepted: the end under load, more worlds than there may be, a clock of the
//! machine that is set back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, reason = "a test may run programs and read files")]

#[path = "support/process.rs"]
#[allow(dead_code, reason = "shared with the tests of the command line")]
mod process;
#[path = "support/trial.rs"]
#[allow(dead_code, reason = "shared with the tests of other programs")]
mod trial;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use certmimic::scenario::{Source, load};
use libtest_mimic::Arguments;
use process::{Served, certmimic, folder};
use serde_json::Value;
use trial::trial;

const REFERENCES: &str = "/apiportal/api/1.0/Management.svc/CertificateStoreReferences";

fn main() {
    let trials = vec![
        trial("the_end_under_load_loses_nothing_that_was_accepted", &[], end_under_load),
        trial("more_worlds_than_there_may_be_hold_nobody_up", &[], bomb),
        trial("a_machine_s_clock_that_is_set_back_stops_nothing", &["faketime"], set_back),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

/// A connection that is kept: status and body of each answer, or nothing where the server has closed it in between.
struct Kept(BufReader<TcpStream>);

impl Kept {
    fn to(address: SocketAddr) -> Self {
        Self(BufReader::new(TcpStream::connect(address).unwrap()))
    }

    fn ask(&mut self, method: &str, path: &str, body: &str) -> Option<(u16, String)> {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\nAccept: application/json\r\n"
        );
        let request = format!("{head}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        self.0.get_mut().write_all(request.as_bytes()).ok()?;
        let mut line = String::new();
        // Closed before a byte of the answer: the request was not taken.
        if self.0.read_line(&mut line).unwrap_or(0) == 0 {
            return None;
        }
        let status = line.split(' ').nth(1).unwrap().parse().unwrap();
        let mut length = 0;
        loop {
            let mut header = String::new();
            assert!(self.0.read_line(&mut header).unwrap() > 0, "an answer was cut off");
            if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if header == "\r\n" {
                break;
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).expect("a body was cut off");
        Some((status, String::from_utf8(body).unwrap()))
    }
}

/// What was answered with success is kept, and nothing is kept that was not.
fn end_under_load() {
    const CLIENTS: usize = 16;
    const ENOUGH: usize = 200;
    let file = folder("load").join("state.yaml");
    let served = Served::start(&["--state", file.to_str().unwrap()]);
    let (address, done) = (served.address, AtomicUsize::new(0));
    let mut made: Vec<String> = thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let done = &done;
                scope.spawn(move || {
                    let (mut connection, mut made) = (Kept::to(address), Vec::new());
                    for number in 0.. {
                        let name = format!("load-{client}-{number}");
                        let body = format!("{{\"name\": \"{name}\", \"certificateStoreName\": \"ts\"}}");
                        let Some((status, answer)) = connection.ask("POST", REFERENCES, &body) else { break };
                        assert_eq!(status, 201, "{answer}");
                        made.push(name);
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                    made
                })
            })
            .collect();
        // A client that has ended already has failed, and says so when it is joined.
        while done.load(Ordering::Relaxed) < ENOUGH && !clients.iter().any(thread::ScopedJoinHandle::is_finished) {
            thread::yield_now();
        }
        served.terminate();
        clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
    });
    assert_eq!(served.ended().0.code(), Some(0));
    let state = load(&[Source::File(file)]).unwrap().state;
    let references = state.sap_api_management.references.keys().map(ToString::to_string);
    let mut kept: Vec<String> = references.filter(|name| name.starts_with("load-")).collect();
    made.sort();
    kept.sort();
    assert_eq!(made, kept);
}

/// Eight clients make worlds as fast as they can, while another one goes on as if nothing was.
fn bomb() {
    const MOST: usize = 100;
    let served = Served::start(&["--worlds", &MOST.to_string()]);
    let (address, made, refused) = (served.address, AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        for client in 0..8 {
            let (made, refused) = (&made, &refused);
            scope.spawn(move || {
                let mut connection = Kept::to(address);
                for number in 0..100 {
                    let (status, _) = connection.ask("GET", &format!("/w/{client}-{number}{REFERENCES}"), "").unwrap();
                    let counter = if status == 200 { made } else { refused };
                    assert!(matches!(status, 200 | 503), "{status}");
                    counter.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        let mut other = Kept::to(address);
        for _ in 0..100 {
            assert_eq!(other.ask("GET", REFERENCES, "").unwrap().0, 200);
        }
    });
    assert_eq!((made.into_inner(), refused.into_inner()), (MOST, 800 - MOST));
    let mut connection = Kept::to(address);
    let (_, health) = connection.ask("GET", "/_certmimic/health", "").unwrap();
    assert_eq!(serde_json::from_str::<Value>(&health).unwrap()["defects"], 0);
}

/// An hour back, as a machine does that has found out the time.
fn set_back() {
    let file = folder("clock").join("now");
    let set = |time: &str| {
        // At once, since it is read at any time.
        let draft = file.with_extension("part");
        std::fs::write(&draft, time).unwrap();
        std::fs::rename(draft, &file).unwrap();
    };
    set("2031-05-06 12:00:00");
    let state = file.with_file_name("state.yaml");
    let mut command = Command::new("faketime");
    command
        .env("FAKETIME_TIMESTAMP_FILE", &file)
        .env("FAKETIME_NO_CACHE", "1")
        .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        .env("TZ", "UTC");
    let program = certmimic(&[]).get_program().to_owned();
    // What the file says counts only where the variable says nothing.
    command.args(["-f", "2031-05-06 12:00:00", "sh", "-c", "unset FAKETIME; exec \"$0\" \"$@\""]).arg(program);
    command.args(["serve", "--listen", "127.0.0.1:0", "--world-ttl", "10m", "--end-with-input", "--state"]).arg(&state);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // It ends with its input: a signal would reach faketime only.
    let input = child.stdin.take();
    let served = Served::of(child);
    let mut connection = Kept::to(served.address);
    let mut now = || {
        let (status, clock) = connection.ask("GET", "/_certmimic/clock", "").unwrap();
        assert_eq!(status, 200);
        serde_json::from_str::<Value>(&clock).unwrap()["now"].as_str().unwrap().to_owned()
    };
    assert!(now().starts_with("2031-05-06T12:00:0"), "the time is that of the file: {}", now());
    let mut other = Kept::to(served.address);
    assert_eq!(other.ask("GET", &format!("/w/other{REFERENCES}"), "").unwrap().0, 200);
    set("2031-05-06 11:00:00");
    assert!(now().starts_with("2031-05-06T11:00:0"), "{}", now());
    let made = other
        .ask("POST", &format!("/w/other{REFERENCES}"), "{\"name\": \"back\", \"certificateStoreName\": \"ts\"}")
        .unwrap();
    assert_eq!(made.0, 201, "{}", made.1);
    assert_eq!(other.ask("GET", &format!("/w/other{REFERENCES}('back')"), "").unwrap().0, 200, "the world lives on");
    let journal = other.ask("GET", "/w/other/_certmimic/requests?brief", "").unwrap().1;
    let journal: Value = serde_json::from_str(&journal).unwrap();
    assert_eq!(journal["requests"].as_array().unwrap().len(), 3, "{journal}");
    drop(input);
    let errors = served.errors();
    assert!(!errors.contains("a defect in certmimic"), "{errors}");
}
