//! One keystore. Its size and its trust index follow every change, so that a write costs the same however many entries
//! there are.

use std::sync::Arc;

use super::trust::Anchors;
use super::{Entry, Owner, Stamp};
use crate::apis::sap_cloud_integration::alias::Alias;
use crate::odata::Memo;
use crate::pki::Certificate;
use crate::store::Listed;

/// Entries by alias.
#[derive(Debug, Clone, Default)]
pub struct Keystore {
    entries: Listed<Alias, Arc<Entry>, Memo>,
    size: usize,
    anchors: Anchors,
    modified: Option<Stamp>,
}

impl Keystore {
    /// The entry with this alias.
    pub fn get(&self, alias: &Alias) -> Option<&Arc<Entry>> {
        self.entries.get(alias)
    }

    /// All entries in the order of their aliases.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Arc<Entry>> {
        self.entries.values()
    }

    /// The tenant administrator's entries.
    pub fn administrators(&self) -> impl Iterator<Item = &Arc<Entry>> {
        self.entries().filter(|entry| entry.owner == Owner::TenantAdministrator)
    }

    /// How many entries there are, whoever owns them.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Who changed it last, and when.
    pub const fn modified(&self) -> Option<&Stamp> {
        self.modified.as_ref()
    }

    /// Bytes of all entries.
    pub const fn size(&self) -> usize {
        self.size
    }

    /// Bytes of all entries once this one is put.
    pub fn size_with(&self, entry: &Entry) -> usize {
        let replaced = self.get(&entry.alias).map_or(0, |replaced| replaced.size());
        self.size - replaced + entry.size()
    }

    /// Where the list of all entries is kept, as long as they are these.
    pub fn feed(&self) -> &Memo {
        self.entries.kept()
    }

    /// Adds an entry, or replaces the one with its alias.
    pub fn put(&mut self, entry: impl Into<Arc<Entry>>) {
        let entry = entry.into();
        self.remove(&entry.alias);
        self.size += entry.size();
        for certificate in entry.content.chain() {
            self.anchors.add(certificate);
        }
        self.entries.insert(entry.alias.clone(), entry);
    }

    /// Removes an entry.
    pub fn remove(&mut self, alias: &Alias) -> Option<Arc<Entry>> {
        let removed = self.entries.remove(alias)?;
        self.size -= removed.size();
        for certificate in removed.content.chain() {
            self.anchors.remove(certificate);
        }
        Some(removed)
    }

    /// Notes who changed it.
    pub fn touch(&mut self, stamp: &Stamp) {
        self.modified = Some(stamp.clone());
    }

    /// True if verified links lead from the certificate to a self-signed one here, or if it is here itself.
    pub fn trusts(&self, certificate: &Arc<Certificate>, intermediates: &[Arc<Certificate>]) -> bool {
        self.anchors.trust(certificate, intermediates)
    }
}
