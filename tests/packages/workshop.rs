//! Where a package is built and tested, and the two kinds of steps: those that need tools, and those that must succeed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Completion, Failed};

/// How a package's trial went.
pub type Verdict = Result<Completion, Failed>;

/// A step that could not be taken for the want of a tool, or of what it installs.
pub struct Lacking(String);

impl From<Lacking> for Completion {
    fn from(Lacking(why): Lacking) -> Self {
        Self::ignored_with(why)
    }
}

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
pub fn command(program: impl AsRef<std::ffi::OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    let own = std::env::vars().map(|(name, _)| name).filter(|name| name.starts_with("CERTMIMIC_"));
    own.for_each(|name| {
        command.env_remove(name);
    });
    command.current_dir(folder);
    command
}

/// Runs a step of an installation.
pub fn installs(step: &mut Command) -> Result<(), Lacking> {
    let output = step.output().map_err(|cause| Lacking(format!("{step:?} cannot be run: {cause}")))?;
    let why = String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or_default().to_owned();
    if output.status.success() { Ok(()) } else { Err(Lacking(format!("{step:?} failed: {why}"))) }
}

/// Runs a step that must succeed.
pub fn succeeds(step: &mut Command) -> Result<String, Failed> {
    let output = step.output()?;
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if output.status.success() { Ok(out.into_owned()) } else { Err(format!("{step:?}\n{out}\n{err}").into()) }
}
