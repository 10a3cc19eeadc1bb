//! Key predicates (OData V2 URI conventions, section "Addressing entries"), from URIs and for them.

use std::iter;

use super::segment::Segment;
use super::{encode_from, literal};
use crate::http::target::has;
use crate::odata::edm::{EntityType, Property};
use crate::odata::error::Error;
use crate::odata::{Key, Value};
use crate::store::sort_by_key;

/// Reads what stands between the parentheses of a segment.
///
/// # Errors
/// Olingo's refusals for keys.
pub(super) fn parse(predicate: &str, segment: &Segment<'_>, entity_type: &'static EntityType) -> Result<Key, Error> {
    let names = entity_type.key_names();
    let invalid = || Error::InvalidKey { key: segment.shown_key().to_owned() };
    let mut found: Vec<(&'static str, Value)> = Vec::with_capacity(names.len());
    for part in split(predicate) {
        let (name, text) = named(part);
        if text.is_empty() {
            return Err(invalid());
        }
        let name = match (name, names) {
            (Some(name), _) => names.iter().find(|known| **known == name).ok_or_else(invalid)?,
            (None, [only]) => only,
            (None, _) => return Err(Error::UnnamedKeyPart { part: part.to_owned() }),
        };
        let property = entity_type.property(name).ok_or_else(invalid)?;
        if found.iter().any(|(name, _)| *name == property.name) {
            return Err(Error::DuplicateKeyPart { key: segment.shown_key().to_owned() });
        }
        found.push((property.name, value(text, property)?));
    }
    // Each is one of the names, and none is there twice.
    if found.len() != names.len() {
        return Err(invalid());
    }
    sort_by_key(&mut found, |(found, _)| names.iter().position(|name| name == found));
    Ok(Key::new(found))
}

fn value(text: &str, property: &Property) -> Result<Value, Error> {
    let parsed = literal::parse(text)?;
    literal::convert(parsed, property.kind)
        .ok_or_else(|| Error::IncompatibleLiteral { literal: text.to_owned(), type_name: property.kind.name() })
}

/// The parts of a predicate.
fn split(predicate: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(predicate);
    iter::from_fn(move || {
        let text = rest?;
        // Most are the last one, or the only one.
        let end = if has(text, |byte| byte == b',') { end_of_part(text) } else { None };
        rest = end.and_then(|end| text.get(end + 1..));
        end.map_or(Some(text), |end| text.get(..end))
    })
}

/// Where the first part of several ends: commas within quotes do not part.
fn end_of_part(text: &str) -> Option<usize> {
    let mut within = false;
    text.bytes().position(|byte| {
        within ^= byte == b'\'';
        byte == b',' && !within
    })
}

/// A part with its name, if it has one before any quote.
fn named(part: &str) -> (Option<&str>, &str) {
    let separated = part.find(['=', '\'']).map(|at| part.split_at(at));
    match separated.and_then(|(name, rest)| Some((name, rest.strip_prefix('=')?))) {
        Some((name, value)) => (Some(name.trim()), value.trim()),
        None => (None, part.trim()),
    }
}

/// Appends the key of an entity with these values, percent-encoded, without the parentheses.
pub fn write<'v>(out: &mut String, parts: impl Iterator<Item = (&'static str, &'v Value)>, single: bool) {
    for (position, (name, value)) in parts.enumerate() {
        if position > 0 {
            out.push(',');
        }
        if !single {
            out.push_str(name);
            out.push('=');
        }
        let start = out.len();
        literal::write(out, value);
        encode_from(out, start);
    }
}
