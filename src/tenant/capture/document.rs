//! The scenario that comes of what was read.

use serde_json::{Value, json};

use super::fitting::fitted;
use super::mask::Mask;
use super::reader::Reader;
use super::relative::make_relative;
use super::{Captured, Dates, Names, Wishes};
use super::{api_management, apinizer, cloud_integration};
use crate::effects::Timestamp;
use crate::scenario::{Document, Form, Source, VERSION, load, write};
use crate::seed::Problem;
use crate::tenant::{Failure, System};

/// The sections of the scenario, as far as they were read.
#[derive(Default)]
pub(super) struct Parts {
    api_management: Option<Value>,
    cloud_integration: Option<Value>,
    apinizer: Option<Value>,
    behaviour: serde_json::Map<String, Value>,
    /// What is to be known about them.
    pub notes: Vec<String>,
}

impl Parts {
    /// True if it was read already: a scenario has one of each system.
    pub(super) const fn have(&self, system: System) -> bool {
        match system {
            System::ApiManagement => self.api_management.is_some(),
            System::CloudIntegration => self.cloud_integration.is_some(),
            System::Apinizer => self.apinizer.is_some(),
        }
    }

    /// Reads a system.
    pub(super) fn read(&mut self, reader: &Reader<'_>, system: System, wishes: &Wishes) -> Result<(), Failure> {
        let (section, behaviour) = match system {
            System::ApiManagement => api_management::read(reader)?,
            System::CloudIntegration => cloud_integration::read(reader, &wishes.locations)?,
            System::Apinizer => apinizer::read(reader)?,
        };
        let part = match system {
            System::ApiManagement => &mut self.api_management,
            System::CloudIntegration => &mut self.cloud_integration,
            System::Apinizer => &mut self.apinizer,
        };
        *part = Some(section);
        if behaviour.as_object().is_some_and(|switches| !switches.is_empty()) {
            self.behaviour.insert(system.name().to_owned(), behaviour);
        }
        Ok(())
    }

    /// The scenario as text.
    pub(super) fn written(self, wishes: &Wishes, now: Timestamp) -> Result<Captured, Failure> {
        let mut document = json!({ "certmimic": VERSION, "name": wishes.name.as_deref().unwrap_or("captured") });
        let sections = [
            ("behaviour", (!self.behaviour.is_empty()).then_some(Value::Object(self.behaviour))),
            (System::ApiManagement.name(), self.api_management),
            (System::CloudIntegration.name(), self.cloud_integration),
            (System::Apinizer.name(), self.apinizer),
        ];
        for (name, section) in sections {
            if let (Some(section), Some(members)) = (section, document.as_object_mut()) {
                members.insert(name.to_owned(), section);
            }
        }
        if wishes.names == Names::Masked {
            Mask::default().document(&mut document);
        }
        if wishes.dates == Dates::Relative {
            make_relative(&mut document, now);
        }
        let (document, left_out) = fitted(document).map_err(|problems| no_scenario(&problems))?;
        // Names and texts of the tenant are in them, and each note is a line.
        let notes: Vec<_> =
            [self.notes, left_out].concat().iter().map(|note| note.replace(char::is_control, " ")).collect();
        let text = head(wishes, &notes) + &yaml(&document)?;
        let loaded = load(&[Source::Sent { text: text.clone() }]);
        loaded.map_err(|flaws| Failure::NoScenario(flaws.iter().map(ToString::to_string).collect()))?;
        Ok(Captured { text, notes, systems: Vec::new() })
    }
}

fn yaml(document: &Document) -> Result<String, Failure> {
    write(document, Form::Yaml).map_err(|error| Failure::NoScenario(vec![error]))
}

fn no_scenario(problems: &[Problem]) -> Failure {
    Failure::NoScenario(
        problems.iter().map(|problem| format!("{}: {}", problem.place, problem.complaint.message)).collect(),
    )
}

/// What the file says of itself.
fn head(wishes: &Wishes, notes: &[String]) -> String {
    let mut lines = vec![
        format!("Written by certmimic {} capture.", env!("CARGO_PKG_VERSION")),
        "No private key, password or secret in it is the tenant's: what stands under `generate` is minted for tests, with".to_owned(),
        "`stands_in_for` in place of the certificate of that SHA-256 fingerprint.".to_owned(),
    ];
    if wishes.names == Names::Masked {
        lines.push("Names are masked.".to_owned());
    } else {
        lines.extend(notes.iter().map(|note| format!("Note: {note}")));
    }
    format!("# {}\n", lines.join("\n# "))
}
