//! From a state to the document that builds it again.

use serde::Serialize;
use serde_json::Value;

use super::Scenario;
use super::schema::{Behaviours, Clock as ClockSection, ClockMode, Document, Resume, VERSION};
use crate::apis::{apinizer, sap_api_management, sap_cloud_integration, xsuaa};
use crate::effects::{Clock, Mode};

/// The document that describes a state. Loading it gives an equal state: relative dates have become what they stood
/// for, and files and generated material are in the text.
pub fn export(scenario: &Scenario) -> Document {
    let state = &*scenario.state;
    let (auth, clients) = xsuaa::scenario::export(&state.xsuaa);
    Document {
        certmimic: VERSION,
        name: Some(scenario.name.clone()),
        description: scenario.description.clone(),
        seed: state.ids.seed(),
        clock: clock(state.clock),
        auth,
        lint: state.lint,
        clients,
        behaviour: Behaviours {
            sap_api_management: state.sap_api_management.behaviour.clone(),
            sap_cloud_integration: (*state.sap_cloud_integration.behaviour).clone(),
            apinizer: state.apinizer.behaviour.clone(),
        },
        sap_api_management: sap_api_management::scenario::export(&state.sap_api_management),
        sap_cloud_integration: sap_cloud_integration::scenario::export(&state.sap_cloud_integration),
        apinizer: apinizer::scenario::export(&state.apinizer),
        faults: state.faults.iter().cloned().collect(),
        resume: Resume { drawn: Some(state.ids.drawn()), sessions: state.sessions },
    }
}

/// The forms that a document can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// YAML, as scenario files are.
    Yaml,
    /// JSON.
    Json,
}

/// A document as text.
///
/// # Errors
/// A sentence, should the document hold what the form cannot say.
pub fn write(document: &Document, form: Form) -> Result<String, String> {
    match form {
        Form::Yaml => serde_saphyr::to_string(&value(document)?).map_err(|error| error.to_string()),
        Form::Json => json(document),
    }
}

/// A document, or a part of one, as a value. By way of JSON: each further format would have its own writer for each type of the
/// document, which for YAML would be a quarter of a megabyte of program.
///
/// # Errors
/// A sentence, should it hold what JSON cannot say.
pub fn value(part: &impl Serialize) -> Result<Value, String> {
    serde_json::from_str(&json(part)?).map_err(|error| error.to_string())
}

fn json(part: &impl Serialize) -> Result<String, String> {
    serde_json::to_string_pretty(part).map_err(|error| error.to_string())
}

fn clock(clock: Clock) -> ClockSection {
    match clock.mode {
        Mode::Running { offset: 0 } => ClockSection::default(),
        // A span from real time, not a date: the clock runs on while the document lies about.
        Mode::Running { offset } => {
            ClockSection { now: Some(format!("{offset:+}ms")), mode: ClockMode::Running, step: None }
        }
        Mode::Frozen { at } => ClockSection { now: Some(at.iso_millis()), mode: ClockMode::Frozen, step: None },
        Mode::Stepping { next, step } => {
            ClockSection { now: Some(next.iso_millis()), mode: ClockMode::Stepping, step: Some(format!("{step}ms")) }
        }
    }
}
