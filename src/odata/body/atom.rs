//! Entities in Atom and properties in XML (OData V2 Atom format, sections 4 to 6).

use super::super::edm::{ComplexType, Kind, Navigation, Property, Schema, Set};
use super::super::error::{self, refuse, refuse_both};
use super::super::{Entry, Value, lexical};
use super::json::check_facets;
use super::xml::{self, Element};
use crate::contract::Refusal;

const RELATED: &str = "http://schemas.microsoft.com/ado/2007/08/dataservices/related/";

/// Reads one entity.
pub(super) fn entry(body: &[u8], set: &'static Set, schema: &Schema) -> Result<Entry, Refusal> {
    read_entry(&xml::parse(body)?, set, schema)
}

/// Reads one property: an element of its name.
pub(super) fn property(body: &[u8], property: &'static Property) -> Result<Value, Refusal> {
    let element = xml::parse(body)?;
    if element.name == property.name {
        value(property, &element)
    } else {
        Err(refuse(&error::BODY_INVALID_PROPERTY, &element.name))
    }
}

fn read_entry(element: &Element, set: &'static Set, schema: &Schema) -> Result<Entry, Refusal> {
    if element.name != "entry" {
        return Err(refuse_both(&error::BODY_XML, "XMLStreamException", "an `entry` is expected"));
    }
    let mut entry = Entry::default();
    for child in &element.children {
        match child.name.as_str() {
            "category" => check_type(child, set, schema)?,
            "link" => entry.nested.extend(inline(child, set, schema)?),
            "properties" => properties(&mut entry, child, set)?,
            "content" => child.child("properties").map_or(Ok(()), |held| properties(&mut entry, held, set))?,
            _ => {}
        }
    }
    Ok(entry)
}

fn check_type(category: &Element, set: &'static Set, schema: &Schema) -> Result<(), Refusal> {
    let expected = format!("{}.{}", schema.namespace, set.entity_type.name);
    match category.attribute("term") {
        Some(term) if term != expected => Err(refuse_both(&error::BODY_WRONG_TYPE, &expected, term)),
        _ => Ok(()),
    }
}

fn properties(entry: &mut Entry, element: &Element, set: &'static Set) -> Result<(), Refusal> {
    for child in &element.children {
        let unknown = || refuse(&error::BODY_INVALID_PROPERTY, &child.name);
        let property = set.entity_type.property(&child.name).ok_or_else(unknown)?;
        if entry.value(property.name).is_some() {
            return Err(refuse(&error::BODY_DOUBLE_PROPERTY, property.name));
        }
        entry.values.push((property, value(property, child)?));
    }
    Ok(())
}

/// The entities that stand within a link.
fn inline(
    link: &Element,
    set: &'static Set,
    schema: &Schema,
) -> Result<Option<(&'static Navigation, Vec<Entry>)>, Refusal> {
    let name = link.attribute("rel").and_then(|relation| relation.strip_prefix(RELATED));
    let (Some(name), Some(content)) = (name, link.child("inline")) else { return Ok(None) };
    let unknown = || refuse(&error::BODY_INVALID_PROPERTY, name);
    let navigation = set.entity_type.navigation(name).ok_or_else(unknown)?;
    let target = schema.set(navigation.target).ok_or_else(unknown)?;
    let feed = content.child("feed").unwrap_or(content);
    let nested = feed.children.iter().filter(|child| child.name == "entry");
    let nested = nested.map(|child| read_entry(child, target, schema)).collect::<Result<_, _>>()?;
    Ok(Some((navigation, nested)))
}

fn value(property: &'static Property, element: &Element) -> Result<Value, Refusal> {
    let value = match property.kind {
        _ if element.attribute("null") == Some("true") => Value::Null,
        Kind::Complex(complex) => return complex_value(complex, element),
        Kind::String => lexical::read(Kind::String, &element.text).unwrap_or(Value::Null),
        kind => {
            let why = "its value is not of the property's type";
            let invalid = || refuse_both(&error::BODY_VALUE_INVALID, property.name, why);
            lexical::read(kind, element.text.trim()).ok_or_else(invalid)?
        }
    };
    check_facets(property, &value)?;
    Ok(value)
}

fn complex_value(complex: &'static ComplexType, element: &Element) -> Result<Value, Refusal> {
    let mut values = vec![Value::Null; complex.properties.len()];
    for child in &element.children {
        let position = complex.properties.iter().position(|property| property.name == child.name);
        let place = position.and_then(|at| Some((complex.properties.get(at)?, values.get_mut(at)?)));
        let (property, place) = place.ok_or_else(|| refuse(&error::BODY_INVALID_PROPERTY, &child.name))?;
        *place = value(property, child)?;
    }
    Ok(Value::Complex(values))
}
