//! Runtime locations under many writers, and secrets of credentials that nobody is shown.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

#[path = "support/request.rs"]
mod request;

use certmimic::gateway;
use certmimic::http::Response;
use certmimic::scenario::{Source, load};
use certmimic::worlds::Worlds;
use request::{JSON, request};

const SCENARIO: &str = "
clock: { now: 2026-01-15T08:00:00Z, mode: frozen }
behaviour: { sap_cloud_integration: { csrf: off } }
sap_cloud_integration: { runtime_locations: [{ id: edge-1 }, { id: edge-2 }] }
";

fn worlds() -> Worlds {
    let text = Source::Text { name: "locations".to_owned(), text: SCENARIO.to_owned() };
    Worlds::new(load(&[Source::BuiltIn("empty".to_owned()), text]).unwrap_or_else(|flaws| panic!("{}", flaws[0])))
}

fn send(worlds: &Worlds, method: &str, target: &str, accept: &str, body: &str) -> Response {
    let headers = [&JSON[..], &[("accept", accept)]].concat();
    gateway::answer(worlds, &request(method, target, &headers, body.to_owned()))
}

/// Writes that come second to a location are made anew on what the first have left.
#[test]
fn nobody_s_write_to_a_location_is_lost() {
    let worlds = worlds();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let worlds = &worlds;
            scope.spawn(move || {
                for number in 0..25 {
                    let location = format!("/location/edge-{}/api/v1", number % 2 + 1);
                    let body = format!(r#"{{"Name":"{writer}-{number}","SecureParam":"x"}}"#);
                    let made = send(worlds, "POST", &format!("{location}/SecureParameters"), "*/*", &body);
                    assert_eq!(made.status, 202, "{:?}", made.body);
                    let body = format!(r#"{{"RoleName":"{writer}-{number}"}}"#);
                    let made = send(worlds, "POST", &format!("{location}/AccessPolicies"), "*/*", &body);
                    assert_eq!(made.status, 201, "{:?}", made.body);
                }
            });
        }
    });
    let count = |target: &str| {
        let body = send(&worlds, "GET", target, "application/json", "").body;
        String::from_utf8_lossy(&body).matches("__metadata\":{\"id").count()
    };
    assert_eq!(count("/location/edge-1/api/v1/SecureParameters"), 52);
    assert_eq!(count("/location/edge-2/api/v1/SecureParameters"), 48);
    assert_eq!(count("/api/v1/SecureParameters"), 0);
    assert_eq!(count("/api/v1/AccessPolicies"), 100);
}

const CANARY: &str = "canary4711";

#[test]
fn no_answer_no_refusal_and_no_record_has_a_secret() {
    let worlds = worlds();
    let long = format!("{CANARY}{}", "x".repeat(5000));
    let bodies = [
        ("UserCredentials", r#"{"Name":"u","Kind":"default","Description":"","User":"a","Password":"SECRET"}"#),
        ("UserCredentials", r#"{"Name":"v","Kind":"openconnectors","Description":"","User":"a","Password":"SECRET"}"#),
        ("UserCredentials", r#"{"Name":"w","Kind":"default","Description":"","User":7,"Password":"SECRET"}"#),
        ("OAuth2ClientCredentials", r#"{"Name":"o","TokenServiceUrl":"t","ClientId":"c","ClientSecret":"SECRET"}"#),
        ("OAuth2ClientCredentials", r#"{"Name":"p","ClientSecret":"SECRET"}"#),
        ("SecureParameters", r#"{"Name":"s","SecureParam":"SECRET"}"#),
        ("SecureParameters", r#"{"Name":"t","SecureParam":"SECRET","Description":null}"#),
        ("SecureParameters", r#"{"Name":"r","SecureParam":["SECRET"]}"#),
    ];
    let mut answers = Vec::new();
    for root in ["/api/v1", "/location/edge-1/api/v1"] {
        for (set, body) in bodies {
            let target = format!("{root}/{set}");
            for secret in [CANARY, &long] {
                let body = body.replace("SECRET", secret);
                let cut = body.trim_end_matches(['}', ']']);
                answers.push(send(&worlds, "POST", &target, "application/json", &body));
                if cut.len() + 1 == body.len() {
                    answers.push(send(&worlds, "POST", &target, "application/xml", cut));
                }
            }
            for accept in ["application/json", "application/atom+xml"] {
                answers.push(send(&worlds, "GET", &target, accept, ""));
            }
        }
        answers.push(send(&worlds, "GET", &format!("{root}/UserCredentials('u')/Password"), "application/json", ""));
        answers.push(send(&worlds, "GET", &format!("{root}/SecureParameters('s')/SecureParam/$value"), "*/*", ""));
    }
    answers.push(send(&worlds, "GET", "/_certmimic/requests", "application/json", ""));
    assert!(answers.iter().filter(|answer| answer.status == 202).count() >= 6, "secrets were stored");
    for answer in &answers {
        let shown = format!("{} {:?} {:?}", String::from_utf8_lossy(&answer.body), answer.headers, answer.diagnosis);
        assert!(!shown.contains(CANARY), "{shown}");
    }
}
