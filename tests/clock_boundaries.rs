//! The ends of things on the world's clock: what is answered one second before, at and one second after, and days around
//! it, with a clock that stands and with one that runs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

#[path = "support/request.rs"]
mod request;

use certmimic::effects::{Clock, Mode, Timestamp};
use certmimic::gateway;
use certmimic::scenario::{Source, load};
use certmimic::worlds::Worlds;
use request::{JSON, request};
use serde_json::{Value, json};

const DAY: i64 = 24 * 60 * 60;

/// Seconds from the end of something.
const AROUND: [i64; 9] = [-90 * DAY, -60 * DAY, -30 * DAY, -7 * DAY, -1, 0, 1, 7 * DAY, 90 * DAY];

/// How far a running clock is set back where it must not pass the end before it is looked at.
const SLACK: i64 = 500;

fn worlds(text: &str, at: Timestamp) -> Worlds {
    let sources =
        [Source::BuiltIn("quickstart".to_owned()), Source::Text { name: "with".to_owned(), text: text.to_owned() }];
    let worlds = Worlds::new(load(&sources).unwrap_or_else(|flaws| panic!("{}", flaws[0])));
    set(&worlds, false, at, false);
    worlds
}

/// A clock that stands at a time, or runs and shows it; `before` if that is to be before the end of something.
fn set(worlds: &Worlds, running: bool, at: Timestamp, before: bool) {
    let mode = if running {
        let slack = if before { SLACK } else { 0 };
        Mode::Running { offset: at.millis() - slack - certmimic::effects::wall_clock().millis() }
    } else {
        Mode::Frozen { at }
    };
    worlds.default_world().store.change(|state| state.clock = Clock { mode });
}

fn send(worlds: &Worlds, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> (u16, String, Value) {
    let headers = [&JSON[..], headers].concat();
    let response = gateway::answer(worlds, &request(method, target, &headers, body.to_owned()));
    let code = response.diagnosis.map_or("success", |diagnosis| diagnosis.code).to_owned();
    (response.status.as_u16(), code, serde_json::from_slice(&response.body).unwrap_or_default())
}

/// The end of smtp.mail.yahoo.com in the quickstart scenario.
fn end_of_certificate(worlds: &Worlds) -> Timestamp {
    let listed = send(worlds, "GET", "/_certmimic/certificates?system=ci", &[], "").2;
    let one =
        listed["certificates"].as_array().unwrap().iter().find(|one| one["alias"] == "smtp.mail.yahoo.com").unwrap();
    Timestamp::parse_iso(one["valid_to"].as_str().unwrap()).unwrap()
}

#[test]
fn a_certificate_ends_with_its_last_second() {
    let worlds = worlds("", Timestamp(1_768_464_000_000));
    let end = end_of_certificate(&worlds);
    for running in [false, true] {
        for seconds in AROUND {
            set(&worlds, running, end.plus_millis(seconds * 1000), seconds <= 0);
            let listed = send(&worlds, "GET", "/_certmimic/certificates?system=ci", &[], "").2;
            let one = listed["certificates"]
                .as_array()
                .unwrap()
                .iter()
                .find(|one| one["alias"] == "smtp.mail.yahoo.com")
                .unwrap();
            assert_eq!(one["expired"], seconds > 0, "{seconds} s, running: {running}");
            assert_eq!(
                one["days_left"].as_i64().unwrap(),
                (-seconds).div_euclid(DAY),
                "{seconds} s, running: {running}"
            );
            // A running clock may pass a whole day while it is looked at.
            let spans = if running { &[][..] } else { &[("7d", 7), ("30d", 30), ("60d", 60), ("90d", 90)] };
            for (span, days) in spans {
                let target = format!("/_certmimic/certificates?system=ci&expires-within={span}");
                let soon = send(&worlds, "GET", &target, &[], "").2.to_string().contains("smtp.mail.yahoo.com");
                assert_eq!(soon, -seconds <= days * DAY, "{seconds} s, {span}");
            }
            // The bytes stay what they were, whatever the time.
            assert_eq!(end_of_certificate(&worlds), end);
        }
    }
}

#[test]
fn an_upload_is_refused_after_the_certificate_s_end_where_the_switch_says_so() {
    let with = "behaviour: { sap_api_management: { expired_certificates: refused } }\n\
                sap_api_management: { certificate_stores: [{ name: made, type: TRUSTSTORE, certificates: \
                [{ name: one, generate: { common_name: a.example, valid: [-100d, +100d] } }] }] }\n\
                clock: { now: 2026-01-15T08:00:00Z, mode: frozen }";
    let worlds = worlds(with, Timestamp(1_768_464_000_000));
    let listed = send(&worlds, "GET", "/_certmimic/certificates?system=apim", &[], "").2;
    let one = listed["certificates"].as_array().unwrap().iter().find(|one| one["alias"] == "one").unwrap();
    let end = Timestamp::parse_iso(one["valid_to"].as_str().unwrap()).unwrap();
    let content = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, one["pem"].as_str().unwrap());
    for running in [false, true] {
        for seconds in AROUND {
            set(&worlds, running, end.plus_millis(seconds * 1000), seconds <= 0);
            let name = format!("u{}-{running}", seconds + 100 * DAY);
            let body = json!({"name": name, "storeName": "made", "content": content}).to_string();
            let (status, code, answer) =
                send(&worlds, "POST", "/apiportal/api/1.0/Management.svc/Certificates", &[], &body);
            let expected = if seconds > 0 { (400, "certificate_expired") } else { (201, "success") };
            assert_eq!((status, code.as_str()), expected, "{seconds} s, running: {running}: {answer}");
        }
    }
}

#[test]
fn a_token_ends_at_its_last_second() {
    for mode in ["any", "required"] {
        let issued = Timestamp(1_768_464_000_000);
        let worlds = worlds(&format!("auth: {{ mode: {mode} }}"), issued);
        let basic = [("authorization", "Basic c2ItY2VydG1pbWljOmNlcnRtaW1pYy1zZWNyZXQ=")];
        let token = send(&worlds, "POST", "/oauth/token?grant_type=client_credentials", &basic, "").2;
        let bearer = format!("Bearer {}", token["access_token"].as_str().unwrap());
        let end = issued.plus_millis(12 * 60 * 60 * 1000);
        for running in [false, true] {
            for seconds in AROUND {
                set(&worlds, running, end.plus_millis(seconds * 1000), seconds < 0);
                let (status, code, _) =
                    send(&worlds, "GET", "/api/v1/KeystoreEntries", &[("authorization", &bearer)], "");
                let expected = if seconds >= 0 { (401, "token_expired") } else { (200, "success") };
                assert_eq!((status, code.as_str()), expected, "{mode}, {seconds} s, running: {running}");
            }
        }
    }
}

#[test]
fn a_token_of_apinizer_ends_at_its_last_second() {
    let issued = Timestamp(1_768_464_000_000);
    let worlds = worlds("", issued);
    let form = "grant_type=client_credentials&client_id=apinizer&client_secret=apinizer";
    let typed = [("content-type", "application/x-www-form-urlencoded")];
    let token = send(&worlds, "POST", "/apiops/auth/token", &typed, form).2;
    let bearer = format!("Bearer {}", token["access_token"].as_str().unwrap());
    let end = issued.plus_millis(60 * 60 * 1000);
    for running in [false, true] {
        for seconds in AROUND {
            set(&worlds, running, end.plus_millis(seconds * 1000), seconds < 0);
            let (status, code, _) = send(&worlds, "GET", "/apiops/projects/", &[("authorization", &bearer)], "");
            let expected = if seconds >= 0 { (401, "token_expired") } else { (200, "success") };
            assert_eq!((status, code.as_str()), expected, "{seconds} s, running: {running}");
        }
    }
}

#[test]
fn a_csrf_session_lasts_as_long_as_its_world() {
    let worlds = worlds("behaviour: { sap_cloud_integration: { csrf: always } }", Timestamp(1_768_464_000_000));
    let fetch = [("authorization", "Bearer x"), ("x-csrf-token", "Fetch")];
    let request = request("GET", "/api/v1/KeystoreEntries", &fetch, "");
    let token = gateway::answer(&worlds, &request).headers["x-csrf-token"].to_str().unwrap().to_owned();
    let delete = || send(&worlds, "DELETE", "/api/v1/KeystoreEntries('6E6F7065')", &[("x-csrf-token", &token)], "").1;
    for running in [false, true] {
        for seconds in AROUND {
            set(&worlds, running, Timestamp(1_768_464_000_000).plus_millis(seconds * 1000), false);
            assert_eq!(delete(), "alias_not_found", "no page knows an end of a session");
        }
    }
    send(&worlds, "POST", "/_certmimic/reset", &[], "");
    assert_eq!(delete(), "csrf_token_required");
}
