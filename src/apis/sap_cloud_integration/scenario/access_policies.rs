//! `access_policies`: what a scenario says of them.

use serde::{Deserialize, Serialize};

use super::stamp::refused;
use crate::apis::sap_cloud_integration::state::{AccessPolicies, AccessPolicy, ArtifactReference, Described};
use crate::effects::Timestamp;
use crate::seed::{Place, Problem, Seeding, moment};
use crate::store::Text;

/// The highest number that a scenario may give, so that there are always more.
const HIGHEST: i64 = 1_000_000_000_000;

/// A policy with its references.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AccessPolicySection {
    /// Its number; without it the next one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// The role that it is for.
    pub role_name: String,
    /// A description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The artifacts that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub artifact_references: Vec<ArtifactReferenceSection>,
    /// When it was sent to the runtimes: a date, or a span from the scenario's clock; without it, now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(extend("pattern" = crate::seed::MOMENT)))]
    pub transferred: Option<String>,
}

/// A reference to artifacts.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ArtifactReferenceSection {
    /// Its number; without it the next one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<i64>,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The type of the artifacts, such as `INTEGRATION_FLOW`.
    #[serde(rename = "type")]
    pub artifact_type: String,
    /// What the condition is on: `Name` or `ID`.
    pub condition_attribute: String,
    /// What that must be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition_value: Option<String>,
    /// How it is compared: `exactString` or `regularExpression`.
    pub condition_type: String,
}

/// The policies that sections describe.
pub fn build(
    sections: &[AccessPolicySection],
    last: Option<i64>,
    seeding: &Seeding<'_>,
    place: &Place,
) -> Result<AccessPolicies, Problem> {
    let mut policies = AccessPolicies::new(seeding.ids);
    for (index, section) in sections.iter().enumerate() {
        let place = place.item(index);
        refuse_number(&policies, section.id, &place)?;
        let now = match &section.transferred {
            Some(text) => {
                moment(text, seeding.now).map_err(|message| Problem::new(place.member("transferred"), message))?
            }
            None => seeding.now,
        };
        let id = policies
            .add(section.id, &section.role_name, section.description.as_deref(), now)
            .map_err(|error| refused(error, &place.member("role_name")))?;
        for (index, reference) in section.artifact_references.iter().enumerate() {
            let place = place.member("artifact_references").item(index);
            refer(&mut policies, id, reference, now, &place)?;
        }
    }
    policies.skip_to(last.unwrap_or_default().min(HIGHEST));
    Ok(policies)
}

fn refer(
    policies: &mut AccessPolicies,
    policy: i64,
    section: &ArtifactReferenceSection,
    now: Timestamp,
    place: &Place,
) -> Result<(), Problem> {
    refuse_number(policies, section.id, place)?;
    for (member, what, word, known) in [
        ("type", "type of artifacts", &section.artifact_type, &ArtifactReference::TYPES[..]),
        ("condition_attribute", "attribute of artifacts", &section.condition_attribute, &ArtifactReference::ATTRIBUTES),
        ("condition_type", "type of conditions", &section.condition_type, &ArtifactReference::CONDITIONS),
    ] {
        if !known.contains(&word.as_str()) {
            return Err(Problem::unknown_word(place.member(member), what, word, known));
        }
    }
    let described = Described {
        name: section.name.as_deref(),
        description: section.description.as_deref(),
        artifact_type: Some(&section.artifact_type),
        condition_attribute: Some(&section.condition_attribute),
        condition_value: section.condition_value.as_deref(),
        condition_type: Some(&section.condition_type),
    };
    let added = described.reference().and_then(|reference| policies.refer(policy, section.id, reference, now));
    added.map(|_| ()).map_err(|error| refused(error, place))
}

fn refuse_number(policies: &AccessPolicies, id: Option<i64>, place: &Place) -> Result<(), Problem> {
    match id {
        Some(id) if !(1..=HIGHEST).contains(&id) => {
            Err(Problem::new(place.member("id"), format!("a number from 1 to {HIGHEST} is expected")))
        }
        Some(id) if policies.has(id) => Err(Problem::twice(place.member("id"), "number", &id.to_string())),
        _ => Ok(()),
    }
}

/// The sections that build policies again.
pub fn sections(policies: &AccessPolicies) -> Vec<AccessPolicySection> {
    policies.iter().map(|policy| section(policy)).collect()
}

fn section(policy: &AccessPolicy) -> AccessPolicySection {
    AccessPolicySection {
        id: Some(policy.id),
        role_name: policy.role_name.to_string(),
        description: policy.description.as_ref().map(Text::to_string),
        artifact_references: policy.references.values().map(|reference| reference_section(reference)).collect(),
        transferred: Some(policy.transferred.iso_millis()),
    }
}

fn reference_section(reference: &ArtifactReference) -> ArtifactReferenceSection {
    ArtifactReferenceSection {
        id: Some(reference.id),
        name: reference.name.as_ref().map(Text::to_string),
        description: reference.description.as_ref().map(Text::to_string),
        artifact_type: reference.artifact_type.to_string(),
        condition_attribute: reference.condition_attribute.to_string(),
        condition_value: reference.condition_value.as_ref().map(Text::to_string),
        condition_type: reference.condition_type.to_string(),
    }
}
