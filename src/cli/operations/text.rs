//! The list as lines.

use super::age::Ages;
use super::page::{Page, Row, operations, outcomes};
use crate::contract::Outcome;
use crate::evidence::{Document, Sighting};

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
pub fn of(pages: &[Page], extent: Extent, ages: &Ages) -> String {
    let part = |page: &Page| match extent {
        Extent::Operations => short(page),
        Extent::Refusals => with_refusals(page, ages),
        Extent::Refusal => of_refusal(page, ages),
        Extent::Everything => whole(page, ages),
    };
    let mut text = pages.iter().map(part).collect::<Vec<_>>().join("\n\n");
    if matches!(extent, Extent::Refusal | Extent::Everything) {
        text.push_str(&documents(pages, extent, ages));
    }
    if extent == Extent::Operations {
        text.push_str(
            "\n\ncertmimic operations TEXT tells more of some, and everything of one; --verbose lists all refusals.",
        );
    }
    text
}

/// What the rows that are told of cite, each document once.
fn documents(pages: &[Page], extent: Extent, ages: &Ages) -> String {
    let is_cited = |document: &Document| {
        outcomes(pages).any(|row| document.is_cited_by(row))
            || (extent == Extent::Everything && operations(pages).any(|row| document.is_in(row.evidence)))
    };
    let cited = ages.archive.documents.iter().filter(|document| is_cited(document));
    let lines: Vec<String> = cited.map(|one| format!("{}: {} ({})", one.name, one.address, one.read)).collect();
    if lines.is_empty() { String::new() } else { format!("\n\n{}", lines.join("\n")) }
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
fn with_refusals(page: &Page, ages: &Ages) -> String {
    let mut lines = vec![heading(page)];
    for row in &page.operations {
        lines.push(line(page, row));
        lines.extend(row.refusals.iter().map(|refusal| format!("      {}", refused(refusal, ages))));
    }
    let others: Vec<String> = page.unlisted().map(|refusal| format!("  {}", refused(refusal, ages))).collect();
    if !page.operations.is_empty() && !others.is_empty() {
        lines.push("  at any address, at services behind it, or by a fault".to_owned());
    }
    lines.extend(others);
    lines.join("\n")
}

fn refused(outcome: &Outcome, ages: &Ages) -> String {
    format!("{} {} [{}] ({})", outcome.status, outcome.id, outcome.sources(), ages.words(outcome))
}

/// The refusals that are left, then the operations that have them.
fn of_refusal(page: &Page, ages: &Ages) -> String {
    let mut lines = vec![heading(page)];
    page.outcomes.iter().for_each(|outcome| lines.extend(explained(outcome, ages)));
    lines.push(String::new());
    lines.extend(page.operations.iter().map(|row| line(page, row)));
    lines.join("\n").trim_end().to_owned()
}

/// Everything of each operation that is left.
fn whole(page: &Page, ages: &Ages) -> String {
    let mut lines = Vec::new();
    for row in &page.operations {
        let operation = row.operation;
        lines.push(format!("{}  {} {}  → {}", operation.id, operation.method, operation.target(), row.statuses()));
        lines.push(format!("  {} ({}; {})", operation.summary, page.title, operation.evidence));
        row.refusals.iter().for_each(|refusal| lines.extend(explained(refusal, ages)));
    }
    lines.join("\n")
}

/// A refusal with its code and text, what to change, and where each is known from.
fn explained(outcome: &Outcome, ages: &Ages) -> Vec<String> {
    let parts = [outcome.code, outcome.text];
    let body: Vec<String> = parts.iter().filter(|part| !part.is_empty()).map(|part| format!("\"{part}\"")).collect();
    let mut lines = vec![String::new(), format!("  {} {}  {}", outcome.status, outcome.id, body.join(", "))];
    lines.push(format!("      {}", outcome.advice));
    let (status, text) = (outcome.evidence.to_string(), outcome.text_evidence.to_string());
    lines.push(format!("      {status}"));
    if text != status {
        lines.push(format!("      text: {text}"));
    }
    lines.push(format!("      newest evidence: {}", ages.words(outcome)));
    lines.extend(ages.archive.of(outcome).map(|seen| format!("      {}", sighting(seen, ages))));
    lines
}

/// One observation: when, where, and by whom.
fn sighting(seen: &Sighting, ages: &Ages) -> String {
    let date = seen.date.as_ref().map_or_else(|| "at an unknown time".to_owned(), |date| ages.dated(date));
    let note = seen.observation.note.as_ref().map(|note| format!(" ({})", note.trim_end_matches('.')));
    format!("seen {date}, landscape {}: {}{}", seen.landscape, seen.source, note.unwrap_or_default())
}
