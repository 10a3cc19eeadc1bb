//! The class files, and the program as a resource of this platform's artifact, so the tests are told of no other.

use std::env::consts::{ARCH, EXE_SUFFIX, OS};
use std::fs;
use std::path::{Path, PathBuf};

use super::junit::{compile, junit, run};
use super::workshop::{package, workshop};

pub fn runs() -> Result<(), String> {
    let folder = workshop("java");
    let junit = junit()?;
    let classes = compile(&folder, "src", &junit, &[example(&folder)]);
    let path = format!("{}:{}:{junit}", classes.display(), platform(&folder).display());
    run(&folder, &classes, &path, &[]);
    Ok(())
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
