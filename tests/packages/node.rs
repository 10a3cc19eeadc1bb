//! The package and the one of this platform, which carries the program, so the tests are told of no other.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::workshop::{command, copy, files, installs, package, succeeds, workshop};

pub fn runs() -> Result<(), String> {
    let folder = workshop("node");
    lay_out(&folder);
    install(&folder)?;
    succeeds(command(folder.join("node_modules/.bin/tsc"), &folder).args(["--project", "."]));
    let tests = files(&folder.join("test")).into_iter().filter(|file| file.to_string_lossy().ends_with(".test.mjs"));
    succeeds(command("node", &folder).args(["--test", "--test-reporter", "spec"]).args(tests));
    succeeds(command(folder.join("node_modules/.bin/vitest"), &folder).args(["run", "test/with-vitest.test.ts"]));
    Ok(())
}

/// Copies the tests, and the clients that they test, to where the packages will be installed.
fn lay_out(folder: &Path) {
    let package = package("node");
    for part in ["test", "examples"] {
        let _none_yet = fs::remove_dir_all(folder.join(part));
        copy(&package.join(part), &folder.join(part));
    }
    copy(&package.join("test/tools"), folder);
    fs::copy(package.join("README.md"), folder.join("README.md")).unwrap();
}

fn install(folder: &Path) -> Result<(), String> {
    let platform = folder.join("platform");
    let script = package("node").join("scripts/platform.mjs");
    succeeds(Command::new("node").arg(script).arg(env!("CARGO_BIN_EXE_certmimic")).arg(&platform));
    let quiet = ["install", "--no-save", "--install-links", "--no-audit", "--no-fund", "--loglevel=error"];
    installs(Command::new("npm").args(quiet).arg(package("node")).arg(platform).current_dir(folder))
}
