//! What a world tells of itself: its certificates, its calls, and what a tenant would refuse.

use serde_json::{Value, json};

use crate::asking::{call, csrf, send, text, worlds, worlds_with};

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
