//! Generated parts of the documentation are what the tables say. `UPDATE_DOCUMENTATION=1 cargo test --test documentation`
//! writes them anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]
#![allow(clippy::disallowed_methods, reason = "a test may read files and its environment")]

mod book;
#[path = "../support/command_line.rs"]
mod command_line;
mod dependencies;
mod evidence;
mod limits;
#[path = "../support/page.rs"]
#[allow(dead_code, reason = "shared with the test that runs what pages show")]
mod page;
#[path = "../support/reference.rs"]
mod reference;
mod shown;
#[path = "../architecture/sources.rs"]
#[allow(dead_code, reason = "shared with the test of the architecture")]
mod sources;

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use certmimic::contract::{Evidence, Outcome, Sources};
use certmimic::gateway;
use certmimic::http::Request;
use certmimic::scenario::{Source, load};
use certmimic::seed::{Code, FIXTURES};
use certmimic::state::{APIS, Api};
use certmimic::worlds::Worlds;
use serde_json::Value;

#[test]
fn the_readme_counts_what_is_emulated() {
    let operations: usize = APIS.iter().map(|api| api.operations.len()).sum();
    let outcomes: usize = APIS.iter().map(|api| api.outcomes.len()).sum();
    keep_part(
        "README.md",
        "counts",
        &format!("{operations} operations with {outcomes} refusals, [each with its evidence](docs/evidence.md)\n"),
    );
}

#[test]
fn the_page_of_what_is_emulated_has_every_operation() {
    keep_part("docs/emulated.md", "operations", &tables());
}

#[test]
fn the_operations_page_is_what_the_command_prints() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_certmimic"))
        .args(["operations", "--format", "markdown"])
        .output()
        .unwrap();
    assert!(output.status.success());
    let printed = String::from_utf8(output.stdout).unwrap();
    let page = format!(
        "# Operations and their documented outcomes\n\nWhat `certmimic operations --format markdown` prints: every operation, \
         every refusal with its exact text, and where each is known from.\n\n{printed}"
    );
    keep(&project().join("docs/operations.md"), &page);
}

#[test]
fn the_page_of_keys_has_every_key() {
    keep_part("docs/scenario-keys.md", "reference", &reference::render(&certmimic::scenario::schema()));
}

#[test]
fn the_scenario_page_has_every_code() {
    let mut table = String::from("| code | is |\n|---|---|\n");
    for code in Code::ALL {
        writeln!(table, "| `{}` | {} |", code.as_str(), code.means()).unwrap();
    }
    keep_part("docs/scenarios.md", "codes", &table);
}

#[test]
fn the_scenario_page_has_every_fixture() {
    let mut table = String::from("| name | is |\n|---|---|\n");
    for fixture in FIXTURES {
        writeln!(table, "| `{}` | {} |", fixture.name, fixture.what).unwrap();
    }
    keep_part("docs/scenarios.md", "fixtures", &table);
}

#[test]
fn the_page_of_the_control_api_has_every_call() {
    keep_part("docs/control-api.md", "calls", &calls());
}

#[test]
fn the_page_of_the_command_line_has_every_option_and_variable() {
    let rendered = command_line::render(&certmimic::cli::command(), certmimic::cli::OTHER_VARIABLES);
    keep_part("docs/command-line.md", "commands", &rendered);
}

#[test]
fn the_recipe_for_rust_is_a_test() {
    let test = std::fs::read_to_string(project().join("tests/rust_recipe.rs")).unwrap();
    keep_part("docs/recipes/rust.md", "recipe", &format!("```rust\n{test}```\n"));
}

/// The calls, as the API describes itself.
fn calls() -> String {
    let worlds = Worlds::new(load(&[Source::BuiltIn("empty".to_owned())]).unwrap());
    let request = Request {
        method: http::Method::GET,
        path: "/_certmimic/openapi.json".to_owned(),
        query: String::new(),
        headers: http::HeaderMap::new(),
        body: bytes::Bytes::new(),
        origin: "".into(),
        client_certificate: None,
    };
    let document: Value = serde_json::from_slice(&gateway::answer(&worlds, &request).body).unwrap();
    let mut text = "| call | does | parameters |\n|---|---|---|\n".to_owned();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let parameters = operation["parameters"].as_array().unwrap().iter().filter(|one| one["in"] == "query");
            let parameters: Vec<String> = parameters
                .map(|one| format!("`{}`: {}", one["name"].as_str().unwrap(), one["description"].as_str().unwrap()))
                .collect();
            let summary = operation["summary"].as_str().unwrap();
            writeln!(text, "| `{} {path}` | {summary} | {} |", method.to_uppercase(), parameters.join("; ")).unwrap();
        }
    }
    text
}

#[test]
fn the_page_of_diagnoses_has_every_code() {
    let mut page = "# Diagnoses\n\nThe codes of `Certmimic-Diagnosis` and of `Certmimic-Lint`, and what to change. The exact texts of refusals, and \
                    where each is known from, are in [Operations and refusals](operations.md).\n"
        .to_owned();
    page.push_str("\n## Of certmimic itself\n\n| code | means |\n|---|---|\n");
    for (code, about) in gateway::OWN_DIAGNOSES {
        writeln!(page, "| `{code}` | {about} |").unwrap();
    }
    page.push_str("\n## Lint\n\n| code | what a tenant does, and what to change |\n|---|---|\n");
    for rule in gateway::LINT_RULES {
        writeln!(page, "| `{}` | {} |", rule.code, rule.line).unwrap();
    }
    for api in APIS {
        write!(page, "\n## {}\n\n| code | status | what to change | known from |\n|---|---|---|---|\n", api.title)
            .unwrap();
        for row in api.outcomes {
            advice(&mut page, row);
        }
    }
    page.push_str(
        "\n## OData, at both SAP services\n\n| code | status | what to change | known from |\n|---|---|---|---|\n",
    );
    let protocol = certmimic::odata::OUTCOMES.iter().chain(certmimic::apis::xsuaa::filter::OUTCOMES);
    protocol.for_each(|row| advice(&mut page, row));
    keep(&project().join("docs/diagnoses.md"), &page);
}

fn advice(page: &mut String, row: &Outcome) {
    let advice = words(row.advice).replace('|', "\\|");
    writeln!(page, "| `{}` | {} | {advice} | {} |", row.id, row.status, row.sources().to_string().replace('|', "\\|"))
        .unwrap();
}

/// Text with its angle brackets written so that no reader takes them for a tag; between backticks none does.
fn words(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts
        .map(|(at, part)| if at % 2 == 0 { part.replace('<', "\\<") } else { part.to_owned() })
        .collect::<Vec<_>>()
        .join("`")
}

/// Compares the part of a page between `<!-- NAME -->` and `<!-- /NAME -->` with what it should be, or makes it so.
fn keep_part(page: &str, name: &str, expected: &str) {
    // A page may have several parts, each written anew by a test of its own.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock();
    let path = project().join(page);
    let text = std::fs::read_to_string(&path).unwrap();
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = text.split_once(&begin).unwrap_or_else(|| panic!("{page} has no {begin}"));
    let (_, after) = rest.split_once(&end).unwrap_or_else(|| panic!("{page} has no {end}"));
    keep(&path, &format!("{before}{begin}{expected}{end}{after}"));
}

/// Compares a file with what it should be, or makes it so.
fn keep(path: &Path, expected: &str) {
    if std::env::var_os("UPDATE_DOCUMENTATION").is_some() {
        std::fs::write(path, expected).unwrap();
    }
    let actual = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        actual == expected,
        "{} is out of date: UPDATE_DOCUMENTATION=1 cargo test --test documentation",
        path.display()
    );
}

/// An overview, then one table an API.
fn tables() -> String {
    let mut text = String::from(
        "| system | operations | refusals | status and code: observed, specified or documented | the library's | assumed \
         | text: observed, specified or documented | the library's | assumed |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    for api in APIS {
        let status = counts(api, |sources| sources.status);
        let words = counts(api, |sources| sources.text);
        let (operations, outcomes) = (api.operations.len(), api.outcomes.len());
        writeln!(text, "| {} | {operations} | {outcomes} | {status} | {words} |", api.title).unwrap();
    }
    for api in APIS {
        write!(text, "\n## {}\n\n{}", api.title, table(api)).unwrap();
    }
    text
}

fn table(api: &Api) -> String {
    let mut text = String::from("| request | does |\n|---|---|\n");
    for row in api.operations {
        let when = if row.when.is_empty() { String::new() } else { format!("?{}", row.when.join("&")) };
        writeln!(text, "| `{} {}{when}` | {} |", row.method, row.path, row.summary.replace('|', "\\|")).unwrap();
    }
    text
}

/// How many rows are known from a publication, from the library, and not at all, by one part of their evidence.
fn counts(api: &Api, part: fn(Sources) -> Evidence) -> String {
    let kinds: Vec<&str> = api.outcomes.iter().map(|row| part(row.sources()).kind()).collect();
    let count = |wanted: &[&str]| kinds.iter().filter(|kind| wanted.contains(kind)).count().to_string();
    [count(&["observed", "specified", "documented"]), count(&["library"]), count(&["assumed"])].join(" | ")
}

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
