//! Entities and properties in verbose JSON (OData V2 JSON format, sections 4 to 6), bare or wrapped in `d`.

use super::super::edm::{ComplexType, Kind, Navigation, Property, Schema, Set};
use super::super::error::Error;
use super::super::{Entry, Value, lexical};
use super::document::{self, Json};
use crate::effects::Timestamp;
use crate::store::Text;

type Members = Vec<(String, Json)>;

/// Reads one entity. One that mentions nothing is left to the rules of its set: they name what is missing.
pub(super) fn entry(body: &[u8], set: &'static Set, schema: &Schema) -> Result<Entry, Error> {
    read_entry(unwrapped(body)?, set, schema)
}

/// Reads one property: an object with one member of its name.
pub(super) fn property(body: &[u8], property: &'static Property, schema: &Schema) -> Result<Value, Error> {
    let mut members = unwrapped(body)?.into_iter();
    match members.next() {
        Some((name, json)) if name == property.name => value(property, json, schema),
        Some((name, _)) => Err(Error::BodyUnknownMember { member: name }),
        None => Err(wrong_shape()),
    }
}

fn wrong_shape() -> Error {
    Error::BodyOfWrongShape
}

/// The members of the object, or of the object under its first member `d`.
fn unwrapped(body: &[u8]) -> Result<Members, Error> {
    let mut members = object(document::parse(body)?)?;
    if members.first().is_some_and(|(name, _)| name == "d") {
        members = object(members.swap_remove(0).1)?;
    }
    Ok(members)
}

fn object(json: Json) -> Result<Members, Error> {
    match json {
        Json::Object(members) => Ok(members),
        _ => Err(wrong_shape()),
    }
}

fn read_entry(members: Members, set: &'static Set, schema: &Schema) -> Result<Entry, Error> {
    let mut entry = Entry::default();
    for (name, json) in members {
        if name == "__metadata" {
            check_metadata(json, set.entity_type.name, schema)?;
        } else if let Some(property) = set.entity_type.property(&name) {
            let value = value(property, json, schema)?;
            if entry.value(&name).is_some() {
                return Err(Error::BodyDoubleProperty { property: property.name });
            }
            entry.values.push((property, value));
        } else if let Some(navigation) = set.navigation_in_body(&name) {
            let nested = inline(json, navigation, schema)?;
            entry.nested.extend(nested.map(|entries| (navigation, entries)));
        } else {
            return Err(Error::BodyUnknownMember { member: name });
        }
    }
    Ok(entry)
}

/// What an entity or a complex value says of itself: above all its type.
fn check_metadata(json: Json, type_name: &str, schema: &Schema) -> Result<(), Error> {
    const KNOWN: [&str; 8] =
        ["id", "uri", "etag", "edit_media", "media_src", "media_etag", "content_type", "properties"];
    for (name, json) in object(json)? {
        match json {
            Json::String(named) if name == "type" => {
                let expected = format!("{}.{type_name}", schema.namespace);
                if named != expected {
                    return Err(Error::BodyWrongType { expected, named });
                }
            }
            _ if KNOWN.contains(&name.as_str()) => {}
            _ => return Err(Error::BodyUnexpectedContent { member: name, place: "__metadata" }),
        }
    }
    Ok(())
}

/// What a navigation property holds: nothing where it is null or deferred.
fn inline(json: Json, navigation: &'static Navigation, schema: &Schema) -> Result<Option<Vec<Entry>>, Error> {
    let target =
        schema.set(navigation.target).ok_or_else(|| Error::BodyUnknownMember { member: navigation.name.to_owned() })?;
    match json {
        Json::Null => Ok(None),
        Json::Array(items) => entries(items, target, schema).map(Some),
        Json::Object(members) if members.first().is_some_and(|(name, _)| name == "__deferred") => Ok(None),
        Json::Object(members) if navigation.many => entries(results(members)?, target, schema).map(Some),
        Json::Object(members) => Ok(Some(vec![read_entry(members, target, schema)?])),
        _ => Err(wrong_shape()),
    }
}

fn entries(items: Vec<Json>, set: &'static Set, schema: &Schema) -> Result<Vec<Entry>, Error> {
    items.into_iter().map(|item| read_entry(object(item)?, set, schema)).collect()
}

fn results(members: Members) -> Result<Vec<Json>, Error> {
    let mut found = None;
    for (name, json) in members {
        match (name.as_str(), json) {
            ("results", Json::Array(items)) => found = Some(items),
            ("results", _) => return Err(wrong_shape()),
            ("__count" | "__next" | "__delta", _) => {}
            _ => return Err(Error::BodyUnexpectedContent { member: name, place: "JsonFeed" }),
        }
    }
    found.ok_or(Error::BodyNoResults)
}

/// The value of a property, of the property's type.
fn value(property: &'static Property, json: Json, schema: &Schema) -> Result<Value, Error> {
    let incompatible = || Error::BodyIncompatibleValue { property: property.name };
    let value = match (property.kind, json) {
        (_, Json::Null) => Value::Null,
        (Kind::Complex(complex), Json::Object(members)) => return complex_value(complex, members, schema),
        (Kind::Complex(_), _) => return Err(wrong_shape()),
        (Kind::Boolean, Json::Boolean(flag)) => Value::Boolean(flag),
        (Kind::Byte | Kind::Int16 | Kind::Int32 | Kind::Double | Kind::Decimal, Json::Integer(number)) => {
            from_text(property, &number.to_string())?
        }
        (Kind::Double, Json::Number(number)) => Value::Double(number),
        (Kind::Decimal, Json::Number(number)) => from_text(property, &number.to_string())?,
        (Kind::Boolean | Kind::Byte | Kind::Int16 | Kind::Int32, _) => return Err(incompatible()),
        (Kind::String, Json::String(text)) => Value::String(Text::from(text)),
        (Kind::DateTime, Json::String(text)) if text.starts_with("/Date(") => {
            Value::DateTime(json_date(&text).ok_or_else(|| invalid(property, "its date is malformed"))?)
        }
        (Kind::DateTimeOffset, Json::String(text)) if text.starts_with("/Date(") => {
            Value::DateTimeOffset(json_date(&text).ok_or_else(|| invalid(property, "its date is malformed"))?)
        }
        (_, Json::String(text)) => from_text(property, &text)?,
        _ => return Err(incompatible()),
    };
    check_facets(property, &value)?;
    Ok(value)
}

fn invalid(property: &Property, why: &str) -> Error {
    Error::BodyValueInvalid { property: property.name, reason: why.to_owned() }
}

fn from_text(property: &Property, text: &str) -> Result<Value, Error> {
    lexical::read(property.kind, text).ok_or_else(|| invalid(property, "its value is not of the property's type"))
}

/// Null where the model has none, and strings that are too long. The size of binaries is the service's own business:
/// it answers 413 where the library would answer 400.
pub(super) fn check_facets(property: &Property, value: &Value) -> Result<(), Error> {
    if value.is_null() && !property.nullable {
        return Err(invalid(property, "it must not be null"));
    }
    let length = value.as_str().map_or(0, |text| text.encode_utf16().count());
    match property.max_length.and_then(|most| usize::try_from(most).ok()) {
        Some(most) if length > most && !property.own_length => Err(invalid(property, "it is too long")),
        _ => Ok(()),
    }
}

fn complex_value(complex: &'static ComplexType, members: Members, schema: &Schema) -> Result<Value, Error> {
    let mut values = vec![Value::Null; complex.properties.len()];
    let mut seen = Vec::new();
    for (name, json) in members {
        if name == "__metadata" {
            check_metadata(json, complex.name, schema)?;
            continue;
        }
        let position = complex.properties.iter().position(|property| property.name == name);
        let place = position.and_then(|at| Some((complex.properties.get(at)?, values.get_mut(at)?)));
        let (property, place) = place.ok_or_else(|| Error::BodyInvalidProperty { property: name.clone() })?;
        *place = value(property, json, schema)?;
        if seen.contains(&property.name) {
            return Err(Error::BodyDoubleProperty { property: property.name });
        }
        seen.push(property.name);
    }
    Ok(Value::Complex(values))
}

/// `/Date(ms)/`, with an offset in minutes after it or without.
pub fn json_date(text: &str) -> Option<Timestamp> {
    let inner = text.strip_prefix("/Date(")?.strip_suffix(")/")?;
    let sign = inner.char_indices().skip(1).find(|(_, character)| matches!(character, '+' | '-'));
    let Some((at, sign)) = sign else { return inner.parse().ok().map(Timestamp) };
    let (millis, offset) = inner.split_at(at);
    let minutes: i64 = offset.get(1..)?.parse().ok().filter(|minutes| *minutes < 24 * 60)?;
    let minutes = if sign == '-' { -minutes } else { minutes };
    Some(Timestamp(millis.parse().ok()?).plus_millis(-minutes * 60_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_dates_have_an_offset_or_none() {
        assert_eq!(json_date("/Date(1000)/"), Some(Timestamp(1000)));
        assert_eq!(json_date("/Date(-1000)/"), Some(Timestamp(-1000)));
        assert_eq!(json_date("/Date(1000+0000)/"), Some(Timestamp(1000)));
        assert_eq!(json_date("/Date(0+0060)/"), Some(Timestamp(-3_600_000)));
        for text in ["", "/Date()/", "2026-01-15T08:00:00", "/Date(x)/"] {
            assert_eq!(json_date(text), None, "{text}");
        }
    }
}
