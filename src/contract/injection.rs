//! A refusal that nobody earned: a fault tells an API to answer with a row of its catalogue.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Outcome, Refusal};

/// What an API is to answer, whatever the request.
#[derive(Debug, Clone, Copy)]
pub struct Injection<'a> {
    /// The row.
    pub outcome: &'static Outcome,
    /// What fills its blanks.
    pub values: &'a [(&'a str, &'a str)],
    /// Seconds after which to try again, where the answer has a place for them.
    pub retry_after: Option<u32>,
    /// What is wrong with which field, where the answer has a place for it.
    pub validation_errors: &'a [Invalid],
}

/// A field that a system finds wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Invalid {
    /// The name of the field.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
}

impl From<&Injection<'_>> for Refusal {
    fn from(injection: &Injection<'_>) -> Self {
        Self::new(injection.outcome, injection.values)
    }
}
