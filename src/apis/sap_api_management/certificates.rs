//! `Certificates`: what stores hold. Keys, names and lengths are those of `$metadata`; what is computed on reading, and
//! how it is written, is assumed.

use std::sync::Arc;

use super::edm::CERTIFICATES;
use super::error::Error;
use super::state::{
    Certificate, CertificateName, CertificateStore, Description, Replacement, State, StoreName, Upload,
};
use super::{entities, life_cycle, roles};
use crate::contract::{Caller, Refusal};
use crate::odata::edm::{Navigation, Set};
use crate::odata::{self, Answer, Context, Dialect, Entity, EntitySet, Entry, Key, Related, Rows, Value, Verb};
use crate::store::{Draft, Text};

/// The entity set.
pub struct Certificates;

impl EntitySet<State> for Certificates {
    fn set(&self) -> &'static Set {
        &CERTIFICATES
    }

    fn authorise(&self, _dialect: &Dialect, caller: &Caller, verb: Verb) -> Result<(), Refusal> {
        roles::portal_entity(caller, verb)
    }

    fn list<'a>(&self, cx: &'a Context<'a>, state: &'a State) -> Result<Rows<'a>, Refusal> {
        let in_store = |store: &'a Arc<CertificateStore>| store.certificates.values().map(move |held| (store, held));
        let mut all: Vec<_> = state.stores.values().flat_map(in_store).collect();
        all.sort_by_key(|(store, held)| (&held.name, &store.name));
        Ok(Box::new(all.into_iter().map(|(store, held)| entities::certificate(state, store, held, cx.now))))
    }

    fn read(&self, cx: &Context<'_>, state: &State, key: &Key) -> Result<Entity, Refusal> {
        let (store, certificate) = existing(state, key)?;
        Ok(entities::certificate(state, store, certificate, cx.now))
    }

    fn navigate<'a>(
        &self,
        _cx: &'a Context<'a>,
        state: &'a State,
        key: &Key,
        _to: &'static Navigation,
    ) -> Result<Related<'a>, Refusal> {
        let (store, _) = existing(state, key)?;
        Ok(Related::One(Some(entities::store(store))))
    }

    fn create(&self, cx: &Context<'_>, draft: &mut Draft<'_, State>, entry: &Entry) -> Result<Answer, Refusal> {
        roles::check_writable(self.set(), cx, draft.state, Verb::Create)?;
        let store = entry.text("storeName").and_then(StoreName::parse);
        create_in(cx, draft, &store.ok_or(Error::KeyMissing { property: "storeName" })?, entry)
    }

    fn update(
        &self,
        cx: &Context<'_>,
        draft: &mut Draft<'_, State>,
        key: &Key,
        entry: &Entry,
        merge: bool,
    ) -> Result<Answer, Refusal> {
        roles::check_writable(self.set(), cx, draft.state, Verb::Update)?;
        let replacement = replacement(entry, merge);
        draft.state.replace_certificate(
            key.text("storeName"),
            key.text("name"),
            replacement,
            &life_cycle::author(cx),
        )?;
        Ok(Answer::NoContent)
    }

    fn delete(&self, cx: &Context<'_>, draft: &mut Draft<'_, State>, key: &Key) -> Result<Answer, Refusal> {
        roles::check_writable(self.set(), cx, draft.state, Verb::Delete)?;
        draft.state.delete_certificate(key.text("storeName"), key.text("name"))?;
        Ok(Answer::NoContent)
    }
}

/// Puts the certificate that a body describes into a store.
pub(super) fn create_in(
    cx: &Context<'_>,
    draft: &mut Draft<'_, State>,
    store: &StoreName,
    entry: &Entry,
) -> Result<Answer, Refusal> {
    let certificate = draft.state.upload(store, upload(entry), &life_cycle::author(cx))?;
    let store = draft.state.store(store.as_str())?;
    Ok(Answer::Created(entities::certificate(draft.state, store, &certificate, cx.now)))
}

/// What a body uploads; the store is the caller's business.
pub(super) fn upload(entry: &Entry) -> Upload {
    Upload {
        name: entry.text("name").and_then(CertificateName::parse),
        content: content(entry).unwrap_or_default(),
        password: entry.text("password").map(ToOwned::to_owned),
        description: text(entry, "description"),
        format: text(entry, "format"),
        cs_key: text(entry, "csKey"),
    }
}

fn existing<'s>(state: &'s State, key: &Key) -> Result<(&'s Arc<CertificateStore>, &'s Arc<Certificate>), Refusal> {
    state.certificate(key.text("storeName"), key.text("name")).map_err(|_| odata::Error::EntityNotFound.into())
}

/// An update without content, or with null as a client reads it, leaves the file as it is.
fn replacement(entry: &Entry, merge: bool) -> Replacement {
    let password = entry.text("password").map(ToOwned::to_owned);
    let mentioned = !merge || entry.value("description").is_some();
    Replacement {
        content: content(entry).map(|content| (content, password)),
        description: if mentioned { Description::Becomes(text(entry, "description")) } else { Description::Stays },
    }
}

fn content(entry: &Entry) -> Option<bytes::Bytes> {
    match entry.value("content") {
        Some(Value::Binary(content)) => Some(content.clone()),
        _ => None,
    }
}

fn text(entry: &Entry, property: &str) -> Option<Text> {
    entry.text(property).map(|text| text.to_owned().into())
}
