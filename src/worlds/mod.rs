//! Worlds: isolated copies of everything.

mod world;

use std::sync::Arc;

use crate::effects::{Nobody, Outside};
use crate::scenario::Scenario;

pub use world::World;

/// All worlds of a server. In this version there is the default world; others will be forks of it.
#[derive(Debug)]
pub struct Worlds {
    default: Arc<World>,
}

impl Worlds {
    /// Worlds that start with a scenario and reach no other server.
    pub fn new(scenario: Scenario) -> Self {
        Self::reaching(Arc::new(Nobody), scenario)
    }

    /// The worlds of a server that starts with a scenario, and whose emulated systems reach others.
    pub fn reaching(outside: Arc<dyn Outside>, scenario: Scenario) -> Self {
        Self { default: Arc::new(World::new(outside, scenario)) }
    }

    /// The world of requests that name none.
    pub const fn default_world(&self) -> &Arc<World> {
        &self.default
    }
}
