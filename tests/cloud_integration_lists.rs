//! The list of a keystore is kept while nobody changes the keystore, and says the same as one that is written anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, reason = "a test may read files")]

#[path = "support/request.rs"]
mod request;

use certmimic::gateway;
use certmimic::http::{Request, Response};
use certmimic::scenario::{Source, load};
use certmimic::worlds::Worlds;
use request::{JSON, request};

const LIST: &str = "/api/v1/KeystoreEntries";
/// The same entries by a request that is never kept.
const ANEW: &str = "/api/v1/KeystoreEntries?$format=json";

fn worlds() -> Worlds {
    let text =
        "clock: { now: 2026-01-15T08:00:00Z, mode: frozen }\nbehaviour: { sap_cloud_integration: { csrf: off } }";
    let open = Source::Text { name: "open".to_owned(), text: text.to_owned() };
    Worlds::new(load(&[Source::BuiltIn("quickstart".to_owned()), open]).unwrap_or_else(|flaws| panic!("{}", flaws[0])))
}

fn send(worlds: &Worlds, method: &str, target: &str, host: &str, body: &[u8]) -> Response {
    let origin = format!("http://{host}").into();
    gateway::answer(worlds, &Request { origin, ..request(method, target, &JSON, body.to_vec()) })
}

/// The list, twice: what was kept by the first is what the second gets, and both are what is there.
fn list(worlds: &Worlds) -> String {
    let bodies = [LIST, LIST, ANEW].map(|target| send(worlds, "GET", target, "a:1", b"").body);
    assert_eq!(bodies[0], bodies[2]);
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(bodies[0].as_ptr(), bodies[1].as_ptr(), "it was kept");
    String::from_utf8(bodies[0].to_vec()).unwrap()
}

fn done(worlds: &Worlds, method: &str, target: &str, body: &[u8]) {
    let response = send(worlds, method, target, "a:1", body);
    assert!(response.status.is_success(), "{method} {target}: {} {:?}", response.status, response.body);
}

#[test]
fn every_change_of_the_keystore_shows_in_the_next_list() {
    let worlds = worlds();
    let certificate = std::fs::read("fixtures/ca/partner-ca.pem").unwrap();
    let other = std::fs::read("fixtures/server/smtp.pem").unwrap();
    let before = list(&worlds);
    done(&worlds, "PUT", "/api/v1/CertificateResources('6E6577')/$value?fingerprintVerified=true", &certificate);
    let imported = list(&worlds);
    assert!(!before.contains("\"new\"") && imported.contains("\"new\""));
    done(&worlds, "PUT", "/api/v1/CertificateResources('6E6577')/$value?fingerprintVerified=true&update=true", &other);
    assert_ne!(list(&worlds), imported);
    done(&worlds, "PUT", "/api/v1/KeystoreEntries('6E6577')?renameAlias=old", b"{\"Status\": null}");
    let renamed = list(&worlds);
    assert!(renamed.contains("\"old\"") && !renamed.contains("\"new\""));
    done(&worlds, "DELETE", "/api/v1/KeystoreEntries('6F6C64')", b"");
    assert_eq!(list(&worlds), before);
    done(&worlds, "POST", "/_certmimic/reset?scenario=empty", b"");
    assert_eq!(send(&worlds, "GET", LIST, "a:1", b"").body, r#"{"d":{"results":[]}}"#);
}

#[test]
fn what_is_kept_is_of_one_keystore_and_one_address() {
    let worlds = worlds();
    let system = list(&worlds);
    let elsewhere = String::from_utf8(send(&worlds, "GET", LIST, "b:2", b"").body.to_vec()).unwrap();
    assert_eq!(elsewhere, system.replace("http://a:1/", "http://b:2/"));
    let backup = send(&worlds, "GET", "/api/v1/KeystoreEntries?keystoreName=backup_admin_system", "a:1", b"");
    assert_eq!(backup.body, r#"{"d":{"results":[]}}"#);
    let refused = send(&worlds, "GET", "/api/v1/KeystoreEntries?keystoreName=none", "a:1", b"");
    assert!(refused.status.is_client_error(), "{}", refused.status);
}
