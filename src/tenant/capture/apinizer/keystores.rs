//! Keystores. Their files have private keys in them: a file that the program carries stands in.

use serde_json::Value;

use crate::apis::apinizer::scenario::{KeystoreEntrySection, KeystoreSection};
use crate::tenant::odata::Entity;

/// What stands in, and what opens it.
const PKCS12: &str = "fixture:stores/keystore.p12";
const JKS: &str = "fixture:stores/keystore.jks";
const PASSWORD: &str = "changeit";

/// A keystore.
pub(super) fn section(row: &Entity, place: Option<u64>) -> KeystoreSection {
    let entries = row.0.get("keyStoreEnvironmentList").and_then(Value::as_array).into_iter().flatten();
    KeystoreSection {
        id: super::identifier(row, "id"),
        position: place,
        name: row.said("name"),
        description: row.said("description"),
        entries: entries.filter_map(Value::as_object).map(|members| entry(&Entity(members.clone()))).collect(),
        ..KeystoreSection::default()
    }
}

fn entry(entry: &Entity) -> KeystoreEntrySection {
    let store_type =
        entry.present("type").or_else(|| entry.present("keyStoreType")).unwrap_or_else(|| "JKS".to_owned());
    let file = if store_type == "PKCS12" { PKCS12 } else { JKS };
    KeystoreEntrySection {
        environment: entry.said("environmentName"),
        file: Some(file.to_owned()),
        base64: None,
        password: Some(PASSWORD.to_owned()),
        alias: entry.present("alias"),
        file_name: None,
        store_type,
    }
}
