//! What pages show as code: scenarios load, deployments name what there is, lines of the shell are those of every shell, and what is
//! not run says why.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::{Command, Output};

use certmimic::scenario::{Source, load};
use certmimic::state::APIS;
use serde_json::Value;

use crate::page::{Block, Page, book, project};

/// What cannot be run here, and how often a page shows such a thing. Whoever adds one counts it.
const NOT_RUN: [(&str, usize); 4] =
    [("needs docker", 9), ("needs a cluster", 3), ("needs a CI server", 2), ("builds the program", 5)];
/// What else may be said of a block.
const MARKS: [&str; 6] = ["answers", "serves", "refused", "tests", "recipe", EVIDENCE];
/// Of a file of observations.
const EVIDENCE: &str = "evidence";
/// Lines of these are run, loaded, compared or parsed; `text` is what programs print, what is left goes into other files.
const LANGUAGES: [&str; 12] =
    ["sh", "yaml", "json", "text", "python", "js", "java", "go", "rust", "toml", "xml", "dockerfile"];
/// What some shells and systems do not know.
const NOT_EVERYWHERE: [(&str, &str); 10] = [
    ("<(", "a pipe or a file"),
    ("=(", "a function with \"$@\""),
    ("[[", "[ … ]"),
    ("base64 -w", "base64 | tr -d '\\n'"),
    ("sed -i", "sed into another file"),
    ("sed -r", "sed -E"),
    ("grep -P", "grep -E"),
    ("readlink -f", "$PWD"),
    ("date -d", "the world's clock"),
    ("openssl", "certmimic fixtures"),
];

fn pages() -> impl Iterator<Item = Page> {
    std::iter::once("README.md".to_owned()).chain(book()).map(|name| Page::read(&name))
}

fn each_block(mut look: impl FnMut(&Page, &Block)) {
    pages().for_each(|page| page.blocks.iter().for_each(|block| look(&page, block)));
}

fn is_not_run(block: &Block) -> Option<&str> {
    block.mark.as_deref()?.strip_prefix("not run: ")
}

#[test]
fn what_is_not_run_says_why() {
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    each_block(|page, block| {
        let place = page.place(block);
        assert!(LANGUAGES.contains(&block.language.as_str()), "{place}: {} is not known here", block.language);
        match (is_not_run(block), block.mark.as_deref()) {
            (Some(reason), _) => *counted.entry(reason.to_owned()).or_default() += 1,
            (None, Some(mark)) => assert!(MARKS.contains(&mark), "{place}: {mark} is not known here"),
            (None, None) => {}
        }
    });
    let expected = NOT_RUN.iter().map(|(reason, count)| ((*reason).to_owned(), *count)).collect();
    assert_eq!(counted, expected);
}

#[test]
fn the_shell_is_that_of_every_system() {
    each_block(|page, block| {
        let place = page.place(block);
        for (words, instead) in NOT_EVERYWHERE.iter().filter(|_| block.language == "sh") {
            assert!(!block.code.contains(words), "{place}: not everybody has {words}; {instead}");
        }
    });
}

/// By the program itself, in a folder where nothing else is, and on top of the scenario that serves if nothing is said.
#[test]
fn every_scenario_that_a_page_shows_loads_anywhere() {
    let folder = folder();
    let (mut files, mut refused) = (Vec::new(), Vec::new());
    each_block(|page, block| {
        if block.language != "yaml" || is_not_run(block).is_some() || block.mark.as_deref() == Some(EVIDENCE) {
            return;
        }
        let file = format!("{}-{}.yaml", page.name.replace('/', "-"), block.line);
        let version =
            if block.code.lines().any(|line| line.starts_with("certmimic: 1")) { "" } else { "certmimic: 1\n" };
        std::fs::write(folder.join(&file), format!("{version}{}", block.code)).unwrap();
        if block.mark.as_deref() == Some("refused") {
            return refused.push(file);
        }
        files.push(file);
        let text = Source::Text { name: page.place(block), text: block.code.clone() };
        load(&[Source::BuiltIn("quickstart".to_owned()), text]).unwrap_or_else(|flaws| panic!("{}", flaws[0]));
    });
    assert!(files.len() > 10);
    let checked = check(&folder, &files);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    for file in refused {
        assert_eq!(check(&folder, &[file]).status.code(), Some(2));
    }
}

fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pages");
    let _from_an_earlier_run = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn check(folder: &PathBuf, files: &[String]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_certmimic")).arg("check").args(files).current_dir(folder).output().unwrap()
}

#[test]
fn observations_that_a_page_shows_contradict_no_row() {
    let mut shown = 0;
    each_block(|page, block| {
        if block.mark.as_deref() == Some(EVIDENCE) {
            certmimic::evidence::check(&page.place(block), &block.code).unwrap_or_else(|flaws| panic!("{}", flaws[0]));
            shown += 1;
        }
    });
    assert!(shown > 0);
}

#[test]
fn other_documents_can_be_read() {
    each_block(|page, block| match block.language.as_str() {
        "json" => json(page, block),
        "yaml" if is_not_run(block).is_some() => {
            block.code.split("\n---\n").for_each(|document| deployment(&page.place(block), document));
        }
        "xml" => {
            let version = concat!("<version>", env!("CARGO_PKG_VERSION"), "</version>");
            assert!(block.code.contains(version), "{}: not {version}", page.place(block));
        }
        _ => {}
    });
}

/// One document, or one a line.
fn json(page: &Page, block: &Block) {
    for value in serde_json::Deserializer::from_str(&block.code).into_iter::<Value>() {
        value.unwrap_or_else(|error| panic!("{}: {error}", page.place(block)));
    }
}

/// A file for compose, a cluster or a CI server: of a known kind, with scenarios that load.
fn deployment(place: &str, document: &str) {
    let value: Value = serde_saphyr::from_str(document).unwrap_or_else(|error| panic!("{place}: {error}"));
    let is_known =
        ["services", "environment", "apiVersion", "jobs", "tests"].iter().any(|key| value.get(key).is_some());
    assert!(is_known, "{place}: of no known kind");
    for text in value["data"].as_object().into_iter().flatten().filter_map(|(_, text)| text.as_str()) {
        let source = Source::Text { name: place.to_owned(), text: text.to_owned() };
        load(&[source]).unwrap_or_else(|flaws| panic!("{}", flaws[0]));
    }
}

#[test]
fn what_pages_name_is_there() {
    let known = known();
    let mut wrong = Vec::new();
    for page in pages() {
        let blocks = page.blocks.iter().filter(|block| block.language != "text");
        let lines = blocks.flat_map(|block| block.code.split('\n').filter(|line| line.len() < 200));
        for text in page.words.iter().map(String::as_str).chain(lines) {
            let unknown = named(text).into_iter().filter(|name| !known.contains(*name));
            wrong.extend(unknown.map(|name| format!("{}: there is no {name}", page.name)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// All options, variables and operations.
fn known() -> BTreeSet<String> {
    /// Of compose.yaml, and of what `certmimic init` writes.
    const OTHERS: [&str; 3] = ["CERTMIMIC_IMAGE", "CERTMIMIC_", "CERTMIMIC_SERVICE_HOST"];
    let program = certmimic::cli::command();
    let mut known: BTreeSet<String> = OTHERS.iter().map(|name| (*name).to_owned()).collect();
    for command in program.get_subcommands() {
        for option in command.get_arguments() {
            known.extend(option.get_long().map(|name| format!("--{name}")));
            known.extend(option.get_env().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    known.extend(certmimic::cli::OTHER_VARIABLES.iter().flat_map(|(names, _)| names.split(", ")).map(str::to_owned));
    known.extend(["--help", "--version"].map(str::to_owned));
    known.extend(APIS.iter().flat_map(|api| api.operations).map(|row| row.id.to_owned()));
    known
}

/// The options, variables and operations that a text names.
fn named(text: &str) -> Vec<&str> {
    let words = |sign: fn(char) -> bool| text.split(move |one| !sign(one)).filter(|word| !word.is_empty());
    let variables =
        words(|one| one.is_ascii_alphanumeric() || one == '_').filter(|word| word.starts_with("CERTMIMIC_"));
    let operations = words(|one| one.is_ascii_alphanumeric() || "._".contains(one)).filter(|word| is_operation(word));
    // What follows the name of the program, or stands alone; up to a pipe, since then it is another's.
    let own = if text.starts_with("--") { Some(text) } else { text.split_once("certmimic ").map(|(_, rest)| rest) };
    let own = own
        .filter(|_| !["docker ", "kubectl "].iter().any(|other| text.starts_with(other)))
        .and_then(|own| own.split('|').next())
        .unwrap_or_default();
    let options = own.split([' ', '=', ']']).filter(|word| {
        word.strip_prefix("--").is_some_and(|name| name.starts_with(|first: char| first.is_ascii_lowercase()))
    });
    variables.chain(operations).chain(options).collect()
}

/// `ci.entry.delete`.
fn is_operation(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    parts.len() == 3 && parts.iter().all(|part| !part.is_empty()) && APIS.iter().any(|api| api.short == parts[0])
}

#[test]
fn the_readme_is_read_in_five_minutes() {
    let words = std::fs::read_to_string(project().join("README.md")).unwrap().split_whitespace().count();
    assert!(words <= 1200, "{words} words");
}
