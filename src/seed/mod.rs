//! What scenario sections are made of: sources of certificates and keys, and places for errors.
//!
//! Each API has a `scenario.rs` with its own section of the format; this room has what those sections share. Whoever
//! loads a scenario supplies the files and the clock.

mod complaint;
mod date;
mod fixtures;
mod generate;
mod material;
mod place;
#[cfg(test)]
pub(crate) mod written_schema;

use crate::effects::{Ids, Timestamp};

pub use complaint::{Code, Complaint};
pub use date::{DURATION, MOMENT, SPAN, moment, span};
pub use fixtures::{FIXTURES, Fixture, SCHEME, fixture};
pub use generate::{Generate, GeneratedKey, Issuers, Minted, serial_number};
pub use material::{KeyPair, Material};
pub use place::{Place, Problem, Step};

/// What building state from a section may draw on.
pub struct Seeding<'a> {
    /// The scenario's clock, for relative dates.
    pub now: Timestamp,
    /// The scenario's identifiers: generated material takes `rng_for` its own identity, so that adding an entry
    /// changes no other.
    pub ids: &'a Ids,
    /// The files that the scenario names.
    pub files: &'a dyn Files,
    /// Issuers that were minted already.
    pub issuers: Issuers,
}

/// Access to the files that a scenario names.
pub trait Files {
    /// The content of a file that is named at `place`: a relative path is relative to the file which that place came
    /// from, as several may have been composed.
    ///
    /// # Errors
    /// One sentence that says why it could not be read.
    fn read(&self, path: &str, place: &Place) -> Result<Vec<u8>, String>;
}

/// No files at all: for what is in no file itself, and so can name none.
#[derive(Debug)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, path: &str, _place: &Place) -> Result<Vec<u8>, String> {
        Err(format!("{path} cannot be read: the document is in no file"))
    }
}
