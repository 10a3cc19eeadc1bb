//! `KeyMapEntryValues` and `GenericKeyMapEntryValues`: the values of maps. A value changes, its key does not.

use std::sync::Arc;

use super::family::{Family, content};
use crate::apis::sap_api_management::error::Error;
use crate::apis::sap_api_management::state::{KeyValueMap, MapKey, State};
use crate::apis::sap_api_management::{life_cycle, roles};
use crate::contract::{Caller, Refusal};
use crate::odata::edm::{Navigation, Set};
use crate::odata::{self, Answer, Context, Dialect, Entity, EntitySet, Entry, Key, Related, Rows, Verb};
use crate::store::Draft;

/// The values of a family's maps.
pub struct Values(pub &'static Family);

impl EntitySet<State> for Values {
    fn set(&self) -> &'static Set {
        self.0.values
    }

    fn authorise(&self, _dialect: &Dialect, caller: &Caller, verb: Verb) -> Result<(), Refusal> {
        roles::portal_entity(caller, verb)
    }

    fn list<'a>(&self, _cx: &'a Context<'a>, state: &'a State) -> Result<Rows<'a>, Refusal> {
        let (family, shown) = (self.0, state.behaviour.encrypted_values);
        let of_map =
            move |map: &'a Arc<KeyValueMap>| map.values.values().map(move |value| family.value(shown, map, value));
        Ok(Box::new((family.kept_in)(state).iter().flat_map(of_map)))
    }

    fn read(&self, _cx: &Context<'_>, state: &State, key: &Key) -> Result<Entity, Refusal> {
        let found = (self.0.kept_in)(state).value(&self.0.map_of_value(key), key.text("name"));
        let (map, value) = found.map_err(|_| odata::Error::EntityNotFound)?;
        Ok(self.0.value(state.behaviour.encrypted_values, map, value))
    }

    fn navigate<'a>(
        &self,
        _cx: &'a Context<'a>,
        state: &'a State,
        key: &Key,
        _to: &'static Navigation,
    ) -> Result<Related<'a>, Refusal> {
        let found = (self.0.kept_in)(state).value(&self.0.map_of_value(key), key.text("name"));
        let (map, _) = found.map_err(|_| odata::Error::EntityNotFound)?;
        Ok(Related::One(Some(self.0.map(map))))
    }

    fn create(&self, cx: &Context<'_>, draft: &mut Draft<'_, State>, entry: &Entry) -> Result<Answer, Refusal> {
        let map = self.0.map_in(entry, self.0.map_name)?;
        add(self.0, cx, draft.state, &map, entry)
    }

    fn update(
        &self,
        cx: &Context<'_>,
        draft: &mut Draft<'_, State>,
        key: &Key,
        entry: &Entry,
        merge: bool,
    ) -> Result<Answer, Refusal> {
        let (family, map, name) = (self.0, self.0.map_of_value(key), key.text("name"));
        family.check_key(entry, &map, Some(name))?;
        let maps = (family.kept_in_mut)(draft.state);
        maps.value(&map, name)?;
        if !merge || entry.value("value").is_some() {
            maps.change_value(&map, name, content(entry), &life_cycle::author(cx))?;
        }
        Ok(Answer::NoContent)
    }

    fn delete(&self, _cx: &Context<'_>, draft: &mut Draft<'_, State>, key: &Key) -> Result<Answer, Refusal> {
        (self.0.kept_in_mut)(draft.state).remove_value(&self.0.map_of_value(key), key.text("name"))?;
        Ok(Answer::NoContent)
    }
}

/// Adds the value that a body describes to a map.
pub fn add(
    family: &Family,
    cx: &Context<'_>,
    state: &mut State,
    map: &MapKey,
    entry: &Entry,
) -> Result<Answer, Refusal> {
    let name = entry.text("name").filter(|name| !name.is_empty()).ok_or(Error::KeyMissing { property: "name" })?;
    let shown = state.behaviour.encrypted_values;
    let map = (family.kept_in_mut)(state).add_value(map, name, content(entry), &life_cycle::author(cx))?;
    let value = map.values.get(name).ok_or(odata::Error::EntityNotFound)?;
    Ok(Answer::Created(family.value(shown, &map, value)))
}
