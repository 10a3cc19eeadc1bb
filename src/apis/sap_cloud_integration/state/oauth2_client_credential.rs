//! OAuth2 client credentials with their custom parameters (deploying-an-oauth2-client-credentials-artifact-801b106).

use crate::apis::sap_cloud_integration::error::Error;
use crate::store::{Secret, Text};

/// Most custom parameters of one credential.
const MOST_PARAMETERS: usize = 20;
/// Keys that the token request has itself.
const RESERVED_KEYS: [&str; 3] = ["client_id", "client_secret", "grant_type"];

/// What a client sends to get a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OAuth2ClientCredential {
    /// A description.
    pub description: Option<Text>,
    /// Where tokens are asked for.
    pub token_service_url: Text,
    /// The client.
    pub client_id: Text,
    /// Its secret.
    pub client_secret: Secret,
    /// `body` or `header`.
    pub client_authentication: Option<Text>,
    /// What is asked for.
    pub scope: Text,
    /// `urlencoded` or `json`.
    pub scope_content_type: Text,
    /// The resource that the token is for.
    pub resource: Text,
    /// The audience of the token.
    pub audience: Text,
    /// What else goes into the request.
    pub custom_parameters: Vec<CustomParameter>,
}

/// A parameter of a token request beyond the usual ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomParameter {
    /// Its key.
    pub key: Text,
    /// Its value.
    pub value: Text,
    /// Which part of the request it goes into: `body`, `header` or `url`.
    pub send_as_part_of: Text,
}

impl OAuth2ClientCredential {
    /// How `ScopeContentType` reads if nobody set it.
    pub const URL_ENCODED: &'static str = "urlencoded";

    /// Refuses what may not be empty, and custom parameters that may not be.
    pub fn check(&self) -> Result<(), Error> {
        refuse_empty("TokenServiceUrl", &self.token_service_url)?;
        refuse_empty("ClientId", &self.client_id)?;
        refuse_empty("ClientSecret", self.client_secret.reveal())?;
        if self.custom_parameters.len() > MOST_PARAMETERS {
            return Err(Error::CustomParametersTooMany);
        }
        for (position, parameter) in self.custom_parameters.iter().enumerate() {
            parameter.check()?;
            if self.custom_parameters.iter().take(position).any(|earlier| earlier == parameter) {
                return Err(Error::CustomParameterTwice { key: parameter.key.to_string() });
            }
        }
        Ok(())
    }
}

impl CustomParameter {
    /// Parts of the token request.
    pub const PARTS: [&str; 3] = ["body", "header", "url"];

    fn check(&self) -> Result<(), Error> {
        refuse_empty("Key", self.key.trim())?;
        refuse_empty("Value", self.value.trim())?;
        refuse_empty("SendAsPartOf", &self.send_as_part_of)?;
        if RESERVED_KEYS.contains(&self.key.as_str()) {
            return Err(Error::CustomParameterReserved { key: self.key.to_string() });
        }
        if Self::PARTS.contains(&self.send_as_part_of.as_str()) { Ok(()) } else { Err(Error::SendAsPartOfUnknown) }
    }
}

fn refuse_empty(property: &str, text: &str) -> Result<(), Error> {
    if text.is_empty() { Err(Error::PropertyEmpty { property: property.to_owned() }) } else { Ok(()) }
}
