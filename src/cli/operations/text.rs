//! The list as lines.

use super::page::{Page, Row};
use crate::contract::Outcome;

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// A line an operation.
    Operations,
    /// A line more for each refusal.
    Refusals,
    /// A line an operation, and all that is known of the one refusal that is left.
    Refusal,
    /// All that is known, of the one operation that is left.
    Everything,
}

/// The list.
pub fn of(pages: &[Page], extent: Extent) -> String {
    let part = match extent {
        Extent::Operations => short,
        Extent::Refusals => with_refusals,
        Extent::Refusal => of_refusal,
        Extent::Everything => whole,
    };
    let mut text = pages.iter().map(part).collect::<Vec<_>>().join("\n\n");
    if extent == Extent::Operations {
        text.push_str(
            "\n\ncertmimic operations TEXT tells more of some, and everything of one; --verbose lists all refusals.",
        );
    }
    text
}

/// A heading, then an operation a line.
fn short(page: &Page) -> String {
    let mut lines = vec![heading(page)];
    lines.extend(page.operations.iter().map(|row| line(page, row)));
    lines.join("\n")
}

fn heading(page: &Page) -> String {
    let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let operations = (!page.operations.is_empty()).then(|| counted(page.operations.len(), "operation"));
    let refusals = (!page.outcomes.is_empty()).then(|| counted(page.outcomes.len(), "refusal"));
    let counts: Vec<String> = operations.into_iter().chain(refusals).collect();
    format!("{}: {}", page.title, counts.join(", "))
}

fn line(page: &Page, row: &Row) -> String {
    let width = |cell: fn(&Row) -> usize| page.operations.iter().map(cell).max().unwrap_or_default();
    let (id, method) = (width(|row| row.operation.id.len()), width(|row| row.operation.method.len()));
    let operation = row.operation;
    format!("  {:id$}  {:method$}  {}  → {}", operation.id, operation.method, operation.target(), row.statuses())
}

/// A heading, then an operation a line, its refusals below it; at the end the refusals that no operation lists.
fn with_refusals(page: &Page) -> String {
    let mut lines = vec![heading(page)];
    for row in &page.operations {
        lines.push(line(page, row));
        lines.extend(row.refusals.iter().map(|refusal| format!("      {}", refused(refusal))));
    }
    let others: Vec<String> = page.unlisted().map(|refusal| format!("  {}", refused(refusal))).collect();
    if !page.operations.is_empty() && !others.is_empty() {
        lines.push("  at any address, at services behind it, or by a fault".to_owned());
    }
    lines.extend(others);
    lines.join("\n")
}

fn refused(outcome: &Outcome) -> String {
    format!("{} {} [{}]", outcome.status, outcome.id, outcome.sources())
}

/// The refusals that are left, then the operations that have them.
fn of_refusal(page: &Page) -> String {
    let mut lines = vec![heading(page)];
    page.outcomes.iter().for_each(|outcome| lines.extend(explained(outcome)));
    lines.push(String::new());
    lines.extend(page.operations.iter().map(|row| line(page, row)));
    lines.join("\n").trim_end().to_owned()
}

/// Everything of each operation that is left.
fn whole(page: &Page) -> String {
    let mut lines = Vec::new();
    for row in &page.operations {
        let operation = row.operation;
        lines.push(format!("{}  {} {}  → {}", operation.id, operation.method, operation.target(), row.statuses()));
        lines.push(format!("  {} ({}, {})", operation.summary, page.title, operation.document));
        row.refusals.iter().for_each(|refusal| lines.extend(explained(refusal)));
    }
    lines.join("\n")
}

/// A refusal with its code and text, what to change, and where each is known from.
fn explained(outcome: &Outcome) -> Vec<String> {
    let parts = [outcome.code, outcome.text];
    let body: Vec<String> = parts.iter().filter(|part| !part.is_empty()).map(|part| format!("\"{part}\"")).collect();
    let mut lines = vec![String::new(), format!("  {} {}  {}", outcome.status, outcome.id, body.join(", "))];
    lines.push(format!("      {}", outcome.advice));
    let (status, text) = (outcome.evidence.to_string(), outcome.text_evidence.to_string());
    lines.push(format!("      {status}"));
    if text != status {
        lines.push(format!("      text: {text}"));
    }
    lines
}
