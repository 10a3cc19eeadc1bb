//! Where in the texts something is wrong.

use super::Flaw;
use super::source::Origin;
use super::tree::{Node, Position, SyntaxError};
use super::veil::veiled;
use crate::seed::{Code, Complaint, Place, Problem};

/// What is wrong at a position. In the order of the texts.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Misplaced {
    pub at: Position,
    pub complaint: Complaint,
}

impl From<SyntaxError> for Misplaced {
    fn from(SyntaxError { at, message }: SyntaxError) -> Self {
        let code = if message.starts_with("duplicate") { Code::DuplicateKey } else { Code::Syntax };
        Self { at, complaint: Complaint::new(code, message) }
    }
}

/// Where a problem is, and what it says with its place in the document. Steps below a scalar are of a form that its author
/// did not choose: `certificate.file`, where `certificate` is the path.
pub(super) fn located(tree: &Node, problem: &Problem) -> Misplaced {
    let (node, taken) = tree.way(&problem.place);
    let steps = if node.text().is_some() { taken } else { problem.place.0.len() };
    let place = Place(problem.place.0.iter().take(steps).cloned().collect());
    let mut complaint = problem.complaint.clone();
    if !place.0.is_empty() {
        complaint.message = format!("{place}: {}", complaint.message);
    }
    Misplaced { at: node.at, complaint }
}

/// What is wrong at a position, with the line that it is in.
pub(super) fn flaw(origins: &[Origin], misplaced: Misplaced) -> Flaw {
    let Misplaced { at, complaint } = misplaced;
    let origin = origins.get(at.source);
    let line = at.line.checked_sub(1).and_then(|index| origin?.text.lines().nth(index));
    Flaw {
        file: origin.map(|origin| origin.file.clone()).unwrap_or_default(),
        line: at.line,
        column: at.column,
        code: complaint.code,
        message: complaint.message,
        expected: complaint.expected,
        snippet: line.map(veiled).unwrap_or_default(),
    }
}
