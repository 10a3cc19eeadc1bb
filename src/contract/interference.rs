//! What comes between a request and the system that it is for.

use std::fmt;

use crate::http::{Request, Response};

/// What armed faults do to one exchange, beyond what the gateway does by itself.
pub trait Interference: fmt::Debug {
    /// Why an environment cannot be deployed to while the request is handled; `None` if it can.
    fn undeployable(&self, _environment: &str) -> Option<&str> {
        None
    }

    /// The answer to a request that travels inside this one, in place of the system's. The request is asked for only where
    /// faults are armed.
    fn part(&self, _part: &dyn Fn() -> Request) -> Option<Response> {
        None
    }
}

/// Nothing comes between.
#[derive(Debug)]
pub struct Calm;

impl Interference for Calm {}
