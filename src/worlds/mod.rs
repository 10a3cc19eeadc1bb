//! Worlds: isolated copies of everything.

use std::sync::Arc;

use crate::state::State;
use crate::store::Store;

/// One isolated copy of everything.
#[derive(Debug)]
pub struct World {
    /// Its state.
    pub store: Store<State>,
}

/// All worlds of a server.
#[derive(Debug)]
pub struct Worlds {
    default: Arc<World>,
}

impl Worlds {
    /// Worlds with the default one in the given state.
    pub fn new(state: Arc<State>) -> Self {
        Self { default: Arc::new(World { store: Store::new(state) }) }
    }

    /// The default world: the scenario's.
    pub fn default_world(&self) -> &Arc<World> {
        &self.default
    }
}
