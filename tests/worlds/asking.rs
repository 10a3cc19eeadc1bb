//! What the tests ask of worlds, in process, and what is answered.

use certmimic::gateway;
use certmimic::http::Response;
use certmimic::scenario::{Source, load};
use certmimic::worlds::Worlds;
use serde_json::{Value, json};

use crate::request::{JSON, request};

pub const REFERENCES: &str = "/apiportal/api/1.0/Management.svc/CertificateStoreReferences";
pub const ENTRIES: &str = "/api/v1/KeystoreEntries";

pub fn worlds_with(text: &str) -> Worlds {
    let clock = "clock: { now: 2026-01-15T08:00:00Z, mode: frozen }".to_owned();
    let sources = [
        Source::BuiltIn("quickstart".to_owned()),
        Source::Text { name: "clock".to_owned(), text: clock },
        Source::Text { name: "with".to_owned(), text: text.to_owned() },
    ];
    Worlds::new(load(&sources).unwrap_or_else(|flaws| panic!("{}", flaws[0])))
}

pub fn worlds() -> Worlds {
    worlds_with("")
}

pub fn send(worlds: &Worlds, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Response {
    let headers = [&JSON[..], headers].concat();
    gateway::answer(worlds, &request(method, target, &headers, body.to_owned()))
}

pub fn call(worlds: &Worlds, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let (prefix, path) = path.strip_prefix("/w/").map_or(("", path), |rest| {
        let (name, path) = rest.split_once('/').unwrap();
        (name, path)
    });
    let prefix = if prefix.is_empty() { String::new() } else { format!("/w/{prefix}") };
    let response = send(worlds, method, &format!("{prefix}/_certmimic/{path}"), &[], &body);
    (response.status.as_u16(), serde_json::from_slice(&response.body).unwrap())
}

pub fn text(response: &Response) -> String {
    String::from_utf8_lossy(&response.body).into_owned()
}

pub fn add_reference(worlds: &Worlds, prefix: &str, name: &str) -> u16 {
    let body = json!({"name": name, "certificateStoreName": "ts"}).to_string();
    send(worlds, "POST", &format!("{prefix}{REFERENCES}"), &[], &body).status.as_u16()
}

pub fn has_reference(worlds: &Worlds, prefix: &str, name: &str) -> bool {
    text(&send(worlds, "GET", &format!("{prefix}{REFERENCES}"), &[], "")).contains(&format!("\"name\":\"{name}\""))
}

pub fn csrf(worlds: &Worlds, prefix: &str) -> (String, String) {
    let response = send(worlds, "GET", &format!("{prefix}{ENTRIES}"), &[("x-csrf-token", "Fetch")], "");
    let value = |name: &str| response.headers[name].to_str().unwrap().to_owned();
    (value("x-csrf-token"), value("set-cookie"))
}

pub fn token(worlds: &Worlds, prefix: &str) -> String {
    let form = "grant_type=client_credentials&client_id=sb-certmimic&client_secret=certmimic-secret";
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("authorization", "Basic c2ItY2VydG1pbWljOmNlcnRtaW1pYy1zZWNyZXQ="),
    ];
    let response = send(worlds, "POST", &format!("{prefix}/oauth/token"), &headers, form);
    let body: Value = serde_json::from_slice(&response.body).unwrap();
    format!("Bearer {}", body["access_token"].as_str().unwrap_or_else(|| panic!("{body}")))
}
