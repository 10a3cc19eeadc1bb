//! As a report that CI systems read: a suite a system, a case a fact; one that was not tried is skipped.

use super::by_system;
use crate::control::junit::{self, Case, Suite};
use crate::tenant::compare::Compared;
use crate::tenant::compare::verdict::{Comparison, Verdict};

/// The report.
pub fn of(compared: &Compared) -> String {
    let suite = |(system, comparisons): (_, Vec<&Comparison>)| Suite {
        name: format!("{system}"),
        cases: comparisons.into_iter().map(case).collect(),
    };
    let suites: Vec<Suite> = by_system(&compared.comparisons).into_iter().map(suite).collect();
    junit::report("certmimic compare", &suites)
}

fn case(comparison: &Comparison) -> Case {
    let class =
        comparison.operation.map_or_else(|| format!("{}.none", comparison.system.name()), |row| row.id.to_owned());
    let result = match &comparison.verdict {
        Verdict::Same => junit::Verdict::Passed,
        Verdict::NotTried(why) => junit::Verdict::Skipped(why.clone()),
        Verdict::Different(found) => {
            let lines = found.iter().map(|one| format!("{}: expected {}, came {}", one.at, one.expected, one.came));
            let lines: Vec<String> = lines.collect();
            junit::Verdict::Failed { message: lines.first().cloned().unwrap_or_default(), text: lines.join("\n") }
        }
    };
    Case { class, name: format!("{} ({})", comparison.fact, comparison.request), result }
}
