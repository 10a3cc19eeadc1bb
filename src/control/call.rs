//! What a call of the control API is: how it is recognised and described.

use serde_json::Value;

use super::context::Context;
use super::error::Error;
use crate::contract::{Address, Addressed};
use crate::http::Response;

/// One call.
pub(super) struct Call {
    /// HTTP method.
    pub method: &'static str,
    /// Path template, from the server's root.
    pub path: &'static str,
    /// What it does, in a few words.
    pub does: &'static str,
    /// The query parameters that it takes.
    pub query: &'static [Parameter],
    /// The body that it takes.
    pub body: Option<Body>,
    /// The status of success.
    pub success: u16,
    /// The media types that it answers in.
    pub answers: &'static [&'static str],
    /// True for the call whose answer goes on as long as somebody listens.
    pub follows: bool,
    /// What answers it.
    pub answer: fn(&Context<'_>) -> Result<Response, Error>,
}

/// A query parameter.
pub(super) struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
}

/// A body.
pub(super) struct Body {
    /// The media types that it may have.
    pub media_types: &'static [&'static str],
    /// Its JSON Schema.
    pub schema: fn() -> Value,
}

impl Addressed for Call {
    fn address(&self) -> Address {
        Address { method: self.method, path: self.path, when: &[] }
    }
}

/// A query parameter.
pub(super) const fn parameter(name: &'static str, about: &'static str) -> Parameter {
    Parameter { name, about }
}
