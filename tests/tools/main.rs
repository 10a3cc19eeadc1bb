//! OpenSSL, the JDK and certmimic agree: about certificates that others made, and about those that certmimic makes.
//!
//! A trial whose tool is not installed is reported as ignored.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may")]
#![allow(clippy::disallowed_methods, clippy::indexing_slicing, reason = "a test may")]

mod corpus;
mod made;
#[path = "../support/trial.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod trial;
#[path = "../tools_formats/workshop.rs"]
#[allow(dead_code, reason = "shared with the tests of formats")]
mod workshop;

use libtest_mimic::Arguments;

fn main() {
    let trials = [corpus::trials(), made::trials()].into_iter().flatten().collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}
