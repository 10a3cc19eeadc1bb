//! The class files, and the program as a resource of this platform's artifact, so the tests are told of no other.

use std::env::consts::{ARCH, EXE_SUFFIX, OS};
use std::fs;
use std::path::{Path, PathBuf};

use super::workshop::{command, files, package, succeeds, workshop};

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

pub fn runs() -> Result<(), String> {
    let folder = workshop("java");
    let junit = junit()?;
    let classes = compile(&folder, &junit);
    let path = format!("{}:{}:{junit}", classes.display(), platform(&folder).display());
    let launcher = ["org.junit.platform.console.ConsoleLauncher", "--disable-banner", "--fail-if-no-tests"];
    succeeds(command("java", &folder).args(["-cp", &path]).args(launcher).arg("--scan-classpath").arg(classes));
    Ok(())
}

/// The class path of `JUnit`.
fn junit() -> Result<String, String> {
    let jars = JUNIT.map(|name| format!("{JARS}/{name}.jar"));
    match jars.iter().find(|jar| !Path::new(jar).exists()) {
        Some(jar) => Err(format!("there is no {jar}: Debian's package junit5 has it")),
        None => Ok(jars.join(":")),
    }
}

/// Compiles the package, its tests, and the example of its README.
fn compile(folder: &Path, junit: &str) -> PathBuf {
    let classes = folder.join("classes");
    let _none_yet = fs::remove_dir_all(&classes);
    fs::create_dir_all(classes.join("certmimic")).unwrap();
    // What Maven makes of the resource.
    fs::write(classes.join("certmimic/version.properties"), concat!("version=", env!("CARGO_PKG_VERSION"), "\n"))
        .unwrap();
    let sources =
        files(&package("java").join("src")).into_iter().filter(|file| file.to_string_lossy().ends_with(".java"));
    let strict = ["--release", "17", "-Xlint:all,-path", "-Werror", "-cp", junit, "-d"];
    succeeds(command("javac", folder).args(strict).arg(&classes).args(sources).arg(example(folder)));
    classes
}

/// The README's test, as a file.
fn example(folder: &Path) -> PathBuf {
    let readme = fs::read_to_string(package("java").join("README.md")).unwrap();
    let example = readme.split_once("```java\n").and_then(|(_, rest)| rest.split_once("```")).unwrap().0;
    let file = folder.join("ReadmeTest.java");
    fs::write(&file, example).unwrap();
    file
}

/// A folder that is laid out as the artifact of this platform.
fn platform(folder: &Path) -> PathBuf {
    let platform = folder.join("platform");
    let native = platform.join(format!("certmimic/native/{OS}-{ARCH}"));
    fs::create_dir_all(&native).unwrap();
    fs::copy(env!("CARGO_BIN_EXE_certmimic"), native.join(format!("certmimic{EXE_SUFFIX}"))).unwrap();
    platform
}
