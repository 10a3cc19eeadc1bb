//! What was made at a tenant is taken back, whatever has happened in between.

use super::contained::contained;
use super::number;
use super::side::Side;
use super::thing::Thing;
use crate::tenant::Failure;

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
            let why = contained(|| deleted(tenant, thing)).unwrap_or_else(|failure| Some(failure.to_string()))?;
            Some(format!("{} {} may still be there: {why}; delete it", thing.system, thing.target))
        };
        self.0.iter().rev().filter_map(left).collect()
    }
}

/// Deletes a thing; why it may still be there, if it may.
fn deleted(tenant: &Side<'_>, thing: &Thing) -> Result<Option<String>, Failure> {
    if number::stands_in(&thing.target) && !tenant.has(thing)? {
        return Ok(None);
    }
    let answer = tenant.delete(thing.system, &thing.target, &thing.name)?;
    // A refusal may be that there is no such thing.
    let is_gone = answer.status().is_success() || tenant.has(thing).is_ok_and(|is_there| !is_there);
    Ok((!is_gone).then(|| answer.came(&tenant.client.secrets)))
}
