//! API providers in a scenario: properties by the names and types of the API.

use serde_json::{Map, Value as Json};

use crate::apis::sap_api_management::edm::{API_PROVIDERS, SSL_INFO};
use crate::odata::Value;
use crate::odata::edm::{Kind, Property};
use crate::seed::{Place, Problem};

/// The values of what a provider's section mentions.
pub(super) fn values(given: &Map<String, Json>, place: &Place) -> Result<Vec<(&'static str, Value)>, Problem> {
    members(given, API_PROVIDERS.entity_type.properties, place)
}

/// Of what a tenant tells of a provider the properties that are known here; nulls are left out.
pub fn known(told: &Map<String, Json>) -> Map<String, Json> {
    known_of(told, API_PROVIDERS.entity_type.properties)
}

fn known_of(told: &Map<String, Json>, properties: &'static [Property]) -> Map<String, Json> {
    let member = |(name, json): (&String, &Json)| {
        let property = properties.iter().find(|property| property.name == name)?;
        let json = match (property.kind, json) {
            (_, Json::Null) => return None,
            (Kind::Complex(complex), Json::Object(inner)) => Json::Object(known_of(inner, complex.properties)),
            _ => json.clone(),
        };
        Some((name.clone(), json))
    };
    told.iter().filter_map(member).collect()
}

/// The section's properties of a provider's values; nulls are left out.
pub(super) fn properties(values: &[Value]) -> Map<String, Json> {
    object(values, API_PROVIDERS.entity_type.properties)
}

fn members(
    given: &Map<String, Json>,
    properties: &'static [Property],
    place: &Place,
) -> Result<Vec<(&'static str, Value)>, Problem> {
    let read = |(name, json): (&String, &Json)| {
        let place = place.member(name);
        let known = properties.iter().find(|property| property.name == name);
        let property = known.ok_or_else(|| {
            let names: Vec<_> = properties.iter().map(|property| property.name).collect();
            Problem::unknown_word(place.clone(), "property", name, &names)
        })?;
        Ok((property.name, value(json, property, &place)?))
    };
    given.iter().map(read).collect()
}

fn value(json: &Json, property: &'static Property, place: &Place) -> Result<Value, Problem> {
    let expected = |what: &str| Problem::new(place.clone(), format!("{what} is expected"));
    match (property.kind, json) {
        (_, Json::Null) => Ok(Value::Null),
        (Kind::Boolean, Json::Bool(value)) => Ok(Value::from(*value)),
        (Kind::Boolean, _) => Err(expected("true or false")),
        (Kind::Int32, json) => {
            let number = json.as_i64().and_then(|number| i32::try_from(number).ok());
            number.map(Value::from).ok_or_else(|| expected("a number"))
        }
        (Kind::Complex(_), Json::Object(given)) => {
            let given = members(given, SSL_INFO.properties, place)?;
            let of =
                |name| given.iter().find(|(given, _)| *given == name).map_or(Value::Null, |(_, value)| value.clone());
            Ok(Value::Complex(SSL_INFO.properties.iter().map(|property| of(property.name)).collect()))
        }
        (Kind::Complex(_), _) => Err(expected("a mapping")),
        (_, Json::String(text)) => match property.max_length {
            Some(longest) if text.chars().count() > longest as usize => {
                Err(expected(&format!("a text of at most {longest} characters")))
            }
            _ => Ok(Value::from(text.clone())),
        },
        _ => Err(expected("a text")),
    }
}

fn object(values: &[Value], properties: &[Property]) -> Map<String, Json> {
    let members = properties.iter().zip(values);
    members.filter_map(|(property, value)| Some((property.name.to_owned(), json(value)?))).collect()
}

fn json(value: &Value) -> Option<Json> {
    match value {
        Value::Boolean(value) => Some(Json::from(*value)),
        Value::Int32(value) => Some(Json::from(*value)),
        Value::String(text) => Some(Json::from(text.as_str())),
        Value::Complex(values) => Some(Json::Object(object(values, SSL_INFO.properties))),
        _ => None,
    }
}
