//! Where in the texts something is wrong.

use super::Flaw;
use super::source::Origin;
use super::tree::{Node, Position};
use crate::seed::{Place, Problem};

/// Where a problem is, and what it says with its place in the document. Steps below a scalar are of a form that its author
/// did not choose: `certificate.file`, where `certificate` is the path.
pub(super) fn located(tree: &Node, problem: &Problem) -> (Position, String) {
    let (node, taken) = tree.way(&problem.place);
    let steps = if node.text().is_some() { taken } else { problem.place.0.len() };
    let place = Place(problem.place.0.iter().take(steps).cloned().collect());
    match place.0.as_slice() {
        [] => (node.at, problem.message.clone()),
        _ => (node.at, format!("{place}: {}", problem.message)),
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
