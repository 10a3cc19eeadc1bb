//! Coverage for a terminal.

use std::fmt::Write as _;

use super::{Coverage, Covered, SystemCoverage, Tally, fault};

/// One line an operation; below it, what was not met.
pub(super) fn of(coverage: &Coverage) -> String {
    let mut text = format!("{}\n", line("all systems", coverage.tally()));
    for system in &coverage.systems {
        let _infallible = writeln!(text, "\n{}", line(system.title, system.tally()));
        operations(&mut text, system);
        if !system.shared.is_empty() {
            let tally = Tally::of(system.shared.iter());
            let _infallible = writeln!(text, "  {}", line("(at any operation)", tally));
            unmet(&mut text, &system.shared, None);
        }
    }
    text
}

fn operations(text: &mut String, system: &SystemCoverage) {
    for covered in &system.operations {
        let tally = Tally::of(covered.answers.iter());
        let _infallible = writeln!(text, "  {}", line(covered.operation.id, tally));
        unmet(text, &covered.answers, Some(covered.operation.id));
    }
}

fn unmet(text: &mut String, answers: &[Covered], operation: Option<&str>) {
    for covered in answers.iter().filter(|covered| !covered.times.is_any()) {
        let status = covered.row.map(|row| format!("{} ", row.status)).unwrap_or_default();
        let evidence = covered.row.map(|row| format!("  [{}]", row.sources())).unwrap_or_default();
        let _infallible = writeln!(text, "      {status}{}: {}{evidence}", covered.id(), covered.state());
        if let Some(row) = covered.row.filter(|_| covered.needs_a_fault()) {
            let _infallible = writeln!(text, "          arm {}", fault(row, operation));
        }
    }
}

fn line(name: &str, tally: Tally) -> String {
    let Tally { answers, earned, by_fault } = tally;
    let faults = if by_fault > 0 { format!(", {by_fault} of them by faults only") } else { String::new() };
    format!("{:5.1} %  {name}: {} of {answers} documented answers met{faults}", tally.percent(), earned + by_fault)
}
