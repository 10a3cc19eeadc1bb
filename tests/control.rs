//! The control API, called as a test suite calls it: requests in, answers out, in-process.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

#[path = "support/request.rs"]
mod request;

use certmimic::gateway;
use certmimic::http::Response;
use certmimic::scenario::{Source, load};
use certmimic::worlds::Worlds;
use request::{JSON, request};
use serde_json::{Value, json};

fn worlds() -> Worlds {
    let clock = "clock: { now: 2026-01-15T08:00:00Z, mode: frozen }".to_owned();
    let sources = [Source::BuiltIn("quickstart".to_owned()), Source::Text { name: "clock".to_owned(), text: clock }];
    Worlds::new(load(&sources).unwrap_or_else(|flaws| panic!("{}", flaws[0])))
}

fn send(worlds: &Worlds, method: &str, target: &str, accept: &str, body: &str) -> Response {
    let headers = [&JSON[..], &[("accept", accept)]].concat();
    gateway::answer(worlds, &request(method, target, &headers, body.to_owned()))
}

fn call(worlds: &Worlds, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let response = send(worlds, method, &format!("/_certmimic/{path}"), "*/*", &body);
    (response.status.as_u16(), serde_json::from_slice(&response.body).unwrap())
}

const REFERENCES: &str = "/apiportal/api/1.0/Management.svc/CertificateStoreReferences";

fn reference_exists(worlds: &Worlds, name: &str) -> bool {
    let response = send(worlds, "GET", REFERENCES, "application/json", "");
    assert_eq!(response.status, 200);
    String::from_utf8_lossy(&response.body).contains(&format!("\"name\":\"{name}\""))
}

fn add_reference(worlds: &Worlds, name: &str) {
    let body = json!({"name": name, "certificateStoreName": "ts"}).to_string();
    assert_eq!(send(worlds, "POST", REFERENCES, "application/json", &body).status, 201);
}

#[test]
fn health_names_the_scenario() {
    let (status, body) = call(&worlds(), "GET", "health", &Value::Null);
    assert_eq!((status, &body["status"], &body["scenario"]), (200, &json!("ready"), &json!("quickstart")));
}

#[test]
fn reset_puts_the_scenario_back_and_can_take_another() {
    let worlds = worlds();
    add_reference(&worlds, "mine");
    assert!(reference_exists(&worlds, "mine"));
    assert_eq!(call(&worlds, "POST", "reset", &Value::Null).0, 200);
    assert!(!reference_exists(&worlds, "mine") && reference_exists(&worlds, "reference_ts_1"));
    assert_eq!(call(&worlds, "POST", "reset?scenario=empty", &Value::Null), (200, json!({"scenario": "empty"})));
    assert!(!reference_exists(&worlds, "reference_ts_1"));
    assert_eq!(call(&worlds, "POST", "reset", &Value::Null).1, json!({"scenario": "empty"}));
    let (status, body) = call(&worlds, "POST", "reset?scenario=nope", &Value::Null);
    assert_eq!((status, &body["code"]), (404, &json!("unknown_scenario")));
    assert!(body["detail"].as_str().unwrap().contains("quickstart"));
}

#[test]
fn an_exported_world_can_be_put_into_another() {
    for (accept, media_type) in [("*/*", "application/json"), ("application/yaml", "application/yaml")] {
        let (one, other) = (worlds(), worlds());
        add_reference(&one, "mine");
        let exported = send(&one, "GET", "/_certmimic/state", accept, "");
        assert_eq!(exported.headers["content-type"], media_type);
        let text = String::from_utf8(exported.body.to_vec()).unwrap();
        assert_eq!(send(&other, "PUT", "/_certmimic/state", "*/*", &text).status, 200);
        assert!(reference_exists(&other, "mine"));
        assert_eq!(send(&other, "GET", "/_certmimic/state", accept, "").body, text);
    }
}

#[test]
fn a_bad_document_leaves_the_world_alone() {
    let worlds = worlds();
    let (status, body) = call(&worlds, "PUT", "state", &json!({"certmimic": 1, "sede": 3}));
    assert_eq!((status, &body["code"]), (422, &json!("bad_scenario")));
    let flaw = &body["flaws"][0];
    assert!(flaw["message"].as_str().unwrap().contains("\"seed\"") && flaw["line"] == 1, "{flaw}");
    assert!(reference_exists(&worlds, "reference_ts_1"));
}

#[test]
fn the_clock_moves_when_told() {
    let worlds = worlds();
    let clock = |method: &str, path: &str, body: Value| call(&worlds, method, path, &body);
    let at = |now: &str, mode: &str| (200, json!({"now": now, "mode": mode}));
    assert_eq!(clock("GET", "clock", Value::Null), at("2026-01-15T08:00:00.000Z", "frozen"));
    assert_eq!(clock("POST", "clock/advance", json!({"by": "90d"})), at("2026-04-15T08:00:00.000Z", "frozen"));
    assert_eq!(clock("POST", "clock/advance", json!({"by": "-1h"})), at("2026-04-15T07:00:00.000Z", "frozen"));
    assert_eq!(clock("PUT", "clock", json!({"now": "2027-01-01"})), at("2027-01-01T00:00:00.000Z", "frozen"));
    assert_eq!(clock("PUT", "clock", json!({"now": "+1s"})), at("2027-01-01T00:00:01.000Z", "frozen"));
    let (status, body) = clock("PUT", "clock", json!({"mode": "stepping", "step": "5s"}));
    assert_eq!((status, &body["mode"], &body["step"]), (200, &json!("stepping"), &json!("5000ms")));
    assert_eq!(clock("PUT", "clock", json!({"mode": "running"})).1["mode"], "running");
    for wrong in [json!({"by": "soon"}), json!({}), json!({"by": "1d", "and": 1}), Value::Null] {
        assert_eq!(clock("POST", "clock/advance", wrong).0, 400);
    }
    assert_eq!(clock("PUT", "clock", json!({"mode": "frozen", "step": "1s"})).0, 400);
}

#[test]
fn a_clock_says_whether_it_shows_real_time_and_goes_back_to_it() {
    let worlds = worlds();
    let set = |body: Value| call(&worlds, "PUT", "clock", &body).1;
    assert_eq!(set(json!({"mode": "running"}))["real"], false);
    assert_eq!(set(json!({"now": "real"}))["real"], true);
    assert_eq!(set(json!({"now": "+1d"}))["real"], false);
    assert_eq!(set(json!({"mode": "frozen", "now": "real"}))["mode"], "frozen");
}

#[test]
fn a_world_tells_its_systems_their_addresses_and_credentials() {
    let (status, info) = call(&worlds(), "GET", "info", &Value::Null);
    assert_eq!(
        (status, &info["world"], &info["scenario"], &info["auth"]),
        (200, &"default".into(), &"quickstart".into(), &"any".into())
    );
    let system =
        |name: &str| info["systems"].as_array().unwrap().iter().find(|system| system["name"] == name).unwrap().clone();
    let integration = system("sap_cloud_integration");
    assert_eq!(integration["urls"][0], "http://127.0.0.1:8080/api/v1");
    assert_eq!(
        (&integration["token_url"], &integration["csrf"]),
        (&json!("http://127.0.0.1:8080/oauth/token"), &json!("always"))
    );
    assert_eq!(
        (&integration["accounts"][0]["name"], &integration["accounts"][0]["secret"]),
        (&json!("sb-certmimic"), &json!("certmimic-secret"))
    );
    assert_eq!(
        (&system("apinizer")["accounts"][0]["name"], &system("apinizer")["csrf"]),
        (&json!("apinizer"), &Value::Null)
    );
}

#[test]
fn a_world_counts_its_changes_so_that_nobody_misses_one() {
    let worlds = worlds();
    let revision = || call(&worlds, "GET", "worlds/default", &Value::Null).1["revision"].as_u64().unwrap();
    let first = revision();
    assert_eq!(revision(), first, "looking changes nothing");
    add_reference(&worlds, "another");
    let second = revision();
    assert!(second > first);
    call(&worlds, "POST", "reset", &Value::Null);
    assert!(revision() > second);
}

#[test]
fn lists_can_be_had_without_what_is_large_in_them() {
    let worlds = worlds();
    assert!(reference_exists(&worlds, "reference_ts_1"));
    let whole = call(&worlds, "GET", "requests", &Value::Null).1["requests"][0].clone();
    let brief = call(&worlds, "GET", "requests?brief", &Value::Null).1["requests"][0].clone();
    assert!(whole["response"].is_object() && brief["response"].is_null());
    for member in ["number", "parent", "time", "operation", "outcome", "status", "by_fault", "diagnosis"] {
        assert_eq!(brief[member], whole[member], "{member}");
    }
    assert_eq!(brief["path"], whole["request"]["path"]);
    let whole = call(&worlds, "GET", "certificates", &Value::Null).1["certificates"].clone();
    let brief = call(&worlds, "GET", "certificates?brief", &Value::Null).1["certificates"].clone();
    assert_eq!(whole.as_array().unwrap().len(), brief.as_array().unwrap().len());
    assert!(whole[0]["pem"].is_string() && brief[0]["pem"].is_null());
    let digits = whole[0]["sha256"].as_str().unwrap().replace(':', "").to_lowercase();
    let found = call(&worlds, "GET", &format!("certificates?sha256={digits}"), &Value::Null).1["certificates"].clone();
    assert!(
        !found.as_array().unwrap().is_empty()
            && found.as_array().unwrap().iter().all(|one| one["sha256"] == whole[0]["sha256"])
    );
    assert_eq!(call(&worlds, "GET", "certificates?sha256=12", &Value::Null).0, 400);
}

#[test]
fn every_fault_that_coverage_proposes_can_be_armed() {
    let worlds = worlds();
    let coverage = call(&worlds, "GET", "coverage", &Value::Null).1;
    let systems = coverage["systems"].as_array().unwrap();
    let of_operations = systems
        .iter()
        .flat_map(|system| system["operations"].as_array().unwrap())
        .flat_map(|operation| operation["answers"].as_array().unwrap());
    let answers = of_operations.chain(systems.iter().flat_map(|system| system["shared"].as_array().unwrap()));
    let faults: Vec<&Value> = answers.map(|answer| &answer["arm"]).filter(|arm| arm.is_object()).collect();
    assert!(!faults.is_empty());
    for fault in faults {
        let (status, said) = call(&worlds, "POST", "faults", fault);
        assert_eq!(status, 201, "{fault}: {said}");
    }
}

#[test]
fn a_stepping_clock_moves_with_each_emulated_request() {
    let worlds = worlds();
    call(&worlds, "PUT", "clock", &json!({"mode": "stepping", "step": "1m"}));
    assert!(reference_exists(&worlds, "reference_ts_1"));
    assert_eq!(call(&worlds, "GET", "clock", &Value::Null).1["now"], "2026-01-15T08:01:00.000Z");
}

#[test]
fn unknown_paths_list_what_is_there_and_wrong_methods_say_what_is_taken() {
    let worlds = worlds();
    let (status, body) = call(&worlds, "GET", "nothing", &Value::Null);
    assert_eq!(status, 404);
    let calls = body["calls"].as_array().unwrap();
    assert!(calls.iter().any(|call| call["path"] == "/_certmimic/clock/advance" && call["method"] == "POST"));
    let response = send(&worlds, "DELETE", "/_certmimic/state", "*/*", "");
    assert_eq!((response.status.as_u16(), &response.headers["allow"]), (405, &"GET, PUT".parse().unwrap()));
    assert_eq!(send(&worlds, "HEAD", "/_certmimic/health/", "*/*", "").status, 200);
}
