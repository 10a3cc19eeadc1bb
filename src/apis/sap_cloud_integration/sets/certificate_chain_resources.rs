//! `CertificateChainResources`: import of a CA's reply to a signing request.

use std::sync::Arc;

use super::key_pair_resources::RESOURCE_LIMIT;
use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::request::{alias, refuse_if_longer};
use crate::apis::sap_cloud_integration::state::{Content, Entry, State, StoreName};
use crate::apis::sap_cloud_integration::{edm, entities, request, trust};
use crate::contract::Refusal;
use crate::odata::edm::Set;
use crate::odata::{Answer, Context, EntitySet, Key};
use crate::pki::{Certificate, PrivateKey, build_chain, bundle};
use crate::store::{Draft, sort_by};

/// CA replies.
pub struct CertificateChainResources;

impl EntitySet<State> for CertificateChainResources {
    fn set(&self) -> &'static Set {
        &edm::CERTIFICATE_CHAIN_RESOURCES
    }

    fn put_media(
        &self,
        cx: &Context<'_>,
        draft: &mut Draft<'_, State>,
        key: &Key,
        media: &[u8],
    ) -> Result<Answer, Refusal> {
        let alias = alias(key)?;
        refuse_if_longer(media, RESOURCE_LIMIT)?;
        alias.refuse_reserved()?;
        let entry = draft.state.entry(StoreName::System, &alias)?;
        entry.refuse_if_sap_owned()?;
        let key = private_key(entry)?;
        let chain = chain(media, &key)?;
        if let Some(top) = chain.last() {
            trust::check(cx, draft.state, &alias, top, &[])?;
        }
        draft.state.store(alias, reply(key, &chain)?, &request::writer(cx))?;
        Ok(entities::after_write(cx, draft.state))
    }
}

fn private_key(entry: &Entry) -> Result<PrivateKey, Error> {
    let key = entry.content.key().cloned();
    key.ok_or_else(|| Error::NotAKeyPair { alias: entry.alias.to_string() })
}

/// The certificates of the body in order, from that of the key on. They may come in any order, without the root, and
/// in any of the formats whatever the media type says; one that has no place in the chain fails it.
fn chain(body: &[u8], key: &PrivateKey) -> Result<Vec<Arc<Certificate>>, Error> {
    let mut certificates = bundle::certificates(body).map_err(|_| Error::NotAChain)?;
    sort_by(&mut certificates, |one, other| one.der().cmp(other.der()));
    certificates.dedup();
    if certificates.is_empty() {
        return Err(Error::NotAChain);
    }
    let end_entity = certificates.iter().find(|one| one.public_key() == key.public_key());
    let chain = build_chain(end_entity.ok_or(Error::ReplyKeyDiffers)?, &certificates);
    match certificates.iter().find(|one| !chain.contains(one)) {
        None => Ok(chain),
        Some(stray) => {
            let reason = format!("{} issued none of the other certificates", stray.subject().java_text());
            Err(Error::ChainInvalid { reason })
        }
    }
}

fn reply(key: PrivateKey, chain: &[Arc<Certificate>]) -> Result<Content, Error> {
    Ok(Content::key_pair(key, chain).ok_or(Error::NotAChain)?.with_reply(true))
}
