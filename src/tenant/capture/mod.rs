//! A tenant as a scenario: what it holds, in the form of the program's own exports.
//!
//! A reader for each system makes its section; then dates and names become what was wished for, what the emulated system
//! itself would refuse is left out with a word about it, and the text is loaded once before anybody gets it.

mod api_management;
mod apinizer;
mod cloud_integration;
mod document;
mod facts;
mod fitting;
mod mask;
mod material;
mod reader;
mod relative;

use super::client::Client;
use super::{Failure, System};
use crate::effects::Timestamp;
use document::Parts;
use material::Materials;
use reader::Reader;

pub(super) use reader::is_not;

/// What is wished for.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// The systems to read; none for all that are there.
    pub systems: Vec<System>,
    /// Runtime locations of Cloud Integration to read besides the tenant.
    pub locations: Vec<String>,
    /// What the scenario is to be called.
    pub name: Option<String>,
    /// How dates are written.
    pub dates: Dates,
    /// How names are written.
    pub names: Names,
}

/// How dates are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dates {
    /// As they are.
    #[default]
    Absolute,
    /// As spans from now, so that the scenario is always as old as it is today. Certificates are then minted.
    Relative,
}

/// How names, e-mail addresses and hosts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Names {
    /// As they are.
    #[default]
    Plain,
    /// As others in their place. Certificates are then minted.
    Masked,
}

/// What was read.
#[derive(Debug)]
pub struct Captured {
    /// The scenario in YAML.
    pub text: String,
    /// What is to be known about it: what could not be read, and what was left out.
    pub notes: Vec<String>,
    /// The systems that were read, each with the number of the client that read it, from 0.
    pub systems: Vec<(System, usize)>,
}

/// Reads what tenants hold, each with its own client, into one scenario.
///
/// # Errors
/// A tenant could not be read at all.
pub fn capture(clients: &[Client<'_>], wishes: &Wishes, now: Timestamp) -> Result<Captured, Failure> {
    let minted = wishes.dates == Dates::Relative || wishes.names == Names::Masked;
    let materials = if minted { Materials::StandIns } else { Materials::AsTheyAre };
    let mut parts = Parts::default();
    let mut read = Vec::new();
    for (number, client) in clients.iter().enumerate() {
        let reader = Reader::new(client, materials);
        for system in reader.systems(&wishes.systems, clients.len() == 1)? {
            if parts.have(system) {
                reader.note(format!(
                    "{system} at {} was left out: it was read from another tenant already",
                    client.url()
                ));
            } else {
                parts.read(&reader, system, wishes)?;
                read.push((system, number));
            }
        }
        parts.notes.extend(reader.into_notes());
    }
    parts.written(wishes, now).map(|captured| Captured { systems: read, ..captured })
}
