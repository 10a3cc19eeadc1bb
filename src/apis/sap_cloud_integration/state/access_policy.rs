//! Access policies: roles, and the artifacts that they are about.

use std::sync::Arc;

use super::artifact_reference::{ArtifactReference, cut};
use crate::apis::sap_cloud_integration::error::Error;
use crate::effects::{Ids, Timestamp};
use crate::store::{Table, Text};

/// Characters of a role's name, and of a policy's description; what is longer is cut.
const LONGEST_TEXT: usize = 200;

/// A policy with its references.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessPolicy {
    /// Its number.
    pub id: i64,
    /// The role that it is for, unique in the tenant.
    pub role_name: Text,
    /// A description.
    pub description: Option<Text>,
    /// The artifacts that it is about, by their numbers.
    pub references: Table<i64, Arc<ArtifactReference>>,
    /// When it was sent to the runtimes last.
    pub transferred: Timestamp,
}

/// The policies of a tenant. Numbers count upwards over policies and references.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccessPolicies {
    policies: Table<i64, Arc<AccessPolicy>>,
    /// The policy of each role.
    roles: Table<Text, i64>,
    /// The policy of each reference.
    owners: Table<i64, i64>,
    /// The number before the first, and the last one that was given.
    first: i64,
    last: i64,
}

impl AccessPolicies {
    /// None, and the number before the first: another one for each seed.
    pub fn new(ids: &Ids) -> Self {
        let digit = ids.uuid_for("sap_cloud_integration/access_policies").bytes().next().unwrap_or(b'0');
        let first = 100 * i64::from(digit % 10 + 1);
        Self { first, last: first, ..Self::default() }
    }

    /// The policy with this number.
    pub fn get(&self, id: i64) -> Result<&Arc<AccessPolicy>, Error> {
        self.policies.get(&id).ok_or_else(|| Error::IdNotFound { id: id.to_string() })
    }

    /// All policies by their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<AccessPolicy>> {
        self.policies.values()
    }

    /// A reference, and the policy that has it.
    pub fn reference(&self, id: i64) -> Result<(&Arc<AccessPolicy>, &Arc<ArtifactReference>), Error> {
        let found = self.owners.get(&id).and_then(|owner| {
            let policy = self.policies.get(owner)?;
            Some((policy, policy.references.get(&id)?))
        });
        found.ok_or_else(|| Error::IdNotFound { id: id.to_string() })
    }

    /// All references by their numbers.
    pub fn references(&self) -> impl Iterator<Item = &Arc<ArtifactReference>> {
        self.owners.iter().filter_map(|(id, owner)| self.policies.get(owner)?.references.get(id))
    }

    /// The last number that was given, if one was.
    pub fn last(&self) -> Option<i64> {
        Some(self.last).filter(|last| *last != self.first)
    }

    /// Gives no number up to this one any more.
    pub fn skip_to(&mut self, last: i64) {
        self.last = self.last.max(last);
    }

    /// Adds a policy without references; what is too long is cut. Without a number it gets the next one.
    pub fn add(
        &mut self,
        id: Option<i64>,
        role_name: &str,
        description: Option<&str>,
        now: Timestamp,
    ) -> Result<i64, Error> {
        let role_name = self.free_role_name(role_name, None)?;
        let id = self.number(id);
        let description = description.map(|text| cut(text, LONGEST_TEXT));
        self.roles.insert(role_name.clone(), id);
        let policy = AccessPolicy { id, role_name, description, references: Table::default(), transferred: now };
        self.policies.insert(id, Arc::new(policy));
        Ok(id)
    }

    /// Adds a reference to a policy. Without a number it gets the next one.
    pub fn refer(
        &mut self,
        policy: i64,
        id: Option<i64>,
        reference: ArtifactReference,
        now: Timestamp,
    ) -> Result<Arc<ArtifactReference>, Error> {
        let mut changed = AccessPolicy::clone(self.get(policy)?);
        let id = self.number(id);
        let reference = Arc::new(ArtifactReference { id, ..reference });
        changed.references.insert(id, reference.clone());
        changed.transferred = now;
        self.owners.insert(id, policy);
        self.policies.insert(policy, Arc::new(changed));
        Ok(reference)
    }

    /// Gives a policy to another role.
    pub fn rename(&mut self, id: i64, role_name: &str, now: Timestamp) -> Result<(), Error> {
        let policy = AccessPolicy::clone(self.get(id)?);
        let role_name = self.free_role_name(role_name, Some(id))?;
        self.roles.remove(&policy.role_name);
        self.roles.insert(role_name.clone(), id);
        self.policies.insert(id, Arc::new(AccessPolicy { role_name, transferred: now, ..policy }));
        Ok(())
    }

    /// Gives a policy another description, or none.
    pub fn describe(&mut self, id: i64, description: Option<&str>, now: Timestamp) -> Result<(), Error> {
        let policy = AccessPolicy::clone(self.get(id)?);
        let description = description.map(|text| cut(text, LONGEST_TEXT));
        self.policies.insert(id, Arc::new(AccessPolicy { description, transferred: now, ..policy }));
        Ok(())
    }

    /// Removes a policy with its references.
    pub fn remove(&mut self, id: i64) -> Result<(), Error> {
        let policy = self.get(id)?.clone();
        for reference in policy.references.keys() {
            self.owners.remove(reference);
        }
        self.roles.remove(&policy.role_name);
        self.policies.remove(&id);
        Ok(())
    }

    /// Removes a reference from its policy.
    pub fn remove_reference(&mut self, id: i64, now: Timestamp) -> Result<(), Error> {
        let mut changed = AccessPolicy::clone(self.reference(id)?.0);
        changed.references.remove(&id);
        changed.transferred = now;
        self.owners.remove(&id);
        self.policies.insert(changed.id, Arc::new(changed));
        Ok(())
    }

    /// True if a policy or a reference has the number.
    pub fn has(&self, id: i64) -> bool {
        self.policies.contains(&id) || self.owners.contains(&id)
    }

    fn number(&mut self, given: Option<i64>) -> i64 {
        let id = given.unwrap_or_else(|| self.last.saturating_add(1));
        self.skip_to(id);
        id
    }

    /// The name of a role that no other policy has.
    fn free_role_name(&self, name: &str, of: Option<i64>) -> Result<Text, Error> {
        if name.is_empty() {
            return Err(Error::RoleNameEmpty);
        }
        let name = cut(name, LONGEST_TEXT);
        let taken = self.roles.get(&name).is_some_and(|policy| Some(*policy) != of);
        if taken { Err(Error::RoleNameTaken { role_name: name.to_string() }) } else { Ok(name) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_given_once() {
        let mut policies = AccessPolicies::new(&Ids::new(0));
        let first = policies.add(None, "a", None, Timestamp(0)).unwrap();
        policies.remove(first).unwrap();
        assert_eq!(policies.add(None, "a", None, Timestamp(0)).unwrap(), first + 1);
        assert_eq!(policies.add(Some(5000), "b", None, Timestamp(0)), Ok(5000));
        assert_eq!(policies.add(None, "c", None, Timestamp(0)), Ok(5001));
    }
}
