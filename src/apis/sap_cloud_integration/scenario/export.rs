//! Of the state the section that builds it again.

use super::{EntrySection, KeystoreSection, Keystores, MappingSection, OwnerName, PastSection, Section, StampSection};
use crate::apis::sap_cloud_integration::state::{Content, Entry, HistoryEntry, Keystore, Owner, Stamp, State};
use crate::pki::pem;
use crate::seed::Material;

/// The section that builds this state again.
pub fn export(state: &State) -> Section {
    Section {
        keystores: Keystores {
            system: keystore_section(&state.system),
            backup_admin_system: keystore_section(&state.backup),
            key_renewal: keystore_section(&state.renewal),
        },
        key_history: state.history.values().map(|past| past_section(past)).collect(),
        certificate_user_mappings: state
            .mappings
            .values()
            .map(|mapping| MappingSection {
                user: mapping.user.to_string(),
                certificate: Material::of_bytes(&mapping.content),
                created: Some(stamp_section(&mapping.created)),
                modified: Some(stamp_section(&mapping.modified)),
            })
            .collect(),
    }
}

fn keystore_section(keystore: &Keystore) -> KeystoreSection {
    let entries = keystore.entries().map(|entry| entry_section(entry)).collect();
    KeystoreSection { entries, modified: keystore.modified().map(stamp_section) }
}

fn entry_section(entry: &Entry) -> EntrySection {
    let (certificate, key_pair, ca_reply) = match &entry.content {
        Content::Certificate(certificate) => (Some(Material::of_certificate(certificate)), None, false),
        Content::KeyPair { replied, .. } => (None, key_pair_material(&entry.content), *replied),
    };
    EntrySection {
        alias: entry.alias.to_string(),
        certificate,
        key_pair,
        password: None,
        owner: Some(match entry.owner {
            Owner::Sap => OwnerName::Sap,
            Owner::TenantAdministrator => OwnerName::TenantAdministrator,
        }),
        created: Some(stamp_section(&entry.created)),
        modified: Some(stamp_section(&entry.modified)),
        activated: entry.activated.as_ref().map(stamp_section),
        ca_reply,
    }
}

fn key_pair_material(content: &Content) -> Option<Material> {
    let chain: Vec<_> = content.chain().cloned().collect();
    Some(Material::of_key_pair(content.key()?, &chain))
}

fn past_section(past: &HistoryEntry) -> PastSection {
    PastSection {
        original_alias: past.original.to_string(),
        sequence: past.sequence,
        key_pair: key_pair_material(&past.entry.content).unwrap_or_else(|| {
            // The history has key pairs only; a certificate would be said as what it is.
            Material::Pem(pem::encode("CERTIFICATE", past.entry.content.certificate().der()))
        }),
        password: None,
        created: Some(stamp_section(&past.entry.created)),
        modified: Some(stamp_section(&past.entry.modified)),
        activated: Some(stamp_section(&past.activated)),
        deactivated: Some(stamp_section(&past.deactivated)),
    }
}

fn stamp_section(stamp: &Stamp) -> StampSection {
    StampSection { by: stamp.by.to_string(), at: stamp.at.iso_millis() }
}
