//! Representations of the data model: JSON, Atom, errors, and the choice among them (OData V2 JSON and Atom formats).

mod atom;
mod error_document;
mod json;
pub(crate) mod negotiation;
mod representation;

pub(crate) use atom::Atom;
pub(crate) use error_document::{Style, error_document};
pub(crate) use json::write_string as write_json_string;
pub(crate) use json::{Json, feed_of_documents};
pub(crate) use representation::Representation;
