//! Of the state the section that builds it again.

use super::{EntrySection, KeystoreSection, Keystores, MappingSection, OwnerName, PastSection, Section, StampSection};
use super::{access_policies, artifacts, runtime_locations};
use crate::apis::sap_cloud_integration::state::{Content, Entry, HistoryEntry, Keystore, Owner, State};
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
                created: Some(StampSection::of(&mapping.created)),
                modified: Some(StampSection::of(&mapping.modified)),
            })
            .collect(),
        user_credentials: artifacts::sections(&state.user_credentials),
        oauth2_client_credentials: artifacts::sections(&state.oauth2_client_credentials),
        access_policies: access_policies::sections(&state.access_policies),
        runtime_locations: runtime_locations::sections(state, export),
        last_access_policy_id: state.access_policies.last(),
        secure_parameters: artifacts::sections(&state.secure_parameters),
    }
}

fn keystore_section(keystore: &Keystore) -> KeystoreSection {
    let entries = keystore.entries().map(|entry| entry_section(entry)).collect();
    KeystoreSection { entries, modified: keystore.modified().map(StampSection::of) }
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
        created: Some(StampSection::of(&entry.created)),
        modified: Some(StampSection::of(&entry.modified)),
        activated: entry.activated.as_ref().map(StampSection::of),
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
        created: Some(StampSection::of(&past.entry.created)),
        modified: Some(StampSection::of(&past.entry.modified)),
        activated: Some(StampSection::of(&past.activated)),
        deactivated: Some(StampSection::of(&past.deactivated)),
    }
}
