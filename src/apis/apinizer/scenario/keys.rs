//! Keys in a scenario.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::listed::{Head, Identity, Listed, Setting};
use super::problems::{each, refused};
use crate::apis::apinizer::error::Error;
use crate::apis::apinizer::key_material::is_readable;
use crate::apis::apinizer::state::{Algorithm, Entries, Key, KeyEntry, KeyType};
use crate::apis::apinizer::values::listed;
use crate::seed::{Material, Place, Problem, Seeding};
use crate::store::Text;

/// A key.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct KeySection {
    /// Identifier; without it, one that derives from the seed and the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where it stands among those of all projects, if that is not the order in which they are listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<u64>,
    /// Name.
    pub name: String,
    /// What it is for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// `RSA` or `EC`; or `PRIVATE_KEY`, `PUBLIC_KEY`, `SECRET_KEY`.
    #[serde(rename = "type")]
    pub key_type: String,
    /// Of a secret key: `AES`, `DES`, `DESede`, `RSA`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub algorithm: Option<String>,
    /// What it is in each environment.
    pub entries: Vec<KeyEntrySection>,
}

/// A key in some environments.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct KeyEntrySection {
    /// The environments.
    pub environments: Vec<String>,
    /// The private key. If it is generated, the public one comes with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private_key: Option<Material>,
    /// The public key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_key: Option<Material>,
    /// A secret key, in base64.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// The alias that is stored with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// The name under which it was uploaded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_name: Option<String>,
}

impl Listed for Key {
    type Section = KeySection;
    const WORD: &'static str = "key";

    fn identity(section: &KeySection) -> Identity<'_> {
        let (id, name, description) = (section.id.as_deref(), &section.name, &section.description);
        Identity { id, position: section.position, name, description }
    }

    fn read(section: &KeySection, head: Head, setting: &Setting<'_>) -> Result<Self, Problem> {
        let (key_type, algorithm) = kind(section, setting.place)?;
        let mut entries = Vec::new();
        let identity = format!("apinizer/{}/key/{}", head.project, head.name);
        each(&section.entries, &setting.place.member("entries"), |entry, at| {
            setting.reaches_all(&head.project, &entry.environments, &at.member("environments"))?;
            entries.extend(key_entries(entry, key_type, &identity, setting.seeding, at)?);
            Ok(())
        })?;
        let entries = Entries::from_iter(entries);
        let Head { id, project, name, description } = head;
        Ok(Self { id, project, name, description, key_type, algorithm, entries })
    }

    fn section(&self, position: Option<u64>) -> KeySection {
        let text = |text: &Text| Material::Base64(text.to_string());
        let entry = |entry: &KeyEntry| KeyEntrySection {
            environments: vec![entry.environment.to_string()],
            private_key: entry.private_key.as_ref().map(text),
            public_key: entry.public_key.as_ref().map(text),
            secret: entry.secret.as_ref().map(Text::to_string),
            alias: entry.alias.as_ref().map(Text::to_string),
            file_name: entry.file_name.as_ref().map(Text::to_string),
        };
        KeySection {
            id: Some(self.id.to_string()),
            position,
            name: self.name.to_string(),
            description: self.description.to_string(),
            key_type: self.key_type.name().to_owned(),
            algorithm: self.algorithm.map(|algorithm| algorithm.name().to_owned()),
            entries: self.entries.iter().map(entry).collect(),
        }
    }
}

/// Type and algorithm: a secret key needs both.
fn kind(section: &KeySection, place: &Place) -> Result<(KeyType, Option<Algorithm>), Problem> {
    let unknown = |member: &str, value: &str, known: &[&str]| {
        Problem::unknown_word(place.member(member), &format!("{member} of keys"), value, known)
    };
    let known = KeyType::ALL.map(KeyType::name);
    let key_type = KeyType::from_name(&section.key_type).ok_or_else(|| unknown("type", &section.key_type, &known))?;
    let known = Algorithm::ALL.map(Algorithm::name);
    let algorithm = |value: &String| Algorithm::from_name(value).ok_or_else(|| unknown("algorithm", value, &known));
    let algorithm = section.algorithm.as_ref().map(algorithm).transpose()?;
    if key_type == KeyType::Secret && algorithm.is_none() {
        let supported = listed(Algorithm::ALL.map(Algorithm::name));
        return Err(refused(Error::KeyAlgorithmRequired { supported }, place));
    }
    Ok((key_type, algorithm))
}

fn key_entries(
    section: &KeyEntrySection,
    key_type: KeyType,
    identity: &str,
    seeding: &Seeding<'_>,
    place: &Place,
) -> Result<Vec<KeyEntry>, Problem> {
    let mut entry = KeyEntry {
        secret: section.secret.clone().map(Text::from),
        alias: section.alias.clone().map(Text::from),
        file_name: section.file_name.clone().map(Text::from),
        ..KeyEntry::default()
    };
    match &section.private_key {
        Some(Material::Generate(what)) => {
            let minted = seeding.mint(what, identity, &place.member("private_key"))?;
            entry.private_key = Some(STANDARD.encode(minted.key.pkcs8()).into());
            entry.public_key = Some(STANDARD.encode(minted.key.public_key().spki()).into());
        }
        Some(material) => entry.private_key = Some(text(material, key_type, seeding, &place.member("private_key"))?),
        None => {}
    }
    if let Some(material) = &section.public_key {
        entry.public_key = Some(text(material, key_type, seeding, &place.member("public_key"))?);
    }
    let in_environment = |name: &String| KeyEntry { environment: name.clone().into(), ..entry.clone() };
    Ok(section.environments.iter().map(in_environment).collect())
}

/// Key material as the API keeps it: text as it is written, binary files in base64.
fn text(material: &Material, key_type: KeyType, seeding: &Seeding<'_>, place: &Place) -> Result<Text, Problem> {
    let text = if let Material::Base64(text) = material {
        text.clone()
    } else {
        let bytes = seeding.bytes(material, place)?;
        std::str::from_utf8(&bytes).map_or_else(|_| STANDARD.encode(&bytes), str::to_owned)
    };
    if is_readable(&text, false) {
        return Ok(text.into());
    }
    Err(refused(Error::KeyContentUnreadable { key_type: key_type.name().to_owned() }, &place.member(material.key())))
}
