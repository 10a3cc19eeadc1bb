//! What can be wrong with a control call. These are certmimic's own answers, not those of an emulated system.

use ::http::header::ALLOW;
use ::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{CALLS, ROOT};
use crate::http::Response;
use crate::scenario::{BUILT_IN, Flaw};

/// Why a control call was turned down.
#[derive(Debug)]
pub(super) enum Error {
    /// There is no such path.
    UnknownPath,
    /// The path takes other methods.
    WrongMethod { allowed: Vec<&'static str> },
    /// No built-in scenario has this name.
    UnknownScenario { name: String },
    /// The body is not what the call takes; one sentence.
    BadBody(String),
    /// The body is longer than any that is read.
    TooLarge { limit: usize },
    /// The document is no scenario, or one that a system would refuse.
    Refused(Vec<Flaw>),
    /// The faults could not be armed.
    FaultsRefused(Vec<Flaw>),
    /// No fault has this name.
    UnknownFault { id: String },
    /// The state could not be written down.
    NotWritten(String),
}

impl Error {
    pub(super) fn response(&self) -> Response {
        let (status, code) = self.status();
        let mut error = json!({"code": code, "message": self.message()});
        if let (Value::Object(members), Some((name, details))) = (&mut error, self.details()) {
            members.insert(name.to_owned(), details);
        }
        let body = json!({ "error": error });
        let response = Response::new(status, "application/json", format!("{body:#}\n"));
        match self {
            Self::WrongMethod { allowed } => response.with(ALLOW, allowed.join(", ")),
            _ => response,
        }
    }

    const fn status(&self) -> (StatusCode, &'static str) {
        match self {
            Self::UnknownPath => (StatusCode::NOT_FOUND, "unknown_path"),
            Self::WrongMethod { .. } => (StatusCode::METHOD_NOT_ALLOWED, "wrong_method"),
            Self::UnknownScenario { .. } => (StatusCode::NOT_FOUND, "unknown_scenario"),
            Self::BadBody(_) => (StatusCode::BAD_REQUEST, "bad_body"),
            Self::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "body_too_large"),
            Self::Refused(_) => (StatusCode::UNPROCESSABLE_ENTITY, "bad_scenario"),
            Self::FaultsRefused(_) => (StatusCode::UNPROCESSABLE_ENTITY, "bad_fault"),
            Self::UnknownFault { .. } => (StatusCode::NOT_FOUND, "unknown_fault"),
            Self::NotWritten(_) => (StatusCode::INTERNAL_SERVER_ERROR, "not_written"),
        }
    }

    fn message(&self) -> String {
        match self {
            Self::UnknownPath => "There is no such control path; these are there.".to_owned(),
            Self::WrongMethod { allowed } => format!("This control path takes {}.", allowed.join(" and ")),
            Self::UnknownScenario { name } => {
                let known: Vec<&str> = BUILT_IN.iter().map(|scenario| scenario.name).collect();
                format!("There is no built-in scenario \"{name}\"; there are {}.", known.join(", "))
            }
            Self::BadBody(sentence) | Self::NotWritten(sentence) => sentence.clone(),
            Self::TooLarge { limit } => format!("The body is over {limit} bytes, the most that is read."),
            Self::Refused(_) => "The scenario was refused; the world is as it was.".to_owned(),
            Self::FaultsRefused(_) => "No fault was armed.".to_owned(),
            Self::UnknownFault { id } => format!("No fault is called \"{id}\"."),
        }
    }

    fn details(&self) -> Option<(&'static str, Value)> {
        match self {
            Self::UnknownPath => Some(("calls", calls())),
            Self::Refused(flaws) | Self::FaultsRefused(flaws) => Some(("flaws", flaws.iter().map(flaw).collect())),
            _ => None,
        }
    }
}

fn calls() -> Value {
    let call = |method: &Method, path: &str, does: &str| json!({"method": method.as_str(), "path": format!("{ROOT}{path}"), "does": does});
    CALLS.iter().map(|row| call(&row.method, row.path, row.does)).collect()
}

fn flaw(flaw: &Flaw) -> Value {
    json!({"line": flaw.line, "column": flaw.column, "message": flaw.message, "text": flaw.to_string()})
}
