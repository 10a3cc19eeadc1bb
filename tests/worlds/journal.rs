//! The journal, what is verified by it, and what it covers.

use serde_json::{Value, json};

use crate::asking::{ENTRIES, add_reference, call, send, text, token, worlds, worlds_with};

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
    let pem = include_str!("../../fixtures/keys/mykeypair-with-key.pem");
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
