//! SAP Cloud Integration lets one user write at a time: a second one gets 503, of RSA requests 423.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, reason = "a test may read files")]

#[path = "support/request.rs"]
#[allow(dead_code, reason = "shared with tests that speak JSON")]
mod request;

use std::sync::Barrier;
use std::thread;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use certmimic::gateway;
use certmimic::http::Response;
use certmimic::scenario::{self, Source};
use certmimic::worlds::Worlds;
use request::request;

/// Nobody who sends a request in these tests.
const ANOTHER: &str = "another-user";

#[test]
fn while_another_user_writes_an_import_answers_503_and_stores_nothing() {
    let worlds = worlds("cloud-foundry");
    let world = worlds.default_world();
    let theirs = world.store.turn(ANOTHER);
    for _ in 0..2 {
        let refused = import(&worlds, "61", "Bearer anybody");
        assert_eq!(refused.status, 503);
        assert_eq!(refused.headers["content-type"], "application/json");
        assert_eq!(text(&refused), locked("Service Unavailable"));
        assert_eq!(refused.headers["certmimic-diagnosis"].to_str().unwrap().split(';').next(), Some("keystore_locked"));
    }
    assert_eq!(size(&worlds), "0", "reads need no turn, and nothing was stored");
    drop(theirs);
    assert_eq!(import(&worlds, "61", "Bearer anybody").status, 204);
    assert_eq!(size(&worlds), "1");
}

#[test]
fn requests_for_rsa_key_pairs_answer_423() {
    let worlds = worlds("cloud-foundry");
    let world = worlds.default_world();
    let theirs = world.store.turn(ANOTHER);
    let refused = rsa(&worlds);
    assert_eq!(refused.status, 423);
    assert_eq!(text(&refused), locked("Locked"));
    drop(theirs);
    assert_eq!(rsa(&worlds).status, 204);
}

#[test]
fn every_other_refusal_comes_before_the_lock() {
    let worlds = worlds("cloud-foundry");
    assert_eq!(import(&worlds, "61", "Bearer anybody").status, 204);
    let world = worlds.default_world();
    let _theirs = world.store.turn(ANOTHER);
    let refused = import(&worlds, "61", "Bearer anybody");
    assert_eq!(refused.status, 400);
    assert!(text(&refused).contains("already exists"));
}

#[test]
fn a_change_set_takes_one_turn_and_a_batch_of_reads_none() {
    let worlds = worlds("cloud-foundry");
    let world = worlds.default_world();
    let theirs = world.store.turn(ANOTHER);
    let read = "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n\
                GET KeystoreEntries HTTP/1.1\r\nAccept: application/json\r\n\r\n\r\n--b--\r\n";
    assert!(text(&batch(&worlds, read)).contains("HTTP/1.1 200 OK"));
    let change_set = |last: &str| {
        let import = |key: &str| {
            let certificate = String::from_utf8(fixture("server/smtp.pem")).unwrap();
            format!(
                "--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n\
                 PUT CertificateResources('{key}')/$value?fingerprintVerified=true HTTP/1.1\r\n\
                 Accept: application/json\r\n\r\n{certificate}\r\n"
            )
        };
        let parts = [import("61"), import(last)].concat();
        format!("--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n{parts}--c--\r\n--b--\r\n")
    };
    let refused = text(&batch(&worlds, &change_set("62")));
    assert!(refused.contains("HTTP/1.1 503 Service Unavailable") && refused.contains(&locked("Service Unavailable")));
    assert_eq!(size(&worlds), "0");
    drop(theirs);
    assert!(text(&batch(&worlds, &change_set("62"))).contains("HTTP/1.1 204 No Content"));
    assert_eq!(size(&worlds), "2");
}

#[test]
fn the_same_user_and_other_services_hold_nobody_up() {
    let worlds = worlds("neo");
    let world = worlds.default_world();
    // A token that names nobody writes as the scenario's first client, whatever the token.
    let mine = world.store.turn("sb-certmimic");
    assert_eq!(import(&worlds, "61", "Bearer anybody").status, 204);
    assert_eq!(import(&worlds, "62", "Bearer somebody-else").status, 204);
    drop(mine);

    let _theirs = world.store.turn(ANOTHER);
    let stores = "/apiportal/api/1.0/Management.svc/CertificateStores";
    let created = send(&worlds, "POST", stores, "Bearer anybody", br#"{"name":"ts","storeType":"TRUSTSTORE"}"#);
    assert_eq!(created.status, 201, "another service");
    let mapping = format!(r#"{{"User":"u","Certificate":"{}"}}"#, STANDARD.encode(fixture("server/smtp.pem")));
    let mapped = send(&worlds, "POST", "/api/v1/CertificateUserMappings", "Bearer anybody", mapping.as_bytes());
    assert_eq!(mapped.status, 201, "no keystore");
}

#[test]
fn with_locking_off_users_hold_nobody_up() {
    let worlds = worlds("cloud-foundry, locking: \"off\"");
    let world = worlds.default_world();
    let _theirs = world.store.turn(ANOTHER);
    assert_eq!(import(&worlds, "61", "Bearer anybody").status, 204);
}

#[test]
fn another_world_is_another_keystore() {
    let (worlds, others) = (worlds("cloud-foundry"), worlds("cloud-foundry"));
    let world = others.default_world();
    let _theirs = world.store.turn(ANOTHER);
    let fork = world.store.fork();
    assert!(!fork.turn("somebody").is_contended(), "a fork starts without turns");
    assert_eq!(import(&worlds, "61", "Bearer anybody").status, 204);
}

#[test]
fn of_two_users_at_once_none_is_held_up_by_a_write_that_is_over() {
    const ROUNDS: usize = 100;
    let worlds = worlds("cloud-foundry");
    let users = ["alice", "bob"].map(|name| format!("Basic {}", STANDARD.encode(format!("{name}:secret"))));
    let mut stored = 0;
    for round in 0..ROUNDS {
        let key = |user: usize| hex::encode(format!("{round}-{user}"));
        let start = Barrier::new(users.len());
        let statuses: Vec<u16> = thread::scope(|scope| {
            let writers: Vec<_> = (0..users.len())
                .map(|user| {
                    let (worlds, users, start) = (&worlds, &users, &start);
                    scope.spawn(move || {
                        start.wait();
                        import(worlds, &key(user), &users[user]).status.as_u16()
                    })
                })
                .collect();
            writers.into_iter().map(|writer| writer.join().unwrap()).collect()
        });
        assert!(statuses.iter().all(|status| matches!(status, 204 | 503)), "round {round}: {statuses:?}");
        assert!(statuses.contains(&204), "round {round}: somebody is first");
        stored += statuses.iter().filter(|status| **status == 204).count();
        // Whoever was refused can write once the other is done.
        for (user, status) in statuses.iter().enumerate() {
            if *status == 503 {
                assert_eq!(import(&worlds, &key(user), &users[user]).status, 204, "round {round}");
                stored += 1;
            }
        }
    }
    assert_eq!(stored, ROUNDS * users.len());
    assert_eq!(size(&worlds), stored.to_string());
}

#[test]
fn while_a_key_is_generated_others_are_told_at_once_and_other_services_go_on() {
    let worlds = worlds("cloud-foundry, keygen: real");
    let [alice, bob] = ["alice", "bob"].map(|name| format!("Basic {}", STANDARD.encode(format!("{name}:secret"))));
    thread::scope(|scope| {
        let generating = scope.spawn(|| {
            let body = br#"{"Hexalias":"00","Alias":"slow","KeySize":3072,"CommonName":"a","Country":"DE"}"#;
            let generate = || send(&worlds, "POST", "/api/v1/KeyPairGenerationRequests", &alice, body).status.as_u16();
            // Bob's write may be under way when she begins.
            std::iter::repeat_with(generate).find(|status| *status != 503).unwrap()
        });
        let mut writes = 0..;
        let mut try_once = || import(&worlds, &hex::encode(format!("{:?}", writes.next())), &bob).status.as_u16();
        while try_once() == 204 {
            assert!(!generating.is_finished(), "the key was there before anybody could be refused");
        }
        // Whoever had to wait for the key to be refused would find it finished now.
        assert_eq!(try_once(), 503);
        let stores = "/apiportal/api/1.0/Management.svc/CertificateStores";
        let created = send(&worlds, "POST", stores, &bob, br#"{"name":"ts","storeType":"TRUSTSTORE"}"#);
        assert_eq!(created.status, 201);
        assert_eq!(try_once(), 503);
        assert_eq!(generating.join().unwrap(), 204);
        assert_eq!(try_once(), 204);
    });
}

#[test]
fn tokens_that_name_nobody_are_one_user() {
    let worlds = worlds("cloud-foundry");
    let start = Barrier::new(16);
    thread::scope(|scope| {
        for client in 0..16 {
            let (worlds, start) = (&worlds, &start);
            scope.spawn(move || {
                start.wait();
                for write in 0..8 {
                    let key = hex::encode(format!("{client}-{write}"));
                    assert_eq!(import(worlds, &key, &format!("Bearer random-{client}")).status, 204);
                }
            });
        }
    });
    assert_eq!(size(&worlds), "128");
}

fn worlds(landscape: &str) -> Worlds {
    let text = format!(
        "{{certmimic: 1, behaviour: {{sap_cloud_integration: {{csrf: \"off\", landscape: {landscape}}}}}, \
         clock: {{now: \"2026-01-15T08:00:00Z\", mode: frozen}}}}"
    );
    let sources = [Source::BuiltIn("empty".to_owned()), Source::Text { name: "test".to_owned(), text }];
    Worlds::new(scenario::load(&sources).unwrap_or_else(|faults| panic!("{}", faults[0])))
}

fn locked(code: &str) -> String {
    let message = r#""message":{"lang":"en","value":"The keystore is locked by another user."}"#;
    format!(r#"{{"error":{{"code":"{code}",{message}}}}}"#)
}

fn import(worlds: &Worlds, hexalias: &str, authorization: &str) -> Response {
    let path = format!("/api/v1/CertificateResources('{hexalias}')/$value");
    send_with(worlds, "PUT", &path, "fingerprintVerified=true", authorization, &fixture("server/smtp.pem"), None)
}

fn rsa(worlds: &Worlds) -> Response {
    let file = STANDARD.encode(fixture("keys/rsa-pkcs1.pem"));
    let body = format!(
        r#"{{"Hexalias":"AB","Alias":"a","RSAFile":"{file}","SignatureAlgorithm":"SHA-256/RSA","CommonName":"a","Country":"DE"}}"#
    );
    send(worlds, "POST", "/api/v1/RSAKeyGenerationRequests", "Bearer anybody", body.as_bytes())
}

fn batch(worlds: &Worlds, body: &str) -> Response {
    let kind = Some("multipart/mixed; boundary=b");
    send_with(worlds, "POST", "/api/v1/$batch", "", "Bearer anybody", body.as_bytes(), kind)
}

fn size(worlds: &Worlds) -> String {
    text(&send(worlds, "GET", "/api/v1/Keystores('system')/Size/$value", "Bearer anybody", b""))
}

fn send(worlds: &Worlds, method: &str, path: &str, authorization: &str, body: &[u8]) -> Response {
    send_with(worlds, method, path, "", authorization, body, Some("application/json"))
}

fn send_with(
    worlds: &Worlds,
    method: &str,
    path: &str,
    query: &str,
    authorization: &str,
    body: &[u8],
    content_type: Option<&str>,
) -> Response {
    let mut headers = vec![("authorization", authorization), ("accept", "application/json")];
    headers.extend(content_type.map(|content_type| ("content-type", content_type)));
    gateway::answer(worlds, &request(method, &format!("{path}?{query}"), &headers, body.to_vec()))
}

fn fixture(path: &str) -> Vec<u8> {
    std::fs::read(format!("{}/fixtures/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn text(response: &Response) -> String {
    String::from_utf8_lossy(&response.body).into_owned()
}
