//! A keystore as a package.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::apis::apinizer::access::project_of;
use crate::apis::apinizer::call::Call;
use crate::apis::apinizer::deployment::Deployment;
use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::kind::{found, is_taken};
use crate::apis::apinizer::state::{Entries, Keystore, KeystoreEntry, KeystoreType, State, new_id};
use crate::apis::apinizer::transfer::imported;
use crate::apis::apinizer::transfer::merge::Merge;
use crate::apis::apinizer::transfer::packages::{self, Package, arriving, free_name};
use crate::http::Response;
use crate::store::{Draft, Text};

const TYPE: &str = "KEY_STORE";

/// A keystore in one environment.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Packed {
    environment_name: String,
    key_store_type: String,
    file: String,
    password: Option<String>,
    alias: Option<String>,
}

/// `GET …/keystores/{keystoreName}/export/`
pub fn export(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let keystore: Arc<Keystore> = Arc::clone(found(draft.state, call)?);
    let package = Package {
        r#type: TYPE.to_owned(),
        name: keystore.name.to_string(),
        description: keystore.description.to_string(),
        key_type: None,
        algorithm: None,
        entries: keystore.entries.iter().map(Packed::of).collect(),
    };
    packages::export(draft, call, &package)
}

/// `POST …/keystores/import/`
pub fn import(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let form = call.form();
    let package: Package<Packed> = packages::read(call, &form, "keystoreExportFile", TYPE)?;
    let entries: Entries<KeystoreEntry> = package.entries.iter().map(Packed::entry).collect::<Result<_, _>>()?;
    let project = Arc::clone(project_of(draft.state, call)?);
    let stored = draft.state.keystores.find(&project.name, &package.name).map(|found| Keystore::clone(found));
    let keystore = if let (Some(mut target), true) = (stored, call.flag("override")?.unwrap_or(false)) {
        Merge::read(&form)?.lay(TYPE, &package.name, &mut target.entries, &entries)?;
        Keystore { description: package.description.into(), ..target }
    } else {
        let arrived = arriving(draft.state, &project, &form, &entries)?;
        let taken = |name: &str| is_taken::<Keystore>(draft.state, &project.name, name);
        Keystore {
            name: free_name(package.name, taken).into(),
            id: new_id(&mut draft.effects),
            project: project.name.clone(),
            description: package.description.into(),
            entries: arrived,
        }
    };
    let deployment = Deployment::to(call, draft.state, keystore.entries.environments());
    draft.state.keystores.put(keystore);
    Ok(imported::<Keystore>(call, &deployment, &[]))
}

impl Packed {
    fn of(entry: &KeystoreEntry) -> Self {
        Self {
            environment_name: entry.environment.to_string(),
            key_store_type: entry.store_type.name().to_owned(),
            file: entry.file.to_string(),
            password: entry.password.as_ref().map(Text::to_string),
            alias: entry.alias.as_ref().map(Text::to_string),
        }
    }

    fn entry(&self) -> Result<KeystoreEntry, Error> {
        let broken = |reason: &str| Error::PackageUnreadable { reason: reason.to_owned() };
        Ok(KeystoreEntry {
            environment: self.environment_name.clone().into(),
            store_type: KeystoreType::from_name(&self.key_store_type).ok_or_else(|| broken("its type is unknown"))?,
            bytes: super::decode(&self.file).map_err(|_| broken("its file is not base64"))?,
            file: self.file.clone().into(),
            password: self.password.clone().map(Text::from),
            alias: self.alias.clone().map(Text::from),
            file_name: None,
        })
    }
}
