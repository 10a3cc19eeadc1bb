//! An environment in a scenario: a name, or a mapping.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::apis::apinizer::state::{EnvironmentStatus, EnvironmentType};
use crate::seed::Material;

/// An environment.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct EnvironmentSection {
    /// Identifier, 24 hexadecimal digits; without it, one that derives from the seed and the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Name.
    pub name: String,
    /// What it is for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: EnvironmentType,
    /// Whether it is published.
    pub status: EnvironmentStatus,
    /// Where its gateway listens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_url: Option<String>,
    /// Why nothing can be deployed to it. Without it, everything can.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deployment_fails: Option<String>,
    /// Certificate authorities in its truststore besides what is deployed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ca_certificates: Vec<Material>,
}

/// The mapping form.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Mapping {
    /// Identifier, 24 hexadecimal digits; without it, one that derives from the seed and the name.
    #[serde(default)]
    #[cfg_attr(test, schemars(extend("pattern" = super::identity::IDENTIFIER)))]
    id: Option<String>,
    /// Name.
    name: String,
    /// What it is for.
    #[serde(default)]
    description: String,
    /// Its type.
    #[serde(default, rename = "type")]
    kind: EnvironmentType,
    /// Whether it is published.
    #[serde(default)]
    status: EnvironmentStatus,
    /// Where its gateway listens.
    #[serde(default)]
    access_url: Option<String>,
    /// Why nothing can be deployed to it. Without it, everything can.
    #[serde(default)]
    deployment_fails: Option<String>,
    /// Certificate authorities in its truststore besides what is deployed.
    #[serde(default)]
    ca_certificates: Vec<Material>,
}

impl<'de> Deserialize<'de> for EnvironmentSection {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SectionVisitor)
    }
}

struct SectionVisitor;

impl<'de> Visitor<'de> for SectionVisitor {
    type Value = EnvironmentSection;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of an environment, or a mapping with one")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<EnvironmentSection, E> {
        Ok(EnvironmentSection { name: name.to_owned(), ..EnvironmentSection::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<EnvironmentSection, A::Error> {
        let mapping = Mapping::deserialize(MapAccessDeserializer::new(map))?;
        Ok(EnvironmentSection {
            id: mapping.id,
            name: mapping.name,
            description: mapping.description,
            kind: mapping.kind,
            status: mapping.status,
            access_url: mapping.access_url,
            deployment_fails: mapping.deployment_fails,
            ca_certificates: mapping.ca_certificates,
        })
    }
}

#[cfg(test)]
impl schemars::JsonSchema for EnvironmentSection {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "EnvironmentSection".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mapping = generator.subschema_for::<Mapping>();
        schemars::json_schema!({
            "description": "An environment: its name, or a mapping for more than that.",
            "anyOf": [{ "type": "string" }, mapping],
        })
    }
}
