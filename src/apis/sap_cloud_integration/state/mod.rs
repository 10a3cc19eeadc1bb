//! State and rules, without HTTP: four keystores, credentials, and the certificate-to-user mappings of Neo.

mod access_policy;
mod artifact_reference;
mod artifacts;
mod entry;
mod history;
mod import;
mod keystore;
mod locations;
mod mapping;
mod oauth2_client_credential;
mod secure_parameter;
mod trust;
mod user_credential;
mod writer;

use super::alias::Alias;
use super::behaviour::{Behaviour, Trust};
use super::error::Error;
use crate::pki::Certificate;
use crate::store::{Table, Text};
use std::sync::Arc;

pub use access_policy::{AccessPolicies, AccessPolicy};
pub use artifact_reference::{ArtifactReference, Described};
pub use artifacts::{Artifact, Artifacts};
pub use entry::{Content, Entry, Facts, Owner, Stamp};
pub use history::HistoryEntry;
pub use import::{Candidate, ImportOption, Imported, Status};
pub use keystore::Keystore;
pub use locations::{CLOUD, Found, Location, Locations};
pub use mapping::Mapping;
pub use oauth2_client_credential::{CustomParameter, OAuth2ClientCredential};
pub use secure_parameter::SecureParameter;
pub use user_credential::{Kind, UserCredential};
pub use writer::Writer;

/// All state of this API in a world.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The switches.
    pub behaviour: Arc<Behaviour>,
    /// The tenant keystore in use.
    pub system: Keystore,
    /// The last backup of the tenant administrator's entries.
    pub backup: Keystore,
    /// Key pairs that SAP has prepared.
    pub renewal: Keystore,
    /// Key pairs of SAP that were replaced.
    pub history: Table<Alias, Arc<HistoryEntry>>,
    /// Certificate-to-user mappings by their identifiers.
    pub mappings: Table<Text, Arc<Mapping>>,
    /// User credentials.
    pub user_credentials: Artifacts<UserCredential>,
    /// OAuth2 client credentials.
    pub oauth2_client_credentials: Artifacts<OAuth2ClientCredential>,
    /// Secure parameters.
    pub secure_parameters: Artifacts<SecureParameter>,
    /// Access policies.
    pub access_policies: AccessPolicies,
    /// Runtime locations by their identifiers.
    pub locations: Locations,
    /// The runtimes that access policies are sent to: that of the cloud, then the locations.
    pub runtimes: Arc<[Text]>,
}

/// The keystores by the names that requests use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreName {
    /// `system`
    System,
    /// `backup_admin_system`
    Backup,
    /// `KeyRenewal`
    Renewal,
    /// `KeyHistory`
    History,
}

impl StoreName {
    /// The keystore of this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::System, Self::Backup, Self::Renewal, Self::History].into_iter().find(|store| store.as_str() == name)
    }

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Backup => "backup_admin_system",
            Self::Renewal => "KeyRenewal",
            Self::History => "KeyHistory",
        }
    }
}

impl State {
    /// An entry of one of the keystores.
    pub fn entry(&self, store: StoreName, alias: &Alias) -> Result<&Arc<Entry>, Error> {
        let entry = match store {
            StoreName::System => self.system.get(alias),
            StoreName::Backup => self.backup.get(alias),
            StoreName::Renewal => self.renewal.get(alias),
            StoreName::History => self.history.get(alias).map(|replaced| &replaced.entry),
        };
        entry.ok_or_else(|| not_found(alias))
    }

    /// Whether an entry may be written under an alias: without `update` the alias must be free, with it taken by an
    /// entry of the tenant administrator.
    pub fn admits(&self, alias: &Alias, update: bool) -> Result<(), Error> {
        match (self.system.get(alias), update) {
            (None, false) => Ok(()),
            (None, true) => Err(Error::EntryMissing { alias: alias.to_string() }),
            (Some(_), false) => Err(Error::AliasExists { alias: alias.to_string() }),
            (Some(entry), true) => entry.refuse_if_sap_owned(),
        }
    }

    /// Writes an entry of the tenant administrator to `system`; one that it replaces hands down when it was created.
    pub fn store(&mut self, alias: Alias, content: Content, writer: &Writer) -> Result<(), Error> {
        let stamp = &writer.stamp;
        let created = self.system.get(&alias).map_or_else(|| stamp.clone(), |replaced| replaced.created.clone());
        let entry = Entry::new(alias, Owner::TenantAdministrator, content, created, stamp.clone());
        self.refuse_if_too_large(self.system.size_with(&entry))?;
        self.refuse_if_locked(writer)?;
        self.system.put(entry);
        self.system.touch(stamp);
        Ok(())
    }

    /// Refuses a size that the keystore may not have.
    pub fn refuse_if_too_large(&self, size: usize) -> Result<(), Error> {
        let limit = self.behaviour.keystore_limit();
        if size > limit { Err(Error::KeystoreFull { limit: limit.to_string() }) } else { Ok(()) }
    }

    /// Deletes an entry of the tenant administrator from `system`.
    pub fn delete(&mut self, alias: &Alias, writer: &Writer) -> Result<(), Error> {
        alias.refuse_reserved()?;
        self.entry(StoreName::System, alias)?.refuse_if_sap_owned()?;
        self.refuse_if_locked(writer)?;
        self.system.remove(alias);
        self.system.touch(&writer.stamp);
        Ok(())
    }

    /// Deletes those entries of the tenant administrator that exist. A single one of SAP's keeps all.
    pub fn delete_all(&mut self, aliases: &[Alias], writer: &Writer) -> Result<(), Error> {
        aliases.iter().try_for_each(Alias::refuse_reserved)?;
        let existing: Vec<&Arc<Entry>> = aliases.iter().filter_map(|alias| self.system.get(alias)).collect();
        existing.iter().try_for_each(|entry| entry.refuse_if_sap_owned())?;
        self.refuse_if_locked(writer)?;
        let before = self.system.len();
        for alias in aliases {
            self.system.remove(alias);
        }
        if self.system.len() < before {
            self.system.touch(&writer.stamp);
        }
        Ok(())
    }

    /// Gives an entry of the tenant administrator another alias. Renaming to the same alias is renaming to one in use.
    pub fn rename(&mut self, alias: &Alias, to: Alias, writer: &Writer) -> Result<(), Error> {
        let entry = self.entry(StoreName::System, alias)?;
        entry.refuse_if_sap_owned()?;
        if self.system.get(&to).is_some() {
            return Err(Error::AliasExists { alias: to.to_string() });
        }
        let renamed = entry.renamed(to, writer.stamp.clone());
        self.refuse_if_locked(writer)?;
        self.system.remove(alias);
        self.system.put(renamed);
        self.system.touch(&writer.stamp);
        Ok(())
    }

    /// Whether a certificate may be taken without a look at its fingerprint.
    pub fn trusts(&self, certificate: &Arc<Certificate>, intermediates: &[Arc<Certificate>]) -> bool {
        match self.behaviour.trust {
            Trust::ChainToKeystore => self.system.trusts(certificate, intermediates),
            Trust::AcceptAll => true,
            Trust::RejectAll => false,
        }
    }
}

fn not_found(alias: &Alias) -> Error {
    Error::AliasNotFound { alias: alias.to_string() }
}
