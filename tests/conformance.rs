//! Runs the documented facts in `tests/conformance/`: each file is one fact, written from the document that it names.
//!
//! `cargo test --test conformance -- references` runs those whose path contains `references`. Beside the facts there is
//! the closure check: every operation and every row of every catalogue occurs in some fact.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a test may read files and say what it skips")]

#[path = "support/case.rs"]
mod case;
#[path = "support/closure.rs"]
mod closure;
#[path = "support/compare.rs"]
mod compare;
#[path = "support/xml.rs"]
mod xml;

use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Trial};

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
    let mut files = Vec::new();
    collect(&folder, &mut files);
    files.sort();
    let mut trials: Vec<Trial> = files.iter().map(|file| trial(&folder, file.clone())).collect();
    trials.push(Trial::test("closure", move || Ok(closure::check(&files)?)));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn trial(folder: &Path, file: PathBuf) -> Trial {
    let name = file.strip_prefix(folder).unwrap().with_extension("").display().to_string();
    Trial::test(name, move || {
        let case = case::Case::read(&file)?;
        case.run(&mut Vec::new()).map_err(|failure| format!("{}\n{failure}", case.fact))?;
        Ok(())
    })
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder of the cases is there") {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            files.push(path);
        }
    }
}
