//! One isolated copy of everything.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use parking_lot::RwLock;

use super::{Error, Journal, Name};
use crate::effects::{Outside, Timestamp};
use crate::scenario::Scenario;
use crate::state::State;
use crate::store::Store;

/// Snapshots of one world: a test suite that keeps one a test and drops none must not fill the memory.
const MOST_SNAPSHOTS: usize = 1_000;

/// A world: its state, the scenario that it goes back to, its snapshots and its journal.
#[derive(Debug)]
pub struct World {
    /// Its name.
    pub name: Name,
    /// Its state.
    pub store: Store<State>,
    /// Who fetches what other servers have.
    pub outside: Arc<dyn Outside>,
    /// What it was asked.
    pub journal: Journal,
    origin: RwLock<Scenario>,
    snapshots: RwLock<BTreeMap<Name, Arc<State>>>,
    /// When it was last asked anything, in milliseconds of the operating system's clock.
    used: AtomicI64,
}

impl World {
    /// A world that is as a state says, and goes back to a scenario.
    pub(super) fn new(
        name: Name,
        scenario: Scenario,
        state: Arc<State>,
        journal: Journal,
        outside: Arc<dyn Outside>,
    ) -> Self {
        Self {
            name,
            store: Store::new(state),
            outside,
            journal,
            origin: RwLock::new(scenario),
            snapshots: RwLock::default(),
            used: AtomicI64::new(i64::MIN),
        }
    }

    /// The scenario that it goes back to.
    pub fn origin(&self) -> Scenario {
        self.origin.read().clone()
    }

    /// The world as it is now, as a scenario.
    pub fn as_scenario(&self) -> Scenario {
        Scenario { state: self.store.view(), ..self.origin() }
    }

    /// Back to its scenario, with its clock, faults and an empty journal. Snapshots stay.
    pub fn reset(&self) {
        let state = Arc::clone(&self.origin.read().state);
        self.store.restore(state);
        self.journal.clear();
    }

    /// To another scenario, which it goes back to from now on.
    pub fn reset_to(&self, scenario: Scenario) {
        {
            let mut origin = self.origin.write();
            self.store.restore(Arc::clone(&scenario.state));
            *origin = scenario;
        }
        self.journal.clear();
    }

    /// Keeps the state as it is now under a name. False if a snapshot of that name was replaced.
    ///
    /// # Errors
    /// There are as many as there may be, and none of this name.
    pub fn keep(&self, name: Name) -> Result<bool, Error> {
        let state = self.store.view();
        let mut snapshots = self.snapshots.write();
        if snapshots.len() >= MOST_SNAPSHOTS && !snapshots.contains_key(&name) {
            return Err(Error::TooManySnapshots { limit: MOST_SNAPSHOTS });
        }
        Ok(snapshots.insert(name, state).is_none())
    }

    /// The state that is kept under a name.
    pub fn snapshot(&self, name: &str) -> Option<Arc<State>> {
        self.snapshots.read().get(name).cloned()
    }

    /// The names of the snapshots, in order.
    pub fn snapshots(&self) -> Vec<Name> {
        self.snapshots.read().keys().cloned().collect()
    }

    /// Drops a snapshot; false if there is none of that name.
    pub fn forget(&self, name: &str) -> bool {
        self.snapshots.write().remove(name).is_some()
    }

    /// Notes that it is used.
    pub(super) fn touch(&self, wall: Timestamp) {
        self.used.fetch_max(wall.millis(), Ordering::Relaxed);
    }

    /// When it was last used.
    pub fn last_used(&self) -> Timestamp {
        Timestamp(self.used.load(Ordering::Relaxed))
    }
}
