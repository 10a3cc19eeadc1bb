//! Certificates and keystores as Java reads them: files with the verdict of the JDK 17, played against the reader and
//! against the services that take uploads. A trial whose tool is not there is reported as ignored.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test may read files and say what it skips")]

mod certificates;
mod differences;
mod keystores;
#[path = "../support/request.rs"]
mod request;
mod second_opinion;
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
    let trials =
        [certificates::trials(), keystores::trials(), second_opinion::trials()].into_iter().flatten().collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

/// The lines of a file beside this one.
fn lines(name: &str) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(folder().join(name)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Asks the JDK that is here for its verdict of all lines of a file. Other versions may read more or less: then there is
/// nothing to compare.
fn judged(name: &str, members: &[&str]) {
    let workshop = workshop::Workshop::new(&format!("java-judged-{name}"));
    let version = workshop.run("java -version");
    if !version.contains("\"17.") {
        return println!("skipped: the verdicts are those of JDK 17, and this is {version}");
    }
    let lines = lines(&format!("{name}.jsonl"));
    let member = |line: &serde_json::Value, member: &str| line[member].as_str().unwrap().to_owned();
    let list = |line: &serde_json::Value| members.iter().map(|name| member(line, name)).collect::<Vec<_>>().join("\t");
    workshop.write("list", lines.iter().map(list).collect::<Vec<_>>().join("\n"));
    let judge = folder().join("Judge.java");
    let said = workshop.run(&format!("java {} {name} list", judge.display()));
    let said: Vec<serde_json::Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(said, lines);
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/java")
}
