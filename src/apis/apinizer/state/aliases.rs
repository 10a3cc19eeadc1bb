//! The aliases that certificates hold in the truststores of environments, which all projects share.

use super::State;
use super::certificates::Certificate;
use crate::apis::apinizer::error::Error;

impl State {
    /// Stores a certificate and takes its aliases; those that it had are free again.
    ///
    /// # Errors
    /// An alias that another certificate of any project has in the same environment.
    pub fn put_certificate(&mut self, certificate: Certificate) -> Result<(), Error> {
        for entry in certificate.entries.iter() {
            self.check_alias(&certificate.id, &entry.environment, &entry.alias)?;
        }
        self.release_aliases(&certificate.id);
        for entry in certificate.entries.iter() {
            let mut aliases = self.aliases.get(&entry.environment).cloned().unwrap_or_default();
            aliases.insert(entry.alias.clone(), certificate.id.clone());
            self.aliases.insert(entry.environment.clone(), aliases);
        }
        self.certificates.put(certificate);
        Ok(())
    }

    /// Removes a certificate; its aliases are free again.
    pub fn remove_certificate(&mut self, id: &str) {
        self.release_aliases(id);
        self.certificates.remove(id);
    }

    /// Checks that no other certificate of any project has the alias in the environment: its truststore is shared.
    ///
    /// # Errors
    /// Another one has.
    pub fn check_alias(&self, id: &str, environment: &str, alias: &str) -> Result<(), Error> {
        let holder = self.aliases.get(environment).and_then(|aliases| aliases.get(alias));
        match holder {
            Some(holder) if **holder != *id => Err(Error::AliasTaken { alias: alias.to_owned() }),
            _ => Ok(()),
        }
    }

    fn release_aliases(&mut self, id: &str) {
        let Some(old) = self.certificates.with_id(id).cloned() else { return };
        for entry in old.entries.iter() {
            if let Some(mut aliases) = self.aliases.get(&entry.environment).cloned() {
                aliases.remove(entry.alias.as_str());
                self.aliases.insert(entry.environment.clone(), aliases);
            }
        }
    }
}
