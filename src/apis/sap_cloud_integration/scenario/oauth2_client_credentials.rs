//! `oauth2_client_credentials`: what a scenario says of them.

use serde::{Deserialize, Serialize};

use super::StampSection;
use super::artifacts::ArtifactSection;
use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::state::{Artifact, Artifacts, CustomParameter, OAuth2ClientCredential, State};
use crate::seed::{Place, Problem};
use crate::store::{Secret, Text};

/// An OAuth2 client's credentials.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OAuth2ClientCredentialSection {
    /// Their name.
    pub name: String,
    /// A description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Where tokens are asked for.
    pub token_service_url: String,
    /// The client.
    pub client_id: String,
    /// The client's secret, which no answer shows.
    #[cfg_attr(test, schemars(extend("format" = "password", "writeOnly" = true)))]
    pub client_secret: String,
    /// Where the client's secret goes: `body` or `header`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_authentication: Option<String>,
    /// What is asked for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub scope: String,
    /// How the scope is sent: `urlencoded` or `json`; without it the former.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope_content_type: Option<String>,
    /// The resource that the token is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub resource: String,
    /// The audience of the token.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub audience: String,
    /// What else goes into the token request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub custom_parameters: Vec<CustomParameterSection>,
    /// Who deployed them, and when; without it the scenario, before it starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deployed: Option<StampSection>,
}

/// A parameter of a token request.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CustomParameterSection {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
    /// Which part of the request it goes into: `body`, `header` or `url`.
    pub send_as_part_of: String,
}

impl ArtifactSection for OAuth2ClientCredentialSection {
    type Content = OAuth2ClientCredential;

    fn kept_in(state: &mut State) -> &mut Artifacts<OAuth2ClientCredential> {
        &mut state.oauth2_client_credentials
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn deployed(&self) -> Option<&StampSection> {
        self.deployed.as_ref()
    }

    fn check_words(&self, place: &Place) -> Result<(), Problem> {
        for (index, parameter) in self.custom_parameters.iter().enumerate() {
            let (part, known) = (parameter.send_as_part_of.as_str(), CustomParameter::PARTS);
            if !known.contains(&part) {
                let place = place.member("custom_parameters").item(index).member("send_as_part_of");
                return Err(Problem::unknown_word(place, "part of a token request", part, &known));
            }
        }
        Ok(())
    }

    fn content(&self, _state: &State) -> Result<OAuth2ClientCredential, Error> {
        let content_type = self.scope_content_type.as_deref().unwrap_or(OAuth2ClientCredential::URL_ENCODED);
        let credential = OAuth2ClientCredential {
            description: self.description.clone().map(Text::from),
            token_service_url: self.token_service_url.clone().into(),
            client_id: self.client_id.clone().into(),
            client_secret: Secret::new(self.client_secret.clone()),
            client_authentication: self.client_authentication.clone().map(Text::from),
            scope: self.scope.clone().into(),
            scope_content_type: content_type.to_owned().into(),
            resource: self.resource.clone().into(),
            audience: self.audience.clone().into(),
            custom_parameters: self.custom_parameters.iter().map(CustomParameterSection::parameter).collect(),
        };
        credential.check()?;
        Ok(credential)
    }

    fn of(artifact: &Artifact<OAuth2ClientCredential>, deployed: StampSection) -> Self {
        let credential = &artifact.content;
        Self {
            name: artifact.name.to_string(),
            description: credential.description.as_ref().map(Text::to_string),
            token_service_url: credential.token_service_url.to_string(),
            client_id: credential.client_id.to_string(),
            client_secret: credential.client_secret.reveal().to_owned(),
            client_authentication: credential.client_authentication.as_ref().map(Text::to_string),
            scope: credential.scope.to_string(),
            scope_content_type: Some(credential.scope_content_type.to_string()),
            resource: credential.resource.to_string(),
            audience: credential.audience.to_string(),
            custom_parameters: credential.custom_parameters.iter().map(CustomParameterSection::of).collect(),
            deployed: Some(deployed),
        }
    }
}

impl CustomParameterSection {
    fn parameter(&self) -> CustomParameter {
        CustomParameter {
            key: self.key.clone().into(),
            value: self.value.clone().into(),
            send_as_part_of: self.send_as_part_of.clone().into(),
        }
    }

    fn of(parameter: &CustomParameter) -> Self {
        Self {
            key: parameter.key.to_string(),
            value: parameter.value.to_string(),
            send_as_part_of: parameter.send_as_part_of.to_string(),
        }
    }
}
