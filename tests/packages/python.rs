//! The wheel: it carries the program, so its tests are told of no other.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::workshop::{command, files, installs, package, succeeds, workshop};

pub fn runs() -> Result<(), String> {
    let folder = workshop("python");
    let python = environment(&folder)?;
    let wheel = wheel(&folder, &python);
    succeeds(pip(&python).args(["--force-reinstall", "--no-deps"]).arg(wheel));
    let sources = package("python");
    succeeds(command(&python, &sources).args(["-m", "mypy", "--cache-dir"]).arg(folder.join("mypy")));
    succeeds(command(&python, &sources).args(["-B", "-m", "pytest", "-q", "-p", "no:cacheprovider"]));
    Ok(())
}

/// A Python with the tools that build and test the package.
fn environment(folder: &Path) -> Result<PathBuf, String> {
    let python = folder.join(if cfg!(windows) { "Scripts/python" } else { "bin/python" });
    if !python.exists() {
        installs(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
    }
    installs(pip(&python).arg("--requirement").arg(package("python").join("tests/requirements.txt")))?;
    Ok(python)
}

fn pip(python: &Path) -> Command {
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    pip
}

/// Builds the wheel, of the program in the profile that this test has.
fn wheel(folder: &Path, python: &Path) -> PathBuf {
    let wheels = folder.join("wheels");
    let _none_yet = fs::remove_dir_all(&wheels);
    let profile = if cfg!(debug_assertions) { "dev" } else { "release" };
    let building = ["-m", "maturin", "build", "--quiet", "--locked", "--profile", profile, "--out"];
    succeeds(command(python, &package("python")).args(building).arg(&wheels));
    files(&wheels).pop().expect("maturin built a wheel")
}
