//! The package and the one of this platform, which carries the program, so the tests are told of no other.

use std::fs;
use std::path::Path;
use std::process::Command;

use libtest_mimic::{Completion, Failed};

use super::workshop::{Lacking, Verdict, command, installs, package, succeeds, workshop};

pub fn runs() -> Verdict {
    let folder = workshop("node");
    lay_out(&folder)?;
    if let Err(lacking) = install(&folder) {
        return Ok(lacking.into());
    }
    succeeds(command(folder.join("node_modules/.bin/tsc"), &folder).args(["--project", "."]))?;
    succeeds(command("node", &folder).args(["--test", "--test-reporter", "spec"]).args(tests(&folder)?))?;
    let vitest = ["run", "test/with-vitest.test.ts"];
    succeeds(command(folder.join("node_modules/.bin/vitest"), &folder).args(vitest))?;
    Ok(Completion::Completed)
}

/// Copies the tests, and the clients that they test, to where the packages will be installed.
fn lay_out(folder: &Path) -> Result<(), Failed> {
    let package = package("node");
    for part in ["test", "examples"] {
        let _none_yet = fs::remove_dir_all(folder.join(part));
        copy(&package.join(part), &folder.join(part))?;
    }
    copy(&package.join("test/tools"), folder)?;
    fs::copy(package.join("README.md"), folder.join("README.md"))?;
    Ok(())
}

fn install(folder: &Path) -> Result<(), Lacking> {
    let platform = folder.join("platform");
    let script = package("node").join("scripts/platform.mjs");
    installs(Command::new("node").arg(script).arg(env!("CARGO_BIN_EXE_certmimic")).arg(&platform))?;
    let quiet = ["install", "--no-save", "--install-links", "--no-audit", "--no-fund", "--loglevel=error"];
    installs(Command::new("npm").args(quiet).arg(package("node")).arg(platform).current_dir(folder))
}

fn tests(folder: &Path) -> Result<Vec<String>, Failed> {
    let mut names = Vec::new();
    for file in fs::read_dir(folder.join("test"))? {
        let name = file?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".test.mjs") {
            names.push(format!("test/{name}"));
        }
    }
    names.sort();
    Ok(names)
}

fn copy(from: &Path, to: &Path) -> Result<(), Failed> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
