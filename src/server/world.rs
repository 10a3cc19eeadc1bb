//! A world of a running server, steered from the same process: what the control API does, as typed calls.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::shared::Shared;
use crate::control::{self, Coverage, Expectation, Unverified};
use crate::effects::{Clock, Mode, Timestamp, wall_clock};
use crate::faults::Fault;
use crate::gateway::WORLD_PREFIX;
use crate::scenario::{Flaw, Form, export, write};
use crate::worlds::{self, Name, Record};

/// One world of a [`Server`](super::Server): an isolated copy of everything, for one test.
///
/// ```
/// use std::time::Duration;
/// use certmimic::server::{Expectation, Server};
///
/// let server = Server::builder().scenario("quickstart").start_blocking()?;
/// let world = server.world("retries_when_locked")?;
/// world.arm("{ on: { operation: ci.entry.read }, times: 1, respond: { outcome: keystore_locked } }")?;
/// // … the code under test talks to world.url() …
/// # use std::io::{Read as _, Write as _};
/// # for _ in 0..2 {
/// #     let mut stream = std::net::TcpStream::connect(server.addr())?;
/// #     write!(stream, "GET /w/retries_when_locked/api/v1/KeystoreEntries('6D796B657970616972') HTTP/1.1\r\n\
/// #         Host: localhost\r\nAuthorization: Bearer x\r\nConnection: close\r\n\r\n")?;
/// #     stream.read_to_string(&mut String::new())?;
/// # }
/// world.verify(&Expectation::operation("ci.entry.read").exactly(2))?;
/// world.verify(&Expectation::operation("ci.entry.read").outcome("success"))?;
/// world.advance(Duration::from_secs(90 * 24 * 60 * 60));
/// world.reset();
/// assert!(world.requests().is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct World {
    shared: Arc<Shared>,
    held: Arc<worlds::World>,
    url: String,
}

impl World {
    pub(super) fn open(shared: &Arc<Shared>, base: &str, name: &str) -> Result<Self, worlds::Error> {
        let name = Name::parse(name).map_err(worlds::Error::not_a_name(name))?;
        let world = shared.worlds.open(&name, wall_clock())?;
        let url = if name.is_default() { base.to_owned() } else { [base, WORLD_PREFIX, name.as_str()].concat() };
        Ok(Self { shared: Arc::clone(shared), held: world, url })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.held.name.as_str()
    }

    /// What the URLs of the emulated systems begin with in it: `http://127.0.0.1:8080/w/NAME`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Puts it back to its scenario, with its clock, its faults and an empty journal.
    pub fn reset(&self) {
        self.held.reset();
    }

    /// Makes another world that is as this one is now.
    ///
    /// # Errors
    /// A world of that name exists, or there are as many as there may be.
    pub fn fork(&self, name: &str) -> Result<Self, worlds::Error> {
        let name = Name::parse(name).map_err(worlds::Error::not_a_name(name))?;
        let state = self.held.store.view();
        let world = self.shared.worlds.fork(name.clone(), self.held.origin(), state, wall_clock())?;
        let base = self.url.split(WORLD_PREFIX).next().unwrap_or_default();
        Ok(Self { shared: Arc::clone(&self.shared), held: world, url: [base, WORLD_PREFIX, name.as_str()].concat() })
    }

    /// Drops it. Who names it again gets a new one.
    ///
    /// # Errors
    /// It was dropped already, or it is the default world.
    pub fn end(self) -> Result<(), worlds::Error> {
        self.shared.worlds.end(&self.held.name)
    }

    /// The time that its clock shows.
    pub fn now(&self) -> Timestamp {
        self.held.store.view().clock.now(wall_clock())
    }

    /// Moves its clock on.
    pub fn advance(&self, by: Duration) {
        self.move_clock(i64::try_from(by.as_millis()).unwrap_or(i64::MAX));
    }

    /// Moves its clock back.
    pub fn rewind(&self, by: Duration) {
        self.move_clock(i64::try_from(by.as_millis()).map_or(i64::MIN, |millis| -millis));
    }

    fn move_clock(&self, millis: i64) {
        let wall = wall_clock();
        self.held.store.change(|state| state.clock = state.clock.advanced(millis, wall));
    }

    /// Stops its clock at a time.
    pub fn freeze(&self, at: Timestamp) {
        self.held.store.change(|state| state.clock = Clock { mode: Mode::Frozen { at } });
    }

    /// Arms faults, written as scenarios write them, in YAML or JSON.
    ///
    /// # Errors
    /// What is wrong with them; none is armed then.
    pub fn arm(&self, faults: &str) -> Result<Vec<Arc<Fault>>, ArmError> {
        control::arm(&self.held, faults).map_err(ArmError)
    }

    /// Disarms all faults.
    pub fn disarm(&self) {
        self.held.store.change(|state| state.faults.clear());
    }

    /// What it was asked, oldest first. Secrets are in it as they were sent.
    pub fn requests(&self) -> Vec<Arc<Record>> {
        self.held.journal.page().records
    }

    /// Checks what it was asked; gives how many requests fit.
    ///
    /// # Errors
    /// It was asked something else; printed, it says what came nearest and what differs.
    pub fn verify(&self, expected: &Expectation) -> Result<usize, Unverified> {
        control::verify(&self.held, expected)
    }

    /// The documented answers that its clients have met.
    pub fn coverage(&self) -> Coverage {
        control::coverage(&self.held.journal.met(), None)
    }

    /// Keeps it as it is now under a name.
    ///
    /// # Errors
    /// The text is no name, or there are as many as there may be.
    pub fn snapshot(&self, name: &str) -> Result<(), worlds::Error> {
        let name = Name::parse(name).map_err(worlds::Error::not_a_name(name))?;
        self.held.keep(name).map(|_is_new| ())
    }

    /// Puts it back to a snapshot; false if there is none of that name.
    pub fn restore(&self, name: &str) -> bool {
        let kept = self.held.snapshot(name);
        kept.map(|state| self.held.store.restore(state)).is_some()
    }

    /// The world as it is now, as a scenario in YAML.
    ///
    /// # Errors
    /// It cannot be written down; why.
    pub fn export(&self) -> Result<String, String> {
        write(&export(&self.held.as_scenario()), Form::Yaml)
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World").field("name", &self.held.name).field("url", &self.url).finish_non_exhaustive()
    }
}

/// What is wrong with faults that were to be armed.
#[derive(Debug, Clone)]
pub struct ArmError(pub Vec<Flaw>);

impl fmt::Display for ArmError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for ArmError {}
