//! Entities on their way out ([`Entity`]), on their way in ([`Entry`]), and their keys.

use super::edm::{Navigation, Property, Set};
use super::value::Value;

/// An entity to render.
#[derive(Debug, Clone)]
pub struct Entity {
    /// The set it belongs to.
    pub set: &'static Set,
    /// One value for each property of its type, in wire order.
    pub values: Vec<Value>,
    /// Media type of its stream; only read for media link entries.
    pub media_type: &'static str,
    /// Expanded navigation properties; the protocol layer fills them.
    pub inline: Vec<(&'static Navigation, Inline)>,
}

impl Entity {
    /// An entity of a set, with the values of its properties in wire order.
    pub fn new(set: &'static Set, values: Vec<Value>) -> Self {
        debug_assert_eq!(values.len(), set.entity_type.all_properties().len(), "{}", set.name);
        Self { set, values, media_type: "application/octet-stream", inline: Vec::new() }
    }

    /// The value of a property.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.values.get(self.set.entity_type.position(name)?)
    }

    /// Its key.
    pub fn key(&self) -> Key {
        let parts = self.set.entity_type.key_names().iter();
        Key::new(parts.filter_map(|name| Some((*name, self.value(name)?.clone()))).collect())
    }
}

/// What stands in an answer for an expanded navigation property.
#[derive(Debug, Clone)]
pub enum Inline {
    /// Of a to-many property.
    Many(Vec<Entity>),
    /// Of a to-one property; `None` where it leads nowhere.
    One(Option<Box<Entity>>),
}

/// A key predicate, typed by the EDM.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    parts: Vec<(&'static str, Value)>,
}

impl Key {
    /// A key with its parts in the order of the type's key.
    pub const fn new(parts: Vec<(&'static str, Value)>) -> Self {
        Self { parts }
    }

    /// Its parts in the order of the type's key.
    pub fn parts(&self) -> &[(&'static str, Value)] {
        &self.parts
    }

    /// The characters of a string part; empty for an unknown name, which the protocol layer rules out.
    pub fn text(&self, name: &str) -> &str {
        self.parts.iter().find(|(part, _)| *part == name).and_then(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

/// An entity as a request body describes it: only what it mentions, checked against the EDM.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// Properties that are mentioned, null included.
    pub values: Vec<(&'static Property, Value)>,
    /// Navigation properties with nested entities (deep insert).
    pub nested: Vec<(&'static Navigation, Vec<Entry>)>,
}

impl Entry {
    /// The value of a property: `None` if the body does not mention it.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.values.iter().find(|(property, _)| property.name == name).map(|(_, value)| value)
    }

    /// The characters of a string property: `None` if not mentioned, or null.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.value(name)?.as_str()
    }

    /// The nested entities of a navigation property: `None` if not mentioned.
    pub fn nested(&self, name: &str) -> Option<&[Self]> {
        let (_, entries) = self.nested.iter().find(|(navigation, _)| navigation.name == name)?;
        Some(entries)
    }
}
