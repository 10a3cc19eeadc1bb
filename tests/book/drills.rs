//! The drills in `examples/`: each against a server of its own, with the scenario that it says that it begins with.

use std::path::Path;

use crate::page::{below, project};
use crate::shell;

/// All drills.
pub fn all() -> Vec<String> {
    below("examples").into_iter().filter(|name| Path::new(name).extension().is_some_and(|kind| kind == "sh")).collect()
}

/// Runs one. A drill names the scenario in a line `certmimic serve --scenario NAME`.
pub fn run(drill: &str) {
    let file = project().join(drill);
    let text = std::fs::read_to_string(&file).unwrap();
    let scenario = text.split_once("certmimic serve --scenario ").and_then(|(_, rest)| rest.split_whitespace().next());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("book").join(drill.replace('/', "-"));
    std::fs::create_dir_all(&folder).unwrap();
    let server = shell::serve(&format!("certmimic serve --scenario {}", scenario.unwrap_or("quickstart")), &folder);
    let interpreter = if text.starts_with("#!/bin/sh") { "sh" } else { "bash" };
    let url = format!("http://{}", server.address);
    let output = shell::with_program(interpreter, &folder).arg(file).arg(url).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}\n{err}");
}
