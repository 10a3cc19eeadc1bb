//! Coverage for a merge request.

use std::fmt::Write as _;

use super::{Coverage, Covered, SystemCoverage};

/// A table a system: an operation a row, what was met and what was not.
pub(super) fn of(coverage: &Coverage) -> String {
    let tally = coverage.tally();
    let mut text = format!(
        "# Coverage\n\n{} of {} documented answers met: {:.1} %.\n",
        tally.earned + tally.by_fault,
        tally.answers,
        tally.percent()
    );
    for system in &coverage.systems {
        let tally = system.tally();
        let _infallible = write!(
            text,
            "\n## {}\n\n{} of {} documented answers met: {:.1} %.\n\n| operation | met | not met |\n|---|---|---|\n",
            system.title,
            tally.earned + tally.by_fault,
            tally.answers,
            tally.percent()
        );
        rows(&mut text, system);
    }
    text
}

fn rows(text: &mut String, system: &SystemCoverage) {
    for covered in &system.operations {
        row(text, covered.operation.id, &covered.answers);
    }
    if !system.shared.is_empty() {
        row(text, "(at any operation)", &system.shared);
    }
}

fn row(text: &mut String, name: &str, answers: &[Covered]) {
    let list = |met: bool| {
        let names = answers.iter().filter(|covered| covered.times.is_any() == met).map(|covered| {
            let mark = match (covered.is_by_fault_only(), covered.needs_a_fault()) {
                (true, _) => " (by a fault)",
                (false, true) => " (needs a fault)",
                (false, false) => "",
            };
            format!("`{}`{mark}", covered.id())
        });
        names.collect::<Vec<_>>().join(", ")
    };
    let _infallible = writeln!(text, "| `{name}` | {} | {} |", list(true), list(false));
}
