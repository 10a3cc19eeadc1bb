//! Keystores (section 7). Their files are kept as they were sent; nothing opens them before a JWK is made from one.

pub mod package;
pub mod transfer;

use std::borrow::Cow;
use std::sync::Arc;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::access::project_of;
use super::answer;
use super::behaviour::Dialect;
use super::call::Call;
use super::deployment::check_environments;
use super::derived_jwks::OnUpdate;
use super::error::Error;
use super::kind::{self, Kind};
use super::state::{Collection, Entries, Keystore, KeystoreEntry, KeystoreType, Project, State, new_id};
use super::values::{given, required, unknown};
use crate::http::Response;
use crate::store::{Draft, Text};

impl Kind for Keystore {
    const NAME: &'static str = "Keystore";
    const PARAMETER: &'static str = "keystoreName";

    fn collection(state: &State) -> &Collection<Self> {
        &state.keystores
    }

    fn put(self, state: &mut State) -> Result<(), Error> {
        state.keystores.put(self);
        Ok(())
    }

    fn remove(&self, state: &mut State) {
        state.keystores.remove(&self.id);
    }

    fn environments(&self, _: &State) -> Vec<Text> {
        self.entries.environments().cloned().collect()
    }

    fn not_found(name: String) -> Error {
        Error::KeystoreNotFound { name }
    }

    fn json(&self, state: &State, call: &Call<'_>) -> Cow<'_, RawValue> {
        let entries = self.entries.iter().map(|entry| entry_json(call.dialect(), entry)).collect();
        let mut members = kind::head(self, &self.description, state, call.dialect());
        members.insert("keyStoreEnvironmentList".to_owned(), Value::Array(entries));
        answer::raw(&members)
    }
}

/// The body of create and update, in the words of both generations.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Body {
    name: Option<String>,
    description: Option<String>,
    key_store_environment_list: Option<Vec<EntryBody>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct EntryBody {
    environment_name: Option<String>,
    r#type: Option<String>,
    key_store_type: Option<String>,
    file: Option<String>,
    password: Option<String>,
    alias: Option<String>,
}

impl EntryBody {
    /// The type by the name that either generation has for it; that of the second wins.
    fn type_name(&self) -> &str {
        self.key_store_type.as_deref().or(self.r#type.as_deref()).unwrap_or_default()
    }
}

/// Stores a new keystore.
pub fn create(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let body: Body = call.json()?;
    let name = given(body.name.as_deref()).ok_or(Error::KeystoreNameEmpty)?;
    let bodies = body.key_store_environment_list.as_deref().unwrap_or_default();
    check_entries(call.dialect(), bodies)?;
    if kind::is_taken::<Keystore>(draft.state, call.project(), name) {
        return Err(Error::KeystoreExists { name: name.to_owned() });
    }
    let project = Arc::clone(project_of(draft.state, call)?);
    let entries = read_entries(draft.state, &project, bodies)?;
    let keystore = Keystore {
        id: new_id(&mut draft.effects),
        project: project.name.clone(),
        name: name.to_owned().into(),
        description: body.description.unwrap_or_default().into(),
        entries,
    };
    kind::store(draft, call, keystore)
}

/// Changes a keystore: what the body does not have stays, a list of entries replaces the whole list.
pub fn update(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let body: Body = call.json()?;
    if body.name.as_ref().is_some_and(|name| name.trim().is_empty()) {
        return Err(Error::KeystoreNameEmpty);
    }
    if let Some(bodies) = &body.key_store_environment_list {
        check_entries(call.dialect(), bodies)?;
    }
    let derived = OnUpdate::of(call)?;
    let old = Arc::clone(kind::found::<Keystore>(draft.state, call)?);
    let name = kind::renamed(draft.state, &*old, body.name, |name| Error::KeystoreNameTaken { name })?;
    let entries = match &body.key_store_environment_list {
        Some(bodies) => read_entries(draft.state, project_of(draft.state, call)?, bodies)?,
        None => old.entries.clone(),
    };
    let description = body.description.map_or_else(|| old.description.clone(), Text::from);
    let response = kind::store(draft, call, Keystore { name, description, entries, ..Keystore::clone(&old) })?;
    derived.apply(draft.state, &old.id, &old.project)?;
    Ok(response)
}

fn check_entries(dialect: Dialect, bodies: &[EntryBody]) -> Result<(), Error> {
    if bodies.is_empty() {
        return Err(Error::ValueEmpty { field: "keyStoreEnvironmentList" });
    }
    for body in bodies {
        required("environmentName", body.environment_name.as_deref())?;
        required("file", body.file.as_deref())?;
        if dialect == Dialect::G2 {
            required("password", body.password.as_deref())?;
        }
        store_type(body.type_name())?;
    }
    Ok(())
}

/// Entries that were checked: their environments, and only then their files.
fn read_entries(state: &State, project: &Project, bodies: &[EntryBody]) -> Result<Entries<KeystoreEntry>, Error> {
    let names: Vec<String> = bodies.iter().filter_map(|body| body.environment_name.clone()).collect();
    check_environments(state, project, &names)?;
    bodies.iter().map(read_entry).collect()
}

fn read_entry(body: &EntryBody) -> Result<KeystoreEntry, Error> {
    let file = body.file.clone().unwrap_or_default();
    Ok(KeystoreEntry {
        environment: body.environment_name.clone().unwrap_or_default().into(),
        store_type: store_type(body.type_name())?,
        bytes: decode(&file)?,
        file: file.into(),
        password: body.password.clone().map(Text::from),
        alias: body.alias.clone().map(Text::from),
        file_name: None,
    })
}

/// A type by its name.
pub fn store_type(name: &str) -> Result<KeystoreType, Error> {
    KeystoreType::from_name(name)
        .ok_or_else(|| unknown("keyStoreType", name, KeystoreType::ALL.map(KeystoreType::name)))
}

/// Base64 with white space anywhere, padded or not.
pub fn decode(file: &str) -> Result<Arc<[u8]>, Error> {
    const LENIENT: GeneralPurposeConfig =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let compact: String = file.split_whitespace().collect();
    let bytes = GeneralPurpose::new(&STANDARD, LENIENT).decode(compact).map_err(|_| Error::FileNotBase64)?;
    Ok(bytes.into())
}

fn entry_json(dialect: Dialect, entry: &KeystoreEntry) -> Value {
    match dialect {
        Dialect::G1 => json!({
            "environmentName": &*entry.environment,
            "type": entry.store_type.name(),
            "file": &*entry.file,
        }),
        Dialect::G2 => json!({
            "environmentName": &*entry.environment,
            "alias": entry.alias.as_deref(),
            "keyStoreType": entry.store_type.name(),
        }),
    }
}
