//! Answers that no emulated system gives: the connection or certmimic itself is at fault.

use http::StatusCode;

use crate::gateway;
use crate::http::{Diagnosis, Response};

/// A handler panicked.
pub fn internal_error() -> Response {
    let line = "A defect in certmimic, not in the request; its log has the message. Please report it.";
    refusal(StatusCode::INTERNAL_SERVER_ERROR, "internal_error", line)
}

/// The body did not arrive in time.
pub fn too_slow() -> Response {
    let line = "The request's body was not complete in time; check Content-Length against what is sent.";
    refusal(StatusCode::REQUEST_TIMEOUT, "body_incomplete", line)
}

/// A control call at a listener that is for the emulated systems only.
pub fn control_elsewhere() -> Response {
    let line = "The control API of this server has an address of its own: that of --control-listen.";
    refusal(StatusCode::NOT_FOUND, "control_elsewhere", line)
}

/// A request to an emulated system at a listener that is for the control API only.
pub fn control_only() -> Response {
    let line = "This address is for the control API, below /_certmimic; the emulated systems are at that of --listen.";
    refusal(StatusCode::NOT_FOUND, "control_only", line)
}

/// The body cannot be read.
pub fn broken() -> Response {
    let line = "The request's body ended early or its chunks are malformed (RFC 9112 section 7.1).";
    refusal(StatusCode::BAD_REQUEST, "body_malformed", line)
}

fn refusal(status: StatusCode, code: &'static str, line: &str) -> Response {
    gateway::with_diagnosis(Response::empty(status).because(Diagnosis { code, line: line.to_owned() }))
}
