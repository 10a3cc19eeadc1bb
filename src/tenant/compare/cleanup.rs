//! What was made at a tenant is taken back, whatever has happened in between.

use http::Method;

use super::number;
use super::side::Side;
use super::thing::Thing;
use crate::tenant::{Asking, Failure};

/// Things that were made, or may have been: each is noted before the request is sent, since its answer may be lost.
#[derive(Debug, Default)]
pub(super) struct Made(Vec<Thing>);

impl Made {
    /// Notes a thing that is about to be made.
    pub(super) fn note(&mut self, thing: Thing) {
        if !self.0.contains(&thing) {
            self.0.push(thing);
        }
    }

    /// True if a thing has been noted.
    pub(super) fn has(&self, thing: &Thing) -> bool {
        self.0.contains(thing)
    }

    /// Notes that a thing has been deleted.
    pub(super) fn is_gone(&mut self, target: &str, name: &str) {
        self.0.retain(|thing| thing.target != target || thing.name != name);
    }

    /// Deletes what is left, the last first; what could not be deleted, with why.
    pub(super) fn take_back(self, tenant: &Side<'_>) -> Vec<String> {
        let left = |thing: &Thing| {
            let why = deleted(tenant, thing).err()?;
            Some(format!("{} {} may still be there: {why}; delete it", thing.system, thing.target))
        };
        self.0.iter().rev().filter_map(left).collect()
    }
}

fn deleted(tenant: &Side<'_>, thing: &Thing) -> Result<(), String> {
    let told = |failure: Failure| failure.to_string();
    let is_numbered = number::stands_in(&thing.target);
    if is_numbered && tenant.number(thing.system, &thing.target, &thing.name).map_err(told)?.is_none() {
        return Ok(());
    }
    let answer = tenant.delete(thing.system, &thing.target, &thing.name).map_err(told)?;
    if answer.status().is_success() {
        return Ok(());
    }
    // A refusal may be that there is no such thing: what cannot be read is not there.
    if is_numbered {
        let is_there = tenant.number(thing.system, &thing.target, &thing.name).map_err(told)?.is_some();
        return if is_there { Err(answer.came(&tenant.client.secrets)) } else { Ok(()) };
    }
    let asking = Asking { method: Method::GET, ..Asking::json(thing.target.clone()) };
    let there = tenant.client.send(thing.system, &asking).map_err(told)?;
    let is_not_there = matches!(there.status().as_u16(), 400 | 404 | 410);
    if is_not_there { Ok(()) } else { Err(answer.came(&tenant.client.secrets)) }
}
