//! The packages of other languages, as their users have them: built, installed below `target/`, and run by their own tests. A
//! package whose tools are not there is reported as ignored, with the step that failed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, reason = "a test may read files")]

mod go;
mod java;
#[path = "../support/junit.rs"]
mod junit;
mod node;
mod python;
#[path = "../support/trial.rs"]
mod trial;
mod versions;
#[path = "../support/workshop.rs"]
mod workshop;

use libtest_mimic::Arguments;
use trial::{attempt, trial};

fn main() {
    let trials = vec![
        trial("versions", &[], versions::agree),
        attempt("python", &["python3"], python::runs),
        attempt("node", &["node", "npm"], node::runs),
        attempt("java", &["java", "javac"], java::runs),
        trial("go", &["go"], go::runs),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}
