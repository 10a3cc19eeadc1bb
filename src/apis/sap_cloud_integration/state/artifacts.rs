//! Security artifacts by name, in the order in which they were added: what was deployed, by whom and when.

use std::fmt;
use std::sync::Arc;

use super::{Stamp, State};
use crate::apis::sap_cloud_integration::behaviour::CredentialNames;
use crate::apis::sap_cloud_integration::error::Error;
use crate::effects::Timestamp;
use crate::store::{Table, Text};

/// Something that was deployed under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact<T> {
    /// Its name.
    pub name: Text,
    /// What it is.
    pub content: T,
    /// Who deployed it last, and when.
    pub deployed: Stamp,
}

/// The artifacts of one kind. One that is deployed anew keeps its place in the order.
#[derive(Clone, PartialEq, Eq)]
pub struct Artifacts<T> {
    rows: Table<u64, Arc<Artifact<T>>>,
    places: Table<Text, u64>,
}

impl<T> Default for Artifacts<T> {
    fn default() -> Self {
        Self { rows: Table::default(), places: Table::default() }
    }
}

/// The artifacts in their order: the numbers of their places tell nobody anything.
impl<T: fmt::Debug> fmt::Debug for Artifacts<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.rows.values()).finish()
    }
}

impl<T> Artifacts<T> {
    /// The artifact with this name.
    pub fn get(&self, name: &str) -> Result<&Arc<Artifact<T>>, Error> {
        let place = self.places.get(name).and_then(|place| self.rows.get(place));
        place.ok_or_else(|| Error::ArtifactNotFound { name: name.to_owned() })
    }

    /// True if there is one with this name.
    pub fn has(&self, name: &str) -> bool {
        self.places.contains(name)
    }

    /// All in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Artifact<T>>> {
        self.rows.values()
    }

    /// Deploys content under a name, in place of what was there.
    pub fn deploy(&mut self, name: Text, content: T, deployed: Stamp) {
        let place = self.places.get(&name).copied();
        let place = place.unwrap_or_else(|| self.rows.keys().next_back().map_or(0, |last| last + 1));
        self.places.insert(name.clone(), place);
        self.rows.insert(place, Arc::new(Artifact { name, content, deployed }));
    }

    /// Undeploys the artifact with this name.
    pub fn remove(&mut self, name: &str) -> Result<(), Error> {
        let place = self.places.remove(name).ok_or_else(|| Error::ArtifactNotFound { name: name.to_owned() })?;
        self.rows.remove(&place);
        Ok(())
    }
}

impl State {
    /// Whether any kind of security artifacts has the name, where names are one to a tenant.
    pub fn name_is_taken(&self, name: &str) -> bool {
        match self.behaviour.credential_names {
            CredentialNames::PerSet => false,
            CredentialNames::Shared => {
                self.user_credentials.has(name)
                    || self.oauth2_client_credentials.has(name)
                    || self.secure_parameters.has(name)
            }
        }
    }

    /// `STORED` until the deployment is over, then `DEPLOYED`.
    pub fn deployment_status(&self, deployed: &Stamp, now: Timestamp) -> &'static str {
        if now < self.behaviour.deployment_delay.after(deployed.at) { "STORED" } else { "DEPLOYED" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(artifacts: &Artifacts<i32>) -> Vec<&str> {
        artifacts.iter().map(|artifact| artifact.name.as_str()).collect()
    }

    #[test]
    fn artifacts_stand_in_the_order_in_which_they_were_added() {
        let stamp = Stamp::new("me", Timestamp(0));
        let mut artifacts = Artifacts::default();
        for (name, content) in [("b", 1), ("a", 2), ("c", 3), ("b", 4)] {
            artifacts.deploy(name.into(), content, stamp.clone());
        }
        assert_eq!(names(&artifacts), ["b", "a", "c"]);
        assert_eq!(artifacts.get("b").unwrap().content, 4);
        artifacts.remove("b").unwrap();
        assert!(artifacts.remove("b").is_err());
        artifacts.deploy("b".into(), 5, stamp);
        assert_eq!(names(&artifacts), ["a", "c", "b"]);
    }
}
