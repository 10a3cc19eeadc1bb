//! OpenSSL, the JDK and certmimic agree: about certificates that others made, and about those that certmimic makes.
//!
//! A test whose tool is not installed says so and does nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::indexing_slicing, reason = "a test may")]

mod corpus;
mod made;
#[path = "../tools_formats/workshop.rs"]
#[allow(dead_code, reason = "shared with the tests of formats")]
mod workshop;
