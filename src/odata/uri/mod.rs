//! Resource paths (OData V2 URI conventions, sections 2 and 3): from the text below a service's root to an [`Address`].

pub mod key;
pub mod literal;
mod segment;

use self::segment::{Segment, Segments};
use super::edm::{Kind as Type, Navigation, Property, Schema, Set};
use super::error::Error;
use super::{Key, Value};
use crate::http::target::{after_last, cut, decode_leniently};

pub use segment::{encode_from, has_broken_escape};

/// What a path leads to.
#[derive(Debug)]
pub enum Resource {
    /// The root.
    ServiceDocument,
    /// `$metadata`
    Metadata,
    /// `$batch`
    Batch,
    /// Anything below an entity set.
    Data(Address),
}

/// A path below an entity set.
#[derive(Debug)]
pub struct Address {
    /// The set it starts at.
    pub start: &'static Set,
    /// The key of its first segment.
    pub key: Option<Key>,
    /// The navigation properties that it follows.
    pub steps: Vec<Step>,
    /// What of it is meant.
    pub target: Target,
}

/// One navigation.
#[derive(Debug)]
pub struct Step {
    /// The property.
    pub navigation: &'static Navigation,
    /// The set that it leads to.
    pub set: &'static Set,
    /// The key of one entity among many.
    pub key: Option<Key>,
}

/// What is meant of an [`Address`].
#[derive(Debug)]
pub enum Target {
    /// Many entities.
    Entities,
    /// One entity.
    Entity,
    /// `$count` of many entities, or of one.
    Count {
        /// True for many.
        many: bool,
    },
    /// `$value` of an entity.
    Media,
    /// A property, or a member of a complex one.
    Property {
        /// From the property of the entity to the member.
        path: Vec<&'static Property>,
        /// `$value` of it.
        value: bool,
    },
    /// `$links/` before the last step.
    Links {
        /// True for a to-many property without a key.
        many: bool,
        /// `$count` of the links.
        count: bool,
    },
}

impl Address {
    /// The set of the entities that are meant.
    pub fn set(&self) -> &'static Set {
        self.steps.last().map_or(self.start, |step| step.set)
    }
}

/// The set that a path starts at, if it starts at one: to know it before the rest is checked.
pub fn first_set(tail: &str, schema: &Schema) -> Option<&'static Set> {
    schema.set(&first_name(tail))
}

/// The name that a path starts with, whether there is such a set or not.
pub fn first_name(tail: &str) -> String {
    let text = decode_leniently(tail.trim_start_matches('/').split('/').next().unwrap_or_default());
    let name = text.split_once('(').map_or(text.as_ref(), |(name, _)| name);
    after_last(name, b'.').to_owned()
}

/// Reads the path below a service's root, percent-encoded as it came.
///
/// # Errors
/// Olingo's refusals for paths.
pub fn parse(tail: &str, schema: &Schema) -> Result<Resource, Error> {
    let mut segments = Segments::split(tail)?;
    let Some(first) = segments.next() else { return Ok(Resource::ServiceDocument) };
    match first.text.as_ref() {
        "$metadata" => segments.must_end(&first).map(|()| Resource::Metadata),
        "$batch" => segments.must_end(&first).map(|()| Resource::Batch),
        _ => data(&first, &mut segments, schema).map(Resource::Data),
    }
}

fn data(first: &Segment<'_>, segments: &mut Segments<'_>, schema: &Schema) -> Result<Address, Error> {
    let (name, predicate) = first.name_and_key()?;
    let start = initial_set(name, first, schema)?;
    let key = predicate.map(|predicate| key::parse(predicate, first, start.entity_type)).transpose()?;
    let mut address = Address { start, key, steps: Vec::new(), target: Target::Entities };
    if address.key.is_some() {
        address.target = below_entity(&mut address.steps, start, segments, schema)?;
    } else if let Some(next) = segments.next() {
        if next.text != "$count" {
            return Err(Error::SetInsteadOfEntity { set: start.name });
        }
        segments.must_end(&next)?;
        address.target = Target::Count { many: true };
    }
    Ok(address)
}

fn initial_set(name: &str, first: &Segment<'_>, schema: &Schema) -> Result<&'static Set, Error> {
    let name = match cut(name, b'.') {
        (name, None) => name,
        (container, Some(rest)) if container.is_empty() || rest.is_empty() || rest.contains('.') => {
            return Err(Error::UnmatchedSegment { segment: first.raw.to_owned() });
        }
        (container, Some(name)) if container == schema.container => name,
        (container, Some(_)) => return Err(Error::UnknownContainer { container: container.to_owned() }),
    };
    schema.set(name).ok_or_else(|| Error::UnknownSet { name: name.to_owned() })
}

/// What follows one entity of `set`.
fn below_entity(
    steps: &mut Vec<Step>,
    set: &'static Set,
    segments: &mut Segments<'_>,
    schema: &Schema,
) -> Result<Target, Error> {
    let Some(next) = segments.next() else { return Ok(Target::Entity) };
    match next.text.as_ref() {
        "$count" => segments.must_end(&next).map(|()| Target::Count { many: false }),
        "$value" if set.entity_type.media => segments.must_end(&next).map(|()| Target::Media),
        "$value" => Err(Error::NoMediaResource),
        "$links" => {
            let linked = segments.next().ok_or_else(|| Error::MustNotBeLast { segment: next.raw.to_owned() })?;
            links(steps, set, &linked, segments, schema)
        }
        _ => property_or_navigation(steps, set, &next, segments, schema),
    }
}

fn links(
    steps: &mut Vec<Step>,
    set: &'static Set,
    segment: &Segment<'_>,
    segments: &mut Segments<'_>,
    schema: &Schema,
) -> Result<Target, Error> {
    let (name, predicate) = segment.name_and_key()?;
    if set.entity_type.property(name).is_some() {
        return Err(Error::NotANavigationProperty { property: name.to_owned() });
    }
    let step = navigation_step(set, name, predicate, segment, schema)?;
    let many = step.navigation.many && step.key.is_none();
    steps.push(step);
    let Some(next) = segments.next() else { return Ok(Target::Links { many, count: false }) };
    if next.text != "$count" {
        return Err(Error::InvalidSegment { segment: next.raw.to_owned() });
    }
    segments.must_end(&next).map(|()| Target::Links { many, count: true })
}

fn property_or_navigation(
    steps: &mut Vec<Step>,
    set: &'static Set,
    segment: &Segment<'_>,
    segments: &mut Segments<'_>,
    schema: &Schema,
) -> Result<Target, Error> {
    let (name, predicate) = segment.name_and_key()?;
    if let Some(property) = set.entity_type.property(name) {
        if segment.has_parentheses() {
            return Err(Error::InvalidSegment { segment: segment.raw.to_owned() });
        }
        return property_path(property, segments);
    }
    let step = navigation_step(set, name, predicate, segment, schema)?;
    let (many, target) = (step.navigation.many && step.key.is_none(), step.set);
    steps.push(step);
    if !many {
        return below_entity(steps, target, segments, schema);
    }
    let Some(next) = segments.next() else { return Ok(Target::Entities) };
    if next.text != "$count" {
        return Err(Error::InvalidSegment { segment: next.raw.to_owned() });
    }
    segments.must_end(&next).map(|()| Target::Count { many: true })
}

fn navigation_step(
    set: &'static Set,
    name: &str,
    predicate: Option<&str>,
    segment: &Segment<'_>,
    schema: &Schema,
) -> Result<Step, Error> {
    let unknown = || Error::UnknownProperty { property: name.to_owned() };
    let navigation = set.entity_type.navigation(name).ok_or_else(unknown)?;
    let target = schema.set(navigation.target).ok_or_else(unknown)?;
    if segment.has_parentheses() && !navigation.many {
        return Err(Error::InvalidSegment { segment: segment.raw.to_owned() });
    }
    let key = predicate.map(|predicate| key::parse(predicate, segment, target.entity_type)).transpose()?;
    Ok(Step { navigation, set: target, key })
}

/// What follows a property: members of complex ones, and `$value` of primitive ones.
fn property_path(property: &'static Property, segments: &mut Segments<'_>) -> Result<Target, Error> {
    let mut path = vec![property];
    let mut kind = property.kind;
    while let Some(next) = segments.next() {
        match kind {
            Type::Complex(complex) => {
                let member = complex.properties.iter().find(|member| member.name == next.text);
                let member = member.ok_or_else(|| Error::UnknownProperty { property: next.text.into_owned() })?;
                kind = member.kind;
                path.push(member);
            }
            _ if next.text == "$value" => {
                segments.must_end(&next)?;
                return Ok(Target::Property { path, value: true });
            }
            _ => return Err(Error::InvalidSegment { segment: next.text.into_owned() }),
        }
    }
    Ok(Target::Property { path, value: false })
}

/// Appends the address of an entity below the root: `Set('key')`.
pub fn write_entity(out: &mut String, set: &Set, values: &[Value]) {
    out.push_str(set.name);
    out.push('(');
    let key = &set.layout().key;
    let parts = key.iter().filter_map(|(name, position)| Some((*name, values.get(*position)?)));
    key::write(out, parts, key.len() == 1);
    out.push(')');
}
