//! The fuzz targets on their seeds, on the fixtures, and on both with a piece cut off: without a fuzzer, so that every run of the
//! tests holds what one has found.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test may read files and say where it is")]

#[path = "../fuzz/src/lib.rs"]
#[allow(dead_code, reason = "each target is used by a program of its own, too")]
mod fuzz;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use fuzz::TARGETS;

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn the_seeds_hold() {
    for (name, target) in TARGETS {
        let inputs = files(&project().join("fuzz/seeds").join(name));
        for input in inputs {
            println!("{}", input.display());
            target(&std::fs::read(input).unwrap());
        }
    }
}

#[test]
fn fixtures_hold_whole_and_cut_off() {
    const OF_BYTES: [&str; 8] = ["jks", "pem", "pkcs12", "pkcs7", "pkcs8", "ssh", "zip", "jwk"];
    let inputs = files(&project().join("fixtures"));
    assert!(inputs.len() > 60);
    for (name, target) in TARGETS.iter().filter(|(name, _)| OF_BYTES.contains(name)) {
        for input in &inputs {
            println!("{name} {}", input.display());
            let bytes = std::fs::read(input).unwrap();
            target(&bytes);
            target(&bytes[..bytes.len() / 2]);
        }
    }
}

#[test]
fn what_is_compared_is_there() {
    assert!(fuzz::filter("name eq 'ts' or length(name) gt 3") && !fuzz::filter("name eq"));
    assert!(fuzz::formats("Role\nText & more") && !fuzz::formats("\nwithout a name"));
}

#[test]
fn scenarios_that_are_shipped_are_exported_as_themselves() {
    let scenario = TARGETS.iter().find(|(name, _)| *name == "scenario").unwrap().1;
    for file in
        files(&project().join("scenarios")).iter().filter(|file| file.extension().is_some_and(|end| end == "yaml"))
    {
        scenario(&std::fs::read(file).unwrap());
    }
}

#[test]
fn each_target_is_a_program_and_has_seeds_or_fixtures() {
    let programs: BTreeSet<String> = files(&project().join("fuzz/fuzz_targets"))
        .iter()
        .map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let targets: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(programs, targets);
    let manifest = std::fs::read_to_string(project().join("fuzz/Cargo.toml")).unwrap();
    for target in &targets {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{target}.rs\"")), "{target}");
    }
    for of_text in ["batch", "filter", "form", "formats", "json", "multipart", "request", "scenario", "uri", "xml"] {
        assert!(!files(&project().join("fuzz/seeds").join(of_text)).is_empty(), "{of_text} has nothing to begin with");
    }
}
