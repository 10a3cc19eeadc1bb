//! What a tenant is asked, before it is known where the tenant is and who asks.

use bytes::Bytes;
use http::header::ACCEPT;
use http::{HeaderName, HeaderValue, Method};

/// A request to a system.
#[derive(Debug, Clone)]
pub struct Asking {
    /// The method.
    pub method: Method,
    /// Path and query, as the system has them.
    pub target: String,
    /// Headers, but for those that say who asks.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// The body.
    pub body: Bytes,
    /// As whom.
    pub who: Who,
}

/// As whom something is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Who {
    /// As who the account says, with a token.
    #[default]
    Owner,
    /// As nobody: without a token.
    Nobody,
}

impl Asking {
    /// A `GET` of JSON.
    pub fn json(target: impl Into<String>) -> Self {
        Self {
            method: Method::GET,
            target: target.into(),
            headers: vec![(ACCEPT, HeaderValue::from_static("application/json"))],
            body: Bytes::new(),
            who: Who::Owner,
        }
    }
}
