//! Key files.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::entries::{place_content, retyped};
use super::{algorithm, key_type};
use crate::apis::apinizer::access::project_of;
use crate::apis::apinizer::answer;
use crate::apis::apinizer::behaviour::Dialect;
use crate::apis::apinizer::call::Call;
use crate::apis::apinizer::deployment::{Deployment, check_environments};
use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::key_material::{as_pem, bytes, is_readable};
use crate::apis::apinizer::kind::found;
use crate::apis::apinizer::state::{Algorithm, Entries, Key, KeyEntry, KeyType, State, new_id};
use crate::apis::apinizer::transfer::{FileNames, Piece, Pieces, imported, zipped};
use crate::apis::apinizer::values::given;
use crate::http::Response;
use crate::pki::pem;
use crate::rest::archive::File;
use crate::store::{Draft, Text};

const FILES: FileNames = FileNames { kind: "key", extension: "pem", others: &[] };

/// `GET …/keys/{keyName}/export-file/`: one environment's file, or a ZIP of all.
pub fn export_file(state: &State, call: &Call<'_>) -> Result<Response, Error> {
    let key: &Key = found(state, call)?;
    if key.entries.is_empty() {
        return Err(Error::NoMaterial { name: key.name.to_string() });
    }
    let name = |entry: &KeyEntry| format!("{}-{}.pem", key.name, entry.environment);
    if let Some(environment) = given(call.query.first("environmentName")) {
        let entry = key.entries.of(&key.name, environment)?;
        return Ok(answer::file("application/x-pem-file", &name(entry), content(entry)));
    }
    let files = key.entries.iter().map(|entry| File { name: name(entry), content: content(entry) });
    let archive = zipped(files.collect())?;
    Ok(answer::file("application/octet-stream", &format!("{}-keys.zip", key.name), archive))
}

/// PEM, of material that was sent without its armour, too; a secret key as it was sent.
fn content(entry: &KeyEntry) -> Vec<u8> {
    let armoured = |label: &str, text: &Text| match as_pem(text) {
        Some(pem) => pem.into_bytes(),
        None => bytes(text).map_or_else(|| text.as_bytes().to_vec(), |der| pem::encode(label, &der).into_bytes()),
    };
    match (&entry.private_key, &entry.public_key, &entry.secret) {
        (Some(text), ..) => armoured("PRIVATE KEY", text),
        (None, Some(text), _) => armoured("PUBLIC KEY", text),
        (None, None, secret) => secret.as_deref().unwrap_or_default().as_bytes().to_vec(),
    }
}

/// `POST …/keys/import-file/`
pub fn import_file(draft: &mut Draft<'_, State>, call: &Call<'_>) -> Result<Response, Error> {
    let form = call.form();
    let upload = form.file("keyFile")?;
    let name = form.required("keyName")?;
    let key_type = key_type(Dialect::G2, &form.required("keyType")?)?;
    let overrides = form.flag("override")?;
    let project = Arc::clone(project_of(draft.state, call)?);
    let stored = draft.state.keys.find(&project.name, &name).map(|found| Key::clone(found));
    let sent = form.text("algorithm")?.map(|text| canonical(&text));
    let algorithm = algorithm(key_type, sent.as_deref(), stored.as_ref().and_then(|stored| stored.algorithm))?;
    let pieces = Pieces::read(&form, &upload, &name, FILES)?;
    let mut key = match (stored, overrides) {
        (Some(_), false) => return Err(Error::KeyNotOverridden { name }),
        (None, true) => return Err(Error::KeyNotFound { name }),
        (Some(stored), true) => stored,
        (None, false) => Key {
            id: new_id(&mut draft.effects),
            project: project.name.clone(),
            name: name.into(),
            description: Text::default(),
            key_type,
            algorithm,
            entries: Entries::default(),
        },
    };
    check_environments(draft.state, &project, &pieces.environments())?;
    if key.key_type != key_type {
        key.entries = retyped(call, key_type, &key.entries)?;
    }
    (key.key_type, key.algorithm) = (key_type, algorithm);
    if let Some(description) = form.text("keyDescription")? {
        key.description = description.into_owned().into();
    }
    let alias = form.text("alias")?.map(|alias| Text::from(alias.into_owned()));
    for piece in &pieces.pieces {
        key.entries.merge(entry(call, key_type, piece, alias.clone())?);
    }
    let environments: Vec<Text> = pieces.environments().into_iter().map(Text::from).collect();
    let deployment = Deployment::to(call, draft.state, &environments);
    draft.state.keys.put(key);
    Ok(imported::<Key>(call, &deployment, &pieces.unresolved))
}

/// The form takes the algorithm in any case, unlike the JSON body.
fn canonical(text: &str) -> String {
    let known = Algorithm::ALL.iter().find(|known| known.name().eq_ignore_ascii_case(text));
    known.map_or(text, |known| known.name()).to_owned()
}

fn entry(call: &Call<'_>, key_type: KeyType, piece: &Piece, alias: Option<Text>) -> Result<KeyEntry, Error> {
    let text = match str::from_utf8(&piece.content) {
        Ok(text) => text.to_owned(),
        Err(_) => STANDARD.encode(&piece.content),
    };
    if key_type != KeyType::Secret && !is_readable(&text, call.behaviour.strict_key_pem) {
        return Err(Error::KeyContentUnreadable { key_type: key_type.name().to_owned() });
    }
    let mut entry = KeyEntry {
        environment: piece.environment.clone().into(),
        alias,
        file_name: Some(piece.file_name.clone().into()),
        ..KeyEntry::default()
    };
    place_content(&mut entry, key_type, text.into());
    Ok(entry)
}
