//! `$filter` and `$orderby` (OData V2 URI conventions, sections 4.2 and 4.5).

use super::Entity;
use super::edm::EntityType;
use super::error;
use crate::contract::Refusal;

/// A condition on entities of one type.
#[derive(Debug)]
pub struct Filter {}

impl Filter {
    /// Reads one.
    pub fn parse(_text: &str, _entity_type: &'static EntityType) -> Result<Self, Refusal> {
        Err(Refusal::from(&error::NOT_IMPLEMENTED))
    }
    /// True if it holds.
    pub fn holds(&self, _entity: &Entity) -> bool {
        true
    }
}

/// An order of entities of one type.
#[derive(Debug)]
pub struct OrderBy {}

impl OrderBy {
    /// Reads one.
    pub fn parse(_text: &str, _entity_type: &'static EntityType) -> Result<Self, Refusal> {
        Err(Refusal::from(&error::NOT_IMPLEMENTED))
    }
    /// Sorts.
    pub fn sort(&self, _entities: &mut Vec<Entity>) {}
}
