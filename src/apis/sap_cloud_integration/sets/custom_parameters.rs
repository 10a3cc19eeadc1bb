//! `CustomParameters`: reached from their credential. The set itself is not documented; its rows' addresses are in answers,
//! so they can be read.

use crate::apis::sap_cloud_integration::edm::ENTITY_TYPE;
use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::request::text;
use crate::apis::sap_cloud_integration::state::{CustomParameter, State};
use crate::contract::Refusal;
use crate::odata::edm::{EntityType, Property, Set};
use crate::odata::{Context, Entity, EntitySet, Entry as Body, Key};

/// Their type.
pub static CUSTOM_PARAMETER: EntityType = EntityType {
    name: "CustomParameter",
    key: &["Key", "Value", "SendAsPartOf"],
    properties: &[
        Property::string("Key", 1024).required(),
        Property::string("Value", 1024).required(),
        Property::string("SendAsPartOf", 1024).required(),
    ],
    ..ENTITY_TYPE
};

/// The set.
pub static CUSTOM_PARAMETERS: Set = Set::new("CustomParameters", &CUSTOM_PARAMETER);

/// Custom parameters of OAuth2 client credentials.
pub struct CustomParameters;

impl EntitySet<State> for CustomParameters {
    fn set(&self) -> &'static Set {
        &CUSTOM_PARAMETERS
    }

    fn read(&self, _cx: &Context<'_>, state: &State, key: &Key) -> Result<Entity, Refusal> {
        let is_meant = |parameter: &&CustomParameter| {
            parameter.key == *key.text("Key")
                && parameter.value == *key.text("Value")
                && parameter.send_as_part_of == *key.text("SendAsPartOf")
        };
        let mut all = state.oauth2_client_credentials.iter().flat_map(|artifact| &artifact.content.custom_parameters);
        let found = all.find(is_meant);
        Ok(entity(found.ok_or_else(|| Error::ArtifactNotFound { name: key.text("Key").to_owned() })?))
    }
}

/// The parameter that a body describes.
pub fn parameter(body: &Body) -> CustomParameter {
    CustomParameter {
        key: text(body, "Key").unwrap_or_default(),
        value: text(body, "Value").unwrap_or_default(),
        send_as_part_of: text(body, "SendAsPartOf").unwrap_or_default(),
    }
}

/// A parameter as an answer shows it.
pub fn entity(parameter: &CustomParameter) -> Entity {
    let values = vec![(&parameter.key).into(), (&parameter.value).into(), (&parameter.send_as_part_of).into()];
    Entity::new(&CUSTOM_PARAMETERS, values)
}
