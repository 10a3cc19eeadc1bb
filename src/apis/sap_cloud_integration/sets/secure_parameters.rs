//! `SecureParameters`: values that no answer shows. The specification has them on Neo only; tenants on Cloud Foundry, too.

use ::http::StatusCode;

use crate::apis::sap_cloud_integration::edm::ENTITY_TYPE;
use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::request::{self, text};
use crate::apis::sap_cloud_integration::state::{Artifact, SecureParameter, State};
use crate::contract::Refusal;
use crate::odata::edm::{EntityType, Kind, Property, Set};
use crate::odata::{Answer, Context, Entity, EntitySet, Entry as Body, Key, Rows, Value, Verb};
use crate::store::{Draft, Secret};

/// Their type. The set refuses texts that are too long itself.
pub static SECURE_PARAMETER: EntityType = EntityType {
    name: "SecureParameter",
    key: &["Name"],
    properties: &[
        Property::string("Name", 150).required().of_own_length(),
        Property::string("Description", 1024).of_own_length(),
        Property::string("SecureParam", 4096).of_own_length(),
        Property::string("DeployedBy", 150).of_own_length(),
        Property::new("DeployedOn", Kind::DateTime),
        Property::string("Status", 20).of_own_length(),
    ],
    ..ENTITY_TYPE
};

/// The set.
pub static SECURE_PARAMETERS: Set = Set::new("SecureParameters", &SECURE_PARAMETER);

/// Secure parameters.
pub struct SecureParameters;

impl EntitySet<State> for SecureParameters {
    fn set(&self) -> &'static Set {
        &SECURE_PARAMETERS
    }

    fn list<'a>(&self, cx: &'a Context<'a>, state: &'a State) -> Result<Rows<'a>, Refusal> {
        Ok(Box::new(state.secure_parameters.iter().map(|artifact| entity(cx, state, artifact))))
    }

    fn read(&self, cx: &Context<'_>, state: &State, key: &Key) -> Result<Entity, Refusal> {
        Ok(entity(cx, state, state.secure_parameters.get(key.text("Name"))?))
    }

    fn create(&self, cx: &Context<'_>, draft: &mut Draft<'_, State>, body: &Body) -> Result<Answer, Refusal> {
        let name = body.text("Name").ok_or_else(|| null("Name"))?;
        let parameter = parameter(body, name, draft.state)?;
        if draft.state.secure_parameters.has(name) || draft.state.name_is_taken(name) {
            return Err(Error::ArtifactExists { name: name.to_owned() }.into());
        }
        draft.state.secure_parameters.deploy(name.to_owned().into(), parameter, request::stamp(cx));
        Ok(Answer::Empty(StatusCode::ACCEPTED))
    }

    fn update(
        &self,
        cx: &Context<'_>,
        draft: &mut Draft<'_, State>,
        key: &Key,
        body: &Body,
        merge: bool,
    ) -> Result<Answer, Refusal> {
        if merge {
            return Err(cx.dialect.not_implemented(Verb::Update, self.set()));
        }
        let name = request::name_of(key, body)?;
        let parameter = parameter(body, name, draft.state)?;
        if !draft.state.secure_parameters.has(name) {
            return Err(Error::ArtifactMissing { name: name.to_owned() }.into());
        }
        draft.state.secure_parameters.deploy(name.to_owned().into(), parameter, request::stamp(cx));
        Ok(Answer::Empty(StatusCode::ACCEPTED))
    }

    fn delete(&self, _cx: &Context<'_>, draft: &mut Draft<'_, State>, key: &Key) -> Result<Answer, Refusal> {
        draft.state.secure_parameters.remove(key.text("Name"))?;
        Ok(Answer::Empty(StatusCode::ACCEPTED))
    }
}

/// A description may be left out, but not be null.
fn parameter(body: &Body, name: &str, state: &State) -> Result<SecureParameter, Error> {
    let value = text(body, "SecureParam").ok_or_else(|| null("SecureParam"))?;
    if body.value("Description").is_some_and(Value::is_null) {
        return Err(null("Description"));
    }
    let parameter = SecureParameter { description: text(body, "Description"), value: Secret::new(value) };
    parameter.check(name, state.behaviour.secure_parameter_limit())?;
    Ok(parameter)
}

fn null(property: &str) -> Error {
    Error::PropertyMustNotBeNull { property: property.to_owned() }
}

fn entity(cx: &Context<'_>, state: &State, artifact: &Artifact<SecureParameter>) -> Entity {
    let values = vec![
        (&artifact.name).into(),
        Value::text(artifact.content.description.as_ref()),
        Value::Null,
        (&artifact.deployed.by).into(),
        Value::DateTime(artifact.deployed.at),
        state.deployment_status(&artifact.deployed, cx.now).into(),
    ];
    Entity::new(&SECURE_PARAMETERS, values)
}
