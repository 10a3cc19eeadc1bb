//! Faults, armed over the control API as a test suite does, and seen on the socket as its client does.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, reason = "a test may measure how long it waited")]

#[path = "support/process.rs"]
#[allow(dead_code, reason = "shared with the tests of the command line")]
mod process;

use std::time::{Duration, Instant};

use process::Served;
use serde_json::{Value, json};

const KEYSTORES: &str = "/api/v1/Keystores";
const REFERENCE: &str = "/apiportal/api/1.0/Management.svc/CertificateStoreReferences('reference_ts_1')";

fn ask(served: &Served, method: &str, path: &str, body: &str) -> String {
    let length = body.len();
    served.exchange(format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\nAccept: application/json\r\n\
         Connection: close\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    ))
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).unwrap_or_else(|| panic!("no answer, but {answer:?}")).parse().unwrap()
}

fn control(served: &Served, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let answer = ask(served, method, &format!("/_certmimic/{path}"), &body);
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    (status(&answer), serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {body}")))
}

fn arm(served: &Served, fault: &Value) {
    let (status, armed) = control(served, "POST", "faults", fault);
    assert_eq!(status, 201, "{armed}");
}

#[test]
fn faults_are_armed_listed_and_disarmed() {
    let served = Served::start(&[]);
    assert_eq!(control(&served, "GET", "faults", &Value::Null), (200, json!({"faults": []})));
    let locked = json!({"on": {"operation": "ci.keystore.*"}, "times": 1, "respond": {"outcome": "keystore_locked"}});
    let (code, armed) = control(&served, "POST", "faults", &json!([locked, {"id": "slow", "delay": "1ms"}]));
    let mut expected = locked;
    expected["id"] = "fault-1".into();
    expected["seen"] = 0.into();
    expected["struck"] = 0.into();
    assert_eq!((code, &armed["faults"][0], &armed["faults"][1]["id"]), (201, &expected, &json!("slow")));
    assert_eq!(status(&ask(&served, "GET", KEYSTORES, "")), 503);
    assert_eq!(status(&ask(&served, "GET", KEYSTORES, "")), 200);
    let (_, listed) = control(&served, "GET", "faults", &Value::Null);
    let counts = |fault: &Value| (fault["seen"].as_u64().unwrap(), fault["struck"].as_u64().unwrap());
    assert_eq!((counts(&listed["faults"][0]), counts(&listed["faults"][1])), ((2, 1), (1, 1)));
    let (code, left) = control(&served, "DELETE", "faults/fault-1", &Value::Null);
    assert_eq!((code, left["faults"].as_array().unwrap().len()), (200, 1));
    let (code, refused) = control(&served, "DELETE", "faults/fault-1", &Value::Null);
    assert_eq!((code, &refused["code"]), (404, &json!("unknown_fault")));
    assert_eq!(control(&served, "DELETE", "faults", &Value::Null), (200, json!({"faults": []})));
}

#[test]
fn a_bad_fault_is_told_by_line_and_none_of_the_list_is_armed() {
    let served = Served::start(&[]);
    let list = "[{\"delay\": \"1ms\"},\n {\"delay\": \"soon\"}]";
    let answer = ask(&served, "POST", "/_certmimic/faults", list);
    assert_eq!(status(&answer), 422);
    let body: Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
    let flaw = &body["flaws"][0];
    assert_eq!((&body["code"], &flaw["line"], &flaw["column"]), (&json!("bad_fault"), &json!(2), &json!(12)));
    assert_eq!(control(&served, "GET", "faults", &Value::Null).1, json!({"faults": []}));
    for text in ["", "[", "null", "3", "{\"a\": 1}", "- - -", "\u{0}"] {
        assert_eq!(status(&ask(&served, "POST", "/_certmimic/faults", text)), 422, "{text:?}");
    }
}

#[test]
fn a_fault_that_can_strike_nothing_is_refused_with_what_was_expected() {
    let served = Served::start(&[]);
    for (fault, expected) in [
        (
            r#"{"on": {"operation": "ci.entry.raed"}, "delay": "1ms"}"#,
            "on.operation: there is no operation \"ci.entry.raed\": did you mean \"ci.entry.read\"? See certmimic operations",
        ),
        (
            r#"{"on": {"method": "PUTT"}, "delay": "1ms"}"#,
            "on.method: there is no method \"PUTT\": did you mean \"PUT\"?",
        ),
        (r#"{"on": {"alias": ""}, "delay": "1ms"}"#, "on.alias: expected a name"),
        (r#"{"on": {"path": "KeystoreEntries"}, "delay": "1ms"}"#, "is like \"KeystoreEntries\""),
        (
            r#"{"on": {"path": "/api/v1/**", "operation": "apim.store.*"}, "delay": "1ms"}"#,
            "on.path: no path of \"apim.store.*\" is like \"/api/v1/**\"",
        ),
        (
            r#"{"on": {"path": "/apiops/**"}, "respond": {"outcome": "keystore_locked"}}"#,
            "respond.outcome: no request that this is for has the outcome \"keystore_locked\", which is of SAP Cloud Integration",
        ),
        (r#"{"respond": {"outcome": "keystore_lockd"}}"#, "did you mean \"keystore_locked\"? See certmimic operations"),
        (
            r#"{"respond": {"status": 500, "headers": {"content-length": "5"}}}"#,
            "expected drop or truncate for one that is not whole",
        ),
        (r#"{"respond": {"status": 204, "body": "x"}}"#, "an answer of 204 has no body"),
        (r#"[{"id": "a", "delay": "1ms"}, {"id": "a", "delay": "2ms"}]"#, "[1].id: another fault is called \"a\""),
        ("delay: 1ms\ndelay: 2ms", "delay"),
    ] {
        let answer = ask(&served, "POST", "/_certmimic/faults", fault);
        let body: Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
        let message = body["flaws"][0]["message"].as_str().unwrap();
        assert!(status(&answer) == 422 && message.contains(expected), "{fault}: {message}");
    }
}

#[test]
fn a_fault_waits_for_a_request_that_it_can_strike() {
    let served = Served::start(&[]);
    arm(&served, &json!({"times": 1, "respond": {"outcome": "keystore_locked"}}));
    assert_eq!(status(&ask(&served, "GET", REFERENCE, "")), 200, "API Management knows no such outcome");
    assert_eq!(status(&ask(&served, "GET", KEYSTORES, "")), 503);
    assert_eq!(status(&ask(&served, "GET", KEYSTORES, "")), 200);
}

#[test]
fn a_tunnelled_method_means_its_operation() {
    let served = Served::start(&[]);
    arm(&served, &json!({"on": {"operation": "apim.reference.delete"}, "respond": {"status": 418}}));
    let answer = served.exchange(format!(
        "POST {REFERENCE} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\nX-HTTP-Method: DELETE\r\n\
         Connection: close\r\nContent-Length: 0\r\n\r\n"
    ));
    assert_eq!(status(&answer), 418);
    assert_eq!(status(&ask(&served, "GET", REFERENCE, "")), 200);
}

#[test]
fn only_what_answers_strikes_inside_a_batch() {
    let served = Served::start(&[]);
    let read = json!({"operation": "apim.reference.read"});
    arm(
        &served,
        &json!([
            {"on": read, "times": 1, "drop": "before_handling"},
            {"on": read, "times": 1, "drop": "before_handling", "respond": {"status": 418}},
        ]),
    );
    let part = "GET CertificateStoreReferences('reference_ts_1') HTTP/1.1\r\nAccept: application/json\r\n\r\n\r\n";
    let body =
        format!("--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n{part}--b--\r\n");
    let batch = || {
        served.exchange(format!(
            "POST /apiportal/api/1.0/Management.svc/$batch HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n\
             Connection: close\r\nContent-Type: multipart/mixed; boundary=b\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ))
    };
    let struck = batch();
    assert!(struck.contains("HTTP/1.1 418 "), "{struck}");
    assert!(batch().contains("HTTP/1.1 200 OK"));
    assert_eq!(ask(&served, "GET", REFERENCE, ""), "", "the first fault has waited for a request of its own");
}

#[test]
fn the_faults_of_a_world_are_part_of_its_state() {
    let served = Served::start(&[]);
    arm(&served, &json!({"after": 1, "times": 2, "probability": 1.0, "respond": {"status": 418}}));
    assert_eq!(status(&ask(&served, "GET", KEYSTORES, "")), 200);
    assert_eq!(status(&ask(&served, "GET", KEYSTORES, "")), 418);
    let (_, state) = control(&served, "GET", "state", &Value::Null);
    assert_eq!(control(&served, "DELETE", "faults", &Value::Null).0, 200);
    assert_eq!(control(&served, "PUT", "state", &state).0, 200);
    let again = [418, 200].map(|expected| (status(&ask(&served, "GET", KEYSTORES, "")), expected));
    assert!(again.iter().all(|(status, expected)| status == expected), "{again:?}");
}

#[test]
fn each_request_is_counted_once_however_many_come_at_once() {
    let served = Served::start(&[]);
    arm(&served, &json!({"on": {"path": KEYSTORES}, "after": 5, "times": 20, "respond": {"status": 418}}));
    let struck: usize = std::thread::scope(|scope| {
        let client = || (0..10).filter(|_| status(&ask(&served, "GET", KEYSTORES, "")) == 418).count();
        let clients: Vec<_> = (0..4).map(|_| scope.spawn(client)).collect();
        clients.into_iter().map(|client| client.join().unwrap()).sum()
    });
    assert_eq!(struck, 20);
    let (_, listed) = control(&served, "GET", "faults", &Value::Null);
    assert_eq!((&listed["faults"][0]["seen"], &listed["faults"][0]["struck"]), (&json!(40), &json!(20)));
}

#[test]
fn reset_goes_back_to_the_faults_of_the_scenario() {
    let served = Served::start(&[]);
    arm(&served, &json!({"respond": {"status": 500}}));
    assert_eq!(status(&ask(&served, "GET", KEYSTORES, "")), 500);
    assert_eq!(status(&ask(&served, "GET", "/_certmimic/health", "")), 200, "the control surface is not struck");
    assert_eq!(control(&served, "POST", "reset", &Value::Null).0, 200);
    assert_eq!(status(&ask(&served, "GET", KEYSTORES, "")), 200);
}

#[test]
fn a_dropped_connection_says_nothing_and_whether_it_was_done_depends() {
    let served = Served::start(&[]);
    let gone = |served: &Served| status(&ask(served, "GET", REFERENCE, "")) == 404;
    arm(&served, &json!({"on": {"method": "DELETE"}, "times": 1, "drop": "before_handling"}));
    assert_eq!(ask(&served, "DELETE", REFERENCE, ""), "");
    assert!(!gone(&served));
    arm(&served, &json!({"on": {"method": "DELETE"}, "times": 1, "drop": "before_response"}));
    assert_eq!(ask(&served, "DELETE", REFERENCE, ""), "");
    assert!(gone(&served));
}

#[test]
fn an_answer_is_cut_in_the_middle_of_what_it_announced() {
    let served = Served::start(&[]);
    let whole = ask(&served, "GET", REFERENCE, "");
    let (_, body) = whole.split_once("\r\n\r\n").unwrap();
    arm(&served, &json!({"on": {"path": "/apiportal/**"}, "times": 1, "drop": "mid_response"}));
    let cut = ask(&served, "GET", REFERENCE, "");
    let (head, half) = cut.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{cut:?}"));
    assert!(head.contains(&format!("content-length: {}", body.len())), "{head}");
    assert_eq!(half.len(), body.len() / 2);
    assert!(body.starts_with(half));
    arm(&served, &json!({"on": {"path": "/apiportal/**"}, "times": 1, "truncate": 10}));
    let short = ask(&served, "GET", REFERENCE, "");
    assert!(
        short.contains("content-length: 10\r\n") && short.ends_with(&format!("\r\n\r\n{}", &body[..10])),
        "{short}"
    );
}

#[test]
fn an_answer_is_held_back() {
    let served = Served::start(&[]);
    arm(&served, &json!({"on": {"path": KEYSTORES}, "times": 1, "delay": "100ms"}));
    let started = Instant::now();
    assert_eq!(status(&ask(&served, "GET", KEYSTORES, "")), 200);
    assert!(started.elapsed() >= Duration::from_millis(100));
}

/// With a delay that outlasts the test, whoever waited for it would fail.
#[test]
fn others_do_not_wait_for_an_answer_that_is_held_back() {
    let served = Served::start(&[]);
    arm(&served, &json!({"on": {"path": KEYSTORES}, "times": 1, "delay": "1h"}));
    let mut slow = served.connect();
    slow.send(format!("GET {KEYSTORES} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n\r\n"));
    while control(&served, "GET", "faults", &Value::Null).1["faults"][0]["struck"] == 0 {}
    assert_eq!(status(&ask(&served, "GET", KEYSTORES, "")), 200);
}
