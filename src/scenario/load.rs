//! Loading: read, parse, compose, check the shape, build. Each stage reports all that it can.

use std::sync::Arc;

use super::build::build;
use super::compose::compose;
use super::decode::decode;
use super::schema::VERSION;
use super::source::{Origin, OriginFiles};
use super::tree::{Node, Position, SyntaxError, Value, parse_json, parse_yaml};
use super::{Document, Fault, Scenario, Source};
use crate::effects::wall_clock;
use crate::seed::{Place, Problem};

/// Loads scenarios composed in the order given: of what two say differently, the later one holds.
///
/// # Errors
/// Everything that is wrong, in the order of the text.
pub fn load(sources: &[Source]) -> Result<Scenario, Vec<Fault>> {
    let origins = collect(sources.iter().map(Origin::read))?;
    let loaded = assemble(&origins, parse_quickly);
    let faults = match loaded {
        Err(faults) if faults.iter().any(|fault| fault.line == 0) => faults,
        other => return other,
    };
    // Some text was JSON, whose parser knows no positions; the one for YAML does.
    match assemble(&origins, parse_yaml) {
        Err(located) if located.len() == faults.len() && located.iter().all(|fault| fault.line > 0) => Err(located),
        _ => Err(faults),
    }
}

/// JSON by its own parser, which is several times as fast: exported worlds are large.
fn parse_quickly(text: &str, source: usize) -> Result<Node, SyntaxError> {
    if text.trim_start().starts_with('{') {
        // What only looks like JSON may be YAML in braces.
        parse_json(text, source).or_else(|_| parse_yaml(text, source))
    } else {
        parse_yaml(text, source)
    }
}

fn assemble(origins: &[Origin], parse: fn(&str, usize) -> Result<Node, SyntaxError>) -> Result<Scenario, Vec<Fault>> {
    let trees =
        collect(origins.iter().enumerate().map(|(index, origin)| {
            parse(&origin.text, index).map_err(|error| fault(origins, error.at, error.message))
        }))?;
    let tree = trees
        .into_iter()
        .map(at_least_empty)
        .reduce(compose)
        .ok_or_else(|| vec![Fault::of_file("scenario", "none was given")])?;
    let document = document(&tree).map_err(|(at, message)| vec![fault(origins, at, message)])?;
    let files = OriginFiles { origins, tree: &tree };
    let state = build(&document, &files, wall_clock())
        .map_err(|problems| problems.iter().map(|problem| located(origins, &tree, problem)).collect::<Vec<_>>())?;
    let stem = origins.first().map(|origin| origin.stem.clone()).unwrap_or_default();
    let name = document.name.unwrap_or(stem);
    Ok(Scenario { name, description: document.description, state: Arc::new(state) })
}

/// A text of nothing but comments changes nothing.
fn at_least_empty(tree: Node) -> Node {
    match tree.value {
        Value::Null => Node { value: Value::Mapping(Vec::new()), ..tree },
        _ => tree,
    }
}

fn document(tree: &Node) -> Result<Document, (Position, String)> {
    if let Some(faults) = tree.member("faults") {
        return Err((faults.at, "faults cannot be armed in this version of certmimic: leave the key out".to_owned()));
    }
    let document: Document = decode(tree).map_err(|error| (error.at.unwrap_or(tree.at), error.message))?;
    if document.certmimic != VERSION {
        let at = tree.nearest(&Place::default().member("certmimic")).at;
        return Err((at, format!("this program reads version {VERSION} of the format, not {}", document.certmimic)));
    }
    Ok(document)
}

fn located(origins: &[Origin], tree: &Node, problem: &Problem) -> Fault {
    let at = tree.nearest(&problem.place).at;
    let message = match problem.place.0.as_slice() {
        [] => problem.message.clone(),
        _ => format!("{}: {}", problem.place, problem.message),
    };
    fault(origins, at, message)
}

fn fault(origins: &[Origin], at: Position, message: String) -> Fault {
    let origin = origins.get(at.source);
    let line = at.line.checked_sub(1).and_then(|index| origin?.text.lines().nth(index));
    Fault {
        file: origin.map(|origin| origin.file.clone()).unwrap_or_default(),
        line: at.line,
        column: at.column,
        message,
        snippet: line.unwrap_or_default().to_owned(),
    }
}

/// All values, or all faults.
fn collect<T>(results: impl Iterator<Item = Result<T, Fault>>) -> Result<Vec<T>, Vec<Fault>> {
    let (mut values, mut faults) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(value) => values.push(value),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(values) } else { Err(faults) }
}
