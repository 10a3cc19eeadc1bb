//! What the readers of the systems have in common: the client, the notes, and what to do when one request fails.

use std::cell::RefCell;

use serde_json::Value;

use super::material::Materials;
use crate::tenant::client::Client;
use crate::tenant::odata::{Entity, Service};
use crate::tenant::{Failure, System};

/// A reader of one tenant.
pub(super) struct Reader<'c> {
    /// Its client.
    pub client: &'c Client<'c>,
    /// How certificates and keys get into the scenario.
    pub materials: Materials,
    notes: RefCell<Vec<String>>,
}

impl<'c> Reader<'c> {
    pub(super) fn new(client: &'c Client<'c>, materials: Materials) -> Self {
        Self { client, materials, notes: RefCell::default() }
    }

    pub(super) fn into_notes(self) -> Vec<String> {
        self.notes.into_inner()
    }

    pub(super) fn note(&self, note: String) {
        let mut notes = self.notes.borrow_mut();
        if !notes.contains(&note) {
            notes.push(note);
        }
    }

    /// The systems that were asked for, or else those that answer; of several tenants each may have some of those only that
    /// were asked for.
    pub(super) fn systems(&self, asked_for: &[System], alone: bool) -> Result<Vec<System>, Failure> {
        if alone && !asked_for.is_empty() {
            return Ok(asked_for.to_vec());
        }
        let (mut there, mut tried) = (Vec::new(), Vec::new());
        let looked_for = |system: &System| {
            if asked_for.is_empty() { self.client.may_be(*system) } else { asked_for.contains(system) }
        };
        for system in System::ALL.into_iter().filter(looked_for) {
            match is_not(self.client, system)? {
                None => there.push(system),
                Some(why) => tried.push((system, why)),
            }
        }
        if there.is_empty() {
            return Err(Failure::NoSystem { url: self.client.url(), tried });
        }
        Ok(there)
    }

    /// What a request gives, or nothing with a note: not every client may read everything, and not every tenant has it.
    pub(super) fn if_any<T>(&self, what: &str, read: Result<T, Failure>) -> Result<Option<T>, Failure> {
        match read {
            Ok(read) => Ok(Some(read)),
            Err(failure) if failure.is_of_one_request() => {
                self.note(format!("{what} could not be read: {failure}"));
                Ok(None)
            }
            Err(failure) => Err(failure),
        }
    }

    /// The same of what not every tenant offers: it says nothing of what is not offered.
    pub(super) fn if_offered<T>(&self, what: &str, read: Result<T, Failure>) -> Result<Option<T>, Failure> {
        match read {
            Err(failure) if failure.is_not_offered() => Ok(None),
            read => self.if_any(what, read),
        }
    }

    /// A list, empty with a note if it cannot be read.
    pub(super) fn list(&self, service: &Service<'_>, what: &str, path: &str) -> Result<Vec<Entity>, Failure> {
        Ok(self.if_any(what, service.list(path))?.unwrap_or_default())
    }
}

/// What a request gives, or nothing without a word, where many tenants have none.
pub(super) fn if_there<T>(read: Result<T, Failure>) -> Result<Option<T>, Failure> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(failure) if failure.is_of_one_request() => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Why a tenant is not a system, as its answer to a probe tells; nothing if it is.
pub(in crate::tenant) fn is_not(client: &Client<'_>, system: System) -> Result<Option<String>, Failure> {
    match client.json(system, system.probe()) {
        Ok(document) if is_of(system, &document) => Ok(None),
        Ok(_) => Ok(Some("its JSON is of something else".to_owned())),
        Err(failure @ (Failure::Unreached { .. } | Failure::TooBusy { .. })) => Err(failure),
        Err(failure) => Ok(Some(failure.to_string())),
    }
}

fn is_of(system: System, document: &Value) -> bool {
    let member = if system == System::Apinizer { "resultList" } else { "d" };
    document.get(member).is_some()
}
