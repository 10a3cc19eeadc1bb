//! Keys (section 8). Material is kept as it was sent.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::access::project_of;
use super::behaviour::Dialect;
use super::call::{Call, given, listed, required, unknown};
use super::deployment::{Deployment, check_environments};
use super::error::Error;
use super::follow::{OnDelete, OnUpdate};
use super::key_material::is_readable;
use super::state::{Algorithm, Entries, Key, KeyEntry, KeyType, Project, State, new_id};
use super::wire::{self, Page};
use crate::http::Response;
use crate::store::{Draft, Text};

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

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct EntryBody {
    environment_name: Option<String>,
    public_key: Option<String>,
    private_key: Option<String>,
    content: Option<String>,
    alias: Option<String>,
}

/// Lists the keys of a project; those of all projects for `admin`.
pub fn list(state: &State, call: &Call<'_>) -> Response {
    let keys = state.keys.shown_in(call.project());
    let items = keys.into_iter().map(|key| key_json(state, call.dialect(), key)).collect();
    wire::list(&call.behaviour, Page::Usual, items)
}

/// Reads one key.
pub fn get(state: &State, call: &Call<'_>) -> Result<Response, Error> {
    let item = key_json(state, call.dialect(), found(state, call)?);
    Ok(wire::list(&call.behaviour, Page::Usual, vec![item]))
}

/// Stores a new key.
pub fn create(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let body: Body = call.json()?;
    let name = given(body.name.as_deref()).ok_or(Error::KeyNameEmpty)?;
    let key_type = key_type(call.dialect(), body.key_type.as_deref().unwrap_or_default())?;
    let algorithm = algorithm(key_type, body.algorithm.as_deref(), None)?;
    let bodies = body.crypto_key_info_environment_list.as_deref().unwrap_or_default();
    check_entries(call.dialect(), bodies)?;
    if draft.state.keys.find(call.project(), name).is_some() {
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
    Ok(store(draft, call, key))
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
    let action = OnUpdate::of(call)?;
    let old = Arc::clone(found(draft.state, call)?);
    let key_type = named_type.unwrap_or(old.key_type);
    let algorithm = algorithm(key_type, body.algorithm.as_deref(), old.algorithm)?;
    let name = body.name.map_or_else(|| old.name.clone(), Text::from);
    if name != old.name && draft.state.keys.find(&old.project, &name).is_some() {
        return Err(Error::KeyNameTaken { name: name.to_string() });
    }
    let project = Arc::clone(project_of(draft.state, call)?);
    let entries = match &body.crypto_key_info_environment_list {
        Some(bodies) => read_entries(draft.state, call, &project, key_type, bodies)?,
        None if key_type != old.key_type => retyped(call, key_type, &old.entries)?,
        None => old.entries.clone(),
    };
    let description = body.description.map_or_else(|| old.description.clone(), Text::from);
    let new = Key { name, description, key_type, algorithm, entries, ..Key::clone(&old) };
    let response = store(draft, call, new);
    action.apply(draft.state, &old.id, &old.project)?;
    Ok(response)
}

/// Deletes a key.
pub fn delete(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let action = OnDelete::of(call)?;
    let old = Arc::clone(found(draft.state, call)?);
    draft.state.keys.remove(&old.id);
    action.apply(draft.state, &old.id);
    let deployment = Deployment::from(call, draft.state, old.entries.environments());
    Ok(wire::deployed(&call.behaviour, None, &deployment))
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

fn check_entries(dialect: Dialect, bodies: &[EntryBody]) -> Result<(), Error> {
    if bodies.is_empty() {
        return Err(Error::ValueEmpty { field: "cryptoKeyInfoEnvironmentList" });
    }
    for body in bodies {
        required("environmentName", body.environment_name.as_deref())?;
        let material = [&body.public_key, &body.private_key, &body.content];
        if material.iter().all(|text| given(text.as_deref()).is_none()) {
            let field = if dialect == Dialect::G1 { "publicKey" } else { "content" };
            return Err(Error::ValueEmpty { field });
        }
    }
    Ok(())
}

fn read_entries(
    state: &State,
    call: &Call<'_>,
    project: &Project,
    key_type: KeyType,
    bodies: &[EntryBody],
) -> Result<Entries<KeyEntry>, Error> {
    let names: Vec<String> = bodies.iter().filter_map(|body| body.environment_name.clone()).collect();
    check_environments(state, project, &names)?;
    bodies.iter().map(|body| read_entry(call, key_type, body)).collect()
}

fn read_entry(call: &Call<'_>, key_type: KeyType, body: &EntryBody) -> Result<KeyEntry, Error> {
    let text = |text: &Option<String>| given(text.as_deref()).map(|text| Text::from(text.to_owned()));
    let mut entry = KeyEntry {
        environment: body.environment_name.clone().unwrap_or_default().into(),
        public_key: text(&body.public_key),
        private_key: text(&body.private_key),
        alias: text(&body.alias),
        ..KeyEntry::default()
    };
    if let Some(content) = text(&body.content) {
        place_content(&mut entry, key_type, content);
    }
    check_material(call, key_type, &entry)?;
    Ok(entry)
}

/// Secret keys are taken as they are.
fn check_material(call: &Call<'_>, key_type: KeyType, entry: &KeyEntry) -> Result<(), Error> {
    let mut material = [&entry.public_key, &entry.private_key].into_iter().flatten();
    if material.all(|text| is_readable(text, call.behaviour.strict_key_pem)) {
        return Ok(());
    }
    Err(Error::KeyContentUnreadable { key_type: key_type.name().to_owned() })
}

/// The entries of a key whose type alone changes: what each holds is what the new type says, unless it holds both halves.
pub fn retyped(call: &Call<'_>, key_type: KeyType, entries: &Entries<KeyEntry>) -> Result<Entries<KeyEntry>, Error> {
    let retype = |entry: &KeyEntry| {
        let mut material = [&entry.public_key, &entry.private_key, &entry.secret].into_iter().flatten();
        let (Some(only), None) = (material.next(), material.next()) else { return Ok(entry.clone()) };
        let mut retyped = KeyEntry { public_key: None, private_key: None, secret: None, ..entry.clone() };
        place_content(&mut retyped, key_type, only.clone());
        check_material(call, key_type, &retyped)?;
        Ok(retyped)
    };
    entries.iter().map(retype).collect()
}

/// `content` is what the type says that the key is; where the type names an algorithm, what the material looks like.
pub fn place_content(entry: &mut KeyEntry, key_type: KeyType, content: Text) {
    match key_type {
        KeyType::Secret => entry.secret = Some(content),
        KeyType::Public => entry.public_key = Some(content),
        KeyType::Rsa | KeyType::Ec if super::key_material::public_key(&content).is_some() => {
            entry.public_key = Some(content);
        }
        KeyType::Private | KeyType::Rsa | KeyType::Ec => entry.private_key = Some(content),
    }
}

fn store(draft: &mut Draft<'_, State>, call: &Call<'_>, key: Key) -> Response {
    let deployment = Deployment::to(call, draft.state, key.entries.environments());
    draft.state.keys.put(key);
    wire::deployed(&call.behaviour, Some("Key"), &deployment)
}

/// The object in the path.
pub fn found<'s>(state: &'s State, call: &Call<'_>) -> Result<&'s Arc<Key>, Error> {
    let name = call.parameter("keyName");
    let found = state.keys.find(call.project(), name);
    found.ok_or_else(|| Error::KeyNotFound { name: name.to_owned() })
}

fn key_json(state: &State, dialect: Dialect, key: &Key) -> Value {
    let project = state.project(&key.project).map_or("", |project| &*project.id);
    let entries: Vec<Value> = key.entries.iter().map(|entry| entry_json(dialect, entry)).collect();
    match dialect {
        Dialect::G1 => json!({
            "name": &*key.name,
            "description": &*key.description,
            "projectId": project,
            "keyType": key.key_type.name(),
            "cryptoKeyInfoEnvironmentList": entries,
        }),
        Dialect::G2 => json!({
            "id": &*key.id,
            "name": &*key.name,
            "description": &*key.description,
            "projectId": project,
            "keyType": key.second_generation_type().name(),
            "algorithm": key.algorithm.map(Algorithm::name),
            "cryptoKeyInfoEnvironmentList": entries,
        }),
    }
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
