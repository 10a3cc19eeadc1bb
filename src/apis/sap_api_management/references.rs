//! `CertificateStoreReferences`: pages ddc5fdf (create), e2a9ec4 (update), 4f3d168 (list), bd809db (delete).

use super::behaviour::{Permission, SingleGet};
use super::edm::CERTIFICATE_STORE_REFERENCES;
use super::error::Error;
use super::state::{Reference, ReferenceName, Repoint, State};
use super::{life_cycle, roles};
use crate::contract::{Caller, Refusal};
use crate::odata::edm::Set;
use crate::odata::{
    self, Answer, Context, Dialect, Entity, EntitySet, Entry, Kept, Key, Memo, Rows, Value, Verb, kept_rows,
};
use crate::store::Draft;

/// The entity set.
pub struct References;

impl EntitySet<State> for References {
    fn set(&self) -> &'static Set {
        &CERTIFICATE_STORE_REFERENCES
    }

    fn authorise(&self, _dialect: &Dialect, caller: &Caller, verb: Verb) -> Result<(), Refusal> {
        roles::portal_entity(caller, verb)
    }

    fn list<'a>(&self, _cx: &'a Context<'a>, state: &'a State) -> Result<Rows<'a>, Refusal> {
        Ok(Box::new(state.references.values().map(|reference| entity(reference))))
    }

    fn kept<'a>(&self, _cx: &Context<'_>, state: &'a State) -> Option<Kept<'a>> {
        let rows = kept_rows(state.references.values(), |reference| &reference.memo, |reference| entity(reference));
        Some(Kept { feed: state.references.kept(), rows })
    }

    fn memo_of<'a>(&self, _cx: &Context<'_>, state: &'a State, key: &Key) -> Option<&'a Memo> {
        state.reference(key.text("name")).ok().map(|reference| &reference.memo)
    }

    fn read(&self, _cx: &Context<'_>, state: &State, key: &Key) -> Result<Entity, Refusal> {
        match (state.reference(key.text("name")), state.behaviour.single_get) {
            (Ok(reference), _) => Ok(entity(reference)),
            (Err(_), SingleGet::NotFound) => Err(odata::Error::EntityNotFound.into()),
            (Err(error), SingleGet::BadRequest) => Err(error.into()),
        }
    }

    fn create(&self, cx: &Context<'_>, draft: &mut Draft<'_, State>, entry: &Entry) -> Result<Answer, Refusal> {
        let name = entry.text("name").and_then(ReferenceName::parse).ok_or(Error::KeyMissing { property: "name" })?;
        let store = entry.text("certificateStoreName");
        let reference = draft.state.create_reference(name, store, &life_cycle::author(cx))?;
        Ok(Answer::Created(entity(&reference)))
    }

    fn update(
        &self,
        cx: &Context<'_>,
        draft: &mut Draft<'_, State>,
        key: &Key,
        entry: &Entry,
        merge: bool,
    ) -> Result<Answer, Refusal> {
        if merge && draft.state.behaviour.merge == Permission::Refused {
            return Err(cx.dialect.not_implemented(Verb::Update, self.set()));
        }
        let repoint = match entry.value("certificateStoreName") {
            None if merge => Repoint::Keep,
            _ => Repoint::To(entry.text("certificateStoreName")),
        };
        draft.state.repoint_reference(key.text("name"), repoint, &life_cycle::author(cx))?;
        Ok(Answer::NoContent)
    }

    fn delete(&self, _cx: &Context<'_>, draft: &mut Draft<'_, State>, key: &Key) -> Result<Answer, Refusal> {
        draft.state.delete_reference(key.text("name"))?;
        Ok(Answer::NoContent)
    }
}

fn entity(reference: &Reference) -> Entity {
    Entity::new(
        &CERTIFICATE_STORE_REFERENCES,
        vec![
            Value::from(reference.store.text()),
            life_cycle::value(&reference.history),
            Value::from(reference.name.text()),
            Value::from(reference.store_type.name()),
        ],
    )
}
