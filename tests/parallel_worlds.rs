//! Many worlds at once: no cross-talk, whatever happens beside.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

#[path = "support/request.rs"]
mod request;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use certmimic::effects::{Nobody, Timestamp};
use certmimic::gateway;
use certmimic::scenario::{Source, load};
use certmimic::worlds::{Bounds, Limits, Name, Worlds};
use request::{JSON, request};
use serde_json::{Value, json};

const WORLDS: usize = 500;
const CALLS: usize = 200;
const THREADS: usize = 8;

const REFERENCES: &str = "/apiportal/api/1.0/Management.svc/CertificateStoreReferences";

fn send(worlds: &Worlds, world: usize, method: &str, target: &str, body: &str) -> (u16, Value) {
    let request = request(method, &format!("/w/world-{world}{target}"), &JSON, body.to_owned());
    let response = gateway::answer(worlds, &request);
    (response.status.as_u16(), serde_json::from_slice(&response.body).unwrap_or_default())
}

/// A client's way through its own world: what it finds there is what it left.
fn live(worlds: &Worlds, world: usize) {
    let name = |call: usize| format!("r{}", call % 7);
    let mut expected = std::collections::BTreeSet::from(["reference_ts_1".to_owned()]);
    for call in 0..CALLS {
        let name = name(world + call * 3);
        match (world + call) % 4 {
            0 | 1 => {
                let body = json!({"name": name, "certificateStoreName": "ts"}).to_string();
                let status = send(worlds, world, "POST", REFERENCES, &body).0;
                assert_eq!(status == 201, expected.insert(name), "world {world}, call {call}: {status}");
            }
            2 => {
                let status = send(worlds, world, "DELETE", &format!("{REFERENCES}('{name}')"), "").0;
                assert_eq!(status == 204, expected.remove(&name), "world {world}, call {call}: {status}");
            }
            _ => {
                let by = json!({"by": "1h"}).to_string();
                assert_eq!(send(worlds, world, "POST", "/_certmimic/clock/advance", &by).0, 200);
            }
        }
    }
    let (_, list) = send(worlds, world, "GET", REFERENCES, "");
    let found: std::collections::BTreeSet<String> = list["d"]["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|reference| reference["name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(found, expected, "world {world}");
    let hours = (0..CALLS).filter(|call| (world + call) % 4 == 3).count();
    let now = send(worlds, world, "GET", "/_certmimic/clock", "").1["now"].as_str().unwrap().to_owned();
    let since = Timestamp::parse_iso(&now).unwrap().millis() - 1_768_464_000_000;
    assert_eq!(usize::try_from(since).unwrap(), hours * 3_600_000, "world {world}");
    let (_, journal) = send(worlds, world, "GET", "/_certmimic/requests?limit=0", "");
    assert_eq!(journal["dropped"], 0);
}

#[test]
fn five_hundred_worlds_know_nothing_of_each_other() {
    let clock = "clock: { now: 2026-01-15T08:00:00Z, mode: frozen }".to_owned();
    let sources = [Source::BuiltIn("quickstart".to_owned()), Source::Text { name: "clock".to_owned(), text: clock }];
    let worlds = Worlds::new(load(&sources).unwrap());
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let world = next.fetch_add(1, Ordering::Relaxed);
                    if world >= WORLDS {
                        return;
                    }
                    live(&worlds, world);
                }
            });
        }
    });
    assert_eq!(worlds.list(Timestamp(0)).len(), WORLDS + 1);
}

#[test]
fn a_journal_keeps_its_bound_under_load() {
    let scenario = load(&[Source::BuiltIn("empty".to_owned())]).unwrap();
    let limits = Limits { journal: Bounds { records: 100, ..Bounds::default() }, ..Limits::default() };
    let worlds = Worlds::reaching(Arc::new(Nobody), limits, scenario);
    let most = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for _ in 0..500 {
                    send(&worlds, 0, "GET", REFERENCES, "");
                    let world = worlds.find(&Name::parse("world-0").unwrap(), Timestamp(0)).unwrap();
                    most.fetch_max(world.journal.len(), Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(most.load(Ordering::Relaxed), 100);
    let (_, journal) = send(&worlds, 0, "GET", "/_certmimic/requests", "");
    assert_eq!(
        (journal["requests"].as_array().unwrap().len(), &journal["dropped"]),
        (100, &json!(THREADS * 500 - 100))
    );
}
