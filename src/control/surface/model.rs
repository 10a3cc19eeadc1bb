//! What the entity models of an API say of its paths and bodies. An API without one has paths as they stand in its table, and
//! bodies of the media type that its refusals tell of.

use serde_json::{Map, Value, json};

use super::{can_refuse, is_odata};
use crate::contract::Operation;
use crate::odata::edm::{EntityType, Kind, Property, Schema, Set};
use crate::state::Api;

/// The entity models of an API, each with the root of its service.
pub(super) struct Model {
    services: &'static [(&'static str, &'static Schema)],
    is_odata: bool,
}

/// What an address leads to.
pub(super) enum Resource {
    /// Many entities.
    Many(&'static EntityType),
    /// One entity.
    One(&'static EntityType),
    /// The value of a property or of a stream, a count, a document.
    Other,
}

impl Model {
    pub(super) const fn of(api: &Api) -> Self {
        Self { services: api.models, is_odata: is_odata(api) }
    }

    fn schema(&self, operation: &Operation) -> Option<&'static Schema> {
        self.services.iter().find(|(root, _)| operation.path.starts_with(root)).map(|(_, schema)| *schema)
    }

    /// The set that a segment names, without its key.
    fn set(&self, operation: &Operation, segment: &str) -> Option<&'static Set> {
        let name = segment.split('(').next().unwrap_or_default();
        self.schema(operation)?.set(name)
    }

    /// A path as OpenAPI has it: keys are written as OData writes their types.
    pub(super) fn path(&self, operation: &Operation) -> String {
        let segments = operation.path.split('/').map(|segment| match segment.split_once("({") {
            Some((name, keys)) => {
                format!("{name}({})", self.predicate(operation, segment, keys.trim_end_matches("})")))
            }
            None => segment.to_owned(),
        });
        segments.collect::<Vec<_>>().join("/")
    }

    fn predicate(&self, operation: &Operation, segment: &str, keys: &str) -> String {
        let literal = |name: &str| match self.kind(operation, segment, name) {
            Some(Kind::Int64) => format!("{{{name}}}L"),
            Some(Kind::Int16 | Kind::Int32 | Kind::Byte | Kind::Boolean) => format!("{{{name}}}"),
            _ => format!("'{{{name}}}'"),
        };
        match keys.split(',').collect::<Vec<_>>().as_slice() {
            [only] => literal(only),
            several => several.iter().map(|name| format!("{name}={}", literal(name))).collect::<Vec<_>>().join(","),
        }
    }

    fn kind(&self, operation: &Operation, segment: &str, name: &str) -> Option<Kind> {
        Some(self.set(operation, segment)?.entity_type.property(name)?.kind)
    }

    /// The parameters of a path, with their types where the model knows them.
    pub(super) fn parameters(&self, operation: &'static Operation) -> Vec<(&'static str, Option<Kind>)> {
        let mut parameters = Vec::new();
        for segment in operation.path.split('/') {
            let Some((_, names)) = segment.split_once('{') else { continue };
            let names = names.trim_end_matches(['}', ')']).split(',');
            parameters.extend(names.map(|name| (name, self.kind(operation, segment, name))));
        }
        parameters
    }

    /// What an operation is about.
    pub(super) fn resource(&self, operation: &Operation) -> Resource {
        let mut at = Resource::Other;
        for segment in operation.path.split('/') {
            at = match (&at, self.set(operation, segment)) {
                (Resource::Other, Some(set)) if segment.contains('(') => Resource::One(set.entity_type),
                (Resource::Other, Some(set)) => Resource::Many(set.entity_type),
                (Resource::One(entity_type), _) => self.navigated(operation, entity_type, segment),
                _ => Resource::Other,
            };
        }
        at
    }

    fn navigated(&self, operation: &Operation, entity_type: &EntityType, segment: &str) -> Resource {
        let target = entity_type.navigation(segment).and_then(|navigation| {
            let set = self.schema(operation)?.set(navigation.target)?;
            Some((navigation.many, set.entity_type))
        });
        match target {
            Some((true, entity_type)) => Resource::Many(entity_type),
            Some((false, entity_type)) => Resource::One(entity_type),
            None => Resource::Other,
        }
    }

    /// What a request has to bring.
    pub(super) fn body(&self, operation: &Operation) -> Option<Value> {
        if !matches!(operation.method, "POST" | "PUT" | "PATCH") {
            return None;
        }
        let content = match self.resource(operation) {
            Resource::Many(entity_type) | Resource::One(entity_type) => {
                json!({"application/json": {"schema": reference(entity_type.name)}})
            }
            Resource::Other if self.is_odata => json!({"*/*": {"schema": {}}}),
            Resource::Other => json!({(media_type(operation)): {"schema": {"type": "object"}}}),
        };
        Some(json!({"content": content}))
    }

    /// The types of all models.
    pub(super) fn schemas(&self) -> Map<String, Value> {
        let mut schemas = Map::new();
        for (_, schema) in self.services {
            for entity_type in schema.entity_types.iter().filter(|entity_type| !entity_type.is_abstract) {
                schemas.insert(entity_type.name.to_owned(), entity(entity_type));
            }
            for complex in schema.complex_types {
                schemas.insert(complex.name.to_owned(), object(members(complex.properties.iter())));
            }
        }
        schemas
    }
}

/// What an operation of an API without models takes: a form if it can refuse one.
fn media_type(operation: &Operation) -> &'static str {
    if can_refuse(operation, "unsupported_grant_type") {
        "application/x-www-form-urlencoded"
    } else if can_refuse(operation, "form_unreadable") {
        "multipart/form-data"
    } else {
        "application/json"
    }
}

pub(super) fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn entity(entity_type: &EntityType) -> Value {
    // A deferred link, or what it leads to where that is expanded.
    let navigation = entity_type.wire_navigation().map(|navigation| (navigation.name.to_owned(), json!({})));
    object(members(entity_type.wire_properties()).chain(navigation))
}

fn members<'p>(properties: impl Iterator<Item = &'p Property>) -> impl Iterator<Item = (String, Value)> {
    properties.map(|property| (property.name.to_owned(), member(property)))
}

fn object(members: impl Iterator<Item = (String, Value)>) -> Value {
    json!({"type": "object", "properties": members.collect::<Map<_, _>>()})
}

fn member(property: &Property) -> Value {
    let mut schema = value(property.kind);
    if let (Value::Object(members), Some(length), Kind::String) = (&mut schema, property.max_length, property.kind) {
        members.insert("maxLength".to_owned(), length.into());
    }
    if property.nullable { json!({"anyOf": [schema, {"type": "null"}]}) } else { schema }
}

/// A value in JSON, as OData V2 writes it ([MS-ODATA] section 2.2.6.3): numbers of 64 bits and decimals are strings.
pub(super) fn value(kind: Kind) -> Value {
    match kind {
        Kind::Boolean => json!({"type": "boolean"}),
        Kind::Byte | Kind::Int16 | Kind::Int32 => json!({"type": "integer"}),
        Kind::Int64 | Kind::Decimal | Kind::Double => json!({"type": "string", "pattern": "^-?[0-9]"}),
        Kind::Binary => json!({"type": "string", "contentEncoding": "base64"}),
        Kind::DateTime | Kind::DateTimeOffset => {
            json!({"type": "string", "pattern": r"^/Date\(-?[0-9]+([+-][0-9]+)?\)/$"})
        }
        Kind::Guid => json!({"type": "string", "format": "uuid"}),
        Kind::String | Kind::Time => json!({"type": "string"}),
        Kind::Complex(complex) => reference(complex.name),
    }
}
