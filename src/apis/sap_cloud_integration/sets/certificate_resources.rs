//! `CertificateResources`: import and update of a certificate (import-and-update-certificate-be3a0b9).

use std::sync::Arc;

use crate::apis::sap_cloud_integration::alias::Alias;
use crate::apis::sap_cloud_integration::behaviour::ExistsMessage;
use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::request::{alias, refuse_if_longer};
use crate::apis::sap_cloud_integration::state::{Content, State};
use crate::apis::sap_cloud_integration::{edm, entities, request, trust};
use crate::contract::Refusal;
use crate::odata::edm::Set;
use crate::odata::{Answer, Context, EntitySet, Key};
use crate::pki::{self, Certificate, Unreadable, certificate_factory};
use crate::store::Draft;

/// Most bytes of a certificate.
const BODY_LIMIT: usize = 10240;

/// Certificates to import.
pub struct CertificateResources;

impl EntitySet<State> for CertificateResources {
    fn set(&self) -> &'static Set {
        &edm::CERTIFICATE_RESOURCES
    }

    /// The order of the checks is that of the answers seen on tenants: an alias in use is told before a missing trust
    /// path.
    fn put_media(
        &self,
        cx: &Context<'_>,
        draft: &mut Draft<'_, State>,
        key: &Key,
        media: &[u8],
    ) -> Result<Answer, Refusal> {
        let alias = alias(key)?;
        refuse_if_longer(media, BODY_LIMIT)?;
        let alias = Alias::for_administrator(alias.text())?;
        let certificate = read(media)?;
        admit(draft.state, &alias, cx.options.is_true("update"))?;
        trust::check(cx, draft.state, &alias, &certificate, &[])?;
        draft.state.store(alias, Content::Certificate(certificate), &request::writer(cx))?;
        Ok(entities::after_write(cx, draft.state))
    }
}

fn admit(state: &State, alias: &Alias, update: bool) -> Result<(), Error> {
    state.admits(alias, update).map_err(|error| match (error, state.behaviour.exists_message) {
        (Error::AliasExists { alias }, ExistsMessage::Tenant) => Error::EntryExists { alias },
        (error, _) => error,
    })?;
    match state.system.get(alias) {
        Some(present) if present.content.is_key_pair() => Err(Error::KeyPairStays),
        _ => Ok(()),
    }
}

/// One certificate in DER, PEM or base64. What is in none of the formats is of another media type; what is, and is no
/// certificate that Java can hold, fails validation.
fn read(body: &[u8]) -> Result<Arc<Certificate>, Error> {
    certificate_factory::certificate_or_base64(body).map_err(|error| match error {
        pki::Error::Certificate(Unreadable::EmptyInput) => Error::NotACertificate,
        error => Error::CertificateInvalid { reason: error.java_message() },
    })
}
