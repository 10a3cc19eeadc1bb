//! Key predicates (OData V2 URI conventions, section "Addressing entries"), from URIs and for them.

use super::segment::Segment;
use super::{encode_from, literal};
use crate::contract::Refusal;
use crate::odata::edm::{EntityType, Property};
use crate::odata::error::{self, refuse, refuse_both};
use crate::odata::{Key, Value};

/// Reads what stands between the parentheses of a segment.
///
/// # Errors
/// Olingo's refusals for keys.
pub(super) fn parse(predicate: &str, segment: &Segment<'_>, entity_type: &'static EntityType) -> Result<Key, Refusal> {
    let names = entity_type.key_names();
    let invalid = || refuse(&error::INVALID_KEY, segment.shown_key());
    let mut found: Vec<(&'static str, Value)> = Vec::with_capacity(names.len());
    for part in split(predicate) {
        let (name, text) = named(part);
        let property = match (name, names) {
            (Some(name), _) => key_property(entity_type, name).ok_or_else(invalid)?,
            (None, [only]) => key_property(entity_type, only).ok_or_else(invalid)?,
            (None, _) => return Err(refuse(&error::UNNAMED_KEY_PART, part)),
        };
        if found.iter().any(|(name, _)| *name == property.name) {
            return Err(refuse(&error::DUPLICATE_KEY_PART, segment.shown_key()));
        }
        if text.is_empty() {
            return Err(invalid());
        }
        found.push((property.name, value(text, property)?));
    }
    // Each is one of the names, and none is there twice.
    if found.len() != names.len() {
        return Err(invalid());
    }
    found.sort_by_key(|(found, _)| names.iter().position(|name| name == found));
    Ok(Key::new(found))
}

fn key_property(entity_type: &'static EntityType, name: &str) -> Option<&'static Property> {
    let name = entity_type.key_names().iter().find(|key| **key == name)?;
    entity_type.property(name)
}

fn value(text: &str, property: &Property) -> Result<Value, Refusal> {
    let parsed = literal::parse(text)?;
    literal::convert(parsed, property.kind)
        .ok_or_else(|| refuse_both(&error::INCOMPATIBLE_LITERAL, text, property.kind.name()))
}

/// The parts of a predicate: commas within quotes do not part. Split as bytes, at ASCII characters, each is still text.
fn split(predicate: &str) -> impl Iterator<Item = &str> {
    let mut within = false;
    let parts = predicate.as_bytes().split(move |byte| {
        within ^= *byte == b'\'';
        *byte == b',' && !within
    });
    parts.filter_map(|part| str::from_utf8(part).ok())
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
