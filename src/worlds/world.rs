//! One isolated copy of everything.

use std::sync::Arc;

use parking_lot::RwLock;

use crate::effects::Outside;
use crate::scenario::Scenario;
use crate::state::State;
use crate::store::Store;

/// A world: its state, and the scenario that it goes back to.
#[derive(Debug)]
pub struct World {
    /// Its state.
    pub store: Store<State>,
    /// Who fetches what other servers have.
    pub outside: Arc<dyn Outside>,
    origin: RwLock<Scenario>,
}

impl World {
    /// A world as a scenario describes it.
    pub fn new(outside: Arc<dyn Outside>, scenario: Scenario) -> Self {
        Self { store: Store::new(Arc::clone(&scenario.state)), outside, origin: RwLock::new(scenario) }
    }

    /// The scenario that it goes back to.
    pub fn origin(&self) -> Scenario {
        self.origin.read().clone()
    }

    /// The world as it is now, as a scenario.
    pub fn as_scenario(&self) -> Scenario {
        Scenario { state: self.store.view(), ..self.origin() }
    }

    /// Back to its scenario, clock included.
    pub fn reset(&self) {
        let state = Arc::clone(&self.origin.read().state);
        self.store.restore(state);
    }

    /// To another scenario, which it goes back to from now on.
    pub fn reset_to(&self, scenario: Scenario) {
        let mut origin = self.origin.write();
        self.store.restore(Arc::clone(&scenario.state));
        *origin = scenario;
    }
}
