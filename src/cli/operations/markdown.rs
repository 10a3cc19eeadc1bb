//! The list as tables for documentation.

use super::age::Ages;
use super::page::{Page, Row};
use crate::contract::Outcome;

/// A heading, a table of operations and a table of refusals for each page.
pub fn of(pages: &[Page], ages: &Ages) -> String {
    pages.iter().map(|one| page(one, ages)).collect::<Vec<_>>().join("\n\n")
}

fn page(page: &Page, ages: &Ages) -> String {
    let mut lines = vec![format!("### {}", page.title), String::new()];
    if !page.operations.is_empty() {
        lines.push("| operation | request | does | answers | refuses |\n|---|---|---|---|---|".to_owned());
    }
    lines.extend(page.operations.iter().map(operation));
    lines.push("\n| refusal | status | code | text | status and code known from | text known from | newest evidence |\n|---|---|---|---|---|---|---|".to_owned());
    lines.extend(page.outcomes.iter().map(|outcome| self::outcome(outcome, ages)));
    lines.join("\n")
}

fn operation(row: &Row) -> String {
    let operation = row.operation;
    let refusals: Vec<String> =
        row.refusals.iter().map(|refusal| format!("{} `{}`", refusal.status, refusal.id)).collect();
    let request = format!("`{} {}`", operation.method, cell(&operation.target()));
    let id = format!("`{}`", operation.id);
    let cells = [id, request, cell(operation.summary), row.statuses(), refusals.join(", ")];
    format!("| {} |", cells.join(" | "))
}

fn outcome(outcome: &Outcome, ages: &Ages) -> String {
    let (status, words) = (cell(&outcome.evidence.to_string()), cell(&outcome.text_evidence.to_string()));
    let (code, text) = (code(outcome.code), code(outcome.text));
    let newest = ages.date(outcome);
    format!("| `{}` | {} | {code} | {text} | {status} | {words} | {newest} |", outcome.id, outcome.status)
}

fn code(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("`{}`", cell(text)) }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
