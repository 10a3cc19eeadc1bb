//! The package for Java with `JUnit` 5, without a registry: sources, and the files of Debian's package junit5.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::workshop::{command, files, package, succeeds};

/// Where Debian's package junit5 has its files.
const JARS: &str = "/usr/share/java";
const JUNIT: [&str; 12] = [
    "junit-jupiter-api",
    "junit-jupiter-engine",
    "junit-jupiter-params",
    "junit-platform-commons",
    "junit-platform-engine",
    "junit-platform-launcher",
    "junit-platform-console",
    "junit-platform-reporting",
    "opentest4j",
    "opentest4j-reporting-events",
    "apiguardian-api",
    "picocli",
];

/// The class path of `JUnit`.
///
/// # Errors
/// It is not installed.
pub fn junit() -> Result<String, String> {
    let jars = JUNIT.map(|name| format!("{JARS}/{name}.jar"));
    match jars.iter().find(|jar| !Path::new(jar).exists()) {
        Some(jar) => Err(format!("there is no {jar}: Debian's package junit5 has it")),
        None => Ok(jars.join(":")),
    }
}

/// Compiles the package with what is given besides; the folder of the classes.
pub fn compile(folder: &Path, part: &str, junit: &str, besides: &[PathBuf]) -> PathBuf {
    let classes = folder.join("classes");
    let _none_yet = fs::remove_dir_all(&classes);
    fs::create_dir_all(classes.join("certmimic")).unwrap();
    // What Maven makes of the resource.
    fs::write(classes.join("certmimic/version.properties"), concat!("version=", env!("CARGO_PKG_VERSION"), "\n"))
        .unwrap();
    let sources =
        files(&package("java").join(part)).into_iter().filter(|file| file.to_string_lossy().ends_with(".java"));
    let strict = ["--release", "17", "-Xlint:all,-path", "-Werror", "-cp", junit, "-d"];
    succeeds(command("javac", folder).args(strict).arg(&classes).args(sources).args(besides));
    classes
}

/// Runs all tests of a folder of classes.
pub fn run(folder: &Path, classes: &Path, path: &str, variables: &[(&str, &OsStr)]) {
    let launcher = ["org.junit.platform.console.ConsoleLauncher", "--disable-banner", "--fail-if-no-tests"];
    let mut java = command("java", folder);
    java.args(["-cp", path]).args(launcher).arg("--scan-classpath").arg(classes);
    succeeds(java.envs(variables.iter().copied()));
}
