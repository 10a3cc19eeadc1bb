//! Tenants from outside: the real program reads another one that plays the tenant, and hostile servers that are none.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, reason = "a test may read and write files")]

mod capturing;
mod comparing;
#[cfg(unix)]
mod ending;
mod hostile;
mod played;
#[path = "../support/process.rs"]
#[allow(dead_code, reason = "shared with the tests of the sockets")]
mod process;
