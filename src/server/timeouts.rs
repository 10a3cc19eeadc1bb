//! How long is long enough.

use std::time::Duration;

/// How long the server waits for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// For a request's head to be complete, and between requests of a connection.
    pub head: Duration,
    /// For a request's body to be complete.
    pub body: Duration,
    /// For a client to take some more of its answer.
    pub write: Duration,
    /// For another server to answer whole, where a request makes this one ask it.
    pub fetch: Duration,
    /// For requests under way to be answered when the server stops.
    pub grace: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        let patience = Duration::from_secs(30);
        Self { head: patience, body: patience, write: patience, fetch: patience, grace: Duration::from_secs(10) }
    }
}
