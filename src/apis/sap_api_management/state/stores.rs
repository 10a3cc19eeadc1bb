//! Certificate stores: named sets of certificates, with private keys (key stores) or without (trust stores).

use std::sync::Arc;

use super::{Author, Certificate, CertificateName, History, State, StoreName, StoreType, TypeName, Upload};
use crate::apis::sap_api_management::behaviour::LinkedStore;
use crate::apis::sap_api_management::error::Error;
use crate::store::Table;

/// A certificate store.
#[derive(Debug, Clone)]
pub struct CertificateStore {
    /// Its name.
    pub name: StoreName,
    /// What it is for.
    pub type_name: TypeName,
    /// Its contents.
    pub certificates: Table<CertificateName, Arc<Certificate>>,
    /// Who made and changed it.
    pub history: History,
}

impl CertificateStore {
    /// What it is for.
    pub const fn store_type(&self) -> StoreType {
        self.type_name.store_type()
    }
}

impl State {
    /// Makes a store with its first contents.
    ///
    /// # Errors
    /// Its name is in use or its type is none; whatever an upload may be refused for.
    pub fn create_store(
        &mut self,
        name: &StoreName,
        store_type: Option<&str>,
        contents: Vec<Upload>,
        author: &Author,
    ) -> Result<Arc<CertificateStore>, Error> {
        if self.stores.contains(name) {
            return Err(Error::StoreExists);
        }
        let type_name = store_type.and_then(TypeName::parse).ok_or(Error::StoreTypeInvalid)?;
        let history = History::begin(author);
        let store = CertificateStore { name: name.clone(), type_name, certificates: Table::default(), history };
        self.stores.insert(name.clone(), Arc::new(store));
        for upload in contents {
            self.upload(name, upload, author)?;
        }
        self.store(name.as_str()).cloned()
    }

    /// The store of that name.
    ///
    /// # Errors
    /// There is none.
    pub fn store(&self, name: &str) -> Result<&Arc<CertificateStore>, Error> {
        self.stores.get(name).ok_or(Error::NoSuchStore)
    }

    /// Deletes a store with its contents.
    ///
    /// # Errors
    /// There is none; a reference or a virtual host names it, and the switch says that this counts.
    pub fn delete_store(&mut self, name: &str) -> Result<(), Error> {
        self.store(name)?;
        if self.behaviour.delete_linked_store == LinkedStore::Refused {
            self.check_store_is_free(name)?;
        }
        self.stores.remove(name);
        Ok(())
    }

    fn check_store_is_free(&self, name: &str) -> Result<(), Error> {
        if let Some(reference) = self.references.values().find(|reference| reference.store.as_str() == name) {
            return Err(Error::StoreReferenced { reference: reference.name.to_string() });
        }
        match self.hosts.values().find(|host| host.links().any(|link| link.is_store(name))) {
            Some(host) => Err(Error::StoreLinked { host: host.host.to_string() }),
            None => Ok(()),
        }
    }
}
