//! `secure_parameters`: what a scenario says of them.

use serde::{Deserialize, Serialize};

use super::StampSection;
use super::artifacts::ArtifactSection;
use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::state::{Artifact, Artifacts, SecureParameter, State};
use crate::store::{Secret, Text};

/// A secure parameter.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SecureParameterSection {
    /// Its name.
    pub name: String,
    /// A description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The value: a secret, which no answer shows.
    #[cfg_attr(test, schemars(extend("format" = "password", "writeOnly" = true)))]
    pub secure_param: String,
    /// Who deployed it, and when; without it the scenario, before it starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deployed: Option<StampSection>,
}

impl ArtifactSection for SecureParameterSection {
    type Content = SecureParameter;

    fn kept_in(state: &mut State) -> &mut Artifacts<SecureParameter> {
        &mut state.secure_parameters
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn deployed(&self) -> Option<&StampSection> {
        self.deployed.as_ref()
    }

    fn content(&self, state: &State) -> Result<SecureParameter, Error> {
        let value = Secret::new(self.secure_param.clone());
        let parameter = SecureParameter { description: self.description.clone().map(Text::from), value };
        parameter.check(&self.name, state.behaviour.secure_parameter_limit())?;
        Ok(parameter)
    }

    fn of(artifact: &Artifact<SecureParameter>, deployed: StampSection) -> Self {
        Self {
            name: artifact.name.to_string(),
            description: artifact.content.description.as_ref().map(Text::to_string),
            secure_param: artifact.content.value.reveal().to_owned(),
            deployed: Some(deployed),
        }
    }
}
