//! The list as tables for documentation.

use super::page::{Page, Row};
use crate::contract::Outcome;

/// A heading, a table of operations and a table of refusals for each page.
pub fn of(pages: &[Page]) -> String {
    pages.iter().map(page).collect::<Vec<_>>().join("\n\n")
}

fn page(page: &Page) -> String {
    let mut lines = vec![format!("### {}", page.title), String::new()];
    if !page.operations.is_empty() {
        lines.push("| operation | request | does | answers | refuses |\n|---|---|---|---|---|".to_owned());
    }
    lines.extend(page.operations.iter().map(operation));
    lines.push("\n| refusal | status | code | text | status and code known from | text known from |\n|---|---|---|---|---|---|".to_owned());
    lines.extend(page.outcomes.iter().map(|outcome| self::outcome(outcome)));
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

fn outcome(outcome: &Outcome) -> String {
    let (status, words) = (cell(&outcome.evidence.to_string()), cell(&outcome.text_evidence.to_string()));
    let (code, text) = (code(outcome.code), code(outcome.text));
    format!("| `{}` | {} | {code} | {text} | {status} | {words} |", outcome.id, outcome.status)
}

fn code(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("`{}`", cell(text)) }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
