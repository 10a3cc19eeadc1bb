//! Each dependency, and why it is there.

use std::collections::BTreeSet;
use std::fs;

use crate::project;

/// The names that the manifest has in its sections of dependencies.
fn declared() -> BTreeSet<String> {
    let manifest = fs::read_to_string(project().join("Cargo.toml")).unwrap();
    let mut is_within = false;
    let mut names = BTreeSet::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            is_within = line.ends_with("dependencies]");
        } else if let (true, Some((name, _))) = (is_within, line.split_once(" = ")) {
            names.insert(name.to_owned());
        }
    }
    names
}

/// The names in the first column of the table.
fn explained() -> Vec<String> {
    let page = fs::read_to_string(project().join("CONTRIBUTING.md")).unwrap();
    let table = page.split("| dependency | why |").nth(1).unwrap();
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let columns = rows.map(|row| row.split('|').nth(1).unwrap());
    columns.flat_map(|names| names.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

#[test]
fn each_dependency_says_why_it_is_there() {
    let explained = explained();
    let once: BTreeSet<String> = explained.iter().cloned().collect();
    assert_eq!(once.len(), explained.len(), "one is there twice: {explained:?}");
    assert_eq!(once, declared());
}
