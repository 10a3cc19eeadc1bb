//! Where in the texts something is wrong.

use super::Flaw;
use super::source::Origin;
use super::tree::{Node, Position, SyntaxError};
use super::veil::{is_key, veiled};
use crate::seed::{Code, Complaint, Place, Problem};
use crate::store::without_word;

/// What is wrong at a position. In the order of the texts.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Misplaced {
    pub at: Position,
    pub complaint: Complaint,
    /// The text that stands there, if it is one.
    pub text: Option<String>,
}

impl From<SyntaxError> for Misplaced {
    fn from(SyntaxError { at, message }: SyntaxError) -> Self {
        let code = if message.starts_with("duplicate") { Code::DuplicateKey } else { Code::Syntax };
        Self { at, complaint: Complaint::new(code, message), text: None }
    }
}

/// Where a problem is, and what it says with its place in the document. Steps below a scalar are of a form that its author
/// did not choose: `certificate.file`, where `certificate` is the path.
pub(super) fn located(tree: &Node, problem: &Problem) -> Misplaced {
    let (node, taken) = tree.way(&problem.place);
    let steps = if node.text().is_some() { taken } else { problem.place.0.len() };
    let place = Place(problem.place.0.iter().take(steps).cloned().collect());
    let mut complaint = problem.complaint.clone();
    if !place.0.is_empty() {
        complaint.message = format!("{place}: {}", complaint.message);
    }
    Misplaced { at: node.at, complaint, text: node.text().map(ToOwned::to_owned) }
}

/// What is wrong at a position, with the line that it is in.
pub(super) fn flaw(origins: &[Origin], misplaced: Misplaced) -> Flaw {
    let Misplaced { at, complaint, text } = misplaced;
    let origin = origins.get(at.source);
    let line = origin.and_then(|origin| veiled(&origin.text, at.line));
    let is_secret = line.as_ref().is_some_and(|line| line.is_secret(at.column));
    let secret = text.filter(|text| is_secret || is_key(text));
    Flaw {
        file: origin.map(|origin| origin.file.clone()).unwrap_or_default(),
        line: at.line,
        column: at.column,
        code: complaint.code,
        message: secret.map_or_else(|| complaint.message.clone(), |secret| without(&complaint.message, &secret)),
        expected: complaint.expected,
        snippet: line.map(|line| line.line).unwrap_or_default(),
    }
}

/// A message without a text, as it is or as it stands in quotes; in a longer word it is none.
fn without(message: &str, secret: &str) -> String {
    let escaped: String = secret.chars().flat_map(char::escape_debug).collect();
    without_word(&without_word(message, secret), &escaped)
}

#[cfg(test)]
mod tests {
    use crate::scenario::{Source, load};

    fn told(text: &str) -> String {
        let flaws = load(&[Source::Sent { text: text.to_owned() }]).unwrap_err();
        flaws.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn nothing_that_is_wrong_quotes_a_secret() {
        let key = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7canary";
        let clients = "certmimic: 1\nclients:\n  - id: x\n    secret: s\n";
        let entry = "certmimic: 1\nsap_cloud_integration: { keystores: { system: { entries: [{ alias: a, ";
        for text in [
            format!("{clients}    token: canary\n"),
            format!("{clients}    password: {{ a: canary }}\n"),
            format!("{clients}    secret: |\n      canary\n   canary\n"),
            format!("{clients}    pass: >-\n      a: b\n      canary\n     [canary\n"),
            "certmimic: 1\nclients:\n  - id: x\n    secret: \"ca\n      canary\n".to_owned(),
            "certmimic: 1\nclients:\n  - id: x\n    secret: *canary\n".to_owned(),
            "certmimic: 1\nclients:\n  - id: x\n    secret: !canary\n".to_owned(),
            "certmimic: 1\nclients:\n  - id: x\n    secret: @canary\n".to_owned(),
            "certmimic: 1\nclients:\n  - id: x\n    secret: \"canary\\qcanary\"\n".to_owned(),
            "certmimic: 1\nclients:\n  - id: x\n    secret: {canary\n".to_owned(),
            format!("{entry}key_pair: {key} }}] }} }} }}\n"),
            format!("{entry}key_pair: {{ pem: canary }} }}] }} }} }}\n"),
            format!("{entry}key_pair: {{ generate: {{ common_name: a, key: {key} }} }} }}] }} }} }}\n"),
            format!("{entry}kind: {key} }}] }} }} }}\n"),
            format!("certmimic: {key}\n"),
            format!("{{\"certmimic\":1,\"clients\":{{\"secret\":\"canary\"}},\"seed\":\"{key}\"}}"),
        ] {
            let told = told(&text);
            assert!(!told.contains("canary"), "{text}\n{told}");
        }
    }

    #[test]
    fn what_is_no_secret_is_quoted() {
        let told = told("certmimic: 1\nclients: nobody\nlint: canary\n");
        assert!(told.contains("nobody") && told.contains("unknown value \"canary\""), "{told}");
    }
}
