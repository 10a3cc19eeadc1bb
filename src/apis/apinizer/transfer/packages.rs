//! Packages: a keystore or a key as a whole, in a ZIP with one JSON entry, encrypted or not.
//!
//! What that entry holds is not published; here it is the object as the API's own bodies show it, with its secrets.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Mapping, sealing, zipped};
use crate::apis::apinizer::answer;
use crate::apis::apinizer::call::Call;
use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::form::Form;
use crate::apis::apinizer::state::{Entries, Entry, Project, State};
use crate::http::Response;
use crate::rest::archive::{self, File};
use crate::store::Draft;

/// The JSON entry of a package.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Package<E> {
    /// Its type.
    pub r#type: String,
    /// The name of the object.
    pub name: String,
    /// What the object is for.
    pub description: String,
    /// The type of a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_type: Option<String>,
    /// The algorithm of a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub algorithm: Option<String>,
    /// What the object is in each environment.
    pub entries: Vec<E>,
}

/// Answers with a package, encrypted if the query asks for it.
pub fn export<E: Serialize>(
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
    Ok(answer::file("application/octet-stream", &format!("{}.zip", package.name), file))
}

/// The package in a form, decrypted if it has to be.
pub fn read<E: DeserializeOwned>(
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
pub fn arriving<E: Entry>(
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
pub fn free_name(mut name: String, taken: impl Fn(&str) -> bool) -> String {
    while taken(&name) {
        name.push_str("-imported");
    }
    name
}
