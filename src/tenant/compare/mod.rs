//! A tenant held against the documented facts: the same requests are sent to it and to its twin, a certmimic that holds what
//! the tenant holds, and the answers are compared.

mod difference;
mod fact;
mod forms;
mod names;
mod player;
mod reads;
mod redacted;
pub mod report;
mod seen;
mod twin;
mod verdict;

use std::collections::BTreeSet;

use super::client::{Client, Surroundings};
use super::{Failure, System, Unwatched, Wishes, capture};
use crate::effects::Timestamp;
use fact::{Fact, Written, written};
use names::Names;
use player::Player;
use twin::Twin;

pub use difference::Difference;
pub use verdict::{Comparison, Said, Tally, Verdict};

/// What names of things begin with that certmimic makes at a tenant, or asks for in vain.
pub const PREFIX: &str = "certmimic-test-";

/// What was compared.
#[derive(Debug)]
pub struct Compared {
    /// The facts, in the order in which they were played.
    pub comparisons: Vec<Comparison>,
    /// What is to be known: what of the tenant could not be read, and how it has shown itself to behave.
    pub notes: Vec<String>,
    /// Why not all was played, if it was not.
    pub cut_short: Option<Failure>,
}

/// Compares tenants, each with its own client, with what is documented.
///
/// # Errors
/// A tenant could not be read at all.
pub fn compare(
    clients: &[Client<'_>],
    systems: &[System],
    ended: &dyn Fn() -> bool,
    now: Timestamp,
) -> Result<Compared, Failure> {
    let wishes = Wishes { systems: systems.to_vec(), ..Wishes::default() };
    let captured = capture(clients, &wishes, now)?;
    let twin = Twin::of(&[&captured.text])?;
    let names = Names::new(PREFIX, &stamp(now));
    let mut compared = Compared { comparisons: Vec::new(), notes: captured.notes, cut_short: None };
    for (system, number) in captured.systems {
        let Some(tenant) = clients.get(number) else { continue };
        let account = Twin::account(tenant.id())?;
        let around = Surroundings { carrier: &twin, pace: tenant.pace(), watch: &Unwatched };
        let twin = Client::new(&account, around);
        let player = Player { tenant, twin: &twin };
        if let Err(failure) = read_only(player, system, &names, ended, &mut compared.comparisons) {
            compared.cut_short = Some(failure);
            break;
        }
    }
    Ok(compared)
}

/// Plays what nothing is written for.
fn read_only(
    player: Player<'_>,
    system: System,
    names: &Names,
    ended: &dyn Fn() -> bool,
    comparisons: &mut Vec<Comparison>,
) -> Result<(), Failure> {
    let written = written(system).map_err(|why| Failure::NoScenario(vec![why]))?;
    let known: BTreeSet<&str> = written.iter().filter_map(Written::succeeds_with).collect();
    let reads = reads::reads(player.twin, system, &known)?;
    let facts: Vec<Fact> = reads.facts.into_iter().chain(filled(&written, system, names)).collect();
    player.tenant.watch().ahead(facts.len());
    for fact in &facts {
        if ended() {
            return Err(Failure::Ended);
        }
        comparisons.push(player.play(fact)?.hidden(&player.tenant.secrets));
    }
    comparisons.extend(reads.nothing);
    Ok(())
}

fn filled<'w>(written: &'w [Written], system: System, names: &'w Names) -> impl Iterator<Item = Fact> + 'w {
    written.iter().filter_map(move |written| written.with(system, names))
}

/// What tells the names of one run from those of others.
fn stamp(now: Timestamp) -> String {
    format!("{:x}", now.seconds())
}

#[cfg(test)]
mod tests;
