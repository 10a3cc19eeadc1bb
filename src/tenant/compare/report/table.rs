//! As a table for a terminal: a line a fact, and below it what is different, or why it was not tried; then what is to be known of
//! the run.

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
    let of_run = [("note", &compared.notes), ("left behind", &compared.left)];
    let of_run = of_run.into_iter().flat_map(|(word, lines)| lines.iter().map(move |line| (word, line.clone())));
    let cut_short = compared.cut_short.iter().map(|failure| ("cut short", failure.to_string()));
    for (word, line) in of_run.chain(cut_short) {
        let _infallible = writeln!(text, "{word}: {line}");
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tenant::Failure;

    #[test]
    fn what_is_to_be_known_of_the_run_stands_before_the_sum() {
        let compared = Compared {
            notes: vec!["a key could not be read".to_owned()],
            left: vec!["a store may still be there".to_owned()],
            cut_short: Some(Failure::Ended),
            ..Compared::default()
        };
        let told = of(&compared);
        let lines: Vec<&str> = told.lines().collect();
        let [note, left, cut_short, sum] = lines.as_slice() else { panic!("{told}") };
        assert_eq!([*note, *left], ["note: a key could not be read", "left behind: a store may still be there"]);
        assert!(cut_short.starts_with("cut short: ") && sum.starts_with("0 facts: "), "{told}");
    }
}
