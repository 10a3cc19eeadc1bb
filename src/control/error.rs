//! What can be wrong with a control call, as problem details (RFC 9457). These are certmimic's own answers, not those of an
//! emulated system.

use ::http::StatusCode;
use ::http::header::ALLOW;
use serde_json::{Map, Value, json};

use crate::contract::expectation;
use crate::http::{Diagnosis, Response};
use crate::scenario::{Flaw, names};
use crate::worlds;

/// Why a control call was turned down.
#[derive(Debug)]
pub(super) enum Error {
    /// There is no such path; all that there is.
    UnknownPath { calls: Value },
    /// The path takes other methods.
    WrongMethod { allowed: Vec<&'static str> },
    /// The call takes no such query parameter.
    UnknownParameter { name: String, nearest: Option<&'static str>, known: Vec<&'static str> },
    /// The query cannot be decoded.
    BadQuery,
    /// The value of a query parameter does not fit; what was expected.
    BadValue { name: &'static str, value: String, expected: String },
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
    /// No snapshot has this name.
    UnknownSnapshot { name: String, known: Vec<String> },
    /// The journal has no record of this number.
    UnknownRequest { number: String },
    /// A world cannot be had.
    World(worlds::Error),
    /// What was expected was not asked; with what came nearest.
    Unverified { sentence: String, report: Value },
    /// No certificate authority was minted for TLS.
    NoAuthority,
    /// A browser sent it for a page of somebody else, or under a name that is not this server's.
    Foreign { sentence: String },
    /// Lint refuses it, in the name of a tenant.
    Linted { sentence: String },
    /// Something could not be written down.
    NotWritten(String),
}

impl From<worlds::Error> for Error {
    fn from(error: worlds::Error) -> Self {
        Self::World(error)
    }
}

impl Error {
    pub(super) fn response(&self) -> Response {
        let (status, code, title) = self.kind();
        let mut problem = Map::new();
        problem.insert("type".to_owned(), format!("urn:certmimic:problem:{code}").into());
        problem.insert("title".to_owned(), title.into());
        problem.insert("status".to_owned(), status.as_u16().into());
        problem.insert("code".to_owned(), code.into());
        problem.insert("detail".to_owned(), self.detail().into());
        problem.extend(self.members());
        let body = format!("{:#}\n", Value::Object(problem));
        let response = Response::new(status, "application/problem+json", body);
        match self {
            Self::WrongMethod { allowed } => response.with(ALLOW, allowed.join(", ")),
            Self::World(_) => response.because(Diagnosis { code, line: self.detail() }),
            _ => response,
        }
    }

    const fn kind(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::UnknownPath { .. } => (StatusCode::NOT_FOUND, "unknown_path", "Unknown path"),
            Self::WrongMethod { .. } => (StatusCode::METHOD_NOT_ALLOWED, "wrong_method", "Wrong method"),
            Self::UnknownParameter { .. } => (StatusCode::BAD_REQUEST, "unknown_parameter", "Unknown parameter"),
            Self::BadQuery => (StatusCode::BAD_REQUEST, "bad_query", "Bad query"),
            Self::BadValue { .. } => (StatusCode::BAD_REQUEST, "bad_value", "Bad value"),
            Self::UnknownScenario { .. } => (StatusCode::NOT_FOUND, "unknown_scenario", "Unknown scenario"),
            Self::BadBody(_) => (StatusCode::BAD_REQUEST, "bad_body", "Bad body"),
            Self::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", "Body too large"),
            Self::Refused(_) => (StatusCode::UNPROCESSABLE_ENTITY, "bad_scenario", "Bad scenario"),
            Self::FaultsRefused(_) => (StatusCode::UNPROCESSABLE_ENTITY, "bad_fault", "Bad fault"),
            Self::UnknownFault { .. } => (StatusCode::NOT_FOUND, "unknown_fault", "Unknown fault"),
            Self::UnknownSnapshot { .. } => (StatusCode::NOT_FOUND, "unknown_snapshot", "Unknown snapshot"),
            Self::UnknownRequest { .. } => (StatusCode::NOT_FOUND, "unknown_request", "Unknown request"),
            Self::World(error) => of_world(error),
            Self::Unverified { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "unverified", "Not as expected"),
            Self::NoAuthority => (StatusCode::NOT_FOUND, "no_authority", "No certificate authority"),
            Self::Foreign { .. } => (StatusCode::FORBIDDEN, "foreign_origin", "Foreign origin"),
            Self::Linted { .. } => (StatusCode::BAD_REQUEST, "lint", "Refused by lint"),
            Self::NotWritten(_) => (StatusCode::INTERNAL_SERVER_ERROR, "not_written", "Not written"),
        }
    }

    /// One sentence: what is wrong, and what was expected.
    pub(super) fn detail(&self) -> String {
        match self {
            Self::UnknownPath { .. } => "There is no such control path; these are there.".to_owned(),
            Self::WrongMethod { allowed } => format!("This control path takes {}.", allowed.join(" and ")),
            Self::UnknownParameter { name, nearest, known } => unknown_parameter(name, *nearest, known),
            Self::BadQuery => "The query has a broken escape: % is followed by two hexadecimal digits.".to_owned(),
            Self::BadValue { name, value, expected } => format!("{name}={value} does not fit: expected {expected}."),
            Self::UnknownScenario { name } => {
                format!("There is no built-in scenario \"{name}\": {}.", expectation(name, &names()))
            }
            Self::BadBody(sentence)
            | Self::NotWritten(sentence)
            | Self::Foreign { sentence }
            | Self::Linted { sentence }
            | Self::Unverified { sentence, .. } => sentence.clone(),
            Self::TooLarge { limit } => format!("The body is over {limit} bytes, the most that is read."),
            Self::Refused(_) => "The scenario was refused; the world is as it was.".to_owned(),
            Self::FaultsRefused(_) => "No fault was armed.".to_owned(),
            Self::UnknownFault { id } => format!("No fault is called \"{id}\"."),
            Self::UnknownSnapshot { name, known } if known.is_empty() => {
                format!("No snapshot is called \"{name}\"; this world has none.")
            }
            Self::UnknownSnapshot { name, known } => {
                format!("No snapshot is called \"{name}\"; this world has {}.", known.join(", "))
            }
            Self::UnknownRequest { number } => {
                format!(
                    "The journal of this world has no request {number}; it may have been forgotten for want of room."
                )
            }
            Self::World(error) => error.to_string(),
            Self::NoAuthority => {
                "No certificate authority was minted: it is with --tls-listen and without --tls-cert.".to_owned()
            }
        }
    }

    fn members(&self) -> Map<String, Value> {
        let one = |name: &str, value: Value| Map::from_iter([(name.to_owned(), value)]);
        match self {
            Self::UnknownPath { calls } => one("calls", calls.clone()),
            Self::Refused(flaws) | Self::FaultsRefused(flaws) => one("flaws", flaws.iter().map(flaw).collect()),
            Self::Unverified { report: Value::Object(members), .. } => members.clone(),
            _ => Map::new(),
        }
    }
}

const fn of_world(error: &worlds::Error) -> (StatusCode, &'static str, &'static str) {
    match error {
        worlds::Error::NotAName { .. } => (StatusCode::BAD_REQUEST, "bad_name", "Bad name"),
        worlds::Error::TooMany { .. } => (StatusCode::SERVICE_UNAVAILABLE, "too_many_worlds", "Too many worlds"),
        worlds::Error::TooManySnapshots { .. } => {
            (StatusCode::SERVICE_UNAVAILABLE, "too_many_snapshots", "Too many snapshots")
        }
        worlds::Error::Exists { .. } => (StatusCode::CONFLICT, "world_exists", "World exists"),
        worlds::Error::Unknown { .. } => (StatusCode::NOT_FOUND, "unknown_world", "Unknown world"),
        worlds::Error::IsDefault => (StatusCode::CONFLICT, "default_world", "Default world"),
    }
}

fn unknown_parameter(name: &str, nearest: Option<&str>, known: &[&str]) -> String {
    match nearest {
        None => format!("This call takes no parameter \"{name}\", nor any other."),
        Some(nearest) => {
            format!(
                "This call takes no parameter \"{name}\"; did you mean \"{nearest}\"? It takes {}.",
                known.join(", ")
            )
        }
    }
}

fn flaw(flaw: &Flaw) -> Value {
    let text = flaw.to_string();
    json!({
        "line": flaw.line,
        "column": flaw.column,
        "code": flaw.code.as_str(),
        "message": flaw.message,
        "expected": flaw.expected,
        "text": text,
    })
}
