//! What scenario sections are made of: sources of certificates and keys, and places for errors.
//!
//! Each API has a `scenario.rs` with its own section of the format; this room has what those sections share. Whoever
//! loads a scenario supplies the files and the clock.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::effects::{Ids, Timestamp};

/// What building state from a section may draw on.
pub struct Seeding<'a> {
    /// The scenario's clock, for relative dates.
    pub now: Timestamp,
    /// The scenario's identifiers: generated material takes `rng_for` its own place and name, so that adding an entry
    /// changes no other.
    pub ids: &'a Ids,
    /// The files that the scenario names.
    pub files: &'a dyn Files,
}

/// Access to the files that a scenario names, relative to it.
pub trait Files {
    /// The content of a file.
    ///
    /// # Errors
    /// One sentence that says why it could not be read.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;
}

/// Where in a scenario something stands: `sap_api_management.certificate_stores[1].name`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place(pub Vec<Step>);

/// One step of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A member of a mapping.
    Member(String),
    /// An item of a sequence, from 0.
    Item(usize),
}

impl Place {
    /// The place of a member of this one.
    #[must_use]
    pub fn member(&self, name: &str) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step::Member(name.to_owned()));
        Self(steps)
    }

    /// The place of an item of this one.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step::Item(index));
        Self(steps)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Member(name) if position == 0 => write!(f, "{name}")?,
                Step::Member(name) => write!(f, ".{name}")?,
                Step::Item(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// What is wrong with a scenario at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What is wrong and what was expected, in one sentence.
    pub message: String,
}

impl Problem {
    /// A problem at a place.
    pub fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: message.into() }
    }
}

/// A certificate or key pair to mint relative to the scenario's clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Generate {
    /// Common name of the subject.
    pub common_name: String,
    /// Start and end of validity: dates, or spans relative to the scenario's clock such as `-355d` and `+10d`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid: Option<[String; 2]>,
    /// Kind of key: `rsa-2048` (the default), `rsa-3072`, `rsa-4096`, `ec-p256`, `ec-p384`, `ec-p521`, `ed25519`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// DNS names and IP addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternative_names: Vec<String>,
    /// Whether it is a certificate authority.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ca: bool,
}
