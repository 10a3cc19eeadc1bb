//! Worlds, snapshots and the journal, as test suites use them: requests in, answers out, in-process.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

mod apart;
mod asking;
mod journal;
mod kept;
#[path = "../support/request.rs"]
mod request;
mod told;
