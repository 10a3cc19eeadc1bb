//! Things that a tenant gives numbers to: they are addressed by those, and known by their names.
//!
//! A number is looked up by the name just before it is used, so that nothing but what has the name is ever meant.

use crate::tenant::client::Client;
use crate::tenant::odata::Service;
use crate::tenant::{Failure, System};

/// What stands in a path in place of a number.
const BLANK: &str = "({Id})";

/// The property that such a thing is known by, where the name is unique: of access policies.
const KNOWN_BY: &str = "RoleName";

/// True if a path has a number in it that is to be looked up.
pub(super) fn stands_in(target: &str) -> bool {
    target.contains(BLANK)
}

/// A path with its number.
pub(super) fn put_in(target: &str, number: i64) -> String {
    target.replace(BLANK, &format!("({number}L)"))
}

/// The number of what has a name in the set before the number's place; none if nothing has that name.
pub(super) fn of(client: &Client<'_>, system: System, target: &str, name: &str) -> Result<Option<i64>, Failure> {
    let Some((set, _)) = target.split_once(BLANK) else { return Ok(None) };
    let Some((root, set)) = set.rsplit_once('/') else { return Ok(None) };
    let entities = Service { client, system, root }.list(set)?;
    let of_name = |entity: &&crate::tenant::odata::Entity| !name.is_empty() && entity.text(KNOWN_BY) == Some(name);
    Ok(entities.iter().find(of_name).and_then(|entity| entity.number("Id")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_takes_the_place_that_is_kept_for_it() {
        assert!(
            stands_in("/api/v1/AccessPolicies({Id})/ArtifactReferences") && !stands_in("/api/v1/AccessPolicies(7L)")
        );
        assert_eq!(put_in("/api/v1/AccessPolicies({Id})/X", 7), "/api/v1/AccessPolicies(7L)/X");
    }
}
