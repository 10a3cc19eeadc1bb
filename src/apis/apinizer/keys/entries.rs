//! What a key is in each environment: as bodies say it, and by the type of the key.

use serde::Deserialize;

use crate::apis::apinizer::behaviour::Dialect;
use crate::apis::apinizer::call::Call;
use crate::apis::apinizer::deployment::check_environments;
use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::key_material::{is_readable, public_key};
use crate::apis::apinizer::state::{Entries, KeyEntry, KeyType, Project, State};
use crate::apis::apinizer::values::{given, required};
use crate::store::Text;

/// An entry of a body, in the words of both generations.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EntryBody {
    environment_name: Option<String>,
    public_key: Option<String>,
    private_key: Option<String>,
    content: Option<String>,
    alias: Option<String>,
}

/// Checks that the entries of a body say what every one has to.
pub fn check_entries(dialect: Dialect, bodies: &[EntryBody]) -> Result<(), Error> {
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

/// Entries that were checked: their environments, and only then their material.
pub fn read_entries(
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
        KeyType::Rsa | KeyType::Ec if public_key(&content).is_some() => {
            entry.public_key = Some(content);
        }
        KeyType::Private | KeyType::Rsa | KeyType::Ec => entry.private_key = Some(content),
    }
}
