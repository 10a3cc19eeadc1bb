//! Keystore files: the file that comes out is the file that went in.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::store_type;
use crate::apis::apinizer::access::project_of;
use crate::apis::apinizer::answer;
use crate::apis::apinizer::call::Call;
use crate::apis::apinizer::deployment::{Deployment, check_environments};
use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::kind::found;
use crate::apis::apinizer::state::{Entries, Keystore, KeystoreEntry, KeystoreType, State, new_id};
use crate::apis::apinizer::transfer::{FileNames, Piece, Pieces, imported, zipped};
use crate::apis::apinizer::values::given;
use crate::http::Response;
use crate::rest::archive::{self, File};
use crate::store::{Draft, Text};

const FILES: FileNames = FileNames { kind: "keystore", extension: "p12", others: &["pfx", "jks"] };

/// `GET …/keystores/{keystoreName}/export-file/`: one environment's file, or a ZIP of all.
pub fn export_file(state: &State, call: &Call<'_>) -> Result<Response, Error> {
    let keystore: &Keystore = found(state, call)?;
    if keystore.entries.is_empty() {
        return Err(Error::NoMaterial { name: keystore.name.to_string() });
    }
    let name = |entry: &KeystoreEntry| format!("{}-{}.{}", keystore.name, entry.environment, extension(entry));
    if let Some(environment) = given(call.query.first("environmentName")) {
        let entry = keystore.entries.of(&keystore.name, environment)?;
        return Ok(answer::file("application/octet-stream", &name(entry), entry.bytes.to_vec()));
    }
    let files = keystore.entries.iter().map(|entry| File { name: name(entry), content: entry.bytes.to_vec() });
    let archive = zipped(files.collect())?;
    Ok(answer::file("application/octet-stream", &format!("{}-keystores.zip", keystore.name), archive))
}

/// `POST …/keystores/import-file/`
pub fn import_file(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let form = call.form();
    let upload = form.file("keystoreFile")?;
    let name = form.required("keystoreName")?;
    let overrides = form.flag("override")?;
    // A restored archive keeps the password that the keystore had.
    let restored = overrides && archive::is_archive(upload.bytes);
    let password = if restored { form.text("password")?.map(String::from) } else { Some(form.required("password")?) };
    let declared = form.text("keyStoreType")?.map(|name| store_type(&name)).transpose()?;
    let pieces = Pieces::read(&form, &upload, &name, FILES)?;
    let project = Arc::clone(project_of(draft.state, call)?);
    let stored = draft.state.keystores.find(&project.name, &name).map(|found| Keystore::clone(found));
    let mut keystore = match (stored, overrides) {
        (Some(_), false) => return Err(Error::KeystoreNotOverridden { name }),
        (None, true) => return Err(Error::KeystoreNotFound { name }),
        (Some(stored), true) => stored,
        (None, false) => Keystore {
            id: new_id(&mut draft.effects),
            project: project.name.clone(),
            name: name.into(),
            description: Text::default(),
            entries: Entries::default(),
        },
    };
    check_environments(draft.state, &project, &pieces.environments())?;
    if let Some(description) = form.text("keystoreDescription")? {
        keystore.description = description.into_owned().into();
    }
    let alias = form.text("alias")?.map(|alias| Text::from(alias.into_owned()));
    for piece in &pieces.pieces {
        keystore.entries.merge(entry(piece, declared, password.as_deref(), alias.clone()));
    }
    let environments: Vec<Text> = pieces.environments().into_iter().map(Text::from).collect();
    let deployment = Deployment::to(call, draft.state, &environments);
    draft.state.keystores.put(keystore);
    Ok(imported::<Keystore>(call, &deployment, &pieces.unresolved))
}

fn entry(piece: &Piece, declared: Option<KeystoreType>, password: Option<&str>, alias: Option<Text>) -> KeystoreEntry {
    KeystoreEntry {
        environment: piece.environment.clone().into(),
        store_type: declared.unwrap_or_else(|| type_of(&piece.file_name)),
        file: STANDARD.encode(&piece.content).into(),
        bytes: Arc::from(&*piece.content),
        password: password.map(|password| password.to_owned().into()),
        alias,
        file_name: Some(piece.file_name.clone().into()),
    }
}

/// By the extension, unless the form says otherwise.
fn type_of(file_name: &str) -> KeystoreType {
    match file_name.rsplit_once('.') {
        Some((_, extension)) if extension.eq_ignore_ascii_case("p12") || extension.eq_ignore_ascii_case("pfx") => {
            KeystoreType::Pkcs12
        }
        _ => KeystoreType::Jks,
    }
}

/// That of the uploaded file, or the usual one of the type.
fn extension(entry: &KeystoreEntry) -> &str {
    let uploaded = entry.file_name.as_deref().and_then(|name| name.rsplit_once('.')).map(|(_, extension)| extension);
    uploaded.unwrap_or(match entry.store_type {
        KeystoreType::Jks => "jks",
        KeystoreType::Pkcs12 => "p12",
    })
}
