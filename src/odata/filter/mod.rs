//! `$filter` and `$orderby` (OData V2 URI conventions, sections 4.2 and 4.5): typed when read, then only evaluated.

mod evaluate;
mod expression;
mod function;
mod number;
mod order;
mod parser;
mod print;
mod token;
mod types;

pub use order::OrderBy;

use super::Entity;
use super::edm::{Navigation, Schema, Set};
use super::error::Error;
use expression::Expression;
use types::Type;

/// A condition on entities of one set.
#[derive(Debug, PartialEq)]
pub struct Filter {
    condition: Expression,
}

impl Filter {
    /// Reads one; every property in it is one of the set's entities.
    ///
    /// # Errors
    /// Olingo's refusal for filters, whatever is wrong with it.
    pub fn parse(text: &str, set: &'static Set, schema: &'static Schema) -> Result<Self, Error> {
        let refused = |why: String| Error::InvalidFilter { filter: text.to_owned(), reason: why.clone() };
        let (condition, kind) = parser::condition(text, set, schema).map_err(refused)?;
        match kind {
            Type::Boolean => Ok(Self { condition }),
            _ => Err(refused("A filter must be true or false.".to_owned())),
        }
    }

    /// True if the condition holds. Navigation properties that it follows must be inline.
    pub fn holds(&self, entity: &Entity) -> bool {
        evaluate::holds(&self.condition, entity)
    }

    /// Every path of navigation properties that the condition follows.
    pub fn paths(&self) -> Vec<&[&'static Navigation]> {
        self.condition.paths()
    }

    /// The condition as text that reads back as the same condition.
    pub fn to_text(&self) -> String {
        print::text(&self.condition)
    }
}
