//! References of access policies to artifacts: by type and by a condition on name or identifier.

use crate::apis::sap_cloud_integration::error::Error;
use crate::store::Text;

/// Types whose artifacts have no identifier.
const NAMED_ONLY: [&str; 3] = ["MESSAGE_QUEUE", "GLOBAL_VARIABLE", "GLOBAL_DATA_STORE"];
const EXPRESSION: &str = "regularExpression";

const LONGEST_NAME: usize = 50;
const LONGEST_DESCRIPTION: usize = 200;
const LONGEST_CONDITION: usize = 150;

/// A reference. Its texts are cut to their lengths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArtifactReference {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: Option<Text>,
    /// A description.
    pub description: Option<Text>,
    /// The type of the artifacts: one of [`Self::TYPES`].
    pub artifact_type: Text,
    /// What the condition is on: `Name` or `ID`.
    pub condition_attribute: Text,
    /// What that must be.
    pub condition_value: Option<Text>,
    /// How it is compared: `exactString` or `regularExpression`.
    pub condition_type: Text,
}

/// What a request or a scenario says of a reference.
#[derive(Debug, Clone, Copy, Default)]
pub struct Described<'a> {
    /// Its name.
    pub name: Option<&'a str>,
    /// A description.
    pub description: Option<&'a str>,
    /// The type of the artifacts.
    pub artifact_type: Option<&'a str>,
    /// What the condition is on.
    pub condition_attribute: Option<&'a str>,
    /// What that must be.
    pub condition_value: Option<&'a str>,
    /// How it is compared.
    pub condition_type: Option<&'a str>,
}

impl ArtifactReference {
    /// Types of artifacts, in the order in which a refusal lists them.
    pub const TYPES: [&str; 22] = [
        "DATA_TYPE",
        "GLOBAL_DATA_STORE",
        "GLOBAL_VARIABLE",
        "INTEGRATION_ADAPTER",
        "INTEGRATION_FLOW",
        "MESSAGE_MAPPING",
        "MESSAGE_QUEUE",
        "MESSAGE_TYPE",
        "ODATA_SERVICE",
        "REST_API_PROVIDER",
        "SCRIPT_COLLECTION",
        "SOAP_API_PROVIDER",
        "VALUE_MAPPING",
        "USER_CREDENTIAL",
        "OAUTH2_CLIENT_CRED",
        "AUTH2_SAML_BEARER_ASSERTION",
        "AUTH2_AUTHORIZATION_CODE",
        "SECURE_PARAMETER",
        "INTEGRATION_PACKAGE",
        "API_ARTIFACT",
        "SERVICE_INTERFACE",
        "FAULT_MESSAGE_TYPE",
    ];
    /// What conditions can be on.
    pub const ATTRIBUTES: [&str; 2] = ["Name", "ID"];
    /// How conditions can compare.
    pub const CONDITIONS: [&str; 2] = ["exactString", EXPRESSION];
}

impl Described<'_> {
    /// The reference, without a number.
    pub fn reference(&self) -> Result<ArtifactReference, Error> {
        let artifact_type = one_of(self.artifact_type, &ArtifactReference::TYPES).ok_or(Error::ArtifactTypeUnknown)?;
        let attribute =
            one_of(self.condition_attribute, &ArtifactReference::ATTRIBUTES).ok_or(Error::ConditionAttributeUnknown)?;
        let condition =
            one_of(self.condition_type, &ArtifactReference::CONDITIONS).ok_or(Error::ConditionTypeUnknown)?;
        if artifact_type == "INTEGRATION_PACKAGE" && condition == EXPRESSION {
            return Err(Error::PackageByExpression);
        }
        if NAMED_ONLY.contains(&artifact_type) && attribute == "ID" {
            return Err(Error::NamedOnly { artifact_type: artifact_type.to_owned() });
        }
        Ok(ArtifactReference {
            id: 0,
            name: self.name.map(|text| cut(text, LONGEST_NAME)),
            description: self.description.map(|text| cut(text, LONGEST_DESCRIPTION)),
            artifact_type: artifact_type.into(),
            condition_attribute: attribute.into(),
            condition_value: self.condition_value.map(|text| cut(text, LONGEST_CONDITION)),
            condition_type: condition.into(),
        })
    }
}

fn one_of(text: Option<&str>, allowed: &[&'static str]) -> Option<&'static str> {
    allowed.iter().find(|word| Some(**word) == text).copied()
}

/// A text, cut without a word where it is too long: characters count, not bytes.
pub fn cut(text: &str, length: usize) -> Text {
    let end = text.char_indices().nth(length).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or(text).to_owned().into()
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn texts_are_cut_by_characters() {
        assert_eq!(cut("üüü", 2).as_str(), "üü");
        assert_eq!(cut("üüü", 3).as_str(), "üüü");
        assert_eq!(cut("", 3).as_str(), "");
    }
}
