//! Who did something and when, as a section says it; and the rules of the system in the words of a scenario's problems.

use super::StampSection;
use crate::apis::sap_cloud_integration::error::Error;
use crate::apis::sap_cloud_integration::state::Stamp;
use crate::contract::Refusal;
use crate::seed::{Code, Place, Problem, Seeding, moment};

/// Who made what a scenario does not say who made.
pub const AUTHOR: &str = "scenario";

/// What a section says of who did something and when; without one the author, now.
pub fn stamp(
    section: Option<&StampSection>,
    author: &str,
    seeding: &Seeding<'_>,
    place: &Place,
) -> Result<Stamp, Problem> {
    let Some(section) = section else {
        return Ok(Stamp::new(author.to_owned(), seeding.now));
    };
    let at = moment(&section.at, seeding.now);
    let at = at.map_err(|message| Problem::new(place.member("at"), message))?;
    Ok(Stamp::new(section.by.clone(), at))
}

/// What the system would refuse.
pub fn refused(error: Error, place: &Place) -> Problem {
    let refusal = Refusal::from(error);
    Problem::of(Code::Refused, place.clone(), if refusal.text.is_empty() { refusal.advice } else { refusal.text })
}
