//! What a document can show, in JSON as in XML.

use super::super::Entity;
use super::super::edm::{Property, Set};
use super::super::shape::Shape;
use super::super::value::Value;

/// A writer of one document in one format.
pub(crate) trait Representation {
    /// One entity.
    fn entry(&mut self, entity: &Entity, shape: &Shape);

    /// The beginning of a feed of a set's entities, with a count if there is one to show.
    fn begin_feed(&mut self, set: &Set, count: Option<usize>);

    /// One entity of a feed.
    fn feed_entry(&mut self, entity: &Entity, shape: &Shape);

    /// The end of a feed.
    fn end_feed(&mut self);

    /// One property.
    fn property(&mut self, property: &Property, value: &Value);

    /// Some members of an entity.
    fn members(&mut self, members: &[(&Property, &Value)]);

    /// The address of one entity.
    fn one_link(&mut self, entity: &Entity);

    /// The addresses of many entities, with a count if there is one to show.
    fn many_links(&mut self, entities: &mut dyn Iterator<Item = Entity>, count: Option<usize>);

    /// The sets of the service.
    fn service_document(&mut self, sets: &[&Set]);
}
