//! The list as one JSON document.

use serde_json::{Value, json};

use super::age::Ages;
use super::page::{Page, Row};
use crate::contract::{Outcome, Reach};
use crate::evidence::Sighting;

/// An array of pages.
pub fn of(pages: &[Page], ages: &Ages) -> String {
    format!("{:#}", pages.iter().map(|page| document(page, ages)).collect::<Value>())
}

fn document(page: &Page, ages: &Ages) -> Value {
    json!({
        "api": page.name,
        "title": page.title,
        "roots": page.roots,
        "operations": page.operations.iter().map(operation).collect::<Value>(),
        "outcomes": page.outcomes.iter().map(|outcome| self::outcome(outcome, ages)).collect::<Value>(),
    })
}

fn operation(row: &Row) -> Value {
    let operation = row.operation;
    json!({
        "id": operation.id,
        "method": operation.method,
        "path": operation.path,
        "when": operation.when,
        "summary": operation.summary,
        "evidence": { "kind": operation.evidence.kind(), "source": operation.evidence.source() },
        "success": operation.success,
        "refusals": row.refusals.iter().map(|outcome| outcome.id).collect::<Vec<_>>(),
    })
}

fn outcome(outcome: &Outcome, ages: &Ages) -> Value {
    let newest = ages.newest(outcome).map(|(date, age)| json!({ "date": date, "age_in_days": age }));
    json!({
        "id": outcome.id,
        "status": outcome.status,
        "code": outcome.code,
        "text": outcome.text,
        "advice": outcome.advice,
        "evidence": {
            "status": { "kind": outcome.evidence.kind(), "source": outcome.evidence.source() },
            "text": { "kind": outcome.text_evidence.kind(), "source": outcome.text_evidence.source() },
            "newest": newest,
            "seen": ages.archive.of(outcome).map(sighting).collect::<Value>(),
        },
        "reach": match outcome.reach {
            Reach::Client => "client",
            Reach::Fault => "fault",
        },
    })
}

fn sighting(seen: &Sighting) -> Value {
    json!({ "file": seen.file, "date": seen.date, "landscape": seen.landscape, "source": seen.source })
}
