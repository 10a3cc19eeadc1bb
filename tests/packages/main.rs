//! The packages of other languages, as their users have them: built, installed below `target/`, and run by their own tests. A
//! package whose tools are not there is reported as ignored, with the step that failed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, reason = "a test may read files")]

mod node;
mod python;
mod workshop;

use libtest_mimic::{Arguments, Trial};

fn main() {
    let trials: Vec<Trial> =
        vec![Trial::ignorable_test("python", python::runs), Trial::ignorable_test("node", node::runs)];
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}
