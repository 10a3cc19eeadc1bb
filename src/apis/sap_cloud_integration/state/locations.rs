//! Runtime locations (Edge Integration Cell): each has keystores and credentials of its own. Switches and access policies are
//! the tenant's.

use std::sync::Arc;

use super::{AccessPolicies, State};
use crate::effects::Ids;
use crate::store::{Table, Text};

/// The location of the runtime in the cloud, which every tenant has.
pub const CLOUD: &str = "cloudintegration";

/// What a runtime location has of its own.
#[derive(Debug, Clone)]
pub struct Location {
    /// Keystores and credentials.
    pub own: State,
    /// Identifiers and randomness: what happens in one location changes nothing in another.
    pub ids: Ids,
}

/// A location as requests find it, and what it came from.
pub struct Found {
    /// What they work on.
    pub state: State,
    /// Its identifiers.
    pub ids: Ids,
    location: Arc<Location>,
    policies: AccessPolicies,
}

impl State {
    /// A location with the tenant's switches and access policies.
    pub fn at(&self, id: &str) -> Option<Found> {
        let location = self.locations.get(id)?;
        let policies = self.access_policies.clone();
        let state = Self {
            behaviour: self.behaviour.clone(),
            access_policies: policies.clone(),
            runtimes: self.runtimes.clone(),
            ..location.own.clone()
        };
        Some(Found { state, ids: location.ids.clone(), location: location.clone(), policies })
    }

    /// Keeps what requests made of a location; false if it, or the access policies, are others by now.
    pub fn keep(&mut self, id: &Text, found: &Found, state: State, ids: Ids) -> bool {
        let is_the_same = self.locations.get(id).is_some_and(|present| Arc::ptr_eq(present, &found.location));
        if !is_the_same || self.access_policies != found.policies {
            return false;
        }
        self.access_policies = state.access_policies;
        let own = Self { access_policies: AccessPolicies::default(), ..state };
        self.locations.insert(id.clone(), Arc::new(Location { own, ids }));
        true
    }

    /// Adds a location.
    pub fn locate(&mut self, id: Text, location: Location) {
        self.locations.insert(id, Arc::new(location));
        self.runtimes = std::iter::once(Text::Static(CLOUD)).chain(self.locations.keys().cloned()).collect();
    }
}

/// Locations by their identifiers.
pub type Locations = Table<Text, Arc<Location>>;
