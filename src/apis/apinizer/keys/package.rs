//! A key as a package.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::algorithm;
use crate::apis::apinizer::access::project_of;
use crate::apis::apinizer::call::Call;
use crate::apis::apinizer::deployment::Deployment;
use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::kind::{found, is_taken};
use crate::apis::apinizer::state::{Algorithm, Entries, Key, KeyEntry, KeyType, State, new_id};
use crate::apis::apinizer::transfer::imported;
use crate::apis::apinizer::transfer::merge::Merge;
use crate::apis::apinizer::transfer::packages::{self, Package, arriving, free_name};
use crate::http::Response;
use crate::store::{Draft, Text};

const TYPE: &str = "CRYPTO_KEY_INFO";

/// A key in one environment.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Packed {
    environment_name: String,
    public_key: Option<String>,
    private_key: Option<String>,
    content: Option<String>,
    alias: Option<String>,
}

/// `GET …/keys/{keyName}/export/`
pub fn export(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let key: Arc<Key> = Arc::clone(found(draft.state, call)?);
    let package = Package {
        r#type: TYPE.to_owned(),
        name: key.name.to_string(),
        description: key.description.to_string(),
        key_type: Some(key.key_type.name().to_owned()),
        algorithm: key.algorithm.map(Algorithm::name).map(str::to_owned),
        entries: key.entries.iter().map(Packed::of).collect(),
    };
    packages::export(draft, call, &package)
}

/// `POST …/keys/import/`
pub fn import(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let form = call.form();
    let package: Package<Packed> = packages::read(call, &form, "keyExportFile", TYPE)?;
    let key_type = package.key_type.as_deref().and_then(KeyType::from_name);
    let key_type = key_type.ok_or_else(|| Error::PackageUnreadable { reason: "its type is unknown".to_owned() })?;
    let entries: Entries<KeyEntry> = package.entries.iter().map(Packed::entry).collect();
    let project = Arc::clone(project_of(draft.state, call)?);
    let stored = draft.state.keys.find(&project.name, &package.name).map(|found| Key::clone(found));
    let mut key = if let (Some(mut target), true) = (stored, call.flag("override")?.unwrap_or(false)) {
        Merge::read(&form)?.lay(TYPE, &package.name, &mut target.entries, &entries)?;
        target
    } else {
        let arrived = arriving(draft.state, &project, &form, &entries)?;
        let taken = |name: &str| is_taken::<Key>(draft.state, &project.name, name);
        Key {
            name: free_name(package.name, taken).into(),
            id: new_id(&mut draft.effects),
            project: project.name.clone(),
            description: Text::default(),
            key_type,
            algorithm: None,
            entries: arrived,
        }
    };
    key.description = package.description.into();
    key.key_type = key_type;
    key.algorithm = algorithm(key_type, package.algorithm.as_deref(), None)?;
    let deployment = Deployment::to(call, draft.state, key.entries.environments());
    draft.state.keys.put(key);
    Ok(imported::<Key>(call, &deployment, &[]))
}

impl Packed {
    fn of(entry: &KeyEntry) -> Self {
        Self {
            environment_name: entry.environment.to_string(),
            public_key: entry.public_key.as_ref().map(Text::to_string),
            private_key: entry.private_key.as_ref().map(Text::to_string),
            content: entry.secret.as_ref().map(Text::to_string),
            alias: entry.alias.as_ref().map(Text::to_string),
        }
    }

    fn entry(&self) -> KeyEntry {
        KeyEntry {
            environment: self.environment_name.clone().into(),
            public_key: self.public_key.clone().map(Text::from),
            private_key: self.private_key.clone().map(Text::from),
            secret: self.content.clone().map(Text::from),
            alias: self.alias.clone().map(Text::from),
            file_name: None,
        }
    }
}
