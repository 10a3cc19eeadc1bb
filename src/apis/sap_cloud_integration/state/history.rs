//! SAP's own key pairs: prepared ones are activated, replaced ones remembered and brought back.

use std::sync::Arc;

use super::{Entry, Owner, Stamp, State, StoreName, Writer};
use crate::apis::sap_cloud_integration::alias::Alias;
use crate::apis::sap_cloud_integration::error::Error;
use crate::store::{Text, sort_by};

/// A key pair of SAP that was replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// The entry under its alias in the history, `[2]_sap_test`.
    pub entry: Arc<Entry>,
    /// Who put it in use, and since when it was.
    pub activated: Stamp,
    /// Who replaced it, and when.
    pub deactivated: Stamp,
    /// Its number among those of its original alias, from 1.
    pub sequence: i32,
    /// The alias that it had.
    pub original: Text,
}

impl State {
    /// Puts a prepared key pair in use: the present one goes to the history, the new one takes its place and leaves the
    /// renewal keystore.
    pub fn activate(&mut self, alias: &Alias, writer: &Writer) -> Result<(), Error> {
        let stamp = &writer.stamp;
        let prepared = self.entry(StoreName::Renewal, alias)?.clone();
        self.refuse_if_locked(writer)?;
        let present = self.system.get(alias).cloned();
        let created = present.as_ref().map_or_else(|| prepared.created.clone(), |present| present.created.clone());
        if let Some(present) = present {
            self.remember(&present, stamp);
        }
        let modified = Stamp::new(Owner::Sap.as_str(), stamp.at);
        let activated = Some(stamp.clone());
        self.system.put(Entry { owner: Owner::Sap, created, modified, activated, ..(*prepared).clone() });
        self.system.touch(stamp);
        self.renewal.remove(alias);
        self.renewal.touch(stamp);
        Ok(())
    }

    fn remember(&mut self, replaced: &Entry, stamp: &Stamp) {
        let original = replaced.alias.text().clone();
        let numbers = self.history.values().filter(|past| past.original == original).map(|past| past.sequence);
        let sequence = numbers.max().unwrap_or(0) + 1;
        let alias = Alias::new(format!("[{sequence}]_{original}"));
        let renamed = replaced.renamed(alias.clone(), replaced.modified.clone());
        let entry = Arc::new(Entry { activated: None, ..renamed });
        let activated = replaced.activated.clone().unwrap_or_else(|| replaced.modified.clone());
        let past = HistoryEntry { entry, activated, deactivated: stamp.clone(), sequence, original };
        self.history.insert(alias, Arc::new(past));
    }

    /// The history: aliases in order, of each the last replaced first.
    pub fn history_in_order(&self) -> Vec<&Arc<HistoryEntry>> {
        let mut rows: Vec<_> = self.history.values().collect();
        sort_by(&mut rows, |one, other| (&one.original, other.sequence).cmp(&(&other.original, one.sequence)));
        rows
    }

    /// An entry of the history.
    pub fn past(&self, alias: &Alias) -> Result<&Arc<HistoryEntry>, Error> {
        self.history.get(alias).ok_or_else(|| super::not_found(alias))
    }

    /// Copies an entry of the history to the renewal keystore, under the alias that it had unless another is given.
    ///
    /// The specification says that the default is the history's own alias; that contradicts its rule that the
    /// destination be an alias of SAP's, so the documentation is followed.
    pub fn bring_back(&mut self, alias: &Alias, destination: Option<&str>, writer: &Writer) -> Result<(), Error> {
        if !alias.text().starts_with('[') {
            return Err(Error::HistoryAliasInvalid { alias: alias.to_string() });
        }
        let past = self.past(alias)?;
        let destination =
            Alias::for_entry(destination.map_or_else(|| past.original.clone(), |text| text.to_owned().into()))?;
        if destination.reservation().is_none() {
            return Err(Error::DestinationNotSap { alias: destination.to_string() });
        }
        if self.renewal.get(&destination).is_some() {
            return Err(Error::DestinationExists { alias: destination.to_string() });
        }
        let entry = past.entry.renamed(destination, Stamp::new(Owner::Sap.as_str(), writer.stamp.at));
        self.refuse_if_locked(writer)?;
        self.renewal.put(entry);
        self.renewal.touch(&writer.stamp);
        Ok(())
    }
}
