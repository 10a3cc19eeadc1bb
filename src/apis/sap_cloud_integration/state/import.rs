//! Import of a keystore file, backup and restore, and what becomes of each entry.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use super::{Content, Entry, Keystore, Owner, Stamp, State, Writer};
use crate::apis::sap_cloud_integration::alias::{Alias, Reservation};
use crate::apis::sap_cloud_integration::error::Error;
use crate::store::sort_by;

/// What to do with entries that are there, and with those that are in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportOption {
    /// Others stay; the same alias is replaced.
    Overwrite,
    /// Others stay; so does the same alias.
    Merge,
    /// The tenant administrator's others go.
    Replace,
}

/// An entry of a file.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its alias.
    pub alias: Alias,
    /// What it holds.
    pub content: Content,
}

/// What became of an entry: a report of one call, not stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// Nothing.
    Unchanged,
    /// It was replaced.
    Changed,
    /// It was added.
    New,
    /// It was taken out.
    Removed,
    /// It was left out: another has its alias.
    InTheWay,
    /// It was left out: its alias is SAP's.
    Reserved(Alias),
    /// It was left out: no entry may have its alias.
    AliasInvalid,
    /// It was left out: a certificate does not replace a key pair.
    KeyPairStays,
    /// It is not trusted, and was left out.
    NotTrusted,
}

impl fmt::Display for Status {
    /// The protocol's texts, the blank before a colon included.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unchanged => f.write_str("unchanged"),
            Self::Changed => f.write_str("changed"),
            Self::New => f.write_str("new"),
            Self::Removed => f.write_str("removed"),
            Self::NotTrusted => f.write_str("notImported"),
            Self::InTheWay => f.write_str("notImported: An entry with the same alias already exists"),
            Self::Reserved(alias) => match alias.reservation() {
                Some(Reservation::Prefix) => f.write_str(
                    "notImported: The alias is not allowed. Aliases starting with 'sap_' are reserved for SAP.",
                ),
                _ => write!(f, "notImported: The alias is not allowed. The alias '{alias}' is reserved for SAP."),
            },
            // Assumed: the beginning of its neighbours.
            Self::AliasInvalid => f.write_str("notImported: The alias is not allowed."),
            Self::KeyPairStays => {
                f.write_str("notImported :Key Pair entry cannot be overwritten by a certificate entry.")
            }
        }
    }
}

impl Status {
    /// True if the entry of the file was left out.
    pub const fn is_failure(&self) -> bool {
        !matches!(self, Self::Unchanged | Self::Changed | Self::New | Self::Removed)
    }
}

/// One row of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The entry as it is now, or as it would have been.
    pub entry: Arc<Entry>,
    /// What became of it.
    pub status: Status,
}

impl State {
    /// Imports the entries of a file into `system`: the keystore's entries, those left out and those removed, each with
    /// what became of it. With `whole`, an entry that would be left out fails all.
    pub fn import(
        &mut self,
        candidates: Vec<Candidate>,
        option: ImportOption,
        whole: bool,
        writer: &Writer,
    ) -> Result<Vec<Imported>, Error> {
        let stamp = &writer.stamp;
        let entries = candidates.into_iter().map(|candidate| self.entry_of(candidate, stamp)).collect();
        let report = self.take_over(entries, option, option == ImportOption::Overwrite, stamp);
        let failure = report.iter().find(|row| whole && row.status.is_failure());
        if let Some(row) = failure {
            let (alias, status) = (row.entry.alias.to_string(), row.status.to_string());
            return Err(Error::ImportIncomplete { alias, status });
        }
        self.refuse_if_too_large(self.system.size())?;
        self.refuse_if_locked(writer)?;
        Ok(report)
    }

    /// Copies the tenant administrator's entries to the backup keystore, in place of what is there.
    pub fn back_up(&mut self, writer: &Writer) -> Result<(), Error> {
        self.refuse_if_locked(writer)?;
        let mut backup = Keystore::default();
        for entry in self.system.administrators() {
            backup.put(entry.clone());
        }
        backup.touch(&writer.stamp);
        self.backup = backup;
        Ok(())
    }

    /// Brings the backup's entries back, also where a key pair has taken the alias of a certificate.
    pub fn restore(&mut self, option: ImportOption, writer: &Writer) -> Result<Vec<Imported>, Error> {
        let stamp = &writer.stamp;
        let restored = |entry: &Arc<Entry>| Arc::new(Entry { modified: stamp.clone(), ..(**entry).clone() });
        let entries: Vec<Arc<Entry>> = self.backup.administrators().map(restored).collect();
        if entries.is_empty() {
            return Err(Error::NoBackup);
        }
        let report = self.take_over(entries, option, false, stamp);
        self.refuse_if_too_large(self.system.size())?;
        self.refuse_if_locked(writer)?;
        Ok(report)
    }

    fn entry_of(&self, candidate: Candidate, stamp: &Stamp) -> Arc<Entry> {
        let Candidate { alias, content } = candidate;
        let created = self.system.get(&alias).map_or_else(|| stamp.clone(), |present| present.created.clone());
        Arc::new(Entry::new(alias, Owner::TenantAdministrator, content, created, stamp.clone()))
    }

    fn take_over(
        &mut self,
        entries: Vec<Arc<Entry>>,
        option: ImportOption,
        key_pairs_stay: bool,
        stamp: &Stamp,
    ) -> Vec<Imported> {
        let mut aside = Vec::new();
        let mut statuses = BTreeMap::new();
        if option == ImportOption::Replace {
            aside.extend(self.removed_by(&entries));
        }
        for entry in entries {
            match self.status_of(&entry, option, key_pairs_stay) {
                status if status.is_failure() => aside.push(Imported { entry, status }),
                Status::Unchanged => {}
                status => {
                    statuses.insert(entry.alias.clone(), status);
                    self.system.put(entry);
                }
            }
        }
        if !statuses.is_empty() || aside.iter().any(|row| row.status == Status::Removed) {
            self.system.touch(stamp);
        }
        let present = self.system.entries().map(|entry| {
            let status = statuses.get(&entry.alias).cloned().unwrap_or(Status::Unchanged);
            Imported { entry: entry.clone(), status }
        });
        let mut report: Vec<Imported> = present.chain(aside).collect();
        sort_by(&mut report, |one, other| one.entry.alias.cmp(&other.entry.alias));
        report
    }

    /// Takes the tenant administrator's entries out that the file does not have.
    fn removed_by(&mut self, entries: &[Arc<Entry>]) -> Vec<Imported> {
        let staying: BTreeSet<&Alias> = entries.iter().map(|entry| &entry.alias).collect();
        let goes = |entry: &&Arc<Entry>| !staying.contains(&entry.alias);
        let gone: Vec<Arc<Entry>> = self.system.administrators().filter(goes).cloned().collect();
        for entry in &gone {
            self.system.remove(&entry.alias);
        }
        gone.into_iter().map(|entry| Imported { entry, status: Status::Removed }).collect()
    }

    fn status_of(&self, entry: &Entry, option: ImportOption, key_pairs_stay: bool) -> Status {
        if Alias::for_entry(entry.alias.text().clone()).is_err() {
            return Status::AliasInvalid;
        }
        if entry.alias.reservation().is_some() {
            return Status::Reserved(entry.alias.clone());
        }
        let Some(present) = self.system.get(&entry.alias) else {
            return Status::New;
        };
        if option == ImportOption::Merge || present.owner == Owner::Sap {
            return Status::InTheWay;
        }
        if present.content == entry.content {
            return Status::Unchanged;
        }
        if key_pairs_stay && present.content.is_key_pair() && !entry.content.is_key_pair() {
            return Status::KeyPairStays;
        }
        Status::Changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apis::sap_cloud_integration::state::Writer;
    use crate::effects::Timestamp;
    use crate::pki::certificate_file;

    #[test]
    fn a_file_brings_no_alias_that_an_entry_may_not_have() {
        let certificate =
            certificate_file::certificate(include_bytes!("../../../../fixtures/server/smtp.pem")).unwrap();
        let candidate = |alias: &str| Candidate {
            alias: Alias::new(alias.to_owned()),
            content: Content::Certificate(Arc::clone(&certificate)),
        };
        let aliases = ["", "a\tb", &"x".repeat(251), &"x".repeat(250)];
        let writer = Writer { stamp: Stamp::new("me", Timestamp(0)), came_second: false };
        let mut state = State::default();
        let report = state.import(aliases.map(candidate).to_vec(), ImportOption::Overwrite, false, &writer).unwrap();
        let statuses: Vec<Status> = report.into_iter().map(|row| row.status).collect();
        assert_eq!(statuses, [Status::AliasInvalid, Status::AliasInvalid, Status::New, Status::AliasInvalid]);
        assert_eq!(state.system.len(), 1);
        assert!(Status::AliasInvalid.is_failure());
    }
}
