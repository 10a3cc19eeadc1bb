//! What is put into stores, changed in them and taken out of them.

use std::sync::Arc;

use super::{
    Author, Certificate, CertificateStore, Description, History, Material, Replacement, State, StoreName, Upload,
};
use crate::apis::sap_api_management::behaviour::{ExpiredCertificates, SameName};
use crate::apis::sap_api_management::error::Error;

impl State {
    /// Puts a certificate into a store, in the place of the one of that name if there is one.
    ///
    /// # Errors
    /// There is no such store; the name is missing, or in use while the switch forbids overwriting; the file is refused.
    pub fn upload(&mut self, store: &StoreName, upload: Upload, author: &Author) -> Result<Arc<Certificate>, Error> {
        let holder = Arc::clone(self.store(store.as_str())?);
        let name = upload.name.ok_or(Error::KeyMissing { property: "name" })?;
        if self.behaviour.same_name_certificate == SameName::Refused && holder.certificates.contains(&name) {
            return Err(Error::CertificateExists);
        }
        let material = Material::read(upload.content, upload.password.as_deref(), holder.store_type())?;
        self.check_expiry(&material, author)?;
        let certificate = Certificate {
            name,
            material,
            description: upload.description,
            format: upload.format,
            cs_key: upload.cs_key,
            history: History::begin(author),
        };
        Ok(self.put_certificate(&holder, certificate))
    }

    /// The certificate of that name in that store, with the store.
    ///
    /// # Errors
    /// There is none.
    pub fn certificate(&self, store: &str, name: &str) -> Result<(&Arc<CertificateStore>, &Arc<Certificate>), Error> {
        let store = self.stores.get(store).ok_or(Error::NoSuchCertificate)?;
        let certificate = store.certificates.get(name).ok_or(Error::NoSuchCertificate)?;
        Ok((store, certificate))
    }

    /// Changes a certificate in its place.
    ///
    /// # Errors
    /// There is none; the file is refused.
    pub fn replace_certificate(
        &mut self,
        store: &str,
        name: &str,
        replacement: Replacement,
        author: &Author,
    ) -> Result<(), Error> {
        let (holder, certificate) = self.certificate(store, name)?;
        let holder = Arc::clone(holder);
        let mut changed =
            Certificate { history: certificate.history.changed(author), ..Certificate::clone(certificate) };
        if let Some((content, password)) = replacement.content {
            changed.material = Material::read(content, password.as_deref(), holder.store_type())?;
            self.check_expiry(&changed.material, author)?;
        }
        if let Description::Becomes(description) = replacement.description {
            changed.description = description;
        }
        self.put_certificate(&holder, changed);
        Ok(())
    }

    /// Takes a certificate out of its store.
    ///
    /// # Errors
    /// There is none.
    pub fn delete_certificate(&mut self, store: &str, name: &str) -> Result<(), Error> {
        let (holder, _) = self.certificate(store, name)?;
        let mut holder = CertificateStore::clone(holder);
        holder.certificates.remove(name);
        self.stores.insert(holder.name.clone(), Arc::new(holder));
        Ok(())
    }

    /// Puts a certificate into a store, whatever it holds.
    pub fn put_certificate(&mut self, holder: &CertificateStore, certificate: Certificate) -> Arc<Certificate> {
        let certificate = Arc::new(certificate);
        let mut holder = holder.clone();
        holder.certificates.insert(certificate.name.clone(), Arc::clone(&certificate));
        self.stores.insert(holder.name.clone(), Arc::new(holder));
        certificate
    }

    fn check_expiry(&self, material: &Material, author: &Author) -> Result<(), Error> {
        match self.behaviour.expired_certificates {
            ExpiredCertificates::Refused => material.check_not_expired(author.now),
            ExpiredCertificates::Accepted => Ok(()),
        }
    }
}
