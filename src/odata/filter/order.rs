//! `$orderby` (OData V2 URI conventions, section 4.2): a list of expressions, ascending unless they say otherwise.

use std::cmp::Ordering;

use super::super::Entity;
use super::super::edm::{Navigation, Schema, Set};
use super::super::error::Error;
use super::evaluate::{compare, evaluate};
use super::expression::Expression;
use super::parser;

/// An order of entities of one set.
#[derive(Debug, PartialEq)]
pub struct OrderBy {
    /// With true for descending.
    terms: Vec<(Expression, bool)>,
}

impl OrderBy {
    /// Reads one.
    ///
    /// # Errors
    /// Olingo's refusal for orders, whatever is wrong with it.
    pub fn parse(text: &str, set: &'static Set, schema: &'static Schema) -> Result<Self, Error> {
        let terms = parser::order(text, set, schema);
        terms
            .map(|terms| Self { terms })
            .map_err(|why| Error::InvalidOrder { order: text.to_owned(), reason: why.clone() })
    }

    /// Sorts; entities that are equal in every term keep their order.
    pub fn sort(&self, entities: &mut [Entity]) {
        entities.sort_by(|one, other| self.compare(one, other));
    }

    /// Every path of navigation properties that the order follows.
    pub fn paths(&self) -> Vec<&[&'static Navigation]> {
        self.terms.iter().flat_map(|(term, _)| term.paths()).collect()
    }

    fn compare(&self, one: &Entity, other: &Entity) -> Ordering {
        let orders = self.terms.iter().map(|(term, descending)| {
            let order = compare(&evaluate(term, one), &evaluate(term, other)).unwrap_or(Ordering::Equal);
            if *descending { order.reverse() } else { order }
        });
        orders.fold(Ordering::Equal, Ordering::then)
    }
}
