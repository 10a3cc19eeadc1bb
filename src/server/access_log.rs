//! One log line a request, under a target of its own.
//!
//! Refusals are logged at `info`, so that a failing test finds the reason in the log; what succeeds at `debug`, which is
//! off unless asked for and then costs next to nothing. The query is left out: token requests carry secrets there.

use crate::gateway::Answered;
use crate::http::{Diagnosis, Request};

/// The target of these lines, for `RUST_LOG`.
pub const TARGET: &str = "certmimic::access";

/// Writes the line of an exchange, if anybody wants to read it. `micros` is how long the answer took.
pub fn write(request: &Request, answered: &Answered, micros: u64) {
    let Answered { operation, response, .. } = answered;
    let (method, path, status) = (&request.method, &request.path, response.status.as_u16());
    let operation = operation.map(|operation| operation.id);
    let (bytes, by_fault) = (response.body.len(), response.by_fault);
    if let Some(Diagnosis { code: outcome, line }) = &response.diagnosis {
        tracing::info!(target: TARGET, %method, path, status, operation, outcome, by_fault, micros, bytes, "{line}");
    } else {
        let outcome = "success";
        tracing::debug!(target: TARGET, %method, path, status, operation, outcome, by_fault, micros, bytes, "answered");
    }
}
