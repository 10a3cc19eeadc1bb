//! Requests as they are sent, and the canaries that are in them.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::process::Served;

/// What every canary begins with, and nothing else has.
pub const CANARY: &str = "Kanarie4711";

/// A canary of its own for a place.
pub fn canary(place: &str) -> String {
    format!("{CANARY}{place}")
}

pub fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)).unwrap()
}

/// A request and how it is to end: none of those that are nonsense.
pub struct Sent {
    pub method: String,
    pub target: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    pub succeeds: bool,
}

impl Sent {
    pub fn new(method: &str, target: &str, media_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let mut headers =
            vec![("Authorization", format!("Bearer {}", canary("Bearer"))), ("Accept", "application/json".to_owned())];
        if !media_type.is_empty() {
            headers.push(("Content-Type", media_type.to_owned()));
        }
        Self { method: method.to_owned(), target: target.to_owned(), headers, body: body.into(), succeeds: false }
    }

    pub fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value));
        self
    }

    /// As it goes over a connection of its own.
    pub fn bytes(&self) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n", self.method, self.target);
        self.headers.iter().for_each(|(name, value)| write!(head, "{name}: {value}\r\n").unwrap());
        write!(head, "Content-Length: {}\r\n\r\n", self.body.len()).unwrap();
        [head.as_bytes(), &self.body].concat()
    }

    pub fn play(&self, served: &Served) -> String {
        let answer = served.exchange(self.bytes());
        let is_success = answer.starts_with("HTTP/1.1 2");
        assert!(!self.succeeds || is_success, "{} {}: {answer}", self.method, self.target);
        assert!(
            !answer.is_empty() && !answer.contains("certmimic-diagnosis: internal_error"),
            "{} {}: {answer}",
            self.method,
            self.target
        );
        answer
    }
}

pub fn good(method: &str, target: &str, body: &Value) -> Sent {
    Sent { succeeds: true, ..Sent::new(method, target, "application/json", body.to_string()) }
}

/// A form with the boundary `b`.
pub fn multipart(fields: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let file = if name.ends_with("File") { "; filename=\"f\"" } else { "" };
        body.extend(format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").as_bytes());
        body.extend(*value);
        body.extend(b"\r\n");
    }
    body.extend(b"--b--\r\n");
    body
}
