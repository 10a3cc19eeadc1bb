//! One log line a request, under a target of its own.
//!
//! Refusals are logged at `info`, so that a failing test finds the reason in the log; what succeeds at `debug`, which is
//! off unless asked for and then costs next to nothing. The query is left out: token requests carry secrets there.

use tokio::time::Instant;
use tracing::Level;

use crate::contract::Operation;
use crate::http::{Diagnosis, Request, Response};

/// The target of these lines, for `RUST_LOG`.
pub const TARGET: &str = "certmimic::access";

/// What a line says, but for the time it took.
#[derive(Debug)]
pub struct Entry {
    method: String,
    path: String,
    status: u16,
    operation: &'static str,
    bytes: usize,
    diagnosis: Option<Diagnosis>,
}

impl Entry {
    /// The entry of an exchange; `None` if nobody wants to read it.
    pub fn of(request: &Request, operation: Option<&Operation>, response: &Response) -> Option<Self> {
        let wanted = match response.diagnosis {
            Some(_) => tracing::enabled!(target: TARGET, Level::INFO),
            None => tracing::enabled!(target: TARGET, Level::DEBUG),
        };
        wanted.then(|| Self {
            method: request.method.to_string(),
            path: request.path.clone(),
            status: response.status.as_u16(),
            operation: operation.map_or("-", |operation| operation.id),
            bytes: response.body.len(),
            diagnosis: response.diagnosis.clone(),
        })
    }

    /// Writes the line.
    pub fn write(self, started: Instant) {
        let Self { method, path, status, operation, bytes, diagnosis } = self;
        let micros = started.elapsed().as_micros();
        if let Some(Diagnosis { code, line }) = diagnosis {
            tracing::info!(target: TARGET, %method, %path, status, operation, micros, bytes, diagnosis = code, "{line}");
        } else {
            tracing::debug!(target: TARGET, %method, %path, status, operation, micros, bytes, "answered");
        }
    }
}
