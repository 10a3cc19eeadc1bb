//! Loading: read, parse, compose, check the shape, build. Each stage reports all that it can.

use std::sync::Arc;

use super::build::build;
use super::compose::compose;
use super::decode::{Misfit, decode};
use super::located::{Misplaced, flaw, located};
use super::schema::VERSION;
use super::source::{Origin, OriginFiles};
use super::tree::{Member, Node, SyntaxError, Value, parse_json, parse_yaml};
use super::{Document, Flaw, Scenario, Source};
use crate::effects::wall_clock;
use crate::seed::{Code, Complaint, NoFiles, Place, Problem};
use crate::store::sort_by;

/// Loads scenarios composed in the order given: of what two say differently, the later one holds.
///
/// # Errors
/// Everything that is wrong, in the order of the text.
pub fn load(sources: &[Source]) -> Result<Scenario, Vec<Flaw>> {
    let origins = collect(sources.iter().map(Origin::read))?;
    let loaded = assemble(&origins, parse_quickly);
    let flaws = match loaded {
        Err(flaws) if flaws.iter().any(|flaw| flaw.line == 0) => flaws,
        other => return other,
    };
    // Some text was JSON, whose parser knows no positions; the one for YAML does.
    match assemble(&origins, parse_yaml) {
        Err(located) if located.len() == flaws.len() && located.iter().all(|flaw| flaw.line > 0) => Err(located),
        _ => Err(flaws),
    }
}

/// A document that is at hand as a value. It is read as texts are: what reads values would be a second reader of the whole format.
///
/// # Errors
/// The first thing that does not fit.
pub fn read(document: &serde_json::Value) -> Result<Document, Problem> {
    let wrong = |complaint| Problem { place: Place::default(), complaint };
    let tree =
        parse_json(&document.to_string(), 0).map_err(|error| wrong(Complaint::new(Code::Syntax, error.message)))?;
    decode(&tree).map_err(|error| wrong(error.complaint))
}

/// Whether a document that is complete in itself, as exported ones are, describes a state: it can name no files.
///
/// # Errors
/// What is wrong: at most one problem a section.
pub fn check(document: &Document) -> Result<(), Vec<Problem>> {
    build(document, &NoFiles, wall_clock()).map(|_| ())
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

fn assemble(origins: &[Origin], parse: fn(&str, usize) -> Result<Node, SyntaxError>) -> Result<Scenario, Vec<Flaw>> {
    let trees = collect(
        origins
            .iter()
            .enumerate()
            .map(|(index, origin)| parse(&origin.text, index).map_err(|error| flaw(origins, error.into()))),
    )?;
    let tree = trees
        .into_iter()
        .map(at_least_empty)
        .reduce(compose)
        .ok_or_else(|| vec![Flaw::of_file("scenario", Complaint::new(Code::Unreadable, "none was given"))])?;
    let flaws = |flaws| in_order(origins, flaws);
    let document = document(&tree).map_err(flaws)?;
    let files = OriginFiles { origins, tree: &tree };
    let state = build(&document, &files, wall_clock())
        .map_err(|problems| flaws(problems.iter().map(|problem| located(&tree, problem)).collect()))?;
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

fn document(tree: &Node) -> Result<Document, Vec<Misplaced>> {
    let document: Document = decode(tree).map_err(|error| shape_flaws(tree, error))?;
    if document.certmimic != VERSION {
        let at = tree.nearest(&Place::default().member("certmimic")).at;
        let message = format!("this program reads version {VERSION} of the format, not {}", document.certmimic);
        return Err(vec![Misplaced { at, complaint: Complaint::new(Code::WrongVersion, message), text: None }]);
    }
    Ok(document)
}

/// What does not fit, one flaw for each member of the document that has any; at least the one that is known.
fn shape_flaws(tree: &Node, known: Misfit) -> Vec<Misplaced> {
    let misplaced =
        |error: Misfit| Misplaced { at: error.at.unwrap_or(tree.at), complaint: error.complaint, text: error.text };
    let Value::Mapping(members) = &tree.value else { return vec![misplaced(known)] };
    let version = members.iter().find(|member| member.key == "certmimic");
    let alone = |member: &Member| {
        let others = version.filter(|version| version.key != member.key);
        let document = Value::Mapping(others.into_iter().chain([member]).cloned().collect());
        decode::<Document>(&Node { value: document, at: tree.at }).err()
    };
    let mut errors: Vec<Misfit> = match version {
        Some(_) => members.iter().filter_map(alone).collect(),
        None => Vec::new(),
    };
    if errors.is_empty() {
        errors.push(known);
    }
    errors.into_iter().map(misplaced).collect()
}

fn in_order(origins: &[Origin], mut flaws: Vec<Misplaced>) -> Vec<Flaw> {
    sort_by(&mut flaws, Ord::cmp);
    flaws.dedup();
    flaws.into_iter().map(|misplaced| flaw(origins, misplaced)).collect()
}

/// All values, or all flaws.
fn collect<T>(results: impl Iterator<Item = Result<T, Flaw>>) -> Result<Vec<T>, Vec<Flaw>> {
    let (mut values, mut flaws) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(value) => values.push(value),
            Err(flaw) => flaws.push(flaw),
        }
    }
    if flaws.is_empty() { Ok(values) } else { Err(flaws) }
}
