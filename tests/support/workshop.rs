//! Where a package is built and tested, and the two kinds of steps: those that need tools, and those that must succeed.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of a package's sources.
pub fn package(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("packages").join(name)
}

/// A folder for what is built and installed.
pub fn workshop(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages").join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A command that is told nothing by the caller's variables.
pub fn command(program: impl AsRef<OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    let own = std::env::vars().map(|(name, _)| name).filter(|name| name.starts_with("CERTMIMIC_"));
    own.for_each(|name| {
        command.env_remove(name);
    });
    command.current_dir(folder);
    command
}

/// Runs a step of an installation.
///
/// # Errors
/// It cannot be taken here.
pub fn installs(step: &mut Command) -> Result<(), String> {
    let output = step.output().map_err(|cause| format!("{step:?} cannot be run: {cause}"))?;
    let why = String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or_default().to_owned();
    if output.status.success() { Ok(()) } else { Err(format!("{step:?} failed: {why}")) }
}

/// Runs a step that must succeed.
pub fn succeeds(step: &mut Command) {
    let output = step.output().unwrap_or_else(|cause| panic!("{step:?}: {cause}"));
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{step:?}\n{out}\n{err}");
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in files(from) {
        let target = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(file, target).unwrap();
    }
}

/// All files in a folder, by name.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
