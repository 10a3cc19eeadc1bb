//! Worlds: isolated copies of everything, forked in an instant.
//!
//! The default world is the scenario's. Others are made when they are first named, as forks of the scenario, or by the
//! control API, as forks of whatever is asked for. All share structure until they change.

mod error;
mod headers;
mod held;
mod journal;
mod journals;
mod kept;
mod met;
mod record;
mod world;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use parking_lot::RwLock;

use crate::effects::{Nobody, Outside, Timestamp};
use crate::scenario::Scenario;
use crate::state::State;

pub use crate::contract::{NotAName, WorldName as Name};
pub use error::Error;
pub use headers::Headers;
pub use held::Bounds;
pub use journal::{Journal, Listener, Page};
pub use journals::Journals;
pub use kept::Kept;
pub use met::{Answer, Met, Times};
pub use record::{Answered, Asked, Exchange, Record};
pub use world::World;

/// Worlds beside the default one, unless told otherwise.
const MOST_WORLDS: usize = 1_000;

/// How many worlds there may be, how long an idle one lives, how much each remembers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most worlds beside the default one.
    pub worlds: usize,
    /// How long a world other than the default one lives that nobody asks anything; without it, to the end.
    pub idle: Option<Duration>,
    /// How much each journal holds.
    pub journal: Bounds,
}

impl Default for Limits {
    fn default() -> Self {
        Self { worlds: MOST_WORLDS, idle: None, journal: Bounds::default() }
    }
}

/// All worlds of a server.
#[derive(Debug)]
pub struct Worlds {
    default: Arc<World>,
    limits: Limits,
    journals: Arc<Journals>,
    outside: Arc<dyn Outside>,
    others: RwLock<BTreeMap<Name, Arc<World>>>,
    /// What worlds have met that are no more.
    ended: RwLock<Met>,
    kept: Option<Arc<Kept>>,
    defects: AtomicU64,
}

impl Worlds {
    /// Worlds that start with a scenario and reach no other server.
    pub fn new(scenario: Scenario) -> Self {
        Self::reaching(Arc::new(Nobody), Limits::default(), scenario)
    }

    /// The worlds of a server that starts with a scenario, and whose emulated systems reach others.
    pub fn reaching(outside: Arc<dyn Outside>, limits: Limits, scenario: Scenario) -> Self {
        let state = Arc::clone(&scenario.state);
        let journals = Journals::new(limits.journal);
        let default = World::new(Name::of_default(), scenario, state, Journal::among(&journals), Arc::clone(&outside));
        Self {
            default: Arc::new(default),
            limits,
            journals,
            outside,
            others: RwLock::default(),
            ended: RwLock::default(),
            kept: None,
            defects: AtomicU64::new(0),
        }
    }

    /// These worlds, with the default one as a state says that was kept in a file, and is kept there from now on.
    #[must_use]
    pub fn resumed(self, state: Arc<State>, kept: Arc<Kept>) -> Self {
        self.default.store.restore(state);
        Self { kept: Some(kept), ..self }
    }

    /// Where the default world is kept beyond the end of the server.
    pub fn kept(&self) -> Option<&Kept> {
        self.kept.as_deref()
    }

    /// Notes a request that was not answered because of a defect in this program.
    pub fn note_defect(&self) {
        self.defects.fetch_add(1, Ordering::Relaxed);
    }

    /// How many requests that were.
    pub fn defects(&self) -> u64 {
        self.defects.load(Ordering::Relaxed)
    }

    /// The world of requests that name none.
    pub const fn default_world(&self) -> &Arc<World> {
        &self.default
    }

    /// The limits.
    pub const fn limits(&self) -> Limits {
        self.limits
    }

    /// The world of this name, made if there is none, as the default world's scenario describes it.
    ///
    /// # Errors
    /// There are as many as there may be.
    pub fn open(&self, name: &Name, wall: Timestamp) -> Result<Arc<World>, Error> {
        if let Some(world) = self.find(name, wall) {
            return Ok(world);
        }
        let scenario = self.default.origin();
        let state = Arc::clone(&scenario.state);
        match self.fork(name.clone(), scenario, state, wall) {
            // Somebody else was faster.
            Err(Error::Exists { name }) => self.find(&name, wall).ok_or(Error::Unknown { name }),
            other => other,
        }
    }

    /// The world of this name, if there is one that has not been idle for too long.
    pub fn find(&self, name: &Name, wall: Timestamp) -> Option<Arc<World>> {
        let world =
            if name.is_default() { Some(Arc::clone(&self.default)) } else { self.others.read().get(name).cloned() };
        let world = world.filter(|world| !self.is_over(world, wall))?;
        world.touch(wall);
        Some(world)
    }

    /// Makes a world that is as a state says, and goes back to a scenario.
    ///
    /// # Errors
    /// There is one of this name, or there are as many as there may be.
    pub fn fork(
        &self,
        name: Name,
        scenario: Scenario,
        state: Arc<State>,
        wall: Timestamp,
    ) -> Result<Arc<World>, Error> {
        let mut others = self.others.write();
        self.end_idle(&mut others, wall);
        if name.is_default() || others.contains_key(&name) {
            return Err(Error::Exists { name });
        }
        if others.len() >= self.limits.worlds {
            return Err(Error::TooMany { limit: self.limits.worlds });
        }
        let world = Arc::new(World::new(
            name.clone(),
            scenario,
            state,
            Journal::among(&self.journals),
            Arc::clone(&self.outside),
        ));
        world.touch(wall);
        others.insert(name, Arc::clone(&world));
        Ok(world)
    }

    /// Drops the world of this name.
    ///
    /// # Errors
    /// There is none, or it is the default one.
    pub fn end(&self, name: &Name) -> Result<(), Error> {
        if name.is_default() {
            return Err(Error::IsDefault);
        }
        let ended = self.others.write().remove(name);
        let ended = ended.ok_or_else(|| Error::Unknown { name: name.clone() })?;
        self.ended.write().merge(&ended.journal.met());
        Ok(())
    }

    /// Drops all but the default one.
    pub fn end_all(&self) {
        let ended = std::mem::take(&mut *self.others.write());
        let mut met = self.ended.write();
        for world in ended.values() {
            met.merge(&world.journal.met());
        }
    }

    /// All worlds, the default one first, the others by name.
    pub fn list(&self, wall: Timestamp) -> Vec<Arc<World>> {
        let mut others = self.others.write();
        self.end_idle(&mut others, wall);
        std::iter::once(&self.default).chain(others.values()).cloned().collect()
    }

    /// What clients have met in all worlds, those that are no more included.
    pub fn met(&self, wall: Timestamp) -> Met {
        let mut met = self.ended.read().clone();
        self.list(wall).iter().for_each(|world| met.merge(&world.journal.met()));
        met
    }

    /// Forgets what clients have met in all worlds.
    pub fn forget_met(&self, wall: Timestamp) {
        *self.ended.write() = Met::default();
        self.list(wall).iter().for_each(|world| world.journal.forget_met());
    }

    fn end_idle(&self, others: &mut BTreeMap<Name, Arc<World>>, wall: Timestamp) {
        if self.limits.idle.is_none() {
            return;
        }
        others.retain(|_, world| {
            let over = self.is_over(world, wall);
            if over {
                self.ended.write().merge(&world.journal.met());
            }
            !over
        });
    }

    fn is_over(&self, world: &World, wall: Timestamp) -> bool {
        let idle = self.limits.idle.and_then(|idle| i64::try_from(idle.as_millis()).ok());
        !world.name.is_default()
            && idle.is_some_and(|idle| wall.millis() > world.last_used().plus_millis(idle).millis())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Source, load};

    fn worlds(limits: Limits) -> Worlds {
        Worlds::reaching(Arc::new(Nobody), limits, load(&[Source::BuiltIn("empty".to_owned())]).unwrap())
    }

    fn name(text: &str) -> Name {
        Name::parse(text).unwrap()
    }

    #[test]
    fn a_world_is_made_on_first_use_and_shares_the_scenario() {
        let worlds = worlds(Limits::default());
        let world = worlds.open(&name("a"), Timestamp(0)).unwrap();
        assert!(Arc::ptr_eq(&world.store.view(), &worlds.default_world().store.view()));
        assert!(Arc::ptr_eq(&world, &worlds.open(&name("a"), Timestamp(0)).unwrap()));
        assert!(Arc::ptr_eq(worlds.default_world(), &worlds.open(&Name::of_default(), Timestamp(0)).unwrap()));
    }

    #[test]
    fn there_is_a_limit() {
        let worlds = worlds(Limits { worlds: 1, ..Limits::default() });
        worlds.open(&name("a"), Timestamp(0)).unwrap();
        assert_eq!(worlds.open(&name("b"), Timestamp(0)).unwrap_err(), Error::TooMany { limit: 1 });
        worlds.end(&name("a")).unwrap();
        worlds.open(&name("b"), Timestamp(0)).unwrap();
    }

    #[test]
    fn an_idle_world_ends_and_begins_anew() {
        let worlds = worlds(Limits { worlds: 1, idle: Some(Duration::from_secs(1)), ..Limits::default() });
        let first = worlds.open(&name("a"), Timestamp(0)).unwrap();
        assert!(Arc::ptr_eq(&first, &worlds.open(&name("a"), Timestamp(1_000)).unwrap()), "use keeps it alive");
        assert!(worlds.find(&name("a"), Timestamp(2_001)).is_none());
        assert!(!Arc::ptr_eq(&first, &worlds.open(&name("a"), Timestamp(2_001)).unwrap()));
        worlds.open(&name("b"), Timestamp(9_999)).unwrap();
        let names: Vec<String> = worlds.list(Timestamp(9_999)).iter().map(|world| world.name.to_string()).collect();
        assert_eq!(names, ["default", "b"]);
    }
}
