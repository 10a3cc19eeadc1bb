//! `APIProviders`, as far as they use stores: `sslInfo` names a key store, an alias in it and a trust store. Everything
//! is kept and given back as it was sent; whether the stores exist is not checked.

use super::edm::API_PROVIDERS;
use super::error::Error;
use super::state::{Provider, ProviderName, State};
use super::{life_cycle, roles};
use crate::contract::{Caller, Refusal};
use crate::odata::edm::Set;
use crate::odata::{self, Answer, Context, Dialect, Entity, EntitySet, Entry, Key, Rows, Value, Verb};
use crate::store::Draft;

/// The entity set.
pub struct Providers;

impl EntitySet<State> for Providers {
    fn set(&self) -> &'static Set {
        &API_PROVIDERS
    }

    fn authorise(&self, _dialect: &Dialect, caller: &Caller, verb: Verb) -> Result<(), Refusal> {
        roles::portal_entity(caller, verb)
    }

    fn list<'a>(&self, _cx: &'a Context<'a>, state: &'a State) -> Result<Rows<'a>, Refusal> {
        Ok(Box::new(state.providers.values().map(|provider| entity(provider))))
    }

    fn read(&self, _cx: &Context<'_>, state: &State, key: &Key) -> Result<Entity, Refusal> {
        state
            .provider(key.text("name"))
            .map(|provider| entity(provider))
            .map_err(|_| odata::Error::EntityNotFound.into())
    }

    fn create(&self, cx: &Context<'_>, draft: &mut Draft<'_, State>, entry: &Entry) -> Result<Answer, Refusal> {
        let name = entry.text("name").and_then(ProviderName::parse).ok_or(Error::KeyMissing { property: "name" })?;
        let mentioned = |property: &str| entry.value(property).cloned();
        let provider = draft.state.create_provider(name, &mentioned, &life_cycle::author(cx))?;
        Ok(Answer::Created(entity(&provider)))
    }

    fn update(
        &self,
        cx: &Context<'_>,
        draft: &mut Draft<'_, State>,
        key: &Key,
        entry: &Entry,
        merge: bool,
    ) -> Result<Answer, Refusal> {
        let mentioned = |property: &str| entry.value(property).cloned();
        draft.state.update_provider(key.text("name"), &mentioned, merge, &life_cycle::author(cx))?;
        Ok(Answer::NoContent)
    }

    fn delete(&self, _cx: &Context<'_>, draft: &mut Draft<'_, State>, key: &Key) -> Result<Answer, Refusal> {
        draft.state.delete_provider(key.text("name"))?;
        Ok(Answer::NoContent)
    }
}

/// What was sent, with the server's own two properties in their places.
fn entity(provider: &Provider) -> Entity {
    let sent = provider.values.iter().zip(API_PROVIDERS.entity_type.properties);
    let values = sent.map(|(value, property)| match property.name {
        "name" => Value::from(provider.name.text()),
        "life_cycle" => life_cycle::value(&provider.history),
        _ => value.clone(),
    });
    Entity::new(&API_PROVIDERS, values.collect())
}
