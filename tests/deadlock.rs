//! Whatever is done to worlds at once, no thread waits for one that waits for it. parking_lot looks for such circles, which costs
//! every lock some time, hence the feature: `cargo test --features deadlock-detection --test deadlock`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

#[path = "support/request.rs"]
mod request;

use std::io::{self, Write as _};
use std::process;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use certmimic::effects::Nobody;
use certmimic::gateway;
use certmimic::scenario::{Source, load};
use certmimic::worlds::{Bounds, Limits, Worlds};
use parking_lot::Mutex;
use parking_lot::deadlock::check_deadlock;
use request::{JSON, request};

const THREADS: usize = 8;
const CALLS: usize = 1_000;
const LOOK: Duration = Duration::from_millis(50);

const REFERENCES: &str = "/apiportal/api/1.0/Management.svc/CertificateStoreReferences";
const CERTIFICATES: &str = "/apiops/projects/MyProject/certificates/";

/// What takes locks: of the states, the worlds, their snapshots and their journals, one by one and all of them.
const STEPS: &[(&str, &str, &str)] = &[
    ("GET", REFERENCES, ""),
    ("POST", REFERENCES, r#"{"name": "r", "certificateStoreName": "ts"}"#),
    ("DELETE", "/apiportal/api/1.0/Management.svc/CertificateStoreReferences('r')", ""),
    ("GET", "/api/v1/KeystoreEntries", ""),
    ("DELETE", "/api/v1/KeystoreEntries('6D796B657970616972')", ""),
    ("GET", CERTIFICATES, ""),
    ("POST", "/_certmimic/worlds", r#"{"name": "made", "from": "world:default"}"#),
    ("GET", "/_certmimic/worlds", ""),
    ("DELETE", "/_certmimic/worlds/made", ""),
    ("DELETE", "/_certmimic/worlds", ""),
    ("PUT", "/_certmimic/snapshots/s", ""),
    ("POST", "/_certmimic/snapshots/s/restore", ""),
    ("GET", "/_certmimic/snapshots", ""),
    ("POST", "/_certmimic/clock/advance", r#"{"by": "1h"}"#),
    ("POST", "/_certmimic/faults", r#"{"on": {"path": "/apiops/**"}, "times": 1, "respond": {"status": 503}}"#),
    ("DELETE", "/_certmimic/faults", ""),
    ("GET", "/_certmimic/requests", ""),
    ("DELETE", "/_certmimic/requests", ""),
    ("POST", "/_certmimic/verify", r#"{"path": "/apiops/**", "at_least": 0}"#),
    ("GET", "/_certmimic/coverage?worlds=all", ""),
    ("DELETE", "/_certmimic/coverage?worlds=all", ""),
    ("GET", "/_certmimic/certificates", ""),
    ("GET", "/_certmimic/state", ""),
    ("POST", "/_certmimic/reset", ""),
];

fn worlds() -> Worlds {
    let text = "behaviour: { sap_api_management: { csrf: off }, sap_cloud_integration: { csrf: off } }".to_owned();
    let open = Source::Text { name: "open".to_owned(), text };
    let scenario = load(&[Source::BuiltIn("quickstart".to_owned()), open]).unwrap_or_else(|flaws| panic!("{flaws:?}"));
    // Journals that are always too full, each and all together.
    let journal = Bounds { records: 50, bytes: 100_000, of_all: 200_000 };
    Worlds::reaching(Arc::new(Nobody), Limits { worlds: 4, journal, ..Limits::default() }, scenario)
}

/// Takes steps in an order of its own, in a world that changes from step to step.
fn live(worlds: &Worlds, client: usize) {
    let stride = [1, 3, 7, 9, 11, 13, 17, 19].get(client).copied().unwrap_or(23);
    for call in 0..CALLS {
        let Some((method, path, body)) = STEPS.get((client + call * stride) % STEPS.len()) else { return };
        let prefix = ["", "/w/one", "/w/two", "/w/three"].get((client + call / 5) % 4).copied().unwrap_or_default();
        let response = gateway::answer(worlds, &request(method, &format!("{prefix}{path}"), &JSON, *body));
        assert!(response.status.as_u16() != 500, "{method} {path}: {response:?}");
    }
}

/// Two threads that wait for one another. They never end.
fn wait_in_a_circle() {
    let locks = Arc::new([Mutex::new(()), Mutex::new(())]);
    let both = Arc::new(Barrier::new(2));
    for [first, second] in [[0, 1], [1, 0]] {
        let (locks, both) = (Arc::clone(&locks), Arc::clone(&both));
        thread::spawn(move || {
            let _held = locks.get(first).map(Mutex::lock);
            both.wait();
            let _never = locks.get(second).map(Mutex::lock);
        });
    }
}

#[test]
fn no_thread_waits_in_a_circle_and_one_that_did_would_be_found() {
    let worlds = worlds();
    let (over, all_done) = channel::<()>();
    thread::scope(|scope| {
        for client in 0..THREADS {
            let (worlds, over) = (&worlds, over.clone());
            scope.spawn(move || {
                live(worlds, client);
                drop(over);
            });
        }
        drop(over);
        while all_done.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
            let circles = check_deadlock();
            for thread in circles.iter().flatten() {
                // Not by a macro: what those print is kept back until a test ends.
                let (id, trace) = (thread.thread_id(), thread.backtrace());
                writeln!(io::stderr(), "thread {id:?} waits in a circle:\n{trace:?}").unwrap();
            }
            if !circles.is_empty() {
                // The threads never end, and so would not the test.
                process::exit(1);
            }
        }
    });
    wait_in_a_circle();
    let found = (0..200).find(|_| {
        let (_open, never) = channel::<()>();
        never.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) && !check_deadlock().is_empty()
    });
    assert!(found.is_some(), "the detector is not there");
}
