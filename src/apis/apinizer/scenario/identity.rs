//! Identifiers of what a scenario lists.

use rand_chacha::rand_core::Rng;

use crate::apis::apinizer::state::draw_id;
use crate::effects::Ids;
use crate::seed::{Place, Problem, Seeding};
use crate::store::Text;

/// What identifiers of projects and environments look like, as a pattern.
#[cfg(test)]
pub const IDENTIFIER: &str = "^[0-9A-Fa-f]{24}$";

/// Makes sure that an identifier that a section gives is one.
///
/// # Errors
/// It is not.
pub fn check(given: Option<&str>, what: &str, place: &Place) -> Result<(), Problem> {
    if given.is_none_or(is_identifier) {
        return Ok(());
    }
    Err(Problem::new(place.member("id"), format!("the identifier of {what} is 24 hexadecimal digits")))
}

/// True of what looks like [`IDENTIFIER`].
pub fn is_identifier(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// The identifier that a section gives, or one that derives from the seed and from what it identifies.
pub fn identifier(seeding: &Seeding<'_>, given: Option<&str>, identity: &str) -> Text {
    given.map_or_else(
        || draw_id(&mut Ids::new(seeding.ids.rng_for(&format!("apinizer/{identity}")).next_u64())),
        |id| id.to_owned().into(),
    )
}
