//! The files of `src` and `tests`, and their text.

use std::path::{Path, PathBuf};

/// All of `src`, sorted.
pub fn sources() -> Vec<PathBuf> {
    below("src")
}

/// All of `tests`, sorted.
pub fn tests() -> Vec<PathBuf> {
    below("tests")
}

fn below(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut files);
    assert!(files.len() > 20, "the files of {folder} are there");
    files.sort();
    files
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Its path from the root of the project.
pub fn shown(file: &Path) -> String {
    file.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().display().to_string()
}

/// First folder, or file, below `src`.
pub fn room(file: &Path) -> String {
    let relative = file.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let first = relative.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The text without comments and without its unit tests: those in the file stand last, others are only declared.
pub fn production(file: &Path) -> String {
    let text = std::fs::read_to_string(file).unwrap();
    let mut pieces = text.split("\n#[cfg(test)]\nmod ");
    let first = pieces.next().unwrap_or_default();
    let declared = |piece: &'_ str| piece.find(['{', ';']).filter(|end| piece[*end..].starts_with(';'));
    let after = pieces.filter_map(|piece| Some(&piece[declared(piece)? + 1..]));
    let lines = std::iter::once(first).chain(after).flat_map(str::lines);
    lines.filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}
