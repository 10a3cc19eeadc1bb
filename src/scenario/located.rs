//! Where in the texts something is wrong.

use super::Flaw;
use super::source::Origin;
use super::tree::{Node, Position};
use crate::seed::Problem;

/// Where a problem is, and what it says with its place in the document.
pub(super) fn located(tree: &Node, problem: &Problem) -> (Position, String) {
    let at = tree.nearest(&problem.place).at;
    match problem.place.0.as_slice() {
        [] => (at, problem.message.clone()),
        _ => (at, format!("{}: {}", problem.place, problem.message)),
    }
}

/// What is wrong at a position, with the line that it is in.
pub(super) fn flaw(origins: &[Origin], at: Position, message: String) -> Flaw {
    let origin = origins.get(at.source);
    let line = at.line.checked_sub(1).and_then(|index| origin?.text.lines().nth(index));
    Flaw {
        file: origin.map(|origin| origin.file.clone()).unwrap_or_default(),
        line: at.line,
        column: at.column,
        message,
        snippet: line.unwrap_or_default().to_owned(),
    }
}
