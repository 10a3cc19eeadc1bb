//! Facts: what is asked, and what the documents say that comes of it.

use http::{HeaderName, HeaderValue, Method};
use serde::Deserialize;
use serde_json::Value;

use super::names::Names;
use crate::contract::Operation;
use crate::tenant::{Asking, System, Who};

/// One request, and what is compared of its answers.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    /// What is to be seen, in a sentence.
    pub sentence: String,
    /// The system.
    pub system: System,
    /// The operation that the request means; none of a request that means none.
    pub operation: Option<&'static Operation>,
    /// The request.
    pub asking: Asking,
    /// How much of the answers has to be alike.
    pub alike: Alike,
}

/// How much of two answers has to be alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Alike {
    /// All that stands in them.
    #[default]
    Values,
    /// How they are built: which of many entities come is nobody's promise.
    Shape,
    /// What certmimic has; a tenant has more sets, types and entities.
    AtLeast,
}

/// A fact as it is written down.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    /// What is to be seen, in a sentence.
    pub fact: String,
    /// Method, path and query.
    pub request: String,
    /// The operation that it means, if it means one.
    #[serde(default)]
    pub operation: Option<String>,
    /// The refusal that certmimic answers with, or the status of its success: held against it by a test.
    pub outcome: String,
    /// Headers beside `Accept: application/json`; null takes that one away.
    #[serde(default)]
    pub headers: std::collections::BTreeMap<String, Option<String>>,
    /// Without a token.
    #[serde(default)]
    pub as_nobody: bool,
    /// The body.
    #[serde(default)]
    pub json: Option<Value>,
    /// How much has to be alike.
    #[serde(default)]
    pub alike: Alike,
}

/// The facts of a system that need nothing to be there and leave nothing behind.
pub(super) fn written(system: System) -> Result<Vec<Written>, String> {
    let text = match system {
        System::ApiManagement => include_str!("facts/sap_api_management.yaml"),
        System::CloudIntegration => include_str!("facts/sap_cloud_integration.yaml"),
        System::Apinizer => include_str!("facts/apinizer.yaml"),
    };
    serde_saphyr::from_str(text).map_err(|error| format!("the facts of {system} cannot be read: {error}"))
}

impl Written {
    /// The operation, if it succeeds.
    pub(super) fn succeeds_with(&self) -> Option<&str> {
        self.operation.as_deref().filter(|_| self.outcome.starts_with('2'))
    }

    /// The fact with names in its blanks; `None` if it is not written as facts are.
    pub(super) fn with(&self, system: System, names: &Names) -> Option<Fact> {
        let operation = match &self.operation {
            Some(id) => Some(system.api()?.operations.iter().find(|row| row.id == *id)?),
            None => None,
        };
        let (method, target) = self.request.split_once(' ')?;
        let mut asking = Asking::json(names.fill(target));
        asking.method = Method::from_bytes(method.as_bytes()).ok()?;
        for (name, value) in &self.headers {
            let name = HeaderName::from_bytes(name.to_ascii_lowercase().as_bytes()).ok()?;
            asking.headers.retain(|(known, _)| *known != name);
            if let Some(value) = value {
                asking.headers.push((name, HeaderValue::from_str(&names.fill(value)).ok()?));
            }
        }
        if self.as_nobody {
            asking.who = Who::Nobody;
        }
        if let Some(json) = &self.json {
            asking.headers.push((http::header::CONTENT_TYPE, HeaderValue::from_static("application/json")));
            asking.body = names.fill(&json.to_string()).into();
        }
        Some(Fact { sentence: self.fact.clone(), system, operation, asking, alike: self.alike })
    }
}
