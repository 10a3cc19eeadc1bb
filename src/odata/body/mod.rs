//! Request bodies: entities and properties in JSON or Atom ([MS-ODATA] sections 2.2.6.2.2 and 2.2.6.3.3), checked
//! against the model as they are read.

mod atom;
mod document;
mod json;
mod media;
pub mod xml;

pub use json::json_date;
pub(crate) use media::{BodyFormat, media_type};

use super::edm::{Property, Schema, Set};
use super::error::Error;
use super::{Entry, Value};

/// Reads one entity of a set, in JSON or else in Atom: what a fuzzer calls.
///
/// # Errors
/// As for any body.
pub fn read(body: &[u8], as_json: bool, set: &'static Set, schema: &Schema) -> Result<Entry, Error> {
    entry(body, if as_json { BodyFormat::Json } else { BodyFormat::Xml }, set, schema)
}

/// Reads one entity of a set.
pub(crate) fn entry(body: &[u8], format: BodyFormat, set: &'static Set, schema: &Schema) -> Result<Entry, Error> {
    match format {
        BodyFormat::Json => json::entry(body, set, schema),
        BodyFormat::Xml => atom::entry(body, set, schema),
    }
}

/// Reads one property.
pub(crate) fn property(
    body: &[u8],
    format: BodyFormat,
    property: &'static Property,
    schema: &Schema,
) -> Result<Value, Error> {
    match format {
        BodyFormat::Json => json::property(body, property, schema),
        BodyFormat::Xml => atom::property(body, property, schema),
    }
}
