//! `key_value_maps` and `generic_key_value_maps`: what a scenario says of them.

use serde::{Deserialize, Serialize};

use super::LifeCycle;

/// A key value map.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MapSection {
    /// Its name.
    pub name: String,
    /// Where it counts, such as `ENV`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Whether its values are hidden.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub encrypted: bool,
    /// Its values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<ValueSection>,
    /// Who made and changed it.
    #[serde(default, skip_serializing_if = "LifeCycle::is_empty")]
    pub life_cycle: LifeCycle,
}

/// A key value map of the generic family.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GenericMapSection {
    /// Its name.
    pub name: String,
    /// Where it counts, such as `APIPROXY`.
    pub scope: String,
    /// What the scope is about, such as a proxy's name.
    pub scope_id: String,
    /// Whether its values are hidden.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub encrypted: bool,
    /// Its values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<ValueSection>,
    /// Who made and changed it.
    #[serde(default, skip_serializing_if = "LifeCycle::is_empty")]
    pub life_cycle: LifeCycle,
}

/// A value of a key value map.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ValueSection {
    /// Its name in the map.
    pub name: String,
    /// The value: a secret, if the map is encrypted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(extend("format" = "password")))]
    pub value: Option<String>,
    /// Who made and changed it.
    #[serde(default, skip_serializing_if = "LifeCycle::is_empty")]
    pub life_cycle: LifeCycle,
}
