//! `KeyMapEntries` and `GenericKeyMapEntries`: maps, made with their values or without, read and deleted.

use super::family::{Family, content};
use crate::apis::sap_api_management::error::Error;
use crate::apis::sap_api_management::state::{History, KeyValueMap, State};
use crate::apis::sap_api_management::{life_cycle, roles};
use crate::contract::{Caller, Refusal};
use crate::odata::edm::{Navigation, Set};
use crate::odata::{self, Answer, Context, Dialect, Entity, EntitySet, Entry, Key, Related, Rows, Value, Verb};
use crate::store::{Draft, Text};

/// The maps of a family.
pub struct Maps(pub &'static Family);

impl EntitySet<State> for Maps {
    fn set(&self) -> &'static Set {
        self.0.maps
    }

    fn authorise(&self, _dialect: &Dialect, caller: &Caller, verb: Verb) -> Result<(), Refusal> {
        roles::portal_entity(caller, verb)
    }

    fn list<'a>(&self, _cx: &'a Context<'a>, state: &'a State) -> Result<Rows<'a>, Refusal> {
        let family = self.0;
        Ok(Box::new((family.kept_in)(state).iter().map(|map| family.map(map))))
    }

    fn read(&self, _cx: &Context<'_>, state: &State, key: &Key) -> Result<Entity, Refusal> {
        let found = (self.0.kept_in)(state).get(&self.0.map_of(key));
        Ok(self.0.map(found.map_err(|_| odata::Error::EntityNotFound)?))
    }

    fn navigate<'a>(
        &self,
        _cx: &'a Context<'a>,
        state: &'a State,
        key: &Key,
        _to: &'static Navigation,
    ) -> Result<Related<'a>, Refusal> {
        let (family, shown) = (self.0, state.behaviour.encrypted_values);
        let map = (family.kept_in)(state).get(&family.map_of(key)).map_err(|_| odata::Error::EntityNotFound)?;
        Ok(Related::Many(Box::new(map.values.values().map(move |value| family.value(shown, map, value)))))
    }

    /// A map with its values, or nothing.
    fn create(&self, cx: &Context<'_>, draft: &mut Draft<'_, State>, entry: &Entry) -> Result<Answer, Refusal> {
        let (family, author) = (self.0, life_cycle::author(cx));
        let key = family.map_in(entry, "name")?;
        let scope = entry.text("scope").filter(|_| !family.scoped).map(|scope| Text::from(scope.to_owned()));
        let encrypted = entry.value(family.encrypted) == Some(&Value::Boolean(true));
        let mut map = KeyValueMap::new(key, scope, encrypted, History::begin(&author));
        for value in entry.nested(family.to_values).unwrap_or_default() {
            family.check_key(value, &map.key, None)?;
            let name = value.text("name").filter(|name| !name.is_empty());
            let name = name.ok_or(Error::KeyMissing { property: "name" })?;
            map.add(name, content(value), History::begin(&author))?;
        }
        let map = (family.kept_in_mut)(draft.state).add(map)?;
        Ok(Answer::Created(family.map(&map)))
    }

    fn create_related(
        &self,
        cx: &Context<'_>,
        draft: &mut Draft<'_, State>,
        key: &Key,
        _to: &'static Navigation,
        entry: &Entry,
    ) -> Result<Answer, Refusal> {
        let map = self.0.map_of(key);
        self.0.check_key(entry, &map, None)?;
        super::values::add(self.0, cx, draft.state, &map, entry)
    }

    fn delete(&self, _cx: &Context<'_>, draft: &mut Draft<'_, State>, key: &Key) -> Result<Answer, Refusal> {
        (self.0.kept_in_mut)(draft.state).remove(&self.0.map_of(key))?;
        Ok(Answer::NoContent)
    }
}
