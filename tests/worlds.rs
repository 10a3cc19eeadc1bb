//! Worlds, snapshots and the journal, as test suites use them: requests in, answers out, in-process.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

#[path = "support/request.rs"]
mod request;

use std::sync::Arc;

use certmimic::effects::Nobody;
use certmimic::gateway;
use certmimic::http::Response;
use certmimic::scenario::{Source, load};
use certmimic::worlds::{Limits, Worlds};
use proptest::prelude::*;
use request::{JSON, request};
use serde_json::{Value, json};

const REFERENCES: &str = "/apiportal/api/1.0/Management.svc/CertificateStoreReferences";
const ENTRIES: &str = "/api/v1/KeystoreEntries";

fn worlds_with(text: &str) -> Worlds {
    let clock = "clock: { now: 2026-01-15T08:00:00Z, mode: frozen }".to_owned();
    let sources = [
        Source::BuiltIn("quickstart".to_owned()),
        Source::Text { name: "clock".to_owned(), text: clock },
        Source::Text { name: "with".to_owned(), text: text.to_owned() },
    ];
    Worlds::new(load(&sources).unwrap_or_else(|flaws| panic!("{}", flaws[0])))
}

fn worlds() -> Worlds {
    worlds_with("")
}

fn send(worlds: &Worlds, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Response {
    let headers = [&JSON[..], headers].concat();
    gateway::answer(worlds, &request(method, target, &headers, body.to_owned()))
}

fn call(worlds: &Worlds, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let (prefix, path) = path.strip_prefix("/w/").map_or(("", path), |rest| {
        let (name, path) = rest.split_once('/').unwrap();
        (name, path)
    });
    let prefix = if prefix.is_empty() { String::new() } else { format!("/w/{prefix}") };
    let response = send(worlds, method, &format!("{prefix}/_certmimic/{path}"), &[], &body);
    (response.status.as_u16(), serde_json::from_slice(&response.body).unwrap())
}

fn text(response: &Response) -> String {
    String::from_utf8_lossy(&response.body).into_owned()
}

fn add_reference(worlds: &Worlds, prefix: &str, name: &str) -> u16 {
    let body = json!({"name": name, "certificateStoreName": "ts"}).to_string();
    send(worlds, "POST", &format!("{prefix}{REFERENCES}"), &[], &body).status.as_u16()
}

fn has_reference(worlds: &Worlds, prefix: &str, name: &str) -> bool {
    text(&send(worlds, "GET", &format!("{prefix}{REFERENCES}"), &[], "")).contains(&format!("\"name\":\"{name}\""))
}

#[test]
fn what_happens_in_one_world_stays_there() {
    let worlds = worlds();
    assert_eq!(add_reference(&worlds, "/w/one", "mine"), 201);
    assert!(has_reference(&worlds, "/w/one", "mine"));
    assert!(!has_reference(&worlds, "/w/two", "mine") && !has_reference(&worlds, "", "mine"));
    assert_eq!(add_reference(&worlds, "/w/two", "mine"), 201, "no duplicate there");
    call(&worlds, "PUT", "/w/one/clock", &json!({"now": "2027-01-01T00:00:00Z"}));
    assert_eq!(call(&worlds, "GET", "/w/one/clock", &Value::Null).1["now"], "2027-01-01T00:00:00.000Z");
    assert_eq!(call(&worlds, "GET", "clock", &Value::Null).1["now"], "2026-01-15T08:00:00.000Z");
}

#[test]
fn uris_in_answers_keep_the_prefix() {
    let worlds = worlds();
    let list = text(&send(&worlds, "GET", &format!("/w/one{REFERENCES}"), &[], ""));
    assert!(
        list.contains("http://127.0.0.1:8080/w/one/apiportal/api/1.0/Management.svc/CertificateStoreReferences("),
        "{list}"
    );
    let list = text(&send(&worlds, "GET", ENTRIES, &[("certmimic-world", "one")], ""));
    assert!(list.contains("http://127.0.0.1:8080/api/v1/KeystoreEntries("), "{list}");
}

fn csrf(worlds: &Worlds, prefix: &str) -> (String, String) {
    let response = send(worlds, "GET", &format!("{prefix}{ENTRIES}"), &[("x-csrf-token", "Fetch")], "");
    let value = |name: &str| response.headers[name].to_str().unwrap().to_owned();
    (value("x-csrf-token"), value("set-cookie"))
}

#[test]
fn a_csrf_session_of_one_world_means_nothing_in_another() {
    let worlds = worlds_with("behaviour: { sap_cloud_integration: { csrf: always } }");
    let (token, cookie) = csrf(&worlds, "/w/one");
    assert!(cookie.contains("Path=/w/one/;"), "{cookie}");
    assert!(csrf(&worlds, "").1.contains("Path=/;"));
    let delete = |prefix: &str| {
        let target = format!("{prefix}/api/v1/KeystoreEntries('6E6F7065')");
        send(&worlds, "DELETE", &target, &[("x-csrf-token", &token), ("cookie", &cookie)], "").status.as_u16()
    };
    // The default world has opened a session of the same number.
    assert_eq!((delete("/w/one"), delete("/w/two"), delete("")), (404, 403, 403));
}

fn token(worlds: &Worlds, prefix: &str) -> String {
    let form = "grant_type=client_credentials&client_id=sb-certmimic&client_secret=certmimic-secret";
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("authorization", "Basic c2ItY2VydG1pbWljOmNlcnRtaW1pYy1zZWNyZXQ="),
    ];
    let response = send(worlds, "POST", &format!("{prefix}/oauth/token"), &headers, form);
    let body: Value = serde_json::from_slice(&response.body).unwrap();
    format!("Bearer {}", body["access_token"].as_str().unwrap_or_else(|| panic!("{body}")))
}

#[test]
fn a_token_of_one_world_means_nothing_in_another_and_ends_with_its_world_s_clock() {
    for mode in ["any", "required"] {
        let worlds = worlds_with(&format!("auth: {{ mode: {mode} }}"));
        let bearer = token(&worlds, "/w/one");
        let read = |prefix: &str| {
            let response = send(&worlds, "GET", &format!("{prefix}{ENTRIES}"), &[("authorization", &bearer)], "");
            (response.status.as_u16(), response.diagnosis.map(|diagnosis| diagnosis.code))
        };
        assert_eq!(read("/w/one"), (200, None), "{mode}");
        assert_eq!(read("/w/two"), (401, Some("token_of_other_world")), "{mode}");
        assert_eq!(read(""), (401, Some("token_of_other_world")), "{mode}");
        call(&worlds, "POST", "/w/one/clock/advance", &json!({"by": "12h"}));
        assert_eq!(read("/w/one"), (401, Some("token_expired")), "{mode}");
    }
}

#[test]
fn a_token_of_apinizer_is_held_to_its_world_and_its_end_though_a_reset_forgets_it() {
    let worlds = worlds_with("auth: { mode: any }");
    let form = "grant_type=client_credentials&client_id=apinizer&client_secret=apinizer";
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let response = send(&worlds, "POST", "/w/one/apiops/auth/token", &headers, form);
    let body: Value = serde_json::from_slice(&response.body).unwrap();
    let bearer = format!("Bearer {}", body["access_token"].as_str().unwrap());
    let read = |prefix: &str| {
        let target = format!("{prefix}/apiops/projects/");
        let response = send(&worlds, "GET", &target, &[("authorization", &bearer)], "");
        (response.status.as_u16(), response.diagnosis.map(|diagnosis| diagnosis.code))
    };
    assert_eq!(read("/w/two"), (401, Some("token_invalid")));
    call(&worlds, "POST", "/w/one/reset", &Value::Null);
    assert_eq!(read("/w/one"), (200, None));
    call(&worlds, "POST", "/w/one/clock/advance", &json!({"by": "1h"}));
    assert_eq!(read("/w/one"), (401, Some("token_expired")));
}

#[test]
fn a_token_of_apinizer_is_of_one_world_too() {
    let worlds = worlds();
    let form = "grant_type=client_credentials&client_id=apinizer&client_secret=apinizer";
    let typed = [("content-type", "application/x-www-form-urlencoded")];
    let issue = |prefix: &str| -> String {
        let issued = send(&worlds, "POST", &format!("{prefix}/apiops/auth/token"), &typed, form);
        let body: Value = serde_json::from_slice(&issued.body).unwrap();
        format!("Bearer {}", body["access_token"].as_str().unwrap_or_else(|| panic!("{body}")))
    };
    let (one, other) = (issue("/w/one"), issue("/w/two"));
    assert_ne!(one, other, "same seed, same time, same draw");
    call(&worlds, "POST", "worlds", &json!({"name": "fork", "from": "world:one"}));
    let read = |prefix: &str| {
        send(&worlds, "GET", &format!("{prefix}/apiops/projects/"), &[("authorization", &one)], "").status.as_u16()
    };
    assert_eq!((read("/w/one"), read("/w/two"), read("/w/fork"), read("")), (200, 401, 401, 401));
}

#[test]
fn a_client_can_be_bound_to_a_world() {
    let worlds = worlds_with("clients: [{ id: suite-a, secret: s, roles: [MonitoringDataRead], world: a }]");
    let basic = [("authorization", "Basic c3VpdGUtYTpz")];
    let form = "grant_type=client_credentials";
    let headers = [basic[0], ("content-type", "application/x-www-form-urlencoded")];
    let issued = send(&worlds, "POST", "/oauth/token", &headers, form);
    let body: Value = serde_json::from_slice(&issued.body).unwrap();
    let bearer = format!("Bearer {}", body["access_token"].as_str().unwrap());
    assert_eq!(send(&worlds, "GET", ENTRIES, &[("authorization", &bearer)], "").status, 200);
    assert_eq!(send(&worlds, "GET", ENTRIES, &basic, "").status, 200);
    assert_eq!(call(&worlds, "GET", "/w/a/requests", &Value::Null).1["requests"].as_array().unwrap().len(), 3);
    assert_eq!(call(&worlds, "GET", "requests", &Value::Null).1["requests"], json!([]));
}

#[test]
fn worlds_are_made_listed_and_dropped() {
    let worlds = worlds();
    assert_eq!(add_reference(&worlds, "/w/one", "mine"), 201);
    call(&worlds, "PUT", "/w/one/snapshots/before", &Value::Null);
    assert_eq!(add_reference(&worlds, "/w/one", "later"), 201);
    for (name, from, mine, later) in [
        ("a", json!("world:one"), true, true),
        ("b", json!("scenario:quickstart"), false, false),
        ("c", json!("snapshot:before"), true, false),
        ("d", Value::Null, false, false),
    ] {
        let body = if from.is_null() { json!({"name": name}) } else { json!({"name": name, "from": from}) };
        let (status, made) = call(&worlds, "POST", "/w/one/worlds", &body);
        assert_eq!((status, &made["name"]), (201, &json!(name)), "{made}");
        let prefix = format!("/w/{name}");
        assert_eq!(
            (has_reference(&worlds, &prefix, "mine"), has_reference(&worlds, &prefix, "later")),
            (mine, later),
            "{name}"
        );
    }
    call(&worlds, "POST", "/w/a/reset", &Value::Null);
    assert!(!has_reference(&worlds, "/w/a", "mine"), "a fork goes back to the scenario of what it is a fork of");
    let (_, list) = call(&worlds, "GET", "worlds", &Value::Null);
    let names: Vec<&str> =
        list["worlds"].as_array().unwrap().iter().map(|world| world["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["default", "a", "b", "c", "d", "one"]);
    assert_eq!(call(&worlds, "DELETE", "worlds/a", &Value::Null).0, 200);
    assert_eq!(call(&worlds, "GET", "worlds/a", &Value::Null).0, 404);
    for (method, path, body, status, code) in [
        ("DELETE", "worlds/a", Value::Null, 404, "unknown_world"),
        ("DELETE", "worlds/default", Value::Null, 409, "default_world"),
        ("POST", "worlds", json!({"name": "b"}), 409, "world_exists"),
        ("POST", "worlds", json!({"name": "a/b"}), 400, "bad_name"),
        ("POST", "worlds", json!({"name": "x", "from": "world:nope"}), 404, "unknown_world"),
        ("POST", "worlds", json!({"name": "x", "from": "snapshot:nope"}), 404, "unknown_snapshot"),
        ("POST", "worlds", json!({"name": "x", "from": "scenario:nope"}), 404, "unknown_scenario"),
        ("POST", "worlds", json!({"name": "x", "from": "nope"}), 400, "bad_body"),
        ("POST", "worlds", json!({"name": "x", "form": "world:a"}), 400, "bad_body"),
        ("GET", "worlds?nam=x", Value::Null, 400, "unknown_parameter"),
        ("POST", "reset?scenaro=empty", Value::Null, 400, "unknown_parameter"),
    ] {
        let (actual, problem) = call(&worlds, method, path, &body);
        assert_eq!(
            (actual, &problem["code"], &problem["status"]),
            (status, &json!(code), &json!(status)),
            "{path} {body}: {problem}"
        );
    }
    let misspelt = call(&worlds, "POST", "worlds", &json!({"name": "x", "form": "world:a"})).1;
    assert!(misspelt["detail"].as_str().unwrap().contains("Did you mean \"from\"?"), "{misspelt}");
    assert_eq!(call(&worlds, "DELETE", "worlds", &Value::Null).1["worlds"].as_array().unwrap().len(), 1);
}

/// Two references are always made and lost together: a reader that sees one sees the other.
#[test]
fn readers_see_the_old_state_or_the_new_one_never_a_mix() {
    let worlds = worlds();
    add_reference(&worlds, "", "pair_1");
    add_reference(&worlds, "", "pair_2");
    call(&worlds, "PUT", "snapshots/both", &Value::Null);
    std::thread::scope(|scope| {
        let steering = scope.spawn(|| {
            for _ in 0..200 {
                call(&worlds, "POST", "reset", &Value::Null);
                call(&worlds, "POST", "snapshots/both/restore", &Value::Null);
            }
        });
        while !steering.is_finished() {
            let list = text(&send(&worlds, "GET", REFERENCES, &[], ""));
            assert_eq!(list.contains("pair_1"), list.contains("pair_2"), "{list}");
        }
    });
}

#[test]
fn too_many_worlds_are_refused_in_one_sentence() {
    let scenario = load(&[Source::BuiltIn("empty".to_owned())]).unwrap();
    let worlds = Worlds::reaching(Arc::new(Nobody), Limits { worlds: 1, ..Limits::default() }, scenario);
    assert_eq!(send(&worlds, "GET", "/w/a/api/v1/KeystoreEntries", &[], "").status, 200);
    let refused = send(&worlds, "GET", "/w/b/api/v1/KeystoreEntries", &[], "");
    assert_eq!((refused.status.as_u16(), refused.diagnosis.as_ref().unwrap().code), (503, "too_many_worlds"));
    assert!(text(&refused).contains("--worlds") && refused.headers.contains_key("certmimic-diagnosis"));
    assert_eq!(send(&worlds, "GET", "/w/a%20b/api/v1/", &[], "").status, 400);
}

#[test]
fn snapshots_are_kept_restored_and_dropped() {
    let worlds = worlds();
    assert_eq!(call(&worlds, "PUT", "snapshots/before", &Value::Null).0, 201);
    assert_eq!(add_reference(&worlds, "", "mine"), 201);
    call(&worlds, "POST", "clock/advance", &json!({"by": "1d"}));
    call(&worlds, "POST", "faults", &json!({"delay": "1ms"}));
    assert_eq!(call(&worlds, "PUT", "snapshots/after", &Value::Null).0, 201);
    assert_eq!(call(&worlds, "PUT", "snapshots/after", &Value::Null).0, 200, "replaced");
    assert_eq!(call(&worlds, "GET", "snapshots", &Value::Null).1, json!({"snapshots": ["after", "before"]}));
    let exported = call(&worlds, "GET", "state", &Value::Null).1;
    assert_eq!(call(&worlds, "GET", "snapshots/after", &Value::Null).1, exported);
    assert_eq!(call(&worlds, "POST", "snapshots/before/restore", &Value::Null).0, 200);
    assert!(!has_reference(&worlds, "", "mine"));
    assert_eq!(call(&worlds, "GET", "clock", &Value::Null).1["now"], "2026-01-15T08:00:00.000Z");
    assert_eq!(call(&worlds, "GET", "faults", &Value::Null).1, json!({"faults": []}));
    assert_eq!(call(&worlds, "POST", "snapshots/after/restore", &Value::Null).0, 200);
    assert_eq!(call(&worlds, "GET", "state", &Value::Null).1, exported);
    assert_eq!(call(&worlds, "DELETE", "snapshots/after", &Value::Null).1, json!({"snapshots": ["before"]}));
    for (method, path) in
        [("GET", "snapshots/after"), ("DELETE", "snapshots/after"), ("POST", "snapshots/after/restore")]
    {
        let (status, problem) = call(&worlds, method, path, &Value::Null);
        assert_eq!((status, &problem["code"]), (404, &json!("unknown_snapshot")));
        assert!(problem["detail"].as_str().unwrap().contains("before"));
    }
}

#[test]
fn a_world_keeps_a_thousand_snapshots_and_as_many_faults() {
    let worlds = worlds();
    for number in 0..1_000 {
        assert_eq!(call(&worlds, "PUT", &format!("snapshots/{number}"), &Value::Null).0, 201);
    }
    let (status, problem) = call(&worlds, "PUT", "snapshots/further", &Value::Null);
    assert_eq!((status, &problem["code"]), (503, &json!("too_many_snapshots")));
    assert_eq!(call(&worlds, "PUT", "snapshots/7", &Value::Null).0, 200, "one of them may be replaced");
    call(&worlds, "DELETE", "snapshots/7", &Value::Null);
    assert_eq!(call(&worlds, "PUT", "snapshots/further", &Value::Null).0, 201);

    let fault = |id: usize| json!({"id": format!("f-{id}"), "on": {"operation": "ci.*"}, "delay": "1ms"});
    let faults = |count: usize| Value::Array((0..count).map(fault).collect());
    let (status, problem) = call(&worlds, "POST", "faults", &faults(1_001));
    assert_eq!((status, &problem["code"]), (422, &json!("bad_fault")));
    assert!(problem["flaws"][0]["message"].as_str().unwrap().contains("at most 1000 faults"), "{problem}");
    assert_eq!(call(&worlds, "POST", "faults", &faults(1_000)).0, 201);
    assert_eq!(call(&worlds, "POST", "faults", &fault(1_000)).0, 422);
    assert_eq!(call(&worlds, "POST", "faults", &fault(7)).0, 201, "one of them may be replaced");
}

#[test]
fn the_journal_tells_what_was_asked() {
    let worlds = worlds();
    send(&worlds, "GET", "/api/v1/KeystoreEntries('6E6F7065')?$format=json", &[], "");
    assert_eq!(add_reference(&worlds, "", "mine"), 201);
    let (_, journal) = call(&worlds, "GET", "requests", &Value::Null);
    assert_eq!(journal["dropped"], 0);
    let [read, made] = journal["requests"].as_array().unwrap().as_slice() else { panic!("{journal}") };
    assert_eq!(read["operation"], "ci.entry.read");
    assert_eq!(
        (&read["status"], &read["world"], &read["time"]),
        (&json!(404), &json!("default"), &json!("2026-01-15T08:00:00.000Z"))
    );
    assert_eq!(read["outcome"], read["diagnosis"]["code"]);
    assert!(read["diagnosis"]["line"].as_str().unwrap().contains('['), "with its evidence");
    assert_eq!(read["request"]["query"], "$format=json");
    assert!(read["request"]["headers"].as_array().unwrap().contains(&json!(["authorization", "Bearer ***"])));
    assert_eq!((&made["outcome"], &made["operation"]), (&json!("success"), &json!("apim.reference.create")));
    assert!(made["request"]["body"].as_str().unwrap().contains("\"mine\""));
    assert!(made["response"]["body"].as_str().unwrap().contains("\"mine\""));
    for (filter, numbers) in [
        ("operation=ci.*", vec![1]),
        ("operation=apim.reference.create", vec![2]),
        ("system=sap_api_management", vec![2]),
        ("system=ci", vec![1]),
        ("method=post", vec![2]),
        ("path=/api/**", vec![1]),
        ("status=404", vec![1]),
        ("status=2xx", vec![2]),
        ("outcome=success", vec![2]),
        ("refused", vec![1]),
        ("since=1", vec![2]),
        ("since=2026-01-15T08:00:01Z", vec![]),
        ("limit=1", vec![2]),
    ] {
        let (_, journal) = call(&worlds, "GET", &format!("requests?{filter}"), &Value::Null);
        let found: Vec<u64> =
            journal["requests"].as_array().unwrap().iter().map(|r| r["number"].as_u64().unwrap()).collect();
        assert_eq!(found, numbers, "{filter}");
    }
    for filter in
        ["operation=ci.nope", "system=nope", "status=x", "since=x", "limit=x", "refused=x", "format=x", "opration=x"]
    {
        assert_eq!(call(&worlds, "GET", &format!("requests?{filter}"), &Value::Null).0, 400, "{filter}");
    }
    assert_eq!(call(&worlds, "DELETE", "requests", &Value::Null).0, 200);
    assert_eq!(call(&worlds, "GET", "requests", &Value::Null).1, json!({"requests": [], "dropped": 0}));
}

#[test]
fn the_journal_reads_well_in_a_terminal_as_har_and_as_curl() {
    let worlds = worlds();
    send(&worlds, "GET", "/api/v1/KeystoreEntries('6E6F7065')", &[], "");
    let table = text(&send(&worlds, "GET", "/_certmimic/requests", &[("accept", "text/plain")], ""));
    assert!(
        table.contains("404 GET    /api/v1/KeystoreEntries('6E6F7065')  ci.entry.read alias_not_found\n"),
        "{table}"
    );
    let har = send(&worlds, "GET", "/_certmimic/requests?format=har", &[], "");
    assert_eq!(har.headers["content-type"], "application/har+json");
    let har: Value = serde_json::from_slice(&har.body).unwrap();
    assert_eq!((&har["log"]["version"], &har["log"]["entries"][0]["response"]["status"]), (&json!("1.2"), &json!(404)));
    let curl = text(&send(&worlds, "GET", "/_certmimic/requests/1?format=curl", &[], ""));
    assert!(
        curl.starts_with("curl -sS -X GET 'http://127.0.0.1:8080/api/v1/KeystoreEntries('\\''6E6F7065'\\'')'"),
        "{curl}"
    );
    assert!(curl.contains("-H \"authorization: Bearer $TOKEN\""), "{curl}");
    assert_eq!(call(&worlds, "GET", "requests/1", &Value::Null).1["number"], 1);
    assert_eq!(call(&worlds, "GET", "requests/2", &Value::Null).0, 404);
}

const BATCH: &str = "--b\r\nContent-Type: application/http\r\n\r\nGET KeystoreEntries('6E6F7065') HTTP/1.1\r\nAccept: application/json\r\n\r\n\r\n--b--\r\n";

#[test]
fn requests_inside_a_batch_are_recorded_under_it() {
    let worlds = worlds_with("behaviour: { sap_cloud_integration: { csrf: off } }");
    let response = send(&worlds, "POST", "/api/v1/$batch", &[("content-type", "multipart/mixed; boundary=b")], BATCH);
    assert_eq!(response.status, 202, "{}", text(&response));
    let (_, journal) = call(&worlds, "GET", "requests", &Value::Null);
    let [batch, inside] = journal["requests"].as_array().unwrap().as_slice() else { panic!("{journal}") };
    assert_eq!((&batch["number"], &batch["parent"], &batch["status"]), (&json!(1), &Value::Null, &json!(202)));
    assert_eq!(
        (&inside["parent"], &inside["operation"], &inside["status"]),
        (&json!(1), &json!("ci.entry.read"), &json!(404))
    );
}

#[test]
fn secrets_are_masked_wherever_the_journal_shows_them() {
    let worlds = worlds_with("behaviour: { sap_cloud_integration: { csrf: off } }");
    let canary = "canary-5150";
    let form = format!("grant_type=client_credentials&client_id=x&client_secret={canary}");
    let typed = ("content-type", "application/x-www-form-urlencoded");
    send(
        &worlds,
        "POST",
        &format!("/oauth/token?client_secret={canary}"),
        &[typed, ("authorization", &format!("Basic {canary}"))],
        &form,
    );
    send(&worlds, "POST", "/apiops/auth/token", &[typed, ("cookie", &format!("s={canary}"))], &form);
    let keystore = json!({"name": "k", "password": canary, "keystoreList": [{"password": canary}]}).to_string();
    send(&worlds, "POST", "/apiops/projects/MyProject/keystores/", &[], &keystore);
    send(
        &worlds,
        "PUT",
        &format!("/api/v1/KeystoreResources('system')?password={canary}"),
        &[("x-csrf-token", canary)],
        &keystore,
    );
    let issued = token(&worlds, "");
    let jwt = issued.trim_start_matches("Bearer ");
    let pem = include_str!("../fixtures/keys/mykeypair-with-key.pem");
    send(&worlds, "POST", "/apiops/projects/MyProject/keys/", &[], &json!({"name": "k", "key": pem}).to_string());
    let secret_line = pem.split("PRIVATE KEY-----\n").nth(1).unwrap().lines().next().unwrap();
    for target in [
        "requests",
        "requests?format=text",
        "requests?format=har",
        "requests?format=pact",
        "requests/stream",
        "requests/1?format=curl",
        "requests/3?format=curl",
    ] {
        let shown = text(&send(&worlds, "GET", &format!("/_certmimic/{target}"), &[], ""));
        for secret in [canary, jwt, secret_line] {
            assert!(!shown.contains(secret), "{target} shows {secret}: {shown}");
        }
    }
    let (_, problem) = call(
        &worlds,
        "POST",
        "verify",
        &json!({"operation": "apinizer.keystore.create", "json": {"password": "other"}}),
    );
    assert!(problem["code"] == "unverified" && !problem.to_string().contains(canary), "{problem}");
}

#[test]
fn verify_counts_orders_and_says_what_came_nearest() {
    let worlds = worlds();
    add_reference(&worlds, "", "mine");
    send(&worlds, "GET", "/api/v1/KeystoreEntries('6E6F7065')", &[], "");
    for expected in [
        json!({"operation": "apim.reference.create"}),
        json!({"operation": "apim.reference.create", "exactly": 1, "json": {"name": "mine"}}),
        json!({"operation": "apim.reference.*", "at_most": 1}),
        json!({"operation": "apim.reference.delete", "never": true}),
        json!({"outcome": "alias_not_found", "status": 404, "method": "get", "path": "/api/v1/*"}),
        json!({"headers": {"authorization": "Bearer *"}, "at_least": 2}),
        json!({"in_order": [{"operation": "apim.reference.create"}, {"operation": "ci.entry.read"}]}),
        json!({}),
    ] {
        let (status, body) = call(&worlds, "POST", "verify", &expected);
        assert_eq!(status, 200, "{expected}: {body}");
    }
    let wrong = json!({"operation": "apim.reference.create", "json": {"name": "yours"}});
    let (status, problem) = call(&worlds, "POST", "verify", &wrong);
    assert_eq!((status, &problem["code"], &problem["matched"]), (422, &json!("unverified"), &json!(0)));
    let nearest = &problem["nearest"][0];
    assert_eq!(nearest["request"]["operation"], "apim.reference.create");
    assert_eq!(nearest["differences"], json!([{"field": "json.name", "expected": "\"yours\"", "actual": "\"mine\""}]));
    assert!(problem["text"].as_str().unwrap().contains("json.name: expected \"yours\", was \"mine\""), "{problem}");
    for wrong in [
        json!({"in_order": [{"operation": "ci.entry.read"}, {"operation": "apim.reference.create"}]}),
        json!({"operation": "ci.entry.read", "never": true}),
        json!({"operation": "ci.entry.read", "exactly": 2}),
    ] {
        assert_eq!(call(&worlds, "POST", "verify", &wrong).0, 422, "{wrong}");
    }
    for bad in [
        json!({"operation": "ci.entry.raed", "never": true}),
        json!({"outcome": "alias_not_fuond"}),
        json!({"never": true, "exactly": 1}),
        json!({"oparation": "x"}),
        json!({"in_order": [{"exactly": 1}]}),
    ] {
        assert_eq!(call(&worlds, "POST", "verify", &bad).0, 400, "{bad}");
    }
}

#[test]
fn coverage_counts_documented_answers_and_survives_the_journal_and_the_world() {
    let worlds = worlds();
    send(&worlds, "GET", "/w/a/api/v1/KeystoreEntries('6E6F7065')", &[], "");
    let arm = json!({"on": {"operation": "ci.entry.list"}, "respond": {"outcome": "internal_error"}});
    let (status, body) = call(&worlds, "POST", "/w/a/faults", &arm);
    assert_eq!(status, 201, "{body}");
    send(&worlds, "GET", &format!("/w/a{ENTRIES}"), &[], "");
    call(&worlds, "POST", "/w/a/reset", &Value::Null);
    let find = |coverage: &Value, operation: &str, outcome: &str| -> Value {
        let systems = coverage["systems"].as_array().unwrap();
        let operations = systems.iter().flat_map(|system| system["operations"].as_array().unwrap());
        let found =
            operations.filter(|row| row["id"] == operation).flat_map(|row| row["answers"].as_array().unwrap().clone());
        let shared = systems.iter().flat_map(|system| system["shared"].as_array().unwrap().clone());
        found.chain(shared).find(|answer| answer["outcome"] == outcome).unwrap_or_else(|| panic!("no {outcome}"))
    };
    let (_, coverage) = call(&worlds, "GET", "/w/a/coverage", &Value::Null);
    assert_eq!(find(&coverage, "ci.entry.read", "alias_not_found")["state"], "met");
    let by_fault = find(&coverage, "ci.entry.list", "internal_error");
    assert_eq!((&by_fault["state"], &by_fault["by_fault"]), (&json!("met by a fault"), &json!(1)));
    assert_eq!(find(&coverage, "ci.entry.read", "200")["state"], "not met");
    assert!(by_fault["evidence"].is_string() && by_fault["text_evidence"].is_string() && by_fault["arm"].is_object());
    assert_eq!(call(&worlds, "GET", "coverage", &Value::Null).1["met"], 0, "another world");
    call(&worlds, "DELETE", "worlds/a", &Value::Null);
    assert_eq!(call(&worlds, "GET", "coverage?worlds=all", &Value::Null).1["met"], 2);
    call(&worlds, "DELETE", "coverage?worlds=all", &Value::Null);
    assert_eq!(call(&worlds, "GET", "coverage?worlds=all", &Value::Null).1["met"], 0);
}

#[test]
fn coverage_comes_in_the_formats_that_ci_systems_read() {
    let worlds = worlds();
    send(&worlds, "GET", ENTRIES, &[], "");
    for (format, media_type, contains) in [
        ("text", "text/plain; charset=utf-8", "ci.entry.list: 1 of"),
        ("markdown", "text/markdown; charset=utf-8", "| `ci.entry.list` | `200` |"),
        ("junit", "application/xml", "<testcase classname=\"ci.entry.list\" name=\"200\"/>"),
        ("html", "text/html; charset=utf-8", "<code>ci.entry.list</code>"),
    ] {
        let response = send(&worlds, "GET", &format!("/_certmimic/coverage?format={format}"), &[], "");
        assert_eq!((response.status.as_u16(), response.headers["content-type"].to_str().unwrap()), (200, media_type));
        assert!(text(&response).contains(contains), "{format}: {}", text(&response));
    }
    let xml = text(&send(&worlds, "GET", "/_certmimic/coverage?format=junit", &[], ""));
    let mut reader = quick_xml::Reader::from_str(&xml);
    while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
}

#[test]
fn certificates_of_all_systems_are_in_one_list() {
    let worlds = worlds();
    let (_, body) = call(&worlds, "GET", "certificates", &Value::Null);
    let certificates = body["certificates"].as_array().unwrap();
    let systems: std::collections::BTreeSet<&str> =
        certificates.iter().map(|one| one["system"].as_str().unwrap()).collect();
    assert!(systems.contains("sap_cloud_integration") && systems.contains("apinizer"), "{systems:?}");
    let ends: Vec<&str> = certificates.iter().map(|one| one["valid_to"].as_str().unwrap()).collect();
    assert!(ends.is_sorted());
    let yahoo = certificates.iter().find(|one| one["alias"] == "smtp.mail.yahoo.com").unwrap();
    assert_eq!((&yahoo["kind"], &yahoo["place"]), (&json!("certificate"), &json!("keystore system")));
    let url = yahoo["url"].as_str().unwrap().strip_prefix("http://127.0.0.1:8080").unwrap();
    assert_eq!(send(&worlds, "GET", url, &[], "").status, 200);
    for one in certificates.iter().filter(|one| one["system"] != "apinizer") {
        let target = one["url"].as_str().unwrap().strip_prefix("http://127.0.0.1:8080").unwrap();
        assert_eq!(send(&worlds, "GET", target, &[], "").status, 200, "{one}");
    }
    let left = yahoo["days_left"].as_i64().unwrap();
    call(&worlds, "POST", "clock/advance", &json!({"by": format!("{left}d")}));
    let within = |span: &str| {
        let (_, body) = call(&worlds, "GET", &format!("certificates?expires-within={span}"), &Value::Null);
        body["certificates"].as_array().unwrap().iter().any(|one| one["alias"] == "smtp.mail.yahoo.com")
    };
    assert!(within("1d") && !within("0s"));
    call(&worlds, "POST", "clock/advance", &json!({"by": "1d"}));
    let (_, body) = call(&worlds, "GET", "certificates?system=ci", &Value::Null);
    let yahoo =
        body["certificates"].as_array().unwrap().iter().find(|one| one["alias"] == "smtp.mail.yahoo.com").unwrap();
    assert_eq!((&yahoo["expired"], &yahoo["days_left"]), (&json!(true), &json!(-1)));
    let csv = text(&send(&worlds, "GET", "/_certmimic/certificates?format=csv", &[], ""));
    assert_eq!(csv.lines().count(), certificates.len() + 1);
    assert_eq!(call(&worlds, "GET", "certificates?expires-within=soon", &Value::Null).0, 400);
}

#[test]
fn the_description_lists_every_call_and_every_call_is_described() {
    let worlds = worlds();
    let (_, document) = call(&worlds, "GET", "openapi.json", &Value::Null);
    let (_, problem) = call(&worlds, "GET", "nope", &Value::Null);
    let mut described: Vec<(String, String)> = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            described.push((method.to_uppercase(), path.clone()));
            let declared: Vec<&str> = operation["parameters"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|parameter| parameter["in"] == "query")
                .map(|parameter| parameter["name"].as_str().unwrap())
                .collect();
            // What is declared is taken, and nothing else.
            let concrete = path.replace("{name}", "x").replace("{id}", "x").replace("{number}", "1");
            for name in declared.iter().chain(&["undeclared"]) {
                let response = send(&worlds, &method.to_uppercase(), &format!("{concrete}?{name}=x"), &[], "");
                let unknown = text(&response).contains("\"unknown_parameter\"");
                assert_eq!(unknown, *name == "undeclared", "{method} {path} {name}: {}", text(&response));
            }
        }
    }
    let mut listed: Vec<(String, String)> = problem["calls"]
        .as_array()
        .unwrap()
        .iter()
        .map(|call| (call["method"].as_str().unwrap().to_owned(), call["path"].as_str().unwrap().to_owned()))
        .collect();
    described.sort();
    listed.sort();
    assert_eq!(described, listed);
    assert_eq!(document["openapi"], "3.1.0");
}

#[test]
fn lint_says_what_a_tenant_would_refuse_and_changes_no_status_unless_told() {
    let json = ("content-type", "application/json");
    let stranger = "unknown_credentials";
    for (with, line, headers, body, expected) in [
        ("{}", "GET /api/v1/KeystoreEntries", vec![], "", vec![stranger]),
        (
            "{}",
            "GET /api/v1/KeystoreEntries",
            vec![("authorization", "Basic c2ItY2VydG1pbWljOmNlcnRtaW1pYy1zZWNyZXQ=")],
            "",
            vec![],
        ),
        (
            "{ sap_cloud_integration: { csrf: off } }",
            "DELETE /api/v1/KeystoreEntries('6D796B657970616972')",
            vec![],
            "",
            vec!["write_without_csrf_token", stranger],
        ),
        (
            "{ sap_cloud_integration: { csrf: sessions-only } }",
            "DELETE /api/v1/KeystoreEntries('6D796B657970616972')",
            vec![],
            "",
            vec!["write_without_csrf_token", stranger],
        ),
        (
            "{ apinizer: { strict_trailing_slash: false } }",
            "GET /apiops/projects/MyProject/certificates",
            vec![],
            "",
            vec!["missing_trailing_slash"],
        ),
        ("{}", "GET /api/v1/KeystoreEntries?$select=Alias", vec![], "", vec!["query_option_not_supported", stranger]),
        (
            "{}",
            "POST /apiportal/api/1.0/Management.svc/CertificateStoreReferences",
            vec![json],
            "{\"name\":\"2026-01-15T08:00:00Z\",\"certificateStoreName\":\"ts\"}",
            vec!["write_without_csrf_token", "iso_date_in_json", stranger],
        ),
        (
            "{ sap_cloud_integration: { csrf: off } }",
            "PUT /api/v1/KeystoreResources('system')?retrieveBackup=true&returnHexAlias=true",
            vec![json],
            "{}",
            vec!["write_without_csrf_token", "member_left_out", stranger],
        ),
    ] {
        let found = |mode: &str| {
            let worlds = worlds_with(&format!("lint: {mode}\nbehaviour: {with}"));
            let (method, target) = line.split_once(' ').unwrap();
            let response = send(&worlds, method, target, &headers, body);
            let codes: Vec<String> = response
                .headers
                .get_all("certmimic-lint")
                .iter()
                .map(|value| value.to_str().unwrap().split(';').next().unwrap().to_owned())
                .collect();
            let recorded = call(&worlds, "GET", "requests", &Value::Null).1["requests"][0]["lint"].clone();
            assert_eq!(recorded, json!(codes), "{line}");
            (response.status.as_u16(), codes)
        };
        let (off, nothing) = found("off");
        let (warned, codes) = found("warn");
        assert_eq!(
            (nothing, &codes, warned),
            (vec![], &expected.iter().map(ToString::to_string).collect(), off),
            "{line}"
        );
        let refused = found("error");
        assert_eq!(refused.0, if expected.is_empty() { off } else { 400 }, "{line}");
    }
    let worlds =
        worlds_with("lint: warn\nbehaviour: { sap_cloud_integration: { csrf: always, csrf_session: lenient } }");
    let (token, _) = csrf(&worlds, "");
    let response = send(&worlds, "DELETE", "/api/v1/KeystoreEntries('6E6F7065')", &[("x-csrf-token", &token)], "");
    let first = response.headers["certmimic-lint"].to_str().unwrap().to_owned();
    assert!(response.status == 404 && first.starts_with("csrf_token_without_cookie; "), "{first}");
    assert_eq!(call(&worlds, "GET", "state", &Value::Null).1["lint"], "warn", "an export keeps it");
}

/// One thing that a test suite may do to a world.
#[derive(Debug, Clone)]
enum Act {
    AddReference(u8),
    DeleteReference(u8),
    DeleteEntry(u8),
    Token,
    Csrf,
    Advance(i32),
    Freeze,
    Step,
    Fault,
    ApinizerToken,
    Replace,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        any::<u8>().prop_map(Act::AddReference),
        any::<u8>().prop_map(Act::DeleteReference),
        any::<u8>().prop_map(Act::DeleteEntry),
        Just(Act::Token),
        Just(Act::Csrf),
        any::<i32>().prop_map(Act::Advance),
        Just(Act::Freeze),
        Just(Act::Step),
        Just(Act::Fault),
        Just(Act::ApinizerToken),
        Just(Act::Replace),
    ]
}

fn perform(worlds: &Worlds, act: &Act) {
    match act {
        Act::AddReference(n) => drop(add_reference(worlds, "", &format!("r{n}"))),
        Act::DeleteReference(n) => drop(send(worlds, "DELETE", &format!("{REFERENCES}('r{n}')"), &[], "")),
        Act::DeleteEntry(n) => {
            let alias =
                ["736D74702E6D61696C2E7961686F6F2E636F6D", "6D796B657970616972", "6E6F7065"][usize::from(*n) % 3];
            drop(send(worlds, "DELETE", &format!("/api/v1/KeystoreEntries('{alias}')"), &[], ""));
        }
        Act::Token => drop(send(
            worlds,
            "POST",
            "/oauth/token?grant_type=client_credentials",
            &[("authorization", "Basic c2ItY2VydG1pbWljOmNlcnRtaW1pYy1zZWNyZXQ=")],
            "",
        )),
        Act::Csrf => drop(csrf(worlds, "")),
        Act::Advance(seconds) => drop(call(worlds, "POST", "clock/advance", &json!({"by": format!("{seconds}s")}))),
        Act::Freeze => drop(call(worlds, "PUT", "clock", &json!({"mode": "frozen"}))),
        Act::Step => drop(call(worlds, "PUT", "clock", &json!({"mode": "stepping", "step": "1s"}))),
        Act::Fault => drop(call(worlds, "POST", "faults", &json!({"probability": 0.5, "respond": {"status": 503}}))),
        Act::ApinizerToken => {
            let form = "grant_type=client_credentials&client_id=apinizer&client_secret=apinizer";
            drop(send(
                worlds,
                "POST",
                "/apiops/auth/token",
                &[("content-type", "application/x-www-form-urlencoded")],
                form,
            ));
        }
        Act::Replace => {
            let body = json!({"certmimic": 1, "seed": 9}).to_string();
            drop(send(worlds, "PUT", "/_certmimic/state", &[], &body));
        }
    }
}

fn exported(worlds: &Worlds) -> bytes::Bytes {
    send(worlds, "GET", "/_certmimic/state", &[], "").body
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, max_shrink_iters: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reset_cannot_leak(acts in prop::collection::vec(act(), 1000)) {
        let worlds = worlds();
        let before = exported(&worlds);
        for act in &acts {
            perform(&worlds, act);
        }
        prop_assert_eq!(call(&worlds, "POST", "reset", &Value::Null).0, 200);
        prop_assert_eq!(exported(&worlds), before);
        prop_assert_eq!(call(&worlds, "GET", "requests", &Value::Null).1, json!({"requests": [], "dropped": 0}));
    }
}
