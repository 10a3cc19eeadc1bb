//! Certificate store references: names that point to stores, so that a virtual host can be moved to another store
//! without being edited.

use std::sync::Arc;

use super::{Author, CertificateStore, History, ReferenceName, State, StoreName, StoreType};
use crate::apis::sap_api_management::behaviour::Permission;
use crate::apis::sap_api_management::error::Error;
use crate::odata::Memo;

/// A certificate store reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Its name.
    pub name: ReferenceName,
    /// The store that it points to.
    pub store: StoreName,
    /// The type of that store when it was pointed there.
    pub store_type: StoreType,
    /// Who made and changed it.
    pub history: History,
    /// Where what a reader is shown is kept.
    pub memo: Memo,
}

/// What an update says of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repoint<'a> {
    /// This one; `None` where it says null, or nothing although it replaces the entity.
    To(Option<&'a str>),
    /// Nothing: the store stays.
    Keep,
}

impl State {
    /// Makes a reference.
    ///
    /// # Errors
    /// Its name is in use (told first); there is no such store.
    pub fn create_reference(
        &mut self,
        name: ReferenceName,
        store: Option<&str>,
        author: &Author,
    ) -> Result<Arc<Reference>, Error> {
        if self.references.contains(&name) {
            return Err(Error::ReferenceExists);
        }
        let store = self.target(store).ok_or(Error::ReferenceCreatedWithoutStore)?;
        let reference = Arc::new(Reference {
            name: name.clone(),
            store: store.name.clone(),
            store_type: store.store_type(),
            history: History::begin(author),
            memo: Memo::default(),
        });
        self.references.insert(name, Arc::clone(&reference));
        Ok(reference)
    }

    /// Points a reference to a store; also to the one that it points to already.
    ///
    /// # Errors
    /// There is no such reference (told first) or store; a switch forbids the change.
    pub fn repoint_reference(&mut self, name: &str, repoint: Repoint<'_>, author: &Author) -> Result<(), Error> {
        let reference = self.reference(name)?;
        let mut changed = Reference { history: reference.history.changed(author), ..Reference::clone(reference) };
        if let Repoint::To(store) = repoint {
            let store = self.target(store).ok_or(Error::ReferenceUpdatedWithoutStore)?;
            self.check_repointing(reference, store)?;
            changed.store = store.name.clone();
            changed.store_type = store.store_type();
        }
        self.references.insert(changed.name.clone(), Arc::new(changed));
        Ok(())
    }

    /// Deletes a reference; the store stays.
    ///
    /// # Errors
    /// There is none; a virtual host uses it.
    pub fn delete_reference(&mut self, name: &str) -> Result<(), Error> {
        self.reference(name)?;
        if let Some(host) = self.hosts.values().find(|host| host.links().any(|link| link.is_reference(name))) {
            return Err(Error::ReferenceLinked { host: host.host.to_string() });
        }
        self.references.remove(name);
        Ok(())
    }

    /// The reference of that name.
    ///
    /// # Errors
    /// There is none.
    pub fn reference(&self, name: &str) -> Result<&Arc<Reference>, Error> {
        self.references.get(name).ok_or(Error::NoSuchReference)
    }

    fn target(&self, store: Option<&str>) -> Option<&Arc<CertificateStore>> {
        self.stores.get(store?)
    }

    fn check_repointing(&self, reference: &Reference, store: &CertificateStore) -> Result<(), Error> {
        if self.behaviour.store_type_change == Permission::Refused && store.store_type() != reference.store_type {
            return Err(Error::ReferenceChangesType);
        }
        if !self.behaviour.alias_check {
            return Ok(());
        }
        let name = reference.name.as_str();
        let hosts =
            self.hosts.values().filter(|host| host.key_store.as_ref().is_some_and(|link| link.is_reference(name)));
        let mut aliases = hosts.filter_map(|host| host.key_store_alias.as_ref());
        match aliases.find(|alias| !store.certificates.contains(alias.as_str())) {
            Some(alias) => Err(Error::ReferenceLosesAlias { alias: alias.to_string() }),
            None => Ok(()),
        }
    }
}
