//! `KeyPairResources`: import of a PKCS#12 file.

use std::sync::Arc;

use crate::apis::sap_cloud_integration::alias::Alias;
use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::request::{binary, refuse_if_longer};
use crate::apis::sap_cloud_integration::state::{Content, State};
use crate::apis::sap_cloud_integration::{edm, entities, request, trust};
use crate::contract::Refusal;
use crate::odata::edm::Set;
use crate::odata::{Answer, Context, EntitySet, Entry as Body};
use crate::pki::{self, Certificate, PrivateKey, pkcs12};
use crate::store::Draft;

/// Most bytes of a key pair, or of a CA's reply.
pub const RESOURCE_LIMIT: usize = 30072;

/// Key pairs to import.
pub struct KeyPairResources;

impl EntitySet<State> for KeyPairResources {
    fn set(&self) -> &'static Set {
        &edm::KEY_PAIR_RESOURCES
    }

    fn create(&self, cx: &Context<'_>, draft: &mut Draft<'_, State>, body: &Body) -> Result<Answer, Refusal> {
        let file = binary(body, "Resource");
        refuse_if_longer(&file, RESOURCE_LIMIT)?;
        let alias = Alias::for_administrator(body.text("Alias").unwrap_or_default().to_owned())?;
        let (key, chain) = key_pair(&file, body.text("Password").unwrap_or_default())?;
        draft.state.admits(&alias, cx.options.is_true("update"))?;
        if let Some(top) = chain.last() {
            trust::check(cx, draft.state, &alias, top, &[])?;
        }
        let content = Content::key_pair(key, &chain).ok_or_else(no_certificate)?;
        draft.state.store(alias, content, &request::writer(cx))?;
        Ok(entities::after_write(cx, draft.state))
    }
}

/// The first key pair of a file, its chain checked; further ones are ignored.
fn key_pair(file: &[u8], password: &str) -> Result<(PrivateKey, Vec<Arc<Certificate>>), Error> {
    if !pkcs12::detect(file) {
        return Err(Error::NotPkcs12);
    }
    let entries = pkcs12::read(file, Some(password)).map_err(|error| match error {
        pki::Error::WrongPassword => Error::WrongPassword,
        _ => Error::NotPkcs12,
    })?;
    let first = entries.into_iter().find_map(|entry| match entry.content {
        pki::Content::KeyPair { key, chain } => Some(Ok((key, chain))),
        pki::Content::LockedKey { reason: pki::Error::WrongPassword, .. } => Some(Err(Error::WrongPassword)),
        pki::Content::LockedKey { reason, .. } => Some(Err(invalid(&reason.to_string()))),
        pki::Content::Certificate(_) | pki::Content::Other => None,
    });
    let (key, chain) = first.unwrap_or_else(|| Err(invalid("the file holds no private key")))?;
    let end_entity = chain.first().ok_or_else(no_certificate)?;
    if end_entity.public_key() != key.public_key() {
        return Err(invalid("the certificate does not belong to the private key"));
    }
    refuse_broken_links(&chain)?;
    Ok((key, chain))
}

/// Refuses a chain of which one certificate was not signed by the next.
fn refuse_broken_links(chain: &[Arc<Certificate>]) -> Result<(), Error> {
    for (certificate, issuer) in chain.iter().zip(chain.iter().skip(1)) {
        let broken =
            |_| invalid(&format!("{} was not issued by the next certificate", certificate.subject().java_text()));
        certificate.verify_issued_by(issuer).map_err(broken)?;
    }
    Ok(())
}

fn no_certificate() -> Error {
    invalid("the private key has no certificate")
}

fn invalid(reason: &str) -> Error {
    Error::ChainInvalid { reason: reason.to_owned() }
}
