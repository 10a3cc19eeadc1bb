//! Keys (section 8). Material is kept as it was sent.

mod entries;
pub mod package;
pub mod transfer;

use std::borrow::Cow;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use super::access::project_of;
use super::answer;
use super::behaviour::Dialect;
use super::call::Call;
use super::derived_jwks::OnUpdate;
use super::error::Error;
use super::kind::{self, Kind};
use super::state::{Algorithm, Collection, Key, KeyEntry, KeyType, State, new_id};
use super::values::{given, listed, unknown};
use crate::http::Response;
use crate::store::{Draft, Text};
use entries::{EntryBody, check_entries, read_entries, retyped};

impl Kind for Key {
    const NAME: &'static str = "Key";
    const PARAMETER: &'static str = "keyName";

    fn collection(state: &State) -> &Collection<Self> {
        &state.keys
    }

    fn put(self, state: &mut State) -> Result<(), Error> {
        state.keys.put(self);
        Ok(())
    }

    fn remove(&self, state: &mut State) {
        state.keys.remove(&self.id);
    }

    fn environments(&self, _: &State) -> Vec<Text> {
        self.entries.environments().cloned().collect()
    }

    fn not_found(name: String) -> Error {
        Error::KeyNotFound { name }
    }

    fn json(&self, state: &State, call: &Call<'_>) -> Cow<'_, RawValue> {
        let dialect = call.dialect();
        let mut members = kind::head(self, &self.description, state, dialect);
        let key_type = match dialect {
            Dialect::G1 => self.key_type,
            Dialect::G2 => self.second_generation_type(),
        };
        members.insert("keyType".to_owned(), json!(key_type.name()));
        if dialect == Dialect::G2 {
            members.insert("algorithm".to_owned(), json!(self.algorithm.map(Algorithm::name)));
        }
        let entries = self.entries.iter().map(|entry| entry_json(dialect, entry)).collect();
        members.insert("cryptoKeyInfoEnvironmentList".to_owned(), Value::Array(entries));
        answer::raw(&members)
    }
}

/// The body of create and update, in the words of both generations.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Body {
    name: Option<String>,
    description: Option<String>,
    key_type: Option<String>,
    algorithm: Option<String>,
    crypto_key_info_environment_list: Option<Vec<EntryBody>>,
}

/// Stores a new key.
pub fn create(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let body: Body = call.json()?;
    let name = given(body.name.as_deref()).ok_or(Error::KeyNameEmpty)?;
    let key_type = key_type(call.dialect(), body.key_type.as_deref().unwrap_or_default())?;
    let algorithm = algorithm(key_type, body.algorithm.as_deref(), None)?;
    let bodies = body.crypto_key_info_environment_list.as_deref().unwrap_or_default();
    check_entries(call.dialect(), bodies)?;
    if kind::is_taken::<Key>(draft.state, call.project(), name) {
        return Err(Error::KeyExists { name: name.to_owned() });
    }
    let project = Arc::clone(project_of(draft.state, call)?);
    let entries = read_entries(draft.state, call, &project, key_type, bodies)?;
    let key = Key {
        id: new_id(&mut draft.effects),
        project: project.name.clone(),
        name: name.to_owned().into(),
        description: body.description.unwrap_or_default().into(),
        key_type,
        algorithm,
        entries,
    };
    kind::store(draft, call, key)
}

/// Changes a key: what the body does not have stays, a list of entries replaces the whole list.
pub fn update(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let body: Body = call.json()?;
    if body.name.as_ref().is_some_and(|name| name.trim().is_empty()) {
        return Err(Error::KeyNameEmpty);
    }
    let named_type = body.key_type.as_deref().map(|name| key_type(call.dialect(), name)).transpose()?;
    if let Some(bodies) = &body.crypto_key_info_environment_list {
        check_entries(call.dialect(), bodies)?;
    }
    let derived = OnUpdate::of(call)?;
    let old = Arc::clone(kind::found::<Key>(draft.state, call)?);
    let key_type = named_type.unwrap_or(old.key_type);
    let algorithm = algorithm(key_type, body.algorithm.as_deref(), old.algorithm)?;
    let name = kind::renamed(draft.state, &*old, body.name, |name| Error::KeyNameTaken { name })?;
    let project = Arc::clone(project_of(draft.state, call)?);
    let entries = match &body.crypto_key_info_environment_list {
        Some(bodies) => read_entries(draft.state, call, &project, key_type, bodies)?,
        None if key_type != old.key_type => retyped(call, key_type, &old.entries)?,
        None => old.entries.clone(),
    };
    let description = body.description.map_or_else(|| old.description.clone(), Text::from);
    let new = Key { name, description, key_type, algorithm, entries, ..Key::clone(&old) };
    let response = kind::store(draft, call, new)?;
    derived.apply(draft.state, &old.id, &old.project)?;
    Ok(response)
}

/// A type by its name. The names of the first generation are understood in both, and listed in the first only.
pub fn key_type(dialect: Dialect, name: &str) -> Result<KeyType, Error> {
    KeyType::from_name(name).ok_or_else(|| match dialect {
        Dialect::G1 => unknown("keyType", name, KeyType::ALL.map(KeyType::name)),
        Dialect::G2 => unknown("keyType", name, KeyType::SECOND_GENERATION.map(KeyType::name)),
    })
}

/// The algorithm of a secret key: the one sent, or the one that the key had. Other keys have none.
pub fn algorithm(key_type: KeyType, sent: Option<&str>, stored: Option<Algorithm>) -> Result<Option<Algorithm>, Error> {
    if matches!(key_type, KeyType::Rsa | KeyType::Ec) {
        return Ok(None);
    }
    let names = Algorithm::ALL.map(Algorithm::name);
    let read = |name: &str| Algorithm::from_name(name).ok_or_else(|| unknown("algorithm", name, names));
    let algorithm = given(sent).map(read).transpose()?.or(stored);
    if key_type != KeyType::Secret {
        return Ok(None);
    }
    algorithm.map(Some).ok_or_else(|| Error::KeyAlgorithmRequired { supported: listed(names) })
}

/// The first generation gives material back, the second never does.
fn entry_json(dialect: Dialect, entry: &KeyEntry) -> Value {
    if dialect == Dialect::G2 {
        return json!({ "environmentName": &*entry.environment, "alias": entry.alias.as_deref(), "source": null });
    }
    let mut members = Map::new();
    members.insert("environmentName".to_owned(), json!(&*entry.environment));
    for (name, text) in
        [("publicKey", &entry.public_key), ("privateKey", &entry.private_key), ("content", &entry.secret)]
    {
        if let Some(text) = text {
            members.insert(name.to_owned(), json!(&**text));
        }
    }
    Value::Object(members)
}
