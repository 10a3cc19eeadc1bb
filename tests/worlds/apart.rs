//! What happens in one world is nothing to another: references, sessions, tokens, clients.

use serde_json::{Value, json};

use crate::asking::{
    ENTRIES, REFERENCES, add_reference, call, csrf, has_reference, send, text, token, worlds, worlds_with,
};

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
