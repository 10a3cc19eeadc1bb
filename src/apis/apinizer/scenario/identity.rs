//! Identifiers of what a scenario lists.

use rand_chacha::rand_core::Rng;

use crate::apis::apinizer::state::draw_id;
use crate::effects::Ids;
use crate::seed::Seeding;
use crate::store::Text;

/// The identifier that a section gives, or one that derives from the seed and from what it identifies.
pub fn identifier(seeding: &Seeding<'_>, given: Option<&str>, identity: &str) -> Text {
    given.map_or_else(
        || draw_id(&mut Ids::new(seeding.ids.rng_for(&format!("apinizer/{identity}")).next_u64())),
        |id| id.to_owned().into(),
    )
}
