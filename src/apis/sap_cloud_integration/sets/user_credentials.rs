//! `UserCredentials`: users with their passwords, which no answer shows.

use ::http::StatusCode;

use super::descriptor;
use crate::apis::sap_cloud_integration::edm::ENTITY_TYPE;
use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::request::{self, text};
use crate::apis::sap_cloud_integration::state::{Artifact, Kind, SecureParameter, State, UserCredential};
use crate::contract::Refusal;
use crate::odata::edm::{EntityType, Kind as Type, Property, Set};
use crate::odata::{Answer, Context, Entity, EntitySet, Entry as Body, Key, Rows, Value, Verb};
use crate::store::{Draft, Secret};

/// Their type: a tenant's `$metadata` has no lengths for it.
pub static USER_CREDENTIAL: EntityType = EntityType {
    name: "UserCredential",
    key: &["Name"],
    properties: &[
        Property::new("Name", Type::String).required(),
        Property::new("Kind", Type::String),
        Property::new("Description", Type::String),
        Property::new("User", Type::String),
        Property::new("Password", Type::String),
        Property::new("CompanyId", Type::String),
        descriptor::PROPERTY,
    ],
    ..ENTITY_TYPE
};

/// The set.
pub static USER_CREDENTIALS: Set = Set::new("UserCredentials", &USER_CREDENTIAL);

/// User credentials.
pub struct UserCredentials;

impl EntitySet<State> for UserCredentials {
    fn set(&self) -> &'static Set {
        &USER_CREDENTIALS
    }

    fn list<'a>(&self, cx: &'a Context<'a>, state: &'a State) -> Result<Rows<'a>, Refusal> {
        let credentials = state.user_credentials.iter().map(|artifact| entity(cx, state, artifact));
        let others = state.secure_parameters.iter().filter(|_| state.behaviour.list_secure_parameters);
        Ok(Box::new(credentials.chain(others.map(|artifact| secure_parameter(cx, state, artifact)))))
    }

    fn read(&self, cx: &Context<'_>, state: &State, key: &Key) -> Result<Entity, Refusal> {
        Ok(entity(cx, state, state.user_credentials.get(key.text("Name"))?))
    }

    fn create(&self, cx: &Context<'_>, draft: &mut Draft<'_, State>, body: &Body) -> Result<Answer, Refusal> {
        let name = body.text("Name").filter(|name| !name.is_empty()).ok_or(Error::CredentialNameMissing)?;
        let credential = credential(body)?;
        if draft.state.user_credentials.has(name) || draft.state.name_is_taken(name) {
            return Err(Error::ArtifactExists { name: name.to_owned() }.into());
        }
        draft.state.user_credentials.deploy(name.to_owned().into(), credential, request::stamp(cx));
        Ok(Answer::Empty(StatusCode::ACCEPTED))
    }

    /// What the body leaves out is gone afterwards, the password too.
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
        let credential = credential(body)?;
        if !draft.state.user_credentials.has(name) {
            return Err(Error::ArtifactMissing { name: name.to_owned() }.into());
        }
        draft.state.user_credentials.deploy(name.to_owned().into(), credential, request::stamp(cx));
        Ok(Answer::Empty(StatusCode::ACCEPTED))
    }

    fn delete(&self, _cx: &Context<'_>, draft: &mut Draft<'_, State>, key: &Key) -> Result<Answer, Refusal> {
        draft.state.user_credentials.remove(key.text("Name"))?;
        Ok(Answer::Empty(StatusCode::ACCEPTED))
    }
}

fn credential(body: &Body) -> Result<UserCredential, Error> {
    let kind = body.text("Kind").filter(|kind| !kind.is_empty()).ok_or(Error::KindMissing)?;
    let credential = UserCredential {
        kind: Kind::parse(kind).ok_or(Error::KindUnknown)?,
        description: body.text("Description").ok_or(Error::DescriptionNull)?.to_owned().into(),
        user: text(body, "User"),
        password: text(body, "Password").map(Secret::new),
        company_id: text(body, "CompanyId"),
    };
    credential.check()?;
    Ok(credential)
}

fn entity(cx: &Context<'_>, state: &State, artifact: &Artifact<UserCredential>) -> Entity {
    let credential = &artifact.content;
    let values = vec![
        (&artifact.name).into(),
        credential.kind.as_str().into(),
        (&credential.description).into(),
        Value::text(credential.user.as_ref()),
        Value::Null,
        Value::text(credential.company_id.as_ref()),
        descriptor::value(cx, state, "BUNDLE", &artifact.deployed),
    ];
    Entity::new(&USER_CREDENTIALS, values)
}

/// A secure parameter as some tenants list it here: of no kind that user credentials have.
fn secure_parameter(cx: &Context<'_>, state: &State, artifact: &Artifact<SecureParameter>) -> Entity {
    let values = vec![
        (&artifact.name).into(),
        Value::Null,
        Value::text(artifact.content.description.as_ref()),
        Value::Null,
        Value::Null,
        Value::Null,
        descriptor::value(cx, state, "BUNDLE", &artifact.deployed),
    ];
    Entity::new(&USER_CREDENTIALS, values)
}
