//! What a fault does to an exchange.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::seed::span;

/// An answer: a documented outcome, or a status with whatever is to come with it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Respond {
    /// A documented refusal by its identifier, as `certmimic operations` lists them; it comes in the system's own
    /// envelope.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// What the blanks in the outcome's text are filled with.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// Seconds after which to try again: the header `Retry-After`, and a member of the envelope that has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// What is wrong with which field, in the envelope that has a place for it: Apinizer's of the first generation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub validation_errors: Vec<Invalid>,
    /// An HTTP status, in place of an outcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Headers that come with it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// A body that comes with the status, as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// A body that comes with the status, as JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub json: Option<Value>,
}

/// A field that a system finds wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Invalid {
    /// The name of the field.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
}

/// Where a connection is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Cut {
    /// Before the system sees the request: nothing is changed, nothing answered.
    BeforeHandling,
    /// After the system has done what was asked, before it answers.
    BeforeResponse,
    /// In the middle of the answer's body.
    MidResponse,
}

/// How long an answer is held back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(test, schemars(with = "String", extend("pattern" = crate::seed::DURATION)))]
pub struct Delay(Duration);

impl Delay {
    /// Longest delay: beyond that no client waits.
    const LONGEST: Duration = Duration::from_hours(1);

    /// Its length.
    pub const fn length(self) -> Duration {
        self.0
    }
}

impl TryFrom<String> for Delay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let length = u64::try_from(span(&text)?).map(Duration::from_millis).ok();
        let length = length.filter(|length| *length <= Self::LONGEST);
        length.map(Self).ok_or_else(|| format!("\"{text}\" cannot be waited: expected a span from 0ms to 1h"))
    }
}

impl From<Delay> for String {
    fn from(delay: Delay) -> Self {
        format!("{}ms", delay.0.as_millis())
    }
}
