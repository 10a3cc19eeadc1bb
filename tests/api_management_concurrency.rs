//! Many clients of SAP API Management at once: a name is given once, nothing dangles, nothing is lost.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test may read files and say what it met")]

#[path = "support/request.rs"]
mod request;

use std::sync::Barrier;
use std::thread;

use certmimic::gateway;
use certmimic::http::Response;
use certmimic::scenario::{self, Source};
use certmimic::worlds::Worlds;
use request::{JSON, request};

const MANAGEMENT: &str = "/apiportal/api/1.0/Management.svc";
const CLIENTS: usize = 16;

#[test]
fn of_many_creations_of_one_name_exactly_one_succeeds() {
    let worlds = worlds();
    send(&worlds, "POST", "/CertificateStores", r#"{"name":"ts","storeType":"TRUSTSTORE"}"#);
    for round in 0..20 {
        let body = format!(r#"{{"name":"reference-{round}","certificateStoreName":"ts"}}"#);
        let answers = at_once(CLIENTS, |_| send(&worlds, "POST", "/CertificateStoreReferences", &body));
        let created = answers.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(created, 1, "round {round}");
        for refused in answers.iter().filter(|answer| answer.status != 201) {
            assert_eq!(refused.status, 400);
            assert!(text(refused).contains("CERTIFICATE_STORE_REFERENCE_NAME_DUPLICATION_ERROR"));
        }
    }
}

#[test]
fn a_store_that_is_deleted_while_a_reference_to_it_is_created_leaves_nothing_dangling() {
    let worlds = worlds();
    let mut deleted_first = 0;
    for round in 0..100 {
        let store = format!(r#"{{"name":"store-{round}","storeType":"KEYSTORE"}}"#);
        assert_eq!(send(&worlds, "POST", "/CertificateStores", &store).status, 201);
        let reference = format!(r#"{{"name":"reference-{round}","certificateStoreName":"store-{round}"}}"#);
        let answers = at_once(2, |client| match client {
            0 => send(&worlds, "DELETE", &format!("/CertificateStores('store-{round}')"), ""),
            _ => send(&worlds, "POST", "/CertificateStoreReferences", &reference),
        });
        let (deletion, creation) = (&answers[0], &answers[1]);
        match (deletion.status.as_u16(), creation.status.as_u16()) {
            (204, 400) => {
                deleted_first += 1;
                assert!(text(creation).contains("CREATE_FAILED_LINKED_CERTIFICATE_STORE_VALIDATION_ERROR"));
            }
            (400, 201) => assert!(text(deletion).contains("LINKED_REFERENCE_VALIDATION_ERROR")),
            other => panic!("round {round}: {other:?}"),
        }
        let status = |path: &str| send(&worlds, "GET", path, "").status;
        let (store, reference) = (
            status(&format!("/CertificateStores('store-{round}')")),
            status(&format!("/CertificateStoreReferences('reference-{round}')")),
        );
        assert_eq!(store, reference, "round {round}: one of them without the other");
    }
    println!("the deletion came first in {deleted_first} of 100 rounds");
}

#[test]
fn uploads_to_one_store_at_once_are_all_kept() {
    let worlds = worlds();
    send(&worlds, "POST", "/CertificateStores", r#"{"name":"ts","storeType":"TRUSTSTORE"}"#);
    let content = {
        use base64::Engine;
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/api-management/leaf.pem");
        base64::engine::general_purpose::STANDARD.encode(std::fs::read(path).unwrap())
    };
    let answers = at_once(CLIENTS, |client| {
        let body = format!(r#"{{"name":"c{client}","content":"{content}"}}"#);
        send(&worlds, "POST", "/CertificateStores('ts')/certificates", &body)
    });
    assert!(answers.iter().all(|answer| answer.status == 201), "{}", text(&answers[0]));
    assert_eq!(text(&send(&worlds, "GET", "/Certificates/$count", "")), CLIENTS.to_string());
}

fn worlds() -> Worlds {
    let clock = "{certmimic: 1, clock: {now: \"2026-01-15T08:00:00Z\", mode: frozen}}".to_owned();
    let sources = [Source::BuiltIn("empty".to_owned()), Source::Text { name: "clock".to_owned(), text: clock }];
    Worlds::new(scenario::load(&sources).unwrap_or_else(|flaws| panic!("{}", flaws[0])))
}

/// Runs as many clients as asked, which all start together; their answers in their order.
fn at_once(clients: usize, act: impl Fn(usize) -> Response + Sync) -> Vec<Response> {
    let start = Barrier::new(clients);
    thread::scope(|scope| {
        let run = |client| {
            let (start, act) = (&start, &act);
            scope.spawn(move || {
                start.wait();
                act(client)
            })
        };
        let running: Vec<_> = (0..clients).map(run).collect();
        running.into_iter().map(|client| client.join().unwrap()).collect()
    })
}

fn send(worlds: &Worlds, method: &str, path: &str, body: &str) -> Response {
    gateway::answer(worlds, &request(method, &format!("{MANAGEMENT}{path}"), &JSON, body.to_owned()))
}

fn text(response: &Response) -> String {
    String::from_utf8_lossy(&response.body).into_owned()
}
