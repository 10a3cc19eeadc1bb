//! What is wrong with a scenario, in words.

use crate::apis::apinizer::error::Error;
use crate::contract::Refusal;
use crate::seed::{Code, Place, Problem};

/// The API itself would refuse it.
pub fn refused(error: Error, place: &Place) -> Problem {
    Problem::of(Code::Refused, place.clone(), Refusal::from(error).text)
}

/// Reads items, each at its place, up to the first problem.
pub fn each<T>(
    items: &[T],
    place: &Place,
    mut build: impl FnMut(&T, &Place) -> Result<(), Problem>,
) -> Result<(), Problem> {
    items.iter().enumerate().try_for_each(|(index, item)| build(item, &place.item(index)))
}
