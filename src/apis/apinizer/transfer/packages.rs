//! Packages: a keystore or a key as a whole, in a ZIP with one JSON entry, encrypted or not.
//!
//! What that entry holds is not published; here it is the object as the API's own bodies show it, with its secrets.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Mapping, imported, sealing, zipped};
use crate::apis::apinizer::access::project_of;
use crate::apis::apinizer::call::{Call, unknown};
use crate::apis::apinizer::deployment::Deployment;
use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::form::Form;
use crate::apis::apinizer::keys::{algorithm, found as found_key};
use crate::apis::apinizer::keystores::{decode, found as found_keystore};
use crate::apis::apinizer::state::{
    Entries, Entry, Key, KeyEntry, KeyType, Keystore, KeystoreEntry, KeystoreType, Project, State, new_id,
};
use crate::apis::apinizer::wire;
use crate::http::Response;
use crate::rest::archive::{self, File};
use crate::store::{Draft, Text};

/// The JSON entry of a package.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Package<E> {
    r#type: String,
    name: String,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    key_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    algorithm: Option<String>,
    entries: Vec<E>,
}

/// A keystore in one environment.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct StoreEntry {
    environment_name: String,
    key_store_type: String,
    file: String,
    password: Option<String>,
    alias: Option<String>,
}

/// A key in one environment.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SecretEntry {
    environment_name: String,
    public_key: Option<String>,
    private_key: Option<String>,
    content: Option<String>,
    alias: Option<String>,
}

const KEYSTORE: &str = "KEY_STORE";
const KEY: &str = "CRYPTO_KEY_INFO";

/// `GET …/keystores/{keystoreName}/export/`
pub fn export_keystore(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let keystore = Arc::clone(found_keystore(draft.state, call)?);
    let entry = |entry: &KeystoreEntry| StoreEntry {
        environment_name: entry.environment.to_string(),
        key_store_type: entry.store_type.name().to_owned(),
        file: entry.file.to_string(),
        password: entry.password.as_ref().map(Text::to_string),
        alias: entry.alias.as_ref().map(Text::to_string),
    };
    let package = Package {
        r#type: KEYSTORE.to_owned(),
        name: keystore.name.to_string(),
        description: keystore.description.to_string(),
        key_type: None,
        algorithm: None,
        entries: keystore.entries.iter().map(entry).collect(),
    };
    export(draft, call, &package)
}

/// `GET …/keys/{keyName}/export/`
pub fn export_key(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let key = Arc::clone(found_key(draft.state, call)?);
    let entry = |entry: &KeyEntry| SecretEntry {
        environment_name: entry.environment.to_string(),
        public_key: entry.public_key.as_ref().map(Text::to_string),
        private_key: entry.private_key.as_ref().map(Text::to_string),
        content: entry.secret.as_ref().map(Text::to_string),
        alias: entry.alias.as_ref().map(Text::to_string),
    };
    let package = Package {
        r#type: KEY.to_owned(),
        name: key.name.to_string(),
        description: key.description.to_string(),
        key_type: Some(key.key_type.name().to_owned()),
        algorithm: key.algorithm.map(|algorithm| algorithm.name().to_owned()),
        entries: key.entries.iter().map(entry).collect(),
    };
    export(draft, call, &package)
}

fn export<E: Serialize>(
    draft: &mut Draft<'_, State>,
    call: &Call<'_>,
    package: &Package<E>,
) -> Result<Response, Error> {
    let encrypted = call.flag("encrypt")?.unwrap_or(false);
    let content = serde_json::to_vec_pretty(package).map_err(|_| Error::Internal)?;
    let mut file = zipped(vec![File { name: format!("{}.json", package.name), content }])?;
    if encrypted {
        let passphrase = sealing::passphrase(call.request)?.ok_or(Error::PassphraseMissing)?;
        file = sealing::seal(&file, &passphrase, draft.effects.ids)?;
    }
    Ok(wire::file("application/octet-stream", &format!("{}.zip", package.name), file))
}

/// `POST …/keystores/import/`
pub fn import_keystore(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let form = call.form();
    let package: Package<StoreEntry> = read(call, &form, "keystoreExportFile", KEYSTORE)?;
    let broken = |reason: &str| Error::PackageUnreadable { reason: reason.to_owned() };
    let entry = |entry: &StoreEntry| {
        Ok(KeystoreEntry {
            environment: entry.environment_name.clone().into(),
            store_type: KeystoreType::from_name(&entry.key_store_type).ok_or_else(|| broken("its type is unknown"))?,
            bytes: decode(&entry.file).map_err(|_| broken("its file is not base64"))?,
            file: entry.file.clone().into(),
            password: entry.password.clone().map(Text::from),
            alias: entry.alias.clone().map(Text::from),
            file_name: None,
        })
    };
    let entries: Entries<KeystoreEntry> = package.entries.iter().map(entry).collect::<Result<_, _>>()?;
    let project = Arc::clone(project_of(draft.state, call)?);
    let stored = draft.state.keystores.find(&project.name, &package.name).map(|found| Keystore::clone(found));
    let keystore = if let (Some(mut target), true) = (stored, call.flag("override")?.unwrap_or(false)) {
        Merge::read(&form)?.lay(KEYSTORE, &package.name, &mut target.entries, &entries)?;
        Keystore { description: package.description.into(), ..target }
    } else {
        let arrived = arriving(draft.state, &project, &form, &entries)?;
        let taken = |name: &str| draft.state.keystores.find(&project.name, name).is_some();
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
    Ok(imported(&call.behaviour, "Keystore", &deployment, &[]))
}

/// `POST …/keys/import/`
pub fn import_key(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let form = call.form();
    let package: Package<SecretEntry> = read(call, &form, "keyExportFile", KEY)?;
    let key_type = package.key_type.as_deref().and_then(KeyType::from_name);
    let key_type = key_type.ok_or_else(|| Error::PackageUnreadable { reason: "its type is unknown".to_owned() })?;
    let entry = |entry: &SecretEntry| KeyEntry {
        environment: entry.environment_name.clone().into(),
        public_key: entry.public_key.clone().map(Text::from),
        private_key: entry.private_key.clone().map(Text::from),
        secret: entry.content.clone().map(Text::from),
        alias: entry.alias.clone().map(Text::from),
        file_name: None,
    };
    let entries: Entries<KeyEntry> = package.entries.iter().map(entry).collect();
    let project = Arc::clone(project_of(draft.state, call)?);
    let stored = draft.state.keys.find(&project.name, &package.name).map(|found| Key::clone(found));
    let mut key = if let (Some(mut target), true) = (stored, call.flag("override")?.unwrap_or(false)) {
        Merge::read(&form)?.lay(KEY, &package.name, &mut target.entries, &entries)?;
        target
    } else {
        let arrived = arriving(draft.state, &project, &form, &entries)?;
        let taken = |name: &str| draft.state.keys.find(&project.name, name).is_some();
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
    Ok(imported(&call.behaviour, "Key", &deployment, &[]))
}

/// The package in a form, decrypted if it has to be.
fn read<E: for<'de> Deserialize<'de>>(
    call: &Call<'_>,
    form: &Form<'_>,
    part: &'static str,
    kind: &str,
) -> Result<Package<E>, Error> {
    let upload = form.file(part)?;
    let zip = upload.name.to_ascii_lowercase().ends_with(".zip");
    let sealed = sealing::is_sealed(upload.bytes);
    if !zip || !(sealed || archive::is_archive(upload.bytes)) {
        return Err(Error::NotAPackage { part });
    }
    let opened = if sealed {
        let passphrase = sealing::passphrase(call.request).map_err(|_| Error::PackageUndecryptable)?;
        sealing::open(upload.bytes, &passphrase.ok_or(Error::PackageEncrypted)?)?
    } else {
        upload.bytes.to_vec()
    };
    let broken = |reason: String| Error::PackageUnreadable { reason };
    let files = archive::read(&opened).map_err(|error| broken(error.to_string()))?;
    let file = files.first();
    let file = file.ok_or_else(|| broken("it is empty".to_owned()))?;
    let package: Package<E> = serde_json::from_slice(&file.content).map_err(|error| broken(error.to_string()))?;
    if package.r#type == kind { Ok(package) } else { Err(broken(format!("it is a package of {}", package.r#type))) }
}

/// The entries of a package that is imported as new: mapped, and those left out whose environment is not here.
fn arriving<E: Entry>(
    state: &State,
    project: &Project,
    form: &Form<'_>,
    entries: &Entries<E>,
) -> Result<Entries<E>, Error> {
    let mapping = Mapping::read(form)?;
    let arrive = |entry: &E| {
        let target = mapping.target(entry.environment())?;
        let known = state.environment(&target).is_some() && project.reaches(&target);
        known.then(|| entry.clone().moved(target.into()))
    };
    Ok(entries.iter().filter_map(arrive).collect())
}

/// A name that is free: with `-imported` behind it if it has to be.
fn free_name(mut name: String, taken: impl Fn(&str) -> bool) -> String {
    while taken(&name) {
        name.push_str("-imported");
    }
    name
}

fn names<'n>(environments: impl Iterator<Item = &'n Text>) -> Vec<String> {
    environments.map(Text::to_string).collect()
}

/// How a package is laid over an object that is there.
struct Merge {
    first_everywhere: bool,
    uncovered: Option<Uncovered>,
}

#[derive(Clone, Copy)]
enum Uncovered {
    Fill,
    Remove,
}

/// Which entry of the package goes where, and which environments go.
struct Plan {
    written: Vec<(String, usize)>,
    dropped: Vec<String>,
}

impl Merge {
    fn read(form: &Form<'_>) -> Result<Self, Error> {
        let method = form.text("certEnvironmentMergeMethod")?;
        let first_everywhere = match method.as_deref() {
            None | Some("MATCH_BY_NAME") => false,
            Some("OVERWRITE_ALL") => true,
            Some(other) => {
                return Err(unknown("certEnvironmentMergeMethod", other, ["MATCH_BY_NAME", "OVERWRITE_ALL"]));
            }
        };
        let action = form.text("certEnvironmentUncoveredAction")?;
        let uncovered = match action.as_deref() {
            None => None,
            Some("FILL_FROM_PACKAGE") => Some(Uncovered::Fill),
            Some("REMOVE_FROM_TARGET") => Some(Uncovered::Remove),
            Some(other) => {
                let supported = ["FILL_FROM_PACKAGE", "REMOVE_FROM_TARGET"];
                return Err(unknown("certEnvironmentUncoveredAction", other, supported));
            }
        };
        Ok(Self { first_everywhere, uncovered })
    }

    /// Lays the entries of a package over those of the object that is there.
    fn lay<E: Entry>(
        &self,
        kind: &'static str,
        name: &str,
        target: &mut Entries<E>,
        package: &Entries<E>,
    ) -> Result<(), Error> {
        let plan = self.plan(kind, name, &names(target.environments()), &names(package.environments()))?;
        plan.dropped.iter().for_each(|environment| target.remove(environment));
        for (environment, index) in plan.written {
            let Some(entry) = package.get(index) else { continue };
            target.merge(entry.clone().moved(environment.into()));
        }
        Ok(())
    }

    fn plan(&self, kind: &'static str, name: &str, target: &[String], package: &[String]) -> Result<Plan, Error> {
        if self.first_everywhere {
            return Ok(Plan { written: target.iter().map(|name| (name.clone(), 0)).collect(), dropped: Vec::new() });
        }
        let uncovered: Vec<String> = target.iter().filter(|name| !package.contains(name)).cloned().collect();
        let covered = package.iter().enumerate().filter(|(_, name)| target.contains(name));
        let mut written: Vec<(String, usize)> = covered.map(|(index, name)| (name.clone(), index)).collect();
        match self.uncovered {
            _ if uncovered.is_empty() => Ok(Plan { written, dropped: uncovered }),
            None => Err(Error::ReplaceUncovered { kind, name: name.to_owned(), environments: uncovered.join(", ") }),
            Some(Uncovered::Remove) => Ok(Plan { written, dropped: uncovered }),
            Some(Uncovered::Fill) => {
                written.extend(uncovered.into_iter().map(|name| (name, 0)));
                Ok(Plan { written, dropped: Vec::new() })
            }
        }
    }
}
