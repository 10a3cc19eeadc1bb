//! As a table for a terminal: a line a fact, and below it what is different, or why it was not tried.

use std::fmt::Write as _;

use super::{by_system, summary};
use crate::tenant::compare::Compared;
use crate::tenant::compare::verdict::{Comparison, Tally, Verdict};

/// The table.
pub fn of(compared: &Compared) -> String {
    let mut text = String::new();
    let systems = by_system(&compared.comparisons);
    let are_several = systems.len() > 1;
    for (system, comparisons) in systems {
        let _infallible = writeln!(text, "{system}");
        let width = |of: fn(&Comparison) -> &str| comparisons.iter().map(|one| of(one).len()).max().unwrap_or_default();
        let widths = [width(operation), width(|one| &one.outcome)];
        for comparison in &comparisons {
            line(&mut text, comparison, widths);
        }
        if are_several {
            let _infallible = writeln!(text, "{}", summary(Tally::of(comparisons.iter().copied())));
        }
        text.push('\n');
    }
    let _infallible = write!(text, "{}", summary(Tally::of(&compared.comparisons)));
    text
}

fn operation(comparison: &Comparison) -> &str {
    comparison.operation.map_or("-", |row| row.id)
}

fn line(text: &mut String, comparison: &Comparison, [first, second]: [usize; 2]) {
    let Comparison { outcome, request, verdict, fact, .. } = comparison;
    let (word, operation) = (verdict.word(), operation(comparison));
    let _infallible = writeln!(text, "  {word:9}  {operation:first$}  {outcome:second$}  {request}");
    match verdict {
        Verdict::Same => {}
        Verdict::NotTried(why) => {
            let _infallible = writeln!(text, "             {why}");
        }
        Verdict::Different(differences) => {
            let _infallible = writeln!(text, "             {fact}");
            for one in differences {
                let _infallible =
                    writeln!(text, "             {}: expected {}, came {}", one.at, one.expected, one.came);
            }
            for switch in &comparison.switches {
                let _infallible = writeln!(text, "             the switch {switch} answers so");
            }
        }
    }
}
