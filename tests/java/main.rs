//! Certificates and keystores as Java reads them: files with the verdict of the JDK 17, played against the reader and
//! against the services that take uploads. A trial whose tool is not there is reported as ignored.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test may read files and say what it skips")]

mod certificates;
mod differences;
mod tenant;
#[path = "../support/trial.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod trial;
#[path = "../tools_formats/workshop.rs"]
#[allow(dead_code, reason = "shared with the tests of the formats")]
mod workshop;

use std::path::PathBuf;

use libtest_mimic::Arguments;
use trial::trial;

fn main() {
    libtest_mimic::run(&Arguments::from_args(), certificates::trials()).exit();
}

/// The lines of a file beside this one.
fn lines(name: &str) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(folder().join(name)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/java")
}
