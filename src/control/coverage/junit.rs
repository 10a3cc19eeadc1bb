//! Coverage as a report that CI systems read: a suite a system, a case a documented answer; one that was not met is skipped.

use super::{Coverage, Covered, SystemCoverage};
use crate::control::junit::{Case, Suite, Verdict, report};

/// The report.
pub(super) fn of(coverage: &Coverage) -> String {
    let suites: Vec<Suite> = coverage.systems.iter().map(suite).collect();
    report("certmimic coverage", &suites)
}

fn suite(system: &SystemCoverage) -> Suite {
    let own = system
        .operations
        .iter()
        .flat_map(|covered| covered.answers.iter().map(|answer| case(covered.operation.id.to_owned(), answer)));
    let shared = system.shared.iter().map(|answer| case(format!("{}.any", system.name), answer));
    Suite { name: system.title.to_owned(), cases: own.chain(shared).collect() }
}

fn case(class: String, covered: &Covered) -> Case {
    let result = if covered.times.is_any() { Verdict::Passed } else { Verdict::Skipped(covered.state().to_owned()) };
    Case { class, name: covered.id(), result }
}
