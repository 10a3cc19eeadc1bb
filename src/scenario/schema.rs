//! The format: a scenario file as types. Every doc comment here is a description in the JSON Schema.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::apis::xsuaa::scenario::{Auth, ClientSection};
use crate::apis::{apinizer, sap_api_management, sap_cloud_integration};
use crate::contract::LintMode;
use crate::faults::Fault;

/// The version of the format that this program reads.
pub const VERSION: u32 = 1;

/// A certmimic scenario: a world to start from.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Version of the format.
    #[cfg_attr(test, schemars(extend("const" = 1)))]
    pub certmimic: u32,
    /// What the scenario is called; without it, as its file is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is for, in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Every random choice derives from it: identifiers, serial numbers, keys, tokens.
    #[serde(default)]
    pub seed: u64,
    /// The world's clock; without it, real time.
    #[serde(default, skip_serializing_if = "is_default")]
    pub clock: Clock,
    /// How strictly credentials are checked.
    #[serde(default, skip_serializing_if = "is_default")]
    pub auth: Auth,
    /// What becomes of requests that pass here and that a real tenant refuses or misreads.
    #[serde(default, skip_serializing_if = "is_default")]
    pub lint: LintMode,
    /// OAuth clients of the SAP systems.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clients: Vec<ClientSection>,
    /// Switches for what differs between tenants, or is not known for sure; by system.
    #[serde(default, skip_serializing_if = "is_default")]
    pub behaviour: Behaviours,
    /// SAP API Management.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sap_api_management: sap_api_management::scenario::Section,
    /// SAP Cloud Integration.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sap_cloud_integration: sap_cloud_integration::scenario::Section,
    /// Apinizer.
    #[serde(default, skip_serializing_if = "is_default")]
    pub apinizer: apinizer::scenario::Section,
    /// Misbehaviour that is armed from the start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
    /// Where an exported world goes on; scenarios written by hand need none of it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub resume: Resume,
}

/// Without its sections: passwords and keys are in them, which is why those have no `Debug` at all.
impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document").field("name", &self.name).field("seed", &self.seed).finish_non_exhaustive()
    }
}

/// The world's clock.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// The time it shows at first: a date, or a span from real time such as `-30d`. Without it, real time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(extend("pattern" = crate::seed::MOMENT)))]
    pub now: Option<String>,
    /// How it moves.
    #[serde(default)]
    pub mode: ClockMode,
    /// How far it moves with each request; only in mode `stepping`, `1s` without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(extend("pattern" = crate::seed::SPAN)))]
    pub step: Option<String>,
}

/// How a clock moves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ClockMode {
    /// With real time.
    #[default]
    Running,
    /// Not at all.
    Frozen,
    /// By a step with each request.
    Stepping,
}

/// Switches by system.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Behaviours {
    /// SAP API Management.
    #[serde(skip_serializing_if = "is_default")]
    pub sap_api_management: sap_api_management::Behaviour,
    /// SAP Cloud Integration.
    #[serde(skip_serializing_if = "is_default")]
    pub sap_cloud_integration: sap_cloud_integration::Behaviour,
    /// Apinizer.
    #[serde(skip_serializing_if = "is_default")]
    pub apinizer: apinizer::Behaviour,
}

/// Where an exported world goes on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Resume {
    /// How many identifiers were drawn from the seed.
    pub drawn: Option<u64>,
    /// How many CSRF sessions were opened.
    pub sessions: u64,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The JSON Schema of scenario files, for editors. It is written from the types above by the test below, so that the program need
/// not carry what makes it.
pub fn schema() -> serde_json::Value {
    serde_json::from_str(include_str!("schema.json")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use schemars::schema_for;

    use super::Document;
    use crate::seed::written_schema;

    #[test]
    fn the_schema_is_that_of_the_types() {
        let mut schema = schema_for!(Document);
        let members = schema.ensure_object();
        members.shift_insert(0, "title".to_owned(), "certmimic scenario".into());
        members.shift_insert(0, "$id".to_owned(), "urn:certmimic:scenario:1".into());
        written_schema::is("scenario/schema.json", &schema.to_value());
    }
}
