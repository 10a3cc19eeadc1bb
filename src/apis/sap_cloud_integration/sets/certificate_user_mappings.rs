//! `CertificateUserMappings` (Neo only): which user a client certificate stands for.

use crate::apis::sap_cloud_integration::behaviour::Landscape;
use crate::apis::sap_cloud_integration::edm;
use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::request::{self, binary, present};
use crate::apis::sap_cloud_integration::state::{Mapping, State};
use crate::contract::Refusal;
use crate::odata::edm::Set;
use crate::odata::{self, Answer, Context, Entity, EntitySet, Entry as Body, Key, Rows, Value};
use crate::pki::certificate_factory;
use crate::store::Draft;

/// Most bytes of a certificate: the property's length.
const CERTIFICATE_LIMIT: usize = 8192;

/// Certificate-to-user mappings.
pub struct CertificateUserMappings;

impl EntitySet<State> for CertificateUserMappings {
    fn set(&self) -> &'static Set {
        &edm::CERTIFICATE_USER_MAPPINGS
    }

    fn is_listed(&self, state: &State) -> bool {
        state.behaviour.landscape == Landscape::Neo
    }

    fn list<'a>(&self, _cx: &'a Context<'a>, state: &'a State) -> Result<Rows<'a>, Refusal> {
        Ok(Box::new(state.mappings.values().map(|mapping| entity(mapping))))
    }

    fn read(&self, _cx: &Context<'_>, state: &State, key: &Key) -> Result<Entity, Refusal> {
        let mapping = state.mappings.get(key.text("Id")).ok_or(Error::MappingNotFound)?;
        Ok(entity(mapping))
    }

    /// The same certificate again changes its user.
    fn create(&self, cx: &Context<'_>, draft: &mut Draft<'_, State>, body: &Body) -> Result<Answer, Refusal> {
        let user = present(body, "User").ok_or(Error::UserEmpty)?;
        let content = binary(body, "Certificate");
        if content.len() > CERTIFICATE_LIMIT {
            let error = odata::Error::BodyValueInvalid { property: "Certificate", reason: "it is too long".to_owned() };
            return Err(error.into());
        }
        let certificate = certificate_factory::certificate(&content)
            .map_err(|error| Error::MappingNotSaved { user: user.to_owned(), reason: error.java_message() })?;
        let mapping = draft.state.map(user, content, certificate, &request::stamp(cx));
        Ok(Answer::Created(entity(&mapping)))
    }

    fn delete(&self, _cx: &Context<'_>, draft: &mut Draft<'_, State>, key: &Key) -> Result<Answer, Refusal> {
        draft.state.mappings.remove(key.text("Id")).ok_or(Error::MappingNotFound)?;
        Ok(Answer::NoContent)
    }
}

fn entity(mapping: &Mapping) -> Entity {
    let values = vec![
        (&mapping.id).into(),
        (&mapping.user).into(),
        Value::Binary(mapping.content.clone()),
        (&mapping.modified.by).into(),
        Value::DateTime(mapping.modified.at),
        (&mapping.created.by).into(),
        Value::DateTime(mapping.created.at),
        Value::Int64(mapping.certificate.not_after().saturating_mul(1000)),
    ];
    Entity::new(&edm::CERTIFICATE_USER_MAPPINGS, values)
}
