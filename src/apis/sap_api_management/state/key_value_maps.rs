//! Key value maps: named values for proxies to read, in two families with the same rules. The values of an encrypted map
//! are secrets.

use std::sync::Arc;

use super::{Author, History};
use crate::apis::sap_api_management::error::Error;
use crate::store::{Secret, Table, Text};

/// What tells a map from others: its name; in the generic family its scope and what that is about, too.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct MapKey {
    /// Its name.
    pub name: Text,
    /// Such as `APIPROXY`; empty in the classic family.
    pub scope: Text,
    /// Such as a proxy's name; empty in the classic family.
    pub scope_id: Text,
}

/// A map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyValueMap {
    /// What tells it from others.
    pub key: MapKey,
    /// Where it counts, such as `ENV`: of the classic family, where that is no part of the key.
    pub scope: Option<Text>,
    /// Whether its values are secrets.
    pub encrypted: bool,
    /// Its values by name.
    pub values: Table<Text, Arc<KeyValue>>,
    /// Who made and changed it.
    pub history: History,
}

/// A value of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyValue {
    /// Its name in the map.
    pub name: Text,
    /// The value.
    pub value: Option<Secret>,
    /// Who made and changed it.
    pub history: History,
}

impl KeyValueMap {
    /// A map without values.
    pub fn new(key: MapKey, scope: Option<Text>, encrypted: bool, history: History) -> Self {
        Self { key, scope, encrypted, values: Table::default(), history }
    }

    /// Adds a value.
    ///
    /// # Errors
    /// Its name is in use, or none that a value may have.
    pub fn add(&mut self, name: &str, value: Option<Secret>, history: History) -> Result<(), Error> {
        if name.contains("//") || name.ends_with(' ') {
            return Err(Error::MapKeyInvalid { key: name.to_owned() });
        }
        if self.values.contains(name) {
            return Err(Error::MapValueExists { key: name.to_owned() });
        }
        let name = Text::from(name.to_owned());
        self.values.insert(name.clone(), Arc::new(KeyValue { name, value, history }));
        Ok(())
    }
}

/// The maps of a family.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyValueMaps(Table<MapKey, Arc<KeyValueMap>>);

impl KeyValueMaps {
    /// All maps in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<KeyValueMap>> {
        self.0.values()
    }

    /// The map with this key.
    ///
    /// # Errors
    /// There is none.
    pub fn get(&self, key: &MapKey) -> Result<&Arc<KeyValueMap>, Error> {
        self.0.get(key).ok_or_else(|| Error::NoSuchMap { name: key.name.to_string() })
    }

    /// A value of a map.
    ///
    /// # Errors
    /// There is no such map, or no such value in it.
    pub fn value(&self, map: &MapKey, name: &str) -> Result<(&Arc<KeyValueMap>, &Arc<KeyValue>), Error> {
        let map = self.get(map)?;
        let value = map.values.get(name).ok_or_else(|| Error::NoSuchMapValue { key: name.to_owned() })?;
        Ok((map, value))
    }

    /// Adds a map with its values.
    ///
    /// # Errors
    /// There is one with its key.
    pub fn add(&mut self, map: KeyValueMap) -> Result<Arc<KeyValueMap>, Error> {
        if self.0.contains(&map.key) {
            return Err(Error::MapExists { name: map.key.name.to_string() });
        }
        let map = Arc::new(map);
        self.0.insert(map.key.clone(), map.clone());
        Ok(map)
    }

    /// Removes a map with its values.
    ///
    /// # Errors
    /// There is none with this key.
    pub fn remove(&mut self, key: &MapKey) -> Result<(), Error> {
        self.get(key)?;
        self.0.remove(key);
        Ok(())
    }

    /// Adds a value to a map.
    ///
    /// # Errors
    /// There is no such map; its name is in use, or none that a value may have.
    pub fn add_value(
        &mut self,
        map: &MapKey,
        name: &str,
        value: Option<Secret>,
        author: &Author,
    ) -> Result<Arc<KeyValueMap>, Error> {
        let mut changed = KeyValueMap::clone(self.get(map)?);
        changed.add(name, value, History::begin(author))?;
        let changed = Arc::new(changed);
        self.0.insert(map.clone(), changed.clone());
        Ok(changed)
    }

    /// Gives a name of a map another value.
    ///
    /// # Errors
    /// There is no such map, or no such value in it.
    pub fn change_value(
        &mut self,
        map: &MapKey,
        name: &str,
        value: Option<Secret>,
        author: &Author,
    ) -> Result<(), Error> {
        let (found, present) = self.value(map, name)?;
        let history = present.history.changed(author);
        let mut changed = KeyValueMap::clone(found);
        let name = present.name.clone();
        changed.values.insert(name.clone(), Arc::new(KeyValue { name, value, history }));
        self.0.insert(map.clone(), Arc::new(changed));
        Ok(())
    }

    /// Removes a value from its map.
    ///
    /// # Errors
    /// There is no such map, or no such value in it.
    pub fn remove_value(&mut self, map: &MapKey, name: &str) -> Result<(), Error> {
        let mut changed = KeyValueMap::clone(self.value(map, name)?.0);
        changed.values.remove(name);
        self.0.insert(map.clone(), Arc::new(changed));
        Ok(())
    }
}
