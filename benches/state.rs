//! What size costs: 6,000 entries against 10, a filter against the whole list, `$metadata`, writes, reset, a key pair. In process,
//! without sockets; bounded in count: `cargo bench --bench state`.
//!
//! Each line is a ratio of two medians that were measured in turns in the same run.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods, reason = "a measurement may")]
#![allow(clippy::print_stdout, reason = "it prints its figures")]

mod support;

use std::sync::Arc;
use std::time::{Duration, Instant};

use certmimic::effects::Nobody;
use certmimic::gateway;
use certmimic::http::Request;
use certmimic::scenario::{self, Source};
use certmimic::worlds::{Bounds, Limits, Worlds};

const LARGE: usize = 6_000;
const SMALL: usize = 10;
const ROUNDS: usize = 15;
const ENTRIES: &str = "/api/v1/KeystoreEntries";
const REFERENCES: &str = "/apiportal/api/1.0/Management.svc/CertificateStoreReferences";

fn main() {
    let (large, small) = (worlds(LARGE), worlds(SMALL));
    compare(
        "filter of 6,000 references by name / all 6,000",
        || get(&large, REFERENCES, "$filter=name%20eq%20'r5000'"),
        || get(&large, REFERENCES, ""),
    );
    compare(
        "filter that keeps all 6,000 references / all 6,000",
        || get(&large, REFERENCES, "$filter=startswith(name,'r')"),
        || get(&large, REFERENCES, ""),
    );
    compare(
        "$metadata again / one entity",
        || get(&large, "/api/v1/$metadata", ""),
        || get(&large, "/api/v1/KeystoreEntries('6530')", ""),
    );
    compare("one write in a keystore of 6,000 / of 10", || import(&large), || import(&small));
    compare("reset of 6,000 / of 10", || reset(&large), || reset(&small));
    compare("fork of 6,000 / of 10", || fork(&large), || fork(&small));
    compare("snapshot of 6,000 / of 10", || snapshot(&large), || snapshot(&small));
    compare("restore of 6,000 / of 10", || restore(&large), || restore(&small));
    let bytes = get(&large, ENTRIES, "");
    alone(&format!("list of 6,000 keystore entries, {bytes} bytes"), || get(&large, ENTRIES, ""));
    alone("reset of 6,000", || reset(&large));
    alone("fork of 6,000, and its end", || fork(&large));
    alone("snapshot of 6,000", || snapshot(&large));
    alone("restore of 6,000", || restore(&large));
    let (on, off) = (worlds(SMALL), without_journal(SMALL));
    let entity = "/apiportal/api/1.0/Management.svc/CertificateStoreReferences('r5')";
    compare("GET of one entity with a journal / without, a thousand each", || many(&on, entity), || many(&off, entity));
    alone("one RSA 4096 key pair from the pool", || generate(&small));
}

/// A world of a size.
fn worlds(count: usize) -> Worlds {
    let text = support::scenario(count);
    Worlds::new(scenario::load(&[Source::Text { name: "bench".to_owned(), text }]).unwrap())
}

fn get(worlds: &Worlds, path: &str, query: &str) -> usize {
    send(worlds, "GET", path, query, b"", 200)
}

fn import(worlds: &Worlds) -> usize {
    let certificate = include_bytes!("../fixtures/server/smtp.pem");
    let path = "/api/v1/CertificateResources('6530')/$value";
    send(worlds, "PUT", path, "fingerprintVerified=true&update=true", certificate, 204)
}

/// The same without a journal.
fn without_journal(count: usize) -> Worlds {
    let text = support::scenario(count);
    let scenario = scenario::load(&[Source::Text { name: "bench".to_owned(), text }]).unwrap();
    let limits = Limits { journal: Bounds { records: 0, ..Bounds::default() }, ..Limits::default() };
    Worlds::reaching(Arc::new(Nobody), limits, scenario)
}

fn many(worlds: &Worlds, path: &str) -> usize {
    (0..1_000).map(|_| get(worlds, path, "")).sum()
}

fn fork(worlds: &Worlds) -> usize {
    send(worlds, "POST", "/_certmimic/worlds", "", br#"{"name":"fork","from":"world:default"}"#, 201);
    send(worlds, "DELETE", "/_certmimic/worlds/fork", "", b"", 200)
}

fn snapshot(worlds: &Worlds) -> usize {
    send(
        worlds,
        "PUT",
        "/_certmimic/snapshots/one",
        "",
        b"",
        if worlds.default_world().snapshots().is_empty() { 201 } else { 200 },
    )
}

fn restore(worlds: &Worlds) -> usize {
    send(worlds, "POST", "/_certmimic/snapshots/one/restore", "", b"", 200)
}

fn reset(worlds: &Worlds) -> usize {
    send(worlds, "POST", "/_certmimic/reset", "", b"", 200)
}

fn generate(worlds: &Worlds) -> usize {
    reset(worlds);
    let body = br#"{"Hexalias":"00","Alias":"pair","KeySize":4096,"CommonName":"bench","Country":"DE"}"#;
    send(worlds, "POST", "/api/v1/KeyPairGenerationRequests", "", body, 204)
}

fn send(worlds: &Worlds, method: &str, path: &str, query: &str, body: &'static [u8], status: u16) -> usize {
    let mut headers = http::HeaderMap::new();
    headers.insert("authorization", "Bearer bench".parse().unwrap());
    headers.insert("accept", "application/json, application/xml;q=0.5".parse().unwrap());
    headers.insert("content-type", "application/json".parse().unwrap());
    let request = Request {
        method: method.parse().unwrap(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        body: body.into(),
        origin: "http://127.0.0.1:8080".into(),
        client_certificate: None,
    };
    let response = gateway::answer(worlds, &request);
    assert!(response.status == status || response.status == 204, "{method} {path}: {response:?}");
    response.body.len()
}

fn compare(what: &str, one: impl Fn() -> usize, other: impl Fn() -> usize) {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        first.push(time(&one));
        second.push(time(&other));
    }
    let (first, second) = (median(first), median(second));
    println!("{what}: {:.2}  ({first:?} / {second:?})", first.as_secs_f64() / second.as_secs_f64());
}

fn alone(what: &str, act: impl Fn() -> usize) {
    println!("{what}: {:?}", median((0..ROUNDS).map(|_| time(&act)).collect()));
}

fn time(act: &impl Fn() -> usize) -> Duration {
    let start = Instant::now();
    std::hint::black_box(act());
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
