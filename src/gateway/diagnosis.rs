//! The diagnosis: why a request was refused, told to developers beside the system's own answer.

use ::http::{HeaderName, StatusCode};

use crate::contract::{Meaning, Operation, nearest};
use crate::http::{Diagnosis, Request, Response};
use crate::state::{APIS, Api};

/// The header that carries it.
pub const HEADER: HeaderName = HeaderName::from_static("certmimic-diagnosis");

/// Codes that are no row of a system's catalogue, and what they mean.
pub const OWN: &[(&str, &str)] = &[
    (UNKNOWN_PATH, "no emulated system answers at the path; the line names the nearest operation"),
    (
        UNKNOWN_OPERATION,
        "the system is emulated, and what was asked is none of its operations; the line names the nearest",
    ),
    (BODY_TOO_LARGE, "the body is over the most that is read for any operation"),
    (FAULT, "an armed fault answered with a status of its own, or closed the connection"),
];

const UNKNOWN_PATH: &str = "unknown_path";
const UNKNOWN_OPERATION: &str = "unknown_operation";
const BODY_TOO_LARGE: &str = "body_too_large";

/// The code where a fault answers with what is no documented refusal.
pub const FAULT: &str = "fault";

/// Longest line in the header: the rest is in the log.
const LONGEST: usize = 600;

/// Puts a response's diagnosis into its headers.
pub fn attach(response: &mut Response) {
    if let Some(diagnosis) = &response.diagnosis {
        let line = visible(&format!("{}; {}", diagnosis.code, diagnosis.line));
        response.add(HEADER, line);
    }
}

/// The answer below no API's root.
pub fn nowhere(request: &Request) -> Response {
    let operations = APIS.iter().flat_map(|api| api.operations);
    let line = format!("No emulated system answers at {}.{}", request.path, suggestion(operations, request));
    Response::empty(StatusCode::NOT_FOUND).because(Diagnosis { code: UNKNOWN_PATH, line })
}

/// A body that is too large for any operation.
pub fn too_large(request: &Request) -> Diagnosis {
    let line = format!("The body sent to {} is over {} bytes, the most that is read.", request.path, super::BODY_LIMIT);
    Diagnosis { code: BODY_TOO_LARGE, line }
}

/// Where a refused request means no operation, the diagnosis names the nearest one.
pub fn explain_unknown(api: &Api, request: &Request, meaning: &Meaning, response: &mut Response) {
    let refused = response.status.is_client_error() || response.status == StatusCode::NOT_IMPLEMENTED;
    if !refused || meaning.row().is_some() {
        return;
    }
    let hint = suggestion(api.operations, request);
    if let Some(diagnosis) = &mut response.diagnosis {
        diagnosis.line.push_str(&hint);
    } else {
        let line = format!("{} emulates no such operation.{hint}", api.title);
        response.diagnosis = Some(Diagnosis { code: UNKNOWN_OPERATION, line });
    }
}

fn suggestion<'t>(operations: impl IntoIterator<Item = &'t Operation>, request: &Request) -> String {
    nearest(operations, request.method.as_str(), &request.path)
        .map(|row| format!(" The nearest operation is {} {} ({}).", row.method, row.path, row.id))
        .unwrap_or_default()
}

/// As a header may carry it: one line of visible ASCII.
fn visible(line: &str) -> String {
    let ascii = |c: char| if c.is_ascii_graphic() || c == ' ' { c } else { '?' };
    line.chars().take(LONGEST).map(ascii).collect()
}
