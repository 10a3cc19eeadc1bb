//! Texts of other kinds that people write: read as scenarios are, so that each flaw has its line and column.

use serde::de::DeserializeOwned;

use super::decode::decode;
use super::located::{Misplaced, flaw, located};
use super::source::Origin;
use super::tree::{Node, parse_yaml};
use super::{Flaw, Source};
use crate::seed::Problem;

/// A text in YAML, parsed.
pub struct Written {
    origins: [Origin; 1],
    tree: Node,
}

impl Written {
    /// Parses a text; flaws call it by its name.
    ///
    /// # Errors
    /// Why it is no YAML.
    pub fn parse(name: &str, text: &str) -> Result<Self, Flaw> {
        let source = Source::Text { name: name.to_owned(), text: text.to_owned() };
        let origins = [Origin::read(&source)?];
        match parse_yaml(text, 0) {
            Ok(tree) => Ok(Self { origins, tree }),
            Err(error) => Err(flaw(&origins, error.into())),
        }
    }

    /// The value that it is a text of.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Flaw> {
        decode(&self.tree).map_err(|error| {
            let at = error.at.unwrap_or(self.tree.at);
            flaw(&self.origins, Misplaced { at, complaint: error.complaint, text: error.text })
        })
    }

    /// What is wrong with it at a place.
    pub fn flaw(&self, problem: &Problem) -> Flaw {
        flaw(&self.origins, located(&self.tree, problem))
    }
}
