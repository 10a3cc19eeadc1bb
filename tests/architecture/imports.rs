//! Which file names something of which other file, read from the text; names are followed through re-exports.
//!
//! A folder's `mod.rs` and the files below it are one: what is below may name what the folder's `mod.rs` defines. All other
//! arrows count.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::sources::{production, shown};

/// Segments of a path, from the root of the crate or as written.
type Path = Vec<String>;

/// All modules, by their paths.
pub struct Crate(BTreeMap<Path, Module>);

struct Module {
    file: String,
    /// What its `use` declarations bring in, by the name that it has here.
    names: BTreeMap<String, Path>,
    /// Modules of which everything is brought in.
    globs: Vec<Path>,
    /// Paths in its code.
    paths: Vec<Path>,
    /// Single words in its code.
    words: BTreeSet<String>,
}

/// From each file to those that it names something of.
pub type Arrows = BTreeMap<String, BTreeSet<String>>;

impl Crate {
    pub fn read(files: &[PathBuf]) -> Self {
        Self(files.iter().map(|file| (path_of(&shown(file)), Module::read(shown(file), &production(file)))).collect())
    }

    pub fn arrows(&self) -> Arrows {
        self.0.iter().map(|(path, module)| (module.file.clone(), self.from(path, module))).collect()
    }

    fn from(&self, path: &Path, module: &Module) -> BTreeSet<String> {
        // What is only handed on is no use of it.
        let used = module.names.iter().filter(|(name, _)| !module.is_face() || module.words.contains(*name));
        let named = used.map(|(_, target)| target).chain(&module.paths);
        let homes = named.filter_map(|target| self.home(&self.absolute(path, target, 0)?, 0));
        let globs = module.globs.iter().filter_map(|target| self.absolute(path, target, 0));
        homes
            .chain(globs)
            .filter(|home| !(self.0.get(home).is_some_and(Module::is_face) && path.starts_with(home)))
            .filter_map(|home| Some(self.0.get(&home)?.file.clone()))
            .filter(|file| *file != module.file)
            .collect()
    }

    /// A path as written in a module, from the root of the crate; none if it leads out of it.
    fn absolute(&self, module: &Path, written: &Path, followed: usize) -> Option<Path> {
        let (first, rest) = written.split_first()?;
        let child = [module.as_slice(), std::slice::from_ref(first)].concat();
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([module, rest].concat()),
            "super" => {
                let up = written.iter().take_while(|segment| *segment == "super").count();
                Some([&module[..module.len().checked_sub(up)?], &written[up..]].concat())
            }
            _ if self.0.contains_key(&child) => Some([module, written.as_slice()].concat()),
            _ => {
                let named = self.0.get(module)?.names.get(first).filter(|named| *named != written && followed < 9)?;
                Some([self.absolute(module, named, followed + 1)?, rest.to_vec()].concat())
            }
        }
    }

    /// The module that defines what a path from the root names; none for a module itself.
    fn home(&self, path: &Path, followed: usize) -> Option<Path> {
        let length = (1..path.len()).take_while(|length| self.0.contains_key(&path[..*length])).last()?;
        let (module, rest) = path.split_at(length);
        if rest.len() == 1 && self.0.contains_key(path) {
            return None;
        }
        match self.0.get(module)?.names.get(&rest[0]) {
            Some(named) if followed < 9 => {
                let onwards = [self.absolute(&module.to_vec(), named, 0)?, rest[1..].to_vec()].concat();
                self.home(&onwards, followed + 1)
            }
            _ => Some(module.to_vec()),
        }
    }
}

impl Module {
    fn read(file: String, text: &str) -> Self {
        let mut module =
            Self { file, names: BTreeMap::new(), globs: Vec::new(), paths: Vec::new(), words: BTreeSet::new() };
        let mut code = String::new();
        let mut rest = text.split_inclusive('\n');
        while let Some(line) = rest.next() {
            let Some(tree) = imported(line) else {
                code.push_str(line);
                continue;
            };
            let mut tree = tree.to_owned();
            while !tree.contains(';') {
                tree.push_str(rest.next().unwrap_or(";"));
            }
            module.import(&[], tree.split(';').next().unwrap_or_default());
        }
        module.look_through(&code);
        module
    }

    /// Takes in a tree of a `use` declaration: `a::b`, `a::{self, b as c}` or `a::*`.
    fn import(&mut self, before: &[String], tree: &str) {
        let tree = tree.trim();
        if let Some((path, list)) = tree.split_once('{') {
            let before = [before, &segments(path)].concat();
            let list = list.trim_end().strip_suffix('}').unwrap_or(list);
            for member in members(list) {
                self.import(&before, member);
            }
            return;
        }
        let (path, renamed) = tree.split_once(" as ").unwrap_or((tree, ""));
        let mut path = [before, &segments(path)].concat();
        if path.last().is_some_and(|last| last == "self") && path.len() > 1 {
            path.pop();
        }
        match path.last().cloned() {
            Some(last) if last == "*" => self.globs.push(path[..path.len() - 1].to_vec()),
            Some(last) => {
                let name = if renamed.is_empty() { last } else { renamed.trim().to_owned() };
                self.names.insert(name, path);
            }
            None => {}
        }
    }

    fn look_through(&mut self, code: &str) {
        let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        for piece in code.split(|c| !is_part(c)) {
            let path = segments(piece.trim_end_matches(':'));
            match path.as_slice() {
                [] => {}
                [word] => drop(self.words.insert(word.clone())),
                [first, ..] => {
                    self.words.insert(first.clone());
                    self.paths.push(path);
                }
            }
        }
    }

    /// True for the `mod.rs` of a folder and for the root.
    fn is_face(&self) -> bool {
        self.file.ends_with("/mod.rs") || self.file == "src/lib.rs"
    }
}

/// What a line declares to use.
fn imported(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let visible = line.strip_prefix("pub").map_or(line, |rest| {
        rest.strip_prefix('(').and_then(|rest| Some(rest.split_once(')')?.1)).unwrap_or(rest).trim_start()
    });
    visible.strip_prefix("use ")
}

/// The members of a list, by the commas outside of braces.
fn members(list: &str) -> Vec<&str> {
    let mut depth = 0;
    list.split(move |c| {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        c == ',' && depth == 0
    })
    .filter(|member| !member.trim().is_empty())
    .collect()
}

fn segments(path: &str) -> Path {
    path.split("::").map(str::trim).filter(|segment| !segment.is_empty()).map(ToOwned::to_owned).collect()
}

fn path_of(file: &str) -> Path {
    let path = file.trim_start_matches("src/").trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    if path == "lib" { Vec::new() } else { path.split('/').map(ToOwned::to_owned).collect() }
}

/// Groups of files each of which leads to all others of its group.
pub fn circles(arrows: &Arrows) -> BTreeSet<BTreeSet<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> = arrows.keys().map(|file| (file, reach(file, arrows))).collect();
    let meets = |one: &String, other: &String| reached[one].contains(other) && reached[other].contains(one);
    let group = |one: &String| arrows.keys().filter(|other| meets(one, other)).cloned().collect::<BTreeSet<String>>();
    arrows.keys().map(group).filter(|group| !group.is_empty()).collect()
}

fn reach<'a>(from: &str, arrows: &'a Arrows) -> BTreeSet<&'a String> {
    let mut reached = BTreeSet::new();
    let mut ahead: Vec<&String> = arrows[from].iter().collect();
    while let Some(file) = ahead.pop() {
        if reached.insert(file) {
            ahead.extend(&arrows[file]);
        }
    }
    reached
}

#[test]
fn names_are_followed_to_where_they_are_defined() {
    let module = |file: &str, text: &str| (path_of(file), Module::read(file.to_owned(), text));
    let program = Crate(BTreeMap::from([
        module("src/lib.rs", "pub mod room;\nmod other;\n"),
        module("src/other.rs", "use crate::room::{self, Thing as Renamed};\nfn f() { room::deep::g(); }\n"),
        module("src/room/mod.rs", "mod deep;\nmod thing;\npub use thing::Thing;\npub struct Own;\n"),
        module("src/room/deep.rs", "use super::{\n    Own, Thing,\n};\n"),
        module("src/room/thing.rs", "pub struct Thing(super::deep::G);\n"),
    ]));
    let arrows = program.arrows();
    let of = |file: &str| arrows[file].iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(of("src/other.rs"), ["src/room/deep.rs", "src/room/thing.rs"]);
    assert_eq!(of("src/room/mod.rs"), Vec::<&str>::new(), "what is handed on is not used");
    assert_eq!(of("src/room/deep.rs"), ["src/room/thing.rs"], "a folder's own names are free to use below it");
    let circle = BTreeSet::from(["src/room/deep.rs".to_owned(), "src/room/thing.rs".to_owned()]);
    assert_eq!(circles(&arrows), BTreeSet::from([circle]));
}
