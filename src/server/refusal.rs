//! Answers that no emulated system gives: the connection or certmimic itself is at fault.

use std::panic::{AssertUnwindSafe, catch_unwind};

use http::StatusCode;

use crate::gateway::{self, Answered};
use crate::http::{Diagnosis, Response};

/// A defect in one handler is an answer of 500, not the end of the server: the panic hook reports it, and a draft that
/// panics is never committed, so nothing is left half done.
pub fn contained(handler: impl FnOnce() -> Answered) -> Answered {
    catch_unwind(AssertUnwindSafe(handler)).unwrap_or_else(|_| internal_error().into())
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_answer_of_500_that_says_whose_fault_it_is() {
        let Answered { response, .. } = contained(|| panic!("a defect"));
        assert_eq!(response.status, http::StatusCode::INTERNAL_SERVER_ERROR);
        assert!(response.headers.contains_key(gateway::DIAGNOSIS_HEADER));
    }
}
