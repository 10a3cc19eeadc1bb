//! `OAuth2ClientCredentials`: clients with their secrets, which no answer shows, and their custom parameters, which only a
//! deep insert adds.

use ::http::StatusCode;

use super::{custom_parameters, descriptor};
use crate::apis::sap_cloud_integration::edm::{ENTITY_TYPE, association, end};
use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::request::{self, text};
use crate::apis::sap_cloud_integration::state::{Artifact, OAuth2ClientCredential, State};
use crate::contract::Refusal;
use crate::odata::edm::{Association, EntityType, Navigation, Property, Set};
use crate::odata::{Answer, Context, Entity, EntitySet, Entry as Body, Key, Related, Rows, Value, Verb};
use crate::store::{Draft, Secret, Text};

/// Their type.
pub static OAUTH2_CLIENT_CREDENTIAL: EntityType = EntityType {
    name: "OAuth2ClientCredential",
    key: &["Name"],
    properties: &[
        Property::string("Name", 1024).required(),
        Property::string("Description", 1024),
        Property::string("TokenServiceUrl", 1024).required(),
        Property::string("ClientId", 1024).required(),
        Property::string("ClientSecret", 1024),
        Property::string("ClientAuthentication", 1024),
        Property::string("Scope", 1024),
        Property::string("ScopeContentType", 5120),
        Property::string("Resource", 1024),
        Property::string("Audience", 1024),
        descriptor::PROPERTY,
    ],
    navigation: &[Navigation {
        name: "CustomParameters",
        association: "OAuth2ClientCredential_2_r_CustomParameters",
        from_role: "OAuth2ClientCredential",
        to_role: "r_CustomParameters",
        target: "CustomParameters",
        many: true,
    }],
    ..ENTITY_TYPE
};

/// From a credential to its custom parameters.
pub static PARAMETERS_OF_CREDENTIAL: Association = association(
    "OAuth2ClientCredential_2_r_CustomParameters",
    [
        end("OAuth2ClientCredential", "OAuth2ClientCredential", "OAuth2ClientCredentials", "1"),
        end("r_CustomParameters", "CustomParameter", "CustomParameters", "*"),
    ],
);

/// The set.
pub static OAUTH2_CLIENT_CREDENTIALS: Set = Set::new("OAuth2ClientCredentials", &OAUTH2_CLIENT_CREDENTIAL);

/// OAuth2 client credentials.
pub struct OAuth2ClientCredentials;

impl EntitySet<State> for OAuth2ClientCredentials {
    fn set(&self) -> &'static Set {
        &OAUTH2_CLIENT_CREDENTIALS
    }

    fn list<'a>(&self, cx: &'a Context<'a>, state: &'a State) -> Result<Rows<'a>, Refusal> {
        Ok(Box::new(state.oauth2_client_credentials.iter().map(|artifact| entity(cx, state, artifact))))
    }

    fn read(&self, cx: &Context<'_>, state: &State, key: &Key) -> Result<Entity, Refusal> {
        Ok(entity(cx, state, state.oauth2_client_credentials.get(key.text("Name"))?))
    }

    fn navigate<'a>(
        &self,
        _cx: &'a Context<'a>,
        state: &'a State,
        key: &Key,
        _to: &'static Navigation,
    ) -> Result<Related<'a>, Refusal> {
        let credential = &state.oauth2_client_credentials.get(key.text("Name"))?.content;
        Ok(Related::Many(Box::new(credential.custom_parameters.iter().map(custom_parameters::entity))))
    }

    fn create(&self, cx: &Context<'_>, draft: &mut Draft<'_, State>, body: &Body) -> Result<Answer, Refusal> {
        let name = body.text("Name").filter(|name| !name.is_empty());
        let name = name.ok_or_else(|| Error::PropertyEmpty { property: "Name".to_owned() })?;
        let credential = credential(body)?;
        if draft.state.oauth2_client_credentials.has(name) || draft.state.name_is_taken(name) {
            return Err(Error::OAuth2ClientCredentialExists { name: name.to_owned() }.into());
        }
        draft.state.oauth2_client_credentials.deploy(name.to_owned().into(), credential, request::stamp(cx));
        Ok(Answer::Empty(StatusCode::ACCEPTED))
    }

    /// The secret must be sent each time; what the body leaves out is gone afterwards, custom parameters always.
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
        if body.nested("CustomParameters").is_some() {
            return Err(Error::CustomParametersFixed.into());
        }
        let name = request::name_of(key, body)?;
        let credential = credential(body)?;
        draft.state.oauth2_client_credentials.get(name)?;
        draft.state.oauth2_client_credentials.deploy(name.to_owned().into(), credential, request::stamp(cx));
        Ok(Answer::Empty(StatusCode::ACCEPTED))
    }

    fn delete(&self, _cx: &Context<'_>, draft: &mut Draft<'_, State>, key: &Key) -> Result<Answer, Refusal> {
        draft.state.oauth2_client_credentials.remove(key.text("Name"))?;
        Ok(Answer::Empty(StatusCode::ACCEPTED))
    }
}

fn credential(body: &Body) -> Result<OAuth2ClientCredential, Error> {
    let or_empty = |name| text(body, name).unwrap_or_default();
    let credential = OAuth2ClientCredential {
        description: text(body, "Description"),
        token_service_url: or_empty("TokenServiceUrl"),
        client_id: or_empty("ClientId"),
        client_secret: Secret::new(or_empty("ClientSecret")),
        client_authentication: text(body, "ClientAuthentication"),
        scope: or_empty("Scope"),
        scope_content_type: text(body, "ScopeContentType").unwrap_or(Text::Static(OAuth2ClientCredential::URL_ENCODED)),
        resource: or_empty("Resource"),
        audience: or_empty("Audience"),
        custom_parameters: body
            .nested("CustomParameters")
            .unwrap_or_default()
            .iter()
            .map(custom_parameters::parameter)
            .collect(),
    };
    credential.check()?;
    Ok(credential)
}

fn entity(cx: &Context<'_>, state: &State, artifact: &Artifact<OAuth2ClientCredential>) -> Entity {
    let credential = &artifact.content;
    let values = vec![
        (&artifact.name).into(),
        Value::text(credential.description.as_ref()),
        (&credential.token_service_url).into(),
        (&credential.client_id).into(),
        Value::Null,
        Value::text(credential.client_authentication.as_ref()),
        (&credential.scope).into(),
        (&credential.scope_content_type).into(),
        (&credential.resource).into(),
        (&credential.audience).into(),
        descriptor::value(cx, state, "CREDENTIALS", &artifact.deployed),
    ];
    Entity::new(&OAUTH2_CLIENT_CREDENTIALS, values)
}
