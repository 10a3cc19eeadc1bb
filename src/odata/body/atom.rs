//! Entities in Atom and properties in XML (OData V2 Atom format, sections 4 to 6).

use super::super::edm::{ComplexType, Kind, Navigation, Property, Schema, Set};
use super::super::error::Error;
use super::super::{Entry, Value, lexical};
use super::json::check_facets;
use super::xml::{self, Element};

const ATOM: &str = "http://www.w3.org/2005/Atom";
const RELATED: &str = "http://schemas.microsoft.com/ado/2007/08/dataservices/related/";

/// Reads one entity.
pub(super) fn entry(body: &[u8], set: &'static Set, schema: &Schema) -> Result<Entry, Error> {
    read_entry(&xml::parse(body)?, set, schema)
}

/// Reads one property: an element of its name.
pub(super) fn property(body: &[u8], property: &'static Property, schema: &Schema) -> Result<Value, Error> {
    let element = xml::parse(body)?;
    if element.name == property.name {
        value(property, &element, schema)
    } else {
        Err(Error::BodyInvalidProperty { property: element.name.clone() })
    }
}

fn read_entry(element: &Element, set: &'static Set, schema: &Schema) -> Result<Entry, Error> {
    match (element.name == "entry", element.namespace == ATOM) {
        (true, true) => {}
        (false, false) => return Err(Error::BodyInvalidProperty { property: element.name.clone() }),
        _ => return Err(Error::BodyXml { reason: format!("`entry` of the namespace {ATOM} is expected") }),
    }
    let mut entry = Entry::default();
    for child in &element.children {
        match child.name.as_str() {
            "category" => check_type(child, set, schema)?,
            "link" => entry.nested.extend(inline(child, set, schema)?),
            "properties" if !set.entity_type.media => return Err(Error::BodyInvalidParent),
            "properties" => properties(&mut entry, child, set, schema)?,
            "content" => child.child("properties").map_or(Ok(()), |held| properties(&mut entry, held, set, schema))?,
            _ => {}
        }
    }
    Ok(entry)
}

fn check_type(category: &Element, set: &'static Set, schema: &Schema) -> Result<(), Error> {
    let expected = format!("{}.{}", schema.namespace, set.entity_type.name);
    match category.attribute("term") {
        Some(term) if term != expected => Err(Error::BodyWrongType { expected, named: term.to_owned() }),
        _ => Ok(()),
    }
}

fn properties(entry: &mut Entry, element: &Element, set: &'static Set, schema: &Schema) -> Result<(), Error> {
    for child in &element.children {
        let unknown = || Error::BodyInvalidProperty { property: child.name.clone() };
        let property = set.entity_type.property(&child.name).ok_or_else(unknown)?;
        if entry.value(property.name).is_some() {
            return Err(Error::BodyDoubleProperty { property: property.name });
        }
        entry.values.push((property, value(property, child, schema)?));
    }
    Ok(())
}

/// The entities that stand within a link.
fn inline(
    link: &Element,
    set: &'static Set,
    schema: &Schema,
) -> Result<Option<(&'static Navigation, Vec<Entry>)>, Error> {
    let name = link.attribute("rel").and_then(|relation| relation.strip_prefix(RELATED));
    let (Some(name), Some(content)) = (name, link.child("inline")) else { return Ok(None) };
    let unknown = || Error::BodyInvalidProperty { property: name.to_owned() };
    let navigation = set.navigation_in_body(name).ok_or_else(unknown)?;
    let target = schema.set(navigation.target).ok_or_else(unknown)?;
    let feed = content.child("feed").unwrap_or(content);
    let nested = feed.children.iter().filter(|child| child.name == "entry");
    let nested = nested.map(|child| read_entry(child, target, schema)).collect::<Result<_, _>>()?;
    Ok(Some((navigation, nested)))
}

fn value(property: &'static Property, element: &Element, schema: &Schema) -> Result<Value, Error> {
    let value = match property.kind {
        _ if element.attribute("null") == Some("true") => Value::Null,
        Kind::Complex(complex) => return complex_value(complex, element, schema),
        _ if !element.children.is_empty() => {
            return Err(Error::BodyXml { reason: format!("`{}` holds elements", property.name) });
        }
        Kind::String => lexical::read(Kind::String, &element.text).unwrap_or(Value::Null),
        kind => {
            let why = "its value is not of the property's type";
            let invalid = || Error::BodyValueInvalid { property: property.name, reason: why.to_owned() };
            lexical::read(kind, element.text.trim()).ok_or_else(invalid)?
        }
    };
    check_facets(property, &value)?;
    Ok(value)
}

fn complex_value(complex: &'static ComplexType, element: &Element, schema: &Schema) -> Result<Value, Error> {
    let expected = format!("{}.{}", schema.namespace, complex.name);
    if let Some(named) = element.attribute("type").filter(|named| *named != expected) {
        return Err(Error::BodyWrongComplexType { expected, named: named.to_owned() });
    }
    let mut values = vec![Value::Null; complex.properties.len()];
    for child in &element.children {
        let position = complex.properties.iter().position(|property| property.name == child.name);
        let place = position.and_then(|at| Some((complex.properties.get(at)?, values.get_mut(at)?)));
        let (property, place) = place.ok_or_else(|| Error::BodyInvalidProperty { property: child.name.clone() })?;
        *place = value(property, child, schema)?;
    }
    Ok(Value::Complex(values))
}
