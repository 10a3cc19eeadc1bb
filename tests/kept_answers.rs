//! An entity, and a list of them, is kept while nobody changes it, and says the same as one that is written anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, reason = "a test may read files")]

#[path = "support/request.rs"]
mod request;

use certmimic::gateway;
use certmimic::http::{Request, Response};
use certmimic::scenario::{Source, load};
use certmimic::worlds::Worlds;
use request::{JSON, request};
use serde_json::Value;

const ENTRY: &str = "/api/v1/KeystoreEntries('6D796B657970616972')";
const REFERENCES: &str = "/apiportal/api/1.0/Management.svc/CertificateStoreReferences";

fn worlds() -> Worlds {
    let text = "clock: { now: 2026-01-15T08:00:00Z, mode: frozen }\n\
                behaviour: { sap_api_management: { csrf: off }, sap_cloud_integration: { csrf: off } }\n\
                sap_api_management: { certificate_stores: [{ name: other, type: TRUSTSTORE }] }\n\
                apinizer: { projects: [{ name: Empty }] }";
    let open = Source::Text { name: "open".to_owned(), text: text.to_owned() };
    Worlds::new(load(&[Source::BuiltIn("quickstart".to_owned()), open]).unwrap_or_else(|flaws| panic!("{}", flaws[0])))
}

fn send(worlds: &Worlds, method: &str, target: &str, host: &str, body: &[u8]) -> Response {
    let origin = format!("http://{host}").into();
    gateway::answer(worlds, &Request { origin, ..request(method, target, &JSON, body.to_vec()) })
}

fn done(worlds: &Worlds, method: &str, target: &str, body: &[u8]) {
    let response = send(worlds, method, target, "a:1", body);
    assert!(response.status.is_success(), "{method} {target}: {} {:?}", response.status, response.body);
}

/// The entity or list, twice: what was kept by the first read is what the second gets, and both are what is there.
fn read(worlds: &Worlds, path: &str) -> String {
    let anew = format!("{path}?$format=json");
    let bodies = [path, path, &anew].map(|target| send(worlds, "GET", target, "a:1", b"").body);
    assert_eq!(bodies[0], bodies[2]);
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(bodies[0].as_ptr(), bodies[1].as_ptr(), "it was kept");
    String::from_utf8(bodies[0].to_vec()).unwrap()
}

#[test]
fn every_change_of_a_keystore_s_entry_shows_in_the_next_read() {
    let worlds = worlds();
    let made = "/api/v1/KeystoreEntries('6E6577')";
    let import = |file: &str, more: &str| {
        let target = format!("/api/v1/CertificateResources('6E6577')/$value?fingerprintVerified=true{more}");
        done(&worlds, "PUT", &target, &std::fs::read(file).unwrap());
    };
    let untouched = read(&worlds, ENTRY);
    import("fixtures/ca/partner-ca.pem", "");
    let imported = read(&worlds, made);
    import("fixtures/server/smtp.pem", "&update=true");
    assert_ne!(read(&worlds, made), imported);
    done(&worlds, "PUT", &format!("{made}?renameAlias=old"), b"{\"Status\": null}");
    assert_eq!(send(&worlds, "GET", made, "a:1", b"").status, 404);
    assert!(read(&worlds, "/api/v1/KeystoreEntries('6F6C64')").contains("\"old\""));
    assert_eq!(read(&worlds, ENTRY), untouched);
}

#[test]
fn every_change_of_a_reference_shows_in_the_next_read() {
    let worlds = worlds();
    let reference = format!("{REFERENCES}('reference_ts_1')");
    let before = read(&worlds, &reference);
    done(&worlds, "PUT", &reference, br#"{"certificateStoreName": "other"}"#);
    let after = read(&worlds, &reference);
    assert!(before.contains("\"ts\"") && after.contains("\"other\""), "{after}");
    done(&worlds, "DELETE", &reference, b"");
    assert!(send(&worlds, "GET", &reference, "a:1", b"").status.is_client_error());
    done(&worlds, "POST", "/_certmimic/reset", b"");
    assert_eq!(read(&worlds, &reference), before);
}

#[test]
fn what_is_kept_is_of_one_address_and_changes_in_one_world() {
    let worlds = worlds();
    let reference = format!("{REFERENCES}('reference_ts_1')");
    let here = read(&worlds, &reference);
    let text = |host, target: &str| String::from_utf8(send(&worlds, "GET", target, host, b"").body.to_vec()).unwrap();
    assert_eq!(text("b:2", &reference), here.replace("http://a:1/", "http://b:2/"));
    let there = format!("/w/there{reference}");
    assert_eq!(text("a:1", &there), here.replace("http://a:1/", "http://a:1/w/there/"));
    done(&worlds, "PUT", &there, br#"{"certificateStoreName": "other"}"#);
    assert!(text("a:1", &there).contains("\"other\""));
    assert_eq!(read(&worlds, &reference), here);
}

#[test]
fn every_change_of_a_row_shows_in_the_next_list() {
    let worlds = worlds();
    let imported = |list: &str| list.matches("/KeystoreEntries('6E6577')\",\"uri\"").count();
    let entries = read(&worlds, "/api/v1/KeystoreEntries");
    assert_eq!(imported(&entries), 0);
    let target = "/api/v1/CertificateResources('6E6577')/$value?fingerprintVerified=true";
    done(&worlds, "PUT", target, &std::fs::read("fixtures/ca/partner-ca.pem").unwrap());
    assert_eq!(imported(&read(&worlds, "/api/v1/KeystoreEntries")), 1);
    done(&worlds, "DELETE", "/api/v1/KeystoreEntries('6E6577')", b"");
    assert_eq!(read(&worlds, "/api/v1/KeystoreEntries"), entries);

    let references = read(&worlds, REFERENCES);
    done(&worlds, "POST", REFERENCES, br#"{"name": "a_new_one", "certificateStoreName": "other"}"#);
    let more = read(&worlds, REFERENCES);
    assert!(more.len() > references.len() && more.contains("\"a_new_one\""), "{more}");
    done(&worlds, "PUT", &format!("{REFERENCES}('a_new_one')"), br#"{"certificateStoreName": "ts"}"#);
    assert_ne!(read(&worlds, REFERENCES), more);
    done(&worlds, "DELETE", &format!("{REFERENCES}('a_new_one')"), b"");
    assert_eq!(read(&worlds, REFERENCES), references);
}

#[test]
fn a_list_of_another_representation_or_of_none_is_right_too() {
    let worlds = worlds();
    read(&worlds, REFERENCES);
    let atom = send(&worlds, "GET", &format!("{REFERENCES}?$format=atom"), "a:1", b"");
    assert!(atom.body.starts_with(b"<?xml"));
    done(&worlds, "DELETE", &format!("{REFERENCES}('reference_ts_1')"), b"");
    let rest = read(&worlds, REFERENCES);
    for name in rest.split("\"name\":\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        done(&worlds, "DELETE", &format!("{REFERENCES}('{name}')"), b"");
    }
    assert_eq!(read(&worlds, REFERENCES), r#"{"d":{"results":[]}}"#);
}

const CERTIFICATES: &str = "/apiops/projects/MyProject/certificates/";

/// Apinizer's list, twice; and each of its objects, which its own reading shows the same.
fn certificates(worlds: &Worlds) -> Vec<Value> {
    let bodies = [(); 2].map(|()| send(worlds, "GET", CERTIFICATES, "a:1", b"").body);
    assert_eq!(bodies[0].as_ptr(), bodies[1].as_ptr(), "it was kept");
    let list: Value = serde_json::from_slice(&bodies[0]).unwrap();
    let list = list["resultList"].as_array().unwrap().clone();
    for object in &list {
        let target = format!("{CERTIFICATES}{}/", object["name"].as_str().unwrap());
        let read: Value = serde_json::from_slice(&send(worlds, "GET", &target, "a:1", b"").body).unwrap();
        assert_eq!(read["resultList"][0], *object, "{target}");
    }
    list
}

#[test]
fn every_change_of_a_certificate_shows_in_the_next_list_of_apinizer() {
    let worlds = worlds();
    let before = certificates(&worlds);
    assert!(!before.is_empty());
    let name = before[0]["name"].as_str().unwrap();
    done(&worlds, "DELETE", &format!("{CERTIFICATES}{name}/"), b"");
    assert_eq!(certificates(&worlds), before[1..]);
    done(&worlds, "POST", "/_certmimic/reset", b"");
    assert_eq!(certificates(&worlds), before);
    let of_another = send(&worlds, "GET", "/apiops/projects/Empty/certificates/", "a:1", b"").body;
    assert_eq!(of_another, r#"{"success":true,"resultList":[],"resultCount":0}"#);
}
