//! The two families: their sets, what their properties are called, and how maps and values are shown.

use crate::apis::sap_api_management::behaviour::EncryptedValues;
use crate::apis::sap_api_management::error::Error;
use crate::apis::sap_api_management::state::{KeyValue, KeyValueMap, KeyValueMaps, MapKey, State};
use crate::apis::sap_api_management::{edm, life_cycle};
use crate::odata::edm::Set;
use crate::odata::{Entity, Entry, Key, Value};
use crate::store::{Secret, Text};

/// A family.
pub struct Family {
    /// The set of its maps.
    pub maps: &'static Set,
    /// The set of their values.
    pub values: &'static Set,
    /// The property of a value that names its map.
    pub map_name: &'static str,
    /// The property of a map that says whether its values are secrets.
    pub encrypted: &'static str,
    /// The way from a map to its values.
    pub to_values: &'static str,
    /// Properties of the key beside the names: scope, and what it is about.
    pub scoped: bool,
    /// Its maps.
    pub kept_in: fn(&State) -> &KeyValueMaps,
    /// Its maps, to change.
    pub kept_in_mut: fn(&mut State) -> &mut KeyValueMaps,
}

/// `KeyMapEntries` and `KeyMapEntryValues`.
pub static CLASSIC: Family = Family {
    maps: &edm::KEY_MAP_ENTRIES,
    values: &edm::KEY_MAP_ENTRY_VALUES,
    map_name: "map_name",
    encrypted: "encrypted",
    to_values: "keyMapEntryValues",
    scoped: false,
    kept_in: |state| &state.key_value_maps,
    kept_in_mut: |state| &mut state.key_value_maps,
};

/// `GenericKeyMapEntries` and `GenericKeyMapEntryValues`.
pub static GENERIC: Family = Family {
    maps: &edm::GENERIC_KEY_MAP_ENTRIES,
    values: &edm::GENERIC_KEY_MAP_ENTRY_VALUES,
    map_name: "mapName",
    encrypted: "isEncrypted",
    to_values: "genericKeyMapEntryValues",
    scoped: true,
    kept_in: |state| &state.generic_key_value_maps,
    kept_in_mut: |state| &mut state.generic_key_value_maps,
};

impl Family {
    /// The map that a key of the set of maps means.
    pub fn map_of(&self, key: &Key) -> MapKey {
        self.key(|name| key.text(name).to_owned(), "name")
    }

    /// The map of the value that a key of the set of values means.
    pub fn map_of_value(&self, key: &Key) -> MapKey {
        self.key(|name| key.text(name).to_owned(), self.map_name)
    }

    /// The key that a body gives a map, or the map of a value. Its parts may not be empty.
    pub fn map_in(&self, body: &Entry, name: &'static str) -> Result<MapKey, Error> {
        let parts: &[&'static str] = if self.scoped { &["scope", "scopeId"] } else { &[] };
        let missing = |part: &&&'static str| body.text(part).is_none_or(str::is_empty);
        match [&name].into_iter().chain(parts).find(missing) {
            Some(property) => Err(Error::KeyMissing { property }),
            None => Ok(self.key(|name| body.text(name).unwrap_or_default().to_owned(), name)),
        }
    }

    fn key(&self, text: impl Fn(&str) -> String, name: &str) -> MapKey {
        let scoped = |name| if self.scoped { text(name).into() } else { Text::default() };
        MapKey { name: text(name).into(), scope: scoped("scope"), scope_id: scoped("scopeId") }
    }

    /// Refuses a body that names another map, or another value, than its address or its surroundings.
    pub fn check_key(&self, body: &Entry, map: &MapKey, value: Option<&str>) -> Result<(), Error> {
        let agrees = |property: &str, expected: &str| body.text(property).is_none_or(|text| text == expected);
        let scope = !self.scoped || (agrees("scope", &map.scope) && agrees("scopeId", &map.scope_id));
        if agrees(self.map_name, &map.name) && scope && value.is_none_or(|value| agrees("name", value)) {
            return Ok(());
        }
        Err(Error::MapKeyChanges)
    }

    /// A map as an answer shows it.
    pub fn map(&self, map: &KeyValueMap) -> Entity {
        let history = life_cycle::value(&map.history);
        let name = Value::from(&map.key.name);
        let values = if self.scoped {
            vec![name, (&map.key.scope).into(), (&map.key.scope_id).into(), map.encrypted.into(), history]
        } else {
            vec![name, map.encrypted.into(), Value::text(map.scope.as_ref()), history]
        };
        Entity::new(self.maps, values)
    }

    /// A value as an answer shows it: that of an encrypted map is hidden.
    pub fn value(&self, shown: EncryptedValues, map: &KeyValueMap, value: &KeyValue) -> Entity {
        let hidden = map.encrypted && shown != EncryptedValues::Plain;
        let content = match &value.value {
            Some(_) if hidden && shown == EncryptedValues::Masked => "*****".into(),
            Some(secret) if !hidden => Value::String(secret.reveal().to_owned().into()),
            _ => Value::Null,
        };
        let mut values = vec![(&map.key.name).into(), (&value.name).into()];
        if self.scoped {
            values.extend([Value::from(&map.key.scope), Value::from(&map.key.scope_id)]);
        }
        values.extend([content, life_cycle::value(&value.history)]);
        Entity::new(self.values, values)
    }
}

/// What a body says of a value.
pub fn content(body: &Entry) -> Option<Secret> {
    body.text("value").map(|text| Secret::new(text.to_owned()))
}
