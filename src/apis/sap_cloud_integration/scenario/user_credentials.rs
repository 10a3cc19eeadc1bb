//! `user_credentials`: what a scenario says of them.

use serde::{Deserialize, Serialize};

use super::StampSection;
use super::artifacts::ArtifactSection;
use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::state::{Artifact, Artifacts, Kind, State, UserCredential};
use crate::store::{Secret, Text};

/// A user's credentials.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UserCredentialSection {
    /// Their name.
    pub name: String,
    /// What they are for.
    #[serde(default)]
    pub kind: KindName,
    /// A description.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The password: a secret, which no answer shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(extend("format" = "password", "writeOnly" = true)))]
    pub password: Option<String>,
    /// The company's identifier, of kind `successfactors`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company_id: Option<String>,
    /// Who deployed them, and when; without it the scenario, before it starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deployed: Option<StampSection>,
}

/// Kinds of user credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum KindName {
    /// User and password.
    #[default]
    Default,
    /// Those of a company in SAP SuccessFactors.
    SuccessFactors,
    /// Those of SAP Open Connectors.
    OpenConnectors,
}

impl ArtifactSection for UserCredentialSection {
    type Content = UserCredential;

    fn kept_in(state: &mut State) -> &mut Artifacts<UserCredential> {
        &mut state.user_credentials
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn deployed(&self) -> Option<&StampSection> {
        self.deployed.as_ref()
    }

    fn content(&self, _state: &State) -> Result<UserCredential, Error> {
        let credential = UserCredential {
            kind: match self.kind {
                KindName::Default => Kind::Default,
                KindName::SuccessFactors => Kind::SuccessFactors,
                KindName::OpenConnectors => Kind::OpenConnectors,
            },
            description: self.description.clone().into(),
            user: self.user.clone().map(Text::from),
            password: self.password.clone().map(Secret::new),
            company_id: self.company_id.clone().map(Text::from),
        };
        credential.check()?;
        Ok(credential)
    }

    fn of(artifact: &Artifact<UserCredential>, deployed: StampSection) -> Self {
        let credential = &artifact.content;
        Self {
            name: artifact.name.to_string(),
            kind: match credential.kind {
                Kind::Default => KindName::Default,
                Kind::SuccessFactors => KindName::SuccessFactors,
                Kind::OpenConnectors => KindName::OpenConnectors,
            },
            description: credential.description.to_string(),
            user: credential.user.as_ref().map(Text::to_string),
            password: credential.password.as_ref().map(|password| password.reveal().to_owned()),
            company_id: credential.company_id.as_ref().map(Text::to_string),
            deployed: Some(deployed),
        }
    }
}
