//! Worlds: isolated copies of everything.

mod world;

use std::sync::Arc;

use crate::scenario::Scenario;

pub use world::World;

/// All worlds of a server. In this version there is the default world; others will be forks of it.
#[derive(Debug)]
pub struct Worlds {
    default: Arc<World>,
}

impl Worlds {
    /// The worlds of a server that starts with a scenario.
    pub fn new(scenario: Scenario) -> Self {
        Self { default: Arc::new(World::new(scenario)) }
    }

    /// The world of requests that name none.
    pub const fn default_world(&self) -> &Arc<World> {
        &self.default
    }
}
