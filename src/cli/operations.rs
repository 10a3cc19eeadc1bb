//! `certmimic operations`: what is emulated, from the tables that the emulation itself runs on.

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::failure::Failure;
use super::print;
use crate::apis::xsuaa;
use crate::contract::{Operation, Outcome, Reach};
use crate::odata;
use crate::state::{APIS, Api};

/// List the emulated operations and their documented outcomes, with evidence.
#[derive(Debug, Args)]
pub struct Operations {
    /// Form of the list.
    #[arg(long, env = "CERTMIMIC_FORMAT", value_enum, default_value_t)]
    format: Format,
}

/// Form of the list.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// Columns.
    #[default]
    Table,
    /// One JSON document.
    Json,
    /// Tables for documentation.
    Markdown,
}

impl Operations {
    /// Runs the command.
    pub fn run(self) -> Result<(), Failure> {
        let pages: Vec<Page> = APIS.iter().map(Page::of).chain([Page::protocol()]).collect();
        let list = match self.format {
            Format::Table => pages.iter().map(table).collect::<Vec<_>>().join("\n\n"),
            Format::Json => format!("{:#}", pages.iter().map(document).collect::<Value>()),
            Format::Markdown => pages.iter().map(markdown).collect::<Vec<_>>().join("\n\n"),
        };
        print(&list)
    }
}

/// What one API promises; or what the two OData services share.
struct Page {
    name: &'static str,
    title: &'static str,
    roots: &'static [&'static str],
    operations: &'static [Operation],
    outcomes: Vec<&'static Outcome>,
}

impl Page {
    fn of(api: &Api) -> Self {
        let outcomes = api.outcomes.to_vec();
        Self { name: api.name, title: api.title, roots: api.roots, operations: api.operations, outcomes }
    }

    /// Refusals of the protocol, whatever the service, and the one for a missing CSRF token.
    fn protocol() -> Self {
        let outcomes = odata::OUTCOMES.iter().copied().chain(xsuaa::filter::OUTCOMES.iter().copied()).collect();
        Self { name: "odata", title: "What the OData services share", roots: &[], operations: &[], outcomes }
    }
}

/// A heading, then an operation a line, its refusals below it; at the end the refusals that no operation lists.
fn table(api: &Page) -> String {
    let width = |cell: fn(&Operation) -> usize| api.operations.iter().map(cell).max().unwrap_or_default();
    let (id, method) = (width(|row| row.id.len()), width(|row| row.method.len()));
    let mut lines = vec![api.title.to_owned()];
    for row in api.operations {
        lines.push(format!("  {:id$}  {:method$}  {}  → {}", row.id, row.method, row.target(), statuses(row)));
        lines.extend(row.refusals().map(|refusal| format!("  {:id$}    {}", "", refused(refusal))));
    }
    let is_listed =
        |outcome: &Outcome| api.operations.iter().flat_map(Operation::refusals).any(|refusal| refusal.id == outcome.id);
    let others: Vec<String> =
        api.outcomes.iter().filter(|outcome| !is_listed(outcome)).map(|outcome| refused(outcome)).collect();
    if !api.operations.is_empty() && !others.is_empty() {
        lines.push("  at any address, at services behind it, or by a fault".to_owned());
    }
    lines.extend(others.iter().map(|refusal| format!("  {refusal}")));
    lines.join("\n")
}

fn refused(outcome: &Outcome) -> String {
    format!("{} {} [{}]", outcome.status, outcome.id, outcome.sources())
}

/// A heading, a table of operations, a table of refusals.
fn markdown(api: &Page) -> String {
    let mut lines = vec![format!("### {}", api.title), String::new()];
    if !api.operations.is_empty() {
        lines.push("| operation | request | does | answers | refuses |\n|---|---|---|---|---|".to_owned());
    }
    for row in api.operations {
        let refusals: Vec<String> =
            row.refusals().map(|refusal| format!("{} `{}`", refusal.status, refusal.id)).collect();
        let request = format!("`{} {}`", row.method, cell(&row.target()));
        let cells = [format!("`{}`", row.id), request, cell(row.summary), statuses(row), refusals.join(", ")];
        lines.push(format!("| {} |", cells.join(" | ")));
    }
    lines.push("\n| refusal | status | code | text | status and code known from | text known from |\n|---|---|---|---|---|---|".to_owned());
    for outcome in &api.outcomes {
        let (status, words) = (cell(&outcome.evidence.to_string()), cell(&outcome.text_evidence.to_string()));
        let (code, text) = (code(outcome.code), code(outcome.text));
        lines.push(format!("| `{}` | {} | {code} | {text} | {status} | {words} |", outcome.id, outcome.status));
    }
    lines.join("\n")
}

fn code(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("`{}`", cell(text)) }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn document(api: &Page) -> Value {
    json!({
        "api": api.name,
        "title": api.title,
        "roots": api.roots,
        "operations": api.operations.iter().map(operation).collect::<Value>(),
        "outcomes": api.outcomes.iter().map(|outcome| self::outcome(outcome)).collect::<Value>(),
    })
}

fn operation(row: &Operation) -> Value {
    json!({
        "id": row.id,
        "method": row.method,
        "path": row.path,
        "when": row.when,
        "summary": row.summary,
        "document": row.document,
        "success": row.success,
        "refusals": row.refusals().map(|outcome| outcome.id).collect::<Vec<_>>(),
    })
}

fn outcome(outcome: &Outcome) -> Value {
    json!({
        "id": outcome.id,
        "status": outcome.status,
        "code": outcome.code,
        "text": outcome.text,
        "advice": outcome.advice,
        "evidence": {
            "status": { "kind": outcome.evidence.kind(), "source": outcome.evidence.source() },
            "text": { "kind": outcome.text_evidence.kind(), "source": outcome.text_evidence.source() },
        },
        "reach": match outcome.reach {
            Reach::Client => "client",
            Reach::Fault => "fault",
        },
    })
}

fn statuses(row: &Operation) -> String {
    row.success.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
