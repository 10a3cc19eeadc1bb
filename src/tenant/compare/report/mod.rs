//! What was compared, told in several forms.

mod evidence;
mod json;
mod junit;
mod table;

use super::verdict::{Comparison, Tally};
use crate::tenant::System;

pub use evidence::of as evidence;
pub use json::of as json;
pub use junit::of as junit;
pub use table::of as table;

/// How many facts there are, and what became of them, in a sentence.
fn summary(tally: Tally) -> String {
    let Tally { same, different, not_tried, not_let } = tally;
    let facts = same + different + not_tried;
    let why =
        if not_let == 0 { String::new() } else { format!(", {not_let} of them since the client is not let do it") };
    format!("{facts} facts: {same} same, {different} different, {not_tried} not tried{why}")
}

/// The facts system by system, in the order in which they were played.
fn by_system(comparisons: &[Comparison]) -> Vec<(System, Vec<&Comparison>)> {
    let mut systems: Vec<(System, Vec<&Comparison>)> = Vec::new();
    for comparison in comparisons {
        match systems.iter_mut().find(|(system, _)| *system == comparison.system) {
            Some((_, list)) => list.push(comparison),
            None => systems.push((comparison.system, vec![comparison])),
        }
    }
    systems
}
