//! A tenant held against the documented facts: the same requests are sent to it and to its twin, a certmimic that holds what
//! the tenant holds, and the answers are compared.

mod cleanup;
mod contained;
mod difference;
mod fact;
mod forms;
mod held;
mod listed;
mod names;
mod naming;
mod number;
mod pact;
mod permission;
mod player;
mod promise;
mod reads;
mod redacted;
pub mod report;
mod rules;
mod scene;
mod seen;
mod side;
mod switches;
mod thing;
mod twin;
mod verdict;

use std::collections::BTreeSet;

use serde_json::Value;

use super::client::{Client, Surroundings};
use super::{Failure, System, Unwatched, Wishes, capture};
use crate::effects::Timestamp;
use crate::scenario;
use cleanup::Made;
use contained::contained;
use fact::{Fact, Written, written};
use held::Held;
use names::Names;
use permission::Permission;
use player::Player;
use scene::Scene;
use side::Side;
use switches::Otherwise;
use twin::Twin;

pub use difference::Difference;
pub use names::Prefix;
pub use pact::{Pact, replay};
pub use verdict::{Comparison, Said, Tally, Verdict};

/// What is to be compared.
pub struct Order<'o> {
    /// The systems; none for all that are there.
    pub systems: &'o [System],
    /// Runtime locations of Cloud Integration, beside the tenant.
    pub locations: &'o [String],
    /// What names begin with of things that may be made; nothing is written without it.
    pub writes: Option<&'o Prefix>,
    /// The environment of Apinizer that things may be deployed to.
    pub environment: Option<&'o str>,
    /// Whether somebody has told the program to end.
    pub ended: &'o dyn Fn() -> bool,
    /// When.
    pub now: Timestamp,
}

/// What was compared.
#[derive(Debug, Default)]
pub struct Compared {
    /// The facts, in the order in which they were played.
    pub comparisons: Vec<Comparison>,
    /// What is to be known: what of the tenant could not be read, and what was left out.
    pub notes: Vec<String>,
    /// Why not all was played, if it was not.
    pub cut_short: Option<Failure>,
    /// What was made and could not be deleted.
    pub left: Vec<String>,
    /// What the tenants and the things in them are called, whose names are in no file for others.
    pub names: BTreeSet<String>,
    /// The systems of which nothing was compared that the client may do.
    pub uncompared: Vec<System>,
}

/// Compares tenants, each with its own client, with what is documented.
///
/// # Errors
/// A tenant could not be read at all.
pub fn compare(clients: &[Client<'_>], order: &Order<'_>) -> Result<Compared, Failure> {
    let locations = order.locations.to_vec();
    let wishes = Wishes { systems: order.systems.to_vec(), locations, ..Wishes::default() };
    let captured = capture(clients, &wishes, order.now)?;
    let twin = Twin::of(&[&captured.text])?;
    let prefix = order.writes.cloned().unwrap_or_default();
    let names = Names::new(&prefix, &stamp(order.now)).deployed_to(order.environment);
    let parsed = scenario::Written::parse("the captured scenario", &captured.text);
    let scenario: Value =
        parsed.and_then(|parsed| parsed.read()).map_err(|flaw| Failure::NoScenario(vec![flaw.to_string()]))?;
    let held = Held { names: redacted::names(&scenario), is_partial: !captured.notes.is_empty() };
    let mut names_held = held.names.clone();
    names_held.extend(clients.iter().map(Client::url));
    names_held.extend(clients.iter().filter_map(|client| client.id()).map(ToOwned::to_owned));
    let mut compared = Compared { notes: captured.notes, names: names_held, ..Compared::default() };
    let run = Run { captured: &scenario, twin: &twin, held: &held, names: &names, order };
    let mut systems = captured.systems.into_iter();
    for (system, number) in systems.by_ref() {
        let Some(client) = clients.get(number) else { continue };
        // What an earlier system has left is to be known whatever becomes of this one.
        let played = contained(|| run.play(client, system, &mut compared));
        let of_client = compared.comparisons.iter().filter(|one| one.system == system && !one.by_nobody);
        if Tally::of(of_client).compared() == 0 {
            compared.uncompared.push(system);
        }
        if let Err(failure) = played {
            compared.cut_short = Some(failure);
            break;
        }
    }
    compared.notes.extend(systems.map(|(system, _)| format!("{system} was not begun")));
    Ok(compared)
}

/// What all systems are played with.
struct Run<'r> {
    captured: &'r Value,
    twin: &'r Twin,
    held: &'r Held,
    names: &'r Names,
    order: &'r Order<'r>,
}

impl Run<'_> {
    /// Plays a system, and its runtime locations.
    fn play(&self, client: &Client<'_>, system: System, compared: &mut Compared) -> Result<(), Failure> {
        let Self { captured, twin, held, names, order } = *self;
        let account = Twin::account(client.id())?;
        let twin = Client::new(&account, Surroundings { carrier: twin, pace: client.pace(), watch: &Unwatched });
        let writable = order.writes.map(|_| names);
        let (tenant, twin) = (Side::new(client, writable), Side::new(&twin, writable));
        let permission = Permission::default();
        let player = Player { tenant: &tenant, twin: &twin, held, permission: &permission };
        let located = order.locations.iter().filter(|_| system == System::CloudIntegration);
        let locations = std::iter::once(None).chain(located.map(|id| Some(id.as_str())));
        locations
            .into_iter()
            .try_for_each(|location| Stage { player, system, location, names, order }.play(captured, compared))
    }
}

/// What is played for one system, or at one of its runtime locations.
struct Stage<'s> {
    player: Player<'s>,
    system: System,
    location: Option<&'s str>,
    names: &'s Names,
    order: &'s Order<'s>,
}

impl Stage<'_> {
    fn play(&self, captured: &Value, compared: &mut Compared) -> Result<(), Failure> {
        let otherwise = self.read_only(compared)?;
        switches::name(captured, self.system, self.player, &otherwise, &mut compared.comparisons)?;
        let mut made = Made::default();
        let played = contained(|| self.write(&mut made, compared));
        compared.left.extend(made.take_back(self.player.tenant));
        played
    }

    /// Plays what nothing is written for; what is different.
    fn read_only(&self, compared: &mut Compared) -> Result<Vec<Otherwise>, Failure> {
        let written = written(self.system)?;
        let known: BTreeSet<&str> = written.iter().filter_map(Written::succeeds_with).collect();
        let reads = reads::reads(self.player.twin.client, self.system, self.location, &known)?;
        let written =
            written.iter().filter_map(|written| Some(written.with(self.system, self.names)?.at(self.location)));
        let facts: Vec<Fact> = reads.facts.into_iter().chain(written).collect();
        self.player.tenant.client.watch().ahead(facts.len());
        let mut otherwise = Vec::new();
        for fact in facts {
            if (self.order.ended)() {
                return Err(Failure::Ended);
            }
            let (comparison, seen) = self.player.play(&fact)?;
            if let (Verdict::Different(_), Some(seen)) = (&comparison.verdict, seen) {
                otherwise.push(Otherwise { index: compared.comparisons.len(), fact, seen });
            }
            compared.comparisons.push(comparison);
        }
        compared.comparisons.extend(reads.nothing);
        Ok(otherwise)
    }

    /// Plays what is written for, if anything may be written.
    fn write(&self, made: &mut Made, compared: &mut Compared) -> Result<(), Failure> {
        let scenes = scene::scenes(self.system)?;
        let facts = scenes.iter().map(|scene| {
            let facts = scene::filled(scene, self.system, self.names).into_iter();
            facts.map(|fact| fact.at(self.location)).collect()
        });
        let scenes: Vec<(&Scene, Vec<Fact>)> = scenes.iter().zip(facts).collect();
        self.player.tenant.client.watch().ahead(scenes.iter().map(|(_, facts)| facts.len()).sum());
        for (scene, facts) in &scenes {
            if let Some(why) = self.keeps_from_writing(scene) {
                compared.comparisons.extend(scene::left_out(facts, why));
            } else {
                scene::play(self.player, facts, made, self.order.ended, &mut compared.comparisons)?;
            }
        }
        Ok(())
    }

    /// Why a scene is not played, if it is not.
    fn keeps_from_writing(&self, scene: &Scene) -> Option<&'static str> {
        if self.order.writes.is_none() {
            Some("it is about writing, which --write allows")
        } else if scene.is_deployed() && !self.names.have_environment() {
            Some("it deploys to an environment; name one with --environment")
        } else {
            None
        }
    }
}

/// What tells the names of one run from those of others, which may begin in the same second.
fn stamp(now: Timestamp) -> String {
    format!("{:x}", now.0)
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod writing_tests;
