//! `CertificateStores`: known from `$metadata` and from the Business Accelerator Hub's wording "create and view".

use super::certificates;
use super::edm::{CERTIFICATE_STORES, CONTENTS};
use super::error::Error;
use super::state::{CertificateStore, State, StoreName, Upload};
use super::{entities, life_cycle, roles};
use crate::contract::{Caller, Refusal};
use crate::odata::edm::{Navigation, Set};
use crate::odata::{self, Answer, Context, Dialect, Entity, EntitySet, Entry, Key, Related, Rows, Verb};
use crate::store::Draft;

/// The entity set.
pub struct Stores;

impl EntitySet<State> for Stores {
    fn set(&self) -> &'static Set {
        &CERTIFICATE_STORES
    }

    fn authorise(&self, _dialect: &Dialect, caller: &Caller, verb: Verb) -> Result<(), Refusal> {
        roles::portal_entity(caller, verb)
    }

    fn list<'a>(&self, _cx: &'a Context<'a>, state: &'a State) -> Result<Rows<'a>, Refusal> {
        Ok(Box::new(state.stores.values().map(|store| entities::store(store))))
    }

    fn read(&self, _cx: &Context<'_>, state: &State, key: &Key) -> Result<Entity, Refusal> {
        Ok(entities::store(existing(state, key)?))
    }

    fn navigate<'a>(
        &self,
        cx: &'a Context<'a>,
        state: &'a State,
        key: &Key,
        _to: &'static Navigation,
    ) -> Result<Related<'a>, Refusal> {
        let store = existing(state, key)?;
        let contents = store.certificates.values();
        Ok(Related::Many(Box::new(
            contents.map(|certificate| entities::certificate(state, store, certificate, cx.now)),
        )))
    }

    /// A store without contents, or with its first ones in the same body.
    fn create(&self, cx: &Context<'_>, draft: &mut Draft<'_, State>, entry: &Entry) -> Result<Answer, Refusal> {
        roles::check_writable(self.set(), cx, draft.state, Verb::Create)?;
        let name = entry.text("name").and_then(StoreName::parse).ok_or(Error::KeyMissing { property: "name" })?;
        let contents: Vec<Upload> =
            entry.nested(CONTENTS).unwrap_or_default().iter().map(certificates::upload).collect();
        let store = draft.state.create_store(&name, entry.text("storeType"), contents, &life_cycle::author(cx))?;
        Ok(Answer::Created(entities::store(&store)))
    }

    /// The address names the store, whatever the body says.
    fn create_related(
        &self,
        cx: &Context<'_>,
        draft: &mut Draft<'_, State>,
        key: &Key,
        _to: &'static Navigation,
        entry: &Entry,
    ) -> Result<Answer, Refusal> {
        roles::check_writable(self.set(), cx, draft.state, Verb::Create)?;
        let name = existing(draft.state, key)?.name.clone();
        certificates::create_in(cx, draft, &name, entry)
    }

    fn delete(&self, cx: &Context<'_>, draft: &mut Draft<'_, State>, key: &Key) -> Result<Answer, Refusal> {
        roles::check_writable(self.set(), cx, draft.state, Verb::Delete)?;
        draft.state.delete_store(key.text("name"))?;
        Ok(Answer::NoContent)
    }
}

fn existing<'s>(state: &'s State, key: &Key) -> Result<&'s CertificateStore, Refusal> {
    state.stores.get(key.text("name")).map(|store| &**store).ok_or_else(|| odata::Error::EntityNotFound.into())
}
