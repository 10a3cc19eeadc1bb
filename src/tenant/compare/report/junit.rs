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
    let mut suites: Vec<Suite> = by_system(&compared.comparisons).into_iter().map(suite).collect();
    // Who reads nothing but this would take a run that was cut short for one in which all is the same.
    let ended = compared.cut_short.iter().map(ToString::to_string);
    let cases: Vec<Case> = ended.chain(compared.left.iter().cloned()).map(of_run).collect();
    if !cases.is_empty() {
        suites.push(Suite { name: "the run".to_owned(), cases });
    }
    junit::report("certmimic compare", &suites)
}

fn of_run(why: String) -> Case {
    let result = junit::Verdict::Failed { message: why.clone(), text: why };
    Case { class: "run".to_owned(), name: "all was played, and nothing is left behind".to_owned(), result }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tenant::Failure;

    #[test]
    fn a_run_that_was_cut_short_or_left_something_has_failed() {
        let whole = of(&Compared::default());
        assert!(whole.contains("failures=\"0\"") && !whole.contains("the run"), "{whole}");
        let left = vec!["a store may still be there".to_owned()];
        let told = of(&Compared { cut_short: Some(Failure::Ended), left, ..Compared::default() });
        assert!(told.contains("failures=\"2\"") && told.contains(">a store may still be there</failure>"), "{told}");
    }
}
