//! Keystores in a scenario.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::listed::{Head, Identity, Listed, Setting};
use super::problems::{each, refused};
use crate::apis::apinizer::keystores::decode;
use crate::apis::apinizer::state::{Entries, Keystore, KeystoreEntry, KeystoreType};
use crate::seed::{Material, Place, Problem, Seeding};
use crate::store::Text;

/// A keystore.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct KeystoreSection {
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
    /// The same file in these environments; `entries` where they differ.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub environments: Vec<String>,
    /// `JKS` or `PKCS12`.
    #[serde(rename = "type", skip_serializing_if = "String::is_empty")]
    pub store_type: String,
    /// Path of the file, or `fixture:NAME`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Base64 of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base64: Option<String>,
    /// The password that opens it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// The alias that is stored with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// What differs by environment.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<KeystoreEntrySection>,
}

/// A keystore in one environment.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct KeystoreEntrySection {
    /// The environment.
    pub environment: String,
    /// `JKS` or `PKCS12`.
    #[serde(rename = "type")]
    pub store_type: String,
    /// Path of the file, or `fixture:NAME`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Base64 of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base64: Option<String>,
    /// The password that opens it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// The alias that is stored with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// The name under which it was uploaded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_name: Option<String>,
}

impl Listed for Keystore {
    type Section = KeystoreSection;
    const WORD: &'static str = "keystore";

    fn identity(section: &KeystoreSection) -> Identity<'_> {
        let (id, name, description) = (section.id.as_deref(), &section.name, &section.description);
        Identity { id, position: section.position, name, description }
    }

    fn read(section: &KeystoreSection, head: Head, setting: &Setting<'_>) -> Result<Self, Problem> {
        setting.reaches_all(&head.project, &section.environments, &setting.place.member("environments"))?;
        let mut entries = Vec::new();
        for environment in &section.environments {
            entries.push(keystore_entry(&section.in_environment(environment), setting.seeding, setting.place)?);
        }
        each(&section.entries, &setting.place.member("entries"), |entry, at| {
            setting.reaches(&head.project, &entry.environment, &at.member("environment"))?;
            entries.push(keystore_entry(entry, setting.seeding, at)?);
            Ok(())
        })?;
        let entries = Entries::from_iter(entries);
        let Head { id, project, name, description } = head;
        Ok(Self { id, project, name, description, entries })
    }

    fn section(&self, position: Option<u64>) -> KeystoreSection {
        let entry = |entry: &KeystoreEntry| KeystoreEntrySection {
            environment: entry.environment.to_string(),
            store_type: entry.store_type.name().to_owned(),
            file: None,
            base64: Some(entry.file.to_string()),
            password: entry.password.as_ref().map(Text::to_string),
            alias: entry.alias.as_ref().map(Text::to_string),
            file_name: entry.file_name.as_ref().map(Text::to_string),
        };
        KeystoreSection {
            id: Some(self.id.to_string()),
            position,
            name: self.name.to_string(),
            description: self.description.to_string(),
            entries: self.entries.iter().map(entry).collect(),
            ..KeystoreSection::default()
        }
    }
}

impl KeystoreSection {
    fn in_environment(&self, environment: &str) -> KeystoreEntrySection {
        KeystoreEntrySection {
            environment: environment.to_owned(),
            store_type: self.store_type.clone(),
            file: self.file.clone(),
            base64: self.base64.clone(),
            password: self.password.clone(),
            alias: self.alias.clone(),
            file_name: None,
        }
    }
}

fn keystore_entry(
    section: &KeystoreEntrySection,
    seeding: &Seeding<'_>,
    place: &Place,
) -> Result<KeystoreEntry, Problem> {
    let material = Material::one_of(section.file.as_deref(), None, section.base64.as_deref(), None, place)?;
    // Base64 is kept as it is written, as the API keeps it.
    let file = match &material {
        Material::Base64(text) => text.clone(),
        _ => STANDARD.encode(seeding.bytes(&material, place)?),
    };
    let known = KeystoreType::ALL.map(KeystoreType::name);
    let store_type = KeystoreType::from_name(&section.store_type)
        .ok_or_else(|| Problem::unknown_word(place.member("type"), "type of keystores", &section.store_type, &known))?;
    Ok(KeystoreEntry {
        environment: section.environment.clone().into(),
        store_type,
        bytes: decode(&file).map_err(|error| refused(error, &place.member(material.key())))?,
        file: file.into(),
        password: section.password.clone().map(Text::from),
        alias: section.alias.clone().map(Text::from),
        file_name: section.file_name.clone().map(Text::from),
    })
}
